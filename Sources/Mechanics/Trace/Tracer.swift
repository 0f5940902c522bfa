import JavaScriptSyntax
import Program

/// Follows the program through all that the host makes it do, function by function, and notes what it does to which records.
///
/// Nothing is run: every function is gone through once for each kind of thing that it is called on and with, so that a helper
/// that moves both bullets and enemies is told apart by what it moves. Members of a list stand for each other. Several rounds
/// let what is learned late reach code that was met early; only the last one notes effects.
final class Tracer {
  let program: ProgramModel
  let facts: ProgramFacts
  var symbolNames = TraceTable<String>(fallback: "")
  private var symbolNumbers: [String: Int] = [:]
  var nodes = TraceTable(fallback: TraceNode(kind: .record, site: -1))
  private var nodeNumbers: [NodeKey: Int] = [:]
  private var parents: [Int] = []
  var places = TraceTable(fallback: Place(root: .binding(-4), path: []))
  private var placeNumbers: [Place: Int] = [:]
  var frames: [TraceFrame] = []
  private var frameNumbers: [FrameKey: Int] = [:]
  private var framesOfFunction: [Int: [Int]] = [:]
  var effects: [Effect] = []
  var guards: [Guard] = []
  var calls: [CallEdge] = []
  private var callSet: Set<CallEdge> = []
  var entries: [TraceEntry] = []
  private var entryNumbers: [EntryKey: Int] = [:]
  private var pendingEntries: [Int] = []
  /// What lasts of the values that a place was given.
  var placeOrigins: [Int: Origin] = [:]
  /// Strings that places hold, as far as all are known.
  var current = 0
  var guardID = -1
  /// The frames that are under way, with the condition under which each called the next.
  var callers: [(frame: Int, guardID: Int)] = []
  var depth = 0
  var round = 0
  var isFinal = false
  var hasChanged = false
  var steps = 0
  var isComplete = true
  /// What members are known to be inside a condition.
  var refinements: Refinements = [:]
  /// For the code that makes lists of several kinds, what tells these apart.
  let kindKeys: [Int: KindKey]
  /// How often properties of members are compared with words or numbers.
  var kindTests: [Int: [Int: Int]] = [:]
  /// The whole numbers that properties of records were given, as symbols of kinds.
  var fieldNumbers: [FieldKey: Set<Int>] = [:]
  /// Bindings that live on between calls, by number.
  var stateBindings: Set<Int> = []
  /// How deep expressions are nested here.
  var nesting = 0
  /// How deep statements are nested here, the callers' included.
  var statementNesting = 0
  /// The value of the condition of each `if`, as last seen.
  var conditionValues: [Int: Value] = [:]
  /// Comparisons with something undefined.
  var undefinedOperands: Set<Int> = []
  /// What each comparison, and each part of a condition that runs, depends on.
  var testValues: [Int: Value] = [:]
  /// What each activation of a function may answer, and under which conditions.
  var returns: [Int: [(guardID: Int, site: Int)]] = [:]
  /// What the test of each `filter` depends on.
  var filterTests: [Int: Value] = [:]
  var variantNumbers: [VariantKey: Int] = [:]
  var variantKeys: [VariantKey] = []
  var superclasses: [Int: Value] = [:]
  var classMembers: [Int: [Int: (value: Value, isGetter: Bool)]] = [:]
  /// What members as such were given, by property.
  var memberFields: [Thing: [Int: Value]] = [:]
  /// The node that a slot first held.
  var slotOwners: [Int: Int] = [:]
  /// For records made by copying a member, the list of that member.
  var copiedMembers: [Int: Int] = [:]
  /// For lists whose members go to other lists, those.
  var stagings: [Int: Set<Int>] = [:]
  /// Where records were made: the frame and the condition there.
  var makings: [Int: [(frame: Int, guardID: Int)]] = [:]
  /// For lists that took up the members of others, those.
  var sources: [Int: Set<Int>] = [:]
  var boundReceivers: [Int: Value] = [:]
  var boundArguments: [Int: [Value]] = [:]
  var reducers: [Int: Value] = [:]
  var mergers: Set<Int> = []
  var selectors: Set<Int> = []
  var homeDepth = 0
  /// Variables that some code that runs gives a value.
  var assigned: Set<Int> = []
  /// Comparisons with something undefined, the frame they stand in, and what is compared.
  var vainComparisons: [(site: Int, frame: Int, value: Value)] = []
  /// The properties that tell kinds apart.
  var kindFields: Set<Int> = []
  let star: Int
  let symbol: KnownNames

  static let maximumDepth = 48
  static let maximumFramesPerFunction = 48
  static let maximumSteps = 6_000_000
  static let maximumRounds = 6

  struct KnownNames {
    let prototype: Int, length: Int, current: Int, constructor: Int, position: Int, children: Int
  }

  struct NodeKey: Hashable {
    var kind: UInt8
    var site: Int
    var context: Int
  }

  struct FrameKey: Hashable {
    var function: Int
    var parent: Int
    var site: Int
    var this: [Thing]
    var arguments: [[Thing]]
    var deps: [[Int]]
  }

  struct EntryKey: Hashable {
    var function: Int
    var frame: Int
    var kind: String
    var site: Int
  }

  init(_ program: ProgramModel, kinds: [Int: KindKey] = [:]) {
    self.program = program
    kindKeys = kinds
    facts = ProgramFacts(program)
    var names: [String] = []
    var numbers: [String: Int] = [:]
    func intern(_ name: String) -> Int {
      if let number = numbers[name] { return number }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }
    star = intern("*")
    symbol = KnownNames(
      prototype: intern("prototype"), length: intern("length"), current: intern("current"),
      constructor: intern("constructor"), position: intern("position"), children: intern("children"))
    symbolNames = TraceTable(names, fallback: "")
    symbolNumbers = numbers
    frames.append(TraceFrame(id: 0, function: -1, parent: -1))
    for case .field(let name) in kinds.values { kindFields.insert(self.intern(name)) }
    stateBindings = facts.stateBindings()
  }

  // MARK: Names and places

  func intern(_ name: String) -> Int {
    if let number = symbolNumbers[name] { return number }
    let number = symbolNames.count
    symbolNumbers[name] = number
    symbolNames.append(name)
    return number
  }

  func find(_ name: String) -> Int? { symbolNumbers[name] }

  func place(_ root: Place.Root, _ path: [Int]) -> Int {
    let place = Place(root: root, path: path.count > 5 ? Array(path.prefix(5)) : path)
    if let number = placeNumbers[place] { return number }
    placeNumbers[place] = places.count
    places.append(place)
    return places.count - 1
  }

  /// The place of a property of a thing; `nil` for things without properties.
  func place(_ name: Int, of thing: Thing) -> Int? {
    switch thing.tag {
    case .node: place(.thing(.node(find(thing.id))), [name])
    case .member: place(.thing(.member(find(thing.id), thing.variant)), [name])
    case .view: place(.thing(.node(find(thing.id))), [name])
    case .place: place(places[thing.id].root, places[thing.id].path + [name])
    case .string: nil
    }
  }

  // MARK: Nodes

  func makeNode(_ kind: TraceNode.Kind, site: Int, context: Int, frame: Int = 0) -> Int {
    let key = NodeKey(kind: kind.rawValue, site: site, context: context)
    if let number = nodeNumbers[key] { return find(number) }
    nodeNumbers[key] = nodes.count
    nodes.append(TraceNode(kind: kind, site: site, frame: frame))
    parents.append(nodes.count - 1)
    hasChanged = true
    return nodes.count - 1
  }

  /// The node of the host that a path leads to.
  func hostNode(_ path: String) -> Int {
    let type = intern(path)
    let id = makeNode(.host, site: -2 - type, context: 0)
    nodes[id].type = type
    return id
  }

  func elementNode(_ key: String) -> Int {
    let type = intern("element:" + key)
    let id = makeNode(.element, site: -2 - type, context: 1)
    nodes[id].type = type
    return id
  }

  /// The node that stands for a node and all that were found to be the same.
  func find(_ id: Int) -> Int {
    guard parents.indices.contains(id) else { return id }
    var root = id
    while parents[root] != root { root = parents[root] }
    var next = id
    while parents[next] != root {
      let above = parents[next]
      parents[next] = root
      next = above
    }
    return root
  }

  /// Makes two nodes one.
  func unite(_ a: Int, _ b: Int) {
    let first = min(find(a), find(b))
    let second = max(find(a), find(b))
    guard first != second, parents.indices.contains(first), parents.indices.contains(second) else { return }
    parents[second] = first
    hasChanged = true
    var pairs: [(Int, Int)] = []
    for (name, value) in nodes[second].fields.sorted(by: { $0.key < $1.key }) {
      var joined = nodes[first].fields[name] ?? Value()
      pairs += sameSlot(joined, value, name, first, second)
      joined.join(value)
      nodes[first].fields[name] = joined
    }
    nodes[first].content.join(nodes[second].content)
    nodes[first].isOpen = nodes[first].isOpen || nodes[second].isOpen
    nodes[first].lists = Value.merge(nodes[first].lists, nodes[second].lists, limit: 64)
    nodes[first].isNumeric = nodes[first].isNumeric || nodes[second].isNumeric
    if nodes[first].home < 0 { nodes[first].home = nodes[second].home }
    for (a, b) in pairs { unite(a, b) }
  }

  /// The lists and records that the same property of two nodes, now one, first held.
  private func sameSlot(_ a: Value, _ b: Value, _ name: Int, _ first: Int, _ second: Int) -> [(Int, Int)] {
    let slot = place(.thing(.node(first)), [name])
    let other = place(.thing(.node(second)), [name])
    let mine = a.things.filter { $0.tag == .node && nodes[find($0.id)].home == slot }
    let theirs = b.things.filter { $0.tag == .node && nodes[find($0.id)].home == other }
    for thing in theirs { nodes[find(thing.id)].home = slot }
    guard let one = mine.first, let two = theirs.first else { return [] }
    let kind = nodes[find(one.id)].kind
    guard kind == nodes[find(two.id)].kind, kind == .list || kind == .record || kind == .map else { return [] }
    return [(find(one.id), find(two.id))]
  }

  /// The things with nodes that were made one counted once.
  func canonical(_ things: [Thing]) -> [Thing] {
    guard things.contains(where: { $0.tag == .node || $0.tag == .member || $0.tag == .view }) else { return things }
    let mapped = things.flatMap { thing -> [Thing] in
      switch thing.tag {
      case .node: [.node(find(thing.id))]
      case .member:
        // The elements of a selection are the members of what was selected from.
        thing.variant < 0
          ? viewed(thing.id) ?? kindMembers(of: thing.id) ?? [.member(find(thing.id))]
          : [.member(find(thing.id), thing.variant)]
      case .view: [.view(find(thing.id), thing.variant)]
      default: [thing]
      }
    }
    return mapped == things ? things : Array(Set(mapped)).sorted()
  }

  func setField(_ node: Int, _ name: Int, _ value: Value) {
    let node = find(node)
    var value = value
    if let number = value.number, value.things.isEmpty, let symbol = kindSymbol(number) {
      fieldNumbers[FieldKey(node: node, name: name), default: []].insert(symbol)
      if kindFields.contains(name) { value.things = [.string(symbol)] }
    }
    let old = nodes[node].fields[name]
    var joined = old ?? Value()
    joined.join(
      Value(things: canonical(value.things), deps: [], origin: value.origin.subtracting(.fresh), number: value.number))
    if let old, old.things == joined.things, old.origin == joined.origin, old.number == joined.number { return }
    nodes[node].fields[name] = joined
    hasChanged = true
  }

  /// Adds to what a list or map holds; returns the nodes that came to be members.
  func addContent(_ list: Int, _ value: Value) {
    let list = find(list)
    let old = nodes[list].content
    var joined = old
    joined.join(
      Value(things: canonical(value.things).filter { $0 != .node(list) }, origin: value.origin.subtracting(.fresh)))
    if value.things.isEmpty { nodes[list].isNumeric = true }
    for thing in joined.things where thing.tag == .node {
      let member = find(thing.id)
      if !nodes[member].lists.contains(list), nodes[member].lists.count < 32 {
        nodes[member].lists = Value.merge(nodes[member].lists, [list], limit: 32)
        hasChanged = true
      }
    }
    if joined.things != old.things || joined.origin != old.origin {
      nodes[list].content = joined
      hasChanged = true
    }
  }

  // MARK: Frames

  var frame: TraceFrame { frames[current] }

  /// The frame around `id` that holds a binding.
  func holder(of binding: Int, from id: Int) -> TraceFrame? {
    var next = id
    var turns = 0
    while next >= 0, turns < 200 {
      if frames[next].locals[binding] != nil { return frames[next] }
      next = frames[next].parent
      turns += 1
    }
    return nil
  }

  func frameFor(
    function: Int, parent: Int, site: Int, this: Value, arguments: [Value]
  ) -> TraceFrame {
    var key = FrameKey(
      function: function, parent: parent, site: site, this: this.things, arguments: arguments.map(\.things),
      deps: arguments.map(\.deps))
    if let number = frameNumbers[key] { return frames[number] }
    let known = framesOfFunction[function] ?? []
    if known.count >= Self.maximumFramesPerFunction {
      key.deps = []
      key.site = -1
      if let number = frameNumbers[key] { return frames[number] }
      if known.count >= Self.maximumFramesPerFunction * 2 {
        isComplete = false
        return frames[known[known.count - 1]]
      }
    }
    let made = TraceFrame(id: frames.count, function: function, parent: parent)
    made.depth = depth
    frames.append(made)
    frameNumbers[key] = made.id
    framesOfFunction[function, default: []].append(made.id)
    return made
  }

  func turnFrame(of loop: Code, index: Int) -> TraceFrame {
    let key = FrameKey(function: -2 - loop.index, parent: current, site: index, this: [], arguments: [], deps: [])
    if let number = frameNumbers[key] { return frames[number] }
    let made = TraceFrame(id: frames.count, function: frame.function, parent: current, isTurn: true)
    made.this = frame.this
    made.arguments = frame.arguments
    frames.append(made)
    frameNumbers[key] = made.id
    return made
  }

  func addCall(_ callee: Int, site: Int, isDeferred: Bool = false) {
    guard isFinal else { return }
    let edge = CallEdge(caller: current, guardID: guardID, site: site, callee: callee, isDeferred: isDeferred)
    if callSet.insert(edge).inserted { calls.append(edge) }
  }

  // MARK: Rounds

  func run() {
    let units = facts.entryUnits
    while round < Self.maximumRounds {
      round += 1
      hasChanged = false
      runRound(units)
      if !hasChanged || steps > Self.maximumSteps { break }
    }
    if steps > Self.maximumSteps { isComplete = false }
    isFinal = true
    steps = 0
    round += 1
    effects = []
    guards = []
    calls = []
    callSet = []
    runRound(units)
  }

  private func runRound(_ units: [Unit]) {
    refinements = [:]
    guards = []
    pendingEntries = Array(entries.indices)
    for unit in units {
      current = 0
      guardID = -1
      depth = 0
      runTop(unit)
    }
    registerConventional()
    var next = 0
    while next < pendingEntries.count {
      runEntry(pendingEntries[next])
      next += 1
    }
  }

  private func runTop(_ unit: Unit) {
    if unit.kind == .handlerAttribute { return registerAttribute(unit) }
    declare(in: unit.root, region: unit.root)
    hoist(unit.root)
    run(statements: unit.root.list(.body))
  }

  private func registerAttribute(_ unit: Unit) {
    let element = facts.elementKey(of: unit).map { Value.node(elementNode($0)) } ?? .none
    let frame = frameFor(function: unit.root.index, parent: 0, site: -1, this: element, arguments: [])
    let key = EntryKey(function: unit.root.index, frame: frame.id, kind: "event", site: unit.root.index)
    if entryNumbers[key] == nil {
      entryNumbers[key] = entries.count
      pendingEntries.append(entries.count)
      entries.append(
        TraceEntry(
          kind: .event, name: unit.eventName ?? "", frame: frame.id, site: unit.root.index, function: unit.root.index,
          registrar: 0, registrarGuard: -1, target: element))
    }
  }

  /// Notes that the host will call a function.
  func register(
    _ callback: Value, _ kind: TraceEntry.Kind, name: String, site: Code, arguments: [Value], target: Value = .none,
    delay: Value = .none
  ) {
    for thing in callback.things where thing.tag == .node {
      let node = nodes[find(thing.id)]
      guard node.kind == .function else {
        if node.kind == .record, let handle = find("handleEvent"), let method = method(find(thing.id), handle) {
          register(method, kind, name: name, site: site, arguments: arguments, target: target)
        }
        continue
      }
      let bound = node.link >= 0 ? Value(things: [Thing.node(node.link)]) : target
      let isArrow = facts.code(node.site).kind == .arrowFunctionExpression
      let this =
        isArrow ? frames[node.frame].this : boundThis(of: thing) ?? (kind == .event ? bound : Value.none)
      let frame = frameFor(
        function: node.site, parent: node.frame, site: site.index, this: isArrow ? .none : this, arguments: arguments)
      frame.this = this
      let key = EntryKey(function: node.site, frame: frame.id, kind: kind.rawValue + name, site: site.index)
      if let known = entryNumbers[key] {
        if isFinal { entries[known].registrar = current; entries[known].registrarGuard = guardID }
        entries[known].target.join(target)
        addCall(frame.id, site: site.index, isDeferred: true)
        continue
      }
      entryNumbers[key] = entries.count
      pendingEntries.append(entries.count)
      entries.append(
        TraceEntry(
          kind: kind, name: name, frame: frame.id, site: site.index, function: node.site, registrar: current,
          registrarGuard: guardID, target: target, delay: delay))
      frame.arguments = arguments
      hasChanged = true
      addCall(frame.id, site: site.index, isDeferred: true)
    }
  }

  private func runEntry(_ number: Int) {
    let entry = entries[number]
    let frame = frames[entry.frame]
    current = 0
    guardID = -1
    depth = 0
    let code = facts.code(entry.function)
    if code.kind == .program {
      guard frame.round != round else { return }
      frame.round = round
      current = frame.id
      run(statements: code.list(.body))
      current = 0
    } else {
      enter(frame, code, arguments: frame.arguments)
    }
  }

  // MARK: Functions

  /// Goes through the body of a function in a frame, unless that was done in this round.
  @discardableResult
  func enter(_ frame: TraceFrame, _ code: Code, arguments: [Value]) -> Value {
    guard frame.round != round, depth < Self.maximumDepth, steps < Self.maximumSteps else { return frame.result }
    frame.round = round
    let saved = (current, guardID, refinements)
    callers.append((current, guardID))
    defer { callers.removeLast() }
    current = frame.id
    guardID = -1
    depth += 1
    refinements = [:]
    if isFinal { forgetDoubts(of: frame) }
    declare(in: code, region: code)
    bindParameters(code, arguments)
    if let body = code[.body] {
      if body.kind == .blockStatement {
        hoist(body)
        run(statements: body.list(.body))
      } else {
        addResult(evaluate(body))
        if isFinal { returns[frame.id, default: []].append((guardID, body.index)) }
      }
    }
    depth -= 1
    (current, guardID, refinements) = saved
    return frame.result
  }

  /// Keeps what a frame's variables hold and lets go of what earlier rounds, which knew less, made them depend on.
  private func forgetDoubts(of frame: TraceFrame) {
    frame.result = Value()
    for (binding, value) in frame.locals {
      frame.locals[binding] = Value(things: value.things, origin: value.origin.intersection(.null))
    }
  }

  func addResult(_ value: Value) {
    let target = ownerFrame(of: current)
    let old = target.result
    target.result.join(value)
    if old.things != target.result.things { hasChanged = true }
  }

  /// The frame of the function itself when a turn of a loop is under way.
  func ownerFrame(of id: Int) -> TraceFrame {
    var next = frames[id]
    while next.isTurn, next.parent >= 0 { next = frames[next.parent] }
    return next
  }

  func declare(in code: Code, region: Code) {
    let target = frames[current]
    for binding in facts.bindings(in: region) where target.locals[binding] == nil {
      target.locals[binding] = Value()
    }
  }

  private func bindParameters(_ code: Code, _ arguments: [Value]) {
    let parameters = code.list(.params)
    for (index, parameter) in parameters.enumerated() {
      if parameter.kind == .restElement {
        let list = makeNode(.list, site: parameter.index, context: current)
        for value in arguments.dropFirst(index) { addContent(list, value) }
        if let inner = parameter[.argument] { assign(pattern: inner, Value.node(list), isDeclaration: true) }
        continue
      }
      let value = index < arguments.count ? arguments[index] : Value(origin: .undefined)
      assign(pattern: parameter, value, isDeclaration: true)
    }
  }

  /// Makes function declarations known before anything runs.
  func hoist(_ block: Code) {
    for statement in block.list(.body) {
      var declaration: Code? = statement
      if statement.kind == .exportNamedDeclaration || statement.kind == .exportDefaultDeclaration {
        declaration = statement[.declaration]
      }
      guard let function = declaration, function.kind == .functionDeclaration else { continue }
      let value = functionValue(function)
      if let id = function[.id] { declareValue(id, value) }
      if statement.kind == .exportDefaultDeclaration { bindDefaultExport(statement, value) }
    }
  }

  func bindDefaultExport(_ statement: Code, _ value: Value) {
    guard let binding = facts.defaultExport(of: statement) else { return }
    frames[0].locals[binding, default: Value()].join(value)
  }

  func declareValue(_ identifier: Code, _ value: Value) {
    guard let binding = facts.binding(of: identifier) else { return }
    if !value.isBare { assigned.insert(binding) }
    let target = holder(of: binding, from: current) ?? frames[current]
    target.locals[binding, default: Value()].join(value)
  }

  func functionValue(_ code: Code) -> Value {
    let id = makeNode(.function, site: code.index, context: current, frame: current)
    nodes[id].frame = current
    return .node(id)
  }

  // MARK: Notes

  func note(_ effect: Effect) {
    guard isFinal else { return }
    effects.append(effect)
  }

  /// The dependencies of the conditions under which code runs here.
  ///
  /// - Parameter outer: The frame of a variable; the conditions under which the callers between it and here were called
  ///   count as well, as when a callback counts what it is called for.
  func control(upTo outer: Int? = nil) -> Value {
    var result = control(under: guardID)
    guard let outer, outer != current else { return result }
    for caller in callers.reversed().prefix(12) {
      result.depend(on: control(under: caller.guardID))
      if ownerFrame(of: caller.frame).id == outer || caller.frame == outer { break }
    }
    return result
  }

  private func control(under guardID: Int) -> Value {
    var result = Value()
    var next = guardID
    var count = 0
    while next >= 0, next < guards.count, count < 4 {
      if guards[next].kind != .loop {
        result.depend(on: guards[next].value)
        count += 1
      }
      next = guards[next].parent
    }
    return result
  }
}
