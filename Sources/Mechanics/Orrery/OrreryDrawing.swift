import JavaScriptSyntax
import Program

extension Orrery {
  /// An expression that decides how large something is drawn, and what is drawn.
  struct Sink {
    var value: Code
    var code: Code
  }

  private static let balls: Set<String> = [
    "SphereGeometry", "SphereBufferGeometry", "IcosahedronGeometry", "CircleGeometry", "sphereGeometry",
    "icosahedronGeometry", "Sphere", "CreateSphere", "sphere",
  ]

  /// Everything that is drawn as a ball or disc.
  var balls: [Sink] {
    var result: [Sink] = []
    for node in nodes {
      switch node.kind {
      case .newExpression, .callExpression:
        let arguments = node.list(.arguments)
        let name = node.calledName
        guard program.callees(of: node).isEmpty || node.kind == .newExpression else { continue }
        if name.hasPrefix("Create"), let options = arguments.dropFirst().first?.unwrapped,
          options.kind == .objectExpression
        {
          for property in options.list(.properties) {
            guard let given = program.propertyName(of: property), let value = property[.value],
              ["diameter", "radius", "diameterX"].contains(given),
              ["CreateSphere", "CreateIcoSphere", "CreateDisc"].contains(name)
            else { continue }
            result.append(Sink(value: value, code: node))
          }
        } else if Self.balls.contains(name), let first = arguments.first {
          result.append(Sink(value: first, code: node))
        }
        if ["setScalar"].contains(name), let first = arguments.first, isOfBodies(first) {
          result.append(Sink(value: first, code: node))
        }
        if ["arc", "ellipse", "circle"].contains(name), arguments.count >= 3 {
          let isPath = !isOpaqueCentre(arguments) && isOfBodies(arguments[2])
          if !isPath { result.append(Sink(value: arguments[2], code: node)) }
        }
        if name == "set", node[.callee]?.unwrapped[.object]?.unwrapped[.property]?.name == "scale",
          let first = arguments.first, isOfBodies(first)
        {
          result.append(Sink(value: first, code: node))
        }
      case .jsxAttribute:
        guard let element = node.parent, let owner = element[.name]?.originalName, let name = node[.name]?.name else {
          continue
        }
        guard let value = expression(of: node) else { continue }
        if Self.balls.contains(owner), name == "args" {
          if let first = value.unwrapped.list(.elements).first { result.append(Sink(value: first, code: element)) }
        } else if owner == "circle", name == "r" {
          result.append(Sink(value: value, code: element))
        } else if owner == "mesh", name == "scale" {
          result.append(Sink(value: value, code: element))
        }
      default: break
      }
    }
    for write in program.domWrites {
      guard let value = write.value else { continue }
      switch write.kind {
      case .style("width"), .style("height"):
        if isOfBodies(value), !isOrbitSized(value) {
          for part in figured(value) { result.append(Sink(value: part, code: write.code)) }
        }
      case .style("cssText"), .style(""), .attribute("style"):
        for part in styleParts(value, ["width", "height"]) where !isOrbitSized(part) {
          result.append(Sink(value: part, code: write.code))
        }
      default: break
      }
    }
    for attribute in attributes where ["r", "rx"].contains(attribute.name) && !isOrbitSized(attribute.value) {
      result.append(Sink(value: attribute.value, code: attribute.code))
    }
    return result
  }

  /// Whether a size grows with the distance from the centre: that of an orbit rather than of a body.
  private func isOrbitSized(_ value: Code) -> Bool {
    figured(value).flatMap { figures(of: $0) }.contains { Self.growsOutwards($0) }
  }

  /// Whether figures grow from the innermost body to the outermost, as distances do and radii do not.
  static func growsOutwards(_ figures: [Int: Double]) -> Bool {
    let ordered = figures.sorted { $0.key < $1.key }.map { $0.value }
    guard let last = ordered.last, ordered.count >= 4 else { return false }
    return zip(ordered, ordered.dropFirst()).filter { $0 < $1 }.count >= ordered.count - 2
      && ordered.dropLast().allSatisfy { $0 < last }
  }

  /// The computed values of some properties in a text or object of styles.
  func styleParts(_ value: Code, _ names: Set<String>) -> [Code] {
    let value = value.unwrapped
    if value.kind == .objectExpression {
      return value.list(.properties).compactMap { property in
        program.propertyName(of: property).flatMap { names.contains($0) ? property[.value] : nil }
      }
    }
    guard value.kind == .templateLiteral else { return [] }
    let quasis = value.list(.quasis).map { $0.text }
    return value.list(.expressions).enumerated().compactMap { position, expression in
      guard quasis.indices.contains(position) else { return nil }
      let before = quasis[position].split { $0 == ";" || $0 == "\"" || $0 == "'" }.last ?? ""
      let name =
        before.split(separator: ":").first.map { $0.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? "" }
        ?? ""
      return names.contains(name.trimmingPrefix { !$0.isLetter && $0 != "-" }.description) ? expression : nil
    }
  }

  /// An attribute that an element of the picture gets, directly or through a helper that sets every one of an object.
  struct AttributeValue {
    var name: String
    var value: Code
    var code: Code
  }

  /// Attributes by `setAttribute`, by components, and by helpers: `make('circle', {r: 5})`.
  func findAttributes() -> [AttributeValue] {
    var result: [AttributeValue] = []
    for write in program.domWrites {
      guard let value = write.value else { continue }
      if case .attribute(let name) = write.kind, !name.isEmpty, write.code.kind == .callExpression {
        result.append(AttributeValue(name: name, value: value, code: write.code))
      }
    }
    for node in nodes where node.kind == .callExpression || node.kind == .newExpression {
      let arguments = node.list(.arguments)
      guard arguments.contains(where: { $0.unwrapped.kind == .objectExpression }) else { continue }
      let isHelper =
        program.callees(of: node).contains { setters.contains($0.index) } || node.calledName == "attr"
        || node.calledName == "attrs"
      guard isHelper else { continue }
      for literal in arguments.map({ $0.unwrapped }) where literal.kind == .objectExpression {
        for property in literal.list(.properties) {
          guard let name = program.propertyName(of: property), let value = property[.value] else { continue }
          result.append(AttributeValue(name: name, value: value, code: node))
        }
      }
    }
    // `selection.attr('r', d => size(d))`
    for node in nodes where node.calledName == "attr" && program.callees(of: node).isEmpty {
      let arguments = node.list(.arguments)
      guard arguments.count == 2, let name = program.constant(of: arguments[0]).string else { continue }
      let function = program.functions(of: arguments[1]).first
      let values =
        function.map { function in
          if let body = function[.body], body.kind != .blockStatement { return [body] }
          var found: [Code] = []
          function.forEachInRegion { if $0.kind == .returnStatement, let value = $0[.argument] { found.append(value) } }
          return found
        } ?? [arguments[1]]
      for value in values { result.append(AttributeValue(name: name, value: value, code: node)) }
    }
    return result
  }

  /// Functions that set attributes whose names they are given.
  func findSetters() -> Set<Int> {
    var result: Set<Int> = []
    for node in nodes {
      let isCall = ["setAttribute", "setAttributeNS"].contains(node.calledName)
      guard isCall || node.calledName == "assign" else { continue }
      let name = node.list(.arguments)[safe: node.calledName == "setAttributeNS" ? 1 : 0]
      if isCall, name.map({ program.constant(of: $0).isKnown }) ?? true { continue }
      var region = node.region
      // The callback of a loop over the attributes belongs to its function.
      while region.kind.isFunction, let call = region.parent, call.kind == .callExpression, call.calledName == "forEach"
      { region = call.region }
      result.insert(region.index)
    }
    return result
  }

  /// Whether the centre of a circle follows from the figures of bodies.
  private func isOpaqueCentre(_ arguments: [Code]) -> Bool {
    guard arguments.prefix(2).contains(where: { isOfBodies($0) }) else { return false }
    // A helper that places bodies and the sun alike says nothing of this call; a size that grows outwards is that of an orbit.
    let isOwn = arguments.prefix(2).contains { argument in ownSlice(argument).contains { isOfBody($0) } }
    return isOwn || arguments.count < 3 || !isOrbitSized(arguments[2])
  }

  func expression(of attribute: Code) -> Code? {
    guard let value = attribute[.value] else { return nil }
    return value.kind == .jsxExpressionContainer ? value[.expression] : value
  }

  private static let rings: Set<String> = [
    "RingGeometry", "RingBufferGeometry", "TorusGeometry", "EllipseCurve", "ArcCurve", "absarc", "absellipse",
    "CreateTorus",
    "ringGeometry", "torusGeometry",
  ]

  /// Whole orbits that are drawn.
  var paths: [Code] {
    var result: [Code] = []
    for node in nodes {
      if node.kind == .callExpression || node.kind == .newExpression {
        let arguments = node.list(.arguments)
        let name = node.calledName
        if Self.rings.contains(name), arguments.prefix(4).contains(where: { isOfBodies($0) }), isDistance(arguments) {
          result.append(node)
        } else if ["arc", "ellipse", "circle"].contains(name), arguments.count >= 3, isOfBodies(arguments[2]),
          !isOpaqueCentre(arguments)
        {
          result.append(node)
        } else if ["lineTo", "Vector3", "vertex", "set", "push"].contains(name), isTurned(node), isLineMaker(node) {
          result.append(node)
        }
      } else if node.kind == .jsxAttribute, let element = node.parent, let owner = element[.name]?.originalName,
        let value = expression(of: node)
      {
        if (Self.rings.contains(owner) && node[.name]?.name == "args")
          || (owner == "circle" && node[.name]?.name == "r" || owner == "ellipse" && node[.name]?.name == "rx")
            && !element.list(.attributes).contains(where: {
              ["cx", "cy"].contains($0[.name]?.name ?? "") && (expression(of: $0).map { isOfBodies($0) } ?? false)
            })
        {
          if isOfBodies(value) { result.append(node) }
        }
      }
    }
    if hasLines {
      for node in nodes where ["cos", "sin"].contains(node.calledName) && isOfRound(node) { result.append(node) }
    }
    for attribute in attributes {
      let isOrbit = ["r", "rx"].contains(attribute.name) && isOrbitSized(attribute.value)
      if isOrbit || attribute.name == "d" && isOfBodies(attribute.value) { result.append(attribute.code) }
    }
    for write in program.domWrites {
      guard let value = write.value else { continue }
      switch write.kind {
      case .style("width"), .style("height"): if isOrbitSized(value) { result.append(write.code) }
      case .style("cssText"), .style(""), .attribute("style"):
        if styleParts(value, ["width"]).contains(where: { isOrbitSized($0) }) { result.append(write.code) }
      default: break
      }
    }
    return result
  }

  /// Whether something joins points to a line.
  private var hasLines: Bool {
    nodes.contains {
      ["Line", "LineLoop", "LineSegments", "setFromPoints", "CreateLines", "CreateDashedLines", "CreateTube"].contains(
        $0.calledName)
        || $0.kind == .jsxOpeningElement
          && ["line", "Line", "lineLoop", "threeLine", "polyline", "polygon"].contains($0[.name]?.originalName ?? "")
    }
  }

  /// A sine times the size of a body's orbit, for one point after the other by a callback.
  private func isOfRound(_ sine: Code) -> Bool {
    guard let function = sine.enclosingFunction, let call = function.parent, call.kind == .callExpression,
      ["from", "map", "forEach"].contains(call.calledName), let product = sine.parent,
      product.kind == .binaryExpression,
      product.detail == .multiply, let angle = sine.list(.arguments).first
    else { return false }
    let other = product[.left] == sine ? product[.right] : product[.left]
    guard let other, isOfBodies(other), !Self.hasTime(slice(angle)) else { return false }
    return !slice(angle).contains { advances[$0] != nil && !isOfBody($0) }
      && function.list(.params).contains { parameter in
        parameter.descendants.contains { name in
          name.kind == .identifier && program.locations(of: name).contains { slice(angle).contains($0) }
        }
      }
  }

  /// A ring of a planet is as large as the planet; an orbit is as large as the distance.
  private func isDistance(_ arguments: [Code]) -> Bool {
    let found = arguments.prefix(4).lazy.flatMap { self.figures(of: $0) }.first
    if let found { return Self.growsOutwards(found) }
    // Without figures, what the size follows from tells: a column that grows outwards.
    let places = arguments.prefix(4).reduce(into: Set<StateLocation>()) { $0.formUnion(slice($1)) }
    let names = places.compactMap { place -> String? in
      if case .property(_, let name) = place, isOfBody(place) { name } else { nil }
    }
    let followed = columns.filter { names.contains($0.name) }
    return followed.isEmpty || followed.contains { Self.growsOutwards($0.values) }
  }

  /// Points that go round a body's orbit in a loop of their own.
  private func isTurned(_ node: Code) -> Bool {
    node.list(.arguments).contains { argument in
      guard isOfBodies(argument) else { return false }
      return node.ancestors.prefix(12).contains { [.forStatement, .whileStatement].contains($0.kind) }
    }
  }

  private func isLineMaker(_ node: Code) -> Bool {
    if ["lineTo", "vertex"].contains(node.calledName) { return true }
    return nodes.contains {
      ["Line", "LineLoop", "LineSegments", "setFromPoints", "CreateLines", "CreateDashedLines", "CreateTube"].contains(
        $0.calledName)
        || $0.kind == .jsxOpeningElement && ["line", "Line", "lineLoop"].contains($0[.name]?.originalName ?? "")
    }
  }

  /// Expressions that decide how far from the centre a body is.
  var distances: [Code] {
    var result: [Code] = []
    for node in nodes {
      if node.kind == .binaryExpression, node.detail == .multiply, let left = node[.left], let right = node[.right] {
        if right.takesSine, isOfBodies(left) { result.append(left) }
        if left.takesSine, isOfBodies(right) { result.append(right) }
      } else if node.kind == .assignmentExpression,
        node[.left]?.unwrapped[.object]?.unwrapped[.property]?.name == "position",
        let right = node[.right], isOfBodies(right)
      {
        result.append(right)
      } else if node.calledName == "set",
        node[.callee]?.unwrapped[.object]?.unwrapped[.property]?.name == "position"
      {
        result += node.list(.arguments).filter { isOfBodies($0) }
      } else if ["translate", "translateX", "translateZ"].contains(node.calledName), program.callees(of: node).isEmpty {
        result += node.list(.arguments).prefix(1).filter { isOfBodies($0) && !$0.takesSine }
      } else if node.kind == .jsxAttribute, ["position", "position-x"].contains(node[.name]?.name ?? ""),
        let value = expression(of: node)
      {
        let parts = value.unwrapped.kind == .arrayExpression ? value.unwrapped.list(.elements) : [value]
        result += parts.filter { isOfBodies($0) }
      }
    }
    result += attributes.filter { ["r", "rx"].contains($0.name) && isOrbitSized($0.value) }.map { $0.value }
    for write in program.domWrites {
      guard let value = write.value else { continue }
      switch write.kind {
      case .style("width"), .style("height"): if isOrbitSized(value) { result += figured(value) }
      case .style("cssText"), .style(""), .attribute("style"):
        result += styleParts(value, ["width", "left", "--r", "--d"]).filter { isOrbitSized($0) }
      case .style("left"), .style("top"), .style("transform"): if isOfBodies(value) { result += figured(value) }
      default: break
      }
    }
    return result
  }

  /// The computed parts of a text: `${d}px`, `d + 'px'`.
  func figured(_ value: Code) -> [Code] {
    let value = value.unwrapped
    switch value.kind {
    case .templateLiteral: return value.list(.expressions)
    case .binaryExpression where value.detail == .add:
      return [value[.left], value[.right]].compactMap { $0 }.flatMap { figured($0) }
    case .assignmentExpression: return value[.right].map { figured($0) } ?? []
    default: return [value]
    }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
