import JavaScriptSyntax
import Program

/// In which states a game can be once it has ended, and what can still be done there.
struct Finals {
  private let world: World
  /// For each switch that an end throws, the values that it can come to have from there on; texts as they are, truth values
  /// as `true` and `false`.
  private(set) var values: [Int: Set<String>] = [:]

  init(_ world: World) {
    self.world = world
    for effect in world.effects where effect.kind == .write && world.inLoop(effect) && world.isEnd(effect) {
      guard let given = value(of: effect) else { continue }
      values[world.index.canonical(effect.target), default: []].formUnion(given)
    }
    for place in values.keys.sorted() { spread(place) }
  }

  /// The constants that a write gives; `nil` when others are possible.
  private func value(of effect: Effect) -> Set<String>? {
    let strings = effect.value.things.filter { $0.tag == .string }
    if !strings.isEmpty { return Set(strings.map { world.tracer.symbolNames[$0.id] }) }
    if world.index.isTrue(effect) { return ["true"] }
    return world.index.isFalsy(effect) ? ["false"] : nil
  }

  private func claim(_ place: Int, _ value: String) -> [Claim] {
    switch value {
    case "true": [Claim(place: place, kind: .truthy)]
    case "false": [Claim(place: place, kind: .falsy)]
    default: [Claim(place: place, kind: .equals(value)), Claim(place: place, kind: .truthy)]
    }
  }

  /// Adds what handlers and timers can make of the values.
  private mutating func spread(_ place: Int) {
    let writers = (world.index.writes[place] ?? []).map { world.effects[$0] }.filter {
      $0.how != 1 && !world.index.isLoadOnly($0.frame)
    }
    for _ in 0..<4 {
      let known = values[place] ?? []
      for effect in writers {
        guard let given = value(of: effect) else {
          // A toggle or something computed may give anything.
          if known.contains(where: { world.index.hasWay(to: effect, given: claim(place, $0)) }) { values[place] = nil }
          return
        }
        guard !given.isSubset(of: known),
          known.contains(where: { world.index.hasWay(to: effect, given: claim(place, $0)) })
        else { continue }
        values[place]?.formUnion(given)
      }
      if values[place] == known { return }
    }
  }

  /// Whether an event can still lead to an effect after the end.
  func allow(_ effect: Effect, from entry: Int) -> Bool {
    guard !values.isEmpty else { return world.index.hasWay(to: effect, from: entry) }
    return values.sorted { $0.key < $1.key }.allSatisfy { place, known in
      known.contains { world.index.hasWay(to: effect, from: entry, given: claim(place, $0)) }
    }
  }
}
