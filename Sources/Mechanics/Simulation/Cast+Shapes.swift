import JavaScriptSyntax
import Program

/// How the bodies of a game come to be seen.
extension Cast {
  private static let shapes = [
    "Mesh", "Group", "Object3D", "Sprite", "Points", "Line", "Box", "Sphere", "TransformNode", "Model", "Cylinder",
    "Image",
    "Graphics", "Container", "Plane", "Entity", "Node", "clone",
  ]

  /// Whether members are objects of a scene or have one.
  func hasShape(_ entity: Entity) -> Bool { !shapeFields(of: entity).isEmpty }

  /// The properties of members that hold an object of a scene; -1 when members are such objects themselves.
  private func shapeFields(of entity: Entity) -> Set<Int> {
    guard case .members(let list, let variant) = entity.kind else { return [] }
    var result: Set<Int> = []
    for id in tracer.memberNodes(of: list, variant: variant) {
      if isShape(id) { result.insert(-1) }
      for (name, value) in tracer.nodes[id].fields
      where value.things.contains(where: { $0.tag == .node && isShape(tracer.find($0.id)) }) { result.insert(name) }
    }
    return result
  }

  private func isShape(_ id: Int) -> Bool {
    let node = tracer.nodes[id]
    guard node.kind == .host || node.kind == .record && node.type >= 0, node.type >= 0 else { return false }
    let type = tracer.symbolNames[node.type]
    let last = type.split(whereSeparator: { $0 == "." || $0 == ":" }).last.map(String.init) ?? type
    if ["Geometry", "Material", "Vector", "Color", "Sound", "Audio", "Loader", "Light"].contains(where: {
      last.contains($0)
    }) {
      return false
    }
    return Self.shapes.contains { last.hasPrefix($0) || last.hasSuffix($0 + "#") }
  }

  /// Whether a place belongs to the shape of a member or to what its shape is placed by.
  func isOfShape(_ place: Int, _ entity: Entity) -> Bool {
    let fields = shapeFields(of: entity)
    let stored = index.place(place)
    if fields.contains(-1) { return true }
    if let first = stored.path.first, fields.contains(first) { return true }
    let wanted = index.canonical(place)
    return drawn.contains { other in
      let shown = index.place(other)
      return index.canonical(other) == wanted
        || shown.root == stored.root && (stored.path.starts(with: shown.path) || shown.path.starts(with: stored.path))
    }
  }

  /// Whether something draws members: their numbers or they themselves reach a call, an array of numbers or an element.
  func isDrawn(_ entity: Entity) -> Bool {
    if let known = drawnCache[entity] { return known }
    let found = tracer.effects.contains { effect in
      switch effect.kind {
      case .call:
        return isStatement(index.code(effect))
          && (effect.arguments.contains { shows($0, entity) } || shows(effect.value, entity))
      case .elementWrite: return shows(effect.value, entity) && !isOwnList(effect.target, entity)
      case .write:
        guard case .thing(let root) = index.place(effect.target).root, root.tag == .node else { return false }
        let kind = tracer.nodes[tracer.find(root.id)].kind
        return (kind == .element || kind == .host) && shows(effect.value, entity)
      default: return false
      }
    }
    drawnCache[entity] = found
    return found
  }

  /// Whether a call stands by itself, so that what it does rather than what it gives counts.
  private func isStatement(_ call: Code) -> Bool {
    var next = call
    var turns = 0
    while let parent = next.parent, turns < 12 {
      switch parent.kind {
      case .expressionStatement: return true
      case .sequenceExpression, .arrowFunctionExpression: return true
      case _ where parent.unwrapped != parent, .logicalExpression, .conditionalExpression, .unaryExpression:
        next = parent
      case .memberExpression:
        // `g.circle(x, y, r).fill(c)`
        guard let outer = parent.parent, outer.kind == .callExpression else { return false }
        next = outer
      default: return false
      }
      turns += 1
    }
    return false
  }

  private func isOwnList(_ list: Int, _ entity: Entity) -> Bool { tracer.find(list) == entity.list }

  private func shows(_ value: Value, _ entity: Entity) -> Bool {
    value.things.contains { self.entity(of: $0).map { $0.list == entity.list } ?? false }
      || index.expand(value.deps).contains { dep in
        guard case .thing(let root) = tracer.places[dep].root, root.tag == .member else { return false }
        return tracer.find(root.id) == entity.list
      }
  }
}
