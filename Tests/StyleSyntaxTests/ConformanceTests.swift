import Foundation
import SourceText
import Testing

@testable import StyleSyntax

/// The grammar cases of css-parsing-tests, which are read from the folder that `STERLING_CSS_PARSING_TESTS` names.
///
/// The suite follows the draft of 2013. Where the standard has since turned match operators into two delimiters, they
/// are joined again before the comparison, and unicode ranges are allowed everywhere.
@Suite struct ConformanceTests {
  /// How many cases of each file pass. Two fail by design: the draft of 2013 knew neither rules nested in blocks nor
  /// that a brace makes a declaration invalid.
  private static let passing = [
    "An+B": 127, "component_value_list": 50, "one_component_value": 10, "declaration_list": 9, "one_declaration": 21,
    "one_rule": 14, "rule_list": 15, "stylesheet": 16,
  ]

  private static let folder = ProcessInfo.processInfo.environment["STERLING_CSS_PARSING_TESTS"]

  @Test(arguments: [
    "An+B", "component_value_list", "one_component_value", "declaration_list", "one_declaration", "one_rule",
    "rule_list", "stylesheet",
  ])
  func `the suite's grammar cases come out as it says`(file: String) throws {
    guard let folder = Self.folder else {
      print("notice: STERLING_CSS_PARSING_TESTS is not set; the conformance cases of \(file) were not run")
      return
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent("\(file).json"))
    let cases = try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
    var passed = 0
    var failures: [String] = []
    for index in stride(from: 0, to: cases.count - 1, by: 2) {
      let input = try #require(cases[index] as? String)
      let expected = canonical(cases[index + 1])
      let actual = canonical(SuiteWriter.write(input, file))
      if actual == expected {
        passed += 1
      } else {
        failures.append("\(input.debugDescription)\n  \(expected)\n  \(actual)")
      }
    }
    print("css-parsing-tests \(file): \(passed) of \(cases.count / 2)")
    for failure in failures { print("  failed: \(failure)") }
    #expect(passed == Self.passing[file])
  }

  /// The same text for the same JSON, numbers written as doubles.
  private func canonical(_ value: Any) -> String {
    switch value {
    case let array as [Any]: return "[" + array.map(canonical).joined(separator: ",") + "]"
    case let text as String: return text.debugDescription
    case is NSNull: return "null"
    case let number as NSNumber:
      #if canImport(Darwin)
        if CFGetTypeID(number) == CFBooleanGetTypeID() { return number.boolValue ? "true" : "false" }
      #endif
      return "\(number.doubleValue == 0 ? 0 : number.doubleValue)"
    default: return "?"
    }
  }
}

/// Writes what was parsed the way the suite writes it.
struct SuiteWriter {
  let sheet: StyleSheet

  static func write(_ input: String, _ file: String) -> Any {
    let bytes = Array(input.utf8)
    switch file {
    case "An+B":
      guard let nth = parseNth(input) else { return NSNull() }
      return [NSNumber(value: nth.step), NSNumber(value: nth.offset)]
    case "component_value_list", "one_component_value":
      let sheet = parseComponentValues(bytes, allowsUnicodeRanges: true).tree
      let writer = SuiteWriter(sheet: sheet)
      let all = writer.values(0..<sheet.tokens.count)
      return file == "one_component_value" ? only(all.filter { ($0 as? String) != " " }) : all
    case "declaration_list": return items(StyleParser.parse(bytes, nil, .blockContents))
    case "one_declaration": return oneDeclaration(bytes)
    case "one_rule": return only(items(StyleParser.parse(bytes, nil, .ruleList)))
    case "rule_list": return items(StyleParser.parse(bytes, nil, .ruleList))
    default: return items(StyleParser.parse(bytes, nil, .styleSheet))
    }
  }

  private static func only(_ items: [Any]) -> Any {
    if items.isEmpty { return ["error", "empty"] }
    return items.count == 1 ? items[0] : ["error", "extra-input"]
  }

  private static func oneDeclaration(_ bytes: [UInt8]) -> Any {
    let sheet = StyleParser.parse(bytes, nil, .componentValues).tree
    if sheet.components(in: 0..<sheet.tokens.count).isEmpty { return ["error", "empty"] }
    guard let declaration = parseDeclaration(bytes) else { return ["error", "invalid"] }
    return SuiteWriter(sheet: declaration).item(0)
  }

  /// The nodes at the top, and an error for each problem that lies between them.
  private static func items(_ parsed: Parsed<StyleSheet>) -> [Any] {
    let writer = SuiteWriter(sheet: parsed.tree)
    var result: [(UInt32, Any)] = parsed.tree.topLevel.map { (parsed.tree.span(of: $0).start, writer.item($0)) }
    let spans = parsed.tree.topLevel.map { parsed.tree.span(of: $0) }
    for problem in parsed.diagnostics where problem.severity == .error {
      if !spans.contains(where: { $0.contains(problem.span) }) {
        result.append((problem.span.start, ["error", "invalid"]))
      }
    }
    return result.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func item(_ index: Int) -> Any {
    let node = sheet.nodes[index]
    let name = sheet.value(of: sheet.tokens[Int(node.firstToken)])
    if node.kind == .declaration {
      return ["declaration", name, values(declaredTokens(node)), NSNumber(value: node.isImportant ? 1 : 0)]
    }
    let brace = sheet.blockStart(of: index)
    var block: Any = NSNull()
    if let brace { block = values(sheet.contents(ofBlockAt: brace)) }
    let last = Int(node.endToken)
    let isClosed = brace == nil && last > 0 && sheet.tokens[last - 1].kind == .semicolon
    let first = Int(node.firstToken) + (node.kind == .atRule ? 1 : 0)
    let end = brace ?? (isClosed ? last - 1 : sheet.tokens.count)
    let prelude = values(first..<max(first, end))
    return node.kind == .atRule ? ["at-rule", name, prelude, block] : ["qualified rule", prelude, block]
  }

  /// The value with the white space around it, which the draft of 2013 kept.
  private func declaredTokens(_ node: StyleNode) -> Range<Int> {
    var start = Int(node.firstToken)
    while sheet.tokens[start].kind != .colon { start += 1 }
    var end = node.valueTokens.upperBound
    while end < sheet.tokens.count, sheet.tokens[end].kind == .whitespace { end += 1 }
    return start + 1..<max(start + 1, end)
  }

  func values(_ range: Range<Int>) -> [Any] {
    var result: [Any] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if let joined = operatorAt(index, range.upperBound) {
        result.append(joined)
        index += 2
        continue
      }
      let value = component(index)
      let isSpace = (value as? String) == " "
      if !(isSpace && (result.last as? String) == " ") { result.append(value) }
      if sheet.tokens[index].flags.contains(.isUnterminated) {
        if sheet.tokens[index].kind == .string { result.append(["error", "eof-in-string"]) }
        if sheet.tokens[index].kind == .url { result.append(["error", "eof-in-url"]) }
      }
      index = sheet.next(after: index)
    }
    return result
  }

  private func operatorAt(_ index: Int, _ end: Int) -> String? {
    guard index + 1 < end, sheet.tokens[index].kind == .delim, sheet.tokens[index + 1].kind == .delim,
      sheet.tokens[index].end == sheet.tokens[index + 1].start
    else { return nil }
    let text = sheet.text(of: sheet.tokens[index]) + sheet.text(of: sheet.tokens[index + 1])
    return ["~=", "|=", "^=", "$=", "*=", "||"].contains(text) ? text : nil
  }

  private func component(_ index: Int) -> Any {
    let token = sheet.tokens[index]
    let value = sheet.value(of: token)
    switch token.kind {
    case .ident: return ["ident", value]
    case .atKeyword: return ["at-keyword", value]
    case .hash: return ["hash", value, token.flags.contains(.isIdentifierOrInteger) ? "id" : "unrestricted"]
    case .string: return ["string", value]
    case .badString: return ["error", "bad-string"]
    case .url: return ["url", value]
    case .badURL: return ["error", "bad-url"]
    case .number, .percentage, .dimension: return number(token, value)
    case .unicodeRange:
      let range = sheet.unicodeRange(of: token)
      return ["unicode-range", NSNumber(value: range?.lowerBound ?? 0), NSNumber(value: range?.upperBound ?? 0)]
    case .whitespace: return " "
    case .function: return ["function", value] + values(sheet.contents(ofBlockAt: index))
    case .leftBrace: return ["{}"] + values(sheet.contents(ofBlockAt: index))
    case .leftBracket: return ["[]"] + values(sheet.contents(ofBlockAt: index))
    case .leftParenthesis: return ["()"] + values(sheet.contents(ofBlockAt: index))
    case .rightBrace, .rightBracket, .rightParenthesis: return ["error", value]
    case .delim, .cdo, .cdc, .colon, .semicolon, .comma: return value
    }
  }

  private func number(_ token: StyleToken, _ unit: String) -> Any {
    let digits = String(sheet.text(of: token).utf8.prefix(Int(token.numberLength))) ?? ""
    let type = token.flags.contains(.isIdentifierOrInteger) ? "integer" : "number"
    let number = NSNumber(value: sheet.number(of: token) ?? .nan)
    switch token.kind {
    case .dimension: return ["dimension", digits, number, type, unit]
    case .percentage: return ["percentage", digits, number, type]
    default: return ["number", digits, number, type]
    }
  }
}
