import Ingest
import JavaScriptSyntax
import SourceText
import TestSupport
import Testing

@testable import Density

// MARK: Complexity

private func complexity(_ source: String) -> Complexity {
  var meter = ComplexityMeter(parse(Array(source.utf8), options: ParseOptions(language: .jsx)).tree)
  return meter.run()
}

@Test(arguments: [
  ("function f() {}", [0], 0),
  ("function f(a) { if (a) {} else if (a > 1) {} else {} }", [3], 2),
  ("function f(a) { for (;;) { if (a) { while (a) {} } } }", [6], 3),
  ("function f(a, b) { if (a && b && !(a || b)) {} }", [3], 4),
  ("function f(a, b, c, d) { return a && b || c && d }", [3], 3),
  ("function f(a) { switch (a) { case 1: break; case 2: return; default: } }", [1], 2),
  ("function f() { try {} catch { if (1) {} } }", [3], 2),
  ("function f(a) { o: for (;;) { continue o } }", [2], 1),
  ("function f(a) { return a ? 1 : a > 2 ? 2 : 3 }", [3], 2),
  ("const f = a => a.map(b => b ? 1 : 2)", [0, 1], 1),
  ("function f(a) { if (a) {} return a.map(b => { if (b) {} }) }", [3], 2),
  ("function module() { function a() { if (1) {} } function b() {} }", [0, 1, 0], 1),
  ("class A { m() { if (1) { do {} while (0) } } }", [3], 2),
  ("if (a) {}", [], 1),
])
func `cognitive complexity and decision points`(_ source: String, _ functions: [Int], _ points: Int) {
  let found = complexity(source)
  #expect(found.functions.sorted() == functions.sorted())
  #expect(found.decisionPoints == points)
}

@Test func `a long chain of operators costs no stack`() {
  let source = "function f() { return " + String(repeating: "a && ", count: 50_000) + "a }"
  let found = complexity(source)
  #expect(found.decisionPoints == 50_000)
  #expect(found.functions == [1])
}

@Test func `percentiles go by nearest rank`() {
  var figure = Complexity()
  #expect(figure.percentile(0.9) == 0 && figure.maximum == 0)
  figure.functions = [9, 1, 2, 3, 4, 5, 6, 7, 8, 10]
  #expect(figure.percentile(0.9) == 9 && figure.maximum == 10)
}

// MARK: Tokens

private func pieces(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { buffer in
    var scanner = PieceScanner(buffer, 0..<buffer.count)
    var found: [String] = []
    while let piece = scanner.next() { found.append(String(decoding: bytes[piece.start..<piece.end], as: UTF8.self)) }
    return found
  }
}

@Test(arguments: [
  ("const addEventListener = 12345;", ["const", " add", "Event", "Listener", " =", " ", "123", "45", ";"]),
  ("HTMLElement.fooBar", ["HTMLElement", ".foo", "Bar"]),
  ("fooBAR", ["foo", "BAR"]),
  ("  if (a)\n\n    b", [" ", " if", " (", "a", ")\n\n", "   ", " b"]),
  ("don't DON'T x'll", ["don't", " DON'T", " x'll"]),
  ("a  \n \n\tb", ["a", "  \n \n", "\tb"]),
  ("// x", ["//", " x"]),
  ("((x))", ["((", "x", "))"]),
  ("日本Abc", ["日本Abc"]),
  ("a\u{A0}b", ["a", "\u{A0}b"]),
])
func `texts are cut as the tokenizer cuts them`(_ text: String, _ expected: [String]) {
  #expect(pieces(text) == expected)
}

@Test func `pieces lose no byte`() {
  for seed in UInt64(0)..<2_000 {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    bytes.withUnsafeBufferPointer { text in
      var scanner = PieceScanner(text, 0..<text.count)
      var end = 0
      while let piece = scanner.next() {
        #expect(piece.start == end && piece.end > end, "seed \(seed)")
        end = piece.end
      }
      #expect(end == bytes.count, "seed \(seed)")
    }
  }
}

/// A vocabulary of all bytes and a few merges, in the format of tiktoken.
private func smallVocabulary(_ merges: [String]) throws -> TokenVocabulary {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  func base64(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < part.count ? Int(part[start + $1]) : 0) }
      for place in 0..<4 { text.append(place <= part.count ? digits[bits >> (18 - 6 * place) & 63] : 0x3D) }
    }
    return text
  }
  var file: [UInt8] = []
  for (rank, token) in ((0...255).map { [UInt8($0)] } + merges.map { Array($0.utf8) }).enumerated() {
    file += base64(token) + Array(" \(rank)\n".utf8)
  }
  return try TokenVocabulary(file)
}

private func count(_ text: String, _ vocabulary: TokenVocabulary) -> Int {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { vocabulary.count($0, 0..<$0.count) }
}

@Test func `pairs are merged by rank and then from the left`() throws {
  let vocabulary = try smallVocabulary(["ab", "bc", "abc", "aa", "aaaa"])
  #expect(count("abc", vocabulary) == 1)
  #expect(count("xabcx", vocabulary) == 3)
  #expect(count("bcbc", vocabulary) == 2)
  #expect(count("aaa", vocabulary) == 2)
  #expect(count("aaaaa", vocabulary) == 2)
  #expect(count(String(repeating: "a", count: 100_000), vocabulary) == 25_000)
}

@Test func `a file that is no vocabulary says where`() {
  let error = #expect(throws: VocabularyError.self) { try TokenVocabulary(Array("IQ== 0\nnonsense\n".utf8)) }
  #expect(error?.line == 2)
  #expect(throws: VocabularyError.self) { try TokenVocabulary([]) }
}

@Test func `tokens are divided by class`() {
  let source = "// a comment here\nlet x = 1;\n\n\n    let y = 2;\n"
  let figures = measureDensity(
    Array(source.utf8), kind: .javaScript, options: DensityOptions(computesFigures: true)
  ).figures
  #expect(figures.map { $0.tokens.comment > 3 && $0.tokens.code > 8 && $0.tokens.whitespace >= 1 } == true)
}

// MARK: Duplication, packages, added lines

@Test func `a passage that occurs twice is found, and a run that repeats itself is not compared with itself`() {
  let passage = (0..<60).map { UInt32($0) }
  #expect(Duplication.duplicatedTokens(in: [passage, passage]) == 120)
  #expect(Duplication.duplicatedTokens(in: [passage + [999] + passage]) == 120)
  #expect(Duplication.duplicatedTokens(in: [Array(passage[..<49]), Array(passage[..<49])]) == 0)
  #expect(Duplication.duplicatedTokens(in: [[UInt32](repeating: 7, count: 60)]) == 0)
}

@Test func `packages outside the project are named`() {
  let source = """
    <script src="https://cdn.example/three.js"></script><script src="local.js"></script>
    <link rel="stylesheet" href="//fonts.example/a.css">
    <script type="module">
    import a from "three/addons/x.js"; import b from "./b.js"; import c from "@scope/pkg/deep"; export * from "/root.js";
    const d = require("left-pad"); import("lazy");
    </script>
    """
  let figures = measureDensity(Array(source.utf8), kind: .html, options: DensityOptions(computesFigures: true)).figures
  #expect(
    figures?.externalPackages
      == ["https://cdn.example/three.js", "//fonts.example/a.css", "three", "@scope/pkg", "left-pad", "lazy"])
}

private func addedLines(_ old: String, _ new: String) -> AddedLines {
  let bytes = Array(new.utf8)
  return measureDensity(bytes, kind: .javaScript).added(bytes, since: Array(old.utf8))
}

@Test func `only lines that were not there count as added`() {
  #expect(addedLines("a;\nb;\nc;\n", "a;\n// new\nb;\n\nc;\n").lines == LineClasses(comment: 1, blank: 1))
  #expect(addedLines("", "a;\nb;\n").lines.code == 2)
  #expect(addedLines("a;\nb;\n", "a;\n").removed == 1)
  #expect(addedLines("if (a) {\nb;\n}\n", "if (a) {\n    b;\n}\n").lines.total == 0)
  let old = (0..<6_000).map { "a\($0);\n" }.joined()
  let new = (3_000..<9_000).map { "a\($0);\n" }.joined()
  #expect(addedLines(old, new).lines.total == 3_000)
}

@Test func `the number of added lines is what a longest common subsequence leaves`() {
  for seed in UInt64(0)..<500 {
    var random = SeededGenerator(seed: seed)
    let old = (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt64.random(in: 0..<4, using: &random) }
    let new = (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt64.random(in: 0..<4, using: &random) }
    var table = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices {
      for j in new.indices {
        table[i + 1][j + 1] = old[i] == new[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
      }
    }
    let added = LineDifference.added(old, new)
    #expect(added.count { $0 } == new.count - table[old.count][new.count], "seed \(seed)")
  }
}

// MARK: Template literals

@Test(arguments: [
  ("const a = /* glsl */ `x`;", CountedLanguage.glsl), ("css`color: red`;", .css), ("html`${a}`", .html),
  ("const v = `uniform mat4 m;\nvoid main() { gl_Position = m * vec4(position, 1.0); }`;", .glsl),
  ("const s = `@vertex fn main() -> @builtin(position) vec4<f32> { return a; }`", .wgsl),
  ("el.innerHTML = `<li class=\"${c}\"><b>${`<i>${x}</i>`}</b></li>`", .html),
  ("style.textContent = `.a { color: red; top: ${y}px; }`", .css),
])
func `the language of a template is told by its tag, a comment or its content`(
  _ source: String, _ expected: CountedLanguage
) {
  #expect(measureDensity(Array(source.utf8), kind: .javaScript).templates[expected] != nil)
}

@Test(arguments: ["`hello ${name}, you are ${age}`", "`a: ${b}`", "`${a}px ${b}px`", "`if (a < b) { c }`", "`x`"])
func `an ordinary template holds no language`(_ source: String) {
  #expect(measureDensity(Array(source.utf8), kind: .javaScript).templates.isEmpty)
}
