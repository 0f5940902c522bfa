public import SourceText

/// A language whose bytes and lines are counted apart.
public enum CountedLanguage: UInt8, Hashable, Sendable, CaseIterable {
  /// HTML, and the markup of components.
  case html
  /// CSS.
  case css
  /// JavaScript, JSX included.
  case javaScript
  /// TypeScript, TSX included.
  case typeScript
  /// JSON, as in data blocks and import maps.
  case json
  /// A shading language of OpenGL.
  case glsl
  /// The shading language of WebGPU.
  case wgsl
  /// SCSS.
  case scss
  /// The indented syntax of Sass.
  case sass
  /// LESS.
  case less

  /// The name in reports.
  public var name: String {
    switch self {
    case .html: "html"
    case .css: "css"
    case .javaScript: "javascript"
    case .typeScript: "typescript"
    case .json: "json"
    case .glsl: "glsl"
    case .wgsl: "wgsl"
    case .scss: "scss"
    case .sass: "sass"
    case .less: "less"
    }
  }

  /// Whether Unicode's spaces separate tokens, as ECMAScript has it.
  var hasUnicodeSpaces: Bool { self == .javaScript || self == .typeScript }
}

/// A range of bytes that is painted otherwise than byte by byte.
struct Region: Hashable {
  enum Kind: UInt8 {
    /// Comment.
    case comment
    /// A literal: all of it is code, its white space too.
    case literal
    /// Text between tags: white space at a line's edge or beside a comment is white space, the rest is code.
    case text
    /// Tokens: white space is white space, the rest is code.
    case tokens
  }

  var start: UInt32
  var end: UInt32
  var kind: Kind

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  var span: ByteSpan { ByteSpan(start: start, end: end) }
}

/// A stretch of a file in one language, with the regions in it, in the order of the text.
struct Stretch {
  var range: Range<Int>
  var language: CountedLanguage
  var regions: [Region]
  /// Whether bytes outside the regions are text between tags rather than tokens.
  var isText = false
  /// How the stretch is parsed, where it is a script.
  var script: ScriptOptions?
}

/// A comment, its language, and where it stands.
public struct FoundComment: Hashable, Sendable {
  /// Its bytes in the file, delimiters and all between.
  public var span: ByteSpan
  /// The language that it is a comment of.
  public var language: CountedLanguage
  /// What it is for.
  public var kind: CommentKind = .explanation
}
