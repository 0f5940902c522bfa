public import SourceText

/// The weight of a selector: ids, then classes, attributes and pseudo-classes, then types and pseudo-elements.
public struct Specificity: Hashable, Sendable, Comparable {
  /// How many ids.
  public var ids: UInt16
  /// How many classes, attributes and pseudo-classes.
  public var classes: UInt16
  /// How many type selectors and pseudo-elements.
  public var types: UInt16

  /// Makes a weight.
  public init(_ ids: Int = 0, _ classes: Int = 0, _ types: Int = 0) {
    self.ids = UInt16(clamping: ids)
    self.classes = UInt16(clamping: classes)
    self.types = UInt16(clamping: types)
  }

  /// Orders by ids first.
  public static func < (left: Specificity, right: Specificity) -> Bool {
    (left.ids, left.classes, left.types) < (right.ids, right.classes, right.types)
  }

  static func + (left: Specificity, right: Specificity) -> Specificity {
    Specificity(
      Int(left.ids) + Int(right.ids), Int(left.classes) + Int(right.classes), Int(left.types) + Int(right.types))
  }
}

/// How an attribute selector compares.
public enum AttributeOperator: UInt8, Hashable, Sendable {
  /// `[a]`: it is there.
  case exists
  /// `[a=b]`.
  case equals
  /// `[a~=b]`: a word of it.
  case includes
  /// `[a|=b]`: it, or it and a hyphen.
  case dash
  /// `[a^=b]`.
  case prefix
  /// `[a$=b]`.
  case suffix
  /// `[a*=b]`.
  case substring
}

/// What stands between two compound selectors.
public enum Combinator: UInt8, Hashable, Sendable {
  /// Nothing: the compound is the first.
  case none
  /// White space.
  case descendant
  /// `>`.
  case child
  /// `+`.
  case nextSibling
  /// `~`.
  case laterSibling
  /// The element itself or one inside it, as for rules in `@scope`.
  case within
}

/// One condition on one element.
public struct SimpleSelector: Hashable, Sendable {
  /// What kinds there are.
  public enum Kind: UInt8, Hashable, Sendable {
    /// `*`.
    case universal
    /// A tag name.
    case type
    /// `#name`.
    case id
    /// `.name`.
    case `class`
    /// `[name operator value]`.
    case attribute
    /// `:name`, perhaps with arguments.
    case pseudoClass
    /// `::name`.
    case pseudoElement
    /// `&`.
    case nesting
  }

  /// Its kind.
  public var kind: Kind
  /// Which pseudo-class.
  public var pseudoClass: PseudoClass = .state
  /// How an attribute is compared.
  public var comparison: AttributeOperator = .exists
  /// Whether an attribute's value is compared without regard to case: `nil` leaves it to the attribute.
  public var ignoresCase: Bool?
  /// Whether a placeholder of a template is part of it, so that what it asks is not known.
  public var isUncertain = false
  /// Its name or id, as an index of ``SelectorArena/names``; for a type its name as written, and in lower case after it.
  public var name: Int32 = -1
  /// An attribute's value or a pseudo-class's text argument, as an index of ``SelectorArena/names``.
  public var value: Int32 = -1
  /// The step of an `An+B`.
  public var step: Int32 = 0
  /// The offset of an `An+B`.
  public var offset: Int32 = 0
  /// A list of selectors in its parentheses, or for `&` the list of the rule around.
  public var list: Int32 = -1

  init(_ kind: Kind) { self.kind = kind }
}

/// Conditions on one element, all of which have to hold.
public struct CompoundSelector: Hashable, Sendable {
  /// What links it to the compound before it, or a relative selector to its anchor.
  public var combinator: Combinator
  /// The first of its simple selectors.
  public var start: Int32
  /// The place past the last.
  public var end: Int32
}

/// Compounds joined by combinators.
public struct ComplexSelector: Hashable, Sendable {
  /// Its first compound.
  public var start: Int32
  /// The place past its last compound, which is the subject.
  public var end: Int32
  /// Its weight.
  public var specificity: Specificity
  /// The pseudo-element that it styles, as an index of ``SelectorArena/names``; -1 for an element itself.
  public var pseudoElement: Int32
  /// Where it stands in its sheet.
  public var span: ByteSpan
}

/// Selectors in contiguous storage; lists refer to one another by index.
public struct SelectorArena: Sendable {
  /// Names and values.
  public var names: [String] = []
  /// Simple selectors.
  public var simples: [SimpleSelector] = []
  /// Compounds as ranges of `simples`.
  public var compounds: [CompoundSelector] = []
  /// Complex selectors as ranges of `compounds`.
  public var complexes: [ComplexSelector] = []
  /// Lists as ranges of indices of `members`.
  public var lists: [Range<Int32>] = []
  /// The complex selectors of all lists.
  public var members: [Int32] = []

  /// An arena without selectors.
  public init() {}

  /// The complex selectors of a list, as indices of ``complexes``.
  @inlinable public func complexes(ofList list: Int) -> ArraySlice<Int32> {
    let range = lists[list]
    return members[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  mutating func intern(_ name: String) -> Int32 {
    names.append(name)
    return Int32(truncatingIfNeeded: names.count - 1)
  }

  mutating func appendList(_ complexes: [Int32]) -> Int32 {
    let start = Int32(truncatingIfNeeded: members.count)
    members.append(contentsOf: complexes)
    lists.append(start..<Int32(truncatingIfNeeded: members.count))
    return Int32(truncatingIfNeeded: lists.count - 1)
  }

  /// The greatest weight in a list.
  func specificity(ofList list: Int) -> Specificity {
    complexes(ofList: list).reduce(Specificity()) { max($0, self.complexes[Int($1)].specificity) }
  }
}

/// A list of selectors, any of which may match.
public struct SelectorList: Sendable {
  /// Where the selectors are kept.
  public var arena: SelectorArena
  /// Which of the arena's lists this is.
  public var list: Int
  /// Whether the whole list is well-formed; browsers drop a rule whose list is not.
  public var isValid: Bool

  /// Makes a list.
  public init(arena: SelectorArena, list: Int, isValid: Bool) {
    self.arena = arena
    self.list = list
    self.isValid = isValid
  }

  /// How many selectors there are between the commas.
  public var count: Int { arena.lists[list].count }

  /// The weights, in order.
  public var specificities: [Specificity] {
    arena.complexes(ofList: list).map { arena.complexes[Int($0)].specificity }
  }

  /// The browser states that the selectors name, in order.
  public var states: [StateUse] {
    arena.complexes(ofList: list).flatMap { arena.states(ofComplex: Int($0)) }
  }

  /// The names of the pseudo-elements that the selectors style, without colons, in order; `nil` for an element itself.
  public var pseudoElements: [String?] {
    arena.complexes(ofList: list).map { arena.pseudoElement(ofComplex: Int($0)) }
  }
}

/// A state of the browser that a selector asks for.
public struct StateUse: Hashable, Sendable {
  /// The pseudo-class without colon: `hover`, `focus-visible`, `checked`.
  public var name: String
  /// Whether the element that is styled has to be in that state, rather than one around or before it.
  public var isOnSubject: Bool
  /// Whether it stands in `:not()`.
  public var isNegated: Bool

  /// Makes a use.
  public init(name: String, isOnSubject: Bool = true, isNegated: Bool = false) {
    self.name = name
    self.isOnSubject = isOnSubject
    self.isNegated = isNegated
  }
}

extension SelectorArena {
  /// The name of the pseudo-element that a complex selector styles, without colons.
  public func pseudoElement(ofComplex complex: Int) -> String? {
    let name = complexes[complex].pseudoElement
    return name < 0 ? nil : names[Int(name)]
  }

  /// The browser states that a complex selector asks for, those of nested lists included; 64 at most.
  public func states(ofComplex complex: Int) -> [StateUse] {
    var result: [StateUse] = []
    collectStates(complex, isOnSubject: true, isNegated: false, depth: 0, &result)
    return result
  }

  private func collectStates(
    _ complex: Int, isOnSubject: Bool, isNegated: Bool, depth: Int, _ result: inout [StateUse]
  ) {
    guard depth < 24 else { return }
    let range = complexes[complex].start..<complexes[complex].end
    for compound in range {
      let isSubject = isOnSubject && compound == range.upperBound - 1
      for place in compounds[Int(compound)].start..<compounds[Int(compound)].end where result.count < 64 {
        let simple = simples[Int(place)]
        if simple.kind == .pseudoClass, simple.pseudoClass.isChangeable {
          let use = StateUse(name: names[Int(simple.name)], isOnSubject: isSubject, isNegated: isNegated)
          if !result.contains(use) { result.append(use) }
        }
        guard simple.list >= 0 else { continue }
        let negates = simple.kind == .pseudoClass && simple.pseudoClass == .not
        let isSame = isSubject && simple.pseudoClass != .has
        for inner in complexes(ofList: Int(simple.list)) {
          collectStates(
            Int(inner), isOnSubject: isSame, isNegated: isNegated != negates, depth: depth + 1, &result)
        }
      }
    }
  }
}
