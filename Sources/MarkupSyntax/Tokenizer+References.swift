extension Tokenizer {
  /// Reads the character reference at an ampersand, if it is one, into the pool.
  ///
  /// - Returns: Where the text goes on; past the ampersand alone when it is no reference.
  mutating func readReference(at ampersand: Int, inAttribute: Bool, limit: Int? = nil) -> Int {
    let limit = limit ?? end
    let index = ampersand + 1
    if index < limit, input[index] == 0x23 { return readNumeric(at: ampersand, limit) }
    if index < limit, isAlphanumeric(input[index]) {
      return readNamed(at: ampersand, inAttribute: inAttribute, limit)
    }
    pool.append(0x26)
    return index
  }

  private mutating func readNamed(at ampersand: Int, inAttribute: Bool, _ limit: Int) -> Int {
    let text = UnsafeBufferPointer(rebasing: input[..<limit])
    guard let match = references.longestMatch(in: text, from: ampersand + 1) else {
      return readAmbiguous(at: ampersand, limit)
    }
    let after = ampersand + 1 + match.length
    if !match.isTerminated {
      if inAttribute, after < limit, input[after] == 0x3D || isAlphanumeric(input[after]) {
        pool.append(contentsOf: input[ampersand..<after])
        return after
      }
      report(.missingSemicolonAfterReference, at: after)
    }
    append(match.first)
    if match.second != 0 { append(match.second) }
    return after
  }

  private mutating func readAmbiguous(at ampersand: Int, _ limit: Int) -> Int {
    var index = ampersand + 1
    while index < limit, isAlphanumeric(input[index]) { index += 1 }
    if index < limit, input[index] == 0x3B { report(.unknownNamedReference, at: index) }
    pool.append(contentsOf: input[ampersand..<index])
    return index
  }

  private mutating func readNumeric(at ampersand: Int, _ limit: Int) -> Int {
    var index = ampersand + 2
    let isHexadecimal = index < limit && input[index] | 0x20 == 0x78
    if isHexadecimal { index += 1 }
    let digits = index
    var value: UInt32 = 0
    while index < limit, let digit = digit(input[index], isHexadecimal) {
      // Any value past the last code point is as good as another.
      value = min(0x11_0000, value &* (isHexadecimal ? 16 : 10) &+ digit)
      index += 1
    }
    guard index > digits else {
      report(.absenceOfDigits, at: index)
      pool.append(contentsOf: input[ampersand..<index])
      return index
    }
    if index < limit, input[index] == 0x3B { index += 1 } else { report(.missingSemicolonAfterReference, at: index) }
    append(codePoint(value, at: index))
    return index
  }

  private func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    if byte &- 0x30 < 10 { return UInt32(byte &- 0x30) }
    let letter = (byte | 0x20) &- 0x61
    return isHexadecimal && isLetter(byte) && letter < 6 ? UInt32(letter) + 10 : nil
  }

  /// The code point that a number stands for; what cannot be is replaced, what is windows-1252 is read as that.
  private mutating func codePoint(_ value: UInt32, at offset: Int) -> UInt32 {
    switch value {
    case 0:
      report(.nullReference, at: offset)
      return 0xFFFD
    case 0x11_0000...:
      report(.referenceOutsideRange, at: offset)
      return 0xFFFD
    case 0xD800...0xDFFF:
      report(.surrogateReference, at: offset)
      return 0xFFFD
    case 0xFDD0...0xFDEF: report(.noncharacterReference, at: offset)
    case _ where value & 0xFFFE == 0xFFFE: report(.noncharacterReference, at: offset)
    case 0x80...0x9F:
      report(.controlReference, at: offset)
      return Tokenizer.windows1252[Int(value) - 0x80]
    case 0x0D, 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F: report(.controlReference, at: offset)
    default: break
    }
    return value
  }

  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E,
    0x0178,
  ]

  private mutating func append(_ value: UInt32) { appendUTF8(value, to: &pool) }

  @inline(__always)
  private func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || byte &- 0x30 < 10 }
}

/// Appends a code point, which is no surrogate, as UTF-8.
func appendUTF8(_ value: UInt32, to bytes: inout [UInt8]) {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (value >> shift & 0x3F)) }
  switch value {
  case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: value))
  case ..<0x800:
    bytes.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
    bytes.append(tail(0))
  case ..<0x1_0000:
    bytes.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
    bytes.append(tail(6))
    bytes.append(tail(0))
  default:
    bytes.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
    bytes.append(tail(12))
    bytes.append(tail(6))
    bytes.append(tail(0))
  }
}
