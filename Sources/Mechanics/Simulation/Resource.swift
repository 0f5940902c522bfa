/// Names of numbers that mean the lack of something.
enum Resource {
  static func isInverse(_ name: String) -> Bool {
    let text = name.lowercased()
    return ["hunger", "starv", "hambre", "faim", "fame", "空腹", "thirst"].contains { text.contains($0) }
  }
}
