import Density
import Ingest
import Testing

@testable import Scoring

/// An answer that meets `met`, leaves `unknown` open and whose script is `source`.
private func surface(_ model: String, met: [String], missing: [String] = [], unknown: [String] = [], _ source: String)
  -> Surface
{
  let options = DensityOptions(computesFigures: true)
  let file = ProjectFile(path: "a.js", kind: .javaScript, bytes: Array(source.utf8))
  let density = ProjectDensity([MeasuredFile(file, options: options)].compactMap { $0 }, options: options)
  let artifact = MeasuredArtifact(Artifact(path: model, model: model, experiment: "game"), density: density)
  let verdicts = met.map { ($0, "met") } + missing.map { ($0, "missing") } + unknown.map { ($0, "unknown") }
  let criteria = verdicts.map { id, verdict in
    ScoredCriterion(id: id, title: id, weight: 1, isRequired: false, applies: true, verdict: verdict, evidence: [])
  }
  let score = ScoredProject(
    artifact: ScoredProject.Artifact(path: model, model: model, experiment: "game", files: 1, bytes: 1),
    rubric: ScoredProject.RubricReference(id: "game", version: "1", sha256: ""),
    score: ScoreRange(low: 1, high: 1, failedRequired: []), criteria: criteria, diagnostics: [], isIncomplete: false)
  return Surface(artifact, score)
}

private let short = "let value = compute(input);\nshow(value);\n"
private let long = "let value = compute(input);\nlet other = convert(value);\nshow(other);\nreport(other, value);\n"

@Test func `fewer tokens for the same criteria are tighter`() {
  let comparison = SurfaceComparison(surface("b", met: ["x", "y"], long), surface("a", met: ["x", "y"], short))
  #expect(comparison.verdict == .tighter)
  #expect(comparison.shorter.path == "a")
}

@Test func `different criteria are not compared, and why is said`() {
  let comparison = SurfaceComparison(
    surface("a", met: ["x"], missing: ["y"], short), surface("b", met: ["x", "y"], long))
  #expect(comparison.verdict == .notComparable)
  #expect(comparison.reason == "only the longer meets y")
}

@Test func `an unknown verdict forbids the comparison`() {
  let comparison = SurfaceComparison(
    surface("a", met: ["x"], unknown: ["y"], short), surface("b", met: ["x", "y"], long))
  #expect(comparison.verdict == .notComparable)
  #expect(comparison.reason == "unknown verdicts on y")
}

@Test func `golf is no tightness`() {
  let golf = surface("a", met: ["x"], "let v=c(i);s(v);\n")
  let comparison = SurfaceComparison(golf, surface("b", met: ["x"], long))
  #expect(comparison.verdict == .notComparable)
  #expect(comparison.reason == "the shorter has much shorter names")
  let imported = surface("c", met: ["x"], "import { run } from \"package\";\nrun();\n")
  #expect(SurfaceComparison(imported, surface("b", met: ["x"], long)).reason.contains("packages outside the project"))
}

@Test func `removing comments makes nothing tighter`() {
  let commented = surface("b", met: ["x"], "// a long explanation of what this does\n" + short)
  #expect(SurfaceComparison(surface("a", met: ["x"], short), commented).verdict == .equal)
}
