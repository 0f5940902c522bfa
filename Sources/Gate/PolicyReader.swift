import Density
import SourceText
public import Rubrics

extension Policy {
  /// Reads the policy that stands under `gate:` in a `sterling.yaml`.
  ///
  /// - Parameters:
  ///   - bytes: The YAML, UTF-8.
  ///   - file: What to call the file in messages.
  /// - Returns: The policy; `nil` when the file has no `gate:`.
  /// - Throws: Everything that is wrong with the file, with positions.
  public static func read(yaml bytes: [UInt8], file: String) throws(RubricError) -> Policy? {
    let root = try YAMLReader.read(bytes, file: file, as: .settings)
    if root.isNull { return nil }
    var checker = ShapeChecker(shape: .settings)
    checker.check(root, isObject: "settings", called: "a settings file")
    guard checker.problems.isEmpty else { throw RubricError(checker.problems) }
    guard let gate = root["gate"] else { return nil }
    var reader = PolicyReader()
    var policy = reader.policy(gate)
    policy.file = file
    guard reader.problems.isEmpty else { throw RubricError(reader.problems) }
    return policy
  }
}

/// Builds the model from a document whose shape was checked.
private struct PolicyReader {
  var problems: [RubricProblem] = []

  private mutating func report(_ node: YAMLNode, _ message: String, _ advice: String) {
    problems.append(RubricProblem(at: node.position, message, advice: advice))
  }

  mutating func policy(_ node: YAMLNode) -> Policy {
    var policy = Policy()
    policy.rubric = node["rubric"]?.text
    policy.common = rules(node, over: Policy.Rules())
    for member in node["rubrics"]?.members ?? [] {
      policy.byRubric[member.key] = rules(member.value, over: policy.common)
      policy.rubricPositions[member.key] = member.keyPosition
    }
    if let samples = node["samples"] { policy.aggregation = aggregation(samples) }
    if let regression = node["regression"] { policy.regression = self.regression(regression) }
    policy.baseline = node["baseline"]?.text
    return policy
  }

  private mutating func rules(_ node: YAMLNode, over common: Policy.Rules) -> Policy.Rules {
    var rules = common
    rules.minimumScore = node["minimum-score"]?.number ?? common.minimumScore
    rules.warnBelow = node["warn-below"]?.number ?? common.warnBelow
    rules.required = level(node["required"]) ?? common.required
    rules.other = level(node["other"]) ?? common.other
    rules.unknown = node["unknown"]?.text.flatMap { Policy.Unknown(rawValue: $0) } ?? common.unknown
    for member in node["criteria"]?.members ?? [] {
      guard let level = level(member.value) else { continue }
      rules.criteria[member.key] = Policy.CriterionLevel(level: level, position: member.keyPosition)
    }
    for member in node["density"]?.members ?? [] {
      if let figure = DensityFigure(rawValue: member.key) { rules.density[figure] = limit(member.value, figure) }
    }
    for member in node["comments"]?.members ?? [] where !member.key.hasPrefix("x-") {
      rules.comments[member.key] = commentLimit(member.value)
    }
    if let forbidden = node["forbid"] { forbid(forbidden, &rules) }
    return rules
  }

  private func level(_ node: YAMLNode?) -> Policy.Level? { node?.text.flatMap { Policy.Level(rawValue: $0) } }

  private mutating func limit(_ node: YAMLNode, _ figure: DensityFigure) -> Policy.Limit {
    let limit = Policy.Limit(
      minimum: node["min"]?.number, maximum: node["max"]?.number, level: level(node["level"]) ?? .error)
    if limit.minimum == nil && limit.maximum == nil {
      report(node, "a limit needs `min` or `max`", "write `{max: 0.2}`, or remove it")
    }
    if let minimum = limit.minimum, let maximum = limit.maximum, minimum > maximum {
      report(node, "no value is both \(minimum) or more and \(maximum) or less", "swap them")
    }
    for bound in [node["min"], node["max"]] {
      if figure.isShare, let bound, let number = bound.number, number > 1 {
        report(bound, "a share goes from 0 to 1, found \(number)", "write 0.2 for 20 %")
      }
    }
    return limit
  }

  private mutating func commentLimit(_ node: YAMLNode) -> Policy.CommentLimit {
    let limit = Policy.CommentLimit(
      maximumCount: node["max-count"]?.number, maximumShare: node["max-share"]?.number,
      level: level(node["level"]) ?? .error)
    if limit.maximumCount == nil && limit.maximumShare == nil {
      report(node, "a limit of comments needs `max-count` or `max-share`", "write `{max-count: 0}`, or remove it")
    }
    return limit
  }

  private mutating func forbid(_ node: YAMLNode, _ rules: inout Policy.Rules) {
    for (key, kind) in Policy.forbiddenKinds {
      if let level = level(node[key]) { rules.forbidden[kind] = level }
    }
    guard let origins = node["origins"] else { return }
    rules.forbidden["origin"] = level(origins["level"]) ?? .error
    rules.allowedOrigins = origins["allow"]?.elements.compactMap { $0.text?.lowercased() } ?? []
    for element in origins["allow"]?.elements ?? [] {
      if let text = element.text, text.dropFirst(8).contains("/") {
        report(
          element, "an origin has no path, found `\(excerpt(text))`", "keep scheme and host: `https://cdn.example`")
      }
    }
  }

  private mutating func aggregation(_ node: YAMLNode) -> Policy.Aggregation {
    switch node["aggregate"]?.text {
    case "at-least":
      guard let pass = node["pass"]?.number, pass == pass.rounded() else {
        report(node, "`at-least` needs `pass`, a whole number", "write how many samples must pass")
        return .pessimistic
      }
      return .atLeast(Int(pass))
    case "interval":
      guard let bar = node["bar"]?.number else {
        report(node, "`interval` needs `bar`", "write the share that must pass, from 0 to 1")
        return .pessimistic
      }
      return .interval(bar: bar, confidence: node["confidence"]?.number ?? 0.95)
    default: return .pessimistic
    }
  }

  private func regression(_ node: YAMLNode) -> Policy.Regression {
    var regression = Policy.Regression()
    regression.scoreDrop = node["score-drop"]?.number ?? regression.scoreDrop
    regression.criteria = level(node["criteria"]) ?? regression.criteria
    regression.commentShareRise = node["comment-share-rise"]?.number
    regression.whitespaceShareRise = node["whitespace-share-rise"]?.number
    return regression
  }
}

extension Policy {
  /// The keys under `forbid`, and the kinds of hazards that they stand for.
  static let forbiddenKinds: [(key: String, kind: String)] = [
    ("eval", "eval"), ("secrets", "secret"), ("missing-files", "missing-file"), ("tool-tags", "tool-tag"),
    ("syntax-errors", "syntax-error"),
  ]

  /// The names of criteria and rubrics in the policy that mean nothing, with the nearest that do.
  ///
  /// - Parameter known: The criteria of each rubric that is known, by the rubric's id.
  public func unknownNames(known: [String: [String]]) -> [RubricProblem] {
    var problems: [RubricProblem] = []
    for (rubric, rules) in byRubric.sorted(by: { $0.key < $1.key }) {
      guard let criteria = known[rubric] else { continue }
      problems += unknown(rules.criteria.filter { common.criteria[$0.key] == nil }, in: criteria, of: rubric)
    }
    let all = known.sorted { $0.key < $1.key }.flatMap { $0.value }
    problems += unknown(common.criteria, in: all, of: nil)
    return problems
  }

  /// The rubrics that have rules of their own and are not known, each with what is probably meant.
  public func unknownRubrics(known: [String]) -> [RubricProblem] {
    rubricPositions.filter { !known.contains($0.key) }.sorted { $0.value < $1.value }.map { id, position in
      let nearest = nearestName(to: id, among: known)
      return RubricProblem(
        at: position, "no rubric of this run and no built-in one is called `\(excerpt(id))`",
        advice: nearest.map { "did you mean `\($0)`?" } ?? "its rules are not used here")
    }
  }

  private func unknown(
    _ criteria: [String: CriterionLevel], in known: [String], of rubric: String?
  ) -> [RubricProblem] {
    criteria.filter { !known.contains($0.key) }.sorted { $0.value.position < $1.value.position }.map { id, stated in
      let nearest = nearestName(to: id, among: known)
      let owner = rubric.map { "rubric `\($0)`" } ?? "no rubric"
      return RubricProblem(
        at: stated.position,
        rubric == nil ? "\(owner) has a criterion `\(excerpt(id))`" : "\(owner) has no criterion `\(excerpt(id))`",
        advice: nearest.map { "did you mean `\($0)`?" } ?? "`sterling score` lists the criteria")
    }
  }
}
