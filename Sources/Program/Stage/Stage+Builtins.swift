#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import JavaScriptSyntax

// The built-in objects of the language, as far as pages use them.
extension Stage {
  func setUpBuiltins() {
    protos.object = make(.plain)
    protos.function = make(.plain, proto: protos.object)
    protos.array = make(.plain, proto: protos.object)
    protos.string = make(.plain, proto: protos.object)
    protos.number = make(.plain, proto: protos.object)
    protos.promise = make(.plain, proto: protos.object)
    protos.map = make(.plain, proto: protos.object)
    protos.set = make(.plain, proto: protos.object)
    protos.date = make(.plain, proto: protos.object)
    protos.pattern = make(.plain, proto: protos.object)
    protos.error = make(.plain, proto: protos.object)
    setUpElements()
    setUpObjects()
    setUpFunctions()
    setUpLists()
    setUpTexts()
    setUpMath()
    setUpCollections()
    setUpDates()
    setUpPromises()
    setUpWindow()
    setUpReact()
  }

  func define(_ name: String, _ body: @escaping StageNative) {
    let made = native(name, body)
    if made.object?["prototype"] == nil { made.object?["prototype"] = .object(record()) }
    builtins[name] = made
  }

  func method(_ proto: StageObject?, _ name: String, _ body: @escaping StageNative) {
    proto?[name] = native(name, body)
  }

  private func setUpObjects() {
    define("Object") { _, _, given in given.first ?? .undefined }
    let object = builtins["Object"]?.object
    object?["prototype"] = protos.object.map { .object($0) }
    method(object, "keys") { stage, _, given in
      given.first?.isUnknown ?? true ? .unknown : stage.array(stage.keys(of: given[0]).map { .string($0) })
    }
    method(object, "values") { stage, _, given in
      guard let value = given.first, !value.isUnknown else { return .unknown }
      return stage.array(try stage.keys(of: value).map { try stage.member(of: value, $0, at: nil) })
    }
    method(object, "entries") { stage, _, given in
      guard let value = given.first, !value.isUnknown else { return .unknown }
      return stage.array(
        try stage.keys(of: value).map { stage.array([.string($0), try stage.member(of: value, $0, at: nil)]) })
    }
    method(object, "assign") { stage, _, given in
      guard let target = given.first else { return .undefined }
      for source in given.dropFirst() {
        guard let object = source.object else { continue }
        for name in object.names { try stage.set(target, name, object[name] ?? .undefined, at: nil) }
      }
      return target
    }
    for name in ["freeze", "seal", "preventExtensions"] {
      method(object, name) { _, _, given in given.first ?? .undefined }
    }
    method(object, "fromEntries") { stage, _, given in
      guard let items = try stage.list(given.first ?? .undefined) else { return .unknown }
      let made = stage.record()
      for item in items {
        guard let pair = try stage.list(item), pair.count > 1, let name = stage.name(pair[0]) else { continue }
        made[name] = pair[1]
      }
      return .object(made)
    }
    method(object, "create") { stage, _, given in
      let made = stage.record()
      made.proto = given.first?.object
      return .object(made)
    }
    method(object, "getPrototypeOf") { _, _, given in given.first?.object?.proto.map { .object($0) } ?? .null }
    method(object, "setPrototypeOf") { _, _, given in
      if given.count > 1 { given[0].object?.proto = given[1].object }
      return given.first ?? .undefined
    }
    method(object, "defineProperty") { stage, _, given in
      guard given.count > 2, let object = given[0].object, let name = stage.name(given[1]), let how = given[2].object
      else {
        return given.first ?? .undefined
      }
      if let getter = how["get"]?.object {
        object.getters[name] = getter
      } else {
        object[name] = how["value"] ?? .undefined
      }
      return given[0]
    }
    method(object, "getOwnPropertyNames") { stage, _, given in
      stage.array(stage.keys(of: given.first ?? .undefined).map { .string($0) })
    }
    for name in ["hasOwn", "is"] {
      method(object, name) { stage, _, given in
        guard given.count > 1 else { return .unknown }
        if name == "is" { return stage.areStrictlyEqual(given[0], given[1]).map { .bool($0) } ?? .unknown }
        guard let key = stage.name(given[1]), let object = given[0].object else { return .unknown }
        return .bool(object[key] != nil || stage.keys(of: given[0]).contains(key))
      }
    }
    method(protos.object, "hasOwnProperty") { stage, this, given in
      guard let name = given.first.flatMap({ stage.name($0) }) else { return .unknown }
      return .bool(stage.keys(of: this).contains(name))
    }
    for name in ["toString", "toLocaleString"] {
      method(protos.object, name) { stage, this, given in
        if case .number(let number) = this { return .string(stage.localText(number, name == "toLocaleString", given)) }
        if let object = this.object, object.kind == .plain || object.kind == .function {
          return .string("[object Object]")
        }
        return stage.text(this).map { .string($0) } ?? .unknown
      }
    }
    method(protos.object, "valueOf") { _, this, _ in this }
  }

  private func setUpFunctions() {
    define("Function") { _, _, _ in .unknown }
    method(protos.function, "call") { stage, this, given in
      try stage.call(this, this: given.first ?? .undefined, Array(given.dropFirst()))
    }
    method(protos.function, "apply") { stage, this, given in
      try stage.call(
        this, this: given.first ?? .undefined,
        given.count > 1 && !given[1].isNullish ? try stage.list(given[1]) ?? [] : [])
    }
    method(protos.function, "bind") { stage, this, given in
      stage.native { stage, _, more in
        try stage.call(this, this: given.first ?? .undefined, Array(given.dropFirst()) + more)
      }
    }
    for name in ["Error", "TypeError", "RangeError", "SyntaxError", "DOMException", "AggregateError"] {
      define(name) { stage, _, given in
        let made = stage.make(.error, proto: stage.builtins[name]?.object?["prototype"]?.object ?? stage.protos.error)
        made["message"] = given.first.flatMap { stage.text($0) }.map { .string($0) } ?? .string("")
        made["name"] = .string(name)
        made["stack"] = .string("")
        return .object(made)
      }
    }
    define("Symbol") { stage, _, given in .string("@@" + (given.first.flatMap { stage.text($0) } ?? "")) }
    builtins["Symbol"]?.object?["iterator"] = .string("@@iterator")
    builtins["Symbol"]?.object?["asyncIterator"] = .string("@@asyncIterator")
    method(builtins["Symbol"]?.object, "for") { stage, _, given in
      .string("@@" + (given.first.flatMap { stage.text($0) } ?? ""))
    }
    define("Boolean") { _, _, given in given.first?.truth.map { .bool($0) } ?? (given.isEmpty ? .bool(false) : .unknown)
    }
    define("Proxy") { _, _, given in given.first ?? .unknown }
    define("structuredClone") { _, _, given in given.first ?? .unknown }
    define("queueMicrotask") { stage, _, given in
      if let function = given.first { stage.microtasks.append { try stage.call(function, this: .undefined, []) } }
      return .undefined
    }
    let reflect = record()
    method(reflect, "get") { stage, _, given in
      guard given.count > 1, let name = stage.name(given[1]) else { return .unknown }
      return try stage.member(of: given[0], name, at: nil)
    }
    method(reflect, "set") { stage, _, given in
      guard given.count > 2, let name = stage.name(given[1]) else { return .unknown }
      try stage.set(given[0], name, given[2], at: nil)
      return .bool(true)
    }
    builtins["Reflect"] = .object(reflect)
    let json = record()
    method(json, "stringify") { stage, _, given in
      guard let value = given.first else { return .undefined }
      return stage.json(value, 0).map { .string($0) } ?? .unknown
    }
    method(json, "parse") { stage, _, given in
      guard let text = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      if text.contains(Stage.gap) { return .unknown }
      guard let value = stage.value(ofText: Array(text.utf8)) else { throw stage.failure("no JSON") }
      return value
    }
    builtins["JSON"] = .object(json)
    let console = make(.host)
    console.isOpen = true
    for name in [
      "log", "debug", "info", "warn", "error", "table", "dir", "group", "groupEnd", "time", "timeEnd", "trace",
    ] {
      method(console, name) { _, _, _ in .undefined }
    }
    method(console, "error") { stage, _, given in
      for value in given {
        if let object = value.object, object.kind == .error, let place = stage.place, stage.errors.count < 32 {
          stage.errors.append((place.file, place.span, stage.text(object["message"] ?? .undefined) ?? ""))
        }
      }
      return .undefined
    }
    builtins["console"] = .object(console)
  }

  /// The text of a value as JSON; `nil` where parts are not known.
  func json(_ value: StageValue, _ level: Int) -> String? {
    guard level < 12 else { return "null" }
    switch value {
    case .unknown: return nil
    case .undefined, .null: return "null"
    case .string(let text):
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    case .bool, .number: return text(value)
    case .object(let object):
      if object.isCallable { return "null" }
      if object.kind == .date { return "\"" + (text(value) ?? "") + "\"" }
      if object.kind == .array {
        let parts = object.items.prefix(2_000).map { json($0, level + 1) }
        return parts.contains { $0 == nil } ? nil : "[" + parts.compactMap { $0 }.joined(separator: ",") + "]"
      }
      var parts: [String] = []
      for name in object.names {
        guard let member = object[name], !member.isUndefined, member.object?.isCallable != true else { continue }
        guard let inner = json(member, level + 1), let key = json(.string(name), 0) else { return nil }
        parts.append(key + ":" + inner)
      }
      return object.isOpen ? nil : "{" + parts.joined(separator: ",") + "}"
    }
  }

  func localText(_ number: Double, _ isLocal: Bool, _ given: [StageValue]) -> String {
    if !isLocal, case .number(let radix)? = given.first, (2...36).contains(radix), number.isFinite, abs(number) < 9e15 {
      return String(Int64(number), radix: Int(radix))
    }
    guard isLocal, number.isFinite, abs(number) < 1e15 else { return Stage.text(number) }
    let whole = String(Int64(abs(number)))
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.utf8.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return (number < 0 ? "-" : "") + grouped
  }

  private func setUpMath() {
    let math = record()
    math["PI"] = .number(.pi)
    math["E"] = .number(M_E)
    math["SQRT2"] = .number(2.0.squareRoot())
    func one(_ name: String, _ body: @escaping (Double) -> Double) {
      method(math, name) { stage, _, given in
        guard let value = given.first else { return .number(.nan) }
        return stage.number(value).map { .number(body($0)) } ?? .unknown
      }
    }
    one("abs") { abs($0) }
    one("floor") { $0.rounded(.down) }
    one("ceil") { $0.rounded(.up) }
    one("round") { ($0 + 0.5).rounded(.down) }
    one("trunc") { $0.rounded(.towardZero) }
    one("sqrt") { $0.squareRoot() }
    one("cbrt") { cbrt($0) }
    one("sin") { sin($0) }
    one("cos") { cos($0) }
    one("tan") { tan($0) }
    one("asin") { asin($0) }
    one("acos") { acos($0) }
    one("atan") { atan($0) }
    one("exp") { exp($0) }
    one("log") { log($0) }
    one("log2") { log2($0) }
    one("log10") { log10($0) }
    one("sign") { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    one("fround") { Double(Float($0)) }
    func two(_ name: String, _ body: @escaping (Double, Double) -> Double) {
      method(math, name) { stage, _, given in
        guard given.count > 1, let a = stage.number(given[0]), let b = stage.number(given[1]) else { return .unknown }
        return .number(body(a, b))
      }
    }
    two("pow") { pow($0, $1) }
    two("atan2") { atan2($0, $1) }
    two("imul") { Double(Stage.integer($0) &* Stage.integer($1)) }
    for name in ["max", "min", "hypot"] {
      method(math, name) { stage, _, given in
        var result = name == "max" ? -Double.infinity : name == "min" ? .infinity : 0
        for value in given {
          guard let number = stage.number(value) else { return .unknown }
          if name == "hypot" {
            result += number * number
          } else {
            result = name == "max" ? max(result, number) : min(result, number)
          }
        }
        return .number(name == "hypot" ? result.squareRoot() : result)
      }
    }
    method(math, "random") { stage, _, _ in
      stage.random = stage.random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return .number(Double(stage.random >> 11) / 9_007_199_254_740_992)
    }
    builtins["Math"] = .object(math)
    define("Number") { stage, _, given in
      guard let value = given.first else { return .number(0) }
      return stage.number(value).map { .number($0) } ?? .unknown
    }
    builtins["BigInt"] = builtins["Number"]
    let number = builtins["Number"]?.object
    number?["MAX_SAFE_INTEGER"] = .number(9_007_199_254_740_991)
    number?["EPSILON"] = .number(.ulpOfOne)
    number?["prototype"] = protos.number.map { .object($0) }
    builtins["NaN"] = .number(.nan)
    builtins["Infinity"] = .number(.infinity)
    for name in ["isNaN", "isFinite", "isInteger"] {
      let body: StageNative = { stage, _, given in
        guard let value = given.first.flatMap({ stage.number($0) }) else { return .unknown }
        return .bool(name == "isNaN" ? value.isNaN : name == "isFinite" ? value.isFinite : value == value.rounded())
      }
      method(number, name, body)
      if name != "isInteger" { define(name, body) }
    }
    for name in ["parseFloat", "parseInt"] {
      let body: StageNative = { stage, _, given in
        guard let text = given.first.flatMap({ stage.text($0) }) else { return .unknown }
        let clean = text.drop { $0.isWhitespace }
        var digits = clean.prefix { $0.isNumber || $0 == "-" || $0 == "+" || $0 == "." && name == "parseFloat" }
        if given.count > 1, case .number(let radix) = given[1], radix == 16 {
          digits = clean.prefix { $0.isHexDigit }
          return .number(Int(digits, radix: 16).map(Double.init) ?? .nan)
        }
        return .number(Double(digits) ?? .nan)
      }
      method(number, name, body)
      define(name, body)
    }
    method(protos.number, "toFixed") { stage, this, given in
      guard let value = stage.number(this) else { return .unknown }
      return .string(Stage.text(value, fraction: given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0))
    }
    method(protos.number, "toPrecision") { stage, this, _ in stage.text(this).map { .string($0) } ?? .unknown }
  }

  private func setUpPromises() {
    define("Promise") { stage, _, given in
      let made = stage.make(.promise, proto: stage.protos.promise)
      let resolve = stage.native { stage, _, values in
        stage.settle(made, values.first ?? .undefined, isRejected: false)
        return .undefined
      }
      let reject = stage.native { stage, _, values in
        stage.settle(made, values.first ?? .undefined, isRejected: true)
        return .undefined
      }
      if let function = given.first {
        do { try stage.call(function, this: .undefined, [resolve, reject]) } catch StageStop.thrown(let error) {
          stage.settle(made, error, isRejected: true)
        }
      }
      return .object(made)
    }
    let promise = builtins["Promise"]?.object
    promise?["prototype"] = protos.promise.map { .object($0) }
    method(promise, "resolve") { stage, _, given in .object(stage.settled(given.first ?? .undefined)) }
    method(promise, "reject") { stage, _, given in .object(stage.settled(given.first ?? .undefined, isRejected: true)) }
    for name in ["all", "allSettled", "race", "any"] {
      method(promise, name) { stage, _, given in
        guard let items = try stage.list(given.first ?? .undefined) else { return .object(stage.settled(.unknown)) }
        var values: [StageValue] = []
        for item in items {
          do {
            let value = try stage.wait(for: item)
            values.append(
              name == "allSettled"
                ? .object(stage.record([("status", .string("fulfilled")), ("value", value)])) : value)
          } catch StageStop.thrown(let error) {
            guard name == "allSettled" else { return .object(stage.settled(error, isRejected: true)) }
            values.append(.object(stage.record([("status", .string("rejected")), ("reason", error)])))
          }
        }
        return .object(stage.settled(name == "race" || name == "any" ? values.first ?? .unknown : stage.array(values)))
      }
    }
    method(protos.promise, "then") { stage, this, given in
      guard let promise = this.object, promise.kind == .promise else { return .unknown }
      return stage.then(promise, given.first ?? .undefined, given.count > 1 ? given[1] : .undefined)
    }
    method(protos.promise, "catch") { stage, this, given in
      guard let promise = this.object, promise.kind == .promise else { return .unknown }
      return stage.then(promise, .undefined, given.first ?? .undefined)
    }
    method(protos.promise, "finally") { stage, this, given in
      guard let promise = this.object, promise.kind == .promise, let function = given.first else { return .unknown }
      let pass = stage.native { stage, _, values in
        try stage.call(function, this: .undefined, [])
        return values.first ?? .undefined
      }
      let rethrow = stage.native { stage, _, values in
        try stage.call(function, this: .undefined, [])
        throw StageStop.thrown(values.first ?? .undefined)
      }
      return stage.then(promise, pass, rethrow)
    }
  }
}
