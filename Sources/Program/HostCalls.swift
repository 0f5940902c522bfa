import JavaScriptSyntax
import MarkupSyntax
import SourceText

extension Solver {
  // MARK: Calls of externals

  /// An external is called as a function.
  func callExternal(_ object: UInt32, at site: UInt32, receiver: UInt32) {
    let path = objects[Int(object)].kind == .element ? "Element" : path(object)
    // A method found by its value: `const add = document.addEventListener`.
    callExternal(path: path, at: site, receiver: receiver)
  }

  func callExternal(path: String, at site: UInt32, receiver: UInt32) {
    if path == "null" || path.hasPrefix("null.") { return }
    let name = Self.lastName(of: path)
    let isOnHost = receiver == .max || isExternal(receiver)
    if HostTable.lookups.contains(name), isOnHost { return addLookup(name, at: site, receiver: receiver) }
    if path.hasPrefix("jquery:"), callQuery(path, name, at: site, receiver: receiver) { return }
    if callHostFunction(path, at: site, receiver: receiver) { return }
    if callElementMethod(name, path, at: site, receiver: receiver) { return }
    if callReact(path, at: site) { return }
    if let rule = HostTable.functions[path] ?? HostTable.functions[Libraries.normal(path)] {
      register(rule, at: site, receiver: receiver)
      return giveResult(path, at: site, receiver: receiver)
    }
    if let rule = HostTable.suffixes.first(where: { path.hasSuffix($0.0) })?.1 {
      register(rule, at: site, receiver: receiver)
    } else if let rule = HostTable.methods[name], path.contains(".") || path.contains(":") || path == "Element" {
      if rule.kind == .promise { return callPromise(name, at: site, receiver: receiver) }
      register(rule, at: site, receiver: receiver)
      return giveResult(path, at: site, receiver: receiver)
    } else {
      escapeArguments(of: site)
    }
    giveResult(path, at: site, receiver: receiver)
  }

  /// jQuery: `$(selector)` gives a collection of elements, methods of the collection are those of its elements.
  private func callQuery(_ path: String, _ name: String, at site: UInt32, receiver: UInt32) -> Bool {
    let isCollection = path.hasPrefix("jquery:default()")
    let isSearch = path == "jquery:default" || isCollection && ["find", "closest", "children", "filter"].contains(name)
    if isSearch {
      let made = external("jquery:default()", site: sites[Int(site)].node, depth: 1)
      let star = field(made, known.star)
      add(made, to: sites[Int(site)].result)
      let isKnown = lookups.contains { $0.site == site }
      if let selector = argumentCode(site, 0), !selector.kind.isFunction, !isKnown, possibleTexts(of: selector) != nil {
        lookups.append(Lookup(site: site, method: "querySelectorAll", selector: selector, root: .max, target: star))
      }
      if let given = argument(site, 0) {
        addEdge(given, star)
        let number = registration(HostRule(.load), event: nil, at: sites[Int(site)].node)
        addConstraint(.register, UInt32(number), to: given)
      }
      return true
    }
    guard isCollection, receiver != .max else { return false }
    addConstraint(.callMethod, site, to: field(receiver, known.star))
    add(receiver, to: sites[Int(site)].result)
    return true
  }

  static func lastName(of path: String) -> String {
    guard let end = path.lastIndex(where: { $0 == "." || $0 == ":" }) else { return path }
    return String(path[path.index(after: end)...])
  }

  /// The object that a call gives: of its own for each call, named after the call.
  func giveResult(_ path: String, at site: UInt32, receiver: UInt32) {
    let result = sites[Int(site)].result
    guard result != .max else { return }
    var path = path + "()"
    let depth = receiver == .max || receiver >= objects.count ? 0 : objects[Int(receiver)].depth
    guard depth < 6, path.utf8.count < 160 else { return add(receiver, to: result) }
    if path.hasSuffix(".getContext()") {
      switch argumentCode(site, 0).flatMap({ evaluator.constant(of: $0).string }) {
      case "2d": path = "CanvasRenderingContext2D"
      case "webgl", "experimental-webgl": path = "WebGLRenderingContext"
      case "webgl2": path = "WebGL2RenderingContext"
      case "webgpu": path = "GPUCanvasContext"
      default: break
      }
    }
    let made = external(path, site: sites[Int(site)].node, depth: depth + 1)
    if receiver != .max { owners[made] = owners[made] ?? receiver }
    add(made, to: result)
  }

  // MARK: Promises

  private func callPromise(_ name: String, at site: UInt32, receiver: UInt32) {
    let result = sites[Int(site)].result
    let node = sites[Int(site)].node
    for position in 0..<min(2, Int(sites[Int(site)].count)) {
      guard let cell = argument(site, position) else { continue }
      let number = registration(HostRule(.promise), event: name, at: node, salt: UInt32(position))
      if registrations[number].passed.isEmpty {
        let passed = addCell()
        if position == 0, name == "then" {
          if receiver != .max { add(receiver, to: passed) }
        }
        registrations[number].passed = [passed]
      } else if receiver != .max, position == 0, name == "then" {
        add(receiver, to: registrations[number].passed[0])
      }
      addConstraint(.register, UInt32(number), to: cell)
      for object in objects(in: cell) where objects[Int(object)].kind == .function {
        addEdge(extra(.result, of: objects[Int(object)].info), result)
      }
    }
    if receiver != .max { add(receiver, to: result) }
  }

  // MARK: Constructors

  func constructExternal(_ object: UInt32, at site: UInt32) {
    let path = path(object)
    let name = Self.lastName(of: path)
    let node = sites[Int(site)].node
    let result = sites[Int(site)].result
    switch path {
    case "Map", "WeakMap":
      let made = self.object(.map, site: node)
      add(made, to: result)
      if let source = argument(site, 0) {
        let pairs = addCell()
        addConstraint(.iterate, 0, pairs, to: source)
        addConstraint(.load, known.zero, field(made, known.keys), to: pairs)
        addConstraint(.load, known.one, field(made, known.star), to: pairs)
      }
      return
    case "Set", "WeakSet":
      let made = self.object(.set, site: node)
      add(made, to: result)
      if let source = argument(site, 0) { addConstraint(.iterate, 0, field(made, known.star), to: source) }
      return
    case "Array":
      add(self.object(.array, site: node), to: result)
      return
    case "Promise":
      constructPromise(at: site)
      return
    case "Worker", "SharedWorker":
      reachWorker(at: site)
    case "Proxy": if let target = argument(site, 0) { addEdge(target, result) }
    case "Image": addCreatedElement("img", at: site)
    case "Audio": break
    case "Function": break
    default: break
    }
    if let rule = HostTable.constructors[path] ?? HostTable.constructors[name] {
      let certain = rule.kind != .library
      register(rule, at: site, receiver: .max, certain: certain)
      passSketch(path, at: site)
    } else {
      escapeArguments(of: site)
    }
    let made = external(path + "#", site: node, depth: 1)
    add(made, to: result)
  }

  /// `new p5(p => { p.draw = ... })` passes the sketch to the function.
  private func passSketch(_ path: String, at site: UInt32) {
    guard path.hasPrefix("p5:"), let cell = argument(site, 0) else { return }
    let sketch = external("p5:default#", site: sites[Int(site)].node, depth: 1)
    for object in objects(in: cell) where objects[Int(object)].kind == .function {
      if let param = facts.code(objects[Int(object)].info).list(.params).first, let target = self.param(param) {
        add(sketch, to: target)
      }
    }
  }

  private func constructPromise(at site: UInt32) {
    let result = sites[Int(site)].result
    guard let executor = argument(site, 0) else { return }
    let made = external("Promise#", site: sites[Int(site)].node, depth: 1)
    add(made, to: result)
    let resolve = object(.intrinsic, site: sites[Int(site)].node, info: result)
    let cell = addCell()
    add(resolve, to: cell)
    let inner = addSite(sites[Int(site)].node, arguments: [cell], result: addCell())
    addConstraint(.call, inner, to: executor)
  }

  private func reachWorker(at site: UInt32) {
    guard let first = argumentCode(site, 0) else { return }
    for (node, unit) in links.workers.sorted(by: { $0.key < $1.key }) {
      let code = facts.code(node)
      if first.contains(code) { reach(unit: unit, .load) }
    }
  }

  // MARK: Intrinsics

  /// A state setter, or the function that settles a promise: its argument goes to the cell it stands for.
  func callIntrinsic(_ object: UInt32, at site: UInt32) {
    if storeReaders.contains(object) {
      // `useStore()` gives the state, `useStore(s => s.rate)` what the function makes of it.
      let state = objects[Int(object)].info
      let result = sites[Int(site)].result
      guard let selector = argument(site, 0) else { return addEdge(state, result) }
      let inner = addSite(sites[Int(site)].node, arguments: [state], result: result)
      return addConstraint(.call, inner, to: selector)
    }
    guard let cell = argument(site, 0) else { return }
    addConstraint(.update, objects[Int(object)].info, to: cell)
  }

  func update(_ object: UInt32, cell state: UInt32) {
    guard objects[Int(object)].kind == .function else { return add(object, to: state) }
    let site = addSite(objects[Int(object)].site, arguments: [state], result: state)
    call(object, at: site, this: .max)
  }

  // MARK: React

  private func callReact(_ path: String, at site: UInt32) -> Bool {
    guard path.hasPrefix("react") || path.hasPrefix("zustand") || path.hasPrefix("preact") else { return false }
    let result = sites[Int(site)].result
    let node = sites[Int(site)].node
    switch Self.lastName(of: path) {
    case "useState":
      let pair = object(.array, site: node, salt: 4)
      let state = field(pair, known.zero)
      if let initial = argument(site, 0) { addConstraint(.update, state, to: initial) }
      add(object(.intrinsic, site: node, info: state), to: field(pair, known.one))
      add(pair, to: result)
    case "useReducer":
      let pair = object(.array, site: node, salt: 4)
      let state = field(pair, known.zero)
      if let initial = argument(site, 1) { addEdge(initial, state) }
      let action = addCell()
      if let reducer = argument(site, 0) {
        addConstraint(.call, addSite(node, arguments: [state, action], result: state), to: reducer)
      }
      add(object(.intrinsic, site: node, info: action, salt: 1), to: field(pair, known.one))
      add(pair, to: result)
    case "useRef", "createRef":
      let made = object(.literal, site: node, salt: 4)
      if let initial = argument(site, 0) { addEdge(initial, field(made, known.current)) }
      _ = field(made, known.current)
      add(made, to: result)
    case "useMemo":
      if let function = argument(site, 0) {
        addConstraint(.call, addSite(node, arguments: [], result: result), to: function)
      }
    case "useCallback", "memo", "forwardRef", "observer", "useDeferredValue":
      if let function = argument(site, 0) { addEdge(function, result) }
    case "useContext", "use":
      if let context = argument(site, 0) { addConstraint(.load, facts.symbol("*value*"), result, to: context) }
    case "createContext":
      let made = object(.literal, site: node, salt: 5)
      if let initial = argument(site, 0) { addEdge(initial, field(made, facts.symbol("*value*"))) }
      let provider = object(.intrinsic, site: node, info: field(made, facts.symbol("*value*")), salt: 2)
      add(provider, to: field(made, facts.symbol("Provider")))
      add(made, to: result)
    case "createElement", "jsx", "jsxs", "jsxDEV", "cloneElement": createElement(at: site)
    case "create", "createStore":
      guard path.hasPrefix("zustand") else { return false }
      createStore(at: site)
    default: return false
    }
    return true
  }

  private func createStore(at site: UInt32) {
    let node = sites[Int(site)].node
    let state = addCell()
    let setter = object(.intrinsic, site: node, info: state, salt: 3)
    let set = addCell()
    add(setter, to: set)
    let get = object(.intrinsic, site: node, info: state, salt: 4)
    let getter = addCell()
    add(get, to: getter)
    if let function = argument(site, 0) {
      addConstraint(.call, addSite(node, arguments: [set, getter], result: state), to: function)
    }
    let hook = object(.intrinsic, site: node, info: state, salt: 5)
    storeReaders.formUnion([get, hook])
    addEdge(getter, field(hook, facts.symbol("getState")))
    addEdge(set, field(hook, facts.symbol("setState")))
    add(hook, to: sites[Int(site)].result)
  }

  private func createElement(at site: UInt32) {
    let node = sites[Int(site)].node
    let props = object(.literal, site: node, salt: 7)
    if let given = argument(site, 1) { addConstraint(.copyInto, props, to: given) }
    for position in 2..<max(2, Int(sites[Int(site)].count)) {
      if let child = argument(site, position) { addEdge(child, field(props, known.children)) }
    }
    if let name = argumentCode(site, 0).flatMap({ evaluator.constant(of: $0).string }) {
      let code = facts.code(node)
      let made = addElementOnce(name, .created(code), at: code)
      add(made, to: sites[Int(site)].result)
      if let given = argumentCode(site, 1), given.kind == .objectExpression { addProperties(given, to: made, props) }
      return
    }
    let cell = addCell()
    add(props, to: cell)
    if let type = argument(site, 0) {
      addConstraint(.component, addSite(node, arguments: [cell], result: sites[Int(site)].result), to: type)
    }
  }

  private func addProperties(_ literal: Code, to element: UInt32, _ props: UInt32) {
    for property in literal.list(.properties) {
      guard let symbol = facts.keySymbol(of: property.node, in: property.unit), let value = property[.value] else {
        continue
      }
      addProperty(facts.name(symbol), value: value, at: property, to: element, props)
    }
  }

  /// A component is rendered: its function is called with the props, its class is instantiated.
  func render(_ object: UInt32, at site: UInt32) {
    let stored = objects[Int(object)]
    sites[Int(site)].isResolved = true
    switch stored.kind {
    case .function: link(stored.info, at: site, this: .max)
    case .class:
      let instance = makeInstance(of: object, at: sites[Int(site)].node)
      runConstructor(of: object, at: site, this: instance)
      if let props = argument(site, 0) { addEdge(props, field(instance, known.props)) }
      invokeMember(instance, facts.symbol("render"), at: site, this: instance)
    case .intrinsic:
      // A context's provider: its value is what consumers get.
      if let props = argument(site, 0) {
        addConstraint(.load, facts.symbol("value"), stored.info, to: props)
        addConstraint(.load, known.children, sites[Int(site)].result, to: props)
      }
    case .external: escapeProps(at: site)
    default: break
    }
  }

  private func escapeProps(at site: UInt32) {
    guard let cell = argument(site, 0) else { return }
    for props in objects(in: cell) {
      for symbol in objectFields.array(Int(props)) where symbol != known.children {
        let event = HostTable.propertyEvent(facts.name(symbol))
        let rule = HostRule(event == nil ? .library : .event, named: event)
        let number = registration(
          rule, event: event, at: sites[Int(site)].node, salt: symbol | 1 << 28, certain: event != nil)
        addConstraint(.escape, UInt32(number), 0, to: field(props, symbol))
      }
      addEdge(field(props, known.children), sites[Int(site)].result)
    }
  }

  // MARK: Elements in code

  func addElementOnce(_ name: String, _ source: DOMElement.Source, at code: Code) -> UInt32 {
    let key = UInt32(code.index)
    if let known = createdElements[key] { return elementObject(known) }
    let element = dom.addElement(name, source, file: code.file, span: code.span)
    createdElements[key] = element
    return elementObject(element)
  }

  func addCreatedElement(_ name: String, at site: UInt32) {
    let code = facts.code(sites[Int(site)].node)
    add(addElementOnce(name, .created(code), at: code), to: sites[Int(site)].result)
  }

  /// A JSX element of the host: an element of the document with its handlers.
  func meetElement(_ code: Code, opening: Code, props: UInt32) {
    let name = opening[.name]?.text ?? ""
    let made = addElementOnce(name, .jsx(code), at: code)
    add(made, to: cell(of: code))
    for attribute in opening.list(.attributes) {
      guard attribute.kind == .jsxAttribute, let label = attribute[.name] else { continue }
      let text = label.kind == .jsxNamespacedName ? label.text : label.name
      guard let value = attribute[.value] else {
        dom.setAttribute(text, "", of: Int(objects[Int(made)].info))
        continue
      }
      addProperty(text, value: value.unwrapped, at: attribute, to: made, props)
    }
  }

  private func addProperty(_ name: String, value: Code, at place: Code, to element: UInt32, _ props: UInt32) {
    let symbol = facts.symbol(name)
    if name == "ref" {
      addConstraint(.store, known.current, holder(of: element), to: field(props, symbol))
      return
    }
    if let event = HostTable.propertyEvent(name) {
      let number = registration(HostRule(.event, named: event), event: event, at: UInt32(place.index))
      addTarget(element, to: number)
      addConstraint(.register, UInt32(number), to: field(props, symbol))
      return
    }
    let attribute = name == "className" ? "class" : name == "htmlFor" ? "for" : name
    dom.setAttribute(attribute, evaluator.text(evaluator.constant(of: value)), of: Int(objects[Int(element)].info))
  }

  private func holder(of object: UInt32) -> UInt32 {
    let cell = addCell()
    add(object, to: cell)
    return cell
  }

  /// Markup in a string or template of running code makes elements, and handlers in it run.
  func meetMarkup(_ code: Code) {
    guard metMarkup.insert(UInt32(code.index)).inserted, code.unit.origin == nil else { return }
    guard let (bytes, start) = markupBytes(of: code) else { return }
    let page = parseHTMLFragment(bytes).tree
    let added = dom.addMarkup(page, at: code, textStart: code.unit.offset + start)
    guard !added.isEmpty else { return }
    markupRoots[UInt32(code.index)] = added.filter { dom.elements[$0].parent == nil }
    for unit in markupUnits[UInt32(code.index)] ?? [] { reachHandler(unit) }
  }

  /// Runs the unit of a handler attribute as the host does.
  func reachHandler(_ number: Int) {
    let unit = facts.units[number]
    let root = UInt32(unit.root.index)
    guard unit.eventName != nil || unit.kind != .templateExpression else { return reach(root, .load) }
    let event = unit.eventName
    let index = registration(HostRule(event == "load" ? .load : .event, named: event), event: event, at: root)
    if let element = unit.elementIndex { addTarget(elementObject(element), to: index) }
    guard callbackTable.insert(UInt64(index) << 32 | UInt64(root), 0) else { return }
    callbacks.append(StoredCallback(registration: index, function: root))
    reach(root, .callback(callbacks.count - 1))
    // `@click="handler"` and `onclick={handler}` name the function.
    guard unit.kind == .templateExpression, let statement = unit.root.list(.body).first,
      let expression = statement[.expression]
    else { return }
    addConstraint(.register, UInt32(index), to: cell(of: expression))
  }
}

extension Libraries {
  /// A path with the default export of a package taken as the package: `gsap:default.to` is `gsap:to`.
  static func normal(_ path: String) -> String {
    guard let range = path[...].range(ofText: ":default.") else { return path }
    return String(path[..<range.lowerBound]) + ":" + path[range.upperBound...]
  }
}
