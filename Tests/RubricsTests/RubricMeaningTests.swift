import Mechanics
import Rubrics
import Testing

/// What the built-in rubrics make of findings in which a rule is intricate.
@Suite struct RubricMeaningTests {
  private func status(_ rubric: String, _ criterion: String, _ findings: [Finding]) throws -> Verdict.Status {
    let analysed = Set(MechanicVocabulary.standard.terms.map { $0.id })
    for finding in findings { #expect(MechanicVocabulary.standard.problems(with: finding) == []) }
    let evaluation = try RubricLibrary.rubric(id: rubric).evaluate(findings, analysed: analysed)
    return try #require(evaluation.verdict(criterion)).status
  }

  private func population(_ role: String, bounded: Bool) -> Finding {
    finding("population", .found, ["role": .word(role), "transient": .flag(true), "bounded": .flag(bounded)])
  }

  @Test func `one kind that leaks fails bounded-entities`() throws {
    let kept = [population("player-shots", bounded: true), population("enemies", bounded: true)]
    #expect(try status("space-shooter", "bounded-entities", kept) == .met)
    #expect(
      try status("space-shooter", "bounded-entities", kept + [population("particles", bounded: false)]) == .missing)
    #expect(try status("space-shooter", "bounded-entities", []) == .missing)
  }

  private func birth(_ role: String, limited: Bool, _ limit: String) -> Finding {
    finding(
      "birth", .found, ["of": .word(role), "by": .word(role), "limit": .word(limit), "limited": .flag(limited)])
  }

  @Test func `one population that breeds without limit breaks reproduction-limited`() throws {
    let wolves = birth("predators", limited: true, "cost")
    let rabbits = birth("prey", limited: false, "cap")
    #expect(try status("ecosystem", "reproduction-limited", [wolves]) == .met)
    #expect(try status("ecosystem", "reproduction-limited", [wolves, rabbits]) == .broken)
    #expect(try status("ecosystem", "prey-reproduction", [wolves, rabbits]) == .met)
    #expect(try status("ecosystem", "predator-reproduction", [rabbits]) == .missing)
    #expect(try status("ecosystem", "carrying-capacity", [wolves, rabbits]) == .met, "a cap holds the growth")
  }

  @Test func `a guard for prey alone is enough only as a refuge`() throws {
    func guarded(_ role: String, _ by: String) -> Finding {
      finding("population", .found, ["role": .word(role), "kept-by": .word(by)])
    }
    #expect(try status("ecosystem", "extinction-guard", [guarded("prey", "refuge")]) == .met)
    #expect(try status("ecosystem", "extinction-guard", [guarded("prey", "minimum")]) == .missing)
    #expect(
      try status("ecosystem", "extinction-guard", [guarded("prey", "minimum"), guarded("predators", "immigration")])
        == .met)
    #expect(try status("ecosystem", "extinction-guard", [guarded("plants", "minimum")]) == .missing)
  }

  @Test func `one animal class for both kinds counts for both`() throws {
    let hunger = finding(
      "resource", .found,
      [
        "of": .words(["prey", "predators"]), "name": .word("energy"), "drains": .words(["time", "birth"]),
        "gains": .word("eat"), "at-limit": .word("death"),
      ])
    #expect(try status("ecosystem", "hunger", [hunger]) == .met)
    #expect(try status("ecosystem", "starvation", [hunger]) == .met)
    #expect(try status("ecosystem", "aging", [hunger]) == .missing)
  }

  @Test func `one search of uncapped pairs fails bounded-cost`() throws {
    func search(_ scope: String, capped: Bool) -> Finding {
      finding("search", .found, ["scope": .word(scope), "capped": .flag(capped)])
    }
    #expect(try status("ecosystem", "bounded-cost", [search("local", capped: false)]) == .met)
    #expect(try status("ecosystem", "bounded-cost", [search("pairs", capped: true)]) == .met)
    #expect(
      try status("ecosystem", "bounded-cost", [search("local", capped: false), search("pairs", capped: false)])
        == .missing)
  }

  @Test func `steps in a key handler are broken unless held keys move the ship too`() throws {
    func control(_ apply: String) -> Finding {
      finding("control", .found, ["target": .word("player"), "input": .word("keyboard"), "apply": .word(apply)])
    }
    #expect(try status("space-shooter", "smooth-controls", [control("step")]) == .broken)
    #expect(try status("space-shooter", "player-controls", [control("step")]) == .met)
    #expect(try status("space-shooter", "smooth-controls", [control("step"), control("held")]) == .met)
  }

  @Test func `unlimited fire is broken`() throws {
    let shots = finding(
      "birth", .found, ["of": .word("player-shots"), "limit": .word("none"), "limited": .flag(false)])
    #expect(try status("space-shooter", "player-fire", [shots]) == .broken)
    #expect(try status("space-shooter", "player-fire", []) == .missing)
  }

  @Test func `a restart by reloading is broken`() throws {
    let end = finding(
      "resource", .found, ["of": .word("player"), "name": .word("lives"), "at-limit": .words(["end", "reload"])])
    #expect(try status("space-shooter", "game-over-restart", [end]) == .broken)
    let reset = finding("control", .found, ["target": .word("reset"), "through": .word("state")])
    let over = finding("resource", .found, ["of": .word("player"), "name": .word("health"), "at-limit": .word("end")])
    #expect(try status("space-shooter", "game-over-restart", [over, reset]) == .met)
    #expect(try status("space-shooter", "game-over-restart", [over]) == .missing)
  }

  @Test func `sounds whose files are missing are broken`() throws {
    let silent = finding("sound", .broken, ["source": .word("element")], reason: "`sounds/hit.mp3` is not there")
    #expect(try status("space-shooter", "sound-effects", [silent]) == .broken)
  }

  @Test func `most projects have to lead somewhere, or all of a few`() throws {
    func projects(_ leading: Double, of entries: Double) -> Finding {
      finding(
        "listing", .found,
        [
          "of": .word("projects"), "entries": .number(entries), "leading": .number(leading),
          "leading-share": .number(leading / entries),
        ])
    }
    let cases: [(Double, Double, Verdict.Status)] = [
      (3, 3, .met), (2, 2, .met), (2, 3, .missing), (3, 6, .met), (3, 7, .missing), (6, 7, .met), (0, 3, .missing),
    ]
    for (leading, entries, expected) in cases {
      #expect(
        try status("brand-site", "project-links", [projects(leading, of: entries)]) == expected,
        "\(leading) of \(entries)")
    }
  }

  @Test func `one dangling link breaks the navigation`() throws {
    func link(_ resolves: Bool) -> Finding {
      finding("link", .found, ["place": .word("navigation"), "leads": .word("section"), "resolves": .flag(resolves)])
    }
    #expect(try status("brand-site", "navigation", [link(true)]) == .met)
    #expect(try status("brand-site", "navigation", [link(true), link(false)]) == .broken)
    #expect(try status("brand-site", "navigation", []) == .missing)
  }

  @Test func `media queries excuse a fixed width, fluid rows do not`() throws {
    func layout(_ aspect: String, _ by: String? = nil) -> Finding {
      finding("layout", .found, ["aspect": .word(aspect)].merging(by.map { ["by": .word($0)] } ?? [:]) { $1 })
    }
    let viewport = layout("viewport")
    let fixed = layout("fixed-width")
    #expect(try status("brand-site", "responsive", [viewport, layout("adapts", "media"), fixed]) == .met)
    #expect(try status("brand-site", "responsive", [viewport, layout("adapts", "wrapping")]) == .met)
    #expect(try status("brand-site", "responsive", [viewport, layout("adapts", "wrapping"), fixed]) == .missing)
    #expect(try status("brand-site", "responsive", [layout("adapts", "media")]) == .missing)
  }

  @Test func `every aspect that applies has to hold`() throws {
    func aspect(_ name: String, _ holds: Bool) -> Finding {
      finding("accessibility", .found, ["aspect": .word(name), "holds": .flag(holds)])
    }
    let base = [aspect("language", true), aspect("main-heading", true)]
    #expect(try status("brand-site", "accessible", base) == .met)
    #expect(try status("brand-site", "accessible", base + [aspect("alternatives", false)]) == .missing)
    #expect(try status("brand-site", "accessible", [aspect("language", true)]) == .missing)
  }

  @Test func `made-up figures are missing, spoilt ones broken`() throws {
    func radii(_ fit: String, error: Double) -> Finding {
      finding(
        "dataset", .found,
        [
          "of": .word("planets"), "quantity": .word("radius"), "used": .word("size"), "matched": .number(8),
          "fit": .word(fit), "ties": .flag(false), "error": .number(error),
        ])
    }
    #expect(try status("solar-system", "scale-sizes", [radii("compressed", error: 3)]) == .met)
    #expect(try status("solar-system", "scale-sizes", [radii("linear", error: 16)]) == .missing)
    #expect(try status("solar-system", "scale-sizes", [radii("order", error: 400)]) == .missing)
    var spoilt = radii("linear", error: 900)
    spoilt.status = .broken
    spoilt.reason = "Jupiter lost a digit"
    #expect(try status("solar-system", "scale-sizes", [spoilt]) == .broken)
  }
}
