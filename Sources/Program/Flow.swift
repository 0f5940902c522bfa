import JavaScriptSyntax

/// A place where state is kept: what can be written at one time and read at another.
public enum StateLocation: Hashable, Sendable {
  /// A variable, parameter or other binding.
  case binding(BindingID)
  /// A property of an object; the property `*` stands for elements of arrays and properties of computed name.
  case property(ObjectID, String)
  /// What a function returns; the number is that of the function's node.
  case result(Int)
  /// Something of the host or a library, by its path: `performance.now`, `Math.random`, `Event.key`.
  case external(String)
  /// A property of an element of the document: the value of a slider.
  case element(Int, String)
  /// Whether a function or unit runs at all, in slices that follow control; the number is that of its node.
  case execution(Int)
}

/// What an expression's value depends on.
public struct Slice: Sendable {
  /// All places on whose state the value depends, directly or through what is written to other places.
  public let locations: Set<StateLocation>
  /// Whether the slice was cut short by its limit, so that places may be missing.
  public let isCut: Bool

  /// Whether the value depends on something of the host whose path fulfils a condition.
  public func dependsOnExternal(where condition: (String) -> Bool) -> Bool {
    locations.contains { if case .external(let path) = $0 { condition(path) } else { false } }
  }
}

extension ProgramModel {
  /// The state that an expression depends on: backwards through variables, properties, parameters and results of functions.
  ///
  /// - Parameters:
  ///   - code: The expression.
  ///   - control: Whether conditions count that decide whether a write on the way happens at all, so that `t` in
  ///     `if (running) t += dt` depends on `running`.
  /// - Complexity: Bounded by the number of places; answers about places are kept.
  public func dependencies(of code: Code, control: Bool = false) -> Slice {
    let tracker = tracker
    return tracker.closure(from: tracker.direct(code), control: control)
  }

  /// The state that a statement or write depends on for happening at all: the conditions around it, in its callers too.
  public func conditions(of code: Code) -> Slice {
    let tracker = tracker
    return tracker.closure(from: tracker.conditions(around: code), control: true)
  }

  /// The places that a target names: a variable, or a property of each object that its expression can hold.
  public func locations(of target: Code) -> [StateLocation] { tracker.locations(of: target.unwrapped) }

  /// Every write to a place in running code, in the order of the text.
  public func writes(of location: StateLocation) -> [Write] {
    tracker.writes(of: location).sorted { $0.target < $1.target }
  }

  /// Whether state written at one place influences an expression.
  public func flows(from write: Write, to code: Code, control: Bool = false) -> Bool {
    let slice = dependencies(of: code, control: control)
    return locations(of: write.target).contains { slice.locations.contains($0) }
  }

  /// The way from a place to an expression: places, each of which is written from the one before; `nil` when there is none.
  public func flowPath(from location: StateLocation, to code: Code, control: Bool = false) -> [StateLocation]? {
    let tracker = tracker
    return tracker.path(from: location, to: tracker.direct(code), control: control)
  }

  /// The writes that happen when a function runs, in it and in what it calls, in the order of the text within each function.
  public func effects(of function: Code) -> [Write] {
    functionsReached(from: function).flatMap { tracker.writes(in: $0) }
  }

  /// The writes of one function, unit or other region, nested functions left out.
  public func writes(in region: Code) -> [Write] { tracker.writes(in: region) }

  var tracker: FlowTracker {
    if let known = cache.tracker { return known }
    let made = FlowTracker(self)
    cache.tracker = made
    return made
  }
}

/// What expressions depend on while only some of the code runs: what a frame changes, and not what was set up before.
public final class PartialFlow {
  private let tracker: FlowTracker

  init(_ tracker: FlowTracker) { self.tracker = tracker }

  /// The state that an expression depends on through writes of the running code.
  ///
  /// - Parameter stops: Places through which nothing is followed.
  public func dependencies(of code: Code, leavingOut stops: Set<StateLocation> = []) -> Slice {
    tracker.closure(from: tracker.direct(code), control: false, leavingOut: stops)
  }

  /// The state that places depend on through writes of the running code, the places themselves included.
  public func dependencies(of places: Set<StateLocation>) -> Slice { tracker.closure(from: places, control: false) }

  /// The state that the conditions on the way to a node read: those around it and around the calls that lead to it.
  public func conditions(of code: Code) -> Slice {
    tracker.closure(from: tracker.pathConditions(to: code), control: false)
  }
}

extension ProgramModel {
  /// The flow of values when nothing runs but some regions: functions and roots, by the number of their node.
  ///
  /// - Complexity: Linear in the size of the scripts; ask for it once.
  public func flow(within regions: Set<Int>) -> PartialFlow { PartialFlow(FlowTracker(self, regions: regions)) }

  /// What an expression reads itself, before anything is followed.
  public func directDependencies(of code: Code) -> Set<StateLocation> { tracker.direct(code) }

  /// The places from which a place gets its values directly.
  public func directDependencies(of place: StateLocation) -> Set<StateLocation> {
    tracker.dependencies(of: place, control: false)
  }
}
