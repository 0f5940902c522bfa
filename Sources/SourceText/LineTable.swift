/// Where a byte stands for people: line and column from 1, columns in UTF-16 code units as editors and SARIF count them.
public struct TextPosition: Hashable, Sendable, Comparable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in UTF-16 code units.
  public var column: Int

  /// Makes a position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Orders by line, then by column.
  public static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// The line starts of a text, for turning byte offsets into lines and columns.
///
/// A line ends at LF, CRLF or a lone CR; U+2028 and U+2029 end no line here, as in editors.
public struct LineTable: Sendable {
  /// The offset of each line's first byte; the first element is 0.
  public let starts: [UInt32]
  private let byteCount: Int

  /// Finds every line of `bytes`.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public init(_ bytes: [UInt8]) {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(bytes.count / 32 + 1)
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      let end = buffer.count
      while index < end {
        let byte = buffer[index]
        index += 1
        guard byte <= 0x0D else { continue }
        if byte == 0x0A {
          starts.append(UInt32(truncatingIfNeeded: index))
        } else if byte == 0x0D {
          if index < end, buffer[index] == 0x0A { index += 1 }
          starts.append(UInt32(truncatingIfNeeded: index))
        }
      }
    }
    self.starts = starts
    byteCount = bytes.count
  }

  /// The 0-based index of the line that holds `offset`; an offset past the end is on the last line.
  ///
  /// - Complexity: O(log *lines*).
  public func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line and column of the byte at `offset` in `bytes`, the text this table was made from.
  ///
  /// - Complexity: O(log *lines* + length of the line).
  public func position(of offset: Int, in bytes: [UInt8]) -> TextPosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    return TextPosition(line: line + 1, column: utf16Count(of: bytes, in: Int(starts[line])..<offset) + 1)
  }

  /// The bytes of the line with 0-based `index`, without its terminator.
  public func lineRange(_ index: Int, in bytes: [UInt8]) -> Range<Int> {
    let start = Int(starts[index])
    var end = index + 1 < starts.count ? Int(starts[index + 1]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}

/// The length of a byte range in UTF-16 code units; the range is taken to be UTF-8, a stray byte counts as one unit.
///
/// - Complexity: O(*n*) in the length of the range.
public func utf16Count(of bytes: [UInt8], in range: Range<Int>) -> Int {
  bytes.withUnsafeBufferPointer { buffer in
    var units = 0
    for index in range {
      let byte = buffer[index]
      // A continuation byte adds nothing; a lead byte of a four-byte sequence stands for a surrogate pair.
      if byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
    }
    return units
  }
}
