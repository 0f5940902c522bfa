import JavaScriptSyntax

extension FlowTracker {
  // MARK: Control

  /// What decides whether a node is reached when its program runs.
  func conditions(around code: Code) -> Set<StateLocation> {
    var result = localConditions(around: code)
    result.insert(.execution(code.region.index))
    return result
  }

  /// What the conditions around a node and around the running calls that lead to it read.
  func pathConditions(to code: Code) -> Set<StateLocation> {
    var result: Set<StateLocation> = []
    var seen: Set<Int> = [code.region.index]
    var pending = [code]
    while let next = pending.popLast(), seen.count < 400 {
      result.formUnion(localConditions(around: next))
      for site in solver.sitesOfFunction[UInt32(next.region.index)] ?? [] {
        let node = facts.code(solver.sites[Int(site)].node)
        guard node.node != node.unit.tree.root, node.region != next.region, runs(node),
          seen.insert(node.region.index).inserted
        else { continue }
        pending.append(node)
      }
    }
    return result
  }

  /// The conditions around a node within its function, early exits before it included.
  func localConditions(around code: Code) -> Set<StateLocation> {
    var result: Set<StateLocation> = []
    var current = code
    let region = code.region
    while current != region, let parent = current.parent {
      switch parent.kind {
      case .ifStatement, .conditionalExpression, .whileStatement, .forStatement, .doWhileStatement:
        if let test = parent[.test], test != current { result.formUnion(direct(test)) }
      case .logicalExpression: if parent[.right] == current, let left = parent[.left] { result.formUnion(direct(left)) }
      case .switchCase:
        if let subject = parent.parent?[.discriminant] { result.formUnion(direct(subject)) }
      case .blockStatement, .program:
        for statement in parent.list(.body) {
          if statement == current { break }
          if statement.kind == .ifStatement, let test = statement[.test], exits(statement) {
            result.formUnion(direct(test))
          }
        }
      default: break
      }
      current = parent
    }
    return result
  }

  /// Whether one branch of an `if` leaves the block that holds it.
  private func exits(_ statement: Code) -> Bool {
    [statement[.consequent], statement[.alternate]].contains { branch in
      branch.map { $0.unit.shape.abrupt[Int($0.node.index)] } ?? false
    }
  }

  // MARK: Closure

  func closure(from start: Set<StateLocation>, control: Bool, leavingOut stops: Set<StateLocation> = []) -> Slice {
    var seen = start.subtracting(stops)
    var pending = Array(seen)
    while let next = pending.popLast() {
      guard seen.count < Self.maximumLocations else { return Slice(locations: seen, isCut: true) }
      for location in dependencies(of: next, control: control)
      where !stops.contains(location) && seen.insert(location).inserted {
        pending.append(location)
      }
    }
    return Slice(locations: seen, isCut: false)
  }

  func path(from goal: StateLocation, to start: Set<StateLocation>, control: Bool) -> [StateLocation]? {
    var previous: [StateLocation: StateLocation] = [:]
    var seen = start
    var pending = start.sorted { order($0) < order($1) }
    var index = 0
    while index < pending.count, seen.count < Self.maximumLocations {
      let next = pending[index]
      index += 1
      if next == goal {
        var result = [next]
        while let before = previous[result[result.count - 1]] { result.append(before) }
        return result
      }
      for location in dependencies(of: next, control: control).sorted(by: { order($0) < order($1) })
      where seen.insert(location).inserted {
        previous[location] = next
        pending.append(location)
      }
    }
    return nil
  }

  private func order(_ location: StateLocation) -> String {
    switch location {
    case .binding(let binding): "0 \(binding.index + 1_000_000)"
    case .property(let object, let name): "1 \(object.index + 1_000_000) \(name)"
    case .result(let function): "2 \(function + 1_000_000)"
    case .element(let element, let name): "3 \(element + 1_000_000) \(name)"
    case .external(let path): "4 \(path)"
    case .execution(let region): "5 \(region + 1_000_000)"
    }
  }
}
