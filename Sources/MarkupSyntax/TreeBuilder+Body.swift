import SourceText

// The insertion mode "in body".
extension TreeBuilder {
  mutating func inBody() -> Bool {
    switch tokens.kind {
    case .null: report(.unexpectedNullCharacter)
    case .whitespace:
      reconstructActive()
      insertCharacters()
    case .text:
      reconstructActive()
      insertCharacters()
      isFramesetAllowed = false
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag: return startTagInBody()
    case .endTag: return endTagInBody()
    case .end:
      if !templateModes.isEmpty { return inTemplate() }
      finishStack()
    }
    return true
  }

  private mutating func startTagInBody() -> Bool {
    switch tokens.tag {
    case .html: extendFirst(0)
    case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title: return inHead()
    case .body: secondBody()
    case .frameset: framesetInBody()
    case .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl, .fieldset, .figcaption,
      .figure, .footer, .header, .hgroup, .main, .menu, .nav, .ol, .p, .search, .section, .summary, .ul:
      closeParagraphInButtonScope()
      insertElement()
    case .h1, .h2, .h3, .h4, .h5, .h6:
      closeParagraphInButtonScope()
      if stack.last?.traits.contains(.heading) == true {
        report(.misnestedTag)
        pop()
      }
      insertElement()
    case .pre, .listing:
      closeParagraphInButtonScope()
      insertElement()
      ignoresLineFeed = true
      isFramesetAllowed = false
    case .form: startForm()
    case .li: startListItem()
    case .dd, .dt: startDescription()
    case .plaintext:
      closeParagraphInButtonScope()
      insertElement()
      tokens.model = .plaintext
    case .button: startButton()
    case .a: startAnchor()
    case .b, .big, .code, .em, .font, .i, .s, .small, .strike, .strong, .tt, .u: startFormatting()
    case .nobr:
      reconstructActive()
      if isInScope(.nobr) {
        report(.misnestedTag)
        adopt(tokens.name)
        reconstructActive()
      }
      pushActive(insertElement(), name: tokens.name)
    default: return otherStartTagInBody()
    }
    return true
  }

  private mutating func otherStartTagInBody() -> Bool {
    switch tokens.tag {
    case .applet, .marquee, .object:
      reconstructActive()
      insertElement()
      appendActive(.marker)
      isFramesetAllowed = false
    case .table:
      if quirks != .quirks { closeParagraphInButtonScope() }
      insertElement()
      isFramesetAllowed = false
      mode = .inTable
    case .area, .br, .embed, .img, .keygen, .wbr: insertVoidPhrase()
    case .input: startInput()
    case .param, .source, .track: insertVoid()
    case .hr: startRule()
    case .image:
      report(.unexpectedStartTag)
      tokens.name = Tag.img.index
      tokens.tag = .img
      return false
    case .textarea:
      insertRaw(.rcdata)
      ignoresLineFeed = true
      isFramesetAllowed = false
    case .xmp:
      closeParagraphInButtonScope()
      reconstructActive()
      isFramesetAllowed = false
      insertRaw(.rawtext)
    case .iframe:
      isFramesetAllowed = false
      insertRaw(.rawtext)
    case .noembed: insertRaw(.rawtext)
    case .noscript where isScripting: insertRaw(.rawtext)
    case .select: startSelect()
    case .option: startOption()
    case .optgroup: startOptionGroup()
    case .rb, .rtc:
      if isInScope(.ruby) { generateImpliedEndTags() }
      insertElement()
    case .rp, .rt:
      if isInScope(.ruby) { generateImpliedEndTags(except: .rtc) }
      insertElement()
    case .math:
      reconstructActive()
      insertForeign(in: .mathML)
    case .svg:
      reconstructActive()
      insertForeign(in: .svg)
    case .caption, .col, .colgroup, .frame, .head, .tbody, .td, .tfoot, .th, .thead, .tr: report(.unexpectedStartTag)
    default:
      reconstructActive()
      insertElement()
    }
    return true
  }

  // Start tags

  /// Adds the attributes of a further `html` or `body` tag to the first one's.
  private mutating func extendFirst(_ index: Int) {
    report(.unexpectedStartTag)
    guard !isOpen(.template), index < stack.count else { return }
    guard tokens.attributes.count > tokens.firstAttribute else { return }
    lateAttributes.append((stack[index].node, tokens.firstAttribute..<tokens.attributes.count))
  }

  private mutating func secondBody() {
    guard stack.count > 1, stack[1].tag == .body, !isOpen(.template) else { return report(.unexpectedStartTag) }
    isFramesetAllowed = false
    extendFirst(1)
  }

  private mutating func framesetInBody() {
    report(.unexpectedStartTag)
    guard stack.count > 1, stack[1].tag == .body, isFramesetAllowed else { return }
    detach(stack[1].node)
    pop(to: 1)
    insertElement()
    mode = .inFrameset
  }

  private mutating func startForm() {
    guard formElement == nil || isOpen(.template) else { return report(.unexpectedStartTag) }
    closeParagraphInButtonScope()
    let node = insertElement()
    if !isOpen(.template) { formElement = node }
  }

  private mutating func startListItem() {
    isFramesetAllowed = false
    let stop = nearestListStop
    if stop >= 0, stack[stop].tag == .li {
      generateImpliedEndTags(except: .li)
      if currentTag != .li { report(.unclosedElement) }
      pop(to: .li)
    }
    closeParagraphInButtonScope()
    insertElement()
  }

  private mutating func startDescription() {
    isFramesetAllowed = false
    let stop = nearestListStop
    if stop >= 0, stack[stop].tag == .dd || stack[stop].tag == .dt {
      let tag = stack[stop].tag
      generateImpliedEndTags(except: tag)
      if currentTag != tag { report(.unclosedElement) }
      pop(to: stop)
    }
    closeParagraphInButtonScope()
    insertElement()
  }

  private mutating func startButton() {
    if isInScope(.button) {
      report(.misnestedTag)
      generateImpliedEndTags()
      pop(to: .button)
    }
    reconstructActive()
    insertElement()
    isFramesetAllowed = false
  }

  private mutating func startAnchor() {
    if let entry = activeIndex(named: tokens.name) {
      report(.misnestedTag)
      let node = active[entry].node
      adopt(tokens.name)
      if let left = activeIndex(of: node) { active.remove(at: left) }
      if let position = stackIndex(of: node) { removeFromStack(at: position) }
    }
    startFormatting()
  }

  private mutating func startFormatting() {
    reconstructActive()
    pushActive(insertElement(), name: tokens.name)
  }

  private mutating func insertVoidPhrase() {
    reconstructActive()
    insertVoid()
    isFramesetAllowed = false
  }

  private mutating func startInput() {
    if context?.tag == .select { return report(.unexpectedStartTag) }
    if isInScope(.select) {
      report(.misnestedTag)
      pop(to: .select)
    }
    reconstructActive()
    insertVoid()
    if !isHiddenInput { isFramesetAllowed = false }
  }

  /// Whether the current tag has the attribute `type="hidden"`.
  var isHiddenInput: Bool {
    tokens.attributes[tokens.firstAttribute...].contains {
      tokens.names.string(of: $0.name) == "type" && valueBytes($0).map(lowercase).elementsEqual("hidden".utf8)
    }
  }

  private mutating func startRule() {
    closeParagraphInButtonScope()
    if isInScope(.select) {
      generateImpliedEndTags()
      if isInScope(.option) || isInScope(.optgroup) { report(.misnestedTag) }
    }
    insertVoid()
    isFramesetAllowed = false
  }

  private mutating func startSelect() {
    if context?.tag == .select { return report(.unexpectedStartTag) }
    if isInScope(.select) {
      report(.misnestedTag)
      return pop(to: .select)
    }
    reconstructActive()
    insertElement()
    isFramesetAllowed = false
  }

  private mutating func startOption() {
    if isInScope(.select) {
      generateImpliedEndTags(except: .optgroup)
      if isInScope(.option) { report(.misnestedTag) }
    } else if currentTag == .option {
      pop()
    }
    reconstructActive()
    insertElement()
  }

  private mutating func startOptionGroup() {
    if isInScope(.select) {
      generateImpliedEndTags()
      if isInScope(.option) || isInScope(.optgroup) { report(.misnestedTag) }
    } else if currentTag == .option {
      pop()
    }
    reconstructActive()
    insertElement()
  }
}

// End tags
extension TreeBuilder {
  private mutating func endTagInBody() -> Bool {
    switch tokens.tag {
    case .template: endTemplate()
    case .body, .html:
      guard isInScope(.body) else {
        report(.unexpectedEndTag)
        return true
      }
      if tokens.tag == .body { markEnd(of: highest(.body)) }
      mode = .afterBody
      return tokens.tag == .body
    case .address, .article, .aside, .blockquote, .button, .center, .details, .dialog, .dir, .div, .dl, .fieldset,
      .figcaption, .figure, .footer, .header, .hgroup, .listing, .main, .menu, .nav, .ol, .pre, .search, .section,
      .select,
      .summary, .ul:
      endBlock(isInScope(tokens.tag))
    case .form: endForm()
    case .p:
      if !isInButtonScope(.p) {
        report(.unexpectedEndTag)
        insertImplied(.p)
      }
      closeParagraph(hasEndTag: true)
    case .li: endListItem()
    case .dd, .dt:
      guard isInScope(tokens.tag) else {
        report(.unexpectedEndTag)
        return true
      }
      generateImpliedEndTags(except: tokens.tag)
      if currentTag != tokens.tag { report(.misnestedTag) }
      pop(to: tokens.tag, hasEndTag: true)
    case .h1, .h2, .h3, .h4, .h5, .h6: endHeading()
    case .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u: adopt(tokens.name)
    case .applet, .marquee, .object:
      if isInScope(tokens.tag) {
        endBlock(true)
        clearActiveToMarker()
      } else {
        report(.unexpectedEndTag)
      }
    case .br:
      report(.unexpectedEndTag)
      reconstructActive()
      insertImplied(.br)
      pop()
      isFramesetAllowed = false
    default: anyOtherEndTag(tokens.name)
    }
    return true
  }

  private mutating func endBlock(_ isInScope: Bool) {
    guard isInScope else { return report(.unexpectedEndTag) }
    generateImpliedEndTags()
    if currentTag != tokens.tag { report(.misnestedTag) }
    pop(to: tokens.tag, hasEndTag: true)
  }

  private mutating func endListItem() {
    guard isInListScope(.li) else { return report(.unexpectedEndTag) }
    generateImpliedEndTags(except: .li)
    if currentTag != .li { report(.misnestedTag) }
    pop(to: .li, hasEndTag: true)
  }

  private mutating func endForm() {
    if isOpen(.template) { return endBlock(isInScope(.form)) }
    let form = formElement
    formElement = nil
    guard let form, let position = stackIndex(of: form), isInScope(stackIndex: position) else {
      return report(.unexpectedEndTag)
    }
    generateImpliedEndTags()
    if position == stack.count - 1 { return popWithEndTag() }
    report(.misnestedTag)
    removeFromStack(at: position)
    nodes[Int(form)].endTagStart = tokenStart
    nodes[Int(form)].endTagEnd = tokenEnd
    nodes[Int(form)].end = tokenEnd
  }

  private mutating func endHeading() {
    guard headingInScope else { return report(.unexpectedEndTag) }
    generateImpliedEndTags()
    if currentTag != tokens.tag { report(.misnestedTag) }
    while let element = stack.last, !element.traits.contains(.heading) { pop() }
    if currentTag == tokens.tag { popWithEndTag() } else { pop() }
  }

  // Text

  mutating func inText() -> Bool {
    switch tokens.kind {
    case .endTag: popWithEndTag()
    case .end:
      let node = nodes[Int(current.node)]
      report(.unclosedElement, node.start, node.startTagEnd)
      pop()
      mode = originalMode
      return false
    default:
      insertCharacters()
      return true
    }
    mode = originalMode
    return true
  }
}
