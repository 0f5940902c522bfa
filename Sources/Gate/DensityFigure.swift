public import Density

/// A figure of density that a policy can set limits to.
public enum DensityFigure: String, CaseIterable, Sendable, Codable {
  case codeShare = "code-share"
  case commentShare = "comment-share"
  case whitespaceShare = "whitespace-share"
  case commentLineShare = "comment-line-share"
  case blankLineShare = "blank-line-share"
  case bytes
  case codeBytes = "code-bytes"
  case commentBytes = "comment-bytes"
  case whitespaceBytes = "whitespace-bytes"
  case lines
  case codeLines = "code-lines"
  case mixedLines = "mixed-lines"
  case commentLines = "comment-lines"
  case blankLines = "blank-lines"
  case files
  case markers
  case restating
  case tokens
  case codeTokens = "code-tokens"
  case decisionPoints = "decision-points"
  case hardestFunction = "hardest-function"
  case duplicatedShare = "duplicated-share"
  case longestLine = "longest-line"
  case longLines = "long-lines"
  case meanNameLength = "mean-name-length"
  case externalPackages = "external-packages"

  /// What the figure is, for the manual and the schema.
  public var means: String {
    switch self {
    case .codeShare: "Bytes of code as a share of all bytes."
    case .commentShare: "Bytes of comments as a share of all bytes."
    case .whitespaceShare: "Bytes of white space as a share of all bytes."
    case .commentLineShare: "Lines of comment alone as a share of all lines."
    case .blankLineShare: "Blank lines as a share of all lines."
    case .bytes: "Bytes of the own files."
    case .codeBytes: "Bytes of code."
    case .commentBytes: "Bytes of comments."
    case .whitespaceBytes: "Bytes of white space."
    case .lines: "Lines of the own files."
    case .codeLines: "Lines of code without comment."
    case .mixedLines: "Lines with code and comment."
    case .commentLines: "Lines of comment alone."
    case .blankLines: "Blank lines."
    case .files: "Own files."
    case .markers: "Comments that say that something is left to do."
    case .restating: "Comments that seem to repeat the line of code below them."
    case .tokens: "Tokens of a language model, estimated."
    case .codeTokens: "Tokens of the code, estimated."
    case .decisionPoints: "Decision points of the scripts."
    case .hardestFunction: "The cognitive complexity of the hardest function."
    case .duplicatedShare: "The share of the code that is written more than once."
    case .longestLine: "The length of the longest line, in bytes."
    case .longLines: "Lines of more than 200 bytes."
    case .meanNameLength: "The mean length of the names in scripts, in characters."
    case .externalPackages: "Packages and addresses outside the project."
    }
  }

  /// Whether it is a share from 0 to 1.
  public var isShare: Bool { rawValue.hasSuffix("-share") }

  /// Whether it takes more than a walk over the bytes.
  public var needsFigures: Bool {
    switch self {
    case .tokens, .codeTokens, .decisionPoints, .hardestFunction, .duplicatedShare, .longestLine, .longLines,
      .meanNameLength, .externalPackages:
      true
    default: false
    }
  }

  /// Whether it can be told of added lines alone.
  public var isKnownOfAddedLines: Bool {
    switch self {
    case .commentShare, .commentLineShare, .blankLineShare, .bytes, .commentBytes, .lines, .codeLines, .mixedLines,
      .commentLines, .blankLines:
      true
    default: false
    }
  }
}

/// How many comments of one kind there are, how many bytes they have, and where they stand.
public struct CommentTally: Codable, Hashable, Sendable {
  /// The number of comments.
  public var count = 0
  /// Their bytes.
  public var bytes = 0
  /// The first of them, at most ``maximumPlaces``.
  public var places: [Place] = []

  /// Enough places to see what a limit is about.
  static let maximumPlaces = 50
}

/// The figures of a project, or of the lines that were added to it.
public struct DensityFacts: Codable, Hashable, Sendable {
  /// Each figure that is known, by its name.
  public var figures: [String: Double] = [:]
  /// The comments by the name of their kind.
  public var comments: [String: CommentTally] = [:]

  /// The value of a figure; `nil` when it is not known.
  public subscript(figure: DensityFigure) -> Double? {
    get { figures[figure.rawValue] }
    set { figures[figure.rawValue] = newValue }
  }
}

extension CommentKind {
  /// The name in policies and baselines: words joined by hyphens.
  public var policyName: String { rawValue.replacing("_", with: "-") }
}
