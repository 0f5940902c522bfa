import MarkupSyntax
import Testing

@Suite struct PageTests {
  private func script(_ text: String) throws -> (Page.Script, Document) {
    let document = read(text)
    return (try #require(Page(document).scripts.first), document)
  }

  @Test(
    arguments: [
      ("<script>a</script>", .classic, .blocking, nil),
      ("<script type='Text/JavaScript '>a</script>", .classic, .blocking, nil),
      ("<script type=''>a</script>", .classic, .blocking, nil),
      ("<script language=JavaScript>a</script>", .classic, .blocking, nil),
      ("<script type=module>a</script>", .module, .deferred, nil),
      ("<script type=module async src=a.js></script>", .module, .async, nil),
      ("<script defer src=a.js></script>", .classic, .deferred, nil),
      ("<script defer>a</script>", .classic, .blocking, nil),
      ("<script async defer src=a.js></script>", .classic, .async, nil),
      ("<script nomodule src=a.js></script>", .classic, .blocking, .noModule),
      ("<script type=text/x-template>a</script>", .data(type: "text/x-template"), .blocking, .data),
      (
        "<script type='text/javascript; charset=utf-8'>a</script>", .data(type: "text/javascript; charset=utf-8"),
        .blocking, .data
      ),
      ("<script></script>", .classic, .blocking, .empty),
      ("<script src>a</script>", .classic, .blocking, .empty),
      ("<template><script>a</script></template>", .classic, .blocking, .inert),
      ("<noscript><script>a</script></noscript>", .classic, .blocking, .inert),
      ("<script for=document event=onclick>a</script>", .classic, .blocking, .event),
      ("<script type=importmap>{}</script>", .importMap, .blocking, nil),
    ] as [(String, Page.Script.Kind, Page.Script.Timing, Page.Script.Obstacle?)])
  func `a script is taken as a browser takes it`(
    text: String, kind: Page.Script.Kind, timing: Page.Script.Timing, obstacle: Page.Script.Obstacle?
  ) throws {
    let (script, _) = try script(text)
    #expect(script.kind == kind)
    #expect(script.timing == timing)
    #expect(script.obstacle == obstacle)
  }

  @Test(arguments: [
    ("js/a.js", Reference.Target.local(path: "js/a.js", query: nil, fragment: nil)),
    (" ./x/../a%20b.js?v=1#f ", .local(path: "a b.js", query: "v=1", fragment: "f")),
    ("../up.js", .local(path: "../up.js", query: nil, fragment: nil)),
    ("/root.js", .local(path: "/root.js", query: nil, fragment: nil)),
    ("//cdn.Example/x.js", .external(origin: "https://cdn.example", url: "https://cdn.example/x.js")),
    ("HTTPS://a.b:8/c?d#e", .external(origin: "https://a.b:8", url: "https://a.b:8/c?d#e")),
    ("data:Text/JavaScript;base64,AA==", .data(mediaType: "text/javascript")),
    ("java\nscript:go(%22x%22)", .script("go(\"x\")")),
    ("mailto:a@b", .other(scheme: "mailto")), ("#top", .fragment("top")), ("#", .fragment("")), ("", .empty),
  ])
  func `addresses lead where a browser goes`(written: String, target: Reference.Target) {
    #expect(ReferenceResolver().resolve(written) == target)
  }

  @Test func `base changes where relative addresses lead`() {
    #expect(
      ReferenceResolver(base: "app/").resolve("../a.js") == .local(path: "a.js", query: nil, fragment: nil))
    #expect(ReferenceResolver(base: "/x/y").resolve("#z") == .local(path: "/x/y", query: nil, fragment: "z"))
    #expect(
      ReferenceResolver(base: "https://c.d/e/f").resolve("g.js")
        == .external(origin: "https://c.d", url: "https://c.d/e/g.js"))
  }

  @Test func `style sheets, handlers and links are listed with their places`() {
    let document = read(
      """
      <link rel="StyleSheet icon" href=a.css media=print><link rel="alternate stylesheet" href=b.css>
      <style media=screen>p{}</style><style type=text/less>x</style>
      <body onload="go(&quot;1&quot;)" onfoo=x style='color:red'><a href="javascript:void(0)">t</a>
      <img srcset="a.png 1x, b.png 2x" src=c.png><form action=send></form><svg><use xlink:href=#i></svg>
      """)
    let page = Page(document)
    #expect(page.styles.map { $0.isReached } == [true, false, true, false])
    #expect(page.styles.map { $0.media } == ["print", nil, "screen", nil])
    #expect(page.styles[2].content.map(document.text) == "p{}")
    #expect(page.handlers.map { $0.name } == ["onload"])
    #expect(page.handlers.map { $0.text } == ["go(\"1\")"])
    #expect(page.handlers.map { document.text(of: $0.span) } == ["go(&quot;1&quot;)"])
    #expect(page.styleAttributes.map { $0.text } == ["color:red"])
    #expect(page.scriptLinks.map { $0.text } == ["void(0)"])
    #expect(page.links.map { $0.purpose } == [.style, .style, .navigation, .image, .image, .image, .submission, .part])
  }

  @Test func `import maps resolve specifiers`() throws {
    let page = Page(
      read(
        """
        <script type=importmap>{"imports": {"three": "https://cdn.x/three.js", "three/": "https://cdn.x/jsm/", "a": "./lib/a.js",
        "bad": "lib/b.js", "./old.js": "./new.js"}, "scopes": {"/in/": {"a": "/b.js"}}}</script>
        <script type=importmap>{"imports": {"a": "./never.js", "c": "./c.js"}}</script>
        """))
    let map = page.importMap
    #expect(map.resolve("three") == .external(origin: "https://cdn.x", url: "https://cdn.x/three.js"))
    #expect(
      map.resolve("three/addons/x.js") == .external(origin: "https://cdn.x", url: "https://cdn.x/jsm/addons/x.js"))
    #expect(map.resolve("a") == .local(path: "lib/a.js", query: nil, fragment: nil))
    #expect(map.resolve("a", from: "/in/side.js") == .local(path: "/b.js", query: nil, fragment: nil))
    #expect(map.resolve("./old.js") == .local(path: "new.js", query: nil, fragment: nil))
    #expect(map.resolve("c") == .local(path: "c.js", query: nil, fragment: nil))
    #expect(map.resolve("bad") == nil)
    #expect(map.resolve("other") == nil)
  }

  @Test func `an import map that is no JSON is diagnosed`() {
    let page = Page(read("<script type=importmap>{imports: {}}</script>"))
    #expect(page.diagnostics.count == 1)
    #expect(page.importMap.isEmpty)
  }
}
