import JavaScriptSyntax
import Program

/// The speed and pause of the orbits, the choice of a body, and the view.
struct OrreryControls: Mechanic {
  static let id = "control"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.page, ["target": .word("speed"), "input": .word("slider")]),
    .found(OrreryExamples.page, ["target": .word("pause"), "input": .word("button")]),
    .found(OrreryExamples.page, ["target": .word("selection"), "through": .word("hit-test")]),
    .found(OrreryExamples.page, ["target": .word("view"), "effect": .word("zoom")]),
    .absent(OrreryExamples.plain, ["target": .word("speed")]),
    .absent(OrreryExamples.plain, ["target": .word("selection")]),
    .absent(OrreryExamples.plain, ["target": .word("view")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    return rates(orrery) + selections(orrery) + views(orrery)
  }

  // MARK: Speed and pause

  private static func rates(_ orrery: Orrery) -> [Finding] {
    let program = orrery.program
    let turns = Orbits.turns(orrery)
    guard !turns.isEmpty else { return [] }
    var values: Set<StateLocation> = []
    var gates: Set<StateLocation> = []
    guard let turn = turns.first else { return [] }
    values.formUnion(turn.locations)
    for step in turn.steps {
      if let value = step.value { values.formUnion(orrery.slice(value)) }
      gates.formUnion(program.conditions(of: step.site).locations)
    }
    if turn.steps.isEmpty { gates = program.conditions(of: turn.angle).locations }
    var result: [Finding] = []
    var seen: Set<String> = []
    for handler in orrery.handlers {
      let input = OrreryInput.name(of: handler, program)
      guard !input.isEmpty, !["hover", "scroll"].contains(input) else { continue }
      for write in program.effects(of: handler.function) where !orrery.isInLoop(write.site) || !isShared(write, orrery)
      {
        let places = program.locations(of: write.target).filter { isState($0) }
        let isValue = places.contains { values.contains($0) }
        let isGate = places.contains { gates.contains($0) }
        guard isValue || isGate else { continue }
        let toggles = isToggle(write, program)
        var target: String?
        if toggles, isGate || isValue {
          target = "pause"
        } else if isValue, isRate(write, orrery, values) {
          target = "speed"
        }
        if target == "speed", ["pointer", "touch", "wheel"].contains(input), !isChosen(write, orrery) { continue }
        guard let target, seen.insert(target + input).inserted else { continue }
        result.append(
          Finding(
            id, .found, facts: ["input": .word(input), "target": .word(target)],
            evidence: [
              orrery.evidence(
                write.site, target == "pause" ? "stops and resumes the orbits" : "sets the rate of the orbits"),
              orrery.evidence(turns[0].angle, "which the angle of a planet follows"),
            ]))
      }
    }
    // A control whose value the update reads itself.
    var readOnce: DOMElement?
    for location in values.sorted(by: { "\($0)" < "\($1)" }) {
      guard case .element(let number, let name) = location, name == "value" || name == "valueAsNumber",
        program.document.elements.indices.contains(number)
      else { continue }
      let element = program.document.elements[number]
      guard readsInLoop(number, orrery) else {
        readOnce = readOnce ?? element
        continue
      }
      let input = element.name.lowercased() == "select" ? "select" : "slider"
      guard seen.insert("speed" + input).inserted else { continue }
      result.append(
        Finding(
          id, .found, facts: ["input": .word(input), "target": .word("speed")],
          evidence: [Evidence(file: element.file, span: element.span, says: "its value is read while the orbits turn")])
      )
    }
    return result
  }

  private static func readsInLoop(_ element: Int, _ orrery: Orrery) -> Bool {
    ["value", "valueAsNumber"].contains { name in
      orrery.program.accesses(to: name).contains { access in
        guard access.isRead, let owner = access.object else { return false }
        return orrery.isInLoop(access.code) && orrery.program.elements(of: owner).contains(element)
      }
    }
  }

  /// Whether a write happens in the loop as it does in a handler.
  private static func isShared(_ write: Write, _ orrery: Orrery) -> Bool { orrery.isInLoop(write.site) }

  private static func isState(_ location: StateLocation) -> Bool {
    switch location {
    case .binding, .property: true
    default: false
    }
  }

  private static func isToggle(_ write: Write, _ program: ProgramModel) -> Bool {
    guard let value = write.value?.unwrapped else { return false }
    if value.kind == .unaryExpression, value.detail == .not { return true }
    if value.kind.isFunction { return value.descendants.contains { $0.kind == .unaryExpression && $0.detail == .not } }
    if case .bool = program.constant(of: value) { return true }
    if write.operator == .bitXorAssign { return true }
    if value.kind == .binaryExpression, [.subtract, .bitXor].contains(value.detail) {
      return value[.left]?.text == "1" && value[.right]?.text == write.target.text
        || value.detail == .bitXor && value[.left]?.text == write.target.text
    }
    if value.kind == .conditionalExpression, let test = value[.test], test.text.contains(write.target.text) {
      return program.constant(of: value[.alternate] ?? value).number == 0
        || program.constant(of: value[.consequent] ?? value).number == 0
    }
    return false
  }

  /// Whether a write sets a rate rather than a clock back to a start.
  private static func isRate(_ write: Write, _ orrery: Orrery, _ values: Set<StateLocation>) -> Bool {
    let program = orrery.program
    let places = program.locations(of: write.target)
    let isAdvanced = places.contains { place in
      program.writes(of: place).contains { orrery.isInLoop($0.site) && $0.readsOldValue }
    }
    return !isAdvanced && !places.contains { orrery.isOfBody($0) }
  }

  private static func isChosen(_ write: Write, _ orrery: Orrery) -> Bool {
    guard let value = write.value else { return write.readsOldValue }
    return !orrery.slice(value).contains {
      if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false }
    }
      && !orrery.dependsOnBody(value)
  }

  // MARK: Selection

  private static let orders: Set<NodeDetail> = [.less, .lessOrEqual, .greater, .greaterOrEqual]

  private static func selections(_ orrery: Orrery) -> [Finding] {
    let program = orrery.program
    var result: [Finding] = []
    var seen: Set<String> = []
    func add(_ through: String, _ code: Code, _ says: String) {
      guard seen.insert(through).inserted else { return }
      result.append(
        Finding(
          id, .found,
          facts: [
            "input": .word("pointer"), "target": .word("selection"), "of": .word("planets"), "through": .word(through),
          ], evidence: [orrery.evidence(code, says)]))
    }
    for handler in orrery.handlers where OrreryInput.isPress(handler.event) {
      let regions = program.functionsReached(from: handler.function)
      let isSelecting = shows(regions, orrery)
      for region in regions {
        region.forEachInRegion { node in
          guard program.isReachable(node) else { return }
          if ["intersectObjects", "intersectObject", "pick", "pickWithRay"].contains(node.calledName),
            program.callees(of: node).isEmpty, isSelecting
          {
            add("raycast", node, "finds the planet under the pointer by a ray")
          }
          if node.kind == .binaryExpression, Self.orders.contains(node.detail),
            isSelecting,
            isHit(node, orrery)
          {
            add("hit-test", node, "compares the pointer's place with that of a planet")
          }
        }
      }
      guard isSelecting else { continue }
      if let parent = handler.registration.ancestors.first(where: { $0.kind == .jsxOpeningElement })
        ?? jsxOwner(handler),
        let name = parent[.name]?.name,
        ["mesh", "group", "circle", "g", "sphere", "Sphere", "ellipse", "path"].contains(name)
      {
        add("element", handler.registration, "acts on the drawn planet itself")
      }
      if isOfElement(handler, orrery) { add("element", handler.registration, "acts on the drawn planet itself") }
    }
    return result
  }

  private static func jsxOwner(_ handler: HostCallback) -> Code? {
    handler.registration.kind == .jsxAttribute ? handler.registration.parent : nil
  }

  /// Whether a handler is on an element that a body's figures place or size.
  private static func isOfElement(_ handler: HostCallback, _ orrery: Orrery) -> Bool {
    guard !handler.elements.isEmpty else { return false }
    let program = orrery.program
    return handler.elements.contains { element in
      program.document.elements[element].name != "canvas"
        && program.domWrites(to: element).contains { write in
          guard let value = write.value else { return false }
          switch write.kind {
          case .style("left"), .style("top"), .style("transform"), .style("width"), .attribute("cx"), .attribute("cy"),
            .attribute("r"), .attribute("transform"):
            return orrery.dependsOnBody(value)
          default: return false
          }
        }
    }
  }

  /// Whether functions put something of a body before the reader, or note which one it is.
  private static func shows(_ regions: [Code], _ orrery: Orrery) -> Bool {
    let program = orrery.program
    let numbers = Set(regions.map { $0.index })
    if program.domWrites.contains(where: { numbers.contains($0.code.region.index) }) { return true }
    return regions.contains { !program.writes(in: $0).isEmpty }
      || regions.contains { region in region.descendants.contains { $0.calledName.hasPrefix("set") } }
  }

  private static func isHit(_ test: Code, _ orrery: Orrery) -> Bool {
    let parts = [test[.left], test[.right]].compactMap { $0 }
    let locations = parts.reduce(into: Set<StateLocation>()) { $0.formUnion(orrery.slice($1)) }
    guard locations.contains(where: { orrery.isOfBody($0) }) else { return false }
    return locations.contains { if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false } }
  }

  // MARK: View

  private static func views(_ orrery: Orrery) -> [Finding] {
    let program = orrery.program
    for node in orrery.nodes {
      let name =
        node.kind == .jsxOpeningElement
        ? node[.name]?.originalName ?? "" : node.kind == .newExpression ? node.calledName : ""
      if ["OrbitControls", "TrackballControls", "MapControls", "CameraControls", "ArcballControls", "ArcRotateCamera"]
        .contains(name)
      {
        return [
          Finding(
            id, .found,
            facts: [
              "input": .words(["pointer", "wheel"]), "target": .word("view"),
              "effect": .words(["zoom", "pan", "rotate"]),
            ], evidence: [orrery.evidence(node, "lets the reader turn and zoom the view")])
        ]
      }
      if node.calledName == "orbitControl", program.callees(of: node).isEmpty {
        return [
          Finding(
            id, .found,
            facts: [
              "input": .words(["pointer", "wheel"]), "target": .word("view"), "effect": .words(["zoom", "rotate"]),
            ],
            evidence: [orrery.evidence(node, "lets the reader turn and zoom the view")])
        ]
      }
    }
    var drawn: Set<StateLocation> = []
    for node in orrery.nodes where orrery.isInLoop(node) || !orrery.handlerRegions.contains(node.region.index) {
      let isView =
        ["arc", "ellipse", "circle", "translate", "scale", "setTransform", "lookAt", "drawImage"].contains(
          node.calledName)
        || node.calledName == "set" && node[.callee]?.unwrapped[.object]?.unwrapped[.property]?.name == "position"
      guard isView, program.callees(of: node).isEmpty else { continue }
      for argument in node.list(.arguments) { drawn.formUnion(orrery.slice(argument)) }
    }
    var result: [Finding] = []
    var seen: Set<String> = []
    for handler in orrery.handlers {
      guard let event = handler.event else { continue }
      let isWheel = event == "wheel" || event == "mousewheel"
      let isDrag = ["pointermove", "mousemove", "touchmove"].contains(event)
      guard isWheel || isDrag else { continue }
      for write in program.effects(of: handler.function) {
        let places = program.locations(of: write.target).filter { isState($0) && !orrery.isOfBody($0) }
        let isCamera = write.target.text.hasPrefix("camera.") || write.target.text.contains(".camera.")
        guard isCamera || places.contains(where: { drawn.contains($0) }) else { continue }
        guard isWheel || write.readsOldValue || dependsOnItself(write, places, orrery) else { continue }
        guard seen.insert(isWheel ? "zoom" : "pan").inserted else { continue }
        result.append(
          Finding(
            id, .found,
            facts: [
              "input": .word(isWheel ? "wheel" : "pointer"), "target": .word("view"),
              "effect": .words(isWheel ? ["zoom"] : ["pan", "rotate"]),
            ], evidence: [orrery.evidence(write.site, isWheel ? "the wheel zooms the view" : "dragging moves the view")]
          ))
      }
    }
    return result
  }

  private static func dependsOnItself(_ write: Write, _ places: [StateLocation], _ orrery: Orrery) -> Bool {
    guard let value = write.value else { return false }
    let slice = orrery.slice(value)
    return places.contains { slice.contains($0) }
      || slice.contains { if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false } }
  }
}

/// What a handler is for.
enum OrreryInput {
  static func isPress(_ event: String?) -> Bool {
    [
      "click", "pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend", "mousePressed", "dblclick",
      "pointertap",
    ]
    .contains(event ?? "")
  }

  /// Whether a path of the host is where the pointer is.
  static func isPointer(_ path: String) -> Bool {
    let name = path.split(separator: ".").last.map(String.init) ?? path
    return [
      "clientX", "clientY", "offsetX", "offsetY", "pageX", "pageY", "layerX", "layerY", "x", "y", "mouseX", "mouseY",
      "movementX",
      "movementY", "screenX",
    ].contains(name) || path.lowercased().contains("event") && name != "key" && name != "target"
  }

  /// The input that a handler answers to, in a word of the vocabulary.
  static func name(of handler: HostCallback, _ program: ProgramModel) -> String {
    guard let event = handler.event else { return "" }
    let elements = handler.elements.compactMap {
      program.document.elements.indices.contains($0) ? program.document.elements[$0] : nil
    }
    switch event {
    case "keydown", "keyup", "keypress": return "keyboard"
    case "wheel": return "wheel"
    case "input", "change":
      let element = elements.first ?? jsxElement(handler, program)
      if element?.name.lowercased() == "select" { return "select" }
      switch element?.attribute("type")?.lowercased() {
      case "checkbox", "radio": return "checkbox"
      case "number", "text": return "text"
      default: return "slider"
      }
    case "click", "pointerdown", "mousedown", "pointerup", "mouseup", "touchstart", "touchend":
      if elements.contains(where: { !["canvas", "body", "html", "main"].contains($0.name.lowercased()) }) {
        return "button"
      }
      if handler.registration.kind == .jsxAttribute { return "button" }
      return elements.isEmpty && handler.targets.isEmpty ? "button" : "pointer"
    case "mouseenter", "mouseover", "mouseleave": return "hover"
    case "scroll": return "scroll"
    default: return ""
    }
  }

  private static func jsxElement(_ handler: HostCallback, _ program: ProgramModel) -> DOMElement? {
    program.document.elements.first {
      if case .jsx(let code) = $0.source { code.contains(handler.registration) } else { false }
    }
  }
}
