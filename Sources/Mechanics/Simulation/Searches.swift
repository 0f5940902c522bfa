import Program

/// Members that are looked through for neighbours, prey or targets in every step.
struct Searches: Mechanic {
  static let id = "search"

  static let examples: [Example] = [
    .found(SimulationExamples.meadow, ["by": .word("prey"), "of": .word("plants"), "scope": .word("pairs")]),
    .found(SimulationExamples.meadow, ["by": .word("predators"), "of": .word("prey"), "capped": .flag(false)]),
    .absent(SimulationExamples.meadow, ["scope": .word("local")]),
  ]

  private struct Pair: Hashable, Comparable {
    var by: Entity
    var of: Entity

    static func < (left: Pair, right: Pair) -> Bool { left.by == right.by ? left.of < right.of : left.by < right.by }
  }

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    let births = scene.shared(BirthAnalysis.self).births
    var scopes: [Pair: (scope: String, site: Int)] = [:]
    for (number, item) in world.tracer.guards.enumerated()
    where item.kind != .loop && world.index.loopFrames.contains(item.frame) {
      for (a, b) in world.cast.pairs(in: item.value) {
        guard let first = world.role(a), let second = world.role(b), isAnimal(first) || isAnimal(second) else {
          continue
        }
        let pair =
          isAnimal(first) && (second == "plants" || first == "predators" || !isAnimal(second))
          ? Pair(by: a, of: b) : Pair(by: b, of: a)
        let scope = scope(of: pair.of, number, world)
        if scopes[pair] == nil || scope == "pairs" && scopes[pair]?.scope == "local" && isOwnSearch(number, world) {
          scopes[pair] = (scope, item.test)
        }
      }
    }
    scopes.merge(gridSearches(world)) { old, _ in old }
    return scopes.keys.sorted().compactMap { pair in
      guard let found = scopes[pair], let by = world.role(pair.by), let of = world.role(pair.of) else { return nil }
      let capped = [pair.by, pair.of].allSatisfy { isCapped($0, births, world) }
      return Finding(
        id, .found, facts: ["by": .word(by), "of": .word(of), "scope": .word(found.scope), "capped": .flag(capped)],
        evidence: [
          world.index.evidence(
            found.site, found.scope == "local" ? "only near ones are looked at" : "every pair is looked at")
        ])
    }
  }

  private static func isAnimal(_ role: String) -> Bool { role == "prey" || role == "predators" }

  private static func isOwnSearch(_ guardID: Int, _ world: World) -> Bool {
    world.index.chain(guardID).dropFirst().contains {
      world.tracer.guards[$0].kind == .loop && !world.tracer.guards[$0].value.things.isEmpty
    }
  }

  /// Whether members are looked at one after the other, or only those of a cell.
  private static func scope(of entity: Entity, _ guardID: Int, _ world: World) -> String {
    var loops: [Thing] = []
    let item = world.tracer.guards[guardID]
    for other in world.index.chain(guardID) + world.index.conditionsAbove(item.frame, within: world.index.loopFrames)
    where world.tracer.guards[other].kind == .loop {
      loops += world.tracer.guards[other].value.things
    }
    var isLocal = false
    for thing in loops where thing.tag == .node || thing.tag == .view {
      let list = world.tracer.find(thing.id)
      if let viewed = world.tracer.viewed(list) {
        if viewed.contains(where: { world.cast.entity(of: $0) == entity }),
          world.tracer.nodes[list].lists.isEmpty == false || isCell(list, world)
        {
          isLocal = true
        }
      }
    }
    if isLocal { return "local" }
    return Populations.isGrid(entity, world) ? "local" : "pairs"
  }

  /// Whether a list lies in another list or a map, as the cells of a grid do.
  private static func isCell(_ list: Int, _ world: World) -> Bool {
    world.tracer.nodes.indices.contains { id in
      (world.tracer.nodes[id].kind == .list || world.tracer.nodes[id].kind == .map
        || world.tracer.nodes[id].kind == .record)
        && world.tracer.nodes[id].content.things.contains { $0.tag == .node && world.tracer.find($0.id) == list }
    }
  }

  /// Animals that only look at the cell they stand on.
  private static func gridSearches(_ world: World) -> [Pair: (scope: String, site: Int)] {
    var result: [Pair: (scope: String, site: Int)] = [:]
    for meal in world.cast.meals where Populations.isGrid(meal.food, world) {
      result[Pair(by: meal.eater, of: meal.food)] = ("local", world.effects[meal.loss].site)
    }
    return result
  }

  /// Whether every way in which a population grows by itself stops at a number.
  private static func isCapped(_ entity: Entity, _ births: [BirthAnalysis.Birth], _ world: World) -> Bool {
    if Populations.isGrid(entity, world) { return true }
    let own = births.filter { $0.entity == entity && $0.by != "reader" }
    if own.allSatisfy({ $0.limits.contains("cap") }) { return true }
    // Those who pay for each birth with what they eat stay below what a capped food can feed.
    let foods = world.cast.meals.filter { $0.eater == entity && world.role($0.food) == "prey" }.map { $0.food }
    return own.allSatisfy { $0.limits.contains("cap") || $0.limits.contains("cost") } && !foods.isEmpty
      && foods.allSatisfy { food in
        births.filter { $0.entity == food && $0.by != "reader" }.allSatisfy { $0.limits.contains("cap") }
      }
  }
}
