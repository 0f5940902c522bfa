/// Holds a judged project against its baseline: what was there already is known, what got worse fails, what got better is said.
struct BaselineJudge {
  private let regression: Policy.Regression
  private let entry: BaselineEntry?

  init(_ regression: Policy.Regression, _ entry: BaselineEntry?) {
    self.regression = regression
    self.entry = entry
  }

  func apply(to sample: inout GateSample, _ facts: Examined) {
    let known = Set(entry?.findings.map { $0.fingerprint } ?? [])
    for index in sample.checks.indices where sample.checks[index].outcome.isFinding {
      guard Baseline.canKeep(sample.checks[index]) else { continue }
      sample.checks[index].isInBaseline = known.contains(sample.checks[index].fingerprint)
      if sample.checks[index].isInBaseline == true { sample.checks[index].outcome = .known }
    }
    guard let entry else { return }
    guard entry.rubric == facts.rubric else {
      sample.checks.append(
        check(
          "baseline/rubric", "The baseline is of the same rubric", .inconclusive,
          "the baseline was written with the rubric \(entry.rubric), and this is \(facts.rubric)", facts,
          advice: "write it anew with `sterling baseline write`"))
      return
    }
    compareScore(&sample, facts, entry)
    compareVerdicts(&sample, facts, entry)
    compare(.commentShare, regression.commentShareRise, &sample, facts, entry)
    compare(.whitespaceShare, regression.whitespaceShareRise, &sample, facts, entry)
    let now = Set(sample.checks.map { $0.fingerprint })
    let gone = entry.findings.count { !now.contains($0.fingerprint) }
    if gone > 0 { sample.improvements.append("\(gone) \(gone == 1 ? "finding" : "findings") of the baseline gone") }
  }

  private func check(
    _ rule: String, _ title: String, _ outcome: GateCheck.Outcome, _ message: String, _ facts: Examined,
    places: [Place] = [], advice: String? = nil
  ) -> GateCheck {
    var prints = Fingerprinter()
    return GateCheck(
      rule: rule, title: title, outcome: outcome, message: message,
      places: places.isEmpty ? [Place(file: facts.mainFile)] : places, advice: advice,
      fingerprint: prints.fingerprint(rule, "", nil), isInBaseline: false)
  }

  private func compareScore(_ sample: inout GateSample, _ facts: Examined, _ entry: BaselineEntry) {
    let title = "The score falls by no more than \(plain(regression.scoreDrop))"
    // Scores are given to two decimals, so a difference below a hundredth is none.
    guard facts.low < entry.score - regression.scoreDrop - 0.005 else {
      sample.checks.append(GateCheck(rule: "baseline/score", title: title, outcome: .passed))
      if facts.low > entry.score + 0.005 {
        sample.improvements.append("score \(plain(entry.score)) to \(plain(facts.low))")
      }
      return
    }
    let isOpen = facts.high >= entry.score - regression.scoreDrop
    sample.checks.append(
      check(
        "baseline/score", title, isOpen ? .inconclusive : .failed,
        "the score fell from \(plain(entry.score)) to \(plain(facts.low))"
          + (isOpen ? "; what is unknown decides" : ""),
        facts))
  }

  private func compareVerdicts(_ sample: inout GateSample, _ facts: Examined, _ entry: BaselineEntry) {
    var better: [String] = []
    for criterion in facts.criteria where criterion.applies {
      guard let before = entry.verdicts[criterion.id], before != criterion.verdict else { continue }
      if criterion.verdict == "met" {
        better.append("\(criterion.id) \(before) to met")
        continue
      }
      guard before == "met", regression.criteria != .off else { continue }
      // What fails by the policy already needs no second finding.
      let rule = "\(facts.rubric)/\(criterion.id)"
      if sample.checks.contains(where: { $0.rule == rule && $0.outcome >= .inconclusive }) { continue }
      let outcome: GateCheck.Outcome =
        regression.criteria == .warn ? .warned : criterion.verdict == "unknown" ? .inconclusive : .failed
      sample.checks.append(
        check(
          "baseline/\(criterion.id)", "\(criterion.title) stays met", outcome,
          "\(criterion.verdict), and met in the baseline: \(criterion.title)", facts, places: criterion.evidence,
          advice: criterion.advice))
    }
    sample.improvements += better
  }

  private func compare(
    _ figure: DensityFigure, _ allowed: Double?, _ sample: inout GateSample, _ facts: Examined, _ entry: BaselineEntry
  ) {
    guard let allowed, let before = entry.density[figure.rawValue], let now = facts.density[figure] else { return }
    let rule = "baseline/\(figure.rawValue)"
    let title = "\(figure.rawValue) rises by no more than \(plain(allowed))"
    guard now > before + allowed + 0.000_05 else {
      sample.checks.append(GateCheck(rule: rule, title: title, outcome: .passed))
      return
    }
    sample.checks.append(
      check(rule, title, .failed, "\(figure.rawValue) rose from \(plain(before)) to \(plain(now))", facts))
  }
}
