import SourceText

extension Parser {
  // MARK: Decorators

  /// Parses `@decorator` any number of times; returns the list.
  mutating func parseDecorators() -> UInt32 {
    let base = pending.count
    while token == .at { pending.append(parseDecorator()) }
    return list(since: base)
  }

  private mutating func parseDecorator() -> UInt32 {
    let start = tokenStart
    next()
    let outer = context
    context.insert(.decorator)
    let first = tokenStart
    arrowStart = -1
    let expression: UInt32
    if token == .leftParen {
      let inner = parsePrimary()
      expression = parseSubscripts(of: inner, start: first, allowsCalls: true)
    } else if token.isIdentifier || token == .this || token == .super || token == .import || token == .new {
      let base = token.isIdentifier ? parseIdentifier() : parsePrimary()
      expression = parseSubscripts(of: base, start: first, allowsCalls: true)
    } else {
      failExpected("a name or '(' after '@'")
      expression = missing()
    }
    context = outer
    return make(.decorator, start, expression)
  }

  /// Puts decorators on a parameter or another node that has a slot for them.
  mutating func attachDecorators(_ decorators: UInt32, to node: UInt32) {
    guard decorators != 0, abort == nil, !isFailing else { return }
    switch kind(node) {
    case .identifier:
      ensureSlots(ofIdentifier: node)
      slots[Int(nodes[Int(node)].payload) + 1] = decorators
    case .objectPattern, .arrayPattern, .restElement: slots[Int(nodes[Int(node)].payload) + 2] = decorators
    case .assignmentPattern: attachDecorators(decorators, to: slot(node, 0))
    case .tsParameterProperty: slots[Int(nodes[Int(node)].payload)] = decorators
    default: break
    }
  }

  /// Gives an identifier slots for a type annotation and decorators.
  mutating func ensureSlots(ofIdentifier node: UInt32) {
    guard !nodes[Int(node)].flags.contains(.hasSlots) else { return }
    reserveSlots(8)
    guard abort == nil else { return }
    slots[slotCount] = .max
    slots[slotCount + 1] = 0
    slots[slotCount + 2] = nodes[Int(node)].payload
    nodes[Int(node)].payload = UInt32(truncatingIfNeeded: slotCount)
    nodes[Int(node)].flags.insert(.hasSlots)
    slotCount += 3
  }

  // MARK: Placement

  /// Parses the decorators of a parameter and remembers the first of the list.
  mutating func parseParameterDecorators() -> UInt32 {
    let start = tokenStart
    let decorators = parseDecorators()
    if decoratedParameter < 0 { decoratedParameter = start }
    return decorators
  }

  /// Reports decorators before something that takes none.
  mutating func reportMisplacedDecorators(_ decorators: UInt32, _ what: String = "this declaration") {
    guard slots[Int(decorators)] > 0 else { return }
    report(
      at: slots[Int(decorators) + 1], "\(what) takes no decorators", advice: "decorate a class or one of its members")
  }

  /// Reports a decorator before a parameter that takes none.
  mutating func reportParameterDecorator(_ start: Int) {
    report(
      start, start + 1, "this parameter takes no decorators", advice: "decorate parameters of a class's methods only")
  }

  /// Reports a decorator before a parameter where it is not allowed, and warns where it depends on the compiler.
  ///
  /// ECMAScript's decorators do not cover parameters; TypeScript's older ones do, in members of classes that have a body.
  mutating func checkParameterDecorator(_ start: Int, isAllowed: Bool) {
    guard isAllowed else { return reportParameterDecorator(start) }
    warn(
      start, start + 1, "a decorator of a parameter is no ECMAScript",
      advice: "compile with 'experimentalDecorators', or remove it")
  }

  /// Checks what decorators stand before a method, accessor or constructor.
  mutating func checkDecoratedMethod(_ head: MemberHead, _ value: UInt32, isConstructor: Bool) {
    guard !isFailing else { return }
    if isConstructor {
      reportMisplacedDecorators(head.decorators, "a constructor")
    } else if kind(value) == .tsEmptyBodyFunctionExpression {
      reportMisplacedDecorators(head.decorators, "a method without a body")
    }
  }
}
