import SourceText

// SVG and MathML in a page.
extension TreeBuilder {
  mutating func inForeignContent() -> Bool {
    switch tokens.kind {
    case .null: insertReplacement()
    case .whitespace: insertCharacters()
    case .text:
      insertCharacters()
      isFramesetAllowed = false
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag: return foreignStartTag()
    case .endTag: return foreignEndTag()
    case .end: return processInMode(mode)
    }
    return true
  }

  private mutating func foreignStartTag() -> Bool {
    if traits[Int(tokens.tag.index)].contains(.breaksOut) || (tokens.tag == .font && hasFontAttribute) {
      return breakOut()
    }
    let namespace = (stack.count == 1 ? context : nil)?.namespace ?? current.namespace
    insertForeign(in: namespace)
    return true
  }

  private var hasFontAttribute: Bool {
    tokens.attributes[tokens.firstAttribute...].contains {
      let name = tokens.names.string(of: $0.name)
      return name == "color" || name == "face" || name == "size"
    }
  }

  private mutating func breakOut() -> Bool {
    report(.misnestedTag)
    while let element = stack.last, element.namespace != .html, !element.isHTMLIntegration, !element.isTextIntegration {
      pop()
    }
    return processInMode(mode)
  }

  private mutating func foreignEndTag() -> Bool {
    if tokens.tag == .br || tokens.tag == .p { return breakOut() }
    if current.name != tokens.name { report(.misnestedTag) }
    let index = highest(named: tokens.name, foreign: true)
    if index > nearestHTML {
      pop(to: index, hasEndTag: true)
      return true
    }
    return nearestHTML <= 0 && stack.count > 0 && context != nil && stack[0].node == current.node
      ? true : processInMode(mode)
  }

  /// Inserts a foreign element for the current start tag.
  mutating func insertForeign(in namespace: MarkupNamespace) {
    let foreign = foreignNames ?? ForeignNames(in: &tokens.names)
    foreignNames = foreign
    let name = tokens.name
    var node = elementNode(namespace == .svg ? foreign.svgTag(name) : name)
    node.namespace = namespace
    for index in tokens.firstAttribute..<tokens.attributes.count {
      foreign.adjust(&tokens.attributes[index], in: namespace)
    }
    let index = add(node)
    attach(index, at: place())
    guard !tokens.isSelfClosing else { return }
    var element = makeOpenElement(node: index, name: name, tag: tokens.tag, namespace: namespace)
    if namespace == .mathML, tokens.tag == .annotationXML, isHTMLAnnotation { element.isHTMLIntegration = true }
    push(element)
  }

  private var isHTMLAnnotation: Bool {
    tokens.attributes[tokens.firstAttribute...].contains {
      guard tokens.names.string(of: $0.name) == "encoding" else { return false }
      let value = String(decoding: valueBytes($0).map(lowercase), as: UTF8.self)
      return value == "text/html" || value == "application/xhtml+xml"
    }
  }
}
