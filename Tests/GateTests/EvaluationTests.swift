import Ingest
import Testing

@testable import Gate

@Suite struct EvaluationTests {
  // MARK: Criteria

  @Test func `without a policy the required criteria decide`() {
    let passing = judge(facts(criteria: [criterion("a", "met", required: true), criterion("b", "missing")]))
    #expect(passing.verdict == .passed)
    #expect(findings(passing) == [])
    let failing = judge(facts(criteria: [criterion("a", "broken", required: true), criterion("b", "met")]))
    #expect(failing.verdict == .failed)
    #expect(findings(failing) == ["failed sample/a"])
  }

  @Test func `levels decide what a criterion means`() throws {
    let criteria = [criterion("a", "missing", required: true), criterion("b", "missing"), criterion("c", "missing")]
    let sample = judge(try gatePolicy("criteria: {a: off, b: error, c: warn}"), facts(criteria: criteria))
    #expect(findings(sample) == ["failed sample/b", "warned sample/c"])
    #expect(judge(try gatePolicy("required: warn\nother: warn"), facts(criteria: criteria)).verdict == .passed)
    #expect(judge(try gatePolicy("required: off"), facts(criteria: criteria)).verdict == .passed)
  }

  @Test(arguments: [
    ("inconclusive", GateVerdict.inconclusive), ("error", .failed), ("warn", .passed), ("off", .passed),
  ])
  func `what is unknown counts as the policy says`(word: String, verdict: GateVerdict) throws {
    let unknown = facts(criteria: [criterion("a", "unknown", required: true)])
    #expect(judge(try gatePolicy("unknown: \(word)"), unknown).verdict == verdict)
  }

  @Test func `a criterion that does not apply is passed over`() {
    var open = criterion("a", "missing", required: true)
    open.applies = false
    #expect(judge(facts(criteria: [open])).verdict == .passed)
  }

  @Test func `what surely fails is worse than what cannot be told`() {
    let both = facts(criteria: [criterion("a", "unknown", required: true), criterion("b", "missing", required: true)])
    #expect(judge(both).verdict == .failed)
  }

  // MARK: Score

  @Test func `the low end of the score must reach the minimum`() throws {
    let policy = try gatePolicy("minimum-score: 70")
    #expect(judge(policy, facts(low: 70)).verdict == .passed)
    #expect(judge(policy, facts(low: 69.99)).verdict == .failed)
    #expect(judge(policy, facts(low: 60, high: 75)).verdict == .inconclusive)
    #expect(judge(policy, facts(low: 60, high: 65)).verdict == .failed)
    #expect(judge(try gatePolicy("warn-below: 90"), facts(low: 80)).findings.map { $0.outcome } == [.warned])
  }

  @Test func `unknown verdicts never raise a score over the minimum`() throws {
    for word in ["error", "warn", "off"] {
      #expect(judge(try gatePolicy("minimum-score: 70\nunknown: \(word)"), facts(low: 60, high: 75)).verdict == .failed)
    }
  }

  // MARK: Density

  private func density(_ values: [DensityFigure: Double], _ comments: [String: CommentTally] = [:]) -> DensityFacts {
    var facts = DensityFacts()
    for (figure, value) in values { facts[figure] = value }
    facts.comments = comments
    return facts
  }

  @Test func `figures have to lie within their limits`() throws {
    let policy = try gatePolicy("density:\n  comment-share: {max: 0.2}\n  lines: {min: 10, level: warn}")
    #expect(findings(judge(policy, facts(density: density([.commentShare: 0.2, .lines: 10])))) == [])
    #expect(
      findings(judge(policy, facts(density: density([.commentShare: 0.21, .lines: 9]))))
        == ["failed density/comment-share", "warned density/lines"])
  }

  @Test func `a figure that is not known is inconclusive`() throws {
    #expect(judge(try gatePolicy("density:\n  tokens: {max: 5}"), facts()).verdict == .inconclusive)
  }

  @Test func `comments of a kind have limits, and the first beyond them is named`() throws {
    var tally = CommentTally()
    tally.count = 3
    tally.bytes = 30
    tally.places = (1...3).map { Place(file: "a.js", line: $0) }
    let facts = facts(density: density([.bytes: 100], ["marker": tally]))
    let sample = judge(try gatePolicy("comments:\n  marker: {max-count: 2}"), facts)
    #expect(findings(sample) == ["failed comments/marker"])
    #expect(sample.findings.first?.places.first?.line == 3)
    #expect(
      findings(judge(try gatePolicy("comments:\n  marker: {max-share: 0.2}"), facts)) == ["failed comments/marker"])
    #expect(judge(try gatePolicy("comments:\n  marker: {max-count: 3, max-share: 0.3}"), facts).verdict == .passed)
  }

  @Test func `with added lines, limits are those of the added lines`() throws {
    var facts = facts(density: density([.commentShare: 0.9, .codeShare: 0.1]))
    facts.added = density([.commentShare: 0.1])
    let policy = try gatePolicy("density:\n  comment-share: {max: 0.2}\n  code-share: {min: 0.5}")
    #expect(judge(policy, facts).verdict == .passed)
    facts.added = density([.commentShare: 0.3])
    #expect(findings(judge(policy, facts)) == ["failed density/comment-share"])
  }

  // MARK: Forbidden things

  @Test func `hazards count only where the policy forbids them`() throws {
    let facts = facts(hazards: [hazard("eval", "eval"), hazard("secret", "GitHub token"), hazard("tool-tag", "x")])
    #expect(judge(facts).verdict == .passed)
    #expect(
      findings(judge(try gatePolicy("forbid: {eval: error, secrets: warn}"), facts)) == [
        "failed forbid/eval", "warned forbid/secret",
      ])
  }

  @Test(arguments: [
    ("https://cdn.example", true), ("cdn.example", true), ("'*.example'", true), ("https://example", false),
    ("http://cdn.example", false), ("'*.cdn.example'", false), ("ample", false), ("'*.ample'", false),
  ])
  func `origins are allowed by origin, host or domain`(allowed: String, passes: Bool) throws {
    let policy = try gatePolicy("forbid:\n  origins: {allow: [\(allowed)]}")
    let sample = judge(policy, facts(hazards: [hazard("origin", "https://cdn.example")]))
    #expect((sample.verdict == .passed) == passes)
  }

  @Test func `without a list every other host is forbidden`() throws {
    let policy = try gatePolicy("forbid:\n  origins: {level: error}")
    #expect(judge(policy, facts(hazards: [hazard("origin", "https://cdn.example")])).verdict == .failed)
  }

  // MARK: What never passes

  @Test func `an unreadable file, a crash and a time-out never pass, whatever the policy`() throws {
    let lenient = try gatePolicy("required: off\nunknown: off")
    #expect(
      judge(lenient, facts(unreadable: [Place(file: "a.js", says: "permission denied")])).verdict == .inconclusive)
    var short = facts()
    short.isCutShort = true
    #expect(judge(lenient, short).verdict == .inconclusive)
    let evaluator = GateEvaluator(policy: lenient)
    func verdict(_ outcome: ExaminationOutcome) -> GateVerdict {
      evaluator.judge(Artifact(path: "x"), folder: "x", outcome).verdict
    }
    #expect(verdict(.crashed(how: "signal 4")) == .fault)
    #expect(verdict(.timedOut(limit: 3)) == .inconclusive)
    #expect(verdict(.unusable(problem: "nothing there")) == .unusable)
    #expect(result([]).verdict == .unusable)
  }

  @Test func `one value decides verdict, words and exit code`() {
    for (verdict, code) in [(GateVerdict.passed, 0), (.failed, 1), (.unusable, 2), (.inconclusive, 3), (.fault, 70)] {
      let outcome: GateCheck.Outcome =
        switch verdict {
        case .passed: .passed
        case .failed: .failed
        case .unusable: .unusable
        case .inconclusive: .inconclusive
        case .fault: .fault
        }
      let result = result([
        GateSample(path: "a", folder: "a", checks: [GateCheck(rule: "r", title: "t", outcome: outcome)])
      ])
      #expect(result.verdict == verdict)
      #expect(result.exitCode == Int32(code))
      #expect(result.headline.hasPrefix("gate \(verdict.rawValue): "))
    }
  }

  @Test func `fingerprints do not change when lines move, and tell equal findings apart`() throws {
    let policy = try gatePolicy("forbid: {eval: error}")
    func prints(_ lines: [Int]) -> [String] {
      judge(policy, facts(hazards: lines.map { hazard("eval", "eval", line: $0, excerpt: "eval(  x )") })).findings
        .map { $0.fingerprint }
    }
    #expect(prints([3, 9]) == prints([30, 90]))
    #expect(Set(prints([3, 9])).count == 2)
    #expect(prints([3]).first?.count == 16)
  }
}
