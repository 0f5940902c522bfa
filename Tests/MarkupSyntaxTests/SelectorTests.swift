import MarkupSyntax
import Testing

@Suite struct MarkupSelectorTests {
  @Test(arguments: [
    ("nav a[href]", ["a"]), ("h1, h2", ["h1", "h2"]), ("main > :first-child", ["h1"]), ("#x + p", ["p"]),
    (".b.a", ["h2"]), ("svg > linearGradient", ["linearGradient"]), ("template p", []), ("td:empty", ["td"]),
    (":root > body", ["body"]), ("main:has(h2) h1", ["h1"]), ("a:hover", []), ("::", []),
  ])
  func `selectors find what a browser finds`(selector: String, names: [String]) {
    let page = read(
      """
      <nav><a href=#>1</a><a>2</a></nav><main><h1 id=x>t</h1><p>y<h2 class='a  b'>z</h2></main>
      <svg><linearGradient/></svg><template><p>no</p></template><table><td>
      """)
    #expect(page.querySelectorAll(selector).map { page.name(of: $0) } == names)
  }

  @Test func `a search can be confined to an element`() {
    let page = read("<div id=a><p>1</p></div><div id=b><p>2</p></div>")
    let found = page.querySelectorAll("p", under: page.element(withID: "b"))
    #expect(found.map { page.textContent(of: $0) } == ["2"])
  }
}
