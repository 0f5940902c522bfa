import Foundation
import Ingest
import Program
import TestSupport
import Testing

@testable import Mechanics

/// The findings of one analysis in a program of these files.
func findings(of mechanic: any Mechanic.Type, in files: [String: String], hints: Hints = .none) -> [Finding] {
  mechanic.find(in: Scene(program: ProgramModel(project: makeProject(files)), hints: hints))
}

/// A project of these files.
func makeProject(_ files: [String: String]) -> Project {
  let made = files.sorted { $0.key < $1.key }.map { path, text in
    ProjectFile(path: path, kind: kind(of: path), bytes: Array(text.utf8))
  }
  return Project(path: "example", files: made)
}

private func kind(of path: String) -> ProjectFile.Kind {
  switch path.split(separator: ".").last {
  case "html": .html
  case "css": .css
  case "ts", "tsx": .typeScript
  case "js", "jsx", "mjs": .javaScript
  case "json": .json
  case "vue": .vue
  case "svelte": .svelte
  default: .other
  }
}

@Test func `every example of every analysis holds`() {
  for mechanic in MechanicCatalogue.all {
    for (number, example) in mechanic.examples.enumerated() {
      let found = findings(of: mechanic, in: example.files, hints: mechanic.exampleHints)
      if let problem = example.problem(with: found) { Issue.record("\(mechanic), example \(number): \(problem)") }
      for finding in found {
        #expect(MechanicVocabulary.standard.problems(with: finding) == [], "\(mechanic), example \(number)")
      }
    }
  }
}

@Test func `every analysis has an example of what it finds and finds a mechanic of the vocabulary`() {
  for mechanic in MechanicCatalogue.all {
    #expect(mechanic.examples.contains { $0.outcome != .absent }, "\(mechanic)")
    #expect(MechanicVocabulary.standard.term(mechanic.id) != nil, "\(mechanic)")
  }
}

@Test func `the catalogue names every analysis in the folder`() throws {
  let folder = packageRoot.appending(path: "Sources/Mechanics")
  let names = Set(MechanicCatalogue.all.map { "\($0)" })
  let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
  for case let file as URL in files where file.pathExtension == "swift" && file.lastPathComponent != "Mechanic.swift" {
    let text = try String(contentsOf: file, encoding: .utf8)
    for match in text.matches(of: /(?:struct|enum) (\w+): Mechanic\b/) {
      #expect(names.contains(String(match.1)), "\(file.lastPathComponent)")
    }
  }
}

@Test func `the same program gives the same findings`() {
  for mechanic in MechanicCatalogue.all {
    guard let example = mechanic.examples.first else { continue }
    #expect(findings(of: mechanic, in: example.files) == findings(of: mechanic, in: example.files), "\(mechanic)")
  }
}
