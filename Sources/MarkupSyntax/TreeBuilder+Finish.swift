import SourceText

// From the links of the construction to nodes in tree order.
extension TreeBuilder {
  /// Makes the document; the builder is of no further use.
  mutating func finish(source: [UInt8]) -> Parsed<Document> {
    mergeLateAttributes()
    joinPieces()
    let (ordered, places) = orderedNodes()
    let adopted = adoptedControls.compactMap { pair -> Document.AdoptedControl? in
      let control = places[Int(pair.control)]
      let form = places[Int(pair.form)]
      return control == .max || form == .max ? nil : Document.AdoptedControl(control: control, form: form)
    }.sorted { $0.control < $1.control }
    let diagnostics = (tokens.errors + errors).sorted { ($0.offset, $0.end) < ($1.offset, $1.end) }.prefix(limit)
      .map { $0.diagnostic(in: source) }
    let document = Document(
      source: source, nodes: ordered, attributes: tokens.attributes, mode: quirks, doctypes: doctypes,
      pool: tokens.pool,
      names: tokens.names, adopted: adopted)
    return Parsed(tree: document, diagnostics: diagnostics)
  }

  private mutating func mergeLateAttributes() {
    guard !lateAttributes.isEmpty else { return }
    for node in Set(lateAttributes.map { $0.node }).sorted() {
      let first = Int(nodes[Int(node)].payload)
      var merged = Array(tokens.attributes[first..<first + Int(nodes[Int(node)].payloadCount)])
      var seen = Set(merged.map { $0.name })
      for late in lateAttributes where late.node == node {
        for attribute in tokens.attributes[late.range] where seen.insert(attribute.name).inserted {
          merged.append(attribute)
        }
      }
      nodes[Int(node)].payload = UInt32(truncatingIfNeeded: tokens.attributes.count)
      nodes[Int(node)].payloadCount = UInt32(truncatingIfNeeded: merged.count)
      tokens.attributes.append(contentsOf: merged)
    }
  }

  /// Gives each text whose pieces lie apart one place in the pool.
  private mutating func joinPieces() {
    guard !pieces.isEmpty else { return }
    for index in nodes.indices where nodes[index].kind == .text && nodes[index].lastChild.exists {
      let start = tokens.pool.count
      let node = nodes[index]
      append(TextRange(start: node.payload, count: node.payloadCount, isPooled: node.flags.contains(.pooled)))
      var piece = node.subtreeEnd.index
      while piece != .max {
        append(pieces[Int(piece)].text)
        piece = pieces[Int(piece)].next
      }
      nodes[index].payload = UInt32(truncatingIfNeeded: start)
      nodes[index].payloadCount = UInt32(truncatingIfNeeded: tokens.pool.count - start)
      nodes[index].flags.insert(.pooled)
      nodes[index].subtreeEnd = .none
      nodes[index].lastChild = .none
    }
  }

  private mutating func append(_ text: TextRange) {
    let range = Int(text.start)..<Int(text.start) + Int(text.count)
    if text.isPooled {
      tokens.pool.reserveCapacity(tokens.pool.count + range.count)
      for index in range { tokens.pool.append(tokens.pool[index]) }
    } else {
      tokens.pool.append(contentsOf: tokens.input[range])
    }
  }

  /// The nodes that are in the tree, in its order, with the ends of their subtrees.
  private func orderedNodes() -> (nodes: [MarkupNode], places: [UInt32]) {
    var ordered: [MarkupNode] = []
    ordered.reserveCapacity(nodes.count)
    // For each node already placed, its new index; parents and earlier siblings come first.
    var places = [UInt32](repeating: .max, count: nodes.count)
    var upcoming = ElementID(0)
    while upcoming.exists {
      let old = Int(upcoming.index)
      var node = nodes[old]
      let firstChild = node.subtreeEnd
      places[old] = UInt32(truncatingIfNeeded: ordered.count)
      node.flags.remove([.open, .clone, .htmlIntegration])
      if node.parent.exists { node.parent = ElementID(places[Int(node.parent.index)]) }
      if node.parent.exists, makesInert(ordered[Int(node.parent.index)]) { node.flags.insert(.inert) }
      ordered.append(node)
      upcoming = firstChild.exists ? firstChild : successor(of: old, places, &ordered)
    }
    translateLinks(&ordered, places)
    markNoscripts(&ordered)
    return (ordered, places)
  }

  private func markNoscripts(_ ordered: inout [MarkupNode]) {
    guard !noscripts.isEmpty else { return }
    for index in ordered.indices where !ordered[index].isImplied {
      let start = ordered[index].start
      var low = 0
      var high = noscripts.count
      while low < high {
        let middle = (low + high) / 2
        if noscripts[middle].end <= start { low = middle + 1 } else { high = middle }
      }
      if low < noscripts.count, noscripts[low].start <= start { ordered[index].flags.insert(.inert) }
    }
  }

  private func makesInert(_ parent: MarkupNode) -> Bool {
    parent.flags.contains(.inert)
      || (parent.kind == .element && parent.namespace == .html
        && (parent.name == Tag.template.index || parent.name == Tag.noscript.index))
  }

  /// The node after the subtree of a node that has no children left; ends the subtrees on the way.
  private func successor(of old: Int, _ places: [UInt32], _ ordered: inout [MarkupNode]) -> ElementID {
    var old = old
    let end = ElementID(UInt32(truncatingIfNeeded: ordered.count))
    while true {
      ordered[Int(places[old])].subtreeEnd = end
      let node = nodes[old]
      if node.nextSibling.exists { return node.nextSibling }
      guard node.parent.exists else { return .none }
      old = Int(node.parent.index)
    }
  }

  private func translateLinks(_ ordered: inout [MarkupNode], _ places: [UInt32]) {
    func translated(_ link: ElementID) -> ElementID { link.exists ? ElementID(places[Int(link.index)]) : .none }
    for index in ordered.indices {
      ordered[index].previousSibling = translated(ordered[index].previousSibling)
      ordered[index].nextSibling = translated(ordered[index].nextSibling)
      ordered[index].lastChild = translated(ordered[index].lastChild)
    }
  }
}
