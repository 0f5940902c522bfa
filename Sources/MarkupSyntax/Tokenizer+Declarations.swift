extension Tokenizer {
  mutating func readBogusComment(from contents: Int) {
    var index = contents
    while index < end, input[index] != 0x3E { index += 1 }
    text = normalized(contents, index)
    position = min(end, index + 1)
    kind = .comment
    isBogus = true
  }

  /// Reads a comment whose data begin at an index.
  mutating func readComment(from contents: Int) {
    kind = .comment
    isBogus = false
    if let length = abruptEnd(at: contents) {
      report(.abruptClosingOfEmptyComment, at: contents + length - 1)
      text = .empty
      position = contents + length
      return
    }
    var index = contents
    while index < end {
      guard input[index] == 0x2D, index + 2 < end, input[index + 1] == 0x2D else {
        if input[index] == 0x3C, matchesExactly("<!--", at: index), !matchesExactly("<!-->", at: index), index + 4 < end
        {
          report(.nestedComment, at: index + 4)
        }
        index += 1
        continue
      }
      if input[index + 2] == 0x3E { return finishComment(contents, index, after: index + 3) }
      if input[index + 2] == 0x21, index + 3 < end, input[index + 3] == 0x3E {
        report(.incorrectlyClosedComment, at: index + 3)
        return finishComment(contents, index, after: index + 4)
      }
      index += 1
    }
    report(.eofInComment, at: end)
    finishComment(contents, unfinishedEnd(contents), after: end)
  }

  private func abruptEnd(at contents: Int) -> Int? {
    if byte(contents) == 0x3E { return 1 }
    return byte(contents) == 0x2D && byte(contents + 1) == 0x3E ? 2 : nil
  }

  /// Where the data of a comment end that the text ends in: a closing that was begun is no part of them.
  private func unfinishedEnd(_ contents: Int) -> Int {
    func endsIn(_ word: StaticString) -> Bool {
      let start = end - word.utf8CodeUnitCount
      return start >= contents && matchesExactly(word, at: start)
    }
    if endsIn("--!") { return end - 3 }
    if endsIn("--") { return end - 2 }
    return endsIn("-") ? end - 1 : end
  }

  private mutating func finishComment(_ start: Int, _ end: Int, after: Int) {
    text = normalized(start, end)
    position = after
  }
}

// Document types
extension Tokenizer {
  mutating func readDoctype(from index: Int) {
    kind = .doctype
    forcesQuirks = false
    doctypeHasName = false
    publicID = nil
    systemID = nil
    name = 0
    guard index < end else { return endDoctypeEarly() }
    if !isHTMLWhitespace(input[index]), input[index] != 0x3E {
      report(.missingWhitespaceBeforeDoctypeName, at: index)
    }
    var index = skipWhitespace(index)
    guard index < end else { return endDoctypeEarly() }
    if input[index] == 0x3E {
      report(.missingDoctypeName, at: index)
      forcesQuirks = true
      position = index + 1
      return
    }
    let nameStart = index
    while index < end, input[index] != 0x3E, !isHTMLWhitespace(input[index]) { index += 1 }
    var bytes: [UInt8] = []
    for offset in nameStart..<index {
      if input[offset] == 0 {
        report(.unexpectedNullCharacter, at: offset)
        bytes += [0xEF, 0xBF, 0xBD]
      } else {
        bytes.append(lowercase(input[offset]))
      }
    }
    name = names.intern(bytes)
    doctypeHasName = true
    readAfterDoctypeName(skipWhitespace(index))
  }

  private mutating func readAfterDoctypeName(_ index: Int) {
    guard index < end else { return endDoctypeEarly() }
    if input[index] == 0x3E {
      position = index + 1
    } else if matches("public", at: index) {
      readPublicID(index + 6)
    } else if matches("system", at: index) {
      readSystemID(index + 6, afterKeyword: true)
    } else {
      report(.invalidCharactersAfterDoctypeName, at: index)
      forcesQuirks = true
      skipBogusDoctype(index)
    }
  }

  private mutating func readPublicID(_ afterKeyword: Int) {
    let index = skipWhitespace(afterKeyword)
    guard index < end else { return endDoctypeEarly() }
    guard input[index] == 0x22 || input[index] == 0x27 else {
      return missingIdentifier(index, .missingDoctypePublicIdentifier, .missingQuoteBeforePublicIdentifier)
    }
    if index == afterKeyword { report(.missingWhitespaceAfterDoctypePublicKeyword, at: index) }
    let (identifier, after) = readIdentifier(index, .abruptDoctypePublicIdentifier)
    publicID = identifier
    guard let after else { return }
    let next = skipWhitespace(after)
    guard next < end else { return endDoctypeEarly() }
    if input[next] == 0x3E {
      position = next + 1
    } else if input[next] == 0x22 || input[next] == 0x27 {
      if next == after { report(.missingWhitespaceBetweenIdentifiers, at: next) }
      readSystemID(next, afterKeyword: false)
    } else {
      report(.missingQuoteBeforeSystemIdentifier, at: next)
      forcesQuirks = true
      skipBogusDoctype(next)
    }
  }

  private mutating func readSystemID(_ from: Int, afterKeyword: Bool) {
    let index = skipWhitespace(from)
    guard index < end else { return endDoctypeEarly() }
    guard input[index] == 0x22 || input[index] == 0x27 else {
      return missingIdentifier(index, .missingDoctypeSystemIdentifier, .missingQuoteBeforeSystemIdentifier)
    }
    if afterKeyword, index == from { report(.missingWhitespaceAfterDoctypeSystemKeyword, at: index) }
    let (identifier, after) = readIdentifier(index, .abruptDoctypeSystemIdentifier)
    systemID = identifier
    guard let after else { return }
    let next = skipWhitespace(after)
    guard next < end else { return endDoctypeEarly() }
    if input[next] == 0x3E {
      position = next + 1
    } else {
      report(.unexpectedCharacterAfterSystemIdentifier, at: next)
      skipBogusDoctype(next)
    }
  }

  private mutating func missingIdentifier(_ index: Int, _ absent: ParseError.Code, _ unquoted: ParseError.Code) {
    forcesQuirks = true
    if input[index] == 0x3E {
      report(absent, at: index)
      position = index + 1
    } else {
      report(unquoted, at: index)
      skipBogusDoctype(index)
    }
  }

  /// Reads a quoted identifier; the second result is `nil` when the document type is over with it.
  private mutating func readIdentifier(_ quote: Int, _ abrupt: ParseError.Code) -> (TextRange, Int?) {
    var index = quote + 1
    while index < end, input[index] != input[quote], input[index] != 0x3E { index += 1 }
    let identifier = normalized(quote + 1, index)
    guard index < end else {
      endDoctypeEarly()
      return (identifier, nil)
    }
    if input[index] == 0x3E {
      report(abrupt, at: index)
      forcesQuirks = true
      position = index + 1
      return (identifier, nil)
    }
    return (identifier, index + 1)
  }

  private mutating func skipBogusDoctype(_ from: Int) {
    var index = from
    while index < end, input[index] != 0x3E {
      if input[index] == 0 { report(.unexpectedNullCharacter, at: index) }
      index += 1
    }
    position = min(end, index + 1)
  }

  private mutating func endDoctypeEarly() {
    report(.eofInDoctype, at: end)
    forcesQuirks = true
    position = end
  }

  private func skipWhitespace(_ from: Int) -> Int {
    var index = from
    while index < end, isHTMLWhitespace(input[index]) { index += 1 }
    return index
  }
}
