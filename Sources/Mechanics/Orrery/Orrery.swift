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
  private(set) lazy var handlerRegions: Set<Int> = {
    var result: Set<Int> = []
    for callback in handlers {
      for region in program.functionsReached(from: callback.function) { result.insert(region.index) }
    }
    return result
  }()
  private(set) lazy var handlers: [HostCallback] = program.callbacks.filter { $0.kind == .event }
  private var slices: [Code: Set<StateLocation>] = [:]

  init(_ scene: Scene) {
    program = scene.program
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
      for (number, record) in table.records.enumerated() {
        let name = table.names.flatMap { $0.indices.contains(number) ? $0[number] : nil }
        if let body = name.flatMap({ body(called: $0) }) ?? body(of: record) {
          if rows[body] == nil { rows[body] = record }
        } else if name.map({ isSun($0) }) ?? false || texts(of: record).first.map({ isSun($0) }) ?? false {
          hasSunRecord = true
        }
      }
      guard rows.count >= 3 else { continue }
      note(rows.count, table.code)
      for object in program.objects(of: table.code) { bodies.formUnion(program.contents(of: object)) }
      for column in table.columns { addColumn(column, rows, table.code) }
    }
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
        guard let body = body(of: record), rows[body] == nil else { continue }
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
        guard let body = body(of: record), rows[body] == nil else { continue }
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
    case .property(let object, _): bodies.contains(object)
    case .binding(let binding): bodyBindings.contains(binding)
    default: false
    }
  }

  /// Whether an expression's value follows from the figures of bodies.
  func dependsOnBody(_ code: Code) -> Bool { slice(code).contains { isOfBody($0) } }

  func isInLoop(_ code: Code) -> Bool { loopRegions.contains(code.region.index) }

  // MARK: Figures

  /// The figures that an expression has for the bodies, up to a common factor; several when there are several modes.
  func figures(of code: Code, depth: Int = 0) -> [[Int: Double]] {
    let code = code.unwrapped
    var result: [[Int: Double]] = []
    for group in groups where group.scope.contains(code) {
      if let found = figures(of: code, in: group) { result.append(found) }
    }
    if !result.isEmpty || depth >= 5 { return Array(result.prefix(6)) }
    if code.kind == .memberExpression, let name = program.propertyName(of: code), let owner = code[.object],
      let column = columns.first(where: { $0.name == name }),
      program.objects(of: owner).contains(where: { bodies.contains($0) })
    {
      let base = column.values.sorted { $0.key < $1.key }.first?.value ?? 1
      return base == 0 ? [] : [column.values.mapValues { $0 / base }]
    }
    for next in sources(of: code).prefix(6) { result += figures(of: next, depth: depth + 1) }
    return Array(result.prefix(6))
  }

  private func figures(of code: Code, in group: Group) -> [Int: Double]? {
    var first: Constant?
    var result: [Int: Double] = [:]
    for (number, bindings) in group.rows.sorted(by: { $0.key < $1.key }) {
      let value = program.evaluate(code, bindings)
      guard let base = first ?? (value.magnitude == nil || value.magnitude == 0 ? nil : value) else { return nil }
      first = base
      guard let ratio = value.ratio(to: base), ratio.isFinite else { return nil }
      result[number] = ratio
    }
    guard result.count >= 3, Set(result.values).count > 1 else { return nil }
    return result
  }

  /// Where the value of an expression comes from when it cannot be worked out itself.
  private func sources(of code: Code) -> [Code] {
    switch code.kind {
    case .identifier:
      guard let binding = program.binding(of: code) else { return [] }
      return program.writes(of: binding.id).compactMap { $0.value }
    case .memberExpression:
      guard let name = program.propertyName(of: code), let owner = code[.object] else { return [] }
      return program.accesses(to: name, of: program.objects(of: owner)).compactMap { $0.write?.value }
    case .callExpression:
      let returned = program.callees(of: code).flatMap { function -> [Code] in
        if let body = function[.body], body.kind != .blockStatement { return [body] }
        var found: [Code] = []
        function.forEachInRegion { if $0.kind == .returnStatement, let value = $0[.argument] { found.append(value) } }
        return found
      }
      return returned.filter { dependsOnBody($0) } + code.list(.arguments).filter { dependsOnBody($0) }
    case .binaryExpression, .conditionalExpression, .logicalExpression, .arrayExpression, .unaryExpression:
      return code.children.filter { dependsOnBody($0) }
    default: return []
    }
  }

  func evidence(_ code: Code, _ says: String) -> Evidence { Evidence(file: code.file, span: code.span, says: says) }
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
