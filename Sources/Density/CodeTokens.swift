/// The words, numbers and signs of the code of a file, as hashes, for finding what is written twice.
struct CodeTokens {
  private(set) var hashes: [UInt32] = []

  /// Reads all that is neither comment nor white space; a literal is read like the rest, its quotes are signs.
  init(_ text: UnsafeBufferPointer<UInt8>, _ stretches: [Stretch]) {
    for stretch in stretches {
      var index = stretch.range.lowerBound
      for region in stretch.regions where region.kind == .comment {
        read(text, index..<max(index, Int(region.start)))
        index = Int(region.end)
      }
      read(text, index..<max(index, stretch.range.upperBound))
    }
  }

  private mutating func read(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte <= 0x20 {
        index += 1
        continue
      }
      var hash: UInt32 = 0x811C_9DC5
      repeat {
        hash = (hash ^ UInt32(text[index])) &* 0x0100_0193
        index += 1
      } while index < range.upperBound && isWordByte(byte) && isWordByte(text[index])
      hashes.append(hash)
    }
  }

  @inline(__always)
  private func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte == 0x24
      || byte >= 0x80
  }
}

/// Finds how much of a project is written more than once.
struct Duplication {
  /// The length of the shortest passage that counts, in tokens.
  static let window = 50

  /// The number of tokens that lie in a passage of at least ``window`` tokens that occurs again.
  ///
  /// Two passages count as the same when the hashes of their tokens are; a passage is not compared with one that it overlaps.
  ///
  /// - Complexity: O(*n*) in the number of tokens.
  static func duplicatedTokens(in files: [[UInt32]]) -> Int {
    var tokens: [UInt32] = []
    tokens.reserveCapacity(files.reduce(0) { $0 + $1.count })
    var isDuplicate = [Bool](repeating: false, count: files.reduce(0) { $0 + $1.count })
    var first: [UInt64: Int] = [:]
    for file in files {
      let offset = tokens.count
      tokens += file
      guard file.count >= window else { continue }
      var hash: UInt64 = 0
      for index in 0..<file.count {
        hash = hash &* multiplier &+ UInt64(file[index]) &+ 1
        if index >= window { hash = hash &- (UInt64(file[index - window]) &+ 1) &* leadingPower }
        guard index >= window - 1 else { continue }
        let start = offset + index - window + 1
        guard let earlier = first[hash] else {
          first[hash] = start
          continue
        }
        if start - earlier >= window {
          mark(&isDuplicate, start)
          mark(&isDuplicate, earlier)
        }
      }
    }
    return isDuplicate.count { $0 }
  }

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let leadingPower: UInt64 = (0..<window).reduce(1) { power, _ in power &* multiplier }

  private static func mark(_ isDuplicate: inout [Bool], _ start: Int) {
    // From the end, because overlapping passages have marked the beginning already.
    var index = start + window - 1
    while index >= start, !isDuplicate[index] {
      isDuplicate[index] = true
      index -= 1
    }
  }
}
