import Rubrics

/// Names findings so that the same finding has the same name when lines move.
///
/// A fingerprint is made of the rule, the file and the text at the place with white space folded, never of a line number. Equal ones
/// are told apart by their order in the project.
struct Fingerprinter {
  private var counts: [String: Int] = [:]

  init() {}

  /// The next fingerprint for a rule at a place.
  mutating func fingerprint(_ rule: String, _ subject: String, _ place: Place?) -> String {
    let parts = [rule, subject, place?.file ?? "", folded(place?.excerpt ?? "")]
    // Lengths keep apart what would read alike when joined.
    let key = parts.map { "\($0.utf8.count):\($0)" }.joined(separator: " ")
    let number = counts[key, default: 0]
    counts[key] = number + 1
    return String(SHA256Digest(Array("\(key) \(number)".utf8)).hexadecimal.prefix(16))
  }

  private func folded(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
  }
}
