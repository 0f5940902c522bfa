import JavaScriptSyntax
import Program

/// What a reader can do with the entries of a list, as far as it is written, for pages whose scripts are not followed.
struct WrittenActions {
  private(set) var actions: [EntryActions.Action] = []
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
        EntryActions.Action(
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
      if let action = read(callback, inner, roots, isOnEntry: isOnEntry) { actions.append(action) }
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

  private func read(_ callback: HostCallback, _ inner: Set<Int>, _ roots: Set<Int>, isOnEntry: Bool) -> EntryActions
    .Action?
  {
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
    return EntryActions.Action(
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
