import Program

/// Something that acts in a world: one kind of member of a list, or a single record.
struct Entity: Hashable, Comparable {
  enum Kind: Hashable {
    /// The members of a list.
    case members(list: Int, variant: Int)
    /// A single record or element, by the place that leads to it.
    case single(Int)
  }

  var kind: Kind

  static func members(_ list: Int, _ variant: Int = -1) -> Entity {
    Entity(kind: .members(list: list, variant: variant))
  }
  static func single(_ place: Int) -> Entity { Entity(kind: .single(place)) }

  var list: Int? {
    if case .members(let list, _) = kind { return list }
    return nil
  }

  /// Whether two entities are the same, or one stands for all kinds in the list of the other.
  func covers(_ other: Entity?) -> Bool {
    guard let other else { return false }
    if self == other { return true }
    guard case .members(let list, let variant) = kind, case .members(let otherList, let otherVariant) = other.kind
    else {
      return false
    }
    return list == otherList && (variant < 0 || otherVariant < 0)
  }

  private var order: (Int, Int, Int) {
    switch kind {
    case .members(let list, let variant): (0, list, variant)
    case .single(let place): (1, place, 0)
    }
  }

  static func < (left: Entity, right: Entity) -> Bool { left.order < right.order }
}

/// Names that bodies are placed by.
enum PositionNames {
  static let coordinates: Set<String> = [
    "x", "y", "z", "px", "py", "pz", "cx", "cy", "cz", "posX", "posY", "posZ", "xPos", "yPos", "zPos", "left", "top",
    "lane", "row",
    "col", "column", "gridX", "gridY", "lat", "lng", "lon",
  ]
  static let vectors: Set<String> = [
    "position", "pos", "location", "loc", "coords", "translation", "center", "centre", "p",
  ]
  static let velocities: Set<String> = [
    "vx", "vy", "vz", "dx", "dy", "dz", "velocity", "vel", "speed", "heading", "dir", "direction", "angle", "acc",
    "velocityX", "velocityY",
  ]
}
