import SourceText

// Putting nodes in their places.
extension TreeBuilder {
  /// A place in the tree: in a parent, before one of its children or at the end.
  struct Place {
    var parent: UInt32
    var before: UInt32?
  }

  /// The appropriate place for inserting a node.
  func place(in override: OpenElement? = nil) -> Place {
    guard let target = override ?? stack.last else { return Place(parent: 0, before: nil) }
    guard isFosterParenting else { return Place(parent: target.node, before: nil) }
    switch target.tag {
    case .table, .tbody, .tfoot, .thead, .tr: break
    default: return Place(parent: target.node, before: nil)
    }
    let table = highest(.table)
    let template = highest(.template)
    if template >= 0, template > table { return Place(parent: stack[template].node, before: nil) }
    guard table >= 0 else { return Place(parent: stack[0].node, before: nil) }
    let node = stack[table].node
    let parent = nodes[Int(node)].parent
    if parent.exists { return Place(parent: parent.index, before: node) }
    return Place(parent: stack[table - 1].node, before: nil)
  }

  mutating func attach(_ node: UInt32, at place: Place) {
    let index = Int(node)
    let parent = Int(place.parent)
    let previous: ElementID
    if let before = place.before {
      previous = nodes[Int(before)].previousSibling
      nodes[index].nextSibling = ElementID(before)
      nodes[Int(before)].previousSibling = ElementID(node)
    } else {
      previous = nodes[parent].lastChild
      nodes[index].nextSibling = .none
      nodes[parent].lastChild = ElementID(node)
    }
    nodes[index].parent = ElementID(place.parent)
    nodes[index].previousSibling = previous
    if previous.exists {
      nodes[Int(previous.index)].nextSibling = ElementID(node)
    } else {
      // Until the tree is finished, the subtree's end is the first child.
      nodes[parent].subtreeEnd = ElementID(node)
    }
  }

  mutating func detach(_ node: UInt32) {
    let stored = nodes[Int(node)]
    guard stored.parent.exists else { return }
    let parent = Int(stored.parent.index)
    if stored.previousSibling.exists {
      nodes[Int(stored.previousSibling.index)].nextSibling = stored.nextSibling
    } else {
      nodes[parent].subtreeEnd = stored.nextSibling
    }
    if stored.nextSibling.exists {
      nodes[Int(stored.nextSibling.index)].previousSibling = stored.previousSibling
    } else {
      nodes[parent].lastChild = stored.previousSibling
    }
    nodes[Int(node)].parent = .none
    nodes[Int(node)].previousSibling = .none
    nodes[Int(node)].nextSibling = .none
  }

  mutating func add(_ node: MarkupNode) -> UInt32 {
    nodes.append(node)
    return UInt32(truncatingIfNeeded: nodes.count - 1)
  }

  // Elements

  /// Inserts an HTML element for the current start tag.
  @discardableResult
  mutating func insertElement() -> UInt32 { insertElement(named: tokens.name, tag: tokens.tag) }

  @discardableResult
  mutating func insertElement(named name: UInt32, tag: Tag) -> UInt32 {
    let node = add(elementNode(name))
    attach(node, at: place())
    push(makeOpenElement(node: node, name: name, tag: tag, namespace: .html))
    noteFormOwner(node, tag)
    return node
  }

  /// Notes the form that a control belongs to though it does not lie in it.
  private mutating func noteFormOwner(_ node: UInt32, _ tag: Tag) {
    guard let formElement, !nodes[Int(formElement)].flags.contains(.open), !isOpen(.template) else { return }
    switch tag {
    case .button, .fieldset, .input, .object, .output, .select, .textarea, .img:
      adoptedControls.append(Document.AdoptedControl(control: node, form: formElement))
    default: break
    }
  }

  /// The node for the current start tag.
  func elementNode(_ name: UInt32) -> MarkupNode {
    var node = MarkupNode(kind: .element, start: tokenStart, end: tokenEnd)
    node.name = name
    node.startTagEnd = tokenEnd
    node.payload = UInt32(truncatingIfNeeded: tokens.firstAttribute)
    node.payloadCount = UInt32(truncatingIfNeeded: tokens.attributes.count - tokens.firstAttribute)
    if tokens.isSelfClosing { node.flags.insert(.selfClosing) }
    return node
  }

  /// Inserts an element for the current start tag that has neither content nor an end tag.
  mutating func insertVoid() {
    let node = add(elementNode(tokens.name))
    attach(node, at: place())
    noteFormOwner(node, tokens.tag)
  }

  /// Inserts and opens an element that no tag in the text stands for.
  @discardableResult
  mutating func insertImplied(_ tag: Tag, at offset: UInt32? = nil) -> UInt32 {
    let offset = offset ?? tokenStart
    var node = MarkupNode(kind: .element, start: offset, end: offset)
    node.name = tag.index
    node.startTagEnd = offset
    node.flags.insert(.implied)
    let index = add(node)
    attach(index, at: place())
    push(makeOpenElement(node: index, name: tag.index, tag: tag, namespace: .html))
    return index
  }

  /// Inserts an element for the current start tag and reads its content as text.
  mutating func insertRaw(_ model: ContentModel) {
    insertElement()
    tokens.model = model
    originalMode = mode
    mode = .text
  }

  // Text and comments

  /// The current token's characters.
  var characters: Characters {
    Characters(text: tokens.text, start: tokenStart, end: tokenEnd, isWhitespace: tokens.kind == .whitespace)
  }

  mutating func insertCharacters() { insert(characters) }

  mutating func insert(_ characters: Characters) {
    let place = place()
    guard place.parent != 0 else { return }
    let previous = place.before.map { nodes[Int($0)].previousSibling } ?? nodes[Int(place.parent)].lastChild
    if previous.exists, nodes[Int(previous.index)].kind == .text { return extend(previous.index, by: characters) }
    var node = MarkupNode(kind: .text, start: characters.start, end: characters.end)
    node.payload = characters.text.start
    node.payloadCount = characters.text.count
    if characters.text.isPooled { node.flags.insert(.pooled) }
    attach(add(node), at: place)
  }

  /// Adds characters to a text node: to its text where they follow it, else as a further piece.
  private mutating func extend(_ node: UInt32, by characters: Characters) {
    let index = Int(node)
    nodes[index].end = max(nodes[index].end, characters.end)
    let last = nodes[index].lastChild
    if last.exists {
      let piece = pieces[Int(last.index)].text
      if follows(characters.text, piece) {
        pieces[Int(last.index)].text.count += characters.text.count
        return
      }
    } else {
      let inline = TextRange(
        start: nodes[index].payload, count: nodes[index].payloadCount, isPooled: nodes[index].flags.contains(.pooled))
      if follows(characters.text, inline) {
        nodes[index].payloadCount += characters.text.count
        return
      }
    }
    pieces.append(TextPiece(text: characters.text, next: .max))
    let piece = UInt32(truncatingIfNeeded: pieces.count - 1)
    if last.exists { pieces[Int(last.index)].next = piece } else { nodes[index].subtreeEnd = ElementID(piece) }
    nodes[index].lastChild = ElementID(piece)
  }

  private func follows(_ text: TextRange, _ earlier: TextRange) -> Bool {
    text.isPooled == earlier.isPooled && earlier.start + earlier.count == text.start
  }

  /// Inserts U+FFFD for the current token, a NUL in foreign content.
  mutating func insertReplacement() {
    let start = UInt32(truncatingIfNeeded: tokens.pool.count)
    tokens.pool.append(contentsOf: [0xEF, 0xBF, 0xBD])
    insert(
      Characters(
        text: TextRange(start: start, count: 3, isPooled: true), start: tokenStart, end: tokenEnd, isWhitespace: false))
  }

  /// Inserts the current comment, in a given node if one is given.
  mutating func insertComment(in parent: UInt32? = nil) {
    var node = MarkupNode(kind: .comment, start: tokenStart, end: tokenEnd)
    node.payload = tokens.text.start
    node.payloadCount = tokens.text.count
    if tokens.text.isPooled { node.flags.insert(.pooled) }
    if tokens.isBogus { node.flags.insert(.bogus) }
    let place = parent.map { Place(parent: $0, before: nil) } ?? place()
    attach(add(node), at: place)
  }

  /// Inserts only the white space of the current token's characters.
  mutating func insertWhitespaceOnly() {
    let text = tokens.text
    let start = tokens.pool.count
    for offset in 0..<Int(text.count) {
      let index = Int(text.start) + offset
      let byte = text.isPooled ? tokens.pool[index] : tokens.input[index]
      if isHTMLWhitespace(byte) { tokens.pool.append(byte) }
    }
    guard tokens.pool.count > start else { return }
    insert(Characters(text: tokens.pooled(from: start), start: tokenStart, end: tokenEnd, isWhitespace: true))
  }
}
