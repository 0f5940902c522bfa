import FoundationEssentials
import Ingest
import JavaScriptSyntax
import SourceText
import TestSupport
import Testing

@testable import Density

/// The classes of a script by its tokens alone; `nil` where the scanner leaves it to the parser.
private func scanned(_ bytes: [UInt8], _ options: ScriptOptions) -> [Region]? {
  bytes.withUnsafeBufferPointer { text in
    ByteKind.table.withUnsafeBufferPointer { table -> [Region]? in
      guard let classes = table.baseAddress else { return nil }
      var scanner = ScriptScanner(
        text, 0..<bytes.count, hasTypes: options.language.hasTypes, classes: classes)
      return scanner.run() ? scanner.regions : nil
    }
  }
}

/// Where the scanner leaves a script to the parser.
private func giveUpPlace(_ bytes: [UInt8], _ options: ScriptOptions) -> Int {
  bytes.withUnsafeBufferPointer { text in
    ByteKind.table.withUnsafeBufferPointer { table -> Int in
      guard let classes = table.baseAddress else { return 0 }
      var scanner = ScriptScanner(text, 0..<bytes.count, hasTypes: options.language.hasTypes, classes: classes)
      _ = scanner.run()
      return scanner.index
    }
  }
}

/// The class of every byte under some regions.
private func painted(_ bytes: [UInt8], _ regions: [Region]) -> [UInt8] {
  var classes = bytes.map { $0 <= 0x20 ? UInt8(0) : 1 }
  for region in regions where region.kind != .text {
    for index in region.span.range where index < classes.count { classes[index] = region.kind == .comment ? 2 : 1 }
  }
  return classes
}

/// Whether the scanner says what the parser says, or nothing.
private func agrees(_ bytes: [UInt8], _ options: ScriptOptions) -> Bool {
  guard let found = scanned(bytes, options) else { return true }
  let parsed = bytes.withUnsafeBufferPointer { parsedRegions($0, 0..<bytes.count, options) }
  return painted(bytes, found) == painted(bytes, parsed)
}

@Test(arguments: [
  "a = b / c / d; // x", "if (x) /re'/.test(y) // z", "while (x) /[/*]/.exec(s)", "f(x) / 2 /* c */ / 3",
  "a[0] / 2 // '",
  "return /'/ // \"", "x.return / 2 // '", "a++ / 2 // '", "++/'/.lastIndex", "`a${b / 2}c // ${`x /* ${1} */`}` // y",
  "x = {a: 1} // '", "typeof /'/ // x", "a ? /'/ : /\"/ // x", "s = 'a\\\n// b' // c", "1./2 // '", ".5/2 // '",
  "a<<b/c // '",
  "x => /'/ // y", "for (const a of b) /'/.test(a) // x", "\u{A0}// x\u{2028}y", "é /2/ 1 // '", "a\u{2003}/ 2 // '",
  "import.meta / 2 // '", "async () => { await f() / 2 } // '", "class A { #x = 1; f() { return this.#x / 2 } } // '",
])
func `the scanner and the parser agree`(_ source: String) {
  #expect(agrees(Array(source.utf8), ScriptOptions()))
}

private let fragments = [
  "a", "b.c", "if (a) ", "return ", "typeof ", "(", ")", "[", "]", "{", "}", "/", "/x/", "/[/']/g", "//c\n", "/*c*/",
  "\n", "'s'", "\"//\"",
  "`t${", "`", "=", "+", "++", "--", "=>", ".", "?.", "?", ":", ";", ",", "<", ">", "<<", "!", "1", "1.5", "x y",
  "while (b) ", "in ", "of ",
  "\u{2028}", "\u{A0}", "é", "\\u0061", "#p", "@d ", "...", "function f() {", "class A {", "async ", "await ", "yield ",
  "-->", "<!--",
]

/// A text that a program could be made of.
private func programText(_ random: inout SeededGenerator) -> [UInt8] {
  var text = ""
  for _ in 0..<Int.random(in: 1...14, using: &random) { text += fragments.randomElement(using: &random) ?? "" }
  return Array(text.utf8)
}

@Test func `the scanner never contradicts the parser on a program without errors`() {
  var decided = 0
  for seed in UInt64(0)..<30_000 {
    var random = SeededGenerator(seed: seed)
    let bytes = programText(&random)
    let parsed = parse(bytes, options: ParseOptions(language: .jsx))
    guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else { continue }
    decided += 1
    #expect(agrees(bytes, ScriptOptions()), "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
  }
  #expect(decided > 300)
}

/// Every script of a folder that the environment names; run with `STERLING_CORPUS` set.
@Test(.enabled(if: ProcessInfo.processInfo.environment["STERLING_CORPUS"] != nil))
func `the scanner never contradicts the parser on a corpus`() throws {
  let path = try #require(ProcessInfo.processInfo.environment["STERLING_CORPUS"])
  let listing = try Ingest.list(path: path)
  var reader = EntryReader()
  var left = 0
  var total = 0
  for entry in listing.entries {
    guard case .file(let file) = reader.read(entry), file.kind == .javaScript || file.kind == .typeScript else {
      continue
    }
    let options = ScriptOptions(path: file.path, isTyped: file.kind == .typeScript)
    total += 1
    if options.language == .tsx || scanned(file.bytes, options) == nil {
      left += 1
      let place = giveUpPlace(file.bytes, options)
      let around = file.bytes[max(0, place - 30)..<min(file.bytes.count, place + 10)]
      print(
        "\(file.path): \(file.bytes.count) bytes left to the parser at `\(String(decoding: around, as: UTF8.self))`")
    }
    #expect(agrees(file.bytes, options), "\(file.path)")
  }
  print("\(total) scripts, \(left) of them left to the parser")
}
