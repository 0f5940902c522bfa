/// What ends a run of text in data: `<`, `&`, NUL and the carriage return.
@inline(__always)
private func isSimpleText(_ byte: UInt8) -> Bool {
  byte > 0x3C || (byte != 0x3C && byte != 0x26 && byte != 0x0D && byte != 0)
}

extension Tokenizer {
  /// Reads characters in data; `position` is not at markup.
  mutating func readText() {
    let first = input[position]
    if first == 0 {
      report(.unexpectedNullCharacter, at: position)
      position += 1
      kind = .null
    } else if isHTMLWhitespace(first) {
      readWhitespace()
    } else if first == 0x26 {
      readLeadingReference()
    } else {
      readRun(from: position, pooledFrom: nil)
    }
  }

  private mutating func readWhitespace() {
    var index = position
    var hasReturn = false
    while index < end, isHTMLWhitespace(input[index]) {
      if input[index] == 0x0D { hasReturn = true }
      index += 1
    }
    kind = .whitespace
    text = hasReturn ? poolText(position, index, decoding: false, inAttribute: false) : verbatim(position, index)
    position = index
  }

  /// A reference at the beginning of text may stand for white space, which the tree construction treats apart.
  private mutating func readLeadingReference() {
    let poolStart = pool.count
    let after = readReference(at: position, inAttribute: false)
    if pool.count == poolStart + 1, isHTMLWhitespace(pool[poolStart]), pool[poolStart] != 0x0D {
      kind = .whitespace
      text = TextRange(start: UInt32(truncatingIfNeeded: poolStart), count: 1, isPooled: true)
      position = after
    } else {
      readRun(from: after, pooledFrom: poolStart)
    }
  }

  /// Reads characters up to markup, NUL or the end; with a pool start, what came before is in the pool from there.
  private mutating func readRun(from index: Int, pooledFrom: Int?) {
    var index = index
    var poolStart = pooledFrom
    var copied = index
    scan: while true {
      while index < end, isSimpleText(input[index]) { index += 1 }
      guard index < end else { break }
      switch input[index] {
      case 0x3C:
        if beginsMarkup(index) { break scan }
        if index + 1 >= end {
          report(.eofBeforeTagName, at: end)
        } else if input[index + 1] != 0x2F {
          report(.invalidFirstCharacterOfTagName, at: index + 1)
        }
        index += 1
        if index < end, input[index] == 0x2F {
          // Nothing follows the slash.
          report(.eofBeforeTagName, at: end)
        }
      case 0: break scan
      default:
        if poolStart == nil {
          poolStart = pool.count
          copied = start
        }
        pool.append(contentsOf: input[copied..<index])
        if input[index] == 0x26 {
          index = readReference(at: index, inAttribute: false)
        } else {
          pool.append(0x0A)
          index += index + 1 < end && input[index + 1] == 0x0A ? 2 : 1
        }
        copied = index
      }
    }
    if let poolStart {
      pool.append(contentsOf: input[copied..<index])
      text = pooled(from: poolStart)
    } else {
      text = verbatim(start, index)
    }
    position = index
    kind = .text
  }

  func verbatim(_ start: Int, _ end: Int) -> TextRange {
    TextRange(start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: end - start), isPooled: false)
  }

  func pooled(from start: Int) -> TextRange {
    TextRange(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: pool.count - start), isPooled: true)
  }

  /// Copies text into the pool: line ends normalized, NUL replaced, references decoded if asked.
  mutating func poolText(_ start: Int, _ end: Int, decoding: Bool, inAttribute: Bool) -> TextRange {
    let poolStart = pool.count
    var index = start
    while index < end {
      let run = index
      while index < end, input[index] != 0x0D, input[index] != 0, !(decoding && input[index] == 0x26) { index += 1 }
      pool.append(contentsOf: input[run..<index])
      guard index < end else { break }
      switch input[index] {
      case 0x0D:
        pool.append(0x0A)
        index += index + 1 < end && input[index + 1] == 0x0A ? 2 : 1
      case 0:
        report(.unexpectedNullCharacter, at: index)
        pool.append(contentsOf: [0xEF, 0xBF, 0xBD])
        index += 1
      default: index = readReference(at: index, inAttribute: inAttribute, limit: end)
      }
    }
    return pooled(from: poolStart)
  }

  /// A range of the source as text, in the pool only where it differs.
  mutating func normalized(_ start: Int, _ end: Int, decoding: Bool = false) -> TextRange {
    for index in start..<max(start, end) {
      let byte = input[index]
      if byte == 0x0D || byte == 0 || (decoding && byte == 0x26) {
        return poolText(start, end, decoding: decoding, inAttribute: false)
      }
    }
    return verbatim(start, end)
  }
}

// Raw text
extension Tokenizer {
  /// Whether an end tag that ends the raw text stands at an index.
  private func endsRawText(at index: Int) -> Bool {
    guard index + 2 < end, input[index + 1] == 0x2F, isLetter(input[index + 2]) else { return false }
    let name = names.bytes(of: lastStartTag)
    let after = index + 2 + name.count
    guard after < end else { return false }
    let terminator = input[after]
    guard terminator == 0x3E || terminator == 0x2F || isHTMLWhitespace(terminator) else { return false }
    var offset = index + 2
    for byte in name {
      if lowercase(input[offset]) != byte { return false }
      offset += 1
    }
    return true
  }

  mutating func readRawText(decoding: Bool, isToken: inout Bool) {
    isToken = true
    if input[position] == 0x3C, endsRawText(at: position) {
      model = .data
      readTag(.endTag, nameAt: position + 2)
      return
    }
    var index = position
    while index < end, !(input[index] == 0x3C && endsRawText(at: index)) { index += 1 }
    finishRawText(at: index, decoding: decoding)
  }

  private mutating func finishRawText(at index: Int, decoding: Bool) {
    text = normalized(position, index, decoding: decoding)
    position = index
    kind = .text
  }

  mutating func readPlainText(isToken: inout Bool) {
    isToken = true
    finishRawText(at: end, decoding: false)
  }

  private enum ScriptState { case data, escaped, doublyEscaped }

  mutating func readScript(isToken: inout Bool) {
    isToken = true
    if input[position] == 0x3C, endsRawText(at: position) {
      model = .data
      readTag(.endTag, nameAt: position + 2)
      return
    }
    var index = position
    var state = ScriptState.data
    var dashes = 0
    while index < end {
      let byte = input[index]
      if byte == 0x3C {
        dashes = 0
        if state != .doublyEscaped, endsRawText(at: index) { break }
        index = readScriptLess(at: index, &state, &dashes)
        continue
      }
      if state != .data {
        if byte == 0x3E, dashes >= 2 { state = .data }
        dashes = byte == 0x2D ? dashes + 1 : 0
      }
      index += 1
    }
    if index == end, state != .data { report(.eofInScriptComment, at: end) }
    finishRawText(at: index, decoding: false)
  }

  /// Follows the script states past a `<` that ends nothing.
  private func readScriptLess(at index: Int, _ state: inout ScriptState, _ dashes: inout Int) -> Int {
    switch state {
    case .data:
      guard matchesExactly("<!--", at: index) else { return index + 1 }
      state = .escaped
      dashes = 2
      return index + 4
    case .escaped:
      guard let after = scriptName(at: index + 1) else { return index + 1 }
      if after.isScript { state = .doublyEscaped }
      return after.index
    case .doublyEscaped:
      guard index + 1 < end, input[index + 1] == 0x2F else { return index + 1 }
      guard let after = scriptName(at: index + 2) else { return index + 2 }
      if after.isScript { state = .escaped }
      return after.index
    }
  }

  /// Reads letters and what follows them; `nil` when there are no letters.
  private func scriptName(at start: Int) -> (index: Int, isScript: Bool)? {
    var index = start
    while index < end, isLetter(input[index]) { index += 1 }
    guard index > start, index < end else { return index > start ? (index, false) : nil }
    let terminator = input[index]
    guard terminator == 0x3E || terminator == 0x2F || isHTMLWhitespace(terminator) else { return (index, false) }
    return (index + 1, index - start == 6 && matches("script", at: start))
  }

  /// Reads in a CDATA section; `false` when it is over.
  mutating func readCDATA() -> Bool {
    let contents = cdataEnd ?? findCDATAEnd()
    cdataEnd = contents
    if position >= contents {
      model = .data
      cdataEnd = nil
      position = min(end, contents + 3)
      return false
    }
    readCDATAText(to: contents)
    return true
  }

  private mutating func findCDATAEnd() -> Int {
    var index = position
    while index < end, !(input[index] == 0x5D && matchesExactly("]]>", at: index)) { index += 1 }
    if index == end { report(.eofInCDATA, at: end) }
    return index
  }

  /// White space and NUL come as tokens of their own here too.
  private mutating func readCDATAText(to contents: Int) {
    if input[position] == 0 {
      position += 1
      kind = .null
      return
    }
    var index = position
    let isWhite = isHTMLWhitespace(input[index])
    while index < contents, input[index] != 0, !isWhite || isHTMLWhitespace(input[index]) { index += 1 }
    text = normalized(position, index)
    kind = isWhite ? .whitespace : .text
    position = index
  }
}
