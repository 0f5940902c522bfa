import SourceText

// Tables and templates.
extension TreeBuilder {
  mutating func inTable() -> Bool {
    switch tokens.kind {
    case .text, .whitespace, .null:
      switch currentTag {
      case .table, .tbody, .template, .tfoot, .thead, .tr:
        pendingTableText.removeAll(keepingCapacity: true)
        originalMode = mode
        mode = .inTableText
        return false
      default: return misplacedInTable()
      }
    case .comment: insertComment()
    case .doctype: report(.unexpectedDoctype)
    case .startTag: return startTagInTable()
    case .endTag:
      switch tokens.tag {
      case .table:
        guard isInTableScope(.table) else {
          report(.unexpectedEndTag)
          return true
        }
        pop(to: .table, hasEndTag: true)
        resetMode()
      case .body, .caption, .col, .colgroup, .html, .tbody, .td, .tfoot, .th, .thead, .tr: report(.unexpectedEndTag)
      case .template: return inHead()
      default: return misplacedInTable()
      }
    case .end: return inBody()
    }
    return true
  }

  private mutating func startTagInTable() -> Bool {
    switch tokens.tag {
    case .caption:
      clearToTable()
      appendActive(.marker)
      insertElement()
      mode = .inCaption
    case .colgroup:
      clearToTable()
      insertElement()
      mode = .inColumnGroup
    case .col:
      clearToTable()
      insertImplied(.colgroup)
      mode = .inColumnGroup
      return false
    case .tbody, .tfoot, .thead:
      clearToTable()
      insertElement()
      mode = .inTableBody
    case .td, .th, .tr:
      clearToTable()
      insertImplied(.tbody)
      mode = .inTableBody
      return false
    case .table:
      report(.misnestedTag)
      guard isInTableScope(.table) else { return true }
      pop(to: .table)
      resetMode()
      return false
    case .style, .script, .template: return inHead()
    case .input where isHiddenInput:
      report(.unexpectedStartTag)
      insertVoid()
    case .form:
      report(.unexpectedStartTag)
      guard formElement == nil, !isOpen(.template) else { return true }
      formElement = insertElement()
      pop()
    default: return misplacedInTable()
    }
    return true
  }

  /// Processes the current token as in the body, but puts it before the table.
  private mutating func misplacedInTable() -> Bool {
    report(.fosterParented)
    isFosterParenting = true
    defer { isFosterParenting = false }
    return inBody()
  }

  mutating func inTableText() -> Bool {
    switch tokens.kind {
    case .null:
      report(.unexpectedNullCharacter)
      return true
    case .text, .whitespace:
      pendingTableText.append(characters)
      return true
    default:
      flushTableText()
      mode = originalMode
      return false
    }
  }

  private mutating func flushTableText() {
    let isWhitespace = pendingTableText.allSatisfy { $0.isWhitespace }
    if isWhitespace {
      for characters in pendingTableText { insert(characters) }
    } else {
      if let first = pendingTableText.first, let last = pendingTableText.last {
        report(.fosterParented, first.start, last.end)
      }
      isFosterParenting = true
      for characters in pendingTableText {
        reconstructActive()
        insert(characters)
      }
      isFosterParenting = false
      isFramesetAllowed = false
    }
    pendingTableText.removeAll(keepingCapacity: true)
  }

  mutating func inCaption() -> Bool {
    switch (tokens.kind, tokens.tag) {
    case (.endTag, .caption):
      _ = closeCaption(hasEndTag: true)
      return true
    case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .td),
      (.startTag, .tfoot), (.startTag, .th), (.startTag, .thead), (.startTag, .tr), (.endTag, .table):
      return !closeCaption(hasEndTag: false)
    case (.endTag, .body), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html), (.endTag, .tbody), (.endTag, .td),
      (.endTag, .tfoot), (.endTag, .th), (.endTag, .thead), (.endTag, .tr):
      report(.unexpectedEndTag)
      return true
    default: return inBody()
    }
  }

  private mutating func closeCaption(hasEndTag: Bool) -> Bool {
    guard isInTableScope(.caption) else {
      report(tokens.kind == .endTag ? .unexpectedEndTag : .unexpectedStartTag)
      return false
    }
    generateImpliedEndTags()
    if currentTag != .caption { report(.misnestedTag) }
    pop(to: .caption, hasEndTag: hasEndTag)
    clearActiveToMarker()
    mode = .inTable
    return true
  }

  mutating func inColumnGroup() -> Bool {
    switch tokens.kind {
    case .whitespace:
      insertCharacters()
      return true
    case .comment:
      insertComment()
      return true
    case .doctype:
      report(.unexpectedDoctype)
      return true
    case .end: return inBody()
    case .startTag:
      switch tokens.tag {
      case .html: return inBody()
      case .col:
        insertVoid()
        return true
      case .template: return inHead()
      default: break
      }
    case .endTag:
      switch tokens.tag {
      case .colgroup:
        if currentTag == .colgroup {
          popWithEndTag()
          mode = .inTable
        } else {
          report(.unexpectedEndTag)
        }
        return true
      case .col:
        report(.unexpectedEndTag)
        return true
      case .template: return inHead()
      default: break
      }
    default: break
    }
    guard currentTag == .colgroup else {
      report(.misnestedTag)
      return true
    }
    pop()
    mode = .inTable
    return false
  }

  mutating func inTableBody() -> Bool {
    switch (tokens.kind, tokens.tag) {
    case (.startTag, .tr):
      clearToTableBody()
      insertElement()
      mode = .inRow
      return true
    case (.startTag, .th), (.startTag, .td):
      report(.misnestedTag)
      clearToTableBody()
      insertImplied(.tr)
      mode = .inRow
      return false
    case (.endTag, .tbody), (.endTag, .tfoot), (.endTag, .thead):
      guard isInTableScope(tokens.tag) else {
        report(.unexpectedEndTag)
        return true
      }
      clearToTableBody()
      popWithEndTag()
      mode = .inTable
      return true
    case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .tfoot),
      (.startTag, .thead), (.endTag, .table):
      guard isInTableScope(.tbody) || isInTableScope(.thead) || isInTableScope(.tfoot) else {
        report(.misnestedTag)
        return true
      }
      clearToTableBody()
      pop()
      mode = .inTable
      return false
    case (.endTag, .body), (.endTag, .caption), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html), (.endTag, .td),
      (.endTag, .th), (.endTag, .tr):
      report(.unexpectedEndTag)
      return true
    default: return inTable()
    }
  }

  mutating func inRow() -> Bool {
    switch (tokens.kind, tokens.tag) {
    case (.startTag, .th), (.startTag, .td):
      clearToRow()
      insertElement()
      mode = .inCell
      appendActive(.marker)
      return true
    case (.endTag, .tr):
      _ = closeRow(hasEndTag: true)
      return true
    case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .tfoot),
      (.startTag, .thead), (.startTag, .tr), (.endTag, .table):
      return !closeRow(hasEndTag: false)
    case (.endTag, .tbody), (.endTag, .tfoot), (.endTag, .thead):
      guard isInTableScope(tokens.tag) else {
        report(.unexpectedEndTag)
        return true
      }
      return !closeRow(hasEndTag: false)
    case (.endTag, .body), (.endTag, .caption), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html), (.endTag, .td),
      (.endTag, .th):
      report(.unexpectedEndTag)
      return true
    default: return inTable()
    }
  }

  private mutating func closeRow(hasEndTag: Bool) -> Bool {
    guard isInTableScope(.tr) else {
      report(.misnestedTag)
      return false
    }
    clearToRow()
    if hasEndTag { popWithEndTag() } else { pop() }
    mode = .inTableBody
    return true
  }

  mutating func inCell() -> Bool {
    switch (tokens.kind, tokens.tag) {
    case (.endTag, .td), (.endTag, .th):
      guard isInTableScope(tokens.tag) else {
        report(.unexpectedEndTag)
        return true
      }
      generateImpliedEndTags()
      if currentTag != tokens.tag { report(.misnestedTag) }
      pop(to: tokens.tag, hasEndTag: true)
      clearActiveToMarker()
      mode = .inRow
      return true
    case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .td),
      (.startTag, .tfoot), (.startTag, .th), (.startTag, .thead), (.startTag, .tr):
      return !closeCell()
    case (.endTag, .table), (.endTag, .tbody), (.endTag, .tfoot), (.endTag, .thead), (.endTag, .tr):
      guard isInTableScope(tokens.tag) else {
        report(.unexpectedEndTag)
        return true
      }
      return !closeCell()
    case (.endTag, .body), (.endTag, .caption), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html):
      report(.unexpectedEndTag)
      return true
    default: return inBody()
    }
  }

  private mutating func closeCell() -> Bool {
    guard isInTableScope(.td) || isInTableScope(.th) else {
      report(.misnestedTag)
      return false
    }
    generateImpliedEndTags()
    if currentTag != .td, currentTag != .th { report(.misnestedTag) }
    pop(to: max(highest(.td), highest(.th)))
    clearActiveToMarker()
    mode = .inRow
    return true
  }

  mutating func inTemplate() -> Bool {
    switch tokens.kind {
    case .text, .whitespace, .null, .comment, .doctype: return inBody()
    case .startTag:
      switch tokens.tag {
      case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title: return inHead()
      case .caption, .colgroup, .tbody, .tfoot, .thead: return switchTemplate(to: .inTable)
      case .col: return switchTemplate(to: .inColumnGroup)
      case .tr: return switchTemplate(to: .inTableBody)
      case .td, .th: return switchTemplate(to: .inRow)
      default: return switchTemplate(to: .inBody)
      }
    case .endTag:
      if tokens.tag == .template { return inHead() }
      report(.unexpectedEndTag)
      return true
    case .end:
      guard isOpen(.template) else {
        finishStack()
        return true
      }
      report(.unclosedElement, nodes[Int(stack[highest(.template)].node)].start, nil)
      pop(to: .template)
      clearActiveToMarker()
      _ = templateModes.popLast()
      resetMode()
      return false
    }
  }

  private mutating func switchTemplate(to other: InsertionMode) -> Bool {
    _ = templateModes.popLast()
    templateModes.append(other)
    mode = other
    return false
  }
}
