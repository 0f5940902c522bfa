/// Looks up named character references by longest prefix.
struct NamedReferences: Sendable {
  /// The table of the standard, indexed on first use.
  static let standard = NamedReferences()

  /// What a name stands for.
  struct Match {
    /// The number of bytes of the name, a closing semicolon included.
    var length: Int
    /// The first code point.
    var first: UInt32
    /// The second code point; 0 when there is none.
    var second: UInt32
    /// Whether the name that matched ends in a semicolon.
    var isTerminated: Bool
  }

  private struct Entry: Sendable {
    var offset: UInt32
    var length: UInt32
    var first: UInt32
    var second: UInt32
  }

  private let names: [UInt8]
  private let entries: [Entry]

  private init() {
    var names: [UInt8] = []
    var entries: [Entry] = []
    NamedReferenceText.text.withUTF8Buffer { text in
      names.reserveCapacity(text.count)
      for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
        guard let equals = word.firstIndex(of: 0x3D) else { continue }
        let codes = word[(equals + 1)...].split(separator: 0x2B).map(NamedReferences.hexadecimal)
        entries.append(
          Entry(
            offset: UInt32(names.count), length: UInt32(equals - word.startIndex), first: codes.first ?? 0xFFFD,
            second: codes.count > 1 ? codes[1] : 0))
        names.append(contentsOf: word[..<equals])
      }
    }
    self.names = names
    self.entries = entries
  }

  private static func hexadecimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
    digits.reduce(0) { value, digit in value << 4 | UInt32(digit < 0x3A ? digit &- 0x30 : digit &- 0x37) }
  }

  /// The longest name that `text` begins with, from `start`, the ampersand left out.
  ///
  /// - Complexity: O(length of the name × log of the table's size).
  func longestMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Match? {
    var low = 0
    var high = entries.count
    var depth = 0
    var best: Match?
    while low < high, start + depth < text.count {
      let byte = text[start + depth]
      low = bound(low, high, depth) { $0 < byte }
      high = bound(low, high, depth) { $0 <= byte }
      depth += 1
      guard low < high else { break }
      // Of all names with this prefix the prefix itself, if it is a name, comes first.
      let entry = entries[low]
      if Int(entry.length) == depth {
        best = Match(length: depth, first: entry.first, second: entry.second, isTerminated: byte == 0x3B)
      }
    }
    return best
  }

  /// The first index in `low..<high` whose byte at `depth` fails `isBelow`; a name that is too short counts as below.
  private func bound(_ low: Int, _ high: Int, _ depth: Int, _ isBelow: (UInt8) -> Bool) -> Int {
    var low = low
    var high = high
    while low < high {
      let middle = (low + high) / 2
      let entry = entries[middle]
      if depth >= Int(entry.length) || isBelow(names[Int(entry.offset) + depth]) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
