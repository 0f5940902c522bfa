import JavaScriptSyntax
import Testing

@testable import Program

/// The value of the initializer of `x` in a script.
private func value(_ script: String) -> Constant? {
  let program = page(script)
  guard let binding = program.bindings.first(where: { $0.name == "x" }),
    let initial = program.writes(of: binding.id).first?.value
  else { return nil }
  return program.constant(of: initial)
}

@Test func `numbers, strings and Math are evaluated`() {
  #expect(value("const R = 6_371, x = R * 2 + 0x10")?.number == 12_758)
  #expect(value("const {sqrt, PI} = Math, T = PI * 2; const x = sqrt(T * T) / PI")?.number == 2)
  #expect(value("const n = 3; const x = `a${n + 1}b`")?.string == "a4b")
  #expect(value("const u = km => km / 1e3, x = u(1500)")?.number == 1.5)
  #expect(
    value("function f(n) { let r = 1; for (let i = 0; i < n; i++) r *= 2; return r } const x = f(5)")?.number == 32)
  #expect(value("const x = '\\u0041\\n'.length")?.number == 2)
  #expect(value("const x = Math.random()") == .unknown)
}

@Test func `tables are mapped, spread and taken apart`() {
  let table = value(
    """
    const keys = 'name km'.split(' '), rows = [['Earth', 6371], ['Mars', 3389.5]]
    const x = rows.map(v => Object.fromEntries(v.map((c, i) => [keys[i], c])))
    """)
  #expect(table?.array?.map { $0.object?["km"]?.number } == [6371, 3389.5])
  #expect(value("const a = {p: {q: [1, 2]}}; const {p: {q: [, x]}} = a") != nil)
  #expect(value("const t = {a: 1, b: 2}; const x = Object.entries(t).map(([k, v]) => k + v).join()")?.string == "a1,b2")
  #expect(value("const x = Array.from({length: 3}, (_, i) => i * i)")?.array?.compactMap { $0.number } == [0, 1, 4])
}

@Test func `what is reassigned or changed is not constant`() {
  #expect(value("let n = 1; onclick = () => n = 2; const x = n") == .unknown)
  #expect(value("const a = [1]; a.push(2); const x = a.length") == .unknown)
  #expect(value("const s = {n: 1}; onclick = () => s.n++; const x = s.n") == .unknown)
}

@Test func `unknown factors cancel in ratios`() throws {
  let program = page(
    """
    const s = {zoom: 1}, AU = 1.5e8
    onwheel = e => s.zoom *= 2
    const radius = d => d.km / AU * s.zoom ** 0.5
    const rows = [{km: 2439.7}, {km: 6371}]
    rows.forEach(d => draw(radius(d)))
    function draw(r) {}
    """)
  let radius = try #require(program.function("radius"))
  let rows = try #require(program.constantTables(minimum: 2).first)
  let radii = rows.records.map { program.call(radius, [$0]) }
  let ratio = try #require(radii[1].ratio(to: radii[0]))
  #expect(abs(ratio - 6371 / 2439.7) < 1e-9)
}

@Test func `records that loops and constructors build are known`() throws {
  let program = page(
    """
    const DATA = [{name: 'a', r: 2}, {name: 'b', r: 5}]
    class Planet { speed = 3; constructor(d) { this.name = d.name; this.size = scale(d.r); this.angle = Math.random() } }
    const scale = r => r * 10, planets = []
    for (const d of DATA) planets.push(new Planet(d))
    function tick() { for (const p of planets) { p.angle += 1; show(p.size) } requestAnimationFrame(tick) }
    function show(value) {}
    tick()
    """)
  let size = try #require(program.last("p.size"))
  #expect(program.possibleConstants(of: size)?.compactMap { $0.number } == [20, 50])
  let angle = try #require(program.last("p.angle"))
  #expect(program.possibleConstants(of: angle) == nil)
}

@Test func `each mode that a function offers is seen`() throws {
  let program = page(
    """
    const state = {mode: 'a'}, SUN = {km: 10}
    onclick = () => { state.mode = window.next }
    function size(d) { if (state.mode === 'a') return d.km / 2; return d === SUN ? 1 : state.mode === 'b' ? d.km * 3 : d.km }
    size({km: 4})
    """)
  let size = try #require(program.function("size"))
  let record = try #require(program.last("{km: 4}"))
  let found = program.callAlternatives(size, [program.constant(of: record)], symbolic: false)
  #expect(found.compactMap { $0.number } == [2, 12, 4])
}
