import ArgumentParser
import FoundationEssentials
import Gate
import Ingest
import Rubrics
import Scoring
import WorkerPool

/// What a process is asked to examine.
struct ExaminationJob: Codable {
  /// The project's path.
  var path: String
  /// The model that made it.
  var model: String?
  /// The experiment that it answers.
  var experiment: String?
  /// The rubric's id or file; `nil` lets the project choose.
  var rubric: String?
  /// Patterns of the only files that are wanted.
  var include: [String]
  /// Patterns of files that are not wanted.
  var exclude: [String]
  /// Whether `.gitignore` files are respected.
  var respectsGitignore: Bool
  /// Whether to compute figures that take longer.
  var computesFigures: Bool
  /// The version to compare with.
  var against: String?

  var artifact: Artifact { Artifact(path: path, model: model, experiment: experiment) }
  var filter: FileFilter {
    FileFilter(include: include, exclude: exclude, respectsGitignore: respectsGitignore)
  }
}

/// `sterling examine`, which the gate starts once for each project, so that none can take the others down.
struct ExamineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "examine", abstract: "Examines the project that a job on standard input names, for the gate.",
    shouldDisplay: false)

  func run() throws {
    let job: ExaminationJob
    do {
      job = try JSONDecoder().decode(ExaminationJob.self, from: Data(readFile("-")))
    } catch {
      throw ValidationError("standard input holds no job")
    }
    let outcome = examine(job)
    try write(Array(JSONEncoder().encode(outcome)), to: 1)
  }

  private func examine(_ job: ExaminationJob) -> ExaminationOutcome {
    let examiner: Examiner
    do throws(RubricLookupError) {
      let choice: RubricChoice =
        if let rubric = job.rubric { .fixed(try RubricLibrary.rubric(named: rubric)) } else { .automatic }
      examiner = Examiner(
        scorer: ProjectScorer(rubrics: try RubricLibrary.all(), choice: choice, filter: job.filter),
        computesFigures: job.computesFigures)
    } catch {
      return .unusable(problem: error.description)
    }
    var earlier: [String: [UInt8]]?
    if let against = job.against {
      do throws(HistoryError) {
        earlier = try earlierFiles(job, against)
      } catch {
        return .unusable(problem: error.problem)
      }
    }
    // Parsers may recurse to a fixed limit, for which this thread has the stack.
    var outcome = ExaminationOutcome.crashed(how: "no thread for it could be started")
    let files = earlier
    orderedMap(count: 1, threads: 1) { _ in
      examiner.examine(job.artifact, earlier: files)
    } consume: { _, result in
      outcome = result
    }
    return outcome
  }

  private func earlierFiles(_ job: ExaminationJob, _ reference: String) throws(HistoryError) -> [String: [UInt8]] {
    let folder = folder(ofProject: job.path)
    let paths: Set<String>
    do throws(IngestError) {
      paths = Set(try Ingest.list(path: job.path, filter: job.filter).entries.map { $0.path })
    } catch {
      throw HistoryError(problem: error.problem)
    }
    let result = waiting { () async -> Result<[String: [UInt8]], HistoryError> in
      do throws(HistoryError) {
        return .success(try await GitHistory.version(reference, ofProject: folder).files(in: folder, paths))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
