import SourceText
import StyleSyntax
import Testing

/// The nodes of a sheet, one a line: kind, name, prelude or value, indented by how deep they are.
func outline(_ sheet: StyleSheet) -> String {
  sheet.nodes.indices.map { index in
    let node = sheet.nodes[index]
    let indent = String(repeating: " ", count: Int(node.depth))
    let value = sheet.valueText(of: index)
    switch node.kind {
    case .qualifiedRule: return "\(indent)\(value)"
    case .atRule: return "\(indent)@\(sheet.name(of: index))\(value.isEmpty ? "" : " " + value)"
    case .declaration:
      return "\(indent)\(sheet.name(of: index)): \(value)\(node.isImportant ? " (important)" : "")"
    }
  }.joined(separator: "\n")
}

func outline(_ text: String) -> String { outline(parseStyleSheet(Array(text.utf8)).tree) }

@Suite struct StyleParserTests {
  @Test(arguments: [
    ("a { color : red ; top:0!important }", "a\n color: red\n top: 0 (important)"),
    ("@media (min-width:1px) { a { b: c } } x { y: z }", "@media (min-width:1px)\n a\n  b: c\nx\n y: z"),
    ("@import url(a.css); @layer a, b;", "@import url(a.css)\n@layer a, b"),
    (
      ".a { color: red; &:hover { top: 0 } a:hover { x: y } left: 1px }",
      ".a\n color: red\n &:hover\n  top: 0\n a:hover\n  x: y\n left: 1px"
    ),
    ("a { --x: { b: c }; --y:; COLOR: Red }", "a\n --x: { b: c }\n --y: \n color: Red"),
    ("a { b: c", "a\n b: c"),
    ("a { @media print { b: c } }", "a\n @media print\n  b: c"),
    ("a { b c; d: e }", "a\n d: e"),
    ("<!-- a { b: c } -->", "a\n b: c"),
    ("a { b: url(x;y); c: \"}\" }", "a\n b: url(x;y)\n c: \"}\""),
    ("@keyframes k { from { a: b } 50.5% { a: c } }", "@keyframes k\n from\n  a: b\n 50.5%\n  a: c"),
    ("--a:b { c: d } e { f: g }", "e\n f: g"),
    ("a { x:y{p:q} z:w{r:s} }", "a\n x:y\n  p: q\n z:w\n  r: s"),
  ])
  func `rules and declarations come out in order`(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test func `spans are exact`() throws {
    let text = "/* x */ .a > b { color: red !important; } @media print { }"
    let sheet = parseStyleSheet(Array(text.utf8)).tree
    try #require(sheet.nodes.count == 3)
    #expect(sheet.text(sheet.span(of: 0)) == ".a > b { color: red !important; }")
    #expect(sheet.text(sheet.valueSpan(of: 0)) == ".a > b")
    #expect(sheet.text(try #require(sheet.blockSpan(of: 0))) == "{ color: red !important; }")
    #expect(sheet.text(sheet.span(of: 1)) == "color: red !important")
    #expect(sheet.text(sheet.nameSpan(of: 1)) == "color")
    #expect(sheet.text(sheet.valueSpan(of: 1)) == "red")
    #expect(sheet.text(sheet.nameSpan(of: 2)) == "@media")
    #expect(sheet.text(sheet.span(of: 2)) == "@media print { }")
    #expect(sheet.comments.map { sheet.text($0) } == ["/* x */"])
  }

  @Test func `a part of a page is read with the page's offsets`() {
    let text = "<style>a{b:c}</style>"
    let sheet = parseStyleSheet(Array(text.utf8), in: 7..<13).tree
    #expect(outline(sheet) == "a\n b: c")
    #expect(sheet.span(of: 0) == ByteSpan(7, 13))
  }

  @Test func `a style attribute is a list of declarations`() {
    #expect(outline(parseDeclarationList(Array("color:red;;top:1px".utf8)).tree) == "color: red\ntop: 1px")
  }
}

@Suite struct StyleDumpTests {
  @Test func `nodes and tokens are written one a line`() {
    let sheet = parseStyleSheet(Array("/* c */a{b:c!important}".utf8)).tree
    var json = JSONWriter()
    sheet.writeNodes(into: &json)
    #expect(
      String(decoding: json.bytes, as: UTF8.self) == """
        {"kind":"QualifiedRule","start":7,"end":23,"depth":0,"prelude":"a","valueStart":7,"valueEnd":8}
        {"kind":"Declaration","start":9,"end":22,"depth":1,"name":"b","value":"c","valueStart":11,"valueEnd":12,"important":true}

        """)
    json = JSONWriter()
    sheet.writeTokens(into: &json)
    let lines = String(decoding: json.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "{\"kind\":\"comment\",\"start\":0,\"end\":7}")
    #expect(lines.count == 9)
  }
}
