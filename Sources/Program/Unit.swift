public import JavaScriptSyntax
public import SourceText

/// One piece of script that the host runs as a whole: a file, an inline script, an event handler attribute.
public final class Unit: Sendable {
  /// How the host comes to run a unit.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A classic script of a page, inline or linked.
    case classicScript
    /// An ECMAScript module, of a page or imported by one.
    case module
    /// A module that other modules `require`.
    case commonJS
    /// A script that runs in a worker.
    case worker
    /// The value of an `on...` attribute.
    case handlerAttribute
    /// A `javascript:` address.
    case scriptAddress
    /// The script block of a single-file component.
    case component
    /// An expression in the template of a component or a directive attribute.
    case templateExpression
  }

  /// The position among the program's units.
  public let id: Int
  /// How the host runs it.
  public let kind: Kind
  /// The path of the file that holds the text, relative to the project.
  public let file: String
  /// Where the unit's first byte lies in that file.
  public let offset: Int
  /// The syntax.
  public let tree: SyntaxTree
  /// For a handler attribute, the name of its event; for a template expression, the attribute's name.
  public let eventName: String?
  /// The index of the element that carries a handler attribute, among the elements of the document.
  public let elementIndex: Int?
  /// The unit in whose scope a template expression is evaluated; for markup in a string, the unit of the string.
  public let owner: Int?
  /// For a unit that stands in markup made by a string: the number of the string's node.
  let origin: UInt32?
  /// The realm whose globals the unit shares: 0 for pages, a number of its own for each worker.
  public let realm: Int
  /// The number of the unit's first node among the nodes of the whole program.
  public let base: Int

  let shape: TreeShape
  /// What the host or a library calls the things that identifiers stand for, where that is another name; set once, when names
  /// have been resolved, before anyone else sees the unit.
  nonisolated(unsafe) var originalNames: [UInt32: String] = [:]

  init(
    id: Int, kind: Kind, file: String, offset: Int, tree: SyntaxTree, eventName: String? = nil,
    elementIndex: Int? = nil, owner: Int? = nil, origin: UInt32? = nil, realm: Int = 0, base: Int
  ) {
    self.id = id
    self.kind = kind
    self.file = file
    self.offset = offset
    self.tree = tree
    self.eventName = eventName
    self.elementIndex = elementIndex
    self.owner = owner
    self.origin = origin
    self.realm = realm
    self.base = base
    shape = TreeShape(tree)
  }

  /// The root of the unit, a `Program` node.
  public var root: Code { Code(unit: self, node: tree.root) }

  /// The place in the file of a place in the unit's text.
  public func fileSpan(_ span: ByteSpan) -> ByteSpan {
    // Before the text of a module made of data stands an export that the file does not have.
    offset >= 0 ? span.shifted(by: offset) : ByteSpan(max(0, Int(span.start) + offset), max(0, Int(span.end) + offset))
  }
}

/// What is derived once from a tree and asked for often: parents, extents, regions and statements that never complete.
///
/// A *region* is a piece of code that runs as one: the top level, a function, or the initializer of an instance field.
struct TreeShape: Sendable {
  /// The parent of each node; `.max` for the root.
  let parents: [UInt32]
  /// The lowest index below each node: its subtree is `starts[i]...i`.
  let starts: [UInt32]
  /// The node of the region that each node belongs to; a function node belongs to the region outside.
  let regions: [UInt32]
  /// Whether control never passes beyond a statement.
  let abrupt: [Bool]

  init(_ tree: SyntaxTree) {
    let count = tree.nodes.count
    var parents = [UInt32](repeating: .max, count: count)
    var starts = [UInt32](repeating: 0, count: count)
    for index in 0..<count {
      let node = NodeID(UInt32(index))
      var first = UInt32(index)
      tree.forEachChild(of: node) { child in
        guard child.index < index else { return }
        parents[Int(child.index)] = UInt32(index)
        first = min(first, starts[Int(child.index)])
      }
      starts[index] = first
    }
    self.parents = parents
    self.starts = starts
    regions = Self.regions(of: tree, parents: parents)
    abrupt = Self.abruptStatements(of: tree)
  }

  private static func regions(of tree: SyntaxTree, parents: [UInt32]) -> [UInt32] {
    let count = tree.nodes.count
    var regions = [UInt32](repeating: UInt32(max(0, count - 1)), count: count)
    var index = count - 2
    while index >= 0 {
      let parent = parents[index]
      if parent != .max {
        regions[index] = opensRegion(tree, Int(parent), for: index) ? parent : regions[Int(parent)]
      }
      index -= 1
    }
    return regions
  }

  private static func opensRegion(_ tree: SyntaxTree, _ parent: Int, for child: Int) -> Bool {
    let node = tree.nodes[parent]
    if node.kind.isFunction { return true }
    guard node.kind == .propertyDefinition || node.kind == .accessorProperty, !node.flags.contains(.static) else {
      return false
    }
    return tree.child(NodeID(UInt32(parent)), .value).index == UInt32(child)
  }

  private static func abruptStatements(of tree: SyntaxTree) -> [Bool] {
    var abrupt = [Bool](repeating: false, count: tree.nodes.count)
    func ends(_ node: NodeID) -> Bool { node.exists && abrupt[Int(node.index)] }
    for index in tree.nodes.indices {
      let node = NodeID(UInt32(index))
      switch tree.nodes[index].kind {
      case .returnStatement, .throwStatement, .breakStatement, .continueStatement: abrupt[index] = true
      case .blockStatement: abrupt[index] = tree.list(node, .body).contains { ends($0) }
      case .ifStatement: abrupt[index] = ends(tree.child(node, .consequent)) && ends(tree.child(node, .alternate))
      case .tryStatement:
        let handler = tree.child(node, .handler)
        let body = ends(tree.child(node, .block))
        abrupt[index] =
          ends(tree.child(node, .finalizer)) || body && (!handler.exists || ends(tree.child(handler, .body)))
      default: break
      }
    }
    return abrupt
  }
}

extension NodeKind {
  /// Whether the kind is a function with a body of its own.
  public var isFunction: Bool {
    self == .functionDeclaration || self == .functionExpression || self == .arrowFunctionExpression
  }

  /// Whether the kind is a class.
  public var isClass: Bool { self == .classDeclaration || self == .classExpression }

  /// Whether the kind is a destructuring pattern or a part of one.
  public var isPattern: Bool {
    self == .objectPattern || self == .arrayPattern || self == .assignmentPattern || self == .restElement
  }

  /// Whether the kind only wraps an expression and has its value.
  var isTransparent: Bool {
    switch self {
    case .chainExpression, .awaitExpression, .tsAsExpression, .tsSatisfiesExpression, .tsTypeAssertion,
      .tsNonNullExpression, .tsInstantiationExpression, .jsxExpressionContainer, .tsParameterProperty:
      true
    default: false
    }
  }

  /// Whether nothing below the kind is evaluated: types and declarations of types.
  var isErased: Bool {
    switch self {
    case .tsTypeAnnotation, .tsTypeParameterDeclaration, .tsTypeParameterInstantiation, .tsInterfaceDeclaration,
      .tsTypeAliasDeclaration, .tsInterfaceHeritage, .tsClassImplements, .tsDeclareFunction,
      .tsEmptyBodyFunctionExpression, .tsTypeReference, .tsTypePredicate, .tsIndexSignature, .tsMethodSignature,
      .tsPropertySignature, .tsTypeQuery, .tsArrayType, .tsUnionType, .tsIntersectionType, .tsTypeLiteral,
      .tsFunctionType, .tsKeywordType, .tsLiteralType, .tsTupleType, .tsTypeOperator, .tsIndexedAccessType,
      .tsMappedType, .tsConditionalType, .tsNamespaceExportDeclaration:
      true
    default: false
    }
  }
}
