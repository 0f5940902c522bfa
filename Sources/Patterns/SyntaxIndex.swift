public import JavaScriptSyntax
import SourceText

/// What searches need to know of one tree besides the tree: nodes by kind, parents, which names are local. Each is made when it
/// is first asked for and kept, so that many patterns can be looked for in one file.
public final class SyntaxIndex {
  /// The tree.
  public let tree: SyntaxTree
  private var buckets: [[UInt32]]?
  private var nameNumbers: [String: Int] = [:]
  private var scopes: [Int: (all: SpanUnion, withoutParameters: SpanUnion)] = [:]
  private(set) lazy var places = Self.places(of: tree)
  var ordered: [UInt32: [NodeID]] = [:]
  /// The parent of each node.
  public private(set) lazy var parents = tree.parentTable()

  /// Makes an index of a tree.
  public init(_ tree: SyntaxTree) { self.tree = tree }

  /// The nodes of a kind, in the order of storage.
  public func nodes(of kind: NodeKind) -> [UInt32] {
    if let buckets { return buckets[Int(kind.rawValue)] }
    var made = [[UInt32]](repeating: [], count: NodeKind.allCases.count)
    for (index, node) in tree.nodes.enumerated() { made[Int(node.kind.rawValue)].append(UInt32(index)) }
    buckets = made
    return made[Int(kind.rawValue)]
  }

  /// The number of a name in the tree, or -1.
  func number(ofName name: String) -> Int {
    if let known = nameNumbers[name] { return known }
    let number = tree.nameIndex(for: name) ?? -1
    nameNumbers[name] = number
    return number
  }

  // MARK: Names that are not global

  /// A declaration of a name and the code that it is good for.
  private struct Binding {
    var scope: NodeID
    var isParameter: Bool
  }

  /// Whether an identifier means a declaration of the file rather than a global.
  ///
  /// What a classic script declares at top level with `var` or `function` is a global all the same.
  func isLocal(_ identifier: NodeID) -> Bool { scopes(of: identifier).all.contains(tree[identifier].span) }

  /// Whether `window`, `globalThis` or `self` means the global object: `self` is often a variable for `this`, and a parameter
  /// called `window` is handed the global object.
  func isGlobalObject(_ identifier: NodeID) -> Bool {
    let name = tree.name(of: identifier)
    guard tree[identifier].kind == .identifier, globalObjectNames.contains(name) else { return false }
    let scopes = scopes(of: identifier)
    return !(name == "window" ? scopes.withoutParameters : scopes.all).contains(tree[identifier].span)
  }

  /// The code in which a name means a declaration of the file.
  private func scopes(of identifier: NodeID) -> (all: SpanUnion, withoutParameters: SpanUnion) {
    guard let name = tree.nameIndex(of: identifier) else { return (SpanUnion([]), SpanUnion([])) }
    if let known = scopes[name] { return known }
    let bindings = nodes(of: .identifier).compactMap { index -> Binding? in
      let node = NodeID(index)
      return tree.nameIndex(of: node) == name ? binding(at: node) : nil
    }
    let found = (
      all: SpanUnion(bindings.map { tree[$0.scope].span }),
      withoutParameters: SpanUnion(bindings.filter { !$0.isParameter }.map { tree[$0.scope].span })
    )
    scopes[name] = found
    return found
  }

  /// The declaration that an identifier is, if it is one.
  private func binding(at identifier: NodeID) -> Binding? {
    var node = identifier
    for parent in parents.ancestors(of: identifier) {
      switch tree[parent].kind {
      case .property:
        guard tree.child(parent, .value) == node else { return nil }
      case .assignmentPattern:
        guard tree.child(parent, .left) == node else { return nil }
      case .objectPattern, .arrayPattern, .restElement, .tsParameterProperty: break
      case .variableDeclarator:
        guard tree.child(parent, .id) == node else { return nil }
        let isVariable = tree[parents[parent]].detail == .var
        return scope(above: parent, isVariable: isVariable).map { Binding(scope: $0, isParameter: false) }
      case .functionDeclaration, .functionExpression, .arrowFunctionExpression, .classDeclaration, .classExpression:
        if tree.child(parent, .id) == node {
          let isExpression = tree[parent].kind == .functionExpression || tree[parent].kind == .classExpression
          let place = isExpression ? parent : scope(above: parent, isVariable: false)
          return place.map { Binding(scope: $0, isParameter: false) }
        }
        return tree.list(parent, .params).contains(node) ? Binding(scope: parent, isParameter: true) : nil
      case .catchClause:
        return tree.child(parent, .param) == node ? Binding(scope: parent, isParameter: false) : nil
      case .importSpecifier, .importDefaultSpecifier, .importNamespaceSpecifier:
        return tree.child(parent, .local) == node ? Binding(scope: tree.root, isParameter: false) : nil
      default: return nil
      }
      node = parent
    }
    return nil
  }

  /// The code that a declaration is good for; `nil` for a global of a classic script.
  private func scope(above node: NodeID, isVariable: Bool) -> NodeID? {
    for ancestor in parents.ancestors(of: node) {
      switch tree[ancestor].kind {
      case .functionDeclaration, .functionExpression, .arrowFunctionExpression, .staticBlock: return ancestor
      case .blockStatement, .forStatement, .forInStatement, .forOfStatement, .switchStatement:
        if !isVariable { return ancestor }
      case .program:
        let isGlobal = tree.goal == .script && (isVariable || tree[node].kind == .functionDeclaration)
        return isGlobal ? nil : ancestor
      default: break
      }
    }
    return nil
  }
}
