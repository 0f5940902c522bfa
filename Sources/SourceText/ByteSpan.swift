/// A half-open range of bytes in one file.
///
/// Offsets are 0-based and count UTF-8 bytes of the decoded text, so a span never depends on how people count lines.
public struct ByteSpan: Hashable, Sendable, Comparable {
  /// The offset of the first byte.
  public var start: UInt32
  /// The offset just past the last byte.
  public var end: UInt32

  /// Makes the span `start..<end`.
  @inlinable
  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// Makes the span `start..<end` from integers that are known to fit.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    self.init(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// The number of bytes.
  @inlinable
  public var count: Int { Int(end) - Int(start) }

  /// Whether the span holds no byte.
  @inlinable
  public var isEmpty: Bool { end <= start }

  /// The offsets as a range of integers, for slicing arrays.
  @inlinable
  public var range: Range<Int> { Int(start)..<Int(Swift.max(start, end)) }

  /// Whether every byte of `other` is also in this span.
  @inlinable
  public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }

  /// The same span moved by `offset` bytes, as when an embedded script is placed in its page.
  @inlinable
  public func shifted(by offset: Int) -> ByteSpan {
    ByteSpan(Int(start) + offset, Int(end) + offset)
  }

  /// Orders by start, then by end.
  @inlinable
  public static func < (left: ByteSpan, right: ByteSpan) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }
}
