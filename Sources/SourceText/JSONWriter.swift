/// Writes JSON straight to bytes, in the order of the calls, so that the same calls give the same bytes anywhere.
///
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///   json.member("path", "index.html")
///   json.member("lines") { json in json.array { json in json.value(1) } }
/// }
/// ```
public struct JSONWriter: Sendable {
  /// What was written so far, UTF-8.
  public private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0
  private var needsComma = false

  /// Makes an empty writer; `pretty` puts each member on a line of its own, indented by two spaces.
  public init(pretty: Bool = false) { isPretty = pretty }

  /// Writes an object whose members `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { nest(0x7B, 0x7D, body) }

  /// Writes an array whose values `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { nest(0x5B, 0x5D, body) }

  /// Writes a member whose value `body` writes; `body` must write exactly one value.
  public mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    body(&self)
  }

  /// Writes a member that holds a string, or null.
  public mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  /// Writes a member that holds an integer.
  public mutating func member(_ name: String, _ value: Int) {
    key(name)
    self.value(value)
  }

  /// Writes a member that holds a number.
  public mutating func member(_ name: String, _ value: Double) {
    key(name)
    self.value(value)
  }

  /// Writes a member that holds a truth value.
  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    self.value(value)
  }

  /// Writes null.
  public mutating func null() { scalar("null") }

  /// Writes a truth value.
  public mutating func value(_ value: Bool) { scalar(value ? "true" : "false") }

  /// Writes an integer.
  public mutating func value(_ value: Int) { scalar(String(value)) }

  /// Writes a number in its shortest exact form; a number that JSON cannot hold becomes null.
  public mutating func value(_ value: Double) {
    guard value.isFinite else { return null() }
    if value == value.rounded(), abs(value) < 1e15 {
      scalar(String(Int64(value)))
    } else {
      scalar(value.description)
    }
  }

  /// Writes a string with everything escaped that a reader could trip over, be it a program, a terminal or a build service.
  public mutating func value(_ value: String) {
    begin()
    appendQuoted(value)
    needsComma = true
  }

  /// Ends the document with a line feed.
  public mutating func endLine() {
    bytes.append(0x0A)
    needsComma = false
  }

  private mutating func key(_ name: String) {
    begin()
    appendQuoted(name)
    bytes.append(0x3A)
    if isPretty { bytes.append(0x20) }
    needsComma = false
    isAfterKey = true
  }

  private var isAfterKey = false

  private mutating func begin() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    if needsComma { bytes.append(0x2C) }
    if depth > 0 { breakLine() }
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func scalar(_ text: String) {
    begin()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    begin()
    bytes.append(open)
    depth += 1
    needsComma = false
    body(&self)
    depth -= 1
    if needsComma { breakLine() }
    bytes.append(close)
    needsComma = true
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(0x22)
    // Only scalars that begin with one of these bytes could mislead a reader of the raw text.
    if text.utf8.contains(where: { $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE1 || $0 == 0xE2 || $0 >= 0xEF }) {
      for scalar in text.unicodeScalars {
        if scalar.value >= 0x80, isUnsafeToPrint(scalar) {
          for unit in String(scalar).utf16 { appendEscape(unit) }
        } else {
          appendCharacters(String(scalar).utf8)
        }
      }
    } else {
      appendCharacters(text.utf8)
    }
    bytes.append(0x22)
  }

  private mutating func appendEscape(_ unit: UInt16) {
    bytes.append(contentsOf: [0x5C, 0x75])
    for shift in [12, 8, 4, 0] { bytes.append(hexDigit(UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 15))) }
  }

  private mutating func appendCharacters(_ text: String.UTF8View) {
    for byte in text {
      switch byte {
      case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
      case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
      case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20, 0x7F: appendEscape(UInt16(byte))
      // Two of these begin commands to the runners of some build services, wherever on a line they stand.
      case 0x23 where bytes.last == 0x23: appendEscape(0x23)
      default: bytes.append(byte)
      }
    }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
