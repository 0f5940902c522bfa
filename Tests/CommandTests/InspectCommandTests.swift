import Foundation
import TestSupport
import Testing

@Suite struct InspectCommandTests {
  private func inspect(_ arguments: String...) throws -> SterlingBinary.Result {
    try SterlingBinary.run(["inspect"] + arguments)
  }

  private func report(of path: String) throws -> [String: Any] {
    let result = try inspect(path, "--format", "json")
    let root = try #require(JSONSerialization.jsonObject(with: Data(result.outputBytes)) as? [String: Any])
    #expect(root["version"] as? Int == 1)
    return try #require((root["projects"] as? [[String: Any]])?.first)
  }

  private func says(_ list: Any?) -> [String] { (list as? [[String: Any]] ?? []).compactMap { $0["says"] as? String } }

  @Test func `a person sees what runs, what does not, and what was found`() throws {
    let result = try inspect("artifacts/weak/space-shooter")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("artifacts/weak/space-shooter  roles as in space-shooter\n"))
    #expect(result.output.contains("frame calls animate, again and again"))
    #expect(result.output.contains("functions that nothing reaches (1)\n  index.html:189:1  enemyShoot\n"))
    #expect(result.output.contains("\n  population found\n"))
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test func `JSON holds the same, with places`() throws {
    let project = try report(of: "artifacts/weak/space-shooter")
    #expect(says(project["idleFunctions"]) == ["enemyShoot"])
    #expect(says(project["runningFunctions"]).contains("animate"))
    #expect(says(project["libraries"]) == ["three"])
    #expect(says(project["entryPoints"]).contains("event keydown on document calls onKeyDown"))
    #expect(project["complete"] as? Bool == true)
    let findings = try #require(project["findings"] as? [[String: Any]])
    #expect(findings.allSatisfy { !($0["evidence"] as? [Any] ?? []).isEmpty || $0["reason"] is String })
    #expect(Set(findings.compactMap { $0["mechanic"] as? String }).isSuperset(of: ["loop", "control", "population"]))
  }

  @Test func `what the project refers to and does not hold is told`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "site/index.html",
      "<h1>A</h1><img src=gone.png alt=a><script src=lost.js></script><script>document.getElementById('no').focus()</script>"
    )
    let project = try report(of: folder.url.path + "/site")
    #expect(says(project["missing"]).contains("file lost.js"))
    #expect(says(project["missing"]).contains { $0.hasPrefix("element ") && $0.contains("no") })
  }

  @Test func `names of a project cannot steer the terminal`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "site/index.html",
      "<h1>A</h1><script>addEventListener('\u{1B}[2J', () => {}); ({ '\u{202E}x'() {} })['\u{202E}x']()</script>")
    let result = try inspect(folder.url.path + "/site")
    #expect(result.status == 0)
    for mark in ["\u{1B}", "\u{202E}"] { #expect(!result.output.contains(mark)) }
  }

  @Test func `a path where nothing is costs only itself`() throws {
    let result = try inspect("no-such-folder", "artifacts/weak/ecosystem")
    #expect(result.status == 2)
    #expect(result.errors.contains("no-such-folder: error:"))
    #expect(result.output.contains("artifacts/weak/ecosystem  roles as in ecosystem"))
  }
}
