import Patterns
import SourceText

extension ConditionReader {
  /// A condition over calls, globals, elements, styles, files or the density.
  mutating func projectQuestion(
    _ keyword: ConditionKeyword, _ member: YAMLNode.Member, _ members: [YAMLNode.Member]
  ) -> Condition.Form? {
    let before = problems.count
    checkWords(beside: keyword, members)
    if keyword == .density { return figure(member, members, before) }
    let question = question(keyword, member, members)
    var count = CountTest.atLeastOne
    if let wanted = members.first(where: { $0.key == "count" }) {
      count =
        self.count(wanted.value, distinct: [], of: "`\(keyword.rawValue)` tells nothing apart by", advice: "") ?? count
    }
    guard problems.count == before, let question else { return nil }
    return .question(question, count)
  }

  private mutating func checkWords(beside keyword: ConditionKeyword, _ members: [YAMLNode.Member]) {
    let allowed = Self.words(of: keyword).map { $0.name }
    for member in members where member.key != keyword.rawValue && !allowed.contains(member.key) {
      let nearest = nearestName(to: member.key, among: allowed)
      report(
        member.keyPosition, "`\(excerpt(member.key))` cannot stand beside `\(keyword.rawValue)`",
        nearest.map { "did you mean `\($0)`?" } ?? "beside it stand \(listed(allowed))")
    }
  }

  /// What may stand beside a word, and what it means.
  static func words(of keyword: ConditionKeyword) -> [(name: String, means: String)] {
    let count = (name: "count", means: "How many are wanted; at least one unless stated.")
    let reachable = (name: "reachable", means: "`any` counts what nothing leads to as well.")
    switch keyword {
    case .called, .global, .files: return [count]
    case .selector: return [count, reachable]
    case .style:
      return [
        ("value", "A word of the value, or several of which one is enough."),
        ("element", "A CSS selector for the elements that it has to apply to."),
        ("media", "A text that a media query around it contains."), count,
      ]
    case .density: return [("min", "The least value that is enough."), ("max", "The greatest value that is allowed.")]
    default: return []
    }
  }

  private mutating func text(_ node: YAMLNode, of word: String) -> String? {
    guard let text = node.text, !text.isEmpty else {
      report(node.position, "`\(word)` must be a text, found \(node.kindName)", "put it in quotes")
      return nil
    }
    return text
  }

  private mutating func question(
    _ keyword: ConditionKeyword, _ member: YAMLNode.Member, _ members: [YAMLNode.Member]
  ) -> Question? {
    guard let text = text(member.value, of: keyword.rawValue) else { return nil }
    switch keyword {
    case .called: return .called(text)
    case .global: return global(text, member.value)
    case .files: return .files(text)
    case .selector:
      let isAnywhere = anywhere(members)
      return selector(member.value, "selector").map { .elements(ElementQuestion(selector: $0, isAnywhere: isAnywhere)) }
    case .style: return style(text, members)
    default: return nil
    }
  }

  private mutating func global(_ name: String, _ node: YAMLNode) -> Question? {
    let isName = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      part.utf8.first.map { !(0x30...0x39).contains($0) } == true
        && part.utf8.allSatisfy {
          $0 >= 0x80 || ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x24
        }
    }
    guard isName, let pattern = try? CodePattern(name) else {
      report(
        node.position, "`global` must be a name, found \(node.kindName)",
        "write the name as code has it, such as `localStorage` or `navigator.geolocation`")
      return nil
    }
    return .global(name, pattern)
  }

  private mutating func selector(_ node: YAMLNode, _ word: String) -> ElementSelector? {
    guard let text = text(node, of: word) else { return nil }
    do throws(PatternError) {
      return try ElementSelector(text)
    } catch {
      let (position, place) = node.position(of: error.offset)
      report(position, error.problem + place, error.advice ?? "write a CSS selector, such as `nav a[href^=\"#\"]`")
      return nil
    }
  }

  private mutating func style(_ property: String, _ members: [YAMLNode.Member]) -> Question? {
    var question = StyleQuestion(property: property.lowercased(), values: [], selector: nil, media: nil)
    if property.hasPrefix("--") { question.property = property }
    for member in members {
      switch member.key {
      case "value":
        let nodes = member.value.elements.isEmpty ? [member.value] : member.value.elements
        question.values = nodes.compactMap { text($0, of: "value")?.lowercased() }
      case "element": question.selector = selector(member.value, "element")
      case "media": question.media = text(member.value, of: "media")?.lowercased()
      default: break
      }
    }
    return .style(question)
  }

  private mutating func figure(
    _ member: YAMLNode.Member, _ members: [YAMLNode.Member], _ before: Int
  ) -> Condition.Form? {
    let names = DensityFigure.allCases.map { $0.rawValue }
    guard let name = member.value.text, let figure = DensityFigure(rawValue: name) else {
      let nearest = member.value.text.flatMap { nearestName(to: $0, among: names) }
      report(
        member.value.position, "the density has no figure \(member.value.kindName)",
        nearest.map { "did you mean `\($0)`?" } ?? "the figures are \(listed(names))")
      return nil
    }
    var bounds: [String: Double] = [:]
    for member in members where member.key == "min" || member.key == "max" {
      guard let number = member.value.number else {
        report(
          member.value.position, "`\(member.key)` must be a number, found \(member.value.kindName)",
          "write digits without quotes")
        continue
      }
      bounds[member.key] = number
    }
    if bounds.isEmpty, problems.count == before {
      report(member.keyPosition, "every \(name) passes", "put `min` or `max` beside `density`")
    }
    if let min = bounds["min"], let max = bounds["max"], min > max {
      report(
        member.keyPosition, "no number is at least \(FactTest.plain(min)) and at most \(FactTest.plain(max))",
        "swap `min` and `max`")
    }
    guard problems.count == before else { return nil }
    return .figure(figure, min: bounds["min"], max: bounds["max"])
  }
}
