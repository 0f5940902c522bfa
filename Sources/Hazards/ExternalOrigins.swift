import Ingest
import JavaScriptSyntax
import MarkupSyntax
import Program
import SourceText
import StyleSyntax

/// Hosts that a project loads from or sends to; links that a person follows are none of them.
enum ExternalOrigins {
  static func find(in program: ProgramModel) -> [Hazard] {
    let vendored = Set(program.project.files.filter { $0.role == .vendored }.map { $0.path })
    var search = OriginSearch()
    for (file, document) in program.document.pages where !vendored.contains(file) { search.read(document, file) }
    for file in program.project.files where file.kind == .css && file.role != .vendored {
      search.read(parseStyleSheet(file.bytes).tree, file.path)
    }
    for element in program.document.elements where !vendored.contains(element.file) { search.read(element) }
    for unit in program.units where !vendored.contains(unit.file) { search.read(unit, program) }
    return search.hazards
  }

  /// The origin of an absolute address on the web, in small letters: `https://cdn.example:8080`; `nil` for any other address.
  static func origin(of address: String) -> String? {
    let text = address.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    let lowered = text.prefix(12).lowercased()
    guard let scheme = ["https:", "http:", "wss:", "ws:", "//"].first(where: { lowered.hasPrefix($0) }) else {
      return nil
    }
    let rest = text.dropFirst(scheme.count).drop { $0 == "/" || $0 == "\\" }
    let authority = rest.prefix { !"/\\?# \t\n".contains($0) && $0 != "\u{1}" }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard !host.isEmpty, host.utf8.count <= 300 else { return nil }
    return (scheme == "//" ? "https:" : scheme) + "//" + host.lowercased()
  }
}

private struct OriginSearch {
  var hazards: [Hazard] = []

  private mutating func add(_ address: String, _ file: String, _ span: ByteSpan, _ does: String) {
    guard let origin = ExternalOrigins.origin(of: address) else { return }
    hazards.append(Hazard(.origin, origin, file: file, span: span, says: "\(does) \(origin)"))
  }

  // MARK: Pages

  mutating func read(_ document: Document, _ file: String) {
    let page = Page(document)
    for link in page.links where link.purpose != .navigation && link.purpose != .metadata {
      add(link.reference.written, file, link.reference.span, link.purpose == .submission ? "sends to" : "loads from")
    }
    for script in page.scripts where script.kind == .importMap {
      guard let content = script.content else { continue }
      for entry in page.importMap.imports + page.importMap.scopes.flatMap({ $0.imports }) {
        guard let address = entry.address else { continue }
        add(address, file, place(of: address, in: document.source, content), "loads modules from")
      }
    }
    for style in page.styles {
      guard let content = style.content else { continue }
      read(parseStyleSheet(document.source, in: content.range).tree, file)
    }
    for code in page.styleAttributes where code.text.contains("url") {
      let sheet = parseStyleSheet(Array("a{\(code.text)}".utf8)).tree
      for reference in sheet.references { add(reference.address, file, code.span, "loads from") }
    }
  }

  /// Where an address stands in an import map; the whole map when it is written with escapes.
  private func place(of address: String, in source: [UInt8], _ content: ByteSpan) -> ByteSpan {
    let wanted = Array(address.utf8)
    let range = content.range
    guard !wanted.isEmpty, range.upperBound <= source.count, wanted.count <= range.count else { return content }
    var index = range.lowerBound
    while index + wanted.count <= range.upperBound {
      if source[index] == wanted[0], source[index..<(index + wanted.count)].elementsEqual(wanted) {
        return ByteSpan(index, index + wanted.count)
      }
      index += 1
    }
    return content
  }

  mutating func read(_ sheet: StyleSheet, _ file: String) {
    for reference in sheet.references { add(reference.address, file, reference.span, "loads from") }
  }

  // MARK: Elements that scripts make

  private static let loading: [String: Set<String>] = [
    "script": ["src"], "img": ["src", "srcset"], "iframe": ["src"], "video": ["src", "poster"], "audio": ["src"],
    "source": ["src", "srcset"], "track": ["src"], "embed": ["src"], "object": ["data"], "link": ["href"],
    "image": ["href", "xlink:href"], "use": ["href", "xlink:href"], "input": ["src"], "form": ["action"],
  ]

  mutating func read(_ element: DOMElement) {
    if case .page = element.source { return }
    guard let names = Self.loading[element.name] else { return }
    for (name, value) in element.attributes where names.contains(name) {
      add(value ?? "", element.file, element.span, element.name == "form" ? "sends to" : "loads from")
    }
  }

  // MARK: Scripts

  /// Which argument of a function or constructor of the host is an address.
  private static let addressArguments: [String: Int] = [
    "fetch": 0, "WebSocket": 0, "EventSource": 0, "Worker": 0, "SharedWorker": 0, "Request": 0, "Audio": 0,
    "importScripts": 0, "sendBeacon": 0, "open": 1, "load": 0, "loadAsync": 0, "register": 0, "addModule": 0,
  ]

  mutating func read(_ unit: Unit, _ program: ProgramModel) {
    for index in unit.tree.nodes.indices {
      let code = Code(unit: unit, node: NodeID(UInt32(index)))
      switch code.kind {
      case .importDeclaration, .exportAllDeclaration, .exportNamedDeclaration, .importExpression:
        guard let source = code[.source] else { continue }
        if let address = text(source, program) { add(address, code.file, source.span, "loads a module from") }
      case .callExpression, .newExpression: readCall(code, program)
      case .assignmentExpression: readAssignment(code, program)
      default: continue
      }
    }
  }

  private mutating func readCall(_ call: Code, _ program: ProgramModel) {
    guard let callee = call[.callee]?.unwrapped else { return }
    let name = callee.kind == .memberExpression ? program.propertyName(of: callee) ?? "" : callee.name
    guard let position = Self.addressArguments[name] else { return }
    // A function of the project that only bears the name is none of the host's.
    if callee.kind == .identifier, let binding = program.binding(of: callee), !binding.declarations.isEmpty { return }
    if name == "open", ["window", "self", "globalThis"].contains(callee[.object]?.name ?? "window") { return }
    let arguments = call.list(.arguments)
    guard position < arguments.count, let address = text(arguments[position], program) else { return }
    add(address, call.file, call.span, "loads from or sends to")
  }

  private mutating func readAssignment(_ code: Code, _ program: ProgramModel) {
    guard let left = code[.left]?.unwrapped, left.kind == .memberExpression, program.propertyName(of: left) == "src",
      let right = code[.right], let address = text(right, program)
    else { return }
    add(address, code.file, code.span, "loads from")
  }

  /// The text that an expression has, or begins with.
  private func text(_ code: Code, _ program: ProgramModel) -> String? {
    let code = code.unwrapped
    if let known = program.constant(of: code).string { return known }
    if code.kind == .templateLiteral {
      let raw = code.text.dropFirst()
      if raw.hasPrefix("${") { return code.list(.expressions).first.flatMap { text($0, program) } }
      return raw.range(ofPlaceholder: "${").map { String(raw[..<$0]) } ?? String(raw.dropLast())
    }
    if code.kind == .binaryExpression, code.detail == .add, let left = code[.left] {
      // A chain of additions leans to the left; its depth is bounded by the parser.
      var first = left.unwrapped
      while first.kind == .binaryExpression, let next = first[.left] { first = next.unwrapped }
      return program.constant(of: first).string
    }
    return nil
  }
}

extension Substring {
  /// Where the first placeholder of a template begins.
  fileprivate func range(ofPlaceholder mark: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark) { return index }
      index = self.index(after: index)
    }
    return nil
  }
}
