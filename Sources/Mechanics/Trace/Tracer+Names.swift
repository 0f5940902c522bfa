import JavaScriptSyntax
import Program

extension Tracer {
  /// A thing in words, for reports and for those who look for faults.
  func name(of thing: Thing) -> String {
    switch thing.tag {
    case .node: return nodeName(find(thing.id))
    case .member: return "\(nodeName(find(thing.id)))[]" + variantName(thing.variant)
    case .view: return nodeName(find(thing.id)) + variantName(thing.variant)
    case .place: return placeName(thing.id)
    case .string: return "'\(symbolName(thing.id))'"
    }
  }

  /// The text of a symbol; computed keys and untyped hosts have none.
  private func symbolName(_ symbol: Int) -> String {
    symbolNames.indices.contains(symbol) ? symbolNames[symbol] : "*"
  }

  private func variantName(_ variant: Int) -> String {
    guard variantKeys.indices.contains(variant) else { return "" }
    switch variantKeys[variant] {
    case .klass(let id): return "{\(nodeName(find(id)))}"
    case .field(let name, let string): return "{\(symbolName(name))=\(symbolName(string))}"
    }
  }

  func nodeName(_ id: Int) -> String {
    guard nodes.indices.contains(id) else { return "#\(id)" }
    let node = nodes[id]
    if places.indices.contains(node.home), case .thing(let owner) = places[node.home].root, owner == .node(id) {
      return "#\(id)"
    }
    if places.indices.contains(node.home), homeDepth < 4 {
      homeDepth += 1
      defer { homeDepth -= 1 }
      return placeName(node.home)
    }
    switch node.kind {
    case .host, .element: return symbolName(node.type)
    case .klass, .function:
      let code = facts.code(node.site)
      return code[.id]?.name ?? "function"
    default: return "#\(id)"
    }
  }

  func placeName(_ id: Int) -> String {
    guard places.indices.contains(id) else { return "*" }
    let place = places[id]
    let root: String
    switch place.root {
    case .binding(let binding): root = program.bindings.indices.contains(binding) ? program.bindings[binding].name : "*"
    case .thing(let thing): root = name(of: thing)
    }
    return ([root] + place.path.map { symbolName($0) }).joined(separator: ".")
  }
}
