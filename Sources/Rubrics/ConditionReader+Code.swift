import Patterns
import SourceText

/// The words of a rule for code, and where each may stand.
enum CodeWord: String, CaseIterable {
  case pattern, exact, kind, regex, inside, has, precedes, follows, nthChild, all, any, not
  case field, stopBy
  case count, reachable

  /// The words of a rule anywhere.
  static let ofRules: [CodeWord] = [
    .pattern, .exact, .kind, .regex, .inside, .has, .precedes, .follows, .nthChild, .all, .any, .not,
  ]
}

extension ConditionReader {
  /// A condition over code, from the mapping that holds its words.
  mutating func codeQuestion(_ members: [YAMLNode.Member], _ node: YAMLNode) -> Condition.Form? {
    let before = problems.count
    var reader = CodeRuleReader()
    let rule = reader.rule(members, node, allowed: CodeWord.ofRules + [.count, .reachable])
    for problem in reader.problems where problems.count < RubricError.maximumProblems {
      report(problem.position, problem.message, problem.advice)
    }
    guard let rule, problems.count == before else { return nil }
    if !rule.isPositive {
      report(
        node.position, "nothing says what the code is, only where it stands",
        "name a `pattern` or a `kind`; what is around it then stands beside it")
    }
    if let kinds = rule.possibleKinds, kinds.isEmpty {
      report(
        node.position, "no node can be all of this at once, so nothing ever matches",
        "a `pattern` for an expression matches the expression, not the statement or function around it")
    }
    var count = CountTest.atLeastOne
    if let wanted = members.first(where: { $0.key == CodeWord.count.rawValue }) {
      count =
        self.count(
          wanted.value, distinct: reader.variables, of: "the condition has no metavariable",
          advice: "its metavariables are") ?? .atLeastOne
    }
    let isAnywhere = anywhere(members)
    guard problems.count == before else { return nil }
    return .question(.code(CodeQuestion(rule: rule, says: reader.says(members), isAnywhere: isAnywhere)), count)
  }

  /// Whether code that nothing leads to counts as well.
  mutating func anywhere(_ members: [YAMLNode.Member]) -> Bool {
    guard let member = members.first(where: { $0.key == CodeWord.reachable.rawValue }) else { return false }
    if member.value.text == "any" { return true }
    if member.value.flag != true {
      report(
        member.value.position, "`reachable` must be `true` or `any`, found \(member.value.kindName)",
        "write `reachable: any` to count code that nothing leads to as well")
    }
    return false
  }
}

/// Reads the rules of conditions over code.
struct CodeRuleReader {
  struct Problem {
    var position: FilePosition
    var message: String
    var advice: String
  }

  private(set) var problems: [Problem] = []
  /// The metavariables of all patterns, in the order of the file.
  private(set) var variables: [String] = []

  private mutating func report(_ position: FilePosition, _ message: String, _ advice: String) {
    problems.append(Problem(position: position, message: message, advice: advice))
  }

  /// The rule that a mapping describes; the depth is bounded by the depth of the document.
  mutating func rule(_ members: [YAMLNode.Member], _ node: YAMLNode, allowed: [CodeWord]) -> CodeRule? {
    let before = problems.count
    checkWords(members, allowed)
    func value(_ word: CodeWord) -> YAMLNode? { members.first { $0.key == word.rawValue }?.value }
    let isExact = flag(value(.exact), .exact)
    if let exact = value(.exact), value(.pattern) == nil {
      report(exact.position, "`exact` says how a pattern is matched, and there is none", "put it beside `pattern`")
    }
    let pattern = value(.pattern).flatMap {
      read($0) { text throws(PatternError) in try CodePattern(text, isExact: isExact) }
    }
    for name in pattern?.variables ?? [] where !variables.contains(name) { variables.append(name) }
    let kind = value(.kind).flatMap { read($0) { text throws(PatternError) in try KindTest(text) } }
    let regex = value(.regex).flatMap { read($0) { text throws(PatternError) in try LinearRegex(text) } }
    var relations: [CodeRule.Relation] = []
    for place in CodeRule.Relation.Place.allCases {
      for member in members where member.key == place.rawValue {
        if let relation = relation(place, member.value) { relations.append(relation) }
      }
    }
    let nthChild = value(.nthChild).flatMap { place($0) }
    let all = rules(value(.all), .all)
    let any = rules(value(.any), .any)
    let not = value(.not).flatMap { nested($0, "`not`") }
    if problems.count == before, members.isEmpty {
      report(node.position, "a rule is empty", "name a `pattern` or a `kind`")
    }
    guard problems.count == before else { return nil }
    return CodeRule(
      pattern: pattern, kind: kind, regex: regex, relations: relations, nthChild: nthChild, all: all, any: any, not: not
    )
  }

  private mutating func checkWords(_ members: [YAMLNode.Member], _ allowed: [CodeWord]) {
    for member in members {
      let word = CodeWord(rawValue: member.key)
      if let word, allowed.contains(word) { continue }
      let message = "a rule for code has no word `\(excerpt(member.key))` here"
      switch word {
      case .stopBy: report(member.keyPosition, message, "`stopBy` stands in `inside`, `has`, `precedes` or `follows`")
      case .field: report(member.keyPosition, message, "`field` stands in `inside` or `has`")
      case .count, .reachable:
        report(member.keyPosition, message, "`\(member.key)` stands beside the outermost words of the condition")
      default:
        let names = allowed.map { $0.rawValue }
        let nearest = nearestName(to: member.key, among: names)
        let isOther = ConditionKeyword(rawValue: member.key) != nil
        report(
          member.keyPosition, message,
          nearest.map { "did you mean `\($0)`?" }
            ?? (isOther
              ? "`\(member.key)` is a condition of its own: put both into a list below `all:`"
              : "write \(FactTest.alternatives(names.map { "`\($0)`" }))"))
      }
    }
  }

  private mutating func flag(_ node: YAMLNode?, _ word: CodeWord) -> Bool {
    guard let node else { return false }
    guard let flag = node.flag else {
      report(
        node.position, "`\(word.rawValue)` is true or false, found \(node.kindName)",
        "write `true` or `false` without quotes")
      return false
    }
    return flag
  }

  /// Reads a text in a language of its own.
  private mutating func read<Value>(_ node: YAMLNode, _ make: (String) throws(PatternError) -> Value) -> Value? {
    guard let text = node.text else {
      report(node.position, "code is described by a text, found \(node.kindName)", "put it in quotes")
      return nil
    }
    do throws(PatternError) {
      return try make(text)
    } catch {
      let (position, place) = node.position(of: error.offset)
      report(position, error.problem + place, advice(for: error, in: node) ?? "correct it there")
      return nil
    }
  }

  /// A text without quotes in `{...}` ends at a comma, which is easily overlooked.
  private func advice(for error: PatternError, in node: YAMLNode) -> String? {
    guard case .scalar(let text, isPlain: true) = node.content, error.offset == text.utf8.count else {
      return error.advice
    }
    return "put it in quotes: within `{...}` a text without them ends at a comma"
  }

  private mutating func nested(_ node: YAMLNode, _ name: String, _ extra: [CodeWord] = []) -> CodeRule? {
    guard case .mapping(let members) = node.content else {
      report(
        node.position, "\(name) must be a rule, found \(node.kindName)",
        "write `{pattern: ...}` or `{kind: ...}`")
      return nil
    }
    return rule(
      members.filter { member in !extra.contains { $0.rawValue == member.key } }, node, allowed: CodeWord.ofRules)
  }

  private mutating func rules(_ node: YAMLNode?, _ word: CodeWord) -> [CodeRule] {
    guard let node else { return [] }
    guard case .sequence(let elements) = node.content, !elements.isEmpty else {
      report(
        node.position, "`\(word.rawValue)` must be a list of rules, found \(node.kindName)",
        "put each rule on a line of its own after `- `")
      return []
    }
    return elements.compactMap { nested($0, "an element of `\(word.rawValue)`") }
  }

  // MARK: Relations

  private mutating func relation(_ place: CodeRule.Relation.Place, _ node: YAMLNode) -> CodeRule.Relation? {
    let extra: [CodeWord] = place == .inside || place == .has ? [.stopBy, .field] : [.stopBy]
    guard let rule = nested(node, "`\(place.rawValue)`", extra) else { return nil }
    if !rule.isPositive {
      report(node.position, "`\(place.rawValue)` does not say what is there", "name a `pattern` or a `kind` in it")
    }
    var stop = CodeRule.Relation.Stop.neighbor
    if let value = node["stopBy"] { stop = self.stop(value) ?? .neighbor }
    var field: CodeField?
    if extra.contains(.field), let value = node["field"] {
      field = value.text.flatMap { CodeField($0) }
      if field == nil {
        let nearest = value.text.flatMap { nearestName(to: $0, among: CodeField.names) }
        report(
          value.position, "no field is called \(value.kindName)",
          nearest.map { "did you mean `\($0)`?" } ?? "fields are those of ESTree, such as `callee`")
      }
    }
    return CodeRule.Relation(place: place, rule: rule, stop: stop, field: field)
  }

  private mutating func stop(_ node: YAMLNode) -> CodeRule.Relation.Stop? {
    if case .mapping = node.content { return nested(node, "`stopBy`").map { .rule($0) } }
    switch node.text {
    case "neighbor": return .neighbor
    case "end": return .end
    default:
      let nearest = node.text.flatMap { nearestName(to: $0, among: ["neighbor", "end"]) }
      report(
        node.position, "`stopBy` cannot be \(node.kindName)",
        nearest.map { "did you mean `\($0)`?" } ?? "write `neighbor`, `end`, or a rule for what to stop at")
      return nil
    }
  }

  private mutating func place(_ node: YAMLNode) -> CodeRule.NthChild? {
    guard case .mapping(let members) = node.content else {
      return formula(node).map { .init(step: $0.step, offset: $0.offset) }
    }
    var position: (step: Int, offset: Int)?
    var isReversed = false
    var rule: CodeRule?
    for member in members {
      switch member.key {
      case "position": position = formula(member.value)
      case "reverse": isReversed = flag(member.value, .nthChild)
      case "ofRule": rule = nested(member.value, "`ofRule`")
      default:
        let nearest = nearestName(to: member.key, among: ["position", "reverse", "ofRule"])
        report(
          member.keyPosition, "`nthChild` has no word `\(excerpt(member.key))`",
          nearest.map { "did you mean `\($0)`?" } ?? "write `position`, `reverse` or `ofRule`")
      }
    }
    guard let position else {
      if problems.isEmpty { report(node.position, "`nthChild` needs `position`", "write `position: 1`") }
      return nil
    }
    return CodeRule.NthChild(step: position.step, offset: position.offset, isReversed: isReversed, rule: rule)
  }

  private mutating func formula(_ node: YAMLNode) -> (step: Int, offset: Int)? {
    guard let formula = node.text.flatMap({ nthFormula($0) }) else {
      report(node.position, "\(node.kindName) is no place", "write a number from 1, `odd`, `even` or `2n+1`")
      return nil
    }
    return formula
  }

  // MARK: In words

  /// The rule in a few words.
  func says(_ members: [YAMLNode.Member]) -> String {
    func text(_ word: CodeWord) -> String? { members.first { $0.key == word.rawValue }?.value.text }
    var parts: [String] = []
    if let pattern = text(.pattern) { parts.append("code like `\(excerpt(pattern))`") }
    if let kind = text(.kind) { parts.append(parts.isEmpty ? "a `\(excerpt(kind))`" : "that is a `\(excerpt(kind))`") }
    if parts.isEmpty { parts.append("code") }
    if let regex = text(.regex) { parts.append("whose text matches `\(excerpt(regex))`") }
    for place in CodeRule.Relation.Place.allCases {
      guard let node = members.first(where: { $0.key == place.rawValue })?.value else { continue }
      let what = node["pattern"]?.text ?? node["kind"]?.text ?? node["regex"]?.text
      let verb =
        switch place {
        case .inside: "inside"
        case .has: "with"
        case .precedes: "before"
        case .follows: "after"
        }
      parts.append(what.map { "\(verb) `\(excerpt($0))`" } ?? "\(verb) what the condition says")
    }
    return parts.joined(separator: " ")
  }
}

extension YAMLNode {
  /// The place of a byte of a text of one line, where it can be told; else the place of the text and the byte in words.
  func position(of offset: Int) -> (FilePosition, String) {
    guard case .scalar(let text, let isPlain) = content, !text.utf8.contains(0x0A),
      !text.utf8.contains(0x5C) || isPlain,
      !text.contains("'") || isPlain
    else { return (position, offset > 0 ? " (at character \(offset + 1) of the text)" : "") }
    var place = position
    place.column += (isPlain ? 0 : 1) + String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self).utf16.count
    return (place, "")
  }
}
