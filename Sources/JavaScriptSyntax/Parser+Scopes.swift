import SourceText

/// The live declarations, in two flat stacks with a linked list for each name.
struct ScopeStack {
  enum DeclarationKind: UInt8 {
    case variable, parameter, function
    /// `let`, `const`, `class`, `using`, `import`.
    case lexical
    /// A plain function in a block, which sloppy code may repeat.
    case blockFunction
    /// The parameter of a `catch` that is a mere name, which `var` may repeat.
    case catchName
    /// TypeScript's declarations, which may merge.
    case `class`, enumeration, constEnumeration, typeAlias, interface
  }

  struct Declaration {
    var name: UInt32
    var previous: UInt32
    var position: UInt32
    var kind: DeclarationKind
  }

  struct Scope {
    var lexicalStart: UInt32
    var variableStart: UInt32
    var isFunction: Bool
  }

  var lexical: [Declaration] = []
  var variables: [Declaration] = []
  var scopes: [Scope] = []
  /// The place in `scopes` of the innermost function's or program's scope.
  var functionScope = 0
}

extension Parser {
  mutating func pushScope(isFunction: Bool = false) {
    if isFunction { scopes.functionScope = scopes.scopes.count }
    scopes.scopes.append(
      ScopeStack.Scope(
        lexicalStart: UInt32(scopes.lexical.count), variableStart: UInt32(scopes.variables.count),
        isFunction: isFunction))
  }

  mutating func popScope() {
    guard let scope = scopes.scopes.popLast() else { return }
    while scopes.lexical.count > Int(scope.lexicalStart) {
      let declaration = scopes.lexical.removeLast()
      names.entries[Int(declaration.name)].lexical = declaration.previous
    }
    guard scope.isFunction else { return }
    while scopes.variables.count > Int(scope.variableStart) {
      let declaration = scopes.variables.removeLast()
      names.entries[Int(declaration.name)].variable = declaration.previous
    }
    var outer = scopes.scopes.count - 1
    while outer > 0, !scopes.scopes[outer].isFunction { outer -= 1 }
    scopes.functionScope = max(outer, 0)
  }

  /// Closes scopes until `count` are left, as after a failed attempt.
  mutating func popScopes(to count: Int) {
    while scopes.scopes.count > count { popScope() }
  }

  /// Declares a name that is visible in the whole function: `var`, a function at its top, a parameter.
  ///
  /// - Returns: Whether a parameter repeats another.
  @discardableResult
  mutating func declareVariable(_ name: UInt32, _ start: Int, _ kind: ScopeStack.DeclarationKind) -> Bool {
    let base = scopes.scopes[scopes.functionScope].lexicalStart
    var index = names.entries[Int(name)].lexical
    while index != .max, index >= base {
      let declaration = scopes.lexical[Int(index)]
      if declaration.kind != .catchName, !declaration.kind.isTypeOnly {
        reportRedeclaration(name, start, earlier: Int(declaration.position))
        break
      }
      index = declaration.previous
    }
    let live = names.entries[Int(name)].variable
    let functionStart = scopes.scopes[scopes.functionScope].variableStart
    let isRepeated = live != .max && live >= functionStart
    if live != .max, live >= scopes.scopes[scopes.scopes.count - 1].variableStart { return isRepeated }
    names.entries[Int(name)].variable = UInt32(scopes.variables.count)
    scopes.variables.append(
      ScopeStack.Declaration(name: name, previous: live, position: UInt32(start), kind: kind))
    return isRepeated
  }

  /// Declares a name that is visible in the innermost block.
  mutating func declareLexical(_ name: UInt32, _ start: Int, _ kind: ScopeStack.DeclarationKind = .lexical) {
    let scope = scopes.scopes[scopes.scopes.count - 1]
    let live = names.entries[Int(name)].lexical
    if hasTypes { return declareMerging(name, start, kind) }
    if live != .max, live >= scope.lexicalStart {
      let earlier = scopes.lexical[Int(live)]
      let isAllowed = kind == .blockFunction && earlier.kind == .blockFunction && !context.contains(.strict)
      if !isAllowed { reportRedeclaration(name, start, earlier: Int(earlier.position)) }
    }
    let variable = names.entries[Int(name)].variable
    if variable != .max, variable >= scope.variableStart {
      reportRedeclaration(name, start, earlier: Int(scopes.variables[Int(variable)].position))
    }
    names.entries[Int(name)].lexical = UInt32(scopes.lexical.count)
    scopes.lexical.append(ScopeStack.Declaration(name: name, previous: live, position: UInt32(start), kind: kind))
  }

  /// Declares a function by its statement.
  mutating func declareFunction(_ name: UInt32, _ start: Int, isPlain: Bool) {
    let isTop = scopes.functionScope == scopes.scopes.count - 1
    if isTop, !(isModule && scopes.scopes.count == 1) {
      declareVariable(name, start, .function)
    } else {
      declareLexical(name, start, isPlain && !isTop ? .blockFunction : .lexical)
    }
  }

  mutating func reportRedeclaration(_ name: UInt32, _ start: Int, earlier: Int) {
    let text = nameText(name)
    report(
      start, start + text.utf8.count, "'\(text)' is declared twice",
      advice: "rename it, or drop this declaration or the one at byte \(earlier)")
  }

  /// A name as text, for messages.
  func nameText(_ name: UInt32) -> String { String(decoding: names.bytes(name), as: UTF8.self) }

  /// Whether a name is declared in the program's own scope.
  func isDeclaredAtTop(_ name: UInt32) -> Bool {
    names.entries[Int(name)].lexical != .max || names.entries[Int(name)].variable != .max
  }
}

/// The names a module exports.
struct ExportTable {
  /// Exported names and where.
  var exported: [UInt32: UInt32] = [:]
  /// Local names that `export { x }` refers to.
  var locals: [(name: UInt32, start: Int)] = []
}

extension Parser {
  /// Records an exported name, which must be the only one.
  mutating func declareExport(_ name: UInt32, _ start: Int, _ end: Int) {
    if exports.exported[name] != nil, !hasTypes {
      report(start, end, "'\(nameText(name))' is exported twice", advice: "export it under another name, or once")
    }
    exports.exported[name] = UInt32(start)
  }

  /// Reports names that are exported and declared nowhere.
  mutating func checkExportedLocals() {
    guard !hasTypes else { return }
    for local in exports.locals where !isDeclaredAtTop(local.name) {
      report(
        local.start, local.start + nameText(local.name).utf8.count,
        "'\(nameText(local.name))' is exported but not declared", advice: "declare it, or import it first")
    }
  }
}

/// The private names of the classes that are open.
struct PrivateNames {
  struct Declaration {
    var name: UInt32
    var previous: UInt32
    var kind: NodeDetail
    var isStatic: Bool
  }
  struct Use {
    var name: UInt32
    var start: Int
  }

  var declarations: [Declaration] = []
  var latest: [UInt32: UInt32] = [:]
  var uses: [Use] = []
  var classCount = 0
}

extension Parser {
  /// Declares `#name` in the innermost class; a getter and a setter may share a name.
  mutating func declarePrivate(_ name: UInt32, _ start: Int, kind: NodeDetail, isStatic: Bool, classStart: Int) {
    let live = privateNames.latest[name] ?? .max
    var merged = kind
    if live != .max, Int(live) >= classStart {
      let earlier = privateNames.declarations[Int(live)]
      let isPair =
        (kind == .get && earlier.kind == .set || kind == .set && earlier.kind == .get) && earlier.isStatic == isStatic
      if !isPair {
        report(start, tokenStart, "'#\(nameText(name))' is declared twice in this class", advice: "rename one of them")
      }
      merged = .none
    }
    privateNames.latest[name] = UInt32(privateNames.declarations.count)
    privateNames.declarations.append(
      PrivateNames.Declaration(name: name, previous: live, kind: merged, isStatic: isStatic))
  }

  /// Records a use of `#name`, which this class or one around it must declare.
  mutating func usePrivate(_ name: UInt32, _ start: Int) {
    if privateNames.classCount == 0 {
      report(
        start, start + 1, "'#\(nameText(name))' is used outside of a class",
        advice: "private names belong to a class that declares them")
    } else {
      privateNames.uses.append(PrivateNames.Use(name: name, start: start))
    }
  }

  /// Settles the private names of a class that ends.
  mutating func closePrivateNames(declarationStart: Int, useStart: Int) {
    var kept = useStart
    for index in useStart..<max(useStart, privateNames.uses.count) {
      let use = privateNames.uses[index]
      if let live = privateNames.latest[use.name], Int(live) >= declarationStart { continue }
      if privateNames.classCount == 1 {
        report(
          use.start, use.start + nameText(use.name).utf8.count + 1,
          "'#\(nameText(use.name))' is not declared in any class around it",
          advice: "declare '#\(nameText(use.name))' in the class")
      } else {
        privateNames.uses[kept] = use
        kept += 1
      }
    }
    privateNames.uses.removeSubrange(min(kept, privateNames.uses.count)...)
    while privateNames.declarations.count > declarationStart {
      let declaration = privateNames.declarations.removeLast()
      privateNames.latest[declaration.name] = declaration.previous == .max ? nil : declaration.previous
    }
    privateNames.classCount -= 1
  }
}
