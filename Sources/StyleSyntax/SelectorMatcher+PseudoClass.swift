extension SelectorMatcher {
  @inlinable
  mutating func matchesPseudoClass(
    _ arena: SelectorArena, _ simple: SimpleSelector, _ element: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    switch simple.pseudoClass {
    case .state, .host: return mode == .optimistic
    case .root: return tree.parent(of: element) == nil && !isDoubtful(element, mode)
    case .scope: return isScope(element)
    case .defined: return true
    case .empty: return tree.isEmpty(element)
    case .is, .where:
      return nested(simple, element) { $0.matchesAny(arena, Int(simple.list), element, mode) } ?? (mode == .optimistic)
    case .not:
      let inner = nested(simple, element) { $0.matchesAny(arena, Int(simple.list), element, mode.negated) }
      return inner.map { !$0 } ?? (mode == .optimistic)
    case .has: return nested(simple, element) { $0.has(arena, simple, element, mode) } ?? (mode == .optimistic)
    case .firstChild, .lastChild, .onlyChild, .firstOfType, .lastOfType, .onlyOfType, .nthChild, .nthLastChild,
      .nthOfType, .nthLastOfType:
      if tree.isOpenEnded(element) { return mode == .optimistic }
      return matchesPlace(arena, simple, element, mode)
    case .lang: return speaks(arena.names[Int(simple.value)], element)
    case .dir: return runs(arena.names[Int(simple.value)], element)
    default: return matchesForm(simple.pseudoClass, element, mode)
    }
  }

  @inlinable
  func isDoubtful(_ element: Tree.Element, _ mode: MatchMode) -> Bool {
    mode != .optimistic && tree.isOpenEnded(element)
  }

  // MARK: Places among siblings

  @inlinable
  mutating func matchesPlace(
    _ arena: SelectorArena, _ simple: SimpleSelector, _ element: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    switch simple.pseudoClass {
    case .firstChild: return tree.previousElementSibling(of: element) == nil
    case .lastChild: return tree.nextElementSibling(of: element) == nil
    case .onlyChild:
      return tree.previousElementSibling(of: element) == nil && tree.nextElementSibling(of: element) == nil
    case .firstOfType: return place(ofType: element, isForward: true, limit: 1) == 1
    case .lastOfType: return place(ofType: element, isForward: false, limit: 1) == 1
    case .onlyOfType:
      return place(ofType: element, isForward: true, limit: 1) == 1
        && place(ofType: element, isForward: false, limit: 1) == 1
    case .nthOfType, .nthLastOfType:
      let index = place(ofType: element, isForward: simple.pseudoClass == .nthOfType, limit: .max)
      return index.map { NthExpression.contains($0, step: simple.step, offset: simple.offset) } ?? (mode == .optimistic)
    default:
      let isForward = simple.pseudoClass == .nthChild
      let index =
        simple.list < 0
        ? place(of: element, isForward: isForward) : place(of: element, isForward, arena, Int(simple.list), mode)
      return index.map { NthExpression.contains($0, step: simple.step, offset: simple.offset) } ?? (mode == .optimistic)
    }
  }

  @inlinable
  func sibling(_ element: Tree.Element, _ isForward: Bool) -> Tree.Element? {
    isForward ? tree.previousElementSibling(of: element) : tree.nextElementSibling(of: element)
  }

  /// The 1-based place among all siblings; what was counted once is remembered. `nil` when steps run out.
  @inlinable
  mutating func place(of element: Tree.Element, isForward: Bool) -> Int? {
    var count = 1
    var current = element
    while let next = sibling(current, isForward) {
      if let known = isForward ? places[next] : lastPlaces[next] {
        count += known
        break
      }
      guard step() else { return nil }
      count += 1
      current = next
    }
    if isForward { places[element] = count } else { lastPlaces[element] = count }
    return count
  }

  /// The 1-based place among siblings that match a list; 0 when the element does not match itself.
  @inlinable
  mutating func place(
    of element: Tree.Element, _ isForward: Bool, _ arena: SelectorArena, _ list: Int, _ mode: MatchMode
  ) -> Int? {
    guard let isMember = nested(SimpleSelector.any, element, { $0.matchesAny(arena, list, element, mode) }) else {
      return nil
    }
    guard isMember else { return 0 }
    var count = 1
    var current = element
    while let next = sibling(current, isForward) {
      guard step() else { return nil }
      if nested(SimpleSelector.any, next, { $0.matchesAny(arena, list, next, mode) }) ?? false { count += 1 }
      current = next
    }
    return count
  }

  /// The 1-based place among siblings of the same name, counted until it is past `limit`.
  @inlinable
  mutating func place(ofType element: Tree.Element, isForward: Bool, limit: Int) -> Int? {
    let name = tree.localName(of: element)
    var count = 1
    var current = element
    while count <= limit, let next = sibling(current, isForward) {
      guard step() else { return nil }
      if tree.localName(of: next) == name { count += 1 }
      current = next
    }
    return count
  }

  // MARK: :has()

  @inlinable
  mutating func has(
    _ arena: SelectorArena, _ simple: SimpleSelector, _ anchor: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    for complex in arena.complexes(ofList: Int(simple.list)) where has(arena, Int(complex), anchor, mode) {
      return true
    }
    return false
  }

  /// Whether an element that stands to `anchor` as the selector says matches it.
  @inlinable
  mutating func has(_ arena: SelectorArena, _ complex: Int, _ anchor: Tree.Element, _ mode: MatchMode) -> Bool {
    let selector = arena.complexes[complex]
    guard selector.end > selector.start else { return false }
    let combinator = arena.compounds[Int(selector.start)].combinator
    let isShallow = selector.end - selector.start == 1
    if combinator == .nextSibling || combinator == .laterSibling {
      var current = tree.nextElementSibling(of: anchor)
      while let place = current, step() {
        if matchesComplex(arena, complex, place, mode, anchor: anchor) { return true }
        if !isShallow, hasInside(arena, complex, place, anchor, mode, isShallow: false) { return true }
        if combinator == .nextSibling, isShallow { return false }
        current = tree.nextElementSibling(of: place)
      }
      return steps <= 0 && mode == .optimistic
    }
    return hasInside(arena, complex, anchor, anchor, mode, isShallow: isShallow && combinator == .child)
  }

  /// Looks through everything inside `root`, or only its children.
  @inlinable
  mutating func hasInside(
    _ arena: SelectorArena, _ complex: Int, _ root: Tree.Element, _ anchor: Tree.Element, _ mode: MatchMode,
    isShallow: Bool
  ) -> Bool {
    var current = tree.firstElementChild(of: root)
    while let place = current {
      guard step() else { return mode == .optimistic }
      if matchesComplex(arena, complex, place, mode, anchor: anchor) { return true }
      current = isShallow ? tree.nextElementSibling(of: place) : following(place, inside: root)
    }
    return false
  }

  /// The next element in the order of the document that is inside `root`.
  @inlinable
  func following(_ element: Tree.Element, inside root: Tree.Element) -> Tree.Element? {
    if let child = tree.firstElementChild(of: element) { return child }
    var current = element
    while current != root {
      if let next = tree.nextElementSibling(of: current) { return next }
      guard let parent = tree.parent(of: current) else { return nil }
      current = parent
    }
    return nil
  }

  /// Every element that matches as the text stands, `root` and what is in it, in the order of the document.
  @inlinable
  public mutating func all(_ list: SelectorList, under root: Tree.Element) -> [Tree.Element] {
    var result: [Tree.Element] = []
    var current: Tree.Element? = root
    while let element = current {
      if matches(list, element) { result.append(element) }
      current = following(element, inside: root)
    }
    return result
  }

  // MARK: What attributes decide

  @inlinable
  func flag(_ name: String, _ element: Tree.Element, _ mode: MatchMode) -> Bool {
    if tree.isUncertain(attribute: name, of: element) { return mode == .optimistic }
    return tree.attribute(name, of: element) != nil
  }

  @inlinable
  func matchesForm(_ pseudoClass: PseudoClass, _ element: Tree.Element, _ mode: MatchMode) -> Bool {
    let name = tree.localName(of: element)
    switch pseudoClass {
    case .link: return (name == "a" || name == "area") && flag("href", element, mode)
    case .checked, .default: return isChecked(name, pseudoClass, element, mode)
    case .disabled: return isFormControl(name) && isDisabled(name, element, mode)
    case .enabled: return isFormControl(name) && !isDisabled(name, element, mode.negated)
    case .required: return isField(name) && flag("required", element, mode)
    case .optional: return isField(name) && !flag("required", element, mode.negated)
    case .readWrite: return isWritable(name, element, mode)
    case .readOnly: return !isWritable(name, element, mode.negated)
    case .placeholderShown:
      guard isField(name), flag("placeholder", element, mode) else { return false }
      return mode == .optimistic || mode == .strict && (tree.attribute("value", of: element) ?? "").isEmpty
    case .open:
      guard name == "details" || name == "dialog" || name == "select" else { return false }
      return mode == .optimistic || mode == .strict && tree.attribute("open", of: element) != nil
    default: return mode == .optimistic
    }
  }

  @inlinable
  func isChecked(_ name: String, _ pseudoClass: PseudoClass, _ element: Tree.Element, _ mode: MatchMode) -> Bool {
    let attribute: String
    if name == "option" {
      attribute = "selected"
    } else {
      let type = lowercase(tree.attribute("type", of: element) ?? "")
      let isBox = type == "checkbox" || type == "radio" || tree.isUncertain(attribute: "type", of: element)
      guard name == "input", isBox else { return pseudoClass == .default && name == "button" && mode == .optimistic }
      attribute = "checked"
    }
    if pseudoClass == .default { return flag(attribute, element, mode) }
    return mode == .optimistic || mode == .strict && tree.attribute(attribute, of: element) != nil
  }

  @inlinable
  func isDisabled(_ name: String, _ element: Tree.Element, _ mode: MatchMode) -> Bool {
    if flag("disabled", element, mode) { return true }
    var child = element
    var levels = 0
    while let parent = tree.parent(of: child), levels < 512 {
      let parentName = tree.localName(of: parent)
      if name == "option", parentName == "optgroup", flag("disabled", parent, mode) { return true }
      if name != "option", parentName == "fieldset", flag("disabled", parent, mode) {
        let isLegend = tree.localName(of: child) == "legend" && tree.previousElementSibling(of: child) == nil
        if !isLegend { return true }
      }
      child = parent
      levels += 1
    }
    return false
  }

  @inlinable
  func isWritable(_ name: String, _ element: Tree.Element, _ mode: MatchMode) -> Bool {
    if name == "textarea" || name == "input" {
      let type = lowercase(tree.attribute("type", of: element) ?? "text")
      guard name == "textarea" || isTextual(type) else { return false }
      return !flag("readonly", element, mode.negated) && !flag("disabled", element, mode.negated)
    }
    guard let value = tree.attribute("contenteditable", of: element) else { return false }
    return lowercase(value) != "false"
  }

  @inlinable
  func speaks(_ range: String, _ element: Tree.Element) -> Bool {
    var current: Tree.Element? = element
    var levels = 0
    while let place = current, levels < 512 {
      if let language = tree.attribute("lang", of: place) { return isLanguage(language, in: range) }
      current = tree.parent(of: place)
      levels += 1
    }
    return false
  }

  @inlinable
  func runs(_ direction: String, _ element: Tree.Element) -> Bool {
    var current: Tree.Element? = element
    var levels = 0
    while let place = current, levels < 512 {
      if let value = tree.attribute("dir", of: place), lowercase(value) != "auto" {
        return lowercase(value) == lowercase(direction)
      }
      current = tree.parent(of: place)
      levels += 1
    }
    return lowercase(direction) == "ltr"
  }
}

extension SimpleSelector {
  @usableFromInline static let any = SimpleSelector(.universal)
}

@usableFromInline
func isFormControl(_ name: String) -> Bool {
  ["button", "input", "select", "textarea", "optgroup", "option", "fieldset"].contains(name)
}

@usableFromInline
func isField(_ name: String) -> Bool { name == "input" || name == "select" || name == "textarea" }

@usableFromInline
func isTextual(_ type: String) -> Bool {
  ![
    "checkbox", "radio", "button", "submit", "reset", "image", "file", "range", "color", "hidden",
  ].contains(type)
}

/// Whether a language tag is in a comma-separated list of ranges such as `en, "de"`.
@usableFromInline
func isLanguage(_ language: String, in ranges: String) -> Bool {
  let language = asciiLowercased(language)
  return ranges.split(separator: ",").contains { part in
    let range = asciiLowercased(String(part.filter { $0 != "\"" && $0 != "'" && $0 != " " && $0 != "*" }))
    return !range.isEmpty && (language == range || language.hasPrefix(range + "-"))
  }
}
