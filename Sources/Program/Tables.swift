/// A hash table from 64-bit keys to 32-bit values, without deletion: open addressing, linear probing.
struct IntegerTable {
  private var keys: [UInt64]
  private var values: [UInt32]
  private var mask: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    keys = [UInt64](repeating: .max, count: size)
    values = [UInt32](repeating: 0, count: size)
    mask = size - 1
  }

  private static func hash(_ key: UInt64) -> Int {
    var value = key &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 32
    return Int(truncatingIfNeeded: value & 0x7FFF_FFFF_FFFF_FFFF)
  }

  subscript(key: UInt64) -> UInt32? {
    var slot = Self.hash(key) & mask
    while true {
      let found = keys[slot]
      if found == key { return values[slot] }
      if found == .max { return nil }
      slot = (slot + 1) & mask
    }
  }

  /// Stores a value unless the key is there; returns whether it was stored.
  @discardableResult
  mutating func insert(_ key: UInt64, _ value: UInt32) -> Bool {
    if (count + 1) * 2 > keys.count { grow() }
    var slot = Self.hash(key) & mask
    while keys[slot] != .max {
      if keys[slot] == key { return false }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    values[slot] = value
    count += 1
    return true
  }

  /// Stores a value, replacing what was there.
  mutating func update(_ key: UInt64, _ value: UInt32) {
    if insert(key, value) { return }
    var slot = Self.hash(key) & mask
    while keys[slot] != key { slot = (slot + 1) & mask }
    values[slot] = value
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    keys = [UInt64](repeating: .max, count: oldKeys.count * 2)
    values = [UInt32](repeating: 0, count: oldKeys.count * 2)
    mask = keys.count - 1
    for index in oldKeys.indices where oldKeys[index] != .max {
      var slot = Self.hash(oldKeys[index]) & mask
      while keys[slot] != .max { slot = (slot + 1) & mask }
      keys[slot] = oldKeys[index]
      values[slot] = oldValues[index]
    }
  }
}

/// Many lists of integers in one array: append-only singly linked lists that keep their order.
struct ListPool {
  private var heads: [UInt32] = []
  private var tails: [UInt32] = []
  private var items: [UInt32] = []
  private var nexts: [UInt32] = []

  mutating func addList() {
    heads.append(.max)
    tails.append(.max)
  }

  mutating func append(_ item: UInt32, to list: Int) {
    let entry = UInt32(items.count)
    items.append(item)
    nexts.append(.max)
    if tails[list] == .max { heads[list] = entry } else { nexts[Int(tails[list])] = entry }
    tails[list] = entry
  }

  /// The first entry of a list; `.max` when it is empty.
  func first(_ list: Int) -> UInt32 { heads[list] }
  /// The entry after another.
  func next(_ entry: UInt32) -> UInt32 { nexts[Int(entry)] }
  /// What an entry holds.
  func item(_ entry: UInt32) -> UInt32 { items[Int(entry)] }
  /// The last entry of a list.
  func last(_ list: Int) -> UInt32 { tails[list] }

  func array(_ list: Int) -> [UInt32] {
    var result: [UInt32] = []
    var entry = heads[list]
    while entry != .max {
      result.append(items[Int(entry)])
      entry = nexts[Int(entry)]
    }
    return result
  }

  func isEmpty(_ list: Int) -> Bool { heads[list] == .max }
}

/// A name as a small number that is equal for equal names in the whole program.
struct Symbols {
  private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  mutating func intern(_ name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }

  func find(_ name: String) -> UInt32? { numbers[name] }

  subscript(symbol: UInt32) -> String { names[Int(symbol)] }
}

/// Lists of records grouped by an integer key, laid out one group after the other.
struct Groups<Element> {
  private var starts: [UInt32]
  private var elements: [Element]

  init(_ items: [Element], count: Int, key: (Element) -> Int) {
    var sizes = [UInt32](repeating: 0, count: count + 1)
    for item in items { sizes[key(item) + 1] += 1 }
    for index in 0..<count { sizes[index + 1] += sizes[index] }
    starts = sizes
    var order = [Int](repeating: 0, count: items.count)
    var next = sizes
    for (index, item) in items.enumerated() {
      let group = key(item)
      order[Int(next[group])] = index
      next[group] += 1
    }
    elements = order.map { items[$0] }
  }

  subscript(key: Int) -> ArraySlice<Element> {
    guard key >= 0, key + 1 < starts.count else { return [] }
    return elements[Int(starts[key])..<Int(starts[key + 1])]
  }
}
