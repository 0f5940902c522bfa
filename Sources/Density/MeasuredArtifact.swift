public import Ingest
import SourceText

/// A project among others, and all that was found out about its density.
public struct MeasuredArtifact: Sendable {
  /// The path as the user gave it, or below it.
  public var path: String
  /// The model that made it, when its path says so.
  public var model: String?
  /// The experiment, when its path says so.
  public var experiment: String?
  /// Its files, its counts and its figures.
  public var density: ProjectDensity
  /// What was wrong with single files.
  public var diagnostics: [PlacedDiagnostic]
  /// Files that should have been read and could not be.
  public var unreadablePaths: [String]
  /// What it holds and does not use; `nil` unless it was asked for.
  public var unused: UnusedCode?

  /// Pairs an artifact with what was found out.
  public init(
    _ artifact: Artifact, density: ProjectDensity, diagnostics: [PlacedDiagnostic] = [], unreadablePaths: [String] = []
  ) {
    path = artifact.path
    model = artifact.model
    experiment = artifact.experiment
    self.density = density
    self.diagnostics = diagnostics
    self.unreadablePaths = unreadablePaths
  }
}

/// A diagnostic at a place that people can find.
public struct PlacedDiagnostic: Hashable, Sendable {
  /// `warning` or `error`.
  public var severity: String
  /// The file, relative to the project.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in UTF-16 units.
  public var column: Int
  /// What is wrong.
  public var message: String

  /// Places a diagnostic in the text that it concerns; without a text it stands at the beginning.
  public init(_ diagnostic: FileDiagnostic, in bytes: [UInt8]? = nil) {
    severity = diagnostic.diagnostic.severity.rawValue
    file = diagnostic.file
    message = diagnostic.diagnostic.message
    let offset = Int(diagnostic.diagnostic.span.start)
    guard offset > 0, let bytes else {
      line = 1
      column = 1
      return
    }
    let position = LineTable(bytes).position(of: offset, in: bytes)
    line = position.line
    column = position.column
  }
}

/// One file of a project, read and measured; what a worker makes of an entry.
public struct MeasuredEntry: Sendable {
  /// The file; `nil` for data, pictures and what could not be read.
  public var file: MeasuredFile?
  /// What was wrong with it.
  public var diagnostics: [PlacedDiagnostic]
  /// Whether it should have been read and could not be.
  public var isUnreadable: Bool

  /// Reads and measures an entry.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - limits: How much is read.
  ///   - options: What to find out.
  ///   - earlier: Finds the same file in an earlier version of the project; `nil` compares with nothing.
  public init(
    _ entry: ProjectEntry, limits: LoadLimits, options: DensityOptions, earlier: ((String) -> ProjectEntry?)? = nil
  ) {
    var reader = EntryReader(limits: limits)
    let before = earlier.map { find -> [UInt8] in
      var reader = EntryReader(limits: limits)
      guard let entry = find(entry.path), case .file(let file) = reader.read(entry) else { return [] }
      return file.measuredBytes
    }
    let outcome = reader.read(entry)
    var bytes: [UInt8]?
    if case .file(let read) = outcome {
      file = MeasuredFile(read, options: options, earlier: before)
      bytes = read.bytes
    }
    diagnostics = reader.diagnostics.map { PlacedDiagnostic($0, in: bytes) }
    isUnreadable = !reader.unreadablePaths.isEmpty
  }
}

extension MeasuredFile {
  /// The name of its language, as reports print it.
  public var languageName: String { kind.rawValue }
  /// The name of its role, as reports print it.
  public var roleName: String { role.rawValue }
}

extension DensitySummary {
  /// The number of files that are not own, by the name of their role, ordered.
  public var leftOutByName: [(role: String, count: Int)] {
    ProjectFile.Role.allCases.compactMap { role in leftOut[role].map { (role.rawValue, $0) } }
  }
}
