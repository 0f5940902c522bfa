import Ingest
import Program

/// Whether the project holds a file that a script asks for.
enum ProjectPaths {
  static func isLocal(_ path: String) -> Bool {
    !path.hasPrefix("http:") && !path.hasPrefix("https:") && !path.hasPrefix("//") && !path.hasPrefix("data:")
      && !path.hasPrefix("blob:")
  }

  static func exists(_ path: String, _ world: World) -> Bool {
    let project = world.tracer.program.project
    var clean = path.prefix { $0 != "?" && $0 != "#" }
    while clean.hasPrefix("./") { clean = clean.dropFirst(2) }
    while clean.hasPrefix("../") { clean = clean.dropFirst(3) }
    while clean.hasPrefix("/") { clean = clean.dropFirst() }
    func holds(_ other: String) -> Bool { other == clean || other.hasSuffix("/" + clean) }
    return project.otherPaths.contains(where: holds) || project.files.contains { holds($0.path) }
  }
}
