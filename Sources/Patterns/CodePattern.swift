public import JavaScriptSyntax
import SourceText

/// Code with metavariables, to be found in other code.
///
/// ```swift
/// let pattern = try CodePattern("$A.addEventListener($$$B)")
/// let index = SyntaxIndex(parse(source).tree)
/// var budget = StepBudget.file(nodeCount: index.tree.nodes.count)
/// for match in pattern.matches(in: index, budget: &budget) { print(match.span, match.captures) }
/// ```
///
/// `$NAME` stands for one node, `$$$NAME` for any number of arguments, elements, fields or statements, `$_` and `$$$` for such
/// without a name. The same name twice asks for equal code. `docs/patterns.md` says what is taken for the same code.
public struct CodePattern: Sendable {
  /// The pattern as written.
  public let text: String
  /// Whether code has to be written as the pattern is.
  public let isExact: Bool

  let compiled: CompiledPattern
  private let rootKinds: Set<NodeKind>

  /// Reads a pattern.
  ///
  /// - Throws: ``PatternError`` for a pattern that does not parse or could match nothing or anything.
  public init(_ text: String, isExact: Bool = false) throws(PatternError) {
    self.text = text
    self.isExact = isExact
    compiled = try CompiledPattern(text, isExact: isExact)
    rootKinds = Set(compiled.rootKinds)
  }

  /// The names of the metavariables, in the order in which they occur.
  public var variables: [String] { compiled.variables }

  /// What has to occur in the text of any file in which the pattern can match.
  public var filter: LiteralFilter { LiteralFilter(compiled.literals) }

  /// The kinds of node that a match can be; empty for a run of statements.
  public var kinds: [NodeKind] { compiled.rootKinds }

  /// Every match in a tree, in the order of the text; those inside others are given too.
  ///
  /// - Parameter budget: The steps that may be taken; when it is spent, matches are missing.
  public func matches(in index: SyntaxIndex, budget: inout StepBudget) -> [CodeMatch] {
    var search = PatternSearch(self, index, budget)
    var matches: [CodeMatch] = []
    if case .run(let elements) = compiled.root {
      search.findRuns(elements, &matches)
    } else {
      for kind in compiled.rootKinds {
        for node in index.nodes(of: kind) where !search.isSpent { search.find(at: NodeID(node), &matches) }
      }
    }
    budget = search.budget
    matches.sort { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
    var unique: [CodeMatch] = []
    for match in matches where unique.last?.span != match.span { unique.append(match) }
    return unique
  }

  /// The match at one node, if there is one, that agrees with what metavariables stand for already.
  func match(
    at node: NodeID, in index: SyntaxIndex, given: [Capture] = [], budget: inout StepBudget
  ) -> CodeMatch? {
    if !rootKinds.isEmpty, !rootKinds.contains(index.tree[node].kind) { return nil }
    var search = PatternSearch(self, index, budget, given: given)
    var matches: [CodeMatch] = []
    if case .run(let elements) = compiled.root {
      search.findRun(elements, from: node, &matches)
    } else {
      search.find(at: node, &matches)
    }
    budget = search.budget
    return matches.first
  }
}

/// A search for one pattern in one tree.
private struct PatternSearch {
  private let pattern: CompiledPattern
  private let index: SyntaxIndex
  private var matcher: Matcher
  private let start: [Matcher.Bound]
  private let kinds: Set<NodeKind>

  init(_ pattern: CodePattern, _ index: SyntaxIndex, _ budget: StepBudget, given: [Capture] = []) {
    self.pattern = pattern.compiled
    self.index = index
    matcher = Matcher(pattern.compiled, in: index, budget: budget)
    kinds = Set(pattern.compiled.rootKinds)
    start = pattern.compiled.variables.map { name in
      guard let capture = given.first(where: { $0.name == name }), let node = capture.nodes.first else { return .free }
      switch capture.form {
      case .node: return .node(node)
      case .content: return .content(node)
      case .list: return .free
      }
    }
  }

  var budget: StepBudget { matcher.budget }
  var isSpent: Bool { matcher.budget.isSpent }

  mutating func find(at node: NodeID, _ matches: inout [CodeMatch]) {
    let stored = index.tree[node]
    switch pattern.root {
    case .node(let element):
      guard kinds.contains(stored.kind), !isKey(node, element) else { return }
      if matcher.matches(element, at: node, start: start) { add(node, stored.span, to: &matches) }
    case .declarator(let element, let detail): findDeclarator(element, detail, node, &matches)
    case .run: return
    }
  }

  /// A name alone means a variable, not a key that happens to be spelt alike.
  private func isKey(_ node: NodeID, _ element: Int) -> Bool {
    guard case .name = pattern.nodes[element].form, index.tree[node].kind == .identifier else { return false }
    let parent = index.parents[node]
    guard parent.exists, !index.tree[parent].flags.contains(.computed) else { return false }
    if index.tree[parent].flags.contains(.shorthand) { return false }
    return index.tree.child(parent, .property) == node || index.tree.child(parent, .key) == node
      || index.tree.child(parent, .label) == node
  }

  private mutating func findDeclarator(
    _ element: Int, _ detail: NodeDetail, _ node: NodeID, _ matches: inout [CodeMatch]
  ) {
    let tree = index.tree
    if tree[node].kind == .variableDeclarator {
      guard tree[index.parents[node]].detail == detail else { return }
      if matcher.matches(element, at: node, start: start) { add(node, tree[node].span, to: &matches) }
      return
    }
    guard tree[node].kind == .variableDeclaration, tree[node].detail == detail else { return }
    let declarators = tree.list(node, .declarations)
    for declarator in declarators where matcher.matches(element, at: declarator, start: start) {
      let place = declarators.count == 1 ? node : declarator
      add(place, tree[place].span, to: &matches)
    }
  }

  // MARK: Runs of statements

  mutating func findRuns(_ elements: [Int], _ matches: inout [CodeMatch]) {
    for (kind, role) in Self.statementLists {
      for parent in index.nodes(of: kind) {
        let list = asked(index.tree.list(NodeID(parent), role))
        for position in list.indices {
          guard !isSpent else { return }
          // A run that begins with `$$$` begins where the list does.
          if position > 0, case .many = pattern.nodes[elements[0]].form { break }
          findRun(elements, list[position...], &matches)
        }
      }
    }
  }

  mutating func findRun(_ elements: [Int], from node: NodeID, _ matches: inout [CodeMatch]) {
    let parent = index.parents[node]
    guard parent.exists, let entry = Self.statementLists.first(where: { $0.kind == index.tree[parent].kind }) else {
      return
    }
    let list = asked(index.tree.list(parent, entry.role))
    if let position = list.firstIndex(of: node) { findRun(elements, list[position...], &matches) }
  }

  private mutating func findRun(_ elements: [Int], _ list: ArraySlice<NodeID>, _ matches: inout [CodeMatch]) {
    guard matcher.matches(elements, startOf: list, start: start), matcher.openingEnd > 0, let first = list.first else {
      return
    }
    let last = list[list.startIndex + matcher.openingEnd - 1]
    add(first, ByteSpan(start: index.tree[first].start, end: index.tree[last].end), to: &matches)
  }

  private func asked(_ list: NodeList) -> [NodeID] {
    list.filter { $0.exists && index.tree[$0].kind != .emptyStatement }
  }

  private static let statementLists: [(kind: NodeKind, role: Role)] = [
    (.program, .body), (.blockStatement, .body), (.staticBlock, .body), (.switchCase, .consequent),
    (.tsModuleBlock, .body), (.classBody, .body), (.objectExpression, .properties),
  ]

  // MARK: Results

  private func add(_ node: NodeID, _ span: ByteSpan, to matches: inout [CodeMatch]) {
    if pattern.isExact, !matcher.isExact(span) { return }
    let captures = pattern.variables.indices.compactMap { capture($0) }
    matches.append(CodeMatch(node: node, span: span, captures: captures))
  }

  private func capture(_ variable: Int) -> Capture? {
    let name = pattern.variables[variable]
    let tree = index.tree
    switch matcher.bound[variable] {
    case .free: return nil
    case .node(let node): return Capture(name: name, form: .node, nodes: [node], span: tree[node].span)
    case .content(let node):
      let span = tree[node].span
      let isClosed = span.count >= 2
      let inner = isClosed ? ByteSpan(start: span.start + 1, end: span.end - 1) : span
      return Capture(name: name, form: .content, nodes: [node], span: inner)
    case .list(let first, let end):
      let nodes = matcher.boundNodes(first, end).filter { $0.exists }
      let spans = nodes.map { tree[$0].span }
      let start = spans.map { $0.start }.min() ?? 0
      return Capture(
        name: name, form: .list, nodes: Array(nodes),
        span: ByteSpan(start: start, end: spans.map { $0.end }.max() ?? start))
    }
  }
}
