import JavaScriptSyntax
import Program

/// Pictures of vectors that fit the window by themselves.
struct OrreryResizes: Mechanic {
  static let id = "layout"
  static let exampleHints = OrreryExamples.hints
  static let examples: [Example] = [
    .found(
      "<svg viewBox='0 0 9 9' id=v><circle r=1 /></svg><script>const planets = [{n: 'Mercury', d: 1}, {n: 'Venus', d: 2}, {n: 'Earth', d: 3}]; for (const p of planets) document.getElementById('v').append(p.n);</script>",
      ["aspect": .word("resize"), "by": .word("view-box")]),
    .absent(OrreryExamples.plain, ["aspect": .word("resize")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let orrery = scene.shared(Orrery.self)
    guard orrery.matched > 0 else { return [] }
    let document = orrery.program.document
    let facts: [String: Fact] = [
      "aspect": .word("resize"), "by": .word("view-box"), "updates": .words(["size", "viewport"]),
    ]
    for element in document.elements where element.name.lowercased() == "svg" {
      let isScaled =
        element.attributes.contains { $0.name.lowercased() == "viewbox" }
        || orrery.attributes.contains { $0.name == "viewBox" }
      guard isScaled, !OrreryVisibility(orrery).hasFixedWidth(element.id), element.attribute("aria-hidden") != "true",
        isLarge(element, document)
      else { continue }
      return [
        Finding(
          id, .found, facts: facts,
          evidence: [Evidence(file: element.file, span: element.span, says: "its view box is scaled to the window")])
      ]
    }
    return handled(orrery)
  }

  /// Handlers of the window's size that give the drawing a new one.
  private static func handled(_ orrery: Orrery) -> [Finding] {
    let program = orrery.program
    for callback in program.callbacks
    where callback.event == "resize" && callback.kind == .event || callback.kind == .observer {
      if callback.event == "resize", !callback.elements.isEmpty, callback.targets.isEmpty { continue }
      if callback.kind == .observer, !callback.registration.text.contains("ResizeObserver") { continue }
      for region in program.functionsReached(from: callback.function) {
        var found: Code?
        region.forEachInRegion { node in
          guard found == nil, program.isReachable(node) else { return }
          if ["setSize", "resizeCanvas", "viewport", "setViewport"].contains(node.calledName),
            program.callees(of: node).isEmpty
          {
            found = node
          }
          guard node.kind == .assignmentExpression, let target = node[.left]?.unwrapped,
            target.kind == .memberExpression,
            ["width", "height"].contains(program.propertyName(of: target) ?? ""), let owner = target[.object]
          else { return }
          let isCanvas =
            program.elements(of: owner).contains { program.document.elements[$0].name == "canvas" }
            || program.paths(of: owner).contains { $0.hasSuffix("canvas") }
          if isCanvas { found = node }
        }
        guard let found else { continue }
        return [
          Finding(
            id, .found,
            facts: [
              "aspect": .word("resize"), "by": .word(callback.kind == .observer ? "observer" : "handler"),
              "updates": .words(["size"]),
            ],
            evidence: [orrery.evidence(found, "gives the drawing the window's size")])
        ]
      }
    }
    return []
  }

  /// A picture of its own rather than the sign on a button.
  private static func isLarge(_ element: DOMElement, _ document: DocumentModel) -> Bool {
    var current = element.parent
    while let next = current {
      if ["button", "a", "label", "li"].contains(document.elements[next].name) { return false }
      current = document.elements[next].parent
    }
    let fixed = element.attribute("width").map { $0.allSatisfy { $0.isNumber } } ?? false
    return !fixed
  }
}
