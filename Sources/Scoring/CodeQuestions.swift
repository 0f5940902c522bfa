import Ingest
import JavaScriptSyntax
import Mechanics
import Patterns
import Program
import Rubrics
import SourceText

/// Answers what conditions ask of the scripts of a project.
final class CodeQuestions {
  private let project: Project
  private let program: ProgramModel
  private var indexes: [Int: SyntaxIndex] = [:]
  private lazy var unloaded = unloadedScripts()
  private lazy var calledFunctions = findCalls()

  /// A call in code that runs, and what it can call by name.
  private struct Call {
    var code: Code
    var names: [String]
  }

  init(_ project: Project, _ program: ProgramModel) {
    self.project = project
    self.program = program
  }

  private func index(of unit: Unit) -> SyntaxIndex {
    if let known = indexes[unit.id] { return known }
    let made = SyntaxIndex(unit.tree)
    indexes[unit.id] = made
    return made
  }

  // MARK: Rules

  func answer(_ question: CodeQuestion) -> Answer {
    var answer = search(question.rule, isAnywhere: question.isAnywhere, says: question.says)
    // Where the nearest node alone was looked at, say so when it is only further away.
    if answer.matches.isEmpty, answer.refused.isEmpty, let wide = question.rule.widened {
      let further = search(wide, isAnywhere: question.isAnywhere, says: question.says)
      answer.refused = further.matches.map { finding in
        var refused = finding
        refused.status = .refused
        refused.reason = "what has to be around it is there, but not next to it; `stopBy: end` looks further"
        return refused
      }
    }
    return answer
  }

  private func search(_ rule: CodeRule, isAnywhere: Bool, says: String) -> Answer {
    var answer = Answer()
    var seen: Set<Evidence> = []
    let filter = rule.pattern?.filter
    for unit in program.units {
      if let filter, !filter.mayMatch(unit.tree.source) { continue }
      let (matches, isComplete) = matches(of: rule, in: index(of: unit))
      for match in matches {
        let place = Evidence(file: unit.file, span: unit.fileSpan(match.span), says: "is \(says)")
        guard seen.insert(place).inserted else { continue }
        let code = Code(unit: unit, node: match.node)
        add(finding(place, match, unit.tree), isAnywhere ? .reachable : program.reachability(of: code), to: &answer)
      }
      if !isComplete { answer.doubts.append(givenUp(unit.file)) }
    }
    guard isAnywhere else { return answer }
    for (file, index) in unloaded {
      if let filter, !filter.mayMatch(index.tree.source) { continue }
      let (matches, isComplete) = matches(of: rule, in: index)
      for match in matches {
        let place = Evidence(file: file, span: match.span, says: "is \(says)")
        answer.matches.append(finding(place, match, index.tree))
      }
      if !isComplete { answer.doubts.append(givenUp(file)) }
    }
    return answer
  }

  private func matches(of rule: CodeRule, in index: SyntaxIndex) -> (matches: [CodeMatch], isComplete: Bool) {
    var budget = StepBudget.file(nodeCount: index.tree.nodes.count)
    let matches = rule.matches(in: index, budget: &budget)
    return (matches, !budget.isSpent)
  }

  private func finding(_ place: Evidence, _ match: CodeMatch, _ tree: SyntaxTree) -> Finding {
    let facts = match.captures.map { ($0.name, Fact.word(String(tree.text(of: $0.span).prefix(200)))) }
    return Finding("code", .found, facts: Dictionary(facts) { first, _ in first }, evidence: [place])
  }

  private func add(_ finding: Finding, _ reachability: Reachability, to answer: inout Answer) {
    var finding = finding
    switch reachability {
    case .reachable: answer.matches.append(finding)
    case .unreachable:
      finding.status = .refused
      finding.reason = "nothing that runs leads there"
      answer.refused.append(finding)
    case .unknown:
      finding.status = .unknown
      finding.reason = "whether it runs could not be told within the analysis's steps"
      answer.doubts.append(finding)
    }
  }

  private func givenUp(_ file: String) -> Finding {
    Finding(
      "code", .unknown, evidence: [Evidence(file: file, span: ByteSpan(0, 0), says: "was not searched to its end")],
      reason: "the search was given up after too many steps; use fewer `$$$` in one list")
  }

  /// The project's own scripts that no page and no other script loads.
  private func unloadedScripts() -> [(file: String, index: SyntaxIndex)] {
    let loaded = Set(program.units.map { $0.file })
    return project.files.filter { file in
      (file.kind == .javaScript || file.kind == .typeScript) && file.role == .own && !file.isLink
        && !loaded.contains(file.path)
    }.map { file in
      let isTyped = file.kind == .typeScript
      let language: Language = !isTyped ? .jsx : file.path.hasSuffix("x") ? .tsx : .typeScript
      return (file.path, SyntaxIndex(parse(file.bytes, options: ParseOptions(language: language)).tree))
    }
  }

  // MARK: Calls and globals

  func calls(of name: String) -> Answer {
    var answer = Answer()
    for call in calledFunctions where call.names.contains(where: { fits($0, name) }) {
      let place = Evidence(file: call.code.file, span: call.code.span, says: "calls `\(name)`")
      answer.matches.append(Finding("call", .found, evidence: [place]))
    }
    return answer
  }

  /// Whether a function that goes under a path is meant by a name: by its path, by that without the library, or by `*.name`.
  private func fits(_ path: String, _ name: String) -> Bool {
    if path == name { return true }
    let bare = path.split(separator: ":", maxSplits: 1).last.map { String($0) } ?? path
    if bare == name || bare == "window." + name { return true }
    return name.hasPrefix("*.") && bare.hasSuffix(name.dropFirst())
  }

  private func findCalls() -> [Call] {
    var result: [Call] = []
    for unit in program.units {
      for index in unit.tree.nodes.indices {
        switch unit.tree.nodes[index].kind {
        case .callExpression, .newExpression, .taggedTemplateExpression:
          let code = Code(unit: unit, node: NodeID(UInt32(index)))
          guard program.isReachable(code) else { continue }
          let own = program.callees(of: code).compactMap { functionName($0) }
          result.append(Call(code: code, names: program.calleePaths(of: code) + own))
        default: break
        }
      }
    }
    return result
  }

  /// The name that a function is written with, or that its variable, property or method has.
  private func functionName(_ function: Code) -> String? {
    if let id = function[.id] { return id.name }
    guard let parent = function.parent else { return nil }
    switch parent.kind {
    case .variableDeclarator: return parent[.id]?.name
    case .property, .methodDefinition, .propertyDefinition: return parent[.key]?.name
    case .assignmentExpression:
      guard let left = parent[.left] else { return nil }
      return left.kind == .memberExpression ? left[.property]?.name : left.name
    default: return nil
    }
  }

  func uses(of name: String, _ pattern: CodePattern) -> Answer {
    let found = search(CodeRule(pattern: pattern), isAnywhere: false, says: "the global `\(name)`")
    guard !found.matches.isEmpty else { return found }
    var answer = Answer(doubts: found.doubts, refused: found.refused)
    for unit in program.units {
      let index = index(of: unit)
      guard pattern.filter.mayMatch(unit.tree.source) else { continue }
      for match in matches(of: CodeRule(pattern: pattern), in: index).matches {
        let code = Code(unit: unit, node: match.node)
        guard program.isReachable(code), !isDeclared(code) else { continue }
        let place = Evidence(file: unit.file, span: unit.fileSpan(match.span), says: "uses `\(name)`")
        if !answer.matches.contains(where: { $0.evidence.first == place }) {
          answer.matches.append(Finding("global", .found, evidence: [place]))
        }
      }
    }
    return answer
  }

  /// Whether what a name begins with is a variable of the project.
  private func isDeclared(_ code: Code) -> Bool {
    var first = code
    while first.kind == .memberExpression || first.kind == .chainExpression {
      guard let object = first[.object] ?? first[.expression] else { return false }
      first = object
    }
    return first.kind == .identifier && program.binding(of: first).map { !$0.declarations.isEmpty } ?? false
  }
}
