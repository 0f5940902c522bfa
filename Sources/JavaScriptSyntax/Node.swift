public import SourceText

/// The index of a node in its tree.
public struct NodeID: Hashable, Sendable, Comparable {
  /// The position in the tree's node array.
  public var index: UInt32

  /// Wraps an index.
  @inlinable
  public init(_ index: UInt32) { self.index = index }

  /// No node: an optional child that is absent, or a hole in an array.
  public static let none = NodeID(.max)

  /// Whether there is a node.
  @inlinable
  public var exists: Bool { index != .max }

  /// Orders by place in storage: a node comes after all its descendants.
  @inlinable
  public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// A node as it is stored: 16 bytes, no references.
public struct Node: Hashable, Sendable {
  /// What the node is.
  public var kind: NodeKind
  /// A choice that depends on the kind; see ``NodeDetail``.
  public var detail: NodeDetail
  /// Facts that are true or false; which ones depends on the kind.
  public var flags: NodeFlags
  /// The offset of the node's first byte.
  public var start: UInt32
  /// The offset past the node's last byte.
  public var end: UInt32
  /// Where the node's slots begin in the tree's slot array; for a leaf, its name's index (see ``SyntaxTree/name(of:)``).
  var payload: UInt32

  /// The node's bytes.
  @inlinable
  public var span: ByteSpan { ByteSpan(start: start, end: end) }
}

/// Facts about a node that are true or false.
public struct NodeFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt16

  /// Makes a set from its bits.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The expression, pattern or type stands in parentheses of its own.
  public static let parenthesized = NodeFlags(rawValue: 1 << 0)
  /// `async` function, or `for await`.
  public static let async = NodeFlags(rawValue: 1 << 1)
  /// A generator function, or `yield*`.
  public static let generator = NodeFlags(rawValue: 1 << 2)
  /// A computed key or property: `[x]`.
  public static let computed = NodeFlags(rawValue: 1 << 3)
  /// A static class member.
  public static let `static` = NodeFlags(rawValue: 1 << 4)
  /// `?.` at this very link; in TypeScript also a `?` on a binding, member or parameter.
  public static let optional = NodeFlags(rawValue: 1 << 5)
  /// A shorthand property: `{ x }`.
  public static let shorthand = NodeFlags(rawValue: 1 << 6)
  /// A method property: `{ f() {} }`.
  public static let method = NodeFlags(rawValue: 1 << 7)
  /// An operator before its operand, as in `++x`.
  public static let prefix = NodeFlags(rawValue: 1 << 8)
  /// An arrow function whose body is an expression; a directive for an expression statement; the last `TemplateElement`.
  public static let expressionOrTail = NodeFlags(rawValue: 1 << 9)
  /// A TypeScript `declare`.
  public static let declare = NodeFlags(rawValue: 1 << 10)
  /// A TypeScript `abstract`.
  public static let abstract = NodeFlags(rawValue: 1 << 11)
  /// A TypeScript `readonly`.
  public static let readonly = NodeFlags(rawValue: 1 << 12)
  /// A TypeScript `override`; a definite assignment `!` on a binding; `asserts` of a type predicate.
  public static let overrideOrDefinite = NodeFlags(rawValue: 1 << 13)
  /// `import type`, `export type` or a `type` specifier; a `const` enum or type parameter.
  public static let typeOnlyOrConst = NodeFlags(rawValue: 1 << 14)
  /// The name or literal holds escapes, so its text is not its value; an identifier that has a type annotation or decorators
  /// carries ``hasSlots`` instead of the shape being empty.
  public static let hasSlots = NodeFlags(rawValue: 1 << 15)
}

/// A choice that a node carries besides its kind.
///
/// One byte whose meaning depends on the kind: the operator of an expression, `var`/`let`/`const` of a declaration, the kind of
/// a literal, `get`/`set` of a member, a keyword type.
public enum NodeDetail: UInt8, Hashable, Sendable, CaseIterable {
  /// Nothing to choose.
  case none

  // Unary and update operators

  /// `-` before an operand.
  case minus
  /// `+` before an operand.
  case plus
  /// `!`.
  case not
  /// `~`.
  case bitNot
  /// `typeof`.
  case typeof
  /// `void`, the operator.
  case void
  /// `delete`.
  case delete
  /// `++`.
  case increment
  /// `--`.
  case decrement

  // Binary and logical operators

  /// `==`.
  case equal
  /// `!=`.
  case notEqual
  /// `===`.
  case strictEqual
  /// `!==`.
  case strictNotEqual
  /// `<`.
  case less
  /// `<=`.
  case lessOrEqual
  /// `>`.
  case greater
  /// `>=`.
  case greaterOrEqual
  /// `<<`.
  case shiftLeft
  /// `>>`.
  case shiftRight
  /// `>>>`.
  case shiftRightUnsigned
  /// `+` between operands.
  case add
  /// `-` between operands.
  case subtract
  /// `*`.
  case multiply
  /// `/`.
  case divide
  /// `%`.
  case remainder
  /// `**`.
  case exponentiate
  /// `|`.
  case bitOr
  /// `^`.
  case bitXor
  /// `&`.
  case bitAnd
  /// `in`.
  case `in`
  /// `instanceof`.
  case instanceof
  /// `||`.
  case or
  /// `&&`.
  case and
  /// `??`.
  case nullish

  // Assignment operators

  /// `=`.
  case assign
  /// `+=`.
  case addAssign
  /// `-=`.
  case subtractAssign
  /// `*=`.
  case multiplyAssign
  /// `/=`.
  case divideAssign
  /// `%=`.
  case remainderAssign
  /// `**=`.
  case exponentiateAssign
  /// `<<=`.
  case shiftLeftAssign
  /// `>>=`.
  case shiftRightAssign
  /// `>>>=`.
  case shiftRightUnsignedAssign
  /// `|=`.
  case bitOrAssign
  /// `^=`.
  case bitXorAssign
  /// `&=`.
  case bitAndAssign
  /// `||=`.
  case orAssign
  /// `&&=`.
  case andAssign
  /// `??=`.
  case nullishAssign

  // Literals

  /// A string literal.
  case string
  /// A number literal.
  case number
  /// A bigint literal.
  case bigint
  /// `true`.
  case `true`
  /// `false`.
  case `false`
  /// `null`, the literal or the type.
  case null
  /// A regular expression literal.
  case regularExpression

  // Declarations, members and imports

  /// `var`.
  case `var`
  /// `let`.
  case `let`
  /// `const`.
  case const
  /// `using`.
  case using
  /// `await using`.
  case awaitUsing
  /// A plain property: `kind: "init"`.
  case `init`
  /// A getter.
  case get
  /// A setter.
  case set
  /// A class method.
  case method
  /// A class constructor.
  case constructor
  /// `import source`.
  case source
  /// `import defer`.
  case `defer`
  /// `namespace` of a TypeScript module.
  case namespace
  /// `module` of a TypeScript module.
  case module
  /// `global` of a TypeScript module.
  case global
  /// TypeScript's `public`.
  case `public`
  /// TypeScript's `protected`.
  case protected
  /// TypeScript's `private`.
  case `private`

  // TypeScript types

  /// `any`.
  case any
  /// `bigint`, the type.
  case bigintType
  /// `boolean`.
  case boolean
  /// `intrinsic`.
  case intrinsic
  /// `never`.
  case never
  /// `number`, the type.
  case numberType
  /// `object`.
  case object
  /// `string`, the type.
  case stringType
  /// `symbol`.
  case symbol
  /// `undefined`, the type.
  case undefined
  /// `unknown`.
  case unknown
  /// `void`, the type.
  case voidType
  /// `keyof`.
  case keyof
  /// `unique`.
  case unique
  /// `readonly`, the type operator.
  case readonly
}
