import JavaScriptSyntax
import Program

extension Orrery {
  /// An expression that decides how fast bodies turn, and whether it grows with the rate or with the period.
  struct Rate {
    var code: Code
    var figures: [Int: Double]
    /// Whether the rate is inversely proportional to the figures.
    var isInverse: Bool
  }

  /// The figures by which bodies turn at rates of their own: the largest parts of the angle's growth that are known.
  func rates(of turn: Orbits.Turn) -> [Rate] {
    if !turn.ownRates.isEmpty { return [Rate(code: turn.angle, figures: turn.ownRates, isInverse: false)] }
    var result: [Rate] = []
    var seen: Set<Code> = []
    var pending: [(code: Code, isInverse: Bool, depth: Int)] = []
    for step in turn.steps { if let value = step.value { pending.append((value, false, 0)) } }
    pending.append((turn.angle, false, 0))
    var index = 0
    while index < pending.count, index < 400 {
      let (whole, isInverse, depth) = pending[index]
      index += 1
      let code = whole.unwrapped
      guard depth < 14, seen.insert(code).inserted, isOfBodies(code) else { continue }
      if !isSum(code) {
        let found = ownFigures(of: code)
        if !found.isEmpty {
          result += found.map { Rate(code: code, figures: $0, isInverse: isInverse) }
          continue
        }
      }
      func push(_ next: Code?, _ flips: Bool = false) {
        if let next { pending.append((next, isInverse != flips, depth + 1)) }
      }
      switch code.kind {
      case .binaryExpression:
        push(code[.left])
        if code.detail != .remainder { push(code[.right], code.detail == .divide) }
      case .conditionalExpression:
        push(code[.consequent])
        push(code[.alternate])
      case .logicalExpression:
        push(code[.left])
        push(code[.right])
      case .unaryExpression, .templateLiteral, .arrayExpression, .assignmentExpression:
        for child in code.children { push(child) }
      case .identifier:
        guard let binding = program.binding(of: code) else { continue }
        for write in program.writes(of: binding.id) {
          if write.kind == .parameter { for next in arguments(for: write) { push(next) } } else { push(write.value) }
        }
      case .memberExpression:
        guard let name = program.propertyName(of: code), let owner = code[.object] else { continue }
        for access in program.accesses(to: name, of: program.objects(of: owner)) { push(access.write?.value) }
      case .callExpression:
        for value in returned(by: code) { push(value) }
        for argument in code.list(.arguments) { push(argument) }
      default: continue
      }
    }
    return result
  }

  private func isSum(_ code: Code) -> Bool {
    code.kind == .binaryExpression && [.add, .subtract, .remainder].contains(code.detail)
  }

  /// What a parameter is given by calls that stand in the text.
  func arguments(for write: Write) -> [Code] {
    let function = write.site
    guard let position = function.list(.params).firstIndex(of: write.target) else { return [] }
    return program.callers(of: function).compactMap { call in
      let arguments = call.list(.arguments)
      guard call.kind == .callExpression || call.kind == .newExpression, program.callees(of: call).contains(function),
        arguments.indices.contains(position)
      else { return nil }
      return arguments[position]
    }
  }

  /// What calls of functions of the program give back.
  func returned(by call: Code) -> [Code] {
    program.callees(of: call).flatMap { results(of: $0) }
  }
}
