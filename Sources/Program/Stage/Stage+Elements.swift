import JavaScriptSyntax

// What scripts see of elements: their properties.
extension Stage {
  /// The object by which scripts know a node.
  func wrap(_ node: Int) -> StageValue {
    if let known = nodes[node].object { return .object(known) }
    let made = make(.node, proto: protos.node)
    made.node = node
    nodes[node].object = made
    return .object(made)
  }

  func wrap(_ node: Int?) -> StageValue { node.map { wrap($0) } ?? .null }

  func wrapAll(_ list: [Int]) -> StageValue { array(list.map { wrap($0) }) }

  func elementChildren(_ node: Int) -> [Int] { nodes[node].children.filter { nodes[$0].isElement } }

  private func part(_ kind: StageObject.Kind, of node: Int) -> StageValue {
    let made = make(kind, proto: protos.object)
    made.node = node
    return .object(made)
  }

  private static let reflected: [String: String] = [
    "id": "id", "className": "class", "href": "href", "src": "src", "alt": "alt", "title": "title", "type": "type",
    "placeholder": "placeholder", "htmlFor": "for", "target": "target", "rel": "rel", "lang": "lang", "role": "role",
    "action": "action", "method": "method", "name": "name", "pattern": "pattern", "content": "content",
    "autocomplete": "autocomplete", "loading": "loading", "dir": "dir", "poster": "poster", "srcset": "srcset",
    "media": "media", "property": "property", "ariaLabel": "aria-label", "ariaExpanded": "aria-expanded",
    "ariaHidden": "aria-hidden", "dateTime": "datetime", "popover": "popover", "slot": "slot",
  ]
  private static let flags: [String: String] = [
    "hidden": "hidden", "disabled": "disabled", "required": "required", "readOnly": "readonly", "open": "open",
    "noValidate": "novalidate", "multiple": "multiple", "selected": "selected", "inert": "inert",
    "autoplay": "autoplay", "loop": "loop", "muted": "muted", "defaultChecked": "checked",
  ]
  private static let measures: [String: Double] = [
    "offsetWidth": 320, "offsetHeight": 200, "clientWidth": 320, "clientHeight": 200, "scrollWidth": 320,
    "scrollHeight": 200, "offsetTop": 600, "offsetLeft": 0, "scrollTop": 0, "scrollLeft": 0, "naturalWidth": 320,
    "naturalHeight": 200, "clientTop": 0, "clientLeft": 0, "duration": 1, "currentTime": 0,
  ]

  /// A property of an element; `nil` for what elements do not have by themselves.
  func nodeMember(_ object: StageObject, _ name: String) throws -> StageValue? {
    let node = object.node
    let stored = nodes[node]
    switch name {
    case "textContent", "innerText", "text", "data", "nodeValue":
      if name == "data" || name == "nodeValue", stored.isElement { return name == "data" ? nil : .null }
      return .string(textContent(of: node))
    case "innerHTML": return .string(markup(of: node, isOuter: false))
    case "outerHTML": return .string(markup(of: node, isOuter: true))
    case "classList": return part(.classes, of: node)
    case "style": return part(.style, of: node)
    case "dataset": return part(.dataset, of: node)
    case "children": return wrapAll(elementChildren(node))
    case "childNodes": return wrapAll(stored.children)
    case "childElementCount": return .number(Double(elementChildren(node).count))
    case "firstElementChild": return wrap(elementChildren(node).first)
    case "lastElementChild": return wrap(elementChildren(node).last)
    case "firstChild": return wrap(stored.children.first)
    case "lastChild": return wrap(stored.children.last)
    case "parentElement", "parentNode":
      guard let parent = stored.parent else { return .null }
      return nodes[parent].isElement || name == "parentNode" ? wrapped(parent) : .null
    case "nextElementSibling", "previousElementSibling", "nextSibling", "previousSibling":
      guard let parent = stored.parent else { return .null }
      let all = name.contains("Element") ? elementChildren(parent) : nodes[parent].children
      guard let index = all.firstIndex(of: node) else { return .null }
      let other = name.hasPrefix("next") ? index + 1 : index - 1
      return all.indices.contains(other) ? wrap(all[other]) : .null
    case "tagName", "nodeName": return .string(stored.isVector ? stored.name : stored.name.uppercased())
    case "localName": return .string(stored.name)
    case "nodeType":
      return .number(stored.name == "#text" ? 3 : stored.name == "#document" ? 9 : stored.isElement ? 1 : 11)
    case "isConnected": return .bool(isInPage(node))
    case "ownerDocument": return globalValue("document") ?? .unknown
    case "shadowRoot", "content":
      if name == "content", stored.name == "meta" { return .string(stored.attribute("content") ?? "") }
      let inner = stored.children.first { nodes[$0].name == "#fragment" }
      if name == "content", stored.name == "template" { return wrap(try templateContent(node)) }
      return inner.map { wrap($0) } ?? .null
    case "form": return wrap(closest(node) { self.nodes[$0].name == "form" })
    case "elements": return formElements(node)
    case "options": return wrapAll(inside(node).filter { nodes[$0].name == "option" })
    case "selectedIndex": return .number(0)
    case "value": return controlValue(node)
    case "checked": return .bool(stored.isChecked ?? stored.hasAttribute("checked"))
    case "valueAsNumber": return .number(Stage.number(text(controlValue(node) ?? .undefined) ?? ""))
    case "files": return array([])
    case "length" where stored.name == "form": return .number(Double(controls(of: node).count))
    case "minLength", "maxLength":
      return .number(stored.attribute(name.lowercased()).map { Stage.number($0) } ?? -1)
    case "tabIndex": return .number(stored.attribute("tabindex").map { Stage.number($0) } ?? -1)
    case "width", "height":
      if let written = stored.attribute(name) { return .number(Stage.number(written)) }
      return .number(name == "width" ? 300 : 150)
    case "validity": return .object(validity(node))
    case "validationMessage": return .string(isValid(node) ? "" : "Please fill in this field.")
    case "willValidate": return .bool(true)
    case "href" where stored.name == "a" || stored.name == "link":
      guard let written = stored.attributes.first(where: { $0.name == "href" }) else { return .string("") }
      return written.value.map { .string($0) } ?? .unknown
    case "hash":
      return .string(
        (stored.attribute("href")?.firstIndex(of: "#")).map { String((stored.attribute("href") ?? "")[$0...]) } ?? "")
    case "action" where stored.name == "form": return .string(stored.attribute("action") ?? "")
    default: break
    }
    if let attribute = Stage.flags[name] { return .bool(stored.hasAttribute(attribute)) }
    if let attribute = Stage.reflected[name] {
      guard let found = stored.attributes.first(where: { $0.name == attribute }) else { return .string("") }
      return found.value.map { .string($0) } ?? .unknown
    }
    if let size = Stage.measures[name] {
      return .number(stored.name == "canvas" && name.hasSuffix("Width") ? 1280 : size)
    }
    if stored.name == "form",
      let control = controls(of: node).first(where: { control in
        nodes[control].attribute("name") == name || nodes[control].attribute("id") == name
      }), protos.node?[name] == nil
    {
      return wrap(control)
    }
    if name.hasPrefix("on"), protos.node?[name] == nil { return .null }
    return nil
  }

  /// The object of a node; the document has one of its own.
  func wrapped(_ node: Int) -> StageValue {
    nodes[node].name == "#document" ? globalValue("document") ?? .unknown : wrap(node)
  }

  private func templateContent(_ node: Int) throws -> Int {
    if let known = nodes[node].children.first, nodes[known].name == "#fragment" { return known }
    let made = try makeNode("#fragment")
    let children = nodes[node].children
    clear(node)
    for child in children {
      nodes[child].parent = made
      nodes[made].children.append(child)
    }
    nodes[node].children = [made]
    nodes[made].parent = node
    return made
  }

  /// A change of a property; whether the element knows it.
  func setNodeMember(_ object: StageObject, _ name: String, _ value: StageValue) throws -> Bool {
    let node = object.node
    switch name {
    case "textContent", "innerText", "text": try setText(value.isNullish ? "" : shown(value), of: node)
    case "data", "nodeValue":
      guard nodes[node].name == "#text" else { return false }
      try setText(shown(value), of: node)
    case "innerHTML": try setMarkup(value.isNullish ? "" : shown(value), of: node)
    case "outerHTML":
      guard let parent = nodes[node].parent else { return true }
      try insert(try parseMarkup(shown(value)), into: parent, before: node)
      detach(node)
    case "value":
      if nodes[node].value != shown(value) {
        nodes[node].value = value.isNullish ? "" : shown(value)
        note(.attribute, node)
      }
    case "checked": nodes[node].isChecked = value.truth ?? true
    case "classList": setAttribute("class", text(value), of: node)
    case "style": setAttribute("style", text(value), of: node)
    case "scrollTop", "scrollLeft", "currentTime", "volume", "scrollBehavior": return true
    case "width", "height", "tabIndex", "minLength", "maxLength":
      setAttribute(name.lowercased(), text(value), of: node)
    default:
      if name.hasPrefix("on"), name.utf8.count > 3 {
        nodes[node].listeners.removeAll { $0.event == String(name.dropFirst(2)) && $0.place == nil }
        if value.object?.isCallable ?? value.isUnknown {
          nodes[node].listeners.append(StageListener(event: String(name.dropFirst(2)), function: value, place: place))
        }
        return true
      }
      if let attribute = Stage.flags[name] {
        if value.truth ?? true { setAttribute(attribute, "", of: node) } else { removeAttribute(attribute, of: node) }
        return true
      }
      if let attribute = Stage.reflected[name] {
        setAttribute(attribute, text(value), of: node)
        return true
      }
      return false
    }
    return true
  }

  // MARK: Forms

  func controls(of form: Int) -> [Int] {
    let names: Set<String> = ["input", "textarea", "select", "button", "output", "fieldset"]
    var result = inside(form).filter { names.contains(nodes[$0].name) }
    if let id = nodes[form].attribute("id"), root >= 0 {
      result += inside(root).filter {
        names.contains(nodes[$0].name) && nodes[$0].attribute("form") == id && !isInside($0, form)
      }
    }
    return result
  }

  private func formElements(_ form: Int) -> StageValue {
    let all = controls(of: form)
    let made = wrapAll(all)
    for control in all {
      for name in ["name", "id"] {
        if let key = nodes[control].attribute(name), !key.isEmpty, made.object?[key] == nil {
          made.object?[key] = wrap(control)
        }
      }
    }
    return made
  }

  func controlValue(_ node: Int) -> StageValue? {
    let stored = nodes[node]
    switch stored.name {
    case "input", "button", "option", "data", "li", "param", "progress", "meter":
      let written = stored.value ?? stored.attribute("value")
      if stored.name == "option", written == nil { return .string(textContent(of: node)) }
      if stored.name == "input", stored.attribute("type") == "checkbox", written == nil { return .string("on") }
      return .string(written ?? "")
    case "textarea": return .string(stored.value ?? textContent(of: node))
    case "select":
      if let value = stored.value { return .string(value) }
      let first = inside(node).first { nodes[$0].name == "option" }
      return first.flatMap { controlValue($0) } ?? .string("")
    default: return nil
    }
  }

  /// What is wrong with what stands in a control, as the browser sees it.
  func faults(_ node: Int) -> [String] {
    let stored = nodes[node]
    guard ["input", "textarea", "select"].contains(stored.name), !stored.hasAttribute("disabled") else { return [] }
    let type = stored.attribute("type") ?? "text"
    guard let value = text(controlValue(node) ?? .string("")) else { return [] }
    var result: [String] = []
    if stored.object?["%custom"]?.truth == true { result.append("customError") }
    if stored.hasAttribute("required") {
      let isEmpty = type == "checkbox" ? !(stored.isChecked ?? stored.hasAttribute("checked")) : value.isEmpty
      if isEmpty { result.append("valueMissing") }
    }
    guard !value.isEmpty else { return result }
    if type == "email", !Stage.isAddress(value) { result.append("typeMismatch") }
    if type == "url", !value.contains(":") { result.append("typeMismatch") }
    let length = value.utf16.count
    if let minimum = stored.attribute("minlength").flatMap(Int.init), length < minimum { result.append("tooShort") }
    if let maximum = stored.attribute("maxlength").flatMap(Int.init), length > maximum { result.append("tooLong") }
    if let pattern = stored.attribute("pattern"),
      StagePattern("^(?:\(pattern))$", flags: "").match(value, from: 0) == nil
    {
      result.append("patternMismatch")
    }
    return result
  }

  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !text.contains(" ")
  }

  func isValid(_ node: Int) -> Bool {
    nodes[node].name == "form" ? controls(of: node).allSatisfy { faults($0).isEmpty } : faults(node).isEmpty
  }

  private func validity(_ node: Int) -> StageObject {
    let made = record()
    let found = faults(node)
    let all = [
      "valueMissing", "typeMismatch", "patternMismatch", "tooShort", "tooLong", "rangeUnderflow", "rangeOverflow",
      "stepMismatch", "badInput", "customError",
    ]
    for name in all { made[name] = .bool(found.contains(name)) }
    made["valid"] = .bool(found.isEmpty)
    return made
  }

  // MARK: Classes, styles, data

  func boundMember(_ object: StageObject, _ name: String) -> StageValue? {
    let node = object.node
    switch object.kind {
    case .dataset:
      guard let found = nodes[node].attributes.first(where: { $0.name == Stage.dataName(name) }) else {
        return .undefined
      }
      return found.value.map { .string($0) } ?? .unknown
    case .style:
      if let method = hostMethods["style." + name] { return method }
      if name == "cssText" { return .string(nodes[node].attribute("style") ?? "") }
      return .string(nodes[node].style.first { $0.name == Stage.styleName(name) }?.value ?? "")
    case .classes:
      if name == "length" { return .number(Double(classNames(node).count)) }
      if name == "value" { return .string(nodes[node].attribute("class") ?? "") }
      return hostMethods["classes." + name]
    default: return nil
    }
  }

  func setBoundMember(_ object: StageObject, _ name: String, _ value: StageValue) -> Bool {
    let node = object.node
    switch object.kind {
    case .dataset: setAttribute(Stage.dataName(name), text(value), of: node)
    case .style:
      if name == "cssText" {
        setAttribute("style", text(value), of: node)
      } else {
        setStyle(Stage.styleName(name), value.isNullish ? "" : shown(value), of: node)
      }
    case .classes: setAttribute("class", text(value), of: node)
    default: return false
    }
    return true
  }

  static func styleName(_ name: String) -> String {
    if name.hasPrefix("--") { return name }
    if name == "cssFloat" { return "float" }
    var result = ""
    for character in name {
      if character.isUppercase { result += "-" + character.lowercased() } else { result.append(character) }
    }
    return result.hasPrefix("webkit-") ? "-" + result : result
  }

  // MARK: Custom elements

  /// Tells custom elements that they are in the page, and runs scripts that were put in.
  func connect(_ node: Int) throws {
    guard !elementClasses.isEmpty else { return }
    for inner in [node] + inside(node) where nodes[inner].name.contains("-") { try upgrade(inner) }
  }

  func upgrade(_ node: Int) throws {
    guard let type = elementClasses[nodes[node].name], let object = wrap(node).object, object["%upgraded"] == nil else {
      return
    }
    object["%upgraded"] = .bool(true)
    object.proto = type["prototype"]?.object ?? protos.node
    var last = object.proto
    var turns = 0
    while let next = last?.proto, next !== protos.object, next !== protos.node, turns < 32 {
      last = next
      turns += 1
    }
    if last !== protos.node { last?.proto = protos.node }
    do {
      try construct(type, [], into: .object(object))
      if let method = find("connectedCallback", on: object), method.object?.isCallable ?? false {
        try call(method, this: .object(object), [])
      }
      try tellAttributes(object, type)
    } catch StageStop.thrown(let value) { errors.append((nodes[node].file, nodes[node].span, text(value) ?? "")) }
  }

  private func tellAttributes(_ object: StageObject, _ type: StageObject) throws {
    guard let method = find("attributeChangedCallback", on: object), method.object?.isCallable ?? false else { return }
    var names = type["observedAttributes"] ?? .undefined
    if let getter = type.getters["observedAttributes"] { names = try call(.object(getter), this: .object(type), []) }
    guard !names.isNullish, let list = try list(names) else { return }
    for name in list.compactMap({ $0.string }) {
      guard let value = nodes[object.node].attribute(name) else { continue }
      try call(method, this: .object(object), [.string(name), .null, .string(value)])
    }
  }
}
