import Testing

@testable import JavaScriptSyntax

struct RegularExpressionCheckerTests {
  @Test(arguments: [
    // Legacy patterns, Annex B included.
    "/a|b/", "/(?:)/", "/a{2}/", "/a{2,}?/", "/a{2,3}/", "/a{,3}/", "/x{/", "/]/", "/}/", "/\\c/", "/[\\c]/",
    "/[\\c_]/", "/\\8/",
    "/\\400/", "/\\1/", "/(?=a)*/", "/(?!a){2}/", "/[\\d-z]/", "/[a-\\d]/", "/[--\\d]/", "/\\u{41}/", "/\\x/", "/\\k/",
    "/\\k<a/",
    "/[\\k]/", "/\\p{Foo}/", "/[a-]/", "/[-a]/", "/[^]/", "/[]/", "/\\-/", "/\\é/", "/💩/", "/[💩]/",
    "/a{99999999999999999999}/",
    // Named groups.
    "/(?<a>.)\\k<a>/", "/\\k<a>(?<a>.)/", "/(?<a>x)|(?<a>y)/", "/(?:(?<a>x)|(?<a>y))\\k<a>/", "/(?<𝒜>.)/",
    "/(?<\\u{1d49c}>.)/",
    "/(?<\\ud835\\udc9c>.)/", "/(?<a>x)|(?:(?<a>y)|(?<b>z))/", "/(?<$>.)(?<_>.)/",
    "/(?:(?<a>1)|(?<b>2))|(?<a>3)(?<b>4)/",
    // Lookbehind and modifiers.
    "/(?<=a)b/", "/(?<!a)b/", "/(?i:a)/", "/(?ims-:a)/", "/(?-i:a)/", "/(?i-ms:a)*/",
    // Unicode.
    "/\\u{10FFFF}/u", "/[💩-💫]/u", "/\\ud83d\\udca9/u", "/[\\ud83d\\udca9-\\ud83d\\udcab]/u", "/\\p{L}/u",
    "/\\p{Script=Greek}/u",
    "/\\P{gc=Lu}/u", "/\\p{scx=Sidt}/u", "/\\p{Hrkt}|/", "/\\p{sc=Hrkt}/u", "/\\p{ASCII}/u", "/\\$\\/\\^/u", "/[\\-]/u",
    "/\\cA/u",
    "/\\0/u", "/(a)\\1/u", "/\\1(a)/u", "/(?<=a)/u", "/[^\\P{Any}]/u",
    // Sets.
    "/[a&&b]/v", "/[\\w--\\d]/v", "/[[a-z]&&[aeiou]]/v", "/[\\q{abc|d|}]/v", "/[^\\q{a|b}]/v", "/\\p{RGI_Emoji}/v",
    "/[\\p{RGI_Emoji}--a]/v",
    "/[^\\p{RGI_Emoji}&&a]/v", "/[a-z\\&\\!]/v", "/[[[[a]]]]/v", "/[]/v", "/[^]/v", "/[a&b]/v", "/[\\b]/v",
    "/[a\\-z]/v",
    // Flags.
    "/a/dgimsuy", "/a/dgimsvy", "/a/",
  ])
  func `accepts`(literal: String) {
    let found = check(literal)
    #expect(found == nil, "\(literal)")
  }

  @Test(arguments: [
    ("/*/", 1, "nothing to repeat"), ("/a**/", 3, "nothing to repeat"), ("/a???/", 4, "nothing to repeat"),
    ("/^*/", 2, "nothing to repeat"), ("/{1}/", 1, "nothing to repeat"), ("/\\b{1}/", 3, "nothing to repeat"),
    ("/(?<=a)*/", 7, "nothing to repeat"), ("/a{2,1}/", 3, "out of order"),
    ("/a{99999999999999999999,1}/", 3, "out of order"),
    ("/(/", 1, "unterminated group"), ("/(?:(a)/", 3, "unterminated group"), ("/)/", 1, "unmatched `)`"),
    ("/(?/", 3, "unterminated group"),
    ("/(?a)/", 3, "invalid group"), ("/(?i-i:a)/", 5, "given twice"), ("/(?ii:a)/", 4, "given twice"),
    ("/(?-:a)/", 3, "a modifier"),
    ("/(?i/", 3, "unterminated group"), ("/(?i--s:a)/", 5, "invalid group"), ("/(?<a/", 5, "invalid name"),
    ("/(?<>a)/", 5, "invalid name"),
    ("/(?<1>a)/", 5, "invalid name"), ("/(?<a>.)(?<a>.)/", 8, "same name"), ("/(?<a>(?<a>.))/", 6, "same name"),
    ("/(?:(?<a>.)|b)(?<a>.)/", 14, "same name"), ("/(?<a>x)|(?<b>(?<a>y)(?<a>z))/", 21, "same name"),
    ("/(?<a>.)\\k/", 8, "`\\k` needs"),
    ("/(?<a>.)\\k<b>/", 8, "does not exist"), ("/(?<a>.)[\\k]/", 9, "`\\k` needs"), ("/[/", 1, "unterminated class"),
    ("/[b-a]/", 3, "out of order"), ("/[💩-💫]/", 6, "out of order"), ("/\\/", 1, "at the end"),
    ("/[z-\\x61]/", 3, "out of order"),
    // Unicode.
    ("/]/u", 1, "lone bracket"), ("/{/u", 1, "lone bracket"), ("/a{/u", 2, "incomplete quantifier"),
    ("/(?=a)*/u", 6, "nothing to repeat"),
    ("/\\1/u", 1, "does not exist"), ("/(a)\\2/u", 4, "does not exist"), ("/\\01/u", 1, "octal"),
    ("/[\\1]/u", 2, "octal"), ("/\\c/u", 1, "`\\c`"),
    ("/\\-/u", 1, "invalid escape"), ("/\\a/u", 1, "invalid escape"), ("/\\x4/u", 1, "invalid escape"),
    ("/\\u{110000}/u", 1, "U+10FFFF"),
    ("/\\u{}/u", 1, "invalid escape"), ("/[\\d-z]/u", 4, "a range cannot"), ("/[a-\\w]/u", 3, "a range cannot"),
    ("/\\p{foo}/u", 1, "unknown"),
    ("/\\p{lu}/u", 1, "unknown"), ("/\\p{Script}/u", 1, "unknown"), ("/\\p{gc=Greek}/u", 1, "unknown"),
    ("/\\pL/u", 1, "is written"),
    ("/\\p{L/u", 1, "is written"), ("/\\p{RGI_Emoji}/u", 1, "needs the flag `v`"), ("/\\k/u", 1, "`\\k` needs"),
    ("/\\k<a>/u", 1, "does not exist"),
    ("/[💫-💩]/u", 6, "out of order"), ("/\\p{IsGreek}/u", 1, "unknown"), ("/\\p{Line_Break}/u", 1, "unknown"),
    ("/\\p{L }/u", 1, "is written"),
    // Sets.
    ("/[a&&&b]/v", 5, "must be escaped"), ("/[a&&b--c]/v", 6, "cannot be mixed"), ("/[ab&&c]/v", 4, "cannot be mixed"),
    ("/[a--bc]/v", 6, "cannot be mixed"),
    ("/[a-z&&b]/v", 5, "cannot be mixed"), ("/[b&&a-z]/v", 6, "a range cannot be"),
    ("/[a&&]/v", 5, "operand is missing"), ("/[(]/v", 2, "must be escaped"),
    ("/[a-]/v", 4, "must be escaped"), ("/[z-a]/v", 3, "out of order"), ("/[!!]/v", 2, "reserved"),
    ("/[a^^]/v", 3, "reserved"), ("/[\\q{a]/v", 6, "must be escaped"),
    ("/[\\q]/v", 2, "invalid escape"), ("/[^\\q{ab}]/v", 1, "negated"), ("/[^\\q{}]/v", 1, "negated"),
    ("/[^[\\p{RGI_Emoji}]]/v", 1, "negated"),
    ("/\\P{RGI_Emoji}/v", 1, "cannot negate"), ("/[[a]/v", 1, "unterminated class"),
    ("/[\\q{a/v", 2, "unterminated `\\q{`"), ("/[|]/v", 2, "must be escaped"),
    // Flags.
    ("/a/x", 3, "invalid regular expression flag"), ("/a/gg", 4, "given twice"), ("/a/uv", 3, "exclude each other"),
    ("/a/\\u0067", 3, "invalid regular"),
    ("/a/G", 3, "invalid regular"), ("/a/é", 3, "invalid regular"),
  ])
  func `refuses`(literal: String, offset: Int, message: String) {
    let found = check(literal)
    #expect(found?.offset == offset, "\(literal): \(String(describing: found))")
    #expect(found?.message.contains(message) == true, "\(literal): \(String(describing: found))")
  }

  @Test(arguments: [
    "/a{/", "/]/", "/\\1/", "/\\a/", "/(?=a)*/", "/\\c/", "/[\\d-z]/", "/\\k<a>/", "/\\08/", "/[\\c0]/", "/{/",
  ])
  func `without Annex B the lenient grammar is refused`(literal: String) {
    #expect(check(literal) == nil)
    #expect(check(literal, isAnnexB: false) != nil)
  }

  @Test func `nesting of any depth is checked in linear time`() {
    let depth = 100_000
    let groups = "/" + String(repeating: "(", count: depth) + String(repeating: "|)", count: depth) + "/"
    #expect(check(groups) == nil)
    let classes = "/" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "/v"
    #expect(check(classes) == nil)
    let names = "/" + (0..<20_000).map { "(?<n\($0)>|" }.joined() + String(repeating: ")", count: 20_000) + "/"
    #expect(check(names) == nil)
    #expect(check("/" + String(repeating: "(?<a>)|", count: depth) + "/") == nil)
  }

  @Test func `any bytes are checked without a trap`() {
    let pieces: [[UInt8]] = [
      [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x92, 0xA9], [0xED, 0xA0, 0x80], Array("[".utf8), Array("]".utf8),
      Array("(?<".utf8),
      Array("\\".utf8), Array("\\u{".utf8), Array("-".utf8), Array("{1,".utf8), Array("\\q{".utf8), Array("\\p{".utf8),
      [0], Array(")".utf8),
    ]
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes += pieces[Int(state >> 33) % pieces.count]
      }
      for flag in ["", "u", "v"] {
        let all = bytes + Array(flag.utf8)
        all.withUnsafeBufferPointer {
          let found = checkRegularExpression(
            $0, pattern: 0..<bytes.count, flags: bytes.count..<all.count, isAnnexB: true)
          #expect((0...all.count).contains(found?.offset ?? 0))
        }
      }
    }
  }

  private func check(_ literal: String, isAnnexB: Bool = true) -> (offset: Int, message: String)? {
    let bytes = Array(literal.utf8)
    let slash = bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0
    return bytes.withUnsafeBufferPointer {
      checkRegularExpression($0, pattern: 1..<slash, flags: slash + 1..<bytes.count, isAnnexB: isAnnexB)
    }
  }
}
