import JavaScriptSyntax
import Program

/// Numbers that drain and grow, and what follows at a threshold.
struct Resources: Mechanic {
  static let id = "resource"

  static let examples: [Example] = [
    .found(SimulationExamples.shooter, ["of": .word("player"), "name": .word("lives"), "at-limit": .word("end")]),
    .found(SimulationExamples.shooter, ["name": .word("score"), "gains": .word("kill")]),
    .found(
      SimulationExamples.meadow,
      ["of": .word("prey"), "name": .word("energy"), "drains": .word("time"), "gains": .word("eat")]),
    .found(
      SimulationExamples.meadow,
      ["of": .word("predators"), "name": .word("age"), "gains": .word("time"), "at-limit": .word("death")]),
    .absent(SimulationExamples.meadow, ["name": .word("score")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    var result: [Finding] = []
    for (entity, role) in world.actors where entity.list != nil && ["plants", "prey", "predators"].contains(role) {
      result += organism(entity, role, world)
    }
    result += gridGrowth(world)
    result += player(world) + scores(world)
    return result
  }

  static func isLives(_ name: String) -> Bool {
    let text = name.lowercased()
    return ["lives", "life", "leben", "vidas", "vies", "残機", "命", "hearts"].contains { text.contains($0) }
  }

  // MARK: Organisms

  private struct Course {
    var drains: Set<String> = []
    var gains: Set<String> = []
    var limit: Set<String> = []
    /// Whether eating adds to it rather than sets it.
    var isAdded = false
    var sites: [(Int, String)] = []
    var place = 0
    var name = ""
  }

  private static func organism(_ entity: Entity, _ role: String, _ world: World) -> [Finding] {
    var courses: [String: Course] = [:]
    for (number, effect) in world.effects.enumerated()
    where effect.kind == .write && world.inLoop(effect) && effect.how != 1 {
      guard case .thing(let root) = world.index.place(effect.target).root, root.tag == .member,
        isSame(world.cast.entity(of: root), entity),
        !world.cast.isPosition(effect.target)
      else { continue }
      let name = world.lastName(effect.target)
      guard !PositionNames.velocities.contains(name) else { continue }
      var course = courses[name] ?? Course()
      course.place = world.index.canonical(effect.target)
      course.name = name
      note(number, effect, entity, &course, world)
      courses[name] = course
    }
    var result: [Finding] = []
    for name in courses.keys.sorted() {
      guard var course = courses[name], !course.drains.isEmpty || !course.gains.isEmpty else { continue }
      limits(&course, entity, world)
      guard let kind = kind(course, role) else { continue }
      result.append(finding(course, kind, role, world))
    }
    return result + vain(entity, role, world)
  }

  private static func isSame(_ a: Entity?, _ b: Entity) -> Bool { b.covers(a) }

  private static func note(_ number: Int, _ effect: Effect, _ entity: Entity, _ course: inout Course, _ world: World) {
    let meal = world.cast.meals.contains { $0.eater == entity } && isMeeting(number, entity, world)
    let rises = world.isRise(effect)
    let falls =
      !rises
      && (world.isFall(effect) && world.operation(effect) != .multiplyAssign
        || world.operation(effect) == .divideAssign)
    if rises {
      course.gains.insert(meal ? "eat" : "time")
      course.isAdded = course.isAdded || meal
      course.sites.append((effect.site, meal ? "grows by eating" : "grows with time"))
    } else if falls {
      if meal, world.cast.meals.contains(where: { $0.food == entity && $0.loss == number }) { return }
      let drain = isBirthCost(number, entity, world) ? "birth" : meal ? "eat-down" : "time"
      if drain == "eat-down" {
        course.gains.insert("eat-down")
        course.isAdded = true
      } else {
        course.drains.insert(drain)
      }
      course.sites.append((effect.site, drain == "birth" ? "paid for a birth" : "falls with time"))
    } else if world.operation(effect) == .assign, meal, !world.isFlag(effect) {
      course.gains.insert("eat")
      course.sites.append((effect.site, "filled by eating"))
    }
  }

  private static func isMeeting(_ number: Int, _ entity: Entity, _ world: World) -> Bool {
    world.conditions(number).contains { guardID in
      world.cast.contacts.contains { contact in
        contact.guardID == guardID && contact.isTouching
          && world.cast.meals.contains {
            ($0.eater == contact.a && $0.food == contact.b || $0.eater == contact.b && $0.food == contact.a)
              && (isSame($0.eater, entity) || isSame($0.food, entity))
          }
      }
    }
  }

  private static func isBirthCost(_ number: Int, _ entity: Entity, _ world: World) -> Bool {
    let own = world.conditions(number).filter { world.tracer.guards[$0].kind != .loop }
    guard !own.isEmpty else { return false }
    return world.cast.pushes(to: entity).contains { push in
      guard world.inLoop(push) else { return false }
      let conditions = Set(world.conditionsOf(push))
      return own.contains { guardID in
        conditions.contains(guardID)
          && world.index.expand(world.tracer.guards[guardID].value.deps).contains {
            world.matches($0, world.index.canonical(world.effects[number].target))
          } && world.tracer.guards[guardID].kind != .early
      }
        || push.frame == world.effects[number].frame
          && world.index.chain(push.guardID) == world.index.chain(world.effects[number].guardID)
          && !world.index.chain(push.guardID).isEmpty
    }
  }

  /// What follows when a number passes a bound.
  private static func limits(_ course: inout Course, _ entity: Entity, _ world: World) {
    for (number, effect) in world.effects.enumerated() where world.inLoop(effect) {
      let isDeath = isDeath(effect, entity, world)
      let isBirth = effect.kind == .push && world.tracer.find(effect.target) == entity.list
      guard isDeath || isBirth else { continue }
      guard let site = decides(course.place, number, effect, world) else { continue }
      let kind = isDeath ? "death" : "birth"
      if course.limit.insert(kind).inserted {
        course.sites.append((site, isDeath ? "past this it dies" : "past this it gives birth"))
      }
    }
  }

  /// Whether an effect takes a member away.
  private static func isDeath(_ effect: Effect, _ entity: Entity, _ world: World) -> Bool {
    switch effect.kind {
    case .remove:
      return isSame(world.cast.subject(of: effect), entity) && world.tracer.symbolNames[effect.how] != "swap"
    case .write:
      guard effect.how != 1, isSame(world.cast.subject(of: effect), entity), world.operation(effect) == .assign else {
        return false
      }
      return world.cast.isRemovalFlag(effect.target)
        && (world.isFlag(effect)
          || effect.value.deps.contains { world.isOfMember($0) } && !world.isRise(effect) && !world.isFall(effect))
    default: return false
    }
  }

  /// The condition on a number that decides about an effect, or the test of the filter that is the effect.
  private static func decides(_ place: Int, _ number: Int, _ effect: Effect, _ world: World) -> Int? {
    if effect.kind == .remove, world.tracer.symbolNames[effect.how] == "filter" {
      return world.cast.removalTest(of: effect).deps.contains { world.matches(world.index.canonical($0), place) }
        ? effect.site : nil
    }
    if effect.kind == .write, effect.value.deps.contains(where: { world.matches(world.index.canonical($0), place) }) {
      return effect.site
    }
    for guardID in world.conditions(number)
    where world.tracer.guards[guardID].kind != .loop && world.tracer.guards[guardID].kind != .early {
      let item = world.tracer.guards[guardID]
      guard item.value.deps.contains(where: { world.matches(world.index.canonical($0), place) }) else { continue }
      if effect.kind == .push || !isEating(guardID, world) { return item.test }
    }
    for guardID in world.index.chain(effect.guardID) where world.tracer.guards[guardID].kind == .early {
      let item = world.tracer.guards[guardID]
      if effect.kind == .push, item.value.deps.contains(where: { world.matches(world.index.canonical($0), place) }) {
        return item.test
      }
      // `if (alive) return` before a removal decides as well.
      if item.value.deps.contains(where: { world.matches(world.index.canonical($0), place) }),
        !item.isNegated || isDeathAfter(item, world)
      {
        return item.test
      }
    }
    return nil
  }

  private static func isEating(_ guardID: Int, _ world: World) -> Bool {
    world.cast.contacts.contains { $0.guardID == guardID }
  }

  /// Whether what stands after a guard that lets go on is the death: `if (energy > 0) return; remove()`.
  private static func isDeathAfter(_ item: Guard, _ world: World) -> Bool {
    let test = world.tracer.facts.code(item.test).unwrapped
    return test.kind == .binaryExpression && (test.detail == .greater || test.detail == .greaterOrEqual)
  }

  /// What a number is: an age only grows, energy is used up and regained.
  private static func kind(_ course: Course, _ role: String) -> String? {
    let name = course.name.lowercased()
    if course.gains.contains("eat") || course.gains.contains("eat-down") {
      // What eating only sets and what nobody dies of is a pause for digestion.
      return course.isAdded || course.limit.contains("death") || isEnergy(name) ? "energy" : "cooldown"
    }
    if course.gains == ["time"], course.drains.isEmpty {
      return role == "plants" && !isAge(name) ? "energy" : isEnergy(name) ? "energy" : "age"
    }
    if course.drains.contains("time"), course.limit.contains("death") || isEnergy(name) {
      return isAge(name) ? "age" : "energy"
    }
    if course.gains.contains("time"), role == "plants" { return "energy" }
    if isEnergy(name) { return "energy" }
    return course.drains.contains("time") ? "cooldown" : nil
  }

  private static func isAge(_ name: String) -> Bool {
    ["age", "alter", "edad", "歳", "lifetime", "ttl", "lifespan", "life"].contains { name.contains($0) }
      && !name.contains("stage")
  }

  private static func isEnergy(_ name: String) -> Bool {
    ["energy", "energie", "hunger", "food", "energ", "fat", "満腹", "体力", "empty"].contains { name.contains($0) }
  }

  private static func finding(_ course: Course, _ kind: String, _ role: String, _ world: World) -> Finding {
    var drains = course.drains
    var gains = course.gains
    let isInverse = Resource.isInverse(course.name) || gains.contains("eat-down")
    if isInverse, kind == "energy", gains.contains("time") {
      gains.remove("time")
      drains.insert("time")
    }
    if gains.remove("eat-down") != nil { gains.insert("eat") }
    if kind == "energy", drains.contains("time") { gains.remove("time") }
    var facts: [String: Fact] = ["of": .word(role), "name": .word(kind)]
    if !drains.isEmpty { facts["drains"] = .words(drains.sorted()) }
    if !gains.isEmpty { facts["gains"] = .words(gains.sorted()) }
    if !course.limit.isEmpty { facts["at-limit"] = .words(course.limit.sorted()) }
    return Finding(id, .found, facts: facts, evidence: course.sites.prefix(5).map { world.index.evidence($0.0, $0.1) })
  }

  /// Comparisons that can never hold because one side is set nowhere.
  private static func vain(_ entity: Entity, _ role: String, _ world: World) -> [Finding] {
    var seen: Set<Int> = []
    return world.tracer.vainComparisons.compactMap { item in
      guard seen.insert(item.site).inserted, world.index.loopFrames.contains(item.frame) else { return nil }
      guard
        let dep = item.value.deps.first(where: {
          isSame(world.cast.entity(ofPlace: world.index.place($0)), entity) && !world.cast.isPosition($0)
        })
      else { return nil }
      let code = world.tracer.facts.code(item.site)
      let rises = (world.index.writes[world.index.canonical(dep)] ?? []).contains {
        world.inLoop(world.effects[$0]) && world.isRise(world.effects[$0])
      }
      return Finding(
        id, .broken, facts: ["of": .word(role), "name": .word(rises ? "age" : "energy")],
        evidence: [world.index.evidence(item.site, "compares with something that is never set")],
        reason: "`\(code.text)` compares with a property that nothing sets, so it never holds", failure: .tunable,
        advice: "Compare with the property that the constructor really sets.")
    }
  }

  /// Plants that are numbers of a grid and come back with time.
  private static func gridGrowth(_ world: World) -> [Finding] {
    world.actors.filter { $0.role == "plants" && Populations.isGrid($0.entity, world) }.compactMap { entity, role in
      guard
        let number = world.effects.indices.first(where: { number in
          let effect = world.effects[number]
          return effect.kind == .elementWrite && world.inLoop(effect) && world.tracer.find(effect.target) == entity.list
            && !isMeeting(number, entity, world)
        })
      else { return nil }
      return Finding(
        id, .found, facts: ["of": .word(role), "name": .word("energy"), "gains": .words(["time"])],
        evidence: [world.index.evidence(world.effects[number], "grows back")])
    }
  }

  // MARK: Player and score

  private static func player(_ world: World) -> [Finding] {
    guard world.cast.player != nil else { return [] }
    var harms: [Int: [Int]] = [:]
    for consequence in world.cast.consequences {
      let contact = consequence.contact
      guard contact.a == world.cast.player || contact.b == world.cast.player else { continue }
      let effect = world.effects[consequence.effect]
      if world.cast.isHarm(effect) {
        harms[world.index.canonical(effect.target), default: []].append(consequence.effect)
      }
    }
    let ends = world.effects.indices.filter { number in
      world.inLoop(world.effects[number]) && world.isEnd(world.effects[number])
    }
    var result: [Finding] = []
    for place in harms.keys.sorted() {
      let name = world.lastName(place)
      let kind =
        isLives(name)
        ? "lives"
        : name.lowercased().contains("sh") && name.lowercased().contains("d") && !name.lowercased().contains("should")
          ? "shield" : "health"
      var facts: [String: Fact] = ["of": .word("player"), "name": .word(kind), "drains": .words(["damage"])]
      var evidence = (harms[place] ?? []).prefix(2).map { world.index.evidence(world.effects[$0], "taken by damage") }
      if let end = ends.first(where: { end in
        (world.limits(of: end).contains(place) || followsFrom(place, end, world))
          && world.index.hasWay(to: world.effects[end])
      }) {
        facts["at-limit"] = .words(["end"])
        evidence.append(world.index.evidence(world.effects[end], "ends the game when it has run out"))
      }
      result.append(Finding(id, .found, facts: facts, evidence: Array(evidence)))
    }
    for end in ends where harms.isEmpty && !world.index.hasWay(to: world.effects[end]) {
      guard
        let claim = world.conditions(end).flatMap({ world.index.claims(of: $0) }).first(where: {
          world.index.isInexhaustible($0)
        })
      else { continue }
      result.append(
        Finding(
          id, .broken, facts: ["of": .word("player"), "at-limit": .word("end")],
          evidence: [world.index.evidence(world.effects[end], "ends the game")],
          reason: "nothing takes from `\(world.lastName(claim.place))`, so the end cannot be reached",
          failure: .structural, advice: "Take from it when the player is hit."))
      break
    }
    return result
  }

  /// Whether an end stands behind a limit of another number that drains when this one has run out: health, then lives.
  private static func followsFrom(_ place: Int, _ end: Int, _ world: World) -> Bool {
    world.limits(of: end).contains { other in
      (world.index.writes[other] ?? []).contains {
        world.isFall(world.effects[$0]) && world.limits(of: $0).contains(place)
      }
    }
  }

  private static func scores(_ world: World) -> [Finding] {
    world.scores.sorted().map { place in
      let rises = (world.index.writes[place] ?? []).filter {
        world.inLoop(world.effects[$0]) && world.isRise(world.effects[$0])
      }
      return Finding(
        id, .found, facts: ["of": .word("world"), "name": .word("score"), "gains": .words(["hit", "kill"])],
        evidence: rises.prefix(3).map { world.index.evidence(world.effects[$0], "the score rises") })
    }
  }
}
