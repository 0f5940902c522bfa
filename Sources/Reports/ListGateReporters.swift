import Gate
import SourceText

/// GitLab's code quality report: an array of issues in the form of Code Climate.
struct GitLabGateReporter {
  private let result: GateResult

  init(_ result: GateResult) { self.result = result }

  func write() -> [UInt8] {
    var list = BoundedList(maximumCount: 25_000, maximumBytes: 10_000_000)
    for (sample, check) in result.worstFirst {
      let place = check.places.first ?? Place(file: "")
      list.add(
        issue(
          check.message, rule: check.rule, fingerprint: sample.fingerprint(of: check),
          severity: severity(sample.weight(of: check)), path: sample.path(of: place.file), line: place.line))
    }
    if list.leftOut > 0 {
      list.append(
        issue(
          leftOutText(list.leftOut), rule: "gate/more", fingerprint: String(repeating: "0", count: 32),
          severity: "info",
          path: result.samples.first?.folder ?? ".", line: 1))
    }
    var bytes: [UInt8] = [0x5B]
    for (index, piece) in list.pieces.enumerated() { bytes += (index == 0 ? [0x0A] : [0x2C, 0x0A]) + piece }
    return bytes + Array("\n]\n".utf8)
  }

  private func issue(
    _ message: String, rule: String, fingerprint: String, severity: String, path: String, line: Int
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("description", printable(message))
      json.member("check_name", printable(rule))
      json.member("fingerprint", fingerprint)
      json.member("severity", severity)
      json.member("location") { json in
        json.object { json in
          json.member("path", path.isEmpty ? "." : path)
          json.member("lines") { $0.object { $0.member("begin", line) } }
        }
      }
    }
    return json.bytes
  }

  private func severity(_ outcome: GateCheck.Outcome) -> String {
    switch outcome {
    case .fault, .unusable: "blocker"
    case .failed: "critical"
    case .inconclusive: "major"
    case .warned: "minor"
    case .known, .passed: "info"
    }
  }
}

/// Annotations by GitHub Actions: ten errors and ten warnings a step are shown, so no more are written, and a line counts the rest.
struct GitHubGateReporter {
  static let maximumOfEach = 10
  private let result: GateResult

  init(_ result: GateResult) { self.result = result }

  func write() -> [UInt8] {
    var errors = 0
    var warnings = 0
    var leftOut = 0
    var lines: [String] = []
    for (sample, check) in result.worstFirst {
      let outcome = sample.weight(of: check)
      if outcome == .known { continue }
      if outcome == .warned { warnings += 1 } else { errors += 1 }
      guard (outcome == .warned ? warnings : errors) <= Self.maximumOfEach else {
        leftOut += 1
        continue
      }
      lines.append(command(check, in: sample, kind: outcome == .warned ? "warning" : "error"))
    }
    if leftOut > 0 { lines.append("::notice title=sterling::\(workflowData(leftOutText(leftOut)))") }
    lines.append("::notice title=sterling::\(workflowData(result.headline))")
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private func command(_ check: GateCheck, in sample: GateSample, kind: String) -> String {
    let place = check.places.first ?? Place(file: "")
    let path = sample.path(of: place.file)
    let properties = [
      "file=\(workflowProperty(path))", "line=\(place.line)", "endLine=\(max(place.line, place.endLine))",
      "col=\(place.column)",
      "endColumn=\(place.endLine <= place.line ? max(place.column, place.endColumn) : place.endColumn)",
      "title=\(workflowProperty(check.rule))",
    ]
    let details = [place.says == check.message ? nil : place.says, check.advice].compactMap { $0 }.filter {
      !$0.isEmpty
    }
    let data = ([check.message] + details).map { workflowData($0) }.joined(separator: "%0A")
    return "::\(kind) \(properties.joined(separator: ","))::\(data)"
  }
}

/// One diagnostic a line for reviewdog.
///
/// Columns are left out: the format counts them in UTF-8 bytes, and these are UTF-16 units.
struct RDJSONGateReporter {
  private let result: GateResult

  init(_ result: GateResult) { self.result = result }

  func write() -> [UInt8] {
    var bytes: [UInt8] = []
    for (sample, check) in result.worstFirst {
      let place = check.places.first ?? Place(file: "")
      var json = JSONWriter()
      json.object { json in
        json.member("message", printable(check.message))
        json.member("location") { json in
          json.object { json in
            json.member("path", sample.path(of: place.file))
            json.member("range") { json in
              json.object { json in
                json.member("start") { $0.object { $0.member("line", place.line) } }
                json.member("end") { $0.object { $0.member("line", max(place.line, place.endLine)) } }
              }
            }
          }
        }
        json.member("severity", severity(sample.weight(of: check)))
        json.member("source") { $0.object { $0.member("name", "sterling") } }
        json.member("code") { $0.object { $0.member("value", printable(check.rule)) } }
      }
      bytes += json.bytes + [0x0A]
    }
    return bytes
  }

  private func severity(_ outcome: GateCheck.Outcome) -> String {
    switch outcome {
    case .fault, .unusable, .failed, .inconclusive: "ERROR"
    case .warned: "WARNING"
    case .known, .passed: "INFO"
    }
  }
}

/// A table of all findings for spreadsheets.
struct CSVGateReporter {
  private static let titles = [
    "outcome", "project", "rule", "file", "line", "column", "message", "excerpt", "advice", "fingerprint",
  ]
  private let result: GateResult

  init(_ result: GateResult) { self.result = result }

  func write() -> [UInt8] {
    var rows = [Self.titles]
    for (sample, check) in result.worstFirst {
      let place = check.places.first ?? Place(file: "")
      rows.append([
        sample.weight(of: check).rawValue, inert(sample.path), inert(check.rule), inert(sample.path(of: place.file)),
        String(place.line), String(place.column), inert(check.message), inert(place.excerpt), inert(check.advice ?? ""),
        sample.fingerprint(of: check),
      ])
    }
    return Array(rows.map { $0.map(csvField).joined(separator: ",") + "\r\n" }.joined().utf8)
  }
}
