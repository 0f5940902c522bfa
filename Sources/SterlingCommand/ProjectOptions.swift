import ArgumentParser
import Ingest
import Rubrics
import Scoring
import SourceText

/// Which projects, and the rubric that they are held against.
struct ProjectOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Projects, or folders of projects.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp("The id of a built-in rubric, or the path of a rubric file.", valueName: "id|file"),
    completion: .custom { _, _, _ in RubricLibrary.ids })
  var rubric: String?

  /// A scorer with the rubric that was asked for, and the ids of all rubrics.
  func makeScorer(_ files: FileOptions) throws -> (ProjectScorer, [String]) {
    do throws(RubricLookupError) {
      let builtIn = try RubricLibrary.all()
      let choice: RubricChoice = if let rubric { .fixed(try RubricLibrary.rubric(named: rubric)) } else { .automatic }
      let filter = FileFilter(include: files.include, exclude: files.exclude, respectsGitignore: !files.noGitignore)
      return (ProjectScorer(rubrics: builtIn, choice: choice, filter: filter), builtIn.map { $0.id })
    } catch {
      note(error.description)
      throw ExitStatus.unusable.exitCode
    }
  }

  /// The projects at every path; a path where nothing is costs only itself.
  func listArtifacts(_ experiments: [String], _ status: inout ExitStatus) -> [Artifact] {
    var artifacts: [Artifact] = []
    for path in paths {
      do throws(IngestError) {
        artifacts += try Ingest.artifacts(in: [path], experiments: experiments)
      } catch {
        note(
          "\(printable(error.path)): error: \(error.problem)\n  help: \(error.advice ?? "check the spelling of the path")"
        )
        status = .unusable
      }
    }
    return artifacts
  }
}
