/// An analysis that finds one mechanic, or one side of it, in a program.
///
/// Several analyses may hand over findings of the same mechanic: sliders and held keys are both a `control`.
///
/// ```swift
/// struct MissingFiles: Mechanic {
///   static let id = "leftover"
///   static let examples: [Example] = [
///     .found("<img src=nowhere.png alt=x>", ["kind": .word("missing-file")]),
///     .absent("<img src=https://example.net/a.png alt=x>"),
///   ]
///   static func find(in scene: Scene) -> [Finding] {
///     scene.program.missingFiles.map { Finding(id, .found, facts: ["kind": .word("missing-file")], evidence: [...]) }
///   }
/// }
/// ```
protocol Mechanic {
  /// The mechanic that the findings are of, a term of ``MechanicVocabulary``.
  static var id: String { get }
  /// Small programs that show what is found and what is not; a test runs every one.
  static var examples: [Example] { get }
  /// What the examples are told of their subject.
  static var exampleHints: Hints { get }
  /// Finds it. A pure function of the scene.
  static func find(in scene: Scene) -> [Finding]
}

extension Mechanic {
  static var exampleHints: Hints { .none }
}

/// A small program and what an analysis has to say of it.
struct Example: Sendable {
  /// What is to be handed over.
  enum Outcome: String, Sendable {
    /// A `found` finding with the given facts.
    case found
    /// No `found` finding with the given facts.
    case absent
    /// A `refused` finding with the given facts, and no `found` one.
    case refused
    /// A `broken` finding with the given facts.
    case broken
    /// An `unknown` finding, and no `found` one with the given facts.
    case unknown
  }

  /// What is to be handed over.
  var outcome: Outcome
  /// The texts of the program's files, by path.
  var files: [String: String]
  /// The facts that the finding has among others.
  var facts: [String: Fact]

  static func found(_ page: String, _ facts: [String: Fact] = [:]) -> Example { Example(.found, page, facts) }
  static func absent(_ page: String, _ facts: [String: Fact] = [:]) -> Example { Example(.absent, page, facts) }
  static func refused(_ page: String, _ facts: [String: Fact] = [:]) -> Example { Example(.refused, page, facts) }
  static func broken(_ page: String, _ facts: [String: Fact] = [:]) -> Example { Example(.broken, page, facts) }
  static func unknown(_ page: String, _ facts: [String: Fact] = [:]) -> Example { Example(.unknown, page, facts) }

  /// An example of several files.
  init(_ outcome: Outcome, files: [String: String], _ facts: [String: Fact] = [:]) {
    self.outcome = outcome
    self.files = files
    self.facts = facts
  }

  /// An example of one page; a text without markup is the page's script.
  init(_ outcome: Outcome, _ page: String, _ facts: [String: Fact] = [:]) {
    let isMarkup = page.utf8.first { $0 > 0x20 } == 0x3C
    self.init(outcome, files: ["index.html": isMarkup ? page : "<canvas id=c></canvas><script>\(page)</script>"], facts)
  }

  /// What is wrong with findings, in one sentence; `nil` when they are as the example says.
  func problem(with findings: [Finding]) -> String? {
    let fitting = findings.filter { finding in facts.allSatisfy { Example.holds($0.value, in: finding.facts[$0.key]) } }
    func has(_ status: Finding.Status) -> Bool { fitting.contains { $0.status == status } }
    let isRight =
      switch outcome {
      case .found: has(.found)
      case .absent: !has(.found)
      case .refused: has(.refused) && !has(.found)
      case .broken: has(.broken)
      case .unknown: has(.unknown) && !has(.found)
      }
    return isRight ? nil : "expected \(outcome.rawValue) with \(facts.keys.sorted()), got \(findings.map { $0.brief })"
  }

  /// Whether a fact says what is expected; of several words one is enough.
  private static func holds(_ expected: Fact, in fact: Fact?) -> Bool {
    switch (expected, fact) {
    case (.word(let word), .words(let words)): words.contains(word)
    case (.words(let wanted), .words(let words)): wanted.allSatisfy { words.contains($0) }
    default: expected == fact
    }
  }
}

extension Finding {
  /// The finding on one line, facts in the order of their names.
  public var brief: String {
    let parts = facts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.brief)" }
    return "\(mechanic) \(status.rawValue) {\(parts.joined(separator: ", "))}" + (reason.map { " – \($0)" } ?? "")
  }
}

extension Fact {
  /// The value as text.
  public var brief: String {
    switch self {
    case .word(let word): word
    case .words(let words): "[" + words.joined(separator: ", ") + "]"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    }
  }
}
