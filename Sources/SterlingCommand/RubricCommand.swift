import ArgumentParser
import Ingest
import Rubrics
import Scoring
import SourceText
import WorkerPool

/// `sterling rubric`.
struct RubricCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rubric", abstract: "Lists, checks, tests and explains rubrics, and starts new ones.",
    subcommands: [
      RubricListCommand.self, RubricCheckCommand.self, RubricTestCommand.self, RubricExplainCommand.self,
      RubricNewCommand.self,
      RubricSchemaCommand.self,
    ])
}

/// `sterling rubric list`.
struct RubricListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the built-in rubrics, or the criteria of a rubric.")

  @Argument(help: ArgumentHelp("A rubric whose criteria to list.", valueName: "id|file"))
  var rubric: String?

  func run() throws {
    var sink = try OutputStream(path: nil)
    if let rubric {
      let found = try loadRubric(rubric)
      try sink.write(line("\(found.id)  \(found.title), version \(found.version)"))
      let width = found.criteria.reduce(0) { max($0, terminalWidth(of: $1.id)) }
      for criterion in found.criteria {
        let padding = String(repeating: " ", count: width - terminalWidth(of: criterion.id))
        let required = criterion.isRequired ? ", required" : ""
        try sink.write(
          line("  \(criterion.id)\(padding)  \(criterion.title) (weight \(weight(criterion.weight))\(required))"))
      }
    } else {
      for id in RubricLibrary.ids {
        let found = try loadRubric(id)
        try sink.write(line("\(id)  \(found.title), \(found.criteria.count) criteria"))
      }
    }
    try sink.finish()
  }

  private func weight(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
}

/// `sterling rubric check`.
struct RubricCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks that rubrics can be used: every key, condition, role and reference.",
    discussion: "Exit codes: 0 all can be used, 2 one cannot.")

  @Argument(help: ArgumentHelp("Rubrics.", valueName: "id|file"), completion: .file())
  var rubrics: [String]

  func run() throws {
    var status = ExitStatus.done
    for name in rubrics {
      do throws(RubricLookupError) {
        let rubric = try RubricLibrary.rubric(named: name)
        let examples = rubric.criteria.reduce(0) { $0 + $1.examples.count }
        note("\(printable(name)): \(rubric.criteria.count) criteria, \(examples) examples, no error")
      } catch {
        note(error.description)
        status = .unusable
      }
    }
    try status.exitUnlessDone()
  }
}

/// `sterling rubric test`.
struct RubricTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Runs the examples of rubrics, and takes the evidence out of each that passes.",
    discussion: """
      Each example has to get its verdict. Of each that is met, the code that the verdict rests on is then taken out, and the verdict \
      has to turn; the share that turns is the kill rate.

      Exit codes: 0 all came out right, 1 an example did not, or a verdict stayed, 2 a rubric cannot be used.
      """)

  @Argument(help: ArgumentHelp("Rubrics; the built-in ones without any.", valueName: "id|file"), completion: .file())
  var rubrics: [String] = []

  @Option(help: ArgumentHelp("Run the examples of this criterion only.", valueName: "id"))
  var criterion: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    var status = ExitStatus.done
    var sink = try OutputStream(path: nil)
    for name in rubrics.isEmpty ? RubricLibrary.ids : rubrics {
      do {
        try test(loadRubric(name), &sink, &status)
      } catch let code as ExitCode where code == ExitStatus.unusable.exitCode {
        status = max(status, .unusable)
      }
    }
    try sink.finish()
    try status.exitUnlessDone()
  }

  private func test(_ rubric: Rubric, _ sink: inout OutputStream, _ status: inout ExitStatus) throws {
    var rubric = rubric
    if let criterion {
      guard let found = rubric.criteria.first(where: { $0.id == criterion }) else {
        let nearest = nearestName(to: criterion, among: rubric.criteria.map { $0.id })
        note(
          "error: \(rubric.id) has no criterion `\(printable(criterion))`"
            + (nearest.map { "\n  help: did you mean `\($0)`?" } ?? ""))
        throw ExitStatus.unusable.exitCode
      }
      rubric.criteria = [found]
    }
    let tester = RubricTester(rubric)
    var results: [ExampleResult] = []
    orderedMap(count: tester.count, threads: common.threadCount) {
      tester.result($0)
    } consume: {
      results.append($1)
    }
    for result in results where !result.isRight || result.survives {
      let name = "\(rubric.id)/\(result.criterion) example \(result.number)" + (result.title.map { ", \($0)" } ?? "")
      if result.isRight {
        try sink.write(line("\(name): stays met without its evidence"))
      } else {
        try sink.write(
          line("\(name): \(result.found), \(result.expected) is right" + (result.reason.map { "; \($0)" } ?? "")))
      }
    }
    let right = results.count { $0.isRight }
    let killable = results.count { $0.withoutEvidence != nil }
    let killed = results.count { $0.withoutEvidence != nil && !$0.survives }
    let bare = rubric.criteria.filter { $0.examples.isEmpty }.count
    try sink.write(
      line(
        "\(rubric.id): \(right) of \(results.count) examples right, \(killed) of \(killable) verdicts turn without their evidence"
          + (bare == 0 ? "" : "; \(bare) criteria have no example")))
    if right < results.count || killed < killable { status = max(status, .gateFailed) }
  }
}

/// `sterling rubric explain`.
struct RubricExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Shows why a criterion got its verdict on a project, part by part.",
    discussion: """
      Every part of the condition is shown with what it came to and the places that decide it, then the deepest part that held and \
      the first that did not. The rubric is chosen as `sterling score` chooses it.

      Exit codes: 0 done, 2 a path, rubric or criterion cannot be used.
      """)

  @Argument(help: ArgumentHelp("The criterion.", valueName: "criterion"))
  var criterion: String

  @OptionGroup var choice: ProjectOptions
  @OptionGroup var files: FileOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let (scorer, known) = try choice.makeScorer(files)
    var status = ExitStatus.done
    var sink = try OutputStream(path: nil)
    for artifact in choice.listArtifacts(known, &status) {
      switch Result(catching: { () throws(ScoringError) in try scorer.explain(artifact, criterion: criterion) }) {
      case .success(let explained?): try sink.write(text(of: explained))
      case .success(nil):
        note(
          "\(printable(artifact.path)): error: its rubric has no criterion `\(printable(criterion))`\n  help: `sterling rubric list ID` lists them"
        )
        status = max(status, .unusable)
      case .failure(let error):
        note(error.description)
        status = max(status, .unusable)
      }
    }
    try sink.finish()
    try status.exitUnlessDone()
  }

  private func text(of explained: ExplainedCriterion) -> [UInt8] {
    var bytes = line("\(explained.path)  \(explained.rubric)/\(explained.verdict.id)  \(explained.verdict.verdict)")
    for part in explained.parts {
      let margin = String(repeating: "  ", count: part.depth + 1)
      bytes += line("\(margin)\(part.truth.padded(to: 7)) \(part.text)")
      for evidence in part.evidence { bytes += line("\(margin)          \(place(evidence))  \(evidence.says)") }
      for refused in part.refused {
        bytes += line("\(margin)          not counted: \(refused.reason)")
        for evidence in refused.evidence.prefix(2) {
          bytes += line("\(margin)            \(place(evidence))  \(evidence.says)")
        }
      }
    }
    if let part = explained.deepestHolding { bytes += line("  the deepest part that holds: \(part.text)") }
    if let part = explained.firstFailing { bytes += line("  the first part that does not: \(part.text)") }
    if let reason = explained.verdict.reason { bytes += line("  \(reason)") }
    if let advice = explained.verdict.advice { bytes += line("  advice: \(advice)") }
    return bytes
  }

  private func place(_ evidence: LocatedEvidence) -> String { "\(evidence.file):\(evidence.line):\(evidence.column)" }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// `sterling rubric new`.
struct RubricNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes a commented rubric to start from.")

  @Argument(help: ArgumentHelp("The new rubric's id: small letters, digits and hyphens.", valueName: "id"))
  var id: String

  @Option(
    name: .shortAndLong, help: "The file to write; standard output without it. A file that is there is kept.",
    completion: .file())
  var output: String?

  func validate() throws {
    let isName = id.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D } && id.first?.isLetter == true
    if !isName { throw ValidationError("an id has small letters, digits and hyphens, found '\(printable(id))'") }
  }

  func run() throws {
    if let output, (try? readFile(output)) != nil {
      note("error: there is a file `\(printable(output))` already\n  help: choose another name, or remove it first")
      throw ExitStatus.unusable.exitCode
    }
    var sink = try OutputStream(path: output)
    try sink.write(Array(Rubric.starter(id: id).utf8))
    try sink.finish()
  }
}

/// `sterling rubric schema`.
struct RubricSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON Schema of rubric files, for editors.")

  func run() throws {
    var sink = try OutputStream(path: nil)
    try sink.write(Rubric.schema())
    try sink.finish()
  }
}

/// A rubric by its id or path; what is wrong with it goes to standard error.
func loadRubric(_ name: String) throws -> Rubric {
  do throws(RubricLookupError) {
    return try RubricLibrary.rubric(named: name)
  } catch {
    note(error.description)
    throw ExitStatus.unusable.exitCode
  }
}

private func line(_ text: String) -> [UInt8] { Array((printable(text) + "\n").utf8) }
