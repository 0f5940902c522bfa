import JavaScriptSyntax
import SourceText

extension SyntaxTree {
  /// The value of a string literal, escapes resolved; `nil` for other nodes.
  func stringLiteral(_ node: NodeID) -> String? {
    let stored = self[node]
    guard stored.kind == .literal, stored.detail == .string, stored.span.count >= 2 else { return nil }
    let bytes = source[Int(stored.start) + 1..<Int(stored.end) - 1]
    return unescaped(bytes)
  }

  /// The text of a template's piece, escapes resolved.
  func templateText(_ node: NodeID) -> String {
    var range = self[node].span.range
    // A tree may give the piece with or without its delimiters; they are never part of the text.
    if let first = source[range].first, first == 0x60 || first == 0x7D { range = range.dropFirst() }
    if source[range].last == 0x60 {
      range = range.dropLast()
    } else if source[range].suffix(2).elementsEqual([0x24, 0x7B]) {
      range = range.dropLast(2)
    }
    return unescaped(source[range])
  }

  /// The value of a number literal; `nil` for other nodes.
  func numberLiteral(_ node: NodeID) -> Double? {
    let stored = self[node]
    guard stored.kind == .literal, stored.detail == .number || stored.detail == .bigint else { return nil }
    var digits = source[stored.span.range].filter { $0 != 0x5F }
    if digits.last == 0x6E { digits.removeLast() }
    if digits.count > 2, digits[0] == 0x30, let radix = Self.radix(of: digits[1]) {
      var value = 0.0
      for digit in digits.dropFirst(2) {
        guard let digit = Self.hexValue(digit) else { return nil }
        value = value * Double(radix) + Double(digit)
      }
      return value
    }
    return Double(String(decoding: digits, as: UTF8.self))
      ?? (digits.last == 0x2E ? Double(String(decoding: digits.dropLast(), as: UTF8.self)) : nil)
      ?? (digits.first == 0x2E ? Double("0" + String(decoding: digits, as: UTF8.self)) : nil)
  }

  private static func radix(of byte: UInt8) -> Int? {
    switch byte | 0x20 {
    case 0x78: 16
    case 0x6F: 8
    case 0x62: 2
    default: nil
    }
  }

  private static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  private func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(0x5C) else { return String(decoding: bytes, as: UTF8.self) }
    var result = String.UnicodeScalarView()
    var plain: [UInt8] = []
    var index = bytes.startIndex
    func flush() {
      result.append(contentsOf: String(decoding: plain, as: UTF8.self).unicodeScalars)
      plain.removeAll()
    }
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      guard byte == 0x5C, index < bytes.endIndex else {
        plain.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case 0x6E: plain.append(0x0A)
      case 0x74: plain.append(0x09)
      case 0x72: plain.append(0x0D)
      case 0x62: plain.append(0x08)
      case 0x66: plain.append(0x0C)
      case 0x76: plain.append(0x0B)
      case 0x30: plain.append(0)
      case 0x0A: break
      case 0x0D: if index < bytes.endIndex, bytes[index] == 0x0A { index += 1 }
      case 0x78, 0x75:
        flush()
        result.append(Self.escapedScalar(bytes, &index, isShort: escape == 0x78))
      default: plain.append(escape)
      }
    }
    flush()
    return String(result)
  }

  private static func escapedScalar(_ bytes: ArraySlice<UInt8>, _ index: inout Int, isShort: Bool) -> Unicode.Scalar {
    var value: UInt32 = 0
    if !isShort, index < bytes.endIndex, bytes[index] == 0x7B {
      index += 1
      while index < bytes.endIndex, bytes[index] != 0x7D {
        value = (value &* 16 &+ (hexValue(bytes[index]) ?? 0)) & 0x1F_FFFF
        index += 1
      }
      index += 1
    } else {
      value = fixedHex(bytes, &index, isShort ? 2 : 4)
      let next = index + 6 <= bytes.endIndex && bytes[index] == 0x5C && bytes[index + 1] == 0x75
      if value & 0xFC00 == 0xD800, next {
        var after = index + 2
        let low = fixedHex(bytes, &after, 4)
        if low & 0xFC00 == 0xDC00 {
          value = 0x1_0000 + (value & 0x3FF) << 10 + low & 0x3FF
          index = after
        }
      }
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static func fixedHex(_ bytes: ArraySlice<UInt8>, _ index: inout Int, _ count: Int) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard index < bytes.endIndex, let digit = hexValue(bytes[index]) else { break }
      value = value << 4 | digit
      index += 1
    }
    return value
  }
}
