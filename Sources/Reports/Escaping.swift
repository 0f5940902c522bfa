import SourceText

/// A value of a CSV file with quotes where it needs them; one that a spreadsheet would compute is defused by an apostrophe.
///
/// Source of the quoting: RFC 4180.
func csvField(_ value: String) -> String {
  var value = value
  // A byte-order mark or spaces do not keep a spreadsheet from computing what follows.
  if let first = value.unicodeScalars.first(where: { $0 != " " && $0 != "\u{FEFF}" }),
    "=+-@\t\r＝＋－＠".unicodeScalars.contains(first),
    Double(value) == nil
  {
    value = "'" + value
  }
  guard value.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return value }
  return "\"" + mapScalars(value) { scalar, _ in scalar == "\"" ? "\"\"" : nil } + "\""
}

/// Text in Markdown that means itself: no markup, no HTML, no link, no entity.
func markdownText(_ text: String) -> String {
  let special = Set("|\\`*_[]<>&~#@:$!^".unicodeScalars)
  var recent = ""
  return mapScalars(printable(text)) { scalar, _ in
    defer { recent = String((recent + String(scalar)).suffix(3)) }
    // A name that begins with `www.` becomes a link without any markup.
    return special.contains(scalar) || scalar == "." && recent.lowercased() == "www" ? "\\" + String(scalar) : nil
  }
}

/// Text in Markdown as code, where hosting services do not look for mentions and links either.
func markdownCode(_ text: String) -> String { text.isEmpty ? "" : "<code>\(markdownText(text))</code>" }

/// Text in an XML attribute or element; what XML 1.0 cannot hold is shown as an escape.
func xmlText(_ text: String) -> String {
  var result = ""
  for scalar in inert(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&apos;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The data of a workflow command.
///
/// Source: GitHub, *Workflow commands for GitHub Actions*; the escapes are those of its toolkit.
func workflowData(_ text: String) -> String {
  mapScalars(inert(text)) { scalar, _ in scalar == "%" ? "%25" : nil }
}

/// A property of a workflow command.
func workflowProperty(_ text: String) -> String {
  mapScalars(workflowData(text)) { scalar, _ in scalar == ":" ? "%3A" : scalar == "," ? "%2C" : nil }
}

/// A message of SARIF: what looks like a link or a placeholder in it is none.
func sarifText(_ text: String) -> String {
  mapScalars(printable(text)) { scalar, previous in
    switch scalar {
    case "{": "("
    case "}": ")"
    case "(" where previous == "]": " ("
    default: nil
    }
  }
}
