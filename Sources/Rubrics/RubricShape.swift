/// What may stand where in a rubric: the one description that the checker, the schema and the manual are made from.
package struct RubricShape: Sendable {
  /// What a value must be.
  package indirect enum Kind: Sendable {
    /// Any text; numbers count as text.
    case text
    /// Lower-case words joined by hyphens.
    case identifier
    case number(minimum: Double?, maximum: Double?)
    case flag
    case oneOf([String])
    /// A list with at least so many elements.
    case list(Kind, minimum: Int = 1)
    /// An object of the given name.
    case object(String)
    /// A mapping from names of the author's choice.
    case dictionary(keys: Kind, means: String, values: Kind)
    case condition
  }

  package struct Key: Sendable {
    var name: String
    var kind: Kind
    var isRequired = false
    var means: String

    package init(name: String, kind: Kind, isRequired: Bool = false, means: String) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
      self.means = means
    }
  }

  package struct Object: Sendable {
    var name: String
    /// With its article, for messages.
    var title: String
    var means: String
    var keys: [Key]
    /// What keys of the author's choice hold, where they are allowed.
    var others: Kind?

    package init(name: String, title: String, means: String, keys: [Key], others: Kind? = nil) {
      self.name = name
      self.title = title
      self.means = means
      self.keys = keys
      self.others = others
    }

    func key(_ name: String) -> Key? { keys.first { $0.name == name } }
  }

  package var objects: [Object]

  package init(objects: [Object]) { self.objects = objects }

  func object(_ name: String) -> Object? { objects.first { $0.name == name } }

  static let standard = RubricShape(objects: [rubric, criterion, breakage, example, signals, table, record])

  private static let rubric = Object(
    name: "rubric", title: "a rubric",
    means: "What a task asked for, as criteria that the findings of a project are held against.",
    keys: [
      Key(name: "id", kind: .identifier, isRequired: true, means: "The name on command lines and in folders."),
      Key(name: "title", kind: .text, isRequired: true, means: "The title for people."),
      Key(name: "version", kind: .text, isRequired: true, means: "The author's version; results state it."),
      Key(name: "description", kind: .text, means: "What the rubric is about."),
      Key(name: "prompt", kind: .text, means: "The task, in the rubric's own words."),
      Key(
        name: "cap", kind: .number(minimum: 0, maximum: 100),
        means: "The greatest score that is left when a required criterion is not met; 60 unless stated."),
      Key(
        name: "vocabulary",
        kind: .dictionary(
          keys: .identifier, means: "A role.",
          values: .dictionary(keys: .identifier, means: "A language, as a code of ISO 639.", values: .list(.text))),
        means:
          "Words that hint at roles, by role and human language; a role that no analysis knows yet is added by naming it."
      ),
      Key(
        name: "reference",
        kind: .dictionary(keys: .identifier, means: "The role of the records.", values: .object("table")),
        means: "Tables of known figures that a program's own records are compared with."),
      Key(name: "signals", kind: .object("signals"), means: "What tells a project of this kind from others."),
      Key(name: "criteria", kind: .list(.object("criterion")), isRequired: true, means: "What is looked for."),
    ])

  private static let criterion = Object(
    name: "criterion", title: "a criterion", means: "One thing that is looked for.",
    keys: [
      Key(name: "id", kind: .identifier, isRequired: true, means: "The name; it never changes once released."),
      Key(name: "title", kind: .text, isRequired: true, means: "The title for people."),
      Key(
        name: "weight", kind: .number(minimum: 0, maximum: 1_000), isRequired: true,
        means: "The share in the score; 0 lists it without counting it."),
      Key(name: "required", kind: .flag, means: "Whether the score is capped unless it is met."),
      Key(name: "group", kind: .text, means: "The heading that it is listed under."),
      Key(name: "description", kind: .text, means: "When it is met, in words."),
      Key(
        name: "applies", kind: .condition,
        means: "When it applies; a criterion that does not apply leaves the sum. Always, unless stated."),
      Key(name: "met", kind: .condition, isRequired: true, means: "When it is met."),
      Key(
        name: "broken", kind: .list(.object("breakage")),
        means: "Ways in which an attempt fails, looked at in order when it is not met."),
      Key(
        name: "failure", kind: .oneOf(["tunable", "structural"]),
        means: "What mends a broken attempt that nothing else classifies: another number, or other code."),
      Key(name: "advice", kind: .text, means: "What to do when it is not met, in one sentence."),
      Key(
        name: "examples", kind: .list(.object("example")),
        means: "Small projects and the verdicts that they must get."),
    ])

  private static let breakage = Object(
    name: "breakage", title: "a way of being broken", means: "One way in which an attempt is wired up and cannot work.",
    keys: [
      Key(name: "when", kind: .condition, isRequired: true, means: "When that is so."),
      Key(
        name: "failure", kind: .oneOf(["tunable", "structural"]), means: "What mends it: another number, or other code."
      ),
      Key(name: "advice", kind: .text, means: "What to do, in one sentence."),
    ])

  private static let example = Object(
    name: "example", title: "an example", means: "A small project and the verdict that it must get.",
    keys: [
      Key(name: "title", kind: .text, means: "What it shows."),
      Key(
        name: "verdict", kind: .oneOf(["met", "broken", "missing", "unknown"]), isRequired: true, means: "The verdict."),
      Key(
        name: "files", kind: .dictionary(keys: .text, means: "A path.", values: .text), isRequired: true,
        means: "The files, by path."),
    ])

  private static let signals = Object(
    name: "signals", title: "signals", means: "What tells a project of this kind from others when no rubric is named.",
    keys: [
      Key(
        name: "words", kind: .list(.text), isRequired: true,
        means: "Words or phrases that stand in the title or the headings of such a page, in any human language.")
    ])

  private static let table = Object(
    name: "table", title: "a table", means: "Known figures about records of one kind.",
    keys: [
      Key(
        name: "units", kind: .dictionary(keys: .identifier, means: "A quantity.", values: .text), isRequired: true,
        means: "The quantities and the unit of each."),
      Key(name: "records", kind: .list(.object("record")), isRequired: true, means: "The records."),
    ])

  private static let record = Object(
    name: "record", title: "a record", means: "The figures of one record, each under the name of its quantity.",
    keys: [
      Key(name: "name", kind: .text, isRequired: true, means: "Its name."),
      Key(name: "also", kind: .list(.text), means: "Other names of it, in any human language."),
    ], others: .number(minimum: nil, maximum: nil))
}
