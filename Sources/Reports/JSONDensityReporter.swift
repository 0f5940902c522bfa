import Density
import Scoring
import SourceText

/// The JSON contract of version 1: fields may be added, never renamed or removed.
struct JSONDensityReporter: DensityReporter {
  private let options: DensityReportOptions
  private var count = 0

  init(_ options: DensityReportOptions) { self.options = options }

  mutating func begin() -> [UInt8] { jsonOpening(toolVersion: options.toolVersion, list: "artifacts") }

  mutating func add(_ artifact: MeasuredArtifact) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in write(artifact, to: &json) }
    defer { count += 1 }
    return Array((count == 0 ? "\n" : ",\n").utf8) + json.bytes
  }

  mutating func end(_ conclusion: DensityConclusion) -> [UInt8] {
    var bytes = Array("\n]".utf8)
    if let models = conclusion.models {
      var json = JSONWriter()
      json.object { json in write(models, to: &json) }
      bytes += Array(",\n\"comparison\": ".utf8) + json.bytes
    }
    if !conclusion.surfaces.isEmpty {
      var json = JSONWriter()
      json.object { json in write(conclusion, to: &json) }
      bytes += Array(",\n\"surface\": ".utf8) + json.bytes
    }
    return bytes + Array("}\n".utf8)
  }

  private func write(_ conclusion: DensityConclusion, to json: inout JSONWriter) {
    json.member("artifacts") { json in
      json.array { json in for surface in conclusion.surfaces { json.object { write(surface, to: &$0) } } }
    }
    json.member("comparisons") { json in
      json.array { json in
        for comparison in conclusion.comparisons {
          json.object { json in
            json.member("experiment", comparison.shorter.experiment)
            json.member("shorter", comparison.shorter.path)
            json.member("longer", comparison.longer.path)
            json.member("verdict", comparison.verdict.rawValue)
            json.member("reason", comparison.reason)
          }
        }
      }
    }
  }

  private func write(_ surface: Surface, to json: inout JSONWriter) {
    json.member("path", surface.path)
    json.member("model", surface.model)
    json.member("experiment", surface.experiment)
    json.member("rubric", surface.rubric)
    json.member("met") { json in json.array { json in for id in surface.met { json.value(id) } } }
    json.member("unknown") { json in json.array { json in for id in surface.unknown { json.value(id) } } }
    json.member("codeBytesPerCriterion") { json in
      if let rate = surface.codeBytesPerCriterion { json.value(rounded(rate)) } else { json.null() }
    }
    json.member("codeTokensPerCriterion") { json in
      if let rate = surface.codeTokensPerCriterion { json.value(rounded(rate)) } else { json.null() }
    }
  }

  private func write(_ templates: [CountedLanguage: TemplateCount], to json: inout JSONWriter) {
    json.member("templates") { json in
      json.object { json in
        for language in CountedLanguage.allCases {
          guard let found = templates[language] else { continue }
          json.member(language.name) { json in
            json.object { json in
              json.member("count", found.count)
              json.member("bytes", found.bytes)
            }
          }
        }
      }
    }
  }

  private func write(_ added: AddedLines, to json: inout JSONWriter) {
    json.member("added") { json in
      json.object { json in
        json.member("bytes", added.bytes)
        json.member("lines") { Reports.write(added.lines, to: &$0) }
        json.member("removedLines", added.removed)
      }
    }
  }

  private func write(_ artifact: MeasuredArtifact, to json: inout JSONWriter) {
    json.member("path", artifact.path)
    json.member("model", artifact.model)
    json.member("experiment", artifact.experiment)
    json.member("files") { json in
      json.array { json in for file in artifact.density.files { json.object { write(file, to: &$0) } } }
    }
    json.member("totals") { json in
      json.object { json in
        writeTotals(artifact.density.summary, to: &json)
        if let figures = artifact.density.figures { json.member("figures") { $0.object { write(figures, to: &$0) } } }
        if let unused = artifact.unused { json.member("unused") { $0.object { write(unused, to: &$0) } } }
      }
    }
    json.member("diagnostics") { json in
      json.array { json in for diagnostic in artifact.diagnostics { json.object { write(diagnostic, to: &$0) } } }
    }
  }

  private func write(_ file: MeasuredFile, to json: inout JSONWriter) {
    let density = file.density
    json.member("path", file.path)
    json.member("language", file.languageName)
    json.member("role", file.roleName)
    writeCounts(density.totals, to: &json)
    json.member("blankInComment", density.blankInComment)
    json.member("blankInLiteral", density.blankInLiteral)
    if file.isLink { json.member("link", true) }
    if let added = density.added { write(added, to: &json) }
    if !density.templates.isEmpty { write(density.templates, to: &json) }
    guard file.counts else { return }
    writeComments(density.commentCounts, density.commentLines, density.commentBytes, to: &json)
    json.member("markers", density.markers)
    json.member("restating", density.restating)
    if options.showsComments { writeRanges(density.comments, to: &json) }
    guard let figures = density.figures else { return }
    json.member("figures") { json in
      json.object { json in
        write(figures.tokens, to: &json)
        write(figures.complexity, to: &json)
        json.member("longestLine", figures.longestLine)
        json.member("longLines", figures.longLines)
      }
    }
  }

  private func writeRanges(_ comments: [FoundComment], to json: inout JSONWriter) {
    json.member("commentRanges") { json in
      json.array { json in
        for comment in comments {
          json.object { json in
            json.member("start", Int(comment.span.start))
            json.member("end", Int(comment.span.end))
            json.member("language", comment.language.name)
            json.member("kind", comment.kind.rawValue)
          }
        }
      }
    }
  }

  private func writeTotals(_ summary: DensitySummary, to json: inout JSONWriter) {
    writeCounts(summary.totals, to: &json)
    json.member("files", summary.fileCount)
    json.member("leftOut") { json in
      json.object { json in for (role, count) in summary.leftOutByName { json.member(role, count) } }
    }
    json.member("shares") { json in
      let bytes = summary.totals.bytes
      json.object { json in
        json.member("code", share(bytes.code, of: bytes.total))
        json.member("comment", share(bytes.comment, of: bytes.total))
        json.member("whitespace", share(bytes.whitespace, of: bytes.total))
      }
    }
    json.member("whitespace") { json in
      json.object { json in
        json.member("indentation", summary.whitespace.indentation)
        json.member("lineEnds", summary.whitespace.lineEnds)
        json.member("blankLines", summary.whitespace.blankLines)
        json.member("other", summary.whitespace.other)
      }
    }
    writeComments(summary.commentCounts, summary.commentLines, summary.commentBytes, to: &json)
    json.member("markers", summary.markers)
    json.member("restating", summary.restating)
    json.member("blankInComment", summary.blankInComment)
    json.member("blankInLiteral", summary.blankInLiteral)
    write(summary.templates, to: &json)
    if let added = summary.added { write(added, to: &json) }
  }

  private func writeComments(
    _ counts: [CommentKind: Int], _ lines: [CommentKind: Int], _ bytes: [CommentKind: Int], to json: inout JSONWriter
  ) {
    json.member("comments") { json in
      json.object { json in
        for kind in CommentKind.allCases {
          guard let count = counts[kind] else { continue }
          json.member(kind.rawValue) { json in
            json.object { json in
              json.member("count", count)
              json.member("lines", lines[kind] ?? 0)
              json.member("bytes", bytes[kind] ?? 0)
            }
          }
        }
      }
    }
  }

  private func write(_ figures: ProjectFigures, to json: inout JSONWriter) {
    write(figures.tokens, to: &json)
    json.member("tokensAreExact", figures.tokensAreExact)
    if !figures.tokensAreExact {
      json.member("tokenErrorMedian", ProjectFigures.tokenErrorMedian)
      json.member("tokenErrorLargest", ProjectFigures.tokenErrorLargest)
    }
    write(figures.complexity, to: &json)
    json.member("decisionPointsPer1000CodeTokens", rounded(figures.decisionDensity))
    json.member("codeTokens", figures.codeTokenCount)
    json.member("duplicatedTokens", figures.duplicatedTokenCount)
    json.member("duplicatedShare", rounded(figures.duplicatedShare))
    json.member("meanNameLength", rounded(figures.meanNameLength))
    json.member("longestLine", figures.longestLine)
    json.member("longLines", figures.longLines)
    json.member("externalPackages") { json in
      json.array { json in for name in figures.externalPackages { json.value(name) } }
    }
  }

  private func write(_ unused: UnusedCode, to json: inout JSONWriter) {
    for (name, count) in [("functions", unused.functions), ("selectors", unused.selectors)] {
      json.member(name) { json in
        guard let count else { return json.null() }
        json.object { json in
          json.member("total", count.total)
          json.member("unused", count.unused.count)
          json.member("unknown", count.unknown)
          json.member("places") { json in
            json.array { json in for place in count.unused { json.object { write(place, to: &$0) } } }
          }
        }
      }
    }
  }

  private func write(_ place: UnusedCode.Place, to json: inout JSONWriter) {
    json.member("file", place.file)
    json.member("line", place.line)
    json.member("name", place.name)
    json.member("bytes", place.bytes)
  }

  private func write(_ tokens: TokenCounts, to json: inout JSONWriter) {
    json.member("tokens") { json in
      json.object { json in
        let code = Int(tokens.code.rounded())
        let comment = Int(tokens.comment.rounded())
        let whitespace = Int(tokens.whitespace.rounded())
        json.member("total", code + comment + whitespace)
        json.member("code", code)
        json.member("comment", comment)
        json.member("whitespace", whitespace)
      }
    }
  }

  private func write(_ complexity: Complexity, to json: inout JSONWriter) {
    json.member("decisionPoints", complexity.decisionPoints)
    json.member("cognitiveComplexity") { json in
      json.object { json in
        json.member("functions", complexity.functions.count)
        json.member("p90", complexity.percentile(0.9))
        json.member("maximum", complexity.maximum)
      }
    }
  }

  private func write(_ diagnostic: PlacedDiagnostic, to json: inout JSONWriter) {
    json.member("severity", diagnostic.severity)
    json.member("file", diagnostic.file)
    json.member("line", diagnostic.line)
    json.member("column", diagnostic.column)
    json.member("message", diagnostic.message)
  }

  private func write(_ comparison: ModelComparison, to json: inout JSONWriter) {
    json.member("experiments") { json in json.array { json in for name in comparison.experiments { json.value(name) } }
    }
    json.member("models") { json in
      json.array { json in
        for model in comparison.models {
          json.object { json in
            json.member("model", model.model)
            json.member("artifacts", model.artifactCount)
            json.member("codeRatio", rounded(comparison.codeRatio(model)))
            writeTotals(model.summary, to: &json)
            if let tokens = model.tokens { write(tokens, to: &json) }
          }
        }
      }
    }
  }

  private func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : rounded(Double(part) / Double(whole)) }

  private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
