import Foundation
import TestSupport
import Testing

/// A folder with a project that passes its rubric and one that does not.
struct GateFolder {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, model) in [("good", "terse"), ("bad", "weak")] {
      let sample = packageRoot.appending(path: "artifacts/\(model)/space-shooter/index.html")
      try folder.write("\(name)/space-shooter/index.html", Array(Data(contentsOf: sample)))
    }
  }

  var good: String { "good/space-shooter" }
  var bad: String { "bad/space-shooter" }

  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> SterlingBinary.Result {
    // What a build service sets must not leak into tests that run on one.
    let clean = ["GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", "GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": ""]
    return try SterlingBinary.run(
      arguments, environment: clean.merging(environment) { _, new in new }, in: folder.url)
  }

  func gate(_ arguments: String..., environment: [String: String] = [:]) throws -> SterlingBinary.Result {
    try run(["gate"] + arguments, environment: environment)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: path), encoding: .utf8)
  }

  func json(_ path: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.url.appending(path: path)))
    return try #require(value as? [String: Any])
  }
}

@Suite struct GateCommandTests {
  // MARK: Exit codes

  @Test func `0: a project that meets what its rubric requires passes`() throws {
    let folder = try GateFolder()
    let result = try folder.gate(folder.good)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("passed  good/space-shooter  rubric space-shooter"))
    #expect(result.output.contains("gate passed: 1 of 1 task passed, 0 errors, 0 warnings, score "))
    #expect(result.output.contains("policy: none, so the rubric's required criteria; samples: pessimistic"))
  }

  @Test func `1: a project that does not fails at the line`() throws {
    let folder = try GateFolder()
    let result = try folder.gate(folder.bad)
    #expect(result.status == 1)
    #expect(result.output.contains("error     space-shooter/player-fire  broken (structural): Player can shoot"))
    #expect(result.output.contains("bad/space-shooter/index.html:183:3"))
    #expect(result.output.contains("gate failed: 0 of 1 task passed"))
  }

  @Test func `2: what cannot be used is said`() throws {
    let folder = try GateFolder()
    #expect(try folder.gate("nowhere").status == 2)
    #expect(try folder.gate("nowhere").output.contains("no such file or folder"))
    #expect(try folder.gate(folder.good, "--rubric", "space-shoter").output.contains("did you mean `space-shooter`?"))
    #expect(try folder.gate(folder.good, "--rubric", "space-shoter").status == 2)
    try folder.folder.write("empty/.keep", "")
    #expect(try folder.gate("empty").status == 2)
    #expect(try folder.gate(folder.good, "--policy", "no.yaml").status == 2)
    #expect(try folder.gate(folder.good, "--baseline", "no.json").status == 2)
    #expect(try folder.gate(folder.good, "--against", "main").status == 2)
    #expect(try folder.gate(folder.good, "--output", "no/such/folder.txt").status == 2)
  }

  @Test(.enabled(if: getuid() != 0, "the superuser can read everything"))
  func `3: a file that may not be read never passes`() throws {
    let folder = try GateFolder()
    let script = try folder.folder.write("good/space-shooter/extra.js", "let a = 1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: script.path)
    try expectInconclusive(folder)
  }

  @Test func `3: a file that is too large to be read never passes`() throws {
    let folder = try GateFolder()
    let script = try folder.folder.write("good/space-shooter/extra.js", "let a = 1\n")
    let handle = try FileHandle(forWritingTo: script)
    try handle.truncate(atOffset: 30_000_000)
    try handle.close()
    try expectInconclusive(folder)
  }

  private func expectInconclusive(_ folder: GateFolder) throws {
    let result = try folder.gate(folder.good)
    #expect(result.status == 3)
    #expect(result.output.contains("unclear   input/unreadable"))
    #expect(result.output.contains("good/space-shooter/extra.js:1:1"))
    #expect(result.output.contains("gate inconclusive: 0 of 1 task passed"))
  }

  @Test func `3: a project that takes too long never passes`() throws {
    let folder = try GateFolder()
    let result = try folder.gate(folder.good, folder.bad, "--timeout", "0.001")
    #expect(result.status == 3)
    #expect(result.output.contains("analysis/time-out  the analysis took more than 0.001 seconds"))
  }

  @Test func `64: a wrong command line`() throws {
    let folder = try GateFolder()
    #expect(try folder.gate().status == 64)
    #expect(try folder.gate(folder.good, "--timeout", "0").status == 64)
    #expect(try folder.gate(folder.good, "--report", "sarf=x").status == 64)
    #expect(try folder.gate(folder.good, "--report", "sarf=x").errors.contains("did you mean `sarif=FILE`?"))
    #expect(try folder.gate(folder.good, "--report", "sarif").errors.contains("write `sarif=FILE`"))
    #expect(try folder.gate(folder.good, "--report", "sarif=x", "--report", "csv=x").status == 64)
    #expect(try folder.gate(folder.good, "--report", "csv=-", "--format", "json").status == 64)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat"), "children are found through /proc"))
  func `70: a crash of the analysis never passes and takes no other project down`() throws {
    let folder = try GateFolder()
    let gate = Process()
    gate.executableURL = URL(filePath: SterlingBinary.path)
    gate.arguments = ["gate", folder.bad, folder.good, "--threads", "1", "--output", "out.txt"]
    gate.currentDirectoryURL = folder.folder.url
    gate.standardError = FileHandle.nullDevice
    try gate.run()
    // Whatever ends the process that examines the first project, as a crash would.
    var child: pid_t?
    while child == nil, gate.isRunning { child = self.child(of: gate.processIdentifier) }
    kill(try #require(child), SIGKILL)
    gate.waitUntilExit()
    #expect(gate.terminationStatus == 70)
    let output = try folder.text("out.txt")
    #expect(output.contains("fault     analysis/crash  the analysis ended in a way that it must not"))
    #expect(output.contains("\npassed  good/space-shooter"))
    #expect(output.contains("gate fault: 1 of 2 tasks passed"))
  }

  /// A process that another one started and that runs its own program by now; the fourth field of its status is the parent's
  /// number.
  private func child(of parent: pid_t) -> pid_t? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.first { process in
      let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
      guard fields.count > 1, fields[1] == "\(parent)" else { return false }
      let words = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
      // While a process takes on its own program, its words are those of its parent, then none.
      return words.split(separator: "\0").contains("examine")
    }
  }

  @Test func `whatever the format, the exit code is the same`() throws {
    let folder = try GateFolder()
    for format in ["text", "json", "jsonl", "markdown", "sarif", "junit", "gitlab", "github", "rdjsonl", "csv"] {
      #expect(try folder.gate(folder.good, "--format", format).status == 0, "\(format)")
      #expect(try folder.gate(folder.bad, "--format", format).status == 1, "\(format)")
    }
  }

  // MARK: The policy

  @Test func `the policy is found upward to the repository's root and no further`() throws {
    let folder = try GateFolder()
    try folder.folder.write("sterling.yaml", "gate:\n  required: off\n")
    let inner = folder.folder.url.appending(path: "bad")
    func gate() throws -> SterlingBinary.Result { try SterlingBinary.run(["gate", "space-shooter"], in: inner) }
    #expect(try gate().status == 1)
    try FileManager.default.createDirectory(
      at: folder.folder.url.appending(path: ".git"), withIntermediateDirectories: true)
    #expect(try gate().status == 0)
    try FileManager.default.createDirectory(at: inner.appending(path: ".git"), withIntermediateDirectories: true)
    #expect(try gate().status == 1)
  }

  @Test func `a project cannot loosen its own gate`() throws {
    let folder = try GateFolder()
    try folder.folder.write("bad/space-shooter/sterling.yaml", "gate:\n  required: off\n")
    #expect(try folder.gate(folder.bad).status == 1)
    // Not even when it is named from elsewhere, or brings a repository of its own.
    let elsewhere = try TemporaryFolder()
    let path = folder.folder.url.appending(path: folder.bad).path
    #expect(try SterlingBinary.run(["gate", path], in: elsewhere.url).status == 1)
    // Who stands in a project judges it by its own settings.
    #expect(try SterlingBinary.run(["gate", "."], in: URL(filePath: path)).status == 0)
  }

  @Test func `a policy with a mistake is not used`() throws {
    let folder = try GateFolder()
    try folder.folder.write("p.yaml", "gate:\n  criteria: {player-fir: error}\n")
    let result = try folder.gate(folder.good, "--policy", "p.yaml")
    #expect(result.status == 2)
    #expect(result.errors.contains("p.yaml:2:14: error: no rubric has a criterion `player-fir`"))
    #expect(result.errors.contains("did you mean `player-fire`?"))
    try folder.folder.write("p.yaml", "rubric: ecosystem\n")
    #expect(try folder.gate(folder.good, "--policy", "p.yaml").errors.contains("there is no `gate:` in it"))
    try folder.folder.write("p.yaml", "gate:\n  rubrics: {space-shoter: {required: off}}\n")
    #expect(try folder.gate(folder.good, "--policy", "p.yaml").errors.contains("warning: no rubric of this run"))
  }

  @Test func `a policy decides by score, density and what is forbidden`() throws {
    let folder = try GateFolder()
    let policy = """
      gate:
        required: off
        minimum-score: 60
        density:
          comment-share: {max: 0.0001}
          hardest-function: {max: 1, level: warn}
        forbid:
          origins: {allow: [never.example]}
          eval: error
      """
    try folder.folder.write("p.yaml", policy)
    let page = try folder.text("bad/space-shooter/index.html")
    try folder.folder.write("bad/space-shooter/index.html", page + "<script>eval(location.hash)</script>")
    let result = try folder.gate(folder.bad, "--policy", "p.yaml", "--format", "csv")
    #expect(result.status == 1)
    for rule in ["score/minimum", "density/comment-share", "forbid/origin", "forbid/eval"] {
      #expect(result.output.contains("failed,bad/space-shooter,\(rule),"), "\(rule)")
    }
    #expect(result.output.contains("warned,bad/space-shooter,density/hardest-function,"))
  }

  @Test func `several samples of one task count together`() throws {
    let folder = try GateFolder()
    for (run, name) in [("run-1", "good"), ("run-2", "bad"), ("run-3", "good")] {
      let text = try Data(contentsOf: folder.folder.url.appending(path: "\(name)/space-shooter/index.html"))
      try folder.folder.write("m/space-shooter/\(run)/index.html", Array(text))
    }
    #expect(try folder.gate("m").status == 1)
    try folder.folder.write("p.yaml", "gate:\n  samples: {aggregate: at-least, pass: 2}\n")
    let two = try folder.gate("m", "--policy", "p.yaml")
    #expect(two.status == 0)
    #expect(two.output.contains("passed  m space-shooter  2 of 3 samples passed, score "))
    #expect(two.output.contains("samples: at least 2 of a task must pass"))
    try folder.folder.write("p.yaml", "gate:\n  samples: {aggregate: interval, bar: 0.5}\n")
    let interval = try folder.gate("m", "--policy", "p.yaml")
    #expect(interval.status == 1)
    #expect(interval.output.contains("2 of 3 samples passed, lower end 0.2077"))
  }

  // MARK: Reports

  @Test func `several reports come from one run`() throws {
    let folder = try GateFolder()
    let result = try folder.gate(
      folder.bad, "--report", "json=a.json", "--report", "sarif=a.sarif", "--report", "github=-")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("::error file=bad/space-shooter/index.html,line=183,"))
    let gate = try #require(try folder.json("a.json")["gate"] as? [String: Any])
    #expect(gate["verdict"] as? String == "failed")
    #expect(gate["exitCode"] as? Int == 1)
    let text = try folder.gate(folder.bad).output
    #expect(text.contains("score \(try #require(gate["score"]))\n"))
    #expect(try folder.text("a.json").hasPrefix("{\"version\": 1, \"tool\": {\"name\":\"sterling\""))
    let runs = try #require(try folder.json("a.sarif")["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    #expect(results.count == (gate["headline"] as? String)?.firstMatch(of: /(\d+) error/).flatMap { Int($0.output.1) })
  }

  @Test func `in GitHub Actions annotations and the summary come unasked`() throws {
    let folder = try GateFolder()
    let summary = try folder.folder.write("summary.md", "before\n")
    let actions = [
      "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary.path, "GITHUB_WORKSPACE": folder.folder.url.path,
    ]
    let result = try folder.gate(folder.bad, "--format", "json", environment: actions)
    #expect(result.status == 1)
    #expect(try JSONSerialization.jsonObject(with: Data(result.outputBytes)) is [String: Any])
    #expect(result.errors.contains("::error file=bad/space-shooter/index.html,line=183,"))
    #expect(try folder.text("summary.md").hasPrefix("before\n### ❌ gate failed\\: 0 of 1 task passed"))
    // Asked for, they come once.
    let asked = try folder.gate(
      folder.bad, "--report", "github=-", "--report", "markdown=\(summary.path)", environment: actions)
    #expect(!asked.errors.contains("::error"))
    #expect(try folder.text("summary.md").components(separatedBy: "### ❌").count == 3)
  }

  @Test func `the same bytes come out from any number of threads`() throws {
    let one = try SterlingBinary.run(["gate", "artifacts", "--format", "json", "--threads", "1"])
    let two = try SterlingBinary.run(["gate", "artifacts", "--format", "json", "--threads", "2"])
    #expect(one.outputBytes == two.outputBytes)
    #expect(one.status == 1)
  }
}
