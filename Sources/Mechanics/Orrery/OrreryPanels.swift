import JavaScriptSyntax
import Program

/// What is shown about a body that was chosen, and what hides it again.
struct OrreryPanels: Mechanic {
  static let id = "panel"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.page, ["of": .word("planets"), "opened-by": .word("click"), "closes-by": .word("button")]),
    .absent(OrreryExamples.plain, ["of": .word("planets")]),
    .broken(OrreryExamples.shutPage, ["of": .word("planets")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    return OrreryPanelFinder(orrery).find()
  }
}

/// Finds the panel of an orrery.
private struct OrreryPanelFinder {
  /// A text that tells something of a body.
  private struct Shown {
    var value: Code
    var elements: [Int]
    var code: Code
    var facts: Set<String>
  }

  private let orrery: Orrery
  private var program: ProgramModel { orrery.program }

  init(_ orrery: Orrery) { self.orrery = orrery }

  func find() -> [Finding] {
    let texts = texts().filter { isPresent($0) }
    var chosen: [Shown] = []
    var openers: Set<String> = []
    var opening: Set<Int> = []
    for handler in orrery.handlers {
      let name = opener(handler)
      guard !name.isEmpty else { continue }
      let regions = Set(program.functionsReached(from: handler.function).map { $0.index })
      let shown = texts.filter { regions.contains($0.code.region.index) }
      guard !shown.isEmpty else { continue }
      chosen += shown
      openers.insert(name)
      opening.formUnion(regions)
    }
    if chosen.reduce(into: Set<String>(), { $0.formUnion($1.facts) }).count < 2 {
      let state = chosenState()
      let followers = texts.filter { follows($0, state) }
      if !followers.isEmpty {
        chosen += followers
        openers.insert("click")
        opening.formUnion(orrery.handlerRegions)
      }
    }
    return judge(chosen, texts, openers, opening)
  }

  private func judge(_ chosen: [Shown], _ texts: [Shown], _ openers: Set<String>, _ opening: Set<Int>) -> [Finding] {
    let visibility = OrreryVisibility(orrery)
    let writes = program.domWrites.filter { opening.contains($0.code.region.index) || orrery.isInLoop($0.code) }
    var known: [Int: Bool] = [:]
    func isShut(_ text: Shown) -> Bool {
      guard !text.elements.isEmpty else { return false }
      return text.elements.allSatisfy { element in
        if let found = known[element] { return found }
        let found = visibility.staysHidden(element, after: writes)
        known[element] = found
        return found
      }
    }
    func facts(_ texts: [Shown]) -> Set<String> { texts.reduce(into: []) { $0.formUnion($1.facts) } }
    let seen = chosen.filter { !isShut($0) }
    let isShutUp = facts(seen).count < 2 && facts(chosen).count >= 2
    let told = isShutUp ? chosen : seen
    let count = facts(told).count
    guard let site = told.max(by: { $0.facts.count < $1.facts.count }), count > 0 else { return [] }
    let evidence = [orrery.evidence(site.code, "shows figures of the planet that was chosen")]
    if isShutUp {
      return [
        Finding(
          "panel", .broken, facts: ["of": .word("planets"), "opened-by": .words(openers.sorted())], evidence: evidence,
          reason: "the panel is filled and stays hidden: nothing that happens then takes away what hides it",
          failure: .structural, advice: "Show the panel when it is filled.")
      ]
    }
    var found: [String: Fact] = [
      "of": .word("planets"), "opened-by": .words(openers.sorted()), "facts": .number(Double(count)),
    ]
    let closing = closing(Set(told.flatMap { $0.elements }), told, writes)
    if !closing.isEmpty { found["closes-by"] = .words(Set(closing.map { $0.0 }).sorted()) }
    return [
      Finding(
        "panel", .found, facts: found,
        evidence: evidence + closing.prefix(1).map { orrery.evidence($0.1, "hides it again") })
    ]
  }

  private func opener(_ handler: HostCallback) -> String {
    if OrreryInput.isPress(handler.event) { return "click" }
    return OrreryInput.isKey(handler.event) ? "key" : ""
  }

  // MARK: Texts

  /// Everything that shows something of a body: text and markup of elements, text that is painted.
  private func texts() -> [Shown] {
    var result: [Shown] = []
    for write in program.domWrites where [.text, .markup, .children].contains(write.kind) {
      guard let value = write.value else { continue }
      if let facts = factNames(value) {
        result.append(Shown(value: value, elements: write.elements, code: write.code, facts: facts))
      }
    }
    for node in orrery.nodes where ["fillText", "text", "strokeText"].contains(node.calledName) {
      guard program.callees(of: node).isEmpty, let value = node.list(.arguments).first, let facts = factNames(value)
      else { continue }
      result.append(Shown(value: value, elements: [], code: node, facts: facts))
    }
    for node in orrery.nodes where node.kind == .jsxExpressionContainer || node.kind == .jsxAttribute {
      guard let parent = node.parent,
        let value = node.kind == .jsxAttribute ? orrery.expression(of: node) : node[.expression],
        node.kind == .jsxAttribute || parent.kind == .jsxElement || parent.kind == .jsxFragment,
        value.kind != .jsxEmptyExpression,
        !result.contains(where: { $0.value == value }), node.kind != .jsxAttribute || isTextProperty(node)
      else { continue }
      if let facts = factNames(value) { result.append(Shown(value: value, elements: [], code: node, facts: facts)) }
    }
    return result
  }

  /// A property of a component that shows what it is given: `<Row label="Radius" value={planet.radius}/>`.
  private func isTextProperty(_ attribute: Code) -> Bool {
    guard let opening = attribute.parent, let name = opening[.name], name.kind == .jsxIdentifier,
      name.name.first?.isUppercase ?? false,
      ["value", "text", "content", "children", "label"].contains(attribute[.name]?.name ?? "")
    else { return false }
    return true
  }

  /// Whether the element that is to show a text exists.
  private func isPresent(_ text: Shown) -> Bool {
    if !text.elements.isEmpty { return true }
    guard text.code.kind == .assignmentExpression || text.code.kind == .callExpression,
      let target = text.code[.left]?.unwrapped[.object] ?? text.code[.callee]?.unwrapped[.object]
    else { return true }
    let objects = program.objects(of: target).map { program.object($0) }
    return objects.isEmpty || objects.contains { $0.path != "null" }
  }

  /// The figures that a value shows; `nil` when it shows nothing of a body.
  ///
  /// Members of records are followed through variables, results and parameters, but not into what the members themselves
  /// follow from.
  private func factNames(_ value: Code) -> Set<String>? {
    var names: Set<String> = []
    var isOfBody = false
    var seen = program.directDependencies(of: value)
    var pending = Array(seen)
    var steps = 0
    while let next = pending.popLast(), steps < 1_500 {
      steps += 1
      if case .property(let object, let name) = next, orrery.bodies.contains(object) || orrery.carriers.contains(object)
      {
        if orrery.bodies.contains(object) {
          isOfBody = true
          let isList = name == "*" || orrery.parallels.contains(object)
          names.formUnion(isList ? orrery.facts(inColumn: object) : orrery.facts(named: name))
          continue
        }
      }
      if case .binding(let binding) = next, orrery.bodyBindings.contains(binding) {
        isOfBody = true
        names.formUnion(orrery.facts(of: binding))
        continue
      }
      if orrery.isShared(next) || orrery.isChanging(next) { continue }
      for place in program.directDependencies(of: next) where seen.insert(place).inserted { pending.append(place) }
    }
    return isOfBody ? names : nil
  }

  // MARK: State

  /// The state that says which body is chosen.
  private func chosenState() -> Set<StateLocation> {
    var result: Set<StateLocation> = []
    for handler in orrery.handlers where !opener(handler).isEmpty {
      for change in orrery.changes(by: handler.function) {
        guard change.value.map({ orrery.namesBody($0) || orrery.dependsOnBody($0) || isEventTarget($0) }) ?? false
        else { continue }
        result.formUnion(change.places.filter { !orrery.isOfBody($0) })
      }
    }
    return result
  }

  private func isEventTarget(_ value: Code) -> Bool {
    orrery.slice(value).contains { place in
      if case .external(let path) = place {
        path.contains("Event") || path.contains("intersect") || path.contains("Raycaster")
      } else {
        false
      }
    }
  }

  private func follows(_ text: Shown, _ chosen: Set<StateLocation>) -> Bool {
    guard !chosen.isEmpty else { return false }
    if orrery.ownSlice(text.value).contains(where: { chosen.contains($0) }) { return true }
    if text.value.ancestors.contains(where: { isChosen($0, chosen) }) { return true }
    let conditions = program.conditions(of: text.code).locations
    return conditions.contains { chosen.contains($0) }
  }

  private func isChosen(_ code: Code, _ chosen: Set<StateLocation>) -> Bool {
    guard code.kind == .logicalExpression || code.kind == .conditionalExpression, let test = code[.left] ?? code[.test]
    else {
      return false
    }
    return orrery.slice(test).contains { chosen.contains($0) }
  }

  // MARK: Closing

  /// What hides a panel: a handler that hides, empties or unmarks it or what holds it, or sets the choice to nothing.
  private func closing(_ elements: Set<Int>, _ texts: [Shown], _ opening: [DOMWrite]) -> [(String, Code)] {
    let document = program.document
    let visibility = OrreryVisibility(orrery)
    let writes = program.domWrites.filter { write in
      guard isHiding(write) else { return false }
      let held = elements.filter { element in
        write.elements.contains { $0 == element || document.isInside(element, $0) }
      }
      guard !held.isEmpty else { return false }
      switch write.kind {
      // Emptying one of several parts leaves the panel where it is.
      case .markup, .text: return held.count == elements.count
      case .classes: return held.contains { visibility.hides(write, $0, shownBy: opening) }
      default: return true
      }
    }
    var result: [(String, Code)] = []
    let state = chosenState()
    for handler in orrery.handlers {
      let by =
        OrreryInput.isKey(handler.event)
        ? "key"
        : OrreryInput.isPress(handler.event) || handler.event == "change" || handler.event == "pointermissed"
          ? (OrreryInput.name(of: handler, program) == "button" ? "button" : "outside") : ""
      guard !by.isEmpty else { continue }
      if let write = writes.first(where: { Paths(orrery).leads(from: handler.function, to: $0.code) }) {
        result.append((by, write.code))
      }
      if let call = emptying(handler, texts, state) { result.append((by, call)) }
    }
    for element in elements {
      if let form = around(element, "dialog"), let button = inside(form, "form", method: "dialog") {
        result.append(("native", button))
      }
    }
    return result
  }

  private func around(_ element: Int, _ name: String) -> Int? {
    var current: Int? = element
    while let next = current {
      if program.document.elements[next].name == name { return next }
      current = program.document.elements[next].parent
    }
    return nil
  }

  private func inside(_ element: Int, _ name: String, method: String) -> Code? {
    let isThere = program.document.elements.contains {
      $0.name == name && $0.attribute("method") == method && program.document.isInside($0.id, element)
    }
    return isThere ? program.domWrites.first?.code : nil
  }

  /// What a handler itself hands to the parameter that a value is.
  private func given(_ value: Code, by handler: HostCallback) -> Constant? {
    guard let binding = program.binding(of: value.unwrapped), binding.kind == .parameter,
      let function = binding.declarations.first?.enclosingFunction,
      let position = function.list(.params).firstIndex(where: { program.binding(of: $0)?.id == binding.id })
    else { return nil }
    var found: Constant?
    handler.function.forEachInRegion { call in
      guard call.kind == .callExpression, program.callees(of: call).contains(function) else { return }
      let arguments = call.list(.arguments)
      guard arguments.indices.contains(position) else { return }
      let constant = program.constant(of: arguments[position])
      // What is nothing has to come past the conditions of the function that it is handed to.
      if constant.truth == false, !Paths(orrery).leads(through: function, [binding.id: false], to: value) { return }
      if found == nil || constant.truth == false { found = constant }
    }
    return found
  }

  /// A change of the choice to nothing.
  private func emptying(_ handler: HostCallback, _ texts: [Shown], _ chosen: Set<StateLocation>) -> Code? {
    for change in orrery.changes(by: handler.function) {
      guard let value = change.value, !change.places.isEmpty else { continue }
      let constant = given(value, by: handler) ?? program.constant(of: value)
      let isNothing =
        constant == .null || constant == .bool(false) || constant == .undefined && value.text.contains("undefined")
        || value.text.hasPrefix("void ")
        || constant.number == -1
        || value.unwrapped.kind == .arrowFunctionExpression
          && value.descendants.contains { $0.kind == .unaryExpression && $0.detail == .not }
      guard isNothing else { continue }
      let places = Set(change.places)
      guard !places.isDisjoint(with: chosen) || texts.contains(where: { isRenderedBy($0, places) }) else { continue }
      if texts.contains(where: { follows($0, places) && (change.write == nil || orrery.isLive($0.code)) }),
        Paths(orrery).leads(from: handler.function, to: change.site)
      {
        return change.site
      }
    }
    return nil
  }

  /// Whether a condition around a text reads places itself: `{isOpen && <Panel/>}`.
  private func isRenderedBy(_ text: Shown, _ places: Set<StateLocation>) -> Bool {
    text.code.ancestors.contains { ancestor in
      guard [.logicalExpression, .conditionalExpression, .ifStatement].contains(ancestor.kind),
        let test = ancestor[.test] ?? ancestor[.left]
      else {
        return false
      }
      return !program.directDependencies(of: test).isDisjoint(with: places)
    }
  }

  private func isHiding(_ write: DOMWrite) -> Bool {
    switch write.kind {
    case .shown:
      if let value = write.value, program.constant(of: value) == .bool(false), write.code.kind == .assignmentExpression
      {
        return program.propertyName(of: write.code[.left]?.unwrapped ?? write.code) == "open"
      }
      return write.code.calledName != "showModal" && write.code.calledName != "show"
    case .classes:
      return ["remove", "add", "toggle", "removeClass", "addClass", "toggleClass"].contains(write.code.calledName)
        || write.code.kind == .assignmentExpression
    case .attribute("aria-hidden"), .attribute("data-open"), .attribute("data-state"), .attribute("open"):
      return orrery.hasRule(forAttribute: write)
    case .markup, .text:
      return write.value.flatMap { program.constant(of: $0).string }?.isEmpty ?? false
    case .style(let name):
      guard
        ["display", "visibility", "opacity", "transform", "left", "right", "bottom", "top", "translate"].contains(name),
        let value = write.value
      else { return false }
      let values = program.possibleConstants(of: value)?.compactMap { $0.string } ?? []
      return values.isEmpty
        || values.contains { ["none", "hidden", "0"].contains($0) || $0.hasPrefix("-") || $0.contains("translate") }
        || program.constant(of: value).number == 0
    case .children: return ["remove", "removeChild"].contains(write.code.calledName)
    default: return false
    }
  }
}

extension Orrery {
  /// Whether a place is a parameter of a function that several calls share, so that it says nothing of one of them.
  func isShared(_ place: StateLocation) -> Bool {
    guard case .binding(let id) = place, program.binding(id).kind == .parameter,
      let function = program.binding(id).declarations.first?.enclosingFunction
    else { return false }
    return program.callers(of: function).count > 1
  }

  /// Whether a place gets other values as time goes on: what it holds now tells nothing of where they came from.
  func isChanging(_ place: StateLocation) -> Bool {
    switch place {
    case .property: return program.writes(of: place).contains { $0.kind == .assignment || $0.kind == .update }
    case .binding(let id):
      let binding = program.binding(id)
      guard binding.kind != .parameter, let declaration = binding.declarations.first else { return false }
      return program.writes(of: id).contains { $0.kind != .initializer && $0.site.region != declaration.region }
    default: return false
    }
  }

  /// What a value depends on without what other calls of the functions on the way bring in.
  func ownSlice(_ code: Code) -> Set<StateLocation> {
    var seen = program.directDependencies(of: code)
    var pending = Array(seen)
    while let next = pending.popLast(), seen.count < 2_000 {
      if isShared(next) { continue }
      for place in program.directDependencies(of: next) where seen.insert(place).inserted { pending.append(place) }
    }
    return seen
  }

  /// What a member of a body's record tells: nothing for names, colours and files, several things for a table of its own.
  func facts(named name: String) -> Set<String> {
    var kinds: Set<String> = []
    for record in records.prefix(12) {
      let value =
        record.object?[name]
        ?? Int(name).flatMap { index in record.array.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
      guard let value else { continue }
      switch value {
      case .string(let text): if !isLook(text) { kinds.insert(name) }
      case .object(let table): for key in table.names.prefix(12) { kinds.insert(name + "." + key) }
      case .array(let items):
        let told = items.filter { item in item.string.map { !isLook($0) } ?? (item.number == nil) }
        for index in told.indices.prefix(12) { kinds.insert(name + ".\(index)") }
      case .function, .null, .undefined: break
      default: kinds.insert(name)
      }
    }
    if kinds.isEmpty, !records.contains(where: { $0.object?[name] != nil || Int(name) != nil }) { kinds.insert(name) }
    return kinds
  }

  /// What a list with one value for each body tells: one thing, unless it holds names or colours.
  func facts(inColumn list: ObjectID) -> Set<String> {
    let values = program.object(list).site.flatMap { program.constant(of: $0).array } ?? []
    if !values.isEmpty, values.allSatisfy({ $0.string.map { isLook($0) } ?? false }) { return [] }
    return ["[\(list.index)]"]
  }

  func facts(of binding: BindingID) -> Set<String> {
    let values = program.possibleConstants(of: binding)?.compactMap { $0.string } ?? []
    if !values.isEmpty, values.allSatisfy({ isLook($0) }) { return [] }
    return ["#\(binding.index)"]
  }

  private func isLook(_ text: String) -> Bool {
    if body(called: text) != nil { return true }
    let text = text.lowercased()
    return text.hasPrefix("#") || text.hasPrefix("rgb") || text.hasPrefix("hsl") || text.contains("gradient(")
      || [".jpg", ".jpeg", ".png", ".webp", ".svg", ".gltf", ".glb"].contains { text.hasSuffix($0) }
      || text.hasPrefix("0x")
      || text.utf8.count <= 1 || text.unicodeScalars.count <= 2 && !text.contains(where: { $0.isLetter || $0.isNumber })
  }
}
