import JavaScriptSyntax
import Program

/// What the host and libraries do, as far as the trace has to know.
extension Tracer {
  // MARK: Globals

  func hostGlobal(_ name: String) -> Value {
    switch name {
    case "innerWidth", "innerHeight", "outerWidth", "outerHeight": return Value(origin: .windowSize)
    case "window", "self", "globalThis", "top", "parent": return .node(hostNode("window"))
    case "NaN", "Infinity": return Value(origin: .constant)
    case "devicePixelRatio": return Value(origin: .constant)
    default: break
    }
    if facts.usesP5 {
      switch name {
      case "mouseX", "mouseY", "pmouseX", "pmouseY", "movedX", "movedY", "mouseIsPressed", "mouseButton":
        return Value(origin: .pointer)
      case "key", "keyCode", "keyIsPressed": return Value(origin: .keyboard)
      case "touches": return Value(origin: .touch)
      case "deltaTime": return Value(origin: .elapsed)
      case "width", "height", "windowWidth", "windowHeight": return Value(origin: .windowSize)
      case "frameCount": return Value(deps: [place(.binding(-1), [intern("frameCount")])])
      default: break
      }
    }
    return .node(hostNode(name))
  }

  // MARK: Properties

  /// The path of what a node of the host is, without the mark of an instance.
  func hostPath(of node: Int) -> String {
    guard nodes[node].type >= 0 else { return "" }
    let path = symbolNames[nodes[node].type]
    return path.hasSuffix("#") ? String(path.dropLast()) : path
  }

  func hostProperty(_ name: Int, of thing: Thing, site: Code) -> Value? {
    guard thing.tag == .node || thing.tag == .place else { return nil }
    let text = symbolNames[name]
    guard thing.tag == .node else { return sizeProperty(text) }
    let id = find(thing.id)
    let node = nodes[id]
    if node.kind == .element { return elementProperty(text, id) }
    guard node.kind == .host else { return nil }
    let path = symbolNames[node.type]
    if path.hasPrefix("event:") { return eventProperty(text, path) }
    if path.hasSuffix("#") {
      if path == "three:Clock#", text == "elapsedTime" { return Value(origin: .clock) }
      if text == "domElement" { return .node(elementNode("renderer:\(id)")) }
      if path == "r3f:state#" {
        switch text {
        case "clock": return .node(hostNode("three:Clock#"))
        case "camera": return .node(hostNode("three:PerspectiveCamera#"))
        case "pointer", "mouse": return Value(origin: .pointer)
        default: return .node(hostNode("r3f:state.\(text)#"))
        }
      }
      if path.hasPrefix("canvas:"), text == "canvas", let owner = node.link >= 0 ? node.link : nil {
        return .node(owner)
      }
      return nil
    }
    if path == "window" {
      if let field = node.fields[name], !field.isBare { return field }
      if let found = windowBinding(text) { return found }
      return hostGlobal(text)
    }
    if path == "document" || path.hasPrefix("document.") {
      switch text {
      case "body", "documentElement": return .node(elementNode("page:" + text))
      case "hidden", "visibilityState": return Value(origin: .visibility)
      case "pointerLockElement": return Value(origin: .visibility)
      default: break
      }
    }
    if path == "Math" || path == "Number" { return Value(origin: .constant) }
    if path == "performance", text == "timeOrigin" { return Value(origin: .clock) }
    return .node(hostNode(path.hasSuffix(":") ? path + text : path + "." + text))
  }

  private func windowBinding(_ name: String) -> Value? {
    guard let binding = facts.globalBinding(named: name), let value = frames[0].locals[binding], !value.isBare else {
      return nil
    }
    return value
  }

  private func sizeProperty(_ text: String) -> Value? {
    switch text {
    case "clientWidth", "clientHeight", "offsetWidth", "offsetHeight": Value(origin: .windowSize)
    default: nil
    }
  }

  private func elementProperty(_ text: String, _ id: Int) -> Value? {
    switch text {
    case "value", "valueAsNumber": return Value(deps: [], origin: inputOrigin(ofElement: id))
    case "checked": return Value(origin: .checkbox)
    case "selectedIndex", "selectedOptions": return Value(origin: .select)
    case "parentElement", "parentNode", "firstChild", "lastChild", "firstElementChild", "lastElementChild",
      "nextSibling",
      "nextElementSibling":
      return nil
    default: return sizeProperty(text)
    }
  }

  /// What kind of input an element is.
  func inputOrigin(ofElement id: Int) -> Origin {
    guard let type = facts.inputType(of: symbolNames[nodes[find(id)].type]) else { return [.slider, .text] }
    switch type {
    case "range", "number": return .slider
    case "select": return .select
    case "checkbox", "radio": return .checkbox
    case "button", "submit": return .button
    default: return .text
    }
  }

  private func eventProperty(_ text: String, _ path: String) -> Value? {
    let origin = eventOrigin(String(path.dropFirst(6)))
    switch text {
    case "repeat": return Value(origin: [.keyRepeat, .keyboard])
    case "timeStamp": return Value(origin: .clock)
    case "target", "currentTarget", "srcElement":
      return .node(hostNode("event:\(path.dropFirst(6))"))
    case "touches", "changedTouches", "targetTouches", "data", "detail", "nativeEvent", "originalEvent":
      return Value(things: [.node(hostNode(path))], origin: origin)
    case "key", "code", "keyCode", "which": return Value(origin: .keyboard)
    default: return Value(origin: origin.isEmpty ? .pointer : origin)
    }
  }

  func eventOrigin(_ name: String) -> Origin {
    if name.hasPrefix("key") { return .keyboard }
    if name.hasPrefix("touch") { return .touch }
    if name == "wheel" || name == "mousewheel" { return .wheel }
    if name.hasPrefix("device") { return .orientation }
    if name.hasPrefix("gamepad") { return .gamepad }
    switch name {
    case "input-range": return .slider
    case "input-select": return .select
    case "input-checkbox": return .checkbox
    case "input", "change": return [.slider]
    case "input-text": return .text
    case "visibilitychange", "blur", "focus", "pagehide", "pointerlockchange": return .visibility
    case "resize": return .windowSize
    default: break
    }
    if name.hasPrefix("mouse") || name.hasPrefix("pointer") || name.hasPrefix("drag") || name.hasPrefix("click")
      || name.hasSuffix("click")
      || name == "contextmenu"
    {
      return .pointer
    }
    return []
  }

  // MARK: Assignments

  /// Whether an assignment hands a function to the host.
  func hostAssignment(_ name: Int, of thing: Thing, _ value: Value, site: Code) -> Bool {
    let text = symbolNames[name]
    guard text.hasPrefix("on"), text.utf8.count >= 5, thing.tag == .node || thing.tag == .place else { return false }
    let functions = value.things.filter { $0.tag == .node && nodes[find($0.id)].kind == .function }
    guard !functions.isEmpty else { return false }
    if thing.tag == .node {
      let kind = nodes[find(thing.id)].kind
      guard kind == .element || kind == .host else { return false }
      // The properties of elements are written small: `onClick` is none.
      if kind == .element, text != text.lowercased() { return false }
    }
    listen(String(text.dropFirst(2)), value, target: Value(things: [thing]), site: site)
    if let place = place(name, of: thing) { store(value, in: name, place) }
    return true
  }

  private func store(_ value: Value, in name: Int, _ place: Int) {
    if case .thing(let owner) = places[place].root, owner.tag == .node { setField(find(owner.id), name, value) }
  }

  func listen(_ event: String, _ callback: Value, target: Value, site: Code) {
    if event == "load" || event == "DOMContentLoaded" || event == "ready" {
      return register(callback, .load, name: event, site: site, arguments: [], target: target)
    }
    var name = event
    if event == "input" || event == "change" {
      var origin: Origin = []
      for thing in target.things where thing.tag == .node && nodes[find(thing.id)].kind == .element {
        origin.formUnion(inputOrigin(ofElement: find(thing.id)))
      }
      if origin == .select { name = "input-select" }
      if origin == .checkbox { name = "input-checkbox" }
      if origin == .slider { name = "input-range" }
      if origin == .text { name = "input-text" }
    }
    let object = Value(things: [.node(hostNode("event:" + name))])
    register(callback, .event, name: event, site: site, arguments: [object], target: target)
  }

  // MARK: Functions and methods

  func hostFunction(_ name: String, _ arguments: [Value], _ code: Code) -> Value {
    callHost(name, receiver: .none, arguments, site: code)
  }

  func hostMethod(_ name: String, _ node: Int, _ arguments: [Value], _ code: Code) -> Value? {
    let kind = nodes[node].kind
    let receiver = Value(things: [.node(node)])
    if kind == .element { return callHost("Element." + name, receiver: receiver, arguments, site: code) }
    guard kind == .host else {
      guard kind == .record, nodes[node].type >= 0 else { return nil }
      return unknownMethod(name, intern(name), receiver, arguments, code)
    }
    let path = symbolNames[nodes[node].type]
    if path.hasSuffix("#") { return instanceMethod(name, path, node, arguments, code) }
    if path == "window" || path == "self" { return callHost(name, receiver: receiver, arguments, site: code) }
    return callHost(path.hasSuffix(":") ? path + name : path + "." + name, receiver: receiver, arguments, site: code)
  }

  private func instanceMethod(_ name: String, _ path: String, _ node: Int, _ arguments: [Value], _ code: Code) -> Value
  {
    let receiver = Value(things: [.node(node)])
    if path == "three:Clock#" {
      if name == "getDelta" { return Value(origin: .elapsed) }
      if name == "getElapsedTime" { return Value(origin: .clock) }
    }
    if Self.timers.contains(name), let kind = timerKind(name) {
      register(
        arguments.first ?? .none, kind, name: name, site: code, arguments: [Value(origin: .clock)],
        delay: arguments.count > 1 ? arguments[1] : .none)
      noteCall(String(path.dropLast()) + "." + name, receiver, arguments, code)
      return .none
    }
    return unknownMethod(name, intern(name), receiver, arguments, code)
  }

  private static let timers: Set<String> = ["setAnimationLoop", "runRenderLoop", "registerBeforeRender"]

  private func timerKind(_ name: String) -> TraceEntry.Kind? { Self.timers.contains(name) ? .animationLoop : nil }

  func noteCall(_ path: String, _ receiver: Value, _ arguments: [Value], _ code: Code) {
    guard isFinal else { return }
    effects.append(
      Effect(
        kind: .call, frame: current, guardID: guardID, site: code.index, target: -1,
        value: Value.combined(arguments.map { scalar($0) }),
        how: intern(path), receiver: receiver, arguments: arguments))
  }

  /// A value as a number: vectors stand for their parts.
  func scalar(_ value: Value) -> Value {
    var result = Value(deps: value.deps, origin: value.origin, number: value.number)
    var added: [Int] = []
    for thing in value.things {
      switch thing.tag {
      case .place: added.append(thing.id)
      case .node where nodes[find(thing.id)].kind == .host && nodes[find(thing.id)].site >= 0:
        added.append(place(.thing(.node(find(thing.id))), []))
      case .member: added.append(place(.thing(thing), []))
      case .node where nodes[find(thing.id)].kind == .record && nodes[find(thing.id)].site >= 0:
        added.append(place(.thing(.node(find(thing.id))), []))
      default: break
      }
    }
    result.deps = Value.merge(result.deps, added.sorted(), limit: Value.maximumDeps)
    return result
  }

  /// Methods that change what they are called on, in libraries of vectors and scenes.
  static let mutators: Set<String> = [
    "set", "copy", "add", "addVectors", "addScaledVector", "addScalar", "sub", "subVectors", "subScalar", "multiply",
    "multiplyScalar",
    "multiplyVectors", "divideScalar", "mult", "div", "lerp", "lerpVectors", "slerp", "limit", "setMag", "normalize",
    "negate", "setX",
    "setY", "setZ", "setXYZ", "setXY", "setScalar", "setLength", "clampLength", "clamp", "clampScalar",
    "applyQuaternion",
    "applyEuler", "applyMatrix4", "applyAxisAngle", "translateX", "translateY", "translateZ", "translateOnAxis",
    "rotateX", "rotateY",
    "rotateZ", "rotateOnAxis", "rotateOnWorldAxis", "setFromMatrixPosition", "setFromSpherical",
    "setFromSphericalCoords", "setFromVector3", "unproject", "project",
    "setPosition", "setVelocity", "setVelocityX", "setVelocityY", "setMatrixAt", "setHSL", "setRGB", "setHex", "rotate",
    "translate", "fromArray",
    "setFromAxisAngle", "randomDirection", "setAlpha", "lookAt", "moveTowards", "scaleInPlace", "addInPlace",
    "copyFrom", "subtractInPlace", "setAcceleration",
    "setStyle", "setText", "setVisible", "setActive", "setAngularVelocity", "setPositionY",
  ]

  /// Among them those after which the old value counts too.
  private static let replacing: Set<String> = [
    "set", "copy", "setX", "setY", "setZ", "setScalar", "addVectors", "subVectors", "lerpVectors",
    "setFromMatrixPosition", "fromArray",
    "copyFrom", "setPosition", "setVelocity", "setVelocityX", "setVelocityY", "setText", "setFromVector3",
    "setFromSpherical",
  ]

  func unknownMethod(_ text: String, _ name: Int, _ base: Value, _ arguments: [Value], _ code: Code) -> Value {
    if let value = listening(text, base, arguments, code) { return value }
    if let value = groupMethod(text, base, arguments, code) { return value }
    noteCall(pathOf(base) + text, base, arguments, code)
    let given = Value.combined(arguments.map { scalar($0) })
    if Self.mutators.contains(text) {
      for thing in base.things {
        guard let whole = ownPlace(of: thing) else { continue }
        let place = part(of: whole, thing, changedBy: text)
        var value = given
        let isReplacing = Self.replacing.contains(text)
        if !isReplacing { value.deps = Value.merge(value.deps, [place], limit: Value.maximumDeps) }
        let operation: NodeDetail =
          isReplacing
          ? .assign
          : text == "sub"
            ? .subtractAssign
            : text.hasPrefix("add") || text.hasPrefix("translate") || text.hasPrefix("rotate")
              ? .addAssign : .multiplyAssign
        noteWrite(
          place, value, change: given, base: Value(things: [thing]), site: code,
          operation: text == "lerp" || text == "lerpVectors" ? .assign : operation)
      }
      return Value(things: base.things, deps: base.deps, origin: base.origin)
    }
    for argument in arguments { passedOn(argument, site: code) }
    var result = scalar(
      Value(things: base.things, deps: base.deps, origin: base.origin.subtracting(.nonNegative)))
    result.depend(on: given)
    if Self.distances.contains(text) { result.origin.insert(.nonNegative) }
    if let special = hostResult(text, base, arguments, code) {
      result.things = special.things
      result.origin.formUnion(special.origin)
    }
    return result
  }

  /// What of an object in a scene a method changes: `translateZ` its position, `rotateX` and `lookAt` its rotation.
  private func part(of place: Int, _ thing: Thing, changedBy method: String) -> Int {
    let name: String
    switch method {
    case "translateX", "translateY", "translateZ", "translateOnAxis": name = "position"
    case "rotateX", "rotateY", "rotateZ", "rotateOnAxis", "rotateOnWorldAxis", "lookAt": name = "rotation"
    default: return place
    }
    return self.place(places[place].root, places[place].path + [intern(name)])
  }

  private func pathOf(_ base: Value) -> String {
    guard let thing = base.things.first, thing.tag == .node, nodes[find(thing.id)].type >= 0 else { return "." }
    return hostPath(of: find(thing.id)) + "."
  }

  func ownPlace(of thing: Thing) -> Int? {
    switch thing.tag {
    case .place: thing.id
    case .node: place(.thing(.node(find(thing.id))), [])
    case .member: place(.thing(thing), [])
    default: nil
    }
  }

  /// `on`, `addEventListener`, `then` and the like on anything.
  private func listening(_ text: String, _ base: Value, _ arguments: [Value], _ code: Code) -> Value? {
    switch text {
    case "addEventListener", "on", "once", "one", "addListener":
      guard arguments.count > 1 else { return nil }
      for string in arguments[0].things where string.tag == .string {
        for event in symbolNames[string.id].split(separator: " ") {
          listen(
            event.split(separator: "-").first.map { $0.lowercased() } ?? "",
            arguments[arguments.count > 2 && arguments[1].things.isEmpty ? 2 : 1], target: base, site: code)
        }
      }
      return Value(things: base.things)
    case "then", "catch", "finally":
      for argument in arguments {
        register(argument, .timeout, name: text, site: code, arguments: [Value(things: base.things, deps: base.deps)])
      }
      return Value(things: base.things, deps: base.deps)
    case "click", "keydown", "keyup", "mousemove", "mousedown", "mouseup", "change", "input", "mousePressed",
      "onChange", "onClick":
      guard arguments.first?.things.contains(where: { $0.tag == .node && nodes[find($0.id)].kind == .function }) == true
      else { return nil }
      listen(
        text == "mousePressed"
          ? "click" : text == "onChange" ? "input" : text.lowercased().replacing("onclick", with: "click"),
        arguments[0], target: base, site: code)
      return Value(things: base.things)
    default: return nil
    }
  }

  /// What the program hands to code that is not its own may be called by it.
  func passedOn(_ argument: Value, site: Code) {
    for thing in argument.things where thing.tag == .node {
      let id = find(thing.id)
      switch nodes[id].kind {
      case .function: register(Value(things: [thing]), .timeout, name: "library", site: site, arguments: [])
      case .record where nodes[id].link < 0 && nodes[id].fields.count <= 24:
        for (_, value) in nodes[id].fields.sorted(by: { $0.key < $1.key }) {
          let functions = value.things.filter { $0.tag == .node && nodes[find($0.id)].kind == .function }
          if !functions.isEmpty {
            register(Value(things: functions), .timeout, name: "library", site: site, arguments: [])
          }
        }
      default: break
      }
    }
  }

  // MARK: Results

  private func hostResult(_ text: String, _ base: Value, _ arguments: [Value], _ code: Code) -> Value? {
    func made(_ type: String) -> Value {
      let id = find(makeNode(.host, site: code.index, context: current))
      nodes[id].type = intern(type + "#")
      if let owner = base.things.first, owner.tag == .node { nodes[id].link = find(owner.id) }
      return Value(things: [.node(id)])
    }
    let name = arguments.first?.things.first(where: { $0.tag == .string }).map { symbolNames[$0.id] } ?? ""
    switch text {
    case "getContext": return made("canvas:" + (name.isEmpty ? "2d" : name))
    case "createOscillator", "createConstantSource": return made("audio:oscillator")
    case "createBufferSource", "createMediaElementSource": return made("audio:buffer")
    case "createGain", "createBiquadFilter", "createDynamicsCompressor", "createStereoPanner", "createDelay",
      "createConvolver",
      "createWaveShaper", "createPanner", "createAnalyser", "createBuffer":
      return made("audio:node")
    case "connect": return Value(things: arguments.first?.things ?? [])
    case "getBoundingClientRect": return Value(origin: .windowSize)
    case "clone", "cloneNode", "copy":
      guard let thing = base.things.first else { return nil }
      // What is done to a copy of a part is not done to the part.
      guard thing.tag == .node else { return text == "clone" && thing.tag != .string ? made("clone") : nil }
      guard nodes[find(thing.id)].kind == .host else { return nil }
      return made(hostPath(of: find(thing.id)))
    default: return nil
    }
  }
}
