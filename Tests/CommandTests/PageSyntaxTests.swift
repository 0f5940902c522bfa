import Foundation
import TestSupport
import Testing

/// `sterling syntax` on pages and style sheets.
@Suite struct PageSyntaxTests {
  private func syntax(_ arguments: String...) throws -> SterlingBinary.Result {
    try SterlingBinary.run(["syntax"] + arguments)
  }

  @Test func `pages and style sheets have diagnostics as scripts have`() throws {
    let folder = try TemporaryFolder()
    let page = try folder.write("index.html", "<!doctype html>\n<p a a>x</p>")
    let sheet = try folder.write("style.css", "a { color: red; } b { : }")
    let result = try syntax(page.path, sheet.path, "--format", "jsonl")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains(#""line":2"#) && lines[0].contains("duplicate attribute"))
    #expect(lines[1].contains(#""diagnostics":[{"line":1"#))
  }

  @Test func `a page's tree is printed in the format of the html5lib tests`() throws {
    let folder = try TemporaryFolder()
    let page = try folder.write("index.html", "<p id=a>x")
    let result = try syntax(page.path, "--format", "tree")
    #expect(result.output.hasPrefix("| <html>\n|   <head>\n|   <body>\n|     <p>\n|       id=\"a\"\n|       \"x\"\n"))
  }

  @Test func `tokens of pages and style sheets are one JSON object a line`() throws {
    let folder = try TemporaryFolder()
    let page = try folder.write("index.html", "<b>x</b>")
    let sheet = try folder.write("style.css", "a{}")
    for file in [page, sheet] {
      let result = try syntax(file.path, "--format", "tokens")
      #expect(result.status == 0)
      #expect(result.output.split(separator: "\n").allSatisfy { $0.hasPrefix(#"{"kind":"#) })
    }
  }

  @Test func `a format that does not suit a file is said`() throws {
    let folder = try TemporaryFolder()
    let sheet = try folder.write("style.css", "a{}")
    let result = try syntax(sheet.path, "--format", "estree")
    #expect(result.status == 2)
    #expect(result.errors.contains("is no script; use --format tree"))
  }
}
