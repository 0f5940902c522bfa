/// Facts about single bytes, looked up in a table of 256 entries.
enum ByteClass {
  /// May continue an identifier (ASCII).
  static let identifierPart: UInt8 = 1
  /// May start an identifier (ASCII).
  static let identifierStart: UInt8 = 2
  /// A decimal digit.
  static let digit: UInt8 = 4
  /// A hexadecimal digit.
  static let hexDigit: UInt8 = 8
  /// Stops the quick scan of a string: a quote, a backslash, a line end.
  static let stringStop: UInt8 = 16
  /// Stops the quick scan of a line comment: a line end, or the lead byte of U+2028 and U+2029.
  static let lineStop: UInt8 = 32
  /// Stops the quick scan of a template: a backtick, a backslash, a dollar sign.
  static let templateStop: UInt8 = 64
  /// A byte after an identifier that shows the expression to be complete: `,` `;` `)` `]` `}`.
  static let expressionEnd: UInt8 = 128

  /// The table; made once and never freed.
  nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    table.initialize(repeating: 0, count: 256)
    func add(_ text: String, _ fact: UInt8) { for byte in text.utf8 { table[Int(byte)] |= fact } }
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_"
    add(letters, identifierStart | identifierPart)
    add("0123456789", identifierPart | digit | hexDigit)
    add("abcdefABCDEF", hexDigit)
    add("\"'\\\n\r", stringStop)
    add("\n\r", lineStop)
    table[0xE2] |= lineStop
    add("`\\$", templateStop)
    add(",;)]}", expressionEnd)
    return UnsafePointer(table)
  }()
}
