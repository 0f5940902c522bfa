public import Foundation

/// The real command, as a user runs it.
public enum SterlingBinary {
  /// What a run printed and how it ended.
  public struct Result: Sendable {
    /// The exit code.
    public var status: Int32
    /// The bytes of standard output.
    public var outputBytes: [UInt8]
    /// Standard error.
    public var errors: String

    /// Standard output as text.
    public var output: String { String(decoding: outputBytes, as: UTF8.self) }
  }

  /// Runs `sterling` with arguments and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: Everything after the command's name.
  ///   - environment: Variables to set besides those of the test run.
  ///   - folder: The working directory; the package's root without it.
  public static func run(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? packageRoot
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    // Files take any amount of output without a second thread that empties a pipe.
    let output = FileManager.default.temporaryDirectory.appending(path: "sterling-out-\(UUID().uuidString)")
    let errors = output.appendingPathExtension("err")
    defer {
      try? FileManager.default.removeItem(at: output)
      try? FileManager.default.removeItem(at: errors)
    }
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, outputBytes: Array(try Data(contentsOf: output)),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// The path of the binary, for tests that start it through another program.
  public static var path: String { executable.path }

  /// The binary that was built with the tests: it lies beside the test bundle.
  private static var executable: URL {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appending(path: "sterling")
      if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath { return candidate }
      folder.deleteLastPathComponent()
    }
    return packageRoot.appending(path: ".build/debug/sterling")
  }
}

/// A folder that exists as long as a test needs it.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let url: URL

  /// Makes an empty folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "sterling-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, making the folders on its path.
  @discardableResult
  public func write(_ path: String, _ bytes: [UInt8]) throws -> URL {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  /// Writes a text file, making the folders on its path.
  @discardableResult
  public func write(_ path: String, _ text: String) throws -> URL { try write(path, Array(text.utf8)) }
}
