internal import Yams

/// A YAML document as rubrics and policies need it: scalars as written, members in order, a position for each.
package struct YAMLNode: Sendable {
  /// What a node holds.
  package enum Content: Sendable {
    /// The text, and whether it stood without quotes, so that it may be a number or a truth value.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Member])
  }

  /// A key and its value.
  package struct Member: Sendable {
    package var key: String
    package var keyPosition: FilePosition
    package var value: YAMLNode
  }

  package var content: Content
  package var position: FilePosition

  /// What the node is, for messages.
  package var kindName: String {
    switch content {
    case .scalar("", isPlain: true): "nothing"
    case .scalar(let text, _): "`\(excerpt(text))`"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  package var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content { return text.isEmpty || text == "~" || text == "null" }
    return false
  }

  /// The text of a scalar; `nil` for anything else and for null.
  package var text: String? {
    if case .scalar(let text, _) = content, !isNull { return text }
    return nil
  }

  /// The number that an unquoted scalar stands for; the forms of JSON only.
  package var number: Double? {
    guard case .scalar(let text, isPlain: true) = content, text.utf8.count <= 40,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) })
    else { return nil }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The truth value that an unquoted scalar stands for.
  package var flag: Bool? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return text == "true" ? true : text == "false" ? false : nil
  }

  package var members: [Member] {
    if case .mapping(let members) = content { return members }
    return []
  }

  package var elements: [YAMLNode] {
    if case .sequence(let elements) = content { return elements }
    return []
  }

  package subscript(key: String) -> YAMLNode? { members.first { $0.key == key }?.value }
}

/// The beginning of a text for a message, in one line.
package func excerpt(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  let printable = String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  return printable.count > 40 ? printable.prefix(39) + "…" : printable
}

/// What a YAML document is, for messages, and the bounds that no honest one of its kind reaches.
package struct YAMLDocumentKind: Sendable {
  /// The word for it, without an article.
  package var noun: String
  /// What to do about an empty one.
  package var beginning: String
  package var maximumSizeInBytes = YAMLReader.maximumSizeInBytes
  package var maximumNodes = YAMLReader.maximumNodes

  /// Describes a kind.
  package init(
    _ noun: String, beginning: String, maximumSizeInBytes: Int = YAMLReader.maximumSizeInBytes,
    maximumNodes: Int = YAMLReader.maximumNodes
  ) {
    self.noun = noun
    self.beginning = beginning
    self.maximumSizeInBytes = maximumSizeInBytes
    self.maximumNodes = maximumNodes
  }

  /// A rubric.
  package static let rubric = YAMLDocumentKind("rubric", beginning: "start with `id:`, `title:` and `criteria:`")
  /// A `sterling.yaml`.
  package static let settings = YAMLDocumentKind(
    "settings file", beginning: "write `rubric: ID` or `gate:`, or remove it")
}

/// Turns bytes into a tree, within bounds that no honest document of its kind reaches.
package struct YAMLReader {
  package static let maximumSizeInBytes = 1 << 20
  static let maximumDepth = 64
  package static let maximumNodes = 100_000
  /// With this many aliases an anchor can be multiplied at most about 10⁵ times while Yams compares the keys of a mapping.
  static let maximumAliases = 32

  private let file: String
  private let kind: YAMLDocumentKind
  private let wideScalars: WideScalars
  private var nodeCount = 0

  /// Reads a document.
  package static func read(
    _ bytes: [UInt8], file: String, as kind: YAMLDocumentKind = .rubric
  ) throws(RubricError) -> YAMLNode {
    let start = FilePosition(file: file, line: 1, column: 1)
    guard bytes.count <= kind.maximumSizeInBytes else {
      throw RubricError([
        RubricProblem(
          at: start, "the \(kind.noun) has \(bytes.count) bytes, more than \(kind.maximumSizeInBytes)",
          advice: "split it, or check that this is a \(kind.noun)")
      ])
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let yaml = String(validating: text, as: UTF8.self) else {
      throw RubricError([RubricProblem(at: start, "the \(kind.noun) is not UTF-8", advice: "save it as UTF-8")])
    }
    if hasAnchors(text), countAliases(text) > maximumAliases {
      throw RubricError([
        RubricProblem(
          at: start, "the \(kind.noun) has more than \(maximumAliases) aliases",
          advice: "write the repeated parts out, or quote texts in which a word follows `*`")
      ])
    }
    var reader = YAMLReader(file: file, kind: kind, wideScalars: WideScalars(yaml))
    return try reader.compose(yaml)
  }

  private init(file: String, kind: YAMLDocumentKind, wideScalars: WideScalars) {
    self.file = file
    self.kind = kind
    self.wideScalars = wideScalars
  }

  private mutating func compose(_ yaml: String) throws(RubricError) -> YAMLNode {
    let root: Node?
    do {
      root = try Parser(yaml: yaml, resolver: .basic, constructor: .default, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw RubricError([problem(for: error, yaml: yaml)])
    } catch {
      throw fault(position(nil), "the YAML cannot be read: \(error)", "check its syntax")
    }
    guard let root else {
      throw fault(position(nil), "the \(kind.noun) is empty", kind.beginning)
    }
    return try convert(root, depth: 0)
  }

  private mutating func convert(_ node: Node, depth: Int) throws(RubricError) -> YAMLNode {
    let here = position(node.mark)
    nodeCount += 1
    guard depth <= Self.maximumDepth else {
      throw fault(here, "nested more than \(Self.maximumDepth) deep", "flatten it; `all` and `any` take long lists")
    }
    guard nodeCount <= kind.maximumNodes else {
      throw fault(
        here, "the \(kind.noun) has more than \(kind.maximumNodes) values", "remove aliases that repeat large parts")
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: .scalar(scalar.string, isPlain: scalar.style == .plain), position: here)
    case .sequence(let sequence):
      var elements: [YAMLNode] = []
      for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
      return YAMLNode(content: .sequence(elements), position: here)
    case .mapping(let mapping):
      var members: [YAMLNode.Member] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw fault(position(key.mark), "a key must be a word", "put the list or mapping on the right of the colon")
        }
        let member = try convert(value, depth: depth + 1)
        members.append(.init(key: name.string, keyPosition: position(name.mark), value: member))
      }
      return YAMLNode(content: .mapping(members), position: here)
    case .alias:
      throw fault(here, "an alias without its anchor", "write the value out")
    }
  }

  private func fault(_ position: FilePosition, _ message: String, _ advice: String) -> RubricError {
    RubricError([RubricProblem(at: position, message, advice: advice)])
  }

  /// Yams counts columns in Unicode scalars; people's editors count UTF-16 units.
  private func position(_ mark: Mark?) -> FilePosition {
    guard let mark else { return FilePosition(file: file, line: 1, column: 1) }
    let wide = wideScalars.count(onLine: mark.line, before: mark.column)
    return FilePosition(file: file, line: mark.line, column: mark.column + wide)
  }

  private func problem(for error: YamlError, yaml: String) -> RubricProblem {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if problem.contains("nesting level") || context?.text.contains("nesting level") == true {
        return RubricProblem(
          at: position(mark), "nested more than \(Self.maximumDepth) deep",
          advice: "flatten it; `all` and `any` take long lists")
      }
      let around = context.map { " \($0.text)" } ?? ""
      return RubricProblem(
        at: position(mark), "the YAML cannot be read: \(problem)\(around)",
        advice: "check indentation, colons and quotes here and on the line above")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "`\(excerpt($0))`" }.joined(separator: ", ")
      return RubricProblem(
        at: position(context.mark), "\(names) stands more than once in one mapping", advice: "keep one of them")
    case .reader(let problem, let offset, _, _):
      return RubricProblem(
        at: position(ofCharacter: offset ?? 0, in: yaml), "the YAML cannot be read: \(problem)",
        advice: "remove the control character")
    default:
      return RubricProblem(at: position(nil), "the YAML cannot be read", advice: "check its syntax")
    }
  }

  private func position(ofCharacter offset: Int, in yaml: String) -> FilePosition {
    var line = 1
    var column = 1
    for character in yaml.prefix(offset) {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.utf16.count
      }
    }
    return FilePosition(file: file, line: line, column: column)
  }

  // Both counts are of places where a token of that kind could start, so they are never too low; text in block scalars
  // makes them too high.

  private static func hasAnchors(_ bytes: [UInt8]) -> Bool { countSigils(0x26, in: bytes, atMost: 1) > 0 }

  private static func countAliases(_ bytes: [UInt8]) -> Int {
    countSigils(0x2A, in: bytes, atMost: maximumAliases + 1)
  }

  private static func countSigils(_ sigil: UInt8, in bytes: [UInt8], atMost limit: Int) -> Int {
    let separators: Set<UInt8> = Set(" \t\n\r[]{},:\"'-?%@`".utf8)
    var count = 0
    for index in bytes.indices where bytes[index] == sigil {
      guard index + 1 < bytes.count, isAnchorCharacter(bytes[index + 1]) else { continue }
      guard index == 0 || bytes[index - 1] >= 0x80 || separators.contains(bytes[index - 1]) else { continue }
      count += 1
      if count >= limit { break }
    }
    return count
  }

  private static func isAnchorCharacter(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      || byte == 0x2D
  }
}

/// Where the scalars stand that take two UTF-16 units; counting them anew for each value of a long line would be quadratic.
private struct WideScalars {
  /// For each line that has any, their columns in scalars, from 1 and rising.
  private var columns: [Int: [Int]] = [:]

  init(_ text: String) {
    var line = 1
    var column = 1
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where isAfterReturn: break
      // These are the line breaks of libyaml, whose lines are counted here.
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        line += 1
        column = 1
      default:
        if scalar.value > 0xFFFF { columns[line, default: []].append(column) }
        column += 1
      }
      isAfterReturn = scalar == "\r"
    }
  }

  func count(onLine line: Int, before column: Int) -> Int {
    guard let columns = columns[line] else { return 0 }
    var low = 0
    var high = columns.count
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
