import ArgumentParser
import Foundation
import JavaScriptSyntax
import SourceText
import SyntaxChecks
import WorkerPool

/// Parses mutations of real files.
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Parses seeded mutations of real files.",
    discussion: """
      Each input has to give a tree, without a crash and within a second, whose tokens and comments give back its text. The \
      number of the input under way on each thread is kept in the file given by --journal, so that it is known after a crash: \
      run it alone with --first and --count 1.
      """)

  @Argument(help: "Files or folders of JavaScript and TypeScript.", completion: .file())
  var paths: [String]

  @Option(help: "How many inputs to parse.")
  var count = 200_000

  @Option(help: "The number of the first input; each number stands for the same input every time.")
  var first = 0

  @Option(help: "Pieces of files longer than this are cut out, in bytes.")
  var maximumSize = 20_000

  @Option(help: "Keep the numbers of the inputs under way in this file.")
  var journal: String?

  func run() throws {
    let files = try listFiles()
    guard !files.isEmpty else {
      throw ValidationError("there is no JavaScript or TypeScript in \(paths.joined(separator: ", "))")
    }
    let sources = try files.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
    let languages = files.map(language)
    let log = journal.map { fopen($0, "w") } ?? nil
    var faults = 0
    let batch = 100
    let (count, first, maximumSize) = (count, first, maximumSize)
    // The journal's handle is only ever written to, which the C library does under a lock.
    nonisolated(unsafe) let handle = log
    orderedMap(count: (count + batch - 1) / batch, threads: availableProcessorCount) { index in
      var found: [String] = []
      for number in first + index * batch..<first + min((index + 1) * batch, count) {
        if let handle {
          fputs("\(number)\n", handle)
          fflush(handle)
        }
        if let fault = check(number, sources, languages, maximumSize) { found.append("input \(number): \(fault)") }
      }
      return found
    } consume: { _, found in
      faults += found.count
      for line in found { print(line) }
    }
    print("\(count - faults)/\(count) inputs in order")
    if faults > 0 { throw ExitCode.failure }
  }

  private func listFiles() throws -> [String] {
    let known: Set<String> = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"]
    return try paths.flatMap { path in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return [path]
      }
      return try filesBelow(path).filter { known.contains(URL(filePath: $0).pathExtension) }.map { "\(path)/\($0)" }
    }
  }

  private func language(_ path: String) -> Language {
    path.hasSuffix(".tsx") ? .tsx : path.hasSuffix("ts") ? .typeScript : .jsx
  }
}

private func check(_ number: Int, _ sources: [[UInt8]], _ languages: [Language], _ maximumSize: Int) -> String? {
  var random = MutationGenerator(seed: UInt64(number))
  let file = random.below(sources.count)
  var source = sources[file]
  if source.count > maximumSize {
    let start = random.below(source.count - maximumSize)
    source = Array(source[start..<start + maximumSize])
  }
  let input = mutated(source, using: &random)
  // Now and then a text is read as another language than its own.
  let language = random.below(4) == 0 ? Language.allCases[random.below(Language.allCases.count)] : languages[file]
  let clock = ContinuousClock()
  let start = clock.now
  let parsed = parse(input, options: ParseOptions(language: language))
  let duration = start.duration(to: clock.now)
  if duration > .seconds(1) { return "took \(duration)" }
  return losslessnessFault(of: parsed.tree) ?? structureFault(of: parsed.tree)
}
