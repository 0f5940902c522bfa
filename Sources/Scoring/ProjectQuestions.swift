import Density
import Ingest
import JavaScriptSyntax
import Mechanics
import Patterns
import Program
import Rubrics
import SourceText

/// Answers what the conditions of rubrics ask of one project.
///
/// Answers rest on code that the host reaches; what matches elsewhere is handed over as refused, with the reason.
final class ProjectQuestions: ProjectAnswers {
  private let project: Project
  private let program: ProgramModel
  private let code: CodeQuestions
  private lazy var page = PageQuestions(program)
  private lazy var totals = ProjectDensity(project, options: DensityOptions(classifiesComments: false)).summary

  init(_ project: Project, _ program: ProgramModel) {
    self.project = project
    self.program = program
    code = CodeQuestions(project, program)
  }

  func answer(_ question: Question) -> Answer {
    switch question {
    case .code(let question): code.answer(question)
    case .called(let name): code.calls(of: name)
    case .global(let name, let pattern): code.uses(of: name, pattern)
    case .elements(let question): elements(question)
    case .style(let question): styles(question)
    case .files(let glob): files(glob)
    case .density(let figure): density(figure)
    }
  }

  // MARK: Elements and styles

  private func elements(_ question: ElementQuestion) -> Answer {
    var answer = Answer()
    for found in page.elements(matching: question.selector.list) {
      let end = min(found.element.span.end, found.element.span.start &+ 200)
      let place = Evidence(
        file: found.element.file, span: ByteSpan(start: found.element.span.start, end: end),
        says: "matches `\(question.selector.text)`")
      if !found.isVisible, !question.isAnywhere {
        answer.refused.append(
          Finding("element", .refused, evidence: [place], reason: "nothing that runs puts it into a page"))
      } else if found.isCertain {
        answer.matches.append(Finding("element", .found, evidence: [place]))
      } else {
        answer.doubts.append(
          Finding("element", .unknown, evidence: [place], reason: "an attribute of it is computed"))
      }
    }
    return answer
  }

  private func styles(_ question: StyleQuestion) -> Answer {
    var answer = Answer()
    let styles = page.styles(setting: question.property, on: question.selector?.list, media: question.media)
    for style in styles {
      let place = Evidence(file: style.file, span: style.span, says: "sets `\(question.property)`")
      let value = style.value.lowercased()
      if !question.values.isEmpty, !question.values.contains(where: { holds($0, in: value) }) {
        let wanted = question.values.joined(separator: " or ")
        answer.refused.append(
          Finding("style", .refused, evidence: [place], reason: "its value is \(style.value), wanted \(wanted)"))
      } else if style.isCertain {
        answer.matches.append(Finding("style", .found, evidence: [place]))
      } else {
        // A selector that asks for a state, such as `:hover`, can come to match: the rule can apply.
        answer.matches.append(Finding("style", .found, evidence: [place], confidence: 0.9))
      }
    }
    answer.matches.sort {
      ($1.confidence, $0.evidence[0].file, $0.evidence[0].span) < (
        $0.confidence, $1.evidence[0].file, $1.evidence[0].span
      )
    }
    return answer
  }

  /// Whether a word stands in a value, or a value of several words is the whole.
  private func holds(_ word: String, in value: String) -> Bool {
    let folded = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if folded == word { return true }
    return folded.split { " ,()/".contains($0) }.contains { $0 == word } || folded.hasPrefix(word + "(")
      || folded.contains(" " + word + "(")
  }

  // MARK: Files and figures

  private func files(_ glob: String) -> Answer {
    let pattern = PathGlob(glob)
    let paths = (project.files.filter { !$0.isLink }.map { $0.path } + project.otherPaths).sorted()
    let found = paths.filter { pattern.matches($0) }
    return Answer(
      matches: found.map { path in
        Finding(
          "file", .found, evidence: [Evidence(file: path, span: ByteSpan(0, 0), says: "fits `\(glob)`")])
      })
  }

  private func density(_ figure: DensityFigure) -> Answer {
    let (bytes, lines) = (totals.totals.bytes, totals.totals.lines)
    func share(_ part: Int) -> Double? { bytes.total > 0 ? Double(part) / Double(bytes.total) : nil }
    let value: Double? =
      switch figure {
      case .bytes: Double(bytes.total)
      case .codeBytes: Double(bytes.code)
      case .commentBytes: Double(bytes.comment)
      case .lines: Double(lines.total)
      case .codeLines: Double(lines.code + lines.mixed)
      case .commentLines: Double(lines.comment)
      case .commentShare: share(bytes.comment)
      case .codeShare: share(bytes.code)
      case .whitespaceShare: share(bytes.whitespace)
      }
    guard let value else { return Answer(reason: "no file of the project is its own work") }
    let rounded = (value * 10_000).rounded() / 10_000
    return Answer(matches: [Finding("density", .found, facts: ["value": .number(rounded)], evidence: [])])
  }
}

/// A pattern for paths: `*` and `?` within a folder, `**` across folders, `{a,b}` for alternatives. A pattern without a slash fits
/// the name of a file in any folder.
struct PathGlob {
  private var alternatives: [[UInt8]]

  init(_ text: String) {
    let whole = text.contains("/") ? text : "**/" + text
    alternatives = Self.expanded(whole).map { Array($0.utf8) }
  }

  private static func expanded(_ text: String) -> [String] {
    var results = [""]
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let choices = rest[rest.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
      let front = rest[..<open]
      results = Array(results.flatMap { result in choices.map { result + front + $0 } }.prefix(64))
      rest = rest[rest.index(after: close)...]
    }
    return results.map { $0 + rest }
  }

  func matches(_ path: String) -> Bool {
    let path = Array(path.utf8)
    return alternatives.contains { Self.matches($0, path) }
  }

  /// Follows every way at once: the places of the pattern that are reached so far.
  private static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
    var places = closed([0], pattern)
    for byte in path {
      var next: Set<Int> = []
      for place in places where place < pattern.count {
        switch pattern[place] {
        case UInt8(ascii: "*"):
          let isDeep = place + 1 < pattern.count && pattern[place + 1] == UInt8(ascii: "*")
          if isDeep || byte != UInt8(ascii: "/") { next.insert(place) }
        case UInt8(ascii: "?"): if byte != UInt8(ascii: "/") { next.insert(place + 1) }
        default: if pattern[place] == byte { next.insert(place + 1) }
        }
      }
      places = closed(next, pattern)
      if places.isEmpty { return false }
    }
    return places.contains(pattern.count)
  }

  /// The places that are reached without a byte more: past a `*`, and past `**` with the slash after it.
  private static func closed(_ start: Set<Int>, _ pattern: [UInt8]) -> Set<Int> {
    var places = start
    var waiting = Array(start)
    while let place = waiting.popLast() {
      guard place < pattern.count, pattern[place] == UInt8(ascii: "*") else { continue }
      let isDeep = place + 1 < pattern.count && pattern[place + 1] == UInt8(ascii: "*")
      var next = [place + (isDeep ? 2 : 1)]
      let isAtStart = place == 0 || pattern[place - 1] == UInt8(ascii: "/")
      if isDeep, isAtStart, place + 2 < pattern.count, pattern[place + 2] == UInt8(ascii: "/"), start.contains(place) {
        next.append(place + 3)
      }
      for step in next where places.insert(step).inserted { waiting.append(step) }
    }
    return places
  }
}
