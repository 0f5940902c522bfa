public import JavaScriptSyntax
import MarkupSyntax
public import SourceText

/// What a searched file is.
public enum SearchedKind: Hashable, Sendable {
  /// JavaScript or TypeScript.
  case script(Language, ParseOptions.Goal)
  /// A page, whose scripts and handlers are searched.
  case page
  /// A single-file component of Vue or Svelte, whose script blocks are searched.
  case component
}

/// A match in a file.
public struct FoundCode: Sendable {
  /// The bytes of the file.
  public var span: ByteSpan
  /// What the metavariables stand for.
  public var captures: [FoundCapture]
  /// The language of the script that it was found in.
  public var language: Language
}

/// What a metavariable stands for in a file.
public struct FoundCapture: Sendable {
  /// The name, without `$`.
  public var name: String
  /// Whether it stands for any number of nodes.
  public var isList: Bool
  /// The bytes of the file, a span for each node.
  public var spans: [ByteSpan]
}

/// The matches in one file.
public struct FileMatches: Sendable {
  /// The matches, in the order of the text.
  public var matches: [FoundCode] = []
  /// Whether every script was searched within its steps.
  public var isComplete = true
}

/// Searches files for a pattern.
public struct FileSearch: Sendable {
  private let pattern: CodePattern
  private let filter: LiteralFilter

  /// Makes a search; use it for as many files as there are, from any thread.
  public init(_ pattern: CodePattern) {
    self.pattern = pattern
    filter = pattern.filter
  }

  /// Whether a file with this text has to be searched: everything that a match is made of occurs in it.
  public func mayMatch(_ text: [UInt8]) -> Bool { filter.mayMatch(text) }

  /// Every match in a file.
  ///
  /// A page's scripts of any kind that runs or is compiled are searched, and its `on...` attributes.
  public func matches(in text: [UInt8], as kind: SearchedKind) -> FileMatches {
    var result = FileMatches()
    switch kind {
    case .script(let language, let goal): search(text, at: 0, language, goal, &result)
    case .page, .component: searchPage(text, isComponent: kind == .component, &result)
    }
    return result
  }

  private func search(
    _ text: [UInt8], at offset: Int, _ language: Language, _ goal: ParseOptions.Goal, _ result: inout FileMatches
  ) {
    guard mayMatch(text) else { return }
    let tree = parse(text, options: ParseOptions(language: language, goal: goal)).tree
    var budget = StepBudget.file(nodeCount: tree.nodes.count)
    for match in pattern.matches(in: SyntaxIndex(tree), budget: &budget) {
      let captures = match.captures.map { capture in
        let spans = capture.form == .list ? capture.nodes.map { tree[$0].span } : [capture.span]
        return FoundCapture(
          name: capture.name, isList: capture.form == .list, spans: spans.map { $0.shifted(by: offset) })
      }
      result.matches.append(FoundCode(span: match.span.shifted(by: offset), captures: captures, language: language))
    }
    if budget.isSpent { result.isComplete = false }
  }

  private func searchPage(_ text: [UInt8], isComponent: Bool, _ result: inout FileMatches) {
    guard mayMatch(text) || text.contains(UInt8(ascii: "&")) else { return }
    let document = parseHTML(text).tree
    let page = Page(document)
    for script in page.scripts {
      guard let content = script.content, script.source == nil,
        let (language, goal) = reading(of: script, in: document, isComponent: isComponent)
      else { continue }
      search(Array(document.source[content.range]), at: Int(content.start), language, goal, &result)
    }
    for handler in page.handlers where handler.isVerbatim && !isComponent {
      search(Array(document.source[handler.span.range]), at: Int(handler.span.start), .javaScript, .script, &result)
    }
    result.matches.sort { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
  }

  /// How a script of a page is read; `nil` for data.
  private func reading(
    of script: Page.Script, in document: Document, isComponent: Bool
  ) -> (Language, ParseOptions.Goal)? {
    if isComponent {
      let isTyped = document.attributeValue(script.element, "lang")?.hasPrefix("ts") ?? false
      return (isTyped ? .tsx : .jsx, .module)
    }
    switch script.kind {
    case .classic: return (.javaScript, .script)
    case .module: return (.jsx, .module)
    case .data(let type):
      if type == "text/typescript" || type == "application/typescript" { return (.tsx, .unambiguous) }
      return type == "text/babel" || type == "text/jsx" || type == "jsx" ? (.jsx, .unambiguous) : nil
    case .importMap, .speculationRules: return nil
    }
  }
}
