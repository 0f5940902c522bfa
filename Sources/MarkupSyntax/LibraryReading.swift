internal import CLibXML2

/// How libxml2 nests the elements of a page, for holding the two readings against each other.
///
/// libxml2 reads HTML as it was before the standard said how: it knows neither the adoption agency nor foster parenting, `template`,
/// `source` or `wbr`, nor names with `@` and `#`. What it sees is therefore a witness and no authority; where a page is plain, both
/// agree. Only its SAX interface is used: no tree, no entities, no network.
public struct LibraryReading: Sendable {
  /// A start tag as libxml2 reports it, or an element that it implies.
  public struct Element: Hashable, Sendable {
    /// The name, in small letters.
    public var name: String
    /// How many bytes libxml2 had read: up to the end of the start tag's attributes.
    public var offset: UInt32
    /// The index of the element that it lies in; `nil` at the top.
    public var parent: Int?
  }

  /// The elements in the order of their start.
  public private(set) var elements: [Element] = []

  /// Has libxml2 read a page.
  public init(of source: [UInt8]) {
    _ = LibraryReading.prepareLibrary
    let recorder = Recorder()
    source.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, buffer.count < Int(Int32.max) else { return }
      base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { bytes in
        recorder.read(bytes, Int32(buffer.count))
      }
    }
    elements = recorder.elements
  }

  /// Sets libxml2 up, once, before threads may use it side by side.
  private static let prepareLibrary: Void = xmlInitParser()

  /// Receives the events of one reading.
  private final class Recorder {
    var elements: [Element] = []
    private var open: [Int] = []
    private var context: htmlParserCtxtPtr?

    func read(_ bytes: UnsafePointer<CChar>, _ count: Int32) {
      guard let context = htmlCreateMemoryParserCtxt(bytes, count) else { return }
      self.context = context
      defer {
        self.context = nil
        htmlFreeParserCtxt(context)
      }
      let options = [HTML_PARSE_NONET, HTML_PARSE_NOERROR, HTML_PARSE_NOWARNING, HTML_PARSE_IGNORE_ENC]
      htmlCtxtUseOptions(context, Int32(bitPattern: options.reduce(0) { $0 | $1.rawValue }))
      // The text is UTF-8; without this libxml2 takes the first other byte for Latin 1 and converts, which shifts offsets.
      context.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
      var handler = htmlSAXHandler()
      handler.startElement = { context, name, _ in
        guard let context, let name else { return }
        Unmanaged<Recorder>.fromOpaque(context).takeUnretainedValue().start(String(cString: name))
      }
      handler.endElement = { context, name in
        guard let context, let name else { return }
        Unmanaged<Recorder>.fromOpaque(context).takeUnretainedValue().end(String(cString: name))
      }
      context.pointee.sax.pointee = handler
      context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
      withExtendedLifetime(self) { _ = htmlParseDocument(context) }
    }

    private func start(_ name: String) {
      let offset = max(0, context.map { xmlByteConsumed($0) } ?? 0)
      elements.append(Element(name: name, offset: UInt32(truncatingIfNeeded: offset), parent: open.last))
      open.append(elements.count - 1)
    }

    private func end(_ name: String) {
      guard let last = open.last, elements[last].name == name else { return }
      open.removeLast()
    }
  }
}

extension Document {
  /// An element that libxml2 puts into another parent.
  public struct NestingDifference: Hashable, Sendable {
    /// The element.
    public var element: ElementID
    /// The nearest ancestor with a start tag that both readings know; ``ElementID/none`` when there is none.
    public var ancestor: ElementID
    /// The nearest such ancestor according to libxml2.
    public var libraryAncestor: ElementID
  }

  /// Where libxml2 nests elements otherwise, joined by the place of their start tags.
  ///
  /// Elements that stand in the text are compared by their nearest ancestors that do so too; one that only one of the readings has
  /// is passed over.
  ///
  /// - Complexity: O(*n* log *n*).
  public func nestingDifferences(from reading: LibraryReading) -> [NestingDifference] {
    let matches = joined(reading)
    var known = [Bool](repeating: false, count: nodes.count)
    for match in matches where match.exists { known[Int(match.index)] = true }
    var ancestors = [ElementID](repeating: .none, count: nodes.count)
    for index in nodes.indices.dropFirst() {
      let parent = nodes[index].parent
      ancestors[index] = known[Int(parent.index)] ? parent : ancestors[Int(parent.index)]
    }
    var libraryAncestors = [ElementID](repeating: .none, count: matches.count)
    var differences: [NestingDifference] = []
    for (index, element) in reading.elements.enumerated() {
      if let parent = element.parent {
        libraryAncestors[index] = matches[parent].exists ? matches[parent] : libraryAncestors[parent]
      }
      let match = matches[index]
      guard match.exists, libraryAncestors[index] != ancestors[Int(match.index)] else { continue }
      differences.append(
        NestingDifference(
          element: match, ancestor: ancestors[Int(match.index)], libraryAncestor: libraryAncestors[index]))
    }
    return differences
  }

  /// For each element of libxml2's reading, the one of this document whose start tag it was read from.
  public func joined(_ reading: LibraryReading) -> [ElementID] {
    let tags = elements.filter { !self[$0].isImplied }.sorted { self[$0].start < self[$1].start }
    return reading.elements.map { element in
      var low = 0
      var high = tags.count
      while low < high {
        let middle = (low + high) / 2
        if self[tags[middle]].start < element.offset { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return .none }
      let tag = tags[low - 1]
      let isSame = element.offset <= self[tag].startTagEnd && lowercasedName(of: tag) == element.name
      return isSame ? tag : .none
    }
  }

  private func lowercasedName(of element: ElementID) -> String {
    String(decoding: names.bytes(of: self[element].name).map(lowercase), as: UTF8.self)
  }
}
