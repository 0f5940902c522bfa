extension MechanicVocabulary {
  /// The manual page that lists every mechanic, in Markdown; it is committed, and a test fails when it is stale.
  public var manual: String {
    var page = Self.opening
    page += "\n## Roles\n\n| role | what decides it, before any name |\n|---|---|\n"
    for role in roles { page += "| `\(role.name)` | \(role.decidedBy) |\n" }
    page += """

      A rubric's `vocabulary` says which words of which human languages hint at a role, and may add roles of its own. Structure
      decides first; names break ties and raise confidence.

      ## Mechanics

      """
    for term in terms { page += section(of: term) }
    return page
  }

  private func section(of term: Term) -> String {
    var section = "\n### \(term.id)\n\nOne finding: \(term.states).\n\n| fact | values | meaning |\n|---|---|---|\n"
    for fact in term.facts { section += "| `\(fact.name)` | \(describe(fact.values)) | \(fact.means) |\n" }
    return section
  }

  private func describe(_ values: FactTerm.Values) -> String {
    switch values {
    case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .roles: "roles"
    case .rolesOr(let words): "roles, " + words.map { "`\($0)`" }.joined(separator: ", ")
    case .text: "any words"
    case .number(let unit): "number, \(unit)"
    case .flag: "`true`, `false`"
    }
  }

  private static let opening = """
    # Mechanics: what a program does, in general terms

    An analysis reads the program and hands over findings. A rubric asks for findings. This page is the language that both
    speak; `MechanicVocabulary.standard` holds it, and this text is written from it.

    A finding has a mechanic, a status, facts, evidence and, where it is not simply there, a reason:

    | status | when | what a rubric makes of it |
    |---|---|---|
    | `found` | it is there and the host can reach it | satisfies a condition whose facts it matches |
    | `broken` | it is wired up and cannot work; `failure` says whether a number (`tunable`) or the code (`structural`) is wrong | turns a criterion that is not met into `broken` |
    | `refused` | it looks like it and is not, or nothing reaches it | never satisfies anything; shown as nearest candidate with its reason |
    | `unknown` | the analysis cannot tell, say because a library was not shipped | makes a condition unknown unless another finding satisfies it |

    How facts are compared:

    - A fact holds one word, several words, a number or a flag. A condition asks for a word, a list of alternatives,
      `{all: [...]}`, `{any: [...]}`, `{none: [...]}`, `{min: 1, max: 8}`, `true` or `false`. Of several words, one that matches is enough.
    - A fact that a `found` finding leaves out matches nothing, `false` included: leave out what was not established, and
      write `false` only for what was shown not to be so.
    - A fact that a `broken` or `unknown` finding leaves out may have any value: state what is certain, roles above all, and
      leave out the rest. An unknown finding without facts makes every condition over its mechanic unknown.
    - A thing seen to be bad is `found` too, with the fact that says so (`bounded: false`, `resolves: false`, `limited: false`):
      whether that fails a criterion is the rubric's business.
    - One finding for each thing: each population, each link, each birth, each pair of an encounter. A rubric counts them.
    - An analysis that ran and found nothing hands over nothing. One that failed hands over one `unknown`.

    """
}
