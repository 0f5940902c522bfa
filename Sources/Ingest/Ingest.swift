import SourceText

/// Why a path could not be read at all.
public struct IngestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path as the user gave it.
  public var path: String
  /// What is wrong, in lower case without a full stop.
  public var problem: String
  /// What to do about it.
  public var advice: String?

  /// Makes an error.
  public init(path: String, problem: String, advice: String? = nil) {
    self.path = path
    self.problem = problem
    self.advice = advice
  }

  /// What is wrong and where.
  public var description: String { "\(path): \(problem)" + (advice.map { "\n  help: \($0)" } ?? "") }
}

/// What lies in a project, before anything is read.
public struct ProjectListing: Sendable {
  /// The path of the folder or file as the user gave it.
  public var path: String
  /// Every file that is wanted, ordered by the bytes of its path.
  public var entries: [ProjectEntry]
  /// Folders of packages that were not entered, ordered.
  public var skippedFolders: [String]
  /// Folders and files that could not be looked at, ordered.
  public var unreadablePaths: [String]
  /// What was wrong with single files.
  public var diagnostics: [FileDiagnostic]
}

/// Reads projects from the disk; the only part of the analysis that touches it.
public enum Ingest {
  /// Reads a project: every file of a folder, or a single file.
  ///
  /// Hidden files, folders of packages and what `.gitignore` names are left out, symbolic links are never followed out of the
  /// folder, and one bad file costs only itself.
  ///
  /// - Throws: ``IngestError`` when there is nothing at `path` that could be read.
  public static func load(
    path: String, limits: LoadLimits = LoadLimits(), filter: FileFilter = FileFilter()
  ) throws(IngestError) -> Project {
    let listing = try list(path: path, limits: limits, filter: filter)
    var reader = EntryReader(limits: limits)
    var files: [ProjectFile] = []
    var otherPaths: [String] = []
    var settings: ProjectFile?
    for entry in listing.entries {
      switch reader.read(entry) {
      case .file(let file): files.append(file)
      case .asset, .unreadable: otherPaths.append(entry.path)
      case .settings(let file): settings = file
      }
    }
    return Project(
      path: path, files: files, otherPaths: otherPaths, skippedFolders: listing.skippedFolders,
      unreadablePaths: listing.unreadablePaths + reader.unreadablePaths,
      diagnostics: listing.diagnostics + reader.diagnostics, settings: settings)
  }

  /// Lists a project without reading its files, for those who go through them one at a time with an ``EntryReader``.
  ///
  /// - Throws: ``IngestError`` when there is nothing at `path` that could be read.
  public static func list(
    path: String, limits: LoadLimits = LoadLimits(), filter: FileFilter = FileFilter()
  ) throws(IngestError) -> ProjectListing {
    let location = Array(path.utf8)
    guard !location.isEmpty, !location.contains(0) else {
      throw IngestError(path: path, problem: "not a path", advice: "name a folder or a file")
    }
    do throws(FileSystem.Failure) {
      let status = try FileSystem.status(location, followingLinks: true)
      switch status.kind {
      case .folder: return try listFolder(path, limits, filter)
      case .file: return listFile(path)
      case .link, .special: throw FileSystem.Failure(code: 0)
      }
    } catch {
      if error.code == 0 { throw IngestError(path: path, problem: "is neither a file nor a folder") }
      throw IngestError(path: path, problem: FileSystem.message(for: error))
    }
  }

  /// Reads a file that is no part of a project, such as one that an option names.
  ///
  /// - Throws: ``IngestError`` when it cannot be read or is larger than `limit` bytes.
  public static func contents(of path: String, limit: Int = 100_000_000) throws(IngestError) -> [UInt8] {
    do throws(FileSystem.Failure) {
      guard !path.utf8.contains(0), case .bytes(let bytes) = try FileSystem.read(Array(path.utf8), limit: limit) else {
        throw FileSystem.Failure(code: 0)
      }
      return bytes
    } catch {
      let problem = error.code == 0 ? "no file, or more than \(limit) bytes" : FileSystem.message(for: error)
      throw IngestError(path: path, problem: problem)
    }
  }

  private static func listFolder(
    _ path: String, _ limits: LoadLimits, _ filter: FileFilter
  ) throws(FileSystem.Failure) -> ProjectListing {
    var root = Array(path.utf8)
    while root.count > 1, root.last == 0x2F { root.removeLast() }
    var walk = FolderWalk(root: root, limits: limits, filter: filter)
    try walk.run()
    return ProjectListing(
      path: path, entries: walk.entries, skippedFolders: walk.skippedFolders.sortedByBytes(),
      unreadablePaths: walk.unreadablePaths.sortedByBytes(), diagnostics: walk.diagnostics)
  }

  private static func listFile(_ path: String) -> ProjectListing {
    let location = Array(path.utf8)
    let name = location.split(separator: 0x2F).last.map { Array($0) } ?? location
    let entry = ProjectEntry(
      path: String(decoding: name, as: UTF8.self), isLink: false, location: location, relative: name)
    return ProjectListing(path: path, entries: [entry], skippedFolders: [], unreadablePaths: [], diagnostics: [])
  }
}

/// Reads the files of a listing one at a time and keeps count of what they cost.
public struct EntryReader: Sendable {
  /// What became of an entry.
  public enum Outcome: Sendable {
    /// A text.
    case file(ProjectFile)
    /// A picture, a sound or other bytes that are no text.
    case asset
    /// Settings of this program, no part of the project.
    case settings(ProjectFile)
    /// Something that should have been read and could not be; a diagnostic says why.
    case unreadable
  }

  /// What was wrong so far.
  public private(set) var diagnostics: [FileDiagnostic] = []
  /// What could not be read so far.
  public private(set) var unreadablePaths: [String] = []
  private let limits: LoadLimits
  private var totalInBytes = 0

  /// Makes a reader with limits.
  public init(limits: LoadLimits = LoadLimits()) { self.limits = limits }

  /// Reads one file.
  public mutating func read(_ entry: ProjectEntry) -> Outcome {
    let outcome = readText(entry)
    if case .file(let file) = outcome, entry.path == "sterling.yaml" || entry.path == "sterling.yml" {
      return .settings(file)
    }
    return outcome
  }

  private mutating func readText(_ entry: ProjectEntry) -> Outcome {
    let promise = FileKind.promise(of: entry.path)
    if promise == .binary { return .asset }
    do throws(FileSystem.Failure) {
      switch try FileSystem.read(entry.location, limit: limits.maximumFileSizeInBytes) {
      case .bytes(let raw):
        guard totalInBytes + raw.count <= limits.maximumTotalSizeInBytes else {
          return fail(
            entry, "is left out: the project is larger than the limit of \(limits.maximumTotalSizeInBytes) bytes")
        }
        totalInBytes += raw.count
        return decode(raw, entry, promise)
      case .tooLarge(let size):
        // What is that large and has no text's name is a picture or the like.
        if promise == .unknown { return .asset }
        return fail(entry, "is left out: \(size) bytes, more than the limit of \(limits.maximumFileSizeInBytes)")
      case .noFile: return fail(entry, "changed while it was read")
      }
    } catch {
      return fail(entry, "cannot be read: \(FileSystem.message(for: error))")
    }
  }

  private mutating func decode(_ raw: [UInt8], _ entry: ProjectEntry, _ promise: FileKind.Promise) -> Outcome {
    let kind: ProjectFile.Kind
    if case .text(let promised) = promise {
      if FileKind.isBinary(raw) {
        report(.warning, entry, 0, "is no text, whatever its name says")
        return .asset
      }
      kind = promised
    } else {
      guard let sniffed = FileKind.sniff(raw) else { return .asset }
      kind = sniffed
    }
    let text = decodeText(raw, declaredBy: declaration(of: kind))
    if let first = text.replacements.first {
      let line = LineTable(text.bytes).position(of: Int(first), in: text.bytes)
      let more = text.replacementCount > 1 ? ", and \(text.replacementCount - 1) more" : ""
      report(
        .warning, entry, Int(first),
        "invalid \(text.encoding.rawValue.uppercased()) at \(line.line):\(line.column), replaced by U+FFFD\(more)")
    }
    return .file(
      ProjectFile(
        path: entry.path, kind: kind, role: FileRole.role(of: text.bytes, kind: kind, path: entry.path),
        bytes: text.bytes, sizeInBytes: raw.count,
        originalBytes: text.encoding == .utf8 && text.replacementCount == 0 ? nil : raw, isLink: entry.isLink))
  }

  /// How a file of a kind names its own encoding.
  private func declaration(of kind: ProjectFile.Kind) -> EncodingDeclarationSyntax {
    switch kind {
    case .html: .html
    case .css: .css
    case .javaScript, .typeScript, .vue, .svelte, .scss, .sass, .less, .glsl, .wgsl, .json, .other: .none
    }
  }

  private mutating func fail(_ entry: ProjectEntry, _ message: String) -> Outcome {
    unreadablePaths.append(entry.path)
    report(.error, entry, 0, message)
    return .unreadable
  }

  private mutating func report(_ severity: Diagnostic.Severity, _ entry: ProjectEntry, _ at: Int, _ message: String) {
    let diagnostic = Diagnostic(severity, at: ByteSpan(at, at), message)
    diagnostics.append(FileDiagnostic(file: entry.path, diagnostic: diagnostic))
  }
}

extension [String] {
  /// The strings in the order of their UTF-8 bytes, which is the same on any machine.
  func sortedByBytes() -> [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
