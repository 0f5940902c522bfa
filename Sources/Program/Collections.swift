import JavaScriptSyntax

/// A place in running code that goes through a collection, adds to it or takes from it.
public struct CollectionUse: Sendable {
  /// What is done.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Every element is visited: `for ... of`, a counting loop, `forEach`, `map`, `some` and so on.
    case visit
    /// Elements are put in: `push`, `unshift`, `add`, `set`, a spread into the variable's new value.
    case add
    /// Single elements are taken out: `splice`, `pop`, `shift`, `delete`.
    case remove
    /// All elements that fail a test are taken out: `x = x.filter(...)`.
    case filter
    /// It is emptied: `x = []`, `x.length = 0`, `clear`.
    case clear
    /// Its number of elements is read: `length`, `size`.
    case count
  }

  /// What is done.
  public let kind: Kind
  /// The loop, call, assignment or member expression.
  public let code: Code
  /// The expression of the collection.
  public let collection: Code
  /// What stands for an element: the loop variable or the callback's parameter, perhaps a pattern; for counting loops the first
  /// variable that takes an element, if there is one.
  public let element: Code?
  /// What is done with each element: the loop's body or the callback.
  public let body: Code?
  /// What is added.
  public let values: [Code]
}

extension ProgramModel {
  /// Every use of collections in running code, in the order of the text.
  public var collectionUses: [CollectionUse] {
    if let known = cache.collectionUses { return known }
    let found = CollectionFinder(program: self).find()
    cache.collectionUses = found
    return found
  }

  /// The uses of a population's collections.
  public func uses(of population: Population, _ kind: CollectionUse.Kind? = nil) -> [CollectionUse] {
    let wanted = Set(population.collections)
    return collectionUses.filter { use in
      (kind == nil || use.kind == kind) && objects(of: use.collection).contains { wanted.contains($0) }
    }
  }
}

/// Finds uses of collections.
struct CollectionFinder {
  let program: ProgramModel

  init(program: ProgramModel) { self.program = program }

  func find() -> [CollectionUse] {
    var result: [CollectionUse] = []
    for unit in program.units {
      for index in unit.tree.nodes.indices {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        switch unit.tree.nodes[index].kind {
        case .forOfStatement: result.append(contentsOf: forOf(code))
        case .forStatement, .whileStatement: result.append(contentsOf: counting(code))
        case .callExpression: result.append(contentsOf: call(code))
        case .assignmentExpression: result.append(contentsOf: assignment(code))
        case .memberExpression: result.append(contentsOf: member(code))
        default: continue
        }
      }
    }
    return result.filter { program.isReachable($0.code) && holdsCollection($0.collection) }
  }

  private func holdsCollection(_ code: Code) -> Bool {
    program.objects(of: code).contains { id in
      switch program.solver.objects[id.index].kind {
      case .array, .map, .set: true
      default: false
      }
    }
  }

  private func use(
    _ kind: CollectionUse.Kind, _ code: Code, of collection: Code, element: Code? = nil, body: Code? = nil,
    values: [Code] = []
  ) -> CollectionUse {
    CollectionUse(kind: kind, code: code, collection: collection, element: element, body: body, values: values)
  }

  private func forOf(_ code: Code) -> [CollectionUse] {
    guard let left = code[.left], var collection = code[.right]?.unwrapped else { return [] }
    // `for (const x of [...list])` and `of list.slice()` go through the list.
    if collection.kind == .arrayExpression, let only = collection.list(.elements).first, only.kind == .spreadElement,
      collection.list(.elements).count == 1
    {
      collection = only[.argument] ?? collection
    }
    let element = left.kind == .variableDeclaration ? left.list(.declarations).first?[.id] : left
    return [use(.visit, code, of: collection, element: element, body: code[.body])]
  }

  /// A loop that indexes one or more arrays by a variable that it counts.
  private func counting(_ code: Code) -> [CollectionUse] {
    guard let body = code[.body] else { return [] }
    var counters: Set<BindingID> = []
    for head in [code[.`init`], code[.test], code[.update]].compactMap({ $0 }) {
      for node in head.descendants where node.kind == .identifier {
        guard let binding = program.binding(of: node), program.writes(of: binding.id).count > 1 else { continue }
        counters.insert(binding.id)
      }
    }
    var result: [CollectionUse] = []
    var seen: [String] = []
    for node in body.descendants where node.kind == .memberExpression && node.flags.contains(.computed) {
      guard let index = node[.property], let counter = program.binding(of: index), counters.contains(counter.id),
        let object = node[.object], !seen.contains(object.text)
      else { continue }
      seen.append(object.text)
      let declarator = node.parent?.kind == .variableDeclarator ? node.parent?[.id] : nil
      result.append(use(.visit, code, of: object, element: declarator, body: body))
    }
    return result
  }

  private static let visitors: Set<String> = [
    "forEach", "map", "filter", "some", "every", "find", "findIndex", "findLast", "flatMap", "reduce",
  ]

  private func call(_ code: Code) -> [CollectionUse] {
    guard let callee = code[.callee]?.unwrapped, callee.kind == .memberExpression, let object = callee[.object],
      let name = program.propertyName(of: callee)
    else { return [] }
    let arguments = code.list(.arguments)
    switch name {
    case "push", "unshift", "add", "set": return [use(.add, code, of: object, values: arguments)]
    case "splice":
      let added = Array(arguments.dropFirst(2))
      let remove = use(.remove, code, of: object)
      return added.isEmpty ? [remove] : [remove, use(.add, code, of: object, values: added)]
    case "pop", "shift", "delete": return [use(.remove, code, of: object)]
    case "clear": return [use(.clear, code, of: object)]
    case _ where Self.visitors.contains(name):
      guard let first = arguments.first else { return [] }
      let function = program.functions(of: first).first
      let params = function?.list(.params) ?? []
      let element = name == "reduce" ? params.dropFirst().first : params.first
      return [use(.visit, code, of: object, element: element, body: function ?? first)]
    default: return []
    }
  }

  private func assignment(_ code: Code) -> [CollectionUse] {
    guard code.detail == .assign, let left = code[.left]?.unwrapped, let right = code[.right]?.unwrapped else {
      return []
    }
    if left.kind == .memberExpression, program.propertyName(of: left) == "length", let object = left[.object] {
      return [use(program.constant(of: right).number == 0 ? .clear : .remove, code, of: object)]
    }
    let target = collectionTarget(left, right)
    if right.kind == .arrayExpression {
      let elements = right.list(.elements)
      if elements.isEmpty { return [use(.clear, code, of: target)] }
      guard let spread = elements.first(where: { $0.kind == .spreadElement })?[.argument], spread.text == left.text
      else { return [] }
      return [use(.add, code, of: target, values: elements.filter { $0.kind != .spreadElement })]
    }
    guard right.kind == .callExpression, let callee = right[.callee]?.unwrapped, callee.kind == .memberExpression,
      let source = callee[.object]
    else { return [] }
    switch callee[.property]?.name {
    case "filter":
      let function = right.list(.arguments).first.flatMap { program.functions(of: $0).first }
      return [use(.filter, code, of: source, element: function?.list(.params).first, body: function)]
    case "concat": return [use(.add, code, of: source, values: right.list(.arguments))]
    case "slice": return [use(.remove, code, of: source)]
    default: return []
    }
  }

  /// The new value stands for the collection where the target itself holds no cell of its own.
  private func collectionTarget(_ left: Code, _ right: Code) -> Code { left.kind == .identifier ? left : right }

  private func member(_ code: Code) -> [CollectionUse] {
    guard let object = code[.object], let name = program.propertyName(of: code), name == "length" || name == "size",
      !code.isWriteTarget
    else { return [] }
    return [use(.count, code, of: object)]
  }
}
