/// The names of tags and attributes in a document, each stored once and known by its index.
struct NameTable: Sendable {
  private var bytes: [UInt8]
  private var starts: [UInt32]
  private var buckets: [UInt32]

  /// The table that every document starts from: the names of ``Tag`` at their own indices.
  static let standard: NameTable = {
    var table = NameTable()
    for tag in Tag.allCases { _ = table.intern(Array(tag.rawValue.utf8)) }
    for name in NameTable.frequentAttributes { _ = table.intern(Array(name.utf8)) }
    return table
  }()

  private static let frequentAttributes = [
    "id", "class", "href", "src", "alt", "type", "name", "value", "content", "rel", "role", "width", "height",
    "charset", "lang",
  ]

  private init() {
    bytes = []
    starts = [0]
    buckets = Array(repeating: .max, count: 1024)
  }

  /// The number of names.
  var count: Int { starts.count - 1 }

  /// The bytes of a name.
  func bytes(of index: UInt32) -> ArraySlice<UInt8> {
    guard Int(index) < count else { return [] }
    return bytes[Int(starts[Int(index)])..<Int(starts[Int(index) + 1])]
  }

  /// The name.
  func string(of index: UInt32) -> String { String(decoding: bytes(of: index), as: UTF8.self) }

  /// The index of a name; `nil` when no tag or attribute bears it.
  func find(_ name: some Sequence<UInt8>) -> UInt32? {
    let name = Array(name)
    return name.withUnsafeBufferPointer { buffer in
      let slot = slot(of: buffer, lowercasing: false)
      return buckets[slot] == .max ? nil : buckets[slot]
    }
  }

  /// The index of a name, which is added if it is new.
  mutating func intern(_ name: [UInt8]) -> UInt32 {
    name.withUnsafeBufferPointer { intern($0, lowercasing: false) }
  }

  /// The index of a name after its capital ASCII letters were made small, which is added if it is new.
  mutating func intern(_ name: UnsafeBufferPointer<UInt8>, lowercasing: Bool) -> UInt32 {
    let slot = slot(of: name, lowercasing: lowercasing)
    let known = buckets[slot]
    return known != .max ? known : add(name, lowercasing, at: slot)
  }

  private mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ lowercasing: Bool, at slot: Int) -> UInt32 {
    let index = UInt32(truncatingIfNeeded: count)
    if lowercasing { bytes.append(contentsOf: name.lazy.map(lowercase)) } else { bytes.append(contentsOf: name) }
    starts.append(UInt32(truncatingIfNeeded: bytes.count))
    buckets[slot] = index
    if count * 2 > buckets.count { grow() }
    return index
  }

  private mutating func grow() {
    buckets = Array(repeating: .max, count: buckets.count * 4)
    bytes.withUnsafeBufferPointer { all in
      for index in 0..<count {
        let name = UnsafeBufferPointer(rebasing: all[Int(starts[index])..<Int(starts[index + 1])])
        buckets[slot(of: name, lowercasing: false)] = UInt32(truncatingIfNeeded: index)
      }
    }
  }

  /// The bucket that holds the name, or the free one where it belongs.
  @inline(__always)
  private func slot(of name: UnsafeBufferPointer<UInt8>, lowercasing: Bool) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in name { hash = (hash ^ UInt32(lowercasing ? lowercase(byte) : byte)) &* 0x0100_0193 }
    hash ^= hash >> 15
    let mask = buckets.count - 1
    var slot = Int(hash) & mask
    while true {
      let index = buckets[slot]
      if index == .max || matches(index, name, lowercasing) { return slot }
      slot = (slot + 1) & mask
    }
  }

  @inline(__always)
  private func matches(_ index: UInt32, _ name: UnsafeBufferPointer<UInt8>, _ lowercasing: Bool) -> Bool {
    let start = Int(starts[Int(index)])
    guard Int(starts[Int(index) + 1]) - start == name.count else { return false }
    for offset in 0..<name.count
    where bytes[start + offset] != (lowercasing ? lowercase(name[offset]) : name[offset]) { return false }
    return true
  }
}

/// The small letter of a capital ASCII letter; any other byte as it is.
@inline(__always)
func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
