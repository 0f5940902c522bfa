import SourceText

/// Holds a document against its shape, a rubric's or another's, and names everything that is out of shape.
package struct ShapeChecker {
  private let shape: RubricShape
  package private(set) var problems: [RubricProblem] = []
  /// Conditions are read by themselves; the checker only finds them.
  private(set) var conditions = 0

  /// Makes a checker for documents of a shape.
  package init(shape: RubricShape = .standard) { self.shape = shape }

  /// Checks a node that must be the object of the given name.
  package mutating func check(_ node: YAMLNode, isObject name: String, called title: String) {
    check(node, is: .object(name), called: title)
  }

  mutating func checkRubric(_ node: YAMLNode) { check(node, is: .object("rubric"), called: "a rubric") }

  private mutating func report(_ position: FilePosition, _ message: String, _ advice: String) {
    guard problems.count < RubricError.maximumProblems else { return }
    problems.append(RubricProblem(at: position, message, advice: advice))
  }

  private mutating func check(_ node: YAMLNode, is kind: RubricShape.Kind, called name: String) {
    guard problems.count < RubricError.maximumProblems else { return }
    if node.isNull { return report(node.position, "\(name) is empty", "write \(described(kind)), or remove it") }
    switch kind {
    case .text:
      guard let text = node.text, !text.isEmpty else { return mismatch(node, kind, name) }
    case .identifier:
      guard let text = node.text else { return mismatch(node, kind, name) }
      checkIdentifier(text, at: node.position, called: name)
    case .number(let minimum, let maximum):
      checkNumber(node, minimum, maximum, called: name)
    case .flag:
      if node.flag == nil { mismatch(node, kind, name) }
    case .oneOf(let words):
      checkChoice(node, words, called: name)
    case .list(let element, let minimum):
      checkList(node, of: element, minimum: minimum, called: name)
    case .object(let object):
      guard let object = shape.object(object) else { return }
      checkObject(node, object, called: name)
    case .dictionary(let keys, _, let values):
      checkDictionary(node, keys, values, called: name)
    case .condition:
      conditions += 1
    }
  }

  private mutating func mismatch(_ node: YAMLNode, _ kind: RubricShape.Kind, _ name: String) {
    report(node.position, "\(name) must be \(described(kind)), found \(node.kindName)", advice(for: kind))
  }

  private mutating func checkIdentifier(_ text: String, at position: FilePosition, called name: String) {
    let isIdentifier =
      text.utf8.count <= 80 && text.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    if !isIdentifier {
      report(
        position, "\(name) must be \(described(.identifier)), found `\(excerpt(text))`", advice(for: .identifier))
    }
  }

  private mutating func checkNumber(_ node: YAMLNode, _ minimum: Double?, _ maximum: Double?, called name: String) {
    let kind = RubricShape.Kind.number(minimum: minimum, maximum: maximum)
    guard let number = node.number else { return mismatch(node, kind, name) }
    if let minimum, number < minimum {
      report(node.position, "\(name) must be \(FactTest.plain(minimum)) or more, found \(number)", advice(for: kind))
    }
    if let maximum, number > maximum {
      report(node.position, "\(name) must be \(FactTest.plain(maximum)) or less, found \(number)", advice(for: kind))
    }
  }

  private mutating func checkChoice(_ node: YAMLNode, _ words: [String], called name: String) {
    guard let text = node.text, words.contains(text) else {
      let nearest = node.text.flatMap { nearestName(to: $0, among: words) }
      let advice = nearest.map { "did you mean `\($0)`?" } ?? "write \(choices(words))"
      return report(node.position, "\(name) must be \(choices(words)), found \(node.kindName)", advice)
    }
  }

  private mutating func checkList(_ node: YAMLNode, of element: RubricShape.Kind, minimum: Int, called name: String) {
    guard case .sequence(let elements) = node.content else { return mismatch(node, .list(element), name) }
    if elements.count < minimum { report(node.position, "\(name) is empty", "add an element, or remove it") }
    for child in elements { check(child, is: element, called: "an element of \(name)") }
  }

  private mutating func checkDictionary(
    _ node: YAMLNode, _ keys: RubricShape.Kind, _ values: RubricShape.Kind, called name: String
  ) {
    guard case .mapping(let members) = node.content else {
      return mismatch(node, .dictionary(keys: keys, means: "", values: values), name)
    }
    for member in members {
      if case .identifier = keys {
        checkIdentifier(member.key, at: member.keyPosition, called: "a key of \(name)")
      }
      check(member.value, is: values, called: "`\(excerpt(member.key))`")
    }
  }

  private mutating func checkObject(_ node: YAMLNode, _ object: RubricShape.Object, called name: String) {
    guard case .mapping(let members) = node.content else { return mismatch(node, .object(object.name), name) }
    for member in members {
      if let key = object.key(member.key) {
        check(member.value, is: key.kind, called: "`\(key.name)`")
      } else if let others = object.others {
        check(member.value, is: others, called: "`\(excerpt(member.key))`")
      } else if !member.key.hasPrefix("x-") {
        reportUnknown(member, in: object)
      }
    }
    for key in object.keys where key.isRequired && !members.contains(where: { $0.key == key.name }) {
      report(node.position, "\(object.title) needs `\(key.name)`", lowercasedFirst(key.means))
    }
  }

  private mutating func reportUnknown(_ member: YAMLNode.Member, in object: RubricShape.Object) {
    guard problems.count < RubricError.maximumProblems else { return }
    let message = "\(object.title) has no key `\(excerpt(member.key))`"
    if let nearest = nearestName(to: member.key, among: object.keys.map { $0.name }) {
      report(member.keyPosition, message, "did you mean `\(nearest)`?")
    } else if let home = shape.objects.first(where: { $0.key(member.key) != nil }) {
      report(member.keyPosition, message, "`\(member.key)` belongs to \(home.title)")
    } else if ConditionKeyword(rawValue: member.key) != nil, shape.objects.contains(where: { $0.key("met") != nil }) {
      report(
        member.keyPosition, message, "`\(member.key)` is part of a condition: put it into `met`, `applies` or `when`")
    } else {
      let names = object.keys.map { "`\($0.name)`" }.joined(separator: ", ")
      report(member.keyPosition, message, "it has \(names); keys of your own begin with `x-`")
    }
  }

  private func choices(_ words: [String]) -> String { FactTest.alternatives(words.map { "`\($0)`" }) }

  private func lowercasedFirst(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private func described(_ kind: RubricShape.Kind) -> String {
    switch kind {
    case .text: "text"
    case .identifier: "lower-case words joined by hyphens"
    case .number: "a number"
    case .flag: "`true` or `false`"
    case .oneOf(let words): choices(words)
    case .list: "a list"
    case .object, .dictionary: "a mapping"
    case .condition: "a condition"
    }
  }

  private func advice(for kind: RubricShape.Kind) -> String {
    switch kind {
    case .text: "put the text in quotes if it holds colons, brackets or braces"
    case .identifier: "begin with a letter and use a to z, 0 to 9 and `-`"
    case .number(minimum: 0?, maximum: 1_000?): "use 0 to leave it out of the score, and 1,000 at most"
    case .number(let minimum?, let maximum?):
      "write a number from \(FactTest.plain(minimum)) to \(FactTest.plain(maximum))"
    case .number: "write digits without quotes"
    case .flag: "write `true` or `false` without quotes"
    case .oneOf(let words): "write \(choices(words))"
    case .list: "put each element on a line of its own after `- `"
    case .object, .dictionary: "write `key: value` pairs, indented below it"
    case .condition: "write `all:`, `any:`, `not:`, `mechanic:`, `pattern:` or another word of conditions"
    }
  }
}
