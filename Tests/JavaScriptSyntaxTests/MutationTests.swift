import JavaScriptSyntax
import SourceText
import SyntaxChecks
import Testing

struct MutationTests {
  @Test(arguments: Language.allCases)
  func `any mutation of a text gives a tree that holds every byte`(language: Language) {
    for seed in UInt64(0)..<400 {
      var random = MutationGenerator(seed: seed)
      let text = mutated(Array(Self.sample.utf8), using: &random)
      let parsed = parse(text, options: ParseOptions(language: language))
      let fault = losslessnessFault(of: parsed.tree) ?? structureFault(of: parsed.tree)
      #expect(fault == nil, "seed \(seed): \(fault ?? "")")
      #expect(!parsed.tree.estreeJSON().isEmpty)
    }
  }

  @Test func `the check for lost bytes finds them`() {
    let tree = parse(Array("a /* b */ + c // d\n".utf8)).tree
    #expect(losslessnessFault(of: tree) == nil)
    #expect(structureFault(of: tree) == nil)
  }

  private static let sample = """
    #!/usr/bin/env node
    import a, { b as c, default as d } from 'e' with { type: 'json' };
    export default class F extends (G, H) { static #x = 1; static { this.#x++ } get [y]() { return super.z } }
    export async function* i({ j = 1, ...k }, [l, , ...m] = []) { for await (const n of o) yield* n?.p?.[q]?.(r) }
    const s = `t${u}v${`w${x}`}y`, z = /[/\\]]+(?<n>.)/giu, A = 0x1F + 1_000n ** 2n, B = 'C\\u{1F600}\\
    D';
    label: while (E) { if (F) continue label; else if (G) break; else throw new H(...I) }
    switch (J) { case 1: default: do K--; while (L) }
    try { M ??= N || O && P } catch { debugger } finally { delete Q.R }
    var S = async (T, { U }) => await T, V = function () { return new.target }, W = { X, 'Y'() {}, async *Z() {}, set a(b) {} };
    const element = <A.b c="d" {...e}>text &amp; {f} <></> <g:h i={<j />} /></A.b>;
    interface K<T extends L = M> { readonly n?: O; (p: Q): R; new <S>(...t: U[]): V; [w: string]: X | Y & Z }
    type A = { [B in keyof C as D]-?: E extends infer F ? G : H }; enum I { J = 1, K }
    declare module 'l' { export = m } abstract class N<in out O> { constructor(private readonly p: Q) {} abstract r(): void }
    let t = u as const satisfies V, w = <X>y, z2 = a2!.b2<C2>(d2);
    """
}
