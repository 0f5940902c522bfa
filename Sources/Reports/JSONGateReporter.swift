import Gate
import SourceText

/// For programs, as one document or line by line; fields may be added, never renamed or removed.
struct JSONGateReporter {
  private let result: GateResult
  private let options: GateReportOptions

  init(_ result: GateResult, _ options: GateReportOptions) {
    self.result = result
    self.options = options
  }

  func write() -> [UInt8] {
    var bytes = jsonOpening(toolVersion: options.toolVersion, list: "results")
    for (index, sample) in result.samples.enumerated() {
      var json = JSONWriter()
      json.object { json in
        write(sample, to: &json)
        json.member("checks") { json in
          json.array { json in for check in sample.checks { json.object { write(check, in: sample, to: &$0) } } }
        }
      }
      bytes += Array((index == 0 ? "\n" : ",\n").utf8) + json.bytes
    }
    var summary = JSONWriter()
    summary.object { writeSummary(to: &$0) }
    return bytes + Array("\n],\n\"gate\": ".utf8) + summary.bytes + Array("}\n".utf8)
  }

  /// One line for each finding, then for each project, then for the whole.
  func writeLines() -> [UInt8] {
    var bytes: [UInt8] = []
    func line(_ type: String, _ body: (inout JSONWriter) -> Void) {
      var json = JSONWriter()
      json.object { json in
        json.member("type", type)
        body(&json)
      }
      bytes += json.bytes + [0x0A]
    }
    for sample in result.samples {
      for check in sample.findings {
        line("finding") { json in
          json.member("project", sample.path)
          write(check, in: sample, to: &json)
        }
      }
    }
    for sample in result.samples { line("project") { write(sample, to: &$0) } }
    line("gate") { json in
      json.member("version", 1)
      json.member("tool", "sterling \(options.toolVersion)")
      writeSummary(to: &json)
    }
    return bytes
  }

  private func writeSummary(to json: inout JSONWriter) {
    json.member("verdict", result.verdict.rawValue)
    json.member("exitCode", Int(result.exitCode))
    number("score", result.score, to: &json)
    json.member("headline", result.headline)
    json.member("policy", result.policy)
    json.member("baseline", result.baseline)
    json.member("against", result.against)
    json.member("aggregation") { json in
      json.object { json in
        json.member("name", result.aggregation.name)
        json.member("says", result.aggregation.words)
      }
    }
    json.member("tasks") { json in
      json.array { json in for task in result.tasks { json.object { write(task, to: &$0) } } }
    }
    json.member("stale") { json in json.array { json in for text in result.stale { json.value(text) } } }
  }

  private func number(_ name: String, _ value: Double?, to json: inout JSONWriter) {
    json.member(name) { json in if let value { json.value(value) } else { json.null() } }
  }

  private func write(_ task: GateTask, to json: inout JSONWriter) {
    json.member("model", task.model)
    json.member("name", task.name)
    json.member("verdict", task.verdict.rawValue)
    number("score", task.score, to: &json)
    json.member("passed", task.passed)
    json.member("of", task.samples.count)
    number("lowerEnd", task.lowerEnd, to: &json)
    json.member("projects") { json in
      json.array { json in for index in task.samples { json.value(result.samples[index].path) } }
    }
  }

  private func write(_ sample: GateSample, to json: inout JSONWriter) {
    json.member("artifact") { json in
      json.object { json in
        json.member("path", sample.path)
        json.member("model", sample.model)
        json.member("experiment", sample.experiment)
      }
    }
    json.member("rubric") { json in
      guard let rubric = sample.rubric else { return json.null() }
      json.object { json in
        json.member("id", rubric.id)
        json.member("version", rubric.version)
      }
    }
    json.member("verdict", sample.verdict.rawValue)
    json.member("outvoted", sample.isOutvoted)
    json.member("score") { json in
      guard let score = sample.score else { return json.null() }
      json.object { json in
        json.member("value", score.low)
        json.member("low", score.low)
        json.member("high", score.high)
      }
    }
    json.member("improvements") { json in json.array { json in for text in sample.improvements { json.value(text) } } }
  }

  private func write(_ check: GateCheck, in sample: GateSample, to json: inout JSONWriter) {
    json.member("rule", check.rule)
    json.member("title", check.title)
    json.member("outcome", check.outcome.rawValue)
    guard check.outcome.isFinding else { return }
    json.member("message", check.message)
    json.member("advice", check.advice)
    json.member("fingerprint", check.fingerprint)
    json.member("inBaseline") { json in if let value = check.isInBaseline { json.value(value) } else { json.null() } }
    json.member("places") { json in
      json.array { json in
        for place in check.places {
          json.object { json in
            json.member("path", sample.path(of: place.file))
            json.member("file", place.file)
            json.member("line", place.line)
            json.member("column", place.column)
            json.member("endLine", place.endLine)
            json.member("endColumn", place.endColumn)
            json.member("excerpt", place.excerpt)
            json.member("says", place.says)
          }
        }
      }
    }
  }
}
