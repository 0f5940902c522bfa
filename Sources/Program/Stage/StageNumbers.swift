#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Conversions between values, as JavaScript makes them.
extension Stage {
  func number(_ value: StageValue) -> Double? {
    switch value {
    case .undefined: return .nan
    case .null: return 0
    case .bool(let truth): return truth ? 1 : 0
    case .number(let number): return number
    case .string(let text): return Stage.number(text)
    case .object(let object):
      if object.kind == .date { return object.number }
      if object.kind == .array, object.items.isEmpty { return 0 }
      if object.kind == .array, object.items.count == 1 { return number(object.items[0]) }
      return object.isOpen ? nil : .nan
    case .unknown: return nil
    }
  }

  static func number(_ text: String) -> Double {
    let clean = text.utf8.drop { $0 <= 0x20 }
    guard let last = clean.lastIndex(where: { $0 > 0x20 }) else { return 0 }
    let body = String(clean[...last]) ?? ""
    let lower = body.lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lower.hasPrefix(prefix) {
      return Int(lower.dropFirst(2), radix: radix).map(Double.init) ?? .nan
    }
    if body == "Infinity" || body == "+Infinity" { return .infinity }
    if body == "-Infinity" { return -.infinity }
    guard body.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }) else {
      return .nan
    }
    return Double(body) ?? .nan
  }

  static func text(_ number: Double, fraction digits: Int? = nil) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    if let digits { return fixed(number, min(20, max(0, digits))) }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
    return number.description
  }

  private static func fixed(_ number: Double, _ digits: Int) -> String {
    let scale = pow(10, Double(digits))
    let scaled = (abs(number) * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return number.description }
    let whole = Int64(scaled)
    let unit = Int64(scale)
    let sign = number < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let rest = String(whole % unit)
    return sign + String(whole / unit) + "." + String(repeating: "0", count: max(0, digits - rest.utf8.count)) + rest
  }

  /// The text of a value; `nil` where it is not known.
  func text(_ value: StageValue, depth: Int = 0) -> String? {
    switch value {
    case .undefined: return "undefined"
    case .null: return "null"
    case .bool(let truth): return truth ? "true" : "false"
    case .number(let number): return Stage.text(number)
    case .string(let text): return text
    case .unknown: return nil
    case .object(let object): return text(of: object, depth)
    }
  }

  private func text(of object: StageObject, _ depth: Int) -> String? {
    guard depth < 8 else { return "" }
    switch object.kind {
    case .array:
      var parts: [String] = []
      for item in object.items.prefix(2_000) {
        if item.isNullish {
          parts.append("")
        } else {
          parts.append(text(item, depth: depth + 1) ?? Stage.gap)
        }
      }
      return parts.joined(separator: ",")
    case .date: return object.number.isNaN ? "Invalid Date" : StageDate(object.number).iso
    case .error: return "Error: " + (object["message"].flatMap { text($0, depth: depth + 1) } ?? "")
    case .function: return object.function?.code.text ?? "function () { [native code] }"
    case .host where object.isOpen: return object.text.isEmpty ? nil : object.text
    default: break
    }
    if object.kind == .plain, let member = find("toString", on: object), let method = member.object, method.isCallable,
      method.native == nil, let result = try? call(.object(method), this: .object(object), [])
    {
      return text(result, depth: depth + 1)
    }
    if object.kind == .host, let known = object["href"] { return text(known, depth: depth + 1) }
    return object.isOpen ? nil : "[object Object]"
  }

  /// What stands in a text for a part that is not known.
  static let gap = "\u{FFFC}"

  /// The text of a value with a mark where it is not known.
  func shown(_ value: StageValue) -> String { text(value) ?? Stage.gap }

  // MARK: Comparison

  func areStrictlyEqual(_ left: StageValue, _ right: StageValue) -> Bool? {
    switch (left, right) {
    case (.unknown, _), (_, .unknown): nil
    case (.undefined, .undefined), (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.contains(Stage.gap) || b.contains(Stage.gap) ? nil : a == b
    case (.object(let a), .object(let b)): a === b || a.kind == .node && b.kind == .node && a.node == b.node
    default: false
    }
  }

  func areLooselyEqual(_ left: StageValue, _ right: StageValue) -> Bool? {
    if left.isUnknown || right.isUnknown { return nil }
    if left.isNullish || right.isNullish { return left.isNullish && right.isNullish }
    switch (left, right) {
    case (.object, .object): return areStrictlyEqual(left, right)
    case (.string(let a), .string(let b)): return a == b
    case (.object, .string), (.string, .object):
      guard let a = text(left), let b = text(right) else { return nil }
      return a == b
    default:
      guard let a = number(left), let b = number(right) else { return nil }
      return a == b
    }
  }

  func compare(_ left: StageValue, _ right: StageValue, _ test: (Double, Double) -> Bool) -> StageValue {
    if case .string(let a) = left, case .string(let b) = right {
      let order: Double = a == b ? 0 : a.utf16.lexicographicallyPrecedes(b.utf16) ? -1 : 1
      return .bool(test(order, 0))
    }
    guard let a = number(left), let b = number(right) else { return .unknown }
    return .bool(test(a, b))
  }

  static func integer(_ value: Double) -> Int32 {
    guard value.isFinite else { return 0 }
    let wrapped = value.truncatingRemainder(dividingBy: 4_294_967_296)
    let positive = wrapped < 0 ? wrapped + 4_294_967_296 : wrapped
    return Int32(bitPattern: UInt32(truncatingIfNeeded: Int64(positive.rounded(.towardZero))))
  }

  /// A whole number within bounds, for positions and counts.
  static func index(_ value: Double, _ limit: Int = 1_000_000) -> Int {
    if value.isNaN { return 0 }
    return Int(max(-Double(limit), min(Double(limit), value.rounded(.towardZero))))
  }
}

/// A moment taken apart by the calendar, in universal time.
struct StageDate {
  var year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, milli = 0, weekday = 4

  init(_ time: Double) {
    guard time.isFinite, abs(time) < 8.64e15 else { return }
    let days = Int((time / 86_400_000).rounded(.down))
    let rest = Int(time - Double(days) * 86_400_000)
    (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000)
    weekday = ((days + 4) % 7 + 7) % 7
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    day = doy - (153 * mp + 2) / 5 + 1
    month = mp < 10 ? mp + 3 : mp - 9
    year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The milliseconds of a date; months count from 1 and may run over.
  static func time(_ year: Int, _ month: Int, _ day: Int, _ rest: Double = 0) -> Double {
    let year = min(300_000, max(-300_000, year))
    let months = min(1_000_000, max(-1_000_000, month)) - 1
    var y = year + Int((Double(months) / 12).rounded(.down))
    let m = (months % 12 + 12) % 12 + 1
    if m <= 2 { y -= 1 }
    let era = (y >= 0 ? y : y - 399) / 400
    let yoe = y - era * 400
    let doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5
    let days = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    return (Double(days) + Double(min(10_000_000, max(-10_000_000, day))) - 1) * 86_400_000 + rest
  }

  /// Reads `2021`, `2021-03`, `2021-03-04T10:00Z`, `March 2021`, `4 March 2021`.
  static func parse(_ text: String) -> Double {
    let pieces = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    var numbers: [Int] = []
    var month: Int?
    for piece in pieces {
      if let value = Int(piece.prefix { $0.isNumber }) { numbers.append(value) }
      let word = piece.lowercased()
      if let index = names.firstIndex(where: { word.count >= 3 && $0.hasPrefix(word) }) { month = index + 1 }
    }
    guard let first = numbers.first else { return .nan }
    if let month {
      guard let year = numbers.first(where: { $0 > 31 }) else { return .nan }
      return time(year, month, numbers.first { $0 <= 31 } ?? 1)
    }
    if first > 31 {
      var rest = 0.0
      if numbers.count > 3 { rest += Double(numbers[3] % 100) * 3_600_000 }
      if numbers.count > 4 { rest += Double(numbers[4] % 100) * 60_000 }
      return time(first, numbers.count > 1 ? numbers[1] : 1, numbers.count > 2 ? numbers[2] : 1, rest)
    }
    guard numbers.count > 2 else { return .nan }
    return time(numbers[2], numbers[0], numbers[1])
  }

  static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  var iso: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return
      "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second)).\(milli < 100 ? "0" : "")\(two(milli))Z"
  }

  /// The date as people write it, by the options of `toLocaleDateString`.
  func local(_ options: [String: String]) -> String {
    let name = StageDate.names[month - 1].prefix(1).uppercased() + StageDate.names[month - 1].dropFirst()
    var parts: [String] = []
    if let form = options["month"] {
      parts.append(form == "long" ? name : form == "short" ? String(name.prefix(3)) : "\(month)")
    }
    if options["day"] != nil { parts.append("\(day)") }
    if options["year"] != nil { parts.append("\(year)") }
    return parts.isEmpty ? "\(month)/\(day)/\(year)" : parts.joined(separator: " ")
  }
}
