import ArgumentParser
import Ingest
import Reports
import Rubrics
import Scoring
import SourceText
import WorkerPool

/// `sterling score`.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Scores a project, or each of a set of projects, by a rubric, with evidence at file:line.",
    discussion: """
      A path is a project's folder, a single page, or a folder of such folders (MODEL/EXPERIMENT/ or EXPERIMENT/MODEL/), which is \
      scored as a set. Without --rubric, the rubric is the one that the project's sterling.yaml names, else the one whose id is a \
      folder name on its path, else the one that fits best, with a note on standard error.

      Exit codes: 0 done, 2 a path or rubric cannot be used (the other projects are scored all the same), 3 a file of a project \
      could not be read.
      """)

  @OptionGroup var choice: ProjectOptions

  @Option(help: "The format of the result.")
  var format: FormatChoice = .text

  @Option(
    name: .shortAndLong, help: "The file to write the result to; standard output without it.", completion: .file())
  var output: String?

  @Flag(help: "Show every criterion of every project of a set, not only the table.")
  var details = false

  @OptionGroup var files: FileOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let (scorer, known) = try choice.makeScorer(files)
    var status = ExitStatus.done
    let artifacts = choice.listArtifacts(known, &status)
    let isSet = artifacts.count > 1
    var reporter = format.format.scoreReporter(
      ReportOptions(
        toolVersion: sterlingVersion, usesColor: common.color.isOn(writingToFile: output != nil),
        columns: output == nil && common.isTerminal ? terminalColumns() : nil, isSet: isSet,
        showsDetails: !isSet || details))
    var sink = try OutputStream(path: output)
    var scored = 0
    if !artifacts.isEmpty { try sink.write(reporter.begin()) }
    var progress = Progress(total: artifacts.count)
    try orderedMap(count: artifacts.count, threads: common.threadCount) { index in
      Result { () throws(ScoringError) in try scorer.score(artifacts[index]) }
    } consume: { index, result in
      progress.update(done: index + 1, printable(artifacts[index].path))
      switch result {
      case .success(let outcome):
        progress.clear()
        for text in outcome.notes { note(text) }
        if outcome.project.isIncomplete { status = max(status, .inconclusive) }
        try sink.write(reporter.add(outcome.project))
        scored += 1
      case .failure(let error):
        progress.clear()
        note(error.description)
        status = max(status, .unusable)
      }
    }
    progress.clear()
    if !artifacts.isEmpty { try sink.write(reporter.end()) }
    try sink.finish(discarding: scored == 0)
    try status.exitUnlessDone()
  }
}

/// Which files of a project are read.
struct FileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only files that match; patterns as in .gitignore. May be given again.", valueName: "pattern"))
  var include: [String] = []

  @Option(
    help: ArgumentHelp("No files that match; patterns as in .gitignore. May be given again.", valueName: "pattern"))
  var exclude: [String] = []

  @Flag(name: .customLong("no-gitignore"), help: "Read files that a .gitignore of the project names as well.")
  var noGitignore = false
}

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "When to colour text.")
  var color: ColorChoice = .auto

  @Option(
    help: ArgumentHelp("How many threads work at once; as many as there are processors without it.", valueName: "n"))
  var threads: Int?

  /// The number of threads to use.
  var threadCount: Int { threads ?? availableProcessorCount }

  /// Whether standard output is a terminal, whose width text is cut to.
  var isTerminal: Bool { standardOutputIsTerminal() }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more, found \(threads)") }
  }
}

/// A format that scores can be printed in.
enum FormatChoice: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// For programs.
  case json

  /// The format.
  var format: ReportFormat {
    switch self {
    case .text: .text
    case .json: .json
    }
  }
}
