import Program

/// Bodies whose position a loop advances.
struct Motions: Mechanic {
  static let id = "motion"

  static let examples: [Example] = [
    .found(SimulationExamples.shooter, ["of": .word("enemies"), "driven-by": .word("loop")]),
    .found(SimulationExamples.shooter, ["of": .word("player-shots")]),
    .found(SimulationExamples.meadow, ["of": .word("prey"), "scaled": .word("frame")]),
    .absent(SimulationExamples.meadow, ["of": .word("plants")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    var result: [Finding] = []
    for (entity, role) in world.actors where role != "plants" && role != Cast.hazards {
      let numbers = shown(world.motions[entity] ?? [], entity, world)
      guard let first = numbers.first else {
        if role != "player" { result += missing(entity, role, world) }
        continue
      }
      var facts: [String: Fact] = [
        "of": .word(role), "driven-by": .word("loop"), "scaled": .word(world.scaling(of: numbers)),
      ]
      facts["by"] = .word(way(first, entity, world))
      result.append(
        Finding(
          id, .found, facts: facts,
          evidence: numbers.prefix(3).map {
            world.index.evidence(world.effects[$0], "moves \(world.cast.title(entity))")
          }))
    }
    return result + Pools.motions(world)
  }

  /// The steps that the person can see: for bodies with a shape in the scene those of the shape or of what it is placed by,
  /// for bodies that are drawn all, for bodies that nothing draws none.
  private static func shown(_ numbers: [Int], _ entity: Entity, _ world: World) -> [Int] {
    guard world.cast.player != nil, world.tracer.isComplete, entity.list != nil else { return numbers }
    if world.cast.isIdle(entity) { return [] }
    if world.cast.hasShape(entity) {
      return numbers.filter { world.cast.isOfShape(world.effects[$0].target, entity) }
    }
    let isAnyDrawn = world.actors.contains { $0.entity.list != nil && world.cast.isDrawn($0.entity) }
    return world.cast.isDrawn(entity) || !isAnyDrawn ? numbers : []
  }

  private static func way(_ number: Int, _ entity: Entity, _ world: World) -> String {
    let effect = world.effects[number]
    if effect.value.origin.contains(.clock), !world.dependsOn(effect.value, effect.target) { return "elapsed" }
    let others = effect.value.deps.contains { dep in
      world.cast.isPosition(dep) && world.cast.entity(ofPlace: world.index.place(dep)).map { $0 != entity } ?? false
    }
    return others ? "easing" : "velocity"
  }

  private static func missing(_ entity: Entity, _ role: String, _ world: World) -> [Finding] {
    guard let push = world.cast.pushes(to: entity).first else { return [] }
    return [
      Finding(
        id, .refused, facts: ["of": .word(role)], evidence: [world.index.evidence(push, "made here")],
        reason: "nothing that runs in a loop changes where \(world.cast.title(entity)) is seen")
    ]
  }
}
