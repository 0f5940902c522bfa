import MarkupSyntax
import SourceText
import Testing

@Suite struct DumpTests {
  @Test func `the tree is written as the html5lib suites write it`() {
    let page = read(
      "<!DOCTYPE html PUBLIC 'a' \"b\"><!--c--><svg xlink:href=d viewbox=e><template><p f g='\"'>h</template>")
    #expect(
      page.treeDump() == """
        | <!DOCTYPE html "a" "b">
        | <!-- c -->
        | <html>
        |   <head>
        |   <body>
        |     <svg svg>
        |       viewBox="e"
        |       xlink href="d"
        |       <svg template>
        |     <p>
        |       f=""
        |       g="\""
        |       "h"
        """)
    #expect(
      read("<template>x").treeDump() == """
        | <html>
        |   <head>
        |     <template>
        |       content
        |         "x"
        |   <body>
        """)
  }

  @Test func `a dump that grows too long says so`() {
    let dump = read(String(repeating: "<div>", count: 2000)).treeDump(limitInBytes: 10_000)
    #expect(dump.utf8.count < 20_000)
    #expect(dump.hasSuffix("| <!-- the rest is left out -->"))
  }

  @Test func `nodes are written as JSON lines`() {
    var json = JSONWriter()
    read("<p a=b>c</p>").writeNodes(into: &json)
    #expect(
      String(decoding: json.bytes, as: UTF8.self) == """
        {"kind":"element","start":0,"end":12,"depth":0,"name":"html","implied":true}
        {"kind":"element","start":0,"end":0,"depth":1,"name":"head","implied":true}
        {"kind":"element","start":0,"end":12,"depth":1,"name":"body","implied":true}
        {"kind":"element","start":0,"end":12,"depth":2,"name":"p","startTag":{"start":0,"end":7},"endTag":{"start":8,"end":12},\
        "attributes":[{"name":"a","value":"b","start":3,"end":6,"nameEnd":4,"valueStart":5,"valueEnd":6}]}
        {"kind":"text","start":7,"end":8,"depth":3,"text":"c"}

        """)
  }

  @Test func `tokens are written as JSON lines, ignored ones too`() {
    var json = JSONWriter()
    writeHTMLTokens(of: Array("</x>a<!--b-->".utf8), into: &json)
    #expect(
      String(decoding: json.bytes, as: UTF8.self) == """
        {"kind":"end-tag","start":0,"end":4,"name":"x"}
        {"kind":"text","start":4,"end":5}
        {"kind":"comment","start":5,"end":13}

        """)
  }

  @Test(arguments: [
    ("<p>\u{1}", "control character in input stream"), ("<p></x>", "unexpected end tag: `</x>`"),
    ("<div>", "unclosed element: `<div>`"), ("<p a a>", "duplicate attribute"),
    ("<table>x", "content misplaced in table: `x`"),
    ("<b><p></b>", "misnested tag: `</b>`"), ("&nosuch;", "unknown named character reference"),
    ("x", "missing doctype"),
    ("<div", "eof in tag"), ("<!doctype html><!doctype html>", "unexpected doctype: `<!doctype html>`"),
  ])
  func `what is wrong is told`(text: String, message: String) {
    #expect(parseHTML(Array(text.utf8)).diagnostics.map { $0.message }.contains(message))
  }
}
