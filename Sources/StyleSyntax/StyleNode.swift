public import SourceText

/// A rule or a declaration of a sheet.
///
/// Nodes lie in one array in the order of the text, each before what it holds, so that all that a node holds are the
/// nodes from the next one up to ``end``.
public struct StyleNode: Hashable, Sendable {
  /// What kinds of node there are.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A prelude (a selector, mostly) and a block.
    case qualifiedRule
    /// `@name`, a prelude, and a block or a semicolon.
    case atRule
    /// `name: value`.
    case declaration
  }

  /// What else is known of a node.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The declaration ends in `!important`.
    public static let isImportant = Flags(rawValue: 1)
    /// The at-rule has a block rather than a semicolon.
    public static let hasBlock = Flags(rawValue: 2)
    /// The declaration's name begins with two hyphens.
    public static let isCustomProperty = Flags(rawValue: 4)
    /// The value holds a cut-off string, a bad url or a bracket that closes nothing, so that browsers drop it.
    public static let isBroken = Flags(rawValue: 8)
    /// The block nests too deeply and was not looked into.
    public static let isTooDeep = Flags(rawValue: 16)
  }

  /// Its kind.
  public var kind: Kind
  /// What else is known.
  public var flags: Flags
  /// How many rules it is in.
  public var depth: UInt16
  /// The index of the node that holds it; ``none`` at the top.
  public var parent: UInt32
  /// The index just past the last node inside it.
  public var end: UInt32
  /// Its first token: the at-keyword, the property's name, or the first of a qualified rule's prelude.
  public var firstToken: UInt32
  /// The first token of the prelude or value.
  public var valueStart: UInt32
  /// The token just past the prelude or value, white space and `!important` left out.
  public var valueEnd: UInt32
  /// The token just past the node: its closing brace or semicolon is inside, a declaration's semicolon is not.
  public var endToken: UInt32

  /// Stands for no node.
  public static let none = UInt32.max

  /// Whether the declaration ends in `!important`.
  public var isImportant: Bool { flags.contains(.isImportant) }

  /// The tokens of the prelude or value.
  public var valueTokens: Range<Int> { Int(valueStart)..<Int(max(valueStart, valueEnd)) }
}

/// A style sheet, or the contents of a style attribute: tokens, comments and the rules made of them.
public struct StyleSheet: Sendable {
  /// The text that all spans are offsets of.
  public let source: [UInt8]
  /// The part of the text that was read.
  public let span: ByteSpan
  /// Every token in order.
  public let tokens: [StyleToken]
  /// Every comment in order.
  public let comments: [ByteSpan]
  /// Every rule and declaration, each before what it holds.
  public let nodes: [StyleNode]

  /// A sheet without rules.
  public static let empty = StyleSheet(source: [], span: ByteSpan(0, 0), tokens: [], comments: [], nodes: [])
}

/// The nodes directly in one node, in order.
public struct StyleChildren: Sequence, IteratorProtocol, Sendable {
  private let nodes: [StyleNode]
  private var index: Int
  private let end: Int

  init(_ nodes: [StyleNode], _ range: Range<Int>) {
    self.nodes = nodes
    index = range.lowerBound
    end = range.upperBound
  }

  /// The index of the next node.
  public mutating func next() -> Int? {
    guard index < end else { return nil }
    defer { index = Int(nodes[index].end) }
    return index
  }
}

extension StyleSheet {
  /// The rules and declarations at the top.
  public var topLevel: StyleChildren { StyleChildren(nodes, 0..<nodes.count) }

  /// The rules and declarations directly inside the node with this index.
  public func children(of node: Int) -> StyleChildren { StyleChildren(nodes, node + 1..<Int(nodes[node].end)) }

  /// The bytes of a node: a rule to its closing brace or semicolon, a declaration to the end of its value.
  public func span(of node: Int) -> ByteSpan {
    span(ofTokens: Int(nodes[node].firstToken)..<Int(nodes[node].endToken))
  }

  /// The bytes of an at-rule's keyword or a property's name; an empty span for a qualified rule.
  public func nameSpan(of node: Int) -> ByteSpan {
    let first = tokens[Int(nodes[node].firstToken)]
    return nodes[node].kind == .qualifiedRule ? ByteSpan(start: first.start, end: first.start) : first.span
  }

  /// The bytes of a rule's prelude or a declaration's value, without white space around and without `!important`.
  public func valueSpan(of node: Int) -> ByteSpan {
    let range = nodes[node].valueTokens
    return range.isEmpty && nodes[node].kind == .qualifiedRule ? nameSpan(of: node) : span(ofTokens: range)
  }

  /// The bytes of a rule's block with its braces; `nil` without one.
  public func blockSpan(of node: Int) -> ByteSpan? {
    guard let opening = blockStart(of: node) else { return nil }
    return span(ofTokens: opening..<Int(nodes[node].endToken))
  }

  /// The index of the brace that opens a rule's block.
  func blockStart(of node: Int) -> Int? {
    guard nodes[node].kind != .declaration, nodes[node].flags.contains(.hasBlock) else { return nil }
    var index = Int(nodes[node].valueEnd)
    while index < tokens.count, tokens[index].kind != .leftBrace { index += 1 }
    return index < tokens.count ? index : nil
  }

  /// The bytes from the first to the last of some tokens; for none, the place after the token before.
  public func span(ofTokens range: Range<Int>) -> ByteSpan {
    guard !range.isEmpty, range.upperBound <= tokens.count else {
      let before = min(range.lowerBound, tokens.count) - 1
      let place = before >= 0 ? tokens[before].end : span.start
      return ByteSpan(start: place, end: place)
    }
    return ByteSpan(start: tokens[range.lowerBound].start, end: tokens[range.upperBound - 1].end)
  }

  /// The name of an at-rule without `@`, or of a property, in lower case unless it is a custom property; empty for a
  /// qualified rule.
  public func name(of node: Int) -> String {
    let item = nodes[node]
    guard item.kind != .qualifiedRule else { return "" }
    let name = value(of: tokens[Int(item.firstToken)])
    return item.flags.contains(.isCustomProperty) ? name : asciiLowercased(name)
  }

  /// A rule's prelude or a declaration's value as it is written, comments included.
  public func valueText(of node: Int) -> String { text(valueSpan(of: node)) }

  /// The text of some bytes of the sheet.
  public func text(_ span: ByteSpan) -> String {
    let range = span.range.clamped(to: 0..<source.count)
    return String(decoding: source[range], as: UTF8.self)
  }

  /// A token as it is written.
  public func text(of token: StyleToken) -> String { text(token.span) }

  /// What a token stands for: a name, a string's or url's content, a unit, with escapes undone; a number, delimiter or
  /// other token as it is written.
  public func value(of token: StyleToken) -> String {
    let range = valueRange(of: token)
    guard token.flags.contains(.hasEscape) else { return String(decoding: source[range], as: UTF8.self) }
    return source.withUnsafeBufferPointer { unescaped($0, range, isString: token.kind == .string) }
  }

  /// The bytes of a token that hold its value.
  func valueRange(of token: StyleToken) -> Range<Int> {
    var start = Int(token.start)
    var end = Int(token.end)
    switch token.kind {
    case .function: end -= 1
    case .atKeyword, .hash: start += 1
    case .string, .badString:
      start += 1
      if token.kind == .string, !token.flags.contains(.isUnterminated) { end -= 1 }
    case .url:
      start += 4
      while start < end, source[start] != 0x28, source[start - 1] != 0x28 { start += 1 }
      while start < end, isStyleSpace(source[start]) { start += 1 }
      if !token.flags.contains(.isUnterminated) { end -= 1 }
      while end > start, isStyleSpace(source[end - 1]), !isEscapedSpace(end - 1, from: start) { end -= 1 }
    case .dimension: start = unitStart(of: token)
    default: break
    }
    return start..<max(start, end)
  }

  private func isEscapedSpace(_ index: Int, from start: Int) -> Bool {
    index > start && source[index - 1] == 0x5C
  }

  /// Where the unit of a dimension starts.
  private func unitStart(of token: StyleToken) -> Int {
    if token.numberLength < .max { return Int(token.start) + Int(token.numberLength) }
    var index = Int(token.start)
    while index < Int(token.end), isDigit(source[index]) || (0x2B...0x2E).contains(source[index]) { index += 1 }
    return index
  }

  /// The number that a number, percentage or dimension holds.
  ///
  /// Only the first thousand digits count, so that hostile input costs no more than its length.
  public func number(of token: StyleToken) -> Double? {
    guard token.kind == .number || token.kind == .percentage || token.kind == .dimension else { return nil }
    let start = Int(token.start)
    let length = min(Int(token.numberLength), 1_000)
    var digits = String(decoding: source[start..<min(start + length, source.count)], as: UTF8.self)
    if digits.utf8.first == 0x2B { digits.removeFirst() }
    return Double(digits)
  }

  /// The first and last code point of a unicode range.
  public func unicodeRange(of token: StyleToken) -> (lowerBound: UInt32, upperBound: UInt32)? {
    guard token.kind == .unicodeRange else { return nil }
    var bounds: [UInt32] = [0, 0]
    var isSecond = false
    var hasSecond = false
    for byte in source[Int(token.start) + 2..<Int(token.end)] {
      if byte == 0x2D {
        isSecond = true
        hasSecond = true
        bounds[1] = 0
        continue
      }
      let digit = hexValue(byte)
      if !isSecond { bounds[0] = bounds[0] << 4 | (digit ?? 0) }
      bounds[1] = bounds[1] << 4 | (digit ?? 15)
    }
    return (bounds[0], hasSecond || bounds[1] != bounds[0] ? bounds[1] : bounds[0])
  }

  /// Whether a token is an identifier with this name, which is in lower case.
  public func isIdent(_ token: StyleToken, _ name: StaticString) -> Bool {
    token.kind == .ident && hasValue(token, name)
  }

  /// Whether a token is a function with this name, which is in lower case.
  public func isFunction(_ token: StyleToken, _ name: StaticString) -> Bool {
    token.kind == .function && hasValue(token, name)
  }

  /// Whether a token is this delimiter.
  public func isDelim(_ token: StyleToken, _ byte: UInt8) -> Bool {
    token.kind == .delim && source[Int(token.start)] == byte
  }

  /// Whether a token's value is `name` but for the case of letters.
  func hasValue(_ token: StyleToken, _ name: StaticString) -> Bool {
    if token.flags.contains(.hasEscape) {
      return equalIgnoringCase(value(of: token), name.description)
    }
    let range = valueRange(of: token)
    guard range.count == name.utf8CodeUnitCount else { return false }
    let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for (offset, byte) in expected.enumerated() where lowercased(source[range.lowerBound + offset]) != byte {
      return false
    }
    return true
  }

  /// Whether a declaration's property or an at-rule's name is `name`, which is in lower case.
  public func isNamed(_ node: Int, _ name: StaticString) -> Bool {
    nodes[node].kind != .qualifiedRule && hasValue(tokens[Int(nodes[node].firstToken)], name)
  }

  /// The index of the token after the one at `index`, blocks and functions taken as one.
  @inlinable public func next(after index: Int) -> Int {
    let token = tokens[index]
    return token.isOpening ? min(Int(token.partner), tokens.count - 1) + 1 : index + 1
  }

  /// The tokens inside the block or function that the token at `index` opens.
  public func contents(ofBlockAt index: Int) -> Range<Int> {
    index + 1..<max(index + 1, min(Int(tokens[index].partner), tokens.count))
  }

  /// The component values in `range` that are no white space, as token indices; a block or function is its opening token.
  public func components(in range: Range<Int>) -> [Int] {
    var result: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if tokens[index].kind != .whitespace { result.append(index) }
      index = next(after: index)
    }
    return result
  }

  /// Cuts `range` at its commas, those inside blocks and functions aside.
  public func splitAtCommas(_ range: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      if tokens[index].kind == .comma {
        result.append(start..<index)
        start = index + 1
      }
      index = next(after: index)
    }
    result.append(start..<max(start, range.upperBound))
    return result
  }
}
