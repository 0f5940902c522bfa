import JavaScriptSyntax

/// The number of a scope in its program; 0 is the global scope that all pages share.
public struct ScopeID: Hashable, Sendable {
  /// The position among the program's scopes.
  public let index: Int

  init(_ index: Int) { self.index = index }
}

/// A stretch of code in which names are declared.
public struct Scope: Sendable {
  /// What opens a scope.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The globals of a page or worker.
    case global
    /// A module.
    case module
    /// A function with its parameters.
    case function
    /// A block, loop, `switch` or `catch`.
    case block
    /// A class.
    case `class`
  }

  /// What opens it.
  public let kind: Kind
  /// The scope around it; `nil` for globals.
  public let parent: ScopeID?
}

/// Finds every scope and binding of the program and resolves every identifier; no step recurses into the tree.
struct Resolver {
  var scopes: [Scope] = []
  var bindings: [Binding] = []
  var writes: [StoredWrite] = []
  var reads: [StoredRead] = []
  /// The binding of each identifier node, numbered over the whole program; `.max` for other nodes.
  var bindingOfNode: [UInt32]
  var symbols = Symbols()
  /// The symbol of each name index of each unit.
  private var symbolCache: [[UInt32]]
  private let units: [Unit]
  private var table = IntegerTable(capacity: 1024)
  private var globals: [Int: Int] = [:]
  /// The scope of each unit's top level.
  private(set) var unitScopes: [Int] = []

  init(_ units: [Unit]) {
    self.units = units
    let total = units.last.map { $0.base + $0.tree.nodes.count } ?? 0
    bindingOfNode = [UInt32](repeating: .max, count: total)
    symbolCache = [[UInt32]](repeating: [], count: units.count)
    scopes.append(Scope(kind: .global, parent: nil))
    globals[0] = 0
  }

  mutating func run() {
    var scopesOfNodes: [[UInt32]] = []
    for unit in units { scopesOfNodes.append(declare(in: unit)) }
    for (position, unit) in units.enumerated() { resolve(unit, scopesOfNodes[position]) }
  }

  // MARK: Names

  mutating func symbol(of node: NodeID, in unit: Unit) -> UInt32 {
    guard let name = unit.tree.nameIndex(of: node) else { return symbols.intern("") }
    if name < symbolCache[unit.id].count {
      let known = symbolCache[unit.id][name]
      if known != .max { return known }
    } else {
      let missing = name + 1 - symbolCache[unit.id].count
      symbolCache[unit.id].append(contentsOf: repeatElement(UInt32.max, count: missing))
    }
    let symbol = symbols.intern(unit.tree.name(of: node))
    symbolCache[unit.id][name] = symbol
    return symbol
  }

  private static func key(_ scope: Int, _ symbol: UInt32) -> UInt64 { UInt64(scope) << 32 | UInt64(symbol) }

  func binding(named name: String, in scope: Int) -> Int? {
    guard let symbol = symbols.find(name) else { return nil }
    return table[Self.key(scope, symbol)].map { Int($0) }
  }

  func binding(_ symbol: UInt32, in scope: Int) -> Int? { table[Self.key(scope, symbol)].map { Int($0) } }

  private mutating func globalScope(of realm: Int) -> Int {
    if let scope = globals[realm] { return scope }
    scopes.append(Scope(kind: .global, parent: nil))
    globals[realm] = scopes.count - 1
    return scopes.count - 1
  }

  // MARK: Declarations

  private mutating func addScope(_ kind: Scope.Kind, in parent: Int) -> Int {
    scopes.append(Scope(kind: kind, parent: ScopeID(parent)))
    return scopes.count - 1
  }

  mutating func declare(_ symbol: UInt32, _ kind: Binding.Kind, in scope: Int) -> Int {
    if let known = table[Self.key(scope, symbol)] {
      if bindings[Int(known)].kind == .global { bindings[Int(known)].kind = kind }
      return Int(known)
    }
    let index = bindings.count
    bindings.append(
      Binding(id: BindingID(index), name: symbols[symbol], kind: kind, scope: ScopeID(scope), symbol: symbol))
    table.insert(Self.key(scope, symbol), UInt32(index))
    return index
  }

  private mutating func declare(
    _ identifier: NodeID, _ kind: Binding.Kind, in scope: Int, _ unit: Unit, write: Write.Kind?, value: NodeID,
    site: NodeID
  ) {
    guard identifier.exists else { return }
    let symbol = symbol(of: identifier, in: unit)
    let binding = declare(symbol, kind, in: scope)
    bindingOfNode[unit.base + Int(identifier.index)] = UInt32(binding)
    bindings[binding].declarations.append(Code(unit: unit, node: identifier))
    if let write { record(write, binding, identifier, value: value, site: site, unit) }
  }

  private mutating func record(
    _ kind: Write.Kind, _ binding: Int, _ target: NodeID, value: NodeID, site: NodeID, _ unit: Unit
  ) {
    writes.append(
      StoredWrite(
        binding: UInt32(binding), kind: kind, target: UInt32(unit.base) + target.index,
        value: value.exists ? UInt32(unit.base) + value.index : .max, site: UInt32(unit.base) + site.index))
  }

  private mutating func declarePattern(
    _ pattern: NodeID, _ kind: Binding.Kind, in scope: Int, _ unit: Unit, write: Write.Kind?, value: NodeID,
    site: NodeID
  ) {
    if pattern.exists, unit.tree[pattern].kind == .identifier {
      return declare(pattern, kind, in: scope, unit, write: write, value: value, site: site)
    }
    let inner: Write.Kind? = write == nil || write == .parameter ? write : .destructuring
    for identifier in patternTargets(pattern, in: unit.tree) where unit.tree[identifier].kind == .identifier {
      declare(identifier, kind, in: scope, unit, write: inner, value: value, site: site)
    }
  }

  /// Makes the scopes of a unit and declares its names; returns the scope of each node.
  private mutating func declare(in unit: Unit) -> [UInt32] {
    let tree = unit.tree
    let global = globalScope(of: unit.realm)
    let sharesGlobals = unit.kind == .classicScript || unit.kind == .worker || unit.kind == .scriptAddress
    let outer = unit.kind == .templateExpression ? unit.owner.map { unitScopes[$0] } ?? global : global
    let top = sharesGlobals && tree.goal == .script ? global : addScope(.module, in: outer)
    if unit.kind == .commonJS || unit.kind == .module {
      for name in ["module", "exports"] { _ = declare(symbols.intern(name), .global, in: top) }
    }
    unitScopes.append(top)
    var inner = [UInt32](repeating: UInt32(top), count: tree.nodes.count)
    var index = tree.nodes.count - 1
    let shape = unit.shape
    while index >= 0 {
      let node = NodeID(UInt32(index))
      let kind = tree.nodes[index].kind
      let parent = shape.parents[index]
      let scope = parent == .max ? top : Int(inner[Int(parent)])
      inner[index] = UInt32(scope)
      if kind.isErased {
        index = Int(shape.starts[index]) - 1
        continue
      }
      inner[index] = UInt32(declareNode(node, kind, scope: scope, unit))
      index -= 1
    }
    return inner
  }

  /// Declares what a node declares; returns the scope in which its children lie.
  private mutating func declareNode(_ node: NodeID, _ kind: NodeKind, scope: Int, _ unit: Unit) -> Int {
    let tree = unit.tree
    switch kind {
    case .functionDeclaration, .functionExpression, .arrowFunctionExpression:
      return declareFunction(node, kind, scope: scope, unit)
    case .classDeclaration, .classExpression:
      let id = tree.child(node, .id)
      guard id.exists else { return scope }
      let inner = kind == .classExpression ? addScope(.class, in: scope) : scope
      declare(id, .class, in: inner, unit, write: .declaration, value: node, site: node)
      return inner
    case .variableDeclaration:
      declareVariables(node, scope: scope, unit)
      return scope
    case .catchClause:
      let inner = addScope(.block, in: scope)
      declarePattern(tree.child(node, .param), .caught, in: inner, unit, write: .other, value: .none, site: node)
      return inner
    case .blockStatement, .staticBlock, .program:
      if kind == .program { return scope }
      let parent = unit.shape.parents[Int(node.index)]
      if parent != .max, tree.nodes[Int(parent)].kind.isFunction { return scope }
      return tree.list(node, .body).contains { declaresLexically(tree, $0) } ? addScope(.block, in: scope) : scope
    case .switchStatement: return addScope(.block, in: scope)
    case .forStatement:
      let first = tree.child(node, .`init`)
      return first.exists && declaresLexically(tree, first) ? addScope(.block, in: scope) : scope
    case .forInStatement, .forOfStatement:
      return declaresLexically(tree, tree.child(node, .left)) ? addScope(.block, in: scope) : scope
    case .importDeclaration:
      declareImports(node, scope: scope, unit)
      return scope
    case .tsEnumDeclaration:
      declare(tree.child(node, .id), .enumeration, in: scope, unit, write: .declaration, value: node, site: node)
      return scope
    case .tsModuleDeclaration:
      let id = tree.child(node, .id)
      if id.exists, tree[id].kind == .identifier {
        declare(id, .enumeration, in: scope, unit, write: .declaration, value: node, site: node)
      }
      return addScope(.function, in: scope)
    case .tsImportEqualsDeclaration:
      declare(
        tree.child(node, .id), .import, in: scope, unit, write: .initializer, value: tree.child(node, .moduleReference),
        site: node)
      return scope
    case .exportDefaultDeclaration:
      let binding = declare(symbols.intern("*default*"), .defaultExport, in: scope)
      let value = tree.child(node, .declaration)
      record(.declaration, binding, node, value: value, site: node, unit)
      return scope
    default: return scope
    }
  }

  private mutating func declareFunction(_ node: NodeID, _ kind: NodeKind, scope: Int, _ unit: Unit) -> Int {
    let tree = unit.tree
    let id = tree.child(node, .id)
    let inner = addScope(.function, in: scope)
    for param in tree.list(node, .params) where param.exists {
      var target = param
      if tree[target].kind == .tsParameterProperty { target = tree.child(target, .parameter) }
      var fallback = NodeID.none
      if target.exists, tree[target].kind == .assignmentPattern {
        fallback = tree.child(target, .right)
        target = tree.child(target, .left)
      }
      declarePattern(target, .parameter, in: inner, unit, write: .parameter, value: fallback, site: node)
    }
    if id.exists {
      if kind == .functionDeclaration {
        let outer = tree.goal == .script ? functionScope(scope) : scope
        declare(id, .function, in: outer, unit, write: .declaration, value: node, site: node)
      } else if table[Self.key(inner, symbol(of: id, in: unit))] == nil {
        declare(id, .function, in: inner, unit, write: .declaration, value: node, site: node)
      }
    }
    return inner
  }

  private func functionScope(_ scope: Int) -> Int {
    var scope = scope
    while scopes[scope].kind == .block || scopes[scope].kind == .class, let parent = scopes[scope].parent {
      scope = parent.index
    }
    return scope
  }

  private func declaresLexically(_ tree: SyntaxTree, _ node: NodeID) -> Bool {
    guard node.exists else { return false }
    switch tree[node].kind {
    case .variableDeclaration: return tree[node].detail != .var
    case .classDeclaration, .tsEnumDeclaration: return true
    case .functionDeclaration: return tree.goal == .module
    default: return false
    }
  }

  private mutating func declareVariables(_ node: NodeID, scope: Int, _ unit: Unit) {
    let tree = unit.tree
    guard !tree[node].flags.contains(.declare) else { return }
    let kind: Binding.Kind
    switch tree[node].detail {
    case .var: kind = .var
    case .let: kind = .let
    default: kind = .const
    }
    let target = kind == .var ? functionScope(scope) : scope
    let parent = unit.shape.parents[Int(node.index)]
    var loop: Write.Kind?
    var iterated = NodeID.none
    if parent != .max {
      let parentNode = NodeID(parent)
      let parentKind = tree[parentNode].kind
      if parentKind == .forOfStatement || parentKind == .forInStatement, tree.child(parentNode, .left) == node {
        loop = parentKind == .forOfStatement ? .forOf : .forIn
        iterated = tree.child(parentNode, .right)
      }
    }
    for declarator in tree.list(node, .declarations) where declarator.exists {
      let value = loop == nil ? tree.child(declarator, .`init`) : iterated
      declarePattern(
        tree.child(declarator, .id), kind, in: target, unit, write: loop ?? (value.exists ? .initializer : nil),
        value: value, site: loop == nil ? declarator : NodeID(parent))
    }
  }

  private mutating func declareImports(_ node: NodeID, scope: Int, _ unit: Unit) {
    let tree = unit.tree
    guard !tree[node].flags.contains(.typeOnlyOrConst) else { return }
    for specifier in tree.list(node, .specifiers) where specifier.exists {
      guard !tree[specifier].flags.contains(.typeOnlyOrConst) else { continue }
      declare(
        tree.child(specifier, .local), .import, in: scope, unit, write: .other, value: .none, site: specifier)
    }
  }

  // MARK: References

  private mutating func resolve(_ unit: Unit, _ inner: [UInt32]) {
    let tree = unit.tree
    let shape = unit.shape
    var index = tree.nodes.count - 1
    while index >= 0 {
      let kind = tree.nodes[index].kind
      if kind.isErased {
        index = Int(shape.starts[index]) - 1
        continue
      }
      if kind == .identifier || kind == .jsxIdentifier, shape.parents[index] != .max {
        resolve(NodeID(UInt32(index)), unit, scope: Int(inner[Int(shape.parents[index])]))
      }
      index -= 1
    }
  }

  private mutating func resolve(_ node: NodeID, _ unit: Unit, scope: Int) {
    let slot = unit.base + Int(node.index)
    guard bindingOfNode[slot] == .max, isReference(node, in: unit) else { return }
    let symbol = symbol(of: node, in: unit)
    let binding = lookUp(symbol, from: scope, realm: unit.realm)
    bindingOfNode[slot] = UInt32(binding)
    recordUse(node, binding, unit)
  }

  private mutating func lookUp(_ symbol: UInt32, from start: Int, realm: Int) -> Int {
    var scope = start
    var steps = 0
    while true {
      if let found = table[Self.key(scope, symbol)] {
        return Int(found)
      }
      guard let parent = scopes[scope].parent else { break }
      scope = parent.index
      steps += 1
    }
    return declare(symbol, .global, in: scope)
  }

  private func isReference(_ node: NodeID, in unit: Unit) -> Bool {
    let tree = unit.tree
    let parent = NodeID(unit.shape.parents[Int(node.index)])
    let stored = tree[parent]
    if tree[node].kind == .jsxIdentifier {
      switch stored.kind {
      case .jsxOpeningElement:
        return tree.name(of: node).utf8.first.map { $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x80 } ?? false
      case .jsxMemberExpression: return tree.child(parent, .object) == node
      default: return false
      }
    }
    switch stored.kind {
    case .memberExpression: return stored.flags.contains(.computed) || tree.child(parent, .object) == node
    case .property, .methodDefinition, .propertyDefinition, .accessorProperty:
      return stored.flags.contains(.computed) || tree.child(parent, .value) == node
    case .labeledStatement, .breakStatement, .continueStatement, .metaProperty, .importSpecifier,
      .importDefaultSpecifier, .importNamespaceSpecifier, .importAttribute, .exportAllDeclaration, .tsEnumMember,
      .tsModuleDeclaration:
      return stored.kind == .tsEnumMember && tree.child(parent, .initializer) == node
    case .exportSpecifier:
      let outer = unit.shape.parents[Int(parent.index)]
      let hasSource = outer != .max && tree.child(NodeID(outer), .source).exists
      return !hasSource && tree.child(parent, .local) == node
    default: return true
    }
  }

  private mutating func recordUse(_ node: NodeID, _ binding: Int, _ unit: Unit) {
    let code = Code(unit: unit, node: node)
    guard unit.tree[node].kind == .identifier, code.isWriteTarget, let parent = code.parent else {
      reads.append(StoredRead(binding: UInt32(binding), node: UInt32(code.index)))
      return
    }
    switch parent.kind {
    case .assignmentExpression:
      let value = unit.tree.child(parent.node, .right)
      record(.assignment, binding, node, value: value, site: parent.node, unit)
      if parent.detail != .assign { reads.append(StoredRead(binding: UInt32(binding), node: UInt32(code.index))) }
    case .updateExpression:
      record(.update, binding, node, value: .none, site: parent.node, unit)
      reads.append(StoredRead(binding: UInt32(binding), node: UInt32(code.index)))
    case .forOfStatement, .forInStatement:
      record(
        parent.kind == .forOfStatement ? .forOf : .forIn, binding, node, value: unit.tree.child(parent.node, .right),
        site: parent.node, unit)
    default:
      let (site, value) = patternSource(of: code)
      record(.destructuring, binding, node, value: value?.node ?? .none, site: site.node, unit)
    }
  }
}

/// The statement or expression whose pattern holds a target, and the whole value that is taken apart.
func patternSource(of target: Code) -> (site: Code, value: Code?) {
  var code = target
  while let parent = code.parent, parent.kind.isPattern || parent.kind == .property { code = parent }
  guard let site = code.parent else { return (code, nil) }
  switch site.kind {
  case .assignmentExpression: return (site, site[.right])
  case .variableDeclarator: return (site, site[.`init`])
  case .forOfStatement, .forInStatement: return (site, site[.right])
  case .variableDeclaration: return (site, site.parent?[.right])
  default: return (site, nil)
  }
}

/// The identifiers and member expressions that a pattern gives values to, in the order of the text.
func patternTargets(_ pattern: NodeID, in tree: SyntaxTree) -> [NodeID] {
  guard pattern.exists else { return [] }
  var result: [NodeID] = []
  var stack = [pattern]
  while let node = stack.popLast() {
    switch tree[node].kind {
    case .identifier, .memberExpression: result.append(node)
    case .objectPattern: stack.append(contentsOf: tree.list(node, .properties).reversed().filter(\.exists))
    case .arrayPattern: stack.append(contentsOf: tree.list(node, .elements).reversed().filter(\.exists))
    case .property: if tree.child(node, .value).exists { stack.append(tree.child(node, .value)) }
    case .assignmentPattern: if tree.child(node, .left).exists { stack.append(tree.child(node, .left)) }
    case .restElement: if tree.child(node, .argument).exists { stack.append(tree.child(node, .argument)) }
    default: break
    }
  }
  return result
}
