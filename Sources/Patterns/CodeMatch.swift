public import JavaScriptSyntax
public import SourceText

/// A place in a tree that a pattern or a rule matches.
public struct CodeMatch: Sendable {
  /// The node; for a run of statements, the first of them.
  public var node: NodeID
  /// The bytes that match.
  public var span: ByteSpan
  /// What the metavariables stand for, in the order in which the pattern names them.
  public var captures: [Capture]

  /// What a metavariable stands for.
  public func capture(_ name: String) -> Capture? { captures.first { $0.name == name } }
}

/// What a metavariable stands for.
public struct Capture: Hashable, Sendable {
  /// The kinds of metavariable.
  public enum Form: Hashable, Sendable {
    /// One node.
    case node
    /// What stands between the quotes of a string.
    case content
    /// Any number of nodes of a list.
    case list
  }

  /// The name, without `$`.
  public var name: String
  /// The kind.
  public var form: Form
  /// The nodes, in the order of the text.
  public var nodes: [NodeID]
  /// The bytes: for several nodes, from the first to the last.
  public var span: ByteSpan
}
