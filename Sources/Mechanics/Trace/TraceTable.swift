/// A list whose elements are looked up by numbers that come from a project: a number that is none of its own gives a
/// harmless element and changes nothing.
struct TraceTable<Element>: Sequence {
  private(set) var elements: [Element]
  private let fallback: Element

  /// - Parameters:
  ///   - elements: What it holds at first.
  ///   - fallback: What numbers outside of it give.
  init(_ elements: [Element] = [], fallback: Element) {
    self.elements = elements
    self.fallback = fallback
  }

  var count: Int { elements.count }
  var indices: Range<Int> { elements.indices }

  subscript(index: Int) -> Element {
    get { elements.indices.contains(index) ? elements[index] : fallback }
    _modify {
      if elements.indices.contains(index) {
        yield &elements[index]
      } else {
        var lost = fallback
        yield &lost
      }
    }
  }

  mutating func append(_ element: Element) { elements.append(element) }

  func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}
