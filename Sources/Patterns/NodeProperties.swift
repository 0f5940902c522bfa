import JavaScriptSyntax
import SourceText

/// What a property of a node holds, as ESTree has it.
enum PropertyValue {
  case absent
  case node(NodeID)
  case list([NodeID])
  case text(String)
  case number(Double)
  case flag(Bool)
  case null
}

extension SyntaxTree {
  /// The property of a node with an ESTree name.
  func property(_ name: Substring, of node: NodeID) -> PropertyValue {
    let stored = self[node]
    if name == "type" { return .text(stored.kind.estreeName) }
    if let role = roles[String(name)], let slot = stored.kind.slots.first(where: { $0.role == role }) {
      if slot.form == .list || slot.form == .sparseList { return .list(Array(list(node, role))) }
      let child = child(node, role)
      return child.exists ? .node(child) : .null
    }
    switch name {
    case "name": return nameIndex(of: node) == nil ? .absent : .text(self.name(of: node))
    case "value", "raw", "regex", "bigint": return literalProperty(name, node, stored)
    case "operator": return estreeOperators[stored.detail].map { .text($0) } ?? .absent
    case "kind": return kindProperty(stored)
    default: return flagProperty(name, stored)
    }
  }

  private func literalProperty(_ name: Substring, _ node: NodeID, _ stored: Node) -> PropertyValue {
    switch stored.kind {
    case .templateElement, .jsxText:
      let value = stored.kind == .jsxText ? jsxValue(of: node) : stringValue(of: node)
      return name == "raw" ? .text(text(of: node)) : value.map { .text($0) } ?? .null
    case .literal: break
    default: return .absent
    }
    if name == "raw" { return .text(text(of: node)) }
    switch stored.detail {
    case .string: return stringValue(of: node).map { .text($0) } ?? .null
    case .number: return numberValue(of: node).map { .number($0) } ?? .null
    case .true: return .flag(true)
    case .false: return .flag(false)
    case .regularExpression, .bigint: return .text(text(of: node))
    default: return .null
    }
  }

  private func kindProperty(_ stored: Node) -> PropertyValue {
    switch stored.kind {
    case .variableDeclaration, .methodDefinition, .property:
      estreeKinds[stored.detail].map { .text($0) } ?? .absent
    default: .absent
    }
  }

  private func flagProperty(_ name: Substring, _ stored: Node) -> PropertyValue {
    func flag(_ flag: NodeFlags) -> PropertyValue { .flag(stored.flags.contains(flag)) }
    switch name {
    case "computed": return flag(.computed)
    case "static": return flag(.static)
    case "async", "await": return flag(.async)
    case "generator", "delegate": return flag(.generator)
    case "prefix": return flag(.prefix)
    case "optional": return flag(.optional)
    case "shorthand": return flag(.shorthand)
    case "method": return flag(.method)
    case "tail": return flag(.expressionOrTail)
    case "expression" where stored.kind == .arrowFunctionExpression: return flag(.expressionOrTail)
    default: return .absent
    }
  }
}

private let roles: [String: Role] = Dictionary(Role.allCases.map { ($0.estreeName, $0) }) { first, _ in first }

extension Role {
  /// The role with an ESTree name.
  static func named(_ name: String) -> Role? { roles[name] }
}

/// Names of the properties that selectors may ask for besides children.
let scalarPropertyNames = [
  "type", "name", "value", "raw", "regex", "bigint", "operator", "kind", "computed", "static", "async", "await",
  "generator", "delegate", "prefix", "optional", "shorthand", "method", "tail", "length",
]

private let estreeKinds: [NodeDetail: String] = [
  .var: "var", .let: "let", .const: "const", .using: "using", .awaitUsing: "await using", .`init`: "init", .get: "get",
  .set: "set", .method: "method", .constructor: "constructor",
]

private let estreeOperators: [NodeDetail: String] = [
  .minus: "-", .plus: "+", .not: "!", .bitNot: "~", .typeof: "typeof", .void: "void", .delete: "delete",
  .increment: "++", .decrement: "--", .equal: "==", .notEqual: "!=", .strictEqual: "===", .strictNotEqual: "!==",
  .less: "<", .lessOrEqual: "<=", .greater: ">", .greaterOrEqual: ">=", .shiftLeft: "<<", .shiftRight: ">>",
  .shiftRightUnsigned: ">>>", .add: "+", .subtract: "-", .multiply: "*", .divide: "/", .remainder: "%",
  .exponentiate: "**", .bitOr: "|", .bitXor: "^", .bitAnd: "&", .in: "in", .instanceof: "instanceof", .or: "||",
  .and: "&&", .nullish: "??", .assign: "=", .addAssign: "+=", .subtractAssign: "-=", .multiplyAssign: "*=",
  .divideAssign: "/=", .remainderAssign: "%=", .exponentiateAssign: "**=", .shiftLeftAssign: "<<=",
  .shiftRightAssign: ">>=", .shiftRightUnsignedAssign: ">>>=", .bitOrAssign: "|=", .bitXorAssign: "^=",
  .bitAndAssign: "&=", .orAssign: "||=", .andAssign: "&&=", .nullishAssign: "??=",
]
