import JavaScriptSyntax
import SourceText

// Components: what React and libraries like it render.
extension Stage {
  // MARK: JSX

  func evaluateJSX(_ code: Code, _ scope: StageScope) throws -> StageValue {
    let children = try childValues(code, scope)
    guard code.kind == .jsxElement, let opening = code[.openingElement], let name = opening[.name] else {
      return element(.string("%fragment"), record(), children, at: code)
    }
    let type: StageValue
    let text = name.text
    if name.kind == .jsxIdentifier, text.first.map({ $0.isLowercase }) ?? true {
      type = .string(text)
    } else {
      type = try componentType(name, scope)
    }
    let props = record()
    for attribute in opening.list(.attributes) {
      if attribute.kind == .jsxSpreadAttribute {
        if let argument = attribute[.argument] { copy(try evaluate(argument, scope), into: props) }
        continue
      }
      guard let key = attribute[.name]?.text else { continue }
      guard let value = attribute[.value] else {
        props[key] = .bool(true)
        continue
      }
      if value.kind == .literal {
        props[key] = .string(value.unit.tree.jsxValue(of: value.node) ?? "")
      } else if value.kind == .jsxExpressionContainer {
        props[key] = try value[.expression].map { try evaluate($0, scope) } ?? .undefined
      } else {
        props[key] = try evaluate(value, scope)
      }
    }
    return element(type, props, children, at: opening)
  }

  private func componentType(_ name: Code, _ scope: StageScope) throws -> StageValue {
    let parts = name.text.split(separator: ".").map(String.init)
    guard let first = parts.first else { return .unknown }
    var value = try read(first, scope, at: name)
    for part in parts.dropFirst() {
      if value.isNullish { return .unknown(name.text) }
      value = try member(of: value, part, at: name)
    }
    if case .unknown("") = value { return .unknown(name.text) }
    return value
  }

  private func childValues(_ code: Code, _ scope: StageScope) throws -> [StageValue] {
    var result: [StageValue] = []
    for child in code.list(.children) {
      switch child.kind {
      case .jsxText:
        let text = Stage.jsxText(child.unit.tree.jsxValue(of: child.node) ?? "")
        if !text.isEmpty { result.append(.string(text)) }
      case .jsxExpressionContainer:
        if let inner = child[.expression], inner.kind != .jsxEmptyExpression {
          result.append(try evaluate(inner, scope))
        }
      default: result.append(try evaluate(child, scope))
      }
    }
    return result
  }

  /// Text between elements: lines are joined, white space at line ends is dropped.
  static func jsxText(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return text }
    var parts: [String] = []
    for (index, line) in lines.enumerated() {
      var part = Substring(line)
      if index > 0 { part = part.drop { $0.isWhitespace } }
      if index < lines.count - 1 { while let last = part.last, last.isWhitespace { part.removeLast() } }
      if !part.isEmpty { parts.append(String(part)) }
    }
    return parts.joined(separator: " ")
  }

  func element(_ type: StageValue, _ props: StageObject, _ children: [StageValue], at code: Code?) -> StageValue {
    let made = make(.element)
    made["type"] = type
    if !children.isEmpty { props["children"] = children.count == 1 ? children[0] : array(children) }
    made["props"] = .object(props)
    made["key"] = props["key"] ?? .null
    made.place = code
    return .object(made)
  }

  // MARK: Rendering

  func renderRoots() {
    var turns = 0
    repeat {
      context.isDirty = false
      turns += 1
      for root in roots {
        _ = task(Stage.loadBudget) {
          var made: [Int] = []
          try self.render(root.value, root.path, into: &made, isVector: false)
          self.place(made, in: root.container)
          return .undefined
        }
      }
      let effects = context.effects
      context.effects = []
      for (instance, index) in effects {
        guard index < instance.pending.count, let function = instance.pending[index] else { continue }
        instance.pending[index] = nil
        task { try self.call(function, this: .undefined, []) }
      }
    } while context.isDirty && turns < 12 && budget > 0
  }

  func changed() {
    guard !context.isDirty else { return }
    context.isDirty = true
    if context.instance == nil {
      microtasks.append { [unowned self] in
        guard self.context.isDirty, self.context.renderings < 400 else { return }
        self.context.renderings += 1
        let saved = (self.steps, self.depth, self.callDepth)
        self.depth = 0
        self.callDepth = 0
        self.renderRoots()
        (self.steps, self.depth, self.callDepth) = saved
      }
    }
  }

  /// Makes nodes the children of another, as far as they are not already.
  func place(_ made: [Int], in container: Int) {
    guard nodes[container].children != made else { return }
    for child in nodes[container].children where !made.contains(child) { nodes[child].parent = nil }
    nodes[container].children = made
    for child in made { nodes[child].parent = container }
    note(.children, container)
  }

  func render(_ value: StageValue, _ path: String, into result: inout [Int], isVector: Bool) throws {
    try step()
    depth += 1
    defer { depth -= 1 }
    guard depth < Stage.maximumDepth, path.utf8.count < 4_000 else { throw StageStop.cut }
    switch value {
    case .undefined, .null, .bool: return
    case .string, .number, .unknown:
      let text = shown(value)
      if !text.isEmpty { result.append(try textNode(text, path + "#")) }
    case .object(let object):
      switch object.kind {
      case .array:
        for (index, item) in object.items.enumerated() {
          let key = item.object?["key"].flatMap { $0.isNullish ? nil : text($0) } ?? String(index)
          try render(item, path + "/" + key, into: &result, isVector: isVector)
        }
      case .element: try renderElement(object, path, into: &result, isVector: isVector)
      case .node: result.append(object.node)
      default:
        let text = shown(value)
        if !text.isEmpty, text != "[object Object]" { result.append(try textNode(text, path + "#")) }
      }
    }
  }

  private func textNode(_ text: String, _ path: String) throws -> Int {
    if let known = nodesByPath[path] {
      if nodes[known].text != text {
        nodes[known].text = text
        if let parent = nodes[known].parent { note(.text, parent) }
      }
      return known
    }
    let made = try makeNode("#text", text: text)
    nodesByPath[path] = made
    return made
  }

  private func renderElement(
    _ object: StageObject, _ path: String, into result: inout [Int], isVector: Bool
  ) throws {
    let saved = place
    defer { place = saved }
    place = object.place ?? place
    let props = object["props"]?.object ?? record()
    let type = object["type"] ?? .unknown
    switch type {
    case .string(let name):
      if name == "%fragment" {
        try render(props["children"] ?? .undefined, path + "/f", into: &result, isVector: isVector)
      } else {
        result.append(try hostNode(name, props, path, isVector: isVector || name == "svg"))
      }
    case .object(let component):
      if component.kind == .host, component.text == "provider", let context = component["%context"]?.object {
        self.context.provided.append((ObjectIdentifier(context), props["value"] ?? .undefined))
        defer { self.context.provided.removeLast() }
        try render(props["children"] ?? .undefined, path + "/p", into: &result, isVector: isVector)
        return
      }
      var function = component
      var turns = 0
      while let inner = function["%component"]?.object, turns < 8 {
        function = inner
        turns += 1
      }
      try renderComponent(function, props, path, into: &result, isVector: isVector)
    case .unknown(let name):
      // A component of a library that the project does not hold: what it is given is shown.
      let short = name.split { ":.".contains($0) }.last.map(String.init) ?? "component"
      result.append(try hostNode(short.isEmpty ? "component" : short, props, path, isVector: isVector))
    default: return
    }
  }

  private func renderComponent(
    _ function: StageObject, _ props: StageObject, _ path: String, into result: inout [Int], isVector: Bool
  ) throws {
    guard function.isCallable else {
      try render(props["children"] ?? .undefined, path, into: &result, isVector: isVector)
      return
    }
    let key = path + ":" + String(function.function?.code.index ?? 0)
    let instance = instances[key] ?? StageInstance()
    instances[key] = instance
    let outer = (context.instance, context.cursor)
    context.instance = instance
    context.cursor = 0
    defer { (context.instance, context.cursor) = outer }
    if let defaults = function["defaultProps"]?.object {
      for name in defaults.names where props[name] == nil { props[name] = defaults[name] }
    }
    let value: StageValue
    if function.function?.isClass ?? false {
      let made: StageObject
      if let known = instance.object {
        made = known
      } else {
        made = make(.plain, proto: function["prototype"]?.object)
        instance.object = made
        made["props"] = .object(props)
        made["state"] = .object(record())
        made["setState"] = native { stage, _, given in
          var change = given.first ?? .undefined
          if change.object?.isCallable ?? false {
            change = try stage.call(change, this: .undefined, [made["state"] ?? .undefined, .object(props)])
          }
          let next = stage.record()
          if let old = made["state"] { stage.copy(old, into: next) }
          stage.copy(change, into: next)
          made["state"] = .object(next)
          stage.changed()
          return .undefined
        }
        try construct(function, [.object(props)], into: .object(made))
        if let mounted = find("componentDidMount", on: made), mounted.object?.isCallable ?? false {
          instance.pending = [native { stage, _, _ in try stage.call(mounted, this: .object(made), []) }]
          context.effects.append((instance, 0))
        }
      }
      made["props"] = .object(props)
      guard let method = find("render", on: made) else { return }
      value = try call(method, this: .object(made), [])
    } else {
      value = try call(.object(function), this: .undefined, [.object(props), props["ref"] ?? .undefined])
    }
    context.instance = nil
    try render(value, path + "/c", into: &result, isVector: isVector)
  }

  /// Whether an animated element goes from one state to another by itself.
  private func moves(_ props: StageObject) -> Bool {
    let target = props["animate"] ?? props["whileInView"]
    guard let target else { return props["variants"] != nil }
    guard let first = props["initial"] else { return true }
    return json(first, 0) != json(target, 0) || json(first, 0) == nil
  }

  private static let attributeNames: [String: String] = ["className": "class", "htmlFor": "for", "xlinkHref": "href"]

  private func hostNode(_ name: String, _ props: StageObject, _ path: String, isVector: Bool) throws -> Int {
    let isMotion = name.hasPrefix("motion:")
    let tag = isMotion ? String(name.dropFirst(7)) : name
    let key = path + "<" + tag
    let node: Int
    if let known = nodesByPath[key] {
      node = known
    } else {
      node = try makeNode(tag)
      nodesByPath[key] = node
      nodes[node].isVector = isVector
    }
    if isMotion, moves(props),
      !journal.contains(where: { $0.node == node && $0.kind == .animation })
    {
      note(.animation, node)
    }
    nodes[node].listeners.removeAll()
    var wanted: [(String, String?)] = []
    for name in props.names {
      guard let value = props[name] else { continue }
      try setProperty(name, value, of: node, &wanted, isVector: isVector)
    }
    if props.isOpen { wanted.append(("%open", nil)) }
    for attribute in nodes[node].attributes where !wanted.contains(where: { $0.0 == attribute.name }) {
      removeAttribute(attribute.name, of: node)
    }
    for (name, value) in wanted { setAttribute(name, value, of: node) }
    if let markup = props["dangerouslySetInnerHTML"]?.object?["__html"] {
      try setMarkup(shown(markup), of: node)
      return node
    }
    var made: [Int] = []
    try render(props["children"] ?? .undefined, path + "/" + tag, into: &made, isVector: isVector)
    place(made, in: node)
    return node
  }

  private func setProperty(
    _ name: String, _ value: StageValue, of node: Int, _ wanted: inout [(String, String?)], isVector: Bool
  ) throws {
    switch name {
    case "children", "key", "dangerouslySetInnerHTML": return
    case "ref":
      if let object = value.object {
        if object.isCallable { try call(value, this: .undefined, [wrap(node)]) } else { object["current"] = wrap(node) }
      }
      return
    case "style":
      if let object = value.object {
        let parts = object.names.map { Stage.styleName($0) + ": " + shown(object[$0] ?? .undefined) }
        wanted.append(("style", parts.joined(separator: "; ")))
        return
      }
    case "value", "defaultValue", "defaultChecked", "checked":
      if name.hasSuffix("hecked") {
        nodes[node].isChecked = value.truth ?? false
        return
      }
      if !value.isNullish {
        if name == "value" || nodes[node].value == nil { nodes[node].value = shown(value) }
        if ["option", "button", "data", "li"].contains(nodes[node].name) { wanted.append(("value", text(value))) }
      }
      return
    default: break
    }
    if name.hasPrefix("on"), name.utf8.count > 2 {
      guard value.object?.isCallable ?? value.isUnknown else { return }
      let event = name.dropFirst(2).lowercased()
      let events = event == "change" ? ["input", "change"] : [event == "doubleclick" ? "dblclick" : event]
      for event in events {
        nodes[node].listeners.append(StageListener(event: event, function: value, place: place))
      }
      return
    }
    let key = Stage.attributeNames[name] ?? (isVector || name.contains("-") ? name : name.lowercased())
    switch value {
    case .undefined, .null: return
    case .bool(let isOn):
      if key.hasPrefix("aria-") || key.hasPrefix("data-") {
        wanted.append((key, isOn ? "true" : "false"))
      } else if isOn {
        wanted.append((key, ""))
      }
    case .object(let object) where object.kind != .array: if !object.isCallable { wanted.append((key, nil)) }
    default: wanted.append((key, text(value)))
    }
  }

  // MARK: Hooks

  private func slot(_ initial: () throws -> StageValue) rethrows -> (StageInstance, Int) {
    let instance = context.instance ?? StageInstance()
    let index = context.cursor
    context.cursor += 1
    while instance.slots.count < index { instance.slots.append(.undefined) }
    if instance.slots.count == index { instance.slots.append(try initial()) }
    return (instance, index)
  }

  private func state(_ initial: StageValue, reducer: StageValue?) throws -> StageValue {
    let (instance, index) = try slot {
      initial.object?.isCallable ?? false ? try call(initial, this: .undefined, []) : initial
    }
    let setter = native("setState") { stage, _, given in
      guard index < instance.slots.count else { return .undefined }
      let old = instance.slots[index]
      var next = given.first ?? .undefined
      if let reducer {
        next = try stage.call(reducer, this: .undefined, [old, next])
      } else if next.object?.isCallable ?? false {
        next = try stage.call(next, this: .undefined, [old])
      }
      if stage.areStrictlyEqual(old, next) != true {
        instance.slots[index] = next
        stage.changed()
      }
      return .undefined
    }
    return array([instance.slots[index], setter])
  }

  private func effect(_ given: [StageValue]) throws {
    let (instance, index) = slot { .undefined }
    while instance.pending.count <= index { instance.pending.append(nil) }
    while instance.dependencies.count <= index { instance.dependencies.append(nil) }
    let wanted = given.count > 1 ? given[1].object?.items : nil
    if let old = instance.dependencies[index], let wanted, old.count == wanted.count,
      zip(old, wanted).allSatisfy({ areStrictlyEqual($0, $1) == true })
    {
      return
    }
    instance.dependencies[index] = wanted ?? [.number(Double(context.renderings))]
    instance.pending[index] = given.first
    context.effects.append((instance, index))
  }

  func setUpReact() {
    let react = record()
    libraries["react"] = react
    func hook(_ name: String, _ body: @escaping StageNative) { react[name] = native(name, body) }
    hook("createElement") { stage, _, given in
      let props = stage.record()
      if given.count > 1 { stage.copy(given[1], into: props) }
      return stage.element(given.first ?? .unknown, props, Array(given.dropFirst(2)), at: stage.place)
    }
    for name in ["jsx", "jsxs", "jsxDEV"] {
      hook(name) { stage, _, given in
        let props = stage.record()
        if given.count > 1 { stage.copy(given[1], into: props) }
        if given.count > 2 { props["key"] = given[2] }
        return stage.element(given.first ?? .unknown, props, [], at: stage.place)
      }
    }
    for name in ["Fragment", "StrictMode", "Suspense", "Profiler"] { react[name] = .string("%fragment") }
    hook("useState") { stage, _, given in try stage.state(given.first ?? .undefined, reducer: nil) }
    hook("useReducer") { stage, _, given in
      try stage.state(given.count > 1 ? given[1] : .undefined, reducer: given.first ?? .undefined)
    }
    for name in ["useEffect", "useLayoutEffect", "useInsertionEffect"] {
      hook(name) { stage, _, given in
        try stage.effect(given)
        return .undefined
      }
    }
    hook("useRef") { stage, _, given in
      let (instance, index) = stage.slot { .object(stage.record([("current", given.first ?? .undefined)])) }
      return instance.slots[index]
    }
    hook("createRef") { stage, _, _ in .object(stage.record([("current", .null)])) }
    hook("useMemo") { stage, _, given in try stage.call(given.first ?? .unknown, this: .undefined, []) }
    for name in ["useCallback", "memo", "forwardRef", "useDeferredValue", "lazy", "cloneElement"] {
      hook(name) { stage, _, given in
        if name == "lazy", let loader = given.first {
          let module = try stage.wait(for: try stage.call(loader, this: .undefined, []))
          return try stage.member(of: module, "default", at: nil)
        }
        return given.first ?? .undefined
      }
    }
    hook("useId") { _, _, _ in .string("r1") }
    hook("useTransition") { stage, _, _ in
      stage.array([
        .bool(false), stage.native { stage, _, given in try stage.call(given.first ?? .unknown, this: .undefined, []) },
      ])
    }
    hook("createContext") { stage, _, given in
      let made = stage.record()
      made["%default"] = given.first ?? .undefined
      let provider = stage.make(.host)
      provider.text = "provider"
      provider["%context"] = .object(made)
      made["Provider"] = .object(provider)
      return .object(made)
    }
    hook("useContext") { stage, _, given in
      guard let object = given.first?.object else { return .unknown }
      return stage.context.provided.last { $0.0 == ObjectIdentifier(object) }?.1 ?? object["%default"] ?? .unknown
    }
    hook("isValidElement") { _, _, given in .bool(given.first?.object?.kind == .element) }
    let children = record()
    children["map"] = native { stage, _, given in
      guard given.count > 1, let value = given.first, !value.isNullish else { return .null }
      let items = value.object?.kind == .array ? value.object?.items ?? [] : [value]
      return stage.array(
        try items.enumerated().map { try stage.call(given[1], this: .undefined, [$1, .number(Double($0))]) })
    }
    children["toArray"] = native { stage, _, given in
      given.first?.object?.kind == .array ? given[0] : stage.array(given.first.map { [$0] } ?? [])
    }
    react["Children"] = .object(children)
    for name in ["Component", "PureComponent"] {
      react[name] = native(name) { _, this, given in
        if let object = this.object { object["props"] = given.first ?? object["props"] ?? .undefined }
        return this
      }
      react[name]?.object?["prototype"] = .object(record())
    }
    setUpReactDOM()
  }

  private func setUpReactDOM() {
    let dom = record()
    libraries["react-dom"] = dom
    func mount(_ value: StageValue, _ container: StageValue?) {
      guard let node = container?.object, node.kind == .node else { return }
      if let index = roots.firstIndex(where: { $0.container == node.node }) {
        roots[index].value = value
      } else {
        roots.append(StageRoot(container: node.node, value: value, path: "r\(roots.count)"))
      }
      context.isDirty = false
      changed()
    }
    for name in ["createRoot", "hydrateRoot"] {
      dom[name] = native(name) { stage, _, given in
        guard let container = given.first, !container.isNullish else { throw stage.failure("the root has no element") }
        if name == "hydrateRoot", given.count > 1 { mount(given[1], container) }
        return .object(
          stage.record([
            (
              "render",
              stage.native { _, _, values in
                mount(values.first ?? .undefined, container)
                return .undefined
              }
            ), ("unmount", stage.native { _, _, _ in .undefined }),
          ]))
      }
    }
    for name in ["render", "hydrate"] {
      dom[name] = native(name) { stage, _, given in
        guard given.count > 1, !given[1].isNullish else { throw stage.failure("the root has no element") }
        mount(given[0], given[1])
        return .undefined
      }
    }
    dom["createPortal"] = native { _, _, given in given.first ?? .undefined }
    dom["flushSync"] = native { stage, _, given in try stage.call(given.first ?? .unknown, this: .undefined, []) }
  }
}
