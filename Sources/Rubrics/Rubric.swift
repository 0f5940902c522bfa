public import Mechanics

/// What a task asked for, as criteria that findings are held against.
public struct Rubric: Sendable {
  /// The id, by which command lines and folders name it.
  public var id: String
  /// The title for people.
  public var title: String
  /// The author's version.
  public var version: String
  /// What the rubric is about.
  public var description: String?
  /// The task in the rubric's own words.
  public var prompt: String?
  /// The greatest score that is left when a required criterion is not met, from 0 to 100.
  public var cap: Double
  /// Words that hint at roles.
  public var vocabulary: [RoleWords]
  /// Tables of known figures.
  public var tables: [ReferenceTable]
  /// Words that a page of this kind has in its title or headings, lower case.
  public var signals: [String]
  /// The criteria, in the order of the file.
  public var criteria: [Criterion]
  /// The SHA-256 of the file's bytes, in hexadecimal.
  public var sha256: String

  /// The cap of a rubric that states none.
  public static let usualCap = 60.0

  /// What the analyses need to know of this rubric.
  public var hints: Hints {
    var words: [String: [String]] = [:]
    for entry in vocabulary { words[entry.role, default: []] += entry.words }
    return Hints(words: words, tables: tables)
  }

  /// The criterion with the given id.
  public func criterion(_ id: String) -> Criterion? { criteria.first { $0.id == id } }
}

/// Words of one human language that hint at one role.
public struct RoleWords: Hashable, Sendable {
  /// The role.
  public var role: String
  /// The language, as a code of ISO 639.
  public var language: String
  /// The words, lower case.
  public var words: [String]
}

/// One thing that a rubric looks for.
public struct Criterion: Sendable {
  /// The id; it never changes once released.
  public var id: String
  /// The title for people.
  public var title: String
  /// Its share in the score, 0 or more.
  public var weight: Double
  /// Whether the score is capped unless it is met.
  public var isRequired: Bool
  /// The heading that it is listed under.
  public var group: String?
  /// When it is met, in words.
  public var description: String?
  /// When it applies at all; `nil` for always.
  public var applies: Condition?
  /// When it is met.
  public var met: Condition
  /// The ways in which an attempt fails, looked at in order when it is not met.
  public var broken: [Breakage]
  /// The kind of failure of an attempt that neither a breakage nor a finding classifies.
  public var failure: Finding.Failure?
  /// What to do when it is not met, in one sentence.
  public var advice: String?
  /// Small projects and the verdicts that they must get.
  public var examples: [Example]
  /// Where the rubric defines it.
  public var position: FilePosition
}

/// One way in which an attempt is wired up and cannot work.
public struct Breakage: Sendable {
  /// When that is so.
  public var when: Condition
  /// Whether a number or the code has to change.
  public var failure: Finding.Failure?
  /// What to do, in one sentence.
  public var advice: String?
}

/// A small project and the verdict that its criterion must give it.
public struct Example: Sendable {
  /// What it shows.
  public var title: String?
  /// The verdict.
  public var verdict: Verdict.Status
  /// The files, by path.
  public var files: [(path: String, text: String)]
}

extension Rubric {
  /// The JSON Schema of rubric files, draft 7, as committed beside the built-in rubrics.
  public static func schema(vocabulary: MechanicVocabulary = .standard) -> [UInt8] {
    RubricSchema(shape: .standard, vocabulary: vocabulary).write()
  }
}
