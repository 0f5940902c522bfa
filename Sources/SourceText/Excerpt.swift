/// A place in a file as reports show it.
public struct Excerpt: Hashable, Sendable {
  /// The position of the first byte.
  public var start: TextPosition
  /// The position past the last byte.
  public var end: TextPosition
  /// The text of the place: white space folded, no longer than the limit it was made with, not yet safe to print.
  public var text: String
}

/// Cuts excerpts out of one file; makes the line table once.
public struct ExcerptReader: Sendable {
  private let bytes: [UInt8]
  private let lines: LineTable

  /// Makes a reader of a file's UTF-8 text.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = LineTable(bytes)
  }

  /// The position of a byte.
  public func position(of offset: Int) -> TextPosition { lines.position(of: offset, in: bytes) }

  /// The excerpt at a span.
  ///
  /// - Parameter limit: The greatest number of Unicode scalars of text; longer text ends in an ellipsis.
  /// - Complexity: O(log *lines* + *limit* + length of the line).
  public func excerpt(at span: ByteSpan, limit: Int = 160) -> Excerpt {
    let start = min(Int(span.start), bytes.count)
    let end = min(max(Int(span.end), start), bytes.count)
    return Excerpt(start: position(of: start), end: position(of: end), text: foldedText(start..<end, limit: limit))
  }

  private func foldedText(_ range: Range<Int>, limit: Int) -> String {
    // Four bytes a scalar is the most, and folding only shortens runs of white space: a bounded prefix is enough.
    let prefix = range.lowerBound..<min(range.upperBound, range.lowerBound + limit * 8)
    var text = ""
    var count = 0
    var isPendingSpace = false
    for scalar in String(decoding: bytes[prefix], as: UTF8.self).unicodeScalars {
      if scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" {
        isPendingSpace = count > 0
        continue
      }
      if isPendingSpace {
        text += " "
        count += 1
        isPendingSpace = false
      }
      if count >= limit { return text + "…" }
      text.unicodeScalars.append(scalar)
      count += 1
    }
    return prefix.upperBound < range.upperBound ? text + "…" : text
  }
}
