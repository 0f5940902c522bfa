import Ingest
import JavaScriptSyntax
import MarkupSyntax
import Program
import SourceText
import StyleSyntax

/// What is unfinished and a visitor could meet, or ships by mistake.
struct Leftovers: Mechanic {
  static let id = "leftover"
  static let examples: [Example] = [
    .found("<p>Lorem ipsum dolor sit amet</p>", ["kind": .word("placeholder-text")]),
    .found("<p>Grade: TBD</p>", ["kind": .word("placeholder-text")]),
    .absent("<p>I build looms.</p>"),
    .found("<p>a</p><!-- TODO: write -->", ["kind": .word("todo")]),
    .found("<script>// FIXME later\nlet a = 1</script>", ["kind": .word("todo")]),
    .absent("<script>let todo = 'TODO'</script>"),
    .found("<script>console.log(1)</script>", ["kind": .word("debug-output")]),
    .refused("<script>function f(){console.log(1)}</script>", ["kind": .word("debug-output")]),
    .absent("<script>try{f()}catch(e){console.error(e)}</script>", ["kind": .word("debug-output")]),
    .found("<a href=#>more</a>", ["kind": .word("dead-link")]),
    .absent("<a href=# id=m>more</a><script>m.onclick=()=>alert(1)</script>", ["kind": .word("dead-link")]),
    .found("<img src=nowhere.png alt=x>", ["kind": .word("missing-file")]),
    .absent("<img src=https://ada.dev/a.png alt=x>"),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    return placeholders(view) + notes(view) + output(view) + links(scene, view) + missing(scene, view)
  }

  private static func finding(_ kind: String, _ evidence: Evidence) -> Finding {
    Finding(id, .found, facts: ["kind": .word(kind)], evidence: [evidence])
  }

  // MARK: Filler

  private static func placeholders(_ view: PageView) -> [Finding] {
    var result: [Finding] = []
    let silent: Set<String> = ["script", "style", "template", "html", "body", "head", "noscript"]
    for element in view.visible where !silent.contains(view.elements[element].name) {
      let stored = view.elements[element]
      if stored.name == "a" || stored.name == "img" {
        let address = stored.attribute("href") ?? stored.attribute("src") ?? ""
        if PlaceholderText.isFillerAddress(address) && !address.contains("picsum") {
          result.append(
            finding("placeholder-text", view.evidence(element, "\(address) is an address of documentation")))
        }
      }
      let own = stored.children.isEmpty || stored.children.allSatisfy { view.text(of: $0).utf8.count < 60 }
      guard own, PlaceholderText.isFiller(view.text(of: element).lowercased()) else { continue }
      if stored.children.contains(where: { PlaceholderText.isFiller(view.text(of: $0).lowercased()) }) { continue }
      result.append(finding("placeholder-text", view.evidence(element, "filler text where the real one should be")))
    }
    return result + strings(view)
  }

  private static func strings(_ view: PageView) -> [Finding] {
    var result: [Finding] = []
    for unit in view.program.units where unit.kind != .handlerAttribute {
      for index in unit.tree.nodes.indices where result.count < 20 {
        let kind = unit.tree.nodes[index].kind
        guard kind == .literal || kind == .templateLiteral || kind == .jsxText else { continue }
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        let text = code.text.lowercased()
        guard text.utf8.count > 8, text.contains("lorem ipsum") || text.contains("[your "),
          view.program.isReachable(code)
        else { continue }
        result.append(finding("placeholder-text", view.evidence(code, "filler text where the real one should be")))
      }
    }
    return result
  }

  // MARK: Notes and debugging

  private static func notes(_ view: PageView) -> [Finding] {
    var result: [Finding] = []
    func look(_ bytes: ArraySlice<UInt8>, _ file: String, _ span: ByteSpan) {
      if isNote(bytes) {
        result.append(finding("todo", Evidence(file: file, span: span, says: "a note that something is still to do")))
      }
    }
    let own = Set(view.program.project.files.filter { $0.role == .own }.map { $0.path })
    for unit in view.program.units where own.contains(unit.file) {
      for comment in unit.tree.comments {
        look(unit.tree.source[comment.span.range], unit.file, unit.fileSpan(comment.span))
      }
    }
    for (file, document) in view.program.document.pages where own.contains(file) {
      for comment in document.comments { look(document.textBytes(of: comment), file, document[comment].span) }
    }
    for (file, sheet) in view.sheets where own.contains(file) {
      for span in sheet.comments { look(sheet.source[span.range], file, span) }
    }
    return result
  }

  private static func isNote(_ bytes: ArraySlice<UInt8>) -> Bool {
    let words = bytes.split { !($0 >= 0x41 && $0 <= 0x5A || $0 >= 0x61 && $0 <= 0x7A || $0 == 0x5F) }
    return words.contains { word in
      word.elementsEqual("TODO".utf8) || word.elementsEqual("FIXME".utf8) || word.elementsEqual("XXX".utf8)
        || word.elementsEqual("HACK".utf8)
    }
  }

  private static func output(_ view: PageView) -> [Finding] {
    let own = Set(view.program.project.files.filter { $0.role == .own || $0.role == .minified }.map { $0.path })
    var result: [Finding] = []
    for unit in view.program.units where own.contains(unit.file) {
      for index in unit.tree.nodes.indices {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        if code.kind == .debuggerStatement {
          result.append(finding("debug-output", view.evidence(code, "the debugger is called")))
        }
        guard code.kind == .callExpression, let callee = code[.callee]?.unwrapped, callee.kind == .memberExpression,
          callee[.object]?.name == "console", ["log", "debug", "table", "dir"].contains(callee[.property]?.name ?? "")
        else { continue }
        if view.program.isReachable(code) {
          result.append(finding("debug-output", view.evidence(code, "writes to the console")))
        } else {
          result.append(
            Finding(
              id, .refused, facts: ["kind": .word("debug-output")],
              evidence: [view.evidence(code, "would write to the console")],
              reason: "nothing reaches it"))
        }
      }
    }
    return result
  }

  // MARK: Links and files

  private static func links(_ scene: Scene, _ view: PageView) -> [Finding] {
    let resolver = scene.shared(LinkResolver.self)
    return view.visible.filter { view.elements[$0].name == "a" }.flatMap { element -> [Finding] in
      resolver.addresses(of: element).prefix(64).compactMap { address in
        let target = resolver.target(of: address, in: view.elements[element].file)
        guard target.leads == "nowhere", !resolver.isHandled(element) else { return nil }
        return finding("dead-link", view.evidence(element, "a link that does nothing"))
      }
    }
  }

  private static func missing(_ scene: Scene, _ view: PageView) -> [Finding] {
    let resolver = scene.shared(LinkResolver.self)
    var result: [Finding] = []
    var known: Set<String> = []
    for file in scene.program.missingFiles where known.insert(file.address).inserted {
      if file.address.hasPrefix("node:") { continue }
      result.append(
        finding("missing-file", Evidence(file: file.file, span: file.span, says: "\(file.address) is not there")))
    }
    let isFile: Set<String> = ["src", "href", "poster", "data", "data-src"]
    let loads: Set<String> = ["img", "source", "video", "audio", "link", "a", "iframe", "object", "embed", "script"]
    for element in view.visible where loads.contains(view.elements[element].name) {
      let stored = view.elements[element]
      for (name, value) in stored.attributes where isFile.contains(name) {
        guard let value, isLocalFile(value), known.insert(value).inserted else { continue }
        if stored.name == "link",
          ["preconnect", "dns-prefetch", "canonical", "alternate"].contains(stored.attribute("rel") ?? "")
        {
          continue
        }
        let address = String(value.prefix { $0 != "?" && $0 != "#" })
        if !resolver.holds(address, from: stored.file) {
          result.append(finding("missing-file", view.evidence(element, "\(value) is not there")))
        }
      }
    }
    for (file, sheet) in view.sheets {
      for reference in sheet.references where isLocalFile(reference.address) && known.insert(reference.address).inserted
      {
        let address = String(reference.address.prefix { $0 != "?" && $0 != "#" })
        if !resolver.holds(address, from: file) {
          result.append(
            finding(
              "missing-file", Evidence(file: file, span: reference.span, says: "\(reference.address) is not there")))
        }
      }
    }
    return result
  }

  /// Whether an address names a file of the project: relative or absolute on this host, with an ending.
  private static func isLocalFile(_ address: String) -> Bool {
    let text = address.trimmed
    if text.isEmpty || text.hasPrefix("#") || text.hasPrefix("//") || text.contains("{") || text.contains("\u{1}") {
      return false
    }
    let path = text.prefix { $0 != "?" && $0 != "#" }
    if path.contains(":") { return false }
    let name = path.split(separator: "/").last ?? ""
    return name.contains(".") && !name.hasPrefix(".")
  }
}
