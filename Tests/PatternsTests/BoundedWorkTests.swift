import JavaScriptSyntax
import Patterns
import SourceText
import TestSupport
import Testing

@Suite struct BoundedWorkTests {
  @Test func `a pattern that could be tried in too many ways is given up and says so`() throws {
    let arguments = Array(repeating: "a", count: 400).joined(separator: ", ")
    let index = SyntaxIndex(parse(Array("f(\(arguments))".utf8)).tree)
    var budget = StepBudget.file(nodeCount: index.tree.nodes.count)
    let pattern = try CodePattern("f($$$A, $X, $$$B, $X, $$$C, $X, $$$D, 1)")
    #expect(pattern.matches(in: index, budget: &budget).isEmpty)
    #expect(budget.isSpent)
  }

  @Test func `deep code is compared without a deep stack`() throws {
    let chain = "a" + String(repeating: "+a", count: 20_000)
    #expect(try found("$A == $A", in: "(\(chain)) == (\(chain))").count == 1)
    let nested = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    #expect(try found("$A == $A", in: "\(nested) == \(nested)").count == 1)
  }

  @Test func `any piece of code matches itself as a pattern`() throws {
    let pieces = [
      "a.b(c, ...d)", "x => x + 1", "`a${b}c`", "new A(b)", "[a, , b]", "({ a, [b]: c, ...d })", "for (;;) { a() }",
      "for await (const a of b) c()", "do { a() } while (b)", "label: for (;;) break label", "class A { b() {} }",
      "switch (a) { case 1: b(); default: c() }", "try { a() } catch { b() } finally { c() }", "a ? b : c", "(-a) ** 2",
      "import('a')", "import a, { b as c } from 'd'", "export default function () {}", "export * from 'a'",
      "/a+/g.test(b)", "1n + 2n", "tag`a${b}`", "<a b={c}>d{e}</a>", "<>{...a}</>", "delete a.b",
      "var { a = 1, ...b } = c",
      "async () => { await a }", "throw a", "debugger", "a ||= b", "a?.[b]?.(c)", "function* f() { yield* a }", "i++",
    ]
    for piece in pieces { #expect(try !found(piece, in: piece).isEmpty, "\(piece)") }
  }

  @Test func `random patterns and random code never fail`() throws {
    let parts = [
      "$A", "$$$B", "f(", ")", "{", "}", ";", ",", " ", "a", ".", "=", "=>", "[", "]", "if (", "<a>", "</a>", "'", ":",
    ]
    for seed in UInt64(0)..<600 {
      var random = SeededGenerator(seed: seed)
      func text() -> String {
        (0..<Int.random(in: 1...9, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      }
      let (pattern, code) = (text(), text())
      guard let compiled = try? CodePattern(pattern) else { continue }
      let index = SyntaxIndex(parse(Array(code.utf8), options: ParseOptions(language: .jsx)).tree)
      var budget = StepBudget(50_000)
      for match in compiled.matches(in: index, budget: &budget) {
        #expect(Int(match.span.end) <= code.utf8.count, "seed \(seed)")
      }
    }
  }
}
