/// How often something was right.
struct Tally {
  var right = 0
  var total = 0

  mutating func count(_ isRight: Bool) {
    total += 1
    if isRight { right += 1 }
  }

  static func + (left: Tally, right: Tally) -> Tally {
    Tally(right: left.right + right.right, total: left.total + right.total)
  }

  /// `12/15  80.0 %`, padded for a column.
  var text: String {
    guard total > 0 else { return "     -" }
    let permille = (right * 1_000 + total / 2) / total
    return
      "\(pad("\(right)/\(total)", to: 9, left: true))  \(pad("\(permille / 10).\(permille % 10)", to: 5, left: true)) %"
  }
}

/// A text padded with spaces to a width.
func pad(_ text: String, to width: Int, left: Bool = false) -> String {
  let spaces = String(repeating: " ", count: max(0, width - text.count))
  return left ? spaces + text : text + spaces
}
