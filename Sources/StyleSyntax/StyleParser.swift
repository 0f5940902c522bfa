public import SourceText

/// How many rules may stand in one another; the contents of deeper ones are skipped with a diagnostic.
let nestingLimit = 256

/// Parses a style sheet; any bytes give a sheet.
///
/// - Parameters:
///   - bytes: The text. Spans are offsets of it.
///   - range: The part that is the sheet, as for a `style` element inside a page; `nil` for all of it.
/// - Complexity: O(*n*) in the number of bytes.
public func parseStyleSheet(_ bytes: [UInt8], in range: Range<Int>? = nil) -> Parsed<StyleSheet> {
  StyleParser.parse(bytes, range, .styleSheet)
}

/// Parses the contents of a block or of a style attribute: declarations, and rules nested among them.
///
/// - Parameters:
///   - bytes: The text. Spans are offsets of it.
///   - range: The part to read; `nil` for all of it.
/// - Complexity: O(*n*) in the number of bytes.
public func parseDeclarationList(_ bytes: [UInt8], in range: Range<Int>? = nil) -> Parsed<StyleSheet> {
  StyleParser.parse(bytes, range, .blockContents)
}

/// Cuts a text into tokens without looking for rules, as for the value of an attribute or a string.
///
/// - Parameters:
///   - bytes: The text. Spans are offsets of it.
///   - range: The part to read; `nil` for all of it.
///   - allowsUnicodeRanges: Whether `U+4??` is a token of its own, as in the `unicode-range` descriptor.
/// - Complexity: O(*n*) in the number of bytes.
public func parseComponentValues(
  _ bytes: [UInt8], in range: Range<Int>? = nil, allowsUnicodeRanges: Bool = false
) -> Parsed<StyleSheet> {
  StyleParser.parse(bytes, range, allowsUnicodeRanges ? .unicodeRanges : .componentValues)
}

/// Parses one declaration, such as `@supports` holds in parentheses; `nil` if the text is none.
public func parseDeclaration(_ bytes: [UInt8]) -> StyleSheet? {
  StyleParser.parseDeclaration(bytes)
}

/// Makes rules and declarations of tokens.
///
/// It keeps its own stack of open blocks, and since the tokenizer has paired the brackets each token is looked at twice
/// at most. Source: CSS Syntax Module Level 3, section 5.
struct StyleParser {
  enum Grammar {
    case styleSheet
    case ruleList
    case blockContents
    /// Tokens alone.
    case componentValues
    /// Tokens alone, unicode ranges among them.
    case unicodeRanges
  }

  private struct Frame {
    var node: Int
    var end: Int
  }

  private let source: UnsafeBufferPointer<UInt8>
  private let tokens: UnsafeBufferPointer<StyleToken>
  private let grammar: Grammar
  private var endsAtSemicolon = true
  private var frames: [Frame] = []
  private var index = 0
  private var limit: Int
  private var nodes: [StyleNode] = []
  private var problems: [Diagnostic] = []

  static func parse(_ bytes: [UInt8], _ range: Range<Int>?, _ grammar: Grammar) -> Parsed<StyleSheet> {
    let range = (range ?? 0..<bytes.count).clamped(to: 0..<min(bytes.count, Int(UInt32.max) - 1))
    let lexed = bytes.withUnsafeBufferPointer { buffer in
      var tokenizer = StyleTokenizer(buffer, range, allowsUnicodeRanges: grammar == .unicodeRanges)
      tokenizer.run()
      return tokenizer.result
    }
    var (nodes, problems) = bytes.withUnsafeBufferPointer { source in
      lexed.tokens.withUnsafeBufferPointer { tokens in
        var parser = StyleParser(source, tokens, grammar)
        if grammar != .componentValues, grammar != .unicodeRanges { parser.run() }
        return (parser.nodes, parser.problems)
      }
    }
    problems = (lexed.problems + problems).enumerated().sorted {
      ($0.element.span, $0.offset) < ($1.element.span, $1.offset)
    }.map(\.element)
    let sheet = StyleSheet(
      source: bytes, span: ByteSpan(range.lowerBound, range.upperBound), tokens: lexed.tokens,
      comments: lexed.comments, nodes: nodes)
    return Parsed(tree: sheet, diagnostics: problems)
  }

  /// Parses one declaration, in which a semicolon has no meaning of its own.
  static func parseDeclaration(_ bytes: [UInt8]) -> StyleSheet? {
    let sheet = parse(bytes, nil, .componentValues).tree
    let nodes = bytes.withUnsafeBufferPointer { source in
      sheet.tokens.withUnsafeBufferPointer { tokens in
        var parser = StyleParser(source, tokens, .blockContents)
        parser.endsAtSemicolon = false
        while parser.index < parser.limit, tokens[parser.index].kind == .whitespace { parser.index += 1 }
        guard parser.index < parser.limit, tokens[parser.index].kind == .ident else { return [StyleNode]() }
        return parser.consumeDeclaration() ? parser.nodes : []
      }
    }
    guard !nodes.isEmpty else { return nil }
    return StyleSheet(source: bytes, span: sheet.span, tokens: sheet.tokens, comments: sheet.comments, nodes: nodes)
  }

  private init(
    _ source: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeBufferPointer<StyleToken>, _ grammar: Grammar
  ) {
    self.source = source
    self.tokens = tokens
    self.grammar = grammar
    limit = tokens.count
    nodes.reserveCapacity(tokens.count / 6 + 4)
  }

  private mutating func report(_ range: Range<Int>, _ message: String) {
    guard problems.count < problemLimit, !range.isEmpty else { return }
    let last = min(range.upperBound, tokens.count) - 1
    let span = ByteSpan(start: tokens[range.lowerBound].start, end: tokens[last].end)
    problems.append(Diagnostic(.error, at: span, message))
  }

  private mutating func run() {
    while true {
      while index >= limit {
        guard let frame = frames.popLast() else { return }
        nodes[frame.node].end = UInt32(truncatingIfNeeded: nodes.count)
        index = min(frame.end + 1, tokens.count)
        limit = frames.last?.end ?? tokens.count
      }
      consumeItem()
    }
  }

  private mutating func consumeItem() {
    let isNested = !frames.isEmpty || grammar == .blockContents
    switch tokens[index].kind {
    case .whitespace: index += 1
    case .semicolon where isNested: index += 1
    case .cdo where !isNested && grammar == .styleSheet, .cdc where !isNested && grammar == .styleSheet: index += 1
    case .atKeyword: consumeAtRule()
    case .ident where isNested:
      if !consumeDeclaration() { consumeQualifiedRule(isNested: true) }
    default: consumeQualifiedRule(isNested: isNested)
    }
  }

  /// The index after the component value at `place`.
  @inline(__always)
  private func skip(_ place: Int) -> Int {
    tokens[place].isOpening ? min(Int(tokens[place].partner) + 1, tokens.count) : place + 1
  }

  private func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
    var start = start
    var end = end
    while start < end, tokens[start].kind == .whitespace { start += 1 }
    while end > start, tokens[end - 1].kind == .whitespace { end -= 1 }
    return start..<end
  }

  /// Adds a node that holds nothing yet; its index.
  private mutating func append(
    _ kind: StyleNode.Kind, _ flags: StyleNode.Flags, first: Int, value: Range<Int>, end: Int
  ) -> Int {
    let place = nodes.count
    nodes.append(
      StyleNode(
        kind: kind, flags: flags, depth: UInt16(truncatingIfNeeded: frames.count),
        parent: frames.last.map { UInt32(truncatingIfNeeded: $0.node) } ?? StyleNode.none,
        end: UInt32(truncatingIfNeeded: place + 1), firstToken: UInt32(truncatingIfNeeded: first),
        valueStart: UInt32(truncatingIfNeeded: value.lowerBound),
        valueEnd: UInt32(truncatingIfNeeded: value.upperBound), endToken: UInt32(truncatingIfNeeded: end)))
    return place
  }

  /// Goes into the block that opens at `brace` and belongs to `node`.
  private mutating func enter(_ node: Int, at brace: Int) {
    let end = min(Int(tokens[brace].partner), tokens.count)
    nodes[node].endToken = UInt32(truncatingIfNeeded: min(end + 1, tokens.count))
    guard frames.count < nestingLimit else {
      nodes[node].flags.insert(.isTooDeep)
      report(brace..<brace + 1, "rules nest more than \(nestingLimit) deep; what is inside was not read")
      index = min(end + 1, tokens.count)
      return
    }
    frames.append(Frame(node: node, end: end))
    index = brace + 1
    limit = end
  }

  private mutating func consumeAtRule() {
    let first = index
    var place = index + 1
    while place < limit {
      let kind = tokens[place].kind
      if kind == .semicolon || kind == .leftBrace { break }
      place = skip(place)
    }
    let prelude = trimmed(first + 1, min(place, limit))
    guard place < limit else {
      _ = append(.atRule, [], first: first, value: prelude, end: max(prelude.upperBound, first + 1))
      index = limit
      return
    }
    if tokens[place].kind == .semicolon {
      _ = append(.atRule, [], first: first, value: prelude, end: place + 1)
      index = place + 1
    } else {
      let node = append(.atRule, .hasBlock, first: first, value: prelude, end: place + 1)
      enter(node, at: place)
    }
  }

  private mutating func consumeQualifiedRule(isNested: Bool) {
    let first = index
    var place = index
    while place < limit {
      let kind = tokens[place].kind
      if kind == .leftBrace || kind == .semicolon && isNested { break }
      place = skip(place)
    }
    guard place < limit, tokens[place].kind == .leftBrace else {
      let isMissingColon = isNested && tokens[first].kind == .ident
      report(
        trimmed(first, min(place, limit)),
        isMissingColon ? "a property needs a colon and a value" : "a rule needs a block in braces")
      index = min(place + 1, limit)
      return
    }
    let prelude = trimmed(first, place)
    if isCustomPropertyLike(prelude) {
      report(prelude, "a rule cannot begin like a custom property")
      index = min(skip(place), limit)
      return
    }
    enter(append(.qualifiedRule, .hasBlock, first: first, value: prelude, end: place + 1), at: place)
  }

  private func isCustomPropertyLike(_ prelude: Range<Int>) -> Bool {
    guard !prelude.isEmpty, tokens[prelude.lowerBound].kind == .ident,
      tokens[prelude.lowerBound].flags.contains(.isCustomName)
    else { return false }
    var place = prelude.lowerBound + 1
    while place < prelude.upperBound, tokens[place].kind == .whitespace { place += 1 }
    return place < prelude.upperBound && tokens[place].kind == .colon
  }

  /// Consumes a declaration; `false`, and nothing consumed, if it is none.
  private mutating func consumeDeclaration() -> Bool {
    let first = index
    var place = first + 1
    while place < limit, tokens[place].kind == .whitespace { place += 1 }
    guard place < limit, tokens[place].kind == .colon else { return false }
    place += 1
    let start = place
    let isCustom = tokens[first].flags.contains(.isCustomName)
    var flags: StyleNode.Flags = isCustom ? .isCustomProperty : []
    var mustEnd = false
    while place < limit {
      let token = tokens[place]
      if token.kind == .semicolon, endsAtSemicolon { break }
      if token.kind == .leftBrace, !isCustom {
        // A block among other values makes this a rule; seeing that at once keeps the scan linear.
        guard !mustEnd, trimmed(start, place).isEmpty else { return false }
        mustEnd = true
      } else if mustEnd, token.kind != .whitespace, !isOfImportance(token) {
        return false
      }
      if token.kind == .badString || token.kind == .badURL || token.isClosing { flags.insert(.isBroken) }
      place = skip(place)
    }
    place = min(place, limit)
    var value = trimmed(start, place)
    let end = max(value.upperBound, start)
    if let important = importance(value) {
      flags.insert(.isImportant)
      value = trimmed(value.lowerBound, important)
    }
    if value.isEmpty { value = start..<start }
    _ = append(.declaration, flags, first: first, value: value, end: end)
    index = place
    return true
  }

  private func isOfImportance(_ token: StyleToken) -> Bool {
    token.kind == .delim && source[Int(token.start)] == 0x21 || token.kind == .ident && isImportant(token)
  }

  /// Where `!important` starts at the end of a value.
  private func importance(_ value: Range<Int>) -> Int? {
    guard value.count >= 2 else { return nil }
    let last = tokens[value.upperBound - 1]
    guard last.kind == .ident, isImportant(last) else { return nil }
    var place = value.upperBound - 2
    while place > value.lowerBound, tokens[place].kind == .whitespace { place -= 1 }
    return tokens[place].kind == .delim && source[Int(tokens[place].start)] == 0x21 ? place : nil
  }

  private func isImportant(_ token: StyleToken) -> Bool {
    let range = Int(token.start)..<Int(token.end)
    if token.flags.contains(.hasEscape) {
      return equalIgnoringCase(unescaped(source, range, isString: false), "important")
    }
    return range.count == 9
      && source[range.lowerBound..<range.upperBound].elementsEqual("important".utf8) { lowercased($0) == $1 }
  }
}
