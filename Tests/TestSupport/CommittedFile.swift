public import Foundation
public import Testing

/// The root folder of the package, found from the place of this file.
public let packageRoot: URL = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Expects a committed file to hold exactly `expected`; with `STERLING_UPDATE_GOLDEN=1` it is written anew instead.
///
/// - Parameter path: The path from the package's root.
public func expectCurrent(
  _ path: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = packageRoot.appending(path: path)
  if ProcessInfo.processInfo.environment["STERLING_UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(expected.utf8).write(to: url)
    return
  }
  let committed = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  #expect(
    committed == expected, "\(path) is stale: run `STERLING_UPDATE_GOLDEN=1 swift test`",
    sourceLocation: sourceLocation)
}
