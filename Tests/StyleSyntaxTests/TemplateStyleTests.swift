import SourceText
import StyleSyntax
import Testing

/// Parses the text between backticks, each `${...}` without inner braces being a hole.
private func parse(_ text: String, _ kind: TemplateStyleKind = .declarations) -> StyleSheet {
  let bytes = Array(text.utf8)
  var holes: [ByteSpan] = []
  var index = 0
  while index + 1 < bytes.count {
    if bytes[index] == 0x24, bytes[index + 1] == 0x7B, let end = bytes[index...].firstIndex(of: 0x7D) {
      holes.append(ByteSpan(index, end + 1))
      index = end
    }
    index += 1
  }
  return parseTemplateStyle(bytes, in: 0..<bytes.count, holes: holes, kind: kind).tree
}

@Suite struct TemplateStyleTests {
  @Test(arguments: [
    (["styled", "div"], false, TemplateStyleKind.declarations), (["styled"], true, .declarations),
    (["css"], false, .declarations),
    (["styled", "input", "attrs"], false, .declarations), (["createGlobalStyle"], false, .styleSheet),
    (["keyframes"], false, .keyframes), (["emotion", "css"], false, .declarations), (["html"], false, nil),
    (["styled"], false, nil), ([], false, nil), (["graphql"], false, nil), (["css", "global"], false, .styleSheet),
  ])
  func `the tag says whether a template is CSS`(tag: [String], isCalled: Bool, expected: TemplateStyleKind?) {
    #expect(templateStyleKind(ofTag: tag, isCalled: isCalled) == expected)
  }

  @Test(arguments: [
    ("color: ${p => p.c}; top: 0", ["color", "top"]),
    ("${mixin}\n color: red;\n ${other};\n left: 0;", ["color", "left"]),
    ("${a} { top: 0 }", ["", "top"]),
    ("${Button}:hover & { top: 0 }", ["", "top"]),
    ("width: ${w}px; margin: 0 ${x} calc(${y} * 2);", ["width", "margin"]),
    ("/* x */ ${mixin}; ${name}: 1px;", ["\u{FFFD}"]),
    ("@media ${device} { top: 0 } left: 1px", ["media", "top", "left"]),
    ("padding: 1${unit};", ["padding"]),
  ])
  func `holes leave the rest of the text as it is`(text: String, expected: [String]) {
    let sheet = parse(text)
    let names = sheet.nodes.indices.map { sheet.name(of: $0) }.map { $0.first == "\u{FFFD}" ? "\u{FFFD}" : $0 }
    #expect(names == expected)
  }

  @Test func `a hole in a selector may match and in a value is seen`() throws {
    let sheet = parse(".${name} { animation: ${spin} 2s linear infinite }", .styleSheet)
    let list = parseSelectorList(in: sheet, tokens: sheet.nodes[0].valueTokens).tree
    var matcher = SelectorMatcher(SmallTree("p.x"))
    #expect(matcher.match(list, 0) == .maybe)
    let animation = try #require(sheet.animations(in: sheet.nodes[1].valueTokens).first)
    #expect(animation.isUncertain && animation.isInfinite && animation.duration == 2 && animation.name == nil)
  }

  @Test func `frames of keyframes are rules`() {
    let sheet = parse("from { top: 0 } ${middle} { top: 1px } to { top: 2px }", .keyframes)
    #expect(sheet.topLevel.map { sheet.nodes[$0].kind } == [.qualifiedRule, .qualifiedRule, .qualifiedRule])
  }
}
