import Ingest
import SourceText
import TestSupport
import Testing

@testable import Density

private let pieces: [String] = [
  "/*", "*/", "//", "\n", "\r", "\r\n", " ", "\t", "\"", "'", "`", "${", "}", "{", "(", ")", "[", "]", "/", "\\",
  "<!--", "-->",
  "<", ">", "</", "<p ", "<pre>", "</pre>", "<script>", "</script>", "<style>", "</style>", "<textarea>", "a", "if",
  "return",
  "url(", "=", "+", "++", "\u{2028}", "\u{A0}", "é", "\u{FEFF}", "#!", "<!DOCTYPE html>", "<![CDATA[", "<svg>", "0",
  ".", ";",
]

/// A text that is likely to open more than it closes.
private func hostileText(_ random: inout SeededGenerator) -> [UInt8] {
  var bytes: [UInt8] = []
  for _ in 0..<Int.random(in: 0...60, using: &random) {
    if Int.random(in: 0..<12, using: &random) == 0 {
      bytes.append(UInt8.random(in: 0...255, using: &random))
    } else {
      bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
    }
  }
  return bytes
}

private func lineCount(_ bytes: [UInt8]) -> Int {
  var count = 0
  var start = 0
  for index in bytes.indices {
    let isCarriageReturn = bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
    if bytes[index] == 0x0A || isCarriageReturn {
      count += 1
      start = index + 1
    }
  }
  return count + (start < bytes.count ? 1 : 0)
}

@Test(arguments: ProjectFile.Kind.allCases) func `every byte and line is in exactly one class`(_ kind: ProjectFile.Kind)
{
  for seed in UInt64(0)..<2_000 {
    var random = SeededGenerator(seed: seed)
    let bytes = hostileText(&random)
    let density = measureDensity(bytes, kind: kind)
    let totals = density.totals
    let inLanguages = totals.languages.values.reduce(into: ByteClasses()) { $0 += $1.bytes }
    #expect(totals.bytes.total == bytes.count, "seed \(seed)")
    #expect(inLanguages == totals.bytes, "seed \(seed)")
    #expect(totals.lines.total == lineCount(bytes), "seed \(seed)")
    #expect(density.whitespace.total == totals.bytes.whitespace, "seed \(seed)")
    #expect(density.lineClasses.count == totals.lines.total, "seed \(seed)")
    #expect(density.comments.reduce(0) { $0 + $1.span.count } == totals.bytes.comment, "seed \(seed)")
  }
}
