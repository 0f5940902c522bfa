import Density
import Rubrics

extension RubricShape {
  private static let levels = Policy.Level.allCases.map { $0.rawValue }

  /// What may stand where in a `sterling.yaml`: what its reader, its checker and its schema are made from.
  static let settings = RubricShape(objects: [
    Object(
      name: "settings", title: "a settings file", means: "How Sterling judges what lies in and below this folder.",
      keys: [
        Key(
          name: "rubric", kind: .text, means: "The rubric: the id of a built-in one or the path of a file beside this."),
        Key(name: "gate", kind: .object("gate"), means: "What an output has to be so that it may ship."),
      ]),
    gate, rules, criteriaKeys, density, limit, comments, commentLimit, forbidden, origins, samples, regression,
  ])

  private static let ruleKeys: [Key] = [
    Key(
      name: "minimum-score", kind: .number(minimum: 0, maximum: 100),
      means: "The least score; its low end counts, in which what is unknown is missing."),
    Key(
      name: "warn-below", kind: .number(minimum: 0, maximum: 100), means: "A score below this is warned of."),
    Key(
      name: "required", kind: .oneOf(levels),
      means: "What a required criterion that is not met means; `error` unless stated."),
    Key(
      name: "other", kind: .oneOf(levels),
      means: "What any other criterion that is not met means; `off` unless stated."),
    Key(name: "criteria", kind: .object("criteria"), means: "The levels of single criteria, by their ids."),
    Key(
      name: "unknown", kind: .oneOf(Policy.Unknown.allCases.map { $0.rawValue }),
      means: "What a verdict that cannot be told means; `inconclusive` unless stated."),
    Key(name: "density", kind: .object("density"), means: "Limits of figures."),
    Key(name: "comments", kind: .object("comments"), means: "Limits of comments by their kind."),
    Key(name: "forbid", kind: .object("forbidden"), means: "What must not ship."),
  ]

  private static let gate = Object(
    name: "gate", title: "a gate", means: "What an output has to be so that it may ship.",
    keys: [
      Key(
        name: "rubric", kind: .text,
        means: "The rubric that every project is held against, whatever its own settings say.")
    ] + ruleKeys + [
      Key(
        name: "rubrics",
        kind: .dictionary(keys: .identifier, means: "The id of a rubric.", values: .object("rules")),
        means: "Rules for single rubrics; they replace the common ones key by key."),
      Key(name: "samples", kind: .object("samples"), means: "How several samples of one task decide together."),
      Key(name: "baseline", kind: .text, means: "The path of a baseline, relative to this file."),
      Key(
        name: "regression", kind: .object("regression"), means: "By how much an output may be worse than its baseline."),
    ])

  private static let rules = Object(
    name: "rules", title: "rules", means: "Rules for the outputs of one rubric.", keys: ruleKeys)

  private static let criteriaKeys = Object(
    name: "criteria", title: "criteria", means: "The levels of criteria, by their ids.", keys: [],
    others: .oneOf(levels))

  private static let density = Object(
    name: "density", title: "limits of density",
    means: "Limits of figures; with an earlier version to compare with, limits of the added lines.",
    keys: DensityFigure.allCases.map { Key(name: $0.rawValue, kind: .object("limit"), means: $0.means) })

  private static let levelKey = Key(
    name: "level", kind: .oneOf(levels), means: "What a value outside means; `error` unless stated.")

  private static let limit = Object(
    name: "limit", title: "a limit", means: "The bounds of a figure.",
    keys: [
      Key(name: "min", kind: .number(minimum: 0, maximum: nil), means: "The least value that is allowed."),
      Key(name: "max", kind: .number(minimum: 0, maximum: nil), means: "The greatest value that is allowed."),
      levelKey,
    ])

  private static let comments = Object(
    name: "comments", title: "limits of comments", means: "Limits of comments by their kind.",
    keys: CommentKind.allCases.map {
      Key(name: $0.policyName, kind: .object("comment-limit"), means: "Comments of the kind `\($0.policyName)`.")
    })

  private static let commentLimit = Object(
    name: "comment-limit", title: "a limit of comments", means: "How many comments of a kind there may be.",
    keys: [
      Key(name: "max-count", kind: .number(minimum: 0, maximum: nil), means: "The greatest number of such comments."),
      Key(
        name: "max-share", kind: .number(minimum: 0, maximum: 1),
        means: "The greatest share of all bytes, from 0 to 1."),
      levelKey,
    ])

  private static let forbidden = Object(
    name: "forbidden", title: "forbidden things", means: "What must not ship.",
    keys: [
      Key(name: "origins", kind: .object("origins"), means: "Other hosts that are loaded from or sent to."),
      Key(name: "eval", kind: .oneOf(levels), means: "Strings that are run as programs."),
      Key(name: "secrets", kind: .oneOf(levels), means: "Credentials that stand in files."),
      Key(name: "missing-files", kind: .oneOf(levels), means: "Files that are referred to and do not exist."),
      Key(
        name: "tool-tags", kind: .oneOf(levels),
        means: "Tags and lines that only the tool that generated the project understands."),
      Key(name: "syntax-errors", kind: .oneOf(levels), means: "Errors that the parsers report."),
    ])

  private static let origins = Object(
    name: "origins", title: "origins", means: "Which other hosts may be used.",
    keys: [
      Key(
        name: "allow", kind: .list(.text, minimum: 0),
        means:
          "Origins (`https://cdn.example`), hosts (`cdn.example`), or `*.example` for all hosts below one; `[]` for "
          + "none."
      ),
      levelKey,
    ])

  private static let samples = Object(
    name: "samples", title: "samples",
    means: "How several samples of one task, which are projects of one model and experiment, decide together.",
    keys: [
      Key(
        name: "aggregate", kind: .oneOf(["pessimistic", "at-least", "interval"]), isRequired: true,
        means: "`pessimistic`: every sample must pass; `at-least`: `pass` of them; `interval`: the lower end of the "
          + "interval of the share that passes must reach `bar`."),
      Key(name: "pass", kind: .number(minimum: 1, maximum: 1_000_000), means: "For `at-least`: how many must pass."),
      Key(
        name: "bar", kind: .number(minimum: 0, maximum: 1), means: "For `interval`: the share to reach, from 0 to 1."),
      Key(
        name: "confidence", kind: .number(minimum: 0.5, maximum: 0.999),
        means: "For `interval`: how sure; 0.95 unless stated."),
    ])

  private static let regression = Object(
    name: "regression", title: "a regression", means: "By how much an output may be worse than its baseline.",
    keys: [
      Key(
        name: "score-drop", kind: .number(minimum: 0, maximum: 100),
        means: "By how many points the low end of the score may fall; 0 unless stated."),
      Key(
        name: "criteria", kind: .oneOf(levels),
        means: "What a criterion means that was met and is no more; `error` unless stated."),
      Key(
        name: "comment-share-rise", kind: .number(minimum: 0, maximum: 1),
        means: "By how much the share of comments may rise."),
      Key(
        name: "whitespace-share-rise", kind: .number(minimum: 0, maximum: 1),
        means: "By how much the share of white space may rise."),
    ])
}

extension Policy {
  /// The JSON Schema of `sterling.yaml`, draft 7, as committed in `docs`.
  public static func schema() -> [UInt8] { RubricSchema.document(title: "Sterling settings", shape: .settings) }
}
