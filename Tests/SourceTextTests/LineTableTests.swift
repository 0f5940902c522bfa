import SourceText
import Testing

@Suite struct LineTableTests {
  @Test(arguments: [
    ("a\nb", 2, TextPosition(line: 2, column: 1)),
    ("a\r\nb", 3, TextPosition(line: 2, column: 1)),
    ("a\rb", 2, TextPosition(line: 2, column: 1)),
    ("😀b", 4, TextPosition(line: 1, column: 3)),
    ("a\u{2028}b", 4, TextPosition(line: 1, column: 3)),
    ("", 5, TextPosition(line: 1, column: 1)),
  ])
  func `positions count lines from 1 and columns in UTF-16 units`(text: String, offset: Int, expected: TextPosition) {
    let bytes = Array(text.utf8)
    #expect(LineTable(bytes).position(of: offset, in: bytes) == expected)
  }
}
