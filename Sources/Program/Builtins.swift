import JavaScriptSyntax

extension Solver {
  // MARK: Methods of arrays, maps, sets and functions

  /// Marks arrays that hold the elements of another, as `filter` makes them, rather than elements of their own.
  static let viewSalt: UInt32 = 11

  private static let arrayCallbacks: Set<String> = [
    "forEach", "map", "filter", "some", "every", "find", "findLast", "findIndex", "findLastIndex", "flatMap", "reduce",
    "reduceRight", "sort", "toSorted",
  ]

  /// Handles a method that the language gives to an object; returns whether it is one and no own property hides it.
  func isBuiltinMethod(_ object: UInt32, _ kind: ObjectKind, at site: UInt32) -> Bool {
    let name = facts.name(sites[Int(site)].method)
    switch kind {
    case .array: return callArray(name, object, at: site)
    case .map, .set: return callCollection(name, object, at: site)
    case .function, .class:
      guard ["call", "apply", "bind"].contains(name) else { return false }
      callFunctionMethod(name, object, at: site)
      return true
    case .external, .element:
      guard Self.arrayCallbacks.contains(name) else { return false }
      if path(ofAny: object) == "null" {
        sites[Int(site)].isResolved = true
        return true
      }
      return callArray(name, object, at: site)
    default:
      if name == "hasOwnProperty" || name == "toString" { return true }
      return false
    }
  }

  func path(ofAny object: UInt32) -> String {
    objects[Int(object)].kind == .external ? path(object) : ""
  }

  private func callArray(_ name: String, _ array: UInt32, at site: UInt32) -> Bool {
    let result = sites[Int(site)].result
    let star = field(array, known.star)
    switch name {
    case "push", "unshift", "fill", "add":
      if name == "push" || name == "unshift" { additions[array, default: []].append(sites[Int(site)].node) }
      for index in 0..<Int(sites[Int(site)].count) { if let cell = argument(site, index) { addEdge(cell, star) } }
      if name == "fill" { add(array, to: result) }
    case "splice":
      for index in 2..<max(2, Int(sites[Int(site)].count)) {
        if let cell = argument(site, index) { addEdge(cell, star) }
      }
      addEdge(elements(of: array), field(derived(at: site), known.star))
      add(derived(at: site), to: result)
    case "pop", "shift", "at", "find", "findLast": addEdge(elements(of: array), result)
    case "filter", "slice", "concat", "toReversed", "toSorted", "toSpliced", "with":
      addEdge(elements(of: array), field(derived(at: site), known.star))
      add(derived(at: site), to: result)
      if name == "concat" { concatenate(at: site) }
    case "sort", "reverse", "copyWithin": add(array, to: result)
    case "map": add(derived(at: site, salt: 19), to: result)
    case "flat":
      addEdge(elements(of: array), field(derived(at: site), known.star))
      addConstraint(.iterate, 0, field(derived(at: site), known.star), to: elements(of: array))
      add(derived(at: site), to: result)
    case "flatMap": add(derived(at: site, salt: 19), to: result)
    case "values", "entries", "keys": iterate(name, array, at: site)
    case "forEach", "some", "every", "findIndex", "findLastIndex", "reduce", "reduceRight", "join", "includes",
      "indexOf",
      "lastIndexOf", "toString":
      break
    default: return false
    }
    sites[Int(site)].isResolved = true
    if Self.arrayCallbacks.contains(name) { callCallback(name, array, at: site) }
    return true
  }

  /// The array that an array method makes at a call.
  private func derived(at site: UInt32, salt: UInt32 = Solver.viewSalt) -> UInt32 {
    object(.array, site: sites[Int(site)].node, salt: salt)
  }

  private func concatenate(at site: UInt32) {
    let star = field(derived(at: site), known.star)
    for index in 0..<Int(sites[Int(site)].count) {
      guard let cell = argument(site, index) else { continue }
      addConstraint(.iterate, 0, star, to: cell)
      addEdge(cell, star)
    }
  }

  private func iterate(_ name: String, _ array: UInt32, at site: UInt32) {
    guard name != "keys" else { return }
    let star = field(derived(at: site), known.star)
    if name == "values" {
      addEdge(elements(of: array), star)
    } else {
      let pair = object(.array, site: sites[Int(site)].node, salt: 12)
      addEdge(elements(of: array), field(pair, known.one))
      add(pair, to: star)
    }
    add(derived(at: site), to: sites[Int(site)].result)
  }

  private func callCallback(_ name: String, _ array: UInt32, at site: UInt32) {
    guard let function = argument(site, 0) else { return }
    let item = elements(of: array)
    let node = sites[Int(site)].node
    let result = sites[Int(site)].result
    let inner: UInt32
    switch name {
    case "sort", "toSorted": inner = addSite(node, arguments: [item, item], result: addCell())
    case "reduce", "reduceRight":
      let carried = addCell()
      if let initial = argument(site, 1) { addEdge(initial, carried) } else { addEdge(item, carried) }
      addEdge(carried, result)
      inner = addSite(node, arguments: [carried, item], result: carried)
    default:
      let whole = addCell()
      add(array, to: whole)
      let value: UInt32
      switch name {
      case "map": value = field(derived(at: site, salt: 19), known.star)
      case "flatMap":
        value = addCell()
        addConstraint(.iterate, 0, field(derived(at: site, salt: 19), known.star), to: value)
      default: value = addCell()
      }
      inner = addSite(node, arguments: [item, addCell(), whole], result: value)
    }
    addConstraint(.call, inner, to: function)
  }

  private func callCollection(_ name: String, _ object: UInt32, at site: UInt32) -> Bool {
    let stored = objects[Int(object)]
    let result = sites[Int(site)].result
    let star = field(object, known.star)
    switch (name, stored.kind) {
    case ("set", .map):
      if let key = argument(site, 0) { addEdge(key, field(object, known.keys)) }
      if let value = argument(site, 1) { addEdge(value, star) }
      add(object, to: result)
    case ("add", .set):
      if let value = argument(site, 0) { addEdge(value, star) }
      add(object, to: result)
    case ("get", .map): addEdge(star, result)
    case ("values", _), ("keys", .set), ("entries", .set):
      addEdge(star, field(derived(at: site), known.star))
      add(derived(at: site), to: result)
    case ("keys", .map):
      addEdge(field(object, known.keys), field(derived(at: site), known.star))
      add(derived(at: site), to: result)
    case ("entries", .map):
      add(entry(of: object), to: field(derived(at: site), known.star))
      add(derived(at: site), to: result)
    case ("forEach", _):
      guard let function = argument(site, 0) else { break }
      let key = stored.kind == .map ? field(object, known.keys) : star
      addConstraint(
        .call, addSite(sites[Int(site)].node, arguments: [star, key], result: addCell()), to: function)
    case ("has", _), ("delete", _), ("clear", _): break
    default: return false
    }
    sites[Int(site)].isResolved = true
    return true
  }

  private func callFunctionMethod(_ name: String, _ function: UInt32, at site: UInt32) {
    let stored = sites[Int(site)]
    sites[Int(site)].isResolved = true
    let node = objects[Int(function)].info
    if objects[Int(function)].kind == .function, let this = argument(site, 0) {
      addEdge(this, extra(.this, of: node))
    }
    switch name {
    case "bind": add(function, to: stored.result)
    case "call":
      let rest = (1..<max(1, Int(stored.count))).compactMap { argument(site, $0) }
      call(function, at: addSite(stored.node, arguments: rest, result: stored.result), this: .max)
    default:
      let spread = addCell()
      if let array = argument(site, 1) { addConstraint(.iterate, 0, spread, to: array) }
      call(function, at: addSite(stored.node, arguments: [spread], spreadFrom: 0, result: stored.result), this: .max)
    }
    if objects[Int(function)].kind == .function, name == "bind", stored.count > 1 {
      // Bound arguments come first at every later call.
      for index in 1..<Int(stored.count) {
        let params = facts.code(node).list(.params)
        guard index - 1 < params.count, let cell = argument(site, index), let target = param(params[index - 1]) else {
          continue
        }
        addEdge(cell, target)
      }
    }
  }

  // MARK: Functions of the language

  /// Handles a function of the language's globals; returns whether it is one.
  func callHostFunction(_ path: String, at site: UInt32, receiver: UInt32) -> Bool {
    let result = sites[Int(site)].result
    let node = sites[Int(site)].node
    switch path {
    case "Object.assign":
      guard let target = argument(site, 0) else { return true }
      for index in 1..<max(1, Int(sites[Int(site)].count)) {
        if let source = argument(site, index) { addConstraint(.assignFrom, 0, source, to: target) }
      }
      addEdge(target, result)
    case "Object.freeze", "Object.seal", "Object.preventExtensions", "structuredClone", "Promise.resolve",
      "Object.getPrototypeOf":
      if let source = argument(site, 0) { addEdge(source, result) }
    case "Object.values":
      let made = object(.array, site: node, salt: 13)
      if let source = argument(site, 0) { addConstraint(.loadAny, 0, field(made, known.star), to: source) }
      add(made, to: result)
    case "Object.entries":
      let made = object(.array, site: node, salt: 13)
      let pair = object(.array, site: node, salt: 14)
      add(pair, to: field(made, known.star))
      if let source = argument(site, 0) { addConstraint(.loadAny, 0, field(pair, known.one), to: source) }
      add(made, to: result)
    case "Object.fromEntries":
      let made = object(.literal, site: node, salt: 15)
      let pairs = addCell()
      if let source = argument(site, 0) { addConstraint(.iterate, 0, pairs, to: source) }
      addConstraint(.load, known.one, field(made, known.star), to: pairs)
      add(made, to: result)
    case "Object.create":
      let made = object(.literal, site: node, salt: 15)
      if let source = argument(site, 0) { addConstraint(.become, made, to: source) }
      add(made, to: result)
    case "Object.keys", "Object.getOwnPropertyNames":
      add(object(.array, site: node, salt: 13), to: result)
    case "Array.from", "Array.of", "Array", "Promise.all", "Promise.allSettled", "Promise.race":
      makeArray(path, at: site)
    case "JSON.stringify", "JSON.parse", "Number", "String", "Boolean", "parseInt", "parseFloat", "isNaN": break
    case "require": require(at: site)
    case "importScripts": importScripts(at: site)
    case "customElements.define": defineElement(at: site)
    case "document.createElement", "document.createElementNS":
      let name = argumentCode(site, path.hasSuffix("NS") ? 1 : 0).flatMap { evaluator.constant(of: $0).string } ?? ""
      addCreatedElement(name.lowercased(), at: site)
    case "Reflect.construct", "Reflect.apply": escapeArguments(of: site)
    default: return path.hasPrefix("Math.") || path.hasPrefix("console.")
    }
    return true
  }

  private func makeArray(_ path: String, at site: UInt32) {
    let made = object(.array, site: sites[Int(site)].node, salt: 13)
    let star = field(made, known.star)
    add(made, to: sites[Int(site)].result)
    switch path {
    case "Array.of", "Array":
      for index in 0..<Int(sites[Int(site)].count) { if let cell = argument(site, index) { addEdge(cell, star) } }
    case "Array.from":
      guard let source = argument(site, 0) else { return }
      guard let function = argument(site, 1) else { return addConstraint(.iterate, 0, star, to: source) }
      let item = addCell()
      addConstraint(.iterate, 0, item, to: source)
      let inner = addSite(sites[Int(site)].node, arguments: [item, addCell()], result: star)
      addConstraint(.call, inner, to: function)
    default:
      if let source = argument(site, 0) { addConstraint(.iterate, 0, star, to: source) }
    }
  }

  private func require(at site: UInt32) {
    guard let source = argumentCode(site, 0), let target = links.target(of: source) else { return }
    switch target {
    case .unit(let unit):
      reach(unit: unit, .importing(sites[Int(site)].node))
      let module = object(.literal, site: UInt32(facts.units[unit].base), salt: 9)
      let exports = object(.literal, site: UInt32(facts.units[unit].base), salt: 10)
      add(exports, to: field(module, known.exports))
      addEdge(field(module, known.exports), sites[Int(site)].result)
      // A module of the other kind gives its exports.
      if facts.units[unit].tree.goal == .module { add(namespace(of: unit), to: sites[Int(site)].result) }
    case .library(let package): add(external(package + ":"), to: sites[Int(site)].result)
    case .file, .missing: break
    }
  }

  private func importScripts(at site: UInt32) {
    for index in 0..<Int(sites[Int(site)].count) {
      guard let source = argumentCode(site, index), case .unit(let unit) = links.target(of: source) else { continue }
      reach(unit: unit, .importing(sites[Int(site)].node))
    }
  }

  /// A custom element's class is instantiated when an element of its name exists.
  private func defineElement(at site: UInt32) {
    guard let name = argumentCode(site, 0).flatMap({ evaluator.constant(of: $0).string }), let cell = argument(site, 1)
    else {
      return escapeArguments(of: site)
    }
    let number = registration(HostRule(.lifecycle), event: name, at: sites[Int(site)].node)
    customElements.append((name, cell, number, false))
  }

  // MARK: Methods of elements

  /// Methods of elements that the document's model follows; returns whether nothing more is to be done.
  func callElementMethod(_ name: String, _ path: String, at site: UInt32, receiver: UInt32) -> Bool {
    let result = sites[Int(site)].result
    switch name {
    case "appendChild", "append", "prepend", "insertBefore", "replaceChildren", "after", "before",
      "insertAdjacentElement":
      guard receiver != .max, receiver < objects.count else { return false }
      if objects[Int(receiver)].kind == .element || path.hasPrefix("document.") {
        for index in 0..<Int(sites[Int(site)].count) {
          if let cell = argument(site, index) {
            addEdge(cell, field(receiver, known.children))
            if objects[Int(receiver)].kind == .element, name != "after", name != "before" {
              insertions.append((cell, Int(objects[Int(receiver)].info)))
            }
            if name == "appendChild" { addEdge(cell, result) }
          }
        }
        return true
      }
    case "cloneNode":
      if receiver != .max, objects[Int(receiver)].kind == .element { add(receiver, to: result) }
      return receiver != .max && objects[Int(receiver)].kind == .element
    case "setAttribute", "toggleAttribute", "removeAttribute", "insertAdjacentHTML", "insertAdjacentText", "write",
      "writeln":
      noteElementCall(path, at: site, receiver: receiver)
      return true
    case "toggle", "remove", "replace":
      if let owner = ownerElement(of: receiver) {
        noteElementCall("Element.classList." + name, at: site, receiver: owner)
        return true
      }
    case "add" where path.hasSuffix("classList.add"):
      if let owner = ownerElement(of: receiver) { noteElementCall(path, at: site, receiver: owner) }
      return true
    case "add", "attach":
      guard receiver != .max, receiver < objects.count, path.contains(":") else { return false }
      // Scenes and groups keep what is added to them.
      for index in 0..<Int(sites[Int(site)].count) {
        if let cell = argument(site, index) {
          let children = addCell()
          load(receiver, known.children, children)
          addConstraint(.storeAny, 0, cell, to: children)
        }
      }
      return !HostTable.suffixes.contains { path.hasSuffix($0.0) }
    case "intersectObjects", "intersectObject":
      let hits = object(.array, site: sites[Int(site)].node, salt: 16)
      let hit = object(.literal, site: sites[Int(site)].node, salt: 17)
      add(hit, to: field(hits, known.star))
      if let cell = argument(site, 0) {
        if name == "intersectObjects" {
          addConstraint(.iterate, 0, field(hit, known.object), to: cell)
        } else {
          addEdge(cell, field(hit, known.object))
        }
      }
      add(hits, to: result)
      return true
    default: break
    }
    return false
  }

  /// The element of which an external is a part, as `classList` of an element.
  func ownerElement(of object: UInt32) -> UInt32? {
    var object = object
    for _ in 0..<4 {
      guard object != .max, object < objects.count else { return nil }
      if objects[Int(object)].kind == .element { return object }
      guard let owner = owners[object] else { return nil }
      object = owner
    }
    return nil
  }

  private func noteElementCall(_ path: String, at site: UInt32, receiver: UInt32) {
    guard let element = ownerElement(of: receiver) ?? (receiver == .max ? nil : receiver) else { return }
    elementWrites.append(ElementCall(element: element, path: path, node: sites[Int(site)].node))
    guard objects[Int(element)].kind == .element else { return }
    let number = Int(objects[Int(element)].info)
    if path.hasSuffix("setAttribute"), let name = argumentCode(site, 0).flatMap({ evaluator.constant(of: $0).string }) {
      let value = argumentCode(site, 1).flatMap { evaluator.text(evaluator.constant(of: $0)) }
      dom.setAttribute(name, value, of: number)
      if let event = HostTable.handlerEvent(name), let cell = argument(site, 1) {
        let registration = registration(HostRule(.event, named: event), event: event, at: sites[Int(site)].node)
        addTarget(element, to: registration)
        addConstraint(.register, UInt32(registration), to: cell)
      }
    } else if path.contains("classList") {
      for index in 0..<Int(sites[Int(site)].count) {
        for text in argumentCode(site, index).flatMap({ possibleTexts(of: $0) }) ?? [] {
          dom.addClasses(text, to: number)
        }
      }
    }
  }

  /// Properties of elements that lead to other elements: `children`, `parentElement`, `firstChild`.
  func linkElements(_ object: UInt32, _ symbol: UInt32) {
    let cell = field(object, symbol)
    let name = facts.name(symbol)
    guard objects[Int(object)].kind == .element else {
      if path(object) == "document" { linkDocument(name, cell) }
      return
    }
    let element = dom.elements[Int(objects[Int(object)].info)]
    switch name {
    case "children", "childNodes":
      for child in objects(in: cell) where isExternal(child) {
        for inner in element.children { add(elementObject(inner), to: field(child, known.star)) }
      }
    case "firstElementChild", "firstChild":
      if let first = element.children.first { add(elementObject(first), to: cell) }
    case "lastElementChild", "lastChild": if let last = element.children.last { add(elementObject(last), to: cell) }
    case "parentElement", "parentNode": if let parent = element.parent { add(elementObject(parent), to: cell) }
    case "nextElementSibling":
      if let next = DOMTree(model: dom).nextElementSibling(of: element.id) { add(elementObject(next), to: cell) }
    case "previousElementSibling":
      if let next = DOMTree(model: dom).previousElementSibling(of: element.id) { add(elementObject(next), to: cell) }
    default: break
    }
  }

  private func linkDocument(_ name: String, _ cell: UInt32) {
    switch name {
    case "body", "head": for element in dom.query(name) { add(elementObject(element), to: cell) }
    case "documentElement": for element in dom.query("html") { add(elementObject(element), to: cell) }
    default: break
    }
  }
}
