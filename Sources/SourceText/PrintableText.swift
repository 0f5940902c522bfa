/// Text from a project, made safe to print: nothing in it can move the cursor, change colours, reorder the line or hide.
///
/// Control characters, line and paragraph separators, bidirectional controls, zero-width and tag characters become visible
/// escapes such as `\u{1b}`; a tab becomes one space. Everything else stays as it is.
///
/// - Complexity: O(*n*).
public func printable(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    if scalar == "\t" {
      result += " "
    } else if isUnsafeToPrint(scalar) {
      result += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a terminal or a reader could be misled by the scalar.
func isUnsafeToPrint(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0: true
  case 0xAD, 0x61C, 0x180E: true
  case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
  case 0xFEFF, 0xFFF0...0xFFFB: true
  case 0xE0000...0xE0FFF: true
  // The last two of every plane are no characters.
  case let value where value & 0xFFFE == 0xFFFE: true
  default: false
  }
}

/// Each scalar of a text as itself, or as what `replacement` gives for it and the scalar before it.
///
/// Scalar by scalar, because a mark that combines with a character must not hide that character from the search.
package func mapScalars(
  _ text: String, _ replacement: (_ scalar: Unicode.Scalar, _ previous: Unicode.Scalar?) -> String?
) -> String {
  var result = String.UnicodeScalarView()
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    if let other = replacement(scalar, previous) {
      result.append(contentsOf: other.unicodeScalars)
    } else {
      result.append(scalar)
    }
    previous = scalar
  }
  return String(result)
}

/// Text from a project made safe to print where a build service reads along: ``printable(_:)``, and no command to a runner.
///
/// GitHub's runner and those that descend from it take lines that begin with `::`, and `##[` or `##vso[` anywhere, as commands.
public func inert(_ text: String) -> String {
  // Spaces before it do not help.
  var isAtStart = true
  return mapScalars(printable(text)) { scalar, previous in
    defer { isAtStart = isAtStart && (scalar == " " || scalar == ":") }
    if scalar == "#", previous == "#" { return "\\u{23}" }
    return isAtStart && scalar == ":" && previous == ":" ? "\\u{3a}" : nil
  }
}

/// The number of terminal columns that a printable text takes.
///
/// Combining marks take none; wide and fullwidth scalars (Unicode TR 11) and emoji take two.
public func terminalWidth(of text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars { width += terminalWidth(of: scalar) }
  return width
}

private func terminalWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// The start of a printable text that fits `columns` terminal columns; an ellipsis marks what was cut.
public func cut(_ text: String, to columns: Int) -> String {
  guard columns > 0 else { return "" }
  var width = 0
  var kept = ""
  var keptBeforeEllipsis = ""
  for scalar in text.unicodeScalars {
    width += terminalWidth(of: scalar)
    if width > columns { return keptBeforeEllipsis + "…" }
    kept.unicodeScalars.append(scalar)
    if width < columns { keptBeforeEllipsis = kept }
  }
  return text
}
