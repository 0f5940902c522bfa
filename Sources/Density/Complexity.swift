import JavaScriptSyntax

/// How hard the functions of a script are to follow.
public struct Complexity: Hashable, Sendable {
  /// Places where the flow divides: conditions, cases, loops, `catch`, `?:`, `&&`, `||` and `??`.
  public var decisionPoints = 0
  /// The cognitive complexity of each function, in the order of the text.
  public var functions: [Int] = []

  /// Makes a figure of nothing.
  public init() {}

  /// Adds another script's.
  public static func += (left: inout Complexity, right: Complexity) {
    left.decisionPoints += right.decisionPoints
    left.functions += right.functions
  }

  /// The complexity that `share` of the functions do not exceed, by nearest rank; 0 without functions.
  public func percentile(_ share: Double) -> Int {
    guard !functions.isEmpty else { return 0 }
    let rank = Int((share * Double(functions.count)).rounded(.up))
    return functions.sorted()[max(0, min(functions.count, rank) - 1)]
  }

  /// The greatest complexity of a function; 0 without functions.
  public var maximum: Int { functions.max() ?? 0 }
}

/// Measures the cognitive complexity of every function.
///
/// Each break in the linear flow counts one, and one more for each level that it is nested in; an `else` and a run of like logical
/// operators count one. A function within a function adds to the outer one where that has a structure of its own, else it counts
/// for itself. Source: G. A. Campbell, *Cognitive Complexity* (SonarSource, 2018), and how its rule S3776 treats inner functions.
struct ComplexityMeter {
  private let tree: SyntaxTree
  private var result = Complexity()
  private var functions: [Function] = []
  private var work: [Item] = []

  private struct Function {
    /// The outermost function around it; its own index for an outermost one.
    var outermost: Int
    var start: UInt32
    /// Increments as if it were not nested.
    var flat = 0
    /// How many of them grow with nesting.
    var structural = 0
    /// How deep it is nested in its outermost function.
    var base = 0
    var isOutermost: Bool
  }

  private struct Item {
    var node: NodeID
    var nesting: Int
    /// The function that increments belong to; -1 outside functions.
    var function: Int
    /// How many functions are around.
    var depth: Int
    var isElse = false
  }

  init(_ tree: SyntaxTree) { self.tree = tree }

  mutating func run() -> Complexity {
    push(tree.root, nesting: 0, Item(node: tree.root, nesting: 0, function: -1, depth: 0))
    while let item = work.popLast() { visit(item) }
    finish()
    return result
  }

  private mutating func push(_ node: NodeID, nesting: Int, _ around: Item) {
    if node.exists { work.append(Item(node: node, nesting: nesting, function: around.function, depth: around.depth)) }
  }

  private mutating func increment(_ item: Item, grows: Bool) {
    guard item.function >= 0 else { return }
    functions[item.function].flat += grows ? 1 + item.nesting : 1
    if grows { functions[item.function].structural += 1 }
  }

  private mutating func visit(_ item: Item) {
    let node = item.node
    switch tree[node].kind {
    case .functionDeclaration, .functionExpression, .arrowFunctionExpression: enterFunction(item)
    case .ifStatement: visitIf(item)
    case .conditionalExpression:
      branch(item)
      push(tree.child(node, .test), nesting: item.nesting, item)
      push(tree.child(node, .consequent), nesting: item.nesting + 1, item)
      push(tree.child(node, .alternate), nesting: item.nesting + 1, item)
    case .forStatement, .forInStatement, .forOfStatement, .whileStatement, .doWhileStatement, .catchClause:
      branch(item)
      let body = tree.child(node, .body)
      tree.forEachChild(of: node) { push($0, nesting: item.nesting + ($0 == body ? 1 : 0), item) }
    case .switchStatement:
      increment(item, grows: true)
      tree.forEachChild(of: node) { push($0, nesting: item.nesting + (tree[$0].kind == .switchCase ? 1 : 0), item) }
    case .switchCase:
      if tree.child(node, .test).exists { result.decisionPoints += 1 }
      pushChildren(item)
    case .breakStatement, .continueStatement:
      if tree.child(node, .label).exists { increment(item, grows: false) }
    case .logicalExpression: visitLogical(item)
    default: pushChildren(item)
    }
  }

  private mutating func pushChildren(_ item: Item) {
    tree.forEachChild(of: item.node) { push($0, nesting: item.nesting, item) }
  }

  private mutating func branch(_ item: Item) {
    result.decisionPoints += 1
    increment(item, grows: true)
  }

  private mutating func visitIf(_ item: Item) {
    result.decisionPoints += 1
    increment(item, grows: !item.isElse)
    push(tree.child(item.node, .test), nesting: item.nesting, item)
    push(tree.child(item.node, .consequent), nesting: item.nesting + 1, item)
    let alternate = tree.child(item.node, .alternate)
    guard alternate.exists else { return }
    if tree[alternate].kind == .ifStatement {
      var next = item
      next.node = alternate
      next.isElse = true
      work.append(next)
    } else {
      increment(item, grows: false)
      push(alternate, nesting: item.nesting + 1, item)
    }
  }

  /// Counts the runs of like operators from left to right, then goes on with the operands.
  private mutating func visitLogical(_ item: Item) {
    var pending: [NodeID] = []
    var last: NodeDetail?
    var current = item.node
    while true {
      // Down to the left as far as there are operators, then the nearest of them, then what is to its right.
      while tree[current].kind == .logicalExpression, tree.child(current, .left).exists {
        pending.append(current)
        current = tree.child(current, .left)
      }
      push(current, nesting: item.nesting, item)
      guard let node = pending.popLast() else { return }
      result.decisionPoints += 1
      if tree[node].detail != last { increment(item, grows: false) }
      last = tree[node].detail
      current = tree.child(node, .right)
      guard current.exists else { return }
    }
  }

  private mutating func enterFunction(_ item: Item) {
    var inner = item
    inner.depth += 1
    inner.nesting = item.depth == 0 ? 0 : item.nesting + 1
    if item.depth <= 1 {
      let isOutermost = item.depth == 0
      inner.function = functions.count
      functions.append(
        Function(
          outermost: isOutermost ? functions.count : item.function, start: tree[item.node].start,
          base: isOutermost ? 0 : item.nesting + 1, isOutermost: isOutermost))
      inner.nesting = 0
    }
    tree.forEachChild(of: item.node) { push($0, nesting: inner.nesting, inner) }
  }

  private mutating func finish() {
    var nested: [Int: Int] = [:]
    for function in functions where !function.isOutermost {
      nested[function.outermost, default: 0] += function.flat + function.structural * function.base
    }
    for (index, function) in functions.enumerated() {
      if function.isOutermost {
        result.functions.append(function.flat + (function.structural > 0 ? nested[index] ?? 0 : 0))
      } else if functions[function.outermost].structural == 0 {
        result.functions.append(function.flat)
      }
    }
  }
}
