import JavaScriptSyntax

/// Groups collections into populations: collections that one variable or property holds belong together, except that a view
/// (what `filter` makes) joins every group that holds it without tying them together.
struct PopulationFinder {
  let program: ProgramModel
  private var solver: Solver { program.solver }

  init(program: ProgramModel) { self.program = program }

  private struct Holder {
    var binding: BindingID?
    var property: String?
    var collections: [UInt32]
    /// Whether what it holds at different times is one population; a parameter may hold several in turn.
    var isHome: Bool
  }

  func find() -> [Population] {
    let holders = bindingHolders() + propertyHolders()
    var parent: [UInt32: UInt32] = [:]
    func root(_ object: UInt32) -> UInt32 {
      var object = object
      while let next = parent[object], next != object { object = next }
      return object
    }
    for holder in holders where holder.isHome {
      let own = holder.collections.filter { !solver.views.contains($0) }
      guard let first = own.min() else { continue }
      for object in own {
        let (a, b) = (root(first), root(object))
        parent[max(a, b)] = min(a, b)
      }
    }
    var groups: [UInt32: [Holder]] = [:]
    for holder in holders {
      let roots = Set(holder.collections.filter { !solver.views.contains($0) }.map { root($0) })
      for key in roots {
        var part = holder
        if !holder.isHome {
          part.collections = holder.collections.filter { root($0) == key && !solver.views.contains($0) }
        }
        groups[key, default: []].append(part)
      }
    }
    let ordered = groups.keys.sorted { left, right in
      let a = (solver.objects[Int(left)].site, left)
      let b = (solver.objects[Int(right)].site, right)
      return a < b
    }
    var result: [Population] = []
    for key in ordered {
      if let made = population(groups[key] ?? [], id: result.count) { result.append(made) }
    }
    return result
  }

  private func population(_ holders: [Holder], id: Int) -> Population? {
    let collections = Set(holders.flatMap { $0.collections }).sorted()
    var records: Set<ObjectID> = []
    for collection in collections {
      for object in program.contents(of: ObjectID(collection)) where isRecord(object) { records.insert(object) }
    }
    guard !records.isEmpty else { return nil }
    let homes = holders.filter { $0.isHome }
    let bindings =
      homes.compactMap { $0.binding }.sorted() + holders.filter { !$0.isHome }.compactMap { $0.binding }.sorted()
    let properties = Array(Set(holders.compactMap { $0.property })).sorted()
    let main = homes.compactMap { $0.binding }.min()
    let name =
      main.map { program.binding($0).name } ?? properties.first ?? bindings.first.map { program.binding($0).name } ?? ""
    return Population(
      id: id, collections: collections.map { ObjectID($0) }, records: records.sorted(), bindings: bindings,
      properties: properties, name: name)
  }

  private func isRecord(_ id: ObjectID) -> Bool {
    switch solver.objects[id.index].kind {
    case .literal, .instance: true
    case .external: solver.objects[id.index].site != .max
    case .array: true
    case .element: true
    default: false
    }
  }

  private func isCollection(_ object: UInt32) -> Bool {
    switch solver.objects[Int(object)].kind {
    case .array, .map, .set: true
    default: false
    }
  }

  private func bindingHolders() -> [Holder] {
    program.bindings.compactMap { binding in
      guard let cell = solver.existingCell(binding: binding.id.index) else { return nil }
      let found = solver.objects(in: cell).filter { isCollection($0) }
      return found.isEmpty
        ? nil
        : Holder(binding: binding.id, property: nil, collections: found, isHome: isHome(binding.id, of: found))
    }
  }

  /// Whether some write makes a collection there and then; an alias or loop variable only passes collections on.
  private func isHome(_ binding: BindingID, of found: [UInt32]) -> Bool {
    guard program.binding(binding).kind != .parameter else { return false }
    let sites = Set(found.map { solver.objects[Int($0)].site })
    return program.writes(of: binding).contains { write in
      guard let value = write.value, write.kind != .forOf, write.kind != .forIn else { return false }
      if write.kind == .destructuring { return true }
      let made = solver.resolvedExpression(value)
      if sites.contains(UInt32(made.index)) { return true }
      return made.kind == .conditionalExpression || made.kind == .logicalExpression || made.kind == .callExpression
    }
  }

  private func propertyHolders() -> [Holder] {
    var result: [Holder] = []
    for object in solver.objects.indices {
      let kind = solver.objects[object].kind
      guard kind == .literal || kind == .instance || kind == .class else { continue }
      for symbol in solver.objectFields.array(object) where symbol != solver.known.star {
        guard let cell = solver.existingField(UInt32(object), symbol) else { continue }
        let found = solver.objects(in: cell).filter { isCollection($0) }
        if !found.isEmpty {
          result.append(Holder(binding: nil, property: program.facts.name(symbol), collections: found, isHome: true))
        }
      }
    }
    return result
  }
}
