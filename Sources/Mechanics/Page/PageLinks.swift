import Ingest
import JavaScriptSyntax
import MarkupSyntax
import Program

/// Where an address leads, and whether that exists.
struct LinkTarget {
  var leads: String
  var resolves: Bool
}

/// The addresses that a program's pages lead to.
final class LinkResolver: SharedAnalysis {
  private let view: PageView
  private var anchors: Set<String> = []
  /// The ids of each page, where scripts are followed.
  private var pageAnchors: [String: Set<String>] = [:]
  private var paths: Set<String> = []
  private var routes: Set<String> = []

  init(_ scene: Scene) {
    view = scene.shared(PageView.self)
    let project = scene.program.project
    paths = Set(project.files.map { $0.path } + project.otherPaths)
    for element in view.visible {
      if let id = view.elements[element].identifier {
        anchors.insert(id)
        if view.rehearsal != nil { pageAnchors[view.page(of: element), default: []].insert(id) }
      }
      if view.elements[element].name == "a", let name = view.elements[element].attribute("name") {
        anchors.insert(name)
      }
    }
    readCode(scene.program)
  }

  /// The ids that running code gives: attributes of components, values that depend on data, options of helpers.
  private func readCode(_ program: ProgramModel) {
    for unit in program.units {
      for index in unit.tree.nodes.indices {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        switch code.kind {
        case .jsxAttribute:
          guard let name = code[.name]?.name, name == "id" || name == "path" else { continue }
          keep(code[.value], as: name, program)
        case .property:
          guard let name = program.propertyName(of: code), name == "id" || name == "path" else { continue }
          keep(code[.value], as: name, program)
        case .assignmentExpression:
          guard let left = code[.left], left.kind == .memberExpression, program.propertyName(of: left) == "id" else {
            continue
          }
          keep(code[.right], as: "id", program)
        default: continue
        }
      }
    }
  }

  private func keep(_ value: Code?, as name: String, _ program: ProgramModel) {
    if name == "id", view.rehearsal != nil { return }
    guard var value, program.isReachable(value) else { return }
    if value.kind == .jsxExpressionContainer, let inner = value[.expression] { value = inner }
    let texts = (program.possibleConstants(of: value) ?? []).compactMap { $0.string }
    if name == "id" { anchors.formUnion(texts) } else { routes.formUnion(texts) }
  }

  /// Where an address that stands in a file leads.
  func target(of address: String, in file: String) -> LinkTarget {
    let text = address.trimmed
    let lower = text.lowercased()
    if text.isEmpty || text == "#" || text == "#!" || lower.hasPrefix("javascript:") {
      return LinkTarget(leads: "nowhere", resolves: false)
    }
    if lower.hasPrefix("mailto:") { return LinkTarget(leads: "mail", resolves: text.utf8.count > 7) }
    if lower.hasPrefix("tel:") || lower.hasPrefix("sms:") {
      return LinkTarget(leads: "phone", resolves: text.utf8.count > 4)
    }
    if lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("//") {
      return LinkTarget(leads: "external", resolves: !PlaceholderText.isFillerAddress(text))
    }
    if text.hasPrefix("#") {
      let anchor = String(text.dropFirst())
      if anchor.lowercased() == "top" && !anchors.contains(anchor) { return LinkTarget(leads: "top", resolves: true) }
      if anchor.hasPrefix("/") { return LinkTarget(leads: "page", resolves: routes.isEmpty || routes.contains(anchor)) }
      return LinkTarget(leads: "section", resolves: anchors.contains(anchor))
    }
    return local(text, in: file)
  }

  private func local(_ address: String, in file: String) -> LinkTarget {
    let path = address.prefix { $0 != "#" && $0 != "?" }
    let fragment = address.firstIndex(of: "#").map { address[address.index(after: $0)...] }
    if let fragment, path == "/" || path.isEmpty || path == "./" || path == "index.html" || path == "/index.html" {
      return LinkTarget(leads: "section", resolves: fragment.isEmpty || anchors.contains(String(fragment)))
    }
    if routes.contains(String(path)) || routes.contains(String(path.drop { $0 == "/" })) {
      return LinkTarget(leads: "page", resolves: true)
    }
    let name = path.split(separator: "/").last ?? ""
    let isPage = !name.contains(".") || name.hasSuffix(".html") || name.hasSuffix(".htm")
    return LinkTarget(leads: isPage ? "page" : "file", resolves: path == "/" || holds(String(path), from: file))
  }

  /// Whether the project holds the file at a local address.
  func holds(_ address: String, from file: String) -> Bool {
    let folder = file.split(separator: "/").dropLast().map(String.init)
    var parts = address.hasPrefix("/") ? [] : folder
    for part in decoded(address).split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    let path = parts.joined(separator: "/")
    let tail = path.isEmpty ? ["index.html"] : [path, path + ".html", path + "/index.html"]
    let page = folder.joined(separator: "/")
    let roots = [
      "", "public/", "static/", "src/", page.isEmpty ? "" : page + "/", "src/pages/", "pages/", "app/", "src/app/",
    ]
    for root in roots {
      for end in tail where paths.contains(root + end) { return true }
      for ending in ["tsx", "jsx", "vue", "svelte", "astro", "ts", "js", "md"] {
        if root.contains("pages/"), paths.contains(root + path + "." + ending) { return true }
        if root.contains("app/"), paths.contains(root + path + "/page." + ending) { return true }
      }
    }
    if address.hasPrefix("/") {
      // The project may lie in a folder of its own below what was read.
      return paths.contains { $0.hasSuffix("public/" + path) || $0.hasSuffix("static/" + path) }
    }
    return false
  }

  private func decoded(_ address: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(address.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether something handles a click on an element or on what holds it, the page as a whole left out.
  func isHandled(_ element: Int) -> Bool { view.isHeard(["click", "pointerdown", "mousedown"], element) }

  /// The addresses of a link: what is written, or each that a computed one can be.
  func addresses(of element: Int) -> [String] {
    let stored = view.elements[element]
    if let written = stored.attribute("href") ?? stored.attribute("to") { return [written] }
    guard view.rehearsal == nil else { return [] }
    return view.program.domWrites(to: element).filter { $0.kind == .attribute("href") || $0.kind == .attribute("to") }
      .flatMap { write in write.value.flatMap { view.program.possibleConstants(of: $0) } ?? [] }.compactMap {
        $0.string
      }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// The links of the pages.
struct PageLinks: Mechanic {
  static let id = "link"
  static let examples: [Example] = [
    .found(
      "<nav><a href=#b>b</a></nav><section id=b>x</section>",
      ["place": .word("navigation"), "leads": .word("section"), "resolves": .flag(true)]),
    .found("<nav><a href=#b>b</a></nav>", ["place": .word("navigation"), "resolves": .flag(false)]),
    .found("<nav><a href=#top>b</a></nav>", ["leads": .word("top"), "resolves": .flag(true)]),
    .found("<a href=#>b</a>", ["leads": .word("nowhere"), "resolves": .flag(false)]),
    .found(
      "<footer><a href='https://ada.dev/x'>b</a></footer>", ["place": .word("footer"), "leads": .word("external")]),
    .found("<a href='mailto:a@ada.dev'>b</a>", ["leads": .word("mail"), "resolves": .flag(true)]),
    Example(
      .found, files: ["index.html": "<nav><a href=about.html>a</a></nav>", "about.html": "<p>a"],
      ["leads": .word("page"), "resolves": .flag(true)]),
    .found("<nav><a href=gone.html>a</a></nav>", ["leads": .word("page"), "resolves": .flag(false)]),
    .absent("<a>no address</a>"),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    let resolver = scene.shared(LinkResolver.self)
    var result: [Finding] = []
    for element in view.visible where view.elements[element].name == "a" {
      let file = view.elements[element].file
      for address in resolver.addresses(of: element).prefix(64) {
        var target = resolver.target(of: address, in: file)
        if target.leads == "nowhere", resolver.isHandled(element) {
          target = LinkTarget(leads: "section", resolves: true)
        }
        let says =
          target.resolves
          ? "the link leads to \(address)" : "nothing is at \(address.isEmpty ? "the empty address" : address)"
        result.append(
          Finding(
            id, .found,
            facts: [
              "place": .word(place(of: element, view)), "leads": .word(target.leads),
              "resolves": .flag(target.resolves),
            ], evidence: [view.evidence(element, says)]))
      }
    }
    return result
  }

  private static func place(of element: Int, _ view: PageView) -> String {
    for ancestor in view.chain(of: element) {
      let stored = view.elements[ancestor]
      if stored.attribute("role") == "navigation" || stored.name == "nav" {
        let isInFooter = view.around(ancestor) { $0.name == "footer" } != nil
        return isInFooter ? "footer" : "navigation"
      }
      if stored.name == "footer" { return "footer" }
      if stored.name == "header" { return "header" }
    }
    return "main"
  }
}
