import JavaScriptSyntax

extension Stage {
  /// Declares what a list of statements declares before any of them runs: functions.
  func hoist(_ statements: [Code], _ scope: StageScope) {
    for statement in statements {
      var declared = statement
      if statement.kind == .exportNamedDeclaration || statement.kind == .exportDefaultDeclaration,
        let inner = statement[.declaration]
      {
        declared = inner
      }
      guard declared.kind == .functionDeclaration, let id = declared[.id] else { continue }
      scope.table[id.name] = .object(function(declared, scope))
    }
  }

  func run(_ statements: [Code], _ scope: StageScope) throws -> StageFlow {
    for statement in statements {
      let flow = try run(statement, scope)
      if !flow.isNormal { return flow }
    }
    return .normal
  }

  func run(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    try step()
    depth += 1
    defer { depth -= 1 }
    guard depth < Stage.maximumDepth else { throw StageStop.cut }
    switch code.kind {
    case .expressionStatement:
      if let expression = code[.expression] { _ = try evaluate(expression, scope) }
      return .normal
    case .variableDeclaration:
      try declare(code, scope)
      return .normal
    case .returnStatement: return .returns(try code[.argument].map { try evaluate($0, scope) } ?? .undefined)
    case .ifStatement: return try runIf(code, scope)
    case .blockStatement, .staticBlock: return try runBlock(code.list(.body), scope)
    case .forStatement: return try runFor(code, scope)
    case .forOfStatement, .forInStatement: return try runForOf(code, scope)
    case .whileStatement, .doWhileStatement: return try runWhile(code, scope)
    case .breakStatement: return .breaks(code[.label]?.name)
    case .continueStatement: return .continues(code[.label]?.name)
    case .throwStatement:
      let value = try code[.argument].map { try evaluate($0, scope) } ?? .undefined
      place = code
      throw StageStop.thrown(value)
    case .tryStatement: return try runTry(code, scope)
    case .switchStatement: return try runSwitch(code, scope)
    case .labeledStatement: return try runLabeled(code, scope)
    case .classDeclaration:
      let made = try makeClass(code, scope)
      if let id = code[.id] { scope.table[id.name] = made }
      return .normal
    case .exportNamedDeclaration, .exportDefaultDeclaration: return try runExport(code, scope)
    case .tsEnumDeclaration:
      try declareEnumeration(code, scope)
      return .normal
    default: return .normal
    }
  }

  private func declare(_ code: Code, _ scope: StageScope) throws {
    for declarator in code.list(.declarations) {
      guard let id = declarator[.id] else { continue }
      if let initial = declarator[.`init`] {
        let value = try evaluate(initial, scope)
        nameFunction(value, id.name)
        try bind(id, value, code.detail == .var ? scope.functionScope : scope, scope)
      } else if code.detail == .var {
        let holder = scope.functionScope
        if id.kind == .identifier, holder.table[id.name] == nil { holder.table[id.name] = .undefined }
      } else if id.kind == .identifier {
        scope.table[id.name] = .undefined
      }
    }
  }

  private func nameFunction(_ value: StageValue, _ name: String) {
    if case .object(let object) = value, object.kind == .function, object.text.isEmpty { object.text = name }
  }

  private func declareEnumeration(_ code: Code, _ scope: StageScope) throws {
    let made = record()
    var next = 0.0
    for member in code.list(.members) {
      guard let id = member[.id] else { continue }
      let name = id.kind == .literal ? id.unit.tree.stringLiteral(id.node) ?? "" : id.name
      var value = StageValue.number(next)
      if let initial = member[.initializer] { value = try evaluate(initial, scope) }
      if case .number(let number) = value { next = number + 1 }
      made[name] = value
    }
    if let id = code[.id] { scope.table[id.name] = .object(made) }
  }

  func runBlock(_ statements: [Code], _ scope: StageScope) throws -> StageFlow {
    let needsScope = statements.contains {
      $0.kind == .variableDeclaration && $0.detail != .var || $0.kind == .functionDeclaration
        || $0.kind == .classDeclaration
    }
    let inner = needsScope ? makeScope(scope) : scope
    if needsScope { hoist(statements, inner) }
    return try run(statements, inner)
  }

  private func runIf(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    let test = try code[.test].map { try evaluate($0, scope) } ?? .unknown
    if let truth = test.truth {
      guard let branch = truth ? code[.consequent] : code[.alternate] else { return .normal }
      return try run(branch, scope)
    }
    // Either way is possible: both are gone, and what only ends early does not end the rest.
    var flows: [StageFlow] = []
    for branch in [code[.consequent], code[.alternate]] {
      guard let branch else {
        flows.append(.normal)
        continue
      }
      do { flows.append(try run(branch, scope)) } catch StageStop.thrown { continue }
    }
    if flows.count == 2, !flows[0].isNormal, !flows[1].isNormal { return flows[0] }
    return flows.isEmpty ? .normal : flows.allSatisfy { !$0.isNormal } ? flows[0] : .normal
  }

  private func matches(_ label: String?, _ labels: [String]) -> Bool { label.map { labels.contains($0) } ?? true }

  private func runLabeled(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    guard let body = code[.body], let label = code[.label]?.name else { return .normal }
    labels.append(label)
    let flow = try run(body, scope)
    if case .breaks(let target) = flow, target == label { return .normal }
    return flow
  }

  private var labels: [String] {
    get { context.labels }
    set { context.labels = newValue }
  }

  /// What a loop makes of how its body ended: `nil` to go on.
  private func after(_ flow: StageFlow, _ own: [String]) -> StageFlow? {
    switch flow {
    case .normal: return nil
    case .breaks(let label): return label == nil ? .normal : flow
    case .continues(let label): return matches(label, own) ? nil : flow
    case .returns: return flow
    }
  }

  private func takeLabels() -> [String] {
    defer { labels = [] }
    return labels
  }

  private func runFor(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    let own = takeLabels()
    let outer = makeScope(scope)
    if let initial = code[.`init`] {
      if initial.kind == .variableDeclaration { _ = try run(initial, outer) } else { _ = try evaluate(initial, outer) }
    }
    var turns = 0
    let start = steps
    // A loop that takes very many steps is left before its end: what it builds is known by then, what it computes is not.
    while turns < 5_000, start - steps < Stage.loopBudget {
      turns += 1
      var isSure = true
      if let test = code[.test] {
        guard let truth = try evaluate(test, outer).truth else {
          isSure = false
          if turns > 3 { return .normal }
          if let flow = try turn(code, outer, own) { return flow }
          continue
        }
        if !truth { return .normal }
      }
      if let flow = try turn(code, outer, own) { return isSure ? flow : .normal }
    }
    return .normal
  }

  private func turn(_ code: Code, _ outer: StageScope, _ own: [String]) throws -> StageFlow? {
    let inner = makeScope(outer)
    // Each turn has variables of its own, which closures keep.
    for (name, value) in outer.table { inner.table[name] = value }
    if let body = code[.body] {
      let flow = try run(body, inner)
      if let end = after(flow, own) { return end }
    }
    for name in outer.table.keys { outer.table[name] = inner.table[name] }
    if let update = code[.update] { _ = try evaluate(update, outer) }
    return nil
  }

  private func runForOf(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    let own = takeLabels()
    guard let left = code[.left], let right = code[.right], let body = code[.body] else { return .normal }
    let subject = try evaluate(right, scope)
    let items: [StageValue]
    if code.kind == .forOfStatement {
      items = try list(subject) ?? [.unknown]
    } else {
      items = subject.isUnknown ? [.unknown] : keys(of: subject).map { .string($0) }
    }
    let start = steps
    for item in items {
      if start - steps > Stage.loopBudget * 2 { break }
      let inner = makeScope(scope)
      if left.kind == .variableDeclaration, let id = left.list(.declarations).first?[.id] {
        try bind(id, item, left.detail == .var ? scope.functionScope : inner, inner)
      } else {
        try assign(left, item, inner)
      }
      if let end = after(try run(body, inner), own) { return end }
    }
    return .normal
  }

  private func runWhile(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    let own = takeLabels()
    guard let test = code[.test], let body = code[.body] else { return .normal }
    var turns = 0
    let start = steps
    while turns < 5_000, start - steps < Stage.loopBudget {
      turns += 1
      if code.kind == .whileStatement || turns > 1 {
        guard let truth = try evaluate(test, scope).truth else {
          if turns > 2 { return .normal }
          if let end = after(try run(body, scope), own) { return end }
          return .normal
        }
        if !truth { return .normal }
      }
      if let end = after(try run(body, scope), own) { return end }
    }
    return .normal
  }

  private func runTry(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    var flow = StageFlow.normal
    var pending: StageStop?
    do {
      if let block = code[.block] { flow = try run(block, scope) }
    } catch StageStop.thrown(let value) {
      if let handler = code[.handler] {
        let inner = makeScope(scope)
        do {
          if let parameter = handler[.param] { try bind(parameter, value, inner, inner) }
          if let body = handler[.body] { flow = try run(body, inner) }
        } catch let stop as StageStop { pending = stop }
      } else {
        pending = .thrown(value)
      }
    }
    if let last = code[.finalizer] {
      let end = try run(last, scope)
      if !end.isNormal { return end }
    }
    if let pending { throw pending }
    return flow
  }

  private func runSwitch(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    let subject = try code[.discriminant].map { try evaluate($0, scope) } ?? .undefined
    let cases = code.list(.cases)
    let inner = makeScope(scope)
    var start: Int?
    var isOpen = subject.isUnknown
    for (index, entry) in cases.enumerated() {
      guard let test = entry[.test] else { continue }
      guard let same = areStrictlyEqual(subject, try evaluate(test, inner)) else {
        isOpen = true
        continue
      }
      if same {
        start = index
        break
      }
    }
    if start == nil { start = cases.firstIndex { $0[.test] == nil } }
    if isOpen {
      for entry in cases { _ = try run(entry.list(.consequent), inner) }
      return .normal
    }
    guard let start else { return .normal }
    for entry in cases[start...] {
      let flow = try run(entry.list(.consequent), inner)
      if case .breaks(nil) = flow { return .normal }
      if !flow.isNormal { return flow }
    }
    return .normal
  }

  // MARK: Patterns

  /// Gives the names of a pattern their values.
  func bind(_ pattern: Code, _ value: StageValue, _ target: StageScope, _ scope: StageScope) throws {
    try step()
    switch pattern.kind {
    case .identifier: target.table[pattern.name] = value
    case .assignmentPattern:
      guard let left = pattern[.left] else { return }
      var given = value
      if value.isUndefined, let right = pattern[.right] {
        given = try evaluate(right, scope)
        nameFunction(given, left.name)
      }
      try bind(left, given, target, scope)
    case .objectPattern: try bindObject(pattern, value, target, scope)
    case .arrayPattern:
      if value.isNullish { throw failure("it is not iterable") }
      let items = try list(value)
      for (index, element) in pattern.unit.tree.list(pattern.node, .elements).enumerated() {
        guard let element = pattern.wrap(element) else { continue }
        if element.kind == .restElement, let inner = element[.argument] {
          try bind(inner, items.map { array(Array($0.dropFirst(index))) } ?? .unknown, target, scope)
        } else {
          let item = items.map { index < $0.count ? $0[index] : .undefined } ?? .unknown
          try bind(element, item, target, scope)
        }
      }
    case .restElement: if let inner = pattern[.argument] { try bind(inner, value, target, scope) }
    case .tsParameterProperty: if let inner = pattern[.parameter] { try bind(inner, value, target, scope) }
    default: try assign(pattern, value, scope)
    }
  }

  private func bindObject(_ pattern: Code, _ value: StageValue, _ target: StageScope, _ scope: StageScope) throws {
    if value.isNullish { throw failure("cannot take properties out of nothing") }
    var taken: [String] = []
    for property in pattern.list(.properties) {
      if property.kind == .restElement {
        guard let inner = property[.argument] else { continue }
        let rest = record()
        if let object = value.object {
          for name in object.names where !taken.contains(name) { rest[name] = object[name] }
          rest.isOpen = object.isOpen
        }
        try bind(inner, value.isUnknown ? .unknown : .object(rest), target, scope)
        continue
      }
      guard let name = try key(of: property, scope), let inner = property[.value] ?? property[.key] else { continue }
      taken.append(name)
      try bind(inner, try member(of: value, name, at: property), target, scope)
    }
  }
}
