import Foundation
import TestSupport
import Testing

@Suite struct QueryCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("b.js", "function go() {\n  foo(\n    1);\n  bar(foo(2)); window.foo(3);\n}\n")
    try folder.write("a/c.ts", "const x: number = foo(4) as number\n")
    try folder.write(
      "a/page.html",
      "<p onclick=\"foo(5)\">é</p>\n<script>\n  foo(6)\n</script>\n<script type=\"text/x-data\">foo(7)</script>\n")
    try folder.write("a/d.vue", "<template><p/></template>\n<script setup lang=\"ts\">\nfoo<string>(8)\n</script>\n")
    try folder.write("a/e.css", "foo(9)\n")
    return folder
  }

  @Test func `every line of a match is printed once, files in order`() throws {
    let folder = try folder()
    let result = try SterlingBinary.run(["query", "foo($A)", "b.js", "a"], in: folder.url)
    #expect(result.status == 0)
    #expect(
      result.output == """
        b.js:2:  foo(
        b.js:3:    1);
        b.js:4:  bar(foo(2)); window.foo(3);
        a/c.ts:1:const x: number = foo(4) as number
        a/d.vue:3:foo<string>(8)
        a/page.html:1:<p onclick="foo(5)">é</p>
        a/page.html:3:  foo(6)

        """)
    let threads = try SterlingBinary.run(["query", "foo($A)", "b.js", "a", "--threads", "7"], in: folder.url)
    #expect(threads.output == result.output)
  }

  @Test func `jsonl gives every match with its metavariables`() throws {
    let folder = try folder()
    try folder.write("f.js", "/* 💩 */ on(a, \"b\", c)")
    let result = try SterlingBinary.run(["query", "on($A, $$$B)", "f.js", "--format", "jsonl"], in: folder.url)
    #expect(result.status == 0)
    let match = try #require(try JSONSerialization.jsonObject(with: Data(result.outputBytes)) as? [String: Any])
    #expect(match["file"] as? String == "f.js")
    #expect(match["line"] as? Int == 1)
    #expect(match["column"] as? Int == 10)
    #expect(match["text"] as? String == "on(a, \"b\", c)")
    #expect(match["lines"] as? String == "/* 💩 */ on(a, \"b\", c)")
    let variables = try #require(match["metaVariables"] as? [String: [String: Any]])
    #expect((variables["single"]?["A"] as? [String: Any])?["text"] as? String == "a")
    let many = try #require(variables["multi"]?["B"] as? [[String: Any]])
    #expect(many.map { $0["text"] as? String } == ["\"b\"", "c"])
    #expect(many.map { $0["column"] as? Int } == [16, 21])
  }

  @Test func `exit codes tell what came of it`() throws {
    let folder = try folder()
    #expect(try SterlingBinary.run(["query", "nothing()", "."], in: folder.url).status == 1)
    #expect(try SterlingBinary.run(["query", "foo('1')", ".", "--exact"], in: folder.url).status == 1)
    #expect(try SterlingBinary.run(["query", "foo($A)", "none.js", "b.js"], in: folder.url).status == 2)
    #expect(try SterlingBinary.run(["query", "foo($A)"], in: folder.url).status == 64)
    let broken = try SterlingBinary.run(["query", "foo($A", "."], in: folder.url)
    #expect(broken.status == 2)
    #expect(broken.output.isEmpty)
    #expect(
      broken.errors == """
        error: the pattern does not parse: it ends too early
          foo($A
                ^
          help: a pattern is an expression, statement, declaration, JSX element or member

        """)
  }

  @Test func `a search that is given up is inconclusive`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.js", "f(\(Array(repeating: "a", count: 400).joined(separator: ", ")))")
    let result = try SterlingBinary.run(["query", "f($$$A, $X, $$$B, $X, $$$C, $X, $$$D, 1)", "a.js"], in: folder.url)
    #expect(result.status == 3)
    #expect(result.errors.contains("a.js: warning: the search was given up after too many steps"))
  }
}
