import JavaScriptSyntax

/// A selector over nodes in the words of esquery: kinds, `[property="value"]`, `.field`, `:has()`, `:not()`, combinators.
struct NodeSelector: Sendable {
  /// How a part stands to the one on its left.
  enum Combinator: Sendable { case descendant, child, adjacent, sibling }

  enum Comparison: Sendable {
    case exists
    case equal(Literal, isNegated: Bool)
    case matches(LinearRegex, isNegated: Bool)
    case isType(String, isNegated: Bool)
    case ordered(Double, isGreater: Bool, allowsEqual: Bool)
  }

  enum Literal: Sendable { case text(String), number(Double), word(String) }

  enum Test: Sendable {
    case kinds([NodeKind])
    case property([Substring], Comparison)
    case field([Role])
    case has([NodeSelector])
    case any([NodeSelector], isNegated: Bool)
    case nth(step: Int, offset: Int, fromEnd: Bool)
  }

  struct Part: Sendable {
    var combinator: Combinator
    var tests: [Test] = []
  }

  /// The parts, the leftmost first; the last describes the node itself.
  var parts: [Part]

  /// The kinds that a node can be, where the selector names them; `nil` for any.
  var kinds: [NodeKind]? {
    for test in parts.last?.tests ?? [] { if case .kinds(let kinds) = test { return kinds } }
    return nil
  }
}

extension NodeSelector {
  /// Whether a node fits.
  ///
  /// - Parameter scope: For a selector below `:has`, the node that it starts from.
  func matches(
    _ node: NodeID, in index: SyntaxIndex, scope: NodeID? = nil, budget: inout StepBudget, depth: Int = 0
  ) -> Bool {
    guard depth < 16 else { return false }
    return matches(part: parts.count - 1, node, index, scope, &budget, depth)
  }

  private func matches(
    part: Int, _ node: NodeID, _ index: SyntaxIndex, _ scope: NodeID?, _ budget: inout StepBudget, _ depth: Int
  ) -> Bool {
    guard budget.take(), holds(parts[part].tests, node, index, &budget, depth) else { return false }
    let isFirst = part == 0
    if isFirst, scope == nil { return true }
    func holdsBefore(_ other: NodeID, _ budget: inout StepBudget) -> Bool {
      isFirst ? other == scope : matches(part: part - 1, other, index, scope, &budget, depth)
    }
    switch parts[part].combinator {
    case .descendant:
      for ancestor in index.parents.ancestors(of: node) where holdsBefore(ancestor, &budget) { return true }
      return false
    case .child:
      let parent = index.parents[node]
      return parent.exists && holdsBefore(parent, &budget)
    case .adjacent, .sibling:
      let isAdjacent = if case .adjacent = parts[part].combinator { true } else { false }
      let place = index.places[Int(node.index)]
      guard place.position > 0, budget.take(Int(place.count) / 16) else { return false }
      for other in index.list(around: node)[..<Int(place.position)].reversed() {
        if holdsBefore(other, &budget) { return true }
        if isAdjacent { break }
      }
      return false
    }
  }

  private func holds(
    _ tests: [Test], _ node: NodeID, _ index: SyntaxIndex, _ budget: inout StepBudget, _ depth: Int
  ) -> Bool {
    for test in tests where !holds(test, node, index, &budget, depth) { return false }
    return true
  }

  private func holds(
    _ test: Test, _ node: NodeID, _ index: SyntaxIndex, _ budget: inout StepBudget, _ depth: Int
  ) -> Bool {
    switch test {
    case .kinds(let kinds): return kinds.contains(index.tree[node].kind)
    case .property(let path, let comparison): return holds(comparison, path, node, index, &budget)
    case .field(let roles):
      var current = node
      for role in roles.reversed() {
        guard current.exists, index.role(of: current) == role else { return false }
        current = index.parents[current]
      }
      return true
    case .any(let selectors, let isNegated):
      var isAny = false
      for selector in selectors where selector.matches(node, in: index, budget: &budget, depth: depth + 1) {
        isAny = true
        break
      }
      return isAny != isNegated
    case .has(let selectors):
      var walker = index.tree.preorder(from: node)
      while let below = walker.next() {
        guard budget.take() else { return false }
        if below == node { continue }
        for selector in selectors
        where selector.matches(below, in: index, scope: node, budget: &budget, depth: depth + 1) { return true }
      }
      return false
    case .nth(let step, let offset, let fromEnd):
      let place = index.places[Int(node.index)]
      let number = fromEnd ? Int(place.count) - Int(place.position) : Int(place.position) + 1
      return isNth(number, step: step, offset: offset)
    }
  }

  private func holds(
    _ comparison: Comparison, _ path: [Substring], _ node: NodeID, _ index: SyntaxIndex, _ budget: inout StepBudget
  ) -> Bool {
    let value = value(at: path, of: node, index.tree)
    switch comparison {
    case .exists:
      switch value {
      case .absent, .null: return false
      default: return true
      }
    case .equal(let literal, let isNegated):
      if case .absent = value { return isNegated }
      return isEqual(value, literal, index.tree) != isNegated
    case .matches(let regex, let isNegated):
      guard case .text(let text) = value else { return isNegated }
      return regex.matches(in: text, budget: &budget) != isNegated
    case .isType(let type, let isNegated):
      let found = typeName(of: value)
      return (found == type) != isNegated
    case .ordered(let bound, let isGreater, let allowsEqual):
      guard case .number(let number) = value else { return false }
      if allowsEqual, number == bound { return true }
      return isGreater ? number > bound : number < bound
    }
  }

  private func value(at path: [Substring], of node: NodeID, _ tree: SyntaxTree) -> PropertyValue {
    var value = PropertyValue.node(node)
    for name in path {
      switch value {
      case .node(let node): value = tree.property(name, of: node)
      case .list(let list):
        if name == "length" {
          value = .number(Double(list.count))
        } else if let position = Int(name), list.indices.contains(position), list[position].exists {
          value = .node(list[position])
        } else {
          return .absent
        }
      case .text(let text): value = name == "length" ? .number(Double(text.utf16.count)) : .absent
      default: return .absent
      }
    }
    return value
  }

  private func isEqual(_ value: PropertyValue, _ literal: Literal, _ tree: SyntaxTree) -> Bool {
    let found: String
    switch value {
    case .text(let text): found = text
    case .number(let number):
      if case .number(let wanted) = literal { return number == wanted }
      found = number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : number.description
    case .flag(let flag): found = flag ? "true" : "false"
    case .null: found = "null"
    case .absent, .node, .list: return false
    }
    switch literal {
    case .text(let text), .word(let text): return found == text
    case .number(let number): return Double(found) == number
    }
  }

  private func typeName(of value: PropertyValue) -> String {
    switch value {
    case .absent: "undefined"
    case .text: "string"
    case .number: "number"
    case .flag: "boolean"
    case .node, .list, .null: "object"
    }
  }
}

/// Whether a place, from 1, is one of `step · n + offset` for n from 0.
func isNth(_ place: Int, step: Int, offset: Int) -> Bool {
  step == 0 ? place == offset : (place - offset) % step == 0 && (place - offset) / step >= 0
}
