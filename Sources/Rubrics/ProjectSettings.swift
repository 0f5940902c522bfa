import SourceText

/// What a project's `sterling.yaml` says about how it is to be judged.
public struct ProjectSettings: Hashable, Sendable {
  /// The rubric: the id of a built-in one or the path of a file, relative to the settings.
  public var rubric: String?

  /// What may stand in it; what `gate` holds is read by the gate, and never from inside the project that it judges.
  private static let keys = ["rubric", "gate"]

  /// Reads settings.
  ///
  /// - Parameters:
  ///   - bytes: The YAML, UTF-8.
  ///   - file: What to call the file in messages.
  /// - Throws: Everything that is wrong with them, with positions.
  public init(yaml bytes: [UInt8], file: String) throws(RubricError) {
    let root = try YAMLReader.read(bytes, file: file, as: .settings)
    if root.isNull { return }
    var problems: [RubricProblem] = []
    if root.members.isEmpty {
      problems.append(
        RubricProblem(at: root.position, "expected a mapping, found \(root.kindName)", advice: "write `rubric: ID`"))
    }
    for member in root.members where !Self.keys.contains(member.key) {
      let nearest = nearestName(to: member.key, among: Self.keys)
      problems.append(
        RubricProblem(
          at: member.keyPosition, "unknown key `\(excerpt(member.key))`",
          advice: nearest.map { "did you mean `\($0)`?" } ?? "the keys are \(Self.keys.joined(separator: ", "))"))
    }
    if let node = root["rubric"] {
      rubric = node.text
      if rubric == nil {
        problems.append(
          RubricProblem(
            at: node.position, "rubric must be an id or a path, found \(node.kindName)",
            advice: "name a built-in rubric or a file"))
      }
    }
    guard problems.isEmpty else { throw RubricError(problems) }
  }

  /// The path or id that a rubric's name means in settings that lie at a path: a relative file lies beside them.
  public static func resolve(_ name: String, besides settings: String) -> String {
    let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    return isFile ? besides(name, settings) : name
  }

  /// The path that a relative path means in settings that lie at a path.
  public static func besides(_ path: String, _ settings: String) -> String {
    guard !path.hasPrefix("/"), let slash = settings.lastIndex(of: "/") else { return path }
    return settings[...slash] + path
  }
}
