import Foundation
import TestSupport
import Testing

struct SyntaxCommandTests {
  @Test func `a line a file, in the order of the arguments`() throws {
    let folder = try Folder(["b.js": "let x = ;\n", "a.mjs": "export default 1", "c.cjs": "/* é💩 */ with (a) {"])
    let result = try SterlingBinary.run(["syntax", "b.js", "a.mjs", "c.cjs"], in: folder.url)
    #expect(result.status == 0)
    let lines = try result.output.split(separator: "\n").map { try object(String($0)) }
    #expect(lines.map { $0["path"] as? String } == ["b.js", "a.mjs", "c.cjs"])
    #expect(lines.map { $0["ok"] as? Bool } == [false, true, false])
    #expect(lines.map { $0["goal"] as? String } == ["script", "module", "script"])
    #expect((lines[1]["diagnostics"] as? [Any])?.isEmpty == true)
    let first = try #require((lines[0]["diagnostics"] as? [[String: Any]])?.first)
    #expect(first["line"] as? Int == 1)
    #expect(first["column"] as? Int == 9)
    #expect((first["message"] as? String)?.isEmpty == false)
    // Columns count UTF-16 code units.
    let third = try #require((lines[2]["diagnostics"] as? [[String: Any]])?.first)
    #expect(third["column"] as? Int == 21)
  }

  @Test func `the goal is found out unless it is told`() throws {
    let folder = try Folder(["a.js": "import 'b'", "b.js": "with (a) b", "c.js": "await (0)"])
    func goals(_ options: String...) throws -> [Bool?] {
      try SterlingBinary.run(["syntax", "a.js", "b.js", "c.js"] + options, in: folder.url).output.split(separator: "\n")
        .map { try object(String($0))["ok"] as? Bool }
    }
    #expect(try goals() == [true, true, true])
    #expect(try goals("--goal", "script") == [false, true, true])
    #expect(try goals("--goal", "module") == [true, false, true])
    #expect(try goals("--goal", "script", "--strict") == [false, false, true])
  }

  @Test func `the language is the extension's unless it is told`() throws {
    let folder = try Folder(["a.js": "<a/>", "b.txt": "a<b", "c.tsx": "<a/>"])
    func outcomes(_ options: String...) throws -> [Bool?] {
      try SterlingBinary.run(["syntax", "a.js", "b.txt", "c.tsx"] + options, in: folder.url).output.split(
        separator: "\n"
      )
      .map { try object(String($0))["ok"] as? Bool }
    }
    #expect(try outcomes() == [true, true, true])
    #expect(try outcomes("--language", "js") == [false, true, false])
  }

  @Test func `trees are printed as ESTree`() throws {
    let folder = try Folder(["a.js": "é"])
    let result = try SterlingBinary.run(["syntax", "--format", "estree", "a.js"], in: folder.url)
    #expect(
      result.output == """
        {"type":"Program","start":0,"end":1,"sourceType":"script","body":[{"type":"ExpressionStatement","start":0,"end":1,\
        "expression":{"type":"Identifier","start":0,"end":1,"name":"é"}}]}

        """)
  }

  @Test func `tokens and comments are printed with their text`() throws {
    let folder = try Folder(["a.js": "let é = /b/ // c"])
    let result = try SterlingBinary.run(["syntax", "--format", "tokens", "a.js"], in: folder.url)
    let line = try object(result.output)
    let tokens = try #require(line["tokens"] as? [[String: Any]])
    #expect(tokens.map { $0["value"] as? String } == ["let", "é", "=", "/b/"])
    #expect(tokens.map { $0["start"] as? Int } == [0, 4, 6, 8])
    #expect(tokens.map { $0["type"] as? String }.last == "regularExpression")
    let comments = try #require(line["comments"] as? [[String: Any]])
    #expect(comments.map { $0["value"] as? String } == ["// c"])
    #expect(comments.map { $0["type"] as? String } == ["line"])
  }

  @Test func `a folder is searched, a file that cannot be read costs itself and the exit code`() throws {
    let folder = try Folder(["src/b.js": "1", "src/a.ts": "2", "src/c.css": "a{}", "src/deep/d.jsx": "<a/>"])
    let result = try SterlingBinary.run(["syntax", "src", "none.js"], in: folder.url)
    #expect(result.status == 2)
    let lines = try result.output.split(separator: "\n").map { try object(String($0)) }
    #expect(lines.map { $0["path"] as? String } == ["src/a.ts", "src/b.js", "src/c.css", "src/deep/d.jsx", "none.js"])
    #expect(lines.last?["ok"] as? Bool == false)
    #expect(result.errors.contains("none.js: error: cannot be read: No such file or directory"))
  }

  @Test func `thousands of files come in order on any number of threads`() throws {
    var files: [String: String] = [:]
    for index in 0..<1_500 { files["f\(index).js"] = String(repeating: "f(\(index));\n", count: index % 37) }
    let folder = try Folder(files)
    let names = (0..<1_500).map { "f\($0).js" }
    let one = try SterlingBinary.run(["syntax", "--threads", "1"] + names, in: folder.url)
    let many = try SterlingBinary.run(["syntax", "--threads", "7"] + names, in: folder.url)
    #expect(one.output == many.output)
    #expect(one.output.split(separator: "\n").count == 1_500)
  }

  @Test func `output goes to a file`() throws {
    let folder = try Folder(["a.js": "1"])
    let result = try SterlingBinary.run(["syntax", "a.js", "--output", "out.jsonl"], in: folder.url)
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    let written = try String(contentsOf: folder.url.appending(path: "out.jsonl"), encoding: .utf8)
    #expect(written == #"{"path":"a.js","ok":true,"goal":"script","diagnostics":[]}"# + "\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(names.sorted() == ["a.js", "out.jsonl"])
  }

  @Test(arguments: [["syntax"], ["syntax", "a.js", "--format", "xml"], ["syntax", "a.js", "--threads", "0"]])
  func `a wrong command line is 64`(arguments: [String]) throws {
    #expect(try SterlingBinary.run(arguments).status == 64)
  }

  private func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}

/// A folder of files that goes away with the test.
private final class Folder {
  let url: URL

  init(_ files: [String: String]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "sterling-syntax-\(UUID().uuidString)")
    for (name, content) in files {
      let file = url.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
