import JavaScriptSyntax

/// A value, as far as it is known.
enum StageValue {
  case undefined
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case object(StageObject)
  /// A value of which nothing is known but, where it comes from a library, the path that leads to it: `gsap:timeline`.
  case unknown(String)

  static var unknown: StageValue { .unknown("") }

  var object: StageObject? { if case .object(let object) = self { object } else { nil } }
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var isUnknown: Bool { if case .unknown = self { true } else { false } }
  var isUndefined: Bool { if case .undefined = self { true } else { false } }
  var isNullish: Bool {
    switch self {
    case .undefined, .null: true
    default: false
    }
  }

  /// Whether a condition holds; `nil` where it is not known.
  var truth: Bool? {
    switch self {
    case .undefined, .null: false
    case .bool(let value): value
    case .number(let value): value != 0 && !value.isNaN
    case .string(let text): !text.isEmpty
    case .object: true
    case .unknown: nil
    }
  }
}

/// What a function of the host does.
typealias StageNative = (_ stage: Stage, _ this: StageValue, _ arguments: [StageValue]) throws -> StageValue

/// A record, list, function or host object.
final class StageObject {
  enum Kind: UInt8 {
    case plain, array, function, date, pattern, map, set, promise, node, host, element, error, style, classes, dataset
  }

  var kind: Kind
  /// The names of the own properties, in the order in which they came.
  private(set) var names: [String] = []
  private var slots: [String: StageValue] = [:]
  var getters: [String: StageObject] = [:]
  var setters: [String: StageObject] = [:]
  var proto: StageObject?
  /// The members of a list or set, the keys of a map, the value of a settled promise.
  var items: [StageValue] = []
  /// The values of a map.
  var values: [StageValue] = []
  var function: StageFunction?
  var native: StageNative?
  var node = -1
  var number = 0.0
  var text = ""
  /// Where an element of a component was written.
  var place: Code?
  /// Whether properties that are not here are unknown rather than undefined.
  var isOpen = false
  /// For promises: settled, and how; for other objects of the host, a state of their own.
  var isSettled = false
  var isRejected = false
  var reactions: [(fulfilled: StageValue, rejected: StageValue, next: StageObject)] = []

  init(_ kind: Kind, proto: StageObject? = nil) {
    self.kind = kind
    self.proto = proto
  }

  subscript(name: String) -> StageValue? {
    get { slots[name] }
    set {
      guard let newValue else {
        if slots.removeValue(forKey: name) != nil { names.removeAll { $0 == name } }
        return
      }
      if slots.updateValue(newValue, forKey: name) == nil { names.append(name) }
    }
  }

  var isCallable: Bool { function != nil || native != nil }

  /// Lets go of everything, so that objects that hold each other are freed.
  func release() {
    slots = [:]
    names = []
    getters = [:]
    setters = [:]
    proto = nil
    items = []
    values = []
    function = nil
    native = nil
    reactions = []
  }
}

/// The code of a function and what surrounds it.
final class StageFunction {
  let code: Code
  let scope: StageScope
  /// What `super` looks at.
  var home: StageObject?
  /// For a class: the initializers of fields, each with the scope that it runs in.
  var fields: [(key: Code?, name: String?, value: Code?)] = []
  var isClass = false
  var isDerived = false

  init(_ code: Code, _ scope: StageScope) {
    self.code = code
    self.scope = scope
  }
}

/// The variables of a block, function or module.
final class StageScope {
  var table: [String: StageValue] = [:]
  let parent: StageScope?
  let isFunction: Bool
  /// What the function was called with, for `arguments`.
  var arguments: [StageValue]?
  /// Names that stand for what other modules export.
  var imports: [String: StageImport] = [:]

  init(_ parent: StageScope?, isFunction: Bool = false) {
    self.parent = parent
    self.isFunction = isFunction
  }

  /// The scope that holds a name.
  func holder(of name: String) -> StageScope? {
    var scope: StageScope? = self
    while let current = scope {
      if current.table[name] != nil || current.imports[name] != nil { return current }
      scope = current.parent
    }
    return nil
  }

  /// The scope that `var` declares in.
  var functionScope: StageScope {
    var scope = self
    while !scope.isFunction, let parent = scope.parent { scope = parent }
    return scope
  }
}

/// What an imported name stands for.
enum StageImport {
  case export(unit: Int, name: String)
  case namespace(unit: Int)
  case value(StageValue)
}

/// Why the evaluation of something ended early.
enum StageStop: Error {
  /// A value that the program threw.
  case thrown(StageValue)
  /// The steps for this task are used up.
  case cut
}

/// How a statement ended.
enum StageFlow {
  case normal
  case returns(StageValue)
  case breaks(String?)
  case continues(String?)

  var isNormal: Bool { if case .normal = self { true } else { false } }
}
