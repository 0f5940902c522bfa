import JavaScriptSyntax
import Program

/// The radii, distances and periods that are really used, compared with the known ones.
struct OrreryFigures: Mechanic {
  static let id = "dataset"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["quantity": .word("radius"), "fit": .word("linear"), "used": .word("size")]),
    .found(OrreryExamples.plain, ["quantity": .word("distance"), "fit": .word("compressed")]),
    .found(OrreryExamples.plain, ["quantity": .word("period"), "fit": .word("linear"), "used": .word("rate")]),
    .found(OrreryExamples.still, ["quantity": .word("radius"), "fit": .word("made-up")]),
  ]

  private struct Verdict {
    var fit: String
    var error: Double
    var isSpoilt: Bool
    var matched: Int
    var hasTies: Bool
    var site: Code
  }

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard let reference = orrery.reference, orrery.matched >= 3 else { return [] }
    var rates: [Code] = []
    for node in orrery.nodes
    where node.kind == .binaryExpression && [.multiply, .divide].contains(node.detail)
      || node.kind == .memberExpression && node.parent?.kind == .assignmentExpression
    {
      if orrery.dependsOnBody(node), !isDrawn(node) { rates.append(node) }
    }
    var result: [Finding] = []
    for (quantity, used, candidates) in [
      ("radius", "size", orrery.balls.map { $0.value }), ("distance", "position", orrery.distances),
      ("period", "rate", rates),
    ] {
      let real = reference.records.map { $0.values[quantity] ?? 0 }
      guard let best = verdict(candidates.prefix(400), real, quantity == "period", orrery) else { continue }
      var facts: [String: Fact] = [
        "of": .word("planets"), "quantity": .word(quantity), "used": .word(used), "fit": .word(best.fit),
        "matched": .number(Double(best.matched)), "ties": .flag(best.hasTies),
      ]
      if best.error.isFinite { facts["error"] = .number((best.error * 10).rounded() / 10) }
      let evidence = [orrery.evidence(best.site, "decides the \(used) of each planet")]
      if best.isSpoilt {
        facts["fit"] = nil
        facts["error"] = nil
        result.append(
          Finding(
            id, .broken, facts: facts, evidence: evidence,
            reason: "most figures are the real ones, and some are far off", failure: .tunable,
            advice: "Correct the \(quantity) that does not fit the others."))
      } else {
        result.append(Finding(id, .found, facts: facts, evidence: evidence))
      }
    }
    return result
  }

  private static func isDrawn(_ node: Code) -> Bool { node.takesSine }

  private static func verdict(
    _ candidates: some Sequence<Code>, _ real: [Double], _ mayInvert: Bool, _ orrery: Orrery
  ) -> Verdict? {
    var best: Verdict?
    func rank(_ verdict: Verdict) -> Int {
      if verdict.isSpoilt { return 2 }
      if verdict.hasTies && verdict.fit != "linear" { return 0 }
      return ["linear": 4, "compressed": 3, "order": 1][verdict.fit] ?? 0
    }
    for candidate in candidates {
      for figures in orrery.figures(of: candidate) {
        var found = compare(figures, real, candidate, orrery, mayCompress: !mayInvert)
        if mayInvert {
          let other = compare(figures.mapValues { 1 / $0 }, real, candidate, orrery, mayCompress: false)
          if rank(other) > rank(found) { found = other }
        }
        found.matched = figures.count
        if best.map({ rank(found) > rank($0) }) ?? true { best = found }
      }
    }
    return best
  }

  private static func compare(
    _ figures: [Int: Double], _ real: [Double], _ site: Code, _ orrery: Orrery, mayCompress: Bool
  ) -> Verdict {
    let numbers = figures.keys.sorted().filter { real.indices.contains($0) && real[$0] > 0 }
    let values = numbers.map { figures[$0] ?? 0 }
    let known = numbers.map { real[$0] }
    let hasTies = Set(values).count < values.count
    let error = spread(values, known)
    var verdict = Verdict(
      fit: "made-up", error: error, isSpoilt: false, matched: numbers.count, hasTies: hasTies, site: site)
    if error <= 15 {
      verdict.fit = "linear"
      return verdict
    }
    if isMostlyRight(values, known) {
      verdict.isSpoilt = true
      return verdict
    }
    let order = isIncreasing(values, by: known)
    if mayCompress {
      for column in orrery.columns {
        let source = numbers.map { column.values[$0] ?? 0 }
        guard source.allSatisfy({ $0 > 0 }), source.count >= 5 else { continue }
        let sourceError = spread(source, known)
        if sourceError <= 15, isIncreasing(values, by: source), isSmooth(values, source) {
          verdict.fit = "compressed"
          verdict.error = sourceError
          return verdict
        }
        if isMostlyRight(source, known), isIncreasing(values, by: source), isSmooth(values, source) {
          verdict.isSpoilt = true
          return verdict
        }
      }
    }
    if order { verdict.fit = "order" }
    return verdict
  }

  /// The largest error of a ratio of two figures, in percent.
  private static func spread(_ values: [Double], _ known: [Double]) -> Double {
    let ratios = zip(values, known).map { $0 / $1 }
    guard let low = ratios.min(), let high = ratios.max(), low > 0, high.isFinite else { return .infinity }
    return (high / low - 1) * 100
  }

  /// Whether all figures but one or two stand in proportion.
  private static func isMostlyRight(_ values: [Double], _ known: [Double]) -> Bool {
    let ratios = zip(values, known).map { $0 / $1 }.sorted()
    guard ratios.count >= 7, ratios.allSatisfy({ $0.isFinite && $0 > 0 }) else { return false }
    let width = ratios.count - 2
    return (0...2).contains { ratios[$0 + width - 1] / ratios[$0] <= 1.15 }
  }

  private static func isIncreasing(_ values: [Double], by known: [Double]) -> Bool {
    let ordered = zip(known, values).sorted { $0.0 < $1.0 }.map { $0.1 }
    return ordered.count > 1 && zip(ordered, ordered.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Whether one root, power, logarithm or offset of the source gives the values: their slope in logarithms changes slowly.
  private static func isSmooth(_ values: [Double], _ source: [Double]) -> Bool {
    let points = zip(source, values).sorted { $0.0 < $1.0 }
    var last: Double?
    for (a, b) in zip(points, points.dropFirst()) where a.1 > 0 && b.0 / a.0 > 1.1 {
      let slope = (b.1 / a.1 - 1) / (b.0 / a.0 - 1)
      if let last, slope > last * 6 + 0.05 { return false }
      last = slope
    }
    return true
  }
}
