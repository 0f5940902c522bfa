import Rubrics

/// The one answer of a gate: the words, the exit code and what is counted all follow from it.
public enum GateVerdict: String, CaseIterable, Hashable, Sendable, Comparable {
  /// It may ship.
  case passed
  /// It cannot be told: an unknown verdict, an unreadable file or a time-out decides.
  case inconclusive
  /// It may not ship.
  case failed
  /// The project, its rubric or its baseline cannot be used.
  case unusable
  /// Sterling itself went wrong.
  case fault

  /// The exit code of the command.
  public var exitCode: Int32 {
    switch self {
    case .passed: 0
    case .failed: 1
    case .unusable: 2
    case .inconclusive: 3
    case .fault: 70
    }
  }

  /// Orders from the best to the worst; what surely fails is worse than what cannot be told.
  public static func < (left: GateVerdict, right: GateVerdict) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One thing that the gate looked at.
public struct GateCheck: Hashable, Sendable {
  /// What came of it.
  public enum Outcome: String, Hashable, Sendable, Comparable {
    /// As it should be.
    case passed
    /// Not as it should be, and already so in the baseline.
    case known
    /// Not as it should be, and only said.
    case warned
    /// It cannot be told.
    case inconclusive
    /// Not as it should be.
    case failed
    /// The project cannot be used.
    case unusable
    /// Sterling itself went wrong.
    case fault

    /// What the outcome makes of the whole.
    public var verdict: GateVerdict {
      switch self {
      case .passed, .known, .warned: .passed
      case .inconclusive: .inconclusive
      case .failed: .failed
      case .unusable: .unusable
      case .fault: .fault
      }
    }

    /// Whether there is something to report.
    public var isFinding: Bool { self != .passed }

    private var rank: Int {
      switch self {
      case .passed: 0
      case .known: 1
      case .warned: 2
      case .inconclusive: 3
      case .failed: 4
      case .unusable: 5
      case .fault: 6
      }
    }

    /// Orders from the best to the worst.
    public static func < (left: Outcome, right: Outcome) -> Bool { left.rank < right.rank }
  }

  /// The rule: `space-shooter/player-fire`, `forbid/eval`.
  public var rule: String
  /// What the rule asks for, for people.
  public var title: String
  /// What came of it.
  public var outcome: Outcome
  /// What was found, in one sentence without a full stop; from the project, so not yet safe to print.
  public var message: String
  /// Where, the deciding place first; never empty for findings.
  public var places: [Place]
  /// What to do; `nil` when the message says it.
  public var advice: String?
  /// What stays the same when lines move: 16 hexadecimal digits.
  public var fingerprint: String
  /// Whether the baseline has it; `nil` without a baseline.
  public var isInBaseline: Bool?

  /// Describes a check.
  public init(
    rule: String, title: String, outcome: Outcome, message: String = "", places: [Place] = [], advice: String? = nil,
    fingerprint: String = "", isInBaseline: Bool? = nil
  ) {
    self.rule = rule
    self.title = title
    self.outcome = outcome
    self.message = message
    self.places = places
    self.advice = advice
    self.fingerprint = fingerprint
    self.isInBaseline = isInBaseline
  }
}

/// A score as the gate sees it.
public struct GateScore: Hashable, Sendable {
  /// The low end, which is the score.
  public var low: Double
  /// The high end.
  public var high: Double

  /// Makes a score.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// One project and everything that the gate looked at in it.
public struct GateSample: Sendable {
  /// The path as the user gave it, or below it.
  public var path: String
  /// The folder of its files as other tools know it: relative to the repository's root where it lies in one.
  public var folder: String
  /// The model that made it, when its path says so.
  public var model: String?
  /// The experiment, when its path says so.
  public var experiment: String?
  /// The rubric's id and version; `nil` when it could not be examined.
  public var rubric: (id: String, version: String)?
  /// The score; `nil` when it could not be examined.
  public var score: GateScore?
  /// What was looked at, the rubric's criteria first.
  public var checks: [GateCheck]
  /// What is better than in the baseline, in words.
  public var improvements: [String]
  /// The figures of the whole project; `nil` when it could not be examined.
  public var density: DensityFacts?
  /// Whether its task passes without it, so that what is wrong with it is only said.
  public internal(set) var isOutvoted = false

  /// Puts a sample together.
  public init(
    path: String, folder: String, model: String? = nil, experiment: String? = nil,
    rubric: (id: String, version: String)? = nil, score: GateScore? = nil, checks: [GateCheck],
    improvements: [String] = [], density: DensityFacts? = nil
  ) {
    self.path = path
    self.folder = folder
    self.model = model
    self.experiment = experiment
    self.rubric = rubric
    self.score = score
    self.checks = checks
    self.improvements = improvements
    self.density = density
  }

  /// The verdict: that of the worst check.
  public var verdict: GateVerdict { checks.map { $0.outcome.verdict }.max() ?? .unusable }

  /// What a check's outcome means for the whole: in a sample without which its task passes, nothing fails.
  public func weight(of check: GateCheck) -> GateCheck.Outcome {
    isOutvoted && check.outcome > .warned && check.outcome != .fault ? .warned : check.outcome
  }

  /// The checks that have something to report.
  public var findings: [GateCheck] { checks.filter { $0.outcome.isFinding } }

  /// A finding's name among those of all projects, for readers that merge findings of one name: 32 hexadecimal digits.
  public func fingerprint(of check: GateCheck) -> String {
    String(SHA256Digest(Array("\(folder)\n\(check.fingerprint)".utf8)).hexadecimal.prefix(32))
  }

  /// A file's path as other tools know it.
  public func path(of file: String) -> String { folder.isEmpty ? file : file.isEmpty ? folder : "\(folder)/\(file)" }
}

/// The samples of one task and what they decide together.
public struct GateTask: Sendable {
  /// The model, when paths say so.
  public var model: String?
  /// What was asked: the experiment, else the rubric.
  public var name: String
  /// The positions of its samples in the result.
  public var samples: [Int]
  /// How many of them passed.
  public var passed: Int
  /// The lower end of the interval of the share that passes; `nil` unless it decides.
  public var lowerEnd: Double?
  /// The score that the samples have together; `nil` when none has one.
  public var score: Double?
  /// What they decide.
  public var verdict: GateVerdict
}

/// What the gate says of all projects together.
public struct GateResult: Sendable {
  /// The policy's file; `nil` for the rubric's required criteria alone.
  public var policy: String?
  /// The baseline's file; `nil` without one.
  public var baseline: String?
  /// The earlier version that added lines are told from; `nil` without one.
  public var against: String?
  /// How samples decided together.
  public var aggregation: Policy.Aggregation
  /// Every project.
  public var samples: [GateSample]
  /// Every task.
  public var tasks: [GateTask]
  /// Entries of the baseline that nothing answers to any more, in words.
  public var stale: [String]

  /// The verdict: that of the worst task.
  public let verdict: GateVerdict

  /// Puts a result together.
  public init(
    policy: String?, baseline: String? = nil, against: String? = nil, aggregation: Policy.Aggregation,
    samples: [GateSample], stale: [String] = []
  ) {
    self.policy = policy
    self.baseline = baseline
    self.against = against
    self.aggregation = aggregation
    self.samples = samples
    self.stale = stale
    tasks = SampleJudge(aggregation).tasks(of: samples)
    for task in tasks where task.verdict == .passed {
      for index in task.samples where samples[index].verdict != .passed { self.samples[index].isOutvoted = true }
    }
    verdict = tasks.map { $0.verdict }.max() ?? .unusable
  }

  /// The exit code of the command.
  public var exitCode: Int32 { verdict.exitCode }

  /// The score: the lowest of the tasks; `nil` when none has one.
  public var score: Double? { tasks.compactMap { $0.score }.min() }

  /// The verdict in words, one sentence without a full stop.
  public var headline: String {
    let passed = tasks.count { $0.verdict == .passed }
    let what = tasks.count == 1 ? "1 task" : "\(tasks.count) tasks"
    let errors = count(.failed) + count(.unusable) + count(.fault)
    var parts = [
      "gate \(verdict.rawValue): \(passed) of \(what) passed", "\(errors) \(errors == 1 ? "error" : "errors")",
      "\(count(.warned)) \(count(.warned) == 1 ? "warning" : "warnings")",
    ]
    if count(.inconclusive) > 0 { parts.append("\(count(.inconclusive)) inconclusive") }
    if count(.known) > 0 { parts.append("\(count(.known)) known from the baseline") }
    if let score { parts.append("score \(plain(score))") }
    return parts.joined(separator: ", ")
  }

  /// What decided, besides the checks: the policy, the baseline and how samples count.
  public var terms: String {
    var parts = ["policy: \(policy ?? "none, so the rubric's required criteria")"]
    parts.append("samples: \(aggregation.words)")
    if let baseline { parts.append("baseline: \(baseline)") }
    if let against { parts.append("added lines since: \(against)") }
    return parts.joined(separator: "; ")
  }

  /// How many checks came out in a way.
  public func count(_ outcome: GateCheck.Outcome) -> Int {
    samples.reduce(0) { sum, sample in sum + sample.checks.count { sample.weight(of: $0) == outcome } }
  }

  /// Every finding with its sample, the worst first, then in the order of the samples.
  public var worstFirst: [(sample: GateSample, check: GateCheck)] {
    var result: [(sample: GateSample, check: GateCheck)] = []
    for outcome in [GateCheck.Outcome.fault, .unusable, .failed, .inconclusive, .warned, .known] {
      for sample in samples {
        for check in sample.checks where sample.weight(of: check) == outcome { result.append((sample, check)) }
      }
    }
    return result
  }
}

extension Policy.Aggregation {
  /// The aggregation's name in policies.
  public var name: String {
    switch self {
    case .pessimistic: "pessimistic"
    case .atLeast: "at-least"
    case .interval: "interval"
    }
  }

  /// The aggregation in words.
  public var words: String {
    switch self {
    case .pessimistic: "pessimistic, every one must pass"
    case .atLeast(let count): "at least \(count) of a task must pass"
    case .interval(let bar, let confidence):
      "the lower end of the \(plain(confidence * 100)) % interval of the share that passes must reach \(plain(bar))"
    }
  }
}

/// A number in its shortest form with at most four decimals; the same text in every locale.
public func plain(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
  let scaled = (value * 10_000).rounded()
  if scaled.truncatingRemainder(dividingBy: 10_000) == 0 { return String(Int(scaled / 10_000)) }
  let whole = Int(abs(scaled)) / 10_000
  var digits = String(Int(abs(scaled)) % 10_000)
  digits = String(repeating: "0", count: 4 - digits.count) + digits
  while digits.last == "0" { digits.removeLast() }
  return (scaled < 0 ? "-" : "") + "\(whole).\(digits)"
}
