import JavaScriptSyntax
import Program

/// Who is who in a world: which lists and records are players, shots, enemies, plants, prey and so on.
///
/// Structure decides: what input moves, what that launches, what is tested against what and suffers from it. Names only fill
/// parts that structure leaves open.
final class Cast: SharedAnalysis {
  let index: TraceIndex
  let tracer: Tracer
  let hints: Hints
  /// Places that are drawn at, as number of the place.
  private(set) var drawn: Set<Int> = []
  /// The tests of one body against another.
  private(set) var contacts: [Contact] = []
  /// What follows from contacts.
  private(set) var consequences: [Consequence] = []
  private(set) var roles: [Entity: String] = [:]
  /// Lists whose variants act on each other.
  private(set) var splitLists: Set<Int> = []
  private(set) var player: Entity?
  private(set) var inputs = InputFlow()
  private var contactsOfGuard: [Int: [Contact]] = [:]

  /// A condition in which two bodies are compared.
  struct Contact: Hashable {
    var a: Entity
    var b: Entity
    var guardID: Int
    /// Whether the code under the condition runs when they touch.
    var isTouching: Bool
  }

  /// An effect that runs when two bodies touch.
  struct Consequence {
    var contact: Contact
    var effect: Int
  }

  init(_ scene: Scene) {
    index = scene.shared(TraceIndex.self)
    tracer = index.tracer
    hints = scene.hints
    findDrawn()
    findSplits()
    findContacts()
    findConsequences()
    inputs = InputFlow(self)
    player = findPlayer()
    assignGameRoles()
    assignFoodRoles()
    fillByName()
  }

  // MARK: Entities

  /// The entity that a thing stands for; `nil` for what is none.
  func entity(of thing: Thing) -> Entity? {
    switch thing.tag {
    case .member:
      let list = tracer.find(thing.id)
      return .members(list, splitLists.contains(list) ? thing.variant : -1)
    case .node:
      let id = tracer.find(thing.id)
      let node = tracer.nodes[id]
      if node.kind == .record || node.kind == .host {
        if let list = tracer.memberList(of: id) {
          return .members(list, splitLists.contains(list) ? tracer.memberVariant(id, in: list) : -1)
        }
        return .single(tracer.place(.thing(.node(id)), []))
      }
      return nil
    case .place:
      let place = index.place(thing.id)
      return entity(ofPlace: place)
    case .view, .string: return nil
    }
  }

  /// The body that a place belongs to: the owner of a position or of a property.
  func entity(ofPlace place: Place) -> Entity? {
    guard case .thing(let root) = place.root else { return nil }
    guard let entity = entity(of: root) else { return nil }
    if case .single = entity.kind {
      // A part of a single record that has a position of its own is a body of its own.
      var path = place.path
      while let last = path.last, isCoordinate(last) || PositionNames.vectors.contains(tracer.symbolNames[last]) {
        path.removeLast()
      }
      if place.path.count > path.count { return .single(tracer.place(place.root, path)) }
      return .single(tracer.place(place.root, Array(path.dropLast())))
    }
    return entity
  }

  func isCoordinate(_ symbol: Int) -> Bool { PositionNames.coordinates.contains(tracer.symbolNames[symbol]) }

  /// Whether a place says where a body is.
  func isPosition(_ id: Int) -> Bool {
    let place = index.place(id)
    guard case .thing(let root) = place.root, root.tag != .string else { return false }
    guard let last = place.path.last else {
      return root.tag == .node && tracer.nodes[tracer.find(root.id)].kind == .host
        || root.tag == .member && tracer.nodes[tracer.find(root.id)].isNumeric
    }
    let name = tracer.symbolNames[last]
    if place.path.contains(where: { tracer.symbolNames[$0] == "position" || tracer.symbolNames[$0] == "pos" }) {
      return !place.path.contains {
        ["rotation", "scale", "velocity", "userData"].contains(tracer.symbolNames[$0]) && $0 == place.path.last
      }
    }
    if place.path.contains(where: {
      ["rotation", "scale", "velocity", "vel", "style"].contains(tracer.symbolNames[$0])
    }) {
      return name == "left" || name == "top" || name == "transform"
    }
    if PositionNames.coordinates.contains(name) || PositionNames.vectors.contains(name) { return true }
    return drawn.contains(index.canonical(id)) && !PositionNames.velocities.contains(name)
  }

  /// Whether a place identifies a member, as when it is looked up in a list.
  private func isIdentity(_ id: Int) -> Bool {
    index.place(id).path.last.map { tracer.symbolNames[$0] == "=" } ?? false
  }

  // MARK: Drawing

  private func findDrawn() {
    for effect in tracer.effects where effect.kind == .call && effect.how >= 0 {
      let path = tracer.symbolNames[effect.how]
      let name = path.split(separator: ".").last.map(String.init) ?? path
      guard let positions = Self.drawPositions[name] else { continue }
      for position in positions where position < effect.arguments.count {
        for dep in index.expand(effect.arguments[position].deps) { drawn.insert(dep) }
      }
    }
    // A coordinate of a drawing only counts where it belongs to a body.
    drawn = drawn.filter {
      if case .thing(let root) = tracer.places[$0].root { root.tag == .member || root.tag == .node } else { false }
    }
    drawn.subtract(accompanying(drawn))
    for effect in tracer.effects where effect.kind == .write {
      let place = index.place(effect.target)
      guard let last = place.path.last else { continue }
      let name = tracer.symbolNames[last]
      guard
        name == "position" || name == "transform" || name == "left" || name == "top"
          || place.path.dropLast().contains(where: { tracer.symbolNames[$0] == "position" })
      else { continue }
      for dep in effect.value.deps where !isOwn(dep, place) { drawn.insert(index.canonical(dep)) }
    }
  }

  /// Among what bodies are drawn by, sizes and the like of bodies that have coordinates with the usual names.
  private func accompanying(_ drawn: Set<Int>) -> Set<Int> {
    let named = drawn.filter { place in
      tracer.places[place].path.contains {
        PositionNames.coordinates.contains(tracer.symbolNames[$0])
          || PositionNames.vectors.contains(tracer.symbolNames[$0])
      }
    }
    let roots = Set(named.map { tracer.places[$0].root })
    return drawn.filter { !named.contains($0) && roots.contains(tracer.places[$0].root) }
  }

  private func isOwn(_ dep: Int, _ place: Place) -> Bool { index.place(dep).root == place.root }

  private static let drawPositions: [String: [Int]] = [
    "fillRect": [0, 1], "strokeRect": [0, 1], "rect": [0, 1], "arc": [0, 1], "ellipse": [0, 1], "translate": [0, 1],
    "drawImage": [1, 2],
    "fillText": [1, 2], "text": [1, 2], "circle": [0, 1], "square": [0, 1], "point": [0, 1], "image": [1, 2],
    "setTransform": [4, 5],
    "roundRect": [0, 1],
  ]

  // MARK: Contacts

  private func findSplits() {
    // A list splits when one variant of its members is tested against another.
    for item in tracer.guards where item.kind != .loop {
      var variants: [Int: Set<Int>] = [:]
      for dep in index.expand(item.value.deps) {
        guard case .thing(let root) = tracer.places[dep].root, root.tag == .member, root.variant >= 0 else { continue }
        variants[tracer.find(root.id), default: []].insert(root.variant)
      }
      for (list, found) in variants where found.count > 1 { splitLists.insert(list) }
    }
  }

  private func findContacts() {
    for (number, item) in tracer.guards.enumerated() where item.kind != .loop {
      let pairs = pairs(in: item.value)
      guard !pairs.isEmpty else { continue }
      let touching = touches(tracer.facts.code(item.test), isNegated: item.isNegated, item)
      let found = pairs.map { Contact(a: $0.0, b: $0.1, guardID: number, isTouching: touching) }
      contacts += found
      contactsOfGuard[number] = found
    }
  }

  /// The pairs of different bodies whose positions a value depends on.
  func pairs(in value: Value) -> [(Entity, Entity)] {
    var found: Set<Entity> = []
    var own: [Entity: Int] = [:]
    for dep in index.expand(value.deps) where isPosition(dep) || isIdentity(dep) {
      guard let entity = entity(ofPlace: tracer.places[dep]) else { continue }
      if case .single(let place) = entity.kind, !isBody(place) { continue }
      found.insert(entity)
      own[entity, default: 0] += 1
    }
    let list = found.sorted()
    guard list.count > 1, list.count < 8 else { return [] }
    var result: [(Entity, Entity)] = []
    for (position, a) in list.enumerated() { for b in list[(position + 1)...] { result.append((a, b)) } }
    return result
  }

  /// Whether a single place can be a body: the window, a canvas and a camera's lens cannot.
  private func isBody(_ place: Int) -> Bool {
    guard case .thing(let root) = tracer.places[place].root, root.tag == .node else { return false }
    let node = tracer.nodes[tracer.find(root.id)]
    if node.kind == .element { return false }
    if node.kind == .host, node.site < -1 { return false }
    if node.kind == .host, node.type >= 0 {
      let type = tracer.symbolNames[node.type]
      if ["Scene", "Renderer", "Light", "Color", "Raycaster", "Euler", "Matrix4"].contains(where: { type.contains($0) })
      {
        return false
      }
    }
    return true
  }

  /// Whether a condition, as it stands, holds when bodies touch.
  private func touches(_ test: Code, isNegated: Bool, _ item: Guard) -> Bool {
    if item.kind == .overlap { return true }
    let test = test.unwrapped
    switch test.kind {
    case .unaryExpression where test.detail == .not:
      return test[.argument].map { touches($0, isNegated: !isNegated, item) } ?? !isNegated
    case .logicalExpression:
      if test.detail == .and { return !isNegated }
      if test.detail == .or, let left = test[.left], let right = test[.right] {
        // `dead || d > r` lets pass what touches; `a.hit || d < r` does so when it holds.
        return isNegated ? true : touches(right, isNegated: false, item) || touches(left, isNegated: false, item)
      }
      return !isNegated
    case .binaryExpression:
      guard let left = test[.left], let right = test[.right] else { return !isNegated }
      let rightNumber = tracer.facts.program.constant(of: right).number
      let leftNumber = tracer.facts.program.constant(of: left).number
      switch test.detail {
      case .greater, .greaterOrEqual:
        if rightNumber == 0 || rightNumber == -1 { return !isNegated }
        return leftNumber != nil || isReach(left) && !isReach(right) ? !isNegated : isNegated
      case .less, .lessOrEqual:
        if rightNumber == 0 { return isNegated }
        return leftNumber != nil ? isNegated : !isNegated
      case .notEqual, .strictNotEqual: return rightNumber == -1 || right.detail == .null ? !isNegated : isNegated
      case .equal, .strictEqual: return rightNumber == -1 || right.detail == .null ? isNegated : !isNegated
      default: return !isNegated
      }
    default: return !isNegated
    }
  }

  /// Whether an expression is a reach rather than a distance: a plain property or sum of some.
  private func isReach(_ code: Code) -> Bool {
    switch code.unwrapped.kind {
    case .memberExpression:
      let name = code.unwrapped[.property]?.name.lowercased() ?? ""
      return ["radius", "r", "size", "range", "reach", "vision"].contains { name.hasSuffix($0) }
    case .binaryExpression:
      return (code.unwrapped[.left].map { isReach($0) } ?? false)
        && (code.unwrapped[.right].map { isReach($0) } ?? false)
    default: return false
    }
  }

  private func findConsequences() {
    for (number, effect) in tracer.effects.enumerated() where index.loopFrames.contains(effect.frame) {
      var seen: Set<[Int]> = []
      for guardID in index.conditions(of: effect, within: index.loopFrames) {
        for contact in contactsOfGuard[guardID] ?? [] where contact.isTouching {
          guard seen.insert([contact.guardID, contact.a.hashValue, contact.b.hashValue]).inserted else { continue }
          consequences.append(Consequence(contact: contact, effect: number))
        }
      }
    }
  }

  // MARK: Game

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
    for argument in arguments {
      for thing in argument.things where thing.tag == .view { return entity(of: .member(thing.id, thing.variant)) }
    }
    return .members(list)
  }

  private func findPlayer() -> Entity? {
    var scores: [Entity: Double] = [:]
    for effect in tracer.effects where effect.kind == .write && isPosition(effect.target) && effect.how != 1 {
      guard let entity = entity(ofPlace: index.place(effect.target)), inputs.moves(effect) else { continue }
      if case .single(let place) = entity.kind, !isBody(place) { continue }
      // Dragging organisms about does not make them the player.
      guard case .single = entity.kind else { continue }
      scores[entity, default: 0] += inputs.isKeyed(effect) ? 2 : 1
    }
    guard !scores.isEmpty else { return nil }
    var tested: [Entity: Int] = [:]
    for contact in contacts {
      if scores[contact.a] != nil { tested[contact.a, default: 0] += 1 }
      if scores[contact.b] != nil { tested[contact.b, default: 0] += 1 }
    }
    let ranked = scores.keys.sorted().map { entity -> (Entity, Double) in
      let isTested = (tested[entity] ?? 0) > 0
      let isNamed = hintsAt("player", entity)
      return (entity, (isTested ? 100 : 0) + (isNamed ? 20 : 0) + min(scores[entity] ?? 0, 19))
    }
    return ranked.max { $0.1 < $1.1 }?.0
  }

  private func assignGameRoles() {
    guard let player else { return }
    roles[player] = "player"
    let lists = movingLists()
    var shots: Set<Entity> = []
    var enemies: Set<Entity> = []
    for entity in lists.sorted() where isLaunchedByInput(entity) && isTestedAgainstOthers(entity) {
      shots.insert(entity)
    }
    if shots.isEmpty {
      for entity in lists.sorted() where startsAtPlayer(entity) && isTestedAgainstOthers(entity) {
        shots.insert(entity)
      }
    }
    if shots.isEmpty { for entity in lists.sorted() where isLaunchedByInput(entity) { shots.insert(entity) } }
    for consequence in consequences {
      let (a, b) = (consequence.contact.a, consequence.contact.b)
      for (actor, target) in [(a, b), (b, a)] where shots.contains(actor) && target != player && !shots.contains(target)
      {
        if let subject = subject(of: tracer.effects[consequence.effect]), subject == target { enemies.insert(target) }
      }
    }
    if enemies.isEmpty {
      for contact in contacts where contact.isTouching {
        for (actor, target) in [(contact.a, contact.b), (contact.b, contact.a)]
        where shots.contains(actor) && target != player && !shots.contains(target) {
          enemies.insert(target)
        }
      }
    }
    for entity in harmers(of: player)
    where !shots.contains(entity) && !isLaunched(entity, from: enemies) && isGone(entity) == false {
      enemies.insert(entity)
    }
    let enemyShots = lists.filter {
      !shots.contains($0) && !enemies.contains($0) && isLaunched($0, from: enemies) && !isPickUp($0) && travels($0)
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
  }

  private func isSmall(_ entity: Entity) -> Bool { hintsAt("enemy-shots", entity) || hintsAt("player-shots", entity) }

  private func isGone(_ entity: Entity) -> Bool { isPickUp(entity) }

  /// Lists whose members move while the program runs.
  func movingLists() -> Set<Entity> {
    var result: Set<Entity> = []
    for effect in tracer.effects where index.loopFrames.contains(effect.frame) && effect.how != 1 {
      switch effect.kind {
      case .write where isPosition(effect.target):
        guard case .thing(let root) = index.place(effect.target).root, root.tag == .member,
          let entity = entity(of: root)
        else { continue }
        result.insert(entity)
      case .elementWrite: break
      default: break
      }
    }
    return result
  }

  /// The pushes that add members to an entity's list.
  func pushes(to entity: Entity) -> [Effect] {
    guard let list = entity.list else { return [] }
    return tracer.effects.filter { $0.kind == .push && leads($0.target, to: list) && fits($0.value, entity) }
  }

  /// Whether what is added to a list comes to be in another: at once, or after waiting in between.
  private func leads(_ target: Int, to list: Int) -> Bool {
    let target = tracer.find(target)
    if target == list { return true }
    return tracer.stagings[target].map { tracer.find($0) } == list
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
    pushes(to: entity).contains { inputs.causes($0) }
  }

  private func startsAtPlayer(_ entity: Entity) -> Bool {
    guard let player else { return false }
    return startPlaces(of: entity).contains { self.entity(ofPlace: tracer.places[$0]) == player }
  }

  /// The places from which new members take their position.
  func startPlaces(of entity: Entity) -> Set<Int> {
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

  private func isTestedAgainstOthers(_ entity: Entity) -> Bool {
    contacts.contains { ($0.a == entity && $0.b != player) || ($0.b == entity && $0.a != player) }
  }

  private func isTested(_ entity: Entity) -> Bool {
    contacts.contains { $0.isTouching && ($0.a == entity || $0.b == entity) }
  }

  /// The lists whose members hurt the player on contact.
  private func harmers(of player: Entity) -> Set<Entity> {
    var result: Set<Entity> = []
    for consequence in consequences {
      let contact = consequence.contact
      guard contact.a == player || contact.b == player else { continue }
      let other = contact.a == player ? contact.b : contact.a
      if isHarm(tracer.effects[consequence.effect]) { result.insert(other) }
    }
    return result
  }

  /// Whether an effect takes something from the player or ends the game.
  func isHarm(_ effect: Effect) -> Bool {
    guard effect.kind == .write, effect.how != 1 else { return false }
    let place = index.place(effect.target)
    if case .thing(let root) = place.root, root.tag == .member { return false }
    if isPosition(effect.target) { return false }
    let operation = NodeDetail(rawValue: effect.operation) ?? .none
    if operation == .subtractAssign {
      return !index.writes[index.canonical(effect.target), default: []].isEmpty && isThreshold(effect.target)
    }
    if operation == .assign,
      effect.value.deps.contains(where: { index.canonical($0) == index.canonical(effect.target) })
    {
      return isLoss(effect) && isThreshold(effect.target)
    }
    return false
  }

  /// Whether an assignment takes something off the old value: `h = Math.max(0, h - d)`.
  func isLoss(_ effect: Effect) -> Bool {
    guard let right = index.code(effect)[.right] else { return false }
    return right.descendants.contains { $0.kind == .binaryExpression && $0.detail == .subtract }
  }

  /// Whether a place is compared somewhere, so that running out of it has an effect.
  func isThreshold(_ place: Int) -> Bool {
    let wanted = index.canonical(place)
    return tracer.guards.contains { $0.value.deps.contains { index.canonical($0) == wanted } }
  }

  /// Whether members start where members of some other kind are.
  func isLaunched(_ entity: Entity, from sources: Set<Entity>) -> Bool {
    guard entity.list != nil else { return false }
    let starts = startPlaces(of: entity)
    if starts.contains(where: { place in
      self.entity(ofPlace: tracer.places[place]).map { sources.contains($0) && $0 != entity } ?? false
    }) {
      return true
    }
    return false
  }

  /// Whether meeting the player only does the player good.
  private func isPickUp(_ entity: Entity) -> Bool {
    guard let player else { return false }
    let mine = consequences.filter {
      ($0.contact.a == player && $0.contact.b == entity) || ($0.contact.b == player && $0.contact.a == entity)
    }
    return !mine.isEmpty && !mine.contains { isHarm(tracer.effects[$0.effect]) }
  }

  private func travels(_ entity: Entity) -> Bool { movingLists().contains(entity) }

  /// Whether members are short-lived and tested against nothing.
  func isParticleLike(_ entity: Entity) -> Bool {
    guard entity.list != nil, !isTested(entity) else { return false }
    let made = pushes(to: entity)
    guard made.contains(where: { index.loopFrames.contains($0.frame) || !index.isLoadOnly($0.frame) }) else {
      return false
    }
    return true
  }

  // MARK: Food

  /// The pairs of who eats whom, with the effects that show it.
  private(set) lazy var meals: [(eater: Entity, food: Entity, gain: Int, loss: Int)] = findMeals()

  private func findMeals() -> [(eater: Entity, food: Entity, gain: Int, loss: Int)] {
    var gains: [Contact: [Int]] = [:]
    var losses: [Contact: [(Entity, Int)]] = [:]
    for consequence in consequences {
      let effect = tracer.effects[consequence.effect]
      guard let subject = subject(of: effect) else { continue }
      let contact = consequence.contact
      guard subject == contact.a || subject == contact.b else { continue }
      if isGain(effect) { gains[contact, default: []].append(consequence.effect) }
      if isTaken(effect, contact) { losses[contact, default: []].append((subject, consequence.effect)) }
    }
    var result: [(eater: Entity, food: Entity, gain: Int, loss: Int)] = []
    var seen: Set<[Entity]> = []
    for contact in contacts {
      for gain in gains[contact] ?? [] {
        guard let eater = subject(of: tracer.effects[gain]) else { continue }
        for (food, loss) in losses[contact] ?? [] where food != eater && sharesWay(gain, loss) {
          if seen.insert([eater, food]).inserted { result.append((eater, food, gain, loss)) }
        }
      }
    }
    // `if (meadow.graze(x, y)) energy += 5`: what is eaten goes in the function that the condition calls.
    for (contact, numbers) in gains.sorted(by: { $0.key.guardID < $1.key.guardID }) {
      for (other, taken) in losses.sorted(by: { $0.key.guardID < $1.key.guardID })
      where other.a == contact.a && other.b == contact.b {
        for gain in numbers {
          guard let eater = subject(of: tracer.effects[gain]) else { continue }
          for (food, loss) in taken where food != eater && isCalled(loss, for: gain) {
            if seen.insert([eater, food]).inserted { result.append((eater, food, gain, loss)) }
          }
        }
      }
    }
    return result
  }

  /// Whether an effect happens in a function that the function of another one calls.
  private func isCalled(_ a: Int, for b: Int) -> Bool {
    let caller = tracer.effects[b].frame
    let frames = index.framesAbove(tracer.effects[a].frame, within: index.loopFrames).prefix(6)
    return frames.contains(caller)
  }

  /// Whether two effects can follow from the same meeting.
  private func sharesWay(_ a: Int, _ b: Int) -> Bool {
    let first = tracer.effects[a]
    let second = tracer.effects[b]
    if first.frame == second.frame { return true }
    let above = Set(index.framesAbove(first.frame, within: index.loopFrames))
    return index.framesAbove(second.frame, within: index.loopFrames).contains { above.contains($0) }
  }

  /// Whether an effect gives its subject something: more of a number, or a full one.
  private func isGain(_ effect: Effect) -> Bool {
    guard effect.kind == .write, effect.how != 1, !isPosition(effect.target) else { return false }
    guard case .thing(let root) = index.place(effect.target).root, root.tag == .member || root.tag == .node else {
      return false
    }
    let operation = NodeDetail(rawValue: effect.operation) ?? .none
    let name = index.place(effect.target).path.last.map { tracer.symbolNames[$0] } ?? ""
    if PositionNames.velocities.contains(name) || name == "target" || name == "age" { return false }
    switch operation {
    case .addAssign: return !PositionNames.velocities.contains(name)
    case .subtractAssign: return Resource.isInverse(name)
    case .assign:
      let code = index.code(effect)
      guard let right = code.kind == .assignmentExpression ? code[.right] : nil else { return false }
      if effect.value.deps.contains(where: { index.canonical($0) == index.canonical(effect.target) }) {
        let hasSum = right.descendants.contains { $0.kind == .binaryExpression && $0.detail == .add }
        return hasSum
          || Resource.isInverse(name)
            && right.descendants.contains { $0.kind == .binaryExpression && $0.detail == .subtract }
      }
      return isDrained(effect.target) || Resource.isInverse(name)
    default: return false
    }
  }

  /// Whether something takes from a place in the course of time.
  private func isDrained(_ place: Int) -> Bool {
    (index.writes[index.canonical(place)] ?? []).contains { number in
      let effect = tracer.effects[number]
      return effect.operation == NodeDetail.subtractAssign.rawValue && index.loopFrames.contains(effect.frame)
    }
  }

  /// Whether an effect takes its subject away or takes from it.
  private func isTaken(_ effect: Effect, _ contact: Contact) -> Bool {
    switch effect.kind {
    case .remove: return tracer.symbolNames[effect.how] != "swap"
    case .elementWrite: return true
    case .write:
      guard !isPosition(effect.target), effect.how != 1 else { return false }
      let operation = NodeDetail(rawValue: effect.operation) ?? .none
      if operation == .subtractAssign { return true }
      guard operation == .assign else { return false }
      if isRemovalFlag(effect.target) { return true }
      return effect.value.deps.contains { index.canonical($0) == index.canonical(effect.target) } && isLoss(effect)
    default: return false
    }
  }

  private lazy var removalDeps: Set<Int> = findRemovalDeps()

  /// Whether members go when this property of theirs says so.
  func isRemovalFlag(_ place: Int) -> Bool {
    removalDeps.contains(index.canonical(place)) || removalDeps.contains(generic(place))
  }

  /// The place with the variant of the member left out.
  private func generic(_ place: Int) -> Int {
    let stored = index.place(place)
    guard case .thing(let root) = stored.root, root.tag == .member, root.variant >= 0 else {
      return index.canonical(place)
    }
    return index.canonical(tracer.place(.thing(.member(root.id)), stored.path))
  }

  /// The properties of members that decide about their removal or about whether they still act.
  private func findRemovalDeps() -> Set<Int> {
    var result: Set<Int> = []
    for effect in tracer.effects where effect.kind == .remove {
      for dep in removalTest(of: effect).deps { result.insert(index.canonical(dep)) }
    }
    return result
  }

  /// What the removal of a member depends on: the conditions around it, or the test of a `filter`.
  func removalTest(of effect: Effect) -> Value {
    var value = Value()
    if tracer.symbolNames[effect.how] == "filter" {
      for code in index.code(effect).descendants where code.kind == .callExpression {
        if let test = tracer.filterTests[code.index] { value.depend(on: test) }
      }
      if let update = tracer.filterTests[effect.site] { value.depend(on: update) }
      if value.isBare {
        for (_, test) in tracer.filterTests.sorted(by: { $0.key < $1.key })
        where test.deps.contains(where: { belongs($0, tracer.find(effect.target)) }) { value.depend(on: test) }
      }
      return value
    }
    for guardID in index.chain(effect.guardID) where tracer.guards[guardID].kind != .loop {
      value.depend(on: tracer.guards[guardID].value)
    }
    return value
  }

  private func belongs(_ place: Int, _ list: Int) -> Bool {
    if case .thing(let root) = index.place(place).root { return root.tag == .member && tracer.find(root.id) == list }
    return false
  }

  private func assignFoodRoles() {
    let meals = meals.filter { roles[$0.eater] == nil && $0.eater != player }
    guard !meals.isEmpty else { return }
    let eaters = Set(meals.map(\.eater))
    let eaten = Set(meals.map(\.food))
    for plant in eaten.subtracting(eaters) where roles[plant] == nil { roles[plant] = "plants" }
    for meal in meals where roles[meal.food] == "plants" && roles[meal.eater] == nil && !isOmnivore(meal.eater, meals) {
      roles[meal.eater] = "prey"
    }
    for meal in meals where roles[meal.eater] == nil { roles[meal.eater] = "predators" }
    // What is eaten by predators is prey though nothing was seen that it eats.
    if !roles.values.contains("prey"),
      let chain = meals.first(where: { roles[$0.food] == "plants" && hintsAt("prey", $0.food) })
    {
      roles[chain.food] = "prey"; roles[chain.eater] = "predators"
    }
  }

  private func isOmnivore(_ entity: Entity, _ meals: [(eater: Entity, food: Entity, gain: Int, loss: Int)]) -> Bool {
    meals.contains { $0.eater == entity && roles[$0.food] != "plants" && $0.food != entity }
  }

  // MARK: Names

  private func fillByName() {
    let isWorld = roles.values.contains { ["plants", "prey", "predators"].contains($0) }
    let hasPlayer = player != nil && roles.values.contains("player-shots")
    let candidates = allLists()
    let wanted: [String] =
      hasPlayer && !isWorld
      ? ["enemies", "enemy-shots", "particles"]
      : ["plants", "predators", "prey"]
        + (player == nil ? [] : ["player-shots", "enemies", "enemy-shots", "particles"])
    for role in wanted {
      for entity in candidates where hintsAt(role, entity) {
        let holders = roles.filter { $0.value == role }.keys
        if roles[entity] == nil, holders.isEmpty || role == "particles" { roles[entity] = role }
        // A predator that eats plants like its prey is still called one.
        if role == "predators", holders.isEmpty, roles[entity] == "prey", roles.filter({ $0.value == "prey" }).count > 1
        {
          roles[entity] = role
        }
      }
    }
  }

  private func allLists() -> [Entity] {
    var result: [Entity] = []
    for id in tracer.nodes.indices
    where tracer.find(id) == id && tracer.nodes[id].kind == .list && tracer.viewed(id) == nil {
      guard tracer.stagings[id] == nil else { continue }
      let members = tracer.nodes[id].content.things.contains {
        $0.tag == .node && tracer.nodes[tracer.find($0.id)].kind != .list
          && tracer.nodes[tracer.find($0.id)].kind != .function
      }
      if members, tracer.nodes[id].literalCount < 0 { result.append(.members(id)) }
    }
    return result
  }

  /// Whether the names of an entity hint at a role.
  func hintsAt(_ role: String, _ entity: Entity) -> Bool {
    let words = Set((hints.words[role] ?? []) + (Self.stems[role] ?? []))
    return names(of: entity).contains { name in
      let text = name.lowercased()
      return words.contains { word in word.utf8.count > 3 ? text.contains(word) : text == word }
    }
  }

  private static let stems: [String: [String]] = [
    "player": [
      "player", "ship", "hero", "spieler", "schiff", "jugador", "nave", "joueur", "vaisseau", "プレイヤー", "自機", "玩家",
    ],
    "player-shots": [
      "bullet", "laser", "shot", "bolt", "missile", "projectile", "schuss", "kugel", "bala", "disparo", "弾", "子弹",
    ],
    "enemies": ["enem", "alien", "invader", "foe", "gegner", "feind", "enemig", "ennemi", "asteroid", "敵", "敌"],
    "enemy-shots": [
      "enemybullet", "enemyshot", "enemybolt", "enemylaser", "invaderbullet", "alienbullet", "feindschuss",
    ],
    "particles": ["particle", "spark", "debris", "explosion", "partikel", "funke", "chispa", "粒子"],
    "plants": ["plant", "grass", "pflanz", "gras", "hierba", "herbe", "植物", "草", "food", "veget"],
    "prey": [
      "prey", "herbivor", "rabbit", "beute", "hase", "kaninchen", "presa", "conejo", "proie", "lapin", "草食", "うさぎ",
      "sheep", "deer",
    ],
    "predators": [
      "pred", "carnivor", "wolf", "wolv", "fox", "räuber", "raeuber", "fuchs", "depredador", "lobo", "zorro", "loup",
      "renard", "肉食", "狼", "lion",
    ],
  ]

  /// The names that lead to an entity: of variables, properties and classes.
  func names(of entity: Entity) -> [String] {
    switch entity.kind {
    case .members(let list, let variant):
      var result = [lastName(of: list)]
      if variant >= 0, variant < tracer.variantKeys.count, case .field(_, let string) = tracer.variantKeys[variant] {
        return [tracer.symbolNames[string]]
      }
      for node in tracer.memberNodes(of: list, variant: variant) where tracer.nodes[node].link >= 0 {
        let link = tracer.find(tracer.nodes[node].link)
        if tracer.nodes[link].kind == .klass { result.append(tracer.nodeName(link)) }
      }
      return result
    case .single(let place):
      var result: [String] = []
      if let last = tracer.places[place].path.last { result.append(tracer.symbolNames[last]) }
      if case .thing(let root) = tracer.places[place].root, root.tag == .node, result.isEmpty {
        result.append(lastName(of: tracer.find(root.id)))
        let link = tracer.nodes[tracer.find(root.id)].link
        if link >= 0, tracer.nodes[tracer.find(link)].kind == .klass {
          result.append(tracer.nodeName(tracer.find(link)))
        }
      }
      return result
    }
  }

  private func lastName(of node: Int) -> String {
    let home = tracer.nodes[node].home
    guard home >= 0 else { return "" }
    if let last = tracer.places[home].path.last { return tracer.symbolNames[last] }
    if case .binding(let binding) = tracer.places[home].root, binding >= 0 {
      return tracer.program.bindings[binding].name
    }
    return ""
  }

  // MARK: Asking

  /// The entities of a role, in order.
  func entities(_ role: String) -> [Entity] { roles.filter { $0.value == role }.keys.sorted() }

  func role(of entity: Entity?) -> String? {
    guard let entity else { return nil }
    if let role = roles[entity] { return role }
    if case .members(let list, _) = entity.kind { return roles[.members(list)] }
    return nil
  }

  /// A name for an entity in reports.
  func title(_ entity: Entity) -> String {
    switch entity.kind {
    case .members(let list, _): tracer.nodeName(list)
    case .single(let place): tracer.placeName(place)
    }
  }
}
