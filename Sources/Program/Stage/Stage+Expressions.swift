#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import JavaScriptSyntax

extension Stage {
  func evaluate(_ code: Code, _ scope: StageScope) throws -> StageValue {
    try step()
    depth += 1
    defer { depth -= 1 }
    guard depth < Stage.maximumDepth else { throw StageStop.cut }
    switch code.kind {
    case .identifier: return try read(code.name, scope, at: code)
    case .literal: return literal(code)
    case .memberExpression: return try evaluateMember(code, scope)
    case .callExpression: return try evaluateCall(code, scope)
    case .newExpression: return try evaluateNew(code, scope)
    case .assignmentExpression: return try evaluateAssignment(code, scope)
    case .binaryExpression: return try evaluateBinary(code, scope)
    case .logicalExpression: return try evaluateLogical(code, scope)
    case .conditionalExpression: return try evaluateConditional(code, scope)
    case .unaryExpression: return try evaluateUnary(code, scope)
    case .updateExpression: return try evaluateUpdate(code, scope)
    case .arrowFunctionExpression, .functionExpression, .functionDeclaration: return .object(function(code, scope))
    case .classExpression, .classDeclaration: return try makeClass(code, scope)
    case .arrayExpression: return try evaluateArray(code, scope)
    case .objectExpression: return try evaluateObject(code, scope)
    case .templateLiteral: return try evaluateTemplate(code, scope)
    case .taggedTemplateExpression: return try evaluateTagged(code, scope)
    case .sequenceExpression:
      var last = StageValue.undefined
      for part in code.list(.expressions) { last = try evaluate(part, scope) }
      return last
    case .thisExpression: return scope.holder(of: "this")?.table["this"] ?? .undefined
    case .awaitExpression: return try wait(for: try code[.argument].map { try evaluate($0, scope) } ?? .undefined)
    case .yieldExpression:
      let value = try code[.argument].map { try evaluate($0, scope) } ?? .undefined
      if !lastYields.isEmpty {
        if code.flags.contains(.generator) {
          lastYields[lastYields.count - 1] += try list(value) ?? []
        } else {
          lastYields[lastYields.count - 1].append(value)
        }
        if lastYields[lastYields.count - 1].count > 500 { throw StageStop.thrown(.string("yield")) }
      }
      return .undefined
    case .importExpression: return try evaluateImport(code)
    case .metaProperty:
      let meta = make(.host)
      meta.isOpen = true
      return .object(meta)
    case .jsxElement, .jsxFragment: return try evaluateJSX(code, scope)
    case .super: return scope.holder(of: "super")?.table["super"] ?? .undefined
    default:
      let inner = code.unwrapped
      return inner == code ? .unknown : try evaluate(inner, scope)
    }
  }

  private func literal(_ code: Code) -> StageValue {
    let tree = code.unit.tree
    switch code.detail {
    case .string: return .string(tree.stringValue(of: code.node) ?? "")
    case .number: return .number(tree.numberValue(of: code.node) ?? .nan)
    case .bigint: return .number(tree.bigIntValue(of: code.node).flatMap(Double.init) ?? .nan)
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .null: return .null
    case .regularExpression:
      guard let (pattern, flags) = tree.regularExpression(of: code.node) else { return .unknown }
      return .object(makePattern(pattern, flags))
    default: return .unknown
    }
  }

  // MARK: Names

  func read(_ name: String, _ scope: StageScope, at code: Code?) throws -> StageValue {
    var current: StageScope? = scope
    while let holder = current {
      if let value = holder.table[name] { return value }
      if let imported = holder.imports[name] { return try resolve(imported) }
      if name == "arguments", let given = holder.arguments { return array(given) }
      current = holder.parent
    }
    return try readGlobal(name, at: code)
  }

  private func readGlobal(_ name: String, at code: Code?) throws -> StageValue {
    if name == "undefined" { return .undefined }
    if let known = globalValue(name) {
      if builtins[name] != nil { global.table[name] = known }
      return known
    }
    // An element with an id is a global of its own.
    if let element = element(withID: name) { return wrap(element) }
    return .unknown(name)
  }

  private func write(_ name: String, _ value: StageValue, _ scope: StageScope) {
    if let holder = scope.holder(of: name) { holder.table[name] = value } else { global.table[name] = value }
  }

  // MARK: Members

  func evaluateMember(_ code: Code, _ scope: StageScope) throws -> StageValue { try reference(code, scope).value }

  /// The object of a member expression and what the member is.
  private func reference(_ code: Code, _ scope: StageScope) throws -> (object: StageValue, value: StageValue) {
    guard let inner = code[.object] else { return (.unknown, .unknown) }
    if inner.kind == .super {
      let this = scope.holder(of: "this")?.table["this"] ?? .undefined
      guard let home = scope.holder(of: "super")?.table["super"]?.object, let name = try name(of: code, scope) else {
        return (this, .unknown)
      }
      let proto = home.isCallable ? home["prototype"]?.object : home
      return (this, try proto.map { try member(of: .object($0), name, at: code, receiver: this) } ?? .undefined)
    }
    let object = try evaluate(inner, scope)
    if object.isNullish, code.flags.contains(.optional) || isInShortCircuit(inner) { return (.undefined, .undefined) }
    guard let name = try name(of: code, scope) else { return (object, .unknown) }
    return (object, try member(of: object, name, at: code))
  }

  /// Whether a link of an optional chain further in may have ended it.
  private func isInShortCircuit(_ code: Code) -> Bool {
    var inner = code
    while true {
      if inner.kind == .chainExpression { return false }
      if inner.kind == .memberExpression || inner.kind == .callExpression {
        if inner.flags.contains(.optional) { return true }
        guard let next = inner[inner.kind == .memberExpression ? .object : .callee] else { return false }
        inner = next
      } else {
        return false
      }
    }
  }

  /// The name that a member expression asks for; `nil` where it is not known.
  func name(of code: Code, _ scope: StageScope) throws -> String? {
    guard let property = code[.property] else { return nil }
    if code.flags.contains(.computed) { return name(try evaluate(property, scope)) }
    return property.kind == .privateIdentifier ? "#" + property.name : property.name
  }

  func name(_ value: StageValue) -> String? {
    if case .number(let number) = value { return Stage.text(number) }
    return text(value)
  }

  /// The key of a property or class member; `nil` where it is not known.
  func key(of property: Code, _ scope: StageScope) throws -> String? {
    guard let key = property[.key] else { return nil }
    if property.flags.contains(.computed) { return name(try evaluate(key, scope)) }
    switch key.kind {
    case .identifier: return key.name
    case .privateIdentifier: return "#" + key.name
    default: return name(literal(key))
    }
  }

  // MARK: Calls

  func arguments(_ code: Code, _ scope: StageScope) throws -> [StageValue] {
    var result: [StageValue] = []
    for argument in code.list(.arguments) {
      if argument.kind == .spreadElement, let inner = argument[.argument] {
        let value = try evaluate(inner, scope)
        if let items = try list(value) { result += items } else { result.append(.unknown) }
      } else {
        result.append(try evaluate(argument, scope))
      }
    }
    return result
  }

  private func evaluateCall(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard var callee = code[.callee] else { return .unknown }
    while callee.kind == .tsNonNullExpression || callee.kind == .tsAsExpression || callee.kind == .chainExpression {
      guard let inner = callee[.expression] else { break }
      callee = inner
    }
    if callee.kind == .super { return try callSuper(code, scope) }
    var this = StageValue.undefined
    let target: StageValue
    if callee.kind == .memberExpression {
      (this, target) = try reference(callee, scope)
    } else {
      target = try evaluate(callee, scope)
    }
    if target.isNullish, code.flags.contains(.optional) || isInShortCircuit(callee) {
      return .undefined
    }
    let given = try arguments(code, scope)
    place = code
    if target.object?.isCallable != true, !target.isUnknown, target.object?.isOpen != true {
      // What the language or the host gives may have more methods than are modelled here.
      if target.isUndefined, callee.kind == .memberExpression, isBuiltIn(this) {
        return callUnknown("", this, given)
      }
      throw failure("\(callee.text.prefix(60)) is not a function")
    }
    return try call(target, this: this, given)
  }

  private func isBuiltIn(_ value: StageValue) -> Bool {
    switch value {
    case .string, .number, .bool: return true
    case .object(let object): return object.kind != .plain && object.kind != .element && object.kind != .error
    default: return false
    }
  }

  private func callSuper(_ code: Code, _ scope: StageScope) throws -> StageValue {
    let given = try arguments(code, scope)
    guard let holder = scope.holder(of: "this"), let this = holder.table["this"] else { return .undefined }
    if let parent = scope.holder(of: "super")?.table["super"]?.object, parent.isCallable {
      if parent.function != nil {
        try construct(parent, given, into: this)
      } else if parent.native != nil, parent.text != "HTMLElement", let object = this.object {
        let made = try call(.object(parent), this: this, given)
        if let other = made.object, other !== object {
          object.kind = other.kind
          object.items = other.items
          for name in other.names { object[name] = other[name] }
        }
      }
    }
    if let own = scope.holder(of: "%class")?.table["%class"]?.object { try initializeFields(own, this) }
    return .undefined
  }

  private func evaluateNew(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let callee = code[.callee] else { return .unknown }
    let target = try evaluate(callee, scope)
    let given = try arguments(code, scope)
    place = code
    return try construct(target, given)
  }

  // MARK: Assignments

  private func evaluateAssignment(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let left = code[.left], let right = code[.right] else { return .unknown }
    if code.detail == .assign {
      let value = try evaluate(right, scope)
      place = code
      if left.kind == .identifier, case .object(let object) = value, object.kind == .function, object.text.isEmpty {
        object.text = left.name
      }
      try assign(left, value, scope)
      return value
    }
    let old = try evaluate(left, scope)
    let value: StageValue
    switch code.detail {
    case .orAssign:
      if old.truth == true { return old }
      value = try evaluate(right, scope)
    case .andAssign:
      if old.truth == false { return old }
      value = try evaluate(right, scope)
    case .nullishAssign:
      if !old.isNullish { return old }
      value = try evaluate(right, scope)
    default: value = operate(Stage.operators[code.detail] ?? .add, old, try evaluate(right, scope))
    }
    place = code
    try assign(left, value, scope)
    return value
  }

  private static let operators: [NodeDetail: NodeDetail] = [
    .addAssign: .add, .subtractAssign: .subtract, .multiplyAssign: .multiply, .divideAssign: .divide,
    .remainderAssign: .remainder, .exponentiateAssign: .exponentiate, .shiftLeftAssign: .shiftLeft,
    .shiftRightAssign: .shiftRight, .shiftRightUnsignedAssign: .shiftRightUnsigned, .bitOrAssign: .bitOr,
    .bitXorAssign: .bitXor, .bitAndAssign: .bitAnd,
  ]

  /// Gives what stands left of an assignment its value.
  func assign(_ target: Code, _ value: StageValue, _ scope: StageScope) throws {
    switch target.kind {
    case .identifier: write(target.name, value, scope)
    case .memberExpression:
      guard let inner = target[.object] else { return }
      let object = try evaluate(inner, scope)
      guard let name = try name(of: target, scope) else { return }
      try set(object, name, value, at: target)
    case .objectPattern, .arrayPattern, .assignmentPattern:
      let names = makeScope(scope)
      try bindAssigning(target, value, names, scope)
    default:
      let inner = target.unwrapped
      if inner != target { try assign(inner, value, scope) }
    }
  }

  /// An assignment to a pattern: names that exist get their values, members too.
  private func bindAssigning(_ target: Code, _ value: StageValue, _ names: StageScope, _ scope: StageScope) throws {
    try bind(target, value, names, scope)
    for (name, value) in names.table { write(name, value, scope) }
  }

  private func evaluateUpdate(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let target = code[.argument] else { return .unknown }
    let old = try evaluate(target, scope)
    guard let number = number(old) else {
      try assign(target, .unknown, scope)
      return .unknown
    }
    let new = StageValue.number(code.detail == .increment ? number + 1 : number - 1)
    place = code
    try assign(target, new, scope)
    return code.flags.contains(.prefix) ? new : .number(number)
  }

  // MARK: Operators

  private func evaluateConditional(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let test = code[.test], let first = code[.consequent], let second = code[.alternate] else { return .unknown }
    if let truth = try evaluate(test, scope).truth { return try evaluate(truth ? first : second, scope) }
    let one = try evaluate(first, scope)
    let two = try evaluate(second, scope)
    if one.isNullish || one.isUnknown { return two }
    return one
  }

  private func evaluateLogical(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let left = code[.left], let right = code[.right] else { return .unknown }
    let first = try evaluate(left, scope)
    switch code.detail {
    case .and: return first.truth == false ? first : try evaluate(right, scope)
    case .or:
      if first.truth == true { return first }
      if case .unknown(let path) = first, !path.isEmpty, path.contains(":") { return first }
      return try evaluate(right, scope)
    default:
      return first.isNullish ? try evaluate(right, scope) : first
    }
  }

  private func evaluateBinary(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let left = code[.left], let right = code[.right] else { return .unknown }
    if left.kind == .privateIdentifier { return .bool(true) }
    let first = try evaluate(left, scope)
    return operate(code.detail, first, try evaluate(right, scope))
  }

  func operate(_ detail: NodeDetail, _ left: StageValue, _ right: StageValue) -> StageValue {
    switch detail {
    case .strictEqual: return areStrictlyEqual(left, right).map { .bool($0) } ?? .unknown
    case .strictNotEqual: return areStrictlyEqual(left, right).map { .bool(!$0) } ?? .unknown
    case .equal: return areLooselyEqual(left, right).map { .bool($0) } ?? .unknown
    case .notEqual: return areLooselyEqual(left, right).map { .bool(!$0) } ?? .unknown
    case .less: return compare(left, right) { $0 < $1 }
    case .lessOrEqual: return compare(left, right) { $0 <= $1 }
    case .greater: return compare(left, right) { $0 > $1 }
    case .greaterOrEqual: return compare(left, right) { $0 >= $1 }
    case .add: return add(left, right)
    case .in:
      guard let name = name(left), let object = right.object else { return .unknown }
      if object.kind == .node || object.isOpen { return .bool(true) }
      if object.kind == .array, let index = Int(name) { return .bool(index >= 0 && index < object.items.count) }
      return .bool(find(name, on: object) != nil || object.getters[name] != nil)
    case .instanceof: return isInstance(left, right)
    default:
      guard let a = number(left), let b = number(right) else { return .unknown }
      return .number(calculate(detail, a, b))
    }
  }

  private func isInstance(_ left: StageValue, _ right: StageValue) -> StageValue {
    guard let type = right.object, !left.isUnknown else { return .unknown }
    guard let object = left.object else { return .bool(false) }
    if object.kind == .node { return type.isOpen || type.text.contains("Element") ? .bool(true) : .unknown }
    guard let proto = type["prototype"]?.object else { return .unknown }
    var next = object.proto
    var turns = 0
    while let current = next, turns < 64 {
      if current === proto { return .bool(true) }
      next = current.proto
      turns += 1
    }
    return .bool(false)
  }

  private func add(_ left: StageValue, _ right: StageValue) -> StageValue {
    var isText = left.string != nil || right.string != nil
    for side in [left, right] {
      if case .object(let object) = side, object.kind != .date { isText = true }
    }
    if isText {
      if left.isUnknown && right.isUnknown { return .unknown }
      let joined = shown(left) + shown(right)
      return joined.utf8.count > 400_000 ? .unknown : .string(joined)
    }
    guard let a = number(left), let b = number(right) else { return .unknown }
    return .number(a + b)
  }

  private func calculate(_ detail: NodeDetail, _ a: Double, _ b: Double) -> Double {
    switch detail {
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .remainder: return b == 0 ? .nan : a.truncatingRemainder(dividingBy: b)
    case .exponentiate: return pow(a, b)
    case .bitAnd: return Double(Stage.integer(a) & Stage.integer(b))
    case .bitOr: return Double(Stage.integer(a) | Stage.integer(b))
    case .bitXor: return Double(Stage.integer(a) ^ Stage.integer(b))
    case .shiftLeft: return Double(Stage.integer(a) << (Stage.integer(b) & 31))
    case .shiftRight: return Double(Stage.integer(a) >> (Stage.integer(b) & 31))
    case .shiftRightUnsigned:
      return Double(UInt32(bitPattern: Stage.integer(a)) >> UInt32(bitPattern: Stage.integer(b) & 31))
    default: return .nan
    }
  }

  private func evaluateUnary(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let argument = code[.argument] else { return .unknown }
    if code.detail == .delete {
      guard argument.unwrapped.kind == .memberExpression, let inner = argument.unwrapped[.object] else {
        return .bool(true)
      }
      let object = try evaluate(inner, scope)
      if let name = try name(of: argument.unwrapped, scope) { remove(name, from: object, at: code) }
      return .bool(true)
    }
    let value = try evaluate(argument, scope)
    switch code.detail {
    case .not: return value.truth.map { .bool(!$0) } ?? .unknown
    case .minus: return number(value).map { .number(-$0) } ?? .unknown
    case .plus: return number(value).map { .number($0) } ?? .unknown
    case .bitNot: return number(value).map { .number(Double(~Stage.integer($0))) } ?? .unknown
    case .void: return .undefined
    case .typeof: return typeName(value, argument)
    default: return .unknown
    }
  }

  private func typeName(_ value: StageValue, _ code: Code) -> StageValue {
    switch value {
    case .undefined: return .string("undefined")
    case .null: return .string("object")
    case .bool: return .string("boolean")
    case .number: return .string("number")
    case .string: return .string("string")
    case .object(let object): return .string(object.isCallable ? "function" : "object")
    case .unknown(let path):
      // A library that no page loads is not there.
      if code.kind == .identifier, path == code.name, !isLibraryGlobal(path) { return .string("undefined") }
      return .unknown
    }
  }

  /// Whether a page loads some library, which may define a name.
  func isLibraryGlobal(_ name: String) -> Bool { !program.libraries.isEmpty && name != "module" && name != "exports" }

  // MARK: Literals

  private func evaluateArray(_ code: Code, _ scope: StageScope) throws -> StageValue {
    var items: [StageValue] = []
    for element in code.unit.tree.list(code.node, .elements) {
      guard let element = code.wrap(element) else {
        items.append(.undefined)
        continue
      }
      if element.kind == .spreadElement, let inner = element[.argument] {
        let value = try evaluate(inner, scope)
        if let spread = try list(value) { items += spread } else { items.append(.unknown) }
      } else {
        items.append(try evaluate(element, scope))
      }
    }
    return array(items)
  }

  private func evaluateObject(_ code: Code, _ scope: StageScope) throws -> StageValue {
    let made = record()
    for property in code.list(.properties) {
      if property.kind == .spreadElement {
        guard let inner = property[.argument] else { continue }
        let value = try evaluate(inner, scope)
        copy(value, into: made)
        continue
      }
      guard let name = try key(of: property, scope) else {
        made.isOpen = true
        continue
      }
      guard let inner = property[.value] ?? property[.key] else { continue }
      if property.detail == .get || property.detail == .set {
        let function = function(inner, scope)
        function.function?.home = made
        if property.detail == .get { made.getters[name] = function } else { made.setters[name] = function }
        continue
      }
      let value = try evaluate(inner, scope)
      if case .object(let object) = value, object.kind == .function {
        if object.text.isEmpty { object.text = name }
        if property.flags.contains(.method) { object.function?.home = made }
      }
      made[name] = value
    }
    return .object(made)
  }

  func copy(_ value: StageValue, into target: StageObject) {
    switch value {
    case .object(let object):
      if object.kind == .array {
        for (index, item) in object.items.enumerated() { target[String(index)] = item }
      }
      for name in object.names { target[name] = object[name] }
      for (name, getter) in object.getters { target[name] = try? call(.object(getter), this: value, []) }
      if object.isOpen { target.isOpen = true }
    case .unknown: target.isOpen = true
    default: return
    }
  }

  private func evaluateTemplate(_ code: Code, _ scope: StageScope) throws -> StageValue {
    var result = ""
    let expressions = code.list(.expressions)
    for (index, piece) in code.unit.tree.list(code.node, .quasis).enumerated() {
      result += code.unit.tree.stringValue(of: piece) ?? ""
      guard index < expressions.count else { continue }
      result += shown(try evaluate(expressions[index], scope))
      if result.utf8.count > 400_000 { throw StageStop.cut }
    }
    return .string(result)
  }

  private func evaluateTagged(_ code: Code, _ scope: StageScope) throws -> StageValue {
    guard let tag = code[.tag], let quasi = code[.quasi] else { return .unknown }
    let target = try evaluate(tag, scope)
    var texts: [StageValue] = []
    for piece in quasi.unit.tree.list(quasi.node, .quasis) {
      texts.append(.string(quasi.unit.tree.stringValue(of: piece) ?? ""))
    }
    let strings = array(texts)
    strings.object?["raw"] = array(texts)
    var values = [strings]
    for expression in quasi.list(.expressions) { values.append(try evaluate(expression, scope)) }
    if case .unknown(let path) = target { return try taggedLibrary(path, values) }
    return try call(target, this: .undefined, values)
  }
}
