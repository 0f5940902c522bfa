import Ingest
import Mechanics
import Program
import SourceText
import Testing

@testable import Hazards

@Suite struct HazardTests {
  private func hazards(_ files: [(String, ProjectFile.Kind, String)]) -> [Hazard] {
    let project = Project(
      path: "p", files: files.map { ProjectFile(path: $0.0, kind: $0.1, bytes: Array($0.2.utf8)) })
    let program = ProgramModel(project: project)
    return HazardCatalogue.hazards(in: program, findings: MechanicCatalogue.findings(in: program))
  }

  /// The subjects of one kind in a page.
  private func subjects(_ kind: Hazard.Kind, _ page: String, _ more: (String, ProjectFile.Kind, String)...) -> [String]
  {
    hazards([("index.html", .html, page)] + more).filter { $0.kind == kind }.map { $0.subject }
  }

  // MARK: Origins

  @Test(arguments: [
    "<script src=https://cdn.example/a.js></script>", "<link rel=stylesheet href='//CDN.example/a.css'>",
    "<img src=' https://user@cdn.example/a.png'>", "<style>body{background:url(https://cdn.example/a.png)}</style>",
    "<style>@import 'https://cdn.example/a.css';</style>", "<p style=\"background:url('https://cdn.example/a')\">x</p>",
    "<script>fetch('https://cdn.example/data')</script>",
    "<script>fetch(`https://cdn.example/${location.hash}`)</script>",
    "<script>const base = 'https://cdn.example'; fetch(base + '/x')</script>",
    "<script type=module>import a from 'https://cdn.example/a.js'</script>",
    "<script type=importmap>{\"imports\": {\"a\": \"https://cdn.example/a.js\"}}</script>",
    "<iframe src=https://cdn.example></iframe>", "<form action=https://cdn.example/post><input name=a></form>",
    "<script>new Worker('https://cdn.example/w.js')</script>",
    "<script>const r = new XMLHttpRequest(); r.open('GET', 'https://cdn.example/x')</script>",
    "<script>const i = new Image(); i.src = 'https://cdn.example/x.png'</script>",
    "<script>document.body.innerHTML = '<img src=https://cdn.example/x>'</script>",
  ])
  func `what is loaded from or sent to another host is found`(page: String) {
    #expect(Set(subjects(.origin, page)) == ["https://cdn.example"])
  }

  @Test func `a socket's origin keeps its scheme and port`() {
    #expect(
      subjects(.origin, "<script>new WebSocket('wss://live.example:8443/x')</script>") == ["wss://live.example:8443"])
  }

  @Test(arguments: [
    "<a href=https://github.com/ada>code</a>", "<img src=a.png>", "<link rel=canonical href=https://ada.example>",
    "<script>const repository = 'https://github.com/ada/loom'</script>", "<script>fetch('/data.json')</script>",
    "<p>https://cdn.example</p>", "<script>function fetch(u) { return u } fetch('https://cdn.example')</script>",
    "<script>window.open('about:blank', 'https://cdn.example')</script>", "<img src='data:image/png;base64,AA'>",
  ])
  func `links and local files are no other hosts`(page: String) {
    #expect(subjects(.origin, page) == [])
  }

  // MARK: Programs in strings

  @Test(arguments: [
    ("eval('a')", "eval"), ("window.eval(code)", "eval"), ("(0, eval)(code)", "eval"),
    ("new Function('return 1')()", "Function"),
    ("Function('a', 'return a')", "Function"), ("setTimeout('go()', 10)", "setTimeout"),
    ("setInterval('go(' + x + ')', 10)", "setInterval"), ("globalThis['eval'](x)", "eval"),
    ("function never() { eval(x) }", "eval"),
  ])
  func `strings that run as programs are found`(script: String, name: String) {
    #expect(subjects(.eval, "<script>\(script)</script>") == [name])
  }

  @Test(arguments: [
    "setTimeout(() => go(), 10)", "setTimeout(go, 10)", "function eval2() {} eval2()",
    "const o = {eval() {}}; o.eval()",
    "const text = 'eval(x)'", "// eval(x)", "class Function2 {}; new Function2()", "function run(eval) { eval(1) }",
  ])
  func `functions and texts are no programs in strings`(script: String) {
    #expect(subjects(.eval, "<script>\(script)</script>") == [])
  }

  // MARK: Secrets

  private static let random = "q8Zt2LwX0vRb7NcYk3HdMf5JsPgTa1UeWi4O"

  @Test(arguments: [
    ("ghp_" + random, "GitHub token"), ("AKIA" + "QWERTYZXCV237BNM", "AWS access key"),
    ("sk-ant-api03-" + random, "Anthropic key"), ("AIza" + "SyQ8Zt2LwX0vRb7NcYk3HdMf5JsPgTa1Uei", "Google key"),
    ("glpat-" + "x8Zt2LwX0vRb7NcYk3Hd", "GitLab token"), ("sk_" + "live_8Zt2LwX0vRb7NcYk3HdM", "Stripe key"),
  ])
  func `credentials of a known form are found, wherever they stand`(secret: String, subject: String) {
    #expect(subjects(.secret, "<script>const a = \"\(secret)\"</script>") == [subject])
    #expect(subjects(.secret, "<!-- \(secret) -->") == [subject])
    #expect(subjects(.secret, "<p>x</p>", ("data.json", .json, "{\"k\": \"\(secret)\"}")) == [subject])
  }

  @Test func `long random values under a telling name are found`() {
    #expect(subjects(.secret, "<script>const apiKey = '\(Self.random)'</script>") == ["secret value"])
    #expect(
      subjects(.secret, "<script>const config = {\"client_secret\": \"\(Self.random)\"}</script>") == ["secret value"])
    #expect(subjects(.secret, "<script>const cache = '\(Self.random)'</script>") == [])
  }

  @Test(arguments: [
    "AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "const apiKey = 'YOUR_API_KEY_GOES_HERE_1234'",
    "const password = 'correct horse battery staple'", "sk-skeleton-loading-card-large-variant-two-columns",
    "-----BEGIN PRIVATE KEY-----", "task-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  ])
  func `placeholders are no credentials`(text: String) {
    #expect(subjects(.secret, "<script>\(text)</script>") == [])
  }

  @Test func `a credential is never shown`() {
    let text = "key ghp_\(Self.random)aaaa and AKIAQWERTYZXCV237BNM"
    let shown = Secrets.redacted(text)
    #expect(shown == "key ghp_… and AKIA…")
    #expect(Secrets.redacted("nothing here") == "nothing here")
    let found = hazards([("index.html", .html, "<script>const a = 'ghp_\(Self.random)'</script>")])
    #expect(found.filter { $0.kind == .secret }.allSatisfy { !$0.says.contains("q8Zt") && $0.shownAs == "ghp_…" })
  }

  // MARK: Leftovers of tools

  @Test(arguments: [
    ("<antArtifact identifier=x><p>a</p></antArtifact>", ["artifact tag", "artifact tag"]),
    ("<p>a</p><!-- ... rest of the code unchanged ... -->", ["elision"]),
    ("<script>\n// ... existing code ...\n</script>", ["elision"]),
    ("```html\n<p>a</p>\n```", ["Markdown fence", "Markdown fence"]),
    ("<p>a</p>\n<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE\n", ["edit mark", "edit mark"]),
    ("<p>a</p><|im_end|>", ["chat mark"]), ("<lov-write file_path=x></lov-write>", ["artifact tag", "artifact tag"]),
    ("<p>ok</p>", []), ("<pre>\n```\ncode\n```\n</pre>", []), ("<p>&lt;antArtifact&gt;</p>", []),
    ("<script>// the rest of the game\nlet a = [...b] // unchanged</script>", []),
  ])
  func `tags of tools are found`(page: String, expected: [String]) {
    #expect(subjects(.toolTag, page) == expected)
  }

  // MARK: Files

  @Test func `files that do not exist are found`() {
    #expect(
      subjects(.missingFile, "<script src=gone.js></script><img src=there.png>").contains { $0.contains("gone.js") })
    #expect(subjects(.missingFile, "<script src=a.js></script>", ("a.js", .javaScript, "1")) == [])
  }
}
