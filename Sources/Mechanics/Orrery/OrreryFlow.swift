import JavaScriptSyntax
import Program

/// What changes while the page is open, and what of it reaches the picture.
extension Orrery {
  /// Whether a path of the host gives the time that passes.
  static func isTime(_ path: String) -> Bool {
    let name = path.lowercased()
    return [
      "frame time", "performance.now", "date.now", "getdelta", "getelapsedtime", "elapsedtime", "deltatime", "millis",
      "gettime", "clock.elapsed", "timestamp", "currenttime", "getelapsed",
    ]
    .contains { name.hasSuffix($0) } || name == "date"
  }

  static func hasTime(_ locations: Set<StateLocation>) -> Bool {
    locations.contains { if case .external(let path) = $0 { isTime(path) } else { false } }
  }

  /// Whether a place is a variable of the function that writes it, made anew on each call.
  func isLocal(_ location: StateLocation, to region: Code) -> Bool {
    guard case .binding(let id) = location, let declaration = program.binding(id).declarations.first else {
      return false
    }
    return declaration.enclosingFunction != nil && declaration.region == region
  }

  /// The writes in the loop that carry a place's old value on, by place.
  func findAdvances() -> [StateLocation: [Write]] {
    var result: [StateLocation: [Write]] = [:]
    for region in program.reachableRegions where loopRegions.contains(region.index) {
      for write in program.writes(in: region) {
        let places = program.locations(of: write.target).filter { !isLocal($0, to: region) }
        guard !places.isEmpty else { continue }
        let before = write.readsOldValue ? [] : write.value.map { live.dependencies(of: $0).locations } ?? []
        for place in places where write.readsOldValue || before.contains(place) {
          result[place, default: []].append(write)
        }
      }
    }
    return result
  }

  /// The places where an expression's value goes at once: a variable, a property, the result of its function.
  func outlets(of code: Code) -> Set<StateLocation> {
    var current = code
    while let parent = current.parent {
      switch parent.kind {
      case .variableDeclarator:
        guard parent[.`init`] == current, let id = parent[.id] else { return [] }
        return Set(id.descendants.filter { $0.kind == .identifier }.flatMap { program.locations(of: $0) })
      case .assignmentExpression:
        guard parent[.right] == current, let left = parent[.left] else { return [] }
        return Set(program.locations(of: left))
      case .property where parent.parent?.kind == .objectExpression:
        let own = Set(program.locations(of: parent))
        return own.isEmpty ? outlets(of: parent.parent ?? parent) : own.union(outlets(of: parent.parent ?? parent))
      case .returnStatement: return [.result(parent.region.index)]
      case .arrowFunctionExpression: return [.result(parent.index)]
      case .callExpression, .newExpression:
        let arguments = parent.list(.arguments)
        if let position = arguments.firstIndex(of: current) {
          var found: Set<StateLocation> = []
          for function in program.callees(of: parent) {
            let parameters = function.list(.params)
            guard parameters.indices.contains(position) else { continue }
            for name in parameters[position].descendants where name.kind == .identifier {
              found.formUnion(program.locations(of: name))
            }
          }
          if let receiver = parent[.callee]?.unwrapped[.object], program.callees(of: parent).isEmpty {
            for object in program.objects(of: receiver) { found.insert(.property(object, "()")) }
          }
          if parent.kind == .newExpression, !found.isEmpty { return found }
          if !found.isEmpty { return found.union(outlets(of: parent)) }
        }
      case .blockStatement, .program: return []
      default: break
      }
      current = parent
    }
    return []
  }

  func findViewPlaces() -> Set<StateLocation> {
    var result: Set<StateLocation> = []
    for handler in handlers where OrreryInput.isMove(handler.event) || OrreryInput.isWheel(handler.event) {
      for change in changes(by: handler.function) { result.formUnion(change.places.filter { !isOfBody($0) }) }
    }
    for place in advances.keys where !live.dependencies(of: [place]).locations.isDisjoint(with: result) {
      result.insert(place)
    }
    return result
  }

  // MARK: The picture

  private static let texts: Set<String> = [
    "fillText", "strokeText", "text", "toFixed", "toLocaleString", "log", "warn", "error", "parseFloat", "parseInt",
    "requestAnimationFrame", "setTimeout", "setInterval", "getElementById", "querySelector", "toString", "toISOString",
    "setItem", "format", "padStart", "setScalar", "fill", "stroke", "background", "strokeWeight", "addColorStop",
  ]
  private static let discs: Set<String> = ["arc", "ellipse", "circle", "rect", "fillRect", "strokeRect", "square"]
  private static let looks: Set<String> = [
    "r", "fill", "stroke", "opacity", "scale", "color", "args", "intensity", "radius", "key", "className", "class",
    "emissive", "name", "label", "href", "map", "visible", "width", "height", "rx", "ry", "size", "attach", "ref",
  ]

  /// Values that the running code hands to what places things in the picture: arguments of drawing calls, positions and turns of
  /// things in a scene, style.
  func findOutputs() -> [Code] {
    var result: [Code] = []
    for node in nodes where isLive(node) {
      switch node.kind {
      case .callExpression, .newExpression:
        guard program.callees(of: node).isEmpty, !Self.texts.contains(node.calledName), !isComputation(node) else {
          continue
        }
        let owner = node[.callee]?.unwrapped[.object]?.unwrapped
        let part = owner?.kind == .memberExpression ? owner?[.property]?.name ?? "" : ""
        if ["scale", "color", "material", "classList", "emissive"].contains(part) { continue }
        let arguments = node.list(.arguments).filter { !$0.kind.isFunction }
        if node.calledName == "setAttribute" || node.calledName == "setProperty" {
          let name = arguments.first.flatMap { program.constant(of: $0).string } ?? ""
          if Self.looks.contains(name) { continue }
        }
        result += Self.discs.contains(node.calledName) ? Array(arguments.prefix(2)) : arguments
      case .assignmentExpression, .updateExpression:
        guard let target = (node[.left] ?? node[.argument])?.unwrapped, target.kind == .memberExpression,
          let owner = target[.object], Self.isPlace(program.propertyName(of: target) ?? ""), isOfLibrary(owner)
        else { continue }
        result.append(node[.right] ?? target)
      case .jsxAttribute:
        guard let value = expression(of: node), !value.kind.isFunction, let name = node[.name],
          !Self.looks.contains(name.name)
        else { continue }
        result.append(value)
      default: break
      }
    }
    return result
  }

  private static func isPlace(_ name: String) -> Bool {
    [
      "x", "y", "z", "left", "top", "right", "bottom", "transform", "position", "rotation", "cx", "cy", "translate",
      "rotate", "offsetDistance", "cssText", "angle", "quaternion", "d",
    ].contains(name) || name.hasPrefix("--")
  }

  /// A call that only works something out.
  private func isComputation(_ call: Code) -> Bool {
    guard let callee = call[.callee]?.unwrapped else { return true }
    if callee.kind == .identifier {
      return ["Number", "String", "Boolean", "parseFloat", "parseInt", "isNaN", "Array", "Map", "Set"].contains(
        callee.name)
    }
    guard callee.kind == .memberExpression, let object = callee[.object] else { return false }
    if ["Math", "Number", "Object", "Array", "JSON", "console", "Date", "performance"].contains(object.text) {
      return true
    }
    let kinds = program.objects(of: object).map { program.object($0).kind }
    return !kinds.isEmpty && kinds.allSatisfy { [.array, .map, .set, .literal].contains($0) }
  }

  /// Whether an expression is something of a library or the document rather than a record of the program.
  func isOfLibrary(_ code: Code) -> Bool {
    let objects = program.objects(of: code).map { program.object($0) }
    if objects.contains(where: { $0.kind == .external || $0.kind == .element }) { return true }
    guard objects.isEmpty else { return false }
    let code = code.unwrapped
    let name = code.kind == .memberExpression ? program.propertyName(of: code) ?? "" : ""
    return ["position", "rotation", "style", "scale", "quaternion"].contains(name)
  }

  /// Whether the value of an expression in running code reaches the picture.
  func isShown(_ code: Code) -> Bool {
    for around in [code] + code.ancestors.prefix(24) where outputSet.contains(around) { return true }
    let places = outlets(of: code)
    return places.contains { shownPlaces.contains($0) }
  }

  // MARK: Use

  /// Whether what an expression gives is put to some use besides being tested or measured.
  func isUsed(_ code: Code, depth: Int = 0) -> Bool {
    guard depth < 8 else { return true }
    var current = code
    while let parent = current.parent {
      switch parent.kind {
      case .memberExpression:
        guard parent[.object] == current else { return true }
        if ["length", "size"].contains(parent[.property]?.name ?? "") { return false }
      case .callExpression, .newExpression:
        guard parent[.callee] == current else { return true }
        if parent.parent?.kind == .expressionStatement { return true }
      case .variableDeclarator:
        guard let id = parent[.id] else { return false }
        return areRead(id, depth)
      case .assignmentExpression:
        guard parent[.right] == current, let left = parent[.left]?.unwrapped else { return false }
        return left.kind == .identifier || left.kind.isPattern ? areRead(left, depth) : true
      case .ifStatement, .whileStatement, .forStatement, .expressionStatement, .switchStatement: return false
      case .conditionalExpression: if parent[.test] == current { return false }
      case .unaryExpression, .binaryExpression: return false
      case .forOfStatement:
        guard parent[.right] == current, let left = parent[.left] else { return false }
        return areRead(left, depth)
      case .returnStatement: return isResultUsed(of: parent.region, depth)
      case .arrowFunctionExpression: return isResultUsed(of: parent, depth)
      case .property, .arrayExpression, .spreadElement, .templateLiteral, .jsxExpressionContainer: return true
      case .blockStatement, .program: return false
      default: break
      }
      current = parent
    }
    return false
  }

  private func areRead(_ pattern: Code, _ depth: Int) -> Bool {
    pattern.descendants.contains { name in
      guard name.kind == .identifier, name.isWriteTarget, let binding = program.binding(of: name) else { return false }
      return program.reads(of: binding.id).contains {
        $0 != name && program.isReachable($0) && isUsed($0, depth: depth + 1)
      }
    }
  }

  private func isResultUsed(of function: Code, _ depth: Int) -> Bool {
    let callers = program.callers(of: function)
    return callers.isEmpty || callers.contains { isUsed($0, depth: depth + 1) }
  }
}
