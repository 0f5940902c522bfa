/// A number with what it counts.
public struct StyleQuantity: Hashable, Sendable {
  /// What a number counts.
  public enum Dimension: UInt8, Hashable, Sendable {
    /// Nothing: a plain number.
    case number
    /// CSS pixels.
    case length
    /// Hundredths of something else.
    case percentage
    /// Seconds.
    case time
    /// Degrees.
    case angle
    /// Dots per CSS pixel.
    case resolution
    /// Shares of free space in a grid.
    case flex
  }

  /// How many.
  public var value: Double
  /// Of what.
  public var dimension: Dimension

  /// Makes a quantity.
  public init(_ value: Double, _ dimension: Dimension) {
    self.value = value
    self.dimension = dimension
  }
}

/// What relative lengths are relative to; what is `nil` is not known, and a length that needs it has no value.
public struct LengthContext: Hashable, Sendable {
  /// The font size of the root element in pixels.
  public var rootFontSize: Double?
  /// The font size of the element in pixels.
  public var fontSize: Double?
  /// The width of the viewport in pixels.
  public var viewportWidth: Double?
  /// The height of the viewport in pixels.
  public var viewportHeight: Double?
  /// What 100 % is in pixels.
  public var percentageBase: Double?

  /// A context in which the root's font has the browsers' default of 16 pixels and nothing else is known.
  public init(
    rootFontSize: Double? = 16, fontSize: Double? = nil, viewportWidth: Double? = nil, viewportHeight: Double? = nil,
    percentageBase: Double? = nil
  ) {
    self.rootFontSize = rootFontSize
    self.fontSize = fontSize
    self.viewportWidth = viewportWidth
    self.viewportHeight = viewportHeight
    self.percentageBase = percentageBase
  }

  /// The context of media queries, where `em` is the default font size.
  public static let media = LengthContext(rootFontSize: 16, fontSize: 16)

  /// Turns `value` of a unit into a quantity; `nil` for a unit that is unknown, or relative to something unknown.
  public func quantity(_ value: Double, unit: String) -> StyleQuantity? {
    if let factor = LengthContext.absolute[unit] { return StyleQuantity(value * factor.value, factor.dimension) }
    let base: Double?
    switch unit {
    case "rem", "rlh": base = rootFontSize.map { unit == "rem" ? $0 : $0 * 1.2 }
    case "em": base = fontSize
    case "lh": base = fontSize.map { $0 * 1.2 }
    case "ex", "ch": base = fontSize.map { $0 / 2 }
    case "vw", "svw", "lvw", "dvw", "vi", "svi", "lvi", "dvi": base = viewportWidth.map { $0 / 100 }
    case "vh", "svh", "lvh", "dvh", "vb", "svb", "lvb", "dvb": base = viewportHeight.map { $0 / 100 }
    case "vmin", "svmin", "lvmin", "dvmin": base = both.map { min($0, $1) / 100 }
    case "vmax", "svmax", "lvmax", "dvmax": base = both.map { max($0, $1) / 100 }
    default: base = nil
    }
    return base.map { StyleQuantity(value * $0, .length) }
  }

  private var both: (Double, Double)? {
    viewportWidth.flatMap { width in viewportHeight.map { (width, $0) } }
  }

  private static let absolute: [String: StyleQuantity] = [
    "px": StyleQuantity(1, .length), "in": StyleQuantity(96, .length), "cm": StyleQuantity(96 / 2.54, .length),
    "mm": StyleQuantity(96 / 25.4, .length), "q": StyleQuantity(96 / 101.6, .length),
    "pt": StyleQuantity(96.0 / 72, .length), "pc": StyleQuantity(16, .length), "s": StyleQuantity(1, .time),
    "ms": StyleQuantity(0.001, .time), "deg": StyleQuantity(1, .angle), "grad": StyleQuantity(0.9, .angle),
    "turn": StyleQuantity(360, .angle), "rad": StyleQuantity(180 / Double.pi, .angle),
    "dppx": StyleQuantity(1, .resolution), "x": StyleQuantity(1, .resolution),
    "dpi": StyleQuantity(1.0 / 96, .resolution),
    "dpcm": StyleQuantity(2.54 / 96, .resolution), "fr": StyleQuantity(1, .flex),
  ]

  /// The units of lengths that follow the viewport, a container or the font of the element.
  static let viewportUnits: Set<String> = [
    "vw", "vh", "vmin", "vmax", "vi", "vb", "svw", "svh", "svmin", "svmax", "svi", "svb", "lvw", "lvh", "lvmin",
    "lvmax", "lvi", "lvb", "dvw", "dvh", "dvmin", "dvmax", "dvi", "dvb", "cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax",
  ]
}

extension StyleSheet {
  /// The value of a single component: a number with its unit, or `calc()`, `min()`, `max()`, `clamp()` of such.
  ///
  /// - Parameters:
  ///   - range: The tokens of a value; white space around is allowed.
  ///   - context: What relative lengths are relative to.
  /// - Returns: `nil` when the value is something else, or depends on what is not known.
  public func quantity(in range: Range<Int>, _ context: LengthContext = LengthContext()) -> StyleQuantity? {
    var calculator = Calculator(sheet: self, context: context)
    let parts = components(in: range)
    guard parts.count == 1 else { return nil }
    return calculator.value(parts[0])
  }

  /// The value of a declaration in pixels; a plain zero is a length too.
  public func pixels(in range: Range<Int>, _ context: LengthContext = LengthContext()) -> Double? {
    guard let quantity = quantity(in: range, context) else { return nil }
    if quantity.dimension == .length { return quantity.value }
    if quantity.dimension == .percentage, let base = context.percentageBase { return quantity.value * base / 100 }
    return quantity.dimension == .number && quantity.value == 0 ? 0 : nil
  }

  /// Whether a value follows its surroundings: a percentage, a share of a grid, a unit of the viewport or a container,
  /// or one of the sizing words (`auto`, `min-content`, `fit-content`).
  public func isFluid(_ range: Range<Int>) -> Bool {
    tokens[range].contains { token in
      switch token.kind {
      case .percentage: return true
      case .dimension:
        let unit = asciiLowercased(value(of: token))
        return unit == "fr" || LengthContext.viewportUnits.contains(unit)
      case .ident:
        return ["auto", "auto-fit", "auto-fill", "min-content", "max-content", "fit-content", "stretch"].contains(
          asciiLowercased(value(of: token)))
      case .function: return hasValue(token, "fit-content")
      default: return false
      }
    }
  }
}

/// Works out the mathematical functions of CSS where all they use is known.
private struct Calculator {
  let sheet: StyleSheet
  let context: LengthContext
  private var depth = 0
  private var steps = 0

  init(sheet: StyleSheet, context: LengthContext) {
    self.sheet = sheet
    self.context = context
  }

  mutating func value(_ index: Int) -> StyleQuantity? {
    steps += 1
    guard depth < 32, steps < 10_000 else { return nil }
    depth += 1
    defer { depth -= 1 }
    let token = sheet.tokens[index]
    switch token.kind {
    case .number: return sheet.number(of: token).map { StyleQuantity($0, .number) }
    case .percentage: return sheet.number(of: token).map { percentage($0) }
    case .dimension:
      guard let number = sheet.number(of: token) else { return nil }
      return context.quantity(number, unit: asciiLowercased(sheet.value(of: token)))
    case .leftParenthesis: return sum(sheet.contents(ofBlockAt: index))
    case .ident: return constant(token)
    case .function: return function(asciiLowercased(sheet.value(of: token)), sheet.contents(ofBlockAt: index))
    default: return nil
    }
  }

  private func percentage(_ value: Double) -> StyleQuantity {
    guard let base = context.percentageBase else { return StyleQuantity(value, .percentage) }
    return StyleQuantity(value * base / 100, .length)
  }

  private func constant(_ token: StyleToken) -> StyleQuantity? {
    switch asciiLowercased(sheet.value(of: token)) {
    case "pi": StyleQuantity(.pi, .number)
    case "e": StyleQuantity(2.718281828459045, .number)
    case "infinity": StyleQuantity(.infinity, .number)
    default: nil
    }
  }

  private mutating func function(_ name: String, _ range: Range<Int>) -> StyleQuantity? {
    switch name {
    case "calc", "-webkit-calc", "-moz-calc": return sum(range)
    case "min", "max", "clamp", "abs":
      var values: [StyleQuantity] = []
      for part in sheet.splitAtCommas(range) {
        guard let value = sum(part), values.first.map({ $0.dimension == value.dimension }) ?? true else { return nil }
        values.append(value)
      }
      return combine(name, values)
    default: return nil
    }
  }

  private func combine(_ name: String, _ values: [StyleQuantity]) -> StyleQuantity? {
    guard let first = values.first else { return nil }
    switch name {
    case "min": return StyleQuantity(values.reduce(first.value) { min($0, $1.value) }, first.dimension)
    case "max": return StyleQuantity(values.reduce(first.value) { max($0, $1.value) }, first.dimension)
    case "abs": return values.count == 1 ? StyleQuantity(abs(first.value), first.dimension) : nil
    default:
      guard values.count == 3 else { return nil }
      return StyleQuantity(max(first.value, min(values[1].value, values[2].value)), first.dimension)
    }
  }

  private mutating func sum(_ range: Range<Int>) -> StyleQuantity? {
    let parts = sheet.components(in: range)
    var index = 0
    guard var total = product(parts, &index) else { return nil }
    while index < parts.count {
      let sign = sheet.tokens[parts[index]]
      let isPlus = sheet.isDelim(sign, 0x2B)
      guard isPlus || sheet.isDelim(sign, 0x2D) else { return nil }
      index += 1
      guard let next = product(parts, &index), next.dimension == total.dimension else { return nil }
      total.value += isPlus ? next.value : -next.value
    }
    return total
  }

  private mutating func product(_ parts: [Int], _ index: inout Int) -> StyleQuantity? {
    guard index < parts.count, var total = value(parts[index]) else { return nil }
    index += 1
    while index + 1 < parts.count {
      let isTimes = sheet.isDelim(sheet.tokens[parts[index]], 0x2A)
      guard isTimes || sheet.isDelim(sheet.tokens[parts[index]], 0x2F) else { break }
      guard let next = value(parts[index + 1]) else { return nil }
      index += 2
      if isTimes {
        guard total.dimension == .number || next.dimension == .number else { return nil }
        total = StyleQuantity(total.value * next.value, total.dimension == .number ? next.dimension : total.dimension)
      } else {
        guard next.value != 0, next.dimension == .number || next.dimension == total.dimension else { return nil }
        total = StyleQuantity(total.value / next.value, next.dimension == .number ? total.dimension : .number)
      }
    }
    return total
  }
}
