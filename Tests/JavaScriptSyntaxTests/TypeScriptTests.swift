import JavaScriptSyntax
import SourceText
import Testing

struct TypeScriptTests {
  @Test(arguments: [
    "let a: string = b as any as string; let c = d satisfies E, f = g!, h = <I>j, k!: l",
    "function a<T extends U = V, const W>(this: X, b?: Y, ...c: Z[]): asserts b is Y {}",
    "function a(b: string): void; function a(b: number): void; function a(b: any) {}",
    "type A<in out T> = T extends infer U extends string ? U[] : readonly [a: T, b?: U, ...c: V[]]",
    "type A = { readonly [K in keyof T as `a${K}`]-?: T[K] } & { +readonly [K in T]+?: U }",
    "type A = (a: B, { c }: D, [e]: F) => g is H; type I = abstract new <T>() => T; type J = (K | L)[]",
    "type A = typeof b.c<D> | import('e').F<G> | unique symbol | -1 | `h` | null | undefined | this",
    "type A = | B | C; type D = ({ a: `${string}` }); type E = ({ x = `${0}` }) => {}",
    "interface A<T> extends B, C.D<T> { (a: T): U; new (b: T): V; readonly c?: W; d<X>(): Y; get e(): Z; set e(f); [g: string]: H }",
    "abstract class A<T> extends B<T> implements C, D.E<T> { private static readonly a?: T; declare b; abstract c(): void; override d!: T }",
    "class A { constructor(private a, readonly b = 1, public override c?: D) {} [e: string]: F; static [g: string]: H }",
    "class A { declare; readonly; abstract; static; get; private; public = 1; override() {} }",
    "class A { m?(): void; get a(): B { return c } set a(b: B) {} static { } accessor d: E = 1; #f?: G }",
    "enum A { B, C = 1 << 2, 'D-E' = `f`.length } declare const enum G { H } const enum I {}",
    "namespace A.B.C { export const d = 1; import E = F.G; export import H = I } declare module 'j' { export = k }",
    "declare global { interface Window { a: B } } declare function a(): b; declare let c: D, e; declare class F { g: H; i(): j }",
    "import type A from 'b'; import type { C, D as E } from 'f'; import { type G, type as as H, type as, type } from 'i'",
    "import a = require('b'); import type c = require('d'); export type { E } from 'f'; export type * as g from 'h'",
    "export = a", "export as namespace A", "export default interface A {}", "export default abstract class {}",
    "a<b>(c); new d<e>(f); g<h>`i`; j<k>; l?.<m>(n); const o = p<q>; r < s > t; u<v>(w) < x; (y<z>).a",
    "a < b || c > d; f(a < b, c > d); if (a < b && c >= d) e; x = a<b>>c; a<b>=c",
    "(a: b): c => d; async (a?: b) => c; async <T>(a: T) => a; <T,>(a: T): a is U => b; (a, b) => c; ({ a }: B) => a",
    "a ? (b) : c; a ? (b) : (c); a ? (b): c => d : e; a ? (b, c) => d : e; a ? b ? (c) : d : e; a ? (b = c) : d",
    "a ? { b: (c: D): E => f } : g; a ? [(): b => c] : d; a ? f((b): c => d) : e; a ? `${(b): c => d}` : e",
    "export default @a abstract class B {}", "declare const await: any", "@(a)() @b.c<D>() class E {}",
    "let type = 1, of, async, declare, namespace, module, abstract; type = 2; declare\nfoo; abstract\nclass A {}",
    "for (const a of <b[]>c); for (a as any of b); (a as b) = c; (<d>e)++; f! += g; [h as i, ...j as k] = l; ({ m: n as o } = p)",
    "@a() class A { @b c; constructor(e, private g) {} @h get i() { return 1 } }",
    "try {} catch (a: unknown) {} let { a, b }: C = d, [e]: f = g; using h: I = j; await using k = l",
    "let a = b as const, c = <const>[d]; type e = asserts; let is, keyof; type F = keyof\n",
    "function assert(a): asserts a {} class B { is(): this is B {} assertIt(): asserts this {} }",
    "abstract class A { abstract get a(): B; abstract set a(b); abstract accessor c: D; protected abstract readonly e: F }",
  ])
  func `the syntax of TypeScript is accepted`(text: String) {
    #expect(messages(text, .typeScript) == [])
  }

  @Test(arguments: [
    "<T,>(a: T) => <b c={a as D}>{e!}</b>; <A<B> c />; <T extends U>(a) => a; const f = <g.h<i> />;",
    "function A<T>(this: B) { return <><C<T> {...d} /></> }",
  ])
  func `types and JSX go together`(text: String) {
    #expect(messages(text, .tsx) == [])
  }

  @Test(arguments: [
    "function a(): void", "const a: B", "export default class { a(): B; c: D }", "let a; class B { constructor(c, d) }",
    "export function f(...a: b[],)", "export namespace A { let b: C; function d() }",
  ])
  func `declaration files need no bodies`(text: String) {
    #expect(messages(text, .typeScriptDeclarations) == [])
  }

  @Test(arguments: [
    "let a: ;", "type A = ", "type A", "enum A { 1 }", "enum A { [b] }", "interface A { b c }", "function a<>() {}",
    "f<>()", "class A { private static static a }", "class A { readonly private a }", "class A { abstract b }",
    "abstract class A { abstract b() {} }", "abstract class A { abstract b = 1 }", "class A { private #b }",
    "class A { constructor<T>() {} }", "class A { b(private c) {} }", "class A { constructor(private { b }) {} }",
    "class A { b! = 1 }", "let a!: b = c", "let a!", "declare let a = 1", "declare function a() {}",
    "class A { declare b() {} }",
    "class A { declare static {} }", "type A = readonly string", "type A = [b?, c]", "type A = import(b)",
    "interface A extends (b) {}", "interface A { get b: c }", "interface A { set b(): c }", "a<b>.c", "a as b = c",
    "import type a, { b } from 'c'", "import type { type a } from 'b'", "import type a = b.c",
    "namespace A { export default b }", "namespace A { import 'b' }", "if (a) type B = c", "({ a() })",
    "class A {} class A {}", "type A = b; type A = c", "enum A {} class A {}", "let a; enum a {}", "function f([]?) {}",
    "for (const a: b of c);", "(a: b)", "(a?)", "a ? (b: c)", "x = (a): b", "class A implements b() {}", "private a",
    "@a export let b", "@a export default c", "@a export function d() {}", "@a export default interface E {}",
    "function f(@a b) {}", "(@a b) => c", "type A = { set b(@c d) }", "class A { m(@b this) {} }", "({ m(@a b) {} })",
    "class A { @b constructor() {} }", "class A { @b [c: string]: d }", "abstract class A { @b abstract c() }",
    "class A { @b c(); c() {} }", "(this: a) => b", "class A { constructor(this) {} }", "declare async function a()",
    "class string {}", "declare class A { b!: c }", "class A { declare b!: c }", "class A { static b!: c }",
    "class A { get b<C>() {} }", "({ set a<B>(c) {} })", "class A { accessor [b: string]: c }",
    "type A = [...b?: c[]]",
  ])
  func `errors of TypeScript's syntax are told`(text: String) {
    #expect(!messages(text, .typeScript).isEmpty)
  }

  @Test(arguments: [
    "class A { m(@b c) {} constructor(@d e, @f private i) {} set f(@g h) {} }", "try {} catch (a: Error) {}",
    "class A { set b(c): d {} }", "({ set a(b): c {} })", "class A { readonly accessor b }",
    "abstract class A { abstract async b() }", "declare module 'a' { async function b() }",
  ])
  func `what only some compilers let pass is a warning`(text: String) {
    let diagnostics = parse(Array(text.utf8), options: ParseOptions(language: .typeScript)).diagnostics
    #expect(!diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.severity == .warning }, "\(diagnostics)")
  }

  @Test(arguments: [
    "class A {} interface A {}", "interface A {} interface A {}", "enum A {} enum A {}", "type A = b; let A",
    "function a() {} namespace a {}", "class A {} namespace A {}", "type A = b; function f() { type A = c }",
  ])
  func `declarations that merge may share a name`(text: String) {
    #expect(messages(text, .typeScript) == [])
  }

  @Test func `types hang below what they annotate`() {
    #expect(
      outline("let a: B<C>[] | null", .typeScript)
        == "(Program (VariableDeclaration.let (VariableDeclarator (a (TSTypeAnnotation (TSUnionType (TSArrayType "
        + "(TSTypeReference B (TSTypeParameterInstantiation (TSTypeReference C)))) TSKeywordType.null))))))")
    #expect(
      outline("(a?: b): c => d", .typeScript)
        == "(Program (ExpressionStatement (ArrowFunctionExpression (a (TSTypeAnnotation (TSTypeReference b))) "
        + "(TSTypeAnnotation (TSTypeReference c)) d)))")
    #expect(
      outline("f<a>(b) < c", .typeScript)
        == "(Program (ExpressionStatement (BinaryExpression.less (CallExpression f (TSTypeParameterInstantiation "
        + "(TSTypeReference a)) b) c)))")
  }

  @Test func `TypeScript is refused as JavaScript`() {
    #expect(!messages("let a: b", .jsx).isEmpty)
    #expect(!messages("interface A {}", .jsx).isEmpty)
  }
}
