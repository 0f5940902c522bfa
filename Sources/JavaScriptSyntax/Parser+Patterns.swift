import SourceText

extension Parser {
  // MARK: Binding patterns

  /// Parses a name or a pattern and declares the names in it.
  ///
  /// - Parameter isAnnotated: Whether a type may follow.
  mutating func parseBindingTarget(_ declaration: ScopeStack.DeclarationKind, isAnnotated: Bool = false) -> UInt32 {
    switch token {
    case .leftBrace, .leftBracket:
      guard enter() else {
        leave()
        return skipTooDeep()
      }
      let pattern =
        token == .leftBrace
        ? parseObjectPattern(declaration, isAnnotated) : parseArrayPattern(declaration, isAnnotated)
      leave()
      return pattern
    default:
      guard token.isWord else {
        failExpected("a name or a pattern")
        return missing()
      }
      let start = tokenStart
      let name = tokenName
      if isAnnotated {
        let end = tokenEnd
        if token != .identifier || facts.contains(.hasEscape) { checkName(isBinding: true) }
        next()
        declare(name, start, declaration)
        return finishAnnotatedName(start, end, name, declaration)
      }
      let node = parseIdentifier(isBinding: true)
      declare(name, start, declaration)
      return node
    }
  }

  @inline(__always)
  mutating func declare(_ name: UInt32, _ start: Int, _ kind: ScopeStack.DeclarationKind) {
    guard !isFailing else { return }
    switch kind {
    case .variable, .function: declareVariable(name, start, kind)
    case .parameter:
      if declareVariable(name, start, kind), repeatedParameter < 0 { repeatedParameter = start }
    default: declareLexical(name, start, kind)
    }
  }

  private mutating func parseObjectPattern(_ outer: ScopeStack.DeclarationKind, _ isAnnotated: Bool) -> UInt32 {
    let start = tokenStart
    let declaration = outer == .catchName ? .lexical : outer
    next()
    let base = pending.count
    while token != .rightBrace, token != .endOfFile {
      if token == .ellipsis {
        let rest = parseRest(declaration)
        if kind(rest) == .restElement, kind(slot(rest, 0)) != .identifier {
          report(at: rest, "the rest of an object pattern must be a name", advice: "name it")
        }
        pending.append(rest)
        if token != .rightBrace { failExpected("'}' after the rest of the pattern") }
      } else {
        pending.append(parseBindingProperty(declaration))
        if token == .comma { next() } else if token != .rightBrace { failExpected("',' or '}' in the pattern") }
      }
    }
    expect(.rightBrace, "'}' to close the pattern")
    let properties = list(since: base)
    let (type, flags) = isAnnotated ? parseTargetAnnotation(declaration) : (.max, [])
    return make(.objectPattern, start, properties, type, 0, flags: flags)
  }

  private mutating func parseBindingProperty(_ declaration: ScopeStack.DeclarationKind) -> UInt32 {
    let start = tokenStart
    var flags: NodeFlags = token == .leftBracket ? .computed : []
    if token.isWord {
      let following = peek().lexeme
      if following != .colon {
        let key = leaf(.identifier, start: start, end: tokenEnd, payload: tokenName)
        flags.insert(.shorthand)
        let target = parseBindingTarget(declaration)
        let value = parseBindingDefault(target, start)
        return make(.property, start, key, value, detail: .`init`, flags: flags)
      }
    }
    let key = parsePropertyKey()
    expect(.colon, "':' after the key")
    let value = parseBindingElement(declaration)
    return make(.property, start, key, value, detail: .`init`, flags: flags)
  }

  private mutating func parseBindingElement(_ declaration: ScopeStack.DeclarationKind) -> UInt32 {
    let start = tokenStart
    let target = parseBindingTarget(declaration)
    return parseBindingDefault(target, start)
  }

  private mutating func parseBindingDefault(_ target: UInt32, _ start: Int) -> UInt32 {
    guard take(.assign) else { return target }
    let value = parseWithIn()
    return make(.assignmentPattern, start, target, value)
  }

  private mutating func parseArrayPattern(_ outer: ScopeStack.DeclarationKind, _ isAnnotated: Bool) -> UInt32 {
    let start = tokenStart
    let declaration = outer == .catchName ? .lexical : outer
    next()
    let base = pending.count
    while token != .rightBracket, token != .endOfFile {
      if token == .comma {
        pending.append(.max)
        next()
      } else if token == .ellipsis {
        pending.append(parseRest(declaration))
        if token != .rightBracket { failExpected("']' after the rest of the pattern") }
      } else {
        pending.append(parseBindingElement(declaration))
        if token == .comma { next() } else if token != .rightBracket { failExpected("',' or ']' in the pattern") }
      }
    }
    expect(.rightBracket, "']' to close the pattern")
    let elements = list(since: base)
    let (type, flags) = isAnnotated ? parseTargetAnnotation(declaration) : (.max, [])
    return make(.arrayPattern, start, elements, type, 0, flags: flags)
  }

  /// Parses `...target`; names are declared unless `declaration` is `nil`, as in the parameters of an arrow function.
  mutating func parseRest(_ declaration: ScopeStack.DeclarationKind?) -> UInt32 {
    let start = tokenStart
    next()
    var argument: UInt32
    if let declaration {
      argument = parseBindingTarget(declaration)
    } else {
      // Declared once the arrow function is entered.
      let before = arrowStart
      arrowStart = -1
      argument = token == .leftBrace || token == .leftBracket ? parsePrimary() : parseIdentifier(isBinding: true)
      arrowStart = before
    }
    var type: UInt32 = .max
    if hasTypes, declaration == .parameter {
      if token == .question {
        reportHere("a rest parameter must not be optional", advice: "remove the '?'")
        next()
      }
      if token == .colon { type = parseTypeAnnotation() }
    }
    return make(.restElement, start, argument, type, 0)
  }

  // MARK: Assignment targets

  /// Makes an assignment target of an expression: of object and array literals, patterns.
  mutating func toAssignmentTarget(_ node: UInt32, isForHead: Bool = false) -> UInt32 {
    switch kind(node) {
    case .objectExpression, .arrayExpression:
      guard !isParenthesized(node) else {
        report(at: node, "a pattern must not stand in parentheses", advice: "remove the parentheses")
        return node
      }
      return toPattern(node, isBinding: false)
    case .assignmentExpression where isForHead: reportTarget(node)
    case .tsAsExpression, .tsSatisfiesExpression, .tsTypeAssertion:
      if !isParenthesized(node), !isForHead { reportTarget(node) }
    default: return toElementTarget(node, isBinding: false)
    }
    return node
  }

  /// Checks the target of `+=`, `++` and the like.
  mutating func toSimpleTarget(_ node: UInt32) -> UInt32 {
    switch kind(node) {
    case .identifier: checkTargetName(node)
    case .memberExpression, .tsNonNullExpression, .tsAsExpression, .tsSatisfiesExpression, .tsTypeAssertion: break
    default: reportTarget(node)
    }
    return node
  }

  private mutating func reportTarget(_ node: UInt32) {
    report(at: node, "this cannot be assigned to", advice: "assign to a name, a member or a pattern")
  }

  private mutating func checkTargetName(_ node: UInt32) {
    guard context.contains(.strict) else { return }
    let name = nameIndexOf(node)
    if name == Lexeme.eval.nameIndex || name == Lexeme.arguments.nameIndex {
      report(at: node, "'\(nameText(name))' must not be assigned to in strict mode", advice: "use another name")
    }
  }

  /// Makes the parameter of an arrow function of an expression.
  mutating func toBinding(_ node: UInt32, isLast: Bool) -> UInt32 {
    switch kind(node) {
    case .spreadElement:
      if !isLast { report(at: node, "a rest parameter must be the last", advice: "remove what follows it") }
      checkTrailingComma(after: node)
      return toRest(node, isBinding: true, isObject: false)
    case .restElement:
      checkBinding(slot(node, 0))
      let argument = slot(node, 0)
      if kind(argument) == .objectExpression || kind(argument) == .arrayExpression {
        slots[Int(nodes[Int(node)].payload)] = toPattern(argument, isBinding: true)
      }
      return node
    default: return toElementTarget(node, isBinding: true)
    }
  }

  /// Makes the target of an element, property or parameter of an expression.
  private mutating func toElementTarget(_ node: UInt32, isBinding: Bool) -> UInt32 {
    if isBinding, isParenthesized(node) {
      report(at: node, "a parameter must not stand in parentheses", advice: "remove the parentheses")
    }
    switch kind(node) {
    case .identifier:
      if isBinding { checkBindingName(node) } else { checkTargetName(node) }
    case .memberExpression where !isBinding: break
    case .objectExpression, .arrayExpression:
      if isParenthesized(node) {
        report(at: node, "a pattern must not stand in parentheses", advice: "remove the parentheses")
      }
      return toPattern(node, isBinding: isBinding)
    case .assignmentExpression where nodes[Int(node)].detail == .assign:
      if isParenthesized(node) {
        report(at: node, "a default must not stand in parentheses", advice: "remove the parentheses")
      }
      nodes[Int(node)].kind = .assignmentPattern
      nodes[Int(node)].detail = .none
      if isBinding { checkBinding(slot(node, 0)) }
    case .assignmentPattern where !isBinding && kind(slot(node, 0)) == .identifier: checkTargetName(slot(node, 0))
    case .objectPattern, .arrayPattern, .assignmentPattern, .restElement: if isBinding { checkBinding(node) }
    case .tsAsExpression, .tsSatisfiesExpression, .tsNonNullExpression, .tsTypeAssertion:
      if isBinding { reportTarget(node) }
    case .tsParameterProperty, .invalid: break
    default: reportTarget(node)
    }
    return node
  }

  private mutating func checkBindingName(_ node: UInt32) {
    let name = nameIndexOf(node)
    if name == Lexeme.await.nameIndex, context.contains(.async) {
      report(at: node, "'await' is not allowed as a name here", advice: "choose another name")
    }
    checkTargetName(node)
  }

  /// Checks that a pattern that is made already binds names only.
  private mutating func checkBinding(_ node: UInt32) {
    if isParenthesized(node) {
      report(at: node, "a parameter must not stand in parentheses", advice: "remove the parentheses")
    }
    switch kind(node) {
    case .identifier: checkBindingName(node)
    case .objectPattern, .arrayPattern:
      let list = Int(slot(node, 0))
      for index in 0..<Int(slots[list]) where slots[list + 1 + index] != .max { checkBinding(slots[list + 1 + index]) }
    case .property: checkBinding(slot(node, 1))
    case .assignmentPattern, .restElement: checkBinding(slot(node, 0))
    case .objectExpression, .arrayExpression, .invalid: break
    default: reportTarget(node)
    }
  }

  private mutating func toPattern(_ node: UInt32, isBinding: Bool) -> UInt32 {
    let isObject = kind(node) == .objectExpression
    let list = slot(node, 0)
    reserveSlots(8)
    guard abort == nil else { return node }
    slots[slotCount] = list
    slots[slotCount + 1] = .max
    slots[slotCount + 2] = 0
    nodes[Int(node)].payload = UInt32(truncatingIfNeeded: slotCount)
    slotCount += 3
    nodes[Int(node)].kind = isObject ? .objectPattern : .arrayPattern
    let length = Int(slots[Int(list)])
    for index in 0..<length {
      let place = Int(list) + 1 + index
      let element = slots[place]
      guard element != .max else { continue }
      slots[place] =
        isObject
        ? toPatternProperty(element, isBinding: isBinding, isLast: index == length - 1)
        : toPatternElement(element, isBinding: isBinding, isLast: index == length - 1)
    }
    return node
  }

  private mutating func toPatternElement(_ node: UInt32, isBinding: Bool, isLast: Bool) -> UInt32 {
    guard kind(node) == .spreadElement else { return toElementTarget(node, isBinding: isBinding) }
    if !isLast { report(at: node, "the rest of a pattern must be the last", advice: "move it to the end") }
    checkTrailingComma(after: node)
    return toRest(node, isBinding: isBinding, isObject: false)
  }

  private mutating func toPatternProperty(_ node: UInt32, isBinding: Bool, isLast: Bool) -> UInt32 {
    if kind(node) == .spreadElement {
      if !isLast { report(at: node, "the rest of a pattern must be the last", advice: "move it to the end") }
      checkTrailingComma(after: node)
      return toRest(node, isBinding: isBinding, isObject: true)
    }
    guard kind(node) == .property else { return node }
    guard nodes[Int(node)].detail == .`init`, !nodes[Int(node)].flags.contains(.method) else {
      report(at: node, "a method is not allowed in a pattern", advice: "write 'key: target'")
      return node
    }
    let value = toElementTarget(slot(node, 1), isBinding: isBinding)
    slots[Int(nodes[Int(node)].payload) + 1] = value
    return node
  }

  private mutating func toRest(_ node: UInt32, isBinding: Bool, isObject: Bool) -> UInt32 {
    let argument = slot(node, 0)
    let isTyped =
      kind(argument) == .tsAsExpression || kind(argument) == .tsNonNullExpression
      || kind(argument) == .tsSatisfiesExpression || kind(argument) == .tsTypeAssertion
    if isObject, kind(argument) != .identifier, isBinding || (kind(argument) != .memberExpression && !isTyped) {
      report(at: argument, "the rest of an object pattern must be a name", advice: "name it")
    } else if kind(argument) == .assignmentExpression {
      report(at: argument, "the rest of a pattern takes no default", advice: "remove the default")
    }
    let target = toElementTarget(argument, isBinding: isBinding)
    reserveSlots(8)
    guard abort == nil else { return node }
    slots[slotCount] = target
    slots[slotCount + 1] = .max
    slots[slotCount + 2] = 0
    nodes[Int(node)].payload = UInt32(truncatingIfNeeded: slotCount)
    slotCount += 3
    nodes[Int(node)].kind = .restElement
    return node
  }

  /// Reports a comma between the rest of a pattern and its end.
  private mutating func checkTrailingComma(after node: UInt32) {
    let end = Int(nodes[Int(node)].end)
    var low = 0
    var high = tokenCount
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < end { low = middle + 1 } else { high = middle }
    }
    func lexeme(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: tokens[index].kindAndLength) }
    while low < tokenCount, lexeme(low) == Lexeme.rightParen.rawValue, low + 1 < tokenCount,
      lexeme(low + 1) == Lexeme.comma.rawValue || lexeme(low + 1) == Lexeme.rightParen.rawValue
    {
      low += 1
    }
    if low < tokenCount, lexeme(low) == Lexeme.comma.rawValue {
      report(
        Int(tokens[low].start), Int(tokens[low].start) + 1, "a comma must not follow the rest of a pattern",
        advice: "remove it")
    }
  }

  /// Declares the names of a pattern.
  mutating func declareBinding(_ node: UInt32, _ declaration: ScopeStack.DeclarationKind) {
    switch kind(node) {
    case .identifier: declare(nameIndexOf(node), Int(nodes[Int(node)].start), declaration)
    case .objectPattern, .arrayPattern:
      let list = Int(slot(node, 0))
      for index in 0..<Int(slots[list]) where slots[list + 1 + index] != .max {
        declareBinding(slots[list + 1 + index], declaration)
      }
    case .property: declareBinding(slot(node, 1), declaration)
    case .assignmentPattern, .restElement: declareBinding(slot(node, 0), declaration)
    case .tsParameterProperty: declareBinding(slot(node, 1), declaration)
    default: break
    }
  }
}
