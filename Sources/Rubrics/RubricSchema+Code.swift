import SourceText

/// The conditions over code, elements, styles, files and figures.
extension RubricSchema {
  /// The words that ask something of a project as a whole.
  static let projectWords: [ConditionKeyword] = [.called, .global, .selector, .style, .files, .density]

  private static let meanings: [ConditionKeyword: String] = [
    .called: "A function of the host, of a library or of the project, by its name or path, or `*.name` for a method.",
    .global: "A global variable that code uses, such as `localStorage`.",
    .selector: "A CSS selector for elements of pages, of markup in scripts, and of JSX.",
    .style: "A property that a rule that can apply sets.",
    .files: "A path with `*`, `**`, `?` and `{a,b}`.",
    .density: "A figure of the project's own files.",
  ]

  private static let ruleMeanings: [(word: CodeWord, means: String)] = [
    (.pattern, "Code in which `$NAME` stands for one node and `$$$NAME` for any number of them."),
    (.exact, "Whether code has to be written as the pattern is, token by token."),
    (.kind, "A kind of node by its ESTree name, or a selector in the words of esquery."),
    (.regex, "A regular expression that the text of the node matches."),
    (.inside, "What is above the node."),
    (.has, "What is below the node."),
    (.precedes, "What comes after the node among its siblings."),
    (.follows, "What comes before the node among its siblings."),
    (.nthChild, "The place of the node in its list, from 1."),
    (.all, "Rules that the node fits as well, each of them."),
    (.any, "Rules of which the node fits one."),
    (.not, "A rule that the node does not fit."),
  ]

  private func described(_ json: inout JSONWriter, _ means: String, _ body: (inout JSONWriter) -> Void) {
    json.object { json in
      json.member("description", means)
      body(&json)
    }
  }

  private func closed(_ json: inout JSONWriter, properties: (inout JSONWriter) -> Void) {
    json.member("type", "object")
    json.member("properties") { json in json.object(properties) }
    json.member("additionalProperties", false)
  }

  private func referring(_ json: inout JSONWriter, _ name: String) {
    json.member("allOf") { json in json.array { json in reference(&json, name) } }
  }

  func writeCodeRule(_ json: inout JSONWriter, isOutermost: Bool, isRelation: Bool = false) {
    let means =
      isOutermost
      ? "Places in the code of the project that fit every word."
      : isRelation ? "A rule for a node around another." : "A rule for a node of code."
    described(&json, means) { json in
      if isOutermost {
        json.member("anyOf") { json in
          json.array { json in
            for word in CodeWord.ofRules where ConditionKeyword(rawValue: word.rawValue)?.isAboutCode == true {
              json.object { json in json.member("required") { json in strings(&json, [word.rawValue]) } }
            }
          }
        }
      }
      closed(&json) { json in
        for (word, means) in Self.ruleMeanings { write(word, means, &json) }
        if isRelation { writeRelationWords(&json) }
        if isOutermost { writeOutermostWords(&json) }
      }
    }
  }

  private func write(_ word: CodeWord, _ means: String, _ json: inout JSONWriter) {
    json.member(word.rawValue) { json in
      described(&json, means) { json in
        switch word {
        case .exact: json.member("type", "boolean")
        case .pattern, .kind, .regex:
          json.member("type", "string")
          json.member("minLength", 1)
        case .inside, .has, .precedes, .follows: referring(&json, "relation")
        case .nthChild: referring(&json, "nth-child")
        case .all, .any:
          json.member("type", "array")
          json.member("minItems", 1)
          json.member("items") { json in reference(&json, "rule") }
        default: referring(&json, "rule")
        }
      }
    }
  }

  private func writeRelationWords(_ json: inout JSONWriter) {
    json.member("stopBy") { json in
      described(&json, "How far to look: at the nearest (unless stated), to the end, or up to what a rule fits.") {
        json in
        json.member("anyOf") { json in
          json.array { json in
            enumeration(&json, ["neighbor", "end"])
            reference(&json, "rule")
          }
        }
      }
    }
    json.member("field") { json in
      described(&json, "The field of its parent in which the lower node stands, as ESTree calls it.") { json in
        json.member("type", "string")
      }
    }
  }

  private func writeOutermostWords(_ json: inout JSONWriter) {
    json.member("count") { json in reference(&json, "count") }
    writeReachable(&json)
  }

  private func writeReachable(_ json: inout JSONWriter) {
    json.member("reachable") { json in
      described(&json, "`any` counts what nothing leads to as well.") { json in
        json.member("enum") { json in
          json.array { json in
            json.value(true)
            json.value("any")
          }
        }
      }
    }
  }

  func writeNthChild(_ json: inout JSONWriter) {
    func position(_ json: inout JSONWriter) {
      json.object { json in
        json.member("type") { json in strings(&json, ["integer", "string"]) }
      }
    }
    described(&json, "A number from 1, `odd`, `even` or `2n+1`, or that with what is counted and from where.") { json in
      json.member("anyOf") { json in
        json.array { json in
          position(&json)
          json.object { json in
            json.member("required") { json in strings(&json, ["position"]) }
            closed(&json) { json in
              json.member("position") { json in position(&json) }
              json.member("reverse") { json in json.object { json in json.member("type", "boolean") } }
              json.member("ofRule") { json in reference(&json, "rule") }
            }
          }
        }
      }
    }
  }

  func writeProjectCondition(_ keyword: ConditionKeyword, _ json: inout JSONWriter) {
    described(&json, Self.meanings[keyword] ?? "") { json in
      json.member("required") { json in strings(&json, [keyword.rawValue]) }
      closed(&json) { json in
        json.member(keyword.rawValue) { json in
          if keyword == .density { return enumeration(&json, DensityFigure.allCases.map { $0.rawValue }) }
          json.object { json in
            json.member("type", "string")
            json.member("minLength", 1)
          }
        }
        for (name, means) in ConditionReader.words(of: keyword) { writeWord(name, means, &json) }
      }
    }
  }

  private func writeWord(_ name: String, _ means: String, _ json: inout JSONWriter) {
    switch name {
    case "count": json.member(name) { json in reference(&json, "count") }
    case "reachable": writeReachable(&json)
    case "min", "max":
      json.member(name) { json in described(&json, means) { json in json.member("type", "number") } }
    case "value":
      json.member(name) { json in
        described(&json, means) { json in
          json.member("type") { json in strings(&json, ["string", "number", "array"]) }
          json.member("items") { json in
            json.object { json in json.member("type") { json in strings(&json, ["string", "number"]) } }
          }
        }
      }
    default: json.member(name) { json in described(&json, means) { json in json.member("type", "string") } }
    }
  }
}
