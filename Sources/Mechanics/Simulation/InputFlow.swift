import JavaScriptSyntax
import Program

/// Which places hold what a person does, and what that moves and causes.
struct InputFlow {
  /// The places that handlers of input write, with the inputs.
  private(set) var state: [Int: Origin] = [:]
  private var index: TraceIndex?
  private weak var cast: Cast?
  private var steered: Set<Int> = []
  /// Places that handlers of a release write.
  private var held: Set<Int> = []
  /// Places whose value itself comes from an input or is one of several numbers that inputs choose among.
  private var driven: Set<Int> = []

  init() {}

  init(_ cast: Cast) {
    self.cast = cast
    let index = cast.index
    self.index = index
    findHeld(index)
    var choices: [Int: Set<String>] = [:]
    for effect in index.tracer.effects where effect.kind == .write && effect.how != 1 {
      guard !handlerOrigin(of: effect.frame, index).isEmpty else { continue }
      let place = index.canonical(effect.target)
      if let number = effect.value.number { choices[place, default: []].insert("\(number)") }
      for thing in effect.value.things where thing.tag == .string { choices[place, default: []].insert("'\(thing.id)") }
    }
    for effect in index.tracer.effects where effect.kind == .write && effect.how != 1 {
      let origin = handlerOrigin(of: effect.frame, index)
      // What is only ever let go was never held.
      guard !origin.isEmpty, !index.isFalsy(effect) else { continue }
      let place = index.canonical(effect.target)
      let followsItself = effect.value.deps.contains { index.canonical($0) == place }
      let isInput = !effect.value.origin.isDisjoint(with: Origin.input)
      if followsItself, !isInput { continue }
      let stored = index.place(place)
      let isKeyed = stored.path.last == index.tracer.star
      let isChoice = (choices[place]?.count ?? 0) > 1
      // Only what is held, chosen or pointed at is state of an input; what a handler sets off is not.
      guard isInput || isKeyed || isChoice || index.isTrue(effect) || effect.value.number != nil && held.contains(place)
      else { continue }
      state[place, default: []].formUnion(origin)
      if !effect.value.origin.isDisjoint(with: [.keyboard, .pointer, .touch, .gamepad, .orientation])
        || isChoice && effect.value.number != nil
      {
        driven.insert(place)
      }
      if isKeyed {
        let owner = index.tracer.place(stored.root, Array(stored.path.dropLast()))
        state[owner, default: []].formUnion(origin)
        driven.formUnion([place, owner])
      }
    }
    for effect in index.tracer.effects where effect.kind == .push || effect.kind == .elementWrite {
      // A set of the keys that are down.
      let origin = handlerOrigin(of: effect.frame, index)
      guard !origin.isEmpty, effect.kind == .push || !isLetGo(effect, index),
        index.tracer.nodes[index.tracer.find(effect.target)].content.things.allSatisfy({ $0.tag == .string })
      else { continue }
      for place in places(ofList: effect.target, index) {
        state[place, default: []].formUnion(origin)
        driven.insert(place)
      }
    }
    spread()
  }

  /// Whether a keyed write says that something is no longer held: `keys.set(code, false)`.
  private func isLetGo(_ effect: Effect, _ index: TraceIndex) -> Bool {
    if index.isFalsy(effect) { return true }
    let given = index.code(effect).list(.arguments).last?.unwrapped
    return given?.kind == .literal && given?.detail == .false
  }

  /// The places that stand for a list: itself, its elements, and the slot that holds it.
  private func places(ofList list: Int, _ index: TraceIndex) -> [Int] {
    let list = index.tracer.find(list)
    let home = index.tracer.nodes[list].home
    return [index.tracer.place(.thing(.node(list)), []), index.tracer.place(.thing(.member(list)), [])]
      + (home >= 0 ? [index.canonical(home)] : [])
  }

  private mutating func findHeld(_ index: TraceIndex) {
    let releases: Set<String> = ["keyup", "mouseup", "pointerup", "pointercancel", "touchend", "touchcancel"]
    for effect in index.tracer.effects where effect.kind != .call && !index.loopFrames.contains(effect.frame) {
      guard index.events(leadingTo: effect.frame).contains(where: { releases.contains($0.name) }) else { continue }
      if effect.kind == .write {
        let place = index.canonical(effect.target)
        held.insert(place)
        let stored = index.place(place)
        if stored.path.last == index.tracer.star {
          held.insert(index.tracer.place(stored.root, Array(stored.path.dropLast())))
        }
      } else {
        held.formUnion(places(ofList: effect.target, index))
      }
    }
  }

  /// The inputs whose handlers alone lead to a frame.
  private func handlerOrigin(of frame: Int, _ index: TraceIndex) -> Origin {
    guard !index.loopFrames.contains(frame) else { return [] }
    var origin: Origin = []
    for entry in index.events(leadingTo: frame) { origin.formUnion(index.tracer.eventOrigin(entry.name)) }
    return origin.intersection(Origin.input)
  }

  /// Places that are computed from the state of inputs alone, such as a velocity.
  private mutating func spread() {
    guard let index, let cast else { return }
    steered = Set(state.keys)
    for _ in 0..<3 {
      var added = false
      for effect in index.tracer.effects where effect.kind == .write && effect.how != 1 {
        let place = index.canonical(effect.target)
        guard !steered.contains(place), !cast.isPosition(place), isSteered(effect.value) || isGuarded(effect) else {
          continue
        }
        if case .thing(let root) = index.place(place).root, root.tag == .member { continue }
        guard isMotionLike(place) else { continue }
        steered.insert(place)
        added = true
        // A vector is steered when a part of it is.
        let stored = index.place(place)
        if let last = stored.path.last, PositionNames.coordinates.contains(index.tracer.symbolNames[last]) {
          let whole = index.tracer.place(stored.root, Array(stored.path.dropLast()))
          if case .thing = stored.root, !cast.isPosition(whole),
            !stored.path.dropLast().isEmpty || isVector(stored.root)
          {
            steered.insert(whole)
          }
        }
      }
      if !added { break }
    }
  }

  private func isVector(_ root: Place.Root) -> Bool {
    guard let index, case .thing(let thing) = root, thing.tag == .node else { return false }
    return index.tracer.nodes[index.tracer.find(thing.id)].kind == .host
  }

  /// Whether a place can carry movement: velocities and targets rather than scores and lives.
  private func isMotionLike(_ place: Int) -> Bool {
    guard let index else { return false }
    let stored = index.place(place)
    let name =
      stored.path.last.map { index.tracer.symbolNames[$0] }
      ?? {
        if case .binding(let binding) = stored.root, binding >= 0 { return index.tracer.program.bindings[binding].name }
        return ""
      }()
    return stored.path.contains { PositionNames.velocities.contains(index.tracer.symbolNames[$0]) }
      || PositionNames.velocities.contains(name) || feedsPosition(place)
  }

  /// Whether a position is computed from a place.
  private func feedsPosition(_ place: Int) -> Bool {
    guard let index, let cast else { return false }
    return index.tracer.effects.contains { effect in
      effect.kind == .write && cast.isPosition(effect.target)
        && effect.value.deps.contains { covers(place, index.canonical($0)) }
    }
  }

  private func covers(_ a: Int, _ b: Int) -> Bool {
    guard let index else { return false }
    if a == b { return true }
    let first = index.place(a)
    let second = index.place(b)
    guard first.root == second.root else { return false }
    return second.path.starts(with: first.path) || first.path.starts(with: second.path)
  }

  /// Whether a value is computed from the state of inputs, by way of nothing that has a position of its own.
  private func isSteered(_ value: Value) -> Bool {
    guard let index else { return false }
    if !value.origin.isDisjoint(with: [.keyboard, .pointer, .touch, .gamepad, .orientation]) { return true }
    return value.deps.contains { dep in
      let place = index.canonical(dep)
      return isState(place) && (cast?.isPosition(place) != true || state[place] != nil)
    }
  }

  func isState(_ place: Int) -> Bool {
    guard let index else { return false }
    let place = index.canonical(place)
    if steered.contains(place) { return true }
    let stored = index.place(place)
    var path = stored.path
    while !path.isEmpty {
      path.removeLast()
      if path.isEmpty, case .binding = stored.root { break }
      if steered.contains(index.tracer.place(stored.root, path)) { return true }
    }
    return false
  }

  /// The inputs behind a place.
  func origin(of place: Int) -> Origin {
    guard let index else { return [] }
    let place = index.canonical(place)
    if let known = state[place] { return known }
    let stored = index.place(place)
    var path = stored.path
    while !path.isEmpty {
      path.removeLast()
      if let known = state[index.tracer.place(stored.root, path)] { return known }
    }
    return []
  }

  private func isGuarded(_ effect: Effect) -> Bool {
    guard let index else { return false }
    return index.chain(effect.guardID).contains { isHeld(index.tracer.guards[$0]) }
  }

  /// Whether a condition asks what is held down or pointed at, rather than whether the game runs.
  private func isHeld(_ item: Guard) -> Bool {
    guard item.kind != .loop, !item.value.origin.contains(.visibility) else { return false }
    if !item.value.origin.isDisjoint(with: [.keyboard, .pointer, .touch, .gamepad, .orientation]) { return true }
    return item.value.deps.contains { isHeldState($0) && isState($0) || isDriven($0) }
  }

  private func isDriven(_ place: Int) -> Bool {
    guard let index else { return false }
    let wanted = index.canonical(place)
    if driven.contains(wanted) { return true }
    let stored = index.place(wanted)
    var path = stored.path
    while !path.isEmpty {
      path.removeLast()
      if path.isEmpty, case .binding = stored.root { break }
      if driven.contains(index.tracer.place(stored.root, path)) { return true }
    }
    return steered.contains(wanted) && state[wanted] == nil
  }

  /// Whether an input moves what an effect writes.
  func moves(_ effect: Effect) -> Bool {
    guard let index else { return false }
    if isSteered(effect.value) { return true }
    if let change = effect.arguments.first, isSteered(change) { return true }
    if isGuarded(effect) { return true }
    if !index.loopFrames.contains(effect.frame) {
      return !handlerOrigin(of: effect.frame, index).isEmpty && !isReset(effect)
    }
    // `moveLeft()` called while a key is down.
    return index.callers[effect.frame].contains { edge in
      index.chain(edge.guardID).contains { isHeld(index.tracer.guards[$0]) }
    }
  }

  /// Whether an effect in a handler only puts something back to where it was at first.
  private func isReset(_ effect: Effect) -> Bool {
    effect.operation == NodeDetail.assign.rawValue && effect.value.origin.isDisjoint(with: Origin.input)
      && !effect.value.deps.contains { index?.canonical($0) == index?.canonical(effect.target) }
  }

  /// Whether keys move what an effect writes.
  func isKeyed(_ effect: Effect) -> Bool { inputs(of: effect).contains(.keyboard) }

  /// The inputs that an effect depends on.
  func inputs(of effect: Effect) -> Origin {
    guard let index else { return [] }
    let own = handlerOrigin(of: effect.frame, index)
    var result = effect.value.origin.intersection(Origin.input).union(own)
    // What a handler moves by itself comes from its own event, whatever else has to hold.
    if !own.isEmpty { return result }
    for dep in effect.value.deps { result.formUnion(deepOrigin(of: dep)) }
    for guardID in index.chain(effect.guardID) + index.callers[effect.frame].flatMap({ index.chain($0.guardID) })
    where isHeld(index.tracer.guards[guardID]) {
      result.formUnion(index.tracer.guards[guardID].value.origin.intersection(Origin.input))
      for dep in index.tracer.guards[guardID].value.deps where isHeldState(dep) || isDriven(dep) {
        result.formUnion(deepOrigin(of: dep))
      }
    }
    return result
  }

  /// The inputs behind a place, through velocities and the like.
  private func deepOrigin(of dep: Int, depth: Int = 0) -> Origin {
    guard let index else { return [] }
    let direct = origin(of: dep)
    guard direct.isEmpty, depth < 3, steered.contains(index.canonical(dep)) else { return direct }
    var result: Origin = []
    for number in index.writes[index.canonical(dep)] ?? [] {
      let effect = index.tracer.effects[number]
      result.formUnion(effect.value.origin.intersection(Origin.input))
      for inner in effect.value.deps where index.canonical(inner) != index.canonical(dep) {
        result.formUnion(deepOrigin(of: inner, depth: depth + 1))
      }
      for guardID in index.chain(effect.guardID) where isHeld(index.tracer.guards[guardID]) {
        result.formUnion(index.tracer.guards[guardID].value.origin.intersection(Origin.input))
        for inner in index.tracer.guards[guardID].value.deps where index.canonical(inner) != index.canonical(dep) {
          result.formUnion(deepOrigin(of: inner, depth: depth + 1))
        }
      }
    }
    return result
  }

  /// Whether input sets off an effect: in a handler, or in a loop while an input is held.
  func causes(_ effect: Effect) -> Bool {
    guard let index else { return false }
    if !handlerOrigin(of: effect.frame, index).isEmpty { return true }
    let held: Origin = [.keyboard, .pointer, .touch, .gamepad]
    return index.conditions(of: effect, within: index.loopFrames).contains { guardID in
      let item = index.tracer.guards[guardID]
      guard item.kind != .loop else { return false }
      if !item.value.origin.isDisjoint(with: held) { return true }
      return item.value.deps.contains { !origin(of: $0).isDisjoint(with: held) && isHeldState($0) }
    }
  }

  /// Whether a place says what is held down: a handler that notes a press has one that notes the release.
  func isHeldState(_ place: Int) -> Bool {
    guard let index else { return false }
    let wanted = index.canonical(place)
    if held.contains(wanted) { return true }
    let stored = index.place(wanted)
    var path = stored.path
    while !path.isEmpty {
      path.removeLast()
      if held.contains(index.tracer.place(stored.root, path)) { return true }
    }
    return false
  }
}
