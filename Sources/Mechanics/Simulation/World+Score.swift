import JavaScriptSyntax
import Program

/// The numbers that count what the player achieves.
extension World {
  func findScores() {
    guard cast.player != nil else { return }
    let shown = shownPlaces
    var found: Set<Int> = []
    for consequence in cast.consequences {
      let effect = effects[consequence.effect]
      guard effect.kind == .write, !isOfMember(effect.target), effect.how != 1, isRise(effect),
        !cast.isPosition(effect.target), !isTimed(effect)
      else { continue }
      let roles = [consequence.contact.a, consequence.contact.b].map { cast.role(of: $0) }
      guard roles.contains("player-shots") || roles.contains("enemies") || roles.contains(Cast.hazards) else {
        continue
      }
      let place = index.canonical(effect.target)
      if shown.contains(place), isTally(place) { found.insert(place) }
    }
    if found.isEmpty {
      // A score may also rise where members are found dead.
      for (number, effect) in effects.enumerated()
      where effect.kind == .write && inLoop(effect) && isRise(effect) && !isOfMember(effect.target) && effect.how != 1 {
        let place = index.canonical(effect.target)
        guard shown.contains(place), !isTimed(effect), isTally(place) else { continue }
        if index.chain(effect.guardID).contains(where: { tracer.guards[$0].value.deps.contains { isOfMember($0) } })
          || isScoreName(place) && isAboutEnemies(number)
        {
          found.insert(place)
        }
      }
    }
    let named = found.filter { isScoreName($0) }
    scores = named.isEmpty ? found : named
  }

  /// Whether a step is one of time, as for a clock that is shown.
  private func isTimed(_ effect: Effect) -> Bool {
    effect.value.origin.contains(.elapsed) || effect.arguments.first?.origin.contains(.elapsed) == true
  }

  /// Whether code that counts runs under some condition about enemies or shots.
  private func isAboutEnemies(_ number: Int) -> Bool {
    let wanted: Set<String> = ["enemies", "player-shots", Cast.hazards]
    return conditions(number).contains { guardID in
      tracer.guards[guardID].value.deps.contains { dep in
        (role(cast.entity(ofPlace: index.place(dep))) ?? countedRole(dep)).map { wanted.contains($0) } ?? false
      }
        || tracer.guards[guardID].value.things.contains { thing in
          (thing.tag == .node || thing.tag == .view)
            && role(.members(tracer.find(thing.id))).map { wanted.contains($0) }
              ?? false
        }
    }
  }

  /// Whether a number only ever grows while the game goes on: multipliers and streaks fall, are capped or start again.
  private func isTally(_ place: Int) -> Bool {
    if isScoreName(place) { return true }
    let writers = (index.writes[place] ?? []).map { effects[$0] }.filter { $0.how != 1 }
    return !writers.contains { effect in
      if isFall(effect), !isRise(effect) { return true }
      if operation(effect) == .assign, dependsOn(effect.value, place) { return isCapped(effect) }
      return operation(effect) == .assign && inLoop(effect) && !isRestart(effect)
    }
  }

  private func isCapped(_ effect: Effect) -> Bool {
    index.code(effect)[.right]?.descendants.contains { code in
      guard code.kind == .callExpression, let callee = code[.callee]?.unwrapped else { return false }
      let name = callee.kind == .memberExpression ? callee[.property]?.name ?? "" : callee.name
      return name == "min" || name.hasPrefix("clamp")
    } ?? false
  }

  /// Whether a write belongs to code that also runs outside of the loop or sets several numbers back.
  private func isRestart(_ effect: Effect) -> Bool {
    let function = tracer.frames[effect.frame].function
    let isElsewhere = tracer.frames.contains {
      $0.function == function && !index.loopFrames.contains($0.id) && !(index.entriesOfFrame[$0.id] ?? []).isEmpty
    }
    if isElsewhere { return true }
    let others = Set(
      effects.filter {
        $0.kind == .write && $0.frame == effect.frame && $0.how != 1 && operation($0) == .assign
          && $0.value.number != nil && !isOfMember($0.target)
      }.map { $0.target })
    return others.count > 3
  }

  func isScoreName(_ place: Int) -> Bool {
    let name = lastName(place).lowercased()
    if ["multi", "best", "high", "record", "max", "combo"].contains(where: { name.contains($0) }) { return false }
    return [
      "score", "punkt", "punt", "point", "kill", "wynik", "очк", "スコア", "得点", "点数", "分数", "得分", "tensuu", "tokuten",
      "sukoa", "pontos",
    ].contains { name.contains($0) }
  }

  /// Whether a write keeps the best of what another number ever was: it runs where the two were compared.
  func isRecord(_ number: Int, of dep: Int) -> Bool {
    let place = index.canonical(effects[number].target)
    let source = index.canonical(dep)
    guard place != source else { return false }
    return index.chain(effects[number].guardID).contains { guardID in
      let deps = Set(tracer.guards[guardID].value.deps.map { index.canonical($0) })
      return deps.contains(place) && deps.contains(source)
    }
  }
}
