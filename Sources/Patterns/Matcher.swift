import JavaScriptSyntax
import SourceText

/// Tries one pattern at one place of a tree.
///
/// What is still to be compared is a chain of goals. Where there is a choice - how many elements `$$$` takes, which field
/// stands for which - the other possibility is kept together with the rest of the chain, and taken up when the first one
/// fails. Nothing recurses, and every step is counted.
struct Matcher {
  struct Goal {
    enum Kind: UInt8 {
      /// One node against one.
      case node
      /// The key of a member against that of another.
      case key
      /// Elements in order.
      case list
      /// Elements in order, with others allowed after them.
      case opening
      /// Elements in any order, among others.
      case fields
    }

    var kind: Kind
    /// A number of the pattern's nodes, or the first element in ``Matcher/wanted``.
    var pattern: Int32
    var patternEnd: Int32 = 0
    /// A node of the tree, or the first item in ``Matcher/items``.
    var target: UInt32
    var targetEnd: UInt32 = 0
    /// How many items `$$$` takes, or which item is tried next.
    var attempt: UInt32 = 0
    /// The head of a chain in ``Matcher/usedItems``.
    var used: Int32 = -1
    var next: Int32
  }

  enum Bound {
    case free
    case node(NodeID)
    case content(NodeID)
    case list(Int, Int)
  }

  private struct Choice {
    var goal: Int32
    var trail: Int
    var occurrences: Int
  }

  /// Where in the code a metavariable of the pattern found what it stands for.
  struct Occurrence {
    var pattern: ByteSpan
    var code: ByteSpan?
  }

  let pattern: CompiledPattern
  let index: SyntaxIndex
  let tree: SyntaxTree
  /// For each name of the pattern, its number in the tree, or -1.
  private let nameNumbers: [Int]
  private(set) var budget: StepBudget

  private var goals: [Goal] = []
  private var wanted: [Int] = []
  private var items: [NodeID] = []
  private var usedItems: [(item: UInt32, next: Int32)] = []
  private var choices: [Choice] = []
  private var trail: [Int] = []
  private(set) var bound: [Bound]
  private(set) var occurrences: [Occurrence] = []
  private(set) var openingEnd = 0

  init(_ pattern: CompiledPattern, in index: SyntaxIndex, budget: StepBudget) {
    self.pattern = pattern
    self.index = index
    tree = index.tree
    self.budget = budget
    bound = Array(repeating: .free, count: pattern.variables.count)
    nameNumbers = pattern.names.map { index.number(ofName: $0) }
  }

  /// The number in the tree of a name of the pattern; -1 when it does not occur there.
  func nameNumber(_ name: Int) -> Int { nameNumbers[name] }

  /// Makes ready for another place.
  private mutating func reset(_ start: [Bound]) {
    goals.removeAll(keepingCapacity: true)
    wanted.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
    usedItems.removeAll(keepingCapacity: true)
    choices.removeAll(keepingCapacity: true)
    trail.removeAll(keepingCapacity: true)
    occurrences.removeAll(keepingCapacity: true)
    bound = start
  }

  /// Whether a node of the pattern matches at a node of the tree.
  mutating func matches(_ element: Int, at target: NodeID, start: [Bound]) -> Bool {
    reset(start)
    return solve(Goal(kind: .node, pattern: Int32(element), target: target.index, next: -1))
  }

  /// Whether elements match a run of statements that begins with the first of `list`; ``openingEnd`` then says how long it is.
  mutating func matches(_ elements: [Int], startOf list: ArraySlice<NodeID>, start: [Bound]) -> Bool {
    reset(start)
    wanted += elements
    items += list
    return solve(
      Goal(
        kind: .opening, pattern: 0, patternEnd: Int32(elements.count), target: 0, targetEnd: UInt32(items.count),
        next: -1))
  }

  // MARK: Solving

  private mutating func solve(_ first: Goal) -> Bool {
    goals.append(first)
    var current: Int32 = 0
    while current >= 0 {
      guard budget.take() else { return false }
      if let next = step(goals[Int(current)], at: current) {
        current = next
      } else {
        guard let choice = choices.popLast() else { return false }
        while trail.count > choice.trail { bound[trail.removeLast()] = .free }
        occurrences.removeLast(occurrences.count - choice.occurrences)
        current = choice.goal
      }
    }
    return true
  }

  private mutating func step(_ goal: Goal, at number: Int32) -> Int32? {
    switch goal.kind {
    case .node: compare(Int(goal.pattern), NodeID(goal.target), next: goal.next)
    case .key: compareKey(Int(goal.pattern), NodeID(goal.target), next: goal.next)
    case .list, .opening: stepList(goal)
    case .fields: stepFields(goal)
    }
  }

  @discardableResult
  private mutating func push(_ goal: Goal) -> Int32 {
    goals.append(goal)
    return Int32(goals.count - 1)
  }

  private mutating func offer(_ goal: Goal) {
    choices.append(Choice(goal: push(goal), trail: trail.count, occurrences: occurrences.count))
  }

  mutating func pushNode(_ element: Int, _ target: NodeID, next: Int32) -> Int32 {
    push(Goal(kind: .node, pattern: Int32(element), target: target.index, next: next))
  }

  mutating func pushKey(_ element: Int, _ target: NodeID, next: Int32) -> Int32 {
    push(Goal(kind: .key, pattern: Int32(element), target: target.index, next: next))
  }

  mutating func pushList(_ elements: [Int], _ list: [NodeID], isUnordered: Bool, next: Int32) -> Int32 {
    let first = wanted.count
    wanted += elements
    let firstItem = items.count
    items += list
    return push(
      Goal(
        kind: isUnordered ? .fields : .list, pattern: Int32(first), patternEnd: Int32(wanted.count),
        target: UInt32(firstItem), targetEnd: UInt32(items.count), next: next))
  }

  // MARK: Lists

  private mutating func stepList(_ goal: Goal) -> Int32? {
    guard goal.pattern < goal.patternEnd else {
      if goal.kind == .opening { openingEnd = Int(goal.target) }
      return goal.kind == .opening || goal.target == goal.targetEnd ? goal.next : nil
    }
    let element = wanted[Int(goal.pattern)]
    let available = Int(goal.targetEnd - goal.target)
    if element >= 0, case .many(let variable) = pattern.nodes[element].form {
      let least = leastCount(from: Int(goal.pattern) + 1, to: Int(goal.patternEnd))
      guard available >= least else { return nil }
      let isLast = goal.pattern + 1 == goal.patternEnd
      let count = isLast ? available : Int(goal.attempt)
      if !isLast, count < available - least {
        var other = goal
        other.attempt += 1
        offer(other)
      }
      guard bind(variable, Int(goal.target), Int(goal.target) + count, at: element) else { return nil }
      return pushRest(goal, taking: UInt32(count))
    }
    guard available > 0 else { return nil }
    let item = items[Int(goal.target)]
    if element < 0 { return item.exists ? nil : pushRest(goal, taking: 1) }
    guard item.exists else { return nil }
    let rest = pushRest(goal, taking: 1)
    return pushNode(element, item, next: rest)
  }

  private mutating func pushRest(_ goal: Goal, taking count: UInt32) -> Int32 {
    var rest = goal
    rest.pattern += 1
    rest.target += count
    rest.attempt = 0
    return push(rest)
  }

  private func leastCount(from start: Int, to end: Int) -> Int {
    var count = 0
    for element in wanted[start..<end] {
      if element >= 0, case .many = pattern.nodes[element].form { continue }
      count += 1
    }
    return count
  }

  private mutating func stepFields(_ goal: Goal) -> Int32? {
    guard goal.pattern < goal.patternEnd else { return goal.next }
    let element = wanted[Int(goal.pattern)]
    if element < 0 { return nil }
    // Whatever stands for many comes last.
    if case .many(let variable) = pattern.nodes[element].form { return bindRest(of: goal, to: variable, at: element) }
    var position = goal.target + goal.attempt
    while position < goal.targetEnd {
      guard budget.take() else { return nil }
      if !isUsed(position, goal.used), items[Int(position)].exists { break }
      position += 1
    }
    guard position < goal.targetEnd else { return nil }
    var other = goal
    other.attempt = position - goal.target + 1
    offer(other)
    usedItems.append((position, goal.used))
    var rest = goal
    rest.pattern += 1
    rest.attempt = 0
    rest.used = Int32(usedItems.count - 1)
    let next = push(rest)
    return pushNode(element, items[Int(position)], next: next)
  }

  private func isUsed(_ item: UInt32, _ chain: Int32) -> Bool {
    var link = chain
    while link >= 0 {
      if usedItems[Int(link)].item == item { return true }
      link = usedItems[Int(link)].next
    }
    return false
  }

  /// Binds a `$$$NAME` among fields to those that no other element stands for.
  private mutating func bindRest(of goal: Goal, to variable: Int?, at element: Int) -> Int32? {
    let first = items.count
    for item in goal.target..<goal.targetEnd where !isUsed(item, goal.used) && items[Int(item)].exists {
      items.append(items[Int(item)])
    }
    return bind(variable, first, items.count, at: element) ? goal.next : nil
  }
}

// MARK: - Metavariables

extension Matcher {
  /// The nodes of a list that was bound.
  func boundNodes(_ start: Int, _ end: Int) -> ArraySlice<NodeID> { items[start..<end] }

  mutating func bind(_ variable: Int?, to node: NodeID, at element: Int) -> Bool {
    note(pattern.nodes[element].span, tree[node].span)
    return bind(variable, .node(node))
  }

  mutating func bind(_ variable: Int?, toContentOf node: NodeID, at element: Int) -> Bool {
    note(pattern.nodes[element].span, tree[node].span)
    return bind(variable, .content(node))
  }

  mutating func note(_ wanted: ByteSpan, _ found: ByteSpan?) {
    if pattern.isExact { occurrences.append(Occurrence(pattern: wanted, code: found)) }
  }

  private mutating func bind(_ variable: Int?, _ start: Int, _ end: Int, at element: Int) -> Bool {
    let present = items[start..<end].filter { $0.exists }
    let span = present.first.map { first in
      present.reduce(tree[first].span) {
        ByteSpan(start: min($0.start, tree[$1].span.start), end: max($0.end, tree[$1].span.end))
      }
    }
    note(pattern.nodes[element].span, span)
    return bind(variable, .list(start, end))
  }

  mutating func bind(_ variable: Int?, _ value: Bound) -> Bool {
    guard let variable else { return true }
    switch (bound[variable], value) {
    case (.free, _):
      bound[variable] = value
      trail.append(variable)
      return true
    case (.node(let old), .node(let new)): return areEqual(old, new)
    case (.content(let old), .content(let new)): return tree.constantString(old) == tree.constantString(new)
    case (.list(let oldStart, let oldEnd), .list(let newStart, let newEnd)):
      return oldEnd - oldStart == newEnd - newStart
        && zip(oldStart..<oldEnd, newStart..<newEnd).allSatisfy { areEqual(items[$0], items[$1]) }
    case (.content(let content), .node(let node)), (.node(let node), .content(let content)):
      return tree.constantString(content).map { $0 == tree.nameOrText(of: node) } ?? false
    default: return false
    }
  }

  /// Whether two pieces of code are the same but for how they are written.
  private mutating func areEqual(_ left: NodeID, _ right: NodeID) -> Bool {
    guard left.exists, right.exists else { return left.exists == right.exists }
    var comparison = SyntaxEquality(tree: tree, budget: budget)
    let result = comparison.areEqual(left, right)
    budget = comparison.budget
    return result
  }
}

extension SyntaxTree {
  /// The name of an identifier, else the source text.
  fileprivate func nameOrText(of node: NodeID) -> String {
    nameIndex(of: node) == nil ? text(of: node) : name(of: node)
  }
}
