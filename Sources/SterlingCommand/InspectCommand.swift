import ArgumentParser
import Ingest
import Reports
import Rubrics
import Scoring
import SourceText
import WorkerPool

/// `sterling inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract:
      "Shows a project as Sterling sees it: entry points, functions, libraries, and every mechanic with its evidence.",
    discussion: """
      What was refused is shown with the reason, so that an author of rubrics sees why a criterion got its verdict. The rubric, \
      whose words tell roles such as prey and predator apart, is chosen as `sterling score` chooses it.

      Exit codes: 0 done, 2 a path or rubric cannot be used (the other projects are shown all the same), 3 a project was not \
      analysed in full.
      """)

  @OptionGroup var choice: ProjectOptions

  @Option(help: "The format of the result.")
  var format: FormatChoice = .text

  @Option(
    name: .shortAndLong, help: "The file to write the result to; standard output without it.", completion: .file())
  var output: String?

  @OptionGroup var files: FileOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let (scorer, known) = try choice.makeScorer(files)
    var status = ExitStatus.done
    let artifacts = choice.listArtifacts(known, &status)
    var reporter = format.format.inspectionReporter(
      ReportOptions(
        toolVersion: sterlingVersion, usesColor: common.color.isOn(writingToFile: output != nil),
        columns: output == nil && common.isTerminal ? terminalColumns() : nil))
    var sink = try OutputStream(path: output)
    var shown = 0
    if !artifacts.isEmpty { try sink.write(reporter.begin()) }
    try orderedMap(count: artifacts.count, threads: common.threadCount) { index in
      Result { () throws(ScoringError) in try scorer.inspect(artifacts[index]) }
    } consume: { _, result in
      switch result {
      case .success(let project):
        if !project.isComplete { status = max(status, .inconclusive) }
        try sink.write(reporter.add(project))
        shown += 1
      case .failure(let error):
        note(error.description)
        status = max(status, .unusable)
      }
    }
    if !artifacts.isEmpty { try sink.write(reporter.end()) }
    try sink.finish(discarding: shown == 0)
    try status.exitUnlessDone()
  }
}
