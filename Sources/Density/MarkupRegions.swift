import JavaScriptSyntax
import MarkupSyntax
import SourceText

/// Cuts a page into stretches of markup, scripts, styles and data.
///
/// The tree says where comments are and which elements hold something other than markup; between them tags are read as the
/// tokenizer of the HTML standard reads them, so that tags without a place in the tree count as tags as well.
struct MarkupRegions {
  private let text: UnsafeBufferPointer<UInt8>
  private let isComponent: Bool
  private var comments: [ByteSpan] = []
  private var contents: [Content] = []
  private var preformatted: [ByteSpan] = []

  private(set) var stretches: [Stretch] = []
  private var regions: [Region] = []
  private var stretchStart = 0
  private var index = 0
  private var literalEnd = 0

  /// The content of an element that is no markup.
  private struct Content {
    enum Kind {
      case script(ScriptOptions)
      case style(CountedLanguage)
      case data
      case shader(CountedLanguage)
      /// Text without tags, white space collapsed.
      case text
      /// Text without tags, white space kept.
      case verbatim
    }

    var span: ByteSpan
    var kind: Kind
  }

  init(_ text: UnsafeBufferPointer<UInt8>, isComponent: Bool) {
    self.text = text
    self.isComponent = isComponent
  }

  mutating func run(_ document: Document) {
    collect(document)
    var nextComment = 0
    var nextContent = 0
    var nextPreformatted = 0
    while index < text.count {
      while nextPreformatted < preformatted.count, Int(preformatted[nextPreformatted].start) <= index {
        literalEnd = max(literalEnd, Int(preformatted[nextPreformatted].end))
        nextPreformatted += 1
      }
      while nextContent < contents.count, Int(contents[nextContent].span.start) < index { nextContent += 1 }
      while nextComment < comments.count, Int(comments[nextComment].start) < index { nextComment += 1 }
      if nextContent < contents.count, Int(contents[nextContent].span.start) == index {
        take(contents[nextContent])
        nextContent += 1
      } else if nextComment < comments.count, Int(comments[nextComment].start) == index {
        let end = max(index + 1, Int(comments[nextComment].end))
        regions.append(Region(.comment, index, end))
        index = end
      } else if beginsTag() {
        takeTag()
      } else {
        takeText(to: nextContent < contents.count ? Int(contents[nextContent].span.start) : text.count)
      }
    }
    endMarkup(at: text.count)
  }

  // MARK: What the tree says

  private mutating func collect(_ document: Document) {
    for place in document.nodes.indices {
      let node = document.nodes[place]
      if node.kind == .comment { comments.append(node.span) }
      guard node.kind == .element, node.startTag != nil else { continue }
      collect(ElementID(UInt32(place)), document)
    }
    comments.sort()
    contents.sort { $0.span < $1.span }
    preformatted.sort()
  }

  private mutating func collect(_ element: ElementID, _ document: Document) {
    let name = document.name(of: element)
    guard let kind = Self.kinds[name], let span = document.contentSpan(of: element) else { return }
    let isForeign = document[element].namespace != .html
    switch kind {
    case .script, .style:
      // In SVG the content is markup; only where it is nothing but text can it be read as a program.
      if isForeign, document.children(of: element).contains(where: { document[$0].kind != .text }) { return }
      let span = isForeign ? withoutSectionMarks(span) : span
      add(kind == .script ? scriptKind(element, document) : styleKind(element, document), span)
    case .text: if !isForeign { add(.text, span) }
    case .verbatim: if !isForeign { add(.verbatim, span) }
    case .preformatted: if !isForeign { preformatted.append(span) }
    case .template:
      if isComponent, let language = document.attributeValue(element, "lang"), language != "html" { add(.text, span) }
    }
  }

  /// What stands in a section of character data, when the whole content is one.
  private func withoutSectionMarks(_ span: ByteSpan) -> ByteSpan {
    var start = Int(span.start)
    var end = min(Int(span.end), text.count)
    while start < end, isMarkupSpace(text[start]) { start += 1 }
    while end > start, isMarkupSpace(text[end - 1]) { end -= 1 }
    guard end - start >= 12, text.part(start..<end).starts("<![cdata["), text.part(start..<end).ends("]]>") else {
      return span
    }
    return ByteSpan(start + 9, end - 3)
  }

  private mutating func add(_ kind: Content.Kind, _ span: ByteSpan) {
    if !span.isEmpty { contents.append(Content(span: span, kind: kind)) }
  }

  private enum ElementKind { case script, style, text, verbatim, preformatted, template }

  private static let kinds: [String: ElementKind] = [
    "script": .script, "style": .style, "title": .text, "iframe": .text, "noembed": .text, "noframes": .text,
    "textarea": .verbatim, "xmp": .verbatim, "plaintext": .verbatim, "pre": .preformatted, "listing": .preformatted,
    "template": .template,
  ]

  private func scriptKind(_ element: ElementID, _ document: Document) -> Content.Kind {
    if isComponent, let language = document.attributeValue(element, "lang") {
      return .script(
        ScriptOptions(language: language == "ts" ? .typeScript : language == "tsx" ? .tsx : .jsx, goal: .module))
    }
    let stated = plainType(document.attributeValue(element, "type") ?? legacyType(element, document))
    // A type with parameters makes a script data, as the standard has it.
    if stated.isEmpty || Self.scriptTypes.contains(stated) {
      return .script(ScriptOptions(goal: isComponent ? .module : .script))
    }
    let type = essence(stated)
    switch type {
    case "module": return .script(ScriptOptions(goal: .module))
    // Compilers that run in the page take these; a reader takes them for scripts too.
    case "text/babel", "text/jsx": return .script(ScriptOptions())
    case "text/typescript", "application/typescript": return .script(ScriptOptions(language: .tsx))
    case "importmap", "speculationrules", "application/json", "text/json": return .data
    default: break
    }
    if type.hasSuffix("+json") { return .data }
    if type.hasPrefix("x-shader/") || type.contains("glsl") { return .shader(.glsl) }
    return type.contains("wgsl") ? .shader(.wgsl) : .text
  }

  private func legacyType(_ element: ElementID, _ document: Document) -> String {
    guard let language = document.attributeValue(element, "language"), !language.isEmpty else { return "" }
    return "text/" + language
  }

  private func styleKind(_ element: ElementID, _ document: Document) -> Content.Kind {
    if isComponent {
      switch document.attributeValue(element, "lang") {
      case nil, "css", "postcss", "pcss": return .style(.css)
      case "scss": return .style(.scss)
      case "sass": return .style(.sass)
      case "less": return .style(.less)
      default: return .text
      }
    }
    let type = plainType(document.attributeValue(element, "type") ?? "")
    return type.isEmpty || type == "text/css" ? .style(.css) : .text
  }

  /// A media type in small letters without parameters.
  private func essence(_ type: String) -> String {
    plainType(String(decoding: type.utf8.prefix { $0 != 0x3B }, as: UTF8.self))
  }

  /// A media type in small letters without the white space around it.
  private func plainType(_ type: String) -> String {
    let bytes = type.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    let start = bytes.firstIndex { !isMarkupSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isMarkupSpace($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  /// The JavaScript MIME types. Source: MIME Sniffing Standard, section 4.6.
  private static let scriptTypes: Set<String> = [
    "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
    "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
    "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
    "text/x-ecmascript", "text/x-javascript",
  ]

  // MARK: What stands in the text

  private mutating func take(_ content: Content) {
    let range = content.span.range
    let start = index
    index = max(index, min(range.upperBound, text.count))
    switch content.kind {
    case .text: regions.append(Region(.text, start, index))
    case .verbatim: regions.append(Region(.literal, start, index))
    case .script(let options): embed(scriptStretch(text, range, options))
    case .style(let language): embed(styleStretch(text, range, language))
    case .data: embed(Stretch(range: range, language: .json, regions: dataRegions(text, range)))
    case .shader(let language): embed(Stretch(range: range, language: language, regions: [], isText: true))
    }
  }

  private mutating func embed(_ stretch: Stretch) {
    endMarkup(at: stretch.range.lowerBound)
    stretches.append(stretch)
    stretchStart = stretch.range.upperBound
  }

  private mutating func endMarkup(at end: Int) {
    if end > stretchStart {
      stretches.append(Stretch(range: stretchStart..<end, language: .html, regions: regions, isText: true))
    }
    regions = []
    stretchStart = end
  }

  /// Whether a start tag, an end tag or a document type begins here.
  private func beginsTag() -> Bool {
    guard text[index] == 0x3C, index + 1 < text.count else { return false }
    var next = text[index + 1]
    if next == 0x21 { return index + 2 < text.count && text[index + 2] | 0x20 == 0x64 }
    if next == 0x2F {
      guard index + 2 < text.count else { return false }
      next = text[index + 2]
    }
    return next | 0x20 >= 0x61 && next | 0x20 <= 0x7A
  }

  /// Takes a tag: its name and attributes are tokens, quoted values are literals.
  private mutating func takeTag() {
    let isDoctype = text[index + 1] == 0x21
    var start = index
    index += 1
    var isValue = false
    while index < text.count {
      let byte = text[index]
      if byte == 0x3E {
        index += 1
        break
      }
      if byte == 0x22 || byte == 0x27, isValue || isDoctype {
        regions.append(Region(.tokens, start, index))
        let first = index
        index += 1
        while index < text.count, text[index] != byte { index += 1 }
        index = min(index + 1, text.count)
        regions.append(Region(.literal, first, index))
        start = index
        isValue = false
        if start < text.count, text[start] == 0x3E {
          index += 1
          break
        }
        continue
      }
      if byte == 0x3D { isValue = true } else if !isMarkupSpace(byte) { isValue = false }
      index += 1
    }
    if index > start { regions.append(Region(.tokens, start, index)) }
  }

  private mutating func takeText(to limit: Int) {
    let start = index
    index += 1
    let end = min(limit, text.count)
    while index < end, text[index] != 0x3C { index += 1 }
    if start < literalEnd { regions.append(Region(.literal, start, min(index, literalEnd))) }
  }
}
