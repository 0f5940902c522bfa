import SourceText

extension Parser {
  /// Parses an element or fragment from its `<`, as an expression.
  mutating func parseJSX() -> UInt32 {
    let element = parseJSXElement(isChild: false)
    if token == .less, !isFailing {
      reportHere("adjacent JSX elements need a parent", advice: "wrap them in '<>' and '</>'")
    }
    return element
  }

  /// Parses an element; afterwards the token after it is current, read as a child where `isChild`.
  private mutating func parseJSXElement(isChild: Bool) -> UInt32 {
    let start = tokenStart
    guard enter() else {
      leave()
      let skipped = skipTooDeep()
      if isChild, !isFailing {
        position = previousEnd
        lexChild()
      }
      return skipped
    }
    defer { leave() }
    let outer = context
    context.subtract([.noIn, .decorator, .noArrowReturnType])
    defer { context = outer }
    next()
    if token == .greater || startsWithGreater {
      splitAngle()
      return parseFragment(start, isChild: isChild)
    }
    let name = parseJSXName()
    let typeArguments = hasTypes && (token == .less || token == .shiftLeft) ? parseTypeArguments() : .max
    let attributes = parseAttributes()
    var flags: NodeFlags = []
    if token == .divide {
      flags = .expressionOrTail
      next()
      let opening = finishTag(.jsxOpeningElement, start, name, typeArguments, attributes, flags, isChild: isChild)
      return make(.jsxElement, start, opening, 0, .max)
    }
    let opening = finishTag(.jsxOpeningElement, start, name, typeArguments, attributes, flags, isChild: true)
    let children = parseChildren()
    let closingStart = tokenStart
    guard token == .less else {
      failExpected("a closing tag")
      return make(.jsxElement, start, opening, children, .max)
    }
    next()
    expect(.divide, "'/' of the closing tag")
    if token == .greater {
      reportHere("expected the closing tag of the element", advice: "repeat the element's name")
      let closing = closeTag(.jsxClosingElement, closingStart, missing(), isChild: isChild)
      return make(.jsxElement, start, opening, children, closing)
    }
    let closingName = parseJSXName()
    if !isFailing, !isSameName(name, closingName) {
      report(
        at: closingName, "this closing tag does not match its opening tag", advice: "write '</\(text(of: name))>'")
    }
    let closing = closeTag(.jsxClosingElement, closingStart, closingName, isChild: isChild)
    return make(.jsxElement, start, opening, children, closing)
  }

  private var startsWithGreater: Bool {
    switch token {
    case .greaterOrEqual, .shiftRight, .shiftRightUnsigned, .shiftRightAssign, .shiftRightUnsignedAssign: true
    default: false
    }
  }

  private func text(of node: UInt32) -> String {
    let range = Int(nodes[Int(node)].start)..<Int(nodes[Int(node)].end)
    return String(decoding: UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count), as: UTF8.self)
  }

  /// Whether two names are made of the same parts.
  private func isSameName(_ left: UInt32, _ right: UInt32) -> Bool {
    var left = left
    var right = right
    while kind(left) == kind(right) {
      switch kind(left) {
      case .jsxIdentifier: return nodes[Int(left)].payload == nodes[Int(right)].payload
      case .jsxMemberExpression, .jsxNamespacedName:
        guard nodes[Int(slot(left, 1))].payload == nodes[Int(slot(right, 1))].payload else { return false }
        left = slot(left, 0)
        right = slot(right, 0)
      default: return true
      }
    }
    return false
  }

  private mutating func parseFragment(_ start: Int, isChild: Bool) -> UInt32 {
    nextChild()
    let opening = leaf(.jsxOpeningFragment, start: start, end: previousEnd)
    let children = parseChildren()
    let closingStart = tokenStart
    guard token == .less else {
      failExpected("'</>' to close the fragment")
      return make(.jsxFragment, start, opening, children, missing())
    }
    next()
    expect(.divide, "'/' of '</>'")
    if token.isWord {
      reportHere("expected '</>' to close the fragment", advice: "remove the name")
      _ = parseJSXName()
    }
    closeAngle(isChild: isChild)
    let closing = leaf(.jsxClosingFragment, start: closingStart, end: previousEnd)
    return make(.jsxFragment, start, opening, children, closing)
  }

  /// Takes the `>` of a tag; what follows is read as children where `isChild`.
  private mutating func closeAngle(isChild: Bool) {
    splitAngle()
    guard token == .greater else { return failExpected("'>' to close the tag") }
    if isChild { nextChild() } else { next() }
  }

  private mutating func finishTag(
    _ kind: NodeKind, _ start: Int, _ name: UInt32, _ typeArguments: UInt32, _ attributes: UInt32, _ flags: NodeFlags,
    isChild: Bool
  ) -> UInt32 {
    closeAngle(isChild: isChild)
    return make(kind, start, name, typeArguments, attributes, flags: flags)
  }

  private mutating func closeTag(_ kind: NodeKind, _ start: Int, _ name: UInt32, isChild: Bool) -> UInt32 {
    closeAngle(isChild: isChild)
    return make(kind, start, name)
  }

  // MARK: Names

  private mutating func parseJSXName() -> UInt32 {
    let start = tokenStart
    var name = parseJSXIdentifier()
    if token == .colon {
      next()
      let local = parseJSXIdentifier()
      name = make(.jsxNamespacedName, start, name, local)
      if token == .dot { failExpected("the end of the name") }
    }
    while token == .dot {
      next()
      let property = parseJSXIdentifier()
      name = make(.jsxMemberExpression, start, name, property)
    }
    return name
  }

  private mutating func parseJSXIdentifier() -> UInt32 {
    extendJSXName()
    guard token == .jsxIdentifier else {
      failExpected("a JSX name")
      return missing()
    }
    let node = leaf(.jsxIdentifier, start: tokenStart, end: tokenEnd, payload: tokenName)
    next()
    return node
  }

  // MARK: Attributes

  private mutating func parseAttributes() -> UInt32 {
    let base = pending.count
    while token.isWord || token == .leftBrace { pending.append(parseAttribute()) }
    return list(since: base)
  }

  private mutating func parseAttribute() -> UInt32 {
    let start = tokenStart
    if take(.leftBrace) {
      expect(.ellipsis, "'...' in an attribute without a name")
      let argument = parseAssignment()
      expect(.rightBrace, "'}' to close the attribute")
      return make(.jsxSpreadAttribute, start, argument)
    }
    var name = parseJSXIdentifier()
    if token == .colon {
      next()
      let local = parseJSXIdentifier()
      name = make(.jsxNamespacedName, start, name, local)
    }
    guard token == .assign else { return make(.jsxAttribute, start, name, .max) }
    nextAttributeValue()
    let value = parseAttributeValue()
    return make(.jsxAttribute, start, name, value)
  }

  private mutating func parseAttributeValue() -> UInt32 {
    switch token {
    case .string: return parseLiteral(.string)
    case .less: return parseJSXElement(isChild: false)
    case .leftBrace:
      let start = tokenStart
      next()
      if token == .rightBrace {
        reportHere(
          "the value of an attribute must not be empty", advice: "write an expression, or remove the attribute")
      }
      return parseContainer(start, isChild: false)
    default:
      failExpected("a string, '{' or an element as the attribute's value")
      return missing()
    }
  }

  // MARK: Children

  private mutating func parseChildren() -> UInt32 {
    let base = pending.count
    while token != .endOfFile {
      switch token {
      case .jsxText:
        pending.append(leaf(.jsxText, start: tokenStart, end: tokenEnd))
        nextChild()
      case .leftBrace: pending.append(parseChildContainer())
      case .less:
        if isClosingTag { return list(since: base) }
        pending.append(parseJSXElement(isChild: true))
      default:
        failExpected("a child or a closing tag")
      }
    }
    return list(since: base)
  }

  /// Whether `/` follows the current `<`, comments aside.
  private var isClosingTag: Bool {
    var offset = tokenEnd
    while offset < count {
      switch bytes[offset] {
      case 0x20, 0x09...0x0D: offset += 1
      case 0x2F:
        if peekByte(offset + 1) == 0x2A {
          offset += 2
          while offset < count, !(bytes[offset] == 0x2A && peekByte(offset + 1) == 0x2F) { offset += 1 }
          offset += 2
        } else if peekByte(offset + 1) == 0x2F {
          while offset < count, bytes[offset] != 0x0A { offset += 1 }
        } else {
          return true
        }
      default: return false
      }
    }
    return false
  }

  private mutating func parseChildContainer() -> UInt32 {
    let start = tokenStart
    next()
    if token == .ellipsis {
      next()
      let expression = parseAssignment()
      closeContainer(isChild: true)
      return make(.jsxSpreadChild, start, expression)
    }
    return parseContainer(start, isChild: true)
  }

  /// Parses `expression }` or just `}`.
  private mutating func parseContainer(_ start: Int, isChild: Bool) -> UInt32 {
    let expression: UInt32
    if token == .rightBrace {
      expression = leaf(.jsxEmptyExpression, start: previousEnd, end: tokenStart)
    } else {
      expression = parseExpression()
      if nodes[Int(expression)].kind == .sequenceExpression, !isParenthesized(expression) {
        report(at: expression, "a comma cannot stand here in JSX", advice: "put the sequence in parentheses")
      }
    }
    closeContainer(isChild: isChild)
    return make(.jsxExpressionContainer, start, expression)
  }

  private mutating func closeContainer(isChild: Bool) {
    guard token == .rightBrace else { return failExpected("'}' to close the expression") }
    if isChild { nextChild() } else { next() }
  }
}
