import JavaScriptSyntax
import Program
import SourceText

/// The trace of a scene with what is looked up in it again and again: who calls whom, what the host repeats, what depends on what.
final class TraceIndex: SharedAnalysis {
  let scene: Scene
  let tracer: Tracer
  /// The calls that lead to each frame, by frame.
  private(set) var callers: [[CallEdge]]
  private(set) var callees: [[CallEdge]]
  /// The functions that the host repeats, each with the entries that stand for it.
  private(set) var loops: [Loop] = []
  /// The frames that run in some loop.
  private(set) var loopFrames: Set<Int> = []
  /// The frames that each entry leads to by calls.
  private(set) var framesOfEntry: [Set<Int>] = []
  /// The entries that lead to each frame.
  private(set) var entriesOfFrame: [Int: [Int]] = [:]
  /// The writes to each place, as indices of effects.
  private(set) var writes: [Int: [Int]] = [:]
  private var aliases: [Int: Int] = [:]
  /// What conditions claim, by condition.
  var claimCache: [Int: [Claim]] = [:]
  /// Which claims nothing can make hold.
  var vainCache: [Claim: Bool] = [:]
  /// Which places nothing takes from.
  var inexhaustibleCache: [Int: Bool] = [:]
  /// Records that the host or a library was given and may change.
  private(set) var handedOut: Set<Int> = []
  /// What code that runs adds to each list.
  private var pushed: [Int: Set<Thing>] = [:]
  /// Lists that get their members by additions alone.
  private var filledByPushes: Set<Int> = []

  /// A function that the host calls again and again.
  struct Loop {
    var kind: TraceEntry.Kind
    var entries: [Int]
    var function: Int
    var frames: Set<Int>
    var delay: Double?
  }

  init(_ scene: Scene) {
    self.scene = scene
    var tracer = Tracer(scene.program)
    tracer.run()
    // Where a food chain is asked for, kinds that live in one list have to be told apart.
    if scene.hints.words["plants"] != nil, tracer.isComplete {
      let kinds = tracer.kindSplits()
      if !kinds.isEmpty {
        tracer = Tracer(scene.program, kinds: kinds)
        tracer.run()
      }
    }
    self.tracer = tracer
    callers = []
    callees = []
    link()
    for (list, things) in pushed where tracer.nodes[list].content.things.allSatisfy({ things.contains($0) }) {
      filledByPushes.insert(list)
    }
    for _ in 0..<3 where prune() { link() }
  }

  /// Looks up who calls whom, what repeats and what writes what.
  private func link() {
    callers = [[CallEdge]](repeating: [], count: tracer.frames.count)
    callees = callers
    for edge in tracer.calls {
      callers[edge.callee].append(edge)
      callees[edge.caller].append(edge)
    }
    addTurns()
    indexEntries()
    findLoops()
    writes = [:]
    for (number, effect) in tracer.effects.enumerated() where effect.kind == .write {
      writes[canonical(effect.target), default: []].append(number)
    }
    pushed = [:]
    for effect in tracer.effects where effect.kind == .push {
      pushed[tracer.find(effect.target), default: []].formUnion(tracer.canonical(effect.value.things))
    }
    findHandedOut()
  }

  /// Takes out what only runs under conditions that nothing in the program can make hold; whether there was any.
  private func prune() -> Bool {
    claimCache = [:]
    vainCache = [:]
    inexhaustibleCache = [:]
    defer {
      claimCache = [:]
      vainCache = [:]
      inexhaustibleCache = [:]
    }
    var isDead = [Bool](repeating: false, count: tracer.guards.count)
    for (number, item) in tracer.guards.enumerated() {
      let isBelow = item.parent >= 0 && item.parent < number && isDead[item.parent]
      isDead[number] = isBelow || isEmptyLoop(item) || claims(of: number).contains { isVain($0) }
    }
    guard isDead.contains(true) else { return false }
    let started = reach(from: 0)
    tracer.effects.removeAll {
      $0.guardID >= 0 && isDead[$0.guardID] || entriesOfFrame[$0.frame] == nil && !started.contains($0.frame)
    }
    tracer.calls.removeAll { $0.guardID >= 0 && isDead[$0.guardID] }
    return true
  }

  /// Whether a loop goes through lists that never get a member.
  private func isEmptyLoop(_ item: Guard) -> Bool {
    guard item.kind == .loop, !item.value.things.isEmpty else { return false }
    return item.value.things.allSatisfy { thing in
      guard thing.tag == .node else { return false }
      let id = tracer.find(thing.id)
      let node = tracer.nodes[id]
      let isEmpty =
        node.content.things.isEmpty && node.content.origin.isEmpty || filledByPushes.contains(id) && pushed[id] == nil
      return node.kind == .list && node.home >= 0 && isEmpty
        && !node.isNumeric && !node.isOpen && node.fields.isEmpty && node.type < 0 && !handedOut.contains(id)
    }
  }

  private func findHandedOut() {
    handedOut = []
    for effect in tracer.effects where effect.kind == .call {
      for argument in effect.arguments {
        for thing in argument.things where thing.tag == .node { handedOut.insert(tracer.find(thing.id)) }
      }
    }
  }

  /// A copy of a frame for one turn of a loop is entered from the frame itself.
  private func addTurns() {
    for frame in tracer.frames where frame.isTurn {
      let edge = CallEdge(caller: frame.parent, guardID: -1, site: -1, callee: frame.id)
      callers[frame.id].append(edge)
      callees[frame.parent].append(edge)
    }
  }

  // MARK: Entries

  private func indexEntries() {
    framesOfEntry = []
    entriesOfFrame = [:]
    let live = liveEntries()
    for (number, entry) in tracer.entries.enumerated() {
      let reached = live.contains(number) ? reach(from: entry.frame) : []
      framesOfEntry.append(reached)
      for frame in reached { entriesOfFrame[frame, default: []].append(number) }
    }
  }

  /// The entries that code which runs hands to the host.
  private func liveEntries() -> Set<Int> {
    var numbers: [Int: [Int]] = [:]
    for (number, entry) in tracer.entries.enumerated() { numbers[entry.frame, default: []].append(number) }
    var live: Set<Int> = []
    var frames: Set<Int> = [0]
    var pending = [0]
    for (number, entry) in tracer.entries.enumerated()
    where !callers[entry.frame].contains(where: { $0.isDeferred }) {
      live.insert(number)
      if frames.insert(entry.frame).inserted { pending.append(entry.frame) }
    }
    while let next = pending.popLast() {
      for edge in callees[next] {
        if edge.isDeferred { live.formUnion(numbers[edge.callee] ?? []) }
        if frames.insert(edge.callee).inserted { pending.append(edge.callee) }
      }
    }
    return live
  }

  /// The frames that a frame leads to by calls, timers that run once included.
  func reach(from start: Int) -> Set<Int> {
    var found: Set<Int> = [start]
    var pending = [start]
    while let next = pending.popLast() {
      for edge in callees[next] where !edge.isDeferred || isOnce(edge.callee) {
        if found.insert(edge.callee).inserted { pending.append(edge.callee) }
      }
    }
    return found
  }

  func isOnce(_ frame: Int) -> Bool {
    tracer.entries.contains { $0.frame == frame && ($0.kind == .timeout) }
  }

  private func findLoops() {
    loops = []
    loopFrames = []
    var byFunction: [Int: [Int]] = [:]
    for (number, entry) in tracer.entries.enumerated() where !framesOfEntry[number].isEmpty && repeats(number, entry) {
      byFunction[entry.function, default: []].append(number)
    }
    for function in byFunction.keys.sorted() {
      let numbers = byFunction[function] ?? []
      var frames: Set<Int> = []
      for number in numbers { frames.formUnion(framesOfEntry[number]) }
      loopFrames.formUnion(frames)
      let first = tracer.entries[numbers[0]]
      loops.append(
        Loop(kind: first.kind, entries: numbers, function: function, frames: frames, delay: first.delay.number))
    }
  }

  private func repeats(_ number: Int, _ entry: TraceEntry) -> Bool {
    switch entry.kind {
    case .interval, .animationLoop, .framework: return true
    case .frame, .timeout:
      return tracer.calls.contains { edge in
        edge.isDeferred && framesOfEntry[number].contains(edge.caller)
          && tracer.frames[edge.callee].function == entry.function && isRegistration(edge.callee, entry.kind)
      }
    default: return false
    }
  }

  private func isRegistration(_ frame: Int, _ kind: TraceEntry.Kind) -> Bool {
    tracer.entries.contains { $0.frame == frame && $0.kind == kind }
  }

  /// Whether a frame runs only while the page loads.
  func isLoadOnly(_ frame: Int) -> Bool {
    !loopFrames.contains(frame) && (entriesOfFrame[frame] ?? []).allSatisfy { tracer.entries[$0].kind == .load }
  }

  /// The events that lead to a frame, as entries.
  func events(leadingTo frame: Int) -> [TraceEntry] {
    (entriesOfFrame[frame] ?? []).map { tracer.entries[$0] }.filter { $0.kind == .event }
  }

  // MARK: Places

  /// The place with nodes that were found to be one counted once.
  func canonical(_ place: Int) -> Int {
    if let known = aliases[place] { return known }
    let stored = tracer.places[place]
    var found = place
    if case .thing(let thing) = stored.root {
      let root = tracer.canonical([thing]).first ?? thing
      if root != thing { found = tracer.place(.thing(root), stored.path) }
    }
    aliases[place] = found
    return found
  }

  func place(_ id: Int) -> Place { tracer.places[canonical(id)] }

  // MARK: Conditions

  /// The conditions under which code runs within its frame, innermost first.
  func chain(_ guardID: Int) -> [Int] {
    var result: [Int] = []
    var next = guardID
    while next >= 0, next < tracer.guards.count {
      result.append(next)
      next = tracer.guards[next].parent
    }
    return result
  }

  /// Whether on every way from the host to an effect some condition satisfies a test; only ways through `frames` count.
  func isAlways(_ effect: Effect, within frames: Set<Int>, _ test: (Guard) -> Bool) -> Bool {
    if chain(effect.guardID).contains(where: { test(tracer.guards[$0]) }) { return true }
    var seen: Set<Int> = []
    return isAlways(frame: effect.frame, within: frames, &seen, test)
  }

  private func isAlways(frame: Int, within frames: Set<Int>, _ seen: inout Set<Int>, _ test: (Guard) -> Bool) -> Bool {
    guard seen.insert(frame).inserted else { return true }
    let edges = callers[frame].filter { frames.contains($0.caller) && (!$0.isDeferred || isOnce(frame)) }
    guard !edges.isEmpty, seen.count < 4000 else { return false }
    return edges.allSatisfy { edge in
      chain(edge.guardID).contains { test(tracer.guards[$0]) }
        || isAlways(frame: edge.caller, within: frames, &seen, test)
    }
  }

  /// Every condition on some way from the host to an effect, nearest first.
  func conditions(of effect: Effect, within frames: Set<Int>) -> [Int] {
    var result = chain(effect.guardID)
    result += conditionsAbove(effect.frame, within: frames)
    return result
  }

  private var above: [Int: [Int]] = [:]

  /// Every condition on some way to a frame.
  func conditionsAbove(_ frame: Int, within frames: Set<Int>) -> [Int] {
    if frames == loopFrames, let known = above[frame] { return known }
    var result: [Int] = []
    var seenGuards: Set<Int> = []
    var seen: Set<Int> = [frame]
    var pending = [frame]
    while let next = pending.popLast(), seen.count < 600 {
      for edge in callers[next] where frames.contains(edge.caller) && (!edge.isDeferred || isOnce(next)) {
        for guardID in chain(edge.guardID) where seenGuards.insert(guardID).inserted { result.append(guardID) }
        if seen.insert(edge.caller).inserted { pending.append(edge.caller) }
      }
      // What the host calls under a condition of its own, such as an overlap of two groups.
      for number in entriesOfFrame[next] ?? []
      where tracer.entries[number].frame == next && tracer.entries[number].name == "overlap" {
        for guardID in chain(tracer.entries[number].registrarGuard) where seenGuards.insert(guardID).inserted {
          result.append(guardID)
        }
      }
    }
    if frames == loopFrames { above[frame] = result }
    return result
  }

  /// The frames on the ways by which calls lead from one frame down to another, both included; empty when none does.
  func frames(from inner: Int, upTo outer: Int) -> Set<Int> {
    guard inner != outer else { return [] }
    var seen: Set<Int> = [inner]
    var pending = [inner]
    var isReached = false
    while let next = pending.popLast(), seen.count < 400 {
      for edge in callers[next] where !edge.isDeferred {
        if edge.caller == outer { isReached = true }
        if seen.insert(edge.caller).inserted, edge.caller != outer { pending.append(edge.caller) }
      }
    }
    return isReached ? seen.intersection(reach(from: outer)) : []
  }

  /// The frames on some way to a frame, itself first.
  func framesAbove(_ frame: Int, within frames: Set<Int>) -> [Int] {
    var seen: Set<Int> = [frame]
    var order = [frame]
    var next = 0
    while next < order.count, order.count < 600 {
      for edge in callers[order[next]] where frames.contains(edge.caller) && !edge.isDeferred {
        if seen.insert(edge.caller).inserted { order.append(edge.caller) }
      }
      next += 1
    }
    return order
  }

  // MARK: Dependencies

  private var expanded: [Int: [Int]] = [:]

  /// The places that a number depends on, with those of short-lived records and variables replaced by what they were given.
  func expand(_ deps: [Int], depth: Int = 0) -> [Int] {
    var result: Set<Int> = []
    for dep in deps { result.formUnion(expand(canonical(dep), depth: depth)) }
    return result.sorted()
  }

  private func expand(_ place: Int, depth: Int) -> [Int] {
    if let known = expanded[place] { return known }
    guard depth < 4, isScratch(place) else { return [place] }
    var result: Set<Int> = []
    for number in writes[place] ?? [] {
      for dep in tracer.effects[number].value.deps {
        let inner = canonical(dep)
        if inner != place { result.formUnion(expand(inner, depth: depth + 1)) }
      }
    }
    let list = result.isEmpty ? [place] : result.sorted()
    expanded[place] = list
    return list
  }

  /// Whether a place belongs to a record that only carries a result.
  private func isScratch(_ place: Int) -> Bool {
    guard case .thing(let thing) = tracer.places[place].root, thing.tag == .node else { return false }
    let node = tracer.nodes[tracer.find(thing.id)]
    return (node.kind == .record || node.kind == .list && node.literalCount > 0) && node.home < 0 && node.lists.isEmpty
      && node.link < 0
  }

  // MARK: Evidence

  func code(_ effect: Effect) -> Code { tracer.facts.code(effect.site) }

  func evidence(_ site: Int, _ says: String) -> Evidence {
    let code = tracer.facts.code(site)
    return Evidence(file: code.file, span: Self.shown(code), says: says)
  }

  func evidence(_ effect: Effect, _ says: String) -> Evidence { evidence(effect.site, says) }

  /// The statement around a piece of code when that is short.
  private static func shown(_ code: Code) -> ByteSpan { code.span }
}
