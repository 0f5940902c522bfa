import SourceText

/// An element on the stack of open elements.
struct OpenElement {
  var node: UInt32
  /// The name in small letters.
  var name: UInt32
  /// The tag if the element is an HTML element, else ``Tag/other``.
  var tag: Tag
  /// The tag in any vocabulary.
  var localTag: Tag
  var namespace: MarkupNamespace
  var traits: TagTraits
  var isHTMLIntegration = false
  var isTextIntegration = false
  /// The stack index of the next lower element with the same name and vocabulary; -1 when there is none.
  var previousSame: Int32 = -1
  var marks = Marks()

  /// For each kind of element that searches of the stack stop at, the highest stack index of one, up to this element.
  ///
  /// They make every search O(1), so that deep nesting costs no more than shallow.
  struct Marks {
    var special: Int32 = -1
    var scope: Int32 = -1
    var listScope: Int32 = -1
    var buttonScope: Int32 = -1
    var tableScope: Int32 = -1
    var listStop: Int32 = -1
    var mode: Int32 = -1
    var html: Int32 = -1
  }
}

/// An entry of the list of active formatting elements.
struct ActiveElement {
  /// The element; `.max` for a marker.
  var node: UInt32
  var name: UInt32
  /// Equal for elements with equal attributes; see ``TreeBuilder/pushActive(_:name:)``.
  var signature: UInt64

  static let marker = ActiveElement(node: .max, name: .max, signature: 0)
  var isMarker: Bool { node == .max }
}

/// The insertion modes of the HTML standard.
enum InsertionMode: UInt8 {
  case initial, beforeHTML, beforeHead, inHead, inHeadNoscript, afterHead, inBody, text, inTable, inTableText, inCaption
  case inColumnGroup, inTableBody, inRow, inCell, inTemplate, afterBody, inFrameset, afterFrameset, afterAfterBody
  case afterAfterFrameset
}

/// The tree construction stage of the HTML standard.
///
/// Source: WHATWG, *HTML*, section 13.2.6. Where the standard walks up the stack of open elements this walks nowhere: see
/// ``OpenElement/Marks``. What cannot be bounded so, the adoption agency and the reopening of formatting elements, has a budget
/// in proportion to the text; past it formatting is no longer repaired and a diagnostic says so.
struct TreeBuilder {
  var tokens: Tokenizer
  var nodes: [MarkupNode] = []
  /// Further pieces of text nodes whose text does not lie in one piece.
  var pieces: [TextPiece] = []
  var stack: [OpenElement] = []
  /// By name and vocabulary, the highest stack index of an element; see ``key(_:_:)``.
  var lastOpen: [Int32] = []
  var active: [ActiveElement] = []
  var mode = InsertionMode.initial
  var originalMode = InsertionMode.initial
  var templateModes: [InsertionMode] = []
  var headElement: UInt32?
  var formElement: UInt32?
  /// Controls inserted while a form was current that had been closed by then.
  var adoptedControls: [Document.AdoptedControl] = []
  var isFramesetAllowed = true
  var isFosterParenting = false
  var ignoresLineFeed = false
  var quirks = Document.Mode.noQuirks
  var pendingTableText: [Characters] = []
  var doctypes: [Document.Doctype] = []
  /// The `body` and where it ends, if the end tag of `html` comes first.
  var endOfBody: (node: UInt32, offset: UInt32)?
  var noscripts: [ByteSpan] = []
  private var openNoscript: UInt32?
  /// Attributes of later `html` and `body` tags, which add to the first one's.
  var lateAttributes: [(node: UInt32, range: Range<Int>)] = []
  var context: OpenElement?
  var foreignNames: ForeignNames?
  var errors: [ParseError] = []
  /// Whether the budget for repairs is used up.
  var isTooComplex = false
  var work: Int
  var cloneBudget: Int
  let isScripting: Bool
  let limit: Int
  let traits = Tag.traits

  struct TextPiece {
    var text: TextRange
    var next: UInt32
  }

  /// Characters of a token, with their place.
  struct Characters {
    var text: TextRange
    var start: UInt32
    var end: UInt32
    var isWhitespace: Bool
  }

  init(input: UnsafeBufferPointer<UInt8>, options: MarkupOptions) {
    tokens = Tokenizer(input: input, errorLimit: options.diagnosticLimit)
    isScripting = options.scripting
    limit = options.diagnosticLimit
    work = 4_000_000 + 32 * input.count
    cloneBudget = 10_000 + input.count / 4
    nodes.reserveCapacity(input.count / 24 + 16)
    lastOpen = Array(repeating: -1, count: 2048)
    nodes.append(MarkupNode(kind: .document, start: 0, end: UInt32(truncatingIfNeeded: input.count)))
  }

  var tokenStart: UInt32 { UInt32(truncatingIfNeeded: tokens.start) }
  var tokenEnd: UInt32 { UInt32(truncatingIfNeeded: tokens.position) }

  mutating func report(_ code: ParseError.Code, _ start: UInt32? = nil, _ end: UInt32? = nil) {
    guard errors.count < limit else { return }
    errors.append(ParseError(code: code, offset: start ?? tokenStart, end: end ?? (start == nil ? tokenEnd : start)))
  }

  /// Reads the whole text; `observe` sees every token but the last before it is processed.
  mutating func run(_ observe: (borrowing Tokenizer) -> Void = { _ in }) {
    tokens.checkInput()
    while true {
      tokens.allowsCDATA = adjustedCurrent.map { $0.namespace != .html } ?? false
      tokens.next()
      if tokens.kind != .end { observe(tokens) }
      if tokens.tag == .noscript { noteNoscript() }
      process()
      if tokens.kind == .end { return }
    }
  }

  /// Notes what a browser with scripts would not read, up to the end tag, wherever its elements end up.
  private mutating func noteNoscript() {
    if tokens.kind == .startTag, !isScripting, openNoscript == nil {
      openNoscript = tokenEnd
    } else if tokens.kind == .endTag, let start = openNoscript {
      noscripts.append(ByteSpan(start: start, end: tokenStart))
      openNoscript = nil
    }
  }

  private var adjustedCurrent: OpenElement? {
    if stack.count == 1, let context { return context }
    return stack.last
  }

  /// Processes the current token, again and again while a mode hands it on.
  private mutating func process() {
    if ignoresLineFeed {
      ignoresLineFeed = false
      if dropLineFeed() { return }
    }
    // Each mode hands a token on at most a few times; the bound holds whatever is wrong.
    for _ in 0..<64 where dispatch() { return }
  }

  /// Leaves out a line feed right after `pre`, `textarea` and `listing`; `true` when nothing is left of the token.
  private mutating func dropLineFeed() -> Bool {
    guard tokens.kind == .whitespace || tokens.kind == .text, tokens.text.count > 0 else { return false }
    let first = tokens.text.isPooled ? tokens.pool[Int(tokens.text.start)] : tokens.input[Int(tokens.text.start)]
    guard first == 0x0A else { return false }
    tokens.text.start += 1
    tokens.text.count -= 1
    if tokens.input[tokens.start] == 0x0D {
      tokens.start += tokens.byte(tokens.start + 1) == 0x0A ? 2 : 1
    } else if tokens.input[tokens.start] == 0x0A {
      tokens.start += 1
    }
    return tokens.text.count == 0
  }

  /// Processes the current token once; `false` when it has to be processed again.
  private mutating func dispatch() -> Bool {
    if let current = adjustedCurrent, current.namespace != .html, !followsHTMLRules(current) {
      return inForeignContent()
    }
    return processInMode(mode)
  }

  private func followsHTMLRules(_ current: OpenElement) -> Bool {
    switch tokens.kind {
    case .startTag:
      if current.isHTMLIntegration { return true }
      if current.isTextIntegration { return tokens.tag != .mglyph && tokens.tag != .malignmark }
      return current.namespace == .mathML && current.localTag == .annotationXML && tokens.tag == .svg
    case .text, .whitespace, .null: return current.isHTMLIntegration || current.isTextIntegration
    case .end: return true
    default: return false
    }
  }

  mutating func processInMode(_ mode: InsertionMode) -> Bool {
    switch mode {
    case .initial: inInitial()
    case .beforeHTML: inBeforeHTML()
    case .beforeHead: inBeforeHead()
    case .inHead: inHead()
    case .inHeadNoscript: inHeadNoscript()
    case .afterHead: inAfterHead()
    case .inBody: inBody()
    case .text: inText()
    case .inTable: inTable()
    case .inTableText: inTableText()
    case .inCaption: inCaption()
    case .inColumnGroup: inColumnGroup()
    case .inTableBody: inTableBody()
    case .inRow: inRow()
    case .inCell: inCell()
    case .inTemplate: inTemplate()
    case .afterBody: inAfterBody()
    case .inFrameset: inFrameset()
    case .afterFrameset: inAfterFrameset()
    case .afterAfterBody: inAfterAfterBody()
    case .afterAfterFrameset: inAfterAfterFrameset()
    }
  }

  /// Prepares for reading a fragment inside the named element.
  mutating func begin(fragmentIn name: String) {
    var local = name
    var namespace = MarkupNamespace.html
    if name.hasPrefix("svg ") { (namespace, local) = (.svg, String(name.dropFirst(4))) }
    if name.hasPrefix("math ") { (namespace, local) = (.mathML, String(name.dropFirst(5))) }
    let index = tokens.names.intern(Array(local.utf8).map(lowercase))
    let tag = Int(index) < traits.count ? Tag.allCases[Int(index)] : .other
    context = makeOpenElement(node: 0, name: index, tag: tag, namespace: namespace)
    if namespace == .html {
      switch tag {
      case .title, .textarea: tokens.model = .rcdata
      case .style, .xmp, .iframe, .noembed, .noframes: tokens.model = .rawtext
      case .script: tokens.model = .script
      case .noscript where isScripting: tokens.model = .rawtext
      case .plaintext: tokens.model = .plaintext
      default: break
      }
      if tag == .template { templateModes.append(.inTemplate) }
    }
    insertImplied(.html, at: 0)
    resetMode()
  }
}
