/// A regular expression that is matched in time linear in the text, whatever the expression: all ways are followed at once.
///
/// Characters, `.`, classes with ranges and `\d \w \s` and their opposites, groups, alternatives, `* + ? {m,n}` (lazy ones too, which
/// makes no difference to whether something matches), `^ $ \b \B`, `\n \t \xHH \uHHHH \u{H}`, and the flags `i`, `m` and `s`, in front
/// as `(?i)` as well. No look-around and no references, which cannot be matched so.
public struct LinearRegex: Sendable, Hashable {
  /// The expression as written.
  public let source: String
  private let program: [Step]
  private let ignoresCase: Bool
  private let isMultiline: Bool

  enum Assertion: Hashable, Sendable { case start, end, boundary, noBoundary }

  /// A set of characters.
  struct CharacterSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isInverted = false

    func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } != isInverted }
  }

  enum Step: Hashable, Sendable {
    case one(CharacterSet)
    case split(Int, Int)
    case jump(Int)
    case assert(Assertion)
    case match
  }

  static let maximumSteps = 4_000

  /// Reads an expression.
  ///
  /// - Parameter flags: Letters after the closing slash, where there is one.
  /// - Throws: ``PatternError`` with the place.
  public init(_ source: String, flags: String = "") throws(PatternError) {
    var reader = RegexReader(source)
    for flag in flags.unicodeScalars {
      guard reader.take(flag: flag) else {
        throw PatternError("no flag is called `\(flag)`", at: source.utf8.count, advice: "use `i`, `m` or `s`")
      }
    }
    program = try reader.read()
    self.source = source
    ignoresCase = reader.ignoresCase
    isMultiline = reader.isMultiline
  }

  /// Whether the expression matches somewhere in a text.
  ///
  /// - Complexity: O(*n* · *m*) in the lengths of text and expression.
  public func matches(in text: String) -> Bool {
    var budget = StepBudget(.max)
    return matches(in: text, budget: &budget)
  }

  func matches(in text: String, budget: inout StepBudget) -> Bool {
    let scalars = text.unicodeScalars.map { ignoresCase ? folded($0.value) : $0.value }
    var threads: [Int] = []
    var marks = [Int](repeating: -1, count: program.count)
    for position in 0...scalars.count {
      guard budget.take(1 + threads.count) else { return false }
      if add(0, at: position, scalars, &threads, &marks) { return true }
      guard position < scalars.count else { break }
      var next: [Int] = []
      for thread in threads {
        guard case .one(let set) = program[thread], accepts(set, scalars[position]) else { continue }
        if add(thread + 1, at: position + 1, scalars, &next, &marks) { return true }
      }
      threads = next
    }
    return false
  }

  private func accepts(_ set: CharacterSet, _ scalar: UInt32) -> Bool {
    if set.contains(scalar) { return true }
    guard ignoresCase, (0x61...0x7A).contains(scalar) || scalar > 0x7F else { return false }
    guard let upper = Unicode.Scalar(scalar)?.properties.uppercaseMapping.unicodeScalars.first else { return false }
    return set.isInverted ? false : set.contains(upper.value)
  }

  private func folded(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return (0x41...0x5A).contains(scalar) ? scalar | 0x20 : scalar }
    return Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
  }

  /// Follows what takes no character; `true` when the end of the expression is reached.
  private func add(
    _ start: Int, at position: Int, _ text: [UInt32], _ threads: inout [Int], _ marks: inout [Int]
  ) -> Bool {
    var waiting = [start]
    while let step = waiting.popLast() {
      guard marks[step] != position else { continue }
      marks[step] = position
      switch program[step] {
      case .match: return true
      case .one: threads.append(step)
      case .jump(let target): waiting.append(target)
      case .split(let first, let second): waiting += [second, first]
      case .assert(let assertion): if holds(assertion, at: position, text) { waiting.append(step + 1) }
      }
    }
    return false
  }

  private func holds(_ assertion: Assertion, at position: Int, _ text: [UInt32]) -> Bool {
    func isWord(_ index: Int) -> Bool {
      text.indices.contains(index) && RegexReader.word.contains { $0.contains(text[index]) }
    }
    switch assertion {
    case .start: return position == 0 || isMultiline && text[position - 1] == 0x0A
    case .end: return position == text.count || isMultiline && text[position] == 0x0A
    case .boundary: return isWord(position - 1) != isWord(position)
    case .noBoundary: return isWord(position - 1) == isWord(position)
    }
  }
}

/// Reads a regular expression into steps.
private struct RegexReader {
  typealias Step = LinearRegex.Step

  static let digit: [ClosedRange<UInt32>] = [0x30...0x39]
  static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
  static let space: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2028...0x2029, 0xFEFF...0xFEFF]
  private static let maximumDepth = 64

  private let text: [Unicode.Scalar]
  private var position = 0
  private(set) var ignoresCase = false
  private(set) var isMultiline = false
  private var dotMatchesLineEnds = false

  init(_ source: String) { text = Array(source.unicodeScalars) }

  mutating func take(flag: Unicode.Scalar) -> Bool {
    switch flag {
    case "i": ignoresCase = true
    case "m": isMultiline = true
    case "s": dotMatchesLineEnds = true
    case "u", "g", "v": break
    default: return false
    }
    return true
  }

  mutating func read() throws(PatternError) -> [Step] {
    try readFlags()
    let steps = try alternatives(depth: 0)
    guard position == text.count else { throw error("`)` closes nothing", "write `\\)` for the character") }
    return steps + [.match]
  }

  private mutating func readFlags() throws(PatternError) {
    guard text.count > 2, text[0] == "(", text[1] == "?", let end = text.firstIndex(of: ")"),
      text[2..<end].allSatisfy({ "imsu".unicodeScalars.contains($0) }), end > 2
    else { return }
    for flag in text[2..<end] { _ = take(flag: flag) }
    position = end + 1
  }

  private func error(_ problem: String, _ advice: String? = nil, at place: Int? = nil) -> PatternError {
    let offset = text[..<min(place ?? position, text.count)].reduce(0) { $0 + UTF8.width($1) }
    return PatternError("the regular expression cannot be read: \(problem)", at: offset, advice: advice)
  }

  private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func alternatives(depth: Int) throws(PatternError) -> [Step] {
    guard depth < Self.maximumDepth else { throw error("groups nest more than \(Self.maximumDepth) deep") }
    var steps = try sequence(depth: depth)
    while current == "|" {
      position += 1
      let other = try sequence(depth: depth)
      steps =
        [.split(1, steps.count + 2)] + shifted(steps, by: 1) + [.jump(steps.count + 2 + other.count)]
        + shifted(other, by: steps.count + 2)
      try check(steps)
    }
    return steps
  }

  private func check(_ steps: [Step]) throws(PatternError) {
    if steps.count > LinearRegex.maximumSteps { throw error("it is too large", "repeat less often") }
  }

  /// Steps as they are when others stand in front of them.
  private func shifted(_ steps: [Step], by count: Int) -> [Step] {
    steps.map { step in
      switch step {
      case .split(let first, let second): .split(first + count, second + count)
      case .jump(let target): .jump(target + count)
      default: step
      }
    }
  }

  private mutating func sequence(depth: Int) throws(PatternError) -> [Step] {
    var steps: [Step] = []
    while let next = current, next != "|", next != ")" {
      let item = try repeated(try item(depth: depth))
      steps += shifted(item, by: steps.count)
      try check(steps)
    }
    return steps
  }

  private mutating func item(depth: Int) throws(PatternError) -> [Step] {
    let start = position
    guard let next = current else { return [] }
    position += 1
    switch next {
    case "(":
      if current == "?" {
        position += 1
        guard current == ":" else {
          throw error(
            "no look-around and no named groups here", "use `all` and `not` with several conditions", at: start)
        }
        position += 1
      }
      let inner = try alternatives(depth: depth + 1)
      guard current == ")" else { throw error("`(` is not closed", at: start) }
      position += 1
      return inner
    case "[": return [.one(try characterClass(from: start))]
    case ".":
      return [
        .one(LinearRegex.CharacterSet(ranges: dotMatchesLineEnds ? [] : [0x0A...0x0A, 0x0D...0x0D], isInverted: true))
      ]
    case "^": return [.assert(.start)]
    case "$": return [.assert(.end)]
    case "\\":
      if current == "b" || current == "B" {
        position += 1
        return [.assert(text[position - 1] == "b" ? .boundary : .noBoundary)]
      }
      return [.one(try escape())]
    case "*", "+", "?": throw error("`\(next)` repeats nothing", "write `\\\(next)` for the character", at: start)
    default: return [.one(single(next))]
    }
  }

  private func single(_ scalar: Unicode.Scalar) -> LinearRegex.CharacterSet {
    var value = scalar.value
    if ignoresCase, let lower = scalar.properties.lowercaseMapping.unicodeScalars.first { value = lower.value }
    return LinearRegex.CharacterSet(ranges: [value...value])
  }

  private mutating func escape() throws(PatternError) -> LinearRegex.CharacterSet {
    guard let next = current else { throw error("`\\` stands at the end", "write `\\\\` for the character") }
    position += 1
    switch next {
    case "d": return .init(ranges: Self.digit)
    case "D": return .init(ranges: Self.digit, isInverted: true)
    case "w": return .init(ranges: Self.word)
    case "W": return .init(ranges: Self.word, isInverted: true)
    case "s": return .init(ranges: Self.space)
    case "S": return .init(ranges: Self.space, isInverted: true)
    case "n": return .init(ranges: [0x0A...0x0A])
    case "t": return .init(ranges: [0x09...0x09])
    case "r": return .init(ranges: [0x0D...0x0D])
    case "x", "u": return single(try hexadecimal(isWide: next == "u"))
    case "0"..."9", "k": throw error("no references to groups here")
    case "p", "P": throw error("no Unicode properties here", "write a class such as `[a-z]`")
    default: return single(next)
    }
  }

  private mutating func hexadecimal(isWide: Bool) throws(PatternError) -> Unicode.Scalar {
    let isBraced = isWide && current == "{"
    if isBraced { position += 1 }
    var value: UInt32 = 0
    var count = 0
    while let digit = current.flatMap({ UInt32(String($0), radix: 16) }), count < (isBraced ? 6 : isWide ? 4 : 2) {
      value = value << 4 | digit
      position += 1
      count += 1
    }
    if isBraced {
      guard current == "}" else { throw error("`\\u{` is not closed") }
      position += 1
    }
    guard count > 0, let scalar = Unicode.Scalar(value) else { throw error("no character has that number") }
    return scalar
  }

  private mutating func characterClass(from start: Int) throws(PatternError) -> LinearRegex.CharacterSet {
    var set = LinearRegex.CharacterSet(ranges: [])
    if current == "^" {
      set.isInverted = true
      position += 1
    }
    var isFirst = true
    while let next = current, next != "]" || isFirst {
      isFirst = false
      position += 1
      let low = next == "\\" ? try escape() : single(next)
      if low.isInverted { throw error("a class cannot hold `\\D`, `\\W` or `\\S`", "invert the class with `^`") }
      guard current == "-", position + 1 < text.count, text[position + 1] != "]",
        let from = low.ranges.first?.lowerBound,
        low.ranges.count == 1, low.ranges[0].count == 1
      else {
        set.ranges += low.ranges
        continue
      }
      position += 1
      let last = text[position]
      position += 1
      let high = last == "\\" ? try escape() : LinearRegex.CharacterSet(ranges: [last.value...last.value])
      guard let to = high.ranges.first?.lowerBound, from <= to else { throw error("a range runs backwards", at: start) }
      set.ranges.append(from...to)
    }
    guard current == "]" else { throw error("`[` is not closed", "write `\\[` for the character", at: start) }
    position += 1
    return set
  }

  private mutating func repeated(_ item: [Step]) throws(PatternError) -> [Step] {
    var item = item
    while let (minimum, maximum) = try quantifier() {
      if current == "?" { position += 1 }
      var steps: [Step] = []
      for _ in 0..<minimum {
        steps += shifted(item, by: steps.count)
        try check(steps)
      }
      if let maximum {
        guard maximum >= minimum else { throw error("a repetition runs backwards") }
        for _ in minimum..<maximum {
          steps += shifted([.split(1, item.count + 1)] + shifted(item, by: 1), by: steps.count)
          try check(steps)
        }
      } else {
        let loop = [.split(1, item.count + 2)] + shifted(item, by: 1) + [.jump(0)]
        steps += shifted(loop, by: steps.count)
      }
      item = steps
    }
    return item
  }

  private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
    switch current {
    case "*":
      position += 1
      return (0, nil)
    case "+":
      position += 1
      return (1, nil)
    case "?":
      position += 1
      return (0, 1)
    case "{": return try bounds()
    default: return nil
    }
  }

  private mutating func bounds() throws(PatternError) -> (Int, Int?)? {
    guard let end = text[position...].firstIndex(of: "}") else { return nil }
    let parts = String(String.UnicodeScalarView(text[position + 1..<end])).split(
      separator: ",", omittingEmptySubsequences: false)
    guard let minimum = parts.first.flatMap({ Int($0) }), (0...1_000).contains(minimum), parts.count <= 2 else {
      throw error("`{` begins no repetition", "write `\\{` for the character")
    }
    position = end + 1
    guard parts.count == 2 else { return (minimum, minimum) }
    if parts[1].isEmpty { return (minimum, nil) }
    guard let maximum = Int(parts[1]), maximum <= 1_000 else { throw error("a repetition is counted to 1,000 at most") }
    return (minimum, maximum)
  }
}
