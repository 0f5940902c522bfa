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
  private let hasTypes: Bool
  private(set) var regions: [Region] = []
  private var brackets: [Bracket] = []
  private var previous = Previous.operation
  /// Whether the word before is a property's name, so that it is no keyword.
  private var isAfterDot = false
  private var wordStart = 0

  private enum Bracket: UInt8 { case parenthesis, control, square, brace, template }

  private enum Previous: UInt8 {
    /// An operand has to follow.
    case operation
    /// An operand has ended.
    case operand
    /// A name or a keyword; its text tells.
    case word
    /// A `.` or `?.`.
    case dot
    /// A `}` that ends a block, an object or a body.
    case brace
    /// A `>`, which may end type arguments where there are types.
    case greater
  }

  init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, hasTypes: Bool, classes: UnsafePointer<UInt8>) {
    self.text = text
    self.classes = classes
    start = range.lowerBound
    index = range.lowerBound
    end = range.upperBound
    self.hasTypes = hasTypes
  }

  /// Scans all; `false` when the parser has to decide.
  mutating func run() -> Bool {
    skipMarkAndHashbang()
    while index < end {
      let byte = text[index]
      switch classes[Int(byte)] {
      case ByteKind.space: index &+= 1
      case ByteKind.name: scanName()
      case ByteKind.digit: scanNumber()
      case ByteKind.quote: if !scanString(byte) { return false }
      case ByteKind.high: if !scanHigh() { return false }
      case ByteKind.slash: if !scanSlash() { return false }
      case ByteKind.bracket: if !scanBracket(byte) { return false }
      case ByteKind.simple:
        index &+= 1
        previous = .operation
      default: if !scanSign(byte) { return false }
      }
    }
    return brackets.isEmpty
  }

  private mutating func skipMarkAndHashbang() {
    if index + 2 < end, text[index] == 0xEF, text[index + 1] == 0xBB, text[index + 2] == 0xBF { index += 3 }
    guard index == 0 || index == 3, index + 1 < end, text[index] == 0x23, text[index + 1] == 0x21 else { return }
    let first = index
    skipLine()
    regions.append(Region(.literal, first, index))
  }

  private mutating func skipLine() {
    while index < end {
      let byte = text[index]
      if byte == 0x0A || byte == 0x0D { return }
      if byte == 0xE2, index + 2 < end, text[index + 1] == 0x80, text[index + 2] & 0xFE == 0xA8 { return }
      index &+= 1
    }
  }

  private mutating func scanName() {
    isAfterDot = previous == .dot
    wordStart = index
    repeat { index &+= 1 } while index < end && classes[Int(text[index])] <= ByteKind.digit
    previous = .word
  }

  private mutating func scanNumber() {
    repeat { index &+= 1 } while index < end && (classes[Int(text[index])] <= ByteKind.digit || text[index] == 0x2E)
    previous = .operand
  }

  /// A byte outside ASCII: a space, or part of a name.
  private mutating func scanHigh() -> Bool {
    let length = unicodeSpaceLength(text, at: index, end: end, onlyMark: false)
    if length > 0 {
      index &+= length
      return true
    }
    // A name goes on behind letters outside ASCII, unless a space is among them.
    if previous != .word || index == start || classes[Int(text[index &- 1])] > ByteKind.digit {
      isAfterDot = previous == .dot
      wordStart = index
    }
    repeat {
      index &+= 1
    } while index < end
      && (classes[Int(text[index])] <= ByteKind.digit
        || text[index] >= 0x80 && unicodeSpaceLength(text, at: index, end: end, onlyMark: false) == 0)
    previous = .word
    return true
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
        previous = .operand
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
        previous = .operand
        return true
      }
      if byte == 0x5C {
        index &+= 1
      } else if byte == 0x24, index < end, text[index] == 0x7B {
        index &+= 1
        regions.append(Region(.literal, first, index))
        brackets.append(.template)
        previous = .operation
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
        if text[index] == 0x2A, text[index &+ 1] == 0x2F {
          index &+= 2
          regions.append(Region(.comment, first, index))
          return true
        }
        index &+= 1
      }
      // A comment that nothing ends swallows the rest, whatever stood open before it.
      index = end
      regions.append(Region(.comment, first, end))
      brackets.removeAll()
      return true
    }
    switch previous {
    case .operation: return scanRegularExpression()
    case .operand: break
    case .word:
      switch isAfterDot ? .name : wordRole() {
      case .name: break
      case .keyword, .control: return scanRegularExpression()
      case .contextual: return false
      }
    case .greater: return hasTypes ? false : scanRegularExpression()
    case .dot, .brace: return false
    }
    index &+= 1
    previous = .operation
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
        while index < end, classes[Int(text[index])] <= ByteKind.digit { index &+= 1 }
        regions.append(Region(.literal, first, index))
        previous = .operand
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
    case 0x28:
      let isControl = previous == .word && !isAfterDot && wordRole() == .control
      brackets.append(isControl ? .control : .parenthesis)
      previous = .operation
    case 0x5B:
      brackets.append(.square)
      previous = .operation
    case 0x7B:
      brackets.append(.brace)
      previous = .operation
    case 0x60: return scanTemplate(from: first)
    case 0x29:
      guard let open = brackets.popLast(), open == .parenthesis || open == .control else { return false }
      previous = open == .control ? .operation : .operand
    case 0x5D:
      guard brackets.popLast() == .square else { return false }
      previous = .operand
    default:
      guard let open = brackets.popLast() else { return false }
      if open == .template { return scanTemplate(from: first) }
      guard open == .brace else { return false }
      previous = .brace
    }
    return true
  }

  /// The signs that need a look at their neighbours.
  private mutating func scanSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E:
      index &+= 1
      if index < end, text[index] >= 0x30, text[index] <= 0x39 {
        scanNumber()
      } else {
        previous = text[index &- 2 < start ? start : index &- 2] == 0x2E && index &- 2 >= start ? .operation : .dot
      }
    case 0x2B, 0x2D:
      if index &+ 1 < end, text[index &+ 1] == byte {
        if byte == 0x2D, index &+ 2 < end, text[index &+ 2] == 0x3E, mayCloseMarkup() { return false }
        index &+= 2
        // Behind an operand the sign belongs to it, else to what follows; nothing that ends in a brace can be counted up.
        switch previous {
        case .greater: if hasTypes { return false } else { previous = .operation }
        case .brace: previous = .operation
        case .word: previous = isAfterDot || wordRole() == .name ? .operand : .operation
        case .operation, .operand, .dot: break
        }
      } else {
        index &+= 1
        previous = .operation
      }
    case 0x3C:
      if index &+ 1 < end, text[index &+ 1] == 0x21 { return false }
      if index &+ 1 < end, text[index &+ 1] == 0x3C {
        index &+= 1
      } else if !hasTypes, beginsElement() {
        return false
      }
      index &+= 1
      previous = .operation
    case 0x3E:
      index &+= 1
      previous = .greater
    case 0x3D:
      index &+= 1
      if index < end, text[index] == 0x3E { index &+= 1 }
      previous = .operation
    case 0x21:
      index &+= 1
      // In TypeScript a `!` behind an operand asserts that there is one.
      if !hasTypes || previous == .operation || index < end && text[index] == 0x3D { previous = .operation }
    default: return false
    }
    return true
  }

  /// Whether the `-->` here may be the first token of its line, where a classic script reads a comment.
  private func mayCloseMarkup() -> Bool {
    var before = index &- 1
    while before >= start, text[before] <= 0x20, !isLineEnd(text[before]) { before &-= 1 }
    return before < start || isLineEnd(text[before]) || text[before] == 0x2F || text[before] >= 0x80
  }

  /// Whether a `<` stands where an operand is wanted, as that of an element does.
  private func beginsElement() -> Bool {
    switch previous {
    case .operation: return true
    case .operand, .dot: return false
    case .word: return !isAfterDot && wordRole() != .name
    case .brace, .greater: return true
    }
  }

  private enum WordRole { case name, keyword, control, contextual }

  private func wordRole() -> WordRole {
    let end = wordEnd()
    let count = end &- wordStart
    guard count >= 2, count <= 10 else { return .name }
    switch text[wordStart] {
    case 0x61: return isWord(count, "await") ? .contextual : .name
    case 0x63: return isWord(count, "case") ? .keyword : .name
    case 0x64:
      return isWord(count, "do") || isWord(count, "delete") ? .keyword : isWord(count, "default") ? .contextual : .name
    case 0x65: return isWord(count, "else") || isWord(count, "extends") ? .keyword : .name
    case 0x66: return isWord(count, "for") ? .control : .name
    case 0x69:
      if count == 2 { return text[wordStart &+ 1] == 0x66 ? .control : text[wordStart &+ 1] == 0x6E ? .keyword : .name }
      return isWord(count, "instanceof") ? .keyword : .name
    case 0x6E: return isWord(count, "new") ? .keyword : .name
    case 0x6F: return isWord(count, "of") ? .contextual : .name
    case 0x72: return isWord(count, "return") ? .keyword : .name
    case 0x74: return isWord(count, "typeof") || isWord(count, "throw") ? .keyword : .name
    case 0x76: return isWord(count, "void") ? .keyword : .name
    case 0x77: return isWord(count, "while") || isWord(count, "with") ? .control : .name
    case 0x79: return isWord(count, "yield") ? .contextual : .name
    default: return .name
    }
  }

  private func wordEnd() -> Int {
    var end = wordStart
    while end < self.end, classes[Int(text[end])] <= ByteKind.digit || text[end] >= 0x80 { end &+= 1 }
    return end
  }

  private func isWord(_ count: Int, _ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for offset in 0..<count where text[wordStart &+ offset] != word.utf8Start[offset] { return false }
    return true
  }
}

/// What the scanner does with each byte; names and digits come first so that one comparison finds both.
enum ByteKind {
  static let name: UInt8 = 0
  static let digit: UInt8 = 1
  static let space: UInt8 = 2
  static let quote: UInt8 = 3
  static let high: UInt8 = 4
  static let slash: UInt8 = 5
  static let bracket: UInt8 = 6
  /// A sign behind which an operand follows.
  static let simple: UInt8 = 7
  static let sign: UInt8 = 8

  static let table: [UInt8] = (0..<256).map { kind(of: UInt8($0)) }

  private static func kind(of byte: UInt8) -> UInt8 {
    switch byte {
    case 0x30...0x39: digit
    case 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F, 0x5C, 0x23: name
    case 0x09...0x0D, 0x20: space
    case 0x22, 0x27: quote
    case 0x80...: high
    case 0x2F: slash
    case 0x28, 0x29, 0x5B, 0x5D, 0x60, 0x7B, 0x7D: bracket
    case 0x3B, 0x2C, 0x3A, 0x3F, 0x2A, 0x25, 0x26, 0x7C, 0x5E, 0x7E, 0x40: simple
    default: sign
    }
  }
}
