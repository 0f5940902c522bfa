import JavaScriptSyntax
import Program

/// The bodies of a reference table as a program knows them: its tables, what stands for one body where, and what depends on them.
final class Orrery: SharedAnalysis {
  /// A stretch of code in which some bindings stand for the figures of one body after the other.
  struct Group {
    var scope: Code
    /// What the bindings stand for, by the position of the body in the reference.
    var rows: [Int: [BindingID: Constant]]
  }

  let program: ProgramModel
  let reference: ReferenceTable?
  let sunWords: Set<String>
  /// How many bodies of the reference the best table names.
  private(set) var matched = 0
  /// Where they are named.
  private(set) var site: Code?
  private(set) var groups: [Group] = []
  /// The records of bodies.
  private(set) var bodies: Set<ObjectID> = []
  private(set) var bodyBindings: Set<BindingID> = []
  /// The numbers of every table, by column, then by the position of the body in the reference.
  private(set) var columns: [(name: String, values: [Int: Double], site: Code)] = []
  /// The records of bodies, as far as they are constant.
  private(set) var records: [Constant] = []
  /// Bodies that code takes out of their table before anything is drawn.
  private var takenBodies: Set<Int> = []
  /// The variables that are called as bodies and hold what stands for them.
  private(set) var named: [BindingID: Int] = [:]
  /// Arrays that hold one figure for each body.
  private(set) var parallels: Set<ObjectID> = []
  /// Whether a table has a record for the sun.
  private(set) var hasSunRecord = false
  private var aliases: [String: Int] = [:]
  private(set) lazy var nodes: [Code] = program.reachableRegions.flatMap { region in
    var found: [Code] = []
    region.forEachInRegion { if program.isReachable($0) { found.append($0) } }
    return found
  }
  private(set) lazy var loopRegions: Set<Int> = {
    var result: Set<Int> = []
    for callback in program.callbacks
    where (callback.kind == .frame || callback.kind == .interval) && callback.repeats || callback.event == "draw" {
      for region in program.functionsReached(from: callback.function) { result.insert(region.index) }
    }
    return result
  }()
  /// The code that makes what the page shows from its state, again and again.
  private(set) lazy var renderRegions: Set<Int> = {
    var result: Set<Int> = []
    for callback in program.callbacks where callback.kind == .component {
      for region in program.functionsReached(from: callback.function) { result.insert(region.index) }
    }
    for region in program.reachableRegions where region.kind.isFunction && !result.contains(region.index) {
      guard program.callers(of: region).contains(where: { $0.kind == .jsxElement }) else { continue }
      for inner in program.functionsReached(from: region) { result.insert(inner.index) }
    }
    return result
  }()
  /// What values depend on through what happens in each frame or rendering.
  private(set) lazy var live: PartialFlow = program.flow(within: loopRegions.union(renderRegions))
  private(set) lazy var advances: [StateLocation: [Write]] = findAdvances()
  private(set) lazy var outputs: [Code] = findOutputs()
  private(set) lazy var outputSet: Set<Code> = Set(outputs)
  /// The places whose values reach the picture.
  private(set) lazy var shownPlaces: Set<StateLocation> =
    live.dependencies(of: outputs.reduce(into: []) { $0.formUnion(program.directDependencies(of: $1)) }).locations
  private(set) lazy var constructions: [Code] = nodes.filter { $0.kind == .newExpression }
  /// What makes shapes and things of shapes: constructions, and the calls that give points to a shape.
  private(set) lazy var shapings: [Code] =
    constructions + nodes.filter { ["setFromPoints", "getPoints", "getSpacedPoints"].contains($0.calledName) }
  private(set) lazy var additions: [Code] = nodes.filter {
    ["add", "attach", "addChild"].contains($0.calledName)
  }
  /// Everything that handlers change.
  private(set) lazy var changedPlaces: Set<StateLocation> = handlers.reduce(into: []) { all, handler in
    for change in changes(by: handler.function) { all.formUnion(change.places) }
  }
  /// The names of the columns of figures.
  private(set) lazy var columnNames: Set<String> = Set(columns.map { $0.name }).subtracting(["*"])
  private(set) lazy var carriers: Set<ObjectID> = findCarriers()
  private(set) lazy var counters: Set<BindingID> = findCounters()
  private(set) lazy var placedElements: Set<Int> = findPlacedElements()
  /// The state of the view: what dragging and the wheel change, and what follows it.
  private(set) lazy var viewPlaces: Set<StateLocation> = findViewPlaces()
  private(set) lazy var attributes: [AttributeValue] = findAttributes()
  private(set) lazy var setters: Set<Int> = findSetters()
  /// Records that are about the sun alone.
  private(set) lazy var sunObjects: Set<ObjectID> = Set(
    nodes.filter { node in
      node.kind == .objectExpression && texts(of: program.constant(of: node)).prefix(4).contains { isSun($0) }
    }.flatMap { program.objects(of: $0) })
  private(set) lazy var offCentre: Set<ObjectID> = findOffCentre()
  private(set) lazy var turns: [Orbits.Turn] = Orbits.turns(self)
  private(set) lazy var handlerRegions: Set<Int> = {
    var result: Set<Int> = []
    for callback in handlers {
      for region in program.functionsReached(from: callback.function) { result.insert(region.index) }
    }
    return result
  }()
  private(set) lazy var handlers: [HostCallback] = program.callbacks.filter { $0.kind == .event }
  private lazy var removals: [CollectionUse] = program.collectionUses.filter { $0.kind == .remove || $0.kind == .clear }
  private var slices: [Code: Set<StateLocation>] = [:]
  var changesOfFunction: [Code: [Change]] = [:]
  let view: PageView
  /// The text of all style sheets.
  private(set) lazy var styleText = joinedStyles()

  init(_ scene: Scene) {
    program = scene.program
    view = scene.shared(PageView.self)
    reference = scene.hints.table(of: "planets")
    sunWords = Set(scene.hints.words["sun"] ?? ["sun"])
    guard let reference else { return }
    for (number, record) in reference.records.enumerated() {
      for name in [record.name] + record.aliases { aliases[name] = number }
    }
    readTables()
    guard matched > 0 || !program.bindings.isEmpty else { return }
    readVisits()
    readParameters()
    readIndexed()
    readKeys()
    readNamed()
    readInstances()
    propagate()
  }

  // MARK: Tables

  private func words(_ text: String) -> [String] {
    text.utf8.count > 40
      ? [] : text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  func body(called text: String) -> Int? {
    let parts = words(text)
    guard parts.count <= 3 else { return nil }
    return parts.lazy.compactMap { self.aliases[$0] }.first
  }

  func isSunWord(_ word: String) -> Bool { sunWords.contains(word) }

  private func isSun(_ text: String) -> Bool {
    words(text).count <= 2 && words(text).contains { sunWords.contains($0) }
  }

  private func texts(of record: Constant) -> [String] {
    if let text = record.string { return [text] }
    return (record.object?.values ?? record.array ?? []).prefix(40).compactMap { $0.string }
  }

  /// The body of the reference that a record is about.
  private func body(of record: Constant) -> Int? { texts(of: record).lazy.compactMap { self.body(called: $0) }.first }

  private func readTables() {
    for table in program.constantTables(minimum: 3) {
      var rows: [Int: Constant] = [:]
      let gone = takenOut(of: table.code, table.records.count)
      for (number, record) in table.records.enumerated() {
        let name = table.names.flatMap { $0.indices.contains(number) ? $0[number] : nil }
        if gone.contains(number) {
          if let body = name.flatMap({ body(called: $0) }) ?? body(of: record) { takenBodies.insert(body) }
        } else if let body = name.flatMap({ body(called: $0) }) ?? body(of: record) {
          if rows[body] == nil { rows[body] = record }
        } else if name.map({ isSun($0) }) ?? false || texts(of: record).first.map({ isSun($0) }) ?? false {
          hasSunRecord = true
        }
      }
      guard rows.count >= 3 else { continue }
      note(rows.count, table.code)
      records += rows.sorted { $0.key < $1.key }.map { $0.value }
      for object in program.objects(of: table.code) { bodies.formUnion(program.contents(of: object)) }
      for column in table.columns { addColumn(column, rows, table.code) }
    }
  }

  /// The positions of a table's records that code takes out before anything is drawn.
  private func takenOut(of table: Code, _ count: Int) -> Set<Int> {
    guard table.kind == .arrayExpression else { return [] }
    let own = Set(program.objects(of: table))
    var left = Array(0..<count)
    for use in removals where use.code.region.kind == .program {
      guard !own.isDisjoint(with: program.objects(of: use.collection)) else { continue }
      let arguments = use.code.list(.arguments).map { program.constant(of: $0).number }
      switch use.code.calledName {
      case "pop": _ = left.popLast()
      case "shift": if !left.isEmpty { left.removeFirst() }
      case "splice":
        guard let first = arguments.first, let start = first, abs(start) < 1_000, arguments.count <= 2 else { continue }
        let from = min(left.count, start < 0 ? max(0, left.count + Int(start)) : Int(start))
        let number = arguments.count == 2 ? Int(min(1_000, max(0, (arguments[1] ?? 0)))) : left.count
        left.removeSubrange(from..<min(left.count, from + number))
      default:
        guard use.code.kind == .assignmentExpression,
          let length = use.code[.right].flatMap({ program.constant(of: $0).number }),
          length >= 0, length < Double(left.count)
        else { continue }
        left = Array(left.prefix(Int(length)))
      }
    }
    return Set(0..<count).subtracting(left)
  }

  private func note(_ count: Int, _ code: Code) {
    if count > matched { (matched, site) = (count, code) }
  }

  private func addColumn(_ name: String, _ rows: [Int: Constant], _ site: Code) {
    var values: [Int: Double] = [:]
    for (number, record) in rows {
      let value =
        record.object?[name]
        ?? Int(name).flatMap { index in
          record.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
      if let figure = value?.number { values[number] = figure }
    }
    if values.count >= 3 { columns.append((name, values, site)) }
  }

  // MARK: What stands for a body

  private func readVisits() {
    for use in program.collectionUses where use.kind == .visit {
      guard let element = use.element, let scope = use.body, let records = program.records(of: use.collection) else {
        continue
      }
      var rows: [Int: [BindingID: Constant]] = [:]
      for record in records.prefix(64) {
        guard let body = body(of: record), rows[body] == nil, !takenBodies.contains(body) else { continue }
        rows[body] = program.takeApart(element, record)
      }
      guard rows.count >= 3 else { continue }
      note(rows.count, use.collection)
      for object in program.objects(of: use.collection) { bodies.formUnion(program.contents(of: object)) }
      groups.append(Group(scope: scope, rows: rows))
    }
  }

  private func readParameters() {
    var parameters: [Int: [(Binding, [Constant])]] = [:]
    for binding in program.bindings where binding.kind == .parameter {
      guard let declaration = binding.declarations.first, let function = declaration.enclosingFunction,
        program.isReachable(function), let values = program.possibleConstants(of: binding.id), values.count >= 3
      else { continue }
      parameters[function.index, default: []].append((binding, values))
    }
    for (_, list) in parameters.sorted(by: { $0.key < $1.key }) {
      guard let key = list.first(where: { Set($0.1.compactMap { body(of: $0) }).count >= 3 }),
        let function = key.0.declarations.first?.enclosingFunction
      else { continue }
      var rows: [Int: [BindingID: Constant]] = [:]
      for (number, record) in key.1.enumerated() {
        guard let body = body(of: record), rows[body] == nil, !takenBodies.contains(body) else { continue }
        for (binding, values) in list where values.count == key.1.count {
          rows[body, default: [:]][binding.id] = values[number]
        }
      }
      note(rows.count, function)
      if key.1.allSatisfy({ $0.string != nil }) { for (binding, _) in list { bodyBindings.insert(binding.id) } }
      for (binding, _) in list {
        bodies.formUnion(program.objects(of: binding.id).filter { isRecord($0) && key.0.id == binding.id })
      }
      groups.append(Group(scope: function, rows: rows))
      for (binding, values) in list where values.count == key.1.count && values.allSatisfy({ $0.number != nil }) {
        addColumn("0", rows.mapValues { .array([$0[binding.id] ?? .unknown]) }, function)
      }
    }
  }

  /// Tables that a variable goes through by number: `radii[i]`, `PLANETS[index].period`.
  private func readIndexed() {
    var order: [Int: Int]?
    var tables: [ObjectID: [Int: Int]] = [:]
    for table in nameLists {
      var positions: [Int: Int] = [:]
      for (position, record) in table.records.enumerated() {
        if let body = body(of: record), positions[body] == nil { positions[body] = position }
      }
      guard positions.count >= 3 else { continue }
      if order == nil || positions.count > order?.count ?? 0 { order = positions }
      for object in program.objects(of: table.code) { tables[object] = positions }
      note(positions.count, table.code)
    }
    guard let order else { return }
    let length = (order.values.max() ?? 0) + 1
    var seen: Set<BindingID> = []
    for unit in program.units {
      for index in unit.tree.nodes.indices where unit.tree.nodes[index].kind == .memberExpression {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        guard code.flags.contains(.computed), program.isReachable(code), let key = code[.property]?.unwrapped,
          key.kind == .identifier, let binding = program.binding(of: key), !program.constant(of: key).isKnown,
          let owner = code[.object], let records = program.records(of: owner), records.count >= length
        else { continue }
        let objects = program.objects(of: owner)
        let own = objects.lazy.compactMap { tables[$0] }.first
        guard own != nil || records.allSatisfy({ $0.number != nil }) else { continue }
        if own == nil {
          for object in objects where parallels.insert(object).inserted {
            bodies.insert(object)
            let values = order.compactMapValues { records[$0].number }
            if values.count >= 3 { columns.append(("*", values, owner)) }
          }
        }
        guard seen.insert(binding.id).inserted, let declaration = binding.declarations.first else { continue }
        let scope = declaration.enclosingFunction ?? declaration.unit.root
        groups.append(
          Group(scope: scope, rows: (own ?? order).mapValues { [binding.id: .number(Double($0))] }))
      }
    }
  }

  /// Loops over the names of an object that has a record for each body: `for (const name in planets)`.
  private func readKeys() {
    for unit in program.units {
      for index in unit.tree.nodes.indices where unit.tree.nodes[index].kind == .forInStatement {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        guard program.isReachable(code), let left = code[.left], let right = code[.right], let body = code[.body],
          let table = program.constant(of: right).object
        else { continue }
        let pattern = left.kind == .variableDeclaration ? left.list(.declarations).first?[.id] ?? left : left
        var rows: [Int: [BindingID: Constant]] = [:]
        for name in table.names {
          guard let number = self.body(called: name), rows[number] == nil else { continue }
          rows[number] = program.takeApart(pattern, .string(name))
        }
        guard rows.count >= 3 else { continue }
        note(rows.count, right)
        groups.append(Group(scope: body, rows: rows))
      }
    }
  }

  /// Bodies that have no name but that of their variable: `const mars = makePlanet(4, 78)`.
  private func readNamed() {
    guard matched < 3 else { return }
    var calls: [Int: [(body: Int, call: Code, callee: Code)]] = [:]
    for binding in program.bindings where binding.kind == .const || binding.kind == .let || binding.kind == .var {
      guard let body = body(called: binding.name), let value = program.writes(of: binding.id).first?.value?.unwrapped,
        [.callExpression, .newExpression].contains(value.kind), program.isReachable(value),
        let callee = program.callees(of: value).first
      else { continue }
      named[binding.id] = body
      calls[callee.index, default: []].append((body, value, callee))
    }
    for (_, made) in calls.sorted(by: { $0.key < $1.key }) where made.count >= 3 {
      var rows: [Int: [BindingID: Constant]] = [:]
      for (body, call, callee) in made where rows[body] == nil {
        var row: [BindingID: Constant] = [:]
        for (parameter, argument) in zip(callee.list(.params), call.list(.arguments)) {
          for (binding, value) in program.takeApart(parameter, program.constant(of: argument)) { row[binding] = value }
        }
        rows[body] = row
      }
      note(rows.count, made[0].callee)
      for binding in Set(rows.values.flatMap { $0.keys }) { bodyBindings.insert(binding) }
      groups.append(Group(scope: made[0].callee, rows: rows))
    }
  }

  /// Instances that are made one for each body: in their methods, `this` stands for one after the other.
  private func readInstances() {
    for group in groups.prefix(40) {
      for node in group.scope.descendants where node.kind == .newExpression && program.isReachable(node) {
        guard let instance = program.objects(of: node).first(where: { program.object($0).kind == .instance }),
          let scope = program.object(instance).definition?[.body], !groups.contains(where: { $0.scope == scope })
        else { continue }
        var rows: [Int: [BindingID: Constant]] = [:]
        for (number, bindings) in group.rows {
          guard
            let argument = node.list(.arguments).lazy.compactMap({ self.program.evaluate($0, bindings).object }).first
          else { continue }
          var members = ConstantObject()
          for (name, value) in zip(argument.names, argument.values) where !isSet(name, of: instance) {
            members[name] = value
          }
          if let made = program.evaluate(node, bindings).object {
            for (name, value) in zip(made.names, made.values) where value.isKnown { members[name] = value }
          } else {
            // A record that the instance keeps is read through it.
            for name in program.properties(of: instance)
            where program.objects(in: name, of: instance).contains(where: { bodies.contains($0) }) {
              members[name] = .object(argument)
            }
          }
          rows[number] = [.this: .object(members)]
        }
        guard rows.count >= 3 else { continue }
        groups.append(Group(scope: scope, rows: rows))
      }
    }
  }

  private func isSet(_ name: String, of instance: ObjectID) -> Bool {
    program.writes(of: .property(instance, name)).contains { $0.kind == .assignment || $0.kind == .update }
  }

  /// The body whose variable an expression begins with.
  func namedBody(_ code: Code) -> Int? {
    var current = code.unwrapped
    while current.kind == .memberExpression, let inner = current[.object]?.unwrapped { current = inner }
    return program.binding(of: current).flatMap { named[$0.id] }
  }

  /// Functions and components that are given what stands for one body after the other.
  private func propagate() {
    var index = 0
    while index < groups.count, groups.count < 120 {
      let group = groups[index]
      index += 1
      for node in group.scope.descendants where [.callExpression, .newExpression, .jsxElement].contains(node.kind) {
        guard program.isReachable(node) else { continue }
        for callee in program.callees(of: node) where !group.scope.contains(callee) || callee.parent != node {
          addGroup(of: callee, calledAt: node, from: group)
        }
      }
    }
  }

  private func addGroup(of callee: Code, calledAt node: Code, from group: Group) {
    let parameters = callee.list(.params)
    guard !parameters.isEmpty, parameters.count <= 24 else { return }
    var rows: [Int: [BindingID: Constant]] = [:]
    for (number, bindings) in group.rows {
      var given: [Constant] = []
      if node.kind == .jsxElement {
        var properties = ConstantObject()
        for attribute in node[.openingElement]?.list(.attributes) ?? [] {
          guard let name = attribute[.name]?.name else {
            if let spread = attribute[.argument], let object = program.evaluate(spread, bindings).object {
              for (name, value) in zip(object.names, object.values) { properties[name] = value }
            }
            continue
          }
          properties[name] = expression(of: attribute).map { program.evaluate($0, bindings) } ?? .bool(true)
        }
        given = [.object(properties)]
      } else {
        for argument in node.list(.arguments) {
          if argument.kind == .spreadElement { break }
          given.append(program.evaluate(argument, bindings))
        }
      }
      var known: [BindingID: Constant] = [:]
      for (position, value) in given.enumerated() where parameters.indices.contains(position) && value.isKnown {
        for (binding, part) in program.takeApart(parameters[position], value) where part.isKnown {
          known[binding] = part
        }
      }
      rows[number] = known
    }
    let varied = Set(rows.values.flatMap { $0.keys }).filter { binding in
      Set(rows.values.compactMap { $0[binding] }).count > 1
    }
    guard rows.count >= 3, !varied.isEmpty,
      !groups.contains(where: { known in
        known.scope == callee && varied.allSatisfy { binding in known.rows.values.contains { $0[binding] != nil } }
      })
    else { return }
    for binding in varied {
      if rows.values.allSatisfy({ $0[binding]?.object == nil }) { bodyBindings.insert(binding) }
    }
    groups.append(Group(scope: callee, rows: rows))
  }

  /// Lists that name bodies, as records or as bare names.
  private var nameLists: [(code: Code, records: [Constant])] {
    var result: [(code: Code, records: [Constant])] = []
    for unit in program.units {
      for index in unit.tree.nodes.indices where unit.tree.nodes[index].kind == .arrayExpression {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        guard program.isReachable(code), unit.tree.list(code.node, .elements).count >= 3,
          let records = program.constant(of: code).array, records.filter({ body(of: $0) != nil }).count >= 3
        else { continue }
        result.append((code, records))
      }
    }
    return result
  }

  private func isRecord(_ id: ObjectID) -> Bool {
    let kind = program.object(id).kind
    return kind == .literal || kind == .instance || kind == .array
  }

  // MARK: What depends on bodies

  func slice(_ code: Code) -> Set<StateLocation> {
    if let known = slices[code] { return known }
    let made = program.dependencies(of: code).locations
    slices[code] = made
    return made
  }

  func isOfBody(_ location: StateLocation) -> Bool {
    switch location {
    case .property(let object, let name):
      bodies.contains(object) || columnNames.contains(name) && carriers.contains(object)
    case .binding(let binding): bodyBindings.contains(binding)
    default: false
    }
  }

  /// Whether an expression's value follows from the figures of bodies.
  func dependsOnBody(_ code: Code) -> Bool { slice(code).contains { isOfBody($0) } }

  func isInLoop(_ code: Code) -> Bool { loopRegions.contains(code.region.index) }

  /// Whether code runs again and again while the page is open.
  func isLive(_ code: Code) -> Bool {
    loopRegions.contains(code.region.index) || renderRegions.contains(code.region.index)
  }
}

extension Code {
  /// The last name of what a call or construction calls.
  var calledName: String {
    guard kind == .callExpression || kind == .newExpression, let callee = self[.callee]?.unwrapped else { return "" }
    return callee.kind == .memberExpression ? callee[.property]?.name ?? "" : callee.originalName
  }

  /// Whether a sine or cosine is taken in it.
  var takesSine: Bool {
    descendants.contains { ["cos", "sin"].contains($0.calledName) }
  }
}

extension Orrery {
  /// The bodies whose names an expression gives, one after the other.
  func names(of code: Code) -> Set<Int> {
    var result: Set<Int> = []
    guard [.identifier, .memberExpression, .templateLiteral, .callExpression].contains(code.kind) else { return result }
    for group in groups where group.scope.contains(code) {
      for (number, bindings) in group.rows {
        if let text = program.evaluate(code, bindings).string, body(called: text) == number { result.insert(number) }
      }
    }
    if result.isEmpty, code.kind == .memberExpression, let name = program.propertyName(of: code),
      let owner = code[.object],
      program.objects(of: owner).contains(where: { bodies.contains($0) })
    {
      for record in records {
        if let text = record.object?[name]?.string, let number = body(called: text) { result.insert(number) }
      }
    }
    if result.isEmpty, code.kind == .memberExpression, let name = program.propertyName(of: code),
      let owner = code[.object],
      !program.objects(of: owner).isEmpty
    {
      for access in program.accesses(to: name, of: program.objects(of: owner)) where access.kind == .initial {
        if let text = access.code[.value].flatMap({ program.constant(of: $0).string }), let number = body(called: text)
        {
          result.insert(number)
        }
      }
    }
    return result
  }
}
