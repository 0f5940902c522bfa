import SourceText

/// A table in plain text: columns as wide as their widest cell, numbers to the right.
struct TextTable {
  /// A column.
  struct Column {
    var title: String
    var isNumber = false
  }

  /// A cell: its text, and how it is styled once it is padded.
  struct Cell {
    var text: String
    var style: TextStyle = .plain
  }

  var columns: [Column]
  private var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The table's lines, without trailing spaces.
  func lines(color: Bool) -> [String] {
    let widths = columns.indices.map { index in
      rows.reduce(terminalWidth(of: columns[index].title)) { max($0, terminalWidth(of: $1[index].text)) }
    }
    let header = line(columns.map { Cell(text: $0.title, style: .faint) }, widths, color: color)
    return [header] + rows.map { line($0, widths, color: color) }
  }

  private func line(_ cells: [Cell], _ widths: [Int], color: Bool) -> String {
    var parts: [String] = []
    for (index, cell) in cells.enumerated() {
      let space = String(repeating: " ", count: max(0, widths[index] - terminalWidth(of: cell.text)))
      let styled = cell.style.apply(to: cell.text, color: color)
      let isLast = index == cells.count - 1
      parts.append(columns[index].isNumber ? space + styled : isLast ? styled : styled + space)
    }
    return parts.joined(separator: "  ")
  }
}

/// How a piece of text looks on a terminal.
enum TextStyle: String {
  case plain = ""
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case magenta = "35"
  case cyan = "36"

  /// The text in this style (ECMA-48 SGR), or as it is without colour.
  func apply(to text: String, color: Bool) -> String {
    color && self != .plain && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The style of a verdict.
  static func verdict(_ verdict: String) -> TextStyle {
    switch verdict {
    case "met": .green
    case "broken": .red
    case "missing": .yellow
    default: .magenta
    }
  }
}
