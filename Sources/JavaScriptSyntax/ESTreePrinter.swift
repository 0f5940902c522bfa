import SourceText

extension SyntaxTree {
  /// The tree as ESTree JSON, one line without a line feed: the objects that acorn makes of JavaScript and JSX, and
  /// typescript-eslint of TypeScript.
  ///
  /// `start` and `end` count UTF-16 code units from 0. Properties are those of ECMAScript's newest edition, so an import has
  /// `attributes` and `import()` has `options` also where the text has none. Values that JSON lacks are null, as they are when
  /// JavaScript prints them: a bigint, infinity; a regular expression is an empty object. What was skipped to recover from an
  /// error is an `Invalid` node.
  ///
  /// - Complexity: O(*n*) in the sizes of text and tree; stack use does not depend on them.
  public func estreeJSON() -> [UInt8] {
    source.withUnsafeBufferPointer { text in
      var printer = ESTreePrinter(tree: self, text: text)
      return printer.print()
    }
  }
}

/// A walk that writes a tree as ESTree JSON.
struct ESTreePrinter {
  /// A node whose members are being written.
  private struct Frame {
    var node: NodeID
    /// The next slot to write.
    var slot = 0
    /// How many elements of a list slot are written.
    var item = 0
    /// How many closing brackets the members owe besides the node's own.
    var extraClosings = 0
  }

  let tree: SyntaxTree
  let text: UnsafeBufferPointer<UInt8>
  let offsets: UTF16Offsets
  var json = JSONBytes()
  private var frames: [Frame] = []

  /// Whether to write what typescript-eslint writes.
  var isTypeScript: Bool { tree.language.hasTypes }

  init(tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>) {
    self.tree = tree
    self.text = text
    offsets = UTF16Offsets(tree.source)
  }

  mutating func print() -> [UInt8] {
    open(tree.root, parent: nil)
    while !frames.isEmpty { step() }
    return json.bytes
  }

  /// Writes the next member, or the next element of a list, of the innermost open node.
  private mutating func step() {
    let top = frames.count - 1
    let frame = frames[top]
    let kind = tree[frame.node].kind
    let slots = tree.hasSlots(frame.node) ? kind.slots : []
    guard frame.slot < slots.count else { return close(frame) }
    let slot = slots[frame.slot]
    switch slot.form {
    case .node, .optional:
      frames[top].slot += 1
      let child = tree.slotValue(frame.node, frame.slot)
      if child.exists {
        key(slot.role)
        open(child, parent: frame.node)
      } else if !isOmitted(slot, of: frame.node) {
        key(slot.role)
        json.literal("null")
      }
    case .list, .sparseList:
      stepThroughList(slot, frame, top)
    }
  }

  private mutating func stepThroughList(_ slot: Slot, _ frame: Frame, _ top: Int) {
    let list = tree.list(at: Int(tree.slotValue(frame.node, frame.slot).index))
    if frame.item == 0 {
      if list.isEmpty && isOmitted(slot, of: frame.node) {
        frames[top].slot += 1
        return
      }
      if slot.role == .members, tree[frame.node].kind == .tsEnumDeclaration { openEnumBody(frame.node, top) }
      key(slot.role)
      json.byte(0x5B)
    }
    guard frame.item < list.count else {
      json.byte(0x5D)
      frames[top].slot += 1
      frames[top].item = 0
      return
    }
    if frame.item > 0 { json.byte(0x2C) }
    frames[top].item += 1
    let child = list[frame.item]
    if child.exists { open(child, parent: frame.node) } else { json.literal("null") }
  }

  /// Begins an object: its type, its place, and what it holds besides nodes.
  private mutating func open(_ node: NodeID, parent: NodeID?) {
    let stored = tree[node]
    json.literal("{\"type\":\"")
    writeType(of: node, stored, parent: parent)
    place(from: offsets.offset(ofByte: Int(stored.start)), to: offsets.offset(ofByte: Int(stored.end)))
    writeScalars(of: node, stored, parent: parent)
    frames.append(Frame(node: node))
  }

  /// Writes the end of a type's name, and a node's place.
  private mutating func place(from start: Int, to end: Int) {
    json.literal("\",\"start\":")
    json.integer(UInt32(truncatingIfNeeded: start))
    json.literal(",\"end\":")
    json.integer(UInt32(truncatingIfNeeded: end))
  }

  private mutating func close(_ frame: Frame) {
    for _ in 0...frame.extraClosings { json.byte(0x7D) }
    frames.removeLast()
  }

  /// Begins the body of an enumeration, an object that the tree does not hold.
  private mutating func openEnumBody(_ node: NodeID, _ top: Int) {
    let stored = tree[node]
    let name = tree.child(node, .id)
    let start =
      name.exists ? tree.firstToken("{", from: Int(tree[name].end), before: Int(stored.end)) : Int(stored.start)
    json.literal(",\"body\":{\"type\":\"TSEnumBody")
    place(from: offsets.offset(ofByte: start), to: offsets.offset(ofByte: Int(stored.end)))
    frames[top].extraClosings += 1
  }

  // MARK: Members

  private static let keys: [[UInt8]] = Role.allCases.map { Array(",\"\($0.estreeName)\":".utf8) }

  mutating func key(_ role: Role) { json.literal(Self.keys[Int(role.rawValue)]) }

  mutating func member(_ key: StaticString, _ value: Bool) {
    json.literal(key)
    json.bool(value)
  }

  /// Writes a member whose value is a word without anything to escape.
  mutating func member(_ key: StaticString, word: StaticString) {
    json.literal(key)
    json.byte(0x22)
    json.literal(word)
    json.byte(0x22)
  }

  /// Writes a member whose value is a piece of the source text.
  mutating func member(_ key: StaticString, source range: Range<Int>) {
    json.literal(key)
    json.string(slice(range))
  }

  /// A piece of the source text; a range that leaves the text is cut off.
  func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[range.clamped(to: 0..<text.count)])
  }

  /// Whether an empty slot is left out rather than written as null or as an empty list.
  private func isOmitted(_ slot: Slot, of node: NodeID) -> Bool {
    switch slot.role {
    case .decorators, .implements, .extends: return !isTypeScript
    case .typeParameters, .returnType, .typeAnnotation, .typeArguments, .superTypeArguments, .constraint, .default:
      return true
    case .attributes: return tree[node].kind == .jsxOpeningElement ? false : isInvalid(node)
    case .body:
      switch tree[node].kind {
      case .tsDeclareFunction, .tsModuleDeclaration: return true
      default: return false
      }
    case .initializer: return true
    default: return false
    }
  }

  private func isInvalid(_ node: NodeID) -> Bool { tree[node].kind == .invalid }
}

extension SyntaxTree {
  /// Whether a node has slots in storage.
  func hasSlots(_ node: NodeID) -> Bool {
    let stored = self[node]
    return stored.kind == .identifier ? stored.flags.contains(.hasSlots) : !stored.kind.slots.isEmpty
  }

  /// What a slot holds: a node's index, or where a list lies.
  func slotValue(_ node: NodeID, _ slot: Int) -> NodeID { NodeID(slots[Int(self[node].payload) + slot]) }

  /// The offset of the first token with a text in a range; the range's start when there is none.
  func firstToken(_ wanted: StaticString, from start: Int, before end: Int) -> Int {
    let length = wanted.utf8CodeUnitCount
    return wanted.withUTF8Buffer { wanted in
      var position = tokens.firstIndex(atOrAfter: start)
      while position < tokens.count, Int(tokens[position].span.start) < end {
        let span = tokens[position].span
        if span.count == length, source[span.range].elementsEqual(wanted) { return Int(span.start) }
        position += 1
      }
      return start
    }
  }
}
