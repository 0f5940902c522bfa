import Rubrics
import TestSupport
import Testing

/// One case for each message of the shape: what is written, where it points, what it says.
@Suite struct RubricMessageTests {
  private func expect(
    _ yaml: String, _ position: String, _ message: String, help: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = "r.yaml:\(position): error: \(message)\n  help: \(help)"
    let found = problems(yaml)
    #expect(found.contains(expected), "found \(found)", sourceLocation: sourceLocation)
  }

  private let met = "{mechanic: loop}"

  @Test func `a valid rubric has no problem`() {
    #expect(problems(rubricText(met: met)) == [])
  }

  @Test func `an unknown key names the nearest`() {
    expect(
      rubricText(met: met, extra: "    wieght: 2"), "11:5", "a criterion has no key `wieght`",
      help: "did you mean `weight`?")
  }

  @Test func `a misplaced key names its home`() {
    expect(
      rubricText(met: met, head: "met: {mechanic: loop}"), "4:1", "a rubric has no key `met`",
      help: "`met` belongs to a criterion")
    expect(
      rubricText(met: met, extra: "    mechanic: loop"), "11:5", "a criterion has no key `mechanic`",
      help: "`mechanic` is part of a condition: put it into `met`, `applies` or `when`")
  }

  @Test func `a key far from all lists what there is`() {
    expect(
      rubricText(met: met, head: "signals: {words: [a], zzzzzzzz: 1}"), "4:23", "signals has no key `zzzzzzzz`",
      help: "it has `words`; keys of your own begin with `x-`")
    #expect(problems(rubricText(met: met, head: "x-owner: me")) == [])
  }

  @Test func `wrong types say what was found`() {
    expect(
      rubricText(met: met, extra: "    required: maybe"), "11:15",
      "`required` must be `true` or `false`, found `maybe`",
      help: "write `true` or `false` without quotes")
    expect(
      rubricText(met: met, extra: "    group: [a]"), "11:12", "`group` must be text, found a list",
      help: "put the text in quotes if it holds colons, brackets or braces")
    expect(
      rubricText(met: met, head: "cap: high"), "4:6", "`cap` must be a number, found `high`",
      help: "write a number from 0 to 100")
    expect(
      rubricText(met: met, head: "signals: words"), "4:10", "`signals` must be a mapping, found `words`",
      help: "write `key: value` pairs, indented below it")
    expect(
      rubricText(met: met, head: "signals: {words: planet}"), "4:18", "`words` must be a list, found `planet`",
      help: "put each element on a line of its own after `- `")
    expect(
      rubricText(met: met, extra: "    failure: tuneable"), "11:14",
      "`failure` must be `tunable` or `structural`, found `tuneable`", help: "did you mean `tunable`?")
    expect(
      rubricText(met: met, extra: "    failure: bad"), "11:14",
      "`failure` must be `tunable` or `structural`, found `bad`",
      help: "write `tunable` or `structural`")
    expect(
      rubricText(met: met, head: "vocabulary: {Enemies: {en: [foe]}}"), "4:14",
      "a key of `vocabulary` must be lower-case words joined by hyphens, found `Enemies`",
      help: "begin with a letter and use a to z, 0 to 9 and `-`")
    expect(
      rubricText(met: met, head: "reference: {cards: {units: {size: cm}, records: [{name: a, size: \"2\"}]}}"), "4:66",
      "`size` must be a number, found `2`", help: "write digits without quotes")
  }

  @Test func `empty values are named`() {
    expect(rubricText(met: met, extra: "    group:"), "11:11", "`group` is empty", help: "write text, or remove it")
    expect(
      rubricText(met: met, extra: "    examples: []"), "11:15", "`examples` is empty",
      help: "add an element, or remove it")
  }

  @Test func `weights have bounds`() {
    let text = rubricText(met: met).replacing("weight: 1", with: "weight: -2")
    expect(
      text, "8:13", "`weight` must be 0 or more, found -2.0",
      help: "use 0 to leave it out of the score, and 1,000 at most")
    expect(
      rubricText(met: met, head: "cap: 101"), "4:6", "`cap` must be 100 or less, found 101.0",
      help: "write a number from 0 to 100")
    expect(
      rubricText(met: met).replacing("weight: 1", with: "weight: 0"), "6:3", "every weight is 0, so there is no score",
      help: "give at least one criterion a weight")
  }

  @Test func `required keys are asked for`() {
    expect(
      rubricText(met: met).replacing("title: One\n", with: "group: One\n"), "6:5", "a criterion needs `title`",
      help: "the title for people")
    expect("id: a\ntitle: A\nversion: 1\n", "1:1", "a rubric needs `criteria`", help: "what is looked for")
  }

  @Test func `duplicates are named`() {
    let text = """
      id: a
      title: A
      version: 1
      criteria:
        - {id: one, title: One, weight: 1, met: {mechanic: loop}}
        - {id: one, title: Two, weight: 1, met: {mechanic: loop}}
      """
    expect(text, "6:10", "two criteria are called `one`", help: "rename one; the other is on line 5")
    let found = problems("id: a\nid: b\n")
    #expect(found.count == 1)
    #expect(
      found.first?.contains("`id` stands more than once in one mapping\n  help: keep one of them") == true, "\(found)")
  }

  @Test func `a record's figures need units`() {
    func text(_ record: String) -> String {
      rubricText(met: met, head: "reference: {cards: {units: {size: cm}, records: [{name: a, \(record)}]}}")
    }
    expect(text("siez: 2"), "4:60", "`siez` has no unit", help: "did you mean `size`?")
    expect(text("luminosity: 2"), "4:60", "`luminosity` has no unit", help: "name it in `units`")
    #expect(problems(text("size: 2")) == [])
  }

  @Test func `all problems are told at once, in order`() {
    let found = problems(
      rubricText(met: "{mechanic: loup}", extra: "    wieght: 2", head: "capp: 3"))
    #expect(found.map { $0.prefix(13) } == ["r.yaml:4:1: e", "r.yaml:10:21:", "r.yaml:11:5: "])
  }

  @Test func `columns count UTF-16 units`() {
    expect(
      rubricText(met: met, head: "\"x-😀é\": 1").replacing(
        "\"x-😀é\": 1", with: "signals: {words: [\"😀é\"], wrods: [b]}"),
      "4:27", "signals has no key `wrods`", help: "did you mean `words`?")
  }
}

/// Text that is no rubric, or tries to cost more than it should.
@Suite struct HostileRubricTests {
  private func message(_ yaml: String) -> String { problems(yaml).first ?? "" }

  @Test func `an empty file is named`() {
    #expect(message("") == "r.yaml:1:1: error: the rubric is empty\n  help: start with `id:`, `title:` and `criteria:`")
    #expect(message("# only a comment\n").contains("the rubric is empty"))
    #expect(message("~").contains("a rubric is empty"))
    #expect(message("[1, 2]").contains("1:1: error: a rubric must be a mapping, found a list"))
  }

  @Test func `broken YAML has a position`() {
    #expect(message("id: a\ntitle: [1, 2\nversion: 3\n").hasPrefix("r.yaml:3:"))
    #expect(message("id: a\ntitle: [1, 2\nversion: 3\n").contains("the YAML cannot be read: "))
    #expect(message("id: *nothing\n").contains("found undefined alias"))
    #expect(message("id: a\n---\nid: b\n").contains("found another document"))
    #expect(message("id: \u{1}\n").contains("control characters are not allowed"))
    #expect(message("? [a]\n: b\n").contains("a key must be a word"))
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    #expect(throws: RubricError.self) { try Rubric(yaml: [0x69, 0x64, 0x3A, 0x20, 0xFF], file: "r.yaml") }
    #expect(problems("\u{FEFF}" + rubricText(met: "{mechanic: loop}")) == [])
  }

  @Test func `ten megabytes are refused by size alone`() {
    let found = message(String(repeating: "a: b\n", count: 2_000_000))
    #expect(found.contains("the rubric has 10000000 bytes, more than 1048576"))
  }

  @Test func `depth is bounded in every notation`() {
    for text in [
      "id: " + String(repeating: "[", count: 300_000), "id: " + String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 200_000) + "a", String(repeating: "? ", count: 100_000) + "a",
      "id: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    ] {
      #expect(message(text).contains("nested more than 64 deep"), "\(text.prefix(10)): \(message(text))")
    }
  }

  @Test func `aliases cannot multiply`() {
    var bomb = "x-a: &a [b, b, b, b, b, b, b, b, b]\n"
    for (last, next) in zip("abcdefghi", "bcdefghij") {
      bomb += "x-\(next): &\(next) [\(Array(repeating: "*\(last)", count: 9).joined(separator: ", "))]\n"
    }
    #expect(message(bomb).contains("more than 32 aliases"))
    var small = "x-a: &a [b, b, b, b]\n"
    for (last, next) in zip("abcdefgh", "bcdefghi") {
      small += "x-\(next): &\(next) [*\(last), *\(last), *\(last), *\(last)]\n"
    }
    #expect(message(small).contains("the rubric has more than 100000 values"))
    #expect(message(small + "? [*i]\n: key\n") != "")
  }

  @Test func `one long line costs no more than many short ones`() {
    let words = Array(repeating: "\"😀\"", count: 40_000).joined(separator: ",")
    #expect(problems(rubricText(met: "{mechanic: loop}", head: "signals: {words: [\(words)]}")) == [])
    let wrong = Array(repeating: "{a: 1}", count: 10_000).joined(separator: ",")
    #expect(problems(rubricText(met: "{mechanic: loop}", head: "signals: {words: [\(wrong)]}")).count == 100)
    let keys = (0..<10_000).map { "wieght\($0): 1" }.joined(separator: ",")
    #expect(problems(rubricText(met: "{mechanic: loop}", head: "signals: {\(keys)}")).count == 100)
    let facts = (0..<10_000).map { "scald\($0): 1" }.joined(separator: ",")
    #expect(problems(rubricText(met: "{mechanic: loop, \(facts)}")).count == 100)
  }

  @Test func `a few aliases are welcome`() {
    let text = rubricText(met: "&loop {mechanic: loop}", extra: "    applies: *loop")
    #expect(problems(text) == [])
  }

  @Test func `random damage never crashes`() {
    let original = Array(rubricText(met: "{any: [{mechanic: loop}, {not: {mechanic: sound, event: [a]}}]}").utf8)
    for seed in UInt64(0)..<500 {
      var random = SeededGenerator(seed: seed)
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: position)
        default: bytes.insert("{}[]:-*&!|>'\"#%@`? \n".utf8.randomElement(using: &random) ?? 0, at: position)
        }
      }
      do {
        _ = try Rubric(yaml: bytes, file: "r.yaml")
      } catch {
        #expect(!error.problems.isEmpty, "seed \(seed)")
      }
    }
  }
}
