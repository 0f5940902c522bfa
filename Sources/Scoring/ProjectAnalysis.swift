import Ingest
import Mechanics
import Program
import Rubrics
import SourceText

/// One project's program and what the analyses find in it, kept for as many rubrics as ask.
struct ProjectAnalysis {
  private let project: Project
  /// The scripts as one program.
  let program: ProgramModel
  private let questions: ProjectQuestions

  init(_ project: Project) {
    self.project = project
    program = ProgramModel(project: project)
    questions = ProjectQuestions(project, program)
  }

  /// What was wrong with files, found while reading and while parsing them.
  var diagnostics: [FileDiagnostic] { project.diagnostics + program.diagnostics }

  /// Holds what the analyses find against a rubric.
  func evaluate(_ rubric: Rubric) -> Evaluation {
    rubric.evaluate(findings(for: rubric), analysed: MechanicCatalogue.knownMechanics, project: questions)
  }

  /// The rubrics by how well they suit the project, best first.
  func ranked(_ rubrics: [Rubric]) -> [RubricFit] {
    Rubric.ranked(rubrics, headings: headings, analysed: MechanicCatalogue.knownMechanics, project: questions) {
      findings(for: $0)
    }
  }

  /// What the analyses find, with the words that a rubric knows.
  func findings(for rubric: Rubric) -> [Finding] { findings(hints: rubric.hints) }

  /// What the analyses find, told what a rubric tells of its subject.
  func findings(hints: Hints) -> [Finding] {
    MechanicCatalogue.findings(in: program, hints: hints)
  }

  /// The texts of titles and main headings.
  private var headings: [String] {
    program.document.query("title, h1, h2").compactMap { program.document.text(of: $0) }
  }
}
