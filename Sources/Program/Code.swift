public import JavaScriptSyntax
public import SourceText

/// A node of the program: its unit and its place in the unit's tree.
///
/// ```swift
/// if call.kind == .callExpression, let callee = call[.callee], callee.kind == .memberExpression {
///   print(callee.text, call.list(.arguments).count, call.file, call.span)
/// }
/// ```
public struct Code: Hashable, Sendable, Comparable {
  /// The unit that the node belongs to.
  public let unit: Unit
  /// The node in the unit's tree.
  public let node: NodeID

  /// Addresses a node of a unit.
  public init(unit: Unit, node: NodeID) {
    self.unit = unit
    self.node = node
  }

  /// Whether two codes are the same node.
  public static func == (left: Code, right: Code) -> Bool { left.unit === right.unit && left.node == right.node }

  /// Hashes the place.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }

  /// Orders by unit, then by place in storage: a node comes after all its descendants.
  public static func < (left: Code, right: Code) -> Bool { left.index < right.index }

  /// The number of the node among all nodes of the program.
  public var index: Int { unit.base + Int(node.index) }

  /// The stored node.
  public var stored: Node { unit.tree[node] }
  /// What the node is.
  public var kind: NodeKind { stored.kind }
  /// What is true of the node.
  public var flags: NodeFlags { stored.flags }
  /// The operator, kind of declaration and so on.
  public var detail: NodeDetail { stored.detail }

  /// The child in a slot; `nil` when it is absent.
  public subscript(role: Role) -> Code? { wrap(unit.tree.child(node, role)) }

  /// The child in a slot; `nil` when it is absent.
  public func child(_ role: Role) -> Code? { self[role] }

  /// The nodes in a list slot, holes left out.
  public func list(_ role: Role) -> [Code] { unit.tree.list(node, role).compactMap { wrap($0) } }

  /// Every child, in the order of storage.
  public var children: [Code] { unit.tree.children(of: node).compactMap { wrap($0) } }

  /// The name of an identifier; empty for other nodes.
  public var name: String { unit.tree.name(of: node) }

  /// The name that the host or a library has for what an identifier stands for: `sin` for `s` after `const {sin: s} = Math`, the
  /// exported name for one that an import renames; otherwise ``name``.
  public var originalName: String { unit.originalNames[node.index] ?? name }

  /// The source text.
  public var text: String { unit.tree.text(of: node) }

  /// The path of the file that holds the node.
  public var file: String { unit.file }

  /// The node's bytes in its file.
  public var span: ByteSpan { unit.fileSpan(stored.span) }

  /// The parent; `nil` for a root.
  public var parent: Code? {
    let parent = unit.shape.parents[Int(node.index)]
    return parent == .max ? nil : Code(unit: unit, node: NodeID(parent))
  }

  /// The chain of parents, nearest first.
  public var ancestors: [Code] {
    var result: [Code] = []
    var next = parent
    while let code = next {
      result.append(code)
      next = code.parent
    }
    return result
  }

  /// The piece of code that the node runs in: a function, an instance field's initializer, or the unit's root.
  public var region: Code { Code(unit: unit, node: NodeID(unit.shape.regions[Int(node.index)])) }

  /// The innermost function around the node; `nil` at top level.
  public var enclosingFunction: Code? {
    let region = region
    return region.kind.isFunction ? region : nil
  }

  /// The innermost class around the node.
  public var enclosingClass: Code? { ancestors.first { $0.kind.isClass } }

  /// Whether `other` is this node or below it.
  public func contains(_ other: Code) -> Bool {
    unit === other.unit && other.node.index <= node.index
      && other.node.index >= unit.shape.starts[Int(node.index)]
  }

  /// The node with parentheses, `await`, optional chains and type assertions taken off.
  public var unwrapped: Code {
    var code = self
    while code.kind.isTransparent {
      guard let inner = code[.expression] ?? code[.argument] ?? code[.parameter] else { break }
      code = inner
    }
    return code
  }

  /// Every node at or below this one, in the order of storage, functions inside included.
  public var descendants: [Code] {
    (unit.shape.starts[Int(node.index)]...node.index).map { Code(unit: unit, node: NodeID($0)) }
  }

  /// Calls `body` for each node of this region: nested functions are visited as values, their bodies are not.
  ///
  /// Called on a node that is no region, it visits the part of the region below that node.
  public func forEachInRegion(_ body: (Code) -> Void) {
    let own = kind.isFunction || node == unit.tree.root ? node.index : unit.shape.regions[Int(node.index)]
    for index in unit.shape.starts[Int(node.index)]...node.index
    where index == own || unit.shape.regions[Int(index)] == own {
      body(Code(unit: unit, node: NodeID(index)))
    }
  }

  /// Whether the node is a target that an assignment, update, loop or pattern writes.
  public var isWriteTarget: Bool {
    var code = self
    while let parent = code.parent {
      switch parent.kind {
      case .assignmentExpression: return parent[.left] == code
      case .updateExpression: return true
      case .forInStatement, .forOfStatement: return parent[.left] == code
      case .variableDeclarator: return parent[.id] == code
      case .assignmentPattern: if parent[.left] != code { return false }
      case .property: if parent[.value] != code || parent.parent?.kind != .objectPattern { return false }
      case .objectPattern, .arrayPattern, .restElement: break
      case .unaryExpression: return parent.detail == .delete
      case .chainExpression, .tsNonNullExpression, .tsAsExpression: break
      default: return false
      }
      code = parent
    }
    return false
  }

  func wrap(_ node: NodeID) -> Code? { node.exists ? Code(unit: unit, node: node) : nil }
}
