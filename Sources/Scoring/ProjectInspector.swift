public import Ingest

import Mechanics
import Program
import Rubrics
import SourceText

extension ProjectScorer {
  /// Reads a project and shows it as the analyses see it.
  ///
  /// - Throws: ``ScoringError`` when there is nothing to analyse or the rubric that is named cannot be used.
  public func inspect(_ artifact: Artifact) throws(ScoringError) -> InspectedProject {
    let project = try load(artifact)
    let analysis = ProjectAnalysis(project)
    let rubric = try choose(for: artifact, project, analysis)?.rubric
    let inspector = ProjectInspector(
      program: analysis.program, places: ResultBuilder(project: project, diagnostics: analysis.diagnostics))
    return InspectedProject(
      path: artifact.path, rubric: rubric?.id, entryPoints: inspector.entryPoints,
      runningFunctions: inspector.functions(analysis.program.reachableRegions.filter { $0.kind.isFunction }),
      idleFunctions: inspector.functions(analysis.program.unreachableFunctions), libraries: inspector.libraries,
      missing: inspector.missing, findings: analysis.findings(hints: rubric?.hints ?? .none).map(inspector.inspected),
      diagnostics: inspector.places.locatedDiagnostics, isComplete: analysis.program.isComplete && project.isComplete)
  }
}

/// Turns what a program holds into places that people can open.
private struct ProjectInspector {
  let program: ProgramModel
  let places: ResultBuilder

  var entryPoints: [LocatedEvidence] {
    let units = program.entryUnits.map { program.units[$0] }.map { unit in
      place(unit.file, ByteSpan(unit.offset, unit.offset), "\(Self.words(of: unit.kind)) runs")
    }
    return units + program.callbacks.map { place($0.file, $0.span, says($0)) }
  }

  private static func words(of kind: Unit.Kind) -> String {
    switch kind {
    case .classicScript: "classic script"
    case .module: "module"
    case .commonJS: "module that others require"
    case .worker: "worker"
    case .handlerAttribute: "handler attribute"
    case .scriptAddress: "script address"
    case .component: "component"
    case .templateExpression: "template expression"
    }
  }

  private func says(_ callback: HostCallback) -> String {
    var text = callback.event.map { "\(callback.kind.rawValue) \($0)" } ?? callback.kind.rawValue
    let elements = callback.elements.prefix(3).map { index -> String in
      let element = program.document.elements[index]
      return "<\(element.name)\(element.identifier.map { " #" + $0 } ?? "")>"
    }
    let subjects = elements + callback.targets
    if !subjects.isEmpty { text += " on \(subjects.joined(separator: ", "))" }
    text += " calls \(program.label(callback.function))"
    if callback.repeats { text += ", again and again" }
    return callback.isCertain ? text : text + ", perhaps"
  }

  func functions(_ functions: [Code]) -> [LocatedEvidence] {
    functions.map { place($0.file, $0.span, program.label($0)) }
  }

  var libraries: [LocatedEvidence] { program.libraries.map { place($0.file, $0.span, $0.package) } }

  var missing: [LocatedEvidence] {
    program.missingFiles.map { place($0.file, $0.span, "file \($0.address)") }
      + program.missingElements.map { place($0.code.file, $0.code.span, "element \($0.selector)") }
  }

  func inspected(_ finding: Finding) -> InspectedFinding {
    InspectedFinding(
      mechanic: finding.mechanic, status: finding.status.rawValue,
      facts: finding.facts.sorted { $0.key < $1.key }.map { ($0.key, InspectedFact($0.value)) },
      evidence: finding.evidence.map(places.located), reason: finding.reason, failure: finding.failure?.rawValue,
      advice: finding.advice, confidence: finding.confidence)
  }

  private func place(_ file: String, _ span: ByteSpan, _ says: String) -> LocatedEvidence {
    places.located(Evidence(file: file, span: span, says: says))
  }
}

extension InspectedFact {
  fileprivate init(_ fact: Fact) {
    switch fact {
    case .word(let word): self = .word(word)
    case .words(let words): self = .words(words)
    case .number(let number): self = .number(number)
    case .flag(let flag): self = .flag(flag)
    }
  }
}
