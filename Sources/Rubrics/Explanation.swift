public import Mechanics

/// What evaluation can say of a condition.
public enum Truth: String, Hashable, Sendable {
  /// It holds.
  case holds
  /// It does not.
  case fails
  /// The analysis cannot tell.
  case unknown

  /// The truth of the opposite; the opposite of what cannot be told cannot be told.
  public var negated: Truth {
    switch self {
    case .holds: .fails
    case .fails: .holds
    case .unknown: .unknown
    }
  }
}

/// How a condition was evaluated, down to the findings that decided it.
public struct Explanation: Sendable {
  /// The condition.
  public var condition: Condition
  /// What it came to.
  public var truth: Truth
  /// For conditions that look for one thing, the findings that match.
  public var matches: [Finding]
  /// For conditions that look for one thing, unknown findings that may match.
  public var doubts: [Finding]
  /// For conditions that look for one thing and fail, what came nearest and why it was refused, nearest first.
  public var candidates: [Candidate]
  /// Why it cannot be told, when no finding says it; for figures, what was measured.
  public var reason: String?
  /// How the parts were evaluated.
  public var parts: [Explanation]

  init(_ condition: Condition, _ truth: Truth, parts: [Explanation] = []) {
    self.condition = condition
    self.truth = truth
    self.parts = parts
    matches = []
    doubts = []
    candidates = []
  }
}

/// A finding that nearly satisfies a query.
public struct Candidate: Sendable {
  /// The finding.
  public var finding: Finding
  /// Why it does not satisfy it.
  public var reason: String
  /// How many facts differ.
  var differences: Int
}
