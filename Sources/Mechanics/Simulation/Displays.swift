import Program

/// Counts, scores and lives that reach the person's eyes.
struct Displays: Mechanic {
  static let id = "display"

  static let examples: [Example] = [
    .found(SimulationExamples.shooter, ["of": .word("score"), "live": .flag(true), "where": .word("dom")]),
    .found(SimulationExamples.shooter, ["of": .word("lives")]),
    .found(SimulationExamples.meadow, ["of": .word("plants"), "measure": .word("count"), "live": .flag(true)]),
    .absent(SimulationExamples.meadow, ["of": .word("score")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    var result: [Finding] = []
    var seen: Set<String> = []
    for item in world.shown {
      let effect = world.effects[item.effect]
      let isLive = world.inLoop(effect) || item.medium == "jsx"
      for (of, measure) in subjects(item, world) {
        guard seen.insert("\(of)\(measure)\(item.medium)\(isLive)").inserted else { continue }
        result.append(
          Finding(
            id, .found,
            facts: ["of": .word(of), "measure": .word(measure), "where": .word(item.medium), "live": .flag(isLive)],
            evidence: [world.index.evidence(effect, "shows the \(measure == "count" ? "number of \(of)" : of)")]))
      }
    }
    return result
  }

  /// What a text is about.
  private static func subjects(_ item: World.Shown, _ world: World) -> [(String, String)] {
    var result: [(String, String)] = []
    let sources = world.sources(of: item).sorted()
    for place in sources {
      if let role = world.countedRole(place) {
        result.append((role, "count"))
      } else if world.scores.contains(place) {
        result.append(("score", "value"))
      } else if isPlayerResource(place, world) {
        result.append((Resources.isLives(world.lastName(place)) ? "lives" : "health", "value"))
      }
    }
    return result + tallies(item.value, world).map { ($0, "count") }
  }

  private static func isPlayerResource(_ place: Int, _ world: World) -> Bool {
    world.cast.player != nil && !world.isOfMember(place)
      && (world.index.writes[place] ?? []).contains { number in
        world.cast.consequences.contains {
          $0.effect == number && ($0.contact.a == world.cast.player || $0.contact.b == world.cast.player)
        } && world.cast.isHarm(world.effects[number])
      }
  }

  /// The kinds whose members are counted one by one: the count depends on what kind each member is.
  private static func tallies(_ value: Value, _ world: World) -> [String] {
    var roles: Set<String> = []
    for dep in world.index.expand(value.deps) {
      guard case .thing(let root) = world.index.place(dep).root, root.tag == .member,
        let role = world.role(world.cast.entity(of: root))
      else { continue }
      if world.tracer.nodes[world.tracer.find(root.id)].isNumeric, role == "plants" { roles.insert(role) }
    }
    return roles.sorted()
  }
}
