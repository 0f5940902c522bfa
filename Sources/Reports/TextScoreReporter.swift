import Density
import Scoring
import SourceText

/// What a person reads at a terminal: the score, then each criterion with its evidence, then the density; for a set a table.
struct TextScoreReporter: ScoreReporter {
  private let options: ReportOptions
  private var rows: [ScoredProject] = []
  private var hasPrinted = false

  init(_ options: ReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { [] }

  mutating func add(_ project: ScoredProject) -> [UInt8] {
    if options.isSet {
      var row = project
      // The table needs no evidence; dropping it keeps a long set small.
      for index in row.criteria.indices { row.criteria[index].evidence = [] }
      rows.append(row)
    }
    guard !options.isSet || options.showsDetails else { return [] }
    defer { hasPrinted = true }
    return joined((hasPrinted ? [""] : []) + details(of: project))
  }

  mutating func end() -> [UInt8] {
    guard options.isSet else { return [] }
    return joined((hasPrinted ? [""] : []) + table())
  }

  private func joined(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  private func styled(_ text: String, _ style: TextStyle) -> String { style.apply(to: text, color: options.usesColor) }

  // MARK: One project

  private func details(of project: ScoredProject) -> [String] {
    var lines = [
      "\(styled(printable(project.artifact.path), .bold))  rubric \(project.rubric.id) \(project.rubric.version)",
      "\(styled("score \(scoreText(project.score))", .bold))  \(counts(project))",
      "",
    ]
    let idWidth = project.criteria.reduce(0) { max($0, terminalWidth(of: $1.id)) }
    for criterion in project.criteria { lines += details(of: criterion, idWidth: idWidth) }
    if let density = project.density { lines += [""] + densityLines(density) }
    lines += diagnosticLines(project.diagnostics)
    return lines
  }

  private func details(of criterion: ScoredCriterion, idWidth: Int) -> [String] {
    let verdict = criterion.applies ? criterion.verdict : "n/a"
    let padding = String(repeating: " ", count: max(0, 8 - verdict.count))
    let id = criterion.id + String(repeating: " ", count: max(0, idWidth - terminalWidth(of: criterion.id)))
    let weight = oneDecimalOrInteger(criterion.weight) + (criterion.isRequired ? "*" : "")
    var head =
      "\(padding)  \(id)  \(weight + String(repeating: " ", count: max(0, 4 - weight.count)))\(criterion.title)"
    if let failure = criterion.failure { head += " (\(failure))" }
    let columns = options.columns.map { $0 - verdict.count }
    var lines = [styled(verdict, .verdict(verdict)) + (columns.map { cut(head, to: $0) } ?? head)]
    if let reason = criterion.reason { lines.append(fit("          \(printable(reason))")) }
    for evidence in criterion.evidence { lines.append(line(evidence)) }
    if criterion.verdict != "met", let advice = criterion.advice {
      lines.append(styled(fit("          advice: \(printable(advice))"), .cyan))
    }
    return lines
  }

  /// The place, what it shows, and as much of the text there as fits.
  private func line(_ evidence: LocatedEvidence) -> String {
    let place = "\(printable(evidence.file)):\(evidence.line):\(evidence.column)"
    let text = "          \(place)  \(printable(evidence.says))"
    guard !evidence.excerpt.isEmpty else { return fit(text) }
    let excerpt = "  \(printable(evidence.excerpt))"
    let room = options.columns.map { $0 - terminalWidth(of: text) } ?? Int.max
    if room < 8 { return fit(text) }
    return text + styled(room == Int.max ? excerpt : cut(excerpt, to: room), .faint)
  }

  private func fit(_ text: String) -> String { options.columns.map { cut(text, to: $0) } ?? text }

  private func counts(_ project: ScoredProject) -> String {
    ["met", "broken", "missing", "unknown"].map { verdict in
      "\(count(verdict, in: project)) \(verdict)"
    }.joined(separator: ", ")
  }

  private func count(_ verdict: String, in project: ScoredProject) -> Int {
    project.criteria.count { $0.applies && $0.verdict == verdict }
  }

  private func scoreText(_ score: ScoreRange) -> String {
    var text = oneDecimal(score.value)
    if score.high > score.low { text += " to \(oneDecimal(score.high))" }
    if let cap = score.cap {
      let failed = score.failedRequired.joined(separator: ", ")
      text +=
        " (at most \(oneDecimal(cap)) \(failed.isEmpty ? "while a required criterion is unknown" : "without \(failed)"))"
    }
    return text
  }

  private func densityLines(_ density: DensityTotals) -> [String] {
    let bytes = density.bytes
    let lines = density.lines
    return [
      "density  \(grouped(bytes.total)) bytes: code \(percentage(bytes.code, of: bytes.total)), "
        + "comment \(percentage(bytes.comment, of: bytes.total)), whitespace \(percentage(bytes.whitespace, of: bytes.total))",
      "         \(grouped(lines.total)) lines: code \(lines.code), mixed \(lines.mixed), comment \(lines.comment), blank \(lines.blank)",
    ].map(fit)
  }

  private func diagnosticLines(_ diagnostics: [LocatedDiagnostic]) -> [String] {
    guard !diagnostics.isEmpty else { return [] }
    return [""]
      + diagnostics.map { diagnostic in
        fit(
          "\(printable(diagnostic.file)):\(diagnostic.line):\(diagnostic.column): \(diagnostic.severity): \(printable(diagnostic.message))"
        )
      }
  }

  private func oneDecimalOrInteger(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : oneDecimal(value)
  }

  // MARK: A set

  private func table() -> [String] {
    var table = TextTable([
      .init(title: "project"), .init(title: "rubric"), .init(title: "score", isNumber: true),
      .init(title: "to", isNumber: true), .init(title: "met", isNumber: true), .init(title: "broken", isNumber: true),
      .init(title: "missing", isNumber: true), .init(title: "unknown", isNumber: true),
      .init(title: "bytes", isNumber: true), .init(title: "code", isNumber: true),
      .init(title: "comment", isNumber: true),
      .init(title: "space", isNumber: true),
    ])
    for row in rows { table.add(cells(of: row)) }
    return table.lines(color: options.usesColor).map { options.usesColor ? $0 : fit($0) }
  }

  private func cells(of row: ScoredProject) -> [TextTable.Cell] {
    let bytes = row.density?.bytes
    func share(_ part: Int?) -> TextTable.Cell {
      .init(text: part.map { percentage($0, of: bytes?.total ?? 0) } ?? "-")
    }
    return [
      .init(text: printable(row.artifact.path), style: .bold), .init(text: row.rubric.id),
      .init(text: oneDecimal(row.score.value), style: .bold),
      .init(text: row.score.high > row.score.low ? oneDecimal(row.score.high) : "", style: .faint),
    ]
      + ["met", "broken", "missing", "unknown"].map { verdict in
        let number = count(verdict, in: row)
        return .init(text: String(number), style: number == 0 ? .faint : .verdict(verdict))
      } + [
        .init(text: grouped(row.artifact.bytes)), share(bytes?.code), share(bytes?.comment), share(bytes?.whitespace),
      ]
  }
}
