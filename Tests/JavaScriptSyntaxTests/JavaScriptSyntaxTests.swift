import JavaScriptSyntax
import SourceText
import Testing

/// The kinds of a tree, nested in parentheses, with names and details; parentheses around expressions are shown as `!`.
func outline(
  _ text: String, _ language: Language = .jsx, goal: ParseOptions.Goal = .unambiguous
) -> String {
  let parsed = parse([UInt8](text.utf8), options: ParseOptions(language: language, goal: goal))
  var result = outline(parsed.tree, parsed.tree.root, depth: 0)
  if !parsed.diagnostics.isEmpty { result += " ! " + parsed.diagnostics.map { $0.message }.joined(separator: "; ") }
  return result
}

private func outline(_ tree: SyntaxTree, _ id: NodeID, depth: Int) -> String {
  guard id.exists, depth < 50 else { return "_" }
  let node = tree[id]
  var text = node.kind.estreeName
  if tree.nameIndex(of: id) != nil { text = tree.name(of: id) }
  if node.kind == .literal { text = tree.text(of: id) }
  if node.flags.contains(.parenthesized) { text = "!" + text }
  if node.detail != .none, node.kind != .literal { text += ".\(node.detail)" }
  let children = tree.children(of: id)
  guard !children.isEmpty else { return text }
  return "(" + ([text] + children.map { outline(tree, $0, depth: depth + 1) }).joined(separator: " ") + ")"
}

/// The messages about a text.
func messages(
  _ text: String, _ language: Language = .jsx, goal: ParseOptions.Goal = .unambiguous, isStrict: Bool = false
) -> [String] {
  parse([UInt8](text.utf8), options: ParseOptions(language: language, goal: goal, isStrict: isStrict)).diagnostics
    .map { $0.message }
}

@Suite struct `Trees of JavaScript` {
  @Test func `operators bind as tightly as they should`() {
    #expect(
      outline("a + b * c ** d - e")
        == "(Program (ExpressionStatement (BinaryExpression.subtract (BinaryExpression.add a (BinaryExpression.multiply b "
        + "(BinaryExpression.exponentiate c d))) e)))")
    #expect(
      outline("a ** b ** c")
        == "(Program (ExpressionStatement (BinaryExpression.exponentiate a (BinaryExpression.exponentiate b c))))")
    #expect(
      outline("a = b ? c : d, e")
        == "(Program (ExpressionStatement (SequenceExpression (AssignmentExpression.assign a (ConditionalExpression b c d)) e)))"
    )
  }

  @Test func `patterns are told from literals by what follows`() {
    #expect(
      outline("[a, ...[b]] = {c}")
        == "(Program (ExpressionStatement (AssignmentExpression.assign (ArrayPattern a (RestElement (ArrayPattern b))) "
        + "(ObjectExpression (Property.init c c)))))")
    #expect(
      outline("({a = 1}) => a")
        == "(Program (ExpressionStatement (ArrowFunctionExpression (ObjectPattern (Property.init a (AssignmentPattern a 1))) a)))"
    )
  }

  @Test func `optional chains end in one chain expression`() {
    #expect(
      outline("a?.b.c(d)")
        == "(Program (ExpressionStatement (ChainExpression (CallExpression (MemberExpression (MemberExpression a b) c) d))))"
    )
  }
}

@Suite struct `Recovery` {
  @Test func `a broken statement leaves its neighbours whole`() {
    let text = "let a = 1;\nfoo(b c);\nlet d = 2;"
    let parsed = parse([UInt8](text.utf8))
    let body = parsed.tree.list(parsed.tree.root, .body)
    #expect(body.map { parsed.tree[$0].kind } == [.variableDeclaration, .invalid, .variableDeclaration])
    #expect(parsed.diagnostics.count == 1)
  }
}
