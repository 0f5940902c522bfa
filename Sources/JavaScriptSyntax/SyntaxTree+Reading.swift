public import SourceText

/// The nodes in a list slot; a hole is ``NodeID/none``.
public struct NodeList: RandomAccessCollection, Sendable {
  let tree: SyntaxTree
  let first: Int
  /// The number of nodes and holes.
  public let count: Int

  /// The first position.
  public var startIndex: Int { 0 }
  /// The position past the last.
  public var endIndex: Int { count }
  /// The node at a position.
  public subscript(position: Int) -> NodeID { NodeID(tree.slots[first + position]) }
}

extension SyntaxTree {
  /// The child in a slot; ``NodeID/none`` when it is absent or the node has no such slot.
  ///
  /// - Complexity: O(1) in the size of the tree.
  public func child(_ node: NodeID, _ role: Role) -> NodeID {
    guard let position = slotPosition(node, role, isList: false) else { return .none }
    return NodeID(slots[position])
  }

  /// The nodes in a list slot; empty when the node has no such slot.
  public func list(_ node: NodeID, _ role: Role) -> NodeList {
    guard let position = slotPosition(node, role, isList: true) else { return NodeList(tree: self, first: 0, count: 0) }
    return list(at: Int(slots[position]))
  }

  /// Calls `body` for each child that exists, in the order of storage of the slots.
  public func forEachChild(of node: NodeID, _ body: (NodeID) -> Void) {
    let stored = self[node]
    guard hasSlots(stored) else { return }
    for (offset, slot) in stored.kind.slots.enumerated() {
      let value = slots[Int(stored.payload) + offset]
      switch slot.form {
      case .node, .optional: if value != .max { body(NodeID(value)) }
      case .list, .sparseList: for child in list(at: Int(value)) where child.exists { body(child) }
      }
    }
  }

  /// Every child that exists, in the order of storage of the slots.
  public func children(of node: NodeID) -> [NodeID] {
    var result: [NodeID] = []
    forEachChild(of: node) { result.append($0) }
    return result
  }

  /// The name of an identifier, private identifier (without `#`) or JSX identifier, escapes resolved; empty for other nodes.
  public func name(of node: NodeID) -> String {
    guard let index = nameIndex(of: node) else { return "" }
    return name(at: index)
  }

  /// The number of names; those that ``nameIndex(of:)`` gives are below it.
  public var nameCount: Int { nameSpans.count }

  /// The name with an index that ``nameIndex(of:)`` gave.
  public func name(at index: Int) -> String {
    let span = nameSpans[index]
    let range = Int(span.start)..<Int(span.start) + Int(span.length)
    switch span.origin {
    case .source: return String(decoding: source[range], as: UTF8.self)
    case .words: return String(decoding: NameTable.wordBytes[range], as: UTF8.self)
    case .decoded: return String(decoding: decodedNames[range], as: UTF8.self)
    }
  }

  /// The index of a name that occurs in the text or is a word of the language; `nil` for others.
  ///
  /// - Complexity: O(*names*).
  public func nameIndex(for name: String) -> Int? {
    let wanted = Array(name.utf8)
    return nameSpans.firstIndex { span in
      guard Int(span.length) == wanted.count else { return false }
      let range = Int(span.start)..<Int(span.start) + Int(span.length)
      switch span.origin {
      case .source: return source[range].elementsEqual(wanted)
      case .words: return NameTable.wordBytes[range].elementsEqual(wanted)
      case .decoded: return decodedNames[range].elementsEqual(wanted)
      }
    }
  }

  /// A number that is equal for equal names within this tree; `nil` for nodes without a name.
  public func nameIndex(of node: NodeID) -> Int? {
    let stored = self[node]
    switch stored.kind {
    case .identifier where stored.flags.contains(.hasSlots):
      return Int(slots[Int(stored.payload) + stored.kind.slots.count])
    case .identifier, .privateIdentifier, .jsxIdentifier: return Int(stored.payload)
    default: return nil
    }
  }

  /// The source text of a node, bytes that are not UTF-8 replaced.
  public func text(of node: NodeID) -> String { text(of: self[node].span) }

  /// The source text of a span, bytes that are not UTF-8 replaced.
  public func text(of span: ByteSpan) -> String { String(decoding: source[span.range], as: UTF8.self) }

  func list(at position: Int) -> NodeList {
    NodeList(tree: self, first: position + 1, count: Int(slots[position]))
  }

  private func hasSlots(_ node: Node) -> Bool {
    node.kind == .identifier ? node.flags.contains(.hasSlots) : !node.kind.slots.isEmpty
  }

  private func slotPosition(_ node: NodeID, _ role: Role, isList: Bool) -> Int? {
    guard node.exists else { return nil }
    let stored = self[node]
    guard hasSlots(stored) else { return nil }
    let shape = stored.kind.slots
    for offset in shape.indices where shape[offset].role == role {
      let holdsList = shape[offset].form == .list || shape[offset].form == .sparseList
      return holdsList == isList ? Int(stored.payload) + offset : nil
    }
    return nil
  }
}
