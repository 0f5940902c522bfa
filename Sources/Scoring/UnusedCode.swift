public import Density
public import Ingest
import JavaScriptSyntax
import MarkupSyntax
import Program
import SourceText
import StyleSyntax

extension UnusedCode {
  /// The size of scripts above which a project is not followed, in bytes.
  private static let largestProgram = 12_000_000

  /// Finds out what a project does not use.
  ///
  /// - Complexity: About linear in the size of the scripts, and in selectors times the elements that they may match.
  public init(_ project: Project) {
    self.init()
    let size = project.files.reduce(0) { $0 + ($1.kind == .json || $1.kind == .other ? 0 : $1.bytes.count) }
    guard size <= Self.largestProgram else { return }
    let program = ProgramModel(project: project)
    let own = Dictionary(
      project.files.filter { $0.role == .own && !$0.isLink }.map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
    functions = Self.functions(of: program, own)
    selectors = Self.selectors(of: program, own)
  }

  // MARK: Functions

  private static func functions(of program: ProgramModel, _ own: [String: ProjectFile]) -> Count? {
    guard program.isComplete, !program.reachableRegions.isEmpty else { return nil }
    var count = Count()
    var tables: [String: LineTable] = [:]
    for unit in program.units {
      guard let file = own[unit.file] else { continue }
      for place in unit.tree.nodes.indices where unit.tree.nodes[place].kind.isFunction {
        let code = Code(unit: unit, node: NodeID(UInt32(truncatingIfNeeded: place)))
        count.total += 1
        guard !program.isReachable(code), hasBody(code) else { continue }
        if let outer = code.enclosingFunction, !program.isReachable(outer) { continue }
        guard !mayBeCalledFromOutside(code, program) else {
          count.unknown += 1
          continue
        }
        let span = code.span
        let table = tables[unit.file] ?? LineTable(file.bytes)
        tables[unit.file] = table
        count.unused.append(
          Place(
            file: unit.file, line: table.position(of: Int(span.start), in: file.bytes).line,
            name: shortened(program.label(code)), bytes: span.count))
      }
    }
    count.unused.sort { ($0.file, $0.line, $0.name) < ($1.file, $1.line, $1.name) }
    return count
  }

  /// Whether a function that nothing of the project calls is handed over by code that runs, or overrides what another class calls.
  private static func mayBeCalledFromOutside(_ function: Code, _ program: ProgramModel) -> Bool {
    var inner = function
    var next = function.parent
    var steps = 0
    while let outer = next, steps < 64 {
      switch outer.kind {
      case .callExpression, .newExpression:
        // A function that is called where it stands is no argument.
        return outer[.callee].map { $0.node != inner.node } ?? true && program.isReachable(outer)
      case .returnStatement: return program.isReachable(outer)
      case .arrowFunctionExpression: return program.isReachable(outer)
      case .classDeclaration, .classExpression: return outer[.superClass] != nil
      case .methodDefinition, .propertyDefinition, .classBody, .property, .objectExpression, .arrayExpression,
        .conditionalExpression, .jsxExpressionContainer, .jsxAttribute, .jsxOpeningElement, .jsxElement, .spreadElement:
        inner = outer
        next = outer.parent
        steps += 1
      default: return false
      }
    }
    return false
  }

  /// Whether a function does anything; one that is declared only, or empty, is left out.
  private static func hasBody(_ code: Code) -> Bool {
    let body = code.unit.tree.child(code.node, .body)
    guard body.exists else { return false }
    return code.unit.tree[body].span.count > 4
  }

  private static func shortened(_ name: String) -> String {
    name.unicodeScalars.count <= 80 ? name : String(String.UnicodeScalarView(name.unicodeScalars.prefix(79))) + "…"
  }

  // MARK: Selectors

  private static func selectors(of program: ProgramModel, _ own: [String: ProjectFile]) -> Count? {
    guard program.isComplete, !program.document.elements.isEmpty else { return nil }
    let names = ElementNames(program)
    var matcher = SelectorMatcher(DOMTree(model: program.document), steps: 20_000_000)
    var count = Count()
    for (file, sheet) in styleSheets(of: program, own) {
      let table = LineTable(sheet.source)
      let index = StyleIndex([StyleSource(sheet)])
      guard let arena = index.arenas.first else { continue }
      for rule in index.rules {
        for complex in arena.complexes(ofList: rule.list) {
          count.total += 1
          switch names.use(of: Int(complex), arena, &matcher, program.document) {
          case .used: continue
          case .unknown: count.unknown += 1
          case .unused:
            let span = arena.complexes[Int(complex)].span
            guard span.range.upperBound <= sheet.source.count else { continue }
            count.unused.append(
              Place(
                file: file, line: table.position(of: Int(span.start), in: sheet.source).line,
                name: shortened(String(decoding: sheet.source[span.range], as: UTF8.self)), bytes: span.count))
          }
        }
      }
    }
    return count
  }

  /// The sheets of the project's own files, and those in its pages and components.
  private static func styleSheets(
    of program: ProgramModel, _ own: [String: ProjectFile]
  ) -> [(file: String, sheet: StyleSheet)] {
    var sheets: [(file: String, sheet: StyleSheet)] = []
    for (file, document) in program.document.pages where own[file] != nil {
      for style in document.elements(named: "style") {
        let language = document.attributeValue(style, "lang") ?? "css"
        guard language == "css" || language == "postcss", let span = document.contentSpan(of: style) else { continue }
        sheets.append((file, parseStyleSheet(document.source, in: span.range).tree))
      }
    }
    for file in program.project.files where file.kind == .css && own[file.path] != nil && !file.isLink {
      sheets.append((file.path, parseStyleSheet(file.bytes).tree))
    }
    return sheets.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }
}

/// The names that elements of a project have, and those that its scripts may give to elements.
private struct ElementNames {
  enum Use { case used, unknown, unused }

  /// Tags, classes, ids and attributes that are written down.
  private var types: Set<String> = ["html", "head", "body", "tbody"]
  private var classes: Set<String> = []
  private var identifiers: Set<String> = []
  private var attributes: Set<String> = []
  /// Every word of scripts, data and attributes, which may become a name.
  private var words: Set<String> = []
  /// Words that something is put behind, and words that something is put before.
  private var beginnings: Set<String> = []
  private var endings: Set<String> = []
  /// The packages that the project uses, which may make elements of their own.
  private let packages: Set<String>

  init(_ program: ProgramModel) {
    packages = Set(program.libraries.map { $0.package })
    for element in program.document.elements { add(element) }
    var parsed: Set<String> = []
    for unit in program.units {
      parsed.insert(unit.file)
      addWords(of: unit.tree)
    }
    for file in program.project.files {
      let isScript = file.kind == .javaScript || file.kind == .typeScript
      if isScript && !parsed.contains(file.path) || file.kind == .json { addWords(file.bytes[...]) }
    }
  }

  private mutating func add(_ element: DOMElement) {
    types.insert(element.name.lowercased())
    classes.formUnion(element.scriptedClasses)
    for (name, value) in element.attributes {
      attributes.insert(name.lowercased())
      guard let value else { continue }
      switch name {
      case "class", "className":
        for part in value.split(whereSeparator: \.isWhitespace) { classes.insert(String(part)) }
      case "id": identifiers.insert(value)
      case "style", "href", "src": continue
      // Frameworks bind classes and make elements by other attributes.
      default:
        addWords(Array(name.utf8)[...])
        addWords(Array(value.utf8)[...])
      }
    }
  }

  private mutating func addWords(of tree: SyntaxTree) {
    for (index, token) in tree.tokens.enumerated() {
      switch token.kind {
      case .identifier, .keyword, .jsxIdentifier, .privateIdentifier: addWords(tree.source[token.span.range])
      case .string:
        let isJoined = { (other: Int) in
          tree.tokens.indices.contains(other) && tree.source[tree.tokens[other].span.range].elementsEqual([0x2B])
        }
        addWords(tree.source[token.span.range], isOpenBefore: isJoined(index - 1), isOpenBehind: isJoined(index + 1))
      case .template:
        let text = tree.source[token.span.range]
        addWords(text, isOpenBefore: text.first == 0x7D, isOpenBehind: text.last == 0x7B)
      case .jsxText, .numeric, .punctuator, .regularExpression, .invalid: continue
      @unknown default: continue
      }
    }
  }

  private mutating func addWords(_ text: ArraySlice<UInt8>, isOpenBefore: Bool = false, isOpenBehind: Bool = false) {
    let words = text.split { !Self.isNameByte($0) }
    for word in words where word.count <= 100 { self.words.insert(String(decoding: word, as: UTF8.self)) }
    // The quote or bracket at either end is no part of the word that the next text goes on with.
    let marks = isOpenBehind && text.last == 0x7B ? 2 : 1
    if isOpenBehind, let last = words.last, last.endIndex == text.endIndex - marks {
      beginnings.insert(String(decoding: last, as: UTF8.self))
    }
    if isOpenBefore, let first = words.first, first.startIndex == text.startIndex + 1 {
      endings.insert(String(decoding: first, as: UTF8.self))
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte == 0x2D
      || byte >= 0x80
  }

  /// Whether some element of the project matches a selector, or may come to.
  func use(
    of complex: Int, _ arena: SelectorArena, _ matcher: inout SelectorMatcher<DOMTree>, _ document: DocumentModel
  ) -> Use {
    var mayBeMade = false
    for compound in arena.complexes[complex].start..<arena.complexes[complex].end {
      let range = arena.compounds[Int(compound)]
      for place in range.start..<range.end {
        let simple = arena.simples[Int(place)]
        if simple.isUncertain { return .unknown }
        guard simple.name >= 0, let isWritten = isWritten(simple, arena.names[Int(simple.name)]) else { continue }
        let isMade = isMadeByScript(arena.names[Int(simple.name)]) || isMadeByPackage(simple, arena)
        if !isWritten, !isMade { return .unused }
        if isMade { mayBeMade = true }
      }
    }
    for element in document.elements.indices where matcher.match(arena, complex: complex, element) != .no {
      return .used
    }
    // Names that are there, on elements that no script moves or makes: they never stand as the selector asks.
    return mayBeMade || arena.pseudoElement(ofComplex: complex) != nil || mentionsPlace(complex, arena)
      ? .unknown : .unused
  }

  /// Whether some element is written with a name; `nil` for conditions that ask for none.
  private func isWritten(_ simple: SimpleSelector, _ name: String) -> Bool? {
    switch simple.kind {
    case .type: types.contains(name.lowercased())
    case .class: classes.contains(name)
    case .id: identifiers.contains(name)
    case .attribute: attributes.contains(name.lowercased())
    case .universal, .pseudoClass, .pseudoElement, .nesting: nil
    }
  }

  /// Whether the selector asks for the root, a host or a slot, which are no elements of the text.
  private func mentionsPlace(_ complex: Int, _ arena: SelectorArena) -> Bool {
    let span = arena.complexes[complex]
    guard span.start < span.end else { return true }
    for compound in span.start..<span.end {
      let range = arena.compounds[Int(compound)]
      for place in range.start..<range.end {
        let kind = arena.simples[Int(place)].kind
        if kind == .pseudoClass || kind == .pseudoElement || kind == .nesting { return true }
      }
    }
    return false
  }

  /// Whether a package may make an element of that name: any tag, and classes that begin with the package's name.
  private func isMadeByPackage(_ simple: SimpleSelector, _ arena: SelectorArena) -> Bool {
    guard !packages.isEmpty else { return false }
    if simple.kind == .type { return true }
    let name = arena.names[Int(simple.name)].lowercased()
    return packages.contains { package in
      let stem =
        package.split(whereSeparator: { $0 == "/" || $0 == "." || $0 == "-" }).last.map { $0.lowercased() } ?? package
      return stem.count >= 2 && (name.hasPrefix(stem) || stem.hasPrefix(name) && name.count >= 4)
    }
  }

  /// Whether a script says a name, or puts one together that may be it.
  private func isMadeByScript(_ name: String) -> Bool {
    if words.contains(name) || words.contains(Self.camelCased(name)) { return true }
    if name.hasPrefix("data-"), words.contains(Self.camelCased(String(name.dropFirst(5)))) { return true }
    // Names are joined at hyphens, underscores and digits, or anywhere: any beginning or ending of it will do.
    var part = name
    while !part.isEmpty {
      part.unicodeScalars.removeLast()
      if beginnings.contains(part) { return true }
    }
    part = name
    while !part.isEmpty {
      part.unicodeScalars.removeFirst()
      if endings.contains(part) { return true }
    }
    return false
  }

  /// `my-name` as `myName`, which is how scripts spell attributes of data and names of style modules.
  private static func camelCased(_ name: String) -> String {
    var result = ""
    var isAfterHyphen = false
    for scalar in name.unicodeScalars {
      if scalar == "-" || scalar == "_" {
        isAfterHyphen = true
      } else {
        result += isAfterHyphen ? String(scalar).uppercased() : String(scalar)
        isAfterHyphen = false
      }
    }
    return result
  }
}
