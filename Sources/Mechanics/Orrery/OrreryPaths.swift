import JavaScriptSyntax
import Program

/// Whether a handler can really lead to a place in the code: past early exits that contradict it, and with the arguments it hands on.
struct Paths {
  private let orrery: Orrery
  private var program: ProgramModel { orrery.program }

  init(_ orrery: Orrery) { self.orrery = orrery }

  /// Whether running a function can get to a node.
  func leads(from function: Code, to goal: Code) -> Bool {
    var visits: Set<Code> = []
    return leads(function, [:], goal, &visits, depth: 0)
  }

  /// Whether running a function can get to a node when some of its parameters are known to be something or nothing.
  func leads(through function: Code, _ given: [BindingID: Bool], to goal: Code) -> Bool {
    var visits: Set<Code> = []
    return leads(function, given, goal, &visits, depth: 0)
  }

  /// - Parameter given: What is known of parameters: whether each is something or nothing.
  private func leads(_ function: Code, _ given: [BindingID: Bool], _ goal: Code, _ visits: inout Set<Code>, depth: Int)
    -> Bool
  {
    guard depth < 12 else { return true }
    if goal.region == function { return isOpen(goal, in: function, given) }
    guard program.functionsReached(from: function).contains(goal.region) else { return false }
    var calls: [Code] = []
    function.forEachInRegion { node in
      if [.callExpression, .newExpression, .assignmentExpression, .memberExpression].contains(node.kind) {
        calls.append(node)
      }
    }
    for call in calls {
      let callees = program.callees(of: call)
      guard !callees.isEmpty, isOpen(call, in: function, given) else { continue }
      for callee in callees where callee != function && program.functionsReached(from: callee).contains(goal.region) {
        let known = arguments(call, callee, given)
        if known.isEmpty, !visits.insert(callee).inserted { continue }
        if leads(callee, known, goal, &visits, depth: depth + 1) { return true }
      }
    }
    return false
  }

  /// What a call's arguments tell of the parameters.
  private func arguments(_ call: Code, _ callee: Code, _ given: [BindingID: Bool]) -> [BindingID: Bool] {
    var result: [BindingID: Bool] = [:]
    guard call.kind == .callExpression || call.kind == .newExpression else { return result }
    let arguments = call.list(.arguments)
    for (position, parameter) in callee.list(.params).enumerated() {
      guard let binding = program.binding(of: parameter) else { continue }
      if arguments.indices.contains(position) {
        if let truth = truth(arguments[position], given) { result[binding.id] = truth }
      } else if call.kind == .callExpression, parameter.kind == .identifier, arguments.count < 3,
        !isMethodCallback(call, callee)
      {
        result[binding.id] = false
      }
    }
    return result
  }

  private func isMethodCallback(_ call: Code, _ callee: Code) -> Bool {
    call.list(.arguments).contains { program.functions(of: $0).contains(callee) }
  }

  private func truth(_ code: Code, _ given: [BindingID: Bool]) -> Bool? {
    let code = code.unwrapped
    if let binding = program.binding(of: code), let known = given[binding.id] { return known }
    if let known = program.constant(of: code).truth { return known }
    // Inside `b ? go(b) : panel(null)` the branch itself says what `b` is.
    for ancestor in code.ancestors.prefix(6) {
      guard ancestor.kind == .conditionalExpression || ancestor.kind == .ifStatement, let test = ancestor[.test],
        let consequent = ancestor[.consequent],
        consequent.contains(code)
      else { continue }
      if test.unwrapped.text == code.text { return true }
    }
    let objects = program.objects(of: code)
    if code.kind == .identifier, let binding = program.binding(of: code),
      orrery.bodyBindings.contains(binding.id) || isVisited(binding.id)
    {
      return true
    }
    return code.kind != .identifier && !objects.isEmpty && objects.allSatisfy { orrery.bodies.contains($0) }
      && code.kind == .memberExpression ? true : nil
  }

  private func isVisited(_ binding: BindingID) -> Bool {
    orrery.groups.contains { $0.rows.values.contains { $0[binding] != nil } }
  }

  // MARK: Conditions

  private struct Condition {
    var text: String
    var holds: Bool
    var code: Code
  }

  /// Whether no condition around a node contradicts what is known, or another.
  private func isOpen(_ node: Code, in function: Code, _ given: [BindingID: Bool]) -> Bool {
    var conditions: [Condition] = []
    var current = node
    while current != function, let parent = current.parent {
      switch parent.kind {
      case .ifStatement, .conditionalExpression:
        if let test = parent[.test], test != current { conditions += parts(test, parent[.consequent] == current) }
      case .logicalExpression:
        if parent[.right] == current, let left = parent[.left], parent.detail != .nullish {
          conditions += parts(left, parent.detail == .and)
        }
      case .blockStatement, .program:
        for statement in parent.list(.body) {
          if statement == current { break }
          if statement.kind == .ifStatement, let test = statement[.test], let branch = statement[.consequent],
            leaves(branch)
          {
            conditions += parts(test, false)
          }
        }
      default: break
      }
      current = parent
    }
    for (index, condition) in conditions.enumerated() {
      if let known = truth(condition.code, given), known != condition.holds { return false }
      for other in conditions[..<index] where other.text == condition.text && other.holds != condition.holds {
        if !isChanged(condition.code, in: function) { return false }
      }
    }
    return true
  }

  /// What has to hold for a test to come out one way, negations taken off, conjunctions taken apart.
  private func parts(_ test: Code, _ holds: Bool) -> [Condition] {
    let test = test.unwrapped
    if test.kind == .unaryExpression, test.detail == .not, let inner = test[.argument] { return parts(inner, !holds) }
    if test.kind == .logicalExpression, let left = test[.left], let right = test[.right],
      test.detail == .and && holds || test.detail == .or && !holds
    {
      return parts(left, holds) + parts(right, holds)
    }
    if test.kind == .binaryExpression, let left = test[.left], let right = test[.right],
      program.constant(of: right) == .null || right.text == "undefined"
    {
      switch test.detail {
      case .equal, .strictEqual: return parts(left, !holds)
      case .notEqual, .strictNotEqual: return parts(left, holds)
      default: break
      }
    }
    return [Condition(text: test.text, holds: holds, code: test)]
  }

  private func leaves(_ branch: Code) -> Bool {
    [.returnStatement, .throwStatement, .continueStatement, .breakStatement].contains(branch.kind)
      || branch.kind == .blockStatement
        && (branch.list(.body).last.map {
          [.returnStatement, .throwStatement, .continueStatement, .breakStatement].contains($0.kind)
        } ?? false)
  }

  /// Whether something in a function writes what a test reads.
  private func isChanged(_ test: Code, in function: Code) -> Bool {
    let places = program.directDependencies(of: test)
    return program.writes(in: function).contains { write in
      write.kind != .parameter && !Set(program.locations(of: write.target)).isDisjoint(with: places)
    }
  }
}
