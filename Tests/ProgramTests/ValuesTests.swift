import JavaScriptSyntax
import Testing

@testable import Program

@Test func `records flow through arrays, filters and loops`() throws {
  let program = page(
    """
    let foes = [], shots = []
    const spawn = x => foes.push({x, hp: 3})
    const fire = () => shots.push({x: 0, v: 2})
    function step(dt) {
      for (const s of shots) s.x += s.v * dt
      for (const e of foes) for (const s of shots) if (Math.abs(e.x - s.x) < 1) e.hp--
      foes = foes.filter(e => e.hp > 0)
    }
    onclick = fire; setInterval(() => { spawn(1); step(.1) }, 10)
    """)
  let foes = try #require(program.populations.first { $0.name == "foes" })
  let shots = try #require(program.populations.first { $0.name == "shots" })
  #expect(foes.records.count == 1 && shots.records.count == 1 && foes.records != shots.records)
  #expect(foes.collections.count == 2)
  let hits = program.accesses(to: "hp", of: foes.records).filter { $0.kind == .readWrite }
  #expect(hits.map { $0.code.text } == ["e.hp"])
  #expect(program.accesses(to: "hp", of: shots.records).isEmpty)
}

@Test func `collections in properties under constant keys stay apart`() {
  let program = page(
    """
    const kinds = ['plant', 'prey']
    const pops = {plant: [], prey: []}
    const plant = () => ({e: 1}), prey = () => ({e: 2, age: 0})
    pops.plant.push(plant()); pops.prey.push(prey())
    for (const k of kinds) pops[k] = pops[k].filter(a => a.e > 0)
    const n = pops.plant.length
    """)
  let populations = program.populations
  #expect(populations.map { $0.properties } == [["plant"], ["prey"]])
  #expect(populations.allSatisfy { $0.records.count >= 1 })
}

@Test func `instances of one class made at two places stay apart`() throws {
  let program = page(
    """
    class Bolt { constructor(v) { this.v = v; this.y = 0 } move() { this.y += this.v } }
    const mine = [], theirs = []
    mine.push(new Bolt(-1)); theirs.push(new Bolt(1))
    mine.concat(theirs).forEach(b => b.move())
    """)
  let mine = try #require(program.populations.first { $0.name == "mine" })
  let theirs = try #require(program.populations.first { $0.name == "theirs" })
  #expect(mine.records != theirs.records)
  #expect(program.accesses(to: "y", of: mine.records).contains { $0.kind == .readWrite })
}

@Test func `elements are found through helpers, tables and parameters`() throws {
  let program = page(
    """
    const $ = id => document.getElementById(id)
    const ui = Object.fromEntries(['score', 'lives'].map(id => [id, $(id)]))
    const names = {a: 'score'}
    const set = (el, text) => { el.textContent = text }
    set($('lives'), 3)
    $(names.a).hidden = true
    """, body: "<b id=score></b><b id=lives></b>")
  let text = try #require(program.domWrites.first { $0.kind == .text })
  #expect(text.elements.map { program.document.elements[$0].identifier } == ["lives"])
  let shown = try #require(program.domWrites.first { $0.kind == .shown })
  #expect(shown.elements.map { program.document.elements[$0].identifier } == ["score"])
}

@Test func `library objects are known by path`() throws {
  let program = program([
    "index.html": "<canvas id=c></canvas><script type=module src=m.js></script>",
    "m.js": """
    import * as THREE from 'three'
    const mesh = new THREE.Mesh(new THREE.SphereGeometry(2))
    const list = [mesh]
    list.forEach(m => { m.position.x += 1 })
    const g = document.querySelector('#c').getContext('2d')
    g.arc(0, 0, 1, 0, 7)
    new (window.AudioContext || window.webkitAudioContext)().createOscillator().start()
    """,
  ])
  let mesh = try #require(program.last("m.position"))
  #expect(program.paths(of: mesh) == ["three:Mesh#.position"])
  let arc = try #require(program.last("g.arc(0, 0, 1, 0, 7)", .callExpression))
  #expect(program.calleePaths(of: arc) == ["CanvasRenderingContext2D.arc"])
  let start = try #require(
    program.units.last?.root.descendants.last { $0.kind == .callExpression && $0.text.hasSuffix(".start()") })
  #expect(program.calleePaths(of: start).contains("AudioContext#.createOscillator().start"))
}

@Test func `components, state and effects are followed`() throws {
  let program = program([
    "package.json": #"{"main": "main.jsx"}"#,
    "main.jsx": """
    import { useState, useEffect, useRef } from 'react'
    import { createRoot } from 'react-dom/client'
    function App() {
      const [items, setItems] = useState([])
      const ref = useRef(null)
      useEffect(() => { load() }, [])
      return <div><button onClick={() => setItems([...items, {n: 1}])}>Add</button>{items.map(i => <Item key={i.n} item={i} />)}</div>
    }
    function Item({ item }) { return <p>{item.n}</p> }
    function Unused() { return <p onClick={lost}>x</p> }
    function load() {} function lost() {}
    createRoot(document.getElementById('root')).render(<App />)
    """,
  ])
  #expect(program.runs("App"))
  #expect(program.runs("Item"))
  #expect(program.runs("load"))
  #expect(!program.runs("Unused"))
  let click = try #require(program.callbacks.first { $0.event == "click" })
  #expect(click.elements.map { program.document.elements[$0].name } == ["button"])
  let item = try #require(program.last("item.n"))
  let holder = try #require(item[.object])
  #expect(!program.objects(of: holder).isEmpty)
}

@Test func `elements that one helper makes may be anywhere it puts them`() {
  let program = page(
    """
    const h = (tag, props, ...kids) => { const el = document.createElement(tag); for (const [k, v] of Object.entries(props)) k.startsWith('on') ? el.addEventListener(k.slice(2), v) : el.setAttribute(k, v); el.append(...kids); return el }
    document.getElementById('a').append(h('p', {}), h('div', {}, h('i', {})))
    document.getElementById('b').append(...['x', 'y'].map(t => h('button', {onclick: function pick() {}})))
    document.querySelectorAll('#b button').forEach(function each(b) { b.hidden = true })
    """, body: "<div id=a></div><div id=b></div>")
  #expect(program.runs("each"))
  #expect(program.callbacks.contains { $0.event == "click" && program.label($0.function) == "pick" })
  #expect(program.missingElements.isEmpty)
}

@Test func `a parameter that takes several collections does not tie them together`() {
  let program = page(
    """
    class World {
      constructor() { this.foes = []; this.bolts = [] }
      add() { this.foes.push({hp: 1}); this.bolts.push({v: 1}) }
      step() { this.move(this.foes); this.move(this.bolts); for (const list of [this.foes, this.bolts]) this.move(list) }
      move(list) { for (let i = list.length - 1; i >= 0; i--) { const it = list[i]; it.x += 1; if (it.x > 9) list.splice(i, 1) } }
    }
    const w = new World(); setInterval(() => { w.add(); w.step() }, 9)
    """)
  #expect(program.populations.filter { !$0.properties.isEmpty }.map { $0.name } == ["foes", "bolts"])
  #expect(program.populations.filter { !$0.properties.isEmpty }.allSatisfy { $0.collections.count == 1 })
}

@Test func `uses of collections are told apart`() throws {
  let program = page(
    """
    let a = [], n = 0
    function go() {
      a.push({hp: 2}); for (const e of a) e.hp--; a.forEach(x => { n += x.hp }); a = a.filter(q => q.hp > 0)
      for (let i = 0; i < a.length; i++) { const it = a[i]; if (!it.hp) a.splice(i, 1) }
      if (n > 9) a = []
    }
    setInterval(go, 10)
    """)
  let population = try #require(program.populations.first { $0.name == "a" })
  func count(_ kind: CollectionUse.Kind) -> Int { program.uses(of: population, kind).count }
  #expect(count(.add) == 1)
  #expect(count(.visit) == 4)
  #expect(count(.filter) == 1)
  #expect(count(.remove) == 1)
  #expect(count(.clear) == 1)
  #expect(count(.count) == 1)
  #expect(Set(program.uses(of: population, .visit).compactMap { $0.element?.text }) == ["x", "it", "e", "q"])
}

@Test func `names that imports and destructuring give to things of others are undone`() {
  let program = program([
    "index.html": "<script type=module src=a.js></script>",
    "a.js":
      "import { OrbitControls as O } from 'three'; const { cos: c } = Math, s = Math.sin; new O(); c(1); s(1); (O => O)(2)",
  ])
  let names = program.units[0].root.descendants.filter { $0.kind == .callExpression || $0.kind == .newExpression }
    .compactMap { $0[.callee]?.originalName }
  #expect(names.filter { !$0.isEmpty } == ["OrbitControls", "cos", "sin"])
}
