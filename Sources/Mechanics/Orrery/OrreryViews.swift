import JavaScriptSyntax
import Program

/// How the reader moves the view.
struct OrreryViews: Mechanic {
  static let id = "control"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.page, ["target": .word("view"), "effect": .word("zoom")]),
    .absent(OrreryExamples.plain, ["target": .word("view")]),
    .absent(OrreryExamples.deafPage, ["target": .word("view")]),
  ]

  private static let controllers: Set<String> = [
    "OrbitControls", "TrackballControls", "MapControls", "CameraControls", "ArcballControls", "FlyControls",
    "PresentationControls", "FirstPersonControls",
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    if let node = library(orrery) {
      return [
        finding(
          ["pointer", "wheel"], ["zoom", "pan", "rotate"], node, "lets the reader turn and zoom the view", orrery)
      ]
    }
    return handlers(orrery)
  }

  private static func finding(_ input: [String], _ effect: [String], _ code: Code, _ says: String, _ orrery: Orrery)
    -> Finding
  {
    Finding(
      id, .found,
      facts: ["input": .words(input), "target": .word("view"), "of": .word("planets"), "effect": .words(effect)],
      evidence: [orrery.evidence(code, says)])
  }

  /// A component or object of a library that moves the camera by itself.
  private static func library(_ orrery: Orrery) -> Code? {
    let program = orrery.program
    return orrery.nodes.first { node in
      let name =
        node.kind == .jsxOpeningElement
        ? node[.name]?.originalName ?? "" : node.kind == .newExpression ? node.calledName : ""
      if controllers.contains(name) { return program.callees(of: node).isEmpty && !isDisabled(node, orrery) }
      if name == "ArcRotateCamera" || name == "UniversalCamera" || name == "FreeCamera" {
        return orrery.nodes.contains { ["attachControl", "attachControls"].contains($0.calledName) }
      }
      if node.calledName == "orbitControl" { return program.callees(of: node).isEmpty }
      // `d3.zoom()` called on a selection.
      return node.calledName == "zoom" && program.calleePaths(of: node).contains { $0.hasPrefix("d3") }
    }
  }

  private static func isDisabled(_ node: Code, _ orrery: Orrery) -> Bool {
    let made = Set(orrery.program.objects(of: node))
    if let target = node.list(.arguments).dropFirst().first {
      let elements = orrery.program.elements(of: target)
      let isLoose =
        !elements.isEmpty
        && elements.allSatisfy { number in
          let element = orrery.program.document.elements[number]
          guard case .created = element.source else { return false }
          return element.parent == nil && !element.isAnywhere
        }
      if isLoose { return true }
    }
    return orrery.program.accesses(to: "enabled").contains { access in
      guard let object = access.object, !made.isDisjoint(with: orrery.program.objects(of: object)),
        let value = access.write?.value
      else { return false }
      return orrery.program.constant(of: value) == .bool(false)
        && !orrery.handlerRegions.contains(access.code.region.index)
        && !orrery.program.accesses(to: "enabled").contains {
          $0.write?.value.map { orrery.program.constant(of: $0) == .bool(true) } ?? false
        }
    }
  }

  private static let placers: Set<String> = [
    "arc", "ellipse", "circle", "translate", "scale", "setTransform", "transform", "lookAt", "drawImage", "lineTo",
  ]

  /// What decides where the whole picture stands and how large it is.
  private static func viewState(_ orrery: Orrery) -> Set<StateLocation> {
    let program = orrery.program
    var drawn: Set<StateLocation> = []
    for node in orrery.nodes where orrery.isLive(node) || !orrery.handlerRegions.contains(node.region.index) {
      switch node.kind {
      case .callExpression:
        let receiver = node[.callee]?.unwrapped[.object]?.unwrapped
        let isPosition =
          ["set", "copy", "setFromSphericalCoords", "lerp"].contains(node.calledName)
          && (receiver.map { orrery.isCamera($0) } ?? false)
        guard placers.contains(node.calledName) || isPosition, program.callees(of: node).isEmpty else { continue }
        for argument in node.list(.arguments) { drawn.formUnion(orrery.slice(argument)) }
      case .assignmentExpression:
        guard let target = node[.left]?.unwrapped, target.kind == .memberExpression, let owner = target[.object],
          let value = node[.right], orrery.isCamera(owner)
        else { continue }
        drawn.formUnion(orrery.slice(value))
      case .jsxAttribute:
        guard
          ["viewBox", "transform", "style", "position", "rotation", "zoom", "scale"].contains(node[.name]?.name ?? ""),
          let value = orrery.expression(of: node)
        else { continue }
        drawn.formUnion(orrery.slice(value))
      default: continue
      }
    }
    return drawn
  }

  private static func handlers(_ orrery: Orrery) -> [Finding] {
    let program = orrery.program
    let drawn = viewState(orrery)
    let rates = orrery.turns.reduce(into: Set<StateLocation>()) { $0.formUnion($1.locations) }
    var result: [Finding] = []
    var seen: Set<String> = []
    for handler in orrery.handlers {
      let isWheel = OrreryInput.isWheel(handler.event)
      let isMove = OrreryInput.isMove(handler.event)
      let isKey = OrreryInput.isKey(handler.event)
      let isPress = OrreryInput.isPress(handler.event)
      guard isWheel || isMove || isKey || isPress || ["input", "change"].contains(handler.event ?? "") else { continue }
      let regions = Set(program.functionsReached(from: handler.function).map { $0.index })
      var site: Code?
      for change in orrery.changes(by: handler.function) {
        let places = change.places.filter { isState($0) && !orrery.isOfBody($0) && !rates.contains($0) }
        let isCamera = change.write?.target.unwrapped[.object].map { orrery.isCamera($0) } ?? false
        guard isCamera || places.contains(where: { drawn.contains($0) }) else { continue }
        if isKey || isPress {
          guard change.readsOldValue || refersToItself(change, orrery), !change.readsOldValueAsFlag,
            !followsBody(change, orrery)
          else { continue }
        } else if isMove {
          guard change.readsOldValue || refersToItself(change, orrery) || isPointed(change, orrery) else { continue }
          guard isGuarded(change, orrery) || change.readsOldValue else { continue }
        } else if !isWheel {
          guard isCamera || scales(places, orrery), orrery.isInput(change.value) else { continue }
        }
        site = change.site
        break
      }
      if site == nil { site = direct(regions, isWheel: isWheel, isMove: isMove, orrery) }
      guard let site, seen.insert(isWheel ? "zoom" : isMove ? "pan" : "step").inserted else { continue }
      let name = OrreryInput.name(of: handler, program)
      result.append(
        finding(
          [isWheel ? "wheel" : name.isEmpty ? "pointer" : name],
          isWheel ? ["zoom"] : isMove ? ["pan", "rotate"] : ["zoom", "pan"],
          site, isWheel ? "the wheel zooms the view" : isMove ? "dragging moves the view" : "moves the view", orrery))
    }
    return result
  }

  /// A change of the picture's frame, or a call that moves the camera, straight in a handler.
  private static func direct(_ regions: Set<Int>, isWheel: Bool, isMove: Bool, _ orrery: Orrery) -> Code? {
    guard isWheel || isMove else { return nil }
    let write = orrery.program.domWrites.first { write in
      guard regions.contains(write.code.region.index), let value = write.value, !orrery.isOfBodies(value) else {
        return false
      }
      switch write.kind {
      case .attribute("viewBox"), .attribute("transform"), .style("transform"), .style("scale"), .style("zoom"):
        return orrery.slice(value).contains {
          if case .external(let path) = $0 { OrreryInput.isPointer(path) || path.contains("delta") } else { false }
        }
      default: return false
      }
    }
    if let write { return write.code }
    return orrery.nodes.first { node in
      guard regions.contains(node.region.index), node.kind == .callExpression,
        let receiver = node[.callee]?.unwrapped[.object],
        orrery.isCamera(receiver)
      else { return false }
      return [
        "multiplyScalar", "translateZ", "translateX", "translateY", "rotateY", "rotateX", "addScaledVector", "add",
        "applyAxisAngle", "setLength", "dollyIn", "dollyOut",
      ]
      .contains(node.calledName)
    }
  }

  private static func isState(_ location: StateLocation) -> Bool {
    switch location {
    case .binding, .property: true
    default: false
    }
  }

  private static func refersToItself(_ change: Orrery.Change, _ orrery: Orrery) -> Bool {
    guard let value = change.value else { return false }
    let slice = orrery.slice(value)
    return change.places.contains { slice.contains($0) }
  }

  private static func isPointed(_ change: Orrery.Change, _ orrery: Orrery) -> Bool {
    guard let value = change.value else { return false }
    return orrery.slice(value).contains {
      if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false }
    }
  }

  /// Whether a change happens only while something holds, such as a button that is down.
  private static func isGuarded(_ change: Orrery.Change, _ orrery: Orrery) -> Bool {
    orrery.program.conditions(of: change.site).locations.contains {
      switch $0 {
      case .binding, .property: true
      case .external(let path): path.hasSuffix("buttons") || path.hasSuffix("mouseIsPressed")
      default: false
      }
    }
  }

  private static func followsBody(_ change: Orrery.Change, _ orrery: Orrery) -> Bool {
    change.value.map { orrery.dependsOnBody($0) } ?? false
  }

  private static func scales(_ places: [StateLocation], _ orrery: Orrery) -> Bool {
    orrery.nodes.contains { node in
      guard ["scale", "setTransform", "translate"].contains(node.calledName), orrery.program.callees(of: node).isEmpty
      else { return false }
      return node.list(.arguments).contains { argument in places.contains { orrery.slice(argument).contains($0) } }
    }
  }
}

extension Orrery.Change {
  /// `x = !x` turns something on and off and moves nothing.
  var readsOldValueAsFlag: Bool {
    guard let value = value?.unwrapped else { return false }
    return value.kind == .unaryExpression && value.detail == .not
      || value.kind.isFunction && value.descendants.contains { $0.kind == .unaryExpression && $0.detail == .not }
  }
}

extension Orrery {
  /// Whether an expression is a camera of a library or a part of one.
  func isCamera(_ code: Code) -> Bool {
    let code = code.unwrapped
    if program.objects(of: code).contains(where: { (program.object($0).path ?? "").lowercased().contains("camera") }) {
      return true
    }
    return code.kind == .memberExpression
      && code[.object].map { inner in
        program.objects(of: inner).contains { (program.object($0).path ?? "").lowercased().contains("camera") }
      } ?? false
  }
}
