import FoundationEssentials
import SourceText

/// The rubrics that come with Sterling, which work from any folder, and rubrics in files.
public enum RubricLibrary {
  /// The ids of the built-in rubrics, in order.
  public static var ids: [String] { builtInRubrics.map { $0.id } }

  /// A built-in rubric.
  ///
  /// - Throws: When no built-in rubric has that id; the message names the nearest.
  public static func rubric(id: String) throws(RubricLookupError) -> Rubric {
    guard let entry = builtInRubrics.first(where: { $0.id == id }) else {
      throw .unknown(name: id, nearest: nearestName(to: id, among: ids))
    }
    do {
      return try Rubric(yaml: Array(entry.text.utf8), file: "\(entry.id).yaml")
    } catch {
      throw .invalid(error)
    }
  }

  /// The YAML of a built-in rubric, as committed.
  public static func source(id: String) -> String? { builtInRubrics.first { $0.id == id }?.text }

  /// Every built-in rubric, in order of their ids.
  public static func all() throws(RubricLookupError) -> [Rubric] {
    var rubrics: [Rubric] = []
    for id in ids { rubrics.append(try rubric(id: id)) }
    return rubrics
  }

  /// The rubric that a command line names: the id of a built-in one, or the path of a file.
  ///
  /// What holds a slash or ends in `.yaml` or `.yml` is a path.
  public static func rubric(named name: String) throws(RubricLookupError) -> Rubric {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    return isPath ? try rubric(file: name) : try rubric(id: name)
  }

  /// A rubric in a file.
  public static func rubric(file path: String) throws(RubricLookupError) -> Rubric {
    let bytes = try read(path)
    do {
      return try Rubric(yaml: bytes, file: path)
    } catch {
      throw .invalid(error)
    }
  }

  /// Reads a regular file of bounded size; devices and pipes could go on for ever.
  private static func read(_ path: String) throws(RubricLookupError) -> [UInt8] {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      let name = path.split(separator: "/").last.map { String($0.split(separator: ".").first ?? $0) } ?? path
      throw .noFile(path: path, nearest: nearestName(to: name, among: ids))
    }
    guard !isDirectory else { throw .unreadable(path: path, reason: "it is a folder") }
    do {
      let target = URL(filePath: path).resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: target.path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw RubricLookupError.unreadable(path: path, reason: "it is no regular file")
      }
      // The type behind this attribute differs with and without the whole of Foundation.
      let size = attributes[.size] as? Int ?? (attributes[.size] as? UInt64).map { Int(clamping: $0) } ?? 0
      guard size <= YAMLReader.maximumSizeInBytes else {
        throw RubricLookupError.unreadable(
          path: path, reason: "it has \(size) bytes, more than \(YAMLReader.maximumSizeInBytes)")
      }
      return Array(try Data(contentsOf: target))
    } catch let error as RubricLookupError {
      throw error
    } catch {
      throw .unreadable(path: path, reason: "it cannot be opened")
    }
  }
}

/// A rubric that could not be found or read.
public enum RubricLookupError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No built-in rubric has that id.
  case unknown(name: String, nearest: String?)
  /// There is no file at that path.
  case noFile(path: String, nearest: String?)
  /// The file cannot be read.
  case unreadable(path: String, reason: String)
  /// It was read and is no valid rubric.
  case invalid(RubricError)

  /// What is wrong and what to do.
  public var description: String {
    let known = RubricLibrary.ids.map { "`\($0)`" }.joined(separator: ", ")
    switch self {
    case .unknown(let name, let nearest):
      let help =
        nearest.map { "did you mean `\($0)`?" } ?? "there are \(known); a path ends in `.yaml` or holds a slash"
      return "error: no rubric is called `\(excerpt(name))`\n  help: \(help)"
    case .noFile(let path, let nearest):
      let help = nearest.map { "the built-in rubric `\($0)` needs no path" } ?? "the built-in rubrics are \(known)"
      return "error: there is no rubric file `\(path)`\n  help: \(help)"
    case .unreadable(let path, let reason):
      return "error: the rubric `\(path)` cannot be read: \(reason)\n  help: give the path of a readable YAML file"
    case .invalid(let error): return error.description
    }
  }
}
