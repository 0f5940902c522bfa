import SourceText

extension StyleIndex {
  /// The sheet that an applied declaration is in.
  public func sheet(of declaration: AppliedDeclaration, in style: ElementStyle) -> StyleSheet? {
    declaration.source < 0 ? style.inline : sources[declaration.source].sheet
  }

  /// The declarations that can set a property, the strongest first; shorthands that set it too count.
  ///
  /// They are ordered by importance, the style attribute, layer, specificity and place. A declaration whose selector or
  /// condition may fail does not hide the weaker ones, so all are listed.
  public func declarations(
    of property: String, in style: ElementStyle, pseudoElement: String? = nil
  ) -> [AppliedDeclaration] {
    var found: [(declaration: AppliedDeclaration, key: CascadeKey)] = []
    let names = Shorthands.names(setting: property)
    let wanted = Set(names.compactMap { propertyNames[$0] })
    for matched in style.rules {
      let rule = rules[matched.rule]
      let arena = arenas[rule.source]
      guard arena.pseudoElement(ofComplex: matched.complex) == pseudoElement else { continue }
      for declared in declared[rule.declared] where wanted.contains(declared.name) {
        let node = Int(declared.node)
        let isImportant = declared.isImportant
        let declaration = AppliedDeclaration(
          source: rule.source, node: node, rule: matched.rule, complex: matched.complex,
          certainty: matched.certainty, isImportant: isImportant)
        let key = CascadeKey(
          isImportant: isImportant, isInline: false, layer: isImportant ? -rule.layer : rule.layer,
          specificity: arena.complexes[matched.complex].specificity, order: rule.source, node: node)
        found.append((declaration, key))
      }
    }
    if pseudoElement == nil, let inline = style.inline { found.append(contentsOf: own(inline, names)) }
    return found.sorted { $1.key < $0.key }.map(\.declaration)
  }

  private func own(_ inline: StyleSheet, _ names: Set<String>) -> [(declaration: AppliedDeclaration, key: CascadeKey)] {
    inline.topLevel.filter { inline.isUsable($0) && names.contains(inline.name(of: $0)) }.map { node in
      let isImportant = inline.nodes[node].isImportant
      return (
        AppliedDeclaration(
          source: -1, node: node, rule: -1, complex: -1, certainty: .yes, isImportant: isImportant),
        CascadeKey(
          isImportant: isImportant, isInline: true, layer: 0, specificity: Specificity(), order: 0, node: node)
      )
    }
  }

  /// The states of the browser that an applied declaration needs.
  public func states(of declaration: AppliedDeclaration) -> [StateUse] {
    guard declaration.rule >= 0 else { return [] }
    return arenas[rules[declaration.rule].source].states(ofComplex: declaration.complex)
  }

  /// The value that `@property` gives a custom property that nothing sets.
  @usableFromInline
  func initialValue(of name: String) -> StyleValue? {
    guard let place = registered[name] else { return nil }
    let sheet = sources[place.source].sheet
    return StyleValue(sheet: sheet, tokens: sheet.nodes[place.node].valueTokens)
  }
}

/// What the cascade orders declarations by, weakest first.
private struct CascadeKey: Comparable {
  var isImportant: Bool
  var isInline: Bool
  var layer: Int
  var specificity: Specificity
  var order: Int
  var node: Int

  static func < (left: CascadeKey, right: CascadeKey) -> Bool {
    if left.isImportant != right.isImportant { return right.isImportant }
    if left.isInline != right.isInline { return right.isInline }
    if left.layer != right.layer { return left.layer < right.layer }
    if left.specificity != right.specificity { return left.specificity < right.specificity }
    return (left.order, left.node) < (right.order, right.node)
  }
}

extension StyleSheet {
  /// Whether a node is a declaration that browsers would not drop for its tokens.
  func isUsable(_ node: Int) -> Bool {
    let item = nodes[node]
    guard item.kind == .declaration, !item.flags.contains(.isBroken) else { return false }
    return item.valueEnd > item.valueStart || item.flags.contains(.isCustomProperty)
  }
}

/// Which shorthands set a property.
enum Shorthands {
  /// The property itself, its vendor-prefixed forms, and the shorthands that set it.
  static func names(setting property: String) -> Set<String> {
    if property.hasPrefix("--") { return [property] }
    var result: Set<String> = [property, "-webkit-\(property)", "-moz-\(property)", "-ms-\(property)", "all"]
    for name in table[property] ?? [] {
      result.insert(name)
      result.insert("-webkit-\(name)")
    }
    var parts = property.split(separator: "-")
    while parts.count > 1 {
      parts.removeLast()
      let name = parts.joined(separator: "-")
      if prefixes.contains(name) { result.formUnion([name, "-webkit-\(name)", "-moz-\(name)"]) }
    }
    return result
  }

  /// Shorthands whose longhands begin with their name.
  private static let prefixes: Set<String> = [
    "animation", "background", "border", "border-top", "border-right", "border-bottom", "border-left", "border-block",
    "border-inline", "border-block-start", "border-block-end", "border-inline-start", "border-inline-end",
    "border-image", "columns", "column-rule", "flex", "font", "grid-area", "grid-row", "grid-column", "inset",
    "list-style", "margin", "mask", "mask-border", "offset", "outline", "overflow", "overscroll-behavior", "padding",
    "scroll-margin", "scroll-padding", "text-decoration", "text-emphasis", "transition", "container", "margin-inline",
    "margin-block", "padding-inline", "padding-block", "inset-inline", "inset-block", "scroll-timeline",
    "view-timeline", "animation-range", "font-variant", "font-synthesis", "contain-intrinsic-size",
  ]

  /// Shorthands whose longhands have other names.
  private static let table: [String: [String]] = [
    "flex-wrap": ["flex-flow"], "flex-direction": ["flex-flow"], "row-gap": ["gap", "grid-gap", "grid-row-gap"],
    "column-gap": ["gap", "grid-gap", "grid-column-gap"], "align-items": ["place-items"],
    "justify-items": ["place-items"], "align-content": ["place-content"], "justify-content": ["place-content"],
    "align-self": ["place-self"], "justify-self": ["place-self"],
    "grid-template-columns": ["grid-template", "grid"], "grid-template-rows": ["grid-template", "grid"],
    "grid-template-areas": ["grid-template", "grid"], "grid-auto-flow": ["grid"], "grid-auto-columns": ["grid"],
    "grid-auto-rows": ["grid"], "top": ["inset", "inset-block"], "bottom": ["inset", "inset-block"],
    "left": ["inset", "inset-inline"], "right": ["inset", "inset-inline"],
    "margin-left": ["margin-inline"], "margin-right": ["margin-inline"], "margin-top": ["margin-block"],
    "margin-bottom": ["margin-block"], "padding-left": ["padding-inline"], "padding-right": ["padding-inline"],
    "padding-top": ["padding-block"], "padding-bottom": ["padding-block"], "width": ["inline-size"],
    "height": ["block-size"], "min-width": ["min-inline-size"], "max-width": ["max-inline-size"],
    "min-height": ["min-block-size"], "max-height": ["max-block-size"], "line-height": ["font"],
    "column-count": ["columns"], "column-width": ["columns"],
    "border-top-color": ["border-color"], "border-right-color": ["border-color"],
    "border-bottom-color": ["border-color"], "border-left-color": ["border-color"],
    "border-top-width": ["border-width"], "border-right-width": ["border-width"],
    "border-bottom-width": ["border-width"], "border-left-width": ["border-width"],
    "border-top-style": ["border-style"], "border-right-style": ["border-style"],
    "border-bottom-style": ["border-style"], "border-left-style": ["border-style"],
    "translate": [], "overflow-x": ["overflow"], "overflow-y": ["overflow"],
  ]
}

/// Replaces `var()` in values, with limits on depth and size since a value can double at each step.
@usableFromInline
struct VariableSubstitution {
  @usableFromInline var text: [UInt8] = []
  private var depth = 0
  private var steps = 0
  private var open: [String] = []
  /// The place in `open` of the variable that a cycle leads back to.
  private var cycle: Int?

  @usableFromInline init() {}

  @usableFromInline var sheet: StyleSheet { parseComponentValues(text).tree }

  /// Appends the text of some tokens; `false` where a variable has no value.
  @usableFromInline
  mutating func append(_ sheet: StyleSheet, _ range: Range<Int>, lookUp: (String) -> StyleValue?) -> Bool {
    guard depth < 24 else { return false }
    depth += 1
    defer { depth -= 1 }
    var index = range.lowerBound
    while index < range.upperBound {
      steps += 1
      guard steps < 100_000, text.count < 65_536 else { return false }
      let token = sheet.tokens[index]
      if sheet.isFunction(token, "var") {
        guard replace(sheet, sheet.contents(ofBlockAt: index), lookUp) else { return false }
        index = sheet.next(after: index)
        continue
      }
      text.append(contentsOf: sheet.source[token.span.range])
      if index + 1 < range.upperBound, sheet.tokens[index + 1].start > token.end {
        text.append(contentsOf: [0x2F, 0x2A, 0x2A, 0x2F])
      }
      index += 1
    }
    return true
  }

  private mutating func replace(_ sheet: StyleSheet, _ range: Range<Int>, _ lookUp: (String) -> StyleValue?) -> Bool {
    let parts = sheet.splitAtCommas(range)
    guard let first = parts.first, let name = sheet.components(in: first).first, sheet.tokens[name].kind == .ident
    else { return false }
    let variable = sheet.value(of: sheet.tokens[name])
    if let first = open.firstIndex(of: variable) {
      cycle = min(cycle ?? first, first)
      return false
    }
    if let value = lookUp(variable) {
      let length = text.count
      open.append(variable)
      let isWhole = append(value.sheet, value.tokens, lookUp: lookUp)
      open.removeLast()
      if let first = cycle {
        // Every variable of a cycle is invalid, whatever its fallbacks; who refers to the cycle may have one.
        guard first == open.count else { return false }
        cycle = nil
      } else if isWhole {
        return true
      }
      text.removeLast(text.count - length)
    }
    guard parts.count > 1 else { return false }
    var start = parts[1].lowerBound
    while start < range.upperBound, sheet.tokens[start].kind == .whitespace { start += 1 }
    return append(sheet, start..<range.upperBound, lookUp: lookUp)
  }
}
