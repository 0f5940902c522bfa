import SourceText

/// An `An+B`, as `:nth-child()` takes it.
public struct NthExpression: Hashable, Sendable {
  /// The step, A.
  public var step: Int32
  /// The offset, B.
  public var offset: Int32

  /// Whether the 1-based `index` is among the places that the expression names.
  @inlinable
  public static func contains(_ index: Int, step: Int32, offset: Int32) -> Bool {
    let difference = index - Int(offset)
    if step == 0 { return difference == 0 }
    return difference % Int(step) == 0 && difference / Int(step) >= 0
  }
}

/// Reads an `An+B`; `nil` if the text is none.
public func parseNth(_ text: String) -> NthExpression? {
  let sheet = parseDeclarationList(Array(text.utf8)).tree
  var reader = NthReader(sheet, 0..<sheet.tokens.count)
  guard let result = reader.read() else { return nil }
  reader.skipSpace()
  return reader.isAtEnd ? result : nil
}

/// Reads an `An+B` off the tokens of a sheet.
///
/// The tokenizer cuts `2n-1` and its kin in several ways, so each shape is told apart here.
/// Source: CSS Syntax Module Level 3, section 6.
struct NthReader {
  private let sheet: StyleSheet
  private(set) var index: Int
  private let end: Int

  init(_ sheet: StyleSheet, _ range: Range<Int>) {
    self.sheet = sheet
    index = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { index >= end }

  mutating func skipSpace() {
    while index < end, sheet.tokens[index].kind == .whitespace { index += 1 }
  }

  mutating func read() -> NthExpression? {
    skipSpace()
    guard index < end else { return nil }
    let token = sheet.tokens[index]
    switch token.kind {
    case .number:
      guard let value = integer(token) else { return nil }
      index += 1
      return NthExpression(step: 0, offset: value)
    case .dimension:
      guard let step = integer(token) else { return nil }
      index += 1
      return readTail(asciiLowercased(sheet.value(of: token)), step: step)
    case .ident: return readName(token, allowsMinus: true)
    case .delim where sheet.isDelim(token, 0x2B):
      index += 1
      guard index < end, sheet.tokens[index].kind == .ident else { return nil }
      return readName(sheet.tokens[index], allowsMinus: false)
    default: return nil
    }
  }

  private mutating func readName(_ token: StyleToken, allowsMinus: Bool) -> NthExpression? {
    var name = asciiLowercased(sheet.value(of: token))
    index += 1
    if allowsMinus {
      if name == "odd" { return NthExpression(step: 2, offset: 1) }
      if name == "even" { return NthExpression(step: 2, offset: 0) }
      if name.utf8.first == 0x2D {
        name.removeFirst()
        return readTail(name, step: -1)
      }
    }
    return readTail(name, step: 1)
  }

  /// Reads what follows the step: `name` is `n`, `n-` or `n-` and digits.
  private mutating func readTail(_ name: String, step: Int32) -> NthExpression? {
    let bytes = Array(name.utf8)
    guard bytes.first == 0x6E else { return nil }
    if bytes.count == 1 { return readOffset(step: step) }
    guard bytes[1] == 0x2D else { return nil }
    if bytes.count > 2 {
      guard bytes.dropFirst(2).allSatisfy(isDigit) else { return nil }
      let digits = String(decoding: bytes.dropFirst(), as: UTF8.self)
      return NthExpression(step: step, offset: Int32(clamping: Int(digits) ?? -Int(Int32.max)))
    }
    skipSpace()
    guard let value = unsigned() else { return nil }
    return NthExpression(step: step, offset: -value)
  }

  private mutating func readOffset(step: Int32) -> NthExpression? {
    let start = index
    skipSpace()
    guard index < end else { return NthExpression(step: step, offset: 0) }
    let token = sheet.tokens[index]
    if token.kind == .number, isSigned(token) {
      guard let value = integer(token) else { return nil }
      index += 1
      return NthExpression(step: step, offset: value)
    }
    let isMinus = sheet.isDelim(token, 0x2D)
    guard isMinus || sheet.isDelim(token, 0x2B) else {
      index = start
      return NthExpression(step: step, offset: 0)
    }
    index += 1
    skipSpace()
    guard let value = unsigned() else { return nil }
    return NthExpression(step: step, offset: isMinus ? -value : value)
  }

  private func isSigned(_ token: StyleToken) -> Bool {
    let first = sheet.source[Int(token.start)]
    return first == 0x2B || first == 0x2D
  }

  private mutating func unsigned() -> Int32? {
    guard index < end, sheet.tokens[index].kind == .number, !isSigned(sheet.tokens[index]),
      let value = integer(sheet.tokens[index])
    else { return nil }
    index += 1
    return value
  }

  private func integer(_ token: StyleToken) -> Int32? {
    guard token.flags.contains(.isIdentifierOrInteger) || token.kind == .dimension, isInteger(token),
      let value = sheet.number(of: token)
    else { return nil }
    return Int32(max(-2_147_483_647, min(2_147_483_647, value)))
  }

  private func isInteger(_ token: StyleToken) -> Bool {
    let start = Int(token.start)
    return sheet.source[start..<start + Int(token.numberLength)].allSatisfy {
      isDigit($0) || $0 == 0x2B || $0 == 0x2D
    }
  }
}
