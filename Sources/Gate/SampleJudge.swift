#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Puts the samples of each task together and says what they decide.
struct SampleJudge {
  private let aggregation: Policy.Aggregation

  init(_ aggregation: Policy.Aggregation) { self.aggregation = aggregation }

  /// The tasks, in the order of their first sample; samples of one model and one experiment are one task.
  func tasks(of samples: [GateSample]) -> [GateTask] {
    var order: [Key] = []
    var members: [Key: [Int]] = [:]
    for (index, sample) in samples.enumerated() {
      let key = Key(model: sample.model, name: sample.experiment ?? sample.rubric?.id ?? "unknown")
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(index)
    }
    return order.map { key in task(key, members[key] ?? [], samples) }
  }

  private struct Key: Hashable {
    var model: String?
    var name: String
  }

  private func task(_ key: Key, _ members: [Int], _ samples: [GateSample]) -> GateTask {
    let verdicts = members.map { samples[$0].verdict }
    let passed = verdicts.count { $0 == .passed }
    let undecided = verdicts.count { $0 != .passed && $0 != .failed }
    var task = GateTask(
      model: key.model, name: key.name, samples: members, passed: passed, lowerEnd: nil,
      score: members.compactMap { samples[$0].score?.low }.min(), verdict: .passed)
    // What cannot be told counts as not passed; where it would decide, the task cannot be told either.
    let worst = verdicts.filter { $0 != .passed && $0 != .failed }.max() ?? .inconclusive
    switch aggregation {
    // A fault of our own says nothing of the samples, so no majority hides it.
    case _ where worst == .fault: task.verdict = .fault
    case .pessimistic: task.verdict = verdicts.max() ?? .unusable
    case .atLeast(let wanted):
      task.score = score(of: members, samples, reachedBy: wanted)
      task.verdict = passed >= wanted ? .passed : passed + undecided >= wanted ? worst : .failed
    case .interval(let bar, let confidence):
      let lowerEnd = wilsonLowerEnd(passed, of: members.count, confidence: confidence)
      task.lowerEnd = lowerEnd
      let best = wilsonLowerEnd(passed + undecided, of: members.count, confidence: confidence)
      task.verdict = lowerEnd >= bar ? .passed : best >= bar ? worst : .failed
    }
    return task
  }

  /// The score that at least `count` samples reach; what has no score has none.
  private func score(of members: [Int], _ samples: [GateSample], reachedBy count: Int) -> Double? {
    let scores = members.compactMap { samples[$0].score?.low }.sorted(by: >)
    return count >= 1 && count <= scores.count ? scores[count - 1] : scores.last
  }
}

/// The lower end of the interval of a share, when `successes` of `count` trials succeeded; 0 without any trial.
///
/// Source: E. B. Wilson, *Probable Inference, the Law of Succession, and Statistical Inference* (Journal of the American
/// Statistical Association 22, 1927).
///
/// - Parameter confidence: The probability with which the two-sided interval holds the share, from 0.5 to 0.999.
public func wilsonLowerEnd(_ successes: Int, of count: Int, confidence: Double) -> Double {
  guard count > 0 else { return 0 }
  let n = Double(count)
  let share = Double(min(max(successes, 0), count)) / n
  let z = normalQuantile((1 + confidence) / 2)
  let center = share + z * z / (2 * n)
  let margin = z * ((share * (1 - share) + z * z / (4 * n)) / n).squareRoot()
  return max(0, (center - margin) / (1 + z * z / n))
}

/// The quantile of the standard normal distribution for a probability above a half.
///
/// Source: M. Abramowitz, I. A. Stegun, *Handbook of Mathematical Functions*, formula 26.2.23 (error below 0.00045), sharpened by one
/// step of Newton's method on the distribution's own series.
func normalQuantile(_ probability: Double) -> Double {
  let tail = min(max(1 - probability, 1e-9), 0.5)
  let t = (-2 * log(tail)).squareRoot()
  var z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for _ in 0..<2 {
    // Upper tail by the series of the distribution function (Abramowitz and Stegun, 26.2.10).
    var term = z
    var sum = z
    for step in 1..<200 {
      term *= z * z / Double(2 * step + 1)
      sum += term
      if term < 1e-17 * sum { break }
    }
    let density = exp(-z * z / 2) / 2.506628274631000502
    z += (1 - tail - (0.5 + density * sum)) / density
  }
  return z
}
