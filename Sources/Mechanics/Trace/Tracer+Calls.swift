import JavaScriptSyntax
import Program

extension Tracer {
  // MARK: Calls

  func callExpression(_ code: Code) -> Value {
    guard let callee = code[.callee] else { return .none }
    let target = callee.unwrapped
    if target.kind == .super { return callSuper(code) }
    let arguments = argumentValues(code)
    if target.kind == .memberExpression, let object = target[.object] {
      if object.kind == .super { return callSuperMethod(target, arguments, code) }
      let base = evaluate(object)
      return chosen(by: object) { chosen(by: target) { callMethod(target, of: base, arguments, code) } }
    }
    let function = evaluate(target)
    if target.kind == .identifier, !function.things.contains(where: { $0.tag == .node }) {
      return hostFunction(target.name, arguments, code)
    }
    return call(function, this: .none, arguments: arguments, site: code)
  }

  /// Runs what `states[name]` picks as under a condition on the name.
  private func chosen(by member: Code, _ body: () -> Value) -> Value {
    let member = member.unwrapped
    guard isFinal, member.kind == .memberExpression, member.flags.contains(.computed), let key = member[.property],
      key.kind != .literal
    else { return body() }
    let value = evaluateAgain(key)
    guard !value.deps.isEmpty, value.things.contains(where: { $0.tag == .string }) else { return body() }
    return under(member, Value(deps: value.deps)) { body() }
  }

  func argumentValues(_ code: Code) -> [Value] {
    var result: [Value] = []
    for argument in code.list(.arguments) {
      guard argument.kind == .spreadElement, let inner = argument[.argument] else {
        result.append(evaluate(argument))
        continue
      }
      let list = evaluate(inner)
      var positional: [Value] = []
      if list.things.count == 1, let thing = list.things.first, thing.tag == .node {
        let node = nodes[find(thing.id)]
        if node.literalCount > 0 {
          positional = (0..<node.literalCount).compactMap { node.fields[intern(String($0))] }
        }
      }
      result += positional.isEmpty ? [elements(of: list)] : positional
    }
    return result
  }

  /// Calls every function that a value may be.
  @discardableResult
  func call(_ function: Value, this: Value, arguments: [Value], site: Code) -> Value {
    var result = Value()
    var isKnown = false
    for thing in function.things where thing.tag == .node {
      let id = find(thing.id)
      let node = nodes[id]
      switch node.kind {
      case .function:
        isKnown = true
        let receiver = boundThis(of: thing) ?? this
        result.join(invoke(id, this: receiver, arguments: (boundArguments[id] ?? []) + arguments, site: site))
      case .setter:
        isKnown = true
        if let value = callStore(id, arguments, site: site) {
          result.join(value)
        } else {
          callSetter(id, arguments, site: site)
        }
      case .host:
        isKnown = true
        result.join(callHost(symbolNames[node.type], receiver: .none, arguments, site: site))
      case .klass:
        isKnown = true
        result.join(construct(id, arguments, site: site))
      default: break
      }
    }
    if !isKnown {
      result.join(Value.combined(arguments + [function]))
      for argument in arguments { passedOn(argument, site: site) }
    }
    return result
  }

  func boundThis(of thing: Thing) -> Value? { boundReceivers[find(thing.id)] }

  func invoke(_ id: Int, this: Value, arguments: [Value], site: Code) -> Value {
    // Members of several kinds are gone through kind by kind.
    for (index, argument) in arguments.enumerated() {
      let kinds = byKind(argument)
      guard kinds.count > 1, arguments.prefix(index).allSatisfy({ byKind($0).isEmpty }) else { continue }
      var result = Value()
      for kind in kinds {
        var single = arguments
        single[index] = kind
        result.join(invoke(id, this: this, arguments: single, site: site))
      }
      return result
    }
    let node = nodes[id]
    let code = facts.code(node.site)
    let isArrow = code.kind == .arrowFunctionExpression
    let receiver = isArrow ? frames[node.frame].this : this
    let frame = frameFor(
      function: node.site, parent: node.frame, site: site.index, this: isArrow ? .none : receiver, arguments: arguments)
    frame.this = receiver
    frame.arguments = arguments
    addCall(frame.id, site: site.index)
    let result = enter(frame, code, arguments: arguments)
    if code.flags.contains(.async) { return result }
    return result
  }

  private func callMethod(_ member: Code, of base: Value, _ arguments: [Value], _ code: Code) -> Value {
    let names = propertyNames(of: member)
    guard let name = names.first else {
      // `handlers[kind](...)`: every function that may be there.
      return call(self.member(member, of: base), this: base, arguments: arguments, site: code)
    }
    if names.count > 1 {
      var result = Value()
      for name in names { result.join(callMethod(name, of: base, arguments, code)) }
      return result
    }
    return callMethod(name, of: base, arguments, code)
  }

  func callMethod(_ name: Int, of base: Value, _ arguments: [Value], _ code: Code) -> Value {
    let text = symbolNames[name]
    if text == "call" || text == "apply" || text == "bind", let result = callIndirect(text, base, arguments, code) {
      return result
    }
    var result = Value()
    var plain = Value(deps: base.deps, origin: base.origin)
    var isKnown = false
    for thing in base.things {
      let thing = refinements[thing] ?? thing
      if let own = ownMethod(name, of: thing, arguments, code) {
        isKnown = true
        result.join(own)
      } else if isListLike(thing), var value = listMethod(text, thing, arguments, code) {
        isKnown = true
        if value.things.isEmpty { value.depend(on: base) }
        // A selection stays one when more is done with it.
        if base.origin.contains(.filtered), value.things.contains(where: { isListLike($0) }) {
          value.origin.insert(.filtered)
        }
        result.join(value)
      } else if thing.tag == .node, let value = hostMethod(text, find(thing.id), arguments, code) {
        isKnown = true
        result.join(value)
      } else {
        plain.things.append(thing)
      }
    }
    if !isKnown || !plain.things.isEmpty { result.join(unknownMethod(text, name, plain, arguments, code)) }
    return result
  }

  /// Calls a method that the program itself gives a thing; `nil` when there is none.
  private func ownMethod(_ name: Int, of thing: Thing, _ arguments: [Value], _ code: Code) -> Value? {
    guard thing.tag != .string, thing.tag != .view else { return nil }
    var result = Value()
    var isFound = false
    let classes = thing.tag == .member && thing.variant < 0 ? classesOfMembers(of: thing.id) : []
    if classes.count > 1 {
      for klass in classes {
        guard let method = methodOfClass(klass, name) else { continue }
        isFound = true
        let variant = Thing.member(thing.id, variantNumber(.klass(klass)))
        result.join(call(method.value, this: Value(things: [variant]), arguments: arguments, site: code))
      }
      if isFound { return result }
    }
    var functions = fieldValue(name, of: thing)
    if functions.isBare, let inherited = inheritedMethod(name, of: thing) {
      functions =
        inherited.isGetter
        ? call(inherited.value, this: Value(things: [thing]), arguments: [], site: code) : inherited.value
    }
    functions.things = functions.things.filter { isCallable($0) }
    guard !functions.things.isEmpty else { return nil }
    return call(functions, this: Value(things: [thing]), arguments: arguments, site: code)
  }

  private func isCallable(_ thing: Thing) -> Bool {
    guard thing.tag == .node else { return false }
    let kind = nodes[find(thing.id)].kind
    return kind == .function || kind == .setter || kind == .klass || kind == .host
  }

  private func callIndirect(_ text: String, _ base: Value, _ arguments: [Value], _ code: Code) -> Value? {
    let functions = Value(things: base.things.filter { isCallable($0) })
    guard !functions.things.isEmpty else { return nil }
    let this = arguments.first ?? .none
    switch text {
    case "call": return call(functions, this: this, arguments: Array(arguments.dropFirst()), site: code)
    case "apply":
      let list = arguments.count > 1 ? arguments[1] : .none
      return call(functions, this: this, arguments: [elements(of: list)], site: code)
    default:
      var result = Value()
      for thing in functions.things {
        let id = find(thing.id)
        let node = nodes[id]
        guard node.kind == .function else {
          result.join(Value(things: [thing]))
          continue
        }
        let bound = find(makeNode(.function, site: node.site, context: 1 << 24 + code.index, frame: node.frame))
        nodes[bound].frame = node.frame
        boundReceivers[bound] = this
        boundArguments[bound] = Array(arguments.dropFirst())
        result.join(.node(bound))
      }
      return result
    }
  }

  private func callSuperMethod(_ member: Code, _ arguments: [Value], _ code: Code) -> Value {
    guard let name = propertyNames(of: member).first, let klass = member.enclosingClass else { return .none }
    let this = frame.this
    for id in nodes.indices where nodes[id].kind == .klass && nodes[id].site == klass.index {
      let parent = superclass(of: find(id))
      if parent >= 0, let method = methodOfClass(parent, name) {
        return call(method.value, this: this, arguments: arguments, site: code)
      }
    }
    return .none
  }

  private func callSuper(_ code: Code) -> Value {
    let arguments = argumentValues(code)
    guard let klass = code.enclosingClass else { return .none }
    let this = ownerFrame(of: current).this
    for id in nodes.indices where nodes[id].kind == .klass && nodes[id].site == klass.index && find(id) == id {
      let parent = superclass(of: id)
      if parent >= 0 { initialize(this, as: parent, arguments, site: code) }
      break
    }
    return this
  }

  // MARK: Making

  func newExpression(_ code: Code) -> Value {
    guard let callee = code[.callee] else { return .none }
    let type = evaluate(callee)
    let arguments = argumentValues(code)
    var result = Value()
    for thing in type.things where thing.tag == .node {
      let id = find(thing.id)
      switch nodes[id].kind {
      case .klass, .function: result.join(construct(id, arguments, site: code))
      case .host: result.join(constructHost(symbolNames[nodes[id].type], arguments, site: code))
      default: break
      }
    }
    if type.things.isEmpty {
      let path = callee.kind == .identifier ? callee.name : callee.text
      result.join(constructHost(path, arguments, site: code))
    }
    result.origin.insert(.fresh)
    return result
  }

  func noteMaking(_ node: Int) {
    if isFinal { makings[node, default: []].append((current, guardID)) }
  }

  func construct(_ klass: Int, _ arguments: [Value], site: Code) -> Value {
    let id = find(makeNode(.record, site: site.index, context: current << 12 | (klass & 0xFFF)))
    nodes[id].link = klass
    noteMaking(id)
    if hostSuperclass(of: klass) != nil, nodes[id].type < 0, let path = hostSuperclass(of: klass) {
      nodes[id].type = intern(path)
    }
    let this = Value(things: [.node(id)])
    initialize(this, as: klass, arguments, site: site)
    return Value(things: [.node(id)], origin: .fresh)
  }

  /// The class of the host or a library that a class extends.
  func hostSuperclass(of klass: Int) -> String? {
    var next = klass
    var turns = 0
    while next >= 0, turns < 32 {
      guard let parent = superclasses[find(next)], let thing = parent.things.first(where: { $0.tag == .node }) else {
        return nil
      }
      let id = find(thing.id)
      if nodes[id].kind == .host { return symbolNames[nodes[id].type] }
      next = id
      turns += 1
    }
    return nil
  }

  private func initialize(_ this: Value, as klass: Int, _ arguments: [Value], site: Code) {
    let node = nodes[klass]
    let code = facts.code(node.site)
    guard node.kind == .klass else {
      _ = invoke(klass, this: this, arguments: arguments, site: site)
      return
    }
    let constructor = code[.body]?.list(.body).first { $0.kind == .methodDefinition && $0.detail == .constructor }
    if constructor == nil {
      let parent = superclass(of: klass)
      if parent >= 0 { initialize(this, as: parent, arguments, site: site) }
    }
    initializeFields(this, klass, code, arguments, site: site)
    guard let function = constructor?[.value] else { return }
    let frame = frameFor(
      function: function.index, parent: node.frame, site: site.index, this: this, arguments: arguments)
    frame.this = this
    frame.arguments = arguments
    addCall(frame.id, site: site.index)
    enter(frame, function, arguments: arguments)
  }

  private func initializeFields(_ this: Value, _ klass: Int, _ code: Code, _ arguments: [Value], site: Code) {
    let members = code[.body]?.list(.body) ?? []
    let hasFields = members.contains { $0.kind == .propertyDefinition && !$0.flags.contains(.static) }
    guard hasFields else { return }
    let frame = frameFor(function: code.index, parent: nodes[klass].frame, site: site.index, this: this, arguments: [])
    guard frame.round != round else { return }
    frame.round = round
    frame.this = this
    addCall(frame.id, site: site.index)
    let saved = (current, guardID)
    current = frame.id
    guardID = -1
    for member in members where member.kind == .propertyDefinition && !member.flags.contains(.static) {
      guard let name = keyNames(of: member).first else { continue }
      let value = member[.value].map { evaluate($0) } ?? Value(origin: .null)
      for thing in this.things { store(value, in: name, of: thing, site: member, operation: .assign, isInitial: true) }
    }
    (current, guardID) = saved
  }

  // MARK: Hooks that store

  private func callSetter(_ id: Int, _ arguments: [Value], site: Code) {
    guard let first = arguments.first, nodes[id].link >= 0 else { return }
    let slot = find(nodes[id].link)
    let name = intern("value")
    var value = Value()
    let functions = Value(things: first.things.filter { isCallable($0) })
    if let reducer = reducers[id] {
      let old = read(name, of: .node(slot), site: site)
      value = call(reducer, this: .none, arguments: [old, first], site: site)
    } else if functions.things.isEmpty {
      value = first
    } else {
      let old = read(name, of: .node(slot), site: site)
      value = call(functions, this: .none, arguments: [old], site: site)
    }
    store(value, in: name, of: .node(slot), site: site, operation: .assign)
  }
}
