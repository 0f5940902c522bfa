import JavaScriptSyntax
import Program

/// What has to hold of one place for code to run.
struct Claim: Hashable {
  enum Kind: Hashable {
    case equals(String)
    case differs(String)
    case truthy
    case falsy
    /// At most the number, or below it.
    case below(Double, inclusive: Bool)
    /// At least the number, or above it.
    case above(Double, inclusive: Bool)
  }

  var place: Int
  var kind: Kind
  /// For properties of members, the name by which the code calls the member: two names may mean two members.
  var owner = ""

  /// Whether both cannot hold at once.
  func contradicts(_ other: Claim) -> Bool {
    guard place == other.place, owner == other.owner else { return false }
    switch (kind, other.kind) {
    case (.equals(let a), .equals(let b)): return a != b
    case (.equals(let a), .differs(let b)), (.differs(let a), .equals(let b)): return a == b
    case (.truthy, .falsy), (.falsy, .truthy): return true
    case (.above(let low, let a), .below(let high, let b)), (.below(let high, let b), .above(let low, let a)):
      return high < low || high == low && !(a && b)
    default: return false
    }
  }
}

extension TraceIndex {
  // MARK: Claims

  /// What is known to hold of single places where a condition lets code run.
  func claims(of guardID: Int) -> [Claim] {
    if let known = claimCache[guardID] { return known }
    let item = tracer.guards[guardID]
    var found: [Claim] = []
    if item.kind != .loop && item.kind != .overlap {
      collect(tracer.facts.code(item.test), item.isNegated, item.value, depth: 0, &found)
    }
    for position in found.indices {
      if case .thing(let root) = self.place(found[position].place).root, root.tag == .member {
        found[position].owner = owner(of: found[position].place, in: tracer.facts.code(item.test), item.frame)
      }
    }
    claimCache[guardID] = found
    return found
  }

  /// The text by which a condition calls the owner of a property, with the frame in which it does.
  private func owner(of place: Int, in test: Code, _ frame: Int) -> String {
    let name = self.place(place).path.last.map { tracer.symbolNames[$0] } ?? ""
    let uses = test.descendants.filter { $0.kind == .memberExpression && $0[.property]?.name == name }
    return "\(frame) " + (uses.first?[.object]?.text ?? "")
  }

  private func collect(_ test: Code, _ isNegated: Bool, _ value: Value?, depth: Int, _ found: inout [Claim]) {
    let test = test.unwrapped
    guard depth < 12 else { return }
    switch test.kind {
    case .unaryExpression where test.detail == .not:
      if let inner = test[.argument] { collect(inner, !isNegated, value, depth: depth + 1, &found) }
    case .logicalExpression where test.detail == .and && !isNegated || test.detail == .or && isNegated:
      if let left = test[.left] { collect(left, isNegated, nil, depth: depth + 1, &found) }
      if let right = test[.right] { collect(right, isNegated, nil, depth: depth + 1, &found) }
    case .binaryExpression: comparison(test, isNegated, value, &found)
    case .identifier, .memberExpression:
      if test.flags.contains(.computed), test[.property]?.kind != .literal {
        // `states[name]` picks one by its name.
        if let value, value.things.count == 1, value.things[0].tag == .string, let place = single(value) {
          let text = tracer.symbolNames[value.things[0].id]
          found.append(Claim(place: place, kind: isNegated ? .differs(text) : .equals(text)))
        }
        return
      }
      guard let value = value ?? tracer.testValues[test.index], let place = single(value) else { return }
      if test.kind == .identifier, !isPlace(test, place) {
        // A name for a comparison stands for it.
        guard let binding = tracer.facts.binding(of: test) else { return }
        let writes = tracer.program.writes(of: tracer.program.bindings[binding].id)
        if writes.count == 1, let given = writes.first?.value {
          collect(given, isNegated, nil, depth: depth + 1, &found)
        }
        return
      }
      found.append(Claim(place: place, kind: isNegated ? .falsy : .truthy))
    default: break
    }
  }

  /// Whether a name means a place itself rather than something computed from it.
  private func isPlace(_ name: Code, _ place: Int) -> Bool {
    guard let binding = tracer.facts.binding(of: name) else { return true }
    if case .binding(let own) = tracer.places[place].root { return own == binding }
    let writes = tracer.program.writes(of: tracer.program.bindings[binding].id)
    return writes.allSatisfy { write in
      guard let kind = write.value?.unwrapped.kind else { return true }
      return kind == .identifier || kind == .memberExpression || kind == .literal
    }
  }

  /// The only place that a value depends on.
  private func single(_ value: Value) -> Int? {
    let places = Set(value.deps.map { canonical($0) })
    return places.count == 1 && value.origin.isDisjoint(with: Origin.input.union([.random, .elapsed]))
      ? places.first : nil
  }

  private func comparison(_ test: Code, _ isNegated: Bool, _ value: Value?, _ found: inout [Claim]) {
    guard let left = test[.left]?.unwrapped, let right = test[.right]?.unwrapped,
      let value = value ?? tracer.testValues[test.index], let place = single(value)
    else { return }
    let isPlainLeft = left.kind == .identifier || left.kind == .memberExpression
    let isPlainRight = right.kind == .identifier || right.kind == .memberExpression
    switch test.detail {
    case .equal, .strictEqual, .notEqual, .strictNotEqual:
      let isEqual = (test.detail == .equal || test.detail == .strictEqual) != isNegated
      let constant = tracer.facts.string(right) == nil && right.kind != .literal ? left : right
      guard constant == right ? isPlainLeft : isPlainRight else { return }
      if let text = tracer.facts.string(constant) {
        found.append(Claim(place: place, kind: isEqual ? .equals(text) : .differs(text)))
      } else if constant.kind == .literal, constant.detail == .true {
        found.append(Claim(place: place, kind: isEqual ? .truthy : .falsy))
      } else if constant.kind == .literal, constant.detail == .false {
        found.append(Claim(place: place, kind: isEqual ? .falsy : .truthy))
      } else if let number = tracer.facts.number(constant), number == number.rounded(), abs(number) < 1e9 {
        found.append(Claim(place: place, kind: isEqual ? .equals(String(Int(number))) : .differs(String(Int(number)))))
      }
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      var isBelow = test.detail == .less || test.detail == .lessOrEqual
      var isInclusive = test.detail == .lessOrEqual || test.detail == .greaterOrEqual
      let bound: Double
      if isPlainLeft, let number = tracer.facts.number(right) {
        bound = number
      } else if isPlainRight, let number = tracer.facts.number(left) {
        bound = number
        isBelow.toggle()
      } else {
        return
      }
      if isNegated {
        isBelow.toggle()
        isInclusive.toggle()
      }
      found.append(
        Claim(
          place: place, kind: isBelow ? .below(bound, inclusive: isInclusive) : .above(bound, inclusive: isInclusive)))
    default: break
    }
  }

  // MARK: What can never hold

  /// Whether nothing that the program writes can make a claim hold.
  func isVain(_ claim: Claim) -> Bool {
    if let known = vainCache[claim] { return known }
    vainCache[claim] = false
    let found = judge(claim)
    vainCache[claim] = found
    return found
  }

  private func judge(_ claim: Claim) -> Bool {
    switch claim.kind {
    case .truthy:
      guard let writers = writers(of: claim.place), !writers.isEmpty else { return false }
      return writers.allSatisfy { isFalsy($0) }
    case .falsy:
      // What starts without a value starts out false.
      guard let writers = writers(of: claim.place),
        writers.contains(where: { $0.how == 1 || code($0).kind == .variableDeclarator })
      else { return false }
      return writers.allSatisfy { isTrue($0) }
    case .equals(let text):
      guard let writers = writers(of: claim.place), !writers.isEmpty else { return false }
      return writers.allSatisfy { effect in
        !effect.value.things.isEmpty && effect.operation == NodeDetail.assign.rawValue
          && effect.value.things.allSatisfy { $0.tag == .string && tracer.symbolNames[$0.id] != text }
      }
    default: return false
    }
  }

  /// The value that an assignment gives, as it stands in the code.
  private func given(_ effect: Effect) -> Code? {
    guard effect.operation == NodeDetail.assign.rawValue else { return nil }
    let code = code(effect)
    switch code.kind {
    case .variableDeclarator: return code[.`init`]?.unwrapped
    case .assignmentExpression: return lastRight(code)
    case .property, .propertyDefinition: return code[.value]?.unwrapped
    default: return nil
    }
  }

  /// The right end of `a = b = 0`.
  private func lastRight(_ code: Code) -> Code? {
    var next = code[.right]?.unwrapped
    var turns = 0
    while let inner = next, inner.kind == .assignmentExpression, turns < 16 {
      next = inner[.right]?.unwrapped
      turns += 1
    }
    return next
  }

  /// Whether a write gives `false`, `0`, `null`, `undefined` or an empty text.
  func isFalsy(_ effect: Effect) -> Bool {
    guard let given = given(effect) else { return false }
    switch given.kind {
    case .literal:
      if given.detail == .false || given.detail == .null { return true }
      if let number = tracer.facts.number(given) { return number == 0 }
      return tracer.facts.string(given)?.isEmpty ?? false
    case .unaryExpression where given.detail == .not:
      return given[.argument].flatMap { tracer.facts.number($0) } == 1
    case .unaryExpression where given.detail == .void: return true
    case .identifier: return given.name == "undefined"
    default: return false
    }
  }

  func isTrue(_ effect: Effect) -> Bool {
    guard let given = given(effect) else { return false }
    return given.kind == .literal && given.detail == .true
      || given.kind == .unaryExpression && given.detail == .not
        && given[.argument].flatMap { tracer.facts.number($0) } == 0
  }

  /// Everything that gives a place a value; `nil` when something unseen may.
  func writers(of place: Int) -> [Effect]? {
    let stored = self.place(place)
    guard let last = stored.path.last else {
      guard case .binding(let binding) = stored.root, binding >= 0,
        tracer.program.bindings[binding].kind == .let || tracer.program.bindings[binding].kind == .var
      else { return nil }
      return (writes[canonical(place)] ?? []).map { tracer.effects[$0] }
    }
    guard stored.path.count == 1, case .thing(let root) = stored.root else { return nil }
    var nodes: [Int] = []
    switch root.tag {
    case .node: nodes = [tracer.find(root.id)]
    case .member: nodes = tracer.memberNodes(of: root.id)
    default: return nil
    }
    guard !nodes.isEmpty,
      nodes.allSatisfy({ tracer.nodes[$0].kind == .record && !tracer.nodes[$0].isOpen && tracer.nodes[$0].type < 0 }),
      !nodes.contains(where: { handedOut.contains($0) })
    else { return nil }
    var result: [Effect] = []
    var places: Set<Int> = [canonical(place)]
    for node in nodes {
      places.insert(canonical(tracer.place(.thing(.node(node)), [last])))
      for list in tracer.nodes[node].lists {
        let list = tracer.find(list)
        places.insert(canonical(tracer.place(.thing(.member(list)), [last])))
        for variant in 0..<min(tracer.variantKeys.count, 64) {
          places.insert(canonical(tracer.place(.thing(.member(list, variant)), [last])))
        }
      }
    }
    for place in places.sorted() { result += (writes[place] ?? []).map { tracer.effects[$0] } }
    // A record that starts without the property starts with nothing.
    return result
  }

  // MARK: What runs out

  /// Whether a claim that something has run out asks for a number that nothing ever takes from.
  ///
  /// What a thing starts with, and what it is set to anew, is taken to be more than nothing.
  func isInexhaustible(_ claim: Claim) -> Bool {
    switch claim.kind {
    case .below(let bound, let inclusive) where bound < 0 || bound == 0 && inclusive || bound == 1 && !inclusive: break
    case .equals("0"): break
    default: return false
    }
    if let known = inexhaustibleCache[claim.place] { return known }
    let found = isNeverTakenFrom(claim.place)
    inexhaustibleCache[claim.place] = found
    return found
  }

  private func isNeverTakenFrom(_ place: Int) -> Bool {
    let stored = self.place(place)
    if let last = stored.path.last {
      let name = tracer.symbolNames[last]
      if PositionNames.coordinates.contains(name) || PositionNames.velocities.contains(name) { return false }
    }
    guard let writers = writers(of: place), !writers.isEmpty else { return false }
    return writers.allSatisfy { effect in
      if effect.how == 1 { return true }
      switch NodeDetail(rawValue: effect.operation) ?? .none {
      case .addAssign: return effect.arguments.first?.number.map { $0 > 0 } ?? false
      case .assign:
        if effect.value.deps.contains(where: { canonical($0) == canonical(place) }) {
          return onlyAdds(effect) || given(effect).map { isHeldAboveNothing($0) } ?? false
        }
        return effect.value.number.map { $0 > 0 }
          ?? (!loopFrames.contains(effect.frame) || given(effect).map { isPositive($0) } ?? false)
      default: return false
      }
    }
  }

  /// Whether an assignment only adds to the old value: `h = Math.min(h + 20, 100)`.
  private func onlyAdds(_ effect: Effect) -> Bool {
    guard let right = given(effect) else { return false }
    let sums = right.descendants.filter {
      $0.kind == .binaryExpression && [.add, .subtract, .multiply, .divide].contains($0.detail)
    }
    return !sums.isEmpty && sums.allSatisfy { $0.detail == .add }
      && !right.descendants.contains { $0.kind == .unaryExpression && $0.detail == .minus }
  }

  /// Whether an expression never gives less than some number above nothing: `Math.max(1, x)`, `clamp(x, 1, 100)`.
  private func isHeldAboveNothing(_ code: Code) -> Bool {
    let code = code.unwrapped
    guard code.kind == .callExpression, let callee = code[.callee]?.unwrapped else { return false }
    let name = callee.kind == .memberExpression ? callee[.property]?.name ?? "" : callee.name
    let arguments = code.list(.arguments)
    if name == "max" { return arguments.contains { isPositive($0) } }
    if name == "min" { return arguments.allSatisfy { isPositive($0) || isHeldAboveNothing($0) } }
    guard arguments.count == 3, isClamp(callee, name) else { return false }
    return isPositive(arguments[1])
  }

  /// Whether a function keeps its first argument between the other two.
  func isClamp(_ callee: Code, _ name: String) -> Bool {
    if ["clamp", "constrain"].contains(name.lowercased()) { return true }
    return tracer.program.functions(of: callee).contains { function in
      guard let result = tracer.facts.returnedExpression(of: function) else { return false }
      let calls = Set(
        result.descendants.filter { $0.kind == .callExpression }.compactMap {
          $0[.callee]?.unwrapped[.property]?.name ?? $0[.callee]?.unwrapped.name
        })
      return calls.isSuperset(of: ["min", "max"]) || result.unwrapped.kind == .conditionalExpression
    }
  }

  /// Whether an expression is certain to be above nothing.
  private func isPositive(_ code: Code, depth: Int = 0) -> Bool {
    let code = code.unwrapped
    if let number = tracer.facts.number(code) { return number > 0 }
    guard depth < 8, code.kind == .binaryExpression, let left = code[.left], let right = code[.right] else {
      if code.kind == .callExpression {
        // A number picked between two that are above nothing.
        let numbers = code.list(.arguments).map { tracer.facts.number($0) }
        return numbers.count == 2 && numbers.allSatisfy { $0.map { $0 > 0 } ?? false }
      }
      return false
    }
    switch code.detail {
    case .add:
      return isPositive(left, depth: depth + 1) && isAtLeastNothing(right, depth + 1)
        || isAtLeastNothing(left, depth + 1) && isPositive(right, depth: depth + 1)
    case .multiply, .divide: return isPositive(left, depth: depth + 1) && isPositive(right, depth: depth + 1)
    default: return false
    }
  }

  private func isAtLeastNothing(_ code: Code, _ depth: Int) -> Bool {
    let code = code.unwrapped
    if isPositive(code, depth: depth) { return true }
    if let number = tracer.facts.number(code) { return number >= 0 }
    if code.kind == .callExpression { return code[.callee]?.unwrapped[.property]?.name == "random" }
    guard depth < 8, code.kind == .binaryExpression, code.detail == .multiply || code.detail == .add,
      let left = code[.left], let right = code[.right]
    else { return false }
    return isAtLeastNothing(left, depth + 1) && isAtLeastNothing(right, depth + 1)
  }

  // MARK: Answers

  /// Whether a condition asks a function that can only answer no.
  func isNeverAnswered(_ guardID: Int, depth: Int = 0) -> Bool {
    let item = tracer.guards[guardID]
    guard !item.isNegated, item.kind != .loop, item.kind != .overlap, depth < 4 else { return false }
    return isNo(tracer.facts.code(item.test), in: item.frame, depth)
  }

  private func isNo(_ test: Code, in frame: Int, _ depth: Int) -> Bool {
    var code = test.unwrapped
    if code.kind == .identifier, let binding = tracer.facts.binding(of: code) {
      let writes = tracer.program.writes(of: tracer.program.bindings[binding].id)
      guard writes.count == 1, let given = writes[0].value?.unwrapped else { return false }
      code = given
    }
    guard code.kind == .callExpression else { return false }
    let called = callees[frame].filter { $0.site == code.index && !$0.isDeferred }.map { $0.callee }
    guard !called.isEmpty else { return false }
    return called.allSatisfy { callee in
      guard let answers = tracer.returns[callee], !answers.isEmpty else { return false }
      return answers.allSatisfy { isNo($0, in: callee, depth) }
    }
  }

  private func isNo(_ answer: (guardID: Int, site: Int), in frame: Int, _ depth: Int) -> Bool {
    let code = tracer.facts.code(answer.site).unwrapped
    if code.kind == .literal, code.detail == .false || code.detail == .null { return true }
    for guardID in chain(answer.guardID) {
      if claims(of: guardID).contains(where: { isVain($0) || isInexhaustible($0) })
        || isNeverAnswered(guardID, depth: depth + 1)
      {
        return true
      }
    }
    var found: [Claim] = []
    collect(code, false, nil, depth: 0, &found)
    if found.contains(where: { isVain($0) || isInexhaustible($0) }) { return true }
    return depth < 4 && isNo(code, in: frame, depth + 1)
  }

  // MARK: Ways

  /// One call on the way from the host to an effect: where the code goes on, and under which conditions.
  private struct Stretch {
    var frame: Int
    /// The conditions in this frame, innermost first.
    var guards: [Int]
    /// Up to which code this frame has run.
    var limit: Int
  }

  /// Whether some way from the host to an effect asks nothing that contradicts itself.
  ///
  /// - Parameters:
  ///   - through: A condition that has to lie on the way.
  ///   - frames: The frames through which the way may lead; all when `nil`.
  ///   - entry: The entry that it has to begin with; any when `nil`.
  ///   - given: What is known to hold when the host begins.
  func hasWay(
    to effect: Effect, through: Int? = nil, within frames: Set<Int>? = nil, from entry: Int? = nil,
    given: [Claim] = []
  ) -> Bool {
    var pending = [[Stretch(frame: effect.frame, guards: chain(effect.guardID), limit: effect.site)]]
    guard isConsistent(pending[0]) else { return false }
    var steps = 0
    var seen: Set<[Int]> = []
    while let way = pending.popLast(), let last = way.last {
      steps += 1
      if steps > 400 || way.count > 24 { return true }
      let starts = (entriesOfFrame[last.frame] ?? []).filter { tracer.entries[$0].frame == last.frame }
      let isStart = entry.map { starts.contains($0) } ?? (last.frame == 0 || !starts.isEmpty)
      if isStart, begins(way, starts, through: through, given: given) { return true }
      for edge in callers[last.frame] where frames?.contains(edge.caller) ?? true {
        if edge.isDeferred, !isOnce(last.frame) || way.contains(where: { $0.frame == edge.caller }) { continue }
        // A timer runs its function later, when what held may hold no more.
        let stretch = Stretch(
          frame: edge.caller, guards: edge.isDeferred ? [] : chain(edge.guardID),
          limit: edge.site >= 0 ? edge.site : Int.max)
        let key = [edge.caller, edge.guardID, last.frame] + way.prefix(6).flatMap { $0.guards.prefix(12) }
        guard seen.insert(key).inserted else { continue }
        let longer = way + [stretch]
        if isConsistent(longer) { pending.append(longer) }
      }
    }
    return false
  }

  private func begins(_ way: [Stretch], _ starts: [Int], through: Int?, given: [Claim]) -> Bool {
    if let through {
      // What the host calls under a condition of its own, such as an overlap of two groups.
      let isOn =
        way.contains { $0.guards.contains(through) }
        || starts.contains {
          tracer.entries[$0].name == "overlap" && chain(tracer.entries[$0].registrarGuard).contains(through)
        }
      guard isOn else { return false }
    }
    guard !given.isEmpty else { return true }
    for (position, stretch) in way.enumerated() {
      for guardID in stretch.guards {
        for claim in claims(of: guardID) where given.contains(where: { $0.contradicts(claim) }) {
          if !isChanged(claim.place, on: way, from: way.count - 1, outer: nil, to: position, inner: guardID) {
            return false
          }
        }
      }
    }
    return true
  }

  /// Whether the conditions of the outermost stretch go with each other and with those further in.
  private func isConsistent(_ way: [Stretch]) -> Bool {
    guard let last = way.last else { return true }
    let outermost = way.count - 1
    for (position, guardID) in last.guards.enumerated() {
      if isNeverAnswered(guardID) { return false }
      let own = claims(of: guardID)
      if own.isEmpty { continue }
      if own.contains(where: { isVain($0) || isInexhaustible($0) }) { return false }
      for (depth, stretch) in way.enumerated() {
        let inner = depth == outermost ? Array(last.guards[..<position]) : stretch.guards
        for other in inner {
          for claim in own {
            for against in claims(of: other) where claim.contradicts(against) {
              if !isChanged(claim.place, on: way, from: outermost, outer: guardID, to: depth, inner: other) {
                return false
              }
            }
          }
        }
      }
    }
    return true
  }

  /// Whether, between one condition and another further in, a place may be given another value.
  private func isChanged(
    _ place: Int, on way: [Stretch], from start: Int, outer: Int?, to end: Int, inner: Int
  ) -> Bool {
    let writers = writes[canonical(place)] ?? []
    guard !writers.isEmpty else { return false }
    let writing = Set(writers.map { tracer.effects[$0].frame })
    for position in end...start {
      let stretch = way[position]
      let limit = position == end ? tracer.guards[inner].test : stretch.limit
      let under = position == start ? outer : nil
      let scope = loopScope(stretch, inner: position == end ? inner : nil, outer: under)
      func counts(_ guardID: Int, _ site: Int) -> Bool {
        let guards = chain(guardID)
        if let under, !guards.contains(under) { return false }
        if isElsewhere(guards, stretch.guards) { return false }
        return site < limit || scope.map { guards.contains($0) } ?? false
      }
      if writers.contains(where: {
        tracer.effects[$0].frame == stretch.frame && counts(tracer.effects[$0].guardID, tracer.effects[$0].site)
      }) {
        return true
      }
      let calls = callees[stretch.frame].contains { edge in
        (position == end || edge.callee != way[max(0, position - 1)].frame) && counts(edge.guardID, edge.site)
          && !reach(from: edge.callee).isDisjoint(with: writing)
      }
      if calls { return true }
    }
    return false
  }

  /// Whether code under some conditions is the other branch to code under others.
  private func isElsewhere(_ guards: [Int], _ way: [Int]) -> Bool {
    guards.contains { own in
      let item = tracer.guards[own]
      return item.kind != .loop
        && way.contains { tracer.guards[$0].test == item.test && tracer.guards[$0].isNegated != item.isNegated }
    }
  }

  /// The outermost loop between two conditions of a frame, in which what comes later also comes before.
  private func loopScope(_ stretch: Stretch, inner: Int?, outer: Int?) -> Int? {
    var guards = inner.map { chain($0) } ?? stretch.guards
    if let outer, let position = guards.firstIndex(of: outer) { guards = Array(guards[..<position]) }
    return guards.last { tracer.guards[$0].kind == .loop }
  }
}
