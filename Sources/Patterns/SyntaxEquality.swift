import JavaScriptSyntax

/// Compares two pieces of one tree: the same code, however it is written.
struct SyntaxEquality {
  let tree: SyntaxTree
  private(set) var budget: StepBudget

  init(tree: SyntaxTree, budget: StepBudget) {
    self.tree = tree
    self.budget = budget
  }

  /// Whether two nodes are equal but for quotes, parentheses, braces round one statement, `?.` and assertions of types.
  ///
  /// - Complexity: O(*n*) in the size of the smaller one; without recursion.
  mutating func areEqual(_ left: NodeID, _ right: NodeID) -> Bool {
    var waiting = [(left, right)]
    while let (left, right) = waiting.popLast() {
      guard budget.take() else { return false }
      if left == right { continue }
      guard left.exists, right.exists, pushParts(bare(left), bare(right), onto: &waiting) else { return false }
    }
    return true
  }

  private func bare(_ node: NodeID) -> NodeID {
    var node = node
    while true {
      let kind = tree[node].kind
      var inner = NodeID.none
      if kind == .chainExpression || kind.isTypeWrapper { inner = tree.child(node, .expression) }
      if kind == .blockStatement {
        let body = statements(node, .body)
        if body.count == 1 { inner = body[0] }
      }
      guard inner.exists else { return node }
      node = inner
    }
  }

  private func statements(_ node: NodeID, _ role: Role) -> [NodeID] {
    tree.list(node, role).filter { !$0.exists || tree[$0].kind != .emptyStatement }
  }

  private func pushParts(_ left: NodeID, _ right: NodeID, onto waiting: inout [(NodeID, NodeID)]) -> Bool {
    let (first, second) = (tree[left], tree[right])
    if let value = tree.constantString(left) { return value == tree.constantString(right) }
    if let name = tree.nameIndex(of: left) { return areSameNames(name, first, right, second) }
    guard first.kind == second.kind, first.detail == second.detail else { return false }
    let compared: NodeFlags = [.async, .generator, .static, .prefix, .readonly, .abstract]
    guard first.flags.intersection(compared) == second.flags.intersection(compared) else { return false }
    switch first.kind {
    case .literal:
      return first.detail == .number ? areSameNumbers(left, right) : tree.text(of: left) == tree.text(of: right)
    case .templateElement: return tree.stringValue(of: left) == tree.stringValue(of: right)
    case .jsxText: return foldedText(tree.text(of: left)) == foldedText(tree.text(of: right))
    default: break
    }
    for slot in first.kind.slots where !pushSlot(slot, left, right, onto: &waiting) { return false }
    return true
  }

  private func areSameNames(_ name: Int, _ first: Node, _ right: NodeID, _ second: Node) -> Bool {
    (first.kind == .privateIdentifier) == (second.kind == .privateIdentifier) && tree.nameIndex(of: right) == name
  }

  private func areSameNumbers(_ left: NodeID, _ right: NodeID) -> Bool {
    tree.numberValue(of: left) == tree.numberValue(of: right)
  }

  private func pushSlot(
    _ slot: Slot, _ left: NodeID, _ right: NodeID, onto waiting: inout [(NodeID, NodeID)]
  ) -> Bool {
    if slot.form == .list || slot.form == .sparseList {
      let (first, second) = (statements(left, slot.role), statements(right, slot.role))
      guard first.count == second.count else { return false }
      for (one, other) in zip(first, second) {
        guard one.exists == other.exists else { return false }
        if one.exists { waiting.append((one, other)) }
      }
      return true
    }
    let (one, other) = (tree.child(left, slot.role), tree.child(right, slot.role))
    guard one.exists, other.exists else { return one.exists == other.exists }
    if slot.role == .property || slot.role == .key {
      let keys = (isComputed(left), isComputed(right))
      if let key = tree.constantKey(one, isComputed: keys.0) {
        return key == tree.constantKey(other, isComputed: keys.1)
      }
      guard keys.0 == keys.1 else { return false }
    }
    waiting.append((one, other))
    return true
  }

  private func isComputed(_ node: NodeID) -> Bool { tree[node].flags.contains(.computed) }
}
