import JavaScriptSyntax
import SourceText
import Testing

/// What nests past the limit, and what may be as long as it likes.
struct NestingTests {
  private static let levels = 5_000

  private static func nested(_ open: String, _ middle: String, _ close: String) -> [UInt8] {
    Array((String(repeating: open, count: levels) + middle + String(repeating: close, count: levels)).utf8)
  }

  @Test(arguments: [
    ("(", "1", ")"), ("[", "", "]"), ("{", "", "}"), ("x={a:", "1", "}"), ("a=>", "1", ""), ("(a)=>", "1", ""),
    ("`${", "1", "}`"), ("<a>", "", "</a>"), ("f(", "", ")"), ("!", "1", ""), ("a?b:", "1", ""), ("a=", "1", ""),
    ("function f(){", "", "}"), ("class A{m(){", "", "}}"), ("if(a)", "1", ""), ("[...", "a", "]"),
    ("{let a;", "", "}"),
    ("a?", "1", ":b"), ("new ", "a", ""), ("switch(a){case 1:", "", "}"),
  ])
  func `nesting past the limit is skipped and told once`(open: String, middle: String, close: String) {
    let parsed = parse(Self.nested(open, middle, close), options: ParseOptions(language: .jsx))
    let told = parsed.diagnostics.filter { $0.message == "nesting deeper than the limit of 1000 levels" }
    #expect(told.count == 1)
  }

  @Test(arguments: [
    ("type A = ", "(", "B", ")"), ("type A = ", "[", "B", "]"), ("type A = ", "B<", "C", ">"),
    ("type A = ", "{a:", "B", "}"), ("", "namespace a {", "", "}"), ("", "(a=", "1", ")"), ("", "a?(b):c=>", "1", ""),
  ])
  func `nesting of types past the limit is skipped and told once`(
    prefix: String, open: String, middle: String, close: String
  ) {
    let text = Array(prefix.utf8) + Self.nested(open, middle, close)
    let parsed = parse(text, options: ParseOptions(language: .typeScript))
    let told = parsed.diagnostics.filter { $0.message == "nesting deeper than the limit of 1000 levels" }
    #expect(told.count == 1)
  }

  @Test(arguments: [
    ("1", "+1"), ("1", "**1"), ("1", "&&1"), ("a", "()"), ("a", ".b"), ("a", "?.[b]"), ("a", "``"), ("1", ",1"),
    ("if(a)b", ";else if(a)b"), ("var a", ",a"), ("", "a;"),
  ])
  func `chains of any length are parsed without nesting`(first: String, link: String) {
    let text = Array(first.utf8) + Self.nested(link, "", "")
    #expect(parse(text, options: ParseOptions(language: .javaScript)).diagnostics.isEmpty)
  }

  @Test func `a limit that is asked for is kept to`() {
    let text = Array("[[[[1]]]]".utf8)
    #expect(parse(text, options: ParseOptions(maximumNestingDepth: 3)).diagnostics.count == 1)
    #expect(parse(text, options: ParseOptions(maximumNestingDepth: 8)).diagnostics.isEmpty)
  }

  @Test func `real depth below the limit is parsed in full`() {
    let text = String(repeating: "(() => {", count: 300) + String(repeating: "})();", count: 300)
    #expect(parse(Array(text.utf8)).diagnostics.isEmpty)
  }
}
