import JavaScriptSyntax

/// One file of a suite, and what the suite says about it.
struct TestCase: Sendable {
  /// What a parser has to make of the file.
  enum Expectation: Sendable {
    /// No error in any run.
    case valid
    /// An error in every run.
    case invalid
    /// A diagnostic in every run, a warning where other readers of the language let the file pass.
    case diagnosed
    /// No error, and the same tree as another file less parentheses.
    case sameTree(as: String)
  }

  /// The name to list when it fails, relative to the suite's folder.
  var name: String
  /// Where the file is.
  var path: String
  /// The ways in which the file is parsed; it passes when all of them do.
  var runs: [ParseOptions]
  /// What has to come out.
  var expectation: Expectation
  /// The part of the suite that the file counts for.
  var group: String
}

/// A suite and how its files are read.
protocol Suite {
  /// Lists the cases of the suite in a folder, ordered by name.
  static func cases(in folder: String) throws -> [TestCase]
}
