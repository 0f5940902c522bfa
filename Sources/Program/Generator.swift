import JavaScriptSyntax

/// Turns the code of one region into constraints; visits the region's nodes in reverse order of storage, so that a parent can
/// mark what never runs before its children are met. Nothing recurses into the tree.
struct Generator {
  let solver: Solver
  let unit: Unit
  private var facts: NameFacts { solver.facts }
  private var known: KnownSymbols { solver.known }

  init(solver: Solver, unit: Unit) {
    self.solver = solver
    self.unit = unit
  }

  func run(_ region: UInt32) {
    let own = region - UInt32(unit.base)
    let shape = unit.shape
    let root = Code(unit: unit, node: NodeID(own))
    begin(root)
    var index = Int(own) - (root.kind == .program ? 0 : 1)
    let first = Int(shape.starts[Int(own)])
    while index >= first {
      if index != Int(own), shape.regions[index] != own || solver.isDead[unit.base + index] {
        index = Int(shape.starts[index]) - 1
        continue
      }
      let kind = unit.tree.nodes[index].kind
      if kind.isErased {
        index = Int(shape.starts[index]) - 1
        continue
      }
      visit(Code(unit: unit, node: NodeID(UInt32(index))), kind)
      index -= 1
    }
  }

  /// What a region does besides its nodes: parameters taken apart, the value of an arrow's body, a field stored.
  private func begin(_ root: Code) {
    switch root.kind {
    case .functionDeclaration, .functionExpression, .arrowFunctionExpression:
      for param in root.list(.params) { beginParam(param, in: root) }
      if let body = root[.body], body.kind != .blockStatement { flow(body, to: result(of: root)) }
    case .propertyDefinition, .accessorProperty:
      guard let value = root[.value], let owner = root.parent?.parent else { return }
      let holder = solver.extra(.this, of: UInt32(owner.index))
      if let symbol = facts.keySymbol(of: root.node, in: unit) {
        solver.addConstraint(.store, symbol, solver.cell(of: value), to: holder)
      } else {
        solver.addConstraint(.storeAny, 0, solver.cell(of: value), to: holder)
      }
    default: break
    }
  }

  private func beginParam(_ param: Code, in function: Code) {
    switch param.kind {
    case .assignmentPattern:
      guard let left = param[.left], let cell = solver.param(left) else { return }
      if let right = param[.right] { flow(right, to: cell) }
      take(left, apart: cell)
    case .restElement: if let inner = param[.argument], let cell = solver.param(inner) { take(inner, apart: cell) }
    case .tsParameterProperty:
      guard let inner = param[.parameter] else { return }
      beginParam(inner, in: function)
      // `constructor(private x)` also stores the parameter in a field.
      let name = inner.kind == .assignmentPattern ? inner[.left] : inner
      guard let name, name.kind == .identifier, let cell = solver.param(inner) else { return }
      let symbol = facts.symbol(name.name)
      solver.addConstraint(.store, symbol, cell, to: solver.extra(.this, of: UInt32(function.index)))
    default: if let cell = solver.param(param) { take(param, apart: cell) }
    }
  }

  private func result(of function: Code) -> UInt32 { solver.extra(.result, of: UInt32(function.index)) }

  // MARK: Flow

  /// Whether an expression can never hold an object that is followed.
  private func isPlain(_ code: Code) -> Bool {
    switch code.kind {
    case .literal, .templateLiteral, .unaryExpression, .updateExpression, .binaryExpression: true
    default: false
    }
  }

  private func flow(_ code: Code, to cell: UInt32) {
    guard !isPlain(code) else { return }
    solver.addEdge(solver.cell(of: code), cell)
  }

  private func add(_ object: UInt32, to code: Code) { solver.add(object, to: solver.cell(of: code)) }

  /// Gives a target or pattern what a cell holds.
  func take(_ target: Code, apart source: UInt32, depth: Int = 0) {
    guard depth < 64 else { return }
    switch target.kind {
    case .identifier:
      if let binding = facts.binding(of: target.node, in: unit) {
        solver.addEdge(source, solver.cell(binding: binding))
      }
    case .memberExpression: store(source, in: target)
    case .assignmentPattern:
      guard let left = target[.left] else { return }
      let cell = solver.addCell()
      solver.addEdge(source, cell)
      if let right = target[.right] { flow(right, to: cell) }
      take(left, apart: cell, depth: depth + 1)
    case .objectPattern: takeObject(target, apart: source, depth: depth)
    case .arrayPattern: takeArray(target, apart: source, depth: depth)
    case .restElement: if let inner = target[.argument] { take(inner, apart: source, depth: depth + 1) }
    case .tsParameterProperty: if let inner = target[.parameter] { take(inner, apart: source, depth: depth + 1) }
    default:
      let inner = target.unwrapped
      if inner != target { take(inner, apart: source, depth: depth + 1) }
    }
  }

  private func takeObject(_ pattern: Code, apart source: UInt32, depth: Int) {
    for property in pattern.list(.properties) {
      if property.kind == .restElement {
        if let inner = property[.argument] { take(inner, apart: source, depth: depth + 1) }
        continue
      }
      guard let target = property[.value] else { continue }
      let part = solver.addCell()
      if let symbol = facts.keySymbol(of: property.node, in: unit) {
        solver.addConstraint(.load, symbol, part, to: source)
      } else {
        solver.addConstraint(.loadAny, 0, part, to: source)
      }
      take(target, apart: part, depth: depth + 1)
    }
  }

  private func takeArray(_ pattern: Code, apart source: UInt32, depth: Int) {
    for (index, element) in unit.tree.list(pattern.node, .elements).enumerated() {
      guard let element = pattern.wrap(element) else { continue }
      if element.kind == .restElement {
        let rest = solver.object(.array, site: UInt32(element.index))
        solver.addConstraint(.iterate, 0, solver.field(rest, known.star), to: source)
        let cell = solver.addCell()
        solver.add(rest, to: cell)
        if let inner = element[.argument] { take(inner, apart: cell, depth: depth + 1) }
        continue
      }
      let part = solver.addCell()
      solver.addConstraint(.load, facts.symbol(numberText(Double(index))), part, to: source)
      take(element, apart: part, depth: depth + 1)
    }
  }

  private func store(_ source: UInt32, in member: Code) {
    guard let object = member[.object] else { return }
    let holder = solver.cell(of: object)
    if let symbols = solver.keys(of: member) {
      for symbol in symbols { solver.addConstraint(.store, symbol, source, to: holder) }
    } else {
      solver.addConstraint(.storeAny, 0, source, to: holder)
    }
  }

  // MARK: Nodes

  private func visit(_ code: Code, _ kind: NodeKind) {
    switch kind {
    case .program, .blockStatement, .staticBlock: markAfterAbrupt(code.list(.body))
    case .switchCase: markAfterAbrupt(code.list(.consequent))
    case .ifStatement, .conditionalExpression, .whileStatement, .forStatement, .logicalExpression:
      visitBranch(code, kind)
    case .variableDeclarator: visitDeclarator(code)
    case .assignmentExpression: visitAssignment(code)
    case .forOfStatement: visitForOf(code)
    case .returnStatement: if let value = code[.argument] { flow(value, to: result(of: code.region)) }
    case .yieldExpression: visitYield(code)
    case .functionDeclaration, .functionExpression, .arrowFunctionExpression: visitFunction(code)
    case .classDeclaration, .classExpression: visitClass(code)
    case .objectExpression: visitObject(code)
    case .arrayExpression: visitArray(code)
    case .memberExpression: visitMember(code)
    case .callExpression: visitCall(code)
    case .newExpression: visitNew(code)
    case .taggedTemplateExpression: visitTagged(code)
    case .importDeclaration, .exportAllDeclaration, .exportNamedDeclaration, .importExpression: visitImport(code)
    case .exportDefaultDeclaration: visitDefaultExport(code)
    case .literal where code.detail == .string: solver.meetMarkup(code)
    case .templateLiteral: solver.meetMarkup(code)
    case .jsxElement: visitJSX(code)
    case .jsxFragment: visitFragment(code)
    default: break
    }
  }

  private func markDead(_ code: Code?) {
    guard let code, code.kind != .functionDeclaration else { return }
    solver.isDead[code.index] = true
  }

  private func markAfterAbrupt(_ statements: [Code]) {
    guard let end = statements.firstIndex(where: { unit.shape.abrupt[Int($0.node.index)] }) else { return }
    for statement in statements[(end + 1)...] { markDead(statement) }
  }

  private func visitBranch(_ code: Code, _ kind: NodeKind) {
    let test = kind == .logicalExpression ? code[.left] : code[.test]
    let truth = test.flatMap { solver.evaluator.constant(of: $0).truth }
    switch kind {
    case .ifStatement:
      if let truth { markDead(truth ? code[.alternate] : code[.consequent]) }
    case .conditionalExpression:
      if let truth { markDead(truth ? code[.alternate] : code[.consequent]) }
      if truth != false, let value = code[.consequent] { flow(value, to: solver.cell(of: code)) }
      if truth != true, let value = code[.alternate] { flow(value, to: solver.cell(of: code)) }
    case .logicalExpression:
      if truth == false, code.detail == .and { markDead(code[.right]) }
      if truth == true, code.detail == .or { markDead(code[.right]) }
      if let left = code[.left], !(code.detail == .and && truth == true) { flow(left, to: solver.cell(of: code)) }
      if let right = code[.right], !solver.isDead[right.index] { flow(right, to: solver.cell(of: code)) }
    default: if truth == false { markDead(code[.body]) }
    }
  }

  private func visitDeclarator(_ code: Code) {
    guard let id = code[.id], let value = code[.`init`], !isPlain(value) else { return }
    take(id, apart: solver.cell(of: value))
  }

  private func visitAssignment(_ code: Code) {
    guard let left = code[.left], let right = code[.right] else { return }
    switch code.detail {
    case .assign, .orAssign, .andAssign, .nullishAssign:
      if code.detail != .assign {
        flow(right, to: solver.cell(of: code))
        flow(left, to: solver.cell(of: code))
      }
      if isPlain(right) {
        noteMarkupStore(left, right)
        return
      }
      take(left, apart: solver.cell(of: right))
      noteMarkupStore(left, right)
      if left.kind == .identifier { solver.noteGlobalHandler(left, right) }
    default: noteMarkupStore(left, right)
    }
  }

  /// Writes that make elements or reach the reader are kept for the document's model.
  private func noteMarkupStore(_ left: Code, _ right: Code) {
    guard left.kind == .memberExpression else { return }
    solver.noteMemberWrite(left, value: right)
  }

  private func visitForOf(_ code: Code) {
    guard let left = code[.left], let right = code[.right] else { return }
    let item = solver.addCell()
    solver.addConstraint(.iterate, 0, item, to: solver.cell(of: right))
    if left.kind == .variableDeclaration {
      if let id = left.list(.declarations).first?[.id] { take(id, apart: item) }
    } else {
      take(left, apart: item)
    }
  }

  private func visitYield(_ code: Code) {
    guard let value = code[.argument] else { return }
    let holder = solver.object(.array, site: UInt32(code.region.index), salt: 3)
    solver.add(holder, to: solver.extra(.rest, of: UInt32(code.region.index)))
    let cell = solver.field(holder, known.star)
    if code.flags.contains(.generator) {
      solver.addConstraint(.iterate, 0, cell, to: solver.cell(of: value))
    } else {
      flow(value, to: cell)
    }
  }

  private func visitFunction(_ code: Code) {
    let object = solver.object(.function, site: UInt32(code.index), info: UInt32(code.index))
    if code.kind != .functionDeclaration { add(object, to: code) }
    if let id = code[.id], let binding = facts.binding(of: id.node, in: unit) {
      solver.add(object, to: solver.cell(binding: binding))
    }
  }

  private func visitClass(_ code: Code) {
    let object = solver.object(.class, site: UInt32(code.index), info: UInt32(code.index))
    let prototype = solver.prototype(of: object)
    if code.kind == .classExpression { add(object, to: code) }
    if let id = code[.id], let binding = facts.binding(of: id.node, in: unit) {
      solver.add(object, to: solver.cell(binding: binding))
    }
    if let parent = code[.superClass] {
      let holder = solver.extra(.superclass, of: UInt32(code.index))
      flow(parent, to: holder)
      solver.addConstraint(.inherit, object, to: holder)
    }
    for member in code[.body]?.list(.body) ?? [] {
      visitMemberOfClass(member, object: object, prototype: prototype)
    }
  }

  private func visitMemberOfClass(_ member: Code, object: UInt32, prototype: UInt32) {
    let isStatic = member.flags.contains(.static)
    let holder = isStatic ? object : prototype
    guard let value = member[.value], member.detail != .constructor || member.kind != .methodDefinition else { return }
    switch member.kind {
    case .methodDefinition:
      guard let symbol = facts.keySymbol(of: member.node, in: unit) else { return }
      define(value, symbol, on: holder, accessor: member.detail)
      if !isStatic, member.detail == .get || member.detail == .set {
        let owner = solver.extra(.this, of: UInt32(member.parent?.parent?.index ?? member.index))
        solver.addEdge(owner, solver.extra(.this, of: UInt32(value.index)))
      }
    case .propertyDefinition, .accessorProperty:
      guard isStatic, let symbol = facts.keySymbol(of: member.node, in: unit) else { return }
      flow(value, to: solver.field(object, symbol))
    default: break
    }
  }

  /// Puts a method or accessor on an object.
  private func define(_ function: Code, _ symbol: UInt32, on holder: UInt32, accessor: NodeDetail) {
    let object = solver.object(.function, site: UInt32(function.index), info: UInt32(function.index))
    switch accessor {
    case .get:
      solver.addEdge(result(of: function), solver.field(holder, symbol))
      solver.reachWhenRead(function, symbol, holder)
    case .set:
      if let param = function.list(.params).first, let cell = solver.param(param) {
        solver.addEdge(solver.field(holder, symbol), cell)
      }
      solver.reachWhenRead(function, symbol, holder)
    default: solver.add(object, to: solver.field(holder, symbol))
    }
  }

  private func visitObject(_ code: Code) {
    guard code.parent?.kind != .assignmentExpression || code.parent?[.left] != code else { return }
    let object = solver.object(.literal, site: UInt32(code.index))
    add(object, to: code)
    for property in code.list(.properties) {
      guard let value = property[.value] else {
        if property.kind == .spreadElement, let source = property[.argument] {
          solver.addConstraint(.copyInto, object, to: solver.cell(of: source))
        }
        continue
      }
      if property.detail == .get || property.detail == .set {
        guard let symbol = facts.keySymbol(of: property.node, in: unit) else { continue }
        solver.add(object, to: solver.extra(.this, of: UInt32(value.index)))
        define(value, symbol, on: object, accessor: property.detail)
        continue
      }
      if isPlain(value) { continue }
      if let symbols = solver.keys(of: property) {
        for symbol in symbols { flow(value, to: solver.field(object, symbol)) }
      } else {
        flow(value, to: solver.field(object, known.star))
      }
    }
  }

  private func visitArray(_ code: Code) {
    let object = solver.object(.array, site: UInt32(code.index))
    add(object, to: code)
    let elements = unit.tree.list(code.node, .elements)
    // A long array is a table of like things; the elements of a short one may differ by position.
    let isTuple = elements.count <= 8
    var hasSpread = false
    for (index, element) in elements.enumerated() {
      guard let element = code.wrap(element) else { continue }
      if element.kind == .spreadElement {
        hasSpread = true
        if let source = element[.argument] {
          solver.addConstraint(.iterate, 0, solver.field(object, known.star), to: solver.cell(of: source))
        }
      } else if !isPlain(element) {
        let symbol = isTuple && !hasSpread ? facts.symbol(numberText(Double(index))) : known.star
        flow(element, to: solver.field(object, symbol))
      }
    }
  }

  private func visitMember(_ code: Code) {
    guard let object = code[.object], let parent = code.parent else { return }
    // The callee of a call is handled there, a pure target where it is written.
    if parent.kind == .callExpression, parent[.callee] == code, !code.flags.contains(.computed) { return }
    if parent.kind == .assignmentExpression, parent[.left] == code, parent.detail == .assign { return }
    if object.kind == .super { return visitSuperMember(code) }
    let target = solver.cell(of: code)
    if let symbols = solver.keys(of: code) {
      for symbol in symbols { solver.addConstraint(.load, symbol, target, to: solver.cell(of: object)) }
    } else {
      solver.addConstraint(.loadAny, 0, target, to: solver.cell(of: object))
    }
  }

  private func visitSuperMember(_ code: Code) {
    guard let owner = code.enclosingClass, let symbol = facts.keySymbol(of: code.node, in: unit) else { return }
    let prototypes = solver.addCell()
    solver.addConstraint(.load, known.prototype, prototypes, to: solver.extra(.superclass, of: UInt32(owner.index)))
    solver.addConstraint(.load, symbol, solver.cell(of: code), to: prototypes)
  }

  // MARK: Calls

  private func arguments(of code: Code) -> (cells: [UInt32], spreadFrom: UInt32) {
    var cells: [UInt32] = []
    var spreadFrom = UInt32.max
    for argument in code.list(.arguments) {
      if argument.kind == .spreadElement, let source = argument[.argument] {
        if spreadFrom == .max { spreadFrom = UInt32(cells.count) }
        let cell = solver.addCell()
        solver.addConstraint(.iterate, 0, cell, to: solver.cell(of: source))
        cells.append(cell)
      } else {
        cells.append(solver.cell(of: argument))
      }
    }
    guard spreadFrom != .max, cells.count > Int(spreadFrom) + 1 else { return (cells, spreadFrom) }
    // After a spread no position is certain: one cell stands for all that follow.
    let all = solver.addCell()
    for cell in cells[Int(spreadFrom)...] { solver.addEdge(cell, all) }
    return (Array(cells[..<Int(spreadFrom)]) + [all], spreadFrom)
  }

  private func visitCall(_ code: Code) {
    guard let callee = code[.callee]?.unwrapped else { return }
    let (cells, spreadFrom) = arguments(of: code)
    let node = UInt32(code.index)
    let result = solver.cell(of: code)
    if callee.kind == .super {
      let site = solver.addSite(node, arguments: cells, spreadFrom: spreadFrom, result: result)
      guard let owner = code.enclosingClass, let this = solver.thisRegion(of: code) else { return }
      solver.addConstraint(
        .callSuper, site, solver.extra(.this, of: UInt32(this.index)),
        to: solver.extra(.superclass, of: UInt32(owner.index)))
      return
    }
    if callee.kind == .memberExpression, let object = callee[.object], let symbols = solver.keys(of: callee) {
      for symbol in symbols {
        let isSuper = object.kind == .super
        let receiver = isSuper ? solver.addCell() : solver.cell(of: object)
        let site = solver.addSite(
          node, arguments: cells, spreadFrom: spreadFrom, result: result, method: symbol, receiver: receiver)
        solver.sites[Int(site)].isDirect = true
        if isSuper {
          callSuperMethod(code, symbol, site)
        } else {
          solver.fallbackSites.append(site)
          solver.addConstraint(.callMethod, site, to: receiver)
        }
      }
      return
    }
    let site = solver.addSite(node, arguments: cells, spreadFrom: spreadFrom, result: result)
    solver.sites[Int(site)].isDirect = true
    if callee.kind == .memberExpression, let object = callee[.object] {
      // `table[key](...)`: whatever the table holds, with the table as `this`.
      let found = solver.cell(of: callee)
      solver.addConstraint(.call, site, to: found)
      let this = solver.cell(of: object)
      solver.addConstraint(.bindThis, 0, this, to: found)
    } else {
      solver.addConstraint(.call, site, to: solver.cell(of: callee))
    }
    solver.fallbackSites.append(site)
  }

  private func callSuperMethod(_ code: Code, _ symbol: UInt32, _ site: UInt32) {
    guard let owner = code.enclosingClass, let this = solver.thisRegion(of: code) else { return }
    let prototypes = solver.addCell()
    solver.addConstraint(.load, known.prototype, prototypes, to: solver.extra(.superclass, of: UInt32(owner.index)))
    let method = solver.addCell()
    solver.addConstraint(.load, symbol, method, to: prototypes)
    solver.addConstraint(.call, site, to: method)
    solver.addConstraint(.bindThis, 0, solver.extra(.this, of: UInt32(this.index)), to: method)
  }

  private func visitNew(_ code: Code) {
    guard let callee = code[.callee] else { return }
    let (cells, spreadFrom) = arguments(of: code)
    let site = solver.addSite(
      UInt32(code.index), arguments: cells, spreadFrom: spreadFrom, result: solver.cell(of: code))
    solver.sites[Int(site)].isDirect = true
    solver.addConstraint(.construct, site, to: solver.cell(of: callee))
    solver.fallbackSites.append(site)
  }

  private func visitTagged(_ code: Code) {
    guard let tag = code[.tag], let quasi = code[.quasi] else { return }
    let strings = solver.addCell()
    let cells = [strings] + quasi.list(.expressions).map { solver.cell(of: $0) }
    let site = solver.addSite(UInt32(code.index), arguments: cells, result: solver.cell(of: code))
    let callee = tag.unwrapped
    if callee.kind == .memberExpression, let object = callee[.object], let symbols = solver.keys(of: callee) {
      for symbol in symbols {
        let site = solver.addSite(
          UInt32(code.index), arguments: cells, result: solver.cell(of: code), method: symbol,
          receiver: solver.cell(of: object))
        solver.addConstraint(.callMethod, site, to: solver.cell(of: object))
      }
    } else {
      solver.addConstraint(.call, site, to: solver.cell(of: tag))
    }
  }

  // MARK: Modules

  private func visitImport(_ code: Code) {
    guard let source = code[.source], let target = solver.links.target(of: source) else { return }
    guard case .unit(let imported) = target else { return }
    solver.reach(unit: imported, .importing(UInt32(code.index)))
    if code.kind == .importExpression { add(solver.namespace(of: imported), to: code) }
  }

  private func visitDefaultExport(_ code: Code) {
    guard let value = code[.declaration],
      let binding = solver.links.defaultBinding(of: unit, facts)
    else { return }
    if value.kind == .functionDeclaration {
      let object = solver.object(.function, site: UInt32(value.index), info: UInt32(value.index))
      solver.add(object, to: solver.cell(binding: binding))
    } else if value.kind == .classDeclaration {
      let object = solver.object(.class, site: UInt32(value.index), info: UInt32(value.index))
      solver.add(object, to: solver.cell(binding: binding))
    } else {
      flow(value, to: solver.cell(binding: binding))
    }
  }

  // MARK: JSX

  private func visitFragment(_ code: Code) {
    let children = solver.object(.array, site: UInt32(code.index))
    add(children, to: code)
    for child in code.list(.children) { visitChild(child, into: solver.field(children, known.star)) }
  }

  private func visitChild(_ child: Code, into cell: UInt32) {
    let inner = child.unwrapped
    guard inner.kind != .jsxText, inner.kind != .jsxEmptyExpression else { return }
    flow(inner, to: cell)
  }

  private func visitJSX(_ code: Code) {
    guard let opening = code[.openingElement], let name = opening[.name] else { return }
    let props = solver.object(.literal, site: UInt32(code.index), salt: 7)
    for attribute in opening.list(.attributes) { visitAttribute(attribute, props) }
    let children = solver.object(.array, site: UInt32(code.index), salt: 8)
    solver.add(children, to: solver.field(props, known.children))
    for child in code.list(.children) {
      visitChild(child, into: solver.field(children, known.star))
      visitChild(child, into: solver.field(props, known.children))
    }
    let isComponent =
      name.kind == .jsxMemberExpression
      || facts.binding(of: name.node, in: unit) != nil && name.kind == .jsxIdentifier
    if isComponent {
      let cell = solver.addCell()
      solver.add(props, to: cell)
      let site = solver.addSite(UInt32(code.index), arguments: [cell], result: solver.cell(of: code))
      solver.addConstraint(.component, site, to: componentCell(name))
    } else {
      solver.meetElement(code, opening: opening, props: props)
    }
  }

  private func componentCell(_ name: Code) -> UInt32 {
    guard name.kind == .jsxMemberExpression, let object = name[.object], let property = name[.property] else {
      return solver.cell(of: name)
    }
    let target = solver.addCell()
    let holder = object.kind == .jsxMemberExpression ? componentCell(object) : solver.cell(of: object)
    solver.addConstraint(.load, facts.symbol(property.name), target, to: holder)
    return target
  }

  private func visitAttribute(_ attribute: Code, _ props: UInt32) {
    if attribute.kind == .jsxSpreadAttribute {
      if let source = attribute[.argument] {
        solver.addConstraint(.copyInto, props, to: solver.cell(of: source))
      }
      return
    }
    guard let name = attribute[.name], let value = attribute[.value]?.unwrapped, value.kind != .literal else { return }
    let text = name.kind == .jsxNamespacedName ? name.text : name.name
    flow(value, to: solver.field(props, facts.symbol(text)))
  }
}
