import SourceText

extension SyntaxTree {
  /// The value of a string literal, or the cooked value of a template element; `nil` for other nodes and where an escape has
  /// no meaning. Half a surrogate pair becomes U+FFFD.
  ///
  /// The value of a JSX attribute follows other rules: see ``jsxValue(of:)``.
  public func stringValue(of node: NodeID) -> String? {
    let stored = self[node]
    switch stored.kind {
    case .literal where stored.detail == .string: return cooked(content(of: stored), isTemplate: false)
    case .templateElement: return cooked(stored.span.range, isTemplate: true)
    default: return nil
    }
  }

  /// The value of JSX text or of a string in a JSX attribute, character references resolved; `nil` for other nodes.
  public func jsxValue(of node: NodeID) -> String? {
    let stored = self[node]
    let range: Range<Int>
    switch stored.kind {
    case .jsxText: range = stored.span.range
    case .literal where stored.detail == .string: range = content(of: stored)
    default: return nil
    }
    return source.withUnsafeBufferPointer { buffer in
      var value = String.UnicodeScalarView()
      LiteralValues.forEachCodePoint(jsx: UnsafeBufferPointer(rebasing: buffer[range]), joinsLineEnds: false) {
        value.append(Unicode.Scalar($0) ?? "\u{FFFD}")
      }
      return String(value)
    }
  }

  /// The value of a number literal; `nil` for other nodes.
  public func numberValue(of node: NodeID) -> Double? {
    let stored = self[node]
    guard stored.kind == .literal, stored.detail == .number else { return nil }
    return source.withUnsafeBufferPointer { LiteralValues.number(UnsafeBufferPointer(rebasing: $0[stored.span.range])) }
  }

  /// The value of a bigint literal in decimal digits; `nil` for other nodes.
  public func bigIntValue(of node: NodeID) -> String? {
    let stored = self[node]
    guard stored.kind == .literal, stored.detail == .bigint else { return nil }
    let digits = source.withUnsafeBufferPointer {
      LiteralValues.decimalDigits(bigint: UnsafeBufferPointer(rebasing: $0[stored.span.range]))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The pattern and the flags of a regular expression literal; `nil` for other nodes.
  public func regularExpression(of node: NodeID) -> (pattern: String, flags: String)? {
    let stored = self[node]
    guard stored.kind == .literal, stored.detail == .regularExpression else { return nil }
    let range = stored.span.range
    guard let slash = source[range].lastIndex(of: 0x2F), slash > range.lowerBound else { return nil }
    return (
      String(decoding: source[range.lowerBound + 1..<slash], as: UTF8.self),
      String(decoding: source[slash + 1..<range.upperBound], as: UTF8.self)
    )
  }

  /// What stands between the quotes of a string.
  private func content(of literal: Node) -> Range<Int> {
    let range = literal.span.range
    guard let quote = range.first else { return range }
    let isClosed = range.count > 1 && source[range.upperBound - 1] == source[quote]
    return quote + 1..<max(quote + 1, isClosed ? range.upperBound - 1 : range.upperBound)
  }

  private func cooked(_ range: Range<Int>, isTemplate: Bool) -> String? {
    source.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return "" }
      let (units, isValid) = cookedUnits(
        in: base, start: range.lowerBound, end: range.upperBound, isTemplate: isTemplate)
      return isValid || !isTemplate ? String(decoding: units, as: UTF16.self) : nil
    }
  }
}

/// The UTF-16 code units of the inside of a string or template, escapes resolved, and whether every escape was valid.
func cookedUnits(
  in bytes: UnsafePointer<UInt8>, start: Int, end: Int, isTemplate: Bool = false
) -> (units: [UInt16], isValid: Bool) {
  var units: [UInt16] = []
  units.reserveCapacity(max(0, end - start))
  let text = UnsafeBufferPointer(start: bytes + start, count: max(0, end - start))
  let isValid = LiteralValues.forEachCodePoint(text, isTemplate: isTemplate) { scalar in
    if scalar < 0x10000 {
      units.append(UInt16(truncatingIfNeeded: scalar))
    } else {
      units.append(UInt16(truncatingIfNeeded: 0xD7C0 &+ (scalar >> 10)))
      units.append(UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF))
    }
  }
  return (units, isValid)
}
