public import Mechanics

/// A rubric's verdicts on one project, and the score that they give.
public struct Evaluation: Sendable {
  /// The verdicts, in the order of the rubric.
  public var verdicts: [Verdict]
  /// The score.
  public var score: Score

  /// The verdict on the criterion with the given id.
  public func verdict(_ id: String) -> Verdict? { verdicts.first { $0.criterion.id == id } }
}

/// A score from 0 to 100, as the range that what is unknown leaves.
///
/// Each criterion that applies gives its weight when it is met and nothing otherwise, a broken attempt included: a person
/// gets nothing from it either. The score is the share that is given, in percent.
///
/// A required criterion that is not met caps the score: the greatest score that is left is the rubric's `cap`. A required
/// criterion that is unknown caps the low end only.
public struct Score: Hashable, Sendable {
  /// With what is unknown counted as missing.
  public var low: Double
  /// With what is unknown counted as met.
  public var high: Double
  /// The cap, when a required criterion is not met or unknown; `nil` when all are met.
  public var cap: Double?
  /// The ids of the required criteria that are broken or missing, in the order of the rubric.
  public var failedRequired: [String]
  /// The ids of the required criteria that are unknown, in the order of the rubric.
  public var unknownRequired: [String]
  /// The sum of the weights that apply.
  public var weight: Double

  /// The score: the low end, since what is unknown never raises it.
  public var value: Double { low }

  /// Adds up verdicts.
  public init(_ verdicts: [Verdict], cap: Double) {
    let counted = verdicts.filter { $0.applies }
    func ids(_ include: (Verdict) -> Bool) -> [String] {
      counted.filter { $0.criterion.isRequired && include($0) }.map { $0.criterion.id }
    }
    func sum(_ include: (Verdict) -> Bool) -> Double {
      counted.reduce(0) { include($1) ? $0 + $1.criterion.weight : $0 }
    }
    failedRequired = ids { $0.status == .broken || $0.status == .missing }
    unknownRequired = ids { $0.status == .unknown }
    weight = sum { _ in true }
    let met = sum { $0.status == .met }
    let unknown = sum { $0.status == .unknown }
    low = weight > 0 ? met * 100 / weight : 0
    high = weight > 0 ? (met + unknown) * 100 / weight : 0
    if !failedRequired.isEmpty { high = min(high, cap) }
    guard !failedRequired.isEmpty || !unknownRequired.isEmpty else { return }
    low = min(low, cap)
    self.cap = cap
  }
}

extension Rubric {
  /// Holds the findings of a project against this rubric.
  ///
  /// - Parameters:
  ///   - findings: What the analyses found, in any order.
  ///   - analysed: The mechanics that an analysis was run for; conditions over others are unknown.
  ///   - project: Who answers what conditions ask besides; without it, such conditions are unknown.
  public func evaluate(
    _ findings: [Finding], analysed: Set<String>, project: (any ProjectAnswers)? = nil
  ) -> Evaluation {
    let maker = VerdictMaker(
      evaluator: ConditionEvaluator(findings: findings, analysed: analysed, project: project ?? NoProject()))
    let verdicts = criteria.map { maker.verdict(on: $0) }
    return Evaluation(verdicts: verdicts, score: Score(verdicts, cap: cap))
  }
}
