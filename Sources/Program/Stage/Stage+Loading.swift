import Ingest
import JavaScriptSyntax
import MarkupSyntax
import SourceText

// Loading pages.
extension Stage {
  func loadPages() {
    let documents = program.document.pages.filter { $0.file.hasSuffix(".html") || $0.file.hasSuffix(".htm") }
    var used: Set<Int> = []
    for (file, document) in documents.prefix(12) {
      guard let root = try? withSteps({ try addPage(file, document) }) else { continue }
      pages.append((file, root))
      page = pages.count - 1
      load(file, document, &used)
    }
    loadWithoutScripts(&used)
    parsedUpTo = nil
  }

  private func withSteps<Result>(_ body: () throws -> Result) throws -> Result {
    steps = Stage.loadBudget
    depth = 0
    return try body()
  }

  /// Makes the page of a node the one that scripts see.
  func usePage(of node: Int) {
    var next: Int? = node
    while let current = next {
      if nodes[current].name == "#document", let index = pages.firstIndex(where: { $0.root == current }), index != page,
        index < globals.count
      {
        page = index
        (global, hosts, windowListeners) = (globals[index].scope, globals[index].hosts, globals[index].listeners)
        (modules, exports, stars) = (globals[index].modules, globals[index].exports, globals[index].stars)
      }
      next = nodes[current].parent
    }
  }

  private func begin() {
    cause = .load
    clock = 0
    tasks = []
    windowListeners = []
    context.isLoading = true
    currentTurn = 0
    global = makeScope(nil, isFunction: true)
    modules = [:]
    exports = [:]
    stars = [:]
    hosts = [:]
    elementClasses = [:]
    roots = []
  }

  private func load(_ file: String, _ document: Document, _ used: inout Set<Int>) {
    begin()
    pageEnd = nodes.count
    var deferred: [Int] = []
    for node in inside(pages[page].root) where nodes[node].name == "script" {
      guard let unit = unit(of: node, in: file, document) else { continue }
      used.insert(unit.number)
      if unit.isDeferred {
        deferred.append(unit.number)
      } else {
        parsedUpTo = node
        runUnit(unit.number)
      }
    }
    parsedUpTo = nil
    for number in deferred { runUnit(number) }
    finishLoading()
  }

  func finishLoading() {
    context.isLoading = false
    task(Stage.loadBudget) {
      try self.dispatch("readystatechange", on: self.root)
      try self.dispatch("DOMContentLoaded", on: self.root)
      return .undefined
    }
    for listener in windowListeners where listener.event == "load" || listener.event == "pageshow" {
      task(Stage.loadBudget) {
        try self.call(listener.function, this: .undefined, [.object(self.record([("type", .string("load"))]))])
      }
    }
    renderRoots()
    advance(6_000)
    while globals.count < page { globals.append(StagePage(scope: global)) }
    var own = StagePage(scope: global)
    (own.hosts, own.listeners) = (hosts, windowListeners)
    (own.modules, own.exports, own.stars) = (modules, exports, stars)
    if globals.count == page { globals.append(own) } else { globals[page] = own }
  }

  func runUnit(_ number: Int) {
    let unit = program.units[number]
    task(Stage.loadBudget) {
      if unit.kind == .module || unit.kind == .component {
        try self.load(unit: number)
      } else {
        let statements = unit.root.list(.body)
        self.hoist(statements, self.global)
        _ = try self.run(statements, self.global)
      }
      return .undefined
    }
  }

  /// The unit of a script element, and whether it waits for the end of the page.
  private func unit(of node: Int, in file: String, _ document: Document) -> (number: Int, isDeferred: Bool)? {
    guard case .page(_, let element) = nodes[node].origin else { return nil }
    let isModule = nodes[node].attribute("type")?.lowercased() == "module"
    if let address = nodes[node].attribute("src") {
      guard case .file(let path) = paths.resolve(address, from: file, isPage: true),
        let unit = program.units.first(where: {
          $0.file == path && $0.offset == 0 && ($0.kind == .classicScript || $0.kind == .module)
        })
      else { return nil }
      let waits = isModule || nodes[node].hasAttribute("defer") || nodes[node].hasAttribute("async")
      return (unit.id, waits)
    }
    guard let span = document.contentSpan(of: element),
      let unit = program.units.first(where: {
        $0.file == file && $0.offset == Int(span.start) && ($0.kind == .classicScript || $0.kind == .module)
      })
    else { return nil }
    let type = nodes[node].attribute("type") ?? ""
    return (unit.id, isModule || type.contains("babel"))
  }

  /// Scripts that a build puts into the page: the program's entries, or the pages that a framework routes to.
  private func loadWithoutScripts(_ used: inout Set<Int>) {
    let entries = program.units.filter { unit in
      unit.kind == .module && !used.contains(unit.id) && program.isReachable(unit.root)
    }
    guard used.isEmpty, !entries.isEmpty else { return }
    if pages.isEmpty {
      let document = parseHTML(Array("<!doctype html><body><div id=root></div><div id=app></div></body>".utf8)).tree
      guard let made = try? withSteps({ try addPage("", document) }) else { return }
      for node in inside(made) { nodes[node].origin = .code(nil) }
      pages.append((entries[0].file, made))
    }
    page = pages.count - 1
    begin()
    let routed = entries.filter { Loader.isRoutedPage($0.file) }
    if routed.isEmpty {
      let names = ["main", "index", "app", "App", "script"]
      let first =
        names.lazy.compactMap { name in
          entries.first { ($0.file.split(separator: "/").last?.prefix { $0 != "." }).map(String.init) == name }
        }.first ?? entries[0]
      runUnit(first.id)
    } else {
      renderRouted(routed)
    }
    finishLoading()
  }

  /// The pages of a framework, each inside the layouts above it.
  private func renderRouted(_ units: [Unit]) {
    guard let body = inside(root).first(where: { nodes[$0].name == "body" }) else { return }
    func stem(_ unit: Unit) -> String { String((unit.file.split(separator: "/").last ?? "").prefix { $0 != "." }) }
    let layouts = units.filter {
      ["layout", "_app", "+layout", "_document"].contains(stem($0)) && stem($0) != "_document"
    }
    .sorted { $0.file.utf8.count > $1.file.utf8.count }
    for unit in units.sorted(by: { $0.file.utf8.count < $1.file.utf8.count }).prefix(12) {
      guard !["layout", "_app", "+layout", "_document", "template"].contains(stem(unit)), !unit.file.contains("/api/")
      else { continue }
      task(Stage.loadBudget) {
        try self.load(unit: unit.id)
        var value = self.element(try self.export("default", of: unit.id), self.record(), [], at: unit.root)
        for layout in layouts where self.isAbove(layout.file, unit.file) {
          try self.load(unit: layout.id)
          let type = try self.export("default", of: layout.id)
          let props = self.record()
          if stem(layout) == "_app" {
            props["Component"] = value.object?["type"] ?? .undefined
            props["pageProps"] = .object(self.record())
            value = self.element(type, props, [], at: layout.root)
          } else {
            value = self.element(type, props, [value], at: layout.root)
          }
        }
        let holder = try self.makeNode("div")
        try self.insert([holder], into: body)
        self.roots.append(StageRoot(container: holder, value: value, path: "p\(self.roots.count)"))
        return .undefined
      }
    }
    context.isDirty = true
    renderRoots()
  }

  private func isAbove(_ layout: String, _ page: String) -> Bool {
    let folder = PathTable.folder(of: layout)
    return folder.isEmpty || page.hasPrefix(folder + "/")
  }
}
