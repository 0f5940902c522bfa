/// Whether the byte is white space of CSS, line breaks included.
@inline(__always)
func isStyleSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
}

/// Whether the byte ends a line.
@inline(__always)
func isStyleNewline(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D || byte == 0x0C }

/// Whether the byte is a digit.
@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Whether the byte can begin an identifier: a letter, `_`, anything beyond ASCII, NUL (read as U+FFFD).
@inline(__always)
func isNameStart(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80 || byte == 0
}

/// Whether the byte can continue an identifier.
@inline(__always)
func isNameByte(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) || byte == 0x2D }

/// The value of a hexadecimal digit; `nil` for another byte.
@inline(__always)
func hexValue(_ byte: UInt8) -> UInt32? {
  if isDigit(byte) { return UInt32(byte &- 0x30) }
  let letter = (byte | 0x20) &- 0x61
  return letter < 6 ? UInt32(letter) + 10 : nil
}

/// The byte with ASCII capitals made small.
@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

/// The text with ASCII capitals made small, as CSS compares names.
func asciiLowercased(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 &- 0x41 < 26 }) else { return text }
  return String(decoding: text.utf8.map(lowercased), as: UTF8.self)
}

/// Whether two texts are the same but for the case of ASCII letters.
func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
}

/// The text that the bytes of a name or string stand for, with its escapes undone and NUL read as U+FFFD.
///
/// - Complexity: O(*n*).
func unescaped(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isString: Bool) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(range.count)
  var index = range.lowerBound
  let end = range.upperBound
  while index < end {
    let byte = bytes[index]
    index += 1
    if byte == 0 {
      result.append(contentsOf: [0xEF, 0xBF, 0xBD])
    } else if byte != 0x5C {
      result.append(byte)
    } else if index >= end {
      if !isString { result.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
    } else if isStyleNewline(bytes[index]) {
      if bytes[index] == 0x0D, index + 1 < end, bytes[index + 1] == 0x0A { index += 1 }
      index += 1
    } else {
      appendEscape(bytes, &index, end, to: &result)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

private func appendEscape(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ end: Int, to result: inout [UInt8])
{
  guard var value = hexValue(bytes[index]) else {
    if bytes[index] == 0 {
      result.append(contentsOf: [0xEF, 0xBF, 0xBD])
    } else {
      result.append(bytes[index])
    }
    index += 1
    return
  }
  index += 1
  var digits = 1
  while digits < 6, index < end, let digit = hexValue(bytes[index]) {
    value = value << 4 | digit
    digits += 1
    index += 1
  }
  if index < end, isStyleSpace(bytes[index]) {
    if bytes[index] == 0x0D, index + 1 < end, bytes[index + 1] == 0x0A { index += 1 }
    index += 1
  }
  let scalar = value == 0 ? nil : Unicode.Scalar(value)
  result.append(contentsOf: String(Character(scalar ?? "\u{FFFD}")).utf8)
}
