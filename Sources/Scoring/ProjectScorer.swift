public import Ingest
public import Mechanics
public import Program
public import Rubrics

import SourceText

/// Which rubric a project is held against.
public enum RubricChoice: Sendable {
  /// This one.
  case fixed(Rubric)
  /// The one that the project's settings name, else the one that a folder on its path is called after, else the one that fits.
  case automatic
}

/// A project that cannot be scored.
public struct ScoringError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The project.
  public var path: String
  /// What is wrong, in lower case without a full stop.
  public var problem: String
  /// What to do about it.
  public var advice: String?

  /// What is wrong, where, and what to do.
  public var description: String {
    "\(printable(path)): error: \(problem)" + (advice.map { "\n  help: \($0)" } ?? "")
  }
}

/// Scores projects by rubrics: from files to findings, from findings to verdicts, from verdicts to a result that can be printed.
public struct ProjectScorer: Sendable {
  /// The rubrics to choose from when none is named.
  public var rubrics: [Rubric]
  /// How the rubric is chosen.
  public var choice: RubricChoice
  /// Which files of a project are read.
  public var filter: FileFilter
  /// How much of a project is read.
  public var limits: LoadLimits

  /// Makes a scorer.
  public init(
    rubrics: [Rubric], choice: RubricChoice = .automatic, filter: FileFilter = FileFilter(),
    limits: LoadLimits = LoadLimits()
  ) {
    self.rubrics = rubrics
    self.choice = choice
    self.filter = filter
    self.limits = limits
  }

  /// A result, and what the user has to be told besides.
  public struct Outcome: Sendable {
    /// The result.
    public var project: ScoredProject
    /// Sentences for standard error, such as why a rubric was chosen.
    public var notes: [String]
  }

  /// A result together with what it was made from, for those who ask for more than a score.
  public struct Examination: Sendable {
    /// The result and the notes.
    public var outcome: Outcome
    /// The project as it was read.
    public var project: Project
    /// The project as a program.
    public var program: ProgramModel
    /// What the analyses found.
    public var findings: [Finding]
  }

  /// Reads and scores a project and keeps what the score was made from.
  ///
  /// - Throws: ``ScoringError`` when there is nothing to score or no rubric to score it by.
  public func examine(_ artifact: Artifact) throws(ScoringError) -> Examination {
    let project = try load(artifact)
    let analysis = ProjectAnalysis(project)
    let chosen = try require(choose(for: artifact, project, analysis), for: artifact)
    let findings = analysis.findings(for: chosen.rubric)
    let evaluation = chosen.rubric.evaluate(findings, analysed: MechanicCatalogue.knownMechanics)
    return Examination(
      outcome: outcome(project, artifact, analysis, chosen, evaluation), project: project, program: analysis.program,
      findings: findings)
  }

  /// Reads and scores a project.
  ///
  /// - Throws: ``ScoringError`` when there is nothing to score or no rubric to score it by.
  public func score(_ artifact: Artifact) throws(ScoringError) -> Outcome {
    try score(try load(artifact), artifact: artifact)
  }

  /// Reads a project that has something to analyse.
  func load(_ artifact: Artifact) throws(ScoringError) -> Project {
    let project: Project
    do throws(IngestError) {
      project = try Ingest.load(path: artifact.path, limits: limits, filter: filter)
    } catch {
      throw ScoringError(path: error.path, problem: error.problem, advice: error.advice)
    }
    try requireCode(in: project)
    return project
  }

  /// Scores a project that was read already.
  ///
  /// - Throws: ``ScoringError`` when there is nothing to score or no rubric to score it by.
  public func score(_ project: Project, artifact: Artifact) throws(ScoringError) -> Outcome {
    try requireCode(in: project)
    let analysis = ProjectAnalysis(project)
    let chosen = try require(choose(for: artifact, project, analysis), for: artifact)
    return outcome(project, artifact, analysis, chosen, chosen.evaluation ?? analysis.evaluate(chosen.rubric))
  }

  private func require(_ chosen: Choice?, for artifact: Artifact) throws(ScoringError) -> Choice {
    if let chosen { return chosen }
    throw noRubricFits(artifact)
  }

  private func outcome(
    _ project: Project, _ artifact: Artifact, _ analysis: ProjectAnalysis, _ chosen: Choice, _ evaluation: Evaluation
  ) -> Outcome {
    Outcome(
      project: ResultBuilder(project: project, diagnostics: analysis.diagnostics).result(
        artifact: artifact, rubric: chosen.rubric, evaluation: evaluation),
      notes: chosen.note.map { [$0] } ?? [])
  }

  func noRubricFits(_ artifact: Artifact) -> ScoringError {
    ScoringError(
      path: artifact.path, problem: "no rubric fits",
      advice: "name one with --rubric: \(rubrics.map { $0.id }.joined(separator: ", "))")
  }

  private func requireCode(in project: Project) throws(ScoringError) {
    let isCode: Set<ProjectFile.Kind> = [.html, .javaScript, .typeScript, .vue, .svelte]
    if project.files.contains(where: { isCode.contains($0.kind) }) { return }
    if let unreadable = project.unreadablePaths.first {
      let why = project.diagnostics.first { $0.file == unreadable }.map { ": \($0.diagnostic.message)" } ?? ""
      throw ScoringError(
        path: project.path,
        problem: "`\(printable(unreadable))` could not be read and there is nothing else to score\(why)",
        advice: "make the files readable, or raise the limit")
    }
    let isEmpty = project.files.isEmpty && project.otherPaths.isEmpty
    throw ScoringError(
      path: project.path, problem: isEmpty ? "the folder is empty" : "no HTML and no script in it",
      advice: "name a folder that holds a web project")
  }

  // MARK: The choice of a rubric

  /// A rubric, and why it was chosen.
  struct Choice {
    var rubric: Rubric
    var evaluation: Evaluation?
    var note: String?
  }

  /// Chooses the rubric to hold a project against; `nil` when none fits.
  func choose(
    for artifact: Artifact, _ project: Project, _ analysis: ProjectAnalysis
  ) throws(ScoringError) -> Choice? {
    if case .fixed(let rubric) = choice { return Choice(rubric: rubric) }
    if let named = try rubricOfSettings(artifact, project) { return Choice(rubric: named) }
    if let experiment = artifact.experiment, let rubric = rubrics.first(where: { $0.id == experiment }) {
      return Choice(rubric: rubric)
    }
    let ranked = analysis.ranked(rubrics)
    guard let best = ranked.first, best.fit > 0 else { return nil }
    let note = "\(printable(artifact.path)): scored as \(best.rubric.id), which fits best: \(best.reason)"
    return Choice(rubric: best.rubric, evaluation: best.evaluation, note: note)
  }

  private func rubricOfSettings(_ artifact: Artifact, _ project: Project) throws(ScoringError) -> Rubric? {
    guard let settings = project.settings else { return nil }
    let path = project.path + "/" + settings.path
    let name: String
    do throws(RubricError) {
      guard let named = try ProjectSettings(yaml: settings.bytes, file: path).rubric else { return nil }
      name = named
    } catch {
      throw ScoringError(path: path, problem: "the project's settings cannot be used\n\(error)")
    }
    do throws(RubricLookupError) {
      return try RubricLibrary.rubric(named: ProjectSettings.resolve(name, besides: path))
    } catch {
      throw ScoringError(path: path, problem: "the rubric that it names cannot be used\n\(error)")
    }
  }
}
