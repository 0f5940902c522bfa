import JavaScriptSyntax
import SourceText
import Testing

/// What the grammar alone would let pass.
struct EarlyErrorTests {
  @Test(arguments: [
    "let a; let a", "let a; var a", "{ var a } let a", "{ let a; { var a } }", "function f(a) { let a }",
    "try {} catch (a) { let a }", "try {} catch ([a]) { var a }", "switch (x) { case 1: let a; default: let a }",
    "const a", "let [a]", "let let = 1", "for (let a, a;;);", "for (let a of b, c);", "for (a = 1 of b);",
    "a: a: ;", "break", "continue", "a: { continue a }", "while (1) { function f() { break } }", "break a",
    "return", "new.target", "super.a", "super()", "class A { constructor() { super() } }",
    "class A { constructor() {} constructor() {} }", "class A { #a; #a }", "class A { m() { this.#b } }", "a.#b",
    "class A extends B { get constructor() {} }", "class A { static prototype() {} }", "class A { a = arguments }",
    "class A { static { await } }", "delete this.#a", "class A { #a; m() { delete this.#a } }",
    "({ a: 1, a: 2, __proto__: 3, __proto__: 4 })", "({ a = 1 })", "({ get a(b) {} })", "({ set a() {} })",
    "[a, ...b, c] = d", "[...a,] = b", "({ ...{ a } } = b)", "[(a = 1)] = b", "({ a: ({ b }) } = c)", "a + b = c",
    "a() = b",
    "++a++", "1 = 2", "(a, b) = c", "((a)) => a", "(a, a) => a", "([a.b]) => a", "(a, ...b,) => a", "a\n=> a",
    "async (await) => 1", "function* f() { (a = yield) => a }", "async function f() { (a = await b) => a }",
    "function* f(a = yield) {}", "async function f(a = await b) {}", "function f(a = 1) { 'use strict' }",
    "'use strict'; with (a) b", "'use strict'; 010", "'use strict'; '\\01'", "'use strict'; delete a",
    "'use strict'; eval = 1", "'use strict'; let yield", "'use strict'; function f(a, a) {}",
    "'use strict'; a: function f() {}",
    "function eval() { 'use strict' }", "function f(a, a) { 'use strict' }", "if (a) class B {}", "if (a) let\n[b]",
    "while (a) function f() {}", "if (a) b: function f() {}", "do async function f() {} while (1)",
    "`\\u`", "'\\u'", "'\\u{110000}'", "1_", "1__0", "0_1", "1_.5", "1e", "0x", "08n", "3in []", "/a/gg", "/[/", "/(/",
    "a ?? b || c", "-a ** b", "a?.b = c", "a?.`b`", "new a?.b()", "for await (a of b);", "yi\\u0065ld: { v\\u0061r a }",
    "import.meta", "throw\na", "try {}", "new import(a)", "import(...a)", "var a\\u{2F}", "class A extends a => a {}",
    "async () => { for await (a in b); }", "for (async of a);", "for (let of a);", "using a = b",
  ])
  func `scripts with early errors are refused`(text: String) {
    #expect(!messages(text, .javaScript, goal: .script).isEmpty)
  }

  @Test(arguments: [
    "export { a }", "export default 1; export default 2", "var a; export { a, a }", "import { a, a } from 'b'",
    "import a from 'b'; let a", "export { 'a' }", "import { default } from 'a'", "await: 1", "let await", "<!-- a",
    "with (a) b", "export var a; export { a }", "function f() {} function f() {}", "{ import a from 'b' }",
    "import a from 'b' with { c: 'd', c: 'e' }", "export { 'a\\uD800' } from 'b'", "function f() { await a }",
    "new.target",
  ])
  func `modules with early errors are refused`(text: String) {
    #expect(!messages(text, .javaScript, goal: .module).isEmpty)
  }

  @Test(arguments: [
    "var a; var a; function a() {}", "function f(a) { var a }", "try {} catch (a) { var a; for (var a of b); }",
    "{ function f() {} function f() {} }", "if (a) function f() {} else function g() {}", "a: function f() {}",
    "if (a) let\n{}", "let = 1; (let)[0]", "yield = 1; await = 2; async = 3; of = 4", "async\nfunction f() {}",
    "for (async of => 1;;);",
    "for (async.b of c);", "for (let in {});", "for (var a = 1 in {});", "<!-- a\n--> b", "010 + 08.5 + '\\01\\8'",
    "({ __proto__: 1, __proto__() {}, ['__proto__']: 2 })", "({ __proto__: a, __proto__: b } = c)", "new a.b().c",
    "a\n++b",
    "[(a)] = [(b.c)] = d", "({ a: (b) } = c)", "(a, b, ...[c]) => {}", "async (a, b) => await a", "async\n(a)",
    "function* f() { yield * 2 }", "a ? (b) : c => d", "var yi\\u0065ld",
    "class A { static async *#a() {} get; set; static; async }",
    "class A extends B { constructor() { super(); super.a; () => super.b } static { var await1; this.c } }",
    "class A { 'constructor'() {} accessor b = 1; static accessor #c; accessor\nd }", "#!x\na", "a?.5:1",
    "a?.[b]?.(c).d",
    "x = `a${`b${c}`}`; tag`\\unicode`", "/[/]/.test(a) / b / c", "a = b\n/c/g.d", "if (a) { } /b/",
    "label: { break label }",
    "a: b: for (;;) { continue a }", "switch (a) { case 1: default: case 2: }", "{ using a = b }",
    "using(a); using[a]; using = 1",
    "async function f() { await using a = b; for await (using c of d); }",
    "import('a', { with: {} }); import.source('b')",
    "@a.b(c) @(d) class E { @f g; @h static i() {} }", "for (const a of b);",
    "\u{FEFF}a\u{2028}b\u{A0}+ c",
  ])
  func `scripts that only look wrong are accepted`(text: String) {
    #expect(messages(text, .javaScript, goal: .script) == [])
  }

  @Test(arguments: [
    "import a, * as b from 'c' with { type: 'json' }; export * as 'd' from 'e'; export { a as default, b as 'f' }",
    "import defer * as a from 'b'; import source c from 'd'; import source from 'e'; import defer from 'f'",
    "await a; for await (const b of c); export default async function () {}", "export { a }; function a() {}",
    "@a export class B {}", "export @a class B {}", "import.meta.url; export default class extends A {}",
    "export default (a, b) => a", "import {} from 'a'; export {}; export * from 'b'",
  ])
  func `modules are accepted`(text: String) {
    #expect(messages(text, .javaScript, goal: .module) == [])
  }

  @Test func `a text of unknown goal is read as what it must be`() {
    func goal(_ text: String) -> SyntaxTree.Goal { parse(Array(text.utf8)).tree.goal }
    #expect(goal("var a") == .script)
    #expect(goal("import 'a'") == .module)
    #expect(goal("a; export { a }; var a") == .module)
    #expect(goal("const a = await b") == .module)
    #expect(goal("x = import.meta") == .module)
    #expect(goal("import('a'); await\n(b)") == .script)
    #expect(goal("s = `\nexport a`") == .script)
  }

  @Test func `strictness can be asked for`() {
    #expect(messages("with (a) b", isStrict: true).count == 1)
  }
}
