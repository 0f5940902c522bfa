// What typescript-eslint adds to ESTree.

import SourceText

extension ESTreePrinter {
  /// The type of a keyword type.
  func keywordType(_ detail: NodeDetail) -> StaticString {
    switch detail {
    case .bigintType: "TSBigIntKeyword"
    case .boolean: "TSBooleanKeyword"
    case .intrinsic: "TSIntrinsicKeyword"
    case .never: "TSNeverKeyword"
    case .null: "TSNullKeyword"
    case .numberType: "TSNumberKeyword"
    case .object: "TSObjectKeyword"
    case .stringType: "TSStringKeyword"
    case .symbol: "TSSymbolKeyword"
    case .undefined: "TSUndefinedKeyword"
    case .unknown: "TSUnknownKeyword"
    case .voidType: "TSVoidKeyword"
    default: "TSAnyKeyword"
    }
  }
}

extension ESTreePrinter {
  /// Writes the members that typescript-eslint adds to a node.
  mutating func writeTypeScriptScalars(of node: NodeID, _ stored: Node) {
    let flags = stored.flags
    switch stored.kind {
    case .identifier, .objectPattern, .arrayPattern, .assignmentPattern, .restElement:
      // An identifier without slots in storage has no decorators to write later.
      if !tree.hasSlots(node) || stored.kind == .assignmentPattern { json.literal(",\"decorators\":[]") }
      member(",\"optional\":", flags.contains(.optional))
    case .property, .tsNamedTupleMember:
      member(",\"optional\":", flags.contains(.optional))
    case .functionDeclaration, .functionExpression, .tsDeclareFunction, .tsEmptyBodyFunctionExpression,
      .variableDeclaration, .tsTypeAliasDeclaration, .tsInterfaceDeclaration:
      member(",\"declare\":", flags.contains(.declare))
    case .variableDeclarator: member(",\"definite\":", flags.contains(.overrideOrDefinite))
    case .classDeclaration, .classExpression:
      member(",\"abstract\":", flags.contains(.abstract))
      member(",\"declare\":", flags.contains(.declare))
    case .methodDefinition, .propertyDefinition, .accessorProperty: writeClassElement(node, stored)
    case .tsParameterProperty:
      writeModifiers(modifiers(of: node, before: tree.child(node, .parameter)))
      member(",\"static\":", flags.contains(.static))
    case .tsTypeParameter:
      let words = modifiers(of: node, before: tree.child(node, .name))
      member(",\"const\":", words.contains("const"))
      member(",\"in\":", words.contains("in"))
      member(",\"out\":", words.contains("out"))
    default: writeModuleOrTypeScalars(stored, node)
    }
  }

  private mutating func writeModuleOrTypeScalars(_ stored: Node, _ node: NodeID) {
    let flags = stored.flags
    switch stored.kind {
    case .importDeclaration, .importSpecifier, .tsImportEqualsDeclaration:
      member(",\"importKind\":", word: flags.contains(.typeOnlyOrConst) ? "type" : "value")
      if stored.kind == .importDeclaration, stored.detail == .none { json.literal(",\"phase\":null") }
    case .importExpression: if stored.detail == .none { json.literal(",\"phase\":null") }
    case .exportNamedDeclaration, .exportSpecifier, .exportAllDeclaration:
      member(",\"exportKind\":", word: isTypeExport(node, stored) ? "type" : "value")
    case .exportDefaultDeclaration: member(",\"exportKind\":", word: "value")
    case .tsEnumDeclaration:
      member(",\"const\":", flags.contains(.typeOnlyOrConst))
      member(",\"declare\":", flags.contains(.declare))
    case .tsModuleDeclaration:
      member(",\"declare\":", flags.contains(.declare))
      member(",\"global\":", stored.detail == .global)
      member(
        ",\"kind\":", word: stored.detail == .global ? "global" : stored.detail == .module ? "module" : "namespace")
    case .tsConstructorType: member(",\"abstract\":", flags.contains(.abstract))
    case .tsTypeOperator:
      member(
        ",\"operator\":", word: stored.detail == .unique ? "unique" : stored.detail == .readonly ? "readonly" : "keyof")
    case .tsTypePredicate: member(",\"asserts\":", flags.contains(.overrideOrDefinite))
    case .tsMappedType: writeMappedType(node, stored)
    case .tsPropertySignature, .tsMethodSignature:
      member(",\"computed\":", flags.contains(.computed))
      member(",\"optional\":", flags.contains(.optional))
      member(",\"readonly\":", flags.contains(.readonly))
      member(",\"static\":", flags.contains(.static))
      if stored.kind == .tsMethodSignature {
        member(",\"kind\":", word: stored.detail == .get ? "get" : stored.detail == .set ? "set" : "method")
      }
    case .tsIndexSignature:
      member(",\"readonly\":", flags.contains(.readonly))
      member(",\"static\":", flags.contains(.static))
    default: break
    }
  }

  /// Whether an export is one of types: it says so, or what it declares exists as a type only.
  private func isTypeExport(_ node: NodeID, _ stored: Node) -> Bool {
    if stored.flags.contains(.typeOnlyOrConst) { return true }
    let declaration = tree.child(node, .declaration)
    guard declaration.exists else { return false }
    let declared = tree[declaration]
    return declared.kind == .tsInterfaceDeclaration || declared.kind == .tsTypeAliasDeclaration
      || declared.flags.contains(.declare)
  }

  // MARK: Modifiers, which the tree holds as tokens

  private mutating func writeClassElement(_ node: NodeID, _ stored: Node) {
    let key = tree.child(node, .key)
    let words = modifiers(of: node, before: key)
    member(",\"optional\":", stored.flags.contains(.optional))
    member(",\"override\":", words.contains("override"))
    writeAccessibility(words)
    guard stored.kind != .methodDefinition else { return }
    member(",\"declare\":", stored.flags.contains(.declare))
    member(",\"readonly\":", stored.flags.contains(.readonly))
    member(",\"definite\":", key.exists && nextToken(after: Int(tree[key].end)) == "!")
  }

  private mutating func writeModifiers(_ words: [String]) {
    writeAccessibility(words)
    member(",\"override\":", words.contains("override"))
    member(",\"readonly\":", words.contains("readonly"))
  }

  private mutating func writeAccessibility(_ words: [String]) {
    if words.contains("private") {
      member(",\"accessibility\":", word: "private")
    } else if words.contains("protected") {
      member(",\"accessibility\":", word: "protected")
    } else if words.contains("public") {
      member(",\"accessibility\":", word: "public")
    }
  }

  private mutating func writeMappedType(_ node: NodeID, _ stored: Node) {
    let key = tree.child(node, .key)
    let name = tree.child(node, .nameType)
    let constraint = tree.child(node, .constraint)
    let type = tree.child(node, .typeAnnotation)
    let before = words(from: Int(stored.start), to: key.exists ? Int(tree[key].start) : Int(stored.start))
    let last = name.exists ? name : constraint
    let after = words(
      from: last.exists ? Int(tree[last].end) : Int(stored.end), to: Int(type.exists ? tree[type].start : stored.end))
    if before.contains("readonly") { writeMappedModifier(",\"readonly\":", before) }
    if after.contains("?") {
      writeMappedModifier(",\"optional\":", after)
    } else {
      member(",\"optional\":", false)
    }
  }

  private mutating func writeMappedModifier(_ key: StaticString, _ words: [String]) {
    if words.contains("+") {
      member(key, word: "+")
    } else if words.contains("-") {
      member(key, word: "-")
    } else {
      member(key, true)
    }
  }

  /// The words between a node's decorators and one of its children.
  private func modifiers(of node: NodeID, before child: NodeID) -> [String] {
    let start = tree.list(node, .decorators).last.map { Int(tree[$0].end) } ?? Int(tree[node].start)
    return child.exists ? words(from: start, to: Int(tree[child].start)) : []
  }

  private func words(from start: Int, to end: Int) -> [String] {
    var result: [String] = []
    var position = tree.tokens.firstIndex(atOrAfter: start)
    while position < tree.tokens.count, Int(tree.tokens[position].span.start) < end, result.count < 64 {
      result.append(tree.text(of: tree.tokens[position].span))
      position += 1
    }
    return result
  }

  private func nextToken(after offset: Int) -> String? {
    let position = tree.tokens.firstIndex(atOrAfter: offset)
    return position < tree.tokens.count ? tree.text(of: tree.tokens[position].span) : nil
  }
}
