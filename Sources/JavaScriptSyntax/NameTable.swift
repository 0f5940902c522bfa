/// Where the text of a name is.
struct NameSpan: Sendable {
  /// The offset of its first byte.
  var start: UInt32
  /// The number of its bytes.
  var length: UInt32
  /// Which text it lies in.
  var origin: Origin

  enum Origin: UInt8, Sendable {
    /// The source text.
    case source
    /// ``NameTable/wordBytes``.
    case words
    /// The tree's text for names that are written with escapes.
    case decoded
  }
}

/// Interns names over bytes and remembers their latest declarations.
struct NameTable {
  struct Entry {
    /// The first eight bytes, zeros where there are fewer.
    var word: UInt64
    var hash: UInt32
    var span: NameSpan
    /// The latest live lexical declaration, as an index into ``ScopeStack/lexical``.
    var lexical: UInt32 = .max
    /// The latest live `var` declaration, as an index into ``ScopeStack/variables``.
    var variable: UInt32 = .max
  }

  private(set) var entries: UnsafeMutablePointer<Entry>
  private(set) var count: Int
  private var capacity: Int
  private var buckets: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private let source: UnsafePointer<UInt8>
  private let sourceCount: Int
  private(set) var decoded: [UInt8] = []

  static let wordBytes: [UInt8] = Array(Lexeme.words.utf8)
  private static let bucketCount = 1024

  /// The table that every parse starts with: the words of ``Lexeme``.
  private static let prototype: (entries: [Entry], buckets: [UInt32]) = {
    var entries: [Entry] = []
    var buckets = [UInt32](repeating: 0, count: bucketCount)
    wordBytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 0x20 { end += 1 }
        let (word, hash) = hash(base, count: bytes.count, start: start, length: end - start)
        var bucket = Int(hash) & (bucketCount - 1)
        while buckets[bucket] != 0 { bucket = (bucket + 1) & (bucketCount - 1) }
        entries.append(
          Entry(
            word: word, hash: hash,
            span: NameSpan(start: UInt32(start), length: UInt32(end - start), origin: .words)))
        buckets[bucket] = UInt32(entries.count)
        start = end + 1
      }
    }
    return (entries, buckets)
  }()

  init(source: UnsafePointer<UInt8>, count sourceCount: Int) {
    let prototype = Self.prototype
    self.source = source
    self.sourceCount = sourceCount
    count = prototype.entries.count
    capacity = 512
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    prototype.entries.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { entries.initialize(from: base, count: buffer.count) }
    }
    self.entries = entries
    mask = Self.bucketCount - 1
    let buckets = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.bucketCount)
    prototype.buckets.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { buckets.initialize(from: base, count: buffer.count) }
    }
    self.buckets = buckets
  }

  /// Frees the memory; the table must not be used afterwards.
  func deallocate() {
    entries.deallocate()
    buckets.deallocate()
  }

  /// The spans of all names, by index.
  var spans: [NameSpan] { (0..<count).map { entries[$0].span } }

  /// The index of the name at `start..<start + length` of the source.
  @inline(__always)
  mutating func intern(start: Int, length: Int) -> UInt32 {
    let (word, hash) = Self.hash(source, count: sourceCount, start: start, length: length)
    var bucket = Int(hash) & mask
    while true {
      let index = buckets[bucket]
      if index == 0 {
        return insert(
          word: word, hash: hash, bucket: bucket,
          span: NameSpan(start: UInt32(start), length: UInt32(length), origin: .source))
      }
      let entry = entries + Int(index &- 1)
      if entry.pointee.word == word, entry.pointee.hash == hash, entry.pointee.span.length == UInt32(length),
        length <= 8 || isEqual(entry.pointee.span, source + start)
      {
        return index &- 1
      }
      bucket = (bucket &+ 1) & mask
    }
  }

  /// The index of a name given by its bytes, as when escapes were resolved.
  mutating func intern(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      let empty: [UInt8] = [0]
      return empty.withUnsafeBufferPointer { spare in
        guard let base = buffer.baseAddress ?? spare.baseAddress else { return 0 }
        let (word, hash) = Self.hash(base, count: buffer.count, start: 0, length: buffer.count)
        var bucket = Int(hash) & mask
        while buckets[bucket] != 0 {
          let entry = entries[Int(buckets[bucket] &- 1)]
          if entry.word == word, entry.hash == hash, Int(entry.span.length) == buffer.count,
            buffer.count <= 8 || isEqual(entry.span, base)
          {
            return buckets[bucket] &- 1
          }
          bucket = (bucket &+ 1) & mask
        }
        let start = decoded.count
        decoded.append(contentsOf: buffer)
        return insert(
          word: word, hash: hash, bucket: bucket,
          span: NameSpan(start: UInt32(start), length: UInt32(buffer.count), origin: .decoded))
      }
    }
  }

  /// The bytes of a name.
  func bytes(_ index: UInt32) -> [UInt8] {
    let span = entries[Int(index)].span
    let range = Int(span.start)..<Int(span.start) + Int(span.length)
    switch span.origin {
    case .source: return Array(UnsafeBufferPointer(start: source + range.lowerBound, count: range.count))
    case .words: return Array(Self.wordBytes[range])
    case .decoded: return Array(decoded[range])
    }
  }

  private func isEqual(_ span: NameSpan, _ other: UnsafePointer<UInt8>) -> Bool {
    let start = Int(span.start)
    let length = Int(span.length)
    func same(_ base: UnsafePointer<UInt8>) -> Bool {
      var index = 8
      while index &+ 8 <= length {
        let left = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        let right = UnsafeRawPointer(other + index).loadUnaligned(as: UInt64.self)
        if left != right { return false }
        index &+= 8
      }
      while index < length {
        if base[index] != other[index] { return false }
        index &+= 1
      }
      return true
    }
    switch span.origin {
    case .source: return same(source + start)
    case .words: return Self.wordBytes.withUnsafeBufferPointer { $0.baseAddress.map { same($0 + start) } ?? false }
    case .decoded: return decoded.withUnsafeBufferPointer { $0.baseAddress.map { same($0 + start) } ?? false }
    }
  }

  private mutating func insert(word: UInt64, hash: UInt32, bucket: Int, span: NameSpan) -> UInt32 {
    if count == capacity {
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: entries, count: count)
      entries.deallocate()
      entries = larger
      capacity *= 2
    }
    (entries + count).initialize(to: Entry(word: word, hash: hash, span: span))
    count += 1
    buckets[bucket] = UInt32(count)
    if count * 2 > mask { growBuckets() }
    return UInt32(count - 1)
  }

  private mutating func growBuckets() {
    let size = (mask + 1) * 4
    buckets.deallocate()
    buckets = .allocate(capacity: size)
    buckets.initialize(repeating: 0, count: size)
    mask = size - 1
    for index in 0..<count {
      var bucket = Int(entries[index].hash) & mask
      while buckets[bucket] != 0 { bucket = (bucket &+ 1) & mask }
      buckets[bucket] = UInt32(index + 1)
    }
  }

  @inline(__always)
  private static func load(_ base: UnsafePointer<UInt8>, count: Int, start: Int, length: Int) -> UInt64 {
    if start &+ 8 <= count {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self))
      return length >= 8 ? word : word & ((1 &<< UInt64(length &* 8)) &- 1)
    }
    var word: UInt64 = 0
    var index = 0
    while index < length, index < 8 {
      word |= UInt64(base[start &+ index]) &<< UInt64(index &* 8)
      index &+= 1
    }
    return word
  }

  @inline(__always)
  private static func hash(
    _ base: UnsafePointer<UInt8>, count: Int, start: Int, length: Int
  ) -> (word: UInt64, hash: UInt32) {
    let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    let word = load(base, count: count, start: start, length: length)
    var state = (word ^ UInt64(length)) &* multiplier
    if length > 8 {
      var offset = 8
      while offset < length {
        state =
          (state ^ (state &>> 29) ^ load(base, count: count, start: start &+ offset, length: length &- offset))
          &* multiplier
        offset &+= 8
      }
    }
    return (word, UInt32(truncatingIfNeeded: state &>> 32))
  }
}
