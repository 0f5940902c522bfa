extension Parser {
  /// Makes every node's span cover those of its children, as it does by itself in a text without errors.
  ///
  /// What is missing has no place of its own: it is put where the text before it ends, which can be before its parent's start.
  mutating func settleSpans() {
    for index in 0..<nodeCount {
      var node = nodes[index]
      // A node that took no token ends where the token before it does.
      if node.end < node.start { node.start = node.end }
      let slots = node.kind == .identifier && !node.flags.contains(.hasSlots) ? [] : node.kind.slots
      for (offset, slot) in slots.enumerated() {
        let value = self.slots[Int(node.payload) + offset]
        switch slot.form {
        case .node, .optional: cover(value, &node)
        case .list, .sparseList:
          for item in 0..<Int(self.slots[Int(value)]) { cover(self.slots[Int(value) + 1 + item], &node) }
        }
      }
      nodes[index].start = node.start
      nodes[index].end = node.end
    }
  }

  private func cover(_ child: UInt32, _ node: inout Node) {
    guard child != .max else { return }
    node.start = min(node.start, nodes[Int(child)].start)
    node.end = max(node.end, nodes[Int(child)].end)
  }
}
