import JavaScriptSyntax
import Program

/// Bodies that are tested against each other, and what follows when they meet.
struct Encounters: Mechanic {
  static let id = "encounter"

  static let examples: [Example] = [
    .found(
      SimulationExamples.shooter, ["by": .word("player-shots"), "of": .word("enemies"), "effect": .word("damage")]),
    .found(SimulationExamples.shooter, ["by": .word("enemy-shots"), "of": .word("player"), "effect": .word("lives")]),
    .found(SimulationExamples.meadow, ["by": .word("prey"), "of": .word("plants"), "effect": .word("eat")]),
    .found(SimulationExamples.meadow, ["by": .word("predators"), "of": .word("prey"), "effect": .word("eat")]),
    .absent(SimulationExamples.meadow, ["by": .word("prey"), "of": .word("predators"), "effect": .word("eat")]),
  ]

  private struct Pair: Hashable, Comparable {
    var by: String
    var of: String

    static func < (left: Pair, right: Pair) -> Bool { (left.by, left.of) < (right.by, right.of) }
  }

  private struct Outcome {
    var effects: Set<String> = []
    var evidence: [Evidence] = []
    var guardID = -1
  }

  private static let actors = ["player-shots", "enemy-shots", "enemies", "predators", "prey"]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    var outcomes: [Pair: Outcome] = [:]
    for contact in world.cast.contacts where contact.isTouching {
      guard let pair = pair(contact, world) else { continue }
      if outcomes[pair] == nil { outcomes[pair] = Outcome() }
      if outcomes[pair]?.guardID == -1 { outcomes[pair]?.guardID = contact.guardID }
    }
    for consequence in world.cast.consequences {
      guard let pair = pair(consequence.contact, world), pair.by != "prey" && pair.by != "predators" else { continue }
      let found = effects(consequence, pair, world)
      guard !found.isEmpty else { continue }
      let isNew = !found.isSubset(of: outcomes[pair]?.effects ?? [])
      outcomes[pair, default: Outcome()].effects.formUnion(found)
      if isNew {
        outcomes[pair]?.evidence.append(
          world.index.evidence(
            world.effects[consequence.effect], "when they meet: \(found.sorted().joined(separator: ", "))"))
      }
    }
    for meal in world.cast.meals {
      guard let by = world.role(meal.eater), let of = world.role(meal.food), by != of,
        ["prey", "predators"].contains(by), ["plants", "prey", "predators"].contains(of)
      else { continue }
      var outcome = outcomes[Pair(by: by, of: of)] ?? Outcome()
      outcome.effects.insert("eat")
      outcome.evidence.append(world.index.evidence(world.effects[meal.gain], "the eater gains"))
      outcome.evidence.append(world.index.evidence(world.effects[meal.loss], "what is eaten goes or loses"))
      outcomes[Pair(by: by, of: of)] = outcome
    }
    return outcomes.keys.sorted().map { finding($0, outcomes[$0] ?? Outcome(), world) }
  }

  private static func finding(_ pair: Pair, _ outcome: Outcome, _ world: World) -> Finding {
    var evidence: [Evidence] = []
    if outcome.guardID >= 0 {
      evidence.append(
        world.index.evidence(world.tracer.guards[outcome.guardID].test, "tests \(pair.by) against \(pair.of)"))
    }
    evidence += outcome.evidence.prefix(5)
    let facts: [String: Fact] = ["by": .word(pair.by), "of": .word(pair.of)]
    guard !outcome.effects.isEmpty else {
      return Finding(
        id, .refused, facts: facts, evidence: evidence,
        reason: "\(pair.by) are tested against \(pair.of) and nothing that counts follows")
    }
    return Finding(
      id, .found, facts: facts.merging(["effect": .words(outcome.effects.sorted())]) { $1 }, evidence: evidence)
  }

  private static func pair(_ contact: Cast.Contact, _ world: World) -> Pair? {
    guard let a = world.role(contact.a), let b = world.role(contact.b), a != b else { return nil }
    // Rocks hurt as enemies do; hitting one is not what the game is about where others shoot.
    if a == Cast.hazards || b == Cast.hazards {
      return a == "player" || b == "player" ? Pair(by: "enemies", of: "player") : nil
    }
    for role in actors {
      if a == role { return b == "player-shots" && role == "enemy-shots" ? nil : Pair(by: a, of: b) }
      if b == role { return Pair(by: b, of: a) }
    }
    return nil
  }

  /// What an effect that follows from a meeting means to those who meet.
  private static func effects(_ consequence: Cast.Consequence, _ pair: Pair, _ world: World) -> Set<String> {
    let effect = world.effects[consequence.effect]
    let subject = world.cast.subject(of: effect)
    let subjectRole = world.role(subject)
    switch effect.kind {
    case .remove:
      return subjectRole == pair.of ? ["remove"] : []
    case .push: return subjectRole == "particles" ? ["particles"] : []
    case .call: return Sounds.isStart(effect, world) ? ["sound"] : []
    case .elementWrite: return []
    case .write:
      if pair.of == "player" { return playerEffects(consequence, world) }
      if world.scores.contains(world.index.canonical(effect.target)) { return ["score"] }
      guard subjectRole == pair.of, effect.how != 1, !world.cast.isPosition(effect.target) else { return [] }
      return targetEffects(effect, world)
    }
  }

  private static func targetEffects(_ effect: Effect, _ world: World) -> Set<String> {
    let operation = world.operation(effect)
    guard world.cast.isThreshold(effect.target) || world.cast.isRemovalFlag(effect.target) else { return [] }
    if operation == .subtractAssign
      || operation == .assign && world.dependsOn(effect.value, effect.target) && world.cast.isLoss(effect)
    {
      return ["damage"]
    }
    guard operation == .assign else { return [] }
    if effect.value.number == 0 || world.isFlag(effect) {
      return world.cast.isRemovalFlag(effect.target) ? ["remove"] : ["damage"]
    }
    return []
  }

  private static func playerEffects(_ consequence: Cast.Consequence, _ world: World) -> Set<String> {
    let effect = world.effects[consequence.effect]
    if world.cast.isHarm(effect) { return [Resources.isLives(world.lastName(effect.target)) ? "lives" : "damage"] }
    return world.isEnd(effect) ? ["end"] : []
  }
}
