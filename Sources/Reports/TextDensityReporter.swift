import Density
import Scoring
import SourceText

/// What a person reads at a terminal: for one project its languages and comments, for a set a table and its models.
struct TextDensityReporter: DensityReporter {
  private let options: DensityReportOptions
  private var rows: [MeasuredArtifact] = []
  private var hasPrinted = false

  init(_ options: DensityReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { [] }

  mutating func add(_ artifact: MeasuredArtifact) -> [UInt8] {
    if options.isSet {
      var row = artifact
      row.density.files = []
      rows.append(row)
      guard options.showsFiles || options.showsMap else { return [] }
    }
    defer { hasPrinted = true }
    return joined((hasPrinted ? [""] : []) + details(of: artifact))
  }

  mutating func end(_ conclusion: DensityConclusion) -> [UInt8] {
    var lines: [String] = []
    if options.isSet { lines += (hasPrinted ? [""] : []) + setTable() }
    if let models = conclusion.models { lines += [""] + modelTable(models) }
    if !conclusion.surfaces.isEmpty { lines += [""] + surfaceLines(conclusion) }
    return joined(lines)
  }

  /// What the projects do beside what they take, and which of two says the same with less.
  private func surfaceLines(_ conclusion: DensityConclusion) -> [String] {
    var table = TextTable([
      .init(title: "surface"), .init(title: "rubric"), .init(title: "met", isNumber: true),
      .init(title: "unknown", isNumber: true), .init(title: "code bytes each", isNumber: true),
      .init(title: "code tokens each", isNumber: true),
    ])
    for surface in conclusion.surfaces {
      table.add([
        .init(text: printable(surface.path), style: .bold), .init(text: surface.rubric),
        .init(text: String(surface.met.count)), .init(text: String(surface.unknown.count)),
        .init(text: surface.codeBytesPerCriterion.map { grouped(Int($0.rounded())) } ?? "-"),
        .init(text: surface.codeTokensPerCriterion.map { grouped(Int($0.rounded())) } ?? "-"),
      ])
    }
    var lines = fit(table)
    if !conclusion.comparisons.isEmpty { lines.append("") }
    for comparison in conclusion.comparisons {
      lines.append(
        fit(
          "\(printable(comparison.shorter.path)) and \(printable(comparison.longer.path)): \(comparison.verdict.rawValue): "
            + printable(comparison.reason)))
    }
    return lines
  }

  private func joined(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  private func styled(_ text: String, _ style: TextStyle) -> String { style.apply(to: text, color: options.usesColor) }

  private func fit(_ text: String) -> String { options.columns.map { cut(text, to: $0) } ?? text }

  private func fit(_ table: TextTable) -> [String] {
    table.lines(color: options.usesColor).map { options.usesColor ? $0 : fit($0) }
  }

  // MARK: One project

  private func details(of artifact: MeasuredArtifact) -> [String] {
    let summary = artifact.density.summary
    let bytes = summary.totals.bytes
    let files = "\(grouped(summary.fileCount)) own file\(summary.fileCount == 1 ? "" : "s")"
    let left = summary.leftOutByName.map { "\($0.count) \($0.role)" }.joined(separator: ", ")
    var lines = [
      styled(fit(printable(artifact.path)), .bold)
        + "  \(files), \(grouped(bytes.total)) bytes" + (left.isEmpty ? "" : ", left out: \(left)"),
      "",
    ]
    lines += fit(languageTable(summary.totals))
    lines += commentLines(summary)
    let templates = CountedLanguage.allCases.compactMap { language in
      summary.templates[language].map { "\(language.name) \(grouped($0.bytes)) bytes in \(grouped($0.count))" }
    }
    if !templates.isEmpty { lines.append(fit("in templates \(templates.joined(separator: ", "))")) }
    if let added = summary.added { lines.append(fit(addedLine(added))) }
    if let figures = artifact.density.figures { lines += figureLines(figures, bytes) }
    if let unused = artifact.unused { lines += unusedLines(unused) }
    if options.showsFiles { lines += [""] + fit(fileTable(artifact)) }
    if options.showsMap { lines += [""] + mapLines(artifact) }
    return lines
  }

  private static let countColumns: [TextTable.Column] = [
    .init(title: "bytes", isNumber: true), .init(title: "code", isNumber: true),
    .init(title: "comment", isNumber: true),
    .init(title: "space", isNumber: true), .init(title: "lines", isNumber: true), .init(title: "code", isNumber: true),
    .init(title: "mixed", isNumber: true), .init(title: "comment", isNumber: true),
    .init(title: "blank", isNumber: true),
  ]

  private func cells(_ bytes: ByteClasses, _ lines: LineClasses) -> [TextTable.Cell] {
    [
      .init(text: grouped(bytes.total)), .init(text: percentage(bytes.code, of: bytes.total), style: .green),
      .init(text: percentage(bytes.comment, of: bytes.total), style: .cyan),
      .init(text: percentage(bytes.whitespace, of: bytes.total), style: .faint), .init(text: grouped(lines.total)),
      .init(text: grouped(lines.code)), .init(text: grouped(lines.mixed)), .init(text: grouped(lines.comment)),
      .init(text: grouped(lines.blank)),
    ]
  }

  private func languageTable(_ totals: DensityTotals) -> TextTable {
    var table = TextTable([.init(title: "language")] + Self.countColumns)
    for (language, counts) in totals.languages.sorted(by: { $0.key < $1.key }) {
      table.add([.init(text: language)] + cells(counts.bytes, counts.lines))
    }
    table.add([.init(text: "all", style: .bold)] + cells(totals.bytes, totals.lines))
    return table
  }

  private func commentLines(_ summary: DensitySummary) -> [String] {
    let kinds = CommentKind.allCases.compactMap { kind in
      summary.commentCounts[kind].map { "\($0) \(kind.title)" }
    }
    let total = summary.commentCounts.values.reduce(0, +)
    var lines = [""]
    lines.append(fit("comments    \(grouped(total))" + (kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", "))))
    if summary.markers > 0 {
      lines.append(fit("to do       \(grouped(summary.markers)) comments hold TODO, FIXME or the like"))
    }
    if summary.restating > 0 {
      lines.append(
        fit("restating   \(grouped(summary.restating)) explanations seem to repeat the line of code below them"))
    }
    let white = summary.whitespace
    let whole = summary.totals.bytes.whitespace
    lines.append(
      fit(
        "white space \(percentage(white.indentation, of: whole)) indentation, \(percentage(white.lineEnds, of: whole)) line ends, "
          + "\(percentage(white.blankLines, of: whole)) blank lines, \(percentage(white.other, of: whole)) between tokens"
      ))
    return lines
  }

  private func addedLine(_ added: AddedLines) -> String {
    "added       \(grouped(added.lines.total)) lines, \(grouped(added.bytes)) bytes: \(grouped(added.lines.code)) code, "
      + "\(grouped(added.lines.mixed)) mixed, \(grouped(added.lines.comment)) comment, \(grouped(added.lines.blank)) blank; "
      + "\(grouped(added.removed)) lines gone"
  }

  private func figureLines(_ figures: ProjectFigures, _ bytes: ByteClasses) -> [String] {
    let tokens = figures.tokens
    func share(_ part: Double) -> String { percentage(Int(part.rounded()), of: Int(tokens.total.rounded())) }
    let band =
      figures.tokensAreExact
      ? "counted with the vocabulary"
      : "estimated, give or take \(oneDecimal(ProjectFigures.tokenErrorMedian * 100)) % "
        + "(at most \(oneDecimal(ProjectFigures.tokenErrorLargest * 100)) %)"
    let complexity = figures.complexity
    var lines = [
      "tokens      \(grouped(Int(tokens.total.rounded()))), \(band): code \(share(tokens.code)), comment \(share(tokens.comment)), "
        + "white space \(share(tokens.whitespace))",
      "flow        \(grouped(complexity.decisionPoints)) decision points, \(oneDecimal(figures.decisionDensity)) per 1,000 tokens of code",
      "cognitive   \(grouped(complexity.functions.count)) functions, 90 % of them at most \(complexity.percentile(0.9)), "
        + "the hardest \(complexity.maximum)",
      "duplicated  \(percentage(figures.duplicatedTokenCount, of: figures.codeTokenCount)) of \(grouped(figures.codeTokenCount)) words and signs",
      "guards      longest line \(grouped(figures.longestLine)) bytes, \(grouped(figures.longLines)) lines over "
        + "\(FileFigures.longLineLimit), mean name \(oneDecimal(figures.meanNameLength)) characters",
    ]
    let packages = figures.externalPackages
    lines.append(
      "external    "
        + (packages.isEmpty ? "nothing" : packages.map { printable($0) }.joined(separator: ", ")))
    return lines.map(fit)
  }

  private func unusedLines(_ unused: UnusedCode) -> [String] {
    func line(_ title: String, _ count: UnusedCode.Count?, _ things: String) -> [String] {
      let title = title + String(repeating: " ", count: max(1, 12 - title.count))
      guard let count else { return ["\(title)unknown: nothing says which \(things) are used"] }
      let open = count.unknown == 0 ? "" : ", \(grouped(count.unknown)) unknown"
      let first = "\(title)\(grouped(count.unused.count)) of \(grouped(count.total)) \(things)\(open)"
      let shown = options.showsFiles ? count.unused.count : min(3, count.unused.count)
      let places = count.unused.prefix(shown).map { "\(printable($0.name)) at \(printable($0.file)):\($0.line)" }
      let more = count.unused.count > shown ? ", ..." : ""
      return [first + (places.isEmpty ? "" : ": " + places.joined(separator: ", ") + more)]
    }
    return (line("unused", unused.functions, "functions") + line("", unused.selectors, "selectors")).map(fit)
  }

  private func fileTable(_ artifact: MeasuredArtifact) -> TextTable {
    var table = TextTable([.init(title: "file"), .init(title: "language"), .init(title: "role")] + Self.countColumns)
    for file in artifact.density.files {
      let style: TextStyle = file.counts ? .plain : .faint
      table.add(
        [
          .init(text: printable(file.path), style: style), .init(text: file.languageName, style: style),
          .init(text: file.isLink ? "link" : file.roleName, style: style),
        ] + cells(file.density.totals.bytes, file.density.totals.lines))
    }
    return table
  }

  // MARK: Maps

  private func mapLines(_ artifact: MeasuredArtifact) -> [String] {
    let files = artifact.density.files.filter { $0.counts && !$0.density.lineClasses.isEmpty }
    let names = files.map { printable($0.path) }
    let nameWidth = min(40, names.reduce(0) { max($0, terminalWidth(of: $1)) })
    let width = max(20, (options.columns ?? 100) - nameWidth - 2)
    var lines = [
      options.usesColor
        ? "\(styled("█", .green)) code \(styled("█", .yellow)) mixed \(styled("█", .cyan)) comment \(styled("█", .faint)) blank"
        : "█ code  ▓ mixed  ▒ comment  · blank"
    ]
    for (file, name) in zip(files, names) {
      let shown = cut(name, to: nameWidth)
      let space = String(repeating: " ", count: max(0, nameWidth - terminalWidth(of: shown)) + 2)
      lines.append(shown + space + strip(file.density.lineClasses, width: width))
    }
    return lines
  }

  /// The lines of a file in at most `width` cells, each as most of its lines are.
  private func strip(_ classes: [LineClass], width: Int) -> String {
    let cells = min(width, classes.count)
    var text = ""
    for cell in 0..<cells {
      let part = classes[(cell * classes.count / cells)..<((cell + 1) * classes.count / cells)]
      var counts = [0, 0, 0, 0]
      for kind in part { counts[Int(kind.rawValue)] += 1 }
      // Of equals the one that says most: mixed over code over comment over blank.
      let most = counts.indices.max { (counts[$0], $0) < (counts[$1], $1) } ?? 0
      text += options.usesColor ? styled("█", Self.cellStyles[most]) : Self.cellSigns[most]
    }
    return text
  }

  private static let cellStyles: [TextStyle] = [.faint, .cyan, .green, .yellow]
  private static let cellSigns = ["·", "▒", "█", "▓"]

  // MARK: A set

  private func setTable() -> [String] {
    let hasTokens = rows.contains { $0.density.figures != nil }
    var table = TextTable(
      [.init(title: "project"), .init(title: "files", isNumber: true)] + Self.countColumns
        + (hasTokens ? [.init(title: "tokens", isNumber: true)] : []))
    for row in rows {
      let summary = row.density.summary
      var line: [TextTable.Cell] = [
        .init(text: printable(row.path), style: .bold), .init(text: grouped(summary.fileCount)),
      ]
      line += cells(summary.totals.bytes, summary.totals.lines)
      if hasTokens {
        line.append(.init(text: row.density.figures.map { grouped(Int($0.tokens.total.rounded())) } ?? "-"))
      }
      table.add(line)
    }
    return fit(table)
  }

  private func modelTable(_ comparison: ModelComparison) -> [String] {
    var table = TextTable([
      .init(title: "model"), .init(title: "projects", isNumber: true), .init(title: "bytes", isNumber: true),
      .init(title: "code bytes", isNumber: true), .init(title: "times the least", isNumber: true),
      .init(title: "code", isNumber: true), .init(title: "comment", isNumber: true),
      .init(title: "space", isNumber: true),
      .init(title: "tokens", isNumber: true),
    ])
    for model in comparison.models {
      let bytes = model.summary.totals.bytes
      table.add([
        .init(text: printable(model.model), style: .bold), .init(text: grouped(model.artifactCount)),
        .init(text: grouped(bytes.total)), .init(text: grouped(bytes.code)),
        .init(text: twoDecimals(comparison.codeRatio(model))),
        .init(text: percentage(bytes.code, of: bytes.total), style: .green),
        .init(text: percentage(bytes.comment, of: bytes.total), style: .cyan),
        .init(text: percentage(bytes.whitespace, of: bytes.total), style: .faint),
        .init(text: model.tokens.map { grouped(Int($0.total.rounded())) } ?? "-"),
      ])
    }
    return [fit("models on the same experiments (\(comparison.experiments.joined(separator: ", ")))")] + fit(table)
  }
}

extension CommentKind {
  /// The kind in words.
  fileprivate var title: String {
    switch self {
    case .explanation: "explanation"
    case .trailing: "trailing"
    case .doc: "documentation"
    case .heading: "heading"
    case .divider: "divider"
    case .marker: "to do"
    case .commentedOutCode: "commented-out code"
    case .pragma: "directive"
    case .license: "licence"
    case .conditional: "conditional"
    }
  }
}
