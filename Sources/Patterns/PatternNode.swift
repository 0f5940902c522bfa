import JavaScriptSyntax
import SourceText

/// A metavariable as it is written.
enum Metavariable: Hashable {
  /// `$NAME` stands for one node, `$_` and `$_NAME` for one that need not be the same twice.
  case one(String?)
  /// `$$$NAME` and `$$$` stand for any number of nodes of a list.
  case many(String?)

  /// Reads a name; `nil` for an ordinary one.
  init?(_ name: String) {
    let bytes = Array(name.utf8)
    guard bytes.first == 0x24 else { return nil }
    let dollars = bytes.prefix { $0 == 0x24 }.count
    let word = bytes[dollars...]
    let isName =
      word.first.map { (0x41...0x5A).contains($0) || $0 == 0x5F } == true
      && word.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    let capture = word.first == 0x5F ? nil : String(decoding: word, as: UTF8.self)
    switch dollars {
    case 1 where isName: self = .one(capture)
    case 3 where word.isEmpty: self = .many(nil)
    case 3 where isName: self = .many(capture)
    default: return nil
    }
  }
}

/// One node of a compiled pattern.
struct PatternNode: Sendable {
  /// What a node of the code must be.
  enum Form: Sendable {
    /// Any node, bound to the metavariable of that number.
    case anything(Int?)
    /// Any number of elements of a list.
    case many(Int?)
    /// An identifier with the name of that number.
    case name(Int)
    /// A string of this value, however it is quoted.
    case string(String)
    /// Any string; its content is bound.
    case anyString(Int?)
    /// A number of this value.
    case number(Double)
    /// A literal or text with just these characters.
    case text(String)
    /// A node of the kind, with the slots that are named.
    case node
  }

  var form: Form
  var kind: NodeKind
  var detail = NodeDetail.none
  /// The flags that the code must have; others it may.
  var flags: NodeFlags = []
  var key: PatternKey?
  var slots: [PatternSlot] = []
  /// The place in the pattern as it was parsed.
  var span: ByteSpan
  /// Whether a property is a method, getter or setter.
  var isMethod = false
  /// For a member of `window` and its like: the member is the global of that name.
  var globalName: Int?
}

/// The key of a member, property or method.
enum PatternKey: Sendable {
  /// `x.name`, `x["name"]`, `{ name: ... }`; with the number of the name.
  case constant(String, Int?)
  /// `#name`.
  case privateName(Int)
  /// A metavariable: any key that is written or constant.
  case anything(Int?, ByteSpan)
  /// `x[...]`: a computed key that the element of that number describes.
  case computed(Int)
}

/// What stands in one slot of a node of a pattern.
struct PatternSlot: Sendable {
  var role: Role
  var content: Content

  enum Content: Sendable {
    /// Nothing may stand there.
    case absent
    case node(Int)
    /// Elements in order; -1 is a hole.
    case list([Int])
    /// Elements in any order, among others.
    case fields([Int])
  }
}

extension PatternNode {
  /// The kinds that a node of the code may have: a function or class is the same as a statement and in an expression, a method
  /// in an object and in a class.
  var kinds: [NodeKind] {
    switch kind {
    case .functionDeclaration, .functionExpression: [.functionDeclaration, .functionExpression]
    case .classDeclaration, .classExpression: [.classDeclaration, .classExpression]
    case .property where isMethod, .methodDefinition: [.property, .methodDefinition]
    default: [kind]
    }
  }
}

extension NodeKind {
  /// Whether what stands in `body`, `consequent` or `alternate` may have braces round it or not.
  var hasBareBody: Bool {
    switch self {
    case .ifStatement, .whileStatement, .doWhileStatement, .forStatement, .forInStatement, .forOfStatement,
      .labeledStatement, .withStatement:
      true
    default: false
    }
  }

  /// Whether the kind only says something of a type and has its operand's value.
  var isTypeWrapper: Bool {
    switch self {
    case .tsNonNullExpression, .tsAsExpression, .tsSatisfiesExpression, .tsTypeAssertion, .tsInstantiationExpression:
      true
    default: false
    }
  }
}

/// The names under which a page's global object goes.
let globalObjectNames: Set<String> = ["window", "globalThis", "self"]
