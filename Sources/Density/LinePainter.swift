/// What a line holds.
public enum LineClass: UInt8, Hashable, Sendable, CaseIterable {
  /// Only white space, outside any comment or literal.
  case blank
  /// Comment and no code.
  case comment
  /// Code and no comment.
  case code
  /// Code and comment.
  case mixed
}

/// Walks over a file once, stretch by stretch, and counts every byte and every line in exactly one class.
///
/// A line ends at LF, CRLF or a lone CR. Its end decides its class only when there is nothing else on the line, so that an empty
/// line within a comment is comment and one within a literal is code.
struct LinePainter {
  private let text: UnsafeBufferPointer<UInt8>
  private let keepsLines: Bool
  private(set) var bytes = [ByteClasses](repeating: ByteClasses(), count: CountedLanguage.allCases.count)
  private(set) var languageLines = [LineClasses](repeating: LineClasses(), count: CountedLanguage.allCases.count)
  private(set) var lines = LineClasses()
  private(set) var blankInComment = 0
  private(set) var blankInLiteral = 0
  private(set) var lineClasses: [LineClass] = []
  private(set) var lineStarts: [UInt32] = []
  private(set) var whitespace = WhitespaceKinds()
  /// The white space of this line so far; whether the line is blank shows only at its end.
  private var pending = WhitespaceKinds()

  /// For each byte its language, shifted by two, and its class: 0 white space, 1 code, 2 comment; empty unless it is recorded.
  private(set) var record: [UInt8] = []
  private var language: UInt8 = 0
  private var lastLanguage = CountedLanguage.html

  /// The lines of the stretch at hand that are in its language alone.
  private var stretchLines = LineClasses()
  private var lineStart = 0
  private var codeMask: UInt32 = 0
  private var commentMask: UInt32 = 0
  private var hasInk = false

  /// - Parameters:
  ///   - text: The file.
  ///   - keepsLines: Whether to keep the class and the beginning of each line.
  ///   - isRecording: Whether to keep the class of each byte.
  init(_ text: UnsafeBufferPointer<UInt8>, keepsLines: Bool = true, isRecording: Bool = false) {
    self.text = text
    self.keepsLines = keepsLines
    if isRecording { record = [UInt8](repeating: 0, count: text.count) }
    guard keepsLines else { return }
    lineClasses.reserveCapacity(text.count / 24 + 4)
    lineStarts.reserveCapacity(text.count / 24 + 4)
  }

  /// Paints one stretch; they come in the order of the text and leave no gap.
  mutating func paint(_ stretch: Stretch) {
    var index = stretch.range.lowerBound
    let end = stretch.range.upperBound
    language = stretch.language.rawValue
    if !record.isEmpty { for place in index..<end { record[place] = language << 2 } }
    var followsComment = false
    for region in stretch.regions {
      let start = max(index, Int(region.start))
      let stop = min(end, Int(region.end))
      guard stop > start else { continue }
      paintBetween(index, start, stretch, followsComment, region.kind == .comment)
      switch region.kind {
      case .comment: paintSolid(start, stop, stretch.language, isComment: true)
      case .literal: paintSolid(start, stop, stretch.language, isComment: false)
      case .text: paintText(start, stop, stretch.language, followsComment && index == start, false)
      case .tokens: paintPlain(start, stop, stretch.language, hasUnicodeSpaces: false)
      }
      followsComment = region.kind == .comment
      index = stop
    }
    paintBetween(index, end, stretch, followsComment, false)
    lastLanguage = stretch.language
    languageLines[Int(stretch.language.rawValue)] += stretchLines
    stretchLines = LineClasses()
  }

  /// Ends the last line when it has no line end of its own.
  mutating func finish() {
    if lineStart < text.count { endLine(at: text.count, lastLanguage, isComment: false, isLiteral: false) }
    languageLines[Int(lastLanguage.rawValue)] += stretchLines
  }

  private mutating func paintBetween(
    _ start: Int, _ end: Int, _ stretch: Stretch, _ followsComment: Bool, _ precedesComment: Bool
  ) {
    guard end > start else { return }
    if stretch.isText {
      paintText(start, end, stretch.language, followsComment, precedesComment)
    } else if stretch.language.hasUnicodeSpaces {
      paintPlain(start, end, stretch.language, hasUnicodeSpaces: true)
    } else {
      paintPlain(start, end, stretch.language, hasUnicodeSpaces: false)
    }
  }

  @inline(__always)
  private mutating func paintPlain(_ start: Int, _ end: Int, _ language: CountedLanguage, hasUnicodeSpaces: Bool) {
    var index = start
    var code = 0
    let bit = UInt32(1) &<< UInt32(language.rawValue)
    while index < end {
      if codeMask | commentMask == 0 {
        let first = index
        index = WordScan.endOfIndentation(text, from: first, end: end)
        pending.indentation &+= index &- first
      }
      let first = index
      let plain = WordScan.endOfPlain(text, from: first, end: end)
      index = plain.index
      // Indentation is behind us, so that a run begins with something to see or stands behind something.
      pending.other &+= plain.spaces
      if index &- first > plain.spaces {
        code &+= mark(first, index, bit) &- plain.spaces
        if !record.isEmpty { unmarkSpaces(first, index) }
      }
      guard index < end else { break }
      let byte = text[index]
      if byte >= 0x80 {
        code &+= paintHigh(&index, end, bit, hasUnicodeSpaces)
        continue
      }
      index &+= 1
      switch byte {
      case 0x0A: endWhite(at: index, language)
      case 0x0D:
        if index < text.count, text[index] == 0x0A { pending.lineEnds &+= 1 } else { endWhite(at: index, language) }
      case 0x09, 0x0C: countSpaces(index &- 1, index)
      case 0x0B where hasUnicodeSpaces: countSpaces(index &- 1, index)
      default: code &+= mark(index &- 1, index, bit)
      }
    }
    let language = Int(language.rawValue)
    bytes[language].code &+= code
    bytes[language].whitespace &+= end &- start &- code
  }

  /// Paints bytes beyond ASCII up to the next that is not: a space, or part of a word. Returns how many are code.
  private mutating func paintHigh(_ index: inout Int, _ end: Int, _ bit: UInt32, _ hasUnicodeSpaces: Bool) -> Int {
    var code = 0
    while index < end, text[index] >= 0x80 {
      let length =
        hasUnicodeSpaces || text[index] == 0xEF
        ? unicodeSpaceLength(text, at: index, end: end, onlyMark: !hasUnicodeSpaces) : 0
      if length > 0 {
        pending.other &+= length
        index &+= length
      } else {
        code &+= mark(index, index &+ 1, bit)
        index &+= 1
      }
    }
    return code
  }

  private mutating func unmarkSpaces(_ start: Int, _ end: Int) {
    for index in start..<end where text[index] == 0x20 { record[index] = self.language << 2 }
  }

  @inline(__always)
  private mutating func mark(_ start: Int, _ end: Int, _ bit: UInt32) -> Int {
    codeMask |= bit
    hasInk = true
    if !record.isEmpty { note(start, end, 1) }
    return end &- start
  }

  private mutating func note(_ start: Int, _ end: Int, _ kind: UInt8) {
    for index in start..<end { record[index] = language << 2 | kind }
  }

  @inline(__always)
  private mutating func countSpaces(_ start: Int, _ end: Int) {
    // Only what comes before anything else on the line indents it.
    if codeMask | commentMask == 0 { pending.indentation &+= end &- start } else { pending.other &+= end &- start }
  }

  @inline(__always)
  private mutating func endWhite(at end: Int, _ language: CountedLanguage) {
    pending.lineEnds &+= 1
    endLine(at: end, language, isComment: false, isLiteral: false)
  }

  /// Paints a comment, or a literal, whose bytes all have one class.
  private mutating func paintSolid(_ start: Int, _ end: Int, _ language: CountedLanguage, isComment: Bool) {
    let bit = UInt32(1) &<< UInt32(language.rawValue)
    if !record.isEmpty { note(start, end, isComment ? 2 : 1) }
    var index = start
    while index < end {
      let first = index
      while index < end, text[index] <= 0x20, !isLineEnd(text[index]) { index &+= 1 }
      if index < end, text[index] > 0x20 {
        hasInk = true
        index = WordScan.endOfLine(text, from: index, end: end)
      }
      if index > first {
        if isComment { commentMask |= bit } else { codeMask |= bit }
      }
      guard index < end else { break }
      index &+= 1
      if text[index &- 1] == 0x0D, index < text.count, text[index] == 0x0A { continue }
      endLine(at: index, language, isComment: isComment, isLiteral: !isComment)
    }
    if isComment {
      bytes[Int(language.rawValue)].comment &+= end &- start
    } else {
      bytes[Int(language.rawValue)].code &+= end &- start
    }
  }

  /// Paints text between tags: runs of white space count as such only where they touch a line's edge or a comment.
  private mutating func paintText(
    _ start: Int, _ end: Int, _ language: CountedLanguage, _ followsComment: Bool, _ precedesComment: Bool
  ) {
    let bit = UInt32(1) &<< UInt32(language.rawValue)
    var index = start
    var code = 0
    while index < end {
      let first = index
      if isMarkupSpace(text[index]) {
        var touchesEdge = first == 0 || isLineEnd(text[first &- 1])
        while index < end, isMarkupSpace(text[index]) {
          if isLineEnd(text[index]) { touchesEdge = true }
          index &+= 1
        }
        if first == start, followsComment { touchesEdge = true }
        if index == end, precedesComment || end == text.count || isLineEnd(text[end]) { touchesEdge = true }
        if touchesEdge { paintWhite(first, index, language) } else { code &+= mark(first, index, bit) }
      } else if text[index] == 0xEF, unicodeSpaceLength(text, at: index, end: end, onlyMark: true) > 0 {
        pending.other &+= 3
        index &+= 3
      } else {
        while index < end, !isMarkupSpace(text[index]) { index &+= 1 }
        code &+= mark(first, index, bit)
      }
    }
    bytes[Int(language.rawValue)].code &+= code
    bytes[Int(language.rawValue)].whitespace &+= end &- start &- code
  }

  private mutating func paintWhite(_ start: Int, _ end: Int, _ language: CountedLanguage) {
    for index in start..<end {
      switch text[index] {
      case 0x0A: endWhite(at: index &+ 1, language)
      case 0x0D:
        if index &+ 1 < text.count, text[index &+ 1] == 0x0A {
          pending.lineEnds &+= 1
        } else {
          endWhite(at: index &+ 1, language)
        }
      default: countSpaces(index, index &+ 1)
      }
    }
  }

  // MARK: Lines

  @inline(__always)
  private mutating func endLine(at end: Int, _ language: CountedLanguage, isComment: Bool, isLiteral: Bool) {
    let kind: LineClass
    if commentMask != 0 {
      kind = codeMask != 0 ? .mixed : .comment
    } else if codeMask != 0 {
      kind = .code
    } else {
      kind = isComment ? .comment : isLiteral ? .code : .blank
    }
    if !hasInk {
      if kind == .comment { blankInComment &+= 1 }
      if kind == .code { blankInLiteral &+= 1 }
    }
    if kind == .blank {
      whitespace.blankLines &+= pending.indentation &+ pending.other &+ pending.lineEnds
    } else {
      whitespace.indentation &+= pending.indentation
      whitespace.other &+= pending.other
      whitespace.lineEnds &+= pending.lineEnds
    }
    pending.indentation = 0
    pending.other = 0
    pending.lineEnds = 0
    lines.add(kind)
    countLanguages(kind, language)
    if keepsLines {
      lineClasses.append(kind)
      lineStarts.append(UInt32(truncatingIfNeeded: lineStart))
    }
    lineStart = end
    codeMask = 0
    commentMask = 0
    hasInk = false
  }

  @inline(__always)
  private mutating func countLanguages(_ kind: LineClass, _ language: CountedLanguage) {
    var mask = codeMask | commentMask
    if mask == 0 || mask == UInt32(1) &<< UInt32(language.rawValue) {
      stretchLines.add(kind)
      return
    }
    while mask != 0 {
      let place = mask.trailingZeroBitCount
      mask &= mask &- 1
      let hasCode = codeMask &>> UInt32(place) & 1 != 0
      let hasComment = commentMask &>> UInt32(place) & 1 != 0
      languageLines[place].add(hasCode ? hasComment ? .mixed : .code : .comment)
    }
  }
}

/// White space by what it does; the kinds add up to the bytes of white space.
public struct WhitespaceKinds: Hashable, Sendable {
  /// Line ends of lines that hold something.
  public var lineEnds = 0
  /// Spaces and tabs before the first code or comment of a line.
  public var indentation = 0
  /// Blank lines, their line ends included.
  public var blankLines = 0
  /// Between tokens, at the ends of lines, and a byte order mark.
  public var other = 0

  /// All white space.
  public var total: Int { lineEnds + indentation + blankLines + other }

  /// Makes a count of nothing.
  public init() {}

  /// Adds kind by kind.
  public static func += (left: inout WhitespaceKinds, right: WhitespaceKinds) {
    left.lineEnds += right.lineEnds
    left.indentation += right.indentation
    left.blankLines += right.blankLines
    left.other += right.other
  }
}

extension LineClasses {
  @inline(__always)
  mutating func add(_ kind: LineClass) {
    switch kind {
    case .blank: blank &+= 1
    case .comment: comment &+= 1
    case .code: code &+= 1
    case .mixed: mixed &+= 1
    }
  }
}

@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

@inline(__always)
func isMarkupSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C
}

/// The length of the space that is no ASCII at `index`; 0 when there is none. `onlyMark` asks for a byte order mark at the start.
///
/// The spaces are those of ECMAScript: category Zs, U+FEFF, U+2028 and U+2029.
func unicodeSpaceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int, end: Int, onlyMark: Bool) -> Int {
  let byte = text[index]
  if byte == 0xEF, index &+ 2 < end, text[index &+ 1] == 0xBB, text[index &+ 2] == 0xBF {
    return !onlyMark || index == 0 ? 3 : 0
  }
  if onlyMark { return 0 }
  if byte == 0xC2 { return index &+ 1 < end && text[index &+ 1] == 0xA0 ? 2 : 0 }
  guard index &+ 2 < end else { return 0 }
  let second = text[index &+ 1]
  let third = text[index &+ 2]
  switch byte {
  case 0xE1: return second == 0x9A && third == 0x80 ? 3 : 0
  case 0xE2:
    if second == 0x80 { return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0 }
    return second == 0x81 && third == 0x9F ? 3 : 0
  case 0xE3: return second == 0x80 && third == 0x80 ? 3 : 0
  default: return 0
  }
}
