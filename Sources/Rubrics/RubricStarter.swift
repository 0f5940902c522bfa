extension Rubric {
  /// A small rubric that can be used as it stands, with comments that say what each part is for.
  ///
  /// - Parameter id: The id of the new rubric.
  public static func starter(id: String) -> String {
    """
    # yaml-language-server: $schema=rubric.schema.json
    # What a project of this kind has to do. `sterling rubric schema > rubric.schema.json` lets an editor complete this file,
    # `sterling rubric check FILE` finds mistakes, `sterling rubric test FILE` runs the examples below, and `sterling inspect
    # PROJECT` shows the mechanics that conditions can ask for.
    id: \(id)
    title: \(id)
    version: 1

    # What no project of this kind may do without caps the score at this value.
    cap: 60

    # Words that tell roles apart where structure does not: role, human language, words.
    vocabulary:
      items:
        en: [item, entry, card]

    criteria:
      - id: form-answers
        title: A form tells what became of it
        # The share of the score; the weights are added up and need no particular sum.
        weight: 5
        required: true
        description: Sending the form leads somewhere or tells the reader what happened.
        met:
          mechanic: form
          submission: [action, request, mail, confirmation]
        advice: Handle the form's submit event and show a confirmation.
        # Each example is a small project and the verdict that it must get.
        examples:
          - title: a form that is sent to an address
            verdict: met
            files:
              index.html: |
                <form action="/send" method="post"><label>Name <input name="name" required></label><button>Send</button></form>
          - title: a form that nothing handles
            verdict: missing
            files:
              index.html: |
                <form><label>Name <input name="name"></label><button>Send</button></form>

    """
  }
}
