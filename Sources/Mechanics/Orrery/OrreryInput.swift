import JavaScriptSyntax
import Program

/// What a handler is for.
enum OrreryInput {
  static func isPress(_ event: String?) -> Bool {
    [
      "click", "pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend", "mousePressed", "dblclick",
      "pointertap", "tap", "contextmenu", "pointer",
    ]
    .contains(event ?? "")
  }

  static func isKey(_ event: String?) -> Bool { ["keydown", "keyup", "keypress"].contains(event ?? "") }

  static func isMove(_ event: String?) -> Bool {
    ["pointermove", "mousemove", "touchmove", "drag", "mouseDragged"].contains(event ?? "")
  }

  static func isWheel(_ event: String?) -> Bool { ["wheel", "mousewheel", "DOMMouseScroll"].contains(event ?? "") }

  /// Whether a path of the host is where the pointer is.
  static func isPointer(_ path: String) -> Bool {
    let name = path.split(separator: ".").last.map(String.init) ?? path
    return [
      "clientX", "clientY", "offsetX", "offsetY", "pageX", "pageY", "layerX", "layerY", "x", "y", "mouseX", "mouseY",
      "movementX", "movementY", "screenX", "screenY",
    ].contains(name) || path.lowercased().contains("event") && name != "key" && name != "target"
  }

  /// The input that a handler answers to, in a word of the vocabulary.
  static func name(of handler: HostCallback, _ program: ProgramModel) -> String {
    guard let event = handler.event else { return "" }
    let elements = handler.elements.compactMap {
      program.document.elements.indices.contains($0) ? program.document.elements[$0] : nil
    }
    switch event {
    case "keydown", "keyup", "keypress": return "keyboard"
    case "wheel", "mousewheel": return "wheel"
    case "input", "change":
      let element = elements.first ?? jsxElement(handler, program)
      if element?.name.lowercased() == "select" { return "select" }
      switch element?.attribute("type")?.lowercased() {
      case "checkbox", "radio": return "checkbox"
      case "number", "text": return "text"
      default: return "slider"
      }
    case "click", "pointerdown", "mousedown", "pointerup", "mouseup", "touchstart", "touchend", "dblclick":
      if elements.contains(where: { !["canvas", "body", "html", "main"].contains($0.name.lowercased()) }) {
        return "button"
      }
      if handler.registration.kind == .jsxAttribute { return "button" }
      return elements.isEmpty && handler.targets.isEmpty ? "button" : "pointer"
    case "pointermove", "mousemove", "touchmove": return "pointer"
    case "mouseenter", "mouseover", "mouseleave": return "hover"
    case "scroll": return "scroll"
    default: return ""
    }
  }

  private static func jsxElement(_ handler: HostCallback, _ program: ProgramModel) -> DOMElement? {
    program.document.elements.first {
      if case .jsx(let code) = $0.source { code.contains(handler.registration) } else { false }
    }
  }
}

extension Orrery {
  /// State that a handler changes.
  struct Change {
    var places: [StateLocation]
    var value: Code?
    var readsOldValue: Bool
    var site: Code
    var write: Write?
  }

  /// What a handler changes when it runs, the state of components included.
  func changes(by function: Code) -> [Change] {
    if let known = changesOfFunction[function] { return known }
    var result: [Change] = []
    for region in program.functionsReached(from: function) {
      for write in program.writes(in: region) {
        let places = unwrapped(program.locations(of: write.target).filter { !isLocal($0, to: region) }, write.target)
        result.append(
          Change(places: places, value: write.value, readsOldValue: write.readsOldValue, site: write.site, write: write)
        )
      }
      region.forEachInRegion { node in
        guard node.kind == .callExpression, program.isReachable(node), let callee = node[.callee]?.unwrapped else {
          return
        }
        let arguments = node.list(.arguments)
        if let place = state(setBy: callee) {
          let value = arguments.first
          let isUpdate = value?.unwrapped.kind.isFunction ?? false
          result.append(Change(places: place, value: value, readsOldValue: isUpdate, site: node, write: nil))
        } else if callee.kind == .memberExpression, let name = callee[.property]?.name,
          ["playbackRate", "updatePlaybackRate", "timeScale"].contains(name)
        {
          result.append(
            Change(places: [.external(name)], value: arguments.first, readsOldValue: false, site: node, write: nil))
        }
        for argument in arguments where isStateObject(argument, callee) {
          for property in stateLiteral(argument)?.list(.properties) ?? [] where property.kind == .property {
            result.append(
              Change(
                places: program.locations(of: property), value: property[.value],
                readsOldValue: argument.kind.isFunction,
                site: property, write: nil))
          }
        }
      }
    }
    changesOfFunction[function] = result
    return result
  }

  /// In a template a ref is written by its name, and read in the script by its value.
  private func unwrapped(_ places: [StateLocation], _ target: Code) -> [StateLocation] {
    guard target.unit.kind == .templateExpression, target.kind == .identifier else { return places }
    let refs = program.objects(of: target).filter { id in
      let object = program.object(id)
      return (object.path ?? "").hasPrefix("vue") || object.site?.calledName.lowercased().hasSuffix("ref") ?? false
    }
    return refs.isEmpty ? places : refs.map { .property($0, "value") }
  }

  /// The variable that a setter of a component's state sets.
  private func state(setBy callee: Code) -> [StateLocation]? {
    for id in program.objects(of: callee) {
      let object = program.object(id)
      guard object.kind == .intrinsic, let site = object.site, let declarator = site.parent,
        declarator.kind == .variableDeclarator, let pattern = declarator[.id], pattern.kind == .arrayPattern,
        let first = pattern.list(.elements).first
      else { continue }
      return program.locations(of: first.unwrapped)
    }
    return nil
  }

  private func isStateObject(_ argument: Code, _ callee: Code) -> Bool {
    guard stateLiteral(argument) != nil else { return false }
    return program.objects(of: callee).contains { program.object($0).kind == .intrinsic }
      || callee.kind == .memberExpression && callee[.property]?.name == "setState"
  }

  private func stateLiteral(_ argument: Code) -> Code? {
    let argument = argument.unwrapped
    if argument.kind == .objectExpression { return argument }
    guard argument.kind == .arrowFunctionExpression, let body = argument[.body]?.unwrapped,
      body.kind == .objectExpression
    else { return nil }
    return body
  }

  /// Whether a value follows from what the reader has put in.
  func isInput(_ value: Code?) -> Bool {
    guard let value else { return false }
    return slice(value).contains { place in
      switch place {
      case .element(_, let name): ["value", "valueAsNumber", "checked"].contains(name)
      case .external(let path):
        path.lowercased().contains("event") || path.hasSuffix(".value") || path.hasSuffix("value()")
      default: false
      }
    }
  }
}
