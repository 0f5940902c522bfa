import FoundationEssentials
import Ingest
import SourceText
import Testing

@testable import Density

/// What `expected.json` says of one file.
private struct Case: Decodable {
  var bytes: Int
  var lines: Int
  var classes: [String: Int]
  var blank_in_comment: Int
  var blank_in_literal: Int
  var per_line: [String]
  var bytes_by_class: [String: Int]
  var comment_ranges: [[Int]]
  var kinds: [String: Int]?
  var by_language: [String: [String: Int]]?
}

private struct Cases: Decodable { var cases: [String: Case] }

private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

private func cases() throws -> [String: Case] {
  let data = try Data(contentsOf: folder.appending(path: "expected.json"))
  return try JSONDecoder().decode(Cases.self, from: data).cases
}

private func kind(_ name: String) -> ProjectFile.Kind {
  if name.hasSuffix(".html") { return .html }
  if name.hasSuffix(".css") { return .css }
  return name.hasSuffix(".ts") ? .typeScript : .javaScript
}

private let names = (try? cases().keys.sorted()) ?? []

@Test func `there are cases`() { #expect(names.count == 32) }

@Test(arguments: names) func `a case is measured exactly`(_ name: String) throws {
  let expected = try #require(try cases()[name])
  let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
  let density = measureDensity(bytes, kind: kind(name), path: name)
  #expect(density.totals.bytes.total == expected.bytes)
  #expect(density.totals.lines.total == expected.lines)
  #expect(density.lineClasses.map { String(describing: $0) } == expected.per_line)
  let lines = density.totals.lines
  #expect(
    ["blank": lines.blank, "comment": lines.comment, "code": lines.code, "mixed": lines.mixed] == expected.classes)
  #expect(density.blankInComment == expected.blank_in_comment)
  #expect(density.blankInLiteral == expected.blank_in_literal)
  #expect(density.comments.map { [Int($0.span.start), Int($0.span.end)] } == expected.comment_ranges)
  let classes = density.totals.bytes
  #expect(
    ["code": classes.code, "comment": classes.comment, "whitespace": classes.whitespace] == expected.bytes_by_class)
  #expect(density.whitespace.total == classes.whitespace)
  if let kinds = expected.kinds { check(kinds, name, density) }
  if let languages = expected.by_language { check(languages, density) }
}

/// Some cases count the comments of each kind, the others the lines.
private func check(_ expected: [String: Int], _ name: String, _ density: FileDensity) {
  let countsComments = ["14", "20", "22", "28"].contains { name.hasPrefix($0) }
  let found = countsComments ? density.commentCounts : density.commentLines
  let named = Dictionary(uniqueKeysWithValues: found.map { ($0.key.rawValue, $0.value) })
  #expect(named == expected)
}

private func check(_ expected: [String: [String: Int]], _ density: FileDensity) {
  for (language, classes) in expected {
    let lines = density.totals.languages[language == "js" ? "javascript" : language]?.lines ?? LineClasses()
    #expect(
      ["blank": lines.blank, "comment": lines.comment, "code": lines.code, "mixed": lines.mixed] == classes,
      "\(language)")
  }
}
