/// Lines of a file that an earlier version of it did not have.
public struct AddedLines: Hashable, Sendable {
  /// The added lines by class.
  public var lines = LineClasses()
  /// Their bytes, line ends included.
  public var bytes = 0
  /// The number of lines that the earlier version had and this one has no more.
  public var removed = 0

  /// Makes a count of nothing.
  public init() {}

  static func + (left: AddedLines, right: AddedLines) -> AddedLines {
    var sum = left
    sum += right
    return sum
  }

  /// Adds another file's.
  public static func += (left: inout AddedLines, right: AddedLines) {
    left.lines += right.lines
    left.bytes += right.bytes
    left.removed += right.removed
  }
}

/// Tells which lines of a text are new, by a shortest edit script.
///
/// Source: E. W. Myers, *An O(ND) Difference Algorithm and Its Variations* (Algorithmica 1, 1986). Where the versions have little in
/// common the search would cost too much; then a line is new when the earlier version does not hold it as often.
struct LineDifference {
  private static let maximumEdits = 2_000

  /// For each line of `new` whether it was added.
  static func added(_ old: [UInt64], _ new: [UInt64]) -> [Bool] {
    var isAdded = [Bool](repeating: false, count: new.count)
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var oldEnd = old.count
    var newEnd = new.count
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    let middle = search(Array(old[start..<oldEnd]), Array(new[start..<newEnd]))
    for (offset, value) in middle.enumerated() { isAdded[start + offset] = value }
    return isAdded
  }

  private static func search(_ old: [UInt64], _ new: [UInt64]) -> [Bool] {
    if old.isEmpty { return [Bool](repeating: true, count: new.count) }
    if new.isEmpty { return [] }
    let limit = min(old.count + new.count, maximumEdits)
    var furthest = [Int](repeating: 0, count: 2 * limit + 3)
    var trace: [[Int]] = []
    let middle = limit + 1
    for edits in 0...limit {
      trace.append(Array(furthest[(middle - edits - 1)...(middle + edits + 1)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let goesDown =
          diagonal == -edits
          || diagonal != edits && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]
        var x = goesDown ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1
        while x < old.count, x - diagonal < new.count, x - diagonal >= 0, old[x] == new[x - diagonal] { x += 1 }
        furthest[middle + diagonal] = x
        if x >= old.count, x - diagonal >= new.count { return backtrack(trace, old.count, new.count) }
      }
    }
    return byCount(old, new)
  }

  private static func backtrack(_ trace: [[Int]], _ oldCount: Int, _ newCount: Int) -> [Bool] {
    var isAdded = [Bool](repeating: false, count: newCount)
    var x = oldCount
    var y = newCount
    for edits in stride(from: trace.count - 1, to: 0, by: -1) {
      let furthest = trace[edits]
      let middle = edits + 1
      let diagonal = x - y
      let goesDown =
        diagonal == -edits || diagonal != edits && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]
      let previous = goesDown ? diagonal + 1 : diagonal - 1
      x = furthest[middle + previous]
      y = x - previous
      if goesDown, y >= 0, y < newCount { isAdded[y] = true }
    }
    return isAdded
  }

  private static func byCount(_ old: [UInt64], _ new: [UInt64]) -> [Bool] {
    var left: [UInt64: Int] = [:]
    for line in old { left[line, default: 0] += 1 }
    return new.map { line in
      guard let count = left[line], count > 0 else { return true }
      left[line] = count - 1
      return false
    }
  }
}

extension FileDensity {
  /// Counts the lines that `old`, an earlier text of the same file, did not have.
  ///
  /// - Parameters:
  ///   - bytes: The text that was measured; its lines' classes were kept.
  ///   - old: The earlier text; empty for a file that is new.
  public func added(_ bytes: [UInt8], since old: [UInt8]) -> AddedLines {
    let new = lineRanges(of: bytes)
    let before = lineRanges(of: old)
    let isAdded = addedLines(bytes, new, old, before)
    var result = AddedLines()
    for (index, range) in new.enumerated() where isAdded[index] {
      if index < lineClasses.count { result.lines.add(lineClasses[index]) }
      result.bytes += range.count
    }
    let kept = new.count - result.lines.total
    result.removed = max(0, before.count - kept)
    return result
  }

  /// For each line of a text whether `old`, an earlier text of the same file, did not have it.
  public func areLinesAdded(_ bytes: [UInt8], since old: [UInt8]) -> [Bool] {
    addedLines(bytes, lineRanges(of: bytes), old, lineRanges(of: old))
  }

  private func addedLines(
    _ bytes: [UInt8], _ new: [Range<Int>], _ old: [UInt8], _ before: [Range<Int>]
  ) -> [Bool] {
    LineDifference.added(before.map { hash(old, $0) }, new.map { hash(bytes, $0) })
  }

  private func lineRanges(of bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard isLineEnd(byte) else { continue }
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      ranges.append(start..<index)
      start = index
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    return ranges
  }

  /// A hash of a line without the white space at its ends, so that a new indentation makes no new line.
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return hash
  }
}
