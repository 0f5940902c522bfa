/// What a rubric tells the analyses about its subject: words that hint at roles, and figures that are known to be right.
///
/// Hints break ties and raise confidence. No finding may rest on a word alone where structure can decide.
public struct Hints: Hashable, Sendable {
  /// For each role, the words of any human language that hint at it, lower case.
  public var words: [String: [String]]
  /// The tables of known figures.
  public var tables: [ReferenceTable]

  /// Collects hints.
  public init(words: [String: [String]] = [:], tables: [ReferenceTable] = []) {
    self.words = words
    self.tables = tables
  }

  /// No hints.
  public static let none = Hints()

  /// The table about records of the given role.
  public func table(of role: String) -> ReferenceTable? { tables.first { $0.role == role } }
}

/// A table of known figures that a program's own records are compared with.
public struct ReferenceTable: Hashable, Sendable {
  /// The role of the records, such as `planets`.
  public var role: String
  /// The quantities, each with its unit, in the order of the file.
  public var quantities: [Quantity]
  /// The records, in the order of the file.
  public var records: [Record]

  /// One column of the table.
  public struct Quantity: Hashable, Sendable {
    /// The name, as in the `quantity` of a dataset.
    public var name: String
    /// The unit that its figures are in.
    public var unit: String

    /// Names a column.
    public init(name: String, unit: String) {
      self.name = name
      self.unit = unit
    }
  }

  /// One row of the table.
  public struct Record: Hashable, Sendable {
    /// The name, lower case.
    public var name: String
    /// Other names of the same thing, in any human language, lower case.
    public var aliases: [String]
    /// The figures, by the name of their quantity.
    public var values: [String: Double]

    /// Makes a row.
    public init(name: String, aliases: [String] = [], values: [String: Double]) {
      self.name = name
      self.aliases = aliases
      self.values = values
    }
  }

  /// Makes a table.
  public init(role: String, quantities: [Quantity], records: [Record]) {
    self.role = role
    self.quantities = quantities
    self.records = records
  }
}
