public import Scoring

/// A format that scores are printed in.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// For people at a terminal.
  case text
  /// For programs: the contract of version 1.
  case json

  /// A reporter of this format.
  public func scoreReporter(_ options: ReportOptions) -> any ScoreReporter {
    switch self {
    case .text: TextScoreReporter(options)
    case .json: JSONScoreReporter(options)
    }
  }
}

/// What a reporter has to know besides the results.
public struct ReportOptions: Sendable {
  /// The version of the tool.
  public var toolVersion: String
  /// Whether to colour text.
  public var usesColor: Bool
  /// The width that lines are cut to, in terminal columns; `nil` leaves them whole.
  public var columns: Int?
  /// Whether the projects are a set, for which a table comes first.
  public var isSet: Bool
  /// Whether a set's projects are shown one by one as well.
  public var showsDetails: Bool

  /// Makes options.
  public init(
    toolVersion: String, usesColor: Bool = false, columns: Int? = nil, isSet: Bool = false, showsDetails: Bool = true
  ) {
    self.toolVersion = toolVersion
    self.usesColor = usesColor
    self.columns = columns
    self.isSet = isSet
    self.showsDetails = showsDetails
  }
}

/// Prints scores one after another, so that a long set needs no more memory than a short one.
public protocol ScoreReporter {
  /// The bytes before the first result.
  mutating func begin() -> [UInt8]
  /// The bytes of one result.
  mutating func add(_ project: ScoredProject) -> [UInt8]
  /// The bytes after the last result.
  mutating func end() -> [UInt8]
}
