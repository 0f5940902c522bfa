import Program

/// Drawings that follow the size of the window.
struct Resizes: Mechanic {
  static let id = "layout"

  static let examples: [Example] = [
    .found(
      """
      const c = document.getElementById('c'); c.getContext('2d').fillRect(0, 0, 1, 1);
      addEventListener('resize', () => { c.width = innerWidth; c.height = innerHeight; });
      """, ["aspect": .word("resize"), "by": .word("handler"), "updates": .word("size")]),
    .found(
      """
      <script type=importmap>{"imports": {"three": "https://unpkg.com/three/build/three.module.js"}}</script><script type=module>
      ;import * as THREE from 'three';
      const camera = new THREE.PerspectiveCamera(), renderer = new THREE.WebGLRenderer();
      window.addEventListener('resize', () => { camera.aspect = innerWidth / innerHeight; camera.updateProjectionMatrix(); renderer.setSize(innerWidth, innerHeight); });
      </script>
      """, ["updates": .words(["aspect", "size"])]),
    .absent(
      """
      const c = document.getElementById('c'); c.getContext('2d').fillRect(0, 0, 1, 1);
      c.addEventListener('resize', () => { c.width = innerWidth; c.height = innerHeight; });
      """, ["aspect": .word("resize")]),
    .absent(
      "const c = document.getElementById('c'); c.width = innerWidth; c.height = innerHeight;",
      ["aspect": .word("resize")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    var result: [Finding] = []
    for (number, entry) in world.tracer.entries.enumerated() {
      let isObserver = entry.kind == .observer && entry.name == "ResizeObserver"
      guard entry.kind == .event && (entry.name == "resize" || entry.name == "orientationchange") || isObserver else {
        continue
      }
      if !isObserver, isDeaf(entry, world) { continue }
      if let finding = updates(
        in: world.index.framesOfEntry[number], by: isObserver ? "observer" : "handler", needsWindow: false, world)
      {
        result.append(finding)
      }
    }
    if result.isEmpty, let finding = updates(in: world.index.loopFrames, by: "frame", needsWindow: true, world) {
      result.append(finding)
    }
    return result + components(world)
  }

  /// Whether a listener waits on elements, which never hear of the window's size.
  private static func isDeaf(_ entry: TraceEntry, _ world: World) -> Bool {
    let nodes = entry.target.things.filter { $0.tag == .node }.map { world.tracer.nodes[world.tracer.find($0.id)] }
    return !nodes.isEmpty && nodes.allSatisfy { $0.kind == .element }
  }

  private static func updates(in frames: Set<Int>, by: String, needsWindow: Bool, _ world: World) -> Finding? {
    var updated: Set<String> = []
    var evidence: [Evidence] = []
    for effect in world.effects where frames.contains(effect.frame) {
      guard let what = update(effect, needsWindow: needsWindow, world) else { continue }
      if updated.insert(what).inserted { evidence.append(world.index.evidence(effect, "sets the \(what)")) }
    }
    guard !updated.isEmpty else { return nil }
    return Finding(
      id, .found, facts: ["aspect": .word("resize"), "by": .word(by), "updates": .words(updated.sorted())],
      evidence: evidence)
  }

  private static func update(_ effect: Effect, needsWindow: Bool, _ world: World) -> String? {
    switch effect.kind {
    case .call:
      let path = world.tracer.symbolNames[effect.how]
      let name = path.split(separator: ".").last.map(String.init) ?? path
      if needsWindow, !effect.value.origin.contains(.windowSize) { return nil }
      switch name {
      case "setSize", "resizeCanvas", "resize": return "size"
      case "viewport", "setViewport": return "viewport"
      default: return nil
      }
    case .write:
      let place = world.index.place(effect.target)
      guard let last = place.path.last, case .thing(let root) = place.root, root.tag == .node else { return nil }
      let node = world.tracer.nodes[world.tracer.find(root.id)]
      if needsWindow, !effect.value.origin.contains(.windowSize) { return nil }
      switch world.tracer.symbolNames[last] {
      case "width", "height":
        return node.kind == .element && place.path.count == 1
          || node.kind == .host && place.path.contains { world.tracer.symbolNames[$0] == "canvas" } ? "size" : nil
      case "aspect": return "aspect"
      default: return nil
      }
    default: return nil
    }
  }

  /// Components that follow the window by themselves.
  private static func components(_ world: World) -> [Finding] {
    guard world.tracer.facts.usesFiber,
      let canvas = world.effects.first(where: { $0.kind == .call && world.tracer.symbolNames[$0.how] == "jsx:Canvas" })
    else { return [] }
    return [
      Finding(
        id, .found,
        facts: [
          "aspect": .word("resize"), "by": .word("component"), "updates": .words(["aspect", "size", "viewport"]),
        ],
        evidence: [world.index.evidence(canvas, "the component follows its container")])
    ]
  }
}
