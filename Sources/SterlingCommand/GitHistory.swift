import Ingest
import SourceText

/// An earlier version of a project that git cannot give; why and what to do.
struct HistoryError: Error {
  /// What is wrong, in lower case without a full stop.
  var problem: String
}

/// Reads files of an earlier version out of a repository, without a checkout, without hooks or filters, and without the network.
struct GitHistory {
  private let root: String
  private let commit: String

  /// Finds a version of the repository that a project lies in.
  ///
  /// - Parameters:
  ///   - folder: The absolute path of the project's files.
  ///   - reference: What the user calls the version: a branch, a tag, a commit.
  static func version(_ reference: String, ofProject folder: String) async throws(HistoryError) -> GitHistory {
    guard let root = repositoryRoot(ofProject: folder) else {
      throw HistoryError(problem: "the project lies in no git repository, so there is no `\(reference)`")
    }
    let output = try await git(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], in: root,
      or: "git knows no commit `\(reference)`; fetch it first, as with `fetch-depth: 0`")
    return GitHistory(root: root, commit: String(decoding: output, as: UTF8.self).trimmingEnd)
  }

  /// The bytes of those files of a folder that the version has.
  ///
  /// - Parameters:
  ///   - folder: The absolute path of the project's files.
  ///   - paths: The files that are wanted, relative to it.
  func files(in folder: String, _ paths: Set<String>) async throws(HistoryError) -> [String: [UInt8]] {
    let relative = relativePath(folder, from: root)
    let tree = relative == "." ? commit : "\(commit):\(relative)"
    let problem = "the version's files cannot be listed"
    if relative != "." {
      // A folder that the version does not have is new as a whole.
      guard (try? await Self.git(["cat-file", "-e", tree], in: root, or: problem)) != nil else { return [:] }
    }
    let listing = try await Self.git(["ls-tree", "-r", "-z", tree], in: root, or: problem)
    var wanted: [(path: String, object: String)] = []
    for entry in listing.split(separator: 0) {
      // MODE blob OBJECT<tab>PATH
      guard let tab = entry.firstIndex(of: 0x09) else { continue }
      let path = String(decoding: entry[(tab + 1)...], as: UTF8.self)
      let words = entry[..<tab].split(separator: 0x20)
      guard words.count == 3, words[1].elementsEqual("blob".utf8), paths.contains(path) else { continue }
      wanted.append((path, String(decoding: words[2], as: UTF8.self)))
    }
    guard !wanted.isEmpty else { return [:] }
    let request = wanted.map { $0.object + "\n" }.joined()
    let answer = try await Self.git(
      ["cat-file", "--batch"], in: root, input: Array(request.utf8), or: "the version's files cannot be read")
    return try Self.split(answer, wanted.map { $0.path })
  }

  /// Takes the answer of `cat-file --batch` apart: `OBJECT blob SIZE`, the bytes, a line feed, for each object.
  private static func split(_ answer: [UInt8], _ paths: [String]) throws(HistoryError) -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    var index = 0
    for path in paths {
      guard let end = answer[index...].firstIndex(of: 0x0A),
        let size = answer[index..<end].split(separator: 0x20).last.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }
        ),
        size >= 0, size <= answer.count - end - 1
      else { throw HistoryError(problem: "git does not have `\(path)` of that version at hand") }
      result[path] = Array(answer[(end + 1)..<(end + 1 + size)])
      index = min(end + 2 + size, answer.count)
    }
    return result
  }

  private static func git(
    _ arguments: [String], in root: String, input: [UInt8] = [], or problem: String
  ) async throws(HistoryError) -> [UInt8] {
    let outcome = await runChild(
      "git", ["-C", root, "-c", "protocol.allow=never", "--no-pager"] + arguments,
      environment: [
        "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
      ], input: input)
    switch outcome {
    case .exited(0, let output, _): return output
    case .exited(_, _, let errors):
      let said = errors.split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw HistoryError(problem: problem + said)
    case .signaled(let signal, _): throw HistoryError(problem: "git was ended by signal \(signal)")
    case .timedOut: throw HistoryError(problem: "git took too long")
    case .failed(let why): throw HistoryError(problem: "git cannot be run: \(why)")
    }
  }
}

extension String {
  /// Without line ends and spaces at the end.
  fileprivate var trimmingEnd: String {
    var text = self
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
