import JavaScriptSyntax
import Program

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
    if let finding = painted(orrery) ?? written(orrery) ?? rendered(orrery) { return [finding] }
    return listed(orrery)
  }

  private static func facts(_ place: String) -> [String: Fact] {
    ["of": .word("planets"), "measure": .word("name"), "always": .flag(true), "where": .word(place)]
  }

  private static func finding(_ code: Code, _ place: String, _ orrery: Orrery) -> Finding {
    Finding(id, .found, facts: facts(place), evidence: [orrery.evidence(code, "shows the name of a planet")])
  }

  private static func painted(_ orrery: Orrery) -> Finding? {
    for node in orrery.nodes
    where ["fillText", "strokeText", "text", "TextGeometry", "SpriteText", "Text"].contains(node.calledName) {
      guard orrery.program.callees(of: node).isEmpty || node.kind == .newExpression,
        let first = node.list(.arguments).first,
        isAlways(node, orrery), isName(first, orrery), !isOfChoice(node, orrery)
      else { continue }
      return finding(node, "canvas", orrery)
    }
    return nil
  }

  private static func written(_ orrery: Orrery) -> Finding? {
    let program = orrery.program
    let visibility = OrreryVisibility(orrery)
    for write in program.domWrites where [.text, .markup, .children].contains(write.kind) {
      if write.code.kind == .jsxExpressionContainer { continue }
      guard let value = write.value, !orrery.handlerRegions.contains(write.code.region.index), isName(value, orrery),
        write.elements.isEmpty
          || write.elements.contains(where: { isAttached($0, orrery) && !isTucked($0, visibility, orrery) }),
        !isOfChoice(write.code, orrery)
      else { continue }
      return finding(write.code, "dom", orrery)
    }
    return nil
  }

  /// Names among the children of components: `<Text>{planet.name}</Text>`.
  private static func rendered(_ orrery: Orrery) -> Finding? {
    for node in orrery.nodes where node.kind == .jsxExpressionContainer {
      guard let parent = node.parent, parent.kind == .jsxElement, let value = node[.expression],
        isNameItself(value, orrery),
        !isOfChoice(node, orrery), parent[.openingElement]?[.name]?.originalName != "option"
      else { continue }
      return finding(node, "jsx", orrery)
    }
    return nil
  }

  /// Names that stand in the page itself.
  private static func listed(_ orrery: Orrery) -> [Finding] {
    let visibility = OrreryVisibility(orrery)
    var found: Set<Int> = []
    var first: DOMElement?
    for element in orrery.program.document.elements
    where element.children.isEmpty && element.name != "option" && element.name != "script" && element.name != "style"
      && element.name != "title"
    {
      guard case .page = element.source, let text = orrery.program.document.text(of: element.id),
        let body = orrery.body(called: text),
        !isTucked(element.id, visibility, orrery)
      else { continue }
      found.insert(body)
      first = first ?? element
    }
    guard found.count >= 8, let first else { return [] }
    return [
      Finding(
        id, .found, facts: facts("dom"),
        evidence: [Evidence(file: first.file, span: first.span, says: "the page names the planets")])
    ]
  }

  // MARK: Showing

  private static func isAttached(_ number: Int, _ orrery: Orrery) -> Bool {
    let program = orrery.program
    let element = program.document.elements[number]
    if case .page = element.source { return true }
    if element.parent != nil || element.isAnywhere { return true }
    return orrery.nodes.contains { node in
      guard ["CSS2DObject", "CSS3DObject", "CSS3DSprite"].contains(node.calledName),
        node.list(.arguments).contains(where: { program.elements(of: $0).contains(number) })
      else { return false }
      return !isSwitchedOff(node, orrery) && areLabelsRendered(orrery)
    }
  }

  /// Whether the labels that a library keeps are drawn: its renderer for labels has to render.
  private static func areLabelsRendered(_ orrery: Orrery) -> Bool {
    let renderers = orrery.constructions.filter { ["CSS2DRenderer", "CSS3DRenderer"].contains($0.calledName) }
    guard !renderers.isEmpty else { return !orrery.program.bindings.isEmpty && orrery.constructions.isEmpty }
    let made = Set(renderers.flatMap { orrery.program.objects(of: $0) })
    return orrery.nodes.contains { node in
      guard node.calledName == "render", let receiver = node[.callee]?.unwrapped[.object] else { return false }
      let objects = orrery.program.objects(of: receiver)
      return objects.isEmpty || !made.isDisjoint(with: objects)
    }
  }

  /// Whether a label is made invisible at first: `label.visible = false`.
  private static func isSwitchedOff(_ made: Code, _ orrery: Orrery) -> Bool {
    let program = orrery.program
    let objects = Set(program.objects(of: made))
    return program.accesses(to: "visible").contains { access in
      guard let owner = access.object, !objects.isDisjoint(with: program.objects(of: owner)),
        !orrery.handlerRegions.contains(access.code.region.index), !orrery.isInLoop(access.code),
        let value = access.write?.value
      else { return false }
      return program.constant(of: value) == .bool(false)
    }
  }

  /// Whether an element or one around it is hidden, or shows only while it is pointed at.
  private static func isTucked(_ number: Int, _ visibility: OrreryVisibility, _ orrery: Orrery) -> Bool {
    var current: Int? = number
    var steps = 0
    while let next = current, steps < 64 {
      let element = orrery.program.document.elements[next]
      if ["option", "select", "title", "template"].contains(element.name) { return true }
      if visibility.isHidden(next), !isRevealedAtOnce(next, orrery) { return true }
      current = element.parent
      steps += 1
    }
    return false
  }

  /// Whether something that runs by itself gives a hidden element a look of its own.
  private static func isRevealedAtOnce(_ element: Int, _ orrery: Orrery) -> Bool {
    orrery.program.domWrites(to: element).contains { write in
      guard !orrery.handlerRegions.contains(write.code.region.index) || orrery.isInLoop(write.code) else {
        return false
      }
      switch write.kind {
      case .style("display"), .style("opacity"), .style("visibility"), .style("transform"), .style("left"),
        .style("top"), .shown:
        return true
      case .classes: return write.code.calledName == "add" || write.code.calledName == "toggle"
      default: return false
      }
    }
  }

  /// Whether something happens without an event.
  private static func isAlways(_ code: Code, _ orrery: Orrery) -> Bool {
    orrery.isInLoop(code) || !orrery.handlerRegions.contains(code.region.index)
  }

  /// Whether something shows only of the body that was chosen or is pointed at.
  private static func isOfChoice(_ code: Code, _ orrery: Orrery) -> Bool {
    var inner = code
    for ancestor in code.ancestors.prefix(24) {
      defer { inner = ancestor }
      if ancestor.kind.isFunction { break }
      if ancestor.kind == .blockStatement, orrery.waitsForChoice(ancestor, before: inner) { return true }
      guard [.ifStatement, .logicalExpression, .conditionalExpression].contains(ancestor.kind),
        let test = ancestor[.test] ?? ancestor[.left],
        !test.contains(code)
      else { continue }
      if orrery.isOffAtFirst(test) { return true }
    }
    return false
  }

  /// Whether what stands between the tags of a component is a name, and not further components.
  private static func isNameItself(_ value: Code, _ orrery: Orrery) -> Bool {
    guard !value.descendants.contains(where: { $0.kind == .jsxElement || $0.kind == .jsxFragment }) else {
      return false
    }
    return isName(value, orrery)
  }

  /// Whether a value is made of the names of bodies, one after the other.
  private static func isName(_ value: Code, _ orrery: Orrery) -> Bool {
    guard orrery.isOfBodies(value) else { return false }
    return ([value] + value.descendants).contains { orrery.names(of: $0).count >= 3 }
  }
}

extension Orrery {
  /// Whether a block leaves early while nothing is chosen: `if (!planet) return null`.
  func waitsForChoice(_ block: Code, before statement: Code) -> Bool {
    block.list(.body).contains { earlier in
      guard earlier < statement, earlier.kind == .ifStatement, let test = earlier[.test]?.unwrapped,
        test.kind == .unaryExpression,
        test.detail == .not, let subject = test[.argument],
        earlier[.consequent]?.descendants.contains(where: { $0.kind == .returnStatement }) ?? false
      else { return false }
      let places = ownSlice(subject)
      guard !places.isDisjoint(with: changedPlaces) || isOffAtFirst(subject) else { return false }
      return isOffAtFirst(subject)
        || places.contains { place in
          program.writes(of: place).contains { write in
            guard let value = write.value?.unwrapped, !handlerRegions.contains(write.site.region.index) else {
              return false
            }
            let given =
              ["useState", "ref", "shallowRef"].contains(value.calledName) ? value.list(.arguments).first : value
            return given.map { program.constant(of: $0) == .null || $0.text == "undefined" } ?? true
          }
        }
    }
  }

  /// Whether a test compares with what was chosen, or reads a flag that is off until a handler turns it on.
  func isOffAtFirst(_ test: Code) -> Bool {
    let test = test.unwrapped
    if test.kind == .logicalExpression, test.detail == .or {
      return [test[.left], test[.right]].allSatisfy { $0.map { isOffAtFirst($0) } ?? false }
    }
    if test.kind == .logicalExpression, test.detail == .and {
      return [test[.left], test[.right]].contains { $0.map { isOffAtFirst($0) } ?? false }
    }
    if test.kind == .binaryExpression, [.equal, .strictEqual].contains(test.detail) {
      return [test[.left], test[.right]].contains { $0.map { isOffAtFirst($0) } ?? false }
    }
    for place in program.locations(of: test) {
      let writes = program.writes(of: place)
      let isHandled = writes.contains { handlerRegions.contains($0.site.region.index) } || isComponentState(place)
      guard isHandled,
        let first = writes.first(where: { !handlerRegions.contains($0.site.region.index) }) ?? writes.first
      else { continue }
      var value = first.value?.unwrapped
      if value?.calledName == "useState" || value?.calledName == "ref" || value?.calledName == "useRef" {
        value = value?.list(.arguments).first
      }
      guard let value else { return true }
      let constant = program.constant(of: value)
      if constant.truth == false || value.text == "null" { return true }
    }
    return false
  }

  private func isComponentState(_ place: StateLocation) -> Bool {
    guard case .binding(let id) = place, let declaration = program.binding(id).declarations.first else { return false }
    return declaration.parent?.kind == .arrayPattern
  }
}
