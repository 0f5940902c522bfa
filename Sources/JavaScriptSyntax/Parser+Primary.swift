import SourceText

extension Parser {
  // MARK: Names

  /// Parses a name as a reference or a binding, with the checks that its place asks for.
  @inline(__always)
  mutating func parseIdentifier(isBinding: Bool = false) -> UInt32 {
    let start = tokenStart
    let name = tokenName
    if token != .identifier || facts.contains(.hasEscape) { checkName(isBinding: isBinding) }
    let node = leaf(.identifier, start: start, end: tokenEnd, payload: name)
    next()
    return node
  }

  /// Checks the current word as a name.
  mutating func checkName(isBinding: Bool) {
    let word = facts.contains(.hasEscape) ? lexeme(ofName: tokenName) : token
    guard token.isWord else { return failExpected("a name") }
    if word == .await { awaitNamePosition = max(awaitNamePosition, tokenStart) }
    let text = { (parser: Parser) in parser.nameText(parser.tokenName) }
    if word.isReserved {
      if facts.contains(.hasEscape) {
        reportHere("'\(text(self))' is a reserved word, with escapes too", advice: "choose another name")
      } else {
        failExpected("a name")
      }
    } else if word == .await,
      context.contains(.async) || isModule || context.contains(.staticBlock), !context.contains(.ambient)
    {
      reportHere("'await' is not allowed as a name here", advice: "choose another name")
    } else if word == .yield, context.contains(.generator) {
      reportHere("'yield' is not allowed as a name in a generator", advice: "choose another name")
    } else if word.isStrictReserved, context.contains(.strict), !context.contains(.ambient) {
      reportHere("'\(text(self))' is a reserved word in strict mode", advice: "choose another name")
    } else if word == .arguments, context.contains(.noArguments), !isBinding {
      reportHere("'arguments' is not allowed in a field or static block", advice: "use a method")
    } else if isBinding, word == .eval || word == .arguments, context.contains(.strict), !context.contains(.ambient) {
      reportHere("'\(text(self))' must not be bound in strict mode", advice: "choose another name")
    }
  }

  /// The word that a name spells.
  func lexeme(ofName name: UInt32) -> Lexeme {
    guard name <= Lexeme.with.nameIndex else { return .identifier }
    return Lexeme(rawValue: UInt8(name) + Lexeme.identifier.rawValue + 1) ?? .identifier
  }

  // MARK: Primary expressions

  mutating func parsePrimary() -> UInt32 {
    let start = tokenStart
    switch token {
    case .identifier: return parseIdentifierOrArrow(start)
    case .string: return parseString()
    case .number: return parseLiteral(.number)
    case .bigint: return parseLiteral(.bigint)
    case .true: return parseLiteral(.true)
    case .false: return parseLiteral(.false)
    case .null: return parseLiteral(.null)
    case .this:
      next()
      return leaf(.thisExpression, start: start, end: previousEnd)
    case .leftParen: return parseParenthesized()
    case .leftBracket: return parseArray()
    case .leftBrace: return parseObject()
    case .function:
      next()
      return parseFunction(start: start, isAsync: false, form: .expression)
    case .class: return parseClass(start: start, decorators: 0, isStatement: false)
    case .new: return parseNew()
    case .templateHead, .templateTail: return parseTemplate(isTagged: false)
    case .divide, .divideAssign:
      lexRegularExpression()
      return parseLiteral(.regularExpression)
    case .super: return parseSuper()
    case .import: return parseImportExpression()
    case .at:
      let decorators = parseDecorators()
      guard token == .class else { break }
      return parseClass(start: start, decorators: decorators, isStatement: false)
    case .async where !facts.contains(.hasEscape):
      // Not where an arrow function may begin: only `async function` is special here.
      let following = peek()
      if following.lexeme == .function, !following.newlineBefore {
        next()
        next()
        return parseFunction(start: start, isAsync: true, form: .expression)
      }
      return parseIdentifierOrArrow(start)
    case .less where hasJSX: return parseJSX()
    default: if token.isIdentifier { return parseIdentifierOrArrow(start) }
    }
    failExpected("an expression")
    return missing()
  }

  private mutating func parseIdentifierOrArrow(_ start: Int) -> UInt32 {
    let identifier = parseIdentifier()
    if token == .arrow, arrowStart == start, !newlineBefore {
      return parseArrow(start: start, parameters: list(of: identifier), isAsync: false)
    }
    return identifier
  }

  mutating func parseLiteral(_ detail: NodeDetail) -> UInt32 {
    if facts.contains(.legacyOctal), context.contains(.strict) {
      reportHere("legacy octal numbers are not allowed in strict mode", advice: "write '0o' before the digits")
    }
    let node = leaf(.literal, start: tokenStart, end: tokenEnd, detail: detail)
    next()
    return node
  }

  mutating func parseString() -> UInt32 {
    var flags: NodeFlags = []
    if facts.contains(.hasEscape) {
      flags = .hasSlots
      if facts.contains(.legacyOctal), context.contains(.strict) {
        reportHere("octal escapes are not allowed in strict mode", advice: "write '\\xHH'")
      }
    }
    let node = leaf(.literal, start: tokenStart, end: tokenEnd, detail: .string, flags: flags)
    next()
    return node
  }

  private mutating func parseSuper() -> UInt32 {
    let start = tokenStart
    next()
    let node = leaf(.super, start: start, end: previousEnd)
    switch token {
    case .leftParen:
      if !context.contains(.superCall) {
        report(
          start, previousEnd, "'super()' is allowed in the constructor of a derived class only", advice: "remove it")
      }
    case .dot, .leftBracket:
      if !context.contains(.superProperty) {
        report(start, previousEnd, "'super' is allowed in methods only", advice: "name the object instead")
      }
    default: failExpected("'(', '.' or '[' after 'super'")
    }
    return node
  }

  // MARK: Parentheses

  /// Parses `( ... )`: an expression, or the parameters of an arrow function.
  private mutating func parseParenthesized() -> UInt32 {
    let start = tokenStart
    let canBeArrow = arrowStart == start
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    let savedCover = cover
    let savedYield = yieldPosition
    let savedAwait = awaitPosition
    cover = CoverErrors()
    yieldPosition = -1
    awaitPosition = -1
    next()
    let base = pending.count
    let innerStart = tokenStart
    var trailingComma = -1
    var rest = -1
    while token != .rightParen, token != .endOfFile {
      trailingComma = -1
      if token == .ellipsis, canBeArrow {
        rest = tokenStart
        pending.append(parseRest(nil))
        if token == .comma { reportHere("a rest parameter must be the last", advice: "remove what follows it") }
      } else {
        pending.append(parseAssignment(ownsCover: false))
      }
      guard token == .comma else { break }
      trailingComma = tokenStart
      next()
    }
    let innerEnd = previousEnd
    expect(.rightParen, "')' to close the parentheses")
    context = outer
    if canBeArrow, token == .arrow, !newlineBefore || pending.count == base || rest >= 0 {
      return parseArrowAfterParentheses(
        start, base, savedCover: savedCover, savedYield: savedYield, savedAwait: savedAwait)
    }
    checkCover()
    cover = savedCover
    yieldPosition = max(yieldPosition, savedYield)
    awaitPosition = max(awaitPosition, savedAwait)
    if pending.count == base {
      failExpected("'=>' after '()'")
      return missing()
    }
    if trailingComma >= 0 {
      report(trailingComma, trailingComma + 1, "a trailing comma is not allowed here", advice: "remove it")
    }
    if rest >= 0 { report(rest, rest + 3, "'...' is not allowed here", advice: "remove it") }
    return closeParentheses(base, innerStart, innerEnd)
  }

  private mutating func closeParentheses(_ base: Int, _ start: Int, _ end: Int) -> UInt32 {
    if pending.count &- base == 1 {
      pending.count = base
      let expression = pending.storage[base]
      nodes[Int(expression)].flags.insert(.parenthesized)
      return expression
    }
    let expressions = list(since: base)
    let sequence = make(.sequenceExpression, start, expressions, flags: .parenthesized)
    nodes[Int(sequence)].end = UInt32(truncatingIfNeeded: end)
    return sequence
  }

  private mutating func parseArrowAfterParentheses(
    _ start: Int, _ base: Int, savedCover: CoverErrors, savedYield: Int, savedAwait: Int
  ) -> UInt32 {
    cover = savedCover
    if yieldPosition >= 0 { reportYieldInParameters() }
    if awaitPosition >= 0 {
      report(
        awaitPosition, awaitPosition + 5, "'await' is not allowed in the parameters of an arrow function",
        advice: "move it into the body")
    }
    yieldPosition = savedYield
    awaitPosition = savedAwait
    let parameters = list(since: base)
    return parseArrow(start: start, parameters: parameters, isAsync: false)
  }

  // MARK: Arrays and objects

  private mutating func parseArray() -> UInt32 {
    let start = tokenStart
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    next()
    let base = pending.count
    while token != .rightBracket, token != .endOfFile {
      if token == .comma {
        pending.append(.max)
        next()
        continue
      }
      if token == .ellipsis {
        pending.append(parseSpread(ownsCover: false))
      } else {
        pending.append(parseAssignment(ownsCover: false))
      }
      if token == .comma { next() } else if token != .rightBracket { failExpected("',' or ']' after the element") }
    }
    expect(.rightBracket, "']' to close the array")
    context = outer
    let elements = list(since: base)
    return make(.arrayExpression, start, elements)
  }

  private mutating func parseObject() -> UInt32 {
    let start = tokenStart
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    next()
    let base = pending.count
    var hasProto = false
    while token != .rightBrace, token != .endOfFile {
      if token == .ellipsis {
        pending.append(parseSpread(ownsCover: false))
      } else {
        pending.append(parseProperty(&hasProto))
      }
      if token == .comma { next() } else if token != .rightBrace { failExpected("',' or '}' after the property") }
    }
    expect(.rightBrace, "'}' to close the object")
    context = outer
    let properties = list(since: base)
    return make(.objectExpression, start, properties)
  }

  private mutating func parseProperty(_ hasProto: inout Bool) -> UInt32 {
    let start = tokenStart
    var isAsync = false
    var isGenerator = false
    var accessor = NodeDetail.none
    if token == .async || token == .get || token == .set, !facts.contains(.hasEscape) {
      let following = peek()
      switch following.lexeme {
      case .comma, .colon, .leftParen, .rightBrace, .assign, .less, .endOfFile: break
      default:
        if token == .async {
          if !following.newlineBefore {
            isAsync = true
            next()
          }
        } else {
          accessor = token == .get ? .get : .set
          next()
        }
      }
    }
    if token == .multiply, accessor == .none {
      isGenerator = true
      next()
    }
    let word = token
    let name = tokenName
    let keyEnd = tokenEnd
    let hasEscape = facts.contains(.hasEscape)
    var flags: NodeFlags = token == .leftBracket ? .computed : []
    let isProto = isProtoKey()
    let key = parsePropertyKey()
    if accessor != .none || isAsync || isGenerator || token == .leftParen || token == .less {
      let value = parseMethod(isAsync: isAsync, isGenerator: isGenerator, accessor: accessor)
      if kind(value) == .tsEmptyBodyFunctionExpression {
        report(at: value, "a method of an object needs a body", advice: "add '{ ... }'")
      }
      if accessor == .none { flags.insert(.method) }
      return make(.property, start, key, value, detail: accessor == .none ? .`init` : accessor, flags: flags)
    }
    if take(.colon) {
      if isProto {
        if hasProto, cover.duplicateProto == CoverErrors.none {
          cover.duplicateProto = Int32(truncatingIfNeeded: start)
        }
        hasProto = true
      }
      let value = parseAssignment(ownsCover: false)
      return make(.property, start, key, value, detail: .`init`, flags: flags)
    }
    guard word.isIdentifier || (hasEscape && word.isWord) else {
      failExpected("':' after the key")
      return make(.property, start, key, missing(), detail: .`init`, flags: flags)
    }
    flags.insert(.shorthand)
    checkShorthand(word, name, start, keyEnd, hasEscape: hasEscape)
    var value = leaf(.identifier, start: start, end: keyEnd, payload: name)
    if token == .assign {
      if cover.shorthandAssignment == CoverErrors.none {
        cover.shorthandAssignment = Int32(truncatingIfNeeded: tokenStart)
      }
      next()
      let right = parseAssignment()
      value = make(.assignmentPattern, start, value, right)
    }
    return make(.property, start, key, value, detail: .`init`, flags: flags)
  }

  /// Checks the name of a shorthand property, which was read as a key already.
  private mutating func checkShorthand(_ word: Lexeme, _ name: UInt32, _ start: Int, _ end: Int, hasEscape: Bool) {
    guard word != .identifier || hasEscape else { return }
    let state = lexerState
    tokenStart = start
    tokenEnd = end
    token = word
    tokenName = name
    facts = hasEscape ? .hasEscape : []
    checkName(isBinding: false)
    guard !isFailing else { return }
    token = state.token
    tokenStart = state.tokenStart
    tokenEnd = state.tokenEnd
    tokenName = state.tokenName
    facts = state.facts
  }

  private func isProtoKey() -> Bool {
    if token == .proto || (token == .identifier && tokenName == Lexeme.proto.nameIndex) { return true }
    guard token == .string else { return false }
    let text: StaticString = "__proto__"
    guard tokenEnd - tokenStart == 11 else { return false }
    for index in 0..<9 where bytes[tokenStart + 1 + index] != text.utf8Start[index] { return false }
    return true
  }

  /// Parses the key of a property or member: a word, string, number, or an expression in brackets.
  mutating func parsePropertyKey() -> UInt32 {
    switch token {
    case .string: return parseString()
    case .number: return parseLiteral(.number)
    case .bigint: return parseLiteral(.bigint)
    case .leftBracket:
      let outer = context
      context.subtract([.noIn, .decorator, .noArrowReturnType])
      next()
      let key = parseAssignment()
      expect(.rightBracket, "']' after the computed key")
      context = outer
      return key
    default:
      guard token.isWord else {
        failExpected("a property name")
        return missing()
      }
      let node = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      nextAfterName()
      return node
    }
  }

  /// Parses the parameters and body of a method; the function begins at its `(`.
  mutating func parseMethod(
    isAsync: Bool, isGenerator: Bool, accessor: NodeDetail, isClassMember: Bool = false, allowsSuperCall: Bool = false
  ) -> UInt32 {
    var inner = functionContext(isAsync: isAsync, isGenerator: isGenerator)
    inner.insert(.superProperty)
    if allowsSuperCall { inner.insert(.superCall) }
    return parseFunctionRest(
      start: tokenStart, identifier: .max, kind: .functionExpression, inner: inner, isAsync: isAsync,
      isGenerator: isGenerator, isMethod: true, isClassMember: isClassMember, accessor: accessor)
  }

  // MARK: new, templates, import

  private mutating func parseNew() -> UInt32 {
    let start = tokenStart
    let wordEnd = tokenEnd
    let name = tokenName
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    defer { leave() }
    next()
    if token == .dot {
      let meta = leaf(.identifier, start: start, end: wordEnd, payload: name)
      next()
      guard token == .target else {
        failExpected("'target' after 'new.'")
        return missing()
      }
      if facts.contains(.hasEscape) { reportHere("'new.target' must be written without escapes") }
      let property = parseMemberName()
      if !context.contains(.newTarget) {
        report(start, previousEnd, "'new.target' outside of a function", advice: "move it into a function")
      }
      return make(.metaProperty, start, meta, property)
    }
    let calleeStart = tokenStart
    if token == .super, peek().lexeme == .leftParen {
      reportHere("'super()' must not be called with 'new'", advice: "name the class instead")
    }
    arrowStart = -1
    let primary = token == .new ? parseNew() : parsePrimary()
    if kind(primary) == .importExpression, !isParenthesized(primary) {
      report(at: primary, "'import()' must not be called with 'new'", advice: "put it in parentheses")
    }
    let callee = parseSubscripts(of: primary, start: calleeStart, allowsCalls: false)
    var typeArguments: UInt32 = .max
    var target = callee
    if hasTypes, kind(callee) == .tsInstantiationExpression { (target, typeArguments) = splitHeritage(callee) }
    let arguments = token == .leftParen ? parseArguments() : 0
    return make(.newExpression, start, target, typeArguments, arguments)
  }

  mutating func parseTemplate(isTagged: Bool) -> UInt32 {
    let start = tokenStart
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    let base = pending.count
    var quasis = 0
    while true {
      checkTemplatePiece(isTagged: isTagged)
      let isTail = token == .templateTail
      let end = isTail && bytes[tokenEnd - 1] != 0x60 ? tokenEnd : tokenEnd - (isTail ? 1 : 2)
      var flags: NodeFlags = isTail ? .expressionOrTail : []
      if facts.contains(.hasEscape) { flags.insert(.hasSlots) }
      pending.append(leaf(.templateElement, start: tokenStart + 1, end: max(end, tokenStart + 1), flags: flags))
      quasis += 1
      next()
      if isTail { break }
      pending.append(parseExpression())
      guard token == .rightBrace else {
        failExpected("'}' to close the substitution")
        break
      }
      lexTemplateContinuation()
    }
    context = outer
    leave()
    return makeTemplate(.templateLiteral, start, base)
  }

  /// Makes a template of quasis and expressions, which alternate on ``pending``.
  mutating func makeTemplate(_ kind: NodeKind, _ start: Int, _ base: Int) -> UInt32 {
    let end = pending.count
    var index = base
    while index < end {
      pending.append(pending.storage[index])
      index += 2
    }
    let quasis = list(since: end)
    index = base + 1
    while index < end {
      pending.append(pending.storage[index])
      index += 2
    }
    let expressions = list(since: end)
    pending.count = base
    return make(kind, start, quasis, expressions)
  }

  private mutating func checkTemplatePiece(isTagged: Bool) {
    if facts.contains(.invalidEscape), !isTagged {
      reportHere("this template holds an escape that is not valid", advice: "write '\\xHH', '\\uHHHH' or '\\u{H}'")
    }
  }

  /// Parses `import(...)`, `import.meta`, `import.source(...)` and `import.defer(...)`.
  private mutating func parseImportExpression() -> UInt32 {
    let start = tokenStart
    let wordEnd = tokenEnd
    let name = tokenName
    next()
    if token == .dot {
      next()
      if token == .meta {
        if facts.contains(.hasEscape) { reportHere("'import.meta' must be written without escapes") }
        if !isModule {
          if isGoalOpen { giveUp(.goal) }
          report(start, tokenEnd, "'import.meta' is allowed in a module only", advice: "read the file as a module")
        }
        sawModuleSyntax = true
        let meta = leaf(.identifier, start: start, end: wordEnd, payload: name)
        let property = parseMemberName()
        return make(.metaProperty, start, meta, property)
      }
      if token == .source || token == .defer, !facts.contains(.hasEscape) {
        let detail: NodeDetail = token == .source ? .source : .defer
        next()
        return parseImportCall(start, detail)
      }
      failExpected("'meta', 'source' or 'defer' after 'import.'")
      return missing()
    }
    guard token == .leftParen else {
      failExpected("'(' or '.meta' after 'import'")
      return missing()
    }
    return parseImportCall(start, .none)
  }

  private mutating func parseImportCall(_ start: Int, _ detail: NodeDetail) -> UInt32 {
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    expect(.leftParen, "'(' after 'import'")
    if token == .ellipsis { failExpected("a module specifier") }
    let source = parseAssignment()
    var options: UInt32 = .max
    if take(.comma), token != .rightParen {
      options = parseAssignment()
      _ = take(.comma)
    }
    expect(.rightParen, "')' to close 'import('")
    context = outer
    return make(.importExpression, start, source, options, detail: detail)
  }
}
