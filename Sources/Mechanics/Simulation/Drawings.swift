import JavaScriptSyntax
import Program

/// The scene that is drawn, and curves of populations over time.
struct Drawings: Mechanic {
  static let id = "drawing"

  static let examples: [Example] = [
    .found(
      """
      <script type=importmap>{"imports": {"three": "https://unpkg.com/three/build/three.module.js"}}</script><script type=module>
      ;import * as THREE from 'three';
      const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(), renderer = new THREE.WebGLRenderer();
      document.body.append(renderer.domElement);
      renderer.setAnimationLoop(() => renderer.render(scene, camera));
      </script>
      """, ["of": .word("scene"), "dimensions": .number(3)]),
    .found(SimulationExamples.shooter, ["of": .word("scene"), "dimensions": .number(2), "with": .word("canvas")]),
    .absent(SimulationExamples.meadow, ["form": .word("chart")]),
    .absent(
      """
      <script src="https://cdn.example/three.min.js"></script><script>const renderer = new THREE.WebGLRenderer();</script>
      """, ["dimensions": .number(3)]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    return scenes(world) + charts(world)
  }

  // MARK: Scenes

  private static func scenes(_ world: World) -> [Finding] {
    var found: [String: (Int, Int)] = [:]
    for effect in world.effects where effect.kind == .call {
      guard let (dimensions, with) = surface(effect, world),
        world.inLoop(effect) || with == "webgl" && isRedrawn(effect, world)
      else { continue }
      if let old = found[with], old.0 >= dimensions { continue }
      found[with] = (dimensions, effect.site)
    }
    if let site = projection(world) { found["canvas"] = (3, site) }
    if let site = styleSpace(world) { found["css"] = (3, site) }
    return found.sorted { $0.key < $1.key }.map { with, item in
      Finding(
        id, .found, facts: ["of": .word("scene"), "dimensions": .number(Double(item.0)), "with": .word(with)],
        evidence: [world.index.evidence(item.1, item.0 == 3 ? "draws in three dimensions" : "draws on a plane")])
    }
  }

  private static func isRedrawn(_ effect: Effect, _ world: World) -> Bool { !world.index.isLoadOnly(effect.frame) }

  /// What a call draws on.
  private static func surface(_ effect: Effect, _ world: World) -> (Int, String)? {
    let path = world.tracer.symbolNames[effect.how]
    let parts = path.split(whereSeparator: { $0 == "." || $0 == ":" }).map(String.init)
    guard let name = parts.last else { return nil }
    let owner = path.dropLast(name.count)
    if name == "render" || name == "renderAsync" {
      if owner.contains("Renderer") && !owner.contains("CSS2D") && !owner.contains("pixi") || owner.contains("Composer")
      {
        return (3, owner.contains("WebGPU") ? "webgpu" : "webgl")
      }
      if owner.contains("babylon"), owner.contains("Scene") { return (3, "webgl") }
    }
    if owner.contains("canvas:webgl") && (name.hasPrefix("drawArrays") || name.hasPrefix("drawElements")) {
      return (hasDepth(world) ? 3 : 2, "webgl")
    }
    if path.hasPrefix("jsx:"), name == "Canvas", world.tracer.facts.usesFiber { return (3, "webgl") }
    if owner.contains("canvas:2d"), ["fillRect", "fill", "stroke", "drawImage", "arc", "putImageData"].contains(name) {
      return (2, "canvas")
    }
    if world.tracer.facts.usesP5,
      ["rect", "ellipse", "circle", "triangle", "line", "image", "box", "sphere"].contains(name)
    {
      return (name == "box" || name == "sphere" ? 3 : 2, name == "box" || name == "sphere" ? "webgl" : "canvas")
    }
    return nil
  }

  /// Whether raw drawing tests depth or projects in a shader.
  private static func hasDepth(_ world: World) -> Bool {
    let texts = world.effects.contains { effect in
      guard effect.kind == .call else { return false }
      let path = world.tracer.symbolNames[effect.how]
      return path.hasSuffix(".enable") && effect.site >= 0
        && world.index.code(effect).descendants.contains { $0.name == "DEPTH_TEST" }
    }
    return texts
      || world.effects.contains { $0.kind == .call && world.tracer.symbolNames[$0.how].contains("uniformMatrix4fv") }
  }

  /// A canvas on which positions in space are divided by their depth.
  private static func projection(_ world: World) -> Int? {
    for effect in world.effects where effect.kind == .call && world.inLoop(effect) {
      guard world.tracer.symbolNames[effect.how].contains("canvas:2d") else { continue }
      for argument in effect.arguments.prefix(2) {
        let deps = world.index.expand(argument.deps)
        let hasDepth = deps.contains { world.lastName($0) == "z" && world.isOfMember($0) }
        let hasPlane = deps.contains { ["x", "y"].contains(world.lastName($0)) && world.isOfMember($0) }
        if hasDepth, hasPlane { return effect.site }
      }
    }
    return nil
  }

  /// Elements that a loop moves in space by style.
  private static func styleSpace(_ world: World) -> Int? {
    for effect in world.effects where effect.kind == .write && world.inLoop(effect) {
      guard world.lastName(effect.target) == "transform" else { continue }
      let text = world.index.code(effect).text
      if text.contains("translate3d") || text.contains("translateZ") {
        return text.contains("0px)") || text.contains(" 0)") ? nil : effect.site
      }
    }
    return nil
  }

  // MARK: Charts

  private static func charts(_ world: World) -> [Finding] {
    var result: [Finding] = []
    let histories = histories(world)
    guard !histories.isEmpty else { return [] }
    var seen: Set<String> = []
    let calls: Set<String> = [
      "lineTo", "vertex", "curveVertex", "line", "rect", "fillRect", "bezierCurveTo", "quadraticCurveTo", "point",
      "update", "setData", "arc", "ellipse",
    ]
    // Elements written as JSX are drawn anew whenever what they show changes.
    for effect in world.effects
    where !world.index.isLoadOnly(effect.frame) || world.index.code(effect).kind == .jsxAttribute {
      var deps: [Int] = []
      var isLibrary = false
      switch effect.kind {
      case .call:
        let path = world.tracer.symbolNames[effect.how]
        guard calls.contains(path.split(separator: ".").last.map(String.init) ?? path) else { continue }
        deps = effect.arguments.flatMap { $0.deps }
        isLibrary = path.contains("chart.js") || path.contains("Chart")
      case .write:
        guard ["points", "d", "height", "innerHTML"].contains(world.lastName(effect.target)),
          case .thing(let root) = world.index.place(effect.target).root, root.tag == .node,
          world.tracer.nodes[world.tracer.find(root.id)].kind == .element
        else { continue }
        deps = effect.value.deps
      default: continue
      }
      for history in histories
      where isLibrary || deps.contains(where: { history.covers(world.index.canonical($0), world) }) {
        for role in history.roles where seen.insert(role).inserted {
          result.append(
            Finding(
              id, .found, facts: ["of": .word(role), "form": .word("chart"), "dimensions": .number(2)],
              evidence: [
                world.index.evidence(history.site, "keeps the counts"), world.index.evidence(effect, "draws them"),
              ]))
        }
      }
    }
    for history in histories where history.isChart {
      for role in history.roles where seen.insert(role).inserted {
        result.append(
          Finding(
            id, .found, facts: ["of": .word(role), "form": .word("chart")],
            evidence: [world.index.evidence(history.site, "adds the counts to a chart")]))
      }
    }
    return result
  }

  /// A list to which counts are added in the course of time.
  private struct History {
    var lists: Set<Int>
    var roles: [String]
    var site: Int
    var isChart = false

    func covers(_ place: Int, _ world: World) -> Bool {
      if case .thing(let root) = world.index.place(place).root {
        return root.tag == .member && lists.contains(world.tracer.find(root.id))
          || root.tag == .node && lists.contains(world.tracer.find(root.id))
            && world.index.place(place).path.last != world.tracer.symbol.length
      }
      return false
    }
  }

  private static func histories(_ world: World) -> [History] {
    var result: [History] = []
    for effect in world.effects where !world.index.isLoadOnly(effect.frame) {
      if effect.kind == .call, world.tracer.symbolNames[effect.how].hasSuffix("push") {
        let roles = roles(in: effect.value, world)
        if !roles.isEmpty { result.append(History(lists: [], roles: roles, site: effect.site, isChart: true)) }
        continue
      }
      guard effect.kind == .push else { continue }
      var roles = Set(roles(in: effect.value, world))
      var lists: Set<Int> = [world.tracer.find(effect.target)]
      for thing in effect.value.things where thing.tag == .node {
        let id = world.tracer.find(thing.id)
        lists.insert(id)
        for other in world.effects where other.kind == .write {
          guard case .thing(let root) = world.index.place(other.target).root, root.tag == .node,
            world.tracer.find(root.id) == id
          else { continue }
          roles.formUnion(self.roles(in: other.value, world))
        }
      }
      if !roles.isEmpty, world.role(.members(world.tracer.find(effect.target))) == nil {
        result.append(History(lists: lists, roles: roles.sorted(), site: effect.site))
      }
    }
    return result
  }

  private static func roles(in value: Value, _ world: World) -> [String] {
    Set(world.sources(of: value).compactMap { world.countedRole($0) }).filter {
      ["plants", "prey", "predators"].contains($0)
    }.sorted()
  }
}
