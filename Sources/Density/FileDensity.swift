public import Ingest
import JavaScriptSyntax
import MarkupSyntax
import SourceText

/// How the bytes, lines and comments of one file divide.
public struct FileDensity: Sendable {
  /// Bytes and lines, in all and by language.
  public var totals = DensityTotals()
  /// Lines without anything to see that lie within a comment, counted as comment.
  public var blankInComment = 0
  /// Lines without anything to see that lie within a literal, counted as code.
  public var blankInLiteral = 0
  /// The class of each line, in order.
  public var lineClasses: [LineClass] = []
  /// The comments, in the order of the text; empty unless they were asked for.
  public var comments: [FoundComment] = []
  /// Lines by the kind of the comments on them; a line with two kinds counts for both.
  public var commentLines: [CommentKind: Int] = [:]
  /// Comments that say that something is left to do, whatever else they are.
  public var markers = 0
  /// Explanations that seem to repeat the line of code below them; candidates, never a verdict.
  public var restating = 0
  /// White space by what it does.
  public var whitespace = WhitespaceKinds()
  /// Template literals that hold another language, which counts as part of the script all the same.
  public var templates: [CountedLanguage: TemplateCount] = [:]
  /// The figures that take more than a walk; `nil` unless they were asked for.
  public var figures: FileFigures?
  /// What an earlier version did not have; `nil` unless one was given.
  public var added: AddedLines?

  /// The number of comments of each kind.
  public var commentCounts: [CommentKind: Int] { tally { _ in 1 } }

  /// The bytes of the comments of each kind.
  public var commentBytes: [CommentKind: Int] { tally { $0.span.count } }

  private func tally(_ weight: (FoundComment) -> Int) -> [CommentKind: Int] {
    var sums = [Int](repeating: 0, count: CommentKind.allCases.count)
    for comment in comments { sums[comment.kind.ordinal] += weight(comment) }
    return CommentKind.byKind(sums)
  }
}

/// Measures a file; any bytes give an answer whose classes add up to their number.
///
/// - Parameters:
///   - bytes: The text, UTF-8.
///   - kind: What it is.
///   - path: Its path, whose ending may say more, as `.mjs` does.
///   - options: What to find out.
///   - wideSize: The size of the file on disk when it is UTF-16, so that bytes are counted as they are there.
/// - Complexity: O(*n*).
public func measureDensity(
  _ bytes: [UInt8], kind: ProjectFile.Kind, path: String = "", options: DensityOptions = DensityOptions(),
  wideSize: Int? = nil
) -> FileDensity {
  bytes.withUnsafeBufferPointer { text in
    var document: Document?
    let stretches = stretches(of: text, bytes, kind, path, &document)
    let keepsLines = options.classifiesComments || options.computesFigures || options.keepsLines
    var painter = LinePainter(text, keepsLines: keepsLines, isRecording: wideSize != nil)
    for stretch in stretches { painter.paint(stretch) }
    painter.finish()
    var density = FileDensity(painter)
    var templates = TemplateLanguages(text)
    for stretch in stretches { templates.read(stretch) }
    density.templates = templates.counts
    if options.classifiesComments {
      density.classify(comments(in: stretches), text, painter, hasTypes: kind == .typeScript)
    }
    if let wideSize { density.widen(painter.record, text, size: wideSize) }
    if options.computesFigures {
      density.figures = FileFigures(
        text, stretches, document: document, lineStarts: painter.lineStarts, vocabulary: options.vocabulary)
    }
    return density
  }
}

private func stretches(
  of text: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8], _ kind: ProjectFile.Kind, _ path: String,
  _ document: inout Document?
) -> [Stretch] {
  let range = 0..<text.count
  switch kind {
  case .css: return [styleStretch(text, range, .css)]
  case .scss: return [styleStretch(text, range, .scss)]
  case .sass: return [styleStretch(text, range, .sass)]
  case .less: return [styleStretch(text, range, .less)]
  case .glsl: return [Stretch(range: range, language: .glsl, regions: shaderRegions(text, range, .glsl))]
  case .wgsl: return [Stretch(range: range, language: .wgsl, regions: shaderRegions(text, range, .wgsl))]
  case .json: return [Stretch(range: range, language: .json, regions: dataRegions(text, range))]
  case .javaScript, .typeScript:
    return [scriptStretch(text, range, ScriptOptions(path: path, isTyped: kind == .typeScript))]
  case .html, .vue, .svelte:
    let tree = parseHTML(bytes).tree
    document = tree
    var markup = MarkupRegions(text, isComponent: kind != .html)
    markup.run(tree)
    return markup.stretches
  case .other: return [Stretch(range: range, language: .html, regions: [], isText: true)]
  }
}

private func comments(in stretches: [Stretch]) -> [FoundComment] {
  var comments: [FoundComment] = []
  for stretch in stretches {
    for region in stretch.regions where region.kind == .comment {
      comments.append(FoundComment(span: region.span, language: stretch.language))
    }
  }
  return comments
}

extension FileDensity {
  fileprivate init(_ painter: LinePainter) {
    totals.lines = painter.lines
    for language in CountedLanguage.allCases {
      let bytes = painter.bytes[Int(language.rawValue)]
      let lines = painter.languageLines[Int(language.rawValue)]
      guard bytes.total > 0 || lines.total > 0 else { continue }
      totals.bytes += bytes
      totals.languages[language.name] = DensityTotals.LanguageTotals(bytes: bytes, lines: lines)
    }
    blankInComment = painter.blankInComment
    blankInLiteral = painter.blankInLiteral
    lineClasses = painter.lineClasses
    whitespace = painter.whitespace
  }

  /// Counts bytes as they are in UTF-16: two for each unit, and two for the mark that says so, which is white space.
  fileprivate mutating func widen(_ record: [UInt8], _ text: Bytes, size: Int) {
    var counts: [String: ByteClasses] = [:]
    for (index, entry) in record.enumerated() where text[index] & 0xC0 != 0x80 {
      let units = text[index] >= 0xF0 ? 4 : 2
      guard let language = CountedLanguage(rawValue: entry >> 2) else { continue }
      switch entry & 3 {
      case 0: counts[language.name, default: ByteClasses()].whitespace += units
      case 1: counts[language.name, default: ByteClasses()].code += units
      default: counts[language.name, default: ByteClasses()].comment += units
      }
    }
    totals.bytes = ByteClasses()
    for (language, bytes) in counts {
      totals.languages[language, default: DensityTotals.LanguageTotals()].bytes = bytes
      totals.bytes += bytes
    }
    // What is left is the mark, and half a unit where the file ends in one.
    let first = totals.languages.keys.min() ?? CountedLanguage.html.name
    let rest = size - totals.bytes.total
    totals.languages[first, default: DensityTotals.LanguageTotals()].bytes.whitespace += rest
    totals.bytes.whitespace += rest
    whitespace.other += totals.bytes.whitespace - whitespace.total
  }

  fileprivate mutating func classify(
    _ found: [FoundComment], _ text: UnsafeBufferPointer<UInt8>, _ painter: LinePainter, hasTypes: Bool
  ) {
    var analysis = CommentAnalysis(text, found, painter: painter, hasTypes: hasTypes)
    analysis.run()
    comments = analysis.comments
    commentLines = analysis.linesByKind()
    markers = analysis.markerCount
    restating = analysis.restatingCount
  }
}
