import SourceText

/// A utility class of Tailwind CSS: what it declares and when that counts.
public struct UtilityClass: Hashable, Sendable {
  /// A property and its value.
  public struct Declaration: Hashable, Sendable {
    /// The property.
    public var property: String
    /// The value as CSS.
    public var value: String
  }

  /// The class without its prefixes.
  public var base: String
  /// The prefixes, outermost first: `md`, `hover`, `motion-reduce`.
  public var variants: [String]
  /// What the base declares; empty where the base is not in the table.
  public var declarations: [Declaration]
  /// Whether it is `!important`.
  public var isImportant: Bool

  /// Reads a class; `nil` if it is not of the form of a utility or neither its base nor a prefix is known.
  public init?(_ name: String) {
    guard name.utf8.count < 512 else { return nil }
    var parts = UtilityClass.split(name)
    guard var base = parts.popLast(), !base.isEmpty, !parts.contains("") else { return nil }
    isImportant = base.hasPrefix("!") || base.hasSuffix("!")
    if base.hasPrefix("!") { base.removeFirst() }
    if base.hasSuffix("!") { base.removeLast() }
    self.base = base
    variants = parts
    declarations = UtilityClass.declarations(of: base)
    if declarations.isEmpty, !parts.contains(where: UtilityClass.isVariant) { return nil }
  }

  /// Cuts a class at its colons, those in brackets aside.
  private static func split(_ name: String) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    for character in name {
      if character == "[" || character == "(" { depth += 1 }
      if character == "]" || character == ")" { depth -= 1 }
      if character == ":", depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  private static func isVariant(_ name: String) -> Bool {
    let state = stateName(name)
    return UtilityTable.media[name] != nil || state != nil || UtilityTable.pseudoElements.contains(name)
      || width(of: name) != nil
  }

  /// The state that a prefix stands for: `hover`, and for `group-hover` and `peer-focus` too.
  private static func stateName(_ variant: String) -> String? {
    var name = variant
    for prefix in ["group-", "peer-", "not-", "in-"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
    if let slash = name.firstIndex(of: "/") { name = String(name[..<slash]) }
    return UtilityTable.states[name] ?? (UtilityTable.plainStates.contains(name) ? name : nil)
  }

  /// The width that a breakpoint prefix stands for, and whether it is a least width.
  private static func width(of variant: String) -> (pixels: Double, isLeast: Bool, isContainer: Bool)? {
    var name = variant
    let isContainer = name.hasPrefix("@")
    if isContainer { name.removeFirst() }
    let isLeast = !name.hasPrefix("max-")
    if !isLeast { name.removeFirst(4) }
    if name.hasPrefix("min-") { name.removeFirst(4) }
    if name.hasPrefix("["), name.hasSuffix("]") {
      let sheet = parseComponentValues(Array(name.dropFirst().dropLast().utf8)).tree
      return sheet.pixels(in: 0..<sheet.tokens.count).map { ($0, isLeast, isContainer) }
    }
    let pixels =
      isContainer
      ? UtilityTable.containers[name] : UtilityTable.breakpoints.first { $0.name == name }?.width
    return pixels.map { ($0, isLeast, isContainer) }
  }

  /// What has to hold for the class to count, one query for each prefix that stands for one.
  public var media: [MediaQueryList] {
    variants.compactMap { variant in
      if let query = UtilityTable.media[variant] { return MediaQueryList(query) }
      guard let width = UtilityClass.width(of: variant), !width.isContainer else { return nil }
      return MediaQueryList(width.isLeast ? "(min-width: \(width.pixels)px)" : "(max-width: \(width.pixels)px)")
    }
  }

  /// Whether it counts only from, or up to, some width of the viewport or a container.
  public var dependsOnWidth: Bool { variants.contains { UtilityClass.width(of: $0) != nil } }

  /// The states that it needs, as pseudo-classes without colon.
  public var states: [StateUse] {
    variants.compactMap { variant in
      UtilityClass.stateName(variant).map {
        let isOther = variant.hasPrefix("group-") || variant.hasPrefix("peer-") || variant.hasPrefix("in-")
        return StateUse(name: $0, isOnSubject: !isOther, isNegated: variant.hasPrefix("not-"))
      }
    }
  }

  /// The pseudo-element that it styles, without colons.
  public var pseudoElement: String? { variants.first { UtilityTable.pseudoElements.contains($0) } }

  /// The value that it gives a property; `nil` if it does not set it.
  public func value(of property: String) -> String? { declarations.last { $0.property == property }?.value }

  /// The animations that it starts.
  public var animations: [StyleAnimation] {
    guard let value = value(of: "animation") else { return [] }
    let sheet = parseComponentValues(Array(value.utf8)).tree
    return sheet.animations(in: 0..<sheet.tokens.count).filter { $0.name != nil }
  }

  private static func declarations(of base: String) -> [Declaration] {
    if let fixed = UtilityTable.fixed[base] { return list(fixed) }
    if base.hasPrefix("["), base.hasSuffix("]") { return list(unbracketed(String(base))) }
    var name = base
    let isNegative = name.hasPrefix("-")
    if isNegative { name.removeFirst() }
    guard let dash = valueStart(name) else { return [] }
    let key = String(name[..<dash])
    let value = String(name[name.index(after: dash)...])
    if let property = UtilityTable.spaced[key], let length = length(value, key) {
      return [Declaration(property: property, value: isNegative ? "calc(\(length) * -1)" : length)]
    }
    if let (property, before, after) = UtilityTable.counted[key] {
      if let inner = bracketed(value) { return [Declaration(property: property, value: inner)] }
      guard !value.isEmpty, value.utf8.allSatisfy(isDigit) else { return [] }
      return [Declaration(property: property, value: before + (isNegative ? "-" : "") + value + after)]
    }
    guard let property = UtilityTable.arbitrary[key], let inner = bracketed(value) else { return [] }
    return [Declaration(property: property, value: inner)]
  }

  /// The dash before the value: the one before a bracket, or the last.
  private static func valueStart(_ name: String) -> String.Index? {
    let end = name.firstIndex { $0 == "[" || $0 == "(" } ?? name.endIndex
    return name[..<end].lastIndex(of: "-")
  }

  private static func list(_ text: String) -> [Declaration] {
    let sheet = parseDeclarationList(Array(text.utf8)).tree
    return sheet.topLevel.filter { sheet.nodes[$0].kind == .declaration }.map {
      Declaration(property: sheet.name(of: $0), value: sheet.valueText(of: $0))
    }
  }

  /// The value in `[...]` with underscores read as spaces, or the variable in `(...)`; `nil` for another value.
  private static func bracketed(_ value: String) -> String? {
    if value.hasPrefix("("), value.hasSuffix(")") { return "var\(value)" }
    return value.hasPrefix("[") && value.hasSuffix("]") ? unbracketed(value) : nil
  }

  private static func unbracketed(_ value: String) -> String {
    String(value.dropFirst().dropLast().map { $0 == "_" ? " " : $0 })
  }

  /// A length of the spacing scale: 0.25 rem a step, a fraction, a named size of a container, or an arbitrary value.
  private static func length(_ value: String, _ key: String) -> String? {
    if let inner = bracketed(value) { return inner }
    if value == "px" { return "1px" }
    if value == "auto" || value == "full" { return value == "auto" ? "auto" : "100%" }
    if key.hasSuffix("w") || key == "basis" || key == "max-h", let pixels = UtilityTable.containers[value] {
      return "\(pixels)px"
    }
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let above = number(parts[0]), let below = number(parts[1]), below > 0 {
      return "\(above / below * 100)%"
    }
    return number(value[...]).map { "\($0 / 4)rem" }
  }

  private static func number(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy({ isDigit($0) || $0 == 0x2E }) else { return nil }
    return Double(text)
  }
}

/// The utility classes of a list of classes, in order.
public func utilityClasses(in classes: String) -> [UtilityClass] { styleWords(classes).compactMap { UtilityClass($0) } }

extension StyleIndex {
  /// The utility classes that a rule takes over with `@apply`, in order.
  public func appliedUtilities(of rule: Int) -> [UtilityClass] {
    let sheet = sources[rules[rule].source].sheet
    return sheet.children(of: rules[rule].node).filter { sheet.isNamed($0, "apply") }.flatMap {
      utilityClasses(in: sheet.valueText(of: $0))
    }
  }
}
