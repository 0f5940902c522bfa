public import Ingest
import SourceText

/// A file of a project and how it divides.
public struct MeasuredFile: Sendable {
  /// The path relative to the project.
  public var path: String
  /// What the file is.
  public var kind: ProjectFile.Kind
  /// Whose work it is; only own files count in the project's figures.
  public var role: ProjectFile.Role
  /// Whether it is a symbolic link to a file that is counted under its own path.
  public var isLink: Bool
  /// How it divides.
  public var density: FileDensity

  /// Whether the file counts in the project's figures.
  public var counts: Bool { role == .own && !isLink }

  /// Measures a file; `nil` for data and texts that are no part of the program.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - options: What to find out.
  ///   - earlier: The text of an earlier version, empty for a file that is new; `nil` compares with nothing.
  public init?(_ file: ProjectFile, options: DensityOptions = DensityOptions(), earlier: [UInt8]? = nil) {
    guard file.kind != .json, file.kind != .other else { return nil }
    path = file.path
    kind = file.kind
    role = file.role
    isLink = file.isLink
    var options = options
    if file.role != .own {
      // What others wrote is listed, not examined.
      options.classifiesComments = false
      options.computesFigures = false
    }
    let bytes = file.measuredBytes
    density = measureDensity(
      bytes, kind: file.kind, path: file.path, options: options, wideSize: file.isWide ? file.sizeInBytes : nil)
    if let earlier, file.role == .own { density.added = density.added(bytes, since: earlier) }
    if !options.keepsLines { density.lineClasses = [] }
  }
}

/// What to find out besides bytes and lines.
public struct DensityOptions: Sendable {
  /// Whether to tell the kinds of comments.
  public var classifiesComments: Bool
  /// Whether to keep the class of each line, as a map of the file needs.
  public var keepsLines: Bool
  /// Whether to compute tokens, complexity, duplication and what else takes more than a walk.
  public var computesFigures: Bool
  /// The vocabulary to count tokens with; they are estimated without one.
  public var vocabulary: TokenVocabulary?

  /// Makes options.
  public init(
    classifiesComments: Bool = true, keepsLines: Bool = false, computesFigures: Bool = false,
    vocabulary: TokenVocabulary? = nil
  ) {
    self.classifiesComments = classifiesComments
    self.keepsLines = keepsLines
    self.computesFigures = computesFigures
    self.vocabulary = vocabulary
  }
}

extension ProjectFile {
  /// The bytes to measure: those on disk, so that the classes add up to the size, unless they are not UTF-8 at all.
  package var measuredBytes: [UInt8] { isWide ? bytes : originalBytes ?? bytes }

  /// Whether the file is UTF-16.
  var isWide: Bool {
    guard let original = originalBytes else { return false }
    return original.starts(with: [0xFF, 0xFE]) || original.starts(with: [0xFE, 0xFF])
  }
}

/// How the own files of a project divide, in all.
public struct DensitySummary: Sendable {
  /// Bytes and lines, in all and by language.
  public var totals = DensityTotals()
  /// The number of files that count.
  public var fileCount = 0
  /// The number of comments of each kind.
  public var commentCounts: [CommentKind: Int] = [:]
  /// The lines that hold a comment of each kind.
  public var commentLines: [CommentKind: Int] = [:]
  /// The bytes of the comments of each kind.
  public var commentBytes: [CommentKind: Int] = [:]
  /// Comments that say that something is left to do.
  public var markers = 0
  /// Explanations that seem to repeat the line of code below them; candidates, never a verdict.
  public var restating = 0
  /// Lines without anything to see within comments.
  public var blankInComment = 0
  /// Lines without anything to see within literals.
  public var blankInLiteral = 0
  /// White space by what it does.
  public var whitespace = WhitespaceKinds()
  /// Template literals that hold another language.
  public var templates: [CountedLanguage: TemplateCount] = [:]
  /// What an earlier version did not have; `nil` unless one was given.
  public var added: AddedLines?
  /// The number of files that are not own, by role.
  public var leftOut: [ProjectFile.Role: Int] = [:]

  /// Makes a summary of nothing.
  public init() {}

  /// Adds a file, if it counts.
  public mutating func add(_ file: MeasuredFile) {
    guard file.counts else {
      if file.role != .own { leftOut[file.role, default: 0] += 1 }
      return
    }
    let density = file.density
    fileCount += 1
    totals += density.totals
    for (kind, count) in density.commentCounts { commentCounts[kind, default: 0] += count }
    for (kind, bytes) in density.commentBytes { commentBytes[kind, default: 0] += bytes }
    for (kind, lines) in density.commentLines { commentLines[kind, default: 0] += lines }
    markers += density.markers
    restating += density.restating
    blankInComment += density.blankInComment
    blankInLiteral += density.blankInLiteral
    whitespace += density.whitespace
    for (language, count) in density.templates { templates[language, default: TemplateCount()] += count }
    if let lines = density.added { added = (added ?? AddedLines()) + lines }
  }
}

/// How a project divides, file by file and in all.
public struct ProjectDensity: Sendable {
  /// The files that hold code, ordered by path, those of others included.
  public var files: [MeasuredFile]
  /// The counts of the own files.
  public var summary: DensitySummary
  /// The figures of the own files; `nil` unless they were asked for.
  public var figures: ProjectFigures?

  /// The bytes and lines of the own files.
  public var totals: DensityTotals { summary.totals }

  /// Measures a project.
  public init(_ project: Project, options: DensityOptions = DensityOptions()) {
    self.init(project.files.compactMap { MeasuredFile($0, options: options) }, options: options)
  }

  /// Adds up files that were measured with `options`.
  public init(_ files: [MeasuredFile], options: DensityOptions) {
    var summary = DensitySummary()
    for file in files { summary.add(file) }
    self.init(files, summary: summary, options: options)
  }

  /// Takes files that were measured with `options` and added up in `summary`.
  public init(_ files: [MeasuredFile], summary: DensitySummary, options: DensityOptions) {
    self.files = files
    self.summary = summary
    guard options.computesFigures else { return }
    figures = ProjectFigures(
      files.filter { $0.counts }.compactMap { $0.density.figures }, tokensAreExact: options.vocabulary != nil)
  }
}
