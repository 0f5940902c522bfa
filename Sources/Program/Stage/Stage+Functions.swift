import JavaScriptSyntax

// Functions, classes, and members of objects.
extension Stage {
  func function(_ code: Code, _ scope: StageScope) -> StageObject {
    let made = make(.function, proto: protos.function)
    made.function = StageFunction(code, scope)
    if let id = code[.id] { made.text = id.name }
    if code.kind != .arrowFunctionExpression, !code.flags.contains(.async) {
      let proto = record()
      proto["constructor"] = .object(made)
      made["prototype"] = .object(proto)
    }
    return made
  }

  /// Calls a function; of one that is not known, the functions among the arguments may run.
  @discardableResult
  func call(_ target: StageValue, this: StageValue, _ arguments: [StageValue]) throws -> StageValue {
    try step()
    switch target {
    case .unknown(let path): return callUnknown(path, this, arguments)
    case .object(let object):
      if let native = object.native { return try native(self, this, arguments) }
      guard let function = object.function else {
        return object.isOpen ? callUnknown(object.text, this, arguments) : .unknown
      }
      if function.isClass { throw failure("a class cannot be called without new") }
      return try invoke(object, function, this, arguments)
    default: throw failure("it is not a function")
    }
  }

  func callUnknown(_ path: String, _ this: StageValue, _ arguments: [StageValue]) -> StageValue {
    var touched: [Int] = []
    for argument in arguments { collectNodes(argument, into: &touched, depth: 0) }
    if let node = this.object?.node, node >= 0 { touched.append(node) }
    if path.hasPrefix("context."), let node = this.object?.node, node >= 0 {
      note(.drawing, node)
    } else if calls.count < 2_000, !path.isEmpty {
      calls.append(StageCall(path: path, nodes: touched, place: place, cause: cause))
    }
    for argument in arguments {
      if case .object(let object) = argument, object.function != nil, !object.function!.isClass {
        let saved = microtasks.count
        if saved < 500 {
          microtasks.append { [unowned self] in _ = try self.call(argument, this: .undefined, [.unknown, .unknown]) }
        }
      }
    }
    return .unknown(path.isEmpty ? "" : path + "()")
  }

  private func collectNodes(_ value: StageValue, into result: inout [Int], depth: Int) {
    guard depth < 3, result.count < 64 else { return }
    switch value {
    case .string(let text):
      if text.utf8.count < 120, text.utf8.first.map({ $0 == 0x2E || $0 == 0x23 || $0 >= 0x61 }) ?? false {
        result += query(text, under: nil).prefix(32)
        if result.isEmpty, let element = element(withID: text) { result.append(element) }
      }
    case .object(let object):
      if object.kind == .node { result.append(object.node) }
      for item in object.items.prefix(32) { collectNodes(item, into: &result, depth: depth + 1) }
      for name in ["targets", "target", "element", "el", "trigger", "canvas", "container"] {
        if let inner = object[name] { collectNodes(inner, into: &result, depth: depth + 1) }
      }
    default: return
    }
  }

  private func invoke(
    _ object: StageObject, _ function: StageFunction, _ this: StageValue, _ arguments: [StageValue]
  ) throws -> StageValue {
    callDepth += 1
    callers.append(place)
    defer {
      callDepth -= 1
      callers.removeLast()
    }
    guard callDepth < Stage.maximumCalls else { throw StageStop.cut }
    let code = function.code
    let scope = makeScope(function.scope, isFunction: true)
    if code.kind != .arrowFunctionExpression {
      scope.table["this"] = this
      scope.arguments = arguments
      if let home = function.home { scope.table["super"] = .object(home.proto ?? record()) }
      if code.kind == .functionExpression, let id = code[.id], function.scope.table[id.name] == nil {
        scope.table[id.name] = .object(object)
      }
    }
    let isAsync = code.flags.contains(.async)
    let isGenerator = code.flags.contains(.generator)
    if isGenerator { lastYields.append([]) }
    do {
      var value = try runBody(code, scope, arguments)
      if isGenerator {
        value = array(lastYields.popLast() ?? [])
      } else if isAsync {
        value = .object(settled(value))
      }
      return value
    } catch StageStop.thrown(let error) {
      if isGenerator { return array(lastYields.popLast() ?? []) }
      guard isAsync else { throw StageStop.thrown(error) }
      return .object(settled(error, isRejected: true))
    } catch {
      if isGenerator { lastYields.removeLast() }
      throw error
    }
  }

  private func runBody(_ code: Code, _ scope: StageScope, _ arguments: [StageValue]) throws -> StageValue {
    for (index, parameter) in code.list(.params).enumerated() {
      if parameter.kind == .restElement {
        if let inner = parameter[.argument] { try bind(inner, array(Array(arguments.dropFirst(index))), scope, scope) }
        continue
      }
      try bind(parameter, index < arguments.count ? arguments[index] : .undefined, scope, scope)
    }
    guard let body = code[.body] else { return .undefined }
    guard body.kind == .blockStatement else { return try evaluate(body, scope) }
    let statements = body.list(.body)
    hoist(statements, scope)
    if case .returns(let value) = try run(statements, scope) { return value }
    return .undefined
  }

  // MARK: Classes

  func makeClass(_ code: Code, _ scope: StageScope) throws -> StageValue {
    let made = make(.function, proto: protos.function)
    let inner = makeScope(scope)
    let function = StageFunction(code, inner)
    function.isClass = true
    made.function = function
    if let id = code[.id] {
      made.text = id.name
      inner.table[id.name] = .object(made)
    }
    let proto = record()
    proto["constructor"] = .object(made)
    made["prototype"] = .object(proto)
    inner.table["%class"] = .object(made)
    if let parent = code[.superClass] {
      let value = try evaluate(parent, scope)
      function.isDerived = true
      if let object = value.object {
        made.proto = object
        proto.proto = object["prototype"]?.object ?? proto.proto
        inner.table["super"] = value
      } else {
        inner.table["super"] = .undefined
        made["%library"] = value
      }
    }
    guard let body = code[.body] else { return .object(made) }
    for member in body.list(.body) { try addMember(member, to: made, proto, function, inner) }
    return .object(made)
  }

  private func addMember(
    _ member: Code, to made: StageObject, _ proto: StageObject, _ function: StageFunction, _ scope: StageScope
  ) throws {
    let isStatic = member.flags.contains(.static)
    let target = isStatic ? made : proto
    switch member.kind {
    case .methodDefinition:
      guard let value = member[.value] else { return }
      let method = self.function(value, scope)
      method.function?.home = target
      if member.detail == .constructor, !isStatic {
        made["%constructor"] = .object(method)
        return
      }
      guard let name = try key(of: member, scope) else { return }
      method.text = name
      switch member.detail {
      case .get: target.getters[name] = method
      case .set: target.setters[name] = method
      default: target[name] = .object(method)
      }
    case .propertyDefinition, .accessorProperty:
      guard isStatic else {
        function.fields.append((member, nil, member[.value]))
        return
      }
      guard let name = try key(of: member, scope) else { return }
      let inner = makeScope(scope, isFunction: true)
      inner.table["this"] = .object(made)
      made[name] = try member[.value].map { try evaluate($0, inner) } ?? .undefined
    case .staticBlock:
      let inner = makeScope(scope, isFunction: true)
      inner.table["this"] = .object(made)
      _ = try run(member, inner)
    default: return
    }
  }

  func initializeFields(_ type: StageObject, _ this: StageValue) throws {
    guard let function = type.function, let object = this.object else { return }
    for field in function.fields {
      guard let code = field.key, let name = try key(of: code, function.scope) else { continue }
      let scope = makeScope(function.scope, isFunction: true)
      scope.table["this"] = this
      let value = try field.value.map { try evaluate($0, scope) } ?? .undefined
      if case .object(let made) = value, made.kind == .function, made.text.isEmpty { made.text = name }
      object[name] = value
    }
  }

  func construct(_ target: StageValue, _ arguments: [StageValue]) throws -> StageValue {
    guard let type = target.object else {
      if case .unknown(let path) = target {
        let made = callUnknown("new " + path, .undefined, arguments)
        return made
      }
      throw failure("it is not a constructor")
    }
    if let native = type.native { return try native(self, .undefined, arguments) }
    guard type.function != nil else {
      if type.isOpen { return .unknown(type.text) }
      throw failure("it is not a constructor")
    }
    let proto = type["prototype"]?.object
    let made = make(.plain, proto: proto ?? protos.object)
    if type.function?.isDerived == true, libraryRoot(of: type) { made.isOpen = true }
    return try construct(type, arguments, into: .object(made))
  }

  private func libraryRoot(of type: StageObject) -> Bool {
    var next: StageObject? = type
    var turns = 0
    while let current = next, turns < 32 {
      if current["%library"] != nil { return true }
      next = current.proto
      turns += 1
    }
    return false
  }

  @discardableResult
  func construct(_ type: StageObject, _ arguments: [StageValue], into this: StageValue) throws -> StageValue {
    callDepth += 1
    defer { callDepth -= 1 }
    guard callDepth < Stage.maximumCalls else { throw StageStop.cut }
    guard let function = type.function else { return this }
    guard function.isClass else {
      let value = try invoke(type, function, this, arguments)
      return value.object == nil ? this : value
    }
    if let method = type["%constructor"]?.object, let inner = method.function {
      if !function.isDerived { try initializeFields(type, this) }
      let scope = makeScope(function.scope, isFunction: true)
      scope.table["this"] = this
      scope.arguments = arguments
      scope.table["super"] = function.isDerived ? function.scope.table["super"] ?? .undefined : .undefined
      if case .returns(let value) = try runConstructor(inner.code, scope, arguments), value.object != nil {
        return value
      }
      return this
    }
    if function.isDerived, let parent = type.proto, parent.isCallable {
      if parent.function != nil {
        try construct(parent, arguments, into: this)
      } else if parent.native != nil, parent.text != "HTMLElement", let object = this.object {
        if let made = try parent.native?(self, this, arguments).object {
          object.kind = made.kind
          object.items = made.items
          for name in made.names { object[name] = made[name] }
        }
      }
    }
    try initializeFields(type, this)
    return this
  }

  private func runConstructor(_ code: Code, _ scope: StageScope, _ arguments: [StageValue]) throws -> StageFlow {
    .returns(try runBody(code, scope, arguments))
  }

  // MARK: Members

  /// A property of an object or of what it inherits from, accessors left out.
  func find(_ name: String, on object: StageObject) -> StageValue? {
    var next: StageObject? = object
    var turns = 0
    while let current = next, turns < 64 {
      if let value = current[name] { return value }
      next = current.proto
      turns += 1
    }
    return nil
  }

  private func accessor(_ name: String, on object: StageObject, isSetter: Bool) -> StageObject? {
    var next: StageObject? = object
    var turns = 0
    while let current = next, turns < 64 {
      if let found = isSetter ? current.setters[name] : current.getters[name] { return found }
      if current[name] != nil { return nil }
      next = current.proto
      turns += 1
    }
    return nil
  }

  func member(of value: StageValue, _ name: String, at code: Code?, receiver: StageValue? = nil) throws -> StageValue {
    switch value {
    case .undefined, .null:
      place = code
      throw failure("cannot read \(name) of nothing")
    case .unknown(let path):
      if path.isEmpty { return .unknown }
      return path.utf8.count > 200 ? .unknown : .unknown(path + "." + name)
    case .string(let text): return stringMember(text, name)
    case .number: return protos.number.flatMap { find(name, on: $0) } ?? .undefined
    case .bool: return protos.object?[name] ?? .undefined
    case .object(let object): return try member(of: object, name, at: code, receiver ?? value)
    }
  }

  private func member(
    of object: StageObject, _ name: String, at code: Code?, _ receiver: StageValue
  ) throws -> StageValue {
    switch object.kind {
    case .array:
      if name == "length" { return .number(Double(object.items.count)) }
      if let index = Int(name) {
        return index >= 0 && index < object.items.count ? object.items[index] : .undefined
      }
    case .node:
      if let own = object[name] { return own }
      if let getter = accessor(name, on: object, isSetter: false) {
        return try call(.object(getter), this: receiver, [])
      }
      if let inherited = object.proto.flatMap({ find(name, on: $0) }), object.proto !== protos.node { return inherited }
      if let known = try nodeMember(object, name) { return known }
      return find(name, on: object) ?? .undefined
    case .style, .classes, .dataset:
      if let known = boundMember(object, name) { return known }
    case .map where name == "size": return .number(Double(object.items.count))
    case .set where name == "size": return .number(Double(object.items.count))
    case .host where object.text == "window":
      let value = try read(name, global, at: nil)
      // What nothing defines is not there, unless some library may.
      if case .unknown(let path) = value, path == name, !isLibraryGlobal(name) { return .undefined }
      return value
    case .function where name == "name": return .string(object.text)
    case .function where name == "length":
      return .number(Double(object.function?.code.list(.params).count ?? 0))
    default: break
    }
    if let getter = accessor(name, on: object, isSetter: false) { return try call(.object(getter), this: receiver, []) }
    if let found = find(name, on: object) { return found }
    if object.isOpen { return .unknown(object.text.isEmpty ? "" : object.text + "." + name) }
    return .undefined
  }

  func set(_ target: StageValue, _ name: String, _ value: StageValue, at code: Code?) throws {
    switch target {
    case .undefined, .null:
      place = code
      throw failure("cannot set \(name) of nothing")
    case .object(let object):
      if let setter = accessor(name, on: object, isSetter: true) {
        try call(.object(setter), this: target, [value])
        return
      }
      switch object.kind {
      case .array:
        if name == "length", case .number(let count) = value {
          object.items = Array(object.items.prefix(max(0, Stage.index(count))))
          return
        }
        if let index = Int(name), index >= 0, index < 20_000 {
          while object.items.count <= index { object.items.append(.undefined) }
          object.items[index] = value
          return
        }
      case .node: if try setNodeMember(object, name, value) { return }
      case .style, .classes, .dataset: if setBoundMember(object, name, value) { return }
      case .host: if try setHostMember(object, name, value) { return }
      default: break
      }
      object[name] = value
    default: return
    }
  }

  func remove(_ name: String, from target: StageValue, at code: Code) {
    guard let object = target.object else { return }
    if object.kind == .dataset {
      place = code
      removeAttribute(Stage.dataName(name), of: object.node)
    }
    object[name] = nil
  }

  /// The names that a loop over an object goes through.
  func keys(of value: StageValue) -> [String] {
    switch value {
    case .string(let text): return text.indices.enumerated().map { String($0.offset) }
    case .object(let object):
      var result = object.kind == .array ? object.items.indices.map { String($0) } : []
      if object.kind == .dataset { result = dataNames(object.node) }
      // Whole numbers come first, in their order.
      let numbered = object.names.filter { Int($0) != nil }.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
      result += numbered + object.names.filter { Int($0) == nil && !$0.hasPrefix("%") && !$0.hasPrefix("#") }
      return result
    default: return []
    }
  }

  /// The members that iteration over a value gives; `nil` where they are not known.
  func list(_ value: StageValue) throws -> [StageValue]? {
    switch value {
    case .string(let text): return text.map { .string(String($0)) }
    case .object(let object):
      switch object.kind {
      case .array, .set: return object.items
      case .map: return zip(object.items, object.values).map { array([$0, $1]) }
      case .classes: return classNames(object.node).map { .string($0) }
      default: break
      }
      if let method = find("@@iterator", on: object), method.object?.isCallable ?? false {
        return try list(try call(method, this: value, []))
      }
      if let method = find("next", on: object), method.object?.isCallable ?? false {
        var items: [StageValue] = []
        while items.count < 500 {
          let result = try call(method, this: value, [])
          guard let record = result.object, record["done"]?.truth == false || record["done"] == nil else {
            return items
          }
          items.append(record["value"] ?? .undefined)
        }
        return items
      }
      if object.isOpen { return nil }
      throw failure("it is not iterable")
    case .unknown: return nil
    case .undefined, .null: throw failure("nothing is not iterable")
    default: throw failure("it is not iterable")
    }
  }
}
