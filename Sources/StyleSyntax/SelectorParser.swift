public import SourceText

/// How deep functions of selectors may nest.
let selectorNestingLimit = 16
/// How many compounds one selector may have.
let compoundLimit = 128
/// How many complex selectors one arena may have.
let complexLimit = 500_000

/// Parses a list of selectors.
public func parseSelectorList(_ text: String) -> Parsed<SelectorList> {
  let sheet = parseDeclarationList(Array(text.utf8)).tree
  return parseSelectorList(in: sheet, tokens: 0..<sheet.tokens.count)
}

/// Parses a list of selectors that stands in a sheet, such as a rule's prelude (``StyleNode/valueTokens``).
///
/// - Parameters:
///   - sheet: The sheet.
///   - tokens: Where in it.
public func parseSelectorList(in sheet: StyleSheet, tokens: Range<Int>) -> Parsed<SelectorList> {
  var parser = SelectorParser(sheet)
  let list = parser.parseList(tokens)
  return Parsed(
    tree: SelectorList(arena: parser.arena, list: list.index, isValid: list.isValid), diagnostics: parser.problems)
}

/// Makes selectors of tokens, into one arena.
///
/// Source: Selectors Level 4, section 18; CSS Nesting Module for `&` and relative selectors.
struct SelectorParser {
  let sheet: StyleSheet
  var arena = SelectorArena()
  var problems: [Diagnostic] = []
  /// The list that `&` stands for; -1 outside nested rules.
  var parentList: Int32 = -1
  /// Whether the rule stands directly in `@scope`, whose roots `parentList` then are.
  var isScoped = false
  private var depth = 0

  init(_ sheet: StyleSheet) { self.sheet = sheet }

  /// Which selectors a list holds.
  enum Style {
    case plain
    /// `:has()`: each may begin with a combinator.
    case relative
    /// A nested rule: each may begin with a combinator, and without `&` one is put before it.
    case nested
  }

  mutating func parseList(_ range: Range<Int>, style: Style = .plain, isForgiving: Bool = false) -> (
    index: Int, isValid: Bool
  ) {
    var complexes: [Int32] = []
    var isValid = true
    for part in sheet.splitAtCommas(range) {
      let part = trimmed(part)
      if part.isEmpty, isForgiving { continue }
      if let complex = parseComplex(part, style: style) {
        complexes.append(complex)
      } else if !isForgiving {
        isValid = false
      }
    }
    return (Int(arena.appendList(isValid ? complexes : [])), isValid)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, sheet.tokens[start].kind == .whitespace { start += 1 }
    while end > start, sheet.tokens[end - 1].kind == .whitespace { end -= 1 }
    return start..<end
  }

  private mutating func fail(_ range: Range<Int>, _ message: String) {
    guard problems.count < problemLimit else { return }
    problems.append(Diagnostic(.error, at: sheet.span(ofTokens: range), message))
  }

  /// What is gathered while one complex selector is read.
  private struct Draft {
    var compounds: [(combinator: Combinator, simples: [SimpleSelector])] = []
    var specificity = Specificity()
    var pseudoElement: Int32 = -1
    var hasNesting = false
  }

  private mutating func parseComplex(_ range: Range<Int>, style: Style) -> Int32? {
    guard !range.isEmpty else {
      fail(range.lowerBound..<min(range.lowerBound + 1, sheet.tokens.count), "a selector is missing")
      return nil
    }
    guard arena.complexes.count < complexLimit else { return nil }
    var draft = Draft()
    var index = range.lowerBound
    var combinator = Combinator.none
    if style != .plain, let leading = symbol(at: index) {
      combinator = leading
      index += 1
    }
    let isRelative = combinator != .none
    while true {
      while index < range.upperBound, sheet.tokens[index].kind == .whitespace { index += 1 }
      guard draft.compounds.count < compoundLimit else {
        fail(range, "this selector has too many parts")
        return nil
      }
      guard let next = parseCompound(from: index, to: range.upperBound, combinator, &draft) else { return nil }
      index = next
      guard index < range.upperBound else { break }
      combinator = .descendant
      let start = index
      while index < range.upperBound, sheet.tokens[index].kind == .whitespace { index += 1 }
      if let symbol = symbol(at: index) {
        combinator = symbol
        index += 1
      } else if index == start {
        fail(index..<index + 1, "`\(sheet.text(of: sheet.tokens[index]))` cannot stand here in a selector")
        return nil
      }
    }
    relate(&draft, style: style, isRelative: isRelative)
    return append(draft, sheet.span(ofTokens: range))
  }

  /// Gives a relative selector what it is relative to.
  private mutating func relate(_ draft: inout Draft, style: Style, isRelative: Bool) {
    if style == .relative, !isRelative { draft.compounds[0].combinator = .descendant }
    guard style == .nested, isRelative || !draft.hasNesting else { return }
    if !isRelative { draft.compounds[0].combinator = isScoped ? .within : .descendant }
    let weight = draft.specificity
    draft.compounds.insert((.none, [nesting(&draft)]), at: 0)
    if isScoped, !isRelative { draft.specificity = weight }
  }

  private func nesting(_ draft: inout Draft) -> SimpleSelector {
    var simple = SimpleSelector(.nesting)
    simple.list = parentList
    if parentList >= 0 { draft.specificity = draft.specificity + arena.specificity(ofList: Int(parentList)) }
    draft.hasNesting = true
    return simple
  }

  private mutating func append(_ draft: Draft, _ span: ByteSpan) -> Int32 {
    let start = Int32(truncatingIfNeeded: arena.compounds.count)
    for compound in draft.compounds {
      let first = Int32(truncatingIfNeeded: arena.simples.count)
      arena.simples.append(contentsOf: compound.simples)
      arena.compounds.append(
        CompoundSelector(
          combinator: compound.combinator, start: first, end: Int32(truncatingIfNeeded: arena.simples.count)))
    }
    arena.complexes.append(
      ComplexSelector(
        start: start, end: Int32(truncatingIfNeeded: arena.compounds.count), specificity: draft.specificity,
        pseudoElement: draft.pseudoElement, span: span))
    return Int32(truncatingIfNeeded: arena.complexes.count - 1)
  }

  private func symbol(at index: Int) -> Combinator? {
    guard index < sheet.tokens.count, sheet.tokens[index].kind == .delim else { return nil }
    switch sheet.source[Int(sheet.tokens[index].start)] {
    case 0x3E: return .child
    case 0x2B: return .nextSibling
    case 0x7E: return .laterSibling
    default: return nil
    }
  }

  /// Reads one compound; the place after it, or `nil` if it is malformed.
  private mutating func parseCompound(
    from start: Int, to end: Int, _ combinator: Combinator, _ draft: inout Draft
  ) -> Int? {
    var simples: [SimpleSelector] = []
    var index = start
    if draft.pseudoElement >= 0 {
      fail(start..<min(start + 1, end), "nothing can follow a pseudo-element")
      return nil
    }
    if let (name, next) = typeName(at: index, end) {
      index = next
      simples.append(typeSelector(name, &draft))
    }
    while index < end, sheet.tokens[index].kind != .whitespace, symbol(at: index) == nil {
      guard let (simple, next) = parseSimple(at: index, end, &draft) else { return nil }
      if let simple { simples.append(simple) }
      index = next
    }
    guard index > start else {
      fail(start..<min(start + 1, sheet.tokens.count), "a selector is missing here")
      return nil
    }
    draft.compounds.append((combinator, simples))
    return index
  }

  /// A type name or `*`, with or without a namespace, which is not looked at.
  private func typeName(at index: Int, _ end: Int) -> (StyleToken, Int)? {
    func isName(_ place: Int) -> Bool {
      place < end && (sheet.tokens[place].kind == .ident || sheet.isDelim(sheet.tokens[place], 0x2A))
    }
    func isBar(_ place: Int) -> Bool { place < end && sheet.isDelim(sheet.tokens[place], 0x7C) }
    if isName(index), isBar(index + 1), isName(index + 2) { return (sheet.tokens[index + 2], index + 3) }
    if isBar(index), isName(index + 1) { return (sheet.tokens[index + 1], index + 2) }
    return isName(index) ? (sheet.tokens[index], index + 1) : nil
  }

  private mutating func typeSelector(_ token: StyleToken, _ draft: inout Draft) -> SimpleSelector {
    guard token.kind == .ident else { return SimpleSelector(.universal) }
    var simple = named(.type, token)
    let name = arena.names[Int(simple.name)]
    simple.value = arena.intern(asciiLowercased(name))
    draft.specificity = draft.specificity + Specificity(0, 0, 1)
    return simple
  }

  private mutating func named(_ kind: SimpleSelector.Kind, _ token: StyleToken) -> SimpleSelector {
    var simple = SimpleSelector(kind)
    simple.name = arena.intern(sheet.value(of: token))
    simple.isUncertain = sheet.isPlaceholder(token)
    return simple
  }

  /// Reads one simple selector that is no type; no selector for a pseudo-element, which is kept aside.
  private mutating func parseSimple(at index: Int, _ end: Int, _ draft: inout Draft) -> (SimpleSelector?, Int)? {
    let token = sheet.tokens[index]
    switch token.kind {
    case .hash where token.flags.contains(.isIdentifierOrInteger):
      draft.specificity = draft.specificity + Specificity(1)
      return (named(.id, token), index + 1)
    case .delim where sheet.isDelim(token, 0x2E) && index + 1 < end && sheet.tokens[index + 1].kind == .ident:
      draft.specificity = draft.specificity + Specificity(0, 1)
      return (named(.class, sheet.tokens[index + 1]), index + 2)
    case .delim where sheet.isDelim(token, 0x26): return (nesting(&draft), index + 1)
    case .leftBracket:
      guard let simple = parseAttribute(sheet.contents(ofBlockAt: index)) else { return nil }
      draft.specificity = draft.specificity + Specificity(0, 1)
      return (simple, sheet.next(after: index))
    case .colon: return parsePseudo(at: index, end, &draft)
    default:
      fail(index..<index + 1, "`\(sheet.text(of: token))` cannot stand here in a selector")
      return nil
    }
  }

  private mutating func parseAttribute(_ range: Range<Int>) -> SimpleSelector? {
    let range = trimmed(range)
    guard let (name, next) = typeName(at: range.lowerBound, range.upperBound), name.kind == .ident else {
      fail(range, "an attribute's name is missing")
      return nil
    }
    var simple = named(.attribute, name)
    var rest = sheet.components(in: next..<range.upperBound)
    guard !rest.isEmpty else { return simple }
    let symbol = sheet.source[Int(sheet.tokens[rest[0]].start)]
    let operators: [UInt8: AttributeOperator] = [
      0x7E: .includes, 0x7C: .dash, 0x5E: .prefix, 0x24: .suffix, 0x2A: .substring,
    ]
    simple.comparison = .equals
    if let comparison = operators[symbol] {
      simple.comparison = comparison
      rest.removeFirst()
    }
    guard rest.count >= 2, sheet.isDelim(sheet.tokens[rest[0]], 0x3D) else {
      fail(range, "this attribute selector lacks an operator or a value")
      return nil
    }
    let value = sheet.tokens[rest[1]]
    guard value.kind == .ident || value.kind == .string, rest.count < 4 else {
      fail(range, "an attribute's value has to be a name or a quoted string")
      return nil
    }
    simple.value = arena.intern(sheet.value(of: value))
    if sheet.isPlaceholder(value) { simple.isUncertain = true }
    guard rest.count == 3 else { return simple }
    let flag = sheet.tokens[rest[2]]
    guard sheet.isIdent(flag, "i") || sheet.isIdent(flag, "s") else {
      fail(range, "only `i` and `s` can follow an attribute's value")
      return nil
    }
    simple.ignoresCase = sheet.isIdent(flag, "i")
    return simple
  }

  private mutating func parsePseudo(at index: Int, _ end: Int, _ draft: inout Draft) -> (SimpleSelector?, Int)? {
    let isDouble = index + 1 < end && sheet.tokens[index + 1].kind == .colon
    let place = isDouble ? index + 2 : index + 1
    guard place < end, sheet.tokens[place].kind == .ident || sheet.tokens[place].kind == .function else {
      fail(index..<min(place, end), "a colon has to be followed by a name")
      return nil
    }
    let token = sheet.tokens[place]
    let name = asciiLowercased(sheet.value(of: token))
    let next = sheet.next(after: place)
    if isDouble || token.kind == .ident && PseudoClass.legacyElements.contains(name) {
      draft.pseudoElement = arena.intern(name)
      draft.specificity = draft.specificity + Specificity(0, 0, 1)
      return (nil, next)
    }
    if name == "scope", token.kind == .ident, parentList >= 0 {
      draft.hasNesting = true
      draft.specificity = draft.specificity + Specificity(0, 1)
      var simple = SimpleSelector(.nesting)
      simple.list = parentList
      return (simple, next)
    }
    guard let simple = pseudoClass(name, at: place, &draft) else { return nil }
    return (simple, next)
  }

  private mutating func pseudoClass(_ name: String, at place: Int, _ draft: inout Draft) -> SimpleSelector? {
    let token = sheet.tokens[place]
    var simple = SimpleSelector(.pseudoClass)
    simple.name = arena.intern(name)
    guard token.kind == .function else {
      if let plain = PseudoClass.plain[name] {
        simple.pseudoClass = plain
      } else if !PseudoClass.states.contains(name), !name.hasPrefix("-") {
        fail(place..<place + 1, "no pseudo-class is called `\(name)`")
        return nil
      }
      draft.specificity = draft.specificity + Specificity(0, 1)
      return simple
    }
    guard let function = PseudoClass.functional[name], depth < selectorNestingLimit else {
      fail(place..<place + 1, "no pseudo-class with arguments is called `\(name)`, or they nest too deeply")
      return nil
    }
    simple.pseudoClass = function
    let arguments = sheet.contents(ofBlockAt: place)
    if function.takesSelectors {
      return parseArguments(arguments, &simple, &draft) ? simple : nil
    }
    draft.specificity = draft.specificity + Specificity(0, 1)
    if function.takesNth { return parseNthArguments(arguments, &simple, &draft) ? simple : nil }
    simple.value = arena.intern(sheet.text(sheet.span(ofTokens: trimmed(arguments))))
    return simple
  }

  private mutating func parseArguments(
    _ range: Range<Int>, _ simple: inout SimpleSelector, _ draft: inout Draft
  ) -> Bool {
    depth += 1
    defer { depth -= 1 }
    let isForgiving = simple.pseudoClass == .is || simple.pseudoClass == .where
    let style: Style = simple.pseudoClass == .has ? .relative : .plain
    let before = problems.count
    let list = parseList(range, style: style, isForgiving: isForgiving)
    if isForgiving {
      for index in before..<problems.count { problems[index].severity = .warning }
    }
    simple.list = Int32(truncatingIfNeeded: list.index)
    draft.hasNesting = draft.hasNesting || containsNesting(range)
    if simple.pseudoClass != .where {
      draft.specificity = draft.specificity + arena.specificity(ofList: list.index)
    }
    return list.isValid
  }

  private func containsNesting(_ range: Range<Int>) -> Bool {
    parentList >= 0 && depth == 1
      && sheet.tokens[range].contains { $0.kind == .delim && sheet.source[Int($0.start)] == 0x26 }
  }

  private mutating func parseNthArguments(
    _ range: Range<Int>, _ simple: inout SimpleSelector, _ draft: inout Draft
  ) -> Bool {
    var reader = NthReader(sheet, range)
    guard let nth = reader.read() else {
      fail(range, "an expression like `2n + 1` is missing")
      return false
    }
    simple.step = nth.step
    simple.offset = nth.offset
    reader.skipSpace()
    if reader.isAtEnd { return true }
    let isChild = simple.pseudoClass == .nthChild || simple.pseudoClass == .nthLastChild
    guard isChild, sheet.isIdent(sheet.tokens[reader.index], "of") else {
      fail(range, "an expression like `2n + 1` is malformed")
      return false
    }
    depth += 1
    defer { depth -= 1 }
    let list = parseList(reader.index + 1..<range.upperBound)
    simple.list = Int32(truncatingIfNeeded: list.index)
    draft.specificity = draft.specificity + arena.specificity(ofList: list.index)
    return list.isValid
  }
}

extension StyleSheet {
  /// The byte that stands for each byte of a template's placeholder; no valid text holds it.
  static let placeholderByte: UInt8 = 0xFF

  /// Whether a token is, or holds, a placeholder of a template.
  public func isPlaceholder(_ token: StyleToken) -> Bool {
    source[token.span.range].contains(StyleSheet.placeholderByte)
  }
}
