import SourceText

extension Parser {
  // MARK: Sequences and assignments

  /// Parses an expression with commas.
  mutating func parseExpression(ownsCover: Bool = true) -> UInt32 {
    let start = tokenStart
    let first = parseAssignment(ownsCover: ownsCover)
    guard token == .comma else { return first }
    let base = pending.count
    pending.append(first)
    while take(.comma) { pending.append(parseAssignment(ownsCover: ownsCover)) }
    let expressions = list(since: base)
    return make(.sequenceExpression, start, expressions)
  }

  /// Parses an assignment expression in which `in` is an operator.
  mutating func parseWithIn(ownsCover: Bool = true) -> UInt32 {
    let had = context.contains(.noIn)
    context.remove(.noIn)
    let expression = parseAssignment(ownsCover: ownsCover)
    if had { context.insert(.noIn) }
    return expression
  }

  /// Parses an assignment expression.
  ///
  /// - Parameter ownsCover: Whether what is no expression yet (`{ a = 1 }`) must be settled here; otherwise the caller, who may
  ///   still make a pattern of it, finds it in ``cover``.
  mutating func parseAssignment(ownsCover: Bool = true) -> UInt32 {
    if token == .identifier, position < count, classes[Int(bytes[position])] & ByteClass.expressionEnd != 0 {
      // A name and nothing else.
      return parseIdentifier()
    }
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    let saved = cover
    if ownsCover { cover = CoverErrors() }
    let result = parseAssignmentBody(before: saved)
    if ownsCover {
      if !cover.isEmpty { checkCover() }
      cover = saved
    }
    leave()
    return result
  }

  @inline(__always)
  private mutating func parseAssignmentBody(before: CoverErrors) -> UInt32 {
    let start = tokenStart
    arrowStart = start
    if token == .yield, context.contains(.generator), !facts.contains(.hasEscape) { return parseYield() }
    if hasTypes, token == .less || token == .leftParen || token == .async {
      if let arrow = parseTypedArrow() { return arrow }
    }
    let left = parseConditional()
    guard token.isAssignment else { return left }
    return parseAssignmentRest(left, start, before: before)
  }

  private mutating func parseAssignmentRest(_ left: UInt32, _ start: Int, before: CoverErrors) -> UInt32 {
    if kind(left) == .arrowFunctionExpression, !isParenthesized(left) { return left }
    let detail = token.assignmentDetail
    let target: UInt32
    if token == .assign {
      let isPattern =
        (kind(left) == .objectExpression || kind(left) == .arrayExpression) && !isParenthesized(left)
      if isPattern {
        if cover.shorthandAssignment >= start || cover.duplicateProto >= start {
          cover = before.isEmpty || before.shorthandAssignment < start ? coverBefore(start, before) : cover
        }
      }
      target = toAssignmentTarget(left)
    } else {
      target = toSimpleTarget(left)
    }
    next()
    let right = parseAssignment()
    return make(.assignmentExpression, start, target, right, detail: detail)
  }

  /// What of the errors lies before a pattern, which settles those inside of it.
  private func coverBefore(_ start: Int, _ before: CoverErrors) -> CoverErrors {
    CoverErrors(
      shorthandAssignment: before.shorthandAssignment < start ? before.shorthandAssignment : CoverErrors.none,
      duplicateProto: before.duplicateProto < start ? before.duplicateProto : CoverErrors.none)
  }

  /// Reports what is left of a cover grammar that became an expression.
  mutating func checkCover() {
    if cover.shorthandAssignment != CoverErrors.none {
      let place = Int(cover.shorthandAssignment)
      report(place, place + 1, "'=' in an object literal is not allowed", advice: "write ':' for a property")
    }
    if cover.duplicateProto != CoverErrors.none {
      let place = Int(cover.duplicateProto)
      report(place, place + 9, "'__proto__' is set twice in this object", advice: "keep one of them")
    }
    cover = CoverErrors()
  }

  /// Settles the cover grammar before an operator that makes an expression of the operand.
  @inline(__always)
  private mutating func settleCover(since start: Int) {
    if !cover.isEmpty { settleCoverSlowly(start) }
  }

  private mutating func settleCoverSlowly(_ start: Int) {
    if Int(cover.shorthandAssignment) >= start || Int(cover.duplicateProto) >= start { checkCover() }
  }

  private mutating func parseYield() -> UInt32 {
    let start = tokenStart
    if context.contains(.parameters) {
      reportHere("'yield' is not allowed in parameters", advice: "move it into the body")
    }
    if yieldPosition < start { yieldPosition = start }
    next()
    var argument: UInt32 = .max
    var flags: NodeFlags = []
    if !newlineBefore {
      if token == .multiply {
        next()
        flags = .generator
        argument = parseAssignment()
      } else if startsExpression {
        argument = parseAssignment()
      }
    }
    return make(.yieldExpression, start, argument, flags: flags)
  }

  /// Whether the current token may begin an expression.
  var startsExpression: Bool {
    switch token {
    case .rightParen, .rightBracket, .rightBrace, .colon, .semicolon, .comma, .endOfFile, .in, .of, .assign, .question:
      token == .of
    case .instanceof: false
    default: true
    }
  }

  // MARK: Conditions and operators

  private mutating func parseConditional() -> UInt32 {
    let start = tokenStart
    let test = parseBinary()
    guard token == .question else { return test }
    if kind(test) == .arrowFunctionExpression, !isParenthesized(test) { return test }
    settleCover(since: start)
    next()
    let outer = context
    context.remove(.noIn)
    if hasTypes { context.insert(.noArrowReturnType) }
    let consequent = parseAssignment()
    context = outer
    expect(.colon, "':' in the conditional expression")
    let alternate = parseAssignment()
    return make(.conditionalExpression, start, test, consequent, alternate)
  }

  /// Parses operands and binary operators with a stack of its own, so that chains do not nest.
  private mutating func parseBinary() -> UInt32 {
    let base = operators.count
    var start = tokenStart
    let isPrivateIn = token == .privateName
    var left = isPrivateIn ? parsePrivateOperand() : parseUnary()
    var precedence = token.precedence
    if precedence == 0, !hasTypes { return left }
    if kind(left) == .arrowFunctionExpression, !isParenthesized(left) { return left }
    while true {
      if token == .in, context.contains(.noIn) { precedence = 0 }
      let isTypeOperator =
        hasTypes && (token == .as || token == .satisfies) && !newlineBefore && !facts.contains(.hasEscape)
      if isTypeOperator { precedence = 8 }
      while operators.count > base {
        let top = operators.storage[operators.count &- 1]
        guard top.precedence > precedence || (top.precedence == precedence && precedence != 12) else { break }
        operators.count &-= 1
        left = makeBinary(top, left)
        start = Int(top.start)
      }
      if precedence == 0 { return left }
      settleCover(since: start)
      if isFailing {
        // Making a node can give the parse up, which takes the operator away.
        precedence = 0
        continue
      }
      if isTypeOperator {
        left = parseTypeOperator(left, start)
        precedence = token.precedence
        continue
      }
      if token == .exponentiate { checkExponentiation(left) }
      operators.append(
        OperatorStack.Entry(left: left, start: UInt32(truncatingIfNeeded: start), lexeme: token, precedence: precedence)
      )
      next()
      start = tokenStart
      left = token == .privateName ? parsePrivateOperand() : parseUnary()
      if kind(left) == .arrowFunctionExpression, !isParenthesized(left) { failUnexpected() }
      precedence = token.precedence
    }
  }

  private mutating func makeBinary(_ entry: OperatorStack.Entry, _ right: UInt32) -> UInt32 {
    let isLogical = entry.precedence <= 3
    if isLogical { checkMixedLogic(entry, right) }
    if kind(right) == .privateIdentifier { report(at: right, "a private name may only stand to the left of 'in'") }
    if kind(entry.left) == .privateIdentifier, entry.lexeme != .in {
      report(at: entry.left, "a private name may only stand to the left of 'in'")
    }
    return make(
      isLogical ? .logicalExpression : .binaryExpression, Int(entry.start), entry.left, right,
      detail: entry.lexeme.binaryDetail)
  }

  private mutating func checkMixedLogic(_ entry: OperatorStack.Entry, _ right: UInt32) {
    for operand in [entry.left, right] where kind(operand) == .logicalExpression && !isParenthesized(operand) {
      if (nodes[Int(operand)].detail == .nullish) != (entry.lexeme == .nullish) {
        report(at: operand, "'??' must not be mixed with '||' or '&&'", advice: "put one of them in parentheses")
      }
    }
  }

  private mutating func checkExponentiation(_ base: UInt32) {
    guard !isParenthesized(base),
      kind(base) == .unaryExpression || kind(base) == .awaitExpression || kind(base) == .tsTypeAssertion
    else { return }
    if kind(base) == .awaitExpression { return }
    report(at: base, "a unary operator before '**' is ambiguous", advice: "put one of them in parentheses")
  }

  /// Parses `#name`, which only `in` may follow.
  private mutating func parsePrivateOperand() -> UInt32 {
    let isLeft = operators.count == 0 || operators.storage[operators.count - 1].precedence < 8
    let node = parsePrivateName()
    if token != .in || context.contains(.noIn) || !isLeft { failExpected("'in' after a private name") }
    return node
  }

  mutating func parsePrivateName() -> UInt32 {
    let start = tokenStart
    usePrivate(tokenName, start)
    let node = leaf(.privateIdentifier, start: start, end: tokenEnd, payload: tokenName)
    next()
    return node
  }

  // MARK: Unary operators

  mutating func parseUnary() -> UInt32 {
    switch token {
    case .not: return parsePrefix(.not)
    case .bitNot: return parsePrefix(.bitNot)
    case .add: return parsePrefix(.plus)
    case .subtract: return parsePrefix(.minus)
    case .typeof: return parsePrefix(.typeof)
    case .void: return parsePrefix(.void)
    case .delete: return parsePrefix(.delete)
    case .increment: return parsePrefixUpdate(.increment)
    case .decrement: return parsePrefixUpdate(.decrement)
    case .await: if isAwaitOperator() { return parseAwait() }
    case .less where hasTypes && !hasJSX: return parseTypeAssertion()
    default: break
    }
    return parsePostfix()
  }

  private mutating func parsePrefix(_ detail: NodeDetail) -> UInt32 {
    let start = tokenStart
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    next()
    arrowStart = -1
    let argument = parseUnary()
    leave()
    settleCover(since: start)
    if detail == .delete { checkDelete(argument) }
    if kind(argument) == .arrowFunctionExpression, !isParenthesized(argument) { failUnexpected() }
    return make(.unaryExpression, start, argument, detail: detail, flags: .prefix)
  }

  private mutating func checkDelete(_ argument: UInt32) {
    if kind(argument) == .identifier, context.contains(.strict) {
      report(at: argument, "a plain name cannot be deleted in strict mode", advice: "delete a property instead")
    }
    var inner = argument
    if kind(inner) == .chainExpression { inner = slot(inner, 0) }
    if kind(inner) == .memberExpression, kind(slot(inner, 1)) == .privateIdentifier {
      report(at: argument, "a private member cannot be deleted", advice: "set it to undefined")
    }
  }

  private mutating func parsePrefixUpdate(_ detail: NodeDetail) -> UInt32 {
    let start = tokenStart
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    next()
    arrowStart = -1
    let argument = parseUnary()
    leave()
    settleCover(since: start)
    let target = toSimpleTarget(argument)
    return make(.updateExpression, start, target, detail: detail, flags: .prefix)
  }

  private mutating func parsePostfix() -> UInt32 {
    let start = tokenStart
    let expression = parseSubscripts()
    guard token == .increment || token == .decrement, !newlineBefore else { return expression }
    if kind(expression) == .arrowFunctionExpression, !isParenthesized(expression) { return expression }
    settleCover(since: start)
    let detail: NodeDetail = token == .increment ? .increment : .decrement
    let target = toSimpleTarget(expression)
    next()
    return make(.updateExpression, start, target, detail: detail)
  }

  // MARK: await

  /// Whether `await` begins an await expression here.
  private mutating func isAwaitOperator() -> Bool {
    if facts.contains(.hasEscape) { return false }
    if context.contains(.async) { return true }
    if context.contains(.staticBlock) || isModule { return true }
    guard canBecomeModule else { return false }
    // At the top of a text of unknown goal: an operand on the same line makes a module of it.
    let following = peek()
    guard !following.newlineBefore else { return false }
    switch following.lexeme {
    case .number, .string, .leftBrace, .new, .function, .this, .class, .null, .true, .false, .import, .await, .bigint,
      .typeof, .void, .delete, .not, .super:
      giveUp(.goal)
    default:
      if following.lexeme.isIdentifier, following.lexeme != .of { giveUp(.goal) }
    }
    return false
  }

  /// Whether the text may still be read as a module, and the parser is outside of functions.
  var canBecomeModule: Bool {
    isGoalOpen && !isModule && context.intersection([.function, .noArguments]).isEmpty
  }

  mutating func noteAwait(_ start: Int) {
    if awaitPosition < start { awaitPosition = start }
  }

  private mutating func parseAwait() -> UInt32 {
    let start = tokenStart
    if context.contains(.parameters) {
      reportHere("'await' is not allowed in parameters", advice: "move it into the body")
    } else if !context.contains(.async) {
      reportHere("'await' outside of an async function", advice: "make the function async")
    }
    noteAwait(start)
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    if isModule, context.intersection([.function]).isEmpty { sawModuleSyntax = true }
    next()
    arrowStart = -1
    let argument = parseUnary()
    leave()
    settleCover(since: start)
    return make(.awaitExpression, start, argument)
  }

  // MARK: Calls and members

  private mutating func parseSubscripts() -> UInt32 {
    let start = tokenStart
    let isAsyncStart = token == .async && arrowStart == start && !facts.contains(.hasEscape)
    if isAsyncStart { return parseAsyncStart(start) }
    let base = parsePrimary()
    if kind(base) == .arrowFunctionExpression, !isParenthesized(base) { return base }
    return parseSubscripts(of: base, start: start, allowsCalls: true)
  }

  /// Parses the members, calls and tagged templates after an expression, iteratively.
  mutating func parseSubscripts(of base: UInt32, start: Int, allowsCalls: Bool) -> UInt32 {
    var expression = base
    var isChain = false
    while true {
      var flags: NodeFlags = []
      switch token {
      case .dot:
        settleCover(since: start)
        next()
        if token == .privateName, kind(expression) == .super { reportSuperPrivate() }
        let property = parseMemberName()
        expression = make(.memberExpression, start, expression, property)
        continue
      case .leftBracket:
        if context.contains(.decorator) { return endChain(expression, start, isChain) }
        settleCover(since: start)
        next()
        let property = parseBracketed()
        expression = make(.memberExpression, start, expression, property, flags: .computed)
        continue
      case .leftParen:
        guard allowsCalls else { return endChain(expression, start, isChain) }
        settleCover(since: start)
        let arguments = parseArguments()
        expression = make(.callExpression, start, expression, .max, arguments)
        continue
      case .questionDot:
        settleCover(since: start)
        guard allowsCalls else {
          reportHere("'?.' is not allowed in the callee of 'new'", advice: "use '.'")
          next()
          let property = parseMemberName()
          expression = make(.memberExpression, start, expression, property)
          continue
        }
        isChain = true
        flags = .optional
        next()
        expression = parseOptionalLink(expression, start, flags)
        continue
      case .templateHead, .templateTail:
        settleCover(since: start)
        if isChain {
          reportHere("a template must not follow an optional chain", advice: "put the chain in parentheses")
        }
        let quasi = parseTemplate(isTagged: true)
        expression = make(.taggedTemplateExpression, start, expression, .max, quasi)
        continue
      default:
        if hasTypes, let next = parseTypeScriptSubscript(expression, start, allowsCalls: allowsCalls) {
          expression = next
          continue
        }
        return endChain(expression, start, isChain)
      }
    }
  }

  private mutating func reportSuperPrivate() {
    reportHere("'super' has no private members", advice: "write 'this' for 'super'")
  }

  @inline(__always)
  private mutating func endChain(_ expression: UInt32, _ start: Int, _ isChain: Bool) -> UInt32 {
    isChain ? make(.chainExpression, start, expression) : expression
  }

  /// Parses what follows `?.`.
  private mutating func parseOptionalLink(_ object: UInt32, _ start: Int, _ flags: NodeFlags) -> UInt32 {
    switch token {
    case .leftParen:
      let arguments = parseArguments()
      return make(.callExpression, start, object, .max, arguments, flags: flags)
    case .leftBracket:
      next()
      let property = parseBracketed()
      return make(.memberExpression, start, object, property, flags: flags.union(.computed))
    case .templateHead, .templateTail:
      reportHere("a template must not follow an optional chain", advice: "put the chain in parentheses")
      let quasi = parseTemplate(isTagged: true)
      return make(.taggedTemplateExpression, start, object, .max, quasi)
    default:
      if hasTypes, token == .less || token == .shiftLeft, let arguments = parseTypeArgumentsInExpression() {
        let list = parseArguments()
        return make(.callExpression, start, object, arguments, list, flags: flags)
      }
      let property = parseMemberName()
      return make(.memberExpression, start, object, property, flags: flags)
    }
  }

  /// Parses the name after a `.`.
  @inline(__always)
  mutating func parseMemberName() -> UInt32 {
    if token.isWord {
      let node = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      nextAfterName()
      return node
    }
    if token == .privateName { return parsePrivateName() }
    failExpected("a name after '.'")
    return missing()
  }

  /// Parses `expression ]`.
  private mutating func parseBracketed() -> UInt32 {
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    let expression = parseExpression()
    context = outer
    expect(.rightBracket, "']'")
    return expression
  }

  /// Parses `( arguments )`; returns the list.
  mutating func parseArguments(ownsCover: Bool = true) -> UInt32 {
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    expect(.leftParen, "'(' before the arguments")
    let base = pending.count
    while token != .rightParen, token != .endOfFile {
      if token == .ellipsis {
        pending.append(parseSpread(ownsCover: ownsCover))
      } else {
        pending.append(parseAssignment(ownsCover: ownsCover))
      }
      if token == .comma { next() } else if token != .rightParen { failExpected("',' or ')' after the argument") }
    }
    expect(.rightParen, "')' to close the arguments")
    context = outer
    return list(since: base)
  }

  mutating func parseSpread(ownsCover: Bool) -> UInt32 {
    let start = tokenStart
    next()
    let argument = parseAssignment(ownsCover: ownsCover)
    return make(.spreadElement, start, argument)
  }
}
