public import Density

/// A project's density beside what it does.
public struct Surface: Sendable {
  /// The path as the user gave it, or below it.
  public var path: String
  /// The model that made it, when its path says so.
  public var model: String?
  /// The experiment, when its path says so.
  public var experiment: String?
  /// The rubric that it was scored by.
  public var rubric: String
  /// The criteria that are met, in the rubric's order.
  public var met: [String]
  /// The criteria of which the analysis cannot tell.
  public var unknown: [String]
  /// Bytes of code.
  public var codeBytes: Int
  /// Tokens of code; 0 when figures were not computed.
  public var codeTokens: Double
  /// Whether tokens were counted rather than estimated.
  public var tokensAreExact: Bool
  var minifiedFiles: Int
  var longLineShare: Double
  var meanNameLength: Double
  var externalPackages: Int

  /// Bytes of code for each criterion that is met; `nil` when none is.
  public var codeBytesPerCriterion: Double? { met.isEmpty ? nil : Double(codeBytes) / Double(met.count) }
  /// Tokens of code for each criterion that is met; `nil` when none is.
  public var codeTokensPerCriterion: Double? { met.isEmpty ? nil : codeTokens / Double(met.count) }

  /// Sets a density beside a score.
  public init(_ artifact: MeasuredArtifact, _ score: ScoredProject) {
    path = artifact.path
    model = artifact.model
    experiment = artifact.experiment
    rubric = score.rubric.id
    met = score.criteria.filter { $0.applies && $0.verdict == "met" }.map { $0.id }
    unknown = score.criteria.filter { $0.applies && $0.verdict == "unknown" }.map { $0.id }
    let density = artifact.density
    codeBytes = density.totals.bytes.code
    codeTokens = density.figures?.tokens.code ?? 0
    tokensAreExact = density.figures?.tokensAreExact ?? false
    minifiedFiles = density.summary.leftOutByName.first { $0.role == "minified" }?.count ?? 0
    let lines = density.totals.lines.total
    longLineShare = lines == 0 ? 0 : Double(density.figures?.longLines ?? 0) / Double(lines)
    meanNameLength = density.figures?.meanNameLength ?? 0
    externalPackages = density.figures?.externalPackages.count ?? 0
  }
}

/// Whether one of two answers to the same experiment says the same with less.
public struct SurfaceComparison: Sendable {
  /// What can be said.
  public enum Verdict: String, Hashable, Sendable {
    /// Both meet the same criteria, the first with less code, and no guard is worse.
    case tighter = "tighter with the same surface"
    /// Both meet the same criteria with about as much code.
    case equal = "as tight with the same surface"
    /// They do not do the same, or the shorter one pays for it elsewhere.
    case notComparable = "not comparable"
  }

  /// The one with fewer tokens of code.
  public var shorter: Surface
  /// The other.
  public var longer: Surface
  /// What can be said.
  public var verdict: Verdict
  /// Why, in one clause.
  public var reason: String

  /// The share by which estimated token counts have to differ before they say anything.
  static let smallestDifference = 0.08

  /// Compares two answers.
  public init(_ first: Surface, _ second: Surface) {
    let isFirstShorter =
      (first.codeTokens, first.codeBytes, first.path) <= (second.codeTokens, second.codeBytes, second.path)
    shorter = isFirstShorter ? first : second
    longer = isFirstShorter ? second : first
    if let obstacle = Self.obstacle(shorter, longer) {
      verdict = .notComparable
      reason = obstacle
      return
    }
    let difference = longer.codeTokens == 0 ? 0 : 1 - shorter.codeTokens / longer.codeTokens
    let areExact = shorter.tokensAreExact && longer.tokensAreExact
    if difference < (areExact ? 0.005 : Self.smallestDifference) {
      verdict = .equal
      reason = areExact ? "hardly any difference in tokens" : "closer than estimated tokens can tell apart"
    } else {
      verdict = .tighter
      let percent = Int((difference * 100).rounded())
      reason = "\(percent) % fewer tokens of code for the same \(shorter.met.count) criteria"
    }
  }

  /// All pairs of answers to the same experiment, in the order of `surfaces`.
  public static func all(_ surfaces: [Surface]) -> [SurfaceComparison] {
    var comparisons: [SurfaceComparison] = []
    for (index, first) in surfaces.enumerated() {
      for second in surfaces[(index + 1)...] where first.experiment != nil && first.experiment == second.experiment {
        comparisons.append(SurfaceComparison(first, second))
      }
    }
    return comparisons
  }

  /// Why the two cannot be compared; `nil` when they can.
  private static func obstacle(_ shorter: Surface, _ longer: Surface) -> String? {
    if shorter.rubric != longer.rubric { return "scored by different rubrics" }
    if !shorter.unknown.isEmpty || !longer.unknown.isEmpty {
      let names = Set(shorter.unknown + longer.unknown).sorted()
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      return "unknown verdicts on " + names.prefix(3).joined(separator: ", ") + more
    }
    let missing = longer.met.filter { !shorter.met.contains($0) }
    let extra = shorter.met.filter { !longer.met.contains($0) }
    if !missing.isEmpty || !extra.isEmpty {
      let parts = [
        missing.isEmpty ? nil : "only the longer meets \(missing.joined(separator: ", "))",
        extra.isEmpty ? nil : "only the shorter meets \(extra.joined(separator: ", "))",
      ]
      return parts.compactMap { $0 }.joined(separator: "; ")
    }
    if shorter.minifiedFiles > longer.minifiedFiles { return "the shorter has more minified files" }
    if shorter.externalPackages > longer.externalPackages {
      return "the shorter leaves more to packages outside the project"
    }
    // A percent of lines and a fifth of a name's length are within what taste explains.
    if shorter.longLineShare > longer.longLineShare + 0.01 {
      return "the shorter has more lines over \(FileFigures.longLineLimit) bytes"
    }
    if shorter.meanNameLength < longer.meanNameLength * 0.8 { return "the shorter has much shorter names" }
    return nil
  }
}
