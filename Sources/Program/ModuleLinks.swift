import JavaScriptSyntax

/// Where the source of an import, export or `require` leads.
enum LinkTarget {
  /// To a unit of the project.
  case unit(Int)
  /// To a library, by its package.
  case library(String)
  /// To a file of the project that is no script: a picture, a style sheet, data.
  case file(String)
  /// Nowhere.
  case missing(String)
}

/// How the units of a program are tied together by imports and exports.
final class ModuleLinks {
  /// Where each source leads, by the number of the literal's node.
  var targets: [UInt32: LinkTarget] = [:]
  /// Where each worker leads, by the number of the literal's node.
  var workers: [UInt32: Int] = [:]
  /// What an import that leads to no binding of the project stands for, by binding.
  private(set) var importTargets: [Int: ImportTarget] = [:]
  private var exportTables: [[String: Export]] = []
  private var stars: [[LinkTarget]] = []
  private var units: [Unit] = []
  private var defaults: [Int: Int] = [:]

  enum ImportTarget {
    case library(String)
    case namespace(Int)
  }

  private enum Export {
    case binding(Int)
    case forwarded(LinkTarget, String)
    case namespace(LinkTarget)
  }

  func target(of source: Code) -> LinkTarget? { targets[UInt32(source.index)] }

  func defaultBinding(of unit: Unit, _ facts: NameFacts) -> Int? { defaults[unit.id] }

  /// The unit whose own `module` and `exports` a scope holds.
  func commonJSUnit(of scope: Int, _ facts: NameFacts) -> Unit? {
    guard facts.scopes[scope].kind == .module, let position = facts.unitScopes.firstIndex(of: scope) else { return nil }
    return facts.units[position]
  }

  /// Ties import bindings to the bindings that they import.
  func resolveAliases(_ resolver: inout Resolver) {
    for unit in units { collectExports(of: unit, &resolver) }
    for unit in units { resolveImports(of: unit, &resolver) }
  }

  func prepare(_ units: [Unit]) {
    self.units = units
    exportTables = [[String: Export]](repeating: [:], count: units.count)
    stars = [[LinkTarget]](repeating: [], count: units.count)
  }

  // MARK: Exports

  private func collectExports(of unit: Unit, _ resolver: inout Resolver) {
    for statement in unit.root.list(.body) {
      switch statement.kind {
      case .exportDefaultDeclaration:
        if let binding = resolver.binding(named: "*default*", in: resolver.unitScopes[unit.id]) {
          exportTables[unit.id]["default"] = .binding(binding)
          defaults[unit.id] = binding
        }
      case .exportNamedDeclaration: collectNamed(statement, &resolver)
      case .exportAllDeclaration:
        guard let source = statement[.source], let target = target(of: source) else { continue }
        if let name = statement[.exported] {
          exportTables[unit.id][Self.exportName(name)] = .namespace(target)
        } else {
          stars[unit.id].append(target)
        }
      default: break
      }
    }
  }

  private static func exportName(_ code: Code) -> String {
    code.kind == .literal ? code.unit.tree.stringLiteral(code.node) ?? "" : code.name
  }

  private func collectNamed(_ statement: Code, _ resolver: inout Resolver) {
    let unit = statement.unit
    if let declaration = statement[.declaration] {
      var ids: [Code] = []
      if declaration.kind == .variableDeclaration {
        for declarator in declaration.list(.declarations) {
          guard let id = declarator[.id] else { continue }
          ids += patternTargets(id.node, in: unit.tree).map { Code(unit: unit, node: $0) }
        }
      } else if let id = declaration[.id] {
        ids = [id]
      }
      for id in ids {
        let binding = resolver.bindingOfNode[id.index]
        if binding != .max { exportTables[unit.id][id.name] = .binding(Int(binding)) }
      }
    }
    let source = statement[.source].flatMap { target(of: $0) }
    for specifier in statement.list(.specifiers) {
      guard let local = specifier[.local], let exported = specifier[.exported] else { continue }
      if let source {
        exportTables[unit.id][Self.exportName(exported)] = .forwarded(source, Self.exportName(local))
      } else {
        let binding = resolver.bindingOfNode[local.index]
        if binding != .max { exportTables[unit.id][Self.exportName(exported)] = .binding(Int(binding)) }
      }
    }
  }

  private enum Found {
    case binding(Int)
    case target(ImportTarget)
  }

  private func find(_ name: String, in target: LinkTarget, depth: Int = 0) -> Found? {
    guard depth < 32 else { return nil }
    switch target {
    case .library(let package): return .target(.library(Libraries.join(package + ":", name)))
    case .file, .missing: return nil
    case .unit(let unit):
      switch exportTables[unit][name] {
      case .binding(let binding): return .binding(binding)
      case .forwarded(let next, let inner): return find(inner, in: next, depth: depth + 1)
      case .namespace(let next): return namespace(next).map { .target($0) }
      case nil: break
      }
      guard name != "default" else { return nil }
      for star in stars[unit] {
        if let found = find(name, in: star, depth: depth + 1) { return found }
      }
      return nil
    }
  }

  private func namespace(_ target: LinkTarget) -> ImportTarget? {
    switch target {
    case .library(let package): .library(package + ":")
    case .unit(let unit): .namespace(unit)
    case .file, .missing: nil
    }
  }

  /// Every export of a unit that is a binding, by name, in the order of the names.
  func exports(of unit: Int) -> [(String, Int)] {
    var result: [String: Int] = [:]
    collect(unit, into: &result, depth: 0)
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func collect(_ unit: Int, into result: inout [String: Int], depth: Int) {
    guard depth < 16 else { return }
    for name in exportTables[unit].keys.sorted() where result[name] == nil {
      if case .binding(let binding) = find(name, in: .unit(unit)) { result[name] = binding }
    }
    for star in stars[unit] { if case .unit(let next) = star { collect(next, into: &result, depth: depth + 1) } }
  }

  // MARK: Imports

  private func resolveImports(of unit: Unit, _ resolver: inout Resolver) {
    for statement in unit.root.list(.body) where statement.kind == .importDeclaration {
      guard let source = statement[.source], let target = target(of: source) else { continue }
      for specifier in statement.list(.specifiers) {
        guard let local = specifier[.local] else { continue }
        let stored = resolver.bindingOfNode[local.index]
        guard stored != .max else { continue }
        let found: Found?
        switch specifier.kind {
        case .importNamespaceSpecifier: found = namespace(target).map { .target($0) }
        case .importDefaultSpecifier: found = find("default", in: target) ?? fallback(target)
        default:
          found = specifier[.imported].flatMap { find(Self.exportName($0), in: target) }
        }
        switch found {
        case .binding(let binding) where binding != Int(stored): resolver.bindings[Int(stored)].alias = UInt32(binding)
        case .target(let target): importTargets[Int(stored)] = target
        default: break
        }
      }
    }
  }

  /// A default import of a module that exports none gets what it assigns to `module.exports`: its namespace.
  private func fallback(_ target: LinkTarget) -> Found? { namespace(target).map { .target($0) } }
}
