import SourceText
import TestSupport
import Testing

private func check(_ raw: [UInt8], _ text: String, replaced: Int = 0, sourceLocation: SourceLocation = #_sourceLocation)
{
  let decoded = decodeUnicode(raw)
  #expect(decoded.bytes == Array(text.utf8), sourceLocation: sourceLocation)
  #expect(decoded.replacementCount == replaced, sourceLocation: sourceLocation)
}

@Test func `valid texts come back as they are, a mark included`() {
  check(Array("a é 日本 😀".utf8), "a é 日本 😀")
  check([0xEF, 0xBB, 0xBF, 0x61], "\u{FEFF}a")
  check([], "")
}

@Test func `UTF-16 is read by its mark`() {
  check([0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE, 0x61, 0x00], "😀a")
  check([0xFE, 0xFF, 0xD8, 0x3D, 0xDE, 0x00, 0x00, 0x61], "😀a")
  check([0xFF, 0xFE, 0x3D, 0xD8, 0x61, 0x00], "\u{FFFD}a", replaced: 1)
  check([0xFF, 0xFE, 0x61], "\u{FFFD}", replaced: 1)
}

@Test func `invalid bytes are replaced as the standard library does it`() {
  for seed in UInt64(0)..<2_000 {
    var random = SeededGenerator(seed: seed)
    let raw = (0..<Int.random(in: 1...24, using: &random)).map { _ in
      Bool.random(using: &random)
        ? UInt8.random(in: 0x7E...0xFF, using: &random) : UInt8.random(in: 0...255, using: &random)
    }
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) { continue }
    #expect(decodeUnicode(raw).bytes == Array(String(decoding: raw, as: UTF8.self).utf8), "seed \(seed)")
  }
}
