import JavaScriptSyntax
import SourceText
import SyntaxChecks
import Testing

struct DeepNestingTests {
  private static let shapes: [(name: String, language: Language, open: String, middle: String, close: String)] = [
    ("brackets", .javaScript, "[", "", "]"), ("parentheses", .javaScript, "(", "a", ")"),
    ("blocks", .javaScript, "{", "", "}"), ("objects", .javaScript, "({a:", "b", "})"),
    ("arrow functions", .javaScript, "a=>", "b", ""),
    ("arrow functions in parentheses", .javaScript, "(a=>{", "", "})"),
    ("async arrow functions", .javaScript, "async(a)=>", "b", ""), ("functions", .javaScript, "function f(){", "", "}"),
    ("classes", .javaScript, "class A{static{", "", "}}"), ("templates", .javaScript, "`${", "a", "}`"),
    ("left operands", .javaScript, "a+", "b", ""), ("right operands", .javaScript, "a**", "b", ""),
    ("unary operators", .javaScript, "!", "a", ""), ("spaced unary operators", .javaScript, "- ", "a", ""),
    ("conditionals", .javaScript, "a?b:", "c", ""), ("conditionals in the middle", .javaScript, "a?", "b", ":c"),
    ("assignments", .javaScript, "a=", "b", ""), ("calls", .javaScript, "f(", "", ")"),
    ("chained calls", .javaScript, "", "a", ".b()"), ("members", .javaScript, "", "a", "[0]"),
    ("optional chains", .javaScript, "", "a", "?.b"), ("new", .javaScript, "new ", "a", ""),
    ("await", .javaScript, "await ", "a", ""), ("else if", .javaScript, "if(a)b;else ", "c", ""),
    ("if", .javaScript, "if(a)", "b", ""), ("while", .javaScript, "while(a)", "b", ""),
    ("labels", .javaScript, "", "", "a:"),
    ("do", .javaScript, "do ", "a;", "while(b);"), ("switch", .javaScript, "switch(a){case b:", "", "}"),
    ("try", .javaScript, "try{", "", "}finally{}"), ("patterns", .javaScript, "var[", "a", "]=b"),
    ("array targets", .javaScript, "[", "a", "]=b"), ("sequences", .javaScript, "a,", "b", ""),
    ("opened only", .javaScript, "([{", "", ""), ("closed only", .javaScript, "", "", "}])"),
    ("elements", .jsx, "<a>", "", "</a>"), ("fragments", .jsx, "<>", "", "</>"),
    ("attributes", .jsx, "<a b={", "c", "}/>"),
    ("containers", .jsx, "<a>{", "b", "}</a>"), ("opened elements", .jsx, "<a>", "", ""),
    ("array types", .typeScript, "let a:", "b", "[]"), ("tuple types", .typeScript, "let a:[", "b", "]"),
    ("type arguments", .typeScript, "let a:A<", "b", ">"), ("union types", .typeScript, "let a:b|", "c", ""),
    ("function types", .typeScript, "let a:(b:", "c", ")=>d"),
    ("conditional types", .typeScript, "let a:b extends c?d:", "e", ""),
    ("type literals", .typeScript, "let a:{b:", "c", "}"), ("type operators", .typeScript, "let a:keyof ", "b", ""),
    ("namespaces", .typeScript, "namespace A{", "", "}"), ("assertions", .typeScript, "<a>", "b", ""),
    ("as", .typeScript, "", "a", " as b"), ("non-null", .typeScript, "", "a", "!"),
    ("generic arrows", .typeScript, "<T>(a)=>", "b", ""),
    ("arrows with types", .typeScript, "(a:b):c=>", "d", ""), ("calls with types", .typeScript, "f<a>(", "b", ")"),
  ]

  /// A prefix that says what is declared is written once, so that only what nests is repeated.
  private func text(
    _ shape: (name: String, language: Language, open: String, middle: String, close: String), _ count: Int
  )
    -> [UInt8]
  {
    let prefixes = ["let a:", "var"]
    let prefix = prefixes.first { shape.open.hasPrefix($0) } ?? ""
    let open = shape.open.dropFirst(prefix.count)
    return Array(
      (prefix + String(repeating: String(open), count: count) + shape.middle
        + String(repeating: shape.close, count: count)).utf8)
  }

  @Test(arguments: shapes.indices)
  func `a hundred thousand levels give a whole tree`(index: Int) {
    let shape = Self.shapes[index]
    let source = text(shape, 100_000)
    let parsed = parse(source, options: ParseOptions(language: shape.language))
    let fault = losslessnessFault(of: parsed.tree) ?? structureFault(of: parsed.tree)
    #expect(fault == nil, "\(shape.name): \(fault ?? "")")
    #expect(parsed.tree.estreeJSON().count > 100, "\(shape.name)")
  }
}
