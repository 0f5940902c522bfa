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
      guard world.index.hasWay(to: effect) else { continue }
      for event in occasions(of: effect, world) where seen.insert(event).inserted {
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
      return path.hasPrefix("tone:") || isInstrument(path) ? "library" : nil
    case "play":
      if path.hasPrefix("Audio") || path.hasPrefix("Element") { return "element" }
      if effect.receiver.things.contains(where: { isElement($0, world) }) { return "element" }
      if isInstrument(path) { return "library" }
      if path.hasPrefix("howler:") || path.contains("Audio") || path.contains("ound") || isSoundPlace(effect, world) {
        return "library"
      }
      return nil
    case "triggerAttackRelease", "triggerAttack", "zzfx", "playTone": return "library"
    case "speak": return path.contains("speech") ? "speech" : nil
    default: return nil
    }
  }

  /// Whether a path leads to something of a sound library that sounds.
  private static func isInstrument(_ path: String) -> Bool {
    ["Envelope", "Oscillator", "Noise", "Synth", "Pulse", "SoundFile", "Sampler"].contains { path.contains($0) }
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
  ///
  /// One event of the game is one word however many calls sound it. What a loop starts under no condition about the game is
  /// music and no event.
  private static func occasions(of effect: Effect, _ world: World) -> [String] {
    var result: Set<String> = []
    var seen: Set<[Int]> = []
    var pending: [(frame: Int, guards: [Int])] = [(effect.frame, world.index.chain(effect.guardID))]
    var steps = 0
    while let next = pending.popLast(), steps < 600 {
      steps += 1
      if let word = occasion(next.frame, next.guards, world) {
        result.insert(word)
        continue
      }
      if let entry = world.tracer.entries.first(where: { $0.frame == next.frame && $0.kind == .event }) {
        result.insert(inputWord(entry, world))
      } else if world.tracer.entries.contains(where: { $0.frame == next.frame && $0.kind == .load }) || next.frame == 0
      {
        result.insert("start")
      }
      for edge in world.index.callers[next.frame] where edge.caller != next.frame {
        guard seen.insert([edge.caller, edge.guardID]).inserted else { continue }
        if edge.isDeferred, !world.index.isOnce(next.frame) { continue }
        pending.append((edge.caller, world.index.chain(edge.guardID)))
      }
    }
    if result.count > 1 { result.remove("start") }
    return result.sorted()
  }

  private static func inputWord(_ entry: TraceEntry, _ world: World) -> String {
    let names = world.tracer.eventOrigin(entry.name).inputNames
    return names.isEmpty ? entry.name : "input"
  }

  /// The occasion that a frame and its conditions show.
  private static func occasion(_ frame: Int, _ chain: [Int], _ world: World) -> String? {
    for guardID in chain {
      for contact in world.cast.contacts where contact.guardID == guardID && contact.isTouching {
        let roles = [world.role(contact.a), world.role(contact.b)].compactMap { $0 }.sorted()
        if roles.count == 2 { return roles.joined(separator: " meets ") }
      }
    }
    if let role = launched(in: frame, world) { return "launching \(role)" }
    for number in world.effectsOfFrame[frame] ?? [] {
      let other = world.effects[number]
      guard other.kind == .write else { continue }
      if world.scores.contains(world.index.canonical(other.target)), world.isRise(other) { return "scoring" }
      if world.isEnd(other), world.inLoop(other) { return "end" }
      if world.cast.isHarm(other), world.cast.player != nil { return "harm" }
    }
    for guardID in chain where world.tracer.guards[guardID].kind != .loop {
      if let word = state(world.tracer.guards[guardID], world) { return word }
    }
    return nil
  }

  /// What of the game a condition asks about: a property of a kind of member, a count, the score, what the player lives on.
  private static func state(_ item: Guard, _ world: World) -> String? {
    for dep in item.value.deps {
      let place = world.index.canonical(dep)
      if world.scores.contains(place) { return "score" }
      if let role = world.countedRole(place) { return "number of \(role)" }
      if world.isOfMember(place), let role = world.role(world.cast.entity(ofPlace: world.index.place(place))) {
        return "\(role) \(world.lastName(place))"
      }
      if world.cast.player != nil, VitalNames.isVital(world.lastName(place)) { return "vitals" }
    }
    return nil
  }

  /// What comes into play in a frame.
  private static func launched(in frame: Int, _ world: World) -> String? {
    for (entity, role) in world.actors where ["player-shots", "enemy-shots", "enemies"].contains(role) {
      if world.cast.launches(of: entity).contains(where: { world.effects[$0].frame == frame }) { return role }
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
