import JavaScriptSyntax

/// Finds which objects each expression can hold and which code runs, in one fixed point.
///
/// The analysis is inclusion-based and insensitive to the order of statements; objects are told apart by the place that makes
/// them and by property. Code contributes only once it is known to run, so what nothing calls influences nothing.
final class Solver {
  let facts: NameFacts
  let evaluator: Evaluator
  let links: ModuleLinks
  let dom: DocumentModel
  let known: KnownSymbols

  // Objects
  var objects: [StoredObject] = []
  var objectFields = ListPool()
  var anyReaders = ListPool()
  var prototypes = ListPool()
  var inheritedReaders = ListPool()
  var readerRecords: [(symbol: UInt32, constraint: UInt32)] = []
  private var fieldCells = IntegerTable(capacity: 4096)
  private var objectTable = IntegerTable(capacity: 1024)

  // Cells
  private var cellObjects = ListPool()
  private var cellEdges = ListPool()
  private var cellConstraints = ListPool()
  private var sizes: [UInt16] = []
  private var processed: [UInt32] = []
  private var isQueued: [Bool] = []
  private var queue: [UInt32] = []
  private var members = IntegerTable(capacity: 16384)
  private var edges = IntegerTable(capacity: 16384)
  private var expressionCells: [UInt32]
  private var bindingCells: [UInt32]
  private var extraCells = IntegerTable(capacity: 1024)
  private var constraints: [Constraint] = []

  // Calls
  var sites: [CallSite] = []
  var arguments: [UInt32] = []
  private var linked = IntegerTable(capacity: 1024)
  /// The pairs of call site and function, in the order in which they were found.
  private(set) var callEdges: [(site: UInt32, function: UInt32)] = []

  // Running code
  var isReached: [Bool]
  /// Why a region runs, by region node.
  var causes: [UInt32: Cause] = [:]
  private(set) var regionQueue: [UInt32] = []
  /// Regions in the order in which they were found to run.
  private(set) var reachedRegions: [UInt32] = []
  var isDead: [Bool]
  var liveNodes: [Bool] = []

  // Hosts
  var registrations: [Registration] = []
  var registrationTable: [UInt64: Int] = [:]
  var callbacks: [StoredCallback] = []
  var callbackTable = IntegerTable()
  var lookups: [Lookup] = []
  var fallbackSites: [UInt32] = []
  var lifecycleMethods: [(object: UInt32, symbol: UInt32, rule: HostRule)] = []
  /// The external that another was taken from.
  var owners: [UInt32: UInt32] = [:]
  var memberWriteList: [MemberWrite] = []
  var memberWritesBySymbol: [UInt32: [Int]] = [:]
  var elementWrites: [ElementCall] = []
  /// Functions that read a store: its hook, and what gives its state.
  var storeReaders: Set<UInt32> = []
  /// The calls that add elements to an array, in the order in which they were found.
  var additions: [UInt32: [UInt32]] = [:]
  /// Arrays that hold the elements of others.
  var views: Set<UInt32> = []
  var accessors: [(function: UInt32, symbol: UInt32, holder: UInt32)] = []
  var loadedFields: Set<UInt64> = []
  var storedSymbols: Set<UInt32> = []
  var createdElements: [UInt32: Int] = [:]
  var customElements: [(name: String, cell: UInt32, registration: Int, isDone: Bool)] = []
  /// The calls that reach each function.
  var sitesOfFunction: [UInt32: [UInt32]] = [:]
  var metMarkup: Set<UInt32> = []
  /// The outermost elements in the markup of a string, by the string's node.
  var markupRoots: [UInt32: [Int]] = [:]
  /// Calls that put elements into an element: the cell of what is put in, and the element.
  var insertions: [(cell: UInt32, parent: Int)] = []
  var lookupHelpers: [UInt32: LookupHelper?] = [:]
  var markupUnits: [UInt32: [Int]] = [:]
  /// Elements that code looks up and that nothing makes.
  var missingElements: [(node: UInt32, selector: String)] = []

  /// Steps left; when none are, what is known is incomplete.
  var steps: Int
  var isComplete = true
  /// How often something new was found.
  var changes = 0

  static let maximumObjectsPerCell = 400

  enum Cause: Hashable {
    /// The host loads the unit.
    case load
    /// A call in reached code.
    case call(UInt32)
    /// The host calls it.
    case callback(Int)
    /// Another unit imports this one.
    case importing(UInt32)
    /// A class with this field initializer is instantiated.
    case construction(UInt32)
  }

  init(facts: NameFacts, links: ModuleLinks, dom: DocumentModel, steps: Int) {
    self.facts = facts
    self.links = links
    self.dom = dom
    self.steps = steps
    evaluator = Evaluator(facts)
    known = KnownSymbols(facts)
    expressionCells = [UInt32](repeating: .max, count: facts.totalNodes)
    bindingCells = [UInt32](repeating: .max, count: facts.bindings.count)
    isReached = [Bool](repeating: false, count: facts.totalNodes)
    isDead = [Bool](repeating: false, count: facts.totalNodes)
  }

  // MARK: Objects

  func addObject(_ kind: ObjectKind, site: UInt32, info: UInt32, depth: UInt8 = 0) -> UInt32 {
    objects.append(StoredObject(kind: kind, site: site, info: info, depth: depth))
    objectFields.addList()
    anyReaders.addList()
    prototypes.addList()
    inheritedReaders.addList()
    return UInt32(objects.count - 1)
  }

  /// The object of a kind that a node makes; `salt` tells apart several that one node makes.
  func object(_ kind: ObjectKind, site: UInt32, info: UInt32 = .max, salt: UInt32 = 0) -> UInt32 {
    let key = UInt64(site) << 32 | UInt64(salt) << 5 | UInt64(kind.rawValue)
    if let known = objectTable[key] { return known }
    let made = addObject(kind, site: site, info: info)
    objectTable.insert(key, made)
    if salt == Self.viewSalt, kind == .array { views.insert(made) }
    return made
  }

  /// The object of a kind that a node made, if it made one.
  func knownObject(_ kind: ObjectKind, site: UInt32, salt: UInt32 = 0) -> UInt32? {
    objectTable[UInt64(site) << 32 | UInt64(salt) << 5 | UInt64(kind.rawValue)]
  }

  /// The object of the host or a library with a path, such as `document` or `three:Scene`.
  func external(_ path: String) -> UInt32 {
    let symbol = facts.symbol(path)
    let key = UInt64(symbol) << 5 | 31 | 1 << 63
    if let known = objectTable[key] { return known }
    let made = addObject(.external, site: .max, info: symbol)
    objectTable.insert(key, made)
    return made
  }

  /// The object that a call or construction of an external makes at a node.
  func external(_ path: String, site: UInt32, depth: UInt8) -> UInt32 {
    let symbol = facts.symbol(path)
    let key = UInt64(site) << 32 | UInt64(symbol & 0x3FF_FFFF) << 5 | 30
    if let known = objectTable[key] { return known }
    let made = addObject(.external, site: site, info: symbol, depth: depth)
    objectTable.insert(key, made)
    return made
  }

  func path(_ object: UInt32) -> String { facts.name(objects[Int(object)].info) }

  func isExternal(_ object: UInt32) -> Bool {
    let kind = objects[Int(object)].kind
    return kind == .external || kind == .element
  }

  func existingField(_ object: UInt32, _ symbol: UInt32) -> UInt32? {
    fieldCells[UInt64(object) << 32 | UInt64(symbol)]
  }

  func field(_ object: UInt32, _ symbol: UInt32) -> UInt32 {
    let key = UInt64(object) << 32 | UInt64(symbol)
    if let cell = fieldCells[key] { return cell }
    let cell = addCell()
    fieldCells.insert(key, cell)
    objectFields.append(symbol, to: Int(object))
    guard symbol != known.prototype, symbol != known.keys else { return cell }
    var entry = anyReaders.first(Int(object))
    while entry != .max {
      addEdge(cell, anyReaders.item(entry))
      entry = anyReaders.next(entry)
    }
    return cell
  }

  // MARK: Cells

  func addCell() -> UInt32 {
    cellObjects.addList()
    cellEdges.addList()
    cellConstraints.addList()
    sizes.append(0)
    processed.append(.max)
    isQueued.append(false)
    return UInt32(sizes.count - 1)
  }

  func cell(binding: Int) -> UInt32 {
    let binding = facts.canonical(binding)
    if bindingCells[binding] != .max { return bindingCells[binding] }
    let cell = addCell()
    bindingCells[binding] = cell
    seed(binding, cell)
    return cell
  }

  private func seed(_ binding: Int, _ cell: UInt32) {
    if let target = links.importTargets[binding] {
      switch target {
      case .library(let path): add(external(path), to: cell)
      case .namespace(let unit): add(namespace(of: unit), to: cell)
      }
    } else if facts.bindings[binding].kind == .global {
      let name = facts.bindings[binding].name
      if let unit = links.commonJSUnit(of: facts.bindings[binding].scope.index, facts),
        name == "module" || name == "exports"
      {
        let module = object(.literal, site: UInt32(unit.base), salt: 9)
        let exports = object(.literal, site: UInt32(unit.base), salt: 10)
        add(exports, to: field(module, known.exports))
        add(name == "module" ? module : exports, to: cell)
      } else if facts.bindings[binding].scope.index == 0
        || facts.scopes[facts.bindings[binding].scope.index].kind == .global
      {
        seedGlobal(name, cell)
      }
    }
  }

  func existingCell(binding: Int) -> UInt32? {
    let cell = bindingCells[binding]
    return cell == .max ? nil : cell
  }

  func namespace(of unit: Int) -> UInt32 {
    let root = facts.units[unit].root.index
    let isNew = objectTable[UInt64(root) << 32 | UInt64(ObjectKind.namespace.rawValue)] == nil
    let made = object(.namespace, site: UInt32(root))
    if isNew {
      for (name, binding) in links.exports(of: unit) {
        addEdge(cell(binding: binding), field(made, facts.symbol(name)))
        if name == "*default*" { addEdge(cell(binding: binding), field(made, facts.symbol("default"))) }
      }
    }
    return made
  }

  /// Cells that belong to a function or class: what it returns, its `this`, and so on.
  enum Extra: UInt64 {
    case result = 0
    case this = 1
    case rest = 2
    case superclass = 3
    case elements = 4
    case escaped = 5
  }

  func extra(_ kind: Extra, of node: UInt32) -> UInt32 {
    let key = UInt64(node) << 8 | kind.rawValue
    if let cell = extraCells[key] { return cell }
    let cell = addCell()
    extraCells.insert(key, cell)
    return cell
  }

  func existingExtra(_ kind: Extra, of node: UInt32) -> UInt32? { extraCells[UInt64(node) << 8 | kind.rawValue] }

  /// What `object`'s elements and properties can hold, all together.
  func elements(of object: UInt32) -> UInt32 {
    let key = UInt64(object) << 8 | Extra.elements.rawValue | 1 << 63
    if let cell = extraCells[key] { return cell }
    let cell = addCell()
    extraCells.insert(key, cell)
    loadAny(object, cell)
    return cell
  }

  /// The cell of an expression, where one exists.
  func existingCell(_ code: Code) -> UInt32? {
    let node = resolvedExpression(code)
    switch node.kind {
    case .identifier, .jsxIdentifier:
      guard let binding = facts.binding(of: node.node, in: node.unit) else { return nil }
      let cell = bindingCells[binding]
      return cell == .max ? nil : cell
    case .thisExpression: return thisRegion(of: node).flatMap { existingExtra(.this, of: UInt32($0.index)) }
    default:
      let cell = expressionCells[node.index]
      return cell == .max ? nil : cell
    }
  }

  /// The node whose value an expression has: assertions, parentheses, sequences and assignments taken off.
  func resolvedExpression(_ code: Code) -> Code {
    var code = code
    while true {
      let next: Code?
      switch code.kind {
      case .sequenceExpression: next = code.list(.expressions).last
      case .assignmentExpression: next = code.detail == .assign ? code[.right] : nil
      default:
        let inner = code.unwrapped
        next = inner == code ? nil : inner
      }
      guard let next else { return code }
      code = next
    }
  }

  func cell(of code: Code) -> UInt32 {
    let node = resolvedExpression(code)
    switch node.kind {
    case .identifier, .jsxIdentifier:
      if let binding = facts.binding(of: node.node, in: node.unit) { return cell(binding: binding) }
    case .thisExpression:
      if let region = thisRegion(of: node) { return extra(.this, of: UInt32(region.index)) }
      return windowCell
    default: break
    }
    if expressionCells[node.index] == .max { expressionCells[node.index] = addCell() }
    return expressionCells[node.index]
  }

  private lazy var windowCell: UInt32 = {
    let cell = addCell()
    add(external("window"), to: cell)
    return cell
  }()

  /// The function, class (for instance fields and static blocks) or handler unit whose `this` an expression sees.
  func thisRegion(of code: Code) -> Code? {
    var region = code.region
    while region.kind == .arrowFunctionExpression { region = region.region }
    if region.kind.isFunction { return region }
    if region.kind == .propertyDefinition || region.kind == .accessorProperty { return region.parent?.parent }
    return nil
  }

  func add(_ object: UInt32, to cell: UInt32) {
    steps -= 1
    guard steps > 0 else {
      isComplete = false
      return
    }
    guard sizes[Int(cell)] < Self.maximumObjectsPerCell else {
      isComplete = false
      return
    }
    guard members.insert(UInt64(cell) << 32 | UInt64(object), 0) else { return }
    changes += 1
    sizes[Int(cell)] += 1
    cellObjects.append(object, to: Int(cell))
    if !isQueued[Int(cell)] {
      isQueued[Int(cell)] = true
      queue.append(cell)
    }
  }

  func addEdge(_ source: UInt32, _ target: UInt32) {
    guard source != target, edges.insert(UInt64(source) << 32 | UInt64(target), 0) else { return }
    steps -= 1
    changes += 1
    cellEdges.append(target, to: Int(source))
    var entry = cellObjects.first(Int(source))
    while entry != .max {
      add(cellObjects.item(entry), to: target)
      entry = cellObjects.next(entry)
    }
  }

  func addConstraint(_ operation: Constraint.Operation, _ a: UInt32, _ b: UInt32 = .max, to cell: UInt32) {
    constraints.append(Constraint(operation: operation, a: a, b: b))
    attach(UInt32(constraints.count - 1), to: cell)
  }

  private func attach(_ constraint: UInt32, to cell: UInt32) {
    cellConstraints.append(constraint, to: Int(cell))
    // What is still to be processed meets the new constraint when its turn comes.
    let last = processed[Int(cell)]
    guard last != .max else { return }
    var entry = cellObjects.first(Int(cell))
    while entry != .max {
      apply(constraints[Int(constraint)], cellObjects.item(entry))
      if entry == last { break }
      entry = cellObjects.next(entry)
    }
  }

  func objects(in cell: UInt32) -> [UInt32] { cellObjects.array(Int(cell)) }
  func isEmpty(_ cell: UInt32) -> Bool { cellObjects.isEmpty(Int(cell)) }

  private func process(_ cell: UInt32) {
    isQueued[Int(cell)] = false
    var entry = processed[Int(cell)]
    entry = entry == .max ? cellObjects.first(Int(cell)) : cellObjects.next(entry)
    while entry != .max {
      let object = cellObjects.item(entry)
      processed[Int(cell)] = entry
      var edge = cellEdges.first(Int(cell))
      while edge != .max {
        add(object, to: cellEdges.item(edge))
        edge = cellEdges.next(edge)
      }
      // Constraints attached while this runs see the object by `attach`, so stop at the one that is last now.
      var constraint = cellConstraints.first(Int(cell))
      let last = cellConstraints.last(Int(cell))
      while constraint != .max {
        apply(constraints[Int(cellConstraints.item(constraint))], object)
        if constraint == last { break }
        constraint = cellConstraints.next(constraint)
      }
      entry = cellObjects.next(entry)
    }
  }

  // MARK: The fixed point

  func run() {
    for round in 0..<64 {
      drain()
      if steps <= 0 { break }
      var isChanged = resolveLookups()
      drain()
      if resolveLifecycles() { isChanged = true }
      drain()
      if !isChanged || round > 8 { isChanged = resolveFallbacks() || isChanged }
      drain()
      if !isChanged { break }
    }
    if steps <= 0 { isComplete = false }
  }

  private func drain() {
    while steps > 0 {
      if let region = regionQueue.popLast() {
        Generator(solver: self, unit: facts.unit(of: Int(region))).run(region)
      } else if let cell = queue.popLast() {
        process(cell)
      } else {
        break
      }
    }
  }

  func reach(_ region: UInt32, _ cause: Cause) {
    guard !isReached[Int(region)] else { return }
    isReached[Int(region)] = true
    causes[region] = cause
    reachedRegions.append(region)
    regionQueue.append(region)
  }

  func reach(unit: Int, _ cause: Cause) { reach(UInt32(facts.units[unit].root.index), cause) }

  // MARK: What arrives

  private func apply(_ constraint: Constraint, _ object: UInt32) {
    let (a, b) = (constraint.a, constraint.b)
    steps -= 1
    switch constraint.operation {
    case .load: load(object, a, b)
    case .loadAny: loadAny(object, b)
    case .store: store(object, a, b)
    case .storeAny: storeAny(object, b)
    case .iterate: iterate(object, b)
    case .copyInto: copy(object, into: a)
    case .assignFrom: addConstraint(.copyInto, object, to: b)
    case .call: call(object, at: a, this: b)
    case .callMethod: callMethod(of: object, at: a)
    case .construct: construct(object, at: a)
    case .callSuper: callSuper(object, at: a, this: b)
    case .inherit: inherit(object, by: a)
    case .become: addPrototype(object, of: a)
    case .register: register(object, with: Int(a))
    case .escape: escape(object, with: Int(a), depth: b)
    case .component: render(object, at: a)
    case .update: update(object, cell: a)
    case .bindThis:
      if objects[Int(object)].kind == .function { addEdge(b, extra(.this, of: objects[Int(object)].info)) }
    }
  }

  // MARK: Properties

  func load(_ object: UInt32, _ symbol: UInt32, _ target: UInt32) {
    if objects[Int(object)].kind == .external, path(object) == "window" { return loadGlobal(symbol, target) }
    if !accessors.isEmpty || objects[Int(object)].kind == .prototype {
      loadedFields.insert(UInt64(object) << 32 | UInt64(symbol))
    }
    addEdge(field(object, symbol), target)
    if hasComputed(object, symbol) { addEdge(field(object, known.star), target) }
    if isExternal(object) { addExternalChild(object, symbol) }
    follow(object, symbol, Constraint(operation: .load, a: symbol, b: target))
    prepare(object, symbol)
  }

  /// Whether a store under a computed name can be what a name reads: on arrays and collections only numbers are such names.
  private func hasComputed(_ object: UInt32, _ symbol: UInt32) -> Bool {
    switch objects[Int(object)].kind {
    case .array, .map, .set: facts.name(symbol).utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    case .external, .element: facts.name(symbol).utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    default: true
    }
  }

  /// Applies a constraint on the prototypes that an object has or will have.
  func follow(_ object: UInt32, _ symbol: UInt32, _ constraint: Constraint) {
    guard !isExternal(object), objects[Int(object)].kind != .array || !prototypes.isEmpty(Int(object)) else { return }
    constraints.append(constraint)
    let index = UInt32(constraints.count - 1)
    readerRecords.append((symbol, index))
    inheritedReaders.append(UInt32(readerRecords.count - 1), to: Int(object))
    for prototype in prototypes.array(Int(object)) { apply(constraint, prototype) }
  }

  func addPrototype(_ prototype: UInt32, of object: UInt32) {
    guard prototype != object, !inherits(prototype, from: object) else { return }
    if prototypes.array(Int(object)).contains(prototype) { return }
    prototypes.append(prototype, to: Int(object))
    for record in inheritedReaders.array(Int(object)) {
      apply(constraints[Int(readerRecords[Int(record)].constraint)], prototype)
    }
    if isExternal(prototype) { inheritExternal(prototype, object) }
  }

  func inherits(_ object: UInt32, from ancestor: UInt32) -> Bool {
    var pending = [object]
    var count = 0
    while let next = pending.popLast(), count < 64 {
      if next == ancestor { return true }
      pending.append(contentsOf: prototypes.array(Int(next)))
      count += 1
    }
    return count >= 64
  }

  /// Makes what an object has without any store: a function's prototype.
  private func prepare(_ object: UInt32, _ symbol: UInt32) {
    let stored = objects[Int(object)]
    if symbol == known.prototype, stored.kind == .function || stored.kind == .class {
      add(prototype(of: object), to: field(object, symbol))
    }
    if symbol == known.constructor, stored.kind == .instance { add(stored.info, to: field(object, symbol)) }
  }

  func prototype(of object: UInt32) -> UInt32 {
    let node = objects[Int(object)].info
    return self.object(.prototype, site: node, info: object)
  }

  private func loadGlobal(_ symbol: UInt32, _ target: UInt32) {
    if let binding = facts.globalBinding(symbol) { return addEdge(cell(binding: binding), target) }
    let holder = addCellForGlobal(symbol)
    addEdge(holder, target)
  }

  /// The cell of a global that is only ever used as a property of `window`.
  private func addCellForGlobal(_ symbol: UInt32) -> UInt32 {
    let window = external("window")
    if let cell = existingField(window, symbol) { return cell }
    let cell = field(window, symbol)
    seedGlobal(facts.name(symbol), cell)
    return cell
  }

  private func globalCell(_ symbol: UInt32) -> UInt32 {
    facts.globalBinding(symbol).map { cell(binding: $0) } ?? addCellForGlobal(symbol)
  }

  private func addExternalChild(_ object: UInt32, _ symbol: UInt32) {
    let stored = objects[Int(object)]
    guard stored.depth < 6 else { return }
    if stored.kind == .external, path(object) == "null" { return add(object, to: field(object, symbol)) }
    let key = UInt64(object) << 32 | UInt64(symbol) << 5 | 29
    if objectTable[key] != nil { return }
    let parent = stored.kind == .element ? "Element" : path(object)
    let name = facts.name(symbol)
    let child = facts.symbol(symbol == known.star ? parent + "[]" : Libraries.join(parent, name))
    let made: UInt32
    if stored.site == .max, stored.kind == .external {
      made = external(facts.name(child))
    } else {
      made = addObject(.external, site: stored.site, info: child, depth: stored.depth + 1)
    }
    objectTable.insert(key, made)
    owners[made] = owners[made] ?? object
    add(made, to: field(object, symbol))
    linkElements(object, symbol)
  }

  func loadAny(_ object: UInt32, _ target: UInt32) {
    if objects[Int(object)].kind == .function || objects[Int(object)].kind == .class { return }
    for symbol in objectFields.array(Int(object)) where symbol != known.prototype && symbol != known.keys {
      addEdge(field(object, symbol), target)
    }
    anyReaders.append(target, to: Int(object))
    _ = field(object, known.star)
    if isExternal(object) { addExternalChild(object, known.star) }
  }

  func store(_ object: UInt32, _ symbol: UInt32, _ source: UInt32) {
    let stored = objects[Int(object)]
    storedSymbols.insert(symbol)
    if isExternal(object) {
      if stored.kind == .external, path(object) == "window" { addEdge(source, globalCell(symbol)) }
      storeHandler(object, symbol, source)
    }
    addEdge(source, field(object, symbol))
    if stored.kind == .instance || stored.kind == .prototype { storeHandler(object, symbol, source) }
  }

  func storeAny(_ object: UInt32, _ source: UInt32) {
    addEdge(source, field(object, known.star))
  }

  private func iterate(_ object: UInt32, _ target: UInt32) {
    switch objects[Int(object)].kind {
    case .map: add(entry(of: object), to: target)
    case .array, .set, .external, .element: addEdge(elements(of: object), target)
    default: break
    }
  }

  /// The `[key, value]` pair that iterating a map gives.
  func entry(of map: UInt32) -> UInt32 {
    let site = objects[Int(map)].site
    let pair = object(.array, site: site, salt: 21)
    addEdge(field(map, known.keys), field(pair, known.zero))
    addEdge(elements(of: map), field(pair, known.one))
    return pair
  }

  private func copy(_ source: UInt32, into target: UInt32) {
    guard source != target else { return }
    for symbol in objectFields.array(Int(source)) { addEdge(field(source, symbol), field(target, symbol)) }
    // Properties that come later are still seen, if under no name.
    let kind = objects[Int(source)].kind
    if kind == .literal || kind == .instance { addPrototype(source, of: target) }
  }

  // MARK: Calls

  func addSite(
    _ node: UInt32, arguments cells: [UInt32], spreadFrom: UInt32 = .max, result: UInt32, method: UInt32 = .max,
    receiver: UInt32 = .max
  ) -> UInt32 {
    sites.append(
      CallSite(
        node: node, first: UInt32(arguments.count), count: UInt32(cells.count), spreadFrom: spreadFrom, result: result,
        method: method, receiver: receiver))
    arguments.append(contentsOf: cells)
    return UInt32(sites.count - 1)
  }

  func argument(_ site: UInt32, _ index: Int) -> UInt32? {
    let stored = sites[Int(site)]
    if index < Int(stored.count), index < Int(stored.spreadFrom) { return arguments[Int(stored.first) + index] }
    guard stored.spreadFrom != .max, stored.count > 0 else { return nil }
    return arguments[Int(stored.first) + Int(stored.count) - 1]
  }

  func call(_ object: UInt32, at site: UInt32, this: UInt32) {
    let stored = objects[Int(object)]
    switch stored.kind {
    case .function:
      sites[Int(site)].isResolved = true
      link(stored.info, at: site, this: this)
    case .external, .element:
      // A method of an external is known by its path, which `callMethod` has dealt with.
      let isMethod = sites[Int(site)].method != .max && this != .max && isExternal(this)
      if isMethod, objects[Int(this)].kind == .element || path(this) != "window" { return }
      sites[Int(site)].isResolved = true
      sites[Int(site)].isExternal = true
      callExternal(object, at: site, receiver: this)
    case .intrinsic:
      sites[Int(site)].isResolved = true
      callIntrinsic(object, at: site)
    case .class
    where facts.code(stored.info).kind == .classExpression || facts.code(stored.info).kind == .classDeclaration:
      sites[Int(site)].isResolved = true
    default: break
    }
  }

  /// Ties a call to a function: arguments to parameters, what it returns to the call.
  func link(_ function: UInt32, at site: UInt32, this: UInt32) {
    if this != .max { add(this, to: extra(.this, of: function)) }
    guard linked.insert(UInt64(site) << 32 | UInt64(function), 0) else { return }
    callEdges.append((site, function))
    sitesOfFunction[function, default: []].append(site)
    let code = facts.code(function)
    let stored = sites[Int(site)]
    let params = code.list(.params)
    for (index, param) in params.enumerated() {
      if param.kind == .restElement {
        let rest = object(.array, site: UInt32(param.index))
        for position in index..<max(index, Int(stored.count)) {
          if let cell = argument(site, position) { addEdge(cell, field(rest, known.star)) }
        }
        if let cell = self.param(param) { add(rest, to: cell) }
      } else if let cell = self.param(param), let argument = argument(site, index) {
        addEdge(argument, cell)
      }
    }
    if stored.result != .max, !isLookupHelper(function, at: site) {
      addEdge(extra(.result, of: function), stored.result)
    }
    if code.flags.contains(.generator), stored.result != .max {
      addEdge(extra(.rest, of: function), stored.result)
    }
    reach(function, .call(stored.node))
  }

  /// The cell that a parameter's argument goes to.
  func param(_ param: Code) -> UInt32? {
    switch param.kind {
    case .identifier: return facts.binding(of: param.node, in: param.unit).map { cell(binding: $0) }
    case .assignmentPattern: return param[.left].flatMap { self.param($0) }
    case .restElement: return param[.argument].flatMap { self.param($0) }
    case .tsParameterProperty: return param[.parameter].flatMap { self.param($0) }
    default: return extra(.rest, of: UInt32(param.index))
    }
  }

  private func callMethod(of object: UInt32, at site: UInt32) {
    let stored = sites[Int(site)]
    let kind = objects[Int(object)].kind
    if kind == .external, path(object) == "window" {
      return addConstraint(.call, site, object, to: globalCell(stored.method))
    }
    if isBuiltinMethod(object, kind, at: site) { return }
    invokeMember(object, stored.method, at: site, this: object)
    if isExternal(object) {
      sites[Int(site)].isResolved = true
      sites[Int(site)].isExternal = true
      let parent = kind == .element ? "Element" : path(object)
      callExternal(path: Libraries.join(parent, facts.name(stored.method)), at: site, receiver: object)
    }
  }

  func invokeMember(_ holder: UInt32, _ symbol: UInt32, at site: UInt32, this: UInt32) {
    addConstraint(.call, site, this, to: field(holder, symbol))
    addConstraint(.call, site, this, to: field(holder, known.star))
    inheritCall(holder, symbol, at: site, this: this, depth: 0)
  }

  private func inheritCall(_ holder: UInt32, _ symbol: UInt32, at site: UInt32, this: UInt32, depth: Int) {
    // A helper cell collects what the prototypes hold, now or later.
    guard objects[Int(holder)].kind != .array, !isExternal(holder) else { return }
    let inherited = addCell()
    addConstraint(.call, site, this, to: inherited)
    follow(holder, symbol, Constraint(operation: .load, a: symbol, b: inherited))
  }

  private func construct(_ object: UInt32, at site: UInt32) {
    let stored = objects[Int(object)]
    switch stored.kind {
    case .class:
      sites[Int(site)].isResolved = true
      let instance = makeInstance(of: object, at: sites[Int(site)].node)
      runConstructor(of: object, at: site, this: instance)
      add(instance, to: sites[Int(site)].result)
    case .function:
      sites[Int(site)].isResolved = true
      let instance = makeInstance(of: object, at: sites[Int(site)].node)
      add(instance, to: extra(.this, of: stored.info))
      add(instance, to: sites[Int(site)].result)
      link(stored.info, at: site, this: instance)
    case .external:
      sites[Int(site)].isResolved = true
      sites[Int(site)].isExternal = true
      constructExternal(object, at: site)
    default: break
    }
  }

  func makeInstance(of classObject: UInt32, at node: UInt32) -> UInt32 {
    let instance = object(.instance, site: node, info: classObject, salt: classObject & 0x3FF_FFFF)
    let holder = field(classObject, known.prototype)
    add(prototype(of: classObject), to: holder)
    addConstraint(.become, instance, to: holder)
    return instance
  }

  /// Runs the field initializers and the constructor of a class, its superclass's where it has none.
  func runConstructor(of classObject: UInt32, at site: UInt32, this: UInt32) {
    let node = objects[Int(classObject)].info
    let code = facts.code(node)
    add(this, to: extra(.this, of: node))
    for member in code[.body]?.list(.body) ?? [] {
      if (member.kind == .propertyDefinition || member.kind == .accessorProperty), !member.flags.contains(.static) {
        reach(UInt32(member.index), .construction(sites[Int(site)].node))
      }
    }
    if let constructor = constructor(of: code) {
      link(UInt32(constructor.index), at: site, this: this)
    } else {
      let holder = extra(.this, of: node)
      addConstraint(.callSuper, site, holder, to: extra(.superclass, of: node))
    }
  }

  func constructor(of code: Code) -> Code? {
    code[.body]?.list(.body).first { $0.kind == .methodDefinition && $0.detail == .constructor }?[.value]
  }

  private func callSuper(_ object: UInt32, at site: UInt32, this: UInt32) {
    let stored = objects[Int(object)]
    switch stored.kind {
    case .class:
      addEdge(this, extra(.this, of: stored.info))
      let code = facts.code(stored.info)
      for member in code[.body]?.list(.body) ?? [] {
        if (member.kind == .propertyDefinition || member.kind == .accessorProperty), !member.flags.contains(.static) {
          reach(UInt32(member.index), .construction(sites[Int(site)].node))
        }
      }
      if let constructor = constructor(of: code) {
        addEdge(this, extra(.this, of: UInt32(constructor.index)))
        link(UInt32(constructor.index), at: site, this: .max)
      } else {
        addConstraint(.callSuper, site, this, to: extra(.superclass, of: stored.info))
      }
    case .function:
      addEdge(this, extra(.this, of: stored.info))
      link(stored.info, at: site, this: .max)
    default: break
    }
    sites[Int(site)].isResolved = true
  }

  private func inherit(_ object: UInt32, by classObject: UInt32) {
    switch objects[Int(object)].kind {
    case .class, .function:
      add(prototype(of: object), to: field(object, known.prototype))
      addConstraint(.become, prototype(of: classObject), to: field(object, known.prototype))
      addPrototype(object, of: classObject)
    case .external: addPrototype(object, of: prototype(of: classObject))
    default: break
    }
  }
}
