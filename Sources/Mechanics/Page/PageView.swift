import Ingest
import JavaScriptSyntax
import MarkupSyntax
import Program
import SourceText
import StyleSyntax

/// The pages of a program as a reader meets them: elements wherever they come from, their texts and their styles.
///
/// Where scripts can be followed the elements are those that the scripts leave in the page; elsewhere those that are written.
final class PageView: SharedAnalysis {
  let program: ProgramModel
  /// What the scripts make of the pages; `nil` where they are built by a framework that is not followed.
  let rehearsal: Rehearsal?
  let tree: RenderedTree
  var elements: [DOMElement] { tree.elements }
  /// The style sheets, in order, each with the path of its file.
  let sheets: [(file: String, sheet: StyleSheet)]
  let index: StyleIndex
  var resolver: StyleResolver<RenderedTree>
  /// The elements that a reader can meet: not those of templates that nothing uses, nor of code that does not run.
  let visible: [Int]
  private var files: [String: [UInt8]] = [:]
  private var texts: [Int: String] = [:]
  private var listeners: [Int: [HostCallback]] = [:]
  private(set) lazy var sight = PageSight(tree, index, usesUtilities: usesUtilities)
  private(set) lazy var usesUtilities = PageView.usesUtilities(program)

  init(_ scene: Scene) {
    let program = scene.program
    self.program = program
    for file in program.project.files where files[file.path] == nil { files[file.path] = file.bytes }
    rehearsal = PageView.canBeFollowed(program) ? Rehearsal(program) : nil
    tree = rehearsal?.tree() ?? RenderedTree(program.document)
    sheets = PageView.styleSheets(of: program) + PageView.scriptedSheets(in: tree)
    index = StyleIndex(sheets.map { StyleSource($0.sheet) })
    resolver = StyleResolver(index, tree)
    let all = tree.elements
    if rehearsal != nil {
      let tree = tree
      var isInert = [Bool](repeating: false, count: all.count)
      for id in all.indices {
        let outer = tree.elements[id].parent
        isInert[id] = outer.map { isInert[$0] || ["template", "noscript"].contains(all[$0].name) } ?? false
      }
      visible = all.indices.filter { !isInert[$0] }
      return
    }
    let documents = Dictionary(program.document.pages.map { ($0.file, $0.document) }) { first, _ in first }
    visible = all.indices.filter { id in
      switch all[id].source {
      case .page(let file, let node): !(documents[file]?[node].isInert ?? false) || !file.hasSuffix(".html")
      case .created(let code), .markup(let code), .jsx(let code): program.isReachable(code)
      }
    }
    for callback in program.callbacks where callback.kind == .event {
      for element in callback.elements { listeners[element, default: []].append(callback) }
    }
  }

  /// Whether the scripts can be followed: templates of components that are compiled by a build cannot, and scenes of games and
  /// canvases need not.
  private static func canBeFollowed(_ program: ProgramModel) -> Bool {
    let engines: Set<String> = ["three", "phaser", "p5", "pixi.js", "babylonjs", "@babylonjs", "matter-js", "kaboom"]
    if program.libraries.contains(where: { use in
      engines.contains(use.package.split(separator: "/").first.map(String.init) ?? use.package)
    }), !program.document.elements.contains(where: { ["form", "nav", "article"].contains($0.name) }) {
      return false
    }
    let compiled = [".vue", ".svelte", ".astro"]
    if program.project.files.contains(where: { file in
      file.role == .own && compiled.contains { file.path.hasSuffix($0) }
    }) {
      return false
    }
    let frameworks: Set<String> = [
      "vue", "alpinejs", "@alpinejs", "jquery", "petite-vue", "@angular", "solid-js", "lit", "htmx.org", "svelte",
    ]
    return !program.libraries.contains { use in
      frameworks.contains(use.package.split(separator: "/").first.map(String.init) ?? use.package)
    }
  }

  private static func usesUtilities(_ program: ProgramModel) -> Bool {
    program.libraries.contains { $0.package.contains("tailwind") }
      || program.project.files.contains { file in
        file.path.contains("tailwind.config")
          || file.path.hasSuffix("package.json") && contains(Array("tailwindcss".utf8), in: file.bytes)
          || file.kind == .css && contains(Array("@tailwind".utf8), in: file.bytes)
          || file.kind == .html && contains(Array("tailwindcss".utf8), in: file.bytes)
      }
  }

  /// The sheets that scripts write into the page.
  private static func scriptedSheets(in tree: RenderedTree) -> [(file: String, sheet: StyleSheet)] {
    tree.elements.compactMap { element in
      guard element.name == "style", case .created = element.source else { return nil }
      let text = tree.ownText(of: element.id)
      return text.isEmpty ? nil : (element.file, parseStyleSheet(Array(text.utf8)).tree)
    }
  }

  /// The sheets that some page or script refers to, and those that stand in pages and components.
  private static func styleSheets(of program: ProgramModel) -> [(file: String, sheet: StyleSheet)] {
    var result: [(file: String, sheet: StyleSheet)] = []
    for (file, document) in program.document.pages {
      for style in document.elements(named: "style") {
        guard let span = document.contentSpan(of: style) else { continue }
        result.append((file, parseStyleSheet(document.source, in: span.range).tree))
      }
    }
    let others = program.project.files.filter { $0.kind != .css || $0.role == .own }
    for file in program.project.files where file.kind == .css {
      let name = Array((file.path.split(separator: "/").last ?? "").utf8)
      guard others.contains(where: { $0.path != file.path && contains(name, in: $0.bytes) }) else { continue }
      result.append((file.path, parseStyleSheet(file.bytes).tree))
    }
    return result
  }

  private static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
    guard let first = needle.first, bytes.count >= needle.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for start in 0...(bytes.count - needle.count) where bytes[start] == first {
        if bytes[start..<start + needle.count].elementsEqual(needle) { return true }
      }
      return false
    }
  }

  // MARK: Elements

  /// What hears an event on an element, for pages whose scripts are not followed.
  func listeners(of element: Int) -> [HostCallback] { listeners[element] ?? [] }

  /// Whether something hears one of the events on an element itself.
  func hears(_ events: Set<String>, _ element: Int) -> Bool {
    if let rehearsal { return rehearsal.hears(events, node: tree.nodes[element]) }
    return listeners(of: element).contains { $0.event.map { events.contains($0) } ?? true }
  }

  /// Whether something hears one of the events on an element or around it, the page as a whole left out.
  func isHeard(_ events: Set<String>, _ element: Int) -> Bool {
    if let rehearsal { return rehearsal.isHeard(events, on: tree.nodes[element]) }
    return chain(of: element).contains { id in
      !["body", "html", "main"].contains(elements[id].name) && hears(events, id)
    }
  }

  /// The page that a visitor comes to first; `nil` where there are no pages but scripts.
  private(set) lazy var entryPage: String? = {
    let files = program.document.pages.map { $0.file }.filter { $0.hasSuffix(".html") || $0.hasSuffix(".htm") }
    func depth(_ file: String) -> Int { file.split(separator: "/").count }
    let fronts = files.filter { $0.split(separator: "/").last?.hasPrefix("index.") ?? false }
    return (fronts.isEmpty ? files : fronts).min { (depth($0), $0) < (depth($1), $1) }
  }()

  /// Whether an element stands in the page that a visitor comes to first.
  func isInEntryPage(_ element: Int) -> Bool {
    guard rehearsal != nil, let entryPage else { return true }
    let page = page(of: element)
    return page == entryPage || !page.hasSuffix(".html") && !page.hasSuffix(".htm")
  }

  /// The path of the page that an element lies in.
  func page(of element: Int) -> String { elements[chain(of: element).last ?? element].file }

  /// An element and those around it, nearest first.
  func chain(of element: Int) -> [Int] {
    var result = [element]
    var next = elements[element].parent
    while let current = next, result.count < 256 {
      result.append(current)
      next = elements[current].parent
    }
    return result
  }

  /// The nearest element around another, itself included, that fulfils a condition.
  func around(_ element: Int, where condition: (DOMElement) -> Bool) -> Int? {
    chain(of: element).first { condition(elements[$0]) }
  }

  /// Every visible element below another, in the order of the text.
  func inside(_ element: Int) -> [Int] {
    var result: [Int] = []
    var stack = elements[element].children.reversed() as [Int]
    while let next = stack.popLast(), result.count < 50_000 {
      result.append(next)
      stack += elements[next].children.reversed()
    }
    return result
  }

  /// The text inside an element, white space collapsed, computed parts left out.
  func text(of element: Int) -> String {
    if let known = texts[element] { return known }
    let text: String
    if let rendered = tree.text(of: element) {
      text = collapsed(rendered)
    } else if let own = program.document.text(of: element) {
      text = collapsed(own)
    } else {
      let stored = elements[element]
      let bytes = files[stored.file] ?? []
      let end = min(Int(stored.span.end), bytes.count)
      let start = min(Int(stored.span.start), end)
      if case .created = stored.source { text = createdText(element) } else { text = stripped(bytes[start..<end]) }
    }
    texts[element] = text
    return text
  }

  /// The texts that script gives an element that it made.
  private func createdText(_ element: Int) -> String {
    let written = program.domWrites(to: element).filter { $0.kind == .text }.compactMap { write in
      write.value.flatMap { program.constant(of: $0).string }
    }
    return collapsed(written.joined(separator: " "))
  }

  private func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func stripped(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var depth = 0
    var isTag = false
    for byte in bytes {
      switch byte {
      case 0x7B: depth += 1
      case 0x7D: depth = max(0, depth - 1)
      case 0x3C where depth == 0:
        isTag = true
        result.append(0x20)
      case 0x3E where depth == 0 && isTag: isTag = false
      default: if depth == 0, !isTag { result.append(byte) }
      }
    }
    return collapsed(String(decoding: result, as: UTF8.self))
  }

  /// The words of what an element is called by: its id, its classes, its label.
  func called(_ element: Int) -> String {
    let stored = elements[element]
    return ["id", "class", "aria-label"].compactMap { stored.attribute($0) }.joined(separator: " ")
  }

  // MARK: The hero

  static let heroWords = Vocabulary([
    "hero", "banner", "intro", "masthead", "cover", "landing", "jumbotron", "splash", "einstieg", "auftakt", "accueil",
    "portada", "bienvenida",
  ])

  /// The opening section: that around the first main heading, and what is called so and comes before everything else.
  private(set) lazy var hero: Set<Int> = {
    var roots: [Int] = []
    let mains = visible.filter { elements[$0].name == "h1" && !isPlaceholderShell($0) }
    for heading in mains.prefix(2) { roots.append(block(around: heading)) }
    let named = visible.filter { id in
      ["section", "header", "div", "main", "article"].contains(elements[id].name)
        && PageView.heroWords.matches(
          [elements[id].identifier, elements[id].attribute("class")].compactMap { $0 }.joined(separator: " "))
        && inside(id).contains { ["h1", "h2", "p", "canvas"].contains(elements[$0].name) }
    }
    if let first = named.first { roots.append(chain(of: first).last { named.contains($0) } ?? first) }
    var all = Set(roots)
    for root in roots { all.formUnion(inside(root)) }
    return all
  }()

  private func isPlaceholderShell(_ element: Int) -> Bool { around(element) { $0.name == "template" } != nil }

  private func block(around heading: Int) -> Int {
    let blocks: Set<String> = ["section", "header", "article"]
    let roots: Set<String> = ["body", "main", "html"]
    var current = heading
    for ancestor in chain(of: heading).dropFirst() {
      if roots.contains(elements[ancestor].name) { return current }
      if elements[ancestor].children.contains(where: { $0 != current && blocks.contains(elements[$0].name) }) {
        return current
      }
      current = ancestor
      if blocks.contains(elements[ancestor].name) { return current }
    }
    return current
  }

  // MARK: Evidence

  func evidence(_ element: Int, _ says: String) -> Evidence {
    let stored = elements[element]
    let end = min(stored.span.end, stored.span.start &+ 200)
    return Evidence(file: stored.file, span: ByteSpan(start: stored.span.start, end: end), says: says)
  }

  func evidence(_ code: Code, _ says: String) -> Evidence { Evidence(file: code.file, span: code.span, says: says) }

  func evidence(sheet number: Int, _ span: ByteSpan, _ says: String) -> Evidence {
    Evidence(file: sheets[number].file, span: span, says: says)
  }
}
