import SourceText

/// What a comment is for.
public enum CommentKind: String, Hashable, Sendable, CaseIterable {
  /// Says in words what the code does not say.
  case explanation
  /// The same, behind code on its line.
  case trailing
  /// Documents a declaration in a form that tools read: `/** ... */`.
  case doc
  /// A title over a part of the file.
  case heading
  /// A line of dashes or the like.
  case divider
  /// Something left to do.
  case marker
  /// Code that was taken out of use.
  case commentedOutCode = "commented_out_code"
  /// Speaks to a tool: linters, compilers, bundlers, editors.
  case pragma
  /// A licence or a notice of copyright.
  case license
  /// A conditional comment of old browsers.
  case conditional

  /// The place of the kind among all, for tables that are quicker than dictionaries.
  var ordinal: Int {
    switch self {
    case .explanation: 0
    case .trailing: 1
    case .doc: 2
    case .heading: 3
    case .divider: 4
    case .marker: 5
    case .commentedOutCode: 6
    case .pragma: 7
    case .license: 8
    case .conditional: 9
    }
  }

  /// The counts that are not 0, of a table in the order of ``ordinal``.
  static func byKind(_ counts: [Int]) -> [CommentKind: Int] {
    var named: [CommentKind: Int] = [:]
    for kind in allCases where counts[kind.ordinal] != 0 { named[kind] = counts[kind.ordinal] }
    return named
  }

  /// Whether the comment explains something to a reader.
  public var explains: Bool { self == .explanation || self == .trailing || self == .doc }
}

/// A part of a text that is looked at in place.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
  /// A part of the bytes, as bytes of their own.
  @inline(__always)
  func part(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

  /// Whether the bytes begin with `prefix`, which is in small letters, in any case of letters.
  @inline(__always)
  func starts(_ prefix: StaticString, at start: Int = 0) -> Bool {
    let wanted = prefix.utf8CodeUnitCount
    guard start >= 0, count &- start >= wanted else { return false }
    var offset = 0
    while offset < wanted {
      if lowercased(self[start &+ offset]) != prefix.utf8Start[offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// Whether the bytes end with `suffix`.
  func ends(_ suffix: StaticString) -> Bool {
    starts(suffix, at: count &- suffix.utf8CodeUnitCount)
  }

  /// Without the white space at either end.
  var trimmed: Bytes {
    var start = 0
    var end = count
    while start < end, self[start] <= 0x20 { start &+= 1 }
    while end > start, self[end &- 1] <= 0x20 { end &-= 1 }
    return part(start..<end)
  }
}

@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// The words of a comment without its delimiters; valid as long as the text is.
struct CommentText {
  /// All between the delimiters.
  let inner: Bytes
  let isBlock: Bool
  let isDoc: Bool
  let isImportant: Bool
  /// Whether it is written as `<!-- -->`.
  let isMarkup: Bool

  init(_ bytes: Bytes, _ language: CountedLanguage) {
    var start = 0
    var end = bytes.count
    isMarkup = language == .html
    if isMarkup {
      isBlock = true
      isDoc = false
      isImportant = false
      start = bytes.starts("<!--") ? 4 : min(2, end)
      if end >= start + 3, bytes.ends("-->") { end -= 3 } else if end > start, bytes[end - 1] == 0x3E { end -= 1 }
    } else if bytes.starts("/*") {
      isBlock = true
      start = 2
      if end >= 4, bytes.ends("*/") { end -= 2 }
      isImportant = start < end && bytes[start] == 0x21
      isDoc = end - start > 1 && bytes[start] == 0x2A && bytes[start + 1] != 0x2A
    } else {
      isBlock = false
      isDoc = false
      isImportant = false
      start = min(2, end)
      if bytes.starts("<!--") { start = 4 }
      if bytes.starts("-->") { start = 3 }
    }
    inner = bytes.part(start..<max(start, end))
  }

  /// The lines in order, without the white space around them and the stars that block comments begin their lines with.
  func forEachLine(_ body: (Bytes) -> Bool) {
    var start = 0
    while start <= inner.count {
      var end = start
      while end < inner.count, !isLineEnd(inner[end]) { end &+= 1 }
      if !body(Self.stripped(inner.part(start..<end))) { return }
      start = end &+ 1
    }
  }

  private static func stripped(_ line: Bytes) -> Bytes {
    let line = line.trimmed
    guard let first = line.first, first == 0x2A || first == 0x21, line.count == 1 || line[1] <= 0x20 else {
      return line
    }
    return line.part(1..<line.count).trimmed
  }

  /// The first line that is not empty.
  var firstLine: Bytes {
    var first = inner.part(0..<0)
    forEachLine { line in
      first = line
      return line.isEmpty
    }
    return first
  }
}
