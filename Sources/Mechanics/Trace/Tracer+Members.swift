import Program

/// What tells apart the members of a list that holds several kinds.
enum VariantKey: Hashable {
  /// Instances of a class.
  case klass(Int)
  /// Members whose property holds a string.
  case field(Int, Int)
}

extension Tracer {
  func variantNumber(_ key: VariantKey) -> Int {
    if let number = variantNumbers[key] { return number }
    variantNumbers[key] = variantKeys.count
    variantKeys.append(key)
    return variantKeys.count - 1
  }

  /// The nodes that are members of a list, of one variant if it is given.
  func memberNodes(of list: Int, variant: Int = -1) -> [Int] {
    let list = find(list)
    var result: [Int] = []
    for thing in nodes[list].content.things where thing.tag == .node {
      let member = find(thing.id)
      if variant < 0 || matches(member, variant) { result.append(member) }
    }
    return result
  }

  private func matches(_ node: Int, _ variant: Int) -> Bool {
    guard variant < variantKeys.count else { return true }
    switch variantKeys[variant] {
    case .klass(let wanted): return inherits(nodes[node].link, find(wanted))
    case .field(let name, let string):
      guard let value = nodes[node].fields[name] else { return nodes[node].isOpen }
      let strings = value.things.filter { $0.tag == .string }
      return strings.isEmpty || strings.contains(.string(string))
        || nodes[node].lists.contains {
          memberFields[.member(find($0))]?[name]?.things.contains(.string(string)) ?? false
        }
    }
  }

  func inherits(_ klass: Int, _ ancestor: Int) -> Bool {
    var next = klass
    var turns = 0
    while next >= 0, turns < 32 {
      if find(next) == ancestor { return true }
      next = superclass(of: find(next))
      turns += 1
    }
    return false
  }

  func superclass(of klass: Int) -> Int {
    guard let parent = superclasses[find(klass)], let thing = parent.things.first(where: { $0.tag == .node }) else {
      return -1
    }
    let id = find(thing.id)
    return nodes[id].kind == .klass || nodes[id].kind == .function ? id : -1
  }

  /// The classes of the members of a list, in the order of their numbers.
  func classesOfMembers(of list: Int) -> [Int] {
    let found = memberNodes(of: list).compactMap { nodes[$0].link >= 0 ? find(nodes[$0].link) : nil }
    return Array(Set(found)).sorted()
  }

  /// The variant of the members whose property holds a string, when members differ in it.
  func variant(of list: Int, field: Int, string: Int) -> Int? {
    var strings: Set<Int> = []
    var isKnown = false
    for member in memberNodes(of: list) {
      for thing in nodes[member].fields[field]?.things ?? [] where thing.tag == .string {
        strings.insert(thing.id)
        if thing.id == string { isKnown = true }
      }
    }
    // Members of a pool are told what they are when they come into play.
    for thing in memberFields[.member(find(list))]?[field]?.things ?? [] where thing.tag == .string {
      strings.insert(thing.id)
      if thing.id == string { isKnown = true }
    }
    return isKnown && strings.count > 1 ? variantNumber(.field(field, string)) : nil
  }

  /// Whether a list only holds members of other lists, as an index or a selection does.
  func viewed(_ list: Int) -> [Thing]? {
    let list = find(list)
    let content = nodes[list].content
    let members = content.things.filter { $0.tag == .member && $0.id != list }
    guard !members.isEmpty else { return nil }
    let lists = Set(members.map { find($0.id) })
    for thing in content.things where thing.tag == .node {
      if nodes[find(thing.id)].lists.allSatisfy({ !lists.contains(find($0)) }) { return nil }
    }
    return members
  }

  /// Any element of what a value holds.
  func elements(of value: Value) -> Value {
    var result = Value()
    for thing in value.things {
      switch thing.tag {
      case .node: result.join(elements(ofList: find(thing.id), variant: -1))
      case .view: result.join(elements(ofList: find(thing.id), variant: thing.variant))
      case .member, .place:
        if let place = place(star, of: thing) {
          result.join(Value(things: [], deps: [place], origin: placeOrigins[place] ?? []))
        }
        for inner in contents(of: thing) { result.join(elements(ofList: inner, variant: -1)) }
      case .string: break
      }
    }
    if value.things.isEmpty { result.depend(on: value) }
    return result
  }

  /// The lists that a place is known to hold.
  func contents(of thing: Thing) -> [Int] {
    guard thing.tag == .place else { return [] }
    let place = places[thing.id]
    guard case .thing(let root) = place.root, let last = place.path.last, place.path.count == 1 else { return [] }
    return fieldValue(last, of: root).things.filter { $0.tag == .node && nodes[find($0.id)].kind == .list }.map {
      find($0.id)
    }
  }

  func elements(ofList list: Int, variant: Int) -> Value {
    let node = nodes[list]
    if node.kind == .element || node.kind == .host { return .node(list) }
    if let viewed = viewed(list) { return Value(things: canonical(viewed)) }
    if variant < 0, let kinds = kindMembers(of: list) { return Value(things: kinds) }
    var result = Value()
    var hasRecords = false
    for thing in node.content.things {
      switch thing.tag {
      case .string, .view: result.join(Value(things: [thing]))
      case .place: hasRecords = true
      case .member: hasRecords = true
      case .node:
        let kind = nodes[find(thing.id)].kind
        if kind == .record || kind == .element && node.literalCount < 0 || kind == .host || kind == .map {
          hasRecords = true
        } else {
          result.join(Value(things: [thing]))
        }
      }
    }
    if hasRecords { result.join(Value(things: [.member(list, variant)])) }
    if result.things.isEmpty || node.isNumeric {
      result.join(Value(deps: [place(.thing(.member(list)), [])], origin: node.content.origin.intersection(.lasting)))
    }
    return result
  }

  func keys(of value: Value) -> Value {
    var result = Value()
    for thing in value.things where thing.tag == .node {
      let node = nodes[find(thing.id)]
      if node.kind == .record, !node.isOpen, node.fields.count <= 12 {
        result.join(Value(things: node.fields.keys.sorted().map { .string($0) }))
      }
    }
    return result
  }

  // MARK: Properties

  /// What a property of a thing was given, inherited methods left out.
  func fieldValue(_ name: Int, of thing: Thing) -> Value {
    switch thing.tag {
    case .node: return nodes[find(thing.id)].fields[name] ?? .none
    case .member:
      var result = memberFields[thing]?[name] ?? .none
      if thing.variant >= 0 { result.join(memberFields[.member(thing.id)]?[name] ?? .none) }
      for node in memberNodes(of: thing.id, variant: thing.variant) {
        if let value = nodes[node].fields[name] { result.join(value) }
      }
      return result
    case .place:
      let place = places[thing.id]
      guard case .thing(let root) = place.root, let last = place.path.last else { return .none }
      guard place.path.count == 1 else { return .none }
      var result = Value()
      for inner in fieldValue(last, of: root).things where inner.tag == .node {
        if let value = nodes[find(inner.id)].fields[name] { result.join(value) }
      }
      return result
    case .view, .string: return .none
    }
  }

  /// Whether all properties of a thing are known, so that one that is not among them is undefined.
  private func isClosed(_ thing: Thing) -> Bool {
    switch thing.tag {
    case .node:
      let node = nodes[find(thing.id)]
      return node.kind == .record && !node.isOpen && node.type < 0 && !hasUnknownSuperclass(node)
    case .member:
      let members = memberNodes(of: thing.id, variant: thing.variant)
      guard nodes[find(thing.id)].content.things.allSatisfy({ $0.tag == .node || $0.tag == .member }) else {
        return false
      }
      return !members.isEmpty && members.allSatisfy { isClosed(.node($0)) }
    default: return false
    }
  }

  private func hasUnknownSuperclass(_ node: TraceNode) -> Bool {
    var next = node.link
    var turns = 0
    while next >= 0, turns < 32 {
      guard let parent = superclasses[find(next)] else { return false }
      next = superclass(of: find(next))
      if next < 0, !parent.isBare { return true }
      turns += 1
    }
    return false
  }

  /// What a property of a value gives when it is read.
  func read(_ name: Int, of base: Value, site: Code) -> Value {
    var result = Value()
    var isUndefined = !base.things.isEmpty && isFinal
    for thing in base.things {
      let part = read(name, of: thing, site: site)
      if !part.origin.contains(.undefined) { isUndefined = false }
      var joined = part
      joined.origin.remove(.undefined)
      result.join(joined)
    }
    if isUndefined { result.origin.insert(.undefined) }
    if base.things.isEmpty {
      result.depend(on: base)
    }
    return result
  }

  private func read(_ name: Int, of thing: Thing, site: Code) -> Value {
    let thing = refinements[thing] ?? thing
    if let kind = kindValue(name, of: thing) { return kind }
    if name == symbol.prototype, let prototype = prototype(of: thing) { return prototype }
    if thing.tag == .string { return name == symbol.length ? Value() : .none }
    if isListLike(thing) {
      if name == symbol.length || symbolNames[name] == "size" {
        let list = find(thing.id)
        let root: Thing = thing.tag == .view ? .member(list, thing.variant) : .node(list)
        return Value(deps: [place(.thing(root), [symbol.length])], origin: [.count, .nonNegative])
      }
      if let value = nodes[find(thing.id)].fields[name] { return owned(value, name, by: thing) }
      if Int(symbolNames[name]) != nil { return elements(of: Value(things: [thing])) }
    }
    if name == symbol.constructor, let classes = classes(of: thing) { return classes }
    if let special = hostProperty(name, of: thing, site: site) { return special }
    let value = fieldValue(name, of: thing)
    if value.isBare, let method = inheritedMethod(name, of: thing) {
      return method.isGetter ? callGetter(method.value, this: thing, site: site) : method.value
    }
    if value.isBare, isFinal, isClosed(thing), !isGiven(name, to: thing), !isKnownMember(name) {
      return Value(origin: .undefined)
    }
    return owned(value, name, by: thing)
  }

  /// Whether a property was given a value, one of which nothing is known included.
  private func isGiven(_ name: Int, to thing: Thing) -> Bool {
    switch thing.tag {
    case .node: nodes[find(thing.id)].fields[name] != nil
    case .member:
      memberFields[thing]?[name] != nil || memberFields[.member(thing.id)]?[name] != nil
        || memberNodes(of: thing.id, variant: thing.variant).contains { nodes[$0].fields[name] != nil }
    case .place, .view, .string: true
    }
  }

  private func isKnownMember(_ name: Int) -> Bool {
    ["hasOwnProperty", "toString", "constructor", "valueOf", "isPrototypeOf", "toLocaleString"].contains(
      symbolNames[name])
  }

  /// The record on which the methods of a function's instances are put.
  private func prototype(of thing: Thing) -> Value? {
    guard thing.tag == .node else { return nil }
    let id = find(thing.id)
    guard nodes[id].kind == .function, nodes[id].fields[symbol.prototype] == nil else { return nil }
    let made = makeNode(.record, site: nodes[id].site, context: 1 << 27)
    setField(id, symbol.prototype, .node(made))
    return .node(made)
  }

  /// The classes that a thing is an instance of; `nil` for what no class of the program makes.
  private func classes(of thing: Thing) -> Value? {
    let nodes: [Int] =
      switch thing.tag {
      case .node: [find(thing.id)]
      case .member: memberNodes(of: thing.id, variant: thing.variant)
      default: []
      }
    let links = nodes.compactMap { self.nodes[$0].link >= 0 ? find(self.nodes[$0].link) : nil }
    let classes = Set(links).filter { self.nodes[$0].kind == .klass || self.nodes[$0].kind == .function }
    return classes.isEmpty ? nil : Value(things: classes.sorted().map { .node($0) })
  }

  func isListLike(_ thing: Thing) -> Bool {
    if thing.tag == .view { return true }
    guard thing.tag == .node else { return false }
    let kind = nodes[find(thing.id)].kind
    return kind == .list || kind == .map
  }

  /// Tells what belongs to a thing as a part of it from what it only refers to.
  private func owned(_ value: Value, _ name: Int, by thing: Thing) -> Value {
    guard let place = place(name, of: thing) else { return value }
    var result = Value(
      deps: [place], origin: (placeOrigins[place] ?? []).union(value.origin.intersection([.undefined, .null])),
      number: value.number)
    var isPart = value.things.isEmpty
    for inner in value.things {
      guard inner.tag == .node else {
        result.join(Value(things: [inner]))
        continue
      }
      let id = find(inner.id)
      switch nodes[id].kind {
      case .record, .host:
        if let list = memberList(of: id), thing != .member(list) {
          result.join(Value(things: [.member(list, memberVariant(id, in: list))]))
        } else if thing.tag == .node || isSingleton(id) {
          result.join(Value(things: [.node(id)]))
        } else {
          isPart = true
        }
      case .list where thing.tag != .node && nodes[id].isNumeric: isPart = true
      default: result.join(Value(things: [.node(id)]))
      }
    }
    if isPart, thing.tag != .place || places[thing.id].path.count < 4 { result.join(Value(things: [.place(place)])) }
    return result
  }

  /// The list that a node is a member of, when there is just one that counts.
  func memberList(of node: Int) -> Int? {
    let lists = nodes[node].lists.map { find($0) }.filter { viewed($0) == nil && nodes[$0].literalCount < 0 }
    var distinct = Set(lists)
    // What only waits in a list is a member of the one that it joins.
    if distinct.count > 1 { distinct = distinct.filter { list in !distinct.contains { waits(list, for: $0) } } }
    return distinct.count == 1 ? distinct.first : nil
  }

  func memberVariant(_ node: Int, in list: Int) -> Int {
    if case .field(let name) = kindKeys[nodes[find(list)].site] {
      let field = intern(name)
      let symbols = nodes[node].fields[field]?.things.filter { $0.tag == .string } ?? []
      return symbols.count == 1 && kinds(of: list) != nil ? variantNumber(.field(field, symbols[0].id)) : -1
    }
    guard nodes[node].link >= 0, classesOfMembers(of: list).count > 1 else { return -1 }
    return variantNumber(.klass(find(nodes[node].link)))
  }

  /// Whether a node is known by a slot of its own rather than as a part of many.
  private func isSingleton(_ node: Int) -> Bool {
    let home = nodes[node].home
    guard home >= 0 else { return false }
    switch places[home].root {
    case .binding: return true
    case .thing(let owner):
      guard owner.tag == .node else { return false }
      let id = find(owner.id)
      return id != node && nodes[id].lists.isEmpty && (nodes[id].home >= 0 || nodes[id].link >= 0)
    }
  }

  // MARK: Methods

  func method(_ node: Int, _ name: Int) -> Value? {
    if let value = nodes[node].fields[name], !value.isBare { return value }
    return inheritedMethod(name, of: .node(node))?.value
  }

  func inheritedMethod(_ name: Int, of thing: Thing) -> (value: Value, isGetter: Bool)? {
    switch thing.tag {
    case .node: return methodOfClass(nodes[find(thing.id)].link, name)
    case .member:
      var result = Value()
      var isGetter = false
      for node in memberNodes(of: thing.id, variant: thing.variant) {
        guard let found = methodOfClass(nodes[node].link, name) else { continue }
        result.join(found.value)
        isGetter = isGetter || found.isGetter
      }
      return result.isBare ? nil : (result, isGetter)
    default: return nil
    }
  }

  func methodOfClass(_ klass: Int, _ name: Int) -> (value: Value, isGetter: Bool)? {
    var next = klass
    var turns = 0
    while next >= 0, turns < 32 {
      let id = find(next)
      if let member = classMembers[id]?[name] { return member }
      if let prototype = nodes[id].fields[symbol.prototype] {
        for thing in prototype.things where thing.tag == .node {
          if let value = nodes[find(thing.id)].fields[name], !value.isBare { return (value, false) }
        }
      }
      next = superclass(of: id)
      turns += 1
    }
    return nil
  }

  private func callGetter(_ getter: Value, this: Thing, site: Code) -> Value {
    call(getter, this: Value(things: [this]), arguments: [], site: site)
  }
}
