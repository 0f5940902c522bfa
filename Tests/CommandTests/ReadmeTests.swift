import Foundation
import TestSupport
import Testing

/// The README shows what the command really prints.
@Suite struct ReadmeTests {
  @Test func `every console block of the README is what the command prints`() throws {
    let file = packageRoot.appending(path: "README.md")
    var readme = try String(contentsOf: file, encoding: .utf8)
    var found = 0
    for block in readme.matches(of: /```console\n\$ sterling ([^\n]*)\n((?:[^`][^\n]*\n)*)```/) {
      let result = try SterlingBinary.run(block.output.1.split(separator: " ").map(String.init))
      #expect(result.status == 0)
      found += 1
      if ProcessInfo.processInfo.environment["STERLING_UPDATE_GOLDEN"] == "1" {
        readme = readme.replacing(block.output.2, with: result.output)
      } else {
        #expect(String(block.output.2) == result.output, "README.md is stale: run `make golden`")
      }
    }
    #expect(found > 0)
    if ProcessInfo.processInfo.environment["STERLING_UPDATE_GOLDEN"] == "1" {
      try Data(readme.utf8).write(to: file)
    }
  }
}
