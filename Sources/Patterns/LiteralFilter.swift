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
      literals.allSatisfy { Self.contains(text, $0) } || Self.mayHoldEscapedWord(text)
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

  /// Whether a letter or digit of ASCII is written as an escape somewhere, as in `\u0061` or `\x61`.
  private static func mayHoldEscapedWord(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let base = text.baseAddress else { return false }
    var position = 0
    while position < text.count, let hit = memchr(base + position, 0x5C, text.count - position) {
      let found = base.distance(to: UnsafeRawPointer(hit))
      position = found + 2
      guard found + 4 < text.count else { return false }
      let isWide = text[found + 1] == UInt8(ascii: "u")
      if isWide, text[found + 2] == UInt8(ascii: "{") { return true }
      guard isWide || text[found + 1] == UInt8(ascii: "x") else { continue }
      if isWide, text[found + 2] != 0x30 || text[found + 3] != 0x30 { continue }
      let digit = found + (isWide ? 4 : 2)
      if text[digit] >= 0x32, text[digit] <= 0x37 { return true }
    }
    return false
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
