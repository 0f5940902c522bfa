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
  /// White space by what it does.
  public var whitespace = WhitespaceKinds()
  /// The figures that take more than a walk; `nil` unless they were asked for.
  public var figures: FileFigures?

  /// The number of comments of each kind.
  public var commentCounts: [CommentKind: Int] { comments.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 } }

  /// The bytes of the comments of each kind.
  public var commentBytes: [CommentKind: Int] {
    comments.reduce(into: [:]) { $0[$1.kind, default: 0] += $1.span.count }
  }
}

/// Measures a file; any bytes give an answer whose classes add up to their number.
///
/// - Parameters:
///   - bytes: The text, UTF-8.
///   - kind: What it is.
///   - path: Its path, whose ending may say more, as `.mjs` does.
///   - options: What to find out.
/// - Complexity: O(*n*).
public func measureDensity(
  _ bytes: [UInt8], kind: ProjectFile.Kind, path: String = "", options: DensityOptions = DensityOptions()
) -> FileDensity {
  bytes.withUnsafeBufferPointer { text in
    var document: Document?
    let stretches = stretches(of: text, bytes, kind, path, &document)
    var painter = LinePainter(text)
    for stretch in stretches { painter.paint(stretch) }
    painter.finish()
    var density = FileDensity(painter)
    if options.classifiesComments {
      density.classify(comments(in: stretches), text, painter, hasTypes: kind == .typeScript)
    }
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
  case .css: return [Stretch(range: range, language: .css, regions: styleRegions(text, range))]
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

  fileprivate mutating func classify(
    _ found: [FoundComment], _ text: UnsafeBufferPointer<UInt8>, _ painter: LinePainter, hasTypes: Bool
  ) {
    var analysis = CommentAnalysis(text, found, painter: painter, hasTypes: hasTypes)
    analysis.run()
    comments = analysis.comments
    commentLines = analysis.linesByKind()
    markers = analysis.markerCount
  }
}
