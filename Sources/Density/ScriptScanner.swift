import SourceText

/// Finds the comments and literals of a script without parsing it.
///
/// Whether a slash divides or begins a regular expression follows from the token before it, except after `}` and a few words;
/// there, and wherever else only the grammar can tell (JSX, comments like those of HTML, anything invalid), the scanner gives up
/// and the parser decides. So its answer is either the parser's or none.
struct ScriptScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private let classes: UnsafePointer<UInt8>
  private let end: Int
  private(set) var index: Int
  private let start: Int
  /// Where the program begins, behind a byte order mark and the line that runs it.
  private var codeStart: Int
  private let hasTypes: Bool
  private(set) var regions: [Region] = []
  private var brackets = BracketStack()
  /// Whether the last `)` ended the head of a statement, behind which an operand follows.
  private var closedControl = false

  private typealias Bracket = BracketStack.Bracket

  init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, hasTypes: Bool, classes: UnsafePointer<UInt8>) {
    self.text = text
    self.classes = classes
    start = range.lowerBound
    index = range.lowerBound
    codeStart = range.lowerBound
    end = range.upperBound
    self.hasTypes = hasTypes
  }

  /// Scans all; `false` when the parser has to decide.
  mutating func run() -> Bool {
    defer { brackets.deallocate() }
    return scan()
  }

  private mutating func scan() -> Bool {
    skipMarkAndHashbang()
    while true {
      skipPlain()
      guard index < end else { return brackets.isEmpty }
      let byte = text[index]
      switch classes[Int(byte)] {
      case ByteKind.quote: if !scanString(byte) { return false }
      case ByteKind.slash: if !scanSlash() { return false }
      case ByteKind.bracket: if !scanBracket(byte) { return false }
      case ByteKind.less: if !scanLess() { return false }
      case ByteKind.minus: if !scanMinus() { return false }
      default: return false
      }
    }
  }

  /// Skips names, numbers, white space and all signs that open or close nothing.
  @inline(__always)
  private mutating func skipPlain() {
    while index &+ 4 <= end {
      let kinds =
        classes[Int(text[index])] | classes[Int(text[index &+ 1])] | classes[Int(text[index &+ 2])]
        | classes[Int(text[index &+ 3])]
      if kinds != 0 { break }
      index &+= 4
    }
    while index < end, classes[Int(text[index])] == ByteKind.plain { index &+= 1 }
  }

  private mutating func skipMarkAndHashbang() {
    if index + 2 < end, text[index] == 0xEF, text[index + 1] == 0xBB, text[index + 2] == 0xBF { index += 3 }
    codeStart = index
    guard index == 0 || index == 3, index + 1 < end, text[index] == 0x23, text[index + 1] == 0x21 else { return }
    let first = index
    skipLine()
    codeStart = index
    regions.append(Region(.literal, first, index))
  }

  private mutating func skipLine() {
    while true {
      index = WordScan.endOfScriptLine(text, from: index, end: end)
      guard index < end, text[index] == 0xE2 else { return }
      if index + 2 < end, text[index + 1] == 0x80, text[index + 2] & 0xFE == 0xA8 { return }
      index &+= 1
    }
  }

  private mutating func scanString(_ quote: UInt8) -> Bool {
    let first = index
    index &+= 1
    var hasSpace = false
    while index < end {
      let byte = text[index]
      index &+= 1
      if byte == quote {
        if hasSpace { regions.append(Region(.literal, first, index)) }
        return true
      }
      if byte <= 0x20 {
        if byte == 0x0A || byte == 0x0D { return false }
        hasSpace = true
      } else if byte == 0x5C {
        guard index < end else { return false }
        if text[index] == 0x0D, index &+ 1 < end, text[index &+ 1] == 0x0A { index &+= 1 }
        if text[index] <= 0x20 || text[index] >= 0x80 { hasSpace = true }
        index &+= 1
      } else if byte >= 0x80 {
        hasSpace = true
      }
    }
    return false
  }

  /// The rest of a template from behind a `` ` `` or the `}` that ends a hole.
  private mutating func scanTemplate(from first: Int) -> Bool {
    while index < end {
      let byte = text[index]
      index &+= 1
      if byte == 0x60 {
        regions.append(Region(.literal, first, index))
        return true
      }
      if byte == 0x5C {
        index &+= 1
      } else if byte == 0x24, index < end, text[index] == 0x7B {
        index &+= 1
        regions.append(Region(.literal, first, index))
        brackets.push(.template)
        return true
      }
    }
    return false
  }

  private mutating func scanSlash() -> Bool {
    guard index &+ 1 < end else { return false }
    let next = text[index &+ 1]
    let first = index
    if next == 0x2F {
      skipLine()
      regions.append(Region(.comment, first, index))
      return true
    }
    if next == 0x2A {
      index &+= 2
      while index &+ 1 < end {
        index = WordScan.find(0x2A, in: text, from: index, end: end)
        guard index &+ 1 < end else { break }
        index &+= 1
        if text[index] == 0x2F {
          index &+= 1
          regions.append(Region(.comment, first, index))
          return true
        }
      }
      // A comment that nothing ends swallows the rest, whatever stood open before it.
      index = end
      regions.append(Region(.comment, first, end))
      brackets.removeAll()
      return true
    }
    switch tokenBefore(index) {
    case .operation: return scanRegularExpression()
    case .operand: break
    case .unknown: return false
    }
    index &+= 1
    return true
  }

  private mutating func scanRegularExpression() -> Bool {
    let first = index
    index &+= 1
    var isInClass = false
    while index < end {
      let byte = text[index]
      index &+= 1
      switch byte {
      case 0x0A, 0x0D: return false
      case 0x5C:
        guard index < end, !isLineEnd(text[index]) else { return false }
        index &+= 1
      case 0x5B: isInClass = true
      case 0x5D: isInClass = false
      case 0x2F where !isInClass:
        while index < end, isNamePart(text[index]) { index &+= 1 }
        regions.append(Region(.literal, first, index))
        return true
      default: break
      }
    }
    return false
  }

  private mutating func scanBracket(_ byte: UInt8) -> Bool {
    let first = index
    index &+= 1
    switch byte {
    case 0x28: brackets.push(isHeadOfStatement(first) ? .control : .parenthesis)
    case 0x5B: brackets.push(.square)
    case 0x7B: brackets.push(.brace)
    case 0x60: return scanTemplate(from: first)
    case 0x29:
      guard let open = brackets.pop(), open == .parenthesis || open == .control else { return false }
      closedControl = open == .control
    case 0x5D: return brackets.pop() == .square
    default:
      guard let open = brackets.pop() else { return false }
      if open == .template { return scanTemplate(from: first) }
      return open == .brace
    }
    return true
  }

  private mutating func scanLess() -> Bool {
    if index &+ 1 < end, text[index &+ 1] == 0x21 { return false }
    if index &+ 1 < end, text[index &+ 1] == 0x3C {
      index &+= 1
    } else if !hasTypes, tokenBefore(index) != .operand {
      return false
    }
    index &+= 1
    return true
  }

  private mutating func scanMinus() -> Bool {
    if index &+ 2 < end, text[index &+ 1] == 0x2D, text[index &+ 2] == 0x3E, mayCloseMarkup() { return false }
    index &+= 1
    return true
  }

  /// Whether the `-->` here may be the first token of its line, where a classic script reads a comment.
  private func mayCloseMarkup() -> Bool {
    var before = index &- 1
    while before >= start, text[before] <= 0x20, !isLineEnd(text[before]) { before &-= 1 }
    return before < start || isLineEnd(text[before]) || text[before] == 0x2F || text[before] >= 0x80
  }

  // MARK: The token before

  private enum Before: UInt8 {
    /// An operand has to follow.
    case operation
    /// An operand has ended.
    case operand
    /// Only the grammar can tell.
    case unknown
  }

  /// What the token that ends before `position` leaves to follow.
  private func tokenBefore(_ position: Int) -> Before {
    var position = position
    var next = regions.count &- 1
    // Signs that belong to the operand before or behind them, such as `++`, leave the answer to what stands before them.
    while true {
      position = skipBlanksBackward(position, &next)
      guard position > codeStart else { return .operation }
      let byte = text[position &- 1]
      if next >= 0, regions[next].end == UInt32(truncatingIfNeeded: position) {
        // A template's head ends in the bracket of its hole.
        return byte == 0x7B ? .operation : .operand
      }
      switch byte {
      case 0x29: return closedControl ? .operation : .operand
      case 0x5D, 0x22, 0x27, 0x60: return .operand
      case 0x7D: return .unknown
      case 0x2E: return afterDot(position)
      case 0x3E:
        if position &- 2 >= start, text[position &- 2] == 0x3D { return .operation }
        return hasTypes ? .unknown : .operation
      case 0x2B, 0x2D:
        var first = position &- 1
        while first > codeStart, text[first &- 1] == byte { first &-= 1 }
        guard (position &- first) % 2 == 0 else { return .operation }
        position = first
        // Nothing that ends in a brace or a `>` can be counted up.
        var regionBefore = next
        let before = skipBlanksBackward(position, &regionBefore)
        if before > codeStart, regionBefore < 0 || regions[regionBefore].end != UInt32(truncatingIfNeeded: before) {
          if text[before &- 1] == 0x7D { return .operation }
          if text[before &- 1] == 0x3E { return hasTypes ? .unknown : .operation }
        }
      case 0x21:
        // In TypeScript a `!` behind an operand asserts that there is one.
        guard hasTypes else { return .operation }
        position &-= 1
      default:
        return isNamePart(byte) || byte >= 0x80 ? word(before: position, next) : .operation
      }
    }
  }

  /// The end of what stands before white space and comments; `next` becomes the last region that begins before it.
  private func skipBlanksBackward(_ position: Int, _ next: inout Int) -> Int {
    var position = position
    while position > codeStart {
      while next >= 0, Int(regions[next].start) >= position { next &-= 1 }
      if next >= 0, regions[next].end == UInt32(truncatingIfNeeded: position) {
        guard regions[next].kind == .comment else { return position }
        position = Int(regions[next].start)
        continue
      }
      let byte = text[position &- 1]
      if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
        position &-= 1
      } else if byte >= 0x80 {
        let length = spaceLength(endingAt: position)
        if length == 0 { return position }
        position &-= length
      } else {
        return position
      }
    }
    return position
  }

  /// The length of the space beyond ASCII that ends at `position`; 0 when there is none.
  private func spaceLength(endingAt position: Int) -> Int {
    for length in 2...3 where position &- length >= start {
      if unicodeSpaceLength(text, at: position &- length, end: position, onlyMark: false) == length { return length }
    }
    return 0
  }

  private func afterDot(_ position: Int) -> Before {
    if position &- 2 >= start, text[position &- 2] == 0x2E { return .operation }
    // The dot may end a number.
    var first = position &- 1
    while first > codeStart, isNamePart(text[first &- 1]) || text[first &- 1] == 0x2E { first &-= 1 }
    return first < position &- 1 && isDigit(text[first]) ? .operand : .unknown
  }

  /// What the word that ends at `position` leaves to follow.
  private func word(before position: Int, _ next: Int) -> Before {
    switch role(ofWordBefore: position, next) {
    case .name: .operand
    case .keyword, .control: .operation
    case .contextual: .unknown
    }
  }

  private func role(ofWordBefore position: Int, _ next: Int) -> WordRole {
    let first = wordStart(before: position)
    let role = role(of: first, position)
    guard role != .name else { return .name }
    var next = next
    let before = skipBlanksBackward(first, &next)
    // Behind a dot a keyword is a name, but not behind the three that spread.
    let isProperty =
      before > codeStart && text[before &- 1] == 0x2E && !(before &- 2 >= start && text[before &- 2] == 0x2E)
    return isProperty ? .name : role
  }

  private func wordStart(before position: Int) -> Int {
    var first = position
    while first > codeStart {
      let byte = text[first &- 1]
      if isNamePart(byte) || byte >= 0x80 && spaceLength(endingAt: first) == 0 { first &-= 1 } else { break }
    }
    return first
  }

  /// Whether the parenthesis at `position` opens the head of a statement.
  private func isHeadOfStatement(_ position: Int) -> Bool {
    var before = position
    while before > codeStart, text[before &- 1] == 0x20 { before &-= 1 }
    guard before > codeStart else { return false }
    switch text[before &- 1] {
    case 0x66: guard endsWord(before, "if") else { return false }
    case 0x72: guard endsWord(before, "for") else { return false }
    case 0x65: guard endsWord(before, "while") else { return false }
    case 0x68: guard endsWord(before, "with") else { return false }
    case 0x74: guard endsWord(before, "await") else { return false }
    // A comment or another space may stand between such a word and its head.
    case 0x2F, 0x09...0x0D, 0x80...: break
    default:
      // A comment of one line may end in anything.
      guard let last = regions.last, last.kind == .comment, last.end == UInt32(truncatingIfNeeded: before) else {
        return false
      }
    }
    var next = regions.count &- 1
    let end = skipBlanksBackward(position, &next)
    guard end > codeStart, isNamePart(text[end &- 1]) else { return false }
    if next >= 0, regions[next].end == UInt32(truncatingIfNeeded: end) { return false }
    switch role(ofWordBefore: end, next) {
    case .control: return true
    case .contextual:
      let first = wordStart(before: end)
      let before = skipBlanksBackward(first, &next)
      guard isWord(first, end &- first, "await"), before > codeStart, isNamePart(text[before &- 1]) else {
        return false
      }
      return role(ofWordBefore: before, next) == .control
    case .name, .keyword: return false
    }
  }

  /// Whether the bytes before `end` are those of a word, whatever comes before them.
  @inline(__always)
  private func endsWord(_ end: Int, _ word: StaticString) -> Bool {
    let first = end &- word.utf8CodeUnitCount
    return first >= codeStart && isWord(first, word.utf8CodeUnitCount, word)
  }

  private enum WordRole { case name, keyword, control, contextual }

  private func role(of first: Int, _ end: Int) -> WordRole {
    let count = end &- first
    guard count >= 2, count <= 10 else { return .name }
    switch text[first] {
    case 0x61: return isWord(first, count, "await") ? .contextual : .name
    case 0x63: return isWord(first, count, "case") ? .keyword : .name
    case 0x64:
      return isWord(first, count, "do") || isWord(first, count, "delete")
        ? .keyword : isWord(first, count, "default") ? .contextual : .name
    case 0x65: return isWord(first, count, "else") || isWord(first, count, "extends") ? .keyword : .name
    case 0x66: return isWord(first, count, "for") ? .control : .name
    case 0x69:
      if count == 2 { return text[first &+ 1] == 0x66 ? .control : text[first &+ 1] == 0x6E ? .keyword : .name }
      return isWord(first, count, "instanceof") ? .keyword : .name
    case 0x6E: return isWord(first, count, "new") ? .keyword : .name
    case 0x6F: return isWord(first, count, "of") ? .contextual : .name
    case 0x72: return isWord(first, count, "return") ? .keyword : .name
    case 0x74: return isWord(first, count, "typeof") || isWord(first, count, "throw") ? .keyword : .name
    case 0x76: return isWord(first, count, "void") ? .keyword : .name
    case 0x77: return isWord(first, count, "while") || isWord(first, count, "with") ? .control : .name
    case 0x79: return isWord(first, count, "yield") ? .contextual : .name
    default: return .name
    }
  }

  private func isWord(_ first: Int, _ count: Int, _ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for offset in 0..<count where text[first &+ offset] != word.utf8Start[offset] { return false }
    return true
  }
}

/// Whether a byte of ASCII may stand in a name, a number or an escape within a name.
@inline(__always)
private func isNamePart(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x24 || byte == 0x5C || byte == 0x23
}

/// The brackets that are open, in memory of its own so that pushing and popping costs next to nothing.
private struct BracketStack {
  enum Bracket: UInt8 { case parenthesis, control, square, brace, template }

  private var storage = UnsafeMutablePointer<Bracket>.allocate(capacity: 64)
  private var capacity = 64
  private var count = 0

  var isEmpty: Bool { count == 0 }

  @inline(__always)
  mutating func push(_ bracket: Bracket) {
    if count == capacity { grow() }
    (storage + count).initialize(to: bracket)
    count &+= 1
  }

  @inline(__always)
  mutating func pop() -> Bracket? {
    guard count > 0 else { return nil }
    count &-= 1
    return storage[count]
  }

  mutating func removeAll() { count = 0 }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Bracket>.allocate(capacity: capacity * 2)
    larger.initialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }

  func deallocate() { storage.deallocate() }
}

/// What the scanner does with each byte; most are skipped.
enum ByteKind {
  static let plain: UInt8 = 0
  static let quote: UInt8 = 1
  static let slash: UInt8 = 2
  static let bracket: UInt8 = 3
  static let less: UInt8 = 4
  static let minus: UInt8 = 5
  /// Stands in no program outside literals and comments.
  static let foreign: UInt8 = 6

  static let table: [UInt8] = (0..<256).map { kind(of: UInt8($0)) }

  private static func kind(of byte: UInt8) -> UInt8 {
    switch byte {
    case 0x22, 0x27: quote
    case 0x2F: slash
    case 0x28, 0x29, 0x5B, 0x5D, 0x60, 0x7B, 0x7D: bracket
    case 0x3C: less
    case 0x2D: minus
    case 0x09...0x0D, 0x20...0x7E, 0x80...: plain
    default: foreign
    }
  }
}
