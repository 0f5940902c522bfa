import SourceText

/// What the HTML standard calls a parse error, at a place.
struct ParseError: Hashable, Sendable {
  /// The kinds of parse error; the raw values are the standard's codes.
  enum Code: String, Sendable, CaseIterable {
    case abruptClosingOfEmptyComment = "abrupt-closing-of-empty-comment"
    case abruptDoctypePublicIdentifier = "abrupt-doctype-public-identifier"
    case abruptDoctypeSystemIdentifier = "abrupt-doctype-system-identifier"
    case absenceOfDigits = "absence-of-digits-in-numeric-character-reference"
    case cdataInHTMLContent = "cdata-in-html-content"
    case referenceOutsideRange = "character-reference-outside-unicode-range"
    case controlCharacter = "control-character-in-input-stream"
    case controlReference = "control-character-reference"
    case duplicateAttribute = "duplicate-attribute"
    case endTagWithAttributes = "end-tag-with-attributes"
    case endTagWithTrailingSolidus = "end-tag-with-trailing-solidus"
    case eofBeforeTagName = "eof-before-tag-name"
    case eofInCDATA = "eof-in-cdata"
    case eofInComment = "eof-in-comment"
    case eofInDoctype = "eof-in-doctype"
    case eofInScriptComment = "eof-in-script-html-comment-like-text"
    case eofInTag = "eof-in-tag"
    case incorrectlyClosedComment = "incorrectly-closed-comment"
    case incorrectlyOpenedComment = "incorrectly-opened-comment"
    case invalidCharactersAfterDoctypeName = "invalid-character-sequence-after-doctype-name"
    case invalidFirstCharacterOfTagName = "invalid-first-character-of-tag-name"
    case missingAttributeValue = "missing-attribute-value"
    case missingDoctypeName = "missing-doctype-name"
    case missingDoctypePublicIdentifier = "missing-doctype-public-identifier"
    case missingDoctypeSystemIdentifier = "missing-doctype-system-identifier"
    case missingEndTagName = "missing-end-tag-name"
    case missingQuoteBeforePublicIdentifier = "missing-quote-before-doctype-public-identifier"
    case missingQuoteBeforeSystemIdentifier = "missing-quote-before-doctype-system-identifier"
    case missingSemicolonAfterReference = "missing-semicolon-after-character-reference"
    case missingWhitespaceAfterDoctypePublicKeyword = "missing-whitespace-after-doctype-public-keyword"
    case missingWhitespaceAfterDoctypeSystemKeyword = "missing-whitespace-after-doctype-system-keyword"
    case missingWhitespaceBeforeDoctypeName = "missing-whitespace-before-doctype-name"
    case missingWhitespaceBetweenAttributes = "missing-whitespace-between-attributes"
    case missingWhitespaceBetweenIdentifiers = "missing-whitespace-between-doctype-public-and-system-identifiers"
    case nestedComment = "nested-comment"
    case noncharacterReference = "noncharacter-character-reference"
    case noncharacter = "noncharacter-in-input-stream"
    case nonVoidElementWithSolidus = "non-void-html-element-start-tag-with-trailing-solidus"
    case nullReference = "null-character-reference"
    case surrogateReference = "surrogate-character-reference"
    case unexpectedCharacterAfterSystemIdentifier = "unexpected-character-after-doctype-system-identifier"
    case unexpectedCharacterInAttributeName = "unexpected-character-in-attribute-name"
    case unexpectedCharacterInUnquotedAttributeValue = "unexpected-character-in-unquoted-attribute-value"
    case unexpectedEqualsSignBeforeAttributeName = "unexpected-equals-sign-before-attribute-name"
    case unexpectedNullCharacter = "unexpected-null-character"
    case unexpectedQuestionMark = "unexpected-question-mark-instead-of-tag-name"
    case unexpectedSolidusInTag = "unexpected-solidus-in-tag"
    case unknownNamedReference = "unknown-named-character-reference"
    // The tree construction stage has no codes in the standard; these are ours.
    case missingDoctype = "missing-doctype"
    case unexpectedDoctype = "unexpected-doctype"
    case unexpectedStartTag = "unexpected-start-tag"
    case unexpectedEndTag = "unexpected-end-tag"
    case unclosedElement = "unclosed-element"
    case misnestedTag = "misnested-tag"
    case fosterParented = "content-misplaced-in-table"
    case tooComplex = "too-complex"
  }

  var code: Code
  var offset: UInt32
  /// Past the last byte that is wrong; the offset itself when it is one place.
  var end: UInt32

  init(code: Code, offset: UInt32, end: UInt32? = nil) {
    self.code = code
    self.offset = offset
    self.end = end ?? offset
  }

  /// The error as a diagnostic; only what the tree construction had to guess about is an error.
  func diagnostic(in source: [UInt8]) -> Diagnostic {
    let span = ByteSpan(start: offset, end: max(end, min(offset &+ 1, UInt32(truncatingIfNeeded: source.count))))
    let words = code.rawValue.split(separator: "-").joined(separator: " ")
    let excerpt = end > offset ? String(decoding: source[span.range].prefix(60), as: UTF8.self) : ""
    return Diagnostic(.warning, at: span, excerpt.isEmpty ? words : "\(words): `\(excerpt)`")
  }
}
