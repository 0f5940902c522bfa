public import Mechanics
import SourceText

extension Rubric {
  /// Reads a rubric.
  ///
  /// - Parameters:
  ///   - bytes: The YAML, UTF-8.
  ///   - file: What to call the file in messages.
  ///   - vocabulary: The words that conditions may use.
  /// - Throws: Everything that is wrong with it, with positions.
  public init(
    yaml bytes: [UInt8], file: String, vocabulary: MechanicVocabulary = .standard
  ) throws(RubricError) {
    let root = try YAMLReader.read(bytes, file: file)
    var checker = ShapeChecker()
    checker.checkRubric(root)
    var reader = RubricReader(vocabulary: vocabulary, roles: Set(root["vocabulary"]?.members.map { $0.key } ?? []))
    let rubric = reader.rubric(root, sha256: SHA256Digest(bytes).hexadecimal)
    let problems = checker.problems + reader.problems
    guard problems.isEmpty, let rubric else { throw RubricError(problems) }
    self = rubric
  }
}

/// Builds the model from a document; what the shape already forbids is passed over here.
private struct RubricReader {
  private var conditions: ConditionReader
  private var ownProblems: [RubricProblem] = []

  var problems: [RubricProblem] { ownProblems + conditions.problems }

  init(vocabulary: MechanicVocabulary, roles: Set<String>) {
    conditions = ConditionReader(vocabulary: vocabulary, roles: roles)
  }

  mutating func rubric(_ node: YAMLNode, sha256: String) -> Rubric? {
    let elements = node["criteria"]?.elements ?? []
    let criteria = elements.compactMap { criterion($0) }
    reportDuplicates(elements)
    if !elements.isEmpty, elements.allSatisfy({ ($0["weight"]?.number ?? 1) == 0 }), let list = node["criteria"] {
      report(list.position, "every weight is 0, so there is no score", "give at least one criterion a weight")
    }
    let tables = self.tables(node["reference"])
    guard let id = node["id"]?.text, let title = node["title"]?.text, let version = node["version"]?.text else {
      return nil
    }
    return Rubric(
      id: id, title: title, version: version, description: node["description"]?.text, prompt: node["prompt"]?.text,
      cap: node["cap"]?.number ?? Rubric.usualCap, vocabulary: vocabulary(node["vocabulary"]), tables: tables,
      signals: lowercased(node["signals"]?["words"]), criteria: criteria, sha256: sha256)
  }

  private mutating func report(_ position: FilePosition, _ message: String, _ advice: String) {
    guard ownProblems.count < RubricError.maximumProblems else { return }
    ownProblems.append(RubricProblem(at: position, message, advice: advice))
  }

  private mutating func reportDuplicates(_ elements: [YAMLNode]) {
    var seen: [String: FilePosition] = [:]
    for element in elements {
      guard let node = element["id"], let id = node.text else { continue }
      if let first = seen[id] {
        report(
          node.position, "two criteria are called `\(excerpt(id))`", "rename one; the other is on line \(first.line)")
      } else {
        seen[id] = node.position
      }
    }
  }

  private mutating func criterion(_ node: YAMLNode) -> Criterion? {
    let applies = node["applies"].flatMap { $0.isNull ? nil : conditions.read($0) }
    let met = node["met"].flatMap { $0.isNull ? nil : conditions.read($0) }
    let broken = node["broken"]?.elements.compactMap { breakage($0) } ?? []
    guard let id = node["id"]?.text, let title = node["title"]?.text, let weight = node["weight"]?.number, let met
    else {
      return nil
    }
    return Criterion(
      id: id, title: title, weight: weight, isRequired: node["required"]?.flag ?? false, group: node["group"]?.text,
      description: node["description"]?.text, applies: applies, met: met, broken: broken,
      failure: node["failure"]?.text.flatMap { Finding.Failure(rawValue: $0) }, advice: node["advice"]?.text,
      examples: node["examples"]?.elements.compactMap { example($0) } ?? [], position: node.position)
  }

  private mutating func breakage(_ node: YAMLNode) -> Breakage? {
    guard let when = node["when"], !when.isNull, let condition = conditions.read(when) else { return nil }
    return Breakage(
      when: condition, failure: node["failure"]?.text.flatMap { Finding.Failure(rawValue: $0) },
      advice: node["advice"]?.text)
  }

  private func example(_ node: YAMLNode) -> Example? {
    guard let verdict = node["verdict"]?.text.flatMap({ Verdict.Status(rawValue: $0) }) else { return nil }
    let files = node["files"]?.members.compactMap { member in member.value.text.map { (path: member.key, text: $0) } }
    return Example(title: node["title"]?.text, verdict: verdict, files: files ?? [])
  }

  private func vocabulary(_ node: YAMLNode?) -> [RoleWords] {
    (node?.members ?? []).flatMap { role in
      role.value.members.map { RoleWords(role: role.key, language: $0.key, words: lowercased($0.value)) }
    }
  }

  private mutating func tables(_ node: YAMLNode?) -> [ReferenceTable] {
    (node?.members ?? []).map { member in
      let quantities = (member.value["units"]?.members ?? []).map {
        ReferenceTable.Quantity(name: $0.key, unit: $0.value.text ?? "")
      }
      let records = (member.value["records"]?.elements ?? []).map { record($0, quantities) }
      return ReferenceTable(role: member.key, quantities: quantities, records: records)
    }
  }

  private mutating func record(_ node: YAMLNode, _ quantities: [ReferenceTable.Quantity]) -> ReferenceTable.Record {
    var record = ReferenceTable.Record(
      name: node["name"]?.text?.lowercased() ?? "", aliases: lowercased(node["also"]), values: [:])
    for member in node.members where member.key != "name" && member.key != "also" {
      guard quantities.contains(where: { $0.name == member.key }) else {
        if ownProblems.count >= RubricError.maximumProblems { break }
        let nearest = nearestName(to: member.key, among: quantities.map { $0.name } + ["name", "also"])
        report(
          member.keyPosition, "`\(excerpt(member.key))` has no unit",
          nearest.map { "did you mean `\($0)`?" } ?? "name it in `units`")
        continue
      }
      record.values[member.key] = member.value.number
    }
    return record
  }

  private func lowercased(_ node: YAMLNode?) -> [String] { node?.elements.compactMap { $0.text?.lowercased() } ?? [] }
}
