import Foundation
import MarkupSyntax
import SourceText
import Testing

/// Reads a page and hands it to `body` with a function that gives the text of a span.
func read(_ text: String) -> Document { parseHTML(Array(text.utf8)).tree }

@Suite struct DocumentTests {
  @Test func `a script's content span is its bytes exactly`() throws {
    let page = read("<!DOCTYPE html><script type=module>\n let a = '<b>' && 1 </script >x")
    let script = try #require(page.elements(named: "script").first)
    let content = try #require(page.contentSpan(of: script))
    #expect(page.text(of: content) == "\n let a = '<b>' && 1 ")
    #expect(page[script].endTag.map(page.text) == "</script >")
    #expect(page.textContent(of: script) == page.text(of: content))
  }

  @Test func `attributes have exact spans and decoded values`() throws {
    let page = read("<p><a HREF='a&amp;b' @click = go  #x [y]=\"1\" *z data-q=\"\">t</a>")
    let anchor = try #require(page.elements(named: "a").first)
    let attributes = page.attributes(of: anchor)
    #expect(attributes.map { page.name(of: $0) } == ["href", "@click", "#x", "[y]", "*z", "data-q"])
    #expect(attributes.map { page.value(of: $0) } == ["a&b", "go", "", "1", "", ""])
    #expect(
      attributes.map { page.text(of: $0.span) } == [
        "HREF='a&amp;b'", "@click = go", "#x", "[y]=\"1\"", "*z", "data-q=\"\"",
      ])
    #expect(attributes.map { page.text(of: $0.valueSpan) } == ["a&amp;b", "go", "", "1", "", ""])
    #expect(attributes.map { page.text(of: $0.nameSpan) } == ["HREF", "@click", "#x", "[y]", "*z", "data-q"])
    #expect(attributes.map { $0.hasValue } == [true, true, false, true, false, true])
  }

  @Test func `an element is found by its id`() {
    let page = read("<p id=a>1</p><p id='&#98;'>2</p><p id=a>3</p><p id>4</p>")
    #expect(page.textContent(of: page.element(withID: "b")) == "2")
    #expect(page.elements(withID: "a").map { page.textContent(of: $0) } == ["1", "3"])
    #expect(!page.element(withID: "c").exists)
  }

  @Test(arguments: [
    "<form id=f><p><input id=c></form>", "<form id=f></form><input id=c form=f>",
    "<table><form id=f><tr><td><input id=c></table>",
  ])
  func `a control belongs to its form`(text: String) {
    let page = read(text)
    #expect(page.formOwner(of: page.element(withID: "c")) == page.element(withID: "f"))
  }

  @Test func `formatting is not opened again inside a textarea`() throws {
    let page = read("<b><p></b><textarea>q</textarea>r")
    let area = try #require(page.elements(named: "textarea").first)
    #expect(page.children(of: area).map { page[$0].kind } == [.text])
  }

  @Test func `implied elements are known as implied`() throws {
    let page = read("<title>t</title><table><tr><td>x")
    let implied = page.elements.filter { page[$0].isImplied }.map { page.name(of: $0) }
    #expect(implied == ["html", "head", "body", "tbody"])
    for element in page.elements where page[element].isImplied { #expect(page[element].startTag == nil) }
  }

  @Test func `the subtree of a node is a contiguous range`() throws {
    let page = read("<div><p>a<b>c</p>d</div><ul><li>e<li>f</ul><table>g<tr><td>h</table>")
    for index in page.nodes.indices.dropFirst() {
      let node = ElementID(UInt32(index))
      let parent = page[node].parent
      #expect(page.isDescendant(node, of: parent))
      #expect(page.children(of: parent).contains(node))
      #expect(page[node].subtreeEnd <= page[parent].subtreeEnd)
    }
  }

  @Test(arguments: [
    // Void elements that libxml2 2.9 does not know.
    ("<video><source src=a><track src=b>c</video><p>a<wbr>b", ["source", "track", "wbr"]),
    ("<p>a<br>b<img>c<input>d<hr>", ["br", "img", "input", "hr"]),
  ])
  func `void elements hold nothing`(text: String, names: [String]) {
    let page = read(text)
    for name in names { for element in page.elements(named: name) { #expect(!page.firstChild(element).exists) } }
  }

  @Test func `SVG and MathML names keep their case`() throws {
    let page = read(
      "<svg VIEWBOX='0 0 1 1'><LinearGradient gradientunits=x /><foreignobject><DIV></div></foreignobject></svg>")
    #expect(page.elements.map { page.name(of: $0) }.suffix(4) == ["svg", "linearGradient", "foreignObject", "div"])
    let svg = try #require(page.elements(named: "svg").first)
    #expect(page.attributeValue(svg, "viewBox") == "0 0 1 1")
    #expect(page[svg].namespace == .svg)
  }

  @Test(arguments: ["title", "textarea", "iframe", "style", "xmp"])
  func `markup in raw text is text`(name: String) throws {
    let page = read("<\(name)><b>not</b></\(name)>")
    let element = try #require(page.elements(named: name).first)
    #expect(page.textContent(of: element) == "<b>not</b>")
    #expect(page.elements(named: "b").isEmpty)
  }

  @Test func `a template's contents are there and inert`() throws {
    let page = read("<template><td>x</td><script>1</script></template><p>y")
    let cell = try #require(page.elements(named: "td").first)
    #expect(page[cell].isInert)
    #expect(page.elements(named: "p").allSatisfy { !page[$0].isInert })
  }

  @Test func `text after an invalid byte is there and in its place`() throws {
    let bytes = Array("<p>a".utf8) + [0xFF, 0xFE] + Array("b</p><i>c</i>".utf8)
    let page = parseHTML(bytes).tree
    let italic = try #require(page.elements(named: "i").first)
    #expect(page[italic].startTag.map(page.text) == "<i>")
    #expect(page.textContent(of: page.root) == "a\u{FFFD}\u{FFFD}bc")
  }

  @Test func `line ends and NUL are normalized without shifting spans`() throws {
    let page = read("<p>a\r\nb\rc\0d<b t='x\r\ny'>e</b>")
    #expect(page.textContent(of: page.root) == "a\nb\ncde")
    let bold = try #require(page.elements(named: "b").first)
    #expect(page[bold].startTag.map(page.text) == "<b t='x\r\ny'>")
    #expect(page.attributeValue(bold, "t") == "x\ny")
  }

  @Test func `the samples are read without loss`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "artifacts")
    let files =
      (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == "html" }.sorted { $0.path < $1.path }
    #expect(!files.isEmpty)
    for file in files {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      let page = read(text)
      for name in ["script", "style"] {
        for element in page.elements(named: name) {
          let content = try #require(page.contentSpan(of: element))
          #expect(content.start == page[element].startTag?.end && content.end == page[element].endTag?.start)
          #expect(page.text(of: content) == page.textContent(of: element))
        }
      }
      let differences = page.nestingDifferences(from: LibraryReading(of: page.source))
      #expect(differences.isEmpty, "\(file.path): \(differences.map { page.text(of: page[$0.element].span) })")
    }
  }
}
