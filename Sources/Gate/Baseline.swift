public import Rubrics

import SourceText

/// What a baseline keeps of one project.
public struct BaselineEntry: Hashable, Sendable {
  /// A finding that was there.
  public struct Finding: Hashable, Sendable {
    /// The rule.
    public var rule: String
    /// The file, for people.
    public var file: String
    /// What names it; see ``GateCheck/fingerprint``.
    public var fingerprint: String
  }

  /// The path, relative to the baseline's folder.
  public var path: String
  /// The rubric's id.
  public var rubric: String
  /// The low end of the score.
  public var score: Double
  /// The figures that regressions are told by, by their names.
  public var density: [String: Double]
  /// The verdict on each criterion that applies.
  public var verdicts: [String: String]
  /// The findings.
  public var findings: [Finding]

  /// The figures of density that a baseline keeps.
  static let figures: [DensityFigure] = [.codeBytes, .commentShare, .whitespaceShare]

  /// What is to be kept of a project; `nil` when it could not be examined.
  ///
  /// - Parameter path: Its path, relative to the baseline's folder.
  public init?(_ sample: GateSample, _ outcome: ExaminationOutcome, path: String) {
    guard case .examined(let facts) = outcome else { return nil }
    self.path = Self.spelled(path)
    rubric = facts.rubric
    score = facts.low
    density = [:]
    for figure in Self.figures { density[figure.rawValue] = facts.density[figure] }
    verdicts = [:]
    for criterion in facts.criteria where criterion.applies { verdicts[criterion.id] = criterion.verdict }
    findings = sample.findings.filter { Baseline.canKeep($0) }.map { check in
      Finding(rule: check.rule, file: Self.spelled(check.places.first?.file ?? ""), fingerprint: check.fingerprint)
    }
  }

  init(
    path: String, rubric: String, score: Double, density: [String: Double], verdicts: [String: String],
    findings: [Finding]
  ) {
    self.path = path
    self.rubric = rubric
    self.score = score
    self.density = density
    self.verdicts = verdicts
    self.findings = findings
  }

  /// A path as baselines spell it, so that none can hide or break a line.
  static func spelled(_ path: String) -> String { printable(path) }
}

/// A committed record of how projects were, by which the gate tells what is new.
public struct Baseline: Sendable {
  /// The projects, ordered by path.
  public var entries: [BaselineEntry]

  /// Makes a baseline; of entries with one path the last counts.
  public init(_ entries: [BaselineEntry]) {
    var byPath: [String: BaselineEntry] = [:]
    for entry in entries { byPath[entry.path] = entry }
    self.entries = byPath.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// What is kept of the project at a path relative to the baseline's folder.
  public func entry(_ path: String) -> BaselineEntry? {
    let path = BaselineEntry.spelled(path)
    return entries.first { $0.path == path }
  }

  /// Whether a finding may become part of a baseline: what was not seen may not.
  static func canKeep(_ check: GateCheck) -> Bool {
    !check.rule.hasPrefix("input/") && !check.rule.hasPrefix("analysis/") && !check.rule.hasPrefix("baseline/")
      && check.outcome != .unusable && check.outcome != .fault
  }

  // MARK: Writing

  /// The file: JSON with sorted entries, one finding a line.
  public func write() -> [UInt8] {
    var text = "{\n  \"version\": 1,\n  \"artifacts\": ["
    for (index, entry) in entries.enumerated() { text += (index == 0 ? "\n" : ",\n") + lines(entry) }
    return Array((text + (entries.isEmpty ? "]\n}\n" : "\n  ]\n}\n")).utf8)
  }

  private func lines(_ entry: BaselineEntry) -> String {
    let density = entry.density.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(plain($0.value))" }
    let verdicts = entry.verdicts.sorted { $0.key < $1.key }.map { "        \(quoted($0.key)): \(quoted($0.value))" }
    let findings = entry.findings.sorted { ($0.rule, $0.file, $0.fingerprint) < ($1.rule, $1.file, $1.fingerprint) }.map
    {
      "        {\"rule\": \(quoted($0.rule)), \"file\": \(quoted($0.file)), \"fingerprint\": \(quoted($0.fingerprint))}"
    }
    func block(_ lines: [String]) -> String { lines.isEmpty ? "" : "\n" + lines.joined(separator: ",\n") + "\n      " }
    return """
          {
            "path": \(quoted(entry.path)),
            "rubric": \(quoted(entry.rubric)),
            "score": \(plain(entry.score)),
            "density": {\(density.joined(separator: ", "))},
            "verdicts": {\(block(verdicts))},
            "findings": [\(block(findings))]
          }
      """
  }

  private func quoted(_ text: String) -> String {
    var json = JSONWriter()
    json.value(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  // MARK: Reading

  private static let kind = YAMLDocumentKind(
    "baseline", beginning: "write it with `sterling baseline write`", maximumSizeInBytes: 64 << 20,
    maximumNodes: 4_000_000)

  /// Reads a baseline.
  ///
  /// - Parameters:
  ///   - bytes: The file, as ``write()`` made it.
  ///   - file: What to call it in messages.
  /// - Throws: What is wrong with it, with positions.
  public init(_ bytes: [UInt8], file: String) throws(RubricError) {
    // JSON is YAML, whose reader knows where everything stands.
    let root = try YAMLReader.read(bytes, file: file, as: Self.kind)
    var problems: [RubricProblem] = []
    func report(_ node: YAMLNode, _ message: String) {
      guard problems.count < 20 else { return }
      problems.append(
        RubricProblem(
          at: node.position, message, advice: "mend the line, or write it anew with `sterling baseline write`"))
    }
    if let version = root["version"]?.number, version != 1 {
      report(root["version"] ?? root, "the baseline has version \(plain(version)), and only 1 is known")
    } else if root["version"] == nil {
      report(root, "the baseline has no version")
    }
    var entries: [BaselineEntry] = []
    for node in root["artifacts"]?.elements ?? [] {
      guard let path = node["path"]?.text, let rubric = node["rubric"]?.text, let score = node["score"]?.number else {
        report(node, "an entry needs `path`, `rubric` and `score`")
        continue
      }
      var findings: [BaselineEntry.Finding] = []
      for finding in node["findings"]?.elements ?? [] {
        guard let rule = finding["rule"]?.text, let print = finding["fingerprint"]?.text else {
          report(finding, "a finding needs `rule` and `fingerprint`")
          continue
        }
        findings.append(.init(rule: rule, file: finding["file"]?.text ?? "", fingerprint: print))
      }
      entries.append(
        BaselineEntry(
          path: path, rubric: rubric, score: score,
          density: Self.values(node["density"]) { $0.number }, verdicts: Self.values(node["verdicts"]) { $0.text },
          findings: findings))
    }
    guard problems.isEmpty else { throw RubricError(problems) }
    self.init(entries)
  }

  private static func values<Value>(_ node: YAMLNode?, _ read: (YAMLNode) -> Value?) -> [String: Value] {
    var result: [String: Value] = [:]
    for member in node?.members ?? [] { result[member.key] = read(member.value) }
    return result
  }

  // MARK: Pruning

  /// The entries that nothing answers to, in words: projects below `scopes` that are gone, findings that are.
  ///
  /// - Parameters:
  ///   - current: What would be kept now.
  ///   - scopes: The paths that were looked at, relative to the baseline's folder; projects elsewhere are left alone.
  public func stale(against current: [BaselineEntry], within scopes: [String]) -> [String] {
    let now = Dictionary(current.map { ($0.path, $0) }) { first, _ in first }
    return entries.filter { Self.isWithin($0.path, scopes) }.flatMap { entry -> [String] in
      guard let newer = now[entry.path] else { return ["\(entry.path): the project is not there any more"] }
      let prints = Set(newer.findings.map { $0.fingerprint })
      return entry.findings.filter { !prints.contains($0.fingerprint) }.map { finding in
        "\(entry.path): \(finding.rule)" + (finding.file.isEmpty ? "" : " in \(finding.file)")
          + " (\(finding.fingerprint)) is not found any more"
      }
    }
  }

  /// The baseline without what ``stale(against:within:)`` names; nothing new comes in.
  public func pruned(against current: [BaselineEntry], within scopes: [String]) -> Baseline {
    let now = Dictionary(current.map { ($0.path, $0) }) { first, _ in first }
    return Baseline(
      entries.compactMap { entry in
        guard Self.isWithin(entry.path, scopes) else { return entry }
        guard let newer = now[entry.path] else { return nil }
        let prints = Set(newer.findings.map { $0.fingerprint })
        var entry = entry
        entry.findings.removeAll { !prints.contains($0.fingerprint) }
        return entry
      })
  }

  /// The baseline with the entries of the projects that were looked at replaced by what they are now.
  public func updated(with current: [BaselineEntry], within scopes: [String]) -> Baseline {
    Baseline(entries.filter { !Self.isWithin($0.path, scopes) } + current)
  }

  private static func isWithin(_ path: String, _ scopes: [String]) -> Bool {
    scopes.contains { scope in
      let scope = BaselineEntry.spelled(scope)
      return scope.isEmpty || scope == "." || path == scope || path.hasPrefix(scope + "/")
    }
  }
}
