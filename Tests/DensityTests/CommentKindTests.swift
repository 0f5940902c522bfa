import Ingest
import Testing

@testable import Density

private func kinds(_ source: String, _ kind: ProjectFile.Kind = .javaScript) -> [CommentKind] {
  measureDensity(Array(source.utf8), kind: kind).comments.map { $0.kind }
}

@Test(arguments: [
  ("// why this is so", CommentKind.explanation), ("x(); // why", .trailing), ("/** Adds. */", .doc),
  ("// ----------", .divider), ("// --- Player ---", .heading), ("// PLAYER MOVEMENT", .heading),
  ("/* ===== */", .divider), ("/*\n * =====\n * Player\n * =====\n */", .heading), ("// TODO: later", .marker),
  ("// Todos are listed here", .explanation), ("// fix me, FIXME", .marker), ("/*! x v1 */", .license),
  ("// Copyright 2026 X", .license), ("// Licensed under the MIT License", .license),
  ("// check the driver's license", .explanation), ("// eslint-disable-next-line", .pragma),
  ("/* @vite-ignore */", .pragma),
  ("//# sourceMappingURL=a.js.map", .pragma), ("// const a = 1;", .commentedOutCode), ("// foo();", .commentedOutCode),
  ("// if (a) { b() }", .commentedOutCode), ("// return foo(1);", .commentedOutCode),
  ("// Player (green)", .explanation),
  ("// e.g. foo()", .explanation), ("// note: see below", .explanation), ("// it's a (small) thing", .explanation),
  ("// the speed in m/s", .explanation), ("// a, b and c", .explanation), ("// x", .explanation),
  ("/*\n let a = f();\n g(a);\n*/", .commentedOutCode), ("// x++;", .commentedOutCode), ("//", .explanation),
])
func `a comment has the kind that a reader would give it`(_ source: String, _ expected: CommentKind) {
  #expect(kinds(source) == [expected])
}

@Test func `line comments that follow each other are read together`() {
  #expect(
    kinds("// switched off:\n// for (const a of b) {\n//   c(a);\n// }\nx();")
      == [.explanation, .commentedOutCode, .commentedOutCode, .commentedOutCode])
  #expect(kinds("// =====\n// Player\n// =====\n") == [.divider, .heading, .divider])
}

@Test func `markup and styles have commented-out code of their own`() {
  #expect(kinds("<p></p><!-- <b>old</b> -->", .html) == [.commentedOutCode])
  #expect(kinds("<!-- the header -->", .html) == [.explanation])
  #expect(kinds("<!--[if IE]><p><![endif]-->", .html) == [.conditional])
  #expect(
    kinds("/* color: red; */ /* a { top: 0 } */ /* Header: big */", .css) == [
      .commentedOutCode, .commentedOutCode, .explanation,
    ])
}

@Test(arguments: [
  ("// update the player position\nupdatePlayerPosition();", 1), ("// draw enemies\ndrawEnemies(ctx);", 1),
  ("// browsers fire this twice\nupdatePlayerPosition();", 0), ("// position\nposition = 1;", 0),
  ("// update the player position\n\nupdatePlayerPosition();", 0),
])
func `an explanation that repeats the next line is a candidate`(_ source: String, _ expected: Int) {
  #expect(measureDensity(Array(source.utf8), kind: .javaScript).restating == expected)
}
