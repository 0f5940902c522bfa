import Ingest
import JavaScriptSyntax
import MarkupSyntax
import SourceText

// The scripts that a page loads, in the order in which a browser runs them.

extension Loader {
  /// Types that a library in the page translates and runs.
  private static let translatedTypes: [String: Language] = [
    "text/babel": .jsx, "text/jsx": .jsx, "jsx": .jsx, "text/typescript": .tsx, "text/tsx": .tsx,
  ]

  mutating func loadPage(_ file: ProjectFile) {
    let tree = parseHTML(file.bytes).tree
    document.addPage(file.path, tree)
    let page = Page(tree)
    diagnostics += page.diagnostics.map { FileDiagnostic(file: file.path, diagnostic: $0) }
    paths.addImportMap(page.importMap, of: file.path)
    var scripts: [ElementID: Page.Script] = [:]
    for script in page.scripts { scripts[script.element] = script }
    var later: [Page.Script.Timing: [Int]] = [:]
    for element in tree.elements {
      if let script = scripts[element] {
        guard let unit = load(script, tree, file) else { continue }
        if script.timing == .blocking { addEntry(unit) } else { later[script.timing, default: []].append(unit) }
      } else {
        loadHandlers(element, tree, file)
      }
    }
    for timing in [Page.Script.Timing.deferred, .async] { for unit in later[timing] ?? [] { addEntry(unit) } }
  }

  private mutating func addEntry(_ unit: Int) {
    if !entries.contains(unit) { entries.append(unit) }
  }

  /// Makes the unit of a script that the page runs; `nil` when it runs none of the project's.
  private mutating func load(_ script: Page.Script, _ page: Document, _ file: ProjectFile) -> Int? {
    var language = Language.javaScript
    var isModule = script.kind == .module
    switch script.kind {
    case .classic, .module: guard script.isReached else { return nil }
    case .data(let type):
      guard script.obstacle == .data, let translated = Self.translatedTypes[type] else { return nil }
      language = translated
      isModule = page.attributeValue(script.element, "data-type") == "module"
    case .importMap, .speculationRules: return nil
    }
    let kind: Unit.Kind = isModule ? .module : .classicScript
    if let source = script.source { return load(source, kind, from: file.path) }
    guard let span = script.content else { return nil }
    return addUnit(
      kind, file: file.path, offset: Int(span.start), text: Array(page.source[span.range]),
      options: ParseOptions(language: language, goal: isModule ? .module : .script))
  }

  private mutating func load(_ source: Reference, _ kind: Unit.Kind, from file: String) -> Int? {
    let package: String
    switch source.target {
    case .local(let path, _, _):
      switch paths.resolve(path, from: file, isPage: true) {
      case .file(let found) where !isVendored(found): return addFile(found, kind: kind)
      case .file(let found): package = Libraries.package(ofFile: found)
      case .library(let name): package = name
      case .missing:
        missing.append(MissingFile(file: file, span: source.span, address: source.written))
        return nil
      }
    case .external(_, let url): package = Libraries.package(ofAddress: url)
    case .data: package = Libraries.package(ofAddress: source.written)
    case .fragment, .script, .other, .empty: return nil
    }
    libraries.append(LibraryUse(package: package, address: source.written, file: file, span: source.span))
    return nil
  }
}
