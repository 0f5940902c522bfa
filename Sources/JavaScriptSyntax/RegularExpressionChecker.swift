/// Looks for the early errors of a regular expression literal (ECMAScript 2026, section 22.2.1 and Annex B.1.2).
///
/// - Parameters:
///   - bytes: The text that holds the literal.
///   - pattern: Where the pattern stands, without its slashes.
///   - flags: Where the flags stand.
///   - isAnnexB: Whether patterns without `u` and `v` may use the web's lenient grammar.
/// - Returns: The first error found, at a byte offset of the text; `nil` when there is none.
/// - Complexity: O(*n* log *n*) in the length of the pattern; the stack used does not depend on it.
func checkRegularExpression(
  _ bytes: UnsafeBufferPointer<UInt8>, pattern: Range<Int>, flags: Range<Int>, isAnnexB: Bool
) -> (offset: Int, message: String)? {
  do throws(RegularExpressionChecker.Problem) {
    let mode = try RegularExpressionChecker.mode(of: bytes, flags: flags)
    var checker = RegularExpressionChecker(bytes, pattern: pattern, mode: mode, isAnnexB: isAnnexB)
    try checker.checkPattern()
    return nil
  } catch {
    return (error.offset, error.message)
  }
}

/// The state of a walk through one pattern.
struct RegularExpressionChecker {
  /// An early error and its place.
  struct Problem: Error {
    var offset: Int
    var message: String
  }

  /// Which of the three grammars the flags choose.
  enum Mode {
    /// Neither `u` nor `v`: the pattern is a sequence of UTF-16 code units.
    case legacy
    /// `u`.
    case unicode
    /// `v`.
    case unicodeSets
  }

  /// A disjunction that is open: the pattern itself, or a group.
  private struct Level {
    /// The offset at which its first alternative begins.
    var start: Int
    /// The offset at which its newest alternative begins.
    var alternativeStart: Int
    /// Whether a quantifier may follow its closing parenthesis.
    var isQuantifiable: Bool
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let end: Int
  let mode: Mode
  /// Whether the lenient grammar of Annex B applies, which it never does with `u` or `v`.
  let isLenient: Bool
  var position: Int
  /// The low half of a pair whose high half was read as an atom of a class; 0 when there is none.
  var pendingLowSurrogate: UInt32 = 0

  private var levels: [Level] = []
  private var groupCount = 0
  /// Where each group name was last declared.
  private var groupNames: [[UInt32]: Int] = [:]
  private var nameReferences: [(name: [UInt32], offset: Int)] = []
  private var largestReference = (number: 0, offset: 0)
  /// The first `\k` that names no group, an error only when the pattern names groups.
  var firstLooseNameReference: Int?

  var isUnicode: Bool { mode != .legacy }

  init(_ bytes: UnsafeBufferPointer<UInt8>, pattern: Range<Int>, mode: Mode, isAnnexB: Bool) {
    self.bytes = bytes
    position = pattern.lowerBound
    end = pattern.upperBound
    self.mode = mode
    isLenient = isAnnexB && mode == .legacy
  }

  /// Checks the flags and tells which grammar they choose.
  static func mode(of bytes: UnsafeBufferPointer<UInt8>, flags: Range<Int>) throws(Problem) -> Mode {
    var seen: UInt32 = 0
    for offset in flags {
      let byte = bytes[offset]
      guard isFlag(byte) else {
        throw Problem(
          offset: offset, message: "invalid regular expression flag; the flags are d, g, i, m, s, u, v and y")
      }
      let bit = UInt32(1) << (UInt32(byte) & 31)
      guard seen & bit == 0 else {
        throw Problem(offset: offset, message: "regular expression flag `\(asciiName(byte))` is given twice")
      }
      seen |= bit
    }
    let hasUnicode = seen & (1 << 0x15) != 0
    let hasSets = seen & (1 << 0x16) != 0
    if hasUnicode && hasSets {
      throw Problem(offset: flags.lowerBound, message: "regular expression flags `u` and `v` exclude each other")
    }
    return hasSets ? .unicodeSets : hasUnicode ? .unicode : .legacy
  }

  private static func isFlag(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "d"), UInt8(ascii: "g"), UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"),
      UInt8(ascii: "u"), UInt8(ascii: "v"), UInt8(ascii: "y"):
      true
    default: false
    }
  }

  // MARK: Disjunctions and terms

  mutating func checkPattern() throws(Problem) {
    levels.append(Level(start: position, alternativeStart: position, isQuantifiable: false))
    while position < end { try checkTerm() }
    guard levels.count == 1 else {
      throw problem(at: levels[levels.count - 1].start - 1, "unterminated group in the regular expression; add `)`")
    }
    try checkReferences()
  }

  private mutating func checkTerm() throws(Problem) {
    switch bytes[position] {
    case UInt8(ascii: "|"):
      position += 1
      levels[levels.count - 1].alternativeStart = position
    case UInt8(ascii: "("): try openGroup()
    case UInt8(ascii: ")"): try closeGroup()
    case UInt8(ascii: "^"), UInt8(ascii: "$"): position += 1
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw problem("nothing to repeat before this quantifier")
    case UInt8(ascii: "{"): try checkBrace()
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      guard isLenient else { throw problem("lone bracket in the regular expression; escape it with `\\`") }
      position += 1
      try skipQuantifier()
    case UInt8(ascii: "\\"):
      if try checkAtomEscape() { try skipQuantifier() }
    case UInt8(ascii: "["):
      if mode == .unicodeSets { try checkSetClass() } else { try checkClass() }
      try skipQuantifier()
    default:
      position += 1
      while position < end, bytes[position] & 0xC0 == 0x80 { position += 1 }
      try skipQuantifier()
    }
  }

  private mutating func checkBrace() throws(Problem) {
    let start = position
    if try skipBracedQuantifier() { throw problem(at: start, "nothing to repeat before this quantifier") }
    guard isLenient else { throw problem("lone bracket in the regular expression; escape it with `\\`") }
    position += 1
    try skipQuantifier()
  }

  // MARK: Groups

  private mutating func openGroup() throws(Problem) {
    let start = position
    position += 1
    var isQuantifiable = true
    if peek() == UInt8(ascii: "?") {
      isQuantifiable = try checkGroupSpecifier(groupStart: start)
    } else {
      groupCount += 1
    }
    levels.append(Level(start: position, alternativeStart: position, isQuantifiable: isQuantifiable))
  }

  /// Reads what follows `(` in a special group; says whether a quantifier may follow the group.
  private mutating func checkGroupSpecifier(groupStart: Int) throws(Problem) -> Bool {
    position += 1
    switch peek() {
    case UInt8(ascii: ":"):
      position += 1
      return true
    case UInt8(ascii: "="), UInt8(ascii: "!"):
      position += 1
      return isLenient
    case UInt8(ascii: "<"):
      if peek(1) == UInt8(ascii: "=") || peek(1) == UInt8(ascii: "!") {
        position += 2
        return false
      }
      guard let name = try readGroupName() else { throw problem("invalid name of a capture group") }
      groupCount += 1
      try declare(name, at: groupStart)
      return true
    default:
      try checkModifiers()
      return true
    }
  }

  private mutating func closeGroup() throws(Problem) {
    guard levels.count > 1, let level = levels.popLast() else {
      throw problem("unmatched `)` in the regular expression")
    }
    position += 1
    if level.isQuantifiable { try skipQuantifier() }
  }

  /// Reads the modifiers of `(?ims-ims:`.
  private mutating func checkModifiers() throws(Problem) {
    let start = position
    var seen: UInt32 = 0
    var hasMinus = false
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"):
        let bit = UInt32(1) << (UInt32(byte) & 31)
        guard seen & bit == 0 else { throw problem("modifier `\(asciiName(byte))` is given twice") }
        seen |= bit
      case UInt8(ascii: "-") where !hasMinus: hasMinus = true
      case UInt8(ascii: ":"):
        guard seen != 0 else { throw problem(at: start, "a group needs a modifier before or after `-`") }
        position += 1
        return
      default: throw problem("invalid group; the modifiers are i, m and s")
      }
      position += 1
    }
    throw problem(at: start, "unterminated group in the regular expression; add `)`")
  }

  /// Remembers a group name; two groups may share one only when they can never both take part in a match.
  ///
  /// Comparing with the newest group of that name is enough: an older one in conflict with this group would have been in
  /// conflict with the newest one, too.
  private mutating func declare(_ name: [UInt32], at offset: Int) throws(Problem) {
    if let earlier = groupNames[name], sharesAlternative(with: earlier) {
      throw problem(at: offset, "two capture groups of the same alternative have the same name")
    }
    groupNames[name] = offset
  }

  /// Whether a group that began at `offset` lies in the current alternative of every open disjunction that holds it.
  private func sharesAlternative(with offset: Int) -> Bool {
    var low = 0
    var high = levels.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if levels[middle].start <= offset { low = middle } else { high = middle }
    }
    return offset >= levels[low].alternativeStart
  }

  // MARK: References

  mutating func noteReference(number: Int, at offset: Int) {
    if number > largestReference.number { largestReference = (number, offset) }
  }

  mutating func noteReference(name: [UInt32], at offset: Int) {
    nameReferences.append((name, offset))
  }

  private func checkReferences() throws(Problem) {
    if !isLenient && largestReference.number > groupCount {
      throw problem(at: largestReference.offset, "reference to a capture group that does not exist")
    }
    if isLenient && groupNames.isEmpty { return }
    if let offset = firstLooseNameReference {
      throw problem(at: offset, "`\\k` needs the name of a capture group: `\\k<name>`")
    }
    for reference in nameReferences where groupNames[reference.name] == nil {
      throw problem(at: reference.offset, "reference to a named capture group that does not exist")
    }
  }

  // MARK: Quantifiers

  /// Skips a quantifier, if one is there.
  private mutating func skipQuantifier() throws(Problem) {
    guard let byte = peek() else { return }
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): position += 1
    case UInt8(ascii: "{"):
      guard try skipBracedQuantifier() else {
        if isLenient { return }
        throw problem("incomplete quantifier; it is written `{2}`, `{2,}` or `{2,3}`")
      }
    default: return
    }
    if peek() == UInt8(ascii: "?") { position += 1 }
  }

  /// Skips `{n}`, `{n,}` or `{n,m}`; leaves the position alone and returns `false` when there is none of them.
  private mutating func skipBracedQuantifier() throws(Problem) -> Bool {
    let low = digits(from: position + 1)
    var next = low.upperBound
    guard !low.isEmpty, next < end else { return false }
    if bytes[next] == UInt8(ascii: ",") {
      let high = digits(from: next + 1)
      next = high.upperBound
      guard next < end, bytes[next] == UInt8(ascii: "}") else { return false }
      if !high.isEmpty && isGreater(low, high) {
        throw problem(at: low.lowerBound, "numbers out of order in the quantifier; the smaller one comes first")
      }
    }
    guard bytes[next] == UInt8(ascii: "}") else { return false }
    position = next + 1
    return true
  }

  private func digits(from start: Int) -> Range<Int> {
    var next = min(start, end)
    let first = next
    while next < end, isDigit(bytes[next]) { next += 1 }
    return first..<next
  }

  /// Compares two runs of digits as numbers of any size.
  private func isGreater(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    let left = bytes[left].drop { $0 == UInt8(ascii: "0") }
    let right = bytes[right].drop { $0 == UInt8(ascii: "0") }
    if left.count != right.count { return left.count > right.count }
    return right.lexicographicallyPrecedes(left)
  }

  // MARK: Reading

  func peek(_ distance: Int = 0) -> UInt8? {
    let offset = position + distance
    return offset < end ? bytes[offset] : nil
  }

  /// The scalar at the position and its length in bytes; a byte that is not UTF-8 counts as U+FFFD.
  func scalar() -> (value: UInt32, length: Int) {
    let first = bytes[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, position + length <= end else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let byte = bytes[position + offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (value, length)
  }

  func problem(_ message: String) -> Problem { Problem(offset: position, message: message) }

  func problem(at offset: Int, _ message: String) -> Problem { Problem(offset: offset, message: message) }
}

/// A printable ASCII character as a string.
private func asciiName(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
