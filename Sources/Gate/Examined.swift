/// A place in a project that people can open.
public struct Place: Codable, Hashable, Sendable {
  /// The file, relative to the project.
  public var file: String
  /// The line of the first character, from 1.
  public var line: Int
  /// The column of the first character, from 1, in UTF-16 units.
  public var column: Int
  /// The line past the last character.
  public var endLine: Int
  /// The column past the last character.
  public var endColumn: Int
  /// The text there, short, credentials left out; not yet safe to print.
  public var excerpt: String
  /// What it shows.
  public var says: String

  /// Makes a place.
  public init(
    file: String, line: Int = 1, column: Int = 1, endLine: Int? = nil, endColumn: Int? = nil, excerpt: String = "",
    says: String = ""
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine ?? line
    self.endColumn = endColumn ?? column
    self.excerpt = excerpt
    self.says = says
  }
}

/// Everything about one project that a policy can ask for: facts, and no judgement yet.
///
/// It travels as JSON from the process that examines a project to the one that judges it.
public struct Examined: Codable, Sendable {
  /// The verdict on one criterion.
  public struct Criterion: Codable, Sendable {
    /// The criterion's id.
    public var id: String
    /// Its title.
    public var title: String
    /// Whether the rubric requires it.
    public var isRequired: Bool
    /// Whether it applies to this project.
    public var applies: Bool
    /// `met`, `broken`, `missing` or `unknown`.
    public var verdict: String
    /// `tunable` or `structural`.
    public var failure: String?
    /// Why, when no evidence says it.
    public var reason: String?
    /// What was found, or the nearest candidates.
    public var evidence: [Place]
    /// What to do.
    public var advice: String?
  }

  /// Something that a policy may forbid.
  public struct Hazard: Codable, Sendable {
    /// The name of its kind in policies.
    public var kind: String
    /// What it is about, such as an origin.
    public var subject: String
    /// Where.
    public var place: Place
  }

  /// The rubric's id.
  public var rubric: String
  /// The rubric's version.
  public var rubricVersion: String
  /// The SHA-256 of the rubric's file.
  public var rubricDigest: String
  /// The low end of the score, which is the score.
  public var low: Double
  /// The high end of the score.
  public var high: Double
  /// The greatest score that a failed required criterion leaves.
  public var cap: Double?
  /// The verdicts, in the order of the rubric.
  public var criteria: [Criterion]
  /// The figures of the whole project.
  public var density: DensityFacts
  /// The figures of the added lines; `nil` unless an earlier version was given.
  public var added: DensityFacts?
  /// What a policy may forbid.
  public var hazards: [Hazard]
  /// Files that could not be read, each with the reason.
  public var unreadable: [Place]
  /// What the parsers say is wrong.
  public var syntaxErrors: [Place]
  /// Whether the analysis ended before it had seen everything.
  public var isCutShort: Bool
  /// The file to show for what has no place: the page that is opened first.
  public var mainFile: String
  /// The number of files that were read.
  public var files: Int
  /// Their size, in bytes.
  public var bytes: Int
  /// Sentences for standard error.
  public var notes: [String]
}

/// What became of the examination of one project.
public enum ExaminationOutcome: Codable, Sendable {
  /// The facts.
  case examined(Examined)
  /// The project or its rubric cannot be used; why and what to do.
  case unusable(problem: String)
  /// The examining process ended by itself in a way that it must not.
  case crashed(how: String)
  /// The examination took longer than it may, in seconds.
  case timedOut(limit: Double)
}
