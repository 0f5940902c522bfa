import JavaScriptSyntax
import SourceText

extension Matcher {
  /// Compares one node of the pattern with one of the tree; pushes goals for what lies below.
  mutating func compare(_ element: Int, _ target: NodeID, next: Int32) -> Int32? {
    guard target.exists else { return nil }
    let wanted = pattern.nodes[element]
    switch wanted.form {
    case .anything(let variable):
      guard bind(variable, to: target, at: element) else { return nil }
      return pushSlots(of: wanted, target, next: next)
    case .many: return nil
    default: break
    }
    let node = bare(target, for: wanted.kind)
    switch wanted.form {
    case .anything, .many: return nil
    case .name(let name):
      if tree[node].kind == wanted.kind {
        guard tree.nameIndex(of: node) == nameNumber(name), hasFlags(wanted, node) else { return nil }
        return pushSlots(of: wanted, node, next: next)
      }
      return wanted.kind == .identifier && isGlobal(name, memberOf: node) ? next : nil
    case .string(let value):
      let found = wanted.kind == .templateElement ? tree.stringValue(of: node) : tree.constantString(node)
      return found == value ? next : nil
    case .anyString(let variable):
      let isString = tree[node].kind == .templateLiteral || tree.constantString(node) != nil
      return isString && bind(variable, toContentOf: node, at: element) ? next : nil
    case .number(let value): return tree.numberValue(of: node) == value ? next : nil
    case .text(let text):
      guard tree[node].kind == wanted.kind, tree[node].detail == wanted.detail else { return nil }
      let found = wanted.kind == .jsxText ? foldedText(tree.jsxValue(of: node) ?? "") : tree.text(of: node)
      return found == text ? next : nil
    case .node: return compareNode(element, wanted, node, next: next)
    }
  }

  /// The node without optional chain and, unless the pattern asks for them, without assertions of types.
  private func bare(_ target: NodeID, for kind: NodeKind) -> NodeID {
    var node = target
    while true {
      let found = tree[node].kind
      guard found == .chainExpression || (found.isTypeWrapper && found != kind) else { return node }
      let inner = tree.child(node, .expression)
      guard inner.exists else { return node }
      node = inner
    }
  }

  private func compareNodeKinds(_ wanted: PatternNode, _ node: NodeID) -> Bool {
    let found = tree[node]
    guard wanted.kind == found.kind || wanted.kinds.contains(found.kind) else { return false }
    return memberDetail(wanted.detail) == memberDetail(found.detail) && hasFlags(wanted, node)
  }

  /// Methods and constructors, of objects and of classes, are told apart by their names only.
  private func memberDetail(_ detail: NodeDetail) -> NodeDetail {
    switch detail {
    case .`init`, .method, .constructor: .none
    default: detail
    }
  }

  private func hasFlags(_ wanted: PatternNode, _ node: NodeID) -> Bool {
    let flags = tree[node].flags
    guard flags.isSuperset(of: wanted.flags) else { return false }
    return wanted.kind != .updateExpression || flags.contains(.prefix) == wanted.flags.contains(.prefix)
  }

  private mutating func compareNode(_ element: Int, _ wanted: PatternNode, _ node: NodeID, next: Int32) -> Int32? {
    if let name = wanted.globalName, let after = compareGlobal(wanted, name, node, next: next) { return after }
    guard compareNodeKinds(wanted, node) else { return nil }
    if wanted.kind == .jsxAttribute, let answer = attributeStringAnswer(wanted, node) {
      guard answer else { return nil }
      return pushSlots(of: wanted, node, except: .value, next: next)
    }
    let rest = pushSlots(of: wanted, node, next: next)
    guard let rest, wanted.key != nil else { return rest }
    return pushKey(element, node, next: rest)
  }

  /// For an attribute with a string: whether the value is that string; `nil` when it takes more to tell.
  private func attributeStringAnswer(_ wanted: PatternNode, _ node: NodeID) -> Bool? {
    guard let slot = wanted.slots.first(where: { $0.role == .value }), case .node(let number) = slot.content,
      case .string(let text) = pattern.nodes[number].form
    else { return nil }
    let value = tree.child(node, .value)
    guard value.exists else { return false }
    if tree[value].kind == .literal { return tree.jsxValue(of: value) == text }
    guard tree[value].kind == .jsxExpressionContainer else { return false }
    let expression = tree.child(value, .expression)
    return expression.exists && tree.constantString(expression) == text
  }

  // MARK: Globals

  /// Whether a node is `window.name`, or the same on another name of the global object.
  private func isGlobal(_ name: Int, memberOf node: NodeID) -> Bool {
    guard !pattern.isExact, tree[node].kind == .memberExpression else { return false }
    let object = tree.child(node, .object)
    return object.exists && index.isGlobalObject(object)
      && tree.constantKey(tree.child(node, .property), isComputed: tree[node].flags.contains(.computed))
        == pattern.names[name]
  }

  /// Compares `window.name` of the pattern with the bare name and with other names of the global object.
  private func compareGlobal(_ wanted: PatternNode, _ name: Int, _ node: NodeID, next: Int32) -> Int32? {
    guard !pattern.isExact else { return nil }
    if tree[node].kind == .identifier {
      return tree.nameIndex(of: node) == nameNumber(name) && !index.isLocal(node) ? next : nil
    }
    return isGlobal(name, memberOf: node) && hasFlags(wanted, node) ? next : nil
  }

  // MARK: Keys

  mutating func compareKey(_ element: Int, _ node: NodeID, next: Int32) -> Int32? {
    guard let wanted = pattern.nodes[element].key else { return next }
    let key = tree.child(node, tree[node].kind == .memberExpression ? .property : .key)
    guard key.exists else { return nil }
    let isComputed = tree[node].flags.contains(.computed)
    switch wanted {
    case .constant(let text, let name):
      if tree[key].kind == .identifier, !isComputed {
        return name.map { nameNumber($0) } == tree.nameIndex(of: key) ? next : nil
      }
      return tree.constantKey(key, isComputed: isComputed) == text ? next : nil
    case .privateName(let name):
      return tree[key].kind == .privateIdentifier && tree.nameIndex(of: key) == nameNumber(name) ? next : nil
    case .anything(let variable, let span):
      guard !isComputed || tree.constantKey(key, isComputed: true) != nil else { return nil }
      note(span, tree[key].span)
      return bind(variable, .node(key)) ? next : nil
    case .computed(let child): return isComputed ? pushNode(child, key, next: next) : nil
    }
  }

  // MARK: Slots

  private mutating func pushSlots(
    of wanted: PatternNode, _ node: NodeID, except left: Role? = nil, next: Int32
  ) -> Int32? {
    var next = next
    for slot in wanted.slots.reversed() where slot.role != left {
      switch slot.content {
      case .absent:
        if tree.child(node, slot.role).exists { return nil }
      case .node(let child):
        guard let after = pushChild(child, tree.child(node, slot.role), slot.role, of: wanted.kind, next: next) else {
          return nil
        }
        next = after
      case .list(let elements), .fields(let elements):
        let isUnordered = if case .fields = slot.content { true } else { false }
        next = pushList(elements, askedItems(node, slot.role), isUnordered: isUnordered, next: next)
      }
    }
    return next
  }

  /// The items of a list that a pattern can speak of: no empty statements, no white space between elements.
  private func askedItems(_ node: NodeID, _ role: Role) -> [NodeID] {
    let list = tree.list(node, role)
    switch role {
    case .body, .consequent: return list.filter { !$0.exists || tree[$0].kind != .emptyStatement }
    case .children:
      return list.filter { !$0.exists || tree[$0].kind != .jsxText || !trimmed(tree.text(of: $0)).isEmpty }
    default: return Array(list)
    }
  }

  private mutating func pushChild(
    _ child: Int, _ target: NodeID, _ role: Role, of kind: NodeKind, next: Int32
  ) -> Int32? {
    if case .many = pattern.nodes[child].form {
      return pushList([child], target.exists ? [target] : [], isUnordered: false, next: next)
    }
    guard target.exists else { return nil }
    var target = target
    if kind == .jsxAttribute, role == .value, tree[target].kind == .jsxExpressionContainer {
      target = tree.child(target, .expression)
    }
    guard kind.hasBareBody, role == .body || role == .consequent || role == .alternate else {
      return pushNode(child, target, next: next)
    }
    return pushBody(child, target, next: next)
  }

  /// Compares the statement below an `if` or a loop, with braces round it or without.
  private mutating func pushBody(_ child: Int, _ target: NodeID, next: Int32) -> Int32? {
    let wanted = pattern.nodes[child]
    guard case .node = wanted.form else { return pushNode(child, target, next: next) }
    let isBlock = tree[target].kind == .blockStatement
    if wanted.kind == .blockStatement, !isBlock, let slot = wanted.slots.first, case .list(let elements) = slot.content
    {
      let items = tree[target].kind == .emptyStatement ? [] : [target]
      return pushList(elements, items, isUnordered: false, next: next)
    }
    if wanted.kind != .blockStatement, isBlock {
      let items = askedItems(target, .body)
      return items.count == 1 ? pushNode(child, items[0], next: next) : nil
    }
    return pushNode(child, target, next: next)
  }
}
