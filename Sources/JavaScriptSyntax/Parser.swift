import SourceText

/// What the surroundings of the code being parsed allow.
struct Context: OptionSet {
  var rawValue: UInt32

  static let strict = Context(rawValue: 1 << 0)
  /// `await` is an operator.
  static let async = Context(rawValue: 1 << 1)
  /// `yield` is an operator.
  static let generator = Context(rawValue: 1 << 2)
  /// `return` is allowed.
  static let function = Context(rawValue: 1 << 3)
  static let newTarget = Context(rawValue: 1 << 4)
  static let superProperty = Context(rawValue: 1 << 5)
  static let superCall = Context(rawValue: 1 << 6)
  /// `in` is no operator, as in the head of a `for`.
  static let noIn = Context(rawValue: 1 << 7)
  /// The parameters of a function that is not an arrow function.
  static let parameters = Context(rawValue: 1 << 8)
  /// `arguments` is forbidden: a field's initializer or a static block.
  static let noArguments = Context(rawValue: 1 << 9)
  /// `await` is forbidden as a name: a static block.
  static let staticBlock = Context(rawValue: 1 << 10)
  static let loop = Context(rawValue: 1 << 11)
  /// A loop or a `switch`.
  static let breakable = Context(rawValue: 1 << 12)
  /// TypeScript: inside `declare` or a declaration file.
  static let ambient = Context(rawValue: 1 << 13)
  /// TypeScript: `extends` does not start a conditional type.
  static let noConditionalType = Context(rawValue: 1 << 14)
  /// TypeScript: an arrow function takes no return type, as in the middle of `a ? (b) : c => d`.
  static let noArrowReturnType = Context(rawValue: 1 << 15)
  /// The decorator of a class: `@a.b` ends before `[`.
  static let decorator = Context(rawValue: 1 << 16)
  /// TypeScript: in a namespace, which imports and exports no modules.
  static let namespace = Context(rawValue: 1 << 17)

  /// What a function body or class keeps of its surroundings.
  static let lasting: Context = [.strict, .ambient]
  /// What an arrow function keeps besides.
  static let arrow: Context = [.newTarget, .superProperty, .superCall, .noArguments]
}

/// Facts about the current token.
struct TokenFacts: OptionSet {
  var rawValue: UInt8

  static let newlineBefore = TokenFacts(rawValue: 1)
  static let hasEscape = TokenFacts(rawValue: 2)
  /// A template piece with an escape that only a tagged template may hold.
  static let invalidEscape = TokenFacts(rawValue: 4)
  /// A legacy octal number or string escape, which strict code forbids.
  static let legacyOctal = TokenFacts(rawValue: 8)
}

/// Places in a cover grammar that are errors if no pattern comes of it.
struct CoverErrors {
  static let none = Int32(-1)
  /// The `=` of `{ a = 1 }`.
  var shorthandAssignment = Self.none
  /// The second `__proto__:` of an object.
  var duplicateProto = Self.none

  @inline(__always) var isEmpty: Bool { shorthandAssignment & duplicateProto == Self.none }
}

/// Why a parse was given up and has to be done anew.
enum Abort {
  /// The node or slot array was too small.
  case capacity
  /// The text nests deeper than this thread's stack is trusted with.
  case depth
  /// A text read as a script turned out to be a module, or the other way round.
  case goal
}

/// A recursive-descent parser over bytes; see ``parse(_:options:)`` for how it is run.
struct Parser {
  let bytes: UnsafePointer<UInt8>
  let count: Int
  let classes: UnsafePointer<UInt8>
  let hasTypes: Bool
  let hasJSX: Bool
  let isDeclarationFile: Bool
  let isModule: Bool
  /// Whether the goal was not given and ``Abort/goal`` may correct it.
  let isGoalOpen: Bool
  let depthLimit: Int
  /// Whether `depthLimit` is less than what the caller asked for.
  let isDepthProvisional: Bool

  // The lexer's place and the current token
  var position = 0
  var token = Lexeme.endOfFile
  var facts: TokenFacts = []
  var tokenStart = 0
  var tokenEnd = 0
  var tokenName: UInt32 = 0
  /// The end of the token before the current one.
  var previousEnd = 0
  /// How many `{` and `${` are open before the current token's end.
  var braceDepth = 0
  /// How many `(` and `[` are open.
  var bracketDepth = 0

  // The tree
  let nodes: UnsafeMutablePointer<Node>
  let nodeCapacity: Int
  var nodeCount = 0
  let slots: UnsafeMutablePointer<UInt32>
  let slotCapacity: Int
  var slotCount = 1
  let tokens: UnsafeMutablePointer<TokenStorage.Packed>
  let tokenCapacity: Int
  var tokenCount = 0
  var longTokens: [Int: UInt32] = [:]
  var comments: [Comment] = []
  var names: NameTable
  /// Nodes on their way into a list.
  var pending = NodeStack()
  var operators = OperatorStack()

  // Grammar state
  var context: Context = []
  var depth = 0
  var cover = CoverErrors()
  /// Where an arrow function may start.
  var arrowStart = -1
  /// The last `yield`, `await` and `await` as a name in this function; -1 for none.
  var yieldPosition = -1
  var awaitPosition = -1
  var awaitNamePosition = -1
  /// Where the parameters being parsed repeat a name; -1 for nowhere.
  var repeatedParameter = -1
  /// Where the first decorator of the parameters that are being read stands; -1 for nowhere.
  var decoratedParameter = -1
  var scopes = ScopeStack()
  var labels: [Label] = []
  var labelBase = 0
  /// How many scopes are open in the clauses of the innermost `switch`.
  var caseScope = -1
  var privateNames = PrivateNames()
  var exports = ExportTable()
  /// TypeScript: the places at which an arrow function was tried in vain.
  var failedArrows: Set<Int> = []
  /// The places of `<` that turned out to compare.
  var failedTypeArguments: Set<Int> = []
  /// Whether a `!` followed the target that was parsed last.
  var sawDefinite = false
  /// TypeScript: whether the parameters to come, or being parsed, are those of a constructor.
  var constructorFollows = false
  var allowsParameterProperties = false
  var speculation = 0

  // Errors
  var diagnostics: [Diagnostic] = []
  /// An error was met and the parser is on its way out to the nearest list of statements.
  var isFailing = false
  /// Where to go on after the error.
  var failurePoint = LexerState()
  var abort: Abort?
  var sawNestingLimit = false
  var sawModuleSyntax = false

  struct Label {
    var name: UInt32
    var isLoop: Bool
    /// Where the label begins.
    var start: Int
    /// Where the statement that it labels begins.
    var bodyStart: Int
  }

  /// What the lexer needs to go on from a place.
  struct LexerState {
    var position = 0
    var token = Lexeme.endOfFile
    var facts: TokenFacts = []
    var tokenStart = 0
    var tokenEnd = 0
    var tokenName: UInt32 = 0
    var previousEnd = 0
    var braceDepth = 0
    var bracketDepth = 0
    var tokenCount = 0
    var commentCount = 0
  }

  var lexerState: LexerState {
    LexerState(
      position: position, token: token, facts: facts, tokenStart: tokenStart, tokenEnd: tokenEnd, tokenName: tokenName,
      previousEnd: previousEnd, braceDepth: braceDepth, bracketDepth: bracketDepth, tokenCount: tokenCount,
      commentCount: comments.count)
  }

  mutating func restore(_ state: LexerState) {
    position = state.position
    token = state.token
    facts = state.facts
    tokenStart = state.tokenStart
    tokenEnd = state.tokenEnd
    tokenName = state.tokenName
    previousEnd = state.previousEnd
    braceDepth = state.braceDepth
    bracketDepth = state.bracketDepth
    tokenCount = state.tokenCount
    if comments.count > state.commentCount { comments.removeSubrange(state.commentCount...) }
  }

  // MARK: Tokens

  @inline(__always) var newlineBefore: Bool { facts.contains(.newlineBefore) }

  /// Records the current token and reads the next.
  @inline(__always)
  mutating func next() {
    guard token != .endOfFile else { return }
    record(token)
    previousEnd = tokenEnd
    lex()
  }

  /// Records the current token as a plain name, whatever word it is, and reads the next.
  mutating func nextAfterName() {
    guard token != .endOfFile else { return }
    record(.identifier)
    previousEnd = tokenEnd
    lex()
  }

  /// Writes the current token to the list of tokens.
  @inline(__always)
  mutating func record(_ lexeme: Lexeme) {
    guard tokenCount < tokenCapacity else { return giveUp(.capacity) }
    var length = UInt32(truncatingIfNeeded: tokenEnd &- tokenStart)
    if length >= TokenStorage.longLength {
      longTokens[tokenCount] = length
      length = TokenStorage.longLength
    }
    (tokens + tokenCount).initialize(
      to: TokenStorage.Packed(
        start: UInt32(truncatingIfNeeded: tokenStart), kindAndLength: length &<< 8 | UInt32(lexeme.rawValue)))
    tokenCount &+= 1
  }

  /// Moves on if the current token is `lexeme`.
  @inline(__always)
  mutating func take(_ lexeme: Lexeme) -> Bool {
    guard token == lexeme else { return false }
    next()
    return true
  }

  /// Whether the current token is a contextual keyword that is written without escapes.
  @inline(__always)
  func at(word lexeme: Lexeme) -> Bool { token == lexeme }

  /// Moves on past `lexeme`, or fails with "expected `what`".
  @inline(__always)
  mutating func expect(_ lexeme: Lexeme, _ what: StaticString) {
    if token == lexeme { next() } else { failExpected(what) }
  }

  /// The token after the current one, which stays current.
  mutating func peek() -> (lexeme: Lexeme, newlineBefore: Bool, start: Int, end: Int) {
    let state = lexerState
    record(token)
    lex()
    let result = (token, newlineBefore, tokenStart, tokenEnd)
    restore(state)
    return result
  }

  // MARK: Nodes

  /// Adds a node without slots.
  @inline(__always)
  mutating func leaf(
    _ kind: NodeKind, start: Int, end: Int, detail: NodeDetail = .none, flags: NodeFlags = [], payload: UInt32 = 0
  ) -> UInt32 {
    let index = nodeCount
    (nodes + index).initialize(
      to: Node(
        kind: kind, detail: detail, flags: flags, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end), payload: payload))
    if index &+ 1 < nodeCapacity { nodeCount = index &+ 1 } else { giveUp(.capacity) }
    return UInt32(truncatingIfNeeded: index)
  }

  /// Makes room for slots; the slots begin at `slotCount` afterwards.
  @inline(__always)
  mutating func reserveSlots(_ needed: Int) {
    if slotCount &+ needed >= slotCapacity {
      slotCount = 1
      giveUp(.capacity)
    }
  }

  @inline(__always)
  mutating func make(
    _ kind: NodeKind, _ start: Int, _ a: UInt32, detail: NodeDetail = .none, flags: NodeFlags = []
  ) -> UInt32 {
    reserveSlots(8)
    let first = slotCount
    slots[first] = a
    slotCount = first &+ 1
    return leaf(
      kind, start: start, end: previousEnd, detail: detail, flags: flags, payload: UInt32(truncatingIfNeeded: first))
  }

  @inline(__always)
  mutating func make(
    _ kind: NodeKind, _ start: Int, _ a: UInt32, _ b: UInt32, detail: NodeDetail = .none, flags: NodeFlags = []
  ) -> UInt32 {
    reserveSlots(8)
    let first = slotCount
    slots[first] = a
    slots[first &+ 1] = b
    slotCount = first &+ 2
    return leaf(
      kind, start: start, end: previousEnd, detail: detail, flags: flags, payload: UInt32(truncatingIfNeeded: first))
  }

  @inline(__always)
  mutating func make(
    _ kind: NodeKind, _ start: Int, _ a: UInt32, _ b: UInt32, _ c: UInt32, detail: NodeDetail = .none,
    flags: NodeFlags = []
  ) -> UInt32 {
    reserveSlots(8)
    let first = slotCount
    slots[first] = a
    slots[first &+ 1] = b
    slots[first &+ 2] = c
    slotCount = first &+ 3
    return leaf(
      kind, start: start, end: previousEnd, detail: detail, flags: flags, payload: UInt32(truncatingIfNeeded: first))
  }

  mutating func make(
    _ kind: NodeKind, _ start: Int, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, detail: NodeDetail = .none,
    flags: NodeFlags = []
  ) -> UInt32 {
    let node = make(kind, start, a, b, c, detail: detail, flags: flags)
    slots[slotCount] = d
    slotCount &+= 1
    return node
  }

  mutating func make(
    _ kind: NodeKind, _ start: Int, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ e: UInt32,
    detail: NodeDetail = .none, flags: NodeFlags = []
  ) -> UInt32 {
    let node = make(kind, start, a, b, c, detail: detail, flags: flags)
    slots[slotCount] = d
    slots[slotCount &+ 1] = e
    slotCount &+= 2
    return node
  }

  /// Moves what was put on ``pending`` since `base` into a list; returns the list's place among the slots.
  @inline(__always)
  mutating func list(since base: Int) -> UInt32 {
    let length = pending.count &- base
    if length == 0 { return 0 }
    reserveSlots(length &+ 8)
    if abort != nil {
      pending.count = base
      return 0
    }
    let first = slotCount
    slots[first] = UInt32(truncatingIfNeeded: length)
    (slots + (first &+ 1)).update(from: pending.storage + base, count: length)
    slotCount = first &+ 1 &+ length
    pending.count = base
    return UInt32(truncatingIfNeeded: first)
  }

  /// A list of one node.
  mutating func list(of node: UInt32) -> UInt32 {
    pending.append(node)
    return list(since: pending.count &- 1)
  }

  @inline(__always)
  func kind(_ node: UInt32) -> NodeKind { nodes[Int(node)].kind }

  /// A slot of a node.
  @inline(__always)
  func slot(_ node: UInt32, _ offset: Int) -> UInt32 { slots[Int(nodes[Int(node)].payload) &+ offset] }

  @inline(__always)
  func isParenthesized(_ node: UInt32) -> Bool { nodes[Int(node)].flags.contains(.parenthesized) }

  /// A node of no width for what should be here.
  mutating func missing() -> UInt32 { leaf(.invalid, start: previousEnd, end: previousEnd) }

  /// A position as the tree stores it.
  @inline(__always)
  func span(_ start: Int, _ end: Int) -> ByteSpan { ByteSpan(start, end) }
}

/// A stack of node indices that grows as needed.
struct NodeStack {
  private(set) var storage = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
  private var capacity = 256
  var count = 0

  @inline(__always)
  mutating func append(_ node: UInt32) {
    if count == capacity { grow() }
    storage[count] = node
    count &+= 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
    larger.update(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }

  /// Frees the memory; the stack must not be used afterwards.
  func deallocate() { storage.deallocate() }
}

/// The operands and operators of binary expressions that are still open.
struct OperatorStack {
  struct Entry {
    var left: UInt32
    var start: UInt32
    var lexeme: Lexeme
    var precedence: UInt8
  }

  private(set) var storage = UnsafeMutablePointer<Entry>.allocate(capacity: 64)
  private var capacity = 64
  var count = 0

  @inline(__always)
  mutating func append(_ entry: Entry) {
    if count == capacity { grow() }
    (storage + count).initialize(to: entry)
    count &+= 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.update(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }

  /// Frees the memory; the stack must not be used afterwards.
  func deallocate() { storage.deallocate() }
}
