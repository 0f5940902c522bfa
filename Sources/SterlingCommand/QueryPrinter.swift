import JavaScriptSyntax
import Patterns
import SourceText

/// Searches one file at a time and makes what `sterling query` prints of it; may be used from any thread.
struct QueryPrinter: Sendable {
  /// What became of a file.
  struct Result: Sendable {
    /// The lines.
    var bytes: [UInt8] = []
    /// How many matches there are.
    var count = 0
    /// Whether the file could be read and searched to its end.
    var status = ExitStatus.done
    /// Why not.
    var problem: String?
  }

  var search: FileSearch
  var format: QueryFormat
  var language: Language?
  var usesColor: Bool

  /// What a file is by its name; `nil` for one that a search through a folder passes over.
  static func kind(of path: String) -> SearchedKind? {
    if let known = SourceExtension(path) { return .script(known.language, known.goal) }
    let name = path.lowercased()
    if name.hasSuffix(".html") || name.hasSuffix(".htm") { return .page }
    return name.hasSuffix(".vue") || name.hasSuffix(".svelte") ? .component : nil
  }

  /// The matches in the file at `path`.
  func print(_ path: String) -> Result {
    let kind = Self.kind(of: path) ?? .script(.jsx, .unambiguous)
    do throws(FileError) {
      let raw = try readFile(path)
      switch kind {
      case .script(let known, let goal):
        guard search.mayMatch(raw) else { return Result() }
        return lines(path, raw, .script(language ?? known, goal))
      case .page, .component: return lines(path, decodeText(raw, declaredBy: .html).bytes, kind)
      }
    } catch {
      return Result(status: .unusable, problem: "\(printable(path)): error: \(error.problem)")
    }
  }

  private func lines(_ path: String, _ source: [UInt8], _ kind: SearchedKind) -> Result {
    let found = search.matches(in: source, as: kind)
    var result = Result(count: found.matches.count)
    if !found.isComplete {
      result.status = .inconclusive
      result.problem =
        "\(printable(path)): warning: the search was given up after too many steps\n  help: use fewer `$$$` in one list"
    }
    guard !found.matches.isEmpty else { return result }
    let text = MatchedText(path: path, source: source)
    switch format {
    case .text: result.bytes = text.plainLines(found.matches, usesColor: usesColor)
    case .jsonl: for match in found.matches { result.bytes += text.json(match) }
    }
    return result
  }

  /// What to say of a pattern that cannot be used: the problem, the pattern, and a mark below the place.
  static func message(for error: PatternError, in pattern: String) -> String {
    let bytes = Array(pattern.utf8)
    let offset = min(error.offset, bytes.count)
    let lines = LineTable(bytes)
    let index = lines.lineIndex(of: offset)
    let line = String(decoding: bytes[lines.lineRange(index, in: bytes)], as: UTF8.self)
    let before = String(decoding: bytes[Int(lines.starts[index])..<offset], as: UTF8.self).unicodeScalars.count
    let mark = String(repeating: " ", count: before) + "^"
    let help = error.advice.map { "\n  help: \($0)" } ?? ""
    return "error: \(error.problem)\n  \(printable(line))\n  \(mark)\(help)"
  }
}

/// The places of matches in one file, as people and programs see them.
private struct MatchedText {
  private let path: String
  private let source: [UInt8]
  private let lines: LineTable
  private let positions: Positions

  init(path: String, source: [UInt8]) {
    self.path = path
    self.source = source
    lines = LineTable(source)
    positions = Positions(source)
  }

  private static let longestLine = 2_000

  func plainLines(_ matches: [FoundCode], usesColor: Bool) -> [UInt8] {
    var text = ""
    var next = 0
    for match in matches {
      let last = lines.lineIndex(of: max(Int(match.span.start), Int(match.span.end) - 1))
      var line = max(next, lines.lineIndex(of: Int(match.span.start)))
      while line <= last {
        let place =
          usesColor
          ? "\u{1B}[35m\(printable(path))\u{1B}[0m:\u{1B}[32m\(line + 1)\u{1B}[0m:" : "\(printable(path)):\(line + 1):"
        text += place + self.text(ofLine: line) + "\n"
        line += 1
      }
      next = max(next, last + 1)
    }
    return Array(text.utf8)
  }

  private func text(ofLine line: Int) -> String {
    let range = lines.lineRange(line, in: source)
    let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + Self.longestLine)
    return printable(String(decoding: source[shown], as: UTF8.self)) + (shown.count < range.count ? "…" : "")
  }

  func json(_ match: FoundCode) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("file", path)
      write(match.span, to: &json)
      json.member("text", self.text(of: match.span))
      json.member("lines", text(ofLinesAround: match.span))
      json.member("language", match.language.rawValue)
      json.member("metaVariables") { json in
        json.object { json in
          json.member("single") { json in write(match.captures.filter { !$0.isList }, to: &json) }
          json.member("multi") { json in write(match.captures.filter { $0.isList }, to: &json) }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private func write(_ captures: [FoundCapture], to json: inout JSONWriter) {
    json.object { json in
      for capture in captures {
        json.member(capture.name) { json in
          guard capture.isList else { return writeNode(capture.spans[0], to: &json) }
          json.array { json in for span in capture.spans { writeNode(span, to: &json) } }
        }
      }
    }
  }

  private func writeNode(_ span: ByteSpan, to json: inout JSONWriter) {
    json.object { json in
      json.member("text", text(of: span))
      write(span, to: &json)
    }
  }

  private func write(_ span: ByteSpan, to json: inout JSONWriter) {
    let (start, end) = (positions.position(of: Int(span.start)), positions.position(of: Int(span.end)))
    json.member("line", start.line)
    json.member("column", start.column)
    json.member("endLine", end.line)
    json.member("endColumn", end.column)
    json.member("byteOffset", Int(span.start))
    json.member("byteLength", span.count)
  }

  private func text(of span: ByteSpan) -> String { String(decoding: source[span.range], as: UTF8.self) }

  private func text(ofLinesAround span: ByteSpan) -> String {
    let first = lines.lineIndex(of: Int(span.start))
    let last = lines.lineIndex(of: max(Int(span.start), Int(span.end) - 1))
    return (first...last).map { text(ofRawLine: $0) }.joined(separator: "\n")
  }

  private func text(ofRawLine line: Int) -> String {
    let range = lines.lineRange(line, in: source)
    return String(
      decoding: source[range.lowerBound..<min(range.upperBound, range.lowerBound + Self.longestLine)], as: UTF8.self)
  }
}
