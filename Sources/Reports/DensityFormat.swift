public import Density
public import Scoring

/// A format that densities are printed in.
public enum DensityFormat: String, CaseIterable, Sendable {
  /// For people at a terminal.
  case text
  /// For programs: the contract of version 1.
  case json
  /// For spreadsheets.
  case csv
  /// For pages and comments.
  case markdown

  /// A reporter of this format.
  public func reporter(_ options: DensityReportOptions) -> any DensityReporter {
    switch self {
    case .text: TextDensityReporter(options)
    case .json: JSONDensityReporter(options)
    case .csv: CSVDensityReporter(options)
    case .markdown: MarkdownDensityReporter(options)
    }
  }
}

/// What a reporter of densities has to know besides the results.
public struct DensityReportOptions: Sendable {
  /// The version of the tool.
  public var toolVersion: String
  /// Whether to colour text.
  public var usesColor: Bool
  /// The width that lines are cut to, in terminal columns; `nil` leaves them whole.
  public var columns: Int?
  /// Whether the projects are a set, which is shown as one table.
  public var isSet: Bool
  /// Whether to show each file.
  public var showsFiles: Bool
  /// Whether to list the comments of each file with their kinds.
  public var showsComments: Bool
  /// Whether to draw each file as a strip.
  public var showsMap: Bool

  /// Makes options.
  public init(
    toolVersion: String, usesColor: Bool = false, columns: Int? = nil, isSet: Bool = false, showsFiles: Bool = false,
    showsComments: Bool = false, showsMap: Bool = false
  ) {
    self.toolVersion = toolVersion
    self.usesColor = usesColor
    self.columns = columns
    self.isSet = isSet
    self.showsFiles = showsFiles
    self.showsComments = showsComments
    self.showsMap = showsMap
  }
}

/// Prints densities one after another.
public protocol DensityReporter {
  /// The bytes before the first result.
  mutating func begin() -> [UInt8]
  /// The bytes of one result.
  mutating func add(_ artifact: MeasuredArtifact) -> [UInt8]
  /// The bytes after the last result.
  mutating func end(_ conclusion: DensityConclusion) -> [UInt8]
}

/// What follows from all results together.
public struct DensityConclusion: Sendable {
  /// Models side by side, where there are several.
  public var models: ModelComparison?
  /// Densities beside what the projects do; empty unless they were scored.
  public var surfaces: [Surface]
  /// Which of two answers to the same experiment says the same with less.
  public var comparisons: [SurfaceComparison]

  /// Draws the conclusion.
  public init(models: ModelComparison?, surfaces: [Surface] = []) {
    self.models = models
    self.surfaces = surfaces
    comparisons = SurfaceComparison.all(surfaces)
  }
}
