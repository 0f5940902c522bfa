extension MechanicVocabulary {
  /// The vocabulary of this version.
  public static let standard = MechanicVocabulary(terms: timeTerms + worldTerms + pageTerms, roles: standardRoles)

  private static func words(_ name: String, _ means: String, _ values: String...) -> FactTerm {
    FactTerm(name: name, values: .words(values), means: means)
  }

  private static func role(_ name: String, _ means: String, or others: String...) -> FactTerm {
    FactTerm(name: name, values: others.isEmpty ? .roles : .rolesOr(others), means: means)
  }

  private static func number(_ name: String, _ means: String, unit: String) -> FactTerm {
    FactTerm(name: name, values: .number(unit: unit), means: means)
  }

  private static func flag(_ name: String, _ means: String) -> FactTerm {
    FactTerm(name: name, values: .flag, means: means)
  }

  private static func text(_ name: String, _ means: String) -> FactTerm {
    FactTerm(name: name, values: .text, means: means)
  }

  private static let scaled = words(
    "scaled",
    "what one step is multiplied by: time measured between steps, an accumulator emptied in fixed steps, "
      + "a timer of constant interval, nothing (`frame`), or part one and part the other (`mixed`)",
    "elapsed", "fixed-step", "interval", "frame", "mixed")

  private static let limit = words(
    "limit",
    "every limit found on the way to the making: something the maker pays, a pause between two, a chance "
      + "per tick, room or neighbours, a global cap, a stock that runs out, one per press, a threshold "
      + "alone, nothing",
    "cost", "cooldown", "chance", "crowding", "cap", "ammunition", "press", "threshold", "none")
}

// MARK: - Time, input, influence

extension MechanicVocabulary {
  private static let timeTerms: [Term] = [
    Term(
      id: "loop", states: "an update that the host repeats",
      facts: [
        words(
          "host", "who repeats it",
          "animation-frame", "interval", "timeout", "animation-loop", "framework", "worker"),
        scaled,
        role("advances", "what it moves, ages, drains or steps", or: "world"),
        flag("main", "it is the loop that advances the world; true for at most one loop of a page"),
      ]),
    Term(
      id: "control", states: "an input that the person operates and the state that it really changes",
      facts: [
        words(
          "input", "what is operated", "keyboard", "pointer", "touch", "wheel", "gamepad", "orientation", "slider",
          "button", "select", "checkbox", "text", "disclosure", "scroll", "hover", "visibility", "pointer-lock"),
        words(
          "target",
          "what the state stands for, decided by where it is read (a control whose state nothing reads on the way "
            + "to an effect is `broken`): the thing that input moves, shooting, the camera, the rate of the world, "
            + "whether the world runs, back to the start, which member is chosen, a number of the world, members "
            + "put in or taken out, how hard it is, which entries of a list show or how much of them",
          "player", "fire", "view", "speed", "pause", "reset", "selection", "parameter", "population", "difficulty",
          "entries"),
        role("of", "whose state it is, where that matters"),
        words(
          "apply",
          "how input becomes change: a held state that the loop reads, a target position that the loop "
            + "follows, a stick or tilt that the loop reads, a fixed step straight in the handler, a state set "
            + "once in the handler",
          "held", "target", "drive", "step", "event"),
        words(
          "through",
          "for a selection, how the member is resolved; for a reset, whether state is set back or the page "
            + "loads anew",
          "raycast", "hit-test", "element", "label", "list", "state", "reload"),
        words("effect", "for a view, what can be done", "zoom", "pan", "rotate", "fly-to"),
      ]),
    Term(
      id: "influence", states: "state written there is read on a path to an effect here",
      facts: [
        words(
          "from",
          "what the state is", "control", "time", "score", "level", "kills", "population", "random", "window-size"),
        words(
          "input", "for a control, what is operated", "keyboard", "pointer", "touch", "wheel", "slider", "button",
          "select", "checkbox", "text"),
        words(
          "to",
          "what changes: how fast it moves, how many are made or how often, health or damage, rate of fire, "
            + "the camera, what is drawn, text only",
          "motion", "birth", "resource", "cooldown", "view", "drawing", "text"),
        role("of", "whose", or: "world"),
        words(
          "trend",
          "how the effect goes on growing: for good (a shorter interval is a growing rate), up and down, or as "
            + "chosen once",
          "rising", "falling", "cyclic", "chosen"),
      ]),
    Term(
      id: "motion", states: "a position, an angle or an appearance that is advanced over time",
      facts: [
        role("of", "what moves", or: "camera", "stars"),
        words(
          "by",
          "what advances it: velocity, easing towards a target, elapsed time put into a formula, an angle that "
            + "grows, a path, a fixed step per event, style keyframes, an animation call, drawing on a canvas, "
            + "text typed piece by piece, an animation library",
          "velocity", "easing", "elapsed", "angle", "path", "step",
          "keyframes", "animate", "canvas", "typing", "library"),
        words("driven-by", "what drives it", "loop", "event", "style", "scroll"),
        scaled,
        flag("differs", "the rate differs from member to member"),
      ]),
    Term(
      id: "layout", states: "one aspect of how the page or the drawing fits the screen",
      facts: [
        words(
          "aspect",
          "which: a viewport declaration, layout that changes with the room, a page width that cannot change, "
            + "a box wider than its container, a drawing that follows the window",
          "viewport", "adapts", "fixed-width", "overflow", "resize"),
        words(
          "by",
          "what does it", "media", "container", "wrapping", "fluid", "handler", "observer", "frame", "component",
          "view-box"),
        words("updates", "for `resize`, what follows", "size", "aspect", "viewport", "positions"),
      ]),
  ]
}

// MARK: - The world inside

extension MechanicVocabulary {
  private static let worldTerms: [Term] = [
    Term(
      id: "population", states: "records of one kind, as a whole",
      facts: [
        role("role", "which kind"),
        number(
          "members",
          "how many, where the text decides it; for a role with reference data, those that match it", unit: "records"),
        flag("transient", "members are made again and again while it runs"),
        flag(
          "bounded",
          "every member that leaves the field or expires is removed or recycled; false when at least one way "
            + "of making members has no such end"),
        words(
          "removed-by",
          "every way in which members go", "hit", "field", "expiry", "death", "eaten", "recycled", "cap", "reset"),
        words(
          "held-by", "what holds its number down", "cap", "crowding", "food", "budget", "space"),
        words(
          "kept-by", "what keeps it from being lost for good without the person", "immigration", "minimum", "refuge"),
      ]),
    Term(
      id: "birth", states: "a place where members of a population are made while it runs",
      facts: [
        role("of", "the population that gains a member"),
        role(
          "by",
          "who makes it: a member of a population, an encounter, a timer or chance of the world, the person, a "
            + "rise of level",
          or: "encounter", "timer", "reader", "level"),
        limit,
        flag(
          "limited",
          "something besides a threshold that stays true and besides a global cap limits it: `cost`, "
            + "`cooldown`, `chance`, `crowding`, `ammunition`, `press`; for shots of the player a cap on live "
            + "shots does too"),
        flag("several", "several are made at once"),
      ]),
    Term(
      id: "encounter",
      states:
        "members of one population tested against another, or against one record, and what follows",
      facts: [
        role("by", "who acts"),
        role("of", "who suffers it"),
        words(
          "effect",
          "what follows", "damage", "remove", "eat", "lives", "end", "score", "particles", "sound", "flee", "chase",
          "collect"),
      ]),
    Term(
      id: "search", states: "members looked through for neighbours, prey or targets while it runs",
      facts: [
        role("by", "who looks"),
        role("of", "whom they look for"),
        words("scope", "all against all, or near ones through a grid, a tree or a lattice", "pairs", "local"),
        flag("capped", "the number of every population that takes part is capped"),
      ]),
    Term(
      id: "resource", states: "a number that drains or grows, and what follows at a threshold",
      facts: [
        role("of", "whose", or: "world"),
        words(
          "name", "what it stands for (hunger is energy the other way round)", "health", "lives", "shield", "energy",
          "age", "size", "cooldown", "ammunition", "score", "level", "time"),
        words(
          "drains", "what makes it worse", "time", "move", "birth", "damage", "fire", "crowding"),
        words("gains", "what makes it better, or grow", "time", "eat", "kill", "hit", "collect", "level"),
        words(
          "at-limit",
          "what follows at the threshold (`reload`: the page loads anew instead of ending the game in place)",
          "death", "end", "birth", "level", "block", "reload"),
      ]),
    Term(
      id: "display", states: "a value that reaches the person's eyes",
      facts: [
        role("of", "whose, or of what", or: "score", "lives", "health", "level", "time", "speed"),
        words("measure", "what of it", "value", "count", "name", "date"),
        words("where", "on what", "dom", "canvas", "svg", "jsx", "attribute"),
        flag("live", "it is written again while it runs"),
        flag("always", "it shows without a click, a hover or an opening first"),
      ]),
    Term(
      id: "drawing", states: "something is drawn, by a call that really runs",
      facts: [
        role("of", "what is drawn", or: "scene", "orbits", "stars"),
        number(
          "dimensions",
          "3 with depth: a library or raw 3D context that renders, style transforms in space, a perspective "
            + "projection", unit: "dimensions"),
        words("with", "what draws", "webgl", "webgpu", "canvas", "svg", "css", "dom"),
        words("form", "in what form", "body", "path", "trail", "chart", "text"),
        flag("whole", "for a path: all of it, not a stretch behind the mover"),
      ]),
    Term(
      id: "sound", states: "audio that is really started",
      facts: [
        text(
          "event",
          "the event that starts it, in a word of one's own; two findings with the same word are one event"),
        words("source", "what sounds", "oscillator", "buffer", "element", "library", "speech"),
      ]),
    Term(
      id: "dataset", states: "a table of records with numbers, compared with a rubric's reference data",
      facts: [
        role("of", "the kind of record"),
        words("quantity", "which number", "radius", "distance", "period", "mass"),
        words(
          "fit",
          "how the numbers that are used relate to the real ones: in proportion, through one monotone "
            + "compression that the code applies, in the right order only, unrelated",
          "linear", "compressed", "order", "made-up"),
        number("error", "the largest error of a ratio between two records, after any compression", unit: "percent"),
        number("matched", "records found in the reference", unit: "records"),
        flag("ties", "two records have the same number"),
        words("used", "what the number reaches", "size", "position", "rate", "text"),
      ]),
  ]
}

// MARK: - The page

extension MechanicVocabulary {
  private static let pageTerms: [Term] = [
    Term(
      id: "listing", states: "a list of entries of one kind that the page renders, from markup or from data",
      facts: [
        role("of", "the kind of entry"),
        number("entries", "how many are rendered", unit: "entries"),
        words(
          "fields",
          "what at least two entries (three of three or more) show", "title", "description", "employer", "date", "link",
          "image",
          "tags", "achievements"),
        words("order", "how they stand", "time", "none"),
        words("proof", "how an entry is shown to be verified", "badge", "label", "link"),
        number("leading", "entries with a real destination or a working detail view", unit: "entries"),
        number("leading-share", "the same as a share of all entries", unit: "0 to 1"),
      ]),
    Term(
      id: "panel", states: "something that a handler or a native element shows, fills and hides",
      facts: [
        role("of", "the kind of record it is about"),
        words("opened-by", "what shows it", "click", "key", "hover", "toggle", "native", "selection"),
        words(
          "closes-by",
          "what hides it again", "button", "key", "outside", "toggle", "native", "selection", "timer"),
        number("facts", "how many facts about the record it shows, its name aside", unit: "facts"),
        words(
          "content",
          "what they are", "projects", "skills", "team", "diagram", "achievements", "description", "figures"),
      ]),
    Term(
      id: "form", states: "a form and what becomes of what is typed",
      facts: [
        words(
          "fields",
          "what is asked for", "name", "subject", "email", "message", "phone", "company", "choice", "file", "password",
          "search"),
        flag("labelled", "every field has an accessible name"),
        flag("submit", "it has a control that submits it"),
        words(
          "validation",
          "what refuses invalid input: constraints left on, a script that stops the submit, messages that stop "
            + "nothing",
          "native", "script", "message-only", "none"),
        words(
          "submission", "what becomes of valid input", "action", "request", "mail", "confirmation", "none"),
      ]),
    Term(
      id: "link", states: "one link, and whether what it leads to exists",
      facts: [
        words("place", "where it stands", "navigation", "header", "main", "footer"),
        words("leads", "to what", "section", "page", "file", "external", "mail", "phone", "top", "nowhere"),
        flag("resolves", "what it leads to exists, or lies outside and is a real address"),
        role("of", "the kind of entry it belongs to"),
      ]),
    Term(
      id: "metadata", states: "what the page says of itself to machines; placeholders are refused",
      facts: [
        words(
          "kind", "which", "title", "description", "open-graph", "favicon", "canonical",
          "structured-data", "language",
          "theme-color")
      ]),
    Term(
      id: "accessibility", states: "one aspect that applies to this page, and whether it holds",
      facts: [
        words("aspect", "which", "language", "alternatives", "main-heading", "focus", "reduced-motion", "labels"),
        flag("holds", "it is as it should be"),
      ]),
    Term(
      id: "leftover", states: "something unfinished that a visitor could meet or that ships by mistake",
      facts: [
        words(
          "kind", "which", "placeholder-text", "todo", "debug-output", "dead-link", "missing-file", "broken-handler")
      ]),
  ]

  private static let standardRoles: [Role] = [
    Role(name: "player", decidedBy: "what keyboard, pointer, touch or gamepad input moves"),
    Role(
      name: "player-shots",
      decidedBy:
        "what an input of the player makes, that then travels and is tested against others"),
    Role(
      name: "enemies",
      decidedBy:
        "what the player's shots are tested against, or what hurts the player on contact"),
    Role(
      name: "enemy-shots",
      decidedBy:
        "what is made while going through the enemies and is tested against the player"),
    Role(
      name: "particles",
      decidedBy:
        "many short-lived records that are moved and drawn and tested against nothing"),
    Role(name: "plants", decidedBy: "what is eaten and eats nobody"),
    Role(name: "prey", decidedBy: "what eats plants"),
    Role(name: "predators", decidedBy: "what eats what eats plants"),
    Role(name: "planets", decidedBy: "records that go round a common centre, matched by name to the reference data"),
    Role(name: "sun", decidedBy: "the centre that the planets go round"),
    Role(name: "hero", decidedBy: "the opening section with the main heading"),
    Role(name: "work", decidedBy: "entries with an employer and a period"),
    Role(name: "projects", decidedBy: "entries with a title and a description, under a heading that names them"),
  ]
}
