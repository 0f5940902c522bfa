import Gate
import SourceText

/// Test cases in the form that Jenkins, GitLab and others read: a suite for each project, a case for each check.
///
/// What is only warned of passes, with the warning as its output; what the baseline knows is skipped; what cannot be told is an error.
struct JUnitGateReporter {
  private let result: GateResult
  private let options: GateReportOptions

  init(_ result: GateResult, _ options: GateReportOptions) {
    self.result = result
    self.options = options
  }

  func write() -> [UInt8] {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let failures = result.count(.failed)
    let errors = result.count(.inconclusive) + result.count(.unusable) + result.count(.fault)
    let count = result.samples.reduce(0) { $0 + $1.checks.count }
    text += "<testsuites name=\"sterling gate\" tests=\"\(count)\" failures=\"\(failures)\" errors=\"\(errors)\">\n"
    for sample in result.samples { text += suite(sample) }
    return Array((text + "</testsuites>\n").utf8)
  }

  private func suite(_ sample: GateSample) -> String {
    func count(_ outcomes: Set<GateCheck.Outcome>) -> Int {
      sample.checks.count { outcomes.contains(sample.weight(of: $0)) }
    }
    var text =
      "  <testsuite name=\"\(xmlText(sample.path))\" tests=\"\(sample.checks.count)\" failures=\"\(count([.failed]))\" "
      + "errors=\"\(count([.inconclusive, .unusable, .fault]))\" skipped=\"\(count([.known]))\">\n"
    text += "    <properties>\n      <property name=\"verdict\" value=\"\(sample.verdict.rawValue)\"/>\n"
    if let score = sample.score { text += "      <property name=\"score\" value=\"\(plain(score.low))\"/>\n" }
    if let rubric = sample.rubric {
      text += "      <property name=\"rubric\" value=\"\(xmlText("\(rubric.id) \(rubric.version)"))\"/>\n"
    }
    text += "    </properties>\n"
    var names: Set<String> = []
    for check in sample.checks { text += testCase(check, in: sample, &names) }
    return text + "  </testsuite>\n"
  }

  private func testCase(_ check: GateCheck, in sample: GateSample, _ names: inout Set<String>) -> String {
    var name = check.rule
    if check.rule.hasPrefix("forbid/"), let place = check.places.first {
      name += " \(place.file):\(place.line):\(place.column)"
    }
    // Readers drop cases of one name.
    var number = 1
    let first = name
    while !names.insert(name).inserted {
      number += 1
      name = "\(first) (\(number))"
    }
    var head = "    <testcase classname=\"\(xmlText(sample.path))\" name=\"\(xmlText(name))\""
    if options.namesJUnitFiles, let place = check.places.first {
      head += " file=\"\(xmlText(sample.path(of: place.file)))\""
    }
    let outcome = sample.weight(of: check)
    let message = xmlText(check.message)
    switch outcome {
    case .passed: return head + "/>\n"
    case .known:
      return head + ">\n      <skipped message=\"known from the baseline: \(message)\"/>\n    </testcase>\n"
    case .warned:
      return head
        + ">\n      <system-out>warning: \(message)\n\(details(check, in: sample))</system-out>\n    </testcase>\n"
    case .failed:
      return head + ">\n      <failure type=\"\(outcome.rawValue)\" message=\"\(message)\">"
        + "\(details(check, in: sample))</failure>\n    </testcase>\n"
    case .inconclusive, .unusable, .fault:
      return head + ">\n      <error type=\"\(outcome.rawValue)\" message=\"\(message)\">"
        + "\(details(check, in: sample))</error>\n    </testcase>\n"
    }
  }

  private func details(_ check: GateCheck, in sample: GateSample) -> String {
    var lines = check.places.map { place in
      ([sample.location(place)] + [place.says, place.excerpt].filter { !$0.isEmpty }).map { xmlText($0) }
        .joined(separator: "  ")
    }
    if let advice = check.advice { lines.append("advice: \(xmlText(advice))") }
    return lines.joined(separator: "\n")
  }
}
