public import JavaScriptSyntax
import SourceText

/// Looks for the first place where a tree's tokens and comments do not give back its source text.
///
/// They do when they lie in order without overlapping, and only white space lies between them.
///
/// - Returns: What is wrong, or `nil`.
public func losslessnessFault(of tree: SyntaxTree) -> String? {
  let end = tree.source.count
  var position = 0
  var comments = tree.comments[...]
  for token in tree.tokens {
    while let comment = comments.first, comment.span.start <= token.span.start {
      if let fault = advance(&position, over: comment.span, "comment", in: tree) { return fault }
      comments.removeFirst()
    }
    if let fault = advance(&position, over: token.span, "token", in: tree) { return fault }
  }
  for comment in comments {
    if let fault = advance(&position, over: comment.span, "comment", in: tree) { return fault }
  }
  return advance(&position, over: ByteSpan(end, end), "end", in: tree)
}

private func advance(_ position: inout Int, over span: ByteSpan, _ what: String, in tree: SyntaxTree) -> String? {
  let range = Int(span.start)..<max(Int(span.start), Int(span.end))
  guard span.start <= span.end, range.upperBound <= tree.source.count else {
    return "the \(what) at \(span.start) ends at \(span.end), outside the text"
  }
  guard range.lowerBound >= position else {
    return "the \(what) at \(range.lowerBound) overlaps what ends at \(position)"
  }
  if let stray = firstStrayByte(of: tree.source, in: position..<range.lowerBound) {
    return "the byte at \(stray) is in no token and no comment"
  }
  position = range.upperBound
  return nil
}

private func firstStrayByte(of source: [UInt8], in range: Range<Int>) -> Int? {
  var index = range.lowerBound
  while index < range.upperBound {
    let length = whiteSpaceLength(source, at: index, before: range.upperBound)
    if length == 0 { return index }
    index += length
  }
  return nil
}

/// The number of bytes of the white space or line end at an index (ECMAScript, sections 12.2 and 12.3); 0 when there is none.
private func whiteSpaceLength(_ source: [UInt8], at index: Int, before end: Int) -> Int {
  switch source[index] {
  case 0x09...0x0D, 0x20: return 1
  case 0xC2 where index + 1 < end && source[index + 1] == 0xA0: return 2
  case 0xE1...0xEF where index + 2 < end:
    switch (source[index], source[index + 1], source[index + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
      (0xE2, 0x81, 0x9F),
      (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
      return 3
    default: return 0
    }
  default: return 0
  }
}

/// Looks for a node that breaks the tree's own rules: it lies within its parent, its children come before it in storage, and
/// its list slots and spans are within bounds.
///
/// Decorators stand before what they decorate, so they may lie outside of it.
///
/// - Returns: What is wrong, or `nil`.
public func structureFault(of tree: SyntaxTree) -> String? {
  guard let root = tree.nodes.last, root.kind == .program else { return "the last node is no program" }
  for index in tree.nodes.indices {
    let node = tree.nodes[index]
    guard node.start <= node.end, Int(node.end) <= tree.source.count else {
      return "\(node.kind) \(index) has the span \(node.start)..<\(node.end)"
    }
    var fault: String?
    tree.forEachChild(of: NodeID(UInt32(index))) { child in
      let stored = tree[child]
      if child.index >= UInt32(index) {
        fault = "\(node.kind) \(index) comes before its child \(stored.kind) \(child.index)"
      } else if stored.kind != .decorator, stored.start < node.start || stored.end > node.end {
        fault =
          "\(stored.kind) at \(stored.start)..<\(stored.end) leaves its parent \(node.kind) at \(node.start)..<\(node.end)"
      }
    }
    if let fault { return fault }
  }
  return nil
}
