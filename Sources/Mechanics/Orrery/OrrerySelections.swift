import JavaScriptSyntax
import Program

/// How the reader chooses a body in the picture.
struct OrrerySelections: Mechanic {
  static let id = "control"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.page, ["target": .word("selection"), "through": .word("hit-test")]),
    .absent(OrreryExamples.plain, ["target": .word("selection")]),
    .absent(OrreryExamples.deafPage, ["target": .word("selection")]),
  ]

  private struct Hit {
    var through: String
    var code: Code
    var says: String
    /// Where what was hit is kept.
    var places: Set<StateLocation>
  }

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    let program = orrery.program
    var result: [Finding] = []
    var seen: Set<String> = []
    func add(_ through: String, _ code: Code, _ says: String) {
      guard seen.insert(through).inserted else { return }
      result.append(
        Finding(
          id, .found,
          facts: [
            "input": .word("pointer"), "target": .word("selection"), "of": .word("planets"), "through": .word(through),
          ], evidence: [orrery.evidence(code, says)]))
    }
    let presses = orrery.handlers.filter { OrreryInput.isPress($0.event) }
    let hits = hits(orrery)
    for handler in presses {
      let regions = program.functionsReached(from: handler.function)
      let numbers = Set(regions.map { $0.index })
      for hit in hits {
        if numbers.contains(hit.code.region.index) {
          add(hit.through, hit.code, hit.says)
        } else if !hit.places.isEmpty, regions.contains(where: { reads($0, hit.places, orrery) }) {
          add(hit.through, hit.code, hit.says)
        }
      }
      guard let through = attachment(handler, orrery), selects(handler, regions, orrery) else { continue }
      add(
        through, handler.registration,
        through == "label" ? "acts on a planet's label" : "acts on the drawn planet itself")
    }
    return result
  }

  private static func reads(_ region: Code, _ places: Set<StateLocation>, _ orrery: Orrery) -> Bool {
    var found = false
    region.forEachInRegion { node in
      guard !found, node.kind == .identifier || node.kind == .memberExpression, !node.isWriteTarget else { return }
      found = orrery.program.locations(of: node).contains { places.contains($0) }
    }
    return found
  }

  // MARK: Hits

  private static let orders: Set<NodeDetail> = [.less, .lessOrEqual, .greater, .greaterOrEqual]
  private static let rays: Set<String> = [
    "intersectObjects", "intersectObject", "pick", "pickWithRay", "multiPick", "isPointInPath", "isPointInStroke",
    "elementFromPoint", "hitTest",
  ]

  /// Everything that finds out which body is under the pointer, with the effect that it is kept or handed on.
  private static func hits(_ orrery: Orrery) -> [Hit] {
    let program = orrery.program
    var result: [Hit] = []
    for node in orrery.nodes where orrery.handlerRegions.contains(node.region.index) || orrery.isLive(node) {
      if rays.contains(node.calledName), program.callees(of: node).isEmpty, node.kind == .callExpression {
        let isTest = node.calledName.hasPrefix("isPoint")
        if isTest {
          guard let places = choice(by: node, orrery) else { continue }
          result.append(
            Hit(through: "hit-test", code: node, says: "asks whether the pointer is on a planet", places: places))
        } else if isAimed(node, orrery),
          orrery.isUsed(node) || program.callees(of: node).isEmpty && writesTarget(node, orrery)
        {
          result.append(
            Hit(
              through: "raycast", code: node, says: "finds the planet under the pointer by a ray",
              places: keeps(node, orrery)))
        }
      }
      if node.kind == .binaryExpression, orders.contains(node.detail), isHit(node, orrery),
        let places = choice(by: node, orrery)
      {
        result.append(
          Hit(
            through: "hit-test", code: node, says: "compares the pointer's place with that of a planet", places: places)
        )
      }
    }
    return result
  }

  /// Whether the ray goes through the pointer's place, as far as what casts it is known.
  private static func isAimed(_ call: Code, _ orrery: Orrery) -> Bool {
    guard call.calledName.hasPrefix("intersectObject"), let receiver = call[.callee]?.unwrapped[.object],
      !orrery.program.objects(of: receiver).isEmpty
    else { return true }
    return orrery.slice(receiver).union(orrery.slice(call)).contains {
      if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false }
    }
  }

  /// `raycaster.intersectObjects(list, true, target)` fills its third argument.
  private static func writesTarget(_ call: Code, _ orrery: Orrery) -> Bool { call.list(.arguments).count >= 3 }

  private static func keeps(_ call: Code, _ orrery: Orrery) -> Set<StateLocation> {
    var result: Set<StateLocation> = []
    for place in orrery.outlets(of: call) {
      result.insert(place)
      // What is taken out of the result may be kept for another handler.
      for write in orrery.program.writes(in: call.region) {
        if let value = write.value, orrery.program.dependencies(of: value).locations.contains(place) {
          result.formUnion(orrery.program.locations(of: write.target).filter { !orrery.isLocal($0, to: call.region) })
        }
      }
    }
    return result
  }

  private static func isHit(_ test: Code, _ orrery: Orrery) -> Bool {
    let parts = [test[.left], test[.right]].compactMap { $0 }
    let locations = parts.reduce(into: Set<StateLocation>()) { $0.formUnion(orrery.slice($1)) }
    let isOfBody =
      locations.contains { orrery.isOfBody($0) || orrery.isOfCarrier($0) } || parts.contains { orrery.isOfBodies($0) }
    guard isOfBody else { return false }
    return locations.contains { if case .external(let path) = $0 { OrreryInput.isPointer(path) } else { false } }
  }

  /// Where a test leaves the body that it holds for; `nil` when nothing comes of it.
  private static func choice(by test: Code, _ orrery: Orrery) -> Set<StateLocation>? {
    var current = test
    for _ in 0..<24 {
      guard let parent = current.parent else { return nil }
      switch parent.kind {
      case .ifStatement:
        guard parent[.test] == current else { return nil }
        let branches = [parent[.consequent], parent[.alternate]].compactMap { $0 }
        if let found = handOn(branches, orrery) { return found }
        // `if (d > r) continue;` leaves the rest of the block to the body that was hit.
        guard let block = parent.parent, block.kind == .blockStatement,
          branches.contains(where: {
            $0.descendants.contains { [.continueStatement, .returnStatement].contains($0.kind) }
          })
        else { return nil }
        let after = block.list(.body).filter { $0 > parent }
        return handOn(after, orrery)
      case .conditionalExpression where parent[.test] == current:
        let branches = [parent[.consequent], parent[.alternate]].compactMap { $0 }
        if branches.contains(where: { orrery.namesBody($0) }) {
          return orrery.isUsed(parent) ? orrery.outlets(of: parent) : nil
        }
        return handOn(branches, orrery)
      case .logicalExpression where parent[.left] == current && parent.detail == .and:
        if let right = parent[.right], let found = handOn([right], orrery) { return found }
      case .variableDeclarator:
        guard let id = parent[.id], let binding = orrery.program.binding(of: id) else { return nil }
        for read in orrery.program.reads(of: binding.id) where read != id {
          if let found = choice(by: read, orrery) { return found }
        }
        return nil
      case .returnStatement, .arrowFunctionExpression:
        let function = parent.kind == .returnStatement ? parent.region : parent
        return chosen(by: function, orrery)
      case .expressionStatement, .blockStatement, .program: return nil
      default: break
      }
      current = parent
    }
    return nil
  }

  /// A function whose result says whether a body is hit: a callback of `find`, or a test that others call.
  private static func chosen(by function: Code, _ orrery: Orrery) -> Set<StateLocation>? {
    if let call = function.parent, call.kind == .callExpression, call.list(.arguments).contains(function) {
      guard ["find", "findLast", "filter", "findIndex", "some"].contains(call.calledName), orrery.isUsed(call) else {
        return nil
      }
      return orrery.outlets(of: call)
    }
    for call in orrery.program.callers(of: function) where call.kind == .callExpression && call.region != function {
      if let found = choice(by: call, orrery) { return found }
    }
    return nil
  }

  /// Where code hands a body on: a variable or property that is read, a call, a result.
  private static func handOn(_ branches: [Code], _ orrery: Orrery) -> Set<StateLocation>? {
    let program = orrery.program
    var result: Set<StateLocation>?
    for node in branches.flatMap({ $0.descendants }) {
      switch node.kind {
      case .assignmentExpression:
        guard let value = node[.right], let target = node[.left]?.unwrapped else { continue }
        if target.kind == .memberExpression,
          ["textContent", "innerHTML", "innerText"].contains(program.propertyName(of: target) ?? ""),
          orrery.isOfBodies(value)
        {
          result = result ?? []
        }
        guard orrery.namesBody(value), target.kind == .memberExpression || orrery.isReadElsewhere(target) else {
          continue
        }
        let places = Set(program.locations(of: target))
        result = (result ?? []).union(places)
        // A local that is given back goes where the call's result goes.
        if target.kind == .identifier { result?.formUnion([.result(node.region.index)]) }
      case .returnStatement:
        guard let value = node[.argument], orrery.namesBody(value) else { continue }
        result = (result ?? []).union([.result(node.region.index)])
      case .callExpression:
        let isHanded =
          node.list(.arguments).contains { orrery.namesBody($0) }
          || node[.callee]?.unwrapped[.object].map { orrery.namesBody($0) && node.parent?.kind == .expressionStatement }
            ?? false
        if isHanded, !["set", "log", "hypot", "dist"].contains(node.calledName) { result = result ?? [] }
      default: continue
      }
    }
    return result
  }

  // MARK: Handlers on what is drawn

  private static let shapes: Set<String> = [
    "mesh", "group", "circle", "g", "sphere", "Sphere", "ellipse", "path", "sprite", "points", "instancedMesh",
    "a.mesh",
    "primitive", "image", "rect", "button", "div", "span", "img",
  ]

  /// What of a drawn body a handler is attached to; `nil` for other things.
  private static func attachment(_ handler: HostCallback, _ orrery: Orrery) -> String? {
    if let opening = opening(of: handler), let name = opening[.name]?.text, shapes.contains(name) {
      if !["button", "div", "span", "img"].contains(name) { return "element" }
      let isPlaced = opening.list(.attributes).contains { attribute in
        guard ["style", "transform"].contains(attribute[.name]?.name ?? ""),
          let value = orrery.expression(of: attribute)
        else {
          return false
        }
        return isPlacing(value, orrery)
      }
      if isPlaced { return "element" }
      if opening.ancestors.contains(where: {
        $0.kind == .jsxElement && $0[.openingElement]?[.name]?.originalName == "Html"
      }) {
        return "label"
      }
    }
    if orrery.isPlacedElement(handler.elements) { return "element" }
    if orrery.isLabel(handler.elements) { return "label" }
    if handler.elements.contains(where: { around in
      orrery.placedElements.contains { orrery.program.document.isInside($0, around) }
    }),
      targetsBody(handler, orrery)
    {
      return "element"
    }
    let libraries = handler.targets.filter {
      $0.contains("pixi") || $0.contains("phaser") || $0.contains("konva") || $0.contains("d3:")
    }
    return libraries.isEmpty ? nil : "element"
  }

  private static func isPlacing(_ style: Code, _ orrery: Orrery) -> Bool {
    ["left", "top", "transform", "translate"].contains { style.text.contains($0) }
      && style.descendants.contains { orrery.isOfBodies($0) }
  }

  private static func opening(of handler: HostCallback) -> Code? {
    if handler.registration.kind == .jsxAttribute { return handler.registration.parent }
    return handler.registration.ancestors.first { $0.kind == .jsxOpeningElement }
  }

  /// Whether a handler around the drawn bodies looks up by the event's target which one it is.
  private static func targetsBody(_ handler: HostCallback, _ orrery: Orrery) -> Bool {
    orrery.program.functionsReached(from: handler.function).contains { region in
      region.descendants.contains { node in
        guard
          ["closest", "getAttribute", "matches", "contains", "indexOf"].contains(node.calledName)
            || node.kind == .memberExpression && ["dataset", "id"].contains(node[.property]?.name ?? "")
        else { return false }
        return orrery.slice(node).contains {
          if case .external(let path) = $0 { path.contains("Event") } else { false }
        } || node.text.contains("target")
      }
    }
  }

  /// Whether a handler does something with one body: shows it, keeps it, or hands it on.
  private static func selects(_ handler: HostCallback, _ regions: [Code], _ orrery: Orrery) -> Bool {
    let program = orrery.program
    let numbers = Set(regions.map { $0.index })
    if program.domWrites.contains(where: { write in
      numbers.contains(write.code.region.index) && [.text, .markup, .children].contains(write.kind)
        && (write.value.map { orrery.isOfBodies($0) } ?? false)
    }) {
      return true
    }
    return regions.contains { region in
      var found = false
      region.forEachInRegion { node in
        guard !found else { return }
        if node.kind == .assignmentExpression, let value = node[.right] { found = orrery.namesBody(value) }
        if node.kind == .callExpression { found = found || node.list(.arguments).contains { orrery.namesBody($0) } }
      }
      return found
    } || targetsBody(handler, orrery)
  }
}

extension Orrery {
  /// Whether an expression stands for a body as such: its record, something that carries it, its number or name.
  func namesBody(_ code: Code) -> Bool {
    let code = code.unwrapped
    if code.kind == .objectExpression {
      return code.list(.properties).contains { $0[.value].map { namesBody($0) } ?? false }
    }
    if code.kind == .arrayExpression { return code.list(.elements).contains { namesBody($0) } }
    if code.kind == .conditionalExpression {
      return [code[.consequent], code[.alternate]].contains { $0.map { namesBody($0) } ?? false }
    }
    if code.kind == .logicalExpression {
      return [code[.left], code[.right]].contains { $0.map { namesBody($0) } ?? false }
    }
    if program.objects(of: code).contains(where: { bodies.contains($0) || carriers.contains($0) }) { return true }
    if code.kind == .identifier, let binding = program.binding(of: code), counters.contains(binding.id) { return true }
    return names(of: code).count >= 3
  }

  /// The variables that go through bodies by number.
  func findCounters() -> Set<BindingID> {
    var result: Set<BindingID> = []
    for group in groups {
      for (_, bindings) in group.rows {
        for (binding, value) in bindings where value.number.map({ $0 == $0.rounded() && $0 >= 0 && $0 < 64 }) ?? false {
          result.insert(binding)
        }
      }
    }
    for use in program.collectionUses where use.kind == .visit {
      guard
        program.objects(of: use.collection).contains(where: { id in
          program.contents(of: id).contains { bodies.contains($0) || carriers.contains($0) }
        })
      else {
        continue
      }
      for head in [use.code[.`init`], use.code[.update]].compactMap({ $0 }) {
        for node in head.descendants where node.kind == .identifier && node.isWriteTarget {
          if let binding = program.binding(of: node) { result.insert(binding.id) }
        }
      }
      if let body = use.body, body.kind.isFunction, let second = body.list(.params).dropFirst().first,
        let binding = program.binding(of: second)
      {
        result.insert(binding.id)
      }
    }
    // A number that is handed to a function which goes by it is one too.
    for node in nodes where node.kind == .callExpression {
      let arguments = node.list(.arguments)
      for callee in program.callees(of: node) {
        for (position, parameter) in callee.list(.params).enumerated() where arguments.indices.contains(position) {
          guard let known = program.binding(of: parameter), result.contains(known.id),
            arguments[position].kind == .identifier,
            let binding = program.binding(of: arguments[position])
          else { continue }
          result.insert(binding.id)
        }
      }
    }
    return result
  }

  /// Things that stand for one body each: what holds its record, what is made while going through the bodies.
  func findCarriers() -> Set<ObjectID> {
    var result: Set<ObjectID> = []
    for node in nodes {
      guard [.objectExpression, .newExpression, .callExpression].contains(node.kind) else { continue }
      let isOne = groups.contains { $0.scope.contains(node) && $0.scope != node }
      for id in program.objects(of: node) {
        let object = program.object(id)
        guard object.site == node || object.kind == .instance || object.kind == .element,
          [.literal, .instance, .external, .element].contains(object.kind)
        else { continue }
        let holds =
          object.kind != .element && !program.properties(of: id).isEmpty
          && Set(program.contents(of: id)).contains { bodies.contains($0) }
        let isMade =
          isOne && (node.kind == .newExpression || node.kind == .objectExpression || object.kind == .element)
          && dependsOnMade(node)
        if holds && object.kind != .external || isMade { result.insert(id) }
      }
    }
    // Groups and records around those.
    for node in nodes where node.kind == .objectExpression {
      for id in program.objects(of: node) where program.object(id).kind == .literal {
        if program.contents(of: id).contains(where: { bodies.contains($0) }) { result.insert(id) }
      }
    }
    return result
  }

  private func dependsOnMade(_ node: Code) -> Bool {
    guard node.kind == .newExpression || node.kind == .objectExpression else { return true }
    return !["Vector3", "Vector2", "Color", "SphereGeometry", "MeshBasicMaterial", "MeshStandardMaterial"].contains(
      node.calledName)
  }

  func isOfCarrier(_ location: StateLocation) -> Bool {
    if case .property(let object, _) = location { return carriers.contains(object) }
    return false
  }

  /// Whether a variable that is written here is read for more than a test or a comparison.
  func isReadElsewhere(_ target: Code) -> Bool {
    guard let binding = program.binding(of: target) else { return true }
    return program.reads(of: binding.id).contains { $0 != target && program.isReachable($0) && isUsed($0) }
  }

  /// The elements that the figures of bodies place or size.
  func findPlacedElements() -> Set<Int> {
    var result: Set<Int> = []
    for write in program.domWrites {
      guard let value = write.value, isOfBodies(value) else { continue }
      switch write.kind {
      case .style("left"), .style("top"), .style("transform"), .style("translate"), .style("cssText"),
        .style("offsetDistance"),
        .attribute("cx"), .attribute("cy"), .attribute("transform"), .attribute("x"), .attribute("y"):
        result.formUnion(write.elements)
      case .style("width"), .attribute("r"), .style("animationDuration"): result.formUnion(write.elements)
      default: break
      }
    }
    return result.filter { !["canvas", "body", "html", "svg"].contains(program.document.elements[$0].name) }
  }

  func isPlacedElement(_ elements: [Int]) -> Bool {
    elements.contains { element in
      if placedElements.contains(element) { return true }
      // A group around the drawn body, or the body inside the thing that is placed.
      guard !["canvas", "body", "html", "svg", "main"].contains(program.document.elements[element].name),
        program.document.elements[element].name != "div" || !isWritten(element)
      else { return false }
      return placedElements.contains {
        program.document.isInside($0, element) || program.document.isInside(element, $0) && !isWritten(element)
      }
    }
  }

  private func isWritten(_ element: Int) -> Bool {
    if case .page = program.document.elements[element].source { return true }
    return false
  }

  /// Whether elements are labels that a library keeps beside a body.
  func isLabel(_ elements: [Int]) -> Bool {
    nodes.contains { node in
      ["CSS2DObject", "CSS3DObject", "CSS3DSprite"].contains(node.calledName)
        && node.list(.arguments).contains { argument in
          program.elements(of: argument).contains { elements.contains($0) }
        }
    }
  }
}
