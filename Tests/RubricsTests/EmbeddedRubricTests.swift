import Foundation
import Rubrics
import TestSupport
import Testing

@Suite struct EmbeddedRubricTests {
  @Test func `the embedded rubrics are those of the folder`() throws {
    try expectCurrent("Sources/Rubrics/BuiltInRubrics.swift", embeddedSource())
  }

  @Test func `the published schema is that of the types`() throws {
    try expectCurrent("rubrics/rubric.schema.json", String(decoding: Rubric.schema(), as: UTF8.self))
  }
}

/// The Swift source that carries every rubric of `rubrics/`, so that the command needs no file to work.
private func embeddedSource() throws -> String {
  let folder = packageRoot.appending(path: "rubrics")
  let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    .filter { $0.pathExtension == "yaml" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
  var source = """
    // swift-format-ignore-file
    // Written from rubrics/*.yaml by `STERLING_UPDATE_GOLDEN=1 swift test --filter EmbeddedRubricTests`; do not edit.

    /// The built-in rubrics, ordered by id, as committed in `rubrics/`.
    let builtInRubrics: [(id: String, text: String)] = [

    """
  for file in files {
    let text = try String(contentsOf: file, encoding: .utf8)
    let id = file.deletingPathExtension().lastPathComponent
    source += "  (\n    \"\(id)\",\n    ####\"\"\"\n\(text)\n\"\"\"####\n  ),\n"
  }
  return source + "]\n"
}
