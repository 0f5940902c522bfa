public import Gate

/// A format that the answer of a gate is printed in.
public enum GateFormat: String, CaseIterable, Sendable {
  /// For people at a terminal.
  case text
  /// For programs.
  case json
  /// For programs that read line by line: findings, projects, and the answer last.
  case jsonl
  /// For comments and step summaries.
  case markdown
  /// For code scanning: SARIF 2.1.0.
  case sarif
  /// For test reports, in the form that Jenkins, GitLab and others read.
  case junit
  /// For GitLab's code quality report.
  case gitlab
  /// For annotations by GitHub Actions.
  case github
  /// For reviewdog: one diagnostic a line.
  case rdjsonl
  /// For spreadsheets.
  case csv

  /// The report.
  public func report(_ result: GateResult, _ options: GateReportOptions) -> [UInt8] {
    switch self {
    case .text: TextGateReporter(result, options).write()
    case .json: JSONGateReporter(result, options).write()
    case .jsonl: JSONGateReporter(result, options).writeLines()
    case .markdown: MarkdownGateReporter(result).write()
    case .sarif: SARIFGateReporter(result, options).write()
    case .junit: JUnitGateReporter(result, options).write()
    case .gitlab: GitLabGateReporter(result).write()
    case .github: GitHubGateReporter(result).write()
    case .rdjsonl: RDJSONGateReporter(result).write()
    case .csv: CSVGateReporter(result).write()
    }
  }
}

/// What a report of a gate has to know besides the result.
public struct GateReportOptions: Sendable {
  /// The version of the tool.
  public var toolVersion: String
  /// Whether to colour text.
  public var usesColor: Bool
  /// The width that lines are cut to, in terminal columns; `nil` leaves them whole.
  public var columns: Int?
  /// Whether a JUnit report names the file of each case, which GitLab shows and Jenkins' schema does not know.
  public var namesJUnitFiles: Bool

  /// Makes options.
  public init(toolVersion: String, usesColor: Bool = false, columns: Int? = nil, namesJUnitFiles: Bool = false) {
    self.toolVersion = toolVersion
    self.usesColor = usesColor
    self.columns = columns
    self.namesJUnitFiles = namesJUnitFiles
  }
}

extension GateCheck.Outcome {
  /// The word that reports begin a finding with.
  var word: String {
    switch self {
    case .passed: "passed"
    case .known: "known"
    case .warned: "warning"
    case .inconclusive: "unclear"
    case .failed: "error"
    case .unusable: "unusable"
    case .fault: "fault"
    }
  }

  var style: TextStyle {
    switch self {
    case .passed: .green
    case .known: .faint
    case .warned: .yellow
    case .inconclusive: .magenta
    case .failed, .unusable, .fault: .red
    }
  }
}

extension GateVerdict {
  var style: TextStyle {
    switch self {
    case .passed: .green
    case .inconclusive: .magenta
    case .failed, .unusable, .fault: .red
    }
  }
}

extension GateSample {
  /// `file:line:column` as other tools know the file.
  func location(_ place: Place) -> String { "\(path(of: place.file)):\(place.line):\(place.column)" }
}

/// Takes pieces of a report as long as they fit, so that a limit of the reader is kept.
struct BoundedList {
  private(set) var pieces: [[UInt8]] = []
  private(set) var leftOut = 0
  private var room: Int
  private let maximumCount: Int

  /// Makes a list of at most `maximumCount` pieces with at most `maximumBytes` bytes.
  init(maximumCount: Int, maximumBytes: Int) {
    self.maximumCount = maximumCount
    room = maximumBytes
  }

  /// Adds a piece, or counts it among those that are left out; once one is left out, so are all that follow.
  mutating func add(_ piece: [UInt8]) {
    guard leftOut == 0, pieces.count < maximumCount, piece.count + 2 <= room else {
      leftOut += 1
      return
    }
    room -= piece.count + 2
    pieces.append(piece)
  }

  /// Counts a piece among those that are left out.
  mutating func leaveOut() { leftOut += 1 }

  /// Adds a piece for which room was reserved.
  mutating func append(_ piece: [UInt8]) { pieces.append(piece) }
}

/// What stands where findings were left out.
func leftOutText(_ count: Int) -> String {
  "\(count) more \(count == 1 ? "finding is" : "findings are") not listed here; the worst come first"
}
