public import Scoring

import SourceText

/// Prints projects as the analyses see them, one after another.
public protocol InspectionReporter {
  /// The bytes before the first project.
  mutating func begin() -> [UInt8]
  /// The bytes of one project.
  mutating func add(_ project: InspectedProject) -> [UInt8]
  /// The bytes after the last project.
  mutating func end() -> [UInt8]
}

extension ReportFormat {
  /// A reporter of this format.
  public func inspectionReporter(_ options: ReportOptions) -> any InspectionReporter {
    switch self {
    case .text: TextInspectionReporter(options)
    case .json: JSONInspectionReporter(options)
    }
  }
}

/// What a person reads: entry points, functions, libraries, what is missing, then each finding with its places.
struct TextInspectionReporter: InspectionReporter {
  private let options: ReportOptions
  private var hasPrinted = false

  init(_ options: ReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { [] }

  mutating func end() -> [UInt8] { [] }

  mutating func add(_ project: InspectedProject) -> [UInt8] {
    defer { hasPrinted = true }
    var lines = hasPrinted ? [""] : []
    lines.append(
      "\(styled(printable(project.path), .bold))\(project.rubric.map { "  roles as in \(printable($0))" } ?? "")")
    lines += section("entry points", project.entryPoints)
    lines += section("functions that run", project.runningFunctions)
    lines += section("functions that nothing reaches", project.idleFunctions)
    lines += section("libraries", project.libraries)
    lines += section("not there", project.missing)
    lines += ["", styled("mechanics", .bold)]
    for finding in project.findings { lines += self.lines(of: finding) }
    if project.findings.isEmpty { lines.append("  none") }
    lines += project.diagnostics.map { diagnostic in
      fit(
        "\(printable(diagnostic.file)):\(diagnostic.line):\(diagnostic.column): \(diagnostic.severity): \(printable(diagnostic.message))"
      )
    }
    if !project.isComplete {
      lines.append("not everything was analysed: what is absent here may be there all the same")
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private func section(_ title: String, _ places: [LocatedEvidence]) -> [String] {
    guard !places.isEmpty else { return [] }
    return ["", styled("\(title) (\(grouped(places.count)))", .bold)]
      + places.map { fit("  \(place($0))  \(printable($0.says))") }
  }

  private func lines(of finding: InspectedFinding) -> [String] {
    var head = "  \(finding.mechanic) \(finding.status)"
    if let failure = finding.failure { head += " (\(failure))" }
    if finding.confidence < 1 { head += ", \(Int((finding.confidence * 100).rounded())) % sure" }
    var lines = [fit(head)]
    if !finding.facts.isEmpty {
      lines.append(
        fit("    " + finding.facts.map { "\($0.name): \(printable(text(of: $0.value)))" }.joined(separator: "  ")))
    }
    if let reason = finding.reason { lines.append(fit("    \(printable(reason))")) }
    for evidence in finding.evidence { lines.append(fit("    \(place(evidence))  \(printable(evidence.says))")) }
    if let advice = finding.advice { lines.append(fit("    advice: \(printable(advice))")) }
    return lines
  }

  private func text(of fact: InspectedFact) -> String {
    switch fact {
    case .word(let word): word
    case .words(let words): words.joined(separator: ", ")
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    case .flag(let flag): flag ? "yes" : "no"
    }
  }

  private func place(_ evidence: LocatedEvidence) -> String {
    "\(printable(evidence.file)):\(evidence.line):\(evidence.column)"
  }

  private func styled(_ text: String, _ style: TextStyle) -> String { style.apply(to: text, color: options.usesColor) }

  private func fit(_ text: String) -> String { options.columns.map { cut(text, to: $0) } ?? text }
}

/// What a program reads: everything, version 1; fields may be added, never renamed or removed.
struct JSONInspectionReporter: InspectionReporter {
  private let options: ReportOptions
  private var count = 0

  init(_ options: ReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { jsonOpening(toolVersion: options.toolVersion, list: "projects") }

  mutating func end() -> [UInt8] { Array("\n]}\n".utf8) }

  mutating func add(_ project: InspectedProject) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("path", project.path)
      json.member("rubric", project.rubric)
      json.member("complete", project.isComplete)
      json.member("entryPoints") { writeEvidence(project.entryPoints, to: &$0) }
      json.member("runningFunctions") { writeEvidence(project.runningFunctions, to: &$0) }
      json.member("idleFunctions") { writeEvidence(project.idleFunctions, to: &$0) }
      json.member("libraries") { writeEvidence(project.libraries, to: &$0) }
      json.member("missing") { writeEvidence(project.missing, to: &$0) }
      json.member("findings") { json in
        json.array { json in for finding in project.findings { json.object { write(finding, to: &$0) } } }
      }
      json.member("diagnostics") { json in
        json.array { json in
          for diagnostic in project.diagnostics { json.object { writeDiagnostic(diagnostic, to: &$0) } }
        }
      }
    }
    defer { count += 1 }
    return Array((count == 0 ? "\n" : ",\n").utf8) + json.bytes
  }

  private func write(_ finding: InspectedFinding, to json: inout JSONWriter) {
    json.member("mechanic", finding.mechanic)
    json.member("status", finding.status)
    json.member("facts") { json in
      json.object { json in
        for (name, value) in finding.facts {
          switch value {
          case .word(let word): json.member(name, word)
          case .words(let words):
            json.member(name) { json in json.array { json in for word in words { json.value(word) } } }
          case .number(let number): json.member(name, number)
          case .flag(let flag): json.member(name, flag)
          }
        }
      }
    }
    json.member("reason", finding.reason)
    json.member("failure", finding.failure)
    json.member("advice", finding.advice)
    json.member("confidence", finding.confidence)
    json.member("evidence") { writeEvidence(finding.evidence, to: &$0) }
  }
}
