import JavaScriptSyntax
import Program

/// What script does when a form is submitted, and while it is filled in.
struct FormHandler {
  /// Whether a submit, or a click on the button that submits, runs a handler.
  private(set) var isSubmitted = false
  /// Whether the handler keeps the browser from sending the form.
  private(set) var prevents = false
  /// Whether the handler checks what is typed, stops, and says so.
  private(set) var stops = false
  /// Whether script turns the browser's own checks off.
  private(set) var turnsOff = false
  /// Whether handlers of fields show messages.
  private(set) var onlyTells = false
  /// What a valid submission leads to: `request`, `mail`, `confirmation`.
  private(set) var outcomes: [String] = []
  private(set) var evidence: [Evidence] = []

  init(_ view: PageView, form: Int) {
    let inner = [form] + view.inside(form)
    let wanted = Set(inner)
    var writes: [DOMWrite]?
    for element in inner {
      for callback in view.listeners(of: element) {
        let isButton = ["button", "input"].contains(view.elements[element].name)
        let isSubmit = callback.event == "submit" || callback.event == "click" && isButton
        if isSubmit {
          isSubmitted = true
          let known = writes ?? view.program.domWrites
          writes = known
          read(callback, view, known, wanted)
        } else if ["blur", "focusout", "input", "change", "keyup", "invalid"].contains(callback.event ?? "") {
          onlyTells = true
        }
      }
    }
    turnsOff = view.program.domWrites(to: form).contains { $0.kind == .attribute("novalidate") }
  }

  private mutating func read(_ callback: HostCallback, _ view: PageView, _ writes: [DOMWrite], _ form: Set<Int>) {
    let program = view.program
    let reached = FormHandler.everything(from: callback.function, program)
    var checks: Code?
    var guards: [Code] = []
    var tells = false
    var shown: [Code] = []
    for function in reached {
      function.forEachInRegion { code in
        switch code.kind {
        case .callExpression, .newExpression:
          guard program.isReachable(code) else { return }
          readCall(code, program, &checks, &tells)
        case .assignmentExpression:
          readAssignment(code, program)
          if FormHandler.isShowing(code, program) { shown.append(code) }
        case .ifStatement, .conditionalExpression:
          if FormHandler.isGuard(code) { guards.append(code) }
        case .memberExpression:
          if ["validity", "value", "length", "checked"].contains(program.propertyName(of: code) ?? "") {
            checks = checks ?? code
          }
        default: return
        }
      }
    }
    let own = writes.filter { write in reached.contains { $0 == write.code.region } }
    if !own.isEmpty || !shown.isEmpty { tells = true }
    let setters = FormHandler.stateCalls(in: reached, program)
    if !setters.isEmpty { tells = true }
    if (prevents || callback.event != "submit"), checks != nil, !guards.isEmpty, tells { stops = true }
    let confirming = own.contains { FormHandler.isOutside($0.code, of: guards) && ![.value].contains($0.kind) }
    let isShown = shown.contains { FormHandler.isOutside($0, of: guards) }
    if confirming || isShown || setters.contains(where: { FormHandler.isOutside($0, of: guards) }) {
      outcomes.append("confirmation")
    }
    evidence.append(view.evidence(callback.registration, "a handler takes the submission"))
  }

  private mutating func readCall(_ code: Code, _ program: ProgramModel, _ checks: inout Code?, _ tells: inout Bool) {
    guard let callee = code[.callee]?.unwrapped else { return }
    let name = callee.kind == .memberExpression ? program.propertyName(of: callee) ?? "" : callee.name
    switch name {
    case "preventDefault": prevents = true
    case "checkValidity", "reportValidity", "test", "match", "safeParse", "validate", "get", "trim", "includes":
      checks = checks ?? code
      if name == "reportValidity" { tells = true }
    case "alert", "toast", "confirm":
      tells = true
      if name != "confirm", !FormHandler.isInGuard(code) { outcomes.append("confirmation") }
    case "setCustomValidity": tells = true
    case "fetch", "sendBeacon", "axios", "ajax", "sendForm", "emailjs":
      outcomes.append("request")
    case "send", "post", "put", "submit", "request":
      let paths = program.calleePaths(of: code)
      let isOwn = !program.callees(of: code).isEmpty
      if !isOwn, callee.kind == .memberExpression,
        name != "submit" || paths.contains(where: { $0.hasPrefix("Element.") })
      {
        outcomes.append("request")
      }
    case "open", "assign", "replace":
      if isMail(code.list(.arguments).first, program) { outcomes.append("mail") }
    default: return
    }
  }

  private mutating func readAssignment(_ code: Code, _ program: ProgramModel) {
    guard let left = code[.left]?.unwrapped,
      let name = left.kind == .memberExpression ? program.propertyName(of: left) : left.name,
      name == "href" || name == "location"
    else { return }
    if isMail(code[.right], program) { outcomes.append("mail") }
  }

  /// Whether an assignment changes what some element shows.
  private static func isShowing(_ code: Code, _ program: ProgramModel) -> Bool {
    guard let left = code[.left]?.unwrapped, left.kind == .memberExpression else { return false }
    return ["textContent", "innerText", "innerHTML", "hidden"].contains(program.propertyName(of: left) ?? "")
      && program.isReachable(code)
  }

  private func isMail(_ value: Code?, _ program: ProgramModel) -> Bool {
    guard let value else { return false }
    if value.text.contains("mailto:") { return true }
    guard let binding = program.binding(of: value) else { return false }
    return program.writes(of: binding.id).contains { $0.value?.text.contains("mailto:") ?? false }
  }

  /// The functions that a handler leads to, those of promises and of timeouts that it sets included.
  private static func everything(from function: Code, _ program: ProgramModel) -> [Code] {
    var result: [Code] = []
    var queue = [function]
    while let next = queue.popLast(), result.count < 200 {
      for reached in program.functionsReached(from: next) where !result.contains(reached) {
        result.append(reached)
        for callback in program.callbacks where callback.registration.region == reached {
          if callback.kind != .event, !result.contains(callback.function) { queue.append(callback.function) }
        }
      }
    }
    return result
  }

  /// A condition one of whose branches leaves the function, or that holds everything else.
  private static func isGuard(_ code: Code) -> Bool {
    guard code.kind == .ifStatement else { return false }
    let branches = [code[.consequent], code[.alternate]].compactMap { $0 }
    let leaves = branches.contains { branch in
      branch.descendants.contains {
        $0.kind == .returnStatement || $0.kind == .throwStatement || $0.kind == .breakStatement
      }
    }
    return leaves || code[.alternate] != nil || code[.consequent]?.kind == .blockStatement && isLast(code)
  }

  private static func isLast(_ code: Code) -> Bool {
    guard let parent = code.parent, parent.kind == .blockStatement else { return false }
    return parent.children.max()?.node == code.node
  }

  /// Whether a node lies in no branch that leaves the function.
  private static func isOutside(_ code: Code, of guards: [Code]) -> Bool {
    !guards.contains { condition in
      [condition[.consequent], condition[.alternate]].compactMap { $0 }.contains { branch in
        branch.contains(code)
          && branch.descendants.contains { $0.kind == .returnStatement || $0.kind == .throwStatement }
      }
    }
  }

  private static func isInGuard(_ code: Code) -> Bool {
    code.ancestors.contains { branch in
      guard branch.parent?.kind == .ifStatement, branch.kind == .blockStatement else { return false }
      return branch.descendants.contains { $0.kind == .returnStatement }
    }
  }

  /// Calls of state setters of a library, which make it render anew.
  private static func stateCalls(in functions: [Code], _ program: ProgramModel) -> [Code] {
    var result: [Code] = []
    for function in functions {
      function.forEachInRegion { code in
        if code.kind == .callExpression, let callee = code[.callee], callee.kind == .identifier,
          program.objects(of: callee).contains(where: { program.object($0).kind == .intrinsic })
        {
          result.append(code)
        } else if code.kind == .assignmentExpression, let left = code[.left]?.unwrapped, left.kind == .memberExpression,
          program.propertyName(of: left) == "value" || left[.object]?.kind == .thisExpression
        {
          let paths = left[.object].map { program.paths(of: $0) } ?? []
          if paths.contains(where: { $0.hasPrefix("vue:") }) { result.append(code) }
        }
      }
    }
    return result
  }
}
