/// One generated project among those that a path holds.
public struct Artifact: Hashable, Sendable {
  /// The path to load, as the user would write it.
  public var path: String
  /// The model that made it, as a folder name says; `nil` when none does.
  public var model: String?
  /// The id of the experiment that it answers, as a folder name says; `nil` when none does.
  public var experiment: String?

  /// Names an artifact.
  public init(path: String, model: String? = nil, experiment: String? = nil) {
    self.path = path
    self.model = model
    self.experiment = experiment
  }
}

extension Ingest {
  /// Finds the projects that paths hold: each path is one itself, or a folder of folders in any arrangement of models and
  /// experiments.
  ///
  /// A project is the outermost folder that holds HTML, a script, a component or `package.json`, itself or in a folder as
  /// projects have them (`src`, `public`, `js` ...). Data alone makes no project.
  ///
  /// - Parameters:
  ///   - paths: Folders and files.
  ///   - experiments: The ids of the experiments that are known.
  /// - Returns: The projects in the order of the paths, those of one path ordered by the bytes of theirs. A folder without any
  ///   project stands for itself, so that loading it says what is wrong.
  /// - Throws: ``IngestError`` for a path where nothing is.
  public static func artifacts(
    in paths: [String], experiments: [String] = []
  ) throws(IngestError) -> [Artifact] {
    var found: [Artifact] = []
    for path in paths {
      var search = ArtifactSearch(experiments: experiments)
      found += try search.run(path)
    }
    return found
  }
}

struct ArtifactSearch {
  private let experiments: [[UInt8]: String]
  private var folders: [[UInt8]] = []
  private var visited = 0
  private static let maximumDepth = 12
  private static let maximumFolders = 200_000

  init(experiments: [String]) {
    var table: [[UInt8]: String] = [:]
    for id in experiments { table[Self.normalized(Array(id.utf8))] = id }
    self.experiments = table
  }

  mutating func run(_ path: String) throws(IngestError) -> [Artifact] {
    var root = Array(path.utf8)
    while root.count > 1, root.last == 0x2F { root.removeLast() }
    let status: FileSystem.Status
    do throws(FileSystem.Failure) {
      guard !root.isEmpty, !root.contains(0) else { throw FileSystem.Failure(code: 0) }
      status = try FileSystem.status(root, followingLinks: true)
    } catch {
      let problem = error.code == 0 ? "not a path" : FileSystem.message(for: error)
      throw IngestError(path: path, problem: problem)
    }
    let spelled = String(decoding: root, as: UTF8.self)
    guard status.kind == .folder else { return [label(spelled, relative: [])] }
    search(root, relative: [], depth: 0)
    if folders.isEmpty || folders == [[]] { return [label(spelled, relative: [])] }
    return folders.map { label(spelled + "/" + String(decoding: $0, as: UTF8.self), relative: $0) }
  }

  /// Adds every project at or below a folder.
  private mutating func search(_ location: [UInt8], relative: [UInt8], depth: Int) {
    visited += 1
    guard depth <= Self.maximumDepth, visited <= Self.maximumFolders else { return }
    guard let listing = list(location) else { return }
    // A page that links a whole set of experiments together is no project that contains them.
    let isSet = listing.folders.count { experiments[Self.normalized($0)] != nil } >= 2
    if !isSet, listing.hasCode || hasCodeInUsualFolder(location, listing, depth: depth) {
      folders.append(relative)
      return
    }
    for name in listing.folders {
      search(location + [0x2F] + name, relative: relative.isEmpty ? name : relative + [0x2F] + name, depth: depth + 1)
    }
  }

  private mutating func hasCodeInUsualFolder(_ location: [UInt8], _ listing: Listing, depth: Int) -> Bool {
    listing.folders.contains { name in
      Self.usualFolders.contains(String(decoding: name, as: UTF8.self).lowercased())
        && holdsCode(location + [0x2F] + name, depth: depth + 1)
    }
  }

  private mutating func holdsCode(_ location: [UInt8], depth: Int) -> Bool {
    visited += 1
    guard depth <= Self.maximumDepth, visited <= Self.maximumFolders, let listing = list(location) else { return false }
    if listing.hasCode || listing.hasStyle { return true }
    for name in listing.folders where holdsCode(location + [0x2F] + name, depth: depth + 1) { return true }
    return false
  }

  fileprivate struct Listing {
    var folders: [[UInt8]] = []
    var hasCode = false
    var hasStyle = false
  }

  private func list(_ location: [UInt8]) -> Listing? {
    guard let entries = try? FileSystem.entries(in: location) else { return nil }
    var listing = Listing()
    for entry in entries where entry.name.first != 0x2E {
      let name = entry.name
      let text = String(decoding: name, as: UTF8.self)
      if FolderWalk.packageFolders.contains(text) { continue }
      let kind = entry.kind ?? (try? FileSystem.status(location + [0x2F] + name, followingLinks: false))?.kind
      switch kind {
      case .folder: listing.folders.append(name)
      case .file: listing.add(text)
      case .link, .special, nil: continue
      }
    }
    return listing
  }

  // MARK: Models and experiments

  private func label(_ path: String, relative: [UInt8]) -> Artifact {
    let inner = relative.split(separator: 0x2F).map { Array($0) }
    let spelled = Self.absoluteNames(path)
    guard let at = spelled.lastIndex(where: { experiments[Self.experimentKey($0, experiments)] != nil }) else {
      let model = inner.last { !Self.isLayer($0) }
      return Artifact(path: path, model: model.map { String(decoding: $0, as: UTF8.self) }, experiment: nil)
    }
    let after = spelled[(at + 1)...].first { !Self.isLayer($0) && FileKind.promise(of: Self.text($0)) == .unknown }
    let before = spelled[..<at].last { !Self.isLayer($0) }
    return Artifact(
      path: path, model: (after ?? before).map(Self.text),
      experiment: experiments[Self.experimentKey(spelled[at], experiments)])
  }

  /// The names on the way from the root to a path, so that a project is called the same from whichever folder it is named.
  private static func absoluteNames(_ path: String) -> [[UInt8]] {
    let isAbsolute = path.hasPrefix("/")
    let start = isAbsolute ? [] : (try? FileSystem.resolve([0x2E])) ?? []
    var names: [[UInt8]] = []
    for name in (start + [0x2F] + Array(path.utf8)).split(separator: 0x2F).map({ Array($0) }) where name != [0x2E] {
      if name == [0x2E, 0x2E] { _ = names.popLast() } else { names.append(name) }
    }
    return names
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The spelling under which a folder name would be a known experiment: lower case, hyphens, no leading number.
  private static func experimentKey(_ name: [UInt8], _ known: [[UInt8]: String]) -> [UInt8] {
    let plain = normalized(name)
    if known[plain] != nil { return plain }
    let unnumbered = plain.drop { isDigit($0) || $0 == 0x2D }
    return Array(unnumbered)
  }

  private static func normalized(_ name: [UInt8]) -> [UInt8] {
    name.map { byte in
      switch byte {
      case 0x41...0x5A: byte | 0x20
      case 0x5F, 0x20: 0x2D
      default: byte
      }
    }
  }

  /// Whether a folder name only sorts runs or holds results, and so names no model.
  private static func isLayer(_ name: [UInt8]) -> Bool {
    let plain = normalized(name)
    let letters = plain.prefix { isLetter($0) }
    let rest = plain[letters.endIndex...]
    let word = text(Array(letters))
    if rest.allSatisfy({ isDigit($0) || $0 == 0x2D }), word.isEmpty || runWords.contains(word) { return true }
    return layerNames.contains(text(plain)) || plain.starts(with: "tmp".utf8)
  }

  private static let runWords: Set<String> = [
    "run", "sample", "try", "attempt", "trial", "seed", "v", "version", "iteration", "rep", "repeat", "round",
  ]

  private static let layerNames: Set<String> = [
    "artifacts", "artifact", "output", "outputs", "out", "results", "result", "runs", "samples", "projects", "builds",
    "generated", "experiments", "models", "data", "tests", "test", "fixtures", "src", "public", "dist", "build", "app",
    "home", "root", "work", "var", "private", "users", "workspace", "site", "web", "www",
  ]

  private static let usualFolders: Set<String> = [
    "src", "public", "app", "js", "css", "scripts", "script", "styles", "style", "dist", "build", "static", "assets",
    "lib",
    "www", "web", "client", "frontend", "site", "docs", "pages", "components", "game", "code",
  ]
}

extension ArtifactSearch.Listing {
  fileprivate mutating func add(_ name: String) {
    if name == "package.json" { hasCode = true }
    switch FileKind.promise(of: name) {
    case .text(.html), .text(.javaScript), .text(.typeScript), .text(.vue), .text(.svelte): hasCode = true
    case .text(.css), .text(.scss), .text(.sass), .text(.less): hasStyle = true
    case .text, .binary, .unknown: break
    }
  }
}
