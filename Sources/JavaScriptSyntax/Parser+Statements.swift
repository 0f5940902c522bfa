import SourceText

extension Parser {
  /// Parses the whole text; the root is the last node.
  mutating func parseProgram(isStrict: Bool) -> UInt32 {
    if isModule || isStrict { context.insert(.strict) }
    if isModule { context.insert(.async) }
    if isDeclarationFile { context.insert(.ambient) }
    pushScope(isFunction: true)
    lex()
    let base = pending.count
    parseDirectives()
    while token != .endOfFile {
      if token == .rightBrace {
        appendStray()
      } else {
        parseStatementInList(isTop: true)
      }
    }
    checkExportedLocals()
    let body = list(since: base)
    previousEnd = count
    return make(.program, 0, body)
  }

  /// Takes a `}` that closes nothing.
  private mutating func appendStray() {
    let start = tokenStart
    reportHere("unexpected '}'", advice: "remove it, or open a block before it")
    next()
    braceDepth = max(braceDepth, 0)
    if token == .rightBrace { braceDepth = -1 } else if token == .leftBrace { braceDepth = 1 }
    bracketDepth = token == .leftParen || token == .leftBracket ? 1 : 0
    pending.append(make(.invalid, start, 0))
  }

  /// Parses the directives at the head of a program or function body onto ``pending``.
  ///
  /// - Returns: Whether one of them was `"use strict"`, and where.
  @discardableResult
  mutating func parseDirectives() -> Int? {
    var strictStart: Int?
    var octal: (Int, Int)?
    while token == .string {
      let start = tokenStart
      let end = tokenEnd
      let isOctal = facts.contains(.legacyOctal)
      let base = pending.count
      parseStatementInList(isTop: false)
      guard pending.count > base else { break }
      let statement = pending.storage[base]
      guard kind(statement) == .expressionStatement else { break }
      let literal = slot(statement, 0)
      guard kind(literal) == .literal, !isParenthesized(literal), nodes[Int(literal)].detail == .string else { break }
      nodes[Int(statement)].flags.insert(.expressionOrTail)
      if isOctal { octal = octal ?? (start, end) }
      if isUseStrict(start, end) {
        if !context.contains(.strict), let octal {
          report(octal.0, octal.1, "octal escapes are not allowed in strict mode", advice: "write '\\xHH'")
        }
        context.insert(.strict)
        strictStart = strictStart ?? start
      }
    }
    return strictStart
  }

  private func isUseStrict(_ start: Int, _ end: Int) -> Bool {
    guard end - start == 12 else { return false }
    let text: StaticString = "use strict"
    for index in 0..<10 where bytes[start + 1 + index] != text.utf8Start[index] { return false }
    return true
  }

  /// Parses one statement of a list onto ``pending``, resynchronising after an error.
  @inline(__always)
  mutating func parseStatementInList(isTop: Bool) {
    let start = tokenStart
    let braces = braceDepth &- (token == .leftBrace ? 1 : 0)
    let brackets = bracketDepth &- (token == .leftParen || token == .leftBracket ? 1 : 0)
    let base = pending.count
    let operatorBase = operators.count
    let scopeCount = scopes.scopes.count
    let level = depth
    let labelCount = labels.count
    let tokensBefore = tokenCount
    let statement = parseStatement(isInList: true, isTop: isTop)
    if isFailing {
      // What was put aside between the error and here belongs to nothing.
      pending.count = base
      operators.count = operatorBase
      popScopes(to: scopeCount)
      depth = level
      labels.removeSubrange(min(labelCount, labels.count)...)
      pending.append(recover(statement, start: start, braces: braces, brackets: brackets))
    } else {
      // Past the limit on nesting a statement may be left as it is.
      if tokenCount == tokensBefore { next() }
      pending.append(statement)
    }
  }

  /// Parses a statement.
  ///
  /// - Parameters:
  ///   - isInList: Whether declarations are allowed, as in a block.
  ///   - isTop: Whether `import` and `export` are allowed.
  mutating func parseStatement(isInList: Bool, isTop: Bool = false) -> UInt32 {
    guard enter() else {
      leaveTooDeep()
      return skipTooDeep()
    }
    let statement = parseStatementUnchecked(isInList: isInList, isTop: isTop)
    depth &-= 1
    return statement
  }

  mutating func leaveTooDeep() { depth &-= 1 }

  private mutating func parseStatementUnchecked(isInList: Bool, isTop: Bool) -> UInt32 {
    switch token {
    case .leftBrace: return parseBlock()
    case .var: return parseVariableStatement(.var)
    case .const: return parseConst(isInList: isInList)
    case .function:
      if !isInList { reportHere("a function declaration is not allowed here", advice: "put it into a block") }
      return parseFunctionDeclaration(isInList: isInList)
    case .if: return parseIf()
    case .return: return parseReturn()
    case .for: return parseFor()
    case .while: return parseWhile()
    case .do: return parseDo()
    case .switch: return parseSwitch()
    case .throw: return parseThrow()
    case .try: return parseTry()
    case .break, .continue: return parseJump()
    case .class:
      if !isInList { reportHere("a class declaration is not allowed here", advice: "put it into a block") }
      return parseClass(start: tokenStart, decorators: 0, isStatement: true)
    case .at: return parseDecorated(isInList: isInList, isTop: isTop)
    case .import: return parseImportStatement(isTop: isTop)
    case .export: return parseExportStatement(isTop: isTop)
    case .semicolon:
      let start = tokenStart
      next()
      return leaf(.emptyStatement, start: start, end: previousEnd)
    case .debugger:
      let start = tokenStart
      next()
      endStatement()
      return leaf(.debuggerStatement, start: start, end: previousEnd)
    case .with: return parseWith()
    case .let: if let statement = parseLet(isInList: isInList) { return statement }
    case .async: if let statement = parseAsyncFunction(isInList: isInList) { return statement }
    case .using, .await: if let statement = parseUsing(isInList: isInList) { return statement }
    case .enum where hasTypes: return parseTypeScriptStatement(isInList: isInList) ?? parseExpressionStatement()
    default:
      if hasTypes, token.isIdentifier, let statement = parseTypeScriptStatement(isInList: isInList) { return statement }
    }
    return parseExpressionStatement()
  }

  /// Ends a statement by `;`, or where one may be left out.
  @inline(__always)
  mutating func endStatement() {
    if token == .semicolon { return next() }
    if token == .rightBrace || token == .endOfFile || newlineBefore { return }
    reportMissingSemicolon()
  }

  private mutating func reportMissingSemicolon() {
    // The statement is kept; what follows on the line is tried as a statement of its own unless nothing can begin with it.
    switch token {
    case .rightParen, .rightBracket, .colon, .comma, .invalid, .arrow, .dot, .questionDot, .ellipsis, .question:
      failExpected("';'")
    default:
      if token.precedence > 0 || token.isAssignment { return failExpected("';'") }
      reportHere("expected ';' before \(describeToken())", advice: "end the statement with ';' or a line end")
    }
  }

  mutating func parseExpressionStatement() -> UInt32 {
    let start = tokenStart
    let first = token
    let firstName = tokenName
    let hadEscape = facts.contains(.hasEscape)
    let expression = parseExpression()
    if token == .colon, first.isIdentifier, kind(expression) == .identifier, !isParenthesized(expression) {
      return parseLabeled(expression, start: start, name: firstName, lexeme: hadEscape ? .identifier : first)
    }
    endStatement()
    return make(.expressionStatement, start, expression)
  }

  private mutating func parseLabeled(_ label: UInt32, start: Int, name: UInt32, lexeme: Lexeme) -> UInt32 {
    next()
    for index in labelBase..<max(labelBase, labels.count) where labels[index].name == name {
      report(at: label, "label '\(nameText(name))' is declared twice", advice: "rename it")
      break
    }
    labels.append(Label(name: name, isLoop: false, start: start, bodyStart: tokenStart))
    if token == .for || token == .while || token == .do { markLoopLabels() }
    let body: UInt32
    if token == .function {
      if context.contains(.strict) {
        reportHere("a label before a function is not allowed in strict mode", advice: "remove the label")
      }
      body = parseFunctionDeclaration(isInList: true, isLabeled: true)
    } else {
      body = parseStatement(isInList: false)
    }
    if !labels.isEmpty { labels.removeLast() }
    return make(.labeledStatement, start, label, body)
  }

  /// Marks the labels that stand directly before the loop at the current token.
  private mutating func markLoopLabels() {
    var bodyStart = tokenStart
    var index = labels.count - 1
    while index >= labelBase, labels[index].bodyStart == bodyStart {
      labels[index].isLoop = true
      bodyStart = labels[index].start
      index -= 1
    }
  }

  mutating func parseBlock() -> UInt32 {
    let start = tokenStart
    pushScope()
    let body = parseBlockBody()
    popScope()
    return make(.blockStatement, start, body)
  }

  /// Parses `{ ... }` in the scope that is open; returns the list.
  mutating func parseBlockBody() -> UInt32 {
    expect(.leftBrace, "'{'")
    let base = pending.count
    while token != .rightBrace, token != .endOfFile { parseStatementInList(isTop: false) }
    expect(.rightBrace, "'}' to close the block")
    return list(since: base)
  }

  // MARK: Conditions and loops

  /// Parses `( expression )`.
  mutating func parseParenthesizedCondition() -> UInt32 {
    expect(.leftParen, "'('")
    let expression = parseExpression()
    expect(.rightParen, "')'")
    return expression
  }

  /// Parses an `if` and all its `else if`, iteratively.
  private mutating func parseIf() -> UInt32 {
    let base = pending.count
    var alternate: UInt32 = .max
    repeat {
      let start = tokenStart
      next()
      let test = parseParenthesizedCondition()
      let consequent = parseBranch()
      pending.append(UInt32(truncatingIfNeeded: start))
      pending.append(test)
      pending.append(consequent)
      guard take(.else) else { break }
      if token != .if {
        alternate = parseBranch()
        break
      }
    } while token == .if
    var statement = alternate
    while pending.count > base {
      pending.count -= 3
      let entry = pending.storage + pending.count
      statement = make(.ifStatement, Int(entry[0]), entry[1], entry[2], statement)
    }
    return statement
  }

  /// Parses the branch of an `if`, where sloppy code may put a function.
  private mutating func parseBranch() -> UInt32 {
    guard token == .function, !context.contains(.strict) else {
      let branch = parseStatement(isInList: false)
      if kind(branch) == .labeledStatement { checkLoopLabel(branch) }
      return branch
    }
    pushScope()
    let function = parseFunctionDeclaration(isInList: true, isLabeled: true)
    popScope()
    return function
  }

  /// Parses the body of a loop.
  mutating func parseLoopBody() -> UInt32 {
    let outer = context
    context.formUnion([.loop, .breakable])
    context.remove(.noIn)
    let body = parseStatement(isInList: false)
    if kind(body) == .labeledStatement { checkLoopLabel(body) }
    context = outer
    return body
  }

  /// The body of a loop must not be a function behind labels.
  private mutating func checkLoopLabel(_ statement: UInt32) {
    var statement = statement
    while statement != .max, kind(statement) == .labeledStatement { statement = slot(statement, 1) }
    if statement != .max, kind(statement) == .functionDeclaration {
      report(at: statement, "a function declaration is not allowed here", advice: "put it into a block")
    }
  }

  private mutating func parseWhile() -> UInt32 {
    let start = tokenStart
    next()
    let test = parseParenthesizedCondition()
    let body = parseLoopBody()
    return make(.whileStatement, start, test, body)
  }

  private mutating func parseDo() -> UInt32 {
    let start = tokenStart
    next()
    let body = parseLoopBody()
    expect(.while, "'while' after the body of 'do'")
    let test = parseParenthesizedCondition()
    _ = take(.semicolon)
    return make(.doWhileStatement, start, body, test)
  }

  private mutating func parseWith() -> UInt32 {
    let start = tokenStart
    if context.contains(.strict) {
      reportHere("'with' is not allowed in strict mode", advice: "name the object in each access")
    }
    next()
    let object = parseParenthesizedCondition()
    let body = parseStatement(isInList: false)
    if kind(body) == .labeledStatement { checkLoopLabel(body) }
    return make(.withStatement, start, object, body)
  }

  private mutating func parseSwitch() -> UInt32 {
    let start = tokenStart
    next()
    let discriminant = parseParenthesizedCondition()
    let outer = context
    context.insert(.breakable)
    pushScope()
    let outerCaseScope = caseScope
    caseScope = scopes.scopes.count
    expect(.leftBrace, "'{' to open the cases")
    let base = pending.count
    var hasDefault = false
    while token != .rightBrace, token != .endOfFile {
      let first = tokenStart
      let isDefault = token == .default
      if isDefault, hasDefault {
        reportHere("a switch has one 'default' at most", advice: "merge this one with the other")
      }
      hasDefault = hasDefault || isDefault
      guard token == .case || isDefault else {
        failExpected("'case' or 'default'")
        break
      }
      next()
      let test = isDefault ? .max : parseExpression()
      expect(.colon, "':' after the case")
      let inner = pending.count
      while token != .case, token != .default, token != .rightBrace, token != .endOfFile {
        parseStatementInList(isTop: false)
      }
      let consequent = list(since: inner)
      pending.append(make(.switchCase, first, test, consequent))
    }
    expect(.rightBrace, "'}' to close the switch")
    let cases = list(since: base)
    caseScope = outerCaseScope
    popScope()
    context = outer
    return make(.switchStatement, start, discriminant, cases)
  }

  // MARK: Jumps

  private mutating func parseReturn() -> UInt32 {
    let start = tokenStart
    if !context.contains(.function) {
      reportHere("'return' outside of a function", advice: "move it into a function")
    }
    next()
    var argument: UInt32 = .max
    if token != .semicolon, token != .rightBrace, token != .endOfFile, !newlineBefore { argument = parseExpression() }
    endStatement()
    return make(.returnStatement, start, argument)
  }

  private mutating func parseThrow() -> UInt32 {
    let start = tokenStart
    next()
    if newlineBefore {
      report(start, previousEnd, "'throw' needs its value on the same line", advice: "join the lines")
    }
    let argument = parseExpression()
    endStatement()
    return make(.throwStatement, start, argument)
  }

  private mutating func parseJump() -> UInt32 {
    let start = tokenStart
    let isBreak = token == .break
    next()
    var label: UInt32 = .max
    if token.isIdentifier, !newlineBefore {
      let name = tokenName
      label = parseIdentifier()
      checkLabel(name, label, isBreak: isBreak)
    } else if !context.contains(isBreak ? .breakable : .loop) {
      report(
        start, previousEnd, isBreak ? "'break' outside of a loop or switch" : "'continue' outside of a loop",
        advice: "remove it, or name a label around it")
    }
    endStatement()
    return make(isBreak ? .breakStatement : .continueStatement, start, label)
  }

  private mutating func checkLabel(_ name: UInt32, _ node: UInt32, isBreak: Bool) {
    for index in labelBase..<max(labelBase, labels.count) where labels[index].name == name {
      if !isBreak, !labels[index].isLoop {
        report(at: node, "'continue' needs the label of a loop", advice: "use 'break', or label a loop")
      }
      return
    }
    report(
      at: node, "label '\(nameText(name))' is not declared around this statement", advice: "label a statement around it"
    )
  }

  private mutating func parseTry() -> UInt32 {
    let start = tokenStart
    next()
    let block = parseBlock()
    var handler: UInt32 = .max
    var finalizer: UInt32 = .max
    if token == .catch { handler = parseCatch() }
    if take(.finally) { finalizer = parseBlock() }
    if handler == .max, finalizer == .max { failExpected("'catch' or 'finally' after the block") }
    return make(.tryStatement, start, block, handler, finalizer)
  }

  private mutating func parseCatch() -> UInt32 {
    let start = tokenStart
    next()
    pushScope()
    var parameter: UInt32 = .max
    if take(.leftParen) {
      parameter = parseBindingTarget(token.isIdentifier ? .catchName : .lexical, isAnnotated: hasTypes)
      if hasTypes { checkCaughtType(parameter) }
      expect(.rightParen, "')' after the caught value")
    }
    let bodyStart = tokenStart
    let list = parseBlockBody()
    let body = make(.blockStatement, bodyStart, list)
    popScope()
    return make(.catchClause, start, parameter, body)
  }

  // MARK: Decorated declarations

  private mutating func parseDecorated(isInList: Bool, isTop: Bool) -> UInt32 {
    let start = tokenStart
    let decorators = parseDecorators()
    switch token {
    case .class: return parseClass(start: start, decorators: decorators, isStatement: true)
    case .export where isTop: return parseExportStatement(isTop: isTop, decorators: decorators, start: start)
    case .abstract where hasTypes: return parseAbstractClass(start: start, decorators: decorators)
    default:
      failExpected("a class after its decorators")
      return missing()
    }
  }
}
