/// Bytes by class; the three classes add up to the total.
public struct ByteClasses: Hashable, Sendable {
  /// The signal: everything that is neither comment nor white space.
  public var code: Int
  /// Comments, delimiters included.
  public var comment: Int
  /// White space outside comments and literals.
  public var whitespace: Int

  /// All bytes.
  public var total: Int { code + comment + whitespace }

  /// Makes a count, empty by default.
  public init(code: Int = 0, comment: Int = 0, whitespace: Int = 0) {
    self.code = code
    self.comment = comment
    self.whitespace = whitespace
  }

  /// Adds class by class.
  public static func += (left: inout ByteClasses, right: ByteClasses) {
    left.code += right.code
    left.comment += right.comment
    left.whitespace += right.whitespace
  }
}

/// Lines by class; the four classes add up to the total.
public struct LineClasses: Hashable, Sendable {
  /// Lines with code and no comment.
  public var code: Int
  /// Lines with code and comment.
  public var mixed: Int
  /// Lines with comment and no code.
  public var comment: Int
  /// Lines with neither.
  public var blank: Int

  /// All lines.
  public var total: Int { code + mixed + comment + blank }

  /// Makes a count, empty by default.
  public init(code: Int = 0, mixed: Int = 0, comment: Int = 0, blank: Int = 0) {
    self.code = code
    self.mixed = mixed
    self.comment = comment
    self.blank = blank
  }

  /// Adds class by class.
  public static func += (left: inout LineClasses, right: LineClasses) {
    left.code += right.code
    left.mixed += right.mixed
    left.comment += right.comment
    left.blank += right.blank
  }
}

/// How the bytes and lines of a file or a project divide, in all and for each language.
public struct DensityTotals: Hashable, Sendable {
  /// The bytes in all.
  public var bytes: ByteClasses
  /// The lines in all.
  public var lines: LineClasses
  /// The same for each language, by its name; embedded languages count as themselves.
  public var languages: [String: LanguageTotals]

  /// What one language has.
  public struct LanguageTotals: Hashable, Sendable {
    /// The language's bytes.
    public var bytes: ByteClasses
    /// The lines that hold a byte of the language.
    public var lines: LineClasses

    /// Makes a count, empty by default.
    public init(bytes: ByteClasses = ByteClasses(), lines: LineClasses = LineClasses()) {
      self.bytes = bytes
      self.lines = lines
    }
  }

  /// Makes a count, empty by default.
  public init(
    bytes: ByteClasses = ByteClasses(), lines: LineClasses = LineClasses(), languages: [String: LanguageTotals] = [:]
  ) {
    self.bytes = bytes
    self.lines = lines
    self.languages = languages
  }

  /// Adds class by class and language by language.
  public static func += (left: inout DensityTotals, right: DensityTotals) {
    left.bytes += right.bytes
    left.lines += right.lines
    for (language, counts) in right.languages {
      left.languages[language, default: LanguageTotals()].bytes += counts.bytes
      left.languages[language, default: LanguageTotals()].lines += counts.lines
    }
  }
}
