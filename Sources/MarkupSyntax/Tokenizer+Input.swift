extension Tokenizer {
  /// Reports the control characters and noncharacters of the text.
  ///
  /// - Complexity: O(*n*), eight bytes at a time where the text is plain.
  mutating func checkInput() {
    guard let base = UnsafeRawPointer(input.baseAddress) else { return }
    var index = 0
    while index < end, errors.count < errorLimit {
      if index &+ 8 <= end {
        let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if isPlain(word) {
          index &+= 8
          continue
        }
        for offset in index..<index &+ 8 { checkByte(at: offset) }
        index &+= 8
      } else {
        checkByte(at: index)
        index &+= 1
      }
    }
  }

  /// Whether eight bytes are all printable ASCII.
  @inline(__always)
  private func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let deletes = word ^ (ones &* 0x7F)
    let hasDelete = (deletes &- ones) & ~deletes & highs
    let hasControl = (word &- ones &* 0x20) & ~word & highs
    return (word & highs) | hasDelete | hasControl == 0
  }

  /// Reports the character that begins at an index, if it may not be in a text.
  @inline(__always)
  private mutating func checkByte(at index: Int) {
    let byte = input[index]
    if byte >= 0x20, byte != 0x7F, byte < 0xC2 || (byte > 0xC2 && byte < 0xEF) { return }
    checkUnusual(byte, at: index)
  }

  private mutating func checkUnusual(_ byte: UInt8, at index: Int) {
    let second = self.byte(index + 1) ?? 0
    switch byte {
    case 0, 0x09, 0x0A, 0x0C, 0x0D: break
    case ..<0x20, 0x7F: report(.controlCharacter, at: index)
    case 0xC2: if second >= 0x80, second < 0xA0 { report(.controlCharacter, at: index) }
    case 0xEF:
      let third = self.byte(index + 2) ?? 0
      let isArabicBlock = second == 0xB7 && third >= 0x90 && third <= 0xAF
      if isArabicBlock || (second == 0xBF && third >= 0xBE) { report(.noncharacter, at: index) }
    case 0xF0...0xF4:
      // The last two code points of every plane.
      let isLast = second & 0x0F == 0x0F && self.byte(index + 2) == 0xBF && (self.byte(index + 3) ?? 0) >= 0xBE
      if isLast { report(.noncharacter, at: index) }
    default: break
    }
  }
}
