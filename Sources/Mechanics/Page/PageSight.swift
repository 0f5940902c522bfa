import Program
import StyleSyntax

/// What of the pages a reader sees on a desktop screen at one moment, by attributes and styles.
final class PageSight {
  let tree: RenderedTree
  private var resolver: StyleResolver<RenderedTree>
  private let usesUtilities: Bool
  private var known: [Int: Bool] = [:]
  /// The elements under the pointer and inside them.
  private let hovered: Set<Int>

  init(_ tree: RenderedTree, _ index: StyleIndex, usesUtilities: Bool, hovered: Set<Int> = []) {
    self.tree = tree
    self.hovered = hovered
    self.usesUtilities = usesUtilities
    resolver = StyleResolver(index, tree)
  }

  /// Whether an element is shown: nothing hides it or what holds it.
  func isShown(_ element: Int) -> Bool {
    var path: [Int] = []
    var next: Int? = element
    var result = true
    while let current = next {
      if let value = known[current] {
        result = value
        break
      }
      path.append(current)
      next = tree.elements[current].parent
    }
    for current in path.reversed() {
      if result { result = !hides(current) }
      known[current] = result
    }
    return result
  }

  private static let silent: Set<String> = [
    "head", "script", "style", "template", "noscript", "title", "meta", "link", "base", "datalist",
  ]

  /// Whether an element itself is taken from sight.
  func hides(_ element: Int) -> Bool {
    let stored = tree.elements[element]
    if Self.silent.contains(stored.name) { return true }
    if stored.name == "input", stored.attribute("type") == "hidden" { return true }
    if let parent = stored.parent {
      let outer = tree.elements[parent]
      if outer.name == "details", !outer.hasAttribute("open"), stored.name != "summary" { return true }
      if value("grid-template-rows", parent) == "0fr" { return true }
    }
    let display = value("display", element)
    if display == "none" { return true }
    if stored.hasAttribute("hidden"), display == nil { return true }
    if stored.name == "dialog", !stored.hasAttribute("open"), display == nil { return true }
    if stored.hasAttribute("popover"), !stored.hasAttribute("data-popover-open"), display == nil { return true }
    if let visibility = value("visibility", element), visibility == "hidden" || visibility == "collapse" { return true }
    if let opacity = value("opacity", element),
      Double(opacity.hasSuffix("%") ? String(opacity.dropLast()) : opacity) == 0
    {
      let isEntering = !resolver.animations(of: element, in: .desktop).isEmpty
      if !isEntering { return true }
    }
    for property in ["max-height", "height"] {
      guard let size = value(property, element), size == "0" || size == "0px" else { continue }
      if let overflow = value("overflow", element) ?? value("overflow-y", element), overflow != "visible" {
        return true
      }
    }
    if let transform = value("transform", element), transform == "scale(0)" || transform == "scaley(0)" { return true }
    return value("content-visibility", element) == "hidden"
  }

  /// The value of a property in small letters; `nil` where nothing sets it.
  func value(_ property: String, _ element: Int) -> String? {
    var winner = resolver.winner(of: property, on: element, in: .desktop)
    if hovered.contains(element) {
      winner = resolver.declarations(of: property, on: element).first { declaration in
        declaration.certainty != .no
          && (declaration.rule < 0 || resolver.index.conditions(of: declaration.rule, holdIn: .desktop) == .yes)
      }
    }
    if let winner, let value = resolver.value(of: winner, on: element) {
      let text = value.tokens.map { value.text(of: $0) }.joined().lowercased()
      let clean = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return clean.hasSuffix("!important") ? String(clean.dropLast(10)).trimmed : clean
    }
    guard usesUtilities else { return nil }
    var found: String?
    for utility in utilityClasses(in: tree.elements[element].attribute("class") ?? "") where utility.states.isEmpty {
      guard utility.pseudoElement == nil, let value = utility.value(of: property),
        utility.media.allSatisfy({ $0.matches(.desktop) != .no })
      else { continue }
      if found == nil || !utility.variants.isEmpty { found = value }
    }
    return found
  }

  /// The texts that are seen, by the number of the node that holds them.
  func texts() -> [Int: String] {
    var result: [Int: String] = [:]
    for element in tree.elements.indices {
      let text = tree.ownText(of: element).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard !text.isEmpty, isShown(element) else { continue }
      result[tree.nodes[element]] = text
    }
    return result
  }
}
