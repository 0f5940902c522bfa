import ArgumentParser
import Ingest
import JavaScriptSyntax
import SourceText
import WorkerPool

/// `sterling syntax`: parses files and says what is wrong with them, or prints their trees or tokens.
struct SyntaxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "syntax",
    abstract: "Parses files and prints their diagnostics, trees or tokens.",
    discussion: """
      Folders are searched for JavaScript, TypeScript, HTML and CSS. jsonl and estree print one line a file. The language comes from a file's extension: in .js and .jsx \
      JSX may stand, .mjs, .cjs, .ts, .mts, .cts, .tsx and .d.ts are what they say, anything else is taken for JavaScript. The goal is a module for .mjs and .mts, a script for .cjs and .cts, and otherwise found out.

      Lines come in the order of the arguments. Errors in a file's syntax do not fail the command; a file that cannot be \
      read does, with exit code 2.
      """)

  @Argument(help: "Files, folders, or - for standard input.", completion: .file())
  var paths: [String]

  @Option(help: "Parse as: script, module.")
  var goal: GoalArgument?

  @Flag(help: "Take scripts as strict code from their first token.")
  var strict = false

  @Option(help: "Read as: js, jsx, ts, tsx, d.ts.")
  var language: LanguageArgument?

  @Option(help: "Print: jsonl (diagnostics), estree (trees of scripts), tree (of pages and style sheets), tokens.")
  var format = SyntaxFormat.jsonl

  @Option(help: "How deep constructs may nest.")
  var maximumDepth: Int?

  @Option(help: "The number of files to work on at a time; as many as there are processors when not given.")
  var threads: Int?

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file())
  var output: String?

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name at least one file or folder") }
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more, found \(threads)") }
    if let maximumDepth, maximumDepth < 1 {
      throw ValidationError("--maximum-depth must be 1 or more, found \(maximumDepth)")
    }
  }

  func run() throws {
    var status = ExitStatus.done
    let printer = SyntaxPrinter(
      format: format, goal: goal?.goal, isStrict: strict, language: language?.language, maximumDepth: maximumDepth)
    let files = listFiles(paths, &status, where: printer.isSearched)
    var stream = try OutputStream(path: output)
    do {
      try orderedMap(count: files.count, threads: threads ?? availableProcessorCount) { index in
        printer.print(files[index])
      } consume: { _, result in
        if let problem = result.problem {
          note(problem)
          status = max(status, .unusable)
        }
        try stream.write(result.bytes)
      }
      try stream.finish()
    } catch {
      stream.cancel()
      throw error
    }
    try status.exitUnlessDone()
  }
}

/// What `sterling syntax` prints of each file.
enum SyntaxFormat: String, ExpressibleByArgument, CaseIterable {
  /// Whether it is in order, its goal and its diagnostics.
  case jsonl
  /// Its tree as ESTree JSON.
  case estree
  /// Its tokens and comments.
  case tokens
  /// The tree of a page in the format of the html5lib tests, or of a style sheet as one JSON object a node.
  case tree
}

/// A goal symbol as the command line names it.
enum GoalArgument: String, ExpressibleByArgument, CaseIterable {
  case script
  case module

  var goal: ParseOptions.Goal { self == .script ? .script : .module }
}

/// A language as the command line names it.
enum LanguageArgument: String, ExpressibleByArgument, CaseIterable {
  case js
  case jsx
  case ts
  case tsx
  case declarations = "d.ts"

  var language: Language {
    switch self {
    case .js: .javaScript
    case .jsx: .jsx
    case .ts: .typeScript
    case .tsx: .tsx
    case .declarations: .typeScriptDeclarations
    }
  }
}
