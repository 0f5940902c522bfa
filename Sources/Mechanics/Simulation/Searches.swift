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
      for pair in candidates(item, world) {
        guard let found = search(pair, number, world), let by = world.role(found.by), let of = world.role(found.of),
          isAnimal(by) || isAnimal(of)
        else { continue }
        if scopes[Pair(by: found.by, of: found.of)]?.scope != "pairs" {
          scopes[Pair(by: found.by, of: found.of)] = (found.scope, item.test)
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

  /// The bodies that a condition compares: two of different kinds, or two of one kind.
  private static func candidates(_ item: Guard, _ world: World) -> [Pair] {
    let pairs = world.cast.pairs(in: item.value).map { Pair(by: $0.0, of: $0.1) }
    guard pairs.isEmpty else { return pairs }
    let positions = world.index.expand(item.value.deps).filter { world.cast.isPosition($0) }
    let bodies = Set(positions.compactMap { world.cast.entity(ofPlace: world.index.place($0)) }).filter {
      $0.list != nil
    }
    return bodies.count == 1 ? bodies.map { Pair(by: $0, of: $0) } : []
  }

  /// Who looks through whom where a condition stands: the innermost loop goes through those looked for, and one around it,
  /// here or in a caller, through those who look.
  private static func search(_ pair: Pair, _ guardID: Int, _ world: World) -> (by: Entity, of: Entity, scope: String)? {
    let own = world.index.chain(guardID).filter { world.tracer.guards[$0].kind == .loop }
    let above = world.index.conditionsAbove(world.tracer.guards[guardID].frame, within: world.index.loopFrames).filter {
      world.tracer.guards[$0].kind == .loop
    }
    let loops = (own + above).map { (number: $0, lists: lists(of: $0, world)) }
    guard
      let inner = loops.firstIndex(where: { loop in
        loop.lists.contains { goes($0, through: pair.of, world) || goes($0, through: pair.by, world) }
      })
    else { return nil }
    let isOf = loops[inner].lists.contains { goes($0, through: pair.of, world) }
    let (of, by) = isOf ? (pair.of, pair.by) : (pair.by, pair.of)
    let test = world.tracer.guards[loops[inner].number].test
    let hasOuter = loops[(inner + 1)...].contains { loop in
      world.tracer.guards[loop.number].test != test && loop.lists.contains { goes($0, through: by, world) }
    }
    guard hasOuter else { return nil }
    let isLocal = loops[inner].lists.filter { goes($0, through: of, world) }.allSatisfy { isNear($0, world) }
    return (by, of, isLocal || Populations.isGrid(of, world) ? "local" : "pairs")
  }

  private static func lists(of guardID: Int, _ world: World) -> [Thing] {
    world.tracer.guards[guardID].value.things.filter { $0.tag == .node || $0.tag == .view }
  }

  /// Whether the members of an entity are among those that a loop over a list goes through.
  private static func goes(_ thing: Thing, through entity: Entity, _ world: World) -> Bool {
    let list = world.tracer.find(thing.id)
    if let viewed = world.tracer.viewed(list) { return viewed.contains { world.cast.entity(of: $0) == entity } }
    if thing.tag == .view { return world.cast.entity(of: .member(list, thing.variant)) == entity }
    return entity.list == list
  }

  /// Whether a list only holds the members of a part of the world.
  private static func isNear(_ thing: Thing, _ world: World) -> Bool {
    let list = world.tracer.find(thing.id)
    guard world.tracer.viewed(list) != nil else { return false }
    return isCell(list, world) || isOfTree(list, world)
      || (world.tracer.sources[list] ?? []).contains { isCell(world.tracer.find($0), world) }
      || isGathered(list, world)
  }

  /// Whether a list is filled while going through cells.
  private static func isGathered(_ list: Int, _ world: World) -> Bool {
    world.effects.contains { effect in
      guard effect.kind == .push, world.tracer.find(effect.target) == list else { return false }
      let loops =
        world.index.chain(effect.guardID) + world.index.conditionsAbove(effect.frame, within: world.index.loopFrames)
      return loops.contains { number in
        world.tracer.guards[number].kind == .loop
          && lists(of: number, world).contains { thing in
            let inner = world.tracer.find(thing.id)
            return inner != list && world.tracer.viewed(inner) != nil
              && (isCell(inner, world) || isOfTree(inner, world))
          }
      }
    }
  }

  /// Whether a list lies in another list or a map, as the cells of a grid do.
  private static func isCell(_ list: Int, _ world: World) -> Bool {
    world.tracer.nodes.indices.contains { id in
      (world.tracer.nodes[id].kind == .list || world.tracer.nodes[id].kind == .map
        || world.tracer.nodes[id].kind == .record)
        && world.tracer.nodes[id].content.things.contains { $0.tag == .node && world.tracer.find($0.id) == list }
    }
  }

  /// Whether a list belongs to a node of a tree: a record that holds records of its own class.
  private static func isOfTree(_ list: Int, _ world: World) -> Bool {
    let home = world.tracer.nodes[list].home
    guard home >= 0, case .thing(let owner) = world.index.place(home).root, owner.tag == .node || owner.tag == .member
    else { return false }
    let owners = owner.tag == .node ? [world.tracer.find(owner.id)] : world.tracer.memberNodes(of: owner.id)
    return owners.contains { id in
      let klass = world.tracer.nodes[id].link
      guard klass >= 0 else { return false }
      func isSame(_ thing: Thing) -> Bool {
        thing.tag == .node && world.tracer.nodes[world.tracer.find(thing.id)].link == klass
      }
      return world.tracer.nodes[id].fields.values.contains { value in
        value.things.contains { thing in
          guard thing.tag == .node else { return false }
          return isSame(thing) || world.tracer.nodes[world.tracer.find(thing.id)].content.things.contains { isSame($0) }
        }
      }
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
    if own.allSatisfy({ $0.limits.contains("cap") }) || Populations.isTrimmed(entity, world) { return true }
    // Those who pay for each birth with what they eat stay below what a capped food can feed.
    let foods = world.cast.meals.filter { $0.eater == entity && world.role($0.food) == "prey" }.map { $0.food }
    return own.allSatisfy { $0.limits.contains("cap") || $0.limits.contains("cost") } && !foods.isEmpty
      && foods.allSatisfy { food in
        Populations.isTrimmed(food, world)
          || births.filter { $0.entity == food && $0.by != "reader" }.allSatisfy { $0.limits.contains("cap") }
      }
  }
}
