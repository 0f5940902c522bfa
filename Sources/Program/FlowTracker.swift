import JavaScriptSyntax

/// Finds what depends on what; keeps what it found for each place.
final class FlowTracker {
  unowned let program: ProgramModel
  var solver: Solver { program.solver }
  var facts: NameFacts { program.facts }
  private var propertyWrites: [UInt64: [Write]] = [:]
  private var dataMemo: [StateLocation: Set<StateLocation>] = [:]
  private var controlMemo: [StateLocation: Set<StateLocation>] = [:]
  private var returns: [UInt32: [Code]] = [:]
  private let starSymbol: UInt32
  /// The regions that run; `nil` for all.
  private let regions: Set<Int>?

  static let maximumLocations = 4_000
  static let maximumObjects = 24

  init(_ program: ProgramModel, regions: Set<Int>? = nil) {
    self.program = program
    self.regions = regions
    starSymbol = program.solver.known.star
    indexWrites()
  }

  /// The functions that give properties their values, by the name of the property.
  private lazy var accessors: [UInt32: [UInt32]] = {
    var result: [UInt32: [UInt32]] = [:]
    for accessor in solver.accessors { result[accessor.symbol, default: []].append(accessor.function) }
    return result
  }()

  func runs(_ code: Code) -> Bool { regions.map { $0.contains(code.region.index) } ?? true }

  // MARK: Index

  private func key(_ object: UInt32, _ symbol: UInt32) -> UInt64 { UInt64(object) << 32 | UInt64(symbol) }

  private func indexWrites() {
    for unit in program.units {
      for index in unit.tree.nodes.indices {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        switch unit.tree.nodes[index].kind {
        case .memberExpression where code.isWriteTarget: indexMember(code)
        case .property, .propertyDefinition: indexInitial(code)
        case .arrayExpression: indexElements(code)
        case .callExpression:
          indexPush(code)
          indexLibraryCall(code)
        case .jsxAttribute: indexAttribute(code)
        case .returnStatement:
          if code[.argument] != nil { returns[UInt32(code.region.index), default: []].append(code) }
        default: continue
        }
      }
    }
  }

  private func holders(_ code: Code) -> [UInt32] {
    guard let cell = solver.existingCell(code) else { return [] }
    return Array(solver.objects(in: cell).prefix(Self.maximumObjects))
  }

  private func indexMember(_ code: Code) {
    guard let object = code[.object], solver.isLive(UInt32(code.index)) else { return }
    let symbols = keys(of: code) ?? [starSymbol]
    let access = PropertyAccess(
      kind: code.parent?.kind == .updateExpression ? .readWrite : .write, code: code, name: "")
    guard let write = access.write else { return }
    for holder in holders(object) {
      for symbol in symbols { propertyWrites[key(holder, symbol), default: []].append(write) }
      // What is put into a vector member by member is in it all the same.
      if isLibraryObject(holder) { propertyWrites[key(holder, facts.symbol(Self.state)), default: []].append(write) }
    }
  }

  /// The names by which a member is known, those that the calls of its function give included.
  private func keys(of code: Code) -> [UInt32]? {
    if let known = solver.keys(of: code) { return known }
    guard let key = code[.property], let values = solver.possibleValues(of: key, calls: true), values.count <= 16 else {
      return nil
    }
    let names = values.map { solver.evaluator.text($0) }
    guard !names.contains(nil) else { return nil }
    return names.compactMap { $0 }.map { facts.symbol($0) }
  }

  private func indexInitial(_ code: Code) {
    guard let parent = code.parent, parent.kind == .objectExpression || parent.kind == .classBody,
      let symbol = facts.keySymbol(of: code.node, in: code.unit), let value = code[.value]
    else { return }
    let write = Write(kind: .initializer, target: code, value: value, site: code)
    let found: [UInt32]
    if parent.kind == .objectExpression {
      found = holders(parent)
    } else {
      guard let owner = parent.parent, let cell = solver.existingExtra(.this, of: UInt32(owner.index)) else { return }
      found = Array(solver.objects(in: cell).prefix(Self.maximumObjects))
    }
    for holder in found { propertyWrites[key(holder, symbol), default: []].append(write) }
  }

  private func indexElements(_ code: Code) {
    guard let holder = holders(code).first else { return }
    for element in code.list(.elements) {
      let write = Write(kind: .initializer, target: element, value: element, site: code)
      propertyWrites[key(holder, starSymbol), default: []].append(write)
    }
  }

  private func indexPush(_ code: Code) {
    guard let callee = code[.callee]?.unwrapped, callee.kind == .memberExpression, let object = callee[.object],
      let name = callee[.property]?.name, ["push", "unshift", "add", "set", "fill"].contains(name)
    else { return }
    for holder in holders(object) {
      for argument in code.list(.arguments) {
        let write = Write(kind: .other, target: argument, value: argument, site: code)
        propertyWrites[key(holder, starSymbol), default: []].append(write)
      }
    }
  }

  /// The property that stands for what calls of its methods put into an object of a library.
  static let state = "()"

  /// `vector.set(x, y, z)` puts the arguments into the vector.
  private func indexLibraryCall(_ code: Code) {
    guard let callee = code[.callee]?.unwrapped, callee.kind == .memberExpression, let object = callee[.object],
      solver.isLive(UInt32(code.index))
    else { return }
    let arguments = code.list(.arguments)
    guard !arguments.isEmpty else { return }
    let symbol = facts.symbol(Self.state)
    for holder in holders(object) where isLibraryObject(holder) {
      for argument in arguments where !argument.kind.isFunction {
        let write = Write(kind: .other, target: argument, value: argument, site: code)
        propertyWrites[key(holder, symbol), default: []].append(write)
      }
    }
  }

  /// Something that a library made at a place of the program.
  private func isLibraryObject(_ object: UInt32) -> Bool {
    let stored = solver.objects[Int(object)]
    return stored.kind == .external && stored.site != .max && !solver.path(object).hasPrefix("Event")
      && !solver.path(object).hasPrefix("Element") && solver.path(object) != "null"
  }

  private func indexAttribute(_ code: Code) {
    guard let element = code.parent?.parent, let name = code[.name], let value = code[.value],
      let symbol = facts.findSymbol(name.kind == .jsxNamespacedName ? name.text : name.name),
      let props = solver.knownObject(.literal, site: UInt32(element.index), salt: 7)
    else { return }
    let given = value.kind == .jsxExpressionContainer ? value[.expression] ?? value : value
    let write = Write(kind: .initializer, target: code, value: given, site: code)
    propertyWrites[key(props, symbol), default: []].append(write)
  }

  // MARK: Places

  func locations(of target: Code) -> [StateLocation] {
    switch target.kind {
    case .identifier:
      guard let binding = facts.binding(of: target.node, in: target.unit) else { return [] }
      let stored = facts.bindings[binding]
      if stored.kind == .global, facts.writes[binding].isEmpty { return [.external(stored.name)] }
      return [.binding(stored.id)]
    case .memberExpression:
      guard let object = target[.object] else { return [] }
      let names = keys(of: target)?.map { facts.name($0) } ?? ["*"]
      return holders(object).flatMap { holder in names.compactMap { place(holder, $0) } }
    case .property, .propertyDefinition:
      guard let parent = target.parent, let name = program.propertyName(of: target) else { return [] }
      if parent.kind == .objectExpression { return holders(parent).compactMap { place($0, name) } }
      guard let owner = parent.parent, let cell = solver.existingExtra(.this, of: UInt32(owner.index)) else {
        return []
      }
      return solver.objects(in: cell).prefix(Self.maximumObjects).compactMap { place($0, name) }
    default: return []
    }
  }

  private func place(_ object: UInt32, _ name: String) -> StateLocation? {
    let stored = solver.objects[Int(object)]
    switch stored.kind {
    case .element: return .element(Int(stored.info), name)
    case .external where stored.site == .max:
      let path = solver.path(object)
      guard path != "window" else {
        if let symbol = facts.findSymbol(name), let binding = facts.globalBinding(symbol),
          !facts.writes[binding].isEmpty
        {
          return .binding(BindingID(binding))
        }
        return .external(name)
      }
      return path == "null" ? nil : .external(Libraries.join(path, name))
    case .external where solver.path(object).hasPrefix("Event"):
      return .external(Libraries.join(solver.path(object), name))
    case .function, .class, .intrinsic, .namespace: return nil
    default: return .property(ObjectID(object), name)
    }
  }

  func writes(of location: StateLocation) -> [Write] {
    switch location {
    case .binding(let binding):
      return program.writes(of: binding).filter { solver.isLive(UInt32($0.site.index)) || $0.kind == .parameter }
    case .property(let object, let name):
      guard let symbol = facts.findSymbol(name) else { return [] }
      var found = propertyWrites[key(UInt32(object.index), symbol)] ?? []
      if symbol != starSymbol { found += propertyWrites[key(UInt32(object.index), starSymbol)] ?? [] }
      return found
    default: return []
    }
  }

  func writes(in region: Code) -> [Write] {
    var result: [Write] = []
    let root = UInt32(region.node.index)
    for index in region.unit.shape.starts[Int(root)]...root {
      guard index == root || region.unit.shape.regions[Int(index)] == root else { continue }
      let code = Code(unit: region.unit, node: NodeID(index))
      let isTarget = (code.kind == .identifier || code.kind == .memberExpression) && code.isWriteTarget
      guard isTarget, solver.isLive(UInt32(code.index)) else { continue }
      if code.kind == .memberExpression {
        let kind: PropertyAccess.Kind = code.parent?.kind == .updateExpression ? .readWrite : .write
        if let write = PropertyAccess(kind: kind, code: code, name: "").write { result.append(write) }
      } else if let binding = facts.binding(of: code.node, in: code.unit) {
        result += facts.writes[binding].filter { $0.target == UInt32(code.index) }.map { write in
          Write(
            kind: write.kind, target: code, value: write.value == .max ? nil : facts.code(write.value),
            site: facts.code(write.site))
        }
      }
    }
    return result
  }

  // MARK: What an expression reads

  /// The places that an expression reads itself; literals of objects and functions in it keep what they hold to themselves.
  func direct(_ code: Code) -> Set<StateLocation> {
    var result: Set<StateLocation> = []
    let tree = code.unit.tree
    var index = Int(code.node.index)
    let first = Int(code.unit.shape.starts[index])
    while index >= first {
      let node = Code(unit: code.unit, node: NodeID(UInt32(index)))
      let kind = tree.nodes[index].kind
      if kind.isFunction || kind.isClass || kind.isErased || kind == .objectExpression && node != code {
        index = Int(code.unit.shape.starts[index]) - 1
        continue
      }
      read(node, kind, within: code, into: &result)
      index -= 1
    }
    return result
  }

  private func read(_ node: Code, _ kind: NodeKind, within whole: Code, into result: inout Set<StateLocation>) {
    switch kind {
    case .identifier: readIdentifier(node, into: &result)
    case .memberExpression:
      guard let parent = node.parent else { return }
      if parent.kind == .callExpression, parent[.callee]?.unwrapped == node { return readReceiver(node, into: &result) }
      if parent.kind == .assignmentExpression, parent[.left] == node, parent.detail == .assign { return }
      let places = locations(of: node)
      result.formUnion(places)
      if places.isEmpty { readRoot(of: node, into: &result) }
      if let symbol = facts.keySymbol(of: node.node, in: node.unit) {
        for function in accessors[symbol] ?? [] { result.insert(.result(Int(function))) }
      }
      if parent.kind != .memberExpression || parent[.object] != node { readLibraryState(node, into: &result) }
    case .callExpression, .newExpression, .taggedTemplateExpression: readCall(node, into: &result)
    default: break
    }
  }

  /// What calls have put into an object of a library counts wherever the object is used as a whole.
  private func readLibraryState(_ node: Code, into result: inout Set<StateLocation>) {
    for holder in holders(node) where isLibraryObject(holder) { result.insert(.property(ObjectID(holder), Self.state)) }
  }

  private func readIdentifier(_ node: Code, into result: inout Set<StateLocation>) {
    guard let binding = facts.binding(of: node.node, in: node.unit), let parent = node.parent else { return }
    if parent.kind == .assignmentExpression, parent[.left] == node, parent.detail == .assign { return }
    // The base of `a.b` matters when it may stand for different things at different times.
    if parent.kind == .memberExpression, parent[.object] == node {
      let isState = facts.writes[binding].count > 1
      guard isState, !solver.objects(in: solver.cell(binding: binding)).isEmpty else { return }
    }
    if parent.kind == .callExpression, parent[.callee] == node { return }
    result.formUnion(locations(of: node))
    readLibraryState(node, into: &result)
  }

  private static let readers: Set<String> = [
    "map", "filter", "reduce", "some", "every", "find", "findIndex", "includes", "indexOf", "slice", "concat", "join",
    "at",
    "pop", "shift", "values", "entries", "get", "has", "flatMap", "forEach", "flat",
  ]

  private func readReceiver(_ callee: Code, into result: inout Set<StateLocation>) {
    guard let object = callee[.object], let name = program.propertyName(of: callee) else { return }
    readLibraryState(object, into: &result)
    guard Self.readers.contains(name) else { return }
    for holder in holders(object) {
      if let place = place(holder, "*") { result.insert(place) }
    }
  }

  private func readCall(_ node: Code, into result: inout Set<StateLocation>) {
    let functions = program.callees(of: node)
    for function in functions {
      // A callback of an array method is called here too; what it gives counts all the same.
      result.insert(.result(function.index))
    }
    let paths = program.calleePaths(of: node)
    for path in paths { result.insert(.external(path)) }
    if functions.isEmpty, paths.isEmpty { readRoot(of: node[.callee], into: &result) }
    guard functions.isEmpty, !paths.isEmpty else { return }
    // What a library gives may follow from anything in the objects that it is handed.
    for argument in node.list(.arguments) where argument.kind == .objectExpression {
      readMembers(of: argument, into: &result, depth: 0)
    }
  }

  /// Where nothing is known of an object, what is read from it follows from the variable that holds it.
  private func readRoot(of code: Code?, into result: inout Set<StateLocation>) {
    var current = code?.unwrapped
    var steps = 0
    while let next = current, next.kind == .memberExpression, steps < 16 {
      current = next[.object]?.unwrapped
      steps += 1
    }
    guard let root = current, root.kind == .identifier, steps > 0, holders(root).isEmpty else { return }
    result.formUnion(locations(of: root))
  }

  private func readMembers(of literal: Code, into result: inout Set<StateLocation>, depth: Int) {
    guard depth < 4 else { return }
    for property in literal.list(.properties) {
      guard let value = property[.value]?.unwrapped, !value.kind.isFunction else { continue }
      if value.kind == .objectExpression {
        readMembers(of: value, into: &result, depth: depth + 1)
      } else {
        result.formUnion(direct(value))
      }
    }
  }

  // MARK: What a place depends on

  func dependencies(of location: StateLocation, control: Bool) -> Set<StateLocation> {
    if let known = control ? controlMemo[location] : dataMemo[location] { return known }
    var result: Set<StateLocation> = []
    switch location {
    case .binding(let binding):
      for write in writes(of: location) where write.kind == .parameter || runs(write.site) {
        if write.kind == .parameter { readArguments(of: write, binding, into: &result, control: control) }
        depend(on: write, into: &result, control: control)
      }
    case .property(let object, let name):
      for write in writes(of: location) where runs(write.site) { depend(on: write, into: &result, control: control) }
      if name == "length" || name == "*" || name == "size" {
        dependOnContents(of: object, into: &result, control: control)
      }
    case .result(let function): dependOnReturns(of: facts.code(function), into: &result, control: control)
    case .execution(let region): if control { dependOnCallers(of: facts.code(region), into: &result) }
    case .external, .element: break
    }
    if control { controlMemo[location] = result } else { dataMemo[location] = result }
    return result
  }

  private func depend(on write: Write, into result: inout Set<StateLocation>, control: Bool) {
    if let value = write.value, write.kind != .parameter || value.kind != .arrowFunctionExpression {
      if write.kind == .destructuring, let parts = parts(of: write.target, from: holders(value)) {
        result.formUnion(parts)
        result.formUnion(direct(value))
      } else {
        result.formUnion(direct(value))
      }
      if write.kind == .forOf {
        for holder in holders(value) { if let place = place(holder, "*") { result.insert(place) } }
      }
    }
    if write.readsOldValue { result.formUnion(locations(of: write.target)) }
    if control { result.formUnion(conditions(around: write.site)) }
  }

  /// The places that a target of a pattern takes its value from, when what is taken apart is known.
  private func parts(of target: Code, from whole: [UInt32]) -> [StateLocation]? {
    var path: [UInt32] = []
    var code = target
    while let parent = code.parent, parent.kind.isPattern || parent.kind == .property {
      if parent.kind == .property {
        guard let symbol = facts.keySymbol(of: parent.node, in: parent.unit) else { return nil }
        path.append(symbol)
      } else if parent.kind == .arrayPattern {
        guard let position = parent.list(.elements).firstIndex(of: code) else { return nil }
        path.append(facts.symbol(String(position)))
      } else if parent.kind == .restElement {
        return nil
      }
      code = parent
    }
    guard let last = path.first, !whole.isEmpty else { return nil }
    var objects = whole
    for symbol in path.dropFirst().reversed() {
      var next: [UInt32] = []
      for object in objects {
        for symbol in [symbol, starSymbol] {
          guard let cell = solver.existingField(object, symbol) else { continue }
          next += solver.objects(in: cell)
        }
      }
      objects = Array(Set(next)).sorted().prefix(Self.maximumObjects).map { $0 }
    }
    let name = facts.name(last)
    return objects.prefix(Self.maximumObjects).compactMap { place($0, name) }
  }

  private func dependOnContents(of object: ObjectID, into result: inout Set<StateLocation>, control: Bool) {
    let stored = solver.objects[object.index]
    guard stored.kind == .array, stored.site < UInt32(facts.totalNodes) else { return }
    let site = facts.code(stored.site)
    // What `filter` and `map` make depends on the array they go through.
    if site.kind == .callExpression { result.formUnion(direct(site)) }
    guard control else { return }
    for node in solver.additions[UInt32(object.index)] ?? [] { result.formUnion(conditions(around: facts.code(node))) }
  }

  private func readArguments(
    of write: Write, _ binding: BindingID, into result: inout Set<StateLocation>, control: Bool
  ) {
    let function = write.site
    guard function.kind.isFunction else { return }
    let params = function.list(.params)
    guard let position = params.firstIndex(where: { $0.contains(write.target) }) else { return }
    let isPattern = params[position] != write.target
    for site in solver.sitesOfFunction[UInt32(function.index)] ?? [] {
      let node = facts.code(solver.sites[Int(site)].node)
      guard runs(node) || node.kind.isClass else { continue }
      if isPattern, let cell = solver.argument(site, position) {
        result.formUnion(parts(of: write.target, from: Array(solver.objects(in: cell))) ?? [])
      }
      if solver.sites[Int(site)].isDirect {
        if let argument = solver.argumentCode(site, position) {
          result.formUnion(direct(argument))
        } else if node.kind == .callExpression || node.kind == .newExpression {
          // Behind a spread any argument may be meant.
          let given = node.list(.arguments)
          if given.contains(where: { $0.kind == .spreadElement }) {
            for code in given { result.formUnion(direct(code)) }
          }
        }
      } else if node.kind == .callExpression, let callee = node[.callee]?.unwrapped, callee.kind == .memberExpression {
        readReceiver(callee, into: &result)
      }
      if control { result.formUnion(conditions(around: node)) }
    }
    for callback in callbacks(calling: function) where position == 0 || position == 1 && callback.kind == .frame {
      switch callback.kind {
      case .frame: result.insert(.external("frame time"))
      case .event: result.insert(.external("Event"))
      default: break
      }
    }
  }

  private func callbacks(calling function: Code) -> [HostCallback] {
    program.callbacks.filter { $0.function == function }
  }

  private func dependOnReturns(of function: Code, into result: inout Set<StateLocation>, control: Bool) {
    guard function.kind.isFunction else { return }
    if let body = function[.body], body.kind != .blockStatement { result.formUnion(direct(body)) }
    for statement in returns[UInt32(function.index)] ?? [] where solver.isLive(UInt32(statement.index)) {
      if let value = statement[.argument] { result.formUnion(direct(value)) }
      // Which of several values is returned always depends on the conditions around them.
      result.formUnion(localConditions(around: statement))
    }
  }

  private func dependOnCallers(of region: Code, into result: inout Set<StateLocation>) {
    for site in solver.sitesOfFunction[UInt32(region.index)] ?? [] {
      let node = facts.code(solver.sites[Int(site)].node)
      guard node.node != node.unit.tree.root, node.region != region else { continue }
      result.formUnion(localConditions(around: node))
      result.insert(.execution(node.region.index))
    }
  }
}
