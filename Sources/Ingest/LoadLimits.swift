/// How much of a project is read at most; what lies beyond is diagnosed and left out.
public struct LoadLimits: Hashable, Sendable {
  /// The largest file that is read, in bytes.
  public var maximumFileSizeInBytes: Int
  /// The most that is read of one project, in bytes.
  public var maximumTotalSizeInBytes: Int
  /// The most files that are listed.
  public var maximumFileCount: Int
  /// How deep folders may nest.
  public var maximumDepth: Int

  /// Makes limits; the defaults are far above any generated project.
  public init(
    maximumFileSizeInBytes: Int = 20_000_000, maximumTotalSizeInBytes: Int = 500_000_000,
    maximumFileCount: Int = 100_000, maximumDepth: Int = 64
  ) {
    self.maximumFileSizeInBytes = maximumFileSizeInBytes
    self.maximumTotalSizeInBytes = maximumTotalSizeInBytes
    self.maximumFileCount = maximumFileCount
    self.maximumDepth = maximumDepth
  }
}

/// Which files of a project are wanted, in the pattern language of `.gitignore`.
public struct FileFilter: Sendable {
  let include: IgnoreRules
  let exclude: IgnoreRules
  let includesAll: Bool
  /// Whether `.gitignore` files within the project are respected.
  public var respectsGitignore: Bool

  /// Makes a filter: with `include` patterns only files that one of them matches, and never a file that `exclude` matches.
  public init(include: [String] = [], exclude: [String] = [], respectsGitignore: Bool = true) {
    self.include = IgnoreRules(patterns: include)
    self.exclude = IgnoreRules(patterns: exclude)
    includesAll = include.isEmpty
    self.respectsGitignore = respectsGitignore
  }

  func accepts(file path: ArraySlice<UInt8>) -> Bool {
    (includesAll || include.coversPath(path)) && !exclude.coversPath(path)
  }

  func excludes(folder path: ArraySlice<UInt8>) -> Bool { exclude.verdict(on: path, isFolder: true) == .ignored }
}
