import SourceText

// The list of active formatting elements and the adoption agency.
extension TreeBuilder {
  /// No page has as many formatting elements open at once; the oldest gives way.
  private static let activeLimit = 512

  mutating func pushActive(_ node: UInt32, name: UInt32) {
    var equal = 0
    var earliest = 0
    let signature = signature(of: node)
    var index = active.count - 1
    while index >= 0, !active[index].isMarker {
      if active[index].signature == signature, active[index].name == name,
        haveEqualAttributes(active[index].node, node)
      {
        equal += 1
        earliest = index
      }
      index -= 1
    }
    if equal >= 3 { active.remove(at: earliest) }
    appendActive(ActiveElement(node: node, name: name, signature: signature))
  }

  mutating func appendActive(_ element: ActiveElement) {
    if active.count >= TreeBuilder.activeLimit { active.removeFirst() }
    active.append(element)
  }

  mutating func clearActiveToMarker() {
    while let last = active.popLast(), !last.isMarker {}
  }

  /// A number that is equal for elements whose attributes are equal, in whatever order.
  private func signature(of node: UInt32) -> UInt64 {
    attributeRange(node).reduce(0) { sum, index in
      let attribute = tokens.attributes[index]
      var hash = UInt64(attribute.name) &+ 0xCBF2_9CE4_8422_2325
      withValue(attribute) { for byte in $0 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
      return sum &+ hash &* 0x9E37_79B9_7F4A_7C15
    }
  }

  private func haveEqualAttributes(_ left: UInt32, _ right: UInt32) -> Bool {
    let left = attributeRange(left)
    let right = attributeRange(right)
    guard left.count == right.count else { return false }
    // Names are distinct within a tag, so sorting by name pairs equal ones.
    func sorted(_ range: Range<Int>) -> [MarkupAttribute] {
      range.count < 2 ? Array(tokens.attributes[range]) : tokens.attributes[range].sorted { $0.name < $1.name }
    }
    return zip(sorted(left), sorted(right)).allSatisfy(areEqual)
  }

  private func attributeRange(_ node: UInt32) -> Range<Int> {
    let stored = nodes[Int(node)]
    return Int(stored.payload)..<Int(stored.payload) + Int(stored.payloadCount)
  }

  private func areEqual(_ left: MarkupAttribute, _ right: MarkupAttribute) -> Bool {
    left.name == right.name
      && withValue(left) { left in withValue(right) { right in left.elementsEqual(right) } }
  }

  /// Calls `body` with the decoded value of an attribute.
  private func withValue<Result>(_ attribute: MarkupAttribute, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result)
    -> Result
  {
    guard attribute.pooledStart != .max else { return body(tokens.input[attribute.valueSpan.range]) }
    return tokens.pool.withUnsafeBufferPointer { body($0[attribute.pooledRange]) }
  }

  /// The decoded value of an attribute.
  func valueBytes(_ attribute: MarkupAttribute) -> [UInt8] {
    attribute.pooledStart == .max
      ? Array(tokens.input[attribute.valueSpan.range])
      : Array(tokens.pool[attribute.pooledRange])
  }

  mutating func reconstructActive() {
    guard let last = active.last, !last.isMarker, !isOpen(node: last.node) else { return }
    var index = active.count - 1
    while index > 0, !active[index - 1].isMarker, !isOpen(node: active[index - 1].node) { index -= 1 }
    while index < active.count {
      guard cloneBudget > 0 else {
        report(.tooComplex)
        active.removeAll()
        return
      }
      cloneBudget -= 1
      let node = clone(active[index].node)
      attach(node, at: place())
      let name = active[index].name
      push(makeOpenElement(node: node, name: name, tag: tag(of: name), namespace: .html))
      active[index].node = node
      index += 1
    }
  }

  private func isOpen(node: UInt32) -> Bool { nodes[Int(node)].flags.contains(.open) }

  private func tag(of name: UInt32) -> Tag { Int(name) < traits.count ? Tag.allCases[Int(name)] : .other }

  /// A further element for the start tag of a formatting element.
  private mutating func clone(_ node: UInt32) -> UInt32 {
    let original = nodes[Int(node)]
    var copy = MarkupNode(kind: .element, start: tokenStart, end: tokenStart)
    copy.name = original.name
    copy.startTagEnd = tokenStart
    copy.payload = original.payload
    copy.payloadCount = original.payloadCount
    copy.flags = [.implied, .clone]
    return add(copy)
  }

  func activeIndex(of node: UInt32) -> Int? { active.lastIndex { $0.node == node } }

  /// The index in the list of the last element with a name after the last marker.
  func activeIndex(named name: UInt32) -> Int? {
    var index = active.count - 1
    while index >= 0, !active[index].isMarker {
      if active[index].name == name { return index }
      index -= 1
    }
    return nil
  }

  func stackIndex(of node: UInt32) -> Int? {
    guard isOpen(node: node) else { return nil }
    // Elements of one name are chained, the wanted one is mostly the first.
    let name = nodes[Int(node)].name
    var index = highest(named: name, foreign: nodes[Int(node)].namespace != .html)
    while index >= 0, stack[index].node != node { index = Int(stack[index].previousSame) }
    return index >= 0 ? index : nil
  }

  /// Runs the adoption agency algorithm for the current tag; its last step but one may hand over to ``anyOtherEndTag()``.
  mutating func adopt(_ name: UInt32) {
    if let last = stack.last, last.name == name, last.namespace == .html, activeIndex(of: last.node) == nil {
      return popMatching()
    }
    for round in 0..<8 {
      guard let entry = activeIndex(named: name) else { return anyOtherEndTag(name) }
      let formatting = active[entry].node
      guard let position = stackIndex(of: formatting) else {
        report(.misnestedTag)
        active.remove(at: entry)
        return
      }
      guard isInScope(stackIndex: position) else { return report(.misnestedTag) }
      guard let block = furthestBlock(above: position), !isTooComplex else {
        pop(to: position, hasEndTag: tokens.kind == .endTag)
        active.remove(at: entry)
        return
      }
      report(.misnestedTag)
      if round == 0, tokens.kind == .endTag {
        nodes[Int(formatting)].endTagStart = tokenStart
        nodes[Int(formatting)].endTagEnd = tokenEnd
      }
      adopt(entry: entry, position: position, block: block)
    }
  }

  /// Pops the current node, of whose name the current tag is.
  private mutating func popMatching() {
    if tokens.kind == .endTag { popWithEndTag() } else { pop() }
  }

  private mutating func furthestBlock(above position: Int) -> Int? {
    guard nearestSpecial > position else { return nil }
    var index = position + 1
    while index < stack.count, !stack[index].traits.contains(.special) { index += 1 }
    spend(index - position)
    return index < stack.count ? index : nil
  }

  /// One round of the adoption agency: formatting at a stack index, whose furthest block is at another.
  private mutating func adopt(entry: Int, position: Int, block: Int) {
    let formatting = stack[position]
    let furthest = stack[block]
    let ancestor = stack[position - 1]
    var bookmark = entry
    var lastNode = furthest.node
    var kept: [OpenElement] = []
    var rounds = 0
    for index in stride(from: block - 1, to: position, by: -1) {
      rounds += 1
      var element = stack[index]
      var listed = activeIndex(of: element.node)
      if rounds > 3, let found = listed {
        active.remove(at: found)
        if found < bookmark { bookmark -= 1 }
        listed = nil
      }
      guard let listed else {
        close(element.node)
        continue
      }
      close(element.node)
      element.node = clone(element.node)
      active[listed].node = element.node
      if lastNode == furthest.node { bookmark = listed + 1 }
      detach(lastNode)
      attach(lastNode, at: Place(parent: element.node, before: nil))
      lastNode = element.node
      kept.append(element)
    }
    detach(lastNode)
    attach(lastNode, at: place(in: ancestor))
    let copy = clone(formatting.node)
    moveChildren(of: furthest.node, to: copy)
    attach(copy, at: Place(parent: furthest.node, before: nil))
    replaceActive(formatting.node, with: copy, bookmark: bookmark)
    close(formatting.node)
    var copied = formatting
    copied.node = copy
    var above = kept.reversed() + [furthest, copied] + stack[(block + 1)...]
    spend(above.count + (block - position))
    replaceStack(from: position, with: &above)
  }

  private mutating func close(_ node: UInt32) {
    nodes[Int(node)].flags.remove(.open)
    nodes[Int(node)].end = max(nodes[Int(node)].end, nodes[Int(node)].endTagStart == .max ? tokenStart : tokenEnd)
  }

  private mutating func replaceActive(_ node: UInt32, with copy: UInt32, bookmark: Int) {
    var bookmark = bookmark
    if let old = activeIndex(of: node) {
      var element = active[old]
      element.node = copy
      active.remove(at: old)
      if old < bookmark { bookmark -= 1 }
      active.insert(element, at: min(bookmark, active.count))
    }
  }

  private mutating func moveChildren(of node: UInt32, to target: UInt32) {
    var child = nodes[Int(node)].subtreeEnd
    nodes[Int(target)].subtreeEnd = child
    nodes[Int(target)].lastChild = nodes[Int(node)].lastChild
    nodes[Int(node)].subtreeEnd = .none
    nodes[Int(node)].lastChild = .none
    var count = 0
    while child.exists {
      nodes[Int(child.index)].parent = ElementID(target)
      child = nodes[Int(child.index)].nextSibling
      count += 1
    }
    spend(count)
  }

  /// An end tag without rules of its own: it closes the nearest element of its name unless a special one is in between.
  mutating func anyOtherEndTag(_ name: UInt32) {
    let index = highest(named: name, foreign: false)
    guard index >= 0, index >= nearestSpecial else { return report(.unexpectedEndTag) }
    let tag = stack[index].tag
    generateImpliedEndTags(except: tag == .other ? .html : tag)
    if stack.count - 1 != index { report(.misnestedTag) }
    pop(to: index, hasEndTag: tokens.kind == .endTag)
  }
}
