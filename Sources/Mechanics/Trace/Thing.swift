/// Something that an expression can hold, as far as the trace tells things apart; a small number.
struct Thing: Hashable, Comparable, Sendable {
  let raw: UInt64

  enum Tag: UInt64 {
    /// An abstract object: a record, list, function, class, element or thing of the host.
    case node
    /// Any one member of a list, or of one variant of its members.
    case member
    /// A list of which only one variant of the members is meant.
    case view
    /// A part of something, known by the path that leads to it.
    case place
    /// A known string.
    case string
  }

  private init(_ tag: Tag, _ a: Int, _ b: Int) {
    raw = tag.rawValue << 60 | UInt64(a & 0x3FFF_FFFF) << 30 | UInt64((b + 1) & 0x3FFF_FFFF)
  }

  static func node(_ id: Int) -> Thing { Thing(.node, id, -1) }
  static func member(_ list: Int, _ variant: Int = -1) -> Thing { Thing(.member, list, variant) }
  static func view(_ list: Int, _ variant: Int) -> Thing { Thing(.view, list, variant) }
  static func place(_ id: Int) -> Thing { Thing(.place, id, -1) }
  static func string(_ symbol: Int) -> Thing { Thing(.string, symbol, -1) }

  var tag: Tag { Tag(rawValue: raw >> 60) ?? .node }
  /// The node, list, place or symbol.
  var id: Int { Int(raw >> 30 & 0x3FFF_FFFF) }
  /// The variant of a member or view; -1 for any.
  var variant: Int { Int(raw & 0x3FFF_FFFF) - 1 }

  static func < (left: Thing, right: Thing) -> Bool { left.raw < right.raw }
}

/// Where a number comes from besides the places that it depends on.
struct Origin: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// The time between two steps, as measured.
  static let elapsed = Origin(rawValue: 1 << 0)
  /// A point in time, or time added up.
  static let clock = Origin(rawValue: 1 << 1)
  static let random = Origin(rawValue: 1 << 2)
  /// The number of members of a list.
  static let count = Origin(rawValue: 1 << 3)
  /// `undefined`, for certain.
  static let undefined = Origin(rawValue: 1 << 4)
  /// The value was made by the expression itself: a new record or list.
  static let fresh = Origin(rawValue: 1 << 5)
  /// A list with some members left out.
  static let filtered = Origin(rawValue: 1 << 6)
  /// A width or height of the window or of an element.
  static let windowSize = Origin(rawValue: 1 << 7)
  static let keyboard = Origin(rawValue: 1 << 8)
  static let pointer = Origin(rawValue: 1 << 9)
  static let touch = Origin(rawValue: 1 << 10)
  static let wheel = Origin(rawValue: 1 << 11)
  static let gamepad = Origin(rawValue: 1 << 12)
  static let orientation = Origin(rawValue: 1 << 13)
  static let slider = Origin(rawValue: 1 << 14)
  static let select = Origin(rawValue: 1 << 15)
  static let checkbox = Origin(rawValue: 1 << 16)
  static let text = Origin(rawValue: 1 << 17)
  static let button = Origin(rawValue: 1 << 18)
  /// A constant of the program.
  static let constant = Origin(rawValue: 1 << 19)
  /// `null` or `undefined` may be meant by the absence of a thing.
  static let null = Origin(rawValue: 1 << 20)
  /// `event.repeat`: whether a key is being held down.
  static let keyRepeat = Origin(rawValue: 1 << 21)
  static let visibility = Origin(rawValue: 1 << 22)
  /// A comparison of known strings that holds.
  static let holds = Origin(rawValue: 1 << 23)
  /// A comparison of known strings that does not hold.
  static let fails = Origin(rawValue: 1 << 24)

  /// What tells the kinds of a list's members apart, known for certain.
  static let kind = Origin(rawValue: 1 << 26)

  /// A number that is never below zero: a count, a distance, a square.
  static let nonNegative = Origin(rawValue: 1 << 27)

  /// All inputs of a person.
  static let input: Origin = [
    .keyboard, .pointer, .touch, .wheel, .gamepad, .orientation, .slider, .select, .checkbox, .text, .button,
  ]
  /// What is kept when a place is read again.
  static let lasting: Origin = [.elapsed, .clock]

  /// The name of an input as findings have it.
  var inputNames: [String] {
    let names: [(Origin, String)] = [
      (.keyboard, "keyboard"), (.pointer, "pointer"), (.touch, "touch"), (.wheel, "wheel"), (.gamepad, "gamepad"),
      (.orientation, "orientation"), (.slider, "slider"), (.button, "button"), (.select, "select"),
      (.checkbox, "checkbox"), (.text, "text"),
    ]
    return names.filter { contains($0.0) }.map { $0.1 }
  }
}

/// What is known of an expression: the things that it may hold, the places that it depends on, and where it comes from.
struct Value: Sendable {
  /// Sorted, without doubles.
  var things: [Thing] = []
  /// Places that a number depends on, sorted, without doubles.
  var deps: [Int] = []
  var origin: Origin = []
  /// The number, when it is known.
  var number: Double?

  static let maximumThings = 12
  static let maximumDeps = 40
  static let none = Value()

  init(things: [Thing] = [], deps: [Int] = [], origin: Origin = [], number: Double? = nil) {
    self.things = things
    self.deps = deps
    self.origin = origin
    self.number = number
  }

  static func node(_ id: Int, _ origin: Origin = []) -> Value { Value(things: [.node(id)], origin: origin) }

  /// Adds what another value may be.
  mutating func join(_ other: Value) {
    let isLow = !isBare && !isNonNegative || !other.isBare && !other.isNonNegative
    if isBare { number = other.number } else if !other.isBare, number != other.number { number = nil }
    defer { if isLow { origin.remove(.nonNegative) } }
    things = Value.merge(things, other.things, limit: Value.maximumThings)
    deps = Value.merge(deps, other.deps, limit: Value.maximumDeps)
    origin = origin.union(other.origin)
  }

  /// Whether nothing at all is known yet.
  var isBare: Bool { things.isEmpty && deps.isEmpty && origin.isEmpty && number == nil }

  /// Whether it is a number that is never below zero.
  var isNonNegative: Bool { origin.contains(.nonNegative) || number.map { $0 >= 0 } ?? false }

  /// Adds the dependencies of another value, not its things.
  mutating func depend(on other: Value) {
    deps = Value.merge(deps, other.deps, limit: Value.maximumDeps)
    origin = origin.union(
      other.origin.subtracting([.fresh, .filtered, .undefined, .constant, .null, .holds, .fails, .nonNegative]))
  }

  /// A number that depends on all of these.
  static func combined(_ values: [Value]) -> Value {
    var result = Value()
    for value in values { result.depend(on: value) }
    return result
  }

  static func merge<Element: Comparable>(_ a: [Element], _ b: [Element], limit: Int) -> [Element] {
    if b.isEmpty || a == b { return a }
    if a.isEmpty { return b }
    var result: [Element] = []
    result.reserveCapacity(min(limit, a.count + b.count))
    var i = 0
    var j = 0
    while (i < a.count || j < b.count) && result.count < limit {
      if j >= b.count || i < a.count && a[i] < b[j] {
        result.append(a[i])
        i += 1
      } else if i >= a.count || b[j] < a[i] {
        result.append(b[j])
        j += 1
      } else {
        result.append(a[i])
        i += 1
        j += 1
      }
    }
    return result
  }
}

/// Something that holds other things or can be called.
struct TraceNode {
  enum Kind: UInt8 {
    /// An object literal, or an instance of a class.
    case record
    /// An array, set or typed array.
    case list
    /// A `Map`, or an object used as one.
    case map
    case function
    case klass
    /// An element of the document.
    case element
    /// Something of the host or of a library.
    case host
    /// A function of a hook that stores what it is given.
    case setter
  }

  var kind: Kind
  /// The node of the syntax that makes it; its own code for functions and classes.
  var site: Int
  /// For functions and classes, the frame in which they were made.
  var frame: Int = 0
  /// For instances the class, for setters the slot.
  var link: Int = -1
  /// For hosts and elements, what it is.
  var type: Int = -1
  /// The properties that were given a value, by symbol.
  var fields: [Int: Value] = [:]
  /// What a list or map holds.
  var content = Value()
  /// Whether properties of unknown names may have been given.
  var isOpen = false
  /// Lists that hold it, sorted.
  var lists: [Int] = []
  /// The slot in which it was first stored.
  var home: Int = -1
  /// For lists: the number of members that a literal gives; -1 when unknown.
  var literalCount = -1
  /// For lists of numbers, such as typed arrays.
  var isNumeric = false
}

/// A path to a number or part: from a binding, node or member along property names.
struct Place: Hashable {
  enum Root: Hashable {
    case binding(Int)
    case thing(Thing)
  }

  var root: Root
  var path: [Int]
}

/// One activation of a function, told apart by what it is called on and with.
final class TraceFrame {
  let id: Int
  /// The node of the function; -1 for the top level.
  let function: Int
  /// The frame around the function's own code.
  let parent: Int
  var this = Value()
  var locals: [Int: Value] = [:]
  var arguments: [Value] = []
  var result = Value()
  var round = -1
  /// Whether it is a copy of its parent for one turn of a loop over constants.
  let isTurn: Bool
  /// How many calls deep it was first met.
  var depth = 0

  init(id: Int, function: Int, parent: Int, isTurn: Bool = false) {
    self.id = id
    self.function = function
    self.parent = parent
    self.isTurn = isTurn
  }
}

/// A condition under which code runs, within one frame.
struct Guard {
  enum Kind: UInt8 {
    case branch
    case loop
    case early
    case logical
    case overlap
  }

  var parent: Int
  var test: Int
  var isNegated: Bool
  var value: Value
  var kind: Kind
  var frame: Int
}

/// Something that code does besides computing.
struct Effect {
  enum Kind: UInt8 {
    /// A place gets a value.
    case write
    /// An element of a list of numbers or of unknown content gets a value.
    case elementWrite
    /// A list gains a member.
    case push
    /// A list loses members; `how` says by what.
    case remove
    /// The host or a library is called; `how` is the path.
    case call
  }

  var kind: Kind
  var frame: Int
  var guardID: Int
  var site: Int
  /// The place written, or the list changed; for calls the place or node of the receiver, -1 if none.
  var target: Int
  var value: Value
  /// For writes the operator, as in `addAssign`.
  var operation: UInt8 = 0
  /// For removals and calls, a symbol that says how.
  var how: Int = -1
  /// For calls, the receiver; for writes, the base.
  var receiver = Value()
  /// For calls, the arguments.
  var arguments: [Value] = []
}

/// A call from one frame to another.
struct CallEdge: Hashable {
  var caller: Int
  var guardID: Int
  var site: Int
  var callee: Int
  /// Whether the host calls later on, as for timers.
  var isDeferred = false
}

/// A function that the host calls.
struct TraceEntry {
  enum Kind: String {
    case load
    case event
    case frame = "animation-frame"
    case interval
    case timeout
    case animationLoop = "animation-loop"
    case framework
    case worker
    case observer
  }

  var kind: Kind
  /// The event's name, or the name of the framework's hook.
  var name: String
  var frame: Int
  var site: Int
  /// The function.
  var function: Int
  /// The frame that registers it and the guard there.
  var registrar: Int
  var registrarGuard: Int
  /// What the listener is attached to.
  var target = Value()
  /// The delay of a timer, as far as it is known.
  var delay = Value()
}
