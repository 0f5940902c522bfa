import SourceText
import StyleSyntax
import Testing

private let page = SmallTree(
  """
  html[lang=en-GB]
    body#top.dark
      nav
        a.link[href=#work]
        a.link.active[href=https://x.example/A]
      main
        h1#title
        p
        p.lead
        ul
          li
          li.odd
          li
          li
        form
          fieldset[disabled=]
            legend
              input#inlegend[type=text]
            input#name[type=TEXT][required=]
          input#box[type=checkbox][checked=]
          textarea[placeholder=x]
  """)

private func all(_ selector: String) -> [String] {
  var matcher = SelectorMatcher(page)
  return matcher.all(parseSelectorList(selector).tree, under: 0).map {
    let name = page.localName(of: $0)
    return page.identifier(of: $0).map { "\(name)#\($0)" } ?? "\(name)@\($0)"
  }
}

@Suite struct SelectorTests {
  @Test(arguments: [
    ("li", ["li@10", "li@11", "li@12", "li@13"]),
    ("LI.odd", ["li@11"]),
    ("*|body", ["body#top"]),
    ("main > p + p", ["p@8"]),
    ("h1 ~ .lead", ["p@8"]),
    ("body nav a", ["a@3", "a@4"]),
    ("html > main", []),
    ("[href^='https:']", ["a@4"]),
    ("[href$=\"a\"]", []),
    ("[href$=\"a\" i]", ["a@4"]),
    ("[type=text]", ["input#inlegend", "input#name"]),
    ("[type=text s]", ["input#inlegend"]),
    ("[lang|=en]", ["html@0"]),
    ("[class~=active]", ["a@4"]),
    ("[href*=work]", ["a@3"]),
    ("li:nth-child(2n+1)", ["li@10", "li@12"]),
    ("li:nth-child(-n+2)", ["li@10", "li@11"]),
    ("li:nth-last-child(1)", ["li@13"]),
    ("p:nth-of-type(2)", ["p@8"]),
    (":nth-child(1 of .lead)", ["p@8"]),
    ("li:not(.odd, :last-child)", ["li@10", "li@12"]),
    (":is(h1, h2, :bogus)", ["h1#title"]),
    ("ul:has(> .odd)", ["ul@9"]),
    ("h1:has(+ p ~ ul)", ["h1#title"]),
    ("main:has(.active)", []),
    ("nav:has(+ main .lead)", ["nav@2"]),
    (":root", ["html@0"]),
    ("input:disabled", ["input#name"]),
    ("input:enabled", ["input#inlegend", "input#box"]),
    (":required", ["input#name"]),
    (":checked", ["input#box"]),
    (":placeholder-shown", ["textarea@20"]),
    (":lang(en)", (0...20).map { _ in "" }),
    ("a:hover", []),
    ("a:not(:hover)", ["a@3", "a@4"]),
    ("a::before", ["a@3", "a@4"]),
    ("only:only-child, fieldset > legend:first-of-type", ["legend@16"]),
    ("\\6c i.o\\64 d", ["li@11"]),
  ])
  func `selectors find what they say`(selector: String, expected: [String]) {
    let found = all(selector)
    if expected.contains("") { #expect(found.count == expected.count) } else { #expect(found == expected) }
  }

  @Test(arguments: [
    ("a", "0,0,1"), ("#a.b c", "1,1,1"), (":where(#a) b", "0,0,1"), (":is(#a, b) c", "1,0,1"),
    ("a:not(.b):hover", "0,2,1"),
    ("li:nth-child(2 of .x, #y)", "1,1,1"), ("a::before", "0,0,2"), ("[a=b]", "0,1,0"), (":has(> #x)", "1,0,0"),
  ])
  func `specificity follows the standard`(selector: String, expected: String) throws {
    let weight = try #require(parseSelectorList(selector).tree.specificities.first)
    #expect("\(weight.ids),\(weight.classes),\(weight.types)" == expected)
  }

  @Test(arguments: [
    "", "a,", "> a", "a >", "a > > b", ":bogus", "a::before b", "[a=]", "[a=b c]", "..a", "#1", "a b:nth-child(x)",
    "a{",
  ])
  func `a malformed selector spoils its list`(selector: String) {
    let parsed = parseSelectorList(selector)
    #expect(!parsed.tree.isValid)
    #expect(!parsed.diagnostics.isEmpty || selector.isEmpty)
    #expect(parsed.tree.count == 0)
  }

  @Test func `states are recorded and make a match uncertain`() {
    let list = parseSelectorList("nav:hover a:not(:focus-visible)::after").tree
    #expect(
      list.states == [
        StateUse(name: "hover", isOnSubject: false, isNegated: false),
        StateUse(name: "focus-visible", isOnSubject: true, isNegated: true),
      ])
    #expect(list.pseudoElements == ["after"])
    var matcher = SelectorMatcher(page)
    #expect(matcher.match(list, 3) == .maybe)
    #expect(matcher.match(list, 5) == .no)
    #expect(matcher.match(parseSelectorList("nav a").tree, 3) == .yes)
  }

  @Test func `an unknown attribute may match and may not`() {
    var tree = page
    tree.uncertain = ["3 href"]
    var matcher = SelectorMatcher(tree)
    #expect(matcher.match(parseSelectorList("[href=y]").tree, 3) == .maybe)
    #expect(matcher.match(parseSelectorList(":not([href=y])").tree, 3) == .maybe)
    #expect(matcher.match(parseSelectorList("[href]").tree, 3) == .yes)
    #expect(matcher.match(parseSelectorList("[href=y]").tree, 4) == .no)
  }

  @Test func `a hostile selector ends in time`() {
    let depth = 400
    let tree = SmallTree((0..<depth).map { String(repeating: "  ", count: $0) + "a" }.joined(separator: "\n"))
    var matcher = SelectorMatcher(tree)
    let chain = Array(repeating: "a", count: 60).joined(separator: " ")
    #expect(matcher.match(parseSelectorList("b " + chain).tree, depth - 1) == .no)
    let nested = String(repeating: ":is(", count: 100_000)
    #expect(!parseSelectorList(nested + "a").tree.isValid || parseSelectorList(nested + "a").tree.count == 1)
    #expect(!parseSelectorList(Array(repeating: "a", count: 100_000).joined(separator: " ")).tree.isValid)
  }
}
