import JavaScriptSyntax
import SourceText

/// The text of a pattern, parsed where such code may stand.
struct PatternReading {
  /// The syntax of the pattern with what was put round it.
  var tree: SyntaxTree
  /// The outermost nodes that lie in the pattern's own text.
  var roots: [NodeID]
  /// How many bytes stand before the pattern.
  var offset: Int

  /// Longer patterns are refused, so that everything done with them is bounded.
  static let maximumLength = 4_096
  private static let maximumDepth = 200

  /// Code in which a pattern may stand.
  private struct Surroundings {
    var before: String
    var after: String
  }

  init(_ text: String) throws(PatternError) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.maximumLength else {
      throw PatternError(
        "the pattern has \(bytes.count) bytes, more than \(Self.maximumLength)", at: Self.maximumLength,
        advice: "look for a smaller part, or combine patterns with `all`, `inside` and `has`")
    }
    var furthest: Diagnostic?
    for language in [Language.jsx, .tsx, .typeScript] {
      for surroundings in Self.surroundings(of: text) {
        let parsed = Self.parse(bytes, surroundings, language)
        guard let error = parsed.diagnostics.first(where: { $0.severity == .error }) else {
          let offset = surroundings.before.utf8.count
          let roots = Self.roots(of: parsed.tree, in: offset..<offset + bytes.count)
          if Self.isMisread(parsed.tree, roots, bytes) { continue }
          self.init(tree: parsed.tree, roots: roots, offset: offset)
          return
        }
        guard language == .jsx else { continue }
        var moved = error
        moved.span = error.span.shifted(by: -min(Int(error.span.start), surroundings.before.utf8.count))
        if furthest.map({ moved.span.start > $0.span.start && Int(moved.span.start) < bytes.count }) ?? true {
          furthest = moved
        }
      }
    }
    throw Self.error(for: furthest, in: bytes)
  }

  private init(tree: SyntaxTree, roots: [NodeID], offset: Int) {
    self.tree = tree
    self.roots = roots
    self.offset = offset
  }

  // MARK: Where a pattern may stand

  private static func surroundings(of text: String) -> [Surroundings] {
    let code = text.drop { $0.isWhitespace }
    let bare = Surroundings(before: "", after: "")
    let expression = Surroundings(before: "(", after: "\n)")
    let fields = privateNames(in: text).map { "\($0); " }.joined()
    var result: [Surroundings] = []
    // `{ a: 1 }` is an object unless it cannot be one; in front of a statement it would be a block with a label.
    if code.first == "{" { result.append(expression) }
    let async = Surroundings(before: "async function _() { for (;;) { ", after: "\n} }")
    let generator = Surroundings(before: "async function* _() { for (;;) { ", after: "\n} }")
    if text.contains("yield") { result.append(generator) } else if text.contains("await") { result.append(async) }
    result += [
      bare, expression, async, generator,
      Surroundings(before: "try {} ", after: ""),
      field,
      Surroundings(before: "class _ extends _ { \(fields)constructor() { ", after: "\n} }"),
      Surroundings(before: "class _ extends _ { ", after: "\n}"),
      Surroundings(before: "switch (_) { ", after: "\n}"),
      Surroundings(before: "(", after: "\n) => {}"),
    ]
    return result
  }

  private static func privateNames(in text: String) -> [String] {
    var names: [String] = []
    for piece in text.split(separator: "#", omittingEmptySubsequences: false).dropFirst() {
      let name = "#" + piece.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
      if name.count > 1, !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func parse(
    _ bytes: [UInt8], _ surroundings: Surroundings, _ language: Language
  ) -> Parsed<SyntaxTree> {
    JavaScriptSyntax.parse(
      Array(surroundings.before.utf8) + bytes + Array(surroundings.after.utf8),
      options: ParseOptions(language: language, maximumNestingDepth: maximumDepth))
  }

  private static func roots(of tree: SyntaxTree, in range: Range<Int>) -> [NodeID] {
    var roots: [NodeID] = []
    var walker = tree.preorder(from: tree.root)
    while let node = walker.next() {
      let stored = tree[node]
      guard stored.kind != .program, Int(stored.start) >= range.lowerBound, Int(stored.end) <= range.upperBound else {
        continue
      }
      if stored.kind != .emptyStatement { roots.append(node) }
      walker.skipChildren()
    }
    return roots
  }

  private static let field = Surroundings(before: "({", after: "\n})")

  /// Whether the pattern can be read so and is meant otherwise: `a: $V` is a field sooner than a statement with a label.
  private static func isMisread(_ tree: SyntaxTree, _ roots: [NodeID], _ bytes: [UInt8]) -> Bool {
    guard roots.count == 1, let root = roots.first, tree[root].kind == .labeledStatement else { return false }
    return !parse(bytes, field, .jsx).diagnostics.contains { $0.severity == .error }
  }

  // MARK: What is wrong

  private static func error(for diagnostic: Diagnostic?, in bytes: [UInt8]) -> PatternError {
    let offset = min(Int(diagnostic?.span.start ?? 0), bytes.count)
    // What comes after the end of the pattern is not the author's.
    let isAtEnd = offset == bytes.count
    let problem = isAtEnd ? "it ends too early" : diagnostic?.message ?? "this is no code"
    var advice = diagnostic?.advice
    let text = String(decoding: bytes, as: UTF8.self)
    if let dots = text.range(of: "..."), isEllipsis(text, dots) {
      advice = "write `$$$` for any number of arguments, fields or statements"
    } else if text.contains("$...") {
      advice = "write `$$$NAME` for any number of arguments, fields or statements"
    }
    return PatternError(
      "the pattern does not parse: \(problem)", at: offset,
      advice: advice ?? "a pattern is an expression, statement, declaration, JSX element or member")
  }

  /// Whether three dots stand for themselves, as in Semgrep, and spread nothing.
  private static func isEllipsis(_ text: String, _ dots: Range<String.Index>) -> Bool {
    let next = text[dots.upperBound...].first { !$0.isWhitespace }
    return next.map { ",)}];".contains($0) } ?? true
  }
}

extension String {
  /// Where a text first occurs.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
