import JavaScriptSyntax

/// A place that hands functions to the host, as stored.
struct Registration {
  var rule: HostRule
  var event: String?
  /// The node of the call, assignment or attribute.
  var node: UInt32
  /// What it is registered on: elements, externals.
  var targets: [UInt32] = []
  /// The object that the host passes to the function.
  var eventObject: UInt32 = .max
  /// What the host calls the function with, for rules that pass objects on.
  var passed: [UInt32] = []
  var isCertain = true
}

/// A function that the host calls, as stored.
struct StoredCallback {
  var registration: Int
  var function: UInt32
}

extension Solver {
  // MARK: Globals

  func seedGlobal(_ name: String, _ cell: UInt32) {
    switch name {
    case "undefined", "NaN", "Infinity", "arguments": return
    case "window", "self", "globalThis", "top", "parent", "frames": add(external("window"), to: cell)
    default:
      if let path = Libraries.globals[name] {
        add(external(path), to: cell)
      } else {
        add(external(name), to: cell)
        for element in dom.elements(withID: name) { add(elementObject(element), to: cell) }
      }
    }
  }

  func elementObject(_ element: Int) -> UInt32 {
    object(.element, site: UInt32(element) | 1 << 31, info: UInt32(element))
  }

  // MARK: Registering

  /// The registration of a rule at a node, made once.
  func registration(_ rule: HostRule, event: String?, at node: UInt32, salt: UInt32 = 0, certain: Bool = true) -> Int {
    let key = UInt64(node) << 32 | UInt64(salt)
    if let known = registrationTable[key] {
      if certain { registrations[known].isCertain = true }
      if registrations[known].event == nil { registrations[known].event = event }
      return known
    }
    registrations.append(Registration(rule: rule, event: event, node: node, isCertain: certain))
    registrationTable[key] = registrations.count - 1
    return registrations.count - 1
  }

  func addTarget(_ target: UInt32, to registration: Int) {
    guard target != .max, !registrations[registration].targets.contains(target) else { return }
    registrations[registration].targets.append(target)
    if registrations[registration].eventObject != .max {
      add(target, to: field(registrations[registration].eventObject, known.target))
      add(target, to: field(registrations[registration].eventObject, known.currentTarget))
    }
  }

  /// A function arrives at a place from which the host calls it.
  func register(_ object: UInt32, with number: Int) {
    let stored = objects[Int(object)]
    if stored.kind == .class,
      registrations[number].rule.kind == .component || registrations[number].rule.kind == .lifecycle
    {
      return instantiate(object, with: number)
    }
    if stored.kind == .literal, registrations[number].rule.kind == .event {
      // `{ handleEvent() {} }`
      return addConstraint(.register, UInt32(number), to: field(object, facts.symbol("handleEvent")))
    }
    guard stored.kind == .function else { return }
    guard callbackTable.insert(UInt64(number) << 32 | UInt64(stored.info), 0) else { return }
    callbacks.append(StoredCallback(registration: number, function: stored.info))
    let eventObject = eventObject(of: number)
    var cells: [UInt32] = []
    if registrations[number].passed.isEmpty {
      let cell = addCell()
      if registrations[number].rule.kind == .event || registrations[number].rule.kind == .observer {
        add(eventObject, to: cell)
      }
      cells = [cell]
    } else {
      cells = registrations[number].passed
    }
    let site = addSite(registrations[number].node, arguments: cells, result: addCell())
    sites[Int(site)].isResolved = true
    link(stored.info, at: site, this: registrations[number].targets.first ?? .max)
    causes[stored.info] = causes[stored.info] ?? .callback(callbacks.count - 1)
    if case .call(registrations[number].node) = causes[stored.info] {
      causes[stored.info] = .callback(callbacks.count - 1)
    }
  }

  private func eventObject(of number: Int) -> UInt32 {
    if registrations[number].eventObject != .max { return registrations[number].eventObject }
    let made = addObject(.external, site: registrations[number].node, info: facts.symbol("Event"))
    registrations[number].eventObject = made
    for target in registrations[number].targets {
      add(target, to: field(made, known.target))
      add(target, to: field(made, known.currentTarget))
    }
    return made
  }

  private func instantiate(_ classObject: UInt32, with number: Int) {
    let node = registrations[number].node
    let site = addSite(node, arguments: [], result: addCell())
    let instance = makeInstance(of: classObject, at: node)
    runConstructor(of: classObject, at: site, this: instance)
  }

  /// A call that hands a function to the host by a rule.
  func register(_ rule: HostRule, at site: UInt32, receiver: UInt32, certain: Bool = true) {
    let stored = sites[Int(site)]
    var event = rule.eventName
    if let position = rule.event {
      event = argumentCode(site, position).flatMap { text(of: $0) }
    }
    let number = registration(rule, event: event, at: stored.node, certain: certain)
    addTarget(receiver, to: number)
    if let position = rule.callback {
      if let cell = argument(site, position) { addConstraint(.register, UInt32(number), to: cell) }
    } else {
      for position in 0..<Int(stored.count) {
        if let cell = argument(site, position) { addConstraint(.register, UInt32(number), to: cell) }
      }
    }
  }

  private func text(of code: Code) -> String? {
    let value = evaluator.constant(of: code)
    return value.string ?? possibleTexts(of: code).map { $0.joined(separator: " ") }
  }

  /// The node of an argument, for calls that stand in the text.
  func argumentCode(_ site: UInt32, _ index: Int) -> Code? {
    let call = facts.code(sites[Int(site)].node)
    guard call.kind == .callExpression || call.kind == .newExpression else { return nil }
    let arguments = call.list(.arguments)
    guard index < arguments.count, !arguments[...index].contains(where: { $0.kind == .spreadElement }) else {
      return nil
    }
    return arguments[index]
  }

  // MARK: Handler properties

  /// `element.onclick = f`, `sketch.draw = f`.
  func storeHandler(_ object: UInt32, _ symbol: UInt32, _ source: UInt32) {
    let name = facts.name(symbol)
    guard objects[Int(object)].kind == .element || objects[Int(object)].kind == .external else { return }
    let path = objects[Int(object)].kind == .element ? "Element" : path(object)
    if path == "null" { return }
    if let event = HostTable.handlerEvent(name) {
      let kind: CallbackKind = event == "load" ? .load : .event
      let number = registration(HostRule(kind, named: event), event: event, at: source, salt: symbol | 1 << 31)
      if registrations[number].targets.isEmpty { noteHandlerSite(number, object, symbol, source) }
      addTarget(object, to: number)
      addConstraint(.register, UInt32(number), to: source)
    } else if path.hasPrefix("p5:"), let rule = HostTable.p5Functions[name] {
      let number = registration(rule, event: rule.eventName, at: source, salt: symbol | 1 << 31)
      noteHandlerSite(number, object, symbol, source)
      addConstraint(.register, UInt32(number), to: source)
    }
  }

  /// `onkeydown = f`, a handler of the window.
  func noteGlobalHandler(_ target: Code, _ value: Code) {
    guard let event = HostTable.handlerEvent(target.name),
      let binding = facts.binding(of: target.node, in: target.unit),
      facts.bindings[binding].kind == .global
    else { return }
    let rule = HostRule(event == "load" ? .load : .event, named: event)
    let number = registration(rule, event: event, at: UInt32(target.parent?.index ?? target.index))
    addTarget(external("window"), to: number)
    addConstraint(.register, UInt32(number), to: cell(of: value))
  }

  /// A registration by assignment is keyed by the cell stored; its node is found from the member writes noted.
  private func noteHandlerSite(_ number: Int, _ object: UInt32, _ symbol: UInt32, _ source: UInt32) {
    for write in memberWrites(named: symbol) where existingCell(write.value) == source {
      registrations[number].node = UInt32(write.member.parent?.index ?? write.member.index)
      return
    }
  }

  // MARK: Escape

  /// What a library is given: it may call functions, and functions in objects and arrays, a few levels deep.
  func escape(_ object: UInt32, with number: Int, depth: UInt32) {
    let stored = objects[Int(object)]
    switch stored.kind {
    case .function: register(object, with: number)
    case .class:
      instantiate(object, with: number)
    case .literal:
      guard depth < 4 else { return }
      for symbol in objectFields.array(Int(object)) where symbol != known.star {
        escapeField(object, symbol, number, depth)
      }
      escapeField(object, known.star, number, depth)
    case .array:
      guard depth < 4 else { return }
      addConstraint(.escape, UInt32(number), depth + 1, to: elements(of: object))
    default: break
    }
  }

  private func escapeField(_ object: UInt32, _ symbol: UInt32, _ number: Int, _ depth: UInt32) {
    let name = facts.name(symbol)
    var target = number
    if let rule = HostTable.optionNames[name] ?? HostTable.propertyEvent(name).map({ HostRule(.event, named: $0) }) {
      target = registration(
        rule, event: rule.eventName, at: registrations[number].node, salt: symbol | 1 << 30,
        certain: registrations[number].isCertain)
    }
    addConstraint(.escape, UInt32(target), depth + 1, to: field(object, symbol))
  }

  func escapeArguments(of site: UInt32, kind: CallbackKind = .library) {
    let stored = sites[Int(site)]
    guard stored.count > 0 else { return }
    let number = registration(HostRule(kind), event: nil, at: stored.node, salt: 1, certain: false)
    for position in 0..<Int(stored.count) {
      if let cell = argument(site, position) { addConstraint(.escape, UInt32(number), 0, to: cell) }
    }
  }

  // MARK: Lifecycles

  /// An object of the program inherits from a class of the host or a library, which calls some of its methods.
  func inheritExternal(_ external: UInt32, _ object: UInt32) {
    let path = path(external)
    let key = path.contains(":") ? String(path.prefix { $0 != ":" }) : path
    let element = key.hasPrefix("HTML") && key.hasSuffix("Element")
    guard let table = HostTable.lifecycles[element ? "HTMLElement" : key] else { return }
    for (name, rule) in table.sorted(by: { $0.key < $1.key }) {
      let symbol = facts.symbol(name)
      guard existingField(object, symbol) != nil else { continue }
      lifecycleMethods.append((object, symbol, rule))
    }
  }

  /// Calls what a library calls on instances that exist; returns whether anything new was called.
  func resolveLifecycles() -> Bool {
    guard !lifecycleMethods.isEmpty else { return false }
    let before = callbacks.count
    for instance in objects.indices where objects[instance].kind == .instance {
      for (object, symbol, rule) in lifecycleMethods where inherits(UInt32(instance), from: object) {
        let node = objects[instance].site
        let number = registration(rule, event: rule.eventName, at: node, salt: symbol | 1 << 29)
        addTarget(UInt32(instance), to: number)
        let cell = field(object, symbol)
        for method in self.objects(in: cell) where objects[Int(method)].kind == .function {
          add(UInt32(instance), to: extra(.this, of: objects[Int(method)].info))
          register(method, with: number)
        }
      }
    }
    return callbacks.count > before
  }
}
