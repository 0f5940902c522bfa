import SourceText
public import StyleSyntax

/// The elements of a document as selectors see them: what a template holds is a tree of its own.
public struct MarkupSelectorTree: SelectorTree, Sendable {
  /// The document.
  public let document: Document
  private let names: [String]

  /// Makes a document's elements ready for selectors.
  ///
  /// - Complexity: O(*names*); make one and keep it.
  public init(_ document: Document) {
    self.document = document
    names = (0..<document.names.count).map { document.names.string(of: UInt32($0)) }
  }

  /// The element that holds `element`; `nil` for `html` and for what stands directly in a template.
  public func parent(of element: ElementID) -> ElementID? {
    let parent = document[element].parent
    guard parent.exists, document[parent].kind == .element, !document.isTemplate(parent) else { return nil }
    return parent
  }

  /// The element before.
  public func previousElementSibling(of element: ElementID) -> ElementID? {
    var current = document[element].previousSibling
    while current.exists, document[current].kind != .element { current = document[current].previousSibling }
    return current.exists ? current : nil
  }

  /// The element after.
  public func nextElementSibling(of element: ElementID) -> ElementID? { elementFrom(document[element].nextSibling) }

  /// The first element inside; a template has none.
  public func firstElementChild(of element: ElementID) -> ElementID? {
    document.isTemplate(element) ? nil : elementFrom(document.firstChild(element))
  }

  private func elementFrom(_ node: ElementID) -> ElementID? {
    var current = node
    while current.exists, document[current].kind != .element { current = document[current].nextSibling }
    return current.exists ? current : nil
  }

  /// The tag name.
  public func localName(of element: ElementID) -> String { names[Int(document[element].name)] }

  /// The value of an attribute.
  public func attribute(_ name: String, of element: ElementID) -> String? {
    document.attributeValue(element, name)
  }

  /// Whether the element holds neither elements nor text, white space aside.
  public func isEmpty(_ element: ElementID) -> Bool {
    guard !document.isTemplate(element) else { return true }
    return document.children(of: element).allSatisfy {
      document[$0].kind == .comment
        || document[$0].kind == .text && document.textBytes(of: $0).allSatisfy(isHTMLWhitespace)
    }
  }
}

extension Document {
  /// Every element that a selector matches, in tree order.
  ///
  /// - Parameters:
  ///   - selector: A list of selectors; an invalid one matches nothing.
  ///   - root: Where to look, below this node; the whole document by default.
  ///   - includesInert: Whether elements in templates and `noscript` are looked at too.
  public func querySelectorAll(
    _ selector: String, under root: ElementID? = nil, includesInert: Bool = false
  ) -> [ElementID] {
    querySelectorAll(parseSelectorList(selector).tree, in: MarkupSelectorTree(self), under: root, includesInert)
  }

  /// Every element that a parsed selector matches, in tree order.
  public func querySelectorAll(
    _ selectors: SelectorList, in tree: MarkupSelectorTree, under root: ElementID? = nil, _ includesInert: Bool = false
  ) -> [ElementID] {
    guard selectors.isValid else { return [] }
    let scope = root.flatMap { self[$0].kind == .element ? $0 : nil }
    var matcher = SelectorMatcher(tree, scope: scope)
    return descendants(of: root ?? self.root).filter { node in
      let stored = self[node]
      return stored.kind == .element && (includesInert || !stored.isInert) && matcher.matches(selectors, node)
    }
  }

  /// The first element that a selector matches; ``ElementID/none`` when there is none.
  public func querySelector(_ selector: String, under root: ElementID? = nil) -> ElementID {
    querySelectorAll(selector, under: root).first ?? .none
  }

  /// Whether an element is a template of HTML, whose children are not part of the page.
  func isTemplate(_ node: ElementID) -> Bool {
    let stored = self[node]
    return stored.kind == .element && stored.namespace == .html && stored.name == Tag.template.index
  }
}
