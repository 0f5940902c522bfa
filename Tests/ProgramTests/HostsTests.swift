import JavaScriptSyntax
import Testing

@testable import Program

@Test func `p5 calls the functions of a sketch, in both modes`() {
  let global = program([
    "index.html": "<script src=https://cdn.jsdelivr.net/npm/p5@1.9.0/lib/p5.js></script><script src=s.js></script>",
    "s.js":
      "function setup() {} function draw() { move() } function move() {} function keyPressed() {} function rest() {}",
  ])
  #expect(global.runs("move") && global.runs("keyPressed") && !global.runs("rest"))
  #expect(global.callbacks.contains { $0.kind == .frame && $0.repeats })
  let instance = program([
    "index.html": "<script type=module src=s.js></script>",
    "s.js": "import p5 from 'p5'; new p5(p => { p.setup = () => a(); p.draw = () => b(); p.other = () => c() }); "
      + "function a() {} function b() {} function c() {}",
  ])
  #expect(instance.runs("a") && instance.runs("b") && !instance.runs("c"))
  // Without the library nobody calls `draw`.
  #expect(!page("function draw() { move() } function move() {}").runs("move"))
}

@Test func `jQuery's handlers need elements that exist`() {
  let program = program([
    "index.html": """
    <script src="https://code.jquery.com/jquery-3.7.1.min.js"></script><button id=go></button>
    <script>$(function () { $('#go').on('click', function yes() {}); $('#no').click(function never() {}); ready() })
    function ready() {}</script>
    """
  ])
  #expect(program.runs("ready") && program.runs("yes"))
  #expect(program.callbacks.contains { $0.event == "click" && !$0.elements.isEmpty })
  #expect(!program.runs("never"))
}

@Test func `custom elements live when the page holds them`() {
  let program = page(
    """
    class Here extends HTMLElement { connectedCallback() { shown() } }
    class Gone extends HTMLElement { connectedCallback() { lost() } }
    customElements.define('x-here', Here); customElements.define('x-gone', Gone)
    function shown() {} function lost() {}
    """, body: "<x-here></x-here>")
  #expect(program.runs("shown"))
  #expect(!program.runs("lost"))
}

@Test func `Phaser calls the methods of scenes`() {
  let program = program([
    "index.html": "<script type=module src=m.js></script>",
    "m.js": """
    import Phaser from 'phaser'
    class Level extends Phaser.Scene { create() { build() } update(t, dt) { step() } helper() { unused() } }
    class Never extends Phaser.Scene { create() { lost() } }
    new Phaser.Game({ scene: [Level] })
    function build() {} function step() {} function unused() {} function lost() {}
    """,
  ])
  #expect(program.runs("build") && program.runs("step"))
  #expect(!program.runs("unused") && !program.runs("lost"))
  #expect(program.callbacks.contains { $0.kind == .frame && $0.repeats })
}

@Test func `directives of Alpine and handlers of components run`() {
  let alpine = program([
    "index.html": """
    <script src="https://unpkg.com/alpinejs@3/dist/cdn.min.js" defer></script>
    <div x-data="{open: start()}"><button @click="go()"></button></div>
    <script>function start() {} function go() {} function idle() {}</script>
    """
  ])
  #expect(alpine.runs("start") && alpine.runs("go") && !alpine.runs("idle"))
  let vue = program([
    "index.html": "<script type=module src=/src/main.js></script><div id=app></div>",
    "src/main.js": "import { createApp } from 'vue'; import App from './App.vue'; createApp(App).mount('#app')",
    "src/App.vue": """
    <template><button @click="add">+</button><p>{{ n }}</p></template>
    <script setup>
    import { ref, onMounted } from 'vue'
    const n = ref(0)
    function add() { n.value++ }
    function never() {}
    onMounted(() => begin())
    function begin() {}
    </script>
    """,
  ])
  #expect(vue.runs("add") && vue.runs("begin") && !vue.runs("never"))
}

@Test func `react-three-fiber's frames are loops`() {
  let program = program([
    "package.json": #"{"main": "main.jsx"}"#,
    "main.jsx": """
    import { createRoot } from 'react-dom/client'
    import { Canvas, useFrame } from '@react-three/fiber'
    function Ball() { useFrame((s, dt) => { spin(dt) }); return <mesh onClick={() => hit()} /> }
    function spin(dt) {} function hit() {}
    createRoot(document.getElementById('r')).render(<Canvas><Ball /></Canvas>)
    """,
  ])
  #expect(program.callbacks.contains { $0.kind == .frame && $0.repeats })
  #expect(program.runs("spin") && program.runs("hit"))
}

@Test func `TypeScript is read through its types`() {
  let program = program([
    "index.html": "<script type=module src=src/main.ts></script>",
    "src/main.ts": """
    import type { Shape } from './types'
    interface Foe { hp: number }
    enum Kind { A, B }
    class Game { private foes: Foe[] = []; constructor(private readonly width: number) {} start(): void { this.add({ hp: 1 } as Foe) }
      add(foe: Foe): void { this.foes.push(foe); report(this.width!) } }
    function report(n: number): void {}
    new Game(3).start()
    """,
  ])
  #expect(program.runs("report"))
  #expect(program.populations.contains { $0.properties == ["foes"] })
}

@Test func `methods passed as bound functions keep their object`() throws {
  let program = page(
    """
    class Game { constructor() { this.items = [{v: 1}]; addEventListener('click', this.click.bind(this)); this.tick = this.tick.bind(this); requestAnimationFrame(this.tick) }
      click() { this.items.forEach(i => { i.v++ }) } tick() { requestAnimationFrame(this.tick) } }
    new Game()
    """)
  let item = try #require(program.last("i.v"))
  let holder = try #require(item[.object])
  #expect(program.objects(of: holder).count == 1)
  #expect(program.callbacks.contains { $0.kind == .frame && $0.repeats })
}

@Test func `functions that all call each other end within their budget`() {
  let many = (0..<600).map { "f\($0)" }
  let functions = many.map { "function \($0)(x) { return x(x) }" }.joined(separator: "\n")
  let web = functions + "\nconst all = [\(many.joined(separator: ","))]; for (const a of all) for (const b of all) a(b)"
  #expect(page(web).reachableRegions.count > 1)
}

@Test func `deep and endless expressions end`() {
  let nested = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
  _ = page("const x = \(nested); x.map(y => y)").describe()
  let sum = "let s = 1" + String(repeating: "+1", count: 50_000) + "; if (s) f(); function f() {}"
  #expect(page(sum).runs("f"))
  let chain = "let a = x" + String(repeating: ".b()", count: 20_000)
  _ = page(chain).describe()
  let loop = page("const f = n => n < 1e9 ? f(n + 1) : 0; if (f(0)) g(); function g() {}")
  #expect(loop.runs("g"))
}
