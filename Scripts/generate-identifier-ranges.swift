// Writes Sources/JavaScriptSyntax/UnicodeIdentifierRanges.swift from the standard library's character properties:
//
//     swift Scripts/generate-identifier-ranges.swift > Sources/JavaScriptSyntax/UnicodeIdentifierRanges.swift
//
// Run it with a toolchain whose standard library carries the Unicode version that the newest ECMAScript edition names, and
// change the counts in UnicodeIdentifiersTests when the version rises.

/// The scalars above ASCII at which membership changes: in at even positions, out at odd ones.
func boundaries(where isMember: (Unicode.Scalar) -> Bool) -> [UInt32] {
  var result: [UInt32] = []
  var isInside = false
  for value in UInt32(0x80)...0x110000 {
    let isNowInside = Unicode.Scalar(value).map(isMember) ?? false
    if isNowInside != isInside { result.append(value) }
    isInside = isNowInside
  }
  return result
}

func printTable(_ name: String, _ comment: String, _ values: [UInt32]) {
  print("/// \(comment)")
  print("let \(name): [UInt32] = [")
  var line = " "
  for value in values {
    let item = " 0x" + String(value, radix: 16, uppercase: true) + ","
    if line.utf8.count + item.utf8.count > 118 {
      print(line)
      line = " "
    }
    line += item
  }
  print(line)
  print("]")
}

print("// Written by Scripts/generate-identifier-ranges.swift; do not edit.")
print()
printTable(
  "identifierStartBoundaries", "Where `ID_Start` begins (even positions) and ends (odd positions), above ASCII.",
  boundaries { $0.properties.isIDStart })
print()
printTable(
  "identifierPartBoundaries", "Where `ID_Continue` begins (even positions) and ends (odd positions), above ASCII.",
  boundaries { $0.properties.isIDContinue })
