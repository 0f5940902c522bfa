public import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Parses a text; any bytes give a tree.
///
/// Text that nests deeply is parsed on a thread with a stack of its own, so that this may be called from any thread.
///
/// - Complexity: O(*n*) in the number of bytes.
public func parse(_ source: [UInt8], options: ParseOptions = ParseOptions()) -> Parsed<SyntaxTree> {
  var run = ParseRun(source: source, options: options)
  return run.parse()
}

/// The settings of one attempt at a text, and what is tried next when it was given up.
private struct ParseRun {
  /// The levels that any thread's stack is trusted with, 512 KB at least.
  #if DEBUG
    static let depthOnAnyThread = 16
  #else
    static let depthOnAnyThread = 64
  #endif
  /// The stack that one level may take; without optimisation up to 19 KB were measured.
  static let stackPerLevel = 32 * 1024

  let source: [UInt8]
  let options: ParseOptions
  var isModule: Bool
  var isGoalOpen: Bool
  var depthLimit: Int
  var scale = 1

  init(source: [UInt8], options: ParseOptions) {
    self.source = source
    self.options = options
    isGoalOpen = options.goal == .unambiguous
    isModule = options.goal == .module || (isGoalOpen && endsLikeModule(source))
    depthLimit = min(options.maximumNestingDepth, Self.depthOnAnyThread)
  }

  mutating func parse() -> Parsed<SyntaxTree> {
    var wasModule = isModule
    while true {
      var outcome: (Parsed<SyntaxTree>?, Abort?) = (nil, nil)
      if depthLimit <= Self.depthOnAnyThread {
        outcome = attempt()
      } else {
        let run = self
        onLargeStack(bytes: 256 * 1024 + depthLimit * Self.stackPerLevel) { outcome = run.attempt() }
      }
      switch outcome.1 {
      case .capacity: scale *= 4
      case .depth: depthLimit = min(max(options.maximumNestingDepth, 1), 20_000)
      case .goal:
        // A guess is corrected once.
        if wasModule != isModule { isGoalOpen = false }
        wasModule = isModule
        isModule.toggle()
        if isModule { isGoalOpen = false }
      case nil:
        if let parsed = outcome.0 { return parsed }
        scale *= 4
      }
    }
  }

  private func attempt() -> (Parsed<SyntaxTree>?, Abort?) {
    var result: SyntaxTree?
    var diagnostics: [Diagnostic] = []
    var abort: Abort?
    let count = source.count
    var slots: [UInt32] = []
    var tokens: [TokenStorage.Packed] = []
    var rest = ParsedRest()
    let nodes = [Node](unsafeUninitializedCapacity: (count / 2) * scale + 64) { nodeBuffer, nodeCount in
      slots = [UInt32](unsafeUninitializedCapacity: count * scale + 64) { slotBuffer, slotCount in
        tokens = [TokenStorage.Packed](unsafeUninitializedCapacity: count + 16) { tokenBuffer, tokenCount in
          source.withUnsafeBufferPointer { bytes in
            rest = run(bytes, nodeBuffer, slotBuffer, tokenBuffer)
          }
          tokenCount = rest.tokenCount
        }
        slotCount = rest.slotCount
      }
      nodeCount = rest.nodeCount
    }
    abort = rest.abort
    diagnostics = rest.diagnostics
    if abort == nil {
      diagnostics.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
      result = SyntaxTree(
        source: source, goal: isModule ? .module : .script, language: options.language, nodes: nodes, slots: slots,
        names: rest.names, decodedNames: rest.decodedNames, comments: rest.comments,
        tokens: TokenStorage(packed: tokens, longLengths: rest.longTokens))
    }
    return (result.map { Parsed(tree: $0, diagnostics: diagnostics) }, abort)
  }

  /// What a parser made besides the three large arrays.
  private struct ParsedRest {
    var nodeCount = 0
    var slotCount = 0
    var tokenCount = 0
    var longTokens: [Int: UInt32] = [:]
    var names: [NameSpan] = []
    var decodedNames: [UInt8] = []
    var comments: [Comment] = []
    var diagnostics: [Diagnostic] = []
    var abort: Abort?
  }

  private func run(
    _ bytes: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeMutableBufferPointer<Node>,
    _ slots: UnsafeMutableBufferPointer<UInt32>, _ tokens: UnsafeMutableBufferPointer<TokenStorage.Packed>
  ) -> ParsedRest {
    guard let nodeBase = nodes.baseAddress, let slotBase = slots.baseAddress, let tokenBase = tokens.baseAddress else {
      return ParsedRest()
    }
    let empty: [UInt8] = [0]
    return empty.withUnsafeBufferPointer { spare in
      guard let base = bytes.baseAddress ?? spare.baseAddress else { return ParsedRest() }
      slotBase[0] = 0
      let language = options.language
      var parser = Parser(
        bytes: base, count: bytes.count, classes: ByteClass.table, hasTypes: language.hasTypes, hasJSX: language.hasJSX,
        isDeclarationFile: language == .typeScriptDeclarations, isModule: isModule, isGoalOpen: isGoalOpen,
        depthLimit: depthLimit, isDepthProvisional: depthLimit < options.maximumNestingDepth, nodes: nodeBase,
        nodeCapacity: nodes.count, slots: slotBase, slotCapacity: slots.count, tokens: tokenBase,
        tokenCapacity: tokens.count, names: NameTable(source: base, count: bytes.count))
      _ = parser.parseProgram(isStrict: options.isStrict)
      defer {
        parser.names.deallocate()
        parser.pending.deallocate()
        parser.operators.deallocate()
      }
      if isGoalOpen, isModule, !parser.sawModuleSyntax, parser.abort == nil { parser.abort = .goal }
      if !parser.diagnostics.isEmpty, parser.abort == nil { parser.settleSpans() }
      return ParsedRest(
        nodeCount: parser.nodeCount, slotCount: parser.slotCount, tokenCount: parser.tokenCount,
        longTokens: parser.longTokens, names: parser.names.spans, decodedNames: parser.names.decoded,
        comments: parser.comments, diagnostics: parser.diagnostics, abort: parser.abort)
    }
  }
}

/// Whether a line near the end of a text begins with `export`, or the first with `import`: a guess at its goal.
private func endsLikeModule(_ source: [UInt8]) -> Bool {
  let word: [UInt8] = Array("export ".utf8)
  var index = max(0, source.count - 4096)
  while index + word.count < source.count {
    if index == 0 || source[index - 1] == 0x0A, source[index...].starts(with: word) { return true }
    index += 1
  }
  return source.starts(with: "import ".utf8)
}

/// Runs `body` on a thread with a stack of a certain size and waits for it.
private func onLargeStack(bytes: Int, _ body: () -> Void) {
  withoutActuallyEscaping(body) { body in
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, (bytes + 65_535) / 65_536 * 65_536)
    let box = Unmanaged.passRetained(ThreadBody(body))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, &attributes, runThreadBody, box.toOpaque())
    pthread_attr_destroy(&attributes)
    guard status == 0 else { return box.release() }
    #if canImport(Darwin)
      if let thread { pthread_join(thread, nil) }
    #else
      pthread_join(thread, nil)
    #endif
  }
}

private final class ThreadBody {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}

#if canImport(Darwin)
  private func runThreadBody(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().body()
    return nil
  }
#else
  private func runThreadBody(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let pointer { Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().body() }
    return nil
  }
#endif
