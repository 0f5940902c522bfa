/// Computes the accessible names of a document's elements.
public struct AccessibleNames: Sendable {
  private let document: Document
  private let elementsByID: [String: ElementID]
  private let labelsByTarget: [ElementID: [ElementID]]
  /// For each node, whether it or an ancestor is taken away: not displayed, or kept from assistive technology.
  private let removed: [Bool]
  /// For each node, whether `visibility` hides it, which a descendant may undo.
  private let invisible: [Bool]

  /// The most nodes that one name is gathered from; no real name is longer.
  private static let nodeLimit = 4096
  /// How far names that refer to others are followed.
  private static let depthLimit = 6

  /// Makes the document ready: finds its ids and labels.
  ///
  /// - Complexity: O(*nodes* + *attributes*).
  public init(_ document: Document) {
    self.document = document
    var elementsByID: [String: ElementID] = [:]
    for element in document.elements {
      guard let id = document.attributeValue(element, "id"), elementsByID[id] == nil else { continue }
      elementsByID[id] = element
    }
    self.elementsByID = elementsByID
    labelsByTarget = AccessibleNames.labels(document, elementsByID)
    var removed = [Bool](repeating: false, count: document.nodes.count)
    var invisible = removed
    for node in document.descendants(of: document.root) {
      let parent = Int(document[node].parent.index)
      let own = AccessibleNames.concealment(of: node, document)
      removed[Int(node.index)] = removed[parent] || own.removes
      invisible[Int(node.index)] = own.isInvisible ?? invisible[parent]
    }
    self.removed = removed
    self.invisible = invisible
  }

  private static func labels(_ document: Document, _ ids: [String: ElementID]) -> [ElementID: [ElementID]] {
    var labels: [ElementID: [ElementID]] = [:]
    // From the end, so that the next control after each place is known.
    var nextControl = ElementID.none
    for element in document.elements.reversed() {
      if document.isElement(element, named: "label") {
        let target =
          if let id = document.attributeValue(element, "for") {
            ids[id].flatMap { isLabelable($0, document) ? $0 : nil }
          } else {
            nextControl.exists && nextControl < document[element].subtreeEnd ? nextControl : nil
          }
        if let target { labels[target, default: []].append(element) }
      }
      if isLabelable(element, document) { nextControl = element }
    }
    return labels.mapValues { $0.reversed() }
  }

  private static func isLabelable(_ element: ElementID, _ document: Document) -> Bool {
    guard document[element].kind == .element, document[element].namespace == .html else { return false }
    switch document.name(of: element) {
    case "button", "meter", "output", "progress", "select", "textarea": return true
    case "input": return document.inputType(of: element) != "hidden"
    // A custom element may be a form control.
    case let name: return name.utf8.contains(0x2D)
    }
  }

  /// The labels of a control, in tree order.
  public func labels(of element: ElementID) -> [ElementID] { labelsByTarget[element] ?? [] }

  /// The element with an id; ``ElementID/none`` when there is none.
  public func element(withID id: String) -> ElementID { elementsByID[id] ?? .none }

  /// The accessible name of an element; `nil` when it has none.
  public func name(of element: ElementID) -> AccessibleName? {
    guard document[element].kind == .element else { return nil }
    var visit = Visit()
    return name(of: element, &visit)
  }

  /// What one computation has spent and where it is.
  private struct Visit {
    var nodes = 0
    var depth = 0
    /// Whether an element that `aria-labelledby` names is being read, which is not referred on.
    var isReferenced = false
    /// The elements that were referred to; content that holds them leaves them out.
    var referenced: Set<ElementID> = []
  }

  private func name(of element: ElementID, _ visit: inout Visit) -> AccessibleName? {
    guard visit.depth < AccessibleNames.depthLimit else { return nil }
    if !visit.isReferenced, let text = referencedText(element, &visit) {
      return AccessibleName(text: text, origin: .labelledBy)
    }
    if let text = nonEmpty(document.attributeValue(element, "aria-label")) {
      return AccessibleName(text: text, origin: .label)
    }
    if let native = nativeName(element, &visit) { return native }
    if takesNameFromContent(element) || visit.isReferenced,
      let text = nonEmpty(content(of: element, includesHidden: isHidden(element), &visit))
    {
      return AccessibleName(text: text, origin: .content)
    }
    if let text = nonEmpty(document.attributeValue(element, "title")) {
      return AccessibleName(text: text, origin: .title)
    }
    if takesPlaceholder(element), let text = nonEmpty(document.attributeValue(element, "placeholder")) {
      return AccessibleName(text: text, origin: .placeholder)
    }
    return nil
  }

  private func takesNameFromContent(_ element: ElementID) -> Bool {
    document.role(of: element).map(rolesNamedByContent.contains) ?? false
  }

  private func takesPlaceholder(_ element: ElementID) -> Bool {
    let name = document.name(of: element)
    guard name == "input" else { return name == "textarea" }
    return ["text", "search", "url", "tel", "email", "password", "number"].contains(document.inputType(of: element))
  }

  private func referencedText(_ element: ElementID, _ visit: inout Visit) -> String? {
    var ids = document.words(element, "aria-labelledby")
    // Browsers understand the other spelling too.
    if ids.isEmpty { ids = document.words(element, "aria-labeledby") }
    guard !ids.isEmpty else { return nil }
    var parts: [String] = []
    for id in ids.prefix(64) {
      guard let target = elementsByID[id] else { continue }
      var inner = visit
      inner.depth += 1
      inner.isReferenced = true
      // An element that refers to itself is read without its reference.
      if let found = name(of: target, &inner) {
        parts.append(found.text)
      } else if let value = controlValue(target) {
        parts.append(value)
      }
      visit.nodes = inner.nodes
      visit.referenced.insert(target)
    }
    return nonEmpty(parts.joined(separator: " "))
  }

  // What the tag itself provides

  private func nativeName(_ element: ElementID, _ visit: inout Visit) -> AccessibleName? {
    if document[element].namespace == .svg { return childName(element, "title", &visit) }
    switch document.name(of: element) {
    case "input": return inputName(element, &visit)
    case "textarea", "select", "meter", "output", "progress", "button": return labelName(element, &visit)
    case "img", "area":
      return nonEmpty(document.attributeValue(element, "alt")).map { AccessibleName(text: $0, origin: .alternative) }
    case "fieldset": return childName(element, "legend", &visit)
    case "table": return childName(element, "caption", &visit)
    case "figure": return childName(element, "figcaption", &visit)
    case "optgroup", "option", "track":
      return nonEmpty(document.attributeValue(element, "label")).map { AccessibleName(text: $0, origin: .native) }
    case let name where name.utf8.contains(0x2D): return labelName(element, &visit)
    default: return nil
    }
  }

  private func inputName(_ element: ElementID, _ visit: inout Visit) -> AccessibleName? {
    if let name = labelName(element, &visit) { return name }
    let value = nonEmpty(document.attributeValue(element, "value"))
    switch document.inputType(of: element) {
    case "submit": return AccessibleName(text: value ?? "Submit", origin: .value)
    case "reset": return AccessibleName(text: value ?? "Reset", origin: .value)
    case "button": return value.map { AccessibleName(text: $0, origin: .value) }
    case "image":
      if let alt = nonEmpty(document.attributeValue(element, "alt")) {
        return AccessibleName(text: alt, origin: .alternative)
      }
      if let title = nonEmpty(document.attributeValue(element, "title")) {
        return AccessibleName(text: title, origin: .title)
      }
      return AccessibleName(text: "Submit Query", origin: .value)
    default: return nil
    }
  }

  private func labelName(_ element: ElementID, _ visit: inout Visit) -> AccessibleName? {
    // A label names its control even when it is hidden itself.
    let parts = labels(of: element).prefix(16).compactMap { label -> String? in
      nonEmpty(document.attributeValue(label, "aria-label"))
        ?? nonEmpty(content(of: label, leavingOut: element, includesHidden: isHidden(label), &visit))
    }
    return nonEmpty(parts.joined(separator: " ")).map { AccessibleName(text: $0, origin: .native) }
  }

  private func childName(_ element: ElementID, _ name: String, _ visit: inout Visit) -> AccessibleName? {
    guard let child = document.children(of: element).first(where: { document.name(of: $0) == name }) else { return nil }
    return nonEmpty(content(of: child, includesHidden: false, &visit)).map { AccessibleName(text: $0, origin: .native) }
  }

  // Content

  /// The text that an element holds, with the names of what stands in for text.
  private func content(
    of element: ElementID, leavingOut excluded: ElementID = .none, includesHidden: Bool, _ visit: inout Visit
  ) -> String {
    var text = ""
    /// Where blocks end that the text is not past yet.
    var blockEnds: [ElementID] = []
    var node = ElementID(element.index + 1)
    let end = document[element].subtreeEnd
    while node < end, visit.nodes < AccessibleNames.nodeLimit {
      visit.nodes += 1
      while let last = blockEnds.last, last <= node {
        text += " "
        blockEnds.removeLast()
      }
      let stored = document[node]
      var next = ElementID(node.index + 1)
      let isUnseen = !includesHidden && invisible[Int(node.index)]
      if stored.kind == .text {
        if !isUnseen { text += document.textContent(of: node) }
      } else if stored.kind == .element {
        if node == excluded || visit.referenced.contains(node) || isSkipped(node, includesHidden: includesHidden) {
          next = stored.subtreeEnd
        } else if isUnseen {
          // Its descendants may be visible again.
        } else if let replacement = replacement(node, &visit) {
          text += isInline(node) ? replacement : " \(replacement) "
          next = stored.subtreeEnd
        } else if !isInline(node) {
          text += " "
          blockEnds.append(stored.subtreeEnd)
        }
      }
      node = next
    }
    return text
  }

  /// What stands for an element inside another's content; `nil` when its own content does.
  private func replacement(_ node: ElementID, _ visit: inout Visit) -> String? {
    if !visit.isReferenced, document.hasAttribute(node, "aria-labelledby") {
      visit.depth += 1
      defer { visit.depth -= 1 }
      if visit.depth < AccessibleNames.depthLimit, let text = referencedText(node, &visit) { return text }
    }
    if let label = nonEmpty(document.attributeValue(node, "aria-label")) { return label }
    if document[node].namespace == .svg {
      var inner = visit
      return document.name(of: node) == "svg" ? childName(node, "title", &inner)?.text ?? "" : nil
    }
    switch document.name(of: node) {
    case "img", "area":
      return collapsed(document.attributeValue(node, "alt") ?? document.attributeValue(node, "title") ?? "")
    case "input", "select", "textarea", "meter", "progress": return controlValue(node) ?? ""
    case "br": return " "
    default: return nil
    }
  }

  /// What a control holds, as it reads inside a label.
  private func controlValue(_ element: ElementID) -> String? {
    switch document.name(of: element) {
    case "input":
      switch document.inputType(of: element) {
      case "checkbox", "radio", "file", "hidden", "password", "color": return nil
      case "image": return nonEmpty(document.attributeValue(element, "alt"))
      default:
        return nonEmpty(
          document.attributeValue(element, "aria-valuetext") ?? document.attributeValue(element, "aria-valuenow")
            ?? document.attributeValue(element, "value"))
      }
    case "textarea": return nonEmpty(document.textContent(of: element))
    case "meter", "progress":
      return nonEmpty(document.attributeValue(element, "aria-valuetext") ?? document.attributeValue(element, "value"))
    case "select":
      let options = document.descendants(of: element).filter { document.isElement($0, named: "option") }
      let chosen = options.first { document.hasAttribute($0, "selected") } ?? options.first
      return chosen.flatMap { nonEmpty(document.textContent(of: $0)) }
    default: return nil
    }
  }

  private func isSkipped(_ node: ElementID, includesHidden: Bool) -> Bool {
    switch document.name(of: node) {
    case "script", "style", "template", "noscript", "head", "datalist": return true
    default: return !includesHidden && removed[Int(node.index)]
    }
  }

  /// What an element's own attributes do to it: whether they take it away, and what they say of its visibility.
  private static func concealment(of node: ElementID, _ document: Document) -> (removes: Bool, isInvisible: Bool?) {
    guard document[node].payloadCount > 0, document[node].kind == .element else { return (false, nil) }
    if document.hasAttribute(node, "hidden") { return (true, nil) }
    if let attribute = document.attribute(node, "aria-hidden"), document.value(of: attribute) == "true" {
      return (true, nil)
    }
    guard let style = document.attribute(node, "style") else { return (false, nil) }
    // The declarations that hide, as they are written when nothing else is meant.
    let text = String(
      decoding: document.valueBytes(of: style).filter { !isHTMLWhitespace($0) }.map(lowercase), as: UTF8.self)
    var isInvisible: Bool?
    for declaration in text.split(separator: ";") {
      if declaration.hasPrefix("display:none") { return (true, nil) }
      if declaration.hasPrefix("visibility:") { isInvisible = !declaration.hasPrefix("visibility:visible") }
    }
    return (false, isInvisible)
  }

  /// Whether an element is hidden by attributes, its own or an ancestor's: not displayed, invisible, or kept from assistive
  /// technology.
  public func isHidden(_ element: ElementID) -> Bool { removed[Int(element.index)] || invisible[Int(element.index)] }

  private func isInline(_ node: ElementID) -> Bool {
    document[node].namespace != .html || inlineElements.contains(document.name(of: node))
  }

  private func nonEmpty(_ text: String?) -> String? {
    guard let text else { return nil }
    let result = collapsed(text)
    return result.isEmpty ? nil : result
  }

  private func collapsed(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }
}

private let inlineElements: Set<String> = [
  "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "canvas", "cite", "code", "data", "del", "dfn", "em",
  "embed",
  "font", "i", "iframe", "img", "ins", "kbd", "label", "map", "mark", "object", "output", "picture", "q", "ruby", "s",
  "samp",
  "slot", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "video", "wbr",
]
