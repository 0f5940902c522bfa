/// Names taken apart: `enemyBullets2` is *enemy*, *bullet*.
///
/// Names never prove anything by themselves; they tell which of several things that structure has found is which.
public enum Names {
  /// The words of an identifier: split at case, digits, `_`, `-` and `$`, in small letters, in their simple form.
  ///
  /// - Complexity: O(*n*) in the length of the name.
  public static func words(_ identifier: String) -> [String] { pieces(identifier).map { stem($0) } }

  /// The words of an identifier as written, in small letters.
  public static func pieces(_ identifier: String) -> [String] {
    var result: [String] = []
    var current = ""
    let characters = Array(identifier)
    func flush() {
      if !current.isEmpty { result.append(current.lowercased()) }
      current = ""
    }
    for (index, character) in characters.enumerated() {
      guard character.isLetter else {
        flush()
        continue
      }
      if character.isUppercase {
        let follows = index > 0 && characters[index - 1].isLetter && !characters[index - 1].isUppercase
        let begins =
          index > 0 && index + 1 < characters.count && characters[index - 1].isUppercase
          && characters[index + 1].isLowercase
        if follows || begins { flush() }
      }
      current.append(character)
    }
    flush()
    return result
  }

  /// A word without its commonest endings of number and form; short words stay as they are.
  public static func stem(_ word: String) -> String {
    let count = word.utf8.count
    guard count > 3, word.utf8.allSatisfy({ $0 < 0x80 }) else { return word }
    if word.hasSuffix("ies"), count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("sses") || word.hasSuffix("xes") || word.hasSuffix("ches") || word.hasSuffix("shes") {
      return String(word.dropLast(2))
    }
    if word.hasSuffix("ves"), count > 5 { return word.dropLast(3) + "f" }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is") {
      return String(word.dropLast())
    }
    for (ending, minimum) in [("ing", 6), ("ed", 5)] where word.hasSuffix(ending) && count >= minimum {
      let stem = String(word.dropLast(ending.utf8.count))
      guard !word.hasSuffix("eed"), stem.contains(where: { "aeiouy".contains($0) }) else { return word }
      let letters = Array(stem)
      // `running` and `shipped` double the last letter.
      if letters.count > 3, letters[letters.count - 1] == letters[letters.count - 2],
        !"lsz".contains(letters[letters.count - 1])
      {
        return String(letters.dropLast())
      }
      return stem
    }
    return word
  }
}

/// Words that stand for a role, in any number of human languages, such as *enemy*, *foe*, *gegner*, *敌人*.
public struct Vocabulary: Hashable, Sendable {
  private let stems: Set<String>
  private let fragments: [String]

  /// Makes a vocabulary of words, as a person would write them.
  public init(_ words: some Sequence<String>) {
    let written = words.map { $0.lowercased() }
    stems = Set(written.map { Names.stem($0) })
    // Languages that build long words, or use no spaces, are found inside a word.
    fragments = Array(Set(written.filter { $0.utf8.count >= 6 })).sorted()
  }

  /// Whether some word of an identifier is in the vocabulary, or holds one of its longer words.
  public func matches(_ identifier: String) -> Bool {
    let pieces = Names.pieces(identifier)
    if pieces.contains(where: { stems.contains(Names.stem($0)) || stems.contains($0) }) { return true }
    let joined = pieces.joined()
    if stems.contains(joined) { return true }
    return fragments.contains { fragment in
      pieces.contains { $0.utf8.count > fragment.utf8.count && $0[...].range(ofText: fragment) != nil }
    }
  }
}
