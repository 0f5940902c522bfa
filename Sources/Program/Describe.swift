import Ingest
import JavaScriptSyntax
import SourceText

extension ProgramModel {
  /// A text that shows the program as the analysis sees it: units, libraries, what the host calls, what runs and what does not,
  /// populations, missing elements and files. The same project gives the same text.
  public func describe() -> String {
    var lines: [String] = []
    lines.append("units")
    for unit in units { lines.append("  \(unit.id) \(unit.kind.rawValue) \(unit.file)+\(unit.offset)") }
    section("libraries", libraries.map { "\($0.package) (\($0.address))" }, &lines)
    section("missing files", missingFiles.map { "\($0.address) in \($0.file)" }, &lines)
    section(
      "missing elements", missingElements.map { "\(place($0.code)) \($0.selector)" }, &lines)
    section("callbacks", callbacks.map { describe($0) }, &lines)
    section(
      "runs", reachableRegions.filter { $0.kind.isFunction }.map { "\(place($0)) \(label($0))" }, &lines)
    section("never runs", unreachableFunctions.map { "\(place($0)) \(label($0))" }, &lines)
    section("populations", populations.map { describe($0) }, &lines)
    if !isComplete { lines.append("incomplete: the budget ran out") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ items: [String], _ lines: inout [String]) {
    guard !items.isEmpty else { return }
    lines.append(title)
    lines += items.map { "  " + $0 }
  }

  /// Where a node stands, as `file:line:column`.
  public func place(_ code: Code) -> String {
    guard let file = project.file(code.file) else { return code.file }
    let table = cache.lines[code.file] ?? LineTable(file.bytes)
    cache.lines[code.file] = table
    let position = table.position(of: Int(code.span.start), in: file.bytes)
    return "\(code.file):\(position.line):\(position.column)"
  }

  /// A short name for a function: its own, or that of the variable or property it is given to.
  public func label(_ function: Code) -> String {
    if let id = function[.id] { return id.name }
    guard let parent = function.parent else { return "(anonymous)" }
    switch parent.kind {
    case .variableDeclarator: return parent[.id]?.text ?? "(anonymous)"
    case .property, .methodDefinition, .propertyDefinition: return parent[.key]?.text ?? "(anonymous)"
    case .assignmentExpression: return parent[.left]?.text ?? "(anonymous)"
    case .callExpression: return "(argument of \(shortened(parent[.callee]?.text ?? "")))"
    default: return "(anonymous)"
    }
  }

  private func shortened(_ text: String) -> String { text.count > 40 ? text.prefix(37) + "..." : text }

  private func describe(_ callback: HostCallback) -> String {
    var parts = [callback.kind.rawValue]
    if let event = callback.event { parts.append(event) }
    if callback.repeats { parts.append("repeats") }
    if !callback.isCertain { parts.append("perhaps") }
    let elements = callback.elements.prefix(4).map { index -> String in
      let element = document.elements[index]
      return "<\(element.name)\(element.identifier.map { " #" + $0 } ?? "")>"
    }
    let on = elements + callback.targets
    if !on.isEmpty { parts.append("on " + on.joined(separator: ", ")) }
    parts.append("-> " + label(callback.function))
    return "\(place(callback.registration)) " + parts.joined(separator: " ")
  }

  private func describe(_ population: Population) -> String {
    let names = population.bindings.map { binding($0).name } + population.properties.map { "." + $0 }
    let records = population.records.prefix(6).map { id -> String in
      let object = object(id)
      return object.site.map { place($0) } ?? object.path ?? ""
    }
    return
      "\(names.joined(separator: " ")): \(population.collections.count) collections, records at \(records.joined(separator: " "))"
  }

  /// Elements that running code looks up and that no page holds and no script makes.
  public var missingElements: [(code: Code, selector: String)] {
    solver.findMissingElements().map { (facts.code($0.node), $0.selector) }.sorted { $0.code < $1.code }
  }
}
