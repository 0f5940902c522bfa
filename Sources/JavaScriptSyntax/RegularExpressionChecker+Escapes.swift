extension RegularExpressionChecker {
  /// Checks an escape outside a class; says whether it is an atom, so that a quantifier may follow.
  mutating func checkAtomEscape() throws(Problem) -> Bool {
    guard let byte = peek(1) else { throw problem("`\\` at the end of the regular expression") }
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"):
      position += 2
      return false
    case UInt8(ascii: "1")...UInt8(ascii: "9"): checkDecimalEscape()
    case UInt8(ascii: "k"): try checkNameReference()
    default:
      if try !skipClassEscape().isPresent { _ = try characterEscape(inClass: false) }
    }
    return true
  }

  private mutating func checkDecimalEscape() {
    let start = position
    position += 1
    var number = 0
    while let byte = peek(), isDigit(byte) {
      number = min(number * 10 + Int(byte & 15), 1 << 40)
      position += 1
    }
    noteReference(number: number, at: start)
  }

  private mutating func checkNameReference() throws(Problem) {
    let start = position
    position += 2
    if let name = try peek() == UInt8(ascii: "<") ? readGroupName() : nil {
      noteReference(name: name, at: start)
    } else {
      // In the lenient grammar `\k` stands for `k` unless the pattern names groups, which only its end can tell.
      firstLooseNameReference = firstLooseNameReference ?? start
      position = start + 2
    }
  }

  /// Reads `<name>`; `nil`, with the position anywhere, when that is not what stands there.
  mutating func readGroupName() throws(Problem) -> [UInt32]? {
    position += 1
    var name: [UInt32] = []
    while let byte = peek() {
      if byte == UInt8(ascii: ">") {
        position += 1
        return name.isEmpty ? nil : name
      }
      let value: UInt32
      if byte == UInt8(ascii: "\\") {
        guard peek(1) == UInt8(ascii: "u"), let escaped = try unicodeEscape(isUnicode: true) else { return nil }
        value = escaped
      } else {
        let next = scalar()
        value = next.value
        position += next.length
      }
      guard name.isEmpty ? isIdentifierStart(value) : isIdentifierPart(value) else { return nil }
      name.append(value)
    }
    return nil
  }

  /// Skips an escape that stands for a class of characters, such as `\d` or `\p{L}`.
  mutating func skipClassEscape() throws(Problem) -> (isPresent: Bool, mayHoldStrings: Bool) {
    switch peek(1) {
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "w"),
      UInt8(ascii: "W"):
      position += 2
      return (true, false)
    case UInt8(ascii: "p") where isUnicode, UInt8(ascii: "P") where isUnicode:
      return (true, try skipPropertyEscape())
    default: return (false, false)
    }
  }

  /// Skips `\p{...}` or `\P{...}`; says whether it may match strings rather than single characters.
  private mutating func skipPropertyEscape() throws(Problem) -> Bool {
    let start = position
    let isNegated = bytes[position + 1] == UInt8(ascii: "P")
    position += 2
    guard peek() == UInt8(ascii: "{") else { throw problem(at: start, "a Unicode property is written `\\p{Name}`") }
    position += 1
    let name = propertyWord()
    var value: String?
    if peek() == UInt8(ascii: "=") {
      position += 1
      value = propertyWord()
    }
    guard peek() == UInt8(ascii: "}") else { throw problem(at: start, "a Unicode property is written `\\p{Name}`") }
    position += 1
    switch UnicodePropertyNames.classify(name, value: value) {
    case .ofCharacters: return false
    case .ofStrings:
      guard mode == .unicodeSets else {
        throw problem(at: start, "the Unicode property `\(name)` holds strings, which needs the flag `v`")
      }
      guard !isNegated else {
        throw problem(at: start, "the Unicode property `\(name)` holds strings, which `\\P` cannot negate")
      }
      return true
    case .unknown: throw problem(at: start, "unknown Unicode property or value")
    }
  }

  private mutating func propertyWord() -> String {
    let start = position
    while let byte = peek(), isIdentifierPart(UInt32(byte)), byte != UInt8(ascii: "$"), byte < 0x80 { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads an escape that stands for one character and returns that character.
  mutating func characterEscape(inClass: Bool) throws(Problem) -> UInt32 {
    guard let byte = peek(1) else { throw problem("`\\` at the end of the regular expression") }
    switch byte {
    case UInt8(ascii: "t"): return skipped(2, 0x09)
    case UInt8(ascii: "n"): return skipped(2, 0x0A)
    case UInt8(ascii: "v"): return skipped(2, 0x0B)
    case UInt8(ascii: "f"): return skipped(2, 0x0C)
    case UInt8(ascii: "r"): return skipped(2, 0x0D)
    case UInt8(ascii: "c"): return try controlEscape(inClass: inClass)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try octalEscape()
    case UInt8(ascii: "x"):
      if let value = hexadecimal(at: position + 2, count: 2) { return skipped(4, value) }
    case UInt8(ascii: "u"):
      if let value = try unicodeEscape(isUnicode: isUnicode) { return value }
    default: break
    }
    return try identityEscape()
  }

  private mutating func controlEscape(inClass: Bool) throws(Problem) -> UInt32 {
    if let letter = peek(2) {
      if (0x61...0x7A).contains(letter | 0x20) { return skipped(3, UInt32(letter & 31)) }
      if inClass, isLenient, isDigit(letter) || letter == UInt8(ascii: "_") { return skipped(3, UInt32(letter & 31)) }
    }
    guard isLenient else { throw problem("`\\c` needs a letter after it") }
    // The backslash stands for itself and `c` is read as the next character.
    return skipped(1, 0x5C)
  }

  private mutating func octalEscape() throws(Problem) -> UInt32 {
    guard isLenient else {
      if peek(1) == UInt8(ascii: "0"), peek(2).map(isDigit) != true { return skipped(2, 0) }
      throw problem("octal escapes cannot be used here; write `\\x` and two hexadecimal digits")
    }
    var value: UInt32 = 0
    var length = 1
    while length < 4, let digit = peek(length), digit &- 0x30 < 8, value * 8 + UInt32(digit & 7) <= 0o377 {
      value = value * 8 + UInt32(digit & 7)
      length += 1
    }
    // `\8` and `\9` stand for the digits themselves.
    return length == 1 ? skipped(2, UInt32(peek(1) ?? 0)) : skipped(length, value)
  }

  /// Reads `\uXXXX`, with `isUnicode` also `\u{X}` and pairs of surrogates; `nil` without moving when that is not there.
  private mutating func unicodeEscape(isUnicode: Bool) throws(Problem) -> UInt32? {
    if isUnicode, peek(2) == UInt8(ascii: "{") { return try bracedUnicodeEscape() }
    guard let high = hexadecimal(at: position + 2, count: 4) else { return nil }
    position += 6
    guard isUnicode, high & 0xFC00 == 0xD800, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u"),
      let low = hexadecimal(at: position + 2, count: 4), low & 0xFC00 == 0xDC00
    else { return high }
    position += 6
    return 0x10000 + (high & 0x3FF) << 10 + low & 0x3FF
  }

  private mutating func bracedUnicodeEscape() throws(Problem) -> UInt32? {
    var value: UInt32 = 0
    var offset = position + 3
    while offset < end, let digit = hexadecimal(at: offset, count: 1) {
      value = min(value * 16 + digit, 0x11_0000)
      offset += 1
    }
    guard offset > position + 3, offset < end, bytes[offset] == UInt8(ascii: "}") else { return nil }
    guard value <= 0x10FFFF else {
      if isLenient { return nil }
      throw problem("code point past U+10FFFF")
    }
    position = offset + 1
    return value
  }

  private mutating func identityEscape() throws(Problem) -> UInt32 {
    let start = position
    position += 1
    let next = scalar()
    if isUnicode {
      guard isSyntaxCharacter(next.value) || next.value == 0x2F else {
        throw problem(at: start, "invalid escape; with `u` or `v` only syntax characters can be escaped")
      }
    } else if isLenient {
      if next.value == 0x6B { firstLooseNameReference = firstLooseNameReference ?? start }
    } else if isIdentifierPart(next.value) && next.value != 0x24 {
      throw problem(at: start, "invalid escape in the regular expression")
    }
    position += next.length
    return next.value
  }

  /// Whether a character is one of `^ $ \ . * + ? ( ) [ ] { } |`.
  private func isSyntaxCharacter(_ value: UInt32) -> Bool {
    switch value {
    case 0x24, 0x28...0x2B, 0x2E, 0x3F, 0x5B...0x5E, 0x7B...0x7D: true
    default: false
    }
  }

  private mutating func skipped(_ length: Int, _ value: UInt32) -> UInt32 {
    position += length
    return value
  }

  private func hexadecimal(at start: Int, count: Int) -> UInt32? {
    guard start + count <= end else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<start + count] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 15)
      case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        value = value << 4 | UInt32(byte & 7) + 9
      default: return nil
      }
    }
    return value
  }
}
