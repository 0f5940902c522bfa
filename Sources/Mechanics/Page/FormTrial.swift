import Program

/// What happens when a form is submitted empty, with a bad address, and filled in as it should be.
struct FormTrial {
  /// What a valid submission leads to: `request`, `mail`, `action`, `confirmation`.
  private(set) var outcomes: [String] = []
  private(set) var evidence: [Evidence] = []
  private var isNativeOff = false
  private var isRefusedByScript = false
  private var isSubmittable = false
  private var tellsEarly = false
  private let view: PageView
  private let form: Int

  /// Tries the form; `nil` where scripts are not followed.
  init?(_ scene: Scene, form: Int) {
    view = scene.shared(PageView.self)
    self.form = form
    guard view.rehearsal != nil else { return nil }
    let tries = scene.shared(PageActions.self)
    let button = submitter()
    isSubmittable = button != nil
    isNativeOff = view.elements[form].hasAttribute("novalidate")
    guard let empty = submit(tries, button, filling: nil), let bad = submit(tries, button, filling: "somebody"),
      let good = submit(tries, button, filling: "ada@byron.dev")
    else { return }
    var refusesEmpty =
      !isSent(empty) && tells(empty) && empty.outcomes.allSatisfy { $0.kind == .message || $0.kind == .scroll }
    let refusesBad = !isSent(bad) && bad.outcomes.allSatisfy { $0.kind == .message || $0.kind == .scroll }
    read(good, new: Set(good.texts).subtracting(empty.texts).subtracting(bad.texts))
    if outcomes.isEmpty, empty.isChange || !empty.outcomes.isEmpty {
      // What the reader is told may be told already: the form is filled in on a page of its own.
      let others = PageActions(view, Rehearsal(view.program))
      if let first = submit(others, button, filling: "ada@byron.dev") {
        read(first, new: Set(first.texts))
        if Set(first.texts) == Set(empty.texts), first.outcomes.map({ $0.text }) == empty.outcomes.map({ $0.text }) {
          refusesEmpty = false
        }
      }
    }
    isRefusedByScript = refusesEmpty && refusesBad && (!outcomes.isEmpty || good.isChange)
    let node = view.tree.nodes[form]
    if let place = view.rehearsal?.handlerPlace(["submit"], node: node)
      ?? button.flatMap({ view.rehearsal?.handlerPlace(["click"], node: view.tree.nodes[$0]) })
    {
      evidence.append(view.evidence(place, "a handler takes the submission"))
    }
    tellsEarly =
      view.inside(form).contains { view.hears(["blur", "focusout", "input", "change", "keyup", "invalid"], $0) }
      || view.hears(["blur", "focusout", "input", "change", "keyup"], form)
  }

  /// What refuses invalid input.
  func validation(isConstrained: Bool) -> String {
    if isRefusedByScript { return "script" }
    if !isNativeOff, isConstrained, isSubmittable { return "native" }
    return tellsEarly ? "message-only" : "none"
  }

  /// The control that submits the form.
  private func submitter() -> Int? {
    let id = view.elements[form].identifier
    let outside = view.visible.filter { id != nil && view.elements[$0].attribute("form") == id }
    return (view.inside(form) + outside).first { element in
      let stored = view.elements[element]
      let type = (stored.attribute("type") ?? "").lowercased()
      if stored.name == "input" { return type == "submit" || type == "image" }
      if stored.name == "button" { return type.isEmpty || type == "submit" }
      return false
    } ?? view.inside(form).first { view.elements[$0].name == "button" && view.hears(["click"], $0) }
      ?? view.inside(form).first { view.elements[$0].name.hasSuffix("Button") }
  }

  /// Fills the form in and submits it; `nil` when nothing more can be tried.
  private func submit(_ tries: PageActions, _ button: Int?, filling address: String?) -> PageReveal? {
    let fields = view.inside(form).filter { ["input", "textarea", "select"].contains(view.elements[$0].name) }
    // What changes while the form is filled in is no answer to its submission.
    _ = tries.act { rehearsal in
      for field in fields {
        let node = view.tree.nodes[field]
        let stored = view.elements[field]
        let type = (stored.attribute("type") ?? "text").lowercased()
        if ["submit", "button", "hidden", "reset", "image", "file"].contains(type) || isTrap(field) { continue }
        if type == "checkbox" || type == "radio" {
          if address != nil { rehearsal.tick(node) }
          continue
        }
        rehearsal.fill(node, with: address.map { value(for: field, type, $0) } ?? "")
      }
      return []
    }
    let target = button.map { view.tree.nodes[$0] }
    return tries.act { $0.submit(view.tree.nodes[form], by: target) }
  }

  /// Whether a field is there for programs that fill in everything.
  private func isTrap(_ field: Int) -> Bool {
    let stored = view.elements[field]
    return stored.attribute("tabindex") == "-1" || !view.sight.isShown(field)
      || view.chain(of: field).prefix { $0 != form }.contains { view.elements[$0].attribute("aria-hidden") == "true" }
  }

  private func value(for field: Int, _ type: String, _ address: String) -> String {
    let stored = view.elements[field]
    if stored.name == "select" {
      let options = view.inside(field).filter { view.elements[$0].name == "option" }
      let values = options.map { view.elements[$0].attribute("value") ?? view.text(of: $0) }
      return values.first { !$0.isEmpty } ?? ""
    }
    let called = ["name", "id", "autocomplete", "placeholder"].compactMap { stored.attribute($0) }.joined(
      separator: " ")
    if type == "email" || called.lowercased().contains("mail") { return address }
    switch type {
    case "url": return "https://byron.dev"
    case "tel": return "+441234567890"
    case "number", "range": return "7"
    case "date": return "2026-03-01"
    default: break
    }
    if stored.name == "textarea" {
      return
        "I would like to talk about a loom that weaves by cards; when would it suit you to meet next week in person?"
    }
    return "Ada Byron"
  }

  // MARK: What it leads to

  private static let senders = [
    "send", "post", "axios", "ajax", "submit", "mutate", "adddoc", "formspree", "emailjs", "invoke", "insert", "put",
    "request", "push",
  ]

  private func isSent(_ reveal: PageReveal) -> Bool { reveal.outcomes.contains { kind(of: $0) != nil } }

  private func kind(of outcome: PageOutcome) -> String? {
    switch outcome.kind {
    case .request: return "request"
    case .mail: return "mail"
    case .submission:
      let address = outcome.text.trimmed.lowercased()
      let isHosted = ["data-netlify", "netlify", "data-static-form-name"].contains {
        view.elements[form].hasAttribute($0)
      }
      if isHosted { return "action" }
      if address.hasPrefix("mailto:") { return "mail" }
      return address.isEmpty || address.hasPrefix("#") || address.hasPrefix("javascript:")
        || PlaceholderText.isFillerAddress(address) ? nil : "action"
    case .navigation: return outcome.text.contains("wa.me") || outcome.text.contains("thank") ? "confirmation" : nil
    case .library:
      let path = outcome.text.lowercased()
      return Self.senders.contains { path.contains($0) } ? "request" : nil
    case .message, .scroll: return nil
    }
  }

  /// Whether the reader is told something: a text, a mark on a field, a message.
  private func tells(_ reveal: PageReveal) -> Bool {
    if reveal.outcomes.contains(where: { $0.kind == .message }) || !reveal.shown.isEmpty { return true }
    return view.inside(form).contains { field in
      guard let now = reveal.tree.element(ofNode: view.tree.nodes[field]) else { return false }
      let before = view.elements[field]
      let after = reveal.tree.elements[now]
      return after.attribute("aria-invalid") == "true" && before.attribute("aria-invalid") != "true"
        || after.attribute("class") != before.attribute("class")
        || after.attribute("style") != before.attribute("style")
    }
  }

  private mutating func read(_ reveal: PageReveal, new: Set<String>) {
    var found: Set<String> = []
    for outcome in reveal.outcomes {
      if let kind = kind(of: outcome) {
        found.insert(kind)
      } else if outcome.kind == .message {
        found.insert("confirmation")
      }
    }
    if !new.isEmpty { found.insert("confirmation") }
    outcomes = found.sorted()
  }
}
