import Foundation
import Ingest
import Reports
import Testing

@testable import Gate

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Texts by which a scored project could try to speak to whoever reads a report.
enum HostileText {
  static let cases: [(name: String, text: String)] = [
    ("workflow command", "::error file=x::owned"),
    ("late workflow command", "  ::add-mask::x\r\n::set-output name=a::b"),
    ("old workflow command", "a ##[error]owned ##vso[task.setvariable variable=a]b ##teamcity[x]"),
    ("combining workflow command", "::\u{301}error::x"), ("ANSI", "\u{1B}[31mred\u{1B}[2J"),
    ("OSC", "\u{1B}]8;;https://evil.example\u{7}click\u{1B}]8;;\u{7}\u{9D}52;c;AAAA\u{9C}"),
    (
      "Markdown",
      "[x](https://evil.example) ![i](https://evil.example/i) `code` **b** | cell |\n# head\n- [ ] @octocat #1"
    ),
    ("combining Markdown", "|\u{301} [\u{301}x](\u{301}https://e.example) <\u{301}b>"),
    ("HTML", "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;"),
    ("bare links", "https://evil.example www.evil.example a@evil.example $x$"),
    ("formula", "=HYPERLINK(\"https://evil.example\",\"x\")"), ("plus formula", "+1+1"), ("at formula", "@SUM(A1)"),
    ("minus formula", "-2+3+cmd|' /C calc'!A0"), ("wide formula", "＝1+1"), ("quotes", "a\",b\n\"c\"\r\nd"),
    ("XML", "]]></failure><testcase/>&amp;&#0;\u{0}\u{1}\u{8}\u{FFFE}\u{FFFF}"), ("NUL", "a\u{0}b"),
    ("right-to-left", "a\u{202E}b\u{2066}c\u{200F}\u{61C}"), ("invisible", "a\u{200B}\u{2060}\u{FEFF}\u{AD}\u{E0041}b"),
    ("separators", "a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f"), ("placeholders", "{0} {x} ${{ secrets.A }} %25 %0A"),
    ("tags that are none", "\u{1F600}\u{10FFFD}é"), ("empty", ""),
    ("a long line", String(repeating: "long ::", count: 100)),
  ]
}

@Suite struct GateHostileTests {
  /// A result in which the text is everywhere where a project can put text.
  private func result(_ text: String) -> GateResult {
    let short = text
    let place = Place(file: "js/\(short).js", line: 3, column: 5, endLine: 3, endColumn: 9, excerpt: text, says: text)
    let checks = [GateCheck.Outcome.failed, .warned, .inconclusive, .known, .unusable, .fault].map { outcome in
      GateCheck(
        rule: "sample/\(outcome.rawValue)-\(short)", title: short, outcome: outcome, message: text,
        places: [place, place],
        advice: short, fingerprint: "0123456789abcdef")
    }
    let sample = GateSample(
      path: short, folder: short, model: short, experiment: short, rubric: (id: short, version: short),
      score: GateScore(low: 1, high: 2),
      checks: checks + [GateCheck(rule: "sample/ok", title: short, outcome: .passed)],
      improvements: [short])
    return GateResult(
      policy: short, baseline: short, against: short, aggregation: .pessimistic, samples: [sample, sample],
      stale: [short])
  }

  private func report(_ format: GateFormat, _ text: String) -> [UInt8] {
    format.report(result(text), GateReportOptions(toolVersion: "1"))
  }

  static let table: [(String, GateFormat)] = HostileText.cases.flatMap { entry in
    GateFormat.allCases.map { (entry.name, $0) }
  }

  private func text(_ name: String) -> String { HostileText.cases.first { $0.name == name }?.text ?? "" }

  @Test(arguments: table)
  func `no text of a project speaks to the reader of a report`(name: String, format: GateFormat) throws {
    let bytes = report(format, text(name))
    let output = try #require(String(validating: bytes, as: UTF8.self))
    let dangerous = output.unicodeScalars.filter {
      $0 != "\n" && !(format == .csv && $0 == "\r") && isDangerous($0)
    }
    #expect(dangerous.map { String($0.value, radix: 16) } == [])
    let commands = output.split(whereSeparator: { $0.isNewline }).filter { line in
      line.unicodeScalars.drop { $0 == " " }.prefix(2).elementsEqual("::".unicodeScalars)
    }
    #expect(format == .github || commands.isEmpty)
    // Headings of the report itself are three signs and a space.
    for mark in ["##[", "##vso[", "##teamcity["] { #expect(!output.contains(mark)) }
    try check(format, bytes, output, text(name))
  }

  private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFFE, 0xFFFF,
      0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  private func check(_ format: GateFormat, _ bytes: [UInt8], _ output: String, _ text: String) throws {
    switch format {
    case .json:
      let value = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      let first = try #require((value["results"] as? [[String: Any]])?.first)
      let checks = try #require(first["checks"] as? [[String: Any]])
      #expect(checks.first?["message"] as? String == text, "JSON keeps the text to the last scalar")
    case .sarif, .gitlab: _ = try JSONSerialization.jsonObject(with: Data(bytes))
    case .jsonl, .rdjsonl:
      for line in output.utf8.split(separator: 0x0A) {
        _ = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      }
    case .junit:
      let delegate = ElementCounter()
      let parser = XMLParser(data: Data(bytes))
      parser.delegate = delegate
      #expect(parser.parse())
      #expect(delegate.counts["testcase"] == 14)
      #expect(delegate.counts["failure"] == 2)
      #expect(delegate.counts["error"] == 6)
    case .csv:
      let rows = try csvRows(output)
      #expect(rows.count == 13)
      for row in rows {
        #expect(row.count == 10)
        for value in row where Double(value) == nil {
          let first = value.unicodeScalars.first { $0 != " " && $0 != "\u{FEFF}" }
          #expect(first.map { !"=+-@＝＋－＠".unicodeScalars.contains($0) } ?? true, "\(value.prefix(40))")
        }
      }
    case .github:
      let lines = output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") || $0.hasPrefix("::notice ") })
      #expect(lines.count == 11)
      for line in lines.dropLast() {
        // Two marks before the message: what a property holds can end neither the property nor the list.
        let head = line.unicodeScalars.dropFirst(2)
        let end = try #require(head.indices.first { head[$0] == ":" && head[head.index(after: $0)] == ":" })
        #expect(head[..<end].count { $0 == "," } == 5)
        #expect(head[..<end].count { $0 == "=" } >= 6)
      }
    case .markdown: checkMarkdown(output)
    case .text: #expect(output.hasPrefix("fault  "))
    }
  }

  /// Everything that means something to Markdown is of the report itself.
  private func checkMarkdown(_ output: String) {
    var problems: Set<String> = []
    for line in output.split(separator: "\n") {
      var plain = ""
      var isEscaped = false
      for scalar in line.unicodeScalars {
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else {
          plain.unicodeScalars.append(scalar)
        }
      }
      for own in ["<code>", "</code>", "<br>", "### ", "**Better than the baseline**", "**Stale in the baseline**"] {
        // Literally, since a mark that combines with the last sign of a tag changes nothing for a reader of bytes.
        plain = plain.replacingOccurrences(of: own, with: "", options: .literal)
      }
      for sign in "<>[]`_@#&$".unicodeScalars where plain.unicodeScalars.contains(sign) {
        problems.insert("\(sign) in \(line)")
      }
      if plain.contains("://") { problems.insert("an address in \(line)") }
      let cells = plain.unicodeScalars.count { $0 == "|" }
      if cells != 0 && cells != 5 { problems.insert("\(cells) cells in \(line)") }
    }
    #expect(problems.sorted().prefix(3) == [])
  }

  private func csvRows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var value = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar == "\"", scalars.first == "\"" {
          value.append("\"")
          scalars.removeFirst()
        } else if scalar == "\"" {
          isQuoted = false
        } else {
          value.unicodeScalars.append(scalar)
        }
        continue
      }
      switch scalar {
      case "\"": isQuoted = true
      case ",":
        row.append(value)
        value = ""
      case "\r": continue
      case "\n":
        rows.append(row + [value])
        (row, value) = ([], "")
      default: value.unicodeScalars.append(scalar)
      }
    }
    return rows
  }
}

private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { counts[name, default: 0] += 1 }
}

@Suite struct GateSizeTests {
  @Test(arguments: GateFormat.allCases)
  func `a line of a megabyte becomes a short text`(format: GateFormat) throws {
    let long = String(repeating: "long ::", count: 150_000)
    let place = Place(file: "a.js", excerpt: long, says: long)
    let criterion = Examined.Criterion(
      id: "a", title: "A", isRequired: true, applies: true, verdict: "missing", reason: long, evidence: [place])
    let facts = Examined(
      rubric: "sample", rubricVersion: "1", rubricDigest: "", low: 0, high: 0, criteria: [criterion],
      density: DensityFacts(), hazards: [Examined.Hazard(kind: "eval", subject: long, place: place)],
      unreadable: [place], syntaxErrors: [place], isCutShort: false, mainFile: "a.js", files: 1, bytes: 1, notes: [])
    var policy = Policy()
    policy.common.forbidden = ["eval": .error, "syntax-error": .error]
    let evaluator = GateEvaluator(policy: policy)
    let samples = [ExaminationOutcome.examined(facts), .unusable(problem: long), .crashed(how: long)].map {
      evaluator.judge(Artifact(path: "p"), folder: "p", $0)
    }
    let result = GateResult(policy: nil, aggregation: .pessimistic, samples: samples)
    let bytes = format.report(result, GateReportOptions(toolVersion: "1"))
    #expect(bytes.count < 30_000)
    #expect(String(decoding: bytes, as: UTF8.self).contains("long"))
  }
}

@Suite struct GateLimitTests {
  private func result(_ errors: Int, warnings: Int = 0, message: String = "m") -> GateResult {
    let checks = (0..<(errors + warnings)).map { index in
      GateCheck(
        rule: "sample/r", title: "t", outcome: index < warnings ? .warned : .failed, message: "\(message) \(index)",
        places: [Place(file: "a.js", line: index + 1)], fingerprint: "\(index)")
    }
    return GateResult(
      policy: nil, aggregation: .pessimistic, samples: [GateSample(path: "p", folder: "p", checks: checks)])
  }

  private func sarif(_ result: GateResult) throws -> (results: [[String: Any]], size: Int) {
    let bytes = GateFormat.sarif.report(result, GateReportOptions(toolVersion: "1"))
    let root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let run = try #require((root["runs"] as? [[String: Any]])?.first)
    return (try #require(run["results"] as? [[String: Any]]), bytes.count)
  }

  private func message(_ result: [String: Any]?) -> String {
    (result?["message"] as? [String: Any])?["text"] as? String ?? ""
  }

  @Test func `SARIF holds no more than 25,000 results, the worst first, and counts the rest`() throws {
    let (results, size) = try sarif(result(20_000, warnings: 10_000))
    #expect(results.count == 25_000)
    #expect(results.prefix(20_000).allSatisfy { $0["level"] as? String == "error" })
    #expect(message(results.last).hasPrefix("5001 more findings are not listed here"))
    #expect(size <= 10_000_000)
  }

  @Test func `SARIF has no more than 10 MB`() throws {
    let (results, size) = try sarif(result(9_000, message: String(repeating: "wide ", count: 300)))
    #expect(size <= 10_000_000)
    #expect(results.count > 4_000)
    #expect(message(results.last).hasSuffix("the worst come first"))
  }

  @Test func `few results need no count`() throws {
    let (results, _) = try sarif(result(3))
    #expect(results.count == 3)
    #expect(message(results.last) == "m 2")
  }

  @Test func `GitHub gets ten errors and ten warnings, the worst first, and a line that counts the rest`() {
    let output = String(
      decoding: GateFormat.github.report(result(30, warnings: 12), GateReportOptions(toolVersion: "1")), as: UTF8.self)
    let lines = output.split(separator: "\n")
    #expect(lines.count == 22)
    #expect(lines.prefix(10).allSatisfy { $0.hasPrefix("::error ") })
    #expect(lines[10..<20].allSatisfy { $0.hasPrefix("::warning ") })
    #expect(lines[20] == "::notice title=sterling::22 more findings are not listed here; the worst come first")
    #expect(lines[21].hasPrefix("::notice title=sterling::gate failed: 0 of 1 task passed, 30 errors, 12 warnings"))
  }

  @Test func `a step summary stays below a mebibyte and counts the rest`() {
    let long = result(5_000, message: String(repeating: "wide ", count: 100))
    let output = GateFormat.markdown.report(long, GateReportOptions(toolVersion: "1"))
    #expect(output.count < 1 << 20)
    #expect(String(decoding: output, as: UTF8.self).contains("more findings are not listed here; the worst come first"))
  }
}
