import Ingest
import JavaScriptSyntax
import MarkupSyntax
import SourceText
import StyleSyntax

/// An element, text or fragment of a page as scripts make it.
struct StageNode {
  enum Origin {
    case page(file: String, node: ElementID)
    case code(Code?)
  }

  /// The tag name in small letters; `#text`, `#fragment`, `#document`.
  var name: String
  var text = ""
  var origin: Origin
  var file: String
  var span: ByteSpan
  var parent: Int?
  var children: [Int] = []
  /// In order; a `nil` value is computed.
  var attributes: [(name: String, value: String?)] = []
  var listeners: [StageListener] = []
  var style: [(name: String, value: String)] = []
  /// What the person or a script put in.
  var value: String?
  var isChecked: Bool?
  /// What scripts see of it.
  var object: StageObject?
  var isVector = false
  /// The record that a component gave for it: its key in the list.
  var component: Int?

  var isElement: Bool { !name.hasPrefix("#") }

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }.flatMap { $0.value ?? Stage.gap } }
  func hasAttribute(_ name: String) -> Bool { attributes.contains { $0.name == name } }
}

// The tree of nodes.
extension Stage {
  func makeNode(
    _ name: String, origin: StageNode.Origin, file: String, span: ByteSpan, text: String = ""
  ) throws -> Int {
    guard nodes.count < Stage.maximumNodes else { throw StageStop.cut }
    nodes.append(StageNode(name: name, text: text, origin: origin, file: file, span: span))
    return nodes.count - 1
  }

  /// Makes a node at the place that runs now.
  func makeNode(_ name: String, text: String = "") throws -> Int {
    let code = place
    return try makeNode(
      name, origin: .code(code), file: code?.file ?? "", span: code?.span ?? ByteSpan(start: 0, end: 0), text: text)
  }

  func note(_ kind: StageChange.Kind, _ node: Int) {
    if journal.count < 20_000 {
      journal.append(StageChange(node: node, kind: kind, cause: cause, time: clock, place: place))
    }
  }

  // MARK: Reading markup

  /// Makes nodes of a page.
  func addPage(_ file: String, _ document: Document) throws -> Int {
    let root = try makeNode(
      "#document", origin: .page(file: file, node: document.root), file: file, span: document[document.root].span)
    try build(document, into: root, file: file, isPage: true)
    return root
  }

  /// Makes nodes of a text of markup and returns them.
  func parseMarkup(_ text: String, context: String = "body") throws -> [Int] {
    let bytes = Array(text.utf8.prefix(400_000))
    let key = context + "\u{1}" + text
    let document: Document
    if let known = fragments[key] {
      document = known
    } else {
      steps -= bytes.count / 16
      document = parseHTMLFragment(bytes, context: context).tree
      if fragments.count < 400 { fragments[key] = document }
    }
    let holder = try makeNode("#fragment")
    try build(document, into: holder, file: place?.file ?? "", isPage: false)
    let made = nodes[holder].children
    for child in made { nodes[child].parent = nil }
    nodes[holder].children = []
    return made
  }

  private func build(_ document: Document, into root: Int, file: String, isPage: Bool) throws {
    var numbers: [UInt32: Int] = [document.root.index: root]
    var queue: [ElementID] = Array(document.children(of: document.root)).reversed()
    while let next = queue.popLast() {
      let node = document[next]
      var parent = document.parent(of: next)
      while parent.exists, numbers[parent.index] == nil { parent = document.parent(of: parent) }
      let holder = parent.exists ? numbers[parent.index] ?? root : root
      let children = Array(document.children(of: next))
      switch node.kind {
      case .element:
        if !isPage, node.isImplied {
          queue += children.reversed()
          continue
        }
        let origin: StageNode.Origin = isPage ? .page(file: file, node: next) : .code(place)
        let span = isPage ? node.span : place?.span ?? node.span
        let made = try makeNode(document.name(of: next), origin: origin, file: file, span: span)
        for attribute in document.attributes(of: next) {
          let value = document.value(of: attribute)
          nodes[made].attributes.append((document.name(of: attribute), value == Stage.gap ? nil : value))
        }
        if let style = nodes[made].attribute("style") { nodes[made].style = Stage.declarations(in: style) }
        nodes[made].isVector = node.namespace != .html
        numbers[next.index] = made
        attach(made, to: holder)
      case .text:
        let text = String(decoding: document.textBytes(of: next), as: UTF8.self)
        let made = try makeNode(
          "#text", origin: isPage ? .page(file: file, node: next) : .code(place), file: file,
          span: isPage ? node.span : place?.span ?? node.span, text: text)
        attach(made, to: holder)
      default: break
      }
      queue += children.reversed()
    }
  }

  /// The declarations of a style attribute.
  static func declarations(in text: String) -> [(name: String, value: String)] {
    text.split(separator: ";").compactMap { piece in
      guard let colon = piece.firstIndex(of: ":") else { return nil }
      let name = piece[..<colon].filter { !$0.isWhitespace }
      let value = piece[piece.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return (name.hasPrefix("--") ? String(name) : name.lowercased(), value)
    }
  }

  // MARK: Moving

  private func attach(_ child: Int, to parent: Int, at index: Int? = nil) {
    nodes[child].parent = parent
    if let index, index <= nodes[parent].children.count {
      nodes[parent].children.insert(child, at: index)
    } else {
      nodes[parent].children.append(child)
    }
  }

  func detach(_ child: Int) {
    guard let parent = nodes[child].parent else { return }
    nodes[parent].children.removeAll { $0 == child }
    nodes[child].parent = nil
  }

  func isInside(_ node: Int, _ ancestor: Int) -> Bool {
    var next: Int? = node
    while let current = next {
      if current == ancestor { return true }
      next = nodes[current].parent
    }
    return false
  }

  /// Puts nodes into another before a child of it, or at its end; fragments give their children.
  func insert(_ given: [Int], into parent: Int, before reference: Int? = nil) throws {
    var index = reference.flatMap { nodes[parent].children.firstIndex(of: $0) }
    var added: [Int] = []
    for node in given {
      guard !isInside(parent, node) else { continue }
      let members = nodes[node].name == "#fragment" ? nodes[node].children : [node]
      for member in members {
        if let old = nodes[member].parent, old == parent, let place = index,
          let own = nodes[parent].children.firstIndex(of: member), own < place
        {
          index = place - 1
        }
        detach(member)
        attach(member, to: parent, at: index)
        index = index.map { $0 + 1 }
        added.append(member)
      }
    }
    guard !added.isEmpty else { return }
    note(.children, parent)
    for node in added where isInPage(node) { try connect(node) }
  }

  /// Whether a node lies in one of the pages.
  func isInPage(_ node: Int) -> Bool {
    var next: Int? = node
    while let current = next {
      if nodes[current].name == "#document" { return true }
      next = nodes[current].parent
    }
    return false
  }

  func clear(_ node: Int) {
    for child in nodes[node].children { nodes[child].parent = nil }
    nodes[node].children = []
  }

  func setText(_ text: String, of node: Int) throws {
    if nodes[node].name == "#text" {
      nodes[node].text = text
    } else {
      clear(node)
      if !text.isEmpty {
        let made = try makeNode("#text", text: text)
        attach(made, to: node)
      }
    }
    note(.text, node)
  }

  func setMarkup(_ text: String, of node: Int) throws {
    let made = try parseMarkup(text, context: nodes[node].isVector ? "svg " + nodes[node].name : nodes[node].name)
    clear(node)
    note(.children, node)
    try insert(made, into: node)
  }

  func copy(_ node: Int, isDeep: Bool) throws -> Int {
    let source = nodes[node]
    let made = try makeNode(source.name, origin: source.origin, file: source.file, span: source.span, text: source.text)
    nodes[made].attributes = source.attributes
    nodes[made].style = source.style
    nodes[made].isVector = source.isVector
    if isDeep {
      for child in source.children {
        try step()
        depth += 1
        defer { depth -= 1 }
        guard depth < Stage.maximumDepth else { throw StageStop.cut }
        attach(try copy(child, isDeep: true), to: made)
      }
    }
    return made
  }

  // MARK: Attributes

  func setAttribute(_ name: String, _ value: String?, of node: Int) {
    if let index = nodes[node].attributes.firstIndex(where: { $0.name == name }) {
      if nodes[node].attributes[index].value == value, value != nil { return }
      nodes[node].attributes[index].value = value
    } else {
      nodes[node].attributes.append((name, value))
    }
    if name == "style" { nodes[node].style = Stage.declarations(in: value ?? "") }
    note(name == "class" ? .classes : name == "style" ? .style : .attribute, node)
  }

  func removeAttribute(_ name: String, of node: Int) {
    guard nodes[node].attributes.contains(where: { $0.name == name }) else { return }
    nodes[node].attributes.removeAll { $0.name == name }
    if name == "style" { nodes[node].style = [] }
    note(name == "class" ? .classes : name == "style" ? .style : .attribute, node)
  }

  func setStyle(_ name: String, _ value: String, of node: Int) {
    if let index = nodes[node].style.firstIndex(where: { $0.name == name }) {
      if value.isEmpty { nodes[node].style.remove(at: index) } else { nodes[node].style[index].value = value }
    } else if !value.isEmpty {
      nodes[node].style.append((name, value))
    }
    let whole = nodes[node].style.map { $0.name + ": " + $0.value }.joined(separator: "; ")
    if let index = nodes[node].attributes.firstIndex(where: { $0.name == "style" }) {
      nodes[node].attributes[index].value = whole
    } else {
      nodes[node].attributes.append(("style", whole))
    }
    note(.style, node)
  }

  func classNames(_ node: Int) -> [String] {
    (nodes[node].attribute("class") ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
  }

  static func dataName(_ name: String) -> String {
    var result = "data-"
    for character in name {
      if character.isUppercase { result += "-" + character.lowercased() } else { result.append(character) }
    }
    return result
  }

  func dataNames(_ node: Int) -> [String] {
    nodes[node].attributes.filter { $0.name.hasPrefix("data-") }.map { attribute in
      var result = ""
      var isUpper = false
      for character in attribute.name.dropFirst(5) {
        if character == "-" {
          isUpper = true
        } else {
          result += isUpper ? character.uppercased() : String(character)
          isUpper = false
        }
      }
      return result
    }
  }

  // MARK: Asking

  /// Everything below a node, in the order of the text.
  func inside(_ node: Int) -> [Int] {
    var result: [Int] = []
    var stack = nodes[node].children.reversed() as [Int]
    while let next = stack.popLast(), result.count < Stage.maximumNodes {
      result.append(next)
      stack += nodes[next].children.reversed()
    }
    return result
  }

  var root: Int { pages.isEmpty ? -1 : pages[min(page, pages.count - 1)].root }

  func element(withID id: String) -> Int? {
    guard root >= 0, !id.isEmpty else { return nil }
    return inside(root).first { nodes[$0].isElement && isRead($0) && nodes[$0].attribute("id") == id }
  }

  func query(_ selector: String, under node: Int?) -> [Int] {
    let base = node ?? root
    guard base >= 0, selector.utf8.count < 2_000 else { return [] }
    let all = inside(base).filter { isRead($0) }
    steps -= all.count / 4
    // The commonest forms need no parser.
    let simple = selector.utf8.dropFirst().allSatisfy { isWordByte($0) }
    if simple, selector.utf8.count > 1 {
      let word = String(selector.dropFirst())
      if selector.hasPrefix("#") { return all.filter { nodes[$0].isElement && nodes[$0].attribute("id") == word } }
      if selector.hasPrefix(".") { return all.filter { nodes[$0].isElement && classNames($0).contains(word) } }
    }
    guard let list = selectorList(selector) else { return [] }
    var matcher = SelectorMatcher(StageTree(self), scope: base, steps: 400_000)
    return all.filter { nodes[$0].isElement && matcher.match(list, $0) == .yes }
  }

  /// Whether a node is there yet: while a script runs that holds up the page, what comes after it is not.
  private func isRead(_ node: Int) -> Bool {
    guard let last = parsedUpTo else { return true }
    return node <= last || node >= pageEnd
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
  }

  private func selectorList(_ text: String) -> SelectorList? {
    let list = parseSelectorList(text).tree
    return list.isValid ? list : nil
  }

  func matches(_ node: Int, _ selector: String) -> Bool {
    guard nodes[node].isElement, let list = selectorList(selector) else { return false }
    var matcher = SelectorMatcher(StageTree(self), scope: nil, steps: 100_000)
    return matcher.match(list, node) == .yes
  }

  func textContent(of node: Int) -> String {
    if nodes[node].name == "#text" { return nodes[node].text }
    return inside(node).filter { nodes[$0].name == "#text" }.map { nodes[$0].text }.joined()
  }

  func markup(of node: Int, isOuter: Bool) -> String {
    var result = ""
    func write(_ node: Int, _ level: Int) {
      guard level < 200, result.utf8.count < 200_000 else { return }
      let stored = nodes[node]
      if stored.name == "#text" {
        result += stored.text
        return
      }
      if stored.isElement {
        result += "<" + stored.name
        for attribute in stored.attributes {
          result += " " + attribute.name + "=\"" + (attribute.value ?? Stage.gap) + "\""
        }
        result += ">"
      }
      for child in stored.children { write(child, level + 1) }
      if stored.isElement { result += "</" + stored.name + ">" }
    }
    if isOuter { write(node, 0) } else { for child in nodes[node].children { write(child, 0) } }
    return result
  }

  func closest(_ node: Int, where condition: (Int) -> Bool) -> Int? {
    var next: Int? = node
    while let current = next {
      if condition(current) { return current }
      next = nodes[current].parent
    }
    return nil
  }
}

/// The nodes of a stage as a tree that selectors are matched against.
struct StageTree: SelectorTree {
  unowned let stage: Stage

  init(_ stage: Stage) { self.stage = stage }

  func parent(of element: Int) -> Int? {
    guard let parent = stage.nodes[element].parent, stage.nodes[parent].isElement else { return nil }
    return parent
  }

  private func sibling(_ element: Int, _ isNext: Bool) -> Int? {
    guard let parent = stage.nodes[element].parent else { return nil }
    let siblings = stage.nodes[parent].children.filter { stage.nodes[$0].isElement }
    guard let index = siblings.firstIndex(of: element) else { return nil }
    let other = isNext ? index + 1 : index - 1
    return siblings.indices.contains(other) ? siblings[other] : nil
  }

  func previousElementSibling(of element: Int) -> Int? { sibling(element, false) }
  func nextElementSibling(of element: Int) -> Int? { sibling(element, true) }
  func firstElementChild(of element: Int) -> Int? {
    stage.nodes[element].children.first { stage.nodes[$0].isElement }
  }
  func localName(of element: Int) -> String { stage.nodes[element].name }

  func attribute(_ name: String, of element: Int) -> String? {
    guard let found = stage.nodes[element].attributes.first(where: { $0.name == name }) else {
      return name == "open" ? nil : nil
    }
    return found.value ?? ""
  }

  func isUncertain(attribute name: String, of element: Int) -> Bool {
    stage.nodes[element].attributes.contains { $0.name == name && $0.value == nil }
  }
}
