import Foundation
import Testing

/// The package's own rules, checked on its own files.
@Suite struct TidyTests {
  @Test func `a target imports only what the manifest lets it import`() throws {
    let allowed = try dependenciesByTarget()
    for (target, folder) in try targetFolders() {
      let names = try #require(allowed[target], "\(target) is not in Package.swift")
      for file in swiftFiles(below: folder) {
        for module in try importedModules(of: file) where !Self.system.contains(module) {
          #expect(names.contains(module), "\(file.path) imports \(module), which \(target) does not depend on")
        }
      }
    }
  }

  @Test func `every folder of Sources is a target of that name`() throws {
    let allowed = try dependenciesByTarget()
    for (target, _) in try targetFolders() { #expect(allowed[target] != nil) }
  }

  private static let system: Set<String> = [
    "Swift", "Synchronization", "Dispatch", "System", "FoundationEssentials", "Foundation", "Glibc", "Musl", "Darwin",
    "Testing",
  ]

  private var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  private func targetFolders() throws -> [(String, URL)] {
    let sources = root.appending(path: "Sources")
    return try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
      .filter { $0.hasDirectoryPath }.map { ($0.lastPathComponent, $0) }.sorted { $0.0 < $1.0 }
  }

  private func swiftFiles(below folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
  }

  private func importedModules(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      // What is indented stands under `#if`, where only systems differ, or in a text.
      guard !line.hasPrefix(" ") else { return nil }
      let words = line.split(separator: " ").map(String.init)
      guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
        words[..<position].allSatisfy({ ["public", "package", "internal", "private", "@testable"].contains($0) })
      else { return nil }
      // Examples in JavaScript stand in texts of several lines, and begin with a bracket, a star or a small letter.
      guard words[position + 1].first?.isUppercase == true else { return nil }
      return words[position + 1].split(separator: ".").first.map(String.init)
    }
  }

  /// What the text of the manifest lets each target import.
  private func dependenciesByTarget() throws -> [String: Set<String>] {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    var result: [String: Set<String>] = [:]
    let rule =
      /(?:library\(|executableTarget\(\s*name:|systemLibrary\(\s*name:)\s*"(\w+)",?\s*(?:dependencies:)?\s*(\[[^\]]*\])?/
    for match in manifest.matches(of: rule) {
      let names = (match.output.2 ?? "").matches(of: /(?:name: )?"([\w.\-]+)"/).map { String($0.output.1) }
      result[String(match.output.1), default: []].formUnion(names)
    }
    return result
  }
}
