import SourceText

/// A parsed script or module.
///
/// Nodes lie in one array, children before parents, so that the nodes below a node are a contiguous range that ends at it; the
/// root is the last. A tree is immutable and may be read from any thread.
public final class SyntaxTree: Sendable {
  /// The whole source text, UTF-8.
  public let source: [UInt8]
  /// Whether the text was read as a module or as a script.
  public let goal: Goal
  /// The language that it was read as.
  public let language: Language
  /// Every node, children before parents.
  public let nodes: [Node]
  /// Every comment, in the order of the text.
  public let comments: [Comment]

  let slots: [UInt32]
  let nameSpans: [NameSpan]
  let decodedNames: [UInt8]
  let tokenStorage: TokenStorage

  /// Script or module.
  public enum Goal: String, Hashable, Sendable {
    /// A classic script.
    case script
    /// An ECMAScript module.
    case module
  }

  init(
    source: [UInt8], goal: Goal, language: Language, nodes: [Node], slots: [UInt32], names: [NameSpan],
    decodedNames: [UInt8], comments: [Comment], tokens: TokenStorage
  ) {
    self.source = source
    self.goal = goal
    self.language = language
    self.nodes = nodes
    self.slots = slots
    nameSpans = names
    self.decodedNames = decodedNames
    self.comments = comments
    self.tokenStorage = tokens
  }

  /// The root, a ``NodeKind/program``.
  public var root: NodeID { NodeID(UInt32(nodes.count - 1)) }

  /// The node with the given index.
  public subscript(node: NodeID) -> Node { nodes[Int(node.index)] }
}
