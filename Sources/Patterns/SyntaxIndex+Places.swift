import JavaScriptSyntax
import SourceText

/// Where a node stands in its parent.
struct NodePlace: Sendable {
  /// The role; `nil` for the root and what an error left outside of the tree.
  var role: Role?
  /// The place in the list of that role, holes left out, from 0; 0 where it is no list.
  var position: UInt32 = 0
  /// How many nodes the list has, holes left out.
  var count: UInt32 = 1
}

extension SyntaxIndex {
  /// The place of each node.
  ///
  /// - Complexity: O(*n*) in the number of nodes.
  static func places(of tree: SyntaxTree) -> [NodePlace] {
    var places = [NodePlace](repeating: NodePlace(), count: tree.nodes.count)
    for index in tree.nodes.indices {
      let parent = NodeID(UInt32(truncatingIfNeeded: index))
      for slot in tree.nodes[index].kind.slots {
        guard slot.form == .list || slot.form == .sparseList else {
          let child = tree.child(parent, slot.role)
          if child.exists { places[Int(child.index)] = NodePlace(role: slot.role) }
          continue
        }
        let list = tree.list(parent, slot.role)
        let count = UInt32(list.count { $0.exists })
        var position: UInt32 = 0
        for child in list where child.exists {
          places[Int(child.index)] = NodePlace(role: slot.role, position: position, count: count)
          position += 1
        }
      }
    }
    return places
  }

  /// The role that a node has in its parent.
  func role(of node: NodeID) -> Role? { places[Int(node.index)].role }

  /// The nodes of the list that a node stands in, holes left out; itself alone where that is no list.
  func list(around node: NodeID) -> [NodeID] {
    guard let role = role(of: node) else { return [node] }
    let list = tree.list(parents[node], role).filter { $0.exists }
    return list.isEmpty ? [node] : list
  }

  /// The children of a node in the order of the text, empty statements left out.
  func orderedChildren(of node: NodeID) -> [NodeID] {
    if let known = ordered[node.index] { return known }
    let children = tree.children(of: node).filter { tree[$0].kind != .emptyStatement }.sorted {
      (tree[$0].start, tree[$0].end) < (tree[$1].start, tree[$1].end)
    }
    ordered[node.index] = children
    return children
  }

  /// The place of a child among the children in the order of the text.
  func orderedPosition(of child: NodeID, in children: [NodeID]) -> Int? {
    let wanted = (tree[child].start, tree[child].end)
    var low = 0
    var high = children.count
    while low < high {
      let middle = (low + high) / 2
      if (tree[children[middle]].start, tree[children[middle]].end) < wanted { low = middle + 1 } else { high = middle }
    }
    while low < children.count, tree[children[low]].start == wanted.0 {
      if children[low] == child { return low }
      low += 1
    }
    return nil
  }
}

/// Pieces of a text that do not touch, for telling quickly whether a place lies in one of them.
struct SpanUnion {
  private var spans: [ByteSpan] = []

  init(_ spans: some Sequence<ByteSpan>) {
    for span in spans.sorted() {
      if let last = self.spans.last, span.start <= last.end {
        self.spans[self.spans.count - 1].end = max(last.end, span.end)
      } else {
        self.spans.append(span)
      }
    }
  }

  /// - Complexity: O(log *spans*).
  func contains(_ span: ByteSpan) -> Bool {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].start <= span.start { low = middle + 1 } else { high = middle }
    }
    return low > 0 && spans[low - 1].contains(span)
  }
}
