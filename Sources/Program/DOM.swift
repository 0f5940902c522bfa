import JavaScriptSyntax
public import MarkupSyntax
public import SourceText
public import StyleSyntax

/// An element that exists or may come to exist in one of the pages: written in HTML, made by script, or written as JSX.
public struct DOMElement: Sendable {
  /// Where an element comes from.
  public enum Source: Hashable, Sendable {
    /// It stands in a page.
    case page(file: String, node: ElementID)
    /// A call such as `createElement` makes it.
    case created(Code)
    /// It stands in a string or template that becomes markup.
    case markup(Code)
    /// It is a JSX element.
    case jsx(Code)
  }

  /// The position among the program's elements.
  public let id: Int
  /// The tag name, small letters in HTML; empty when it is computed.
  public let name: String
  /// Where it comes from.
  public let source: Source
  /// The path of the file that holds it.
  public let file: String
  /// Its bytes in that file.
  public let span: ByteSpan
  /// The element that holds it; `nil` for roots and for what is attached at a place that is not known.
  public internal(set) var parent: Int?
  /// Whether script puts what this stands for into more than one element.
  public internal(set) var isAnywhere = false
  /// The attributes, in order; a `nil` value is computed.
  public internal(set) var attributes: [(name: String, value: String?)]
  /// Classes that script adds, removes or toggles.
  public internal(set) var scriptedClasses: [String] = []
  /// The elements directly inside.
  public internal(set) var children: [Int] = []

  /// The value of an attribute; `nil` when it is absent or computed.
  public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Whether the attribute is there, whatever its value.
  public func hasAttribute(_ name: String) -> Bool { attributes.contains { $0.name == name } }

  /// The `id` attribute.
  public var identifier: String? { attribute("id") }
}

/// All elements of a program, in a form that selectors can be matched against.
public final class DocumentModel: @unchecked Sendable {
  /// The elements: those of the pages first, in the order of pages and text.
  public private(set) var elements: [DOMElement] = []
  /// The pages, in the order of their paths.
  public private(set) var pages: [(file: String, document: Document)] = []
  private var elementOfNode: [String: [UInt32: Int]] = [:]
  private var selectors: [String: SelectorList] = [:]
  private var identifiers: [String: [Int]] = [:]
  private var cache: [String: (certain: [Int], possible: [Int])] = [:]
  private var steps = 20_000_000
  static let maximumElements = 100_000

  /// Whether some page exists, so that an element that no page holds and no script makes does not exist.
  public var hasPages: Bool { !pages.isEmpty }

  init() {}

  // MARK: Filling

  func addPage(_ file: String, _ document: Document) {
    pages.append((file, document))
    addDocument(document) {
      .page(file: file, node: $0)
    } place: {
      (file, $0)
    }
  }

  /// Adds the elements of a piece of markup that a string holds; returns the first and all of them.
  @discardableResult
  func addMarkup(_ document: Document, at code: Code, textStart: Int) -> [Int] {
    addDocument(document) { _ in
      .markup(code)
    } place: {
      (code.file, $0.shifted(by: textStart))
    }
  }

  @discardableResult
  private func addDocument(
    _ document: Document, source: (ElementID) -> DOMElement.Source, place: (ByteSpan) -> (String, ByteSpan)
  ) -> [Int] {
    var numbers: [UInt32: Int] = [:]
    var added: [Int] = []
    for element in document.elements where elements.count < Self.maximumElements {
      let node = document[element]
      let isPage = if case .page = source(element) { true } else { false }
      if !isPage, node.isImplied { continue }
      var attributes: [(name: String, value: String?)] = []
      for attribute in document.attributes(of: element) {
        let value = document.value(of: attribute)
        attributes.append((document.name(of: attribute), value.utf8.contains(1) ? nil : value))
      }
      var parent = document.parent(of: element)
      while parent.exists, numbers[parent.index] == nil { parent = document.parent(of: parent) }
      let (file, span) = place(node.span)
      let id = addElement(
        document.name(of: element), source(element), file: file, span: span, attributes: attributes,
        parent: parent.exists ? numbers[parent.index] : nil)
      numbers[element.index] = id
      added.append(id)
      if case .page(let file, _) = source(element) { elementOfNode[file, default: [:]][element.index] = id }
    }
    return added
  }

  @discardableResult
  func addElement(
    _ name: String, _ source: DOMElement.Source, file: String, span: ByteSpan,
    attributes: [(name: String, value: String?)] = [], parent: Int? = nil
  ) -> Int {
    let id = elements.count
    elements.append(
      DOMElement(
        id: id, name: name, source: source, file: file, span: span, parent: parent, attributes: attributes))
    if let parent { elements[parent].children.append(id) }
    if let identifier = elements[id].identifier { identifiers[identifier, default: []].append(id) }
    cache.removeAll()
    return id
  }

  func setParent(_ child: Int, _ parent: Int) {
    guard child != parent, !elements[child].isAnywhere, elements[child].parent != parent else { return }
    if let known = elements[child].parent {
      guard case .page = elements[child].source else {
        // One place in a script can make many elements, which go to different places.
        elements[child].isAnywhere = true
        elements[child].parent = nil
        elements[known].children.removeAll { $0 == child }
        cache.removeAll()
        return
      }
      return
    }
    var ancestor: Int? = parent
    while let next = ancestor {
      if next == child { return }
      ancestor = elements[next].parent
    }
    elements[child].parent = parent
    elements[parent].children.append(child)
    cache.removeAll()
  }

  func setAttribute(_ name: String, _ value: String?, of element: Int) {
    if let index = elements[element].attributes.firstIndex(where: { $0.name == name }) {
      guard elements[element].attributes[index].value != value else { return }
      if name == "class" {
        // Either may hold: both stay possible.
        if let value { addClasses(value, to: element) }
        return
      }
      guard name != "id" else {
        if let value, !identifiers[value, default: []].contains(element) {
          identifiers[value, default: []].append(element)
        }
        return
      }
      elements[element].attributes[index].value = nil
    } else {
      elements[element].attributes.append((name, value))
      if name == "id", let value { identifiers[value, default: []].append(element) }
    }
    cache.removeAll()
  }

  func addClasses(_ text: String, to element: Int) {
    for word in text.split(whereSeparator: \.isWhitespace) {
      let word = String(word)
      if !elements[element].scriptedClasses.contains(word) {
        elements[element].scriptedClasses.append(word)
        cache.removeAll()
      }
    }
  }

  // MARK: Asking

  /// The element of a page's node.
  public func element(_ node: ElementID, in file: String) -> Int? { elementOfNode[file]?[node.index] }

  /// The elements with an id, those of the pages first.
  public func elements(withID id: String) -> [Int] { identifiers[id] ?? [] }

  /// The elements that a selector matches, or where none surely does, those that it may match; all of the program or those below a root.
  public func query(_ selector: String, under root: Int? = nil) -> [Int] {
    let (certain, possible) = matches(selector, under: root)
    // What only might match, for some value that is not known, counts where nothing surely does.
    return certain.isEmpty ? possible : certain
  }

  /// The elements that a selector surely matches, and those that it may match.
  func matches(_ selector: String, under root: Int? = nil) -> (certain: [Int], possible: [Int]) {
    let key = selector + (root.map { " \u{1}\($0)" } ?? "")
    if let known = cache[key] { return known }
    let list: SelectorList
    if let known = selectors[selector] {
      list = known
    } else {
      list = parseSelectorList(selector).tree
      selectors[selector] = list
    }
    guard list.isValid, steps > 0 else { return ([], []) }
    var matcher = SelectorMatcher(DOMTree(model: self), scope: root, steps: 2_000_000)
    steps -= elements.count
    var certain: [Int] = []
    var possible: [Int] = []
    for index in elements.indices {
      if let root, !isInside(index, root) { continue }
      switch matcher.match(list, index) {
      case .yes: certain.append(index)
      case .maybe: possible.append(index)
      case .no: break
      }
    }
    cache[key] = (certain, possible)
    return (certain, possible)
  }

  /// Whether an element lies in another.
  public func isInside(_ element: Int, _ ancestor: Int) -> Bool {
    var current = elements[element].parent
    while let next = current {
      if next == ancestor { return true }
      current = elements[next].parent
    }
    return false
  }

  /// The text inside an element of a page; `nil` for others.
  public func text(of element: Int) -> String? {
    guard case .page(let file, let node) = elements[element].source else { return nil }
    return pages.first { $0.file == file }?.document.textContent(of: node)
  }
}

/// The elements of a program as a tree that selectors are matched against.
public struct DOMTree: SelectorTree {
  let model: DocumentModel

  /// Makes a program's elements ready for selectors and styles.
  public init(model: DocumentModel) { self.model = model }

  /// The element that holds another.
  public func parent(of element: Int) -> Int? { model.elements[element].parent }

  /// The element before another.
  public func previousElementSibling(of element: Int) -> Int? { sibling(of: element, -1) }

  /// The element after another.
  public func nextElementSibling(of element: Int) -> Int? { sibling(of: element, 1) }

  /// The first element inside another.
  public func firstElementChild(of element: Int) -> Int? { model.elements[element].children.first }

  /// The tag name.
  public func localName(of element: Int) -> String { model.elements[element].name }

  /// The value of an attribute.
  public func attribute(_ name: String, of element: Int) -> String? {
    let stored = model.elements[element]
    if let found = stored.attributes.first(where: { $0.name == name }) { return found.value ?? "" }
    return nil
  }

  /// Whether a class is written, or added by script.
  public func hasClass(_ name: String, on element: Int) -> MatchResult {
    let stored = model.elements[element]
    if stored.scriptedClasses.contains(name) { return .yes }
    guard let found = stored.attributes.first(where: { $0.name == "class" || $0.name == "className" }) else {
      return .no
    }
    guard let value = found.value else { return .maybe }
    return value.split(whereSeparator: \.isWhitespace).contains { $0 == name } ? .yes : .no
  }

  /// Whether a value is computed.
  public func isUncertain(attribute name: String, of element: Int) -> Bool {
    model.elements[element].attributes.contains { $0.name == name && $0.value == nil }
  }

  /// Whether the tag name is computed.
  public func isUncertain(nameOf element: Int) -> Bool { model.elements[element].name.isEmpty }

  /// Whether the element is attached at a place that is not known.
  public func isOpenEnded(_ element: Int) -> Bool {
    if case .page = model.elements[element].source { return false }
    return model.elements[element].parent == nil
  }

  private func sibling(of element: Int, _ step: Int) -> Int? {
    guard let parent = model.elements[element].parent else { return nil }
    let siblings = model.elements[parent].children
    guard let index = position(of: element, in: siblings) else { return nil }
    return siblings.indices.contains(index + step) ? siblings[index + step] : nil
  }

  /// Children of a page's element are numbered upwards, so the place is found by halving; others are searched.
  private func position(of element: Int, in siblings: [Int]) -> Int? {
    var low = 0
    var high = siblings.count
    while low < high {
      let middle = (low + high) / 2
      if siblings[middle] < element { low = middle + 1 } else { high = middle }
    }
    if low < siblings.count, siblings[low] == element { return low }
    return siblings.firstIndex(of: element)
  }
}

/// The markup in a string or template, computed parts replaced by bytes of value 1 so that offsets stay the same; `nil` when the
/// text holds no tag.
func markupBytes(of code: Code) -> (bytes: [UInt8], start: Int)? {
  let tree = code.unit.tree
  let span = code.stored.span
  guard span.count > 4 else { return nil }
  var bytes = Array(tree.source[Int(span.start) + 1..<Int(span.end) - 1])
  guard hasTag(bytes) else { return nil }
  let start = Int(span.start) + 1
  if code.kind == .templateLiteral {
    for expression in code.list(.expressions) {
      let inner = expression.stored.span
      // The `${` before and the `}` after go with it.
      var low = Int(inner.start) - start
      while low > 0, bytes[low - 1] != 0x7B || low < 2 || bytes[low - 2] != 0x24 { low -= 1 }
      var high = Int(inner.end) - start
      while high < bytes.count, bytes[high] != 0x7D { high += 1 }
      for index in max(0, low - 2)...min(high, bytes.count - 1) { bytes[index] = 1 }
    }
  }
  var index = 0
  while index + 1 < bytes.count {
    if bytes[index] == 0x5C {
      let escaped = bytes[index + 1]
      bytes[index] = 0x20
      if escaped == 0x6E || escaped == 0x74 || escaped == 0x72 || escaped == 0x0A { bytes[index + 1] = 0x20 }
      index += 1
    }
    index += 1
  }
  return (bytes, start)
}

private func hasTag(_ bytes: [UInt8]) -> Bool {
  var index = 0
  while index + 1 < bytes.count {
    if bytes[index] == 0x3C, bytes[index + 1] | 0x20 >= 0x61, bytes[index + 1] | 0x20 <= 0x7A { return true }
    index += 1
  }
  return false
}
