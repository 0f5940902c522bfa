import JavaScriptSyntax
import Program

extension Tracer {
  // MARK: Conditions

  func pushGuard(_ test: Code, _ value: Value, isNegated: Bool = false, _ kind: Guard.Kind = .branch) {
    guards.append(
      Guard(parent: guardID, test: test.index, isNegated: isNegated, value: value, kind: kind, frame: current))
    guardID = guards.count - 1
  }

  /// Remembers what a part of a condition depends on.
  func noteTest(_ code: Code, _ value: Value) {
    if isFinal { testValues[code.unwrapped.index, default: Value()].depend(on: value) }
  }

  /// Whether a condition is known to hold or not to hold.
  func truth(_ test: Code, _ value: Value) -> Bool? {
    if let known = facts.truth(of: test) { return known }
    if isFinal, neverHolds(test, value) { return false }
    if facts.isContradiction(test) { return false }
    if value.origin.contains(.holds) { return true }
    if value.origin.contains(.fails) { return false }
    return nil
  }

  /// Whether a comparison is with something that is certainly undefined.
  private func neverHolds(_ test: Code, _ value: Value) -> Bool {
    let test = test.unwrapped
    switch test.kind {
    case .binaryExpression:
      guard [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(test.detail) else { return false }
      return undefinedOperands.contains(test.index)
    case .logicalExpression:
      guard let left = test[.left], let right = test[.right] else { return false }
      return test.detail == .and
        ? neverHolds(left, value) || neverHolds(right, value)
        : test.detail == .or && neverHolds(left, value) && neverHolds(right, value)
    default: return false
    }
  }

  /// Runs code under a condition, with what the condition tells about members.
  func under<Result>(
    _ test: Code, _ value: Value, isNegated: Bool = false, _ kind: Guard.Kind = .branch, _ body: () -> Result
  ) -> Result {
    let saved = (guardID, refinements)
    pushGuard(test, value, isNegated: isNegated, kind)
    refine(by: test, isNegated: isNegated)
    let result = body()
    (guardID, refinements) = saved
    return result
  }

  // MARK: Statements

  func run(statements: [Code]) {
    let saved = (guardID, refinements)
    for statement in statements {
      run(statement)
      guard let early = earlyExit(statement) else {
        if facts.isAbrupt(statement) { break }
        continue
      }
      let value = conditionValues[statement.index] ?? .none
      if truth(early.test, value) == early.isNegated { break }
      pushGuard(early.test, value, isNegated: early.isNegated, .early)
      refine(by: early.test, isNegated: early.isNegated)
    }
    (guardID, refinements) = saved
  }

  /// For a statement that leaves the block when its condition holds: what holds after it.
  private func earlyExit(_ statement: Code) -> (test: Code, isNegated: Bool)? {
    guard statement.kind == .ifStatement, let test = statement[.test] else { return nil }
    let consequent = statement[.consequent].map { facts.isAbrupt($0) } ?? false
    let alternate = statement[.alternate].map { facts.isAbrupt($0) } ?? false
    if consequent, !alternate { return (test, true) }
    if alternate, !consequent { return (test, false) }
    return nil
  }

  func run(_ statement: Code) {
    steps += 1
    guard steps < Self.maximumSteps, statementNesting < 1_000 else {
      isComplete = isComplete && statementNesting < 1_000
      return
    }
    statementNesting += 1
    defer { statementNesting -= 1 }
    switch statement.kind {
    case .expressionStatement: if let expression = statement[.expression] { _ = evaluate(expression) }
    case .variableDeclaration: runDeclaration(statement)
    case .blockStatement:
      hoist(statement)
      run(statements: statement.list(.body))
    case .ifStatement: runIf(statement)
    case .forStatement, .whileStatement, .doWhileStatement: runLoop(statement)
    case .forOfStatement, .forInStatement: runForEach(statement)
    case .returnStatement: runReturn(statement)
    case .switchStatement: runSwitch(statement)
    case .tryStatement:
      if let block = statement[.block] { run(block) }
      if let body = statement[.handler]?[.body] { run(body) }
      if let finalizer = statement[.finalizer] { run(finalizer) }
    case .labeledStatement: if let body = statement[.body] { run(body) }
    case .throwStatement: if let argument = statement[.argument] { _ = evaluate(argument) }
    case .classDeclaration:
      let value = classValue(statement)
      if let id = statement[.id] { declareValue(id, value) }
    case .exportNamedDeclaration: if let declaration = statement[.declaration] { run(declaration) }
    case .exportDefaultDeclaration: runDefaultExport(statement)
    default: break
    }
  }

  private func runDefaultExport(_ statement: Code) {
    guard let declaration = statement[.declaration], declaration.kind != .functionDeclaration else { return }
    let value: Value
    if declaration.kind == .classDeclaration {
      value = classValue(declaration)
      if let id = declaration[.id] { declareValue(id, value) }
    } else {
      value = evaluate(declaration)
    }
    bindDefaultExport(statement, value)
  }

  private func runDeclaration(_ statement: Code) {
    for declarator in statement.list(.declarations) {
      guard let id = declarator[.id] else { continue }
      if let initial = declarator[.`init`] {
        assign(pattern: id, evaluate(initial), isDeclaration: true, site: declarator)
      } else if id.kind == .identifier {
        declareValue(id, .none)
      }
    }
  }

  private func runIf(_ statement: Code) {
    guard let test = statement[.test] else { return }
    let value = evaluate(test)
    noteTest(test, value)
    conditionValues[statement.index] = value
    let known = truth(test, value)
    if known != false, let consequent = statement[.consequent] { under(test, value) { run(consequent) } }
    if known != true, let alternate = statement[.alternate] { under(test, value, isNegated: true) { run(alternate) } }
  }

  private func runLoop(_ statement: Code) {
    if let first = statement[.`init`] {
      if first.kind == .variableDeclaration { run(first) } else { _ = evaluate(first) }
    }
    var value = Value.none
    if let test = statement[.test] { value = evaluate(test) }
    if let test = statement[.test], truth(test, value) == false, statement.kind != .doWhileStatement { return }
    let saved = (guardID, refinements)
    if let test = statement[.test] {
      pushGuard(test, value, .loop)
    }
    if let body = statement[.body] { run(body) }
    if let update = statement[.update] { _ = evaluate(update) }
    (guardID, refinements) = saved
  }

  private func runForEach(_ statement: Code) {
    guard let left = statement[.left], let right = statement[.right], let body = statement[.body] else { return }
    let iterated = evaluate(right)
    let saved = (guardID, refinements)
    pushGuard(right, Value(things: iterated.things), .loop)
    var turns = constantTurns(of: iterated, statement)
    if turns.isEmpty, statement.kind == .forOfStatement { turns = byKind(elements(of: iterated)) }
    if turns.count > 1 {
      for (index, value) in turns.enumerated() {
        let outer = current
        let turn = turnFrame(of: statement, index: index)
        current = turn.id
        for binding in facts.bindings(inside: statement) where turn.locals[binding] == nil {
          turn.locals[binding] = Value()
        }
        bindLoopVariable(left, value)
        run(body)
        current = outer
      }
    } else {
      let value = turns.first ?? (statement.kind == .forInStatement ? keys(of: iterated) : elements(of: iterated))
      bindLoopVariable(left, value)
      run(body)
    }
    (guardID, refinements) = saved
  }

  private func bindLoopVariable(_ left: Code, _ value: Value) {
    if left.kind == .variableDeclaration {
      if let id = left.list(.declarations).first?[.id] { assign(pattern: id, value, isDeclaration: true) }
    } else {
      assign(pattern: left, value, isDeclaration: false)
    }
  }

  /// The values that a loop over a few constants or named lists goes through one by one.
  private func constantTurns(of value: Value, _ statement: Code) -> [Value] {
    guard value.things.count == 1, let thing = value.things.first, thing.tag == .node else { return [] }
    let node = nodes[find(thing.id)]
    if statement.kind == .forInStatement {
      guard node.kind == .record, !node.isOpen, (1...12).contains(node.fields.count) else { return [] }
      return node.fields.keys.sorted().map { Value(things: [.string($0)]) }
    }
    guard node.kind == .list, node.literalCount > 0, node.literalCount <= 12 else { return [] }
    let values = (0..<node.literalCount).compactMap { node.fields[intern(String($0))] }
    guard values.count == node.literalCount, values.allSatisfy({ isTurnValue($0) }) else { return [] }
    return values
  }

  private func isTurnValue(_ value: Value) -> Bool {
    guard value.things.count == 1, let thing = value.things.first else { return false }
    if thing.tag == .string { return true }
    guard thing.tag == .node else { return false }
    let kind = nodes[find(thing.id)].kind
    return kind == .list || kind == .function || kind == .record || kind == .klass
  }

  private func runReturn(_ statement: Code) {
    guard let argument = statement[.argument] else { return }
    var value = evaluate(argument)
    if isFinal { returns[ownerFrame(of: current).id, default: []].append((guardID, argument.index)) }
    if value.deps.isEmpty || !value.things.isEmpty { value.depend(on: control()) }
    addResult(value)
  }

  private func runSwitch(_ statement: Code) {
    guard let discriminant = statement[.discriminant] else { return }
    let value = evaluate(discriminant)
    let cases = statement.list(.cases)
    var pendingTests: [Code] = []
    for item in cases {
      if let test = item[.test] { pendingTests.append(test) }
      let body = item.list(.consequent)
      if body.isEmpty { continue }
      let saved = (guardID, refinements)
      var guarded = value
      for test in pendingTests { guarded.depend(on: evaluate(test)) }
      pushGuard(pendingTests.first ?? discriminant, guarded, .branch)
      if let test = pendingTests.first, pendingTests.count == 1 { refine(discriminant, equals: test) }
      run(statements: body)
      (guardID, refinements) = saved
      if body.contains(where: { facts.isAbrupt($0) }) { pendingTests = [] }
    }
  }

  // MARK: What conditions tell

  /// Learns from a condition such as `e.type === 'enemy'` or `e instanceof Enemy` which members are meant.
  func refine(by test: Code, isNegated: Bool) {
    let test = test.unwrapped
    switch test.kind {
    case .logicalExpression where test.detail == .and && !isNegated,
      .logicalExpression where test.detail == .or && isNegated:
      if let left = test[.left] { refine(by: left, isNegated: isNegated) }
      if let right = test[.right] { refine(by: right, isNegated: isNegated) }
    case .unaryExpression where test.detail == .not:
      if let argument = test[.argument] { refine(by: argument, isNegated: !isNegated) }
    case .binaryExpression:
      guard let left = test[.left], let right = test[.right] else { return }
      let equal = test.detail == .strictEqual || test.detail == .equal
      let unequal = test.detail == .strictNotEqual || test.detail == .notEqual
      if equal && !isNegated || unequal && isNegated {
        refine(left, equals: right)
        refine(right, equals: left)
      } else if equal || unequal {
        exclude(left, equals: right)
        exclude(right, equals: left)
      } else if test.detail == .instanceof {
        refine(left, instanceOf: right, isNegated: isNegated)
      }
      refineMembership(test, left, right, isNegated: isNegated)
    case .callExpression: narrowByMembership(test, isNegated: isNegated)
    default: break
    }
  }

  func refine(_ member: Code, equals text: Code) {
    let member = member.unwrapped
    guard member.kind == .memberExpression, let object = member[.object] else { return }
    guard let name = propertyNames(of: member).first, let symbol = certainSymbol(evaluate(text)) else { return }
    narrow(object) { isKind($0, name, symbol) ?? true }
    let wanted = evaluate(text).things.filter { $0.tag == .string }
    guard wanted.count == 1, let string = wanted.first else { return }
    for thing in evaluate(object).things where thing.tag == .member && thing.variant < 0 {
      guard let variant = variant(of: thing.id, field: name, string: string.id) else { continue }
      refinements[thing] = .member(thing.id, variant)
    }
  }

  /// Learns from a condition that a member is not of some kind.
  private func exclude(_ member: Code, equals text: Code) {
    let member = member.unwrapped
    guard member.kind == .memberExpression, let object = member[.object], let name = propertyNames(of: member).first,
      let symbol = certainSymbol(evaluate(text))
    else { return }
    narrow(object) { isKind($0, name, symbol) != true }
  }

  /// `kinds.indexOf(a.kind) >= 0` and its like.
  private func refineMembership(_ test: Code, _ left: Code, _ right: Code, isNegated: Bool) {
    guard left.unwrapped.kind == .callExpression, let bound = facts.number(right), bound == 0 || bound == -1 else {
      return
    }
    switch test.detail {
    case .greater where bound == -1, .greaterOrEqual where bound == 0, .notEqual where bound == -1,
      .strictNotEqual where bound == -1:
      narrowByMembership(left, isNegated: isNegated)
    case .less where bound == 0, .equal where bound == -1, .strictEqual where bound == -1:
      narrowByMembership(left, isNegated: !isNegated)
    default: break
    }
  }

  private func refine(_ object: Code, instanceOf type: Code, isNegated: Bool) {
    let classes = evaluate(type).things.filter { $0.tag == .node && nodes[find($0.id)].kind == .klass }
    guard let wanted = classes.first, classes.count == 1 else { return }
    narrow(object) { thing in
      guard variantKeys.indices.contains(thing.variant), case .klass(let own) = variantKeys[thing.variant] else {
        return true
      }
      return inherits(find(own), find(wanted.id)) != isNegated
    }
    guard !isNegated else { return }
    for thing in evaluate(object).things where thing.tag == .member && thing.variant < 0 {
      guard classesOfMembers(of: thing.id).count > 1 else { continue }
      refinements[thing] = .member(thing.id, variantNumber(.klass(find(wanted.id))))
    }
  }
}
