#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads bytes as text in the encoding that a byte order mark or the text itself names, else as UTF-8.
///
/// Invalid bytes become U+FFFD and are counted; they never change how the rest is read.
///
/// - Complexity: O(*n*).
public func decodeText(_ raw: [UInt8], declaredBy syntax: EncodingDeclarationSyntax) -> DecodedText {
  let hasMark =
    raw.starts(with: [0xEF, 0xBB, 0xBF]) || raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF])
  guard !hasMark else { return decodeUnicode(raw) }
  if let encoding = declaredEncoding(in: raw, syntax) { return decode(raw, encoding) }
  let unicode = decodeUnicode(raw)
  // A declaration further on counts too: a browser that meets it begins again. It only matters where UTF-8 does not fit.
  guard unicode.replacementCount > 0, syntax == .html, let late = declaredEncoding(in: raw, syntax, limit: 1 << 20)
  else {
    return unicode
  }
  return decode(raw, late)
}

private func decode(_ raw: [UInt8], _ encoding: DecodedText.Encoding) -> DecodedText {
  // Nothing that these encodings mean by ASCII bytes is different, but for one that switches between alphabets.
  if encoding == .utf8 || (encoding != .iso2022JP && raw.allSatisfy { $0 < 0x80 }) { return decodeUnicode(raw) }
  if encoding == .windows1252 { return decodeWindows1252(raw) }
  return decodeWithLibrary(raw, encoding) ?? decodeUnicode(raw)
}

private func decodeWindows1252(_ raw: [UInt8]) -> DecodedText {
  var result = DecodedText(bytes: [], encoding: .windows1252)
  result.bytes.reserveCapacity(raw.count + raw.count / 8)
  for byte in raw {
    switch byte {
    case ..<0x80: result.bytes.append(byte)
    case 0x80..<0xA0: result.bytes.append(contentsOf: String(windows1252High[Int(byte) - 0x80]).utf8)
    default:
      result.bytes.append(0xC0 | byte >> 6)
      result.bytes.append(0x80 | byte & 0x3F)
    }
  }
  return result
}

/// The characters from 0x80 to 0x9F.
private let windows1252High: [Character] = [
  "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{2C6}", "\u{2030}",
  "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}",
  "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}",
  "\u{17E}", "\u{178}",
]

/// Decodes with the C library; `nil` where it does not know the encoding.
private func decodeWithLibrary(_ raw: [UInt8], _ encoding: DecodedText.Encoding) -> DecodedText? {
  guard let name = encoding.libraryName, let converter = iconv_open("UTF-8", name),
    converter != iconv_t(bitPattern: -1)
  else { return nil }
  defer { iconv_close(converter) }
  var result = DecodedText(bytes: [], encoding: encoding)
  result.bytes.reserveCapacity(raw.count * 2)
  var input = raw
  var buffer = [CChar](repeating: 0, count: 65536)
  input.withUnsafeMutableBytes { input in
    var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
    var left = input.count
    while left > 0 {
      var room = buffer.count
      let status = buffer.withUnsafeMutableBufferPointer { output in
        var target = output.baseAddress
        return iconv(converter, &next, &left, &target, &room)
      }
      let failure = errno
      result.bytes.append(contentsOf: buffer[..<(buffer.count - room)].lazy.map { UInt8(bitPattern: $0) })
      guard status == -1 else { continue }
      if failure == E2BIG { continue }
      result.appendReplacement()
      if failure == EINVAL { break }
      next = next?.advanced(by: 1)
      left -= 1
    }
  }
  return result
}
