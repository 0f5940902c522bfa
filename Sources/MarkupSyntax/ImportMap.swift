import FoundationEssentials

/// A map of module specifiers to addresses.
///
/// Source: WHATWG, *HTML*, section 8.1.6.5, "import maps".
public struct ImportMap: Hashable, Sendable {
  /// One line of the map.
  public struct Entry: Hashable, Sendable {
    /// The specifier, or with a slash at the end the beginning of specifiers.
    public var specifier: String
    /// The address as written; `nil` where the map forbids the specifier.
    public var address: String?
    /// Where the address leads.
    public var target: Reference.Target?
    let resolver: ReferenceResolver
  }

  /// The lines for the whole page; longer specifiers first.
  public private(set) var imports: [Entry] = []
  /// The lines for modules whose address begins in a certain way; longer beginnings first.
  public private(set) var scopes: [(prefix: String, imports: [Entry])] = []

  /// Makes an empty map.
  public init() {}

  /// Whether the map has no line.
  public var isEmpty: Bool { imports.isEmpty && scopes.allSatisfy { $0.imports.isEmpty } }

  /// Where a specifier leads; `nil` when the map says nothing of it.
  ///
  /// - Parameters:
  ///   - specifier: What the import says; for a relative one, `./` and the path from the page's folder.
  ///   - importer: The path of the importing module, for scopes.
  public func resolve(_ specifier: String, from importer: String? = nil) -> Reference.Target? {
    if let importer {
      for scope in scopes
      where importer == scope.prefix || scope.prefix.hasSuffix("/") && importer.hasPrefix(scope.prefix) {
        if let found = ImportMap.find(specifier, in: scope.imports) { return found }
      }
    }
    return ImportMap.find(specifier, in: imports)
  }

  private static func find(_ specifier: String, in entries: [Entry]) -> Reference.Target? {
    for entry in entries {
      if entry.specifier == specifier { return entry.target }
      guard entry.specifier.hasSuffix("/"), specifier.hasPrefix(entry.specifier), let address = entry.address else {
        continue
      }
      let rest = specifier.dropFirst(entry.specifier.count)
      return entry.resolver.resolve(address + rest)
    }
    return nil
  }

  /// Adds a later map; of two lines for one specifier the earlier counts.
  mutating func add(_ other: ImportMap) {
    imports = ImportMap.merged(imports, other.imports)
    for scope in other.scopes {
      if let index = scopes.firstIndex(where: { $0.prefix == scope.prefix }) {
        scopes[index].imports = ImportMap.merged(scopes[index].imports, scope.imports)
      } else {
        scopes.append(scope)
      }
    }
    scopes.sort { ImportMap.isLonger($0.prefix, $1.prefix) }
  }

  private static func merged(_ earlier: [Entry], _ later: [Entry]) -> [Entry] {
    let known = Set(earlier.map { $0.specifier })
    return (earlier + later.filter { !known.contains($0.specifier) }).sorted { isLonger($0.specifier, $1.specifier) }
  }

  private static func isLonger(_ left: String, _ right: String) -> Bool {
    left.utf8.count != right.utf8.count
      ? left.utf8.count > right.utf8.count : left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Why a text is no import map.
  struct Failure: Error {
    var problem: String
  }

  static func parse(_ bytes: [UInt8], _ resolver: ReferenceResolver) -> Result<ImportMap, Failure> {
    guard let parsed = try? JSONDecoder().decode(Parsed.self, from: Data(bytes)) else {
      return .failure(Failure(problem: "it is no JSON object of specifiers and addresses"))
    }
    var map = ImportMap()
    map.imports = entries(parsed.imports ?? [:], resolver)
    map.scopes = (parsed.scopes ?? [:]).map { prefix, imports in
      (normalized(prefix, resolver), entries(imports, resolver))
    }.sorted { isLonger($0.prefix, $1.prefix) }
    return .success(map)
  }

  private static func entries(_ imports: [String: Value], _ resolver: ReferenceResolver) -> [Entry] {
    imports.map { specifier, value in
      // An address is a path that begins with a dot or slash, or has a scheme; anything else forbids the specifier.
      let address = value.text.flatMap { isAddress($0, resolver) ? $0 : nil }
      let target = address.map(resolver.resolve)
      return Entry(
        specifier: normalized(specifier, resolver), address: address, target: target, resolver: resolver)
    }.sorted { isLonger($0.specifier, $1.specifier) }
  }

  private static func isAddress(_ text: String, _ resolver: ReferenceResolver) -> Bool {
    if text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../") { return true }
    switch resolver.resolve(text) {
    case .external, .data, .other: return text.utf8.contains(0x3A)
    default: return false
    }
  }

  /// A specifier that is an address is compared as the address that it leads to.
  private static func normalized(_ specifier: String, _ resolver: ReferenceResolver) -> String {
    guard specifier.hasPrefix("./") || specifier.hasPrefix("../") || specifier.hasPrefix("/") else { return specifier }
    guard case .local(let path, _, _) = resolver.resolve(specifier) else { return specifier }
    return path.hasPrefix("/") || path.hasPrefix("../") ? path : "./" + path
  }

  private struct Parsed: Decodable {
    var imports: [String: Value]?
    var scopes: [String: [String: Value]]?
  }

  /// An address; anything but a string is none.
  private struct Value: Decodable {
    var text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }

  /// Compares the lines.
  public static func == (left: ImportMap, right: ImportMap) -> Bool {
    left.imports == right.imports && left.scopes.elementsEqual(right.scopes) { $0 == $1 }
  }

  /// Hashes the lines.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(imports)
    for scope in scopes { hasher.combine(scope.prefix) }
  }
}
