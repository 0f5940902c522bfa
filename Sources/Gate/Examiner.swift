public import Ingest
public import Scoring

import Density
import Hazards
import Program
import SourceText

/// Collects from a project the facts that policies ask for.
public struct Examiner: Sendable {
  /// Scores the project.
  public var scorer: ProjectScorer
  /// Whether to compute the figures that take more than a walk over the bytes.
  public var computesFigures: Bool

  /// Makes an examiner.
  public init(scorer: ProjectScorer, computesFigures: Bool) {
    self.scorer = scorer
    self.computesFigures = computesFigures
  }

  /// Examines a project.
  ///
  /// - Parameters:
  ///   - artifact: The project.
  ///   - earlier: The bytes of files of an earlier version, by their path in the project; `nil` without one.
  public func examine(_ artifact: Artifact, earlier: [String: [UInt8]]? = nil) -> ExaminationOutcome {
    do throws(ScoringError) {
      let examination = try scorer.examine(artifact)
      return .examined(facts(of: examination, earlier: earlier))
    } catch {
      return .unusable(problem: error.problem + (error.advice.map { "; \($0)" } ?? ""))
    }
  }

  private func facts(of examination: ProjectScorer.Examination, earlier: [String: [UInt8]]?) -> Examined {
    let scored = examination.outcome.project
    let project = examination.project
    var places = PlaceReader(Dictionary(project.files.map { ($0.path, $0.bytes) }) { first, _ in first })
    let hazards = HazardCatalogue.hazards(in: examination.program, findings: examination.findings)
    let options = DensityOptions(keepsLines: earlier != nil, computesFigures: computesFigures)
    let density = DensityReader(project, options: options, earlier: earlier)
    return Examined(
      rubric: scored.rubric.id, rubricVersion: scored.rubric.version, rubricDigest: scored.rubric.sha256,
      low: scored.score.low, high: scored.score.high, cap: scored.score.cap,
      criteria: scored.criteria.map(criterion), density: density.whole(), added: density.added(),
      hazards: hazards.map { hazard in
        var place = places.place(hazard.file, hazard.span, says: hazard.says)
        if let shown = hazard.shownAs { place.excerpt = shown }
        return Examined.Hazard(kind: hazard.kind.rawValue, subject: bounded(hazard.subject), place: place)
      },
      unreadable: project.unreadablePaths.map { path in
        let reason = project.diagnostics.first { $0.file == path }?.diagnostic.message ?? "cannot be read"
        return Place(file: path, says: bounded(reason))
      },
      syntaxErrors: scored.diagnostics.filter { $0.severity == "error" && !project.unreadablePaths.contains($0.file) }
        .map { Place(file: $0.file, line: $0.line, column: $0.column, says: bounded($0.message)) },
      isCutShort: !examination.program.isComplete, mainFile: Self.mainFile(of: project), files: scored.artifact.files,
      bytes: scored.artifact.bytes, notes: examination.outcome.notes)
  }

  private func criterion(_ scored: ScoredCriterion) -> Examined.Criterion {
    Examined.Criterion(
      id: scored.id, title: scored.title, isRequired: scored.isRequired, applies: scored.applies,
      verdict: scored.verdict, failure: scored.failure, reason: scored.reason.map { bounded($0) },
      evidence: scored.evidence.map { evidence in
        Place(
          file: evidence.file, line: evidence.line, column: evidence.column, endLine: evidence.endLine,
          endColumn: evidence.endColumn, excerpt: Secrets.redacted(evidence.excerpt),
          says: bounded(Secrets.redacted(evidence.says)))
      }, advice: scored.advice)
  }

  /// The page that is opened first: `index.html` nearest the root, else the first page, else the first script.
  private static func mainFile(of project: Project) -> String {
    func depth(_ path: String) -> Int { path.utf8.count { $0 == 0x2F } }
    let pages = project.files.filter { $0.kind == .html }.map { $0.path }
    let index = pages.filter { $0 == "index.html" || $0.hasSuffix("/index.html") }
      .min { (depth($0), $0) < (depth($1), $1) }
    return index ?? pages.first ?? project.files.first { $0.role == .own }?.path ?? project.files.first?.path ?? ""
  }
}

/// The beginning of a text that may be of any length, enough to know what it is about.
func bounded(_ text: String, to limit: Int = 300) -> String {
  guard text.utf8.count > limit else { return text }
  let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  return start.utf8.count < text.utf8.count ? start + "…" : text
}

/// Turns spans into places; each file's line table is made once.
struct PlaceReader {
  private let texts: [String: [UInt8]]
  private var readers: [String: ExcerptReader] = [:]

  /// Makes a reader of files' texts by their paths.
  init(_ texts: [String: [UInt8]]) { self.texts = texts }

  /// The place of a span; the beginning of the file when it is none of the project's.
  mutating func place(_ path: String, _ span: ByteSpan, says: String) -> Place {
    guard let text = texts[path] else { return Place(file: path, says: bounded(says)) }
    let reader = readers[path] ?? ExcerptReader(text)
    readers[path] = reader
    let excerpt = reader.excerpt(at: span)
    return Place(
      file: path, line: excerpt.start.line, column: excerpt.start.column, endLine: excerpt.end.line,
      endColumn: excerpt.end.column, excerpt: Secrets.redacted(excerpt.text), says: bounded(Secrets.redacted(says)))
  }

  mutating func lineIndex(_ path: String, of offset: Int) -> Int {
    guard let text = texts[path] else { return 0 }
    let reader = readers[path] ?? ExcerptReader(text)
    readers[path] = reader
    return reader.position(of: offset).line - 1
  }
}
