/// What one model wrote for the experiments that several models answered.
public struct ModelDensity: Sendable {
  /// The model's name.
  public var model: String
  /// The number of its projects that are compared.
  public var artifactCount = 0
  /// Their counts, added up.
  public var summary = DensitySummary()
  /// Their tokens, added up; `nil` unless figures were asked for.
  public var tokens: TokenCounts?
}

/// Models side by side, on the experiments that all of them answered.
public struct ModelComparison: Sendable {
  /// The experiments that are compared, ordered.
  public private(set) var experiments: [String] = []
  /// The models, fewest bytes of code first.
  public private(set) var models: [ModelDensity] = []

  /// Compares the models of a set; `nil` where fewer than two models answered the same experiment.
  public init?(_ artifacts: [MeasuredArtifact]) {
    var answered: [String: Set<String>] = [:]
    for artifact in artifacts {
      if let model = artifact.model, let experiment = artifact.experiment {
        answered[model, default: []].insert(experiment)
      }
    }
    guard answered.count >= 2, let first = answered.values.first else { return nil }
    let shared = answered.values.reduce(first) { $0.intersection($1) }
    guard !shared.isEmpty else { return nil }
    experiments = shared.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var sums: [String: ModelDensity] = [:]
    for artifact in artifacts {
      guard let model = artifact.model, let experiment = artifact.experiment, shared.contains(experiment) else {
        continue
      }
      var sum = sums[model] ?? ModelDensity(model: model)
      sum.artifactCount += 1
      sum.summary += artifact.density.summary
      if let figures = artifact.density.figures { sum.tokens = (sum.tokens ?? TokenCounts()) + figures.tokens }
      sums[model] = sum
    }
    models = sums.values.sorted {
      ($0.summary.totals.bytes.code, $0.model) < ($1.summary.totals.bytes.code, $1.model)
    }
  }

  /// How often the least code of a model goes into that of another; 0 when there is none.
  public func codeRatio(_ model: ModelDensity) -> Double {
    guard let least = models.first?.summary.totals.bytes.code, least > 0 else { return 0 }
    return Double(model.summary.totals.bytes.code) / Double(least)
  }
}

extension TokenCounts {
  static func + (left: TokenCounts, right: TokenCounts) -> TokenCounts {
    var sum = left
    sum += right
    return sum
  }
}

extension DensitySummary {
  /// Adds another project's counts.
  static func += (left: inout DensitySummary, right: DensitySummary) {
    left.totals += right.totals
    left.fileCount += right.fileCount
    left.commentCounts.merge(right.commentCounts, uniquingKeysWith: +)
    left.commentLines.merge(right.commentLines, uniquingKeysWith: +)
    left.commentBytes.merge(right.commentBytes, uniquingKeysWith: +)
    left.markers += right.markers
    left.restating += right.restating
    left.blankInComment += right.blankInComment
    left.blankInLiteral += right.blankInLiteral
    left.whitespace += right.whitespace
    for (language, count) in right.templates { left.templates[language, default: TemplateCount()] += count }
    left.leftOut.merge(right.leftOut, uniquingKeysWith: +)
  }
}
