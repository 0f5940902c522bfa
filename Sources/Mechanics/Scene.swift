import Program

/// A program under analysis, with what several analyses share.
///
/// A scene belongs to one thread; make one for each program.
final class Scene {
  /// The program.
  let program: ProgramModel
  /// What the rubric tells of its subject.
  let hints: Hints
  private var shared: [ObjectIdentifier: any SharedAnalysis] = [:]

  init(program: ProgramModel, hints: Hints) {
    self.program = program
    self.hints = hints
  }

  /// The analysis of the given type, made when it is first asked for.
  func shared<Analysis: SharedAnalysis>(_ type: Analysis.Type) -> Analysis {
    if let known = shared[ObjectIdentifier(type)] as? Analysis { return known }
    let made = Analysis(self)
    shared[ObjectIdentifier(type)] = made
    return made
  }
}

/// What several analyses ask for and what is worked out once.
protocol SharedAnalysis: AnyObject {
  /// Works it out; a pure function of the scene.
  init(_ scene: Scene)
}
