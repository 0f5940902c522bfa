import Ingest
import JavaScriptSyntax
import SourceText

// Modules and promises.
extension Stage {
  /// Runs a module once; modules that import each other see what is there.
  func load(unit number: Int) throws {
    guard modules[number] == nil, number < program.units.count else { return }
    let unit = program.units[number]
    let scope = makeScope(global, isFunction: true)
    modules[number] = scope
    exports[number] = [:]
    scope.table["this"] = .undefined
    let statements = unit.root.list(.body)
    if unit.kind == .commonJS {
      let module = record([("exports", .object(record()))])
      scope.table["module"] = .object(module)
      scope.table["exports"] = module["exports"]
    }
    for statement in statements { try link(statement, number, scope) }
    hoist(statements, scope)
    _ = try run(statements, scope)
    if unit.kind == .commonJS, let value = scope.table["module"]?.object?["exports"] {
      exports[number]?["default"] = .value(value)
    }
  }

  private func link(_ statement: Code, _ number: Int, _ scope: StageScope) throws {
    switch statement.kind {
    case .importDeclaration:
      guard !statement.flags.contains(.typeOnlyOrConst), let source = statement[.source],
        let target = program.solver.links.target(of: source)
      else { return }
      if case .unit(let other) = target { try load(unit: other) }
      for specifier in statement.list(.specifiers) {
        guard let local = specifier[.local] else { continue }
        switch specifier.kind {
        case .importNamespaceSpecifier: scope.imports[local.name] = namespace(target)
        case .importDefaultSpecifier: scope.imports[local.name] = imported("default", target)
        default:
          guard let name = specifier[.imported] else { continue }
          scope.imports[local.name] = imported(exportName(name), target)
        }
      }
    case .exportNamedDeclaration:
      let target = statement[.source].flatMap { program.solver.links.target(of: $0) }
      if case .unit(let other)? = target { try load(unit: other) }
      for specifier in statement.list(.specifiers) {
        guard let local = specifier[.local], let exported = specifier[.exported] else { continue }
        exports[number]?[exportName(exported)] = target.map { .forward($0, exportName(local)) } ?? .local(local.name)
      }
    case .exportAllDeclaration:
      guard let source = statement[.source], let target = program.solver.links.target(of: source) else { return }
      if case .unit(let other) = target { try load(unit: other) }
      if let name = statement[.exported] {
        exports[number]?[exportName(name)] = .namespace(target)
      } else {
        stars[number, default: []].append(target)
      }
    default: return
    }
  }

  private func exportName(_ code: Code) -> String {
    code.kind == .literal ? code.unit.tree.stringLiteral(code.node) ?? "" : code.name
  }

  private func imported(_ name: String, _ target: LinkTarget) -> StageImport {
    switch target {
    case .unit(let unit): .export(unit: unit, name: name)
    case .library(let package): .value(libraryValue(package, name))
    case .file(let path): .value(fileValue(path))
    case .missing: .value(.unknown("missing:"))
    }
  }

  private func namespace(_ target: LinkTarget) -> StageImport {
    switch target {
    case .unit(let unit): .namespace(unit: unit)
    case .library(let package): .value(libraryValue(package, "*"))
    case .file(let path): .value(fileValue(path))
    case .missing: .value(.unknown("missing:"))
    }
  }

  func resolve(_ target: StageImport) throws -> StageValue {
    switch target {
    case .value(let value): return value
    case .namespace(let unit):
      let made = record()
      for name in (exports[unit] ?? [:]).keys.sorted() { made[name] = try export(name, of: unit) }
      return .object(made)
    case .export(let unit, let name): return try export(name, of: unit)
    }
  }

  func export(_ name: String, of unit: Int, depth: Int = 0) throws -> StageValue {
    guard depth < 24 else { return .unknown }
    switch exports[unit]?[name] {
    case .local(let local): return try modules[unit].map { try read(local, $0, at: nil) } ?? .unknown
    case .value(let value): return value
    case .forward(let target, let inner):
      if case .unit(let other) = target { return try export(inner, of: other, depth: depth + 1) }
      return try resolve(imported(inner, target))
    case .namespace(let target): return try resolve(namespace(target))
    case nil: break
    }
    for star in stars[unit] ?? [] {
      guard case .unit(let other) = star else { continue }
      let value = try export(name, of: other, depth: depth + 1)
      if !value.isUndefined { return value }
    }
    return program.units[unit].kind == .component ? .unknown : .undefined
  }

  func runExport(_ code: Code, _ scope: StageScope) throws -> StageFlow {
    guard let declaration = code[.declaration] else { return .normal }
    let number = code.unit.id
    if code.kind == .exportDefaultDeclaration {
      let value: StageValue
      if declaration.kind == .functionDeclaration, let id = declaration[.id] {
        value = scope.table[id.name] ?? .object(function(declaration, scope))
      } else {
        value = try evaluate(declaration, scope)
        if declaration.kind == .classDeclaration, let id = declaration[.id] { scope.table[id.name] = value }
      }
      exports[number]?["default"] = .value(value)
      return .normal
    }
    let flow = try run(declaration, scope)
    for name in declaredNames(declaration) { exports[number]?[name] = .local(name) }
    return flow
  }

  private func declaredNames(_ declaration: Code) -> [String] {
    guard declaration.kind == .variableDeclaration else { return declaration[.id].map { [$0.name] } ?? [] }
    return declaration.list(.declarations).compactMap { $0[.id] }.flatMap { id in
      patternTargets(id.node, in: id.unit.tree).map { id.unit.tree.name(of: $0) }
    }
  }

  func evaluateImport(_ code: Code) throws -> StageValue {
    guard let source = code[.source], let target = program.solver.links.target(of: source) else { return .unknown }
    if case .unit(let unit) = target { try load(unit: unit) }
    return .object(settled(try resolve(namespace(target))))
  }

  /// What the bundler makes of an import of a file: an address, a table of class names, data.
  func fileValue(_ path: String) -> StageValue {
    guard let file = program.project.files.first(where: { $0.path == path }) else { return .string(path) }
    if path.hasSuffix(".json"), let parsed = value(ofText: file.bytes) { return parsed }
    if file.kind == .css || path.hasSuffix(".scss") || path.hasSuffix(".less") {
      let made = make(.host)
      made.text = "css:"
      made.isOpen = true
      return .object(made)
    }
    return .string(path)
  }

  /// The value of a text of JSON or of one expression; `nil` where it cannot be read.
  func value(ofText bytes: [UInt8]) -> StageValue? {
    let unit = makeUnit([0x28] + bytes + [0x29], file: "")
    guard let statement = unit.root.list(.body).first, let expression = statement[.expression] else { return nil }
    return try? evaluate(expression, makeScope(global))
  }

  /// Makes a unit of a text that the program holds as a string or attribute.
  func makeUnit(_ bytes: [UInt8], file: String, offset: Int = 0) -> Unit {
    let tree = parse(bytes, options: ParseOptions(language: .javaScript, goal: .script)).tree
    nextUnit += 1
    let unit = Unit(id: nextUnit, kind: .handlerAttribute, file: file, offset: offset, tree: tree, base: 0)
    return unit
  }

  // MARK: Promises

  func settled(_ value: StageValue, isRejected: Bool = false) -> StageObject {
    if !isRejected, let object = value.object, object.kind == .promise { return object }
    let made = make(.promise, proto: protos.promise)
    settle(made, value, isRejected: isRejected)
    return made
  }

  func settle(_ promise: StageObject, _ value: StageValue, isRejected: Bool) {
    guard !promise.isSettled else { return }
    if !isRejected, let inner = value.object, inner.kind == .promise {
      if inner.isSettled {
        settle(promise, inner.items.first ?? .undefined, isRejected: inner.isRejected)
      } else {
        inner.reactions.append((.undefined, .undefined, promise))
      }
      return
    }
    promise.isSettled = true
    promise.isRejected = isRejected
    promise.items = [value]
    for reaction in promise.reactions { react(promise, reaction) }
    promise.reactions = []
  }

  private func react(
    _ promise: StageObject, _ reaction: (fulfilled: StageValue, rejected: StageValue, next: StageObject)
  ) {
    let value = promise.items.first ?? .undefined
    let handler = promise.isRejected ? reaction.rejected : reaction.fulfilled
    let isRejected = promise.isRejected
    microtasks.append { [unowned self] in
      guard handler.object?.isCallable ?? false else {
        self.settle(reaction.next, value, isRejected: isRejected)
        return
      }
      do {
        let result = try self.call(handler, this: .undefined, [value])
        self.settle(reaction.next, result, isRejected: false)
      } catch StageStop.thrown(let error) { self.settle(reaction.next, error, isRejected: true) }
    }
  }

  func then(_ promise: StageObject, _ fulfilled: StageValue, _ rejected: StageValue) -> StageValue {
    let next = make(.promise, proto: protos.promise)
    if promise.isSettled {
      react(promise, (fulfilled, rejected, next))
    } else {
      promise.reactions.append((fulfilled, rejected, next))
    }
    return .object(next)
  }

  /// What `await` gives: of a promise that a timer settles, what it will be settled with.
  func wait(for value: StageValue) throws -> StageValue {
    guard let promise = value.object, promise.kind == .promise else { return value }
    try drain()
    var turns = 0
    while !promise.isSettled, turns < 40 {
      guard
        let next = tasks.indices.filter({ tasks[$0].cause == .timeout || tasks[$0].cause == .observer })
          .min(by: { (tasks[$0].time, tasks[$0].order) < (tasks[$1].time, tasks[$1].order) })
      else { break }
      let task = tasks.remove(at: next)
      turns += 1
      clock = max(clock, task.time)
      try call(task.function, this: .undefined, task.arguments)
      try drain()
    }
    guard promise.isSettled else { return .unknown }
    let result = promise.items.first ?? .undefined
    if promise.isRejected { throw StageStop.thrown(result) }
    return result
  }
}
