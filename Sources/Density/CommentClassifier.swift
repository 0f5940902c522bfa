/// Tells what single comments are for; what their neighbours say comes later.
enum CommentClassifier {
  /// What one look at every byte of a comment tells.
  struct Signs {
    var hasLicence = false
    var hasMarker = false
    /// Whether there is a letter or digit.
    var hasWords = false
    var signCount = 0
    var drawsWithOtherLetters = false
  }

  static func kind(of comment: CommentText, _ signs: Signs, isTrailing: Bool) -> CommentKind {
    if comment.isMarkup, isConditional(comment) { return .conditional }
    if comment.isImportant || signs.hasLicence { return .license }
    if !signs.hasWords {
      if signs.signCount >= 3, !signs.drawsWithOtherLetters { return .divider }
      return isTrailing ? .trailing : .explanation
    }
    let first = comment.firstLine
    if isPragma(first) { return .pragma }
    if comment.isDoc { return .doc }
    if signs.hasMarker { return .marker }
    if isTitle(comment, first) { return .heading }
    return isTrailing ? .trailing : .explanation
  }

  static func signs(of text: Bytes) -> Signs {
    var signs = Signs()
    var isWithinWord = false
    var all: UInt8 = 0
    SignKind.table.withUnsafeBufferPointer { kinds in
      for index in 0..<text.count {
        let kind = kinds[Int(text[index])]
        all |= kind
        if kind & SignKind.isTelling != 0, !isWithinWord { readSign(text, index, &signs) }
        isWithinWord = kind & SignKind.isLetter != 0
      }
      signs.hasWords = all & SignKind.isWord != 0
      // How a comment is drawn matters only where it says nothing.
      if !signs.hasWords { readDrawing(text, &signs) }
    }
    return signs
  }

  /// What a byte may tell.
  private enum SignKind {
    static let isLetter: UInt8 = 1
    /// A letter or a digit.
    static let isWord: UInt8 = 2
    /// What a notice, a name of a licence or a marker begins with.
    static let isTelling: UInt8 = 4

    static let table: [UInt8] = (0..<256).map { value in
      let byte = UInt8(value)
      var kind: UInt8 = 0
      if Density.isLetter(byte) { kind |= isLetter | isWord }
      if isDigit(byte) { kind |= isWord }
      switch byte {
      case 0x63, 0x43, 0x6C, 0x4C, 0x73, 0x53, 0x61, 0x41, 0x54, 0x46, 0x58, 0x48, 0x40, 0x28: kind |= isTelling
      default: break
      }
      return kind
    }
  }

  private static func readDrawing(_ text: Bytes, _ signs: inout Signs) {
    for byte in text where byte > 0x20 {
      signs.signCount &+= 1
      // Box-drawing characters are the only ones beyond ASCII that draw lines.
      if byte >= 0x80, byte != 0xE2, byte & 0xC0 != 0x80 { signs.drawsWithOtherLetters = true }
    }
  }

  @inline(__always)
  private static func readSign(_ text: Bytes, _ index: Int, _ signs: inout Signs) {
    switch text[index] {
    case 0x40:
      if text.starts("@preserve", at: index) || text.starts("@licen", at: index) { signs.hasLicence = true }
    case 0x28: if text.starts("(c) 1", at: index) || text.starts("(c) 2", at: index) { signs.hasLicence = true }
    case 0x63, 0x43: if text.starts("copyright", at: index) { signs.hasLicence = true }
    case 0x6C, 0x4C:
      guard text.starts("licen", at: index) else { return }
      if text.starts("licensed under", at: index) || followsLicenceName(text, index) { signs.hasLicence = true }
    case 0x73, 0x53: if text.starts("spdx-license", at: index) { signs.hasLicence = true }
    case 0x61: if text.starts("all rights reserved", at: index) { signs.hasLicence = true }
    case 0x41: if text.starts("all rights reserved", at: index) { signs.hasLicence = true }
    case 0x54: if isMarker(text, index, "TODO") || isMarker(text, index, "TBD") { signs.hasMarker = true }
    case 0x46: if isMarker(text, index, "FIXME") { signs.hasMarker = true }
    case 0x58: if isMarker(text, index, "XXX") { signs.hasMarker = true }
    case 0x48: if isMarker(text, index, "HACK") { signs.hasMarker = true }
    default: break
    }
  }

  /// Whether the word before is that of a well-known licence.
  private static func followsLicenceName(_ text: Bytes, _ index: Int) -> Bool {
    text.starts("mit ", at: index - 4) || text.starts("bsd ", at: index - 4) || text.starts("apache ", at: index - 7)
      || text.starts("public ", at: index - 7) || text.starts("isc ", at: index - 4)
  }

  /// Whether exactly this word in capitals stands at `index`.
  private static func isMarker(_ text: Bytes, _ index: Int, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= text.count else { return false }
    for offset in 0..<count where text[index + offset] != word.utf8Start[offset] { return false }
    return index + count == text.count || !isLetter(text[index + count])
  }

  private static func isConditional(_ comment: CommentText) -> Bool {
    let text = comment.inner.trimmed
    return text.starts("[if ") || text.starts("[if(") || text.starts("<![endif") || text.starts("[endif")
  }

  // MARK: Directives

  private static func isPragma(_ line: Bytes) -> Bool {
    var line = line
    while line.first == 0x2F { line = line.part(1..<line.count).trimmed }
    guard let first = line.first, first < 0x80 else { return false }
    for prefix in pragmasByFirst[Int(lowercased(first))] where line.starts(prefix) { return true }
    return false
  }

  private static let pragmasByFirst: [[StaticString]] = (0..<128).map { byte in
    pragmas.filter { Int($0.utf8Start[0]) == byte }
  }

  private static let pragmas: [StaticString] = [
    "eslint-", "eslint ", "@ts-", "jshint ", "jshint:", "jslint ", "jslint:", "jscs:", "global ", "globals ",
    "exported ",
    "istanbul ", "c8 ignore", "v8 ignore", "prettier-", "biome-", "oxlint-", "deno-lint-", "deno-fmt-", "tslint:",
    "stylelint-", "webpackchunkname", "webpackmode", "webpackprefetch", "webpackpreload", "webpackignore",
    "webpackexports", "webpackinclude", "webpackexclude", "@vite-ignore", "#__pure__", "@__pure__",
    "#__no_side_effects__",
    "@__no_side_effects__", "# sourcemappingurl=", "@ sourcemappingurl=", "# sourceurl=", "@ sourceurl=", "@jsx ",
    "@jsximportsource", "@jsxruntime", "@jsxfrag", "@flow", "@noflow", "$flow", "<reference ", "<amd-module", "#region",
    "#endregion", "region ", "endregion", "noinspection ", "language=", "cspell:", "spell-checker:", "nosonar",
    "@format", "@swc", "@babel", "vim:", "-*-", "htmlhint ", "csslint ", "purgecss ", "postcss-", "autoprefixer:",
    "@import-normalize", "@jest-environment", "@vitest-environment", "@charset", "@parcel-", "critical:", "rtl:",
    "codecov ", "coverage ", "standard ", "xo-", "rollup-", "esbuild-", "@refresh ", "sonar", "svelte-ignore",
    "@vue-ignore", "@vue-expect", "ssr-", "@client", "@server", "polymer-", "dprint-ignore", "rome-ignore", "knip-",
    "ts-prune-", "jsdoc-", "ignore-", "nolint", "nosemgrep", "@unocss", "@tailwind",
  ]

  // MARK: Titles

  /// Whether decoration on the same line or around the lines makes the comment a title.
  private static func isTitle(_ comment: CommentText, _ first: Bytes) -> Bool {
    var count = 0
    var last = first
    comment.forEachLine { line in
      if !line.isEmpty {
        count += 1
        last = line
      }
      return count <= 5
    }
    if count == 1 { return decoration(first) >= 3 || decorationAtEnd(first) >= 3 || isCapitals(first) }
    guard count <= 5, first.count >= 3 else { return false }
    return decoration(first) == first.count || decoration(last) == last.count && last.count >= 3
  }

  /// How many signs of one kind a line begins with.
  private static func decoration(_ line: Bytes) -> Int {
    guard let first = line.first else { return 0 }
    var count = 0
    if first == 0xE2 {
      while count < line.count, line[count] >= 0x80 { count += 1 }
      return count == line.count ? count : count / 3
    }
    guard isDecoration(first) else { return 0 }
    while count < line.count, line[count] == first { count += 1 }
    return count
  }

  private static func decorationAtEnd(_ line: Bytes) -> Int {
    guard let last = line.last else { return 0 }
    var count = 0
    if last & 0xC0 == 0x80 {
      while count < line.count, line[line.count - 1 - count] >= 0x80 { count += 1 }
      return count / 3
    }
    guard isDecoration(last) else { return 0 }
    while count < line.count, line[line.count - 1 - count] == last { count += 1 }
    return count
  }

  private static func isDecoration(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3D, 0x2D, 0x2A, 0x23, 0x7E, 0x5F, 0x2B: true
    default: false
    }
  }

  private static func isCapitals(_ line: Bytes) -> Bool {
    var capitals = 0
    var words = 1
    for byte in line {
      switch byte {
      case 0x61...0x7A, 0x80...: return false
      case 0x3D, 0x3B, 0x28, 0x29, 0x7B, 0x7D, 0x3C, 0x3E: return false
      case 0x41...0x5A: capitals += 1
      case 0x20: words += 1
      default: break
      }
    }
    return capitals >= 3 && words <= 6
  }
}
