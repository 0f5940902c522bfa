import Density
import Scoring
import SourceText

/// The JSON contract of version 1: fields may be added, never renamed or removed.
struct JSONScoreReporter: ScoreReporter {
  private let options: ReportOptions
  private var count = 0

  init(_ options: ReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { jsonOpening(toolVersion: options.toolVersion, list: "results") }

  mutating func add(_ project: ScoredProject) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in write(project, to: &json) }
    defer { count += 1 }
    return Array((count == 0 ? "\n" : ",\n").utf8) + json.bytes
  }

  mutating func end() -> [UInt8] { Array("\n]}\n".utf8) }

  private func write(_ project: ScoredProject, to json: inout JSONWriter) {
    json.member("artifact") { json in
      json.object { json in
        json.member("path", project.artifact.path)
        json.member("model", project.artifact.model)
        json.member("experiment", project.artifact.experiment)
        json.member("files", project.artifact.files)
        json.member("bytes", project.artifact.bytes)
      }
    }
    json.member("rubric") { json in
      json.object { json in
        json.member("id", project.rubric.id)
        json.member("version", project.rubric.version)
        json.member("sha256", project.rubric.sha256)
      }
    }
    json.member("score") { json in
      json.object { json in
        json.member("value", project.score.value)
        json.member("low", project.score.low)
        json.member("high", project.score.high)
        json.member("cap") { json in if let cap = project.score.cap { json.value(cap) } else { json.null() } }
      }
    }
    json.member("criteria") { json in
      json.array { json in
        for criterion in project.criteria { json.object { write(criterion, to: &$0) } }
      }
    }
    json.member("density") { json in
      if let density = project.density { writeDensityTotals(density, to: &json) } else { json.null() }
    }
    json.member("diagnostics") { json in
      json.array { json in
        for diagnostic in project.diagnostics { json.object { writeDiagnostic(diagnostic, to: &$0) } }
      }
    }
  }

  private func write(_ criterion: ScoredCriterion, to json: inout JSONWriter) {
    json.member("id", criterion.id)
    json.member("title", criterion.title)
    json.member("weight", criterion.weight)
    json.member("required", criterion.isRequired)
    json.member("applies", criterion.applies)
    json.member("verdict", criterion.verdict)
    json.member("failure", criterion.failure)
    json.member("reason", criterion.reason)
    json.member("evidence") { writeEvidence(criterion.evidence, to: &$0) }
    json.member("advice", criterion.advice)
  }
}
