/// Matches selectors against the elements of one tree.
///
/// A selector is read from right to left, and a failure says how far the search has to go back, so that the time is
/// bounded by the product of the tree's depth and the selector's length. Steps are counted all the same: when they run
/// out, the answer is ``MatchResult/maybe``.
public struct SelectorMatcher<Tree: SelectorTree> {
  /// The tree.
  public let tree: Tree
  /// The element that `:scope` stands for; the root when `nil`.
  public var scope: Tree.Element?
  @usableFromInline var total: Int
  @usableFromInline var steps = 0
  @usableFromInline var depth = 0
  @usableFromInline var places: [Tree.Element: Int] = [:]
  @usableFromInline var lastPlaces: [Tree.Element: Int] = [:]
  /// What `&` came to deep inside the match under way, since nested rules multiply at each level.
  @usableFromInline var nestingAnswers: [NestingQuestion: Bool] = [:]

  @usableFromInline
  struct NestingQuestion: Hashable {
    @usableFromInline var list: Int32
    @usableFromInline var mode: MatchMode
    @usableFromInline var element: Tree.Element

    @usableFromInline
    init(list: Int32, mode: MatchMode, element: Tree.Element) {
      self.list = list
      self.mode = mode
      self.element = element
    }
  }

  /// Makes a matcher.
  ///
  /// - Parameters:
  ///   - tree: The tree.
  ///   - scope: What `:scope` stands for.
  ///   - steps: How many steps all matches together may take.
  public init(_ tree: Tree, scope: Tree.Element? = nil, steps: Int = 50_000_000) {
    self.tree = tree
    self.scope = scope
    total = steps
  }

  /// Whether the element matches as the text stands; states that only a browser knows never hold.
  @inlinable
  public mutating func matches(_ list: SelectorList, _ element: Tree.Element) -> Bool {
    begin()
    return matchesAny(list.arena, list.list, element, .strict)
  }

  /// Whether the element matches never, in some state, or always.
  @inlinable
  public mutating func match(_ list: SelectorList, _ element: Tree.Element) -> MatchResult {
    guard list.isValid else { return .no }
    return bounds(list.arena, element) { $0.matchesAny($1, list.list, element, $2) }
  }

  /// Whether the element matches one complex selector never, in some state, or always.
  @inlinable
  public mutating func match(_ arena: SelectorArena, complex: Int, _ element: Tree.Element) -> MatchResult {
    bounds(arena, element) { $0.matchesComplex($1, complex, element, $2, anchor: nil) }
  }

  @inlinable
  mutating func bounds(
    _ arena: SelectorArena, _ element: Tree.Element,
    _ body: (inout SelectorMatcher, SelectorArena, MatchMode) -> Bool
  ) -> MatchResult {
    begin()
    guard body(&self, arena, .optimistic) else { return .no }
    begin()
    return body(&self, arena, .pessimistic) ? .yes : .maybe
  }

  @inlinable
  mutating func begin() {
    depth = 0
    steps = matchStepLimit
    if !nestingAnswers.isEmpty { nestingAnswers.removeAll(keepingCapacity: true) }
  }

  /// Takes a step; `false` when there are none left.
  @inlinable @inline(__always)
  mutating func step() -> Bool {
    steps &-= 1
    total &-= 1
    return steps > 0 && total > 0
  }

  @inlinable
  mutating func matchesAny(_ arena: SelectorArena, _ list: Int, _ element: Tree.Element, _ mode: MatchMode) -> Bool {
    for complex in arena.complexes(ofList: list)
    where matchesComplex(arena, Int(complex), element, mode, anchor: nil) {
      return true
    }
    return false
  }

  @inlinable
  mutating func matchesComplex(
    _ arena: SelectorArena, _ complex: Int, _ element: Tree.Element, _ mode: MatchMode, anchor: Tree.Element?
  ) -> Bool {
    guard depth < matchDepthLimit else { return mode == .optimistic }
    depth += 1
    defer { depth -= 1 }
    let selector = arena.complexes[complex]
    guard selector.end > selector.start else { return false }
    let outcome = matchFrom(
      arena, Int(selector.end) - 1, first: Int(selector.start), element, mode, anchor: anchor)
    return outcome == .matched
  }

  /// Matches the compounds from `first` up to `compound`, the last of them on `element`.
  @inlinable
  mutating func matchFrom(
    _ arena: SelectorArena, _ compound: Int, first: Int, _ element: Tree.Element, _ mode: MatchMode,
    anchor: Tree.Element?
  ) -> MatchOutcome {
    guard depth < matchDepthLimit, step() else { return mode == .optimistic ? .matched : .failed }
    depth += 1
    defer { depth -= 1 }
    guard matchesCompound(arena, compound, element, mode) else { return .failedHere }
    let combinator = arena.compounds[compound].combinator
    if compound == first {
      guard let anchor else { return .matched }
      return isRelated(element, to: anchor, by: combinator) ? .matched : .failedHere
    }
    if combinator == .within {
      let outcome = matchFrom(arena, compound - 1, first: first, element, mode, anchor: anchor)
      if outcome == .matched { return outcome }
    }
    let isUpwards = combinator == .child || combinator == .descendant || combinator == .within
    var current = element
    while true {
      guard let next = isUpwards ? tree.parent(of: current) : tree.previousElementSibling(of: current) else {
        if mode == .optimistic, tree.isOpenEnded(current) { return .matched }
        return isUpwards ? .failed : .failedAmongSiblings
      }
      current = next
      let outcome = matchFrom(arena, compound - 1, first: first, current, mode, anchor: anchor)
      switch (outcome, combinator) {
      case (.matched, _), (.failed, _), (_, .nextSibling): return outcome
      case (_, .child): return .failedAmongSiblings
      case (.failedAmongSiblings, .laterSibling): return outcome
      default: guard step() else { return mode == .optimistic ? .matched : .failed }
      }
    }
  }

  /// Whether `element` stands to `anchor` as a relative selector's first combinator says.
  @inlinable
  mutating func isRelated(_ element: Tree.Element, to anchor: Tree.Element, by combinator: Combinator) -> Bool {
    switch combinator {
    case .child: return tree.parent(of: element) == anchor
    case .nextSibling: return tree.previousElementSibling(of: element) == anchor
    case .laterSibling:
      var current = tree.previousElementSibling(of: element)
      while let place = current, step() {
        if place == anchor { return true }
        current = tree.previousElementSibling(of: place)
      }
      return false
    case .none, .descendant, .within:
      var current = tree.parent(of: element)
      while let place = current, step() {
        if place == anchor { return true }
        current = tree.parent(of: place)
      }
      return false
    }
  }

  @inlinable
  mutating func matchesCompound(
    _ arena: SelectorArena, _ compound: Int, _ element: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    let range = arena.compounds[compound]
    for index in range.start..<range.end
    where !matchesSimple(arena, arena.simples[Int(index)], element, mode) {
      return false
    }
    return true
  }

  @inlinable
  mutating func matchesSimple(
    _ arena: SelectorArena, _ simple: SimpleSelector, _ element: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    if simple.isUncertain { return mode == .optimistic }
    switch simple.kind {
    case .universal: return true
    case .type:
      let name = tree.localName(of: element)
      if name == arena.names[Int(simple.value)] || name == arena.names[Int(simple.name)] { return true }
      return mode == .optimistic && tree.isUncertain(nameOf: element)
    case .id:
      if tree.identifier(of: element) == arena.names[Int(simple.name)] { return true }
      return mode == .optimistic && tree.isUncertain(attribute: "id", of: element)
    case .class:
      return mode.accepts(tree.hasClass(arena.names[Int(simple.name)], on: element))
    case .attribute: return matchesAttribute(arena, simple, element, mode)
    case .pseudoClass: return matchesPseudoClass(arena, simple, element, mode)
    case .pseudoElement: return false
    case .nesting:
      guard simple.list >= 0 else { return isScope(element) }
      return matchesNesting(arena, simple, element, mode)
    }
  }

  /// Matches `&`; deep inside a match the answer is remembered until the match ends.
  @inlinable
  mutating func matchesNesting(
    _ arena: SelectorArena, _ simple: SimpleSelector, _ element: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    guard depth > 6 else {
      return nested(simple, element) { $0.matchesAny(arena, Int(simple.list), element, mode) } ?? (mode == .optimistic)
    }
    let question = NestingQuestion(list: simple.list, mode: mode, element: element)
    if let known = nestingAnswers[question] { return known }
    let answer =
      nested(simple, element) { $0.matchesAny(arena, Int(simple.list), element, mode) } ?? (mode == .optimistic)
    nestingAnswers[question] = answer
    return answer
  }

  /// Runs `body` one level deeper; `nil` where there are too many levels.
  @inlinable
  mutating func nested(
    _ simple: SimpleSelector, _ element: Tree.Element, _ body: (inout SelectorMatcher) -> Bool
  ) -> Bool? {
    guard depth < matchDepthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  @inlinable
  func isScope(_ element: Tree.Element) -> Bool {
    if let scope { return scope == element }
    return tree.parent(of: element) == nil
  }

  @inlinable
  func value(_ name: String, of element: Tree.Element) -> String? {
    tree.attribute(name, of: element)
  }

  @inlinable
  func matchesAttribute(
    _ arena: SelectorArena, _ simple: SimpleSelector, _ element: Tree.Element, _ mode: MatchMode
  ) -> Bool {
    let name = arena.names[Int(simple.name)]
    if tree.isUncertain(attribute: name, of: element) {
      guard mode != .optimistic else { return true }
      guard simple.comparison == .exists else { return false }
    }
    guard let actual = tree.attribute(name, of: element) ?? tree.attribute(lowercase(name), of: element) else {
      return false
    }
    guard simple.comparison != .exists else { return true }
    let ignoresCase = simple.ignoresCase ?? caselessAttributes.contains(lowercase(name))
    return compareAttribute(actual, arena.names[Int(simple.value)], simple.comparison, ignoringCase: ignoresCase)
  }
}

/// How a selector's unknowns are taken.
@usableFromInline
enum MatchMode {
  /// States never hold, wherever they stand.
  case strict
  /// Every unknown is what makes the selector match.
  case optimistic
  /// Every unknown is what makes it fail.
  case pessimistic

  /// The mode inside a negation.
  @usableFromInline var negated: MatchMode {
    switch self {
    case .strict: .strict
    case .optimistic: .pessimistic
    case .pessimistic: .optimistic
    }
  }

  @usableFromInline
  func accepts(_ result: MatchResult) -> Bool { self == .optimistic ? result != .no : result == .yes }
}

/// How the compounds left of a combinator fared, and where it makes sense to try again.
@usableFromInline
enum MatchOutcome {
  case matched
  /// Another element of the same kind of step may do.
  case failedHere
  /// No earlier sibling will do; an element further up may.
  case failedAmongSiblings
  /// Nothing will do.
  case failed
}

/// How many steps one match may take.
@usableFromInline let matchStepLimit = 100_000
/// How many compounds, lists, `&` and functions may be open at once in one match.
@usableFromInline let matchDepthLimit = 256

@usableFromInline
func lowercase(_ name: String) -> String { asciiLowercased(name) }

/// Compares an attribute's value as a selector asks.
@usableFromInline
func compareAttribute(
  _ actual: String, _ expected: String, _ comparison: AttributeOperator, ignoringCase: Bool
) -> Bool {
  if comparison == .includes {
    return !expected.utf8.contains(where: isStyleSpace)
      && containsWord(actual.utf8, expected.utf8, ignoringCase: ignoringCase)
  }
  let left = Array((ignoringCase ? asciiLowercased(actual) : actual).utf8)
  let right = Array((ignoringCase ? asciiLowercased(expected) : expected).utf8)
  switch comparison {
  case .exists: return true
  case .equals: return left == right
  case .includes: return false
  case .dash: return left == right || left.starts(with: right) && left[right.count] == 0x2D
  case .prefix: return !right.isEmpty && left.starts(with: right)
  case .suffix: return !right.isEmpty && left.count >= right.count && left.suffix(right.count).elementsEqual(right)
  case .substring: return !right.isEmpty && contains(left, right)
  }
}

/// Whether `text` holds `part`, in time linear in both (Knuth, Morris and Pratt).
private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
  guard part.count <= text.count else { return false }
  var borders = [Int](repeating: 0, count: part.count)
  var length = 0
  for index in part.indices.dropFirst() {
    while length > 0, part[index] != part[length] { length = borders[length - 1] }
    if part[index] == part[length] { length += 1 }
    borders[index] = length
  }
  length = 0
  for byte in text {
    while length > 0, byte != part[length] { length = borders[length - 1] }
    if byte == part[length] { length += 1 }
    if length == part.count { return true }
  }
  return false
}
