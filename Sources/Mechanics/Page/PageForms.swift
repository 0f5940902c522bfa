import JavaScriptSyntax
import MarkupSyntax
import Program

/// Forms, what they ask for, and what becomes of what is typed.
struct PageForms: Mechanic {
  static let id = "form"
  private static let fields =
    "<label>Name<input name=name required></label><label>Email<input type=email name=email required></label><label>Message<textarea name=message></textarea></label><button>Send</button>"
  static let examples: [Example] = [
    .found(
      "<form action=/send method=post>\(fields)</form>",
      [
        "fields": .words(["name", "email", "message"]), "labelled": .flag(true), "submit": .flag(true),
        "validation": .word("native"), "submission": .word("action"),
      ]),
    .found("<form action=# novalidate>\(fields)</form>", ["validation": .word("none"), "submission": .word("none")]),
    .found(
      "<form><input name=email><button type=button>x</button></form>",
      ["labelled": .flag(false), "submit": .flag(false)]),
    .found("<form action='mailto:a@ada.dev'>\(fields)</form>", ["submission": .word("mail")]),
    .found(
      "<form id=f novalidate>\(fields)</form><p id=s></p><script>f.addEventListener('submit',e=>{e.preventDefault();if(!f.elements.email.value.includes('@')){s.textContent='An address, please';return}fetch('/send',{method:'POST'});s.textContent='Thanks'})</script>",
      ["validation": .word("script"), "submission": .words(["request", "confirmation"])]),
    .found(
      "<form id=f>\(fields)</form><p id=s></p><script>f.onsubmit=e=>{e.preventDefault();s.textContent='Thanks'}</script>",
      ["submission": .words(["confirmation"])]),
    .refused("<form><input type=search name=q aria-label=Search></form>"),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    let forms = view.visible.filter { view.elements[$0].name == "form" }
    return forms.compactMap { FormReader(scene, form: $0).finding }
  }
}

/// One control of a form.
private struct FormField {
  var kind: String?
  var isNamed: Bool
  var isConstrained: Bool
  var isSubmit = false
}

/// Reads one form.
private struct FormReader {
  let view: PageView
  let form: Int
  private let scene: Scene
  private var fields: [FormField] = []

  init(_ scene: Scene, form: Int) {
    view = scene.shared(PageView.self)
    self.scene = scene
    self.form = form
    for element in controls() { if let field = field(element) { fields.append(field) } }
    if view.rehearsal != nil {
      fields += renderedComponents()
    } else if case .jsx(let code) = view.elements[form].source {
      fields += components(in: code)
    }
  }

  var finding: Finding? {
    let asked = fields.filter { !$0.isSubmit }
    guard !asked.isEmpty else { return nil }
    let kinds = Set(asked.compactMap { $0.kind })
    let place = view.evidence(
      form, "a form that asks for \(kinds.isEmpty ? "something" : kinds.sorted().joined(separator: ", "))")
    if kinds.isSubset(of: ["search"]) {
      return Finding(
        "form", .refused, facts: ["fields": .words(kinds.sorted())], evidence: [place],
        reason: "nothing in it lets a reader write to somebody")
    }
    if let trial = FormTrial(scene, form: form) {
      return Finding(
        "form", .found,
        facts: [
          "fields": .words(kinds.sorted()), "labelled": .flag(asked.allSatisfy { $0.isNamed }),
          "submit": .flag(fields.contains { $0.isSubmit }),
          "validation": .word(trial.validation(isConstrained: asked.contains { $0.isConstrained })),
          "submission": trial.outcomes.isEmpty ? .word("none") : .words(trial.outcomes),
        ], evidence: [place] + trial.evidence)
    }
    let handler = FormHandler(view, form: form)
    let refuses = validation(asked, handler)
    let leads = submission(handler)
    return Finding(
      "form", .found,
      facts: [
        "fields": .words(kinds.sorted()), "labelled": .flag(asked.allSatisfy { $0.isNamed }),
        "submit": .flag(fields.contains { $0.isSubmit }), "validation": refuses, "submission": leads,
      ], evidence: [place] + handler.evidence)
  }

  // MARK: Controls

  private func controls() -> [Int] {
    let names: Set<String> = ["input", "textarea", "select", "button"]
    var result = view.inside(form).filter { names.contains(view.elements[$0].name) }
    if let id = view.elements[form].identifier {
      result += view.visible.filter {
        names.contains(view.elements[$0].name) && view.elements[$0].attribute("form") == id
      }
    }
    return result
  }

  private func field(_ element: Int) -> FormField? {
    let stored = view.elements[element]
    let type = (stored.attribute("type") ?? "").lowercased()
    if stored.name == "button" {
      return type.isEmpty || type == "submit"
        ? FormField(kind: nil, isNamed: true, isConstrained: false, isSubmit: true) : nil
    }
    if stored.name == "input" {
      if type == "submit" || type == "image" {
        return FormField(kind: nil, isNamed: true, isConstrained: false, isSubmit: true)
      }
      if ["hidden", "button", "reset"].contains(type) { return nil }
    }
    if isHoneypot(element) { return nil }
    let label = label(of: element)
    let words = [
      stored.attribute("name"), stored.identifier, stored.attribute("autocomplete"), stored.attribute("v-model"), label,
    ]
    .compactMap { $0 }
    let constraints = ["required", "pattern", "minlength", "minLength", "min", "max", ":required"]
    return FormField(
      kind: Self.kind(name: stored.name, type: type, words: words),
      isNamed: label != nil && (view.rehearsal == nil || view.sight.isShown(element)),
      isConstrained: type == "email" || type == "url" || constraints.contains { stored.hasAttribute($0) })
  }

  private func isHoneypot(_ element: Int) -> Bool {
    if view.elements[element].attribute("tabindex") == "-1" || view.elements[element].attribute("tabIndex") == "-1" {
      return true
    }
    return view.chain(of: element).prefix { $0 != form }.contains { id in
      let stored = view.elements[id]
      return stored.attribute("aria-hidden") == "true" || stored.hasAttribute("hidden")
    }
  }

  private func label(of element: Int) -> String? {
    let stored = view.elements[element]
    if view.rehearsal == nil, case .page(let file, let node) = stored.source,
      let document = view.program.document.pages.first(where: { $0.file == file })?.document
    {
      return document.accessibleName(of: node).map { $0.text }
    }
    if let ids = stored.attribute("aria-labelledby") {
      let texts = ids.split(separator: " ").compactMap { id in
        view.visible.first { view.elements[$0].identifier == String(id) }.map { view.text(of: $0) }
      }.filter { !$0.isEmpty }
      if !texts.isEmpty { return texts.joined(separator: " ") }
    }
    if let text = stored.attribute("aria-label"), !text.trimmed.isEmpty { return text }
    if let wrapping = view.around(element, where: { $0.name == "label" }), !view.text(of: wrapping).isEmpty {
      return view.text(of: wrapping)
    }
    if stored.hasAttribute("id") {
      let id = stored.identifier
      let label = view.visible.first { candidate in
        view.elements[candidate].name == "label" && view.elements[candidate].hasAttribute("for")
          && (id == nil || view.elements[candidate].attribute("for") == id) && !view.text(of: candidate).isEmpty
      }
      if let label { return view.text(of: label) }
    }
    for name in ["title", "placeholder", "aria-label", "aria-labelledby"] where stored.hasAttribute(name) {
      guard let text = stored.attribute(name) else { return "" }
      if name != "aria-labelledby", !text.trimmed.isEmpty { return text }
    }
    return nil
  }

  /// Fields that a component of the program or of a library stands for.
  private func components(in form: Code) -> [FormField] {
    form.descendants.compactMap { code in
      guard code.kind == .jsxOpeningElement, let name = code[.name]?.text, name.first?.isUppercase ?? false else {
        return nil
      }
      var given: [String: String] = [:]
      for attribute in code.list(.attributes) where attribute.kind == .jsxAttribute {
        guard let key = attribute[.name]?.name else { continue }
        var value = attribute[.value]
        if value?.kind == .jsxExpressionContainer { value = value?[.expression] }
        given[key] = value.flatMap { view.program.constant(of: $0).string } ?? ""
      }
      let words = ["name", "id", "label", "placeholder", "type", "autoComplete"].compactMap { given[$0] }
      if name.lowercased().contains("button") || given["type"] == "submit" {
        return given["type"] == "button"
          ? nil : FormField(kind: nil, isNamed: true, isConstrained: false, isSubmit: true)
      }
      guard given["name"] != nil || given["label"] != nil || given["placeholder"] != nil else { return nil }
      let isArea =
        name.lowercased().contains("area") || given["multiline"] != nil || given["rows"] != nil
        || given["as"] == "textarea"
      return FormField(
        kind: Self.kind(name: isArea ? "textarea" : "input", type: given["type"] ?? "", words: words),
        isNamed: given["label"] != nil || given["placeholder"] != nil || given["aria-label"] != nil
          || given["id"] != nil,
        isConstrained: given["type"] == "email" || given["required"] != nil)
    }
  }

  /// Fields that components of libraries stand for, in pages whose scripts are followed.
  private func renderedComponents() -> [FormField] {
    view.inside(form).compactMap { element in
      let stored = view.elements[element]
      guard stored.name.first?.isUppercase ?? false else { return nil }
      let name = stored.name.lowercased()
      let type = stored.attribute("type") ?? ""
      if name.contains("button") || type == "submit" {
        return type == "button" ? nil : FormField(kind: nil, isNamed: true, isConstrained: false, isSubmit: true)
      }
      let words = ["name", "id", "label", "placeholder", "type", "autocomplete"].compactMap { stored.attribute($0) }
      let isField = ["input", "field", "textarea", "select", "control"].contains { name.contains($0) }
      guard isField, !words.isEmpty || stored.hasAttribute("label") else { return nil }
      let isArea = name.contains("area") || ["multiline", "rows"].contains { stored.hasAttribute($0) }
      let isNamed = ["label", "placeholder", "aria-label", "id"].contains { stored.hasAttribute($0) }
      return FormField(
        kind: Self.kind(name: isArea ? "textarea" : "input", type: type, words: words), isNamed: isNamed,
        isConstrained: type == "email" || stored.hasAttribute("required"))
    }
  }

  // MARK: Kinds

  private static let kindWords: [(kind: String, words: Vocabulary)] = [
    ("email", Vocabulary(["email", "mail", "e-mail", "courriel", "correo", "メール", "邮箱", "电子邮件", "почта", "이메일"])),
    (
      "subject",
      Vocabulary([
        "subject", "topic", "betreff", "thema", "sujet", "objet", "asunto", "oggetto", "assunto", "temat", "件名", "主题",
        "тема", "제목",
      ])
    ),
    (
      "company",
      Vocabulary(["company", "organisation", "organization", "firma", "entreprise", "empresa", "azienda", "会社", "公司"])
    ),
    ("phone", Vocabulary(["phone", "tel", "telephone", "telefon", "mobile", "telefono", "telefone", "电话", "電話"])),
    (
      "message",
      Vocabulary([
        "message", "nachricht", "mensaje", "messaggio", "mensagem", "wiadomość", "comment", "enquiry", "inquiry",
        "brief", "vision", "メッセージ", "留言", "消息", "сообщение", "메시지",
      ])
    ),
    (
      "name",
      Vocabulary([
        "name", "nom", "nombre", "nome", "vorname", "nachname", "prénom", "imię", "firstname", "lastname", "fullname",
        "名前", "お名前", "姓名", "名字", "имя", "이름",
      ])
    ),
  ]

  private static func kind(name: String, type: String, words: [String]) -> String? {
    switch type {
    case "email": return "email"
    case "tel": return "phone"
    case "file": return "file"
    case "password": return "password"
    case "search": return "search"
    case "checkbox", "radio", "range", "color": return "choice"
    default: break
    }
    if name == "select" { return "choice" }
    if name == "textarea" { return "message" }
    for word in words {
      for entry in kindWords where entry.words.matches(word) { return entry.kind }
    }
    return nil
  }

  // MARK: What becomes of it

  private func validation(_ asked: [FormField], _ handler: FormHandler) -> Fact {
    let stored = view.elements[form]
    let isOff = stored.hasAttribute("novalidate") || stored.hasAttribute("noValidate") || handler.turnsOff
    if handler.stops { return .word("script") }
    if !isOff, asked.contains(where: { $0.isConstrained }),
      handler.isSubmitted || fields.contains(where: { $0.isSubmit })
    {
      return .word("native")
    }
    return .word(handler.onlyTells ? "message-only" : "none")
  }

  private func submission(_ handler: FormHandler) -> Fact {
    var result = handler.outcomes
    let stored = view.elements[form]
    if !handler.prevents, stored.hasAttribute("action") || stored.hasAttribute(":action") {
      let address = stored.attribute("action")?.trimmed
      let lower = address?.lowercased() ?? "computed"
      if lower.hasPrefix("mailto:") {
        result.append("mail")
      } else if !lower.isEmpty, !lower.hasPrefix("#"), !lower.hasPrefix("javascript:"),
        !PlaceholderText.isFillerAddress(lower)
      {
        result.append("action")
      }
    }
    if !handler.prevents, !result.contains("action") {
      let isHosted = ["data-netlify", "netlify", "data-static-form-name"].contains { stored.hasAttribute($0) }
      if isHosted { result.append("action") }
    }
    return result.isEmpty ? .word("none") : .words(Array(Set(result)).sorted())
  }
}
