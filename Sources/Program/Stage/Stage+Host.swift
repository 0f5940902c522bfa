import Ingest
import JavaScriptSyntax
import SourceText

// What the host offers: the window and what belongs to it.
extension Stage {
  /// A global of the host; `nil` for what only a library could define.
  func globalValue(_ name: String) -> StageValue? {
    if let known = builtins[name] { return known }
    switch name {
    case "window", "self", "globalThis", "top", "parent", "frames":
      if let known = hosts["window"] { return .object(known) }
      let made = make(.host)
      made.text = "window"
      hosts["window"] = made
      return .object(made)
    case "document": return root >= 0 ? document() : .unknown("document")
    case "innerWidth", "outerWidth": return .number(1280)
    case "innerHeight", "outerHeight": return .number(800)
    case "devicePixelRatio": return .number(1)
    case "scrollY", "pageYOffset": return .number(scrollOffset)
    case "scrollX", "pageXOffset": return .number(0)
    case "screen": return .object(record([("width", .number(1280)), ("height", .number(800))]))
    case "localStorage", "sessionStorage": return .object(storage(name))
    case "location": return .object(location())
    case "navigator": return .object(navigator())
    case "history", "visualViewport", "indexedDB", "caches", "speechSynthesis": return .object(open(name))
    case "performance":
      let made = open(name)
      made["now"] = native { stage, _, _ in .number(stage.clock) }
      return keep(made, name)
    case "crypto": return .object(crypto())
    case "onload", "onscroll", "onresize", "event", "opener": return .null
    default: return nil
    }
  }

  private func keep(_ made: StageObject, _ name: String) -> StageValue {
    global.table[name] = .object(made)
    return .object(made)
  }

  private func open(_ name: String) -> StageObject {
    if let known = hosts[name] { return known }
    let made = make(.host)
    made.isOpen = true
    made.text = name
    hosts[name] = made
    return made
  }

  private func document() -> StageValue {
    let value = wrap(root)
    guard let object = value.object, object["createElement"] == nil else { return value }
    let root = root
    func getter(_ name: String, _ body: @escaping (Stage) -> StageValue) {
      object.getters[name] = native(name) { stage, _, _ in body(stage) }.object
    }
    func child(_ name: String, _ stage: Stage) -> StageValue {
      stage.wrap(stage.inside(root).first { stage.nodes[$0].name == name })
    }
    getter("documentElement") { child("html", $0) }
    getter("body") { child("body", $0) }
    getter("head") { child("head", $0) }
    getter("forms") { $0.wrapAll($0.query("form", under: root)) }
    getter("links") { $0.wrapAll($0.query("a", under: root)) }
    getter("images") { $0.wrapAll($0.query("img", under: root)) }
    getter("activeElement") { child("body", $0) }
    getter("scrollingElement") { child("html", $0) }
    getter("readyState") { .string($0.context.isLoading ? "loading" : "complete") }
    object["hidden"] = .bool(false)
    object["visibilityState"] = .string("visible")
    object["cookie"] = .string("")
    object["title"] = .string("")
    object["referrer"] = .string("")
    object["fonts"] = .object(record([("ready", .object(settled(.undefined)))]))
    object["startViewTransition"] = native { stage, _, given in
      if let function = given.first { try stage.call(function, this: .undefined, []) }
      return .object(
        stage.record([("finished", .object(stage.settled(.undefined))), ("ready", .object(stage.settled(.undefined)))]))
    }
    object["createElement"] = native { stage, _, given in
      let name = given.first.flatMap { stage.text($0) }?.lowercased() ?? ""
      let own = stage.place
      defer { stage.place = own }
      // A helper that makes any element says less than the call of it.
      if let argument = own?.list(.arguments).first, argument.kind != .literal, let caller = stage.callers.last {
        stage.place = caller ?? own
      }
      let node = try stage.makeNode(name)
      if stage.elementClasses[name] != nil { try stage.upgrade(node) }
      return stage.wrap(node)
    }
    object["createElementNS"] = native { stage, _, given in
      let node = try stage.makeNode(given.count > 1 ? stage.text(given[1]) ?? "" : "")
      stage.nodes[node].isVector = given.first.flatMap { stage.text($0) }?.hasSuffix("svg") ?? false
      return stage.wrap(node)
    }
    object["createTextNode"] = native { stage, _, given in
      stage.wrap(try stage.makeNode("#text", text: given.first.map { stage.shown($0) } ?? ""))
    }
    object["createDocumentFragment"] = native { stage, _, _ in stage.wrap(try stage.makeNode("#fragment")) }
    object["createComment"] = native { stage, _, _ in stage.wrap(try stage.makeNode("#fragment")) }
    object["getElementById"] = native { stage, _, given in
      guard let id = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      return stage.wrap(stage.element(withID: id))
    }
    object["getElementsByName"] = native { stage, _, given in
      let name = given.first.flatMap { stage.text($0) } ?? ""
      return stage.wrapAll(stage.inside(root).filter { stage.nodes[$0].attribute("name") == name })
    }
    object["write"] = native { stage, _, given in
      if let body = stage.inside(root).first(where: { stage.nodes[$0].name == "body" }) {
        try stage.insert(try stage.parseMarkup(given.map { stage.shown($0) }.joined()), into: body)
      }
      return .undefined
    }
    object["importNode"] = native { stage, _, given in
      guard let other = given.first?.object, other.kind == .node else { return .unknown }
      return stage.wrap(try stage.copy(other.node, isDeep: true))
    }
    object["execCommand"] = native { _, _, _ in .bool(true) }
    object["hasFocus"] = native { _, _, _ in .bool(true) }
    object["elementFromPoint"] = native { _, _, _ in .null }
    object["elementsFromPoint"] = native { stage, _, _ in stage.array([]) }
    return value
  }

  private func storage(_ name: String) -> StageObject {
    if let known = hosts[name] { return known }
    let made = record()
    hosts[name] = made
    made["getItem"] = native { stage, _, given in
      given.first.flatMap { stage.text($0) }.flatMap { made["=" + $0] } ?? .null
    }
    made["setItem"] = native { stage, _, given in
      if given.count > 1, let name = stage.text(given[0]) { made["=" + name] = .string(stage.shown(given[1])) }
      return .undefined
    }
    made["removeItem"] = native { stage, _, given in
      if let name = given.first.flatMap({ stage.text($0) }) { made["=" + name] = nil }
      return .undefined
    }
    return made
  }

  private func location() -> StageObject {
    if let known = hosts["location"] { return known }
    let made = make(.host)
    made.text = "location"
    hosts["location"] = made
    for (name, value) in [
      ("href", "https://site.invalid/"), ("hash", ""), ("pathname", "/"), ("search", ""), ("host", "site.invalid"),
      ("hostname", "site.invalid"), ("origin", "https://site.invalid"), ("protocol", "https:"),
    ] {
      made[name] = .string(value)
    }
    for name in ["assign", "replace"] {
      made[name] = native { stage, _, given in
        stage.follow(given.first.map { stage.shown($0) } ?? "")
        return .undefined
      }
    }
    made["reload"] = native { _, _, _ in .undefined }
    return made
  }

  private func navigator() -> StageObject {
    if let known = hosts["navigator"] { return known }
    let made = open("navigator")
    made["userAgent"] = .string("Mozilla/5.0 (X11; Linux x86_64)")
    made["language"] = .string("en")
    made["languages"] = array([.string("en")])
    made["onLine"] = .bool(true)
    made["maxTouchPoints"] = .number(0)
    made["hardwareConcurrency"] = .number(4)
    made["sendBeacon"] = native { stage, _, given in
      stage.outcomes.append(
        StageOutcome(kind: .request, text: given.first.map { stage.shown($0) } ?? "", place: stage.place))
      return .bool(true)
    }
    made["clipboard"] = .object(
      record([
        ("writeText", native { stage, _, _ in .object(stage.settled(.undefined)) }),
        ("readText", native { stage, _, _ in .object(stage.settled(.string(""))) }),
      ]))
    return made
  }

  private func crypto() -> StageObject {
    if let known = hosts["crypto"] { return known }
    let made = record()
    hosts["crypto"] = made
    let subtle = record()
    subtle["digest"] = native { stage, _, given in
      guard let name = given.first.flatMap({ stage.text($0) }), name.uppercased() == "SHA-256", given.count > 1,
        let items = try stage.list(given[1])
      else { return .object(stage.settled(.unknown)) }
      let bytes = items.compactMap { stage.number($0).map { UInt8(truncatingIfNeeded: Stage.index($0)) } }
      guard bytes.count == items.count else { return .object(stage.settled(.unknown)) }
      return .object(stage.settled(stage.array(sha256(bytes).map { .number(Double($0)) })))
    }
    made["subtle"] = .object(subtle)
    made["randomUUID"] = native { _, _, _ in .string("00000000-0000-4000-8000-000000000000") }
    made["getRandomValues"] = native { _, _, given in given.first ?? .unknown }
    return made
  }

  /// A change of a property of the host; whether it is taken care of.
  func setHostMember(_ object: StageObject, _ name: String, _ value: StageValue) throws -> Bool {
    switch object.text {
    case "location":
      if name == "href" { follow(shown(value)) }
      return name == "href" || name == "hash"
    case "window":
      if name == "location" {
        follow(shown(value))
      } else if name.hasPrefix("on"), name.utf8.count > 3, value.object?.isCallable ?? false {
        windowListeners.append(StageListener(event: String(name.dropFirst(2)), function: value, place: place))
      } else {
        global.table[name] = value
      }
      return true
    case "context":
      return true
    default: return false
    }
  }

  func canvasContext(_ made: StageObject, _ node: Int) -> StageValue {
    if let known = nodes[node].object?["%context"] { return known }
    made["canvas"] = wrap(node)
    nodes[node].object?["%context"] = .object(made)
    return .object(made)
  }

  // MARK: Requests

  func request(_ address: String, _ options: StageValue?) -> StageValue {
    let method = options?.object?["method"].flatMap { text($0) }?.uppercased() ?? "GET"
    outcomes.append(StageOutcome(kind: .request, text: method + " " + address, place: place))
    let response = make(.host)
    response.isOpen = true
    response["status"] = .number(200)
    response["ok"] = .bool(true)
    var body: [UInt8]?
    if method == "GET", !address.contains("//"), !address.contains(Stage.gap) {
      if case .file(let path) = paths.resolve(address, from: pages.isEmpty ? "" : pages[page].file, isPage: true) {
        body = program.project.files.first { $0.path == path }?.bytes
      } else if address.split(separator: "/").last?.contains(".") ?? false {
        response["ok"] = .bool(false)
        response["status"] = .number(404)
      }
    }
    response["json"] = native { stage, _, _ in
      guard let body, let value = stage.value(ofText: body) else { return .object(stage.settled(.unknown)) }
      return .object(stage.settled(value))
    }
    response["text"] = native { stage, _, _ in
      .object(stage.settled(body.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .unknown))
    }
    return .object(settled(.object(response)))
  }

  /// Whether a media query holds on a desktop screen without preferences.
  static func holds(_ query: String) -> StageValue {
    let lower = query.lowercased()
    if lower.contains("prefers-") || lower.contains("hover: none") || lower.contains("pointer: coarse")
      || lower.contains("pointer:coarse") || lower.contains("hover:none") || lower.contains("print")
    {
      return .bool(lower.contains("no-preference"))
    }
    func width(_ name: String) -> Double? {
      guard let range = lower.firstRange(of: name) else { return nil }
      let rest = lower[range.upperBound...].drop { $0 == ":" || $0 == " " }
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let value = Double(digits) else { return nil }
      return rest.dropFirst(digits.count).hasPrefix("px") ? value : value * 16
    }
    if let least = width("min-width"), least > 1280 { return .bool(false) }
    if let most = width("max-width"), most < 1280 { return .bool(false) }
    return .bool(true)
  }
}

/// The digest SHA-256 of some bytes, by FIPS 180-4.
func sha256(_ message: [UInt8]) -> [UInt8] {
  var primes: [UInt32] = []
  var candidate: UInt32 = 2
  while primes.count < 64 {
    if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
    candidate += 1
  }
  func fraction(_ root: Double) -> UInt32 { UInt32((root - root.rounded(.down)) * 4_294_967_296) }
  let keys = primes.map { fraction(cubeRoot(Double($0))) }
  var state = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
  var bytes = message + [0x80]
  while bytes.count % 64 != 56 { bytes.append(0) }
  let length = UInt64(message.count) * 8
  bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - UInt64($0) * 8)) }
  func turn(_ value: UInt32, _ count: UInt32) -> UInt32 { value >> count | value << (32 - count) }
  for start in stride(from: 0, to: bytes.count, by: 64) {
    var words = (0..<16).map { index -> UInt32 in
      bytes[start + index * 4..<start + index * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    for index in 16..<64 {
      let a = words[index - 15]
      let b = words[index - 2]
      let small = turn(a, 7) ^ turn(a, 18) ^ a >> 3
      let large = turn(b, 17) ^ turn(b, 19) ^ b >> 10
      words.append(words[index - 16] &+ small &+ words[index - 7] &+ large)
    }
    var s = state
    for index in 0..<64 {
      let sum = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)
      let choice = s[4] & s[5] ^ ~s[4] & s[6]
      let first = s[7] &+ sum &+ choice &+ keys[index] &+ words[index]
      let other = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)
      let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
      s = [first &+ other &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
    }
    for index in 0..<8 { state[index] = state[index] &+ s[index] }
  }
  return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - UInt32($0) * 8)) } }
}

/// The cube root, exact to the last bits that the digest's constants need.
private func cubeRoot(_ value: Double) -> Double {
  var root = value.squareRoot()
  for _ in 0..<60 { root -= (root * root * root - value) / (3 * root * root) }
  return root
}
