import Rubrics
import Testing

/// One case for each message of conditions.
@Suite struct ConditionMessageTests {
  /// The condition stands on line 10 from column 10.
  private func expect(
    _ met: String, _ column: Int, _ message: String, help: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = problems(rubricText(met: met))
    #expect(
      found == ["r.yaml:10:\(column): error: \(message)\n  help: \(help)"], "found \(found)",
      sourceLocation: sourceLocation)
  }

  private let usage =
    "write `all: [...]`, `any: [...]`, `not: {...}`, `mechanic: NAME` with its facts, or `pattern`, `kind`, `selector`, `style`, "
    + "`called`, `global`, `files` or `density`"

  @Test func `a condition has exactly one of its words`() {
    expect("loop", 10, "a condition must be a mapping, found `loop`", help: usage)
    expect("{}", 10, "a condition is empty", help: usage)
    expect("{mechanics: loop}", 11, "a condition has no word `mechanics`", help: "did you mean `mechanic`?")
    expect("{query: x}", 11, "a condition has no word `query`", help: usage)
    expect(
      "{all: [{mechanic: loop}], any: [{mechanic: loop}]}", 36,
      "a condition has one of its words, found `all` and `any`",
      help: "put both into a list below `all:`")
    expect(
      "{not: {mechanic: loop}, main: true}", 34, "`main` cannot stand beside `not`",
      help: "facts stand beside `mechanic`; make it an element of the list")
  }

  @Test func `lists of conditions are lists with elements`() {
    expect(
      "{all: {mechanic: loop}}", 16, "`all` must be a list of conditions, found a mapping",
      help: "put each condition on a line of its own after `- `")
    expect("{any: []}", 16, "`any` is empty", help: "add a condition, or remove it")
  }

  @Test func `mechanics and facts have names`() {
    expect("{mechanic: encountr}", 21, "no mechanic is called `encountr`", help: "did you mean `encounter`?")
    #expect(
      problems(rubricText(met: "{mechanic: zzzzzzzzzz}")).first?.contains("help: the mechanics are `loop`, ") == true)
    expect("{mechanic: loop, scaledd: frame}", 27, "`loop` has no fact `scaledd`", help: "did you mean `scaled`?")
    expect(
      "{mechanic: metadata, zzzzzzzz: 1}", 31, "`metadata` has no fact `zzzzzzzz`",
      help: "its facts are `kind`; besides them there are `status` and `count`")
  }

  @Test func `values are those of the fact`() {
    expect("{mechanic: loop, scaled: elapesd}", 35, "`scaled` cannot be `elapesd`", help: "did you mean `elapsed`?")
    expect(
      "{mechanic: accessibility, aspect: zzzzzzz}", 44, "`aspect` cannot be `zzzzzzz`",
      help: "it is one of `language`, `alternatives`, `main-heading`, `focus`, `reduced-motion`, `labels`")
    expect(
      "{mechanic: loop, main: yes}", 33, "`main` is true or false, found `yes`",
      help: "write `true` or `false` without quotes")
    expect(
      "{mechanic: panel, facts: many}", 35, "`facts` is a number, found `many`",
      help: "write a number or `{min: 1, max: 8}`")
    expect("{mechanic: panel, facts: {least: 2}}", 36, "`facts` has no word `least`", help: "write `min` or `max`")
    expect(
      "{mechanic: panel, facts: {min: two}}", 41, "`min` must be a number, found `two`",
      help: "write digits without quotes")
    expect("{mechanic: loop, scaled: []}", 35, "`scaled` is empty", help: "name a value")
    expect("{mechanic: loop, scaled: {}}", 35, "`scaled` is empty", help: "name a value")
    expect(
      "{mechanic: loop, scaled: {nil: [frame]}}", 36, "`scaled` has no word `nil`", help: "write `any`, `all` or `none`"
    )
    expect(
      "{mechanic: loop, scaled: [[frame]]}", 36, "`scaled` is a word, found a list",
      help: "write a word or a list of words")
  }

  @Test func `roles are those that are known or added`() {
    expect("{mechanic: population, role: cards}", 39, "`role` cannot be `cards`", help: #"it is one of \#(roles)"#)
    #expect(
      problems(rubricText(met: "{mechanic: population, role: cards}", head: "vocabulary: {cards: {en: [card]}}")) == [])
  }

  private let roles =
    "`player`, `player-shots`, `enemies`, `enemy-shots`, `particles`, `plants`, `prey`, `predators`, `planets`, `sun`, "
    + "`hero`, `work`, `projects`"

  @Test func `tests that can never or always pass are refused`() {
    expect(
      "{mechanic: panel, facts: {min: 3, max: 2}}", 35, "no number is at least 3 and at most 2",
      help: "swap `min` and `max`")
    expect(
      "{mechanic: link, count: {min: 3, max: 2}}", 34, "no number is at least 3 and at most 2",
      help: "swap `min` and `max`")
    expect(
      "{mechanic: link, count: {min: 0}}", 34, "every number of findings passes",
      help: "give `min: 1` or more, or a `max`")
  }

  @Test func `counts are whole numbers with known words`() {
    expect("{mechanic: link, count: 2}", 34, "`count` must be a mapping, found `2`", help: "write `count: {min: 2}`")
    expect(
      "{mechanic: link, count: {min: 1.5}}", 40, "`min` must be a whole number, found `1.5`",
      help: "write digits, 0 or more, without quotes")
    expect("{mechanic: link, count: {mn: 1, max: 3}}", 35, "`count` has no word `mn`", help: "did you mean `min`?")
    expect(
      "{mechanic: link, count: {min: 2, distinct: plase}}", 53, "`link` has no fact `plase`",
      help: "did you mean `place`?")
  }

  @Test func `statuses have names`() {
    expect("{mechanic: link, status: brokn}", 35, "no status is called `brokn`", help: "did you mean `broken`?")
    expect(
      "{mechanic: link, status: zzzzzz}", 35, "no status is called `zzzzzz`",
      help: "write `found`, `broken`, `refused` or `unknown`")
  }

  @Test func `a condition is read wherever it stands`() {
    let extra = "    applies: {mechanic: lop}\n    broken: [{when: {mechanic: lup}}]"
    #expect(problems(rubricText(met: "{mechanic: loop}", extra: extra)).count == 2)
  }
}
