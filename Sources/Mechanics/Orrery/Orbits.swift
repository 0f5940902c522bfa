import JavaScriptSyntax
import Program

/// The angle of bodies that go round a centre, and what advances it.
struct Orbits: Mechanic {
  static let id = "motion"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["of": .word("planets"), "driven-by": .word("loop"), "differs": .flag(true)]),
    .found(OrreryExamples.plain, ["scaled": .word("frame")]),
    .absent(OrreryExamples.still, ["of": .word("planets")]),
  ]

  /// What turns the bodies.
  struct Turn {
    var angle: Code
    var isTimed: Bool
    var steps: [Write]
    var locations: Set<StateLocation>
  }

  static func turns(_ orrery: Orrery) -> [Turn] {
    guard orrery.matched > 0 else { return [] }
    let program = orrery.program
    var rendered: Set<Int> = []
    for callback in program.callbacks where callback.kind == .component {
      for region in program.functionsReached(from: callback.function) { rendered.insert(region.index) }
    }
    var result: [Turn] = []
    for angle in orrery.angles {
      let locations = orrery.slice(angle)
      guard locations.contains(where: { orrery.isOfBody($0) }) else { continue }
      var steps: [Write] = []
      for location in locations {
        for write in program.writes(of: location)
        where orrery.isInLoop(write.site) && !isLocal(location, write, program)
          && (write.readsOldValue || orrery.slice(write.site).contains(location))
        {
          steps.append(write)
        }
      }
      steps.sort { $0.site < $1.site }
      let isTimed =
        steps.isEmpty
        ? hasTime(locations) : steps.contains { hasTime($0.value.map { orrery.slice($0) } ?? []) }
      guard !steps.isEmpty || isTimed, orrery.isInLoop(angle) || rendered.contains(angle.region.index) else { continue }
      result.append(Turn(angle: angle, isTimed: isTimed, steps: steps, locations: locations))
    }
    return result.sorted { ($0.locations.count, $0.angle) < ($1.locations.count, $1.angle) }
  }

  private static func hasTime(_ locations: Set<StateLocation>) -> Bool {
    locations.contains { if case .external(let path) = $0 { isTime(path) } else { false } }
  }

  /// Whether a place is a variable of the function that writes it, made anew on each call.
  private static func isLocal(_ location: StateLocation, _ write: Write, _ program: ProgramModel) -> Bool {
    guard case .binding(let id) = location, let declaration = program.binding(id).declarations.first else {
      return false
    }
    return declaration.enclosingFunction != nil && declaration.region == write.site.region
  }

  private static func isTime(_ path: String) -> Bool {
    let name = path.lowercased()
    return [
      "frame time", "performance.now", "date.now", "getdelta", "getelapsedtime", "elapsedtime", "deltatime", "millis",
    ]
    .contains { name.hasSuffix($0) }
  }

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    let turns = turns(orrery)
    guard let turn = turns.first else { return [] }
    var evidence = [orrery.evidence(turn.angle, "the angle of a planet")]
    if let step = turn.steps.first { evidence.append(orrery.evidence(step.site, "is advanced here")) }
    return [
      Finding(
        id, .found,
        facts: [
          "of": .word("planets"), "by": .word(turn.steps.isEmpty ? "elapsed" : "angle"), "driven-by": .word("loop"),
          "scaled": .word(turn.isTimed ? "elapsed" : "frame"), "differs": .flag(true),
        ], evidence: evidence)
    ]
  }
}

/// How many bodies of the reference there are.
struct PlanetPopulations: Mechanic {
  static let id = "population"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["role": .word("planets"), "members": .number(8)])
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0, let site = orrery.site else { return [] }
    return [
      Finding(
        id, .found, facts: ["role": .word("planets"), "members": .number(Double(orrery.matched))],
        evidence: [orrery.evidence(site, "names \(orrery.matched) planets")])
    ]
  }
}

/// The bodies, the sun and the orbits that are drawn.
struct OrreryDrawings: Mechanic {
  static let id = "drawing"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["of": .word("planets"), "form": .word("body")]),
    .found(OrreryExamples.plain, ["of": .word("sun"), "form": .word("body")]),
    .found(OrreryExamples.plain, ["of": .word("orbits"), "whole": .flag(true)]),
    .absent(OrreryExamples.still, ["of": .word("orbits")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    var result: [Finding] = []
    func add(_ code: Code?, _ of: String, _ form: String, _ says: String) {
      guard let code else { return }
      var facts: [String: Fact] = ["of": .word(of), "form": .word(form)]
      if form == "path" { facts["whole"] = .flag(true) }
      result.append(Finding(id, .found, facts: facts, evidence: [orrery.evidence(code, says)]))
    }
    add(
      orrery.balls.first { orrery.dependsOnBody($0.value) || orrery.dependsOnBody($0.code) }?.code, "planets", "body",
      "draws a planet")
    add(orrery.sun, "sun", "body", "draws the sun")
    add(orrery.paths.first, "orbits", "path", "draws a whole orbit")
    return result
  }
}
