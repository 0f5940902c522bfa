import Ingest
import Rubrics

@testable import Gate

/// Facts about a project with nothing special about it; tests change what they are about.
func facts(
  low: Double = 80, high: Double? = nil, cap: Double? = nil, criteria: [Examined.Criterion] = [],
  density: DensityFacts = DensityFacts(), hazards: [Examined.Hazard] = [], unreadable: [Place] = []
) -> Examined {
  Examined(
    rubric: "sample", rubricVersion: "1", rubricDigest: "", low: low, high: high ?? low, cap: cap, criteria: criteria,
    density: density, hazards: hazards, unreadable: unreadable, syntaxErrors: [], isCutShort: false,
    mainFile: "index.html", files: 1, bytes: 100, notes: [])
}

func criterion(_ id: String, _ verdict: String, required: Bool = false, evidence: [Place] = []) -> Examined.Criterion {
  Examined.Criterion(
    id: id, title: "Title of \(id)", isRequired: required, applies: true, verdict: verdict, evidence: evidence)
}

func hazard(_ kind: String, _ subject: String, line: Int = 3, excerpt: String = "x") -> Examined.Hazard {
  Examined.Hazard(
    kind: kind, subject: subject, place: Place(file: "js/main.js", line: line, excerpt: excerpt, says: "found"))
}

/// A policy written as what stands below `gate:`.
func gatePolicy(_ gate: String) throws -> Policy {
  let lines = gate.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
  let text = "gate:\n" + lines.joined(separator: "\n") + "\n"
  return try Policy.read(yaml: Array(text.utf8), file: "sterling.yaml") ?? Policy()
}

/// What is said of facts without a policy.
func judge(_ facts: Examined, baseline: BaselineEntry? = nil) -> GateSample {
  judge(Policy(), facts, baseline: baseline)
}

/// What the policy says of facts.
func judge(_ policy: Policy, _ facts: Examined, baseline: BaselineEntry? = nil) -> GateSample {
  GateEvaluator(policy: policy).judge(
    Artifact(path: "site", model: "m", experiment: "sample"), folder: "site", .examined(facts), baseline: baseline,
    hasBaseline: baseline != nil)
}

/// Each finding as `outcome rule`.
func findings(_ sample: GateSample) -> [String] { sample.findings.map { "\($0.outcome.rawValue) \($0.rule)" } }

func result(_ samples: [GateSample], _ aggregation: Policy.Aggregation = .pessimistic) -> GateResult {
  GateResult(policy: nil, aggregation: aggregation, samples: samples)
}
