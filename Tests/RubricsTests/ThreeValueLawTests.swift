import Mechanics
import Rubrics
import TestSupport
import Testing

/// What is answered in spite of unknown findings must stay true whatever they turn out to be.
@Suite struct ThreeValueLawTests {
  private let words = ["elapsed", "fixed-step", "frame"]

  @Test func `no answer depends on what is unknown`() throws {
    var decided = 0
    for seed in UInt64(0)..<600 {
      var random = SeededGenerator(seed: seed)
      let rubric = try rubric(met: condition(depth: 3, using: &random))
      let known = (0..<Int.random(in: 0...3, using: &random)).map { _ in randomFinding(.found, using: &random) }
      let open = (0..<Int.random(in: 1...2, using: &random)).map { _ in randomFinding(.unknown, using: &random) }
      let answer = rubric.evaluate(known + open, analysed: ["loop"]).verdicts[0].status
      guard answer != .unknown else { continue }
      decided += 1
      for _ in 0..<10 {
        let resolved = open.flatMap { resolutions(of: $0, using: &random) }
        let truth = rubric.evaluate(known + resolved, analysed: ["loop"]).verdicts[0].status
        #expect(truth == answer, "seed \(seed)")
      }
    }
    #expect(decided > 100, "only \(decided) cases were decided, too few to mean anything")
  }

  private func condition(depth: Int, using random: inout SeededGenerator) -> String {
    switch depth == 0 ? 3 : Int.random(in: 0..<5, using: &random) {
    case 0:
      return "{all: [\(condition(depth: depth - 1, using: &random)), \(condition(depth: depth - 1, using: &random))]}"
    case 1:
      return "{any: [\(condition(depth: depth - 1, using: &random)), \(condition(depth: depth - 1, using: &random))]}"
    case 2: return "{not: \(condition(depth: depth - 1, using: &random))}"
    default: return query(using: &random)
    }
  }

  private func query(using random: inout SeededGenerator) -> String {
    var text = "{mechanic: loop"
    if Bool.random(using: &random) { text += ", scaled: \(words.randomElement(using: &random) ?? "")" }
    if Bool.random(using: &random) { text += ", main: \(Bool.random(using: &random))" }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: text += ", count: {min: 2}"
    case 1: text += ", count: {max: 1}"
    case 2: text += ", count: {min: 2, distinct: scaled}"
    default: break
    }
    return text + "}"
  }

  private func randomFinding(_ status: Finding.Status, using random: inout SeededGenerator) -> Finding {
    var facts: [String: Fact] = [:]
    if Bool.random(using: &random) { facts["scaled"] = .word(words.randomElement(using: &random) ?? "") }
    if Bool.random(using: &random) { facts["main"] = .flag(Bool.random(using: &random)) }
    return finding("loop", status, facts, reason: status == .found ? nil : "unclear")
  }

  /// None to three findings that the unknown one may have stood for, with the facts it left open filled in.
  private func resolutions(of unknown: Finding, using random: inout SeededGenerator) -> [Finding] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in
      var resolved = unknown
      resolved.status = .found
      resolved.reason = nil
      resolved.facts["scaled"] = resolved.facts["scaled"] ?? .word(words.randomElement(using: &random) ?? "")
      resolved.facts["main"] = resolved.facts["main"] ?? .flag(Bool.random(using: &random))
      return resolved
    }
  }
}
