public import SourceText

/// A sheet that a page uses.
public struct StyleSource: Sendable {
  /// The sheet.
  public var sheet: StyleSheet
  /// On which devices it counts, from a `media` attribute or an `@import`; `nil` for all.
  public var media: MediaQueryList?
  /// The layer that an `@import` puts it into: empty for one without name, `nil` for none.
  public var layer: String?

  /// Makes a source.
  public init(_ sheet: StyleSheet, media: MediaQueryList? = nil, layer: String? = nil) {
    self.sheet = sheet
    self.media = media
    self.layer = layer
  }
}

/// What has to hold besides the selector for a rule to apply.
public enum StyleCondition: Hashable, Sendable {
  /// `@media`, or the `media` of a whole sheet.
  case media(MediaQueryList)
  /// `@container`: the container's name, if any, and what it is asked.
  case container(String?, MediaCondition)
  /// `@supports`, as written.
  case supports(String)
  /// `@starting-style`: only while the element appears.
  case startingStyle
  /// `@scope` with an end, as written, which is not looked at.
  case scope(String)
}

/// A block of declarations and the selectors that it belongs to.
public struct IndexedRule: Sendable {
  /// Which of the index's sources.
  public var source: Int
  /// The node whose children the declarations are: a qualified rule, or an at-rule inside one.
  public var node: Int
  /// The list of selectors in the source's arena.
  public var list: Int
  /// The innermost of the conditions around, an index of ``StyleIndex/conditionLinks``; -1 for none.
  public var condition: Int
  /// The rank of its cascade layer; the greatest is that of rules in no layer.
  public var layer: Int
  /// Which of ``StyleIndex/declared`` are its declarations.
  public var declared: Range<Int>
}

/// A declaration of an indexed rule.
public struct IndexedDeclaration: Sendable {
  /// The property, as ``StyleIndex/propertyNames`` numbers it.
  public var name: Int32
  /// The node in the sheet.
  public var node: Int32
  /// Whether it is `!important`.
  public var isImportant: Bool
}

/// The rules of all sheets of a page, ready to be asked which of them apply to an element.
public struct StyleIndex: Sendable {
  /// A condition and the one around it.
  public struct ConditionLink: Sendable {
    /// The condition.
    public var condition: StyleCondition
    /// The index of the condition around it; -1 for none.
    public var outer: Int
    /// Which of the index's sources it is in.
    public var source: Int
    /// The at-rule that states it; `nil` for the `media` of a whole sheet.
    public var node: Int?
  }

  /// Where some keyframes are.
  public struct Keyframes: Sendable {
    /// Which of the index's sources.
    public var source: Int
    /// The `@keyframes` rule.
    public var node: Int
    /// The innermost of the conditions around; -1 for none.
    public var condition: Int
    /// Whether at least one frame declares something.
    public var hasFrames: Bool
  }

  /// One selector of one rule.
  public struct Entry: Sendable {
    /// An index of ``StyleIndex/rules``.
    public var rule: Int32
    /// The complex selector in the arena of the rule's source.
    public var complex: Int32
  }

  /// The sheets.
  public internal(set) var sources: [StyleSource]
  /// The selectors of each sheet.
  public internal(set) var arenas: [SelectorArena] = []
  /// Every block of declarations, in the order of the sheets.
  public internal(set) var rules: [IndexedRule] = []
  /// The declarations of all rules, those aside that browsers drop.
  public internal(set) var declared: [IndexedDeclaration] = []
  /// A number for each property that some rule declares.
  public internal(set) var propertyNames: [String: Int32] = [:]
  /// The conditions around rules.
  public internal(set) var conditionLinks: [ConditionLink] = []
  /// What was wrong with selectors, by source.
  public internal(set) var diagnostics: [[Diagnostic]] = []
  /// Every `@keyframes`, by name; where one name has several, the last that applies counts.
  public internal(set) var keyframes: [String: [Keyframes]] = [:]
  /// The initial values that `@property` gives, by name: source and node of the descriptor.
  public internal(set) var registered: [String: (source: Int, node: Int)] = [:]
  @usableFromInline var entries: [Entry] = []
  @usableFromInline var byID: [String: [Int32]] = [:]
  @usableFromInline var byClass: [String: [Int32]] = [:]
  @usableFromInline var byType: [String: [Int32]] = [:]
  @usableFromInline var others: [Int32] = []

  /// Indexes sheets in the order in which the page applies them.
  ///
  /// - Complexity: O(*n*) in the number of tokens of all sheets.
  public init(_ sources: [StyleSource]) {
    self.sources = sources
    var layers = LayerTree()
    for index in sources.indices {
      var builder = IndexBuilder(source: index, sheet: sources[index].sheet)
      builder.build(into: &self, &layers)
      arenas.append(builder.selectors.arena)
      diagnostics.append(builder.selectors.problems)
    }
    let ranks = layers.ranks()
    for index in rules.indices { rules[index].layer = ranks[rules[index].layer] }
    fileEntries()
  }

  private mutating func fileEntries() {
    for (ruleIndex, rule) in rules.enumerated() {
      let arena = arenas[rule.source]
      for complex in arena.complexes(ofList: rule.list) {
        let place = Int32(truncatingIfNeeded: entries.count)
        entries.append(Entry(rule: Int32(truncatingIfNeeded: ruleIndex), complex: complex))
        file(place, arena.key(ofComplex: Int(complex)))
      }
    }
  }

  private mutating func file(_ entry: Int32, _ key: SelectorArena.Key) {
    switch key {
    case .id(let name): byID[name, default: []].append(entry)
    case .class(let name): byClass[name, default: []].append(entry)
    case .type(let name): byType[name, default: []].append(entry)
    case .other: others.append(entry)
    }
  }

  /// The conditions around a rule, outermost first.
  public func conditions(of rule: Int) -> [StyleCondition] { conditions(from: rules[rule].condition) }

  /// A condition and those around it, outermost first.
  public func conditions(from condition: Int) -> [StyleCondition] {
    var result: [StyleCondition] = []
    var index = condition
    while index >= 0, result.count < nestingLimit {
      result.append(conditionLinks[index].condition)
      index = conditionLinks[index].outer
    }
    return result.reversed()
  }

  /// Whether the conditions around a rule hold on a device; containers and the like may or may not.
  public func conditions(of rule: Int, holdIn environment: MediaEnvironment) -> MatchResult {
    conditions(of: rule).reduce(.yes) { result, condition in
      switch condition {
      case .media(let list): min(result, list.matches(environment))
      case .supports(let text): min(result, isSupported(text))
      case .container, .startingStyle, .scope: min(result, .maybe)
      }
    }
  }

  /// Every media query that some rule depends on, in order, with the at-rule that states it.
  public var mediaQueries: [(source: Int, node: Int?, list: MediaQueryList)] {
    conditionLinks.compactMap { link in
      guard case .media(let list) = link.condition else { return nil }
      return (link.source, link.node, list)
    }
  }

  /// Every container query that some rule depends on, in order, with the at-rule that states it.
  public var containerQueries: [(source: Int, node: Int?, condition: MediaCondition)] {
    conditionLinks.compactMap { link in
      guard case .container(_, let condition) = link.condition else { return nil }
      return (link.source, link.node, condition)
    }
  }

  /// The declarations of a rule, as nodes of its sheet.
  public func declarations(of rule: Int) -> [Int] { declared[rules[rule].declared].map { Int($0.node) } }

  /// Takes in the declarations of a rule; which of ``declared`` they are.
  mutating func declare(_ sheet: StyleSheet, _ node: Int) -> Range<Int> {
    let start = declared.count
    for child in sheet.children(of: node) where sheet.isUsable(child) {
      let name = sheet.name(of: child)
      let number = propertyNames[name] ?? Int32(truncatingIfNeeded: propertyNames.count)
      if number == propertyNames.count { propertyNames[name] = number }
      declared.append(
        IndexedDeclaration(
          name: number, node: Int32(truncatingIfNeeded: child), isImportant: sheet.nodes[child].isImportant))
    }
    return start..<declared.count
  }
}

extension SelectorArena {
  /// What an element needs to have for a selector to come into question.
  enum Key {
    case id(String)
    case `class`(String)
    case type(String)
    case other
  }

  func key(ofComplex complex: Int, depth: Int = 0) -> Key {
    let selector = complexes[complex]
    guard selector.end > selector.start else { return .other }
    let compound = compounds[Int(selector.end) - 1]
    var best = Key.other
    for index in compound.start..<compound.end {
      let simple = simples[Int(index)]
      guard !simple.isUncertain else { continue }
      switch simple.kind {
      case .id: return .id(names[Int(simple.name)])
      case .class: best = .class(names[Int(simple.name)])
      case .type: if case .other = best { best = .type(names[Int(simple.value)]) }
      case .nesting where simple.list >= 0 && depth < 8:
        let parents = self.complexes(ofList: Int(simple.list))
        if case .other = best, parents.count == 1, let parent = parents.first {
          best = key(ofComplex: Int(parent), depth: depth + 1)
        }
      default: break
      }
    }
    return best
  }
}

/// Cascade layers by name, in the order in which they were first named.
struct LayerTree {
  private var names: [String: Int] = [:]
  private var children: [[Int]] = [[]]
  private var anonymous = 0

  /// The layer `path` (names joined by dots) inside `parent`; an empty path is a layer of its own.
  mutating func layer(_ path: String, in parent: Int) -> Int {
    guard !path.isEmpty else {
      anonymous += 1
      return child("\u{0}\(anonymous)", of: parent)
    }
    return path.split(separator: ".").prefix(32).reduce(parent) { child(String($1), of: $0) }
  }

  private mutating func child(_ name: String, of parent: Int) -> Int {
    let key = "\(parent).\(name)"
    if let known = names[key] { return known }
    let index = children.count
    children.append([])
    children[parent].append(index)
    names[key] = index
    return index
  }

  /// The rank of each layer; what is in no layer, index 0, comes last and so wins.
  func ranks() -> [Int] {
    var result = [Int](repeating: 0, count: children.count)
    var next = 0
    var stack: [(layer: Int, child: Int)] = [(0, 0)]
    while let top = stack.last {
      if top.child < children[top.layer].count {
        stack[stack.count - 1].child += 1
        stack.append((children[top.layer][top.child], 0))
      } else {
        result[top.layer] = next
        next += 1
        stack.removeLast()
      }
    }
    return result
  }
}
