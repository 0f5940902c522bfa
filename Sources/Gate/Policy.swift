public import Rubrics

/// What an output has to be so that it may ship.
public struct Policy: Sendable {
  /// How much it matters that something is as it should not be.
  public enum Level: String, CaseIterable, Hashable, Sendable, Codable {
    /// Not looked at.
    case off
    /// Said, without deciding anything.
    case warn
    /// The gate fails.
    case error
  }

  /// What a criterion of which the analysis cannot tell means for the gate.
  public enum Unknown: String, CaseIterable, Hashable, Sendable {
    /// The gate is inconclusive, unless something else fails it.
    case inconclusive
    /// As if it were missing.
    case error
    /// Said, without deciding anything.
    case warn
    /// Not looked at.
    case off
  }

  /// Bounds of one figure.
  public struct Limit: Hashable, Sendable {
    /// The least value that is allowed.
    public var minimum: Double?
    /// The greatest value that is allowed.
    public var maximum: Double?
    /// What a value outside means.
    public var level: Level
  }

  /// Bounds of the comments of one kind.
  public struct CommentLimit: Hashable, Sendable {
    /// The greatest number of comments.
    public var maximumCount: Double?
    /// The greatest share of all bytes.
    public var maximumShare: Double?
    /// What more means.
    public var level: Level
  }

  /// A criterion's level and where the policy states it.
  public struct CriterionLevel: Hashable, Sendable {
    /// The level.
    public var level: Level
    /// Where the policy names the criterion.
    public var position: FilePosition
  }

  /// The rules for the outputs of one rubric.
  public struct Rules: Sendable {
    /// A score whose low end is below this fails; from 0 to 100.
    public var minimumScore: Double?
    /// A score whose low end is below this is warned of.
    public var warnBelow: Double?
    /// What a required criterion that is not met means, unless it has a level of its own.
    public var required = Level.error
    /// What any other criterion that is not met means, unless it has a level of its own.
    public var other = Level.off
    /// The levels of single criteria, by their ids.
    public var criteria: [String: CriterionLevel] = [:]
    /// What a verdict that cannot be told means.
    public var unknown = Unknown.inconclusive
    /// Bounds of figures.
    public var density: [DensityFigure: Limit] = [:]
    /// Bounds of comments, by the name of their kind.
    public var comments: [String: CommentLimit] = [:]
    /// What hazards and syntax errors mean, by the name of their kind.
    public var forbidden: [String: Level] = [:]
    /// The other hosts that may be used: origins, hosts, or hosts with `*.` for all below.
    public var allowedOrigins: [String] = []

    /// Makes the rules that hold without any policy: the rubric's required criteria.
    public init() {}

    /// The level of a criterion.
    public func level(of id: String, isRequired: Bool) -> Level {
      criteria[id]?.level ?? (isRequired ? required : other)
    }
  }

  /// How several samples of one task decide together.
  public enum Aggregation: Hashable, Sendable {
    /// Every sample must pass.
    case pessimistic
    /// At least this many must pass.
    case atLeast(Int)
    /// The lower end of the interval of the share that passes must reach the bar.
    case interval(bar: Double, confidence: Double)
  }

  /// By how much an output may be worse than its baseline.
  public struct Regression: Hashable, Sendable {
    /// By how many points the low end of the score may fall.
    public var scoreDrop = 0.0
    /// What a criterion means that was met and is no more.
    public var criteria = Level.error
    /// By how much the share of comments may rise; any rise is allowed without it.
    public var commentShareRise: Double?
    /// By how much the share of white space may rise; any rise is allowed without it.
    public var whitespaceShareRise: Double?

    /// Makes the rules that hold without any: nothing may get worse.
    public init() {}
  }

  /// The file that it was read from; `nil` without one.
  public var file: String?
  /// The rubric that every project is held against; `nil` lets each choose its own.
  public var rubric: String?
  /// The rules for rubrics without rules of their own.
  public var common = Rules()
  /// The rules of single rubrics, complete.
  public var byRubric: [String: Rules] = [:]
  /// Where each of those is stated.
  public var rubricPositions: [String: FilePosition] = [:]
  /// How samples decide together.
  public var aggregation = Aggregation.pessimistic
  /// How much worse than the baseline is allowed.
  public var regression = Regression()
  /// The baseline, relative to the policy's file; `nil` for none.
  public var baseline: String?

  /// Makes the policy that holds without any file: the rubric's required criteria.
  public init() {}

  /// The rules for the outputs of a rubric.
  public func rules(for rubric: String) -> Rules { byRubric[rubric] ?? common }

  /// Whether some limit is on a figure that takes more than a walk over the bytes.
  public var needsFigures: Bool {
    ([common] + byRubric.values).contains { rules in rules.density.keys.contains { $0.needsFigures } }
  }
}
