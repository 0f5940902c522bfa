import JavaScriptSyntax
import Program

/// What is shown about a body that was chosen, and what hides it again.
struct OrreryPanels: Mechanic {
  static let id = "panel"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.page, ["of": .word("planets"), "opened-by": .word("click"), "closes-by": .word("button")]),
    .absent(OrreryExamples.plain, ["of": .word("planets")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    let program = orrery.program
    let shown = program.domWrites.filter { write in
      guard let value = write.value, [.text, .markup, .children].contains(write.kind) else { return false }
      return orrery.dependsOnBody(value)
    }
    var best: (facts: Int, by: Set<String>, elements: Set<Int>, site: Code)?
    var facts: Set<String> = []
    var openers: Set<String> = []
    var elements: Set<Int> = []
    var site: Code?
    for handler in orrery.handlers {
      let name = opener(handler)
      guard !name.isEmpty else { continue }
      let regions = Set(program.functionsReached(from: handler.function).map { $0.index })
      for write in shown where regions.contains(write.code.region.index) {
        guard let value = write.value else { continue }
        facts.formUnion(factNames(value, orrery))
        openers.insert(name)
        elements.formUnion(write.elements)
        site = site ?? write.code
      }
    }
    if let site { best = (facts.count, openers, elements, site) }
    if best == nil || facts.count < 2, let found = rendered(orrery, shown) { best = found }
    guard let best, best.facts > 0 else { return [] }
    var found: [String: Fact] = [
      "of": .word("planets"), "opened-by": .words(best.by.sorted()), "facts": .number(Double(best.facts)),
    ]
    var evidence = [orrery.evidence(best.site, "shows figures of the planet that was chosen")]
    let closing = closing(orrery, best.elements)
    if !closing.isEmpty {
      found["closes-by"] = .words(Set(closing.map { $0.0 }).sorted())
      evidence.append(orrery.evidence(closing[0].1, "hides it again"))
    }
    return [Finding(id, .found, facts: found, evidence: evidence)]
  }

  private static func opener(_ handler: HostCallback) -> String {
    if OrreryInput.isPress(handler.event) { return "click" }
    return ["keydown", "keyup"].contains(handler.event ?? "") ? "key" : ""
  }

  /// The figures that a value shows: members of records read in it and in what it calls or joins.
  private static func factNames(_ value: Code, _ orrery: Orrery) -> Set<String> {
    var result: Set<String> = []
    for location in orrery.slice(value) {
      if case .property(_, let name) = location, orrery.isOfBody(location) { result.insert(name) }
    }
    return result.subtracting(["name", "color", "colour", "id"])
  }

  /// A panel that a component renders from the state that a handler sets.
  private static func rendered(
    _ orrery: Orrery, _ shown: [DOMWrite]
  ) -> (facts: Int, by: Set<String>, elements: Set<Int>, site: Code)? {
    let program = orrery.program
    var written: Set<StateLocation> = []
    for handler in orrery.handlers where !opener(handler).isEmpty {
      for write in program.effects(of: handler.function) { written.formUnion(program.locations(of: write.target)) }
    }
    var facts: Set<String> = []
    var elements: Set<Int> = []
    var site: Code?
    for write in shown {
      guard let value = write.value,
        orrery.slice(value).contains(where: { written.contains($0) && !orrery.isOfBody($0) })
          || value.ancestors.contains(where: { isChosen($0, written, orrery) })
      else { continue }
      facts.formUnion(factNames(value, orrery))
      elements.formUnion(write.elements)
      site = site ?? write.code
    }
    return site.map { (facts.count, ["click"], elements, $0) }
  }

  private static func isChosen(_ code: Code, _ written: Set<StateLocation>, _ orrery: Orrery) -> Bool {
    guard code.kind == .logicalExpression || code.kind == .conditionalExpression, let test = code[.left] ?? code[.test]
    else {
      return false
    }
    return orrery.slice(test).contains { written.contains($0) }
  }

  /// What hides a panel: a handler that hides, empties or unmarks it or what holds it, or sets the choice to nothing.
  private static func closing(_ orrery: Orrery, _ elements: Set<Int>) -> [(String, Code)] {
    let program = orrery.program
    let document = program.document
    let writes = program.domWrites.filter { write in
      guard isHiding(write, program) else { return false }
      return write.elements.contains { owner in elements.contains { $0 == owner || document.isInside($0, owner) } }
    }
    var result: [(String, Code)] = []
    for handler in orrery.handlers {
      let by =
        ["keydown", "keyup"].contains(handler.event ?? "")
        ? "key"
        : OrreryInput.isPress(handler.event)
          ? (OrreryInput.name(of: handler, program) == "button" ? "button" : "outside") : ""
      guard !by.isEmpty else { continue }
      let regions = Set(program.functionsReached(from: handler.function).map { $0.index })
      if let write = writes.first(where: { regions.contains($0.code.region.index) }) { result.append((by, write.code)) }
      if let call = emptying(handler, orrery) { result.append((by, call)) }
    }
    return result
  }

  /// A call of a state's setter with nothing, in a component.
  private static func emptying(_ handler: HostCallback, _ orrery: Orrery) -> Code? {
    let program = orrery.program
    return handler.function.descendants.first { node in
      guard node.kind == .callExpression, let argument = node.list(.arguments).first, node.list(.arguments).count == 1
      else {
        return false
      }
      let value = program.constant(of: argument)
      return (value == .null || value == .bool(false) || value == .undefined && argument.text == "undefined")
        && program.objects(of: node[.callee] ?? node).contains { program.object($0).kind == .intrinsic }
    }
  }

  private static func isHiding(_ write: DOMWrite, _ program: ProgramModel) -> Bool {
    switch write.kind {
    case .shown: return write.code.calledName != "showModal" && write.code.calledName != "show"
    case .classes:
      return ["remove", "add", "toggle"].contains(write.code.calledName) || write.code.kind == .assignmentExpression
    case .style(let name):
      guard ["display", "visibility", "opacity", "transform", "left", "right"].contains(name), let value = write.value
      else {
        return false
      }
      let values = program.possibleConstants(of: value)?.compactMap { $0.string } ?? []
      return values.isEmpty
        || values.contains { ["none", "hidden", "0"].contains($0) || $0.hasPrefix("-") || $0.contains("translate") }
        || program.constant(of: value).number == 0
    default: return false
    }
  }
}

/// The names of bodies that show without anything being opened.
struct OrreryNames: Mechanic {
  static let id = "display"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["of": .word("planets"), "measure": .word("name"), "always": .flag(true)]),
    .absent(OrreryExamples.still, ["of": .word("planets")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    let program = orrery.program
    func finding(_ code: Code, _ place: String) -> [Finding] {
      [
        Finding(
          id, .found,
          facts: ["of": .word("planets"), "measure": .word("name"), "always": .flag(true), "where": .word(place)],
          evidence: [orrery.evidence(code, "shows the name of a planet")])
      ]
    }
    for node in orrery.nodes where ["fillText", "strokeText", "text"].contains(node.calledName) {
      guard program.callees(of: node).isEmpty, let first = node.list(.arguments).first,
        isAlways(node, orrery), isName(first, orrery)
      else { continue }
      return finding(node, "canvas")
    }
    for write in program.domWrites where [.text, .markup, .children].contains(write.kind) {
      guard let value = write.value, !orrery.handlerRegions.contains(write.code.region.index), isName(value, orrery),
        write.elements.isEmpty || write.elements.contains(where: { isAttached($0, orrery) })
      else { continue }
      return finding(write.code, "dom")
    }
    return []
  }

  private static func isAttached(_ number: Int, _ orrery: Orrery) -> Bool {
    let element = orrery.program.document.elements[number]
    if case .page = element.source { return true }
    if element.parent != nil || element.isAnywhere { return true }
    return orrery.nodes.contains { node in
      ["CSS2DObject", "CSS3DObject", "CSS3DSprite"].contains(node.calledName)
        && node.list(.arguments).contains { orrery.program.elements(of: $0).contains(number) }
    }
  }

  /// Whether something happens without an event.
  private static func isAlways(_ code: Code, _ orrery: Orrery) -> Bool {
    orrery.isInLoop(code) || !orrery.handlerRegions.contains(code.region.index)
  }

  /// Whether a value is made of the names of bodies, one after the other.
  private static func isName(_ value: Code, _ orrery: Orrery) -> Bool {
    guard orrery.dependsOnBody(value) else { return false }
    return ([value] + value.descendants).contains { orrery.names(of: $0).count >= 3 }
  }
}
