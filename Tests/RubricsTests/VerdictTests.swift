import Mechanics
import Rubrics
import SourceText
import Testing

@Suite struct VerdictTests {
  private let shots = "{mechanic: encounter, by: player-shots, of: enemies, effect: [damage, remove]}"

  @Test func `a met criterion shows what was found`() throws {
    let met = try verdict("{all: [{mechanic: loop}, {mechanic: sound}]}", [finding("sound"), finding("loop")])
    #expect(met.status == .met)
    #expect(met.evidence.map { $0.says } == ["loop here", "sound here"])
    #expect(met.reason == nil && met.advice == nil && met.failure == nil)
  }

  @Test func `of alternatives the first that holds is shown`() throws {
    let met = try verdict(
      "{any: [{mechanic: panel}, {mechanic: loop}, {mechanic: sound}]}", [finding("sound"), finding("loop")])
    #expect(met.evidence.map { $0.says } == ["loop here"])
  }

  @Test func `the surest findings come first, few of each`() throws {
    let findings = (0..<5).map { finding("loop", at: 100 - $0, confidence: $0 == 2 ? 1 : 0.5) }
    let met = try verdict("{mechanic: loop}", findings)
    #expect(met.evidence.map { $0.span.start } == [98, 96, 97])
  }

  @Test func `an absence that is wanted says what was looked for`() throws {
    let met = try verdict("{not: {mechanic: leftover, kind: todo}}", [])
    #expect(met.evidence.isEmpty)
    #expect(met.reason == "looked for `leftover` with kind todo and found none")
  }

  @Test func `a missing criterion says what was looked for`() throws {
    let missing = try verdict(shots, [])
    #expect(missing.status == .missing)
    #expect(
      missing.reason
        == "looked for `encounter` with by player-shots, of enemies, effect damage or remove and found none")
    #expect(missing.advice == "Do it.")
    #expect(missing.failure == nil)
  }

  @Test func `refused candidates and near misses are shown with the reason`() throws {
    let near = finding(
      "encounter", .found, ["by": .word("player-shots"), "of": .word("enemies"), "effect": .word("sound")], at: 10)
    let far = finding(
      "encounter", .found, ["by": .word("enemies"), "of": .word("player"), "effect": .word("sound")], at: 20)
    let refused = finding("encounter", .refused, ["by": .word("player-shots")], at: 30, reason: "nothing calls it")
    let missing = try verdict(shots, [far, refused, near])
    #expect(
      missing.evidence.map { $0.says } == [
        "encounter here: not counted, because its effect is sound, wanted damage or remove",
        "encounter here: not counted, because nothing calls it",
      ])
    #expect(missing.evidence.map { $0.span.start } == [10, 30])
  }

  @Test func `a refused candidate of another role is not shown`() throws {
    let refused = finding("encounter", .refused, ["by": .word("enemies")], reason: "nothing calls it")
    #expect(try verdict(shots, [refused]).evidence.isEmpty)
  }

  @Test func `what must not be there is shown where it is`() throws {
    let missing = try verdict("{not: {mechanic: leftover}}", [finding("leftover", at: 7)])
    #expect(missing.status == .missing)
    #expect(missing.evidence.map { $0.span.start } == [7])
    #expect(missing.reason == "found `leftover`, which must not be there")
  }

  @Test func `of alternatives that fail the nearest is explained`() throws {
    let missing = try verdict(
      "{any: [{mechanic: panel}, {all: [{mechanic: loop}, {mechanic: sound}]}]}", [finding("loop")])
    #expect(missing.reason == "looked for `sound` and found none")
  }

  @Test func `what cannot be told gives the analysis's reason and no advice`() throws {
    let open = try verdict("{mechanic: control}", [finding("control", .unknown, reason: "the library is not here")])
    #expect(open.status == .unknown)
    #expect(open.reason == "the library is not here")
    #expect(open.evidence.map { $0.says } == ["control here: the library is not here"])
    #expect(open.advice == nil)
  }
}

@Suite struct BrokenTests {
  @Test func `a broken attempt at what was looked for makes it broken`() throws {
    let attempt = finding(
      "control", .broken, ["target": .word("speed")], reason: "its value is read once", failure: .structural,
      advice: "Read it in the loop.")
    let broken = try verdict("{mechanic: control, target: speed}", [attempt])
    #expect(broken.status == .broken)
    #expect(broken.failure == .structural)
    #expect(broken.reason == "its value is read once")
    #expect(broken.advice == "Read it in the loop.")
    #expect(broken.evidence.map { $0.says } == ["control here"])
    #expect(try verdict("{mechanic: control, target: pause}", [attempt]).status == .missing)
  }

  @Test func `a working one beside a broken one is met`() throws {
    let findings = [finding("control", .broken, reason: "dead"), finding("control")]
    #expect(try verdict("{mechanic: control}", findings).status == .met)
  }

  @Test func `only a part that failed can be broken`() throws {
    let findings = [finding("loop"), finding("loop", .broken, reason: "it stops")]
    #expect(try verdict("{all: [{mechanic: loop}, {mechanic: sound}]}", findings).status == .missing)
  }

  @Test func `what a not forbids is never a broken attempt`() throws {
    let findings = [finding("leftover"), finding("leftover", .broken, reason: "half")]
    #expect(try verdict("{not: {mechanic: leftover}}", findings).status == .missing)
  }

  private let extra = """
        failure: tunable
        broken:
          - when: {mechanic: birth, limited: false}
            failure: structural
            advice: Add a cooldown.
          - when: {mechanic: birth, status: broken}
    """

  @Test func `the rubric's own ways of being broken come in order`() throws {
    let met = "{all: [{mechanic: birth, limited: true}, {not: {mechanic: birth, limited: false}}]}"
    let free = finding("birth", .found, ["limited": .flag(false)])
    let broken = try verdict(met, extra: extra, [free])
    #expect(broken.status == .broken)
    #expect(broken.failure == .structural)
    #expect(broken.advice == "Add a cooldown.")
    #expect(broken.reason == "found `birth` with limited false")
    let other = try verdict(met, extra: extra, [finding("birth", .broken, reason: "the pause is negative")])
    #expect(other.status == .broken)
    #expect(other.failure == .tunable, "the criterion's own kind is the last resort")
    #expect(other.reason == "the pause is negative")
    #expect(other.advice == "Do it.")
  }

  @Test func `a way of being broken never beats met or unknown`() throws {
    let limited = finding("birth", .found, ["limited": .flag(true)])
    let free = finding("birth", .found, ["limited": .flag(false)])
    #expect(try verdict("{mechanic: birth, limited: true}", extra: extra, [limited, free]).status == .met)
    let open = finding("birth", .unknown, reason: "unclear")
    #expect(try verdict("{mechanic: birth, limited: true}", extra: extra, [open, free]).status == .unknown)
  }
}

@Suite struct ScoreTests {
  /// Criteria on loop (weight 3), sound (2) and panel (5, required); panel applies only with a form.
  private func evaluate(_ findings: [Finding], required: Bool = true, applies: String? = nil, cap: String = "") throws
    -> Evaluation
  {
    let yaml = """
      id: a
      title: A
      version: 1
      \(cap)
      criteria:
        - {id: loop, title: L, weight: 3, met: {mechanic: loop}}
        - {id: sound, title: S, weight: 2, met: {mechanic: sound}}
        - id: panel
          title: P
          weight: 5
          required: \(required)
          met: {mechanic: panel}
          \(applies.map { "applies: \($0)" } ?? "")
      """
    return try Rubric(yaml: Array(yaml.utf8), file: "r.yaml")
      .evaluate(findings, analysed: ["loop", "sound", "panel", "form"])
  }

  @Test func `the score is the share of the weight that is met`() throws {
    let score = try evaluate([finding("loop"), finding("panel")]).score
    #expect(score.low == 80 && score.high == 80 && score.value == 80)
    #expect(score.cap == nil && score.failedRequired.isEmpty)
  }

  @Test func `unknown opens a range and never raises the score`() throws {
    let score = try evaluate([finding("loop"), finding("panel"), finding("sound", .unknown, reason: "?")]).score
    #expect(score.low == 80 && score.high == 100 && score.value == 80)
  }

  @Test func `broken gives nothing`() throws {
    let score = try evaluate([finding("loop"), finding("panel"), finding("sound", .broken, reason: "?")]).score
    #expect(score.low == 80 && score.high == 80)
  }

  @Test func `a failed required criterion caps both ends`() throws {
    let findings = [finding("loop"), finding("sound")]
    let score = try evaluate(findings, cap: "cap: 40").score
    #expect(score.low == 40 && score.high == 40 && score.cap == 40)
    #expect(score.failedRequired == ["panel"])
    #expect(try evaluate(findings).score.low == 50, "the cap of 60 is above what is left")
    #expect(try evaluate(findings).score.cap == 60)
    #expect(try evaluate(findings, required: false, cap: "cap: 40").score.low == 50)
  }

  @Test func `an unknown required criterion caps the low end only`() throws {
    let score = try evaluate(
      [finding("loop"), finding("sound"), finding("panel", .unknown, reason: "?")], cap: "cap: 40"
    ).score
    #expect(score.low == 40 && score.high == 100 && score.cap == 40)
    #expect(score.failedRequired.isEmpty && score.unknownRequired == ["panel"])
  }

  @Test func `what does not apply leaves the sum, required or not`() throws {
    let evaluation = try evaluate([finding("loop"), finding("sound")], applies: "{mechanic: form}")
    #expect(evaluation.verdict("panel")?.applies == false)
    #expect(evaluation.score.low == 100 && evaluation.score.cap == nil && evaluation.score.weight == 5)
    let open = try evaluate([finding("loop"), finding("form", .unknown, reason: "?")], applies: "{mechanic: form}")
    #expect(open.verdict("panel")?.applies == true, "what cannot be told counts")
  }

  @Test func `nothing that applies scores nothing`() {
    let score = Score([], cap: 60)
    #expect(score.low == 0 && score.high == 0 && score.weight == 0)
  }

  @Test func `the order of findings changes nothing`() throws {
    let findings = [
      finding("loop", at: 5), finding("loop", at: 1), finding("sound", .refused, at: 9, reason: "dead"),
      finding("sound", .refused, at: 3, reason: "dead"),
    ]
    let forward = try evaluate(findings).verdicts.map { $0.evidence }
    let backward = try evaluate(findings.reversed()).verdicts.map { $0.evidence }
    #expect(forward == backward)
  }
}
