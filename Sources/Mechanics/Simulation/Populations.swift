import JavaScriptSyntax
import Program

/// Members of one kind as a whole: how they come, how they go, what holds their number.
struct Populations: Mechanic {
  static let id = "population"

  static let examples: [Example] = [
    .found(
      SimulationExamples.shooter, ["role": .word("player-shots"), "bounded": .flag(true), "removed-by": .word("field")]),
    .found(SimulationExamples.shooter, ["role": .word("enemies"), "transient": .flag(true)]),
    .found(SimulationExamples.meadow, ["role": .word("plants"), "held-by": .word("cap")]),
    .found(SimulationExamples.meadow, ["role": .word("prey"), "kept-by": .word("minimum")]),
    .absent(SimulationExamples.meadow, ["role": .word("enemies")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let world = scene.shared(World.self)
    let births = scene.shared(BirthAnalysis.self).births
    var result: [Finding] = []
    for (entity, role) in world.actors where role != "player" {
      let own = births.filter { $0.entity == entity }
      result.append(population(entity, role == Cast.hazards ? "enemies" : role, own, births, world))
    }
    return result + Pools.populations(world)
  }

  private static func population(
    _ entity: Entity, _ role: String, _ own: [BirthAnalysis.Birth], _ all: [BirthAnalysis.Birth], _ world: World
  ) -> Finding {
    var facts: [String: Fact] = ["role": .word(role)]
    var evidence: [Evidence] = []
    if let launch = world.cast.launches(of: entity).first {
      evidence.append(world.index.evidence(world.effects[launch], "members are made here"))
    }
    let isTransient = own.contains { $0.isInLoop || role == "player-shots" }
    facts["transient"] = .flag(isTransient)
    let removals = removals(of: entity, world)
    if !removals.isEmpty { facts["removed-by"] = .words(removals.keys.sorted()) }
    for (how, site) in removals.sorted(by: { $0.key < $1.key }).prefix(4) {
      evidence.append(world.index.evidence(site, "removed: \(how)"))
    }
    if isTransient { facts["bounded"] = .flag(isBounded(entity, role, removals, own, world)) }
    let held = held(entity, role, all, world)
    if !held.isEmpty { facts["held-by"] = .words(held.sorted()) }
    let kept = kept(entity, role, own, world)
    if !kept.isEmpty {
      facts["kept-by"] = .words(kept.map { $0.0 }.sorted())
      evidence += kept.map { world.index.evidence($0.1, "newcomers: \($0.0)") }
    }
    return Finding(id, .found, facts: facts, evidence: evidence)
  }

  // MARK: Ends

  /// The ways in which members go, each with a place that shows it.
  static func removals(of entity: Entity, _ world: World) -> [String: Int] {
    guard let list = entity.list else { return [:] }
    var result: [String: Int] = [:]
    for (number, effect) in world.effects.enumerated() {
      if effect.kind == .write, Emptying.empties(effect, list, world), !world.index.isLoadOnly(effect.frame) {
        result["reset"] = result["reset"] ?? effect.site
        continue
      }
      guard effect.kind == .remove,
        world.cast.subject(of: effect).map({ isSame($0, entity) }) ?? false || world.tracer.find(effect.target) == list
      else { continue }
      for how in ways(number, effect, entity, world) where result[how] == nil { result[how] = effect.site }
    }
    for number in world.cast.sleeps(of: entity) {
      for how in ways(number, world.effects[number], entity, world) where result[how] == nil {
        result[how] = world.effects[number].site
      }
    }
    for (number, effect) in world.effects.enumerated()
    where effect.kind == .write && world.inLoop(effect) && effect.how != 1 {
      guard isSame(world.cast.subject(of: effect), entity), recycles(number, effect, world) else { continue }
      result["recycled"] = result["recycled"] ?? effect.site
    }
    return result
  }

  private static func isSame(_ a: Entity?, _ b: Entity) -> Bool { b.covers(a) }

  private static func ways(_ number: Int, _ effect: Effect, _ entity: Entity, _ world: World) -> Set<String> {
    let how = effect.how >= 0 ? world.tracer.symbolNames[effect.how] : ""
    if !world.inLoop(effect) { return ["reset"] }
    if how == "length" || how == "clear" { return ["reset"] }
    if how == "shift",
      world.conditions(number).contains(where: { world.tracer.guards[$0].value.origin.contains(.count) })
    {
      return ["cap"]
    }
    var tests: [(code: Code, value: Value, isNegated: Bool)] = []
    if how == "filter" {
      tests = filterTests(effect, entity, world).map { ($0.0, $0.1, true) }
    } else {
      tests = world.conditions(number).map { world.tracer.guards[$0] }.filter { $0.kind != .loop }.map {
        (world.tracer.facts.code($0.test), $0.value, $0.isNegated)
      }
    }
    var result: Set<String> = []
    for (code, value, isNegated) in tests {
      if world.cast.pairs(in: value).isEmpty {
        result.formUnion(ways(code, value, entity, world))
        continue
      }
      // Of `let done = life <= 0 || z > 20; done = done || hits(...)` every part counts by itself.
      for part in parts(of: code, isNegated, world, depth: 0) {
        guard let own = world.tracer.testValues[part.index], world.cast.pairs(in: own).isEmpty else { continue }
        result.formUnion(ways(part, own, entity, world))
      }
    }
    if world.conditions(number).contains(where: { guardID in
      world.cast.contacts.contains { $0.guardID == guardID && $0.isTouching && ($0.a == entity || $0.b == entity) }
    }) {
      result.insert(isFood(entity, world) ? "eaten" : "hit")
    }
    if how == "shift" || how == "pop", result.isEmpty { result.insert("cap") }
    return result
  }

  /// The comparisons any one of which makes a condition hold, through variables and functions.
  private static func parts(of test: Code, _ isNegated: Bool, _ world: World, depth: Int) -> [Code] {
    let test = test.unwrapped
    guard depth < 6 else { return [] }
    func inside(_ code: Code?, _ isNegated: Bool) -> [Code] {
      code.map { parts(of: $0, isNegated, world, depth: depth + 1) } ?? []
    }
    switch test.kind {
    case .logicalExpression:
      let sides = [test[.left], test[.right]].compactMap { $0 }
      let isEither = test.detail == .or && !isNegated || test.detail == .and && isNegated
      // What only holds where bodies meet says nothing of those that meet nobody.
      if !isEither, sides.contains(where: { meets($0, world) }) { return [] }
      return sides.flatMap { inside($0, isNegated) }
    case .unaryExpression: return inside(test[.argument], !isNegated)
    case .binaryExpression: return [test]
    case .identifier:
      guard let binding = world.tracer.facts.binding(of: test) else { return [] }
      return world.tracer.program.writes(of: world.tracer.program.bindings[binding].id).prefix(8).flatMap {
        inside($0.value, isNegated)
      }
    case .callExpression:
      return world.tracer.program.callees(of: test).prefix(4).flatMap {
        inside(world.tracer.facts.returnedExpression(of: $0), isNegated)
      }
    case .arrowFunctionExpression, .functionExpression, .functionDeclaration:
      return inside(world.tracer.facts.returnedExpression(of: test), isNegated)
    default: return []
    }
  }

  /// Whether a condition compares two bodies.
  private static func meets(_ test: Code, _ world: World) -> Bool {
    test.descendants.contains { code in
      world.tracer.testValues[code.index].map { !world.cast.pairs(in: $0).isEmpty } ?? false
    }
  }

  /// The tests of the `filter` that an assignment keeps the result of.
  private static func filterTests(_ effect: Effect, _ entity: Entity, _ world: World) -> [(Code, Value)] {
    var result: [(Code, Value)] = []
    let assignment = world.index.code(effect)
    var calls = assignment.descendants.filter {
      $0.kind == .callExpression && world.tracer.filterTests[$0.index] != nil
    }
    if calls.isEmpty {
      calls = world.tracer.filterTests.keys.sorted().filter { key in
        (world.tracer.filterTests[key]?.deps ?? []).contains {
          isSame(world.cast.entity(ofPlace: world.index.place($0)), entity)
        }
      }.map { world.tracer.facts.code($0) }
    }
    for call in calls {
      guard let value = world.tracer.filterTests[call.index] else { continue }
      result.append((call.list(.arguments).first ?? call, value))
      // A predicate that is a function of its own is looked at where it stands.
      for function in call.list(.arguments).prefix(1) where !function.kind.isFunction {
        for code in world.tracer.program.functions(of: function) { result.append((code, value)) }
      }
      for inner in call.descendants where inner.kind == .callExpression {
        for code in world.tracer.program.callees(of: inner) { result.append((code, value)) }
      }
    }
    return result
  }

  /// What a test about a member says: that it left the field, that its time is over, that it died.
  private static func ways(_ test: Code, _ value: Value, _ entity: Entity, _ world: World) -> Set<String> {
    var result: Set<String> = []
    for dep in world.index.expand(value.deps) {
      guard isSame(world.cast.entity(ofPlace: world.index.place(dep)), entity) else { continue }
      if world.cast.isPosition(dep) {
        if comparesInOrder(test, world.lastName(dep), world) || test.kind == .identifier || calls(test) {
          result.insert("field")
        }
        continue
      }
      result.formUnion(ways(ofPlace: dep, test, entity, world))
    }
    return result
  }

  private static func ways(ofPlace dep: Int, _ test: Code, _ entity: Entity, _ world: World) -> Set<String> {
    var result: Set<String> = []
    let place = world.index.canonical(dep)
    let isOrdered = comparesInOrder(test, world.lastName(place), world) || calls(test)
    for number in world.index.writes[place] ?? [] {
      let write = world.effects[number]
      guard write.how != 1 else { continue }
      if world.inLoop(write), isOrdered,
        world.operation(write) == .subtractAssign || world.operation(write) == .addAssign || world.isFall(write)
      {
        let meets = isMeeting(number, entity, world)
        if meets {
          result.insert("hit")
        } else {
          result.insert(
            world.role(entity) == "prey" || world.role(entity) == "predators" || world.role(entity) == "plants"
              ? "death" : "expiry")
        }
      } else if world.operation(write) == .assign {
        // A flag is set where the reason stands.
        if isMeeting(number, entity, world) { result.insert(isFood(entity, world) ? "eaten" : "hit") }
        for guardID in world.conditions(number) where world.tracer.guards[guardID].kind != .loop {
          let item = world.tracer.guards[guardID]
          for inner in world.index.expand(item.value.deps)
          where inner != place && isSame(world.cast.entity(ofPlace: world.index.place(inner)), entity) {
            let code = world.tracer.facts.code(item.test)
            if world.cast.isPosition(inner) {
              if world.cast.pairs(in: item.value).isEmpty, comparesInOrder(code, world.lastName(inner), world) {
                result.insert("field")
              }
            } else if comparesInOrder(code, world.lastName(inner), world), changesInLoop(inner, world) {
              result.insert(
                ["prey", "predators", "plants"].contains(world.role(entity) ?? "")
                  ? "death" : isMeetingOnly(inner, entity, world) ? "hit" : "expiry")
            }
          }
        }
      }
    }
    return result
  }

  private static func isFood(_ entity: Entity, _ world: World) -> Bool {
    ["plants", "prey"].contains(world.role(entity) ?? "") && world.cast.meals.contains { $0.food == entity }
  }

  private static func isMeeting(_ number: Int, _ entity: Entity, _ world: World) -> Bool {
    world.conditions(number).contains { guardID in
      world.cast.contacts.contains {
        $0.guardID == guardID && $0.isTouching && (isSame($0.a, entity) || isSame($0.b, entity))
      }
    }
  }

  /// Whether a number goes up or down in the course of time.
  private static func changesInLoop(_ place: Int, _ world: World) -> Bool { !steps(of: place, world).isEmpty }

  private static func steps(of place: Int, _ world: World) -> [Int] {
    (world.index.writes[world.index.canonical(place)] ?? []).filter { number in
      let effect = world.effects[number]
      guard world.inLoop(effect), effect.how != 1 else { return false }
      return world.operation(effect) != .assign || world.dependsOn(effect.value, effect.target)
        || !effect.value.origin.isDisjoint(with: [.elapsed, .clock])
    }
  }

  private static func isMeetingOnly(_ place: Int, _ entity: Entity, _ world: World) -> Bool {
    steps(of: place, world).allSatisfy { isMeeting($0, entity, world) }
  }

  private static func calls(_ test: Code) -> Bool { test.unwrapped.kind == .callExpression }

  /// Whether a test compares a property with a bound.
  private static func comparesInOrder(_ test: Code, _ name: String, _ world: World) -> Bool {
    test.descendants.contains { code in
      guard code.kind == .binaryExpression, [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(code.detail)
      else { return false }
      return code.descendants.contains { inner in
        inner.kind == .identifier && (inner.name == name || isAlias(inner, name, world))
      }
    }
  }

  /// Whether a variable was taken from a property of the name.
  private static func isAlias(_ identifier: Code, _ name: String, _ world: World) -> Bool {
    guard let binding = world.tracer.facts.binding(of: identifier) else { return false }
    return world.tracer.program.writes(of: world.tracer.program.bindings[binding].id).contains { write in
      write.value?.descendants.contains { $0.name == name } ?? false
    }
  }

  /// Whether a write puts a member back for another use.
  private static func recycles(_ number: Int, _ effect: Effect, _ world: World) -> Bool {
    guard world.operation(effect) == .assign, world.cast.isPosition(effect.target),
      !world.dependsOn(effect.value, effect.target)
    else { return false }
    return world.index.chain(effect.guardID).contains { guardID in
      let item = world.tracer.guards[guardID]
      return item.kind == .branch
        && item.value.deps.contains { world.matches(world.index.canonical($0), world.index.canonical(effect.target)) }
        && world.cast.pairs(in: item.value).isEmpty
    }
  }

  private static func isBounded(
    _ entity: Entity, _ role: String, _ removals: [String: Int], _ births: [BirthAnalysis.Birth], _ world: World
  ) -> Bool {
    let ends: Set<String> = ["field", "expiry", "recycled", "cap", "death", "eaten"]
    if !ends.isDisjoint(with: removals.keys) { return true }
    // Enemies that come in waves are replaced by the next, or come only when none is left.
    if role == "enemies" {
      if removals["reset"] != nil, births.contains(where: { $0.isInLoop }), resetsInLoop(entity, world) { return true }
      let living = births.filter { $0.isInLoop }
      if removals["hit"] != nil, !living.isEmpty, living.allSatisfy({ waitsForNone($0, entity, world) }) { return true }
      if removals["hit"] != nil, !leavesField(entity, world) { return living.allSatisfy { $0.limits.contains("cap") } }
    }
    return false
  }

  private static func resetsInLoop(_ entity: Entity, _ world: World) -> Bool {
    guard let list = entity.list else { return false }
    return world.effects.contains { world.inLoop($0) && Emptying.empties($0, list, world) }
  }

  private static func waitsForNone(_ birth: BirthAnalysis.Birth, _ entity: Entity, _ world: World) -> Bool {
    world.conditions(birth.effect).contains { guardID in
      let item = world.tracer.guards[guardID]
      return item.kind != .loop
        && item.value.deps.contains {
          world.index.place($0).path.last == world.tracer.symbol.length && world.countedRole($0) == "enemies"
        }
    }
  }

  private static func leavesField(_ entity: Entity, _ world: World) -> Bool { true }

  // MARK: What holds and keeps

  private static func held(_ entity: Entity, _ role: String, _ births: [BirthAnalysis.Birth], _ world: World) -> Set<
    String
  > {
    guard ["plants", "prey", "predators"].contains(role) else { return [] }
    let own = births.filter { $0.entity == entity && $0.by != "reader" }
    var result: Set<String> = []
    let bred = own.filter { $0.by == role }
    if !bred.isEmpty, bred.allSatisfy({ $0.limits.contains("cap") }) { result.insert("cap") }
    if !bred.isEmpty, bred.allSatisfy({ $0.limits.contains("crowding") }) { result.insert("crowding") }
    if role == "plants" {
      if bred.isEmpty, own.contains(where: { $0.limits.contains("cap") }) { result.insert("cap") }
      if bred.isEmpty, !own.isEmpty { result.insert("budget") }
      if isGrid(entity, world) { result.insert("space") }
      return result
    }
    let foods = world.cast.meals.filter { $0.eater == entity }.map { $0.food }
    if foods.contains(where: { food in
      guard let foodRole = world.role(food) else { return false }
      return foodRole == "plants"
        ? !held(food, "plants", births, world).isEmpty
        : foodRole == "prey" && !held(food, "prey", births, world).isEmpty
    }) {
      result.insert("food")
    }
    return result
  }

  /// Whether members beyond a number are taken away again.
  static func isTrimmed(_ entity: Entity, _ world: World) -> Bool {
    guard let list = entity.list else { return false }
    return world.effects.enumerated().contains { number, effect in
      guard effect.kind == .remove, world.inLoop(effect), world.tracer.find(effect.target) == list else { return false }
      let how = world.tracer.symbolNames[effect.how]
      guard ["splice", "length", "pop", "shift", "slice", "filter"].contains(how) else { return false }
      return world.index.chain(effect.guardID).contains { guardID in
        let item = world.tracer.guards[guardID]
        return item.value.origin.contains(.count) && !item.isNegated
          && item.value.deps.contains {
            let place = world.index.place($0)
            return place.path.last == world.tracer.symbol.length && place.root == .thing(.node(list))
          } && item.value.deps.allSatisfy { !world.isOfMember($0) }
          && isAbove(world.tracer.facts.code(item.test), world)
      }
    }
  }

  /// Whether a condition holds above a bound other than none.
  private static func isAbove(_ test: Code, _ world: World) -> Bool {
    let test = test.unwrapped
    guard test.kind == .binaryExpression, test.detail == .greater || test.detail == .greaterOrEqual,
      let right = test[.right]
    else { return false }
    return world.tracer.facts.program.constant(of: right).number.map { $0 > 1 } ?? true
  }

  /// Whether the members are the numbers of a grid.
  static func isGrid(_ entity: Entity, _ world: World) -> Bool {
    guard let list = entity.list else { return false }
    return world.tracer.nodes[list].isNumeric
  }

  private static func kept(_ entity: Entity, _ role: String, _ own: [BirthAnalysis.Birth], _ world: World) -> [(
    String, Int
  )] {
    guard ["plants", "prey", "predators"].contains(role) else { return [] }
    var result: [(String, Int)] = []
    for birth in own where birth.isInLoop && birth.by == "timer" {
      let effect = world.effects[birth.effect]
      let isFloor = world.conditions(birth.effect).contains { guardID in
        let item = world.tracer.guards[guardID]
        return item.kind != .loop
          && item.value.deps.contains {
            world.index.place($0).path.last == world.tracer.symbol.length && world.countedRole($0) == role
          }
      }
      let kind = isFloor ? "minimum" : "immigration"
      if !result.contains(where: { $0.0 == kind }) { result.append((kind, effect.site)) }
    }
    return result
  }
}
