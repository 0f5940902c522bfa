import JavaScriptSyntax
import Program

/// What a reader can do with the entries of a list.
struct EntryActions {
  struct Action {
    var input: String
    var evidence: Evidence
    /// Whether it brings something to sight.
    var shows: Bool
    /// Whether it is done on an entry or on what belongs to it.
    var isOnEntry: Bool
    /// Whether it decides which entries show, or how much of them.
    var changesEntries: Bool
    /// What it brings to sight.
    var content: Set<String>
    /// The place of the entry it is done on.
    var entry: Int?
  }

  private(set) var actions: [Action] = []
  private let view: PageView
  private let list: EntryList
  private let tries: PageActions

  private static let clicks: Set<String> = ["click", "pointerdown", "mousedown", "pointerup", "mouseup"]
  private static let keys: Set<String> = ["keydown", "keyup", "keypress"]

  init(_ list: EntryList, _ scene: Scene) {
    view = scene.shared(PageView.self)
    tries = scene.shared(PageActions.self)
    self.list = list
    guard view.rehearsal != nil else {
      actions = WrittenActions(list, view).actions
      return
    }
    let members = list.elements.indices.prefix(2) + (list.elements.count > 2 ? [list.elements.count - 1] : [])
    for index in members { tryEntry(index) }
    trySurroundings()
    tryScrolling()
  }

  // MARK: On entries

  private func isControl(_ element: Int) -> Bool {
    let stored = view.elements[element]
    if ["button", "summary", "select"].contains(stored.name) { return true }
    if stored.name == "input", ["checkbox", "radio", "button"].contains(stored.attribute("type") ?? "") { return true }
    if stored.name == "a", (stored.attribute("href") ?? "").hasPrefix("#") || stored.attribute("href") == nil {
      return true
    }
    if let role = stored.attribute("role"), ["button", "tab", "switch", "option"].contains(role) { return true }
    return view.hears(Self.clicks.union(Self.keys).union(["toggle", "change"]), element)
  }

  private mutating func tryEntry(_ index: Int) {
    let entry = list.elements[index]
    let inner = [entry] + view.inside(entry)
    var candidates = inner.filter { isControl($0) && isActive($0) }
    // A handler around the list may tell entries apart by what is clicked.
    if candidates.isEmpty, view.isHeard(Self.clicks, entry) { candidates = [entry] }
    for element in candidates.prefix(6) {
      guard let (input, reveal) = reaction(element, in: entry) else { continue }
      let isOnMap = view.chain(of: element).prefix { $0 != entry }.contains {
        ["svg", "canvas"].contains(view.elements[$0].name)
      }
      keep(element, input, reveal, entry: index, isOnMap: isOnMap)
      if !reveal.shown.isEmpty { tries.dismiss(element) }
    }
  }

  private func isActive(_ element: Int) -> Bool {
    view.elements[element].name == "summary"
      || view.isHeard(Self.clicks.union(Self.keys).union(["change", "toggle"]), element)
      || ["input", "label"].contains(view.elements[element].name)
      || view.elements[element].hasAttribute("popovertarget")
      || view.elements[element].hasAttribute("commandfor")
  }

  private func reaction(_ element: Int, in entry: Int? = nil) -> (input: String, reveal: PageReveal)? {
    let name = view.elements[element].name
    if name == "select" { return tries.change(element).map { ("selection", $0) } }
    if let reveal = tries.click(element, hovering: entry), reveal.isChange,
      !reveal.shown.isEmpty || !reveal.hidden.isEmpty
    {
      if reveal.shown.isEmpty, let again = tries.click(element, hovering: entry), !again.shown.isEmpty {
        // It was open already; the second click opens it again.
        return (name == "summary" ? "native" : "click", again)
      }
      return (name == "summary" ? "native" : "click", reveal)
    }
    guard view.isHeard(Self.keys, element), let reveal = tries.press(element), reveal.isChange else { return nil }
    return ("key", reveal)
  }

  private mutating func keep(_ element: Int, _ input: String, _ reveal: PageReveal, entry: Int?, isOnMap: Bool) {
    let own = Set(([element] + view.inside(element)).map { view.tree.nodes[$0] })
    // A change of the label on the control itself shows nothing.
    let shown = reveal.shown.filter {
      !own.contains(reveal.tree.nodes[$0]) || input == "native" || entry.map { element == list.elements[$0] } ?? false
    }
    let hidden = reveal.hidden.subtracting(own)
    guard !shown.isEmpty || !hidden.isEmpty else { return }
    let entries = Set(list.elements.flatMap { [$0] + view.inside($0) }.map { view.tree.nodes[$0] })
    let inEntries = shown.contains { isInside($0, entries, reveal.tree) } || hidden.contains { entries.contains($0) }
    let holder = list.elements.first.flatMap { view.elements[$0].parent }.map { view.tree.nodes[$0] }
    let inList = inEntries || holder.map { node in shown.contains { isInside($0, [node], reveal.tree) } } ?? false
    // A window over the page leaves the list as it is.
    let beside = shown.filter { !isInWindow($0, reveal.tree) }
    let changes = !isOnMap && (inList || entry != nil && !beside.isEmpty)
    let place = view.rehearsal?.handlerPlace(Self.clicks.union(Self.keys), node: view.tree.nodes[element])
    let evidence =
      place.map { view.evidence($0, "a handler that acts on the entries") }
      ?? view.evidence(
        element, input == "native" ? "a native disclosure on an entry" : "acting on it changes what is shown")
    actions.append(
      Action(
        input: input, evidence: evidence, shows: !shown.isEmpty, isOnEntry: entry != nil, changesEntries: changes,
        content: RevealedContent(reveal.tree, shown, called: label(element)).kinds, entry: entry))
  }

  private func isInWindow(_ element: Int, _ tree: RenderedTree) -> Bool {
    var next: Int? = element
    while let current = next {
      let stored = tree.elements[current]
      if stored.name == "dialog" || stored.attribute("role") == "dialog" || stored.attribute("aria-modal") == "true" {
        return true
      }
      next = stored.parent
    }
    return false
  }

  private func label(_ element: Int) -> String { view.called(element) + " " + view.text(of: element) }

  private func isInside(_ element: Int, _ nodes: Set<Int>, _ tree: RenderedTree) -> Bool {
    var next: Int? = element
    while let current = next {
      if nodes.contains(tree.nodes[current]) { return true }
      next = tree.elements[current].parent
    }
    return false
  }

  // MARK: Scrolling

  /// A line or a mark that follows the reader through the list.
  private mutating func tryScrolling() {
    guard let rehearsal = view.rehearsal, let first = list.elements.first else { return }
    let holder = view.elements[first].parent ?? first
    let inner = [holder] + view.inside(holder)
    let nodes = Set(inner.map { view.tree.nodes[$0] })
    let before = rehearsal.changeCount
    rehearsal.scroll(pageOf: view.tree.nodes[first])
    let changed = rehearsal.changes.dropFirst(before).first { change in
      nodes.contains(change.node) && [.classes, .style, .text].contains(change.kind)
    }
    let styled = inner.first {
      view.sight.value("animation-timeline", $0).map { $0 != "auto" && $0 != "none" } ?? false
    }
    let evidence =
      changed?.place.map { view.evidence($0, "scrolling changes how the list is shown") }
      ?? styled.map { view.evidence($0, "its animation follows the scrolling") }
    guard let evidence else { return }
    actions.append(
      Action(input: "scroll", evidence: evidence, shows: false, isOnEntry: false, changesEntries: true, content: []))
  }

  // MARK: Around them

  /// Filters, tabs and maps that stand beside the list in its section.
  private mutating func trySurroundings() {
    guard let first = list.elements.first else { return }
    let blocks: Set<String> = ["section", "main", "body", "article"]
    guard let section = view.chain(of: first).dropFirst().first(where: { blocks.contains(view.elements[$0].name) })
    else {
      return
    }
    if ["main", "body"].contains(view.elements[section].name) { return }
    let inner = Set(list.elements.flatMap { [$0] + view.inside($0) })
    let candidates = view.inside(section).filter { !inner.contains($0) && isControl($0) && isActive($0) }
    for element in candidates.prefix(8) {
      guard let (input, reveal) = reaction(element) else { continue }
      let isOnMap = view.around(element) { $0.name == "svg" } != nil
      keep(element, input, reveal, entry: nil, isOnMap: isOnMap)
      if !reveal.shown.isEmpty { tries.dismiss(element) }
      if let last = actions.indices.last, isOnMap { actions[last].isOnEntry = true }
    }
  }
}

/// What kind of thing came to sight.
struct RevealedContent {
  private(set) var kinds: Set<String> = []

  private static let words: [(String, Vocabulary)] = [
    (
      "projects",
      Vocabulary([
        "project", "projekt", "projet", "proyecto", "progetto", "projeto", "case", "initiative", "プロジェクト", "项目",
      ])
    ),
    (
      "skills",
      Vocabulary([
        "skill", "stack", "tag", "tool", "tech", "technology", "technologies", "fähigkeit", "werkzeug", "compétence",
        "outil", "habilidad", "herramienta", "tecnologia", "tecnología", "competenza", "strumento", "system",
        "technique", "technik", "technologie", "スキル", "技術", "技能", "工具",
      ])
    ),
    (
      "team",
      Vocabulary([
        "team", "people", "colleague", "stakeholder", "collaborator", "mitarbeiter", "kollege", "équipe", "equipo",
        "squadra", "equipe", "zespół", "チーム", "团队",
      ])
    ),
    (
      "diagram",
      Vocabulary([
        "map", "graph", "diagram", "node", "karte", "diagramm", "carte", "mapa", "mappa", "schéma", "地図", "図",
      ])
    ),
  ]

  /// Names of tools that many people list.
  private static let tools = Vocabulary([
    "react", "vue", "svelte", "angular", "typescript", "javascript", "python", "django", "flask", "rails", "ruby",
    "golang", "rust", "kotlin", "swift", "java", "node.js", "nodejs", "graphql", "postgres", "postgresql", "mysql",
    "mongodb", "redis", "kafka", "kubernetes", "docker", "terraform", "aws", "gcp", "azure", "figma", "sketch",
    "photoshop", "illustrator", "tailwind", "css", "html", "sass", "webpack", "vite", "next.js", "nextjs", "laravel",
    "php", "wordpress", "d3", "webgl", "three.js", "spark", "airflow", "dbt", "tensorflow", "pytorch", "unity",
    "blender", "jenkins", "elixir", "scala",
  ])

  init(_ tree: RenderedTree, _ shown: [Int], called label: String) {
    let new = Set(shown)
    var short = [label]
    var tools = 0
    for element in shown.prefix(400) {
      let text = tree.ownText(of: element).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let words = text.split(separator: " ")
      if words.count <= 4 || EntryText.isDense(text) && text.count <= 12 {
        short.append(text)
      } else if let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }),
        text[..<colon].split(separator: " ").count <= 3
      {
        short.append(String(text[..<colon]))
      }
      tools +=
        text.split { ",·|/•;、".contains($0) || $0 == "+" }.filter { part in
          part.split(separator: " ").count <= 2 && Self.tools.matches(String(part))
        }.count
      for outer in [element] + Self.around(element, tree, new) {
        let stored = tree.elements[outer]
        short += ["id", "class", "aria-label"].compactMap { stored.attribute($0) }
        if stored.name == "svg" || stored.name == "canvas" { kinds.insert("diagram") }
      }
    }
    let joined = short.joined(separator: " ")
    for (kind, words) in Self.words where words.matches(joined) { kinds.insert(kind) }
    if tools >= 2 { kinds.insert("skills") }
    if shown.isEmpty { kinds = [] }
  }

  /// The elements around a new one that hold nothing but what is new.
  private static func around(_ element: Int, _ tree: RenderedTree, _ new: Set<Int>) -> [Int] {
    var result: [Int] = []
    var next = tree.elements[element].parent
    while let current = next, result.count < 6 {
      let old = tree.elements[current].children.contains { child in
        !new.contains(child) && !tree.ownText(of: child).allSatisfy(\.isWhitespace)
      }
      if old || !tree.ownText(of: current).allSatisfy(\.isWhitespace) && !new.contains(current) { break }
      result.append(current)
      next = tree.elements[current].parent
    }
    return result
  }
}

/// What acting on a role brings to sight.
struct RolePanels: Mechanic {
  static let id = "panel"
  static let examples: [Example] = [
    .found(
      "<section id=work><h2>Work</h2><div class=j><h3>Engineer</h3><p>Acme</p><time>2021</time><details><summary>Context</summary><p>Skills: Go</p></details></div><div class=j><h3>Clerk</h3><p>Bolt</p><time>2018</time></div></section>",
      ["of": .word("work"), "opened-by": .word("native"), "content": .words(["skills"])]),
    .absent(
      "<section id=work><h2>Work</h2><div class=j><h3>Engineer</h3><p>Acme</p><time>2021</time><p>Skills: Go</p></div><div class=j><h3>Clerk</h3><p>Bolt</p><time>2018</time></div></section>"
    ),
    .found(
      "<section id=work><h2>Work</h2><div class=j><h3>Engineer</h3><p>Acme</p><time>2021</time><button id=b>More</button><p id=m hidden>Skills: Go</p></div><div class=j><h3>Clerk</h3><p>Bolt</p><time>2018</time></div></section><script>b.onclick=()=>{m.hidden=!m.hidden}</script>",
      ["of": .word("work"), "opened-by": .word("click"), "content": .words(["skills"])]),
    .absent(
      "<section id=work><h2>Work</h2><div class=j><h3>Engineer</h3><p>Acme</p><time>2021</time><button id=b>More</button><p id=m hidden>Skills: Go</p></div><div class=j><h3>Clerk</h3><p>Bolt</p><time>2018</time></div></section><script>b.onclick=()=>{b.textContent='Less'}</script>"
    ),
  ]

  static func find(in scene: Scene) -> [Finding] {
    scene.shared(EntryLists.self).lists(of: "work").flatMap { list in
      scene.shared(EntryReactions.self).actions(on: list).compactMap { action in
        guard action.isOnEntry, action.shows else { return nil }
        var facts: [String: Fact] = ["of": .word("work"), "opened-by": .word(action.input)]
        if action.content.isEmpty {
          return Finding(
            id, .refused, facts: facts, evidence: [action.evidence],
            reason: "what it shows is not the context of a role")
        }
        facts["content"] = .words(action.content.sorted())
        return Finding(id, .found, facts: facts, evidence: [action.evidence])
      }
    }
  }
}

/// What a reader does to change which roles show, or how much of them.
struct EntryControls: Mechanic {
  static let id = "control"
  static let examples: [Example] = RolePanels.examples.map { example in
    var changed = example
    changed.facts = ["target": .word("entries"), "of": .word("work")]
    return changed
  }

  static func find(in scene: Scene) -> [Finding] {
    scene.shared(EntryLists.self).lists(of: "work").flatMap { list in
      scene.shared(EntryReactions.self).actions(on: list).compactMap { action in
        guard action.changesEntries else { return nil }
        let inputs = ["native": "disclosure", "key": "keyboard", "scroll": "scroll", "selection": "select"]
        return Finding(
          id, .found,
          facts: ["input": .word(inputs[action.input] ?? "button"), "target": .word("entries"), "of": .word("work")],
          evidence: [action.evidence])
      }
    }
  }
}

/// What can be done with the entries of each list, tried once.
final class EntryReactions: SharedAnalysis {
  private let scene: Scene
  private var known: [Int: [EntryActions.Action]] = [:]

  init(_ scene: Scene) { self.scene = scene }

  func actions(on list: EntryList) -> [EntryActions.Action] {
    if let actions = known[list.number] { return actions }
    let actions = EntryActions(list, scene).actions
    known[list.number] = actions
    return actions
  }
}
