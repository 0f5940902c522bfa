import SourceText

/// Finds the comments and literals of SCSS, Sass and LESS: those of CSS, comments that end with their line, and holes in strings.
///
/// A hole, `#{ ... }` in SCSS and `@{ ... }` in LESS, holds an expression, in which strings and comments begin anew.
struct NestedStyleScanner {
  private let text: Bytes
  private let end: Int
  private let start: Int
  private let language: CountedLanguage
  private(set) var regions: [Region] = []
  private var index: Int
  /// The holes that are open: the quote of the string around each, 0 for none, and how many braces are open in it.
  private var holes: [(quote: UInt8, depth: Int)] = []
  private static let nestingLimit = 64

  init(_ text: Bytes, _ range: Range<Int>, _ language: CountedLanguage) {
    self.text = text
    self.language = language
    start = range.lowerBound
    end = range.upperBound
    index = range.lowerBound
  }

  mutating func run() -> [Region] {
    while index < end {
      let byte = text[index]
      let first = index
      index &+= 1
      switch byte {
      case 0x2F where index < end && text[index] == 0x2A: takeBlockComment(from: first)
      case 0x2F where index < end && text[index] == 0x2F:
        index = endOfLineComment(from: first)
        regions.append(Region(.comment, first, index))
      case 0x22, 0x27: takeString(from: first, quote: byte)
      case 0x28 where isAddress(text, before: first, start: start): takeAddress(from: first)
      case 0x5C: if index < end, !isLineEnd(text[index]) { index &+= 1 }
      case 0x7B: if !holes.isEmpty { holes[holes.count - 1].depth += 1 }
      case 0x7D: closeBrace(at: first)
      default: break
      }
    }
    return regions
  }

  private mutating func takeBlockComment(from first: Int) {
    let close = endOfBlockComment(text, from: index &+ 1, end: end)
    // In the indented syntax a comment needs no end.
    index = language == .sass ? min(close, endOfIndented(from: first)) : close
    regions.append(Region(.comment, first, index))
  }

  private func endOfLineComment(from first: Int) -> Int {
    language == .sass ? endOfIndented(from: first) : WordScan.endOfLine(text, from: first, end: end)
  }

  /// The end of the last line behind `first` that is indented deeper than the one where it stands; of that line itself when
  /// something comes before it there.
  private func endOfIndented(from first: Int) -> Int {
    var last = WordScan.endOfLine(text, from: first, end: end)
    var column = first
    while column > start, text[column &- 1] == 0x20 || text[column &- 1] == 0x09 { column &-= 1 }
    guard column == start || isLineEnd(text[column &- 1]) else { return last }
    let depth = first &- column
    var next = last
    while next < end {
      while next < end, isLineEnd(text[next]) { next &+= 1 }
      let inner = WordScan.endOfIndentation(text, from: next, end: end)
      guard inner < end else { break }
      if isLineEnd(text[inner]) {
        next = inner
        continue
      }
      guard inner &- next > depth else { break }
      last = WordScan.endOfLine(text, from: inner, end: end)
      next = last
    }
    return last
  }

  private mutating func takeString(from first: Int, quote: UInt8) {
    while index < end {
      let byte = text[index]
      if isLineEnd(byte) || byte == 0x0C { break }
      index &+= 1
      if byte == quote { break }
      if byte == 0x5C, index < end {
        if text[index] == 0x0D, index &+ 1 < end, text[index &+ 1] == 0x0A { index &+= 1 }
        index &+= 1
      } else if opensHole(byte) {
        index &+= 1
        holes.append((quote, 0))
        break
      }
    }
    index = min(index, end)
    regions.append(Region(.literal, first, index))
  }

  private func opensHole(_ byte: UInt8) -> Bool {
    byte == (language == .less ? 0x40 : 0x23) && index < end && text[index] == 0x7B && holes.count < Self.nestingLimit
  }

  private mutating func closeBrace(at first: Int) {
    guard let hole = holes.last else { return }
    guard hole.depth == 0 else {
      holes[holes.count - 1].depth -= 1
      return
    }
    holes.removeLast()
    takeString(from: first, quote: hole.quote)
  }

  /// Takes an address without quotes; brackets within its holes do not end it.
  private mutating func takeAddress(from first: Int) {
    var inner = index
    while inner < end, isMarkupSpace(text[inner]) { inner &+= 1 }
    guard inner < end, text[inner] != 0x22, text[inner] != 0x27, text[inner] != 0x24 else { return }
    var braces = 0
    while inner < end {
      let byte = text[inner]
      inner &+= 1
      switch byte {
      case 0x5C: inner &+= 1
      case 0x7B: braces += 1
      case 0x7D: braces -= 1
      case 0x29 where braces <= 0:
        index = inner
        regions.append(Region(.literal, first, index))
        return
      default: break
      }
    }
    index = end
    regions.append(Region(.literal, first, end))
  }
}

/// Finds the comments of a shader; those of WGSL nest, and in GLSL a backslash lets a line's comment go on in the next.
func shaderRegions(_ text: Bytes, _ range: Range<Int>, _ language: CountedLanguage) -> [Region] {
  var regions: [Region] = []
  var index = range.lowerBound
  let end = range.upperBound
  while index < end {
    index = WordScan.find(0x2F, in: text, from: index, end: end)
    guard index &+ 1 < end else { break }
    let first = index
    if text[index &+ 1] == 0x2F {
      index = WordScan.endOfLine(text, from: index, end: end)
      while language == .glsl, index < end, text[index &- 1] == 0x5C {
        if text[index] == 0x0D, index &+ 1 < end, text[index &+ 1] == 0x0A { index &+= 1 }
        index = WordScan.endOfLine(text, from: index &+ 1, end: end)
      }
    } else if text[index &+ 1] == 0x2A {
      index =
        language == .wgsl
        ? endOfNestedComment(text, from: index, end: end) : endOfBlockComment(text, from: index &+ 2, end: end)
    } else {
      index &+= 1
      continue
    }
    regions.append(Region(.comment, first, index))
  }
  return regions
}

private func endOfNestedComment(_ text: Bytes, from start: Int, end: Int) -> Int {
  var index = start
  var depth = 0
  while index &+ 1 < end {
    if text[index] == 0x2F, text[index &+ 1] == 0x2A {
      depth &+= 1
      index &+= 2
    } else if text[index] == 0x2A, text[index &+ 1] == 0x2F {
      depth &-= 1
      index &+= 2
      if depth == 0 { return index }
    } else {
      index &+= 1
    }
  }
  return end
}
