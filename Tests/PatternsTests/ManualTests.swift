import Foundation
import JavaScriptSyntax
import Patterns
import SourceText
import TestSupport
import Testing

/// The table of `docs/patterns.md`, a row a test.
@Suite struct ManualTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var pattern: String
    var code: String
    var answer: String

    var testDescription: String { "\(pattern) on \(code)" }
  }

  static let rows: [Row] = {
    let text = (try? String(contentsOf: packageRoot.appending(path: "docs/patterns.md"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| `"), cells.count == 5 else { return nil }
      return Row(pattern: unquoted(cells[0]), code: unquoted(cells[1]), answer: cells[4])
    }
  }()

  /// The text of a cell; one that holds backquotes has two of them and a space at each end.
  private static func unquoted(_ cell: String) -> String {
    let ends = cell.hasPrefix("`` ") ? 3 : 1
    return String(cell.dropFirst(ends).dropLast(ends))
  }

  @Test func `there are at least forty rows`() { #expect(Self.rows.count >= 40) }

  @Test(arguments: rows) func `a row's answer is what is found`(row: Row) throws {
    let isScript = parse(Array(row.code.utf8), options: ParseOptions(language: .jsx)).diagnostics.isEmpty
    let count = try found(row.pattern, in: row.code, language: isScript ? .jsx : .tsx).count
    #expect(count == (["yes": 1, "no": 0][row.answer] ?? Int(row.answer)))
  }

  @Test func `code in the manual's other examples is found`() throws {
    #expect(try found("requestAnimationFrame($F)", in: "requestAnimationFrame(loop)").count == 1)
    #expect(try found("$A.addEventListener(\"click\", $$$)", in: "b.addEventListener('click', f, true)").count == 1)
    #expect(try found("for ($$$A; $B; $C) { $$$D }", in: "for (let i = 0; i < 9; i++) f(i)").count == 1)
  }
}
