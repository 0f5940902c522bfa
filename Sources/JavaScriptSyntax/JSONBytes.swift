/// Bytes of JSON that grow; every method writes one piece and checks nothing.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  /// Writes text that is JSON already.
  @inline(__always)
  mutating func literal(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes that are JSON already.
  @inline(__always)
  mutating func literal(_ piece: [UInt8]) { bytes.append(contentsOf: piece) }

  @inline(__always)
  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  /// Writes a number that is not negative.
  mutating func integer(_ value: UInt32) {
    if value >= 10 {
      var divisor: UInt32 = 10
      while value / divisor >= 10 { divisor &*= 10 }
      while divisor > 1 {
        bytes.append(0x30 &+ UInt8(truncatingIfNeeded: value / divisor % 10))
        divisor /= 10
      }
    }
    bytes.append(0x30 &+ UInt8(truncatingIfNeeded: value % 10))
  }

  /// Writes a finite number in its shortest exact form; infinity becomes null, as in `JSON.stringify`.
  mutating func number(_ value: Double) {
    guard value.isFinite else { return literal("null") }
    if value >= 0, value < 4_294_967_296, value == value.rounded(.down) {
      integer(UInt32(value))
    } else {
      bytes.append(contentsOf: value.description.utf8)
    }
  }

  /// Writes a string literal with the text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD.
  mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
    byte(0x22)
    var start = 0
    for index in text.indices where needsCare(text[index]) {
      if index < start { continue }
      bytes.append(contentsOf: text[start..<index])
      start = index + careful(text, at: index)
    }
    bytes.append(contentsOf: text[min(start, text.count)...])
    byte(0x22)
  }

  /// Writes one code point inside a string literal; a lone surrogate becomes an escape.
  @inline(__always)
  mutating func codePoint(_ value: UInt32) {
    if value >= 0x20, value < 0x7F, value != 0x22, value != 0x5C {
      bytes.append(UInt8(truncatingIfNeeded: value))
    } else {
      rareCodePoint(value)
    }
  }

  private mutating func rareCodePoint(_ value: UInt32) {
    switch value {
    case 0x22: literal("\\\"")
    case 0x5C: literal("\\\\")
    case 0x0A: literal("\\n")
    case 0x0D: literal("\\r")
    case 0x09: literal("\\t")
    case 0..<0x20, 0x7F, 0xD800..<0xE000:
      literal("\\u")
      for shift in [UInt32(12), 8, 4, 0] { bytes.append(hexDigit(value >> shift & 15)) }
    default:
      bytes.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
    }
  }

  private func hexDigit(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 10 ? 0x30 + value : 0x57 + value)
  }

  @inline(__always)
  private func needsCare(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x7F }

  /// Writes what begins at `index` and returns the number of bytes it took.
  private mutating func careful(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let (value, length) = decodeScalar(text, at: index)
    codePoint(value)
    return length
  }
}

/// The scalar that begins at an offset and its length in bytes; bytes that are no UTF-8 count as U+FFFD, as many of them as the
/// encoding standard's decoder replaces at once.
func decodeScalar(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> (value: UInt32, length: Int) {
  let first = text[offset]
  if first < 0x80 { return (UInt32(first), 1) }
  guard first >= 0xC2, first <= 0xF4 else { return (0xFFFD, 1) }
  let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  var value = UInt32(first) & (0xFF >> UInt32(count + 1))
  for index in 1..<count {
    guard offset + index < text.count else { return (0xFFFD, index) }
    let byte = text[offset + index]
    guard byte & 0xC0 == 0x80, index > 1 || isSecondByte(byte, after: first) else { return (0xFFFD, index) }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  return (value, count)
}

/// Whether a continuation byte may follow a lead byte: not for overlong forms, surrogates and numbers past U+10FFFF.
private func isSecondByte(_ byte: UInt8, after first: UInt8) -> Bool {
  switch first {
  case 0xE0: byte >= 0xA0
  case 0xED: byte < 0xA0
  case 0xF0: byte >= 0x90
  case 0xF4: byte < 0x90
  default: true
  }
}
