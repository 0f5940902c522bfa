public import SourceText

extension StyleNode.Kind {
  /// The name that CSS Syntax gives the kind.
  public var name: String {
    switch self {
    case .qualifiedRule: "QualifiedRule"
    case .atRule: "AtRule"
    case .declaration: "Declaration"
    }
  }
}

extension StyleToken.Kind {
  /// The name that CSS Syntax gives the kind, without angle brackets: `bad-url`, `at-keyword`.
  public var name: String {
    switch self {
    case .ident: "ident"
    case .function: "function"
    case .atKeyword: "at-keyword"
    case .hash: "hash"
    case .string: "string"
    case .badString: "bad-string"
    case .url: "url"
    case .badURL: "bad-url"
    case .delim: "delim"
    case .number: "number"
    case .percentage: "percentage"
    case .dimension: "dimension"
    case .whitespace: "whitespace"
    case .cdo: "CDO"
    case .cdc: "CDC"
    case .colon: "colon"
    case .semicolon: "semicolon"
    case .comma: "comma"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .unicodeRange: "unicode-range"
    }
  }
}

extension StyleSheet {
  /// Writes every node as one JSON object a line: kind, span, depth, name, prelude or value with its span.
  public func writeNodes(into json: inout JSONWriter) {
    for (index, node) in nodes.enumerated() {
      let span = span(of: index)
      let valueSpan = valueSpan(of: index)
      json.object { json in
        json.member("kind", node.kind.name)
        json.member("start", Int(span.start))
        json.member("end", Int(span.end))
        json.member("depth", Int(node.depth))
        if node.kind != .qualifiedRule { json.member("name", name(of: index)) }
        json.member(node.kind == .declaration ? "value" : "prelude", text(valueSpan))
        json.member("valueStart", Int(valueSpan.start))
        json.member("valueEnd", Int(valueSpan.end))
        if node.isImportant { json.member("important", true) }
      }
      json.endLine()
    }
  }

  /// Writes every token and comment as one JSON object a line, in the order of the text.
  public func writeTokens(into json: inout JSONWriter) {
    var comment = 0
    for token in tokens {
      while comment < comments.count, comments[comment].start < token.start {
        write("comment", comments[comment], into: &json)
        comment += 1
      }
      write(token.kind.name, token.span, into: &json)
    }
    for span in comments[comment...] { write("comment", span, into: &json) }
  }

  private func write(_ kind: String, _ span: ByteSpan, into json: inout JSONWriter) {
    json.object { json in
      json.member("kind", kind)
      json.member("start", Int(span.start))
      json.member("end", Int(span.end))
    }
    json.endLine()
  }
}
