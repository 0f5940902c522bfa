import Ingest
import JavaScriptSyntax
import SourceText
import Testing

@testable import Program

@Test func `what a loaded script calls runs, the rest does not`() {
  let program = page("function a() { b() } function b() {} function c() { b() } a()")
  #expect(program.runs("a"))
  #expect(program.runs("b"))
  #expect(!program.runs("c"))
}

@Test func `a listener on an element that exists runs, on one that does not it does not`() {
  let program = page(
    """
    document.getElementById('go').addEventListener('click', function yes() {})
    document.getElementById('gone').addEventListener('click', function no() {})
    document.querySelector('.x button').onclick = function deep() {}
    """, body: "<div class=x><button id=go>Go</button></div>")
  #expect(program.runs("yes"))
  #expect(!program.runs("no"))
  #expect(program.runs("deep"))
  #expect(program.missingElements.map { $0.selector } == ["gone"])
  let click = program.callbacks.first { program.label($0.function) == "yes" }
  #expect(click?.event == "click")
  #expect(click?.elements.count == 1)
}

@Test func `an element that script makes can be found later`() {
  let program = page(
    """
    const box = document.createElement('div'); box.id = 'made'
    document.body.append(box)
    document.body.insertAdjacentHTML('beforeend', '<p><i class="inner" id="x"></i></p>')
    document.getElementById('made').onclick = function one() {}
    document.querySelector('p .inner').onclick = function two() {}
    """)
  #expect(program.runs("one"))
  #expect(program.runs("two"))
}

@Test func `constant branches and code after a return do not run`() {
  let program = page(
    """
    const DEBUG = false, settings = { trace: false }
    if (DEBUG) debugged()
    if (settings.trace) traced()
    DEBUG && anded()
    function debugged() {} function traced() {} function anded() {} function late() {} function live() {}
    function f() { return live(); late() }
    f()
    """)
  #expect(!program.runs("debugged"))
  #expect(!program.runs("traced"))
  #expect(!program.runs("anded"))
  #expect(!program.runs("late"))
  #expect(program.runs("live"))
}

@Test func `a setting that running code changes is no constant`() {
  let program = page(
    """
    const settings = { trace: false }
    let paused = false
    if (settings.trace) traced()
    function traced() {} function stopped() {}
    onclick = () => { settings.trace = true; paused = true }
    setInterval(() => { if (paused) stopped() }, 10)
    """)
  #expect(program.runs("traced"))
  #expect(program.runs("stopped"))
}

@Test func `frame loops repeat when they ask for the next frame`() throws {
  let program = page(
    """
    function loop(t) { step(); requestAnimationFrame(loop) }
    function step() {}
    requestAnimationFrame(loop)
    requestAnimationFrame(function once() {})
    """)
  let loop = try #require(program.callbacks.first { program.label($0.function) == "loop" })
  let once = try #require(program.callbacks.first { program.label($0.function) == "once" })
  #expect(loop.kind == .frame && loop.repeats)
  #expect(once.kind == .frame && !once.repeats)
  #expect(program.functionsReached(from: loop.function).map { program.label($0) }.contains("step"))
}

@Test func `methods run only on classes that are made`() {
  let program = page(
    """
    class Base { move() {} tick() { this.move() } }
    class Ship extends Base { move() { super.move(); this.fire() } fire() {} hp = start() }
    class Ghost extends Base { haunt() {} fear = scare() }
    function start() { return 3 } function scare() {}
    new Ship().tick()
    """)
  #expect(program.runs("fire"))
  #expect(program.runs("start"))
  #expect(!program.runs("haunt"))
  #expect(!program.runs("scare"))
}

@Test func `inline handlers and script addresses run with the page's globals`() {
  let program = page(
    "function start() { go() } function go() {} function left() {} function right() {}",
    body: "<button onclick='start()'></button><a href='javascript:left()'>x</a>")
  #expect(program.runs("go"))
  #expect(program.runs("left"))
  #expect(!program.runs("right"))
  let click = program.callbacks.first { $0.event == "click" }
  #expect(click.map { program.document.elements[$0.elements.first ?? 0].name } == "button")
  let unit = program.units.first { $0.kind == .handlerAttribute }
  let source = program.project.files.first?.bytes ?? []
  let span = unit?.root.span
  #expect(span.map { String(decoding: source[Int($0.start)..<Int($0.end)], as: UTF8.self) } == "start()")
}

@Test func `handlers in markup that a string holds run when the string does`() {
  let program = page(
    """
    function yes() {} function no() {}
    document.body.innerHTML = `<b onclick="yes()">${1}</b>`
    function dead() { document.body.innerHTML = '<b onclick="no()"></b>' }
    """)
  #expect(program.runs("yes"))
  #expect(!program.runs("no"))
}

@Test func `a path leads from the host to the code`() throws {
  let program = page("function a() { b() } function b() {} addEventListener('keydown', e => a())")
  let b = try #require(program.function("b"))
  let path = program.reachabilityPath(to: b)
  #expect(path.map { $0.says } == ["the host loads it", "has the host call it on keydown", "calls it", "calls it"])
}

@Test func `ten thousand functions in a ring finish`() {
  let count = 10_000
  let text = (0..<count).map { "function f\($0)(x) { return f\(($0 + 1) % count)(x) }" }.joined(separator: "\n")
  let program = page(text + "\nf0({})")
  #expect(program.isComplete)
  #expect(program.runs("f9999"))
}

@Test func `a program that is too large for its budget says so`() throws {
  let program = program(
    ["index.html": "<script>function a() { b() } function b() { c() } function c() {} a()</script>"], steps: 5)
  #expect(!program.isComplete)
  let c = try #require(program.function("c"))
  #expect(program.reachability(of: c) == .unknown)
}
