public import SourceText

extension Document {
  /// Writes every node but the root as one JSON object a line, in tree order.
  public func writeNodes(into json: inout JSONWriter) {
    var depths = [Int](repeating: 0, count: nodes.count)
    for node in descendants(of: root) {
      let depth = depths[Int(self[node].parent.index)]
      depths[Int(node.index)] = depth + 1
      json.object { json in write(node, depth: depth, into: &json) }
      json.endLine()
    }
  }

  private func write(_ node: ElementID, depth: Int, into json: inout JSONWriter) {
    let stored = self[node]
    json.member("kind", stored.kind.name)
    json.member("start", Int(stored.start))
    json.member("end", Int(stored.end))
    json.member("depth", depth)
    switch stored.kind {
    case .document: break
    case .doctype:
      json.member("name", name(of: node))
      json.member("publicId", doctypes[Int(stored.payload)].publicID)
      json.member("systemId", doctypes[Int(stored.payload)].systemID)
    case .text, .comment: json.member("text", textContent(of: node))
    case .element:
      json.member("name", name(of: node))
      if stored.namespace != .html { json.member("namespace", stored.namespace.name) }
      if stored.isImplied { json.member("implied", true) }
      if stored.isInert { json.member("inert", true) }
      if let tag = stored.startTag { json.member("startTag") { write(tag, into: &$0) } }
      if let tag = stored.endTag { json.member("endTag") { write(tag, into: &$0) } }
      if stored.payloadCount > 0 { json.member("attributes") { writeAttributes(of: node, into: &$0) } }
    }
  }

  private func write(_ span: ByteSpan, into json: inout JSONWriter) {
    json.object { json in
      json.member("start", Int(span.start))
      json.member("end", Int(span.end))
    }
  }

  private func writeAttributes(of node: ElementID, into json: inout JSONWriter) {
    json.array { json in
      for attribute in attributes(of: node) {
        json.object { json in
          json.member("name", name(of: attribute))
          if attribute.prefix != .none { json.member("prefix", "\(attribute.prefix)") }
          json.member("value", value(of: attribute))
          json.member("start", Int(attribute.start))
          json.member("end", Int(attribute.end))
          json.member("nameEnd", Int(attribute.nameEnd))
          json.member("valueStart", Int(attribute.valueStart))
          json.member("valueEnd", Int(attribute.valueEnd))
        }
      }
    }
  }
}

/// Writes every token of a page as one JSON object a line, in the order of the text: tags, those that the tree leaves out too,
/// characters, comments and document types.
public func writeHTMLTokens(
  of source: [UInt8], options: MarkupOptions = MarkupOptions(), into json: inout JSONWriter
) {
  source.withUnsafeBufferPointer { buffer in
    let input = UnsafeBufferPointer(rebasing: buffer[..<min(buffer.count, Int(UInt32.max) - 1)])
    var builder = TreeBuilder(input: input, options: options)
    builder.run { tokens in
      json.object { json in
        json.member("kind", tokens.kind.name)
        json.member("start", tokens.start)
        json.member("end", tokens.position)
        if tokens.kind == .startTag || tokens.kind == .endTag {
          json.member("name", tokens.names.string(of: tokens.name))
        }
      }
      json.endLine()
    }
  }
}

extension TokenKind {
  fileprivate var name: String {
    switch self {
    case .startTag: "start-tag"
    case .endTag: "end-tag"
    case .text, .whitespace, .null: "text"
    case .comment: "comment"
    case .doctype: "doctype"
    case .end: "end"
    }
  }
}

extension MarkupNode.Kind {
  /// The kind in words of small letters.
  public var name: String {
    switch self {
    case .document: "document"
    case .doctype: "doctype"
    case .element: "element"
    case .text: "text"
    case .comment: "comment"
    }
  }
}

extension MarkupNamespace {
  /// The vocabulary's short name.
  public var name: String {
    switch self {
    case .html: "html"
    case .svg: "svg"
    case .mathML: "math"
    }
  }
}
