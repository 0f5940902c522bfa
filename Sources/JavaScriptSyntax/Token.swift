public import SourceText

/// A comment and how it is written.
public struct Comment: Hashable, Sendable {
  /// How a comment is written.
  public enum Form: UInt8, Hashable, Sendable {
    /// `// ...`
    case line
    /// `/* ... */`
    case block
    /// `<!-- ...` or `--> ...` in a classic script (ECMAScript, Annex B.1.1).
    case htmlLike
    /// `#!...` at the very start of the file.
    case hashbang
  }

  /// How it is written.
  public var form: Form
  /// Its bytes: delimiters and all between, without the line end of a line comment.
  public var span: ByteSpan

  /// Makes a comment.
  public init(form: Form, span: ByteSpan) {
    self.form = form
    self.span = span
  }
}

/// What a token is, as far as readers of tokens need to know.
public enum TokenKind: UInt8, Hashable, Sendable, CaseIterable {
  /// A name that is no reserved word here.
  case identifier
  /// A reserved word.
  case keyword
  /// A `#name`.
  case privateIdentifier
  /// A punctuator or operator.
  case punctuator
  /// A number or bigint literal.
  case numeric
  /// A string literal.
  case string
  /// A piece of a template, with its `` ` ``, `${` or `}`.
  case template
  /// A regular expression literal.
  case regularExpression
  /// Text between JSX tags.
  case jsxText
  /// A name inside a JSX tag.
  case jsxIdentifier
  /// Bytes that are no token.
  case invalid
}

/// A token and its place.
public struct Token: Hashable, Sendable {
  /// What it is.
  public var kind: TokenKind
  /// Its bytes.
  public var span: ByteSpan

  /// Makes a token.
  public init(kind: TokenKind, span: ByteSpan) {
    self.kind = kind
    self.span = span
  }
}
