import Gate
import SourceText

/// What a person reads: each project with what is wrong, then the answer.
struct TextGateReporter {
  private let result: GateResult
  private let options: GateReportOptions

  init(_ result: GateResult, _ options: GateReportOptions) {
    self.result = result
    self.options = options
  }

  func write() -> [UInt8] {
    var lines: [String] = []
    for sample in result.samples { lines += describe(sample) }
    if result.samples.count > result.tasks.count { lines += result.tasks.map(describe) }
    lines += result.stale.map { fit("stale     \(inert($0)); prune it with `sterling baseline prune`") }
    if result.samples.contains(where: { !$0.findings.isEmpty }) || !result.stale.isEmpty { lines.append("") }
    lines.append(styled(result.headline, result.verdict.style))
    lines.append(fit(inert(result.terms)))
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private func styled(_ text: String, _ style: TextStyle) -> String { style.apply(to: text, color: options.usesColor) }

  private func fit(_ text: String) -> String { options.columns.map { cut(text, to: $0) } ?? text }

  private func describe(_ sample: GateSample) -> [String] {
    var head = "  \(inert(sample.path))"
    if let rubric = sample.rubric { head += "  rubric \(inert(rubric.id)) \(inert(rubric.version))" }
    if let score = sample.score {
      head += "  score \(plain(score.low))" + (score.high > score.low ? " to \(plain(score.high))" : "")
    }
    if sample.isOutvoted { head += "  its task passes all the same" }
    let word = sample.verdict.rawValue
    var lines = [styled(word, sample.verdict.style) + (options.columns.map { cut(head, to: $0 - word.count) } ?? head)]
    for check in sample.findings { lines += describe(check, in: sample) }
    lines += sample.improvements.map { fit("  better    \(inert($0))") }
    return lines
  }

  private func describe(_ check: GateCheck, in sample: GateSample) -> [String] {
    let outcome = sample.weight(of: check)
    let padding = String(repeating: " ", count: max(1, 10 - outcome.word.count))
    let text = "\(padding)\(inert(check.rule))  \(inert(check.message))"
    var lines = ["  " + styled(outcome.word, outcome.style) + fitRest(text, behind: outcome.word.count + 2)]
    if outcome == .known { return lines }
    for place in check.places where !place.file.isEmpty {
      let says = [place.says, place.excerpt].filter { !$0.isEmpty && $0 != check.message }.map { inert($0) }
      lines.append(fit("            \(([inert(sample.location(place))] + says).joined(separator: "  "))"))
    }
    if let advice = check.advice { lines.append(styled(fit("            advice: \(inert(advice))"), .cyan)) }
    return lines
  }

  private func fitRest(_ text: String, behind columns: Int) -> String {
    options.columns.map { cut(text, to: max(0, $0 - columns)) } ?? text
  }

  private func describe(_ task: GateTask) -> String {
    var text = "  \(inert([task.model, task.name].compactMap { $0 }.joined(separator: " ")))"
    text += "  \(task.passed) of \(task.samples.count) samples passed"
    if let lowerEnd = task.lowerEnd { text += ", lower end \(plain(lowerEnd))" }
    if let score = task.score { text += ", score \(plain(score))" }
    return styled(task.verdict.rawValue, task.verdict.style) + fitRest(text, behind: task.verdict.rawValue.count)
  }
}
