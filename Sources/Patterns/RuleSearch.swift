import JavaScriptSyntax
import SourceText

extension CodeRule {
  /// Every node that the rule fits, in the order of the text.
  ///
  /// Metavariables are shared: what `$A` stands for in the pattern, it stands for in the rules around it.
  ///
  /// - Parameter budget: The steps that may be taken; when it is spent, matches are missing.
  public func matches(in index: SyntaxIndex, budget: inout StepBudget) -> [CodeMatch] {
    var search = RuleSearch(index, budget)
    var matches: [CodeMatch] = []
    if let pattern {
      // Searching for the pattern also finds single variables of declarations and runs of statements.
      for match in pattern.matches(in: index, budget: &search.budget) {
        guard let captures = search.fits(self, match.node, given: match.captures, depth: 0, skipsPattern: true) else {
          continue
        }
        matches.append(CodeMatch(node: match.node, span: match.span, captures: captures))
      }
    } else {
      let kinds = possibleKinds.map { kinds in NodeKind.allCases.filter { kinds.contains($0) } }
      for kind in kinds ?? NodeKind.allCases.filter({ $0 != .program && $0 != .invalid }) {
        for number in index.nodes(of: kind) where !search.budget.isSpent {
          let node = NodeID(number)
          guard let captures = search.fits(self, node, given: [], depth: 0) else { continue }
          matches.append(CodeMatch(node: node, span: index.tree[node].span, captures: captures))
        }
      }
    }
    budget = search.budget
    matches.sort { ($0.span.start, $1.span.end, $0.node) < ($1.span.start, $0.span.end, $1.node) }
    var unique: [CodeMatch] = []
    for match in matches where unique.last?.span != match.span { unique.append(match) }
    return unique
  }
}

/// Tries rules at nodes of one tree.
private struct RuleSearch {
  private let index: SyntaxIndex
  var budget: StepBudget
  private static let maximumDepth = 32

  init(_ index: SyntaxIndex, _ budget: StepBudget) {
    self.index = index
    self.budget = budget
  }

  private var tree: SyntaxTree { index.tree }

  /// What metavariables stand for when a rule fits a node; `nil` when it does not.
  mutating func fits(
    _ rule: CodeRule, _ node: NodeID, given: [Capture], depth: Int, skipsPattern: Bool = false
  ) -> [Capture]? {
    guard depth < Self.maximumDepth, budget.take() else { return nil }
    var captures = given
    if let kind = rule.kind, !kind.matches(node, in: index, budget: &budget) { return nil }
    if let pattern = rule.pattern, !skipsPattern {
      guard let match = pattern.match(at: node, in: index, given: captures, budget: &budget) else { return nil }
      captures = merged(captures, match.captures)
    }
    if let regex = rule.regex, !regex.matches(in: tree.text(of: node), budget: &budget) { return nil }
    if let place = rule.nthChild, !isAt(place, node, depth) { return nil }
    for part in rule.all {
      guard let more = fits(part, node, given: captures, depth: depth + 1) else { return nil }
      captures = more
    }
    if !rule.any.isEmpty {
      var found: [Capture]?
      for part in rule.any where found == nil { found = fits(part, node, given: captures, depth: depth + 1) }
      guard let found else { return nil }
      captures = found
    }
    for relation in rule.relations {
      guard let more = holds(relation, node, captures, depth) else { return nil }
      captures = more
    }
    if let not = rule.not, fits(not, node, given: captures, depth: depth + 1) != nil { return nil }
    return captures
  }

  private func merged(_ old: [Capture], _ new: [Capture]) -> [Capture] {
    old + new.filter { capture in !old.contains { $0.name == capture.name } }
  }

  private mutating func isAt(_ place: CodeRule.NthChild, _ node: NodeID, _ depth: Int) -> Bool {
    let node = lifted(node)
    var (count, position) = (Int(index.places[Int(node.index)].count), Int(index.places[Int(node.index)].position))
    if let rule = place.rule {
      var counted: [NodeID] = []
      for sibling in index.list(around: node) where fitsAny(rule, sibling, [], depth) != nil { counted.append(sibling) }
      guard let own = counted.firstIndex(of: node) else { return false }
      (count, position) = (counted.count, own)
    }
    return isNth(place.isReversed ? count - position : position + 1, step: place.step, offset: place.offset)
  }

  // MARK: What is around

  /// The statement that an expression makes up, so that a call written as a statement has the statement's neighbours.
  private func lifted(_ node: NodeID) -> NodeID {
    var node = node
    while true {
      let parent = index.parents[node]
      guard parent.exists, tree[parent].kind == .expressionStatement || tree[parent].kind == .chainExpression else {
        return node
      }
      node = parent
    }
  }

  /// Tries a rule at a node, and at the expression that a statement consists of.
  private mutating func fitsAny(_ rule: CodeRule, _ node: NodeID, _ given: [Capture], _ depth: Int) -> [Capture]? {
    var node = node
    while true {
      if let captures = fits(rule, node, given: given, depth: depth + 1) { return captures }
      let kind = tree[node].kind
      guard kind == .expressionStatement || kind == .chainExpression else { return nil }
      node = tree.child(node, .expression)
      guard node.exists else { return nil }
    }
  }

  private mutating func holds(
    _ relation: CodeRule.Relation, _ node: NodeID, _ given: [Capture], _ depth: Int
  ) -> [Capture]? {
    switch relation.place {
    case .inside: holdsAbove(relation, node, given, depth)
    case .has: holdsBelow(relation, node, given, depth)
    case .precedes, .follows: holdsBeside(relation, node, given, depth)
    }
  }

  /// Whether looking ends after a node.
  private mutating func ends(_ stop: CodeRule.Relation.Stop, at node: NodeID, _ given: [Capture], _ depth: Int) -> Bool
  {
    switch stop {
    case .neighbor: true
    case .end: false
    case .rule(let rule): fits(rule, node, given: given, depth: depth + 1) != nil
    }
  }

  private mutating func holdsAbove(
    _ relation: CodeRule.Relation, _ node: NodeID, _ given: [Capture], _ depth: Int
  ) -> [Capture]? {
    var below = node
    for ancestor in index.parents.ancestors(of: node) {
      guard budget.take() else { return nil }
      let role = index.role(of: below)
      below = ancestor
      if tree[ancestor].kind == .chainExpression { continue }
      if relation.field == nil || relation.field?.role == role,
        let captures = fits(relation.rule, ancestor, given: given, depth: depth + 1)
      {
        return captures
      }
      if budget.isSpent || ends(relation.stop, at: ancestor, given, depth) { return nil }
    }
    return nil
  }

  private mutating func holdsBelow(
    _ relation: CodeRule.Relation, _ node: NodeID, _ given: [Capture], _ depth: Int
  ) -> [Capture]? {
    var waiting = index.orderedChildren(of: node).reversed() as [NodeID]
    while let below = waiting.popLast() {
      guard budget.take() else { return nil }
      let isChain = tree[below].kind == .chainExpression
      if !isChain, relation.field == nil || relation.field?.role == index.role(of: below),
        let captures = fits(relation.rule, below, given: given, depth: depth + 1)
      {
        return captures
      }
      if isChain || !ends(relation.stop, at: below, given, depth) {
        waiting += index.orderedChildren(of: below).reversed()
      }
    }
    return nil
  }

  private mutating func holdsBeside(
    _ relation: CodeRule.Relation, _ node: NodeID, _ given: [Capture], _ depth: Int
  ) -> [Capture]? {
    let node = lifted(node)
    let parent = index.parents[node]
    guard parent.exists else { return nil }
    let list = index.orderedChildren(of: parent)
    guard let position = index.orderedPosition(of: node, in: list) else { return nil }
    let step = relation.place == .precedes ? 1 : -1
    var next = position + step
    while list.indices.contains(next) {
      let other = list[next]
      next += step
      if let captures = fitsAny(relation.rule, other, given, depth) { return captures }
      if budget.isSpent || ends(relation.stop, at: other, given, depth) { return nil }
    }
    return nil
  }
}
