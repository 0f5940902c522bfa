import Foundation
import JavaScriptSyntax

/// The files below a folder, ordered by the bytes of their names, with forward slashes.
func filesBelow(_ folder: String) throws -> [String] {
  try FileManager.default.subpathsOfDirectory(atPath: folder).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

func text(of path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}

/// tc39/test262-parser-tests.
enum ParserTests: Suite {
  static func cases(in folder: String) throws -> [TestCase] {
    try ["pass", "pass-explicit", "equal trees", "fail", "early"].flatMap { group in
      let place = group == "equal trees" ? "pass" : group
      return try filesBelow(folder + "/" + place).filter { $0.hasSuffix(".js") }.map { name in
        TestCase(
          name: "\(group)/\(name)", path: "\(folder)/\(place)/\(name)",
          runs: [ParseOptions(goal: name.contains(".module.") ? .module : .script)],
          expectation: expectation(group, "\(folder)/pass-explicit/\(name)"), group: group)
      }
    }
  }

  private static func expectation(_ group: String, _ explicit: String) -> TestCase.Expectation {
    switch group {
    case "equal trees": .sameTree(as: explicit)
    case "pass", "pass-explicit": .valid
    default: .invalid
    }
  }
}

/// tc39/test262: `test/language` and `test/annexB`.
enum Test262: Suite {
  private static let separate: Set<Substring> = [
    "decorators", "source-phase-imports", "source-phase-imports-module-source", "import-defer",
  ]

  static func cases(in folder: String) throws -> [TestCase] {
    try ["test/language", "test/annexB"].flatMap { part in
      try filesBelow(folder + "/" + part).filter { $0.hasSuffix(".js") && !$0.hasSuffix("_FIXTURE.js") }.map { name in
        try testCase("\(part)/\(name)", "\(folder)/\(part)/\(name)")
      }
    }
  }

  private static func testCase(_ name: String, _ path: String) throws -> TestCase {
    let source = try text(of: path)
    let header = source.range(of: "/*---").flatMap { start in
      source.range(of: "---*/", range: start.upperBound..<source.endIndex).map {
        source[start.upperBound..<$0.lowerBound]
      }
    }
    let lines = (header ?? "").split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    let flags = list(after: "flags:", in: lines)
    let isInvalid = lines.contains { $0.hasPrefix("negative:") } && lines.contains { $0.hasSuffix("phase: parse") }
    let features = list(after: "features:", in: lines)
    let group = features.contains { separate.contains($0) } ? "separate" : isInvalid ? "invalid" : "valid"
    return TestCase(
      name: name, path: path, runs: runs(flags), expectation: isInvalid ? .invalid : .valid,
      group: group == "separate" ? "separate \(isInvalid ? "invalid" : "valid")" : group)
  }

  private static func runs(_ flags: [Substring]) -> [ParseOptions] {
    if flags.contains("module") { return [ParseOptions(goal: .module)] }
    let sloppy = ParseOptions(goal: .script)
    let strict = ParseOptions(goal: .script, isStrict: true)
    if flags.contains("onlyStrict") { return [strict] }
    return flags.contains("noStrict") || flags.contains("raw") ? [sloppy] : [sloppy, strict]
  }

  /// The values of a key of the header, written as `[a, b]` or as lines that begin with `-`.
  private static func list(after key: String, in lines: [Substring]) -> [Substring] {
    guard let index = lines.firstIndex(where: { $0.hasPrefix(key) }) else { return [] }
    let inline = lines[index].dropFirst(key.count)
    let items = lines[(index + 1)...].prefix { $0.hasPrefix("  ") || $0.hasPrefix("- ") }
    return (inline.split { " ,[]".contains($0) })
      + items.flatMap { $0.split { " -,[]".contains($0) && $0 != "-" } }
      .map { $0.hasPrefix("-") ? $0.dropFirst() : $0 }
  }
}

/// babel/babel: one folder of the parser's fixtures, `jsx` or `typescript`.
enum BabelFixtures: Suite {
  static func cases(in folder: String) throws -> [TestCase] {
    let files = try filesBelow(folder)
    let known = Set(files)
    return try files.compactMap { file in
      let parts = file.split(separator: "/")
      guard let name = parts.last, name.hasPrefix("input."), let kind = name.split(separator: ".").last else {
        return nil
      }
      let fixture = parts.dropLast().joined(separator: "/")
      let settings = try Settings(folder: folder, fixture: fixture, known: known)
      let hasOutput = known.contains("\(fixture)/output.json") || known.contains("\(fixture)/output.extended.json")
      if settings.isForeign || !hasOutput && !settings.throwsError { return nil }
      let isInvalid = try settings.throwsError || hasErrors("\(folder)/\(fixture)/output", known, fixture)
      return TestCase(
        name: fixture, path: "\(folder)/\(file)",
        runs: [ParseOptions(language: settings.language(kind), goal: settings.goal(kind))],
        expectation: isInvalid ? .invalid : .valid, group: isInvalid ? "invalid" : "valid")
    }
  }

  private static func hasErrors(_ output: String, _ known: Set<String>, _ fixture: String) throws -> Bool {
    for name in ["output.json", "output.extended.json"] where known.contains("\(fixture)/\(name)") {
      let content = try text(of: output + name.dropFirst("output".count))
      if let errors = content.range(of: "\"errors\": ["), let program = content.range(of: "\"program\":") {
        return errors.lowerBound < program.lowerBound
      }
    }
    return false
  }

  /// What the `options.json` files on the way to a fixture say; an inner one overrides an outer one.
  private struct Settings {
    var throwsError = false
    var isForeign = false
    private var sourceType = "script"
    private var plugins = ""

    init(folder: String, fixture: String, known: Set<String>) throws {
      var path = ""
      for part in [""] + fixture.split(separator: "/").map(String.init) {
        path += part.isEmpty ? "" : part + "/"
        let content = known.contains(path + "options.json") ? try text(of: "\(folder)/\(path)options.json") : ""
        if let match = content.firstMatch(of: /"sourceType":\s*"(\w+)"/) { sourceType = String(match.output.1) }
        if let match = content.firstMatch(of: /"plugins":\s*(\[[\s\S]*?\])\s*[,}]/) { plugins = String(match.output.1) }
        throwsError = content.contains("\"throws\"")
      }
      isForeign =
        plugins.contains("placeholders") || plugins.contains("v8intrinsic") || plugins.contains("exportDefaultFrom")
        || plugins.contains("disallowAmbiguousJSXLike")
    }

    func language(_ kind: Substring) -> Language {
      guard plugins.contains("typescript") else { return plugins.contains("\"jsx\"") ? .jsx : .javaScript }
      if plugins.contains("\"dts\": true") { return .typeScriptDeclarations }
      return plugins.contains("\"jsx\"") || kind == "tsx" ? .tsx : .typeScript
    }

    func goal(_ kind: Substring) -> ParseOptions.Goal {
      kind == "mjs" || sourceType == "module" ? .module : sourceType == "unambiguous" ? .unambiguous : .script
    }
  }
}

/// typescript-eslint/typescript-eslint: `packages/ast-spec/src`.
enum ASTSpec: Suite {
  static func cases(in folder: String) throws -> [TestCase] {
    try filesBelow(folder).compactMap { file in
      guard let name = file.split(separator: "/").last, name == "fixture.ts" || name == "fixture.tsx" else {
        return nil
      }
      let fixture = String(file.dropLast(name.count + 1))
      // Where typescript-eslint takes what Babel refuses, there is nothing to hold a parser to.
      let errors = fixture.contains("/_error_/") ? ["1-TSESTree-Error", "2-Babel-Error"] : []
      let refusals = try errors.map {
        !(try text(of: "\(folder)/\(fixture)/snapshots/\($0).shot")).contains("\nNO ERROR")
      }
      let isInvalid = refusals.first ?? false
      let isDisputed = !isInvalid && refusals.contains(true)
      return TestCase(
        name: fixture, path: "\(folder)/\(file)",
        runs: [ParseOptions(language: name == "fixture.tsx" ? .tsx : .typeScript, goal: .unambiguous)],
        expectation: isInvalid ? .invalid : .valid, group: isInvalid ? "invalid" : isDisputed ? "disputed" : "valid")
    }
  }
}

/// biomejs/biome: `crates/biome_js_parser/tests/js_test_suite`, its `ok` and `error` folders.
enum BiomeFixtures: Suite {
  static func cases(in folder: String) throws -> [TestCase] {
    try ["ok", "error"].flatMap { group in
      try filesBelow(folder + "/" + group).compactMap { name in
        guard let kind = name.split(separator: ".").last, !name.contains(".svelte_declaration."),
          !name.contains(".inline_expr."), let language = language(name, kind)
        else { return nil }
        return TestCase(
          name: "\(group)/\(name)", path: "\(folder)/\(group)/\(name)",
          runs: [ParseOptions(language: language, goal: kind == "cjs" ? .script : .module)],
          expectation: group == "ok" ? .valid : .diagnosed, group: group)
      }
    }
  }

  private static func language(_ name: String, _ kind: Substring) -> Language? {
    switch kind {
    case "js", "jsx": .jsx
    case "mjs", "cjs": .javaScript
    case "ts", "mts", "cts": name.contains(".d.") ? .typeScriptDeclarations : .typeScript
    case "tsx": .tsx
    default: nil
    }
  }
}
