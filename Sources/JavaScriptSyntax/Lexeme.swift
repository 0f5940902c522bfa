/// What the lexer found; finer than the public ``TokenKind``.
///
/// Words come last and in the order of ``Lexeme/words``, so that the interned index of a word gives its case.
enum Lexeme: UInt8, CaseIterable {
  case endOfFile, invalid

  // Punctuators that are no operators
  case leftBrace, rightBrace, leftParen, rightParen, leftBracket, rightBracket
  case semicolon, comma, dot, ellipsis, question, questionDot, colon, arrow, at
  case not, bitNot, increment, decrement

  // Assignment operators, in the order of `NodeDetail`
  case assign, addAssign, subtractAssign, multiplyAssign, divideAssign, remainderAssign, exponentiateAssign
  case shiftLeftAssign, shiftRightAssign, shiftRightUnsignedAssign, bitOrAssign, bitXorAssign, bitAndAssign
  case orAssign, andAssign, nullishAssign

  // Binary operators, in the order of `NodeDetail` (`in` and `instanceof` are words)
  case equal, notEqual, strictEqual, strictNotEqual, less, lessOrEqual, greater, greaterOrEqual
  case shiftLeft, shiftRight, shiftRightUnsigned
  case add, subtract, multiply, divide, remainder, exponentiate, bitOr, bitXor, bitAnd
  case or, and, nullish

  // Literals
  case number, bigint, string, regularExpression
  /// A template piece that ends with `${`.
  case templateHead
  /// A template piece that ends with a backtick.
  case templateTail
  case privateName, jsxText, jsxIdentifier

  // Words
  case identifier
  case async, of, get, set, `as`, from, using, accessor, target, meta, constructor, prototype, proto, eval, arguments
  case source, `defer`, type, namespace, module, declare, abstract, readonly, override, satisfies, `is`, infer, keyof
  case unique, asserts, out, global, require, any, unknown, never, numberWord, stringWord, boolean, symbol, object
  case bigintWord, undefined, intrinsic, assert
  case await, yield, `let`, `static`, implements, interface, package, `private`, protected, `public`
  case `break`, `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`, `else`, `enum`, export
  case extends, `false`, finally, `for`, function, `if`, `import`, `in`, instanceof, new, null, `return`, `super`
  case `switch`, this, `throw`, `true`, `try`, typeof, `var`, void, `while`, with

  /// The words that have a case of their own, in the order of the cases after `identifier`.
  static let words = """
    async of get set as from using accessor target meta constructor prototype __proto__ eval arguments \
    source defer type namespace module declare abstract readonly override satisfies is infer keyof \
    unique asserts out global require any unknown never number string boolean symbol object \
    bigint undefined intrinsic assert \
    await yield let static implements interface package private protected public \
    break case catch class const continue debugger default delete do else enum export \
    extends false finally for function if import in instanceof new null return super \
    switch this throw true try typeof var void while with
    """

  /// A name that may stand where an identifier may, at least somewhere.
  @inline(__always) var isIdentifier: Bool {
    rawValue >= Lexeme.identifier.rawValue && rawValue < Lexeme.break.rawValue
  }
  /// An `IdentifierName`: any word, reserved or not.
  @inline(__always) var isWord: Bool { rawValue >= Lexeme.identifier.rawValue }
  /// A word that is reserved everywhere.
  @inline(__always) var isReserved: Bool { rawValue >= Lexeme.break.rawValue }
  /// Reserved in strict code only.
  @inline(__always) var isStrictReserved: Bool {
    rawValue >= Lexeme.yield.rawValue && rawValue <= Lexeme.public.rawValue
  }
  @inline(__always) var isAssignment: Bool {
    rawValue >= Lexeme.assign.rawValue && rawValue <= Lexeme.nullishAssign.rawValue
  }

  /// The index at which the name table holds this word.
  @inline(__always) var nameIndex: UInt32 { UInt32(rawValue &- Lexeme.identifier.rawValue &- 1) }

  /// How tightly a binary operator binds, 0 for what is none.
  @inline(__always) var precedence: UInt8 {
    switch self {
    case .nullish: 1
    case .or: 2
    case .and: 3
    case .bitOr: 4
    case .bitXor: 5
    case .bitAnd: 6
    case .equal, .notEqual, .strictEqual, .strictNotEqual: 7
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .instanceof: 8
    case .shiftLeft, .shiftRight, .shiftRightUnsigned: 9
    case .add, .subtract: 10
    case .multiply, .divide, .remainder: 11
    case .exponentiate: 12
    default: 0
    }
  }

  /// The operator of a binary or logical expression.
  var binaryDetail: NodeDetail {
    switch self {
    case .in: .in
    case .instanceof: .instanceof
    case .or, .and, .nullish: NodeDetail(rawValue: NodeDetail.or.rawValue &+ rawValue &- Lexeme.or.rawValue) ?? .none
    default: NodeDetail(rawValue: NodeDetail.equal.rawValue &+ rawValue &- Lexeme.equal.rawValue) ?? .none
    }
  }

  /// The operator of an assignment.
  var assignmentDetail: NodeDetail {
    NodeDetail(rawValue: NodeDetail.assign.rawValue &+ rawValue &- Lexeme.assign.rawValue) ?? .none
  }

  /// What readers of tokens are told.
  var tokenKind: TokenKind {
    switch self {
    case .endOfFile, .invalid: .invalid
    case .number, .bigint: .numeric
    case .string: .string
    case .regularExpression: .regularExpression
    case .templateHead, .templateTail: .template
    case .privateName: .privateIdentifier
    case .jsxText: .jsxText
    case .jsxIdentifier: .jsxIdentifier
    default: !isWord ? .punctuator : isReserved ? .keyword : .identifier
    }
  }
}
