import JavaScriptSyntax

// What scripts can ask of elements: their methods.
extension Stage {
  func setUpElements() {
    let proto = make(.plain, proto: protos.object)
    protos.node = proto
    func add(_ name: String, _ body: @escaping (Stage, Int, [StageValue]) throws -> StageValue) {
      proto[name] = native(name) { stage, this, arguments in
        guard let object = this.object, object.kind == .node, object.node >= 0 else { return .unknown }
        return try body(stage, object.node, arguments)
      }
    }
    addTree(add)
    addAttributes(add)
    addEvents(add)
    addParts()
  }

  private typealias Adder = (String, @escaping (Stage, Int, [StageValue]) throws -> StageValue) -> Void

  /// The nodes that arguments stand for: elements, and texts made nodes.
  func nodes(from arguments: [StageValue]) throws -> [Int] {
    try arguments.compactMap { argument in
      if let object = argument.object, object.kind == .node { return object.node }
      if argument.isUnknown { return try makeNode("#text", text: Stage.gap) }
      return try makeNode("#text", text: shown(argument))
    }
  }

  private func addTree(_ add: Adder) {
    add("querySelector") { stage, node, given in
      guard let selector = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      return stage.wrap(stage.query(selector, under: node).first)
    }
    add("querySelectorAll") { stage, node, given in
      guard let selector = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      return stage.wrapAll(stage.query(selector, under: node))
    }
    add("getElementsByClassName") { stage, node, given in
      stage.wrapAll(stage.query("." + (given.first.flatMap { stage.text($0) } ?? ""), under: node))
    }
    add("getElementsByTagName") { stage, node, given in
      stage.wrapAll(stage.query(given.first.flatMap { stage.text($0) } ?? "", under: node))
    }
    add("closest") { stage, node, given in
      guard let selector = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      return stage.wrap(stage.closest(node) { stage.matches($0, selector) })
    }
    add("matches") { stage, node, given in
      guard let selector = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      return .bool(stage.matches(node, selector))
    }
    add("contains") { stage, node, given in
      guard let other = given.first?.object, other.kind == .node else { return .bool(false) }
      return .bool(stage.isInside(other.node, node))
    }
    for name in ["appendChild", "append"] {
      add(name) { stage, node, given in
        try stage.insert(try stage.nodes(from: given), into: node)
        return name == "append" ? .undefined : given.first ?? .undefined
      }
    }
    add("prepend") { stage, node, given in
      try stage.insert(try stage.nodes(from: given), into: node, before: stage.nodes[node].children.first)
      return .undefined
    }
    add("insertBefore") { stage, node, given in
      let reference = given.count > 1 ? given[1].object?.node : nil
      try stage.insert(try stage.nodes(from: Array(given.prefix(1))), into: node, before: reference)
      return given.first ?? .undefined
    }
    add("before") { stage, node, given in
      guard let parent = stage.nodes[node].parent else { return .undefined }
      try stage.insert(try stage.nodes(from: given), into: parent, before: node)
      return .undefined
    }
    add("after") { stage, node, given in
      guard let parent = stage.nodes[node].parent else { return .undefined }
      try stage.insert(try stage.nodes(from: given), into: parent, before: stage.follower(of: node))
      return .undefined
    }
    add("replaceChildren") { stage, node, given in
      let made = try stage.nodes(from: given)
      stage.clear(node)
      stage.note(.children, node)
      try stage.insert(made, into: node)
      return .undefined
    }
    for name in ["replaceWith", "remove"] {
      add(name) { stage, node, given in
        guard let parent = stage.nodes[node].parent else { return .undefined }
        try stage.insert(try stage.nodes(from: given), into: parent, before: node)
        stage.detach(node)
        stage.note(.children, parent)
        return .undefined
      }
    }
    add("removeChild") { stage, node, given in
      guard let child = given.first?.object, child.kind == .node else { throw stage.failure("it is no child") }
      stage.detach(child.node)
      stage.note(.children, node)
      return given.first ?? .undefined
    }
    add("replaceChild") { stage, node, given in
      guard given.count > 1, let old = given[1].object, old.kind == .node else { return .undefined }
      try stage.insert(try stage.nodes(from: [given[0]]), into: node, before: old.node)
      stage.detach(old.node)
      return given[1]
    }
    for name in ["insertAdjacentHTML", "insertAdjacentElement", "insertAdjacentText"] {
      add(name) { stage, node, given in
        guard given.count > 1, let place = given.first.flatMap({ stage.text($0) })?.lowercased() else {
          return .undefined
        }
        let made =
          name == "insertAdjacentHTML"
          ? try stage.parseMarkup(stage.shown(given[1])) : try stage.nodes(from: [given[1]])
        switch place {
        case "afterbegin": try stage.insert(made, into: node, before: stage.nodes[node].children.first)
        case "beforebegin", "afterend":
          guard let parent = stage.nodes[node].parent else { return .undefined }
          try stage.insert(made, into: parent, before: place == "beforebegin" ? node : stage.follower(of: node))
        default: try stage.insert(made, into: node)
        }
        return given[1]
      }
    }
    add("cloneNode") { stage, node, given in stage.wrap(try stage.copy(node, isDeep: given.first?.truth ?? false)) }
    add("hasChildNodes") { stage, node, _ in .bool(!stage.nodes[node].children.isEmpty) }
    add("getRootNode") { stage, _, _ in stage.globalValue("document") ?? .unknown }
    add("attachShadow") { stage, node, _ in
      let made = try stage.makeNode("#fragment")
      stage.nodes[made].parent = node
      stage.nodes[node].children.append(made)
      return stage.wrap(made)
    }
  }

  func follower(of node: Int) -> Int? {
    guard let parent = nodes[node].parent, let index = nodes[parent].children.firstIndex(of: node) else { return nil }
    return nodes[parent].children.indices.contains(index + 1) ? nodes[parent].children[index + 1] : nil
  }

  private func addAttributes(_ add: Adder) {
    add("setAttribute") { stage, node, given in
      guard given.count > 1, let name = given.first.flatMap({ stage.text($0) })?.lowercased() else { return .undefined }
      stage.setAttribute(name, stage.text(given[1]), of: node)
      return .undefined
    }
    add("setAttributeNS") { stage, node, given in
      guard given.count > 2, let name = stage.text(given[1]) else { return .undefined }
      stage.setAttribute(name, stage.text(given[2]), of: node)
      return .undefined
    }
    add("getAttribute") { stage, node, given in
      guard let name = given.first.flatMap({ stage.text($0) })?.lowercased(),
        let found = stage.nodes[node].attributes.first(where: { $0.name.lowercased() == name })
      else { return .null }
      return found.value.map { .string($0) } ?? .unknown
    }
    add("hasAttribute") { stage, node, given in
      .bool(given.first.flatMap { stage.text($0) }.map { stage.nodes[node].hasAttribute($0.lowercased()) } ?? false)
    }
    add("removeAttribute") { stage, node, given in
      if let name = given.first.flatMap({ stage.text($0) }) { stage.removeAttribute(name.lowercased(), of: node) }
      return .undefined
    }
    add("toggleAttribute") { stage, node, given in
      guard let name = given.first.flatMap({ stage.text($0) })?.lowercased() else { return .undefined }
      let isOn = given.count > 1 ? given[1].truth ?? true : !stage.nodes[node].hasAttribute(name)
      if isOn { stage.setAttribute(name, "", of: node) } else { stage.removeAttribute(name, of: node) }
      return .bool(isOn)
    }
    add("getAttributeNames") { stage, node, _ in
      stage.array(stage.nodes[node].attributes.map { .string($0.name) })
    }
    add("getBoundingClientRect") { stage, node, _ in
      // Elements lie one below the other in the order in which they were made.
      let top = 120 + Double(node % 400) * 4 - stage.scrollOffset
      return .object(
        stage.record([
          ("left", .number(0)), ("top", .number(top)), ("right", .number(320)), ("bottom", .number(top + 200)),
          ("width", .number(320)), ("height", .number(200)), ("x", .number(0)), ("y", .number(top)),
        ]))
    }
    add("animate") { stage, node, given in
      if let frames = given.first, !frames.isNullish { stage.note(.animation, node) }
      if given.count > 1, let count = given[1].object?["iterations"].flatMap({ stage.number($0) }), count.isInfinite {
        stage.endless.append((node, stage.place))
      }
      let made = stage.make(.host)
      made.isOpen = true
      made["finished"] = .object(stage.settled(.undefined))
      return .object(made)
    }
    add("getContext") { stage, node, _ in
      let made = stage.make(.host)
      made.isOpen = true
      made.text = "context"
      made.node = node
      return stage.canvasContext(made, node)
    }
    for name in [
      "focus", "blur", "setPointerCapture",
      "releasePointerCapture", "select", "setSelectionRange", "load", "pause", "getAnimations", "normalize",
      "setHTMLUnsafe", "requestFullscreen",
    ] {
      add(name) { stage, _, _ in name == "getAnimations" ? stage.array([]) : .undefined }
    }
    for name in ["scrollIntoView", "scrollTo", "scrollBy", "scroll"] {
      add(name) { stage, _, _ in
        stage.outcomes.append(StageOutcome(kind: .scroll, text: name, place: stage.place))
        return .undefined
      }
    }
    add("play") { stage, _, _ in .object(stage.settled(.undefined)) }
    add("getTotalLength") { _, _, _ in .number(100) }
    add("checkVisibility") { _, _, _ in .bool(true) }
    add("checkValidity") { stage, node, _ in .bool(try stage.check(node)) }
    add("reportValidity") { stage, node, _ in
      let isValid = try stage.check(node)
      if !isValid { stage.outcomes.append(StageOutcome(kind: .message, text: "reportValidity", place: stage.place)) }
      return .bool(isValid)
    }
    add("setCustomValidity") { stage, node, given in
      stage.wrap(node).object?["%custom"] = .bool(!(given.first.flatMap { stage.text($0) } ?? "").isEmpty)
      return .undefined
    }
    add("reset") { stage, node, _ in
      for control in stage.controls(of: node) { stage.nodes[control].value = nil }
      return .undefined
    }
    for name in ["showModal", "show", "showPopover", "openPopover"] {
      add(name) { stage, node, _ in
        stage.setAttribute(name.hasSuffix("Popover") ? "data-popover-open" : "open", "", of: node)
        return .undefined
      }
    }
    for name in ["close", "hidePopover"] {
      add(name) { stage, node, _ in
        stage.removeAttribute("open", of: node)
        stage.removeAttribute("data-popover-open", of: node)
        return .undefined
      }
    }
    add("togglePopover") { stage, node, _ in
      let name = "data-popover-open"
      if stage.nodes[node].hasAttribute(name) {
        stage.removeAttribute(name, of: node)
      } else {
        stage.setAttribute(name, "", of: node)
      }
      return .undefined
    }
  }

  private func check(_ node: Int) throws -> Bool {
    let all = nodes[node].name == "form" ? controls(of: node) : [node]
    var isValid = true
    for control in all where !faults(control).isEmpty {
      isValid = false
      try dispatch("invalid", on: control, bubbles: false)
    }
    return isValid
  }

  private func addEvents(_ add: Adder) {
    add("addEventListener") { stage, node, given in
      guard given.count > 1, let event = given.first.flatMap({ stage.text($0) }) else { return .undefined }
      let isOnce = given.count > 2 && given[2].object?["once"]?.truth == true
      if given[1].object != nil || given[1].isUnknown {
        stage.nodes[node].listeners.append(
          StageListener(event: event, function: given[1], place: stage.place, isOnce: isOnce))
      }
      return .undefined
    }
    add("removeEventListener") { stage, node, given in
      guard given.count > 1, let event = given.first.flatMap({ stage.text($0) }) else { return .undefined }
      stage.nodes[node].listeners.removeAll {
        $0.event == event && stage.areStrictlyEqual($0.function, given[1]) == true
      }
      return .undefined
    }
    add("dispatchEvent") { stage, node, given in
      guard let event = given.first?.object, let name = event["type"].flatMap({ stage.text($0) }) else {
        return .unknown
      }
      return .bool(try !stage.dispatch(name, on: node, event: event, bubbles: event["bubbles"]?.truth ?? false))
    }
    add("click") { stage, node, _ in
      try stage.click(node)
      return .undefined
    }
    for name in ["submit", "requestSubmit"] {
      add(name) { stage, node, _ in
        if name == "submit" {
          stage.submitted(node)
        } else {
          try stage.submit(node)
        }
        return .undefined
      }
    }
  }

  private func addParts() {
    func classes(_ name: String, _ body: @escaping (Stage, Int, [String], [StageValue]) -> StageValue) {
      hostMethods["classes." + name] = native(name) { stage, this, given in
        guard let node = this.object?.node, node >= 0 else { return .unknown }
        return body(stage, node, given.compactMap { stage.text($0) }, given)
      }
    }
    classes("add") { stage, node, names, _ in
      stage.changeClasses(node, adding: names, removing: [])
      return .undefined
    }
    classes("remove") { stage, node, names, _ in
      stage.changeClasses(node, adding: [], removing: names)
      return .undefined
    }
    classes("toggle") { stage, node, names, given in
      guard let name = names.first else { return .unknown }
      let has = stage.classNames(node).contains(name)
      let isOn = given.count > 1 && !given[1].isUndefined ? given[1].truth ?? !has : !has
      stage.changeClasses(node, adding: isOn ? [name] : [], removing: isOn ? [] : [name])
      return .bool(isOn)
    }
    classes("contains") { stage, node, names, _ in
      .bool(names.first.map { stage.classNames(node).contains($0) } ?? false)
    }
    classes("replace") { stage, node, names, _ in
      guard names.count > 1, stage.classNames(node).contains(names[0]) else { return .bool(false) }
      stage.changeClasses(node, adding: [names[1]], removing: [names[0]])
      return .bool(true)
    }
    classes("forEach") { stage, node, _, given in
      for name in stage.classNames(node) {
        if let function = given.first { _ = try? stage.call(function, this: .undefined, [.string(name)]) }
      }
      return .undefined
    }
    classes("item") { stage, node, _, given in
      let names = stage.classNames(node)
      let index = given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0
      return names.indices.contains(index) ? .string(names[index]) : .null
    }
    hostMethods["style.setProperty"] = native("setProperty") { stage, this, given in
      guard let node = this.object?.node, node >= 0, given.count > 1, let name = stage.text(given[0]) else {
        return .undefined
      }
      stage.setStyle(name, stage.shown(given[1]), of: node)
      return .undefined
    }
    hostMethods["style.removeProperty"] = native("removeProperty") { stage, this, given in
      guard let node = this.object?.node, node >= 0, let name = given.first.flatMap({ stage.text($0) }) else {
        return .undefined
      }
      stage.setStyle(name, "", of: node)
      return .undefined
    }
    hostMethods["style.getPropertyValue"] = native("getPropertyValue") { stage, this, given in
      guard let node = this.object?.node, node >= 0, let name = given.first.flatMap({ stage.text($0) }) else {
        return .unknown
      }
      return .string(stage.nodes[node].style.first { $0.name == name }?.value ?? "")
    }
  }

  func changeClasses(_ node: Int, adding: [String], removing: [String]) {
    var names = classNames(node)
    let before = names
    names.removeAll { removing.contains($0) }
    for text in adding {
      for name in text.split(whereSeparator: \.isWhitespace).map(String.init) where !names.contains(name) {
        names.append(name)
      }
    }
    if names != before { setAttribute("class", names.joined(separator: " "), of: node) }
  }
}
