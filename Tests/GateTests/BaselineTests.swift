import Rubrics
import Testing

@testable import Gate

@Suite struct BaselineTests {
  private func entry(
    _ path: String = "site", score: Double = 80, verdicts: [String: String] = [:], density: [String: Double] = [:],
    findings: [BaselineEntry.Finding] = []
  ) -> BaselineEntry {
    BaselineEntry(
      path: path, rubric: "sample", score: score, density: density, verdicts: verdicts, findings: findings)
  }

  private func read(_ text: String) -> [String] {
    do {
      _ = try Baseline(Array(text.utf8), file: "b.json")
      return []
    } catch {
      return error.problems.map { $0.description }
    }
  }

  @Test func `what is written is read again`() throws {
    let hostile = "a \"b\"\\ c\n\u{202E}é\u{1F600}: [x]"
    let written = Baseline([
      entry("z", density: ["comment-share": 0.1234], findings: [.init(rule: "r/b", file: "f", fingerprint: "02")]),
      entry(
        BaselineEntry.spelled(hostile), score: 12.5, verdicts: ["b": "met", "a": "missing"],
        findings: [
          .init(rule: "r/b", file: BaselineEntry.spelled(hostile), fingerprint: "09"),
          .init(rule: "r/a", file: "", fingerprint: "10"),
        ]),
    ])
    let bytes = written.write()
    let back = try Baseline(bytes, file: "b.json")
    #expect(back.write() == bytes)
    #expect(back.entries.map { $0.path } == [BaselineEntry.spelled(hostile), "z"])
    #expect(back.entry(hostile)?.score == 12.5)
    #expect(back.entry("z")?.density == ["comment-share": 0.1234])
    #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").count { $0.contains("fingerprint") } == 3)
  }

  @Test(arguments: [
    ("{}", "the baseline has no version"), ("{\"version\": 2}", "version 2, and only 1 is known"),
    (
      "{\"version\": 1, \"artifacts\": [{\"path\": \"a\"}]}",
      "b.json:1:30: error: an entry needs `path`, `rubric` and `score`"
    ),
    ("{", "the YAML cannot be read"), ("", "the baseline is empty"),
  ])
  func `a file that is no baseline says what is wrong`(text: String, problem: String) {
    #expect(read(text).contains { $0.contains(problem) }, "\(read(text))")
  }

  @Test func `what the baseline knows does not fail, what is new does`() throws {
    let policy = try gatePolicy("forbid: {eval: error}")
    let old = judge(policy, facts(hazards: [hazard("eval", "eval", excerpt: "eval(a)")]))
    let known = try #require(BaselineEntry(old, .examined(facts()), path: "site"))
    let same = judge(policy, facts(hazards: [hazard("eval", "eval", line: 77, excerpt: "eval(a)")]), baseline: known)
    #expect(same.verdict == .passed)
    #expect(findings(same) == ["known forbid/eval"])
    let more = judge(
      policy,
      facts(hazards: [hazard("eval", "eval", excerpt: "eval(a)"), hazard("eval", "eval", excerpt: "eval(b)")]),
      baseline: known)
    #expect(findings(more) == ["known forbid/eval", "failed forbid/eval"])
    let none = judge(policy, facts(), baseline: known)
    #expect(none.improvements == ["1 finding of the baseline gone"])
  }

  @Test func `a fall of the score fails beyond what is allowed`() throws {
    #expect(findings(judge(facts(low: 79), baseline: entry())) == ["failed baseline/score"])
    #expect(judge(try gatePolicy("regression: {score-drop: 1}"), facts(low: 79), baseline: entry()).verdict == .passed)
    #expect(judge(facts(low: 79, high: 85), baseline: entry()).verdict == .inconclusive)
    #expect(judge(facts(low: 90), baseline: entry()).improvements == ["score 80 to 90"])
  }

  @Test func `a criterion that was met and is no more fails`() throws {
    let before = entry(verdicts: ["a": "met", "b": "missing", "c": "met"])
    let now = facts(criteria: [criterion("a", "broken"), criterion("b", "met"), criterion("c", "met")])
    let sample = judge(now, baseline: before)
    #expect(findings(sample) == ["failed baseline/a"])
    #expect(sample.improvements == ["b missing to met"])
    #expect(judge(try gatePolicy("regression: {criteria: off}"), now, baseline: before).verdict == .passed)
    #expect(judge(try gatePolicy("regression: {criteria: warn}"), now, baseline: before).verdict == .passed)
    let unclear = facts(criteria: [criterion("a", "unknown")])
    #expect(judge(unclear, baseline: before).verdict == .inconclusive)
  }

  @Test func `a rise of comments fails beyond what is allowed`() throws {
    var density = DensityFacts()
    density[.commentShare] = 0.3
    let before = entry(density: ["comment-share": 0.2])
    #expect(judge(facts(density: density), baseline: before).verdict == .passed)
    #expect(
      findings(
        judge(try gatePolicy("regression: {comment-share-rise: 0.05}"), facts(density: density), baseline: before))
        == ["failed baseline/comment-share"])
    #expect(
      judge(try gatePolicy("regression: {comment-share-rise: 0.1}"), facts(density: density), baseline: before).verdict
        == .passed)
  }

  @Test func `a baseline of another rubric cannot be compared with`() {
    var other = entry()
    other.rubric = "other"
    #expect(findings(judge(facts(), baseline: other)) == ["inconclusive baseline/rubric"])
  }

  @Test func `what was not seen never becomes known`() {
    let sample = judge(facts(unreadable: [Place(file: "a.js", says: "no")]))
    let kept = BaselineEntry(sample, .examined(facts()), path: "site")
    #expect(kept?.findings == [])
    #expect(BaselineEntry(sample, .timedOut(limit: 1), path: "site") == nil)
  }

  @Test func `stale entries are named and pruned, others stay`() {
    let one = BaselineEntry.Finding(rule: "r/one", file: "a.js", fingerprint: "1")
    let two = BaselineEntry.Finding(rule: "r/two", file: "", fingerprint: "2")
    let baseline = Baseline([entry("in/a", findings: [one, two]), entry("in/gone"), entry("out/b"), entry("inner")])
    let current = [entry("in/a", score: 10, findings: [two])]
    #expect(
      baseline.stale(against: current, within: ["in"]) == [
        "in/a: r/one in a.js (1) is not found any more", "in/gone: the project is not there any more",
      ])
    let pruned = baseline.pruned(against: current, within: ["in"])
    #expect(pruned.entries.map { $0.path } == ["in/a", "inner", "out/b"])
    #expect(pruned.entry("in/a")?.findings == [two])
    #expect(pruned.entry("in/a")?.score == 80)
    #expect(baseline.updated(with: current, within: ["in"]).entries.map { $0.path } == ["in/a", "inner", "out/b"])
    #expect(baseline.stale(against: [], within: ["."]).count == 4)
  }
}
