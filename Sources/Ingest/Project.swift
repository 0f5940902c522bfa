public import SourceText

/// A generated project: its files as text, and what was wrong with them.
public struct Project: Sendable {
  /// The path of the folder or file as the user gave it.
  public var path: String
  /// Every file that was read, ordered by path.
  public var files: [ProjectFile]
  /// The paths of files that exist but were not read as text (pictures, sounds, fonts, data), ordered; links may lead to them.
  public var otherPaths: [String]
  /// Folders that were not entered because other people's packages lie there, such as `node_modules`, ordered.
  public var skippedFolders: [String]
  /// Files whose content should have been read and could not be: unreadable, or larger than the limits, ordered.
  public var unreadablePaths: [String]
  /// What was wrong with single files.
  public var diagnostics: [FileDiagnostic]
  /// The project's `sterling.yaml`, which says how to judge it and is no part of what is judged.
  public var settings: ProjectFile?

  /// Makes a project from its parts.
  public init(
    path: String, files: [ProjectFile], otherPaths: [String] = [], skippedFolders: [String] = [],
    unreadablePaths: [String] = [], diagnostics: [FileDiagnostic] = [], settings: ProjectFile? = nil
  ) {
    self.path = path
    self.files = files
    self.otherPaths = otherPaths
    self.skippedFolders = skippedFolders
    self.unreadablePaths = unreadablePaths
    self.diagnostics = diagnostics
    self.settings = settings
  }

  /// Whether everything that may hold code was read; a verdict on an incomplete project is inconclusive.
  public var isComplete: Bool { unreadablePaths.isEmpty }

  /// The file at a relative path with forward slashes.
  public func file(_ path: String) -> ProjectFile? { files.first { $0.path == path } }
}

/// One text file of a project.
public struct ProjectFile: Sendable {
  /// What a file's name and content say that it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An HTML page.
    case html
    /// A style sheet.
    case css
    /// JavaScript, JSX included.
    case javaScript = "javascript"
    /// TypeScript, TSX included.
    case typeScript = "typescript"
    /// A single-file component of Vue.
    case vue
    /// A single-file component of Svelte.
    case svelte
    /// A style sheet in SCSS.
    case scss
    /// A style sheet in the indented syntax of Sass.
    case sass
    /// A style sheet in LESS.
    case less
    /// A shader of OpenGL.
    case glsl
    /// A shader of WebGPU.
    case wgsl
    /// JSON.
    case json
    /// Markdown, YAML and other text that is no program.
    case other
  }

  /// Whose work the file is.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Written for this project.
    case own
    /// A copy of somebody's library.
    case vendored
    /// Written by a minifier.
    case minified
    /// Written by another tool.
    case generated
  }

  /// The path relative to the project, with forward slashes.
  public var path: String
  /// What it is.
  public var kind: Kind
  /// Whose work it is.
  public var role: Role
  /// The text, UTF-8; invalid bytes were replaced by U+FFFD and diagnosed.
  public var bytes: [UInt8]
  /// The size on disk, in bytes.
  public var sizeInBytes: Int
  /// The bytes on disk where they are not those of ``bytes``, because they were decoded or mended; else `nil`.
  public var originalBytes: [UInt8]?
  /// Whether the path is a symbolic link, or leads through one, to a file that the project also holds under its own path.
  public var isLink: Bool

  /// Makes a file.
  public init(
    path: String, kind: Kind, role: Role = .own, bytes: [UInt8], sizeInBytes: Int? = nil, originalBytes: [UInt8]? = nil,
    isLink: Bool = false
  ) {
    self.path = path
    self.kind = kind
    self.role = role
    self.bytes = bytes
    self.sizeInBytes = sizeInBytes ?? bytes.count
    self.originalBytes = originalBytes
    self.isLink = isLink
  }
}

/// A diagnostic and the file that it concerns.
public struct FileDiagnostic: Hashable, Sendable {
  /// The path relative to the project.
  public var file: String
  /// What is wrong and where in that file.
  public var diagnostic: Diagnostic

  /// Pairs a diagnostic with its file.
  public init(file: String, diagnostic: Diagnostic) {
    self.file = file
    self.diagnostic = diagnostic
  }
}
