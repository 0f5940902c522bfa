/// What a project holds and does not use: functions that nothing calls, selectors that no element can match.
///
/// The program says what runs: a function counts when the host cannot reach it although it can reach other code, and the
/// functions inside it do not count again. A selector counts when an element that it asks for is written in no page, no component
/// and no piece of markup, and its names stand nowhere in a script, so that no script can make one; what a script may make by a
/// name that it puts together is unknown, not unused.
public struct UnusedCode: Sendable {
  /// How many there are of what can be used, and which of them are not.
  public struct Count: Sendable {
    /// All of them.
    public var total = 0
    /// Those of which the analysis cannot tell.
    public var unknown = 0
    /// Those that nothing uses, in the order of files and text.
    public var unused: [Place] = []

    /// Makes a count of nothing.
    public init() {}
  }

  /// A place in a file of the project.
  public struct Place: Hashable, Sendable {
    /// The file, relative to the project.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The function's name or the selector; shortened where it is long.
    public var name: String
    /// Its bytes.
    public var bytes: Int

    /// Makes a place.
    public init(file: String, line: Int, name: String, bytes: Int) {
      self.file = file
      self.line = line
      self.name = name
      self.bytes = bytes
    }
  }

  /// Functions of the project's own scripts; `nil` where nothing says what runs: no page, no entry, or a program too large to follow.
  public var functions: Count?
  /// Selectors of the project's own style sheets; `nil` where no element is known.
  public var selectors: Count?

  /// Makes a finding.
  public init(functions: Count? = nil, selectors: Count? = nil) {
    self.functions = functions
    self.selectors = selectors
  }
}
