public import Mechanics

/// What a rubric says of a project in the matter of one criterion, and what that rests on.
public struct Verdict: Sendable {
  /// The four answers.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Code that runs implements it.
    case met
    /// An attempt is wired up and cannot work.
    case broken
    /// Nothing implements it.
    case missing
    /// The analysis cannot tell.
    case unknown
  }

  /// The criterion.
  public var criterion: Criterion
  /// Whether it applies to this project; if not, it is left out of the score.
  public var applies: Bool
  /// The answer.
  public var status: Status
  /// What mends a broken attempt; `nil` for other answers, and where neither rubric nor analysis says it.
  public var failure: Finding.Failure?
  /// The places that decide: what was found, what is broken, or the nearest candidates and why each was refused.
  public var evidence: [Evidence]
  /// What was looked for, why it is broken, or why it cannot be told; `nil` when the evidence of a met criterion says it.
  public var reason: String?
  /// What to do, in one sentence; `nil` when it is met or cannot be told.
  public var advice: String?
  /// How the condition for being met was evaluated.
  public var explanation: Explanation

  /// The evidence, and every other place that helped the condition to hold; reports show fewer.
  public var wholeEvidence: [Evidence] { evidence + explanation.leaves.flatMap { $0.matches.flatMap { $0.evidence } } }
}

/// Turns evaluated conditions into verdicts.
struct VerdictMaker {
  /// Enough places to judge by; a report is no listing.
  static let maximumEvidence = 12
  static let maximumFindingsPerQuery = 3

  let evaluator: ConditionEvaluator

  func verdict(on criterion: Criterion) -> Verdict {
    let met = evaluator.explain(criterion.met)
    let applies = criterion.applies.map { evaluator.explain($0).truth != .fails } ?? true
    var verdict = Verdict(
      criterion: criterion, applies: applies, status: .missing, failure: nil, evidence: [], reason: nil, advice: nil,
      explanation: met)
    switch met.truth {
    case .holds: describeMet(&verdict, met)
    case .unknown: describeUnknown(&verdict, met)
    case .fails: describeFailed(&verdict, met)
    }
    verdict.evidence = Self.withoutRepeats(verdict.evidence)
    return verdict
  }

  private func describeMet(_ verdict: inout Verdict, _ met: Explanation) {
    verdict.status = .met
    verdict.evidence = Self.support(of: met)
    guard verdict.evidence.isEmpty else { return }
    let measured = met.leaves.filter { $0.truth == .holds }.compactMap { $0.reason }
    verdict.reason = Self.joined(measured) ?? "looked for \(Self.absences(in: met)) and found none"
  }

  private func describeUnknown(_ verdict: inout Verdict, _ met: Explanation) {
    verdict.status = .unknown
    let leaves = Self.undecided(in: met)
    verdict.evidence = leaves.flatMap { leaf in
      leaf.doubts.prefix(Self.maximumFindingsPerQuery).flatMap { Self.evidence(of: $0, adding: $0.reason) }
    }
    let reasons = leaves.map { $0.reason ?? $0.doubts.first?.reason ?? "the analysis cannot tell" }
    verdict.reason = Self.joined(reasons)
  }

  private func describeFailed(_ verdict: inout Verdict, _ met: Explanation) {
    if describeBreakage(&verdict) || describeBrokenAttempt(&verdict, met) { return }
    verdict.status = .missing
    verdict.advice = verdict.criterion.advice
    let leaves = Self.culprits(in: met)
    verdict.evidence = leaves.flatMap { $0.explanation.candidateEvidence(isUnwanted: $0.isUnwanted) }
    verdict.reason = Self.joined(leaves.map { $0.text })
  }

  private func describeBreakage(_ verdict: inout Verdict) -> Bool {
    for breakage in verdict.criterion.broken {
      let explanation = evaluator.explain(breakage.when)
      guard explanation.truth == .holds else { continue }
      let finding = explanation.leaves.flatMap { $0.matches }.first
      verdict.status = .broken
      verdict.failure = breakage.failure ?? finding?.failure ?? verdict.criterion.failure
      verdict.advice = breakage.advice ?? finding?.advice ?? verdict.criterion.advice
      verdict.evidence = Self.support(of: explanation)
      verdict.reason = finding?.reason ?? "found \(explanation.leaves.first?.queryText ?? "what must not be there")"
      return true
    }
    return false
  }

  private func describeBrokenAttempt(_ verdict: inout Verdict, _ met: Explanation) -> Bool {
    guard let finding = evaluator.brokenAttempt(in: met) else { return false }
    verdict.status = .broken
    verdict.failure = finding.failure ?? verdict.criterion.failure
    verdict.advice = finding.advice ?? verdict.criterion.advice
    verdict.evidence = Self.evidence(of: finding, adding: nil)
    verdict.reason = finding.reason
    return true
  }
}

// MARK: - What verdicts rest on

extension VerdictMaker {
  /// The evidence of every part that helped a condition to hold; of alternatives, of the first that holds.
  fileprivate static func support(of explanation: Explanation) -> [Evidence] {
    switch explanation.condition.form {
    case .mechanic, .question, .figure:
      return explanation.matches.prefix(maximumFindingsPerQuery).flatMap { evidence(of: $0, adding: $0.reason) }
    case .all: return explanation.parts.flatMap { support(of: $0) }
    case .any: return explanation.parts.first { $0.truth == .holds }.map { support(of: $0) } ?? []
    case .not: return []
    }
  }

  /// The conditions that look for one thing and left a condition undecided.
  fileprivate static func undecided(in explanation: Explanation) -> [Explanation] {
    guard explanation.truth == .unknown else { return [] }
    if explanation.condition.sought != nil { return [explanation] }
    return explanation.parts.flatMap { undecided(in: $0) }
  }

  fileprivate struct Culprit {
    var explanation: Explanation
    /// Whether it holds and must not.
    var isUnwanted: Bool

    var text: String {
      isUnwanted
        ? "found \(explanation.queryText), which must not be there"
        : explanation.reason ?? "looked for \(explanation.queryText) and found none"
    }
  }

  /// The conditions that look for one thing and made a condition fail: the first of several that all must hold, and of
  /// alternatives the one that came nearest.
  fileprivate static func culprits(in explanation: Explanation, isUnwanted: Bool = false) -> [Culprit] {
    switch explanation.condition.form {
    case .mechanic, .question, .figure: return [Culprit(explanation: explanation, isUnwanted: isUnwanted)]
    case .not: return explanation.parts.flatMap { culprits(in: $0, isUnwanted: !isUnwanted) }
    case .all, .any:
      // Below a `not`, what decides is whatever holds.
      let deciding = explanation.parts.filter { $0.truth == (isUnwanted ? .holds : .fails) }
      if case .all = explanation.condition.form {
        return isUnwanted ? deciding.flatMap { culprits(in: $0, isUnwanted: true) } : nearest(deciding.prefix(1))
      }
      return isUnwanted ? (deciding.first.map { culprits(in: $0, isUnwanted: true) } ?? []) : nearest(deciding[...])
    }
  }

  private static func nearest(_ parts: ArraySlice<Explanation>) -> [Culprit] {
    let best = parts.enumerated().max { left, right in
      (left.element.progress, -left.offset) < (right.element.progress, -right.offset)
    }
    return best.map { culprits(in: $0.element) } ?? []
  }

  fileprivate static func absences(in explanation: Explanation) -> String {
    let texts = explanation.leaves.filter { $0.truth == .fails }.map { $0.queryText }
    return texts.isEmpty ? "what must not be there" : texts.joined(separator: ", ")
  }

  fileprivate static func evidence(of finding: Finding, adding reason: String?) -> [Evidence] {
    finding.evidence.map { piece in
      guard let reason, !reason.isEmpty, piece.says != reason else { return piece }
      return Evidence(
        file: piece.file, span: piece.span, says: piece.says.isEmpty ? reason : "\(piece.says): \(reason)")
    }
  }

  fileprivate static func withoutRepeats(_ evidence: [Evidence]) -> [Evidence] {
    var seen: Set<Evidence> = []
    return Array(evidence.filter { seen.insert($0).inserted }.prefix(maximumEvidence))
  }

  fileprivate static func joined(_ reasons: [String]) -> String? {
    var seen: Set<String> = []
    let different = reasons.filter { seen.insert($0).inserted }
    return different.isEmpty ? nil : different.prefix(3).joined(separator: "; ")
  }
}

extension Explanation {
  /// The conditions that look for one thing, in the order of the rubric.
  fileprivate var leaves: [Explanation] {
    if condition.sought != nil { return [self] }
    return parts.flatMap { $0.leaves }
  }

  fileprivate var queryText: String { condition.sought ?? "the condition" }

  /// How far a failed condition got: parts that hold, and near misses.
  fileprivate var progress: Double {
    switch condition.form {
    case .mechanic, .question, .figure: truth == .holds ? 1 : candidates.isEmpty ? 0 : 0.5
    case .all, .any, .not: parts.isEmpty ? 0 : parts.reduce(0) { $0 + $1.progress } / Double(parts.count)
    }
  }

  fileprivate func candidateEvidence(isUnwanted: Bool) -> [Evidence] {
    if isUnwanted {
      return matches.prefix(VerdictMaker.maximumFindingsPerQuery).flatMap {
        VerdictMaker.evidence(of: $0, adding: $0.reason)
      }
    }
    return candidates.flatMap { VerdictMaker.evidence(of: $0.finding, adding: "not counted, because \($0.reason)") }
  }
}
