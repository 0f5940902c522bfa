import SourceText

/// Reads the facts of a ``Page`` off a document.
struct PageReader {
  let document: Document
  var page = Page()
  var resolver = ReferenceResolver()

  init(_ document: Document) { self.document = document }

  mutating func run() {
    readBase()
    for element in document.elements {
      let name = document.name(of: element)
      switch name {
      case "script": readScript(element)
      case "style": readStyle(element)
      case "link" where document[element].namespace == .html: readLink(element)
      default: break
      }
      if document[element].payloadCount > 0, !document[element].isImplied || name == "html" || name == "body" {
        readAttributes(element, name)
      }
    }
  }

  private mutating func readBase() {
    for element in document.elements(named: "base") where !document[element].isInert {
      guard let reference = reference(element, "href", ReferenceResolver()) else { continue }
      page.base = reference
      switch reference.target {
      case .data, .script, .other:
        page.diagnostics.append(Diagnostic(.warning, at: reference.span, "`base` cannot have this address"))
      default: resolver = ReferenceResolver(base: reference.written)
      }
      return
    }
  }

  private func reference(_ element: ElementID, _ name: String, _ resolver: ReferenceResolver) -> Reference? {
    guard let attribute = document.attribute(element, name) else { return nil }
    let value = document.value(of: attribute)
    return Reference(written: value, span: attribute.valueSpan, target: resolver.resolve(value))
  }

  private func lowercased(_ element: ElementID, _ name: String) -> String? {
    document.attribute(element, name).map { attribute in
      String(decoding: document.valueBytes(of: attribute).map(lowercase), as: UTF8.self)
    }
  }

  private func trimmed(_ text: String) -> String {
    let bytes = text.utf8.drop(while: isHTMLWhitespace).reversed().drop(while: isHTMLWhitespace).reversed()
    return String(decoding: bytes, as: UTF8.self)
  }

  // Scripts

  private mutating func readScript(_ element: ElementID) {
    let isSVG = document[element].namespace == .svg
    guard document[element].namespace != .mathML else { return }
    let kind = scriptKind(element)
    let source = isSVG ? reference(element, "href", resolver) : reference(element, "src", resolver)
    let content = document.contentSpan(of: element)
    var script = Page.Script(
      element: element, kind: kind, source: source, content: content.flatMap { $0.isEmpty ? nil : $0 },
      timing: timing(element, kind, hasSource: source != nil))
    script.obstacle = obstacle(script)
    page.scripts.append(script)
    if kind == .importMap, script.obstacle == nil { readImportMap(script) }
  }

  /// Source: WHATWG, *HTML*, section 4.12.1.1, "prepare the script element".
  private func scriptKind(_ element: ElementID) -> Page.Script.Kind {
    let type = lowercased(element, "type")
    let language = lowercased(element, "language")
    let text: String
    if let type {
      text = type.isEmpty ? "text/javascript" : trimmed(type)
    } else if let language, !language.isEmpty {
      text = "text/" + language
    } else {
      text = "text/javascript"
    }
    switch text {
    case "module": return .module
    case "importmap": return .importMap
    case "speculationrules": return .speculationRules
    default: return PageReader.scriptTypes.contains(text) ? .classic : .data(type: text)
    }
  }

  private static let scriptTypes: Set<String> = [
    "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
    "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
    "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
    "text/x-ecmascript", "text/x-javascript",
  ]

  private func timing(_ element: ElementID, _ kind: Page.Script.Kind, hasSource: Bool) -> Page.Script.Timing {
    let isAsync = document.hasAttribute(element, "async")
    if kind == .module { return isAsync ? .async : .deferred }
    guard hasSource, kind == .classic else { return .blocking }
    return isAsync ? .async : document.hasAttribute(element, "defer") ? .deferred : .blocking
  }

  private func obstacle(_ script: Page.Script) -> Page.Script.Obstacle? {
    if document[script.element].isInert { return .inert }
    if case .data = script.kind { return .data }
    if let source = script.source {
      if source.target == .empty { return .empty }
    } else if script.content == nil {
      return .empty
    }
    guard script.kind == .classic else { return nil }
    if document.hasAttribute(script.element, "nomodule") { return .noModule }
    if let target = lowercased(script.element, "for"), let event = lowercased(script.element, "event") {
      let event = trimmed(event)
      if trimmed(target) != "window" || (event != "onload" && event != "onload()") { return .event }
    }
    return nil
  }

  private mutating func readImportMap(_ script: Page.Script) {
    guard script.source == nil, let content = script.content else { return }
    switch ImportMap.parse(Array(document.source[content.range]), resolver) {
    case .success(let map): page.importMap.add(map)
    case .failure(let failure):
      page.diagnostics.append(Diagnostic(.error, at: content, "import map is ignored: \(failure.problem)"))
    }
  }

  // Styles

  private mutating func readStyle(_ element: ElementID) {
    guard document[element].namespace != .mathML, let content = document.contentSpan(of: element) else { return }
    let type = lowercased(element, "type") ?? ""
    page.styles.append(
      Page.Style(
        element: element, content: content, media: document.attributeValue(element, "media"),
        isReached: !document[element].isInert && (type.isEmpty || type == "text/css")))
  }

  private mutating func readLink(_ element: ElementID) {
    let relations = document.words(element, "rel").map { String(decoding: $0.utf8.map(lowercase), as: UTF8.self) }
    guard relations.contains("stylesheet"), let source = reference(element, "href", resolver) else { return }
    let type = lowercased(element, "type") ?? ""
    let isDisabled = relations.contains("alternate") || document.hasAttribute(element, "disabled")
    page.styles.append(
      Page.Style(
        element: element, source: source, media: document.attributeValue(element, "media"),
        isReached: !document[element].isInert && !isDisabled && (type.isEmpty || type == "text/css")
          && source.target != .empty))
  }

  // Attributes

  private mutating func readAttributes(_ element: ElementID, _ name: String) {
    for attribute in document.attributes(of: element) {
      let attributeName = document.name(of: attribute)
      if attributeName == "style" {
        page.styleAttributes.append(code(element, attributeName, attribute))
      } else if attributeName.utf8.starts(with: "on".utf8), eventHandlerNames.contains(attributeName) {
        page.handlers.append(code(element, attributeName, attribute))
      } else if attributeName == "srcset" || attributeName == "imagesrcset" {
        readSourceSet(element, attributeName, attribute)
      } else if let purpose = purpose(element, name, attributeName) {
        addLink(element, attributeName, attribute, purpose)
      }
    }
  }

  private func code(_ element: ElementID, _ name: String, _ attribute: MarkupAttribute) -> Page.InlineCode {
    Page.InlineCode(
      element: element, name: name, text: document.value(of: attribute), span: attribute.valueSpan,
      isVerbatim: attribute.pooledStart == .max)
  }

  private mutating func addLink(
    _ element: ElementID, _ name: String, _ attribute: MarkupAttribute, _ purpose: Page.Link.Purpose
  ) {
    let value = document.value(of: attribute)
    let target = resolver.resolve(value)
    if case .script(let program) = target {
      page.scriptLinks.append(
        Page.InlineCode(element: element, name: name, text: program, span: attribute.valueSpan, isVerbatim: false))
    }
    page.links.append(
      Page.Link(
        element: element, attribute: name, purpose: purpose,
        reference: Reference(written: value, span: attribute.valueSpan, target: target)))
  }

  private mutating func readSourceSet(_ element: ElementID, _ name: String, _ attribute: MarkupAttribute) {
    let purpose: Page.Link.Purpose = document.name(of: element) == "link" ? .preload : .image
    for address in sourceSetAddresses(document.value(of: attribute)) {
      page.links.append(
        Page.Link(
          element: element, attribute: name, purpose: purpose,
          reference: Reference(written: address, span: attribute.valueSpan, target: resolver.resolve(address))))
    }
  }

  /// The addresses of a `srcset`: an address ends at white space, a candidate at a comma.
  private func sourceSetAddresses(_ text: String) -> [String] {
    var addresses: [String] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      guard !rest.isEmpty else { return addresses }
      let address = rest.prefix { !$0.isWhitespace }
      rest = rest[address.endIndex...]
      if address.last == "," {
        var trimmed = address
        while trimmed.last == "," { trimmed.removeLast() }
        addresses.append(String(trimmed))
      } else {
        addresses.append(String(address))
        rest = rest.drop { $0 != "," }
      }
    }
  }

  private func purpose(_ element: ElementID, _ name: String, _ attribute: String) -> Page.Link.Purpose? {
    switch attribute {
    case "href": return hrefPurpose(element, name)
    case "src":
      switch name {
      case "script": return .script
      case "img": return .image
      case "input": return lowercased(element, "type") == "image" ? .image : nil
      case "audio", "video": return .media
      case "source":
        let parent = document.parent(of: element)
        return parent.exists && document.name(of: parent) == "picture" ? .image : .media
      case "iframe", "embed", "frame": return .frame
      case "track": return .track
      default: return nil
      }
    case "poster": return name == "video" ? .image : nil
    case "data": return name == "object" ? .frame : nil
    case "action": return name == "form" ? .submission : nil
    case "formaction": return name == "button" || name == "input" ? .submission : nil
    case "background": return name == "body" ? .image : nil
    default: return nil
    }
  }

  private func hrefPurpose(_ element: ElementID, _ name: String) -> Page.Link.Purpose? {
    let isSVG = document[element].namespace == .svg
    switch name {
    case "a", "area": return .navigation
    case "image", "feImage": return isSVG ? .image : nil
    case "script": return isSVG ? .script : nil
    case "link": return isSVG ? nil : linkPurpose(element)
    default: return isSVG ? .part : nil
    }
  }

  private func linkPurpose(_ element: ElementID) -> Page.Link.Purpose {
    let relations = document.words(element, "rel").map { String(decoding: $0.utf8.map(lowercase), as: UTF8.self) }
    for relation in relations {
      switch relation {
      case "stylesheet": return .style
      case "modulepreload": return .modulePreload
      case "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon": return .icon
      case "manifest": return .manifest
      case "preload", "prefetch", "prerender": return .preload
      default: continue
      }
    }
    return .metadata
  }
}

/// The content attributes that attach event handlers in HTML and SVG; other names that begin with `on` do nothing.
let eventHandlerNames: Set<String> = Set(
  """
  onabort onafterprint onanimationcancel onanimationend onanimationiteration onanimationstart onauxclick onbeforeinput \
  onbeforematch onbeforeprint onbeforetoggle onbeforeunload onbegin onblur oncancel oncanplay oncanplaythrough onchange \
  onclick onclose oncommand oncontextlost oncontextmenu oncontextrestored oncopy oncuechange oncut ondblclick ondrag ondragend \
  ondragenter ondragleave ondragover ondragstart ondrop ondurationchange onemptied onend onended onerror onfocus onfocusin \
  onfocusout onformdata onfullscreenchange onfullscreenerror ongotpointercapture onhashchange oninput oninvalid onkeydown \
  onkeypress onkeyup onlanguagechange onload onloadeddata onloadedmetadata onloadstart onlostpointercapture onmessage \
  onmessageerror onmousedown onmouseenter onmouseleave onmousemove onmouseout onmouseover onmouseup onmousewheel onoffline \
  ononline onpagehide onpagereveal onpageshow onpageswap onpaste onpause onplay onplaying onpointercancel onpointerdown \
  onpointerenter onpointerleave onpointermove onpointerout onpointerover onpointerrawupdate onpointerup onpopstate onprogress \
  onratechange onrejectionhandled onrepeat onreset onresize onscroll onscrollend onscrollsnapchange onscrollsnapchanging onsearch \
  onsecuritypolicyviolation onseeked onseeking onselect onselectionchange onselectstart onslotchange onstalled onstorage \
  onsubmit onsuspend ontimeupdate ontoggle ontouchcancel ontouchend ontouchmove ontouchstart ontransitioncancel \
  ontransitionend ontransitionrun ontransitionstart onunhandledrejection onunload onvolumechange onwaiting \
  onwebkitanimationend onwebkitanimationiteration onwebkitanimationstart onwebkittransitionend onwheel
  """.split(separator: " ").map(String.init))
