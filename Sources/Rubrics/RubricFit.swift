public import Mechanics

/// How well a rubric suits a project for which nobody named one.
public struct RubricFit: Sendable {
  /// The rubric.
  public var rubric: Rubric
  /// The evaluation that it was ranked by.
  public var evaluation: Evaluation
  /// The signals that stand in the project's title or headings.
  public var signals: [String]
  /// From 0 to 1: half for the share of the required criteria that are met, three tenths for signals (two are enough),
  /// two tenths for the share of all weight that is met.
  public var fit: Double

  /// Why it ranks where it does, in one clause.
  public var reason: String {
    let required = evaluation.verdicts.filter { $0.criterion.isRequired }
    let met = required.filter { $0.status == .met }.count
    let words =
      signals.isEmpty
      ? "no title or heading names it" : "titles name " + signals.map { "`\($0)`" }.joined(separator: ", ")
    return "\(met) of \(required.count) required criteria are met, \(words)"
  }
}

extension Rubric {
  /// Ranks rubrics by how well they suit a project, best first; equal ones by id.
  ///
  /// - Parameters:
  ///   - rubrics: The rubrics to choose from.
  ///   - headings: The texts of the project's titles and main headings.
  ///   - project: Who answers what conditions ask besides.
  ///   - findings: For a rubric, what the analyses find under its hints.
  ///   - analysed: The mechanics that an analysis was run for.
  public static func ranked(
    _ rubrics: [Rubric], headings: [String], analysed: Set<String>, project: (any ProjectAnswers)? = nil,
    findings: (Rubric) -> [Finding]
  ) -> [RubricFit] {
    let words = headings.map { wordsOf($0) }
    let fits = rubrics.map { rubric -> RubricFit in
      let evaluation = rubric.evaluate(findings(rubric), analysed: analysed, project: project)
      let signals = rubric.signals.filter { signal in words.contains { contains($0, wordsOf(signal)) } }
      return RubricFit(
        rubric: rubric, evaluation: evaluation, signals: signals, fit: fit(evaluation.verdicts, signals: signals.count))
    }
    return fits.sorted { ($1.fit, $0.rubric.id) < ($0.fit, $1.rubric.id) }
  }

  private static func fit(_ verdicts: [Verdict], signals: Int) -> Double {
    let required = verdicts.filter { $0.criterion.isRequired }
    let met = required.filter { $0.status == .met }.count
    let requiredShare = required.isEmpty ? 0 : Double(met) / Double(required.count)
    let share = Score(verdicts, cap: 100).low / 100
    return 0.5 * requiredShare + 0.3 * min(1, Double(signals) / 2) + 0.2 * share
  }

  private static func wordsOf(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }

  /// Whether `phrase` stands in `words` as whole words side by side.
  private static func contains(_ words: [Substring], _ phrase: [Substring]) -> Bool {
    guard !phrase.isEmpty, phrase.count <= words.count else { return false }
    return (0...(words.count - phrase.count)).contains { words[$0..<($0 + phrase.count)].elementsEqual(phrase) }
  }
}
