import Foundation
import TestSupport
import Testing

@Suite struct HelpTests {
  @Test func `the version is one line`() throws {
    let result = try SterlingBinary.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output == "0.1.0\n")
  }

  @Test func `help names the exit codes`() throws {
    let result = try SterlingBinary.run(["--help"])
    #expect(result.status == 0)
    #expect(result.output.contains("Exit codes: 0 done or passed"))
  }

  @Test func `a wrong command line ends with 64`() throws {
    #expect(try SterlingBinary.run(["--no-such-option"]).status == 64)
    #expect(try SterlingBinary.run(["no-such-command"]).status == 64)
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func `completion scripts are printed`(shell: String) throws {
    let result = try SterlingBinary.run(["--generate-completion-script", shell])
    #expect(result.status == 0)
    #expect(result.output.contains("sterling"))
  }
}
