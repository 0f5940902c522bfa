// The stack of open elements.
extension TreeBuilder {
  var current: OpenElement { stack[stack.count - 1] }
  var currentTag: Tag { stack.last?.tag ?? .other }
  private var marks: OpenElement.Marks { stack.last?.marks ?? OpenElement.Marks() }

  private func key(_ name: UInt32, _ namespace: MarkupNamespace) -> Int { Int(name) * 2 + (namespace == .html ? 0 : 1) }

  /// The highest stack index of an HTML element with a tag; -1 when none is open.
  @inline(__always)
  func highest(_ tag: Tag) -> Int { Int(lastOpen[Int(tag.index) * 2]) }

  func highest(named name: UInt32, foreign: Bool) -> Int {
    let key = Int(name) * 2 + (foreign ? 1 : 0)
    return key < lastOpen.count ? Int(lastOpen[key]) : -1
  }

  func isOpen(_ tag: Tag) -> Bool { highest(tag) >= 0 }

  func isInScope(_ tag: Tag) -> Bool { isAbove(highest(tag), marks.scope, tag, .scope) }
  func isInListScope(_ tag: Tag) -> Bool { isAbove(highest(tag), marks.listScope, tag, .listScope) }
  func isInButtonScope(_ tag: Tag) -> Bool { isAbove(highest(tag), marks.buttonScope, tag, .buttonScope) }
  func isInTableScope(_ tag: Tag) -> Bool { isAbove(highest(tag), marks.tableScope, tag, .tableScope) }

  /// Whether an element is met before a boundary; an element that is a boundary itself is met first.
  @inline(__always)
  private func isAbove(_ index: Int, _ boundary: Int32, _ tag: Tag, _ trait: TagTraits) -> Bool {
    index >= 0 && index >= Int(boundary)
  }

  /// Whether the element at a stack index is met before a boundary of the scope.
  func isInScope(stackIndex index: Int) -> Bool { index >= Int(marks.scope) }

  var headingInScope: Bool {
    isInScope(.h1) || isInScope(.h2) || isInScope(.h3) || isInScope(.h4) || isInScope(.h5) || isInScope(.h6)
  }

  /// The stack index of the nearest special element; -1 when there is none.
  var nearestSpecial: Int { Int(marks.special) }
  var nearestListStop: Int { Int(marks.listStop) }
  var nearestMode: Int { Int(marks.mode) }
  var nearestHTML: Int { Int(marks.html) }

  func makeOpenElement(node: UInt32, name: UInt32, tag: Tag, namespace: MarkupNamespace) -> OpenElement {
    let isHTML = namespace == .html
    var element = OpenElement(
      node: node, name: name, tag: isHTML ? tag : .other, localTag: tag, namespace: namespace,
      traits: isHTML ? traits[Int(tag.index)] : Tag.foreignTraits(tag, namespace))
    if namespace == .svg {
      element.isHTMLIntegration = tag == .foreignobject || tag == .desc || tag == .title
    } else if namespace == .mathML {
      switch tag {
      case .mi, .mo, .mn, .ms, .mtext: element.isTextIntegration = true
      default: break
      }
    }
    return element
  }

  mutating func push(_ element: OpenElement) {
    var element = element
    let index = Int32(truncatingIfNeeded: stack.count)
    let key = key(element.name, element.namespace)
    if key >= lastOpen.count {
      lastOpen.append(contentsOf: repeatElement(-1, count: max(key + 1 - lastOpen.count, lastOpen.count)))
    }
    element.previousSame = lastOpen[key]
    lastOpen[key] = index
    element.marks = marks
    let traits = element.traits
    if traits.contains(.special) { element.marks.special = index }
    if traits.contains(.scope) { element.marks.scope = index }
    if traits.contains(.listScope) { element.marks.listScope = index }
    if traits.contains(.buttonScope) { element.marks.buttonScope = index }
    if traits.contains(.tableScope) { element.marks.tableScope = index }
    if traits.contains(.listStop) { element.marks.listStop = index }
    if traits.contains(.mode) { element.marks.mode = index }
    if traits.contains(.isHTML) { element.marks.html = index }
    nodes[Int(element.node)].flags.insert(.open)
    stack.append(element)
  }

  /// Takes the current node off the stack; it ends where the current token starts.
  mutating func pop() {
    guard let element = unlink() else { return }
    close(element.node, at: tokenStart)
  }

  /// Takes the current node off the stack; the current token is its end tag.
  mutating func popWithEndTag() {
    guard let element = unlink() else { return }
    let node = Int(element.node)
    nodes[node].endTagStart = tokenStart
    nodes[node].endTagEnd = tokenEnd
    close(element.node, at: tokenEnd)
  }

  private mutating func unlink() -> OpenElement? {
    guard let element = stack.popLast() else { return nil }
    lastOpen[key(element.name, element.namespace)] = element.previousSame
    return element
  }

  private mutating func close(_ node: UInt32, at offset: UInt32) {
    let index = Int(node)
    nodes[index].flags.remove(.open)
    // The end tags of `html` and `body` leave them open.
    let end =
      nodes[index].endTagStart != .max ? nodes[index].endTagEnd : node == endOfBody?.node ? endOfBody?.offset : nil
    nodes[index].end = max(end ?? offset, nodes[index].startTagEnd)
  }

  /// Takes everything down to a stack index off the stack, that element included.
  mutating func pop(to index: Int, hasEndTag: Bool = false) {
    guard index >= 0 else { return }
    while stack.count > index + 1 { pop() }
    if stack.count == index + 1 { if hasEndTag { popWithEndTag() } else { pop() } }
  }

  mutating func pop(to tag: Tag, hasEndTag: Bool = false) { pop(to: highest(tag), hasEndTag: hasEndTag) }

  /// Takes elements off the stack until the current one has one of the tags.
  mutating func clear(to first: Tag, _ second: Tag, _ third: Tag, _ fourth: Tag = .html) {
    while let tag = stack.last?.tag, tag != first, tag != second, tag != third, tag != fourth, tag != .html { pop() }
  }

  mutating func clearToTable() { clear(to: .table, .template, .html) }
  mutating func clearToTableBody() { clear(to: .tbody, .tfoot, .thead, .template) }
  mutating func clearToRow() { clear(to: .tr, .template, .html) }

  mutating func generateImpliedEndTags(except tag: Tag = .other) {
    while let element = stack.last, element.traits.contains(.implied), element.tag != tag { pop() }
  }

  mutating func generateAllImpliedEndTags() {
    while let element = stack.last, element.traits.contains(.impliedThoroughly) { pop() }
  }

  mutating func closeParagraph(hasEndTag: Bool = false) {
    generateImpliedEndTags(except: .p)
    if currentTag != .p { report(.unclosedElement) }
    pop(to: .p, hasEndTag: hasEndTag)
  }

  mutating func closeParagraphInButtonScope() { if isInButtonScope(.p) { closeParagraph() } }

  /// Takes an element out of the stack wherever it is.
  mutating func removeFromStack(at index: Int) {
    guard index >= 0, index < stack.count else { return }
    if index == stack.count - 1 { return pop() }
    let node = stack[index].node
    var above = Array(stack[(index + 1)...])
    spend(above.count)
    replaceStack(from: index, with: &above)
    close(node, at: tokenStart)
  }

  /// Puts other elements in the place of those from a stack index on.
  mutating func replaceStack(from index: Int, with elements: inout [OpenElement]) {
    while stack.count > index { _ = unlink() }
    for element in elements { push(element) }
  }

  /// Takes from the budget for repairs; see ``TreeBuilder``.
  mutating func spend(_ amount: Int) {
    work -= amount
    if work < 0, !isTooComplex {
      isTooComplex = true
      report(.tooComplex)
    }
  }

  /// Sets the insertion mode from the stack.
  mutating func resetMode() {
    let index = nearestMode
    var element = index >= 0 ? stack[index] : nil
    let isLast = index <= 0
    if isLast, let context { element = context }
    switch element?.tag ?? .other {
    case .td where !isLast, .th where !isLast: mode = .inCell
    case .tr: mode = .inRow
    case .tbody, .thead, .tfoot: mode = .inTableBody
    case .caption: mode = .inCaption
    case .colgroup: mode = .inColumnGroup
    case .table: mode = .inTable
    case .template: mode = templateModes.last ?? .inTemplate
    case .head where !isLast: mode = .inHead
    case .body: mode = .inBody
    case .frameset: mode = .inFrameset
    case .html: mode = headElement == nil ? .beforeHead : .afterHead
    default: mode = .inBody
    }
  }
}

extension Tag {
  /// The position in ``allCases``, which is the index in every name table.
  @inline(__always)
  var index: UInt32 { UInt32(unsafeBitCast(self, to: UInt8.self)) }
}
