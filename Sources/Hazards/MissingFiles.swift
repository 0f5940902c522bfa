import Mechanics

/// Files that are referred to and do not exist, as the analysis of leftovers found them.
enum MissingFiles {
  static func find(in findings: [Finding]) -> [Hazard] {
    findings.compactMap { finding in
      guard finding.mechanic == "leftover", finding.status == .found, finding.facts["kind"] == .word("missing-file"),
        let place = finding.evidence.first
      else { return nil }
      return Hazard(.missingFile, place.says, file: place.file, span: place.span, says: place.says)
    }
  }
}
