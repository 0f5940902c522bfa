import SourceText

/// Finds the comments of a style sheet, and the strings and addresses that hold white space.
///
/// Source: CSS Syntax Module Level 3, section 4; of its tokens only those matter here that can hide a comment's delimiters.
func styleRegions(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Region] {
  var regions: [Region] = []
  var index = range.lowerBound
  let end = range.upperBound
  while index < end {
    let byte = text[index]
    let first = index
    index &+= 1
    switch byte {
    case 0x2F where index < end && text[index] == 0x2A:
      index = endOfBlockComment(text, from: index &+ 1, end: end)
      regions.append(Region(.comment, first, index))
    case 0x22, 0x27:
      index = endOfStyleString(text, from: index, end: end, quote: byte)
      regions.append(Region(.literal, first, index))
    case 0x28 where isAddress(text, before: first, start: range.lowerBound):
      if let close = endOfAddress(text, from: index, end: end) {
        index = close
        regions.append(Region(.literal, first, index))
      }
    case 0x5C:
      // What a backslash escapes opens nothing; a line end cannot be escaped outside strings.
      if index < end, !isLineEnd(text[index]) { index &+= 1 }
    default: break
    }
  }
  return regions
}

/// A style sheet as a stretch in its language.
func styleStretch(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ language: CountedLanguage) -> Stretch {
  var nested = NestedStyleScanner(text, range, language)
  return Stretch(range: range, language: language, regions: language == .css ? styleRegions(text, range) : nested.run())
}

/// The offset past the `*/` that ends a comment, or `end`.
func endOfBlockComment(_ text: UnsafeBufferPointer<UInt8>, from start: Int, end: Int) -> Int {
  var index = start
  while index &+ 1 < end {
    index = WordScan.find(0x2A, in: text, from: index, end: end)
    guard index &+ 1 < end else { break }
    if text[index &+ 1] == 0x2F { return index &+ 2 }
    index &+= 1
  }
  return end
}

private func endOfStyleString(_ text: UnsafeBufferPointer<UInt8>, from start: Int, end: Int, quote: UInt8) -> Int {
  var index = start
  while index < end {
    let byte = text[index]
    if byte == quote { return index &+ 1 }
    if isLineEnd(byte) || byte == 0x0C { return index }
    index &+= 1
    if byte == 0x5C, index < end {
      if text[index] == 0x0D, index &+ 1 < end, text[index &+ 1] == 0x0A { index &+= 1 }
      index &+= 1
    }
  }
  return min(index, end)
}

/// Whether the parenthesis behind `before` bytes belongs to a name that is exactly `url`.
func isAddress(_ text: UnsafeBufferPointer<UInt8>, before: Int, start: Int) -> Bool {
  guard before &- start >= 3, text[before &- 1] | 0x20 == 0x6C, text[before &- 2] | 0x20 == 0x72,
    text[before &- 3] | 0x20 == 0x75
  else { return false }
  guard before &- start > 3 else { return true }
  let byte = text[before &- 4]
  let continuesName =
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
    || byte == 0x5C || byte >= 0x80 || byte == 0x23 || byte == 0x40
  return !continuesName
}

/// The offset past an unquoted address; `nil` when a quote makes it an ordinary function.
private func endOfAddress(_ text: UnsafeBufferPointer<UInt8>, from start: Int, end: Int) -> Int? {
  var index = start
  while index < end, isMarkupSpace(text[index]) { index &+= 1 }
  if index < end, text[index] == 0x22 || text[index] == 0x27 { return nil }
  while index < end {
    if text[index] == 0x29 { return index &+ 1 }
    if text[index] == 0x5C { index &+= 1 }
    index &+= 1
  }
  return min(index, end)
}

/// Finds the strings of JSON.
func dataRegions(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Region] {
  var regions: [Region] = []
  var index = range.lowerBound
  let end = range.upperBound
  while index < end {
    let first = index
    let byte = text[index]
    index &+= 1
    guard byte == 0x22 else { continue }
    while index < end, text[index] != 0x22, !isLineEnd(text[index]) {
      if text[index] == 0x5C { index &+= 1 }
      index &+= 1
    }
    index = min(index &+ 1, end)
    if text[index &- 1] != 0x22 { index &-= 1 }
    regions.append(Region(.literal, first, index))
  }
  return regions
}
