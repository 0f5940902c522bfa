import SourceText

// Rules of TypeScript's syntax that its grammar lets pass.
//
// What its compiler refuses and other parsers let pass is a warning.

extension Parser {
  // MARK: Class members

  /// Reports a modifier that comes after one that it has to precede, or that excludes it.
  mutating func checkModifierOrder(_ head: MemberHead, _ modifier: Lexeme) {
    let flags = head.flags
    let follows: Bool
    switch modifier {
    case .public, .private, .protected: follows = !flags.isDisjoint(with: [.static, .overrideOrDefinite, .readonly])
    case .static: follows = !flags.isDisjoint(with: [.overrideOrDefinite, .readonly])
    case .override: follows = flags.contains(.readonly)
    default: follows = false
    }
    if follows {
      return reportHere("\(describeToken()) must stand before the other modifiers", advice: "move it to the front")
    }
    let excludes: Bool
    switch modifier {
    case .static: excludes = flags.contains(.abstract)
    case .abstract: excludes = flags.contains(.static) || head.accessibility == .private
    case .private: excludes = flags.contains(.abstract)
    case .override: excludes = flags.contains(.declare)
    case .declare: excludes = flags.contains(.overrideOrDefinite)
    default: excludes = false
    }
    if excludes { reportHere("\(describeToken()) excludes a modifier before it", advice: "remove one of them") }
  }

  /// Checks the modifiers of a member against what the member is; runs before `!` is read.
  mutating func checkMember(_ head: MemberHead, _ key: UInt32, isPrivate: Bool, isConstructor: Bool) {
    let flags = head.flags
    if isPrivate, head.accessibility != .none || !flags.isDisjoint(with: [.abstract, .declare]) {
      report(at: key, "a private name takes no accessibility, 'abstract' or 'declare'", advice: "remove the modifier")
    }
    if flags.contains(.abstract), !head.isInAbstractClass {
      report(at: key, "an abstract member needs an abstract class", advice: "write 'abstract' before 'class'")
    }
    if isConstructor, !flags.isDisjoint(with: [.abstract, .declare, .overrideOrDefinite, .readonly]) {
      report(at: key, "a constructor takes no modifier but an accessibility", advice: "remove the modifier")
    }
  }

  /// Checks a method with its value.
  mutating func checkMethod(_ head: MemberHead, _ key: UInt32, _ value: UInt32, isConstructor: Bool) {
    if !head.flags.isDisjoint(with: [.declare, .readonly]) {
      report(at: key, "a method takes no 'declare' and no 'readonly'", advice: "remove the modifier")
    }
    if head.flags.contains(.abstract), kind(value) == .functionExpression {
      report(at: key, "an abstract method must not have a body", advice: "remove the body, or 'abstract'")
    }
    if head.flags.contains(.abstract), head.isAsync {
      warn(at: key, "an abstract method takes no 'async'", advice: "remove 'async'; the implementation may have it")
    }
    guard isConstructor else { return }
    checkNoThisParameter(slot(value, 2), "a constructor")
    if slot(value, 1) != .max {
      report(at: key, "a constructor takes no type parameters", advice: "move them to the class")
    }
    if kind(value) == .tsEmptyBodyFunctionExpression { checkOverloadParameters(slot(value, 2)) }
  }

  private mutating func checkOverloadParameters(_ list: UInt32) {
    for index in 0..<Int(slots[Int(list)]) {
      let parameter = slots[Int(list) + 1 + index]
      if kind(parameter) == .tsParameterProperty { reportParameterProperty(parameter) }
    }
  }

  mutating func reportParameterProperty(_ parameter: UInt32) {
    report(
      at: parameter, "a parameter property is allowed in the implementation of a constructor only",
      advice: "remove the modifier")
  }

  /// Checks a field with its value.
  mutating func checkField(_ head: MemberHead, _ key: UInt32, annotation: UInt32, value: UInt32, isDefinite: Bool) {
    if isDefinite,
      annotation == .max || value != .max || !head.flags.isDisjoint(with: [.abstract, .declare, .static])
        || context.contains(.ambient)
    {
      report(
        at: key, "'!' needs a type and excludes an initializer, 'static', 'abstract' and 'declare'",
        advice: "remove the '!'")
    }
    guard value != .max else { return }
    if head.flags.contains(.abstract) {
      report(at: key, "an abstract field must not have an initializer", advice: "remove it, or 'abstract'")
    } else if head.flags.contains(.declare) || context.contains(.ambient),
      annotation != .max || !head.flags.contains(.readonly)
    {
      reportAmbientInitializer(value)
    }
  }

  private mutating func reportAmbientInitializer(_ value: UInt32) {
    report(at: value, "a declaration without code must not have an initializer", advice: "give a type instead")
  }

  // MARK: Declarations

  /// Checks a declarator with its value.
  mutating func checkDeclarator(_ target: UInt32, _ value: UInt32, _ detail: NodeDetail, isDefinite: Bool) {
    let hasType =
      kind(target) == .identifier ? nodes[Int(target)].flags.contains(.hasSlots) : slot(target, 1) != .max
    if isDefinite, !hasType || value != .max || kind(target) != .identifier || context.contains(.ambient) {
      report(at: target, "'!' needs a type and excludes an initializer", advice: "remove the '!'")
    }
    guard context.contains(.ambient) else { return }
    if detail == .using || detail == .awaitUsing {
      report(at: target, "'using' is not allowed in a declaration without code", advice: "use 'const'")
    } else if value != .max, hasType || detail != .const {
      reportAmbientInitializer(value)
    }
  }

  /// Checks a function without a body.
  mutating func checkBodiless(start: Int, isGenerator: Bool, isAsync: Bool, isDeclare: Bool, isAmbient: Bool) {
    if isGenerator { report(start, previousEnd, "a generator needs a body", advice: "add it, or remove the '*'") }
    guard isAsync else { return }
    let message = "a declaration without code takes no 'async'"
    if isDeclare {
      report(start, previousEnd, message, advice: "give it a promise's type")
    } else if isAmbient {
      warn(start, previousEnd, message, advice: "give it a promise's type")
    }
  }

  /// Checks the types of an accessor that may have a body.
  mutating func checkAccessorTypes(_ accessor: NodeDetail, _ typeParameters: UInt32, _ returnType: UInt32) {
    if typeParameters != .max {
      report(at: typeParameters, "an accessor takes no type parameters", advice: "remove them")
    }
    if accessor == .set, returnType != .max {
      warn(at: returnType, "a setter has no return type", advice: "remove it")
    }
  }

  /// Whether a parameter is the one that gives `this` a type.
  func isThisParameter(_ node: UInt32) -> Bool {
    kind(node) == .identifier && nameIndexOf(node) == Lexeme.this.nameIndex
  }

  /// Reports a parameter `this` where `this` is not the caller's to give.
  mutating func checkNoThisParameter(_ list: UInt32, _ what: String) {
    guard slots[Int(list)] > 0 else { return }
    let first = slots[Int(list) + 1]
    if isThisParameter(first) { report(at: first, "\(what) takes no parameter 'this'", advice: "remove it") }
  }

  /// Checks the type of a caught value, which can be anything.
  mutating func checkCaughtType(_ parameter: UInt32) {
    guard !isFailing else { return }
    let annotation: UInt32
    switch kind(parameter) {
    case .identifier where nodes[Int(parameter)].flags.contains(.hasSlots):
      annotation = slots[Int(nodes[Int(parameter)].payload)]
    case .objectPattern, .arrayPattern: annotation = slot(parameter, 1)
    default: return
    }
    guard annotation != .max else { return }
    let type = kind(annotation) == .tsTypeAnnotation ? slot(annotation, 0) : annotation
    let detail = nodes[Int(type)].detail
    if kind(type) != .tsKeywordType || (detail != .any && detail != .unknown) {
      warn(at: type, "a caught value is of type 'any' or 'unknown'", advice: "test its type in the block")
    }
  }

  /// Reports a class that has the name of a type of the language.
  mutating func checkClassName(_ identifier: UInt32) {
    guard !isFailing, kind(identifier) == .identifier else { return }
    let text = nameText(nameIndexOf(identifier))
    if Self.typeWords.contains(text) {
      report(at: identifier, "a class must not be named '\(text)', which is a type", advice: "choose another name")
    }
  }

  private static let typeWords: Set<String> = [
    "any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "undefined", "unknown", "void",
  ]

  /// Checks the parameters of a function with a body.
  mutating func checkImplementedParameters(_ list: UInt32) {
    for index in 0..<Int(slots[Int(list)]) {
      let parameter = slots[Int(list) + 1 + index]
      let isPattern = kind(parameter) == .objectPattern || kind(parameter) == .arrayPattern
      if isPattern, nodes[Int(parameter)].flags.contains(.optional) {
        report(at: parameter, "a pattern must not be optional where a body follows", advice: "give it a default")
      }
    }
  }

  // MARK: Types

  /// Checks the operand of the type operator `readonly`.
  mutating func checkReadonlyType(_ type: UInt32) {
    guard kind(type) != .tsArrayType, kind(type) != .tsTupleType, !isParenthesized(type) else { return }
    report(at: type, "'readonly' is for array and tuple types only", advice: "use 'Readonly<...>'")
  }

  /// Checks that a required element does not follow an optional one.
  mutating func checkTuple(since base: Int) {
    var sawOptional = false
    for index in base..<max(base, pending.count) {
      let member = pending.storage[index]
      let isOptional =
        kind(member) == .tsOptionalType
        || (kind(member) == .tsNamedTupleMember && nodes[Int(member)].flags.contains(.optional))
      if sawOptional, !isOptional, kind(member) != .tsRestType {
        return report(at: member, "a required element must not follow an optional one", advice: "make it optional")
      }
      sawOptional = sawOptional || isOptional
    }
  }

  /// Checks the signature of an accessor in a type.
  mutating func checkAccessorSignature(
    _ node: UInt32, _ accessor: NodeDetail, typeParameters: UInt32, parameters: UInt32, returnType: UInt32
  ) {
    let length = slots[Int(parameters)]
    if typeParameters != .max { report(at: node, "an accessor takes no type parameters", advice: "remove them") }
    if accessor == .get {
      if length != 0 { report(at: node, "a getter takes no parameters", advice: "remove them") }
      return
    }
    let first = length > 0 ? slots[Int(parameters) + 1] : .max
    let isBad =
      length != 1 || kind(first) == .restElement || nodes[Int(first)].flags.contains(.optional)
      || (kind(first) == .identifier && nameIndexOf(first) == Lexeme.this.nameIndex)
    if isBad { report(at: node, "a setter takes one required parameter", advice: "give it exactly one") }
    if returnType != .max { report(at: node, "a setter has no return type", advice: "remove it") }
  }

  /// Checks that what `extends` or `implements` names is a name with dots.
  mutating func checkHeritage(_ node: UInt32) {
    var node = node
    while !isParenthesized(node), kind(node) == .memberExpression, nodes[Int(node)].flags.isDisjoint(with: [.computed]),
      kind(slot(node, 1)) == .identifier
    {
      node = slot(node, 0)
    }
    let isName = kind(node) == .identifier || kind(node) == .thisExpression
    if !isName || isParenthesized(node) {
      report(at: node, "expected a name with dots", advice: "name an interface or a class")
    }
  }

  // MARK: Names

  /// Declares a class, enumeration, type alias or interface, which may merge with some of their kind.
  mutating func declareMerging(_ name: UInt32, _ start: Int, _ kind: ScopeStack.DeclarationKind) {
    guard !isFailing else { return }
    let scope = scopes.scopes[scopes.scopes.count - 1]
    let head = names.entries[Int(name)].lexical
    var live = head
    while live != .max, live >= scope.lexicalStart {
      let earlier = scopes.lexical[Int(live)]
      if conflicts(kind, earlier.kind) {
        reportRedeclaration(name, start, earlier: Int(earlier.position))
        break
      }
      live = earlier.previous
    }
    let variable = names.entries[Int(name)].variable
    if kind != .typeAlias, kind != .interface, variable != .max, variable >= scope.variableStart {
      reportRedeclaration(name, start, earlier: Int(scopes.variables[Int(variable)].position))
    }
    names.entries[Int(name)].lexical = UInt32(scopes.lexical.count)
    scopes.lexical.append(
      ScopeStack.Declaration(name: name, previous: head, position: UInt32(start), kind: kind))
  }

  private func conflicts(_ new: ScopeStack.DeclarationKind, _ old: ScopeStack.DeclarationKind) -> Bool {
    switch new {
    case .interface: old == .enumeration || old == .constEnumeration || old == .typeAlias
    case .typeAlias: old == .typeAlias || old == .interface || old.isClassOrEnumeration
    case .class: old != .interface
    case .enumeration, .constEnumeration: old != new
    default: old != .interface && old != .typeAlias
    }
  }
}

extension ScopeStack.DeclarationKind {
  var isClassOrEnumeration: Bool { self == .class || self == .enumeration || self == .constEnumeration }
  /// Whether it declares a type and no value.
  var isTypeOnly: Bool { self == .interface || self == .typeAlias }
}
