import JavaScriptSyntax
public import SourceText

/// Whether the host can reach a piece of code.
public enum Reachability: String, Hashable, Sendable {
  /// Some chain of calls from the host leads to it.
  case reachable
  /// Nothing leads to it.
  case unreachable
  /// The budget ran out before that was known.
  case unknown
}

/// A function that the host or a library calls, and why.
public struct HostCallback: Sendable {
  /// The position among the program's callbacks.
  public let id: Int
  /// Why the host calls it.
  public let kind: CallbackKind
  /// The event's name, in the host's spelling without `on`; `nil` for other kinds and for names that are computed.
  public let event: String?
  /// The elements that it is registered on; empty for the window and for what is not known.
  public let elements: [Int]
  /// What else it is registered on, by path: `window`, `document`, `three:WebGLRenderer#`.
  public let targets: [String]
  /// The function, or the root of a handler attribute's unit.
  public let function: Code
  /// The call, assignment or attribute that registers it.
  public let registration: Code
  /// Whether the host calls it again and again: an interval, a frame loop that asks for the next frame.
  public let repeats: Bool
  /// Whether the registration is sure; false where it depends on a library or receiver that is not known.
  public let isCertain: Bool

  /// The file of the registration.
  public var file: String { registration.file }
  /// The bytes of the registration in its file.
  public var span: ByteSpan { registration.span }
  /// The first parameter, through which the event, the time stamp or the elapsed time comes.
  public var parameter: Code? { function.kind.isFunction ? function.list(.params).first : nil }
}

/// One step on the way from the host to a piece of code.
public struct ReachabilityStep: Sendable {
  /// The call, registration, import or root.
  public let code: Code
  /// What happens there, in a few words.
  public let says: String
}

extension ProgramModel {
  /// Whether the host can reach a node.
  public func reachability(of code: Code) -> Reachability {
    if isReachable(code) { return .reachable }
    return isComplete ? .unreachable : .unknown
  }

  /// Whether the node certainly runs, or can run, in the host. For a function: whether something calls it.
  public func isReachable(_ code: Code) -> Bool {
    code.kind.isFunction ? solver.isReached[code.index] : solver.isLive(UInt32(code.index))
  }

  /// All functions and roots that run, in the order of the text.
  public var reachableRegions: [Code] { solver.reachedRegions.sorted().map { facts.code($0) } }

  /// All functions that nothing calls, in the order of the text.
  public var unreachableFunctions: [Code] {
    units.flatMap { unit in
      unit.tree.nodes.indices.lazy
        .filter { unit.tree.nodes[$0].kind.isFunction && !self.solver.isReached[unit.base + $0] }
        .map { Code(unit: unit, node: NodeID(UInt32($0))) }
    }
  }

  /// Why a node runs: the steps from the host to it, the host's first; empty for what does not run.
  public func reachabilityPath(to code: Code) -> [ReachabilityStep] {
    var steps: [ReachabilityStep] = []
    var region = code.kind.isFunction && solver.isReached[code.index] ? code : code.region
    if code.node == code.unit.tree.root { region = code }
    var seen: Set<Int> = []
    while seen.insert(region.index).inserted, let cause = solver.causes[UInt32(region.index)] {
      guard let (step, next) = step(for: cause, region) else { break }
      steps.append(step)
      guard let next else { break }
      region = next
    }
    return steps.reversed()
  }

  private func step(for cause: Solver.Cause, _ region: Code) -> (ReachabilityStep, Code?)? {
    switch cause {
    case .load: return (ReachabilityStep(code: region, says: "the host loads it"), nil)
    case .call(let node): return (ReachabilityStep(code: facts.code(node), says: "calls it"), facts.code(node).region)
    case .importing(let node):
      return (ReachabilityStep(code: facts.code(node), says: "imports it"), facts.code(node).region)
    case .construction(let node):
      return (ReachabilityStep(code: facts.code(node), says: "makes an instance"), facts.code(node).region)
    case .callback(let number):
      let registration = solver.registrations[solver.callbacks[number].registration]
      let code = facts.code(registration.node)
      let what = registration.event ?? registration.rule.kind.rawValue
      let isRoot = code.node == code.unit.tree.root
      return (ReachabilityStep(code: code, says: "has the host call it on \(what)"), isRoot ? nil : code.region)
    }
  }

  // MARK: Callbacks

  func makeCallbacks() -> [HostCallback] {
    let stored = solver.callbacks.enumerated().sorted { left, right in
      let a = (solver.registrations[left.element.registration].node, left.element.function)
      let b = (solver.registrations[right.element.registration].node, right.element.function)
      return a == b ? left.offset < right.offset : a < b
    }
    var result: [HostCallback] = []
    for (_, callback) in stored { result.append(make(callback, id: result.count)) }
    return result
  }

  private func make(_ callback: StoredCallback, id: Int) -> HostCallback {
    let registration = solver.registrations[callback.registration]
    let function = facts.code(callback.function)
    let node = registration.node < UInt32(facts.totalNodes) ? facts.code(registration.node) : function
    var elements: [Int] = []
    var targets: [String] = []
    for target in registration.targets where Int(target) < solver.objects.count {
      let object = solver.objects[Int(target)]
      switch object.kind {
      case .element: elements.append(Int(object.info))
      case .external: targets.append(solver.path(target))
      default: break
      }
    }
    let isLoop =
      registration.rule.repeats
      || (registration.rule.kind == .frame || registration.rule.kind == .timeout)
        && reaches(function, node)
    return HostCallback(
      id: id, kind: registration.rule.kind, event: registration.event ?? eventByName(of: callback),
      elements: elements.sorted(),
      targets: targets.sorted(), function: function, registration: node, repeats: isLoop,
      isCertain: registration.isCertain)
  }

  /// The event of a handler that helper code registers under a computed name: `h('button', {onclick: f})`.
  private func eventByName(of callback: StoredCallback) -> String? {
    guard solver.registrations[callback.registration].rule.kind == .event else { return nil }
    return handlerProperties[callback.function]
  }

  /// The functions that object literals hold under names of handlers, with the event.
  private var handlerProperties: [UInt32: String] {
    if let known = cache.handlers { return known }
    var result: [UInt32: String] = [:]
    for symbol in 0..<facts.symbolCount {
      guard let event = HostTable.propertyEvent(facts.name(symbol)) else { continue }
      for access in facts.accesses[Int(symbol)] where access.kind == .initial {
        guard let value = facts.code(access.node)[.value] else { continue }
        for function in functions(of: value) where result[UInt32(function.index)] == nil {
          result[UInt32(function.index)] = event
        }
      }
    }
    cache.handlers = result
    return result
  }

  /// Whether running a function can lead, by calls and settled promises, to a node.
  func reaches(_ function: Code, _ node: Code) -> Bool {
    if function.contains(node), node.region == function { return true }
    let goal = node.region.index
    var pending = [function.index]
    var seen: Set<Int> = [function.index]
    while let next = pending.popLast() {
      if next == goal { return true }
      for callee in regionCallees[UInt32(next)] ?? [] where seen.insert(Int(callee)).inserted {
        pending.append(Int(callee))
      }
    }
    return false
  }

  /// The functions that each region calls.
  var regionCallees: [UInt32: [UInt32]] {
    if let known = cache.callees { return known }
    var result: [UInt32: [UInt32]] = [:]
    for (site, function) in solver.callEdges {
      let code = facts.code(solver.sites[Int(site)].node)
      let isOwnRoot = code.node == code.unit.tree.root
      let region = isOwnRoot ? code : code.region
      result[UInt32(region.index), default: []].append(function)
    }
    cache.callees = result
    return result
  }

  /// The functions of the program that a call can reach, in the order of the text.
  public func callees(of call: Code) -> [Code] {
    siteFunctions[UInt32(call.index), default: []].sorted().map { facts.code($0) }
  }

  private var siteFunctions: [UInt32: [UInt32]] {
    if let known = cache.callers { return known }
    var result: [UInt32: [UInt32]] = [:]
    for (site, function) in solver.callEdges {
      let node = solver.sites[Int(site)].node
      if !(result[node]?.contains(function) ?? false) { result[node, default: []].append(function) }
    }
    cache.callers = result
    return result
  }

  /// The calls in running code that can reach a function, in the order of the text; registrations with the host included.
  public func callers(of function: Code) -> [Code] {
    let sites = solver.sitesOfFunction[UInt32(function.index)] ?? []
    return Set(sites.map { solver.sites[Int($0)].node }).sorted().map { facts.code($0) }
  }

  /// Every function that running `region` can lead to by calls, itself first; callbacks that it registers are not followed.
  public func functionsReached(from region: Code) -> [Code] {
    var result = [region]
    var seen: Set<Int> = [region.index]
    var index = 0
    while index < result.count {
      for callee in (regionCallees[UInt32(result[index].index)] ?? []).sorted() where seen.insert(Int(callee)).inserted
      {
        result.append(facts.code(callee))
      }
      index += 1
    }
    return result
  }
}
