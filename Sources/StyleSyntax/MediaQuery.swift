import SourceText

/// Something that a media or container query asks.
public struct MediaFeature: Hashable, Sendable {
  /// How the feature is compared with the value.
  public enum Comparison: String, Hashable, Sendable {
    /// The feature alone: is it anything but zero or none?
    case exists = ""
    /// Equal.
    case equal = "="
    /// Less.
    case less = "<"
    /// Less or equal: also `max-`.
    case atMost = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal: also `min-`.
    case atLeast = ">="

    var flipped: Comparison {
      switch self {
      case .less: .greater
      case .atMost: .atLeast
      case .greater: .less
      case .atLeast: .atMost
      case .exists, .equal: self
      }
    }
  }

  /// The name without `min-` and `max-`, in lower case: `width`, `prefers-reduced-motion`.
  public var name: String
  /// How it is compared.
  public var comparison: Comparison
  /// The number that it is compared with, lengths in pixels.
  public var quantity: StyleQuantity?
  /// The word that it is compared with, in lower case, or the text of what is neither word nor number.
  public var keyword: String?
}

/// What has to hold for a query to match.
public indirect enum MediaCondition: Hashable, Sendable {
  /// One feature.
  case feature(MediaFeature)
  /// The opposite.
  case not(MediaCondition)
  /// All of them.
  case all([MediaCondition])
  /// Any of them.
  case any([MediaCondition])
  /// Something that was not understood, which browsers take as unknown.
  case unknown(String)
}

/// A media query: a kind of device and a condition.
public struct MediaQuery: Hashable, Sendable {
  /// Whether it begins with `not`.
  public var isNegated: Bool
  /// The kind of device, in lower case; `nil` for all.
  public var type: String?
  /// The condition; `nil` for none.
  public var condition: MediaCondition?
}

/// A list of media queries, any of which may match; an empty list always does.
public struct MediaQueryList: Hashable, Sendable {
  /// The queries.
  public var queries: [MediaQuery]

  /// Makes a list.
  public init(_ queries: [MediaQuery]) { self.queries = queries }

  /// Reads a list, as of a `media` attribute or `matchMedia()`.
  public init(_ text: String) {
    let sheet = parseComponentValues(Array(text.utf8.prefix(65_536))).tree
    self.init(sheet, 0..<sheet.tokens.count)
  }

  /// Reads the list that stands at some tokens, such as the prelude of `@media`.
  public init(_ sheet: StyleSheet, _ range: Range<Int>) {
    guard !sheet.components(in: range).isEmpty else {
      queries = []
      return
    }
    queries = sheet.splitAtCommas(range).map { part in
      var reader = MediaReader(sheet)
      return reader.query(part)
    }
  }

  /// Every feature that the queries name, in order, whether negated or not.
  public var features: [MediaFeature] { queries.flatMap { $0.condition?.features ?? [] } }

  /// Whether it asks about `feature`, such as `width` or `prefers-reduced-motion`.
  public func asks(about feature: String) -> Bool { features.contains { $0.name == feature } }

  /// Whether it matches on a device.
  public func matches(_ environment: MediaEnvironment) -> MatchResult {
    queries.isEmpty ? .yes : queries.reduce(.no) { max($0, $1.matches(environment)) }
  }
}

extension MediaCondition {
  /// Every feature in it, in order.
  public var features: [MediaFeature] {
    switch self {
    case .feature(let feature): [feature]
    case .not(let inner): inner.features
    case .all(let parts), .any(let parts): parts.flatMap(\.features)
    case .unknown: []
    }
  }

  /// Reads the condition that stands at some tokens, such as the prelude of `@container` after its name.
  public init(_ sheet: StyleSheet, _ range: Range<Int>) {
    var reader = MediaReader(sheet)
    self = reader.condition(sheet.components(in: range)[...])
  }

  /// Whether it holds on a device.
  public func matches(_ environment: MediaEnvironment) -> MatchResult {
    switch self {
    case .feature(let feature): environment.matches(feature)
    case .not(let inner): inner.matches(environment).inverted
    case .all(let parts): parts.reduce(.yes) { min($0, $1.matches(environment)) }
    case .any(let parts): parts.reduce(.no) { max($0, $1.matches(environment)) }
    case .unknown: .maybe
    }
  }
}

extension MediaQuery {
  /// Whether it matches on a device.
  public func matches(_ environment: MediaEnvironment) -> MatchResult {
    var result: MatchResult = type == nil || type == "all" || type == environment.type ? .yes : .no
    if let condition { result = min(result, condition.matches(environment)) }
    return isNegated ? result.inverted : result
  }
}

/// A device to try media queries on; what is `nil` may be either way.
public struct MediaEnvironment: Hashable, Sendable {
  /// The kind of device.
  public var type = "screen"
  /// The width of the viewport in pixels.
  public var width: Double?
  /// The height of the viewport in pixels.
  public var height: Double?
  /// What else is known, by feature: the word that the device answers (`prefers-reduced-motion`: `reduce`).
  public var keywords: [String: String]

  /// Makes a device.
  public init(width: Double? = nil, height: Double? = nil, keywords: [String: String] = [:]) {
    self.width = width
    self.height = height
    self.keywords = keywords
  }

  /// Whether the device has a feature as asked.
  public func matches(_ feature: MediaFeature) -> MatchResult {
    switch feature.name {
    case "width", "inline-size", "device-width": return compare(width, feature)
    case "height", "block-size", "device-height": return compare(height, feature)
    case "aspect-ratio": return compare(ratio, feature)
    case "orientation":
      guard let ratio, let word = feature.keyword else { return feature.keyword == nil ? .yes : .maybe }
      return (ratio > 1) == (word == "landscape") ? .yes : .no
    default:
      guard let known = keywords[feature.name] else { return .maybe }
      if feature.comparison == .exists { return known == "none" || known == "no-preference" ? .no : .yes }
      return feature.keyword == known ? .yes : .no
    }
  }

  private var ratio: Double? {
    width.flatMap { width in height.flatMap { $0 > 0 ? width / $0 : nil } }
  }

  private func compare(_ actual: Double?, _ feature: MediaFeature) -> MatchResult {
    guard let actual else { return .maybe }
    if feature.comparison == .exists { return actual > 0 ? .yes : .no }
    guard let expected = feature.quantity?.value else { return .maybe }
    let holds =
      switch feature.comparison {
      case .exists, .equal: actual == expected
      case .less: actual < expected
      case .atMost: actual <= expected
      case .greater: actual > expected
      case .atLeast: actual >= expected
      }
    return holds ? .yes : .no
  }
}

/// Reads media queries off tokens.
///
/// Source: Media Queries Level 4, section 3; CSS Containment Level 3 for containers, which share the grammar.
struct MediaReader {
  private let sheet: StyleSheet
  private var depth = 0

  init(_ sheet: StyleSheet) { self.sheet = sheet }

  mutating func query(_ range: Range<Int>) -> MediaQuery {
    var parts = sheet.components(in: range)[...]
    var result = MediaQuery(isNegated: false, type: nil, condition: nil)
    let second = parts.dropFirst().first
    let isNamed = second.map { sheet.tokens[$0].kind == .ident } ?? false
    if let first = parts.first, isNamed, word(first) == "not" || word(first) == "only" {
      result.isNegated = word(first) == "not"
      parts = parts.dropFirst()
    }
    if let first = parts.first, sheet.tokens[first].kind == .ident, word(first) != "not" {
      result.type = word(first)
      parts = parts.dropFirst()
      if let next = parts.first, word(next) == "and" { parts = parts.dropFirst() }
    }
    if !parts.isEmpty { result.condition = condition(parts) }
    return result
  }

  private func word(_ index: Int) -> String {
    sheet.tokens[index].kind == .ident ? asciiLowercased(sheet.value(of: sheet.tokens[index])) : ""
  }

  mutating func condition(_ parts: ArraySlice<Int>) -> MediaCondition {
    guard let first = parts.first, depth < 16 else { return .unknown("") }
    depth += 1
    defer { depth -= 1 }
    if word(first) == "not" { return parts.count == 2 ? .not(operand(parts[parts.startIndex + 1])) : unknown(parts) }
    guard parts.count > 1 else { return operand(first) }
    var operands: [MediaCondition] = []
    let joint = word(parts[parts.startIndex + 1])
    guard joint == "and" || joint == "or" else { return unknown(parts) }
    for (offset, part) in parts.enumerated() {
      if offset % 2 == 0 {
        operands.append(operand(part))
      } else if word(part) != joint {
        return unknown(parts)
      }
    }
    return joint == "and" ? .all(operands) : .any(operands)
  }

  private func unknown(_ parts: ArraySlice<Int>) -> MediaCondition {
    guard let first = parts.first, let last = parts.last else { return .unknown("") }
    return .unknown(sheet.text(sheet.span(ofTokens: first..<sheet.next(after: last))))
  }

  private mutating func operand(_ index: Int) -> MediaCondition {
    guard sheet.tokens[index].kind == .leftParenthesis else {
      return .unknown(sheet.text(sheet.span(ofTokens: index..<sheet.next(after: index))))
    }
    let inner = sheet.components(in: sheet.contents(ofBlockAt: index))
    guard let first = inner.first else { return .unknown("()") }
    if sheet.tokens[first].kind == .leftParenthesis || word(first) == "not" { return condition(inner[...]) }
    return feature(inner) ?? unknown(inner[...])
  }

  private func feature(_ parts: [Int]) -> MediaCondition? {
    if parts.count == 1 { return name(parts[0]).map { .feature(MediaFeature(name: $0, comparison: .exists)) } }
    if sheet.tokens[parts[1]].kind == .colon { return plain(parts) }
    let operators = parts.indices.filter { isComparison(parts[$0]) }
    guard let first = operators.first else { return nil }
    let (comparison, next) = comparison(parts, first)
    let left = Array(parts[..<first])
    guard let (second, after) = operators.first(where: { $0 >= next }).map({ self.comparison(parts, $0) }) else {
      return range(left, comparison, Array(parts[next...]))
    }
    let secondStart = operators.first { $0 >= next } ?? next
    let middle = Array(parts[next..<secondStart])
    guard let lower = range(left, comparison, middle), let upper = range(middle, second, Array(parts[after...])) else {
      return nil
    }
    return .all([lower, upper])
  }

  private func isComparison(_ index: Int) -> Bool {
    let token = sheet.tokens[index]
    return sheet.isDelim(token, 0x3C) || sheet.isDelim(token, 0x3E) || sheet.isDelim(token, 0x3D)
  }

  private func comparison(_ parts: [Int], _ place: Int) -> (MediaFeature.Comparison, Int) {
    let isWide =
      place + 1 < parts.count && !sheet.isDelim(sheet.tokens[parts[place]], 0x3D)
      && sheet.isDelim(sheet.tokens[parts[place + 1]], 0x3D)
    switch sheet.source[Int(sheet.tokens[parts[place]].start)] {
    case 0x3C: return isWide ? (.atMost, place + 2) : (.less, place + 1)
    case 0x3E: return isWide ? (.atLeast, place + 2) : (.greater, place + 1)
    default: return (.equal, place + 1)
    }
  }

  private func name(_ index: Int) -> String? {
    let name = word(index)
    return name.isEmpty ? nil : name
  }

  private func plain(_ parts: [Int]) -> MediaCondition? {
    guard var name = name(parts[0]) else { return nil }
    var comparison = MediaFeature.Comparison.equal
    for prefix in ["-webkit-min-", "min-"] where name.hasPrefix(prefix) {
      comparison = .atLeast
      name.removeFirst(prefix.count)
    }
    for prefix in ["-webkit-max-", "max-"] where name.hasPrefix(prefix) {
      comparison = .atMost
      name.removeFirst(prefix.count)
    }
    return .feature(feature(name, comparison, Array(parts.dropFirst(2))))
  }

  private func range(_ left: [Int], _ comparison: MediaFeature.Comparison, _ right: [Int]) -> MediaCondition? {
    if left.count == 1, let name = name(left[0]) { return .feature(feature(name, comparison, right)) }
    guard right.count == 1, let name = name(right[0]) else { return nil }
    return .feature(feature(name, comparison.flipped, left))
  }

  private func feature(_ name: String, _ comparison: MediaFeature.Comparison, _ value: [Int]) -> MediaFeature {
    var result = MediaFeature(name: name, comparison: comparison)
    guard let first = value.first, let last = value.last else { return result }
    let range = first..<sheet.next(after: last)
    if value.count == 3, sheet.isDelim(sheet.tokens[value[1]], 0x2F),
      let above = sheet.number(of: sheet.tokens[value[0]]), let below = sheet.number(of: sheet.tokens[value[2]]),
      below != 0
    {
      result.quantity = StyleQuantity(above / below, .number)
    } else if let quantity = sheet.quantity(in: range, .media) {
      result.quantity = quantity
    } else {
      result.keyword = asciiLowercased(sheet.text(sheet.span(ofTokens: range)))
    }
    return result
  }
}
