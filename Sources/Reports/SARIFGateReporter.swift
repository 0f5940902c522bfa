import Gate
import SourceText

/// SARIF 2.1.0 for code scanning.
///
/// GitHub takes 25,000 results and 10 MB, so results beyond that are left out, the worst first, and the last result counts them.
///
/// Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0* (2020).
struct SARIFGateReporter {
  static let maximumResults = 25_000
  static let maximumBytes = 10_000_000
  /// What stands around the results: rules, the tool, the count of what is left out.
  private static let reserve = 1_000_000

  private let result: GateResult
  private let options: GateReportOptions

  init(_ result: GateResult, _ options: GateReportOptions) {
    self.result = result
    self.options = options
  }

  func write() -> [UInt8] {
    let findings = result.worstFirst
    var rules = RuleTable()
    var list = BoundedList(
      maximumCount: Self.maximumResults - 1, maximumBytes: Self.maximumBytes - Self.reserve)
    for (sample, check) in findings {
      guard let index = rules.index(of: check, level: level(sample.weight(of: check))) else {
        list.leaveOut()
        continue
      }
      list.add(write(check, in: sample, ruleIndex: index))
    }
    if list.leftOut > 0 {
      let index = rules.indexOfRest()
      list.append(writeRest(list.leftOut, ruleIndex: index))
    }
    var head = JSONWriter()
    head.object { json in
      json.member("driver") { json in json.object { writeDriver(rules, to: &$0) } }
    }
    var invocation = JSONWriter()
    invocation.object { json in
      json.member("executionSuccessful", result.verdict != .fault && result.verdict != .unusable)
      json.member("exitCode", Int(result.exitCode))
      json.member("exitCodeDescription", message(result.headline))
    }
    var properties = JSONWriter()
    properties.object { json in
      json.member("verdict", result.verdict.rawValue)
      json.member("score") { json in if let score = result.score { json.value(score) } else { json.null() } }
      json.member("aggregation", result.aggregation.name)
    }
    let opening =
      "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{\"tool\": "
    var bytes = Array(opening.utf8) + head.bytes
    bytes += Array(", \"automationDetails\": {\"id\": \"sterling/gate/\"}, \"columnKind\": \"utf16CodeUnits\"".utf8)
    bytes += Array(", \"invocations\": [".utf8) + invocation.bytes + Array("], \"results\": [\n".utf8)
    for (index, piece) in list.pieces.enumerated() { bytes += (index == 0 ? [] : [0x2C, 0x0A]) + piece }
    return bytes + Array("\n], \"properties\": {\"sterling\": ".utf8) + properties.bytes + Array("}}]}\n".utf8)
  }

  private func level(_ outcome: GateCheck.Outcome) -> String {
    switch outcome {
    case .fault, .unusable, .failed: "error"
    case .inconclusive, .warned: "warning"
    case .known, .passed: "note"
    }
  }

  private func message(_ text: String) -> String { sarifText(text) }

  // MARK: Rules

  /// The rules in the order of their first finding.
  private struct RuleTable {
    struct Rule {
      var id: String
      var title: String
      var help: String
      var level: String
    }

    static let maximumBytes = 700_000

    private(set) var rules: [Rule] = []
    private var indices: [String: Int] = [:]
    private var bytes = 0

    /// The rule's position; `nil` when there is no more room for rules.
    mutating func index(of check: GateCheck, level: String) -> Int? {
      if let index = indices[check.rule] { return index }
      let rule = Rule(id: check.rule, title: check.title, help: check.advice ?? check.title, level: level)
      bytes += rule.id.utf8.count + rule.title.utf8.count * 2 + rule.help.utf8.count + 200
      guard bytes < Self.maximumBytes else { return nil }
      indices[check.rule] = rules.count
      rules.append(rule)
      return rules.count - 1
    }

    mutating func indexOfRest() -> Int {
      rules.append(
        Rule(
          id: "gate/more", title: "Findings that are not listed",
          help: "Read them in the JSON report, which lists all.", level: "note"))
      return rules.count - 1
    }
  }

  private func writeDriver(_ rules: RuleTable, to json: inout JSONWriter) {
    json.member("name", "sterling")
    json.member("semanticVersion", options.toolVersion)
    json.member("rules") { json in
      json.array { json in
        for rule in rules.rules {
          json.object { json in
            json.member("id", printable(rule.id))
            json.member("shortDescription") { $0.object { $0.member("text", text(rule.title)) } }
            json.member("fullDescription") { $0.object { $0.member("text", text(rule.title)) } }
            json.member("help") { $0.object { $0.member("text", text(rule.help)) } }
            json.member("defaultConfiguration") { $0.object { $0.member("level", rule.level) } }
            json.member("properties") { json in
              json.object { json in
                json.member("tags") { json in json.array { $0.value(printable(group(rule.id))) } }
              }
            }
          }
        }
      }
    }
  }

  /// Descriptions may have 1,024 characters.
  private func text(_ text: String) -> String {
    let text = message(text)
    return text.count > 1_000 ? text.prefix(999) + "…" : text
  }

  private func group(_ rule: String) -> String { rule.split(separator: "/").first.map(String.init) ?? rule }

  // MARK: Results

  private func write(_ check: GateCheck, in sample: GateSample, ruleIndex: Int) -> [UInt8] {
    let outcome = sample.weight(of: check)
    var json = JSONWriter()
    json.object { json in
      json.member("ruleId", printable(check.rule))
      json.member("ruleIndex", ruleIndex)
      json.member("level", level(outcome))
      let advice = check.advice.map { ". " + $0 } ?? ""
      json.member("message") { $0.object { $0.member("text", message(check.message + advice)) } }
      json.member("locations") { json in
        json.array { json in write(check.places.first ?? Place(file: ""), in: sample, to: &json) }
      }
      if check.places.count > 1 {
        json.member("relatedLocations") { json in
          json.array { json in for place in check.places.dropFirst() { write(place, in: sample, to: &json) } }
        }
      }
      json.member("partialFingerprints") { $0.object { $0.member("sterling/v1", sample.fingerprint(of: check)) } }
      if let isKnown = check.isInBaseline { json.member("baselineState", isKnown ? "unchanged" : "new") }
      json.member("properties") { json in
        json.object { json in
          json.member("outcome", outcome.rawValue)
          json.member("project", printable(sample.path))
        }
      }
    }
    return json.bytes
  }

  private func writeRest(_ count: Int, ruleIndex: Int) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("ruleId", "gate/more")
      json.member("ruleIndex", ruleIndex)
      json.member("level", "note")
      json.member("message") { $0.object { $0.member("text", leftOutText(count)) } }
      json.member("locations") { json in
        json.array { json in
          json.object { json in
            json.member("physicalLocation") { json in
              json.object { json in
                json.member("artifactLocation") {
                  $0.object { writeAddress(result.samples.first?.folder ?? ".", to: &$0) }
                }
                json.member("region") { $0.object { $0.member("startLine", 1) } }
              }
            }
          }
        }
      }
      json.member("partialFingerprints") { $0.object { $0.member("sterling/v1", "more") } }
    }
    return json.bytes
  }

  private func write(_ place: Place, in sample: GateSample, to json: inout JSONWriter) {
    json.object { json in
      json.member("physicalLocation") { json in
        json.object { json in
          json.member("artifactLocation") { $0.object { writeAddress(sample.path(of: place.file), to: &$0) } }
          json.member("region") { json in
            json.object { json in
              json.member("startLine", place.line)
              json.member("startColumn", place.column)
              if place.endLine > place.line { json.member("endLine", place.endLine) }
              if place.endLine > place.line || place.endColumn > place.column {
                json.member("endColumn", place.endColumn)
              }
              if !place.excerpt.isEmpty {
                json.member("snippet") { $0.object { $0.member("text", printable(place.excerpt)) } }
              }
            }
          }
        }
      }
      if !place.says.isEmpty { json.member("message") { $0.object { $0.member("text", message(place.says)) } } }
    }
  }

  private func writeAddress(_ path: String, to json: inout JSONWriter) {
    let path = path.isEmpty ? "." : path
    if path.hasPrefix("/") {
      json.member("uri", "file://" + percentEncoded(path))
    } else {
      json.member("uri", percentEncoded(path))
      json.member("uriBaseId", "%SRCROOT%")
    }
  }
}

/// A path as a relative reference: everything but letters, digits, `-._~` and slashes in percent escapes.
///
/// Source: RFC 3986, section 2.
func percentEncoded(_ path: String) -> String {
  let digits = Array("0123456789ABCDEF".unicodeScalars)
  var result = String.UnicodeScalarView()
  for byte in path.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: result.append(Unicode.Scalar(byte))
    default: result.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
  }
  return String(result)
}
