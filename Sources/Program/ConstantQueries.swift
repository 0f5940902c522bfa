import JavaScriptSyntax

extension BindingID {
  /// Stands for `this` where bindings are given values.
  public static var this: BindingID { BindingID(Evaluator.this) }
}

extension ProgramModel {
  /// What is known of an expression's value: `const R = 6371` makes `R * 2` the number 12742.
  public func constant(of code: Code) -> Constant { solver.evaluator.constant(of: code) }

  /// An expression's value when some bindings have given values.
  ///
  /// ```swift
  /// // radius = d => d.km / 6371 * zoom, for each row of a table
  /// let radii = rows.map { program.call(radius, [$0]) }
  /// radii[4].ratio(to: radii[2])  // known though `zoom` is not
  /// ```
  ///
  /// - Parameters:
  ///   - code: The expression.
  ///   - bindings: What bindings stand for, parameters and loop variables above all.
  ///   - symbolic: Whether unknown numbers are carried along as factors; see ``Constant/scaled(factor:_:)``.
  public func evaluate(_ code: Code, _ bindings: [BindingID: Constant], symbolic: Bool = true) -> Constant {
    let given = bindings.sorted { $0.key < $1.key }.map { ($0.key.index, $0.value) }
    return solver.evaluator.evaluate(code, bindings: given, symbolic: symbolic)
  }

  /// What a function of the program gives for known arguments.
  public func call(_ function: Code, _ arguments: [Constant], symbolic: Bool = true) -> Constant {
    solver.evaluator.call(function, arguments: arguments, symbolic: symbolic)
  }

  /// What a function of the program gives for known arguments on each way through conditions that are not known, so that every
  /// mode that it offers is seen; different results once, at most 16.
  public func callAlternatives(_ function: Code, _ arguments: [Constant], symbolic: Bool = true) -> [Constant] {
    solver.evaluator.alternatives(function, arguments: arguments, symbolic: symbolic)
  }

  /// What the targets of a pattern or parameter get from a value.
  public func takeApart(_ pattern: Code, _ value: Constant) -> [BindingID: Constant] {
    let parts = solver.evaluator.takeApart(pattern, value)
    return Dictionary(parts.map { (BindingID($0.0), $0.1) }) { _, last in last }
  }

  /// The constants that an expression can be, in order, when they are at most 64: over the rounds of a loop over a table, over
  /// the calls of its function; `nil` when some value is not known.
  public func possibleConstants(of code: Code) -> [Constant]? {
    solver.possibleValues(of: code, calls: true)
  }

  /// The constants that a binding can stand for, in order; see ``possibleConstants(of:)``.
  public func possibleConstants(of binding: BindingID) -> [Constant]? {
    solver.possibleValues(ofBinding: facts.canonical(binding.index), calls: true, depth: 0)
  }

  /// The records that a collection holds, as far as they are constant, in the order in which they are put in: the elements of
  /// its literal and what is pushed, for each round of the loop that pushes; `nil` when some are not known.
  public func records(in collection: ObjectID) -> [Constant]? {
    solver.records(of: UInt32(collection.index), depth: 0)
  }

  /// The records that an expression's array holds; see ``records(in:)``.
  public func records(of code: Code) -> [Constant]? {
    if let known = constant(of: code).array { return known }
    if let values = possibleConstants(of: code), values.count == 1, let array = values[0].array { return array }
    for object in objects(of: code) { if let found = records(in: object) { return found } }
    return nil
  }

  /// The tables of constant records in running code: arrays of at least `minimum` constant objects or arrays, and what `map` and
  /// its like make of them, in the order of the text.
  public func constantTables(minimum: Int = 3) -> [ConstantTable] {
    var result: [ConstantTable] = []
    for unit in units {
      for index in unit.tree.nodes.indices {
        let kind = unit.tree.nodes[index].kind
        guard kind == .arrayExpression || kind == .callExpression || kind == .objectExpression else { continue }
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        guard solver.isLive(UInt32(code.index)) else { continue }
        if let table = table(at: code, minimum: minimum) { result.append(table) }
      }
    }
    return result
  }

  private func table(at code: Code, minimum: Int) -> ConstantTable? {
    if code.kind == .arrayExpression, code.unit.tree.list(code.node, .elements).count < minimum { return nil }
    switch constant(of: code) {
    case .array(let records):
      let composite = records.filter { $0.object != nil || $0.array != nil }
      return composite.count >= minimum ? ConstantTable(code: code, names: nil, records: records) : nil
    case .object(let object) where code.kind == .objectExpression:
      let composite = object.values.filter { $0.object != nil || $0.array != nil }
      return composite.count >= minimum ? ConstantTable(code: code, names: object.names, records: object.values) : nil
    default: return nil
    }
  }
}

/// A table of constant records.
public struct ConstantTable: Sendable {
  /// The expression that gives the table.
  public let code: Code
  /// For a table kept as an object, the name of each record.
  public let names: [String]?
  /// The records: objects or arrays.
  public let records: [Constant]

  /// The numbers in a column; `nil` for records without a number there.
  public func column(_ name: String) -> [Double?] {
    records.map { record in
      if let object = record.object { return object[name]?.number }
      guard let index = Int(name), let array = record.array, array.indices.contains(index) else { return nil }
      return array[index].number
    }
  }

  /// The names of all columns, in the order in which they first occur.
  public var columns: [String] {
    var result: [String] = []
    for record in records {
      let names = record.object?.names ?? record.array?.indices.map { String($0) } ?? []
      for name in names where !result.contains(name) { result.append(name) }
    }
    return result
  }
}

extension Solver {
  /// The constant records of an array: those of its literal, and those added by `push`.
  func records(of object: UInt32, depth: Int) -> [Constant]? {
    guard depth < 6, objects[Int(object)].kind == .array, objects[Int(object)].site < UInt32(facts.totalNodes) else {
      return nil
    }
    var result: [Constant] = []
    let site = facts.code(objects[Int(object)].site)
    if site.kind == .arrayExpression {
      for element in site.list(.elements) {
        guard let values = elementValues(element, depth: depth) else { return nil }
        result += values
      }
    } else if let known = evaluator.constant(of: site).array {
      return known
    } else if site.kind == .callExpression, let mapped = mappedRecords(site, depth: depth) {
      result += mapped
    }
    for node in additions[object] ?? [] {
      for argument in facts.code(node).list(.arguments) {
        guard let values = elementValues(argument, depth: depth) else { return nil }
        result += values
      }
    }
    return result.isEmpty || result.count > 256 ? nil : result
  }

  private func elementValues(_ code: Code, depth: Int) -> [Constant]? {
    if code.kind == .spreadElement, let inner = code[.argument] {
      if let known = possibleValues(of: inner, calls: true, depth: depth + 1) {
        return known.flatMap { evaluator.elements(of: $0) ?? [.unknown] }
      }
      guard let cell = existingCell(inner) else { return nil }
      return objects(in: cell).first.flatMap { records(of: $0, depth: depth + 1) }
    }
    return possibleValues(of: code, calls: true, depth: depth + 1)
  }

  /// `source.map(f)` over an array that is not constant by itself.
  private func mappedRecords(_ call: Code, depth: Int) -> [Constant]? {
    guard let callee = call[.callee]?.unwrapped, callee[.property]?.name == "map", let source = callee[.object],
      let cell = existingCell(source), let function = call.list(.arguments).first, function.kind.isFunction
    else { return nil }
    guard let items = objects(in: cell).lazy.compactMap({ self.records(of: $0, depth: depth + 1) }).first else {
      return nil
    }
    return items.enumerated().map {
      evaluator.call(function, arguments: [$0.element, .number(Double($0.offset))], symbolic: false)
    }
  }
}
