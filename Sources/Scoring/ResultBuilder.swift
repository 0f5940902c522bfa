import Density
import Ingest
import Mechanics
import Rubrics
import SourceText

/// Turns verdicts into a result that can be printed: spans become lines, columns and excerpts.
struct ResultBuilder {
  private let project: Project
  private let diagnostics: [FileDiagnostic]
  private let readers: LazyReaders

  init(project: Project, diagnostics: [FileDiagnostic]) {
    self.project = project
    self.diagnostics = diagnostics
    readers = LazyReaders(project)
  }

  func result(artifact: Artifact, rubric: Rubric, evaluation: Evaluation) -> ScoredProject {
    ScoredProject(
      artifact: .init(
        path: artifact.path, model: artifact.model, experiment: artifact.experiment, files: project.files.count,
        bytes: project.files.reduce(0) { $0 + $1.sizeInBytes }),
      rubric: .init(id: rubric.id, version: rubric.version, sha256: rubric.sha256),
      score: ScoreRange(
        low: rounded(evaluation.score.low), high: rounded(evaluation.score.high), cap: evaluation.score.cap,
        failedRequired: evaluation.score.failedRequired),
      criteria: evaluation.verdicts.map(criterion),
      density: ProjectDensity(project, options: DensityOptions(classifiesComments: false)).totals,
      diagnostics: locatedDiagnostics,
      isIncomplete: !project.isComplete)
  }

  /// What was wrong with the files, by place.
  var locatedDiagnostics: [LocatedDiagnostic] {
    diagnostics.map(located).sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
  }

  /// Scores are given to two decimals, so that no report differs in the last bit of a sum.
  private func rounded(_ score: Double) -> Double { (score * 100).rounded() / 100 }

  /// A verdict with its places.
  func criterion(_ verdict: Verdict) -> ScoredCriterion {
    ScoredCriterion(
      id: verdict.criterion.id, title: verdict.criterion.title, weight: verdict.criterion.weight,
      isRequired: verdict.criterion.isRequired, applies: verdict.applies, verdict: verdict.status.rawValue,
      failure: verdict.failure?.rawValue, reason: verdict.reason, evidence: verdict.evidence.map(located),
      advice: verdict.advice)
  }

  /// The lines, columns and excerpt of a piece of evidence.
  func located(_ evidence: Evidence) -> LocatedEvidence {
    let excerpt = readers.reader(of: evidence.file)?.excerpt(at: evidence.span)
    return LocatedEvidence(
      file: evidence.file, line: excerpt?.start.line ?? 1, column: excerpt?.start.column ?? 1,
      endLine: excerpt?.end.line ?? 1, endColumn: excerpt?.end.column ?? 1, excerpt: excerpt?.text ?? "",
      says: evidence.says)
  }

  private func located(_ diagnostic: FileDiagnostic) -> LocatedDiagnostic {
    let place = readers.reader(of: diagnostic.file)?.position(of: Int(diagnostic.diagnostic.span.start))
    let advice = diagnostic.diagnostic.advice.map { "; \($0)" } ?? ""
    return LocatedDiagnostic(
      severity: diagnostic.diagnostic.severity.rawValue, file: diagnostic.file, line: place?.line ?? 1,
      column: place?.column ?? 1, message: diagnostic.diagnostic.message + advice)
  }
}

/// The excerpt readers of a project's files, each made when it is first needed.
private final class LazyReaders {
  private let files: [String: ProjectFile]
  private var readers: [String: ExcerptReader] = [:]

  init(_ project: Project) {
    files = Dictionary(project.files.map { ($0.path, $0) }) { first, _ in first }
  }

  func reader(of path: String) -> ExcerptReader? {
    if let reader = readers[path] { return reader }
    guard let file = files[path] else { return nil }
    let reader = ExcerptReader(file.bytes)
    readers[path] = reader
    return reader
  }
}
