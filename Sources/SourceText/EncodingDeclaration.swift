/// How a text may say which encoding it is in.
public enum EncodingDeclarationSyntax: Hashable, Sendable {
  /// Only by a byte order mark.
  case none
  /// By a `meta` element near the beginning.
  case html
  /// By an `@charset` rule at the very beginning.
  case css
}

/// The encoding that a text names near its beginning; `nil` when it names none that is known.
///
/// Source: WHATWG, *HTML*, section 13.2.3.2, "prescan a byte stream"; W3C, *CSS Syntax Module Level 3*, section 3.2.
///
/// - Parameters:
///   - raw: The text.
///   - syntax: How it may name its encoding.
///   - limit: How many bytes of a page are looked at; the standard's prescan takes 1024.
/// - Complexity: O(*limit*).
public func declaredEncoding(
  in raw: [UInt8], _ syntax: EncodingDeclarationSyntax, limit: Int = 1024
) -> DecodedText.Encoding? {
  let found: DecodedText.Encoding?
  switch syntax {
  case .none: return nil
  case .css: found = styleSheetEncoding(raw)
  case .html:
    var scan = EncodingPrescan(bytes: Array(raw.prefix(limit)))
    found = scan.run()
  }
  // A text that could be read so far is not in UTF-16, whatever it says.
  return found == .utf16BigEndian || found == .utf16LittleEndian ? .utf8 : found
}

private func styleSheetEncoding(_ raw: [UInt8]) -> DecodedText.Encoding? {
  let opening = Array("@charset \"".utf8)
  guard raw.starts(with: opening) else { return nil }
  let label = raw[opening.count...].prefix(1024).prefix { $0 != 0x22 }
  let end = opening.count + label.count
  guard end + 1 < raw.count, raw[end] == 0x22, raw[end + 1] == 0x3B else { return nil }
  return DecodedText.Encoding(label: String(decoding: label, as: UTF8.self))
}

/// Looks for a `meta` element that names an encoding.
private struct EncodingPrescan {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() -> DecodedText.Encoding? {
    while position < bytes.count {
      if stands("<!--") {
        skipComment()
      } else if stands("<meta"), let after = byte(position + 5), isSpace(after) || after == 0x2F {
        position += 5
        if let found = readMeta() { return found }
      } else if byte(position) == 0x3C, let next = byte(position + 1) {
        skipTag(next)
      } else {
        position += 1
      }
    }
    return nil
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }
  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private func small(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private func stands(_ word: StaticString) -> Bool {
    guard position + word.utf8CodeUnitCount <= bytes.count else { return false }
    return word.withUTF8Buffer { word in word.indices.allSatisfy { small(bytes[position + $0]) == word[$0] } }
  }

  private mutating func skipComment() {
    // The two hyphens that open a comment may close it too.
    position += 2
    while position < bytes.count, !stands("-->") { position += 1 }
    position += 3
  }

  private mutating func skipTag(_ next: UInt8) {
    let isEnd = next == 0x2F && byte(position + 2).map(isLetter) == true
    if isLetter(next) || isEnd {
      position += isEnd ? 2 : 1
      while let byte = byte(position), !isSpace(byte), byte != 0x3E { position += 1 }
      while nextAttribute() != nil {}
    } else if next == 0x21 || next == 0x2F || next == 0x3F {
      while let byte = byte(position), byte != 0x3E { position += 1 }
    } else {
      position += 1
    }
  }

  private mutating func readMeta() -> DecodedText.Encoding? {
    var seen: Set<String> = []
    var isPragma = false
    var needsPragma: Bool?
    var found: DecodedText.Encoding?
    while let (name, value) = nextAttribute() {
      guard seen.insert(name).inserted else { continue }
      switch name {
      case "http-equiv": isPragma = value == "content-type"
      case "content":
        if found == nil, needsPragma == nil, let label = encodingLabel(inContentType: value),
          let encoding = DecodedText.Encoding(label: label)
        {
          found = encoding
          needsPragma = true
        }
      case "charset":
        found = DecodedText.Encoding(label: value)
        needsPragma = false
      default: break
      }
    }
    return needsPragma == true && !isPragma ? nil : found
  }

  /// Reads an attribute, name and value in small letters; `nil` at the end of the tag.
  private mutating func nextAttribute() -> (String, String)? {
    while let byte = byte(position), isSpace(byte) || byte == 0x2F { position += 1 }
    guard let first = byte(position), first != 0x3E else { return nil }
    var name: [UInt8] = []
    while let byte = byte(position), byte != 0x3E, byte != 0x2F, !isSpace(byte), byte != 0x3D || name.isEmpty {
      name.append(small(byte))
      position += 1
    }
    while let byte = byte(position), isSpace(byte) { position += 1 }
    guard byte(position) == 0x3D else { return (String(decoding: name, as: UTF8.self), "") }
    position += 1
    while let byte = byte(position), isSpace(byte) { position += 1 }
    return (String(decoding: name, as: UTF8.self), String(decoding: nextValue(), as: UTF8.self))
  }

  private mutating func nextValue() -> [UInt8] {
    var value: [UInt8] = []
    if let quote = byte(position), quote == 0x22 || quote == 0x27 {
      position += 1
      while let byte = byte(position), byte != quote {
        value.append(small(byte))
        position += 1
      }
      position += 1
    } else {
      while let byte = byte(position), byte != 0x3E, !isSpace(byte) {
        value.append(small(byte))
        position += 1
      }
    }
    return value
  }
}

/// The label after `charset=` in a content type; `nil` when there is none.
private func encodingLabel(inContentType text: String) -> String? {
  var rest = Substring(text)
  while let range = rest.range(ofWord: "charset") {
    rest = rest[range.upperBound...].drop { $0.isWhitespace }
    guard rest.first == "=" else { continue }
    rest = rest.dropFirst().drop { $0.isWhitespace }
    guard let quote = rest.first else { return nil }
    if quote == "\"" || quote == "'" {
      let inside = rest.dropFirst()
      return inside.firstIndex(of: quote).map { String(inside[..<$0]) }
    }
    return String(rest.prefix { !$0.isWhitespace && $0 != ";" })
  }
  return nil
}

extension Substring {
  fileprivate func range(ofWord word: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
      start = index(after: start)
    }
    return nil
  }
}
