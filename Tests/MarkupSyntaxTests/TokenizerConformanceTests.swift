import Foundation
import Testing

@testable import MarkupSyntax

/// A file of the html5lib tokenizer suite.
struct TokenizerFile: Decodable {
  var tests: [TokenizerCase]?
}

/// One case of the html5lib tokenizer suite.
struct TokenizerCase: Decodable {
  var description: String
  var input: String
  var output: [[JSONValue]]
  var initialStates: [String]?
  var lastStartTag: String?
  var doubleEscaped: Bool?
  var errors: [Failure]?

  struct Failure: Decodable {
    var code: String
    var line: Int
    var col: Int
  }
}

/// Any JSON value.
enum JSONValue: Decodable, Equatable {
  case string(String)
  case flag(Bool)
  case null
  case object([String: String])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else {
      self = .object(try container.decode([String: String].self))
    }
  }
}

@Suite(.enabled(if: html5libFolder != nil, "set STERLING_HTML5LIB_TESTS to a copy of html5lib-tests"))
struct TokenizerConformanceTests {
  /// Resolves `\uXXXX`; `nil` when a lone surrogate makes it no Unicode text.
  private func unescaped(_ text: String) -> String? {
    var units: [UInt16] = []
    var rest = Substring(text)
    while let position = rest.firstRange(of: "\\u") {
      units.append(contentsOf: rest[..<position.lowerBound].utf16)
      let digits = rest[position.upperBound...].prefix(4)
      guard let unit = UInt16(digits, radix: 16) else { return nil }
      units.append(unit)
      rest = rest[digits.endIndex...]
    }
    units.append(contentsOf: rest.utf16)
    return String(validating: units, as: UTF16.self)
  }

  private func tokens(_ one: TokenizerCase, state: String, input: String) -> (
    tokens: [[JSONValue]], errors: [ParseError]
  ) {
    Array(input.utf8).withUnsafeBufferPointer { buffer in
      var tokenizer = Tokenizer(input: buffer, errorLimit: 1000)
      tokenizer.position = 0
      tokenizer.checkInput()
      tokenizer.model =
        [
          "Data state": .data, "PLAINTEXT state": .plaintext, "RCDATA state": .rcdata, "RAWTEXT state": .rawtext,
          "Script data state": .script, "CDATA section state": .cdata,
        ][state] ?? .data
      if let name = one.lastStartTag { tokenizer.lastStartTag = tokenizer.names.intern(Array(name.utf8)) }
      var result: [[JSONValue]] = []
      func string(_ text: TextRange) -> String {
        let range = Int(text.start)..<Int(text.start) + Int(text.count)
        return String(decoding: text.isPooled ? tokenizer.pool[range] : Array(buffer)[range], as: UTF8.self)
      }
      func add(_ characters: String) {
        if let last = result.last, last[0] == .string("Character"), case .string(let before) = last[1] {
          result[result.count - 1][1] = .string(before + characters)
        } else {
          result.append([.string("Character"), .string(characters)])
        }
      }
      while true {
        tokenizer.next()
        switch tokenizer.kind {
        case .end: return (result, tokenizer.errors)
        case .text, .whitespace: add(string(tokenizer.text))
        case .null: add("\0")
        case .comment: result.append([.string("Comment"), .string(string(tokenizer.text))])
        case .doctype:
          result.append([
            .string("DOCTYPE"), tokenizer.doctypeHasName ? .string(tokenizer.names.string(of: tokenizer.name)) : .null,
            tokenizer.publicID.map { .string(string($0)) } ?? .null,
            tokenizer.systemID.map { .string(string($0)) } ?? .null, .flag(!tokenizer.forcesQuirks),
          ])
        case .endTag: result.append([.string("EndTag"), .string(tokenizer.names.string(of: tokenizer.name))])
        case .startTag:
          var attributes: [String: String] = [:]
          for attribute in tokenizer.attributes[tokenizer.firstAttribute...] {
            let value =
              attribute.pooledStart == .max
              ? TextRange(
                start: attribute.valueStart, count: attribute.valueEnd - attribute.valueStart, isPooled: false)
              : TextRange(start: attribute.pooledStart, count: attribute.pooledCount, isPooled: true)
            attributes[tokenizer.names.string(of: attribute.name)] = string(value)
          }
          result.append([
            .string("StartTag"), .string(tokenizer.names.string(of: tokenizer.name)), .object(attributes),
          ])
          if tokenizer.isSelfClosing { result[result.count - 1].append(.flag(true)) }
        }
      }
    }
  }

  @Test func `tokens are those of the suite`() throws {
    let folder = try #require(html5libFolder) + "/tokenizer"
    var (passed, total, skipped, sameErrors) = (0, 0, 0, 0)
    for name in try suiteFiles(folder, ending: ".test") {
      let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      for one in try JSONDecoder().decode(TokenizerFile.self, from: data).tests ?? [] {
        let isEscaped = one.doubleEscaped == true
        for state in one.initialStates ?? ["Data state"] {
          guard let input = isEscaped ? unescaped(one.input) : one.input else {
            skipped += 1
            continue
          }
          total += 1
          let found = tokens(one, state: state, input: input)
          let expected = one.output.map { token in
            token.map { value -> JSONValue in
              guard isEscaped, case .string(let text) = value else { return value }
              return .string(unescaped(text) ?? text)
            }
          }
          if found.tokens == expected {
            passed += 1
          } else {
            print(
              "\(name): \(state): \(one.description): \(one.input)\n  expected \(expected)\n  found \(found.tokens)")
          }
          let wanted = (one.errors ?? []).map(\.code).sorted()
          if found.errors.map(\.code.rawValue).sorted() == wanted {
            sameErrors += 1
          } else if ProcessInfo.processInfo.environment["STERLING_HTML5LIB_ERRORS"] != nil {
            print(
              "errors: \(name): \(state): \(one.description): \(one.input)\n  expected \(wanted)\n  found \(found.errors.map(\.code.rawValue))"
            )
          }
        }
      }
    }
    print("html5lib tokenizer: \(passed) of \(total), \(sameErrors) with the same errors, \(skipped) not UTF-8")
    #expect(total > 0 && passed == total && sameErrors == total)
  }
}
