import JavaScriptSyntax

/// Where two trees first differ, parentheses, places and the way literals are written aside; `nil` when they do not.
func difference(_ left: SyntaxTree, _ right: SyntaxTree) -> String? {
  var pairs = [(left.root, right.root)]
  while let (first, second) = pairs.popLast() {
    guard first.exists == second.exists else { return "a node is missing" }
    guard first.exists else { continue }
    if let fault = difference(left, first, right, second) { return fault }
    for slot in left[first].kind.slots {
      switch slot.form {
      case .node, .optional: pairs.append((left.child(first, slot.role), right.child(second, slot.role)))
      case .list, .sparseList:
        let ours = left.list(first, slot.role).filter { !isEmptyStatement(left, $0) }
        let theirs = right.list(second, slot.role).filter { !isEmptyStatement(right, $0) }
        guard ours.count == theirs.count else {
          return "\(left[first].kind).\(slot.role) has \(ours.count) and \(theirs.count)"
        }
        pairs += zip(ours, theirs)
      }
    }
  }
  return nil
}

private func isEmptyStatement(_ tree: SyntaxTree, _ node: NodeID) -> Bool {
  node.exists && tree[node].kind == .emptyStatement
}

private func difference(_ left: SyntaxTree, _ first: NodeID, _ right: SyntaxTree, _ second: NodeID) -> String? {
  let ours = left[first]
  let theirs = right[second]
  guard ours.kind == theirs.kind else { return "\(ours.kind) against \(theirs.kind)" }
  guard ours.detail == theirs.detail, ours.flags.subtracting(ignored) == theirs.flags.subtracting(ignored) else {
    return "\(ours.kind) with \(ours.detail) \(ours.flags.rawValue) against \(theirs.detail) \(theirs.flags.rawValue)"
  }
  guard left.name(of: first) == right.name(of: second) else {
    return "the name \(left.name(of: first)) against \(right.name(of: second))"
  }
  if ours.kind == .literal || ours.kind == .templateElement, left.text(of: first) != right.text(of: second) {
    return "\(left.text(of: first)) against \(right.text(of: second))"
  }
  return nil
}

private let ignored: NodeFlags = [.parenthesized, .hasSlots]
