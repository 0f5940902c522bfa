import JavaScriptSyntax

/// One use of a property by name.
struct StoredAccess {
  enum Kind: UInt8 {
    case read
    case write
    case readWrite
    /// A property of an object literal or a field of a class.
    case initial
    /// A pattern takes the property out of an object.
    case pattern
  }

  var symbol: UInt32
  var kind: Kind
  /// The member expression, or the property of the literal or pattern.
  var node: UInt32
}

/// What names mean: scopes, bindings, and where each binding and property is read and written.
final class NameFacts {
  let units: [Unit]
  let scopes: [Scope]
  private(set) var bindings: [Binding]
  let bindingOfNode: [UInt32]
  let unitScopes: [Int]
  let writes: Groups<StoredWrite>
  let reads: Groups<StoredRead>
  let accesses: Groups<StoredAccess>
  /// Bindings on which a method that changes an array or a dynamic store is used.
  private(set) var isMutated: [Bool]
  private(set) var resolver: Resolver
  let totalNodes: Int

  init(_ units: [Unit], links: ModuleLinks) {
    self.units = units
    var resolver = Resolver(units)
    resolver.run()
    links.resolveAliases(&resolver)
    scopes = resolver.scopes
    bindings = resolver.bindings
    bindingOfNode = resolver.bindingOfNode
    unitScopes = resolver.unitScopes
    totalNodes = resolver.bindingOfNode.count
    let aliased = resolver.bindings.map { $0.alias }
    func canonical(_ binding: UInt32) -> Int { NameFacts.canonical(binding, aliased) }
    // An import names what another module writes and writes nothing itself.
    let written = resolver.writes.filter { aliased[Int($0.binding)] == .max }
    writes = Groups(written, count: resolver.bindings.count) { canonical($0.binding) }
    reads = Groups(resolver.reads, count: resolver.bindings.count) { canonical($0.binding) }
    isMutated = [Bool](repeating: false, count: resolver.bindings.count)
    let found = Self.accesses(units, &resolver)
    accesses = Groups(found, count: resolver.symbols.names.count) { Int($0.symbol) }
    self.resolver = resolver
    findMutations(resolver.reads)
  }

  private static func canonical(_ binding: UInt32, _ aliases: [UInt32]) -> Int {
    var binding = binding
    var steps = 0
    while aliases[Int(binding)] != .max, steps < 64 {
      binding = aliases[Int(binding)]
      steps += 1
    }
    return Int(binding)
  }

  /// The binding that an identifier stands for, imports followed; `nil` for other nodes.
  func binding(of node: NodeID, in unit: Unit) -> Int? {
    let binding = bindingOfNode[unit.base + Int(node.index)]
    guard binding != .max else { return nil }
    return canonical(Int(binding))
  }

  func canonical(_ binding: Int) -> Int {
    var binding = binding
    var steps = 0
    while bindings[binding].alias != .max, steps < 64 {
      binding = Int(bindings[binding].alias)
      steps += 1
    }
    return binding
  }

  func symbol(_ name: String) -> UInt32 { resolver.symbols.intern(name) }
  func findSymbol(_ name: String) -> UInt32? { resolver.symbols.find(name) }
  var symbolCount: UInt32 { UInt32(resolver.symbols.names.count) }
  func name(_ symbol: UInt32) -> String { resolver.symbols[symbol] }

  /// The unit that holds a node numbered over the whole program.
  func unit(of index: Int) -> Unit {
    var low = 0
    var high = units.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if units[middle].base <= index { low = middle } else { high = middle }
    }
    return units[low]
  }

  func code(_ index: Int) -> Code {
    let unit = unit(of: index)
    return Code(unit: unit, node: NodeID(UInt32(index - unit.base)))
  }

  func code(_ index: UInt32) -> Code { code(Int(index)) }

  /// The binding of a global of the pages; `nil` when no script mentions it by itself.
  func globalBinding(_ symbol: UInt32) -> Int? { resolver.binding(symbol, in: 0) }

  // MARK: Properties

  /// The symbol of the name by which a member expression, property or class member is known; `nil` for computed names that no
  /// literal gives.
  func keySymbol(of node: NodeID, in unit: Unit) -> UInt32? { Self.keySymbol(of: node, in: unit, &resolver) }

  static func keySymbol(of node: NodeID, in unit: Unit, _ resolver: inout Resolver) -> UInt32? {
    let tree = unit.tree
    let stored = tree[node]
    let key = tree.child(node, stored.kind == .memberExpression ? .property : .key)
    guard key.exists else { return nil }
    switch tree[key].kind {
    case .identifier where !stored.flags.contains(.computed): return resolver.symbol(of: key, in: unit)
    case .privateIdentifier: return resolver.symbols.intern("#" + tree.name(of: key))
    case .literal:
      if let text = tree.stringLiteral(key) { return resolver.symbols.intern(text) }
      if let number = tree.numberLiteral(key) { return resolver.symbols.intern(numberText(number)) }
      return nil
    case .templateLiteral where tree.list(key, .expressions).isEmpty:
      return resolver.symbols.intern(tree.list(key, .quasis).map { tree.templateText($0) }.joined())
    default: return nil
    }
  }

  private static func accesses(_ units: [Unit], _ resolver: inout Resolver) -> [StoredAccess] {
    var found: [StoredAccess] = []
    for unit in units {
      let tree = unit.tree
      for index in tree.nodes.indices {
        let node = NodeID(UInt32(index))
        let kind: StoredAccess.Kind
        switch tree.nodes[index].kind {
        case .memberExpression: kind = memberUse(node, in: unit)
        case .propertyDefinition: kind = .initial
        case .property:
          let parent = unit.shape.parents[index]
          kind = parent != .max && tree.nodes[Int(parent)].kind == .objectPattern ? .pattern : .initial
        default: continue
        }
        if let symbol = keySymbol(of: node, in: unit, &resolver) {
          found.append(StoredAccess(symbol: symbol, kind: kind, node: UInt32(unit.base + index)))
        }
      }
    }
    return found
  }

  private static func memberUse(_ node: NodeID, in unit: Unit) -> StoredAccess.Kind {
    let code = Code(unit: unit, node: node)
    guard code.isWriteTarget else { return .read }
    guard let parent = code.parent else { return .read }
    switch parent.kind {
    case .updateExpression: return .readWrite
    case .assignmentExpression: return parent.detail == .assign ? .write : .readWrite
    default: return .write
    }
  }

  /// Whether any assignment outside literals writes a property of this name.
  func isAssigned(_ symbol: UInt32) -> Bool {
    accesses[Int(symbol)].contains { $0.kind == .write || $0.kind == .readWrite }
  }

  private static let mutators: Set<String> = [
    "push", "pop", "shift", "unshift", "splice", "fill", "copyWithin", "set", "add", "delete", "clear",
  ]

  private func findMutations(_ reads: [StoredRead]) {
    for read in reads {
      let code = code(read.node)
      guard let parent = code.parent, parent.kind == .memberExpression, parent[.object] == code else { continue }
      let binding = canonical(Int(read.binding))
      if parent.flags.contains(.computed) {
        if parent.isWriteTarget { isMutated[binding] = true }
      } else if let name = parent[.property]?.name, Self.mutators.contains(name), parent.parent?.kind == .callExpression
      {
        isMutated[binding] = true
      }
    }
  }
}

/// A number as JavaScript writes it when a property is named by it.
func numberText(_ number: Double) -> String {
  if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
  return number.description
}
