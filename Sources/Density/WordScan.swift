/// Eight bytes looked at in one step, for passes over stretches in which little happens.
enum WordScan {
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101

  /// A byte in each of eight places.
  @inline(__always)
  private static func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* lowBits }

  /// The high bit of each byte that is `byte`.
  @inline(__always)
  private static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ eight(byte)
    return ~(((difference & ~highBits) &+ ~highBits) | difference) & highBits
  }

  /// The same, of which only the lowest bit that is set is exact.
  @inline(__always)
  private static func firstEqual(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ eight(byte)
    return (difference &- lowBits) & ~difference & highBits
  }

  @inline(__always)
  private static func load(_ base: UnsafeRawPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// The first offset from `start` on whose byte is a control character or beyond ASCII, and how many spaces come before it.
  @inline(__always)
  static func endOfPlain(_ text: Bytes, from start: Int, end: Int) -> (index: Int, spaces: Int) {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return (end, 0) }
    var index = start
    var spaces = 0
    while index &+ 8 <= end {
      let word = load(base, index)
      let stop = ((word &- eight(0x20)) | word) & highBits
      let blanks = equal(word, 0x20)
      guard stop == 0 else {
        let place = stop.trailingZeroBitCount & ~7
        return (index &+ place &>> 3, spaces &+ (blanks & (UInt64(1) &<< UInt64(place) &- 1)).nonzeroBitCount)
      }
      spaces &+= blanks.nonzeroBitCount
      index &+= 8
    }
    while index < end, text[index] >= 0x20, text[index] < 0x80 {
      if text[index] == 0x20 { spaces &+= 1 }
      index &+= 1
    }
    return (index, spaces)
  }

  /// The first offset from `start` on that holds a line feed or a carriage return.
  @inline(__always)
  static func endOfLine(_ text: Bytes, from start: Int, end: Int) -> Int {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return end }
    var index = start
    while index &+ 8 <= end {
      let word = load(base, index)
      let found = firstEqual(word, 0x0A) | firstEqual(word, 0x0D)
      if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < end, !isLineEnd(text[index]) { index &+= 1 }
    return index
  }

  /// The first offset from `start` on that holds a line feed, a carriage return or the first byte of U+2028 and U+2029.
  @inline(__always)
  static func endOfScriptLine(_ text: Bytes, from start: Int, end: Int) -> Int {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return end }
    var index = start
    while index &+ 8 <= end {
      let word = load(base, index)
      let found = firstEqual(word, 0x0A) | firstEqual(word, 0x0D) | firstEqual(word, 0xE2)
      if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < end, !isLineEnd(text[index]), text[index] != 0xE2 { index &+= 1 }
    return index
  }

  /// The first offset from `start` on that holds `byte`.
  @inline(__always)
  static func find(_ byte: UInt8, in text: Bytes, from start: Int, end: Int) -> Int {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return end }
    var index = start
    while index &+ 8 <= end {
      let found = firstEqual(load(base, index), byte)
      if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < end, text[index] != byte { index &+= 1 }
    return index
  }

  /// The first offset from `start` on that holds neither a space nor a tab.
  @inline(__always)
  static func endOfIndentation(_ text: Bytes, from start: Int, end: Int) -> Int {
    guard let base = UnsafeRawPointer(text.baseAddress) else { return end }
    var index = start
    while index &+ 8 <= end {
      let word = load(base, index)
      let other = (equal(word, 0x20) | equal(word, 0x09)) ^ highBits
      if other != 0 { return index &+ other.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < end, text[index] == 0x20 || text[index] == 0x09 { index &+= 1 }
    return index
  }
}
