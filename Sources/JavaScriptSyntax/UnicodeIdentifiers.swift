/// Whether an identifier may begin with a scalar (ECMAScript `IdentifierStartChar`): `$`, `_` or Unicode 17 `ID_Start`.
///
/// - Complexity: O(1) for ASCII, otherwise O(log *ranges*).
func isIdentifierStart(_ scalar: UInt32) -> Bool {
  if scalar < 0x80 { return isASCIIIdentifierStart(scalar) }
  return isInside(identifierStartBoundaries, scalar)
}

/// Whether an identifier may go on with a scalar (ECMAScript `IdentifierPartChar`): `$`, Unicode 17 `ID_Continue`, or one of the
/// joiners U+200C and U+200D.
///
/// - Complexity: O(1) for ASCII, otherwise O(log *ranges*).
func isIdentifierPart(_ scalar: UInt32) -> Bool {
  if scalar < 0x80 { return isASCIIIdentifierStart(scalar) || (0x30...0x39).contains(scalar) }
  return scalar == 0x200C || scalar == 0x200D || isInside(identifierPartBoundaries, scalar)
}

@inline(__always)
private func isASCIIIdentifierStart(_ scalar: UInt32) -> Bool {
  (0x61...0x7A).contains(scalar | 0x20) || scalar == 0x24 || scalar == 0x5F
}

/// Whether `scalar` lies in a set given by its boundaries: it does when the number of boundaries up to it is odd.
private func isInside(_ boundaries: [UInt32], _ scalar: UInt32) -> Bool {
  var low = 0
  var high = boundaries.count
  while low < high {
    let middle = (low + high) / 2
    if boundaries[middle] <= scalar { low = middle + 1 } else { high = middle }
  }
  return low % 2 == 1
}
