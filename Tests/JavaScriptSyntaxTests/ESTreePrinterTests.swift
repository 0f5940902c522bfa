import JavaScriptSyntax
import SourceText
import Testing

/// Expected trees are those that acorn prints, parsed with the same goal.
struct ESTreePrinterTests {
  @Test func `a program covers the whole text, a directive has its text`() {
    expectTree(
      "// c\n'use\\x20strict';\n",
      """
      {"type":"Program","start":0,"end":22,"sourceType":"script","body":[{"type":"ExpressionStatement","start":5,"end":21,\
      "directive":"use\\\\x20strict","expression":{"type":"Literal","start":5,"end":20,"value":"use strict",\
      "raw":"'use\\\\x20strict'"}}]}
      """)
  }

  @Test func `places count UTF-16 code units`() {
    expectBody(
      "/* é💩 */ 'é💩'; x",
      """
      {"type":"ExpressionStatement","start":10,"end":16,"directive":"é💩","expression":{"type":"Literal","start":10,"end":15,\
      "value":"é💩","raw":"'é💩'"}},\
      {"type":"ExpressionStatement","start":17,"end":18,"expression":{"type":"Identifier","start":17,"end":18,"name":"x"}}
      """)
  }

  @Test(arguments: [
    ("0x10", #""value":16,"raw":"0x10""#), ("017", #""value":15,"raw":"017""#), ("019", #""value":19,"raw":"019""#),
    ("0b1_01", #""value":5,"raw":"0b1_01""#), ("0o17", #""value":15,"raw":"0o17""#), (".5", #""value":0.5,"raw":".5""#),
    ("5.", #""value":5,"raw":"5.""#), ("1.e3", #""value":1000,"raw":"1.e3""#),
    ("1e400", #""value":null,"raw":"1e400""#),
    ("1e21", #""value":1e+21,"raw":"1e21""#), ("4294967296", #""value":4294967296.0,"raw":"4294967296""#),
    ("0xFFFFFFFFFFFFFFFF", #""value":1.8446744073709552e+19,"raw":"0xFFFFFFFFFFFFFFFF""#),
    ("0x20000000000001", #""value":9007199254740992.0,"raw":"0x20000000000001""#),
    ("0x20000000000001000000001", #""value":6.189700196426903e+26,"raw":"0x20000000000001000000001""#),
    ("10n", #""value":null,"raw":"10n","bigint":"10""#), ("0x1_Fn", #""value":null,"raw":"0x1_Fn","bigint":"31""#),
    ("0xFFFFFFFFFFFFFFFFn", #""value":null,"raw":"0xFFFFFFFFFFFFFFFFn","bigint":"18446744073709551615""#),
    ("0b0n", #""value":null,"raw":"0b0n","bigint":"0""#), ("true", #""value":true,"raw":"true""#),
    ("null", #""value":null,"raw":"null""#),
    (#"/a\/[/]/gi"#, #""value":{},"raw":"/a\\/[/]/gi","regex":{"pattern":"a\\/[/]","flags":"gi"}"#),
    (#"(/"/)"#, #""value":{},"raw":"/\"/","regex":{"pattern":"\"","flags":""}"#),
  ])
  func `literals have values`(source: String, members: String) {
    let start = source.hasPrefix("(") ? 1 : 0
    let end = source.utf8.count - start
    expectBody(
      source,
      """
      {"type":"ExpressionStatement","start":0,"end":\(source.utf8.count),"expression":{"type":"Literal","start":\(start),\
      "end":\(end),\(members)}}
      """)
  }

  @Test(arguments: [
    (#""\n\r\t\b\f\v\0""#, #"\n\r\t\u0008\u000c\u000b\u0000"#), (#""\x41\u0042\u{43}\101\0""#, #"ABCA\u0000"#),
    (#""\8\9\400\a\'""#, #"89 0a'"#), ("\"a\\\nb\\\r\nc\\\u{2028}d\"", "abcd"), (#""\ud83d\udca9""#, #"\ud83d\udca9"#),
    (#""\ud83d""#, #"\ud83d"#), ("\"\u{2028}\"", "\u{2028}"),
  ])
  func `strings are decoded`(source: String, value: String) {
    let json = tree("(\(source))")
    #expect(json.contains("\"value\":\"\(value)\","), "\(json)")
  }

  @Test func `templates have raw and cooked text`() {
    let json = tree("`a\\n\r\n${x}\\u{41}`; t`\\u${0}\\08`")
    #expect(json.contains(#""start":1,"end":6,"value":{"raw":"a\\n\n","cooked":"a\n\n"},"tail":false"#), "\(json)")
    #expect(json.contains(#""start":10,"end":16,"value":{"raw":"\\u{41}","cooked":"A"},"tail":true"#), "\(json)")
    #expect(json.contains(#""value":{"raw":"\\u","cooked":null},"tail":false"#), "\(json)")
    #expect(json.contains(#""value":{"raw":"\\08","cooked":null},"tail":true"#), "\(json)")
  }

  @Test func `functions, classes and chains have all their members`() {
    expectBody(
      "async (a = 1) => a?.b",
      """
      {"type":"ExpressionStatement","start":0,"end":21,"expression":{"type":"ArrowFunctionExpression","start":0,"end":21,\
      "expression":true,"generator":false,"async":true,"id":null,"params":[{"type":"AssignmentPattern","start":7,"end":12,\
      "left":{"type":"Identifier","start":7,"end":8,"name":"a"},"right":{"type":"Literal","start":11,"end":12,"value":1,\
      "raw":"1"}}],"body":{"type":"ChainExpression","start":17,"end":21,"expression":{"type":"MemberExpression","start":17,\
      "end":21,"computed":false,"optional":true,"object":{"type":"Identifier","start":17,"end":18,"name":"a"},\
      "property":{"type":"Identifier","start":20,"end":21,"name":"b"}}}}}
      """)
    expectBody(
      "class A{static #x;get [y](){}}",
      """
      {"type":"ClassDeclaration","start":0,"end":30,"id":{"type":"Identifier","start":6,"end":7,"name":"A"},"superClass":null,\
      "body":{"type":"ClassBody","start":7,"end":30,"body":[{"type":"PropertyDefinition","start":8,"end":18,"static":true,\
      "computed":false,"key":{"type":"PrivateIdentifier","start":15,"end":17,"name":"x"},"value":null},\
      {"type":"MethodDefinition","start":18,"end":29,"static":false,"computed":true,"kind":"get",\
      "key":{"type":"Identifier","start":23,"end":24,"name":"y"},"value":{"type":"FunctionExpression","start":25,"end":29,\
      "expression":false,"generator":false,"async":false,"id":null,"params":[],\
      "body":{"type":"BlockStatement","start":27,"end":29,"body":[]}}}]}}
      """)
  }

  @Test func `modules have attributes, imports have options`() {
    expectBody(
      "import a, {b as c} from 'd' with {type: 'json'}; import(e)",
      """
      {"type":"ImportDeclaration","start":0,"end":48,"specifiers":[{"type":"ImportDefaultSpecifier","start":7,"end":8,\
      "local":{"type":"Identifier","start":7,"end":8,"name":"a"}},{"type":"ImportSpecifier","start":11,"end":17,\
      "imported":{"type":"Identifier","start":11,"end":12,"name":"b"},"local":{"type":"Identifier","start":16,"end":17,\
      "name":"c"}}],"source":{"type":"Literal","start":24,"end":27,"value":"d","raw":"'d'"},"attributes":[\
      {"type":"ImportAttribute","start":34,"end":46,"key":{"type":"Identifier","start":34,"end":38,"name":"type"},\
      "value":{"type":"Literal","start":40,"end":46,"value":"json","raw":"'json'"}}]},\
      {"type":"ExpressionStatement","start":49,"end":58,"expression":{"type":"ImportExpression","start":49,"end":58,\
      "source":{"type":"Identifier","start":56,"end":57,"name":"e"},"options":null}}
      """, goal: .module)
    expectBody(
      "export * from 'a'",
      """
      {"type":"ExportAllDeclaration","start":0,"end":17,"exported":null,"source":{"type":"Literal","start":14,"end":17,\
      "value":"a","raw":"'a'"},"attributes":[]}
      """, goal: .module)
  }

  @Test func `statements have null where something is left out`() {
    expectBody(
      "for(;;)[,a]; if(b);",
      """
      {"type":"ForStatement","start":0,"end":12,"init":null,"test":null,"update":null,"body":{"type":"ExpressionStatement",\
      "start":7,"end":12,"expression":{"type":"ArrayExpression","start":7,"end":11,"elements":[null,{"type":"Identifier",\
      "start":9,"end":10,"name":"a"}]}}},{"type":"IfStatement","start":13,"end":19,"test":{"type":"Identifier","start":16,\
      "end":17,"name":"b"},"consequent":{"type":"EmptyStatement","start":18,"end":19},"alternate":null}
      """)
  }

  @Test func `JSX text and attributes resolve character references`() {
    expectBody(
      "<a b='&lt;\\n' c>&nbsp;&#x41;&#66;&unknown;\r\n</a>",
      """
      {"type":"ExpressionStatement","start":0,"end":48,"expression":{"type":"JSXElement","start":0,"end":48,\
      "openingElement":{"type":"JSXOpeningElement","start":0,"end":16,"selfClosing":false,"name":{"type":"JSXIdentifier",\
      "start":1,"end":2,"name":"a"},"attributes":[{"type":"JSXAttribute","start":3,"end":13,"name":{"type":"JSXIdentifier",\
      "start":3,"end":4,"name":"b"},"value":{"type":"Literal","start":5,"end":13,"value":"<\\\\n","raw":"'&lt;\\\\n'"}},\
      {"type":"JSXAttribute","start":14,"end":15,"name":{"type":"JSXIdentifier","start":14,"end":15,"name":"c"},\
      "value":null}]},"children":[{"type":"JSXText","start":16,"end":44,"value":"\u{A0}AB&unknown;\\n",\
      "raw":"&nbsp;&#x41;&#66;&unknown;\\r\\n"}],"closingElement":{"type":"JSXClosingElement","start":44,"end":48,\
      "name":{"type":"JSXIdentifier","start":46,"end":47,"name":"a"}}}}
      """, language: .jsx)
  }

  @Test func `a tree of any depth is printed`() {
    let source = Array(repeatElement("a+", count: 100_000).joined().utf8) + Array("a".utf8)
    let json = parse(source).tree.estreeJSON()
    #expect(json.count > 10_000_000)
    #expect(json.suffix(3).elementsEqual("}]}".utf8))
  }

  @Test func `bytes that are not UTF-8 count as their replacement`() {
    // A decoder makes one U+FFFD of the first two bytes, and one of the third.
    let source: [UInt8] = [0x27, 0xE2, 0x82, 0xFF, 0x27, 0x3B, 0x61]
    let json = String(decoding: parse(source).tree.estreeJSON(), as: UTF8.self)
    #expect(json.contains("\"start\":0,\"end\":4,\"value\":\"\u{FFFD}\u{FFFD}\""), "\(json)")
    #expect(json.contains("\"start\":5,\"end\":6,\"name\":\"a\""), "\(json)")
  }

  @Test func `offsets agree with a decoder on any bytes`() {
    let pieces: [[UInt8]] = [
      [0x61], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x92, 0xA9], [0xFF], [0x80], [0xE2, 0x82],
      [0xF0, 0x9F, 0x92],
      [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    ]
    var state: UInt64 = 1
    for _ in 0..<300 {
      var bytes: [UInt8] = []
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes += pieces[Int(state >> 33) % pieces.count]
      }
      let total = String(decoding: bytes, as: UTF8.self).utf16.count
      #expect(UTF16Offsets(bytes).offset(ofByte: bytes.count) == total, "\(bytes)")
    }
  }

  private func tree(
    _ source: String, goal: ParseOptions.Goal = .script, language: Language = .javaScript
  ) -> String {
    let parsed = parse(Array(source.utf8), options: ParseOptions(language: language, goal: goal))
    return String(decoding: parsed.tree.estreeJSON(), as: UTF8.self)
  }

  private func expectTree(_ source: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(tree(source) == expected, sourceLocation: sourceLocation)
  }

  /// Expects the statements of a program.
  private func expectBody(
    _ source: String, _ expected: String, goal: ParseOptions.Goal = .script, language: Language = .javaScript,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let length = source.utf16.count
    #expect(
      tree(source, goal: goal, language: language)
        == #"{"type":"Program","start":0,"end":\#(length),"sourceType":"\#(goal.rawValue)","body":[\#(expected)]}"#,
      sourceLocation: sourceLocation)
  }
}
