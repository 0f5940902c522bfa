import SourceText

/// A token of the HTML standard's tokenization stage.
enum TokenKind: UInt8, Sendable {
  case startTag, endTag
  /// Characters of which the first is not white space.
  case text
  /// Characters that are all white space.
  case whitespace
  /// One U+0000 in text.
  case null
  case comment
  case doctype
  case end
}

/// What the tokenizer reads next; the tree construction sets it.
enum ContentModel: UInt8, Sendable {
  case data, rcdata, rawtext, script, plaintext, cdata
}

/// A range of bytes in the source or, where the text differs from the source, in the pool.
struct TextRange: Sendable {
  var start: UInt32
  var count: UInt32
  var isPooled: Bool

  static let empty = TextRange(start: 0, count: 0, isPooled: false)
}

/// The tokenization stage of the HTML standard over UTF-8 bytes.
///
/// ``next()`` reads one token into the properties of this value. Line ends are normalized on the fly, so offsets are those of the
/// source. Source: WHATWG, *HTML*, section 13.2.5.
struct Tokenizer {
  let input: UnsafeBufferPointer<UInt8>
  let end: Int
  var position = 0
  var model = ContentModel.data
  /// Whether `<![CDATA[` begins a section here: the adjusted current node is foreign.
  var allowsCDATA = false
  /// The name that ends raw text: that of the last start tag.
  var lastStartTag: UInt32 = .max

  // The current token.
  var kind = TokenKind.end
  var start = 0
  var name: UInt32 = 0
  var tag = Tag.other
  var nameEnd = 0
  var isSelfClosing = false
  var firstAttribute = 0
  var text = TextRange.empty
  var isBogus = false
  var forcesQuirks = false
  var doctypeHasName = false
  var publicID: TextRange?
  var systemID: TextRange?

  // What tokens share.
  var names = NameTable.standard
  var attributes: [MarkupAttribute] = []
  var pool: [UInt8] = []
  var errors: [ParseError] = []
  let errorLimit: Int

  /// Where the current CDATA section's text ends, once it was looked for.
  var cdataEnd: Int?
  private let tags = Tag.allCases
  /// For each name, the serial number of the last tag that had it as an attribute.
  private var lastUse: [UInt32] = []
  private var serial: UInt32 = 0
  let references = NamedReferences.standard

  init(input: UnsafeBufferPointer<UInt8>, errorLimit: Int) {
    self.input = input
    self.errorLimit = errorLimit
    end = input.count
    // A byte order mark is no part of the text.
    if end >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF { position = 3 }
  }

  /// The current token's bytes.
  var span: ByteSpan { ByteSpan(start, position) }

  @inline(__always)
  func byte(_ index: Int) -> UInt8? { index < end ? input[index] : nil }

  mutating func report(_ code: ParseError.Code, at offset: Int) {
    guard errors.count < errorLimit else { return }
    errors.append(ParseError(code: code, offset: UInt32(truncatingIfNeeded: offset)))
  }

  /// Reads the next token.
  mutating func next() {
    var isToken = false
    while !isToken {
      start = position
      guard position < end else {
        if model == .cdata, cdataEnd == nil { report(.eofInCDATA, at: end) }
        kind = .end
        return
      }
      switch model {
      case .data: isToken = readData()
      case .rcdata, .rawtext: readRawText(decoding: model == .rcdata, isToken: &isToken)
      case .script: readScript(isToken: &isToken)
      case .plaintext: readPlainText(isToken: &isToken)
      case .cdata: isToken = readCDATA()
      }
    }
  }

  /// Reads in data; `false` when what was read is no token.
  private mutating func readData() -> Bool {
    if input[position] == 0x3C, beginsMarkup(position) { return readMarkup(input[position + 1]) }
    readText()
    return true
  }

  /// Reads what a `<` and the byte after it begin; `false` when it is no token.
  private mutating func readMarkup(_ following: UInt8) -> Bool {
    switch following {
    case 0x2F:
      let third = input[position + 2]
      if isLetter(third) {
        readTag(.endTag, nameAt: position + 2)
      } else if third == 0x3E {
        report(.missingEndTagName, at: position + 2)
        position += 3
        return false
      } else {
        report(.invalidFirstCharacterOfTagName, at: position + 2)
        readBogusComment(from: position + 2)
      }
    case 0x21: return readDeclaration()
    case 0x3F:
      report(.unexpectedQuestionMark, at: position + 1)
      readBogusComment(from: position + 1)
    default: readTag(.startTag, nameAt: position + 1)
    }
    return true
  }

  /// Whether the `<` at an index begins something other than text.
  @inline(__always)
  func beginsMarkup(_ index: Int) -> Bool {
    guard index + 1 < end else { return false }
    let following = input[index + 1]
    if isLetter(following) || following == 0x21 || following == 0x3F { return true }
    return following == 0x2F && index + 2 < end
  }

  private mutating func readDeclaration() -> Bool {
    let after = position + 2
    if after + 1 < end, input[after] == 0x2D, input[after + 1] == 0x2D {
      readComment(from: after + 2)
    } else if matches("doctype", at: after) {
      readDoctype(from: after + 7)
    } else if allowsCDATA, matchesExactly("[CDATA[", at: after) {
      position = after + 7
      model = .cdata
      cdataEnd = nil
      return false
    } else {
      report(
        matchesExactly("[CDATA[", at: after) ? .cdataInHTMLContent : .incorrectlyOpenedComment, at: after)
      readBogusComment(from: after)
    }
    return true
  }

  /// Whether the small ASCII letters of `word` stand at an index, in either case.
  func matches(_ word: StaticString, at index: Int) -> Bool {
    guard index + word.utf8CodeUnitCount <= end else { return false }
    return word.withUTF8Buffer { word in
      for offset in 0..<word.count where lowercase(input[index + offset]) != word[offset] { return false }
      return true
    }
  }

  func matchesExactly(_ word: StaticString, at index: Int) -> Bool {
    guard index + word.utf8CodeUnitCount <= end else { return false }
    return word.withUTF8Buffer { word in
      for offset in 0..<word.count where input[index + offset] != word[offset] { return false }
      return true
    }
  }
}

// Tags
extension Tokenizer {
  mutating func readTag(_ kind: TokenKind, nameAt nameStart: Int) {
    var index = nameStart
    var hasNull = false
    while index < end {
      let byte = input[index]
      if byte == 0x3E || byte == 0x2F || isHTMLWhitespace(byte) { break }
      if byte == 0 {
        hasNull = true
        report(.unexpectedNullCharacter, at: index)
      }
      index += 1
    }
    name = intern(nameStart, index, hasNull)
    tag = Int(name) < tags.count ? tags[Int(name)] : .other
    nameEnd = index
    isSelfClosing = false
    firstAttribute = attributes.count
    self.kind = kind
    // The commonest tags have no attributes.
    if index < end, input[index] == 0x3E {
      position = index + 1
    } else if !readAttributes(from: index) {
      report(.eofInTag, at: end)
      attributes.removeSubrange(firstAttribute...)
      position = end
      start = end
      self.kind = .end
      return
    }
    if kind == .startTag {
      lastStartTag = name
    } else {
      finishEndTag()
    }
  }

  private mutating func finishEndTag() {
    if attributes.count > firstAttribute {
      report(.endTagWithAttributes, at: position - 1)
      attributes.removeSubrange(firstAttribute...)
    }
    if isSelfClosing { report(.endTagWithTrailingSolidus, at: position - 1) }
  }

  /// Reads attributes up to the `>`; `false` when the text ends before it.
  private mutating func readAttributes(from index: Int) -> Bool {
    serial &+= 1
    var index = index
    while true {
      while index < end, isHTMLWhitespace(input[index]) { index += 1 }
      guard index < end else { return false }
      switch input[index] {
      case 0x3E:
        position = index + 1
        return true
      case 0x2F:
        index += 1
        guard index < end else { return false }
        if input[index] == 0x3E {
          isSelfClosing = true
          position = index + 1
          return true
        }
        report(.unexpectedSolidusInTag, at: index)
      default:
        guard let next = readAttribute(at: index) else { return false }
        index = next
      }
    }
  }

  /// Reads one attribute; `nil` when the text ends in it.
  private mutating func readAttribute(at nameStart: Int) -> Int? {
    var index = nameStart
    var hasNull = false
    if input[index] == 0x3D {
      report(.unexpectedEqualsSignBeforeAttributeName, at: index)
      index += 1
    }
    scan: while index < end {
      switch input[index] {
      case 0x3E, 0x2F, 0x3D, 0x20, 0x0A, 0x09, 0x0D, 0x0C: break scan
      case 0:
        hasNull = true
        report(.unexpectedNullCharacter, at: index)
      case 0x22, 0x27, 0x3C: report(.unexpectedCharacterInAttributeName, at: index)
      default: break
      }
      index += 1
    }
    guard index < end else { return nil }
    let nameEnd = index
    let name = intern(nameStart, nameEnd, hasNull)
    let isNew = claim(name)
    if !isNew { report(.duplicateAttribute, at: nameEnd) }
    while index < end, isHTMLWhitespace(input[index]) { index += 1 }
    guard index < end else { return nil }
    var attribute = MarkupAttribute(
      name: name, start: UInt32(truncatingIfNeeded: nameStart), nameEnd: UInt32(truncatingIfNeeded: nameEnd),
      valueStart: UInt32(truncatingIfNeeded: nameEnd), valueEnd: UInt32(truncatingIfNeeded: nameEnd),
      end: UInt32(truncatingIfNeeded: nameEnd))
    if input[index] == 0x3D {
      guard let next = readValue(from: index + 1, into: &attribute) else { return nil }
      index = next
    } else {
      index = max(nameEnd, index)
    }
    if isNew { attributes.append(attribute) }
    return index
  }

  /// Reads the value after an equals sign; `nil` when the text ends in it.
  private mutating func readValue(from index: Int, into attribute: inout MarkupAttribute) -> Int? {
    var index = index
    while index < end, isHTMLWhitespace(input[index]) { index += 1 }
    guard index < end else { return nil }
    let quote = input[index]
    if quote == 0x3E {
      report(.missingAttributeValue, at: index)
      attribute.end = UInt32(truncatingIfNeeded: index)
      attribute.valueStart = attribute.end
      attribute.valueEnd = attribute.end
      return index
    }
    let isQuoted = quote == 0x22 || quote == 0x27
    let valueStart = isQuoted ? index + 1 : index
    var scan = valueStart
    var isPlain = true
    if isQuoted {
      while scan < end, input[scan] != quote {
        if input[scan] == 0x26 || input[scan] == 0x0D || input[scan] == 0 { isPlain = false }
        scan += 1
      }
    } else {
      while scan < end, input[scan] != 0x3E, !isHTMLWhitespace(input[scan]) {
        switch input[scan] {
        case 0x26, 0: isPlain = false
        case 0x22, 0x27, 0x3C, 0x3D, 0x60: report(.unexpectedCharacterInUnquotedAttributeValue, at: scan)
        default: break
        }
        scan += 1
      }
    }
    attribute.valueStart = UInt32(truncatingIfNeeded: valueStart)
    attribute.valueEnd = UInt32(truncatingIfNeeded: scan)
    attribute.end = UInt32(truncatingIfNeeded: min(end, isQuoted ? scan + 1 : scan))
    if !isPlain {
      let pooled = poolText(valueStart, scan, decoding: true, inAttribute: true)
      attribute.pooledStart = pooled.start
      attribute.pooledCount = pooled.count
    }
    guard scan < end else { return nil }
    guard isQuoted else { return scan }
    if scan + 1 < end {
      let after = input[scan + 1]
      if after != 0x3E, after != 0x2F, !isHTMLWhitespace(after) {
        report(.missingWhitespaceBetweenAttributes, at: scan + 1)
      }
    }
    return scan + 1
  }

  private mutating func intern(_ start: Int, _ end: Int, _ hasNull: Bool) -> UInt32 {
    let range = UnsafeBufferPointer(rebasing: input[start..<end])
    guard hasNull else { return names.intern(range, lowercasing: true) }
    var bytes: [UInt8] = []
    for byte in range { if byte == 0 { bytes += [0xEF, 0xBF, 0xBD] } else { bytes.append(lowercase(byte)) } }
    return names.intern(bytes)
  }

  /// Whether the current tag has no attribute of this name yet; from now on it has.
  private mutating func claim(_ name: UInt32) -> Bool {
    if Int(name) >= lastUse.count {
      lastUse.append(contentsOf: repeatElement(0, count: max(names.count, 256) - lastUse.count + lastUse.count / 2))
    }
    defer { lastUse[Int(name)] = serial }
    return lastUse[Int(name)] != serial
  }
}

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
