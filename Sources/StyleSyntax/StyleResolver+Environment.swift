import SourceText

extension MediaEnvironment {
  private static let common = [
    "prefers-reduced-motion": "no-preference", "prefers-color-scheme": "light", "prefers-contrast": "no-preference",
    "prefers-reduced-transparency": "no-preference", "prefers-reduced-data": "no-preference", "forced-colors": "none",
    "inverted-colors": "none", "scripting": "enabled", "display-mode": "browser", "update": "fast",
  ]

  /// A wide window with a mouse, and nothing asked of the page.
  public static let desktop = MediaEnvironment(
    width: 1_280, height: 800,
    keywords: common.merging([
      "hover": "hover", "any-hover": "hover", "pointer": "fine", "any-pointer": "fine",
    ]) { $1 })

  /// A phone held upright, with a finger, and nothing asked of the page.
  public static let phone = MediaEnvironment(
    width: 390, height: 844,
    keywords: common.merging([
      "hover": "none", "any-hover": "none", "pointer": "coarse", "any-pointer": "coarse",
    ]) { $1 })

  /// The same device with less motion asked of the page.
  public var withReducedMotion: MediaEnvironment {
    var result = self
    result.keywords["prefers-reduced-motion"] = "reduce"
    return result
  }
}

/// Whether a browser of today supports what an `@supports` rule asks for, as far as its text can tell.
func isSupported(_ text: String) -> MatchResult {
  let sheet = parseComponentValues(Array(text.utf8)).tree
  return isSupported(MediaCondition(sheet, 0..<sheet.tokens.count))
}

private func isSupported(_ condition: MediaCondition) -> MatchResult {
  switch condition {
  case .feature(let feature): feature.name.hasPrefix("-") && !feature.name.hasPrefix("--") ? .maybe : .yes
  case .not(let inner): isSupported(inner).inverted
  case .all(let parts): parts.reduce(.yes) { min($0, isSupported($1)) }
  case .any(let parts): parts.reduce(.no) { max($0, isSupported($1)) }
  case .unknown(let text): asciiLowercased(text).hasPrefix("selector(") ? .yes : .maybe
  }
}

extension StyleResolver {
  /// The declaration that decides a property on a device while nothing is hovered, focused or otherwise acted on:
  /// the strongest whose selector certainly matches and whose conditions hold.
  @inlinable
  public mutating func winner(
    of property: String, on element: Tree.Element, in environment: MediaEnvironment, pseudoElement: String? = nil
  ) -> AppliedDeclaration? {
    declarations(of: property, on: element, pseudoElement: pseudoElement).first { declaration in
      declaration.certainty == .yes
        && (declaration.rule < 0 || index.conditions(of: declaration.rule, holdIn: environment) == .yes)
    }
  }

  /// The animations that run on a device while nothing is acted on.
  @inlinable
  public mutating func animations(
    of element: Tree.Element, in environment: MediaEnvironment, pseudoElement: String? = nil
  ) -> [StyleAnimation] {
    guard let winner = winner(of: "animation-name", on: element, in: environment, pseudoElement: pseudoElement),
      let value = value(of: winner, on: element), let sheet = index.sheet(of: winner, in: style(of: element))
    else { return [] }
    var result = value.animations(listedBy: sheet, winner.node)
    for property in ["animation-duration", "animation-iteration-count", "animation-delay"] {
      guard let own = self.winner(of: property, on: element, in: environment, pseudoElement: pseudoElement),
        let sheet = index.sheet(of: own, in: style(of: element)), sheet.name(of: own.node).hasSuffix(property),
        let value = self.value(of: own, on: element)
      else { continue }
      for place in result.indices { result[place].take(property, from: value) }
    }
    return result.filter { $0.name != nil || $0.isUncertain }
  }
}

extension StyleSheet {
  /// The animations in this value, which stands for the value of a declaration of `sheet`.
  @usableFromInline
  func animations(listedBy sheet: StyleSheet, _ node: Int) -> [StyleAnimation] {
    let all = 0..<tokens.count
    guard sheet.name(of: node).hasSuffix("animation-name") else { return animations(in: all) }
    return animationNames(in: all).map { name in
      var animation = StyleAnimation()
      animation.name = name
      return animation
    }
  }
}
