import SourceText

extension Parser {
  // MARK: Statements

  /// Parses a statement that only TypeScript has; `nil` when the word that could begin it is a name here.
  mutating func parseTypeScriptStatement(isInList: Bool, decorators: UInt32 = 0) -> UInt32? {
    guard !facts.contains(.hasEscape) else { return nil }
    let start = tokenStart
    switch token {
    case .enum: return parseEnum(start: start, flags: [])
    case .type, .interface, .namespace, .module, .global, .abstract, .declare: break
    default: return nil
    }
    let following = peek()
    guard !following.newlineBefore, startsDeclaration(token, following.lexeme) else { return nil }
    if !isInList { reportHere("a declaration is not allowed here", advice: "put it into a block") }
    return parseTypeScriptDeclaration(start: start, decorators: decorators, flags: [])
  }

  /// Whether a contextual keyword and the token after it begin a declaration.
  private func startsDeclaration(_ word: Lexeme, _ following: Lexeme) -> Bool {
    switch word {
    case .type, .interface, .namespace: following.isIdentifier
    case .module: following.isIdentifier || following == .string
    case .global: following == .leftBrace
    case .abstract: following == .class
    default: startsDeclared(following)
    }
  }

  /// Whether `declare` may stand before a token.
  private func startsDeclared(_ lexeme: Lexeme) -> Bool {
    switch lexeme {
    case .var, .let, .const, .function, .class, .enum, .interface, .type, .namespace, .module, .abstract, .global,
      .async,
      .using, .import:
      true
    default: false
    }
  }

  private mutating func parseTypeScriptDeclaration(start: Int, decorators: UInt32, flags: NodeFlags) -> UInt32 {
    switch token {
    case .type: return parseTypeAlias(start: start, flags: flags)
    case .interface: return parseInterface(start: start, flags: flags)
    case .enum: return parseEnum(start: start, flags: flags)
    case .namespace, .module, .global: return parseModule(start: start, flags: flags)
    case .abstract: return parseAbstractClass(start: start, decorators: decorators, flags: flags)
    case .declare where !flags.contains(.declare): return parseDeclare(start: start, decorators: decorators)
    default: return parseDeclaredStatement(start: start, decorators: decorators, flags: flags)
    }
  }

  private mutating func parseDeclare(start: Int, decorators: UInt32) -> UInt32 {
    let outer = context
    next()
    context.insert(.ambient)
    let node = parseTypeScriptDeclaration(start: start, decorators: decorators, flags: .declare)
    context = outer
    return node
  }

  /// Parses what both languages have, behind `declare`.
  private mutating func parseDeclaredStatement(start: Int, decorators: UInt32, flags: NodeFlags) -> UInt32 {
    let node: UInt32
    switch token {
    case .class: return parseClass(start: start, decorators: decorators, isStatement: true, flags: flags)
    case .function:
      next()
      return parseFunction(start: start, isAsync: false, form: .declaration, isDeclare: true)
    case .async:
      next()
      expect(.function, "'function' after 'async'")
      return parseFunction(start: start, isAsync: true, form: .declaration, isDeclare: true)
    case .const:
      if peek().lexeme == .enum {
        next()
        return parseEnum(start: start, flags: flags.union(.typeOnlyOrConst))
      }
      node = parseVariableStatement(.const)
    case .var: node = parseVariableStatement(.var)
    case .let: node = parseVariableStatement(.let)
    case .using: node = parseVariableStatement(.using)
    default:
      failExpected("a declaration after 'declare'")
      return missing()
    }
    nodes[Int(node)].start = UInt32(truncatingIfNeeded: start)
    nodes[Int(node)].flags.formUnion(flags)
    return node
  }

  mutating func parseAbstractClass(start: Int, decorators: UInt32, flags: NodeFlags = [], isNameOptional: Bool = false)
    -> UInt32
  {
    next()
    guard token == .class else {
      failExpected("'class' after 'abstract'")
      return missing()
    }
    return parseClass(
      start: start, decorators: decorators, isStatement: true, isNameOptional: isNameOptional,
      flags: flags.union(.abstract))
  }

  private mutating func parseTypeAlias(start: Int, flags: NodeFlags) -> UInt32 {
    next()
    let nameStart = tokenStart
    let word = tokenName
    let name = parseTypeName()
    if !isFailing { declareMerging(word, nameStart, .typeAlias) }
    let parameters = token == .less ? parseTypeParameters() : .max
    expect(.assign, "'=' after the name of the type")
    let type = parseType()
    endStatement()
    return make(.tsTypeAliasDeclaration, start, name, parameters, type, flags: flags)
  }

  /// Parses the name of a type that is declared; the names of the built-in types are taken.
  private mutating func parseTypeName() -> UInt32 {
    switch token {
    case .any, .unknown, .never, .numberWord, .stringWord, .boolean, .symbol, .bigintWord, .object, .undefined:
      reportHere("\(describeToken()) is a built-in type", advice: "choose another name")
    default: break
    }
    return parseIdentifier(isBinding: true)
  }

  private mutating func parseInterface(start: Int, flags: NodeFlags) -> UInt32 {
    next()
    let nameStart = tokenStart
    let word = tokenName
    let name = parseTypeName()
    if !isFailing { declareMerging(word, nameStart, .interface) }
    let parameters = token == .less ? parseTypeParameters() : .max
    let extends = take(.extends) ? parseHeritageList(.tsInterfaceHeritage) : 0
    let bodyStart = tokenStart
    let members = parseTypeMembers()
    let body = make(.tsInterfaceBody, bodyStart, members)
    return make(.tsInterfaceDeclaration, start, name, parameters, extends, body, flags: flags)
  }

  /// Parses an enumeration from `enum`.
  mutating func parseEnum(start: Int, flags: NodeFlags) -> UInt32 {
    next()
    let nameStart = tokenStart
    let word = tokenName
    let name = parseIdentifier(isBinding: true)
    if !isFailing {
      declareMerging(word, nameStart, flags.contains(.typeOnlyOrConst) ? .constEnumeration : .enumeration)
    }
    expect(.leftBrace, "'{' to open the enumeration")
    let base = pending.count
    while token != .rightBrace, token != .endOfFile {
      pending.append(parseEnumMember())
      if token == .comma { next() } else if token != .rightBrace { failExpected("',' or '}' after the member") }
    }
    expect(.rightBrace, "'}' to close the enumeration")
    let members = list(since: base)
    return make(.tsEnumDeclaration, start, name, members, flags: flags)
  }

  private mutating func parseEnumMember() -> UInt32 {
    let start = tokenStart
    let flags: NodeFlags = token == .leftBracket ? .computed : []
    if token == .number || token == .bigint {
      reportHere("a member of an enumeration must not be named by a number", advice: "choose a name")
    } else if token == .privateName {
      reportHere("a member of an enumeration must not be private", advice: "remove the '#'")
    }
    let name = parsePropertyKey()
    if !flags.isEmpty, kind(name) != .literal || nodes[Int(name)].detail != .string, kind(name) != .templateLiteral {
      report(at: name, "a member of an enumeration must not be computed", advice: "name it")
    }
    var value: UInt32 = .max
    if take(.assign) { value = parseAssignment() }
    return make(.tsEnumMember, start, name, value, flags: flags)
  }

  private mutating func parseModule(start: Int, flags: NodeFlags) -> UInt32 {
    let detail: NodeDetail = token == .global ? .global : token == .module ? .module : .namespace
    let name: UInt32
    if token == .global {
      name = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      next()
    } else {
      next()
      name = token == .string ? parseString() : parseEntityName()
    }
    guard token == .leftBrace else {
      if kind(name) != .literal { failExpected("'{' to open the namespace") }
      endStatement()
      return make(.tsModuleDeclaration, start, name, .max, detail: detail, flags: flags)
    }
    let bodyStart = tokenStart
    let outer = context
    context.subtract([.function, .async, .namespace])
    if detail != .global, kind(name) != .literal { context.insert(.namespace) }
    pushScope(isFunction: true)
    next()
    let base = pending.count
    while token != .rightBrace, token != .endOfFile { parseStatementInList(isTop: true) }
    expect(.rightBrace, "'}' to close the namespace")
    popScope()
    context = outer
    let statements = list(since: base)
    let body = make(.tsModuleBlock, bodyStart, statements)
    return make(.tsModuleDeclaration, start, name, body, detail: detail, flags: flags)
  }

  // MARK: Imports and exports

  /// Parses what only TypeScript allows after `import`; `nil` for what JavaScript has.
  mutating func parseTypeScriptImport(_ start: Int) -> UInt32? {
    var flags: NodeFlags = []
    if token == .type, !facts.contains(.hasEscape), isTypeImport() {
      next()
      flags = .typeOnlyOrConst
    }
    if token.isIdentifier, peek().lexeme == .assign { return parseImportEquals(start, flags: flags) }
    if context.contains(.namespace) { reportInNamespace() }
    return flags.isEmpty ? nil : parseImportClause(start, flags: flags)
  }

  private mutating func isTypeImport() -> Bool {
    let following = peek().lexeme
    guard following == .from else { return following.isIdentifier || following == .leftBrace || following == .multiply }
    // `import type from "x"` binds `type`.
    let state = lexerState
    defer { restore(state) }
    next()
    next()
    return token != .string
  }

  private mutating func parseImportEquals(_ start: Int, flags: NodeFlags) -> UInt32 {
    let name = parseIdentifier(isBinding: true)
    next()
    let referenceStart = tokenStart
    let reference: UInt32
    if token == .require, peek().lexeme == .leftParen {
      next()
      next()
      guard token == .string else {
        failExpected("a string that names a module")
        return missing()
      }
      let source = parseString()
      expect(.rightParen, "')' after the module's name")
      reference = make(.tsExternalModuleReference, referenceStart, source)
    } else {
      if !flags.isEmpty {
        reportHere("an alias of a namespace must not be imported as a type", advice: "remove 'type'")
      }
      reference = parseEntityName()
    }
    endStatement()
    return make(.tsImportEqualsDeclaration, start, name, reference, flags: flags)
  }

  mutating func reportInNamespace() {
    reportHere("a namespace imports and exports no modules", advice: "move this out of the namespace")
  }

  /// Whether the current `type` is a modifier of the specifier and not its name.
  mutating func isTypeSpecifier() -> Bool {
    guard !facts.contains(.hasEscape) else { return false }
    let state = lexerState
    defer { restore(state) }
    next()
    guard token == .as else { return token.isWord || token == .string }
    next()
    if token == .as {
      // `type as as x` names a type; `type as as` renames `type`.
      next()
      return token.isWord
    }
    return !token.isWord && token != .string
  }

  /// Parses what only TypeScript allows after `export`; `nil` for what JavaScript has.
  mutating func parseTypeScriptExport(_ start: Int) -> UInt32? {
    switch token {
    case .assign:
      if context.contains(.namespace) { reportInNamespace() }
      next()
      let expression = parseExpression()
      endStatement()
      return make(.tsExportAssignment, start, expression)
    case .as where peek().lexeme == .namespace:
      if context.contains(.namespace) { reportInNamespace() }
      next()
      next()
      let name = parseIdentifier(isBinding: true)
      endStatement()
      return make(.tsNamespaceExportDeclaration, start, name)
    case .import:
      let importStart = tokenStart
      next()
      guard let declaration = parseTypeScriptImport(importStart) else {
        failExpected("'name =' after 'export import'")
        return missing()
      }
      return make(.exportNamedDeclaration, start, declaration, 0, .max, 0)
    case .type:
      let following = peek().lexeme
      guard following == .leftBrace || following == .multiply else { return nil }
      next()
      return following == .leftBrace
        ? parseExportNames(start, flags: .typeOnlyOrConst) : parseExportAll(start, flags: .typeOnlyOrConst)
    default: return nil
    }
  }

  /// Parses what only TypeScript allows after `export default`; `nil` for what JavaScript has.
  mutating func parseTypeScriptDefault(_ start: Int, decorators: UInt32) -> UInt32? {
    guard token == .abstract || token == .interface, !facts.contains(.hasEscape) else { return nil }
    let following = peek()
    guard !following.newlineBefore else { return nil }
    if token == .abstract, following.lexeme == .class {
      return parseAbstractClass(start: start, decorators: decorators, isNameOptional: true)
    }
    return token == .interface && following.lexeme.isIdentifier ? parseInterface(start: start, flags: []) : nil
  }

  // MARK: Classes

  /// Whether the current `implements` begins a clause and is not the class's name.
  mutating func isHeritageImplements() -> Bool { peek().lexeme.isWord }

  /// Parses the types after `implements`; returns the list.
  mutating func parseImplements() -> UInt32 {
    next()
    return parseHeritageList(.tsClassImplements)
  }

  private mutating func parseHeritageList(_ kind: NodeKind) -> UInt32 {
    let base = pending.count
    repeat {
      let start = tokenStart
      arrowStart = -1
      let primary = parsePrimary()
      let expression = parseSubscripts(of: primary, start: start, allowsCalls: true)
      let (name, arguments) = splitHeritage(expression)
      if !isFailing { checkHeritage(name) }
      pending.append(make(kind, start, name, arguments))
    } while take(.comma)
    return list(since: base)
  }

  /// Parts `A<B>` into the expression and its type arguments, which may still be to come.
  mutating func splitHeritage(_ node: UInt32) -> (UInt32, UInt32) {
    if kind(node) == .tsInstantiationExpression, !isParenthesized(node) {
      let parts = (slot(node, 0), slot(node, 1))
      if Int(node) == nodeCount - 1 { nodeCount -= 1 } else { nodes[Int(node)].kind = .invalid }
      return parts
    }
    guard token == .less || token == .shiftLeft else { return (node, .max) }
    return (node, parseTypeArguments())
  }

  /// Takes the modifiers of a class member.
  mutating func parseTypeScriptModifiers(_ head: inout MemberHead) {
    while !facts.contains(.hasEscape) {
      var flag: NodeFlags = []
      switch token {
      case .public, .private, .protected: break
      case .declare: flag = .declare
      case .abstract: flag = .abstract
      case .readonly: flag = .readonly
      case .override: flag = .overrideOrDefinite
      default: return
      }
      let following = peek()
      guard !following.newlineBefore, !endsMemberName(following.lexeme) else { return }
      checkModifierOrder(head, token)
      if flag.isEmpty {
        if head.accessibility != .none {
          reportHere("a member has one accessibility at most", advice: "remove this one")
        }
        head.accessibility = token == .public ? .public : token == .private ? .private : .protected
      } else if head.flags.contains(flag) {
        reportHere("this modifier is repeated", advice: "remove it")
      }
      head.flags.insert(flag)
      next()
    }
  }

  /// Parses an index signature in a class; `nil` when the `[` opens a computed key.
  mutating func parseIndexSignatureMember(_ head: MemberHead) -> UInt32? {
    guard isIndexSignature() else { return nil }
    if head.accessibility != .none || head.isAccessorField
      || !head.flags.isDisjoint(with: [.abstract, .declare, .overrideOrDefinite])
    {
      reportHere("an index signature takes no modifiers but 'static' and 'readonly'", advice: "remove them")
    }
    if head.decorators != 0 { reportMisplacedDecorators(head.decorators, "an index signature") }
    let signature = parseIndexSignature(head.start, flags: head.flags)
    endMember()
    nodes[Int(signature)].end = UInt32(truncatingIfNeeded: previousEnd)
    return signature
  }

  // MARK: Parameters

  /// Parses a parameter with what TypeScript allows: decorators, modifiers, `this`, `?` and a type.
  mutating func parseTypeScriptParameter(_ start: Int) -> UInt32 {
    let decorators = token == .at ? parseParameterDecorators() : 0
    var flags: NodeFlags = []
    var detail = NodeDetail.none
    let first = tokenStart
    var isProperty = false
    while isParameterModifier() {
      isProperty = true
      switch token {
      case .readonly: flags.insert(.readonly)
      case .override:
        if flags.contains(.readonly) { reportHere("'override' must stand before 'readonly'", advice: "move it") }
        flags.insert(.overrideOrDefinite)
      default:
        if !flags.isEmpty { reportHere("\(describeToken()) must stand before the other modifiers", advice: "move it") }
        detail = token == .public ? .public : token == .private ? .private : .protected
      }
      next()
    }
    let parameter = parseUnmodifiedParameter()
    guard isProperty else {
      if decorators != 0, isThisParameter(parameter) {
        report(at: parameter, "the parameter 'this' takes no decorators", advice: "remove them")
      }
      attachDecorators(decorators, to: parameter)
      return parameter
    }
    if !allowsParameterProperties { reportParameterProperty(parameter) }
    let target = kind(parameter) == .assignmentPattern ? slot(parameter, 0) : parameter
    if kind(target) == .objectPattern || kind(target) == .arrayPattern {
      report(at: target, "a parameter property must not be a pattern", advice: "name it")
    }
    return make(
      .tsParameterProperty, decorators == 0 ? first : start, decorators, parameter, detail: detail, flags: flags)
  }

  private mutating func parseUnmodifiedParameter() -> UInt32 {
    let start = tokenStart
    if token == .ellipsis { return parseRest(.parameter) }
    if token == .this {
      let end = tokenEnd
      next()
      return finishAnnotatedName(start, end, Lexeme.this.nameIndex, .parameter)
    }
    let target = parseBindingTarget(.parameter, isAnnotated: true)
    guard take(.assign) else { return target }
    let value = parseWithIn()
    return make(.assignmentPattern, start, target, value)
  }

  private mutating func isParameterModifier() -> Bool {
    switch token {
    case .public, .private, .protected, .readonly, .override:
      let following = peek()
      return following.lexeme.isWord || following.lexeme == .leftBrace || following.lexeme == .leftBracket
    default: return false
    }
  }

  /// Parses `?`, `!` and `: Type` after a target, as far as its declaration allows them.
  mutating func parseTargetAnnotation(_ declaration: ScopeStack.DeclarationKind) -> (type: UInt32, flags: NodeFlags) {
    var flags: NodeFlags = []
    if token == .question, declaration == .parameter {
      flags = .optional
      next()
    } else if token == .not, declaration == .variable || declaration == .lexical, !newlineBefore {
      sawDefinite = true
      next()
    }
    return (token == .colon ? parseTypeAnnotation() : .max, flags)
  }

  /// Makes a name of what was read before its annotation.
  mutating func finishAnnotatedName(
    _ start: Int, _ end: Int, _ name: UInt32, _ declaration: ScopeStack.DeclarationKind
  ) -> UInt32 {
    let (type, flags) = parseTargetAnnotation(declaration)
    let node = leaf(
      .identifier, start: start, end: flags.isEmpty && type == .max ? end : previousEnd, flags: flags, payload: name)
    if type != .max {
      ensureSlots(ofIdentifier: node)
      if abort == nil { slots[Int(nodes[Int(node)].payload)] = type }
    }
    return node
  }

  // MARK: Expressions

  /// Parses `as Type` or `satisfies Type` after an operand.
  mutating func parseTypeOperator(_ left: UInt32, _ start: Int) -> UInt32 {
    let kind: NodeKind = token == .as ? .tsAsExpression : .tsSatisfiesExpression
    next()
    let type: UInt32
    if token == .const, kind == .tsAsExpression {
      let name = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      let typeStart = tokenStart
      next()
      type = make(.tsTypeReference, typeStart, name, .max)
    } else {
      let outer = context
      context.remove(.noConditionalType)
      type = parseType()
      context = outer
    }
    return make(kind, start, left, type)
  }

  /// Parses `<Type>expression`.
  mutating func parseTypeAssertion() -> UInt32 {
    let start = tokenStart
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    defer { leave() }
    next()
    let type: UInt32
    if token == .const, peek().lexeme == .greater {
      let name = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      let typeStart = tokenStart
      next()
      type = make(.tsTypeReference, typeStart, name, .max)
    } else {
      type = parseType()
    }
    splitAngle()
    expect(.greater, "'>' after the type")
    arrowStart = -1
    let expression = parseUnary()
    return make(.tsTypeAssertion, start, type, expression)
  }

  /// Parses `!` and type arguments after an expression; `nil` when neither is there.
  mutating func parseTypeScriptSubscript(_ expression: UInt32, _ start: Int, allowsCalls: Bool) -> UInt32? {
    if token == .not, !newlineBefore {
      next()
      return make(.tsNonNullExpression, start, expression)
    }
    guard token == .less || token == .shiftLeft, let arguments = parseTypeArgumentsInExpression() else { return nil }
    switch token {
    case .leftParen where allowsCalls:
      let list = parseArguments()
      return make(.callExpression, start, expression, arguments, list)
    case .templateHead, .templateTail:
      let quasi = parseTemplate(isTagged: true)
      return make(.taggedTemplateExpression, start, expression, arguments, quasi)
    case .dot, .leftBracket: reportHere("an instantiation has no members", advice: "put it in parentheses")
    case .questionDot where peek().lexeme != .leftParen:
      reportHere("an instantiation has no members", advice: "put it in parentheses")
    default: break
    }
    return make(.tsInstantiationExpression, start, expression, arguments)
  }

  /// Parses type arguments where `<` may also compare; `nil` when it does.
  mutating func parseTypeArgumentsInExpression() -> UInt32? {
    let start = tokenStart
    guard !failedTypeArguments.contains(start) else { return nil }
    let attempt = beginAttempt()
    let arguments = parseTypeArguments(isInExpression: true)
    if !isFailing, mayFollowTypeArguments {
      endAttempt()
      return arguments
    }
    rollBack(attempt)
    failedTypeArguments.insert(start)
    return nil
  }

  /// Whether the current token lets `a<b>` before it be an instantiation.
  private var mayFollowTypeArguments: Bool {
    switch token {
    case .leftParen, .templateHead, .templateTail: true
    case .less, .greater, .add, .subtract: false
    case .as, .satisfies: true
    default: newlineBefore || token.precedence > 0 || !startsOperand
    }
  }

  private var startsOperand: Bool {
    switch token {
    case .leftBracket, .leftBrace, .number, .bigint, .string, .divide, .divideAssign, .privateName, .at, .not, .bitNot,
      .increment, .decrement, .function, .class, .new, .this, .super, .null, .true, .false, .typeof, .void, .delete,
      .import:
      true
    default: token.isIdentifier
    }
  }
}
