import JavaScriptSyntax

/// What one place in the program makes: a record, an array, a function, an element, something of a library.
public struct AbstractObject: Sendable {
  /// Its number.
  public let id: ObjectID
  /// What it is.
  public let kind: ObjectKind
  /// The expression that makes it; `nil` for globals of the host.
  public let site: Code?
  /// For a function, class or instance: the function or class.
  public let definition: Code?
  /// For an element: its position in the document's elements.
  public let element: Int?
  /// For something of the host or a library: its path, such as `three:Mesh#.position`.
  public let path: String?
}

/// A use of a property.
public struct PropertyAccess: Sendable {
  /// How a property is used.
  public enum Kind: String, Hashable, Sendable {
    /// Its value is read.
    case read
    /// It is given a value by an assignment.
    case write
    /// It is given a value that depends on the old one: `+=`, `++`.
    case readWrite
    /// An object literal or class gives the first value.
    case initial
    /// A pattern reads it.
    case pattern
  }

  /// How it is used.
  public let kind: Kind
  /// The member expression, or the property of a literal, class or pattern.
  public let code: Code
  /// The name of the property.
  public let name: String

  /// The expression whose property is used; `nil` for literals and patterns.
  public var object: Code? { code.kind == .memberExpression ? code[.object] : nil }
  /// Whether the property gets a value here.
  public var isWrite: Bool { kind == .write || kind == .readWrite || kind == .initial }
  /// Whether the property's value is used here.
  public var isRead: Bool { kind == .read || kind == .readWrite || kind == .pattern }

  /// The write, for accesses that are one.
  public var write: Write? {
    guard let parent = code.parent else { return nil }
    switch (kind, parent.kind) {
    case (.initial, _): return Write(kind: .initializer, target: code, value: code[.value], site: code)
    case (_, .assignmentExpression): return Write(kind: .assignment, target: code, value: parent[.right], site: parent)
    case (_, .updateExpression): return Write(kind: .update, target: code, value: nil, site: parent)
    case (.write, _):
      let (site, value) = patternSource(of: code)
      return Write(kind: .destructuring, target: code, value: value, site: site)
    default: return nil
    }
  }
}

/// Where records of one kind live together: a variable or property that holds an array, map or set of them.
public struct Population: Sendable {
  /// The position among the program's populations.
  public let id: Int
  /// The arrays, maps and sets, filtered copies included.
  public let collections: [ObjectID]
  /// The records in them: literals, instances, things of libraries.
  public let records: [ObjectID]
  /// The variables that hold the collections, outermost first.
  public let bindings: [BindingID]
  /// The properties that hold the collections, as names.
  public let properties: [String]
  /// A name to call it by: the first variable's or property's.
  public let name: String
}

extension ProgramModel {
  // MARK: Objects

  /// An abstract object.
  public func object(_ id: ObjectID) -> AbstractObject {
    let stored = solver.objects[id.index]
    let isElement = stored.kind == .element
    var definition: Code?
    switch stored.kind {
    case .function, .class: definition = facts.code(stored.info)
    case .instance: definition = facts.code(solver.objects[Int(stored.info)].info)
    default: break
    }
    return AbstractObject(
      id: id, kind: stored.kind,
      site: stored.site == .max || isElement || stored.site >= UInt32(facts.totalNodes) ? nil : facts.code(stored.site),
      definition: definition, element: isElement ? Int(stored.info) : nil,
      path: stored.kind == .external ? facts.name(stored.info) : nil)
  }

  /// The objects that an expression can hold, by number; empty for numbers and strings and for code that does not run.
  public func objects(of code: Code) -> [ObjectID] {
    guard let cell = solver.existingCell(code) else { return [] }
    return solver.objects(in: cell).sorted().map { ObjectID($0) }
  }

  /// The objects that a binding can hold.
  public func objects(of binding: BindingID) -> [ObjectID] {
    solver.objects(in: solver.cell(binding: binding.index)).sorted().map { ObjectID($0) }
  }

  /// The objects that a property of an object can hold, inherited ones left out.
  public func objects(in property: String, of object: ObjectID) -> [ObjectID] {
    guard let symbol = facts.findSymbol(property),
      let cell = solver.existingField(UInt32(object.index), symbol)
    else { return [] }
    return solver.objects(in: cell).sorted().map { ObjectID($0) }
  }

  /// What an array, map or set holds, or all that an object's properties hold.
  public func contents(of object: ObjectID) -> [ObjectID] {
    var result: Set<UInt32> = []
    let known = solver.known
    for symbol in solver.objectFields.array(object.index) where symbol != known.keys && symbol != known.prototype {
      guard let cell = solver.existingField(UInt32(object.index), symbol) else { continue }
      result.formUnion(solver.objects(in: cell))
    }
    return result.sorted().map { ObjectID($0) }
  }

  /// The names of the properties that an object is known to have.
  public func properties(of object: ObjectID) -> [String] {
    solver.objectFields.array(object.index).map { facts.name($0) }.filter { $0 != "*" && $0 != "*keys*" }.sorted()
  }

  /// The functions that an expression can hold, in the order of the text.
  public func functions(of code: Code) -> [Code] {
    objects(of: code).map { object($0) }.filter { $0.kind == .function }.compactMap { $0.definition }.sorted()
  }

  /// The paths of what an expression can hold of the host and of libraries, such as `CanvasRenderingContext2D`.
  public func paths(of code: Code) -> [String] { Array(Set(objects(of: code).compactMap { object($0).path })).sorted() }

  /// The path under which a call's callee is known to the host or a library: `Math.sin`, `three:Mesh`; each that is possible.
  public func calleePaths(of call: Code) -> [String] {
    guard let callee = call[.callee]?.unwrapped ?? call[.tag]?.unwrapped else { return [] }
    if let path = solver.evaluator.hostPath(of: callee), Libraries.globals[String(path.prefix { $0 != "." })] == nil {
      return [path]
    }
    guard callee.kind == .memberExpression, let object = callee[.object],
      let symbol = facts.keySymbol(of: callee.node, in: callee.unit)
    else { return paths(of: callee) }
    let name = facts.name(symbol)
    let found = objects(of: object).compactMap { id -> String? in
      let stored = self.object(id)
      if stored.kind == .element { return "Element." + name }
      return stored.path.map { $0 == "window" ? name : Libraries.join($0, name) }
    }
    return Array(Set(found)).sorted()
  }

  /// The elements of the document that an expression can denote.
  public func elements(of code: Code) -> [Int] {
    objects(of: code).compactMap { object($0).element }.sorted()
  }

  // MARK: Bindings

  /// The binding that an identifier stands for, imports followed.
  public func binding(of code: Code) -> Binding? {
    facts.binding(of: code.node, in: code.unit).map { facts.bindings[$0] }
  }

  /// A binding by number.
  public func binding(_ id: BindingID) -> Binding { facts.bindings[id.index] }

  /// All bindings.
  public var bindings: [Binding] { facts.bindings }

  /// Where a binding's value is read, in the order of the text.
  public func reads(of binding: BindingID) -> [Code] {
    facts.reads[facts.canonical(binding.index)].map { facts.code($0.node) }.sorted()
  }

  /// Where a binding gets its values, in the order of the text.
  public func writes(of binding: BindingID) -> [Write] {
    facts.writes[facts.canonical(binding.index)]
      .map { write in
        Write(
          kind: write.kind, target: facts.code(write.target),
          value: write.value == .max ? nil : facts.code(write.value),
          site: facts.code(write.site))
      }
      .sorted { $0.target < $1.target }
  }

  // MARK: Properties

  /// Every use of a property name in running code, in the order of the text.
  public func accesses(to property: String) -> [PropertyAccess] {
    guard let symbol = facts.findSymbol(property) else { return [] }
    return facts.accesses[Int(symbol)].filter { solver.isLive($0.node) }.map { access in
      PropertyAccess(kind: kind(access.kind), code: facts.code(access.node), name: property)
    }
  }

  private func kind(_ stored: StoredAccess.Kind) -> PropertyAccess.Kind {
    switch stored {
    case .read: .read
    case .write: .write
    case .readWrite: .readWrite
    case .initial: .initial
    case .pattern: .pattern
    }
  }

  /// Every use in running code of a property of any of several objects; uses on expressions that hold none of them are left out.
  public func accesses(to property: String, of records: some Collection<ObjectID>) -> [PropertyAccess] {
    let wanted = Set(records.map { UInt32($0.index) })
    return accesses(to: property).filter { access in
      holders(of: access).contains { wanted.contains($0) }
    }
  }

  /// The objects whose property an access uses.
  public func objects(of access: PropertyAccess) -> [ObjectID] { holders(of: access).sorted().map { ObjectID($0) } }

  private func holders(of access: PropertyAccess) -> [UInt32] {
    if let object = access.object { return solver.existingCell(object).map { solver.objects(in: $0) } ?? [] }
    guard let parent = access.code.parent else { return [] }
    switch parent.kind {
    case .objectExpression: return solver.existingCell(parent).map { solver.objects(in: $0) } ?? []
    case .objectPattern:
      let (site, value) = patternSource(of: access.code)
      guard let value, let cell = solver.existingCell(value) else { return [] }
      let isNested = parent.parent != site && parent.parent?.kind != .variableDeclarator
      if isNested { return [] }
      let found = solver.objects(in: cell)
      let isLoop = site.kind == .forOfStatement || access.code.isInForOf
      return isLoop ? found.flatMap { contents(of: ObjectID($0)).map { UInt32($0.index) } } : found
    case .classBody:
      guard let owner = parent.parent, let cell = solver.existingExtra(.this, of: UInt32(owner.index)) else {
        return []
      }
      return solver.objects(in: cell)
    default: return []
    }
  }

  /// The name of the property that a member expression or property is about; `nil` when it is computed and not constant.
  public func propertyName(of code: Code) -> String? {
    facts.keySymbol(of: code.node, in: code.unit).map { facts.name($0) }
  }

  // MARK: Populations

  /// The places where records of one kind live together, in the order of the first of their collections.
  public var populations: [Population] {
    if let known = cache.populations { return known }
    let found = PopulationFinder(program: self).find()
    cache.populations = found
    return found
  }
}
