import JavaScriptSyntax

extension Solver {
  // MARK: Property keys

  /// The names by which a member or property is known, when they are few; `nil` when any name is possible.
  func keys(of code: Code) -> [UInt32]? {
    if let symbol = facts.keySymbol(of: code.node, in: code.unit) { return [symbol] }
    guard let key = code[code.kind == .memberExpression ? .property : .key],
      let values = possibleValues(of: key, calls: false), values.count <= 16
    else { return nil }
    let names = values.map { evaluator.text($0) }
    guard !names.contains(nil) else { return nil }
    return names.compactMap { $0 }.map { facts.symbol($0) }
  }

  // MARK: Possible values

  func possibleTexts(of code: Code) -> [String]? {
    guard let values = possibleValues(of: code, calls: true) else { return nil }
    let texts = values.compactMap { evaluator.text($0) }
    return texts.isEmpty ? nil : texts
  }

  /// The constants that an expression can be, when they are few: over the rounds of a loop, over the calls of its function.
  func possibleValues(of code: Code, calls: Bool, depth: Int = 0) -> [Constant]? {
    let known = evaluator.constant(of: code)
    if known.isFullyKnown { return [known] }
    return variedValues(of: code, calls: calls, depth: depth) ?? (known.isKnown ? [known] : nil)
  }

  /// The values of an expression that is not the same constant at all times.
  private func variedValues(of code: Code, calls: Bool, depth: Int) -> [Constant]? {
    guard depth < 6 else { return nil }
    if code.kind == .conditionalExpression, let yes = code[.consequent], let no = code[.alternate] {
      return union([yes, no].map { possibleValues(of: $0, calls: calls, depth: depth + 1) })
    }
    if code.kind == .logicalExpression, let left = code[.left], let right = code[.right] {
      return union([left, right].map { possibleValues(of: $0, calls: calls, depth: depth + 1) })
    }
    if calls, let cell = existingCell(code), code.kind == .identifier || code.kind == .memberExpression {
      for object in objects(in: cell) {
        if let found = records(of: object, depth: depth) { return [.array(found)] }
      }
    }
    var free: [Int] = []
    if calls, let this = code.descendants.first(where: { $0.kind == .thisExpression }) {
      guard possibleInstances(of: this, depth: depth) != nil else { return nil }
      free.append(Evaluator.this)
    }
    for node in code.descendants
    where node.kind == .identifier && !free.contains(where: { $0 == facts.binding(of: node.node, in: node.unit) }) {
      guard let binding = facts.binding(of: node.node, in: node.unit) else { continue }
      if !evaluator.binding(binding).isFullyKnown, facts.bindings[binding].kind != .global { free.append(binding) }
      if free.count > 2 { return nil }
    }
    guard !free.isEmpty else { return nil }
    var combinations: [[(Int, Constant)]] = [[]]
    for binding in free {
      let values =
        binding == Evaluator.this
        ? code.descendants.first { $0.kind == .thisExpression }.flatMap { possibleInstances(of: $0, depth: depth) }
        : possibleValues(ofBinding: binding, calls: calls, depth: depth + 1)
      guard let values else { return nil }
      combinations = combinations.flatMap { head in values.map { head + [(binding, $0)] } }
      if combinations.count > 256 { return nil }
    }
    var result: [Constant] = []
    for combination in combinations {
      let value = evaluator.evaluate(code, bindings: combination, symbolic: false)
      guard value.isKnown else { return nil }
      if !result.contains(value) { result.append(value) }
    }
    return result
  }

  /// The constant objects that `this` can stand for, in the order in which they are made.
  private func possibleInstances(of this: Code, depth: Int) -> [Constant]? {
    guard depth < 4, let cell = existingCell(this) else { return nil }
    var result: [Constant] = []
    for object in objects(in: cell).sorted() {
      let stored = objects[Int(object)]
      guard stored.kind == .instance || stored.kind == .literal, stored.site < UInt32(facts.totalNodes),
        let values = possibleValues(of: facts.code(stored.site), calls: true, depth: depth + 1)
      else { return nil }
      result += values
      if result.count > 64 { return nil }
    }
    return result.isEmpty ? nil : result
  }

  private func union(_ parts: [[Constant]?]) -> [Constant]? {
    var result: [Constant] = []
    for part in parts {
      guard let part else { return nil }
      for value in part where !result.contains(value) { result.append(value) }
    }
    return result.count <= 64 ? result : nil
  }

  func possibleValues(ofBinding binding: Int, calls: Bool, depth: Int) -> [Constant]? {
    let known = evaluator.binding(binding)
    if known.isFullyKnown { return [known] }
    guard depth < 7 else { return nil }
    let writes = facts.writes[binding]
    guard !writes.isEmpty, writes.count <= 8 else { return nil }
    return known.isKnown ? [known] : union(writes.map { possibleValues(of: $0, binding, calls: calls, depth: depth) })
  }

  private func possibleValues(of write: StoredWrite, _ binding: Int, calls: Bool, depth: Int) -> [Constant]? {
    let target = facts.code(write.target)
    switch write.kind {
    case .initializer, .assignment:
      guard write.value != .max, facts.code(write.site).detail == .assign || write.kind == .initializer else {
        return nil
      }
      return possibleValues(of: facts.code(write.value), calls: calls, depth: depth + 1)
    case .forOf, .destructuring, .forIn:
      guard write.value != .max else { return nil }
      let source = facts.code(write.value)
      let site = facts.code(write.site)
      guard let wholes = possibleValues(of: source, calls: calls, depth: depth + 1) else { return nil }
      var items: [Constant] = wholes
      if site.kind == .forOfStatement || target.isInForOf {
        items = wholes.flatMap { evaluator.elements(of: $0) ?? [.unknown] }
      } else if site.kind == .forInStatement {
        items = wholes.flatMap { $0.object?.names.map { .string($0) } ?? [.unknown] }
      }
      return parts(of: items, for: target, binding)
    case .parameter:
      guard calls, write.value == .max else { return nil }
      return possibleArguments(of: facts.code(write.site), target, binding, depth: depth)
    default: return nil
    }
  }

  /// What one target of a pattern gets from each of several values.
  private func parts(of items: [Constant], for target: Code, _ binding: Int) -> [Constant]? {
    var pattern = target
    while let parent = pattern.parent, parent.kind.isPattern || parent.kind == .property { pattern = parent }
    var result: [Constant] = []
    for item in items.prefix(65) {
      let value = pattern == target ? item : evaluator.takeApart(pattern, item).last { $0.0 == binding }?.1
      guard let value, value.isKnown else { return nil }
      if !result.contains(value) { result.append(value) }
    }
    return result.count <= 64 ? result : nil
  }

  private func possibleArguments(of function: Code, _ target: Code, _ binding: Int, depth: Int) -> [Constant]? {
    guard function.kind.isFunction else { return nil }
    let params = function.list(.params)
    guard let index = params.firstIndex(where: { $0.contains(target) }), params[index].kind != .restElement else {
      return nil
    }
    var items: [Constant] = []
    for site in sitesOfFunction[UInt32(function.index)] ?? [] {
      guard let found = possibleArgument(site, index, depth: depth) else { return nil }
      items += found
      if items.count > 64 { return nil }
    }
    return items.isEmpty ? nil : parts(of: items, for: target, binding)
  }

  private func possibleArgument(_ site: UInt32, _ index: Int, depth: Int) -> [Constant]? {
    if sites[Int(site)].isDirect {
      guard let argument = argumentCode(site, index) else { return nil }
      return possibleValues(of: argument, calls: true, depth: depth + 1)
    }
    // A callback of an array method gets the elements of the array.
    let call = facts.code(sites[Int(site)].node)
    guard call.kind == .callExpression, let callee = call[.callee]?.unwrapped, callee.kind == .memberExpression,
      let object = callee[.object], let name = callee[.property]?.name
    else { return nil }
    guard ["forEach", "map", "filter", "find", "some", "every", "flatMap"].contains(name), index < 2 else { return nil }
    guard let arrays = possibleValues(of: object, calls: true, depth: depth + 1) else { return nil }
    return arrays.flatMap { array -> [Constant] in
      let elements = evaluator.elements(of: array) ?? [.unknown]
      return index == 0 ? elements : elements.indices.map { .number(Double($0)) }
    }
  }

  // MARK: Looking up elements

  func addLookup(_ method: String, at site: UInt32, receiver: UInt32) {
    let isElement = receiver != .max && receiver < objects.count && objects[Int(receiver)].kind == .element
    let root = isElement ? objects[Int(receiver)].info : UInt32.max
    let isKnown = lookups.contains { $0.site == site && $0.root == root && $0.method == method && $0.argument == nil }
    if isKnown { return }
    lookups.append(Lookup(site: site, method: method, selector: argumentCode(site, 0), root: root))
  }

  /// Whether a function only looks elements up by its parameter; then each call is a lookup of its own.
  func isLookupHelper(_ function: UInt32, at site: UInt32) -> Bool {
    let helper: LookupHelper?
    if let known = lookupHelpers[function] {
      helper = known
    } else {
      helper = findLookupHelper(facts.code(function))
      lookupHelpers[function] = helper
    }
    guard let helper, sites[Int(site)].isDirect, argumentCode(site, 0) != nil else { return false }
    lookups.append(
      Lookup(
        site: site, method: helper.method, selector: helper.selector, parameter: Int(function),
        argument: argumentCode(site, 0), root: .max))
    return true
  }

  private func findLookupHelper(_ function: Code) -> LookupHelper? {
    guard let first = function.list(.params).first, first.kind == .identifier, var body = function[.body] else {
      return nil
    }
    if body.kind == .blockStatement {
      let statements = body.list(.body)
      guard statements.count == 1, statements[0].kind == .returnStatement, let value = statements[0][.argument] else {
        return nil
      }
      body = value
    }
    body = body.unwrapped
    var isArray = false
    if body.kind == .arrayExpression, let only = body.list(.elements).first, only.kind == .spreadElement {
      body = only[.argument]?.unwrapped ?? body
      isArray = true
    } else if body.kind == .callExpression, body[.callee]?.text == "Array.from", let inner = body.list(.arguments).first
    {
      body = inner.unwrapped
      isArray = true
    }
    guard body.kind == .callExpression, let callee = body[.callee]?.unwrapped, callee.kind == .memberExpression,
      let name = callee[.property]?.name, HostTable.lookups.contains(name), name != "closest",
      let selector = body.list(.arguments).first
    else { return nil }
    let usesParameter = selector.descendants.contains {
      $0.kind == .identifier && facts.binding(of: $0.node, in: $0.unit) == facts.binding(of: first.node, in: first.unit)
    }
    guard usesParameter else { return nil }
    return LookupHelper(method: isArray ? "querySelectorAll" : name, selector: selector)
  }

  private func texts(of lookup: Lookup) -> [String]? {
    guard let selector = lookup.selector else { return nil }
    guard let argument = lookup.argument, let function = lookup.parameter else { return possibleTexts(of: selector) }
    let code = facts.code(function)
    guard let param = code.list(.params).first, let binding = facts.binding(of: param.node, in: param.unit),
      let values = possibleValues(of: argument, calls: true)
    else { return nil }
    let texts = values.compactMap {
      evaluator.text(evaluator.evaluate(selector, bindings: [(binding, $0)], symbolic: false))
    }
    return texts.count == values.count ? texts : nil
  }

  /// Answers lookups from the elements found so far; returns whether anything was new.
  func resolveLookups() -> Bool {
    let before = changes
    applyElementWrites()
    applyInsertions()
    // What is sure comes first: it may attach elements, so that fewer are merely possible.
    for index in lookups.indices { resolve(index, certainOnly: true) }
    if changes > before { return true }
    for index in lookups.indices { resolve(index, certainOnly: false) }
    for index in customElements.indices where !customElements[index].isDone {
      let entry = customElements[index]
      guard !dom.query(entry.name).isEmpty || createdByName(entry.name) else { continue }
      customElements[index].isDone = true
      addConstraint(.register, UInt32(entry.registration), to: entry.cell)
      changes += 1
    }
    for accessor in accessors where !isReached[Int(accessor.function)] {
      let isRead = loadedFields.contains(UInt64(accessor.holder) << 32 | UInt64(accessor.symbol))
      guard isRead || storedSymbols.contains(accessor.symbol) else { continue }
      reach(accessor.function, .call(accessor.function))
      changes += 1
    }
    return changes > before
  }

  private func createdByName(_ name: String) -> Bool { dom.elements.contains { $0.name == name } }

  private func resolve(_ index: Int, certainOnly: Bool) {
    let lookup = lookups[index]
    let texts = texts(of: lookup)
    let result = lookupResult(lookup)
    guard let texts else {
      if !lookup.isUnknown, !certainOnly {
        lookups[index].isUnknown = true
        add(external("Element", site: sites[Int(lookup.site)].node, depth: 1), to: result)
      }
      return
    }
    var isMissing = false
    for text in texts {
      let found = find(text, lookup, certainOnly: certainOnly)
      if found.isEmpty { isMissing = !certainOnly }
      for element in found where lookups[index].found.insert(element).inserted {
        add(elementObject(element), to: result)
      }
    }
    guard isMissing, lookup.target != .max || result == sites[Int(lookup.site)].result else { return }
    if dom.hasPages {
      add(external("null"), to: result)
    } else {
      add(external("Element", site: sites[Int(lookup.site)].node, depth: 1), to: result)
    }
  }

  /// Lookups whose element nothing makes, with what they look for.
  func findMissingElements() -> [(node: UInt32, selector: String)] {
    guard dom.hasPages else { return [] }
    var found: [UInt32: [String: Bool]] = [:]
    for lookup in lookups where lookup.method != "closest" {
      let node = sites[Int(lookup.site)].node
      // What a lookup helper finds is known for each of its calls.
      if let helper = lookupHelpers[UInt32(facts.code(node).region.index)], helper != nil { continue }
      for text in texts(of: lookup) ?? [] {
        found[node, default: [:]][text] = found[node]?[text] ?? false || !find(text, lookup).isEmpty
      }
    }
    return found.keys.sorted().flatMap { node in
      (found[node] ?? [:]).filter { !$0.value }.keys.sorted().map { (node, $0) }
    }
  }

  private func lookupResult(_ lookup: Lookup) -> UInt32 {
    if lookup.target != .max { return lookup.target }
    let result = sites[Int(lookup.site)].result
    guard lookup.method.hasSuffix("All") || lookup.method.contains("Elements") else { return result }
    let array = object(.array, site: sites[Int(lookup.site)].node, salt: 18)
    add(array, to: result)
    return field(array, known.star)
  }

  private func find(_ text: String, _ lookup: Lookup, certainOnly: Bool = false) -> [Int] {
    let root = lookup.root == .max ? nil : Int(lookup.root)
    func query(_ selector: String, _ root: Int?) -> [Int] {
      certainOnly ? dom.matches(selector, under: root).certain : dom.query(selector, under: root)
    }
    switch lookup.method {
    case "getElementById": return dom.elements(withID: text)
    case "getElementsByClassName":
      return query(text.split(whereSeparator: \.isWhitespace).map { "." + $0 }.joined(), root)
    case "getElementsByName": return query("[name=\"\(text)\"]", nil)
    case "closest": return query(text, nil)
    default:
      let found = query(text, root)
      guard found.isEmpty, root != nil, !certainOnly else { return found }
      // What script made and has not been seen attached may lie below any root.
      return dom.query(text).filter { dom.elements[$0].parent == nil || !isWritten($0) }
    }
  }

  private func isWritten(_ element: Int) -> Bool {
    if case .page = dom.elements[element].source { return true }
    return false
  }

  /// Attributes that script gives to elements it makes.
  private func applyElementWrites() {
    for name in ["id", "className", "class", "type", "name", "href"] {
      guard let symbol = facts.findSymbol(name) else { continue }
      for write in memberWrites(named: symbol) {
        guard let object = write.member[.object], let cell = existingCell(object) else { continue }
        let value = evaluator.text(evaluator.constant(of: write.value))
        for element in objects(in: cell) where objects[Int(element)].kind == .element {
          dom.setAttribute(name == "className" ? "class" : name, value, of: Int(objects[Int(element)].info))
        }
      }
    }
  }

  /// Puts elements where script puts them.
  private func applyInsertions() {
    for (cell, parent) in insertions {
      for object in objects(in: cell) where objects[Int(object)].kind == .element {
        dom.setParent(Int(objects[Int(object)].info), parent)
      }
    }
    guard let symbol = facts.findSymbol("innerHTML") else { return }
    for write in memberWrites(named: symbol) {
      guard let object = write.member[.object], let cell = existingCell(object),
        let parent = objects(in: cell).first(where: { objects[Int($0)].kind == .element })
      else { continue }
      placeMarkup(in: write.value, under: Int(objects[Int(parent)].info))
    }
    for call in elementWrites
    where call.path.hasSuffix("insertAdjacentHTML") && objects[Int(call.element)].kind == .element {
      placeMarkup(in: facts.code(call.node), under: Int(objects[Int(call.element)].info))
    }
  }

  private func placeMarkup(in code: Code, under parent: Int) {
    for node in code.descendants where node.kind == .templateLiteral || node.kind == .literal {
      for root in markupRoots[UInt32(node.index)] ?? [] { dom.setParent(root, parent) }
    }
  }

  // MARK: Member writes

  func noteMemberWrite(_ member: Code, value: Code) {
    guard let symbol = facts.keySymbol(of: member.node, in: member.unit) else { return }
    memberWritesBySymbol[symbol, default: []].append(memberWriteList.count)
    memberWriteList.append(MemberWrite(member: member, value: value, symbol: symbol))
  }

  func memberWrites(named symbol: UInt32) -> [MemberWrite] {
    (memberWritesBySymbol[symbol] ?? []).map { memberWriteList[$0] }
  }

  func reachWhenRead(_ function: Code, _ symbol: UInt32, _ holder: UInt32) {
    accessors.append((UInt32(function.index), symbol, holder))
  }

  // MARK: What nothing resolves

  /// Calls whose callee is not known: what they are given may be called. Returns whether anything was new.
  func resolveFallbacks() -> Bool {
    let before = changes
    let count = fallbackSites.count
    for site in fallbackSites where !sites[Int(site)].isResolved {
      sites[Int(site)].isResolved = true
      let stored = sites[Int(site)]
      if facts.code(stored.node).kind == .newExpression || stored.method == .max {
        escapeArguments(of: site)
        add(external("unknown()", site: stored.node, depth: 4), to: stored.result)
        continue
      }
      let receiver = external("unknown", site: stored.node, depth: 4)
      if isBuiltinMethod(receiver, .external, at: site) { continue }
      callExternal(path: "unknown." + facts.name(stored.method), at: site, receiver: receiver)
    }
    fallbackSites.removeFirst(count)
    return changes > before
  }
}

extension Code {
  /// Whether a target stands in the head of a `for ... of`.
  var isInForOf: Bool {
    var code = self
    while let parent = code.parent {
      if parent.kind == .forOfStatement { return parent[.left] == code }
      guard
        parent.kind.isPattern || parent.kind == .property || parent.kind == .variableDeclarator
          || parent.kind == .variableDeclaration
      else { return false }
      code = parent
    }
    return false
  }
}
