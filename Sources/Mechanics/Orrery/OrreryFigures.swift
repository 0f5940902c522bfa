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
    var result: [Finding] = []
    for (quantity, used) in [("radius", "size"), ("distance", "position"), ("period", "rate")] {
      let real = reference.records.map { $0.values[quantity] ?? 0 }
      let candidates = candidates(for: quantity, orrery)
      guard let best = verdict(candidates.prefix(400), real, quantity != "period", orrery) else { continue }
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

  private struct Candidate {
    var code: Code
    var figures: [Int: Double]
  }

  private static func candidates(for quantity: String, _ orrery: Orrery) -> [Candidate] {
    func all(_ codes: [Code]) -> [Candidate] {
      codes.prefix(200).flatMap { code in orrery.figures(of: code).map { Candidate(code: code, figures: $0) } }
    }
    switch quantity {
    case "radius": return all(orrery.balls.filter { orrery.isInScene($0.code) }.map { $0.value })
    case "distance":
      let distances = orrery.distances
      // What places the bodies frame by frame counts before what places them once.
      let moving = all(distances.filter { orrery.isLive($0) })
      return (moving.isEmpty ? all(distances) : moving)
        + orrery.lengthCompressions().map { Candidate(code: $0.0, figures: $0.1) }
    default:
      // The rate goes with one through the period.
      var result: [Candidate] = []
      for turn in orrery.turns {
        for rate in orrery.rates(of: turn) {
          result.append(
            Candidate(code: rate.code, figures: rate.isInverse ? rate.figures : rate.figures.mapValues { 1 / $0 }))
        }
      }
      return result + all(orrery.styleTurns)
    }
  }

  private static func verdict(
    _ candidates: some Sequence<Candidate>, _ real: [Double], _ mayCompress: Bool, _ orrery: Orrery
  ) -> Verdict? {
    var best: Verdict?
    func rank(_ verdict: Verdict) -> Int {
      if verdict.isSpoilt { return 2 }
      if verdict.hasTies && verdict.fit != "linear" { return 0 }
      return ["linear": 4, "compressed": 3, "order": 1][verdict.fit] ?? 0
    }
    for candidate in candidates {
      var found = compare(candidate.figures, real, candidate.code, orrery, mayCompress: mayCompress)
      found.matched = candidate.figures.count
      if best.map({ rank(found) > rank($0) }) ?? true { best = found }
    }
    return best
  }

  private static func compare(
    _ figures: [Int: Double], _ real: [Double], _ site: Code, _ orrery: Orrery, mayCompress: Bool
  ) -> Verdict {
    let numbers = figures.keys.sorted().filter { real.indices.contains($0) && real[$0] > 0 }
    let values = numbers.map { figures[$0] ?? 0 }
    let known = numbers.map { real[$0] }
    var verdict = Verdict(
      fit: "made-up", error: spread(values, known), isSpoilt: false, matched: numbers.count,
      hasTies: Set(values).count < values.count, site: site)
    if verdict.error <= 15 {
      verdict.fit = "linear"
      return verdict
    }
    if mayCompress, let error = errorAboveMinimum(values, known) {
      verdict.fit = "linear"
      verdict.error = error
      verdict.hasTies = false
      return verdict
    }
    if isMostlyRight(values, known) {
      verdict.isSpoilt = true
      return verdict
    }
    let sources = orrery.columns.filter { column in numbers.allSatisfy { (column.values[$0] ?? 0) > 0 } }.map {
      column in
      numbers.map { column.values[$0] ?? 0 }
    }
    // Figures typed as they are drawn owe nothing to the real ones beside them.
    let isTyped = sources.contains { spread(values, $0) < 0.5 && spread($0, known) > 15 }
    if !isTyped, numbers.count >= 5 {
      for source in sources
      where isIncreasing(values, by: source, allowingMinimum: mayCompress) && isSmooth(values, source) {
        let error = spread(source, known)
        if error <= 15, mayCompress {
          verdict.fit = "compressed"
          verdict.error = error
          if hasOnlyMinimumTies(values) { verdict.hasTies = false }
          return verdict
        }
        if isMostlyRight(source, known) {
          verdict.isSpoilt = true
          return verdict
        }
      }
      if sources.contains(where: { spread($0, known) <= 15 }), follows(site, known, numbers, orrery) {
        verdict.isSpoilt = true
        return verdict
      }
    }
    if isIncreasing(values, by: known, allowingMinimum: false) { verdict.fit = "order" }
    return verdict
  }

  /// Whether an expression is worked out from a column of real figures.
  private static func follows(_ code: Code, _ known: [Double], _ numbers: [Int], _ orrery: Orrery) -> Bool {
    let names = Set(
      orrery.columns.filter { column in
        numbers.allSatisfy { (column.values[$0] ?? 0) > 0 }
          && spread(numbers.map { column.values[$0] ?? 0 }, known) <= 15
      }.map { $0.name })
    return orrery.slice(code).contains { place in
      if case .property(_, let name) = place { orrery.isOfBody(place) && names.contains(name) } else { false }
    }
  }

  /// The error of the larger figures when the small ones are held up to one minimum, as they may be.
  private static func errorAboveMinimum(_ values: [Double], _ known: [Double]) -> Double? {
    guard let least = values.min(), least > 0 else { return nil }
    let large = values.indices.filter { values[$0] > least * 1.000_001 }
    guard large.count >= 4, large.count < values.count - 1 else { return nil }
    let error = spread(large.map { values[$0] }, large.map { known[$0] })
    guard error <= 15 else { return nil }
    let scale = large.map { values[$0] / known[$0] }.max() ?? 0
    let isHeldUp = values.indices.allSatisfy { large.contains($0) || known[$0] * scale <= least * 1.15 }
    return isHeldUp ? error : nil
  }

  private static func hasOnlyMinimumTies(_ values: [Double]) -> Bool {
    let least = values.min() ?? 0
    let large = values.filter { $0 > least * 1.000_001 }
    return Set(large).count == large.count && large.count >= 4
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

  private static func isIncreasing(_ values: [Double], by known: [Double], allowingMinimum: Bool) -> Bool {
    let ordered = zip(known, values).sorted { $0.0 < $1.0 }.map { $0.1 }
    guard let least = ordered.first, ordered.count > 1 else { return false }
    let isHeldUp = allowingMinimum && hasOnlyMinimumTies(values)
    return zip(ordered, ordered.dropFirst()).allSatisfy { $0 < $1 || isHeldUp && $1 == least && $0 == least }
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

extension Orrery {
  /// Figures of distances that a vector is stretched to: `v.multiplyScalar(k * Math.pow(v.length(), 0.5) / v.length())`.
  func lengthCompressions() -> [(Code, [Int: Double])] {
    let bases = distances.flatMap { absoluteFigures(of: $0) }
    guard !bases.isEmpty else { return [] }
    var result: [(Code, [Int: Double])] = []
    for node in nodes
    where ["multiplyScalar", "setLength"].contains(node.calledName) && program.callees(of: node).isEmpty {
      guard let factor = node.list(.arguments).first else { continue }
      let lengths = factor.descendants.compactMap { program.binding(of: $0) }.filter { binding in
        program.writes(of: binding.id).contains { isLength($0.value) }
      }
      guard let length = lengths.first else { continue }
      for base in bases.prefix(8) {
        var first: Constant?
        var figures: [Int: Double] = [:]
        for (number, distance) in base.sorted(by: { $0.key < $1.key }) {
          let value = program.evaluate(factor, [length.id: .number(distance)])
          guard let magnitude = value.magnitude, magnitude != 0 else { break }
          first = first ?? value
          guard let ratio = value.ratio(to: first ?? value) else { break }
          figures[number] = node.calledName == "setLength" ? ratio : ratio * distance
        }
        if figures.count == base.count { result.append((factor, figures)) }
      }
    }
    return result
  }

  private func isLength(_ code: Code?) -> Bool {
    guard let code = code?.unwrapped else { return false }
    return ["length", "hypot", "distanceTo"].contains(code.calledName) && program.callees(of: code).isEmpty
  }

  /// The figures of an expression as they are, where they are known without a common factor.
  private func absoluteFigures(of code: Code) -> [[Int: Double]] {
    var result: [[Int: Double]] = []
    for found in figures(of: code) {
      for column in columns where column.values.count == found.count {
        let ratios = found.compactMap { entry in column.values[entry.key].map { $0 / entry.value } }
        if let low = ratios.min(), let high = ratios.max(), low > 0, high / low < 1.001 { result.append(column.values) }
      }
    }
    return result
  }
}
