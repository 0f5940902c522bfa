import SourceText

/// Gives every comment of a file its kind, with an eye on its neighbours.
struct CommentAnalysis {
  private let text: UnsafeBufferPointer<UInt8>
  private let lineStarts: [UInt32]
  private let lineClasses: [LineClass]
  private let hasTypes: Bool
  private(set) var comments: [FoundComment]
  /// The comments that say that something is left to do.
  private(set) var markerCount = 0
  /// Explanations whose words nearly all stand in the line of code below; candidates, never a verdict.
  private(set) var restatingCount = 0
  /// The first and last line of each comment.
  private var lines: [ClosedRange<Int>] = []
  private var isOwnLine: [Bool] = []

  init(_ text: UnsafeBufferPointer<UInt8>, _ comments: [FoundComment], painter: LinePainter, hasTypes: Bool) {
    self.text = text
    self.comments = comments
    self.hasTypes = hasTypes
    lineStarts = painter.lineStarts
    lineClasses = painter.lineClasses
  }

  mutating func run() {
    locate()
    for index in comments.indices {
      let words = CommentText(text.part(comments[index].span.range), comments[index].language)
      let signs = CommentClassifier.signs(of: words.inner)
      comments[index].kind = CommentClassifier.kind(of: words, signs, isTrailing: !isOwnLine[index])
      if signs.hasMarker { markerCount += 1 }
      if isPlain(index), words.isBlock { testBlock(index, words) }
    }
    testRuns()
    markHeadings()
    for index in comments.indices where comments[index].kind == .explanation && isOwnLine[index] {
      if restatesNextLine(index) { restatingCount += 1 }
    }
  }

  /// Whether at least two words, and three of four, of a comment of one line stand in the line of code below it.
  private func restatesNextLine(_ index: Int) -> Bool {
    let next = lines[index].upperBound + 1
    guard lines[index].count == 1, next < lineClasses.count, lineClasses[next] == .code || lineClasses[next] == .mixed
    else { return false }
    let end = next + 1 < lineStarts.count ? Int(lineStarts[next + 1]) : text.count
    let start = Int(lineStarts[next])
    guard end - start <= 400, comments[index].span.count <= 200 else { return false }
    return SaidWords.repeats(text.part(comments[index].span.range), text.part(start..<end))
  }

  private mutating func locate() {
    var line = 0
    lines.reserveCapacity(comments.count)
    for comment in comments {
      while line + 1 < lineStarts.count, lineStarts[line + 1] <= comment.span.start { line += 1 }
      var last = line
      while last + 1 < lineStarts.count, lineStarts[last + 1] < comment.span.end { last += 1 }
      lines.append(line...last)
      var before = Int(comment.span.start)
      let start = lineStarts.isEmpty ? 0 : Int(lineStarts[line])
      while before > start, text[before - 1] <= 0x20 { before -= 1 }
      isOwnLine.append(before == start || lineClasses.indices.contains(line) && lineClasses[line] == .comment)
    }
  }

  /// Whether a comment is so far taken for prose.
  private func isPlain(_ index: Int) -> Bool {
    comments[index].kind == .explanation || comments[index].kind == .trailing || comments[index].kind == .heading
  }

  private mutating func testBlock(_ index: Int, _ words: CommentText) {
    let language = comments[index].language
    if CommentedOutCode.isCode(words.inner, language, hasTypes: hasTypes) {
      comments[index].kind = .commentedOutCode
    } else if language == .javaScript || language == .typeScript, words.inner.contains(0x0A) {
      var lines: [UInt8] = []
      words.forEachLine { line in
        lines.append(contentsOf: line)
        lines.append(0x0A)
        return true
      }
      let isCode = lines.withUnsafeBufferPointer { CommentedOutCode.isCode($0, language, hasTypes: hasTypes) }
      if isCode { comments[index].kind = .commentedOutCode }
    }
  }

  /// How many line comments are tried as one piece of code, so that hostile texts cost no more than others.
  private static let longestPassage = 60

  /// Tests line comments that follow each other line by line: together, else from each line as far as its brackets reach.
  private mutating func testRuns() {
    var index = 0
    while index < comments.count {
      var end = index + 1
      guard isLineComment(index) else {
        index = end
        continue
      }
      while end < comments.count, isLineComment(end), isOwnLine[index], isOwnLine[end],
        lines[end].lowerBound == lines[end - 1].upperBound + 1
      { end += 1 }
      test(index..<end)
      index = end
    }
  }

  private func isLineComment(_ index: Int) -> Bool {
    let start = Int(comments[index].span.start)
    return comments[index].span.count >= 2 && text[start] == 0x2F && text[start + 1] == 0x2F
      && (isPlain(index) || comments[index].kind == .divider)
  }

  private mutating func test(_ run: Range<Int>) {
    if run.count > 1, !CommentedOutCode.beginsAsProse(body(run.lowerBound)), markIfCode(run) { return }
    guard run.count <= 400 else { return }
    var index = run.lowerBound
    while index < run.upperBound {
      guard !CommentedOutCode.beginsAsProse(body(index)) else {
        index += 1
        continue
      }
      var depth = 0
      var end = index
      repeat {
        for byte in body(end) {
          if byte == 0x28 || byte == 0x5B || byte == 0x7B { depth += 1 }
          if byte == 0x29 || byte == 0x5D || byte == 0x7D { depth -= 1 }
        }
        end += 1
      } while depth > 0 && end < min(run.upperBound, index + Self.longestPassage)
      // Code whose brackets stay open does not parse.
      index = depth <= 0 && markIfCode(index..<end) ? end : index + 1
    }
  }

  private func body(_ index: Int) -> Bytes {
    let range = comments[index].span.range
    return text.part(range.lowerBound + 2..<range.upperBound)
  }

  private mutating func markIfCode(_ run: Range<Int>) -> Bool {
    guard run.contains(where: { isPlain($0) }) else { return false }
    let language = comments[run.lowerBound].language
    let isCode: Bool
    if run.count == 1 {
      isCode = CommentedOutCode.isCode(body(run.lowerBound).trimmed, language, hasTypes: hasTypes)
    } else {
      var code: [UInt8] = []
      for index in run {
        code.append(contentsOf: body(index).drop { $0 == 0x2F || $0 <= 0x20 })
        code.append(0x0A)
      }
      isCode = code.withUnsafeBufferPointer { CommentedOutCode.isCode($0, language, hasTypes: hasTypes) }
    }
    guard isCode else { return false }
    for index in run where isPlain(index) || comments[index].kind == .divider {
      comments[index].kind = .commentedOutCode
    }
    return true
  }

  /// A plain comment of one line directly between or under dividers is their title.
  private mutating func markHeadings() {
    for index in comments.indices where comments[index].kind == .explanation && isOwnLine[index] {
      let isUnder =
        index > 0 && comments[index - 1].kind == .divider && lines[index - 1].upperBound + 1 == lines[index].lowerBound
      let isOver =
        index + 1 < comments.count && comments[index + 1].kind == .divider
        && lines[index].upperBound + 1 == lines[index + 1].lowerBound
      if isUnder && isOver { comments[index].kind = .heading }
    }
  }

  /// How many lines hold a comment of each kind.
  func linesByKind() -> [CommentKind: Int] {
    var counts = [Int](repeating: 0, count: CommentKind.allCases.count)
    var last = [Int](repeating: -1, count: CommentKind.allCases.count)
    for (comment, lines) in zip(comments, lines) {
      let kind = comment.kind.ordinal
      let first = max(lines.lowerBound, last[kind] + 1)
      if lines.upperBound >= first {
        counts[kind] += lines.upperBound - first + 1
        last[kind] = lines.upperBound
      }
    }
    return CommentKind.byKind(counts)
  }
}
