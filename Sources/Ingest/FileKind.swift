/// Tells what a file is, from its name first and its content where the name says nothing.
enum FileKind {
  /// What a name promises.
  enum Promise: Hashable { case text(ProjectFile.Kind), binary, unknown }

  static func promise(of path: String) -> Promise {
    guard let suffix = lowercasedExtension(of: path) else { return .unknown }
    if let kind = kinds[suffix] { return .text(kind) }
    return binaryExtensions.contains(suffix) ? .binary : .unknown
  }

  /// The kind of a text whose name says nothing; `nil` for bytes that are no text.
  static func sniff(_ bytes: [UInt8]) -> ProjectFile.Kind? {
    let head = bytes.prefix(4096)
    if head.contains(0), !hasUTF16Mark(bytes) { return nil }
    let start = head.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    let opening = start.prefix(64).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    if opening.starts(with: "<!doctype html".utf8) || opening.starts(with: "<html".utf8) { return .html }
    if opening.starts(with: "#!".utf8) {
      let line = String(decoding: opening.prefix { $0 != 0x0A }, as: UTF8.self)
      if line.hasSuffix("node") || line.hasSuffix("bun") || line.hasSuffix("deno") { return .javaScript }
    }
    return .other
  }

  /// Whether bytes under a text's name are no text: a video that shares its extension with TypeScript, say.
  static func isBinary(_ bytes: [UInt8]) -> Bool { !hasUTF16Mark(bytes) && bytes.prefix(1024).contains(0) }

  private static func hasUTF16Mark(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && (bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF)
  }

  static func lowercasedExtension(of path: String) -> String? {
    let name = path.utf8.split(separator: 0x2F).last ?? path.utf8[...]
    guard let dot = name.lastIndex(of: 0x2E), dot > name.startIndex else { return nil }
    let suffix = name[name.index(after: dot)...].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return suffix.isEmpty ? nil : String(decoding: suffix, as: UTF8.self)
  }

  private static let kinds: [String: ProjectFile.Kind] = [
    "html": .html, "htm": .html, "xhtml": .html, "xht": .html,
    "css": .css,
    "js": .javaScript, "mjs": .javaScript, "cjs": .javaScript, "jsx": .javaScript, "es6": .javaScript,
    "es": .javaScript,
    "ts": .typeScript, "mts": .typeScript, "cts": .typeScript, "tsx": .typeScript,
    "vue": .vue, "svelte": .svelte,
    "json": .json, "jsonc": .json, "json5": .json, "webmanifest": .json, "map": .json, "geojson": .json,
    "md": .other, "markdown": .other, "txt": .other, "yaml": .other, "yml": .other, "toml": .other, "svg": .other,
    "xml": .other, "csv": .other, "tsv": .other, "styl": .other, "lock": .other,
    "scss": .scss, "sass": .sass, "less": .less,
    "glsl": .glsl, "vert": .glsl, "frag": .glsl, "vs": .glsl, "fs": .glsl, "vertex": .glsl, "fragment": .glsl,
    "wgsl": .wgsl,
  ]

  private static let binaryExtensions: Set<String> = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "tif", "tiff", "heic", "psd", "mp3", "wav", "ogg", "oga",
    "m4a", "aac", "flac", "opus", "mid", "mp4", "webm", "mov", "m4v", "avi", "mkv", "woff", "woff2", "ttf", "otf",
    "eot", "glb", "bin", "fbx", "blend", "ktx2", "basis", "hdr", "exr", "wasm", "zip", "gz", "tgz", "br", "7z", "rar",
    "tar", "pdf", "sqlite", "db", "exe", "so", "dll", "dylib", "class", "jar", "node", "pyc", "dat",
  ]
}

extension ProjectFile.Kind {
  /// What the name of a file promises; `nil` when it promises no text.
  public init?(path: String) {
    guard case .text(let kind) = FileKind.promise(of: path) else { return nil }
    self = kind
  }
}
