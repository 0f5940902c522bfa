public import Ingest

/// Holds the facts about projects against a policy.
public struct GateEvaluator: Sendable {
  /// The policy.
  public var policy: Policy

  /// Makes an evaluator.
  public init(policy: Policy) { self.policy = policy }

  /// What the policy says of one project.
  ///
  /// - Parameters:
  ///   - artifact: The project.
  ///   - folder: The folder of its files as other tools know it.
  ///   - outcome: What became of its examination.
  ///   - baseline: What the baseline says of it; `nil` without a baseline or when it is new.
  ///   - hasBaseline: Whether there is a baseline at all.
  public func judge(
    _ artifact: Artifact, folder: String, _ outcome: ExaminationOutcome, baseline: BaselineEntry? = nil,
    hasBaseline: Bool = false
  ) -> GateSample {
    var sample = GateSample(
      path: artifact.path, folder: folder, model: artifact.model, experiment: artifact.experiment, checks: [])
    switch outcome {
    case .examined(let facts):
      sample.rubric = (facts.rubric, facts.rubricVersion)
      sample.score = GateScore(low: facts.low, high: facts.high)
      sample.density = facts.density
      var judge = ProjectJudge(rules: policy.rules(for: facts.rubric), facts: facts)
      judge.run()
      sample.checks = judge.checks
      if hasBaseline { BaselineJudge(policy.regression, baseline).apply(to: &sample, facts) }
    case .unusable(let problem):
      sample.checks = [Self.check("input/unusable", "The project can be used", .unusable, problem)]
    case .crashed(let how):
      sample.checks = [
        Self.check(
          "analysis/crash", "The analysis ends properly", .fault,
          "the analysis ended in a way that it must not: \(how)",
          advice: "this is a fault of Sterling's own; please report it with the project")
      ]
    case .timedOut(let limit):
      sample.checks = [
        Self.check(
          "analysis/time-out", "The analysis ends in time", .inconclusive,
          "the analysis took more than \(plain(limit)) seconds", advice: "raise --timeout, or judge fewer files")
      ]
    }
    return sample
  }

  private static func check(
    _ rule: String, _ title: String, _ outcome: GateCheck.Outcome, _ message: String, advice: String? = nil
  ) -> GateCheck {
    var prints = Fingerprinter()
    let place = Place(file: "")
    return GateCheck(
      rule: rule, title: title, outcome: outcome, message: bounded(message), places: [place], advice: advice,
      fingerprint: prints.fingerprint(rule, "", place))
  }
}

/// Holds one project's facts against rules.
struct ProjectJudge {
  let rules: Policy.Rules
  let facts: Examined
  private(set) var checks: [GateCheck] = []
  private var prints = Fingerprinter()

  init(rules: Policy.Rules, facts: Examined) {
    self.rules = rules
    self.facts = facts
  }

  mutating func run() {
    checkInput()
    for criterion in facts.criteria { check(criterion) }
    checkScore()
    checkDensity()
    checkForbidden()
    if checks.isEmpty { add("policy/nothing", "The policy asks for something", .passed) }
  }

  private mutating func add(
    _ rule: String, _ title: String, _ outcome: GateCheck.Outcome, _ message: String = "", _ places: [Place] = [],
    subject: String = "", advice: String? = nil
  ) {
    // Reports hold many findings, and a text of a project may be of any length.
    let places =
      places.isEmpty && outcome.isFinding ? [Place(file: facts.mainFile)] : places.map { $0.shortened }
    // Of a criterion, a score or a limit there is one finding in a project, wherever it shows.
    let place = subject.isEmpty ? nil : places.first
    let fingerprint = outcome.isFinding ? prints.fingerprint(rule, subject, place) : ""
    checks.append(
      GateCheck(
        rule: rule, title: title, outcome: outcome, message: bounded(message, to: 600), places: places, advice: advice,
        fingerprint: fingerprint))
  }

  private func outcome(_ level: Policy.Level) -> GateCheck.Outcome { level == .error ? .failed : .warned }

  // MARK: Input

  /// No policy lets pass what was not seen.
  private mutating func checkInput() {
    for place in facts.unreadable {
      add(
        "input/unreadable", "Every file can be read", .inconclusive, "the file could not be judged: \(place.says)",
        [place],
        subject: place.file,
        advice: "make the file readable, or leave it out with --exclude")
    }
    if facts.isCutShort {
      add(
        "analysis/incomplete", "The analysis sees everything", .inconclusive,
        "the analysis reached its limit of steps before it had seen everything",
        advice: "split the project, or leave generated files out with --exclude")
    }
  }

  // MARK: Criteria

  private mutating func check(_ criterion: Examined.Criterion) {
    guard criterion.applies else { return }
    let level = rules.level(of: criterion.id, isRequired: criterion.isRequired)
    guard level != .off else { return }
    let rule = "\(facts.rubric)/\(criterion.id)"
    switch criterion.verdict {
    case "met": add(rule, criterion.title, .passed)
    case "unknown": checkUnknown(criterion, rule, level)
    default:
      let kind = criterion.failure.map { " (\($0))" } ?? ""
      let reason = criterion.reason.map { ": \($0)" } ?? ""
      add(
        rule, criterion.title, outcome(level), "\(criterion.verdict)\(kind): \(criterion.title)\(reason)",
        criterion.evidence, advice: criterion.advice)
    }
  }

  private mutating func checkUnknown(_ criterion: Examined.Criterion, _ rule: String, _ level: Policy.Level) {
    let outcome: GateCheck.Outcome
    switch rules.unknown {
    case .off: return
    case .inconclusive: outcome = level == .error ? .inconclusive : .warned
    case .error: outcome = self.outcome(level)
    case .warn: outcome = .warned
    }
    let reason = criterion.reason.map { ": \($0)" } ?? ""
    add(rule, criterion.title, outcome, "unknown: \(criterion.title)\(reason)", criterion.evidence)
  }

  // MARK: Score

  private mutating func checkScore() {
    if let minimum = rules.minimumScore {
      checkScore("score/minimum", "The score is at least \(plain(minimum))", minimum, .error)
    }
    if let bar = rules.warnBelow { checkScore("score/warn-below", "The score is at least \(plain(bar))", bar, .warn) }
  }

  private mutating func checkScore(_ rule: String, _ title: String, _ bar: Double, _ level: Policy.Level) {
    guard facts.low < bar else { return add(rule, title, .passed) }
    let range = facts.high > facts.low ? "\(plain(facts.low)) to \(plain(facts.high))" : plain(facts.low)
    let mayReach = facts.high >= bar && rules.unknown == .inconclusive
    let why = facts.high >= bar ? "; what is unknown decides" : ""
    let cap = facts.cap.map { "; a required criterion that is not met caps it at \(plain($0))" } ?? ""
    add(
      rule, title, mayReach && level == .error ? .inconclusive : outcome(level),
      "the score is \(range), less than \(plain(bar))\(why)\(cap)")
  }

  // MARK: Density

  private mutating func checkDensity() {
    let facts = self.facts.added ?? self.facts.density
    let subject = self.facts.added == nil ? "the project" : "the added lines"
    for figure in DensityFigure.allCases {
      guard let limit = rules.density[figure], limit.level != .off else { continue }
      let rule = "density/\(figure.rawValue)"
      guard self.facts.added == nil || figure.isKnownOfAddedLines else { continue }
      guard let value = facts[figure] else {
        add(rule, title(of: limit, figure.rawValue), .inconclusive, "\(figure.rawValue) of \(subject) is not known")
        continue
      }
      check(value, limit, rule: rule, name: figure.rawValue, subject: subject)
    }
    for (kind, limit) in rules.comments.sorted(by: { $0.key < $1.key }) where limit.level != .off {
      check(facts.comments[kind] ?? CommentTally(), limit, kind: kind, total: facts[.bytes] ?? 0, subject: subject)
    }
  }

  private func title(of limit: Policy.Limit, _ name: String) -> String {
    let bounds = [limit.minimum.map { "at least \(plain($0))" }, limit.maximum.map { "at most \(plain($0))" }]
    return "\(name) is \(bounds.compactMap { $0 }.joined(separator: " and "))"
  }

  private mutating func check(_ value: Double, _ limit: Policy.Limit, rule: String, name: String, subject: String) {
    let title = title(of: limit, name)
    if let maximum = limit.maximum, value > maximum {
      add(rule, title, outcome(limit.level), "\(name) of \(subject) is \(plain(value)), more than \(plain(maximum))")
    } else if let minimum = limit.minimum, value < minimum {
      add(rule, title, outcome(limit.level), "\(name) of \(subject) is \(plain(value)), less than \(plain(minimum))")
    } else {
      add(rule, title, .passed)
    }
  }

  private mutating func check(
    _ tally: CommentTally, _ limit: Policy.CommentLimit, kind: String, total: Double, subject: String
  ) {
    let rule = "comments/\(kind)"
    let title = "Comments of the kind \(kind) keep their limit"
    if let maximum = limit.maximumCount, Double(tally.count) > maximum {
      // The first one beyond the limit is the one to look at.
      let first = min(Int(min(maximum, 1e6)), max(0, tally.places.count - 1))
      let places = Array(tally.places.dropFirst(first) + tally.places.prefix(first))
      return add(
        rule, title, outcome(limit.level),
        "\(subject) \(subject.hasSuffix("s") ? "have" : "has") \(tally.count) comments of the kind \(kind), more than "
          + plain(maximum),
        Array(places.prefix(12)))
    }
    let share = total == 0 ? 0 : Double(tally.bytes) / total
    if let maximum = limit.maximumShare, share > maximum {
      return add(
        rule, title, outcome(limit.level),
        "comments of the kind \(kind) are \(plain(share)) of \(subject), more than \(plain(maximum))",
        Array(tally.places.prefix(12)))
    }
    add(rule, title, .passed)
  }

  // MARK: Forbidden things

  private static let titles: [(kind: String, title: String, advice: String?)] = [
    ("origin", "Only allowed origins are used", "ship the file with the project, or allow its origin in the policy"),
    ("eval", "No string is run as a program", "call a function instead"),
    ("secret", "No credential stands in a file", "revoke it, then read it from where it cannot be published"),
    ("missing-file", "Every file that is referred to exists", "add the file, or remove the reference"),
    ("tool-tag", "Nothing of the generating tool is left", "remove it"),
    ("syntax-error", "Every file can be parsed", nil),
  ]

  private mutating func checkForbidden() {
    for (kind, title, advice) in Self.titles {
      let level = rules.forbidden[kind] ?? .off
      guard level != .off else { continue }
      let rule = "forbid/\(kind)"
      let found = occurrences(of: kind)
      if found.isEmpty { add(rule, title, .passed) }
      for hazard in found {
        add(rule, title, outcome(level), hazard.place.says, [hazard.place], subject: hazard.subject, advice: advice)
      }
    }
  }

  private func occurrences(of kind: String) -> [Examined.Hazard] {
    if kind == "syntax-error" {
      return facts.syntaxErrors.map { Examined.Hazard(kind: kind, subject: $0.says, place: $0) }
    }
    let found = facts.hazards.filter { $0.kind == kind }
    return kind == "origin" ? found.filter { !rules.allows(origin: $0.subject) } : found
  }
}

extension Place {
  fileprivate var shortened: Place {
    var place = self
    place.excerpt = bounded(excerpt, to: 200)
    place.says = bounded(says)
    return place
  }
}

extension Policy.Rules {
  /// Whether another host may be used.
  func allows(origin: String) -> Bool {
    let host = origin.split(separator: "/").last.map(String.init) ?? origin
    let name = String(host.prefix { $0 != ":" })
    return allowedOrigins.contains { allowed in
      if allowed.hasPrefix("*.") { return name.hasSuffix(allowed.dropFirst()) && name.utf8.count >= allowed.utf8.count }
      if allowed.contains("//") { return allowed == origin || allowed == origin + "/" }
      return allowed == host || allowed == name
    }
  }
}
