import Program
import SourceText
import StyleSyntax

/// How pages fit the screen: the viewport, what adapts, and widths that cannot.
struct PageLayout: Mechanic {
  static let id = "layout"
  static let examples: [Example] = [
    .found("<meta name=viewport content='width=device-width'>", ["aspect": .word("viewport")]),
    .absent("<meta name=viewport content='initial-scale=1'>", ["aspect": .word("viewport")]),
    .found(
      "<style>@media (max-width:600px){main{padding:0}}</style><main>a</main>",
      ["aspect": .word("adapts"), "by": .word("media")]),
    .absent("<style>@media print{main{padding:0}}</style><main>a</main>", ["by": .word("media")]),
    .found(
      "<style>main{display:flex;flex-wrap:wrap}</style><main>a</main>",
      ["aspect": .word("adapts"), "by": .word("wrapping")]),
    .found("<style>body{width:1200px}</style><p>a", ["aspect": .word("fixed-width")]),
    .absent("<style>body{max-width:1200px}</style><p>a", ["aspect": .word("fixed-width")]),
    .found("<main class='grid md:grid-cols-2'>a</main>", ["aspect": .word("adapts"), "by": .word("media")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    return [viewport(view), media(view), container(view), wrapping(view), fluid(view), fixed(view)].compactMap { $0 }
  }

  private static func viewport(_ view: PageView) -> Finding? {
    let found = view.visible.first { element in
      let stored = view.elements[element]
      return stored.name == "meta" && view.isInEntryPage(element)
        && stored.attribute("name")?.lowercased() == "viewport"
        && (stored.attribute("content") ?? "").lowercased().contains("width")
    }
    return found.map {
      Finding(
        id, .found, facts: ["aspect": .word("viewport")],
        evidence: [view.evidence($0, "the page takes the width of the device")])
    }
  }

  private static func adapts(_ by: String, _ evidence: Evidence) -> Finding {
    Finding(id, .found, facts: ["aspect": .word("adapts"), "by": .word(by)], evidence: [evidence])
  }

  private static func media(_ view: PageView) -> Finding? {
    for query in view.index.mediaQueries where query.list.asks(about: "width") || query.list.asks(about: "orientation")
    {
      let sheet = view.sheets[query.source].sheet
      guard let node = query.node else { continue }
      return adapts(
        "media",
        view.evidence(sheet: query.source, sheet.span(of: node), "the layout changes with the width of the window"))
    }
    for element in view.visible {
      let classes = utilityClasses(in: view.elements[element].attribute("class") ?? "")
      if classes.contains(where: { $0.dependsOnWidth }) {
        return adapts("media", view.evidence(element, "classes change the layout with the width of the window"))
      }
    }
    return nil
  }

  private static func container(_ view: PageView) -> Finding? {
    guard let query = view.index.containerQueries.first, let node = query.node else { return nil }
    let span = view.sheets[query.source].sheet.span(of: node)
    return adapts(
      "container", view.evidence(sheet: query.source, span, "the layout changes with the width of its container"))
  }

  private static func declaration(_ view: PageView, where fits: (String, String) -> Bool) -> Evidence? {
    for (number, entry) in view.sheets.enumerated() {
      let sheet = entry.sheet
      for node in sheet.nodes.indices where sheet.nodes[node].kind == .declaration {
        if fits(sheet.name(of: node).lowercased(), sheet.valueText(of: node).lowercased()) {
          return view.evidence(sheet: number, sheet.span(of: node), "\(sheet.name(of: node)) lets it adapt")
        }
      }
    }
    return nil
  }

  private static func wrapping(_ view: PageView) -> Finding? {
    let place = declaration(view) { name, value in
      name == "flex-wrap" && value.hasPrefix("wrap") || name == "flex-flow" && value.contains("wrap")
        || name == "grid-template-columns" && (value.contains("auto-fit") || value.contains("auto-fill"))
        || name == "columns" && value.contains("px")
    }
    if let place { return adapts("wrapping", place) }
    let element = view.visible.first {
      (view.elements[$0].attribute("class") ?? "").split(separator: " ").contains("flex-wrap")
    }
    return element.map { adapts("wrapping", view.evidence($0, "its rows wrap")) }
  }

  private static func fluid(_ view: PageView) -> Finding? {
    let place = declaration(view) { name, value in
      (name == "width" || name == "max-width" || name == "grid-template-columns" || name == "inline-size")
        && (value.contains("%") || value.contains("vw") || value.contains("fr") || value.contains("min("))
    }
    return place.map { adapts("fluid", $0) }
  }

  /// A width in pixels, wider than a phone, of what holds the whole page.
  private static func fixed(_ view: PageView) -> Finding? {
    let holders = view.visible.filter { element in
      let stored = view.elements[element]
      if stored.name == "body" || stored.name == "html" || stored.name == "main" { return true }
      guard let parent = stored.parent else { return false }
      return ["body", "main"].contains(view.elements[parent].name) && !stored.children.isEmpty
    }
    for element in holders.prefix(400) {
      for property in ["width", "min-width"] {
        guard let winner = view.resolver.winner(of: property, on: element, in: .phone),
          let value = view.resolver.value(of: winner, on: element)
        else { continue }
        let text = value.tokens.map { value.text(of: $0) }.joined().lowercased()
        guard text.hasSuffix("px"), let pixels = Double(text.dropLast(2)), pixels >= 600 else { continue }
        if property == "width", let limit = view.resolver.winner(of: "max-width", on: element, in: .phone),
          view.resolver.value(of: limit, on: element).map({ $0.tokens.contains { $0.kind == .percentage } }) ?? false
        {
          continue
        }
        return Finding(
          id, .found, facts: ["aspect": .word("fixed-width")],
          evidence: [view.evidence(element, "the page is \(Int(min(pixels, 100_000))) pixels wide on any screen")])
      }
    }
    return nil
  }
}
