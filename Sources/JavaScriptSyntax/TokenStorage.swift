import SourceText

/// The tokens of a tree, eight bytes each.
struct TokenStorage: Sendable {
  /// A token: its start, then its ``Lexeme`` in the low byte and its length above.
  struct Packed: Sendable {
    var start: UInt32
    var kindAndLength: UInt32
  }

  /// A length that says: look in ``longLengths``.
  static let longLength: UInt32 = 0xFF_FFFF

  var packed: [Packed] = []
  /// The lengths of tokens of 16 MB and more, by position.
  var longLengths: [Int: UInt32] = [:]

  func lexeme(at position: Int) -> Lexeme {
    Lexeme(rawValue: UInt8(truncatingIfNeeded: packed[position].kindAndLength)) ?? .invalid
  }

  func span(at position: Int) -> ByteSpan {
    let token = packed[position]
    var length = token.kindAndLength >> 8
    if length == Self.longLength { length = longLengths[position] ?? length }
    return ByteSpan(start: token.start, end: token.start &+ length)
  }
}

/// The tokens of a tree, in the order of the text.
public struct TokenList: RandomAccessCollection, Sendable {
  let storage: TokenStorage

  /// The first position.
  public var startIndex: Int { 0 }
  /// The position past the last.
  public var endIndex: Int { storage.packed.count }
  /// The token at a position.
  public subscript(position: Int) -> Token {
    Token(kind: storage.lexeme(at: position).tokenKind, span: storage.span(at: position))
  }

  /// The position of the first token that starts at `offset` or after it.
  ///
  /// - Complexity: O(log *tokens*).
  public func firstIndex(atOrAfter offset: Int) -> Int {
    var low = 0
    var high = storage.packed.count
    while low < high {
      let middle = (low + high) / 2
      if Int(storage.packed[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SyntaxTree {
  /// Every token, in the order of the text; what lies between is white space and comments.
  public var tokens: TokenList { TokenList(storage: tokenStorage) }
}
