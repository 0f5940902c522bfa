// MARK: Classes without the flag `v`

extension RegularExpressionChecker {
  /// Checks a class such as `[a-z\d]` without the flag `v`.
  mutating func checkClass() throws(Problem) {
    let start = position
    position += 1
    if peek() == UInt8(ascii: "^") { position += 1 }
    while let byte = peek() {
      if byte == UInt8(ascii: "]") && pendingLowSurrogate == 0 {
        position += 1
        return
      }
      let first = try classAtom()
      guard pendingLowSurrogate == 0, peek() == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: "]") else {
        continue
      }
      let dash = position
      position += 1
      try checkRange(from: first, to: try classAtom(), at: dash)
    }
    throw problem(at: start, "unterminated class in the regular expression; add `]`")
  }

  private func checkRange(from first: UInt32?, to last: UInt32?, at dash: Int) throws(Problem) {
    guard let first, let last else {
      // The web's grammar takes the dash for itself when an end of the range is a class.
      if isLenient { return }
      throw problem(at: dash, "a range cannot begin or end with a class of characters")
    }
    if first > last { throw problem(at: dash, "range out of order; the smaller character comes first") }
  }

  /// Reads one atom of a class; `nil` when it stands for more than one character.
  private mutating func classAtom() throws(Problem) -> UInt32? {
    if pendingLowSurrogate != 0 {
      defer { pendingLowSurrogate = 0 }
      return pendingLowSurrogate
    }
    guard bytes[position] == UInt8(ascii: "\\") else { return codeUnitOrPoint() }
    switch peek(1) {
    case UInt8(ascii: "b"):
      position += 2
      return 8
    case UInt8(ascii: "-") where isUnicode:
      position += 2
      return 0x2D
    default:
      if try skipClassEscape().isPresent { return nil }
      return try characterEscape(inClass: true)
    }
  }

  /// Reads a character: with `u` a code point, else a UTF-16 code unit, so that a pair becomes two atoms.
  private mutating func codeUnitOrPoint() -> UInt32 {
    let next = scalar()
    position += next.length
    guard !isUnicode, next.value > 0xFFFF else { return next.value }
    pendingLowSurrogate = 0xDC00 | (next.value - 0x10000) & 0x3FF
    return 0xD7C0 + next.value >> 10
  }
}

// MARK: Classes with the flag `v`

extension RegularExpressionChecker {
  /// How the operands of a class are combined.
  private enum SetOperator {
    case undecided
    case union
    case intersection
    case subtraction
  }

  /// A class that is open.
  private struct SetLevel {
    var start: Int
    var isNegated: Bool
    var combination = SetOperator.undecided
    var hasOperand = false
    /// Whether `&&` or `--` was read and its right operand not yet.
    var awaitsOperand = false
    var mayHoldStrings = false

    mutating func add(mayHoldStrings strings: Bool) {
      switch combination {
      case .undecided, .union: mayHoldStrings = mayHoldStrings || strings
      case .intersection: mayHoldStrings = mayHoldStrings && strings
      case .subtraction: break
      }
      hasOperand = true
      awaitsOperand = false
    }
  }

  /// Checks a class with the flag `v`, which may hold classes.
  mutating func checkSetClass() throws(Problem) {
    var levels = [openSetClass()]
    while let byte = peek() {
      let top = levels.count - 1
      if byte == UInt8(ascii: "]") {
        let strings = try closeSetClass(levels[top])
        levels.removeLast()
        if levels.isEmpty { return }
        levels[top - 1].add(mayHoldStrings: strings)
        continue
      }
      if try readSetOperator(&levels[top]) { continue }
      if byte == UInt8(ascii: "[") {
        levels.append(openSetClass())
      } else {
        try checkSetOperand(&levels[top])
      }
    }
    throw problem(at: levels[levels.count - 1].start, "unterminated class in the regular expression; add `]`")
  }

  private mutating func openSetClass() -> SetLevel {
    let start = position
    position += 1
    let isNegated = peek() == UInt8(ascii: "^")
    if isNegated { position += 1 }
    return SetLevel(start: start, isNegated: isNegated)
  }

  private mutating func closeSetClass(_ level: SetLevel) throws(Problem) -> Bool {
    guard !level.awaitsOperand else { throw problem("an operand is missing before `]`") }
    if level.isNegated && level.mayHoldStrings {
      throw problem(at: level.start, "a negated class cannot hold strings")
    }
    position += 1
    return level.mayHoldStrings
  }

  /// Reads `&&` or `--` between operands; without one, settles that the next operand joins a union.
  private mutating func readSetOperator(_ level: inout SetLevel) throws(Problem) -> Bool {
    guard level.hasOperand, !level.awaitsOperand else { return false }
    guard let combination = setOperator() else {
      guard level.combination == .undecided || level.combination == .union else {
        throw problem("`&&`, `--` and plain operands cannot be mixed in one class; use nested classes")
      }
      level.combination = .union
      return false
    }
    guard level.combination == .undecided || level.combination == combination else {
      throw problem("`&&`, `--` and plain operands cannot be mixed in one class; use nested classes")
    }
    level.combination = combination
    level.awaitsOperand = true
    position += 2
    if combination == .intersection, peek() == UInt8(ascii: "&") { throw problem("`&` must be escaped here") }
    return true
  }

  private func setOperator() -> SetOperator? {
    guard let byte = peek(), byte == peek(1) else { return nil }
    return byte == UInt8(ascii: "&") ? .intersection : byte == UInt8(ascii: "-") ? .subtraction : nil
  }

  private mutating func checkSetOperand(_ level: inout SetLevel) throws(Problem) {
    if peek() == UInt8(ascii: "\\") {
      if peek(1) == UInt8(ascii: "q"), peek(2) == UInt8(ascii: "{") {
        level.add(mayHoldStrings: try checkStringDisjunction())
        return
      }
      let escape = try skipClassEscape()
      if escape.isPresent {
        level.add(mayHoldStrings: escape.mayHoldStrings)
        return
      }
    }
    try checkSetCharacterOrRange(&level)
  }

  private mutating func checkSetCharacterOrRange(_ level: inout SetLevel) throws(Problem) {
    let first = try setCharacter()
    if peek() == UInt8(ascii: "-"), peek(1) != UInt8(ascii: "-") {
      let dash = position
      guard level.combination == .undecided || level.combination == .union else {
        throw problem("a range cannot be an operand of `&&` or `--`; put it into a nested class")
      }
      level.combination = .union
      position += 1
      let last = try setCharacter()
      if first > last { throw problem(at: dash, "range out of order; the smaller character comes first") }
    }
    level.add(mayHoldStrings: false)
  }

  /// Checks `\q{a|bc}`; says whether any of its strings is not exactly one character.
  private mutating func checkStringDisjunction() throws(Problem) -> Bool {
    let start = position
    position += 3
    var count = 0
    var mayHoldStrings = false
    while let byte = peek() {
      if byte == UInt8(ascii: "|") || byte == UInt8(ascii: "}") {
        position += 1
        if count != 1 { mayHoldStrings = true }
        count = 0
        if byte == UInt8(ascii: "}") { return mayHoldStrings }
      } else {
        _ = try setCharacter()
        count += 1
      }
    }
    throw problem(at: start, "unterminated `\\q{` in the regular expression; add `}`")
  }

  /// Reads one character of a class with the flag `v`.
  private mutating func setCharacter() throws(Problem) -> UInt32 {
    guard let byte = peek() else { throw problem("unterminated class in the regular expression; add `]`") }
    if byte == UInt8(ascii: "\\") { return try setEscape() }
    if isSetSyntaxCharacter(byte) { throw problem("this character must be escaped in a class with the flag `v`") }
    if byte == peek(1), isReservedWhenDoubled(byte) {
      throw problem("doubled punctuation is reserved in a class with the flag `v`; escape it")
    }
    let next = scalar()
    position += next.length
    return next.value
  }

  private mutating func setEscape() throws(Problem) -> UInt32 {
    guard let byte = peek(1) else { throw problem("`\\` at the end of the regular expression") }
    if byte == UInt8(ascii: "b") {
      position += 2
      return 8
    }
    if byte == UInt8(ascii: "-") || isReservedPunctuator(byte) {
      position += 2
      return UInt32(byte)
    }
    return try characterEscape(inClass: true)
  }

  /// Whether a byte is one of `( ) [ ] { } / - \ |`.
  private func isSetSyntaxCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x28, 0x29, 0x2D, 0x2F, 0x5B...0x5D, 0x7B...0x7D: true
    default: false
    }
  }

  /// Whether a byte is one of `& ! # % , : ; < = > @` or the back tick or the tilde, which may be escaped.
  private func isReservedPunctuator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23, 0x25, 0x26, 0x2C, 0x3A...0x3E, 0x40, 0x60, 0x7E: true
    default: false
    }
  }

  private func isReservedWhenDoubled(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x24, 0x2A, 0x2B, 0x2E, 0x3F, 0x5E: true
    default: isReservedPunctuator(byte)
    }
  }
}
