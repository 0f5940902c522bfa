import ArgumentParser
import Gate
import Ingest
import Reports
import SourceText

/// `sterling baseline`.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Keeps a record of how projects are, so that the gate fails only for what gets worse.",
    subcommands: [Write.self, Check.self, Prune.self])

  /// Where the record lies when nothing says so.
  static let usualPath = "sterling-baseline.json"

  /// `sterling baseline write`.
  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes how the projects are now; what the record says of other projects stays.")

    @OptionGroup var options: GateOptions
    @OptionGroup var place: BaselinePlace

    func run() throws {
      let run = try GateRun(options)
      let path = place.path(run)
      let old = isThere(path) ? try run.readBaseline(path) : Baseline([])
      let projects = try run.examine()
      let samples = run.judge(projects)
      let whole = zip(projects, samples).filter { !Self.isPartial($0.1) }
      for (project, sample) in zip(projects, samples) where Self.isPartial(sample) {
        let reason = sample.findings.max { $0.outcome < $1.outcome }?.message ?? ""
        note("\(printable(project.artifact.path)): error: left out: \(reason)\n  help: mend it and write again")
      }
      let entries = run.entries(whole.map { $0.0 }, whole.map { $0.1 }, in: path)
      // A project that could not be seen whole keeps what was known of it.
      let kept = projects.map { run.baselineName(of: $0, in: path) }.filter { name in
        !entries.contains { $0.path == name }
      }.compactMap { old.entry($0) }
      let new = old.updated(with: entries + kept, within: run.baselineScopes(in: path))
      var sink = try OutputStream(path: path)
      try sink.write(new.write())
      try sink.finish()
      let findings = entries.reduce(0) { $0 + $1.findings.count }
      note("\(printable(path)): \(entries.count) projects, \(findings) findings")
      let verdict = samples.filter(Self.isPartial).map { $0.verdict == .failed ? .inconclusive : $0.verdict }.max()
      try (ExitStatus(rawValue: (verdict ?? .passed).exitCode) ?? .fault).exitUnlessDone()
    }

    /// Whether a project was not seen whole.
    private static func isPartial(_ sample: GateSample) -> Bool {
      sample.findings.contains { $0.rule.hasPrefix("input/") || $0.rule.hasPrefix("analysis/") }
    }
  }

  /// `sterling baseline check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fails when a project is worse than the record, or the record holds what is no more.")

    @OptionGroup var options: GateOptions
    @OptionGroup var place: BaselinePlace

    func run() throws {
      let run = try GateRun(options)
      let path = place.path(run)
      let baseline = try run.readBaseline(path)
      let projects = try run.examine()
      let samples = run.judge(projects, (path: path, content: baseline))
      let stale = baseline.stale(
        against: run.entries(projects, samples, in: path), within: run.baselineScopes(in: path))
      let result = GateResult(
        policy: run.policy.file, baseline: path, aggregation: run.policy.aggregation, samples: samples, stale: stale)
      let options = GateReportOptions(
        toolVersion: sterlingVersion, usesColor: self.options.common.color.isOn(writingToFile: false),
        columns: self.options.common.isTerminal ? terminalColumns() : nil)
      try write(GateFormat.text.report(result, options), to: 1)
      if result.verdict == .passed, !stale.isEmpty {
        note("\(printable(path)): error: \(stale.count) stale entries\n  help: run `sterling baseline prune`")
        throw ExitStatus.gateFailed.exitCode
      }
      try (ExitStatus(rawValue: result.exitCode) ?? .fault).exitUnlessDone()
    }
  }

  /// `sterling baseline prune`.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes out of the record what is no more; nothing new comes in.")

    @OptionGroup var options: GateOptions
    @OptionGroup var place: BaselinePlace

    func run() throws {
      let run = try GateRun(options)
      let path = place.path(run)
      let baseline = try run.readBaseline(path)
      let projects = try run.examine()
      let samples = run.judge(projects, (path: path, content: baseline))
      // Of a project that could not be examined nothing is known to be gone.
      if let worst = samples.map({ $0.verdict }).max(), worst >= .unusable {
        note("error: not every project could be examined, so nothing is taken out\n  help: mend them and prune again")
        throw (ExitStatus(rawValue: worst.exitCode) ?? .fault).exitCode
      }
      let entries = run.entries(projects, samples, in: path)
      let scopes = run.baselineScopes(in: path)
      for text in baseline.stale(against: entries, within: scopes) { note("removed \(printable(text))") }
      var sink = try OutputStream(path: path)
      try sink.write(baseline.pruned(against: entries, within: scopes).write())
      try sink.finish()
    }
  }
}

/// Where the record lies.
struct BaselinePlace: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The record; without it the one that the policy names, else \(BaselineCommand.usualPath).", valueName: "file"),
    completion: .file())
  var baseline: String?

  func path(_ run: GateRun) -> String { run.baselinePath(baseline) ?? BaselineCommand.usualPath }
}
