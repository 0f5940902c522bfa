public import Mechanics

/// One part of a condition and how it came out, for people.
public struct ExplanationLine: Sendable {
  /// How deep it stands in the condition, from 0.
  public var depth: Int
  /// What it came to.
  public var truth: Truth
  /// What it asks.
  public var text: String
  /// Whether it combines other parts and asks nothing itself.
  public var isCombination: Bool
  /// The places that make it hold, or that leave it undecided.
  public var evidence: [Evidence]
  /// What came nearest when it fails, and why each was refused.
  public var refused: [(reason: String, evidence: [Evidence])]
}

extension Explanation {
  /// The condition part by part, in the order of the rubric; alternatives and conjunctions come before their parts.
  public var outline: [ExplanationLine] {
    var lines: [ExplanationLine] = []
    // The depth of a condition is bounded by the reader of rubrics; the work list keeps the stack out of it all the same.
    var work = [(explanation: self, depth: 0)]
    while let (explanation, depth) = work.popLast() {
      lines.append(explanation.line(at: depth))
      work += explanation.parts.reversed().map { ($0, depth + 1) }
    }
    return lines
  }

  private func line(at depth: Int) -> ExplanationLine {
    let combination: String? =
      switch condition.form {
      case .all: "all of these"
      case .any: "any of these"
      case .not: "not this"
      default: nil
      }
    let found = (truth == .unknown ? doubts : matches).prefix(VerdictMaker.maximumFindingsPerQuery).flatMap {
      $0.evidence
    }
    return ExplanationLine(
      depth: depth, truth: truth, text: combination ?? condition.sought ?? "this condition",
      isCombination: combination != nil, evidence: Array(found.prefix(VerdictMaker.maximumEvidence)),
      refused: candidates.prefix(VerdictMaker.maximumFindingsPerQuery).map { ($0.reason, $0.finding.evidence) })
  }
}
