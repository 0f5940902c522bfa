import SourceText

/// What the tokenizer found in a text.
struct StyleTokens {
  var tokens: [StyleToken] = []
  var comments: [ByteSpan] = []
  var problems: [Diagnostic] = []
}

/// How many problems of one text are reported; the rest say nothing new.
let problemLimit = 1_000

/// Cuts a text into tokens and comments.
///
/// One pass; brackets are paired on the way, so that whoever reads the tokens can skip a block in one step.
/// Source: CSS Syntax Module Level 3, section 4.
struct StyleTokenizer {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var index: Int
  private var openings: [UInt32] = []
  private let allowsUnicodeRanges: Bool
  private(set) var result = StyleTokens()

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, allowsUnicodeRanges: Bool = false) {
    self.bytes = bytes
    self.allowsUnicodeRanges = allowsUnicodeRanges
    index = range.lowerBound
    end = range.upperBound
    result.tokens.reserveCapacity(range.count / 3 + 8)
    if range.count >= 3, bytes[index] == 0xEF, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF { index += 3 }
  }

  mutating func run() {
    while index < end { consumeToken() }
    let count = UInt32(truncatingIfNeeded: result.tokens.count)
    for opening in openings {
      result.tokens[Int(opening)].partner = count
      result.tokens[Int(opening)].flags.insert(.isUnterminated)
    }
    if let last = openings.last {
      report(result.tokens[Int(last)].span, "the file ends inside this block", .warning)
    }
  }

  private mutating func report(_ span: ByteSpan, _ message: String, _ severity: Diagnostic.Severity = .error) {
    if result.problems.count < problemLimit { result.problems.append(Diagnostic(severity, at: span, message)) }
  }

  /// The byte `ahead` of the current one; -1 past the end.
  @inline(__always)
  private func peek(_ ahead: Int = 0) -> Int {
    let place = index &+ ahead
    return place < end ? Int(bytes[place]) : -1
  }

  @inline(__always)
  private mutating func append(_ kind: StyleToken.Kind, from start: Int, flags: StyleToken.Flags = []) {
    result.tokens.append(StyleToken(kind, start, index, flags: flags))
  }

  private mutating func consumeToken() {
    let start = index
    let byte = bytes[start]
    if isNameStart(byte) { return consumeIdentLike() }
    switch byte {
    case 0x20, 0x0A, 0x09, 0x0D, 0x0C:
      repeat { index &+= 1 } while index < end && isStyleSpace(bytes[index])
      append(.whitespace, from: start)
    case 0x30...0x39: consumeNumeric()
    case 0x3A: single(.colon)
    case 0x3B: single(.semicolon)
    case 0x2C: single(.comma)
    case 0x7B: open(.leftBrace)
    case 0x7D: close(.rightBrace)
    case 0x28: open(.leftParenthesis)
    case 0x29: close(.rightParenthesis)
    case 0x5B: open(.leftBracket)
    case 0x5D: close(.rightBracket)
    case 0x22, 0x27: consumeString(byte)
    case 0x2F where peek(1) == 0x2A: consumeComment()
    case 0x2E where startsNumber(): consumeNumeric()
    default: consumeSign(byte)
    }
  }

  /// The tokens that begin with a sign that may also stand alone.
  private mutating func consumeSign(_ byte: UInt8) {
    let start = index
    switch byte {
    case 0x23 where isNameOrEscape(1):
      index += 1
      let isIdentifier = startsIdentifier()
      var flags = consumeName()
      if isIdentifier { flags.insert(.isIdentifierOrInteger) }
      append(.hash, from: start, flags: flags)
    case 0x2B, 0x2D:
      if startsNumber() {
        consumeNumeric()
      } else if byte == 0x2D, peek(1) == 0x2D, peek(2) == 0x3E {
        index += 3
        append(.cdc, from: start)
      } else if byte == 0x2D, startsIdentifier() {
        consumeIdentLike()
      } else {
        single(.delim)
      }
    case 0x3C where peek(1) == 0x21 && peek(2) == 0x2D && peek(3) == 0x2D:
      index += 4
      append(.cdo, from: start)
    case 0x40:
      index += 1
      if startsIdentifier() {
        let flags = consumeName()
        append(.atKeyword, from: start, flags: flags)
      } else {
        append(.delim, from: start)
      }
    case 0x5C where isEscape(0): consumeIdentLike()
    default:
      if byte == 0x5C { report(ByteSpan(start, start + 1), "this backslash escapes nothing") }
      single(.delim)
    }
  }

  @inline(__always)
  private mutating func single(_ kind: StyleToken.Kind) {
    index &+= 1
    result.tokens.append(StyleToken(kind, index &- 1, index))
  }

  private mutating func open(_ kind: StyleToken.Kind) {
    openings.append(UInt32(truncatingIfNeeded: result.tokens.count))
    single(kind)
  }

  private mutating func close(_ kind: StyleToken.Kind) {
    let place = UInt32(truncatingIfNeeded: result.tokens.count)
    single(kind)
    var partner = place
    if let opening = openings.last {
      let opener = result.tokens[Int(opening)].kind
      let isPair =
        kind == .rightBrace
        ? opener == .leftBrace
        : kind == .rightBracket
          ? opener == .leftBracket : opener == .leftParenthesis || opener == .function
      if isPair {
        partner = opening
        openings.removeLast()
        result.tokens[Int(opening)].partner = place
      }
    }
    result.tokens[Int(place)].partner = partner
  }

  private mutating func consumeComment() {
    let start = index
    index += 2
    while index < end {
      if bytes[index] == 0x2A, peek(1) == 0x2F {
        index += 2
        result.comments.append(ByteSpan(start, index))
        return
      }
      index &+= 1
    }
    result.comments.append(ByteSpan(start, index))
    report(ByteSpan(start, index), "this comment is never closed", .warning)
  }

  private mutating func consumeString(_ quote: UInt8) {
    let start = index
    var flags: StyleToken.Flags = []
    index += 1
    while index < end {
      let byte = bytes[index]
      if byte == quote {
        index += 1
        return append(.string, from: start, flags: flags)
      }
      if isStyleNewline(byte) {
        report(ByteSpan(start, index), "this string is cut off by the end of its line")
        return append(.badString, from: start, flags: flags)
      }
      index &+= 1
      guard byte == 0x5C || byte == 0 else { continue }
      flags.insert(.hasEscape)
      if byte == 0x5C, index < end {
        if bytes[index] == 0x0D, peek(1) == 0x0A { index += 1 }
        index += 1
      }
    }
    flags.insert(.isUnterminated)
    report(ByteSpan(start, index), "the file ends inside this string", .warning)
    append(.string, from: start, flags: flags)
  }

  /// Consumes `U+` and a range, such as `U+0-7F` or `U+4??`; `false`, and nothing consumed, if it is none.
  private mutating func consumeUnicodeRange() -> Bool {
    guard peek() | 0x20 == 0x75, peek(1) == 0x2B, isHexDigit(2) || peek(2) == 0x3F else { return false }
    let start = index
    index += 2
    var digits = 0
    while digits < 6, isHexDigit(0) {
      index += 1
      digits += 1
    }
    if peek() == 0x3F {
      while digits < 6, peek() == 0x3F {
        index += 1
        digits += 1
      }
    } else if peek() == 0x2D, isHexDigit(1) {
      index += 1
      digits = 0
      while digits < 6, isHexDigit(0) {
        index += 1
        digits += 1
      }
    }
    append(.unicodeRange, from: start)
    return true
  }

  private func isHexDigit(_ ahead: Int) -> Bool {
    let byte = peek(ahead)
    return byte >= 0 && hexValue(UInt8(byte)) != nil
  }

  private mutating func consumeIdentLike() {
    if allowsUnicodeRanges, consumeUnicodeRange() { return }
    let start = index
    let flags = consumeName()
    guard index < end, bytes[index] == 0x28 else { return append(.ident, from: start, flags: flags) }
    let isURL = isNamedURL(start, flags)
    index += 1
    if isURL {
      var next = index
      while next < end, isStyleSpace(bytes[next]) { next += 1 }
      let isQuoted = next < end && (bytes[next] == 0x22 || bytes[next] == 0x27)
      if !isQuoted { return consumeURL(from: start) }
    }
    openings.append(UInt32(truncatingIfNeeded: result.tokens.count))
    append(.function, from: start, flags: flags)
  }

  private func isNamedURL(_ start: Int, _ flags: StyleToken.Flags) -> Bool {
    if flags.contains(.hasEscape) {
      return equalIgnoringCase(unescaped(bytes, start..<index, isString: false), "url")
    }
    return index - start == 3 && lowercased(bytes[start]) == 0x75 && lowercased(bytes[start + 1]) == 0x72
      && lowercased(bytes[start + 2]) == 0x6C
  }

  private mutating func consumeURL(from start: Int) {
    while index < end, isStyleSpace(bytes[index]) { index += 1 }
    var flags: StyleToken.Flags = []
    while index < end {
      let byte = bytes[index]
      if byte == 0x29 {
        index += 1
        return append(.url, from: start, flags: flags)
      }
      if isStyleSpace(byte) {
        while index < end, isStyleSpace(bytes[index]) { index += 1 }
        if index < end, bytes[index] != 0x29 { return consumeBadURL(from: start) }
        continue
      }
      if byte == 0x22 || byte == 0x27 || byte == 0x28 || isUnprintable(byte) { return consumeBadURL(from: start) }
      if byte == 0x5C {
        guard isEscape(0) else { return consumeBadURL(from: start) }
        flags.insert(.hasEscape)
        consumeEscape()
        continue
      }
      if byte == 0 { flags.insert(.hasEscape) }
      index &+= 1
    }
    flags.insert(.isUnterminated)
    report(ByteSpan(start, index), "the file ends inside this url", .warning)
    append(.url, from: start, flags: flags)
  }

  private mutating func consumeBadURL(from start: Int) {
    while index < end {
      if bytes[index] == 0x29 {
        index += 1
        break
      }
      if isEscape(0) { consumeEscape() } else { index += 1 }
    }
    report(ByteSpan(start, index), "this url holds a character that has to be quoted or escaped")
    append(.badURL, from: start)
  }

  private func isUnprintable(_ byte: UInt8) -> Bool {
    byte > 0 && byte <= 8 || byte == 0x0B || byte >= 0x0E && byte < 0x20 || byte == 0x7F
  }

  private mutating func consumeNumeric() {
    let start = index
    var flags: StyleToken.Flags = consumeNumber() ? .isIdentifierOrInteger : []
    let length = UInt16(clamping: index - start)
    var kind = StyleToken.Kind.number
    if startsIdentifier() {
      flags.formUnion(consumeName())
      kind = .dimension
    } else if index < end, bytes[index] == 0x25 {
      index += 1
      kind = .percentage
    }
    var token = StyleToken(kind, start, index, flags: flags)
    token.numberLength = length
    result.tokens.append(token)
  }

  /// Consumes a number; whether it is an integer.
  private mutating func consumeNumber() -> Bool {
    var isInteger = true
    if bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
    while index < end, isDigit(bytes[index]) { index &+= 1 }
    if peek() == 0x2E, isDigit(at: 1) {
      isInteger = false
      index += 2
      while index < end, isDigit(bytes[index]) { index &+= 1 }
    }
    if peek() | 0x20 == 0x65, peek() >= 0 {
      let sign = peek(1) == 0x2B || peek(1) == 0x2D
      if isDigit(at: sign ? 2 : 1) {
        isInteger = false
        index += sign ? 3 : 2
        while index < end, isDigit(bytes[index]) { index &+= 1 }
      }
    }
    return isInteger
  }

  @inline(__always)
  private func isDigit(at ahead: Int) -> Bool {
    let place = index &+ ahead
    return place < end && StyleSyntax.isDigit(bytes[place])
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { StyleSyntax.isDigit(byte) }

  private func startsNumber() -> Bool {
    switch peek() {
    case 0x2B, 0x2D: isDigit(at: 1) || peek(1) == 0x2E && isDigit(at: 2)
    case 0x2E: isDigit(at: 1)
    default: isDigit(at: 0)
    }
  }

  /// Whether the backslash `ahead` begins an escape; at the end of the file it does, and stands for U+FFFD.
  private func isEscape(_ ahead: Int) -> Bool {
    guard peek(ahead) == 0x5C else { return false }
    let next = peek(ahead + 1)
    return next < 0 || !isStyleNewline(UInt8(next))
  }

  private func isNameOrEscape(_ ahead: Int) -> Bool {
    let byte = peek(ahead)
    return byte >= 0 && isNameByte(UInt8(byte)) || isEscape(ahead)
  }

  @inline(__always)
  private func startsIdentifier() -> Bool {
    guard index < end else { return false }
    let byte = bytes[index]
    if isNameStart(byte) { return true }
    if byte == 0x2D {
      let next = peek(1)
      return next == 0x2D || next >= 0 && isNameStart(UInt8(next)) || isEscape(1)
    }
    return byte == 0x5C && isEscape(0)
  }

  private mutating func consumeEscape() {
    index += 1
    guard index < end else { return }
    guard hexValue(bytes[index]) != nil else {
      index += 1
      return
    }
    var digits = 0
    while digits < 6, index < end, hexValue(bytes[index]) != nil {
      digits += 1
      index += 1
    }
    if index < end, isStyleSpace(bytes[index]) {
      if bytes[index] == 0x0D, peek(1) == 0x0A { index += 1 }
      index += 1
    }
  }

  @inline(__always)
  private mutating func consumeName() -> StyleToken.Flags {
    var flags: StyleToken.Flags = []
    if peek() == 0x2D, peek(1) == 0x2D { flags.insert(.isCustomName) }
    while index < end {
      let byte = bytes[index]
      if isNameByte(byte) {
        if byte == 0 { flags.insert(.hasEscape) }
        index &+= 1
      } else if byte == 0x5C, isEscape(0) {
        flags.insert(.hasEscape)
        consumeEscape()
      } else {
        break
      }
    }
    return flags
  }
}
