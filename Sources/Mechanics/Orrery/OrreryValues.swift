import JavaScriptSyntax
import Program

extension Orrery {
  /// The figures that an expression has for the bodies, up to a common factor; several when there are several modes.
  func figures(of code: Code, depth: Int = 0) -> [[Int: Double]] {
    let code = code.unwrapped
    var result = ownFigures(of: code)
    if !result.isEmpty || depth >= 5 { return Array(result.prefix(6)) }
    for next in sources(of: code).prefix(6) { result += figures(of: next, depth: depth + 1) }
    return Array(result.prefix(6))
  }

  /// The functions that a class gives a member its value by.
  func getters(of member: Code) -> [Code] {
    guard let name = program.propertyName(of: member), let owner = member[.object] else { return [] }
    return program.objects(of: owner).compactMap { id -> Code? in
      guard program.object(id).kind == .instance, let body = program.object(id).definition?[.body] else { return nil }
      return body.list(.body).first {
        $0.kind == .methodDefinition && $0.detail == .get && program.propertyName(of: $0) == name
      }?[.value]
    }
  }

  /// What a function gives back.
  func results(of function: Code) -> [Code] {
    if let body = function[.body], body.kind != .blockStatement { return [body] }
    var found: [Code] = []
    function.forEachInRegion { if $0.kind == .returnStatement, let value = $0[.argument] { found.append(value) } }
    return found
  }

  /// Whether nothing but the table gives a member its value.
  private func isAsGiven(_ member: Code) -> Bool {
    getters(of: member).isEmpty
      && !program.locations(of: member).contains { place in
        if case .property(let object, _) = place, bodies.contains(object) { return false }
        return program.writes(of: place).contains { $0.kind == .assignment || $0.kind == .update }
      }
  }

  /// The figures that an expression has where it stands.
  func ownFigures(of code: Code) -> [[Int: Double]] {
    var result: [[Int: Double]] = []
    for group in groups where group.scope.contains(code) {
      if let found = figures(of: code, in: group) { result.append(found) }
    }
    if !result.isEmpty { return result }
    if code.kind == .memberExpression, let name = program.propertyName(of: code), let owner = code[.object],
      let column = columns.first(where: { $0.name == name }),
      program.objects(of: owner).contains(where: { bodies.contains($0) || carriers.contains($0) }), isAsGiven(code)
    {
      let base = column.values.sorted { $0.key < $1.key }.first?.value ?? 1
      return base == 0 ? [] : [column.values.mapValues { $0 / base }]
    }
    return []
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
      return program.writes(of: binding.id).flatMap { write -> [Code] in
        if let property = write.target.parent, property.kind == .property, let name = program.propertyName(of: property)
        {
          let whole = write.value.map { program.objects(of: $0) } ?? []
          let holders = whole + whole.flatMap { program.contents(of: $0) }
          let found = program.accesses(to: name, of: holders).filter { $0.isWrite }.compactMap { $0.write?.value }
          if !found.isEmpty { return found.filter { $0 != code } }
        }
        return write.value.map { [$0] } ?? []
      }
    case .memberExpression:
      guard let name = program.propertyName(of: code), let owner = code[.object] else { return [] }
      return program.accesses(to: name, of: program.objects(of: owner)).compactMap { $0.write?.value }
        + getters(of: code).flatMap { results(of: $0) }
    case .callExpression:
      let results = returned(by: code).filter { dependsOnBody($0) }
      guard program.callees(of: code).isEmpty else { return results }
      let path = program.calleePaths(of: code).first ?? code[.callee]?.text ?? ""
      return path.hasPrefix("Math.") ? [] : code.list(.arguments).filter { dependsOnBody($0) }
    case .binaryExpression, .conditionalExpression, .logicalExpression, .arrayExpression, .unaryExpression:
      return code.children.filter { dependsOnBody($0) }
    default: return []
    }
  }

  func evidence(_ code: Code, _ says: String) -> Evidence { Evidence(file: code.file, span: code.span, says: says) }
}
