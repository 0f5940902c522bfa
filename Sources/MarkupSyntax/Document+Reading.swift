public import SourceText

extension Document {
  /// The nodes directly below a node, as a sequence.
  public struct Children: Sequence, IteratorProtocol, Sendable {
    let document: Document
    var upcoming: ElementID

    /// The next child.
    public mutating func next() -> ElementID? {
      guard upcoming.exists else { return nil }
      defer { upcoming = document[upcoming].nextSibling }
      return upcoming
    }
  }

  /// The first child; ``ElementID/none`` when there is none.
  public func firstChild(_ node: ElementID) -> ElementID {
    let next = ElementID(node.index + 1)
    return next < self[node].subtreeEnd ? next : .none
  }

  /// The children, in order.
  public func children(of node: ElementID) -> Children { Children(document: self, upcoming: firstChild(node)) }

  /// The children that are elements, in order.
  public func elementChildren(of node: ElementID) -> [ElementID] {
    children(of: node).filter { self[$0].kind == .element }
  }

  /// The parent; ``ElementID/none`` for the root.
  public func parent(of node: ElementID) -> ElementID { self[node].parent }

  /// Every node below a node, in tree order.
  public func descendants(of node: ElementID) -> some RandomAccessCollection<ElementID> & Sendable {
    (node.index + 1..<max(node.index + 1, self[node].subtreeEnd.index)).lazy.map { ElementID($0) }
  }

  /// Whether a node lies below another.
  public func isDescendant(_ node: ElementID, of ancestor: ElementID) -> Bool {
    ancestor < node && node < self[ancestor].subtreeEnd
  }

  /// The nearest ancestor that fulfils a condition; ``ElementID/none`` when there is none.
  public func ancestor(of node: ElementID, where condition: (ElementID) -> Bool) -> ElementID {
    var current = self[node].parent
    while current.exists, !condition(current) { current = self[current].parent }
    return current
  }

  /// The nearest ancestor element with a name; ``ElementID/none`` when there is none.
  public func ancestor(of node: ElementID, named name: String) -> ElementID {
    guard let index = names.find(name.utf8) else { return .none }
    return ancestor(of: node) { self[$0].kind == .element && self[$0].name == index }
  }

  /// The name of an element or document type, as the standard writes it: small letters in HTML, `linearGradient` in SVG.
  public func name(of node: ElementID) -> String {
    let stored = self[node]
    return stored.kind == .element || stored.kind == .doctype ? names.string(of: stored.name) : ""
  }

  /// Whether a node is an element of the HTML vocabulary with the given name.
  public func isElement(_ node: ElementID, named name: String) -> Bool {
    let stored = self[node]
    return stored.kind == .element && stored.namespace == .html && names.find(name.utf8) == stored.name
  }

  /// All elements with a name, in tree order, in any vocabulary.
  ///
  /// - Complexity: O(*nodes*).
  public func elements(named name: String) -> [ElementID] {
    guard let index = names.find(name.utf8) else { return [] }
    return nodes.indices.lazy
      .filter { self.nodes[$0].kind == .element && self.nodes[$0].name == index }
      .map { ElementID(UInt32($0)) }
  }

  /// All elements, in tree order.
  public var elements: [ElementID] {
    nodes.indices.lazy.filter { self.nodes[$0].kind == .element }.map { ElementID(UInt32($0)) }
  }

  /// All comments, in tree order, which is not always the order of the text.
  public var comments: [ElementID] {
    nodes.indices.lazy.filter { self.nodes[$0].kind == .comment }.map { ElementID(UInt32($0)) }
  }

  /// The `html` element; ``ElementID/none`` only in a damaged tree.
  public var documentElement: ElementID { children(of: root).first { self[$0].kind == .element } ?? .none }

  /// The first element whose `id` is the given one, exactly; ``ElementID/none`` when there is none.
  ///
  /// - Complexity: O(log *ids*).
  public func element(withID id: String) -> ElementID { elements(withID: id).first ?? .none }

  /// All elements whose `id` is the given one, exactly, in tree order; more than one is a fault of the page.
  ///
  /// - Complexity: O(log *ids*).
  public func elements(withID id: String) -> [ElementID] {
    guard let name = names.find("id".utf8) else { return [] }
    let hash = Document.hash(id.utf8)
    var low = 0
    var high = identified.count
    while low < high {
      let middle = (low + high) / 2
      if identified[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return identified[low...].prefix { $0.hash == hash }.map { ElementID($0.element) }.filter { element in
      attributes(of: element).contains { $0.name == name && valueBytes(of: $0).elementsEqual(id.utf8) }
    }
  }
}

// Attributes
extension Document {
  /// The attributes of an element, in the order of the text; a name that occurs twice is there once, as first written.
  public func attributes(of node: ElementID) -> ArraySlice<MarkupAttribute> {
    let stored = self[node]
    guard stored.kind == .element else { return [] }
    return attributes[Int(stored.payload)..<Int(stored.payload) + Int(stored.payloadCount)]
  }

  /// The attribute with a name; `nil` when the element has none.
  public func attribute(_ node: ElementID, _ name: String) -> MarkupAttribute? {
    guard self[node].payloadCount > 0, let index = names.find(name.utf8) else { return nil }
    return attributes(of: node).first { $0.name == index }
  }

  /// The decoded value of an attribute; `nil` when the element has none of that name.
  public func attributeValue(_ node: ElementID, _ name: String) -> String? { attribute(node, name).map(value) }

  /// Whether an element has an attribute.
  public func hasAttribute(_ node: ElementID, _ name: String) -> Bool { attribute(node, name) != nil }

  /// The name of an attribute as the standard writes it: small letters in HTML, `viewBox` in SVG.
  public func name(of attribute: MarkupAttribute) -> String { names.string(of: attribute.name) }

  /// The value of an attribute, character references decoded.
  public func value(of attribute: MarkupAttribute) -> String {
    String(decoding: valueBytes(of: attribute), as: UTF8.self)
  }

  /// The bytes of an attribute's value, character references decoded.
  public func valueBytes(of attribute: MarkupAttribute) -> ArraySlice<UInt8> {
    attribute.pooledStart == .max
      ? source[attribute.valueSpan.range]
      : pool[attribute.pooledRange]
  }

  /// The words of an attribute's value, split at white space; empty when there is none.
  public func words(_ node: ElementID, _ name: String) -> [String] {
    guard let attribute = attribute(node, name) else { return [] }
    return valueBytes(of: attribute).split(whereSeparator: isHTMLWhitespace)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

// Forms
extension Document {
  /// The form that a control belongs to: that which its `form` attribute names, else the nearest around it, else that which was
  /// begun before it where tags are misplaced; ``ElementID/none`` when it belongs to none.
  public func formOwner(of control: ElementID) -> ElementID {
    if let id = attributeValue(control, "form") {
      let form = element(withID: id)
      return form.exists && isElement(form, named: "form") ? form : .none
    }
    let around = ancestor(of: control) { isElement($0, named: "form") }
    guard !around.exists else { return around }
    var low = 0
    var high = adopted.count
    while low < high {
      let middle = (low + high) / 2
      if adopted[middle].control < control.index { low = middle + 1 } else { high = middle }
    }
    return low < adopted.count && adopted[low].control == control.index ? ElementID(adopted[low].form) : .none
  }
}

// Text
extension Document {
  /// The bytes of a text node or comment, character references decoded; empty for other nodes.
  public func textBytes(of node: ElementID) -> ArraySlice<UInt8> {
    let stored = self[node]
    guard stored.kind == .text || stored.kind == .comment else { return [] }
    let range = Int(stored.payload)..<Int(stored.payload) + Int(stored.payloadCount)
    return stored.flags.contains(.pooled) ? pool[range] : source[range]
  }

  /// Whether the bytes of a text node's or comment's text stand in the source just so, at ``textSpan(of:)``.
  public func isVerbatim(_ node: ElementID) -> Bool { !self[node].flags.contains(.pooled) }

  /// Where a text stands in the source, delimiters left out; for text in several pieces, from the first to the last.
  public func textSpan(of node: ElementID) -> ByteSpan {
    let stored = self[node]
    guard stored.kind == .comment || stored.kind == .text, !stored.flags.contains(.pooled) else { return stored.span }
    return ByteSpan(start: stored.payload, end: stored.payload + stored.payloadCount)
  }

  /// The text of all text nodes below a node, or of the node itself if it is text or a comment.
  public func textContent(of node: ElementID) -> String {
    if self[node].kind == .text || self[node].kind == .comment {
      return String(decoding: textBytes(of: node), as: UTF8.self)
    }
    var bytes: [UInt8] = []
    for inner in descendants(of: node) where self[inner].kind == .text {
      bytes.append(contentsOf: textBytes(of: inner))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The source text of a span, bytes that are not UTF-8 replaced.
  public func text(of span: ByteSpan) -> String { String(decoding: source[span.range], as: UTF8.self) }

  /// What stands between an element's start and end tag, exactly; `nil` when it has no start tag.
  ///
  /// For `script` and `style` these are the bytes of the program or style sheet.
  public func contentSpan(of node: ElementID) -> ByteSpan? {
    let stored = self[node]
    guard let startTag = stored.startTag else { return nil }
    let end = stored.endTag?.start ?? stored.end
    return ByteSpan(start: startTag.end, end: max(startTag.end, end))
  }
}

/// Whether a byte is white space for HTML: tab, line feed, form feed, carriage return or space.
@inline(__always)
func isHTMLWhitespace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
}
