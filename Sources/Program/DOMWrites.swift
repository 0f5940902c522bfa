import JavaScriptSyntax

/// A place in running code that changes what an element shows.
public struct DOMWrite: Sendable {
  /// What is changed.
  public enum Kind: Hashable, Sendable {
    /// The text: `textContent`, `innerText`, the children of a JSX element.
    case text
    /// Markup: `innerHTML`, `insertAdjacentHTML`.
    case markup
    /// The value of a control.
    case value
    /// Whether the element is shown at all: `hidden`, `showModal`.
    case shown
    /// A class is added, removed or toggled; the value is the class.
    case classes
    /// A property of the style.
    case style(String)
    /// An attribute or another property that reflects one.
    case attribute(String)
    /// Children are put in or taken out.
    case children
  }

  /// What is changed.
  public let kind: Kind
  /// The elements that it can be, by position in the document; empty when the element is not known.
  public let elements: [Int]
  /// The expression of the new value; `nil` where there is none.
  public let value: Code?
  /// The assignment, call or JSX node.
  public let code: Code
}

extension ProgramModel {
  /// Everything in running code that changes what elements show, in the order of the text.
  public var domWrites: [DOMWrite] {
    if let known = cache.domWrites { return known }
    let found = DOMWriteFinder(program: self).find()
    cache.domWrites = found
    return found
  }

  /// The writes to an element.
  public func domWrites(to element: Int) -> [DOMWrite] { domWrites.filter { $0.elements.contains(element) } }
}

/// Finds the writes to elements.
struct DOMWriteFinder {
  let program: ProgramModel

  init(program: ProgramModel) { self.program = program }

  func find() -> [DOMWrite] {
    var result: [DOMWrite] = []
    for unit in program.units {
      for index in unit.tree.nodes.indices {
        let kind = unit.tree.nodes[index].kind
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        switch kind {
        case .assignmentExpression: if let write = assignment(code) { result.append(write) }
        case .callExpression: if let write = call(code) { result.append(write) }
        case .jsxElement: result += jsx(code)
        default: continue
        }
      }
    }
    return result.filter { program.isReachable($0.code) }
  }

  private static let properties: [String: DOMWrite.Kind] = [
    "textContent": .text, "innerText": .text, "nodeValue": .text, "data": .text, "innerHTML": .markup,
    "outerHTML": .markup,
    "value": .value, "valueAsNumber": .value, "checked": .value, "hidden": .shown, "open": .shown,
    "className": .classes,
    "disabled": .attribute("disabled"), "src": .attribute("src"), "href": .attribute("href"),
    "title": .attribute("title"),
    "id": .attribute("id"), "width": .attribute("width"), "height": .attribute("height"), "alt": .attribute("alt"),
    "max": .attribute("max"), "min": .attribute("min"), "placeholder": .attribute("placeholder"),
    "ariaLabel": .attribute("aria-label"), "cssText": .style("cssText"),
  ]

  private func assignment(_ code: Code) -> DOMWrite? {
    guard let target = code[.left]?.unwrapped, target.kind == .memberExpression, let object = target[.object],
      let name = program.propertyName(of: target)
    else { return nil }
    if let styled = styledElement(object) {
      return DOMWrite(kind: .style(name), elements: styled, value: code[.right], code: code)
    }
    guard let elements = elementsOrUnknown(object) else { return nil }
    if isDataset(object) {
      return DOMWrite(kind: .attribute("data-" + name), elements: elements, value: code[.right], code: code)
    }
    guard let kind = Self.properties[name] else { return nil }
    return DOMWrite(kind: kind, elements: elements, value: code[.right], code: code)
  }

  /// The elements that an expression can be; empty when it is an element that is not known, `nil` when it is none.
  private func elementsOrUnknown(_ code: Code) -> [Int]? {
    let found = program.objects(of: code).map { program.object($0) }
    let collected = found.filter { $0.path?.hasPrefix("jquery:") ?? false }.flatMap { program.contents(of: $0.id) }
    let elements = (found + collected.map { program.object($0) }).compactMap { $0.element } + owners(of: code)
    if !elements.isEmpty { return Array(Set(elements)).sorted() }
    let isElement = found.contains { object in
      guard let path = object.path else { return false }
      return path.hasPrefix("Element") || path.hasPrefix("Event") || path.hasPrefix("document")
        || path.hasPrefix("unknown")
        || path.hasPrefix("jquery")
    }
    return isElement || found.isEmpty && code.kind == .callExpression ? [] : nil
  }

  private func owners(of code: Code) -> [Int] {
    program.objects(of: code).compactMap { id in
      guard program.object(id).path?.hasPrefix("Element.dataset") ?? false else { return nil }
      return program.solver.ownerElement(of: UInt32(id.index)).map { Int(program.solver.objects[Int($0)].info) }
    }
  }

  private func isDataset(_ code: Code) -> Bool {
    code.kind == .memberExpression && program.propertyName(of: code) == "dataset"
  }

  private func styledElement(_ code: Code) -> [Int]? {
    let styles = program.objects(of: code).filter { program.object($0).path?.hasSuffix(".style") ?? false }
    if !styles.isEmpty {
      let elements = styles.compactMap { id in
        program.solver.ownerElement(of: UInt32(id.index)).map { Int(program.solver.objects[Int($0)].info) }
      }
      return Array(Set(elements)).sorted()
    }
    let code = code.unwrapped
    guard code.kind == .memberExpression, program.propertyName(of: code) == "style", let inner = code[.object] else {
      return nil
    }
    return elementsOrUnknown(inner)
  }

  private func call(_ code: Code) -> DOMWrite? {
    guard let callee = code[.callee]?.unwrapped, callee.kind == .memberExpression,
      let object = callee[.object]?.unwrapped,
      let name = program.propertyName(of: callee)
    else { return nil }
    let arguments = code.list(.arguments)
    if object.kind == .memberExpression, let inner = object[.object], let part = program.propertyName(of: object) {
      if part == "classList", let elements = elementsOrUnknown(inner) {
        return DOMWrite(kind: .classes, elements: elements, value: arguments.first, code: code)
      }
      if part == "style", name == "setProperty", let elements = elementsOrUnknown(inner) {
        let property = arguments.first.flatMap { program.constant(of: $0).string } ?? ""
        return DOMWrite(kind: .style(property), elements: elements, value: arguments.dropFirst().first, code: code)
      }
    }
    guard let kind = kind(ofCall: name, arguments), let elements = elementsOrUnknown(object) else { return nil }
    let value = name == "insertAdjacentHTML" || name == "setAttribute" ? arguments.dropFirst().first : arguments.first
    return DOMWrite(kind: kind, elements: elements, value: value, code: code)
  }

  private func kind(ofCall name: String, _ arguments: [Code]) -> DOMWrite.Kind? {
    switch name {
    case "setAttribute", "toggleAttribute", "removeAttribute", "attr", "prop":
      let attribute = arguments.first.flatMap { program.constant(of: $0).string } ?? ""
      return attribute == "hidden" ? .shown : .attribute(attribute)
    case "insertAdjacentHTML", "html", "write": return .markup
    case "insertAdjacentText", "text": return .text
    case "append", "appendChild", "prepend", "replaceChildren", "insertBefore", "removeChild", "remove", "replaceWith":
      return .children
    case "showModal", "show", "close", "hide", "fadeIn", "fadeOut", "showPopover", "hidePopover": return .shown
    case "addClass", "removeClass", "toggleClass": return .classes
    default: return nil
    }
  }

  private func jsx(_ code: Code) -> [DOMWrite] {
    guard let element = program.solver.createdElements[UInt32(code.index)] else { return [] }
    var result: [DOMWrite] = []
    for attribute in code[.openingElement]?.list(.attributes) ?? [] {
      guard let name = attribute[.name], let value = attribute[.value], value.kind == .jsxExpressionContainer else {
        continue
      }
      let kind: DOMWrite.Kind
      switch name.name {
      case "className", "class": kind = .classes
      case "value", "checked": kind = .value
      case "hidden", "open": kind = .shown
      case "style": kind = .style("")
      default: kind = .attribute(name.text)
      }
      if HostTable.propertyEvent(name.text) == nil {
        result.append(DOMWrite(kind: kind, elements: [element], value: value[.expression], code: attribute))
      }
    }
    for child in code.list(.children) where child.kind == .jsxExpressionContainer {
      guard let expression = child[.expression], expression.kind != .jsxEmptyExpression else { continue }
      result.append(DOMWrite(kind: .text, elements: [element], value: expression, code: child))
    }
    return result
  }
}
