/// The words that findings are made of: every mechanic, its facts and the values those facts may take.
///
/// Analyses write findings in these words and rubrics ask for them, so neither has to know the other. A word that only one
/// criterion could ever use does not belong here; a fact that several tasks can ask for does.
public struct MechanicVocabulary: Sendable {
  /// One mechanic.
  public struct Term: Sendable {
    /// The name that findings and conditions use.
    public var id: String
    /// What one finding of this mechanic states.
    public var states: String
    /// Its facts, in the order of the manual.
    public var facts: [FactTerm]

    /// The fact with the given name.
    public func fact(_ name: String) -> FactTerm? { facts.first { $0.name == name } }
  }

  /// One fact of a mechanic.
  public struct FactTerm: Sendable {
    /// What a fact may hold.
    public enum Values: Hashable, Sendable {
      /// One or several of these words.
      case words([String])
      /// One or several roles: those of ``MechanicVocabulary/roles`` and those that a rubric's vocabulary adds.
      case roles
      /// One or several roles, or one of these words.
      case rolesOr([String])
      /// Any words at all, such as the name of an event.
      case text
      /// A number in this unit.
      case number(unit: String)
      /// True or false.
      case flag
    }

    /// The name that findings and conditions use.
    public var name: String
    /// What it may hold.
    public var values: Values
    /// What it means.
    public var means: String
  }

  /// Every mechanic, in the order of the manual.
  public var terms: [Term]
  /// The roles that every analysis knows; a rubric's vocabulary may add others.
  public var roles: [Role]

  /// A part that a thing plays, and the structure that gives it that part.
  public struct Role: Sendable {
    /// The word.
    public var name: String
    /// The structure that decides it, before any name is looked at.
    public var decidedBy: String
  }

  /// The mechanic with the given name.
  public func term(_ id: String) -> Term? { terms.first { $0.id == id } }

  /// What is wrong with the words of a finding; empty when it may be handed to a rubric.
  ///
  /// - Parameter extraRoles: The roles that the rubric at hand adds.
  public func problems(with finding: Finding, extraRoles: Set<String> = []) -> [String] {
    guard let term = term(finding.mechanic) else { return ["no mechanic is called `\(finding.mechanic)`"] }
    var problems: [String] = []
    for (name, value) in finding.facts.sorted(by: { $0.key < $1.key }) {
      guard let fact = term.fact(name) else {
        problems.append("`\(term.id)` has no fact `\(name)`")
        continue
      }
      if let problem = self.problem(with: value, for: fact, extraRoles: extraRoles) {
        problems.append("`\(term.id)`, fact `\(name)`: \(problem)")
      }
    }
    if finding.status != .found, finding.reason == nil {
      problems.append("a finding that is not `found` needs a reason")
    }
    return problems
  }

  private func problem(with value: Fact, for fact: FactTerm, extraRoles: Set<String>) -> String? {
    switch (value, fact.values) {
    case (.number, .number), (.flag, .flag), (.word, .text), (.words, .text): nil
    case (.word(let word), .words), (.word(let word), .roles), (.word(let word), .rolesOr):
      allows(word, for: fact, extraRoles: extraRoles) ? nil : "`\(word)` is not one of its values"
    case (.words(let words), .words), (.words(let words), .roles), (.words(let words), .rolesOr):
      words.first { !allows($0, for: fact, extraRoles: extraRoles) }.map { "`\($0)` is not one of its values" }
    default: "holds the wrong kind of value"
    }
  }

  /// Whether a word may stand in a fact.
  public func allows(_ word: String, for fact: FactTerm, extraRoles: Set<String> = []) -> Bool {
    words(for: fact, extraRoles: extraRoles)?.contains(word) ?? (fact.values == .text)
  }

  /// The words that a fact may hold, or `nil` when it holds numbers, flags or free text.
  public func words(for fact: FactTerm, extraRoles: Set<String> = []) -> [String]? {
    switch fact.values {
    case .words(let words): words
    case .roles: roles.map { $0.name } + extraRoles.sorted()
    case .rolesOr(let words): roles.map { $0.name } + extraRoles.sorted() + words
    case .text, .number, .flag: nil
    }
  }
}
