import JavaScriptSyntax
import Program

/// What the trace asks the program model, with answers that are asked for often kept.
final class ProgramFacts {
  let program: ProgramModel
  private var abrupt: [Int: Bool] = [:]
  private var truths: [Int: Bool?] = [:]
  private var contradictions: [Int: Bool] = [:]
  private var strings: [Int: String?] = [:]
  private var numbers: [Int: Double?] = [:]
  private var bindingsOfRegion: [Int: [Int]] = [:]
  private var bindingsOfLoop: [Int: [Int]] = [:]
  private var reassigned: Set<Int> = []
  private var libraryOfBinding: [Int: String] = [:]
  private var globalsByName: [String: Int] = [:]
  private var elementsOfSelector: [String: [Int]] = [:]
  let usesP5: Bool
  let usesPhaser: Bool
  let usesFiber: Bool

  init(_ program: ProgramModel) {
    self.program = program
    let packages = Set(program.libraries.map { $0.package })
    usesP5 = packages.contains("p5")
    usesPhaser = packages.contains("phaser")
    usesFiber = packages.contains("@react-three/fiber")
    for binding in program.bindings { collect(binding) }
  }

  private func collect(_ binding: Binding) {
    let index = canonical(binding)
    for declaration in binding.declarations {
      let region = declaredRegion(declaration)
      bindingsOfRegion[region.index, default: []].append(index)
      if region.parent == nil, globalsByName[binding.name] == nil { globalsByName[binding.name] = index }
    }
  }

  /// The region or loop body copy in which a declaration belongs.
  private func declaredRegion(_ declaration: Code) -> Code {
    var next = declaration.parent
    while let code = next {
      if code.kind.isFunction {
        // A function's own name belongs outside.
        if code.kind == .functionDeclaration, code[.id] == declaration { return code.region }
        return code
      }
      if code.kind == .program { return code }
      next = code.parent
    }
    return declaration.region
  }

  private func canonical(_ binding: Binding) -> Int { binding.id.index }

  // MARK: Units

  /// The units that run by themselves or when they are imported, imported ones first.
  var entryUnits: [Unit] {
    let scripts = program.units.filter {
      $0.kind != .handlerAttribute && $0.kind != .scriptAddress && $0.kind != .templateExpression
    }
    let handlers = program.units.filter { $0.kind == .handlerAttribute }
    return importOrder(scripts) + handlers
  }

  private func importOrder(_ units: [Unit]) -> [Unit] {
    // Units were found page by page and import by import; what is imported has to run first.
    let modules = units.filter { $0.kind == .module || $0.kind == .commonJS }
    let others = units.filter { $0.kind != .module && $0.kind != .commonJS }
    return others + modules.reversed()
  }

  func code(_ index: Int) -> Code { program.code(index) }

  // MARK: Bindings

  func binding(of code: Code) -> Int? { program.binding(of: code).map { canonical($0) } }

  func globalBinding(named name: String) -> Int? { globalsByName[name] }

  func defaultExport(of statement: Code) -> Int? {
    program.bindings.first {
      $0.kind == .defaultExport && $0.declarations.isEmpty
        && program.writes(of: $0.id).contains { $0.site == statement }
    }.map { canonical($0) }
  }

  func bindings(in region: Code) -> [Int] { bindingsOfRegion[region.index] ?? [] }

  /// The bindings that are declared inside a loop, outside of functions in it.
  func bindings(inside loop: Code) -> [Int] {
    if let known = bindingsOfLoop[loop.index] { return known }
    let found = (bindingsOfRegion[loop.region.index] ?? []).filter { number in
      program.bindings[number].declarations.contains { loop.contains($0) } && program.bindings[number].kind != .var
    }
    bindingsOfLoop[loop.index] = found
    return found
  }

  /// Whether a variable is declared without a value.
  func startsUndefined(_ binding: Int) -> Bool {
    let stored = program.bindings[binding]
    guard stored.kind == .let || stored.kind == .var else { return false }
    return program.writes(of: stored.id).allSatisfy { $0.kind == .assignment }
  }

  func isReassigned(_ binding: Int) -> Bool { reassigned.contains(binding) }

  /// The path of the library that an import or global stands for.
  func library(of binding: Int) -> String? {
    if let known = libraryOfBinding[binding] { return known.isEmpty ? nil : known }
    guard binding >= 0, binding < program.bindings.count else { return nil }
    let paths = program.objects(of: program.bindings[binding].id).compactMap { program.object($0).path }
    let found = paths.sorted().first { $0.contains(":") && !$0.contains("#") }
    libraryOfBinding[binding] = found ?? ""
    return found
  }

  /// Bindings that live between calls: top-level variables that are changed, and variables that several closures share.
  func stateBindings() -> Set<Int> {
    var result: Set<Int> = []
    for binding in program.bindings where !binding.declarations.isEmpty {
      guard binding.kind == .let || binding.kind == .var || binding.kind == .parameter else { continue }
      let writes = program.writes(of: binding.id)
      let changes = writes.filter {
        $0.kind == .assignment || $0.kind == .update
          || $0.kind == .destructuring && $0.site.kind == .assignmentExpression
      }
      if writes.count > 1 { reassigned.insert(binding.id.index) }
      guard !changes.isEmpty, let declaration = binding.declarations.first else { continue }
      let owner = declaredRegion(declaration)
      if owner.kind == .program {
        result.insert(binding.id.index)
        continue
      }
      let uses = Set((program.reads(of: binding.id) + changes.map { $0.target }).map { outermost($0, inside: owner) })
      // Several functions share it, or one finds in it what it left there the last time.
      if uses.filter({ $0 >= 0 }).count > 1 || !uses.isEmpty && !uses.contains(-1) { result.insert(binding.id.index) }
    }
    return result
  }

  /// The outermost function between a use and the function that owns the variable; -1 for none.
  private func outermost(_ use: Code, inside owner: Code) -> Int {
    var found = -1
    var next = use.region
    while next != owner, next.kind.isFunction {
      found = next.index
      next = next.region == next ? owner : next.region
    }
    return found
  }

  // MARK: Constants

  func string(_ code: Code) -> String? {
    if let known = strings[code.index] { return known }
    let found = program.constant(of: code).string
    strings[code.index] = .some(found)
    return found
  }

  func number(_ code: Code) -> Double? {
    if let known = numbers[code.index] { return known }
    let found = program.constant(of: code).number
    numbers[code.index] = .some(found)
    return found
  }

  func templateText(_ quasi: Code) -> String {
    var text = quasi.text
    if text.hasPrefix("`") || text.hasPrefix("}") { text.removeFirst() }
    if text.hasSuffix("${") { text.removeLast(2) } else if text.hasSuffix("`") { text.removeLast() }
    return text
  }

  /// Whether a condition always or never holds.
  func truth(of test: Code) -> Bool? {
    if let known = truths[test.index] { return known }
    let found: Bool? =
      test.kind == .identifier || test.kind == .literal || test.kind == .unaryExpression
        || test.kind == .binaryExpression || test.kind == .logicalExpression
      ? program.constant(of: test).truth : nil
    truths[test.index] = .some(found)
    return found
  }

  /// Whether the parts of an `&&` put a number above one bound and below a lesser one.
  func isContradiction(_ test: Code) -> Bool {
    let test = test.unwrapped
    guard test.kind == .logicalExpression, test.detail == .and else { return false }
    if let known = contradictions[test.index] { return known }
    var bounds: [String: (low: Double, high: Double)] = [:]
    var pending = [test]
    var found = false
    while let next = pending.popLast()?.unwrapped {
      if next.kind == .logicalExpression, next.detail == .and {
        pending += [next[.left], next[.right]].compactMap { $0 }
      } else if let (text, low, high) = bound(next) {
        let old = bounds[text] ?? (-.infinity, .infinity)
        bounds[text] = (max(old.low, low), min(old.high, high))
        if max(old.low, low) >= min(old.high, high) { found = true }
      }
    }
    contradictions[test.index] = found
    return found
  }

  private func bound(_ test: Code) -> (String, Double, Double)? {
    guard test.kind == .binaryExpression, let left = test[.left], let right = test[.right] else { return nil }
    var detail = test.detail
    let text: String
    let number: Double
    if let value = program.constant(of: right).number, program.constant(of: left).number == nil {
      (text, number) = (left.text, value)
    } else if let value = program.constant(of: left).number {
      (text, number) = (right.text, value)
      switch detail {
      case .less: detail = .greater
      case .lessOrEqual: detail = .greaterOrEqual
      case .greater: detail = .less
      case .greaterOrEqual: detail = .lessOrEqual
      default: break
      }
    } else {
      return nil
    }
    switch detail {
    case .less: return (text, -.infinity, number)
    case .lessOrEqual: return (text, -.infinity, number.nextUp)
    case .greater: return (text, number, .infinity)
    case .greaterOrEqual: return (text, number.nextDown, .infinity)
    default: return nil
    }
  }

  // MARK: Statements

  /// Whether control never passes beyond a statement.
  func isAbrupt(_ statement: Code) -> Bool {
    switch statement.kind {
    case .returnStatement, .throwStatement, .breakStatement, .continueStatement: return true
    case .blockStatement, .ifStatement: break
    default: return false
    }
    if let known = abrupt[statement.index] { return known }
    let found: Bool
    if statement.kind == .blockStatement {
      found = statement.list(.body).contains { isAbrupt($0) }
    } else {
      found =
        statement[.consequent].map { isAbrupt($0) } ?? false && statement[.alternate].map { isAbrupt($0) } ?? false
    }
    abrupt[statement.index] = found
    return found
  }

  /// The expression that a function gives, when it is only one.
  func returnedExpression(of function: Code) -> Code? {
    guard let body = function[.body] else { return nil }
    guard body.kind == .blockStatement else { return body }
    return body.list(.body).last.flatMap { $0.kind == .returnStatement ? $0[.argument] : nil }
  }

  // MARK: Elements

  var hasPages: Bool { program.document.hasPages }

  func elements(_ selector: String) -> [Int] {
    if let known = elementsOfSelector[selector] { return known }
    let found =
      selector.hasPrefix("#") && !selector.contains(where: { " .>[:,".contains($0) })
      ? program.document.elements(withID: String(selector.dropFirst())) : program.document.query(selector)
    elementsOfSelector[selector] = found
    return found
  }

  /// Whether markup that is computed may still make an element.
  func mayBeMade(_ selector: String) -> Bool { false }

  func elementKey(of unit: Unit) -> String? { unit.elementIndex.map { String($0) } }

  func jsxElementKey(_ code: Code) -> String? {
    if jsxElements == nil {
      var found: [Int: Int] = [:]
      for element in program.document.elements {
        if case .jsx(let code) = element.source { found[code.index] = element.id }
      }
      jsxElements = found
    }
    return jsxElements?[code.index].map { String($0) }
  }

  private var jsxElements: [Int: Int]?

  /// The element that the key of a node means.
  func element(_ type: String) -> DOMElement? {
    guard type.hasPrefix("element:"), let number = Int(type.dropFirst(8)), number < program.document.elements.count
    else { return nil }
    return program.document.elements[number]
  }

  /// The type of an input, `select` and `textarea` for those.
  func inputType(of type: String) -> String? {
    guard let element = element(type) else { return nil }
    switch element.name.lowercased() {
    case "input": return element.attribute("type")?.lowercased() ?? "text"
    case "select": return "select"
    case "button": return "button"
    case "textarea": return "text"
    default: return nil
    }
  }
}
