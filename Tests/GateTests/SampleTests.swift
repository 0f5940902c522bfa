import Testing

@testable import Gate

@Suite struct SampleTests {
  private func sample(_ outcome: GateCheck.Outcome, _ score: Double = 50, model: String = "m") -> GateSample {
    GateSample(
      path: "p", folder: "p", model: model, experiment: "e", score: GateScore(low: score, high: score),
      checks: [GateCheck(rule: "r", title: "t", outcome: outcome)])
  }

  @Test func `every sample must pass unless the policy says otherwise`() {
    let mixed = result([sample(.passed, 90), sample(.failed, 40), sample(.passed, 80)])
    #expect(mixed.verdict == .failed)
    #expect(mixed.score == 40)
    #expect(mixed.tasks.count == 1)
    #expect(mixed.terms.contains("pessimistic, every one must pass"))
  }

  @Test func `at least so many of a task must pass`() {
    let samples = [sample(.passed, 90), sample(.failed, 40), sample(.passed, 80)]
    let two = result(samples, .atLeast(2))
    #expect(two.verdict == .passed)
    #expect(two.score == 80)
    #expect(two.count(.failed) == 0)
    #expect(two.count(.warned) == 1)
    #expect(two.terms.contains("at least 2 of a task must pass"))
    #expect(result(samples, .atLeast(3)).verdict == .failed)
    #expect(result(samples, .atLeast(4)).verdict == .failed)
  }

  @Test func `what cannot be told counts as not passed and may leave the task open`() {
    let samples = [sample(.passed), sample(.inconclusive), sample(.failed)]
    #expect(result(samples, .atLeast(1)).verdict == .passed)
    #expect(result(samples, .atLeast(2)).verdict == .inconclusive)
    #expect(result(samples, .atLeast(3)).verdict == .failed)
    #expect(result([sample(.passed), sample(.fault)], .atLeast(1)).verdict == .fault)
  }

  @Test func `the lower end of the interval must reach the bar`() {
    let nine = (0..<10).map { sample($0 == 0 ? .failed : .passed) }
    #expect(result(nine, .interval(bar: 0.59, confidence: 0.95)).verdict == .passed)
    #expect(result(nine, .interval(bar: 0.60, confidence: 0.95)).verdict == .failed)
    let open = (0..<10).map { sample($0 == 0 ? .inconclusive : .passed) }
    #expect(result(open, .interval(bar: 0.65, confidence: 0.95)).verdict == .inconclusive)
  }

  @Test func `models are judged apart`() {
    let two = result([sample(.passed, model: "a"), sample(.failed, model: "b")], .atLeast(1))
    #expect(two.tasks.map { $0.verdict } == [.passed, .failed])
    #expect(two.verdict == .failed)
  }

  /// Values from the formula with the exact quantile 1.959963984540054.
  @Test(arguments: [
    (9, 10, 0.5958499732047615), (0, 5, 0.0), (5, 5, 0.5655175352168252), (50, 100, 0.4038315303659956),
  ])
  func `the interval is Wilson's`(successes: Int, count: Int, expected: Double) {
    #expect(abs(wilsonLowerEnd(successes, of: count, confidence: 0.95) - expected) < 1e-9)
  }

  @Test func `the quantile is that of the normal distribution`() {
    #expect(abs(normalQuantile(0.975) - 1.959963984540054) < 1e-12)
    #expect(abs(normalQuantile(0.995) - 2.575829303548901) < 1e-12)
    #expect(abs(normalQuantile(0.75) - 0.6744897501960817) < 1e-12)
    #expect(abs(normalQuantile(0.9995) - 3.290526731491926) < 1e-11)
    #expect(wilsonLowerEnd(0, of: 0, confidence: 0.95) == 0)
  }
}
