public import Mechanics
public import Program
public import SourceText

/// Something in a project that a policy may forbid to ship.
public struct Hazard: Hashable, Sendable {
  /// What kind of thing.
  public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
    /// A page or script loads from, or sends to, another host.
    case origin
    /// A string is run as a program.
    case eval
    /// A credential stands in a file.
    case secret
    /// A file that is referred to does not exist.
    case missingFile = "missing-file"
    /// A tag or line that only the tool that generated the project understands.
    case toolTag = "tool-tag"
  }

  /// What kind of thing.
  public var kind: Kind
  /// What it is about: an origin such as `https://cdn.example`, a missing address, the kind of a credential or tag.
  public var subject: String
  /// The file, relative to the project.
  public var file: String
  /// The bytes of that file.
  public var span: ByteSpan
  /// What a reader sees there, in one clause; a credential is never part of it.
  public var says: String
  /// What to show instead of the text at the place; `nil` shows that text.
  public var shownAs: String?

  /// Describes a hazard.
  public init(
    _ kind: Kind, _ subject: String, file: String, span: ByteSpan, says: String, shownAs: String? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.file = file
    self.span = span
    self.says = says
    self.shownAs = shownAs
  }
}

/// Finds the hazards of a project.
public enum HazardCatalogue {
  /// The most hazards of one kind that are listed for one project; more say nothing new.
  public static let maximumPerKind = 10_000

  /// Every hazard, kind by kind, those of one kind by place.
  ///
  /// - Parameters:
  ///   - program: The project as a program.
  ///   - findings: What the analyses found, for the files that are missing.
  public static func hazards(in program: ProgramModel, findings: [Finding]) -> [Hazard] {
    let found = [
      ExternalOrigins.find(in: program), DynamicCode.find(in: program), Secrets.find(in: program.project),
      MissingFiles.find(in: findings), ToolTags.find(in: program.project),
    ]
    return found.flatMap { hazards in
      var seen: Set<Hazard> = []
      return hazards.filter { seen.insert($0).inserted }.sorted { ($0.file, $0.span) < ($1.file, $1.span) }
        .prefix(maximumPerKind)
    }
  }
}
