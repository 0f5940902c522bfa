import JavaScriptSyntax
import Program
import SourceText
import StyleSyntax

/// The aspects of access that apply to the pages.
struct PageAccess: Mechanic {
  static let id = "accessibility"
  static let examples: [Example] = [
    .found("<html lang=en><h1>A</h1>", ["aspect": .word("language"), "holds": .flag(true)]),
    .found("<h1>A</h1>", ["aspect": .word("language"), "holds": .flag(false)]),
    .found("<h1>A</h1><img src='data:,'>", ["aspect": .word("alternatives"), "holds": .flag(false)]),
    .found("<h1>A</h1><img src='data:,' alt=''>", ["aspect": .word("alternatives"), "holds": .flag(true)]),
    .absent("<h1>A</h1>", ["aspect": .word("alternatives")]),
    .found("<h1>A</h1><h1>B</h1>", ["aspect": .word("main-heading"), "holds": .flag(false)]),
    .found("<h1>A</h1>", ["aspect": .word("main-heading"), "holds": .flag(true)]),
    .found(
      "<style>a{outline:none}</style><h1>A</h1><a href=#b>b</a>", ["aspect": .word("focus"), "holds": .flag(false)]),
    .found(
      "<style>a{outline:0} a:focus-visible{box-shadow:0 0 0 3px}</style><h1>A</h1><a href=#b>b</a>",
      ["aspect": .word("focus"), "holds": .flag(true)]),
    .found(
      "<style>:focus:not(:focus-visible){outline:0}</style><h1>A</h1><a href=#b>b</a>",
      ["aspect": .word("focus"), "holds": .flag(true)]),
    .found(
      "<style>@keyframes s{to{rotate:1turn}} h1{animation:s 2s infinite}</style><h1>A</h1>",
      ["aspect": .word("reduced-motion"), "holds": .flag(false)]),
    .found(
      "<style>@keyframes s{to{rotate:1turn}} h1{animation:s 2s infinite} @media (prefers-reduced-motion:reduce){h1{animation:none}}</style><h1>A</h1>",
      ["aspect": .word("reduced-motion"), "holds": .flag(true)]),
    .absent("<h1>A</h1>", ["aspect": .word("reduced-motion")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    guard !view.visible.isEmpty else { return [] }
    return languages(view) + alternatives(view) + headings(view) + [focus(view)].compactMap { $0 }
      + [reducedMotion(view)].compactMap { $0 }
  }

  private static func finding(_ aspect: String, _ holds: Bool, _ evidence: [Evidence]) -> Finding {
    Finding(id, .found, facts: ["aspect": .word(aspect), "holds": .flag(holds)], evidence: evidence)
  }

  private static func languages(_ view: PageView) -> [Finding] {
    view.visible.filter { view.elements[$0].name == "html" && !isComponent(view.elements[$0].file) }.map { element in
      let stored = view.elements[element]
      let holds = stored.hasAttribute("lang") && stored.attribute("lang")?.isEmpty != true
      return finding(
        "language", holds, [view.evidence(element, holds ? "the language is declared" : "no language is declared")])
    }
  }

  private static func isComponent(_ file: String) -> Bool { file.hasSuffix(".vue") || file.hasSuffix(".svelte") }

  private static func alternatives(_ view: PageView) -> [Finding] {
    let pictures = view.visible.filter { view.elements[$0].name == "img" || view.elements[$0].name == "area" }
    guard !pictures.isEmpty else { return [] }
    let bare = pictures.filter { picture in
      let stored = view.elements[picture]
      let spared = ["alt", ":alt", "v-bind:alt", "aria-label", "aria-labelledby", "title"]
      if spared.contains(where: { stored.hasAttribute($0) }) { return false }
      if stored.attribute("role") == "presentation" || stored.attribute("role") == "none" { return false }
      if view.chain(of: picture).contains(where: { view.elements[$0].attribute("aria-hidden") == "true" }) {
        return false
      }
      guard view.rehearsal == nil else { return true }
      return !view.program.domWrites(to: picture).contains { $0.kind == .attribute("alt") }
    }
    if bare.isEmpty {
      return [finding("alternatives", true, [view.evidence(pictures[0], "every picture has an alternative")])]
    }
    return [
      finding("alternatives", false, bare.prefix(5).map { view.evidence($0, "a picture without an alternative") })
    ]
  }

  private static func headings(_ view: PageView) -> [Finding] {
    let all = view.visible.filter { element in
      let stored = view.elements[element]
      return stored.name == "h1" || stored.attribute("role") == "heading" && stored.attribute("aria-level") == "1"
    }
    if view.rehearsal != nil { return renderedHeadings(all, view) }
    let pages = Set(view.program.document.pages.map { $0.file }.filter { !isComponent($0) })
    let byPage = Dictionary(grouping: all) { pages.contains(view.elements[$0].file) ? view.elements[$0].file : "" }
    let scripted = byPage[""] ?? []
    return pages.sorted().compactMap { page in
      let here = (byPage[page] ?? []).filter { if case .page = view.elements[$0].source { true } else { false } }
      let found = here.isEmpty ? scripted + (byPage[page] ?? []) : here
      guard let root = view.visible.first(where: { view.elements[$0].file == page }) else { return nil }
      let places = found.isEmpty ? [root] : Array(found.prefix(4))
      let says = found.count == 1 ? "the single main heading" : "\(found.count) main headings"
      return finding("main-heading", found.count == 1, places.map { view.evidence($0, says) })
    }
  }
}

// Headings of pages whose scripts are followed
extension PageAccess {
  private static func renderedHeadings(_ all: [Int], _ view: PageView) -> [Finding] {
    let pages = view.visible.filter { view.elements[$0].parent == nil && view.elements[$0].name == "html" }
    let files = Set(pages.map { view.elements[$0].file })
    let groups = Dictionary(grouping: all.filter { view.sight.isShown($0) }) { element in
      let page = view.page(of: element)
      return files.contains(page) ? page : ""
    }
    let roots = pages.isEmpty ? Array(view.visible.prefix(1)) : pages
    return roots.map { root in
      let found = groups[pages.isEmpty ? "" : view.elements[root].file] ?? []
      let says = found.count == 1 ? "the single main heading" : "\(found.count) main headings"
      let places = found.isEmpty ? [root] : Array(found.prefix(4))
      return finding("main-heading", found.count == 1, places.map { view.evidence($0, says) })
    }
  }
}

// Focus
extension PageAccess {
  private static func focus(_ view: PageView) -> Finding? {
    let isActive: Set<String> = ["a", "button", "input", "textarea", "select", "summary"]
    guard let first = view.visible.first(where: { isActive.contains(view.elements[$0].name) }) else { return nil }
    let rules = FocusRules(view)
    if let removed = rules.unreplaced {
      return finding(
        "focus", false,
        [view.evidence(sheet: removed.sheet, removed.span, "the outline is taken away and nothing replaces it")])
    }
    if let bare = view.visible.first(where: { removesByClass(view.elements[$0]) }) {
      return finding("focus", false, [view.evidence(bare, "a class takes the outline away and nothing replaces it")])
    }
    return finding("focus", true, [view.evidence(first, "what can be focused shows it")])
  }

  private static func removesByClass(_ element: DOMElement) -> Bool {
    let classes = (element.attribute("class") ?? "").split(separator: " ")
    let removes = classes.contains {
      ["outline-none", "focus:outline-none", "outline-hidden", "focus:outline-hidden"].contains($0)
    }
    let isActive = ["a", "button", "input", "textarea", "select"].contains(element.name)
    return removes && isActive
      && !classes.contains {
        $0.contains("focus") && $0.contains(":") && !$0.hasSuffix("outline-none") && !$0.hasSuffix("outline-hidden")
      }
  }
}

/// The rules that take outlines away and those that give them back.
private struct FocusRules {
  struct Rule {
    var sheet: Int
    var span: ByteSpan
    var selectors: [String]
    var removes = false
    var shows = false
  }

  private var rules: [Rule] = []

  init(_ view: PageView) {
    for (number, entry) in view.sheets.enumerated() {
      let sheet = entry.sheet
      for node in sheet.nodes.indices where sheet.nodes[node].kind == .declaration {
        add(node, sheet, number)
      }
    }
  }

  private mutating func add(_ node: Int, _ sheet: StyleSheet, _ number: Int) {
    let parent = sheet.nodes[node].parent
    guard parent != StyleNode.none, Int(parent) < sheet.nodes.count else { return }
    let rule = Int(parent)
    guard let block = sheet.blockSpan(of: rule) else { return }
    let name = sheet.name(of: node).lowercased()
    let value = sheet.valueText(of: node).lowercased()
    let first = value.split(whereSeparator: { $0 == " " || $0 == "!" }).first.map(String.init) ?? ""
    let removes = ["outline", "outline-style", "outline-width"].contains(name) && ["none", "0", "0px"].contains(first)
    let showing: Set<String> = [
      "outline", "outline-color", "outline-style", "outline-width", "box-shadow", "border", "border-color",
      "border-bottom",
      "border-bottom-color", "background", "background-color", "text-decoration", "transform", "color", "fill",
      "stroke",
      "stroke-width", "r",
    ]
    let shows = !removes && showing.contains(name) && value != "none"
    guard removes || shows else { return }
    let whole = sheet.span(of: rule)
    let prelude = sheet.text(ByteSpan(start: whole.start, end: max(whole.start, block.start)))
    let selectors = prelude.split { $0 == "," || $0 == "{" }.map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    if let last = rules.indices.last, rules[last].sheet == number, rules[last].selectors == selectors {
      rules[last].removes = rules[last].removes || removes
      rules[last].shows = rules[last].shows || shows
    } else {
      rules.append(
        Rule(sheet: number, span: sheet.span(of: node), selectors: selectors, removes: removes, shows: shows))
    }
  }

  /// The first rule that takes the outline from what can be focused, where no rule shows focus by other means.
  var unreplaced: (sheet: Int, span: ByteSpan)? {
    let replaced: [String] = rules.filter { $0.shows }.flatMap { (rule: Rule) -> [String] in rule.selectors }
      .filter { (selector: String) -> Bool in selector.contains(":focus") }
    let bases = Set(replaced.map { FocusRules.base(of: $0) })
    let general = bases.contains("") || bases.contains("*") || bases.contains(":where()")
    for rule in rules where rule.removes {
      for selector in rule.selectors {
        if selector.contains("not(:focus-visible)") || selector.contains("[tabindex") || selector.contains("::") {
          continue
        }
        if ["main", "section", "body", "html", "h1", "h2", "dialog"].contains(FocusRules.base(of: selector)) {
          continue
        }
        let base = FocusRules.base(of: selector)
        if selector.contains(":focus"), rule.shows { continue }
        if general || bases.contains(base) || bases.contains(FocusRules.last(base)) { continue }
        let children = replaced.contains { (other: String) -> Bool in
          other.hasPrefix(base + ":focus") || other.hasPrefix(base + " ")
        }
        if children { continue }
        return (rule.sheet, rule.span)
      }
    }
    return nil
  }

  private static func base(of selector: String) -> String {
    var text = selector
    for state in [":focus-visible", ":focus-within", ":focus"] {
      while let range = text.firstRange(of: state) { text.removeSubrange(range) }
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func last(_ selector: String) -> String {
    selector.split(separator: " ").last.map(String.init) ?? selector
  }
}

// Reduced motion
extension PageAccess {
  private static func reducedMotion(_ view: PageView) -> Finding? {
    guard let moving = continuousMotion(view) else { return nil }
    let place = respect(view)
    return finding("reduced-motion", place != nil, [moving] + [place].compactMap { $0 })
  }

  private static func continuousMotion(_ view: PageView) -> Evidence? {
    for element in view.visible {
      for pseudo in [nil, "before", "after"] as [String?] {
        let animations = view.resolver.animations(of: element, in: .desktop, pseudoElement: pseudo)
        let isEndless = animations.contains { $0.isInfinite && $0.canRun && view.index.keyframes[$0.name ?? ""] != nil }
        if isEndless { return view.evidence(element, "something moves on and on") }
      }
      let utilities = utilityClasses(in: view.elements[element].attribute("class") ?? "")
      if utilities.contains(where: { $0.variants.isEmpty && $0.animations.contains { $0.isInfinite } }) {
        return view.evidence(element, "a class keeps it moving")
      }
    }
    if let endless = view.rehearsal?.endlessAnimations.first {
      if let place = endless.place { return view.evidence(place, "a script starts an animation that never ends") }
    }
    let loop = view.program.callbacks.first { callback in
      callback.kind == .frame && callback.repeats && view.program.isReachable(callback.function)
    }
    return loop.map { view.evidence($0.registration, "a script keeps drawing") }
  }

  private static func respect(_ view: PageView) -> Evidence? {
    for query in view.index.mediaQueries where query.list.asks(about: "prefers-reduced-motion") {
      let sheet = view.sheets[query.source].sheet
      let span = query.node.map { sheet.nameSpan(of: $0) } ?? ByteSpan(start: 0, end: 0)
      return view.evidence(sheet: query.source, span, "less motion is given to those who ask for it")
    }
    for element in view.visible {
      let classes = view.elements[element].attribute("class") ?? ""
      if classes.contains("motion-reduce:") || classes.contains("motion-safe:") {
        return view.evidence(element, "a class gives less motion to those who ask for it")
      }
    }
    for unit in view.program.units {
      for index in unit.tree.nodes.indices {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        switch code.kind {
        case .literal, .templateLiteral:
          guard code.text.contains("prefers-reduced-motion") else { continue }
        case .identifier, .jsxIdentifier:
          guard code.name == "useReducedMotion" || code.name == "reducedMotion" else { continue }
        default: continue
        }
        if view.program.isReachable(code) {
          return view.evidence(code, "the script asks whether less motion is wanted")
        }
      }
    }
    return nil
  }
}
