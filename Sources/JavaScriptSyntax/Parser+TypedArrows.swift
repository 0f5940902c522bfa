import SourceText

extension Parser {
  private enum Verdict { case no, yes, maybe }

  /// Parses an arrow function whose parameters may have types; `nil` when there is none at the current token.
  ///
  /// A place where this failed is remembered, so that text in nested parentheses is not tried again and again.
  mutating func parseTypedArrow() -> UInt32? {
    guard !facts.contains(.hasEscape), !failedArrows.contains(tokenStart), arrowVerdict() != .no else { return nil }
    let start = tokenStart
    let attempt = beginAttempt()
    if let arrow = parseTypedArrowHead(start) { return arrow }
    rollBack(attempt)
    failedArrows.insert(start)
    return nil
  }

  /// Looks at the tokens after `(`, `<` or `async`.
  private mutating func arrowVerdict() -> Verdict {
    let state = lexerState
    defer { restore(state) }
    if token == .async {
      next()
      if newlineBefore || (token != .leftParen && token != .less) { return .no }
    }
    if token == .less { return hasJSX && !isGenericInJSX() ? .no : .maybe }
    next()
    switch token {
    case .rightParen:
      next()
      return token == .arrow || token == .colon || token == .leftBrace ? .yes : .no
    case .leftBrace, .leftBracket, .at: return .maybe
    case .ellipsis: return .yes
    default: return token.isWord ? verdictAfterWord() : .no
    }
  }

  private mutating func verdictAfterWord() -> Verdict {
    next()
    switch token {
    case .colon: return .yes
    case .comma, .assign: return .maybe
    case .question:
      next()
      return token == .colon || token == .comma || token == .assign || token == .rightParen ? .yes : .no
    case .rightParen:
      next()
      return token == .arrow || token == .colon ? .maybe : .no
    default: return .no
    }
  }

  /// Whether `<` opens type parameters where JSX is read: a comma or `extends` after the name.
  private mutating func isGenericInJSX() -> Bool {
    next()
    if token == .const { next() }
    guard token.isIdentifier else { return false }
    next()
    if token == .extends {
      next()
      return token != .assign && token != .greater && token != .divide
    }
    return token == .comma || token == .assign
  }

  /// Parses the head; once `=>` is reached the attempt has succeeded.
  ///
  /// In the middle of a conditional expression, a return type counts only if `:` follows the whole function.
  private mutating func parseTypedArrowHead(_ start: Int) -> UInt32? {
    let isAsync = take(.async)
    let inner = arrowContext(isAsync: isAsync)
    let outer = enterFunction(inner)
    context = outer.context
    context.subtract([.noIn, .noArrowReturnType, .decorator])
    context.insert(.parameters)
    if isAsync { context.insert(.async) }
    let typeParameters = token == .less ? parseTypeParameters() : .max
    let parameters = parseParameters()
    if parameters.decorated >= 0 { reportParameterDecorator(parameters.decorated) }
    checkNoThisParameter(parameters.list, "an arrow function")
    let returnType = token == .colon && !isFailing ? parseReturnType() : .max
    guard !isFailing, token == .arrow, !newlineBefore else { return nil }
    let needsColon = outer.context.contains(.noArrowReturnType) && returnType != .max
    if !needsColon { endAttempt() }
    let arrow = finishArrow(
      start: start, parameters: parameters, isAsync: isAsync, typeParameters: typeParameters, returnType: returnType,
      outer: outer, inner: inner)
    guard needsColon else { return arrow }
    guard !isFailing, token == .colon else { return nil }
    endAttempt()
    return arrow
  }
}
