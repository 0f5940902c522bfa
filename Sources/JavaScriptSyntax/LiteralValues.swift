/// The values of literals, as the language defines them from their source text.
enum LiteralValues {
  /// Calls `body` with each code point of a string literal's value or a template's cooked value; lone surrogates come alone.
  ///
  /// - Parameters:
  ///   - text: What stands between the delimiters.
  ///   - isTemplate: Whether CR and CRLF count as LF, and the escapes that templates do not have are errors.
  /// - Returns: `false` when an escape is not valid; in a string literal such an escape stands for its own text then.
  @inline(__always)
  static func forEachCodePoint(
    _ text: UnsafeBufferPointer<UInt8>, isTemplate: Bool, _ body: (UInt32) -> Void
  ) -> Bool {
    var index = 0
    var isValid = true
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\\") {
        let escape = decodeEscape(text, at: index, isTemplate: isTemplate)
        isValid = isValid && escape.isValid
        if let value = escape.value { body(value) }
        index += escape.length
      } else if byte == 0x0D, isTemplate {
        body(0x0A)
        index += index + 1 < text.count && text[index + 1] == 0x0A ? 2 : 1
      } else {
        let (value, length) = decodeScalar(text, at: index)
        body(value)
        index += length
      }
    }
    return isValid
  }

  /// What an escape stands for.
  private struct Escape {
    /// The code point; `nil` for a line continuation.
    var value: UInt32?
    /// The number of bytes from the backslash on.
    var length: Int
    var isValid = true
  }

  private static func decodeEscape(_ text: UnsafeBufferPointer<UInt8>, at start: Int, isTemplate: Bool) -> Escape {
    guard start + 1 < text.count else { return Escape(value: 0x5C, length: 1, isValid: false) }
    let byte = text[start + 1]
    switch byte {
    case UInt8(ascii: "n"): return Escape(value: 0x0A, length: 2)
    case UInt8(ascii: "t"): return Escape(value: 0x09, length: 2)
    case UInt8(ascii: "r"): return Escape(value: 0x0D, length: 2)
    case UInt8(ascii: "b"): return Escape(value: 0x08, length: 2)
    case UInt8(ascii: "f"): return Escape(value: 0x0C, length: 2)
    case UInt8(ascii: "v"): return Escape(value: 0x0B, length: 2)
    case UInt8(ascii: "x"), UInt8(ascii: "u"):
      let digits = byte == UInt8(ascii: "x") ? 2 : 4
      if let value = hexadecimal(text, start + 2, count: digits) { return Escape(value: value, length: 2 + digits) }
      if byte == UInt8(ascii: "u"), let escape = bracedEscape(text, at: start) { return escape }
      return Escape(value: UInt32(byte), length: 2, isValid: false)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return digitEscape(text, at: start, isTemplate: isTemplate)
    case 0x0D: return Escape(length: start + 2 < text.count && text[start + 2] == 0x0A ? 3 : 2)
    case 0x0A: return Escape(length: 2)
    default:
      let (value, length) = decodeScalar(text, at: start + 1)
      return Escape(value: value == 0x2028 || value == 0x2029 ? nil : value, length: 1 + length)
    }
  }

  /// `\u{X}`.
  private static func bracedEscape(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Escape? {
    guard start + 2 < text.count, text[start + 2] == UInt8(ascii: "{") else { return nil }
    var index = start + 3
    var value: UInt32 = 0
    while index < text.count, let digit = hexadecimal(text, index, count: 1) {
      value = min(value << 4 | digit, 0x11_0000)
      index += 1
    }
    guard index > start + 3, index < text.count, text[index] == UInt8(ascii: "}"), value <= 0x10FFFF else { return nil }
    return Escape(value: value, length: index + 1 - start)
  }

  /// `\0`, an octal escape of old, or `\8` and `\9`.
  private static func digitEscape(_ text: UnsafeBufferPointer<UInt8>, at start: Int, isTemplate: Bool) -> Escape {
    let first = text[start + 1]
    if isTemplate {
      let isNull = first == 0x30 && !(start + 2 < text.count && isDigit(text[start + 2]))
      return Escape(value: isNull ? 0 : UInt32(first), length: 2, isValid: isNull)
    }
    if first >= 0x38 { return Escape(value: UInt32(first), length: 2) }
    var value: UInt32 = 0
    var index = start + 1
    while index < min(start + 4, text.count), text[index] &- 0x30 < 8, value * 8 + UInt32(text[index] & 7) <= 0o377 {
      value = value * 8 + UInt32(text[index] & 7)
      index += 1
    }
    return Escape(value: value, length: index - start)
  }

  private static func hexadecimal(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, count: Int) -> UInt32? {
    guard start + count <= text.count else { return nil }
    var value: UInt32 = 0
    for byte in text[start..<start + count] {
      guard let digit = digitValue(byte), digit < 16 else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func digitValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte & 15)
    case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte & 7) + 9
    default: nil
    }
  }
}

// MARK: JSX

extension LiteralValues {
  /// Calls `body` with each code point of JSX text or of a JSX attribute's string, character references resolved.
  static func forEachCodePoint(jsx text: UnsafeBufferPointer<UInt8>, joinsLineEnds: Bool, _ body: (UInt32) -> Void) {
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "&"), let reference = reference(text, at: index) {
        body(reference.value)
        index += reference.length
        continue
      }
      if joinsLineEnds, text[index] == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { index += 1 }
      let (value, length) = decodeScalar(text, at: index)
      body(value)
      index += length
    }
  }

  private static func reference(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (value: UInt32, length: Int)? {
    let limit = min(text.count, start + 2 + max(CharacterReferences.maximumNameLength, 9))
    guard let end = text[start..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = text[start + 1..<end]
    let length = end + 1 - start
    guard name.first == UInt8(ascii: "#") else {
      return CharacterReferences.codePoint(named: String(decoding: name, as: UTF8.self)).map { ($0, length) }
    }
    let isHexadecimal = name.dropFirst().first == UInt8(ascii: "x")
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = digitValue(byte), digit < (isHexadecimal ? 16 : 10) else { return nil }
      value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
    }
    return value <= 0x10FFFF ? (value, length) : nil
  }
}

// MARK: Numbers

extension LiteralValues {
  /// The value of a number literal, rounded to the nearest as the standard demands.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    let digits = text.filter { $0 != UInt8(ascii: "_") }
    if digits.count > 1, digits[0] == UInt8(ascii: "0") {
      switch digits[1] | 0x20 {
      case UInt8(ascii: "x"): return binary(digits.dropFirst(2), bitsPerDigit: 4)
      case UInt8(ascii: "o"): return binary(digits.dropFirst(2), bitsPerDigit: 3)
      case UInt8(ascii: "b"): return binary(digits.dropFirst(2), bitsPerDigit: 1)
      default: if digits.allSatisfy({ $0 &- 0x30 < 8 }) { return binary(digits[...], bitsPerDigit: 3) }
      }
    }
    // Swift reads no number that begins or ends with its point.
    var decimal = digits.first == UInt8(ascii: ".") ? [0x30] + digits : digits
    if let point = decimal.firstIndex(of: UInt8(ascii: ".")), point + 1 == decimal.count || !isDigit(decimal[point + 1])
    {
      decimal.insert(0x30, at: point + 1)
    }
    return Double(String(decoding: decimal, as: UTF8.self)) ?? .nan
  }

  /// Digits of a power of two, rounded once: the top 64 bits are kept, and whether any bit below them is set.
  private static func binary(_ digits: ArraySlice<UInt8>, bitsPerDigit: Int) -> Double {
    var top: UInt64 = 0
    var exponent = 0
    var isInexact = false
    for byte in digits {
      guard let digit = digitValue(byte) else { break }
      for shift in stride(from: bitsPerDigit - 1, through: 0, by: -1) {
        let bit = UInt64(digit >> UInt32(shift) & 1)
        if top >> 62 == 0 {
          top = top << 1 | bit
        } else {
          exponent += 1
          isInexact = isInexact || bit == 1
        }
      }
    }
    guard exponent > 0 else { return Double(top) }
    // Bits beyond the 63 kept can only break a tie, which the lowest bit does for them.
    return Double(sign: .plus, exponent: min(exponent, 4_000), significand: Double(top << 1 | (isInexact ? 1 : 0)) / 2)
  }

  /// The decimal digits of a bigint literal, which ends with `n`.
  ///
  /// A literal in another base with over 4,096 digits keeps its text, because the conversion takes quadratic time.
  static func decimalDigits(bigint text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let digits = text.dropLast().filter { $0 != UInt8(ascii: "_") }
    guard digits.count > 2, digits[0] == UInt8(ascii: "0"), digits.count <= 4_096 else { return digits }
    let radix: UInt64
    switch digits[1] | 0x20 {
    case UInt8(ascii: "x"): radix = 16
    case UInt8(ascii: "o"): radix = 8
    case UInt8(ascii: "b"): radix = 2
    default: return digits
    }
    // Limbs of nine decimal digits, the least significant first.
    var limbs: [UInt64] = [0]
    for byte in digits.dropFirst(2) {
      var carry = UInt64(digitValue(byte) ?? 0)
      for index in limbs.indices {
        let value = limbs[index] * radix + carry
        limbs[index] = value % 1_000_000_000
        carry = value / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    var result = Array(String(limbs[limbs.count - 1]).utf8)
    for limb in limbs.dropLast().reversed() { result += String(limb + 1_000_000_000).utf8.dropFirst() }
    return result
  }
}
