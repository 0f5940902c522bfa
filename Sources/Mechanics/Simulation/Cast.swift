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
  var roles: [Entity: String] = [:]
  /// Lists whose variants act on each other.
  private(set) var splitLists: Set<Int> = []
  private(set) var player: Entity?
  private(set) var inputs = InputFlow()
  private var contactsOfGuard: [Int: [Contact]] = [:]
  private var feasible: [Int: Bool] = [:]
  private var feasibleFrame = -1
  private var feasibleGuard = -1
  var movingListsCache: Set<Entity>?
  var launchCache: [Entity: [Int]] = [:]
  var placingCache: [Entity: [Effect]] = [:]
  var sleepCache: [Entity: [Int]] = [:]
  var drawnCache: [Entity: Bool] = [:]
  var startCache: [Entity: Set<Int>] = [:]
  var partakingCache: [Int: Bool] = [:]
  var harmerCache: Set<Entity>?
  var exhaustedPlaces: Set<Int>?
  var guardedPlaces: Set<Int>?

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
    if root.tag == .node, isVelocity(tracer.find(root.id)) { return false }
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

  /// Whether a vector lies where velocities and the like are kept.
  private func isVelocity(_ node: Int) -> Bool {
    guard tracer.nodes[node].kind == .host, tracer.nodes[node].home >= 0,
      let last = tracer.places[tracer.nodes[node].home].path.last
    else { return false }
    let name = tracer.symbolNames[last]
    return PositionNames.velocities.contains(name)
      || ["acceleration", "rotation", "scale", "up", "quaternion", "drift", "momentum", "thrust"].contains(name)
  }

  /// Whether a place identifies a member, as when it is looked up in a list.
  func isIdentity(_ id: Int) -> Bool {
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
    drawn = drawn.filter { isOfBody($0) }
  }

  /// Whether a coordinate of a drawing belongs to a body rather than to a table of settings.
  private func isOfBody(_ place: Int) -> Bool {
    guard case .thing(let root) = tracer.places[place].root else { return false }
    if root.tag == .member { return true }
    return root.tag == .node && (index.writes[place] ?? []).contains { tracer.effects[$0].how != 1 }
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
    for list in tracer.nodes.indices where tracer.find(list) == list && tracer.nodes[list].kind == .list {
      if tracer.kinds(of: list) != nil { splitLists.insert(list) }
    }
    // A list splits when one variant of its members is tested against another, or each against something else.
    var tested: [Int: [Int: Set<Place.Root>]] = [:]
    for item in tracer.guards where item.kind != .loop {
      let roots = index.expand(item.value.deps).map { tracer.places[$0].root }
      for case .thing(let root) in roots where root.tag == .member && root.variant >= 0 {
        let others = roots.filter { other in
          guard case .thing(let thing) = other else { return false }
          return thing.tag == .member && tracer.find(thing.id) != tracer.find(root.id)
            || thing.tag == .node && tracer.nodes[tracer.find(thing.id)].kind != .element
        }
        tested[tracer.find(root.id), default: [:]][root.variant, default: []].formUnion(others)
      }
    }
    for (list, variants) in tested where variants.count > 1 && isMixed(list, variants) { splitLists.insert(list) }
    for item in tracer.guards where item.kind != .loop {
      var variants: [Int: Set<Int>] = [:]
      for dep in index.expand(item.value.deps) {
        guard case .thing(let root) = tracer.places[dep].root, root.tag == .member, root.variant >= 0 else { continue }
        variants[tracer.find(root.id), default: []].insert(root.variant)
      }
      for (list, found) in variants where found.count > 1 { splitLists.insert(list) }
    }
  }

  /// Whether the kinds in a list, told apart by a word, are tested against different things.
  private func isMixed(_ list: Int, _ variants: [Int: Set<Place.Root>]) -> Bool {
    let kinds = variants.filter { variant, others in
      guard tracer.variantKeys.indices.contains(variant), case .field = tracer.variantKeys[variant] else {
        return false
      }
      return !others.isEmpty
    }
    return Set(kinds.values).count > 1
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
  func isBody(_ place: Int) -> Bool {
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
          guard isFeasible(effect, guardID) else { continue }
          consequences.append(Consequence(contact: contact, effect: number))
        }
      }
    }
  }

  /// Whether an effect can follow where a condition holds.
  private func isFeasible(_ effect: Effect, _ guardID: Int) -> Bool {
    if feasibleFrame != effect.frame || feasibleGuard != effect.guardID { feasible = [:] }
    (feasibleFrame, feasibleGuard) = (effect.frame, effect.guardID)
    if let known = feasible[guardID] { return known }
    let found = index.hasWay(to: effect, through: guardID, within: index.loopFrames)
    feasible[guardID] = found
    return found
  }

  // MARK: Food

  /// The pairs of who eats whom, with the effects that show it.
  private(set) lazy var meals: [(eater: Entity, food: Entity, gain: Int, loss: Int)] = findMeals()

  private func findMeals() -> [(eater: Entity, food: Entity, gain: Int, loss: Int)] {
    var gains: [Contact: [Int]] = [:]
    var losses: [Contact: [(Entity, Int)]] = [:]
    for consequence in consequences {
      let effect = tracer.effects[consequence.effect]
      let contact = consequence.contact
      if effect.kind == .push, let food = marked(effect), food == contact.a || food == contact.b {
        losses[contact, default: []].append((food, consequence.effect))
        continue
      }
      guard let subject = subject(of: effect) else { continue }
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

  /// The members that are noted down, themselves or by a number of theirs, in a list by which they are then removed.
  private func marked(_ effect: Effect) -> Entity? {
    for thing in effect.value.things where thing.tag == .member {
      if isRemovalFlag(tracer.place(.thing(thing), [tracer.intern("=")])) { return entity(of: thing) }
    }
    for dep in effect.value.deps.prefix(3) {
      guard case .thing(let root) = index.place(dep).root, root.tag == .member, !isPosition(dep), isRemovalFlag(dep)
      else { continue }
      return entity(of: root)
    }
    return nil
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
    // Plants stand still: what moves and is eaten is prey though nothing was seen that it eats.
    let moving = movingLists()
    for food in eaten.subtracting(eaters) where roles[food] == nil {
      let isHunted =
        moving.contains(food) && !hintsAt("plants", food)
        && meals.allSatisfy { $0.food == food || !eaten.contains($0.eater) }
      roles[food] = isHunted ? "prey" : "plants"
    }
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
    guard case .members(let list, let variant) = entity.kind else { return nil }
    if variant >= 0 { return roles[.members(list)] }
    // A list of several kinds stands for those that have one and the same part.
    let found = Set(roles.filter { $0.key.list == list }.values)
    return found.count == 1 ? found.first : nil
  }

  /// A name for an entity in reports.
  func title(_ entity: Entity) -> String {
    switch entity.kind {
    case .members(let list, _): tracer.nodeName(list)
    case .single(let place): tracer.placeName(place)
    }
  }
}
