import SourceText

/// A rule that applies to an element.
public struct MatchedRule: Hashable, Sendable {
  /// An index of ``StyleIndex/rules``.
  public var rule: Int
  /// The complex selector that matched, in the arena of the rule's source.
  public var complex: Int
  /// Whether it matches as the text stands, or in some state or for some unknown value.
  public var certainty: MatchResult

  /// Makes a match.
  public init(rule: Int, complex: Int, certainty: MatchResult) {
    self.rule = rule
    self.complex = complex
    self.certainty = certainty
  }
}

/// A declaration that can apply to an element.
public struct AppliedDeclaration: Hashable, Sendable {
  /// Which of the index's sources; -1 for the element's own style attribute.
  public var source: Int
  /// The declaration in the sheet.
  public var node: Int
  /// An index of ``StyleIndex/rules``; -1 for the style attribute.
  public var rule: Int
  /// The complex selector that matched; -1 for the style attribute.
  public var complex: Int
  /// Whether the selector matches as the text stands. Conditions around the rule are apart: ``StyleIndex/conditions(of:)``.
  public var certainty: MatchResult
  /// Whether it is `!important`.
  public var isImportant: Bool
}

/// All that can apply to one element: rules, and its style attribute.
public struct ElementStyle: Sendable {
  /// The rules, in the order of the sheets.
  public var rules: [MatchedRule]
  /// The style attribute; its offsets count from the attribute's value.
  public var inline: StyleSheet?

  /// Puts together what applies to an element.
  public init(rules: [MatchedRule], inline: StyleSheet?) {
    self.rules = rules
    self.inline = inline
  }
}

/// Answers what can apply to the elements of one tree, and remembers its answers.
public struct StyleResolver<Tree: SelectorTree> {
  /// The rules.
  public let index: StyleIndex
  /// The matcher, which holds the tree.
  public var matcher: SelectorMatcher<Tree>
  @usableFromInline var known: [Tree.Element: ElementStyle] = [:]

  /// Makes a resolver.
  public init(_ index: StyleIndex, _ tree: Tree) {
    self.index = index
    matcher = SelectorMatcher(tree)
  }

  /// Everything that can apply to an element and its pseudo-elements.
  @inlinable
  public mutating func style(of element: Tree.Element) -> ElementStyle {
    if let style = known[element] { return style }
    var rules: [MatchedRule] = []
    for place in candidates(element) {
      let entry = index.entries[Int(place)]
      let rule = index.rules[Int(entry.rule)]
      let certainty = matcher.match(index.arenas[rule.source], complex: Int(entry.complex), element)
      if certainty != .no {
        rules.append(MatchedRule(rule: Int(entry.rule), complex: Int(entry.complex), certainty: certainty))
      }
    }
    let inline = matcher.tree.attribute("style", of: element).map(parseStyleAttribute)
    let style = ElementStyle(rules: rules, inline: inline)
    known[element] = style
    return style
  }

  /// The selectors that come into question, in the order of the sheets.
  @inlinable
  func candidates(_ element: Tree.Element) -> [Int32] {
    let tree = matcher.tree
    var result = index.others
    let name = tree.localName(of: element)
    if tree.isUncertain(nameOf: element) {
      for list in index.byType.values { result.append(contentsOf: list) }
    } else {
      result.append(contentsOf: index.byType[lowercase(name)] ?? [])
    }
    if tree.isUncertain(attribute: "id", of: element) {
      for list in index.byID.values { result.append(contentsOf: list) }
    } else if let id = tree.identifier(of: element) {
      result.append(contentsOf: index.byID[id] ?? [])
    }
    if tree.isUncertain(attribute: "class", of: element) {
      for list in index.byClass.values { result.append(contentsOf: list) }
    } else if let classes = tree.attribute("class", of: element) {
      for word in Set(styleWords(classes)) { result.append(contentsOf: index.byClass[word] ?? []) }
    }
    result.sort()
    return result
  }

  /// The declarations that can set a property on an element, the strongest first; shorthands that set it too count.
  ///
  /// - Parameters:
  ///   - property: The name in lower case, or a custom property's name.
  ///   - element: The element.
  ///   - pseudoElement: The pseudo-element, without colons; `nil` for the element itself.
  @inlinable
  public mutating func declarations(
    of property: String, on element: Tree.Element, pseudoElement: String? = nil
  ) -> [AppliedDeclaration] {
    index.declarations(of: property, in: style(of: element), pseudoElement: pseudoElement)
  }

  /// The value of a declaration on an element with every `var()` replaced, as tokens of a text of its own.
  ///
  /// - Returns: `nil` where a variable has no value, refers to itself, or grows past 64 KB.
  @inlinable
  public mutating func value(of declaration: AppliedDeclaration, on element: Tree.Element) -> StyleSheet? {
    guard let sheet = index.sheet(of: declaration, in: style(of: element)) else { return nil }
    var substitution = VariableSubstitution()
    let range = sheet.nodes[declaration.node].valueTokens
    guard substitution.append(sheet, range, lookUp: { variable($0, on: element) }) else { return nil }
    return substitution.sheet
  }

  /// The value of a custom property on an element, its own or the nearest ancestor's, as a sheet and tokens in it.
  @inlinable
  public mutating func variable(_ name: String, on element: Tree.Element) -> StyleValue? {
    var current: Tree.Element? = element
    var levels = 0
    while let place = current, levels < 1_024 {
      if let first = declarations(of: name, on: place).first, let sheet = index.sheet(of: first, in: style(of: place)) {
        return StyleValue(sheet: sheet, tokens: sheet.nodes[first.node].valueTokens)
      }
      current = matcher.tree.parent(of: place)
      levels += 1
    }
    return index.initialValue(of: name)
  }

  /// The animations that an element can run, each with the declaration that starts it, the strongest first.
  ///
  /// A declaration of `animation-name` takes duration and count from the strongest declarations of those properties.
  @inlinable
  public mutating func animations(
    of element: Tree.Element, pseudoElement: String? = nil
  ) -> [(declaration: AppliedDeclaration, animation: StyleAnimation)] {
    var result: [(declaration: AppliedDeclaration, animation: StyleAnimation)] = []
    for declaration in declarations(of: "animation-name", on: element, pseudoElement: pseudoElement) {
      guard let sheet = index.sheet(of: declaration, in: style(of: element)) else { continue }
      let isShorthand = !sheet.isNamed(declaration.node, "animation-name")
      let value = value(of: declaration, on: element)
      let text = value ?? sheet
      let range = value.map { 0..<$0.tokens.count } ?? sheet.nodes[declaration.node].valueTokens
      if isShorthand {
        for animation in text.animations(in: range) { result.append((declaration, animation)) }
      } else {
        for name in text.animationNames(in: range) {
          var animation = StyleAnimation()
          animation.name = name
          complete(&animation, on: element, pseudoElement: pseudoElement)
          result.append((declaration, animation))
        }
      }
    }
    return result
  }

  @inlinable
  mutating func complete(_ animation: inout StyleAnimation, on element: Tree.Element, pseudoElement: String?) {
    for property in ["animation-duration", "animation-iteration-count", "animation-delay"] {
      guard let first = declarations(of: property, on: element, pseudoElement: pseudoElement).first,
        let value = value(of: first, on: element)
      else { continue }
      animation.take(property, from: value)
    }
  }
}

/// A value as tokens of a sheet.
public struct StyleValue: Sendable {
  /// The sheet.
  public var sheet: StyleSheet
  /// The tokens.
  public var tokens: Range<Int>

  /// Makes a value.
  public init(sheet: StyleSheet, tokens: Range<Int>) {
    self.sheet = sheet
    self.tokens = tokens
  }
}

@usableFromInline
func parseStyleAttribute(_ text: String) -> StyleSheet { parseDeclarationList(Array(text.utf8)).tree }

/// The words of a list of classes.
@usableFromInline
func styleWords(_ text: String) -> [String] {
  text.utf8.split(whereSeparator: isStyleSpace).map { String(Substring($0)) }
}

extension StyleAnimation {
  /// Takes one longhand from the tokens of its value.
  @usableFromInline
  mutating func take(_ property: String, from value: StyleSheet) {
    guard let first = value.splitAtCommas(0..<value.tokens.count).first else { return }
    let part = value.components(in: first)
    let quantity = value.quantity(in: first)
    switch property {
    case "animation-duration": duration = quantity?.value ?? duration
    case "animation-delay": delay = quantity?.value ?? delay
    default:
      if let quantity { iterations = quantity.value }
      if let word = part.first, value.isIdent(value.tokens[word], "infinite") { iterations = .infinity }
    }
  }
}
