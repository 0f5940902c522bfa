import StyleSyntax

/// A tree for tests, written as lines: `div#a.b[href=x]`, two spaces of indent for each level.
struct SmallTree: SelectorTree {
  struct Item {
    var name: String
    var attributes: [String: String] = [:]
    var parent: Int?
    var children: [Int] = []
    var place = 0
  }

  var items: [Item] = []
  /// Classes and attributes that are only known when the program runs, as `element attribute`.
  var uncertain: Set<String> = []

  init(_ text: String) {
    var open: [Int] = []
    for line in text.split(separator: "\n") where line.contains(where: { $0 != " " }) {
      let level = line.prefix { $0 == " " }.count / 2
      var item = SmallTree.item(String(line.drop { $0 == " " }))
      open.removeLast(max(0, open.count - level))
      item.parent = open.last
      if let parent = open.last {
        item.place = items[parent].children.count
        items[parent].children.append(items.count)
      }
      open.append(items.count)
      items.append(item)
    }
  }

  private static func item(_ text: String) -> Item {
    var item = Item(name: String(text.prefix { !"#.[".contains($0) }))
    var rest = text.dropFirst(item.name.count)
    while let first = rest.first {
      rest = rest.dropFirst()
      let part = String(rest.prefix { first == "[" ? $0 != "]" : !"#.[".contains($0) })
      rest = rest.dropFirst(part.count + (first == "[" ? 1 : 0))
      switch first {
      case "#": item.attributes["id"] = part
      case ".": item.attributes["class"] = item.attributes["class"].map { "\($0) \(part)" } ?? part
      default:
        let name = String(part.prefix { $0 != "=" })
        item.attributes[name] = String(part.dropFirst(name.count + 1))
      }
    }
    return item
  }

  func parent(of element: Int) -> Int? { items[element].parent }

  private func sibling(_ element: Int, _ offset: Int) -> Int? {
    guard let parent = items[element].parent else { return nil }
    let place = items[element].place + offset
    return items[parent].children.indices.contains(place) ? items[parent].children[place] : nil
  }

  func previousElementSibling(of element: Int) -> Int? { sibling(element, -1) }
  func nextElementSibling(of element: Int) -> Int? { sibling(element, 1) }
  func firstElementChild(of element: Int) -> Int? { items[element].children.first }
  func localName(of element: Int) -> String { items[element].name }
  func attribute(_ name: String, of element: Int) -> String? { items[element].attributes[name] }
  func isUncertain(attribute name: String, of element: Int) -> Bool { uncertain.contains("\(element) \(name)") }
}
