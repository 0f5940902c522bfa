public import Mechanics

/// What a rubric asks of the findings of a project.
public struct Condition: Sendable {
  /// The kinds of condition.
  public indirect enum Form: Sendable {
    /// Every part holds.
    case all([Condition])
    /// At least one part holds.
    case any([Condition])
    /// The part does not hold.
    case not(Condition)
    /// Findings of a mechanic match.
    case mechanic(FindingQuery)
    /// The project answers a question with so many places.
    case question(Question, CountTest)
    /// A figure of the project lies within bounds, both inclusive.
    case figure(DensityFigure, min: Double?, max: Double?)
  }

  /// What is looked for, where it is one thing; `nil` for combinations.
  var sought: String? {
    switch form {
    case .all, .any, .not: nil
    case .mechanic(let query): query.description
    case .question(let question, let count): question.description + count.suffix
    case .figure(let figure, let min, let max):
      "the \(figure.rawValue) to be \(FactTest.bounds(min.map(FactTest.plain), max.map(FactTest.plain)))"
    }
  }

  /// What it asks.
  public var form: Form
  /// Where the rubric asks it.
  public var position: FilePosition
}

/// Which findings a condition looks for, and how many of them it wants.
public struct FindingQuery: Sendable {
  /// The mechanic.
  public var mechanic: String
  /// The status that the findings must have.
  public var status: Finding.Status
  /// What their facts must be, in the order of the rubric.
  public var facts: [FactTest]
  /// How many are wanted.
  public var count: CountTest
}

/// What a fact must be.
public struct FactTest: Sendable {
  /// The fact's name.
  public var name: String
  /// What is wanted of it.
  public var wanted: Wanted

  /// The kinds of test.
  public enum Wanted: Hashable, Sendable {
    /// At least one of `any` (unless empty), every one of `all` and not one of `none` is among its words.
    case words(any: [String], all: [String], none: [String])
    /// A number within bounds, both inclusive.
    case number(min: Double?, max: Double?)
    /// This truth value.
    case flag(Bool)
  }

  /// Whether a fact's value passes.
  public func accepts(_ fact: Fact) -> Bool {
    switch (wanted, fact) {
    case (.words(let any, let all, let none), .word(let word)): accepts([word], any, all, none)
    case (.words(let any, let all, let none), .words(let words)): accepts(words, any, all, none)
    case (.number(let min, let max), .number(let value)): value >= (min ?? -.infinity) && value <= (max ?? .infinity)
    case (.flag(let wanted), .flag(let value)): wanted == value
    default: false
    }
  }

  private func accepts(_ words: [String], _ any: [String], _ all: [String], _ none: [String]) -> Bool {
    (any.isEmpty || any.contains { words.contains($0) }) && all.allSatisfy { words.contains($0) }
      && !none.contains { words.contains($0) }
  }
}

/// How many findings are wanted.
public struct CountTest: Hashable, Sendable {
  /// At least so many; `nil` for no lower bound.
  public var min: Int?
  /// At most so many; `nil` for no upper bound.
  public var max: Int?
  /// The fact that tells one thing from another: findings in which it is the same count once.
  public var distinct: String?

  /// At least one.
  public static let atLeastOne = CountTest(min: 1, max: nil, distinct: nil)
}

// MARK: - In words

extension FindingQuery: CustomStringConvertible {
  /// The query as a person would say it, for reports.
  public var description: String {
    var text = "`\(mechanic)`"
    if status != .found { text = "a \(status.rawValue) " + text }
    if !facts.isEmpty { text += " with " + facts.map { $0.description }.joined(separator: ", ") }
    return text + count.suffix
  }
}

extension FactTest: CustomStringConvertible {
  /// The test as a person would say it, for reports.
  public var description: String {
    switch wanted {
    case .flag(let value): return "\(name) \(value)"
    case .number(let min, let max): return "\(name) \(Self.bounds(min.map(Self.plain), max.map(Self.plain)))"
    case .words(let any, let all, let none):
      var parts: [String] = []
      if !any.isEmpty { parts.append(Self.alternatives(any)) }
      if !all.isEmpty { parts.append(all.joined(separator: " and ")) }
      if !none.isEmpty { parts.append("not " + Self.alternatives(none)) }
      return "\(name) " + parts.joined(separator: ", ")
    }
  }

  static func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  static func bounds(_ min: String?, _ max: String?) -> String {
    switch (min, max) {
    case (let min?, let max?): min == max ? "exactly \(min)" : "from \(min) to \(max)"
    case (let min?, nil): "at least \(min)"
    case (nil, let max?): "at most \(max)"
    case (nil, nil): "any"
    }
  }

  static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : number.description
  }
}

extension CountTest {
  /// What a query says of the number, empty for the usual one.
  var suffix: String {
    guard self != .atLeastOne else { return "" }
    let what = distinct.map { ", told apart by \($0)" } ?? ""
    return " (\(FactTest.bounds(min.map { String($0) }, max.map { String($0) }))\(what))"
  }
}

extension Fact {
  /// The value as a person would say it.
  var plainText: String {
    switch self {
    case .word(let word): word
    case .words(let words): words.joined(separator: " and ")
    case .number(let number): FactTest.plain(number)
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}
