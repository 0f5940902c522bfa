import Ingest
import Mechanics
import Rubrics
import SourceText
import Testing

@testable import Scoring

/// The verdict of a condition on a project of these files.
private func verdict(_ met: String, _ files: [String: String]) throws -> Verdict {
  let yaml = "id: a\ntitle: A\nversion: 1\ncriteria:\n  - {id: a, title: A, weight: 1, advice: Do it., met: \(met)}\n"
  let rubric = try Rubric(yaml: Array(yaml.utf8), file: "a.yaml")
  let kinds: [(String, ProjectFile.Kind)] = [
    ("html", .html), ("js", .javaScript), ("jsx", .javaScript), ("ts", .typeScript), ("css", .css), ("vue", .vue),
  ]
  let project = Project(
    path: "p",
    files: files.sorted { $0.key < $1.key }.map { path, text in
      let kind = kinds.first { path.hasSuffix("." + $0.0) }?.1 ?? .other
      return ProjectFile(path: path, kind: kind, bytes: Array(text.utf8))
    }, otherPaths: ["img/a.png", "img/b.png"])
  return try #require(ProjectAnalysis(project).evaluate(rubric).verdicts.first)
}

private func status(_ met: String, script: String) throws -> Verdict.Status {
  try verdict(met, ["index.html": "<canvas id=c></canvas><script>\(script)</script>"]).status
}

@Suite struct ProjectQuestionTests {
  @Test func `code counts where it runs`() throws {
    let met = "{pattern: 'setInterval($F, $MS)'}"
    #expect(try status(met, script: "setInterval(() => {}, 10)") == .met)
    #expect(try status(met, script: "function start() { window.setInterval(tick, 10) } start()") == .met)
    #expect(try status(met, script: "// setInterval(tick, 10)\nlet s = 'setInterval(tick, 10)'") == .missing)
    let dead = try verdict(met, ["index.html": "<script>function never() { setInterval(tick, 10) }</script>"])
    #expect(dead.status == .missing)
    #expect(dead.evidence.first?.says.contains("nothing that runs leads there") == true)
    #expect(
      try status(
        "{pattern: 'setInterval($F, $MS)', reachable: any}", script: "function never() { setInterval(tick, 10) }")
        == .met)
    let unloaded = ["index.html": "<script>1</script>", "old.js": "setInterval(tick, 10)"]
    #expect(try verdict(met, unloaded).status == .missing)
    #expect(try verdict("{pattern: 'setInterval($F, $MS)', reachable: any}", unloaded).status == .met)
  }

  @Test func `evidence stands at its place in the file`() throws {
    let page = "<p>\n<script>\n  go( 1 )\n</script>"
    let evidence = try #require(try verdict("{pattern: go($A)}", ["index.html": page]).evidence.first)
    #expect(evidence.file == "index.html")
    #expect(Array(page.utf8)[evidence.span.range].elementsEqual("go( 1 )".utf8))
    #expect(evidence.says == "is code like `go($A)`")
  }

  @Test func `counts may tell places apart by a metavariable`() throws {
    let script = "on('a', f); on('a', g); on('b', h)"
    #expect(try status("{pattern: 'on($E, $F)', count: {min: 3}}", script: script) == .met)
    #expect(try status("{pattern: 'on($E, $F)', count: {min: 3, distinct: E}}", script: script) == .missing)
    #expect(try status("{pattern: 'on($E, $F)', count: {min: 2, distinct: E}}", script: script) == .met)
    #expect(try status("{not: {pattern: eval($X)}}", script: script) == .met)
  }

  @Test func `relations that look too near say so`() throws {
    let files = ["index.html": "<script>function f() { if (a) { g() } } f()</script>"]
    let near = try verdict("{pattern: g(), inside: {kind: FunctionDeclaration}}", files)
    #expect(near.status == .missing)
    #expect(near.evidence.first?.says.contains("`stopBy: end` looks further") == true)
    #expect(try verdict("{pattern: g(), inside: {kind: FunctionDeclaration, stopBy: end}}", files).status == .met)
  }

  @Test func `a search that is given up leaves the condition unknown`() throws {
    let script = "f(\(Array(repeating: "a", count: 400).joined(separator: ", ")))"
    let verdict = try verdict(
      "{pattern: 'f($$$A, $X, $$$B, $X, $$$C, $X, $$$D, 1)'}", ["index.html": "<script>\(script)</script>"])
    #expect(verdict.status == .unknown)
    #expect(verdict.reason?.contains("too many steps") == true)
  }

  @Test func `calls are known by what is called, not by how it is spelt`() throws {
    #expect(
      try status("{called: requestAnimationFrame}", script: "const next = window.requestAnimationFrame; next(f)")
        == .met)
    #expect(try status("{called: Math.random}", script: "const { random } = Math; random()") == .met)
    #expect(try status("{called: start}", script: "const start = () => {}; const go = start; go()") == .met)
    #expect(try status("{called: start}", script: "function start() {}") == .missing)
    #expect(try status("{called: '*.getContext'}", script: "document.getElementById('c').getContext('2d')") == .met)
    #expect(try status("{called: alert}", script: "function never() { alert(1) }") == .missing)
  }

  @Test func `globals are names that nothing declares`() throws {
    #expect(try status("{global: localStorage}", script: "window.localStorage.a = 1") == .met)
    #expect(try status("{global: localStorage}", script: "localStorage.setItem('a', 1)") == .met)
    #expect(try status("{global: localStorage}", script: "const localStorage = {}; localStorage.a = 1") == .missing)
    #expect(try status("{global: navigator.geolocation}", script: "if (navigator.geolocation) f()") == .met)
  }

  @Test func `selectors see pages, markup in scripts, and JSX`() throws {
    let met = "{selector: 'nav a[href]', count: {min: 2}}"
    #expect(try verdict(met, ["index.html": "<nav><a href=a>1</a><a href=b>2</a></nav>"]).status == .met)
    #expect(try verdict(met, ["index.html": "<nav><a href=a>1</a><a>2</a></nav>"]).status == .missing)
    let jsx = [
      "index.html": "<div id=root></div><script type=module src=main.jsx></script>",
      "main.jsx": """
      import { createRoot } from 'react-dom/client'
      function App() { return <nav><a href="a">1</a><a href="b">2</a></nav> }
      function Never() { return <form/> }
      createRoot(document.getElementById('root')).render(<App/>)
      """,
    ]
    #expect(try verdict(met, jsx).status == .met)
    #expect(try verdict("{selector: form}", jsx).status == .missing)
    let template = ["index.html": "<template><form></form></template>"]
    let unused = try verdict("{selector: form}", template)
    #expect(unused.status == .missing)
    #expect(unused.evidence.first?.says.contains("nothing that runs puts it into a page") == true)
    #expect(try verdict("{selector: form, reachable: any}", template).status == .met)
    let made = "document.body.innerHTML = '<nav><a href=a>1</a><a href=b>2</a></nav>'"
    #expect(try status(met, script: made) == .met)
  }

  @Test func `styles count where they can apply`() throws {
    let page = """
      <style>main { display: grid } .never { color: red } a:hover { color: blue }
      @media (prefers-reduced-motion: reduce) { main { animation: none } }</style>
      <main style="margin: 0 auto"><a href=x>y</a></main>
      """
    func status(_ met: String) throws -> Verdict.Status { try verdict(met, ["index.html": page]).status }
    #expect(try status("{style: display}") == .met)
    #expect(try status("{style: display, value: [flex, grid], element: main}") == .met)
    #expect(try status("{style: display, value: flex}") == .missing)
    #expect(try status("{style: color, value: red}") == .missing)
    #expect(try status("{style: color, value: blue}") == .met)
    #expect(try status("{style: margin-left}") == .met)
    #expect(try status("{style: animation, media: prefers-reduced-motion}") == .met)
    #expect(try status("{style: display, media: prefers-reduced-motion}") == .missing)
  }

  @Test func `files and figures are those of the project`() throws {
    let files = ["index.html": "<p>a</p>\n", "src/a.js": "// why\nlet a = 1\n", "src/deep/b.css": "a{}"]
    func status(_ met: String) throws -> Verdict.Status { try verdict(met, files).status }
    #expect(try status("{files: '*.js'}") == .met)
    #expect(try status("{files: 'src/*.css'}") == .missing)
    #expect(try status("{files: 'src/**/*.{css,scss}'}") == .met)
    #expect(try status("{files: 'img/?.png', count: {min: 2}}") == .met)
    #expect(try status("{files: '*.md'}") == .missing)
    #expect(try status("{density: lines, min: 3, max: 4}") == .met)
    let share = try verdict("{density: comment-share, max: 0.01}", files)
    #expect(share.status == .missing)
    #expect(share.reason?.hasPrefix("the comment-share is 0.") == true)
    #expect(try verdict("{density: code-bytes, min: 1}", files).reason?.hasPrefix("the code-bytes is") == true)
  }
}
