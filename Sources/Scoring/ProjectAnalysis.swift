import Ingest
import Mechanics
import Rubrics
import SourceText

/// One project's program and what the analyses find in it, kept for as many rubrics as ask.
struct ProjectAnalysis {
  private let project: Project

  init(_ project: Project) { self.project = project }

  /// What was wrong with files, found while reading and while parsing them.
  var diagnostics: [FileDiagnostic] { project.diagnostics }

  func findings(_ rubric: Rubric) -> [Finding] { [] }

  func evaluate(_ rubric: Rubric) -> Evaluation { rubric.evaluate(findings(rubric), analysed: []) }

  /// The rubrics by how well they suit the project, best first.
  func ranked(_ rubrics: [Rubric]) -> [RubricFit] {
    Rubric.ranked(rubrics, headings: [], analysed: []) { findings($0) }
  }
}
