import ArgumentParser
import SourceText

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

/// Whether standard output is a terminal.
func standardOutputIsTerminal() -> Bool { isatty(STDOUT_FILENO) == 1 }

/// Prints lines to standard error, none of which is a command to a build service that reads along.
func note(_ text: String) {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { inert(String($0)) + "\n" }
  try? write(Array(lines.joined().utf8), to: STDERR_FILENO)
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

  /// Removes the line, so that something else can be printed.
  mutating func clear() {
    if hasPrinted { try? write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
    hasPrinted = false
  }
}

private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
