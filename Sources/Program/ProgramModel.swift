public import Ingest
import JavaScriptSyntax
import SourceText

/// A whole project as one program: its scripts, what their names mean, which objects its expressions hold, and what runs.
///
/// ```swift
/// let program = ProgramModel(project: project)
/// for callback in program.callbacks where callback.kind == .frame {
///   print(callback.function.text, program.isReachable(callback.function))
/// }
/// ```
///
/// A program may be handed from thread to thread, but it keeps answers and must be asked from one at a time.
///
/// Every node is addressed by a ``Code``. All answers are bounded by a budget of steps; when it runs out, ``isComplete`` is
/// false and what was not reached is unknown rather than absent.
public final class ProgramModel: @unchecked Sendable {
  /// The project.
  public let project: Project
  /// The scripts, in the order in which they were found.
  public let units: [Unit]
  /// The indices of the units that the host runs by itself, in the order in which it does.
  public let entryUnits: [Int]
  /// The elements of the pages and those that scripts make.
  public let document: DocumentModel
  /// The libraries that the project uses.
  public let libraries: [LibraryUse]
  /// The files that the project refers to and does not hold.
  public let missingFiles: [MissingFile]
  /// What was wrong with the scripts.
  public let diagnostics: [FileDiagnostic]
  /// Whether the analysis ended within its budget.
  public let isComplete: Bool
  /// What the host calls, in the order of the places that hand it over.
  public private(set) var callbacks: [HostCallback] = []

  let facts: NameFacts
  let solver: Solver
  var cache = QueryCache()

  /// Analyses a project.
  ///
  /// - Parameters:
  ///   - project: The project, as read.
  ///   - steps: How many steps the analysis of values may take; `nil` for a number that follows from the size.
  /// - Complexity: About linear in the size of the scripts.
  public init(project: Project, steps: Int? = nil) {
    self.project = project
    var loader = Loader(project)
    loader.run()
    units = loader.units
    entryUnits = loader.entries
    document = loader.document
    libraries = loader.libraries
    missingFiles = loader.missing
    diagnostics = loader.diagnostics
    facts = NameFacts(loader.units, links: loader.links)
    let limit = steps ?? min(60_000_000, 4_000_000 + facts.totalNodes * 100)
    solver = Solver(facts: facts, links: loader.links, dom: loader.document, steps: limit)
    solver.markupUnits = loader.markupUnits
    Self.start(solver, loader)
    solver.run()
    isComplete = solver.isComplete
    finish()
  }

  private static func start(_ solver: Solver, _ loader: Loader) {
    for number in loader.entries {
      let unit = loader.units[number]
      switch unit.kind {
      case .handlerAttribute, .scriptAddress, .templateExpression: solver.reachHandler(number)
      default: solver.reach(unit: number, .load)
      }
      let isRouted = Loader.isRoutedPage(unit.file)
      if isRouted || unit.kind == .component { solver.startDefaultExport(of: unit, isPage: isRouted) }
    }
    for unit in loader.units where unit.kind == .component { solver.startDefaultExport(of: unit, isPage: false) }
    if loader.libraries.contains(where: { $0.package == "p5" }) { solver.startSketch() }
  }

  private func finish() {
    solver.findLiveNodes()
    findOriginalNames()
    placeWrittenElements()
    solver.evaluator.forgetAnswers()
    solver.evaluator.mayBeAssigned = { [unowned solver, facts] symbol, site in
      guard let site else { return false }
      return facts.accesses[Int(symbol)].contains { access in
        guard access.kind == .write || access.kind == .readWrite, solver.isLive(access.node) else { return false }
        if site.kind == .newExpression, facts.code(access.node).isConstructorWrite { return false }
        guard let object = facts.code(access.node)[.object], let cell = solver.existingCell(object) else { return true }
        return solver.objects(in: cell).contains { solver.objects[Int($0)].site == UInt32(site.index) }
      }
    }
    callbacks = makeCallbacks()
  }

  /// Undoes what imports, destructuring and constants call things of the host and of libraries.
  private func findOriginalNames() {
    var original: [Int: String] = [:]
    for unit in units {
      for index in unit.tree.nodes.indices where unit.tree.nodes[index].kind == .importSpecifier {
        let node = NodeID(UInt32(index))
        let imported = unit.tree.child(node, .imported)
        let local = unit.tree.child(node, .local)
        guard imported.exists, local.exists, let binding = facts.binding(of: local, in: unit) else { continue }
        let name = unit.tree.name(of: imported)
        if name != unit.tree.name(of: local) { original[binding] = name }
      }
    }
    for (index, binding) in facts.bindings.enumerated() {
      switch binding.kind {
      case .const, .let, .var:
        guard let path = solver.evaluator.hostPath(ofBinding: index), let last = path.split(separator: ".").last else {
          continue
        }
        if last != binding.name { original[index] = String(last) }
      default: break
      }
    }
    guard !original.isEmpty else { return }
    for unit in units {
      for index in unit.tree.nodes.indices {
        guard let binding = facts.binding(of: NodeID(UInt32(index)), in: unit), let name = original[binding] else {
          continue
        }
        unit.originalNames[UInt32(index)] = name
      }
    }
  }

  /// An element that is written inside another lies in it; components between the two are looked through.
  private func placeWrittenElements() {
    for element in document.elements {
      guard case .jsx(let code) = element.source, element.parent == nil, !element.isAnywhere else { continue }
      var next = code.parent
      while let around = next {
        if around.kind == .jsxElement, let parent = solver.createdElements[UInt32(around.index)] {
          document.setParent(element.id, parent)
          break
        }
        next = around.parent
      }
    }
  }

  /// The node with a number among the nodes of the program.
  public func code(_ index: Int) -> Code { facts.code(index) }
}

/// Answers that are kept.
struct QueryCache {
  var repeating: [UInt32: Bool]?
  var handlers: [UInt32: String]?
  var callers: [UInt32: [UInt32]]?
  var callees: [UInt32: [UInt32]]?
  var populations: [Population]?
  var domWrites: [DOMWrite]?
  var tracker: FlowTracker?
  var collectionUses: [CollectionUse]?
  var lines: [String: LineTable] = [:]
}

extension Code {
  /// Whether a member expression is `this.x` in a constructor, where `new` gives the member its first value.
  var isConstructorWrite: Bool {
    guard self[.object]?.kind == .thisExpression, stored.kind == .memberExpression, parent?.detail == .assign else {
      return false
    }
    let region = region
    if region.kind == .functionDeclaration { return true }
    return region.parent?.kind == .methodDefinition && region.parent?.detail == .constructor
  }
}

extension Solver {
  /// The host renders what a routed page exports by default, and uses the options that a component exports.
  func startDefaultExport(of unit: Unit, isPage: Bool) {
    guard let binding = links.defaultBinding(of: unit, facts) else { return }
    let rule = HostRule(isPage ? .component : .lifecycle)
    let number = registration(rule, event: nil, at: UInt32(unit.root.index), salt: 2)
    addConstraint(.escape, UInt32(number), 0, to: cell(binding: binding))
  }

  /// The functions that p5 calls in global mode.
  func startSketch() {
    for (name, rule) in HostTable.p5Functions.sorted(by: { $0.key < $1.key }) {
      guard let symbol = facts.findSymbol(name), let binding = facts.globalBinding(symbol),
        let declaration = facts.bindings[binding].declarations.first
      else { continue }
      let number = registration(rule, event: rule.eventName, at: UInt32(declaration.index), salt: 3)
      addConstraint(.register, UInt32(number), to: cell(binding: binding))
    }
  }

  /// Whether a node runs: its region is reached and no dead branch holds it.
  func isLive(_ node: UInt32) -> Bool { liveNodes[Int(node)] }

  /// Finds which nodes run, parents before children.
  func findLiveNodes() {
    liveNodes = [Bool](repeating: false, count: facts.totalNodes)
    for unit in facts.units {
      let shape = unit.shape
      for index in shape.parents.indices.reversed() {
        let parent = shape.parents[index]
        guard parent != .max else {
          liveNodes[unit.base + index] = isReached[unit.base + index]
          continue
        }
        let region = Int(shape.regions[index])
        let isFirst = region == Int(parent)
        let isOutside = isFirst ? isReached[unit.base + region] : liveNodes[unit.base + Int(parent)]
        liveNodes[unit.base + index] = isOutside && !isDead[unit.base + index]
      }
    }
  }
}
