import Mechanics
import SourceText

/// The words that decide what a condition is; each condition has exactly one of them.
enum ConditionKeyword: String, CaseIterable {
  case all
  case any
  case not
  case mechanic
  case pattern
  case kind
  case regex
  case inside
  case has
  case precedes
  case follows
  case nthChild
  case called
  case global
  case selector
  case style
  case files
  case density

  /// Whether the word says something of code; several of these may stand together, with `all`, `any` and `not` among them.
  var isAboutCode: Bool {
    switch self {
    case .pattern, .kind, .regex, .inside, .has, .precedes, .follows, .nthChild: true
    default: false
    }
  }
}

/// Reads conditions and names everything in them that could never match.
struct ConditionReader {
  let vocabulary: MechanicVocabulary
  /// The roles that the rubric adds.
  let roles: Set<String>
  private(set) var problems: [RubricProblem] = []

  init(vocabulary: MechanicVocabulary, roles: Set<String>) {
    self.vocabulary = vocabulary
    self.roles = roles
  }

  /// The condition, or `nil` when it is out of order, which is then reported.
  ///
  /// The depth is bounded by the depth of the document.
  mutating func read(_ node: YAMLNode) -> Condition? {
    guard problems.count < RubricError.maximumProblems else { return nil }
    guard case .mapping(let members) = node.content else {
      report(node.position, "a condition must be a mapping, found \(node.kindName)", Self.usage)
      return nil
    }
    var found = members.compactMap { member in ConditionKeyword(rawValue: member.key).map { ($0, member) } }
    // Beside `mechanic` stand facts, which may go by any of the other words.
    if found.contains(where: { $0.0 == .mechanic }) {
      found.removeAll { ![.mechanic, .all, .any, .not].contains($0.0) }
    }
    guard let (keyword, member) = found.first else {
      reportNoKeyword(node, members)
      return nil
    }
    if found.contains(where: { $0.0.isAboutCode }) {
      return codeQuestion(members, node).map { Condition(form: $0, position: node.position) }
    }
    if found.count > 1 {
      let names = found.map { "`\($0.0.rawValue)`" }.joined(separator: " and ")
      report(
        found[1].1.keyPosition, "a condition has one of its words, found \(names)", "put both into a list below `all:`")
      return nil
    }
    guard let form = form(keyword, member, members, node) else { return nil }
    return Condition(form: form, position: node.position)
  }

  private static let usage =
    "write `all: [...]`, `any: [...]`, `not: {...}`, `mechanic: NAME` with its facts, or `pattern`, `kind`, `selector`, `style`, "
    + "`called`, `global`, `files` or `density`"

  private mutating func form(
    _ keyword: ConditionKeyword, _ member: YAMLNode.Member, _ members: [YAMLNode.Member], _ node: YAMLNode
  ) -> Condition.Form? {
    switch keyword {
    case .all:
      rejectOthers(members, than: member)
      return parts(of: member).map { .all($0) }
    case .any:
      rejectOthers(members, than: member)
      return parts(of: member).map { .any($0) }
    case .not:
      rejectOthers(members, than: member)
      return read(member.value).map { .not($0) }
    case .mechanic:
      return query(member.value, members).map { .mechanic($0) }
    case .pattern, .kind, .regex, .inside, .has, .precedes, .follows, .nthChild: return codeQuestion(members, node)
    case .called, .global, .selector, .style, .files, .density: return projectQuestion(keyword, member, members)
    }
  }

  mutating func report(_ position: FilePosition, _ message: String, _ advice: String) {
    problems.append(RubricProblem(at: position, message, advice: advice))
  }

  private mutating func reportNoKeyword(_ node: YAMLNode, _ members: [YAMLNode.Member]) {
    let words = ConditionKeyword.allCases.map { $0.rawValue }
    for member in members {
      if let nearest = nearestName(to: member.key, among: words) {
        return report(
          member.keyPosition, "a condition has no word `\(excerpt(member.key))`", "did you mean `\(nearest)`?")
      }
    }
    guard let first = members.first else { return report(node.position, "a condition is empty", Self.usage) }
    report(first.keyPosition, "a condition has no word `\(excerpt(first.key))`", Self.usage)
  }

  private mutating func rejectOthers(_ members: [YAMLNode.Member], than keyword: YAMLNode.Member) {
    for member in members where member.key != keyword.key {
      report(
        member.keyPosition, "`\(excerpt(member.key))` cannot stand beside `\(keyword.key)`",
        "facts stand beside `mechanic`; make it an element of the list")
    }
  }

  private mutating func parts(of member: YAMLNode.Member) -> [Condition]? {
    guard case .sequence(let elements) = member.value.content else {
      report(
        member.value.position, "`\(member.key)` must be a list of conditions, found \(member.value.kindName)",
        "put each condition on a line of its own after `- `")
      return nil
    }
    if elements.isEmpty {
      report(member.value.position, "`\(member.key)` is empty", "add a condition, or remove it")
      return nil
    }
    let parts = elements.map { read($0) }
    let valid = parts.compactMap { $0 }
    return valid.count == parts.count ? valid : nil
  }
}

// MARK: - Mechanics

extension ConditionReader {
  private mutating func query(_ name: YAMLNode, _ members: [YAMLNode.Member]) -> FindingQuery? {
    let ids = vocabulary.terms.map { $0.id }
    guard let id = name.text, let term = vocabulary.term(id) else {
      let nearest = name.text.flatMap { nearestName(to: $0, among: ids) }
      report(
        name.position, "no mechanic is called \(name.kindName)",
        nearest.map { "did you mean `\($0)`?" } ?? "the mechanics are \(listed(ids))")
      return nil
    }
    let before = problems.count
    var query = FindingQuery(mechanic: id, status: .found, facts: [], count: .atLeastOne)
    for member in members where member.key != ConditionKeyword.mechanic.rawValue {
      switch member.key {
      case "status": query.status = status(member.value) ?? .found
      case "count": query.count = count(member.value, term) ?? .atLeastOne
      default:
        guard let fact = term.fact(member.key) else {
          reportUnknownFact(member, of: term)
          continue
        }
        if let wanted = wanted(member.value, fact) { query.facts.append(FactTest(name: fact.name, wanted: wanted)) }
      }
    }
    return problems.count == before ? query : nil
  }

  private mutating func reportUnknownFact(_ member: YAMLNode.Member, of term: MechanicVocabulary.Term) {
    guard problems.count < RubricError.maximumProblems else { return }
    let names = term.facts.map { $0.name }
    let nearest = nearestName(to: member.key, among: names + ["status", "count"])
    report(
      member.keyPosition, "`\(term.id)` has no fact `\(excerpt(member.key))`",
      nearest.map { "did you mean `\($0)`?" }
        ?? "its facts are \(listed(names)); besides them there are `status` and `count`")
  }

  private mutating func status(_ node: YAMLNode) -> Finding.Status? {
    let words = ["found", "broken", "refused", "unknown"]
    guard let text = node.text, let status = Finding.Status(rawValue: text) else {
      let nearest = node.text.flatMap { nearestName(to: $0, among: words) }
      report(
        node.position, "no status is called \(node.kindName)",
        nearest.map { "did you mean `\($0)`?" } ?? "write \(listed(words, or: true))")
      return nil
    }
    return status
  }

  private mutating func count(_ node: YAMLNode, _ term: MechanicVocabulary.Term) -> CountTest? {
    count(node, distinct: term.facts.map { $0.name }, of: "`\(term.id)` has no fact", advice: "its facts are")
  }

  /// Reads how many are wanted; `names` are what `distinct` may tell them apart by.
  mutating func count(_ node: YAMLNode, distinct names: [String], of what: String, advice: String) -> CountTest? {
    guard case .mapping(let members) = node.content else {
      report(node.position, "`count` must be a mapping, found \(node.kindName)", "write `count: {min: 2}`")
      return nil
    }
    let before = problems.count
    var test = CountTest(min: nil, max: nil, distinct: nil)
    for member in members {
      switch member.key {
      case "min": test.min = wholeNumber(member)
      case "max": test.max = wholeNumber(member)
      case "distinct":
        guard let name = member.value.text, names.contains(name) else {
          let nearest = member.value.text.flatMap { nearestName(to: $0, among: names) }
          let known = names.isEmpty ? "leave `distinct` out" : "\(advice) \(listed(names))"
          report(
            member.value.position, "\(what) \(member.value.kindName)",
            nearest.map { "did you mean `\($0)`?" } ?? known)
          continue
        }
        test.distinct = name
      default: reportUnknownWord(member, in: "count", ["min", "max", "distinct"])
      }
    }
    return problems.count == before ? checked(test, at: node.position) : nil
  }

  mutating func checked(_ test: CountTest, at position: FilePosition) -> CountTest? {
    if let min = test.min, let max = test.max, min > max {
      report(position, "no number is at least \(min) and at most \(max)", "swap `min` and `max`")
    } else if test.max == nil, (test.min ?? 0) == 0 {
      report(position, "every number of findings passes", "give `min: 1` or more, or a `max`")
    }
    return test
  }

  mutating func wholeNumber(_ member: YAMLNode.Member) -> Int? {
    guard let number = member.value.number, number >= 0, number <= 1_000_000, number == number.rounded() else {
      report(
        member.value.position, "`\(member.key)` must be a whole number, found \(member.value.kindName)",
        "write digits, 0 or more, without quotes")
      return nil
    }
    return Int(number)
  }

  mutating func reportUnknownWord(_ member: YAMLNode.Member, in place: String, _ words: [String]) {
    let nearest = nearestName(to: member.key, among: words)
    report(
      member.keyPosition, "`\(place)` has no word `\(excerpt(member.key))`",
      nearest.map { "did you mean `\($0)`?" } ?? "write \(listed(words, or: true))")
  }

  func listed(_ words: [String], or: Bool = false) -> String {
    let quoted = words.map { "`\($0)`" }
    return or ? FactTest.alternatives(quoted) : quoted.joined(separator: ", ")
  }
}

// MARK: - Facts

extension ConditionReader {
  private mutating func wanted(_ node: YAMLNode, _ fact: MechanicVocabulary.FactTerm) -> FactTest.Wanted? {
    switch fact.values {
    case .flag:
      guard let flag = node.flag else {
        report(
          node.position, "`\(fact.name)` is true or false, found \(node.kindName)",
          "write `true` or `false` without quotes")
        return nil
      }
      return .flag(flag)
    case .number: return numberTest(node, fact)
    case .words, .roles, .rolesOr, .text: return wordTest(node, fact)
    }
  }

  private mutating func numberTest(_ node: YAMLNode, _ fact: MechanicVocabulary.FactTerm) -> FactTest.Wanted? {
    if let number = node.number { return .number(min: number, max: number) }
    guard case .mapping(let members) = node.content, !members.isEmpty else {
      report(
        node.position, "`\(fact.name)` is a number, found \(node.kindName)", "write a number or `{min: 1, max: 8}`")
      return nil
    }
    var bounds: [String: Double] = [:]
    for member in members {
      guard ["min", "max"].contains(member.key) else {
        reportUnknownWord(member, in: fact.name, ["min", "max"])
        continue
      }
      guard let number = member.value.number else {
        report(
          member.value.position, "`\(member.key)` must be a number, found \(member.value.kindName)",
          "write digits without quotes")
        continue
      }
      bounds[member.key] = number
    }
    if let min = bounds["min"], let max = bounds["max"], min > max {
      report(
        node.position, "no number is at least \(FactTest.plain(min)) and at most \(FactTest.plain(max))",
        "swap `min` and `max`")
    }
    return .number(min: bounds["min"], max: bounds["max"])
  }

  private mutating func wordTest(_ node: YAMLNode, _ fact: MechanicVocabulary.FactTerm) -> FactTest.Wanted? {
    guard case .mapping(let members) = node.content else {
      return words(node, fact).map { .words(any: $0, all: [], none: []) }
    }
    var lists: [String: [String]] = [:]
    for member in members {
      guard ["any", "all", "none"].contains(member.key) else {
        reportUnknownWord(member, in: fact.name, ["any", "all", "none"])
        continue
      }
      lists[member.key] = words(member.value, fact) ?? []
    }
    if members.isEmpty { report(node.position, "`\(fact.name)` is empty", "name a value") }
    return .words(any: lists["any"] ?? [], all: lists["all"] ?? [], none: lists["none"] ?? [])
  }

  private mutating func words(_ node: YAMLNode, _ fact: MechanicVocabulary.FactTerm) -> [String]? {
    if case .sequence(let elements) = node.content {
      if elements.isEmpty {
        report(node.position, "`\(fact.name)` is empty", "name a value")
        return nil
      }
      let words = elements.map { word($0, fact) }
      return words.contains { $0 == nil } ? nil : words.compactMap { $0 }
    }
    return word(node, fact).map { [$0] }
  }

  mutating func word(_ node: YAMLNode, _ fact: MechanicVocabulary.FactTerm) -> String? {
    guard let text = node.text else {
      report(node.position, "`\(fact.name)` is a word, found \(node.kindName)", "write a word or a list of words")
      return nil
    }
    guard let allowed = vocabulary.words(for: fact, extraRoles: roles), !allowed.contains(text) else { return text }
    guard problems.count < RubricError.maximumProblems else { return nil }
    let nearest = nearestName(to: text, among: allowed)
    report(
      node.position, "`\(fact.name)` cannot be `\(excerpt(text))`",
      nearest.map { "did you mean `\($0)`?" } ?? "it is one of \(listed(allowed))")
    return nil
  }
}
