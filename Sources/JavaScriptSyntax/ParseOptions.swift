/// A language that ``parse(_:options:)`` reads.
public enum Language: String, Hashable, Sendable, CaseIterable {
  /// JavaScript without JSX.
  case javaScript = "js"
  /// JavaScript with JSX.
  case jsx
  /// TypeScript without JSX.
  case typeScript = "ts"
  /// TypeScript with JSX.
  case tsx
  /// A TypeScript declaration file.
  case typeScriptDeclarations = "d.ts"

  /// Whether types and the rest of TypeScript's syntax are read.
  public var hasTypes: Bool { self == .typeScript || self == .tsx || self == .typeScriptDeclarations }
  /// Whether JSX is read.
  public var hasJSX: Bool { self == .jsx || self == .tsx }
}

/// How a text is to be read.
public struct ParseOptions: Hashable, Sendable {
  /// Which goal symbol the text is parsed with.
  public enum Goal: String, Hashable, Sendable {
    /// A classic script.
    case script
    /// An ECMAScript module.
    case module
    /// A module when it holds `import`, `export` or `import.meta` (or a top-level `await` that a script cannot hold), else a script.
    case unambiguous
  }

  /// The language.
  public var language: Language
  /// The goal symbol.
  public var goal: Goal
  /// Whether a script is strict from its first token, as if it began with `"use strict"`.
  public var isStrict: Bool
  /// How deep constructs may nest; deeper text is skipped with a diagnostic that names this limit.
  public var maximumNestingDepth: Int

  /// Makes options; the defaults read plain JavaScript of either goal.
  public init(
    language: Language = .javaScript, goal: Goal = .unambiguous, isStrict: Bool = false,
    maximumNestingDepth: Int = 1_000
  ) {
    self.language = language
    self.goal = goal
    self.isStrict = isStrict
    self.maximumNestingDepth = maximumNestingDepth
  }
}
