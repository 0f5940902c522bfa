import Scoring
import SourceText

/// Writes pieces of evidence as a list of places with what they show.
func writeEvidence(_ list: [LocatedEvidence], to json: inout JSONWriter) {
  json.array { json in
    for evidence in list {
      json.object { json in
        json.member("file", evidence.file)
        json.member("line", evidence.line)
        json.member("column", evidence.column)
        json.member("endLine", evidence.endLine)
        json.member("endColumn", evidence.endColumn)
        json.member("excerpt", evidence.excerpt)
        json.member("says", evidence.says)
      }
    }
  }
}

/// Writes the members of a diagnostic.
func writeDiagnostic(_ diagnostic: LocatedDiagnostic, to json: inout JSONWriter) {
  json.member("severity", diagnostic.severity)
  json.member("file", diagnostic.file)
  json.member("line", diagnostic.line)
  json.member("column", diagnostic.column)
  json.member("message", diagnostic.message)
}
