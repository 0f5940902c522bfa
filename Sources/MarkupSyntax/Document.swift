public import SourceText

/// A parsed HTML page.
///
/// Nodes lie in one array in tree order: a node comes before its descendants, which are the contiguous range up to its
/// ``MarkupNode/subtreeEnd``; the root, a document, is the first. A document is immutable and may be read from any thread.
public final class Document: Sendable {
  /// How much a browser would imitate old browsers.
  public enum Mode: String, Hashable, Sendable {
    /// By the standards.
    case noQuirks
    /// Almost by the standards.
    case limitedQuirks
    /// As in the 1990s; a page without a document type is read so.
    case quirks
  }

  /// The whole source text, UTF-8.
  public let source: [UInt8]
  /// Every node, in tree order.
  public let nodes: [MarkupNode]
  /// The attributes of all elements; see ``attributes(of:)``.
  public let attributes: [MarkupAttribute]
  /// How much a browser would imitate old browsers.
  public let mode: Mode
  /// The document type's public and system identifiers, by node.
  let doctypes: [Doctype]
  let pool: [UInt8]
  let names: NameTable
  /// The elements that have an id, by its hash; equal hashes in tree order.
  let identified: [Identified]

  /// Controls that belong to a form that they do not lie in, by the rules for misplaced tags; ordered by control.
  let adopted: [AdoptedControl]

  struct AdoptedControl: Sendable {
    var control: UInt32
    var form: UInt32
  }

  struct Identified: Sendable {
    var hash: UInt32
    var element: UInt32
  }

  struct Doctype: Sendable {
    var publicID: String?
    var systemID: String?
  }

  init(
    source: [UInt8], nodes: [MarkupNode], attributes: [MarkupAttribute], mode: Mode, doctypes: [Doctype], pool: [UInt8],
    names: NameTable, adopted: [AdoptedControl]
  ) {
    self.adopted = adopted
    self.source = source
    self.nodes = nodes
    self.attributes = attributes
    self.mode = mode
    self.doctypes = doctypes
    self.pool = pool
    self.names = names
    identified = Document.identifiedElements(source, nodes, attributes, pool, names)
  }

  private static func identifiedElements(
    _ source: [UInt8], _ nodes: [MarkupNode], _ attributes: [MarkupAttribute], _ pool: [UInt8], _ names: NameTable
  ) -> [Identified] {
    guard let id = names.find("id".utf8) else { return [] }
    var identified: [Identified] = []
    for (index, node) in nodes.enumerated() where node.kind == .element && node.payloadCount > 0 {
      for attribute in attributes[Int(node.payload)..<Int(node.payload) + Int(node.payloadCount)]
      where attribute.name == id && attribute.prefix == .none {
        let value = attribute.pooledStart == .max ? source[attribute.valueSpan.range] : pool[attribute.pooledRange]
        identified.append(Identified(hash: hash(value), element: UInt32(truncatingIfNeeded: index)))
      }
    }
    return identified.sorted { ($0.hash, $0.element) < ($1.hash, $1.element) }
  }

  static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }

  /// The root, a node of the kind document.
  public var root: ElementID { ElementID(0) }

  /// The node with the given index.
  public subscript(node: ElementID) -> MarkupNode { nodes[Int(node.index)] }
}

/// Options for reading a page.
public struct MarkupOptions: Hashable, Sendable {
  /// Whether `noscript` is read as a browser with scripts does, as text, rather than as elements.
  public var scripting: Bool
  /// The number of diagnostics after which no more are kept.
  public var diagnosticLimit: Int

  /// Makes options.
  public init(scripting: Bool = false, diagnosticLimit: Int = 200) {
    self.scripting = scripting
    self.diagnosticLimit = diagnosticLimit
  }
}

/// Reads an HTML page as a browser does; any bytes give a tree.
///
/// - Parameters:
///   - source: The page, UTF-8; other encodings are decoded first.
///   - options: How to read it.
/// - Returns: The tree, whose spans are offsets into `source`, and what is wrong with the page.
/// - Complexity: O(*n*) in the number of bytes.
public func parseHTML(_ source: [UInt8], options: MarkupOptions = MarkupOptions()) -> Parsed<Document> {
  parse(source, context: nil, options)
}

/// Reads a piece of HTML as if it were assigned to `innerHTML` of an element.
///
/// - Parameters:
///   - source: The piece, UTF-8.
///   - context: The name of the element; a prefix `svg ` or `math ` gives its vocabulary.
///   - options: How to read it.
/// - Returns: A tree whose root holds an implied `html` element, which holds the piece's nodes.
public func parseHTMLFragment(
  _ source: [UInt8], context: String = "body", options: MarkupOptions = MarkupOptions()
) -> Parsed<Document> {
  parse(source, context: context, options)
}

private func parse(_ source: [UInt8], context: String?, _ options: MarkupOptions) -> Parsed<Document> {
  source.withUnsafeBufferPointer { buffer in
    // Offsets are 32 bits wide; what lies beyond cannot be addressed.
    let input = UnsafeBufferPointer(rebasing: buffer[..<min(buffer.count, Int(UInt32.max) - 1)])
    var builder = TreeBuilder(input: input, options: options)
    if let context { builder.begin(fragmentIn: context) }
    builder.run()
    return builder.finish(source: source)
  }
}
