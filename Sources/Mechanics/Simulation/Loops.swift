import Program

/// The update that the host repeats, and whether it knows how much time has passed.
struct Loops: Mechanic {
  static let id = "loop"

  static let examples: [Example] = [
    .found(
      """
      const c = document.getElementById('c').getContext('2d'); const balls = [{x: 1, y: 2, v: 3}]; let last = 0;
      function frame(now) { const dt = (now - last) / 1000; last = now;
        for (const b of balls) { b.x += b.v * dt; c.fillRect(b.x, b.y, 2, 2); } requestAnimationFrame(frame); }
      requestAnimationFrame(frame);
      """, ["host": .word("animation-frame"), "scaled": .word("elapsed"), "main": .flag(true)]),
    .found(
      """
      const c = document.getElementById('c').getContext('2d'); const balls = [{x: 1, y: 2, v: 3}];
      function frame() { for (const b of balls) { b.x += b.v; c.fillRect(b.x, b.y, 2, 2); } requestAnimationFrame(frame); }
      frame();
      """, ["scaled": .word("frame")]),
    .found(
      """
      const c = document.getElementById('c').getContext('2d'); const balls = [{x: 1, y: 2, v: 3}]; let last = 0, rest = 0;
      const step = () => { for (const b of balls) b.x += b.v; };
      function frame(now) { rest += now - last; last = now; while (rest >= 16) { step(); rest -= 16; }
        for (const b of balls) c.fillRect(b.x, b.y, 2, 2); requestAnimationFrame(frame); }
      requestAnimationFrame(frame);
      """, ["scaled": .word("fixed-step")]),
    .found(
      """
      const c = document.getElementById('c').getContext('2d'); const balls = [{x: 1, y: 2, v: 3}];
      setInterval(() => { for (const b of balls) { b.x += b.v; c.fillRect(b.x, b.y, 2, 2); } }, 50);
      """, ["host": .word("interval"), "scaled": .word("interval")]),
    .absent("function frame() { requestAnimationFrame(frame); }"),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    let index = world.index
    return index.loops.enumerated().map { number, loop in
      let moved = world.worldMotions.filter { loop.frames.contains(world.effects[$0].frame) }
      let isMain = number == world.mainLoop
      var facts: [String: Fact] = ["host": .word(loop.kind.rawValue), "main": .flag(isMain)]
      if !moved.isEmpty || isMain {
        facts["scaled"] = .word(moved.isEmpty ? plainScaling(loop) : world.scaling(of: moved))
      }
      var advanced: Set<String> = []
      for (entity, numbers) in world.motions
      where numbers.contains(where: { loop.frames.contains(world.effects[$0].frame) }) {
        if let role = world.role(entity) { advanced.insert(role) }
      }
      if isMain { facts["advances"] = .words(advanced.isEmpty ? ["world"] : advanced.sorted()) }
      let entry = index.tracer.entries[loop.entries[0]]
      var evidence = [index.evidence(entry.site, "the host is asked to repeat this")]
      if let first = moved.first {
        evidence.append(index.evidence(world.effects[first], "a step of the motion, \(says(world.scaling(first)))"))
      }
      return Finding(id, .found, facts: facts, evidence: evidence)
    }
  }

  private static func plainScaling(_ loop: TraceIndex.Loop) -> String {
    loop.kind == .interval || loop.kind == .timeout ? "interval" : "frame"
  }

  private static func says(_ scaling: String) -> String {
    switch scaling {
    case "elapsed": "scaled by the time that passed"
    case "fixed-step": "in steps that the passed time pays for"
    case "interval": "once for each tick of a timer"
    default: "the same for every frame"
    }
  }
}
