import JavaScriptSyntax
import Program

/// Audio that is really started, by event.
struct Sounds: Mechanic {
  static let id = "sound"

  static let examples: [Example] = [
    .found(
      """
      <button id=b>Beep</button><script>
      let ctx; document.getElementById('b').onclick = () => { ctx = ctx || new AudioContext(); const o = ctx.createOscillator();
        o.connect(ctx.destination); o.start(); o.stop(ctx.currentTime + 0.1); };
      </script>
      """, ["source": .word("oscillator")]),
    .absent("const ctx = new AudioContext(); function beep() { ctx.createOscillator().start(); }"),
    .broken(
      "<button id=b>Beep</button><script>const s = new Audio('beep.mp3'); document.getElementById('b').onclick = () => s.play();</script>"
    ),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    var result: [Finding] = []
    var seen: Set<String> = []
    for effect in world.effects where effect.kind == .call {
      guard let source = source(of: effect, world), !world.index.isLoadOnly(effect.frame) || source == "oscillator"
      else { continue }
      let events = occasions(of: effect, world)
      for event in events.isEmpty ? ["start"] : events where seen.insert(event + source).inserted {
        if let file = missingFile(effect, world) {
          result.append(
            Finding(
              id, .broken, facts: ["event": .word(event), "source": .word(source)],
              evidence: [world.index.evidence(effect, "plays a file")],
              reason: "the file `\(file)` is not in the project", failure: .tunable,
              advice: "Ship the sound file, or make the sound with Web Audio."))
        } else {
          result.append(
            Finding(
              id, .found, facts: ["event": .word(event), "source": .word(source)],
              evidence: [world.index.evidence(effect, "starts a sound")]))
        }
      }
    }
    return result
  }

  static func isStart(_ effect: Effect, _ world: World) -> Bool {
    effect.kind == .call && source(of: effect, world) != nil
  }

  /// What a call sounds with; `nil` when it starts no sound.
  static func source(of effect: Effect, _ world: World) -> String? {
    let path = world.tracer.symbolNames[effect.how]
    guard let name = path.split(whereSeparator: { $0 == "." || $0 == ":" }).last.map(String.init) else { return nil }
    switch name {
    case "start":
      if path.contains("audio:oscillator") { return "oscillator" }
      if path.contains("audio:buffer") { return "buffer" }
      return path.hasPrefix("tone:") ? "library" : nil
    case "play":
      if path.hasPrefix("Audio") || path.hasPrefix("Element") { return "element" }
      if effect.receiver.things.contains(where: { isElement($0, world) }) { return "element" }
      if path.hasPrefix("howler:") || path.contains("Audio") || path.contains("ound") || isSoundPlace(effect, world) {
        return "library"
      }
      return nil
    case "triggerAttackRelease", "triggerAttack", "zzfx", "playTone": return "library"
    case "speak": return path.contains("speech") ? "speech" : nil
    default: return nil
    }
  }

  private static func isElement(_ thing: Thing, _ world: World) -> Bool {
    thing.tag == .node && world.tracer.nodes[world.tracer.find(thing.id)].kind == .element
  }

  private static func isSoundPlace(_ effect: Effect, _ world: World) -> Bool {
    effect.receiver.things.contains { thing in
      thing.tag == .place
        && world.index.place(thing.id).path.contains { world.tracer.symbolNames[$0].lowercased().contains("sound") }
    }
      || world.tracer.facts.usesP5
        && effect.receiver.things.contains { thing in
          thing.tag == .node && world.tracer.nodes[world.tracer.find(thing.id)].type >= 0
            && world.tracer.symbolNames[world.tracer.nodes[world.tracer.find(thing.id)].type].lowercased().contains(
              "sound")
        }
  }

  // MARK: Occasions

  /// In a word each, what happens when a sound starts.
  private static func occasions(of effect: Effect, _ world: World) -> [String] {
    var result: Set<String> = []
    let frames = Set(world.tracer.frames.indices)
    var seen: Set<Int> = [effect.frame]
    var pending: [(frame: Int, chain: [Int], site: Int)] = [
      (effect.frame, world.index.chain(effect.guardID), effect.site)
    ]
    var steps = 0
    while let next = pending.popLast(), steps < 400 {
      steps += 1
      if let word = occasion(next.frame, next.chain, effect, world) {
        result.insert(word)
        continue
      }
      let edges = world.index.callers[next.frame].filter { frames.contains($0.caller) }
      if edges.isEmpty { result.insert("\(eventName(next.frame, world)) \(line(next.site, world))") }
      for edge in edges where edge.caller != next.frame {
        if seen.insert(edge.caller).inserted || world.index.callers[edge.caller].isEmpty || true, steps < 300 {
          pending.append((edge.caller, world.index.chain(edge.guardID), edge.site))
        }
      }
    }
    return result.sorted()
  }

  private static func line(_ site: Int, _ world: World) -> String { "at \(site)" }

  private static func eventName(_ frame: Int, _ world: World) -> String {
    world.tracer.entries.first { $0.frame == frame }.map { $0.name } ?? "start"
  }

  /// The occasion that a frame and its conditions show.
  private static func occasion(_ frame: Int, _ chain: [Int], _ effect: Effect, _ world: World) -> String? {
    for guardID in chain {
      for contact in world.cast.contacts where contact.guardID == guardID && contact.isTouching {
        let roles = [world.role(contact.a), world.role(contact.b)].compactMap { $0 }.sorted()
        if !roles.isEmpty { return roles.joined(separator: " meets ") }
      }
    }
    for push in world.effects where push.kind == .push && push.frame == frame {
      if let role = world.role(world.cast.subject(of: push)), ["player-shots", "enemy-shots"].contains(role) {
        return "launching \(role)"
      }
    }
    for other in world.effects where other.frame == frame && other.kind == .write {
      if world.scores.contains(world.index.canonical(other.target)) { return "scoring" }
      if world.isEnd(other) && world.inLoop(other) { return "end" }
    }
    if let entry = world.tracer.entries.first(where: { $0.frame == frame && $0.kind == .event }) {
      return "\(entry.name) \(line(entry.site, world))"
    }
    return nil
  }

  /// The local file that a sound needs and that the project lacks.
  private static func missingFile(_ effect: Effect, _ world: World) -> String? {
    for thing in effect.receiver.things where thing.tag == .node {
      let node = world.tracer.nodes[world.tracer.find(thing.id)]
      guard let name = world.tracer.find("src"), let value = node.fields[name] else { continue }
      for string in value.things where string.tag == .string {
        let path = world.tracer.symbolNames[string.id]
        if ProjectPaths.isLocal(path), !ProjectPaths.exists(path, world) { return path }
      }
    }
    return nil
  }
}
