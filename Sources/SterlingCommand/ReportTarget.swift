public import ArgumentParser
public import Reports
import Rubrics
import SourceText

/// A report and where it goes: `sarif=out.sarif`, or `github=-` for standard output.
struct ReportTarget: ExpressibleByArgument {
  var format: GateFormat
  var path: String

  init(format: GateFormat, path: String) {
    self.format = format
    self.path = path
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let format = GateFormat(rawValue: String(parts[0])) else { return nil }
    self.init(format: format, path: String(parts[1]))
  }

  /// What to write instead of a target that means nothing.
  static func advice(for argument: String) -> String {
    let kinds = GateFormat.allCases.map { $0.rawValue }
    let kind = argument.split(separator: "=", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    if kinds.contains(kind) { return "write `\(kind)=FILE`, or `\(kind)=-` for standard output" }
    return nearestName(to: kind, among: kinds).map { "did you mean `\($0)=FILE`?" }
      ?? "the kinds are \(kinds.joined(separator: ", "))"
  }
}

extension GateFormat: ExpressibleByArgument {}
