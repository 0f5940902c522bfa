import SourceText

extension Parser {
  // MARK: Classes

  /// Parses a class from `class`.
  mutating func parseClass(
    start: Int, decorators: UInt32, isStatement: Bool, isNameOptional: Bool = false, flags: NodeFlags = []
  ) -> UInt32 {
    guard enter() else {
      leave()
      return skipTooDeep()
    }
    defer { leave() }
    let outer = context
    next()
    context.insert(.strict)
    context.remove(.decorator)
    var identifier: UInt32 = .max
    if token.isIdentifier, !(hasTypes && token == .implements && isHeritageImplements()) {
      let name = tokenName
      let nameStart = tokenStart
      identifier = parseIdentifier(isBinding: true)
      if isStatement { declareLexical(name, nameStart, hasTypes ? .class : .lexical) }
      if hasTypes { checkClassName(identifier) }
    } else if isStatement, !isNameOptional {
      failExpected("a name after 'class'")
    }
    let typeParameters = hasTypes && token == .less ? parseTypeParameters() : .max
    var superClass: UInt32 = .max
    var superTypes: UInt32 = .max
    if take(.extends) {
      let heritageStart = tokenStart
      arrowStart = -1
      superClass = parsePrimary()
      superClass = parseSubscripts(of: superClass, start: heritageStart, allowsCalls: true)
      if kind(superClass) == .arrowFunctionExpression, !isParenthesized(superClass) { failUnexpected() }
      if hasTypes { (superClass, superTypes) = splitHeritage(superClass) }
    }
    let implements = hasTypes && token == .implements ? parseImplements() : 0
    let body = parseClassBody(isDerived: superClass != .max, outer: outer, flags: flags)
    context = outer
    return make(
      isStatement ? .classDeclaration : .classExpression, start, decorators, identifier, typeParameters, superClass,
      superTypes, implements, body, flags: flags)
  }

  private mutating func make(
    _ kind: NodeKind, _ start: Int, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, flags: NodeFlags
  ) -> UInt32 {
    let node = make(kind, start, a, b, c, d, e, flags: flags)
    slots[slotCount] = f
    slots[slotCount &+ 1] = g
    slotCount &+= 2
    return node
  }

  private mutating func parseClassBody(isDerived: Bool, outer: Context, flags: NodeFlags) -> UInt32 {
    let start = tokenStart
    let declarationStart = privateNames.declarations.count
    let useStart = privateNames.uses.count
    let classCount = privateNames.classCount
    privateNames.classCount += 1
    expect(.leftBrace, "'{' to open the class body")
    let base = pending.count
    var hasConstructor = false
    while token != .rightBrace, token != .endOfFile {
      if take(.semicolon) { continue }
      parseMemberInList(
        isDerived: isDerived, hasConstructor: &hasConstructor, classStart: declarationStart,
        isAbstract: flags.contains(.abstract))
    }
    expect(.rightBrace, "'}' to close the class body")
    privateNames.classCount = classCount + 1
    closePrivateNames(declarationStart: declarationStart, useStart: useStart)
    let members = list(since: base)
    return make(.classBody, start, members)
  }

  /// Parses one member onto ``pending``, resynchronising after an error.
  private mutating func parseMemberInList(
    isDerived: Bool, hasConstructor: inout Bool, classStart: Int, isAbstract: Bool
  ) {
    let start = tokenStart
    let braces = braceDepth - (token == .leftBrace ? 1 : 0)
    let brackets = bracketDepth - (token == .leftBracket || token == .leftParen ? 1 : 0)
    let base = pending.count
    let operatorBase = operators.count
    let scopeCount = scopes.scopes.count
    let level = depth
    let outer = context
    let classCount = privateNames.classCount
    var member = MemberHead(
      start: start, classStart: classStart, isDerived: isDerived, isInAbstractClass: isAbstract)
    let node = parseMember(&member, hasConstructor: &hasConstructor)
    if isFailing {
      pending.count = base
      operators.count = operatorBase
      popScopes(to: scopeCount)
      depth = level
      context = outer
      privateNames.classCount = classCount
      pending.append(recover(node, start: start, braces: braces, brackets: brackets, isClassBody: true))
    } else {
      pending.append(node)
    }
  }

  /// What stands before the key of a class member.
  struct MemberHead {
    var start: Int
    var classStart: Int
    var isDerived: Bool
    var isInAbstractClass: Bool
    var decorators: UInt32 = 0
    var flags: NodeFlags = []
    var isAsync = false
    var isGenerator = false
    var isAccessorField = false
    var accessor = NodeDetail.none
    var accessibility = NodeDetail.none

    init(start: Int, classStart: Int, isDerived: Bool, isInAbstractClass: Bool) {
      self.start = start
      self.classStart = classStart
      self.isDerived = isDerived
      self.isInAbstractClass = isInAbstractClass
    }
  }

  private mutating func parseMember(_ head: inout MemberHead, hasConstructor: inout Bool) -> UInt32 {
    if token == .at { head.decorators = parseDecorators() }
    if hasTypes { parseTypeScriptModifiers(&head) }
    if token == .static, !facts.contains(.hasEscape) {
      let following = peek().lexeme
      if following == .leftBrace {
        if tokenStart != head.start {
          reportHere("a static block takes no modifiers and no decorators", advice: "remove them")
        }
        next()
        return parseStaticBlock(head.start)
      }
      if !endsMemberName(following) {
        if hasTypes { checkModifierOrder(head, .static) }
        head.flags.insert(.static)
        next()
        if hasTypes { parseTypeScriptModifiers(&head) }
      }
    }
    if token == .async || token == .get || token == .set || token == .accessor, !facts.contains(.hasEscape) {
      parseMemberWord(&head)
    }
    if token == .multiply, head.accessor == .none, !head.isAccessorField {
      head.isGenerator = true
      next()
    }
    if hasTypes, token == .leftBracket, let signature = parseIndexSignatureMember(head) { return signature }
    return parseMemberRest(&head, hasConstructor: &hasConstructor)
  }

  /// Whether a word before this token is the member's name and no modifier.
  func endsMemberName(_ following: Lexeme) -> Bool {
    switch following {
    case .leftParen, .assign, .semicolon, .rightBrace, .endOfFile, .less, .comma: true
    case .question, .not, .colon: hasTypes
    default: false
    }
  }

  private mutating func parseMemberWord(_ head: inout MemberHead) {
    let following = peek()
    guard !endsMemberName(following.lexeme) else { return }
    switch token {
    case .async:
      if following.newlineBefore { return }
      head.isAsync = true
    case .accessor:
      if following.newlineBefore { return }
      if head.flags.contains(.readonly) {
        warn(tokenStart, tokenEnd, "'accessor' excludes 'readonly'", advice: "remove one of them")
      }
      head.isAccessorField = true
    default:
      // A line end makes a field of `get` where no key follows.
      if following.lexeme == .multiply { return }
      head.accessor = token == .get ? .get : .set
    }
    next()
  }

  private mutating func parseMemberRest(_ head: inout MemberHead, hasConstructor: inout Bool) -> UInt32 {
    let keyStart = tokenStart
    let isPrivate = token == .privateName
    let isConstructor = isConstructorKey()
    let isStatic = head.flags.contains(.static)
    let isPrototype = isKey(.prototype, "prototype")
    if token == .leftBracket { head.flags.insert(.computed) }
    let name = tokenName
    let key: UInt32
    if isPrivate {
      key = leaf(.privateIdentifier, start: tokenStart, end: tokenEnd, payload: tokenName)
      if tokenName == Lexeme.constructor.nameIndex {
        reportHere("'#constructor' is not allowed", advice: "choose another name")
      }
      next()
    } else {
      key = parsePropertyKey()
    }
    var isDefinite = false
    if hasTypes {
      checkMember(head, key, isPrivate: isPrivate, isConstructor: isConstructor && !isStatic)
      if token == .question {
        head.flags.insert(.optional)
        next()
      } else if token == .not, !newlineBefore {
        head.flags.insert(.overrideOrDefinite)
        isDefinite = true
        next()
      }
    }
    let isMethod = token == .leftParen || token == .less
    if isPrivate {
      let kind: NodeDetail = isMethod && head.accessor != .none ? head.accessor : .method
      if !(hasTypes && isMethod) || head.accessor != .none {
        declarePrivate(name, keyStart, kind: kind, isStatic: isStatic, classStart: head.classStart)
      } else if privateNames.latest[name].map({ Int($0) < head.classStart }) ?? true {
        // Overloads repeat the name.
        declarePrivate(name, keyStart, kind: kind, isStatic: isStatic, classStart: head.classStart)
      }
    }
    if isStatic, isPrototype {
      report(keyStart, previousEnd, "a static member must not be named 'prototype'", advice: "choose another name")
    }
    if isMethod || head.isAsync || head.isGenerator || head.accessor != .none {
      return parseMethodDefinition(
        head, key, isConstructor: isConstructor && !isStatic, hasConstructor: &hasConstructor)
    }
    if isConstructor || (isStatic && isPrototype) {
      report(keyStart, previousEnd, "a field must not have this name", advice: "choose another name")
    }
    return parseField(head, key, isDefinite: isDefinite)
  }

  private func isConstructorKey() -> Bool { isKey(.constructor, "constructor") }

  /// Whether the current token is a key with a certain name, as a word or a string.
  private func isKey(_ word: Lexeme, _ text: StaticString) -> Bool {
    if token == word || (token == .identifier && tokenName == word.nameIndex) { return true }
    guard token == .string, tokenEnd - tokenStart == text.utf8CodeUnitCount + 2 else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[tokenStart + 1 + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  private mutating func parseMethodDefinition(
    _ head: MemberHead, _ key: UInt32, isConstructor: Bool, hasConstructor: inout Bool
  ) -> UInt32 {
    var detail: NodeDetail = head.accessor == .none ? .method : head.accessor
    if isConstructor {
      if head.accessor != .none || head.isAsync || head.isGenerator {
        report(at: key, "a constructor must be a plain method", advice: "rename the method")
      } else {
        detail = .constructor
      }
    }
    if head.isAccessorField { report(at: key, "'accessor' is for fields", advice: "remove 'accessor'") }
    constructorFollows = detail == .constructor
    let value = parseMethod(
      isAsync: head.isAsync, isGenerator: head.isGenerator, accessor: head.accessor, isClassMember: true,
      allowsSuperCall: isConstructor && head.isDerived)
    if hasTypes, !isFailing { checkMethod(head, key, value, isConstructor: detail == .constructor) }
    if head.decorators != 0 { checkDecoratedMethod(head, value, isConstructor: detail == .constructor) }
    if detail == .constructor, !hasTypes {
      if hasConstructor { report(at: key, "a class has one constructor at most", advice: "merge the two") }
      hasConstructor = true
    }
    return make(.methodDefinition, head.start, head.decorators, key, value, detail: detail, flags: head.flags)
  }

  private mutating func parseField(_ head: MemberHead, _ key: UInt32, isDefinite: Bool) -> UInt32 {
    let annotation = hasTypes && token == .colon ? parseTypeAnnotation() : .max
    var value: UInt32 = .max
    if take(.assign) {
      let outer = enterFunction(
        context.intersection(.lasting).union([.newTarget, .superProperty, .noArguments]))
      value = parseAssignment()
      leaveFunction(outer)
    }
    if hasTypes { checkField(head, key, annotation: annotation, value: value, isDefinite: isDefinite) }
    endMember()
    return make(
      head.isAccessorField ? .accessorProperty : .propertyDefinition, head.start, head.decorators, key, annotation,
      value, flags: head.flags)
  }

  /// Ends a field by `;`, or where one may be left out.
  mutating func endMember() {
    if token == .semicolon { return next() }
    if token == .rightBrace || newlineBefore { return }
    failExpected("';' after the field")
  }

  private mutating func parseStaticBlock(_ start: Int) -> UInt32 {
    let outer = enterFunction(
      context.intersection(.lasting).union([.newTarget, .superProperty, .noArguments, .staticBlock]))
    next()
    let base = pending.count
    while token != .rightBrace, token != .endOfFile { parseStatementInList(isTop: false) }
    expect(.rightBrace, "'}' to close the static block")
    let body = list(since: base)
    leaveFunction(outer)
    return make(.staticBlock, start, body)
  }
}
