import Rubrics
import Testing

/// One case for each message of conditions over code, elements, styles, files and figures.
@Suite struct CodeConditionMessageTests {
  /// The condition stands on line 10 from column 10.
  private func expect(
    _ met: String, _ column: Int, _ message: String, help: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = problems(rubricText(met: met))
    #expect(
      found == ["r.yaml:10:\(column): error: \(message)\n  help: \(help)"], "found \(found)",
      sourceLocation: sourceLocation)
  }

  @Test func `conditions that can be used have no problem`() {
    for met in [
      "{pattern: 'requestAnimationFrame($F)'}", "{pattern: f($A), exact: true, count: {min: 2, distinct: A}}",
      "{kind: 'CallExpression[callee.name=foo]', reachable: any}",
      "{pattern: f($A), inside: {kind: FunctionDeclaration, stopBy: end}, not: {has: {pattern: g()}}}",
      "{kind: Identifier, regex: '^on[A-Z]', has: {kind: Identifier, field: callee, stopBy: {kind: BlockStatement}}}",
      "{pattern: f($A), precedes: {pattern: g($A)}, follows: {any: [{pattern: h()}, {kind: IfStatement}]}, nthChild: 2n+1}",
      "{kind: Literal, nthChild: {position: 1, reverse: true, ofRule: {kind: Literal}}}",
      "{called: 'Math.random'}", "{global: navigator.geolocation, count: {min: 2}}",
      "{selector: 'nav a[href^=\"#\"]', count: {min: 3}}",
      "{style: display, value: [grid, flex], element: main, media: '(min-width'}",
      "{files: '**/*.{png,svg}', count: {max: 3}}",
      "{density: comment-share, max: 0.4}",
    ] {
      #expect(problems(rubricText(met: met)).isEmpty, "\(met): \(problems(rubricText(met: met)))")
    }
  }

  @Test func `a pattern that does not parse is an error at its place`() {
    expect(
      "{pattern: foo(...)}", 27, "the pattern does not parse: expected an expression, found ')'",
      help: "write `$$$` for any number of arguments, fields or statements")
    expect(
      "{pattern: 'foo($A'}", 27, "the pattern does not parse: it ends too early",
      help: "a pattern is an expression, statement, declaration, JSX element or member")
    expect(
      "{pattern: if ($A) $$$B}", 28, "`$$$B` stands for many where there is one",
      help: "write `$NAME` for one node, or put it into a list of arguments, elements, fields or statements")
    expect("{pattern: [a]}", 20, "code is described by a text, found a list", help: "put it in quotes")
  }

  @Test func `kinds, regular expressions and fields have names`() {
    expect(
      "{kind: CallExpresion}", 17, "no kind of node is called `CallExpresion`", help: "did you mean `CallExpression`?")
    expect(
      "{kind: call_expression}", 17, "no kind of node is called `call_expression`",
      help: "did you mean `CallExpression`?")
    expect(
      "{kind: Literal, regex: '(a'}", 34, "the regular expression cannot be read: `(` is not closed",
      help: "correct it there")
    expect(
      "{pattern: f(), inside: {kind: Program, field: bdy}}", 56, "no field is called `bdy`",
      help: "did you mean `body`?")
  }

  @Test func `words stand where they belong`() {
    expect(
      "{pattern: f(), insde: {kind: Program}}", 25, "a rule for code has no word `insde` here",
      help: "did you mean `inside`?")
    expect(
      "{pattern: f(), stopBy: end}", 25, "a rule for code has no word `stopBy` here",
      help: "`stopBy` stands in `inside`, `has`, `precedes` or `follows`")
    expect(
      "{pattern: f(), precedes: {pattern: g(), field: body}}", 50, "a rule for code has no word `field` here",
      help: "`field` stands in `inside` or `has`")
    expect(
      "{pattern: f(), has: {kind: Literal, count: {min: 2}}}", 46, "a rule for code has no word `count` here",
      help: "`count` stands beside the outermost words of the condition")
    expect(
      "{pattern: f(), selector: a}", 25, "a rule for code has no word `selector` here",
      help: "`selector` is a condition of its own: put both into a list below `all:`")
    expect(
      "{kind: Literal, exact: true}", 33, "`exact` says how a pattern is matched, and there is none",
      help: "put it beside `pattern`")
    expect(
      "{pattern: f(), exact: yes}", 32, "`exact` is true or false, found `yes`",
      help: "write `true` or `false` without quotes")
  }

  @Test func `rules that can never match are errors`() {
    expect(
      "{inside: {kind: Program}}", 10, "nothing says what the code is, only where it stands",
      help: "name a `pattern` or a `kind`; what is around it then stands beside it")
    expect(
      "{pattern: f(), kind: ExpressionStatement}", 10, "no node can be all of this at once, so nothing ever matches",
      help: "a `pattern` for an expression matches the expression, not the statement or function around it")
    expect(
      "{pattern: f(), inside: {nthChild: 1}}", 33, "`inside` does not say what is there",
      help: "name a `pattern` or a `kind` in it")
  }

  @Test func `parts of rules have their forms`() {
    expect(
      "{pattern: f(), inside: Program}", 33, "`inside` must be a rule, found `Program`",
      help: "write `{pattern: ...}` or `{kind: ...}`")
    expect(
      "{pattern: f(), inside: {kind: Program, stopBy: ends}}", 57, "`stopBy` cannot be `ends`",
      help: "did you mean `end`?")
    expect(
      "{pattern: f(), any: {kind: Literal}}", 30, "`any` must be a list of rules, found a mapping",
      help: "put each rule on a line of its own after `- `")
    expect("{pattern: f(), nthChild: 0}", 35, "`0` is no place", help: "write a number from 1, `odd`, `even` or `2n+1`")
    expect(
      "{pattern: f(), nthChild: {revers: true, position: 1}}", 36, "`nthChild` has no word `revers`",
      help: "did you mean `reverse`?")
    expect(
      "{pattern: f(), reachable: false}", 36, "`reachable` must be `true` or `any`, found `false`",
      help: "write `reachable: any` to count code that nothing leads to as well")
    expect(
      "{pattern: f($A), count: {min: 2, distinct: B}}", 53, "the condition has no metavariable `B`",
      help: "did you mean `A`?")
  }

  @Test func `conditions over the project have their words and forms`() {
    expect(
      "{selector: 'a[', count: {min: 1}}", 24, "the selector cannot be read: an attribute's name is missing",
      help: "write a CSS selector, such as `nav a[href^=\"#\"]`")
    expect(
      "{selector: a, vlaue: b}", 24, "`vlaue` cannot stand beside `selector`",
      help: "beside it stand `count`, `reachable`")
    expect("{style: display, vlaue: b}", 27, "`vlaue` cannot stand beside `style`", help: "did you mean `value`?")
    expect(
      "{density: coments, max: 1}", 20, "the density has no figure `coments`",
      help:
        "the figures are `bytes`, `code-bytes`, `comment-bytes`, `lines`, `code-lines`, `comment-lines`, `comment-share`, `code-share`, `whitespace-share`"
    )
    expect("{density: lines}", 11, "every lines passes", help: "put `min` or `max` beside `density`")
    expect(
      "{density: lines, min: 3, max: 2}", 11, "no number is at least 3 and at most 2", help: "swap `min` and `max`")
    expect(
      "{global: 'f()'}", 19, "`global` must be a name, found `f()`",
      help: "write the name as code has it, such as `localStorage` or `navigator.geolocation`")
    expect("{files: [a]}", 18, "`files` must be a text, found a list", help: "put it in quotes")
    expect(
      "{called: f, count: {distinct: a, max: 1}}", 40, "`called` tells nothing apart by `a`",
      help: "leave `distinct` out")
  }
}
