import Density
import FoundationEssentials
import Ingest
import Testing

@testable import Reports

private func artifact(_ model: String, _ text: String) -> MeasuredArtifact {
  let file = ProjectFile(path: "a, \"b\".js", kind: .javaScript, bytes: Array(text.utf8))
  let options = DensityOptions(computesFigures: true)
  let density = ProjectDensity([MeasuredFile(file, options: options)].compactMap { $0 }, options: options)
  return MeasuredArtifact(Artifact(path: "\(model)/game", model: model, experiment: "game"), density: density)
}

private func report(_ format: DensityFormat, files: Bool = false) -> String {
  let artifacts = [artifact("m", "// x\nf();\n"), artifact("n", "f(1, 2);\n")]
  var reporter = format.reporter(DensityReportOptions(toolVersion: "1", isSet: true, showsFiles: files))
  var bytes = reporter.begin()
  for artifact in artifacts { bytes += reporter.add(artifact) }
  bytes += reporter.end(DensityConclusion(models: ModelComparison(artifacts)))
  return String(decoding: bytes, as: UTF8.self)
}

private struct Contract: Decodable {
  struct Counts: Decodable, Equatable { var total, code, comment, whitespace: Int }
  struct Lines: Decodable, Equatable { var total, code, mixed, comment, blank: Int }
  struct Language: Decodable {
    var bytes: Counts
    var lines: Lines
  }
  struct File: Decodable {
    var path, language, role: String
    var bytes: Counts
    var lines: Lines
    var languages: [String: Language]
  }
  struct Totals: Decodable {
    var bytes: Counts
    var lines: Lines
    var languages: [String: Language]
  }
  struct Artifact: Decodable {
    var path: String
    var model, experiment: String?
    var files: [File]
    var totals: Totals
  }
  var version: Int
  var artifacts: [Artifact]
}

@Test func `JSON keeps the contract`() throws {
  let contract = try JSONDecoder().decode(Contract.self, from: Data(report(.json).utf8))
  #expect(contract.version == 1)
  let first = try #require(contract.artifacts.first)
  #expect(first.model == "m" && first.experiment == "game")
  #expect(first.totals.bytes == .init(total: 10, code: 4, comment: 4, whitespace: 2))
  #expect(first.totals.lines == .init(total: 2, code: 1, mixed: 0, comment: 1, blank: 0))
  #expect(first.files.first?.role == "own")
  #expect(first.files.first?.languages["javascript"]?.bytes == first.totals.bytes)
}

@Test func `tables quote what would break them`() {
  #expect(report(.csv, files: true).contains("\"a, \"\"b\"\".js\""))
  #expect(report(.csv).split(separator: "\r\n").count == 3)
  #expect(report(.markdown).contains("| m/game | m | game | 1 | 10 | 4 | 4 | 2 |"))
}

@Test func `text shows models side by side`() {
  let text = report(.text)
  #expect(text.contains("models on the same experiments (game)"))
  #expect(text.contains("1.50") || text.contains("1.75"))
}
