import Mechanics

/// Evaluates conditions over the findings of one project, in three values.
struct ConditionEvaluator {
  /// How many near misses an explanation keeps.
  static let maximumCandidates = 3

  private let findings: [String: [Finding]]
  private let analysed: Set<String>
  private let project: any ProjectAnswers

  init(findings: [Finding], analysed: Set<String>, project: any ProjectAnswers = NoProject()) {
    self.project = project
    self.findings = Dictionary(grouping: findings, by: \.mechanic)
    self.analysed = analysed
  }

  func explain(_ condition: Condition) -> Explanation {
    switch condition.form {
    case .all(let parts):
      let parts = parts.map { explain($0) }
      return Explanation(condition, Self.every(parts), parts: parts)
    case .any(let parts):
      let parts = parts.map { explain($0) }
      return Explanation(condition, Self.some(parts), parts: parts)
    case .not(let part):
      let part = explain(part)
      return Explanation(condition, part.truth.negated, parts: [part])
    case .mechanic(let query): return explain(query, condition)
    case .question(let question, let count): return explain(question, count, condition)
    case .figure(let figure, let min, let max): return explain(figure, min, max, condition)
    }
  }

  private static func every(_ parts: [Explanation]) -> Truth {
    if parts.contains(where: { $0.truth == .fails }) { return .fails }
    return parts.contains { $0.truth == .unknown } ? .unknown : .holds
  }

  private static func some(_ parts: [Explanation]) -> Truth {
    if parts.contains(where: { $0.truth == .holds }) { return .holds }
    return parts.contains { $0.truth == .unknown } ? .unknown : .fails
  }

  private func explain(_ query: FindingQuery, _ condition: Condition) -> Explanation {
    guard analysed.contains(query.mechanic) else {
      var explanation = Explanation(condition, .unknown)
      explanation.reason = "no analysis for `\(query.mechanic)` yet"
      return explanation
    }
    let all = findings[query.mechanic] ?? []
    let matches = all.filter { $0.status == query.status && query.matches($0) }
    let doubts = query.status == .unknown ? [] : all.filter { $0.status == .unknown && query.matches($0) }
    var explanation = Explanation(condition, query.count.truth(matches, mayBeMore: !doubts.isEmpty))
    explanation.matches = matches.sorted(by: Finding.surerFirst)
    explanation.doubts = doubts.sorted(by: Finding.surerFirst)
    if explanation.truth == .fails { explanation.candidates = candidates(for: query, among: all) }
    return explanation
  }

  private func explain(_ question: Question, _ count: CountTest, _ condition: Condition) -> Explanation {
    let answer = project.answer(question)
    if let reason = answer.reason {
      var explanation = Explanation(condition, .unknown)
      explanation.reason = reason
      return explanation
    }
    var explanation = Explanation(condition, count.truth(answer.matches, mayBeMore: !answer.doubts.isEmpty))
    explanation.matches = answer.matches
    explanation.doubts = answer.doubts
    if explanation.truth == .fails {
      explanation.candidates = answer.refused.prefix(Self.maximumCandidates).map {
        Candidate(finding: $0, reason: $0.reason ?? "it does not count", differences: 1)
      }
    }
    return explanation
  }

  private func explain(
    _ figure: DensityFigure, _ min: Double?, _ max: Double?, _ condition: Condition
  ) -> Explanation {
    let answer = project.answer(.density(figure))
    guard case .number(let value)? = answer.matches.first?.facts["value"] else {
      var explanation = Explanation(condition, .unknown)
      explanation.reason = answer.reason ?? "the \(figure.rawValue) is not known"
      return explanation
    }
    let holds = value >= (min ?? -.infinity) && value <= (max ?? .infinity)
    var explanation = Explanation(condition, holds ? .holds : .fails)
    let measured = "the \(figure.rawValue) is \(FactTest.plain(value))"
    explanation.reason =
      holds ? measured : "\(measured), wanted \(FactTest.bounds(min.map(FactTest.plain), max.map(FactTest.plain)))"
    return explanation
  }

  private func candidates(for query: FindingQuery, among all: [Finding]) -> [Candidate] {
    let near = all.compactMap { query.candidate($0) }
    let sorted = near.sorted { left, right in
      left.differences == right.differences
        ? Finding.surerFirst(left.finding, right.finding) : left.differences < right.differences
    }
    return Array(sorted.prefix(Self.maximumCandidates))
  }

  /// A broken finding of a mechanic that `explanation` looked for in vain.
  ///
  /// Only conditions that failed count, and none below a `not`: what is broken there was not wanted anyway.
  func brokenAttempt(in explanation: Explanation) -> Finding? {
    guard explanation.truth == .fails else { return nil }
    switch explanation.condition.form {
    case .not, .question, .figure: return nil
    case .all, .any:
      for part in explanation.parts {
        if let finding = brokenAttempt(in: part) { return finding }
      }
      return nil
    case .mechanic(let query):
      guard query.status == .found else { return nil }
      return (findings[query.mechanic] ?? []).filter { $0.status == .broken && query.matches($0) }
        .min(by: Finding.surerFirst)
    }
  }
}

extension Finding {
  /// Orders by confidence, greatest first, then by place, so that reports never depend on the order of analyses.
  static func surerFirst(_ left: Finding, _ right: Finding) -> Bool {
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    guard let first = left.evidence.first, let second = right.evidence.first else {
      return !left.evidence.isEmpty && right.evidence.isEmpty
    }
    return (first.file, first.span) < (second.file, second.span)
  }
}

extension FindingQuery {
  /// Whether every fact asked for passes; what a broken or unknown finding leaves out passes too.
  func matches(_ finding: Finding) -> Bool {
    let isOpen = finding.status == .unknown || finding.status == .broken
    return facts.allSatisfy { test in finding.facts[test.name].map { test.accepts($0) } ?? isOpen }
  }

  /// The finding as a near miss, or `nil` when it is too far off to be worth showing.
  func candidate(_ finding: Finding) -> Candidate? {
    let stated = facts.filter { finding.facts[$0.name] != nil }
    let contradicted = stated.filter { test in finding.facts[test.name].map { !test.accepts($0) } ?? false }
    let silent = facts.count - stated.count
    if finding.status == .refused {
      guard contradicted.isEmpty else { return nil }
      return Candidate(finding: finding, reason: finding.reason ?? "it was refused", differences: silent)
    }
    let differences = contradicted.count + silent
    guard finding.status == .found, status == .found, differences > 0, differences * 2 <= facts.count else {
      return nil
    }
    return Candidate(finding: finding, reason: difference(of: finding), differences: differences)
  }

  private func difference(of finding: Finding) -> String {
    let clauses = facts.compactMap { test -> String? in
      guard let fact = finding.facts[test.name] else { return "its \(test.name) is not known" }
      return test.accepts(fact) ? nil : "its \(test.name) is \(fact.plainText), wanted \(test.wantedText)"
    }
    return clauses.joined(separator: "; ")
  }
}

extension FactTest {
  /// What is wanted, without the fact's name.
  fileprivate var wantedText: String { String(description.dropFirst(name.count + 1)) }
}

extension CountTest {
  /// Whether the number of matches passes; `mayBeMore` when unknown findings may stand for any number of others.
  fileprivate func truth(_ matches: [Finding], mayBeMore: Bool) -> Truth {
    let number = distinct.map { name in Set(matches.compactMap { $0.facts[name] }).count } ?? matches.count
    if let max, number > max { return .fails }
    if let min, number < min { return mayBeMore ? .unknown : .fails }
    return max != nil && mayBeMore ? .unknown : .holds
  }
}
