import JavaScriptSyntax

// Functions of the window: timers, requests, observers.
extension Stage {
  func setUpWindow() {
    for name in ["setTimeout", "setInterval", "requestIdleCallback"] {
      define(name) { stage, _, given in
        guard let function = given.first else { return .undefined }
        let delay = given.count > 1 ? stage.number(given[1]) ?? 0 : 0
        let isInterval = name == "setInterval"
        return .number(
          Double(
            stage.schedule(
              function, after: delay, cause: isInterval ? .interval : .timeout, arguments: Array(given.dropFirst(2)),
              period: isInterval ? max(4, delay) : nil)))
      }
    }
    define("requestAnimationFrame") { stage, _, given in
      guard let function = given.first else { return .undefined }
      return .number(Double(stage.schedule(function, after: 16, cause: .frame)))
    }
    for name in ["clearTimeout", "clearInterval", "cancelAnimationFrame", "cancelIdleCallback"] {
      define(name) { stage, _, given in
        stage.cancel(given.first)
        return .undefined
      }
    }
    define("fetch") { stage, _, given in
      let address = given.first.map { stage.shown($0) } ?? ""
      return stage.request(address, given.count > 1 ? given[1] : nil)
    }
    define("alert") { stage, _, given in
      stage.outcomes.append(
        StageOutcome(kind: .message, text: given.first.map { stage.shown($0) } ?? "", place: stage.place))
      return .undefined
    }
    define("confirm") { _, _, _ in .bool(true) }
    define("prompt") { _, _, _ in .unknown }
    define("open") { stage, _, given in
      stage.follow(given.first.map { stage.shown($0) } ?? "")
      return .null
    }
    define("matchMedia") { stage, _, given in
      let made = stage.record()
      made["matches"] = given.first.flatMap { stage.text($0) }.map { Stage.holds($0) } ?? .unknown
      for name in ["addEventListener", "addListener", "removeEventListener", "removeListener"] {
        made[name] = stage.native { _, _, _ in .undefined }
      }
      return .object(made)
    }
    define("getComputedStyle") { stage, _, _ in
      let made = stage.make(.host)
      made.isOpen = true
      return .object(made)
    }
    define("addEventListener") { stage, _, given in
      guard given.count > 1, let event = given.first.flatMap({ stage.text($0) }) else { return .undefined }
      stage.windowListeners.append(StageListener(event: event, function: given[1], place: stage.place))
      return .undefined
    }
    for name in ["scrollTo", "scrollBy", "scroll"] {
      define(name) { stage, _, _ in
        stage.outcomes.append(StageOutcome(kind: .scroll, text: name, place: stage.place))
        return .undefined
      }
    }
    for name in ["removeEventListener", "focus", "print", "postMessage", "getSelection"] {
      define(name) { _, _, _ in .undefined }
    }
    define("dispatchEvent") { stage, _, given in
      guard let event = given.first?.object, let name = event["type"].flatMap({ stage.text($0) }) else {
        return .unknown
      }
      for listener in stage.windowListeners where listener.event == name {
        try stage.call(listener.function, this: .undefined, [.object(event)])
      }
      return .bool(true)
    }
    for name in ["encodeURIComponent", "encodeURI", "decodeURIComponent", "decodeURI", "escape", "unescape"] {
      define(name) { stage, _, given in given.first.flatMap { stage.text($0) }.map { .string($0) } ?? .unknown }
    }
    builtins["CSS"] = .object(
      record([
        ("escape", native { _, _, given in given.first ?? .unknown }), ("supports", native { _, _, _ in .bool(true) }),
      ]))
    setUpObservers()
    setUpClasses()
  }

  private func setUpObservers() {
    for name in ["IntersectionObserver", "ResizeObserver", "MutationObserver", "PerformanceObserver"] {
      define(name) { stage, _, given in
        let made = stage.record()
        let function = given.first ?? .undefined
        made["observe"] = stage.native { stage, _, targets in
          guard let target = targets.first?.object, target.kind == .node,
            name == "IntersectionObserver" || name == "ResizeObserver"
          else { return .undefined }
          let box = stage.record([
            ("width", .number(320)), ("height", .number(200)), ("top", .number(120)), ("bottom", .number(320)),
          ])
          let entry = stage.record([
            ("isIntersecting", .bool(true)), ("intersectionRatio", .number(1)), ("target", .object(target)),
            ("boundingClientRect", .object(box)), ("contentRect", .object(box)),
          ])
          _ = stage.schedule(
            function, after: 30, cause: .observer, arguments: [stage.array([.object(entry)]), .object(made)])
          return .undefined
        }
        for other in ["unobserve", "disconnect", "takeRecords"] { made[other] = stage.native { _, _, _ in .undefined } }
        return .object(made)
      }
    }
  }

  private func setUpClasses() {
    for name in ["Event", "CustomEvent", "KeyboardEvent", "MouseEvent", "SubmitEvent", "PointerEvent"] {
      define(name) { stage, _, given in
        let made = stage.record([("type", given.first ?? .undefined)])
        if given.count > 1 { stage.copy(given[1], into: made) }
        if made["detail"] == nil { made["detail"] = .null }
        return .object(made)
      }
    }
    define("URL") { stage, _, given in
      let made = stage.make(.host)
      made.isOpen = true
      made["href"] = given.first ?? .undefined
      made["searchParams"] = .object(stage.make(.map, proto: stage.protos.map))
      return .object(made)
    }
    for name in ["createObjectURL", "revokeObjectURL"] {
      method(builtins["URL"]?.object, name) { _, _, _ in .string("blob:x") }
    }
    define("AbortController") { stage, _, _ in
      .object(stage.record([("signal", .object(stage.record())), ("abort", stage.native { _, _, _ in .undefined })]))
    }
    builtins["AbortSignal"] = .object(record([("timeout", native { stage, _, _ in .object(stage.record()) })]))
    define("TextEncoder") { stage, _, _ in
      .object(
        stage.record([
          (
            "encode",
            stage.native { stage, _, given in
              guard let text = given.first.flatMap({ stage.text($0) }), !text.contains(Stage.gap) else {
                return .unknown
              }
              return stage.array(text.utf8.prefix(20_000).map { .number(Double($0)) })
            }
          )
        ]))
    }
    for name in ["Image", "Audio", "Option"] {
      define(name) { stage, _, given in
        let node = try stage.makeNode(name == "Image" ? "img" : name.lowercased())
        if name == "Audio", let address = given.first { stage.setAttribute("src", stage.text(address), of: node) }
        return stage.wrap(node)
      }
    }
    define("XMLHttpRequest") { stage, _, _ in
      let made = stage.make(.host)
      made.isOpen = true
      for name in ["setRequestHeader", "abort"] { made[name] = stage.native { _, _, _ in .undefined } }
      made["open"] = stage.native { stage, _, given in
        made["%method"] = given.first
        made["%address"] = given.count > 1 ? given[1] : .undefined
        return .undefined
      }
      made["addEventListener"] = stage.native { stage, _, given in
        if given.count > 1, let event = stage.text(given[0]) { made["on" + event] = given[1] }
        return .undefined
      }
      made["send"] = stage.native { stage, _, _ in
        let options = stage.record([("method", made["%method"] ?? .string("GET"))])
        _ = stage.request(made["%address"].map { stage.shown($0) } ?? "", .object(options))
        made["status"] = .number(200)
        made["readyState"] = .number(4)
        for name in ["onreadystatechange", "onload"] {
          if let function = made[name], function.object?.isCallable ?? false {
            _ = stage.schedule(function, after: 40, cause: .timeout)
          }
        }
        return .undefined
      }
      return .object(made)
    }
    for name in [
      "HTMLElement", "Element", "Node", "HTMLInputElement", "HTMLFormElement", "HTMLTextAreaElement",
      "HTMLAnchorElement", "HTMLButtonElement", "HTMLDialogElement", "HTMLDetailsElement", "SVGElement", "EventTarget",
      "DocumentFragment", "HTMLSelectElement", "HTMLCanvasElement",
    ] {
      define(name) { _, this, _ in this }
      builtins[name]?.object?["prototype"] = protos.node.map { .object($0) }
    }
    let registry = record()
    method(registry, "define") { stage, _, given in
      guard given.count > 1, let name = stage.text(given[0])?.lowercased(), let type = given[1].object else {
        return .undefined
      }
      stage.elementClasses[name] = type
      guard stage.root >= 0 else { return .undefined }
      for node in stage.inside(stage.root) where stage.nodes[node].name == name { try stage.upgrade(node) }
      return .undefined
    }
    method(registry, "get") { stage, _, given in
      given.first.flatMap { stage.text($0) }.flatMap { stage.elementClasses[$0] }.map { .object($0) } ?? .undefined
    }
    method(registry, "whenDefined") { stage, _, _ in .object(stage.settled(.undefined)) }
    builtins["customElements"] = .object(registry)
  }
}
