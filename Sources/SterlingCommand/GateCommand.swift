import ArgumentParser
import Gate
import Reports
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `sterling gate`.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Says whether projects may ship by a policy, and why not at the line.",
    discussion: """
      The policy is `gate:` in the nearest sterling.yaml from the working directory up to the repository's root; without one, the \
      criteria that the rubric requires must be met. Unreadable files, crashes and time-outs never pass.

      --report may be given again: text, json, jsonl, markdown, sarif, junit, gitlab, github, rdjsonl, csv. In GitHub Actions, \
      annotations and the step summary are written unasked.

      Exit codes: 0 passed, 1 failed, 2 a path, policy, rubric or baseline cannot be used, 3 inconclusive: an unknown verdict, an \
      unreadable file or a time-out decides, 64 wrong command line, 70 a fault of Sterling's own.
      """)

  @OptionGroup var options: GateOptions

  @Option(
    help: ArgumentHelp(
      "A baseline; what it knows does not fail, what got worse does. The policy may name one as well.",
      valueName: "file"),
    completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp("A git version; limits of density hold for the lines that it did not have.", valueName: "ref"))
  var against: String?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("A report and its file, as sarif=out.sarif.", valueName: "kind=file"))
  var reports: [String] = []

  @Option(help: "The format of the result on standard output; text unless a report goes there.")
  var format: GateFormat?

  @Option(
    name: .shortAndLong, help: "The file to write the result to; standard output without it.", completion: .file())
  var output: String?

  @Flag(help: "Name the file of each case in JUnit reports, for GitLab; Jenkins' schema forbids it.")
  var junitFileAttr = false

  func validate() throws {
    var paths: Set<String> = []
    for report in reports {
      guard let target = ReportTarget(argument: report) else {
        throw ValidationError("--report \(printable(report)) means nothing; \(ReportTarget.advice(for: report))")
      }
      guard paths.insert(target.path).inserted else {
        throw ValidationError("two reports go to \(printable(target.path)); give each a file of its own")
      }
    }
    if let output, paths.contains(output) {
      throw ValidationError("two reports go to \(printable(output)); give each a file of its own")
    }
    if output == nil, format != nil, paths.contains("-") {
      throw ValidationError("--format and a --report both go to standard output; give one of them a file")
    }
  }

  func run() throws {
    let run = try GateRun(options, against: against)
    if against != nil { Self.noteUnjudged(run.policy) }
    let baselinePath = run.baselinePath(baseline)
    let known = try baselinePath.map { ($0, try run.readBaseline($0)) }
    let projects = try run.examine()
    let samples = run.judge(projects, known.map { (path: $0.0, content: $0.1) })
    var stale: [String] = []
    if let (path, content) = known {
      stale = content.stale(against: run.entries(projects, samples, in: path), within: run.baselineScopes(in: path))
    }
    let result = GateResult(
      policy: run.policy.file, baseline: baselinePath, against: against, aggregation: run.policy.aggregation,
      samples: samples, stale: stale)
    try GateOutput(command: self).write(result)
    try (ExitStatus(rawValue: result.exitCode) ?? .fault).exitUnlessDone()
  }

  /// Says which limits cannot be told of added lines alone.
  private static func noteUnjudged(_ policy: Policy) {
    let rules = [policy.common] + policy.byRubric.values
    let names = Set(rules.flatMap { $0.density.keys }).filter { !$0.isKnownOfAddedLines }.map { $0.rawValue }.sorted()
    if !names.isEmpty { note("note: not judged, since no figure of added lines: \(names.joined(separator: ", "))") }
  }
}

/// Writes a result to wherever it is wanted.
struct GateOutput {
  let command: GateCommand

  func write(_ result: GateResult) throws {
    let targets = command.reports.compactMap { ReportTarget(argument: $0) }
    let summary = environment("GITHUB_STEP_SUMMARY")
    for target in targets {
      if target.format == .markdown, target.path == summary {
        try append(target.format.report(result, plainOptions), to: target.path)
      } else {
        try write(target.format.report(result, plainOptions), to: target.path)
      }
    }
    if command.output != nil || command.format != nil || !targets.contains(where: { $0.path == "-" }) {
      try writeMain(result)
    }
    guard environment("GITHUB_ACTIONS") == "true" else { return }
    if !targets.contains(where: { $0.format == .github }), command.format != .github {
      // Standard output may be a pipe to a program; the runner listens to standard error as well.
      try SterlingCommand.write(GateFormat.github.report(result, plainOptions), to: STDERR_FILENO)
    }
    if let summary, !targets.contains(where: { $0.path == summary }) {
      try append(GateFormat.markdown.report(result, plainOptions), to: summary)
    }
  }

  private var plainOptions: GateReportOptions {
    GateReportOptions(toolVersion: sterlingVersion, namesJUnitFiles: command.junitFileAttr)
  }

  private func writeMain(_ result: GateResult) throws {
    var options = plainOptions
    options.usesColor = command.options.common.color.isOn(writingToFile: command.output != nil)
    options.columns = command.output == nil && command.options.common.isTerminal ? terminalColumns() : nil
    try write((command.format ?? .text).report(result, options), to: command.output)
  }

  private func write(_ bytes: [UInt8], to path: String?) throws {
    var sink = try OutputStream(path: path)
    try sink.write(bytes)
    try sink.finish()
  }

  private func append(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError(problem: String(cString: strerror(errno)), path: path) }
    defer { close(descriptor) }
    do throws(OutputError) {
      try SterlingCommand.write(bytes, to: descriptor)
    } catch {
      throw OutputError(problem: error.problem, path: path)
    }
  }
}
