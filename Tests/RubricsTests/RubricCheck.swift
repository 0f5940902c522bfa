import Mechanics
import Rubrics
import SourceText

/// A rubric of one criterion whose condition is `met`, for tests of conditions.
func rubric(met: String, extra: String = "", head: String = "") throws -> Rubric {
  try Rubric(yaml: Array(rubricText(met: met, extra: extra, head: head).utf8), file: "r.yaml")
}

func rubricText(met: String, extra: String = "", head: String = "") -> String {
  """
  id: sample
  title: Sample
  version: 1
  \(head)
  criteria:
    - id: one
      title: One
      weight: 1
      advice: Do it.
      met: \(met)
  \(extra)
  """
}

/// Every problem of a rubric, as people see them; empty when it can be used.
func problems(_ yaml: String) -> [String] {
  do {
    _ = try Rubric(yaml: Array(yaml.utf8), file: "r.yaml")
    return []
  } catch {
    return error.problems.map { $0.description }
  }
}

/// The verdict of a one-criterion rubric on hand-made findings.
func verdict(
  _ met: String, extra: String = "", _ findings: [Finding], analysed: Set<String>? = nil
) throws -> Verdict {
  let rubric = try rubric(met: met, extra: extra)
  let all = Set(MechanicVocabulary.standard.terms.map { $0.id })
  return rubric.evaluate(findings, analysed: analysed ?? all).verdicts[0]
}

/// A finding with one place, which says what the finding is.
func finding(
  _ mechanic: String, _ status: Finding.Status = .found, _ facts: [String: Fact] = [:], at offset: Int = 0,
  reason: String? = nil, failure: Finding.Failure? = nil, advice: String? = nil, confidence: Double = 1
) -> Finding {
  let place = Evidence(file: "main.js", span: ByteSpan(offset, offset + 5), says: "\(mechanic) here")
  return Finding(
    mechanic, status, facts: facts, evidence: [place], reason: reason, failure: failure, advice: advice,
    confidence: confidence)
}
