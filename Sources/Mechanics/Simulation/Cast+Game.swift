import JavaScriptSyntax
import Program

/// The parts of a game: who is steered, what is launched, what that hits and what hits back.
extension Cast {
  // MARK: Changes

  /// The entity that a write, push or removal changes.
  func subject(of effect: Effect) -> Entity? {
    switch effect.kind {
    case .write:
      let place = index.place(effect.target)
      guard case .thing(let root) = place.root else { return nil }
      return root.tag == .member ? entity(of: root) : entity(ofPlace: place)
    case .push, .remove, .elementWrite: return listEntity(effect.target, effect.arguments)
    case .call: return nil
    }
  }

  private func listEntity(_ list: Int, _ arguments: [Value]) -> Entity? {
    let list = tracer.find(list)
    if let viewed = tracer.viewed(list)?.first { return entity(of: viewed) }
    for dep in arguments.first?.deps ?? [] where isIdentity(dep) {
      guard case .thing(let root) = index.place(dep).root, root.tag == .member, tracer.find(root.id) == list else {
        continue
      }
      return entity(of: root)
    }
    for argument in arguments {
      for thing in argument.things where thing.tag == .view { return entity(of: .member(thing.id, thing.variant)) }
    }
    return .members(list)
  }

  func dependsOnItself(_ effect: Effect) -> Bool {
    let wanted = index.canonical(effect.target)
    return effect.value.deps.contains { index.canonical($0) == wanted }
  }

  /// Whether a write moves rather than puts back or clamps.
  func isMove(_ effect: Effect) -> Bool {
    guard effect.operation == NodeDetail.assign.rawValue else {
      // A step of nothing is none.
      return effect.arguments.first.map { $0.number != 0 || !$0.deps.isEmpty } ?? true
    }
    let wanted = index.canonical(effect.target)
    let others = effect.value.deps.contains { index.canonical($0) != wanted }
    guard dependsOnItself(effect) else {
      if isClampedBack(effect) { return false }
      return !effect.value.deps.isEmpty
        || !effect.value.origin.isDisjoint(with: Origin.input.union([.elapsed, .clock, .random]))
    }
    // `x = clamp(x)` only holds a body in its place.
    guard let right = index.code(effect)[.right] else { return others }
    return others && !isClamp(right) || right.descendants.contains { isSum($0) }
  }

  private func isSum(_ code: Code) -> Bool {
    code.kind == .binaryExpression && (code.detail == .add || code.detail == .subtract)
  }

  /// `clamp(x, low, high)` and `Math.max(low, Math.min(x, high))` without a change of `x` inside.
  private func isClamp(_ code: Code) -> Bool {
    let code = code.unwrapped
    guard code.kind == .callExpression, let callee = code[.callee]?.unwrapped else { return false }
    let name = callee.kind == .memberExpression ? callee[.property]?.name ?? "" : callee.name
    return ["min", "max", "clamp"].contains(name) && !code.descendants.contains { isSum($0) }
  }

  /// Whether a write only puts a coordinate back to a bound that a condition on it has found passed.
  private func isClampedBack(_ effect: Effect) -> Bool {
    let wanted = index.canonical(effect.target)
    guard !effect.value.deps.contains(where: { isPosition($0) && index.canonical($0) != wanted }) else { return false }
    return index.chain(effect.guardID).contains { guardID in
      let item = tracer.guards[guardID]
      return item.kind == .branch && item.value.deps.contains { index.canonical($0) == wanted }
        && pairs(in: item.value).isEmpty
    }
  }

  // MARK: The player

  func findPlayer() -> Entity? {
    var steered: [Entity: Double] = [:]
    for effect in tracer.effects where effect.kind == .write && isPosition(effect.target) && effect.how != 1 {
      guard let entity = entity(ofPlace: index.place(effect.target)), inputs.moves(effect), isMove(effect) else {
        continue
      }
      // Dragging organisms about does not make them the player.
      guard case .single(let place) = entity.kind, isBody(place) else { continue }
      steered[entity, default: 0] += inputs.isKeyed(effect) ? 2 : 1
    }
    var tested: [Entity: Int] = [:]
    for contact in contacts {
      if contact.b.list != nil { tested[contact.a, default: 0] += 1 }
      if contact.a.list != nil { tested[contact.b, default: 0] += 1 }
    }
    let hurt = hurtBodies()
    func rank(_ entity: Entity) -> Double {
      ((tested[entity] ?? 0) > 0 ? 100 : 0) + (hurt[entity] != nil ? 50 : 0) + (hintsAt("player", entity) ? 20 : 0)
        + min(steered[entity] ?? 0, 19)
    }
    let best = steered.keys.sorted().max { rank($0) < rank($1) }
    if let best, rank(best) >= 100 { return best }
    // A ship that nothing steers any more is still what the others are after.
    let victim = hurt.keys.sorted().max { rank($0) < rank($1) }
    if let victim, best.map({ rank(victim) > rank($0) }) ?? true, isShooter || hintsAt("player", victim) {
      return victim
    }
    return best
  }

  /// Whether input makes members of some list that are tested against others.
  private var isShooter: Bool {
    movingLists().contains { isLaunchedByInput($0) && isTestedAgainstOthers($0) }
  }

  /// The single bodies to which a meeting with members of a list does harm.
  private func hurtBodies() -> [Entity: Int] {
    var result: [Entity: Int] = [:]
    for consequence in consequences where isHarm(tracer.effects[consequence.effect]) {
      for (body, other) in [
        (consequence.contact.a, consequence.contact.b), (consequence.contact.b, consequence.contact.a),
      ] where other.list != nil {
        if case .single(let place) = body.kind, isBody(place) { result[body, default: 0] += 1 }
      }
    }
    return result
  }

  // MARK: Roles

  /// Hostile things that only get in the way while others shoot: they hurt, count and pile up as enemies do.
  static let hazards = "hazards"

  func assignGameRoles() {
    // A rubric that speaks of plants and not of a player asks for no game.
    guard let player, hints.words["plants"] == nil || hints.words["player"] != nil else { return }
    roles[player] = "player"
    let lists = movingLists().union(launchedLists())
    let shots = playerShots(lists)
    var enemies = targets(of: shots)
    for entity in harmers(of: player)
    where !shots.contains(entity) && !isLaunched(entity, from: enemies) && !isPickUp(entity) {
      enemies.insert(entity)
    }
    let enemyShots = lists.filter {
      !shots.contains($0) && !enemies.contains($0) && isLaunched($0, from: enemies) && !isPickUp($0)
    }
    for entity in shots { roles[entity] = "player-shots" }
    for entity in enemies.sorted() {
      // What enemies launch and what hurts the player is a shot even when it can be shot down.
      roles[entity] =
        isLaunched(entity, from: enemies.subtracting([entity])) && harmers(of: player).contains(entity)
          && isSmall(entity) ? "enemy-shots" : "enemies"
    }
    for entity in enemyShots where roles[entity] == nil {
      roles[entity] = isParticleLike(entity) ? "particles" : "enemy-shots"
    }
    for entity in lists.sorted() where roles[entity] == nil && isParticleLike(entity) { roles[entity] = "particles" }
    setApartHazards()
  }

  private func playerShots(_ lists: Set<Entity>) -> Set<Entity> {
    let tested = lists.filter { isTestedAgainstOthers($0) }
    let launched = tested.filter { isLaunchedByInput($0) }
    let aimed = launched.filter { startsAtPlayer($0) }
    if !aimed.isEmpty { return aimed }
    if !launched.isEmpty { return launched }
    let started = tested.filter { startsAtPlayer($0) }
    if !started.isEmpty { return started }
    return lists.filter { isLaunchedByInput($0) }
  }

  /// What suffers from shots, or at least is tested against them.
  private func targets(of shots: Set<Entity>) -> Set<Entity> {
    var suffering: Set<Entity> = []
    var tested: Set<Entity> = []
    for consequence in consequences {
      let (a, b) = (consequence.contact.a, consequence.contact.b)
      for (actor, target) in [(a, b), (b, a)] where shots.contains(actor) && target != player && !shots.contains(target)
      {
        if let subject = subject(of: tracer.effects[consequence.effect]), subject == target { suffering.insert(target) }
      }
    }
    for contact in contacts where contact.isTouching {
      for (actor, target) in [(contact.a, contact.b), (contact.b, contact.a)]
      where shots.contains(actor) && target != player && !shots.contains(target) { tested.insert(target) }
    }
    let lists = suffering.filter { $0.list != nil || isLaunchSource($0) }
    return lists.isEmpty ? (suffering.isEmpty ? tested : suffering) : lists
  }

  /// Whether members of some list start where a body is.
  private func isLaunchSource(_ entity: Entity) -> Bool {
    movingLists().contains { isLaunched($0, from: [entity]) }
  }

  /// Where some enemies shoot, rocks and the like are not what the game is about.
  private func setApartHazards() {
    let enemies = roles.filter { $0.value == "enemies" }.keys
    let shots = roles.filter { $0.value == "enemy-shots" }.keys
    let shooters = enemies.filter { enemy in shots.contains { isLaunched($0, from: [enemy]) } }
    guard !shooters.isEmpty else { return }
    for entity in enemies where !shooters.contains(entity) && !isCalledEnemy(entity) { roles[entity] = Self.hazards }
  }

  private func isCalledEnemy(_ entity: Entity) -> Bool {
    let rocks = ["asteroid", "meteor", "rock", "obstac", "mine", "fels", "debris", "hindernis", "隕石", "陨石"]
    return hintsAt("enemies", entity)
      && !names(of: entity).contains { name in rocks.contains { name.lowercased().contains($0) } }
  }

  private func isSmall(_ entity: Entity) -> Bool { hintsAt("enemy-shots", entity) || hintsAt("player-shots", entity) }

  /// Lists whose members move while the program runs.
  func movingLists() -> Set<Entity> {
    if let known = movingListsCache { return known }
    var result: Set<Entity> = []
    for effect in tracer.effects
    where effect.kind == .write && effect.how != 1 && index.loopFrames.contains(effect.frame)
      && isPosition(effect.target)
    {
      guard case .thing(let root) = index.place(effect.target).root, root.tag == .member,
        let entity = entity(of: root)
      else { continue }
      result.insert(entity)
    }
    movingListsCache = result
    return result
  }

  // MARK: Launching

  /// The pushes that add members to an entity's list.
  func pushes(to entity: Entity) -> [Effect] {
    guard let list = entity.list else { return [] }
    return tracer.effects.filter {
      $0.kind == .push && leads($0.target, to: list) && fits($0.value, entity)
        && (!tracer.waits($0.target, for: list) || holds($0.value, list))
    }
  }

  /// The effects by which members come into play: pushes, and what wakes a member of a pool.
  func launches(of entity: Entity) -> [Int] {
    guard let list = entity.list else { return [] }
    if let known = launchCache[entity] { return known }
    let found = tracer.effects.indices.filter { number in
      let effect = tracer.effects[number]
      switch effect.kind {
      case .push:
        if leads(effect.target, to: list) { return fits(effect.value, entity) }
        return isView(effect.target, of: list) && isPlaced(entity, in: effect.frame)
      case .write: return isWaking(effect, entity)
      default: return false
      }
    }
    launchCache[entity] = found
    return found
  }

  /// Lists of which input or the loop wakes members.
  private func launchedLists() -> Set<Entity> {
    var result: Set<Entity> = []
    for effect in tracer.effects where effect.kind == .write && effect.how != 1 {
      guard case .thing(let root) = index.place(effect.target).root, root.tag == .member, let entity = entity(of: root),
        !result.contains(entity), isWaking(effect, entity)
      else { continue }
      result.insert(entity)
    }
    return result.intersection(movingLists())
  }

  /// Whether a write brings a member of a pool into play: it sets what decides about taking part, where the member is placed.
  private func isWaking(_ effect: Effect, _ entity: Entity) -> Bool {
    guard effect.kind == .write, effect.how != 1, effect.operation == NodeDetail.assign.rawValue,
      case .thing(let root) = index.place(effect.target).root, root.tag == .member,
      isSameList(self.entity(of: root), entity),
      !isPosition(effect.target), !index.isFalsy(effect), !dependsOnItself(effect), isPartaking(effect.target)
    else { return false }
    return isPlaced(entity, in: effect.frame) && isToldKind(entity, effect.frame)
  }

  private func isSameList(_ a: Entity?, _ b: Entity) -> Bool { a == b || a?.list != nil && a?.list == b.list }

  /// Whether members of a pool that holds several kinds are told near a frame that they are of one kind.
  private func isToldKind(_ entity: Entity, _ frame: Int) -> Bool {
    guard case .members(let list, let variant) = entity.kind, tracer.variantKeys.indices.contains(variant),
      case .field(let name, let wanted) = tracer.variantKeys[variant]
    else { return true }
    let told = tracer.effects.filter { effect in
      guard effect.kind == .write, effect.how != 1, index.place(effect.target).path.last == name,
        case .thing(let root) = index.place(effect.target).root, root.tag == .member, tracer.find(root.id) == list
      else { return false }
      return isJoined(effect.frame, frame)
    }
    return told.isEmpty || told.contains { $0.value.things.contains(.string(wanted)) }
  }

  /// Whether a property of members says which of them take part: it is set back somewhere and decides what runs.
  func isPartaking(_ place: Int) -> Bool {
    let wanted = index.canonical(place)
    if let known = partakingCache[wanted] { return known }
    let writers = (index.writes[wanted] ?? []).map { tracer.effects[$0] }
    let ends = writers.contains { effect in
      effect.how != 1
        && (index.isFalsy(effect)
          || effect.operation == NodeDetail.subtractAssign.rawValue && index.loopFrames.contains(effect.frame))
    }
    let found = ends && (isThreshold(wanted) || isVisibility(wanted) || isRemovalFlag(wanted))
    partakingCache[wanted] = found
    return found
  }

  private func isVisibility(_ place: Int) -> Bool {
    index.place(place).path.last.map { ["visible", "isVisible"].contains(tracer.symbolNames[$0]) } ?? false
  }

  /// Whether a frame, or one that calls it or that it calls, gives a member a position that does not follow from its old one.
  private func isPlaced(_ entity: Entity, in frame: Int) -> Bool {
    placings(of: entity).contains { isJoined($0.frame, frame) }
  }

  /// Whether one frame is or directly calls the other.
  func isJoined(_ a: Int, _ b: Int) -> Bool {
    a == b || index.callers[a].contains { $0.caller == b } || index.callers[b].contains { $0.caller == a }
  }

  /// Whether a write only gives a member its place as it comes into play.
  func isPlacing(_ effect: Effect, of entity: Entity) -> Bool {
    guard effect.operation == NodeDetail.assign.rawValue, !dependsOnItself(effect) else { return false }
    return launches(of: entity).contains { isJoined(tracer.effects[$0].frame, effect.frame) }
  }

  /// Whether the members of a pool all start out of play and nothing ever brings one into it.
  func isIdle(_ entity: Entity) -> Bool {
    let places = Set(sleeps(of: entity).map { index.canonical(tracer.effects[$0].target) })
    guard !places.isEmpty, launches(of: entity).isEmpty else { return false }
    return places.contains { place in
      guard let writers = index.writers(of: place) else { return false }
      return writers.allSatisfy { index.isFalsy($0) }
    }
  }

  /// The effects by which members of a pool go out of play.
  func sleeps(of entity: Entity) -> [Int] {
    if let known = sleepCache[entity] { return known }
    let found = tracer.effects.indices.filter { number in
      let effect = tracer.effects[number]
      guard effect.kind == .write, effect.how != 1, index.isFalsy(effect),
        case .thing(let root) = index.place(effect.target).root, root.tag == .member
      else { return false }
      return self.entity(of: root).map { $0 == entity || $0.list == entity.list } ?? false && !isPosition(effect.target)
        && isPartaking(effect.target)
    }
    sleepCache[entity] = found
    return found
  }

  /// The writes that give members a position that does not follow from their old one.
  private func placings(of entity: Entity) -> [Effect] {
    if let known = placingCache[entity] { return known }
    let found = tracer.effects.filter { effect in
      guard effect.kind == .write, effect.operation == NodeDetail.assign.rawValue, isPosition(effect.target),
        !dependsOnItself(effect), case .thing(let root) = index.place(effect.target).root, root.tag == .member
      else { return false }
      return isSameList(self.entity(of: root), entity)
    }
    placingCache[entity] = found
    return found
  }

  /// Whether what is added to a list comes to be in another: at once, or after waiting in between.
  private func leads(_ target: Int, to list: Int) -> Bool {
    let target = tracer.find(target)
    if target == list { return true }
    return tracer.waits(target, for: list)
  }

  /// Whether one of the records that a value can be is a member of a list.
  private func holds(_ value: Value, _ list: Int) -> Bool {
    let members = Set(tracer.memberNodes(of: list))
    return value.things.contains { $0.tag == .node && members.contains(tracer.find($0.id)) }
  }

  private func isView(_ target: Int, of list: Int) -> Bool {
    let target = tracer.find(target)
    return target != list && tracer.nodes[target].home >= 0
      && (tracer.viewed(target)?.contains { tracer.find($0.id) == list } ?? false)
  }

  private func fits(_ value: Value, _ entity: Entity) -> Bool {
    guard case .members(let list, let variant) = entity.kind, variant >= 0 else { return true }
    return value.things.contains { thing in
      thing.tag == .node && tracer.memberNodes(of: list, variant: variant).contains(tracer.find(thing.id))
    }
  }

  /// Whether members only pass from one list to another.
  func isTransfer(_ effect: Effect) -> Bool {
    effect.value.things.allSatisfy { $0.tag == .member && tracer.stagings[tracer.find($0.id)] != nil }
      && !effect.value.things.isEmpty
  }

  private func isLaunchedByInput(_ entity: Entity) -> Bool {
    launches(of: entity).contains { inputs.causes(tracer.effects[$0]) && !isRefill(tracer.effects[$0]) }
  }

  /// Whether a list is filled anew where it was just emptied.
  private func isRefill(_ effect: Effect) -> Bool {
    guard effect.kind == .push else { return false }
    let list = tracer.find(effect.target)
    let home = tracer.nodes[list].home
    return tracer.effects.contains { other in
      guard other.frame == effect.frame, other.site < effect.site else { return false }
      switch other.kind {
      case .write:
        return home >= 0 && other.value.origin.contains(.fresh) && other.how != 1
          && index.canonical(other.target) == index.canonical(home)
      case .remove:
        return tracer.find(other.target) == list && ["length", "clear"].contains(tracer.symbolNames[other.how])
      default: return false
      }
    }
  }

  private func startsAtPlayer(_ entity: Entity) -> Bool {
    guard let player else { return false }
    return startPlaces(of: entity).contains { self.entity(ofPlace: tracer.places[$0]) == player }
  }

  /// The places from which new members take their position.
  func startPlaces(of entity: Entity) -> Set<Int> {
    if let known = startCache[entity] { return known }
    var result: Set<Int> = []
    guard let list = entity.list else { return [] }
    let nodes = Set(
      tracer.memberNodes(
        of: list, variant: { if case .members(_, let variant) = entity.kind { variant } else { -1 } }()))
    for effect in tracer.effects where effect.kind == .write {
      guard case .thing(let root) = index.place(effect.target).root, root.tag == .node,
        nodes.contains(tracer.find(root.id)) || isPartOf(tracer.find(root.id), nodes)
      else { continue }
      for dep in index.expand(effect.value.deps) where isPosition(dep) { result.insert(dep) }
    }
    let launching = Set(launches(of: entity).map { tracer.effects[$0].frame })
    for effect in placings(of: entity) where launching.contains(where: { isJoined($0, effect.frame) }) {
      for dep in index.expand(effect.value.deps) where isPosition(dep) { result.insert(dep) }
    }
    startCache[entity] = result
    return result
  }

  private func isPartOf(_ node: Int, _ nodes: Set<Int>) -> Bool {
    guard node < tracer.nodes.count else { return false }
    for owner in nodes {
      for value in tracer.nodes[owner].fields.values
      where value.things.contains(where: { $0.tag == .node && tracer.find($0.id) == node }) { return true }
    }
    return false
  }

  // MARK: Meeting

  private func isTestedAgainstOthers(_ entity: Entity) -> Bool {
    contacts.contains { ($0.a == entity && $0.b != player) || ($0.b == entity && $0.a != player) }
  }

  private func isTested(_ entity: Entity) -> Bool {
    contacts.contains { $0.isTouching && ($0.a == entity || $0.b == entity) }
  }

  /// The lists whose members hurt the player on contact.
  func harmers(of player: Entity) -> Set<Entity> {
    if let known = harmerCache { return known }
    var result: Set<Entity> = []
    for consequence in consequences {
      let contact = consequence.contact
      guard contact.a == player || contact.b == player else { continue }
      let other = contact.a == player ? contact.b : contact.a
      if isHarm(tracer.effects[consequence.effect]) { result.insert(other) }
    }
    if self.player == player { harmerCache = result }
    return result
  }

  /// Whether an effect takes from what the player lives on: a number that ends something when it has run out, that is the
  /// player's own, or that is called so.
  func isHarm(_ effect: Effect) -> Bool {
    guard effect.kind == .write, effect.how != 1, !isPosition(effect.target) else { return false }
    let place = index.place(effect.target)
    if case .thing(let root) = place.root, root.tag == .member { return false }
    let isLost =
      effect.operation == NodeDetail.subtractAssign.rawValue
      || effect.operation == NodeDetail.assign.rawValue && dependsOnItself(effect) && isLoss(effect)
    guard isLost, let name = placeName(effect.target) else { return false }
    if PositionNames.velocities.contains(name) { return false }
    return VitalNames.isVital(name) || isExhausted(effect.target) || isPlayersOwn(place)
  }

  /// The last name of a place, of its variable when there is no other.
  private func placeName(_ place: Int) -> String? {
    let stored = index.place(place)
    if let last = stored.path.last, tracer.symbolNames[last] != "value" || stored.path.count > 1 {
      return tracer.symbolNames[last]
    }
    if case .binding(let binding) = stored.root, binding >= 0 { return tracer.program.bindings[binding].name }
    return stored.path.last.map { tracer.symbolNames[$0] }
  }

  private func isPlayersOwn(_ place: Place) -> Bool {
    guard let player, case .single(let body) = player.kind, place.path.count == 1 else { return false }
    let stored = index.place(body)
    return stored.root == place.root && stored.path.isEmpty && isThreshold(tracer.place(place.root, place.path))
  }

  /// Whether something is asked of a number when nothing is left of it.
  func isExhausted(_ place: Int) -> Bool {
    let wanted = index.canonical(place)
    if exhaustedPlaces == nil {
      var found: Set<Int> = []
      for number in tracer.guards.indices {
        for claim in index.claims(of: number) {
          switch claim.kind {
          case .below(let bound, let inclusive) where bound <= 0 || bound == 1 && !inclusive: found.insert(claim.place)
          case .equals("0"), .falsy: found.insert(claim.place)
          default: break
          }
        }
      }
      exhaustedPlaces = found
    }
    return exhaustedPlaces?.contains(wanted) ?? false
  }

  /// Whether an assignment takes something off the old value: `h = Math.max(0, h - d)`.
  func isLoss(_ effect: Effect) -> Bool {
    let code = index.code(effect)
    guard let right = code[.right] ?? code.list(.arguments).first ?? code[.value] else { return false }
    // `clamp(h - d, h, 100)` takes nothing.
    if let left = code[.left], right.unwrapped.kind == .callExpression, let callee = right.unwrapped[.callee]?.unwrapped
    {
      let name = callee.kind == .memberExpression ? callee[.property]?.name ?? "" : callee.name
      let bounds = right.unwrapped.list(.arguments)
      let lower = name == "max" ? bounds : bounds.count == 3 && index.isClamp(callee, name) ? [bounds[1]] : []
      if lower.contains(where: { $0.unwrapped.text == left.text }) { return false }
    }
    return right.descendants.contains {
      $0.kind == .binaryExpression && $0.detail == .subtract
        || $0.kind == .updateExpression && $0.detail == .decrement
    }
  }

  /// Whether a place is compared somewhere, so that running out of it has an effect.
  func isThreshold(_ place: Int) -> Bool {
    if guardedPlaces == nil {
      var found: Set<Int> = []
      for item in tracer.guards { for dep in item.value.deps { found.insert(index.canonical(dep)) } }
      guardedPlaces = found
    }
    return guardedPlaces?.contains(index.canonical(place)) ?? false
  }

  /// Whether members start where members of some other kind are.
  func isLaunched(_ entity: Entity, from sources: Set<Entity>) -> Bool {
    guard entity.list != nil else { return false }
    return startPlaces(of: entity).contains { place in
      self.entity(ofPlace: tracer.places[place]).map { sources.contains($0) && $0 != entity } ?? false
    }
  }

  /// Whether meeting the player only does the player good.
  private func isPickUp(_ entity: Entity) -> Bool {
    guard let player else { return false }
    let mine = consequences.filter {
      ($0.contact.a == player && $0.contact.b == entity) || ($0.contact.b == player && $0.contact.a == entity)
    }
    guard !mine.isEmpty else { return false }
    let isGood = mine.contains { consequence in
      let effect = tracer.effects[consequence.effect]
      guard effect.kind == .write, effect.how != 1, !isPosition(effect.target) else { return false }
      if case .thing(let root) = index.place(effect.target).root, root.tag == .member { return false }
      return effect.operation == NodeDetail.addAssign.rawValue || dependsOnItself(effect)
    }
    return !mine.contains { isHarm(tracer.effects[$0.effect]) } && isGood
  }

  /// Whether members are short-lived and tested against nothing.
  func isParticleLike(_ entity: Entity) -> Bool {
    guard entity.list != nil, !isTested(entity) else { return false }
    return launches(of: entity).contains {
      let frame = tracer.effects[$0].frame
      return index.loopFrames.contains(frame) || !index.isLoadOnly(frame)
    }
  }
}

/// Words for what a player lives on.
enum VitalNames {
  private static let stems = [
    "health", "lives", "life", "hitpoint", "shield", "hull", "armor", "armour", "energy", "hearts", "vitality",
    "integrity",
    "leben", "gesundheit", "schild", "huelle", "hülle", "energie", "vidas", "vida", "salud", "escudo", "energia",
    "vies",
    "sante", "santé", "bouclier", "vita", "vite", "salute", "scudo", "zycie", "życie", "жизн", "здоров", "щит", "命",
    "残機", "体力", "生命", "血量", "護盾", "护盾", "シールド", "ライフ", "zanki", "inochi", "tairyoku",
  ]
  private static let words: Set<String> = ["hp", "lp", "pv", "life", "lives", "vies", "leben", "hull"]

  static func isVital(_ name: String) -> Bool {
    let text = name.lowercased()
    if ["lifetime", "lifespan", "lifes", "time", "timer", "cooldown", "max", "regen", "delay"].contains(where: {
      text.contains($0) && text != "lives"
    }) {
      return false
    }
    return words.contains(text) || text.hasSuffix("hp") || stems.contains { text.contains($0) }
  }
}
