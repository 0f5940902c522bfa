import JavaScriptSyntax

// Lists, maps and sets.
extension Stage {
  func setUpLists() {
    define("Array") { stage, _, given in
      if given.count == 1, case .number(let count) = given[0] {
        return stage.array([StageValue](repeating: .undefined, count: max(0, min(20_000, Stage.index(count)))))
      }
      return stage.array(given)
    }
    let array = builtins["Array"]?.object
    array?["prototype"] = protos.array.map { .object($0) }
    method(array, "isArray") { _, _, given in
      given.first?.isUnknown ?? true ? .unknown : .bool(given[0].object?.kind == .array)
    }
    method(array, "of") { stage, _, given in stage.array(given) }
    method(array, "from") { stage, _, given in try stage.listFrom(given) }
    for name in [
      "Uint8Array", "Float32Array", "Uint16Array", "Int32Array", "Uint32Array", "Float64Array", "Uint8ClampedArray",
    ] {
      define(name) { stage, _, given in
        guard let first = given.first else { return stage.array([]) }
        if case .number(let count) = first {
          return stage.array([StageValue](repeating: .number(0), count: max(0, min(20_000, Stage.index(count)))))
        }
        return try stage.list(first).map { stage.array($0) } ?? .unknown
      }
    }
    setUpIteration()
    setUpChanges()
    setUpListQueries()
  }

  private func listFrom(_ given: [StageValue]) throws -> StageValue {
    guard let source = given.first else { return array([]) }
    var items: [StageValue]
    if let object = source.object, object.kind == .plain, let length = object["length"],
      find("@@iterator", on: object) == nil
    {
      guard let count = number(length) else { return .unknown }
      items = (0..<max(0, min(5_000, Stage.index(count)))).map { object[String($0)] ?? .undefined }
    } else {
      guard let known = try list(source) else { return .unknown }
      items = known
    }
    if given.count > 1 {
      items = try items.enumerated().map { try call(given[1], this: .undefined, [$1, .number(Double($0))]) }
    }
    return array(items)
  }

  private typealias ListBody = (Stage, StageObject, [StageValue]) throws -> StageValue

  private func add(_ name: String, _ body: @escaping ListBody) {
    method(protos.array, name) { stage, this, given in
      if let object = this.object, object.kind == .array { return try body(stage, object, given) }
      guard this.object != nil, let items = try stage.list(this) else { return .unknown }
      let copy = stage.array(items)
      guard let object = copy.object else { return .unknown }
      return try body(stage, object, given)
    }
  }

  private func each(
    _ object: StageObject, _ function: StageValue?, _ body: (Int, StageValue, StageValue) throws -> Bool
  ) throws {
    guard let function else { throw failure("no function was given") }
    for (index, item) in object.items.enumerated() {
      let result = try call(function, this: .undefined, [item, .number(Double(index)), .object(object)])
      if try !body(index, item, result) { return }
    }
  }

  private func setUpIteration() {
    add("forEach") { stage, object, given in
      try stage.each(object, given.first) { _, _, _ in true }
      return .undefined
    }
    add("map") { stage, object, given in
      var result: [StageValue] = []
      try stage.each(object, given.first) { _, _, value in
        result.append(value)
        return true
      }
      return stage.array(result)
    }
    add("flatMap") { stage, object, given in
      var result: [StageValue] = []
      try stage.each(object, given.first) { _, _, value in
        if let inner = value.object, inner.kind == .array { result += inner.items } else { result.append(value) }
        return true
      }
      return stage.array(result)
    }
    add("filter") { stage, object, given in
      var result: [StageValue] = []
      try stage.each(object, given.first) { _, item, value in
        if value.truth ?? true { result.append(item) }
        return true
      }
      return stage.array(result)
    }
    for name in ["find", "findIndex", "some", "every"] {
      add(name) { stage, object, given in
        var found: StageValue = name == "find" ? .undefined : name == "findIndex" ? .number(-1) : .bool(name == "every")
        try stage.each(object, given.first) { index, item, value in
          let holds = value.truth ?? (name != "every")
          if name == "every" {
            if !holds { found = .bool(false) }
            return holds
          }
          guard holds else { return true }
          found = name == "find" ? item : name == "findIndex" ? .number(Double(index)) : .bool(true)
          return false
        }
        return found
      }
    }
    for name in ["findLast", "findLastIndex"] {
      add(name) { stage, object, given in
        var found: StageValue = name == "findLast" ? .undefined : .number(-1)
        try stage.each(object, given.first) { index, item, value in
          if value.truth ?? false { found = name == "findLast" ? item : .number(Double(index)) }
          return true
        }
        return found
      }
    }
    for name in ["reduce", "reduceRight"] {
      add(name) { stage, object, given in
        guard let function = given.first else { return .unknown }
        var items = Array(object.items.enumerated())
        if name == "reduceRight" { items.reverse() }
        var result: StageValue
        if given.count > 1 {
          result = given[1]
        } else {
          guard let first = items.first else { throw stage.failure("nothing to reduce") }
          result = first.element
          items.removeFirst()
        }
        for (index, item) in items {
          result = try stage.call(function, this: .undefined, [result, item, .number(Double(index)), .object(object)])
        }
        return result
      }
    }
  }

  private func setUpChanges() {
    add("push") { _, object, given in
      if object.items.count + given.count < 20_000 { object.items += given }
      return .number(Double(object.items.count))
    }
    add("unshift") { _, object, given in
      if object.items.count + given.count < 20_000 { object.items = given + object.items }
      return .number(Double(object.items.count))
    }
    add("pop") { _, object, _ in object.items.popLast() ?? .undefined }
    add("shift") { _, object, _ in object.items.isEmpty ? .undefined : object.items.removeFirst() }
    add("splice") { stage, object, given in
      let count = object.items.count
      let start = stage.bound(given.first, count, 0)
      let length =
        given.count > 1
        ? stage.number(given[1]).map { max(0, min(count - start, Stage.index($0))) } ?? 0 : count - start
      let removed = Array(object.items[start..<start + length])
      object.items.replaceSubrange(start..<start + length, with: given.dropFirst(2))
      return stage.array(removed)
    }
    for name in ["reverse", "toReversed"] {
      add(name) { stage, object, _ in
        if name == "toReversed" { return stage.array(object.items.reversed()) }
        object.items.reverse()
        return .object(object)
      }
    }
    for name in ["sort", "toSorted"] {
      add(name) { stage, object, given in
        let sorted = try stage.sorted(object.items, by: given.first)
        if name == "toSorted" { return stage.array(sorted) }
        object.items = sorted
        return .object(object)
      }
    }
    add("fill") { stage, object, given in
      let start = stage.bound(given.count > 1 ? given[1] : nil, object.items.count, 0)
      let end = stage.bound(given.count > 2 ? given[2] : nil, object.items.count, object.items.count)
      if start < end { for index in start..<end { object.items[index] = given.first ?? .undefined } }
      return .object(object)
    }
    add("set") { stage, object, given in
      guard let items = try given.first.flatMap({ try stage.list($0) }) else { return .undefined }
      for (index, item) in items.enumerated() where index < object.items.count { object.items[index] = item }
      return .undefined
    }
  }

  /// A stable order, by insertion, so that a comparison that contradicts itself does no harm.
  private func sorted(_ items: [StageValue], by function: StageValue?) throws -> [StageValue] {
    func precedes(_ a: StageValue, _ b: StageValue) throws -> Bool {
      guard let function, !function.isUndefined else {
        return shown(a).utf16.lexicographicallyPrecedes(shown(b).utf16)
      }
      return (number(try call(function, this: .undefined, [a, b])) ?? 0) < 0
    }
    var result: [StageValue] = []
    for item in items.prefix(2_000) {
      var low = 0
      var high = result.count
      while low < high {
        let middle = (low + high) / 2
        if try precedes(item, result[middle]) { high = middle } else { low = middle + 1 }
      }
      result.insert(item, at: low)
    }
    return result
  }

  /// A place in a list; those below zero count from the end.
  func bound(_ value: StageValue?, _ count: Int, _ missing: Int) -> Int {
    guard let value, !value.isUndefined, let number = number(value) else { return missing }
    let index = Stage.index(number)
    return index < 0 ? max(0, count + index) : min(count, index)
  }

  private func setUpListQueries() {
    add("slice") { stage, object, given in
      let count = object.items.count
      let start = stage.bound(given.first, count, 0)
      let end = stage.bound(given.count > 1 ? given[1] : nil, count, count)
      return stage.array(start < end ? Array(object.items[start..<end]) : [])
    }
    add("concat") { stage, object, given in
      var result = object.items
      for value in given {
        if let inner = value.object, inner.kind == .array { result += inner.items } else { result.append(value) }
      }
      return stage.array(result)
    }
    add("join") { stage, object, given in
      let separator = given.first.flatMap { $0.isUndefined ? nil : stage.shown($0) } ?? ","
      let joined = object.items.map { $0.isNullish ? "" : stage.shown($0) }.joined(separator: separator)
      return joined.utf8.count > 400_000 ? .unknown : .string(joined)
    }
    for name in ["includes", "indexOf", "lastIndexOf"] {
      add(name) { stage, object, given in
        let wanted = given.first ?? .undefined
        var isOpen = false
        var found: Int?
        for (index, item) in object.items.enumerated() where found == nil || name == "lastIndexOf" {
          guard let same = stage.areStrictlyEqual(item, wanted) else {
            isOpen = true
            continue
          }
          if same { found = index }
        }
        if found == nil, isOpen { return .unknown }
        return name == "includes" ? .bool(found != nil) : .number(Double(found ?? -1))
      }
    }
    add("at") { stage, object, given in
      let index = given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0
      let place = index < 0 ? object.items.count + index : index
      return object.items.indices.contains(place) ? object.items[place] : .undefined
    }
    add("item") { stage, object, given in
      let index = given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0
      return object.items.indices.contains(index) ? object.items[index] : .null
    }
    add("namedItem") { stage, object, given in given.first.flatMap { stage.text($0) }.flatMap { object[$0] } ?? .null }
    add("flat") { stage, object, given in
      var result = object.items
      let levels = given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 1
      for _ in 0..<max(0, min(8, levels)) {
        var next: [StageValue] = []
        for item in result {
          if let inner = item.object, inner.kind == .array { next += inner.items } else { next.append(item) }
        }
        result = next
      }
      return stage.array(result)
    }
    add("keys") { stage, object, _ in stage.array(object.items.indices.map { .number(Double($0)) }) }
    add("values") { stage, object, _ in stage.array(object.items) }
    add("entries") { stage, object, _ in
      stage.array(object.items.enumerated().map { stage.array([.number(Double($0)), $1]) })
    }
    add("toString") { stage, object, _ in .string(stage.shown(.object(object))) }
    add("with") { stage, object, given in
      let made = stage.array(object.items)
      if given.count > 1, let name = stage.name(given[0]) { try stage.set(made, name, given[1], at: nil) }
      return made
    }
  }

  // MARK: Maps and sets

  func setUpCollections() {
    for name in ["Map", "WeakMap", "FormData", "URLSearchParams", "Headers"] {
      define(name) { stage, _, given in
        let made = stage.make(.map, proto: stage.protos.map)
        made.text = name
        guard let first = given.first, !first.isNullish else { return .object(made) }
        if let node = first.object, node.kind == .node {
          for control in stage.controls(of: node.node) {
            guard let name = stage.nodes[control].attribute("name"), let value = stage.controlValue(control) else {
              continue
            }
            made.items.append(.string(name))
            made.values.append(value)
          }
          return .object(made)
        }
        if first.object?.kind == .plain {
          for key in stage.keys(of: first) {
            made.items.append(.string(key))
            made.values.append(try stage.member(of: first, key, at: nil))
          }
          return .object(made)
        }
        if first.string != nil { return .object(made) }
        for item in try stage.list(first) ?? [] {
          guard let pair = try stage.list(item), pair.count > 1 else { continue }
          made.items.append(pair[0])
          made.values.append(pair[1])
        }
        return .object(made)
      }
    }
    for name in ["Set", "WeakSet"] {
      define(name) { stage, _, given in
        let made = stage.make(.set, proto: stage.protos.set)
        if let first = given.first, !first.isNullish {
          for item in try stage.list(first) ?? [] where stage.position(of: item, in: made) == nil {
            made.items.append(item)
          }
        }
        return .object(made)
      }
    }
    setUpMapMethods()
  }

  func position(of value: StageValue, in object: StageObject) -> Int? {
    object.items.firstIndex { areStrictlyEqual($0, value) == true }
  }

  private func setUpMapMethods() {
    for proto in [protos.map, protos.set] {
      method(proto, "has") { stage, this, given in
        guard let object = this.object, let key = given.first else { return .unknown }
        return .bool(stage.position(of: key, in: object) != nil)
      }
      method(proto, "delete") { stage, this, given in
        guard let object = this.object, let key = given.first, let index = stage.position(of: key, in: object) else {
          return .bool(false)
        }
        object.items.remove(at: index)
        if object.kind == .map { object.values.remove(at: index) }
        return .bool(true)
      }
      method(proto, "clear") { _, this, _ in
        this.object?.items = []
        this.object?.values = []
        return .undefined
      }
      method(proto, "forEach") { stage, this, given in
        guard let object = this.object, let function = given.first else { return .undefined }
        for (index, item) in object.items.enumerated() {
          let value = object.kind == .map ? object.values[index] : item
          try stage.call(function, this: .undefined, [value, item, this])
        }
        return .undefined
      }
      method(proto, "keys") { stage, this, _ in stage.array(this.object?.items ?? []) }
      method(proto, "values") { stage, this, _ in
        stage.array(this.object.map { $0.kind == .map ? $0.values : $0.items } ?? [])
      }
      method(proto, "entries") { stage, this, _ in try stage.list(this).map { stage.array($0) } ?? .unknown }
      method(proto, "toString") { stage, this, _ in
        guard let object = this.object, object.kind == .map else { return .string("[object Set]") }
        return .string(
          zip(object.items, object.values).map { stage.shown($0) + "=" + stage.shown($1) }.joined(separator: "&"))
      }
    }
    for name in ["set", "append"] {
      method(protos.map, name) { stage, this, given in
        guard let object = this.object, given.count > 1, object.items.count < 5_000 else { return this }
        if name == "set", let index = stage.position(of: given[0], in: object) {
          object.values[index] = given[1]
        } else {
          object.items.append(given[0])
          object.values.append(given[1])
        }
        return this
      }
    }
    method(protos.map, "get") { stage, this, given in
      guard let object = this.object, let key = given.first else { return .unknown }
      if let index = stage.position(of: key, in: object), index < object.values.count { return object.values[index] }
      return object.text == "FormData" || object.text == "URLSearchParams" ? .null : .undefined
    }
    method(protos.map, "getAll") { stage, this, given in
      guard let object = this.object, let key = given.first else { return .unknown }
      return stage.array(
        zip(object.items, object.values).filter { stage.areStrictlyEqual($0.0, key) == true }.map { $0.1 })
    }
    method(protos.set, "add") { stage, this, given in
      guard let object = this.object, let value = given.first, object.items.count < 5_000 else { return this }
      if stage.position(of: value, in: object) == nil { object.items.append(value) }
      return this
    }
  }

  // MARK: Dates

  func setUpDates() {
    let now = StageDate.time(2026, 1, 15, 36_000_000)
    define("Date") { stage, _, given in
      let made = stage.make(.date, proto: stage.protos.date)
      made.number = now + stage.clock
      if given.count == 1 {
        switch given[0] {
        case .string(let text): made.number = StageDate.parse(text)
        case .number(let number): made.number = number
        case .object(let object) where object.kind == .date: made.number = object.number
        case .unknown: return .unknown
        default: made.number = .nan
        }
      } else if given.count > 1 {
        let parts = given.map { Stage.index(stage.number($0) ?? 0, 10_000_000) }
        made.number = StageDate.time(parts[0], parts[1] + 1, parts.count > 2 ? parts[2] : 1)
      }
      return .object(made)
    }
    method(builtins["Date"]?.object, "now") { stage, _, _ in .number(now + stage.clock) }
    method(builtins["Date"]?.object, "parse") { stage, _, given in
      .number(given.first.flatMap { stage.text($0) }.map { StageDate.parse($0) } ?? .nan)
    }
    func part(_ name: String, _ body: @escaping (StageDate, Double) -> Double) {
      for form in ["get", "getUTC"] {
        method(protos.date, form + name) { _, this, _ in
          guard let object = this.object, object.kind == .date else { return .unknown }
          return .number(object.number.isNaN ? .nan : body(StageDate(object.number), object.number))
        }
      }
    }
    part("FullYear") { date, _ in Double(date.year) }
    part("Month") { date, _ in Double(date.month - 1) }
    part("Date") { date, _ in Double(date.day) }
    part("Day") { date, _ in Double(date.weekday) }
    part("Hours") { date, _ in Double(date.hour) }
    part("Minutes") { date, _ in Double(date.minute) }
    part("Seconds") { date, _ in Double(date.second) }
    part("Milliseconds") { date, _ in Double(date.milli) }
    part("Time") { _, time in time }
    func setter(_ name: String, _ body: @escaping (StageDate, Int, [StageValue]) -> Double) {
      for form in ["set", "setUTC"] {
        method(protos.date, form + name) { stage, this, given in
          guard let object = this.object, object.kind == .date, let value = given.first.flatMap({ stage.number($0) })
          else {
            return .unknown
          }
          object.number =
            value.isNaN || object.number.isNaN ? .nan : body(StageDate(object.number), Stage.index(value), given)
          return .number(object.number)
        }
      }
    }
    func rest(_ date: StageDate) -> Double {
      Double(date.hour) * 3_600_000 + Double(date.minute) * 60_000 + Double(date.second) * 1_000 + Double(date.milli)
    }
    setter("FullYear") { date, value, _ in StageDate.time(value, date.month, date.day, rest(date)) }
    setter("Month") { date, value, _ in StageDate.time(date.year, value + 1, date.day, rest(date)) }
    setter("Date") { date, value, _ in StageDate.time(date.year, date.month, value, rest(date)) }
    setter("Hours") { date, value, _ in
      StageDate.time(date.year, date.month, date.day, rest(date) + Double(value - date.hour) * 3_600_000)
    }
    setter("Minutes") { date, value, _ in
      StageDate.time(date.year, date.month, date.day, rest(date) + Double(value - date.minute) * 60_000)
    }
    setter("Time") { _, value, _ in Double(value) }
    method(protos.date, "getTimezoneOffset") { _, _, _ in .number(0) }
    for name in ["valueOf"] {
      method(protos.date, name) { _, this, _ in .number(this.object?.number ?? .nan) }
    }
    for name in ["toLocaleDateString", "toLocaleString", "toDateString", "toLocaleTimeString"] {
      method(protos.date, name) { stage, this, given in
        guard let object = this.object, object.kind == .date else { return .unknown }
        return .string(stage.localDate(object.number, given.count > 1 ? given[1] : .undefined))
      }
    }
    for name in ["toISOString", "toJSON", "toString", "toUTCString"] {
      method(protos.date, name) { stage, this, _ in stage.text(this).map { .string($0) } ?? .unknown }
    }
    let international = make(.host)
    international.isOpen = true
    international["DateTimeFormat"] = native { stage, _, given in
      let made = stage.record()
      let options = given.count > 1 ? given[1] : .undefined
      made["format"] = stage.native { stage, _, values in
        guard let value = values.first, let time = stage.number(value) else { return .unknown }
        return .string(stage.localDate(time, options))
      }
      return .object(made)
    }
    for name in ["NumberFormat", "PluralRules", "RelativeTimeFormat", "ListFormat"] {
      international[name] = native { stage, _, _ in
        let made = stage.record()
        for method in ["format", "select"] {
          made[method] = stage.native { stage, _, values in
            if let items = values.first?.object, items.kind == .array {
              return .string(items.items.map { stage.shown($0) }.joined(separator: ", "))
            }
            return values.first.flatMap { stage.text($0) }.map { .string($0) } ?? .unknown
          }
        }
        return .object(made)
      }
    }
    builtins["Intl"] = .object(international)
  }

  private func localDate(_ time: Double, _ options: StageValue) -> String {
    guard !time.isNaN else { return "Invalid Date" }
    var chosen: [String: String] = [:]
    if let object = options.object {
      for name in object.names { chosen[name] = object[name].flatMap { text($0) } }
    }
    return StageDate(time).local(chosen)
  }
}
