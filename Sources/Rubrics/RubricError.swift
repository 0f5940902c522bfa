/// A place in a file as people count it: line and column from 1, columns in UTF-16 code units.
public struct FilePosition: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The file as the user named it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// Makes a position.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }

  /// Orders by file, then by line, then by column.
  public static func < (left: FilePosition, right: FilePosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// One thing that is wrong with a rubric.
public struct RubricProblem: Hashable, Sendable, CustomStringConvertible {
  /// Where.
  public var position: FilePosition
  /// What is wrong, in lower case without a full stop.
  public var message: String
  /// What to do about it.
  public var advice: String

  /// Makes a problem.
  public init(at position: FilePosition, _ message: String, advice: String) {
    self.position = position
    self.message = message
    self.advice = advice
  }

  /// `file:line:column: error: ...` and the help below it.
  public var description: String { "\(position): error: \(message)\n  help: \(advice)" }
}

/// A rubric that cannot be used, and everything that is wrong with it.
public struct RubricError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in the order of the text; never empty.
  public var problems: [RubricProblem]

  /// How many problems each part of the check names before it stops looking for reasons.
  static let maximumProblems = 100

  /// Makes an error from problems, which are put in the order of the text.
  public init(_ problems: [RubricProblem]) {
    self.problems = problems.enumerated()
      .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }.map { $0.element }
  }

  /// Every problem, one below the other.
  public var description: String { problems.map { $0.description }.joined(separator: "\n") }
}
