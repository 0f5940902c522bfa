import JavaScriptSyntax
import Testing

@testable import Program

@Test func `a slider's value reaches the angle, a label does not`() throws {
  let program = page(
    """
    const s = {rate: 1, t: 0, run: true}, label = document.getElementById('o')
    document.getElementById('r').oninput = e => { s.rate = +e.target.value; label.textContent = s.rate }
    document.getElementById('p').onclick = () => { s.run = !s.run }
    function frame(now) { if (s.run) s.t += s.rate * .01; draw(angle()); requestAnimationFrame(frame) }
    function angle() { return s.t * 2 }
    function draw(a) { const x = Math.cos(a); window.last = x }
    requestAnimationFrame(frame)
    """, body: "<input id=r type=range><output id=o></output><button id=p></button>")
  let cos = try #require(program.last("Math.cos(a)"))
  let slice = program.dependencies(of: cos)
  let state = try #require(program.last("s", .identifier))
  let object = try #require(program.objects(of: state).first)
  #expect(slice.locations.contains(.property(object, "rate")))
  #expect(!slice.locations.contains(.property(object, "run")))
  #expect(program.dependencies(of: cos, control: true).locations.contains(.property(object, "run")))
  let write = try #require(program.writes(of: .property(object, "rate")).first { $0.kind == .assignment })
  #expect(program.flows(from: write, to: cos))
  let path = try #require(program.flowPath(from: .property(object, "rate"), to: cos))
  #expect(path.first == .property(object, "rate"))
  let r = try #require(program.document.elements(withID: "r").first)
  #expect(slice.locations.contains(.element(r, "value")))
}

@Test func `a value that is read once does not reach the loop`() throws {
  let program = page(
    """
    let speed = document.getElementById('r').value, a = 0
    document.getElementById('r').oninput = e => { shown = e.target.value }
    let shown
    setInterval(() => { a += speed }, 10)
    """, body: "<input id=r>")
  let sum = try #require(program.last("a += speed", .assignmentExpression))
  let value = try #require(sum[.right])
  let shown = try #require(program.bindings.first { $0.name == "shown" })
  #expect(!program.dependencies(of: value).locations.contains(.binding(shown.id)))
}

@Test func `effects are what a function and its callees write`() throws {
  let program = page("let a = 0, b = 0; function f() { a = 1; g() } function g() { b++ } f()")
  let f = try #require(program.function("f"))
  #expect(program.effects(of: f).map { $0.target.text } == ["a", "b"])
}

@Test func `names are split and stemmed`() {
  #expect(Names.words("enemyBullets2") == ["enemy", "bullet"])
  #expect(Names.words("MAX_PREY_SPEED") == ["max", "prey", "speed"])
  #expect(Names.words("parseHTMLText") == ["parse", "html", "text"])
  let vocabulary = Vocabulary(["enemy", "foe", "gegner", "敌人"])
  #expect(vocabulary.matches("enemies"))
  #expect(vocabulary.matches("gegnerListe"))
  #expect(vocabulary.matches("敌人"))
  #expect(!vocabulary.matches("enemyless2".replacing("enemy", with: "end")))
}
