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
        if Self.balls.contains(name), let first = arguments.first { result.append(Sink(value: first, code: node)) }
        if ["setScalar"].contains(name), let first = arguments.first, dependsOnBody(first) {
          result.append(Sink(value: first, code: node))
        }
        if ["arc", "ellipse", "circle"].contains(name), arguments.count >= 3 {
          let isPath = !isOpaqueCentre(arguments) && dependsOnBody(arguments[2])
          if !isPath { result.append(Sink(value: arguments[2], code: node)) }
        }
        if name == "set", node[.callee]?.unwrapped[.object]?.unwrapped[.property]?.name == "scale",
          let first = arguments.first, dependsOnBody(first)
        {
          result.append(Sink(value: first, code: node))
        }
      case .jsxAttribute:
        guard let element = node.parent, let owner = element[.name]?.name, let name = node[.name]?.name else {
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
      case .style("width"), .style("height"), .attribute("r"):
        if dependsOnBody(value) { result.append(Sink(value: value, code: write.code)) }
      default: break
      }
    }
    return result
  }

  /// Whether the centre of a circle follows from the figures of bodies.
  private func isOpaqueCentre(_ arguments: [Code]) -> Bool { arguments.prefix(2).contains { dependsOnBody($0) } }

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
        if Self.rings.contains(name), arguments.prefix(4).contains(where: { dependsOnBody($0) }), isDistance(arguments)
        {
          result.append(node)
        } else if ["arc", "ellipse", "circle"].contains(name), arguments.count >= 3, dependsOnBody(arguments[2]),
          !isOpaqueCentre(arguments)
        {
          result.append(node)
        } else if ["lineTo", "Vector3", "vertex", "set", "push"].contains(name), isTurned(node), isLineMaker(node) {
          result.append(node)
        }
      } else if node.kind == .jsxAttribute, let element = node.parent, let owner = element[.name]?.name,
        let value = expression(of: node)
      {
        if (Self.rings.contains(owner) && node[.name]?.name == "args")
          || (owner == "circle" && node[.name]?.name == "r" || owner == "ellipse" && node[.name]?.name == "rx")
            && !element.list(.attributes).contains(where: {
              ["cx", "cy"].contains($0[.name]?.name ?? "") && (expression(of: $0).map { dependsOnBody($0) } ?? false)
            })
        {
          if dependsOnBody(value) { result.append(node) }
        }
      }
    }
    return result
  }

  /// A ring of a planet is as large as the planet; an orbit is as large as the distance.
  private func isDistance(_ arguments: [Code]) -> Bool {
    guard let reference else { return true }
    let radii = reference.records.map { $0.values["radius"] ?? 0 }
    let found = arguments.prefix(4).lazy.flatMap { self.figures(of: $0) }.first
    guard let found, let a = found[0], let b = found[radii.count - 1] else { return true }
    return b > a
  }

  /// Points that go round a body's orbit in a loop of their own.
  private func isTurned(_ node: Code) -> Bool {
    node.list(.arguments).contains { argument in
      guard dependsOnBody(argument) else { return false }
      return node.ancestors.prefix(12).contains { [.forStatement, .whileStatement].contains($0.kind) }
    }
  }

  private func isLineMaker(_ node: Code) -> Bool {
    if ["lineTo", "vertex"].contains(node.calledName) { return true }
    return nodes.contains {
      ["Line", "LineLoop", "LineSegments", "setFromPoints"].contains($0.calledName)
        || $0.kind == .jsxOpeningElement && ["line", "Line", "lineLoop"].contains($0[.name]?.name ?? "")
    }
  }

  /// Something drawn as a ball that is the sun.
  var sun: Code? {
    let balls = balls
    if hasSunRecord, let ball = balls.first { return ball.code }
    return balls.first { ball in
      !dependsOnBody(ball.value)
        && (ball.code.list(.arguments).count < 3 || !isOpaqueCentre(ball.code.list(.arguments)))
    }?.code ?? balls.first { !dependsOnBody($0.value) }?.code
  }

  /// Expressions that decide how far from the centre a body is.
  var distances: [Code] {
    var result: [Code] = []
    for node in nodes {
      if node.kind == .binaryExpression, node.detail == .multiply, let left = node[.left], let right = node[.right] {
        if right.takesSine, dependsOnBody(left) { result.append(left) }
        if left.takesSine, dependsOnBody(right) { result.append(right) }
      } else if node.kind == .assignmentExpression,
        node[.left]?.unwrapped[.object]?.unwrapped[.property]?.name == "position",
        let right = node[.right], dependsOnBody(right)
      {
        result.append(right)
      } else if node.calledName == "set",
        node[.callee]?.unwrapped[.object]?.unwrapped[.property]?.name == "position"
      {
        result += node.list(.arguments).filter { dependsOnBody($0) }
      }
    }
    return result
  }

  /// Writes and expressions that turn bodies about the centre: sines of an angle that follows from their figures.
  var angles: [Code] {
    var result: [Code] = []
    for node in nodes where ["cos", "sin"].contains(node.calledName) {
      if let argument = node.list(.arguments).first { result.append(argument) }
    }
    for node in nodes where node.kind == .assignmentExpression {
      guard let target = node[.left]?.unwrapped, target[.object]?.unwrapped[.property]?.name == "rotation",
        let right = node[.right]
      else { continue }
      result.append(right)
    }
    return result
  }
}
