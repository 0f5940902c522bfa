import SourceText

extension Parser {
  // MARK: async

  /// Parses an expression that begins with the word `async`.
  mutating func parseAsyncStart(_ start: Int) -> UInt32 {
    let end = tokenEnd
    let name = tokenName
    next()
    if !newlineBefore {
      if token == .function {
        next()
        let function = parseFunction(start: start, isAsync: true, form: .expression)
        return parseSubscripts(of: function, start: start, allowsCalls: true)
      }
      if token.isIdentifier, !facts.contains(.hasEscape) || token == .identifier, isArrowAfterWord() {
        let outer = context
        context.insert(.async)
        let parameter = parseIdentifier(isBinding: true)
        context = outer
        return parseArrow(start: start, parameters: list(of: parameter), isAsync: true)
      }
      if token == .leftParen { return parseAsyncCallOrArrow(start, end, name) }
    }
    if token == .arrow, !newlineBefore {
      let parameter = leaf(.identifier, start: start, end: end, payload: name)
      return parseArrow(start: start, parameters: list(of: parameter), isAsync: false)
    }
    let identifier = leaf(.identifier, start: start, end: end, payload: name)
    return parseSubscripts(of: identifier, start: start, allowsCalls: true)
  }

  /// Whether `=>` follows the current word on its line.
  private mutating func isArrowAfterWord() -> Bool {
    let following = peek()
    return following.lexeme == .arrow && !following.newlineBefore
  }

  /// Parses `async (...)`, a call or the head of an arrow function.
  private mutating func parseAsyncCallOrArrow(_ start: Int, _ end: Int, _ name: UInt32) -> UInt32 {
    let saved = cover
    let savedYield = yieldPosition
    let savedAwait = awaitPosition
    let savedName = awaitNamePosition
    cover = CoverErrors()
    yieldPosition = -1
    awaitPosition = -1
    awaitNamePosition = -1
    let arguments = parseArguments(ownsCover: false)
    if token == .arrow, !newlineBefore {
      cover = saved
      if awaitPosition >= 0 || awaitNamePosition >= 0 {
        let place = max(awaitPosition, awaitNamePosition)
        report(place, place + 5, "'await' is not allowed in the parameters of an async function", advice: "rename it")
      }
      if yieldPosition >= 0 { reportYieldInParameters() }
      yieldPosition = savedYield
      awaitPosition = savedAwait
      awaitNamePosition = savedName
      return parseArrow(start: start, parameters: arguments, isAsync: true)
    }
    checkCover()
    cover = saved
    yieldPosition = max(yieldPosition, savedYield)
    awaitPosition = max(awaitPosition, savedAwait)
    awaitNamePosition = max(awaitNamePosition, savedName)
    let callee = leaf(.identifier, start: start, end: end, payload: name)
    let call = make(.callExpression, start, callee, .max, arguments)
    return parseSubscripts(of: call, start: start, allowsCalls: true)
  }

  mutating func reportYieldInParameters() {
    report(
      yieldPosition, yieldPosition + 5, "'yield' is not allowed in the parameters of an arrow function",
      advice: "move it into the body")
  }

  // MARK: Arrow functions

  /// What the body of an arrow function is parsed under.
  func arrowContext(isAsync: Bool) -> Context {
    var inner = context.intersection(Context.lasting.union(.arrow))
    inner.insert(.function)
    if isAsync { inner.insert(.async) }
    return inner
  }

  /// Parses an arrow function from its `=>`; the parameters are expressions still.
  mutating func parseArrow(start: Int, parameters: UInt32, isAsync: Bool) -> UInt32 {
    let inner = arrowContext(isAsync: isAsync)
    let outer = enterFunction(inner)
    let outerRepeated = repeatedParameter
    repeatedParameter = -1
    // `yield` and `await` as names of parameters are judged by the surroundings.
    context = outer.context
    if isAsync { context.insert(.async) }
    var result = Parameters(list: parameters, isSimple: true, repeated: -1)
    result.isSimple = bindArrowParameters(parameters)
    result.repeated = repeatedParameter
    repeatedParameter = outerRepeated
    return finishArrow(
      start: start, parameters: result, isAsync: isAsync, typeParameters: .max, returnType: .max, outer: outer,
      inner: inner)
  }

  /// Parses `=>` and the body of an arrow function whose parameters are declared.
  mutating func finishArrow(
    start: Int, parameters: Parameters, isAsync: Bool, typeParameters: UInt32, returnType: UInt32, outer: OuterFunction,
    inner: Context
  ) -> UInt32 {
    context = inner
    if token == .arrow, newlineBefore {
      reportHere("'=>' must stand on the line of its parameters", advice: "join the lines")
    }
    expect(.arrow, "'=>'")
    var flags: NodeFlags = isAsync ? .async : []
    let body: UInt32
    if token == .leftBrace {
      body = parseFunctionBody(parameters, identifier: .max, isUnique: true)
    } else {
      if parameters.repeated >= 0 {
        report(
          parameters.repeated, parameters.repeated + 1, "this parameter is declared twice", advice: "rename it")
      }
      flags.insert(.expressionOrTail)
      context.formUnion(outer.context.intersection([.noIn, .noArrowReturnType]))
      if hasTypes { checkImplementedParameters(parameters.list) }
      body = parseAssignment()
    }
    leaveFunction(outer)
    return make(
      .arrowFunctionExpression, start, .max, typeParameters, parameters.list, returnType, body, flags: flags)
  }

  /// Makes patterns of the parameters of an arrow function and declares their names.
  private mutating func bindArrowParameters(_ parameters: UInt32) -> Bool {
    var isSimple = true
    let length = Int(slots[Int(parameters)])
    for index in 0..<length {
      let place = Int(parameters) + 1 + index
      let parameter = toBinding(slots[place], isLast: index == length - 1)
      slots[place] = parameter
      if kind(parameter) != .identifier { isSimple = false }
      declareBinding(parameter, .parameter)
    }
    return isSimple
  }
}
