import ArgumentParser
import Foundation
import JavaScriptSyntax
import SourceText
import SyntaxChecks
import WorkerPool

/// Measures the parser against a suite of files that others wrote.
@main
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Measures the JavaScript parser against public suites.",
    subcommands: [RunSuite.self, Fuzz.self])
}

/// The suites that the runner knows.
enum SuiteName: String, ExpressibleByArgument, CaseIterable {
  case parserTests = "test262-parser-tests"
  case test262
  case babel
  case astSpec = "ast-spec"
  case biome

  var suite: any Suite.Type {
    switch self {
    case .parserTests: ParserTests.self
    case .test262: Test262.self
    case .babel: BabelFixtures.self
    case .astSpec: ASTSpec.self
    case .biome: BiomeFixtures.self
    }
  }
}

/// Runs a suite and lists what fails.
struct RunSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suite",
    abstract: "Runs a suite and prints how many of its files come out as it says.",
    discussion: """
      Folders: tc39/test262-parser-tests itself; tc39/test262 itself; babel's packages/babel-parser/test/fixtures/jsx or \
      .../typescript; typescript-eslint's packages/ast-spec/src; biome's crates/biome_js_parser/tests/js_test_suite.

      Besides what the suite says, every file has to give back its text, and to take less than a second.
      """)

  @Argument(help: "The suite: \(SuiteName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var suite: SuiteName

  @Argument(help: "The folder that holds it.", completion: .directory)
  var folder: String

  @Option(help: "Write the counts and the names of the files that fail to this file.", completion: .file())
  var record: String?

  @Flag(help: "Say of each failure what is wrong.")
  var verbose = false

  func run() throws {
    let cases = try suite.suite.cases(in: folder)
    var passed: [String: Int] = [:]
    var total: [String: Int] = [:]
    var failures: [String] = []
    orderedMap(count: cases.count, threads: availableProcessorCount) {
      verdict(on: cases[$0])
    } consume: { index, fault in
      let test = cases[index]
      total[test.group, default: 0] += 1
      if let fault {
        failures.append(test.name)
        if verbose { print("\(test.name): \(fault)") }
      } else {
        passed[test.group, default: 0] += 1
      }
    }
    let counts = total.keys.sorted().map { "\($0) \(passed[$0] ?? 0)/\(total[$0] ?? 0)" }
    for line in counts { print(line) }
    if let record {
      let lines = ["# \(suite.rawValue): files that come out as the suite says, then those that do not"] + counts + [""]
      try Data((lines + failures).map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: record))
    }
  }
}

/// What is wrong with the parser's reading of a file, or `nil`.
func verdict(on test: TestCase) -> String? {
  guard let source = try? [UInt8](Data(contentsOf: URL(filePath: test.path))) else { return "cannot be read" }
  for options in test.runs {
    let clock = ContinuousClock()
    let start = clock.now
    let parsed = parse(source, options: options)
    let duration = start.duration(to: clock.now)
    if duration > .seconds(1) { return "took \(duration)" }
    if let fault = losslessnessFault(of: parsed.tree) ?? structureFault(of: parsed.tree) { return fault }
    let error = parsed.diagnostics.first { $0.severity == .error }
    switch test.expectation {
    case .invalid: if error == nil { return "has no diagnostic" }
    case .diagnosed: if parsed.diagnostics.isEmpty { return "has no diagnostic" }
    case .valid, .sameTree: if let error { return "\(error.span.start): \(error.message)" }
    }
    if case .sameTree(let other) = test.expectation {
      guard let source = try? [UInt8](Data(contentsOf: URL(filePath: other))) else { return "\(other) cannot be read" }
      let second = parse(source, options: options)
      if let error = second.diagnostics.first { return "explicit: \(error.span.start): \(error.message)" }
      if let fault = difference(parsed.tree, second.tree) { return fault }
    }
  }
  return nil
}
