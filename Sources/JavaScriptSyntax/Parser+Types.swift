import SourceText

extension Parser {
  // MARK: Annotations, parameters and arguments of types

  /// Parses `: Type`.
  mutating func parseTypeAnnotation() -> UInt32 {
    let start = tokenStart
    expect(.colon, "':' before the type")
    let type = parseType()
    return make(.tsTypeAnnotation, start, type)
  }

  /// Parses `: Type` of a function, which may be a predicate.
  mutating func parseReturnType(_ mark: Lexeme = .colon) -> UInt32 {
    let start = tokenStart
    if token == mark { next() } else { failExpected("the type that is returned") }
    let type = parseTypeOrPredicate()
    return make(.tsTypeAnnotation, start, type)
  }

  private mutating func parseTypeOrPredicate() -> UInt32 {
    let outer = context
    context.remove(.noConditionalType)
    defer { context = outer }
    let start = tokenStart
    if token == .asserts {
      let following = peek()
      if following.lexeme.isIdentifier || following.lexeme == .this, !following.newlineBefore, following.lexeme != .is {
        next()
        let name = parsePredicateName()
        var annotation: UInt32 = .max
        if token == .is, !newlineBefore {
          next()
          annotation = parseBareAnnotation()
        }
        return make(.tsTypePredicate, start, name, annotation, flags: .overrideOrDefinite)
      }
    }
    if token.isIdentifier || token == .this {
      let following = peek()
      if following.lexeme == .is, !following.newlineBefore {
        let name = parsePredicateName()
        next()
        let annotation = parseBareAnnotation()
        return make(.tsTypePredicate, start, name, annotation)
      }
    }
    return parseType()
  }

  private mutating func parsePredicateName() -> UInt32 {
    let start = tokenStart
    if take(.this) { return leaf(.tsThisType, start: start, end: previousEnd) }
    return parseIdentifier()
  }

  private mutating func parseBareAnnotation() -> UInt32 {
    let start = tokenStart
    let type = parseType()
    return make(.tsTypeAnnotation, start, type)
  }

  /// Parses `<T extends U = V, ...>`.
  mutating func parseTypeParameters() -> UInt32 {
    let start = tokenStart
    expect(.less, "'<'")
    let base = pending.count
    while token != .greater, token != .endOfFile {
      pending.append(parseTypeParameter())
      if token == .comma { next() } else { closeAngleHere("',' or '>' after the type parameter") }
    }
    if pending.count == base { reportHere("a list of type parameters must not be empty", advice: "remove it") }
    expect(.greater, "'>'")
    let parameters = list(since: base)
    return make(.tsTypeParameterDeclaration, start, parameters)
  }

  /// Makes a plain `>` of the current token, or fails.
  private mutating func closeAngleHere(_ what: StaticString) {
    splitAngle()
    if token != .greater { failExpected(what) }
  }

  private mutating func parseTypeParameter() -> UInt32 {
    let start = tokenStart
    var flags: NodeFlags = []
    while token == .const || token == .in || token == .out {
      if token == .out {
        let following = peek().lexeme
        if following == .comma || following == .greater || following == .extends || following == .assign { break }
      }
      if token == .const { flags.insert(.typeOnlyOrConst) }
      next()
    }
    let name = parseIdentifier(isBinding: true)
    var constraint: UInt32 = .max
    var value: UInt32 = .max
    if take(.extends) { constraint = parseTypeAllowingConditions() }
    if take(.assign) { value = parseTypeAllowingConditions() }
    return make(.tsTypeParameter, start, name, constraint, value, flags: flags)
  }

  mutating func parseTypeAllowingConditions() -> UInt32 {
    let outer = context
    context.remove(.noConditionalType)
    let type = parseType()
    context = outer
    return type
  }

  /// Parses `<A, B>`.
  ///
  /// - Parameter isInExpression: Whether `<` may compare, so that `>=` and `>>` do not close the list.
  mutating func parseTypeArguments(isInExpression: Bool = false) -> UInt32 {
    splitAngle()
    let start = tokenStart
    expect(.less, "'<'")
    let base = pending.count
    while token != .greater, token != .endOfFile {
      pending.append(parseTypeAllowingConditions())
      if token == .comma {
        next()
      } else if isInExpression {
        if token != .greater { failExpected("',' or '>' after the type argument") }
      } else {
        closeAngleHere("',' or '>' after the type argument")
      }
    }
    if pending.count == base { reportHere("a list of type arguments must not be empty", advice: "remove it") }
    expect(.greater, "'>'")
    if isFailing { failedTypeArguments.insert(start) }
    let arguments = list(since: base)
    return make(.tsTypeParameterInstantiation, start, arguments)
  }

  // MARK: Types

  mutating func parseType() -> UInt32 {
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    defer { leave() }
    let start = tokenStart
    if isFunctionTypeStart() { return parseFunctionType() }
    let check = parseUnion()
    guard token == .extends, !newlineBefore, !context.contains(.noConditionalType) else { return check }
    next()
    context.insert(.noConditionalType)
    let extends = parseType()
    context.remove(.noConditionalType)
    expect(.question, "'?' of the conditional type")
    let yes = parseType()
    expect(.colon, "':' of the conditional type")
    let no = parseType()
    return make(.tsConditionalType, start, check, extends, yes, no)
  }

  private mutating func parseUnion() -> UInt32 { parseJoined(.bitOr, .tsUnionType) }

  private mutating func parseJoined(_ mark: Lexeme, _ kind: NodeKind) -> UInt32 {
    let start = tokenStart
    let hasLeading = take(mark)
    let first = parseJoinedMember(mark)
    guard token == mark || hasLeading else { return first }
    let base = pending.count
    pending.append(first)
    while take(mark) { pending.append(parseJoinedMember(mark)) }
    let types = list(since: base)
    return make(kind, start, types)
  }

  private mutating func parseJoinedMember(_ mark: Lexeme) -> UInt32 {
    if mark == .bitOr { return parseJoined(.bitAnd, .tsIntersectionType) }
    if isFunctionTypeStart() { return parseFunctionType() }
    return parseTypeOperators()
  }

  private mutating func parseTypeOperators() -> UInt32 {
    let start = tokenStart
    let detail: NodeDetail
    switch token {
    case .keyof: detail = .keyof
    case .unique: detail = .unique
    case .readonly: detail = .readonly
    case .infer: return parseInfer()
    default: return parsePostfixType()
    }
    let following = peek()
    if !startsType(following.lexeme) || (following.newlineBefore && detail != .keyof) { return parsePostfixType() }
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    next()
    let type = parseTypeOperators()
    leave()
    if detail == .readonly, !isFailing { checkReadonlyType(type) }
    return make(.tsTypeOperator, start, type, detail: detail)
  }

  private func startsType(_ lexeme: Lexeme) -> Bool {
    switch lexeme {
    case .leftBrace, .leftBracket, .leftParen, .string, .number, .bigint, .templateHead, .templateTail, .subtract,
      .this,
      .void, .null, .true, .false, .typeof, .import, .new, .less:
      true
    case .is, .extends: false
    default: lexeme.isIdentifier
    }
  }

  private mutating func parseInfer() -> UInt32 {
    let start = tokenStart
    next()
    let nameStart = tokenStart
    let name = parseIdentifier(isBinding: true)
    var constraint: UInt32 = .max
    if token == .extends {
      // `infer T extends U ? x : y` is a condition on the whole, unless conditions are excluded here.
      let attempt = beginAttempt()
      next()
      let outer = context
      context.insert(.noConditionalType)
      let type = parseType()
      context = outer
      if !isFailing, outer.contains(.noConditionalType) || token != .question {
        endAttempt()
        constraint = type
      } else {
        rollBack(attempt)
      }
    }
    let parameter = make(.tsTypeParameter, nameStart, name, constraint, .max)
    return make(.tsInferType, start, parameter)
  }

  private mutating func parsePostfixType() -> UInt32 {
    let start = tokenStart
    var type = parsePrimaryType()
    while token == .leftBracket, !newlineBefore {
      next()
      if take(.rightBracket) {
        type = make(.tsArrayType, start, type)
      } else {
        let index = parseTypeAllowingConditions()
        expect(.rightBracket, "']'")
        type = make(.tsIndexedAccessType, start, type, index)
      }
    }
    return type
  }

  private mutating func parsePrimaryType() -> UInt32 {
    let start = tokenStart
    switch token {
    case .any: return parseKeywordType(.any)
    case .unknown: return parseKeywordType(.unknown)
    case .never: return parseKeywordType(.never)
    case .numberWord: return parseKeywordType(.numberType)
    case .stringWord: return parseKeywordType(.stringType)
    case .boolean: return parseKeywordType(.boolean)
    case .symbol: return parseKeywordType(.symbol)
    case .object: return parseKeywordType(.object)
    case .bigintWord: return parseKeywordType(.bigintType)
    case .undefined: return parseKeywordType(.undefined)
    case .void, .null:
      let detail: NodeDetail = token == .void ? .voidType : .null
      next()
      return leaf(.tsKeywordType, start: start, end: previousEnd, detail: detail)
    case .this:
      next()
      return leaf(.tsThisType, start: start, end: previousEnd)
    case .string:
      let literal = parseString()
      return make(.tsLiteralType, start, literal)
    case .number, .bigint:
      let literal = parseLiteral(token == .number ? .number : .bigint)
      return make(.tsLiteralType, start, literal)
    case .true, .false:
      let literal = parseLiteral(token == .true ? .true : .false)
      return make(.tsLiteralType, start, literal)
    case .subtract: return parseNegativeType()
    case .templateHead, .templateTail: return parseTemplateType()
    case .typeof: return parseTypeQuery()
    case .import: return parseImportType()
    case .leftBrace: return isMappedType() ? parseMappedType() : parseTypeLiteral()
    case .leftBracket: return parseTupleType()
    case .leftParen:
      next()
      let type = parseTypeAllowingConditions()
      expect(.rightParen, "')'")
      if !isFailing { nodes[Int(type)].flags.insert(.parenthesized) }
      return type
    default:
      if token.isIdentifier { return parseTypeReference() }
      failExpected("a type")
      return missing()
    }
  }

  private mutating func parseKeywordType(_ detail: NodeDetail) -> UInt32 {
    if facts.contains(.hasEscape) || peek().lexeme == .dot { return parseTypeReference() }
    let start = tokenStart
    next()
    return leaf(.tsKeywordType, start: start, end: previousEnd, detail: detail)
  }

  private mutating func parseNegativeType() -> UInt32 {
    let start = tokenStart
    next()
    guard token == .number || token == .bigint else {
      failExpected("a number after '-'")
      return missing()
    }
    let literal = parseLiteral(token == .number ? .number : .bigint)
    let negated = make(.unaryExpression, start, literal, detail: .minus, flags: .prefix)
    return make(.tsLiteralType, start, negated)
  }

  private mutating func parseTemplateType() -> UInt32 {
    let start = tokenStart
    let base = pending.count
    let hasTypes = token == .templateHead
    while true {
      let isTail = token == .templateTail
      let end = isTail && bytes[tokenEnd - 1] != 0x60 ? tokenEnd : tokenEnd - (isTail ? 1 : 2)
      var flags: NodeFlags = isTail ? .expressionOrTail : []
      if facts.contains(.hasEscape) { flags.insert(.hasSlots) }
      pending.append(leaf(.templateElement, start: tokenStart + 1, end: max(end, tokenStart + 1), flags: flags))
      next()
      if isTail { break }
      pending.append(parseTypeAllowingConditions())
      guard token == .rightBrace else {
        failExpected("'}' to close the substitution")
        break
      }
      lexTemplateContinuation()
    }
    if hasTypes { return makeTemplate(.tsTemplateLiteralType, start, base) }
    let literal = makeTemplate(.templateLiteral, start, base)
    return make(.tsLiteralType, start, literal)
  }

  /// Parses `A.B.C<D>`.
  private mutating func parseTypeReference() -> UInt32 {
    let start = tokenStart
    let name = parseEntityName()
    let arguments = parseTrailingTypeArguments()
    return make(.tsTypeReference, start, name, arguments)
  }

  private mutating func parseTrailingTypeArguments() -> UInt32 {
    guard token == .less || token == .shiftLeft, !newlineBefore else { return .max }
    return parseTypeArguments()
  }

  /// Parses `A.B.C`.
  mutating func parseEntityName(allowsReserved: Bool = false) -> UInt32 {
    let start = tokenStart
    var name: UInt32
    if token == .this {
      next()
      name = leaf(.thisExpression, start: start, end: previousEnd)
    } else if allowsReserved, token.isWord {
      name = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      nextAfterName()
    } else {
      name = parseIdentifier()
    }
    while token == .dot {
      next()
      let right = parseMemberName()
      name = make(.tsQualifiedName, start, name, right)
    }
    return name
  }

  private mutating func parseTypeQuery() -> UInt32 {
    let start = tokenStart
    next()
    let name = token == .import ? parseImportType() : parseEntityName(allowsReserved: true)
    let arguments = kind(name) == .tsImportType ? .max : parseTrailingTypeArguments()
    return make(.tsTypeQuery, start, name, arguments)
  }

  private mutating func parseImportType() -> UInt32 {
    let start = tokenStart
    next()
    expect(.leftParen, "'(' after 'import'")
    let argument = parseType()
    if !isFailing, kind(argument) != .tsLiteralType || nodes[Int(slot(argument, 0))].detail != .string {
      report(at: argument, "the argument of an imported type must be a string", advice: "name the module")
    }
    var options: UInt32 = .max
    if take(.comma), token != .rightParen {
      options = parseAssignment()
      _ = take(.comma)
    }
    expect(.rightParen, "')' to close 'import('")
    var qualifier: UInt32 = .max
    if take(.dot) { qualifier = parseEntityName(allowsReserved: true) }
    let arguments = parseTrailingTypeArguments()
    return make(.tsImportType, start, argument, options, qualifier, arguments)
  }

  // MARK: Function types

  private mutating func isFunctionTypeStart() -> Bool {
    switch token {
    case .less, .new: return true
    case .abstract: return peek().lexeme == .new
    case .leftParen: return isParameterListStart()
    default: return false
    }
  }

  /// Whether the current `(` opens the parameters of a function type.
  private mutating func isParameterListStart() -> Bool {
    let state = lexerState
    defer { restore(state) }
    next()
    switch token {
    case .rightParen, .ellipsis: return true
    case .this: next()
    case .leftBrace, .leftBracket: skipBalanced()
    default:
      guard token.isWord else { return false }
      next()
    }
    switch token {
    case .colon, .comma, .question, .assign: return true
    case .rightParen:
      next()
      return token == .arrow
    default: return false
    }
  }

  /// Skips from an opening bracket past its partner, for looking ahead; gives up after a few thousand tokens, so that nested
  /// brackets are not looked at again and again.
  mutating func skipBalanced() {
    let braces = braceDepth - (token == .leftBrace ? 1 : 0)
    let brackets = bracketDepth - (token == .leftBracket || token == .leftParen ? 1 : 0)
    let last = tokenCount + 4096
    // The depths at which the substitutions of templates are open.
    var templates: [Int] = []
    repeat {
      if token == .rightBrace, templates.last == braceDepth + 1 {
        lexTemplateContinuation()
        if token == .templateTail { templates.removeLast() }
      } else if token == .templateHead {
        templates.append(braceDepth)
      }
      next()
    } while token != .endOfFile && tokenCount < last && (braceDepth > braces || bracketDepth > brackets)
    next()
  }

  private mutating func parseFunctionType() -> UInt32 {
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    defer { leave() }
    let start = tokenStart
    let isAbstract = take(.abstract)
    let isConstructor = take(.new)
    let typeParameters = token == .less ? parseTypeParameters() : .max
    let parameters = parseTypeLevelParameters()
    let returnType = parseReturnType(.arrow)
    return make(
      isConstructor ? .tsConstructorType : .tsFunctionType, start, typeParameters, parameters, returnType,
      flags: isAbstract ? .abstract : [])
  }

  /// Parses the parameters of a type, whose names bind nothing.
  mutating func parseTypeLevelParameters() -> UInt32 {
    let outer = context
    context.subtract([.noConditionalType, .parameters])
    pushScope(isFunction: true)
    let parameters = parseParameters()
    if parameters.decorated >= 0 { reportParameterDecorator(parameters.decorated) }
    popScope()
    context = outer
    return parameters.list
  }
}
