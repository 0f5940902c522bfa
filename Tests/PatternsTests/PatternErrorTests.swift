import Patterns
import Testing

@Suite struct PatternErrorTests {
  private func error(_ pattern: String) -> PatternError? {
    do throws(PatternError) {
      _ = try CodePattern(pattern)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a pattern that does not parse is an error at its place`() {
    let open = error("foo($A")
    #expect(open?.problem == "the pattern does not parse: it ends too early")
    #expect(open?.offset == 6)
    #expect(error("a b")?.offset == 2)
    #expect(error("foo(...)")?.advice == "write `$$$` for any number of arguments, fields or statements")
    #expect(error("f($...A)")?.advice == "write `$$$NAME` for any number of arguments, fields or statements")
  }

  @Test func `a pattern that says nothing is an error`() {
    #expect(error("")?.problem == "the pattern is empty")
    #expect(error("// only a comment")?.problem == "the pattern is empty")
    #expect(error("$$$A")?.problem == "`$$$A` alone matches any code")
    #expect(error("$$$; $$$A")?.problem == "the pattern matches any code")
  }

  @Test func `many cannot stand where there is one`() {
    #expect(error("if ($A) $$$B")?.problem == "`$$$B` stands for many where there is one")
    #expect(error("if ($A) $$$B")?.offset == 8)
    #expect(error("$$$A + 1")?.problem == "`$$$A` stands for many where there is one")
    #expect(error("a.$$$B")?.problem == "`$$$B` stands for many where there is one key")
    #expect(error("($$$A: string) => 1")?.problem == "`$$$A` cannot have a type, since it stands for many")
  }

  @Test func `a pattern has a greatest length`() {
    #expect(error(String(repeating: "a + ", count: 2_000) + "a")?.problem.contains("more than 4096") == true)
  }
}

@Suite struct LiteralFilterTests {
  private func mayMatch(_ pattern: String, _ text: String) throws -> Bool {
    try CodePattern(pattern).filter.mayMatch(Array(text.utf8))
  }

  @Test func `a text without the names of a pattern is refused`() throws {
    #expect(try mayMatch("requestAnimationFrame($F)", "x.requestAnimationFrame (y)"))
    #expect(try !mayMatch("requestAnimationFrame($F)", "requestAnimationFram(y)"))
    #expect(try mayMatch("window.alert($F)", "alert(1)"))
    #expect(try !mayMatch("$A.style.color = \"red\"", "a.style.color = blue"))
    #expect(try mayMatch("$A == $B", ""))
  }

  @Test func `escapes are not overlooked`() throws {
    #expect(try mayMatch("alert($F)", #"\u0061lert(1)"#))
    #expect(try mayMatch("alert($F)", #"\u{61}lert(1)"#))
    #expect(try mayMatch("$A.alert($F)", #"x["\x61lert"](1)"#))
    #expect(try mayMatch("$A.alert($F)", "x['al\\\nert'](1)"))
    #expect(try mayMatch("f(\"</script>\")", #"f('<\/script>')"#))
    #expect(try mayMatch("alert($F)", #"'\a\x6c\u0065\u{72}\164'"#))
    #expect(try !mayMatch("alert($F)", #"'\n\u00e9\xe9\\u0020 \u0061ler \x61'"#))
    #expect(try found("alert($F)", in: #"\u0061lert(1)"#).count == 1)
    #expect(try found("$A.alert($F)", in: #"x["\x61lert"](1)"#).count == 1)
  }
}
