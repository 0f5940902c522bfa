/// The vocabulary of a byte-pair encoding: which sequences of bytes are tokens, and which are merged first.
///
/// The file has a line for each token: its bytes in Base64, a space, and its rank.
public struct TokenVocabulary: Sendable {
  /// All tokens' bytes, one after another.
  private var pool: [UInt8] = []
  /// Where each token's bytes begin, by slot of the hash table; `.max` marks an empty slot.
  private var starts: [UInt32]
  private var lengths: [UInt16]
  private var ranks: [UInt32]
  private var mask: Int
  /// The number of tokens.
  public private(set) var tokenCount = 0

  /// Reads a vocabulary.
  ///
  /// - Throws: ``VocabularyError`` when a line is no token.
  public init(_ file: [UInt8]) throws(VocabularyError) {
    var lines = 0
    for byte in file where byte == 0x0A { lines += 1 }
    var capacity = 1024
    while capacity < (lines + 1) * 2 { capacity *= 2 }
    mask = capacity - 1
    starts = [UInt32](repeating: .max, count: capacity)
    lengths = [UInt16](repeating: 0, count: capacity)
    ranks = [UInt32](repeating: 0, count: capacity)
    pool.reserveCapacity(file.count)
    var line = 1
    for row in file.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if !row.isEmpty, !add(row) {
        throw VocabularyError(line: line, problem: "not a token in Base64 and its rank")
      }
      line += 1
    }
    guard tokenCount > 256 else { throw VocabularyError(line: 1, problem: "fewer tokens than there are bytes") }
  }

  private mutating func add(_ row: ArraySlice<UInt8>) -> Bool {
    let parts = row.split(whereSeparator: { $0 == 0x20 || $0 == 0x0D })
    guard parts.count == 2, let rank = UInt32(String(decoding: parts[1], as: UTF8.self)) else { return false }
    let start = pool.count
    guard appendBase64(parts[0]), pool.count > start, pool.count - start < 65_536 else { return false }
    let length = pool.count - start
    var slot = pool.withUnsafeBufferPointer { hash($0, start..<start + length) } & mask
    while starts[slot] != .max { slot = (slot + 1) & mask }
    starts[slot] = UInt32(truncatingIfNeeded: start)
    lengths[slot] = UInt16(truncatingIfNeeded: length)
    ranks[slot] = rank
    tokenCount += 1
    return true
  }

  private mutating func appendBase64(_ text: ArraySlice<UInt8>) -> Bool {
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in text {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte) - 0x41
      case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
      case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D: continue
      default: return false
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        pool.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return true
  }

  @inline(__always)
  private func hash(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    // FNV-1a, 64 bits. Source: G. Fowler, L. C. Noll, K.-P. Vo.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }

  /// The rank of a sequence of bytes; `.max` when it is no token.
  private func rank(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt32 {
    var slot = hash(text, range) & mask
    while starts[slot] != .max {
      if Int(lengths[slot]) == range.count {
        let start = Int(starts[slot])
        var offset = 0
        while offset < range.count, pool[start + offset] == text[range.lowerBound + offset] { offset += 1 }
        if offset == range.count { return ranks[slot] }
      }
      slot = (slot + 1) & mask
    }
    return .max
  }

  /// The number of tokens that a piece of text becomes.
  ///
  /// Pairs of neighbours are merged, the one of lowest rank first and of several the leftmost, until no pair is a token.
  ///
  /// - Complexity: O(*n* log *n*).
  func count(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    if range.count == 1 || rank(text, range) != .max { return 1 }
    var merger = PairMerger(range.count)
    for index in 0..<(range.count - 1) { push(index, &merger, text, range.lowerBound) }
    var count = range.count
    while let pair = merger.popLowest() {
      merger.merge(pair)
      count -= 1
      let before = merger.previous[pair]
      if before >= 0 { push(Int(before), &merger, text, range.lowerBound) }
      push(pair, &merger, text, range.lowerBound)
    }
    return count
  }

  private func push(_ left: Int, _ merger: inout PairMerger, _ text: UnsafeBufferPointer<UInt8>, _ base: Int) {
    let right = Int(merger.next[left])
    guard right < merger.end else {
      merger.ranks[left] = .max
      return
    }
    let end = Int(merger.next[right])
    let rank = rank(text, (base + left)..<(base + end))
    merger.ranks[left] = rank
    if rank != .max { merger.push(rank, left) }
  }
}

/// Why a vocabulary could not be read.
public struct VocabularyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// What is wrong.
  public var problem: String

  /// What is wrong and where.
  public var description: String { "line \(line): \(problem)" }
}

/// The parts of a piece while they are merged: a linked list over its bytes, and a heap of the pairs that could be merged.
private struct PairMerger {
  /// Where the part behind each part begins.
  var next: [Int32]
  var previous: [Int32]
  /// The rank of each part with the one behind it, as last looked up.
  var ranks: [UInt32]
  let end: Int
  private var heap: [UInt64] = []

  init(_ count: Int) {
    end = count
    next = (0..<count).map { Int32($0 + 1) }
    previous = (0..<count).map { Int32($0 - 1) }
    ranks = [UInt32](repeating: .max, count: count)
  }

  mutating func push(_ rank: UInt32, _ left: Int) {
    heap.append(UInt64(rank) << 32 | UInt64(left))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2] > heap[child] {
      heap.swapAt((child - 1) / 2, child)
      child = (child - 1) / 2
    }
  }

  /// The left part of the pair to merge next; pairs that changed since they were pushed are passed over.
  mutating func popLowest() -> Int? {
    while let top = heap.first {
      let last = heap.removeLast()
      if !heap.isEmpty {
        heap[0] = last
        sink()
      }
      let left = Int(top & 0xFFFF_FFFF)
      if ranks[left] == UInt32(truncatingIfNeeded: top >> 32) { return left }
    }
    return nil
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var child = parent * 2 + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }

  mutating func merge(_ left: Int) {
    let right = Int(next[left])
    next[left] = next[right]
    ranks[right] = .max
    if Int(next[left]) < end { previous[Int(next[left])] = Int32(left) }
  }
}
