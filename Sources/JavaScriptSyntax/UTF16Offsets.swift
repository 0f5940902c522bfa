/// Turns byte offsets of a text into offsets in UTF-16 code units.
///
/// Bytes that are not UTF-8 count as the replacement characters that a decoder puts in their place.
public struct UTF16Offsets: Sendable {
  private static let stride = 64

  /// The units before each `stride` bytes; empty when every byte is ASCII, so that offsets are equal.
  private var marks: [UInt32] = []
  /// The offsets of bytes whose units cannot be told from the byte alone, sorted, with what to add from there on.
  private var corrections: [(offset: UInt32, units: Int32)] = []
  private let source: [UInt8]

  /// Measures a text.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public init(_ source: [UInt8]) {
    self.source = source
    let isASCII = source.withUnsafeBufferPointer { buffer in
      var all: UInt8 = 0
      for byte in buffer { all |= byte }
      return all < 0x80
    }
    if !isASCII { measure() }
  }

  /// The number of UTF-16 code units before a byte offset.
  ///
  /// - Complexity: O(1), and O(log *errors*) in texts that are not UTF-8.
  public func offset(ofByte offset: Int) -> Int {
    let offset = min(offset, source.count)
    if marks.isEmpty { return offset }
    let mark = offset / Self.stride
    var units = Int(marks[mark])
    source.withUnsafeBufferPointer { buffer in
      for index in mark * Self.stride..<offset { units += unitsOfByte(buffer[index]) }
    }
    return corrections.isEmpty ? units : units + correction(before: offset)
  }

  /// The units that a byte stands for in good UTF-8: a continuation byte adds none, the lead of four bytes adds a pair.
  @inline(__always)
  private func unitsOfByte(_ byte: UInt8) -> Int { byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1 }

  private mutating func measure() {
    marks.reserveCapacity(source.count / Self.stride + 1)
    var units = 0
    for (index, byte) in source.enumerated() {
      if index % Self.stride == 0 { marks.append(UInt32(truncatingIfNeeded: units)) }
      units += unitsOfByte(byte)
    }
    if source.count % Self.stride == 0 { marks.append(UInt32(truncatingIfNeeded: units)) }
    corrections = findCorrections()
  }

  private func findCorrections() -> [(offset: UInt32, units: Int32)] {
    source.withUnsafeBufferPointer { buffer in
      var result: [(offset: UInt32, units: Int32)] = []
      var total: Int32 = 0
      var index = 0
      while index < buffer.count {
        if buffer[index] < 0x80 {
          index += 1
          continue
        }
        let (value, length) = decodeScalar(buffer, at: index)
        let counted = (index..<index + length).reduce(0) { $0 + unitsOfByte(buffer[$1]) }
        let wanted = value > 0xFFFF ? 2 : 1
        index += length
        if counted != wanted {
          total += Int32(wanted - counted)
          result.append((UInt32(truncatingIfNeeded: index), total))
        }
      }
      return result
    }
  }

  private func correction(before offset: Int) -> Int {
    var low = 0
    var high = corrections.count
    while low < high {
      let middle = (low + high) / 2
      if Int(corrections[middle].offset) <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : Int(corrections[low - 1].units)
  }
}
