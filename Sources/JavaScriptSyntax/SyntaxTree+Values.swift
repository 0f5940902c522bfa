/// The UTF-16 code units of the inside of a string or template, escapes resolved.
func cookedUnits(in bytes: UnsafePointer<UInt8>, count: Int, start: Int, end: Int, isTemplate: Bool = false) -> [UInt16]
{
  var decoder = EscapeDecoder(bytes: bytes, end: min(end, count), isTemplate: isTemplate)
  return decoder.decode(from: start)
}

/// Resolves the escapes of a string or template.
struct EscapeDecoder {
  let bytes: UnsafePointer<UInt8>
  let end: Int
  let isTemplate: Bool
  var units: [UInt16] = []

  init(bytes: UnsafePointer<UInt8>, end: Int, isTemplate: Bool) {
    self.bytes = bytes
    self.end = end
    self.isTemplate = isTemplate
  }

  mutating func decode(from start: Int) -> [UInt16] {
    units.reserveCapacity(max(0, end - start))
    var offset = start
    while offset < end {
      let byte = bytes[offset]
      if byte == 0x5C {
        offset = decodeEscape(offset + 1)
      } else if byte == 0x0D, isTemplate {
        units.append(0x0A)
        offset += offset + 1 < end && bytes[offset + 1] == 0x0A ? 2 : 1
      } else if byte < 0x80 {
        units.append(UInt16(byte))
        offset += 1
      } else {
        offset = decodeScalar(offset)
      }
    }
    return units
  }

  private mutating func append(_ scalar: UInt32) {
    if scalar < 0x10000 {
      units.append(UInt16(truncatingIfNeeded: scalar))
    } else {
      units.append(UInt16(truncatingIfNeeded: 0xD7C0 &+ (scalar >> 10)))
      units.append(UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF))
    }
  }

  private mutating func decodeScalar(_ start: Int) -> Int {
    let first = UInt32(bytes[start])
    let length =
      first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 1
    guard length > 1, start + length <= end else {
      units.append(0xFFFD)
      return start + 1
    }
    var scalar = first & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard bytes[start + index] & 0xC0 == 0x80 else {
        units.append(0xFFFD)
        return start + 1
      }
      scalar = scalar << 6 | UInt32(bytes[start + index] & 0x3F)
    }
    append(min(scalar, 0x10FFFF))
    return start + length
  }

  private func hex(_ start: Int, _ digits: Int) -> UInt32? {
    guard start + digits <= end else { return nil }
    var value: UInt32 = 0
    for index in 0..<digits {
      let byte = bytes[start + index]
      guard ByteClass.table[Int(byte)] & ByteClass.hexDigit != 0 else { return nil }
      value = value << 4 | hexValue(byte)
    }
    return value
  }

  /// Decodes what follows a backslash; returns the offset past it.
  private mutating func decodeEscape(_ start: Int) -> Int {
    guard start < end else { return end }
    let byte = bytes[start]
    switch byte {
    case 0x6E: units.append(0x0A)
    case 0x74: units.append(0x09)
    case 0x72: units.append(0x0D)
    case 0x62: units.append(0x08)
    case 0x66: units.append(0x0C)
    case 0x76: units.append(0x0B)
    case 0x0A: break
    case 0x0D: return start + 1 < end && bytes[start + 1] == 0x0A ? start + 2 : start + 1
    case 0x78:
      guard let value = hex(start + 1, 2) else { return start + 1 }
      append(value)
      return start + 3
    case 0x75: return decodeUnicode(start + 1)
    case 0x30...0x37: return decodeOctal(start)
    case 0xE2
    where start + 2 < end && bytes[start + 1] == 0x80 && (bytes[start + 2] == 0xA8 || bytes[start + 2] == 0xA9):
      return start + 3
    case 0x80...: return decodeScalar(start)
    default: units.append(UInt16(byte))
    }
    return start + 1
  }

  private mutating func decodeUnicode(_ start: Int) -> Int {
    if start < end, bytes[start] == 0x7B {
      var value: UInt32 = 0
      var offset = start + 1
      while offset < end, ByteClass.table[Int(bytes[offset])] & ByteClass.hexDigit != 0 {
        value = min(value << 4 | hexValue(bytes[offset]), 0x110000)
        offset += 1
      }
      append(min(value, 0x10FFFF))
      return offset < end && bytes[offset] == 0x7D ? offset + 1 : offset
    }
    guard let value = hex(start, 4) else { return start }
    append(value)
    return start + 4
  }

  private mutating func decodeOctal(_ start: Int) -> Int {
    var value = UInt32(bytes[start]) - 0x30
    var offset = start + 1
    let longest = value <= 3 ? 3 : 2
    while offset < end, offset < start + longest, bytes[offset] >= 0x30, bytes[offset] <= 0x37 {
      value = value << 3 | (UInt32(bytes[offset]) - 0x30)
      offset += 1
    }
    append(value)
    return offset
  }
}
