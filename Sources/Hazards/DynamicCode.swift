import Ingest
import JavaScriptSyntax
import Program

/// Strings that are run as programs: `eval`, `Function`, and timers that are given text.
///
/// Code that nothing reaches counts too: whether a content security policy can be kept does not depend on what runs today.
enum DynamicCode {
  private static let evaluators: Set<String> = ["eval", "execScript", "Function"]
  private static let timers: Set<String> = ["setTimeout", "setInterval", "setImmediate"]

  static func find(in program: ProgramModel) -> [Hazard] {
    let vendored = Set(program.project.files.filter { $0.role == .vendored }.map { $0.path })
    var result: [Hazard] = []
    for unit in program.units where !vendored.contains(unit.file) {
      for index in unit.tree.nodes.indices {
        let kind = unit.tree.nodes[index].kind
        guard kind == .callExpression || kind == .newExpression else { continue }
        let call = Code(unit: unit, node: NodeID(UInt32(index)))
        guard let callee = call[.callee], let name = globalName(callee, in: program) else { continue }
        if evaluators.contains(name) {
          result.append(hazard(name, call, "runs a string as a program", program))
        } else if timers.contains(name), let first = call.list(.arguments).first, isText(first, in: program) {
          result.append(hazard(name, call, "hands \(name) a string, which it runs as a program", program))
        }
      }
    }
    return result
  }

  private static func hazard(_ name: String, _ call: Code, _ says: String, _ program: ProgramModel) -> Hazard {
    let note = program.isReachable(call) ? "" : ", though nothing reaches it"
    return Hazard(.eval, name, file: call.file, span: call.span, says: says + note)
  }

  /// The name of the host's function that a callee is: `eval`, `window.eval`, `(0, eval)`.
  private static func globalName(_ callee: Code, in program: ProgramModel) -> String? {
    let callee = callee.unwrapped
    switch callee.kind {
    case .identifier: return program.binding(of: callee)?.declarations.isEmpty ?? true ? callee.name : nil
    case .sequenceExpression:
      guard let last = callee.list(.expressions).last?.unwrapped, last.kind == .identifier else { return nil }
      return globalName(last, in: program)
    case .memberExpression:
      guard let object = callee[.object]?.unwrapped, object.kind == .identifier,
        ["window", "globalThis", "self", "top", "parent"].contains(object.name),
        program.binding(of: object)?.declarations.isEmpty ?? true
      else { return nil }
      return program.propertyName(of: callee)
    default: return nil
    }
  }

  /// Whether an expression surely is a string.
  private static func isText(_ code: Code, in program: ProgramModel) -> Bool {
    let code = code.unwrapped
    if code.kind == .templateLiteral || program.constant(of: code).string != nil { return true }
    guard code.kind == .binaryExpression, code.detail == .add else { return false }
    return code.children.contains { $0.kind == .templateLiteral || program.constant(of: $0).string != nil }
  }
}
