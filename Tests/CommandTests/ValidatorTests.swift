import Foundation
import TestSupport
import Testing

/// The programs and libraries that read reports, installed by `make validators`.
enum Validators {
  static let python = packageRoot.appending(path: ".build-validators/bin/python").path
  static let arePresent = FileManager.default.fileExists(
    atPath: packageRoot.appending(path: ".build-validators/ready").path)
  static let notice: Comment = "`make validators` installs the readers of reports"

  /// Holds files against one of them; records an issue with what it says.
  static func validate(_ kind: String, _ files: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [packageRoot.appending(path: "Tests/Validators/validate.py").path, kind] + files
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(kind): \(said)", sourceLocation: sourceLocation)
  }
}

/// The reports of one gate over ordinary samples and of one over projects that try to speak to who reads them.
private struct GateReports {
  static let kinds = ["json", "jsonl", "csv", "sarif", "junit", "gitlab", "rdjsonl"]

  let folder: TemporaryFolder

  init(ordinary: Bool) throws {
    folder = try TemporaryFolder()
    if ordinary {
      for model in ["terse", "verbose", "weak"] {
        let sample = packageRoot.appending(path: "artifacts/\(model)/space-shooter")
        let place = folder.url.appending(path: "in/\(model)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: sample, to: place.appending(path: "space-shooter"))
      }
    } else {
      try Self.writeHostileProjects(folder)
    }
    let policy = """
      gate:
        minimum-score: 99
        other: error
        density: {comment-share: {max: 0.0001}, longest-line: {max: 10, level: warn}, markers: {max: 0}}
        comments: {marker: {max-count: 0}, explanation: {max-share: 0.0001}}
        forbid: {origins: {allow: []}, eval: error, secrets: error, missing-files: error, tool-tags: error, syntax-errors: warn}
      """
    try folder.write("policy.yaml", policy)
    let reports = Self.kinds.flatMap { ["--report", "\($0)=out.\($0)"] }
    let result = try SterlingBinary.run(
      ["gate", "in", "--policy", "policy.yaml", "--output", "out.txt"] + reports,
      environment: ["GITHUB_ACTIONS": "", "CI_PROJECT_DIR": ""], in: folder.url)
    // One of the hostile projects is no text at all, and cannot be used.
    #expect(result.status == (ordinary ? 1 : 2), "\(result.errors)")
  }

  /// Projects in which names, texts and comments carry what could speak to a terminal, a build service, a page or a table.
  private static func writeHostileProjects(_ folder: TemporaryFolder) throws {
    let spells = [
      "::error file=a,line=1::owned", "\u{1B}[31mred\u{1B}]8;;https:%2F%2Fevil.example\u{7}",
      "<img src=x onerror=alert(1)>",
      "=HYPERLINK(\"x\")", "]]><testcase name=\"x\">", "\u{202E}gnp.js", "a,b\"c\nd", "%0A%25${{ secrets.X }}",
      "| a | `b` | [c](d)",
      "@SUM(1)", "-1+1", "\u{2028}line\u{85}next",
    ]
    for (index, spell) in spells.enumerated() {
      let name = spell.replacing("/", with: "_")
      let project = "in/\(name)/space-shooter"
      let text = spell.replacing("*/", with: "")
      let script = """
        /* \(text) TODO: \(text) */
        eval("\(text.filter { $0 != "\"" && !$0.isNewline })");
        const token = "ghp_\("Zq7Lw2Xc9Vb4Nm1Kj8Hg5Fd3Sa6Pt0RyUe9B")";
        const broken = ;
        """
      try folder.write("\(project)/\(name).js", script + String(repeating: "x;", count: index == 0 ? 500_000 : 10))
      try folder.write(
        "\(project)/index.html",
        "<title>\(spell)</title><antArtifact identifier=\"\(index)\"><script src=\"\(index).js\"></script>"
          + "<script src=\"https://evil.example/\(index).js\"></script><p>\(spell)</p><script>eval(name)</script>")
    }
    try folder.write("in/none/space-shooter/index.html", "<title>a\u{0}b</title><script>a = '\u{0}'; eval(a)</script>")
    try folder.write("in/bytes/space-shooter/index.html", [0xFF, 0xFE, 0x00, 0x3C, 0x80, 0xC0, 0xAF, 0x0A])
  }

  func path(_ kind: String) -> String { folder.url.appending(path: "out.\(kind)").path }
}

/// Reports are read by other people's programs; these tests run those programs.
@Suite(.enabled(if: Validators.arePresent, Validators.notice))
struct ValidatorTests {
  static let readers = [
    ("sarif-schema", "sarif"), ("sarif-tools", "sarif"), ("junit-schema", "junit"), ("junitparser", "junit"),
    ("gitlab", "gitlab"), ("rdjsonl", "rdjsonl"), ("jsonl", "jsonl"), ("csv", "csv"), ("json", "json"),
  ]

  @Test func `reports of the gate are read by their readers`() throws {
    let reports = try GateReports(ordinary: true)
    for (reader, kind) in Self.readers { try Validators.validate(reader, [reports.path(kind)]) }
  }

  @Test func `reports about hostile projects are read by the same readers`() throws {
    let reports = try GateReports(ordinary: false)
    for (reader, kind) in Self.readers { try Validators.validate(reader, [reports.path(kind)]) }
    // There is something of every kind in them.
    let csv = try String(contentsOfFile: reports.path("csv"), encoding: .utf8)
    for rule in ["forbid/origin", "forbid/eval", "forbid/secret", "forbid/missing-file", "forbid/tool-tag"] {
      #expect(csv.contains(rule), "\(rule)")
    }
  }

  @Test func `tables and JSON of density and scores are read`() throws {
    let folder = try TemporaryFolder()
    for (name, arguments) in [
      ("d.csv", ["density", "artifacts", "--format", "csv"]), ("d.json", ["density", "artifacts", "--format", "json"]),
      ("s.json", ["score", "artifacts/weak", "--format", "json"]),
      ("i.json", ["inspect", "artifacts/weak/ecosystem", "--format", "json"]),
    ] {
      let file = try folder.write(name, try SterlingBinary.run(arguments).outputBytes)
      try Validators.validate(String(name.split(separator: ".")[1]), [file.path])
    }
  }

  @Test func `schemas are schemas, and what the project ships fits them`() throws {
    let root = packageRoot
    func files(_ folder: String, _ end: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        .filter { $0.hasSuffix(end) }.sorted().map { root.appending(path: "\(folder)/\($0)").path }
    }
    let rubrics = try files("rubrics", ".yaml") + files("rubrics/examples", ".yaml")
    let rubricSchema = root.appending(path: "rubrics/rubric.schema.json").path
    let settingsSchema = root.appending(path: "docs/sterling.schema.json").path
    try Validators.validate("metaschema", [rubricSchema, settingsSchema])
    try Validators.validate(
      "yaml", rubrics + ["action.yml", ".pre-commit-hooks.yaml"].map { root.appending(path: $0).path })
    try Validators.validate("schema", [rubricSchema] + rubrics)
    try Validators.validate("schema", ["vendor.github-actions", root.appending(path: "action.yml").path])
    let manual = try Manual(page: "docs/ci.md")
    let folder = try TemporaryFolder()
    let policy = try folder.write("sterling.yaml", manual.block(below: "## The policy"))
    try Validators.validate("schema", [settingsSchema, policy.path])
    let gitlab = try folder.write(".gitlab-ci.yml", manual.block(below: "## GitLab"))
    try Validators.validate("schema", ["vendor.gitlab-ci", gitlab.path])
    let steps = manual.block(below: "## GitHub Actions").split(separator: "\n").map { "    \($0)\n" }.joined()
    let workflow = try folder.write(
      "workflow.yml", "on: push\njobs:\n  gate:\n    runs-on: ubuntu-latest\n" + steps)
    try Validators.validate("schema", ["vendor.github-workflows", workflow.path])
  }
}

/// A page of the manual, whose examples tests run.
private struct Manual {
  let text: String

  init(page: String) throws {
    text = try String(contentsOf: packageRoot.appending(path: page), encoding: .utf8)
  }

  /// The first block of YAML below a heading.
  func block(below heading: String) -> String {
    let rest = text.components(separatedBy: heading).dropFirst().joined(separator: heading)
    let inside = rest.components(separatedBy: "```yaml\n").dropFirst().first ?? ""
    return inside.components(separatedBy: "```").first ?? ""
  }
}

@Suite struct ManualTests {
  @Test func `the policy of the manual is one that the gate takes`() throws {
    let folder = try GateFolder()
    try folder.folder.write("policy.yaml", try Manual(page: "docs/ci.md").block(below: "## The policy"))
    let write = try folder.run(["baseline", "write", folder.good, "--policy", "policy.yaml"])
    #expect(write.errors.contains("sterling-baseline.json: 1 projects"))
    let gate = try folder.gate(folder.good, "--policy", "policy.yaml")
    // It wants three samples that pass, and there is one.
    #expect(gate.status == 1)
    #expect(gate.output.contains("policy: policy.yaml"))
    #expect(gate.output.contains("samples: at least 3 of a task must pass"))
  }
}
