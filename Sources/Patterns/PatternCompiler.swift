import JavaScriptSyntax
import SourceText

/// Turns the syntax of a pattern into what the matcher compares with.
struct PatternCompiler {
  private let tree: SyntaxTree
  private let offset: Int
  private let isExact: Bool
  private(set) var nodes: [PatternNode] = []
  private(set) var names: [String] = []
  private(set) var variables: [String] = []
  private(set) var literals: [String] = []
  private var nameNumbers: [String: Int] = [:]

  init(_ reading: PatternReading, isExact: Bool) {
    self.isExact = isExact
    tree = reading.tree
    offset = reading.offset
  }

  /// The elements of a list of nodes; what asks for nothing, such as an empty statement, is left out.
  mutating func elements(_ list: [NodeID]) throws(PatternError) -> [Int] {
    var result: [Int] = []
    for node in list {
      guard node.exists else {
        result.append(-1)
        continue
      }
      if tree[node].kind == .emptyStatement || isBlankText(node) { continue }
      result.append(try compile(node))
    }
    return result
  }

  mutating func compile(_ id: NodeID) throws(PatternError) -> Int {
    let node = tree[id]
    if let form = variableForm(id) { return add(PatternNode(form: form, kind: node.kind, span: node.span)) }
    switch node.kind {
    case .chainExpression: return try compile(tree.child(id, .expression))
    case .identifier, .privateIdentifier, .jsxIdentifier: return try compileName(id, node)
    case .literal: return compileLiteral(id, node)
    case .templateElement:
      return add(PatternNode(form: .string(tree.stringValue(of: id) ?? ""), kind: node.kind, span: node.span))
    case .jsxText:
      let text = foldedText(tree.jsxValue(of: id) ?? "")
      return add(PatternNode(form: .text(text), kind: node.kind, span: node.span))
    case .templateLiteral:
      if let value = constantTemplate(id) { return addString(value, node) }
    case .invalid: throw PatternError("the pattern does not parse", at: place(node.span))
    default: break
    }
    return try compileNode(id, node)
  }

  // MARK: Metavariables

  /// The form of a node that is nothing but a metavariable.
  private mutating func variableForm(_ id: NodeID) -> PatternNode.Form? {
    guard let (variable, isContent) = metavariable(id) else { return nil }
    switch variable {
    case .one(let name):
      let number = name.map { self.number(ofVariable: $0) }
      return isContent ? .anyString(number) : .anything(number)
    case .many(let name): return .many(name.map { number(ofVariable: $0) })
    }
  }

  /// The metavariable that a node is, and whether it stands between quotes.
  private func metavariable(_ id: NodeID) -> (Metavariable, isContent: Bool)? {
    let node = tree[id]
    func inner(_ role: Role) -> (Metavariable, isContent: Bool)? {
      let child = tree.child(id, role)
      return child.exists ? metavariable(child) : nil
    }
    switch node.kind {
    case .identifier where tree.child(id, .typeAnnotation).exists: return nil
    case .identifier, .jsxIdentifier: return Metavariable(tree.name(of: id)).map { ($0, false) }
    case .expressionStatement: return inner(.expression).flatMap { $0.isContent ? nil : $0 }
    case .tsTypeReference where !tree.child(id, .typeArguments).exists: return inner(.typeName)
    case .property where node.flags.contains(.shorthand): return inner(.value)
    case .propertyDefinition where !tree.child(id, .value).exists && node.flags.isDisjoint(with: [.static, .computed]):
      return inner(.key)
    case .jsxAttribute where !tree.child(id, .value).exists: return inner(.name)
    case .jsxExpressionContainer:
      // `{$$$C}` is any number of children; `{$X}` is one expression in braces.
      return inner(.expression).flatMap { if case .many = $0.0 { $0 } else { nil } }
    case .importSpecifier where tree[tree.child(id, .imported)].span == tree[tree.child(id, .local)].span:
      return inner(.local)
    case .exportSpecifier where tree[tree.child(id, .local)].span == tree[tree.child(id, .exported)].span:
      return inner(.local)
    case .literal where node.detail == .string:
      return Metavariable(tree.stringValue(of: id) ?? "").map { ($0, true) }
    case .jsxText: return Metavariable(trimmed(tree.text(of: id))).map { ($0, false) }
    case .templateLiteral: return constantTemplate(id).flatMap { Metavariable($0) }.map { ($0, true) }
    default: return nil
    }
  }

  private mutating func number(ofVariable name: String) -> Int {
    if let known = variables.firstIndex(of: name) { return known }
    variables.append(name)
    return variables.count - 1
  }

  private mutating func number(ofName name: String) -> Int {
    if let known = nameNumbers[name] { return known }
    names.append(name)
    nameNumbers[name] = names.count - 1
    return names.count - 1
  }

  /// The name's number; the name has to occur in any code that matches.
  private mutating func number(ofRequired name: String) -> Int {
    literals.append(name)
    return number(ofName: name)
  }

  // MARK: Leaves

  private mutating func compileName(_ id: NodeID, _ node: Node) throws(PatternError) -> Int {
    let annotation = tree.child(id, .typeAnnotation)
    var form: PatternNode.Form
    switch Metavariable(tree.name(of: id)) {
    case .one(let name): form = .anything(name.map { number(ofVariable: $0) })
    case .many:
      throw PatternError("`\(tree.name(of: id))` cannot have a type, since it stands for many", at: place(node.span))
    case nil: form = .name(number(ofRequired: tree.name(of: id)))
    }
    var result = PatternNode(form: form, kind: node.kind, flags: node.flags.intersection(.optional), span: node.span)
    if annotation.exists {
      result.slots = [PatternSlot(role: .typeAnnotation, content: .node(try compile(annotation)))]
    }
    return add(result)
  }

  private mutating func compileLiteral(_ id: NodeID, _ node: Node) -> Int {
    switch node.detail {
    case .string: return addString(tree.stringValue(of: id) ?? "", node)
    case .number:
      let value = tree.numberValue(of: id) ?? .nan
      return add(PatternNode(form: .number(value), kind: .literal, detail: .number, span: node.span))
    default:
      return add(PatternNode(form: .text(tree.text(of: id)), kind: .literal, detail: node.detail, span: node.span))
    }
  }

  private mutating func addString(_ value: String, _ node: Node) -> Int {
    addLiteral(value)
    return add(PatternNode(form: .string(value), kind: .literal, detail: .string, span: node.span))
  }

  /// Notes the value of a string that can be written in one way only.
  private mutating func addLiteral(_ value: String) {
    let isPlain = value.utf8.allSatisfy { (0x20...0x7E).contains($0) && ![0x22, 0x26, 0x27, 0x5C, 0x60].contains($0) }
    if isPlain, !value.isEmpty { literals.append(value) }
  }

  /// The value of a template without holes, unless it is tagged.
  private func constantTemplate(_ id: NodeID) -> String? {
    guard tree.list(id, .expressions).isEmpty, let quasi = tree.list(id, .quasis).first else { return nil }
    return tree.stringValue(of: quasi)
  }

  // MARK: Nodes with children

  private mutating func compileNode(_ id: NodeID, _ node: Node) throws(PatternError) -> Int {
    var result = PatternNode(form: .node, kind: node.kind, detail: node.detail, flags: demands(node), span: node.span)
    result.isMethod = node.flags.contains(.method) || node.detail == .get || node.detail == .set
    if let word = node.kind.certainKeyword { literals.append(word) }
    for slot in node.kind.slots {
      if isKey(slot.role, of: node.kind) {
        result.key = try compileKey(tree.child(id, slot.role), isComputed: node.flags.contains(.computed))
        continue
      }
      switch slot.form {
      case .node, .optional:
        let child = tree.child(id, slot.role)
        if child.exists {
          if result.kind == .memberExpression, slot.role == .object, let name = globalName(of: id, node) {
            result.globalName = name
          }
          if slot.role == .closingElement || slot.role == .closingFragment { continue }
          let literalCount = literals.count
          let number = try compileChild(child, slot.role, of: node, isOptional: slot.form == .optional)
          if result.globalName != nil { literals.removeSubrange(literalCount...) }
          result.slots.append(PatternSlot(role: slot.role, content: .node(number)))
        } else if !Self.isUnasked(slot.role, in: node.kind) {
          result.slots.append(PatternSlot(role: slot.role, content: .absent))
        }
      case .list, .sparseList:
        guard let content = try compileList(id, slot.role, node) else { continue }
        result.slots.append(PatternSlot(role: slot.role, content: content))
      }
    }
    return add(result)
  }

  private mutating func compileChild(
    _ child: NodeID, _ role: Role, of parent: Node, isOptional: Bool = false
  ) throws(PatternError) -> Int {
    var child = child
    // `a={"b"}` is `a="b"`.
    if parent.kind == .jsxAttribute, role == .value, tree[child].kind == .jsxExpressionContainer {
      child = tree.child(child, .expression)
    }
    let number = try compile(child)
    // Where there need be nothing, as in `for ($$$A; $B; $C)`, it stands for one or none.
    if case .many = nodes[number].form, !isOptional || role == .alternate {
      throw PatternError(
        "`\(tree.text(of: child))` stands for many where there is one", at: place(tree[child].span),
        advice: "write `$NAME` for one node, or put it into a list of arguments, elements, fields or statements")
    }
    return number
  }

  private mutating func compileList(
    _ id: NodeID, _ role: Role, _ node: Node
  ) throws(PatternError) -> PatternSlot.Content? {
    let list = Array(tree.list(id, role))
    // Children of an element that closes itself are not spoken of.
    if role == .children, node.kind == .jsxElement, !tree.child(id, .closingElement).exists { return nil }
    let elements = try elements(list)
    if elements.isEmpty, Self.isUnasked(role, in: node.kind) { return nil }
    let isUnordered =
      role == .properties || role == .specifiers || (role == .attributes && node.kind == .jsxOpeningElement)
    guard isUnordered, !isExact, !elements.isEmpty else { return .list(elements) }
    let (rest, others) = (elements.filter { isMany($0) }, elements.filter { !isMany($0) })
    return .fields(others + rest)
  }

  private func isMany(_ element: Int) -> Bool {
    if element >= 0, case .many = nodes[element].form { true } else { false }
  }

  private func isKey(_ role: Role, of kind: NodeKind) -> Bool {
    switch kind {
    case .memberExpression: role == .property
    case .property, .methodDefinition, .propertyDefinition, .accessorProperty: role == .key
    default: false
    }
  }

  private mutating func compileKey(_ id: NodeID, isComputed: Bool) throws(PatternError) -> PatternKey {
    guard id.exists else { throw PatternError("the pattern does not parse", at: 0) }
    let node = tree[id]
    switch node.kind {
    case .privateIdentifier: return .privateName(number(ofRequired: tree.name(of: id)))
    case .identifier where !isComputed:
      switch Metavariable(tree.name(of: id)) {
      case .one(let name): return .anything(name.map { number(ofVariable: $0) }, node.span)
      case .many:
        throw PatternError(
          "`\(tree.name(of: id))` stands for many where there is one key", at: place(node.span),
          advice: "write `$NAME`")
      case nil: return .constant(tree.name(of: id), number(ofRequired: tree.name(of: id)))
      }
    default: break
    }
    if let text = tree.constantKey(id, isComputed: isComputed), Metavariable(text) == nil {
      addLiteral(text)
      return .constant(text, number(ofName: text))
    }
    return .computed(try compileChild(id, .key, of: node))
  }

  /// For `window.name`: the number of `name`.
  private mutating func globalName(of id: NodeID, _ node: Node) -> Int? {
    let object = tree.child(id, .object)
    let property = tree.child(id, .property)
    guard object.exists, property.exists, tree[object].kind == .identifier,
      globalObjectNames.contains(tree.name(of: object)),
      let name = tree.constantKey(property, isComputed: node.flags.contains(.computed)), Metavariable(name) == nil
    else { return nil }
    return number(ofName: name)
  }

  // MARK: What a pattern asks for

  private func demands(_ node: Node) -> NodeFlags {
    node.flags.subtracting([.parenthesized, .computed, .shorthand, .method, .expressionOrTail, .hasSlots])
  }

  /// Whether a pattern that says nothing in a slot asks for nothing: types, decorators, modifiers, a superclass, an `else`.
  static func isUnasked(_ role: Role, in kind: NodeKind) -> Bool {
    switch role {
    case .typeParameters, .returnType, .typeAnnotation, .typeArguments, .decorators, .superClass, .superTypeArguments,
      .implements, .finalizer, .closingElement, .extends, .attributes:
      true
    case .id: kind == .functionExpression || kind == .classExpression || kind == .functionDeclaration
    case .alternate: kind == .ifStatement
    default: false
    }
  }

  private func isBlankText(_ id: NodeID) -> Bool {
    tree[id].kind == .jsxText && trimmed(tree.text(of: id)).isEmpty
  }

  private mutating func add(_ node: PatternNode) -> Int {
    var node = node
    node.span = node.span.shifted(by: -min(offset, Int(node.span.start)))
    nodes.append(node)
    return nodes.count - 1
  }

  private func place(_ span: ByteSpan) -> Int { max(0, Int(span.start) - offset) }
}

/// A text without white space at its ends.
func trimmed(_ text: String) -> String {
  let isSpace: (Character) -> Bool = { $0.isWhitespace }
  guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) }) else {
    return ""
  }
  return String(text[first...last])
}

/// A text with its white space folded, as a page shows it.
func foldedText(_ text: String) -> String { text.split { $0.isWhitespace }.joined(separator: " ") }

extension SyntaxTree {
  /// The text of a key that is written or constant: `name`, `"name"`, `["name"]`, `1`; `nil` for any other.
  func constantKey(_ id: NodeID, isComputed: Bool) -> String? {
    let node = self[id]
    switch node.kind {
    case .identifier: return isComputed ? nil : name(of: id)
    case .literal where node.detail == .string: return stringValue(of: id)
    case .literal where node.detail == .number: return numberValue(of: id).map { plainNumber($0) }
    case .templateLiteral: return constantString(id)
    default: return nil
    }
  }

  /// The value of a string literal or of a template without holes.
  func constantString(_ id: NodeID) -> String? {
    let node = self[id]
    if node.kind == .templateLiteral {
      guard list(id, .expressions).isEmpty, let quasi = list(id, .quasis).first else { return nil }
      return stringValue(of: quasi)
    }
    return node.kind == .literal && node.detail == .string ? stringValue(of: id) : nil
  }

  private func plainNumber(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
  }
}

extension NodeKind {
  /// A word that every node of the kind is written with.
  var certainKeyword: String? {
    switch self {
    case .classDeclaration, .classExpression: "class"
    case .awaitExpression: "await"
    case .yieldExpression: "yield"
    case .newExpression: "new"
    case .importDeclaration, .importExpression: "import"
    case .exportNamedDeclaration, .exportDefaultDeclaration, .exportAllDeclaration: "export"
    case .throwStatement: "throw"
    case .tryStatement: "try"
    case .switchStatement: "switch"
    case .debuggerStatement: "debugger"
    case .withStatement: "with"
    case .whileStatement, .doWhileStatement: "while"
    case .forStatement, .forInStatement, .forOfStatement: "for"
    default: nil
    }
  }
}
