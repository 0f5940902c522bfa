import JavaScriptSyntax
import Program

/// React: hooks, elements and components.
extension Tracer {
  func hook(_ name: String, _ arguments: [Value], _ code: Code) -> Value? {
    let first = arguments.first ?? .none
    switch name {
    case "useState": return stateHook(initial(first, code), code)
    case "useReducer":
      let result = stateHook(arguments.count > 1 ? arguments[1] : .none, code)
      if let list = result.things.first, let setter = nodes[find(list.id)].fields[intern("1")]?.things.first {
        reducers[find(setter.id)] = first
      }
      return result
    case "useRef", "createRef":
      let id = find(makeNode(.record, site: code.index, context: current))
      if nodes[id].home < 0 { nodes[id].home = place(.binding(-3), [intern("#\(id)")]) }
      store(first, in: symbol.current, of: .node(id), site: code, operation: .assign, isInitial: true)
      return .node(id)
    case "useMemo": return call(first, this: .none, arguments: [], site: code)
    case "useCallback", "memo", "forwardRef", "observer", "lazy", "startTransition": return first
    case "useEffect", "useLayoutEffect", "useInsertionEffect":
      return call(first, this: .none, arguments: [], site: code)
    case "useFrame":
      let state = Value(things: [.node(hostNode("r3f:state#"))])
      noteCall("useFrame", .none, arguments, code)
      register(first, .framework, name: "useFrame", site: code, arguments: [state, Value(origin: .elapsed)])
      return .some(Value())
    case "useThree": return .node(hostNode("r3f:state#"))
    case "createElement":
      return component(
        first, properties: arguments.count > 1 ? arguments[1] : .none, children: Array(arguments.dropFirst(2)), code)
    case "create", "createStore": return storeHook(arguments, code)
    default: return nil
    }
  }

  private func initial(_ value: Value, _ code: Code) -> Value {
    let functions = value.things.filter { $0.tag == .node && nodes[find($0.id)].kind == .function }
    return functions.isEmpty ? value : call(Value(things: functions), this: .none, arguments: [], site: code)
  }

  private func stateHook(_ initial: Value, _ code: Code) -> Value {
    let slot = find(makeNode(.record, site: code.index, context: current))
    let setter = find(makeNode(.setter, site: code.index, context: current))
    let pair = find(makeNode(.list, site: code.index, context: current))
    if nodes[slot].home < 0 { nodes[slot].home = place(.binding(-3), [intern("#\(slot)")]) }
    nodes[setter].link = slot
    let name = intern("value")
    store(initial, in: name, of: .node(slot), site: code, operation: .assign, isInitial: true)
    let value = read(name, of: .node(slot), site: code)
    setField(pair, intern("0"), Value(things: value.things))
    setField(pair, intern("1"), .node(setter))
    nodes[pair].literalCount = 2
    return Value(things: [.node(pair)], deps: value.deps, origin: value.origin)
  }

  /// A store in the style of zustand: a hook that gives parts of one record.
  private func storeHook(_ arguments: [Value], _ code: Code) -> Value {
    let store = find(makeNode(.record, site: code.index, context: 0))
    let setter = find(makeNode(.setter, site: code.index, context: 1))
    if nodes[store].home < 0 { nodes[store].home = place(.binding(-3), [intern("#\(store)")]) }
    nodes[setter].link = store
    mergers.insert(setter)
    let made = call(arguments.first ?? .none, this: .none, arguments: [.node(setter)], site: code)
    copyFields(from: made, to: store)
    let hook = find(makeNode(.setter, site: code.index, context: 2))
    nodes[hook].link = store
    selectors.insert(hook)
    return .node(hook)
  }

  func callStore(_ id: Int, _ arguments: [Value], site: Code) -> Value? {
    let store = find(nodes[id].link)
    let state = Value(things: [.node(store)])
    if selectors.contains(id) {
      return arguments.isEmpty ? state : call(arguments[0], this: .none, arguments: [state], site: site)
    }
    guard mergers.contains(id) else { return nil }
    let first = arguments.first ?? .none
    let functions = first.things.filter { $0.tag == .node && nodes[find($0.id)].kind == .function }
    let change = functions.isEmpty ? first : call(Value(things: functions), this: .none, arguments: [state], site: site)
    for thing in change.things where thing.tag == .node && find(thing.id) != store {
      for (name, value) in nodes[find(thing.id)].fields.sorted(by: { $0.key < $1.key }) {
        self.store(value, in: name, of: .node(store), site: site, operation: .assign)
      }
    }
    return .some(Value())
  }

  // MARK: Elements

  func jsx(_ code: Code) -> Value {
    var children: [Value] = []
    for child in code.list(.children) {
      switch child.kind {
      case .jsxElement, .jsxFragment: _ = evaluate(child)
      case .jsxExpressionContainer: if let inner = child[.expression] { children.append(evaluate(inner)) }
      default: break
      }
    }
    guard let opening = code[.openingElement], let name = opening[.name] else { return Value.combined(children) }
    if name.kind == .jsxIdentifier, let letter = name.name.utf8.first, letter >= 0x61 {
      return hostElement(code, opening, name.name, children)
    }
    let properties = find(makeNode(.record, site: code.index, context: current))
    for attribute in opening.list(.attributes) {
      if attribute.kind == .jsxSpreadAttribute {
        if let argument = attribute[.argument] { copyFields(from: evaluate(argument), to: properties) }
        continue
      }
      guard let key = attribute[.name] else { continue }
      let value = attribute[.value].map { evaluate($0) } ?? Value(origin: .constant)
      setField(properties, intern(key.name), value)
      if !value.deps.isEmpty, let place = place(intern(key.name), of: .node(properties)) {
        noteWrite(place, value, change: nil, base: .none, site: attribute, operation: .assign, isInitial: true)
      }
    }
    if !children.isEmpty {
      var all = Value()
      for child in children { all.join(child) }
      setField(properties, symbol.children, all)
    }
    return component(
      evaluate(name.kind == .jsxIdentifier ? name : name), properties: .node(properties), children: children, code,
      name: name)
  }

  private func component(_ type: Value, properties: Value, children: [Value], _ code: Code, name: Code? = nil) -> Value
  {
    var type = type
    if let name, type.things.isEmpty, let binding = facts.binding(of: name),
      let holder = holder(of: binding, from: current)
    {
      type = holder.locals[binding] ?? .none
    }
    for thing in type.things where thing.tag == .node {
      let id = find(thing.id)
      if nodes[id].kind == .function { return invoke(id, this: .none, arguments: [properties], site: code) }
      if nodes[id].kind == .klass {
        let made = construct(id, [properties], site: code)
        guard let instance = made.things.first else { continue }
        if nodes[find(instance.id)].home < 0 {
          nodes[find(instance.id)].home = place(.binding(-3), [intern("#\(find(instance.id))")])
        }
        setField(find(instance.id), intern("props"), properties)
        for hook in ["render", "componentDidMount"] {
          if let method = method(find(instance.id), intern(hook)) {
            _ = call(method, this: made, arguments: [], site: code)
          }
        }
      }
    }
    if let name { noteCall("jsx:" + (name.text), .none, [properties], code) }
    return Value.combined(children)
  }

  private func hostElement(_ code: Code, _ opening: Code, _ tag: String, _ children: [Value]) -> Value {
    let isThree = facts.usesFiber && !Self.markupTags.contains(tag)
    let id: Int
    if isThree {
      id = find(makeNode(.host, site: code.index, context: current))
      nodes[id].type = intern("three:" + tag.prefix(1).uppercased() + tag.dropFirst() + "#")
    } else {
      id = elementNode(facts.jsxElementKey(code) ?? "jsx:\(tag):\(code.index)")
    }
    let node = Value(things: [.node(id)])
    for attribute in opening.list(.attributes) {
      if attribute.kind == .jsxSpreadAttribute {
        if let argument = attribute[.argument] { _ = evaluate(argument) }
        continue
      }
      guard let key = attribute[.name]?.name, let value = attribute[.value].map({ evaluate($0) }) else { continue }
      if key == "ref" {
        for thing in value.things where thing.tag == .node {
          store(node, in: symbol.current, of: thing, site: attribute, operation: .assign, isInitial: true)
        }
      } else if key.hasPrefix("on"), key.utf8.count > 3, !value.things.isEmpty {
        listen(key.dropFirst(2).lowercased(), value, target: node, site: attribute)
      } else if let place = place(intern(key), of: .node(id)) {
        noteWrite(place, scalar(value), change: nil, base: node, site: attribute, operation: .assign)
      }
    }
    for child in children where !child.deps.isEmpty || !child.origin.isEmpty {
      if let place = place(intern("textContent"), of: .node(id)) {
        noteWrite(place, child, change: nil, base: node, site: code, operation: .assign)
      }
    }
    return node
  }

  static let markupTags: Set<String> = [
    "div", "span", "p", "a", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "button", "input", "label", "select",
    "option",
    "section", "header", "footer", "main", "nav", "canvas", "svg", "path", "g", "circle", "rect", "line", "polyline",
    "text", "img",
    "table", "tr", "td", "th", "tbody", "thead", "form", "textarea", "strong", "em", "small", "b", "i", "br", "hr",
    "pre", "code", "style",
    "aside", "article", "details", "summary", "figure", "video", "audio", "progress", "output", "kbd", "dl", "dt", "dd",
  ]
}
