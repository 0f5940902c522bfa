public import SourceText

/// An address that a sheet refers to.
public struct StyleReference: Hashable, Sendable {
  /// The address with escapes undone.
  public var address: String
  /// The bytes of the `url()` or string.
  public var span: ByteSpan
  /// Whether the sheet at the address becomes part of this one (`@import`).
  public var isImport: Bool
}

/// A sheet that another one imports.
public struct StyleImport: Hashable, Sendable {
  /// The address as written, with escapes undone.
  public var address: String
  /// The bytes of the address.
  public var span: ByteSpan
  /// On which devices the sheet counts.
  public var media: MediaQueryList
  /// The layer that it is put into: empty for one without name, `nil` for none.
  public var layer: String?
}

extension StyleSheet {
  /// The sheets that this one imports, in order; an `@import` after another rule does not count.
  public var imports: [StyleImport] {
    var result: [StyleImport] = []
    for node in topLevel {
      guard nodes[node].kind == .atRule else { break }
      let name = name(of: node)
      if name == "import", let item = styleImport(nodes[node].valueTokens) { result.append(item) }
      if name != "import", name != "charset", name != "layer" || nodes[node].flags.contains(.hasBlock) { break }
    }
    return result
  }

  private func styleImport(_ range: Range<Int>) -> StyleImport? {
    var parts = components(in: range)[...]
    guard let first = parts.popFirst(), let address = address(at: first) else { return nil }
    var layer: String?
    if let next = parts.first, isIdent(tokens[next], "layer") || isFunction(tokens[next], "layer") {
      layer = tokens[next].kind == .ident ? "" : text(span(ofTokens: contents(ofBlockAt: next)))
      parts.removeFirst()
    }
    if let next = parts.first, isFunction(tokens[next], "supports") { parts.removeFirst() }
    let rest = parts.first ?? range.upperBound
    return StyleImport(
      address: address, span: span(ofTokens: first..<next(after: first)),
      media: MediaQueryList(self, rest..<max(rest, range.upperBound)), layer: layer)
  }

  /// The address that a `url` token, a `url("")` function or a string holds.
  func address(at index: Int) -> String? {
    let token = tokens[index]
    if token.kind == .url || token.kind == .string { return value(of: token) }
    guard isFunction(token, "url") || isFunction(token, "src"),
      let inner = components(in: contents(ofBlockAt: index)).first, tokens[inner].kind == .string
    else { return nil }
    return value(of: tokens[inner])
  }

  /// Every address in the sheet, in order: `url()` anywhere, and the strings of `@import` and `image-set()`.
  public var references: [StyleReference] {
    var result: [StyleReference] = []
    for item in imports { result.append(StyleReference(address: item.address, span: item.span, isImport: true)) }
    let imported = Set(result.map(\.span))
    for index in tokens.indices {
      let token = tokens[index]
      guard token.kind == .url || token.kind == .function, let address = address(at: index) else { continue }
      let span = span(ofTokens: index..<next(after: index))
      if !imported.contains(span) { result.append(StyleReference(address: address, span: span, isImport: false)) }
    }
    return result
  }

  /// The bytes of white space between tokens, in order.
  public var whitespaceSpans: [ByteSpan] {
    tokens.lazy.filter { $0.kind == .whitespace }.map(\.span)
  }

  /// The bytes at the start that only mark the encoding.
  public var byteOrderMark: ByteSpan? {
    let start = span.range.lowerBound
    guard source.count >= start + 3, span.count >= 3, source[start] == 0xEF, source[start + 1] == 0xBB,
      source[start + 2] == 0xBF
    else { return nil }
    return ByteSpan(start, start + 3)
  }
}
