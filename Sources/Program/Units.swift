import Ingest
import JavaScriptSyntax
import MarkupSyntax
public import SourceText

/// A file that the project refers to and does not hold.
public struct MissingFile: Hashable, Sendable {
  /// The file that refers to it.
  public let file: String
  /// Where.
  public let span: ByteSpan
  /// The address as written.
  public let address: String
}

/// A library that the project uses and that is not its own work.
public struct LibraryUse: Hashable, Sendable {
  /// The package, such as `three`.
  public let package: String
  /// The address or specifier as written.
  public let address: String
  /// The file that refers to it.
  public let file: String
  /// Where.
  public let span: ByteSpan
}

/// Finds the units of a project: what its pages load, and what that imports.
struct Loader {
  let project: Project
  private(set) var units: [Unit] = []
  let links = ModuleLinks()
  let document = DocumentModel()
  /// The units that the host runs by itself, in order.
  var entries: [Int] = []
  /// Units that stand in markup made by strings, by the number of the string's node.
  private(set) var markupUnits: [UInt32: [Int]] = [:]
  var missing: [MissingFile] = []
  var libraries: [LibraryUse] = []
  var diagnostics: [FileDiagnostic] = []
  /// Components whose templates or pages the host renders by itself.
  private var files: [String: Int] = [:]
  private var unitOfFile: [String: Int] = [:]
  private var pending: [Int] = []
  private var nextBase = 0
  private var nextRealm = 1
  var paths: PathTable
  /// Bytes that may still be parsed.
  private var budget = 24_000_000

  init(_ project: Project) {
    self.project = project
    for (index, file) in project.files.enumerated() where files[file.path] == nil { files[file.path] = index }
    paths = PathTable(project)
  }

  mutating func run() {
    for file in project.files where file.kind == .html { loadPage(file) }
    if !units.contains(where: { $0.kind == .classicScript || $0.kind == .module }) { loadWithoutPages() }
    scanPending()
    links.prepare(units)
  }

  // MARK: Units

  @discardableResult
  mutating func addUnit(
    _ kind: Unit.Kind, file: String, offset: Int, text: [UInt8], options: ParseOptions, eventName: String? = nil,
    elementIndex: Int? = nil, owner: Int? = nil, origin: UInt32? = nil, realm: Int = 0
  ) -> Int? {
    guard budget >= text.count else {
      diagnostics.append(
        FileDiagnostic(
          file: file,
          diagnostic: Diagnostic(
            .warning, at: ByteSpan(offset, offset + text.count), "more script than is analysed; this part was left out")
        ))
      return nil
    }
    budget -= text.count
    let parsed = parse(text, options: options)
    for diagnostic in parsed.diagnostics {
      var moved = diagnostic
      moved.span = diagnostic.span.shifted(by: offset)
      diagnostics.append(FileDiagnostic(file: file, diagnostic: moved))
    }
    let unit = Unit(
      id: units.count, kind: kind, file: file, offset: offset, tree: parsed.tree, eventName: eventName,
      elementIndex: elementIndex, owner: owner, origin: origin, realm: realm, base: nextBase)
    nextBase += parsed.tree.nodes.count
    units.append(unit)
    pending.append(unit.id)
    return unit.id
  }

  mutating func addFile(_ path: String, kind: Unit.Kind, realm: Int = 0) -> Int? {
    let key = realm == 0 ? path : "\(realm) \(path)"
    if let known = unitOfFile[key] { return known }
    guard let index = files[path] else { return nil }
    let file = project.files[index]
    if file.kind == .vue || file.kind == .svelte { return addComponent(file) }
    if file.kind == .json { return addData(file, key) }
    let language = Self.language(of: path)
    let goal: ParseOptions.Goal =
      kind == .classicScript || kind == .worker ? .unambiguous : kind == .commonJS ? .script : .module
    let unit = addUnit(
      kind, file: path, offset: 0, text: file.bytes, options: ParseOptions(language: language, goal: goal),
      realm: realm)
    if let unit { unitOfFile[key] = unit }
    return unit
  }

  /// A file of data that a script imports is a module that exports it by default.
  private mutating func addData(_ file: ProjectFile, _ key: String) -> Int? {
    let head = Array("export default ".utf8)
    guard JSONValue(file.bytes) != nil else { return nil }
    let unit = addUnit(
      .module, file: file.path, offset: -head.count, text: head + file.bytes,
      options: ParseOptions(language: .jsx, goal: .module))
    if let unit { unitOfFile[key] = unit }
    return unit
  }

  static func language(of path: String) -> Language {
    if path.hasSuffix(".tsx") { return .tsx }
    if path.hasSuffix(".ts") || path.hasSuffix(".mts") || path.hasSuffix(".cts") { return .typeScript }
    return .jsx
  }

  // MARK: Handlers

  func isVendored(_ path: String) -> Bool {
    guard let index = files[path] else { return true }
    return project.files[index].role == .vendored
  }

  mutating func loadHandlers(_ element: ElementID, _ page: Document, _ file: ProjectFile) {
    for attribute in page.attributes(of: element) {
      let name = page.name(of: attribute)
      let value = page.valueBytes(of: attribute)
      guard let (kind, event, text) = Self.handler(name, value) else { continue }
      let number = document.element(element, in: file.path)
      let unit = addUnit(
        kind, file: file.path, offset: Int(attribute.valueSpan.start) + value.count - text.count, text: text,
        options: Self.handlerOptions, eventName: event, elementIndex: number)
      if let unit { entries.append(unit) }
    }
  }

  private static let handlerOptions = ParseOptions(language: .javaScript, goal: .script)

  /// Whether an attribute holds script, and which: the kind of unit, the event, the text.
  static func handler(_ name: String, _ value: ArraySlice<UInt8>) -> (Unit.Kind, String?, [UInt8])? {
    if name.hasPrefix("on"), name.utf8.count > 3, !value.isEmpty {
      if value.first == 0x7B, value.last == 0x7D {
        return (.templateExpression, String(name.dropFirst(2)), Array(value.dropFirst().dropLast()))
      }
      if name.hasPrefix("on:") { return nil }
      return (.handlerAttribute, String(name.dropFirst(2)), Array(value))
    }
    if name == "href" || name == "action" || name == "formaction" || name == "src" {
      let mark = Array("javascript:".utf8)
      guard value.count > mark.count, value.prefix(mark.count).map({ $0 | 0x20 }).elementsEqual(mark.map { $0 | 0x20 })
      else { return nil }
      return (.scriptAddress, "click", Array(value.dropFirst(mark.count)))
    }
    for prefix in ["@", "x-on:", "v-on:", "on:"] where name.hasPrefix(prefix) && !value.isEmpty {
      let event = name.dropFirst(prefix.utf8.count).prefix { $0 != "." && $0 != "|" }
      let text = value.first == 0x7B ? value.dropFirst().dropLast() : value
      return (.templateExpression, String(event), Array(text))
    }
    if ["x-data", "x-init", "x-effect", "x-text", "x-show", "x-html", "x-model", "v-if", "v-show", "v-model", "v-text"]
      .contains(name) || name.hasPrefix(":") || name.hasPrefix("x-bind:") || name.hasPrefix("v-bind:")
    {
      guard !value.isEmpty else { return nil }
      return (.templateExpression, nil, name == "x-data" ? [0x28] + value + [0x29] : Array(value))
    }
    return nil
  }

  // MARK: Components

  private mutating func addComponent(_ file: ProjectFile) -> Int? {
    let page = parseHTML(file.bytes).tree
    var scripts: [Int] = []
    for element in page.elements where page.isElement(element, named: "script") {
      guard let span = page.contentSpan(of: element), !span.isEmpty else { continue }
      let language: Language = page.attributeValue(element, "lang").map { $0.hasPrefix("ts") ? .tsx : .jsx } ?? .jsx
      let unit = addUnit(
        .component, file: file.path, offset: Int(span.start), text: Array(page.source[span.range]),
        options: ParseOptions(language: language, goal: .module))
      if let unit { scripts.append(unit) }
    }
    document.addPage(file.path, page)
    for element in page.elements where !page.isElement(element, named: "script") {
      addTemplateHandlers(element, page, file, owner: scripts.last)
    }
    if let first = scripts.last { unitOfFile[file.path] = first }
    return scripts.last
  }

  private mutating func addTemplateHandlers(
    _ element: ElementID, _ page: Document, _ file: ProjectFile, owner: Int?
  ) {
    for attribute in page.attributes(of: element) {
      guard let (_, event, text) = Self.handler(page.name(of: attribute), page.valueBytes(of: attribute)) else {
        continue
      }
      let number = document.element(element, in: file.path)
      let unit = addUnit(
        .templateExpression, file: file.path, offset: Int(attribute.valueSpan.start), text: text,
        options: Self.handlerOptions, eventName: event, elementIndex: number, owner: owner)
      if let unit { entries.append(unit) }
    }
  }

  // MARK: Projects without pages

  private mutating func loadWithoutPages() {
    let names = [
      "src/main", "src/index", "src/app", "src/App", "main", "index", "app", "App", "script", "sketch", "game",
    ]
    var starts = paths.packageEntries.compactMap { paths.existing($0, from: "") }
    starts += names.compactMap { paths.existing($0, from: "") }
    if let first = starts.first, isScript(first) {
      if let unit = addFile(first, kind: .module) { entries.append(unit) }
    }
    for file in project.files where Self.isRoutedPage(file.path) && isScript(file.path) {
      if let unit = addFile(file.path, kind: .module), !entries.contains(unit) { entries.append(unit) }
    }
    guard entries.isEmpty else { return }
    for file in project.files where isScript(file.path) && file.role != .vendored {
      if let unit = addFile(file.path, kind: .module), !entries.contains(unit) { entries.append(unit) }
    }
  }

  private func isScript(_ path: String) -> Bool {
    guard let index = files[path] else { return false }
    switch project.files[index].kind {
    case .javaScript, .typeScript, .vue, .svelte: return !path.hasSuffix(".d.ts") && !path.contains(".config.")
    default: return false
    }
  }

  /// Whether a framework routes to a file by its place.
  static func isRoutedPage(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.prefix { $0 != "." }
    let isInApp = path.hasPrefix("app/") || path.hasPrefix("src/app/") || path.contains("/routes/")
    if isInApp, ["page", "layout", "+page", "+layout", "template"].contains(String(stem)) { return true }
    return path.hasPrefix("pages/") || path.hasPrefix("src/pages/")
  }

  // MARK: What units load

  private mutating func scanPending() {
    var index = 0
    while index < pending.count {
      scan(units[pending[index]])
      index += 1
    }
  }

  private mutating func scan(_ unit: Unit) {
    let tree = unit.tree
    for index in tree.nodes.indices {
      let node = NodeID(UInt32(index))
      switch tree.nodes[index].kind {
      case .importDeclaration, .exportNamedDeclaration, .exportAllDeclaration:
        guard !tree.nodes[index].flags.contains(.typeOnlyOrConst) else { continue }
        follow(tree.child(node, .source), in: unit, kind: .module)
      case .importExpression: follow(tree.child(node, .source), in: unit, kind: .module)
      case .tsExternalModuleReference: follow(tree.child(node, .expression), in: unit, kind: .module)
      case .callExpression: scanCall(node, in: unit)
      case .newExpression: scanNew(node, in: unit)
      case .templateLiteral: scanMarkup(node, in: unit)
      case .literal where tree.nodes[index].detail == .string: scanMarkup(node, in: unit)
      default: break
      }
    }
  }

  private mutating func scanCall(_ node: NodeID, in unit: Unit) {
    let tree = unit.tree
    let callee = tree.child(node, .callee)
    guard callee.exists, tree[callee].kind == .identifier else { return }
    switch tree.name(of: callee) {
    case "require":
      guard let first = tree.list(node, .arguments).first else { return }
      follow(first, in: unit, kind: .commonJS)
    case "importScripts":
      for argument in tree.list(node, .arguments) { follow(argument, in: unit, kind: .worker) }
    default: break
    }
  }

  private mutating func scanNew(_ node: NodeID, in unit: Unit) {
    let tree = unit.tree
    let callee = tree.child(node, .callee)
    guard callee.exists, tree[callee].kind == .identifier else { return }
    let name = tree.name(of: callee)
    guard name == "Worker" || name == "SharedWorker", var first = tree.list(node, .arguments).first, first.exists else {
      return
    }
    // `new Worker(new URL('./worker.js', import.meta.url))`
    if tree[first].kind == .newExpression, let inner = tree.list(first, .arguments).first { first = inner }
    guard first.exists, let address = tree.stringLiteral(first) else { return }
    let span = unit.fileSpan(tree[first].span)
    guard case .file(let path) = paths.resolve(address, from: unit.file, isPage: true) else {
      missing.append(MissingFile(file: unit.file, span: span, address: address))
      return
    }
    let realm = nextRealm
    nextRealm += 1
    if let worker = addFile(path, kind: .worker, realm: realm) {
      links.workers[UInt32(unit.base) + first.index] = worker
    }
  }

  private mutating func follow(_ source: NodeID, in unit: Unit, kind: Unit.Kind) {
    let tree = unit.tree
    guard source.exists, let address = tree.stringLiteral(source) else { return }
    let key = UInt32(unit.base) + source.index
    let span = unit.fileSpan(tree[source].span)
    switch paths.resolve(address, from: unit.file, isPage: kind == .worker) {
    case .file(let path):
      guard let index = files[path], isScript(path) || project.files[index].kind == .json && kind == .module else {
        links.targets[key] = .file(path)
        return
      }
      if project.files[index].role == .vendored {
        let package = Libraries.package(ofFile: path)
        libraries.append(LibraryUse(package: package, address: address, file: unit.file, span: span))
        links.targets[key] = .library(package)
      } else if let target = addFile(path, kind: kind, realm: unit.realm) {
        links.targets[key] = .unit(target)
      }
    case .library(let package):
      libraries.append(LibraryUse(package: package, address: address, file: unit.file, span: span))
      links.targets[key] = .library(package)
    case .missing:
      missing.append(MissingFile(file: unit.file, span: span, address: address))
      links.targets[key] = .missing(address)
    }
  }

  /// Makes units of the event handlers in markup that a string holds.
  private mutating func scanMarkup(_ node: NodeID, in unit: Unit) {
    let code = Code(unit: unit, node: node)
    guard unit.origin == nil, let (bytes, start) = markupBytes(of: code), Self.mayHoldHandler(bytes) else { return }
    let page = parseHTMLFragment(bytes).tree
    for element in page.elements {
      for attribute in page.attributes(of: element) {
        let value = page.valueBytes(of: attribute)
        let text = value.map { $0 == 1 ? 0x30 : $0 }
        guard let (kind, event, script) = Self.handler(page.name(of: attribute), text[...]) else { continue }
        let offset = unit.offset + start + Int(attribute.valueSpan.start)
        let made = addUnit(
          kind, file: unit.file, offset: offset, text: script, options: Self.handlerOptions, eventName: event,
          origin: UInt32(code.index))
        if let made { markupUnits[UInt32(code.index), default: []].append(made) }
      }
    }
  }

  private static func mayHoldHandler(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index + 3 < bytes.count {
      if bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x22 || bytes[index] == 0x27 {
        if bytes[index + 1] | 0x20 == 0x6F, bytes[index + 2] | 0x20 == 0x6E { return true }
        if bytes[index + 1] == 0x40 || (bytes[index + 2] == 0x2D && bytes[index + 3] == 0x6F) { return true }
      }
      if bytes[index] | 0x20 == 0x6A, bytes[index + 1] | 0x20 == 0x61, bytes[index + 2] | 0x20 == 0x76 { return true }
      index += 1
    }
    return false
  }
}
