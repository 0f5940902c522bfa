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
    case .string: return "'\(symbolNames[thing.id])'"
    }
  }

  private func variantName(_ variant: Int) -> String {
    guard variant >= 0 else { return "" }
    switch variantKeys[variant] {
    case .klass(let id): return "{\(nodeName(find(id)))}"
    case .field(let name, let string): return "{\(symbolNames[name])=\(symbolNames[string])}"
    }
  }

  func nodeName(_ id: Int) -> String {
    let node = nodes[id]
    if node.home >= 0, case .thing(let owner) = places[node.home].root, owner == .node(id) { return "#\(id)" }
    if node.home >= 0, homeDepth < 4 {
      homeDepth += 1
      defer { homeDepth -= 1 }
      return placeName(node.home)
    }
    switch node.kind {
    case .host, .element: return symbolNames[node.type]
    case .klass, .function:
      let code = facts.code(node.site)
      return code[.id]?.name ?? "function"
    default: return "#\(id)"
    }
  }

  func placeName(_ id: Int) -> String {
    let place = places[id]
    let root: String
    switch place.root {
    case .binding(let binding): root = binding >= 0 ? program.bindings[binding].name : "*"
    case .thing(let thing): root = name(of: thing)
    }
    return ([root] + place.path.map { symbolNames[$0] }).joined(separator: ".")
  }
}
