import JavaScriptSyntax
import Program

/// What an action of the reader brings about.
struct PageReveal {
  /// The elements that hold a text that was not to be seen before, in the tree after the action.
  var shown: [Int] = []
  /// The nodes whose text is no longer to be seen.
  var hidden: Set<Int> = []
  /// What left the page.
  var outcomes: [PageOutcome] = []
  var tree: RenderedTree
  /// Whether anything at all changed.
  var isChange = false

  /// The texts that came to sight, in order.
  var texts: [String] {
    shown.map { tree.ownText(of: $0).split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }
}

/// Tries what a reader can do on the pages, one action after the other.
final class PageActions: SharedAnalysis {
  private let view: PageView
  private let rehearsal: Rehearsal?
  private var tree: RenderedTree
  private var seen: [Int: String]
  private var changes: Int
  private var left = 60
  /// Nodes whose text changes by itself, again and again.
  private let restless: Set<Int>

  convenience init(_ scene: Scene) {
    let view = scene.shared(PageView.self)
    self.init(view, view.rehearsal)
  }

  /// Tries actions on pages that were loaded anew.
  init(_ view: PageView, _ rehearsal: Rehearsal?) {
    self.view = view
    self.rehearsal = rehearsal
    tree = view.tree
    seen = rehearsal == nil ? [:] : view.sight.texts()
    changes = rehearsal?.changeCount ?? 0
    var times: [Int: Set<Double>] = [:]
    for change in rehearsal?.changes ?? [] where change.cause != .load && change.cause != .event {
      if change.kind == .text || change.kind == .children { times[change.node, default: []].insert(change.time) }
    }
    restless = Set(times.filter { $0.value.count > 2 }.keys)
  }

  /// Clicks on an element of the view; `nil` where actions cannot be tried.
  ///
  /// - Parameter hovered: The element that the pointer is on meanwhile, with all that it holds.
  func click(_ element: Int, hovering hovered: Int? = nil) -> PageReveal? {
    let nodes = hovered.map { Set(([$0] + view.inside($0)).map { view.tree.nodes[$0] }) } ?? []
    return act(hovering: nodes) { $0.click(self.view.tree.nodes[element]) }
  }

  /// Leaves what an action has laid over the page.
  func dismiss(_ element: Int) {
    left += 1
    _ = act {
      $0.dismiss(pageOf: self.view.tree.nodes[element])
      return []
    }
  }

  /// Presses Enter on an element.
  func press(_ element: Int) -> PageReveal? { act { $0.press("Enter", on: self.view.tree.nodes[element]) } }

  /// Chooses another value in a control.
  func change(_ element: Int) -> PageReveal? {
    let options = view.inside(element).filter { view.elements[$0].name == "option" }
    let value = options.last.map { view.elements[$0].attribute("value") ?? view.text(of: $0) } ?? "a"
    return act {
      $0.fill(self.view.tree.nodes[element], with: value)
      return []
    }
  }

  /// Does something and says what it brings about.
  func act(hovering nodes: Set<Int> = [], _ body: (Rehearsal) -> [PageOutcome]) -> PageReveal? {
    guard let rehearsal, left > 0 else { return nil }
    left -= 1
    let resting = nodes.isEmpty ? seen : texts(tree, nodes)
    let outcomes = body(rehearsal)
    let count = rehearsal.changeCount
    guard count != changes else { return PageReveal(outcomes: outcomes, tree: tree) }
    changes = count
    tree = rehearsal.tree()
    let before = resting
    seen = texts(tree, nodes)
    var reveal = PageReveal(outcomes: outcomes, tree: tree, isChange: true)
    for (node, text) in seen where before[node] != text {
      if let element = tree.element(ofNode: node), !isRestless(element) { reveal.shown.append(element) }
    }
    reveal.shown.sort()
    reveal.hidden = Set(before.keys.filter { seen[$0] == nil && !restless.contains($0) })
    if !nodes.isEmpty { seen = texts(tree, []) }
    return reveal
  }

  private func texts(_ tree: RenderedTree, _ hovered: Set<Int>) -> [Int: String] {
    let elements = Set(hovered.compactMap { tree.element(ofNode: $0) })
    return PageSight(tree, view.index, usesUtilities: view.usesUtilities, hovered: elements).texts()
  }

  private func isRestless(_ element: Int) -> Bool {
    guard !restless.isEmpty else { return false }
    var next: Int? = element
    while let current = next {
      if restless.contains(tree.nodes[current]) { return true }
      next = tree.elements[current].parent
    }
    return false
  }

  /// Whether a node's text is to be seen now.
  func isSeen(_ node: Int) -> Bool { seen[node] != nil }
}
