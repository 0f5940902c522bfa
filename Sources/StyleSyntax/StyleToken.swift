public import SourceText

/// A token of CSS Syntax Level 3.
///
/// Tokens lie in one array in the order of the text. Every byte of the text is in exactly one token or one comment (or
/// in the byte order mark). A token holds no text; ``StyleSheet/text(of:)`` and ``StyleSheet/value(of:)`` read it.
public struct StyleToken: Hashable, Sendable {
  /// What kinds of token there are.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A name: `auto`, `--accent`.
    case ident
    /// A name and its opening parenthesis: `calc(`.
    case function
    /// `@` and a name.
    case atKeyword
    /// `#` and a name or digits.
    case hash
    /// A quoted string.
    case string
    /// A string that a line break cut off.
    case badString
    /// `url(` with an unquoted address.
    case url
    /// An unquoted address that breaks the rules.
    case badURL
    /// Any other character.
    case delim
    /// A number without unit.
    case number
    /// A number and `%`.
    case percentage
    /// A number and its unit.
    case dimension
    /// Spaces, tabs and line breaks.
    case whitespace
    /// `<!--`.
    case cdo
    /// `-->`.
    case cdc
    /// `:`.
    case colon
    /// `;`.
    case semicolon
    /// `,`.
    case comma
    /// `[`.
    case leftBracket
    /// `]`.
    case rightBracket
    /// `(`.
    case leftParenthesis
    /// `)`.
    case rightParenthesis
    /// `{`.
    case leftBrace
    /// `}`.
    case rightBrace
    /// `U+` and a range of code points; only where the grammar asks for it.
    case unicodeRange
  }

  /// What else is known of a token.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The text has an escape or a NUL, so its value is not its bytes.
    public static let hasEscape = Flags(rawValue: 1)
    /// A hash whose value is an identifier, or a number that is an integer.
    public static let isIdentifierOrInteger = Flags(rawValue: 2)
    /// The end of the file came before the token's own end.
    public static let isUnterminated = Flags(rawValue: 4)
    /// The name begins with two hyphens.
    public static let isCustomName = Flags(rawValue: 8)
  }

  /// Where the token starts.
  public var start: UInt32
  /// Where it ends.
  public var end: UInt32
  /// For an opening token the index of the token that closes it, or the number of tokens when none does; for a closing
  /// token the index of what it closes, or its own index when it closes nothing. 0 for others.
  public var partner: UInt32
  /// The length of the number in a dimension, percentage or number; 65,535 stands for that or more.
  public var numberLength: UInt16
  /// Its kind.
  public var kind: Kind
  /// What else is known.
  public var flags: Flags

  /// The bytes of the text.
  public var span: ByteSpan { ByteSpan(start: start, end: end) }

  /// Whether the token opens a block or a function.
  @inlinable public var isOpening: Bool {
    kind == .leftBrace || kind == .leftParenthesis || kind == .leftBracket || kind == .function
  }

  /// Whether the token is a closing bracket of any kind.
  @inlinable public var isClosing: Bool {
    kind == .rightBrace || kind == .rightParenthesis || kind == .rightBracket
  }

  init(_ kind: Kind, _ start: Int, _ end: Int, flags: Flags = []) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    partner = 0
    numberLength = 0
    self.kind = kind
    self.flags = flags
  }
}
