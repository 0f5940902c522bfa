import Foundation

/// The labels of one project, read by hand.
struct Labels: Decodable {
  /// A criterion's id to met, broken or missing.
  var labels: [String: String]
  /// Criteria about which a fair reader could argue.
  var unsure: [String]
}

/// An edit of one file: exactly one occurrence of `find` replaced, or the whole file.
struct Edit: Decodable {
  var file: String
  var find: String?
  var replace: String?
  var content: String?
}

/// A changed project and what the change does to its verdicts.
struct Mutant: Decodable {
  var id: String
  /// The model whose project is changed.
  var base: String
  /// `missing` or `broken`: what implements the target is gone or spoilt; `neutral`: nothing is.
  var kind: String
  /// The criterion whose verdict must turn; `nil` for neutral ones.
  var target: String?
  /// The verdicts that are right for the target.
  var accept: [String]
  /// Other criteria that change as a consequence, and to what.
  var also: [String: AlsoChange]
  /// Criteria that need not be scored.
  var either: [String]?
  var edits: [Edit]

  /// One verdict or several.
  struct AlsoChange: Decodable {
    var verdicts: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(String.self) {
        verdicts = [one]
      } else {
        verdicts = try container.decode([String].self)
      }
    }
  }
}

/// Something about the truth files that cannot be used.
struct TruthError: Error, CustomStringConvertible {
  var description: String
}

/// Reads a JSON file of the truth.
func readTruth<Value: Decodable>(_ type: Value.Type, at path: String) throws -> Value {
  do {
    return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
  } catch {
    throw TruthError(description: "\(path): \(error)")
  }
}
