/// One animation that an element runs.
public struct StyleAnimation: Hashable, Sendable {
  /// The name of its keyframes; `nil` for none.
  public var name: String?
  /// How long one run takes, in seconds.
  public var duration: Double = 0
  /// How long it waits first, in seconds.
  public var delay: Double = 0
  /// How often it runs; infinity for always.
  public var iterations: Double = 1
  /// `normal`, `reverse`, `alternate` or `alternate-reverse`.
  public var direction = "normal"
  /// Whether it stands still until something sets it running.
  public var isPaused = false
  /// The timing function as written.
  public var timing = "ease"
  /// Whether a `var()`, placeholder or calculation leaves some of it unknown.
  public var isUncertain = false

  /// Whether it never ends.
  public var isInfinite: Bool { iterations == .infinity }

  /// Whether anything can be seen to move: it has keyframes and takes time.
  public var canRun: Bool { name != nil && (duration > 0 || isUncertain) && iterations > 0 }

  /// Makes an animation with the initial values.
  public init() {}
}

/// One property that changes gradually.
public struct StyleTransition: Hashable, Sendable {
  /// The property's name, or `all`.
  public var property = "all"
  /// How long it takes, in seconds.
  public var duration: Double = 0
  /// How long it waits first, in seconds.
  public var delay: Double = 0
  /// Whether a `var()`, placeholder or calculation leaves some of it unknown.
  public var isUncertain = false
}

extension StyleSheet {
  private static let directions: Set<String> = ["normal", "reverse", "alternate", "alternate-reverse"]
  private static let fills: Set<String> = ["none", "forwards", "backwards", "both"]
  private static let timings: Set<String> = [
    "ease", "linear", "ease-in", "ease-out", "ease-in-out", "step-start", "step-end",
  ]
  private static let timingFunctions: Set<String> = ["cubic-bezier", "steps", "linear", "frames"]
  /// Words that reset a whole property.
  static let globalKeywords: Set<String> = ["initial", "inherit", "unset", "revert", "revert-layer"]

  /// The animations that the value of `animation` names.
  ///
  /// Source: CSS Animations Level 1, section 3.10: a word that can be a keyword is one, the first time.
  public func animations(in range: Range<Int>) -> [StyleAnimation] {
    splitAtCommas(range).compactMap { part in
      let parts = components(in: part)
      if parts.count == 1, tokens[parts[0]].kind == .ident,
        Self.globalKeywords.contains(asciiLowercased(value(of: tokens[parts[0]])))
      {
        return nil
      }
      return parts.isEmpty ? nil : animation(parts)
    }
  }

  private func animation(_ parts: [Int]) -> StyleAnimation {
    var result = StyleAnimation()
    var seen: Set<String> = []
    for part in parts {
      let token = tokens[part]
      if isPlaceholder(token) || isFunction(token, "var") {
        result.isUncertain = true
      } else if let quantity = quantity(in: part..<next(after: part)) {
        if quantity.dimension == .time {
          if seen.insert("duration").inserted {
            result.duration = quantity.value
          } else {
            result.delay = quantity.value
          }
        } else if quantity.dimension == .number {
          result.iterations = quantity.value
        }
      } else if token.kind == .string {
        result.name = value(of: token)
      } else if token.kind == .ident {
        apply(value(of: token), to: &result, &seen)
      } else if token.kind == .function {
        if !Self.timingFunctions.contains(asciiLowercased(value(of: token))) { result.isUncertain = true }
        result.timing = text(span(ofTokens: part..<next(after: part)))
      }
    }
    return result
  }

  private func apply(_ name: String, to result: inout StyleAnimation, _ seen: inout Set<String>) {
    let word = asciiLowercased(name)
    if word == "infinite", seen.insert("iterations").inserted {
      result.iterations = .infinity
    } else if Self.timings.contains(word), seen.insert("timing").inserted {
      result.timing = word
    } else if Self.directions.contains(word), seen.insert("direction").inserted {
      result.direction = word
    } else if Self.fills.contains(word), word != "none", seen.insert("fill").inserted {
      return
    } else if word == "running" || word == "paused", seen.insert("state").inserted {
      result.isPaused = word == "paused"
    } else if word != "none" {
      result.name = name
    }
  }

  /// The names in the value of `animation-name`; `none` is left out.
  public func animationNames(in range: Range<Int>) -> [String] {
    splitAtCommas(range).compactMap { part in
      guard let first = components(in: part).first else { return nil }
      let token = tokens[first]
      guard token.kind == .ident || token.kind == .string else { return nil }
      let name = value(of: token)
      return asciiLowercased(name) == "none" || Self.globalKeywords.contains(asciiLowercased(name)) ? nil : name
    }
  }

  /// The transitions in the value of `transition`; `none` gives an empty list.
  public func transitions(in range: Range<Int>) -> [StyleTransition] {
    splitAtCommas(range).compactMap { part in
      var result = StyleTransition()
      var hasDuration = false
      let parts = components(in: part)
      guard !parts.isEmpty else { return nil }
      for part in parts {
        let token = tokens[part]
        if let quantity = quantity(in: part..<next(after: part)), quantity.dimension == .time {
          if hasDuration { result.delay = quantity.value } else { result.duration = quantity.value }
          hasDuration = true
        } else if isPlaceholder(token) || isFunction(token, "var") {
          result.isUncertain = true
        } else if token.kind == .ident {
          let word = asciiLowercased(value(of: token))
          if word == "none" || Self.globalKeywords.contains(word) { return nil }
          if !Self.timings.contains(word), word != "allow-discrete", word != "normal" { result.property = word }
        }
      }
      return result
    }
  }

  /// The name that a `@keyframes` rule gives its frames; `nil` for another node.
  public func keyframesName(of node: Int) -> String? {
    guard nodes[node].kind == .atRule, name(of: node).hasSuffix("keyframes"),
      let first = components(in: nodes[node].valueTokens).first,
      tokens[first].kind == .ident || tokens[first].kind == .string
    else { return nil }
    return value(of: tokens[first])
  }
}
