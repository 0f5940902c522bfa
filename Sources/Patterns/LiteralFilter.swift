#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells from the bytes of a text whether a pattern can match there at all, so that most files are never parsed.
public struct LiteralFilter: Sendable {
  private struct Literal: Sendable {
    var bytes: [UInt8]
    /// Where its rarest byte is.
    var anchor: Int
    var rank: Int
  }

  private let literals: [Literal]

  /// Makes a filter from names and strings that all have to occur.
  public init(_ texts: [String]) {
    var seen: Set<String> = []
    literals = texts.filter { !$0.isEmpty && seen.insert($0).inserted }.map { text in
      let bytes = Array(text.utf8)
      let anchor = bytes.indices.max { (Self.rank(bytes[$0]), $1) < (Self.rank(bytes[$1]), $0) } ?? 0
      return Literal(bytes: bytes, anchor: anchor, rank: Self.rank(bytes[anchor]))
    }.sorted { ($1.rank, $1.bytes.count) < ($0.rank, $0.bytes.count) }
  }

  /// Whether the filter can refuse anything.
  public var isEmpty: Bool { literals.isEmpty }

  /// Whether all literals occur in a text, or may be written there with escapes.
  ///
  /// - Complexity: O(*n*) at the speed of `memchr`, unless the rarest bytes of the literals are frequent.
  public func mayMatch(_ text: [UInt8]) -> Bool {
    text.withUnsafeBytes { text in
      literals.allSatisfy { Self.contains(text, $0) || Self.containsEscaped(text, $0.bytes) }
    }
  }

  private static func contains(_ text: UnsafeRawBufferPointer, _ literal: Literal) -> Bool {
    literal.bytes.withUnsafeBytes { wanted in
      guard let base = text.baseAddress, let pattern = wanted.baseAddress, text.count >= wanted.count else {
        return false
      }
      var position = literal.anchor
      let end = text.count - (wanted.count - 1 - literal.anchor)
      let anchor = Int32(wanted[literal.anchor])
      while position < end, let hit = memchr(base + position, anchor, end - position) {
        let found = base.distance(to: UnsafeRawPointer(hit))
        if memcmp(base + (found - literal.anchor), pattern, wanted.count) == 0 { return true }
        position = found + 1
      }
      return false
    }
  }

  // MARK: Escapes

  /// Whether a literal occurs with some of its characters written as escapes, as in `\u0061lert` or `"\x61lert"`.
  private static func containsEscaped(_ text: UnsafeRawBufferPointer, _ literal: [UInt8]) -> Bool {
    guard let base = text.baseAddress else { return false }
    var position = 0
    while position < text.count, let hit = memchr(base + position, 0x5C, text.count - position) {
      let found = base.distance(to: UnsafeRawPointer(hit))
      let escape = decoded(text, at: found)
      // This is the first character that is escaped: what stands before it, stands there as it is.
      for place in 0..<literal.count where escape.value == nil || literal[place] == escape.value {
        let start = found - place
        guard start >= 0, text[start..<found].elementsEqual(literal[..<place]) else { continue }
        if continues(text, from: found, as: literal[place...]) { return true }
      }
      position = found + max(1, escape.length)
    }
    return false
  }

  /// Whether a text goes on with certain characters, escapes resolved.
  private static func continues(_ text: UnsafeRawBufferPointer, from start: Int, as wanted: ArraySlice<UInt8>) -> Bool {
    var position = start
    var wanted = wanted
    while let next = wanted.first {
      guard position < text.count else { return false }
      guard text[position] == 0x5C else {
        guard text[position] == next else { return false }
        wanted.removeFirst()
        position += 1
        continue
      }
      let escape = decoded(text, at: position)
      position += max(1, escape.length)
      guard let value = escape.value else { continue }
      guard value == next else { return false }
      wanted.removeFirst()
    }
    return true
  }

  /// What an escape stands for, 0 for what is not in ASCII and `nil` for a line that goes on, and its length.
  private static func decoded(_ text: UnsafeRawBufferPointer, at start: Int) -> (value: UInt8?, length: Int) {
    guard start + 1 < text.count else { return (0, 1) }
    let letter = text[start + 1]
    switch letter {
    case UInt8(ascii: "x"): return number(text, start + 2, digits: 2, prefix: 2)
    case UInt8(ascii: "u"):
      guard start + 2 < text.count, text[start + 2] == UInt8(ascii: "{") else {
        return number(text, start + 2, digits: 4, prefix: 2)
      }
      var end = start + 3
      while end < min(text.count, start + 12), text[end] != UInt8(ascii: "}") { end += 1 }
      let (value, _) = number(text, start + 3, digits: end - start - 3, prefix: 3)
      return (value, end + 1 - start)
    case 0x0A: return (nil, 2)
    case 0x0D: return (nil, start + 2 < text.count && text[start + 2] == 0x0A ? 3 : 2)
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "v"):
      return (0, 2)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var end = start + 1
      var value = 0
      while end < min(text.count, start + 4), text[end] &- 0x30 < 8 {
        value = value * 8 + Int(text[end] & 7)
        end += 1
      }
      return (value < 0x80 ? UInt8(value) : 0, end - start)
    default: return (letter, 2)
    }
  }

  private static func number(
    _ text: UnsafeRawBufferPointer, _ start: Int, digits: Int, prefix: Int
  ) -> (value: UInt8?, length: Int) {
    var value = 0
    for position in start..<start + max(0, digits) {
      guard position < text.count, let digit = Character(Unicode.Scalar(text[position])).hexDigitValue else {
        return (0, prefix)
      }
      value = min(value * 16 + digit, 0x11_0000)
    }
    return (value < 0x80 ? UInt8(value) : 0, prefix + digits)
  }

  /// Printable characters by how often they occur in JavaScript, the commonest first.
  private static let commonest: [UInt8] = Array(
    ##" etrioansl.dchupfm/=,()g;y"vb:*{}xw0_1SLCjTO2-kEPAN3IM[]'DR+54F6B9\8|&7z<H!>UGqVW?XYKZ#`Q$J@^%~"##.utf8)

  private static let ranks: [UInt8] = {
    var ranks = [UInt8](repeating: 200, count: 256)
    for (rank, byte) in commonest.enumerated() { ranks[Int(byte)] = UInt8(truncatingIfNeeded: rank) }
    return ranks
  }()

  /// The greater, the rarer.
  private static func rank(_ byte: UInt8) -> Int { Int(ranks[Int(byte)]) }
}
