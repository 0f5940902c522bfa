import JavaScriptSyntax
import SourceText
import Testing

/// What a tree tells about its nodes.
struct ReadingTests {
  private func firstLiteral(_ text: String, _ language: Language = .jsx) throws -> (SyntaxTree, NodeID) {
    let tree = parse(Array(text.utf8), options: ParseOptions(language: language)).tree
    let index = try #require(tree.nodes.firstIndex { $0.kind == .literal || $0.kind == .templateElement })
    return (tree, NodeID(UInt32(index)))
  }

  @Test(arguments: [
    (#"("a\n\x41\u{1F600}")"#, "a\nA\u{1F600}"), (#"('\uD83D\uDE00')"#, "\u{1F600}"), (#"("\101")"#, "A"),
    ("`a\\tb\r\nc`", "a\tb\nc"), ("('')", ""),
  ])
  func `strings and templates are cooked`(text: String, value: String) throws {
    let (tree, node) = try firstLiteral(text)
    #expect(tree.stringValue(of: node) == value)
  }

  @Test func `a template with an escape of no meaning has no cooked value`() throws {
    let (tree, node) = try firstLiteral(#"tag`\u`"#)
    #expect(tree.stringValue(of: node) == nil)
  }

  @Test(arguments: [("0x1F", 31), ("1_000.5e1", 10_005), (".5", 0.5), ("0b101", 5), ("017", 15)])
  func `numbers have their value`(text: String, value: Double) throws {
    let (tree, node) = try firstLiteral(text)
    #expect(tree.numberValue(of: node) == value)
  }

  @Test func `regular expressions and bigints are taken apart`() throws {
    let (tree, node) = try firstLiteral("/a[/]b/gi")
    let expression = try #require(tree.regularExpression(of: node))
    #expect(expression == ("a[/]b", "gi"))
    let (other, bigint) = try firstLiteral("0xFFn")
    #expect(other.bigIntValue(of: bigint) == "255")
  }

  @Test func `names are equal whether written with escapes or not`() {
    let tree = parse(Array(#"let abc = 1; \u0061bc"#.utf8)).tree
    let names = tree.nodes.indices.compactMap { tree.nameIndex(of: NodeID(UInt32($0))) }
    #expect(names.count == 2 && names.first == names.last)
    #expect(tree.nameIndex(for: "abc") == names.first)
    #expect(tree.nameIndex(for: "absent") == nil)
  }

  @Test func `parents lead from every node to the root`() {
    let tree = parse(Array("f(a => a.b, [c, , d])".utf8)).tree
    let parents = tree.parentTable()
    for node in tree.preorder(from: tree.root) where node != tree.root {
      #expect(Array(parents.ancestors(of: node)).last == tree.root)
    }
    #expect(parents[tree.root] == .none)
  }

  @Test func `walking visits each node once and can leave out what is below one`() {
    let tree = parse(Array("function f() { g() } h()".utf8)).tree
    #expect(Set(tree.preorder(from: tree.root)).count == tree.nodes.count)
    var walker = tree.preorder(from: tree.root)
    var kinds: [NodeKind] = []
    while let node = walker.next() {
      kinds.append(tree[node].kind)
      if tree[node].kind == .functionDeclaration { walker.skipChildren() }
    }
    #expect(kinds == [.program, .functionDeclaration, .expressionStatement, .callExpression, .identifier])
  }

  @Test func `comments are found beside a node`() throws {
    let tree = parse(Array("/* one */ // two\na(); // three\n// four\nb()".utf8)).tree
    let first = try #require(tree.list(tree.root, .body).first)
    #expect(tree.comments(before: first).map { tree.text(of: $0.span) } == ["/* one */", "// two"])
    #expect(tree.comments(after: first).map { tree.text(of: $0.span) } == ["// three"])
  }

  @Test func `the line table counts lines`() {
    #expect(parse(Array("a\nb\r\nc".utf8)).tree.lineTable().starts == [0, 2, 5])
  }
}
