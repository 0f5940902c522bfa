import Ingest
import JavaScriptSyntax
import MarkupSyntax
import SourceText

/// Works out what the scripts of a page make of it, in a model of a browser that reaches nothing outside.
///
/// Values that cannot be known stay unknown: of a condition on one, both branches are followed, one after the other. Every way
/// through is bounded by steps, and functions of libraries that the project does not hold give unknown values.
final class Stage {
  let program: ProgramModel
  let paths: PathTable
  var nodes: [StageNode] = []
  var pages: [(file: String, root: Int)] = []
  var page = 0
  var global: StageScope
  var modules: [Int: StageScope] = [:]
  var modulesUnderWay: Set<Int> = []
  var exports: [Int: [String: StageExport]] = [:]
  var stars: [Int: [LinkTarget]] = [:]
  /// Everything made, so that it can be let go of.
  private var objects: [StageObject] = []
  private var scopes: [StageScope] = []
  var protos = StageProtos()
  var steps = 0
  var budget = Stage.wholeBudget
  var depth = 0
  var callDepth = 0
  /// Whether more was to be done than the steps allowed.
  private(set) var wasCut = false

  var tasks: [StageTask] = []
  var microtasks: [() throws -> Void] = []
  var clock = 0.0
  var order = 0
  var cause = StageCause.load
  var journal: [StageChange] = []
  var calls: [StageCall] = []
  var errors: [(file: String, span: ByteSpan, text: String)] = []
  /// Where the evaluation is, for what it notes.
  var place: Code?
  /// The calls that are under way.
  var callers: [Code?] = []
  var random: UInt64 = 0x9E37_79B9_7F4A_7C15
  var observers: [StageObserver] = []
  var elementClasses: [String: StageObject] = [:]
  var windowListeners: [StageListener] = []
  var roots: [StageRoot] = []
  var context = StageHooks()
  var outcomes: [StageOutcome] = []
  var fragments: [String: Document] = [:]
  var nextUnit = 0
  var lastYields: [[StageValue]] = []
  /// What `location`, `localStorage` and such are, made when first asked for.
  var hosts: [String: StageObject] = [:]
  var builtins: [String: StageValue] = [:]
  var hostMethods: [String: StageValue] = [:]
  var patterns: [String: StagePattern] = [:]
  var libraries: [String: StageObject] = [:]
  var instances: [String: StageInstance] = [:]
  var nodesByPath: [String: Int] = [:]
  /// Nodes of a page beyond this one are not read yet.
  var parsedUpTo: Int?
  var pageEnd = 0
  /// What belongs to each page that was loaded.
  var globals: [StagePage] = []
  /// Animations that never end, with the nodes that they move.
  var endless: [(node: Int, place: Code?)] = []
  /// How far the pages are scrolled, in pixels.
  var scrollOffset = 0.0

  static let wholeBudget = 1_500_000
  static let loadBudget = 700_000
  static let taskBudget = 60_000
  static let frameBudget = 12_000
  static let loopBudget = 40_000
  static let maximumDepth = 900
  static let maximumCalls = 160
  static let maximumNodes = 20_000

  init(_ program: ProgramModel) {
    self.program = program
    paths = PathTable(program.project)
    global = StageScope(nil, isFunction: true)
    scopes.append(global)
    nextUnit = program.units.count
    setUpBuiltins()
  }

  deinit {
    for object in objects { object.release() }
    for instance in instances.values {
      instance.slots = []
      instance.pending = []
      instance.dependencies = []
      instance.object = nil
    }
    for scope in scopes {
      scope.table = [:]
      scope.arguments = nil
      scope.imports = [:]
    }
  }

  // MARK: Making things

  func make(_ kind: StageObject.Kind, proto: StageObject? = nil) -> StageObject {
    let object = StageObject(kind, proto: proto)
    objects.append(object)
    return object
  }

  func makeScope(_ parent: StageScope?, isFunction: Bool = false) -> StageScope {
    let scope = StageScope(parent, isFunction: isFunction)
    scopes.append(scope)
    return scope
  }

  func array(_ items: [StageValue]) -> StageValue {
    let made = make(.array, proto: protos.array)
    made.items = items.count > 20_000 ? Array(items.prefix(20_000)) : items
    return .object(made)
  }

  func record(_ members: [(String, StageValue)] = []) -> StageObject {
    let made = make(.plain, proto: protos.object)
    for (name, value) in members { made[name] = value }
    return made
  }

  func native(_ name: String = "", _ body: @escaping StageNative) -> StageValue {
    let made = make(.function, proto: protos.function)
    made.native = body
    made.text = name
    return .object(made)
  }

  func failure(_ message: String) -> StageStop {
    let made = make(.error, proto: protos.error)
    made["message"] = .string(message)
    made["name"] = .string("TypeError")
    return .thrown(.object(made))
  }

  // MARK: Steps

  func step() throws {
    steps -= 1
    if steps <= 0 {
      wasCut = true
      throw StageStop.cut
    }
  }

  /// Runs something as a task of its own; what goes wrong ends the task only.
  @discardableResult
  func task(
    _ limit: Int = Stage.taskBudget, isEssential: Bool = true, _ body: () throws -> StageValue
  ) -> StageValue? {
    let wasWhole = !wasCut
    let saved = (steps, depth, callDepth)
    let given = min(limit, budget)
    steps = given
    defer {
      budget -= given - max(0, steps)
      (steps, depth, callDepth) = saved
    }
    do {
      let value = try body()
      try drain()
      return value
    } catch StageStop.thrown(let value) {
      note(error: value)
      try? drain()
      return nil
    } catch {
      if !isEssential, wasWhole { wasCut = false }
      return nil
    }
  }

  private func note(error: StageValue) {
    guard let place, errors.count < 32 else { return }
    let message = error.object?["message"] ?? error
    errors.append((place.file, place.span, text(message) ?? "an error"))
  }

  /// Runs what waits for the end of a task.
  func drain() throws {
    var turns = 0
    while !microtasks.isEmpty, turns < 2_000 {
      let next = microtasks.removeFirst()
      turns += 1
      do { try next() } catch StageStop.thrown(let value) { note(error: value) }
    }
  }
}

/// What belongs to one page: its globals, its modules, what hears the window.
struct StagePage {
  var scope: StageScope
  var hosts: [String: StageObject] = [:]
  var listeners: [StageListener] = []
  var modules: [Int: StageScope] = [:]
  var exports: [Int: [String: StageExport]] = [:]
  var stars: [Int: [LinkTarget]] = [:]
}

/// What is under way.
struct StageHooks {
  var labels: [String] = []
  var turn = 0
  var cancelled: Set<Int> = []
  var isLoading = true
  /// The component that is rendered, and the number of its next hook.
  var instance: StageInstance?
  var cursor = 0
  var isDirty = false
  var effects: [(StageInstance, Int)] = []
  var provided: [(ObjectIdentifier, StageValue)] = []
  var renderings = 0
}

/// A component in the page and what it keeps from one rendering to the next.
final class StageInstance {
  var slots: [StageValue] = []
  var dependencies: [[StageValue]?] = []
  var pending: [StageValue?] = []
  var object: StageObject?
}

/// A component tree and where it is put.
struct StageRoot {
  var container: Int
  var value: StageValue
  var path: String
}

/// The objects that values of a kind inherit from.
struct StageProtos {
  var object: StageObject?
  var function: StageObject?
  var array: StageObject?
  var string: StageObject?
  var number: StageObject?
  var promise: StageObject?
  var map: StageObject?
  var set: StageObject?
  var date: StageObject?
  var pattern: StageObject?
  var error: StageObject?
  var node: StageObject?
}

/// What a module exports under a name.
enum StageExport {
  case local(String)
  case value(StageValue)
  case forward(LinkTarget, String)
  case namespace(LinkTarget)
}

/// Why something happens.
enum StageCause: UInt8 {
  case load, frame, interval, timeout, observer, event
}

/// Something that the host does later.
struct StageTask {
  var time: Double
  var order: Int
  var cause: StageCause
  var function: StageValue
  var arguments: [StageValue]
  var period: Double?
  var id: Int
  /// How often it, or what asked for it, has run.
  var turn: Int
}

/// A change of the page.
struct StageChange {
  enum Kind: UInt8 { case text, children, attribute, style, classes, drawing, animation }

  var node: Int
  var kind: Kind
  var cause: StageCause
  var time: Double
  var place: Code?
}

/// A call of a library, and the elements that it is given.
struct StageCall {
  var path: String
  var nodes: [Int]
  var place: Code?
  var cause: StageCause
}

/// What left the page.
struct StageOutcome {
  enum Kind: UInt8 { case request, mail, message, navigation, submission, scroll }

  var kind: Kind
  var text: String
  var place: Code?
}

/// Something that tells when elements come into view.
struct StageObserver {
  var function: StageValue
  var object: StageObject
  var nodes: [Int]
  var isIntersection: Bool
}

/// A function that hears an event.
struct StageListener {
  var event: String
  var function: StageValue
  var place: Code?
  /// For a handler attribute, its text.
  var isOnce = false
}
