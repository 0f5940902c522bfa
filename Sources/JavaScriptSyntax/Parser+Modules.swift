import SourceText

extension Parser {
  // MARK: import

  /// Parses a statement that begins with `import`.
  mutating func parseImportStatement(isTop: Bool) -> UInt32 {
    let following = peek().lexeme
    if following == .leftParen || following == .dot { return parseExpressionStatement() }
    let start = tokenStart
    if !isTop || scopes.scopes.count > 1 {
      if !(hasTypes) { reportHere("'import' is allowed at the top of a module only", advice: "move it to the top") }
    } else if !isModule {
      if isGoalOpen {
        giveUp(.goal)
        return missing()
      }
      reportHere("'import' is allowed in a module only", advice: "read the file as a module")
    }
    if scopes.scopes.count == 1 { sawModuleSyntax = true }
    next()
    if token == .string, context.contains(.namespace) { reportInNamespace() }
    if token == .string { return parseImportSource(start, 0, .none) }
    if hasTypes, let node = parseTypeScriptImport(start) { return node }
    return parseImportClause(start, flags: [])
  }

  /// Parses what follows `import` and names what it binds.
  mutating func parseImportClause(_ start: Int, flags: NodeFlags) -> UInt32 {
    let base = pending.count
    var detail = NodeDetail.none
    if token == .source || token == .defer, !facts.contains(.hasEscape) { detail = importPhase() }
    if token.isIdentifier {
      let first = tokenStart
      let local = parseImportBinding()
      pending.append(make(.importDefaultSpecifier, first, local))
      if token != .from { expect(.comma, "'from' or ',' after the default import") }
    }
    if token == .multiply {
      let first = tokenStart
      next()
      expect(.as, "'as' after '*'")
      let local = parseImportBinding()
      pending.append(make(.importNamespaceSpecifier, first, local))
    } else if token == .leftBrace {
      parseImportSpecifiers(isTypeOnly: flags.contains(.typeOnlyOrConst))
    }
    if flags.contains(.typeOnlyOrConst), pending.count > base, kind(pending.storage[base]) == .importDefaultSpecifier,
      token != .from || pending.count > base + 1 || bytes[previousEnd - 1] == 0x7D
    {
      reportHere("an import of types takes a default or names, not both", advice: "write two imports")
    }
    let specifiers = list(since: base)
    if facts.contains(.hasEscape) { failExpected("'from'") }
    expect(.from, "'from' after what is imported")
    return parseImportSource(start, specifiers, detail, flags: flags)
  }

  /// Takes `source` or `defer` where it is a phase and not the name of a default import.
  private mutating func importPhase() -> NodeDetail {
    let word = token
    let following = peek().lexeme
    if word == .defer {
      guard following == .multiply else { return .none }
    } else {
      guard following.isIdentifier else { return .none }
      if following == .from {
        let state = lexerState
        next()
        let isName = peek().lexeme == .from
        restore(state)
        guard isName else { return .none }
      }
    }
    next()
    return word == .defer ? .defer : .source
  }

  private mutating func parseImportBinding() -> UInt32 {
    let name = tokenName
    let start = tokenStart
    guard token.isWord else {
      failExpected("a name")
      return missing()
    }
    let local = parseIdentifier(isBinding: true)
    if !hasTypes { declare(name, start, .lexical) }
    return local
  }

  private mutating func parseImportSpecifiers(isTypeOnly: Bool) {
    next()
    while token != .rightBrace, token != .endOfFile {
      pending.append(parseImportSpecifier(isTypeOnly: isTypeOnly))
      if token == .comma { next() } else if token != .rightBrace { failExpected("',' or '}' after the import") }
    }
    expect(.rightBrace, "'}' to close the imports")
  }

  private mutating func parseImportSpecifier(isTypeOnly: Bool) -> UInt32 {
    let start = tokenStart
    var flags: NodeFlags = []
    if hasTypes, token == .type, isTypeSpecifier() {
      if isTypeOnly { reportHere("'type' stands before the braces already", advice: "remove one of them") }
      next()
      flags = .typeOnlyOrConst
    }
    let name = tokenName
    let nameStart = tokenStart
    let nameEnd = tokenEnd
    let word = token
    if word != .string, peek().lexeme != .as {
      // The name is the binding too.
      guard word.isWord else {
        failExpected("a name to import")
        return missing()
      }
      let imported = leaf(.identifier, start: nameStart, end: nameEnd, payload: name)
      let local = parseImportBinding()
      return make(.importSpecifier, start, imported, local, flags: flags)
    }
    let imported = parseModuleName()
    expect(.as, "'as' after the imported name")
    let local = parseImportBinding()
    return make(.importSpecifier, start, imported, local, flags: flags)
  }

  /// Parses a name of an import or export: any word, or a string.
  mutating func parseModuleName() -> UInt32 {
    if token == .string {
      checkWellFormed()
      return parseString()
    }
    guard token.isWord else {
      failExpected("a name or a string")
      return missing()
    }
    let node = leaf(.identifier, start: tokenStart, end: tokenEnd, payload: tokenName)
    nextAfterName()
    return node
  }

  /// A string that names an export must not hold a lone surrogate.
  private mutating func checkWellFormed() {
    guard facts.contains(.hasEscape) else { return }
    let units = cookedUnits(in: bytes, start: tokenStart + 1, end: tokenEnd - 1).units
    var index = 0
    while index < units.count {
      let unit = units[index]
      let isPair = unit & 0xFC00 == 0xD800 && index + 1 < units.count && units[index + 1] & 0xFC00 == 0xDC00
      if unit & 0xF800 == 0xD800, !isPair {
        return reportHere("the name of an export must not hold half a surrogate pair", advice: "complete the pair")
      }
      index += isPair ? 2 : 1
    }
  }

  mutating func parseImportSource(
    _ start: Int, _ specifiers: UInt32, _ detail: NodeDetail, flags: NodeFlags = []
  ) -> UInt32 {
    let source = parseModuleSpecifier()
    let attributes = parseImportAttributes()
    endStatement()
    return make(.importDeclaration, start, specifiers, source, attributes, detail: detail, flags: flags)
  }

  private mutating func parseModuleSpecifier() -> UInt32 {
    guard token == .string else {
      failExpected("a string that names a module")
      return missing()
    }
    return parseString()
  }

  /// Parses `with { type: "json" }`.
  mutating func parseImportAttributes() -> UInt32 {
    guard token == .with || (token == .assert && !newlineBefore), !facts.contains(.hasEscape) else { return 0 }
    if token == .assert, !isFailing {
      diagnostics.append(
        Diagnostic(
          .warning, at: ByteSpan(tokenStart, tokenEnd), "'assert' was replaced by 'with'", advice: "write 'with'"))
    }
    next()
    expect(.leftBrace, "'{' before the attributes")
    let base = pending.count
    var keys: Set<String> = []
    while token != .rightBrace, token != .endOfFile {
      let start = tokenStart
      let text = token == .string ? cookedText(tokenStart + 1, tokenEnd - 1) : nameText(token.isWord ? tokenName : 0)
      if !keys.insert(text).inserted { reportHere("this attribute is given twice", advice: "remove one of them") }
      let key = parseModuleName()
      expect(.colon, "':' after the attribute's name")
      if token != .string { failExpected("a string") }
      let value = parseString()
      pending.append(make(.importAttribute, start, key, value))
      if token == .comma { next() } else if token != .rightBrace { failExpected("',' or '}' after the attribute") }
    }
    expect(.rightBrace, "'}' to close the attributes")
    return list(since: base)
  }

  /// The value of a string literal's inside, as text.
  func cookedText(_ start: Int, _ end: Int) -> String {
    String(decoding: cookedUnits(in: bytes, start: start, end: end).units, as: UTF16.self)
  }

  // MARK: export

  mutating func parseExportStatement(isTop: Bool, decorators: UInt32 = 0, start: Int? = nil) -> UInt32 {
    let exportStart = tokenStart
    let start = start ?? exportStart
    if !isTop || scopes.scopes.count > 1 {
      if !hasTypes { reportHere("'export' is allowed at the top of a module only", advice: "move it to the top") }
    } else if !isModule {
      if isGoalOpen {
        giveUp(.goal)
        return missing()
      }
      reportHere("'export' is allowed in a module only", advice: "read the file as a module")
    }
    if scopes.scopes.count == 1 { sawModuleSyntax = true }
    next()
    switch token {
    case .multiply, .leftBrace, .default:
      if context.contains(.namespace), token != .leftBrace || !context.contains(.ambient) { reportInNamespace() }
    default: break
    }
    switch token {
    case .multiply: return parseExportAll(exportStart, flags: [])
    case .leftBrace: return parseExportNames(exportStart, flags: [])
    case .default: return parseExportDefault(exportStart, decorators: decorators, start: start)
    default:
      if hasTypes, let node = parseTypeScriptExport(exportStart) { return node }
      return parseExportDeclaration(exportStart, decorators: decorators, start: start)
    }
  }

  mutating func parseExportAll(_ start: Int, flags: NodeFlags) -> UInt32 {
    next()
    var exported: UInt32 = .max
    if take(.as) {
      let nameStart = tokenStart
      let name = exportedName()
      let nameEnd = tokenEnd
      exported = parseModuleName()
      declareExport(name, nameStart, nameEnd)
    }
    expect(.from, "'from' after '*'")
    let source = parseModuleSpecifier()
    let attributes = parseImportAttributes()
    endStatement()
    return make(.exportAllDeclaration, start, exported, source, attributes, flags: flags)
  }

  /// The name table's index for the current token as the name of an export.
  private mutating func exportedName() -> UInt32 {
    token == .string ? names.intern(Array(cookedText(tokenStart + 1, tokenEnd - 1).utf8)) : tokenName
  }

  mutating func parseExportNames(_ start: Int, flags: NodeFlags) -> UInt32 {
    next()
    let base = pending.count
    let firstLocal = exports.locals.count
    var badLocal: (Int, Int, String)?
    while token != .rightBrace, token != .endOfFile {
      pending.append(parseExportSpecifier(&badLocal, isTypeOnly: !flags.isEmpty))
      if token == .comma { next() } else if token != .rightBrace { failExpected("',' or '}' after the export") }
    }
    expect(.rightBrace, "'}' to close the exports")
    let specifiers = list(since: base)
    var source: UInt32 = .max
    var attributes: UInt32 = 0
    if take(.from) {
      exports.locals.removeSubrange(min(firstLocal, exports.locals.count)...)
      source = parseModuleSpecifier()
      attributes = parseImportAttributes()
    } else if let badLocal {
      report(badLocal.0, badLocal.1, badLocal.2, advice: "export a declared name, or add 'from'")
    }
    endStatement()
    return make(.exportNamedDeclaration, start, .max, specifiers, source, attributes, flags: flags)
  }

  private mutating func parseExportSpecifier(_ badLocal: inout (Int, Int, String)?, isTypeOnly: Bool) -> UInt32 {
    let start = tokenStart
    var flags: NodeFlags = []
    if hasTypes, token == .type, isTypeSpecifier() {
      if isTypeOnly { reportHere("'type' stands before the braces already", advice: "remove one of them") }
      next()
      flags = .typeOnlyOrConst
    }
    let word = facts.contains(.hasEscape) && token.isWord ? lexeme(ofName: tokenName) : token
    let localStart = tokenStart
    let localEnd = tokenEnd
    var name = exportedName()
    if token == .string || word.isReserved || word.isStrictReserved || word == .await {
      badLocal = badLocal ?? (localStart, localEnd, "a local name is needed without 'from'")
    } else {
      exports.locals.append((tokenName, localStart))
    }
    let local = parseModuleName()
    var exported: UInt32
    if token == .as {
      next()
      let nameStart = tokenStart
      let nameEnd = tokenEnd
      name = exportedName()
      exported = parseModuleName()
      declareExport(name, nameStart, nameEnd)
    } else {
      let stored = nodes[Int(local)]
      exported = leaf(
        stored.kind, start: Int(stored.start), end: Int(stored.end), detail: stored.detail, flags: stored.flags,
        payload: stored.payload)
      if !isFailing { declareExport(name, localStart, localEnd) }
    }
    return make(.exportSpecifier, start, local, exported, flags: flags)
  }

  private mutating func parseExportDefault(_ start: Int, decorators: UInt32, start declarationStart: Int) -> UInt32 {
    declareExport(Lexeme.default.nameIndex, tokenStart, tokenEnd)
    next()
    let first = tokenStart
    let declaration: UInt32
    switch token {
    case .function:
      next()
      declaration = parseFunction(start: first, isAsync: false, form: .defaultExport)
    case .async where peek().lexeme == .function && !peek().newlineBefore && !facts.contains(.hasEscape):
      next()
      next()
      declaration = parseFunction(start: first, isAsync: true, form: .defaultExport)
    case .class:
      declaration = parseClass(
        start: decorators == 0 ? first : declarationStart, decorators: decorators, isStatement: true,
        isNameOptional: true)
    case .at:
      let inner = parseDecorators()
      if hasTypes, token == .abstract {
        declaration = parseAbstractClass(start: first, decorators: inner, isNameOptional: true)
      } else if token == .class {
        declaration = parseClass(start: first, decorators: inner, isStatement: true, isNameOptional: true)
      } else {
        declaration = failedDeclaration()
      }
    default:
      if hasTypes, let node = parseTypeScriptDefault(first, decorators: decorators) {
        declaration = node
      } else {
        declaration = parseAssignment()
        endStatement()
      }
    }
    if decorators != 0, kind(declaration) != .classDeclaration { reportMisplacedDecorators(decorators) }
    return make(.exportDefaultDeclaration, decorators == 0 ? start : min(start, declarationStart), declaration)
  }

  private mutating func parseExportDeclaration(_ start: Int, decorators: UInt32, start declarationStart: Int) -> UInt32
  {
    let first = tokenStart
    let declaration: UInt32
    switch token {
    case .var: declaration = parseVariableStatement(.var)
    case .const: declaration = parseConst(isInList: true)
    case .let: declaration = parseLet(isInList: true) ?? failedDeclaration()
    case .function: declaration = parseFunctionDeclaration(isInList: true)
    case .async: declaration = parseAsyncFunction(isInList: true) ?? failedDeclaration()
    case .class:
      declaration = parseClass(
        start: decorators == 0 ? first : declarationStart, decorators: decorators, isStatement: true)
    case .at:
      let inner = parseDecorators()
      if hasTypes, token == .abstract {
        declaration = parseAbstractClass(start: first, decorators: inner)
      } else {
        declaration =
          token == .class ? parseClass(start: first, decorators: inner, isStatement: true) : failedDeclaration()
      }
    default:
      if hasTypes, let node = parseTypeScriptStatement(isInList: true, decorators: decorators) {
        declaration = node
      } else {
        declaration = failedDeclaration()
      }
    }
    exportNames(of: declaration)
    if decorators != 0, kind(declaration) != .classDeclaration { reportMisplacedDecorators(decorators) }
    return make(
      .exportNamedDeclaration, decorators == 0 ? start : min(start, declarationStart), declaration, 0, .max, 0)
  }

  private mutating func failedDeclaration() -> UInt32 {
    failExpected("a declaration, '{', '*' or 'default' after 'export'")
    return missing()
  }

  /// Records the names that an exported declaration declares.
  private mutating func exportNames(of declaration: UInt32) {
    switch kind(declaration) {
    case .variableDeclaration:
      let list = Int(slot(declaration, 0))
      for index in 0..<Int(slots[list]) { exportNames(ofPattern: slot(slots[list + 1 + index], 0)) }
    case .functionDeclaration: exportNames(ofPattern: slot(declaration, 0))
    case .classDeclaration: exportNames(ofPattern: slot(declaration, 1))
    default: break
    }
  }

  private mutating func exportNames(ofPattern node: UInt32) {
    guard node != .max else { return }
    switch kind(node) {
    case .identifier: declareExport(nameIndexOf(node), Int(nodes[Int(node)].start), Int(nodes[Int(node)].end))
    case .objectPattern, .arrayPattern:
      let list = Int(slot(node, 0))
      for index in 0..<Int(slots[list]) { exportNames(ofPattern: slots[list + 1 + index]) }
    case .property: exportNames(ofPattern: slot(node, 1))
    case .assignmentPattern, .restElement: exportNames(ofPattern: slot(node, 0))
    default: break
    }
  }
}
