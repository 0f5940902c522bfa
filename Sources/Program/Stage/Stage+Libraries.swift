import JavaScriptSyntax

// Libraries that the project does not hold, as far as they decide what a page shows.
extension Stage {
  func libraryValue(_ package: String, _ name: String) -> StageValue {
    let root = package.split(separator: "/").first.map(String.init) ?? package
    switch root {
    case "react", "preact": return moduleValue("react", name)
    case "react-dom": return moduleValue("react-dom", name)
    case "framer-motion", "motion": return motion(name)
    case "react-router-dom", "react-router", "wouter", "react-scroll", "react-router-hash-link", "gatsby":
      return routing(name)
    case "next": return next(package, name)
    case "styled-components": return styled(name)
    case "@emotion": return package.contains("styled") ? styled(name) : .unknown(package + ":" + name)
    case "react-helmet", "react-helmet-async": return .string("%fragment")
    case "react-icons", "lucide-react", "@heroicons", "@fortawesome", "@tabler", "@phosphor-icons", "phosphor-react",
      "react-feather":
      return .string("svg")
    case "react-hook-form": return name == "useForm" ? forms() : .unknown(package + ":" + name)
    case "zustand": return name == "create" || name == "default" ? store() : .unknown(package + ":" + name)
    case "clsx", "classnames", "tailwind-merge", "clsx/lite": return classNamesFunction()
    default: return .unknown(package + ":" + name)
    }
  }

  private func moduleValue(_ module: String, _ name: String) -> StageValue {
    guard let object = libraries[module] else { return .unknown }
    if name == "default" || name == "*" { return .object(object) }
    return object[name] ?? .unknown(module + ":" + name)
  }

  /// A component that renders an element of the page with what it is given.
  private func component(_ name: String, _ change: @escaping (Stage, StageObject) -> StageObject) -> StageValue {
    native(name) { stage, _, given in
      let props = stage.record()
      if let first = given.first { stage.copy(first, into: props) }
      return stage.element(.string(name), change(stage, props), [], at: stage.place)
    }
  }

  private func motion(_ name: String) -> StageValue {
    switch name {
    case "motion", "m":
      let made = make(.host)
      made.text = "motion:"
      for tag in Stage.tags { made[tag] = .string("motion:" + tag) }
      made["create"] = native { _, _, given in given.first ?? .unknown }
      made.isOpen = true
      return .object(made)
    case "AnimatePresence", "LazyMotion", "MotionConfig", "LayoutGroup", "Reorder": return .string("%fragment")
    case "useReducedMotion": return native { _, _, _ in .bool(false) }
    case "useInView": return native { _, _, _ in .bool(true) }
    default: return .unknown("framer-motion:" + name)
    }
  }

  private static let tags = [
    "div", "section", "article", "header", "footer", "main", "nav", "aside", "h1", "h2", "h3", "h4", "p", "span", "a",
    "button", "ul", "ol", "li", "img", "svg", "path", "circle", "line", "g", "rect", "form", "input", "textarea",
    "label", "figure", "video", "canvas", "strong", "em", "blockquote", "dialog", "details", "summary", "table",
  ]

  private func routing(_ name: String) -> StageValue {
    switch name {
    case "Link", "NavLink", "HashLink", "NavHashLink":
      return component("a") { stage, props in
        if let target = props["to"] { props["href"] = target.object?["pathname"] ?? target }
        props["to"] = nil
        for name in ["className", "children", "style"] {
          if let function = props[name], function.object?.isCallable ?? false {
            props[name] =
              (try? stage.call(function, this: .undefined, [.object(stage.record([("isActive", .bool(false))]))]))
              ?? .undefined
          }
        }
        return props
      }
    case "Route":
      return native("Route") { stage, _, given in
        guard let props = given.first?.object else { return .undefined }
        if let path = props["path"]?.string, path == "*" { return .undefined }
        if let shown = props["element"] { return stage.array([shown, props["children"] ?? .undefined]) }
        if let type = props["component"] ?? props["Component"] {
          return stage.element(type, stage.record(), [], at: stage.place)
        }
        return props["children"] ?? .undefined
      }
    case "useNavigate", "useHistory": return native { stage, _, _ in stage.native { _, _, _ in .undefined } }
    case "useLocation":
      return native { stage, _, _ in .object(stage.record([("pathname", .string("/")), ("hash", .string(""))])) }
    case "Outlet", "Navigate", "ScrollRestoration", "Redirect": return native { _, _, _ in .null }
    case "default", "*": return .unknown("router:")
    default:
      let wrappers = ["BrowserRouter", "HashRouter", "MemoryRouter", "Router", "Routes", "Switch", "RouterProvider"]
      return wrappers.contains(name) ? .string("%fragment") : .unknown("router:" + name)
    }
  }

  private func next(_ package: String, _ name: String) -> StageValue {
    if package.hasSuffix("link") { return component("a") { _, props in props } }
    if package.hasSuffix("image") {
      return component("img") { stage, props in
        if let inner = props["src"]?.object, let address = inner["src"] { props["src"] = address }
        return props
      }
    }
    if package.hasSuffix("head") || package.hasSuffix("script") { return .string("%fragment") }
    if package.contains("font") {
      return native { stage, _, _ in
        .object(stage.record([("className", .string("font")), ("variable", .string("font"))]))
      }
    }
    if package.hasSuffix("dynamic") {
      return native { stage, _, given in
        guard let loader = given.first else { return .unknown }
        let module = try stage.wait(for: try stage.call(loader, this: .undefined, []))
        return module.isUnknown ? .unknown : try stage.member(of: module, "default", at: nil)
      }
    }
    if name == "usePathname" { return native { _, _, _ in .string("/") } }
    return .unknown(package + ":" + name)
  }

  private func styled(_ name: String) -> StageValue {
    guard name == "default" || name == "styled" else {
      if name == "keyframes" || name == "css" { return native { _, _, _ in .string("styled") } }
      if name == "createGlobalStyle" { return native { stage, _, _ in stage.native { _, _, _ in .null } } }
      if name == "ThemeProvider" { return .string("%fragment") }
      return .unknown("styled:" + name)
    }
    func maker(_ type: StageValue) -> StageValue {
      let made = native("styled") { _, _, _ in type }
      made.object?["attrs"] = native { stage, _, _ in maker(type) }
      made.object?["withConfig"] = native { stage, _, _ in maker(type) }
      return made
    }
    let made = native("styled") { _, _, given in maker(given.first ?? .unknown) }
    for tag in Stage.tags { made.object?[tag] = maker(.string(tag)) }
    return made
  }

  /// What a tagged template of a library gives.
  func taggedLibrary(_ path: String, _ values: [StageValue]) throws -> StageValue {
    // `html` of lit and such: the markup itself.
    guard path.hasSuffix("html") || path.hasSuffix("svg"), let pieces = values.first?.object?.items else {
      return .unknown
    }
    var result = ""
    for (index, piece) in pieces.enumerated() {
      result += shown(piece)
      if index + 1 < values.count, index + 1 < pieces.count { result += shown(values[index + 1]) }
    }
    return .string(result)
  }

  private func classNamesFunction() -> StageValue {
    native("clsx") { stage, _, given in
      var names: [String] = []
      for value in given {
        if let text = value.string { names.append(text) }
        if let object = value.object {
          names += object.items.compactMap { $0.string }
          names += object.names.filter { object[$0]?.truth ?? true }
        }
      }
      return .string(names.joined(separator: " "))
    }
  }

  /// A store whose state a function makes and whose hook reads parts of it.
  private func store() -> StageValue {
    native("create") { stage, _, given in
      guard let maker = given.first else { return stage.libraryValue("zustand", "create") }
      let cell = stage.record()
      let setter = stage.native { stage, _, values in
        var change = values.first ?? .undefined
        if change.object?.isCallable ?? false {
          change = try stage.call(change, this: .undefined, [cell["state"] ?? .undefined])
        }
        let next = stage.record()
        if let old = cell["state"] { stage.copy(old, into: next) }
        stage.copy(change, into: next)
        cell["state"] = .object(next)
        stage.changed()
        return .undefined
      }
      let getter = stage.native { _, _, _ in cell["state"] ?? .undefined }
      cell["state"] = try stage.call(maker, this: .undefined, [setter, getter])
      let hook = stage.native { stage, _, values in
        let state = cell["state"] ?? .undefined
        guard let selector = values.first, selector.object?.isCallable ?? false else { return state }
        return try stage.call(selector, this: .undefined, [state])
      }
      hook.object?["getState"] = getter
      hook.object?["setState"] = setter
      return hook
    }
  }

  /// Forms whose fields are registered with rules.
  private func forms() -> StageValue {
    native("useForm") { stage, _, _ in
      guard let react = stage.libraries["react"],
        let made = try react["useRef"].map({
          try stage.call($0, this: .undefined, [.object(stage.record())])
        })?.object, let cell = made["current"]?.object
      else { return .unknown }
      if let known = cell["form"] { return known }
      let errors = stage.record()
      let rules = stage.record()
      let form = stage.record()
      form["register"] = stage.native { stage, _, given in
        let name = given.first ?? .undefined
        if let key = stage.text(name) { rules[key] = given.count > 1 ? given[1] : .undefined }
        return .object(stage.record([("name", name)]))
      }
      form["handleSubmit"] = stage.native { stage, _, given in
        let function = given.first ?? .unknown
        return stage.native { stage, _, events in
          guard let event = events.first?.object, let target = event["target"]?.object, target.kind == .node else {
            return .undefined
          }
          event["defaultPrevented"] = .bool(true)
          let data = stage.record()
          var isValid = true
          for control in stage.controls(of: target.node) {
            guard let name = stage.nodes[control].attribute("name") else { continue }
            let value = stage.controlValue(control) ?? .string("")
            data[name] = value
            let rule = rules[name]?.object
            if let needed = rule?["required"], needed.truth ?? true, value.string?.isEmpty ?? false {
              isValid = false
              errors[name] = .object(
                stage.record([("message", needed.string.map { .string($0) } ?? .string("Required"))]))
            } else if let pattern = rule?["pattern"]?.object, let text = value.string, !text.isEmpty {
              let test = pattern.kind == .pattern ? .object(pattern) : pattern["value"] ?? .undefined
              if let object = test.object, object.kind == .pattern,
                StagePattern(object.text, flags: "").match(text, from: 0) == nil
              {
                isValid = false
                errors[name] = .object(stage.record([("message", pattern["message"] ?? .string("Invalid"))]))
              }
            }
          }
          stage.changed()
          if isValid {
            let result = try stage.call(function, this: .undefined, [.object(data), .object(event)])
            return result
          }
          return .undefined
        }
      }
      form["reset"] = stage.native { _, _, _ in .undefined }
      form["watch"] = stage.native { _, _, _ in .string("") }
      form["setValue"] = stage.native { _, _, _ in .undefined }
      form["formState"] = .object(
        stage.record([
          ("errors", .object(errors)), ("isSubmitting", .bool(false)), ("isSubmitSuccessful", .bool(false)),
        ]))
      cell["form"] = .object(form)
      return .object(form)
    }
  }
}
