import JavaScriptSyntax
import MarkupSyntax
import SourceText
import StyleSyntax

/// Parses one file at a time and makes the line that `sterling syntax` prints of it; may be used from any thread.
struct SyntaxPrinter: Sendable {
  /// What became of a file.
  struct Result: Sendable {
    /// The line, with its line feed.
    var bytes: [UInt8]
    /// Why the file could not be read.
    var problem: String?
  }

  /// How a file is read; each language that the command knows has its case here.
  enum Reading {
    case javaScript(Language, ParseOptions.Goal)
    case html
    case css
  }

  var format: SyntaxFormat
  var goal: ParseOptions.Goal?
  var isStrict: Bool
  var language: Language?
  var maximumDepth: Int?

  /// The line for the file at `path`.
  func print(_ path: String) -> Result {
    do throws(FileError) {
      let source = try readFile(path)
      switch reading(of: path) {
      case .javaScript(let language, let goal):
        return line(of: path, source, language, goal)
      case .html: return page(path, source)
      case .css: return styleSheet(path, source)
      }
    } catch {
      return Result(bytes: line(unreadable: path, error), problem: "\(path): error: \(error.problem)")
    }
  }

  /// Whether a search through a folder takes a file up: only files that the format suits.
  func isSearched(_ path: String) -> Bool {
    switch format {
    case .estree: SourceExtension(path) != nil
    case .tree: Self.otherReading(of: path) != nil
    case .jsonl, .tokens: SourceExtension(path) != nil || Self.otherReading(of: path) != nil
    }
  }

  private static func otherReading(of path: String) -> Reading? {
    let name = path.lowercased()
    if name.hasSuffix(".html") || name.hasSuffix(".htm") { return .html }
    return name.hasSuffix(".css") ? .css : nil
  }

  private func reading(of path: String) -> Reading {
    if language == nil, let other = Self.otherReading(of: path) { return other }
    let known = SourceExtension(path)
    return .javaScript(
      language ?? known?.language ?? .jsx, goal ?? known?.goal ?? .unambiguous)
  }

  private func line(of path: String, _ source: [UInt8], _ language: Language, _ goal: ParseOptions.Goal) -> Result {
    var options = ParseOptions(language: language, goal: goal, isStrict: isStrict)
    if let maximumDepth { options.maximumNestingDepth = maximumDepth }
    let parsed = parse(source, options: options)
    switch format {
    case .jsonl:
      return Result(
        bytes: diagnosticsLine(path, goal: parsed.tree.goal.rawValue, source: parsed.tree.source, parsed.diagnostics))
    case .estree: return Result(bytes: parsed.tree.estreeJSON() + [0x0A])
    case .tokens: return Result(bytes: tokensLine(path, parsed.tree))
    case .tree: return refused(path, "has no tree of this format; use --format estree")
    }
  }

  private func page(_ path: String, _ raw: [UInt8]) -> Result {
    let source = decodeText(raw, declaredBy: .html).bytes
    switch format {
    case .jsonl:
      return Result(bytes: diagnosticsLine(path, goal: nil, source: source, parseHTML(source).diagnostics))
    case .tree: return Result(bytes: Array(parseHTML(source).tree.treeDump().utf8) + [0x0A])
    case .tokens:
      var json = JSONWriter()
      writeHTMLTokens(of: source, into: &json)
      return Result(bytes: json.bytes)
    case .estree: return refused(path, "is no script; use --format tree")
    }
  }

  private func styleSheet(_ path: String, _ raw: [UInt8]) -> Result {
    let source = decodeText(raw, declaredBy: .css).bytes
    let parsed = parseStyleSheet(source)
    var json = JSONWriter()
    switch format {
    case .jsonl: return Result(bytes: diagnosticsLine(path, goal: nil, source: source, parsed.diagnostics))
    case .tree: parsed.tree.writeNodes(into: &json)
    case .tokens: parsed.tree.writeTokens(into: &json)
    case .estree: return refused(path, "is no script; use --format tree")
    }
    return Result(bytes: json.bytes)
  }

  /// The result for a file that the format does not suit.
  private func refused(_ path: String, _ problem: String) -> Result {
    Result(bytes: [], problem: "\(printable(path)): error: \(problem)")
  }

  private func line(unreadable path: String, _ error: FileError) -> [UInt8] {
    var json = JSONWriter()
    switch format {
    case .estree: json.null()
    case .tree: break
    case .jsonl, .tokens:
      json.object { json in
        json.member("path", path)
        json.member("ok", false)
        json.member("goal", nil)
        json.member("diagnostics") { json in
          json.array { json in
            json.object { json in
              json.member("line", 1)
              json.member("column", 1)
              json.member("severity", Diagnostic.Severity.error.rawValue)
              json.member("message", error.problem)
            }
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private func diagnosticsLine(
    _ path: String, goal: String?, source: [UInt8], _ diagnostics: [Diagnostic]
  ) -> [UInt8] {
    let positions = diagnostics.isEmpty ? nil : Positions(source)
    var json = JSONWriter()
    json.object { json in
      json.member("path", path)
      json.member("ok", !diagnostics.contains { $0.severity == .error })
      json.member("goal", goal)
      json.member("diagnostics") { json in
        json.array { json in
          for diagnostic in diagnostics {
            let place = positions?.position(of: Int(diagnostic.span.start))
            json.object { json in
              json.member("line", place?.line ?? 1)
              json.member("column", place?.column ?? 1)
              json.member("severity", diagnostic.severity.rawValue)
              json.member("message", diagnostic.message)
              if let advice = diagnostic.advice { json.member("advice", advice) }
            }
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private func tokensLine(_ path: String, _ tree: SyntaxTree) -> [UInt8] {
    let offsets = UTF16Offsets(tree.source)
    func write(_ span: ByteSpan, _ type: String, to json: inout JSONWriter) {
      json.object { json in
        json.member("type", type)
        json.member("value", tree.text(of: span))
        json.member("start", offsets.offset(ofByte: Int(span.start)))
        json.member("end", offsets.offset(ofByte: Int(span.end)))
      }
    }
    var json = JSONWriter()
    json.object { json in
      json.member("path", path)
      json.member("tokens") { json in
        json.array { json in for token in tree.tokens { write(token.span, "\(token.kind)", to: &json) } }
      }
      json.member("comments") { json in
        json.array { json in for comment in tree.comments { write(comment.span, "\(comment.form)", to: &json) } }
      }
    }
    json.endLine()
    return json.bytes
  }
}

/// What a file's extension says about it.
struct SourceExtension {
  var language: Language
  var goal: ParseOptions.Goal

  /// Reads the extension of a path; `nil` when it is none of JavaScript's or TypeScript's.
  init?(_ path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last else { return nil }
    goal = last.hasPrefix("m") ? .module : last.hasPrefix("c") ? .script : .unambiguous
    switch last {
    // JSX cannot be mistaken for anything else in JavaScript, and much code has it in `.js` files.
    case "js", "jsx": language = .jsx
    // Nothing runs JSX in these two as it is, and the tools that translate it refuse it there.
    case "mjs", "cjs": language = .javaScript
    case "tsx": language = .tsx
    case "ts", "mts", "cts":
      let isDeclaration = parts.count > 2 && parts[parts.count - 2] == "d"
      language = isDeclaration ? .typeScriptDeclarations : .typeScript
    default: return nil
    }
  }
}

/// Lines and columns that cost the same wherever they are, also in one line of many megabytes.
struct Positions {
  private let lines: LineTable
  private let offsets: UTF16Offsets

  init(_ source: [UInt8]) {
    lines = LineTable(source)
    offsets = UTF16Offsets(source)
  }

  func position(of offset: Int) -> TextPosition {
    let line = lines.lineIndex(of: offset)
    let column = offsets.offset(ofByte: offset) - offsets.offset(ofByte: Int(lines.starts[line]))
    return TextPosition(line: line + 1, column: column + 1)
  }
}
