import Foundation
import JavaScriptSyntax
import SourceText

/// Times the lexer and the parser on one construct at a time:
///
///     swift run -c release microbenchmarks [NAME...]
///
/// The first rows are nearly all lexer: white space, comments, names and literals. Counts of tokens and nodes are exact and the
/// same everywhere; seconds are the best of several rounds.
@main
enum Microbenchmarks {
  static func main() {
    let wanted = Set(CommandLine.arguments.dropFirst())
    print(
      "construct".padding(14), "MB/s".aligned(8), "tokens".aligned(10), "nodes".aligned(10), "ns a node".aligned(10))
    for sample in samples where wanted.isEmpty || wanted.contains(sample.name) { measure(sample) }
  }

  private static func measure(_ sample: Sample) {
    let source = sample.source(sizeInBytes: 2_000_000)
    let options = ParseOptions(language: sample.language)
    var best = Double.infinity
    var tokens = 0
    var nodes = 0
    for _ in 0..<7 {
      let clock = ContinuousClock()
      let start = clock.now
      let parsed = parse(source, options: options)
      let duration = start.duration(to: clock.now).components
      best = min(best, Double(duration.seconds) + Double(duration.attoseconds) / 1e18)
      tokens = parsed.tree.tokens.count
      nodes = parsed.tree.nodes.count
      if let first = parsed.diagnostics.first {
        print("\(sample.name): \(first.message) at \(first.span.start)")
        return
      }
    }
    let speed = Double(source.count) / best / 1e6
    print(
      sample.name.padding(14), String(Int(speed)).aligned(8), String(tokens).aligned(10), String(nodes).aligned(10),
      String(Int(best * 1e9 / Double(max(nodes, 1)))).aligned(10))
  }
}

/// A construct that is repeated until it fills a text.
private struct Sample {
  var name: String
  var language = Language.javaScript
  var text: String

  func source(sizeInBytes: Int) -> [UInt8] {
    let unit = Array(text.utf8) + [0x0A]
    return Array(repeatElement(unit, count: sizeInBytes / unit.count + 1).joined())
  }
}

private let samples = [
  Sample(name: "white-space", text: String(repeating: " ", count: 200) + ";"),
  Sample(name: "line-comment", text: "// a comment of the usual length, which explains the next line of code"),
  Sample(name: "block-comment", text: "/**\n * A comment before a function.\n * @param {string} name what it is\n */;"),
  Sample(name: "names", text: "first, secondName, third_name, $fourth, aVeryLongIdentifierThatGoesOnAndOn;"),
  Sample(name: "unicode-names", text: "größe, имя, 名前, naïve;"),
  Sample(name: "strings", text: "'a string of some length', \"another one\", 'with \\n escapes \\u0041';"),
  Sample(name: "numbers", text: "0, 1.5, 0xff, 1e10, 123456789, 1_000n, .25;"),
  Sample(name: "templates", text: "`a template with ${holes} and ${more} text`;"),
  Sample(name: "regexps", text: "(/[a-z]+(?:\\d{2,4})?$/gi, /^(?<year>\\d{4})-(?<month>\\d\\d)$/u);"),
  Sample(name: "binary", text: "a = b + c * d - e / f & g | h ^ i << 2 && j || k;"),
  Sample(name: "calls", text: "document.getElementById('score').classList.add(name, other, 1);"),
  Sample(name: "chains", text: "a?.b?.[c]?.(d).e.f.g().h[i].j;"),
  Sample(name: "objects", text: "x = { a: 1, b, 'c': [d, e], [f]: g, h() { return i }, get j() { return 1 }, ...k };"),
  Sample(name: "functions", text: "{ function f(a, b = 1, ...c) { if (a) { return b } for (const d of c) { f(d) } } }"),
  Sample(name: "arrows", text: "list.map((a) => a * 2).filter(b => b > 1).reduce((c, d) => { return c + d }, 0);"),
  Sample(
    name: "classes",
    text: "(class extends B { #x = 1; static y = 2; constructor() { super() } get z() { return this.#x } });"),
  Sample(name: "patterns", text: "var { a, b: { c = 1 }, ...d } = e, [f, , g = 2, ...h] = i;"),
  Sample(
    name: "statements", text: "if (a) b(); else if (c) d(); while (e) f--; switch (g) { case 1: h(); break; default: }"),
  Sample(name: "jsx", language: .jsx, text: "(<div className='a' onClick={b}>text <c.d {...e} /> {f}</div>);"),
  Sample(
    name: "types", language: .typeScript,
    text:
      "{ type A<T> = { [K in keyof T]?: T[K] extends string ? 'a' : Array<T[K]> }; let b: A<C> | D & E = f as A<G> }"),
]

extension String {
  fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
  fileprivate func aligned(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
