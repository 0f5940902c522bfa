import JavaScriptSyntax
import Program

/// What tells the kinds apart that live in one list.
enum KindKey: Hashable {
  /// The class of each member.
  case klass
  /// A property that holds a word or a small whole number.
  case field(String)
}

/// What is known where code runs under conditions: which members are meant.
struct Refinements: ExpressibleByDictionaryLiteral {
  private var things: [Thing: Thing] = [:]
  /// The members that a variable can still hold; `this` has the number -1.
  var bindings: [Int: [Thing]] = [:]
  /// The members that an expression such as `herd[i]` can still give, by its text.
  var expressions: [String: [Thing]] = [:]

  init(dictionaryLiteral elements: (Thing, Thing)...) {
    for (thing, refined) in elements { things[thing] = refined }
  }

  subscript(thing: Thing) -> Thing? {
    get { things[thing] }
    set { things[thing] = newValue }
  }
}

/// Lists in which several kinds live together are gone through kind by kind, once it is known what tells these apart.
extension Tracer {
  static let maximumKinds = 8

  /// The symbol that stands for a number as the name of a kind.
  func kindSymbol(_ number: Double) -> Int? { wholeNumber(number).map { intern("\u{1}" + $0) } }

  /// The number that a kind is known by.
  func kindNumber(_ symbol: Int) -> Double? {
    let text = symbolNames[symbol]
    return text.utf8.first == 1 ? Double(text.dropFirst()) : nil
  }

  /// The kinds of a list's members as variants; `nil` for lists of one kind.
  func kinds(of list: Int) -> [Int]? {
    let list = find(list)
    guard !kindKeys.isEmpty, let key = kindKeys[nodes[list].site], viewed(list) == nil else { return nil }
    switch key {
    case .klass:
      let classes = classesOfMembers(of: list)
      return classes.count > 1 && classes.count <= Self.maximumKinds
        ? classes.map { variantNumber(.klass($0)) } : nil
    case .field(let name):
      let field = intern(name)
      var symbols: Set<Int> = []
      for member in memberNodes(of: list) {
        for thing in nodes[member].fields[field]?.things ?? [] where thing.tag == .string { symbols.insert(thing.id) }
      }
      return symbols.count > 1 && symbols.count <= Self.maximumKinds
        ? symbols.sorted().map { variantNumber(.field(field, $0)) } : nil
    }
  }

  /// The members of a list by kind.
  func kindMembers(of list: Int) -> [Thing]? { kinds(of: list)?.map { .member(find(list), $0) } }

  /// Whether a thing stands for members of one kind.
  func isOfKind(_ thing: Thing) -> Bool {
    thing.tag == .member && thing.variant >= 0 && kindKeys[nodes[find(thing.id)].site] != nil
  }

  /// For members of one kind and the property that tells kinds apart, what it holds.
  func kindValue(_ name: Int, of thing: Thing) -> Value? {
    guard isOfKind(thing), variantKeys.indices.contains(thing.variant),
      case .field(let field, let symbol) = variantKeys[thing.variant], field == name
    else { return nil }
    return Value(things: [.string(symbol)], origin: [.constant, .kind], number: kindNumber(symbol))
  }

  /// Things of several kinds of one list, each by itself; empty when there are not several.
  func byKind(_ value: Value) -> [Value] {
    guard !kindKeys.isEmpty, value.things.count > 1, value.things.allSatisfy({ isOfKind($0) }) else { return [] }
    return value.things.map { Value(things: [$0], deps: value.deps, origin: value.origin) }
  }

  /// Keeps of the members that an expression can mean those for which a test holds.
  func narrow(_ object: Code, _ keeps: (Thing) -> Bool) {
    let object = object.unwrapped
    let binding: Int
    switch object.kind {
    case .identifier:
      guard let found = facts.binding(of: object) else { return }
      binding = found
    case .thisExpression: binding = -1
    case .memberExpression:
      let members = evaluateAgain(object).things.filter { isOfKind($0) }
      if !members.isEmpty { refinements.expressions[object.text] = members.filter(keeps) }
      return
    default: return
    }
    let things = evaluateAgain(object).things
    let members = things.filter { isOfKind($0) }
    guard !members.isEmpty else { return }
    refinements.bindings[binding] = members.filter(keeps)
  }

  /// Drops what a condition has excluded.
  func remaining(_ things: [Thing], _ binding: Int) -> [Thing] {
    guard let allowed = refinements.bindings[binding] else { return things }
    return things.filter { !isOfKind($0) || allowed.contains($0) }
  }

  /// Drops what a condition on the same expression has excluded.
  func remaining(_ value: Value, _ code: Code) -> Value {
    guard !refinements.expressions.isEmpty, let allowed = refinements.expressions[code.text] else { return value }
    var result = value
    result.things = result.things.filter { !isOfKind($0) || allowed.contains($0) }
    return result
  }

  /// Whether members of one kind have a word or number in the property that tells kinds apart; `nil` when it is another.
  func isKind(_ thing: Thing, _ field: Int, _ symbol: Int) -> Bool? {
    guard isOfKind(thing), variantKeys.indices.contains(thing.variant),
      case .field(let own, let kind) = variantKeys[thing.variant], own == field
    else { return nil }
    return kind == symbol
  }

  /// The word or number that a value certainly is.
  func certainSymbol(_ value: Value) -> Int? {
    let strings = value.things.filter { $0.tag == .string }
    if strings.count == 1, value.things.count == 1 { return strings[0].id }
    return value.things.isEmpty ? value.number.flatMap { kindSymbol($0) } : nil
  }

  /// `list.includes(a.kind)` and `list.indexOf(a.kind) >= 0`: keeps the kinds that the list names.
  func narrowByMembership(_ call: Code, isNegated: Bool) {
    let call = call.unwrapped
    guard call.kind == .callExpression, let callee = call[.callee]?.unwrapped, callee.kind == .memberExpression,
      ["includes", "indexOf", "has"].contains(callee[.property]?.name ?? ""), let list = callee[.object],
      let argument = call.list(.arguments).first?.unwrapped, argument.kind == .memberExpression,
      let object = argument[.object], let field = propertyNames(of: argument).first
    else { return }
    let words = elements(of: evaluateAgain(list)).things
    guard !words.isEmpty, words.allSatisfy({ $0.tag == .string }) else { return }
    let symbols = Set(words.map { $0.id })
    narrow(object) { thing in
      guard isOfKind(thing), case .field(let own, let kind) = variantKeys[thing.variant], own == field else {
        return true
      }
      return symbols.contains(kind) != isNegated
    }
  }

  // MARK: Counting

  /// The numbers of members that a counter follows: of the kinds that are met where it is counted up.
  func countedKinds(_ target: Code) -> [Int] {
    guard !kindKeys.isEmpty, isLocalCounter(target) else { return [] }
    var members: Set<Thing> = []
    for (_, things) in refinements.bindings where things.count == 1 { members.formUnion(things) }
    for (_, things) in refinements.expressions where things.count == 1 { members.formUnion(things) }
    var next = frames[current]
    for _ in 0..<4 {
      for (_, value) in next.locals where value.things.count == 1 && isOfKind(value.things[0]) {
        members.insert(value.things[0])
      }
      guard next.isTurn, next.parent >= 0 else { break }
      next = frames[next.parent]
    }
    return members.filter { isOfKind($0) }.map { place(.thing($0), [symbol.length]) }.sorted()
  }

  /// Whether a counter starts anew each time: a variable of the function, or one set to a number there.
  private func isLocalCounter(_ target: Code) -> Bool {
    let target = target.unwrapped
    switch target.kind {
    case .identifier:
      guard let binding = facts.binding(of: target) else { return false }
      if !stateBindings.contains(binding) { return true }
      return program.writes(of: program.bindings[binding].id).contains {
        $0.kind == .assignment && $0.site.region == target.region && $0.value?.kind == .literal
      }
    case .memberExpression:
      guard let object = target[.object] else { return false }
      return evaluateAgain(object).things.contains { thing in
        thing.tag == .node && (nodes[find(thing.id)].kind == .record || nodes[find(thing.id)].kind == .list)
          && nodes[find(thing.id)].lists.allSatisfy { kindKeys[nodes[find($0)].site] == nil }
      }
    default: return false
    }
  }

  // MARK: What tells kinds apart

  /// Notes that a property of members is compared with a word or number, or picks an entry of a table.
  func noteKindTest(_ value: Value) {
    guard kindKeys.isEmpty, isFinal else { return }
    for dep in value.deps {
      guard case .thing(let root) = places[dep].root, root.tag == .member, places[dep].path.count == 1,
        let field = places[dep].path.first
      else { continue }
      kindTests[find(root.id), default: [:]][field, default: 0] += 1
    }
  }

  /// The lists in which several kinds live, by the code that makes them, each with what tells its kinds apart.
  func kindSplits() -> [Int: KindKey] {
    var keys: [Int: KindKey] = [:]
    for list in nodes.indices where find(list) == list && nodes[list].kind == .list && viewed(list) == nil {
      let members = memberNodes(of: list).filter { nodes[$0].kind == .record }
      guard !members.isEmpty, nodes[list].literalCount < 0 else { continue }
      if let field = kindField(of: list, members) {
        keys[list] = .field(symbolNames[field])
      } else if (2...Self.maximumKinds).contains(classesOfMembers(of: list).count) {
        keys[list] = .klass
      }
    }
    var result: [Int: KindKey] = [:]
    for node in nodes.indices where nodes[node].kind == .list {
      if let key = keys[find(node)], nodes[node].site >= 0 { result[nodes[node].site] = key }
    }
    return result
  }

  private func kindField(of list: Int, _ members: [Int]) -> Int? {
    let tests = kindTests[list] ?? [:]
    let candidates = tests.keys.sorted().filter { field in
      var symbols: Set<Int> = []
      for member in members {
        for thing in nodes[member].fields[field]?.things ?? [] where thing.tag == .string { symbols.insert(thing.id) }
        symbols.formUnion(fieldNumbers[FieldKey(node: member, name: field)] ?? [])
      }
      return (2...Self.maximumKinds).contains(symbols.count)
    }
    return candidates.max { (tests[$0] ?? 0, -$0) < (tests[$1] ?? 0, -$1) }
  }

  struct FieldKey: Hashable {
    var node: Int
    var name: Int
  }
}
