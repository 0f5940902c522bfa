import Ingest
import Mechanics
public import Rubrics

import SourceText

/// How one example of a rubric came out.
public struct ExampleResult: Sendable {
  /// The criterion's id.
  public var criterion: String
  /// The place among the criterion's examples, from 1.
  public var number: Int
  /// What it shows.
  public var title: String?
  /// The verdict that it must get.
  public var expected: String
  /// The verdict that it got.
  public var found: String
  /// What was looked for, or why it is broken or cannot be told.
  public var reason: String?
  /// For an example that is met: what became of the verdict when the evidence was taken out.
  public var withoutEvidence: String?

  /// Whether it got the verdict that it must get.
  public var isRight: Bool { expected == found }
  /// Whether the verdict stayed although what it rests on is gone.
  public var survives: Bool { withoutEvidence == "met" }
}

/// Runs the examples of a rubric, each against its own criterion.
public struct RubricTester: Sendable {
  private let rubric: Rubric

  /// Makes a tester of a rubric's examples.
  public init(_ rubric: Rubric) { self.rubric = rubric }

  /// How many examples there are.
  public var count: Int { cases.count }

  /// How an example came out.
  ///
  /// - Parameter index: Its place among all examples of the rubric, from 0.
  public func result(_ index: Int) -> ExampleResult {
    let (criterion, number, example) = cases[index]
    let files = example.files.sorted { $0.path < $1.path }.map { path, text in
      ProjectFile(path: path, kind: ProjectFile.Kind(path: path) ?? .other, bytes: Array(text.utf8))
    }
    let analysis = ProjectAnalysis(Project(path: criterion.id, files: files))
    let verdict = analysis.evaluate(rubric).verdict(criterion.id)
    var result = ExampleResult(
      criterion: criterion.id, number: number, title: example.title, expected: example.verdict.rawValue,
      found: verdict?.status.rawValue ?? "unknown", reason: verdict?.reason)
    if let verdict, verdict.status == .met, example.verdict == .met {
      let left = EvidenceRemoval(analysis.program).files(without: verdict.wholeEvidence)
      let after = ProjectAnalysis(Project(path: criterion.id, files: left)).evaluate(rubric)
      result.withoutEvidence = after.verdict(criterion.id)?.status.rawValue
    }
    return result
  }

  private var cases: [(criterion: Criterion, number: Int, example: Rubrics.Example)] {
    rubric.criteria.flatMap { criterion in
      criterion.examples.enumerated().map { (criterion, $0.offset + 1, $0.element) }
    }
  }
}
