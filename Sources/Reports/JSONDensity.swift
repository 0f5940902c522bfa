import Density
import SourceText

/// Writes a value of the contract's totals: bytes, lines, and both for each language in the order of their names.
func writeDensityTotals(_ totals: DensityTotals, to json: inout JSONWriter) {
  json.object { json in writeCounts(totals, to: &json) }
}

/// Writes the members of the contract's totals.
func writeCounts(_ totals: DensityTotals, to json: inout JSONWriter) {
  json.member("bytes") { write(totals.bytes, to: &$0) }
  json.member("lines") { write(totals.lines, to: &$0) }
  json.member("languages") { json in
    json.object { json in
      for (language, counts) in totals.languages.sorted(by: { $0.key < $1.key }) {
        json.member(language) { json in
          json.object { json in
            json.member("bytes") { write(counts.bytes, to: &$0) }
            json.member("lines") { write(counts.lines, to: &$0) }
          }
        }
      }
    }
  }
}

private func write(_ bytes: ByteClasses, to json: inout JSONWriter) {
  json.object { json in
    json.member("total", bytes.total)
    json.member("code", bytes.code)
    json.member("comment", bytes.comment)
    json.member("whitespace", bytes.whitespace)
  }
}

func write(_ lines: LineClasses, to json: inout JSONWriter) {
  json.object { json in
    json.member("total", lines.total)
    json.member("code", lines.code)
    json.member("mixed", lines.mixed)
    json.member("comment", lines.comment)
    json.member("blank", lines.blank)
  }
}
