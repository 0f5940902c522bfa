/// A text as UTF-8, and what had to be mended to make it so.
public struct DecodedText: Sendable {
  /// An encoding that a text can be read in.
  public enum Encoding: String, Hashable, Sendable, CaseIterable {
    /// UTF-8, with or without a byte order mark; the mark stays in the text.
    case utf8 = "utf-8"
    /// UTF-16, lower byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, higher byte first.
    case utf16BigEndian = "utf-16be"
    /// Western European, which ASCII and ISO 8859-1 are read as too.
    case windows1252 = "windows-1252"
    /// Central European.
    case windows1250 = "windows-1250"
    /// Cyrillic.
    case windows1251 = "windows-1251"
    /// Greek.
    case windows1253 = "windows-1253"
    /// Turkish.
    case windows1254 = "windows-1254"
    /// Hebrew.
    case windows1255 = "windows-1255"
    /// Arabic.
    case windows1256 = "windows-1256"
    /// Baltic.
    case windows1257 = "windows-1257"
    /// Vietnamese.
    case windows1258 = "windows-1258"
    /// Thai.
    case windows874 = "windows-874"
    /// Central European.
    case iso8859Part2 = "iso-8859-2"
    /// South European.
    case iso8859Part3 = "iso-8859-3"
    /// North European.
    case iso8859Part4 = "iso-8859-4"
    /// Cyrillic.
    case iso8859Part5 = "iso-8859-5"
    /// Arabic.
    case iso8859Part6 = "iso-8859-6"
    /// Greek.
    case iso8859Part7 = "iso-8859-7"
    /// Hebrew.
    case iso8859Part8 = "iso-8859-8"
    /// Nordic.
    case iso8859Part10 = "iso-8859-10"
    /// Baltic.
    case iso8859Part13 = "iso-8859-13"
    /// Celtic.
    case iso8859Part14 = "iso-8859-14"
    /// Western European with the euro sign.
    case iso8859Part15 = "iso-8859-15"
    /// South-Eastern European.
    case iso8859Part16 = "iso-8859-16"
    /// Cyrillic of DOS.
    case ibm866
    /// Russian.
    case koi8R = "koi8-r"
    /// Ukrainian.
    case koi8U = "koi8-u"
    /// Western European of the Macintosh.
    case macintosh
    /// Cyrillic of the Macintosh.
    case macCyrillic = "x-mac-cyrillic"
    /// Simplified Chinese.
    case gbk
    /// Chinese.
    case gb18030
    /// Traditional Chinese.
    case big5
    /// Japanese of Unix.
    case eucJP = "euc-jp"
    /// Japanese of mail.
    case iso2022JP = "iso-2022-jp"
    /// Japanese of Windows.
    case shiftJIS = "shift_jis"
    /// Korean.
    case eucKR = "euc-kr"
  }

  /// The text, valid UTF-8.
  public var bytes: [UInt8]
  /// What it was read as.
  public var encoding: Encoding
  /// Where U+FFFD stands for bytes that were invalid, as offsets into ``bytes``; at most the first hundred.
  public var replacements: [UInt32]
  /// How many places were invalid in all.
  public var replacementCount: Int

  /// Makes a decoded text from its parts.
  public init(bytes: [UInt8], encoding: Encoding, replacements: [UInt32] = [], replacementCount: Int = 0) {
    self.bytes = bytes
    self.encoding = encoding
    self.replacements = replacements
    self.replacementCount = replacementCount
  }

  mutating func appendReplacement() {
    if replacements.count < 100 { replacements.append(UInt32(truncatingIfNeeded: bytes.count)) }
    replacementCount += 1
    bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
  }
}

/// Reads bytes as Unicode: UTF-16 when a byte order mark says so, else UTF-8.
///
/// Invalid bytes become U+FFFD, one for each maximal part that could have begun a character (Unicode 16, section 3.9); a text
/// without them is returned as it came. A UTF-8 byte order mark stays, because it is part of the file; one of UTF-16 goes.
///
/// - Complexity: O(*n*).
public func decodeUnicode(_ raw: [UInt8]) -> DecodedText {
  if raw.count >= 2, raw[0] == 0xFF, raw[1] == 0xFE { return decodeUTF16(raw, isBigEndian: false) }
  if raw.count >= 2, raw[0] == 0xFE, raw[1] == 0xFF { return decodeUTF16(raw, isBigEndian: true) }
  let valid = raw.withUnsafeBufferPointer { validUTF8Prefix($0, from: 0) }
  guard valid < raw.count else { return DecodedText(bytes: raw, encoding: .utf8) }
  var result = DecodedText(bytes: [], encoding: .utf8)
  result.bytes.reserveCapacity(raw.count + 64)
  raw.withUnsafeBufferPointer { buffer in
    var start = 0
    var end = valid
    while true {
      result.bytes.append(contentsOf: buffer[start..<end])
      guard end < buffer.count else { break }
      result.appendReplacement()
      start = end + maximalInvalidLength(buffer, at: end)
      end = validUTF8Prefix(buffer, from: start)
    }
  }
  return result
}

/// The offset of the first byte at or after `start` that begins no valid sequence.
private func validUTF8Prefix(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var index = start
  let end = buffer.count
  guard let base = UnsafeRawPointer(buffer.baseAddress) else { return end }
  while index < end {
    // Most texts are ASCII for long stretches.
    while index &+ 32 <= end {
      let words =
        base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        | base.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
        | base.loadUnaligned(fromByteOffset: index &+ 16, as: UInt64.self)
        | base.loadUnaligned(fromByteOffset: index &+ 24, as: UInt64.self)
      if words & 0x8080_8080_8080_8080 != 0 { break }
      index &+= 32
    }
    guard index < end else { break }
    if index &+ 8 <= end {
      let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 == 0 {
        index &+= 8
        continue
      }
    }
    if buffer[index] < 0x80 {
      index &+= 1
      continue
    }
    let length = sequenceLength(buffer, at: index)
    if length.valid == 0 { return index }
    index &+= length.valid
  }
  return end
}

private func maximalInvalidLength(_ buffer: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  max(1, sequenceLength(buffer, at: index).part)
}

/// The length of the valid sequence at `index`, 0 when it is invalid; `part` counts the bytes that could have begun one.
private func sequenceLength(_ buffer: UnsafeBufferPointer<UInt8>, at index: Int) -> (valid: Int, part: Int) {
  let lead = buffer[index]
  let length: Int
  var low: UInt8 = 0x80
  var high: UInt8 = 0xBF
  switch lead {
  case 0..<0x80: return (1, 1)
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF:
    length = 3
    if lead == 0xE0 { low = 0xA0 }
    if lead == 0xED { high = 0x9F }
  case 0xF0...0xF4:
    length = 4
    if lead == 0xF0 { low = 0x90 }
    if lead == 0xF4 { high = 0x8F }
  default: return (0, 1)
  }
  for offset in 1..<length {
    guard index + offset < buffer.count else { return (0, offset) }
    let byte = buffer[index + offset]
    guard byte >= low, byte <= high else { return (0, offset) }
    low = 0x80
    high = 0xBF
  }
  return (length, length)
}

private func decodeUTF16(_ raw: [UInt8], isBigEndian: Bool) -> DecodedText {
  var result = DecodedText(bytes: [], encoding: isBigEndian ? .utf16BigEndian : .utf16LittleEndian)
  result.bytes.reserveCapacity(raw.count)
  var index = 2
  func unit(_ at: Int) -> UInt32? {
    guard at + 1 < raw.count else { return nil }
    return isBigEndian ? UInt32(raw[at]) << 8 | UInt32(raw[at + 1]) : UInt32(raw[at + 1]) << 8 | UInt32(raw[at])
  }
  while index < raw.count {
    guard let first = unit(index) else {
      result.appendReplacement()
      break
    }
    index += 2
    if first & 0xF800 != 0xD800 {
      appendUTF8(first, to: &result.bytes)
    } else if first < 0xDC00, let second = unit(index), second & 0xFC00 == 0xDC00 {
      index += 2
      appendUTF8(0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF)), to: &result.bytes)
    } else {
      result.appendReplacement()
    }
  }
  return result
}

private func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
  func low(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift & 0x3F)) }
  switch scalar {
  case 0..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar))
  case 0x80..<0x800:
    bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    bytes.append(low(0))
  case 0x800..<0x10000:
    bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
    bytes.append(low(6))
    bytes.append(low(0))
  default:
    bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
    bytes.append(low(12))
    bytes.append(low(6))
    bytes.append(low(0))
  }
}
