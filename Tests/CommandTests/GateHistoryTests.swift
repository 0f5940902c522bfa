import Foundation
import TestSupport
import Testing

@Suite struct GateHistoryTests {
  /// A repository with one committed page; `nil` without git.
  private func repository() throws -> GateFolder? {
    let folder = try GateFolder()
    try folder.folder.write("good/space-shooter/notes.js", (0..<40).map { "step(\($0))\n// why \($0)\n" }.joined())
    try folder.folder.write("sterling.yaml", "gate:\n  required: off\n  density:\n    comment-line-share: {max: 0.2}\n")
    for arguments in [
      ["init", "-q", "-b", "main"], ["add", "."],
      ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "all"],
    ] {
      let git = Process()
      git.executableURL = URL(filePath: "/usr/bin/env")
      git.arguments = ["git", "-C", folder.folder.url.path] + arguments
      try git.run()
      git.waitUntilExit()
      guard git.terminationStatus == 0 else {
        print("notice: nothing is compared with an earlier version, for want of git")
        return nil
      }
    }
    return folder
  }

  @Test func `limits of density hold for added lines alone`() throws {
    guard let folder = try repository() else { return }
    #expect(try folder.gate(folder.good).status == 0)
    try folder.folder.write(
      "sterling.yaml",
      "gate:\n  required: off\n  density:\n    comment-line-share: {max: 0.04}\n    code-share: {min: 0.1}\n")
    #expect(try folder.gate(folder.good).status == 1)
    let unchanged = try folder.gate(folder.good, "--against", "main")
    #expect(unchanged.status == 0)
    #expect(unchanged.errors.contains("note: not judged, since no figure of added lines: code-share"))
    #expect(unchanged.output.contains("added lines since: main"))
    let text = try folder.text("good/space-shooter/notes.js")
    try folder.folder.write("good/space-shooter/notes.js", text + "more()\n")
    #expect(try folder.gate(folder.good, "--against", "HEAD").status == 0)
    try folder.folder.write("good/space-shooter/notes.js", text + "more()\n// and why\n")
    let added = try folder.gate(folder.good, "--against", "HEAD")
    #expect(added.status == 1)
    #expect(added.output.contains("comment-line-share of the added lines is 0.5, more than 0.04"))
    // A file that the version does not have is new as a whole.
    try folder.folder.write("good/space-shooter/notes.js", text)
    try folder.folder.write("good/space-shooter/new.js", "// only\n// words\n")
    #expect(try folder.gate(folder.good, "--against", "HEAD").status == 1)
  }

  @Test func `a version that is not there cannot be compared with`() throws {
    guard let folder = try repository() else { return }
    for reference in ["no-such-branch", "--upload-pack=touch x", "HEAD:good"] {
      let result = try folder.gate(folder.good, "--against=\(reference)")
      #expect(result.status == 2, "\(reference)")
      #expect(result.output.contains("git knows no commit"), "\(reference)")
    }
    #expect(try folder.gate(folder.good, "--against", "HEAD^{tree}").status == 2)
  }

  @Test func `a repository inside a project is none of the gate's`() throws {
    guard let folder = try repository() else { return }
    let inner = folder.folder.url.appending(path: folder.good)
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", inner.path, "init", "-q"]
    try git.run()
    git.waitUntilExit()
    #expect(try folder.gate(folder.good, "--against", "main").status == 0)
  }
}
