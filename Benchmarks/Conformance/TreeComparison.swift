import JavaScriptSyntax

/// Where the shapes of two trees first differ; `nil` when they do not.
///
/// What stands for the same program is the same: parentheses and places are left aside, empty statements too; a sequence in
/// front of a sequence is part of it; a key may be a name or a literal. Names and values are not compared, because the suite's
/// pairs of files differ in them here and there.
func difference(_ left: SyntaxTree, _ right: SyntaxTree) -> String? {
  var pairs = [(left.root, right.root)]
  while let (first, second) = pairs.popLast() {
    guard first.exists == second.exists else { return "a node is missing" }
    guard first.exists else { continue }
    let (ours, theirs) = (left[first], right[second])
    if isKey(ours), isKey(theirs), ours.kind != theirs.kind || ours.detail != theirs.detail { continue }
    guard ours.kind == theirs.kind else { return "\(ours.kind) against \(theirs.kind) at \(ours.start)" }
    guard ours.detail == theirs.detail, ours.flags.subtracting(ignored) == theirs.flags.subtracting(ignored) else {
      return "\(ours.kind) with \(ours.detail) \(ours.flags.rawValue) against \(theirs.detail) \(theirs.flags.rawValue)"
    }
    for slot in ours.kind.slots {
      switch slot.form {
      case .node, .optional: pairs.append((left.child(first, slot.role), right.child(second, slot.role)))
      case .list, .sparseList:
        let (ourItems, theirItems) = (items(left, first, slot.role), items(right, second, slot.role))
        guard ourItems.count == theirItems.count else {
          return "\(ours.kind).\(slot.role) has \(ourItems.count) and \(theirItems.count)"
        }
        pairs += zip(ourItems, theirItems)
      }
    }
  }
  return nil
}

private let ignored: NodeFlags = [.parenthesized, .hasSlots]

private func isKey(_ node: Node) -> Bool {
  node.kind == .identifier || node.kind == .literal && (node.detail == .string || node.detail == .number)
}

private func items(_ tree: SyntaxTree, _ node: NodeID, _ role: Role) -> [NodeID] {
  var items = tree.list(node, role).filter { !$0.exists || tree[$0].kind != .emptyStatement }
  while role == .expressions, let first = items.first, first.exists, tree[first].kind == .sequenceExpression {
    items.replaceSubrange(0..<1, with: tree.list(first, .expressions))
  }
  return items
}
