import Foundation
import MarkupSyntax
import SourceText
import Testing

/// The folder of parse5's pages for locations, where it is at hand: folders that each hold a `data.html`.
private let locationFolder = ProcessInfo.processInfo.environment["STERLING_PARSE5_LOCATIONS"]

/// Writes nodes as the HTML standard serializes them.
private struct Serializer {
  let document: Document

  func serialize(_ node: ElementID) -> String {
    let stored = document[node]
    switch stored.kind {
    case .document: return document.children(of: node).map(serialize).joined()
    case .doctype:
      // The identifiers are the tree dump's business; here only the name is compared.
      return "<!DOCTYPE \(document.name(of: node))>"
    case .comment: return "<!--\(document.textContent(of: node))-->"
    case .text:
      let parent = document[stored.parent].kind == .element ? document.name(of: stored.parent) : ""
      let text = document.textContent(of: node)
      let isRaw = ["style", "script", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"].contains(parent)
      return isRaw ? text : escaped(text, false)
    case .element:
      let name = document.name(of: node)
      var result = "<\(name)"
      for attribute in document.attributes(of: node) {
        let prefix = attribute.prefix == .none ? "" : "\(attribute.prefix):"
        result += " \(prefix)\(document.name(of: attribute))=\"\(escaped(document.value(of: attribute), true))\""
      }
      result += ">"
      let voids: Set = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta",
        "param", "source", "track", "wbr",
      ]
      guard stored.namespace != .html || !voids.contains(name) else { return result }
      return result + document.children(of: node).map(serialize).joined() + "</\(name)>"
    }
  }

  private func escaped(_ text: String, _ isAttribute: Bool) -> String {
    let text = text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\u{A0}", with: "&nbsp;")
    return isAttribute
      ? text.replacingOccurrences(of: "\"", with: "&quot;")
      : text.replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: ">", with: "&gt;")
  }
}

@Suite struct LocationConformanceTests {
  private func withoutLineEnds(_ text: some StringProtocol) -> String {
    String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }

  /// Compares what stands at every span with what the node is when written anew; the pages are written in that form.
  @Test(.enabled(if: locationFolder != nil, "set STERLING_PARSE5_LOCATIONS to parse5's test/data/location-info"))
  func `spans are where parse5 has them`() throws {
    let folder = try #require(locationFolder)
    var (count, failures) = (0, 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let text = String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)/data.html")), as: UTF8.self)
      let bytes = Array(text.replacingOccurrences(of: "\r\n", with: "\n").utf8)
      let document = parseHTML(bytes, options: MarkupOptions(scripting: true)).tree
      let serializer = Serializer(document: document)
      for node in document.descendants(of: document.root) where document[node].kind != .doctype {
        let serialized = Array(serializer.serialize(node).utf8)
        func check(_ what: String, _ span: ByteSpan, _ expected: ArraySlice<UInt8>) {
          count += 1
          let found = withoutLineEnds(document.text(of: span))
          let wanted = withoutLineEnds(String(decoding: expected, as: UTF8.self))
          if found != wanted {
            failures += 1
            if failures < 20 { print("\(name): \(what): found \(found.prefix(200)), expected \(wanted.prefix(200))") }
          }
        }
        let stored = document[node]
        check("node", stored.span, serialized[...])
        if let tag = stored.startTag { check("start tag", tag, serialized.prefix(tag.count)) }
        if let tag = stored.endTag { check("end tag", tag, serialized.suffix(tag.count)) }
        for attribute in document.attributes(of: node) {
          let offset = Int(attribute.span.start) - Int(stored.start)
          check("attribute", attribute.span, serialized.dropFirst(offset).prefix(attribute.span.count))
        }
      }
    }
    print("parse5 locations: \(count - failures) of \(count)")
    #expect(count > 0 && failures == 0)
  }

  @Test func `an element ends where its end is implied`() throws {
    let page = read("<p>1<p class=2>3")
    let first = try #require(page.elements(named: "p").first)
    #expect(page.text(of: page[first].span) == "<p>1")
  }

  @Test func `an unclosed body ends where html ends`() throws {
    let text = "<html><body><p>t</p></html><!-- c -->"
    let page = read(text)
    let body = try #require(page.elements(named: "body").first)
    let html = page.documentElement
    #expect(page[body].end == page[html].endTag?.start)
    #expect(page.text(of: page[html].span) == "<html><body><p>t</p></html>")
  }

  @Test func `without an end tag html and body end with the text`() throws {
    let text = "<html><body><p>t</p><!-- c -->\n"
    let page = read(text)
    let body = try #require(page.elements(named: "body").first)
    #expect(page[body].end == UInt32(text.utf8.count))
    #expect(page[page.documentElement].end == UInt32(text.utf8.count))
  }

  @Test func `an adjusted SVG element has its tags`() throws {
    let page = read("<svg><foreignObject></foreignObject></svg>")
    let element = try #require(page.elements(named: "foreignObject").first)
    #expect(page.text(of: page[element].span) == "<foreignObject></foreignObject>")
    #expect(page[element].endTag.map(page.text) == "</foreignObject>")
  }
}
