import Ingest
import SourceText
import Testing

@testable import Density

/// A text whose comments stand between `⟦` and `⟧`.
private struct Marked {
  var bytes: [UInt8] = []
  var ranges: [[Int]] = []

  init(_ source: String) {
    var start = 0
    for character in source.unicodeScalars {
      switch character {
      case "⟦": start = bytes.count
      case "⟧": ranges.append([start, bytes.count])
      default: bytes += Array(String(character).utf8)
      }
    }
  }
}

private func check(_ kind: ProjectFile.Kind, _ path: String, _ source: String, _ location: Testing.SourceLocation) {
  let marked = Marked(source)
  let density = measureDensity(marked.bytes, kind: kind, path: path)
  let found = density.comments.map { [Int($0.span.start), Int($0.span.end)] }
  #expect(found == marked.ranges, "\(source)", sourceLocation: location)
  #expect(density.totals.bytes.total == marked.bytes.count, "\(source)", sourceLocation: location)
  #expect(density.lineClasses.count == density.totals.lines.total, "\(source)", sourceLocation: location)
}

@Test(arguments: [
  "const a = `x ${ ⟦/* in */⟧ f(`y ${ ⟦// deep⟧\n g }`) } // not`; ⟦// yes⟧", "x = `a${`b${`c${⟦/* d */⟧1}`}`}` ⟦// e⟧",
  "x = {} / 1\n;({}) / 2 ⟦// '⟧", "function f(){} /'/g ⟦// c⟧", "x = function(){} / 2 /g ⟦// c⟧",
  "if (a) {} /'/.test(y) ⟦// a block⟧\n({}) /'/ y", "a = b\n/c/g ⟦// '⟧\nd = (e)\n/f/g",
  "for await (const x of y) /'/.exec(x) ⟦// z⟧", "x = a?.[0] / ⟦/* c */⟧ b?.c / d ⟦// '⟧",
  "if ⟦/* ' */⟧ (a) /'/.test(b) ⟦// c⟧",
  "x = a ⟦/* c1\n*/⟧ /b/ 2 ⟦// '⟧", "a = { if: 1 }.if / 2 ⟦// '⟧", "a = class { static /'/ }",
  "x = y => {} \n/a'/g ⟦// 2⟧",
  "switch (a) { case /'/.test(b): default: /y'/.exec() } ⟦// z⟧",
  "x = /[\\]/*]/ ⟦// a⟧\ny = /\\[/ ⟦// b⟧\nz = /(?<n>[/])/v ⟦// c⟧",
  "var s = 'a\\\nb // no\\\r\nc'; ⟦// yes⟧", "x = '\\' /* a */' ⟦// b⟧\ny = \"\\\\\" ⟦// c⟧",
  "'</script>' ⟦// a⟧\n\"<!--\" ⟦/* b */⟧",
  "⟦// a⟧\u{2028}var b = 1; ⟦/* c\u{2029}d */⟧ var e ⟦// f⟧\u{2029}g()",
  "\u{C}⟦/* a */⟧\u{C}\u{B}\u{A0}\u{FEFF}x\u{3000}\n\u{A0}\n\u{2028}\n",
  "var a = 1 ⟦/* open\n\n  x⟧", "x⟦<!--y⟧\nz\n⟦--> end⟧\n⟦/* a\n*/⟧ ⟦--> still⟧\na-->b\n",
  "import x from 'y'\na<!--b\n-->c\n",
  "#!/usr/bin/env node\r\n⟦// x⟧\r\n", "\u{FEFF}#!/usr/bin/env node\n⟦// a⟧\n", "⟦// a⟧\r⟦/* b\r\rc */⟧\r",
  "const f = ⟦/* glsl */⟧ `\n// not\n  /* x */\n`;",
  "const a = <div>\n  // text\n  {⟦/* c */⟧}\n  {\n    ⟦// d⟧\n  }\n  it's {a ⟦/* e */⟧ / 2} `\n</div>; ⟦// f⟧",
  "const a = <a href=\"http://x//y\" title='/* no */' ⟦/* yes */⟧ b={⟦/* y2 */⟧ 1}>http://x.y</a> ⟦// z⟧",
  "const a = <A b={`t ${x ⟦/* c */⟧} // n`} {...p ⟦/* d */⟧}>\n  { ⟦/* e */⟧ }{ ⟦// f⟧\n  }\n  </A>",
  "<style>{`\n .a { /* css */ }\n // x\n`}</style>\n⟦// e⟧", "'unterminated // a\nb ⟦// c⟧\n",
  "x = @ # ⟦// a⟧\n⟦/* b */⟧ ) ] } ⟦// c⟧\n",
  "x = a ++ / 2 ⟦// '⟧", "x = !/'/.test(y) ⟦// z⟧", "x = a - -/'/.lastIndex ⟦// b⟧", "x = [...b] / 2 ⟦// '⟧",
  "[.../'/.exec(x)] ⟦// b⟧",
  "1..toString() / 2 ⟦// '⟧", "x = 1. / 2 ⟦// '⟧", "écase / 2 ⟦// '⟧", "x = a / ⟦/* b */⟧ c ⟦// '⟧",
])
func `comments of scripts`(_ source: String) { check(.javaScript, "a.js", source, #_sourceLocation) }

@Test(arguments: [
  "let x = <any>/re'/ ⟦// c⟧\nlet y = a < b / c > (d) ⟦// e⟧\n",
  "type A = `x${string ⟦/* f */⟧}` ⟦// g⟧\nlet z = a! / 2 / 3 ⟦// '⟧\n",
  "f<T>(/'/) ⟦// i⟧", "let x: Array<Array<number>>= [] ⟦// 5⟧\nx = a as any >> 1 ⟦// '⟧\n",
  "⟦/// <reference path=\"x\" />⟧\nenum E { ⟦/* e */⟧ A }",
  "abstract class A<T = {}> { private readonly b = /x\\/*/ ⟦/* 4 */⟧; [k: string]: any }",
])
func `comments of typed scripts`(_ source: String) { check(.typeScript, "a.ts", source, #_sourceLocation) }

@Test(arguments: [
  "a{background:url(//x/y.png)}⟦/* c */⟧\nb{content:'/*'}\n⟦/* open⟧", "a{x:url(a\\)/*b*/c)} ⟦/* d */⟧",
  "a{content:'un\n⟦/* c */⟧}",
  "a{content:\"x\\\ny /* z */\"}", "a { b: URL(/*x*/y); c: url⟦/**/⟧(z); d: my-url(⟦/*x*/⟧y) }",
  "<!-- a{} ⟦/* x */⟧ -->\n⟦/* <!-- */⟧ b{}",
  "a{b:url( x /* no */ )⟦/* e */⟧;f:url(\"x\"⟦/* g */⟧)}", "\u{FEFF}⟦/* a */⟧\r\n\r\na{}\r\n",
  "a{b:\\/* c */}\n/\n* d */\n",
])
func `comments of style sheets`(_ source: String) { check(.css, "a.css", source, #_sourceLocation) }

@Test func `comments of SCSS end with their line or their mark`() {
  check(
    .scss, "a.scss",
    "⟦// a⟧\n$x: \"b // #{f('c // d', ⟦/* e */⟧ 1) ⟦/* f */⟧} // g\"; ⟦// h⟧\n.a { .b & { c: d; } ⟦/* i */⟧ e: url(http://x/y); f: url(#{g(1)}//z) ⟦/* j */⟧ }",
    #_sourceLocation)
  check(.scss, "a.scss", "a { b: \"#{\"#{\"#{ ⟦/* x */⟧", #_sourceLocation)
}

@Test func `comments of LESS end with their line or their mark`() {
  check(
    .less, "a.less", "⟦// a⟧\n@a: ~\"x // y @{b} /* z */\"; ⟦// c⟧\n.m() { .n; } ⟦/* d */⟧\n@import (css) url(//e/f);",
    #_sourceLocation)
}

@Test func `comments of the indented syntax hold the lines below that are indented deeper`() {
  check(
    .sass, "a.sass", "⟦// a\n   still a\n\n   b⟧\n.c\n  color: red ⟦// d⟧\n  ⟦/* e\n    f⟧\n  g: h\n  ⟦/* i */⟧\n    j",
    #_sourceLocation)
}

@Test func `comments of shaders`() {
  check(
    .glsl, "a.glsl", "⟦// a⟧\n#version 300 es\n⟦/* b */⟧ void main() { x = a / b; } ⟦// c \\\n still c⟧\n",
    #_sourceLocation)
  check(.wgsl, "a.wgsl", "⟦/* a /* b */ c */⟧ fn x() {} ⟦// d⟧\n⟦/* /* */⟧", #_sourceLocation)
}

@Test(arguments: [
  "<script>\n⟦<!--⟧\nx = 1 ⟦// a⟧\n⟦// -->⟧\n</script>",
  "<script>var s='<!--<script>'; ⟦// a⟧\n'</script>'; ⟦// still⟧\n</script>",
  "<svg><script>⟦// a⟧\nx</script><style>⟦/* c */⟧ a{}</style></svg>\n<svg><script><![CDATA[⟦// a⟧\nx < 1 ⟦/* b */⟧ ]]></script></svg>",
  "<svg><style>\n<![CDATA[ ⟦/* c */⟧ a > b {}]]>\n</style><![CDATA[ <!-- no --> ]]><title>⟦<!-- yes -->⟧</title></svg>",
  "<p style=\"color:red /* a */; b: url(//c)\" onclick=\"x() /* y */ // z\">a // b</p>",
  "<style>a{}⟦/* x ⟧</style> y */\n</style>",
  "<script type=module>x<!--y\n</script><script type='text/template'><!-- a --> // b\n</script>",
  "<script type=\"\">⟦// b⟧\n</script><script type=' text/javascript '>⟦// c⟧\n</script><script language=x>// f\n</script>",
  "<script type='text/javascript;charset=utf-8'>// d\n</script>",
  "<title><!-- n --></title><textarea><!-- n --></textarea><xmp><!-- n --></xmp><iframe><!-- n --></iframe><noscript>⟦<!-- y -->⟧</noscript>",
  "<p>a</p>⟦<!-- x --\n> y --!>⟧b\n⟦<!-->⟧c\n⟦<!--->⟧d\n⟦</ e>⟧f\n⟦<?php g ?>⟧h\n⟦<!x>⟧i\n",
  "a < b ⟦<!-- c -->⟧ 3<4 &lt;!-- n --&gt;\n< p>x⟦</ p>⟧",
  "<a b=c/*d*/ e='<!-- f -->' g=\"//\">h</a><br/>⟦<!-- i -->⟧", "<script>x = `</p>${ ⟦/* a */⟧ 1 } \\</script>`; // b",
  "<table>⟦<!-- a -->⟧<tr>⟦<!-- b -->⟧<td>x</table><select>⟦<!-- c -->⟧<option>d</select>\n<head>⟦<!-- e -->⟧</head>",
  "<script>\n⟦//<![CDATA[⟧\nx\n⟦//]]>⟧\n</script>",
  "<template><script>⟦// a⟧\n</script><style>⟦/* b */⟧</style></template>",
  "<script type=\"text/babel\">const a = <p>// x</p>; ⟦// y⟧\n</script>",
  "<p title=\">\" data-x='<!--'>// a</p>⟦<!-- c -->⟧<p title=>d<p x=y\"z>e",
  "<plaintext><!-- a -->", "<p>a</p>\n</body></html>\n⟦<!-- after -->⟧\n\n",
  "<b>x</b><script>⟦/*⟧</script>*/ y\n⟦<!-- z -->⟧",
])
func `comments of pages`(_ source: String) { check(.html, "a.html", source, #_sourceLocation) }

@Test func `comments of components, block by block`() {
  check(
    .vue, "a.vue",
    "<template>\n  ⟦<!-- a -->⟧\n</template>\n<script setup lang=\"ts\">\n⟦// c⟧\nlet a: number = 1\n</script>\n<style lang=\"scss\">\n⟦// d⟧\n.a { ⟦/* e */⟧ .b { c: d } }\n</style>\n<style lang=\"less\">⟦// f⟧\n</style>\n<style>// g\n⟦/* h */⟧</style>",
    #_sourceLocation)
  check(
    .svelte, "a.svelte",
    "<script>\n⟦// a⟧\n</script>\n⟦<!-- b -->⟧\n{#if x}<p/>{/if}\n<style lang='sass'>\n⟦// a\n  b⟧\n.c\n</style>",
    #_sourceLocation)
}
