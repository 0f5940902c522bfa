import JavaScriptSyntax
import SourceText

/// Tells code that was taken out of use from prose: it has to parse, and to do something.
enum CommentedOutCode {
  /// Whether a text that stood in a comment is code.
  static func isCode(_ text: Bytes, _ language: CountedLanguage, hasTypes: Bool) -> Bool {
    guard text.count <= 100_000 else { return false }
    switch language {
    case .html: return holdsElement(text)
    case .css, .scss, .sass, .less: return isStyle(text)
    case .javaScript, .typeScript: return isScript(text, language == .typeScript || hasTypes ? .tsx : .jsx)
    case .json, .glsl, .wgsl: return false
    }
  }

  // MARK: Scripts

  private static func isScript(_ text: Bytes, _ language: Language) -> Bool {
    guard looksLikeScript(text) else { return false }
    if does(Array(text), language) { return true }
    // A `return` or a `yield` parses only within a function.
    guard holdsWord(text, "return") || holdsWord(text, "yield") else { return false }
    return does(Array("async function* _(){\n".utf8) + text + Array("\n}".utf8), language, ignoresFunction: true)
  }

  private static func holdsWord(_ text: Bytes, _ word: StaticString) -> Bool {
    (0..<text.count).contains { text[$0] == word.utf8Start[0] && text.starts(word, at: $0) }
  }

  private static func does(_ text: [UInt8], _ language: Language, ignoresFunction: Bool = false) -> Bool {
    let parsed = parse(text, options: ParseOptions(language: language, maximumNestingDepth: 200))
    guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else { return false }
    var blocks = 0
    for node in parsed.tree.nodes {
      switch node.kind {
      case .callExpression, .newExpression, .assignmentExpression, .updateExpression, .importDeclaration, .jsxElement,
        .exportNamedDeclaration, .exportDefaultDeclaration:
        return true
      case .variableDeclaration: if text[node.span.range].contains(0x3D) { return true }
      case .blockStatement, .classBody: blocks += 1
      default: continue
      }
    }
    return blocks > (ignoresFunction ? 1 : 0)
  }

  /// Whether the text can be a script at all, so that prose is not parsed in vain: it has a sign of a call, an assignment or a
  /// block, and no two words side by side of which neither is a keyword.
  private static func looksLikeScript(_ text: Bytes) -> Bool {
    var wordStart = -1
    var last = 0..<0
    var hasSign = false
    var index = 0
    while index <= text.count {
      let byte = index < text.count ? text[index] : 0x0A
      if isWord(byte) {
        if wordStart < 0 { wordStart = index }
        index += 1
        continue
      }
      if wordStart >= 0 {
        let word = wordStart..<index
        if !last.isEmpty, !isKeyword(text, last), !isKeyword(text, word) { return false }
        last = word
        wordStart = -1
      }
      switch byte {
      case 0x20, 0x09: break
      case 0x28:
        hasSign = true
        // "Player (green)" is no call: code has no space before the parenthesis of one.
        if !last.isEmpty, last.upperBound < index, !isKeyword(text, last), !isEnded(text) { return false }
        last = 0..<0
      case 0x2E:
        if index + 1 < text.count, text[index + 1] == 0x20, !last.isEmpty { return false }
        last = 0..<0
      case 0x22, 0x60, 0x27:
        // An apostrophe within a word is prose.
        if byte == 0x27, last.upperBound == index, !last.isEmpty { return false }
        index += 1
        while index < text.count, text[index] != byte, !isLineEnd(text[index]) { index += text[index] == 0x5C ? 2 : 1 }
        last = 0..<0
      case 0x2F: return hasSign || endsInCode(text)
      case 0x3D, 0x7B, 0x3C, 0x2B, 0x2D:
        hasSign = true
        last = 0..<0
      default: last = 0..<0
      }
      index += 1
    }
    return hasSign
  }

  /// Whether a line comment begins with two words of which neither is a keyword, as no statement does.
  static func beginsAsProse(_ body: Bytes) -> Bool {
    var index = 0
    while index < body.count, body[index] == 0x2F || body[index] <= 0x20 { index += 1 }
    let first = index
    while index < body.count, isWord(body[index]) { index += 1 }
    let afterFirst = index
    while index < body.count, body[index] == 0x20 { index += 1 }
    let second = index
    while index < body.count, isWord(body[index]) { index += 1 }
    return afterFirst > first && second > afterFirst && index > second
      && !isKeyword(body, first..<afterFirst) && !isKeyword(body, second..<index)
  }

  /// Whether the text ends as statements and blocks do.
  private static func isEnded(_ text: Bytes) -> Bool {
    guard let last = text.last(where: { $0 > 0x20 }) else { return false }
    return last == 0x3B || last == 0x7D || last == 0x7B
  }

  private static func endsInCode(_ text: Bytes) -> Bool { text.contains { $0 == 0x3B || $0 == 0x7D || $0 == 0x29 } }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte == 0x24
      || byte >= 0x80
  }

  private static func isKeyword(_ text: Bytes, _ word: Range<Int>) -> Bool {
    // Prose is mostly words that no keyword is as long as, or that begin otherwise.
    guard word.count >= 2, word.count <= 10 else { return false }
    return keywordsByFirst[Int(text[word.lowerBound] & 0x7F)].contains { keyword in
      keyword.utf8CodeUnitCount == word.count
        && (0..<word.count).allSatisfy { text[word.lowerBound + $0] == keyword.utf8Start[$0] }
    }
  }

  private static let keywordsByFirst: [[StaticString]] = (0..<128).map { byte in
    keywords.filter { Int($0.utf8Start[0]) == byte }
  }

  private static let keywords: [StaticString] = [
    "let", "const", "var", "function", "class", "extends", "return", "new", "typeof", "void", "delete", "throw", "case",
    "else", "do", "in", "of", "instanceof", "async", "await", "yield", "import", "export", "default", "from", "as",
    "static",
    "get", "set", "if", "for", "while", "switch", "catch", "try", "finally", "with", "type", "interface", "enum",
    "declare",
    "public", "private", "protected", "readonly", "abstract", "implements", "namespace", "keyof", "is", "satisfies",
  ]

  // MARK: Markup and styles

  /// Whether the text holds a tag with a name that elements have.
  private static func holdsElement(_ text: Bytes) -> Bool {
    var index = 0
    while index + 2 < text.count {
      defer { index += 1 }
      guard text[index] == 0x3C else { continue }
      var at = index + (text[index + 1] == 0x2F ? 2 : 1)
      let start = at
      while at < text.count, isWord(text[at]) || text[at] == 0x2D { at += 1 }
      guard at > start, at < text.count, text[start] | 0x20 >= 0x61, text[start] | 0x20 <= 0x7A else { continue }
      if text[at] <= 0x20 || text[at] == 0x3E || text[at] == 0x2F, text[at...].contains(0x3E) { return true }
    }
    return false
  }

  /// Whether the text is declarations or rules: names, colons and what ends them.
  private static func isStyle(_ text: Bytes) -> Bool {
    guard let last = text.last(where: { $0 > 0x20 }) else { return false }
    if let open = text.firstIndex(of: 0x7B), last == 0x7D { return text[open...].contains(0x3A) }
    guard last == 0x3B, let colon = text.firstIndex(of: 0x3A) else { return false }
    let name = text[..<colon].drop { $0 <= 0x20 }
    return !name.isEmpty && name.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D }
  }
}
