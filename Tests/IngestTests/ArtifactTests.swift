import Ingest
import Testing

private let known = ["brand-site", "solar-system", "space-shooter", "ecosystem"]

private func labels(_ folder: TemporaryFolder, _ path: String = "") throws -> [String] {
  try Ingest.artifacts(in: [folder.path + path], experiments: known).map {
    "\($0.path.dropFirst(folder.path.count)) \($0.model ?? "-") \($0.experiment ?? "-")"
  }
}

@Test func `models and experiments are found in either arrangement`() throws {
  let folder = try TemporaryFolder()
  try folder.write("m/terse/space-shooter/index.html", "")
  try folder.write("m/gpt-5.5/ecosystem/src/main.js", "")
  try folder.write("m/gpt-5.5/ecosystem/public/index.html", "")
  try folder.write("m/mutants/ecosystem.json", "{}")
  try folder.write("e/solar_system/opus-4.7/run-2/index.html", "")
  try folder.write("e/02-brand-site/opus-4.7/package.json", "{}")
  #expect(
    try labels(folder, "/m") == [
      "/m/gpt-5.5/ecosystem gpt-5.5 ecosystem", "/m/terse/space-shooter terse space-shooter",
    ])
  #expect(
    try labels(folder, "/e") == [
      "/e/02-brand-site/opus-4.7 opus-4.7 brand-site", "/e/solar_system/opus-4.7/run-2 opus-4.7 solar-system",
    ])
  #expect(try labels(folder, "/m/terse/space-shooter/") == ["/m/terse/space-shooter terse space-shooter"])
  #expect(
    try labels(folder, "/m/terse/space-shooter/index.html")
      == ["/m/terse/space-shooter/index.html terse space-shooter"])
}

@Test func `a page that links a set together does not swallow it`() throws {
  let folder = try TemporaryFolder()
  try folder.write("set/index.html", "")
  try folder.write("set/ecosystem/index.html", "")
  try folder.write("set/brand-site/index.html", "")
  #expect(try labels(folder, "/set").map { $0.split(separator: " ")[0] } == ["/set/brand-site", "/set/ecosystem"])
}

@Test func `a folder without projects stands for itself and nothing at all is an error`() throws {
  let folder = try TemporaryFolder()
  try folder.write("data/a.json", "{}")
  #expect(try labels(folder, "/data") == ["/data - -"])
  #expect(throws: IngestError.self) { try Ingest.artifacts(in: [folder.path + "/none"]) }
}
