/// A project as the analyses see it, before any rubric judges it; all positions are resolved.
public struct InspectedProject: Sendable {
  /// The path as the user gave it.
  public var path: String
  /// The id of the rubric whose words tell roles apart; `nil` when none fits.
  public var rubric: String?
  /// What the host runs by itself or calls, in the order of the places; `says` tells what and when.
  public var entryPoints: [LocatedEvidence]
  /// The functions that run; `says` is their name.
  public var runningFunctions: [LocatedEvidence]
  /// The functions that nothing reaches; `says` is their name.
  public var idleFunctions: [LocatedEvidence]
  /// The libraries that are used; `says` is the package.
  public var libraries: [LocatedEvidence]
  /// Files and elements that the project refers to and does not hold; `says` tells which.
  public var missing: [LocatedEvidence]
  /// What the analyses found, refused or could not tell, in the order of the mechanics.
  public var findings: [InspectedFinding]
  /// What was wrong with its files.
  public var diagnostics: [LocatedDiagnostic]
  /// Whether every file could be read and the analysis ended within its budget; otherwise what is absent may be unknown.
  public var isComplete: Bool
}

/// What an analysis says of one candidate for a mechanic, ready to print.
public struct InspectedFinding: Sendable {
  /// The mechanic.
  public var mechanic: String
  /// `found`, `broken`, `refused` or `unknown`.
  public var status: String
  /// Roles and properties with their values, in the order of their names.
  public var facts: [(name: String, value: InspectedFact)]
  /// The places that prove it, or that mislead.
  public var evidence: [LocatedEvidence]
  /// Why it was refused, is broken or unknown.
  public var reason: String?
  /// `tunable` or `structural` when broken.
  public var failure: String?
  /// What to do, in one sentence.
  public var advice: String?
  /// How sure the analysis is, from 0 to 1.
  public var confidence: Double
}

/// The value of a fact.
public enum InspectedFact: Hashable, Sendable {
  /// A word.
  case word(String)
  /// Words that all hold.
  case words([String])
  /// A number, in the unit that the fact's name says.
  case number(Double)
  /// A truth value.
  case flag(Bool)
}
