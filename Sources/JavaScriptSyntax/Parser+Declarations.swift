import SourceText

extension Parser {
  // MARK: Variables

  mutating func parseVariableStatement(_ detail: NodeDetail) -> UInt32 {
    let start = tokenStart
    next()
    let declaration = parseDeclarators(start: start, detail: detail, isInFor: false)
    endStatement()
    // The `;` belongs to the declaration.
    nodes[Int(declaration)].end = UInt32(truncatingIfNeeded: previousEnd)
    return declaration
  }

  mutating func parseConst(isInList: Bool) -> UInt32 {
    if hasTypes, peek().lexeme == .enum {
      let start = tokenStart
      next()
      return parseEnum(start: start, flags: .typeOnlyOrConst)
    }
    if !isInList { reportLexicalHere() }
    return parseVariableStatement(.const)
  }

  private mutating func reportLexicalHere() {
    reportHere("a lexical declaration is not allowed here", advice: "put it into a block")
  }

  /// Parses a statement that begins with `let`; `nil` when `let` is a name here.
  mutating func parseLet(isInList: Bool) -> UInt32? {
    guard !facts.contains(.hasEscape) else { return nil }
    let following = peek()
    let starts: Bool
    switch following.lexeme {
    case .leftBracket: starts = true
    case .leftBrace: starts = isInList || !following.newlineBefore
    default:
      starts =
        following.lexeme.isIdentifier && (isInList || !following.newlineBefore)
        || (isInList && following.lexeme.isReserved && following.lexeme != .in && following.lexeme != .instanceof
          && !following.newlineBefore)
    }
    guard starts else { return nil }
    if !isInList { reportLexicalHere() }
    return parseVariableStatement(.let)
  }

  /// Parses a statement that begins with `using` or `await using`; `nil` when those are names or operators here.
  mutating func parseUsing(isInList: Bool) -> UInt32? {
    guard !facts.contains(.hasEscape), let detail = usingDetail(isInFor: false) else { return nil }
    if !isInList { reportLexicalHere() }
    let start = tokenStart
    if scopes.scopes.count == caseScope {
      reportHere("'using' is not allowed directly in a clause of 'switch'", advice: "put it into a block")
    }
    if scopes.scopes.count == 1 { sawModuleSyntax = true }
    if scopes.scopes.count == 1, !isModule {
      if isGoalOpen {
        giveUp(.goal)
        return missing()
      }
      reportHere("'using' is not allowed at the top of a script", advice: "put it into a block or a module")
    }
    if detail == .awaitUsing {
      noteAwait(start)
      next()
    }
    next()
    let declaration = parseDeclarators(start: start, detail: detail, isInFor: false)
    endStatement()
    nodes[Int(declaration)].end = UInt32(truncatingIfNeeded: previousEnd)
    return declaration
  }

  /// Whether a `using` declaration begins at the current token, and which.
  mutating func usingDetail(isInFor: Bool) -> NodeDetail? {
    let isAwait = token == .await
    guard !isAwait || context.contains(.async) else { return nil }
    let state = lexerState
    defer { restore(state) }
    if isAwait {
      next()
      guard token == .using, !newlineBefore, !facts.contains(.hasEscape) else { return nil }
    }
    next()
    guard token.isIdentifier, !newlineBefore else { return nil }
    if token == .of, isInFor, !isAwait {
      // `for (using of of)` declares nothing: `of` is the keyword, unless `=` or `of` says otherwise.
      next()
      guard token == .assign || token == .semicolon || token == .colon else { return nil }
    }
    return isAwait ? .awaitUsing : .using
  }

  /// Parses declarators after the keyword; the declaration ends with the last of them.
  mutating func parseDeclarators(start: Int, detail: NodeDetail, isInFor: Bool) -> UInt32 {
    let base = pending.count
    repeat {
      let first = tokenStart
      if detail == .using || detail == .awaitUsing, !token.isIdentifier {
        failExpected("a name after 'using'")
      }
      if detail != .var, token == .let, !facts.contains(.hasEscape) {
        reportHere("'let' is not allowed as a name in a lexical declaration", advice: "choose another name")
      }
      sawDefinite = false
      let target = parseBindingTarget(detail == .var ? .variable : .lexical, isAnnotated: hasTypes)
      let flags: NodeFlags = sawDefinite ? .overrideOrDefinite : []
      var initializer: UInt32 = .max
      if take(.assign) {
        initializer = parseAssignment()
      } else {
        checkMissingInitializer(target, detail, isInFor: isInFor)
      }
      if hasTypes { checkDeclarator(target, initializer, detail, isDefinite: !flags.isEmpty) }
      pending.append(make(.variableDeclarator, first, target, initializer, flags: flags))
    } while take(.comma)
    let declarators = list(since: base)
    return make(.variableDeclaration, start, declarators, detail: detail)
  }

  private mutating func checkMissingInitializer(_ target: UInt32, _ detail: NodeDetail, isInFor: Bool) {
    if isInFor, token == .of || token == .in { return }
    guard !context.contains(.ambient) else { return }
    if kind(target) != .identifier {
      report(at: target, "a destructuring declaration needs an initializer", advice: "add '= value'")
    } else if detail == .const || detail == .using || detail == .awaitUsing {
      report(at: target, "this declaration needs an initializer", advice: "add '= value'")
    }
  }

  // MARK: for

  mutating func parseFor() -> UInt32 {
    let start = tokenStart
    next()
    var isAwait = false
    if token == .await, !facts.contains(.hasEscape) {
      if !context.contains(.async) { reportForAwait() }
      noteAwait(tokenStart)
      isAwait = true
      next()
    }
    expect(.leftParen, "'(' after 'for'")
    pushScope()
    let statement = parseForHead(start, isAwait: isAwait)
    popScope()
    return statement
  }

  private mutating func reportForAwait() {
    if canBecomeModule { return giveUp(.goal) }
    reportHere("'for await' outside of an async function", advice: "make the function async")
  }

  private mutating func parseForHead(_ start: Int, isAwait: Bool) -> UInt32 {
    if token == .semicolon {
      if isAwait { failExpected("a declaration or target in 'for await'") }
      return parseForRest(start, .max)
    }
    let outer = context
    let first = tokenStart
    if let detail = forDeclaration() {
      context.insert(.noIn)
      if detail == .awaitUsing { next() }
      next()
      let declaration = parseDeclarators(start: first, detail: detail, isInFor: true)
      context = outer
      if token == .of || token == .in, !facts.contains(.hasEscape) {
        checkForDeclaration(declaration, detail)
        return parseForInOf(start, declaration, isAwait: isAwait)
      }
      if isAwait { failExpected("'of'") }
      return parseForRest(start, declaration)
    }
    let startsWithLet = token == .let && !facts.contains(.hasEscape)
    let startsWithAsync = token == .async && !facts.contains(.hasEscape)
    context.insert(.noIn)
    let saved = cover
    cover = CoverErrors()
    let expression = parseExpression(ownsCover: false)
    context = outer
    let isOf = token == .of && !facts.contains(.hasEscape)
    guard isOf || token == .in else {
      checkCover()
      cover = saved
      if isAwait { failExpected("'of'") }
      return parseForRest(start, expression)
    }
    if isOf, startsWithLet {
      report(first, first + 3, "'let' must not begin the target of a 'for' loop", advice: "choose another name")
    } else if isOf, startsWithAsync, !isAwait, kind(expression) == .identifier, !isParenthesized(expression),
      Int(nodes[Int(expression)].end) == first + 5
    {
      report(first, first + 5, "'async' must not be the target of 'for ... of'", advice: "put it in parentheses")
    }
    if kind(expression) == .objectExpression || kind(expression) == .arrayExpression, !isParenthesized(expression) {
      cover = CoverErrors()
    } else {
      checkCover()
    }
    cover = saved
    let target = toAssignmentTarget(expression, isForHead: true)
    return parseForInOf(start, target, isAwait: isAwait)
  }

  /// The kind of declaration in the head of a `for`, if it is one.
  private mutating func forDeclaration() -> NodeDetail? {
    guard !facts.contains(.hasEscape) else { return nil }
    switch token {
    case .var: return .var
    case .const: return .const
    case .let:
      let following = peek().lexeme
      let starts = following.isIdentifier && following != .of || following == .leftBracket || following == .leftBrace
      if starts { return .let }
      if following == .of {
        // `for (let of = 1;;)` and `for (let of of x)` declare `of`; `for (let of x)` does not.
        let state = lexerState
        defer { restore(state) }
        next()
        next()
        return token == .assign || token == .semicolon || token == .of || token == .in || token == .comma ? .let : nil
      }
      return following.isReserved && following != .in && following != .instanceof ? .let : nil
    case .using, .await: return usingDetail(isInFor: true)
    default: return nil
    }
  }

  private mutating func checkForDeclaration(_ declaration: UInt32, _ detail: NodeDetail) {
    let list = Int(slot(declaration, 0))
    guard slots[list] >= 1 else { return }
    if slots[list] != 1 {
      report(at: declaration, "a 'for' loop over values declares one variable", advice: "keep one declaration")
    }
    if token == .in, detail == .using || detail == .awaitUsing {
      report(at: declaration, "'using' is not allowed in 'for ... in'", advice: "use 'const'")
    }
    let declarator = slots[list + 1]
    let target = slot(declarator, 0)
    if hasTypes, nodes[Int(declarator)].flags.contains(.overrideOrDefinite) || isAnnotated(target) {
      report(at: target, "the variable of a 'for' loop over values takes no type and no '!'", advice: "remove it")
    }
    guard slot(declarator, 1) != .max else { return }
    let isAnnexB =
      token == .in && detail == .var && !context.contains(.strict) && kind(slot(declarator, 0)) == .identifier
    if !isAnnexB {
      report(at: declarator, "the variable of a 'for' loop over values takes no initializer", advice: "remove it")
    }
  }

  private func isAnnotated(_ target: UInt32) -> Bool {
    switch kind(target) {
    case .identifier: nodes[Int(target)].flags.contains(.hasSlots)
    case .objectPattern, .arrayPattern: slot(target, 1) != .max
    default: false
    }
  }

  private mutating func parseForRest(_ start: Int, _ initializer: UInt32) -> UInt32 {
    expect(.semicolon, "';' in the head of 'for'")
    let test = token == .semicolon ? .max : parseExpression()
    expect(.semicolon, "';' in the head of 'for'")
    let update = token == .rightParen ? .max : parseExpression()
    expect(.rightParen, "')' to close the head of 'for'")
    let body = parseLoopBody()
    return make(.forStatement, start, initializer, test, update, body)
  }

  private mutating func parseForInOf(_ start: Int, _ left: UInt32, isAwait: Bool) -> UInt32 {
    let isOf = token == .of
    if isAwait, !isOf { reportHere("'for await' takes 'of'", advice: "write 'of' for 'in'") }
    next()
    let right = isOf ? parseAssignment() : parseExpression()
    expect(.rightParen, "')' to close the head of 'for'")
    let body = parseLoopBody()
    return make(isOf ? .forOfStatement : .forInStatement, start, left, right, body, flags: isAwait ? .async : [])
  }

  // MARK: Functions

  /// Parses an `async function` statement; `nil` when `async` begins an expression.
  mutating func parseAsyncFunction(isInList: Bool) -> UInt32? {
    guard !facts.contains(.hasEscape) else { return nil }
    let following = peek()
    guard following.lexeme == .function, !following.newlineBefore else { return nil }
    if !isInList {
      reportHere("an async function declaration is not allowed here", advice: "put it into a block")
    }
    return parseFunctionDeclaration(isInList: isInList)
  }

  mutating func parseFunctionDeclaration(isInList: Bool, isLabeled: Bool = false) -> UInt32 {
    let start = tokenStart
    let isAsync = token == .async
    if isAsync { next() }
    next()
    return parseFunction(
      start: start, isAsync: isAsync, form: isLabeled ? .labeledDeclaration : .declaration)
  }

  enum FunctionForm {
    case declaration, labeledDeclaration, defaultExport, expression
  }

  /// Parses a function after `function`.
  mutating func parseFunction(start: Int, isAsync: Bool, form: FunctionForm, isDeclare: Bool = false) -> UInt32 {
    var isGenerator = false
    if token == .multiply {
      if form == .labeledDeclaration {
        reportHere("a generator is not allowed here", advice: "put it into a block")
      }
      next()
      isGenerator = true
    }
    var identifier: UInt32 = .max
    let inner = functionContext(isAsync: isAsync, isGenerator: isGenerator)
    if form == .expression {
      // The name of an expression is bound inside of it.
      if token.isWord {
        let outer = context
        context = inner
        identifier = parseIdentifier(isBinding: true)
        context = outer
      }
    } else if token.isWord {
      let name = tokenName
      let nameStart = tokenStart
      identifier = parseIdentifier(isBinding: true)
      if !hasTypes { declareFunction(name, nameStart, isPlain: !isAsync && !isGenerator) }
    } else if form != .defaultExport {
      failExpected("a name after 'function'")
    }
    return parseFunctionRest(
      start: start, identifier: identifier,
      kind: form == .expression ? .functionExpression : .functionDeclaration, inner: inner, isAsync: isAsync,
      isGenerator: isGenerator, isDeclare: isDeclare)
  }

  func functionContext(isAsync: Bool, isGenerator: Bool) -> Context {
    var inner = context.intersection(.lasting)
    inner.formUnion([.function, .newTarget])
    if isAsync { inner.insert(.async) }
    if isGenerator { inner.insert(.generator) }
    return inner
  }

  /// What is put aside while a function is parsed.
  struct OuterFunction {
    var context: Context
    var labelBase: Int
    var yieldPosition: Int
    var awaitPosition: Int
    var awaitNamePosition: Int
    var arrowStart: Int
    var cover: CoverErrors
  }

  mutating func enterFunction(_ inner: Context) -> OuterFunction {
    let outer = OuterFunction(
      context: context, labelBase: labelBase, yieldPosition: yieldPosition, awaitPosition: awaitPosition,
      awaitNamePosition: awaitNamePosition, arrowStart: arrowStart, cover: cover)
    context = inner
    labelBase = labels.count
    yieldPosition = -1
    awaitPosition = -1
    awaitNamePosition = -1
    cover = CoverErrors()
    pushScope(isFunction: true)
    return outer
  }

  mutating func leaveFunction(_ outer: OuterFunction) {
    popScope()
    context = outer.context
    labelBase = outer.labelBase
    yieldPosition = outer.yieldPosition
    awaitPosition = outer.awaitPosition
    awaitNamePosition = outer.awaitNamePosition
    arrowStart = outer.arrowStart
    cover = outer.cover
  }

  /// Parses parameters and body of a function or method.
  mutating func parseFunctionRest(
    start: Int, identifier: UInt32, kind: NodeKind, inner: Context, isAsync: Bool, isGenerator: Bool,
    isMethod: Bool = false, isClassMember: Bool = false, accessor: NodeDetail = .none, isDeclare: Bool = false
  ) -> UInt32 {
    let outer = enterFunction(inner)
    let typeParameters = hasTypes && token == .less ? parseTypeParameters() : .max
    context.insert(.parameters)
    let parameters = parseParameters()
    context.remove(.parameters)
    if accessor != .none { checkAccessorParameters(parameters.list, accessor) }
    let returnType = hasTypes && token == .colon ? parseReturnType() : .max
    if accessor != .none, hasTypes { checkAccessorTypes(accessor, typeParameters, returnType) }
    var flags: NodeFlags = isAsync ? .async : []
    if isGenerator { flags.insert(.generator) }
    if isDeclare { flags.insert(.declare) }
    var body: UInt32 = .max
    var finalKind = kind
    if hasTypes, token != .leftBrace, kind != .functionExpression || isMethod {
      // An overload or an ambient declaration.
      checkBodiless(
        start: start, isGenerator: isGenerator, isAsync: isAsync, isDeclare: isDeclare,
        isAmbient: outer.context.contains(.ambient))
      if parameters.decorated >= 0 { reportParameterDecorator(parameters.decorated) }
      endStatement()
      finalKind = kind == .functionDeclaration ? .tsDeclareFunction : .tsEmptyBodyFunctionExpression
    } else {
      if hasTypes, isDeclare || outer.context.contains(.ambient) {
        reportHere("a declaration without code must not have a body", advice: "remove it, or 'declare'")
      }
      if parameters.decorated >= 0 {
        checkParameterDecorator(parameters.decorated, isAllowed: isClassMember && accessor != .get)
      }
      body = parseFunctionBody(parameters, identifier: identifier, isUnique: isMethod)
    }
    leaveFunction(outer)
    return make(finalKind, start, identifier, typeParameters, parameters.list, returnType, body, flags: flags)
  }

  struct Parameters {
    var list: UInt32
    var isSimple: Bool
    /// Where a name is repeated; -1 for nowhere.
    var repeated: Int
    /// Where the first decorator stands; -1 for nowhere.
    var decorated = -1
  }

  /// Parses `( ... )` of a function.
  mutating func parseParameters() -> Parameters {
    var result = Parameters(list: 0, isSimple: true, repeated: -1)
    let outerRepeated = repeatedParameter
    let outerDecorated = decoratedParameter
    let outerAllows = allowsParameterProperties
    allowsParameterProperties = constructorFollows
    constructorFollows = false
    repeatedParameter = -1
    decoratedParameter = -1
    expect(.leftParen, "'(' to open the parameters")
    let base = pending.count
    while token != .rightParen, token != .endOfFile {
      let parameter = parseParameter()
      pending.append(parameter)
      if kind(parameter) != .identifier { result.isSimple = false }
      if kind(parameter) == .restElement {
        if token == .comma, !context.contains(.ambient) || peek().lexeme != .rightParen {
          reportHere("a rest parameter must be the last", advice: "remove what follows it")
        }
        if token == .assign { reportHere("a rest parameter takes no default", advice: "remove the default") }
      }
      if token == .rightParen { break }
      expect(.comma, "',' or ')' after the parameter")
    }
    expect(.rightParen, "')' to close the parameters")
    result.list = list(since: base)
    result.repeated = repeatedParameter
    repeatedParameter = outerRepeated
    result.decorated = decoratedParameter
    decoratedParameter = outerDecorated
    allowsParameterProperties = outerAllows
    return result
  }

  mutating func parseParameter() -> UInt32 {
    let start = tokenStart
    if hasTypes { return parseTypeScriptParameter(start) }
    if token == .at { return parseDecoratedParameter(start) }
    if token == .ellipsis { return parseRest(.parameter) }
    let target = parseBindingTarget(.parameter)
    guard take(.assign) else { return target }
    let value = parseWithIn()
    return make(.assignmentPattern, start, target, value)
  }

  private mutating func parseDecoratedParameter(_ start: Int) -> UInt32 {
    let decorators = parseParameterDecorators()
    let parameter = parseParameter()
    attachDecorators(decorators, to: parameter)
    return parameter
  }

  private mutating func checkAccessorParameters(_ list: UInt32, _ accessor: NodeDetail) {
    var length = slots[Int(list)]
    if hasTypes, length > 0 {
      let first = slots[Int(list) + 1]
      if kind(first) == .identifier, nodes[Int(first)].end - nodes[Int(first)].start >= 4,
        bytes[Int(nodes[Int(first)].start)] == 0x74, nameIndexOf(first) == Lexeme.this.nameIndex
      {
        length -= 1
      }
    }
    if accessor == .get, length != 0 {
      report(tokenStart - 1, tokenStart, "a getter takes no parameters", advice: "remove them")
    } else if accessor == .set, length != 1 || kind(slots[Int(list) + 1]) == .restElement {
      report(tokenStart - 1, tokenStart, "a setter takes one parameter", advice: "give it exactly one")
    }
  }

  func nameIndexOf(_ node: UInt32) -> UInt32 {
    let stored = nodes[Int(node)]
    return stored.flags.contains(.hasSlots) ? slots[Int(stored.payload) + 2] : stored.payload
  }

  /// Parses `{ ... }` of a function and checks its parameters under the strictness that it turns out to have.
  mutating func parseFunctionBody(_ parameters: Parameters, identifier: UInt32, isUnique: Bool) -> UInt32 {
    let start = tokenStart
    let wasStrict = context.contains(.strict)
    context.subtract([.noIn, .parameters])
    expect(.leftBrace, "'{' to open the function's body")
    let base = pending.count
    if let strictStart = parseDirectives() {
      if !parameters.isSimple {
        report(
          strictStart, strictStart + 12, "'use strict' needs simple parameters",
          advice: "remove the directive, or defaults, patterns and rest from the parameters")
      }
      if !wasStrict { checkStrictNames(identifier) }
    }
    if hasTypes { checkImplementedParameters(parameters.list) }
    let isUnique = isUnique || context.contains(.strict) || !parameters.isSimple
    if isUnique, parameters.repeated >= 0 {
      report(parameters.repeated, parameters.repeated + 1, "this parameter is declared twice", advice: "rename it")
    }
    while token != .rightBrace, token != .endOfFile { parseStatementInList(isTop: false) }
    expect(.rightBrace, "'}' to close the function's body")
    let body = list(since: base)
    return make(.blockStatement, start, body)
  }

  /// Checks the name and parameters of a function that its body turned strict.
  private mutating func checkStrictNames(_ identifier: UInt32) {
    if identifier != .max, kind(identifier) == .identifier {
      checkStrictName(nameIndexOf(identifier), Int(nodes[Int(identifier)].start))
    }
    let start = Int(scopes.scopes[scopes.functionScope].variableStart)
    for index in start..<max(start, scopes.variables.count) where scopes.variables[index].kind == .parameter {
      checkStrictName(scopes.variables[index].name, Int(scopes.variables[index].position))
    }
  }

  private mutating func checkStrictName(_ name: UInt32, _ start: Int) {
    let isReserved = name >= Lexeme.yield.nameIndex && name <= Lexeme.public.nameIndex
    guard isReserved || name == Lexeme.eval.nameIndex || name == Lexeme.arguments.nameIndex else { return }
    report(
      start, start + nameText(name).utf8.count, "'\(nameText(name))' is not allowed as a name in strict mode",
      advice: "rename it")
  }
}
