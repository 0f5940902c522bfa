public import Program
public import SourceText
public import StyleSyntax

/// Answers what rubrics ask of the elements and styles of a project's pages.
public final class PageQuestions {
  private let view: PageView

  /// An element and whether a reader can meet it.
  public struct FoundElement: Sendable {
    /// The element.
    public var element: DOMElement
    /// Whether the selector surely matches it, whatever values are that are not known.
    public var isCertain: Bool
    /// Whether it is part of a page, or made by code that runs.
    public var isVisible: Bool
  }

  /// A declaration that can apply.
  public struct FoundStyle: Hashable, Sendable {
    /// The path of the file.
    public var file: String
    /// The declaration, or for a style attribute the element.
    public var span: ByteSpan
    /// The value as written.
    public var value: String
    /// Whether it surely applies to some element, apart from states and media.
    public var isCertain: Bool
  }

  /// Makes the elements and styles of a program ready.
  public init(_ program: ProgramModel) { view = PageView(Scene(program: program, hints: .none)) }

  /// The elements that a selector matches or may match, in the order of the document.
  public func elements(matching selector: SelectorList) -> [FoundElement] {
    let visible = Set(view.visible)
    return view.elements.indices.compactMap { id in
      let certainty = view.resolver.matcher.match(selector, id)
      guard certainty != .no else { return nil }
      return FoundElement(
        element: view.elements[id], isCertain: certainty == .yes, isVisible: visible.contains(id))
    }
  }

  /// The declarations that set a property on a visible element, in the order of the elements, each once.
  ///
  /// - Parameters:
  ///   - property: The name in small letters; shorthands that set it count too.
  ///   - selector: The elements to which it has to apply; `nil` for any.
  ///   - media: A text that a media query around the rule contains, in small letters; `nil` for any place.
  public func styles(setting property: String, on selector: SelectorList?, media: String?) -> [FoundStyle] {
    var found: [FoundStyle] = []
    var places: [FoundStyle: Int] = [:]
    for id in view.visible {
      if let selector, view.resolver.matcher.match(selector, id) == .no { continue }
      let style = view.resolver.style(of: id)
      let parts: [String?] = [nil] + pseudoElements(of: style)
      for part in parts {
        for declaration in view.resolver.declarations(of: property, on: id, pseudoElement: part) {
          guard media.map({ isInside($0, declaration) }) ?? true, let place = place(of: declaration, id, style) else {
            continue
          }
          var key = place
          key.isCertain = false
          if let known = places[key] {
            found[known].isCertain = found[known].isCertain || place.isCertain
          } else {
            places[key] = found.count
            found.append(place)
          }
        }
      }
    }
    return found
  }

  private func pseudoElements(of style: ElementStyle) -> [String?] {
    var names: [String] = []
    for rule in style.rules {
      let arena = view.index.arenas[view.index.rules[rule.rule].source]
      if let name = arena.pseudoElement(ofComplex: rule.complex), !names.contains(name) { names.append(name) }
    }
    return names
  }

  private func isInside(_ media: String, _ declaration: AppliedDeclaration) -> Bool {
    guard declaration.rule >= 0 else { return false }
    let sheet = view.index.sources[declaration.source].sheet
    var link = view.index.rules[declaration.rule].condition
    var levels = 0
    while link >= 0, levels < 64 {
      let stored = view.index.conditionLinks[link]
      if case .media = stored.condition, let node = stored.node {
        let span = sheet.span(of: node)
        let end = sheet.blockSpan(of: node)?.start ?? span.end
        if sheet.text(ByteSpan(start: span.start, end: max(span.start, end))).lowercased().contains(media) {
          return true
        }
      }
      link = stored.outer
      levels += 1
    }
    return false
  }

  private func place(of declaration: AppliedDeclaration, _ id: Int, _ style: ElementStyle) -> FoundStyle? {
    let isCertain = declaration.certainty == .yes
    guard declaration.source >= 0 else {
      guard let inline = style.inline else { return nil }
      return FoundStyle(
        file: view.elements[id].file, span: view.evidence(id, "").span, value: inline.valueText(of: declaration.node),
        isCertain: isCertain)
    }
    let sheet = view.index.sources[declaration.source].sheet
    return FoundStyle(
      file: view.sheets[declaration.source].file, span: sheet.span(of: declaration.node),
      value: sheet.valueText(of: declaration.node), isCertain: isCertain)
  }
}
