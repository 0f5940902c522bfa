public import Ingest

import Rubrics
import SourceText

/// Why a criterion got its verdict.
public struct ExplainedCriterion: Sendable {
  /// The project's path as the user gave it.
  public var path: String
  /// The rubric's id.
  public var rubric: String
  /// The verdict.
  public var verdict: ScoredCriterion
  /// The condition for being met, part by part.
  public var parts: [ExplainedPart]

  /// The part that held at the greatest depth, the first of several; `nil` when none held.
  public var deepestHolding: ExplainedPart? {
    parts.filter { $0.truth == "holds" }.reduce(nil) { best, part in
      best.map { $0.depth >= part.depth ? $0 : part } ?? part
    }
  }

  /// The first part that looks for one thing and did not find it; `nil` when all did.
  public var firstFailing: ExplainedPart? { parts.first { $0.truth != "holds" && !$0.isCombination } }
}

/// One part of a condition, ready to print.
public struct ExplainedPart: Sendable {
  /// How deep it stands in the condition, from 0.
  public var depth: Int
  /// `holds`, `fails` or `unknown`.
  public var truth: String
  /// What it asks.
  public var text: String
  /// Whether it combines other parts.
  public var isCombination: Bool
  /// The places that make it hold, or that leave it undecided.
  public var evidence: [LocatedEvidence]
  /// What came nearest, and why each was refused.
  public var refused: [(reason: String, evidence: [LocatedEvidence])]
}

extension ProjectScorer {
  /// Explains one criterion's verdict on a project; `nil` when the rubric has no such criterion.
  ///
  /// - Throws: ``ScoringError`` when there is nothing to score or no rubric fits.
  public func explain(_ artifact: Artifact, criterion: String) throws(ScoringError) -> ExplainedCriterion? {
    let project = try load(artifact)
    let analysis = ProjectAnalysis(project)
    guard let chosen = try choose(for: artifact, project, analysis) else { throw noRubricFits(artifact) }
    let evaluation = chosen.evaluation ?? analysis.evaluate(chosen.rubric)
    guard let verdict = evaluation.verdict(criterion) else { return nil }
    let places = ResultBuilder(project: project, diagnostics: [])
    return ExplainedCriterion(
      path: artifact.path, rubric: chosen.rubric.id, verdict: places.criterion(verdict),
      parts: verdict.explanation.outline.map { line in
        ExplainedPart(
          depth: line.depth, truth: line.truth.rawValue, text: line.text,
          isCombination: line.isCombination,
          evidence: line.evidence.map(places.located),
          refused: line.refused.map { ($0.reason, $0.evidence.map(places.located)) })
      })
  }
}
