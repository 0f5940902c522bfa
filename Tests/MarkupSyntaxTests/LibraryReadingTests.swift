import Foundation
import MarkupSyntax
import SourceText
import TestSupport
import Testing

@Suite struct LibraryReadingTests {
  @Test func `start tags are joined by their place`() {
    let text =
      "<!DOCTYPE html><html><head><title>é</title></head><body class='a'><p id=x>a<br>b</p><div><i>c</i></div></body></html>"
    let page = read(text)
    let reading = LibraryReading(of: Array(text.utf8))
    let joined = page.joined(reading)
    #expect(joined.map { page.name(of: $0) } == reading.elements.map { $0.name })
    #expect(joined == page.elements)
    #expect(page.nestingDifferences(from: reading).isEmpty)
  }

  @Test(arguments: [
    // What the standard decides and libxml2 does otherwise: the misplaced paragraph, void elements, formatting.
    ("<body><table><tr><p>a</p><td>b</table>", "p"), ("<body><video><source src=a><p>b</p></video>", "p"),
    ("<body><p><wbr><i>a</i></p>", "i"),
  ])
  func `where the standard differs the standard counts`(text: String, name: String) {
    let page = read(text)
    let differences = page.nestingDifferences(from: LibraryReading(of: Array(text.utf8)))
    #expect(differences.map { page.name(of: $0.element) }.contains(name))
  }

  /// A page in which every element that needs an end tag has it and none is where it may not be.
  private func plainPage(_ random: inout SeededGenerator) -> String {
    let blocks = ["div", "section", "article", "ul", "blockquote"]
    let phrases = ["span", "em", "strong", "code", "small"]
    func phrase(_ depth: Int) -> String {
      guard depth < 3, Bool.random(using: &random) else {
        return ["a", "é&amp;", "b c "].randomElement(using: &random) ?? ""
      }
      let name = phrases.randomElement(using: &random) ?? ""
      return "<\(name) title='x>\(depth)'>" + phrase(depth + 1) + "</\(name)>"
    }
    func block(_ depth: Int) -> String {
      guard depth < 5, Bool.random(using: &random) else { return "<p class=\"c\">\(phrase(0))<br>\(phrase(0))</p>\n" }
      let name = blocks.randomElement(using: &random) ?? ""
      let count = Int.random(in: 1...3, using: &random)
      let inside = (0..<count).map { _ in block(depth + 1) }
      return name == "ul"
        ? "<ul>" + inside.map { "<li>\($0)</li>" }.joined() + "</ul>" : "<\(name)>" + inside.joined() + "</\(name)>"
    }
    return "<!DOCTYPE html>\n<html><head><title>t</title></head><body>\(block(0))\(block(0))</body></html>"
  }

  @Test func `both readings of a plain page agree`() {
    for seed in UInt64(0)..<300 {
      var random = SeededGenerator(seed: seed)
      let text = plainPage(&random)
      let page = read(text)
      let reading = LibraryReading(of: Array(text.utf8))
      #expect(page.joined(reading) == page.elements, "seed \(seed): \(text)")
      #expect(page.nestingDifferences(from: reading).isEmpty, "seed \(seed): \(text)")
    }
  }

  @Test func `nothing that libxml2 meets stops it`() {
    for text in [
      "", "\0", "<", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;", "<p>\0<b>", String(repeating: "<div>", count: 3000),
    ] {
      let reading = LibraryReading(of: Array(text.utf8))
      #expect(read(text).nestingDifferences(from: reading).count <= reading.elements.count)
    }
  }
}
