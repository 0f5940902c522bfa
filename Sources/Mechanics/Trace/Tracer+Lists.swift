import JavaScriptSyntax
import Program

extension Tracer {
  // MARK: Notes about lists

  func remove(from list: Int, _ how: String, site: Code, arguments: [Value]) -> Effect {
    Effect(
      kind: .remove, frame: current, guardID: guardID, site: site.index, target: find(list), value: .none,
      how: intern(how), arguments: arguments)
  }

  /// Adds a value to a list and notes it.
  func push(_ value: Value, to list: Int, site: Code) {
    let list = find(list)
    let joining = joiningNodes(value, list)
    addContent(list, joining.isEmpty ? value : Value(things: joining.map { .node($0) }))
    guard isFinal else { return }
    effects.append(
      Effect(kind: .push, frame: current, guardID: guardID, site: site.index, target: list, value: value))
  }

  /// Whether the members of one list wait in it until they join another.
  func waits(_ inner: Int, for list: Int) -> Bool {
    stagings[find(inner)]?.contains { find($0) == find(list) } ?? false
  }

  /// For a member of another list that joins this one for good, as the newborn do, the records that it can be: those of the
  /// same make as the records that are members already.
  private func joiningNodes(_ value: Value, _ list: Int) -> [Int] {
    guard value.things.count == 1, let thing = value.things.first, thing.tag == .member else { return [] }
    let inner = find(thing.id)
    guard inner != list, viewed(inner) == nil, nodes[inner].kind == .list else { return [] }
    let candidates = memberNodes(of: inner, variant: thing.variant).filter { nodes[$0].kind == .record }
    let own = memberNodes(of: list).filter { nodes[$0].kind == .record && !nodes[$0].lists.contains(inner) }
    guard !own.isEmpty, !candidates.isEmpty else { return [] }
    let joining = candidates.filter { candidate in own.contains { isSameMake(candidate, $0) } }
    if !joining.isEmpty { stagings[inner, default: []].insert(list) }
    return joining
  }

  /// Whether two records are instances of one class or have mostly the same properties.
  private func isSameMake(_ a: Int, _ b: Int) -> Bool {
    if nodes[a].link >= 0 || nodes[b].link >= 0 { return find(nodes[a].link) == find(nodes[b].link) }
    let first = Set(nodes[a].fields.keys)
    let second = Set(nodes[b].fields.keys)
    return first.intersection(second).count * 3 >= max(first.count, second.count) * 2
  }

  /// Lets all elements of a list become elements of another.
  ///
  /// - Parameter isAdding: Whether the list keeps what it had, as with `push`, so that it is no selection made anew.
  func flow(_ source: Value, into list: Int, site: Code, isAdding: Bool = false) {
    var moved = Value()
    for thing in source.things {
      let isList = isListLike(thing)
      if isList, thing.tag == .node {
        let inner = find(thing.id)
        if inner == find(list) { continue }
        sources[find(list), default: []].insert(inner)
        if isStaging(inner, for: list), nodes[inner].home < 0 || isAdding && nodes[find(list)].home >= 0 {
          stagings[inner, default: []].insert(find(list))
        } else {
          stagings[inner]?.remove(find(list))
          if stagings[inner]?.isEmpty == true { stagings[inner] = nil }
        }
      }
      moved.join(elements(of: Value(things: [thing])))
    }
    if source.things.isEmpty { moved.depend(on: source) }
    guard !moved.things.isEmpty else {
      nodes[find(list)].isNumeric = nodes[find(list)].isNumeric || !moved.deps.isEmpty
      return
    }
    var content = Value()
    for thing in moved.things {
      // What waits in a list of its own until it joins this one is a member of this one.
      if thing.tag == .member, waits(find(thing.id), for: find(list)) {
        for inner in nodes[find(thing.id)].content.things { content.join(Value(things: [inner])) }
      } else {
        content.join(Value(things: [thing]))
      }
    }
    addContent(list, content)
    guard isFinal else { return }
    effects.append(
      Effect(
        kind: .push, frame: current, guardID: guardID, site: site.index, target: find(list), value: moved,
        how: intern("all")))
  }

  /// Whether a list only gathers what another one gets.
  private func isStaging(_ inner: Int, for list: Int) -> Bool {
    guard nodes[inner].content.things.contains(where: { $0.tag == .node && nodes[find($0.id)].kind == .record }) else {
      return false
    }
    return viewed(inner) == nil && find(list) != inner
  }

  // MARK: Methods of lists, sets and maps

  func listMethod(_ name: String, _ thing: Thing, _ arguments: [Value], _ code: Code) -> Value? {
    let list = find(thing.id)
    let this = Value(things: [thing])
    let first = arguments.first ?? .none
    if nodes[list].kind == .map, let value = mapMethod(name, list, arguments, code) { return value }
    switch name {
    case "push", "unshift", "add", "append":
      for (index, argument) in code.list(.arguments).enumerated() {
        if argument.kind == .spreadElement, let inner = argument[.argument] {
          flow(evaluateAgain(inner), into: list, site: code, isAdding: true)
        } else if index < arguments.count || !arguments.isEmpty {
          push(index < arguments.count ? arguments[index] : arguments[arguments.count - 1], to: list, site: code)
        }
      }
      return Value(deps: [place(.thing(.node(list)), [symbol.length])], origin: .count)
    case "splice":
      note(remove(from: list, "splice", site: code, arguments: arguments))
      for value in arguments.dropFirst(2) { push(value, to: list, site: code) }
      return Value(things: [thing])
    case "pop", "shift":
      note(remove(from: list, name, site: code, arguments: arguments))
      return elements(of: this)
    case "delete", "clear":
      note(remove(from: list, name, site: code, arguments: arguments))
      return Value.none
    case "filter", "slice", "reverse", "sort", "toSorted", "toReversed", "toSpliced", "with", "values", "entries":
      return selection(name, thing, arguments, code)
    case "forEach", "each": return iterate(thing, first, code, gives: .none)
    case "map", "flatMap": return mapped(name, thing, first, code)
    case "find", "findLast", "at":
      var result = elements(of: this)
      if name != "at" {
        let test = iterate(thing, first, code, gives: .none)
        result = refined(result, by: first)
        result.depend(on: test)
      } else {
        result.depend(on: .none)
      }
      result.origin.insert(.null)
      return result
    case "some", "every", "findIndex", "findLastIndex":
      return Value.combined([iterate(thing, first, code, gives: .none)])
    case "indexOf", "includes", "has", "lastIndexOf":
      var result = Value.combined(arguments)
      for inner in first.things where inner.tag == .member || inner.tag == .string {
        if inner.tag == .member {
          result.deps = Value.merge(result.deps, [place(.thing(inner), [intern("=")])], limit: Value.maximumDeps)
        }
      }
      // What a list of words, such as the keys that are down, holds is what the answer depends on.
      if nodes[list].content.things.allSatisfy({ $0.tag == .string }), nodes[list].literalCount < 0 {
        result.deps = Value.merge(result.deps, [place(.thing(.member(list)), [])], limit: Value.maximumDeps)
      }
      return result
    case "reduce", "reduceRight": return reduced(thing, arguments, code)
    case "concat":
      guard arguments.contains(where: { !$0.things.isEmpty }) else { return Value(things: [thing]) }
      for argument in arguments {
        if argument.things.contains(where: { isListLike($0) }) {
          flow(argument, into: list, site: code)
        } else {
          push(argument, to: list, site: code)
        }
      }
      return Value(things: [thing])
    case "flat":
      return Value(things: elements(of: this).things.filter { isListLike($0) }).things.isEmpty
        ? Value(things: [thing]) : Value(things: elements(of: this).things)
    case "fill":
      if !first.things.isEmpty { addContent(list, first) } else { nodes[list].isNumeric = true }
      return Value(things: [thing], origin: .fresh)
    case "join": return Value.combined([elements(of: this)])
    case "set", "copyWithin":
      if nodes[list].isNumeric || nodes[list].content.things.isEmpty {
        guard isFinal else { return Value.none }
        effects.append(
          Effect(
            kind: .elementWrite, frame: current, guardID: guardID, site: code.index, target: list,
            value: Value.combined(arguments), operation: NodeDetail.assign.rawValue))
      }
      return Value.none
    case "keys": return Value(origin: .constant)
    default: return nil
    }
  }

  /// The value that an expression had a moment ago.
  func evaluateAgain(_ code: Code) -> Value {
    let saved = isFinal
    isFinal = false
    let value = evaluate(code)
    isFinal = saved
    return value
  }

  private func selection(_ name: String, _ thing: Thing, _ arguments: [Value], _ code: Code) -> Value {
    guard name == "filter" else {
      if name == "slice" || name == "toSpliced" {
        return Value(things: [thing], origin: arguments.isEmpty ? [] : .filtered)
      }
      if name == "sort", let compare = arguments.first { _ = compareCall(thing, compare, code) }
      return Value(things: [thing])
    }
    let predicate = arguments.first ?? .none
    let test = iterate(thing, predicate, code, gives: .none)
    filterTests[code.index, default: Value()].join(test)
    var things: [Thing] = []
    let elements = refined(elements(of: Value(things: [thing])), by: predicate)
    for element in elements.things {
      if element.tag == .member, element.variant >= 0, find(element.id) == find(thing.id) || isOfKind(element) {
        things.append(.view(find(element.id), element.variant))
      }
    }
    if elements.things.isEmpty, !kindKeys.isEmpty, kinds(of: thing.id) != nil { return Value(origin: .filtered) }
    if things.isEmpty || thing.tag == .node && things.count == kinds(of: thing.id)?.count { things = [thing] }
    return Value(things: things, origin: .filtered)
  }

  private func compareCall(_ thing: Thing, _ compare: Value, _ code: Code) -> Value {
    let element = elements(of: Value(things: [thing]))
    return call(compare, this: .none, arguments: [element, element], site: code)
  }

  /// What the members that pass a test such as `e => e.type === 'prey'` are known to be.
  private func refined(_ elements: Value, by predicate: Value) -> Value {
    var result = elements
    for thing in predicate.things where thing.tag == .node && nodes[find(thing.id)].kind == .function {
      let function = facts.code(nodes[find(thing.id)].site)
      guard let parameter = function.list(.params).first, parameter.kind == .identifier,
        let binding = facts.binding(of: parameter), let test = facts.returnedExpression(of: function)
      else { continue }
      guard let (name, string) = equalityTest(test, on: binding) else { continue }
      if elements.things.contains(where: { isKind($0, name, string) != nil }) {
        result.things = result.things.filter { isKind($0, name, string) != false }
        continue
      }
      result.things = result.things.map { thing in
        guard thing.tag == .member, thing.variant < 0, let variant = variant(of: thing.id, field: name, string: string)
        else {
          return thing
        }
        return .member(thing.id, variant)
      }
    }
    return result
  }

  private func equalityTest(_ test: Code, on binding: Int) -> (name: Int, string: Int)? {
    let test = test.unwrapped
    if test.kind == .logicalExpression, test.detail == .and {
      return test[.left].flatMap { equalityTest($0, on: binding) }
        ?? test[.right].flatMap { equalityTest($0, on: binding) }
    }
    guard test.kind == .binaryExpression, test.detail == .strictEqual || test.detail == .equal,
      let left = test[.left], let right = test[.right]
    else { return nil }
    for (member, text) in [(left.unwrapped, right), (right.unwrapped, left)] {
      guard member.kind == .memberExpression, let object = member[.object], object.kind == .identifier,
        facts.binding(of: object) == binding, let name = propertyNames(of: member).first
      else { continue }
      if let string = certainSymbol(evaluate(text)) { return (name, string) }
    }
    return nil
  }

  /// Calls a function for any member of a list.
  @discardableResult
  private func iterate(_ thing: Thing, _ callback: Value, _ code: Code, gives other: Value) -> Value {
    let list = find(thing.id)
    let node = nodes[list]
    if node.literalCount > 0, node.literalCount <= 12, thing.tag == .node {
      let values = (0..<node.literalCount).compactMap { node.fields[intern(String($0))] }
      if values.count == node.literalCount,
        values.contains(where: { $0.things.first?.tag == .string || $0.things.first?.tag == .node })
      {
        var result = Value()
        for (index, value) in values.enumerated() {
          let turn = turnFrame(of: code, index: index)
          result.join(
            call(
              callback, this: .none,
              arguments: [value, Value(origin: .constant, number: Double(index)), Value(things: [thing])],
              site: facts.code(code.index), turn: turn.id))
        }
        return result
      }
    }
    let saved = guardID
    pushGuard(code, Value(things: [thing]), .loop)
    let element = elements(of: Value(things: [thing]))
    let result = call(callback, this: .none, arguments: [element, Value(), Value(things: [thing])], site: code)
    guardID = saved
    return result
  }

  /// Calls with a call site of its own for each turn, so that turns are told apart.
  private func call(_ callback: Value, this: Value, arguments: [Value], site: Code, turn: Int) -> Value {
    call(callback, this: this, arguments: arguments, site: site)
  }

  private func mapped(_ name: String, _ thing: Thing, _ callback: Value, _ code: Code) -> Value {
    let given = iterate(thing, callback, code, gives: .none)
    let source = find(thing.id)
    // A map that gives every member back, changed or as a copy with changes, is still the same list.
    let copies = given.things.filter { $0.tag == .node && copiedMembers[find($0.id)].map { find($0) } == source }
    let same = given.things.contains { $0.tag == .member && find($0.id) == source }
    if same || !copies.isEmpty {
      for copy in copies { addContent(source, Value(things: [copy])) }
      return Value(things: [thing])
    }
    let list = find(makeNode(.list, site: code.index, context: current))
    if given.things.isEmpty {
      nodes[list].isNumeric = true
      return Value(things: [.node(list)], deps: given.deps, origin: given.origin.union(.fresh))
    }
    if name == "flatMap" {
      flow(Value(things: given.things), into: list, site: code)
    } else {
      addContent(list, Value(things: given.things))
    }
    return Value(things: [.node(list)], deps: given.deps, origin: .fresh)
  }

  private func reduced(_ thing: Thing, _ arguments: [Value], _ code: Code) -> Value {
    guard let callback = arguments.first else { return .none }
    var total = arguments.count > 1 ? arguments[1] : elements(of: Value(things: [thing]))
    let saved = guardID
    pushGuard(code, Value(things: [thing]), .loop)
    let element = elements(of: Value(things: [thing]))
    let once = call(callback, this: .none, arguments: [total, element, Value()], site: code)
    guardID = saved
    total.join(once)
    return total
  }

  private func mapMethod(_ name: String, _ list: Int, _ arguments: [Value], _ code: Code) -> Value? {
    let first = arguments.first ?? .none
    switch name {
    case "get":
      var result = Value()
      for string in first.things where string.tag == .string {
        if let field = nodes[list].fields[string.id] { result.join(field) }
      }
      if result.isBare {
        for thing in nodes[list].content.things {
          let isRecord = thing.tag == .node && nodes[find(thing.id)].kind == .record
          result.join(Value(things: [isRecord ? .member(list) : thing]))
        }
      }
      result.origin.insert(.null)
      if result.things.isEmpty { result.deps = [place(.thing(.member(list)), [])] }
      return result
    case "set":
      guard arguments.count > 1 else { return Value.none }
      let value = arguments[1]
      let strings = first.things.filter { $0.tag == .string }
      if strings.isEmpty {
        if value.things.contains(where: { isListLike($0) }) || value.things.isEmpty {
          addContent(list, value)
          if isFinal, value.things.isEmpty {
            var effect = Effect(
              kind: .elementWrite, frame: current, guardID: guardID, site: code.index, target: list, value: value,
              operation: NodeDetail.assign.rawValue)
            effect.arguments = arguments
            effects.append(effect)
          }
        } else {
          push(value, to: list, site: code)
        }
      } else {
        for string in strings { setField(list, string.id, value) }
        addContent(list, value)
      }
      return Value(things: [.node(list)])
    case "has":
      var result = Value.combined(arguments)
      result.deps = Value.merge(result.deps, [place(.thing(.member(list)), [])], limit: Value.maximumDeps)
      return result
    default: return nil
    }
  }
}
