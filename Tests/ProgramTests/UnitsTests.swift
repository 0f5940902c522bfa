import Ingest
import JavaScriptSyntax
import SourceText
import Testing

@testable import Program

@Test func `classic scripts share their globals, modules do not`() {
  let program = program([
    "index.html": "<script src=a.js></script><script src=b.js></script><script type=module src=c.js></script>",
    "a.js": "const shared = () => {}", "b.js": "shared(); const own = 1", "c.js": "const own = 2; own",
  ])
  #expect(program.runs("shared"))
  #expect(program.bindings.filter { $0.name == "own" }.count == 2)
}

@Test func `imports are followed with extensions, indices, maps and re-exports`() {
  let program = program([
    "index.html": """
    <script type=importmap>{"imports": {"lib/": "./src/lib/", "three": "https://unpkg.com/three@0.160/build/three.module.js"}}</script>
    <script type=module src="/src/main.js"></script>
    """,
    "src/main.js": """
    import { run } from './world'
    import * as tools from 'lib/tools.js'
    import start from './start.js'
    import { Scene } from 'three'
    import type { Shape } from './types'
    run(); tools.mend(); start(); new Scene()
    """,
    "src/world/index.ts": "export { go as run } from './go'",
    "src/world/go.ts": "export const go = () => {}",
    "src/lib/tools.js": "export function mend() {} export function lost() {}",
    "src/start.js": "export default function begin() {}",
  ])
  #expect(program.runs("go"))
  #expect(program.runs("mend"))
  #expect(program.runs("begin"))
  #expect(!program.runs("lost"))
  #expect(program.libraries.map { $0.package } == ["three"])
}

@Test func `a page's scripts are those that a browser runs, with its base and its maps`() {
  let program = program([
    "site/index.html": """
    <base href="./assets/">
    <script type=importmap>
      {"imports": {"lib": "./lib.js"}, "scopes": {"./old/": {"lib": "./old/lib.js"}}}
    </script>
    <script nomodule src=legacy.js></script>
    <template><script>inTemplate()</script></template>
    <script type="text/plain">asData()</script>
    <script type=module src=main.js></script>
    """,
    "site/assets/main.js": "import { f } from 'lib'; import './old/main.js'; f()",
    "site/assets/lib.js": "export function f() { fresh() } function fresh() {}",
    "site/assets/old/main.js": "import { f } from 'lib'; f()",
    "site/assets/old/lib.js": "export function f() { stale() } function stale() {}",
    "site/assets/legacy.js": "function legacy() {} legacy()",
    "site/main.js": "function beside() {} beside()",
  ])
  #expect(program.runs("fresh"))
  #expect(program.runs("stale"))
  #expect(!program.runs("legacy"))
  #expect(!program.runs("beside"))
  #expect(
    program.units.map { $0.file }.sorted() == [
      "site/assets/lib.js", "site/assets/main.js", "site/assets/old/lib.js", "site/assets/old/main.js",
    ])
}

@Test func `deferred scripts run after those that block`() {
  let program = program([
    "index.html": "<script async src=c.js></script><script defer src=b.js></script><script src=a.js></script>",
    "a.js": "a()", "b.js": "b()", "c.js": "c()",
  ])
  #expect(program.entryUnits.map { program.units[$0].file } == ["a.js", "b.js", "c.js"])
}

@Test func `modules that require one another are one program`() {
  let program = program([
    "package.json": #"{"main": "index.js"}"#,
    "index.js": "const { f } = require('./a'); const g = require('./b.js'); f(); g()",
    "a.js": "exports.f = function inA() {}", "b.js": "module.exports = function inB() {}",
  ])
  #expect(program.runs("inA"))
  #expect(program.runs("inB"))
}

@Test func `missing files and libraries are told apart`() {
  let program = program([
    "index.html": """
    <script src="https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js"></script>
    <script src="gone.js"></script>
    """
  ])
  #expect(program.missingFiles.map { $0.address } == ["gone.js"])
  #expect(program.libraries.map { $0.package } == ["three"])
}

@Test func `workers run in a realm of their own`() {
  let program = program([
    "index.html": "<script>const w = new Worker('w.js'); w.onmessage = e => got(e); function got() {}</script>",
    "w.js": "self.onmessage = e => work(e.data); function work() {} function idle() {}",
  ])
  #expect(program.runs("got"))
  #expect(program.runs("work"))
  #expect(!program.runs("idle"))
}

@Test func `a node of an inline script knows its place in the page`() throws {
  let program = page("let a = 1;\nwindow.answer = 42")
  let code = try #require(program.last("42"))
  let bytes = try #require(program.project.files.first?.bytes)
  #expect(String(decoding: bytes[Int(code.span.start)..<Int(code.span.end)], as: UTF8.self) == "42")
  #expect(code.file == "index.html")
}
