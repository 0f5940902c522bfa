import Foundation
import TestSupport
import Testing

@Suite struct BaselineCommandTests {
  @Test func `what a baseline knows passes, what gets worse fails, what gets better is said`() throws {
    let folder = try GateFolder()
    #expect(try folder.run(["baseline", "write", folder.bad]).status == 0)
    let written = try folder.text("sterling-baseline.json")
    #expect(written.contains("\"path\": \"bad/space-shooter\""))
    let known = try folder.gate(folder.bad, "--baseline", "sterling-baseline.json")
    #expect(known.status == 0)
    #expect(known.output.contains("known from the baseline"))
    // A person moves everything down by two lines.
    let page = try folder.text("bad/space-shooter/index.html")
    try folder.folder.write("bad/space-shooter/index.html", "\n\n" + page)
    #expect(try folder.gate(folder.bad, "--baseline", "sterling-baseline.json").status == 0)
    // What was met is no more.
    try folder.folder.write(
      "bad/space-shooter/index.html", page.replacing("renderer.render(scene, camera)", with: "void 0"))
    let worse = try folder.gate(folder.bad, "--baseline", "sterling-baseline.json")
    #expect(worse.status == 1)
    #expect(worse.output.contains("baseline/score  the score fell from "))
    // All is better.
    try folder.folder.write("bad/space-shooter/index.html", folder.text("good/space-shooter/index.html"))
    let better = try folder.gate(folder.bad, "--baseline", "sterling-baseline.json")
    #expect(better.status == 0)
    #expect(better.output.contains("better    score "))
    #expect(better.output.contains("better    player-fire "))
    #expect(better.output.contains("stale     bad/space-shooter: space-shooter/player-fire"))
    let check = try folder.run(["baseline", "check", folder.bad])
    #expect(check.status == 1)
    #expect(check.errors.contains("stale entries\n  help: run `sterling baseline prune`"))
    let prune = try folder.run(["baseline", "prune", folder.bad])
    #expect(prune.status == 0)
    #expect(prune.errors.contains("removed bad/space-shooter: space-shooter/enemy-fire"))
    #expect(try folder.run(["baseline", "check", folder.bad]).status == 0)
  }

  @Test func `writing one project leaves what is known of others`() throws {
    let folder = try GateFolder()
    try folder.folder.write("p.yaml", "gate:\n  baseline: kept/base.json\n")
    try folder.folder.write("kept/.keep", "")
    for path in [folder.good, folder.bad] {
      #expect(try folder.run(["baseline", "write", path, "--policy", "p.yaml"]).status == 0)
    }
    let written = try folder.text("kept/base.json")
    #expect(written.contains("\"path\": \"../bad/space-shooter\""))
    #expect(written.contains("\"path\": \"../good/space-shooter\""))
    let again = try folder.run(["baseline", "write", folder.good, folder.bad, "--policy", "p.yaml"])
    #expect(again.status == 0)
    #expect(try folder.text("kept/base.json") == written)
    #expect(try folder.gate("good", "bad", "--policy", "p.yaml").status == 0)
  }

  @Test func `a project that was not seen whole is not written`() throws {
    let folder = try GateFolder()
    let result = try folder.run(["baseline", "write", folder.good, "nowhere", "--timeout", "200"])
    #expect(result.status == 2)
    #expect(result.errors.contains("nowhere: error: left out: no such file or folder"))
    #expect(try !folder.text("sterling-baseline.json").contains("nowhere"))
    #expect(try folder.run(["baseline", "prune", "nowhere"]).status == 2)
    #expect(try folder.run(["baseline", "check", folder.good, "--baseline", "none.json"]).status == 2)
    #expect(try folder.run(["baseline", "write"]).status == 64)
  }
}
