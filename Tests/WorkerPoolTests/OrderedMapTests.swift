import Testing
import WorkerPool

@Suite struct OrderedMapTests {
  @Test(arguments: [1, 2, 7]) func `results come in order whatever the number of threads`(threads: Int) {
    var seen: [Int] = []
    orderedMap(count: 500, threads: threads) { index in
      index * index
    } consume: { index, value in
      #expect(value == index * index)
      seen.append(index)
    }
    #expect(seen == Array(0..<500))
  }

  @Test func `nothing to do returns at once`() {
    orderedMap(count: 0, threads: 4) {
      $0
    } consume: { _, _ in
      Issue.record("called without work")
    }
  }

  @Test func `an error of the consumer ends the work and reaches the caller`() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try orderedMap(count: 1_000, threads: 2) {
        $0
      } consume: { index, _ in
        if index == 10 { throw Stop() }
      }
    }
  }

  @Test func `threads have room for deep recursion`() {
    @Sendable func depth(_ level: Int) -> Int { level == 0 ? 0 : 1 + depth(level - 1) }
    orderedMap(count: 2, threads: 2) { _ in
      depth(100_000)
    } consume: { _, value in
      #expect(value == 100_000)
    }
  }
}
