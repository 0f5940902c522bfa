import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When to colour the output.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
  case auto
  /// Always.
  case always
  /// Never.
  case never

  /// Whether standard output is to be coloured.
  func isOn(writingToFile: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      !writingToFile && isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }
  }
}

/// A variable of the environment; an empty one counts as absent, as `NO_COLOR` demands.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// The width of the terminal in columns: of standard output when that is one, else `COLUMNS`, else 100.
func terminalColumns() -> Int {
  var size = winsize()
  if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
  return environment("COLUMNS").flatMap(Int.init).map { max(40, $0) } ?? 100
}

/// Writes bytes to a file descriptor, all of them.
///
/// - Throws: ``OutputError`` when the descriptor does not take them.
func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
  var offset = 0
  while offset < bytes.count {
    let written = bytes[offset...].withUnsafeBytes { buffer in
      #if canImport(Glibc)
        Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        Musl.write(descriptor, buffer.baseAddress, buffer.count)
      #else
        Darwin.write(descriptor, buffer.baseAddress, buffer.count)
      #endif
    }
    if written < 0 {
      if errno == EINTR { continue }
      throw OutputError(problem: String(cString: strerror(errno)))
    }
    offset += written
  }
}

/// Output that could not be written.
struct OutputError: Error, CustomStringConvertible {
  /// The system's words.
  var problem: String
  /// The file, or `nil` for standard output.
  var path: String?

  var description: String { "cannot write \(path.map { "`\($0)`" } ?? "standard output"): \(problem)" }
}

/// Where results go: standard output, or a file that appears only when it is complete.
struct Output {
  /// The file, or `nil` for standard output.
  var path: String?

  /// Writes a whole result.
  func write(_ bytes: [UInt8]) throws {
    guard let path, path != "-" else { return try SterlingCommand.write(bytes, to: STDOUT_FILENO) }
    if isSpecialFile(path) { return try writeDirectly(bytes, to: path) }
    let temporary = path + ".part-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw OutputError(problem: String(cString: strerror(errno)), path: path) }
    do {
      try SterlingCommand.write(bytes, to: descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw OutputError(problem: error.problem, path: path)
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let problem = String(cString: strerror(errno))
      unlink(temporary)
      throw OutputError(problem: problem, path: path)
    }
  }

  /// Whether there is something at the path that must be written through rather than replaced: a device, a pipe, a link.
  private func isSpecialFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private func writeDirectly(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_TRUNC)
    guard descriptor >= 0 else { throw OutputError(problem: String(cString: strerror(errno)), path: path) }
    defer { close(descriptor) }
    do {
      try SterlingCommand.write(bytes, to: descriptor)
    } catch {
      throw OutputError(problem: error.problem, path: path)
    }
  }
}

/// Prints a line to standard error.
func note(_ text: String) {
  try? write(Array((text + "\n").utf8), to: STDERR_FILENO)
}

/// A line on standard error that says how far the work is; shown on a terminal once the work has taken a second.
struct Progress {
  private let total: Int
  private let isShown: Bool
  private let start: Double
  private var hasPrinted = false

  /// Starts the clock for `total` steps.
  init(total: Int) {
    self.total = total
    isShown = isatty(STDERR_FILENO) == 1
    start = monotonicSeconds()
  }

  /// Says that `done` steps are done and which is the newest.
  mutating func update(done: Int, _ name: String) {
    guard isShown, monotonicSeconds() - start >= 1 else { return }
    hasPrinted = true
    try? write(Array("\r\u{1B}[K\(done)/\(total) \(name)".utf8), to: STDERR_FILENO)
  }

  /// Removes the line.
  func finish() {
    if hasPrinted { try? write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
  }
}

private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
