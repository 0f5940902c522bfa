/// A number from 0 to 100 with one decimal; the same text in every locale.
func oneDecimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(abs(tenths % 10))"
}

/// A share of a whole as a percentage with one decimal; `-` of nothing.
func percentage(_ part: Int, of whole: Int) -> String {
  whole == 0 ? "-" : oneDecimal(Double(part) * 100 / Double(whole)) + " %"
}

/// An integer with a comma between groups of three digits.
func grouped(_ value: Int) -> String {
  var text = ""
  let digits = String(abs(value))
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return value < 0 ? "-" + text : text
}

/// A number with two decimals; the same text in every locale.
func twoDecimals(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let rest = abs(hundredths % 100)
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
