import ArgumentParser
import FoundationEssentials
import Gate
import Ingest
import Rubrics
import SourceText

/// What the gate and the baseline commands both take.
struct GateOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Projects, or folders of projects.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "A settings file whose `gate:` is the policy; without it, the nearest sterling.yaml up to the repository's root.",
      valueName: "file"), completion: .file())
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "The id of a built-in rubric, or the path of a rubric file; overrides that of the policy and of projects.",
      valueName: "id|file"), completion: .custom { _, _, _ in RubricLibrary.ids })
  var rubric: String?

  @Option(help: ArgumentHelp("The most seconds that one project may take.", valueName: "seconds"))
  var timeout: Double = 300

  @OptionGroup var files: FileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard timeout > 0, timeout <= 1_000_000 else {
      throw ValidationError("--timeout must be more than 0 and at most 1,000,000, found \(timeout)")
    }
  }
}

/// One project, where it lies and what became of its examination.
struct ExaminedArtifact: Sendable {
  var artifact: Artifact
  /// The absolute path.
  var location: String
  /// The folder of its files as other tools know it.
  var folder: String
  var outcome: ExaminationOutcome
}

/// The steps from the command line to facts about every project.
struct GateRun {
  let options: GateOptions
  /// The version to compare with.
  let against: String?
  /// The policy that holds.
  let policy: Policy

  init(_ options: GateOptions, against: String? = nil) throws {
    self.options = options
    self.against = against
    policy = try Self.findPolicy(options) ?? Policy()
  }

  // MARK: The policy

  private static func findPolicy(_ options: GateOptions) throws -> Policy? {
    if let path = options.policy {
      guard let policy = try read(path) else {
        note("\(printable(path)):1:1: error: there is no `gate:` in it\n  help: write the policy under `gate:`")
        throw ExitStatus.unusable.exitCode
      }
      return policy
    }
    for folder in candidates(options.paths.first ?? ".") {
      for name in ["sterling.yaml", "sterling.yml"] {
        let path = (folder == "/" ? "" : folder) + "/" + name
        let shown = lies(path, in: workingFolder()) ? relativePath(path, from: workingFolder()) : path
        if let policy = try readIfThere(path, called: shown) { return policy }
      }
    }
    return nil
  }

  /// The folders that may hold the policy, nearest first: from the working directory up to the repository's root; for projects that
  /// lie elsewhere from the folder that holds the project, so that no project can loosen its own gate.
  private static func candidates(_ path: String) -> [String] {
    let working = workingFolder()
    let project = folder(ofProject: path)
    let isHere = lies(project, in: working) || lies(working, in: project)
    let start = isHere ? working : parentFolder(project)
    guard let root = repositoryRoot(above: start) else {
      return isHere || repositoryRoot(above: project) != project ? [start] : [project, start]
    }
    var folders = [start]
    while let last = folders.last, last != root { folders.append(parentFolder(last)) }
    return folders
  }

  private static func readIfThere(_ path: String, called name: String) throws -> Policy? {
    isThere(path) ? try read(path, called: name) : nil
  }

  private static func read(_ path: String, called name: String? = nil) throws -> Policy? {
    do {
      return try Policy.read(yaml: Ingest.contents(of: path, limit: 1 << 20), file: name ?? path)
    } catch let error as RubricError {
      note(error.description)
    } catch {
      note("error: the policy cannot be used: \(error)\n  help: give the path of a readable settings file")
    }
    throw ExitStatus.unusable.exitCode
  }

  // MARK: The projects

  /// Examines every project, each in a process of its own.
  func examine() throws -> [ExaminedArtifact] {
    var jobs: [(artifact: Artifact, failure: ExaminationOutcome?)] = []
    for path in options.paths {
      do throws(IngestError) {
        jobs += try Ingest.artifacts(in: [path], experiments: RubricLibrary.ids).map { ($0, nil) }
      } catch {
        let problem = "\(error.problem); \(error.advice ?? "check the spelling of the path")"
        jobs.append((Artifact(path: path), .unusable(problem: problem)))
      }
    }
    let root = reportRoot
    var placed = jobs.map { job in
      let location = absolutePath(job.artifact.path)
      return ExaminedArtifact(
        artifact: job.artifact, location: location,
        folder: root.flatMap { root in
          let folder = folder(ofProject: job.artifact.path)
          return lies(folder, in: root) ? relativePath(folder, from: root) : nil
        } ?? folderAsGiven(job.artifact.path), outcome: job.failure ?? .unusable(problem: "it was not examined"))
    }
    let open = jobs.indices.filter { jobs[$0].failure == nil }
    var progress = Progress(total: open.count)
    let outcomes = waiting { [placed, self] in await examineAll(open.map { placed[$0].artifact }) }
    progress.clear()
    for (index, outcome) in zip(open, outcomes) { placed[index].outcome = outcome }
    for project in placed {
      if case .examined(let facts) = project.outcome { for text in facts.notes { note("note: \(text)") } }
    }
    try checkNames(placed)
    return placed
  }

  /// The folder that reports name files from: the build service's, else the repository's root.
  private var reportRoot: String? {
    if let workspace = environment("GITHUB_WORKSPACE") ?? environment("CI_PROJECT_DIR") {
      return absolutePath(workspace)
    }
    return repositoryRoot(above: workingFolder()) ?? workingFolder()
  }

  private func folderAsGiven(_ path: String) -> String {
    if isFolder(path) { return path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }
    return path.contains("/") ? parentFolder(path) : ""
  }

  private func examineAll(_ artifacts: [Artifact]) async -> [ExaminationOutcome] {
    await withTaskGroup(of: (Int, ExaminationOutcome).self) { group in
      var outcomes = [ExaminationOutcome](repeating: .crashed(how: "it was not started"), count: artifacts.count)
      var next = 0
      for _ in 0..<min(options.common.threadCount, artifacts.count) {
        let index = next
        group.addTask { (index, await examine(artifacts[index])) }
        next += 1
      }
      while let (index, outcome) = await group.next() {
        outcomes[index] = outcome
        guard next < artifacts.count else { continue }
        let index = next
        group.addTask { (index, await examine(artifacts[index])) }
        next += 1
      }
      return outcomes
    }
  }

  private func examine(_ artifact: Artifact) async -> ExaminationOutcome {
    let named = options.rubric ?? policy.rubric.map { ProjectSettings.resolve($0, besides: policy.file ?? "") }
    let job = ExaminationJob(
      path: artifact.path, model: artifact.model, experiment: artifact.experiment, rubric: named,
      include: options.files.include, exclude: options.files.exclude,
      respectsGitignore: !options.files.noGitignore, computesFigures: policy.needsFigures, against: against)
    guard let input = try? Array(JSONEncoder().encode(job)) else { return .crashed(how: "the job cannot be written") }
    let outcome = await runChild(
      ownExecutable, ["examine"], environment: ["SWIFT_BACKTRACE": "enable=no"], input: input,
      timeLimit: options.timeout)
    switch outcome {
    case .exited(0, let output, _):
      guard let outcome = try? JSONDecoder().decode(ExaminationOutcome.self, from: Data(output)) else {
        return .crashed(how: "its answer cannot be read")
      }
      return outcome
    case .exited(let code, _, let errors): return .crashed(how: "exit code \(code)\(Self.lastWords(errors))")
    case .signaled(let signal, let errors): return .crashed(how: "signal \(signal)\(Self.lastWords(errors))")
    case .timedOut: return .timedOut(limit: options.timeout)
    case .failed(let why): return .crashed(how: why)
    }
  }

  private static func lastWords(_ errors: String) -> String {
    errors.split(separator: "\n").first.map { ", \($0.prefix(200))" } ?? ""
  }

  private var ownExecutable: String {
    isThere("/proc/self/exe") ? absolutePath("/proc/self/exe") : CommandLine.arguments[0]
  }

  /// A criterion that the policy names and no rubric has would never be held against anything.
  private func checkNames(_ projects: [ExaminedArtifact]) throws {
    var known: [String: [String]] = [:]
    for rubric in (try? RubricLibrary.all()) ?? [] { known[rubric.id] = rubric.criteria.map { $0.id } }
    for project in projects {
      if case .examined(let facts) = project.outcome { known[facts.rubric] = facts.criteria.map { $0.id } }
    }
    for problem in policy.unknownRubrics(known: known.keys.sorted()) {
      note("\(problem.position): warning: \(problem.message)\n  help: \(problem.advice)")
    }
    let problems = policy.unknownNames(known: known)
    guard problems.isEmpty else {
      note(RubricError(problems).description)
      throw ExitStatus.unusable.exitCode
    }
  }

  // MARK: The baseline

  /// The baseline that options or the policy name; `nil` when neither does.
  func baselinePath(_ option: String?) -> String? {
    option ?? policy.baseline.map { ProjectSettings.besides($0, policy.file ?? "") }
  }

  /// Reads a baseline.
  func readBaseline(_ path: String) throws -> Baseline {
    do {
      return try Baseline(Ingest.contents(of: path), file: path)
    } catch let error as RubricError {
      note(error.description)
    } catch {
      note(
        "error: the baseline cannot be read: \(error)\n  help: write it with `sterling baseline write`, or check the path"
      )
    }
    throw ExitStatus.unusable.exitCode
  }

  /// A project's path as a baseline at `baseline` names it.
  func baselineName(of project: ExaminedArtifact, in baseline: String) -> String {
    relativePath(project.location, from: parentFolder(absolutePath(baseline)))
  }

  /// The paths that were looked at, as a baseline at `baseline` names them.
  func baselineScopes(in baseline: String) -> [String] {
    options.paths.map { relativePath(absolutePath($0), from: parentFolder(absolutePath(baseline))) }
  }

  /// Judges every project.
  func judge(_ projects: [ExaminedArtifact], _ baseline: (path: String, content: Baseline)? = nil) -> [GateSample] {
    let evaluator = GateEvaluator(policy: policy)
    return projects.map { project in
      evaluator.judge(
        project.artifact, folder: project.folder, project.outcome,
        baseline: baseline.flatMap { $0.content.entry(baselineName(of: project, in: $0.path)) },
        hasBaseline: baseline != nil)
    }
  }

  /// What a baseline at `path` would keep of every project that could be examined whole.
  func entries(_ projects: [ExaminedArtifact], _ samples: [GateSample], in path: String) -> [BaselineEntry] {
    zip(projects, samples).compactMap { project, sample in
      BaselineEntry(sample, project.outcome, path: baselineName(of: project, in: path))
    }
  }
}
