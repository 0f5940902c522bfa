import Testing

@testable import JavaScriptSyntax

struct UnicodeIdentifiersTests {
  @Test func `the sets have Unicode 17's sizes above ASCII`() {
    let scalars = UInt32(0x80)...0x10FFFF
    #expect(scalars.count { isIdentifierStart($0) } == 145_864)
    // `ID_Continue` holds the two joiners itself since Unicode 16.
    #expect(scalars.count { isIdentifierPart($0) } == 149_177)
  }

  @Test func `every start is also a part`() {
    #expect((UInt32(0)...0x10FFFF).allSatisfy { !isIdentifierStart($0) || isIdentifierPart($0) })
  }

  @Test func `ASCII follows the grammar`() {
    let starts = (UInt32(0)..<0x80).filter(isIdentifierStart)
    let parts = (UInt32(0)..<0x80).filter(isIdentifierPart)
    #expect(text(starts) == "$ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
    #expect(text(parts) == "$0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
  }

  @Test(
    arguments: [
      0xAA, 0xE9, 0x2118, 0x212E, 0x309B, 0x1885, 0x4E00, 0x10940, 0x2EBF0, 0x105C0, 0x323AF,
    ] as [UInt32])
  func `letters start`(scalar: UInt32) {
    #expect(isIdentifierStart(scalar))
  }

  @Test(arguments: [0xB7, 0x387, 0x1369, 0x19DA, 0x200C, 0x200D, 0x203F, 0x30FB, 0xFE33, 0xE0100] as [UInt32])
  func `marks, digits, connectors and joiners only continue`(scalar: UInt32) {
    #expect(!isIdentifierStart(scalar))
    #expect(isIdentifierPart(scalar))
  }

  @Test(arguments: [0xA0, 0x2028, 0x2E2F, 0x180E, 0xD800, 0xFEFF, 0x1F600, 0xE0001, 0x110000, 0xFFFF_FFFF] as [UInt32])
  func `spaces, symbols, surrogates and numbers past Unicode do neither`(scalar: UInt32) {
    #expect(!isIdentifierStart(scalar))
    #expect(!isIdentifierPart(scalar))
  }

  private func text(_ scalars: [UInt32]) -> String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
  }
}
