public import ArgumentParser
import Density
import Ingest
public import Reports
import Rubrics
import Scoring
import SourceText
import WorkerPool

/// `sterling density`.
struct DensityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "density",
    abstract: "Says how much of a project, or of each of a set, is code, comment and white space, exact to the byte.",
    discussion: """
      Every byte of a project's own files is in exactly one class. Embedded languages count as themselves. Vendored, minified and \
      generated files are told by their content and left out of the totals; lock files and data are left out altogether.

      Exit codes: 0 done, 2 a path cannot be used (the others are measured all the same), 3 a file of a project could not be read.
      """)

  @Argument(help: ArgumentHelp("Projects, or folders of projects.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(help: "The format of the result.")
  var format: DensityFormat = .text

  @Option(
    name: .shortAndLong, help: "The file to write the result to; standard output without it.", completion: .file())
  var output: String?

  @Flag(help: "Show each file.")
  var files = false

  @Flag(help: "Draw each file as a strip of code, comment and blank lines.")
  var map = false

  @Flag(help: "List every comment with its place and kind, in JSON.")
  var comments = false

  @Flag(help: "Compute tokens, complexity, duplication, what is unused and the guards against golf as well; slower.")
  var figures = false

  @Option(
    help: ArgumentHelp(
      "A vocabulary in tiktoken's format to count tokens with; they are estimated without one.", valueName: "file"),
    completion: .file())
  var vocabulary: String?

  @Flag(help: "Score each project and set its density against the criteria that it meets; implies --figures.")
  var surface = false

  @Option(
    help: ArgumentHelp(
      "An earlier version of the one project, whose lines are not counted as added.", valueName: "path"),
    completion: .file())
  var against: String?

  @OptionGroup var selection: FileOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let options = try makeOptions()
    var status = ExitStatus.done
    let artifacts = listArtifacts(&status)
    let earlier = try listEarlier(artifacts)
    let isSet = artifacts.count > 1
    var reporter = format.reporter(
      DensityReportOptions(
        toolVersion: sterlingVersion, usesColor: common.color.isOn(writingToFile: output != nil),
        columns: output == nil && common.isTerminal ? terminalColumns() : nil, isSet: isSet, showsFiles: files,
        showsComments: comments, showsMap: map))
    var sink = try OutputStream(path: output)
    var measured: [MeasuredArtifact] = []
    if !artifacts.isEmpty { try sink.write(reporter.begin()) }
    var progress = Progress(total: artifacts.count)
    for (index, artifact) in artifacts.enumerated() {
      progress.update(done: index, printable(artifact.path))
      guard var result = measure(artifact, options, earlier, &status) else { continue }
      progress.clear()
      report(result, &status)
      try sink.write(reporter.add(result))
      // The comparison needs the sums alone.
      result.density.files = []
      measured.append(result)
    }
    progress.clear()
    if !artifacts.isEmpty { try sink.write(reporter.end(conclude(measured, &status))) }
    try sink.finish(discarding: measured.isEmpty)
    try status.exitUnlessDone()
  }

  private func makeOptions() throws -> DensityOptions {
    var options = DensityOptions(
      keepsLines: map, computesFigures: figures || surface || vocabulary != nil)
    guard let vocabulary else { return options }
    do {
      options.vocabulary = try TokenVocabulary(Ingest.contents(of: vocabulary))
    } catch {
      note(
        "\(printable(vocabulary)): error: not a vocabulary: \(error)\n  help: give a file in tiktoken's format, as o200k_base.tiktoken"
      )
      throw ExitStatus.unusable.exitCode
    }
    return options
  }

  /// The projects at every path; a path where nothing is costs only itself.
  private func listArtifacts(_ status: inout ExitStatus) -> [Artifact] {
    let experiments = RubricLibrary.ids
    var artifacts: [Artifact] = []
    for path in paths {
      do throws(IngestError) {
        artifacts += try Ingest.artifacts(in: [path], experiments: experiments)
      } catch {
        report(error, &status)
      }
    }
    return artifacts
  }

  /// The files of the earlier version by their paths; `nil` without one.
  private func listEarlier(_ artifacts: [Artifact]) throws -> [String: ProjectEntry]? {
    guard let against else { return nil }
    guard artifacts.count == 1 else {
      throw ValidationError(
        "--against compares one project with an earlier version of it, found \(artifacts.count) projects")
    }
    do throws(IngestError) {
      let listing = try Ingest.list(path: against, filter: filter)
      return Dictionary(listing.entries.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    } catch {
      var status = ExitStatus.done
      report(error, &status)
      throw status.exitCode
    }
  }

  private var filter: FileFilter {
    FileFilter(
      include: selection.include, exclude: selection.exclude, respectsGitignore: !selection.noGitignore)
  }

  /// Models side by side, and densities beside what the projects do.
  private func conclude(_ measured: [MeasuredArtifact], _ status: inout ExitStatus) -> DensityConclusion {
    let models = ModelComparison(measured)
    guard surface, let rubrics = try? RubricLibrary.all() else { return DensityConclusion(models: models) }
    let scorer = ProjectScorer(rubrics: rubrics, filter: filter)
    var surfaces: [Surface] = []
    orderedMap(count: measured.count, threads: common.threadCount) { index in
      let artifact = measured[index]
      return Result { () throws(ScoringError) in
        try scorer.score(Artifact(path: artifact.path, model: artifact.model, experiment: artifact.experiment))
      }
    } consume: { index, result in
      switch result {
      case .success(let outcome): surfaces.append(Surface(measured[index], outcome.project))
      case .failure(let error):
        note(error.description)
        status = max(status, .unusable)
      }
    }
    return DensityConclusion(models: models, surfaces: surfaces)
  }

  private func measure(
    _ artifact: Artifact, _ options: DensityOptions, _ earlier: [String: ProjectEntry]?, _ status: inout ExitStatus
  ) -> MeasuredArtifact? {
    let listing: ProjectListing
    do throws(IngestError) {
      listing = try Ingest.list(path: artifact.path, filter: filter)
    } catch {
      report(error, &status)
      return nil
    }
    var files: [MeasuredFile] = []
    var summary = DensitySummary()
    var diagnostics = listing.diagnostics.map { PlacedDiagnostic($0) }
    var unreadable = listing.unreadablePaths
    let entries = listing.entries
    // Files are small, so threads take them by the handful.
    let batch = 16
    orderedMap(count: (entries.count + batch - 1) / batch, threads: common.threadCount) { index in
      entries[(index * batch)..<min(entries.count, (index + 1) * batch)].map {
        MeasuredEntry($0, limits: LoadLimits(), options: options, earlier: earlier.map { known in { known[$0] } })
      }
    } consume: { index, batchEntries in
      for (offset, entry) in batchEntries.enumerated() {
        if let file = entry.file {
          summary.add(file)
          files.append(file)
        }
        diagnostics += entry.diagnostics
        if entry.isUnreadable { unreadable.append(entries[index * batch + offset].path) }
      }
    }
    guard !files.isEmpty else {
      report(
        IngestError(
          path: artifact.path, problem: "holds no HTML, CSS or script", advice: "name a project's folder or page"),
        &status)
      return nil
    }
    var measured = MeasuredArtifact(
      artifact, density: ProjectDensity(files, summary: summary, options: options), diagnostics: diagnostics,
      unreadablePaths: unreadable)
    if options.computesFigures, let project = try? Ingest.load(path: artifact.path, filter: filter) {
      measured.unused = UnusedCode(project)
    }
    return measured
  }

  private func report(_ error: IngestError, _ status: inout ExitStatus) {
    note(
      "\(printable(error.path)): error: \(error.problem)\n  help: \(error.advice ?? "check the spelling of the path")")
    status = max(status, .unusable)
  }

  private func report(_ artifact: MeasuredArtifact, _ status: inout ExitStatus) {
    for diagnostic in artifact.diagnostics {
      let place = printable("\(artifact.path)/\(diagnostic.file)")
      note("\(place):\(diagnostic.line):\(diagnostic.column): \(diagnostic.severity): \(printable(diagnostic.message))")
    }
    if !artifact.unreadablePaths.isEmpty { status = max(status, .inconclusive) }
  }
}

extension DensityFormat: ExpressibleByArgument {}
