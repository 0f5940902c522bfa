import Ingest
import SourceText
import Testing

@Test func `files come in the order of their bytes and folders of packages are only noted`() throws {
  let folder = try TemporaryFolder()
  for name in ["b.js", "a/z.css", "a-b.js", "B.js", "index.html", "a/é.js", ".git/config.js", ".DS_Store"] {
    try folder.write(name, "x")
  }
  try folder.write("node_modules/three/index.js", "x")
  try folder.write("logo.png", bytes: [0x89, 0x50, 0x4E, 0x47, 0])
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.map { $0.path } == ["B.js", "a-b.js", "a/z.css", "a/é.js", "b.js", "index.html"])
  #expect(project.otherPaths == ["logo.png"])
  #expect(project.skippedFolders == ["node_modules"])
  #expect(project.diagnostics.isEmpty)
  #expect(project.isComplete)
}

@Test func `a single file is a project`() throws {
  let folder = try TemporaryFolder()
  try folder.write("page.html", "<p>")
  try folder.write("other.js", "x")
  let project = try Ingest.load(path: folder.path + "/page.html")
  #expect(project.files.map { $0.path } == ["page.html"])
  #expect(project.files.map { $0.kind } == [.html])
}

@Test func `nothing at the path is an error that says so`() throws {
  let folder = try TemporaryFolder()
  let error = #expect(throws: IngestError.self) { try Ingest.load(path: folder.path + "/nowhere") }
  #expect(error?.problem == "no such file or folder")
  #expect(throws: IngestError.self) { try Ingest.load(path: "") }
}

@Test func `an empty folder is a project without files`() throws {
  let folder = try TemporaryFolder()
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.isEmpty && project.diagnostics.isEmpty)
}

@Test func `links that leave, loop or lead nowhere are diagnosed and cost only themselves`() throws {
  let outside = try TemporaryFolder()
  try outside.write("secret.js", "x")
  let folder = try TemporaryFolder()
  try folder.write("src/a.js", "x")
  try folder.link("out", to: outside.path)
  try folder.link("out.js", to: outside.path + "/secret.js")
  try folder.link("src/up", to: "..")
  try folder.link("self", to: "self")
  try folder.link("gone.js", to: "nothing.js")
  try folder.link("alias.js", to: "src/a.js")
  try folder.link("lib", to: "src")
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.map { $0.path } == ["alias.js", "lib/a.js", "src/a.js"])
  #expect(project.files.map { $0.isLink } == [true, true, false])
  let messages = Dictionary(
    project.diagnostics.map { ($0.file, $0.diagnostic.message) }, uniquingKeysWith: { first, _ in first })
  #expect(messages["out"] == "is a symbolic link that leaves the folder, not followed")
  #expect(messages["out.js"] == "is a symbolic link that leaves the folder, not followed")
  #expect(messages["src/up"] == "is a symbolic link that loops, not followed")
  #expect(messages["self"] == "is a symbolic link that leads nowhere: too many levels of symbolic links")
  #expect(messages["gone.js"] == "is a symbolic link that leads nowhere: no such file or folder")
  #expect(project.isComplete)
}

@Test func `many links do not multiply`() throws {
  let folder = try TemporaryFolder()
  for name in 0..<12 {
    try folder.write("d\(name)/a.js", "x")
    for other in 0..<12 where other != name { try folder.link("d\(name)/to\(other)", to: "../d\(other)") }
  }
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.count == 12 + 12 * 11)
}

@Test func `a pipe is never waited for`() throws {
  let folder = try TemporaryFolder()
  try folder.pipe("wait.js")
  try folder.write("a.js", "x")
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.map { $0.path } == ["a.js"])
  #expect(project.diagnostics.map { $0.diagnostic.message } == ["is neither a file nor a folder, left out"])
  #expect(throws: IngestError.self) { try Ingest.load(path: folder.path + "/wait.js") }
}

@Test func `a file over the limit is left out and makes the project incomplete`() throws {
  let folder = try TemporaryFolder()
  try folder.sparse("huge.js", count: 50_000_000)
  try folder.sparse("huge.mp4", count: 50_000_000)
  try folder.write("index.html", "<p>")
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.map { $0.path } == ["index.html"])
  #expect(project.unreadablePaths == ["huge.js"])
  #expect(project.otherPaths == ["huge.js", "huge.mp4"])
  #expect(
    project.diagnostics.map { $0.diagnostic.message }
      == ["is left out: 50000000 bytes, more than the limit of 20000000"])
}

@Test func `the limits of a whole project hold`() throws {
  let folder = try TemporaryFolder()
  for name in 0..<9 { try folder.write("\(name).js", "0123456789") }
  let bySize = try Ingest.load(path: folder.path, limits: LoadLimits(maximumTotalSizeInBytes: 45))
  #expect(bySize.files.count == 4 && bySize.unreadablePaths.count == 5)
  let byCount = try Ingest.load(path: folder.path, limits: LoadLimits(maximumFileCount: 3))
  #expect(byCount.files.count == 3 && !byCount.isComplete)
  try folder.write("a/b/c/d.js", "x")
  let byDepth = try Ingest.load(path: folder.path, limits: LoadLimits(maximumDepth: 3))
  #expect(byDepth.diagnostics.map { $0.file } == ["a/b/c"])
}

@Test func `invalid bytes are replaced, diagnosed with their place and never fail`() throws {
  let folder = try TemporaryFolder()
  try folder.write("a.js", bytes: Array("ok\nlet é = '".utf8) + [0xFF, 0xC3, 0x28] + Array("'".utf8))
  let project = try Ingest.load(path: folder.path)
  let file = try #require(project.file("a.js"))
  #expect(String(validating: file.bytes, as: UTF8.self) == "ok\nlet é = '\u{FFFD}\u{FFFD}('")
  #expect(file.sizeInBytes == 17)
  #expect(
    project.diagnostics.map { $0.diagnostic.message } == ["invalid UTF-8 at 2:10, replaced by U+FFFD, and 1 more"])
}

@Test func `odd names are read all the same`() throws {
  let folder = try TemporaryFolder()
  try folder.write("new\nline.js", "x")
  try folder.write(name: [0x61, 0xFF, 0x2E, 0x6A, 0x73], Array("x".utf8))
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.map { $0.path } == ["a\u{FFFD}.js", "new\nline.js"])
  #expect(project.diagnostics.map { $0.diagnostic.message } == ["has a name that is not valid UTF-8"])
}

@Test func `the patterns of gitignore and the filters decide what is read`() throws {
  let folder = try TemporaryFolder()
  for name in ["a.js", "a.log.js", "dist/x.js", "src/dist.js", "src/gen/g.js", "src/gen/keep.js", "docs/deep/n.js"] {
    try folder.write(name, "x")
  }
  try folder.write(".gitignore", "# comment\n*.log.js\ndist/\ndocs/**\n/src/gen/*\n!keep.js\n")
  func paths(_ filter: FileFilter) throws -> [String] {
    try Ingest.load(path: folder.path, filter: filter).files.map { $0.path }
  }
  #expect(try paths(FileFilter()) == ["a.js", "src/dist.js", "src/gen/keep.js"])
  #expect(try paths(FileFilter(respectsGitignore: false)).count == 7)
  #expect(try paths(FileFilter(include: ["src"])) == ["src/dist.js", "src/gen/keep.js"])
  #expect(try paths(FileFilter(exclude: ["src/gen", "a.*"])) == ["src/dist.js"])
}

@Test func `what a file is shows in its name, and in its content where the name is silent`() throws {
  let folder = try TemporaryFolder()
  try folder.write("page", "\n<!DOCTYPE html><p>")
  try folder.write("tool", "#!/usr/bin/env node\nrun()")
  try folder.write("notes", "hello")
  try folder.write("video.ts", bytes: [0x47, 0, 0, 0x10])
  try folder.write("wide.js", bytes: [0xFF, 0xFE, 0x61, 0, 0x62, 0])
  try folder.write("A.JSX", "x")
  try folder.write("sterling.yaml", "rubric: x")
  let project = try Ingest.load(path: folder.path)
  #expect(project.files.map { $0.path } == ["A.JSX", "notes", "page", "tool", "wide.js"])
  #expect(project.files.map { $0.kind } == [.javaScript, .other, .html, .javaScript, .javaScript])
  #expect(project.file("wide.js")?.bytes == Array("ab".utf8))
  #expect(project.otherPaths == ["video.ts"])
}
