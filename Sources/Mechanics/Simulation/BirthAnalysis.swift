import JavaScriptSyntax
import Program

/// Where members are made while the program runs, by whom, and what limits it.
final class BirthAnalysis: SharedAnalysis {
  let world: World
  private(set) var births: [Birth] = []

  /// One place at which a member is made.
  struct Birth {
    var entity: Entity
    var role: String
    var by: String
    var limits: Set<String>
    var effect: Int
    var evidence: [Evidence]
    var isInLoop: Bool
    var several: Bool

    /// Whether something besides a threshold and a global cap limits it.
    var isLimited: Bool {
      let real: Set<String> = ["cost", "cooldown", "chance", "crowding", "ammunition", "press"]
      return !limits.isDisjoint(with: real) || role == "player-shots" && limits.contains("cap")
    }
  }

  init(_ scene: Scene) {
    world = scene.shared(World.self)
    for (entity, role) in world.actors where entity.list != nil {
      for number in world.cast.launches(of: entity) {
        if let birth = birth(number, world.effects[number], entity, role) { births.append(birth) }
      }
    }
  }

  private var index: TraceIndex { world.index }
  private var tracer: Tracer { world.tracer }

  private func birth(_ number: Int, _ effect: Effect, _ entity: Entity, _ role: String) -> Birth? {
    guard !world.cast.isTransfer(effect), !isMove(effect, entity) || tracer.viewed(effect.target) != nil else {
      return nil
    }
    let role = role == Cast.hazards ? "enemies" : role
    let inLoop = world.inLoop(effect)
    guard inLoop || !index.isLoadOnly(effect.frame) else { return nil }
    guard inLoop || !isReset(effect, entity) else { return nil }
    guard !inLoop || !isRefill(effect, entity) || role == "enemies" else { return nil }
    let by = maker(number, effect, entity, role, inLoop: inLoop)
    let (limits, evidence) = self.limits(number, effect, entity, role, inLoop: inLoop)
    var shown = [index.evidence(effect, "makes a member of \(world.cast.title(entity))")]
    shown += evidence
    return Birth(
      entity: entity, role: role, by: by, limits: limits, effect: number, evidence: shown, isInLoop: inLoop,
      several: world.conditions(number).contains { tracer.guards[$0].kind == .loop && isCounted($0) })
  }

  /// Whether members that exist already only come from another list.
  private func isMove(_ effect: Effect, _ entity: Entity) -> Bool {
    !effect.value.things.isEmpty
      && effect.value.things.allSatisfy { thing in
        thing.tag == .member && tracer.find(thing.id) != entity.list && tracer.stagings[tracer.find(thing.id)] == nil
          || thing.tag == .member && tracer.find(thing.id) == entity.list
      }
  }

  /// Whether a loop makes a number of members rather than going through a list.
  private func isCounted(_ guardID: Int) -> Bool {
    let item = tracer.guards[guardID]
    return !item.value.things.contains { thing in
      thing.tag == .view
        || thing.tag == .node && (world.role(.members(tracer.find(thing.id))) != nil || tracer.viewed(thing.id) != nil)
    }
  }

  /// Whether a handler fills a list anew after emptying it.
  private func isReset(_ effect: Effect, _ entity: Entity) -> Bool {
    guard let list = entity.list else { return false }
    let roots = Set(index.events(leadingTo: effect.frame).map { $0.frame })
    let reached = roots.reduce(into: Set<Int>()) { $0.formUnion(index.reach(from: $1)) }
    return world.effects.contains { other in
      guard reached.contains(other.frame) else { return false }
      return Emptying.empties(other, list, world)
    }
  }

  private func isRefill(_ effect: Effect, _ entity: Entity) -> Bool {
    guard let list = entity.list else { return false }
    return world.effects.contains {
      $0.frame == effect.frame && $0.kind == .write && Emptying.empties($0, list, world)
        && $0.value.origin.contains(.fresh)
    }
  }

  // MARK: Makers

  private func maker(_ number: Int, _ effect: Effect, _ entity: Entity, _ role: String, inLoop: Bool) -> String {
    if role == "player-shots" { return "player" }
    if !inLoop { return "reader" }
    let starts = starts(of: effect, entity)
    let sources = Set(starts.compactMap { world.cast.entity(ofPlace: tracer.places[$0]) })
    if role == "particles" { return particleMaker(number) }
    if role == "enemy-shots" {
      let through = goesThrough(effect).compactMap { world.role($0) }
      return sources.compactMap { world.role($0) }.contains("enemies") || through.contains("enemies")
        ? "enemies" : "timer"
    }
    if sources.contains(entity) { return role }
    let through = goesThrough(effect)
    if through.contains(entity) { return role }
    if let other = sources.compactMap({ world.role($0) }).first(where: {
      $0 != role && ["enemies", "prey", "predators", "plants"].contains($0)
    }), role != "enemies" {
      return other
    }
    return sources.compactMap { world.role($0) }.contains("enemies") ? "enemies" : "timer"
  }

  private func particleMaker(_ number: Int) -> String {
    let meets = world.conditions(number).contains { guardID in
      world.cast.contacts.contains { $0.guardID == guardID && $0.isTouching }
    }
    if meets { return "encounter" }
    // Some games note a hit and burst when they find it.
    let dies = world.conditions(number).contains { guardID in
      let item = tracer.guards[guardID]
      return item.kind != .loop
        && item.value.deps.contains { dep in
          world.isOfMember(dep) && world.role(world.cast.entity(ofPlace: index.place(dep))) == "enemies"
            && !world.cast.isPosition(dep) && (world.cast.isRemovalFlag(dep) || isHurt(dep))
        }
    }
    return dies ? "encounter" : "timer"
  }

  private func isHurt(_ place: Int) -> Bool {
    (index.writes[index.canonical(place)] ?? []).contains { world.operation(world.effects[$0]) == .subtractAssign }
  }

  /// The positions from which the members made by one push take theirs.
  private func starts(of effect: Effect, _ entity: Entity) -> Set<Int> {
    if effect.kind != .push || tracer.viewed(effect.target) != nil { return world.cast.startPlaces(of: entity) }
    let nodes = Set(effect.value.things.filter { $0.tag == .node }.map { tracer.find($0.id) })
    var result: Set<Int> = []
    for other in world.effects where other.kind == .write {
      guard case .thing(let root) = index.place(other.target).root, root.tag == .node,
        nodes.contains(tracer.find(root.id))
      else { continue }
      for dep in index.expand(other.value.deps) where world.cast.isPosition(dep) { result.insert(dep) }
    }
    for dep in index.expand(effect.value.deps) where world.cast.isPosition(dep) { result.insert(dep) }
    return result
  }

  /// The entities whose members are gone through on the way to an effect.
  private func goesThrough(_ effect: Effect) -> Set<Entity> {
    var result: Set<Entity> = []
    for frame in index.framesAbove(effect.frame, within: index.loopFrames) {
      let traced = tracer.frames[frame]
      for thing in traced.this.things where thing.tag == .member {
        if let entity = world.cast.entity(of: thing) { result.insert(entity) }
      }
      for value in traced.arguments {
        for thing in value.things where thing.tag == .member {
          if let entity = world.cast.entity(of: thing) { result.insert(entity) }
        }
      }
    }
    for guardID in world.conditionsOf(effect) where tracer.guards[guardID].kind == .loop {
      for thing in tracer.guards[guardID].value.things where thing.tag == .node || thing.tag == .view {
        if let viewed = tracer.viewed(thing.id) {
          for item in viewed { if let entity = world.cast.entity(of: item) { result.insert(entity) } }
        } else {
          result.insert(.members(tracer.find(thing.id), thing.tag == .view ? thing.variant : -1))
        }
      }
    }
    return result
  }

  // MARK: Limits

  private func limits(
    _ number: Int, _ effect: Effect, _ entity: Entity, _ role: String, inLoop: Bool
  ) -> (Set<String>, [Evidence]) {
    var limits: Set<String> = []
    var evidence: [Evidence] = []
    func add(_ limit: String, _ site: Int, _ says: String) {
      if limits.insert(limit).inserted { evidence.append(index.evidence(site, says)) }
    }
    let frames = inLoop ? index.loopFrames : Set(tracer.frames.indices)
    let making = makingConditions(effect)
    for guardID in world.conditions(number) + making
    where tracer.guards[guardID].kind != .loop && tracer.guards[guardID].kind != .overlap {
      let item = tracer.guards[guardID]
      let always =
        making.contains(guardID)
        || index.isAlways(effect, within: frames) { $0.test == item.test && $0.isNegated == item.isNegated }
      guard always else { continue }
      if item.value.origin.contains(.random), !isPress(item) { add("chance", item.test, "only by chance") }
      if item.value.origin.contains(.keyRepeat) { add("press", item.test, "once for each press of the key") }
      let deps = index.expand(item.value.deps)
      if deps.contains(where: { isCount($0, of: entity) }) { add("cap", item.test, "only below a number of members") }
      if isCrowding(item, entity, deps) { add("crowding", item.test, "only where there is room") }
      for dep in deps { limit(dep, item, effect, number, role, add) }
      if isMeal(guardID, entity) { add("cost", item.test, "only after a meal") }
    }
    if role == "player-shots", !inLoop || isSetOff(number) { pressed(effect, add) }
    if limits.isEmpty {
      if let item = (making + world.conditions(number)).map({ tracer.guards[$0] }).first(where: { item in
        item.kind != .loop
          && index.expand(item.value.deps).contains { world.isOfMember($0) && !world.cast.isPosition($0) }
      }) {
        add("threshold", item.test, "the only condition, which stays true")
      } else if !inLoop, role != "player-shots" {
        limits.insert("press")
      } else {
        limits.insert("none")
      }
    }
    return (limits, evidence)
  }

  /// The conditions under which the record that is added was made, in functions called from where it is added:
  /// `const young = parent.breed(); if (young) herd.push(young)`.
  private func makingConditions(_ effect: Effect) -> [Int] {
    var result: [Int] = []
    for thing in effect.value.things where thing.tag == .node {
      for making in tracer.makings[tracer.find(thing.id)] ?? [] where making.frame != effect.frame {
        let between = index.frames(from: making.frame, upTo: effect.frame)
        guard !between.isEmpty else { continue }
        result += index.chain(making.guardID)
        for frame in between {
          for edge in index.callers[frame] where between.contains(edge.caller) { result += index.chain(edge.guardID) }
        }
      }
    }
    var seen: Set<Int> = []
    return result.filter { seen.insert($0).inserted }
  }

  private func isPress(_ item: Guard) -> Bool { item.value.origin.contains(.keyboard) }

  private func isMeal(_ guardID: Int, _ entity: Entity) -> Bool {
    world.cast.contacts.contains { contact in
      contact.guardID == guardID && contact.isTouching
        && world.cast.meals.contains {
          $0.eater == entity && ($0.food == contact.a || $0.food == contact.b)
            && world.cast.subject(of: world.effects[$0.loss]) == $0.food && world.effects[$0.loss].kind != .write
        }
    }
  }

  private func isCount(_ place: Int, of entity: Entity) -> Bool {
    let stored = index.place(place)
    guard stored.path.last == tracer.symbol.length, case .thing(let root) = stored.root else { return false }
    let list = tracer.find(root.id)
    guard tracer.viewed(list) == nil else { return false }
    if root.tag == .member, root.variant >= 0, world.cast.entity(of: root) != entity { return false }
    return list == entity.list || tracer.nodes[list].lists.contains { $0 == entity.list }
      || entity.list.map { tracer.waits(list, for: $0) } ?? false
  }

  /// Whether a condition looks at neighbours of the same kind.
  private func isCrowding(_ item: Guard, _ entity: Entity, _ deps: [Int]) -> Bool {
    if item.value.origin.contains(.windowSize) { return false }
    for dep in deps {
      let stored = index.place(dep)
      guard case .thing(let root) = stored.root else { continue }
      if stored.path.last == tracer.symbol.length, root.tag == .node, let viewed = tracer.viewed(root.id),
        viewed.contains(where: { world.cast.entity(of: $0) == entity })
      {
        return true
      }
      if root.tag == .member, world.cast.entity(of: root) == entity, world.cast.isPosition(dep),
        isNeighbourTest(item, entity)
      {
        return true
      }
    }
    return false
  }

  /// Whether a condition counts or finds others nearby rather than minding a border.
  private func isNeighbourTest(_ item: Guard, _ entity: Entity) -> Bool {
    let code = tracer.facts.code(item.test)
    return code.descendants.contains { $0.kind == .callExpression }
      || code.descendants.contains { inner in
        inner.kind == .identifier
          && tracer.facts.binding(of: inner).map { binding in
            tracer.program.writes(of: tracer.program.bindings[binding].id).contains {
              $0.kind == .update || $0.value?.kind == .callExpression || $0.kind == .assignment
            }
          } ?? false
      }
  }

  /// What a number in a condition does: it is paid, it has to run out, or it is in stock.
  private func limit(
    _ dep: Int, _ item: Guard, _ effect: Effect, _ number: Int, _ role: String, _ add: (String, Int, String) -> Void
  ) {
    let place = index.canonical(dep)
    if world.cast.isPosition(place) { return }
    let ownConditions = Set(world.conditions(number) + makingConditions(effect))
    for writer in index.writes[place] ?? [] {
      let write = world.effects[writer]
      guard write.how != 1,
        sharesCondition(writer, place, ownConditions)
          || write.frame == effect.frame && sharesSite(writer, number, place)
      else { continue }
      let isOwn = world.isOfMember(place)
      if world.isFall(write) {
        if changesWithTime(place, besides: writer), !isOwn, world.operation(write) == .assign { continue }
        if isOwn {
          add("cost", write.site, "the parent pays for it")
        } else if !isClockwork(place) {
          add("ammunition", write.site, "taken from a stock")
        }
      } else if world.operation(write) == .assign {
        if isOwn, asksForMuch(item, place), !world.isFlag(write) {
          add("cost", write.site, "the parent is set back")
        } else if changesWithTime(place, besides: writer) || write.value.origin.contains(.clock)
          || item.value.origin.contains(.elapsed)
        {
          // A pause of no length is none.
          if write.value.number == 0, !isReleased(place) { continue }
          add("cooldown", write.site, "starts a pause before the next")
        } else if role == "player-shots", !world.gates.contains(place),
          world.inLoop(write) || write.frame == effect.frame,
          world.cast.inputs.isState(place) || isReleased(place)
        {
          if write.value.number == nil, write.value.deps.isEmpty {
            add("press", write.site, "waits until the key is let go")
          }
        } else if isOwn, !world.isFlag(write),
          write.value.number != nil || write.value.deps.contains(where: { world.isOfMember($0) })
        {
          add("cost", write.site, "the parent is set back")
        }
      }
    }
    if item.value.origin.contains(.elapsed), !world.isOfMember(place), !asksForNoTime(item),
      (index.writes[place] ?? []).contains(where: { world.effects[$0].value.origin.contains(.clock) })
    {
      add("cooldown", item.test, "not before some time has passed")
    }
  }

  /// Whether a condition on the time that passed asks for none: `now - last > 0`.
  private func asksForNoTime(_ item: Guard) -> Bool {
    let test = tracer.facts.code(item.test)
    return test.descendants.contains { code in
      guard code.kind == .binaryExpression, [.greater, .greaterOrEqual].contains(code.detail),
        code[.left]?.unwrapped.kind == .binaryExpression, let right = code[.right]
      else { return false }
      return tracer.facts.number(right).map { $0 <= 0 } ?? false
    }
  }

  /// Whether a condition holds while there is much of a number rather than when it has run out.
  private func asksForMuch(_ item: Guard, _ place: Int) -> Bool {
    let name = world.lastName(place)
    return tracer.facts.code(item.test).descendants.contains { test in
      guard test.kind == .binaryExpression, let left = test[.left], let right = test[.right] else { return false }
      let isLeft = left.descendants.contains { $0.name == name }
      guard isLeft || right.descendants.contains(where: { $0.name == name }) else { return false }
      switch test.detail {
      case .greater, .greaterOrEqual: return isLeft != item.isNegated
      case .less, .lessOrEqual: return isLeft == item.isNegated
      default: return false
      }
    }
  }

  private func isClockwork(_ place: Int) -> Bool {
    changesWithTime(place, besides: -1)
      && !(index.writes[place] ?? []).contains {
        world.isFall(world.effects[$0]) && !isUnconditional(world.effects[$0])
      }
  }

  private func isUnconditional(_ effect: Effect) -> Bool {
    index.chain(effect.guardID).allSatisfy { tracer.guards[$0].kind == .loop }
  }

  /// Whether a write runs under a condition on the same number as a birth does.
  private func sharesCondition(_ writer: Int, _ place: Int, _ birthConditions: Set<Int>) -> Bool {
    world.conditions(writer).contains { guardID in
      guard birthConditions.contains(guardID) else { return false }
      let item = tracer.guards[guardID]
      guard item.kind != .loop, index.expand(item.value.deps).contains(where: { world.matches($0, place) }) else {
        return false
      }
      return !(item.kind == .early && comparesWithZero(item, place))
    }
  }

  private func sharesSite(_ writer: Int, _ number: Int, _ place: Int) -> Bool {
    let own = Set(index.chain(world.effects[number].guardID).map { tracer.guards[$0].test })
    return index.chain(world.effects[writer].guardID).contains { guardID in
      let item = tracer.guards[guardID]
      return own.contains(item.test) && item.kind != .loop
        && index.expand(item.value.deps).contains { world.matches($0, place) }
        && !(item.kind == .early && comparesWithZero(item, place))
    }
  }

  /// Whether a condition only asks whether a number has run out.
  private func comparesWithZero(_ item: Guard, _ place: Int) -> Bool {
    let name = world.lastName(place)
    let tests = tracer.facts.code(item.test).descendants.filter {
      $0.kind == .binaryExpression && [.less, .lessOrEqual, .equal, .strictEqual].contains($0.detail)
    }
    let own = tests.filter { test in test.descendants.contains { $0.name == name } }
    return !own.isEmpty && own.allSatisfy { $0[.right].flatMap { tracer.facts.program.constant(of: $0).number } == 0 }
  }

  /// Whether a place is counted up or down, or set back by a timer, in the course of time.
  private func changesWithTime(_ place: Int, besides writer: Int) -> Bool {
    (index.writes[place] ?? []).contains { number in
      guard number != writer else { return false }
      let effect = world.effects[number]
      let isTimer = (index.entriesOfFrame[effect.frame] ?? []).contains {
        tracer.entries[$0].kind == .timeout && tracer.entries[$0].frame == effect.frame
      }
      if isTimer { return true }
      guard world.inLoop(effect), effect.how != 1 else { return false }
      let operation = world.operation(effect)
      if operation == .addAssign || operation == .subtractAssign { return true }
      return operation == .assign && world.dependsOn(effect.value, place)
        && (world.isRise(effect) || world.cast.isLoss(effect))
    }
  }

  /// Whether the release of a key or button sets a place back.
  private func isReleased(_ place: Int) -> Bool {
    (index.writes[place] ?? []).contains { number in
      index.events(leadingTo: world.effects[number].frame).contains {
        $0.name == "keyup" || $0.name.hasSuffix("up") || $0.name == "touchend"
      }
    }
  }

  private func isSetOff(_ number: Int) -> Bool { false }

  /// What a handler that fires by itself is held back by.
  private func pressed(_ effect: Effect, _ add: (String, Int, String) -> Void) {
    guard !world.inLoop(effect) else { return }
    let names = index.events(leadingTo: effect.frame).map { $0.name }
    let presses: Set<String> = [
      "click", "mousedown", "pointerdown", "touchstart", "keyup", "mouseup", "pointerup", "touchend", "tap",
    ]
    if !names.isEmpty, names.allSatisfy({ presses.contains($0) }) { add("press", effect.site, "once for each press") }
  }
}

/// Ways in which all members of a list go at once.
enum Emptying {
  static func empties(_ effect: Effect, _ list: Int, _ world: World) -> Bool {
    let tracer = world.tracer
    switch effect.kind {
    case .remove:
      guard tracer.find(effect.target) == list else { return false }
      let how = tracer.symbolNames[effect.how]
      if how == "clear" { return true }
      if how == "length" { return true }
      return how == "splice" && effect.arguments.first?.number == 0 && effect.arguments.count < 3
    case .write:
      guard effect.value.origin.contains(.fresh), tracer.nodes[list].home >= 0 else { return false }
      return world.matches(world.index.canonical(effect.target), world.index.canonical(tracer.nodes[list].home))
        && effect.value.things.contains { $0.tag == .node && tracer.find($0.id) == list }
    default: return false
    }
  }
}

extension World {
  /// Every condition on some way to an effect that is not known by its number.
  func conditionsOf(_ effect: Effect) -> [Int] {
    index.conditions(of: effect, within: inLoop(effect) ? index.loopFrames : Set(tracer.frames.indices))
  }
}

/// Places where members are made while the program runs.
struct Births: Mechanic {
  static let id = "birth"

  static let examples: [Example] = [
    .found(
      SimulationExamples.shooter, ["of": .word("player-shots"), "limit": .word("cooldown"), "limited": .flag(true)]),
    .found(SimulationExamples.shooter, ["of": .word("enemy-shots"), "by": .word("enemies")]),
    .found(
      SimulationExamples.meadow,
      ["of": .word("prey"), "by": .word("prey"), "limit": .word("cost"), "limited": .flag(true)]),
    .found(SimulationExamples.meadow, ["of": .word("predators"), "by": .word("timer")]),
    .absent(SimulationExamples.meadow, ["of": .word("prey"), "by": .word("prey"), "limited": .flag(false)]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let analysis = scene.shared(BirthAnalysis.self)
    return analysis.births.map { birth in
      let isRefusedReader = birth.by == "reader" && birth.role != "player-shots"
      var facts: [String: Fact] = [
        "of": .word(birth.role), "by": .word(birth.by), "limit": .words(birth.limits.sorted()),
        "several": .flag(birth.several),
      ]
      facts["limited"] = .flag(birth.isLimited || isRefusedReader)
      return Finding(id, .found, facts: facts, evidence: Array(birth.evidence.prefix(5)))
    } + Pools.births(scene.shared(World.self))
  }
}
