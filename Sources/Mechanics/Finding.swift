public import SourceText

/// A place that proves something, and what it proves.
public struct Evidence: Hashable, Sendable {
  /// The path of the file relative to the project.
  public var file: String
  /// The bytes of that file.
  public var span: ByteSpan
  /// What a reader sees there, in one clause.
  public var says: String

  /// Makes a piece of evidence.
  public init(file: String, span: ByteSpan, says: String) {
    self.file = file
    self.span = span
    self.says = says
  }
}

/// What the analysis can say of one candidate for a mechanic.
public struct Finding: Hashable, Sendable {
  /// How the candidate fared.
  public enum Status: String, Hashable, Sendable {
    /// It is there and reachable.
    case found
    /// It is wired up and cannot work.
    case broken
    /// It looks like it and is not; ``Finding/reason`` says why.
    case refused
    /// The analysis cannot tell; ``Finding/reason`` says why.
    case unknown
  }

  /// Whether mending a broken mechanic means changing a number or rewriting code.
  public enum Failure: String, Hashable, Sendable {
    /// The structure is right, a constant is not.
    case tunable
    /// The structure itself is wrong or absent.
    case structural
  }

  /// Which mechanic: `encounter`, `population` and so on.
  public var mechanic: String
  /// How the candidate fared.
  public var status: Status
  /// What distinguishes this finding from others of its mechanic: roles and properties, such as `of: enemies`, `effect: damage`.
  public var facts: [String: Fact]
  /// The places that prove it, or for a refused candidate the places that mislead.
  public var evidence: [Evidence]
  /// Why it was refused, is broken or unknown; `nil` when found.
  public var reason: String?
  /// The kind of failure, for broken findings.
  public var failure: Failure?
  /// What to do about it, one sentence; `nil` when nothing is to be done.
  public var advice: String?
  /// How sure the analysis is, from 0 to 1.
  public var confidence: Double

  /// Makes a finding.
  public init(
    _ mechanic: String, _ status: Status, facts: [String: Fact] = [:], evidence: [Evidence], reason: String? = nil,
    failure: Failure? = nil, advice: String? = nil, confidence: Double = 1
  ) {
    self.mechanic = mechanic
    self.status = status
    self.facts = facts
    self.evidence = evidence
    self.reason = reason
    self.failure = failure
    self.advice = advice
    self.confidence = confidence
  }
}

/// The value of one fact of a finding.
public enum Fact: Hashable, Sendable {
  /// A word, such as a role.
  case word(String)
  /// Several words, all of which hold.
  case words([String])
  /// A number; its unit is in the fact's name.
  case number(Double)
  /// A truth value.
  case flag(Bool)
}
