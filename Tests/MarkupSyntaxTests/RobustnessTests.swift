import Foundation
import MarkupSyntax
import SourceText
import TestSupport
import Testing

@Suite struct RobustnessTests {
  /// Every span lies in the file, every link is consistent, tags are where their spans say.
  private func check(_ bytes: [UInt8], _ comment: Comment) {
    let document = parseHTML(bytes).tree
    let whole = ByteSpan(0, bytes.count)
    for index in document.nodes.indices {
      let node = document.nodes[index]
      let isWithin =
        whole.contains(node.span) && node.start <= node.end && node.startTag.map(whole.contains) ?? true
        && node.endTag.map(whole.contains) ?? true
      let isLinked =
        index == 0 || (node.parent.index < index && node.subtreeEnd <= document[node.parent].subtreeEnd)
      if !isWithin || !isLinked || node.subtreeEnd.index <= index {
        Issue.record("node \(index): \(node), \(comment)")
        return
      }
      if let tag = node.startTag, bytes[Int(tag.start)] != 0x3C || bytes[Int(tag.end) - 1] != 0x3E {
        Issue.record("start tag \(document.text(of: tag)), \(comment)")
      }
      if let tag = node.endTag, bytes[Int(tag.start)] != 0x3C || bytes[Int(tag.end) - 1] != 0x3E {
        Issue.record("end tag \(document.text(of: tag)), \(comment)")
      }
      let element = ElementID(UInt32(index))
      for attribute in document.attributes(of: element) {
        if !whole.contains(attribute.span) || !attribute.span.contains(attribute.nameSpan)
          || !attribute.span.contains(attribute.valueSpan)
        {
          Issue.record("attribute \(attribute), \(comment)")
        }
      }
      if node.kind == .text, document.isVerbatim(element) {
        #expect(node.span.contains(document.textSpan(of: element)), comment)
      }
    }
  }

  /// How many random inputs each law is tried on; `STERLING_RANDOM_INPUTS` asks for more.
  private static let inputCount =
    ProcessInfo.processInfo.environment["STERLING_RANDOM_INPUTS"].flatMap(UInt64.init) ?? 1500

  private static let words = [
    "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<a href=x>", "</a>", "<table>", "</table>", "<tr>", "<td>",
    "</td>", "<svg>",
    "</svg>", "<g/>", "<math>", "<mi>", "<template>", "</template>", "<select>", "<option>", "</select>", "<script>",
    "</script>",
    "<style>", "</style>", "<title>", "</title>", "<textarea>", "\n", "\r\n", "\r", "\0", "&amp;", "&", "&#x41;", "<",
    ">", "<!--",
    "-->", "<!doctype html>", "<![CDATA[", "]]>", "text ", "é", "<li>", "<ul>", "</ul>", "<form>", "</form>",
    "<i a='&lt;' b=\"\r\">",
    "</i>", "<body x=1>", "<html y>", "<head>", "</head>", "</body>", "</html>", "<frameset>", "<caption>",
    "<colgroup>", "<col>",
    "<button>", "<h1>", "</h2>", "<foreignObject>", "<desc>", "<nobr>", "<object>", "</object>", "<input type=hidden>",
    "<br/>", "</br>",
    "<plaintext>", "<noscript>", "</noscript>", "<annotation-xml encoding=text/html>",
  ]

  @Test func `any sequence of tags gives a sound tree`() {
    for seed in 0..<Self.inputCount {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 1...40, using: &random)
      let text = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined()
      check(Array(text.utf8), "seed \(seed): \(text)")
    }
  }

  @Test func `any bytes give a sound tree`() {
    let alphabet = Array("<>/!-[]='\"& \n\r\0abpdivscript?;#x".utf8) + [0xC3, 0xA9, 0xFF]
    for seed in 0..<Self.inputCount {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...80, using: &random)
      check((0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }, "seed \(seed)")
    }
  }

  @Test(arguments: [
    ("<div>", 20_000), ("<b>", 20_000), ("<table><td>", 10_000), ("<", 100_000), ("\0", 100_000),
    ("<p><button>", 10_000),
    ("<svg><g>", 10_000), ("<a><div>", 10_000), ("</>", 20_000), ("<template>", 10_000), ("<select><option>", 10_000),
    ("<![CDATA[]]>", 10_000), ("a</x>", 10_000), ("<li>", 10_000), ("<object><b>", 10_000), ("&", 50_000),
  ])
  func `what repeats is read in time`(text: String, count: Int) {
    let bytes = Array(String(repeating: text, count: count).utf8)
    let clock = ContinuousClock()
    let time = clock.measure { _ = parseHTML(bytes) }
    // Quadratic work would take minutes even on a slow machine.
    #expect(time < .seconds(20), "\(text) took \(time)")
  }

  @Test func `formatting that never ends is bounded`() {
    let text =
      (0..<2_000).map { "<b id=\($0)>" }.joined() + String(repeating: "<p>x</p>", count: 2_000)
      + String(repeating: "<div>", count: 1_000) + String(repeating: "</b>", count: 1_000)
    let parsed = parseHTML(Array(text.utf8))
    #expect(parsed.tree.nodes.count < 100_000)
  }
}
