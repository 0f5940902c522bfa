import Foundation
import TestSupport
import Testing

@Suite struct DensityCommandTests {
  private let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "artifacts").path

  private func temporaryFolder(_ files: [String: String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sterling-density-\(UUID().uuidString)")
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return folder.path
  }

  @Test func `a set is a table of its projects and models`() throws {
    let result = try SterlingBinary.run(["density", samples])
    #expect(result.status == 0)
    #expect(
      result.output.contains("models on the same experiments (brand-site, ecosystem, solar-system, space-shooter)"))
    #expect(result.output.split(separator: "\n").filter { $0.contains("artifacts/") }.count == 12)
  }

  @Test func `the same bytes come from any number of threads`() throws {
    let arguments = ["density", samples, "--figures", "--format", "json"]
    let one = try SterlingBinary.run(arguments + ["--threads", "1"])
    let two = try SterlingBinary.run(arguments + ["--threads", "2"])
    #expect(one.status == 0)
    #expect(one.output == two.output)
  }

  @Test func `classes add up to the size on disk`() throws {
    let result = try SterlingBinary.run(["density", samples, "--format", "json"])
    let root = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let artifacts = try #require(root["artifacts"] as? [[String: Any]])
    #expect(artifacts.count == 12)
    for artifact in artifacts {
      let folder = try #require(artifact["path"] as? String)
      for file in try #require(artifact["files"] as? [[String: Any]]) {
        let name = try #require(file["path"] as? String)
        let bytes = try #require(file["bytes"] as? [String: Int])
        let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.size] as? Int
        #expect(bytes["total"] == size)
        #expect(["code", "comment", "whitespace"].reduce(0) { $0 + (bytes[$1] ?? 0) } == size)
        #expect(file["role"] as? String == "own")
      }
    }
  }

  @Test func `paths that cannot be used end with 2 and say why`() throws {
    let missing = try SterlingBinary.run(["density", "/nowhere/at/all"])
    #expect(missing.status == 2)
    #expect(missing.errors.contains("no such file or folder"))
    let empty = try temporaryFolder(["notes.txt": "x"])
    let result = try SterlingBinary.run(["density", empty])
    #expect(result.status == 2)
    #expect(result.errors.contains("holds no HTML, CSS or script"))
  }

  @Test func `a file over the limit ends with 3 and costs only itself`() throws {
    let folder = try temporaryFolder(["index.html": "<p>", "huge.js": String(repeating: "x();\n", count: 5_000_000)])
    let result = try SterlingBinary.run(["density", folder])
    #expect(result.status == 3)
    #expect(result.errors.contains("huge.js:1:1: error: is left out: 25000000 bytes"))
    #expect(result.output.contains("1 own file"))
  }

  @Test func `added lines and filters`() throws {
    let old = try temporaryFolder(["a.js": "one();\ntwo();\n"])
    let new = try temporaryFolder(["a.js": "one();\n// new\ntwo();\nthree();\n", "b.css": "a {}\n"])
    let result = try SterlingBinary.run(["density", new, "--against", old, "--include", "*.js"])
    #expect(result.status == 0)
    #expect(result.output.contains("2 lines, 16 bytes: 1 code, 0 mixed, 1 comment, 0 blank; 0 lines gone"))
    #expect(try SterlingBinary.run(["density", samples, "--against", old]).status == 64)
  }

  @Test func `a vocabulary that is none is refused`() throws {
    let folder = try temporaryFolder(["a.js": "x", "words.txt": "nonsense"])
    let result = try SterlingBinary.run(["density", folder, "--vocabulary", folder + "/words.txt"])
    #expect(result.status == 2)
    #expect(result.errors.contains("not a vocabulary"))
  }

  @Test func `tokens are counted with a public vocabulary's format`() throws {
    // Every byte is a token, and so are two words with the space before them.
    var lines = (0...255).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)" }
    for (rank, piece) in [" va", " val", " valu", " value"].enumerated() {
      lines.append("\(Data(piece.utf8).base64EncodedString()) \(256 + rank)")
    }
    let folder = try temporaryFolder([
      "a/a.js": "let value = value;\n", "bytes.tiktoken": lines.joined(separator: "\n"),
    ])
    let arguments = ["density", folder + "/a", "--format", "json"]
    let counted = try SterlingBinary.run(arguments + ["--vocabulary", folder + "/bytes.tiktoken"])
    #expect(counted.status == 0)
    #expect(counted.output.contains("\"tokensAreExact\":true"))
    // `let`, ` value`, ` =`, ` value`, `;` and the line end: 3 + 1 + 2 + 1 + 1 + 1 bytes and words.
    #expect(counted.output.contains("\"tokens\":{\"total\":9,"))
    let estimated = try SterlingBinary.run(arguments + ["--figures"])
    #expect(estimated.output.contains("\"tokensAreExact\":false"))
    #expect(estimated.output.contains("\"tokenErrorLargest\":"))
  }

  @Test func `figures name what nothing uses`() throws {
    let result = try SterlingBinary.run(["density", samples + "/weak/brand-site", "--figures"])
    #expect(result.status == 0)
    #expect(result.output.contains("unused      2 of 11 functions: validateForm at script.js:79"))
  }

  @Test func `more code for the same criteria makes the other tighter, fewer criteria make neither`() throws {
    let page = try String(contentsOfFile: samples + "/verbose/ecosystem/index.html", encoding: .utf8)
    let padding = (0..<400).map { "    rainfall = rainfall + Math.sin(rainfall * \($0)) * window.innerWidth;\n" }
    let script =
      "function rain() {\n  let rainfall = 1;\n\(padding.joined())  return rainfall;\n}\nconsole.table(rain());\n"
    let longer = page.replacingOccurrences(of: "</body>", with: "<script>\n\(script)</script>\n</body>")
    let weak = try String(contentsOfFile: samples + "/weak/ecosystem/index.html", encoding: .utf8)
    let folder = try temporaryFolder([
      "plain/ecosystem/index.html": page, "wordy/ecosystem/index.html": longer, "weak/ecosystem/index.html": weak,
    ])
    let result = try SterlingBinary.run(["density", folder, "--surface"])
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
    func verdict(_ first: String, _ second: String) -> Substring? {
      lines.first { $0.contains("\(first)/ecosystem and ") && $0.contains("\(second)/ecosystem: ") }
    }
    #expect(verdict("plain", "wordy")?.contains(": tighter with the same surface: ") == true)
    #expect(verdict("weak", "plain")?.contains(": not comparable: only the longer meets ") == true)
  }
}
