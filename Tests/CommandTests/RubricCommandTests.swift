import Foundation
import TestSupport
import Testing

@Suite struct RubricCommandTests {
  private func rubric(_ arguments: String...) throws -> SterlingBinary.Result {
    try SterlingBinary.run(["rubric"] + arguments)
  }

  @Test func `the built-in rubrics and their criteria are listed`() throws {
    let list = try rubric("list")
    #expect(list.status == 0)
    #expect(
      list.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
        "brand-site", "ecosystem", "solar-system", "space-shooter",
      ])
    let criteria = try rubric("list", "ecosystem")
    #expect(criteria.output.split(separator: "\n").count == 19)
    #expect(criteria.output.contains("  reproduction-limited"))
  }

  @Test func `a new rubric can be checked and tested as it stands`() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path + "/todo.yaml"
    #expect(try rubric("new", "todo", "--output", path).status == 0)
    let check = try rubric("check", path)
    #expect(check.status == 0, "\(check.errors)")
    let test = try rubric("test", path)
    #expect(test.status == 0)
    #expect(test.output == "todo: 2 of 2 examples right, 1 of 1 verdicts turn without their evidence\n")
    // What is there is kept.
    let again = try rubric("new", "other", "--output", path)
    #expect(again.status == 2)
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("id: todo"))
  }

  @Test func `a rubric that cannot be used is told with its line`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bad.yaml", "id: bad\ntitle: Bad\nversion: 1\ncriteria:\n  - id: a\n    titel: A\n")
    let result = try rubric("check", file.path, "ecosystem")
    #expect(result.status == 2)
    #expect(result.errors.contains("bad.yaml:6:"))
    #expect(result.errors.contains("title"))
    #expect(result.errors.contains("ecosystem: 18 criteria"))
  }

  @Test func `an example with another verdict, and evidence that proves nothing, fail the test`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "forms.yaml",
      """
      id: forms
      title: Forms
      version: 1
      criteria:
        - id: wrong
          title: Wrong
          weight: 1
          met: {mechanic: form, submission: action}
          examples:
            - title: none
              verdict: met
              files: {index.html: "<h1>A</h1>"}
        - id: loose
          title: Loose
          weight: 1
          met: {not: {mechanic: form}}
          examples:
            - verdict: met
              files: {index.html: "<h1>A</h1>"}
      """)
    let result = try rubric("test", file.path)
    #expect(result.status == 1)
    #expect(result.output.contains("forms/wrong example 1, none: missing, met is right"))
    #expect(result.output.contains("forms/loose example 1: stays met without its evidence"))
    #expect(result.output.contains("forms: 1 of 2 examples right, 0 of 1 verdicts turn without their evidence"))
    let one = try rubric("test", file.path, "--criterion", "losse")
    #expect(one.status == 2)
    #expect(one.errors.contains("did you mean `loose`?"))
  }

  @Test func `the schema is the one that is committed`() throws {
    let committed = try Data(contentsOf: packageRoot.appending(path: "rubrics/rubric.schema.json"))
    #expect(Data(try rubric("schema").outputBytes) == committed)
  }
}

@Suite struct RubricExplanationTests {
  private func rubric(_ arguments: String...) throws -> SterlingBinary.Result {
    try SterlingBinary.run(["rubric"] + arguments)
  }

  @Test func `the example that the manual builds proves itself`() throws {
    let result = try rubric("test", "rubrics/examples/kanban.yaml")
    #expect(result.status == 0)
    let manual = try String(contentsOf: packageRoot.appending(path: "docs/writing-rubrics.md"), encoding: .utf8)
    #expect(manual.contains("$ sterling rubric test rubrics/examples/kanban.yaml\n\(result.output)```"))
  }

  @Test func `a verdict is explained part by part`() throws {
    let result = try rubric("explain", "player-fire", "artifacts/weak/space-shooter")
    #expect(result.status == 0)
    #expect(
      result.output.hasPrefix(
        "artifacts/weak/space-shooter  space-shooter/player-fire  broken\n  fails   all of these\n"))
    #expect(result.output.contains("not counted: its limited is false, wanted true"))
    #expect(result.output.contains("the deepest part that holds: `birth` with of player-shots, limited false"))
    #expect(result.output.contains("the first part that does not: `birth` with of player-shots, limited true"))
    #expect(result.output.contains("advice: "))
  }

  @Test func `a criterion that no rubric has is told`() throws {
    let result = try rubric("explain", "no-such", "artifacts/weak/space-shooter")
    #expect(result.status == 2)
    #expect(result.errors.contains("no criterion `no-such`"))
  }
}
