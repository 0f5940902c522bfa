/// The pseudo-classes by how they are decided.
public enum PseudoClass: UInt8, Hashable, Sendable {
  /// Only a browser knows: `:hover`, `:focus`, `:target`. It parses and never matches by itself.
  case state
  /// `:root`.
  case root
  /// `:empty`.
  case empty
  /// `:first-child`.
  case firstChild
  /// `:last-child`.
  case lastChild
  /// `:only-child`.
  case onlyChild
  /// `:first-of-type`.
  case firstOfType
  /// `:last-of-type`.
  case lastOfType
  /// `:only-of-type`.
  case onlyOfType
  /// `:nth-child()`.
  case nthChild
  /// `:nth-last-child()`.
  case nthLastChild
  /// `:nth-of-type()`.
  case nthOfType
  /// `:nth-last-of-type()`.
  case nthLastOfType
  /// `:is()`.
  case `is`
  /// `:where()`.
  case `where`
  /// `:not()`.
  case not
  /// `:has()`.
  case has
  /// `:scope`.
  case scope
  /// `:host` and its functions: an element around a shadow tree.
  case host
  /// `:defined`.
  case defined
  /// `:link` and `:any-link`.
  case link
  /// `:checked`.
  case checked
  /// `:default`.
  case `default`
  /// `:disabled`.
  case disabled
  /// `:enabled`.
  case enabled
  /// `:required`.
  case required
  /// `:optional`.
  case optional
  /// `:read-only`.
  case readOnly
  /// `:read-write`.
  case readWrite
  /// `:placeholder-shown`.
  case placeholderShown
  /// `:open`.
  case open
  /// `:lang()`.
  case lang
  /// `:dir()`.
  case dir

  /// Whether what the reader does can change the answer.
  @inlinable public var isChangeable: Bool {
    self == .state || self == .checked || self == .placeholderShown || self == .open
  }

  /// Whether the parentheses hold selectors.
  var takesSelectors: Bool { self == .is || self == .where || self == .not || self == .has }

  /// Whether the parentheses hold an `An+B`.
  var takesNth: Bool {
    self == .nthChild || self == .nthLastChild || self == .nthOfType || self == .nthLastOfType
  }

  /// The pseudo-classes without parentheses that the tree decides.
  static let plain: [String: PseudoClass] = [
    "root": .root, "empty": .empty, "first-child": .firstChild, "last-child": .lastChild, "only-child": .onlyChild,
    "first-of-type": .firstOfType, "last-of-type": .lastOfType, "only-of-type": .onlyOfType, "scope": .scope,
    "host": .host, "defined": .defined, "link": .link, "any-link": .link, "-webkit-any-link": .link,
    "-moz-any-link": .link, "checked": .checked, "default": .default, "disabled": .disabled, "enabled": .enabled,
    "required": .required, "optional": .optional, "read-only": .readOnly, "read-write": .readWrite,
    "-moz-read-only": .readOnly, "-moz-read-write": .readWrite, "placeholder-shown": .placeholderShown, "open": .open,
  ]

  /// The pseudo-classes with parentheses.
  static let functional: [String: PseudoClass] = [
    "nth-child": .nthChild, "nth-last-child": .nthLastChild, "nth-of-type": .nthOfType,
    "nth-last-of-type": .nthLastOfType, "is": .is, "matches": .is, "-webkit-any": .is, "-moz-any": .is,
    "where": .where, "not": .not, "has": .has, "lang": .lang, "dir": .dir, "host": .host, "host-context": .host,
    "state": .state, "active-view-transition-type": .state, "nth-col": .state, "nth-last-col": .state,
    "current": .state,
  ]

  /// The states that only a browser knows.
  static let states: Set<String> = [
    "hover", "active", "focus", "focus-visible", "focus-within", "visited", "target", "target-within",
    "target-current", "local-link", "valid", "invalid", "user-valid", "user-invalid", "in-range", "out-of-range",
    "indeterminate", "blank", "autofill", "modal", "fullscreen", "picture-in-picture", "popover-open", "playing",
    "paused", "seeking", "buffering", "stalled", "muted", "volume-locked", "current", "past", "future", "first",
    "left", "right", "interest-source", "interest-target", "active-view-transition", "has-slotted", "horizontal",
    "vertical", "start", "end", "increment", "decrement", "single-button", "double-button", "no-button",
    "corner-present", "window-inactive",
  ]

  /// The pseudo-elements that may be written with one colon.
  static let legacyElements: Set<String> = ["before", "after", "first-line", "first-letter"]
}

/// The attributes of HTML whose values are compared without regard to case.
///
/// Source: HTML Standard, section 4.16.2, *case-sensitivity of selectors*.
@usableFromInline
let caselessAttributes: Set<String> = [
  "accept", "accept-charset", "align", "alink", "axis", "bgcolor", "charset", "checked", "clear", "codetype", "color",
  "compact", "declare", "defer", "dir", "direction", "disabled", "enctype", "face", "frame", "hreflang", "http-equiv",
  "lang", "language", "link", "media", "method", "multiple", "nohref", "noresize", "noshade", "nowrap", "readonly",
  "rel", "rev", "rules", "scope", "scrolling", "selected", "shape", "target", "text", "type", "valign", "valuetype",
  "vlink",
]
