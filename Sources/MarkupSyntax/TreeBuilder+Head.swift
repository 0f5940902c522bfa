import SourceText

// The insertion modes before the body and after it.
extension TreeBuilder {
  mutating func inInitial() -> Bool {
    switch tokens.kind {
    case .whitespace: return true
    case .comment:
      insertComment(in: 0)
      return true
    case .doctype:
      insertDoctype()
      mode = .beforeHTML
      return true
    default:
      report(.missingDoctype, tokenStart, tokenStart)
      quirks = .quirks
      mode = .beforeHTML
      return false
    }
  }

  private mutating func insertDoctype() {
    var node = MarkupNode(kind: .doctype, start: tokenStart, end: tokenEnd)
    node.name = tokens.doctypeHasName ? tokens.name : tokens.names.intern([])
    node.payload = UInt32(truncatingIfNeeded: doctypes.count)
    attach(add(node), at: Place(parent: 0, before: nil))
    let publicID = tokens.publicID.map(string)
    let systemID = tokens.systemID.map(string)
    doctypes.append(Document.Doctype(publicID: publicID, systemID: systemID))
    let isHTML = tokens.names.string(of: node.name) == "html"
    quirks = tokens.forcesQuirks || !isHTML ? .quirks : quirksMode(publicID, systemID)
  }

  func string(_ text: TextRange) -> String {
    let range = Int(text.start)..<Int(text.start) + Int(text.count)
    return text.isPooled
      ? String(decoding: tokens.pool[range], as: UTF8.self) : String(decoding: tokens.input[range], as: UTF8.self)
  }

  mutating func inBeforeHTML() -> Bool {
    switch tokens.kind {
    case .doctype:
      report(.unexpectedDoctype)
      return true
    case .comment:
      insertComment(in: 0)
      return true
    case .whitespace: return true
    case .startTag where tokens.tag == .html:
      insertElement()
      mode = .beforeHead
      return true
    case .endTag where ![.head, .body, .html, .br].contains(tokens.tag):
      report(.unexpectedEndTag)
      return true
    default:
      insertImplied(.html)
      mode = .beforeHead
      return false
    }
  }

  mutating func inBeforeHead() -> Bool {
    switch tokens.kind {
    case .whitespace: return true
    case .comment:
      insertComment()
      return true
    case .doctype:
      report(.unexpectedDoctype)
      return true
    case .startTag where tokens.tag == .html: return inBody()
    case .startTag where tokens.tag == .head:
      headElement = insertElement()
      mode = .inHead
      return true
    case .endTag where ![.head, .body, .html, .br].contains(tokens.tag):
      report(.unexpectedEndTag)
      return true
    default:
      headElement = insertImplied(.head)
      mode = .inHead
      return false
    }
  }

  mutating func inHead() -> Bool {
    switch tokens.kind {
    case .whitespace: insertCharacters()
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag: return startTagInHead()
    case .endTag:
      switch tokens.tag {
      case .head:
        popWithEndTag()
        mode = .afterHead
      case .body, .html, .br: return leaveHead()
      case .template: endTemplate()
      default: report(.unexpectedEndTag)
      }
    default: return leaveHead()
    }
    return true
  }

  private mutating func leaveHead() -> Bool {
    pop()
    mode = .afterHead
    return false
  }

  private mutating func startTagInHead() -> Bool {
    switch tokens.tag {
    case .html: return inBody()
    case .base, .basefont, .bgsound, .link, .meta: insertVoid()
    case .title: insertRaw(.rcdata)
    case .noscript where !isScripting:
      insertElement()
      mode = .inHeadNoscript
    case .noscript, .noframes, .style: insertRaw(.rawtext)
    case .script: insertRaw(.script)
    case .template: startTemplate()
    case .head: report(.unexpectedStartTag)
    default: return leaveHead()
    }
    return true
  }

  private mutating func startTemplate() {
    insertElement()
    appendActive(.marker)
    isFramesetAllowed = false
    mode = .inTemplate
    templateModes.append(.inTemplate)
  }

  mutating func endTemplate() {
    guard isOpen(.template) else { return report(.unexpectedEndTag) }
    generateAllImpliedEndTags()
    if currentTag != .template { report(.misnestedTag) }
    pop(to: .template, hasEndTag: tokens.kind == .endTag)
    clearActiveToMarker()
    _ = templateModes.popLast()
    resetMode()
  }

  mutating func inHeadNoscript() -> Bool {
    switch tokens.kind {
    case .doctype:
      report(.unexpectedDoctype)
      return true
    case .whitespace, .comment: return inHead()
    case .startTag:
      switch tokens.tag {
      case .html: return inBody()
      case .basefont, .bgsound, .link, .meta, .noframes, .style: return inHead()
      case .head, .noscript:
        report(.unexpectedStartTag)
        return true
      default: break
      }
    case .endTag:
      switch tokens.tag {
      case .noscript:
        popWithEndTag()
        mode = .inHead
        return true
      case .br: break
      default:
        report(.unexpectedEndTag)
        return true
      }
    default: break
    }
    report(.misnestedTag)
    pop()
    mode = .inHead
    return false
  }

  mutating func inAfterHead() -> Bool {
    switch tokens.kind {
    case .whitespace: insertCharacters()
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag: return startTagAfterHead()
    case .endTag:
      switch tokens.tag {
      case .template: endTemplate()
      case .body, .html, .br: return beginBody()
      default: report(.unexpectedEndTag)
      }
    default: return beginBody()
    }
    return true
  }

  private mutating func beginBody() -> Bool {
    insertImplied(.body)
    mode = .inBody
    return false
  }

  private mutating func startTagAfterHead() -> Bool {
    switch tokens.tag {
    case .html: return inBody()
    case .body:
      insertElement()
      isFramesetAllowed = false
      mode = .inBody
    case .frameset:
      insertElement()
      mode = .inFrameset
    case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title:
      report(.unexpectedStartTag)
      guard let headElement else { return beginBody() }
      push(makeOpenElement(node: headElement, name: Tag.head.index, tag: .head, namespace: .html))
      let position = stack.count - 1
      let result = inHead()
      reopenedHead(headElement, at: position)
      return result
    case .head: report(.unexpectedStartTag)
    default: return beginBody()
    }
    return true
  }

  /// Takes the head off again, which was opened for one element; its span stays what it was.
  private mutating func reopenedHead(_ head: UInt32, at position: Int) {
    let end = nodes[Int(head)].end
    removeFromStack(at: position)
    nodes[Int(head)].end = end
  }

  mutating func inAfterBody() -> Bool {
    switch tokens.kind {
    case .whitespace: return inBody()
    case .comment:
      insertComment(in: stack.first?.node ?? 0)
      return true
    case .doctype:
      report(.unexpectedDoctype)
      return true
    case .startTag where tokens.tag == .html: return inBody()
    case .endTag where tokens.tag == .html:
      if context != nil {
        report(.unexpectedEndTag)
      } else {
        markEnd(of: 0)
        if stack.count > 1, stack[1].tag == .body { endOfBody = (stack[1].node, tokenStart) }
        mode = .afterAfterBody
      }
      return true
    case .end:
      finishStack()
      return true
    default:
      report(tokens.kind == .endTag ? .unexpectedEndTag : .misnestedTag)
      mode = .inBody
      return false
    }
  }

  /// Notes the current token as the end tag of the element at a stack index, which stays open.
  mutating func markEnd(of index: Int) {
    guard index >= 0, index < stack.count else { return }
    let node = Int(stack[index].node)
    nodes[node].endTagStart = tokenStart
    nodes[node].endTagEnd = tokenEnd
  }

  mutating func inAfterAfterBody() -> Bool {
    switch tokens.kind {
    case .comment:
      insertComment(in: 0)
      return true
    case .doctype, .whitespace: return inBody()
    case .startTag where tokens.tag == .html: return inBody()
    case .end:
      finishStack()
      return true
    default:
      report(tokens.kind == .endTag ? .unexpectedEndTag : .misnestedTag)
      mode = .inBody
      return false
    }
  }

  /// Closes what is open at the end of the text.
  mutating func finishStack() {
    while let element = stack.last {
      if !element.traits.contains(.impliedThoroughly), element.tag != .html, element.tag != .body {
        let node = nodes[Int(element.node)]
        if !node.isImplied { report(.unclosedElement, node.start, node.startTagEnd) }
      }
      pop()
    }
  }
}

// Framesets.
extension TreeBuilder {
  mutating func inFrameset() -> Bool {
    switch tokens.kind {
    case .whitespace: insertCharacters()
    case .text: insertWhitespaceOnly()
    case .null: report(.unexpectedNullCharacter)
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag:
      switch tokens.tag {
      case .html: return inBody()
      case .frameset: insertElement()
      case .frame: insertVoid()
      case .noframes: return inHead()
      default: report(.unexpectedStartTag)
      }
    case .endTag:
      guard tokens.tag == .frameset, stack.count > 1 else {
        report(.unexpectedEndTag)
        return true
      }
      popWithEndTag()
      if context == nil, currentTag != .frameset { mode = .afterFrameset }
    case .end: finishStack()
    }
    return true
  }

  mutating func inAfterFrameset() -> Bool {
    switch tokens.kind {
    case .whitespace: insertCharacters()
    case .text: insertWhitespaceOnly()
    case .null: report(.unexpectedNullCharacter)
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag:
      switch tokens.tag {
      case .html: return inBody()
      case .noframes: return inHead()
      default: report(.unexpectedStartTag)
      }
    case .endTag:
      guard tokens.tag == .html else {
        report(.unexpectedEndTag)
        return true
      }
      markEnd(of: 0)
      mode = .afterAfterFrameset
    case .end: finishStack()
    }
    return true
  }

  mutating func inAfterAfterFrameset() -> Bool {
    switch tokens.kind {
    case .comment: insertComment(in: 0)
    case .doctype, .whitespace: return inBody()
    case .text:
      insertWhitespaceOnly()
    case .startTag where tokens.tag == .html: return inBody()
    case .startTag where tokens.tag == .noframes: return inHead()
    case .end: finishStack()
    default: report(tokens.kind == .endTag ? .unexpectedEndTag : .unexpectedStartTag)
    }
    return true
  }
}
