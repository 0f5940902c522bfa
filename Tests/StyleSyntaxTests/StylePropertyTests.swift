import SourceText
import StyleSyntax
import TestSupport
import Testing

private let pieces: [String] = [
  "a", ".b", "#c", "{", "}", "(", ")", "[", "]", ":", ";", ",", " ", "\n", "\r\n", "\u{0C}", "--x", "!important",
  "@media ",
  "@layer ", "@keyframes ", "@scope (", "url(", "url( x )", "\"s\"", "'", "/* c */", "/*", "\\", "\\41 ", "12px", "1e3",
  ".5%", "-",
  "+", ">", "~", "&", "*", "|", "=", "<!--", "-->", ":is(", ":nth-child(2n+1 of ", ":not(", ":has(> ", "var(--x, ",
  "calc(1px + ",
  "é", "😀", "\0", "animation: spin 1s infinite;", "color: red", "::before", "[x='y' i]", "from", "50%", "u+4??", "\t",
]

/// A text of random pieces, some bytes of which are then spoilt.
private func randomSheet(_ random: inout SeededGenerator) -> [UInt8] {
  var bytes: [UInt8] = []
  for _ in 0..<Int.random(in: 0...60, using: &random) {
    bytes.append(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
  }
  for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
  }
  return bytes
}

@Suite struct StylePropertyTests {
  @Test func `every byte is in exactly one token or comment`() {
    for seed in UInt64(0)..<4_000 {
      var random = SeededGenerator(seed: seed)
      let bytes = randomSheet(&random)
      let sheet = parseStyleSheet(bytes).tree
      var spans = sheet.tokens.map(\.span) + sheet.comments
      if let mark = sheet.byteOrderMark { spans.append(mark) }
      spans.sort()
      var place: UInt32 = 0
      for span in spans {
        #expect(span.start == place && span.end > span.start, "seed \(seed)")
        place = span.end
      }
      #expect(Int(place) == bytes.count, "seed \(seed)")
    }
  }

  @Test func `nodes nest and lie within the text`() {
    for seed in UInt64(0)..<4_000 {
      var random = SeededGenerator(seed: seed)
      let bytes = randomSheet(&random)
      for parsed in [parseStyleSheet(bytes), parseDeclarationList(bytes)] {
        let sheet = parsed.tree
        for index in sheet.nodes.indices {
          let node = sheet.nodes[index]
          let span = sheet.span(of: index)
          #expect(Int(span.end) <= bytes.count && span.contains(sheet.valueSpan(of: index)), "seed \(seed)")
          #expect(node.end > index && Int(node.end) <= sheet.nodes.count, "seed \(seed)")
          guard node.parent != StyleNode.none else { continue }
          #expect(sheet.span(of: Int(node.parent)).contains(span) && node.end <= sheet.nodes[Int(node.parent)].end)
        }
        #expect(parsed.diagnostics.allSatisfy { Int($0.span.end) <= bytes.count }, "seed \(seed)")
        #expect(parsed.diagnostics.map(\.span.start) == parsed.diagnostics.map(\.span.start).sorted(), "seed \(seed)")
      }
    }
  }

  @Test func `a part of a text is read as the same text alone`() {
    for seed in UInt64(0)..<500 {
      var random = SeededGenerator(seed: seed)
      let bytes = randomSheet(&random)
      let whole = Array("<style>".utf8) + bytes + Array("</style>".utf8)
      let alone = parseStyleSheet(bytes)
      let inside = parseStyleSheet(whole, in: 7..<7 + bytes.count)
      #expect(inside.tree.tokens.map(\.span) == alone.tree.tokens.map { $0.span.shifted(by: 7) }, "seed \(seed)")
      #expect(inside.tree.nodes == alone.tree.nodes, "seed \(seed)")
    }
  }

  @Test func `indexing and matching any sheet ends without a fault`() {
    let page = SmallTree("a\n  b.b\n    a#c\n      a[x=y]\n  a.b")
    for seed in UInt64(0)..<2_000 {
      var random = SeededGenerator(seed: seed)
      let bytes = randomSheet(&random)
      let sheet = parseStyleSheet(bytes).tree
      var resolver = StyleResolver(StyleIndex([StyleSource(sheet)]), page)
      for element in page.items.indices {
        let found = resolver.declarations(of: "animation-name", on: element)
        #expect(found.allSatisfy { $0.certainty != .no && $0.node < sheet.nodes.count }, "seed \(seed)")
        let animations = resolver.animations(of: element)
        #expect(animations.allSatisfy { $0.animation.name?.isEmpty != true }, "seed \(seed)")
      }
      let all = 0..<sheet.tokens.count
      #expect(sheet.references.allSatisfy { Int($0.span.end) <= bytes.count }, "seed \(seed)")
      #expect(!MediaQueryList(sheet, all).queries.contains { $0.type == "" }, "seed \(seed)")
      _ = parseSelectorList(in: sheet, tokens: all)
      _ = sheet.transitions(in: all)
    }
  }

  @Test(arguments: ["{", "a{", "a:b{", "(", "a:{}", "@media x{", "&{", "a{& &{", "[", "/*", "url(", "a:b{}", ":is("])
  func `the same piece over and over takes time in proportion`(piece: String) {
    let bytes = Array(String(repeating: piece, count: 50_000).utf8)
    let parsed = parseStyleSheet(bytes)
    #expect(parsed.diagnostics.count <= 2_000)
    let page = SmallTree("a")
    var resolver = StyleResolver(StyleIndex([StyleSource(parsed.tree)]), page)
    let style = resolver.style(of: 0)
    #expect(style.rules.count <= 50_000)
  }

  @Test func `matching agrees with trying everything`() {
    for seed in UInt64(0)..<1_500 {
      var random = SeededGenerator(seed: seed)
      let page = randomTree(&random)
      let selector = randomSelector(&random)
      let list = parseSelectorList(selector).tree
      #expect(list.isValid, "\(selector)")
      var matcher = SelectorMatcher(page)
      for element in page.items.indices {
        let expected = tryEverything(list.arena, page, element)
        #expect(matcher.matches(list, element) == expected, "seed \(seed), \(selector), element \(element)")
        #expect(matcher.match(list, element) == (expected ? .yes : .no), "seed \(seed)")
      }
    }
  }

  private func randomTree(_ random: inout SeededGenerator) -> SmallTree {
    var level = 0
    var lines = ["a"]
    for _ in 0..<Int.random(in: 3...25, using: &random) {
      level = Int.random(in: 1...level + 1, using: &random)
      let name = ["a", "b", "a.x", "b.x", "a.y"][Int.random(in: 0..<5, using: &random)]
      lines.append(String(repeating: "  ", count: level) + name)
    }
    return SmallTree(lines.joined(separator: "\n"))
  }

  private func randomSelector(_ random: inout SeededGenerator) -> String {
    var result = ""
    for index in 0..<Int.random(in: 1...6, using: &random) {
      if index > 0 { result += [" ", " ", " > ", " + ", " ~ "][Int.random(in: 0..<5, using: &random)] }
      result += ["a", "b", ".x", "*", "a.y", ":first-child"][Int.random(in: 0..<6, using: &random)]
    }
    return result
  }

  /// Matches the only selector of a list by following every way through the tree.
  private func tryEverything(_ arena: SelectorArena, _ page: SmallTree, _ element: Int) -> Bool {
    guard let complex = arena.complexes.first else { return false }
    return tryEverything(arena, page, element, Int(complex.end) - 1, Int(complex.start))
  }

  private func tryEverything(
    _ arena: SelectorArena, _ page: SmallTree, _ element: Int, _ compound: Int, _ first: Int
  ) -> Bool {
    let parts = arena.compounds[compound]
    for index in parts.start..<parts.end where !holds(arena, arena.simples[Int(index)], page, element) { return false }
    guard compound > first else { return true }
    let isUpwards = parts.combinator == .child || parts.combinator == .descendant
    let isOnce = parts.combinator == .child || parts.combinator == .nextSibling
    var current = element
    while let next = isUpwards ? page.parent(of: current) : page.previousElementSibling(of: current) {
      if tryEverything(arena, page, next, compound - 1, first) { return true }
      if isOnce { return false }
      current = next
    }
    return false
  }

  private func holds(_ arena: SelectorArena, _ simple: SimpleSelector, _ page: SmallTree, _ element: Int) -> Bool {
    switch simple.kind {
    case .type: page.localName(of: element) == arena.names[Int(simple.name)]
    case .class: page.attribute("class", of: element) == arena.names[Int(simple.name)]
    case .pseudoClass: page.previousElementSibling(of: element) == nil
    default: true
    }
  }
}
