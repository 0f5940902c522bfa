import Foundation
import Ingest
import Rubrics
import Scoring
import WorkerPool

/// Compares verdicts with the truth: `accuracy ARTIFACTS` reads `ARTIFACTS/labels.json` and the projects beside it,
/// `accuracy ARTIFACTS --mutants` also applies the edits of `ARTIFACTS/mutants/*.json`, `accuracy --labels FILE FOLDER` takes the
/// labels of projects that lie in FOLDER/NAME/EXPERIMENT. `--only` looks at one experiment; `--mistakes` lists every wrong verdict.

struct Arguments {
  var folder: String
  var labels: String
  var mutants = false
  var mistakes = false
  /// The experiment that is looked at alone.
  var only: String?

  init?(_ words: [String]) {
    var folder: String?
    var labels: String?
    var only: String?
    var index = 0
    while index < words.count {
      switch words[index] {
      case "--mutants": mutants = true
      case "--mistakes": mistakes = true
      case "--only" where index + 1 < words.count:
        index += 1
        only = words[index]
      case "--labels" where index + 1 < words.count:
        index += 1
        labels = words[index]
      case let word where !word.hasPrefix("-") && folder == nil: folder = word
      default: return nil
      }
      index += 1
    }
    guard let folder else { return nil }
    self.folder = folder
    self.only = only
    self.labels = labels ?? folder + "/labels.json"
  }
}

/// Scores projects by the rubric of their experiment.
struct Judge: Sendable {
  let rubrics: [String: Rubric]

  init() throws {
    var rubrics: [String: Rubric] = [:]
    for rubric in try RubricLibrary.all() { rubrics[rubric.id] = rubric }
    self.rubrics = rubrics
  }

  /// The verdicts; empty when the project cannot be scored.
  func verdicts(of project: Project, experiment: String) -> Verdicts {
    guard let rubric = rubrics[experiment] else { return [:] }
    let scorer = ProjectScorer(rubrics: [rubric], choice: .fixed(rubric))
    let artifact = Artifact(path: project.path, model: nil, experiment: experiment)
    guard let outcome = try? scorer.score(project, artifact: artifact) else { return [:] }
    return Dictionary(uniqueKeysWithValues: outcome.project.criteria.map { ($0.id, $0.verdict) })
  }
}

/// The folder of a labelled project: `MODEL/EXPERIMENT` as it stands, and `EXPERIMENT/NAME` as `NAME/EXPERIMENT`.
func place(of key: String, experiments: Set<String>) -> (folder: String, experiment: String)? {
  let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
  guard parts.count == 2 else { return nil }
  if experiments.contains(parts[1]) { return (key, parts[1]) }
  return experiments.contains(parts[0]) ? ("\(parts[1])/\(parts[0])", parts[0]) : nil
}

func changed(_ project: Project, by mutant: Mutant) throws -> Project {
  var project = project
  for edit in mutant.edits {
    guard let index = project.files.firstIndex(where: { $0.path == edit.file }) else {
      throw TruthError(description: "\(mutant.id): no file \(edit.file)")
    }
    if let content = edit.content {
      project.files[index].bytes = Array(content.utf8)
      continue
    }
    let text = String(decoding: project.files[index].bytes, as: UTF8.self)
    guard let find = edit.find, text.components(separatedBy: find).count == 2 else {
      throw TruthError(description: "\(mutant.id): its text does not occur exactly once in \(edit.file)")
    }
    project.files[index].bytes = Array(text.replacingOccurrences(of: find, with: edit.replace ?? "").utf8)
  }
  return project
}

func run(_ arguments: Arguments) throws {
  let judge = try Judge()
  let experiments = Set(judge.rubrics.keys)
  let truth = try readTruth([String: Labels].self, at: arguments.labels).sorted { $0.key < $1.key }
  var projects: [String: (project: Project, experiment: String)] = [:]
  var report = LabelReport()
  var verdicts: [String: Verdicts] = [:]
  for (key, labels) in truth {
    guard let place = place(of: key, experiments: experiments) else {
      throw TruthError(description: "\(key): no such experiment")
    }
    if let only = arguments.only, place.experiment != only { continue }
    let project = try Ingest.load(path: "\(arguments.folder)/\(place.folder)")
    projects[key] = (project, place.experiment)
    verdicts[key] = judge.verdicts(of: project, experiment: place.experiment)
    report.add(project: key, experiment: place.experiment, labels: labels, verdicts: verdicts[key] ?? [:])
  }
  report.print(showsMistakes: arguments.mistakes)
  guard arguments.mutants else { return }
  var mutants = MutantReport()
  for experiment in experiments.sorted() where arguments.only ?? experiment == experiment {
    let list = try readTruth([Mutant].self, at: "\(arguments.folder)/mutants/\(experiment).json")
    let variants = try list.map { mutant in
      guard let base = projects["\(mutant.base)/\(experiment)"] else {
        throw TruthError(description: "\(mutant.id): no project \(mutant.base)")
      }
      return try changed(base.project, by: mutant)
    }
    orderedMap(count: list.count, threads: availableProcessorCount) { index in
      judge.verdicts(of: variants[index], experiment: experiment)
    } consume: { index, after in
      mutants.add(
        list[index], experiment: experiment, before: verdicts["\(list[index].base)/\(experiment)"] ?? [:], after: after)
    }
  }
  print()
  mutants.print(showsMistakes: arguments.mistakes)
}

guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())) else {
  FileHandle.standardError.write(
    Data("usage: accuracy FOLDER [--labels FILE] [--only EXPERIMENT] [--mutants] [--mistakes]\n".utf8))
  exit(64)
}
do {
  try run(arguments)
} catch {
  FileHandle.standardError.write(Data("accuracy: \(error)\n".utf8))
  exit(2)
}
