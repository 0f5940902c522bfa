import SourceText

/// Compares the words of a comment with those of a line of code, in place.
enum SaidWords {
  /// Whether at least two words, and three of four, of a comment stand in a line of code, whole or as a beginning.
  static func repeats(_ comment: Bytes, _ code: Bytes) -> Bool {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: 2 * limit) { room in
      let said = words(of: comment, UnsafeMutableBufferPointer(rebasing: room[..<limit]))
      guard said.count >= 2 else { return false }
      let written = words(of: code, UnsafeMutableBufferPointer(rebasing: room[limit...]))
      var unmatched = 0
      for word in said where !written.contains(where: { begin(comment.part(word), code.part($0)) }) {
        unmatched += 1
        // Most comments say something else, which shows soon.
        if unmatched * 4 > said.count || said.count - unmatched < 2 { return false }
      }
      return true
    }
  }

  /// No line that is looked at has more words.
  private static let limit = 128

  private static func words(
    of text: Bytes, _ room: UnsafeMutableBufferPointer<Range<Int>>
  ) -> UnsafeMutableBufferPointer<Range<Int>> {
    var reader = WordReader(text)
    var count = 0
    while count < room.count, let word = reader.next() {
      room[count] = word
      count += 1
    }
    return UnsafeMutableBufferPointer(rebasing: room[..<count])
  }

  /// Whether one word begins with the other, in any case of letters.
  private static func begin(_ word: Bytes, _ other: Bytes) -> Bool {
    for offset in 0..<min(word.count, other.count) where word[offset] | 0x20 != other[offset] | 0x20 { return false }
    return true
  }
}

/// The words of three letters or more, names split where capitals begin; words that say nothing are left out.
private struct WordReader {
  private let text: Bytes
  private var index = 0

  init(_ text: Bytes) { self.text = text }

  mutating func next() -> Range<Int>? {
    while index < text.count {
      guard isLetter(text[index]) else {
        index &+= 1
        continue
      }
      let start = index
      index &+= 1
      while index < text.count, isLetter(text[index]), !(isCapital(text[index]) && text[index &- 1] >= 0x61) {
        index &+= 1
      }
      if index &- start >= 3, !isEmpty(start..<index) { return start..<index }
    }
    return nil
  }

  private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  private func isEmpty(_ word: Range<Int>) -> Bool {
    guard word.count <= 5 else { return false }
    for empty in Self.emptyWords where empty.utf8CodeUnitCount == word.count && text.starts(empty, at: word.lowerBound)
    {
      return true
    }
    return false
  }

  private static let emptyWords: [StaticString] = [
    "the", "and", "for", "with", "this", "that", "from", "into", "all", "its", "are", "our", "new", "let", "const",
    "var",
  ]
}
