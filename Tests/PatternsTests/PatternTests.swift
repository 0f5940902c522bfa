import JavaScriptSyntax
import Patterns
import SourceText
import Testing

/// What a pattern matches in code, as text, in the order of the code.
func found(
  _ pattern: String, in code: String, exact: Bool = false, language: Language = .jsx
) throws -> [String] {
  let index = SyntaxIndex(parse(Array(code.utf8), options: ParseOptions(language: language)).tree)
  var budget = StepBudget.file(nodeCount: index.tree.nodes.count)
  let matches = try CodePattern(pattern, isExact: exact).matches(in: index, budget: &budget)
  #expect(!budget.isSpent)
  return matches.map { index.tree.text(of: $0.span) }
}

/// What the metavariables of a pattern stand for at its first match, as text.
private func captures(_ pattern: String, in code: String) throws -> [String: String] {
  let index = SyntaxIndex(parse(Array(code.utf8), options: ParseOptions(language: .jsx)).tree)
  var budget = StepBudget.file(nodeCount: index.tree.nodes.count)
  let match = try #require(try CodePattern(pattern).matches(in: index, budget: &budget).first)
  return Dictionary(uniqueKeysWithValues: match.captures.map { ($0.name, index.tree.text(of: $0.span)) })
}

@Suite struct PatternTests {
  @Test func `metavariables stand for one node, or for any number of them`() throws {
    #expect(try found("f($A)", in: "f(); f(1); f(1, 2); f(...a)") == ["f(1)", "f(...a)"])
    #expect(try found("f($$$A)", in: "f(); f(1); g(1); f(1, 2)") == ["f()", "f(1)", "f(1, 2)"])
    #expect(try found("f($$$, 1)", in: "f(1); f(1, 2); f(2, 1); f(1, 1)") == ["f(1)", "f(2, 1)", "f(1, 1)"])
    #expect(try found("[$A, , $B]", in: "[1, , 2]; [1, 2, 3]") == ["[1, , 2]"])
    #expect(try found("return $$$A", in: "() => { return; }; () => { return 1 }").count == 2)
    #expect(try found("f(f($A))", in: "f(f(f(1)))") == ["f(f(f(1)))", "f(f(1))"])
  }

  @Test func `captures say what metavariables stand for`() throws {
    #expect(try captures("f($A, $$$B)", in: "f(x, y, z)") == ["A": "x", "B": "y, z"])
    #expect(try captures("f($$$B)", in: "f()") == ["B": ""])
    #expect(try captures("{ a: $V, $$$R }", in: "x = { b: 1, a: 2, c: 3 }")["V"] == "2")
    #expect(try captures("f(\"$S\")", in: "f('text')") == ["S": "text"])
    #expect(try captures("$_.x = $_UNBOUND", in: "a.x = 1").isEmpty)
  }

  @Test func `the same metavariable twice asks for equal code`() throws {
    #expect(
      try found("$A === $A", in: "a.b === a['b']; a === b; 'x' === \"x\"") == ["a.b === a['b']", "'x' === \"x\""])
    #expect(try found("$A === $A", in: "f(1)(2) === f(1)(2); f(1) === f(2)") == ["f(1)(2) === f(1)(2)"])
    #expect(try found("f($$$A); g($$$A)", in: "f(1, 2); g(1, 2); f(1); g(2)") == ["f(1, 2); g(1, 2);"])
    #expect(try found("$_ === $_", in: "a === b") == ["a === b"])
    #expect(try found("if ($C) $A; else $A", in: "if (c) { f() } else f()") == ["if (c) { f() } else f()"])
  }

  @Test func `what is not said is not asked for`() throws {
    #expect(try found("function $F() {}", in: "async function* f() {}").count == 1)
    #expect(
      try found("async function $F() {}", in: "function f() {}; async function g() {}") == ["async function g() {}"])
    #expect(try found("($A) => $B", in: "(a: string): void => a", language: .tsx).count == 1)
    #expect(try found("($A: string) => $B", in: "(a: string) => a; (b: number) => b", language: .tsx).count == 1)
    #expect(try found("{}", in: "x = {}; y = { a: 1 }") == ["{}"])
  }

  @Test func `runs of statements are found in any list of statements`() throws {
    let code = "a(); b(); c(); { b(); c(); d() } switch (x) { case 1: b(); c() }"
    #expect(try found("b(); c()", in: code) == ["b(); c();", "b(); c();", "b(); c()"])
    #expect(try found("b(); $$$; d()", in: code) == ["b(); c(); d()"])
  }

  @Test func `members of the global object are the globals, local names are not`() throws {
    #expect(try found("f()", in: "window.f(); globalThis.f(); self.f(); this.f(); o.f(); f()").count == 4)
    #expect(try found("f()", in: "(function (window) { window.f() })(window)").count == 1)
    #expect(try found("f()", in: "function g(self) { self.f() }").isEmpty)
    #expect(try found("window.x", in: "x; { let x; x }") == ["x"])
    #expect(try found("window.x", in: "import x from 'x'; x").isEmpty)
  }

  @Test func `a name alone is a variable, no key that is spelt alike`() throws {
    #expect(try found("a", in: "a; o.a; x = { a: 1 }; window.a; x = { a }").count == 3)
  }

  @Test func `exact patterns refuse what is only written otherwise`() throws {
    func isExact(_ pattern: String, _ code: String) throws -> Bool {
      try !found(pattern, in: code, exact: true).isEmpty
    }
    let refused = [
      ("f('a')", "f(\"a\")"), ("f(a)", "f((a))"), ("f(a)", "f(a,)"), ("if (a) b()", "if (a) { b() }"),
      ("a.b", "a?.b"), ("a.b", "a['b']"), ("(x) => x", "x => x"), ("x = { a: 1 }", "x = { a: 1, b: 2 }"),
      ("x = { a: 1, b: 2 }", "x = { b: 2, a: 1 }"), ("f()", "window.f()"), ("function f() {}", "async function f() {}"),
      ("f(1000)", "f(1e3)"), ("{ a(); }", "if (b) { a() }"), ("<a b='c' />", "<a b=\"c\" />"),
    ]
    for (pattern, code) in refused {
      #expect(try !isExact(pattern, code), "\(pattern) on \(code)")
      #expect(try !found(pattern, in: code).isEmpty, "\(pattern) on \(code)")
      #expect(try isExact(pattern, pattern) || pattern.hasPrefix("{"), "\(pattern) on itself")
    }
    #expect(try isExact("f($A, $$$B)", "f( (a) )"))
    #expect(try isExact("f($$$A, b)", "f(b)"))
    #expect(try isExact("const $A = $B", "const a = /* why */ 1;"))
    #expect(try isExact("{ $$$A }", "x = { a, b }"))
    #expect(try isExact("<p>$$$C</p>", "x = <p> <b/> text </p>"))
  }

  @Test func `elements of JSX match by name and attributes`() throws {
    let code = "x = <><A b='1' {...c}>t</A><B onClick={() => f()} /></>"
    #expect(try found("<A b=\"1\" />", in: code) == ["<A b='1' {...c}>t</A>"])
    #expect(try found("<$T onClick={$F} />", in: code) == ["<B onClick={() => f()} />"])
    #expect(try found("<A $$$X>t</A>", in: code).count == 1)
    #expect(try found("<A>$X</A>", in: code).count == 1)
    #expect(try found("<A>u</A>", in: code).isEmpty)
  }

  @Test func `members of objects and classes are patterns of their own`() throws {
    let code =
      "class A { static x = 1; #y = 2; get z() { return 1 } w() {} } o = { w() {}, get z() { return 2 }, 'v': 3 }"
    #expect(try found("w() {}", in: code).count == 2)
    #expect(try found("get z() { return $X }", in: code).count == 2)
    #expect(try found("static x = $V", in: code) == ["static x = 1;"])
    #expect(try found("#y = $V", in: code) == ["#y = 2;"])
    #expect(try found("v: 3", in: code) == ["'v': 3"])
    #expect(try found("$K: $V", in: code).count == 2)
  }
}
