import Ingest
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that could not be read.
struct FileError: Error {
  /// What is wrong, in lower case without a full stop.
  var problem: String
}

/// Whether there is a folder at a path.
func isFolder(_ path: String) -> Bool {
  var record = stat()
  return stat(path, &record) == 0 && record.st_mode & S_IFMT == S_IFDIR
}

/// Whether there is anything at a path.
func isThere(_ path: String) -> Bool {
  var record = stat()
  return stat(path, &record) == 0
}

/// Every file that arguments name, in their order; of folders, the files below that a condition on the path selects.
///
/// What cannot be read is told on standard error and costs itself only.
func listFiles(_ paths: [String], _ status: inout ExitStatus, where isSearched: (String) -> Bool) -> [String] {
  var files: [String] = []
  for path in paths {
    guard path != "-", isFolder(path) else {
      files.append(path)
      continue
    }
    do throws(IngestError) {
      let listing = try Ingest.list(path: path)
      for name in listing.unreadablePaths {
        note("\(printable(path))/\(printable(name)): error: cannot be read")
        status = max(status, .unusable)
      }
      let folder = path.hasSuffix("/") ? path : path + "/"
      files += listing.entries.map(\.path).filter(isSearched).map { folder + $0 }
    } catch {
      note("\(error)")
      status = max(status, .unusable)
    }
  }
  return files
}

/// Reads all bytes of a file, or of standard input when the path is `-`; files of 4 GB and more are refused.
func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(problem: "cannot be read: \(String(cString: strerror(errno)))") }
  defer { if path != "-" { close(descriptor) } }
  var record = stat()
  guard fstat(descriptor, &record) == 0 else {
    throw FileError(problem: "cannot be read: \(String(cString: strerror(errno)))")
  }
  var bytes: [UInt8] = []
  // One byte more than the file holds, so that the end is seen without growing.
  var room = record.st_mode & S_IFMT == S_IFREG ? min(Int(record.st_size), 1 << 32) + 1 : 1 << 16
  while true {
    let count = try readMore(&bytes, from: descriptor, room: room)
    if count == 0 { return bytes }
    guard bytes.count < 1 << 32 - 1 else { throw FileError(problem: "cannot be read: 4 GB or larger") }
    room = max(bytes.capacity - bytes.count, 1 << 16)
  }
}

private func readMore(_ bytes: inout [UInt8], from descriptor: Int32, room: Int) throws(FileError) -> Int {
  if bytes.isEmpty {
    var count = 0
    bytes = Array(unsafeUninitializedCapacity: room) { buffer, initialized in
      count = readRetrying(descriptor, buffer.baseAddress, room)
      initialized = max(count, 0)
    }
    if count < 0 { throw FileError(problem: "cannot be read: \(String(cString: strerror(errno)))") }
    return count
  }
  let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
    initialized = max(readRetrying(descriptor, buffer.baseAddress, room), 0)
  }
  bytes += piece
  return piece.count
}

private func readRetrying(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  while true {
    let result = read(descriptor, buffer, count)
    if result >= 0 || errno != EINTR { return result }
  }
}

/// Output that is written as it comes: to standard output, or to a file that takes its place only when it is complete.
struct OutputStream: ~Copyable {
  private let path: String?
  private let temporary: String?
  private let descriptor: Int32
  private var pending: [UInt8] = []

  /// Opens the output.
  init(path: String?) throws {
    guard let path, path != "-" else {
      self.path = nil
      temporary = nil
      descriptor = STDOUT_FILENO
      return
    }
    self.path = path
    var record = stat()
    let isReplaced = lstat(path, &record) != 0 || record.st_mode & S_IFMT == S_IFREG
    temporary = isReplaced ? path + ".part-\(getpid())" : nil
    descriptor = open(temporary ?? path, O_WRONLY | O_TRUNC | (isReplaced ? O_CREAT : 0) | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw OutputError(problem: String(cString: strerror(errno)), path: path) }
  }

  /// Writes bytes, soon if not at once.
  mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    if pending.isEmpty {
      pending = bytes
    } else {
      pending += bytes
    }
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Writes what is pending and puts the file in its place; or drops the file, when there is nothing worth keeping.
  mutating func finish(discarding: Bool = false) throws(OutputError) {
    if discarding, path != nil { return cancel() }
    try flush()
    guard let path else { return }
    guard close(descriptor) == 0, temporary.map({ rename($0, path) == 0 }) ?? true else {
      throw OutputError(problem: String(cString: strerror(errno)), path: path)
    }
  }

  /// Removes what was written to a file.
  func cancel() {
    if let temporary { unlink(temporary) }
  }

  private mutating func flush() throws(OutputError) {
    do throws(OutputError) {
      try SterlingCommand.write(pending, to: descriptor)
    } catch {
      throw OutputError(problem: error.problem, path: path)
    }
    pending.removeAll(keepingCapacity: pending.capacity <= 1 << 20)
  }
}
