import Rubrics
import TestSupport
import Testing

@testable import Gate

@Suite struct PolicyTests {
  /// Every problem of a settings file, as people see them; empty when it can be used.
  private func problems(_ yaml: String) -> [String] {
    do {
      _ = try Policy.read(yaml: Array(yaml.utf8), file: "sterling.yaml")
      return []
    } catch {
      return error.problems.map { $0.description }
    }
  }

  @Test(arguments: [
    ("gate: 3", "sterling.yaml:1:7: error: `gate` must be a mapping, found `3`"),
    ("gates: {}", "sterling.yaml:1:1: error: a settings file has no key `gates`\n  help: did you mean `gate`?"),
    (
      "gate:\n  minimum-scor: 3",
      "sterling.yaml:2:3: error: a gate has no key `minimum-scor`\n  help: did you mean `minimum-score`?"
    ),
    ("gate:\n  minimum-score: 130", "sterling.yaml:2:18: error: `minimum-score` must be 100 or less, found 130.0"),
    (
      "gate:\n  required: eror",
      "sterling.yaml:2:13: error: `required` must be `off`, `warn` or `error`, found `eror`\n  help: did you mean `error`?"
    ),
    ("gate:\n  unknown: maybe", "must be `inconclusive`, `error`, `warn` or `off`, found `maybe`"),
    (
      "gate:\n  density:\n    coment-share: {max: 0.1}",
      "sterling.yaml:3:5: error: limits of density has no key `coment-share`\n  help: did you mean `comment-share`?"
    ),
    (
      "gate:\n  density:\n    comment-share: {max: 20}",
      "sterling.yaml:3:26: error: a share goes from 0 to 1, found 20.0\n  help: write 0.2 for 20 %"
    ),
    ("gate:\n  density:\n    lines: {level: warn}", "sterling.yaml:3:12: error: a limit needs `min` or `max`"),
    ("gate:\n  density:\n    lines: {min: 5, max: 2}", "no value is both 5.0 or more and 2.0 or less"),
    ("gate:\n  comments:\n    todo: {max-count: 0}", "limits of comments has no key `todo`"),
    (
      "gate:\n  comments:\n    all: {max-count: 0}",
      "limits of comments has no key `all`\n  help: it has `explanation`, `trailing`"
    ),
    ("gate:\n  comments:\n    marker: {level: warn}", "a limit of comments needs `max-count` or `max-share`"),
    (
      "gate:\n  forbid: {evil: error}",
      "sterling.yaml:2:12: error: forbidden things has no key `evil`\n  help: did you mean `eval`?"
    ),
    ("gate:\n  forbid: {origins: {allow: ['https://a.example/x/y']}}", "an origin has no path"),
    ("gate:\n  samples: {aggregate: at-least}", "`at-least` needs `pass`, a whole number"),
    ("gate:\n  samples: {aggregate: at-least, pass: 1.5}", "`at-least` needs `pass`, a whole number"),
    ("gate:\n  samples: {aggregate: interval}", "`interval` needs `bar`"),
    ("gate:\n  samples: {pass: 2}", "samples needs `aggregate`"),
    ("gate:\n  rubrics:\n    sample: {criteria: {a: sometimes}}", "`a` must be `off`, `warn` or `error`"),
    ("gate: [", "sterling.yaml:2:1: error: the YAML cannot be read"),
    ("", "the settings file is empty"),
  ])
  func `what is wrong is said with its place`(yaml: String, problem: String) {
    let found = problems(yaml)
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }

  @Test func `settings without a gate are no policy`() throws {
    #expect(try Policy.read(yaml: Array("rubric: ecosystem\n".utf8), file: "s") == nil)
    #expect(try Policy.read(yaml: Array("---\n~\n".utf8), file: "s") == nil)
  }

  @Test func `rules of a rubric replace the common ones key by key`() throws {
    let policy = try gatePolicy(
      """
      minimum-score: 50
      criteria: {a: error, b: warn}
      density:
        comment-share: {max: 0.3}
      forbid: {eval: error}
      rubrics:
        sample:
          minimum-score: 70
          criteria: {b: error}
          density: {lines: {max: 10, level: warn}}
      """)
    let rules = policy.rules(for: "sample")
    #expect(rules.minimumScore == 70)
    #expect(rules.level(of: "a", isRequired: false) == .error)
    #expect(rules.level(of: "b", isRequired: false) == .error)
    #expect(rules.density[.commentShare]?.maximum == 0.3)
    #expect(rules.density[.lines]?.level == .warn)
    #expect(rules.forbidden["eval"] == .error)
    #expect(policy.rules(for: "other").minimumScore == 50)
    #expect(policy.rules(for: "other").level(of: "b", isRequired: false) == .warn)
  }

  @Test func `names that no rubric has are told with the nearest`() throws {
    let policy = try gatePolicy(
      "criteria: {player-fir: error}\nrubrics:\n  samble:\n    required: warn\n  sample:\n    criteria: {enemie: off}")
    let known = ["sample": ["player-fire", "enemies"]]
    let names = policy.unknownNames(known: known).map { $0.description }
    #expect(
      names.contains {
        $0.contains(
          "sterling.yaml:2:14: error: no rubric has a criterion `player-fir`\n  help: did you mean `player-fire`?")
      })
    #expect(
      names.contains { $0.contains("rubric `sample` has no criterion `enemie`\n  help: did you mean `enemies`?") })
    #expect(names.count == 2)
    #expect(policy.unknownRubrics(known: ["sample"]).map { $0.advice } == ["did you mean `sample`?"])
  }

  @Test func `the published schema is that of the types`() throws {
    try expectCurrent("docs/sterling.schema.json", String(decoding: Policy.schema(), as: UTF8.self))
  }
}
