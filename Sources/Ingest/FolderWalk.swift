import SourceText

/// A file that a project holds, before it is read.
public struct ProjectEntry: Hashable, Sendable {
  /// The path relative to the project, with forward slashes; bytes of a name that are not UTF-8 are replaced.
  public var path: String
  /// Whether the path is a symbolic link or leads through one.
  public var isLink: Bool
  /// The path to open, in the system's own bytes.
  let location: [UInt8]
  /// The relative path in the system's own bytes, which orders the files.
  let relative: [UInt8]
}

/// Lists what lies in a folder without leaving it.
struct FolderWalk {
  let root: FileSystem.Path
  let limits: LoadLimits
  let filter: FileFilter
  var entries: [ProjectEntry] = []
  var skippedFolders: [String] = []
  var unreadablePaths: [String] = []
  var diagnostics: [FileDiagnostic] = []

  private var resolvedRoot: FileSystem.Path = []
  /// The rules that hold here, each with the length of the relative path of its folder.
  private var rules: [(rules: IgnoreRules, prefix: Int)] = []
  /// The folders between the root and here.
  private var trail: [FileSystem.Identity] = []
  private var isFull = false

  init(root: FileSystem.Path, limits: LoadLimits, filter: FileFilter) {
    self.root = root
    self.limits = limits
    self.filter = filter
  }

  mutating func run() throws(FileSystem.Failure) {
    resolvedRoot = try FileSystem.resolve(root)
    let names = try FileSystem.entries(in: root)
    trail = [try FileSystem.status(root, followingLinks: true).identity]
    visit(names, relative: [], isLinked: false)
    entries.sort { $0.relative.lexicographicallyPrecedes($1.relative) }
  }

  private mutating func visit(_ listing: [FileSystem.Entry], relative: FileSystem.Path, isLinked: Bool) {
    let ruleCount = rules.count
    defer { rules.removeSubrange(ruleCount...) }
    if filter.respectsGitignore { readRules(in: relative) }
    for entry in listing where !isFull {
      // Hidden names belong to tools, never to the page.
      if entry.name.first == 0x2E { continue }
      visit(relative.isEmpty ? entry.name : relative + [0x2F] + entry.name, entry, isLinked: isLinked)
    }
  }

  private mutating func readRules(in relative: FileSystem.Path) {
    let path = location(of: relative.isEmpty ? Array(".gitignore".utf8) : relative + Array("/.gitignore".utf8))
    guard let status = try? FileSystem.status(path, followingLinks: false), status.kind == .file else { return }
    guard case .bytes(let text) = try? FileSystem.read(path, limit: 1_000_000) else { return }
    let read = IgnoreRules(text: text)
    if !read.isEmpty { rules.append((read, relative.isEmpty ? 0 : relative.count + 1)) }
  }

  private mutating func visit(_ relative: FileSystem.Path, _ entry: FileSystem.Entry, isLinked: Bool) {
    let path = location(of: relative)
    do throws(FileSystem.Failure) {
      let kind = if let kind = entry.kind { kind } else { try FileSystem.status(path, followingLinks: false).kind }
      if isIgnored(relative, isFolder: kind == .folder) { return }
      switch kind {
      case .file: add(relative, location: path, isLink: isLinked)
      case .folder:
        let status = try FileSystem.status(path, followingLinks: false)
        try enter(relative, name: entry.name, status, isLinked: isLinked)
      case .link: try follow(relative, name: entry.name, isLinked: isLinked)
      case .special: report(.warning, relative, "is neither a file nor a folder, left out")
      }
    } catch {
      unreadablePaths.append(String(decoding: relative, as: UTF8.self))
      report(.error, relative, "cannot be read: \(FileSystem.message(for: error))")
    }
  }

  private mutating func add(_ relative: FileSystem.Path, location: FileSystem.Path, isLink: Bool) {
    guard filter.accepts(file: relative[...]) else { return }
    guard entries.count < limits.maximumFileCount else {
      isFull = true
      unreadablePaths.append(String(decoding: relative, as: UTF8.self))
      return report(.error, relative, "and what follows is left out: more than \(limits.maximumFileCount) files")
    }
    let path = String(decoding: relative, as: UTF8.self)
    if !path.utf8.elementsEqual(relative) { report(.warning, relative, "has a name that is not valid UTF-8") }
    entries.append(
      ProjectEntry(path: path, isLink: isLink, location: location, relative: relative))
  }

  private mutating func enter(
    _ relative: FileSystem.Path, name: FileSystem.Path, _ status: FileSystem.Status, isLinked: Bool
  ) throws(FileSystem.Failure) {
    if filter.excludes(folder: relative[...]) { return }
    if Self.packageFolders.contains(String(decoding: name, as: UTF8.self)) {
      skippedFolders.append(String(decoding: relative, as: UTF8.self))
      return
    }
    guard trail.count < limits.maximumDepth else {
      return report(.warning, relative, "is left out: folders nest deeper than \(limits.maximumDepth)")
    }
    trail.append(status.identity)
    defer { trail.removeLast() }
    visit(try FileSystem.entries(in: location(of: relative)), relative: relative, isLinked: isLinked)
  }

  private mutating func follow(
    _ relative: FileSystem.Path, name: FileSystem.Path, isLinked: Bool
  ) throws(FileSystem.Failure) {
    let target: FileSystem.Path
    do throws(FileSystem.Failure) {
      target = try FileSystem.resolve(location(of: relative))
    } catch {
      return report(.warning, relative, "is a symbolic link that leads nowhere: \(FileSystem.message(for: error))")
    }
    guard target == resolvedRoot || target.starts(with: resolvedRoot + (resolvedRoot == [0x2F] ? [] : [0x2F])) else {
      return report(.warning, relative, "is a symbolic link that leaves the folder, not followed")
    }
    let status = try FileSystem.status(target, followingLinks: true)
    switch status.kind {
    case .file: add(relative, location: target, isLink: true)
    case .folder:
      if trail.contains(status.identity) {
        report(.warning, relative, "is a symbolic link that loops, not followed")
      } else if isLinked {
        // One link deep is what projects use; more would let a few links stand for very many paths.
        report(.warning, relative, "is a symbolic link inside a linked folder, not followed")
      } else {
        try enter(relative, name: name, status, isLinked: true)
      }
    case .link, .special: report(.warning, relative, "is neither a file nor a folder, left out")
    }
  }

  private func isIgnored(_ relative: FileSystem.Path, isFolder: Bool) -> Bool {
    for (rules, prefix) in rules.reversed() {
      switch rules.verdict(on: relative[prefix...], isFolder: isFolder) {
      case .ignored: return true
      case .kept: return false
      case .undecided: continue
      }
    }
    return false
  }

  private func location(of relative: FileSystem.Path) -> FileSystem.Path {
    relative.isEmpty ? root : root + [0x2F] + relative
  }

  private mutating func report(_ severity: Diagnostic.Severity, _ relative: FileSystem.Path, _ message: String) {
    let path = String(decoding: relative, as: UTF8.self)
    diagnostics.append(FileDiagnostic(file: path, diagnostic: Diagnostic(severity, at: ByteSpan(0, 0), message)))
  }

  /// Folders that package managers and archivers fill; nobody writes code there by hand.
  static let packageFolders: Set<String> = [
    "node_modules", "bower_components", "jspm_packages", "web_modules", "__MACOSX", "__pycache__", "venv",
  ]
}
