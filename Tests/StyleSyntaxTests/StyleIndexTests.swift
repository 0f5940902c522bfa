import SourceText
import StyleSyntax
import Testing

private let page = SmallTree(
  """
  html
    body
      header.hero#top[style=color: red; --own: 2s]
        h1
        button.cta
      main.wide
        article.card
          p
  """)

private func resolver(_ text: String) -> StyleResolver<SmallTree> {
  StyleResolver(StyleIndex([StyleSource(parseStyleSheet(Array(text.utf8)).tree)]), page)
}

/// The values that can be set, strongest first, with conditions, states and `?` where not certain.
private func values(_ text: String, _ property: String, _ element: Int, pseudoElement: String? = nil) -> [String] {
  var resolver = resolver(text)
  let style = resolver.style(of: element)
  return resolver.declarations(of: property, on: element, pseudoElement: pseudoElement).map { found in
    let value = resolver.index.sheet(of: found, in: style)?.valueText(of: found.node) ?? ""
    let states = resolver.index.states(of: found).map { ":\($0.name)" }.joined()
    let conditions = found.rule < 0 ? 0 : resolver.index.conditions(of: found.rule).count
    return value + states + (conditions > 0 ? " if \(conditions)" : "") + (found.certainty == .maybe ? "?" : "")
  }
}

@Suite struct StyleIndexTests {
  @Test(arguments: [
    ("h1 { top: 1px } h1 { top: 2px }", "top", ["2px", "1px"]),
    ("header h1 { top: 1px } h1 { top: 2px }", "top", ["1px", "2px"]),
    ("#top h1 { top: 1px } .hero h1 { top: 2px !important }", "top", ["2px", "1px"]),
    (
      "@layer a, b; @layer b { h1 { top: 1px } } @layer a { #top h1 { top: 2px } } h1 { top: 3px }", "top",
      ["3px", "1px", "2px"]
    ),
    ("@layer a { h1 { top: 1px !important } } h1 { top: 2px !important }", "top", ["1px", "2px"]),
    ("@layer a { @layer b { h1 { top: 1px } } h1 { top: 2px } }", "top", ["2px", "1px"]),
    ("h1:hover { top: 1px } h1 { top: 2px }", "top", ["1px:hover?", "2px"]),
    ("@media (min-width: 600px) { h1 { top: 1px } }", "top", ["1px if 1"]),
    ("@media print { @supports (a: b) { h1 { top: 1px } } }", "top", ["1px if 2"]),
    (
      ".hero { h1 { top: 1px } & > h1 { top: 2px } .x & { top: 3px } @media print { & h1 { top: 4px } } }", "top",
      ["4px if 1", "2px", "1px"]
    ),
    ("header { > h1, + main { top: 1px } }", "top", ["1px"]),
    ("h1 { @media print { top: 1px } top: 2px }", "top", ["2px", "1px if 1"]),
    (
      "@scope (.hero) { h1 { top: 1px } :scope > h1 { top: 2px } } @scope (main) { h1 { top: 9px } }", "top",
      ["2px", "1px"]
    ),
    ("h1 { inset: 0 } h1 { margin: 1px }", "top", ["0"]),
    ("h1 { margin: 1px; margin-left: 2px }", "margin-left", ["2px", "1px"]),
    ("@font-face { top: 1px } @keyframes h1 { from { top: 1px } } @page { top: 1px }", "top", []),
    ("h1, :bogus { top: 1px } h1 { top: url(a b) ; top: }", "top", []),
  ])
  func `declarations come in the order of the cascade`(text: String, property: String, expected: [String]) {
    #expect(values(text, property, 3) == expected)
  }

  @Test func `the style attribute wins over selectors but not over importance`() {
    #expect(values("#top { color: blue } * { color: green !important }", "color", 2) == ["green", "red", "blue"])
  }

  @Test func `pseudo-elements are asked for by name`() {
    let text = ".cta::after { top: 1px } .cta:hover::after { top: 2px } .cta { top: 3px }"
    #expect(values(text, "top", 4, pseudoElement: "after") == ["2px:hover?", "1px"])
    #expect(values(text, "top", 4) == ["3px"])
  }

  @Test(arguments: [
    (":root { --a: var(--b); --b: 3s } h1 { animation: x var(--a) infinite }", "x 3s infinite"),
    ("h1 { animation: x var(--own) }", "x 2s"),
    ("h1 { animation: x var(--none, 4s) }", "x 4s"),
    (":root { --a: var(--b); --b: var(--a) } h1 { animation: x var(--a, 5s) }", "x 5s"),
    (":root { --a: var(--b, 7s); --b: var(--a) } h1 { animation: x var(--a, 5s) }", "x 5s"),
    (":root { --a: var(--a, 7s) } h1 { animation: x var(--a, 5s) }", "x 5s"),
    (":root { --a: var(--b, 7s); --b: var(--b) } h1 { animation: x var(--a, 5s) }", "x 7s"),
    ("@property --p { syntax: '*'; initial-value: 6s } h1 { animation: x var(--p) }", "x 6s"),
  ])
  func `variables are replaced`(text: String, expected: String) throws {
    var resolver = resolver(text)
    let all = resolver.declarations(of: "animation", on: 3)
    let found = try #require(all.first)
    let replaced = resolver.value(of: found, on: 3)
    let value = try #require(replaced)
    #expect(value.text(value.span(ofTokens: 0..<value.tokens.count)) == expected)
  }

  @Test func `conditions say which at-rule states them`() throws {
    let text = "@media (min-width: 1px) { @container side (width > 2px) { h1 { top: 0 } } }"
    let index = StyleIndex([
      StyleSource(parseStyleSheet(Array(text.utf8)).tree, media: MediaQueryList("print"))
    ])
    #expect(index.mediaQueries.map(\.node) == [nil, 0])
    #expect(index.containerQueries.map(\.node) == [1])
    #expect(index.conditions(of: 0).count == 3)
    #expect(index.conditions(of: 0, holdIn: MediaEnvironment(width: 5)) == .no)
    guard case .container(let name, let condition) = try #require(index.conditions(of: 0).last) else {
      Issue.record("the innermost condition is the container's")
      return
    }
    #expect(name == "side" && condition.features.first?.comparison == .greater)
  }

  @Test(arguments: [
    ("h1 { top: 1px } h1:hover { top: 2px }", MediaEnvironment.desktop, "1px"),
    ("h1 { top: 1px } @media (max-width: 600px) { h1 { top: 2px } }", .desktop, "1px"),
    ("h1 { top: 1px } @media (max-width: 600px) { h1 { top: 2px } }", .phone, "2px"),
    ("@media (hover: hover) { h1 { top: 1px } }", .phone, "none"),
    ("@media (hover) { h1 { top: 1px } }", .desktop, "1px"),
    ("@supports (display: grid) { h1 { top: 1px } }", .desktop, "1px"),
    ("@supports not (display: grid) { h1 { top: 1px } }", .desktop, "none"),
    ("@supports selector(:has(a)) and (not (a: b)) { h1 { top: 1px } }", .desktop, "none"),
    ("@media (prefers-reduced-motion) { h1 { top: 1px } }", MediaEnvironment.desktop.withReducedMotion, "1px"),
  ])
  func `one declaration decides on a device`(text: String, environment: MediaEnvironment, expected: String) {
    var resolver = resolver(text)
    let winner = resolver.winner(of: "top", on: 3, in: environment)
    #expect(winner.map { resolver.index.sources[0].sheet.valueText(of: $0.node) } ?? "none" == expected)
  }

  @Test func `less motion stops or shortens animations`() {
    let text = """
      h1 { animation: spin 4s infinite } .cta { animation: pulse 2s infinite }
      @media (prefers-reduced-motion: reduce) {
        h1 { animation: none }
        * { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important }
      }
      """
    var resolver = resolver(text)
    let still = MediaEnvironment.desktop.withReducedMotion
    let usual = resolver.animations(of: 3, in: .desktop) + resolver.animations(of: 4, in: .desktop)
    #expect(usual.map(\.name) == ["spin", "pulse"] && usual.allSatisfy { $0.isInfinite })
    let first = resolver.animations(of: 3, in: still)
    #expect(first.isEmpty)
    let second = resolver.animations(of: 4, in: still)
    #expect(second.map(\.isInfinite) == [false] && second.allSatisfy { $0.duration < 0.001 })
  }

  @Test func `rules that multiply at each level of nesting end in time`() {
    let text = String(repeating: "&, & & { top: 0; ", count: 200)
    var resolver = resolver("h1 { " + text)
    let found = resolver.declarations(of: "top", on: 3)
    #expect(!found.isEmpty)
  }

  @Test func `variables that double at each step stay small`() {
    let steps = (1..<40).map { "--v\($0): var(--v\($0 - 1)) var(--v\($0 - 1));" }.joined()
    var resolver = resolver(":root { --v0: x; \(steps) } h1 { top: var(--v39) }")
    let found = resolver.declarations(of: "top", on: 3)
    #expect(found.count == 1)
    for declaration in found {
      let value = resolver.value(of: declaration, on: 3)
      #expect(value == nil)
    }
  }

  @Test func `animations are found with their keyframes`() throws {
    let text = """
      @keyframes spin { to { rotate: 1turn } } @keyframes none-inside { }
      h1 { animation: spin 2s linear infinite, fade .5s ease-in 100ms both }
      .cta { animation-name: pulse; animation-duration: 3s; animation-iteration-count: infinite }
      """
    var resolver = resolver(text)
    let both = resolver.animations(of: 3).map(\.animation)
    #expect(both.map(\.name) == ["spin", "fade"])
    #expect(both.map(\.duration) == [2, 0.5])
    #expect(both.map(\.isInfinite) == [true, false])
    #expect(both.map(\.delay) == [0, 0.1])
    let pulses = resolver.animations(of: 4)
    let pulse = try #require(pulses.first).animation
    #expect(pulse.name == "pulse" && pulse.duration == 3 && pulse.isInfinite && pulse.canRun)
    #expect(resolver.index.keyframes["spin"]?.first?.hasFrames == true)
    #expect(resolver.index.keyframes["none-inside"]?.first?.hasFrames == false)
    #expect(resolver.index.keyframes["pulse"] == nil)
  }

  @Test func `an unknown list of classes makes every class possible`() {
    var tree = page
    tree.uncertain = ["4 class"]
    let sheet = parseStyleSheet(Array(".never { top: 1px } .cta { left: 1px }".utf8)).tree
    var resolver = StyleResolver(StyleIndex([StyleSource(sheet)]), tree)
    let top = resolver.declarations(of: "top", on: 4)
    #expect(top.isEmpty)
    let left = resolver.declarations(of: "left", on: 4)
    #expect(left.map(\.certainty) == [.yes])
  }

  @Test(arguments: [
    ("(min-width: 40em)", 639.0, MatchResult.no), ("(min-width: 40em)", 640, .yes),
    ("(400px <= width < 800px)", 800, .no), ("(400px <= width < 800px)", 400, .yes), ("(width > 50rem)", 801, .yes),
    ("screen and (max-width: 600px), print", 700, .no), ("not all and (max-width: 600px)", 700, .yes),
    ("not (min-width: 600px)", 599, .yes), ("(min-width: 1px) and ((max-width: 9px) or (min-width: 99px))", 50, .no),
    ("(hover: hover)", 50, .maybe), ("", 1, .yes), ("print", 1, .no), ("(800px > width)", 700, .yes),
    ("only screen and (min-width: calc(10px * 2))", 19, .no), ("(bogus)", 1, .maybe),
  ])
  func `media queries are evaluated`(text: String, width: Double, expected: MatchResult) {
    #expect(MediaQueryList(text).matches(MediaEnvironment(width: width, height: 500)) == expected)
  }

  @Test func `media features can be asked for`() {
    let list = MediaQueryList("(prefers-reduced-motion: reduce), (min-width:1px) and (pointer:coarse)")
    #expect(list.features.map(\.name) == ["prefers-reduced-motion", "width", "pointer"])
    #expect(list.features.first?.keyword == "reduce")
    let still = MediaEnvironment(keywords: ["prefers-reduced-motion": "no-preference"])
    #expect(MediaQueryList("(prefers-reduced-motion)").matches(still) == .no)
    #expect(MediaQueryList("not (prefers-reduced-motion: reduce)").matches(still) == .yes)
  }

  @Test(arguments: [
    ("10px", 10.0), ("2rem", 32), ("0", 0), ("1in", 96), ("calc(1rem + 2 * 3px)", 22), ("clamp(1px, 5px, 3px)", 3),
    ("min(10px, 2rem)", 10), ("max(10px, calc(2rem - 1px))", 31), ("calc((1px + 2px) / 2)", 1.5), ("50vw", nil),
    ("calc(1px + 2%)", nil), ("auto", nil), ("calc(1px + 2)", nil), ("calc(1px / 0)", nil), ("+.5e1px", 5),
  ])
  func `lengths are worked out where they are constant`(text: String, expected: Double?) {
    let sheet = parseComponentValues(Array(text.utf8)).tree
    #expect(sheet.pixels(in: 0..<sheet.tokens.count) == expected)
  }

  @Test func `fluid values are told from fixed ones`() {
    for (text, expected) in [
      ("50%", true), ("1fr 2fr", true), ("min(90vw, 60rem)", true), ("960px", false), ("auto", true), ("2em", false),
      ("repeat(auto-fit, minmax(10rem, 1fr))", true),
    ] {
      let sheet = parseComponentValues(Array(text.utf8)).tree
      #expect(sheet.isFluid(0..<sheet.tokens.count) == expected, "\(text)")
    }
  }

  @Test func `imports and addresses are listed`() {
    let text =
      "@charset 'utf-8'; @import 'a.css' layer(x) screen; @import url(b.css); a { b: url( 'c d.png' ) } @import 'no';"
    let sheet = parseStyleSheet(Array(text.utf8)).tree
    #expect(sheet.imports.map(\.address) == ["a.css", "b.css"])
    #expect(sheet.imports.first?.layer == "x")
    #expect(sheet.imports.first?.media == MediaQueryList("screen"))
    #expect(sheet.references.map(\.address) == ["a.css", "b.css", "c d.png"])
  }
}
