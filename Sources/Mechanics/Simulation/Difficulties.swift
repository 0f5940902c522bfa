import JavaScriptSyntax
import Program

/// Worlds that grow harder as time, score or waves go on.
struct Difficulties: Mechanic {
  static let id = "influence"

  static let examples: [Example] = [
    .found(SimulationExamples.shooter, ["to": .word("birth"), "of": .word("enemies"), "trend": .word("rising")]),
    .absent(SimulationExamples.meadow, ["trend": .word("rising")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    guard world.cast.player != nil, world.cast.roles.values.contains("enemies") else { return [] }
    let progress = progress(world)
    guard !progress.isEmpty else { return [] }
    var seen: Set<String> = []
    var result: [Finding] = []
    for (number, effect) in world.effects.enumerated() where world.inLoop(effect) {
      for use in uses(number, effect, progress, world) {
        guard let from = progress[use.place], seen.insert("\(from.name)\(use.to)\(use.of)").inserted else { continue }
        result.append(
          Finding(
            id, .found,
            facts: ["from": .word(from.name), "to": .word(use.to), "of": .word(use.of), "trend": .word("rising")],
            evidence: [
              world.index.evidence(from.site, "goes up as the game goes on"),
              world.index.evidence(use.site, "makes the game harder"),
            ]))
      }
    }
    return result
  }

  private struct Progress {
    var name: String
    var site: Int
  }

  /// The single numbers that only go one way while the game runs.
  private static func progress(_ world: World) -> [Int: Progress] {
    var result: [Int: Progress] = [:]
    for (place, numbers) in world.index.writes.sorted(by: { $0.key < $1.key })
    where !world.isOfMember(place) && !world.cast.isPosition(place) {
      let loops = numbers.filter { world.inLoop(world.effects[$0]) && world.effects[$0].how != 1 }
      guard let first = loops.first, loops.allSatisfy({ isStep(world.effects[$0], world) }) else { continue }
      let directions = Set(loops.map { world.isRise(world.effects[$0]) })
      guard directions.count == 1 else { continue }
      if case .thing(let root) = world.index.place(place).root, root.tag == .node,
        world.tracer.nodes[world.tracer.find(root.id)].kind != .record
      {
        continue
      }
      let name = world.lastName(place).lowercased()
      let isTimed = world.tracer.placeOrigins[place]?.contains(.clock) == true
      let kind = world.scores.contains(place) ? "score" : isTimed ? "time" : name.contains("kill") ? "kills" : "level"
      result[place] = Progress(name: kind, site: world.effects[first].site)
    }
    return result
  }

  private static func isStep(_ effect: Effect, _ world: World) -> Bool {
    switch world.operation(effect) {
    case .addAssign: return true
    case .subtractAssign, .multiplyAssign: return !world.limitsDrain(effect)
    case .assign:
      // What goes up and down as the player likes is no progress.
      let isEither = world.index.code(effect)[.right]?.descendants.contains {
        $0.kind == .unaryExpression && $0.detail == .minus
      }
      return isEither != true && world.dependsOn(effect.value, effect.target)
        && (world.isRise(effect) || world.isFall(effect))
    default: return false
    }
  }

  private struct Use {
    var place: Int
    var to: String
    var of: String
    var site: Int
  }

  /// The places that a number is made of, positions looked through no further: what follows the ship does not grow.
  private static func sources(of value: Value, _ world: World) -> Set<Int> {
    var result: Set<Int> = []
    var pending = value.deps.map { (world.index.canonical($0), 0) }
    while let (place, depth) = pending.popLast() {
      guard !world.cast.isPosition(place), result.insert(place).inserted, depth < 3, !world.isOfMember(place) else {
        continue
      }
      for number in world.index.writes[place] ?? [] {
        for dep in world.effects[number].value.deps { pending.append((world.index.canonical(dep), depth + 1)) }
      }
    }
    return result
  }

  /// What an effect makes of progress.
  private static func uses(_ number: Int, _ effect: Effect, _ progress: [Int: Progress], _ world: World) -> [Use] {
    var result: [Use] = []
    let deps = sources(of: effect.value, world).filter { progress[$0] != nil && !world.dependsOnItself(effect, $0) }
    switch effect.kind {
    case .push:
      guard let role = world.role(world.cast.subject(of: effect)),
        ["enemies", "enemy-shots", Cast.hazards].contains(role)
      else {
        return []
      }
      for guardID in world.conditions(number) {
        let item = world.tracer.guards[guardID]
        for dep in sources(of: item.value, world) where progress[dep] != nil && !isCyclic(item, dep, world) {
          result.append(Use(place: dep, to: "birth", of: role, site: item.test))
        }
      }
    case .write:
      guard !deps.isEmpty else { return [] }
      if case .thing(let root) = world.index.place(effect.target).root,
        let role = world.role(world.cast.entity(of: root)), ["enemies", "enemy-shots", Cast.hazards].contains(role)
      {
        let to =
          world.cast.isPosition(effect.target) || PositionNames.velocities.contains(world.lastName(effect.target))
          ? "motion" : world.cast.isThreshold(effect.target) ? "resource" : "motion"
        for dep in deps.sorted() where progress[dep]?.name != "time" || effect.how == 1 {
          result.append(Use(place: dep, to: to, of: role, site: effect.site))
        }
      } else if !world.isOfMember(effect.target), isTimer(effect.target, world) {
        for dep in deps.sorted() { result.append(Use(place: dep, to: "birth", of: "world", site: effect.site)) }
      }
    default: break
    }
    for guardID in world.conditions(number) where effect.kind == .write && world.cast.isPosition(effect.target) {
      let item = world.tracer.guards[guardID]
      guard let role = world.role(world.cast.subject(of: effect)), role == "enemies", item.kind != .loop else {
        continue
      }
      for dep in item.value.deps.map({ world.index.canonical($0) })
      where progress[dep] != nil && !isCyclic(item, dep, world) && progress[dep]?.name == "level"
        && !world.gates.contains(dep)
      {
        result.append(Use(place: dep, to: "motion", of: role, site: item.test))
      }
    }
    return result
  }

  /// Whether a number only counts beats in a condition: `tick % 60 === 0`.
  private static func isCyclic(_ item: Guard, _ place: Int, _ world: World) -> Bool {
    let name = world.lastName(place)
    return world.tracer.facts.code(item.test).descendants.contains { code in
      code.kind == .binaryExpression && code.detail == .remainder
        && (code[.left]?.descendants.contains { $0.name == name } ?? false)
    }
  }

  /// Whether a place decides when the next enemies come.
  private static func isTimer(_ place: Int, _ world: World) -> Bool {
    let wanted = world.index.canonical(place)
    return world.effects.indices.contains { number in
      guard world.effects[number].kind == .push, let role = world.role(world.cast.subject(of: world.effects[number])),
        ["enemies", "enemy-shots", Cast.hazards].contains(role)
      else { return false }
      return world.conditions(number).contains {
        world.tracer.guards[$0].value.deps.contains { world.index.canonical($0) == wanted }
      }
    }
  }
}

extension World {
  /// Whether a falling number is a stock or timer that runs out rather than an interval that shrinks.
  func limitsDrain(_ effect: Effect) -> Bool {
    effect.value.origin.contains(.elapsed) || effect.arguments.first?.origin.contains(.elapsed) == true
      || cast.isHarm(effect) && cast.consequences.contains { effects[$0.effect].site == effect.site }
  }

  func dependsOnItself(_ effect: Effect, _ place: Int) -> Bool {
    effect.kind == .write && index.canonical(effect.target) == place
  }
}
