import JavaScriptSyntax
import Patterns
import SourceText
import Testing

@Suite struct RuleTests {
  private func found(_ rule: CodeRule, in code: String) -> [String] {
    let index = SyntaxIndex(parse(Array(code.utf8), options: ParseOptions(language: .jsx)).tree)
    var budget = StepBudget.file(nodeCount: index.tree.nodes.count)
    return rule.matches(in: index, budget: &budget).map { index.tree.text(of: $0.span) }
  }

  private func selected(_ selector: String, in code: String) throws -> [String] {
    found(CodeRule(kind: try KindTest(selector)), in: code)
  }

  private func relation(
    _ place: CodeRule.Relation.Place, _ pattern: String, _ stop: CodeRule.Relation.Stop = .neighbor,
    field: CodeField? = nil
  ) throws -> [CodeRule.Relation] {
    [CodeRule.Relation(place: place, rule: CodeRule(pattern: try CodePattern(pattern)), stop: stop, field: field)]
  }

  @Test func `selectors over nodes follow esquery`() throws {
    let code = "foo(1, x); a.foo(2); function g() { return foo(3) } if (b) { c = 'd' } const e = /f/i, h = !i"
    let table: [(String, [String])] = [
      ("ReturnStatement > CallExpression", ["foo(3)"]),
      ("FunctionDeclaration CallExpression", ["foo(3)"]),
      ("CallExpression[callee.name=foo]", ["foo(1, x)", "foo(3)"]),
      ("CallExpression[callee.property.name=\"foo\"]", ["a.foo(2)"]),
      ("CallExpression[arguments.length>1]", ["foo(1, x)"]),
      ("CallExpression[arguments.0.value=2]", ["a.foo(2)"]),
      ("Identifier.callee", ["foo", "foo"]),
      ("Literal[value=/^d$/]", ["'d'"]),
      ("Literal[value!=/^d$/][value=type(number)]", ["1", "2", "3"]),
      ("IfStatement:has(AssignmentExpression[operator='='])", ["if (b) { c = 'd' }"]),
      ("IfStatement:has(> BlockStatement)", ["if (b) { c = 'd' }"]),
      ("CallExpression > *:nth-child(2)", ["x"]),
      ("CallExpression > Literal:first-child:not(:last-child)", ["1"]),
      ("ExpressionStatement + ExpressionStatement", ["a.foo(2);"]),
      ("ExpressionStatement ~ IfStatement", ["if (b) { c = 'd' }"]),
      ("UnaryExpression[operator='!'], VariableDeclaration[kind=const]", ["const e = /f/i, h = !i", "!i"]),
      (":function", ["function g() { return foo(3) }"]),
      ("MemberExpression[computed=false]", ["a.foo"]),
      ("callexpression[callee.type=MemberExpression]", ["a.foo(2)"]),
    ]
    for (selector, expected) in table { #expect(try selected(selector, in: code) == expected, "\(selector)") }
  }

  @Test func `selectors that cannot be read are errors`() {
    func error(_ text: String) -> PatternError? {
      do throws(PatternError) {
        _ = try KindTest(text)
        return nil
      } catch {
        return error
      }
    }
    #expect(error("CallExpresion")?.advice == "did you mean `CallExpression`?")
    #expect(error("call_expression")?.advice == "did you mean `CallExpression`?")
    #expect(error("A > Identifier")?.offset == 0)
    #expect(error("Identifier[nmae=x]")?.advice == "did you mean `name`?")
    #expect(error("Identifier.calle")?.advice == "did you mean `callee`?")
    #expect(error("Identifier:fist-child")?.advice == "did you mean `:first-child`?")
    for text in [
      "", "Identifier[", "Identifier >", "Identifier:not(", "Identifier[name=", "Identifier)", "!Identifier",
      "[value=/(/]",
    ] {
      #expect(error(text) != nil, "\(text)")
    }
  }

  @Test func `relations look at the nearest, as far as there is anything, or up to a node`() throws {
    let code = "function f() { g(); if (a) { g(h()) } } g()"
    let call = try CodePattern("g($$$)")
    let function = CodeRule(kind: try KindTest("FunctionDeclaration"))
    func inside(_ rule: CodeRule, _ stop: CodeRule.Relation.Stop) -> [String] {
      found(CodeRule(pattern: call, relations: [.init(place: .inside, rule: rule, stop: stop)]), in: code)
    }
    #expect(inside(function, .neighbor).isEmpty)
    #expect(inside(function, .end) == ["g()", "g(h())"])
    #expect(inside(function, .rule(CodeRule(kind: try KindTest("IfStatement")))) == ["g()"])
    #expect(inside(CodeRule(kind: try KindTest("ExpressionStatement")), .neighbor).count == 3)
    #expect(try found(CodeRule(pattern: call, relations: relation(.has, "h()")), in: code) == ["g(h())"])
    #expect(try found(CodeRule(kind: KindTest("IfStatement"), relations: relation(.has, "h()")), in: code).isEmpty)
    #expect(
      try found(CodeRule(kind: KindTest("IfStatement"), relations: relation(.has, "h()", .end)), in: code).count == 1)
  }

  @Test func `siblings are those of the statement`() throws {
    let code = "a(); b(); c()"
    func found(_ place: CodeRule.Relation.Place, _ stop: CodeRule.Relation.Stop) throws -> [String] {
      self.found(CodeRule(pattern: try CodePattern("$F()"), relations: try relation(place, "b()", stop)), in: code)
    }
    #expect(try found(.precedes, .neighbor) == ["a()"])
    #expect(try found(.follows, .neighbor) == ["c()"])
    #expect(
      try self.found(CodeRule(pattern: CodePattern("a()"), relations: relation(.precedes, "c()")), in: code).isEmpty)
    #expect(
      try self.found(CodeRule(pattern: CodePattern("a()"), relations: relation(.precedes, "c()", .end)), in: code).count
        == 1)
  }

  @Test func `fields, places, texts and combinations narrow a rule`() throws {
    let code = "f(a, b, c); f(b); g(b)"
    let name = CodeRule(pattern: try CodePattern("b"))
    let field = CodeRule.Relation(place: .has, rule: name, field: CodeField("arguments"))
    #expect(found(CodeRule(kind: try KindTest("CallExpression"), relations: [field]), in: code).count == 3)
    #expect(found(CodeRule(pattern: try CodePattern("b"), nthChild: .init(step: 0, offset: 2)), in: code).count == 1)
    #expect(
      found(CodeRule(pattern: try CodePattern("c"), nthChild: .init(step: 0, offset: 1, isReversed: true)), in: code)
        == ["c"])
    #expect(
      found(CodeRule(kind: try KindTest("Identifier"), regex: try LinearRegex("^[ac]$")), in: code) == ["a", "c"])
    let any = CodeRule(any: [CodeRule(pattern: try CodePattern("g($A)")), CodeRule(pattern: try CodePattern("f($A)"))])
    #expect(found(any, in: code) == ["f(b)", "g(b)"])
    let not = CodeRule(pattern: try CodePattern("$F(b)"), not: CodeRule(pattern: try CodePattern("g($$$)")))
    #expect(found(not, in: code) == ["f(b)"])
  }

  @Test func `metavariables mean the same in the rules around a pattern`() throws {
    let code = "x = () => { a.on(e, h); a.off(e, h) }; y = () => { b.on(e, h); c.off(e, h) }"
    let rule = CodeRule(pattern: try CodePattern("$O.on($$$)"), relations: try relation(.precedes, "$O.off($$$)"))
    #expect(found(rule, in: code) == ["a.on(e, h)"])
  }

  @Test func `long lists and many declarations are searched in time`() throws {
    let list = (0..<40_000).map { "\($0)" }.joined(separator: ",")
    #expect(try selected("Literal:nth-child(40000)", in: "x = [\(list)]").count == 1)
    #expect(try selected("Literal.elements:last-child", in: "x = [\(list)]").count == 1)
    let before = CodeRule.Relation(place: .precedes, rule: CodeRule(pattern: try CodePattern("39999")))
    #expect(found(CodeRule(kind: try KindTest("Literal"), relations: [before]), in: "x = [\(list)]") == ["39998"])
    let functions = (0..<10_000).map { _ in "function f(self) { self.go(1) }" }.joined(separator: "\n")
    #expect(found(CodeRule(pattern: try CodePattern("go($A)")), in: functions).isEmpty)
  }
}
