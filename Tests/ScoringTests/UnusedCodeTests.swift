import Density
import Ingest
import Testing

@testable import Scoring

private func unused(_ files: [String: String]) -> UnusedCode {
  let kinds: [Substring: ProjectFile.Kind] = ["html": .html, "js": .javaScript, "jsx": .javaScript, "css": .css]
  return UnusedCode(
    Project(
      path: ".",
      files: files.sorted { $0.key < $1.key }.map { path, text in
        ProjectFile(path: path, kind: kinds[path.split(separator: ".").last ?? ""] ?? .other, bytes: Array(text.utf8))
      }))
}

private let page = """
  <!doctype html><style>
  .seen, .seen:hover, p.seen::before { color: red }
  .absent { color: red }
  .made { color: red } .state-open { color: red } .part-3 { color: red } #gone { color: red }
  .row .cell { color: red } [data-mode=dark] .seen { color: red } :root { color: red } table td { color: red }
  </style><p class="seen">x</p><div class="row"></div><div class="cell"></div>
  <script src="a.js"></script>
  """

private let script = """
  function used() { inner(); function inner() { return 1 } }
  function dead() { function deadInner() { return 2 } return deadInner() }
  class Thing { run() { return this.help() } help() { return 1 } idle() { return 2 } }
  new Thing().run();
  used();
  if (false) setTimeout(function () { return 3 });
  unheard(function () { return 4 });
  const made = document.createElement('i');
  made.className = 'made';
  made.classList.add(`state-${location.hash}`, 'part-' + 3);
  document.documentElement.dataset.mode = 'dark';
  document.body.append(made);
  """

@Test func `functions that nothing calls are unused, those inside them do not count again`() throws {
  let functions = try #require(unused(["index.html": page, "a.js": script]).functions)
  #expect(functions.unused.map { $0.name } == ["dead", "idle", "(argument of setTimeout)"])
  #expect(functions.unused.map { $0.line } == [2, 3, 6])
  #expect(functions.unused.allSatisfy { $0.file == "a.js" })
  #expect(functions.total == 9)
}

@Test func `selectors that no element can match are unused, names that scripts put together are unknown`() throws {
  let selectors = try #require(unused(["index.html": page, "a.js": script]).selectors)
  #expect(selectors.unused.map { $0.name } == [".absent", "#gone", ".row .cell", "table td"])
  #expect(selectors.unused.map { $0.line } == [3, 4, 5, 5])
  #expect(selectors.total == 12)
}

@Test func `classes that a component computes are unknown rather than unused`() throws {
  let component = """
    import { createRoot } from 'react-dom/client'
    const kinds = { ok: 'badge-ok' }
    function App({ kind }) { return <p className={`badge ${kinds[kind]} size-${kind}`}>x</p> }
    createRoot(document.getElementById('root')).render(<App kind="ok" />)
    """
  let files = [
    "index.html":
      "<!doctype html><link rel=stylesheet href=a.css><div id=root></div><script type=module src=a.jsx></script>",
    "a.jsx": component,
    "a.css": ".badge { color: red } .badge-ok { color: red } .size-large { color: red } .other { color: red }",
  ]
  let selectors = try #require(unused(files).selectors)
  #expect(selectors.unused.map { $0.name } == [".other"])
}

@Test func `without a page or an entry nothing can be said`() {
  let found = unused(["a.css": ".x { color: red }"])
  #expect(found.functions == nil)
  #expect(found.selectors == nil)
}
