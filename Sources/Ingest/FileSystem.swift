#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few calls to the system that reading a project needs; paths are bytes, because a name need not be UTF-8.
enum FileSystem {
  typealias Path = [UInt8]

  enum Kind: Hashable { case file, folder, link, special }

  struct Status {
    var kind: Kind
    var sizeInBytes: Int
    /// The device and number of the file, which no two files share.
    var identity: Identity
  }

  struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
  }

  /// Why the system refused.
  struct Failure: Error { var code: Int32 }

  /// The status of a path, of the link itself when it is one and `followingLinks` is false.
  static func status(_ path: Path, followingLinks: Bool) throws(Failure) -> Status {
    var record = stat()
    let result = withCPath(path) { followingLinks ? stat($0, &record) : lstat($0, &record) }
    guard result == 0 else { throw Failure(code: errno) }
    return Status(record)
  }

  /// The names in a folder, in the order of their bytes.
  static func names(in path: Path) throws(Failure) -> [Path] { try entries(in: path).map { $0.name } }

  /// A name in a folder, and what it is where the folder says so.
  struct Entry {
    var name: Path
    var kind: Kind?
  }

  /// What is in a folder, in the order of the names' bytes.
  static func entries(in path: Path) throws(Failure) -> [Entry] {
    guard let folder = withCPath(path, { opendir($0) }) else { throw Failure(code: errno) }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: 1) {
          Path(UnsafeBufferPointer(start: $0, count: length($0)))
        }
      }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      let kind: Kind? =
        switch Int32(entry.pointee.d_type) {
        case Int32(DT_REG): .file
        case Int32(DT_DIR): .folder
        case Int32(DT_LNK): .link
        case Int32(DT_UNKNOWN): nil
        default: .special
        }
      entries.append(Entry(name: name, kind: kind))
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// What reading a file gave.
  enum Content {
    case bytes([UInt8])
    /// More bytes than the limit allows.
    case tooLarge(Int)
    /// No regular file after all.
    case noFile
  }

  /// Reads a regular file of at most `limit` bytes.
  static func read(_ path: Path, limit: Int) throws(Failure) -> Content {
    // Without O_NONBLOCK the opening of a pipe that took the file's place would wait for ever.
    let descriptor = withCPath(path) { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY) }
    guard descriptor >= 0 else { throw Failure(code: errno) }
    defer { close(descriptor) }
    var record = stat()
    guard fstat(descriptor, &record) == 0 else { throw Failure(code: errno) }
    let status = Status(record)
    guard status.kind == .file else { return .noFile }
    guard status.sizeInBytes <= limit else { return .tooLarge(status.sizeInBytes) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: status.sizeInBytes) { buffer, count in
      count = 0
      while count < buffer.count {
        let got = unistdRead(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        count += got
      }
    }
    if failure != 0 { throw Failure(code: failure) }
    return .bytes(bytes)
  }

  /// The path without links and dots.
  static func resolve(_ path: Path) throws(Failure) -> Path {
    guard let resolved = withCPath(path, { realpath($0, nil) }) else { throw Failure(code: errno) }
    defer { free(resolved) }
    return resolved.withMemoryRebound(to: UInt8.self, capacity: 1) {
      Path(UnsafeBufferPointer(start: $0, count: length($0)))
    }
  }

  /// What the system says about an error number.
  static func message(for failure: Failure) -> String {
    switch failure.code {
    case ENOENT: "no such file or folder"
    case EACCES, EPERM: "permission denied"
    case ELOOP: "too many levels of symbolic links"
    case ENAMETOOLONG: "path too long"
    case ENOTDIR: "not a folder"
    case EISDIR: "is a folder"
    case EMFILE, ENFILE: "too many open files"
    case EIO: "input or output error"
    default: "system error \(failure.code)"
    }
  }

  private static func withCPath<Result>(_ path: Path, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    var terminated = path.map { CChar(bitPattern: $0) }
    terminated.append(0)
    return terminated.withUnsafeBufferPointer { buffer in
      // The buffer holds at least the terminator, so it has an address.
      buffer.baseAddress.map(body) ?? withUnsafePointer(to: 0, body)
    }
  }

  private static func length(_ text: UnsafePointer<UInt8>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }
}

extension FileSystem.Status {
  fileprivate init(_ record: stat) {
    switch record.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .special
    }
    sizeInBytes = Int(record.st_size)
    identity = FileSystem.Identity(
      device: UInt64(truncatingIfNeeded: record.st_dev), number: UInt64(truncatingIfNeeded: record.st_ino))
  }
}

private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
