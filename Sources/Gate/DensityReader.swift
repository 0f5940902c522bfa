import Density
import Ingest
import SourceText

/// Measures a project, and its added lines, in the figures that policies name.
struct DensityReader {
  private let density: ProjectDensity
  /// For each file that counts, which of its lines are new; `nil` without an earlier version.
  private let addedLines: [String: [Bool]]?
  private let texts: [String: [UInt8]]

  init(_ project: Project, options: DensityOptions, earlier: [String: [UInt8]]?) {
    density = ProjectDensity(project, options: options)
    texts = Dictionary(project.files.map { ($0.path, $0.measuredBytes) }) { first, _ in first }
    var added: [String: [Bool]] = [:]
    if let earlier {
      for file in density.files where file.counts {
        let text = texts[file.path] ?? []
        added[file.path] = file.density.areLinesAdded(text, since: earlier[file.path] ?? [])
      }
    }
    addedLines = earlier == nil ? nil : added
  }

  // MARK: The whole project

  func whole() -> DensityFacts {
    let summary = density.summary
    let bytes = summary.totals.bytes
    let lines = summary.totals.lines
    var facts = DensityFacts()
    facts[.codeShare] = share(bytes.code, of: bytes.total)
    facts[.commentShare] = share(bytes.comment, of: bytes.total)
    facts[.whitespaceShare] = share(bytes.whitespace, of: bytes.total)
    facts[.bytes] = Double(bytes.total)
    facts[.codeBytes] = Double(bytes.code)
    facts[.commentBytes] = Double(bytes.comment)
    facts[.whitespaceBytes] = Double(bytes.whitespace)
    set(lines, in: &facts)
    facts[.files] = Double(summary.fileCount)
    facts[.markers] = Double(summary.markers)
    facts[.restating] = Double(summary.restating)
    if let figures = density.figures { set(figures, in: &facts) }
    facts.comments = tallies { _, _ in true }
    return facts
  }

  private func set(_ lines: LineClasses, in facts: inout DensityFacts) {
    facts[.commentLineShare] = share(lines.comment, of: lines.total)
    facts[.blankLineShare] = share(lines.blank, of: lines.total)
    facts[.lines] = Double(lines.total)
    facts[.codeLines] = Double(lines.code)
    facts[.mixedLines] = Double(lines.mixed)
    facts[.commentLines] = Double(lines.comment)
    facts[.blankLines] = Double(lines.blank)
  }

  private func set(_ figures: ProjectFigures, in facts: inout DensityFacts) {
    facts[.tokens] = figures.tokens.total.rounded()
    facts[.codeTokens] = figures.tokens.code.rounded()
    facts[.decisionPoints] = Double(figures.complexity.decisionPoints)
    facts[.hardestFunction] = Double(figures.complexity.maximum)
    facts[.duplicatedShare] = rounded(figures.duplicatedShare)
    facts[.longestLine] = Double(figures.longestLine)
    facts[.longLines] = Double(figures.longLines)
    facts[.meanNameLength] = rounded(figures.meanNameLength)
    facts[.externalPackages] = Double(figures.externalPackages.count)
  }

  private func tallies(where isWanted: (MeasuredFile, FoundComment) -> Bool) -> [String: CommentTally] {
    var places = PlaceReader(texts)
    var result: [String: CommentTally] = [:]
    for file in density.files where file.counts {
      for comment in file.density.comments where isWanted(file, comment) {
        let name = comment.kind.policyName
        result[name, default: CommentTally()].count += 1
        result[name, default: CommentTally()].bytes += comment.span.count
        if result[name, default: CommentTally()].places.count < CommentTally.maximumPlaces {
          result[name, default: CommentTally()].places.append(places.place(file.path, comment.span, says: ""))
        }
      }
    }
    return result
  }

  // MARK: Added lines

  func added() -> DensityFacts? {
    guard let addedLines else { return nil }
    var lines = LineClasses()
    var bytes = 0
    for file in density.files where file.counts {
      let flags = addedLines[file.path] ?? []
      let count = density(of: file, flags)
      lines += count.lines
      bytes += count.bytes
    }
    var locator = PlaceReader(texts)
    let comments = tallies { file, comment in
      let line = locator.lineIndex(file.path, of: Int(comment.span.start))
      let flags = addedLines[file.path] ?? []
      return line < flags.count && flags[line]
    }
    // A long comment may have been there before in part; only what stands on added lines counts.
    let commentBytes = comments.values.reduce(0) { $0 + $1.bytes }
    var facts = DensityFacts()
    set(lines, in: &facts)
    facts[.bytes] = Double(bytes)
    facts[.commentBytes] = Double(min(commentBytes, bytes))
    facts[.commentShare] = share(min(commentBytes, bytes), of: bytes)
    facts.comments = comments
    return facts
  }

  private func density(of file: MeasuredFile, _ flags: [Bool]) -> (lines: LineClasses, bytes: Int) {
    var lines = LineClasses()
    for (index, kind) in file.density.lineClasses.enumerated() where index < flags.count && flags[index] {
      switch kind {
      case .blank: lines.blank += 1
      case .comment: lines.comment += 1
      case .code: lines.code += 1
      case .mixed: lines.mixed += 1
      }
    }
    let text = texts[file.path] ?? []
    let table = LineTable(text)
    var bytes = 0
    for index in table.starts.indices where index < flags.count && flags[index] {
      let end = index + 1 < table.starts.count ? Int(table.starts[index + 1]) : text.count
      bytes += end - Int(table.starts[index])
    }
    return (lines, bytes)
  }

  private func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : rounded(Double(part) / Double(whole)) }

  private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
