import JavaScriptSyntax
import SourceText

// Events, and what the host does by itself when they are not stopped.
extension Stage {
  func makeEvent(_ name: String, on node: Int, bubbles: Bool) -> StageObject {
    let event = record([
      ("type", .string(name)), ("bubbles", .bool(bubbles)), ("defaultPrevented", .bool(false)), ("button", .number(0)),
      ("clientX", .number(160)), ("clientY", .number(220)), ("pageX", .number(160)), ("pageY", .number(220)),
      ("offsetX", .number(20)), ("offsetY", .number(20)), ("deltaY", .number(100)), ("pointerId", .number(1)),
      ("isTrusted", .bool(true)), ("key", .string(name.hasPrefix("key") ? "Enter" : "")),
      ("code", .string(name.hasPrefix("key") ? "Enter" : "")), ("keyCode", .number(13)), ("detail", .number(1)),
      ("ctrlKey", .bool(false)), ("metaKey", .bool(false)), ("shiftKey", .bool(false)), ("altKey", .bool(false)),
      ("relatedTarget", .null), ("timeStamp", .number(clock)), ("touches", array([])), ("submitter", .null),
    ])
    return event
  }

  /// Sends an event to a node and those around it; returns whether its default action was prevented.
  @discardableResult
  func dispatch(
    _ name: String, on node: Int, event given: StageObject? = nil, bubbles: Bool = true, key: String? = nil
  ) throws -> Bool {
    let event = given ?? makeEvent(name, on: node, bubbles: bubbles)
    if let key { (event["key"], event["code"]) = (.string(key), .string(key)) }
    event["target"] = wrap(node)
    event["srcElement"] = wrap(node)
    var isStopped = false
    event["preventDefault"] = native { _, _, _ in
      event["defaultPrevented"] = .bool(true)
      return .undefined
    }
    for stop in ["stopPropagation", "stopImmediatePropagation"] {
      event[stop] = native { _, _, _ in
        isStopped = true
        return .undefined
      }
    }
    event["persist"] = native { _, _, _ in .undefined }
    event["nativeEvent"] = .object(event)
    event["composedPath"] = native { stage, _, _ in stage.wrapAll([node]) }
    var path: [Int] = []
    var next: Int? = node
    while let current = next {
      path.append(current)
      next = nodes[current].parent
    }
    for current in bubbles ? path : [node] {
      event["currentTarget"] = wrap(current)
      for listener in nodes[current].listeners where listener.event == name {
        if listener.isOnce {
          nodes[current].listeners.removeAll {
            $0.event == name && areStrictlyEqual($0.function, listener.function) == true
          }
        }
        try hear(listener, wrap(current), event)
      }
      try runAttribute("on" + name, of: current, event)
      if isStopped { return event["defaultPrevented"]?.truth == true }
    }
    if bubbles {
      event["currentTarget"] = globalValue("window")
      for listener in windowListeners where listener.event == name {
        try hear(listener, globalValue("window") ?? .undefined, event)
      }
    }
    return event["defaultPrevented"]?.truth == true
  }

  private func hear(_ listener: StageListener, _ this: StageValue, _ event: StageObject) throws {
    var function = listener.function
    var receiver = this
    if let object = function.object, !object.isCallable, let method = find("handleEvent", on: object) {
      receiver = function
      function = method
    }
    guard function.object?.isCallable ?? false else { return }
    do {
      let value = try call(function, this: receiver, [.object(event)])
      if case .bool(false) = value, listener.place?.kind == .assignmentExpression {
        event["defaultPrevented"] = .bool(true)
      }
    } catch StageStop.thrown(let error) {
      if let place, errors.count < 32 {
        errors.append((place.file, place.span, text(error.object?["message"] ?? error) ?? "an error"))
      }
    }
  }

  private func runAttribute(_ name: String, of node: Int, _ event: StageObject) throws {
    guard let written = nodes[node].attribute(name), !written.isEmpty else { return }
    let unit = makeUnit(
      Array(written.utf8), file: nodes[node].file, offset: Int(nodes[node].span.start))
    let scope = makeScope(global, isFunction: true)
    scope.table["event"] = .object(event)
    scope.table["this"] = wrap(node)
    do {
      let flow = try run(unit.root.list(.body), scope)
      if case .returns(.bool(false)) = flow { event["defaultPrevented"] = .bool(true) }
    } catch StageStop.thrown(let error) {
      if errors.count < 32 {
        errors.append((nodes[node].file, nodes[node].span, text(error.object?["message"] ?? error) ?? ""))
      }
    }
  }

  /// Whether something would hear an event on a node or around it, the page as a whole left out.
  func isHeard(_ names: Set<String>, on node: Int) -> Bool {
    var next: Int? = node
    while let current = next, !["body", "html", "#document"].contains(nodes[current].name) {
      if nodes[current].listeners.contains(where: { names.contains($0.event) }) { return true }
      if names.contains(where: { nodes[current].attribute("on" + $0)?.isEmpty == false }) { return true }
      next = nodes[current].parent
    }
    return false
  }

  // MARK: What the host does

  func click(_ node: Int) throws {
    for early in ["pointerdown", "mousedown", "pointerup", "mouseup"] { try dispatch(early, on: node) }
    if try dispatch("click", on: node) { return }
    guard let active = closest(node, where: { isActive($0) }) else { return }
    let stored = nodes[active]
    switch stored.name {
    case "summary":
      guard let details = stored.parent, nodes[details].name == "details" else { return }
      if nodes[details].hasAttribute("open") {
        removeAttribute("open", of: details)
      } else {
        setAttribute("open", "", of: details)
      }
      try dispatch("toggle", on: details, bubbles: false)
    case "a": follow(stored.attribute("href") ?? "")
    case "input" where ["checkbox", "radio"].contains(stored.attribute("type") ?? ""): try tick(active)
    case "label":
      let id = stored.attribute("for")
      let control = id.flatMap { element(withID: $0) } ?? inside(active).first { nodes[$0].name == "input" }
      if let control, !isInside(node, control) { try click(control) }
    case "button", "input":
      if let target = (stored.attribute("popovertarget") ?? stored.attribute("commandfor")).flatMap({
        element(withID: $0)
      }) {
        let name =
          nodes[target].name == "dialog" && !stored.hasAttribute("popovertarget") ? "open" : "data-popover-open"
        if nodes[target].hasAttribute(name) {
          removeAttribute(name, of: target)
        } else {
          setAttribute(name, "", of: target)
        }
        return
      }
      let type = stored.attribute("type") ?? (stored.name == "button" ? "submit" : "text")
      guard type == "submit" || type == "image", let form = closest(active, where: { self.nodes[$0].name == "form" })
      else {
        return
      }
      try submit(form)
    default: return
    }
  }

  private func isActive(_ node: Int) -> Bool {
    let stored = nodes[node]
    switch stored.name {
    case "button", "input", "label", "summary": return true
    case "a": return stored.hasAttribute("href")
    default: return false
    }
  }

  private func tick(_ node: Int) throws {
    let isRadio = nodes[node].attribute("type") == "radio"
    let isOn = nodes[node].isChecked ?? nodes[node].hasAttribute("checked")
    if isRadio, root >= 0, let name = nodes[node].attribute("name") {
      for other in inside(root) where nodes[other].name == "input" && nodes[other].attribute("name") == name {
        nodes[other].isChecked = false
      }
    }
    nodes[node].isChecked = isRadio ? true : !isOn
    note(.attribute, node)
    try dispatch("input", on: node)
    try dispatch("change", on: node)
  }

  func follow(_ address: String) {
    let kind: StageOutcome.Kind = address.lowercased().hasPrefix("mailto:") ? .mail : .navigation
    outcomes.append(StageOutcome(kind: kind, text: address, place: place))
  }

  /// Submits a form as the person does; returns whether the browser's own checks let it pass.
  @discardableResult
  func submit(_ form: Int) throws -> Bool {
    if !nodes[form].hasAttribute("novalidate") {
      var isValid = true
      for control in controls(of: form) where !faults(control).isEmpty {
        isValid = false
        try dispatch("invalid", on: control, bubbles: false)
      }
      if !isValid { return false }
    }
    if try !dispatch("submit", on: form) { submitted(form) }
    return true
  }

  func submitted(_ form: Int) {
    let action = nodes[form].attribute("action") ?? ""
    let kind: StageOutcome.Kind = action.lowercased().hasPrefix("mailto:") ? .mail : .submission
    outcomes.append(StageOutcome(kind: kind, text: action, place: nil))
  }

  // MARK: Time

  func schedule(
    _ function: StageValue, after delay: Double, cause: StageCause, arguments: [StageValue] = [], period: Double? = nil
  ) -> Int {
    order += 1
    let turn = currentTurn + 1
    // What goes on and on is followed for some turns.
    let limit = cause == .frame ? 8 : 60
    guard tasks.count < 600, turn <= limit else { return order }
    let wait = delay.isFinite ? max(0, min(delay, 1e9)) : 0
    tasks.append(
      StageTask(
        time: clock + wait, order: order, cause: cause, function: function, arguments: arguments, period: period,
        id: order, turn: turn))
    return order
  }

  var currentTurn: Int {
    get { context.turn }
    set { context.turn = newValue }
  }

  /// Lets time pass and runs what falls due.
  func advance(_ duration: Double, limit: Int = 400) {
    let end = clock + duration
    var turns = 0
    while turns < limit, budget > 0 {
      guard
        let next = tasks.indices.filter({ tasks[$0].time <= end })
          .min(by: { (tasks[$0].time, tasks[$0].order) < (tasks[$1].time, tasks[$1].order) })
      else { break }
      var task = tasks.remove(at: next)
      turns += 1
      clock = max(clock, task.time)
      let saved = (cause, currentTurn)
      cause = task.cause
      currentTurn = task.turn
      let isDrawing = task.cause == .frame || task.cause == .interval
      self.task(isDrawing ? Stage.frameBudget : Stage.taskBudget, isEssential: !isDrawing) {
        try self.call(task.function, this: .undefined, task.cause == .frame ? [.number(self.clock)] : task.arguments)
      }
      (cause, currentTurn) = saved
      if let period = task.period, task.turn < 30, !cancelled.contains(task.id) {
        task.time = clock + max(1, period)
        task.turn += 1
        order += 1
        task.order = order
        tasks.append(task)
      }
    }
    clock = max(clock, end)
  }

  private var cancelled: Set<Int> { context.cancelled }

  func cancel(_ value: StageValue?) {
    guard case .number(let number)? = value else { return }
    let id = Stage.index(number)
    tasks.removeAll { $0.id == id }
    context.cancelled.insert(id)
  }
}
