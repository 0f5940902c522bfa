import Foundation

/// The verdicts of one project, by criterion.
typealias Verdicts = [String: String]

/// Compares verdicts with labels: met against not met, an unknown verdict is wrong.
struct LabelReport {
  private var byExperiment: [String: Tally] = [:]
  private var byCriterion: [String: Tally] = [:]
  private var exact = Tally()
  private var unknown = 0
  private var mistakes: [String] = []

  mutating func add(project: String, experiment: String, labels: Labels, verdicts: Verdicts) {
    for (criterion, label) in labels.labels.sorted(by: { $0.key < $1.key }) {
      let verdict = verdicts[criterion] ?? "unknown"
      let isRight = verdict != "unknown" && (verdict == "met") == (label == "met")
      byExperiment[experiment, default: Tally()].count(isRight)
      byCriterion["\(experiment)/\(criterion)", default: Tally()].count(isRight)
      exact.count(verdict == label)
      if verdict == "unknown" { unknown += 1 }
      if !isRight {
        let doubt = labels.unsure.contains(criterion) ? " (a fair reader could argue)" : ""
        mistakes.append("\(project)  \(criterion): \(verdict), the label says \(label)\(doubt)")
      }
    }
  }

  func print(showsMistakes: Bool) {
    for (criterion, tally) in byCriterion.sorted(by: { $0.key < $1.key }) {
      Swift.print(pad(criterion, to: 40), tally.text)
    }
    Swift.print()
    var all = Tally()
    for (experiment, tally) in byExperiment.sorted(by: { $0.key < $1.key }) {
      Swift.print(pad(experiment, to: 40), tally.text)
      all = all + tally
    }
    Swift.print(pad("met against not met, unknown wrong", to: 40), all.text)
    Swift.print(pad("the very verdict", to: 40), exact.text)
    Swift.print(pad("unknown", to: 40), pad("\(unknown)", to: 9, left: true))
    if showsMistakes, !mistakes.isEmpty { Swift.print("\n" + mistakes.joined(separator: "\n")) }
  }
}

/// Compares the verdicts of changed projects with what the change does.
struct MutantReport {
  private var turned: [String: Tally] = [:]
  private var disturbed: [String: Tally] = [:]
  private var neutral: [String: Tally] = [:]
  private var mistakes: [String] = []

  /// - Parameters:
  ///   - before: The verdicts of the project without the change.
  ///   - after: The verdicts with it.
  mutating func add(_ mutant: Mutant, experiment: String, before: Verdicts, after: Verdicts) {
    if let target = mutant.target {
      let verdict = after[target] ?? "unknown"
      let isRight = mutant.accept.contains(verdict)
      turned[experiment, default: Tally()].count(isRight)
      if !isRight {
        mistakes.append(
          "\(experiment)/\(mutant.id)  \(target): \(verdict), \(mutant.accept.joined(separator: " or ")) is right")
      }
    }
    for (criterion, old) in before.sorted(by: { $0.key < $1.key }) where criterion != mutant.target {
      if mutant.also[criterion] != nil || mutant.either?.contains(criterion) == true { continue }
      let isRight = after[criterion] == old
      if mutant.target == nil {
        neutral[experiment, default: Tally()].count(isRight)
      } else {
        disturbed[experiment, default: Tally()].count(isRight)
      }
      if !isRight {
        mistakes.append(
          "\(experiment)/\(mutant.id)  \(criterion): \(old) became \(after[criterion] ?? "unknown") without cause")
      }
    }
  }

  func print(showsMistakes: Bool) {
    for (title, tallies) in [
      ("the target's verdict turns", turned), ("other verdicts stay", disturbed),
      ("neutral changes turn nothing", neutral),
    ] {
      var all = Tally()
      for (experiment, tally) in tallies.sorted(by: { $0.key < $1.key }) {
        Swift.print(pad("\(title), \(experiment)", to: 44), tally.text)
        all = all + tally
      }
      Swift.print(pad(title, to: 44), all.text)
    }
    if showsMistakes, !mistakes.isEmpty { Swift.print("\n" + mistakes.joined(separator: "\n")) }
  }
}
