import JavaScriptSyntax
import Program

extension Tracer {
  func evaluate(_ code: Code) -> Value {
    steps += 1
    guard steps < Self.maximumSteps, nesting < 200 else {
      isComplete = isComplete && nesting < 200
      return .none
    }
    nesting += 1
    defer { nesting -= 1 }
    switch code.kind {
    case .identifier: return identifier(code)
    case .literal, .templateElement: return literal(code)
    case .thisExpression:
      return Value(
        things: remaining(frame.this.things.map { refinements[$0] ?? $0 }, -1), deps: frame.this.deps)
    case .functionExpression, .arrowFunctionExpression: return functionValue(code)
    case .classExpression: return classValue(code)
    case .memberExpression: return member(code)
    case .callExpression: return callExpression(code)
    case .newExpression: return newExpression(code)
    case .assignmentExpression: return assignment(code)
    case .updateExpression: return update(code)
    case .binaryExpression: return binary(code)
    case .logicalExpression: return logical(code)
    case .unaryExpression: return unary(code)
    case .conditionalExpression: return conditional(code)
    case .arrayExpression: return arrayLiteral(code)
    case .objectExpression: return objectLiteral(code)
    case .templateLiteral: return template(code)
    case .sequenceExpression:
      var result = Value()
      for expression in code.list(.expressions) { result = evaluate(expression) }
      return result
    case .spreadElement: return code[.argument].map { elements(of: evaluate($0)) } ?? .none
    case .taggedTemplateExpression:
      if let quasi = code[.quasi] { _ = evaluate(quasi) }
      return code[.tag].map { evaluate($0) } ?? .none
    case .yieldExpression, .importExpression: return code[.argument].map { evaluate($0) } ?? .none
    case .jsxElement, .jsxFragment: return jsx(code)
    case .functionDeclaration: return functionValue(code)
    default:
      let inner = code.unwrapped
      return inner == code ? .none : evaluate(inner)
    }
  }

  // MARK: Leaves

  private func literal(_ code: Code) -> Value {
    switch code.detail {
    case .string: return Value(things: facts.string(code).map { [.string(intern($0))] } ?? [], origin: .constant)
    case .number: return Value(origin: .constant, number: facts.number(code))
    case .null: return Value(origin: [.constant, .null])
    default: return Value(origin: .constant)
    }
  }

  private func identifier(_ code: Code) -> Value {
    guard let binding = facts.binding(of: code) else { return .none }
    if code.name == "undefined" { return Value(origin: [.null, .constant]) }
    guard let holder = holder(of: binding, from: current) else { return global(code, binding) }
    guard let stored = holder.locals[binding], !stored.isBare else {
      if isFinal, facts.startsUndefined(binding), !assigned.contains(binding) {
        return Value(
          deps: stateBindings.contains(binding) ? [place(.binding(binding), [])] : [], origin: [.undefined, .fails])
      }
      return facts.library(of: binding).map { .node(hostNode($0)) } ?? stateValue(binding, .none)
    }
    return stateValue(binding, stored)
  }

  private func stateValue(_ binding: Int, _ stored: Value) -> Value {
    var result = Value()
    let isState = stateBindings.contains(binding)
    for thing in stored.things {
      let thing = refinements[thing] ?? thing
      guard isState, thing.tag == .node, nodes[find(thing.id)].kind == .record,
        let list = memberList(of: find(thing.id))
      else {
        result.things.append(thing)
        continue
      }
      result.things.append(.member(list, memberVariant(find(thing.id), in: list)))
    }
    result.things = remaining(Array(Set(canonical(result.things))).sorted(), binding)
    result.number = stored.number
    guard isState else {
      result.deps = stored.deps
      result.origin = stored.origin.subtracting([.fresh, .filtered])
      return result
    }
    let place = place(.binding(binding), [])
    result.deps = [place]
    result.origin = (placeOrigins[place] ?? []).union(stored.origin.intersection(.null))
    return result
  }

  private func global(_ code: Code, _ binding: Int) -> Value {
    if let library = facts.library(of: binding) { return .node(hostNode(library)) }
    return hostGlobal(code.name)
  }

  private func template(_ code: Code) -> Value {
    let expressions = code.list(.expressions)
    let quasis = code.list(.quasis)
    if expressions.isEmpty, let text = facts.string(code) {
      return Value(things: [.string(intern(text))], origin: .constant)
    }
    var result = Value()
    var text = ""
    var isKnown = true
    for (index, quasi) in quasis.enumerated() {
      text += facts.templateText(quasi)
      guard index < expressions.count else { continue }
      let value = evaluate(expressions[index])
      result.depend(on: value)
      let strings = value.things.filter { $0.tag == .string }
      if strings.count == 1, value.things.count == 1 { text += symbolNames[strings[0].id] } else { isKnown = false }
      displayed(value)
    }
    if isKnown { result.things = [.string(intern(text))] }
    return result
  }

  /// Keeps what stands for a number in a text: the number of a list's members when a list is meant.
  private func displayed(_ value: Value) {}

  // MARK: Members

  /// The names that a member expression may mean; empty when any is possible.
  func propertyNames(of code: Code) -> [Int] {
    guard let property = code[.property] else { return [] }
    if !code.flags.contains(.computed) {
      return [intern(property.kind == .privateIdentifier ? "#" + property.name : property.name)]
    }
    if property.kind == .literal {
      if let text = facts.string(property) { return [intern(text)] }
      return facts.number(property).flatMap { wholeNumber($0) }.map { [intern($0)] } ?? []
    }
    return evaluate(property).things.filter { $0.tag == .string }.map { string in
      kindNumber(string.id).flatMap { wholeNumber($0) }.map { intern($0) } ?? string.id
    }
  }

  /// A number as a property's name, when it is whole and not huge.
  func wholeNumber(_ number: Double) -> String? {
    guard number == number.rounded(), abs(number) < 1e9 else { return nil }
    return String(Int(number))
  }

  private func member(_ code: Code) -> Value {
    guard let object = code[.object] else { return .none }
    if object.kind == .super { return Value(things: frame.this.things) }
    let base = evaluate(object)
    return remaining(member(code, of: base), code)
  }

  func member(_ code: Code, of base: Value) -> Value {
    guard code.flags.contains(.computed), code[.property]?.kind != .literal else {
      guard let name = propertyNames(of: code).first else { return .none }
      return read(name, of: base, site: code)
    }
    let key = code[.property].map { evaluate($0) } ?? .none
    noteKindTest(key)
    let strings = key.things.filter { $0.tag == .string }
    if !strings.isEmpty {
      var result = Value()
      for string in strings {
        let name = kindNumber(string.id).flatMap { wholeNumber($0) }.map { intern($0) } ?? string.id
        result.join(read(name, of: base, site: code))
      }
      return result
    }
    if key.origin.contains(.kind), let name = key.number.flatMap({ wholeNumber($0) }) {
      return read(intern(name), of: base, site: code)
    }
    noteIndexedLoop(over: base)
    var result = elementOrAny(of: base)
    // A number that picks an element depends on how the element was picked only for numbers.
    if result.things.isEmpty { result.depend(on: key) }
    return result
  }

  /// Notes which list a counting loop goes through, once an element is taken by the counter.
  private func noteIndexedLoop(over base: Value) {
    var next = guardID
    while next >= 0 {
      if guards[next].kind == .loop {
        for thing in base.things where isListLike(thing) {
          if !guards[next].value.things.contains(thing) {
            guards[next].value.things = Value.merge(guards[next].value.things, [thing], limit: 8)
          }
        }
        return
      }
      next = guards[next].parent
    }
  }

  /// What a property of unknown name or an element gives.
  private func elementOrAny(of base: Value) -> Value {
    var result = Value()
    for thing in base.things {
      if isListLike(thing) {
        result.join(elements(of: Value(things: [thing])))
        continue
      }
      if thing.tag == .node, nodes[find(thing.id)].kind == .record {
        let node = nodes[find(thing.id)]
        result.join(Value(things: node.content.things))
        for name in node.fields.keys.sorted().prefix(24) {
          result.join(read(name, of: Value(things: [thing]), site: facts.code(max(0, node.site))))
        }
      }
      if let place = place(star, of: thing) { result.join(Value(deps: [place])) }
      for inner in contents(of: thing) { result.join(elements(ofList: inner, variant: -1)) }
    }
    if base.things.isEmpty { result.depend(on: base) }
    return result
  }

  // MARK: Operators

  private func binary(_ code: Code) -> Value {
    guard let left = code[.left], let right = code[.right] else { return .none }
    if left.kind == .privateIdentifier { return evaluate(right) }
    let a = evaluate(left)
    let b = evaluate(right)
    if code.detail == .multiply, facts.number(left) == 0 || facts.number(right) == 0 {
      return Value(origin: .constant, number: 0)
    }
    var result = Value.combined([a, b])
    let isComparison: Bool =
      switch code.detail {
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .strictEqual, .strictNotEqual,
        .instanceof,
        .in:
        true
      default: false
      }
    if isFinal, isComparison, a.origin.contains(.undefined) || b.origin.contains(.undefined) {
      let isOrder = [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(code.detail)
      if isOrder {
        undefinedOperands.insert(code.index)
        vainComparisons.append((code.index, current, a.origin.contains(.undefined) ? b : a))
        return Value(origin: .fails)
      }
    }
    switch code.detail {
    case .remainder: result.origin.subtract(.clock)
    case .bitOr, .bitXor, .bitAnd, .shiftLeft, .shiftRight, .shiftRightUnsigned:
      result.origin.subtract([.clock, .elapsed])
      // Scrambled bits are how programs make random numbers of their own.
      if code.detail == .bitXor || code.detail == .shiftRightUnsigned { result.origin.insert(.random) }
    default: break
    }
    if code.detail == .subtract, isClock(a), isClock(b) {
      result.origin.remove(.clock)
      result.origin.insert(.elapsed)
    }
    if [.equal, .notEqual, .strictEqual, .strictNotEqual].contains(code.detail) {
      noteKindTest(a)
      noteKindTest(b)
    }
    if let x = a.number, let y = b.number { result.number = arithmetic(code.detail, x, y) }
    if code.detail == .add {
      let strings = (a.things + b.things).filter { $0.tag == .string }
      if a.things.count == 1, b.things.count == 1, strings.count == 2 {
        result.things = [.string(intern(symbolNames[a.things[0].id] + symbolNames[b.things[0].id]))]
      }
    }
    if isSquare(code) || [.add, .multiply].contains(code.detail) && a.isNonNegative && b.isNonNegative {
      result.origin.insert(.nonNegative)
    }
    if isFinal, let holds = knownOrder(code, a, b) { result.origin.insert(holds ? .holds : .fails) }
    if let equal = knownEquality(code.detail, a, b) { result.origin.insert(equal ? .holds : .fails) }
    if isComparison {
      // Comparing with a record is comparing with what it is.
      for thing in a.things + b.things {
        if let place = identityPlace(thing) {
          result.deps = Value.merge(result.deps, [place], limit: Value.maximumDeps)
        }
      }
      noteTest(code, result)
    }
    return result
  }

  /// `d * d` and `d ** 2`.
  private func isSquare(_ code: Code) -> Bool {
    guard let left = code[.left], let right = code[.right] else { return false }
    if code.detail == .multiply { return left.kind == .identifier && left.text == right.text }
    return code.detail == .exponentiate && facts.number(right) == 2
  }

  /// Whether a comparison holds or fails whatever the program does: a distance is never below zero, a remainder always
  /// below what is divided by.
  private func knownOrder(_ code: Code, _ a: Value, _ b: Value) -> Bool? {
    guard let left = code[.left]?.unwrapped, let right = code[.right]?.unwrapped else { return nil }
    if let number = facts.number(right), left.kind == .binaryExpression, left.detail == .remainder,
      let divisor = left[.right].flatMap({ facts.number($0) }), abs(number) >= abs(divisor)
    {
      switch code.detail {
      case .equal, .strictEqual: return false
      case .notEqual, .strictNotEqual: return true
      default: break
      }
    }
    if a.isNonNegative, let bound = certainNumber(right, b) {
      switch code.detail {
      case .less: return bound <= 0 ? false : nil
      case .lessOrEqual: return bound < 0 ? false : nil
      case .greater: return bound < 0 ? true : nil
      case .greaterOrEqual: return bound <= 0 ? true : nil
      default: return nil
      }
    }
    if b.isNonNegative, let bound = certainNumber(left, a) {
      switch code.detail {
      case .greater: return bound <= 0 ? false : nil
      case .greaterOrEqual: return bound < 0 ? false : nil
      default: return nil
      }
    }
    return nil
  }

  /// The number that an expression certainly gives here.
  private func certainNumber(_ code: Code, _ value: Value) -> Double? {
    if let number = facts.number(code) { return number }
    guard code.kind == .identifier, value.deps.isEmpty, value.things.isEmpty, let binding = facts.binding(of: code),
      !facts.isReassigned(binding)
    else { return nil }
    return value.number
  }

  /// Whether a comparison of two known strings holds.
  private func knownEquality(_ operation: NodeDetail, _ a: Value, _ b: Value) -> Bool? {
    if a.origin.contains(.kind) || b.origin.contains(.kind), a.deps.isEmpty, b.deps.isEmpty,
      let first = certainSymbol(a), let second = certainSymbol(b)
    {
      switch operation {
      case .equal, .strictEqual: return first == second
      case .notEqual, .strictNotEqual: return first != second
      default: return nil
      }
    }
    guard a.things.count == 1, b.things.count == 1, a.things[0].tag == .string, b.things[0].tag == .string,
      a.deps.isEmpty, b.deps.isEmpty, !a.origin.contains(.null), !b.origin.contains(.null)
    else { return nil }
    switch operation {
    case .equal, .strictEqual: return a.things[0] == b.things[0]
    case .notEqual, .strictNotEqual: return a.things[0] != b.things[0]
    default: return nil
    }
  }

  private func identityPlace(_ thing: Thing) -> Int? {
    thing.tag == .member ? place(.thing(thing), [intern("=")]) : nil
  }

  private func isClock(_ value: Value) -> Bool { value.origin.contains(.clock) }

  private func arithmetic(_ operation: NodeDetail, _ x: Double, _ y: Double) -> Double? {
    switch operation {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: y == 0 ? nil : x / y
    default: nil
    }
  }

  private func logical(_ code: Code) -> Value {
    guard let left = code[.left], let right = code[.right] else { return .none }
    let a = evaluate(left)
    noteTest(left, a)
    if code.detail == .and, facts.isContradiction(code) { return Value(origin: .constant) }
    if code.detail == .and || code.detail == .or {
      let known = truth(left, a)
      if known == (code.detail == .or) { return a }
      let b = under(left, a, isNegated: code.detail == .or, .logical) { evaluate(right) }
      noteTest(right, b)
      var result = Value.combined([a, b])
      result.things = Value.merge(code.detail == .or ? a.things : [], b.things, limit: Value.maximumThings)
      result.origin.formUnion(b.origin.intersection([.fresh, .filtered]))
      if known != nil { result.number = b.number }
      return result
    }
    let b = evaluate(right)
    var result = a
    result.origin.subtract([.undefined, .null, .fails])
    result.join(b)
    return result
  }

  private func unary(_ code: Code) -> Value {
    guard let argument = code[.argument] else { return .none }
    let value = evaluate(argument)
    if code.detail == .delete { removeProperty(argument) }
    if code.detail == .not { noteTest(argument, value) }
    var result = Value.combined([value])
    if code.detail == .minus { result.number = value.number.map { -$0 } }
    if code.detail == .plus { result.number = value.number }
    if code.detail == .not, value.origin.contains(.holds) { result.origin.insert(.fails) }
    if code.detail == .not, value.origin.contains(.fails) { result.origin.insert(.holds) }
    if code.detail == .not || code.detail == .typeof {
      for thing in value.things where thing.tag == .member {
        if let place = identityPlace(thing) {
          result.deps = Value.merge(result.deps, [place], limit: Value.maximumDeps)
        }
      }
    }
    result.origin.formUnion(value.origin.intersection(.constant))
    return result
  }

  private func removeProperty(_ member: Code) {
    guard member.kind == .memberExpression, let object = member[.object] else { return }
    let base = evaluate(object)
    for thing in base.things where thing.tag == .node {
      note(remove(from: find(thing.id), "delete", site: member, arguments: []))
    }
  }

  private func conditional(_ code: Code) -> Value {
    guard let test = code[.test], let consequent = code[.consequent], let alternate = code[.alternate] else {
      return .none
    }
    let condition = evaluate(test)
    let known = truth(test, condition)
    var result = Value()
    if known != false { result.join(under(test, condition) { evaluate(consequent) }) }
    if known != true { result.join(under(test, condition, isNegated: true) { evaluate(alternate) }) }
    result.depend(on: condition)
    return result
  }

  // MARK: Literals

  private func arrayLiteral(_ code: Code) -> Value {
    let id = makeNode(.list, site: code.index, context: current)
    let list = find(id)
    let elements = code.list(.elements)
    var isPlain = true
    let isGrown = elements.contains { $0.kind == .spreadElement }
    var isSelection = false
    for (index, element) in elements.enumerated() {
      let value = evaluate(element)
      if element.kind == .spreadElement {
        isPlain = false
        if let argument = element[.argument] {
          let spread = evaluate(argument)
          isSelection = isSelection || spread.origin.contains(.filtered)
          flow(spread, into: list, site: code)
        }
        continue
      }
      if isPlain, index < 16 {
        setField(list, intern(String(index)), Value(things: value.things, origin: value.origin, number: value.number))
      }
      if value.things.isEmpty { nodes[list].isNumeric = true }
      if isGrown {
        // `[...herd, young]` adds to what there was.
        push(value, to: list, site: element)
      } else if !value.things.isEmpty {
        addContent(list, value)
      }
      if isPlain, elements.count <= 8, !value.deps.isEmpty, let place = place(intern(String(index)), of: .node(list)) {
        noteWrite(place, value, change: nil, base: .none, site: element, operation: .assign, isInitial: true)
      }
    }
    nodes[list].literalCount = isPlain && !elements.isEmpty ? elements.count : -1
    var result = Value.node(list, isSelection ? .filtered : isGrown ? [] : .fresh)
    for element in elements.prefix(16) where element.kind != .spreadElement {
      // Small vectors such as `[x, y]` are numbers to those who only pass them on.
      if nodes[list].isNumeric, nodes[list].content.things.isEmpty { result.depend(on: evaluate(element)) }
    }
    return result
  }

  private func objectLiteral(_ code: Code) -> Value {
    let id = find(makeNode(.record, site: code.index, context: current))
    noteMaking(id)
    for property in code.list(.properties) {
      if property.kind == .spreadElement {
        if let argument = property[.argument] { copyFields(from: evaluate(argument), to: id) }
        continue
      }
      guard let valueCode = property[.value] else { continue }
      let names = keyNames(of: property)
      let value = evaluate(valueCode)
      if let name = names.first {
        if property.detail == .get || property.detail == .set {
          classMembers[id, default: [:]][name] = (value, property.detail == .get)
          nodes[id].link = id
        } else {
          store(value, in: name, of: .node(id), site: property, operation: .assign, isInitial: true)
        }
      } else {
        nodes[id].isOpen = true
        addContent(id, value)
      }
    }
    return .node(id, .fresh)
  }

  func keyNames(of property: Code) -> [Int] {
    guard let key = property[.key] else { return [] }
    if !property.flags.contains(.computed) {
      switch key.kind {
      case .identifier: return [intern(key.name)]
      case .privateIdentifier: return [intern("#" + key.name)]
      default: break
      }
    }
    if let text = facts.string(key) { return [intern(text)] }
    if let number = facts.number(key), let name = wholeNumber(number) { return [intern(name)] }
    return property.flags.contains(.computed) ? evaluate(key).things.filter { $0.tag == .string }.map { $0.id } : []
  }

  func copyFields(from source: Value, to target: Int) {
    let target = find(target)
    if source.things.isEmpty { nodes[target].isOpen = true }
    for thing in source.things {
      switch thing.tag {
      case .node:
        let node = nodes[find(thing.id)]
        if node.kind != .record || node.isOpen { nodes[target].isOpen = true }
        for (name, value) in node.fields.sorted(by: { $0.key < $1.key }) { setField(target, name, value) }
      case .member:
        for node in memberNodes(of: thing.id, variant: thing.variant) {
          for (name, value) in nodes[node].fields.sorted(by: { $0.key < $1.key }) { setField(target, name, value) }
        }
        if let list = nodes[target].lists.first ?? Optional(find(thing.id)) { copiedMembers[target] = list }
      default: nodes[target].isOpen = true
      }
    }
  }

  // MARK: Classes

  func classValue(_ code: Code) -> Value {
    let id = find(makeNode(.klass, site: code.index, context: current, frame: current))
    nodes[id].frame = current
    if let parent = code[.superClass] { superclasses[id] = evaluate(parent) }
    if code.kind == .classExpression, let name = code[.id] { declareValue(name, .node(id)) }
    var members: [Int: (value: Value, isGetter: Bool)] = [:]
    for member in code[.body]?.list(.body) ?? [] {
      if member.kind == .staticBlock {
        let saved = frame.this
        frame.this = .node(id)
        run(statements: member.list(.body))
        frame.this = saved
        continue
      }
      guard let name = keyNames(of: member).first else { continue }
      if member.kind == .methodDefinition, let function = member[.value] {
        if member.detail == .set { continue }
        let value = functionValue(function)
        if member.flags.contains(.static) {
          setField(id, name, value)
        } else {
          members[name] = (value, member.detail == .get)
        }
      } else if member.flags.contains(.static), let initial = member[.value] {
        let saved = frame.this
        frame.this = .node(id)
        let value = evaluate(initial)
        frame.this = saved
        store(value, in: name, of: .node(id), site: member, operation: .assign, isInitial: true)
      }
    }
    classMembers[id] = members
    return .node(id)
  }

  // MARK: Assignments

  private func assignment(_ code: Code) -> Value {
    guard let left = code[.left], let right = code[.right] else { return .none }
    var value = evaluate(right)
    let isLogical = [.orAssign, .andAssign, .nullishAssign].contains(code.detail)
    if code.detail != .assign, !isLogical {
      var old = evaluate(left)
      let change = value
      old.things = []
      value = Value.combined([old, value])
      if let x = old.number, let y = change.number, code.detail == .addAssign { value.number = x + y }
      if code.detail == .subtractAssign, old.origin.contains(.clock), change.origin.contains(.clock) {
        value.origin.insert(.elapsed)
      }
      assign(pattern: left, value, isDeclaration: false, site: code, operation: code.detail, change: change)
      return value
    }
    assign(pattern: left, value, isDeclaration: false, site: code, operation: .assign)
    return value
  }

  private func update(_ code: Code) -> Value {
    guard let argument = code[.argument] else { return .none }
    var value = evaluate(argument)
    value.things = []
    value.number = nil
    let counted = countedKinds(argument)
    if !counted.isEmpty { value.deps = Value.merge(value.deps, counted, limit: Value.maximumDeps) }
    assign(
      pattern: argument, value, isDeclaration: false, site: code,
      operation: code.detail == .decrement ? .subtractAssign : .addAssign, change: Value(origin: .constant, number: 1))
    return value
  }

  /// Gives a variable, property or pattern a value.
  func assign(
    pattern: Code, _ value: Value, isDeclaration: Bool, site: Code? = nil, operation: NodeDetail = .assign,
    change: Value? = nil
  ) {
    switch pattern.kind {
    case .identifier:
      assignVariable(
        pattern, value, isDeclaration: isDeclaration, site: site ?? pattern, operation: operation, change: change)
    case .memberExpression: assignMember(pattern, value, site: site ?? pattern, operation: operation, change: change)
    case .assignmentPattern:
      guard let left = pattern[.left] else { return }
      var value = value
      if value.isBare || value.origin.contains(.undefined), let right = pattern[.right] {
        value.origin.remove(.undefined)
        value.join(evaluate(right))
      }
      assign(pattern: left, value, isDeclaration: isDeclaration, site: site, operation: operation)
    case .objectPattern: assignObject(pattern, value, isDeclaration: isDeclaration, site: site)
    case .arrayPattern: assignArray(pattern, value, isDeclaration: isDeclaration, site: site)
    default:
      let inner = pattern.unwrapped
      if inner != pattern {
        assign(pattern: inner, value, isDeclaration: isDeclaration, site: site, operation: operation, change: change)
      }
    }
  }

  private func assignObject(_ pattern: Code, _ value: Value, isDeclaration: Bool, site: Code?) {
    for property in pattern.list(.properties) {
      if property.kind == .restElement {
        if let inner = property[.argument] { assign(pattern: inner, value, isDeclaration: isDeclaration, site: site) }
        continue
      }
      guard let target = property[.value] else { continue }
      var part = Value()
      for name in keyNames(of: property) { part.join(read(name, of: value, site: property)) }
      assign(pattern: target, part, isDeclaration: isDeclaration, site: site)
    }
  }

  private func assignArray(_ pattern: Code, _ value: Value, isDeclaration: Bool, site: Code?) {
    let targets = pattern.unit.tree.list(pattern.node, .elements)
    for (index, target) in targets.enumerated() where target.exists {
      let element = Code(unit: pattern.unit, node: target)
      if element.kind == .restElement {
        if let inner = element[.argument] { assign(pattern: inner, value, isDeclaration: isDeclaration, site: site) }
        continue
      }
      var part = Value()
      let name = intern(String(index))
      for thing in value.things {
        if thing.tag == .node, let field = nodes[find(thing.id)].fields[name] {
          var known = read(name, of: Value(things: [thing]), site: element)
          known.number = field.number
          part.join(known)
        } else {
          part.join(elements(of: Value(things: [thing])))
        }
      }
      if part.things.isEmpty { part.depend(on: value) }
      assign(pattern: element, part, isDeclaration: isDeclaration, site: site)
    }
  }

  private func assignVariable(
    _ identifier: Code, _ value: Value, isDeclaration: Bool, site: Code, operation: NodeDetail, change: Value?
  ) {
    guard let binding = facts.binding(of: identifier) else { return }
    let target =
      (isDeclaration ? frames[current].locals[binding] != nil ? frames[current] : nil : nil)
      ?? holder(of: binding, from: current) ?? (isDeclaration ? frames[current] : frames[0])
    let isState = stateBindings.contains(binding)
    assigned.insert(binding)
    var stored = value
    if !isState, !isDeclaration || value.things.isEmpty == false { stored.depend(on: control(upTo: target.id)) }
    let old = target.locals[binding] ?? Value()
    var joined = old
    joined.join(stored)
    if joined.number != nil, facts.isReassigned(binding) { joined.number = isState ? nil : joined.number }
    target.locals[binding] = joined
    if old.things != joined.things { hasChanged = true }
    guard isState || target.id == 0 else { return }
    let place = place(.binding(binding), [])
    settle(value, at: place, site: site)
    lasting(value, at: place, operation: operation, change: change)
    noteWrite(place, value, change: change, base: .none, site: site, operation: operation)
  }

  private func assignMember(_ member: Code, _ value: Value, site: Code, operation: NodeDetail, change: Value?) {
    guard let object = member[.object] else { return }
    let base = evaluate(object)
    let isDynamic = member.flags.contains(.computed) && member[.property]?.kind != .literal
    let names = propertyNames(of: member)
    if isDynamic, let property = member[.property] { _ = evaluate(property) }
    for thing in base.things {
      let thing = refinements[thing] ?? thing
      if isListLike(thing), isDynamic || names.first.map({ Int(symbolNames[$0]) != nil }) ?? false,
        names.isEmpty || thing.tag == .view || nodes[find(thing.id)].kind == .list
      {
        storeElement(
          value, in: find(thing.id), site: site, operation: operation, change: change, index: member[.property])
        continue
      }
      if names.isEmpty {
        if thing.tag == .node {
          nodes[find(thing.id)].isOpen = true
          addContent(find(thing.id), value)
          for inner in value.things where inner.tag == .node && value.origin.contains(.fresh) {
            settleNode(inner, at: place(.thing(thing), [star]))
          }
        }
        if let place = place(star, of: thing) {
          noteWrite(place, value, change: change, base: Value(things: [thing]), site: site, operation: operation)
          placeOrigins[place, default: []].formUnion(value.origin.intersection(.lasting))
        }
        for inner in contents(of: thing) {
          storeElement(value, in: inner, site: site, operation: operation, change: change, index: member[.property])
        }
        continue
      }
      for name in names { store(value, in: name, of: thing, site: site, operation: operation, change: change) }
    }
    if base.things.isEmpty, isFinal {
      for dep in base.deps.prefix(4) {
        guard let name = names.first ?? Optional(star) else { continue }
        let target = place(places[dep].root, places[dep].path + [name])
        noteWrite(target, value, change: change, base: base, site: site, operation: operation)
      }
    }
  }

  func store(
    _ value: Value, in name: Int, of thing: Thing, site: Code, operation: NodeDetail, change: Value? = nil,
    isInitial: Bool = false
  ) {
    if isListLike(thing), name == symbol.length, thing.tag == .node {
      note(remove(from: find(thing.id), "length", site: site, arguments: [value]))
      return
    }
    if !isInitial, hostAssignment(name, of: thing, value, site: site) { return }
    guard let place = place(name, of: thing) else { return }
    switch thing.tag {
    case .node: setField(find(thing.id), name, value)
    case .member:
      var old = memberFields[thing]?[name] ?? .none
      let before = old.things
      old.join(Value(things: value.things, origin: value.origin.subtracting([.fresh, .undefined])))
      memberFields[thing, default: [:]][name] = old
      if before != old.things { hasChanged = true }
      if thing.variant >= 0 { memberFields[.member(thing.id), default: [:]][name, default: .none].join(old) }
    default: break
    }
    settle(value, at: place, site: site)
    lasting(value, at: place, operation: operation, change: change)
    noteWrite(
      place, value, change: change, base: Value(things: [thing]), site: site, operation: operation, isInitial: isInitial
    )
  }

  /// Remembers whether a place holds a point in time or the time of a step.
  private func lasting(_ value: Value, at place: Int, operation: NodeDetail, change: Value?) {
    var kept: Origin = []
    if operation == .assign {
      if value.origin.contains(.clock) { kept.insert(.clock) }
      if value.origin.contains(.elapsed), value.deps.allSatisfy({ isTimeLike($0) || $0 == place }) {
        kept.insert(.elapsed)
      }
    } else if operation == .addAssign, let change, change.origin.contains(.elapsed),
      change.deps.allSatisfy({ isTimeLike($0) || isConstantPlace($0) })
    {
      kept.insert(.clock)
    }
    guard !kept.isEmpty, !(placeOrigins[place] ?? []).isSuperset(of: kept) else { return }
    placeOrigins[place, default: []].formUnion(kept)
    hasChanged = true
  }

  private func isTimeLike(_ place: Int) -> Bool {
    guard let origin = placeOrigins[place] else { return false }
    return !origin.isDisjoint(with: .lasting)
  }

  private func isConstantPlace(_ place: Int) -> Bool {
    guard case .binding = places[place].root else { return false }
    return true
  }

  /// Gives new nodes the slot that they are first stored in, and makes those that take turns in one slot one.
  func settle(_ value: Value, at place: Int, site: Code) {
    if value.origin.contains(.filtered) {
      for thing in value.things where thing.tag == .node {
        let id = find(thing.id)
        guard nodes[id].kind == .list else { continue }
        if slotHolds(place, id) { note(remove(from: id, "filter", site: site, arguments: [value])) }
      }
    }
    for thing in value.things where thing.tag == .node { settleNode(thing, at: place) }
  }

  private func slotHolds(_ place: Int, _ list: Int) -> Bool {
    if let known = slotOwners[place] { return find(known) == find(list) }
    return nodes[find(list)].home == place
  }

  private func settleNode(_ thing: Thing, at place: Int) {
    let id = find(thing.id)
    let kind = nodes[id].kind
    guard kind == .list || kind == .record || kind == .map || kind == .host && nodes[id].site >= 0 else { return }
    if nodes[id].home < 0 { nodes[id].home = place }
    guard nodes[id].home == place else { return }
    guard let owner = slotOwners[place] else {
      slotOwners[place] = id
      return
    }
    let known = find(owner)
    guard known != id, nodes[known].kind == kind else { return }
    if kind == .record {
      guard nodes[known].link == nodes[id].link else { return }
      if nodes[known].link < 0, !sharesFields(known, id) { return }
      if !nodes[id].lists.isEmpty || !nodes[known].lists.isEmpty { return }
    }
    if kind == .host, nodes[known].type != nodes[id].type { return }
    unite(known, id)
  }

  private func sharesFields(_ a: Int, _ b: Int) -> Bool {
    let first = Set(nodes[a].fields.keys)
    let second = Set(nodes[b].fields.keys)
    return first.isEmpty || second.isEmpty || !first.isDisjoint(with: second)
  }

  func noteWrite(
    _ place: Int, _ value: Value, change: Value?, base: Value, site: Code, operation: NodeDetail,
    isInitial: Bool = false
  ) {
    guard isFinal else { return }
    var effect = Effect(
      kind: .write, frame: current, guardID: guardID, site: site.index, target: place, value: value,
      operation: operation.rawValue, receiver: base)
    if let change { effect.arguments = [change] }
    effect.how = isInitial ? 1 : -1
    effects.append(effect)
  }

  private func storeElement(
    _ value: Value, in list: Int, site: Code, operation: NodeDetail, change: Value?, index: Code?
  ) {
    let list = find(list)
    let records = value.things.filter { $0.tag != .string }
    if records.isEmpty {
      if nodes[list].kind == .list {
        nodes[list].isNumeric = nodes[list].isNumeric || nodes[list].content.things.isEmpty
      }
      addContent(list, Value(things: value.things, origin: value.origin))
      guard isFinal else { return }
      var effect = Effect(
        kind: .elementWrite, frame: current, guardID: guardID, site: site.index, target: list, value: value,
        operation: operation.rawValue)
      if let change { effect.arguments = [change] }
      effects.append(effect)
      return
    }
    for thing in records where thing.tag == .node && value.origin.contains(.fresh) {
      if nodes[find(thing.id)].kind == .list { settleNode(thing, at: place(.thing(.node(list)), [star])) }
    }
    if value.things.contains(where: { $0.tag == .member && find($0.id) == list }) {
      note(remove(from: list, "swap", site: site, arguments: [value]))
      return
    }
    push(value, to: list, site: site)
  }
}
