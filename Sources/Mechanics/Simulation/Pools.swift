import JavaScriptSyntax
import Program

/// Particles that are kept as columns of numbers: positions, velocities and lives in arrays of their own.
enum Pools {
  /// The records that hold such columns, with the writes that move and that make.
  private struct Pool {
    var owner: Int
    var moves: [Int]
    var makes: [Int]
    var ends: Bool
  }

  private static func pools(_ world: World) -> [Pool] {
    guard world.cast.player != nil, !world.cast.roles.values.contains("particles") else { return [] }
    var columns: [Int: [Int]] = [:]
    for (id, node) in world.tracer.nodes.enumerated()
    where world.tracer.find(id) == id && node.kind == .list && node.isNumeric && node.home >= 0 {
      columns[owner(of: node.home, world), default: []].append(id)
    }
    var result: [Pool] = []
    for key in columns.keys.sorted() {
      let lists = Set(columns[key] ?? [])
      guard lists.count >= 2 else { continue }
      let writes = world.effects.indices.filter {
        world.effects[$0].kind == .elementWrite && lists.contains(world.tracer.find(world.effects[$0].target))
          && world.inLoop(world.effects[$0])
      }
      let moves = writes.filter { world.operation(world.effects[$0]) == .addAssign }
      let drains = writes.filter { world.operation(world.effects[$0]) == .subtractAssign }
      // A slot comes to life where what is moved or counted down gets a new value.
      let used = Set((moves + drains).map { world.tracer.find(world.effects[$0].target) })
      let makes = world.effects.indices.filter { number in
        let effect = world.effects[number]
        guard world.inLoop(effect) else { return false }
        if effect.kind == .elementWrite {
          return used.contains(world.tracer.find(effect.target)) && world.operation(effect) == .assign
            && isNew(effect, lists, world)
        }
        return effect.kind == .call
          && effect.arguments.contains { argument in
            argument.things.contains { $0.tag == .node && used.contains(world.tracer.find($0.id)) }
          }
      }
      guard !moves.isEmpty, !drains.isEmpty, !makes.isEmpty else { continue }
      result.append(Pool(owner: key, moves: moves, makes: makes, ends: true))
    }
    return result
  }

  /// Whether a write starts a member rather than following the others.
  private static func isNew(_ effect: Effect, _ lists: Set<Int>, _ world: World) -> Bool {
    !effect.value.deps.contains { dep in
      if case .thing(let root) = world.index.place(dep).root { return lists.contains(world.tracer.find(root.id)) }
      return false
    }
  }

  private static func owner(of home: Int, _ world: World) -> Int {
    switch world.index.place(home).root {
    case .binding(let binding): return -1 - world.tracer.program.bindings[max(0, binding)].scope.index
    case .thing(let thing): return world.tracer.find(thing.id)
    }
  }

  static func motions(_ world: World) -> [Finding] {
    pools(world).map { pool in
      Finding(
        "motion", .found,
        facts: [
          "of": .word("particles"), "by": .word("velocity"), "driven-by": .word("loop"),
          "scaled": .word(world.scaling(of: pool.moves)),
        ],
        evidence: [world.index.evidence(world.effects[pool.moves[0]], "moves the numbers of every particle")])
    }
  }

  static func populations(_ world: World) -> [Finding] {
    pools(world).map { pool in
      Finding(
        "population", .found,
        facts: [
          "role": .word("particles"), "transient": .flag(true), "bounded": .flag(pool.ends),
          "removed-by": .words(["expiry", "recycled"]),
        ],
        evidence: [world.index.evidence(world.effects[pool.makes[0]], "a slot of the pool is used again")])
    }
  }

  static func births(_ world: World) -> [Finding] {
    pools(world).flatMap { pool -> [Finding] in
      var seen: Set<String> = []
      return pool.makes.compactMap { number in
        let meets = world.conditions(number).contains { guardID in
          world.cast.contacts.contains { $0.guardID == guardID && $0.isTouching }
        }
        let by = meets ? "encounter" : "timer"
        guard seen.insert(by).inserted else { return nil }
        let several = world.conditions(number).contains { world.tracer.guards[$0].kind == .loop }
        return Finding(
          "birth", .found,
          facts: [
            "of": .word("particles"), "by": .word(by), "limit": .words(["cap"]), "limited": .flag(true),
            "several": .flag(several),
          ],
          evidence: [world.index.evidence(world.effects[number], "starts a particle in the pool")])
      }
    }
  }
}
