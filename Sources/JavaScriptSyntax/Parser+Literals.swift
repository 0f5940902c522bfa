import SourceText

extension Parser {
  // MARK: Numbers

  mutating func lexNumber(_ start: Int) {
    var offset = start
    var isBigInt = false
    let second = peekByte(start &+ 1) | 0x20
    if bytes[start] == 0x30, second == 0x78 || second == 0x6F || second == 0x62 {
      offset = scanRadixDigits(start &+ 2, second)
      if peekByte(offset) == 0x6E {
        isBigInt = true
        offset &+= 1
      }
    } else if bytes[start] == 0x30, classes[Int(peekByte(start &+ 1))] & ByteClass.identifierPart != 0,
      peekByte(start &+ 1) <= 0x39 || peekByte(start &+ 1) == 0x5F
    {
      (offset, isBigInt) = scanLegacyOctal(start)
    } else {
      (offset, isBigInt) = scanDecimal(start)
    }
    finish(isBigInt ? .bigint : .number, offset)
    let after = peekByte(offset)
    if classes[Int(after)] & ByteClass.identifierPart != 0 || after == 0x5C
      || (after >= 0x80 && isUnicodeLetter(at: offset))
    {
      report(
        offset, offset + 1, "a number must not be followed by a letter or digit", advice: "put a space between them")
    }
  }

  private func isUnicodeLetter(at offset: Int) -> Bool {
    isIdentifierStart(scalar(at: offset).scalar)
  }

  private mutating func scanRadixDigits(_ start: Int, _ letter: UInt8) -> Int {
    func isDigit(_ byte: UInt8) -> Bool {
      letter == 0x78
        ? classes[Int(byte)] & ByteClass.hexDigit != 0 : byte >= 0x30 && byte <= (letter == 0x6F ? 0x37 : 0x31)
    }
    var offset = start
    while isDigit(peekByte(offset)) || peekByte(offset) == 0x5F { offset += 1 }
    checkSeparators(start, offset)
    if offset == start {
      report(start - 2, offset, "expected digits after '0\(Character(Unicode.Scalar(letter)))'")
    }
    return offset
  }

  private mutating func scanLegacyOctal(_ start: Int) -> (Int, isBigInt: Bool) {
    var offset = start
    var isOctal = true
    while classes[Int(peekByte(offset))] & ByteClass.digit != 0 || peekByte(offset) == 0x5F {
      if bytes[offset] == 0x5F {
        report(offset, offset + 1, "a number that begins with 0 must not hold '_'", advice: "remove the '_'")
      } else if bytes[offset] >= 0x38 {
        isOctal = false
      }
      offset += 1
    }
    facts.insert(.legacyOctal)
    if peekByte(offset) == 0x6E {
      report(start, offset + 1, "a bigint must not begin with 0", advice: "remove the leading 0")
      return (offset + 1, true)
    }
    return isOctal ? (offset, false) : (scanFraction(offset), false)
  }

  private mutating func scanDecimal(_ start: Int) -> (Int, isBigInt: Bool) {
    let offset = scanDigits(start)
    if peekByte(offset) == 0x6E, bytes[start] != 0x2E { return (offset &+ 1, true) }
    return (scanFraction(offset), false)
  }

  private mutating func scanFraction(_ start: Int) -> Int {
    var offset = start
    if peekByte(offset) == 0x2E { offset = scanDigits(offset &+ 1) }
    guard peekByte(offset) | 0x20 == 0x65 else { return offset }
    offset &+= 1
    if peekByte(offset) == 0x2B || peekByte(offset) == 0x2D { offset &+= 1 }
    let digits = offset
    offset = scanDigits(digits)
    if offset == digits { report(start, offset, "expected digits in the exponent") }
    return offset
  }

  private mutating func scanDigits(_ start: Int) -> Int {
    var offset = start
    var hasSeparator = false
    while true {
      let byte = peekByte(offset)
      if byte == 0x5F { hasSeparator = true } else if byte < 0x30 || byte > 0x39 { break }
      offset &+= 1
    }
    if hasSeparator { checkSeparators(start, offset) }
    return offset
  }

  /// A `_` must stand between two digits.
  private mutating func checkSeparators(_ start: Int, _ end: Int) {
    var offset = start
    while offset < end {
      if bytes[offset] == 0x5F, offset == start || offset + 1 == end || bytes[offset + 1] == 0x5F {
        return report(offset, offset + 1, "a '_' in a number must stand between two digits", advice: "remove it")
      }
      offset += 1
    }
  }

  // MARK: Strings

  mutating func lexString(_ quote: UInt8, _ start: Int) {
    var offset = start &+ 1
    while offset < count {
      let byte = bytes[offset]
      if classes[Int(byte)] & ByteClass.stringStop == 0 {
        offset &+= 1
      } else if byte == quote {
        return finish(.string, offset &+ 1)
      } else if byte == 0x5C {
        facts.insert(.hasEscape)
        offset = scanEscape(offset, isTemplate: false)
      } else if byte == 0x0A || byte == 0x0D {
        break
      } else {
        offset &+= 1
      }
    }
    offset = min(offset, count)
    report(start, offset, "this string is never closed", advice: "end it with \(quote == 0x22 ? "'\"'" : "\"'\"")")
    finish(.string, offset)
  }

  /// Reads an escape; returns the offset past it.
  private mutating func scanEscape(_ start: Int, isTemplate: Bool) -> Int {
    let offset = start &+ 1
    let byte = peekByte(offset)
    switch byte {
    case 0x0D: return peekByte(offset &+ 1) == 0x0A ? offset &+ 2 : offset &+ 1
    case 0x78:
      if classes[Int(peekByte(offset &+ 1))] & classes[Int(peekByte(offset &+ 2))] & ByteClass.hexDigit != 0 {
        return offset &+ 3
      }
    case 0x75: if let (_, end) = scanUnicodeEscape(offset &+ 1) { return end }
    case 0x30:
      let following = peekByte(offset &+ 1)
      if following < 0x30 || following > 0x39 { return offset &+ 1 }
      return legacyEscape(start, isTemplate: isTemplate)
    case 0x31...0x39: return legacyEscape(start, isTemplate: isTemplate)
    default: return offset &+ 1
    }
    if isTemplate {
      facts.insert(.invalidEscape)
    } else {
      report(start, min(offset + 1, count), "this escape is not valid", advice: "write '\\xHH', '\\uHHHH' or '\\u{H}'")
    }
    return offset &+ 1
  }

  private mutating func legacyEscape(_ start: Int, isTemplate: Bool) -> Int {
    facts.insert(isTemplate ? .invalidEscape : .legacyOctal)
    return start &+ 2
  }

  // MARK: Templates

  /// Reads a template from its backtick, or from the `}` that ends a substitution.
  mutating func lexTemplate(_ start: Int) {
    var offset = start &+ 1
    while offset < count {
      let byte = bytes[offset]
      if classes[Int(byte)] & ByteClass.templateStop == 0 {
        offset &+= 1
      } else if byte == 0x60 {
        return finish(.templateTail, offset &+ 1)
      } else if byte == 0x5C {
        facts.insert(.hasEscape)
        offset = scanEscape(offset, isTemplate: true)
      } else if peekByte(offset &+ 1) == 0x7B {
        braceDepth &+= 1
        return finish(.templateHead, offset &+ 2)
      } else {
        offset &+= 1
      }
    }
    report(start, count, "this template is never closed", advice: "end it with '`'")
    finish(.templateTail, count)
  }

  /// Reads the current `}` anew as the continuation of a template.
  mutating func lexTemplateContinuation() {
    facts = []
    lexTemplate(tokenStart)
  }

  // MARK: Regular expressions

  /// Reads the current `/` or `/=` anew as a regular expression.
  mutating func lexRegularExpression() {
    var offset = tokenStart &+ 1
    var isInClass = false
    scan: while true {
      guard offset < count, !isLineEnd(offset) else {
        offset = min(offset, count)
        report(tokenStart, offset, "this regular expression is never closed", advice: "end it with '/'")
        return finish(.regularExpression, offset)
      }
      switch bytes[offset] {
      case 0x5B: isInClass = true
      case 0x5D: isInClass = false
      case 0x5C where offset &+ 1 < count && !isLineEnd(offset &+ 1): offset &+= 1
      case 0x2F where !isInClass: break scan
      default: break
      }
      offset &+= 1
    }
    let patternEnd = offset
    offset &+= 1
    while offset < count {
      let byte = bytes[offset]
      if classes[Int(byte)] & ByteClass.identifierPart != 0 {
        offset &+= 1
      } else if byte == 0x5C || (byte >= 0x80 && isUnicodeLetter(at: offset)) {
        offset &+= byte == 0x5C ? 1 : scalar(at: offset).length
      } else {
        break
      }
    }
    checkPattern(tokenStart &+ 1, patternEnd, offset)
    finish(.regularExpression, offset)
  }

  private func isLineEnd(_ offset: Int) -> Bool {
    let byte = bytes[offset]
    return byte == 0x0A || byte == 0x0D || (byte == 0xE2 && isLineSeparator(scalar(at: offset).scalar))
  }

  private mutating func checkPattern(_ start: Int, _ patternEnd: Int, _ end: Int) {
    let error = checkRegularExpression(
      UnsafeBufferPointer(start: bytes, count: count), pattern: start..<patternEnd,
      flags: min(patternEnd + 1, end)..<end, isAnnexB: true)
    guard let error else { return }
    report(
      error.offset, min(error.offset + 1, end), "invalid regular expression: \(error.message)",
      advice: "correct the pattern or its flags")
  }

  // MARK: JSX

  /// Reads the current word on over `-`, as JSX names may hold it.
  mutating func extendJSXName() {
    guard token.isWord, !facts.contains(.hasEscape) else { return }
    var end = tokenEnd
    while end < count, bytes[end] == 0x2D || classes[Int(bytes[end])] & ByteClass.identifierPart != 0 { end += 1 }
    if end > tokenEnd { tokenName = names.intern(start: tokenStart, length: end - tokenStart) }
    finish(.jsxIdentifier, end)
  }

  /// Records the current token and reads an attribute's value: a string without escapes, or any other token.
  mutating func nextAttributeValue() {
    record(token)
    previousEnd = tokenEnd
    var offset = tokenEnd
    while offset < count, bytes[offset] == 0x20 || (bytes[offset] >= 0x09 && bytes[offset] <= 0x0D) { offset += 1 }
    let quote = peekByte(offset)
    guard quote == 0x22 || quote == 0x27 else { return lex() }
    facts = []
    tokenStart = offset
    offset += 1
    while offset < count, bytes[offset] != quote { offset += 1 }
    if offset == count { report(tokenStart, count, "this attribute value is never closed") }
    finish(.string, min(offset + 1, count))
  }

  /// Records the current token and reads what stands between tags: text, `{` or `<`.
  mutating func nextChild() {
    guard token != .endOfFile else { return }
    record(token)
    previousEnd = tokenEnd
    lexChild()
  }

  mutating func lexChild() {
    var offset = previousEnd
    position = offset
    scan: while offset < count {
      switch bytes[offset] {
      case 0x3C, 0x7B: break scan
      case 0x3E, 0x7D:
        report(
          offset, offset + 1, "'\(bytes[offset] == 0x3E ? ">" : "}")' must be escaped in JSX text",
          advice: "write {'\(bytes[offset] == 0x3E ? ">" : "}")'}")
      default: break
      }
      offset += 1
    }
    if offset == previousEnd {
      // A `<` is never part of `<=` or `<<` here.
      if offset < count, bytes[offset] == 0x3C {
        facts = []
        tokenStart = offset
        finish(.less, offset + 1)
      } else {
        lex()
      }
    } else {
      facts = []
      tokenStart = previousEnd
      finish(.jsxText, offset)
    }
  }

  /// Cuts the current token down to its first `>` or `<`.
  mutating func splitAngle() {
    switch token {
    case .greaterOrEqual, .shiftRight, .shiftRightUnsigned, .shiftRightAssign, .shiftRightUnsignedAssign:
      finish(.greater, tokenStart + 1)
    case .shiftLeft, .lessOrEqual, .shiftLeftAssign: finish(.less, tokenStart + 1)
    default: break
    }
  }
}
