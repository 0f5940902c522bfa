import JavaScriptSyntax
import Program

extension Tracer {
  /// A call of a function of the host or of a library, by its path.
  func callHost(_ path: String, receiver: Value, _ arguments: [Value], site code: Code) -> Value {
    let first = arguments.first ?? .none
    let name = path.split(whereSeparator: { $0 == "." || $0 == ":" }).last.map(String.init) ?? path
    if path.hasPrefix("Math.") { return mathCall(name, arguments) }
    if path.hasPrefix("react:") || path.hasPrefix("React.") || path.hasPrefix("@react-three/")
      || path.hasPrefix("zustand:"), let value = hook(name, arguments, code)
    {
      return value
    }
    switch path {
    case "requestAnimationFrame", "webkitRequestAnimationFrame", "window.requestAnimationFrame":
      noteCall(path, receiver, arguments, code)
      register(first, .frame, name: name, site: code, arguments: [Value(origin: .clock)])
      return .none
    case "setInterval", "setTimeout", "setImmediate", "queueMicrotask", "requestIdleCallback":
      noteCall(path, receiver, arguments, code)
      register(
        first, path == "setInterval" ? .interval : .timeout, name: name, site: code,
        arguments: Array(arguments.dropFirst(2)),
        delay: arguments.count > 1 ? arguments[1] : .none)
      return Value(origin: .null)
    case "performance.now", "Date.now", "document.timeline.currentTime", "millis": return Value(origin: .clock)
    case "Object.assign":
      for source in arguments.dropFirst() {
        for thing in first.things where thing.tag == .node { copyFields(from: source, to: find(thing.id)) }
        assignFields(from: source, to: first, site: code)
      }
      return first
    case "Object.keys": return listOf(keys(of: first), code, counted: true)
    case "Object.values": return valueList(first, code)
    case "Object.entries": return entryList(first, code)
    case "Object.freeze", "Object.seal", "structuredClone", "Array.isArray", "Object.fromEntries":
      if path == "Array.isArray" { return Value.combined(arguments) }
      return first
    case "Object.create":
      let id = find(makeNode(.record, site: code.index, context: current))
      for thing in first.things where thing.tag == .node { copyFields(from: Value(things: [thing]), to: id) }
      return .node(id, .fresh)
    case "Array.from": return arrayFrom(arguments, code)
    case "Array", "Array.of":
      let id = find(makeNode(.list, site: code.index, context: current))
      for value in arguments where !value.things.isEmpty { addContent(id, value) }
      return .node(id, .fresh)
    case "Number", "parseInt", "parseFloat", "String", "Boolean", "BigInt", "Number.parseFloat", "Number.parseInt",
      "isNaN",
      "Number.isFinite", "isFinite":
      return Value(deps: first.deps, origin: first.origin, number: first.number)
    case "document.getElementById", "document.querySelector", "document.querySelectorAll",
      "document.getElementsByClassName",
      "document.getElementsByTagName", "Element.querySelector", "Element.querySelectorAll", "Element.closest",
      "Element.getElementsByClassName", "select":
      if path == "select", !facts.usesP5 { break }
      return lookUp(name, arguments, receiver, code)
    case "document.createElement", "document.createElementNS", "Element.cloneNode":
      return madeElement(
        arguments.last?.things.first(where: { $0.tag == .string }).map { symbolNames[$0.id] } ?? "", code)
    case "navigator.getGamepads": return Value(origin: .gamepad)
    case "keyIsDown": return Value.combined([first, Value(origin: .keyboard)])
    case "require", "import": return .none
    case "Promise.resolve", "Promise.all": return first
    case "Reflect.ownKeys": return listOf(keys(of: first), code, counted: true)
    default: break
    }
    if path.hasPrefix("Element."), let value = elementMethod(name, receiver, arguments, code) { return value }
    if let value = listeningCall(name, receiver, arguments, code, path) { return value }
    let result = unknownMethod(name, intern(name), receiver, arguments, code, path: path)
    return result
  }

  private func listeningCall(_ name: String, _ receiver: Value, _ arguments: [Value], _ code: Code, _ path: String)
    -> Value?
  {
    guard name == "addEventListener", arguments.count > 1 else { return nil }
    let target = receiver.things.isEmpty ? Value(things: [.node(hostNode("window"))]) : receiver
    for string in arguments[0].things where string.tag == .string {
      listen(
        symbolNames[string.id].lowercased() == "domcontentloaded"
          ? "DOMContentLoaded" : symbolNames[string.id].lowercased(), arguments[1], target: target, site: code)
    }
    return .some(Value(origin: .null))
  }

  private func unknownMethod(
    _ text: String, _ name: Int, _ base: Value, _ arguments: [Value], _ code: Code, path: String
  ) -> Value {
    guard base.things.isEmpty || path.contains(":") else { return unknownMethod(text, name, base, arguments, code) }
    noteCall(path, base, arguments, code)
    for argument in arguments { passedOn(argument, site: code) }
    var result = Value.combined(arguments.map { scalar($0) })
    if text.lowercased().contains("rand") { result.origin.insert(.random) }
    if Self.distances.contains(text) { result.origin.insert(.nonNegative) }
    return result
  }

  /// Functions and methods that measure how far things are apart.
  static let distances: Set<String> = [
    "hypot", "dist", "distance", "distanceTo", "distanceToSquared", "distanceSquared", "mag", "magSq", "lengthSq",
  ]

  private func mathCall(_ name: String, _ arguments: [Value]) -> Value {
    if name == "random" { return Value(origin: [.random, .nonNegative]) }
    var result = Value.combined(arguments)
    if arguments.count == 1, let number = arguments[0].number {
      switch name {
      case "abs": result.number = abs(number)
      case "round", "floor": result.number = number.rounded(name == "floor" ? .down : .toNearestOrAwayFromZero)
      default: break
      }
    }
    if Self.distances.contains(name) || ["abs", "sqrt"].contains(name) { result.origin.insert(.nonNegative) }
    return result
  }

  // MARK: Objects and lists

  private func assignFields(from source: Value, to target: Value, site: Code) {
    for thing in target.things where thing.tag == .member || thing.tag == .place {
      for inner in source.things where inner.tag == .node {
        for (name, value) in nodes[find(inner.id)].fields.sorted(by: { $0.key < $1.key }) {
          store(value, in: name, of: thing, site: site, operation: .assign)
        }
      }
    }
    for thing in target.things where thing.tag == .node && isFinal {
      for inner in source.things where inner.tag == .node {
        for name in nodes[find(inner.id)].fields.keys.sorted() {
          guard let place = place(name, of: thing) else { continue }
          noteWrite(
            place, nodes[find(inner.id)].fields[name] ?? .none, change: nil,
            base: Value(things: [thing]), site: site, operation: .assign)
        }
      }
    }
  }

  func listOf(_ value: Value, _ code: Code, counted: Bool) -> Value {
    let id = find(makeNode(.list, site: code.index, context: current))
    if counted, !value.things.isEmpty {
      for (index, thing) in value.things.enumerated() { setField(id, intern(String(index)), Value(things: [thing])) }
      nodes[id].literalCount = value.things.count
    }
    addContent(id, value)
    return .node(id, .fresh)
  }

  private func valueList(_ source: Value, _ code: Code) -> Value {
    var lists: [Value] = []
    for thing in source.things {
      if isListLike(thing) { return Value(things: [thing]) }
      guard thing.tag == .node else { continue }
      let node = nodes[find(thing.id)]
      for name in node.fields.keys.sorted().prefix(12) {
        lists.append(read(name, of: Value(things: [thing]), site: code))
      }
      if !node.content.things.isEmpty { return Value(things: [thing]) }
    }
    let id = find(makeNode(.list, site: code.index, context: current))
    for (index, value) in lists.enumerated() {
      setField(id, intern(String(index)), value)
      addContent(id, value)
    }
    nodes[id].literalCount = lists.isEmpty ? -1 : lists.count
    return .node(id, .fresh)
  }

  private func entryList(_ source: Value, _ code: Code) -> Value {
    let id = find(makeNode(.list, site: code.index, context: current))
    var count = 0
    for thing in source.things where thing.tag == .node {
      let node = nodes[find(thing.id)]
      for name in node.fields.keys.sorted().prefix(12) {
        let pair = find(makeNode(.list, site: code.index, context: 1 << 28 + name * 64 + (current & 63)))
        setField(pair, intern("0"), Value(things: [.string(name)]))
        setField(pair, intern("1"), read(name, of: Value(things: [thing]), site: code))
        nodes[pair].literalCount = 2
        setField(id, intern(String(count)), .node(pair))
        addContent(id, .node(pair))
        count += 1
      }
    }
    nodes[id].literalCount = count > 0 ? count : -1
    return .node(id, .fresh)
  }

  private func arrayFrom(_ arguments: [Value], _ code: Code) -> Value {
    let id = find(makeNode(.list, site: code.index, context: current))
    let source = arguments.first ?? .none
    if arguments.count > 1 {
      let saved = guardID
      pushGuard(code, Value(), .loop)
      let element = source.things.contains { isListLike($0) } ? elements(of: source) : Value.none
      let made = call(arguments[1], this: .none, arguments: [element, Value()], site: code)
      guardID = saved
      if made.things.isEmpty { nodes[id].isNumeric = true } else { addContent(id, made) }
      return Value(things: [.node(id)], origin: .fresh)
    }
    let lists = source.things.filter { isListLike($0) }
    if !lists.isEmpty { return Value(things: lists) }
    nodes[id].isNumeric = true
    return .node(id, .fresh)
  }

  // MARK: Elements

  private func lookUp(_ name: String, _ arguments: [Value], _ receiver: Value, _ code: Code) -> Value {
    var result = Value()
    let strings = arguments.first?.things.filter { $0.tag == .string } ?? []
    for string in strings {
      let text = symbolNames[string.id]
      let selector: String =
        switch name {
        case "getElementById": "#" + text
        case "getElementsByClassName": "." + text
        default: text
        }
      let found = facts.elements(selector)
      for element in found.prefix(8) { result.join(.node(elementNode(String(element)))) }
      if found.isEmpty {
        if facts.hasPages { result.origin.insert(.null) }
        if !facts.hasPages || facts.mayBeMade(selector) { result.join(.node(elementNode(selector))) }
      }
    }
    if strings.isEmpty { result.join(.node(elementNode("any:\(code.index)"))) }
    if name.hasSuffix("All") || name.hasPrefix("getElements") {
      let id = find(makeNode(.list, site: code.index, context: current))
      addContent(id, result)
      return .node(id)
    }
    return result
  }

  private func madeElement(_ tag: String, _ code: Code) -> Value {
    .node(elementNode("made:\(tag):\(code.index):\(current)"))
  }

  private func elementMethod(_ name: String, _ receiver: Value, _ arguments: [Value], _ code: Code) -> Value? {
    switch name {
    case "append", "appendChild", "prepend", "insertBefore", "insertAdjacentHTML", "insertAdjacentElement",
      "replaceChildren", "before", "after", "html":
      noteCall("Element." + name, receiver, arguments, code)
      for thing in receiver.things {
        guard let place = place(symbol.children, of: thing) else { continue }
        noteWrite(
          place, Value.combined(arguments.map { scalar($0) }), change: nil, base: receiver, site: code,
          operation: .assign)
      }
      return arguments.first ?? Value.none
    case "text", "setAttribute":
      noteCall("Element." + name, receiver, arguments, code)
      let property =
        name == "text"
        ? "textContent" : arguments.first?.things.first(where: { $0.tag == .string }).map { symbolNames[$0.id] } ?? "*"
      for thing in receiver.things {
        guard let place = place(intern(property), of: thing) else { continue }
        noteWrite(place, arguments.last ?? .none, change: nil, base: receiver, site: code, operation: .assign)
      }
      return Value(things: receiver.things)
    default: return nil
    }
  }

  // MARK: Making

  func constructHost(_ path: String, _ arguments: [Value], site code: Code) -> Value {
    let first = arguments.first ?? .none
    let name = path.split(whereSeparator: { $0 == "." || $0 == ":" }).last.map(String.init) ?? path
    switch name {
    case "Array", "Set", "WeakSet":
      let id = find(makeNode(.list, site: code.index, context: current))
      if name == "Set" { flow(first, into: id, site: code) }
      return .node(id, .fresh)
    case "Map", "WeakMap": return .node(find(makeNode(.map, site: code.index, context: current)), .fresh)
    case "Float32Array", "Float64Array", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array",
      "Int32Array",
      "Uint8ClampedArray":
      let id = find(makeNode(.list, site: code.index, context: current))
      nodes[id].isNumeric = true
      return .node(id, .fresh)
    case "Date": return Value(origin: .clock)
    case "Proxy": return first
    case "Promise":
      _ = call(first, this: .none, arguments: [], site: code)
      return .none
    case "ResizeObserver", "IntersectionObserver", "MutationObserver":
      register(first, .observer, name: name, site: code, arguments: [.node(hostNode("event:resize"))])
    default: break
    }
    let id = find(makeNode(.host, site: code.index, context: current))
    nodes[id].type = intern(path + "#")
    noteCall("new " + path, .none, arguments, code)
    if path == "Audio", let text = first.things.first(where: { $0.tag == .string }) {
      setField(id, intern("src"), Value(things: [text]))
    }
    if path.hasPrefix("p5:") || path == "p5" { runSketch(first, id, code) }
    if path.hasPrefix("phaser:"), name == "Game" {
      runGame(first, code)
    } else {
      for argument in arguments { passedOn(argument, site: code) }
    }
    var result = Value.combined(arguments.map { scalar($0) })
    result.things = [.node(id)]
    result.number = nil
    result.origin.insert(.fresh)
    return result
  }

  // MARK: Sketches and games

  /// Registers functions that a library calls by their names.
  func registerConventional() {
    guard facts.usesP5 else { return }
    for name in Self.sketchHooks.keys.sorted() {
      guard let binding = facts.globalBinding(named: name), let value = frames[0].locals[binding] else { continue }
      registerHook(name, value, site: facts.entryUnits.first?.root)
    }
  }

  private static let sketchHooks: [String: String] = [
    "preload": "load", "setup": "load", "draw": "frame", "windowResized": "resize", "mousePressed": "mousedown",
    "mouseReleased": "mouseup", "mouseClicked": "click", "mouseMoved": "mousemove", "mouseDragged": "mousemove",
    "mouseWheel": "wheel", "doubleClicked": "dblclick", "keyPressed": "keydown", "keyReleased": "keyup",
    "keyTyped": "keydown", "touchStarted": "touchstart", "touchMoved": "touchmove", "touchEnded": "touchend",
  ]

  private func registerHook(_ name: String, _ value: Value, site: Code?) {
    guard let site, let event = Self.sketchHooks[name] else { return }
    switch event {
    case "load": register(value, .load, name: name, site: site, arguments: [])
    case "frame": register(value, .framework, name: name, site: site, arguments: [])
    default: listen(event, value, target: Value(things: [.node(hostNode("window"))]), site: site)
    }
  }

  private func runSketch(_ sketch: Value, _ id: Int, _ code: Code) {
    let instance = Value(things: [.node(id)])
    _ = call(sketch, this: .none, arguments: [instance], site: code)
    for name in Self.sketchHooks.keys.sorted() {
      if let value = nodes[id].fields[intern(name)] { registerHook(name, value, site: code) }
    }
  }

  private func runGame(_ config: Value, _ code: Code) {
    guard let scene = find("scene") else { return }
    var scenes = read(scene, of: config, site: code)
    for thing in scenes.things where isListLike(thing) { scenes.join(elements(of: Value(things: [thing]))) }
    for thing in scenes.things where thing.tag == .node || thing.tag == .member {
      let id = find(thing.id)
      var instance = thing
      if thing.tag == .node, nodes[id].kind == .klass {
        let made = construct(id, [], site: code)
        guard let node = made.things.first else { continue }
        instance = node
        if nodes[find(node.id)].home < 0 { nodes[find(node.id)].home = place(.binding(-2), [intern("scene")]) }
      }
      guard instance.tag == .node else { continue }
      let this = Value(things: [instance])
      for name in ["init", "preload", "create", "update"] {
        guard let method = method(find(instance.id), intern(name)) else { continue }
        registerMethod(method, name, this: this, code)
      }
    }
  }

  private func registerMethod(_ method: Value, _ name: String, this: Value, _ code: Code) {
    for thing in method.things where thing.tag == .node && nodes[find(thing.id)].kind == .function {
      let id = find(thing.id)
      let bound = find(
        makeNode(.function, site: nodes[id].site, context: 1 << 26 + find(this.things[0].id), frame: nodes[id].frame))
      nodes[bound].frame = nodes[id].frame
      boundReceivers[bound] = this
      let isUpdate = name == "update"
      register(
        .node(bound), isUpdate ? .framework : .load, name: name, site: code,
        arguments: isUpdate ? [Value(origin: .clock), Value(origin: .elapsed)] : [])
    }
  }

  // MARK: Groups of physics engines

  /// Groups of Phaser and calls that test whole groups against each other.
  func groupMethod(_ text: String, _ base: Value, _ arguments: [Value], _ code: Code) -> Value? {
    guard facts.usesPhaser else { return nil }
    switch text {
    case "group", "staticGroup", "container":
      let id = find(makeNode(.list, site: code.index, context: current))
      nodes[id].type = intern("phaser:Group#")
      return .node(id, .fresh)
    case "overlap", "collider":
      guard arguments.count > 2 else { return nil }
      let parts = arguments.prefix(2).map { argument -> Value in
        argument.things.contains { isListLike($0) } ? elements(of: argument) : argument
      }
      let saved = guardID
      pushGuard(code, Value.combined(parts.map { positions(of: $0) }), .overlap)
      // The engine tests once a frame.
      let frame = frames[current]
      _ = frame
      register(arguments[2], .framework, name: "overlap", site: code, arguments: Array(parts))
      guardID = saved
      return .some(Value(origin: .null))
    default: return nil
    }
  }

  private func positions(of value: Value) -> Value {
    var deps: [Int] = []
    for thing in value.things {
      for name in ["x", "y"] { if let place = place(intern(name), of: thing) { deps.append(place) } }
    }
    return Value(deps: deps.sorted())
  }
}
