/// Something a reader of a file has to be told, at a place in that file.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// The file was understood all the same.
    case warning
    /// Part of the file was not understood or breaks its language's rules.
    case error
  }

  /// How bad it is.
  public var severity: Severity
  /// Where, in bytes of the file that it concerns.
  public var span: ByteSpan
  /// What is wrong, in lower case without a full stop.
  public var message: String
  /// What to do about it; `nil` when the message says it already.
  public var advice: String?

  /// Makes a diagnostic.
  public init(_ severity: Severity, at span: ByteSpan, _ message: String, advice: String? = nil) {
    self.severity = severity
    self.span = span
    self.message = message
    self.advice = advice
  }
}

/// What a parser returns: a tree whatever the input, and what was wrong with the input.
public struct Parsed<Tree: Sendable>: Sendable {
  /// The tree; it covers everything that could be understood.
  public var tree: Tree
  /// What was wrong, in the order of the text.
  public var diagnostics: [Diagnostic]

  /// Pairs a tree with its diagnostics.
  public init(tree: Tree, diagnostics: [Diagnostic]) {
    self.tree = tree
    self.diagnostics = diagnostics
  }
}
