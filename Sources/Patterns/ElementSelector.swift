import SourceText
public import StyleSyntax

/// A CSS selector that could be read.
public struct ElementSelector: Sendable {
  /// As written.
  public let text: String
  /// As read.
  public let list: SelectorList

  /// Reads a list of selectors.
  ///
  /// - Throws: ``PatternError`` with the place.
  public init(_ text: String) throws(PatternError) {
    guard text.utf8.count <= 4_096 else { throw PatternError("the selector has more than 4,096 bytes", at: 4_096) }
    let parsed = parseSelectorList(text)
    if let problem = parsed.diagnostics.first(where: { $0.severity == .error }) ?? parsed.diagnostics.first,
      !parsed.tree.isValid
    {
      throw PatternError(
        "the selector cannot be read: \(problem.message)", at: min(Int(problem.span.start), text.utf8.count),
        advice: problem.advice)
    }
    guard parsed.tree.isValid else {
      throw PatternError(
        "the selector cannot be read", at: 0, advice: "write a CSS selector, such as `nav a[href^=\"#\"]`")
    }
    self.text = text
    list = parsed.tree
  }
}
