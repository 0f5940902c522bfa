import Gate
import SourceText

/// For comments and step summaries: the answer, the projects, and what is wrong, the worst first.
///
/// A step summary holds a mebibyte, so the list of findings ends before that and says how many are left out.
struct MarkdownGateReporter {
  private static let maximumBytes = 900_000
  private static let maximumFindings = 1_000
  private let result: GateResult

  init(_ result: GateResult) { self.result = result }

  func write() -> [UInt8] {
    var room = BoundedList(maximumCount: 4_000, maximumBytes: Self.maximumBytes / 3)
    for sample in result.samples { room.add(Array(row(sample).utf8)) }
    var text = "### \(sign(result.verdict)) \(markdownText(result.headline))\n\n\(markdownText(result.terms))\n\n"
    text += "| verdict | project | rubric | score |\n| --- | --- | --- | ---: |\n"
    text += room.pieces.map { String(decoding: $0, as: UTF8.self) }.joined()
    if room.leftOut > 0 { text += "\n\(room.leftOut) more projects are not listed here.\n" }
    text +=
      tasks() + findings() + list("Better than the baseline", improvements)
      + list("Stale in the baseline", result.stale)
    return Array(text.utf8)
  }

  private func sign(_ verdict: GateVerdict) -> String {
    switch verdict {
    case .passed: "✅"
    case .inconclusive: "❔"
    case .failed, .unusable, .fault: "❌"
    }
  }

  private func row(_ sample: GateSample) -> String {
    let score = sample.score.map { plain($0.low) + ($0.high > $0.low ? " to \(plain($0.high))" : "") } ?? "-"
    let rubric = sample.rubric.map { "\($0.id) \($0.version)" } ?? "-"
    return
      "| \(sign(sample.verdict)) \(sample.verdict.rawValue) | \(markdownCode(sample.path)) | \(markdownText(rubric)) "
      + "| \(score) |\n"
  }

  private func tasks() -> String {
    guard result.samples.count > result.tasks.count else { return "" }
    var text = "\n| verdict | task | samples passed | score |\n| --- | --- | ---: | ---: |\n"
    for task in result.tasks.prefix(500) {
      let name = [task.model, task.name].compactMap { $0 }.joined(separator: " ")
      let lowerEnd = task.lowerEnd.map { ", lower end \(plain($0))" } ?? ""
      text +=
        "| \(sign(task.verdict)) \(task.verdict.rawValue) | \(markdownCode(shortened(name))) "
        + "| \(task.passed) of \(task.samples.count)\(lowerEnd) | \(task.score.map { plain($0) } ?? "-") |\n"
    }
    return text
  }

  private func findings() -> String {
    let findings = result.worstFirst
    guard !findings.isEmpty else { return "" }
    var list = BoundedList(maximumCount: Self.maximumFindings, maximumBytes: Self.maximumBytes / 2)
    for (sample, check) in findings { list.add(Array(row(check, in: sample).utf8)) }
    var text = "\n| | rule | where | what |\n| --- | --- | --- | --- |\n"
    text += list.pieces.map { String(decoding: $0, as: UTF8.self) }.joined()
    if list.leftOut > 0 { text += "\n\(leftOutText(list.leftOut)).\n" }
    return text
  }

  private func row(_ check: GateCheck, in sample: GateSample) -> String {
    let place = check.places.first.map { markdownCode(sample.location($0)) } ?? ""
    var what = markdownText(check.message)
    if let excerpt = check.places.first?.excerpt, !excerpt.isEmpty { what += "<br>\(markdownCode(excerpt))" }
    if let advice = check.advice { what += "<br>*\(markdownText(advice))*" }
    return "| \(sample.weight(of: check).word) | \(markdownText(check.rule)) | \(place) | \(what) |\n"
  }

  private var improvements: [String] {
    result.samples.flatMap { sample in sample.improvements.map { "\(sample.path): \($0)" } }
  }

  private func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    let shown = items.prefix(100).map { "- \(markdownText(shortened($0)))\n" }.joined()
    let rest = items.count > 100 ? "- and \(items.count - 100) more\n" : ""
    return "\n**\(title)**\n\n" + shown + rest
  }

  private func shortened(_ text: String) -> String { text.count > 400 ? text.prefix(399) + "…" : text }
}
