import JavaScriptSyntax
import MarkupSyntax
import SourceText
public import StyleSyntax

/// The elements of all pages at one moment, in a form that selectors and styles can be matched against.
public final class RenderedTree: SelectorTree {
  /// The elements, each page's in the order of the text.
  public let elements: [DOMElement]
  /// The number of each element's node in the rehearsal; the element's own number where there is none.
  public let nodes: [Int]
  private let ownTexts: [[(isText: Bool, text: String, child: Int)]]
  private let numbers: [Int: Int]
  private var texts: [Int: String] = [:]
  /// What stands in the controls.
  public let values: [Int: String]

  init(_ stage: Stage) {
    var elements: [DOMElement] = []
    var nodes: [Int] = []
    var numbers: [Int: Int] = [:]
    var pieces: [[(isText: Bool, text: String, child: Int)]] = []
    var values: [Int: String] = [:]
    for page in stage.pages {
      var stack: [(node: Int, parent: Int?)] = stage.nodes[page.root].children.reversed().map { ($0, nil) }
      while let (node, parent) = stack.popLast(), elements.count < Stage.maximumNodes {
        let stored = stage.nodes[node]
        if stored.name == "#text" {
          if let parent { pieces[parent].append((true, stored.text, -1)) }
          continue
        }
        var isAssumed = false
        if case .code(nil) = stored.origin, stored.isElement { isAssumed = stored.file.isEmpty }
        guard stored.isElement, !isAssumed else {
          // The inside of a template is not shown; that of a shadow root is.
          if let parent, elements[parent].name == "template" { continue }
          stack += stored.children.reversed().map { ($0, parent) }
          continue
        }
        let id = elements.count
        let source: DOMElement.Source
        switch stored.origin {
        case .page(let file, let element): source = .page(file: file, node: element)
        case .code(let code): source = code.map { .created($0) } ?? .page(file: stored.file, node: .none)
        }
        elements.append(
          DOMElement(
            id: id, name: stored.name, source: source, file: stored.file.isEmpty ? page.file : stored.file,
            span: stored.span, parent: parent, attributes: stored.attributes))
        nodes.append(node)
        numbers[node] = id
        pieces.append([])
        if let value = stored.value { values[id] = value }
        if let parent {
          elements[parent].children.append(id)
          pieces[parent].append((false, "", id))
        }
        stack += stored.children.reversed().map { ($0, id) }
      }
    }
    self.elements = elements
    self.nodes = nodes
    self.numbers = numbers
    self.values = values
    ownTexts = pieces
  }

  /// The elements of a program as they are written, where its scripts cannot be followed.
  public init(_ model: DocumentModel) {
    elements = model.elements
    nodes = Array(model.elements.indices)
    numbers = [:]
    values = [:]
    ownTexts = []
  }

  /// The element of a node; `nil` when it is in none of the pages.
  public func element(ofNode node: Int) -> Int? { numbers[node] }

  /// The text of an element and all inside it, parts that are not known left out; `nil` where it must be read from the source.
  public func text(of element: Int) -> String? {
    guard !ownTexts.isEmpty else { return nil }
    if let known = texts[element] { return known }
    var result = ""
    var stack: [(isText: Bool, text: String, child: Int)] = ownTexts[element].reversed()
    while let piece = stack.popLast() {
      if piece.isText {
        result += piece.text
      } else if !["script", "style", "template"].contains(elements[piece.child].name) {
        result += RenderedTree.blocks.contains(elements[piece.child].name) ? " " : ""
        stack.append((true, RenderedTree.blocks.contains(elements[piece.child].name) ? " " : "", -1))
        stack += ownTexts[piece.child].reversed()
      }
    }
    let text = result.filter { $0 != "\u{FFFC}" }
    texts[element] = text
    return text
  }

  /// The texts directly inside an element.
  public func ownText(of element: Int) -> String {
    guard ownTexts.indices.contains(element) else { return "" }
    return ownTexts[element].filter { $0.isText }.map { $0.text }.joined()
  }

  /// Whether part of the text of an element is not known.
  public func isOpenText(_ element: Int) -> Bool {
    ownTexts.indices.contains(element) && ownTexts[element].contains { $0.isText && $0.text.contains("\u{FFFC}") }
  }

  private static let blocks: Set<String> = [
    "p", "div", "section", "article", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main",
    "dt", "dd", "td", "th", "tr", "br", "summary", "details", "figure", "figcaption", "label", "button", "form",
    "aside",
    "nav", "blockquote", "time", "span", "a", "small",
  ]

  // MARK: Selectors

  /// The element that holds another.
  public func parent(of element: Int) -> Int? { elements[element].parent }

  private func sibling(_ element: Int, _ step: Int) -> Int? {
    guard let parent = elements[element].parent else { return nil }
    let siblings = elements[parent].children
    guard let index = siblings.firstIndex(of: element), siblings.indices.contains(index + step) else { return nil }
    return siblings[index + step]
  }

  /// The element before another.
  public func previousElementSibling(of element: Int) -> Int? { sibling(element, -1) }

  /// The element after another.
  public func nextElementSibling(of element: Int) -> Int? { sibling(element, 1) }

  /// The first element inside another.
  public func firstElementChild(of element: Int) -> Int? { elements[element].children.first }

  /// The tag name.
  public func localName(of element: Int) -> String { elements[element].name }

  /// The value of an attribute.
  public func attribute(_ name: String, of element: Int) -> String? {
    elements[element].attributes.first { $0.name == name }.map { $0.value ?? "" }
  }

  /// Whether a class is written, or may be added by script.
  public func hasClass(_ name: String, on element: Int) -> MatchResult {
    let stored = elements[element]
    if stored.scriptedClasses.contains(name) { return .yes }
    guard let found = stored.attributes.first(where: { $0.name == "class" || $0.name == "className" }) else {
      return .no
    }
    guard let value = found.value else { return .maybe }
    return value.split(whereSeparator: \.isWhitespace).contains { $0 == name } ? .yes : .no
  }

  /// Whether a value is computed.
  public func isUncertain(attribute name: String, of element: Int) -> Bool {
    elements[element].attributes.contains { $0.name == name && $0.value == nil }
  }

  /// Whether the tag name is computed.
  public func isUncertain(nameOf element: Int) -> Bool { elements[element].name.isEmpty }

  /// Whether the element is attached at a place that is not known.
  public func isOpenEnded(_ element: Int) -> Bool {
    guard ownTexts.isEmpty else { return false }
    if case .page = elements[element].source { return false }
    return elements[element].parent == nil
  }

  /// Whether the element holds neither elements nor text.
  public func isEmpty(_ element: Int) -> Bool {
    elements[element].children.isEmpty && ownText(of: element).allSatisfy(\.isWhitespace)
  }
}
