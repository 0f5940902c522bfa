import SourceText
import Testing

@Suite struct LegacyDecodingTests {
  @Test(arguments: [
    ("<meta charset=windows-1252>", DecodedText.Encoding.windows1252),
    ("<META http-equiv=Content-Type content='text/html; charset=\"koi8-r\"'>", .koi8R),
    ("<meta content='text/html; charset=big5'>", nil), ("<!-- <meta charset=gbk> -->", nil),
    ("<!--><meta charset=gbk>", .gbk), ("<p title='<meta charset=gbk>'>", nil), ("<meta charset=utf-16>", .utf8),
    ("<?x <meta charset=gbk>?><meta charset=' Latin1 '>", .windows1252), ("<meta charset=none>", nil), ("<meta", nil),
    ("<meta charset='gbk", .gbk),
  ])
  func `a page names its encoding`(text: String, encoding: DecodedText.Encoding?) {
    #expect(declaredEncoding(in: Array(text.utf8), .html) == encoding)
  }

  @Test func `a style sheet names its encoding`() {
    #expect(declaredEncoding(in: Array("@charset \"ISO-8859-2\";".utf8), .css) == .iso8859Part2)
    #expect(declaredEncoding(in: Array("@charset 'ISO-8859-2';".utf8), .css) == nil)
  }

  @Test(
    arguments: [
      ("windows-1252", [0x80, 0xE9, 0x81], "€é\u{81}"), ("windows-1251", [0xCF, 0xF0], "Пр"),
      ("shift_jis", [0x93, 0xFA], "日"),
      ("euc-kr", [0xB0, 0xA1], "가"), ("gbk", [0xC4, 0xE3], "你"), ("big5", [0xA7, 0x41], "你"), ("koi8-r", [0xF0], "П"),
      ("iso-8859-15", [0xA4], "€"), ("euc-jp", [0xC6, 0xFC], "日"),
    ] as [(String, [UInt8], String)])
  func `legacy encodings are decoded`(label: String, bytes: [UInt8], expected: String) {
    let head = "<meta charset=\(label)>"
    let decoded = decodeText(Array(head.utf8) + bytes, declaredBy: .html)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == head + expected)
    #expect(decoded.replacementCount == 0)
  }

  @Test func `an invalid byte is replaced and the rest stays`() {
    let head = "<meta charset=shift_jis>"
    let decoded = decodeText(Array(head.utf8) + [0xFF, 0x61, 0x93, 0xFA, 0x93], declaredBy: .html)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == head + "\u{FFFD}a日\u{FFFD}")
    #expect(decoded.replacementCount == 2)
    #expect(decoded.replacements.first == UInt32(head.utf8.count))
  }

  @Test func `a declaration far down counts where UTF-8 does not fit`() {
    let head = "<!-- " + String(repeating: "long ", count: 400) + "--><meta charset=windows-1251>"
    let decoded = decodeText(Array(head.utf8) + [0xCF], declaredBy: .html)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == head + "П")
    #expect(decodeText(Array((head + "П").utf8), declaredBy: .html).encoding == .utf8)
  }

  @Test func `a byte order mark wins over a declaration`() {
    let decoded = decodeText([0xEF, 0xBB, 0xBF] + Array("<meta charset=gbk>é".utf8), declaredBy: .html)
    #expect(decoded.encoding == .utf8)
    #expect(decodeText([0xFF, 0xFE, 0x61, 0x00], declaredBy: .html).bytes == [0x61])
  }

  @Test func `every label names its own encoding`() {
    for encoding in DecodedText.Encoding.allCases {
      #expect(DecodedText.Encoding(label: " \(encoding.rawValue.uppercased())\n") == encoding)
    }
  }
}
