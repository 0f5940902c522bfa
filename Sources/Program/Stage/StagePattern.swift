/// A regular expression as JavaScript has it, matched by trying, within a bound of steps.
final class StagePattern {
  private indirect enum Item {
    case any
    case letter(Character)
    case set([ClosedRange<Character>], [Character], isInverted: Bool)
    case start, end, boundary, notBoundary
    case group(Int?, [[Item]])
    case look([[Item]], isAhead: Bool, isInverted: Bool)
    case back(Int)
    case repeated(Item, Int, Int, isLazy: Bool)
  }

  private let source: [Character]
  private var position = 0
  private var groupCount = 0
  private(set) var groupNames: [String: Int] = [:]
  private var body: [[Item]] = []
  private let ignoresCase: Bool
  private let isMultiline: Bool
  private let matchesLines: Bool
  let isGlobal: Bool
  private var depth = 0

  init(_ pattern: String, flags: String) {
    source = Array(pattern)
    ignoresCase = flags.contains("i")
    isMultiline = flags.contains("m")
    matchesLines = flags.contains("s")
    isGlobal = flags.contains("g")
    body = alternatives()
  }

  // MARK: Reading

  private var next: Character? { position < source.count ? source[position] : nil }

  private func alternatives() -> [[Item]] {
    depth += 1
    defer { depth -= 1 }
    guard depth < 40 else {
      position = source.count
      return [[]]
    }
    var result: [[Item]] = [[]]
    while let character = next, character != ")" {
      if character == "|" {
        position += 1
        result.append([])
        continue
      }
      guard let item = item() else { continue }
      result[result.count - 1].append(quantified(item))
    }
    return result
  }

  private func quantified(_ item: Item) -> Item {
    guard let character = next else { return item }
    var low = 0
    var high = Int.max
    switch character {
    case "*": position += 1
    case "+":
      low = 1
      position += 1
    case "?":
      high = 1
      position += 1
    case "{":
      guard let close = source[position...].firstIndex(of: "}") else { return item }
      let parts = String(source[position + 1..<close]).split(separator: ",", omittingEmptySubsequences: false)
      guard let first = parts.first, let minimum = Int(first) else { return item }
      low = min(1_000, minimum)
      high = parts.count == 1 ? low : Int(parts[1]).map { min(1_000, $0) } ?? .max
      position = close + 1
    default: return item
    }
    let isLazy = next == "?"
    if isLazy { position += 1 }
    return .repeated(item, low, max(low, high), isLazy: isLazy)
  }

  private func item() -> Item? {
    guard let character = next else { return nil }
    position += 1
    switch character {
    case ".": return .any
    case "^": return .start
    case "$": return .end
    case "[": return set()
    case "(": return group()
    case "\\": return escape()
    default: return .letter(character)
    }
  }

  private func group() -> Item {
    var number: Int?
    var look: (isAhead: Bool, isInverted: Bool)?
    if next == "?" {
      position += 1
      let mark = next
      position += 1
      switch mark {
      case "=": look = (true, false)
      case "!": look = (true, true)
      case "<":
        if next == "=" || next == "!" {
          look = (false, next == "!")
          position += 1
        } else {
          groupCount += 1
          number = groupCount
          var name = ""
          while let character = next, character != ">" {
            name.append(character)
            position += 1
          }
          position += 1
          groupNames[name] = number
        }
      default: break
      }
    } else {
      groupCount += 1
      number = groupCount
    }
    let inner = alternatives()
    if next == ")" { position += 1 }
    if let look { return .look(inner, isAhead: look.isAhead, isInverted: look.isInverted) }
    return .group(number, inner)
  }

  private static let digits: [ClosedRange<Character>] = ["0"..."9"]
  private static let word: [ClosedRange<Character>] = ["a"..."z", "A"..."Z", "0"..."9", "_"..."_"]

  private func escape() -> Item {
    guard let character = next else { return .letter("\\") }
    position += 1
    switch character {
    case "d": return .set(Self.digits, [], isInverted: false)
    case "D": return .set(Self.digits, [], isInverted: true)
    case "w": return .set(Self.word, [], isInverted: false)
    case "W": return .set(Self.word, [], isInverted: true)
    case "s": return .set([], ["s"], isInverted: false)
    case "S": return .set([], ["s"], isInverted: true)
    case "b": return .boundary
    case "B": return .notBoundary
    case "p", "P":
      if next == "{", let close = source[position...].firstIndex(of: "}") {
        let name = String(source[position + 1..<close])
        position = close + 1
        return .set([], [name.hasPrefix("N") ? "N" : "L"], isInverted: character == "P")
      }
      return .letter(character)
    case "1"..."9": return .back(Int(String(character)) ?? 0)
    default: return .letter(plain(character))
    }
  }

  private func plain(_ character: Character) -> Character {
    switch character {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "0": return "\0"
    case "f": return "\u{0C}"
    case "v": return "\u{0B}"
    case "u", "x":
      var count = character == "u" ? 4 : 2
      if next == "{", let close = source[position...].firstIndex(of: "}") {
        position += 1
        count = close - position
      }
      let end = min(source.count, position + max(0, min(8, count)))
      guard let value = UInt32(String(source[position..<end]), radix: 16), let scalar = Unicode.Scalar(value) else {
        return character
      }
      position = end
      if next == "}" { position += 1 }
      return Character(scalar)
    default: return character
    }
  }

  private func set() -> Item {
    var isInverted = false
    if next == "^" {
      isInverted = true
      position += 1
    }
    var ranges: [ClosedRange<Character>] = []
    var classes: [Character] = []
    while let character = next, character != "]" {
      position += 1
      var low = character
      if character == "\\", let escaped = next {
        position += 1
        switch escaped {
        case "d":
          ranges += Self.digits
          continue
        case "w":
          ranges += Self.word
          continue
        case "s", "S", "D", "W":
          classes.append(escaped)
          continue
        case "p":
          position -= 2
          position += 2
          if next == "{", let close = source[position...].firstIndex(of: "}") {
            classes.append(source[position + 1] == "N" ? "N" : "L")
            position = close + 1
          }
          continue
        default: low = plain(escaped)
        }
      }
      if next == "-", position + 1 < source.count, source[position + 1] != "]" {
        position += 1
        var high = source[position]
        position += 1
        if high == "\\", let escaped = next {
          position += 1
          high = plain(escaped)
        }
        if low <= high { ranges.append(low...high) }
      } else {
        ranges.append(low...low)
      }
    }
    position += 1
    return .set(ranges, classes, isInverted: isInverted)
  }

  // MARK: Matching

  struct Match {
    var start: Int
    var end: Int
    var groups: [Range<Int>?]
  }

  private var text: [Character] = []
  private var steps = 0
  private var groups: [Range<Int>?] = []

  /// The first match at or after a place, counted in characters.
  func match(_ text: String, from start: Int) -> Match? { match(Array(text), from: start) }

  func match(_ characters: [Character], from start: Int) -> Match? {
    text = characters
    steps = 60_000
    guard start <= text.count else { return nil }
    for begin in start...text.count {
      groups = [Range<Int>?](repeating: nil, count: groupCount + 1)
      var end: Int?
      if alternatives(
        body, begin, 0,
        { place in
          end = place
          return true
        }), let end
      {
        return Match(start: begin, end: end, groups: groups)
      }
      if steps <= 0 { return nil }
    }
    return nil
  }

  private func alternatives(_ all: [[Item]], _ place: Int, _ level: Int, _ then: (Int) -> Bool) -> Bool {
    for items in all where sequence(items[...], place, level, then) { return true }
    return false
  }

  private func sequence(_ items: ArraySlice<Item>, _ place: Int, _ level: Int, _ then: (Int) -> Bool) -> Bool {
    steps -= 1
    guard steps > 0, level < 400 else { return false }
    guard let first = items.first else { return then(place) }
    let rest = items.dropFirst()
    return one(first, place, level + 1) { self.sequence(rest, $0, level + 1, then) }
  }

  private func one(_ item: Item, _ place: Int, _ level: Int, _ then: (Int) -> Bool) -> Bool {
    switch item {
    case .start: return (place == 0 || isMultiline && text[place - 1].isNewline) && then(place)
    case .end: return (place == text.count || isMultiline && text[place].isNewline) && then(place)
    case .boundary: return isBoundary(place) && then(place)
    case .notBoundary: return !isBoundary(place) && then(place)
    case .group(let number, let inner):
      return alternatives(inner, place, level) { end in
        guard let number else { return then(end) }
        let old = self.groups[number]
        self.groups[number] = place..<end
        if then(end) { return true }
        self.groups[number] = old
        return false
      }
    case .look(let inner, let isAhead, let isInverted):
      var found = false
      if isAhead {
        found = alternatives(inner, place, level) { _ in true }
      } else {
        for begin in stride(from: place, through: 0, by: -1) where !found {
          found = alternatives(inner, begin, level) { $0 == place }
        }
      }
      return found != isInverted && then(place)
    case .back(let number):
      guard number < groups.count, let range = groups[number] else { return then(place) }
      let end = place + range.count
      guard end <= text.count, text[place..<end] == text[range] else { return false }
      return then(end)
    case .repeated(let inner, let low, let high, let isLazy):
      return times(inner, low, high, isLazy, 0, place, level, then)
    default:
      guard place < text.count, fits(item, text[place]) else { return false }
      return then(place + 1)
    }
  }

  private func times(
    _ item: Item, _ low: Int, _ high: Int, _ isLazy: Bool, _ count: Int, _ place: Int, _ level: Int,
    _ then: (Int) -> Bool
  ) -> Bool {
    steps -= 1
    guard steps > 0, level < 400 else { return false }
    // Single characters are counted first, so that long runs need no nesting.
    if count == 0, !isLazy, isSingle(item) {
      var run = 0
      while run < high, place + run < text.count, fits(item, text[place + run]) { run += 1 }
      guard run >= low else { return false }
      for taken in stride(from: run, through: low, by: -1) {
        steps -= 1
        if then(place + taken) { return true }
        if steps <= 0 { return false }
      }
      return false
    }
    if isLazy, count >= low, then(place) { return true }
    if count < high {
      let more = one(item, place, level + 1) { end in
        end > place && self.times(item, low, high, isLazy, count + 1, end, level + 1, then)
      }
      if more { return true }
    }
    return !isLazy && count >= low && then(place)
  }

  private func isSingle(_ item: Item) -> Bool {
    switch item {
    case .any, .letter, .set: true
    default: false
    }
  }

  private func fits(_ item: Item, _ character: Character) -> Bool {
    switch item {
    case .any: return matchesLines || !character.isNewline
    case .letter(let wanted):
      return wanted == character || ignoresCase && wanted.lowercased() == character.lowercased()
    case .set(let ranges, let classes, let isInverted):
      var isIn = ranges.contains { $0.contains(character) } || classes.contains { self.isOf($0, character) }
      if !isIn, ignoresCase {
        let other = character.isUppercase ? character.lowercased() : character.uppercased()
        if other.count == 1, let single = other.first { isIn = ranges.contains { $0.contains(single) } }
      }
      return isIn != isInverted
    default: return false
    }
  }

  private func isOf(_ kind: Character, _ character: Character) -> Bool {
    switch kind {
    case "s": character.isWhitespace
    case "S": !character.isWhitespace
    case "D": !Self.digits.contains { $0.contains(character) }
    case "W": !Self.word.contains { $0.contains(character) }
    case "N": character.isNumber
    case "L": character.isLetter
    default: false
    }
  }

  private func isBoundary(_ place: Int) -> Bool {
    func isWord(_ index: Int) -> Bool {
      index >= 0 && index < text.count && Self.word.contains { $0.contains(text[index]) }
    }
    return isWord(place - 1) != isWord(place)
  }
}
