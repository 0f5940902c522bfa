import JavaScriptSyntax
import Program

/// The bodies, the sun and the orbits that are drawn.
struct OrreryDrawings: Mechanic {
  static let id = "drawing"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(OrreryExamples.plain, ["of": .word("planets"), "form": .word("body")]),
    .found(OrreryExamples.plain, ["of": .word("sun"), "form": .word("body")]),
    .found(OrreryExamples.plain, ["of": .word("orbits"), "whole": .flag(true)]),
    .absent(OrreryExamples.still, ["of": .word("orbits")]),
    .refused(OrreryExamples.unadded, ["of": .word("planets"), "form": .word("body")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    var result: [Finding] = []
    func add(_ codes: [Code], _ of: String, _ form: String, _ says: String) {
      var facts: [String: Fact] = ["of": .word(of), "form": .word(form)]
      if form == "path" { facts["whole"] = .flag(true) }
      if let code = codes.first(where: { orrery.isInScene($0) }) {
        result.append(Finding(id, .found, facts: facts, evidence: [orrery.evidence(code, says)]))
      } else if let code = codes.first {
        result.append(
          Finding(
            id, .refused, facts: facts, evidence: [orrery.evidence(code, "is made here")],
            reason: "it is made and never added to what is drawn"))
      }
    }
    let balls = orrery.balls
    add(
      balls.filter { orrery.dependsOnBody($0.value) }.map { $0.code }
        + balls.filter { orrery.dependsOnBody($0.code) || orrery.isOfBodies($0.value) }.map { $0.code }, "planets",
      "body",
      "draws a planet")
    let suns = orrery.suns(balls)
    if suns.isEmpty, let element = orrery.writtenSun {
      result.append(
        Finding(
          id, .found, facts: ["of": .word("sun"), "form": .word("body")],
          evidence: [Evidence(file: element.file, span: element.span, says: "the sun stands in the page")]))
    }
    add(suns, "sun", "body", "draws the sun")
    add(orrery.paths, "orbits", "path", "draws a whole orbit")
    return result
  }
}

extension Orrery {
  /// Whether what a constructor makes comes to be part of what is drawn; true for everything else.
  func isInScene(_ code: Code) -> Bool {
    guard code.kind == .newExpression else { return isPainted(code) }
    // A geometry is drawn as part of the thing that it is given to.
    var wanted = Set(program.objects(of: code))
    guard !wanted.isEmpty else { return true }
    var holders: [Code] = []
    for _ in 0..<3 {
      var next: Set<ObjectID> = []
      for node in shapings where node != code && !code.contains(node) {
        let isGiven = node.list(.arguments).contains { argument in
          argument.descendants.contains { part in
            [.identifier, .memberExpression, .newExpression].contains(part.kind)
              && !wanted.isDisjoint(with: program.objects(of: part))
          }
        }
        let isAsked =
          ["getPoints", "getSpacedPoints"].contains(node.calledName)
          && (node[.callee]?.unwrapped[.object].map { !wanted.isDisjoint(with: program.objects(of: $0)) } ?? false)
        guard isGiven || isAsked else { continue }
        next.formUnion(program.objects(of: node))
        if node.kind == .callExpression, !isAsked, let receiver = node[.callee]?.unwrapped[.object] {
          next.formUnion(program.objects(of: receiver))
        }
        if node.kind == .newExpression { holders.append(node) }
      }
      if next.isSubset(of: wanted) { break }
      wanted.formUnion(next)
    }
    guard !holders.isEmpty || isNode(code) else { return true }
    // Up from thing to thing, until one is handed to what draws.
    var seen = wanted
    for _ in 0..<6 {
      var above: Set<ObjectID> = []
      for call in additions {
        guard call.list(.arguments).contains(where: { !seen.isDisjoint(with: program.objects(of: $0)) }),
          let receiver = call[.callee]?.unwrapped[.object]
        else { continue }
        let found = Set(program.objects(of: receiver))
        if found.isEmpty { return true }
        if found.contains(where: { isRoot($0) }) { return true }
        above.formUnion(found.filter { program.object($0).kind == .external || program.object($0).kind == .instance })
      }
      if above.isSubset(of: seen) { break }
      seen.formUnion(above)
    }
    return false
  }

  /// Whether the path that a call of a canvas adds to is filled or stroked in its function, or in one that calls it or is called.
  private func isPainted(_ code: Code) -> Bool {
    guard code.kind == .callExpression, ["arc", "ellipse", "lineTo"].contains(code.calledName),
      code[.callee]?.unwrapped.kind == .memberExpression
    else { return true }
    let region = code.region
    // The next step of the path decides: painting it, or beginning another.
    var next: Bool?
    region.forEachInRegion { node in
      guard next == nil, node > code else { return }
      if node.calledName == "beginPath" { next = false }
      if Self.painters.contains(node.calledName) { next = true }
    }
    if let next { return next }
    var isPath = false
    region.forEachInRegion { if ["beginPath", "moveTo"].contains($0.calledName) { isPath = true } }
    // Without a path of its own it may be a library that draws at once, or add to the path of whoever calls.
    if !isPath { return !canvasNames || program.callers(of: region).contains { paints($0.region) } }
    return program.functionsReached(from: region).dropFirst().contains { paints($0) }
      || program.callers(of: region).contains { paints($0.region) && !begins($0.region) }
  }

  private var canvasNames: Bool { nodes.contains { $0.calledName == "beginPath" } }

  private func begins(_ region: Code) -> Bool {
    var found = false
    region.forEachInRegion { if $0.calledName == "beginPath" { found = true } }
    return found
  }

  private static let painters: Set<String> = ["stroke", "fill", "clip", "endShape"]

  private func paints(_ region: Code) -> Bool {
    var found = false
    region.forEachInRegion { if Self.painters.contains($0.calledName) { found = true } }
    return found
  }

  private func isRoot(_ id: ObjectID) -> Bool {
    let path = program.object(id).path ?? ""
    return ["Scene", "scene", "stage", "Stage"].contains { path.contains($0) }
  }

  /// Something that has a place in a scene by itself, rather than a shape or a number.
  private func isNode(_ code: Code) -> Bool {
    ["Mesh", "Line", "LineLoop", "LineSegments", "Sprite", "Points", "Group", "Object3D"].contains(code.calledName)
  }

  /// An element of the page that is the sun: called so and given a shape by style, or a disc of a picture.
  var writtenSun: DOMElement? {
    let visibility = OrreryVisibility(self)
    return program.document.elements.first { element in
      guard case .page = element.source, !visibility.isHidden(element.id) else { return false }
      if ["circle", "ellipse"].contains(element.name) { return true }
      let names = [
        element.identifier ?? "", element.attribute("class") ?? "", element.attribute("title") ?? "",
        element.attribute("aria-label") ?? "",
      ]
      guard names.contains(where: { name in Names.pieces(name).contains { isSunWord($0) } }) else { return false }
      return visibility.isShaped(element.id)
    }
  }

  /// How many bodies are drawn, where code that draws them goes through fewer than the tables name.
  var drawnCount: Int {
    let counts = balls.flatMap { ball in groups.filter { $0.scope.contains(ball.code) }.map { $0.rows.count } }
    return min(matched, counts.max() ?? matched)
  }

  /// What is drawn as a ball and may be the sun, the likeliest first.
  func suns(_ balls: [Sink]) -> [Code] {
    if hasSunRecord, let ball = balls.first { return [ball.code] + balls.dropFirst().map { $0.code } }
    let named = balls.filter { ball in
      slice(ball.value).union(slice(ball.code)).contains {
        if case .property(let id, _) = $0 { sunObjects.contains(id) } else { false }
      }
    }
    if !named.isEmpty { return named.map { $0.code } }
    let still = balls.filter { !isOfBodies($0.value) }
    let own = still.filter { ball in
      let arguments = ball.code.list(.arguments)
      return !isOfBodies(ball.code) && (arguments.count < 3 || !arguments.prefix(2).contains { isOfBodies($0) })
    }
    return own.map { $0.code } + (own.isEmpty ? still.filter { $0.code.kind != .newExpression }.map { $0.code } : [])
  }
}
