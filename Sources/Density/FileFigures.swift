import JavaScriptSyntax
import MarkupSyntax
import SourceText

/// Figures of a file that take more than a walk over its bytes.
public struct FileFigures: Sendable {
  /// Tokens of a language model.
  public var tokens = TokenCounts()
  /// How hard its functions are to follow.
  public var complexity = Complexity()
  /// The hashes of its code's tokens.
  var codeTokens: [UInt32] = []
  /// The distinct names in its scripts.
  var names: Set<String> = []
  /// The packages and addresses outside the project that it loads code or styles from.
  public var externalPackages: Set<String> = []
  /// The length of the longest line, in bytes.
  public var longestLine = 0
  /// Lines of more than ``longLineLimit`` bytes.
  public var longLines = 0

  /// The length above which a line counts as long, in bytes.
  public static let longLineLimit = 200

  /// Makes figures of nothing.
  public init() {}

  init(
    _ text: UnsafeBufferPointer<UInt8>, _ stretches: [Stretch], document: Document?, lineStarts: [UInt32],
    vocabulary: TokenVocabulary?
  ) {
    tokens = countTokens(text, stretches, vocabulary: vocabulary)
    codeTokens = CodeTokens(text, stretches).hashes
    for (index, start) in lineStarts.enumerated() {
      let end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : text.count
      longestLine = max(longestLine, end - Int(start))
      if end - Int(start) > Self.longLineLimit { longLines += 1 }
    }
    for stretch in stretches {
      guard let options = stretch.script else { continue }
      let source = Array(text[stretch.range])
      let tree = parse(source, options: ParseOptions(language: options.language, goal: options.goal)).tree
      add(tree)
    }
    if let document { add(document) }
  }

  private mutating func add(_ tree: SyntaxTree) {
    var meter = ComplexityMeter(tree)
    complexity += meter.run()
    for place in tree.nodes.indices {
      let node = NodeID(UInt32(place))
      switch tree.nodes[place].kind {
      case .identifier: names.insert(tree.name(of: node))
      case .importDeclaration, .exportAllDeclaration, .exportNamedDeclaration, .importExpression:
        let source = tree.child(node, .source)
        if source.exists, tree[source].kind == .literal { addPackage(quoted: tree[source].span, in: tree.source) }
      case .callExpression: addRequired(node, tree)
      default: continue
      }
    }
  }

  private mutating func addRequired(_ call: NodeID, _ tree: SyntaxTree) {
    let callee = tree.child(call, .callee)
    guard callee.exists, tree[callee].kind == .identifier, tree.name(of: callee) == "require" else { return }
    guard let argument = tree.list(call, .arguments).first, argument.exists, tree[argument].detail == .string else {
      return
    }
    addPackage(quoted: tree[argument].span, in: tree.source)
  }

  private mutating func addPackage(quoted span: ByteSpan, in source: [UInt8]) {
    guard span.count > 2 else { return }
    addPackage(String(decoding: source[span.range].dropFirst().dropLast(), as: UTF8.self))
  }

  private mutating func add(_ document: Document) {
    for element in document.elements(named: "script") {
      if let source = document.attributeValue(element, "src") { addAddress(source) }
    }
    for element in document.elements(named: "link") where document.words(element, "rel").contains("stylesheet") {
      if let target = document.attributeValue(element, "href") { addAddress(target) }
    }
  }

  private mutating func addAddress(_ address: String) {
    if address.hasPrefix("//") || address.hasPrefix("http://") || address.hasPrefix("https://") { addPackage(address) }
  }

  /// Adds what a module specifier names, unless it is a path within the project.
  private mutating func addPackage(_ specifier: String) {
    guard let first = specifier.first, first != ".", first != "#", !(first == "/" && !specifier.hasPrefix("//")) else {
      return
    }
    if specifier.hasPrefix("//") || specifier.hasPrefix("http://") || specifier.hasPrefix("https://") {
      externalPackages.insert(specifier)
      return
    }
    // Of a bare specifier the package's name, which has two parts when it begins with a scope.
    let parts = specifier.split(separator: "/", maxSplits: 2)
    externalPackages.insert(parts.prefix(first == "@" ? 2 : 1).joined(separator: "/"))
  }
}

/// Figures of a whole project.
public struct ProjectFigures: Sendable {
  /// Tokens of a language model.
  public var tokens = TokenCounts()
  /// How hard its functions are to follow.
  public var complexity = Complexity()
  /// Words, numbers and signs of its code.
  public var codeTokenCount = 0
  /// Those of them that lie in a passage that occurs twice.
  public var duplicatedTokenCount = 0
  /// The mean length of the distinct names in its scripts, in characters; 0 without any.
  public var meanNameLength = 0.0
  /// The packages and addresses outside the project, ordered.
  public var externalPackages: [String] = []
  /// The length of the longest line, in bytes.
  public var longestLine = 0
  /// Lines of more than ``FileFigures/longLineLimit`` bytes.
  public var longLines = 0
  /// Whether tokens were counted with a vocabulary rather than estimated.
  public var tokensAreExact: Bool

  /// The median error of the tokens of a project where they are estimated, as a share.
  public static var tokenErrorMedian: Double { TokenEstimate.medianError }
  /// The largest error that the estimate of a project's tokens was seen to have, as a share.
  public static var tokenErrorLargest: Double { TokenEstimate.largestError }

  /// The share of the code's tokens that is written more than once.
  public var duplicatedShare: Double {
    codeTokenCount == 0 ? 0 : Double(duplicatedTokenCount) / Double(codeTokenCount)
  }

  /// Decision points for every 1,000 tokens of code.
  public var decisionDensity: Double {
    tokens.code == 0 ? 0 : Double(complexity.decisionPoints) * 1_000 / tokens.code
  }

  /// Adds up the figures of files.
  public init(_ files: [FileFigures], tokensAreExact: Bool) {
    self.tokensAreExact = tokensAreExact
    var names: Set<String> = []
    var packages: Set<String> = []
    for file in files {
      tokens += file.tokens
      complexity += file.complexity
      codeTokenCount += file.codeTokens.count
      names.formUnion(file.names)
      packages.formUnion(file.externalPackages)
      longestLine = max(longestLine, file.longestLine)
      longLines += file.longLines
    }
    duplicatedTokenCount = Duplication.duplicatedTokens(in: files.map { $0.codeTokens })
    if !names.isEmpty {
      meanNameLength = Double(names.reduce(0) { $0 + $1.unicodeScalars.count }) / Double(names.count)
    }
    externalPackages = packages.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
