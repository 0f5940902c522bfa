/// One pattern in the language of `.gitignore`.
///
/// `*` and `?` match within a name, `**` any number of folders, `[a-z]` and `[!a-z]` one byte; a slash before the end ties the
/// pattern to its folder, one at the end asks for a folder. Source: the manual page gitignore(5).
struct GlobPattern: Sendable {
  let isNegated: Bool
  let onlyFolders: Bool
  /// The names between slashes; `**` as a whole name is `nil`.
  private let segments: [[UInt8]?]

  /// Reads one line of a `.gitignore`; `nil` for blank lines and comments.
  init?(line: ArraySlice<UInt8>) {
    var line = line
    if line.last == 0x0D { line.removeLast() }
    while line.last == 0x20 || line.last == 0x09 {
      if line.count >= 2, line[line.endIndex - 2] == 0x5C { break }
      line.removeLast()
    }
    guard let first = line.first, first != 0x23 else { return nil }
    isNegated = first == 0x21
    if isNegated { line.removeFirst() }
    onlyFolders = line.last == 0x2F
    while line.last == 0x2F { line.removeLast() }
    let isAnchored = line.contains(0x2F)
    if line.first == 0x2F { line.removeFirst() }
    guard !line.isEmpty else { return nil }
    var segments: [[UInt8]?] = isAnchored ? [] : [nil]
    for name in line.split(separator: 0x2F) {
      let isDeep = name.elementsEqual([0x2A, 0x2A])
      if isDeep, !segments.isEmpty, segments[segments.count - 1] == nil { continue }
      segments.append(isDeep ? nil : Array(name))
    }
    self.segments = segments
  }

  /// Whether the pattern matches the whole of a path whose names are given.
  func matches(_ names: [ArraySlice<UInt8>]) -> Bool {
    var name = 0
    var segment = 0
    var retry: (segment: Int, name: Int)?
    while name < names.count {
      if segment < segments.count, segments[segment] == nil {
        // At the end `**` stands for what is inside the folder, never for the folder itself.
        retry = (segment + 1, name)
        segment += 1
        if segment == segments.count { return true }
      } else if segment < segments.count, let pattern = segments[segment], matchesName(pattern, names[name]) {
        segment += 1
        name += 1
      } else if let point = retry {
        retry = (point.segment, point.name + 1)
        segment = point.segment
        name = point.name + 1
      } else {
        return false
      }
    }
    return segment == segments.count
  }

  private func matchesName(_ pattern: [UInt8], _ name: ArraySlice<UInt8>) -> Bool {
    var at = 0
    var index = name.startIndex
    var retry: (pattern: Int, index: Int)?
    while index < name.endIndex {
      if at < pattern.count, pattern[at] == 0x2A {
        while at < pattern.count, pattern[at] == 0x2A { at += 1 }
        retry = (at, index)
        continue
      }
      if let next = matchOne(pattern, at, name[index]) {
        at = next
        index += 1
      } else if let point = retry {
        retry = (point.pattern, point.index + 1)
        at = point.pattern
        index = point.index + 1
      } else {
        return false
      }
    }
    while at < pattern.count, pattern[at] == 0x2A { at += 1 }
    return at == pattern.count
  }

  /// The place after the one-byte pattern at `at` when it matches `byte`.
  private func matchOne(_ pattern: [UInt8], _ at: Int, _ byte: UInt8) -> Int? {
    guard at < pattern.count else { return nil }
    switch pattern[at] {
    case 0x3F: return at + 1
    case 0x5B: return matchClass(pattern, at, byte)
    case 0x5C where at + 1 < pattern.count: return pattern[at + 1] == byte ? at + 2 : nil
    default: return pattern[at] == byte ? at + 1 : nil
    }
  }

  private func matchClass(_ pattern: [UInt8], _ start: Int, _ byte: UInt8) -> Int? {
    var at = start + 1
    let isNegated = at < pattern.count && (pattern[at] == 0x21 || pattern[at] == 0x5E)
    if isNegated { at += 1 }
    var isFirst = true
    var found = false
    while at < pattern.count {
      if pattern[at] == 0x5D, !isFirst { return found != isNegated ? at + 1 : nil }
      isFirst = false
      if pattern[at] == 0x5B, at + 1 < pattern.count, pattern[at + 1] == 0x3A, let named = namedClass(pattern, at) {
        found = found || named.contains(byte)
        at = named.next
        continue
      }
      if pattern[at] == 0x5C, at + 1 < pattern.count { at += 1 }
      let low = pattern[at]
      var high = low
      if at + 2 < pattern.count, pattern[at + 1] == 0x2D, pattern[at + 2] != 0x5D {
        at += 2
        if pattern[at] == 0x5C, at + 1 < pattern.count { at += 1 }
        high = pattern[at]
      }
      if low <= byte, byte <= high { found = true }
      at += 1
    }
    // A class that is never closed is a plain bracket.
    return byte == 0x5B ? start + 1 : nil
  }

  private func namedClass(_ pattern: [UInt8], _ start: Int) -> (next: Int, contains: (UInt8) -> Bool)? {
    guard let colon = pattern[(start + 2)...].firstIndex(of: 0x3A), colon + 1 < pattern.count,
      pattern[colon + 1] == 0x5D
    else { return nil }
    let contains: (UInt8) -> Bool
    switch String(decoding: pattern[(start + 2)..<colon], as: UTF8.self) {
    case "alpha": contains = { isLetter($0) }
    case "digit": contains = { isDigit($0) }
    case "alnum": contains = { isLetter($0) || isDigit($0) }
    case "upper": contains = { $0 >= 0x41 && $0 <= 0x5A }
    case "lower": contains = { $0 >= 0x61 && $0 <= 0x7A }
    case "space": contains = { $0 == 0x20 || ($0 >= 9 && $0 <= 13) }
    case "punct": contains = { $0 > 0x20 && $0 < 0x7F && !isLetter($0) && !isDigit($0) }
    case "xdigit": contains = { isDigit($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
    default: return nil
    }
    return (colon + 2, contains)
  }
}

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// The patterns of one `.gitignore`, for paths relative to its folder.
struct IgnoreRules: Sendable {
  enum Verdict { case ignored, kept, undecided }

  private let patterns: [GlobPattern]

  init(text: [UInt8]) {
    patterns = text.split(separator: 0x0A).compactMap { GlobPattern(line: $0) }
  }

  init(patterns: [String]) {
    self.patterns = patterns.compactMap { GlobPattern(line: Array($0.utf8)[...]) }
  }

  var isEmpty: Bool { patterns.isEmpty }

  /// What the last pattern that matches says of one path, its parents aside.
  func verdict(on path: ArraySlice<UInt8>, isFolder: Bool) -> Verdict {
    guard !patterns.isEmpty else { return .undecided }
    let names = path.split(separator: 0x2F)
    for pattern in patterns.reversed() where (isFolder || !pattern.onlyFolders) && pattern.matches(names) {
      return pattern.isNegated ? .kept : .ignored
    }
    return .undecided
  }

  /// Whether the patterns match the file at `path` or a folder above it.
  func coversPath(_ path: ArraySlice<UInt8>) -> Bool {
    guard !patterns.isEmpty else { return false }
    switch verdict(on: path, isFolder: false) {
    case .ignored: return true
    case .kept: return false
    case .undecided: break
    }
    for index in path.indices.reversed() where path[index] == 0x2F {
      switch verdict(on: path[path.startIndex..<index], isFolder: true) {
      case .ignored: return true
      case .kept: return false
      case .undecided: continue
      }
    }
    return false
  }
}
