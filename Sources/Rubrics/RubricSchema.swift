import Mechanics
import SourceText

/// Writes the JSON Schema by which editors complete and check rubrics.
///
/// Draft 7, because that is what the editors' YAML servers read. Roles stay open in it: a rubric may add its own, and only
/// Sterling knows which ones it adds.
package struct RubricSchema {
  let shape: RubricShape
  let vocabulary: MechanicVocabulary

  /// The schema, one definition a line, so that a change of the vocabulary is a readable difference.
  func write() -> [UInt8] {
    let lines = definitions().map { name, json in
      "    \"\(name)\": \(String(decoding: json.bytes, as: UTF8.self))"
    }
    let text = """
      {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A Sterling rubric",
        "allOf": [{"$ref": "#/definitions/rubric"}],
        "definitions": {
      \(lines.joined(separator: ",\n"))
        }
      }

      """
    return Array(text.utf8)
  }

  /// A schema of a document whose root is one object, the first of `shape`; conditions have no place in it.
  package static func document(title: String, shape: RubricShape) -> [UInt8] {
    let schema = RubricSchema(shape: shape, vocabulary: .standard)
    var identifier = JSONWriter()
    schema.writeIdentifier(&identifier)
    var lines = ["    \"identifier\": \(String(decoding: identifier.bytes, as: UTF8.self))"]
    for object in shape.objects {
      var json = JSONWriter()
      schema.write(object, &json)
      lines.append("    \"\(object.name)\": \(String(decoding: json.bytes, as: UTF8.self))")
    }
    let text = """
      {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "\(title)",
        "allOf": [{"$ref": "#/definitions/\(shape.objects.first?.name ?? "")"}],
        "definitions": {
      \(lines.joined(separator: ",\n"))
        }
      }

      """
    return Array(text.utf8)
  }

  private func writeIdentifier(_ json: inout JSONWriter) {
    json.object { json in
      json.member("type", "string")
      json.member("pattern", "^[a-z][a-z0-9-]*$")
      json.member("maxLength", 80)
    }
  }

  private func definitions() -> [(name: String, json: JSONWriter)] {
    var result: [(name: String, json: JSONWriter)] = []
    func define(_ name: String, _ body: (inout JSONWriter) -> Void) {
      var json = JSONWriter()
      body(&json)
      result.append((name, json))
    }
    define("identifier") { json in writeIdentifier(&json) }
    define("role") { json in
      json.object { json in
        json.member("description", "A role that the analyses know, or one that the rubric's vocabulary adds.")
        json.member("anyOf") { json in
          json.array { json in
            enumeration(&json, vocabulary.roles.map { $0.name })
            reference(&json, "identifier")
          }
        }
      }
    }
    for object in shape.objects { define(object.name) { json in write(object, &json) } }
    define("condition") { json in writeCondition(&json) }
    define("count") { json in writeCount(&json) }
    define("number-test") { json in json.object { json in writeNumberTest(&json) } }
    for term in vocabulary.terms { define("mechanic-\(term.id)") { json in write(term, &json) } }
    define("code") { json in writeCodeRule(&json, isOutermost: true) }
    define("rule") { json in writeCodeRule(&json, isOutermost: false) }
    define("relation") { json in writeCodeRule(&json, isOutermost: false, isRelation: true) }
    define("nth-child") { json in writeNthChild(&json) }
    for keyword in Self.projectWords {
      define("condition-\(keyword.rawValue)") { json in writeProjectCondition(keyword, &json) }
    }
    return result
  }

  func reference(_ json: inout JSONWriter, _ name: String) {
    json.object { json in json.member("$ref", "#/definitions/\(name)") }
  }

  func enumeration(_ json: inout JSONWriter, _ words: [String]) {
    json.object { json in json.member("enum") { json in strings(&json, words) } }
  }

  func strings(_ json: inout JSONWriter, _ words: [String]) {
    json.array { json in for word in words { json.value(word) } }
  }
}

// MARK: - Objects

extension RubricSchema {
  private func write(_ object: RubricShape.Object, _ json: inout JSONWriter) {
    json.object { json in
      json.member("description", object.means)
      json.member("type", "object")
      let required = object.keys.filter { $0.isRequired }.map { $0.name }
      if !required.isEmpty { json.member("required") { json in strings(&json, required) } }
      json.member("properties") { json in
        json.object { json in
          for key in object.keys {
            json.member(key.name) { json in
              json.object { json in
                json.member("description", key.means)
                write(key.kind, &json)
              }
            }
          }
        }
      }
      writeOthers(object, &json)
    }
  }

  private func writeOthers(_ object: RubricShape.Object, _ json: inout JSONWriter) {
    if let others = object.others {
      json.member("additionalProperties") { json in json.object { json in write(others, &json) } }
      return
    }
    json.member("patternProperties") { json in
      json.object { json in json.member("^x-") { json in json.value(true) } }
    }
    json.member("additionalProperties", false)
  }

  /// Writes the members that say what a value of a kind is, into an object that is open.
  private func write(_ kind: RubricShape.Kind, _ json: inout JSONWriter) {
    switch kind {
    case .text:
      json.member("type") { json in strings(&json, ["string", "number"]) }
      json.member("minLength", 1)
    case .identifier: allOf(&json, "identifier")
    case .number(let minimum, let maximum):
      json.member("type", "number")
      if let minimum { json.member("minimum", minimum) }
      if let maximum { json.member("maximum", maximum) }
    case .flag: json.member("type", "boolean")
    case .oneOf(let words): json.member("enum") { json in strings(&json, words) }
    case .list(let element, let minimum):
      json.member("type", "array")
      if minimum > 0 { json.member("minItems", minimum) }
      json.member("items") { json in json.object { json in write(element, &json) } }
    case .object(let name): allOf(&json, name)
    case .dictionary(let keys, let means, let values): writeDictionary(keys, means, values, &json)
    case .condition: allOf(&json, "condition")
    }
  }

  private func writeDictionary(
    _ keys: RubricShape.Kind, _ means: String, _ values: RubricShape.Kind, _ json: inout JSONWriter
  ) {
    json.member("type", "object")
    if case .identifier = keys {
      json.member("propertyNames") { json in
        json.object { json in
          json.member("description", means)
          write(keys, &json)
        }
      }
    }
    json.member("additionalProperties") { json in json.object { json in write(values, &json) } }
  }

  /// A reference inside an object with other members; beside a bare `$ref`, draft 7 ignores them.
  private func allOf(_ json: inout JSONWriter, _ name: String) {
    json.member("allOf") { json in json.array { json in reference(&json, name) } }
  }
}

// MARK: - Conditions

extension RubricSchema {
  private func writeCondition(_ json: inout JSONWriter) {
    json.object { json in
      json.member("description", "What is asked of the findings of a project.")
      json.member("oneOf") { json in
        json.array { json in
          combination(&json, "all", "Every part holds.", isList: true)
          combination(&json, "any", "At least one part holds.", isList: true)
          combination(&json, "not", "The part does not hold.", isList: false)
          for term in vocabulary.terms { reference(&json, "mechanic-\(term.id)") }
          reference(&json, "code")
          for keyword in Self.projectWords { reference(&json, "condition-\(keyword.rawValue)") }
        }
      }
    }
  }

  private func writeCount(_ json: inout JSONWriter) {
    json.object { json in
      json.member("description", "How many findings must match; at least one unless stated.")
      json.member("type", "object")
      json.member("properties") { json in
        json.object { json in
          for bound in ["min", "max"] {
            json.member(bound) { json in
              json.object { json in
                json.member("type", "integer")
                json.member("minimum", 0)
                json.member("maximum", 1_000_000)
              }
            }
          }
          json.member("distinct") { json in
            json.object { json in
              json.member("description", "Findings in which this fact is the same count once.")
              json.member("type", "string")
            }
          }
        }
      }
      json.member("additionalProperties", false)
    }
  }

  private func combination(_ json: inout JSONWriter, _ word: String, _ means: String, isList: Bool) {
    json.object { json in
      json.member("type", "object")
      json.member("required") { json in strings(&json, [word]) }
      json.member("properties") { json in
        json.object { json in
          json.member(word) { json in
            json.object { json in
              json.member("description", means)
              write(isList ? .list(.condition) : .condition, &json)
            }
          }
        }
      }
      json.member("additionalProperties", false)
    }
  }

  private func write(_ term: MechanicVocabulary.Term, _ json: inout JSONWriter) {
    json.object { json in
      json.member("description", "One finding: \(term.states).")
      json.member("type", "object")
      json.member("required") { json in strings(&json, ["mechanic"]) }
      json.member("properties") { json in
        json.object { json in
          json.member("mechanic") { json in json.object { json in json.member("const", term.id) } }
          for fact in term.facts { json.member(fact.name) { json in write(fact, &json) } }
          json.member("status") { json in enumeration(&json, ["found", "broken", "refused", "unknown"]) }
          json.member("count") { json in reference(&json, "count") }
        }
      }
      json.member("additionalProperties", false)
    }
  }

  private func write(_ fact: MechanicVocabulary.FactTerm, _ json: inout JSONWriter) {
    json.object { json in
      json.member("description", fact.means)
      switch fact.values {
      case .flag: json.member("type", "boolean")
      case .number: allOf(&json, "number-test")
      case .words(let words): writeWordTest(&json) { json in enumeration(&json, words) }
      case .roles: writeWordTest(&json) { json in reference(&json, "role") }
      case .rolesOr(let words):
        writeWordTest(&json) { json in
          json.object { json in
            json.member("anyOf") { json in
              json.array { json in
                enumeration(&json, words)
                reference(&json, "role")
              }
            }
          }
        }
      case .text:
        writeWordTest(&json) { json in json.object { json in json.member("type", "string") } }
      }
    }
  }

  private func writeNumberTest(_ json: inout JSONWriter) {
    json.member("anyOf") { json in
      json.array { json in
        json.object { json in json.member("type", "number") }
        json.object { json in
          json.member("type", "object")
          json.member("minProperties", 1)
          json.member("properties") { json in
            json.object { json in
              for bound in ["min", "max"] {
                json.member(bound) { json in json.object { json in json.member("type", "number") } }
              }
            }
          }
          json.member("additionalProperties", false)
        }
      }
    }
  }

  private func writeWordTest(_ json: inout JSONWriter, word: (inout JSONWriter) -> Void) {
    func oneOrMore(_ json: inout JSONWriter) {
      word(&json)
      json.object { json in
        json.member("type", "array")
        json.member("minItems", 1)
        json.member("items") { json in word(&json) }
      }
    }
    json.member("anyOf") { json in
      json.array { json in
        oneOrMore(&json)
        json.object { json in
          json.member("type", "object")
          json.member("minProperties", 1)
          json.member("propertyNames") { json in enumeration(&json, ["any", "all", "none"]) }
          json.member("additionalProperties") { json in
            json.object { json in json.member("anyOf") { json in json.array { json in oneOrMore(&json) } } }
          }
        }
      }
    }
  }
}
