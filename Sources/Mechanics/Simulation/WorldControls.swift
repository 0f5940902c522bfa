import JavaScriptSyntax
import Program

/// Inputs by which a person steers, fires, pauses, starts again and changes a world.
struct WorldControls: Mechanic {
  static let id = "control"

  static let examples: [Example] = [
    .found(
      SimulationExamples.shooter, ["target": .word("player"), "input": .word("keyboard"), "apply": .word("held")]),
    .found(SimulationExamples.shooter, ["target": .word("pause")]),
    .found(SimulationExamples.shooter, ["target": .word("reset"), "through": .word("state")]),
    .found(SimulationExamples.shooter, ["target": .word("fire")]),
    .found(SimulationExamples.meadow, ["target": .word("parameter"), "input": .word("slider")]),
    .found(SimulationExamples.meadow, ["target": .word("pause"), "input": .word("button")]),
    .absent(SimulationExamples.meadow, ["target": .word("reset")]),
    .absent(SimulationExamples.meadow, ["target": .word("player")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    return steering(world) + firing(scene.shared(BirthAnalysis.self)) + pauses(world) + resets(world)
      + parameters(world)
      + populations(scene.shared(BirthAnalysis.self))
  }

  // MARK: Steering

  private static func steering(_ world: World) -> [Finding] {
    guard let player = world.cast.player, world.cast.roles[player] == "player" else { return [] }
    var seen: [String: Finding] = [:]
    for effect in world.effects where effect.kind == .write && effect.how != 1 && world.cast.isPosition(effect.target) {
      guard world.cast.entity(ofPlace: world.index.place(effect.target)) == player, world.cast.inputs.moves(effect),
        world.cast.isMove(effect), !world.index.isLoadOnly(effect.frame), world.index.hasWay(to: effect)
      else { continue }
      for input in world.cast.inputs.inputs(of: effect).inputNames
      where ["keyboard", "pointer", "touch", "gamepad", "orientation", "wheel"].contains(input) {
        let apply = application(effect, input, world)
        let key = input + apply
        guard seen[key] == nil else { continue }
        let says = apply == "step" ? "moves by a fixed step in the handler" : "moves by what is held or pointed at"
        seen[key] = Finding(
          id, .found,
          facts: ["input": .word(input), "target": .word("player"), "of": .word("player"), "apply": .word(apply)],
          evidence: [world.index.evidence(effect, says)])
      }
    }
    return seen.keys.sorted().compactMap { seen[$0] }
  }

  private static func application(_ effect: Effect, _ input: String, _ world: World) -> String {
    guard world.inLoop(effect) else { return input == "keyboard" ? "step" : "target" }
    switch input {
    case "pointer", "touch": return "target"
    case "gamepad", "orientation": return "drive"
    default: return "held"
    }
  }

  private static func firing(_ births: BirthAnalysis) -> [Finding] {
    let world = births.world
    guard let birth = births.births.first(where: { $0.role == "player-shots" }) else { return [] }
    var inputs: Origin = []
    for guardID in world.conditions(birth.effect) {
      let item = world.tracer.guards[guardID]
      inputs.formUnion(item.value.origin.intersection(Origin.input))
      for dep in item.value.deps { inputs.formUnion(world.cast.inputs.origin(of: dep)) }
    }
    for entry in world.index.events(leadingTo: world.effects[birth.effect].frame) {
      inputs.formUnion(world.tracer.eventOrigin(entry.name))
    }
    let names = inputs.inputNames.filter { ["keyboard", "pointer", "touch", "gamepad"].contains($0) }
    guard !names.isEmpty else { return [] }
    return [
      Finding(
        id, .found, facts: ["input": .words(names), "target": .word("fire"), "of": .word("player")],
        evidence: [world.index.evidence(world.effects[birth.effect], "launches a shot")])
    ]
  }

  // MARK: Pausing

  private static func pauses(_ world: World) -> [Finding] {
    var result: [Finding] = []
    for place in world.gates.sorted() {
      let writers = (world.index.writes[place] ?? []).filter {
        world.effects[$0].how != 1 && isByPerson(world.effects[$0], world) && world.index.hasWay(to: world.effects[$0])
      }
      guard let stop = stopping(writers, place, world) else { continue }
      let share = controlled(place, world)
      let effect = world.effects[stop]
      if share >= 0.75, !runsOn(effect, place, world) {
        result.append(
          Finding(
            id, .found,
            facts: ["input": .words(inputs(of: effect, world)), "target": .word("pause"), "of": .word("world")].filter {
              allowed($0)
            },
            evidence: [world.index.evidence(effect, "stops and resumes the world")]))
      }
    }
    if result.isEmpty { result += stoppedLoops(world) }
    if result.isEmpty { result += idlePauses(world) }
    return result
  }

  /// Whether the world moves on in the state that a pause brings about, though it stands still in some other.
  private static func runsOn(_ effect: Effect, _ place: Int, _ world: World) -> Bool {
    let moved = Array((world.worldMotions + world.poolMotions).prefix(60))
    func running(_ word: String) -> Double {
      let claims = [Claim(place: place, kind: .equals(word)), Claim(place: place, kind: .truthy)]
      let count = moved.filter {
        world.index.hasWay(to: world.effects[$0], within: world.index.loopFrames, given: claims)
      }.count
      return Double(count) / Double(max(1, moved.count))
    }
    let pausing = effect.value.things.filter { $0.tag == .string }.map { world.tracer.symbolNames[$0.id] }
    guard !pausing.isEmpty, pausing.allSatisfy({ running($0) > 0.6 }) else { return false }
    let others = Set(
      (world.index.writes[place] ?? []).flatMap { number in
        world.effects[number].value.things.filter { $0.tag == .string }.map { world.tracer.symbolNames[$0.id] }
      }
    ).subtracting(pausing)
    return others.sorted().contains { running($0) < 0.4 }
  }

  /// `world` is no role of a control's `of`.
  private static func allowed(_ fact: (key: String, value: Fact)) -> Bool {
    !(fact.key == "of" && fact.value == .word("world")) && fact.value != .words([])
  }

  private static func isByPerson(_ effect: Effect, _ world: World) -> Bool { world.inHandler(effect) }

  /// The write by which a person stops the world: a toggle, one of two opposite values, or what is seen of the page.
  private static func stopping(_ writers: [Int], _ place: Int, _ world: World) -> Int? {
    if let toggle = writers.first(where: {
      world.effects[$0].value.origin.contains(.visibility) || world.isToggle(world.effects[$0])
    }) {
      return toggle
    }
    var values: [String: Int] = [:]
    for number in writers where world.isFlag(world.effects[number]) {
      for word in words(world.effects[number], world) where values[word] == nil { values[word] = number }
    }
    guard values.count > 1 else { return nil }
    // A start and a restart write the same; a pause writes something else that no end of the game does.
    let ends = Set(
      world.effects.indices.filter {
        world.inLoop(world.effects[$0]) && world.index.writes[place]?.contains($0) == true
      }.flatMap { words(world.effects[$0], world) })
    return values.sorted { $0.key < $1.key }.first { !ends.contains($0.key) }?.value
      ?? values.sorted { $0.key < $1.key }.first?.value
  }

  /// The constants that a write gives.
  private static func words(_ effect: Effect, _ world: World) -> [String] {
    let strings = effect.value.things.filter { $0.tag == .string }.map { world.tracer.symbolNames[$0.id] }
    if !strings.isEmpty { return strings }
    let code = world.index.code(effect)
    return [code[.right]?.text ?? code.list(.arguments).first?.text ?? code.text]
  }

  /// The share of the world's motions that a place decides about.
  private static func controlled(_ place: Int, _ world: World) -> Double {
    let moved = world.worldMotions + world.poolMotions
    guard !moved.isEmpty else { return 0 }
    let stopped = moved.filter { number in
      world.index.isAlways(world.effects[number], within: world.index.loopFrames) { item in
        item.value.deps.contains { world.matches(world.index.canonical($0), place) }
      }
    }
    return Double(stopped.count) / Double(moved.count)
  }

  private static func inputs(of effect: Effect, _ world: World) -> [String] {
    var result: Set<String> = []
    for entry in world.index.events(leadingTo: effect.frame) {
      let origin = world.tracer.eventOrigin(entry.name)
      if origin.contains(.visibility) { result.insert("visibility") }
      if origin == .pointer, isButton(entry.target, world) {
        result.insert("button")
      } else {
        result.formUnion(origin.inputNames)
      }
    }
    return result.sorted()
  }

  static func isButton(_ target: Value, _ world: World) -> Bool {
    target.things.contains { thing in
      guard thing.tag == .node, world.tracer.nodes[world.tracer.find(thing.id)].kind == .element else { return false }
      let type = world.tracer.symbolNames[world.tracer.nodes[world.tracer.find(thing.id)].type]
      return world.tracer.facts.element(type)?.name.lowercased() != "canvas" && !type.hasPrefix("element:page")
        && !type.hasPrefix("element:renderer")
    }
  }

  /// Loops that a handler stops and another starts again.
  private static func stoppedLoops(_ world: World) -> [Finding] {
    let names: Set<String> = ["clearInterval", "cancelAnimationFrame", "noLoop", "clearTimeout"]
    guard
      let stop = world.effects.first(where: { effect in
        guard effect.kind == .call, world.inHandler(effect) else { return false }
        let name = world.tracer.symbolNames[effect.how].split(separator: ".").last.map(String.init) ?? ""
        return names.contains(name) && name != "clearTimeout"
      })
    else { return [] }
    let restarts = world.index.loops.contains { loop in
      loop.entries.contains { !world.index.events(leadingTo: world.tracer.entries[$0].registrar).isEmpty }
    }
    guard
      restarts
        || world.effects.contains(where: {
          $0.kind == .call && world.inHandler($0) && world.tracer.symbolNames[$0.how].hasSuffix("loop")
        })
    else { return [] }
    return [
      Finding(
        id, .found, facts: ["input": .words(inputs(of: stop, world)), "target": .word("pause")].filter { allowed($0) },
        evidence: [world.index.evidence(stop, "stops the loop")])
    ]
  }

  /// A pause that only shows itself.
  private static func idlePauses(_ world: World) -> [Finding] {
    for (number, effect) in world.effects.enumerated()
    where effect.kind == .write && world.inHandler(effect) && effect.how != 1 {
      let name = world.lastName(effect.target).lowercased()
      guard ["paus", "running", "frozen", "stopp"].contains(where: { name.contains($0) }), world.isToggle(effect) else {
        continue
      }
      guard
        world.effects.contains(where: { $0.kind == .write && $0.frame == effect.frame && $0.site != effect.site })
          || number > 0
      else { continue }
      return [
        Finding(
          id, .broken, facts: ["target": .word("pause")], evidence: [world.index.evidence(effect, "toggled here")],
          reason: "the world's motion does not depend on `\(world.lastName(effect.target))`", failure: .structural,
          advice: "Skip the update while the world is paused.")
      ]
    }
    return []
  }

  // MARK: Starting again

  private static func resets(_ world: World) -> [Finding] {
    var result: [Finding] = []
    for effect in world.effects where isReload(effect, world) {
      result.append(
        Finding(
          id, .found, facts: ["target": .word("reset"), "through": .word("reload")],
          evidence: [world.index.evidence(effect, "loads the page anew")]))
      break
    }
    let finals = Finals(world)
    for (number, entry) in world.tracer.entries.enumerated() where entry.kind == .event {
      let effects = resetting(number, world)
      guard let first = effects.first else { continue }
      guard let effect = effects.first(where: { finals.allow($0, from: number) }) else {
        result.append(
          Finding(
            id, .refused, facts: ["target": .word("reset"), "through": .word("state")],
            evidence: [world.index.evidence(first.site, "would set the state back")],
            reason: "what has to hold for it does not hold after the end"))
        continue
      }
      let origin = world.tracer.eventOrigin(entry.name)
      let inputs = origin == .pointer && isButton(entry.target, world) ? ["button"] : origin.inputNames
      result.append(
        Finding(
          id, .found,
          facts: ["input": .words(inputs), "target": .word("reset"), "through": .word("state")].filter { allowed($0) },
          evidence: [world.index.evidence(effect, "sets the state back to its start")]))
    }
    return result
  }

  private static func isReload(_ effect: Effect, _ world: World) -> Bool {
    switch effect.kind {
    case .call:
      let path = world.tracer.symbolNames[effect.how]
      return path.hasSuffix("location.reload") || path.hasSuffix("history.go")
    case .write:
      guard case .thing(let root) = world.index.place(effect.target).root, root.tag == .node,
        let last = world.index.place(effect.target).path.last
      else { return false }
      let owner = world.tracer.nodeName(world.tracer.find(root.id))
      return world.tracer.symbolNames[last] == "href" && owner.hasSuffix("location")
        || world.tracer.symbolNames[last] == "location" && owner == "window"
    default: return false
    }
  }

  /// The effects by which an event puts a population or the counts back to their start.
  private static func resetting(_ number: Int, _ world: World) -> [Effect] {
    let frames = world.index.framesOfEntry[number].subtracting(
      world.index.loopFrames.intersection(loopOnly(number, world)))
    var lists: [Int: Effect] = [:]
    var counts = 0
    for effect in world.effects where frames.contains(effect.frame) {
      for (entity, _) in world.actors {
        guard let list = entity.list, lists[list] == nil,
          Emptying.empties(effect, list, world) || isRemade(effect, entity, world)
            || isSentToSleep(effect, entity, world)
        else { continue }
        lists[list] = effect
      }
      if effect.kind == .write, effect.how != 1, world.operation(effect) == .assign, effect.value.number != nil,
        isCounter(effect, world)
      {
        counts += 1
      }
    }
    guard !lists.isEmpty else { return [] }
    return lists.count > 1 || counts > 0 || world.actors.filter({ $0.entity.list != nil }).count == 1
      ? lists.sorted { $0.key < $1.key }.map { $0.value } : []
  }

  private static func loopOnly(_ number: Int, _ world: World) -> Set<Int> {
    var result: Set<Int> = []
    for loop in world.index.loops { for entry in loop.entries { result.insert(world.tracer.entries[entry].frame) } }
    return result
  }

  /// Whether an effect makes the world anew that holds a population.
  private static func isRemade(_ effect: Effect, _ entity: Entity, _ world: World) -> Bool {
    guard effect.kind == .write, effect.value.origin.contains(.fresh), let list = entity.list,
      world.tracer.nodes[list].home >= 0,
      case .thing(let owner) = world.index.place(world.tracer.nodes[list].home).root
    else { return false }
    return effect.value.things.contains {
      $0.tag == .node && owner.tag == .node && world.tracer.find($0.id) == world.tracer.find(owner.id)
    }
  }

  /// Whether an effect puts every member of a pool out of play.
  private static func isSentToSleep(_ effect: Effect, _ entity: Entity, _ world: World) -> Bool {
    guard effect.kind == .write, !world.inLoop(effect) else { return false }
    return world.cast.sleeps(of: entity).contains {
      world.effects[$0].site == effect.site && world.effects[$0].frame == effect.frame
    }
  }

  private static func isCounter(_ effect: Effect, _ world: World) -> Bool {
    (world.index.writes[world.index.canonical(effect.target)] ?? []).contains {
      world.inLoop(world.effects[$0]) && world.operation(world.effects[$0]) != .assign
    }
  }

  // MARK: Parameters

  private static func parameters(_ world: World) -> [Finding] {
    var result: [Finding] = []
    var seen: Set<String> = []
    // State that handlers write and the loop reads.
    for (number, effect) in world.effects.enumerated()
    where effect.kind == .write && world.inHandler(effect) && effect.how != 1 {
      let place = world.index.canonical(effect.target)
      guard isAdjusted(effect, world), !world.gates.contains(place), let use = use(of: place, number, world) else {
        continue
      }
      let inputs = adjusting(effect, world)
      guard !inputs.isEmpty else { continue }
      let target = use.isSpeed ? "speed" : "parameter"
      guard seen.insert(target + inputs.joined() + world.lastName(place)).inserted else { continue }
      result.append(
        Finding(
          id, .found, facts: ["input": .words(inputs), "target": .word(target), "apply": .word("event")],
          evidence: [
            world.index.evidence(effect, "written here"),
            world.index.evidence(use.site, "read here while the world runs"),
          ]))
    }
    // Inputs whose value the loop reads itself.
    for effect in world.effects where world.inLoop(effect) && effect.kind != .call {
      let direct: Origin = [.slider, .select, .checkbox]
      var origin = effect.value.origin.intersection(direct)
      var site = effect.site
      for guardID in world.index.chain(effect.guardID) where origin.isEmpty {
        origin = world.tracer.guards[guardID].value.origin.intersection(direct)
        site = world.tracer.guards[guardID].test
      }
      guard !origin.isEmpty, seen.insert("direct" + origin.inputNames.joined()).inserted else { continue }
      result.append(
        Finding(
          id, .found,
          facts: ["input": .words(origin.inputNames), "target": .word("parameter"), "apply": .word("held")],
          evidence: [world.index.evidence(site, "reads the input while the world runs")]))
    }
    return result
  }

  /// Whether a handler gives a place what the person chose.
  private static func isAdjusted(_ effect: Effect, _ world: World) -> Bool {
    let chosen: Origin = [.slider, .select, .checkbox, .text]
    if !effect.value.origin.isDisjoint(with: chosen) { return true }
    let place = world.index.canonical(effect.target)
    guard !world.isOfMember(place),
      !world.cast.isPosition(place) || world.cast.entity(ofPlace: world.index.place(place)) == nil
    else { return false }
    if world.cast.player != nil, world.cast.inputs.isState(place) && world.inputsAreHeld(place) { return false }
    let events = world.index.events(leadingTo: effect.frame)
    guard
      events.contains(where: {
        world.tracer.eventOrigin($0.name) == .pointer && isButton($0.target, world) || $0.name.hasPrefix("key")
      })
    else { return false }
    return world.operation(effect) != .assign || effect.value.number != nil || world.dependsOn(effect.value, place)
  }

  private static func adjusting(_ effect: Effect, _ world: World) -> [String] {
    let chosen = effect.value.origin.intersection([.slider, .select, .checkbox, .text]).inputNames
    return chosen.isEmpty ? inputs(of: effect, world).filter { $0 != "visibility" } : chosen
  }

  /// Where the loop uses a place for more than showing it.
  private static func use(of place: Int, _ writer: Int, _ world: World) -> (site: Int, isSpeed: Bool)? {
    var found: Int?
    for (number, effect) in world.effects.enumerated()
    where number != writer && world.inLoop(effect) && effect.kind != .call {
      if isElementWrite(effect, world) { continue }
      let isMotion = effect.kind == .write && world.cast.isPosition(effect.target)
      if world.sourcesOnce(of: effect.value).contains(where: { world.matches($0, place) }) {
        if isMotion { return (effect.site, true) }
        found = found ?? effect.site
      }
      for guardID in world.conditions(number)
      where world.tracer.guards[guardID].value.deps.contains(where: { world.matches(world.index.canonical($0), place) })
      {
        if world.tracer.guards[guardID].kind == .loop, isMotion { return (world.tracer.guards[guardID].test, true) }
        found = found ?? world.tracer.guards[guardID].test
      }
    }
    return found.map { ($0, false) }
  }

  private static func isElementWrite(_ effect: Effect, _ world: World) -> Bool {
    guard effect.kind == .write, case .thing(let root) = world.index.place(effect.target).root, root.tag == .node else {
      return false
    }
    let kind = world.tracer.nodes[world.tracer.find(root.id)].kind
    return kind == .element
      || kind == .host && world.tracer.nodes[world.tracer.find(root.id)].type >= 0
        && world.tracer.symbolNames[world.tracer.nodes[world.tracer.find(root.id)].type].hasPrefix("canvas:")
  }

  // MARK: Placing

  private static func populations(_ births: BirthAnalysis) -> [Finding] {
    var seen: Set<String> = []
    return births.births.compactMap { birth in
      guard birth.by == "reader", ["plants", "prey", "predators"].contains(birth.role) else { return nil }
      let effect = births.world.effects[birth.effect]
      let names = inputs(of: effect, births.world)
      guard !names.isEmpty, seen.insert(birth.role + names.joined()).inserted else { return nil }
      return Finding(
        id, .found,
        facts: [
          "input": .words(names), "target": .word("population"), "of": .word(birth.role), "apply": .word("event"),
        ],
        evidence: [births.world.index.evidence(effect, "adds members")])
    }
  }
}

extension World {
  /// Whether a place holds which keys are down or where the pointer is.
  func inputsAreHeld(_ place: Int) -> Bool {
    index.place(place).path.last == tracer.star || cast.inputs.origin(of: place).contains(.pointer)
  }

  /// The places that a value depends on, numbers that only pass on others looked through once.
  func sourcesOnce(of value: Value) -> Set<Int> {
    Set(index.expand(value.deps))
  }
}
