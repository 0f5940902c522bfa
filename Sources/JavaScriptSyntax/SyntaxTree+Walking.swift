public import SourceText

/// The parent of every node of a tree.
public struct ParentTable: Sendable {
  private var parents: [NodeID]

  init(_ tree: SyntaxTree) {
    var parents = [NodeID](repeating: .none, count: tree.nodes.count)
    for index in tree.nodes.indices {
      let parent = NodeID(UInt32(truncatingIfNeeded: index))
      tree.forEachChild(of: parent) { parents[Int($0.index)] = parent }
    }
    self.parents = parents
  }

  /// The parent of a node; ``NodeID/none`` for the root, and for what an error left outside of the tree.
  public subscript(node: NodeID) -> NodeID { parents[Int(node.index)] }

  /// The nodes above a node, nearest first.
  public func ancestors(of node: NodeID) -> some Sequence<NodeID> {
    sequence(state: node) { (current: inout NodeID) -> NodeID? in
      current = parents[Int(current.index)]
      return current.exists ? current : nil
    }
  }
}

/// Visits a node and everything below it, parents first, without recursion.
public struct PreorderWalker: Sequence, IteratorProtocol {
  private let tree: SyntaxTree
  private var waiting: [NodeID]
  private var latest = NodeID.none

  init(_ tree: SyntaxTree, from node: NodeID) {
    self.tree = tree
    waiting = node.exists ? [node] : []
  }

  /// The next node; its children follow unless ``skipChildren()`` is called first.
  public mutating func next() -> NodeID? {
    expandLatest()
    latest = waiting.popLast() ?? .none
    return latest.exists ? latest : nil
  }

  /// Leaves out everything below the node that came last.
  public mutating func skipChildren() { latest = .none }

  private mutating func expandLatest() {
    guard latest.exists else { return }
    let first = waiting.count
    tree.forEachChild(of: latest) { waiting.append($0) }
    waiting[first...].reverse()
    latest = .none
  }
}

extension SyntaxTree {
  /// Makes the table of parents; keep it while it is needed.
  ///
  /// - Complexity: O(*n*) in the number of nodes.
  public func parentTable() -> ParentTable { ParentTable(self) }

  /// Makes the table of line starts; keep it while it is needed.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public func lineTable() -> LineTable { LineTable(source) }

  /// A node and everything below it, parents first; children come in the order of their slots.
  public func preorder(from node: NodeID) -> PreorderWalker { PreorderWalker(self, from: node) }

  /// The comments between a node and the token before it.
  ///
  /// - Complexity: O(log *tokens* + log *comments* + result).
  public func comments(before node: NodeID) -> ArraySlice<Comment> {
    let start = Int(self[node].start)
    let token = tokens.firstIndex(atOrAfter: start)
    let previousEnd = token > 0 ? Int(tokens[token - 1].span.end) : 0
    return comments(in: previousEnd..<max(previousEnd, start))
  }

  /// The comments between a node and the token after it, up to the end of the node's last line.
  ///
  /// - Complexity: O(log *tokens* + log *comments* + length of the line).
  public func comments(after node: NodeID) -> ArraySlice<Comment> {
    let end = Int(self[node].end)
    let token = tokens.firstIndex(atOrAfter: end)
    let nextStart = token < tokens.count ? Int(tokens[token].span.start) : source.count
    let lineEnd = source[end..<max(end, nextStart)].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? nextStart
    return comments(in: end..<max(end, lineEnd + 1))
  }

  /// The comments that begin in a range of bytes.
  ///
  /// - Complexity: O(log *comments* + result).
  public func comments(in range: Range<Int>) -> ArraySlice<Comment> {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if Int(comments[middle].span.start) < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < comments.count, Int(comments[end].span.start) < range.upperBound { end += 1 }
    return comments[low..<end]
  }
}
