import ArgumentParser
import Ingest
import JavaScriptSyntax
import Patterns
import SourceText
import WorkerPool

/// `sterling query`: searches files for code.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Searches files for code that a pattern describes.",
    discussion: """
      A pattern is code in which $NAME stands for one node and $$$NAME for any number of arguments, elements, fields or \
      statements; $_ and $$$ stand for such without a name, and the same name twice asks for equal code. Put it in single \
      quotes, or the shell takes the $ for its own. Code that means the same is found however it is written, unless --exact \
      is given; docs/patterns.md says what that covers.

      Folders are searched for JavaScript, TypeScript, scripts and handlers in HTML, and the script blocks of Vue and Svelte. \
      text prints path:line: and the line for every line of a match, jsonl one JSON object a match. Matches come in the order \
      of the arguments, files of a folder by path.

      Exit codes: 0 something was found, 1 nothing was found, 2 a pattern or a file cannot be used, 3 nothing was found and a \
      file was given up because the pattern took too many steps there.
      """)

  @Argument(help: ArgumentHelp("The code to look for.", valueName: "pattern"))
  var pattern: String

  @Argument(help: "Files, folders, or - for standard input.", completion: .file())
  var paths: [String]

  @Option(help: "Print: text, jsonl.")
  var format = QueryFormat.text

  @Option(help: "Read files as: js, jsx, ts, tsx, d.ts.")
  var language: LanguageArgument?

  @Flag(help: "Find only code that is written as the pattern is, token by token.")
  var exact = false

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file())
  var output: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name at least one file or folder") }
  }

  func run() throws {
    let printer = QueryPrinter(
      search: try makeSearch(), format: format, language: language?.language,
      usesColor: common.color.isOn(writingToFile: output != nil))
    var status = ExitStatus.done
    let files = listFiles(paths, &status) { QueryPrinter.kind(of: $0) != nil }
    var found = 0
    var stream = try OutputStream(path: output)
    do {
      try orderedMap(count: files.count, threads: common.threadCount) { index in
        printer.print(files[index])
      } consume: { _, result in
        if let problem = result.problem { note(problem) }
        status = max(status, result.status)
        found += result.count
        if !result.bytes.isEmpty { try stream.write(result.bytes) }
      }
      try stream.finish()
    } catch {
      stream.cancel()
      throw error
    }
    // Nothing found in part of a file leaves open whether there is something; something found is found.
    if status == .inconclusive, found > 0 { status = .done }
    if status == .done, found == 0 { status = .gateFailed }
    try status.exitUnlessDone()
  }

  private func makeSearch() throws -> FileSearch {
    do throws(PatternError) {
      return FileSearch(try CodePattern(pattern, isExact: exact))
    } catch {
      note(QueryPrinter.message(for: error, in: pattern))
      throw ExitStatus.unusable.exitCode
    }
  }
}

/// What `sterling query` prints of each match.
enum QueryFormat: String, ExpressibleByArgument, CaseIterable {
  /// The path, the line and its text, for every line of the match.
  case text
  /// One JSON object a match.
  case jsonl
}
