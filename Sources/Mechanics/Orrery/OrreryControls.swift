import JavaScriptSyntax
import Program

/// The speed and pause of the orbits.
struct OrreryControls: Mechanic {
  static let id = "control"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.page, ["target": .word("speed"), "input": .word("slider"), "of": .word("planets")]),
    .found(OrreryExamples.page, ["target": .word("pause"), "input": .word("button"), "of": .word("planets")]),
    .absent(OrreryExamples.plain, ["target": .word("speed"), "of": .word("planets")]),
    .broken(OrreryExamples.deafPage, ["target": .word("speed")]),
    .absent(OrreryExamples.deafPage, ["target": .word("pause"), "of": .word("planets")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    var finder = OrreryRateControls(orrery)
    finder.run()
    return finder.findings
  }
}

/// Finds the controls that change the rate of the orbits, or stop them.
private struct OrreryRateControls {
  let orrery: Orrery
  var program: ProgramModel { orrery.program }
  var findings: [Finding] = []
  private var seen: Set<String> = []
  /// What the rate follows from.
  private var values: Set<StateLocation> = []
  /// What decides whether the orbits advance at all.
  private var gates: Set<StateLocation> = []
  private var anchor: Code?

  init(_ orrery: Orrery) { self.orrery = orrery }

  mutating func run() {
    let turns = primaryTurns()
    anchor = turns.first?.angle ?? orrery.styleTurns.first
    guard anchor != nil else { return }
    for turn in turns {
      values.formUnion(turn.locations)
      for step in turn.steps { gates.formUnion(orrery.live.conditions(of: step.site).locations) }
      if turn.steps.isEmpty || turn.steps.allSatisfy({ $0.site.region == turn.angle.region }) {
        gates.formUnion(orrery.live.conditions(of: turn.angle).locations)
      }
    }
    for callback in program.callbacks where callback.kind == .frame && callback.repeats {
      if orrery.isInLoop(callback.registration) {
        gates.formUnion(orrery.live.conditions(of: callback.registration).locations)
      }
    }
    for style in orrery.styleTurns { values.formUnion(orrery.slice(style)) }
    for handler in orrery.handlers { read(handler) }
    readElements()
    readPanels()
    readStops()
    if !findings.contains(where: { $0.facts["target"] == .word("speed") }) { readDeaf() }
  }

  /// The turns that carry the figures of the most bodies; all without figures when there are none.
  private func primaryTurns() -> [Orbits.Turn] {
    let counted = orrery.turns.map { turn in (turn, orrery.rates(of: turn).map { $0.figures.count }.max() ?? 0) }
    let best = counted.map { $0.1 }.max() ?? 0
    var candidates = counted.filter { $0.1 == best }.map { $0.0 }
    let direct = candidates.filter { !$0.locations.contains(.external("Math.atan2")) }
    if !direct.isEmpty { candidates = direct }
    // Of these, the simplest and those that the same steps advance.
    guard let first = candidates.first else { return [] }
    let steps = Set(first.steps.map { $0.site })
    return candidates.filter { Set($0.steps.map { $0.site }) == steps }
  }

  private mutating func add(_ target: String, _ input: String, _ site: Code) {
    guard let anchor, seen.insert(target + input).inserted else { return }
    findings.append(
      Finding(
        "control", .found, facts: ["input": .word(input), "target": .word(target), "of": .word("planets")],
        evidence: [
          orrery.evidence(site, target == "pause" ? "stops and resumes the orbits" : "sets the rate of the orbits"),
          orrery.evidence(anchor, "which the angle of a planet follows"),
        ]))
  }

  private mutating func read(_ handler: HostCallback) {
    let input = OrreryInput.name(of: handler, program)
    guard !input.isEmpty, !["hover", "scroll"].contains(input) else { return }
    for change in orrery.changes(by: handler.function) where !orrery.isInLoop(change.site) {
      let places = change.places.filter { isState($0) }
      let isValue = places.contains { values.contains($0) }
      let isGate = places.contains { gates.contains($0) }
      guard isValue || isGate || isPlayback(change) else { continue }
      if isPause(change, places, isGate: isGate, isValue: isValue) {
        add("pause", input, change.site)
      } else if isValue && isRate(places) || isPlayback(change), isChoice(change, input) {
        add("speed", input, change.site)
      }
    }
  }

  private func isPlayback(_ change: Orrery.Change) -> Bool {
    change.places.contains { place in
      if case .external(let name) = place {
        return ["playbackRate", "updatePlaybackRate", "timeScale"].contains { name.hasSuffix($0) }
      }
      if case .property(_, let name) = place { return name == "playbackRate" }
      return false
    }
  }

  private func isState(_ location: StateLocation) -> Bool {
    switch location {
    case .binding, .property: true
    default: false
    }
  }

  /// Whether places hold a rate rather than a clock that is put back to a start.
  private func isRate(_ places: [StateLocation]) -> Bool {
    places.contains { values.contains($0) && orrery.advances[$0] == nil }
  }

  /// Whether what is written is a choice of the reader: what was put in, or one of several rates that keys and buttons stand for.
  private func isChoice(_ change: Orrery.Change, _ input: String) -> Bool {
    switch input {
    case "slider", "select", "text": return change.value == nil || orrery.isInput(change.value)
    case "pointer", "touch", "wheel":
      guard let value = change.value else { return change.readsOldValue }
      return !orrery.dependsOnBody(value)
        && !orrery.slice(value).contains {
          if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false }
        }
    default: return true
    }
  }

  // MARK: Pause

  private func isPause(_ change: Orrery.Change, _ places: [StateLocation], isGate: Bool, isValue: Bool) -> Bool {
    if isToggle(change) { return isGate || places.contains { values.contains($0) && isZeroing($0) } }
    guard isValue else { return isGate && isFlag(change) }
    if isSwitchToZero(change) { return true }
    // One button that sets the rate to nothing, and another that sets it to something.
    guard let value = change.value, program.constant(of: value).number == 0, isRate(places) else { return false }
    return orrery.handlers.contains { handler in
      !OrreryInput.isMove(handler.event) && OrreryInput.name(of: handler, program) != "slider"
        && orrery.changes(by: handler.function).contains { other in
          !Set(other.places).isDisjoint(with: places)
            && other.value.map { program.constant(of: $0).number != 0 } ?? false
        }
    }
  }

  private func isFlag(_ change: Orrery.Change) -> Bool {
    guard let value = change.value else { return false }
    if case .bool = program.constant(of: value) { return true }
    return orrery.slice(value).contains { place in
      switch place {
      case .element(_, let name): name == "checked"
      case .external(let path): path.hasSuffix(".checked")
      default: false
      }
    }
  }

  private func isToggle(_ change: Orrery.Change) -> Bool {
    guard let value = change.value?.unwrapped else { return false }
    if value.kind == .unaryExpression, value.detail == .not { return true }
    if value.kind.isFunction { return value.descendants.contains { $0.kind == .unaryExpression && $0.detail == .not } }
    if case .bool = program.constant(of: value) { return true }
    if change.write?.operator == .bitXorAssign { return true }
    if value.kind == .binaryExpression, [.subtract, .bitXor].contains(value.detail), let target = change.write?.target {
      return value[.left]?.text == "1" && value[.right]?.text == target.text
        || value.detail == .bitXor && value[.left]?.text == target.text
    }
    return false
  }

  /// `speed = speed ? 0 : before`.
  private func isSwitchToZero(_ change: Orrery.Change) -> Bool {
    guard let value = change.value?.unwrapped else { return false }
    let body = value.kind == .arrowFunctionExpression ? value[.body]?.unwrapped ?? value : value
    guard body.kind == .conditionalExpression else { return false }
    return [body[.consequent], body[.alternate]].contains { $0.map { program.constant(of: $0).number == 0 } ?? false }
  }

  /// Whether running code takes nothing for the rate where a flag is off: `running ? dt : 0`, `dt * running`.
  private func isZeroing(_ place: StateLocation) -> Bool {
    orrery.nodes.contains { node in
      guard orrery.isLive(node) else { return false }
      switch node.kind {
      case .conditionalExpression:
        guard let test = node[.test], program.directDependencies(of: test).contains(place) else { return false }
        return [node[.consequent], node[.alternate]].contains {
          $0.map { program.constant(of: $0).number == 0 } ?? false
        }
      case .binaryExpression where node.detail == .multiply:
        return [node[.left], node[.right]].contains { part in
          guard var part = part?.unwrapped else { return false }
          if part.kind == .unaryExpression { part = part[.argument]?.unwrapped ?? part }
          return part.kind != .binaryExpression && program.locations(of: part).contains(place)
        }
      case .logicalExpression: return node[.left].map { program.directDependencies(of: $0).contains(place) } ?? false
      default: return false
      }
    }
  }

  // MARK: Other ways

  /// Controls whose value the update reads itself.
  private mutating func readElements() {
    let document = program.document
    for location in values.union(gates).sorted(by: { "\($0)" < "\($1)" }) {
      guard case .element(let number, let name) = location, document.elements.indices.contains(number) else { continue }
      let element = document.elements[number]
      guard isReadInLoop(number) else { continue }
      let isCheck = name == "checked"
      guard isCheck || name == "value" || name == "valueAsNumber" else { continue }
      let input = element.name.lowercased() == "select" ? "select" : isCheck ? "checkbox" : "slider"
      let target = isCheck ? "pause" : "speed"
      guard target != "speed" || values.contains(location), seen.insert(target + input).inserted else { continue }
      findings.append(
        Finding(
          "control", .found, facts: ["input": .word(input), "target": .word(target), "of": .word("planets")],
          evidence: [Evidence(file: element.file, span: element.span, says: "its value is read while the orbits turn")])
      )
    }
  }

  private func isReadInLoop(_ element: Int) -> Bool {
    ["value", "valueAsNumber", "checked"].contains { name in
      program.accesses(to: name).contains { access in
        guard access.isRead, let owner = access.object else { return false }
        return orrery.isInLoop(access.code) && program.elements(of: owner).contains(element)
      }
    }
  }

  /// Controls that a library makes for a property of an object, or whose values a hook gives.
  private mutating func readPanels() {
    for node in orrery.nodes where ["add", "addBinding", "addInput", "addMonitor"].contains(node.calledName) {
      let arguments = node.list(.arguments)
      guard arguments.count >= 2, let name = program.constant(of: arguments[1]).string,
        program.callees(of: node).isEmpty
      else { continue }
      let places = program.objects(of: arguments[0]).map { StateLocation.property($0, name) }
      guard places.contains(where: { values.contains($0) || gates.contains($0) }) else { continue }
      let isSwitch = program.objects(of: arguments[0]).contains { object in
        program.writes(of: .property(object, name)).contains { write in
          if let value = write.value, case .bool = program.constant(of: value) { return true }
          return false
        }
      }
      if isSwitch {
        if places.contains(where: { gates.contains($0) || isZeroing($0) }) { add("pause", "checkbox", node) }
      } else if isRate(places) {
        add("speed", "slider", node)
      }
    }
    for node in orrery.nodes
    where ["createSlider", "createInput", "createSelect"].contains(node.calledName) && program.callees(of: node).isEmpty
    {
      let made = Set(program.objects(of: node))
      let isRead = orrery.nodes.contains { read in
        guard read.calledName == "value", orrery.isLive(read), let receiver = read[.callee]?.unwrapped[.object],
          !made.isDisjoint(with: program.objects(of: receiver))
        else { return false }
        return reachesRate(read)
      }
      if isRead { add("speed", node.calledName == "createSelect" ? "select" : "slider", node) }
    }
    for node in orrery.nodes where node.calledName == "useControls" && program.callees(of: node).isEmpty {
      guard let declarator = node.parent, declarator.kind == .variableDeclarator, let pattern = declarator[.id] else {
        continue
      }
      for name in pattern.descendants where name.kind == .identifier && name.isWriteTarget {
        if program.locations(of: name).contains(where: { values.contains($0) }) { add("speed", "slider", node) }
      }
    }
  }

  /// Whether what an expression gives is part of what the rate follows from.
  private func reachesRate(_ code: Code) -> Bool {
    orrery.outlets(of: code).contains { values.contains($0) || orrery.advances[$0] != nil && isOfTurn($0) }
  }

  private func isOfTurn(_ place: StateLocation) -> Bool { values.contains(place) }

  /// Handlers that stop the loop or the animations themselves.
  private mutating func readStops() {
    for handler in orrery.handlers
    where OrreryInput.isPress(handler.event) || OrreryInput.isKey(handler.event)
      || ["change", "input"].contains(handler.event ?? "")
    {
      let input = OrreryInput.name(of: handler, program)
      guard !input.isEmpty else { continue }
      let regions = program.functionsReached(from: handler.function)
      let numbers = Set(regions.map { $0.index })
      for region in regions {
        var found: Code?
        region.forEachInRegion { node in
          guard found == nil, program.isReachable(node), isStop(node) else { return }
          found = node
        }
        if let found { add("pause", input, found) }
      }
      guard !orrery.styleTurns.isEmpty else { continue }
      for write in program.domWrites where numbers.contains(write.code.region.index) {
        switch write.kind {
        case .style("animationPlayState"), .style("animation-play-state"): add("pause", input, write.code)
        case .style(let name) where ["animationDuration", "animation-duration", "animation"].contains(name):
          if orrery.isInput(write.value) || input == "button" || input == "keyboard" { add("speed", input, write.code) }
        case .classes: if orrery.hasPlayState { add("pause", input, write.code) }
        default: break
        }
      }
    }
  }

  private func isStop(_ node: Code) -> Bool {
    guard node.kind == .callExpression, program.callees(of: node).isEmpty else { return false }
    switch node.calledName {
    case "cancelAnimationFrame", "noLoop": return true
    case "clearInterval":
      return orrery.turns.first.map { turn in turn.steps.contains { orrery.isInInterval($0.site) } } ?? false
    case "setAnimationLoop": return node.list(.arguments).first.map { program.constant(of: $0) == .null } ?? false
    case "pause", "paused":
      let paths = program.calleePaths(of: node).joined(separator: " ").lowercased()
      return paths.contains("gsap") || paths.contains("animate") || paths.contains("animation")
        || paths.contains("anime")
    default: return false
    }
  }

  /// A control beside the orbits that nothing in them follows.
  private mutating func readDeaf() {
    let controls = program.document.elements.filter { element in
      element.name.lowercased() == "input" && element.attribute("type")?.lowercased() == "range"
    }
    let speedy = Vocabulary([
      "speed", "tempo", "rate", "geschwindigkeit", "vitesse", "velocidad", "velocità", "velocidade", "speed-slider",
    ])
    guard
      let element = controls.first(where: { speedy.matches($0.identifier ?? "") })
        ?? (controls.count == 1 ? controls.first : nil)
    else { return }
    findings.append(
      Finding(
        "control", .broken, facts: ["input": .word("slider"), "target": .word("speed"), "of": .word("planets")],
        evidence: [Evidence(file: element.file, span: element.span, says: "a slider beside the orbits")],
        reason: "nothing that it changes is read by the update of the orbits", failure: .structural,
        advice: "Multiply the step of every planet by the value of the slider inside the update."))
  }
}
