public import SourceText

/// An address in a page, and where it leads.
public struct Reference: Hashable, Sendable {
  /// What an address leads to.
  public enum Target: Hashable, Sendable {
    /// A file beside the page: its path from the page's folder, or from the site's root if it begins with a slash, percent
    /// escapes decoded, dot segments resolved; `query` and `fragment` without their marks.
    case local(path: String, query: String?, fragment: String?)
    /// A place in the same page; empty for its top.
    case fragment(String)
    /// Data in the address itself, with their media type, in small letters.
    case data(mediaType: String)
    /// Something on another host: its scheme and authority, such as `https://cdn.example`, and the whole address.
    case external(origin: String, url: String)
    /// A program: what follows `javascript:`, percent escapes decoded.
    case script(String)
    /// Another scheme, such as `mailto` or `tel`, in small letters.
    case other(scheme: String)
    /// Nothing: the address is empty.
    case empty
  }

  /// The address as written, character references decoded.
  public var written: String
  /// The attribute's value in the page.
  public var span: ByteSpan
  /// Where it leads.
  public var target: Target

  /// Makes a reference.
  public init(written: String, span: ByteSpan, target: Target) {
    self.written = written
    self.span = span
    self.target = target
  }

  /// The path of a local file; `nil` for anything else.
  public var localPath: String? {
    if case .local(let path, _, _) = target { path } else { nil }
  }

  /// Whether the address leads to another host.
  public var isExternal: Bool {
    if case .external = target { true } else { false }
  }
}

/// Resolves addresses against a page that lies at the root of a folder, and its `base` if it has one.
///
/// Source: WHATWG, *URL*, as far as a page on disk needs it.
public struct ReferenceResolver: Hashable, Sendable {
  /// The folder that relative addresses begin in: empty, or ending in a slash.
  private var folder: String
  /// The page that `base` stands for when it is not this one.
  private var page: String?
  private var origin: String?

  /// A resolver without a `base`.
  public init() { folder = "" }

  /// A resolver for pages with a `base` element.
  public init(base: String) {
    self.init()
    switch resolve(base) {
    case .local(let path, _, _):
      folder = ReferenceResolver.folder(of: path)
      page = path
    case .external(let origin, let url):
      self.origin = origin
      let rest = url.dropFirst(origin.count).prefix { $0 != "?" && $0 != "#" }
      page = rest.isEmpty ? "/" : String(rest)
      folder = ReferenceResolver.folder(of: page ?? "/")
    default: break
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Where an address leads.
  public func resolve(_ written: String) -> Reference.Target {
    let address = cleaned(written)
    if address.isEmpty { return .empty }
    if let (scheme, rest) = splitScheme(address) { return resolve(scheme: scheme, rest, whole: address) }
    if address.hasPrefix("//") || address.hasPrefix("\\\\") {
      return external(scheme: origin.flatMap { splitScheme($0)?.0 } ?? "https", String(address.dropFirst(2)))
    }
    return resolveRelative(address)
  }

  /// Leaves out what browsers leave out of addresses: control characters around, tabs and line ends anywhere.
  private func cleaned(_ written: String) -> String {
    var bytes = Array(written.utf8)
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    let trimmed = bytes.drop { $0 <= 0x20 }.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    return String(decoding: trimmed, as: UTF8.self)
  }

  private func splitScheme(_ address: String) -> (String, String)? {
    let bytes = address.utf8
    guard let first = bytes.first, isLetter(first), let colon = bytes.firstIndex(of: 0x3A) else { return nil }
    let scheme = bytes[..<colon]
    let isName = scheme.allSatisfy { isLetter($0) || $0 &- 0x30 < 10 || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
    guard isName else { return nil }
    return (String(decoding: scheme.map(lowercase), as: UTF8.self), String(address[address.index(after: colon)...]))
  }

  private func resolve(scheme: String, _ rest: String, whole: String) -> Reference.Target {
    switch scheme {
    case "data":
      let type = rest.prefix { $0 != "," && $0 != ";" }
      return .data(mediaType: type.isEmpty ? "text/plain" : String(decoding: type.utf8.map(lowercase), as: UTF8.self))
    case "javascript": return .script(decodePercent(rest))
    case "http", "https", "ws", "wss", "ftp":
      let afterSlashes = rest.drop { $0 == "/" || $0 == "\\" }
      return external(scheme: scheme, String(afterSlashes))
    default: return .other(scheme: scheme)
    }
  }

  private func external(scheme: String, _ rest: String) -> Reference.Target {
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\" }
    guard !authority.isEmpty else { return .other(scheme: scheme) }
    let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    let origin = "\(scheme)://\(String(decoding: host.utf8.map(lowercase), as: UTF8.self))"
    return .external(origin: origin, url: origin + rest.dropFirst(authority.count))
  }

  private func resolveRelative(_ address: String) -> Reference.Target {
    let (beforeFragment, fragment) = split(address, "#")
    let (path, query) = split(beforeFragment, "?")
    if path.isEmpty {
      // With a base, even a mere fragment is in the base's page.
      guard let page else {
        if query == nil { return .fragment(decodePercent(fragment ?? "")) }
        return .local(path: "", query: query, fragment: fragment.map(decodePercent))
      }
      if let origin { return .external(origin: origin, url: origin + page + address) }
      return .local(path: page, query: query, fragment: fragment.map(decodePercent))
    }
    let slashed = String(path.map { $0 == "\\" ? "/" : $0 })
    let joined = slashed.hasPrefix("/") ? slashed : folder + slashed
    let resolved = resolveDots(joined)
    if let origin {
      let tail = address.dropFirst(path.count)
      return .external(origin: origin, url: origin + (resolved.hasPrefix("/") ? "" : "/") + resolved + tail)
    }
    return .local(path: decodePercent(resolved), query: query, fragment: fragment.map(decodePercent))
  }

  private func split(_ text: String, _ mark: Character) -> (String, String?) {
    guard let index = text.firstIndex(of: mark) else { return (text, nil) }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }

  /// Resolves `.` and `..`; what leads above the page's folder keeps its `..`, above the root it stays at the root.
  private func resolveDots(_ path: String) -> String {
    let isRooted = path.hasPrefix("/")
    var parts: [Substring] = []
    let all = path.split(separator: "/", omittingEmptySubsequences: true)
    for part in all {
      if part == "." { continue }
      if part == ".." {
        if let last = parts.last, last != ".." { parts.removeLast() } else if !isRooted { parts.append(part) }
      } else {
        parts.append(part)
      }
    }
    let isFolder = path.hasSuffix("/") || all.last == "." || all.last == ".."
    let joined = (isRooted ? "/" : "") + parts.joined(separator: "/")
    return isFolder && !parts.isEmpty ? joined + "/" : joined
  }
}

/// A text with its percent escapes decoded.
func decodePercent(_ text: String) -> String {
  guard text.utf8.contains(0x25) else { return text }
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  var index = 0
  func digit(_ index: Int) -> UInt8? {
    guard index < bytes.count else { return nil }
    let byte = bytes[index]
    if byte &- 0x30 < 10 { return byte &- 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }
  while index < bytes.count {
    if bytes[index] == 0x25, let high = digit(index + 1), let low = digit(index + 2) {
      result.append(high << 4 | low)
      index += 3
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}
