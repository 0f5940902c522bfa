public import SourceText

/// Parses a text; any bytes give a tree.
///
/// - Complexity: O(*n*) in the number of bytes.
public func parse(_ source: [UInt8], options: ParseOptions = ParseOptions()) -> Parsed<SyntaxTree> {
  let root = Node(kind: .program, flags: [], detail: .none, start: 0, end: UInt32(source.count), payload: 0)
  let tree = SyntaxTree(
    source: source, goal: options.goal == .module ? .module : .script, language: options.language, nodes: [root],
    slots: [1, 0], names: [], comments: [], tokens: TokenStorage())
  return Parsed(tree: tree, diagnostics: [])
}
