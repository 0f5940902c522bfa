import Density
import SourceText

/// Rows of densities that the formats for tables share.
struct DensityTable {
  /// The titles of the columns; numbers from ``firstNumber`` on.
  var titles: [String]
  var firstNumber: Int
  var rows: [[String]] = []

  /// A table of whole projects.
  static func artifacts(_ artifacts: [MeasuredArtifact], sharesSign: Bool) -> DensityTable {
    var table = DensityTable(
      titles: ["project", "model", "experiment", "files"] + countTitles + tokenTitles(artifacts.first), firstNumber: 3)
    for artifact in artifacts {
      var row = [
        artifact.path, artifact.model ?? "", artifact.experiment ?? "", String(artifact.density.summary.fileCount),
      ]
      row += counts(artifact.density.totals)
      if let figures = artifact.density.figures {
        row += [String(Int(figures.tokens.total.rounded())), String(Int(figures.tokens.code.rounded()))]
      }
      table.rows.append(row)
    }
    return table
  }

  /// A table of files.
  static func files(_ artifact: MeasuredArtifact) -> DensityTable {
    var table = DensityTable(titles: ["project", "file", "language", "role"] + countTitles, firstNumber: 4)
    for file in artifact.density.files {
      table.rows.append([artifact.path, file.path, file.languageName, file.roleName] + counts(file.density.totals))
    }
    return table
  }

  private static let countTitles = [
    "bytes", "code bytes", "comment bytes", "whitespace bytes", "lines", "code lines", "mixed lines", "comment lines",
    "blank lines",
  ]

  private static func tokenTitles(_ artifact: MeasuredArtifact?) -> [String] {
    artifact?.density.figures == nil ? [] : ["tokens", "code tokens"]
  }

  static func counts(_ totals: DensityTotals) -> [String] {
    let bytes = totals.bytes
    let lines = totals.lines
    return [
      bytes.total, bytes.code, bytes.comment, bytes.whitespace, lines.total, lines.code, lines.mixed, lines.comment,
      lines.blank,
    ].map { String($0) }
  }
}

/// Comma-separated values. Source: RFC 4180.
struct CSVDensityReporter: DensityReporter {
  private let options: DensityReportOptions
  private var hasHeader = false

  init(_ options: DensityReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { [] }

  mutating func add(_ artifact: MeasuredArtifact) -> [UInt8] {
    let table: DensityTable = options.showsFiles ? .files(artifact) : .artifacts([artifact], sharesSign: false)
    var lines = table.rows
    if !hasHeader { lines.insert(table.titles, at: 0) }
    hasHeader = true
    return Array(lines.map { $0.map(csvField).joined(separator: ",") + "\r\n" }.joined().utf8)
  }

  mutating func end(_ conclusion: DensityConclusion) -> [UInt8] { [] }
}

/// A table in Markdown.
struct MarkdownDensityReporter: DensityReporter {
  private let options: DensityReportOptions
  private var hasHeader = false

  init(_ options: DensityReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { [] }

  mutating func add(_ artifact: MeasuredArtifact) -> [UInt8] {
    let table: DensityTable = options.showsFiles ? .files(artifact) : .artifacts([artifact], sharesSign: false)
    var lines = table.rows.map(row)
    if !hasHeader {
      let rule = table.titles.indices.map { $0 < table.firstNumber ? "---" : "---:" }
      lines.insert(contentsOf: [row(table.titles), row(rule)], at: 0)
    }
    hasHeader = true
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  mutating func end(_ conclusion: DensityConclusion) -> [UInt8] {
    guard let comparison = conclusion.models else { return [] }
    var lines = [
      "", "Models on \(comparison.experiments.joined(separator: ", ")):", "",
      row(["model", "projects", "bytes", "code bytes", "code, times the least", "comment share", "whitespace share"]),
      row(["---", "---:", "---:", "---:", "---:", "---:", "---:"]),
    ]
    for model in comparison.models {
      let bytes = model.summary.totals.bytes
      lines.append(
        row([
          model.model, String(model.artifactCount), String(bytes.total), String(bytes.code),
          twoDecimals(comparison.codeRatio(model)), percentage(bytes.comment, of: bytes.total),
          percentage(bytes.whitespace, of: bytes.total),
        ]))
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private func row(_ cells: [String]) -> String {
    "| " + cells.map { markdownText($0) }.joined(separator: " | ") + " |"
  }
}
