public import SourceText

/// What the text of a tagged template literal is.
public enum TemplateStyleKind: Hashable, Sendable {
  /// Declarations and nested rules of one component (`styled.div`, `css`).
  case declarations
  /// A whole sheet (`createGlobalStyle`, `injectGlobal`).
  case styleSheet
  /// The frames of keyframes (`keyframes`).
  case keyframes
}

/// Tells what a template literal holds from its tag.
///
/// - Parameters:
///   - tag: The parts of the tag's dotted name, outermost first, calls left out: `styled.div`, `styled(Link)` and
///     `styled.input.attrs({})` give `["styled", "div"]`, `["styled"]` and `["styled", "input", "attrs"]`.
///   - isCalled: Whether the first part is called, as in `styled(Link)`.
/// - Returns: `nil` when the tag does not say that it is CSS.
public func templateStyleKind(ofTag tag: [String], isCalled: Bool = false) -> TemplateStyleKind? {
  guard let first = tag.first, let last = tag.last else { return nil }
  if first == "styled" || first == "tw", tag.count > 1 || isCalled { return first == "styled" ? .declarations : nil }
  switch last {
  case "css", "stylesheet": return last == "css" ? .declarations : .styleSheet
  case "createGlobalStyle", "injectGlobal", "createGlobalStyles", "globalStyle": return .styleSheet
  case "keyframes": return .keyframes
  case "global", "resolve": return tag.count > 1 && tag[tag.count - 2] == "css" ? .styleSheet : nil
  default: return nil
  }
}

/// Parses CSS with holes, as in a template literal.
///
/// Every hole is read as a name that nothing else is, or as nothing where it stands alone like a declaration of its own,
/// so that spans stay those of the file. Values and selectors with a hole are uncertain: ``StyleSheet/isPlaceholder(_:)``.
/// The `source` of the sheet is the text with the holes blanked out.
///
/// - Parameters:
///   - bytes: The file.
///   - range: The text between the backticks.
///   - holes: The spans of `${` to `}`, in order and apart from one another.
///   - kind: What the text is.
public func parseTemplateStyle(
  _ bytes: [UInt8], in range: Range<Int>, holes: [ByteSpan], kind: TemplateStyleKind
) -> Parsed<StyleSheet> {
  var text = bytes
  let range = range.clamped(to: 0..<bytes.count)
  for (index, hole) in holes.enumerated() {
    let hole = hole.range.clamped(to: range)
    guard !hole.isEmpty else { continue }
    let next = index + 1 < holes.count ? Int(holes[index + 1].start) : range.upperBound
    let isStatement =
      standsAlone(before: hole.lowerBound, text, range)
      && endsAlone(after: hole.upperBound, text, min(next, range.upperBound))
    for place in hole { text[place] = isStatement ? 0x20 : StyleSheet.placeholderByte }
    if !isStatement, followsNumber(hole.lowerBound, text, range) { text[hole.lowerBound] = 0x20 }
  }
  return kind == .declarations ? parseDeclarationList(text, in: range) : parseStyleSheet(text, in: range)
}

/// Whether what precedes a hole ends a statement or opens a block.
private func standsAlone(before place: Int, _ text: [UInt8], _ range: Range<Int>) -> Bool {
  var index = place - 1
  while index >= range.lowerBound {
    let byte = text[index]
    if byte == 0x2F, index > range.lowerBound, text[index - 1] == 0x2A {
      index = commentStart(index, text, range) - 1
      continue
    }
    guard isStyleSpace(byte) else { return byte == 0x3B || byte == 0x7B || byte == 0x7D }
    index -= 1
  }
  return true
}

private func commentStart(_ end: Int, _ text: [UInt8], _ range: Range<Int>) -> Int {
  var index = end - 2
  while index > range.lowerBound, !(text[index] == 0x2A && text[index - 1] == 0x2F) { index -= 1 }
  return max(index - 1, range.lowerBound)
}

/// Whether a hole is followed by the end of its statement: a semicolon, a brace, or a line break and no more of it.
private func endsAlone(after place: Int, _ text: [UInt8], _ end: Int) -> Bool {
  var index = place
  var sawLineBreak = false
  while index < end, isStyleSpace(text[index]) {
    if isStyleNewline(text[index]) { sawLineBreak = true }
    index += 1
  }
  guard index < end else { return true }
  return text[index] == 0x3B || text[index] == 0x7D || (sawLineBreak && text[index] != 0x7B && text[index] != 0x2C)
}

/// Whether the byte before a hole is a digit, which would swallow it as a unit.
private func followsNumber(_ place: Int, _ text: [UInt8], _ range: Range<Int>) -> Bool {
  place > range.lowerBound && isDigit(text[place - 1])
}
