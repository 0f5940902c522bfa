import SourceText

extension Parser {
  // MARK: Object types

  mutating func isMappedType() -> Bool {
    let state = lexerState
    defer { restore(state) }
    next()
    if token == .add || token == .subtract {
      next()
      return token == .readonly
    }
    if token == .readonly { next() }
    guard token == .leftBracket else { return false }
    next()
    guard token.isWord else { return false }
    next()
    return token == .in
  }

  mutating func parseMappedType() -> UInt32 {
    let start = tokenStart
    next()
    var flags: NodeFlags = []
    if token == .add || token == .subtract { next() }
    if take(.readonly) { flags.insert(.readonly) }
    expect(.leftBracket, "'['")
    let key = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
    nextAfterName()
    expect(.in, "'in'")
    let constraint = parseTypeAllowingConditions()
    var nameType: UInt32 = .max
    if take(.as) { nameType = parseTypeAllowingConditions() }
    expect(.rightBracket, "']'")
    if token == .add || token == .subtract { next() }
    if take(.question) { flags.insert(.optional) }
    var type: UInt32 = .max
    if take(.colon) { type = parseTypeAllowingConditions() }
    if !take(.semicolon) { _ = take(.comma) }
    expect(.rightBrace, "'}' to close the mapped type")
    return make(.tsMappedType, start, key, constraint, nameType, type, flags: flags)
  }

  mutating func parseTypeLiteral() -> UInt32 {
    let start = tokenStart
    let members = parseTypeMembers()
    return make(.tsTypeLiteral, start, members)
  }

  /// Parses `{ members }`; returns the list.
  mutating func parseTypeMembers() -> UInt32 {
    let outer = context
    context.remove(.noConditionalType)
    expect(.leftBrace, "'{'")
    let base = pending.count
    while token != .rightBrace, token != .endOfFile { pending.append(parseTypeMember()) }
    expect(.rightBrace, "'}' to close the type")
    context = outer
    return list(since: base)
  }

  private mutating func parseTypeMember() -> UInt32 {
    let start = tokenStart
    if token == .leftParen || token == .less {
      return parseSignature(.tsCallSignatureDeclaration, start)
    }
    if token == .new {
      let following = peek().lexeme
      if following == .leftParen || following == .less {
        next()
        return parseSignature(.tsConstructSignatureDeclaration, start)
      }
    }
    var flags: NodeFlags = []
    var accessor = NodeDetail.none
    while isTypeModifier() {
      switch token {
      case .readonly: flags.insert(.readonly)
      default: reportHere("\(describeToken()) is not allowed on a member of a type", advice: "remove it")
      }
      next()
    }
    if token == .get || token == .set {
      let following = peek()
      if !endsTypeMemberName(following.lexeme), !following.newlineBefore {
        accessor = token == .get ? .get : .set
        next()
      }
    }
    if token == .leftBracket, isIndexSignature() {
      let signature = parseIndexSignature(start, flags: flags)
      endTypeMember(signature)
      return signature
    }
    return parsePropertyOrMethodSignature(start, flags, accessor)
  }

  private mutating func isTypeModifier() -> Bool {
    switch token {
    case .readonly, .static, .public, .private, .protected, .abstract, .declare, .override, .export:
      let following = peek()
      return !endsTypeMemberName(following.lexeme) && !following.newlineBefore
    default: return false
    }
  }

  private func endsTypeMemberName(_ lexeme: Lexeme) -> Bool {
    switch lexeme {
    case .colon, .question, .leftParen, .less, .semicolon, .comma, .rightBrace, .endOfFile, .not: true
    default: false
    }
  }

  private mutating func parsePropertyOrMethodSignature(
    _ start: Int, _ flags: NodeFlags, _ accessor: NodeDetail
  ) -> UInt32 {
    var flags = flags
    if token == .leftBracket { flags.insert(.computed) }
    let key: UInt32
    if token == .privateName {
      reportHere("a private name is not allowed in a type", advice: "remove the '#'")
      key = leaf(.privateIdentifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      next()
    } else {
      key = parsePropertyKey()
    }
    if take(.question) { flags.insert(.optional) }
    if token == .leftParen || token == .less {
      let typeParameters = token == .less ? parseTypeParameters() : .max
      let parameters = parseTypeLevelParameters()
      let returnType = token == .colon ? parseReturnType() : .max
      let node = make(
        .tsMethodSignature, start, key, typeParameters, parameters, returnType,
        detail: accessor == .none ? .method : accessor, flags: flags)
      if accessor != .none, !isFailing {
        checkAccessorSignature(
          node, accessor, typeParameters: typeParameters, parameters: parameters, returnType: returnType)
      }
      if flags.contains(.readonly) { report(at: node, "a method takes no 'readonly'", advice: "remove it") }
      endTypeMember(node)
      return node
    }
    if accessor != .none { failExpected("'(' of the accessor") }
    let type = token == .colon ? parseTypeAnnotation() : .max
    if token == .assign {
      reportHere("a member of a type has no value", advice: "remove the initializer")
      next()
      _ = parseAssignment()
    }
    let node = make(.tsPropertySignature, start, key, type, flags: flags)
    endTypeMember(node)
    return node
  }

  private mutating func parseSignature(_ kind: NodeKind, _ start: Int) -> UInt32 {
    let typeParameters = token == .less ? parseTypeParameters() : .max
    let parameters = parseTypeLevelParameters()
    let returnType = token == .colon ? parseReturnType() : .max
    let node = make(kind, start, typeParameters, parameters, returnType)
    endTypeMember(node)
    return node
  }

  /// Takes the `;` or `,` after a member, which belongs to it.
  private mutating func endTypeMember(_ node: UInt32) {
    if token == .semicolon || token == .comma {
      next()
      nodes[Int(node)].end = UInt32(truncatingIfNeeded: previousEnd)
      return
    }
    if token == .rightBrace || newlineBefore { return }
    failExpected("';' or ',' after the member")
  }

  /// Whether the current `[` opens an index signature: `[name:`.
  mutating func isIndexSignature() -> Bool {
    let state = lexerState
    defer { restore(state) }
    next()
    guard token.isIdentifier else { return token == .ellipsis || token == .rightBracket }
    next()
    return token == .colon || token == .comma
      || (token == .question && [.colon, .comma, .rightBracket].contains(peek().lexeme))
  }

  mutating func parseIndexSignature(_ start: Int, flags: NodeFlags) -> UInt32 {
    next()
    let base = pending.count
    pushScope(isFunction: true)
    while token != .rightBracket, token != .endOfFile {
      pending.append(parseParameter())
      if token == .comma { next() } else if token != .rightBracket { failExpected("']'") }
    }
    popScope()
    if pending.count != base + 1 { reportHere("an index signature takes one parameter", advice: "give it exactly one") }
    expect(.rightBracket, "']' to close the index signature")
    let parameters = list(since: base)
    let type = token == .colon ? parseTypeAnnotation() : .max
    return make(.tsIndexSignature, start, parameters, type, flags: flags)
  }

  // MARK: Tuples

  mutating func parseTupleType() -> UInt32 {
    let start = tokenStart
    let outer = context
    context.remove(.noConditionalType)
    next()
    let base = pending.count
    while token != .rightBracket, token != .endOfFile {
      pending.append(parseTupleMember())
      if token == .comma { next() } else if token != .rightBracket { failExpected("',' or ']' in the tuple") }
    }
    expect(.rightBracket, "']' to close the tuple")
    context = outer
    checkTuple(since: base)
    let members = list(since: base)
    return make(.tsTupleType, start, members)
  }

  private mutating func parseTupleMember() -> UInt32 {
    let start = tokenStart
    if take(.ellipsis) {
      let inner = tokenStart
      let type = isTupleLabel() ? parseNamedTupleMember(inner) : parseType()
      if kind(type) == .tsNamedTupleMember, nodes[Int(type)].flags.contains(.optional) {
        report(at: type, "a rest element must not be optional", advice: "remove the '?' or the '...'")
      }
      return make(.tsRestType, start, type)
    }
    if isTupleLabel() { return parseNamedTupleMember(start) }
    let type = parseType()
    guard token == .question else { return type }
    next()
    return make(.tsOptionalType, start, type)
  }

  private mutating func isTupleLabel() -> Bool {
    guard token.isWord else { return false }
    let state = lexerState
    defer { restore(state) }
    next()
    if token == .colon { return true }
    guard token == .question else { return false }
    next()
    return token == .colon
  }

  private mutating func parseNamedTupleMember(_ start: Int) -> UInt32 {
    let label = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
    nextAfterName()
    let flags: NodeFlags = take(.question) ? .optional : []
    expect(.colon, "':' after the label")
    let type = parseType()
    return make(.tsNamedTupleMember, start, label, type, flags: flags)
  }
}
