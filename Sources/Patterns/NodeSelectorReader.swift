import JavaScriptSyntax
import SourceText

/// Reads selectors over nodes.
struct NodeSelectorReader {
  private let text: [UInt8]
  private var position = 0
  private static let maximumDepth = 12
  private static let maximumParts = 64

  /// Reads a list of selectors.
  static func read(_ text: String) throws(PatternError) -> [NodeSelector] {
    var reader = NodeSelectorReader(text: Array(text.utf8))
    guard reader.text.count <= 4_096 else { throw reader.error("it has more than 4,096 bytes") }
    let selectors = try reader.list(depth: 0, isRelative: false)
    guard reader.position == reader.text.count else { throw reader.error("`\(reader.rest)` is left over") }
    return selectors
  }

  private init(text: [UInt8]) { self.text = text }

  private func error(_ problem: String, at place: Int? = nil, _ advice: String? = nil) -> PatternError {
    PatternError("the selector cannot be read: \(problem)", at: place ?? position, advice: advice)
  }

  private var current: UInt8 { position < text.count ? text[position] : 0 }
  private var rest: String { String(decoding: text[position...].prefix(20), as: UTF8.self) }

  private mutating func skipSpace() { while position < text.count, current <= 0x20 { position += 1 } }

  private mutating func take(_ byte: Character) -> Bool {
    guard current == byte.asciiValue, position < text.count else { return false }
    position += 1
    return true
  }

  private mutating func name(_ allowed: (UInt8) -> Bool = { isNameByte($0) }) -> String {
    let start = position
    while position < text.count, allowed(current) { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private mutating func list(depth: Int, isRelative: Bool) throws(PatternError) -> [NodeSelector] {
    guard depth < Self.maximumDepth else { throw error("it nests more than \(Self.maximumDepth) deep") }
    var selectors = [try selector(depth: depth, isRelative: isRelative)]
    while take(",") {
      selectors.append(try selector(depth: depth, isRelative: isRelative))
      if selectors.count > Self.maximumParts { throw error("it has more than \(Self.maximumParts) alternatives") }
    }
    return selectors
  }

  private mutating func combinator() -> NodeSelector.Combinator? {
    let start = position
    skipSpace()
    if take(">") { return .child }
    if take("+") { return .adjacent }
    if take("~") { return .sibling }
    let isEnd = position == text.count || current == UInt8(ascii: ",") || current == UInt8(ascii: ")")
    return position > start && !isEnd ? .descendant : nil
  }

  private mutating func selector(depth: Int, isRelative: Bool) throws(PatternError) -> NodeSelector {
    skipSpace()
    var first = NodeSelector.Combinator.descendant
    if isRelative, let written = combinator() { first = written }
    skipSpace()
    var parts = [try part(first, depth: depth)]
    while let combinator = combinator() {
      skipSpace()
      parts.append(try part(combinator, depth: depth))
      if parts.count > Self.maximumParts { throw error("it has more than \(Self.maximumParts) parts") }
    }
    skipSpace()
    return NodeSelector(parts: parts)
  }

  private mutating func part(_ combinator: NodeSelector.Combinator, depth: Int) throws(PatternError)
    -> NodeSelector.Part
  {
    var part = NodeSelector.Part(combinator: combinator)
    let start = position
    if current == UInt8(ascii: "!") { throw error("`!` is not supported", "say what is around it with `inside`") }
    if !take("*"), isNameStart(current) {
      let name = name()
      part.tests.append(.kinds([try kind(name, at: start)]))
    }
    while true {
      if take("[") {
        part.tests.append(try attribute())
      } else if take(".") {
        part.tests.append(try field())
      } else if take(":") {
        part.tests.append(try pseudoClass(depth: depth))
      } else {
        break
      }
    }
    if position == start { throw error(position < text.count ? "`\(rest)` begins no selector" : "it is empty") }
    return part
  }

  private func kind(_ name: String, at place: Int) throws(PatternError) -> NodeKind {
    let lowered = name.lowercased()
    if let kind = NodeKind.allCases.first(where: { $0 != .invalid && $0.estreeName.lowercased() == lowered }) {
      return kind
    }
    let squeezed = lowered.filter { $0 != "_" }
    let names = NodeKind.allCases.filter { $0 != .invalid }.map { $0.estreeName }
    let nearest = names.first { $0.lowercased() == squeezed } ?? nearestName(to: name, among: names)
    throw PatternError(
      "no kind of node is called `\(name)`", at: place,
      advice: nearest.map { "did you mean `\($0)`?" } ?? "kinds are those of ESTree, such as `CallExpression`")
  }

  // MARK: Attributes

  private mutating func attribute() throws(PatternError) -> NodeSelector.Test {
    let start = position
    skipSpace()
    let path = name { isNameByte($0) || $0 == UInt8(ascii: ".") }.split(separator: ".")
    guard let first = path.first else { throw error("`[` needs a property", "write `[name=\"x\"]`") }
    for name in path
    where Int(name) == nil && Role.named(String(name)) == nil && !scalarPropertyNames.contains(String(name)) {
      let nearest = nearestName(to: String(name), among: scalarPropertyNames + Role.allCases.map { $0.estreeName })
      throw PatternError(
        "no node has a property `\(name)`", at: start, advice: nearest.map { "did you mean `\($0)`?" })
    }
    _ = first
    skipSpace()
    if take("]") { return .property(path, .exists) }
    let comparison = try comparison()
    skipSpace()
    guard take("]") else { throw error("`[` is not closed", at: start - 1) }
    return .property(path, comparison)
  }

  private mutating func comparison() throws(PatternError) -> NodeSelector.Comparison {
    if current == UInt8(ascii: "<") || current == UInt8(ascii: ">") {
      let isGreater = take(">")
      if !isGreater { _ = take("<") }
      let allowsEqual = take("=")
      skipSpace()
      let digits = name { isNameByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
      guard let bound = Double(digits) else { throw error("`\(digits)` is no number") }
      return .ordered(bound, isGreater: isGreater, allowsEqual: allowsEqual)
    }
    let isNegated = take("!")
    guard take("=") else { throw error("`=`, `!=`, `<` or `>` comes after a property") }
    skipSpace()
    if current == UInt8(ascii: "/") { return .matches(try regex(), isNegated: isNegated) }
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
      return .equal(.text(try string()), isNegated: isNegated)
    }
    let word = name { $0 > 0x20 && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "(") }
    if word == "type", take("(") {
      let type = name()
      guard take(")") else { throw error("`type(` is not closed") }
      return .isType(type, isNegated: isNegated)
    }
    if word.isEmpty { throw error("a value is missing") }
    if let number = Double(word) { return .equal(.number(number), isNegated: isNegated) }
    return .equal(.word(word), isNegated: isNegated)
  }

  private mutating func string() throws(PatternError) -> String {
    let start = position
    let quote = current
    position += 1
    var bytes: [UInt8] = []
    while position < text.count, current != quote {
      if current == UInt8(ascii: "\\"), position + 1 < text.count { position += 1 }
      bytes.append(current)
      position += 1
    }
    guard position < text.count else { throw error("a string is not closed", at: start) }
    position += 1
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func regex() throws(PatternError) -> LinearRegex {
    let start = position + 1
    position = start
    var isClass = false
    while position < text.count, current != UInt8(ascii: "/") || isClass {
      if current == UInt8(ascii: "\\") { position += 1 }
      if current == UInt8(ascii: "[") { isClass = true }
      if current == UInt8(ascii: "]") { isClass = false }
      position += 1
    }
    guard position < text.count else { throw error("a regular expression is not closed", at: start - 1) }
    let source = String(decoding: text[start..<position], as: UTF8.self)
    position += 1
    let flags = name()
    do throws(PatternError) {
      return try LinearRegex(source.replacing("\\/", with: "/"), flags: flags)
    } catch {
      throw PatternError(error.problem, at: start + error.offset, advice: error.advice)
    }
  }

  private mutating func field() throws(PatternError) -> NodeSelector.Test {
    let start = position
    let names = name { isNameByte($0) || $0 == UInt8(ascii: ".") }.split(separator: ".").map { String($0) }
    var roles: [Role] = []
    for name in names {
      guard let role = Role.named(name) else {
        throw PatternError(
          "no field is called `\(name)`", at: start,
          advice: nearestName(to: name, among: Role.allCases.map { $0.estreeName }).map { "did you mean `\($0)`?" })
      }
      roles.append(role)
    }
    if roles.isEmpty { throw error("`.` needs a field", "write `Identifier.callee`") }
    return .field(roles)
  }

  // MARK: Pseudo-classes

  private mutating func pseudoClass(depth: Int) throws(PatternError) -> NodeSelector.Test {
    let start = position
    let name = name { isNameByte($0) || $0 == UInt8(ascii: "-") }.lowercased()
    switch name {
    case "not", "is", "matches", "has":
      guard take("(") else { throw error("`:\(name)` needs `(`") }
      let selectors = try list(depth: depth + 1, isRelative: name == "has")
      guard take(")") else { throw error("`:\(name)(` is not closed", at: start) }
      return name == "has" ? .has(selectors) : .any(selectors, isNegated: name == "not")
    case "first-child": return .nth(step: 0, offset: 1, fromEnd: false)
    case "last-child": return .nth(step: 0, offset: 1, fromEnd: true)
    case "nth-child", "nth-last-child":
      guard take("(") else { throw error("`:\(name)` needs `(`") }
      let argument = self.name { $0 != UInt8(ascii: ")") }
      guard take(")"), let (step, offset) = nthFormula(argument) else {
        throw error("`\(argument)` is no place", at: start, "write a number from 1, or `2n+1`")
      }
      return .nth(step: step, offset: offset, fromEnd: name == "nth-last-child")
    default:
      guard let suffixes = Self.classes[name] else {
        let known = Array(Self.classes.keys).sorted() + ["not", "is", "has", "first-child", "last-child", "nth-child"]
        throw PatternError(
          "no selector is called `:\(name)`", at: start - 1,
          advice: nearestName(to: name, among: known).map { "did you mean `:\($0)`?" }
            ?? "write `:has(...)`, `:not(...)`, `:is(...)` or `:nth-child(...)`")
      }
      return .kinds(NodeKind.allCases.filter { kind in suffixes.contains { kind.estreeName.hasSuffix($0) } })
    }
  }

  /// The classes of esquery, by the ends of the kinds' names.
  private static let classes: [String: [String]] = [
    "statement": ["Statement", "Declaration"],
    "declaration": ["Declaration"],
    "pattern": ["Pattern", "Expression", "Identifier"],
    "expression": ["Expression", "Literal", "Identifier", "MetaProperty", "Super"],
    "function": ["FunctionDeclaration", "FunctionExpression"],
  ]
}

private func isNameStart(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x24 }

private func isNameByte(_ byte: UInt8) -> Bool { isNameStart(byte) || byte &- 0x30 < 10 || byte >= 0x80 }

/// Reads `3`, `odd`, `even` or `An+B`; `nil` for anything else.
public func nthFormula(_ text: String) -> (step: Int, offset: Int)? {
  let word = text.filter { $0 != " " }.lowercased()
  switch word {
  case "odd": return (2, 1)
  case "even": return (2, 0)
  default: break
  }
  guard let letter = word.firstIndex(of: "n") else {
    guard let place = Int(word), (1...100_000).contains(place) else { return nil }
    return (0, place)
  }
  let (front, back) = (word[..<letter], word[word.index(after: letter)...])
  let step = front.isEmpty || front == "+" ? 1 : front == "-" ? -1 : Int(front)
  let offset = back.isEmpty ? 0 : Int(back.hasPrefix("+") ? back.dropFirst() : back)
  guard let step, let offset, abs(step) <= 100_000, abs(offset) <= 100_000 else { return nil }
  return (step, offset)
}
