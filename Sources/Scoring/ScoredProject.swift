public import Density

/// Everything that a report says of one project; all positions are resolved, nothing is left to compute.
public struct ScoredProject: Sendable {
  /// The project.
  public var artifact: Artifact
  /// The rubric that it was held against.
  public var rubric: RubricReference
  /// The score.
  public var score: ScoreRange
  /// The verdicts, in the order of the rubric.
  public var criteria: [ScoredCriterion]
  /// How its bytes divide; `nil` when density was not asked for.
  public var density: DensityTotals?
  /// What was wrong with its files.
  public var diagnostics: [LocatedDiagnostic]
  /// Whether a file that belongs to it could not be read, so that verdicts may rest on less than the whole.
  public var isIncomplete: Bool

  /// What was scored.
  public struct Artifact: Hashable, Sendable {
    /// The path as the user gave it, or below it.
    public var path: String
    /// The model that made it, when its path says so.
    public var model: String?
    /// The experiment, when its path says so.
    public var experiment: String?
    /// The number of files that were read as text.
    public var files: Int
    /// Their size on disk, in bytes.
    public var bytes: Int
  }

  /// Which rubric, to the byte.
  public struct RubricReference: Hashable, Sendable {
    /// The rubric's id.
    public var id: String
    /// The rubric's version.
    public var version: String
    /// The SHA-256 of the rubric's file, in hexadecimal.
    public var sha256: String
  }
}

/// A score from 0 to 100 as a range: what is unknown counts as missing at the low end and as met at the high end.
public struct ScoreRange: Hashable, Sendable {
  /// The low end, which is the score.
  public var low: Double
  /// The high end.
  public var high: Double
  /// The greatest score that a failed required criterion leaves; `nil` when none failed.
  public var cap: Double?
  /// The ids of the required criteria that are broken or missing.
  public var failedRequired: [String]

  /// The score: the low end.
  public var value: Double { low }
}

/// One criterion's verdict, ready to print.
public struct ScoredCriterion: Sendable {
  /// The criterion's id.
  public var id: String
  /// Its title.
  public var title: String
  /// Its weight in the score.
  public var weight: Double
  /// Whether failing it caps the score.
  public var isRequired: Bool
  /// Whether it applies to this project; if not, it is left out of the sum.
  public var applies: Bool
  /// `met`, `broken`, `missing` or `unknown`.
  public var verdict: String
  /// `tunable` or `structural` for what is broken or missing and known to be so.
  public var failure: String?
  /// Why, when no evidence says it: what was looked for, or why it cannot be told.
  public var reason: String?
  /// What was found, or the nearest candidates and why they were refused.
  public var evidence: [LocatedEvidence]
  /// What to do, in one sentence.
  public var advice: String?
}

/// A piece of evidence at a place that people can open.
public struct LocatedEvidence: Hashable, Sendable {
  /// The file, relative to the project.
  public var file: String
  /// The line of its first character, from 1.
  public var line: Int
  /// The column of its first character, from 1, in UTF-16 units.
  public var column: Int
  /// The line past its last character.
  public var endLine: Int
  /// The column past its last character.
  public var endColumn: Int
  /// The text there, white space folded and shortened.
  public var excerpt: String
  /// What it shows.
  public var says: String
}

/// A diagnostic at a place that people can open.
public struct LocatedDiagnostic: Hashable, Sendable {
  /// `warning` or `error`.
  public var severity: String
  /// The file, relative to the project.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in UTF-16 units.
  public var column: Int
  /// What is wrong and what to do.
  public var message: String
}
