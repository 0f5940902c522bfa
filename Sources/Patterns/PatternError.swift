/// A pattern, selector or rule that cannot be used.
public struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in lower case without a full stop.
  public var problem: String
  /// Where in the text: a 0-based offset in UTF-8 bytes.
  public var offset: Int
  /// What to do about it; `nil` when the problem says it already.
  public var advice: String?

  /// Makes an error at a byte of the text.
  public init(_ problem: String, at offset: Int, advice: String? = nil) {
    self.problem = problem
    self.offset = offset
    self.advice = advice
  }

  /// What is wrong, where, and what to do.
  public var description: String { "\(offset): \(problem)" + (advice.map { "; \($0)" } ?? "") }
}

/// How much work a search may still do, so that no pattern and no file takes it for ever.
public struct StepBudget: Hashable, Sendable {
  /// The steps that are left; a step compares one node of a pattern with one of the code, or less.
  public private(set) var remaining: Int
  /// Whether a search stopped because nothing was left; what it gave is then incomplete.
  public private(set) var isSpent = false

  /// Makes a budget of so many steps.
  public init(_ steps: Int) { remaining = max(0, steps) }

  /// The budget that suits a file: enough for any honest pattern, and linear in the size.
  ///
  /// - Parameter nodeCount: The number of nodes of the file's tree.
  public static func file(nodeCount: Int) -> StepBudget { StepBudget(1_000_000 + 200 * nodeCount) }

  /// Takes steps; `false` when there were not so many left.
  mutating func take(_ steps: Int = 1) -> Bool {
    guard remaining >= steps else {
      remaining = 0
      isSpent = true
      return false
    }
    remaining -= steps
    return true
  }
}
