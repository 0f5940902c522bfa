import ArgumentParser

/// The command line: it reads arguments, calls the libraries and prints; it decides nothing itself.
@main
struct Sterling: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sterling",
    abstract: "Says with evidence what a generated web project really does, and how much of it is signal.",
    discussion: """
      Sterling reads HTML, CSS and JavaScript as text. It never runs a project and never uses the network.

      Exit codes: 0 done or passed, 1 the gate failed, an example came out wrong or nothing was found, \
      2 a rubric, configuration or input that cannot be used, 3 inconclusive, 64 wrong command line, 70 a fault of Sterling's own.
      """,
    version: sterlingVersion,
    subcommands: [
      ScoreCommand.self, DensityCommand.self, GateCommand.self, BaselineCommand.self, InspectCommand.self,
      RubricCommand.self, SyntaxCommand.self, QueryCommand.self, ExamineCommand.self,
    ])

  /// Runs the command line; every end that is no success leaves with one of the documented exit codes.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as OutputError {
      note("error: \(error)\n  help: check that the folder exists and the disk has room")
      exit(withError: ExitStatus.unusable.exitCode)
    } catch {
      // ArgumentParser would end any other error with 1, which here means that a gate failed.
      if !(error is ExitCode), exitCode(for: error) == .failure {
        note("error: \(error)\n  help: this is a fault of Sterling's own; please report it")
        exit(withError: ExitStatus.fault.exitCode)
      }
      exit(withError: error)
    }
  }
}

/// The version that `--version` and every report print.
let sterlingVersion = "0.1.0"
