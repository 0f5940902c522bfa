import Mechanics
import Rubrics
import Testing

@Suite struct ConditionTests {
  private func status(_ met: String, _ findings: [Finding], analysed: Set<String>? = nil) throws -> Verdict.Status {
    try verdict(met, findings, analysed: analysed).status
  }

  private let hit = finding("encounter", .found, ["by": .word("player-shots"), "effect": .words(["damage", "score"])])

  @Test func `facts match words, lists and sets of words`() throws {
    #expect(try status("{mechanic: encounter}", [hit]) == .met)
    #expect(try status("{mechanic: encounter, by: player-shots}", [hit]) == .met)
    #expect(try status("{mechanic: encounter, by: enemies}", [hit]) == .missing)
    #expect(try status("{mechanic: encounter, effect: [remove, score]}", [hit]) == .met)
    #expect(try status("{mechanic: encounter, effect: {all: [damage, score]}}", [hit]) == .met)
    #expect(try status("{mechanic: encounter, effect: {all: [damage, remove]}}", [hit]) == .missing)
    #expect(try status("{mechanic: encounter, effect: {any: [eat, score], all: damage}}", [hit]) == .met)
    #expect(try status("{mechanic: encounter, effect: {none: score}}", [hit]) == .missing)
    #expect(try status("{mechanic: encounter, effect: {none: [eat, lives]}}", [hit]) == .met)
  }

  @Test func `facts match numbers and flags`() throws {
    let panel = finding("panel", .found, ["facts": .number(3)])
    #expect(try status("{mechanic: panel, facts: 3}", [panel]) == .met)
    #expect(try status("{mechanic: panel, facts: {min: 3}}", [panel]) == .met)
    #expect(try status("{mechanic: panel, facts: {min: 3.5}}", [panel]) == .missing)
    #expect(try status("{mechanic: panel, facts: {max: 2}}", [panel]) == .missing)
    let loop = finding("loop", .found, ["main": .flag(false)])
    #expect(try status("{mechanic: loop, main: false}", [loop]) == .met)
    #expect(try status("{mechanic: loop, main: true}", [loop]) == .missing)
  }

  @Test func `a fact that is left out matches nothing, false included`() throws {
    #expect(try status("{mechanic: loop, main: false}", [finding("loop")]) == .missing)
    #expect(try status("{mechanic: loop, scaled: {none: frame}}", [finding("loop")]) == .missing)
  }

  @Test func `an unknown finding leaves open what it leaves out`() throws {
    let unknown = finding("control", .unknown, ["target": .word("view")], reason: "the library is not here")
    #expect(try status("{mechanic: control, target: view, effect: zoom}", [unknown]) == .unknown)
    #expect(try status("{mechanic: control, target: player}", [unknown]) == .missing)
    let found = finding("control", .found, ["target": .word("view"), "effect": .word("zoom")])
    #expect(try status("{mechanic: control, target: view, effect: zoom}", [unknown, found]) == .met)
  }

  @Test func `refused and broken findings satisfy nothing`() throws {
    #expect(try status("{mechanic: loop}", [finding("loop", .refused, reason: "nothing calls it")]) == .missing)
    #expect(try status("{mechanic: loop}", [finding("loop", .broken, reason: "it stops")]) == .broken)
    #expect(try status("{mechanic: loop, status: refused}", [finding("loop", .refused, reason: "dead")]) == .met)
  }

  @Test func `the three values combine as Kleene's`() throws {
    let yes = "{mechanic: loop}"
    let no = "{mechanic: sound}"
    let open = "{mechanic: panel}"
    let findings = [finding("loop"), finding("panel", .unknown, reason: "unclear")]
    func result(_ met: String) throws -> Verdict.Status { try status(met, findings) }
    let table: [(String, Verdict.Status)] = [
      ("{all: [\(yes), \(yes)]}", .met), ("{all: [\(yes), \(open)]}", .unknown), ("{all: [\(no), \(open)]}", .missing),
      ("{all: [\(open), \(no)]}", .missing), ("{any: [\(no), \(no)]}", .missing), ("{any: [\(no), \(open)]}", .unknown),
      ("{any: [\(open), \(yes)]}", .met), ("{not: \(yes)}", .missing), ("{not: \(no)}", .met),
      ("{not: \(open)}", .unknown),
      ("{not: {not: \(open)}}", .unknown), ("{not: {all: [\(no), \(open)]}}", .met),
    ]
    for (met, expected) in table { #expect(try result(met) == expected, "\(met)") }
  }

  @Test func `counts have bounds and can tell things apart`() throws {
    func sounds(_ events: String...) -> [Finding] { events.map { finding("sound", .found, ["event": .word($0)]) } }
    #expect(try status("{mechanic: sound, count: {min: 2}}", sounds("shot", "shot")) == .met)
    #expect(try status("{mechanic: sound, count: {min: 2, distinct: event}}", sounds("shot", "shot")) == .missing)
    #expect(try status("{mechanic: sound, count: {min: 2, distinct: event}}", sounds("shot", "hit")) == .met)
    #expect(try status("{mechanic: sound, count: {max: 1}}", sounds("shot", "hit")) == .missing)
    #expect(try status("{mechanic: sound, count: {max: 1}}", sounds("shot")) == .met)
    #expect(try status("{mechanic: sound, count: {max: 0}}", []) == .met)
    let open = finding("sound", .unknown, reason: "unclear")
    #expect(try status("{mechanic: sound, count: {min: 2}}", sounds("shot") + [open]) == .unknown)
    #expect(try status("{mechanic: sound, count: {max: 1}}", sounds("shot") + [open]) == .unknown)
    #expect(try status("{mechanic: sound, count: {max: 1}}", sounds("a", "b") + [open]) == .missing)
  }

  @Test func `a mechanic without an analysis is unknown, with the reason`() throws {
    let open = try verdict("{mechanic: panel, facts: {min: 2}}", [], analysed: ["loop"])
    #expect(open.status == .unknown)
    #expect(open.reason == "no analysis for `panel` yet")
    #expect(open.advice == nil)
    #expect(try status("{not: {mechanic: panel}}", [], analysed: ["loop"]) == .unknown)
    #expect(try status("{all: [{mechanic: panel}, {mechanic: loop}]}", [], analysed: ["loop"]) == .missing)
  }
}
