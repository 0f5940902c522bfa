import JavaScriptSyntax
import SourceText

/// A pattern as the matcher reads it.
struct CompiledPattern: Sendable {
  /// What a pattern describes as a whole.
  enum Root: Sendable {
    /// One node.
    case node(Int)
    /// One variable of a declaration of that kind; the code may declare others beside it.
    case declarator(Int, NodeDetail)
    /// A run of statements or members.
    case run([Int])
  }

  var nodes: [PatternNode]
  var names: [String]
  var variables: [String]
  var root: Root
  var isExact: Bool
  var tokens: [PatternToken]
  var literals: [String]

  init(_ text: String, isExact: Bool) throws(PatternError) {
    let reading = try PatternReading(text)
    var compiler = PatternCompiler(reading, isExact: isExact)
    let elements = try compiler.elements(reading.roots)
    guard let first = elements.first else {
      throw PatternError("the pattern is empty", at: 0, advice: "write the code to look for, such as `fetch($URL)`")
    }
    self.isExact = isExact
    var root = elements.count == 1 ? Root.node(Self.unwrapped(first, compiler.nodes, text)) : .run(elements)
    if case .node(let element) = root, let declarator = Self.declarator(element, compiler.nodes) {
      root = .declarator(declarator, compiler.nodes[element].detail)
    }
    if case .node(let element) = root, case .many = compiler.nodes[element].form {
      throw PatternError(
        "`\(trimmed(text))` alone matches any code", at: 0,
        advice: "write what stands round it, such as `f(\(trimmed(text)))`")
    }
    if elements.allSatisfy({ if case .many = compiler.nodes[$0].form { true } else { false } }) {
      throw PatternError("the pattern matches any code", at: 0, advice: "name something that has to be there")
    }
    nodes = compiler.nodes
    names = compiler.names
    variables = compiler.variables
    literals = compiler.literals
    tokens = PatternToken.tokens(of: reading, length: text.utf8.count)
    self.root = root
  }

  /// An expression without a semicolon is meant wherever it stands, with one as a statement.
  private static func unwrapped(_ element: Int, _ nodes: [PatternNode], _ text: String) -> Int {
    let node = nodes[element]
    guard node.kind == .expressionStatement, case .node = node.form, let slot = node.slots.first,
      case .node(let inner) = slot.content
    else { return element }
    let bytes = Array(text.utf8)
    let end = Int(node.span.end)
    return end > 0 && end <= bytes.count && bytes[end - 1] == UInt8(ascii: ";") ? element : inner
  }

  private static func declarator(_ element: Int, _ nodes: [PatternNode]) -> Int? {
    guard nodes[element].kind == .variableDeclaration, let slot = nodes[element].slots.first,
      case .list(let list) = slot.content, list.count == 1, list[0] >= 0
    else { return nil }
    return list[0]
  }

  /// The kinds that the first node of a match can have.
  var rootKinds: [NodeKind] {
    switch root {
    case .declarator: return [.variableDeclaration]
    case .run: return []
    case .node(let element):
      let node = nodes[element]
      switch node.form {
      case .anything, .many: return NodeKind.allCases.filter { $0 != .program && $0 != .invalid }
      case .name: return node.kind == .identifier && !isExact ? [.identifier, .memberExpression] : [node.kind]
      case .string, .anyString: return [.literal, .templateLiteral]
      case .number: return [.literal]
      case .text: return [node.kind]
      case .node: return node.kinds + (node.globalName != nil && !isExact ? [.identifier] : [])
      }
    }
  }
}

/// One token of a pattern, for comparing code to the letter.
struct PatternToken: Sendable {
  var bytes: [UInt8]
  /// The offset in the pattern.
  var start: UInt32
  var isBlank: Bool

  static func tokens(of reading: PatternReading, length: Int) -> [PatternToken] {
    reading.tree.tokens.compactMap { token in
      guard Int(token.span.start) >= reading.offset, Int(token.span.end) <= reading.offset + length else { return nil }
      return PatternToken(
        bytes: Array(reading.tree.source[token.span.range]), start: token.span.start - UInt32(reading.offset),
        isBlank: token.kind == .jsxText && trimmed(reading.tree.text(of: token.span)).isEmpty)
    }
  }
}

extension Matcher {
  /// Whether the code of a match is the pattern's own, token by token, where no metavariable stands.
  func isExact(_ span: ByteSpan) -> Bool {
    var comparison = ExactComparison(
      wanted: pattern.tokens, occurrences: occurrences, tree: tree,
      position: tree.tokens.firstIndex(atOrAfter: Int(span.start)), end: span.end)
    return comparison.run()
  }
}

private struct ExactComparison {
  let wanted: [PatternToken]
  let occurrences: [Matcher.Occurrence]
  let tree: SyntaxTree
  /// The next token of the code.
  var position: Int
  let end: UInt32

  mutating func run() -> Bool {
    var index = 0
    while index < wanted.count {
      if wanted[index].isBlank {
        index += 1
        continue
      }
      skipBlanks()
      // An empty `$$$` takes the comma beside it along.
      let isComma = wanted[index].bytes == [UInt8(ascii: ",")]
      if isComma, index + 1 < wanted.count, let next = occurrence(at: wanted[index + 1]), next.code == nil {
        index = after(next, from: index + 1)
        continue
      }
      if let occurrence = occurrence(at: wanted[index]) {
        index = after(occurrence, from: index)
        if occurrence.code == nil, index < wanted.count, wanted[index].bytes == [UInt8(ascii: ",")] { index += 1 }
        guard skip(occurrence) else { return false }
        continue
      }
      guard position < tree.tokens.count,
        tree.source[tree.tokens[position].span.range].elementsEqual(wanted[index].bytes)
      else { return false }
      position += 1
      index += 1
    }
    return isAtEnd()
  }

  private func occurrence(at token: PatternToken) -> Matcher.Occurrence? {
    occurrences.last { $0.pattern.start == token.start }
  }

  private func after(_ occurrence: Matcher.Occurrence, from index: Int) -> Int {
    var index = index
    while index < wanted.count, wanted[index].start < occurrence.pattern.end { index += 1 }
    return index
  }

  /// Passes over what a metavariable stands for, with the parentheses round it.
  private mutating func skip(_ occurrence: Matcher.Occurrence) -> Bool {
    guard let code = occurrence.code else { return true }
    var depth = 0
    while position < tree.tokens.count, tree.tokens[position].span.start < code.start {
      guard isToken(UInt8(ascii: "(")) else { return false }
      depth += 1
      position += 1
    }
    while position < tree.tokens.count, tree.tokens[position].span.start < code.end { position += 1 }
    while depth > 0, position < tree.tokens.count, isToken(UInt8(ascii: ")")) {
      depth -= 1
      position += 1
    }
    return depth == 0
  }

  private func isToken(_ byte: UInt8) -> Bool {
    tree.source[tree.tokens[position].span.range].elementsEqual([byte])
  }

  private mutating func skipBlanks() {
    while position < tree.tokens.count, tree.tokens[position].kind == .jsxText,
      trimmed(tree.text(of: tree.tokens[position].span)).isEmpty
    {
      position += 1
    }
  }

  /// Whether nothing is left of the match but the semicolon that ends a statement.
  private mutating func isAtEnd() -> Bool {
    skipBlanks()
    guard position < tree.tokens.count, tree.tokens[position].span.start < end else { return true }
    return isToken(UInt8(ascii: ";")) && tree.tokens[position].span.end >= end
  }
}
