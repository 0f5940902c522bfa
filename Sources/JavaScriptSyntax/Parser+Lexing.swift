import SourceText

extension Parser {
  /// Reads the token at ``position``; afterwards it is the current one.
  mutating func lex() {
    var offset = position
    var facts: TokenFacts = []
    while offset < count {
      let byte = bytes[offset]
      switch byte {
      case 0x20, 0x09, 0x0B, 0x0C: offset &+= 1
      case 0x0A, 0x0D:
        facts.insert(.newlineBefore)
        offset &+= 1
      case 0x61...0x7A, 0x41...0x5A, 0x24, 0x5F:
        self.facts = facts
        tokenStart = offset
        return lexWord(offset)
      case 0x2F:
        let following = peekByte(offset &+ 1)
        if following == 0x2F {
          offset = skipLineComment(offset, form: .line)
        } else if following == 0x2A {
          offset = skipBlockComment(offset, &facts)
        } else {
          self.facts = facts
          tokenStart = offset
          return finish(following == 0x3D ? .divideAssign : .divide, offset &+ (following == 0x3D ? 2 : 1))
        }
      case 0x3C where !isModule && isHTMLOpen(offset): offset = skipLineComment(offset, form: .htmlLike)
      case 0x2D where !isModule && isHTMLClose(offset, facts): offset = skipLineComment(offset, form: .htmlLike)
      case 0x23 where offset == 0 && peekByte(1) == 0x21: offset = skipLineComment(offset, form: .hashbang)
      case 0x80...:
        let (scalar, length) = scalar(at: offset)
        if isLineSeparator(scalar) {
          facts.insert(.newlineBefore)
          offset &+= length
        } else if isSpace(scalar) {
          offset &+= length
        } else {
          self.facts = facts
          tokenStart = offset
          return lexSlowWord(offset)
        }
      default:
        self.facts = facts
        tokenStart = offset
        return lexPunctuator(byte, offset)
      }
    }
    self.facts = facts
    tokenStart = count
    tokenEnd = count
    position = count
    token = .endOfFile
  }

  @inline(__always)
  func peekByte(_ offset: Int) -> UInt8 { offset < count ? bytes[offset] : 0 }

  /// Ends the current token.
  @inline(__always)
  mutating func finish(_ lexeme: Lexeme, _ end: Int) {
    token = lexeme
    tokenEnd = end
    position = end
  }

  private mutating func lexPunctuator(_ byte: UInt8, _ start: Int) {
    switch byte {
    case 0x28:
      bracketDepth &+= 1
      finish(.leftParen, start &+ 1)
    case 0x29:
      bracketDepth &-= 1
      finish(.rightParen, start &+ 1)
    case 0x2C: finish(.comma, start &+ 1)
    case 0x3B: finish(.semicolon, start &+ 1)
    case 0x3A: finish(.colon, start &+ 1)
    case 0x2E:
      if classes[Int(peekByte(start &+ 1))] & ByteClass.digit != 0 { return lexNumber(start) }
      if peekByte(start &+ 1) == 0x2E, peekByte(start &+ 2) == 0x2E { return finish(.ellipsis, start &+ 3) }
      finish(.dot, start &+ 1)
    case 0x7B:
      braceDepth &+= 1
      finish(.leftBrace, start &+ 1)
    case 0x7D:
      braceDepth &-= 1
      finish(.rightBrace, start &+ 1)
    case 0x5B:
      bracketDepth &+= 1
      finish(.leftBracket, start &+ 1)
    case 0x5D:
      bracketDepth &-= 1
      finish(.rightBracket, start &+ 1)
    case 0x22, 0x27: lexString(byte, start)
    case 0x30...0x39: lexNumber(start)
    case 0x60: lexTemplate(start)
    case 0x23: lexPrivateName(start)
    case 0x40: finish(.at, start &+ 1)
    case 0x7E: finish(.bitNot, start &+ 1)
    case 0x5C: lexSlowWord(start)
    default: lexOperator(byte, start)
    }
  }

  private mutating func lexOperator(_ byte: UInt8, _ start: Int) {
    let second = peekByte(start &+ 1)
    let third = second == 0 ? 0 : peekByte(start &+ 2)
    switch byte {
    case 0x3D:
      if second == 0x3E { return finish(.arrow, start &+ 2) }
      if second != 0x3D { return finish(.assign, start &+ 1) }
      finish(third == 0x3D ? .strictEqual : .equal, start &+ (third == 0x3D ? 3 : 2))
    case 0x21:
      if second != 0x3D { return finish(.not, start &+ 1) }
      finish(third == 0x3D ? .strictNotEqual : .notEqual, start &+ (third == 0x3D ? 3 : 2))
    case 0x2B:
      if second == 0x2B { return finish(.increment, start &+ 2) }
      finish(second == 0x3D ? .addAssign : .add, start &+ (second == 0x3D ? 2 : 1))
    case 0x2D:
      if second == 0x2D { return finish(.decrement, start &+ 2) }
      finish(second == 0x3D ? .subtractAssign : .subtract, start &+ (second == 0x3D ? 2 : 1))
    case 0x2A: lexStar(start, second, third)
    case 0x25: finish(second == 0x3D ? .remainderAssign : .remainder, start &+ (second == 0x3D ? 2 : 1))
    case 0x26: lexDoubled(start, 0x26, .bitAnd, .bitAndAssign, .and, .andAssign)
    case 0x7C: lexDoubled(start, 0x7C, .bitOr, .bitOrAssign, .or, .orAssign)
    case 0x5E: finish(second == 0x3D ? .bitXorAssign : .bitXor, start &+ (second == 0x3D ? 2 : 1))
    case 0x3F:
      if second == 0x2E, classes[Int(third)] & ByteClass.digit == 0 { return finish(.questionDot, start &+ 2) }
      if second != 0x3F { return finish(.question, start &+ 1) }
      finish(third == 0x3D ? .nullishAssign : .nullish, start &+ (third == 0x3D ? 3 : 2))
    case 0x3C:
      if second == 0x3D { return finish(.lessOrEqual, start &+ 2) }
      if second != 0x3C { return finish(.less, start &+ 1) }
      finish(third == 0x3D ? .shiftLeftAssign : .shiftLeft, start &+ (third == 0x3D ? 3 : 2))
    case 0x3E: lexGreater(start, second, third)
    default:
      finish(.invalid, start &+ 1)
    }
  }

  private mutating func lexStar(_ start: Int, _ second: UInt8, _ third: UInt8) {
    if second == 0x3D { return finish(.multiplyAssign, start &+ 2) }
    if second != 0x2A { return finish(.multiply, start &+ 1) }
    finish(third == 0x3D ? .exponentiateAssign : .exponentiate, start &+ (third == 0x3D ? 3 : 2))
  }

  private mutating func lexGreater(_ start: Int, _ second: UInt8, _ third: UInt8) {
    if second == 0x3D { return finish(.greaterOrEqual, start &+ 2) }
    if second != 0x3E { return finish(.greater, start &+ 1) }
    if third == 0x3D { return finish(.shiftRightAssign, start &+ 3) }
    if third != 0x3E { return finish(.shiftRight, start &+ 2) }
    let assigns = peekByte(start &+ 3) == 0x3D
    finish(assigns ? .shiftRightUnsignedAssign : .shiftRightUnsigned, start &+ (assigns ? 4 : 3))
  }

  private mutating func lexDoubled(
    _ start: Int, _ byte: UInt8, _ single: Lexeme, _ singleAssign: Lexeme, _ double: Lexeme, _ doubleAssign: Lexeme
  ) {
    let second = peekByte(start &+ 1)
    if second == 0x3D { return finish(singleAssign, start &+ 2) }
    if second != byte { return finish(single, start &+ 1) }
    let assigns = peekByte(start &+ 2) == 0x3D
    finish(assigns ? doubleAssign : double, start &+ (assigns ? 3 : 2))
  }

  // MARK: Comments

  private func isHTMLOpen(_ offset: Int) -> Bool {
    peekByte(offset + 1) == 0x21 && peekByte(offset + 2) == 0x2D && peekByte(offset + 3) == 0x2D
  }

  /// `-->` is a comment at the start of a line, after nothing but white space and comments.
  private func isHTMLClose(_ offset: Int, _ facts: TokenFacts) -> Bool {
    peekByte(offset + 1) == 0x2D && peekByte(offset + 2) == 0x3E
      && (facts.contains(.newlineBefore) || (tokenCount == 0 && previousEnd == 0))
  }

  private mutating func skipLineComment(_ start: Int, form: Comment.Form) -> Int {
    var offset = start &+ 2
    while offset < count {
      let byte = bytes[offset]
      if classes[Int(byte)] & ByteClass.lineStop != 0 {
        if byte != 0xE2 || isLineSeparator(scalar(at: offset).scalar) { break }
      }
      offset &+= 1
    }
    comments.append(Comment(form: form, span: ByteSpan(start, offset)))
    return offset
  }

  private mutating func skipBlockComment(_ start: Int, _ facts: inout TokenFacts) -> Int {
    var offset = start &+ 2
    while offset < count {
      let byte = bytes[offset]
      if byte == 0x2A, peekByte(offset &+ 1) == 0x2F {
        comments.append(Comment(form: .block, span: ByteSpan(start, offset &+ 2)))
        return offset &+ 2
      }
      if byte == 0x0A || byte == 0x0D || (byte == 0xE2 && isLineSeparator(scalar(at: offset).scalar)) {
        facts.insert(.newlineBefore)
      }
      offset &+= 1
    }
    comments.append(Comment(form: .block, span: ByteSpan(start, count)))
    report(start, count, "this comment is never closed", advice: "end it with '*/'")
    return count
  }

  // MARK: Words

  /// Reads a word that starts with an ASCII letter, `$` or `_`.
  @inline(__always)
  private mutating func lexWord(_ start: Int) {
    var end = start &+ 1
    while end < count, classes[Int(bytes[end])] & ByteClass.identifierPart != 0 { end &+= 1 }
    if end < count, bytes[end] >= 0x80 || bytes[end] == 0x5C { return lexSlowWord(start) }
    finishWord(start, end)
  }

  @inline(__always)
  private mutating func finishWord(_ start: Int, _ end: Int) {
    let name = names.intern(start: start, length: end &- start)
    tokenName = name
    tokenEnd = end
    position = end
    token =
      name <= Lexeme.with.nameIndex
      ? unsafeBitCast(UInt8(truncatingIfNeeded: name) &+ Lexeme.identifier.rawValue &+ 1, to: Lexeme.self) : .identifier
  }

  /// Reads a word with characters beyond ASCII or escapes.
  mutating func lexSlowWord(_ start: Int) {
    guard let (end, decoded) = scanWord(start) else {
      let length = bytes[start] >= 0x80 ? scalar(at: start).length : 1
      return finish(.invalid, start + length)
    }
    if let decoded {
      tokenName = names.intern(decoded)
      facts.insert(.hasEscape)
      finish(.identifier, end)
    } else {
      finishWord(start, end)
    }
  }

  /// Finds the end of an identifier; `decoded` is `nil` when its bytes are its name.
  private func scanWord(_ start: Int) -> (end: Int, decoded: [UInt8]?)? {
    var offset = start
    var decoded: [UInt8]?
    var isFirst = true
    while offset < count {
      let byte = bytes[offset]
      if byte < 0x80, byte != 0x5C {
        let needed = isFirst ? ByteClass.identifierStart : ByteClass.identifierPart
        guard classes[Int(byte)] & needed != 0 else { break }
        decoded?.append(byte)
        offset += 1
      } else if byte == 0x5C {
        guard peekByte(offset + 1) == 0x75, let (scalar, end) = scanUnicodeEscape(offset + 2),
          isIdentifier(scalar, isFirst: isFirst)
        else { return nil }
        if decoded == nil { decoded = Array(UnsafeBufferPointer(start: bytes + start, count: offset - start)) }
        appendUTF8(scalar, to: &decoded)
        offset = end
      } else {
        let (scalar, length) = scalar(at: offset)
        guard isIdentifier(scalar, isFirst: isFirst) else { break }
        if decoded != nil { for index in 0..<length { decoded?.append(bytes[offset + index]) } }
        offset += length
      }
      isFirst = false
    }
    return offset == start ? nil : (offset, decoded)
  }

  private func isIdentifier(_ scalar: UInt32, isFirst: Bool) -> Bool {
    if scalar < 0x80 {
      let needed = isFirst ? ByteClass.identifierStart : ByteClass.identifierPart
      return classes[Int(scalar)] & needed != 0
    }
    return isFirst ? isIdentifierStart(scalar) : isIdentifierPart(scalar)
  }

  private mutating func lexPrivateName(_ start: Int) {
    guard let (end, decoded) = scanWord(start + 1) else { return finish(.invalid, start + 1) }
    if let decoded {
      tokenName = names.intern(decoded)
    } else {
      tokenName = names.intern(start: start + 1, length: end - start - 1)
    }
    finish(.privateName, end)
  }

  // MARK: Characters

  /// Decodes the scalar at an offset; a byte that is not UTF-8 gives U+FFFF, which is nothing's part, and length 1.
  func scalar(at offset: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[offset])
    if first < 0x80 { return (first, 1) }
    let length =
      first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0
    guard length > 0, offset + length <= count else { return (0xFFFF, 1) }
    var scalar = first & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = UInt32(bytes[offset + index])
      guard byte & 0xC0 == 0x80 else { return (0xFFFF, 1) }
      scalar = scalar << 6 | byte & 0x3F
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard scalar >= smallest, scalar <= 0x10FFFF, scalar < 0xD800 || scalar > 0xDFFF else { return (0xFFFF, 1) }
    return (scalar, length)
  }

  @inline(__always)
  func isLineSeparator(_ scalar: UInt32) -> Bool { scalar == 0x2028 || scalar == 0x2029 }

  private func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// Reads what follows `\u`: four hexadecimal digits or a scalar in braces.
  func scanUnicodeEscape(_ start: Int) -> (scalar: UInt32, end: Int)? {
    var value: UInt32 = 0
    var offset = start
    if peekByte(offset) == 0x7B {
      offset += 1
      while classes[Int(peekByte(offset))] & ByteClass.hexDigit != 0 {
        value = value << 4 | hexValue(bytes[offset])
        if value > 0x10FFFF { return nil }
        offset += 1
      }
      return peekByte(offset) == 0x7D && offset > start + 1 ? (value, offset + 1) : nil
    }
    for _ in 0..<4 {
      guard classes[Int(peekByte(offset))] & ByteClass.hexDigit != 0 else { return nil }
      value = value << 4 | hexValue(bytes[offset])
      offset += 1
    }
    return (value, offset)
  }
}

/// The value of a hexadecimal digit.
func hexValue(_ byte: UInt8) -> UInt32 {
  byte <= 0x39 ? UInt32(byte) &- 0x30 : (UInt32(byte) | 0x20) &- 0x57
}

private func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]?) {
  if let scalar = Unicode.Scalar(scalar) {
    bytes?.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
