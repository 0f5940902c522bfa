import Ingest
import JavaScriptSyntax
import MarkupSyntax
public import SourceText

/// The pages of a program as their scripts leave them, and what becomes of them when a person acts.
///
/// Nothing is run by the host: the scripts are worked through step by step over a model of the page, within a bound. A rehearsal
/// changes as actions are tried and belongs to one thread.
public final class Rehearsal {
  private let stage: Stage
  /// Whether all that the scripts do was followed, within the bound.
  public var isComplete: Bool { !stage.wasCut }

  /// Loads every page and lets some seconds pass.
  ///
  /// - Complexity: Bounded by steps, however large the program is.
  public init(_ program: ProgramModel) {
    stage = Stage(program)
    stage.loadPages()
  }

  // MARK: What is there

  /// The elements of all pages as they are now, each page's in the order of the text.
  public func tree() -> RenderedTree { RenderedTree(stage) }

  /// What has changed since loading began, by the number of the node.
  public var changes: [PageChange] {
    stage.journal.map { change in
      PageChange(
        node: change.node, kind: PageChange.Kind(change.kind), cause: PageChange.Cause(change.cause), time: change.time,
        place: change.place)
    }
  }

  /// Animations started by script that never end, with the nodes that they move.
  public var endlessAnimations: [(node: Int, place: Code?)] { stage.endless }

  /// How many changes there were.
  public var changeCount: Int { stage.journal.count }

  /// Calls of libraries that the project does not hold, with the nodes that they are given.
  public var libraryCalls: [(path: String, nodes: [Int], place: Code?, isRepeated: Bool)] {
    stage.calls.map { ($0.path, $0.nodes, $0.place, $0.cause == .frame || $0.cause == .interval) }
  }

  /// The errors that stopped scripts or handlers.
  public var errors: [(file: String, span: ByteSpan, text: String)] { stage.errors }

  // MARK: Acting

  /// Whether something hears one of the events on a node or around it.
  public func isHeard(_ events: Set<String>, on node: Int) -> Bool {
    stage.nodes.indices.contains(node) && stage.isHeard(events, on: node)
  }

  /// Whether something hears one of the events on the node itself.
  public func hears(_ events: Set<String>, node: Int) -> Bool {
    guard stage.nodes.indices.contains(node) else { return false }
    return stage.nodes[node].listeners.contains { events.contains($0.event) }
      || events.contains { stage.nodes[node].attribute("on" + $0)?.isEmpty == false }
  }

  /// Where the handler of an event on a node is attached.
  public func handlerPlace(_ events: Set<String>, node: Int) -> Code? {
    guard stage.nodes.indices.contains(node) else { return nil }
    return stage.nodes[node].listeners.first { events.contains($0.event) }?.place
  }

  /// Clicks on a node and lets a second pass; returns what left the page.
  @discardableResult
  public func click(_ node: Int) -> [PageOutcome] {
    act(node) { stage in try stage.click(node) }
  }

  /// Presses a key on a node.
  @discardableResult
  public func press(_ key: String, on node: Int) -> [PageOutcome] {
    act(node) { stage in
      try stage.dispatch("keydown", on: node, key: key)
      try stage.dispatch("keyup", on: node, key: key)
    }
  }

  /// Sends an event of the pointer or of focus to a node.
  @discardableResult
  public func send(_ event: String, to node: Int) -> [PageOutcome] {
    act(node) { stage in try stage.dispatch(event, on: node, bubbles: !["mouseenter", "mouseleave"].contains(event)) }
  }

  /// Leaves what lies over the page of a node: presses Escape and closes dialogs and popovers.
  public func dismiss(pageOf node: Int) {
    act(node) { stage in
      guard stage.root >= 0 else { return }
      let all = stage.inside(stage.root)
      if let body = all.first(where: { stage.nodes[$0].name == "body" }) {
        try stage.dispatch("keydown", on: body, key: "Escape")
      }
      for element in all where stage.nodes[element].name == "dialog" && stage.nodes[element].hasAttribute("open") {
        stage.removeAttribute("open", of: element)
        try stage.dispatch("close", on: element, bubbles: false)
      }
      for element in all where stage.nodes[element].hasAttribute("data-popover-open") {
        stage.removeAttribute("data-popover-open", of: element)
      }
    }
  }

  /// Scrolls the page of a node down, in several steps.
  public func scroll(pageOf node: Int) {
    for _ in 0..<3 {
      act(node) { stage in
        stage.scrollOffset += 450
        let root = stage.root
        if root >= 0 { try stage.dispatch("scroll", on: root) }
      }
    }
  }

  /// Puts a text into a control.
  public func fill(_ node: Int, with text: String) {
    act(node) { stage in
      stage.nodes[node].value = text
      try stage.dispatch("input", on: node)
      try stage.dispatch("change", on: node)
    }
  }

  /// Sets a tick box.
  public func tick(_ node: Int) {
    act(node) { stage in
      stage.nodes[node].isChecked = true
      try stage.dispatch("input", on: node)
      try stage.dispatch("change", on: node)
    }
  }

  /// Submits a form as a press of its button does.
  ///
  /// - Parameter button: The control that submits; `nil` for none, as when Enter is pressed.
  public func submit(_ form: Int, by button: Int?) -> [PageOutcome] {
    act(form) { stage in
      if let button { try stage.click(button) } else { try stage.submit(form) }
    }
  }

  @discardableResult
  private func act(_ node: Int, _ body: (Stage) throws -> Void) -> [PageOutcome] {
    guard stage.nodes.indices.contains(node) else { return [] }
    let stage = stage
    stage.usePage(of: node)
    stage.outcomes = []
    // What goes on by itself has been seen; what follows is what the action brings about.
    stage.tasks = []
    stage.budget = 250_000
    let calls = stage.calls.count
    stage.cause = .event
    stage.currentTurn = 0
    stage.task(Stage.taskBudget * 3) {
      try body(stage)
      return .undefined
    }
    stage.advance(2_500, limit: 120)
    stage.cause = .event
    var result = stage.outcomes.map { PageOutcome(kind: PageOutcome.Kind($0.kind), text: $0.text, place: $0.place) }
    for call in stage.calls[min(calls, stage.calls.count)...] {
      result.append(PageOutcome(kind: .library, text: call.path, place: call.place))
    }
    return result
  }
}

/// A change of an element.
public struct PageChange: Sendable {
  /// What changed.
  public enum Kind: String, Sendable {
    /// Its text.
    case text
    /// What it holds.
    case children
    /// An attribute.
    case attribute
    /// Its own style.
    case style
    /// Its classes.
    case classes
    /// What is drawn on it.
    case drawing
    /// An animation that script or a library starts.
    case animation

    init(_ kind: StageChange.Kind) {
      switch kind {
      case .text: self = .text
      case .children: self = .children
      case .attribute: self = .attribute
      case .style: self = .style
      case .classes: self = .classes
      case .drawing: self = .drawing
      case .animation: self = .animation
      }
    }
  }

  /// Why it changed.
  public enum Cause: String, Sendable {
    /// The page loads.
    case load
    /// A frame is drawn.
    case frame
    /// A timer that repeats.
    case interval
    /// A timer that runs once.
    case timeout
    /// Something came into view.
    case observer
    /// The person acts.
    case event

    init(_ cause: StageCause) {
      switch cause {
      case .load: self = .load
      case .frame: self = .frame
      case .interval: self = .interval
      case .timeout: self = .timeout
      case .observer: self = .observer
      case .event: self = .event
      }
    }
  }

  /// The number of the node.
  public let node: Int
  /// What changed.
  public let kind: Kind
  /// Why.
  public let cause: Cause
  /// When, in milliseconds since loading.
  public let time: Double
  /// The code that changed it.
  public let place: Code?
}

/// Something that left the page or was told to the person outside of it.
public struct PageOutcome: Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    /// A request to a server.
    case request
    /// A mail to be written.
    case mail
    /// A message of the browser.
    case message
    /// Another page.
    case navigation
    /// The browser sends a form.
    case submission
    /// The page is scrolled.
    case scroll
    /// A library that the project does not hold is called.
    case library

    init(_ kind: StageOutcome.Kind) {
      switch kind {
      case .request: self = .request
      case .mail: self = .mail
      case .message: self = .message
      case .navigation: self = .navigation
      case .submission: self = .submission
      case .scroll: self = .scroll
      }
    }
  }

  /// What it is.
  public let kind: Kind
  /// The address, the text or the path of what is called.
  public let text: String
  /// The code that causes it.
  public let place: Code?
}
