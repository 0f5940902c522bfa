import JavaScriptSyntax
import Program

/// The angle of bodies that go round a centre, and what advances it.
struct Orbits: Mechanic {
  static let id = "motion"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["of": .word("planets"), "driven-by": .word("loop"), "differs": .flag(true)]),
    .found(OrreryExamples.plain, ["scaled": .word("frame")]),
    .absent(OrreryExamples.still, ["of": .word("planets")]),
    .absent(OrreryExamples.unplaced, ["of": .word("planets")]),
    .found(OrreryExamples.pivots, ["of": .word("planets"), "scaled": .word("elapsed")]),
    .absent(OrreryExamples.spinning, ["of": .word("planets")]),
  ]

  /// What turns the bodies.
  struct Turn {
    /// The expression of the angle, or of what is added to it.
    var angle: Code
    var isTimed: Bool
    /// The writes in the loop that advance it.
    var steps: [Write]
    /// What it depends on in the loop.
    var locations: Set<StateLocation>
    /// Whether it is known to be the same for all bodies.
    var isUniform: Bool
    /// The rates of bodies that are each turned by a statement of their own.
    var ownRates: [Int: Double] = [:]
  }

  /// Everything in running code that turns bodies about the centre, the simplest first.
  static func turns(_ orrery: Orrery) -> [Turn] {
    guard orrery.matched > 0 else { return [] }
    var result: [Turn] = []
    for node in orrery.nodes where orrery.isLive(node) {
      if ["cos", "sin"].contains(node.calledName), let angle = node.list(.arguments).first {
        if let turn = turn(by: angle, orrery), orrery.isShown(node) { result.append(turn) }
      } else if let (angle, isStep) = rotation(node, orrery) {
        if let turn = turn(by: angle, isStep: isStep, orrery) { result.append(turn) }
      }
    }
    if result.isEmpty, let turn = oneByOne(orrery) { result.append(turn) }
    result.sort {
      ($0.isUniform ? 1 : 0, $0.locations.count, $0.angle) < ($1.isUniform ? 1 : 0, $1.locations.count, $1.angle)
    }
    return result
  }

  /// Turns that the code writes out for one named body after the other.
  private static func oneByOne(_ orrery: Orrery) -> Turn? {
    guard !orrery.named.isEmpty else { return nil }
    let program = orrery.program
    var first: Code?
    var rates: [Int: Constant] = [:]
    var locations: Set<StateLocation> = []
    var steps: [Write] = []
    for node in orrery.nodes where orrery.isLive(node) {
      var angle: Code?
      var body: Int?
      if let (value, _) = rotation(node, orrery) {
        let receiver = node[.callee]?.unwrapped[.object] ?? node[.left]
        (angle, body) = (value, receiver.flatMap { orrery.namedBody($0) })
      } else if ["cos", "sin"].contains(node.calledName), let value = node.list(.arguments).first, orrery.isShown(node)
      {
        let target = node.ancestors.prefix(8).first { $0.kind == .assignmentExpression || $0.kind == .callExpression }
        let receiver = target?[.left] ?? target?[.callee]?.unwrapped[.object]
        (angle, body) = (value, receiver.flatMap { orrery.namedBody($0) })
      }
      guard let angle, let body else { continue }
      let own = orrery.live.dependencies(of: angle).locations
      first = first ?? angle
      locations.formUnion(own)
      steps += own.flatMap { orrery.advances[$0] ?? [] }
      if rates[body] == nil { rates[body] = program.evaluate(angle, [:]) }
    }
    guard let first, rates.count >= 3 else { return nil }
    var turn = Turn(
      angle: first, isTimed: Orrery.hasTime(locations), steps: steps, locations: locations, isUniform: false)
    let base = rates.sorted { $0.key < $1.key }.first { $0.value.magnitude ?? 0 != 0 }?.value
    for (body, rate) in rates {
      if let base, let ratio = rate.ratio(to: base), ratio.isFinite { turn.ownRates[body] = ratio }
    }
    turn.isUniform = !turn.ownRates.isEmpty && Set(turn.ownRates.values).count == 1
    return turn
  }

  private static func turn(by angle: Code, isStep: Bool = false, _ orrery: Orrery) -> Turn? {
    var locations = orrery.live.dependencies(of: angle).locations
    // The direction from one place to another turns with the view too.
    if locations.contains(.external("Math.atan2")) {
      locations = orrery.live.dependencies(of: angle, leavingOut: orrery.viewPlaces).locations
    }
    let steps = locations.flatMap { orrery.advances[$0] ?? [] }.sorted { $0.site < $1.site }
    let isTimed = Orrery.hasTime(locations)
    guard !steps.isEmpty || isTimed || isStep else { return nil }
    guard orrery.isOfBodies(angle) else { return nil }
    var turn = Turn(angle: angle, isTimed: isTimed, steps: steps, locations: locations, isUniform: false)
    turn.isUniform = isUniform(turn, orrery)
    return turn
  }

  /// What an expression turns: its angle, and whether that is added to what was there.
  private static func rotation(_ node: Code, _ orrery: Orrery) -> (Code, Bool)? {
    let program = orrery.program
    switch node.kind {
    case .assignmentExpression:
      guard let target = node[.left]?.unwrapped, target.kind == .memberExpression, let value = node[.right],
        let owner = target[.object]?.unwrapped
      else { return nil }
      let name = program.propertyName(of: target) ?? ""
      if owner.kind == .memberExpression, program.propertyName(of: owner) == "rotation", let body = owner[.object] {
        return orrery.isPivot(body) ? (value, node.detail != .assign) : nil
      }
      if name == "transform" || name == "rotate", let angle = styleAngle(value, orrery) { return (angle, false) }
      return nil
    case .callExpression:
      guard program.callees(of: node).isEmpty, let first = node.list(.arguments).first else { return nil }
      let name = node.calledName
      let receiver = node[.callee]?.unwrapped[.object]?.unwrapped
      if name == "setAttribute", node.list(.arguments).count == 2,
        let angle = styleAngle(node.list(.arguments)[1], orrery)
      {
        return (angle, false)
      }
      if ["rotateX", "rotateY", "rotateZ", "rotate", "rotateOnAxis", "rotateOnWorldAxis"].contains(name) {
        let angle = node.list(.arguments).count > 1 && name.hasPrefix("rotateOn") ? node.list(.arguments)[1] : first
        if let receiver, orrery.isOfScene(receiver) { return orrery.isPivot(receiver) ? (angle, true) : nil }
        return orrery.movesAfter(node) ? (angle, false) : nil
      }
      if name == "set", let receiver, receiver.kind == .memberExpression,
        program.propertyName(of: receiver) == "rotation",
        let body = receiver[.object], orrery.isPivot(body)
      {
        return node.list(.arguments).first { orrery.isOfBodies($0) }.map { ($0, false) }
      }
      return nil
    default: return nil
    }
  }

  /// The angle in the text of a transform.
  private static func styleAngle(_ value: Code, _ orrery: Orrery) -> Code? {
    let value = value.unwrapped
    guard value.kind == .templateLiteral || value.kind == .binaryExpression, value.text.contains("rotate") else {
      return nil
    }
    if value.kind == .templateLiteral { return value.list(.expressions).first { orrery.isOfBodies($0) } }
    return value
  }

  /// Whether every body turns at the same rate, as far as that is known.
  private static func isUniform(_ turn: Turn, _ orrery: Orrery) -> Bool {
    let rates = orrery.rates(of: turn)
    if !rates.isEmpty { return false }
    // Without figures: something besides the angle itself has to tell the bodies apart.
    let own = Set(turn.steps.flatMap { orrery.program.locations(of: $0.target) })
    let parts =
      turn.steps.compactMap { $0.value }
      + (turn.steps.isEmpty || own.allSatisfy { !orrery.isOfBody($0) } ? [turn.angle] : [])
    return !parts.contains { orrery.slice($0, leavingOut: own).contains { orrery.isOfBody($0) } }
  }

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard let turn = orrery.turns.first else { return styled(orrery) }
    var evidence = [orrery.evidence(turn.angle, "the angle of a planet")]
    if let step = turn.steps.first { evidence.append(orrery.evidence(step.site, "is advanced here")) }
    let isInterval = turn.steps.allSatisfy { orrery.isInInterval($0.site) } && !turn.steps.isEmpty
    return [
      Finding(
        id, .found,
        facts: [
          "of": .word("planets"), "by": .word(turn.steps.isEmpty ? "elapsed" : "angle"), "driven-by": .word("loop"),
          "scaled": .word(turn.isTimed ? "elapsed" : isInterval ? "interval" : "frame"),
          "differs": .flag(!turn.isUniform),
        ], evidence: evidence)
    ]
  }

  /// Orbits that style animations run, with a duration of its own for each body.
  private static func styled(_ orrery: Orrery) -> [Finding] {
    guard let spin = orrery.styleTurns.first else { return [] }
    return [
      Finding(
        id, .found,
        facts: [
          "of": .word("planets"), "by": .word("keyframes"), "driven-by": .word("loop"), "scaled": .word("elapsed"),
          "differs": .flag(true),
        ], evidence: [orrery.evidence(spin, "the time that a planet's animation takes")])
    ]
  }
}

extension Orrery {
  /// Whether something of a body decides a value: its figures, or which one it is.
  func isOfBodies(_ code: Code) -> Bool { dependsOnBody(code) || isInBodyScope(code) }

  /// Whether code stands for one body after the other without reading a figure: a variable that a loop over bodies sets.
  private func isInBodyScope(_ code: Code) -> Bool {
    code.descendants.contains { node in
      guard node.kind == .identifier, let binding = program.binding(of: node) else { return false }
      return groups.contains { $0.scope.contains(code) && $0.rows.values.contains { $0[binding.id] != nil } }
    }
  }

  /// Everything that a value depends on, without what is behind some places.
  func slice(_ code: Code, leavingOut stops: Set<StateLocation>) -> Set<StateLocation> {
    var seen = program.directDependencies(of: code).subtracting(stops)
    var pending = Array(seen)
    while let next = pending.popLast(), seen.count < 2_000 {
      if isOfBody(next) { continue }
      for place in program.directDependencies(of: next) where !stops.contains(place) && seen.insert(place).inserted {
        pending.append(place)
      }
    }
    return seen
  }

  func isInInterval(_ code: Code) -> Bool {
    program.callbacks.contains { callback in
      callback.kind == .interval && program.functionsReached(from: callback.function).contains(code.region)
    }
  }

  /// Whether an expression is a node of a scene, which keeps its turn.
  func isOfScene(_ code: Code) -> Bool {
    program.objects(of: code).contains { id in
      let object = program.object(id)
      return object.kind == .external && object.site != nil && !(object.path ?? "").contains("getContext")
    }
  }

  /// Whether a node of a scene carries something that stands off its centre, so that its turn moves what it carries.
  func isPivot(_ code: Code) -> Bool {
    let wanted = Set(program.objects(of: code))
    guard !wanted.isEmpty else { return true }
    for node in nodes where ["add", "attach", "addChild"].contains(node.calledName) {
      guard let receiver = node[.callee]?.unwrapped[.object],
        !wanted.isDisjoint(with: program.objects(of: receiver))
      else { continue }
      for argument in node.list(.arguments) {
        let children = Set(program.objects(of: argument))
        if !children.isDisjoint(with: offCentre) || children.isEmpty { return true }
      }
    }
    for node in nodes where node.kind == .jsxAttribute && node[.name]?.name == "ref" {
      guard let value = expression(of: node), let element = node.parent?.parent,
        isReference(value, to: wanted)
      else { continue }
      return element.descendants.contains {
        $0.kind == .jsxAttribute && ["position", "position-x", "position-z"].contains($0[.name]?.name ?? "")
          && $0.parent?.parent != element
          && (expression(of: $0).map { isOfBodies($0) } ?? false)
      }
    }
    return false
  }

  private func isReference(_ value: Code, to wanted: Set<ObjectID>) -> Bool {
    program.objects(of: value).contains { holder in
      !Set(program.objects(in: "current", of: holder)).isDisjoint(with: wanted)
    }
  }

  /// The things in a scene whose place follows from the figures of a body.
  func findOffCentre() -> Set<ObjectID> {
    var result: Set<ObjectID> = []
    for node in nodes {
      var owner: Code?
      var values: [Code] = []
      if node.kind == .assignmentExpression, let target = node[.left]?.unwrapped, target.kind == .memberExpression,
        let part = target[.object]?.unwrapped, part.kind == .memberExpression,
        program.propertyName(of: part) == "position"
      {
        owner = part[.object]
        values = node[.right].map { [$0] } ?? []
      } else if ["set", "setX", "setZ", "copy"].contains(node.calledName),
        let part = node[.callee]?.unwrapped[.object]?.unwrapped,
        part.kind == .memberExpression, program.propertyName(of: part) == "position"
      {
        owner = part[.object]
        values = node.list(.arguments)
      } else if ["translateX", "translateZ"].contains(node.calledName) {
        owner = node[.callee]?.unwrapped[.object]
        values = node.list(.arguments)
      }
      guard let owner, values.contains(where: { isOfBodies($0) }) else { continue }
      result.formUnion(program.objects(of: owner))
    }
    return result
  }

  /// Whether what is drawn after a turn of the whole drawing stands at a distance: `rotate(a); translate(d, 0)`.
  func movesAfter(_ call: Code) -> Bool {
    var found = false
    call.region.forEachInRegion { node in
      guard node > call,
        ["translate", "arc", "ellipse", "circle", "drawImage", "image", "rect", "fillRect"].contains(node.calledName),
        node.list(.arguments).prefix(3).contains(where: { isOfBodies($0) })
      else { return }
      found = true
    }
    return found
  }

  /// Durations of style animations that follow from a body's figures.
  var styleTurns: [Code] {
    program.domWrites.flatMap { write -> [Code] in
      guard let value = write.value, isOfBodies(value) else { return [] }
      switch write.kind {
      case .style("animationDuration"), .style("animation"), .style("animation-duration"):
        return figured(value).filter { isOfBodies($0) }
      case .style("cssText"), .style(""), .attribute("style"):
        return styleParts(value, ["animation", "animation-duration", "animationDuration"]).filter { isOfBodies($0) }
      default: return []
      }
    }
  }
}

/// How many bodies of the reference there are.
struct PlanetPopulations: Mechanic {
  static let id = "population"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["role": .word("planets"), "members": .number(8)])
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0, let site = orrery.site else { return [] }
    let drawn = orrery.drawnCount
    return [
      Finding(
        id, .found, facts: ["role": .word("planets"), "members": .number(Double(drawn))],
        evidence: [orrery.evidence(site, "names \(orrery.matched) planets, of which \(drawn) are drawn")])
    ]
  }
}
