public import JavaScriptSyntax
import SourceText

/// What a node of code must be and where it must stand, in the words of ast-grep: a pattern, a kind, a regular expression, and
/// rules for what is around it. Everything that is named has to hold.
public final class CodeRule: Sendable {
  /// Code that the node is.
  public let pattern: CodePattern?
  /// Kinds of node, or a selector over nodes.
  public let kind: KindTest?
  /// What the node's text must match.
  public let regex: LinearRegex?
  /// Rules for what is around the node.
  public let relations: [Relation]
  /// The place in its list.
  public let nthChild: NthChild?
  /// Rules that hold for the same node as well.
  public let all: [CodeRule]
  /// Rules of which one holds for the same node; empty where none is asked for.
  public let any: [CodeRule]
  /// A rule that does not hold for the node.
  public let not: CodeRule?

  /// Makes a rule.
  public init(
    pattern: CodePattern? = nil, kind: KindTest? = nil, regex: LinearRegex? = nil, relations: [Relation] = [],
    nthChild: NthChild? = nil, all: [CodeRule] = [], any: [CodeRule] = [], not: CodeRule? = nil
  ) {
    self.pattern = pattern
    self.kind = kind
    self.regex = regex
    self.relations = relations
    self.nthChild = nthChild
    self.all = all
    self.any = any
    self.not = not
  }

  /// A rule for what is around a node.
  public struct Relation: Sendable {
    /// Where to look.
    public enum Place: String, Sendable, CaseIterable {
      /// At the nodes above.
      case inside
      /// At the nodes below.
      case has
      /// At the siblings after it.
      case precedes
      /// At the siblings before it.
      case follows
    }

    /// How far to look.
    public enum Stop: Sendable {
      /// At the nearest only.
      case neighbor
      /// As far as there is anything.
      case end
      /// Up to a node that the rule fits; that node is still looked at.
      case rule(CodeRule)
    }

    /// Where to look.
    public var place: Place
    /// What has to be there.
    public var rule: CodeRule
    /// How far to look.
    public var stop: Stop
    /// The role that what is there, or for ``Place/inside`` the node, must have in its parent.
    public var field: CodeField?

    /// Makes a rule for what is around a node.
    public init(place: Place, rule: CodeRule, stop: Stop = .neighbor, field: CodeField? = nil) {
      self.place = place
      self.rule = rule
      self.stop = stop
      self.field = field
    }
  }

  /// A place in a list.
  public struct NthChild: Sendable {
    /// `step · n + offset`, counted from 1.
    public var step: Int
    /// See ``step``.
    public var offset: Int
    /// Whether it is counted from the end.
    public var isReversed: Bool
    /// What is counted; `nil` for everything in the list.
    public var rule: CodeRule?

    /// Makes a place.
    public init(step: Int, offset: Int, isReversed: Bool = false, rule: CodeRule? = nil) {
      self.step = step
      self.offset = offset
      self.isReversed = isReversed
      self.rule = rule
    }
  }

  /// The kinds that the node can be, as far as the rule says; `nil` for any.
  public var possibleKinds: Set<NodeKind>? {
    var kinds: Set<NodeKind>?
    func narrow(_ other: Set<NodeKind>?) {
      guard let other else { return }
      kinds = kinds.map { $0.intersection(other) } ?? other
    }
    narrow(kind?.possibleKinds)
    if let pattern, !pattern.kinds.isEmpty { narrow(Set(pattern.kinds)) }
    for rule in all { narrow(rule.possibleKinds) }
    if !any.isEmpty {
      let parts = any.map { $0.possibleKinds }
      if parts.allSatisfy({ $0 != nil }) { narrow(parts.reduce(into: []) { $0.formUnion($1 ?? []) }) }
    }
    return kinds
  }

  /// Whether the rule says what a node is, and not only where it stands.
  public var isPositive: Bool {
    pattern != nil || kind != nil || regex != nil || all.contains { $0.isPositive }
      || (!any.isEmpty && any.allSatisfy { $0.isPositive })
  }

  /// The rule with every relation looking as far as there is anything; `nil` when they all do already.
  public var widened: CodeRule? {
    var hasChanged = false
    let relations = relations.map { relation -> Relation in
      var relation = relation
      if case .neighbor = relation.stop {
        relation.stop = .end
        hasChanged = true
      }
      if let inner = relation.rule.widened {
        relation.rule = inner
        hasChanged = true
      }
      return relation
    }
    let all = all.map { rule -> CodeRule in
      guard let wide = rule.widened else { return rule }
      hasChanged = true
      return wide
    }
    guard hasChanged else { return nil }
    return CodeRule(
      pattern: pattern, kind: kind, regex: regex, relations: relations, nthChild: nthChild, all: all, any: any, not: not
    )
  }
}

/// Kinds of node as a rule names them: one of ESTree's names, or a selector in the words of esquery.
public struct KindTest: Sendable {
  /// As written.
  public let text: String
  let selectors: [NodeSelector]

  /// Reads a kind or a list of selectors.
  ///
  /// - Throws: ``PatternError`` with the place.
  public init(_ text: String) throws(PatternError) {
    self.text = text
    selectors = try NodeSelectorReader.read(text)
  }

  /// The kinds that a node can be, where every selector names them.
  var possibleKinds: Set<NodeKind>? {
    var kinds: Set<NodeKind> = []
    for selector in selectors {
      guard let own = selector.kinds else { return nil }
      kinds.formUnion(own)
    }
    return kinds
  }

  func matches(_ node: NodeID, in index: SyntaxIndex, budget: inout StepBudget) -> Bool {
    for selector in selectors where selector.matches(node, in: index, budget: &budget) { return true }
    return false
  }
}

/// The role that a node has in its parent, by its ESTree name.
public struct CodeField: Hashable, Sendable {
  let role: Role

  /// Finds a role; `nil` when none has the name.
  public init?(_ name: String) {
    guard let role = Role.named(name) else { return nil }
    self.role = role
  }

  /// The names of all roles.
  public static var names: [String] { Role.allCases.map { $0.estreeName } }
}
