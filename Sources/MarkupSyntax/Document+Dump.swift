extension Document {
  /// The tree in the format of the html5lib test suites, one node a line.
  ///
  /// Depth is written as indentation, so that what is written may be far longer than the page; past the limit of bytes the dump
  /// ends with a line that says so.
  public func treeDump(limitInBytes: Int = 256_000_000) -> String {
    var lines: [String] = []
    var written = 0
    var counted = 0
    var depths = [Int](repeating: 0, count: nodes.count)
    for node in descendants(of: root) {
      for line in lines[counted...] { written += line.utf8.count + 1 }
      counted = lines.count
      guard written < limitInBytes else {
        lines.append("| <!-- the rest is left out -->")
        break
      }
      let stored = self[node]
      let parent = stored.parent
      var depth = parent == root ? 0 : depths[Int(parent.index)] + 1
      if isTemplate(parent) {
        if stored.previousSibling == .none { lines.append(line(depth, "content")) }
        depth += 1
      }
      depths[Int(node.index)] = depth
      appendDump(of: node, depth: depth, to: &lines)
      if isTemplate(node), !firstChild(node).exists { lines.append(line(depth + 1, "content")) }
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ depth: Int, _ text: String) -> String { "| " + String(repeating: "  ", count: depth) + text }

  private func appendDump(of node: ElementID, depth: Int, to lines: inout [String]) {
    switch self[node].kind {
    case .document: break
    case .doctype: lines.append(line(depth, doctypeDump(node)))
    case .comment: lines.append(line(depth, "<!-- \(textContent(of: node)) -->"))
    case .text: lines.append(line(depth, "\"\(textContent(of: node))\""))
    case .element:
      let prefix =
        switch self[node].namespace {
        case .html: ""
        case .svg: "svg "
        case .mathML: "math "
        }
      lines.append(line(depth, "<\(prefix)\(name(of: node))>"))
      let attributes = attributes(of: node).map { ($0, dumpName($0)) }
        .sorted { Array($0.1.utf16).lexicographicallyPrecedes(Array($1.1.utf16)) }
      for (attribute, name) in attributes { lines.append(line(depth + 1, "\(name)=\"\(value(of: attribute))\"")) }
    }
  }

  private func dumpName(_ attribute: MarkupAttribute) -> String {
    let name = name(of: attribute)
    return attribute.prefix == .none ? name : "\(attribute.prefix) \(name)"
  }

  private func doctypeDump(_ node: ElementID) -> String {
    let doctype = doctypes[Int(self[node].payload)]
    let name = name(of: node)
    let publicID = doctype.publicID ?? ""
    let systemID = doctype.systemID ?? ""
    guard !publicID.isEmpty || !systemID.isEmpty else { return "<!DOCTYPE \(name)>" }
    return "<!DOCTYPE \(name) \"\(publicID)\" \"\(systemID)\">"
  }
}
