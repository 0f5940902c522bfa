import JavaScriptSyntax

// Strings and regular expressions.
extension Stage {
  func makePattern(_ source: String, _ flags: String) -> StageObject {
    let made = make(.pattern, proto: protos.pattern)
    made.text = source
    made["source"] = .string(source)
    made["flags"] = .string(flags)
    made["global"] = .bool(flags.contains("g"))
    made["lastIndex"] = .number(0)
    return made
  }

  private func pattern(_ object: StageObject) -> StagePattern {
    let key = object.text + "/" + (object["flags"]?.string ?? "")
    if let known = patterns[key] { return known }
    let made = StagePattern(object.text, flags: object["flags"]?.string ?? "")
    if patterns.count < 200 { patterns[key] = made }
    return made
  }

  func stringMember(_ text: String, _ name: String) -> StageValue {
    if name == "length" { return text.contains(Stage.gap) ? .unknown : .number(Double(text.utf16.count)) }
    if let index = Int(name) {
      guard index >= 0, index < text.count else { return .undefined }
      return .string(String(text[text.index(text.startIndex, offsetBy: index)]))
    }
    return protos.string.flatMap { find(name, on: $0) } ?? .undefined
  }

  private func result(_ match: StagePattern.Match, _ characters: [Character], _ pattern: StagePattern) -> StageValue {
    var parts: [StageValue] = [.string(String(characters[match.start..<match.end]))]
    for group in match.groups.dropFirst() { parts.append(group.map { .string(String(characters[$0])) } ?? .undefined) }
    let made = array(parts)
    made.object?["index"] = .number(Double(match.start))
    if !pattern.groupNames.isEmpty {
      let named = record()
      for (name, number) in pattern.groupNames.sorted(by: { $0.value < $1.value }) where number < parts.count {
        named[name] = parts[number]
      }
      made.object?["groups"] = .object(named)
    }
    return made
  }

  private func allMatches(_ pattern: StagePattern, _ characters: [Character]) throws -> [StagePattern.Match] {
    var result: [StagePattern.Match] = []
    var place = 0
    while place <= characters.count, result.count < 2_000, let match = pattern.match(characters, from: place) {
      try step()
      result.append(match)
      place = match.end > match.start ? match.end : match.end + 1
    }
    return result
  }

  func setUpTexts() {
    define("String") { stage, _, given in
      guard let value = given.first else { return .string("") }
      return stage.text(value).map { .string($0) } ?? .unknown
    }
    builtins["String"]?.object?["prototype"] = protos.string.map { .object($0) }
    for name in ["fromCharCode", "fromCodePoint"] {
      method(builtins["String"]?.object, name) { stage, _, given in
        var text = String.UnicodeScalarView()
        for value in given {
          if let number = stage.number(value), number >= 0, number < 1_114_112,
            let scalar = Unicode.Scalar(UInt32(number))
          {
            text.append(scalar)
          }
        }
        return .string(String(text))
      }
    }
    method(builtins["String"]?.object, "raw") { stage, _, given in
      guard let first = given.first, let pieces = try stage.list(first) else { return .unknown }
      var result = ""
      for (index, piece) in pieces.enumerated() {
        result += stage.shown(piece)
        if index + 1 < given.count, index + 1 < pieces.count { result += stage.shown(given[index + 1]) }
      }
      return .string(result)
    }
    define("RegExp") { stage, _, given in
      if let object = given.first?.object, object.kind == .pattern { return given[0] }
      guard let source = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      return .object(stage.makePattern(source, given.count > 1 ? stage.text(given[1]) ?? "" : ""))
    }
    method(protos.pattern, "test") { stage, this, given in
      guard let object = this.object, let text = given.first.flatMap({ stage.text($0) }), !text.contains(Stage.gap)
      else {
        return .unknown
      }
      return .bool(stage.pattern(object).match(text, from: 0) != nil)
    }
    method(protos.pattern, "exec") { stage, this, given in
      guard let object = this.object, let text = given.first.flatMap({ stage.text($0) }), !text.contains(Stage.gap)
      else {
        return .unknown
      }
      let pattern = stage.pattern(object)
      let start = pattern.isGlobal ? Stage.index(object["lastIndex"].flatMap { stage.number($0) } ?? 0) : 0
      let characters = Array(text)
      guard let match = pattern.match(characters, from: max(0, start)) else {
        object["lastIndex"] = .number(0)
        return .null
      }
      object["lastIndex"] = .number(Double(match.end > match.start ? match.end : match.end + 1))
      return stage.result(match, characters, pattern)
    }
    setUpTextQueries()
    setUpTextChanges()
  }

  private func add(_ name: String, _ body: @escaping (Stage, String, [StageValue]) throws -> StageValue) {
    method(protos.string, name) { stage, this, given in
      guard let text = stage.text(this) else { return .unknown }
      return try body(stage, text, given)
    }
  }

  private func setUpTextQueries() {
    for name in ["includes", "startsWith", "endsWith"] {
      add(name) { stage, text, given in
        guard let part = given.first.flatMap({ stage.text($0) }), !text.contains(Stage.gap) else { return .unknown }
        switch name {
        case "includes": return .bool(part.isEmpty || text.contains(part))
        case "startsWith": return .bool(text.hasPrefix(part))
        default: return .bool(text.hasSuffix(part))
        }
      }
    }
    for name in ["indexOf", "lastIndexOf", "search"] {
      add(name) { stage, text, given in
        if let object = given.first?.object, object.kind == .pattern {
          return .number(Double(stage.pattern(object).match(text, from: 0)?.start ?? -1))
        }
        guard let part = given.first.flatMap({ stage.text($0) }) else { return .unknown }
        let characters = Array(text)
        let wanted = Array(part)
        guard wanted.count <= characters.count else { return .number(-1) }
        let places = Array(0...(characters.count - wanted.count))
        let found = (name == "lastIndexOf" ? places.reversed() : places).first {
          Array(characters[$0..<$0 + wanted.count]) == wanted
        }
        return .number(Double(found ?? -1))
      }
    }
    for name in ["charCodeAt", "codePointAt", "charAt", "at"] {
      add(name) { stage, text, given in
        let characters = Array(text.utf16)
        var index = given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0
        if name == "at", index < 0 { index += characters.count }
        guard characters.indices.contains(index) else {
          return name == "charAt" ? .string("") : name == "charCodeAt" ? .number(.nan) : .undefined
        }
        if name == "charAt" || name == "at" { return .string(String(decoding: [characters[index]], as: UTF16.self)) }
        return .number(Double(characters[index]))
      }
    }
    add("match") { stage, text, given in
      guard let value = given.first else { return .null }
      let object = value.object?.kind == .pattern ? value.object : stage.text(value).map { stage.makePattern($0, "") }
      guard let object, !text.contains(Stage.gap) else { return .unknown }
      let pattern = stage.pattern(object)
      let characters = Array(text)
      if pattern.isGlobal {
        let all = try stage.allMatches(pattern, characters)
        return all.isEmpty ? .null : stage.array(all.map { .string(String(characters[$0.start..<$0.end])) })
      }
      return pattern.match(characters, from: 0).map { stage.result($0, characters, pattern) } ?? .null
    }
    add("matchAll") { stage, text, given in
      guard let object = given.first?.object, object.kind == .pattern else { return .unknown }
      let pattern = stage.pattern(object)
      let characters = Array(text)
      return stage.array(try stage.allMatches(pattern, characters).map { stage.result($0, characters, pattern) })
    }
    add("localeCompare") { stage, text, given in
      guard let other = given.first.flatMap({ stage.text($0) }) else { return .unknown }
      let a = text.lowercased()
      let b = other.lowercased()
      return .number(a == b ? 0 : a < b ? -1 : 1)
    }
  }

  private func setUpTextChanges() {
    for name in ["toLowerCase", "toLocaleLowerCase"] { add(name) { _, text, _ in .string(text.lowercased()) } }
    for name in ["toUpperCase", "toLocaleUpperCase"] { add(name) { _, text, _ in .string(text.uppercased()) } }
    for name in ["trim", "trimStart", "trimEnd"] {
      add(name) { _, text, _ in
        var part = Substring(text)
        if name != "trimEnd" { part = part.drop { $0.isWhitespace } }
        if name != "trimStart" { while let last = part.last, last.isWhitespace { part.removeLast() } }
        return .string(String(part))
      }
    }
    for name in ["toString", "valueOf", "normalize"] { add(name) { _, text, _ in .string(text) } }
    for name in ["slice", "substring", "substr"] {
      add(name) { stage, text, given in
        let characters = Array(text.utf16)
        var start = stage.bound(given.first, characters.count, 0)
        var end = stage.bound(given.count > 1 ? given[1] : nil, characters.count, characters.count)
        if name == "substr", given.count > 1 {
          end = min(characters.count, start + max(0, Stage.index(stage.number(given[1]) ?? 0)))
        }
        if name == "substring" {
          if let first = given.first.flatMap({ stage.number($0) }), first < 0 { start = 0 }
          if start > end { (start, end) = (end, start) }
        }
        return .string(start < end ? String(decoding: characters[start..<end], as: UTF16.self) : "")
      }
    }
    add("repeat") { stage, text, given in
      let count = given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0
      return .string(String(repeating: text, count: max(0, min(count, 2_000))))
    }
    for name in ["padStart", "padEnd"] {
      add(name) { stage, text, given in
        let width = min(500, given.first.flatMap { stage.number($0) }.map { Stage.index($0) } ?? 0)
        let filler = given.count > 1 ? stage.shown(given[1]) : " "
        guard width > text.count, !filler.isEmpty else { return .string(text) }
        let missing = width - text.count
        let pad = String(String(repeating: filler, count: missing / filler.count + 1).prefix(missing))
        return .string(name == "padStart" ? pad + text : text + pad)
      }
    }
    add("concat") { stage, text, given in .string(text + given.map { stage.shown($0) }.joined()) }
    add("split") { stage, text, given in
      guard let separator = given.first, !separator.isUndefined else { return stage.array([.string(text)]) }
      if let object = separator.object, object.kind == .pattern {
        let characters = Array(text)
        var parts: [StageValue] = []
        var start = 0
        for match in try stage.allMatches(stage.pattern(object), characters) {
          if match.end == match.start, match.start == 0 || match.start >= characters.count { continue }
          parts.append(.string(String(characters[start..<match.start])))
          for group in match.groups.dropFirst() {
            parts.append(group.map { .string(String(characters[$0])) } ?? .undefined)
          }
          start = match.end
        }
        parts.append(.string(String(characters[start...])))
        return stage.array(parts)
      }
      guard let mark = stage.text(separator) else { return .unknown }
      if mark.isEmpty { return stage.array(text.map { .string(String($0)) }) }
      var parts: [StageValue] = []
      var rest = Substring(text)
      while let range = rest.firstRange(of: mark), parts.count < 20_000 {
        parts.append(.string(String(rest[..<range.lowerBound])))
        rest = rest[range.upperBound...]
      }
      parts.append(.string(String(rest)))
      return stage.array(parts)
    }
    for name in ["replace", "replaceAll"] {
      add(name) { stage, text, given in try stage.replace(text, given, isAll: name == "replaceAll") }
    }
  }

  private func replace(_ text: String, _ given: [StageValue], isAll: Bool) throws -> StageValue {
    guard given.count > 1 else { return .string(text) }
    let characters = Array(text)
    var matches: [StagePattern.Match] = []
    if let object = given[0].object, object.kind == .pattern {
      let pattern = pattern(object)
      matches =
        pattern.isGlobal ? try allMatches(pattern, characters) : pattern.match(characters, from: 0).map { [$0] } ?? []
    } else {
      guard let wanted = self.text(given[0]).map(Array.init), !wanted.isEmpty else { return .unknown }
      var place = 0
      while place + wanted.count <= characters.count, matches.count < 2_000 {
        if Array(characters[place..<place + wanted.count]) == wanted {
          matches.append(StagePattern.Match(start: place, end: place + wanted.count, groups: [nil]))
          place += wanted.count
          if !isAll { break }
        } else {
          place += 1
        }
      }
    }
    var result = ""
    var start = 0
    for match in matches {
      result += String(characters[start..<match.start])
      let whole = String(characters[match.start..<match.end])
      let groups = match.groups.dropFirst().map { $0.map { String(characters[$0]) } }
      if given[1].object?.isCallable ?? false {
        let parts: [StageValue] =
          [.string(whole)] + groups.map { $0.map { .string($0) } ?? .undefined } + [
            .number(Double(match.start)), .string(text),
          ]
        result += shown(try call(given[1], this: .undefined, parts))
      } else {
        result += expand(shown(given[1]), whole, groups)
      }
      start = match.end
    }
    return .string(result + String(characters[start...]))
  }

  private func expand(_ template: String, _ whole: String, _ groups: [String?]) -> String {
    guard template.contains("$") else { return template }
    var result = ""
    var isMark = false
    for character in template {
      if isMark {
        isMark = false
        if character == "&" {
          result += whole
        } else if let number = character.wholeNumberValue, number > 0 {
          result += number <= groups.count ? groups[number - 1] ?? "" : ""
        } else {
          result += character == "$" ? "$" : "$" + String(character)
        }
      } else if character == "$" {
        isMark = true
      } else {
        result.append(character)
      }
    }
    return isMark ? result + "$" : result
  }
}
