import JavaScriptSyntax
import Program

/// What a reader can do with the entries of a list.
struct EntryActions {
  struct Action {
    var input: String
    var evidence: Evidence
    /// Whether it shows or hides something.
    var shows: Bool
    /// Whether each entry has its own.
    var isOnEntry: Bool
    /// Whether the entries themselves are hidden or shown.
    var changesEntries: Bool
    /// What it brings to sight.
    var content: Set<String>
  }

  private(set) var actions: [Action] = []
  private let view: PageView

  init(_ list: EntryList, _ view: PageView) {
    self.view = view
    let roots = Set(list.elements)
    var inner = roots
    for root in list.elements { inner.formUnion(view.inside(root)) }
    for element in inner.sorted() where view.elements[element].name == "details" {
      let parts = view.inside(element)
      let text = view.text(of: element)
      actions.append(
        Action(
          input: "native", evidence: view.evidence(element, "a native disclosure on an entry"), shows: parts.count > 1,
          isOnEntry: true,
          changesEntries: true,
          content: content(of: text + " " + parts.map { view.called($0) }.joined(separator: " "), parts)))
    }
    let renderers = list.renderers.filter { $0.kind.isFunction || $0.kind == .program }
    for callback in view.program.callbacks where callback.kind == .event {
      guard
        ["click", "keydown", "keyup", "toggle", "pointerdown", "change", "input", "scroll", "keypress"].contains(
          callback.event ?? "")
      else { continue }
      let isOnEntry = callback.elements.contains { inner.contains($0) } || isRendered(callback, renderers)
      let action = read(callback, inner, roots, isOnEntry: isOnEntry)
      if let action { actions.append(action) }
    }
  }

  /// Whether a handler is registered by the function that renders an entry, or by one that it calls.
  private func isRendered(_ callback: HostCallback, _ renderers: [Code]) -> Bool {
    let region = callback.registration.region
    return renderers.contains { renderer in
      guard renderer.kind.isFunction else { return false }
      return renderer == region || renderer.contains(callback.registration)
        || view.program.functionsReached(from: renderer).contains(region)
    }
  }

  private func read(_ callback: HostCallback, _ inner: Set<Int>, _ roots: Set<Int>, isOnEntry: Bool) -> Action? {
    let program = view.program
    let reached = program.functionsReached(from: callback.function)
    let writes = program.domWrites.filter { write in
      reached.contains { $0 == write.code.region || $0.contains(write.code) && write.code.region == $0 }
    }
    let touching = writes.filter { write in write.elements.contains { inner.contains($0) } }
    guard isOnEntry && !writes.isEmpty || !touching.isEmpty else { return nil }
    let changes = touching.contains { write in
      switch write.kind {
      case .shown, .classes, .style, .attribute: write.elements.contains { inner.contains($0) }
      default: false
      }
    }
    let elements = Set(writes.flatMap { $0.elements }).sorted()
    let words = reached.map { program.label($0) } + elements.map { view.called($0) + " " + view.text(of: $0) }
    let calls = reached.flatMap { function -> [String] in
      var names: [String] = []
      function.forEachInRegion {
        if $0.kind == .memberExpression || $0.kind == .identifier {
          names.append(program.propertyName(of: $0) ?? $0.name)
        }
      }
      return names
    }
    let owner = callback.elements.map { view.called($0) + " " + view.text(of: $0) }
    let input = callback.event == "scroll" ? "scroll" : callback.event?.hasPrefix("key") ?? false ? "key" : "click"
    return Action(
      input: input, evidence: view.evidence(callback.registration, "a handler that acts on the entries"), shows: true,
      isOnEntry: isOnEntry, changesEntries: changes,
      content: content(of: (words + calls + owner).joined(separator: " "), elements.flatMap { [$0] + view.inside($0) }))
  }

  private static let kinds: [(String, Vocabulary)] = [
    ("projects", Vocabulary(["project", "projekt", "projet", "proyecto", "progetto", "projeto", "case"])),
    (
      "skills",
      Vocabulary([
        "skill", "stack", "tag", "tool", "tech", "technology", "fähigkeit", "compétence", "habilidad", "competenza",
        "system",
      ])
    ),
    ("team", Vocabulary(["team", "people", "colleague", "mitarbeiter", "équipe", "equipo", "squadra", "equipe"])),
    ("diagram", Vocabulary(["map", "graph", "diagram", "node", "karte", "carte", "mapa", "mappa"])),
  ]

  private func content(of text: String, _ parts: [Int]) -> Set<String> {
    // `map` is also what every array offers; only an element or a label may speak of a map.
    let words = text.split(separator: " ").filter { $0 != "map" || parts.contains { view.elements[$0].name == "svg" } }
    let cleaned = words.joined(separator: " ")
    var result = Set(Self.kinds.filter { $0.1.matches(cleaned) }.map { $0.0 })
    if parts.contains(where: {
      view.elements[$0].name == "svg"
        && view.inside($0).contains { ["line", "circle", "text"].contains(view.elements[$0].name) }
    }) {
      result.insert("diagram")
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
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    return scene.shared(EntryLists.self).lists(of: "work").flatMap { list in
      EntryActions(list, view).actions.compactMap { action in
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
    let view = scene.shared(PageView.self)
    return scene.shared(EntryLists.self).lists(of: "work").flatMap { list in
      EntryActions(list, view).actions.compactMap { action in
        guard action.changesEntries else { return nil }
        let inputs = ["native": "disclosure", "key": "keyboard", "scroll": "scroll"]
        return Finding(
          id, .found,
          facts: ["input": .word(inputs[action.input] ?? "button"), "target": .word("entries"), "of": .word("work")],
          evidence: [action.evidence])
      }
    }
  }
}
