// What an ESTree node holds besides nodes: names, operators, values and facts.

import SourceText

extension ESTreePrinter {
  private static let typeNames: [[UInt8]] = NodeKind.allCases.map { Array($0.estreeName.utf8) }

  /// Writes a node's `type`.
  mutating func writeType(of node: NodeID, _ stored: Node, parent: NodeID?) {
    switch stored.kind {
    case .tsKeywordType: json.literal(keywordType(stored.detail))
    case .methodDefinition where stored.flags.contains(.abstract): json.literal("TSAbstractMethodDefinition")
    case .propertyDefinition where stored.flags.contains(.abstract): json.literal("TSAbstractPropertyDefinition")
    case .accessorProperty where stored.flags.contains(.abstract): json.literal("TSAbstractAccessorProperty")
    default: json.literal(Self.typeNames[Int(stored.kind.rawValue)])
    }
  }

  /// Writes the members of a node that are no nodes.
  mutating func writeScalars(of node: NodeID, _ stored: Node, parent: NodeID?) {
    let flags = stored.flags
    switch stored.kind {
    case .program: member(",\"sourceType\":", word: tree.goal == .module ? "module" : "script")
    case .expressionStatement where flags.contains(.expressionOrTail): writeDirective(of: node)
    case .forOfStatement: member(",\"await\":", flags.contains(.async))
    case .variableDeclaration: member(",\"kind\":", word: declarationKind(stored.detail))
    case .functionDeclaration, .functionExpression, .arrowFunctionExpression, .tsDeclareFunction,
      .tsEmptyBodyFunctionExpression:
      member(",\"expression\":", stored.kind == .arrowFunctionExpression && flags.contains(.expressionOrTail))
      member(",\"generator\":", flags.contains(.generator))
      member(",\"async\":", flags.contains(.async))
    case .methodDefinition:
      writeElementFacts(flags)
      member(",\"kind\":", word: memberKind(stored.detail))
    case .propertyDefinition, .accessorProperty: writeElementFacts(flags)
    case .identifier, .privateIdentifier, .jsxIdentifier: writeName(of: node)
    case .literal: writeLiteral(stored, isJSXAttribute: parent.map { tree[$0].kind == .jsxAttribute } ?? false)
    case .jsxText:
      writeJSXValue(stored.start.range(to: stored.end), joinsLineEnds: true)
      member(",\"raw\":", source: stored.start.range(to: stored.end))
    case .property:
      member(",\"method\":", flags.contains(.method))
      member(",\"shorthand\":", flags.contains(.shorthand))
      member(",\"computed\":", flags.contains(.computed))
      member(",\"kind\":", word: memberKind(stored.detail))
    case .unaryExpression:
      member(",\"operator\":", word: operatorText(stored.detail))
      member(",\"prefix\":", true)
    case .updateExpression:
      member(",\"operator\":", word: operatorText(stored.detail))
      member(",\"prefix\":", flags.contains(.prefix))
    case .binaryExpression, .logicalExpression, .assignmentExpression:
      member(",\"operator\":", word: operatorText(stored.detail))
    case .callExpression: member(",\"optional\":", flags.contains(.optional))
    case .memberExpression:
      member(",\"computed\":", flags.contains(.computed))
      member(",\"optional\":", flags.contains(.optional))
    case .yieldExpression: member(",\"delegate\":", flags.contains(.generator))
    case .importExpression, .importDeclaration: writePhase(stored.detail)
    case .templateElement: writeTemplateElement(stored)
    case .jsxOpeningElement:
      member(",\"selfClosing\":", parent.map { !tree.child($0, .closingElement).exists } ?? false)
    case .jsxOpeningFragment where !isTypeScript:
      json.literal(",\"attributes\":[]")
      member(",\"selfClosing\":", false)
    default: break
    }
    if isTypeScript { writeTypeScriptScalars(of: node, stored) }
  }

  private mutating func writeElementFacts(_ flags: NodeFlags) {
    member(",\"static\":", flags.contains(.static))
    member(",\"computed\":", flags.contains(.computed))
  }

  private mutating func writeDirective(of node: NodeID) {
    let literal = tree.child(node, .expression)
    guard literal.exists, tree[literal].kind == .literal, tree[literal].span.count >= 2 else { return }
    member(",\"directive\":", source: Int(tree[literal].start) + 1..<Int(tree[literal].end) - 1)
  }

  private mutating func writeName(of node: NodeID) {
    json.literal(",\"name\":")
    var name = tree.name(of: node)
    name.withUTF8 { json.string($0) }
  }

  private mutating func writePhase(_ detail: NodeDetail) {
    switch detail {
    case .source: member(",\"phase\":", word: "source")
    case .defer: member(",\"phase\":", word: "defer")
    default: break
    }
  }

  // MARK: Literals

  private mutating func writeLiteral(_ stored: Node, isJSXAttribute: Bool) {
    let range = stored.start.range(to: stored.end)
    switch stored.detail {
    case .string where isJSXAttribute: writeJSXValue(content(range), joinsLineEnds: false)
    case .string:
      json.literal(",\"value\":\"")
      _ = LiteralValues.forEachCodePoint(slice(content(range)), isTemplate: false) { json.codePoint($0) }
      json.byte(0x22)
    case .number:
      json.literal(",\"value\":")
      json.number(LiteralValues.number(slice(range)))
    case .true: json.literal(",\"value\":true")
    case .false: json.literal(",\"value\":false")
    case .regularExpression: json.literal(",\"value\":{}")
    default: json.literal(",\"value\":null")
    }
    member(",\"raw\":", source: range)
    if stored.detail == .bigint {
      json.literal(",\"bigint\":")
      LiteralValues.decimalDigits(bigint: slice(range)).withUnsafeBufferPointer { json.string($0) }
    } else if stored.detail == .regularExpression {
      writeRegularExpression(range)
    }
  }

  /// A string literal's range without its quotes; the closing one is missing when the literal is not terminated.
  private func content(_ range: Range<Int>) -> Range<Int> {
    guard let last = range.last, range.count > 1 else { return range.upperBound..<range.upperBound }
    return range.lowerBound + 1..<(text[last] == text[range.lowerBound] ? last : range.upperBound)
  }

  private mutating func writeRegularExpression(_ range: Range<Int>) {
    let slash = text[range].lastIndex(of: UInt8(ascii: "/")) ?? range.lowerBound
    let pattern = range.lowerBound + 1..<max(slash, range.lowerBound + 1)
    member(",\"regex\":{\"pattern\":", source: pattern)
    member(",\"flags\":", source: min(max(slash, pattern.upperBound) + 1, range.upperBound)..<range.upperBound)
    json.byte(0x7D)
  }

  private mutating func writeJSXValue(_ range: Range<Int>, joinsLineEnds: Bool) {
    json.literal(",\"value\":\"")
    LiteralValues.forEachCodePoint(jsx: slice(range), joinsLineEnds: joinsLineEnds) { json.codePoint($0) }
    json.byte(0x22)
  }

  private mutating func writeTemplateElement(_ stored: Node) {
    let text = slice(stored.start.range(to: stored.end))
    json.literal(",\"value\":{\"raw\":\"")
    writeRawTemplate(text)
    json.literal("\",\"cooked\":")
    var isValid = LiteralValues.forEachCodePoint(text, isTemplate: true) { _ in }
    if isValid {
      json.byte(0x22)
      isValid = LiteralValues.forEachCodePoint(text, isTemplate: true) { json.codePoint($0) }
      json.byte(0x22)
    } else {
      json.literal("null")
    }
    json.literal("},\"tail\":")
    json.bool(stored.flags.contains(.expressionOrTail))
  }

  /// Writes a template's text with its line ends made LF.
  private mutating func writeRawTemplate(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < text.count {
      let (value, length) = decodeScalar(text, at: index)
      index += length
      if value == 0x0D {
        if index < text.count, text[index] == 0x0A { index += 1 }
        json.codePoint(0x0A)
      } else {
        json.codePoint(value)
      }
    }
  }

  // MARK: Words

  private func declarationKind(_ detail: NodeDetail) -> StaticString {
    switch detail {
    case .let: "let"
    case .const: "const"
    case .using: "using"
    case .awaitUsing: "await using"
    default: "var"
    }
  }

  func memberKind(_ detail: NodeDetail) -> StaticString {
    switch detail {
    case .get: "get"
    case .set: "set"
    case .method: "method"
    case .constructor: "constructor"
    default: "init"
    }
  }

  private func operatorText(_ detail: NodeDetail) -> StaticString {
    switch detail {
    case .minus, .subtract: "-"
    case .plus, .add: "+"
    case .not: "!"
    case .bitNot: "~"
    case .typeof: "typeof"
    case .void: "void"
    case .delete: "delete"
    case .increment: "++"
    case .decrement: "--"
    case .equal: "=="
    case .notEqual: "!="
    case .strictEqual: "==="
    case .strictNotEqual: "!=="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .shiftRightUnsigned: ">>>"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .exponentiate: "**"
    case .bitOr: "|"
    case .bitXor: "^"
    case .bitAnd: "&"
    case .in: "in"
    case .instanceof: "instanceof"
    case .or: "||"
    case .and: "&&"
    case .nullish: "??"
    default: assignmentText(detail)
    }
  }

  private func assignmentText(_ detail: NodeDetail) -> StaticString {
    switch detail {
    case .addAssign: "+="
    case .subtractAssign: "-="
    case .multiplyAssign: "*="
    case .divideAssign: "/="
    case .remainderAssign: "%="
    case .exponentiateAssign: "**="
    case .shiftLeftAssign: "<<="
    case .shiftRightAssign: ">>="
    case .shiftRightUnsignedAssign: ">>>="
    case .bitOrAssign: "|="
    case .bitXorAssign: "^="
    case .bitAndAssign: "&="
    case .orAssign: "||="
    case .andAssign: "&&="
    case .nullishAssign: "??="
    default: "="
    }
  }
}

extension UInt32 {
  /// The range from this offset to another, empty when that lies before it.
  func range(to end: UInt32) -> Range<Int> { Int(self)..<Swift.max(Int(self), Int(end)) }
}
