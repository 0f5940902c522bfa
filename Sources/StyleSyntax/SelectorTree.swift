/// A tree of elements that selectors can be matched against: an HTML document, or the elements of a JSX text.
///
/// Six members are needed; the others have defaults made from those six, and a tree that knows better (an index of
/// classes, an expression whose value is unknown) answers for itself. Matching is generic over the tree and is
/// specialised for it, so a conforming type should be a struct that reads contiguous storage.
public protocol SelectorTree {
  /// A handle of one element, such as an index.
  associatedtype Element: Hashable

  /// The element that holds `element`; `nil` for the root.
  func parent(of element: Element) -> Element?
  /// The element just before `element` under the same parent.
  func previousElementSibling(of element: Element) -> Element?
  /// The element just after `element` under the same parent.
  func nextElementSibling(of element: Element) -> Element?
  /// The first element inside `element`.
  func firstElementChild(of element: Element) -> Element?
  /// The tag name: lower case for HTML elements, as written for SVG, MathML and components.
  func localName(of element: Element) -> String
  /// The value of an attribute; an attribute without value is the empty string, an absent one `nil`.
  ///
  /// The name comes as the selector has it and, where that finds nothing, once more in lower case. A JSX tree answers
  /// `class` from `className` and `for` from `htmlFor`.
  func attribute(_ name: String, of element: Element) -> String?

  /// Whether the element's list of classes holds `name`; `maybe` where the list is computed.
  func hasClass(_ name: String, on element: Element) -> MatchResult
  /// The element's id.
  func identifier(of element: Element) -> String?
  /// Whether an attribute may be there, or may have another value than `attribute(_:of:)` says (spread, expression).
  func isUncertain(attribute name: String, of element: Element) -> Bool
  /// Whether the tag name is only known when the program runs (`<Tag>` held in a variable).
  func isUncertain(nameOf element: Element) -> Bool
  /// Whether the element holds neither elements nor text, white space aside; decides `:empty`.
  func isEmpty(_ element: Element) -> Bool
  /// Whether siblings or ancestors that the tree does not hold may exist, as around a component's own elements.
  func isOpenEnded(_ element: Element) -> Bool
}

extension SelectorTree {
  /// Looks for `name` among the words of the `class` attribute.
  public func hasClass(_ name: String, on element: Element) -> MatchResult {
    guard let value = attribute("class", of: element) else { return .no }
    return containsWord(value.utf8, name.utf8, ignoringCase: false) ? .yes : .no
  }

  /// Reads the `id` attribute.
  public func identifier(of element: Element) -> String? { attribute("id", of: element) }

  /// Every attribute is certain.
  public func isUncertain(attribute name: String, of element: Element) -> Bool { false }

  /// Every name is certain.
  public func isUncertain(nameOf element: Element) -> Bool { false }

  /// Looks for child elements only.
  public func isEmpty(_ element: Element) -> Bool { firstElementChild(of: element) == nil }

  /// The tree is whole.
  public func isOpenEnded(_ element: Element) -> Bool { false }
}

/// Whether something matches: never, in some state of the page or for some value of an expression, or always.
public enum MatchResult: UInt8, Hashable, Sendable, Comparable {
  /// It cannot match.
  case no = 0
  /// It matches in some state (`:hover`), or for some value that is not known.
  case maybe = 1
  /// It matches as the text stands.
  case yes = 2

  /// Orders from never to always, so that `min` is *and* and `max` is *or*.
  public static func < (left: MatchResult, right: MatchResult) -> Bool { left.rawValue < right.rawValue }

  /// The opposite; `maybe` stays `maybe`.
  public var inverted: MatchResult { self == .yes ? .no : self == .no ? .yes : .maybe }

  /// Whether a match is not ruled out.
  public var isPossible: Bool { self != .no }
}

/// Whether the white-space-separated list `text` holds `word`.
func containsWord(_ text: String.UTF8View, _ word: String.UTF8View, ignoringCase: Bool) -> Bool {
  guard !word.isEmpty else { return false }
  var index = text.startIndex
  while index != text.endIndex {
    while index != text.endIndex, isStyleSpace(text[index]) { text.formIndex(after: &index) }
    var other = word.startIndex
    var isSame = true
    var isAny = false
    while index != text.endIndex, !isStyleSpace(text[index]) {
      isAny = true
      if isSame {
        if other == word.endIndex || !areSame(text[index], word[other], ignoringCase: ignoringCase) {
          isSame = false
        } else {
          word.formIndex(after: &other)
        }
      }
      text.formIndex(after: &index)
    }
    if isAny, isSame, other == word.endIndex { return true }
  }
  return false
}

/// Whether two bytes are the same, letters of ASCII in either case where `ignoringCase`.
@inline(__always)
func areSame(_ left: UInt8, _ right: UInt8, ignoringCase: Bool) -> Bool {
  left == right || (ignoringCase && lowercased(left) == lowercased(right))
}
