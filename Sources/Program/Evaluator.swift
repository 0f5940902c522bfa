#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import JavaScriptSyntax

/// Evaluates expressions that depend on constants only; bounded in depth and steps, it never runs the program.
final class Evaluator {
  let facts: NameFacts
  var factors = FactorTable()
  /// Values of bindings given from outside or by calls under way; the last one counts.
  private var frames: [(binding: Int, value: Constant)] = []
  private var memo: [Int: Constant] = [:]
  private var bindingMemo: [Int: Constant] = [:]
  private var evaluating: Set<Int> = []
  private var depth = 0
  private var fuel = 0
  /// All steps that may still be taken for this program.
  private(set) var budget = 20_000_000
  /// Whether unknown numbers become factors.
  private var isSymbolic = false
  /// Set when a known part of a value was given up, so that nothing is memoized under a limit.
  private var wasCut = false
  /// Says whether a property assigned somewhere can be one of this object's; by default any assignment counts.
  var mayBeAssigned: ((_ symbol: UInt32, _ site: Code?) -> Bool)?

  init(_ facts: NameFacts) { self.facts = facts }

  static let maximumDepth = 200
  /// The frame of what `this` stands for.
  static let this = -1
  static let fuelPerQuestion = 200_000

  /// Drops what was found, when more has become known about assignments.
  func forgetAnswers() {
    memo.removeAll()
    bindingMemo.removeAll()
  }

  /// The branches to take where a condition is not known, while the ways through a function are explored.
  private var choices: [Bool] = []
  private var taken = 0
  private var isExploring = false
  static let maximumWays = 16

  // MARK: Questions

  /// What a function gives on each way through conditions that are not known, different results once.
  func alternatives(_ function: Code, arguments: [Constant], symbolic: Bool) -> [Constant] {
    var result: [Constant] = []
    choices = []
    for _ in 0..<Self.maximumWays {
      taken = 0
      isExploring = true
      let value = call(function, arguments: arguments, symbolic: symbolic)
      isExploring = false
      if !result.contains(value) { result.append(value) }
      choices.removeLast(max(0, choices.count - taken))
      while choices.last == false { choices.removeLast() }
      guard !choices.isEmpty else { break }
      choices[choices.count - 1] = false
    }
    return result
  }

  /// A condition's truth, or the branch that is explored now.
  private func decide(_ truth: Bool?) -> Bool? {
    if truth != nil || !isExploring { return truth }
    if taken == choices.count { choices.append(true) }
    taken += 1
    return choices[taken - 1]
  }

  func constant(of code: Code) -> Constant {
    if let known = memo[code.index] { return known }
    return ask(symbolic: false) { evaluator in
      let value = evaluator.evaluate(code)
      if !evaluator.wasCut { evaluator.memo[code.index] = value }
      return value
    }
  }

  func evaluate(_ code: Code, bindings: [(Int, Constant)], symbolic: Bool) -> Constant {
    ask(symbolic: symbolic) { evaluator in
      let mark = evaluator.frames.count
      for (binding, value) in bindings { evaluator.frames.append((binding, value)) }
      let value = evaluator.evaluate(code)
      evaluator.frames.removeLast(evaluator.frames.count - mark)
      return value
    }
  }

  func call(_ function: Code, arguments: [Constant], symbolic: Bool) -> Constant {
    ask(symbolic: symbolic) { $0.invoke(function, arguments) }
  }

  func takeApart(_ pattern: Code, _ value: Constant) -> [(Int, Constant)] {
    ask(symbolic: false) { evaluator in
      let mark = evaluator.frames.count
      evaluator.bind(pattern, value)
      let result = Array(evaluator.frames[mark...])
      evaluator.frames.removeLast(evaluator.frames.count - mark)
      return result.map { ($0.binding, $0.value) }
    }
  }

  private func ask<Result>(symbolic: Bool, _ body: (Evaluator) -> Result) -> Result {
    let saved = (isSymbolic, fuel, wasCut, frames.count)
    if depth == 0 { fuel = min(Self.fuelPerQuestion, budget) }
    isSymbolic = symbolic
    wasCut = false
    let before = fuel
    let result = body(self)
    budget -= max(0, before - fuel)
    isSymbolic = saved.0
    if depth == 0 { fuel = saved.1 }
    wasCut = saved.2
    return result
  }

  // MARK: Expressions

  private func evaluate(_ code: Code?) -> Constant {
    guard let code else { return .undefined }
    depth += 1
    fuel -= 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth, fuel > 0 else {
      wasCut = true
      return .unknown
    }
    return value(of: code)
  }

  private func value(of code: Code) -> Constant {
    switch code.kind {
    case .literal: return literal(code)
    case .templateLiteral: return template(code)
    case .identifier: return identifier(code)
    case .memberExpression: return member(code)
    case .unaryExpression: return unary(code)
    case .binaryExpression: return binary(code.detail, evaluate(code[.left]), evaluate(code[.right]))
    case .logicalExpression: return logical(code)
    case .conditionalExpression:
      guard let truth = decide(evaluate(code[.test]).truth) else { return .unknown }
      return evaluate(truth ? code[.consequent] : code[.alternate])
    case .arrayExpression: return arrayLiteral(code)
    case .objectExpression: return objectLiteral(code)
    case .callExpression: return callExpression(code)
    case .newExpression: return newExpression(code)
    case .sequenceExpression: return evaluate(code.list(.expressions).last)
    case .functionExpression, .arrowFunctionExpression, .functionDeclaration, .classExpression, .classDeclaration:
      return .function(code)
    case .thisExpression: return frames.last { $0.binding == Self.this }?.value ?? .unknown
    case .assignmentExpression where code.detail == .assign: return evaluate(code[.right])
    default:
      let inner = code.unwrapped
      return inner == code ? .unknown : evaluate(inner)
    }
  }

  private func literal(_ code: Code) -> Constant {
    switch code.detail {
    case .string: code.unit.tree.stringLiteral(code.node).map(Constant.string) ?? .unknown
    case .number: code.unit.tree.numberLiteral(code.node).map(Constant.number) ?? .unknown
    case .true: .bool(true)
    case .false: .bool(false)
    case .null: .null
    default: .unknown
    }
  }

  private func template(_ code: Code) -> Constant {
    let tree = code.unit.tree
    let pieces = tree.list(code.node, .quasis)
    let expressions = code.list(.expressions)
    var result = ""
    for (index, piece) in pieces.enumerated() {
      result += tree.templateText(piece)
      guard index < expressions.count else { continue }
      guard let text = text(evaluate(expressions[index])) else { return .unknown }
      result += text
    }
    return .string(result)
  }

  private func identifier(_ code: Code) -> Constant {
    guard let binding = facts.binding(of: code.node, in: code.unit) else { return .unknown }
    for frame in frames.reversed() where frame.binding == binding { return frame.value }
    let value = self.binding(binding)
    if value == .unknown {
      if let local = local(binding) { return local }
      return unknownNumber(UInt64(binding))
    }
    return value
  }

  /// The value of a variable that is written once, in a function, from what the question gives: `const r = d.km / 6371`.
  private func local(_ binding: Int) -> Constant? {
    guard !frames.isEmpty, !facts.isMutated[binding] else { return nil }
    let writes = facts.writes[binding]
    guard writes.count == 1, let write = writes.first, write.value != .max,
      write.kind == .initializer || write.kind == .destructuring,
      facts.code(write.site).enclosingFunction != nil, evaluating.insert(binding).inserted
    else { return nil }
    defer { evaluating.remove(binding) }
    let source = evaluate(facts.code(write.value))
    guard source.isKnown else { return nil }
    let value = write.kind == .destructuring ? destructured(facts.code(write.target), source) : source
    return value.isKnown ? value : nil
  }

  private func unknownNumber(_ leaf: UInt64) -> Constant {
    isSymbolic ? .scaled(factor: factors.leaf(leaf), 1) : .unknown
  }

  func binding(_ binding: Int) -> Constant {
    if let known = bindingMemo[binding] { return known }
    let stored = facts.bindings[binding]
    if stored.kind == .global { return global(stored.name, binding) }
    guard !facts.isMutated[binding], evaluating.insert(binding).inserted else { return .unknown }
    defer { evaluating.remove(binding) }
    let writes = facts.writes[binding]
    guard writes.count == 1, let write = writes.first, write.value != .max else { return .unknown }
    let source = facts.code(write.value)
    // What a binding is must not depend on the question asked, so its value is found in a context of its own.
    let saved = (isSymbolic, frames, isExploring)
    isSymbolic = false
    isExploring = false
    frames = []
    defer { (isSymbolic, frames, isExploring) = saved }
    let result: Constant
    switch write.kind {
    case .initializer: result = evaluate(source)
    case .assignment where facts.code(write.site).detail == .assign: result = evaluate(source)
    case .declaration: result = source.kind.isFunction || source.kind.isClass ? .function(source) : .unknown
    case .destructuring: result = destructured(facts.code(write.target), evaluate(source))
    default: result = .unknown
    }
    var value = result
    if value == .unknown, let path = hostPath(ofBinding: binding, depth: 0), let number = Self.hostConstants[path] {
      value = .number(number)
    }
    if !wasCut { bindingMemo[binding] = value }
    return value
  }

  private func global(_ name: String, _ binding: Int) -> Constant {
    guard facts.writes[binding].isEmpty else { return .unknown }
    switch name {
    case "undefined": return .undefined
    case "NaN": return .number(.nan)
    case "Infinity": return .number(.infinity)
    default: return .unknown
    }
  }

  /// The part of a value that a pattern gives to one target.
  private func destructured(_ target: Code, _ whole: Constant) -> Constant {
    var path: [Code] = [target]
    var code = target
    while let parent = code.parent, parent.kind.isPattern || parent.kind == .property {
      path.append(parent)
      code = parent
    }
    var value = whole
    for (outer, inner) in zip(path.reversed(), path.reversed().dropFirst()) {
      value = part(of: value, outer: outer, inner: inner)
      if value == .unknown { return .unknown }
    }
    return value
  }

  private func part(of value: Constant, outer: Code, inner: Code) -> Constant {
    switch outer.kind {
    case .property:
      guard let symbol = facts.keySymbol(of: outer.node, in: outer.unit) else { return .unknown }
      return property(facts.name(symbol), of: value)
    case .arrayPattern:
      let elements = outer.unit.tree.list(outer.node, .elements)
      guard let index = elements.firstIndex(of: inner.node), let array = value.array else { return .unknown }
      if inner.kind == .restElement { return .array(Array(array.dropFirst(index))) }
      return index < array.count ? array[index] : .undefined
    case .assignmentPattern: return value == .undefined ? evaluate(outer[.right]) : value
    case .restElement: return outer.parent?.kind == .objectPattern ? .unknown : value
    default: return value
    }
  }

  // MARK: Members

  private func member(_ code: Code) -> Constant {
    guard let object = code[.object] else { return .unknown }
    if let path = hostPath(of: code), let value = Self.hostConstants[path] { return .number(value) }
    let base = evaluate(object)
    let name: String?
    if let symbol = facts.keySymbol(of: code.node, in: code.unit) {
      name = facts.name(symbol)
    } else {
      name = code[.property].flatMap { text(evaluate($0)) }
    }
    guard let name else { return .unknown }
    let value = base.isKnown ? property(name, of: base) : .unknown
    if value == .unknown, isSymbolic, let leaf = stateLeaf(code, base, name) { return unknownNumber(leaf) }
    return value
  }

  /// A number for an unknown property of a singleton: the path from a binding, so that `s.zoom` is the same unknown everywhere.
  private func stateLeaf(_ code: Code, _ base: Constant, _ name: String) -> UInt64? {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x1_0000_0001_B3 }
    var next: Code? = code.unwrapped
    while let current = next {
      if current.kind == .memberExpression {
        guard let symbol = facts.keySymbol(of: current.node, in: current.unit) else { return nil }
        mix(UInt64(symbol) + 1)
        next = current[.object]?.unwrapped
      } else if current.kind == .identifier, let binding = facts.binding(of: current.node, in: current.unit) {
        // A property of a value given from outside differs from question to question: it is no common factor.
        if frames.contains(where: { $0.binding == binding }) { return nil }
        if facts.bindings[binding].kind == .parameter { return nil }
        mix(UInt64(binding))
        return hash | 1 << 63
      } else if current.kind == .thisExpression {
        mix(UInt64(current.region.index))
        return hash | 1 << 63
      } else {
        return nil
      }
    }
    return nil
  }

  func property(_ name: String, of value: Constant) -> Constant {
    switch value {
    case .object(let object):
      let found = object[name]
      if let symbol = facts.findSymbol(name), facts.isAssigned(symbol) {
        if mayBeAssigned?(symbol, object.site) ?? true { return .unknown }
      }
      return found ?? .undefined
    case .array(let elements):
      if name == "length" { return .number(Double(elements.count)) }
      guard let index = Int(name) else { return .unknown }
      return elements.indices.contains(index) ? elements[index] : .undefined
    case .string(let text):
      if name == "length" { return .number(Double(text.utf16.count)) }
      guard let index = Int(name) else { return .unknown }
      let characters = Array(text)
      return characters.indices.contains(index) ? .string(String(characters[index])) : .undefined
    default: return .unknown
    }
  }

  private static let hostConstants: [String: Double] = [
    "Math.PI": .pi, "Math.E": M_E, "Math.SQRT2": 2.0.squareRoot(), "Math.SQRT1_2": 0.5.squareRoot(), "Math.LN2": M_LN2,
    "Math.LN10": M_LN10, "Math.LOG2E": M_LOG2E, "Math.LOG10E": M_LOG10E,
    "Number.MAX_SAFE_INTEGER": 9_007_199_254_740_991,
    "Number.MIN_SAFE_INTEGER": -9_007_199_254_740_991, "Number.EPSILON": Double.ulpOfOne,
    "Number.POSITIVE_INFINITY": .infinity, "Number.MAX_VALUE": Double.greatestFiniteMagnitude,
  ]

  /// The dotted path of an expression that begins at a global of the host, aliases and destructuring followed:
  /// `sin` after `const {sin} = Math` is `Math.sin`.
  func hostPath(of code: Code, depth: Int = 0) -> String? {
    guard depth < 16 else { return nil }
    let code = code.unwrapped
    switch code.kind {
    case .memberExpression:
      guard let object = code[.object], let symbol = facts.keySymbol(of: code.node, in: code.unit),
        let base = hostPath(of: object, depth: depth + 1)
      else { return nil }
      let isWindow = base == "window" || base == "globalThis" || base == "self"
      return isWindow ? facts.name(symbol) : base + "." + facts.name(symbol)
    case .identifier:
      guard let binding = facts.binding(of: code.node, in: code.unit) else { return nil }
      return hostPath(ofBinding: binding, depth: depth)
    default: return nil
    }
  }

  func hostPath(ofBinding binding: Int, depth: Int = 0) -> String? {
    let stored = facts.bindings[binding]
    let writes = facts.writes[binding]
    if stored.kind == .global { return writes.isEmpty ? stored.name : nil }
    guard writes.count == 1, let write = writes.first, write.value != .max else { return nil }
    let value = facts.code(write.value)
    if write.kind == .initializer { return hostPath(of: value, depth: depth + 1) }
    guard write.kind == .destructuring, let base = hostPath(of: value, depth: depth + 1) else { return nil }
    let target = facts.code(write.target)
    var property = target.parent
    if property?.kind == .assignmentPattern { property = property?.parent }
    guard let property, property.kind == .property, property.parent?.parent?.kind == .variableDeclarator,
      let symbol = facts.keySymbol(of: property.node, in: property.unit)
    else { return nil }
    return base + "." + facts.name(symbol)
  }

  // MARK: Operators

  private func unary(_ code: Code) -> Constant {
    let value = evaluate(code[.argument])
    switch (code.detail, value) {
    case (.void, _): return .undefined
    case (.not, _): return value.truth.map { .bool(!$0) } ?? .unknown
    case (.minus, .scaled(let factor, let number)): return .scaled(factor: factor, -number)
    case (.plus, .scaled): return value
    case (.minus, _): return number(value).map { .number(-$0) } ?? .unknown
    case (.plus, _): return number(value).map { .number($0) } ?? .unknown
    case (.bitNot, _): return number(value).map { .number(Double(~int32($0))) } ?? .unknown
    case (.typeof, .number): return .string("number")
    case (.typeof, .string): return .string("string")
    case (.typeof, .bool): return .string("boolean")
    case (.typeof, .undefined): return .string("undefined")
    case (.typeof, .function): return .string("function")
    case (.typeof, .object), (.typeof, .array), (.typeof, .null): return .string("object")
    default: return .unknown
    }
  }

  private func logical(_ code: Code) -> Constant {
    let left = evaluate(code[.left])
    switch code.detail {
    case .and:
      guard let truth = left.truth else {
        return evaluate(code[.right]).truth == false ? .bool(false) : .unknown
      }
      return truth ? evaluate(code[.right]) : left
    case .or:
      guard let truth = left.truth else { return .unknown }
      return truth ? left : evaluate(code[.right])
    default:
      guard left.isKnown else { return .unknown }
      if case .scaled = left { return left }
      return left == .null || left == .undefined ? evaluate(code[.right]) : left
    }
  }

  func binary(_ operation: NodeDetail, _ left: Constant, _ right: Constant) -> Constant {
    if left == .unknown || right == .unknown { return .unknown }
    if operation == .add, left.string != nil || right.string != nil || isComposite(left) || isComposite(right) {
      guard let a = text(left), let b = text(right) else { return .unknown }
      return .string(a + b)
    }
    if case .scaled = left { return scaled(operation, left, right) }
    if case .scaled = right { return scaled(operation, left, right) }
    switch operation {
    case .strictEqual, .equal: return equality(left, right, loose: operation == .equal).map { .bool($0) } ?? .unknown
    case .strictNotEqual, .notEqual:
      return equality(left, right, loose: operation == .notEqual).map { .bool(!$0) } ?? .unknown
    case .less, .greater, .lessOrEqual, .greaterOrEqual: return comparison(operation, left, right)
    case .in:
      guard let name = text(left), let object = right.object else { return .unknown }
      return .bool(object[name] != nil)
    default:
      guard let a = number(left), let b = number(right) else { return .unknown }
      return arithmetic(operation, a, b)
    }
  }

  private func isComposite(_ value: Constant) -> Bool {
    switch value {
    case .array, .object, .function: true
    default: false
    }
  }

  private func arithmetic(_ operation: NodeDetail, _ a: Double, _ b: Double) -> Constant {
    switch operation {
    case .add: .number(a + b)
    case .subtract: .number(a - b)
    case .multiply: .number(a * b)
    case .divide: .number(a / b)
    case .remainder: .number(fmod(a, b))
    case .exponentiate: .number(pow(a, b))
    case .bitOr: .number(Double(int32(a) | int32(b)))
    case .bitAnd: .number(Double(int32(a) & int32(b)))
    case .bitXor: .number(Double(int32(a) ^ int32(b)))
    case .shiftLeft: .number(Double(int32(a) << (int32(b) & 31)))
    case .shiftRight: .number(Double(int32(a) >> (int32(b) & 31)))
    case .shiftRightUnsigned: .number(Double(UInt32(bitPattern: int32(a)) >> UInt32(int32(b) & 31)))
    default: .unknown
    }
  }

  private func scaled(_ operation: NodeDetail, _ left: Constant, _ right: Constant) -> Constant {
    guard let a = left.magnitude ?? number(left), let b = right.magnitude ?? number(right) else { return .unknown }
    let leftFactor = if case .scaled(let factor, _) = left { factor } else { 0 }
    let rightFactor = if case .scaled(let factor, _) = right { factor } else { 0 }
    func result(_ factor: Int?, _ value: Double) -> Constant {
      guard let factor else { return .unknown }
      return factor == 0 ? .number(value) : .scaled(factor: factor, value)
    }
    switch operation {
    case .add where leftFactor == rightFactor: return result(leftFactor, a + b)
    case .subtract where leftFactor == rightFactor: return result(leftFactor, a - b)
    case .add where a == 0: return right
    case .add where b == 0: return left
    case .subtract where b == 0: return left
    case .multiply: return result(factors.multiply(leftFactor, rightFactor), a * b)
    case .divide: return result(factors.multiply(leftFactor, rightFactor, exponent: -1), a / b)
    case .exponentiate where rightFactor == 0: return result(factors.raise(leftFactor, to: b), pow(a, b))
    default: return .unknown
    }
  }

  private func equality(_ left: Constant, _ right: Constant, loose: Bool) -> Bool? {
    switch (left, right) {
    case (.number(let a), .number(let b)): return a == b
    case (.null, .undefined), (.undefined, .null): return loose
    case (.object(let a), .object(let b)):
      // Objects of different literals are never the same; those of one may be.
      guard let first = a.site, let second = b.site, first != second else { return nil }
      return false
    case (.array, .array), (.function, .function): return nil
    case (.number, .string), (.string, .number):
      guard loose, let a = number(left), let b = number(right) else { return loose ? nil : false }
      return a == b
    default: return left == right
    }
  }

  private func comparison(_ operation: NodeDetail, _ left: Constant, _ right: Constant) -> Constant {
    if let a = left.string, let b = right.string {
      switch operation {
      case .less: return .bool(a < b)
      case .greater: return .bool(a > b)
      case .lessOrEqual: return .bool(a <= b)
      default: return .bool(a >= b)
      }
    }
    guard let a = number(left), let b = number(right) else { return .unknown }
    switch operation {
    case .less: return .bool(a < b)
    case .greater: return .bool(a > b)
    case .lessOrEqual: return .bool(a <= b)
    default: return .bool(a >= b)
    }
  }

  func number(_ value: Constant) -> Double? {
    switch value {
    case .number(let number): number
    case .bool(let flag): flag ? 1 : 0
    case .null: 0
    case .undefined: .nan
    case .string(let text): Double(text.filter { !$0.isWhitespace }) ?? (text.isEmpty ? 0 : .nan)
    default: nil
    }
  }

  func text(_ value: Constant) -> String? {
    switch value {
    case .string(let text): return text
    case .number(let number): return number.isNaN ? "NaN" : numberText(number)
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return "null"
    case .undefined: return "undefined"
    case .array(let elements):
      let parts = elements.map { text($0) }
      return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined(separator: ",")
    default: return nil
    }
  }

  private func int32(_ value: Double) -> Int32 {
    guard value.isFinite else { return 0 }
    let wrapped = fmod(value.rounded(.towardZero), 4_294_967_296)
    return Int32(truncatingIfNeeded: Int64(wrapped))
  }

  // MARK: Literals of several values

  private func arrayLiteral(_ code: Code) -> Constant {
    var result: [Constant] = []
    for element in code.unit.tree.list(code.node, .elements) {
      guard let element = code.wrap(element) else {
        result.append(.undefined)
        continue
      }
      if element.kind == .spreadElement {
        guard let elements = elements(of: evaluate(element[.argument])) else { return .unknown }
        result.append(contentsOf: elements)
      } else {
        result.append(evaluate(element))
      }
      if fuel <= 0 { return .unknown }
    }
    return .array(result)
  }

  private func objectLiteral(_ code: Code) -> Constant {
    var object = ConstantObject(site: code)
    for property in code.list(.properties) {
      if property.kind == .spreadElement {
        guard let source = evaluate(property[.argument]).object else { return .unknown }
        for (name, value) in zip(source.names, source.values) { object[name] = value }
        continue
      }
      guard property.detail != .get, property.detail != .set else { continue }
      let name: String?
      if let symbol = facts.keySymbol(of: property.node, in: property.unit) {
        name = facts.name(symbol)
      } else {
        name = text(evaluate(property[.key]))
      }
      guard let name else { return .unknown }
      object[name] = evaluate(property[.value])
      if fuel <= 0 { return .unknown }
    }
    return .object(object)
  }

  func elements(of value: Constant) -> [Constant]? {
    switch value {
    case .array(let elements): elements
    case .string(let text): text.map { .string(String($0)) }
    default: nil
    }
  }
}

// MARK: - Calls

extension Evaluator {
  fileprivate func arguments(of code: Code) -> [Constant]? {
    var result: [Constant] = []
    for argument in code.list(.arguments) {
      if argument.kind == .spreadElement {
        guard let elements = elements(of: evaluateNested(argument[.argument])) else { return nil }
        result.append(contentsOf: elements)
      } else {
        result.append(evaluateNested(argument))
      }
    }
    return result
  }

  fileprivate func evaluateNested(_ code: Code?) -> Constant { evaluate(code) }

  private func callExpression(_ code: Code) -> Constant {
    guard let callee = code[.callee]?.unwrapped, let arguments = arguments(of: code) else { return .unknown }
    if let path = hostPath(of: callee) { return hostCall(path, arguments) }
    if callee.kind == .memberExpression, let object = callee[.object],
      let symbol = facts.keySymbol(of: callee.node, in: callee.unit)
    {
      let receiver = evaluate(object)
      if receiver.isKnown {
        if case .function(let function) = property(facts.name(symbol), of: receiver) {
          return invoke(function, arguments)
        }
        return method(facts.name(symbol), receiver, arguments)
      }
      return .unknown
    }
    guard case .function(let function) = evaluate(callee) else { return .unknown }
    return invoke(function, arguments)
  }

  private func newExpression(_ code: Code) -> Constant {
    guard let callee = code[.callee], let arguments = arguments(of: code) else { return .unknown }
    guard let path = hostPath(of: callee) else {
      guard case .function(let constructor) = evaluate(callee) else { return .unknown }
      return instantiate(constructor, arguments, at: code)
    }
    switch path {
    case "Array": return hostCall("Array", arguments)
    case "Set":
      guard let elements = arguments.first.flatMap({ self.elements(of: $0) }) else { return .unknown }
      var seen: Set<Constant> = []
      return .array(elements.filter { seen.insert($0).inserted })
    default: return .unknown
    }
  }

  private func hostCall(_ path: String, _ arguments: [Constant]) -> Constant {
    let first = arguments.first ?? .undefined
    if path.hasPrefix("Math.") { return math(String(path.dropFirst(5)), arguments) }
    switch path {
    case "Number", "parseFloat", "parseInt":
      if case .scaled = first { return path == "Number" ? first : .unknown }
      if path != "Number", let text = first.string { return .number(leadingNumber(text)) }
      return number(first).map { .number(path == "parseInt" ? $0.rounded(.towardZero) : $0) } ?? .unknown
    case "String": return text(first).map { .string($0) } ?? .unknown
    case "Boolean": return first.truth.map { .bool($0) } ?? .unknown
    case "Object.freeze", "Object.seal", "structuredClone", "Symbol.for": return first
    case "Object.keys": return first.object.map { .array($0.names.map { .string($0) }) } ?? .unknown
    case "Object.values":
      return first.object.map { .array(zip($0.names, $0.values).map { self.property($0.0, of: first) }) } ?? .unknown
    case "Object.entries":
      return first.object.map { .array($0.names.map { .array([.string($0), self.property($0, of: first)]) }) }
        ?? .unknown
    case "Object.fromEntries":
      guard let pairs = elements(of: first) else { return .unknown }
      var object = ConstantObject()
      for pair in pairs {
        guard let pair = pair.array, pair.count > 1, let name = text(pair[0]) else { return .unknown }
        object[name] = pair[1]
      }
      return .object(object)
    case "Object.assign":
      guard var object = first.object else { return .unknown }
      for source in arguments.dropFirst() {
        guard let source = source.object else { return .unknown }
        for (name, value) in zip(source.names, source.values) { object[name] = value }
      }
      return .object(object)
    case "Array.from": return arrayFrom(arguments)
    case "Array.of": return .array(arguments)
    case "Array":
      guard arguments.count == 1, let count = first.number else { return .array(arguments) }
      guard count >= 0, count <= 10_000 else { return .unknown }
      return .array([Constant](repeating: .undefined, count: Int(count)))
    default: return .unknown
    }
  }

  private func arrayFrom(_ arguments: [Constant]) -> Constant {
    let source: [Constant]
    if let elements = arguments.first.flatMap({ elements(of: $0) }) {
      source = elements
    } else if let count = arguments.first?.object?["length"]?.number, count >= 0, count <= 10_000 {
      source = [Constant](repeating: .undefined, count: Int(count))
    } else {
      return .unknown
    }
    guard arguments.count > 1 else { return .array(source) }
    return map(source, arguments[1]).map { .array($0) } ?? .unknown
  }

  private func leadingNumber(_ text: String) -> Double {
    let trimmed = text.drop { $0.isWhitespace }
    var best: Double = .nan
    var end = trimmed.startIndex
    while end < trimmed.endIndex, "0123456789.+-eE".contains(trimmed[end]) {
      end = trimmed.index(after: end)
      if let value = Double(trimmed[..<end]) { best = value }
    }
    return best
  }

  private func math(_ name: String, _ arguments: [Constant]) -> Constant {
    if case .scaled(let factor, let value) = arguments.first ?? .unknown {
      switch name {
      case "sqrt": return .scaled(factor: factors.raise(factor, to: 0.5), value.squareRoot())
      case "cbrt": return .scaled(factor: factors.raise(factor, to: 1.0 / 3), cbrt(value))
      case "abs": return .scaled(factor: factor, abs(value))
      case "pow":
        guard arguments.count > 1, let exponent = arguments[1].number else { return .unknown }
        return .scaled(factor: factors.raise(factor, to: exponent), pow(value, exponent))
      default: return .unknown
      }
    }
    let numbers = arguments.map { number($0) }
    guard !numbers.contains(nil) else { return .unknown }
    return Self.math(name, numbers.compactMap { $0 }).map { .number($0) } ?? .unknown
  }

  private static func math(_ name: String, _ values: [Double]) -> Double? {
    let x = values.first ?? .nan
    let y = values.count > 1 ? values[1] : .nan
    switch name {
    case "abs": return abs(x)
    case "sqrt": return x.squareRoot()
    case "cbrt": return cbrt(x)
    case "pow": return pow(x, y)
    case "log": return log(x)
    case "log10": return log10(x)
    case "log2": return log2(x)
    case "log1p": return log1p(x)
    case "exp": return exp(x)
    case "expm1": return expm1(x)
    case "sin": return sin(x)
    case "cos": return cos(x)
    case "tan": return tan(x)
    case "asin": return asin(x)
    case "acos": return acos(x)
    case "atan": return atan(x)
    case "atan2": return atan2(x, y)
    case "sinh": return sinh(x)
    case "cosh": return cosh(x)
    case "tanh": return tanh(x)
    case "asinh": return asinh(x)
    case "floor": return x.rounded(.down)
    case "ceil": return x.rounded(.up)
    case "round": return (x + 0.5).rounded(.down)
    case "trunc": return x.rounded(.towardZero)
    case "sign": return x > 0 ? 1 : x < 0 ? -1 : x
    case "max": return values.contains { $0.isNaN } ? .nan : values.max() ?? -.infinity
    case "min": return values.contains { $0.isNaN } ? .nan : values.min() ?? .infinity
    case "hypot": return values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    case "fround": return Double(Float(x))
    default: return nil
    }
  }

  private func map(_ elements: [Constant], _ function: Constant) -> [Constant]? {
    guard case .function(let code) = function else {
      return nil
    }
    var result: [Constant] = []
    for (index, element) in elements.enumerated() {
      result.append(invoke(code, [element, .number(Double(index)), .array(elements)]))
      if fuelIsOut { return nil }
    }
    return result
  }

  private func method(_ name: String, _ receiver: Constant, _ arguments: [Constant]) -> Constant {
    let first = arguments.first ?? .undefined
    if case .string(let text) = receiver { return stringMethod(name, text, arguments) }
    if case .number(let number) = receiver {
      return name == "toFixed" || name == "toString"
        ? (first == .undefined ? text(receiver).map { .string($0) } ?? .unknown : .unknown)
        : name == "valueOf" ? .number(number) : .unknown
    }
    guard let array = receiver.array else { return .unknown }
    switch name {
    case "map": return map(array, first).map { .array($0) } ?? .unknown
    case "flatMap":
      guard let parts = map(array, first) else { return .unknown }
      return .array(parts.flatMap { $0.array ?? [$0] })
    case "filter":
      guard let tests = map(array, first), !tests.contains(where: { $0.truth == nil }) else { return .unknown }
      return .array(zip(array, tests).filter { $0.1.truth == true }.map { $0.0 })
    case "find", "findIndex", "some", "every": return search(name, array, first)
    case "reduce": return reduce(array, arguments)
    case "slice": return slice(array, arguments).map { .array($0) } ?? .unknown
    case "concat": return .array(array + arguments.flatMap { $0.array ?? [$0] })
    case "reverse", "toReversed": return .array(array.reversed())
    case "flat": return .array(array.flatMap { $0.array ?? [$0] })
    case "join":
      let parts = array.map { text($0) }
      return parts.contains(nil)
        ? .unknown : .string(parts.compactMap { $0 }.joined(separator: first.string ?? ","))
    case "includes": return array.contains(.unknown) ? .unknown : .bool(array.contains(first))
    case "indexOf":
      return array.contains(.unknown) ? .unknown : .number(Double(array.firstIndex(of: first) ?? -1))
    case "at":
      guard let index = first.number.map({ Int($0) }) else { return .unknown }
      let position = index < 0 ? array.count + index : index
      return array.indices.contains(position) ? array[position] : .undefined
    case "fill": return .array([Constant](repeating: first, count: array.count))
    case "keys": return .array(array.indices.map { .number(Double($0)) })
    case "values": return receiver
    case "entries": return .array(array.enumerated().map { .array([.number(Double($0.offset)), $0.element]) })
    default: return .unknown
    }
  }

  private func search(_ name: String, _ array: [Constant], _ function: Constant) -> Constant {
    guard let tests = map(array, function) else { return .unknown }
    let truths = tests.map { $0.truth }
    switch name {
    case "some":
      if truths.contains(true) { return .bool(true) }
      return truths.contains(nil) ? .unknown : .bool(false)
    case "every":
      if truths.contains(false) { return .bool(false) }
      return truths.contains(nil) ? .unknown : .bool(true)
    default:
      guard let index = truths.firstIndex(where: { $0 != false }) else {
        return name == "find" ? .undefined : .number(-1)
      }
      guard truths[index] == true else { return .unknown }
      return name == "find" ? array[index] : .number(Double(index))
    }
  }

  private func reduce(_ array: [Constant], _ arguments: [Constant]) -> Constant {
    guard case .function(let code) = arguments.first ?? .unknown else { return .unknown }
    var rest = array[...]
    var value = arguments.count > 1 ? arguments[1] : rest.popFirst() ?? .undefined
    for element in rest {
      value = invoke(code, [value, element])
      if fuelIsOut { return .unknown }
    }
    return value
  }

  private func slice(_ array: [Constant], _ arguments: [Constant]) -> [Constant]? {
    func position(_ value: Constant, _ fallback: Int) -> Int? {
      if value == .undefined { return fallback }
      guard let number = value.number, abs(number) < 1e9 else { return nil }
      let index = Int(number)
      return min(max(index < 0 ? array.count + index : index, 0), array.count)
    }
    guard let start = position(arguments.first ?? .undefined, 0),
      let end = position(arguments.count > 1 ? arguments[1] : .undefined, array.count)
    else { return nil }
    return start < end ? Array(array[start..<end]) : []
  }

  private func stringMethod(_ name: String, _ string: String, _ arguments: [Constant]) -> Constant {
    let first = arguments.first ?? .undefined
    switch name {
    case "split":
      guard let separator = first.string else { return first == .undefined ? .array([.string(string)]) : .unknown }
      if separator.isEmpty { return .array(string.map { .string(String($0)) }) }
      return .array(split(string, separator).map { .string($0) })
    case "trim": return .string(String(string.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()))
    case "toLowerCase", "toLocaleLowerCase": return .string(string.lowercased())
    case "toUpperCase", "toLocaleUpperCase": return .string(string.uppercased())
    case "toString", "valueOf": return .string(string)
    case "charAt": return property(text(first) ?? "", of: .string(string))
    case "concat":
      let parts = arguments.map { text($0) }
      return parts.contains(nil) ? .unknown : .string(string + parts.compactMap { $0 }.joined())
    case "slice", "substring":
      guard let part = slice(string.map { .string(String($0)) }, arguments) else { return .unknown }
      return .string(part.compactMap { $0.string }.joined())
    case "repeat":
      guard let count = first.number, count >= 0, count * Double(string.utf8.count) < 100_000 else { return .unknown }
      return .string(String(repeating: string, count: Int(count)))
    case "startsWith": return first.string.map { .bool(string.hasPrefix($0)) } ?? .unknown
    case "endsWith": return first.string.map { .bool(string.hasSuffix($0)) } ?? .unknown
    case "replace" where first.string != nil && arguments.count > 1 && arguments[1].string != nil:
      let parts = split(string, first.string ?? "")
      guard parts.count > 1 else { return .string(string) }
      let tail = parts.dropFirst().joined(separator: first.string ?? "")
      return .string(parts[0] + (arguments[1].string ?? "") + tail)
    default: return .unknown
    }
  }

  private func split(_ text: String, _ separator: String) -> [String] {
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    guard !mark.isEmpty, mark.count <= bytes.count else { return [text] }
    var parts: [String] = []
    var start = 0
    var index = 0
    while index + mark.count <= bytes.count {
      if bytes[index..<index + mark.count].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }
}

// MARK: - Functions of the program

extension Evaluator {
  var fuelIsOut: Bool { fuel <= 0 }

  /// What a function gives for these arguments when its body is made of constants, conditions and simple loops.
  fileprivate func invoke(_ function: Code, _ arguments: [Constant]) -> Constant {
    guard depth < Self.maximumDepth - 20, fuel > 0, !function.flags.contains(.generator), function.kind.isFunction
    else {
      wasCut = true
      return .unknown
    }
    depth += 1
    defer { depth -= 1 }
    let mark = frames.count
    defer { frames.removeLast(frames.count - mark) }
    let params = function.list(.params)
    for (index, param) in params.enumerated() {
      if param.kind == .restElement, let inner = param[.argument] {
        bind(inner, .array(Array(arguments.dropFirst(index))))
      } else {
        bind(param, index < arguments.count ? arguments[index] : .undefined)
      }
    }
    guard let body = function[.body] else { return .unknown }
    if body.kind != .blockStatement { return evaluate(body) }
    switch run(body) {
    case .returned(let value): return value
    case .completed: return .undefined
    case .stopped, .broke, .continued: return .unknown
    }
  }

  /// Gives the targets of a pattern their parts of a value.
  fileprivate func bind(_ pattern: Code, _ value: Constant) {
    switch pattern.kind {
    case .identifier:
      if let binding = facts.binding(of: pattern.node, in: pattern.unit) { frames.append((binding, value)) }
    case .assignmentPattern:
      guard let left = pattern[.left] else { return }
      bind(left, value == .undefined ? evaluate(pattern[.right]) : value)
    case .objectPattern:
      for property in pattern.list(.properties) {
        if property.kind == .restElement {
          if let argument = property[.argument] { bind(argument, .unknown) }
          continue
        }
        guard let target = property[.value] else { continue }
        bind(target, part(of: value, outer: property, inner: target))
      }
    case .arrayPattern:
      for element in pattern.list(.elements) {
        let part = part(of: value, outer: pattern, inner: element)
        if element.kind == .restElement {
          if let argument = element[.argument] { bind(argument, part) }
        } else {
          bind(element, part)
        }
      }
    case .tsParameterProperty: if let inner = pattern[.parameter] { bind(inner, value) }
    default: break
    }
  }

  fileprivate enum Outcome {
    case completed
    case returned(Constant)
    case broke
    case continued
    /// Something that is not understood was met.
    case stopped
  }

  fileprivate func run(_ statement: Code?) -> Outcome {
    guard let statement else { return .completed }
    fuel -= 1
    guard fuel > 0 else { return .stopped }
    switch statement.kind {
    case .blockStatement: return runAll(statement.list(.body))
    case .returnStatement: return .returned(evaluate(statement[.argument]))
    case .variableDeclaration:
      for declarator in statement.list(.declarations) {
        guard let id = declarator[.id] else { continue }
        bind(id, evaluate(declarator[.`init`]))
      }
      return .completed
    case .expressionStatement: return perform(statement[.expression])
    case .ifStatement:
      guard let truth = decide(evaluate(statement[.test]).truth) else { return .stopped }
      return run(truth ? statement[.consequent] : statement[.alternate])
    case .forStatement:
      if let first = statement[.`init`] {
        let outcome = first.kind == .variableDeclaration ? run(first) : perform(first)
        if case .stopped = outcome { return .stopped }
      }
      return loop(statement)
    case .whileStatement: return loop(statement)
    case .forOfStatement: return runForOf(statement)
    case .breakStatement: return statement[.label] == nil ? .broke : .stopped
    case .continueStatement: return statement[.label] == nil ? .continued : .stopped
    case .emptyStatement, .functionDeclaration: return .completed
    default: return .stopped
    }
  }

  private func runAll(_ statements: [Code]) -> Outcome {
    for statement in statements {
      let outcome = run(statement)
      guard case .completed = outcome else { return outcome }
    }
    return .completed
  }

  private func loop(_ statement: Code) -> Outcome {
    while true {
      fuel -= 1
      guard fuel > 0 else { return .stopped }
      if let test = statement[.test] {
        guard let truth = evaluate(test).truth else { return .stopped }
        if !truth { return .completed }
      }
      switch run(statement[.body]) {
      case .completed, .continued: break
      case .broke: return .completed
      case .returned(let value): return .returned(value)
      case .stopped: return .stopped
      }
      if let update = statement[.update], case .stopped = perform(update) { return .stopped }
    }
  }

  private func runForOf(_ statement: Code) -> Outcome {
    guard let elements = elements(of: evaluate(statement[.right])), let left = statement[.left] else { return .stopped }
    let pattern = left.kind == .variableDeclaration ? left.list(.declarations).first?[.id] : nil
    guard let pattern else { return .stopped }
    for element in elements {
      bind(pattern, element)
      switch run(statement[.body]) {
      case .completed, .continued: break
      case .broke: return .completed
      case .returned(let value): return .returned(value)
      case .stopped: return .stopped
      }
    }
    return .completed
  }

  /// Runs an expression for its effect on the locals of the function being evaluated.
  fileprivate func perform(_ expression: Code?) -> Outcome {
    guard let code = expression?.unwrapped else { return .completed }
    switch code.kind {
    case .assignmentExpression:
      guard let target = code[.left], target.kind == .identifier, let slot = frame(of: target) else { return .stopped }
      let right = evaluate(code[.right])
      if code.detail == .assign {
        frames[slot].value = right
      } else if let operation = Self.arithmetic(of: code.detail) {
        frames[slot].value = binary(operation, frames[slot].value, right)
      } else {
        return .stopped
      }
      return .completed
    case .updateExpression:
      guard let target = code[.argument], target.kind == .identifier, let slot = frame(of: target) else {
        return .stopped
      }
      frames[slot].value = binary(code.detail == .increment ? .add : .subtract, frames[slot].value, .number(1))
      return .completed
    case .callExpression:
      guard let callee = code[.callee], callee.kind == .memberExpression, callee[.property]?.name == "push",
        let object = callee[.object], let slot = frame(of: object), case .array(let elements) = frames[slot].value,
        let added = arguments(of: code)
      else { return .stopped }
      frames[slot].value = .array(elements + added)
      return .completed
    case .sequenceExpression:
      for part in code.list(.expressions) { if case .stopped = perform(part) { return .stopped } }
      return .completed
    default: return .stopped
    }
  }

  private func frame(of identifier: Code) -> Int? {
    guard identifier.kind == .identifier, let binding = facts.binding(of: identifier.node, in: identifier.unit) else {
      return nil
    }
    return frames.lastIndex { $0.binding == binding }
  }

  static func arithmetic(of assignment: NodeDetail) -> NodeDetail? {
    switch assignment {
    case .addAssign: .add
    case .subtractAssign: .subtract
    case .multiplyAssign: .multiply
    case .divideAssign: .divide
    case .remainderAssign: .remainder
    case .exponentiateAssign: .exponentiate
    case .bitOrAssign: .bitOr
    case .bitAndAssign: .bitAnd
    case .bitXorAssign: .bitXor
    case .shiftLeftAssign: .shiftLeft
    case .shiftRightAssign: .shiftRight
    case .shiftRightUnsignedAssign: .shiftRightUnsigned
    default: nil
    }
  }
}

// MARK: - Instances

extension Evaluator {
  /// The object that `new` makes: what field initializers and the constructor give to `this`, as far as it is constant.
  fileprivate func instantiate(_ constructor: Code, _ arguments: [Constant], at site: Code) -> Constant {
    guard depth < Self.maximumDepth - 20, fuel > 0 else {
      wasCut = true
      return .unknown
    }
    depth += 1
    defer { depth -= 1 }
    let mark = frames.count
    frames.append((Self.this, .object(ConstantObject(site: site))))
    construct(constructor, arguments, levels: 8)
    let result = frames[mark].value
    frames.removeLast(frames.count - mark)
    return result
  }

  private func construct(_ constructor: Code, _ arguments: [Constant], levels: Int) {
    guard levels > 0 else { return }
    if constructor.kind.isFunction { return runConstructor(constructor, arguments, of: nil, levels: levels) }
    let members = constructor[.body]?.list(.body) ?? []
    let own = members.first { $0.kind == .methodDefinition && $0.detail == .constructor }?[.value]
    if own == nil { constructParent(of: constructor, arguments, levels: levels) }
    for member in members where member.kind == .propertyDefinition && !member.flags.contains(.static) {
      guard let symbol = facts.keySymbol(of: member.node, in: member.unit) else { continue }
      setMember(facts.name(symbol), evaluate(member[.value]))
    }
    if let own { runConstructor(own, arguments, of: constructor, levels: levels) }
  }

  private func constructParent(of code: Code, _ arguments: [Constant], levels: Int) {
    guard let parent = code[.superClass], case .function(let constructor) = evaluate(parent) else { return }
    construct(constructor, arguments, levels: levels - 1)
  }

  private func runConstructor(_ function: Code, _ arguments: [Constant], of owner: Code?, levels: Int) {
    for (index, param) in function.list(.params).enumerated() {
      if param.kind == .restElement, let inner = param[.argument] {
        bind(inner, .array(Array(arguments.dropFirst(index))))
        continue
      }
      bind(param, index < arguments.count ? arguments[index] : .undefined)
      if param.kind == .tsParameterProperty, let inner = param[.parameter] {
        let name = inner.kind == .assignmentPattern ? inner[.left] : inner
        if let name { setMember(name.name, evaluate(name)) }
      }
    }
    for statement in function[.body]?.list(.body) ?? [] { construct(by: statement, of: owner, levels: levels) }
  }

  /// Runs one statement of a constructor; what is not understood makes only the members that it writes unknown.
  private func construct(by statement: Code, of owner: Code?, levels: Int) {
    guard fuel > 0 else { return forget(statement) }
    switch statement.kind {
    case .expressionStatement:
      guard let expression = statement[.expression]?.unwrapped else { return }
      if expression.kind == .callExpression, expression[.callee]?.kind == .super {
        guard let owner, let arguments = arguments(of: expression) else { return }
        return constructParent(of: owner, arguments, levels: levels)
      }
      if expression.kind == .callExpression, expression[.callee]?.text == "Object.assign",
        let arguments = arguments(of: expression), arguments.count > 1, let source = arguments[1].object
      {
        for (name, value) in zip(source.names, source.values) { setMember(name, value) }
        return
      }
      if !assign(expression), case .stopped = perform(expression) { forget(statement) }
    case .ifStatement:
      guard let truth = evaluate(statement[.test]).truth else { return forget(statement) }
      guard let branch = truth ? statement[.consequent] : statement[.alternate] else { return }
      construct(by: branch, of: owner, levels: levels)
    case .blockStatement: for inner in statement.list(.body) { construct(by: inner, of: owner, levels: levels) }
    case .variableDeclaration: _ = run(statement)
    default: forget(statement)
    }
  }

  private func assign(_ expression: Code) -> Bool {
    guard expression.kind == .assignmentExpression, expression.detail == .assign, let target = expression[.left],
      target.kind == .memberExpression, target[.object]?.kind == .thisExpression,
      let symbol = facts.keySymbol(of: target.node, in: target.unit)
    else { return false }
    setMember(facts.name(symbol), evaluate(expression[.right]))
    return true
  }

  private func setMember(_ name: String, _ value: Constant) {
    guard let slot = frames.lastIndex(where: { $0.binding == Self.this }), var object = frames[slot].value.object else {
      return
    }
    object[name] = value
    frames[slot].value = .object(object)
  }

  private func forget(_ statement: Code) {
    for code in statement.descendants where code.kind == .memberExpression && code.isWriteTarget {
      guard code[.object]?.kind == .thisExpression, let symbol = facts.keySymbol(of: code.node, in: code.unit) else {
        continue
      }
      setMember(facts.name(symbol), .unknown)
    }
  }
}
