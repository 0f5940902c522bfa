import JavaScriptSyntax
import Program

/// What is asked about a world once its cast is known: what moves whom, what stops it, what counts.
final class World: SharedAnalysis {
  let index: TraceIndex
  let cast: Cast
  let tracer: Tracer
  /// The writes that move members or single bodies in a loop, by entity.
  private(set) var motions: [Entity: [Int]] = [:]
  /// The places that decide whether the world runs.
  private(set) var gates: Set<Int> = []
  /// The numbers that grow when enemies are hit or things are collected and that are shown.
  var scores: Set<Int> = []
  /// The loop that advances the world, as index of ``TraceIndex/loops``.
  private(set) var mainLoop: Int?
  private var conditionCache: [Int: [Int]] = [:]

  init(_ scene: Scene) {
    index = scene.shared(TraceIndex.self)
    cast = scene.shared(Cast.self)
    tracer = index.tracer
    findMotions()
    findMainLoop()
    findGates()
    findScores()
  }

  // MARK: Effects

  /// The effects of each frame, by their numbers.
  private(set) lazy var effectsOfFrame: [Int: [Int]] = Dictionary(grouping: effects.indices) { effects[$0].frame }

  var effects: [Effect] { tracer.effects }

  func operation(_ effect: Effect) -> NodeDetail { NodeDetail(rawValue: effect.operation) ?? .none }

  func inLoop(_ effect: Effect) -> Bool { index.loopFrames.contains(effect.frame) }

  /// Whether an effect runs in a handler of an event and in no loop.
  func inHandler(_ effect: Effect) -> Bool { !inLoop(effect) && !index.events(leadingTo: effect.frame).isEmpty }

  /// Every condition on some way to an effect, in loops.
  func conditions(_ number: Int) -> [Int] {
    if let known = conditionCache[number] { return known }
    let effect = effects[number]
    let frames = inLoop(effect) ? index.loopFrames : Set(tracer.frames.indices)
    let found = index.conditions(of: effect, within: frames)
    conditionCache[number] = found
    return found
  }

  func dependsOn(_ value: Value, _ place: Int) -> Bool {
    let wanted = index.canonical(place)
    return value.deps.contains { matches(index.canonical($0), wanted) }
  }

  /// Whether two places are the same, unknown names matching any.
  func matches(_ a: Int, _ b: Int) -> Bool {
    if a == b { return true }
    let first = tracer.places[a]
    let second = tracer.places[b]
    guard first.root == second.root, first.path.count == second.path.count, !first.path.isEmpty else { return false }
    return zip(first.path, second.path).allSatisfy { $0 == $1 || $0 == tracer.star || $1 == tracer.star }
  }

  func lastName(_ place: Int) -> String {
    let stored = index.place(place)
    if let last = stored.path.last { return tracer.symbolNames[last] }
    if case .binding(let binding) = stored.root, binding >= 0 { return tracer.program.bindings[binding].name }
    if case .thing(let root) = stored.root, root.tag == .node { return tracer.nodeName(tracer.find(root.id)) }
    return ""
  }

  /// Whether a place belongs to members of a list.
  func isOfMember(_ place: Int) -> Bool {
    if case .thing(let root) = index.place(place).root { return root.tag == .member }
    return false
  }

  // MARK: Motion

  private func findMotions() {
    for (number, effect) in effects.enumerated()
    where effect.kind == .write && inLoop(effect) && effect.how != 1 && cast.isPosition(effect.target) {
      guard let entity = cast.entity(ofPlace: index.place(effect.target)), cast.isMove(effect) else { continue }
      if case .thing(let root) = index.place(effect.target).root, root.tag == .node, entity.list != nil { continue }
      if entity.list != nil, cast.isPlacing(effect, of: entity) { continue }
      motions[entity, default: []].append(number)
    }
  }

  /// What a step of a motion is scaled by.
  func scaling(_ number: Int) -> String {
    let effect = effects[number]
    let change = effect.arguments.first
    if effect.value.origin.contains(.elapsed) || change?.origin.contains(.elapsed) == true { return "elapsed" }
    let timed = conditions(number).contains { guardID in
      let item = tracer.guards[guardID]
      return item.kind != .logical && !item.value.origin.isDisjoint(with: [.elapsed, .clock])
        && !item.value.deps.contains { isOfMember($0) }
    }
    if timed { return "fixed-step" }
    if effect.value.origin.contains(.clock), operation(effect) == .assign { return "elapsed" }
    for loop in index.loops where loop.frames.contains(effect.frame) {
      if loop.kind == .interval || loop.kind == .timeout { return "interval" }
    }
    return "frame"
  }

  /// Whether a write only shows a body where its own numbers say that it is, or sends it back to where it starts.
  private func isFollowing(_ effect: Effect) -> Bool {
    guard operation(effect) == .assign, !dependsOn(effect.value, effect.target),
      effect.value.origin.isDisjoint(with: [.elapsed, .clock])
    else { return false }
    let own = index.place(effect.target).root
    let deps = effect.value.deps.filter { cast.isPosition($0) }
    return deps.allSatisfy { index.place($0).root == own }
  }

  func scaling(of numbers: [Int]) -> String {
    var counts: [String: Int] = [:]
    let steps = numbers.filter { !isFollowing(effects[$0]) }
    let numbers = steps.isEmpty ? numbers : steps
    for number in numbers { counts[scaling(number), default: 0] += 1 }
    guard let best = counts.max(by: { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }) else {
      return "frame"
    }
    let free = numbers.count - (counts["frame"] ?? 0)
    if counts.count == 1 { return best.key }
    if Double(free) / Double(numbers.count) >= 0.7 {
      return counts.filter { $0.key != "frame" }.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }?
        .key ?? "elapsed"
    }
    return Double(free) / Double(numbers.count) <= 0.3 ? "frame" : "mixed"
  }

  /// The motions of everything that has a role or is a list of moving members.
  var worldMotions: [Int] {
    var result: [Int] = []
    for (entity, numbers) in motions where cast.role(of: entity) != nil || entity.list != nil { result += numbers }
    if result.isEmpty { for (_, numbers) in motions { result += numbers } }
    return result.sorted()
  }

  private func findMainLoop() {
    var best = 0
    for (number, loop) in index.loops.enumerated() {
      let moved = worldMotions.filter { loop.frames.contains(effects[$0].frame) }.count
      let others = effects.filter { $0.kind != .call && $0.how != 1 && loop.frames.contains($0.frame) }.count
      let score = moved * 1000 + others
      if score > best {
        best = score
        mainLoop = number
      }
    }
  }

  // MARK: Gates

  /// Finds single places of few values under whose control most of the world moves.
  private func findGates() {
    var counts: [Int: Int] = [:]
    let moved = worldMotions + poolMotions
    for number in moved {
      var seen: Set<Int> = []
      for guardID in conditions(number) where tracer.guards[guardID].kind != .overlap {
        for dep in tracer.guards[guardID].value.deps where !isOfMember(dep) {
          let place = index.canonical(dep)
          if seen.insert(place).inserted { counts[place, default: 0] += 1 }
        }
      }
    }
    for (place, count) in counts where count * 2 >= moved.count && isSwitch(place) { gates.insert(place) }
  }

  /// Whether a place is given constants, toggled, or what is seen of the page.
  private func isSwitch(_ place: Int) -> Bool {
    let writers = (index.writes[place] ?? []).map { effects[$0] }
    return writers.contains { $0.how != 1 && isSwitchWrite($0) }
  }

  func isSwitchWrite(_ effect: Effect) -> Bool {
    guard operation(effect) == .assign else { return false }
    if effect.value.origin.contains(.visibility) { return true }
    return isFlag(effect) || isToggle(effect)
  }

  /// Whether a write gives a truth value or a word.
  func isFlag(_ effect: Effect) -> Bool {
    if !effect.value.things.isEmpty { return effect.value.things.allSatisfy { $0.tag == .string } }
    let code = index.code(effect)
    let given: Code?
    if code.kind == .variableDeclarator {
      given = code[.`init`]
    } else {
      given = code[.right] ?? code.list(.arguments).first ?? code[.value]
    }
    guard let right = given?.unwrapped else { return false }
    if right.kind == .literal { return right.detail == .true || right.detail == .false }
    if right.kind == .unaryExpression, right.detail == .not { return true }
    return effect.value.number == nil && effect.value.deps.isEmpty && effect.value.origin == .constant
  }

  func isToggle(_ effect: Effect) -> Bool {
    dependsOn(effect.value, effect.target) && effect.value.number == nil && operation(effect) == .assign
      && effect.value.things.allSatisfy { $0.tag == .string } && !hasArithmetic(effect)
  }

  private func hasArithmetic(_ effect: Effect) -> Bool {
    index.code(effect)[.right]?.descendants.contains {
      $0.kind == .binaryExpression && [.add, .subtract, .multiply, .divide].contains($0.detail)
    } ?? false
  }

  /// The element writes that advance pools of numbers.
  private(set) lazy var poolMotions: [Int] = effects.indices.filter { number in
    effects[number].kind == .elementWrite && inLoop(effects[number]) && operation(effects[number]) == .addAssign
  }

  // MARK: Rising and falling

  /// Whether a write makes a number grow.
  func isRise(_ effect: Effect) -> Bool {
    if operation(effect) == .addAssign { return true }
    guard operation(effect) == .assign, dependsOn(effect.value, effect.target),
      let right = index.code(effect)[.right] ?? index.code(effect).list(.arguments).first
    else { return false }
    return right.descendants.contains { $0.kind == .binaryExpression && $0.detail == .add }
  }

  /// Whether a write makes a number fall.
  func isFall(_ effect: Effect) -> Bool {
    if operation(effect) == .subtractAssign || operation(effect) == .divideAssign { return true }
    if operation(effect) == .multiplyAssign { return true }
    guard operation(effect) == .assign, dependsOn(effect.value, effect.target) else { return false }
    return cast.isLoss(effect)
      || (index.code(effect)[.right]?.descendants.contains {
        $0.kind == .binaryExpression && ($0.detail == .divide || $0.detail == .multiply)
      } ?? false) && !isRise(effect)
  }

  // MARK: Display

  /// A write of text to the page or the canvas.
  struct Shown {
    var effect: Int
    var value: Value
    var medium: String
  }

  private(set) lazy var shown: [Shown] = findShown()

  private func findShown() -> [Shown] {
    let texts: Set<String> = [
      "textContent", "innerHTML", "innerText", "value", "nodeValue", "data", "text", "outerHTML", "children", "title",
    ]
    var result: [Shown] = []
    for (number, effect) in effects.enumerated() {
      switch effect.kind {
      case .write:
        let place = index.place(effect.target)
        guard case .thing(let root) = place.root, root.tag == .node || root.tag == .member else { continue }
        let id = tracer.find(root.id)
        let isElement =
          root.tag == .node
          ? tracer.nodes[id].kind == .element
          : tracer.nodes[id].content.things.contains {
            $0.tag == .node && tracer.nodes[tracer.find($0.id)].kind == .element
          }
        guard isElement, let last = place.path.last, texts.contains(tracer.symbolNames[last]) else { continue }
        let code = index.code(effect)
        result.append(Shown(effect: number, value: effect.value, medium: code.kind == .jsxElement ? "jsx" : "dom"))
      case .call:
        let path = tracer.symbolNames[effect.how]
        let name = path.split(separator: ".").last.map(String.init) ?? path
        if name == "fillText" || name == "strokeText" || path == "text" && tracer.facts.usesP5 {
          result.append(Shown(effect: number, value: effect.arguments.first ?? .none, medium: "canvas"))
        } else if name == "setText" || name == "append" || name == "insertAdjacentHTML" || name == "html"
          || name == "addText"
        {
          result.append(Shown(effect: number, value: effect.value, medium: "dom"))
        }
      default: break
      }
    }
    // Texts of libraries that are properties: `label.text = score`.
    for (number, effect) in effects.enumerated() where effect.kind == .write {
      let place = index.place(effect.target)
      guard let last = place.path.last, tracer.symbolNames[last] == "text", case .thing(let root) = place.root,
        root.tag == .node, tracer.nodes[tracer.find(root.id)].kind == .host
      else { continue }
      result.append(Shown(effect: number, value: effect.value, medium: "canvas"))
    }
    return result
  }

  /// The places whose numbers a text is made of, through numbers that only follow others.
  func sources(of value: Value) -> Set<Int> {
    var result: Set<Int> = []
    var pending = value.deps.map { (index.canonical($0), 0) }
    while let (place, depth) = pending.popLast() {
      guard result.insert(place).inserted, depth < 3, !isOfMember(place) else { continue }
      for number in index.writes[place] ?? [] {
        for dep in effects[number].value.deps where !isRecord(number, of: dep) {
          pending.append((index.canonical(dep), depth + 1))
        }
      }
    }
    return result
  }

  lazy var shownPlaces: Set<Int> = {
    var result: Set<Int> = []
    for item in shown { result.formUnion(sources(of: item)) }
    return result
  }()

  /// The places whose numbers a text shows: not those that it only compares to find the greatest, nor those that the number
  /// it shows was once a record of.
  func sources(of item: Shown) -> Set<Int> {
    let code = index.code(effects[item.effect])
    var value = item.value
    let own = value.deps.map { index.canonical($0) }
    value.deps = value.deps.filter { dep in
      let place = index.canonical(dep)
      let isKept = own.contains { other in
        other != place && (index.writes[other] ?? []).contains { isRecord($0, of: place) }
      }
      let uses = code.descendants.filter { $0.name == lastName(place) }
      if uses.isEmpty { return !isKept }
      return !uses.allSatisfy { isCompared($0, within: code) }
    }
    return sources(of: value)
  }

  /// Whether a name only stands in `Math.max(...)` or in the test of a choice.
  private func isCompared(_ use: Code, within code: Code) -> Bool {
    var next: Code? = use
    var turns = 0
    while let inner = next, inner != code, turns < 40 {
      guard let parent = inner.parent else { return false }
      if parent.kind == .conditionalExpression, parent[.test] == inner { return true }
      if parent.kind == .callExpression, let callee = parent[.callee]?.unwrapped, callee != inner,
        callee.kind == .memberExpression ? callee[.property]?.name == "max" : callee.name == "max"
      {
        return true
      }
      next = parent
      turns += 1
    }
    return false
  }

  // MARK: Ends

  /// Whether an effect ends the game: it throws a switch that stops the world or the player, or stops the loop.
  func isEnd(_ effect: Effect) -> Bool {
    switch effect.kind {
    case .write:
      let place = index.canonical(effect.target)
      return (gates.contains(place) || stops.contains(place)) && isFlag(effect)
    case .call:
      let path = tracer.symbolNames[effect.how]
      let name = path.split(separator: ".").last.map(String.init) ?? path
      switch name {
      case "cancelAnimationFrame", "clearInterval", "noLoop", "stopRenderLoop": return true
      case "setAnimationLoop": return effect.arguments.first.map { $0.things.isEmpty } ?? false
      case "reload": return path.contains("location")
      case "restart", "pause", "start", "stop", "switch", "launch": return tracer.facts.usesPhaser && inLoop(effect)
      default: return false
      }
    default: return false
    }
  }

  /// Switches by which the player can no longer act, or by which no more enemies come.
  private(set) lazy var stops: Set<Int> = findStops()

  private func findStops() -> Set<Int> {
    guard let player = cast.player else { return [] }
    let steering = (motions[player] ?? []).filter { cast.inputs.moves(effects[$0]) }
    let arrivals = cast.entities("enemies").flatMap { cast.launches(of: $0) }.filter { inLoop(effects[$0]) }
    let firing = cast.entities("player-shots").flatMap { cast.launches(of: $0) }
    var result: Set<Int> = []
    for group in [steering, arrivals, firing] where !group.isEmpty {
      var counts: [Int: Int] = [:]
      for number in group {
        var seen: Set<Int> = []
        for guardID in conditions(number) {
          for dep in tracer.guards[guardID].value.deps where !isOfMember(dep) && !cast.inputs.isHeldState(dep) {
            if seen.insert(index.canonical(dep)).inserted { counts[index.canonical(dep), default: 0] += 1 }
          }
        }
      }
      for (place, count) in counts where count == group.count && isSwitch(place) { result.insert(place) }
    }
    return result
  }

  /// The single numbers compared in the conditions of an effect, such as lives.
  func limits(of number: Int) -> Set<Int> {
    var result: Set<Int> = []
    for guardID in conditions(number) where tracer.guards[guardID].kind != .loop {
      let item = tracer.guards[guardID]
      guard isOrderTest(tracer.facts.code(item.test)) else { continue }
      for dep in item.value.deps
      where !isOfMember(dep) && !cast.isPosition(dep) && !gates.contains(index.canonical(dep)) {
        result.insert(index.canonical(dep))
      }
    }
    return result
  }

  func isOrderTest(_ code: Code) -> Bool {
    if code.unwrapped.kind == .callExpression || code.unwrapped.kind == .identifier { return true }
    return code.descendants.contains {
      $0.kind == .binaryExpression
        && [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .strictEqual].contains($0.detail)
        || $0.kind == .unaryExpression && $0.detail == .not
    }
  }

  // MARK: Roles

  func role(_ entity: Entity?) -> String? { cast.role(of: entity) }

  /// The entities that have a role, in order.
  var actors: [(entity: Entity, role: String)] {
    cast.roles.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The place that holds the number of members of a list.
  func countedRole(_ place: Int) -> String? {
    let stored = index.place(place)
    guard stored.path.last == tracer.symbol.length, stored.path.count == 1, case .thing(let root) = stored.root else {
      return nil
    }
    let list = tracer.find(root.id)
    if root.tag == .member { return cast.role(of: .members(list, root.variant)) ?? cast.role(of: .members(list)) }
    if let viewed = tracer.viewed(list) { return viewed.count == 1 ? cast.role(of: cast.entity(of: viewed[0])) : nil }
    return cast.role(of: .members(list))
  }
}
