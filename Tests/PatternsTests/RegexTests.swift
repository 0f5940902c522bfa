import Patterns
import Testing

@Suite struct RegexTests {
  private func matches(_ regex: String, _ text: String, flags: String = "") throws -> Bool {
    try LinearRegex(regex, flags: flags).matches(in: text)
  }

  @Test func `expressions match as elsewhere`() throws {
    let yes = [
      ("b+", "abbc"), ("^a.c$", "abc"), ("a|b|c", "xcx"), ("(ab)*c", "ababc"), ("[a-c]{2,3}", "xbcx"),
      ("\\d{3}", "a123"),
      ("\\bfoo\\b", "a foo b"), ("a\\.b", "a.b"), ("[^x]", "xy"), ("(?i)ABC", "xabcx"), ("[A-Z]+\\d?", "AB"), ("", "a"),
      ("a?b", "b"), ("(?:a|b)+?c", "abac"), ("\\u0041\\x42", "AB"), ("[\\w-]+", "a-b"), ("é", "café"), ("[]a]", "]"),
      ("a{2}", "aa"), ("a{2,}", "aaaa"), ("(a*)*b", "aab"), ("\\s", "a b"), ("x*", ""),
    ]
    for (regex, text) in yes { #expect(try matches(regex, text), "\(regex) on \(text)") }
    let no = [
      ("^b", "ab"), ("a$", "ab"), ("a.b", "a\nb"), ("[a-c]{4}", "abc"), ("\\bfoo\\b", "foobar"), ("abc", "ABC"),
      ("\\D", "12"),
      ("a{3}", "aa"), ("[^a-z]", "abc"),
    ]
    for (regex, text) in no { #expect(try !matches(regex, text), "\(regex) on \(text)") }
    #expect(try matches("ABC", "abc", flags: "i"))
    #expect(try matches("^b", "a\nb", flags: "m"))
    #expect(try matches("a.b", "a\nb", flags: "s"))
  }

  @Test func `no expression takes exponential time`() throws {
    #expect(try !matches("(a+)+$", String(repeating: "a", count: 5_000) + "b"))
    #expect(try !matches("(a|aa)+c", String(repeating: "a", count: 5_000)))
  }

  @Test func `what cannot be read is an error at its place`() {
    func problem(_ regex: String, flags: String = "") -> PatternError? {
      do throws(PatternError) {
        _ = try LinearRegex(regex, flags: flags)
        return nil
      } catch {
        return error
      }
    }
    #expect(problem("a(b")?.offset == 1)
    #expect(problem("a(b")?.problem == "the regular expression cannot be read: `(` is not closed")
    for regex in [
      "[a", "a)", "*a", "(?=a)", "\\1", "\\p{L}", "a{2,1}", "[b-a]", "\\", "(?<n>a)", "(((a{999}){999}){9})",
    ] {
      #expect(problem(regex) != nil, "\(regex)")
    }
    #expect(problem("a", flags: "q") != nil)
  }
}
