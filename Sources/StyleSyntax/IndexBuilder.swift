/// Walks one sheet and adds its rules to an index.
struct IndexBuilder {
  /// What holds inside one node.
  private struct Scope {
    var end: Int
    var list: Int
    var condition: Int
    var layer: Int
    /// The list of an `@scope` around; -1 for none.
    var scopeList: Int32
  }

  let source: Int
  let sheet: StyleSheet
  var selectors: SelectorParser
  private var scopes: [Scope] = []

  init(source: Int, sheet: StyleSheet) {
    self.source = source
    self.sheet = sheet
    selectors = SelectorParser(sheet)
  }

  mutating func build(into index: inout StyleIndex, _ layers: inout LayerTree) {
    let whole = index.sources[source]
    var outer = Scope(end: sheet.nodes.count, list: -1, condition: -1, layer: 0, scopeList: -1)
    if let media = whole.media, !media.queries.isEmpty {
      outer.condition = link(.media(media), to: -1, of: nil, &index)
    }
    if let layer = whole.layer { outer.layer = layers.layer(layer, in: 0) }
    scopes = [outer]
    var node = 0
    while node < sheet.nodes.count {
      while let last = scopes.last, node >= last.end, scopes.count > 1 { scopes.removeLast() }
      node = visit(node, &index, &layers)
    }
  }

  private func link(_ condition: StyleCondition, to outer: Int, of node: Int?, _ index: inout StyleIndex) -> Int {
    index.conditionLinks.append(
      StyleIndex.ConditionLink(condition: condition, outer: outer, source: source, node: node))
    return index.conditionLinks.count - 1
  }

  /// Takes in one node; the node to go on with.
  private mutating func visit(_ node: Int, _ index: inout StyleIndex, _ layers: inout LayerTree) -> Int {
    let item = sheet.nodes[node]
    guard let outer = scopes.last else { return sheet.nodes.count }
    switch item.kind {
    case .declaration: return node + 1
    case .qualifiedRule:
      guard let list = list(of: node, in: outer) else { return Int(item.end) }
      var inner = outer
      inner.end = Int(item.end)
      inner.list = list
      enter(inner, node, &index)
      return node + 1
    case .atRule:
      guard var inner = scope(of: node, in: outer, &index, &layers) else { return Int(item.end) }
      inner.end = Int(item.end)
      enter(inner, node, &index)
      return node + 1
    }
  }

  private mutating func enter(_ scope: Scope, _ node: Int, _ index: inout StyleIndex) {
    if scope.list >= 0, declares(node) {
      index.rules.append(
        IndexedRule(
          source: source, node: node, list: scope.list, condition: scope.condition, layer: scope.layer,
          declared: index.declare(sheet, node)))
    }
    if scope.end > node + 1 { scopes.append(scope) }
  }

  private func declares(_ node: Int) -> Bool {
    sheet.children(of: node).contains { sheet.nodes[$0].kind == .declaration || sheet.isNamed($0, "apply") }
  }

  private mutating func list(of node: Int, in outer: Scope) -> Int? {
    selectors.parentList = outer.list >= 0 ? Int32(truncatingIfNeeded: outer.list) : outer.scopeList
    selectors.isScoped = outer.list < 0 && outer.scopeList >= 0
    let style: SelectorParser.Style = outer.list >= 0 || outer.scopeList >= 0 ? .nested : .plain
    let list = selectors.parseList(sheet.nodes[node].valueTokens, style: style)
    return list.isValid ? list.index : nil
  }

  /// What holds inside an at-rule; `nil` where no style rules are inside.
  private mutating func scope(
    of node: Int, in outer: Scope, _ index: inout StyleIndex, _ layers: inout LayerTree
  ) -> Scope? {
    var inner = outer
    let prelude = sheet.nodes[node].valueTokens
    switch sheet.name(of: node) {
    case "media":
      inner.condition = link(.media(MediaQueryList(sheet, prelude)), to: outer.condition, of: node, &index)
    case "container": inner.condition = link(container(prelude), to: outer.condition, of: node, &index)
    case "supports": inner.condition = link(.supports(sheet.valueText(of: node)), to: outer.condition, of: node, &index)
    case "starting-style": inner.condition = link(.startingStyle, to: outer.condition, of: node, &index)
    case "scope": enterScope(node, &inner, outer, &index)
    case "layer":
      let names = sheet.splitAtCommas(prelude).map { sheet.text(sheet.span(ofTokens: trimmed($0))) }
      let found = names.map { layers.layer($0, in: outer.layer) }
      guard sheet.nodes[node].flags.contains(.hasBlock), let layer = found.first else { return nil }
      inner.layer = layer
    case "document", "-moz-document", "nest", "theme", "variant": break
    case "property":
      register(node, &index)
      return nil
    default:
      if let name = sheet.keyframesName(of: node) { addKeyframes(name, node, outer, &index) }
      return nil
    }
    return inner
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let parts = sheet.components(in: range)
    guard let first = parts.first, let last = parts.last else { return range.lowerBound..<range.lowerBound }
    return first..<sheet.next(after: last)
  }

  private func container(_ range: Range<Int>) -> StyleCondition {
    let parts = sheet.components(in: range)
    guard let first = parts.first else { return .container(nil, .unknown("")) }
    let isNamed = sheet.tokens[first].kind == .ident && !sheet.isIdent(sheet.tokens[first], "not")
    let rest = isNamed ? (parts.count > 1 ? parts[1] : range.upperBound) : first
    return .container(
      isNamed ? sheet.value(of: sheet.tokens[first]) : nil, MediaCondition(sheet, rest..<max(rest, range.upperBound)))
  }

  private mutating func enterScope(
    _ node: Int, _ inner: inout Scope, _ outer: Scope, _ index: inout StyleIndex
  ) {
    let prelude = sheet.nodes[node].valueTokens
    let parts = sheet.components(in: prelude)
    inner.list = -1
    if let first = parts.first, sheet.tokens[first].kind == .leftParenthesis {
      selectors.parentList = outer.list >= 0 ? Int32(truncatingIfNeeded: outer.list) : outer.scopeList
      let list = selectors.parseList(sheet.contents(ofBlockAt: first), style: .plain, isForgiving: true)
      inner.scopeList = Int32(truncatingIfNeeded: list.index)
    }
    if parts.contains(where: { sheet.isIdent(sheet.tokens[$0], "to") }) {
      inner.condition = link(.scope(sheet.text(sheet.span(ofTokens: prelude))), to: outer.condition, of: node, &index)
    }
  }

  private func addKeyframes(_ name: String, _ node: Int, _ outer: Scope, _ index: inout StyleIndex) {
    let hasFrames = sheet.children(of: node).contains { declares($0) }
    index.keyframes[name, default: []].append(
      StyleIndex.Keyframes(source: source, node: node, condition: outer.condition, hasFrames: hasFrames))
  }

  private func register(_ node: Int, _ index: inout StyleIndex) {
    let name = sheet.valueText(of: node)
    for child in sheet.children(of: node) where sheet.isNamed(child, "initial-value") {
      index.registered[name] = (source, child)
    }
  }
}
