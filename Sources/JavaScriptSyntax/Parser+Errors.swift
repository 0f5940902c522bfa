import SourceText

extension Parser {
  /// Reports an error that does not keep the parser from going on.
  mutating func report(_ start: Int, _ end: Int, _ message: String, advice: String? = nil) {
    guard !isFailing, abort == nil else { return }
    diagnostics.append(Diagnostic(.error, at: ByteSpan(start, max(start, end)), message, advice: advice))
  }

  /// Reports what is allowed in some settings only, or what not every reader of the language refuses.
  mutating func warn(_ start: Int, _ end: Int, _ message: String, advice: String) {
    guard !isFailing, abort == nil else { return }
    diagnostics.append(Diagnostic(.warning, at: ByteSpan(start, max(start, end)), message, advice: advice))
  }

  /// Warns at a node.
  mutating func warn(at node: UInt32, _ message: String, advice: String) {
    warn(Int(nodes[Int(node)].start), Int(nodes[Int(node)].end), message, advice: advice)
  }

  /// Reports an error at a node.
  mutating func report(at node: UInt32, _ message: String, advice: String? = nil) {
    report(Int(nodes[Int(node)].start), Int(nodes[Int(node)].end), message, advice: advice)
  }

  /// Reports an error at the current token.
  mutating func reportHere(_ message: String, advice: String? = nil) {
    report(tokenStart, tokenEnd, message, advice: advice)
  }

  /// Fails at the current token: expected `what`.
  mutating func failExpected(_ what: StaticString) {
    fail("expected \(what), found \(describeToken())")
  }

  /// Fails at the current token, which nothing allows here.
  mutating func failUnexpected() {
    fail("unexpected \(describeToken())", advice: "remove it, or complete what stands before it")
  }

  /// Reports an error at the current token and makes every construct that is open end here.
  ///
  /// From now on the current token looks like the end of the file, until a list of statements resynchronises.
  mutating func fail(_ message: String, advice: String? = nil) {
    guard !isFailing, abort == nil else { return }
    // Everything that is open at the end of the file is told once.
    let isRepeated = token == .endOfFile && diagnostics.last.map { Int($0.span.start) >= tokenStart } ?? false
    if !isRepeated { reportHere(message, advice: advice) }
    isFailing = true
    failurePoint = lexerState
    token = .endOfFile
    facts = []
    tokenStart = previousEnd
    tokenEnd = previousEnd
    position = count
  }

  /// Gives the parse up; the caller runs it anew with other settings.
  mutating func giveUp(_ reason: Abort) {
    if abort == nil { abort = reason }
    token = .endOfFile
    position = count
    isFailing = true
  }

  /// The current token in words.
  func describeToken() -> String {
    if token == .endOfFile { return "the end of the file" }
    let end = min(tokenEnd, tokenStart + 40)
    let text = String(decoding: UnsafeBufferPointer(start: bytes + tokenStart, count: end - tokenStart), as: UTF8.self)
    let line = text.prefix { $0 != "\n" && $0 != "\r" && $0 != "\r\n" }
    return "'\(line)\(end < tokenEnd || line.utf8.count < text.utf8.count ? "…" : "")'"
  }

  /// Resynchronises after a failure: skips to the end of the statement and wraps all of it in a ``NodeKind/invalid`` node.
  ///
  /// - Parameters:
  ///   - partial: What was made of the statement before the error, or `.max`.
  ///   - start: Where the statement began.
  ///   - braces: How many braces were open where the statement began.
  mutating func recover(_ partial: UInt32, start: Int, braces: Int, brackets: Int, isClassBody: Bool = false) -> UInt32
  {
    guard abort == nil else { return partial == .max ? missing() : partial }
    isFailing = false
    restore(failurePoint)
    cover = CoverErrors()
    skipToBoundary(braces: braces, brackets: brackets, from: start, isClassBody: isClassBody)
    bracketDepth = brackets
    var children: UInt32 = 0
    if partial != .max { children = list(of: partial) }
    return make(.invalid, min(start, previousEnd), children)
  }

  private mutating func skipToBoundary(braces: Int, brackets: Int, from first: Int, isClassBody: Bool) {
    var previous = Lexeme.semicolon
    while token != .endOfFile {
      // The depths count the current token already.
      if token == .rightBrace, braceDepth < braces { return }
      if tokenStart > first, braceDepth == braces, newlineBefore,
        bracketDepth <= brackets || startsStatementOnly(token)
      {
        return
      }
      if token == .semicolon, braceDepth == braces, bracketDepth <= brackets || isLineEnd(tokenEnd) {
        next()
        return
      }
      if token == .rightBrace, braceDepth == braces, bracketDepth <= brackets, isClassBody {
        next()
        return
      }
      relexOperand(after: previous)
      previous = token
      next()
    }
  }

  /// Reads the current token anew where a token that stands for an operand begins with `/`, or a template goes on.
  mutating func relexOperand(after previous: Lexeme) {
    if token == .divide || token == .divideAssign, startsOperand(after: previous) { lexRegularExpression() }
  }

  /// Whether an operand is to be expected after a token; for skipping only.
  func startsOperand(after previous: Lexeme) -> Bool {
    switch previous {
    case .rightParen, .rightBracket, .rightBrace, .number, .bigint, .string, .regularExpression, .templateTail,
      .privateName, .this, .super, .null, .true, .false, .increment, .decrement, .jsxText:
      false
    default: !previous.isIdentifier
    }
  }

  private func startsStatementOnly(_ token: Lexeme) -> Bool {
    switch token {
    case .var, .const, .if, .for, .while, .do, .return, .switch, .throw, .try, .break, .continue, .import, .export,
      .class, .function, .debugger, .let:
      true
    default: false
    }
  }

  private func isLineEnd(_ offset: Int) -> Bool {
    var offset = offset
    while offset < count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
    return offset >= count || bytes[offset] == 0x0A || bytes[offset] == 0x0D
  }

  // MARK: Nesting

  /// Counts one level of nesting; `false` when it is too deep.
  @inline(__always)
  mutating func enter() -> Bool {
    depth &+= 1
    return depth <= depthLimit || nestingFailed()
  }

  @inline(__always)
  mutating func leave() { depth &-= 1 }

  private mutating func nestingFailed() -> Bool {
    if isDepthProvisional {
      giveUp(.depth)
    } else if speculation > 0 {
      // Skipping is left to the reading that is kept.
      fail("nesting too deep")
    } else if !sawNestingLimit, !isFailing {
      sawNestingLimit = true
      reportHere(
        "nesting deeper than the limit of \(depthLimit) levels",
        advice: "split the construct up, or raise the limit on nesting depth")
    }
    return false
  }

  /// Skips a construct that is nested too deeply, brackets balanced.
  mutating func skipTooDeep() -> UInt32 {
    let start = tokenStart
    guard !isFailing else { return missing() }
    if token == .less, hasJSX {
      skipElement()
      return make(.invalid, start, 0)
    }
    var open: [Lexeme] = []
    var previous = Lexeme.semicolon
    loop: while token != .endOfFile {
      relexOperand(after: previous)
      switch token {
      case .leftBrace, .leftParen, .leftBracket, .templateHead: open.append(token)
      case .rightBrace where open.last == .templateHead:
        lexTemplateContinuation()
        if token == .templateTail { open.removeLast() }
      case .rightBrace, .rightParen, .rightBracket:
        if open.isEmpty { break loop }
        open.removeLast()
        if open.isEmpty, token == .rightBrace {
          next()
          break loop
        }
      case .comma, .semicolon, .colon:
        if open.isEmpty { break loop }
      default:
        if open.isEmpty, newlineBefore, previousEnd > start, !startsOperand(after: previous) { break loop }
      }
      previous = token
      next()
    }
    return make(.invalid, min(start, previousEnd), 0)
  }

  /// Skips a JSX element by counting tags; what braces hold is not looked at.
  private mutating func skipElement() {
    var open = 0
    var braces = 0
    var offset = tokenStart
    scan: while offset < count {
      switch bytes[offset] {
      case 0x7B: braces += 1
      case 0x7D: braces -= 1
      case 0x3C where braces <= 0:
        if offset + 1 < count, bytes[offset + 1] == 0x2F {
          open -= 1
          offset += 1
        } else {
          open += 1
        }
      case 0x2F where braces <= 0 && offset + 1 < count && bytes[offset + 1] == 0x3E: open -= 1
      case 0x3E where braces <= 0 && open <= 0:
        offset += 1
        break scan
      default: break
      }
      offset += 1
    }
    tokenEnd = min(offset, count)
    record(.invalid)
    previousEnd = tokenEnd
    position = tokenEnd
    lex()
  }
}
