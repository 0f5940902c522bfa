public import SourceText

/// The index of a node in its document.
public struct ElementID: Hashable, Sendable, Comparable {
  /// The position in the document's node array.
  public var index: UInt32

  /// Wraps an index.
  @inlinable
  public init(_ index: UInt32) { self.index = index }

  /// No node.
  public static let none = ElementID(.max)

  /// Whether there is a node.
  @inlinable
  public var exists: Bool { index != .max }

  /// Orders as the tree does: a node comes before its descendants, and those before its next sibling.
  @inlinable
  public static func < (left: ElementID, right: ElementID) -> Bool { left.index < right.index }
}

/// The vocabulary that an element belongs to.
public enum MarkupNamespace: UInt8, Hashable, Sendable, CaseIterable {
  /// HTML.
  case html
  /// SVG.
  case svg
  /// MathML.
  case mathML
}

/// A node as it is stored: no references, all links are indices.
public struct MarkupNode: Hashable, Sendable {
  /// What a node is.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// The document itself, the root.
    case document
    /// A document type declaration.
    case doctype
    /// An element.
    case element
    /// Text, CDATA sections of foreign content included.
    case text
    /// A comment, or what the standard reads as one: processing instructions, declarations, malformed end tags.
    case comment
  }

  /// What the node is.
  public var kind: Kind
  /// The vocabulary of an element; HTML for other nodes.
  public var namespace: MarkupNamespace = .html
  var flags: Flags = []
  /// An element's or document type's name, by index in the document's names.
  var name: UInt32 = 0
  /// The node that holds this one; ``ElementID/none`` for the root.
  ///
  /// The contents of a `template` element have that element as their parent.
  public internal(set) var parent: ElementID = .none
  /// Just past the last descendant: the nodes below this one are those from the next index to this one.
  public internal(set) var subtreeEnd: ElementID = .none
  /// The sibling before.
  public internal(set) var previousSibling: ElementID = .none
  /// The sibling after.
  public internal(set) var nextSibling: ElementID = .none
  /// The last child.
  public internal(set) var lastChild: ElementID = .none
  /// The offset of the first byte; for an implied element, where it was implied.
  public internal(set) var start: UInt32
  /// The offset past the last byte: past the end tag, or where the element was closed without one.
  public internal(set) var end: UInt32
  var startTagEnd: UInt32 = 0
  var endTagStart: UInt32 = .max
  var endTagEnd: UInt32 = .max
  /// Where the attributes begin in the document's attribute array; for text and comments, where the text begins.
  var payload: UInt32 = 0
  var payloadCount: UInt32 = 0

  /// All bytes of the node, from its first to its last.
  public var span: ByteSpan { ByteSpan(start: start, end: end) }
  /// The start tag; `nil` for an implied element and for other nodes.
  public var startTag: ByteSpan? {
    kind == .element && !isImplied ? ByteSpan(start: start, end: startTagEnd) : nil
  }
  /// The end tag; `nil` when it is absent and for other nodes.
  public var endTag: ByteSpan? {
    kind == .element && endTagStart != .max ? ByteSpan(start: endTagStart, end: endTagEnd) : nil
  }
  /// Whether no start tag of this element's own stands in the text: an implied `html`, `head`, `body`, `tbody`, `tr` or
  /// `colgroup`, a `p` or `br` made by an end tag, or formatting that was opened again.
  public var isImplied: Bool { flags.contains(.implied) }
  /// Whether the node lies in a `template`, or in a `noscript`, so that a page with scripts does not show it.
  public var isInert: Bool { flags.contains(.inert) }
  /// Whether the start tag ends in `/>`.
  public var isSelfClosing: Bool { flags.contains(.selfClosing) }
  /// Whether a comment was not written as `<!-- -->`: a processing instruction, a declaration, a malformed end tag.
  public var isBogusComment: Bool { flags.contains(.bogus) }

  struct Flags: OptionSet, Hashable, Sendable {
    var rawValue: UInt16
    static let implied = Flags(rawValue: 1 << 0)
    static let inert = Flags(rawValue: 1 << 1)
    static let selfClosing = Flags(rawValue: 1 << 2)
    static let bogus = Flags(rawValue: 1 << 3)
    /// The text lies in the document's pool, not in its source.
    static let pooled = Flags(rawValue: 1 << 4)
    /// While the tree is built: on the stack of open elements.
    static let open = Flags(rawValue: 1 << 5)
    /// While the tree is built: an integration point, which depends on an attribute for `annotation-xml`.
    static let htmlIntegration = Flags(rawValue: 1 << 6)
    /// While the tree is built: opened again from the list of active formatting elements.
    static let clone = Flags(rawValue: 1 << 7)
  }

  init(kind: Kind, start: UInt32, end: UInt32) {
    self.kind = kind
    self.start = start
    self.end = end
  }
}

/// An attribute as it stands in a start tag.
public struct MarkupAttribute: Hashable, Sendable {
  /// The prefix that the standard gives some attributes of foreign elements.
  public enum Prefix: UInt8, Hashable, Sendable, CaseIterable {
    /// None.
    case none
    /// `xlink:`.
    case xlink
    /// `xml:`.
    case xml
    /// `xmlns:`.
    case xmlns
  }

  var name: UInt32
  var start: UInt32
  var nameEnd: UInt32
  var valueStart: UInt32
  var valueEnd: UInt32
  var end: UInt32
  /// Where the decoded value lies in the document's pool; `.max` when the bytes of the source are the value.
  var pooledStart: UInt32 = .max
  var pooledCount: UInt32 = 0
  /// The prefix, which is no part of the name then.
  public internal(set) var prefix: Prefix = .none

  var pooledRange: Range<Int> { Int(pooledStart)..<Int(pooledStart) + Int(pooledCount) }

  /// The whole attribute, from the name to the closing quote.
  public var span: ByteSpan { ByteSpan(start: start, end: end) }
  /// The name as written.
  public var nameSpan: ByteSpan { ByteSpan(start: start, end: nameEnd) }
  /// The value as written, without quotes; empty, at the attribute's end, when there is none.
  public var valueSpan: ByteSpan { ByteSpan(start: valueStart, end: valueEnd) }
  /// Whether a value was written, even an empty one.
  public var hasValue: Bool { end != nameEnd }
}
