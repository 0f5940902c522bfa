import JavaScriptSyntax
import Program
import SourceText
import StyleSyntax

/// The elements of the pages with their classes as written, and some put on or taken off.
struct ClassTree: SelectorTree {
  let base: DOMTree
  let model: DocumentModel
  var added: [Int: Set<String>] = [:]
  var removed: [Int: Set<String>] = [:]

  init(_ model: DocumentModel) {
    self.model = model
    base = DOMTree(model: model)
  }

  func parent(of element: Int) -> Int? { base.parent(of: element) }
  func previousElementSibling(of element: Int) -> Int? { base.previousElementSibling(of: element) }
  func nextElementSibling(of element: Int) -> Int? { base.nextElementSibling(of: element) }
  func firstElementChild(of element: Int) -> Int? { base.firstElementChild(of: element) }
  func localName(of element: Int) -> String { base.localName(of: element) }
  func isUncertain(attribute name: String, of element: Int) -> Bool { base.isUncertain(attribute: name, of: element) }
  func isUncertain(nameOf element: Int) -> Bool { base.isUncertain(nameOf: element) }
  func isOpenEnded(_ element: Int) -> Bool { base.isOpenEnded(element) }

  func attribute(_ name: String, of element: Int) -> String? {
    guard name == "class", added[element] != nil else { return base.attribute(name, of: element) }
    return ([base.attribute(name, of: element)].compactMap { $0 } + (added[element] ?? []).sorted()).joined(
      separator: " ")
  }

  func hasClass(_ name: String, on element: Int) -> MatchResult {
    if added[element]?.contains(name) ?? false { return .yes }
    if removed[element]?.contains(name) ?? false { return .no }
    let stored = model.elements[element]
    guard let found = stored.attributes.first(where: { $0.name == "class" || $0.name == "className" }) else {
      return .no
    }
    guard let value = found.value else { return .maybe }
    return value.split(whereSeparator: \.isWhitespace).contains { $0 == name } ? .yes : .no
  }
}

/// Whether elements show, by their styles, before and after what a handler does to them.
struct OrreryVisibility {
  private let orrery: Orrery
  private var program: ProgramModel { orrery.program }
  private static let known: [String] = [
    "display", "visibility", "opacity", "transform", "translate", "left", "right", "bottom", "top",
  ]
  private static let utilities: Set<String> = ["hidden", "invisible", "opacity-0", "d-none", "collapse", "is-hidden"]

  init(_ orrery: Orrery) { self.orrery = orrery }

  /// Elements after some writes: their classes, and what is shown or hidden by other means.
  private struct State {
    var tree: ClassTree
    var shown: Set<Int> = []
    var hidden: Set<Int> = []
  }

  private func chain(of element: Int) -> [Int] {
    let document = program.document
    var chain = [element]
    while let next = document.elements[chain[chain.count - 1]].parent, chain.count < 64 { chain.append(next) }
    return chain
  }

  private func isHidden(_ chain: [Int], in state: State) -> Bool {
    var resolver = StyleResolver(orrery.view.index, state.tree)
    return chain.contains { state.hidden.contains($0) || !state.shown.contains($0) && isHidden($0, &resolver) }
  }

  private func state(of chain: [Int], after writes: [DOMWrite]) -> State {
    var state = State(tree: ClassTree(program.document))
    for write in writes {
      for target in write.elements where chain.contains(target) {
        switch write.kind {
        case .classes: apply(write, to: target, in: &state.tree)
        case .shown: if !isHiding(write) { state.shown.insert(target) }
        case .style(let name)
        where Self.known.contains(name) || name == "cssText" || name.hasPrefix("--") || name == "maxHeight":
          if !isHiding(write) { state.shown.insert(target) }
        case .attribute(let name)
        where ["hidden", "aria-hidden", "open", "inert", "style", ""].contains(name) || name.hasPrefix("data-"):
          state.shown.insert(target)
        case .children: state.shown.insert(target)
        default: break
        }
      }
    }
    // A class that is put on here and taken off there: the way that changes something is the one that shows.
    for target in chain {
      let own = Set((program.document.elements[target].attribute("class") ?? "").split(separator: " ").map(String.init))
      let both = (state.tree.added[target] ?? []).intersection(state.tree.removed[target] ?? [])
      state.tree.added[target]?.subtract(both.intersection(own))
      state.tree.removed[target]?.subtract(both.subtracting(own))
    }
    return state
  }

  /// Whether writes leave an element hidden that was hidden before.
  func staysHidden(_ element: Int, after writes: [DOMWrite]) -> Bool {
    let chain = chain(of: element)
    guard isHidden(chain, in: State(tree: ClassTree(program.document))) else { return false }
    return isHidden(chain, in: state(of: chain, after: writes))
  }

  /// Whether a change of classes hides an element that others have shown.
  func hides(_ write: DOMWrite, _ element: Int, shownBy writes: [DOMWrite]) -> Bool {
    let chain = chain(of: element)
    var state = state(of: chain, after: writes)
    guard !isHidden(chain, in: state) else { return true }
    guard let words = write.value.flatMap({ program.possibleConstants(of: $0) })?.compactMap({ $0.string }),
      !words.isEmpty
    else {
      return true
    }
    let classes = Set(words.flatMap { $0.split(separator: " ").map(String.init) })
    for target in write.elements where chain.contains(target) {
      switch write.code.calledName {
      case "add", "addClass": state.tree.added[target, default: []].formUnion(classes)
      case "remove", "removeClass", "toggle", "toggleClass":
        for name in classes {
          let isAdded = state.tree.added[target]?.contains(name) ?? false
          if write.code.calledName.hasPrefix("toggle"), !isAdded { state.tree.added[target, default: []].insert(name) }
          if isAdded || write.code.calledName.hasPrefix("remove") {
            state.tree.added[target]?.remove(name)
            state.tree.removed[target, default: []].insert(name)
          }
        }
      default:
        state.tree.added[target] = classes
        state.tree.removed[target] = Set(
          (program.document.elements[target].attribute("class") ?? "").split(separator: " ").map(String.init)
        ).subtracting(classes)
      }
    }
    state.shown = []
    return isHidden(chain, in: state)
  }

  private func apply(_ write: DOMWrite, to element: Int, in tree: inout ClassTree) {
    let words = write.value.flatMap { program.possibleConstants(of: $0) }?.compactMap { $0.string } ?? []
    let classes = Set(words.flatMap { $0.split(separator: " ").map(String.init) })
    switch write.code.calledName {
    case "remove", "removeClass": tree.removed[element, default: []].formUnion(classes)
    case "toggle", "toggleClass":
      let own = tree.model.elements[element].attribute("class") ?? ""
      for name in classes {
        if own.split(separator: " ").contains(where: { $0 == name }) {
          tree.removed[element, default: []].insert(name)
        } else {
          tree.added[element, default: []].insert(name)
        }
      }
    default: tree.added[element, default: []].formUnion(classes)
    }
  }

  private func isHiding(_ write: DOMWrite) -> Bool {
    if write.kind == .shown {
      if write.code.calledName == "close" || write.code.calledName == "hide" { return true }
      guard let value = write.value, write.code.kind == .assignmentExpression else { return false }
      let isOpen = program.propertyName(of: write.code[.left]?.unwrapped ?? write.code) == "open"
      return program.constant(of: value) == .bool(!isOpen)
    }
    guard let value = write.value, let words = program.possibleConstants(of: value) else { return false }
    return !words.isEmpty
      && words.allSatisfy { $0.string == "none" || $0.string == "hidden" || $0.number == 0 || $0.string == "0" }
  }

  /// Whether an element is hidden as it stands.
  func isHidden(_ element: Int) -> Bool {
    var resolver = StyleResolver(orrery.view.index, ClassTree(program.document))
    return isHidden(element, &resolver)
  }

  private func isHidden(_ element: Int, _ resolver: inout StyleResolver<ClassTree>) -> Bool {
    let stored = program.document.elements[element]
    if stored.name == "dialog", !stored.hasAttribute("open") { return true }
    let tree = resolver.matcher.tree
    for name in Self.utilities where tree.hasClass(name, on: element) == .yes { return true }
    let displayed = value("display", element, &resolver)
    if stored.hasAttribute("hidden"), displayed == nil { return true }
    if displayed == "none" { return true }
    if value("visibility", element, &resolver) == "hidden" { return true }
    if let opacity = value("opacity", element, &resolver), Double(opacity) == 0 { return true }
    for property in ["transform", "translate"] {
      if let moved = value(property, element, &resolver), isFar(moved) { return true }
    }
    for property in ["left", "right", "top", "bottom"] {
      if let place = value(property, element, &resolver), place.hasPrefix("-"), isFar(place) { return true }
    }
    return false
  }

  /// Whether style gives an element a size and something to see.
  func isShaped(_ element: Int) -> Bool {
    var resolver = StyleResolver(orrery.view.index, ClassTree(program.document))
    let hasSize = ["width", "height", "font-size"].contains { value($0, element, &resolver) != nil }
    return hasSize
      && ["background", "background-color", "background-image", "box-shadow", "border-radius", "font-size"].contains {
        value($0, element, &resolver) != nil
      }
  }

  /// Whether a width in fixed units holds an element at one size.
  func hasFixedWidth(_ element: Int) -> Bool {
    var resolver = StyleResolver(orrery.view.index, ClassTree(program.document))
    return value("width", element, &resolver)?.hasSuffix("px") ?? false
  }

  private func value(_ property: String, _ element: Int, _ resolver: inout StyleResolver<ClassTree>) -> String? {
    guard let winner = resolver.winner(of: property, on: element, in: .desktop),
      let sheet = resolver.value(of: winner, on: element)
    else { return nil }
    return String(decoding: sheet.source, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .lowercased()
  }

  /// Whether a shift takes a box out of sight: by its whole size, or by a great length.
  private func isFar(_ text: String) -> Bool {
    var number = ""
    for character in text + " " {
      if character.isNumber || character == "." {
        number.append(character)
        continue
      }
      if let value = Double(number),
        character == "%" && value >= 99 && !text.contains("- ") || value >= 140 && character == "p"
          || value >= 90 && character == "v"
      {
        return true
      }
      number = ""
    }
    return false
  }
}

extension Orrery {
  func joinedStyles() -> String {
    view.sheets.map { String(decoding: $0.sheet.source[$0.sheet.span.range], as: UTF8.self) }.joined(separator: "\n")
  }

  /// Whether a style rule stops animations.
  var hasPlayState: Bool { styleText.contains("animation-play-state") }

  /// Whether some style rule knows a class, or a library of utility classes may.
  func hasRule(for name: String) -> Bool {
    ["hidden", "invisible", "opacity-0", "d-none"].contains(name) || name.contains("translate")
      || styleText.contains("." + name)
  }

  /// Whether some style rule asks for an attribute that a write gives.
  func hasRule(forAttribute write: DOMWrite) -> Bool {
    guard case .attribute(let name) = write.kind else { return false }
    return styleText.contains("[" + name)
  }
}
