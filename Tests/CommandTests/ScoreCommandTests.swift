import Foundation
import TestSupport
import Testing

@Suite struct ScoreCommandTests {
  /// A small page that some criteria of a brand site hold for.
  private static let page = """
    <!doctype html><html lang="en"><head><title>Ada Byron, engineer</title><meta name="description" content="Work of Ada Byron">
    <meta name="viewport" content="width=device-width"></head>
    <body><nav><a href="#work">Work</a></nav><main><h1>Ada Byron</h1><section id="work"><h2>Work</h2></section></main></body></html>
    """

  private func score(_ arguments: String..., environment: [String: String] = [:], in folder: URL? = nil) throws
    -> SterlingBinary.Result
  { try SterlingBinary.run(["score"] + arguments, environment: environment, in: folder) }

  // MARK: What a user sees

  @Test func `a project is scored by the rubric that its folder names`() throws {
    let result = try score("artifacts/terse/space-shooter")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("artifacts/terse/space-shooter  rubric space-shooter"))
    for criterion in ["three-d", "enemy-fire", "bounded-entities"] { #expect(result.output.contains(criterion)) }
    #expect(result.output.contains("density"))
    #expect(result.output.contains("index.html:"))
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test func `a set is shown as a table`() throws {
    let result = try score("artifacts")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 13)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("artifacts/") })
  }

  @Test func `colour comes when it is asked for, and not when NO_COLOR forbids it`() throws {
    #expect(try score("artifacts/weak/ecosystem", "--color", "always").output.contains("\u{1B}[1m"))
    #expect(try !score("artifacts/weak/ecosystem", environment: ["NO_COLOR": "1"]).output.contains("\u{1B}"))
  }

  @Test func `results go to a file that is whole or not there`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "score.json")
    let result = try score("artifacts/weak/ecosystem", "--format", "json", "--output", file.path)
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) is [String: Any])
    let failed = try score("artifacts/no-such-folder", "--format", "json", "--output", folder.url.path + "/other.json")
    #expect(failed.status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["score.json"])
    #expect(try score("artifacts/weak/ecosystem", "--output", folder.url.path + "/no/such/folder.txt").status == 2)
  }

  @Test func `the samples get the verdicts that are committed`() throws {
    let result = try score("artifacts", "--details")
    #expect(result.status == 0)
    try expectCurrent("Tests/CommandTests/Golden/artifacts.txt", result.output)
  }

  // MARK: The contract

  @Test func `JSON holds every field of the contract`() throws {
    let result = try score("artifacts/weak/space-shooter", "--format", "json")
    let root = try object(JSONSerialization.jsonObject(with: Data(result.outputBytes)))
    #expect(root["version"] as? Int == 1)
    #expect(try object(root["tool"])["name"] as? String == "sterling")
    let project = try object(#require(root["results"] as? [Any]).first)
    let artifact = try object(project["artifact"])
    #expect(artifact["path"] as? String == "artifacts/weak/space-shooter")
    #expect(artifact["model"] as? String == "weak")
    #expect(artifact["experiment"] as? String == "space-shooter")
    #expect(artifact["files"] as? Int == 1)
    #expect(try #require(artifact["bytes"] as? Int) > 9_000)
    let rubric = try object(project["rubric"])
    #expect(rubric["id"] as? String == "space-shooter")
    #expect(try #require(rubric["sha256"] as? String).count == 64)
    let score = try object(project["score"])
    let low = try #require(score["low"] as? Double)
    #expect(score["value"] as? Double == low)
    #expect(try #require(score["high"] as? Double) >= low)
    let criteria = try #require(project["criteria"] as? [[String: Any]])
    #expect(criteria.count == 17)
    for criterion in criteria {
      #expect(["met", "broken", "missing", "unknown"].contains(try #require(criterion["verdict"] as? String)))
      #expect(criterion.keys.contains("failure"))
      #expect(criterion.keys.contains("advice"))
      for evidence in try #require(criterion["evidence"] as? [[String: Any]]) {
        for key in ["line", "column", "endLine", "endColumn"] { #expect(try #require(evidence[key] as? Int) >= 1) }
        for key in ["file", "excerpt", "says"] { #expect(evidence[key] is String) }
      }
    }
    let bytes = try object(object(project["density"])["bytes"])
    #expect(bytes["total"] as? Int == artifact["bytes"] as? Int)
    #expect(project["diagnostics"] is [Any])
  }

  @Test func `the same bytes come out in any locale, from any folder, with any number of threads`() throws {
    let path = packageRoot.appending(path: "artifacts").path
    let first = try score(path, "--format", "json", "--threads", "1")
    let elsewhere = try TemporaryFolder()
    for result in [
      try score(path, "--format", "json", "--threads", "2"),
      try score(path, "--format", "json", environment: ["LC_ALL": "C"], in: elsewhere.url),
      try score(path, "--format", "json", environment: ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"]),
    ] {
      #expect(result.outputBytes == first.outputBytes)
    }
    #expect(first.status == 0)
  }

  // MARK: The choice of a rubric

  @Test func `a project is called the same from within its folder`() throws {
    let folder = packageRoot.appending(path: "artifacts/weak/space-shooter")
    let result = try score(".", "--format", "json", in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains(#""model":"weak","experiment":"space-shooter""#))
    #expect(result.errors == "")
  }

  @Test func `a rubric that does not exist ends with 2 and names the nearest`() throws {
    let result = try score("artifacts/weak/ecosystem", "--rubric", "ecosytem")
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean `ecosystem`?"))
  }

  @Test func `settings beside the project name its rubric`() throws {
    let folder = try TemporaryFolder()
    try folder.write("space-shooter/index.html", Self.page)
    try folder.write("space-shooter/sterling.yaml", "rubric: brand-site\n")
    let result = try score(folder.url.path + "/space-shooter")
    #expect(result.status == 0)
    #expect(result.output.contains("rubric brand-site"))
    try folder.write("space-shooter/sterling.yaml", "rubrik: brand-site\n")
    let wrong = try score(folder.url.path + "/space-shooter")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("did you mean `rubric`?"))
  }

  @Test func `without any name the best fit is taken and said`() throws {
    let folder = try TemporaryFolder()
    let sample = packageRoot.appending(path: "artifacts/terse/brand-site/index.html")
    try folder.write("thing/index.html", Array(Data(contentsOf: sample)))
    let result = try score(folder.url.path + "/thing")
    #expect(result.status == 0)
    #expect(result.errors.contains("scored as brand-site, which fits best"))
  }

  // MARK: Input that cannot be used

  @Test func `a missing folder costs only itself`() throws {
    let result = try score("no-such-folder", "artifacts/weak/ecosystem")
    #expect(result.status == 2)
    #expect(result.errors.contains("no-such-folder: error:"))
    #expect(result.output.contains("artifacts/weak/ecosystem"))
  }

  @Test func `an empty folder ends with 2`() throws {
    let result = try score(TemporaryFolder().url.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("error:"))
  }

  @Test func `a folder without HTML or script ends with 2`() throws {
    let folder = try TemporaryFolder()
    try folder.write("readme.txt", "nothing to see")
    let result = try score(folder.url.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("no HTML and no script"))
  }

  @Test func `an unreadable file is said, costs itself and ends with 3`() throws {
    let folder = try TemporaryFolder()
    try folder.write("brand-site/index.html", Self.page)
    try folder.write("brand-site/big.js", [UInt8](repeating: 0x20, count: 50_000_000))
    let result = try score(folder.url.path + "/brand-site")
    #expect(result.status == 3)
    #expect(result.output.contains("big.js:1:1: error: is left out"))
    #expect(result.output.contains("met"))
  }

  @Test func `invalid UTF-8 is a warning`() throws {
    let folder = try TemporaryFolder()
    try folder.write("brand-site/index.html", Array(Self.page.utf8) + [0xFF, 0xFE])
    let result = try score(folder.url.path + "/brand-site")
    #expect(result.status == 0)
    #expect(result.output.contains("warning: invalid UTF-8"))
  }

  @Test func `links that leave the folder or loop are not followed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("brand-site/index.html", Self.page)
    let site = folder.url.appending(path: "brand-site")
    try FileManager.default.createSymbolicLink(atPath: site.path + "/out.js", withDestinationPath: "/etc/passwd")
    try FileManager.default.createSymbolicLink(atPath: site.path + "/loop", withDestinationPath: ".")
    let result = try score(site.path)
    #expect(result.status == 0 || result.status == 3)
    #expect(result.output.contains("out.js"))
    #expect(!result.output.contains("root:"))
  }

  @Test func `names that could move the cursor are printed harmless`() throws {
    let folder = try TemporaryFolder()
    try folder.write("brand-site/index.html", Self.page.replacing("Ada Byron<", with: "\u{1B}[2J\u{202E}Ada<"))
    try folder.write("brand-site/\u{1B}[31m.js", "let = ;")
    let result = try score(folder.url.path + "/brand-site")
    #expect(!result.output.contains("\u{1B}"))
    #expect(!result.output.contains("\u{202E}"))
    #expect(!result.errors.contains("\u{1B}"))
  }

  private func object(_ value: Any?) throws -> [String: Any] { try #require(value as? [String: Any]) }
}
