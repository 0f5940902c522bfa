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

  /// Whether the comment explains something to a reader.
  public var explains: Bool { self == .explanation || self == .trailing || self == .doc }
}

/// The words of a comment without its delimiters.
struct CommentText {
  /// Lines in the order of the text, without delimiters, leading stars and the white space around them.
  let lines: [ArraySlice<UInt8>]
  let isBlock: Bool
  let isDoc: Bool
  let isImportant: Bool
  /// Whether it is written as `<!-- -->`.
  let isMarkup: Bool
  /// All between the delimiters.
  let inner: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>, _ language: CountedLanguage) {
    var inner = bytes
    if language == .html {
      isMarkup = true
      isBlock = true
      isDoc = false
      isImportant = false
      inner = inner.starts(with: "<!--".utf8) ? inner.dropFirst(4) : inner.dropFirst(2)
      if inner.ends(with: "-->") {
        inner = inner.dropLast(3)
      } else if inner.ends(with: ">") {
        inner = inner.dropLast()
      }
    } else if bytes.starts(with: "/*".utf8) {
      isMarkup = false
      isBlock = true
      inner = inner.dropFirst(2)
      if inner.ends(with: "*/") { inner = inner.dropLast(2) }
      isImportant = inner.first == 0x21
      isDoc = inner.first == 0x2A && inner.dropFirst().first != 0x2A && inner.count > 1
    } else {
      isMarkup = false
      isBlock = false
      isDoc = false
      isImportant = false
      inner = bytes.starts(with: "//".utf8) ? inner.dropFirst(2) : inner.drop { $0 == 0x3C || $0 == 0x21 || $0 == 0x2D }
    }
    self.inner = inner
    lines = inner.split(omittingEmptySubsequences: false) { isLineEnd($0) }.map { Self.trimmed($0) }
  }

  /// A line without white space around it and without the stars that block comments begin their lines with.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop { $0 <= 0x20 }
    while let last = line.last, last <= 0x20 { line.removeLast() }
    if line.first == 0x2A || line.first == 0x21, line.dropFirst().first.map({ $0 <= 0x20 }) ?? true {
      line = line.dropFirst().drop { $0 <= 0x20 }
    }
    return line
  }

  var firstLine: ArraySlice<UInt8> { lines.first { !$0.isEmpty } ?? [] }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { wanted in count >= wanted.count && self.suffix(wanted.count).elementsEqual(wanted) }
  }
}

/// Tells what single comments are for; what their neighbours say comes later.
enum CommentClassifier {
  static func kind(of comment: CommentText, isTrailing: Bool, language: CountedLanguage) -> CommentKind {
    if comment.isMarkup, isConditional(comment) { return .conditional }
    if isLicence(comment) { return .license }
    if isPragma(comment) { return .pragma }
    if comment.isDoc, !isDivider(comment) { return .doc }
    if isDivider(comment) { return .divider }
    if isMarker(comment) { return .marker }
    if isTitle(comment) { return .heading }
    return isTrailing ? .trailing : .explanation
  }

  private static func isConditional(_ comment: CommentText) -> Bool {
    let text = comment.inner.drop { $0 <= 0x20 }
    return starts(text, "[if ") || starts(text, "[if(") || starts(text, "<![endif") || starts(text, "[endif")
  }

  private static func isLicence(_ comment: CommentText) -> Bool {
    if comment.isImportant { return true }
    return licencePhrases.contains { contains(comment.inner, $0) }
  }

  private static let licencePhrases: [StaticString] = [
    "copyright", "@license", "@licence", "@preserve", "spdx-license", "licensed under", "mit license", "bsd license",
    "apache license", "all rights reserved", "(c) 1", "(c) 2", "public license",
  ]

  private static func isPragma(_ comment: CommentText) -> Bool {
    var text = comment.firstLine
    while text.first == 0x2F { text = text.dropFirst().drop { $0 <= 0x20 } }
    return pragmas.contains { starts(text, $0) }
  }

  private static let pragmas: [StaticString] = [
    "eslint-", "eslint ", "@ts-", "jshint ", "jshint:", "jslint ", "jscs:", "global ", "globals ", "exported ",
    "istanbul ",
    "c8 ignore", "v8 ignore", "prettier-", "biome-", "oxlint-", "deno-lint-", "deno-fmt-", "tslint:", "stylelint-",
    "webpackchunkname", "webpackmode", "webpackprefetch", "webpackpreload", "webpackignore", "webpackexports",
    "webpackinclude", "webpackexclude", "@vite-ignore", "#__pure__", "@__pure__", "#__no_side_effects__",
    "@__no_side_effects__", "# sourcemappingurl=", "@ sourcemappingurl=", "# sourceurl=", "@ sourceurl=", "@jsx ",
    "@jsximportsource", "@jsxruntime", "@jsxfrag", "@flow", "@noflow", "$flow", "<reference ", "<amd-module", "#region",
    "#endregion", "region ", "endregion", "noinspection ", "language=", "cspell:", "spell-checker:", "nosonar",
    "@format", "@swc", "@babel", "vim:", "-*-", "htmlhint ", "csslint ", "purgecss ", "postcss-", "autoprefixer:",
    "@import-normalize", "@jest-environment", "@vitest-environment", "@charset", "@parcel-", "critical:", "rtl:",
  ]

  /// Whether there is nothing to read in the comment, and more than nothing to see.
  static func isDivider(_ comment: CommentText) -> Bool {
    var signs = 0
    for byte in comment.inner where byte > 0x20 {
      if byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A { return false }
      // Box-drawing characters are the only ones beyond ASCII that draw lines.
      if byte >= 0x80, byte != 0xE2, byte & 0xC0 != 0x80 { return false }
      signs += 1
    }
    return signs >= 3
  }

  private static func isMarker(_ comment: CommentText) -> Bool { comment.lines.contains { holdsMarker($0) } }

  /// Whether a line says that something is left to do.
  static func holdsMarker(_ line: ArraySlice<UInt8>) -> Bool {
    var start: Int?
    for index in line.startIndex...line.endIndex {
      let byte = index < line.endIndex ? line[index] : 0x20
      let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
      if isLetter, start == nil { start = index }
      if !isLetter, let first = start {
        if markers.contains(where: { line[first..<index].elementsEqual($0.utf8) }) { return true }
        start = nil
      }
    }
    return false
  }

  private static let markers = ["TODO", "FIXME", "XXX", "HACK", "TBD"]

  /// Whether decoration on the same line or around the lines makes the comment a title.
  private static func isTitle(_ comment: CommentText) -> Bool {
    let lines = comment.lines.filter { !$0.isEmpty }
    guard let first = lines.first, let last = lines.last else { return false }
    if lines.count == 1 {
      return decoration(first) >= 3 || decoration(ArraySlice(first.reversed())) >= 3 || isCapitals(first)
    }
    let isFramed = decoration(first) == first.count || decoration(last) == last.count
    return isFramed && lines.count <= 5 && first.count >= 3
  }

  /// How many signs of one kind a line begins with.
  private static func decoration(_ line: ArraySlice<UInt8>) -> Int {
    guard let first = line.first else { return 0 }
    if first == 0xE2 || first & 0xC0 == 0x80 { return line.prefix { $0 >= 0x80 }.count / 3 }
    guard "=-*#~_+".utf8.contains(first) else { return 0 }
    return line.prefix { $0 == first }.count
  }

  private static func isCapitals(_ line: ArraySlice<UInt8>) -> Bool {
    var capitals = 0
    var words = 1
    for byte in line {
      if byte >= 0x61 && byte <= 0x7A || byte >= 0x80 { return false }
      if "=;(){}<>".utf8.contains(byte) { return false }
      if byte >= 0x41 && byte <= 0x5A { capitals += 1 }
      if byte == 0x20 { words += 1 }
    }
    return capitals >= 3 && words <= 6
  }

  static func starts(_ text: ArraySlice<UInt8>, _ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { wanted in
      text.count >= wanted.count && zip(text, wanted).allSatisfy { lowercase($0) == $1 }
    }
  }

  /// Whether `text` holds `phrase`, which is in small letters, in any case of letters.
  static func contains(_ text: ArraySlice<UInt8>, _ phrase: StaticString) -> Bool {
    phrase.withUTF8Buffer { wanted in
      text.withUnsafeBufferPointer { text in
        guard text.count >= wanted.count, let first = wanted.first else { return false }
        for index in 0...(text.count - wanted.count) where lowercase(text[index]) == first {
          var offset = 1
          while offset < wanted.count, lowercase(text[index + offset]) == wanted[offset] { offset += 1 }
          if offset == wanted.count { return true }
        }
        return false
      }
    }
  }

  @inline(__always)
  static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
