/// A piece of text as tokenizers of language models cut it before they look at their vocabulary.
struct TextPiece {
  var start: Int
  var end: Int
  var shape: Shape

  /// What an estimate has to know of a piece.
  struct Shape {
    /// The letters of a word, 0 for other pieces.
    var letters = 0
    /// Whether a word begins with a sign that is no space.
    var isLedBySign = false
    /// Whether all letters of a word are capitals.
    var isCapitals = false
    /// Whether a byte outside ASCII occurs.
    var hasHighBytes = false
    /// Whether it is nothing but white space.
    var isSpace = false
  }
}

/// Cuts a text into the pieces that o200k's pattern matches.
///
/// The pattern knows words with an optional sign before them, split where small letters turn to capitals, with the English
/// contractions; up to three digits; signs with an optional space before them and the line ends or slashes behind them; white
/// space up to its last line end; and white space but for its last byte where a word follows.
struct PieceScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var index: Int

  private enum Class: UInt8 { case space, newline, digit, upper, lower, other, mark, sign }

  init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.text = text
    index = range.lowerBound
    end = range.upperBound
  }

  /// The next piece; `nil` at the end.
  mutating func next() -> TextPiece? {
    guard index < end else { return nil }
    let start = index
    var shape = TextPiece.Shape()
    let (kind, length) = classify(index)
    switch kind {
    case .upper, .lower, .other, .mark: takeWord(&shape)
    case .digit: takeDigits(&shape)
    case .sign:
      if isWordStart(at: start + length) {
        index += length
        shape.isLedBySign = true
        if length > 1 { shape.hasHighBytes = true }
        takeWord(&shape)
      } else {
        takeSigns(&shape)
      }
    case .space, .newline: takeSpace(kind, length, &shape)
    }
    return TextPiece(start: start, end: index, shape: shape)
  }

  // MARK: Classes

  @inline(__always)
  private func classify(_ at: Int) -> (Class, Int) {
    let byte = text[at]
    if byte < 0x80 {
      switch byte {
      case 0x61...0x7A: return (.lower, 1)
      case 0x41...0x5A: return (.upper, 1)
      case 0x30...0x39: return (.digit, 1)
      case 0x0A, 0x0D: return (.newline, 1)
      case 0x20, 0x09, 0x0B, 0x0C: return (.space, 1)
      default: return (.sign, 1)
      }
    }
    return classifyHigh(at)
  }

  private func classifyHigh(_ at: Int) -> (Class, Int) {
    let (value, length) = scalar(at)
    guard let scalar = Unicode.Scalar(value) else { return (.sign, length) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return (.upper, length)
    case .lowercaseLetter: return (.lower, length)
    case .modifierLetter, .otherLetter: return (.other, length)
    case .nonspacingMark, .spacingMark, .enclosingMark: return (.mark, length)
    case .decimalNumber, .letterNumber, .otherNumber: return (.digit, length)
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return (.space, length)
    default: return (scalar.value == 0x85 ? .space : .sign, length)
    }
  }

  /// The scalar at an offset; an invalid byte is one of its own.
  private func scalar(_ at: Int) -> (UInt32, Int) {
    let lead = text[at]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
    guard length > 1, at + length <= end else { return (0xFFFD, 1) }
    var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length {
      guard text[at + offset] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(text[at + offset] & 0x3F)
    }
    return (value, length)
  }

  private func isWordStart(at place: Int) -> Bool {
    guard place < end else { return false }
    switch classify(place).0 {
    case .upper, .lower, .other, .mark: return true
    default: return false
    }
  }

  // MARK: Pieces

  /// A word: capitals, then small letters, then perhaps a contraction; caseless letters go with either.
  private mutating func takeWord(_ shape: inout TextPiece.Shape) {
    var letters = 0
    var lower = 0
    while index < end {
      let (kind, length) = classify(index)
      guard kind == .upper || kind == .other || kind == .mark else { break }
      index += length
      letters += 1
      if length > 1 { shape.hasHighBytes = true }
    }
    while index < end {
      let (kind, length) = classify(index)
      guard kind == .lower || kind == .other || kind == .mark else { break }
      index += length
      letters += 1
      lower += 1
      if length > 1 { shape.hasHighBytes = true }
    }
    shape.letters = letters
    shape.isCapitals = lower == 0 && letters > 0 && !shape.hasHighBytes
    takeContraction()
  }

  private mutating func takeContraction() {
    guard index + 1 < end, text[index] == 0x27 else { return }
    let first = text[index + 1] | 0x20
    let second = index + 2 < end ? text[index + 2] | 0x20 : 0
    switch first {
    case 0x73, 0x74, 0x6D, 0x64: index += 2
    case 0x72 where second == 0x65, 0x76 where second == 0x65, 0x6C where second == 0x6C: index += 3
    default: break
    }
  }

  private mutating func takeDigits(_ shape: inout TextPiece.Shape) {
    var count = 0
    while index < end, count < 3 {
      let (kind, length) = classify(index)
      guard kind == .digit else { break }
      index += length
      count += 1
      if length > 1 { shape.hasHighBytes = true }
    }
  }

  /// Signs, then line ends and slashes.
  private mutating func takeSigns(_ shape: inout TextPiece.Shape) {
    while index < end {
      let (kind, length) = classify(index)
      guard kind == .sign else { break }
      index += length
      if length > 1 { shape.hasHighBytes = true }
    }
    while index < end, text[index] == 0x0A || text[index] == 0x0D || text[index] == 0x2F { index += 1 }
  }

  private mutating func takeSpace(_ kind: Class, _ length: Int, _ shape: inout TextPiece.Shape) {
    let start = index
    // One space goes with the word or the signs behind it.
    if kind == .space {
      let next = index + length
      if isWordStart(at: next) {
        index = next
        return takeWord(&shape)
      }
      if text[index] == 0x20, next < end, classify(next).0 == .sign {
        index = next
        return takeSigns(&shape)
      }
    }
    var lastLength = 0
    var lineEnd: Int?
    while index < end {
      let (kind, length) = classify(index)
      guard kind == .space || kind == .newline else { break }
      index += length
      lastLength = length
      if kind == .newline { lineEnd = index }
    }
    shape.isSpace = true
    if let lineEnd {
      index = lineEnd
    } else if index < end, index - lastLength > start {
      // The last space stays for what follows.
      index -= lastLength
    }
  }
}
