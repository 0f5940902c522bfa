import JavaScriptSyntax
import SourceText

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
        return Result(bytes: line(of: path, source, language, goal))
      }
    } catch {
      return Result(bytes: line(unreadable: path, error), problem: "\(path): error: \(error.problem)")
    }
  }

  /// Whether a search through a folder takes a file up.
  static func isSearched(_ path: String) -> Bool { SourceExtension(path) != nil }

  private func reading(of path: String) -> Reading {
    let known = SourceExtension(path)
    return .javaScript(
      language ?? known?.language ?? .jsx, goal ?? known?.goal ?? .unambiguous)
  }

  private func line(of path: String, _ source: [UInt8], _ language: Language, _ goal: ParseOptions.Goal) -> [UInt8] {
    var options = ParseOptions(language: language, goal: goal, isStrict: isStrict)
    if let maximumDepth { options.maximumNestingDepth = maximumDepth }
    let parsed = parse(source, options: options)
    switch format {
    case .jsonl: return diagnosticsLine(path, parsed)
    case .estree: return parsed.tree.estreeJSON() + [0x0A]
    case .tokens: return tokensLine(path, parsed.tree)
    }
  }

  private func line(unreadable path: String, _ error: FileError) -> [UInt8] {
    var json = JSONWriter()
    switch format {
    case .estree: json.null()
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

  private func diagnosticsLine(_ path: String, _ parsed: Parsed<SyntaxTree>) -> [UInt8] {
    let diagnostics = parsed.diagnostics
    let positions = diagnostics.isEmpty ? nil : Positions(parsed.tree.source)
    var json = JSONWriter()
    json.object { json in
      json.member("path", path)
      json.member("ok", !diagnostics.contains { $0.severity == .error })
      json.member("goal", parsed.tree.goal.rawValue)
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
private struct SourceExtension {
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
    case "js", "mjs", "cjs", "jsx": language = .jsx
    case "tsx": language = .tsx
    case "ts", "mts", "cts":
      let isDeclaration = parts.count > 2 && parts[parts.count - 2] == "d"
      language = isDeclaration ? .typeScriptDeclarations : .typeScript
    default: return nil
    }
  }
}

/// Lines and columns that cost the same wherever they are, also in one line of many megabytes.
private struct Positions {
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
