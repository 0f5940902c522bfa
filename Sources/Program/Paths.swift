import Ingest
import JavaScriptSyntax
import MarkupSyntax
import SourceText

/// Resolves addresses and module specifiers to files of the project.
struct PathTable {
  enum Resolution {
    case file(String)
    case library(String)
    case missing
  }

  private var existing: Set<String>
  /// The import maps of the pages, with the folder of each page.
  private var importMaps: [(folder: String, map: ImportMap)] = []
  /// Prefixes that `tsconfig` and habit give.
  private var mappings: [(prefix: String, target: String)] = []
  private(set) var packageEntries: [String] = []
  private var packages: Set<String> = []

  init(_ project: Project) {
    existing = Set(project.files.map { $0.path })
    existing.formUnion(project.otherPaths)
    for file in project.files where file.kind == .json { read(file) }
    for (prefix, target) in [("@/", "src/"), ("~/", "src/"), ("@/", ""), ("~/", ""), ("$lib/", "src/lib/")] {
      mappings.append((prefix, target))
    }
  }

  private mutating func read(_ file: ProjectFile) {
    let name = file.path.split(separator: "/").last ?? ""
    let folder = Self.folder(of: file.path)
    guard name == "package.json" || name.hasPrefix("tsconfig") || name.hasPrefix("jsconfig"),
      let value = JSONValue(file.bytes)
    else { return }
    if name == "package.json" {
      for key in ["module", "main", "source", "browser"] {
        if let text = value[key]?.string { packageEntries.append(Self.join(folder, text)) }
      }
      for key in ["dependencies", "devDependencies", "peerDependencies"] {
        packages.formUnion(value[key]?.members.map { $0.0 } ?? [])
      }
      return
    }
    let options = value["compilerOptions"]
    let base = Self.join(folder, options?["baseUrl"]?.string ?? ".")
    for (pattern, targets) in options?["paths"]?.members ?? [] {
      for target in targets.elements.compactMap({ $0.string }) {
        mappings.append((Self.withoutStar(pattern), Self.join(base, Self.withoutStar(target))))
      }
    }
  }

  private static func withoutStar(_ text: String) -> String { text.hasSuffix("*") ? String(text.dropLast()) : text }

  mutating func addImportMap(_ map: ImportMap, of page: String) {
    if !map.isEmpty { importMaps.append((Self.folder(of: page), map)) }
  }

  /// What the import maps say of a specifier; `nil` when they say nothing, or name a file that is not there.
  private func resolveMapped(_ specifier: String, from file: String) -> Resolution? {
    for (folder, map) in importMaps {
      let start = folder.isEmpty ? "" : folder + "/"
      let relative = file.hasPrefix(start) ? "./" + file.dropFirst(start.utf8.count) : "/" + file
      var address = specifier
      if specifier.hasPrefix("./") || specifier.hasPrefix("../") {
        let whole = Self.join(Self.folder(of: file), specifier)
        address = whole.hasPrefix(start) ? "./" + whole.dropFirst(start.utf8.count) : "/" + whole
      }
      switch map.resolve(address, from: relative) {
      case .local(let path, _, _):
        if let found = existing(path, from: folder) ?? existing(path, from: "public/" + folder) { return .file(found) }
      case .external(_, let url):
        let isPath = specifier.hasPrefix(".") || specifier.hasPrefix("/")
        return .library(isPath ? Libraries.package(ofAddress: url) : Libraries.package(ofImport: specifier))
      case .data, .other: return .library(Libraries.package(ofImport: specifier))
      default: break
      }
    }
    return nil
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  /// A relative path made whole; `..` beyond the root stops there.
  static func join(_ folder: String, _ path: String) -> String {
    var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") {
      if part == "." { continue }
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/") + (path.hasSuffix("/") && !parts.isEmpty ? "/" : "")
  }

  private static let endings = [
    "", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".vue", ".svelte", ".json", "/index.ts", "/index.tsx",
    "/index.js", "/index.jsx", "/index.mjs",
  ]

  /// The file that a path without ending means.
  func existing(_ path: String, from folder: String) -> String? {
    let whole = Self.join(folder, path)
    for ending in Self.endings where existing.contains(whole + ending) { return whole + ending }
    for (written, real) in [(".js", ".ts"), (".js", ".tsx"), (".jsx", ".tsx"), (".mjs", ".mts")]
    where whole.hasSuffix(written) {
      let other = whole.dropLast(written.utf8.count) + real
      if existing.contains(String(other)) { return String(other) }
    }
    return nil
  }

  func resolve(_ address: String, from file: String, isPage: Bool) -> Resolution {
    let clean = String(address.prefix { $0 != "?" && $0 != "#" })
    if Self.isRemote(address) { return .library(Libraries.package(ofAddress: address)) }
    if !isPage, let mapped = resolveMapped(clean, from: file) { return mapped }
    if !isPage || clean.hasPrefix("@") {
      for (prefix, target) in mappings {
        guard clean == prefix || (prefix.hasSuffix("/") || prefix.isEmpty) && clean.hasPrefix(prefix) else { continue }
        if let found = existing(target + clean.dropFirst(prefix.utf8.count), from: "") { return .file(found) }
      }
    }
    let folder = Self.folder(of: file)
    let isRelative = clean.hasPrefix(".") || clean.hasPrefix("/")
    if isPage || isRelative {
      if let found = existing(clean, from: folder) { return .file(found) }
      if clean.hasPrefix("/") {
        for root in ["public", "static", Self.folder(of: file), "src"] {
          if let found = existing(String(clean.dropFirst()), from: root) { return .file(found) }
        }
      }
      return .missing
    }
    if packages.contains(Libraries.package(ofImport: clean)) { return .library(Libraries.package(ofImport: clean)) }
    if let found = existing(clean, from: "src") ?? existing(clean, from: ""), found.contains("/") {
      return .file(found)
    }
    return .library(Libraries.package(ofImport: clean))
  }

  private static func isRemote(_ address: String) -> Bool {
    address.hasPrefix("//") || address.hasPrefix("http:") || address.hasPrefix("https:") || address.hasPrefix("data:")
      || address.hasPrefix("blob:") || address.hasPrefix("npm:") || address.hasPrefix("node:")
  }
}

/// JSON read through the JavaScript parser, so that comments and trailing commas are allowed.
enum JSONValue {
  case string(String)
  case number(Double)
  case object([(String, JSONValue)])
  case array([JSONValue])
  case other

  init?(_ bytes: [UInt8]) {
    let tree = parse([0x28] + bytes + [0x29], options: ParseOptions(goal: .script)).tree
    guard let statement = tree.list(tree.root, .body).first, statement.exists else { return nil }
    let expression = tree.child(statement, .expression)
    guard expression.exists else { return nil }
    self = Self.read(expression, tree, depth: 0)
  }

  private static func read(_ node: NodeID, _ tree: SyntaxTree, depth: Int) -> JSONValue {
    guard node.exists, depth < 32 else { return .other }
    switch tree[node].kind {
    case .literal:
      if let text = tree.stringLiteral(node) { return .string(text) }
      return tree.numberLiteral(node).map { .number($0) } ?? .other
    case .arrayExpression: return .array(tree.list(node, .elements).map { read($0, tree, depth: depth + 1) })
    case .objectExpression:
      return .object(
        tree.list(node, .properties).compactMap { property in
          guard property.exists, tree[property].kind == .property,
            let name = tree.stringLiteral(tree.child(property, .key))
          else { return nil }
          return (name, read(tree.child(property, .value), tree, depth: depth + 1))
        })
    default: return .other
    }
  }

  subscript(name: String) -> JSONValue? { members.first { $0.0 == name }?.1 }

  var members: [(String, JSONValue)] {
    if case .object(let members) = self { return members }
    return []
  }

  var elements: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }

  var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }
}
