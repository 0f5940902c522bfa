import Ingest
import JavaScriptSyntax
import Testing

@testable import Program

/// A program of the given files; a name that ends in `.html` is a page.
func program(_ files: [String: String], others: [String] = [], steps: Int? = nil) -> ProgramModel {
  let made = files.sorted { $0.key < $1.key }.map { path, text in
    ProjectFile(path: path, kind: kind(of: path), bytes: Array(text.utf8))
  }
  return ProgramModel(project: Project(path: "test", files: made, otherPaths: others), steps: steps)
}

/// A program of one page that holds a script.
func page(_ script: String, body: String = "") -> ProgramModel {
  program(["index.html": "<!doctype html><html><body>\(body)<script>\(script)</script></body></html>"])
}

private func kind(of path: String) -> ProjectFile.Kind {
  if path.hasSuffix(".html") { return .html }
  if path.hasSuffix(".css") { return .css }
  if path.hasSuffix(".json") { return .json }
  if path.hasSuffix(".vue") { return .vue }
  if path.hasSuffix(".svelte") { return .svelte }
  return path.hasSuffix(".ts") || path.hasSuffix(".tsx") ? .typeScript : .javaScript
}

extension ProgramModel {
  /// The function with a name, or that is given to a variable or property of that name.
  func function(_ name: String) -> Code? {
    for unit in units {
      for code in unit.root.descendants where code.kind.isFunction && label(code) == name { return code }
    }
    return nil
  }

  /// The first identifier, member expression or other node whose text is the given one, from the end of the text.
  func last(_ text: String, _ kind: NodeKind? = nil) -> Code? {
    for unit in units.reversed() {
      let found = unit.root.descendants.reversed().first { $0.text == text && (kind == nil || $0.kind == kind) }
      if let found { return found }
    }
    return nil
  }

  func runs(_ name: String) -> Bool { function(name).map { isReachable($0) } ?? false }
}
