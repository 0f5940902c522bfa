/// Text that stands where the real one has yet to be written.
enum PlaceholderText {
  private static let fillers = [
    "lorem ipsum", "dolor sit amet", "consectetur adipis", "your name here", "[your ", "your text here", "insert text",
    "placeholder text", "sample text here", "goes here", "coming soon...", "swap these", "replace this",
    "replace with your",
    "replace me", "xxx-xxx", "change this", "your company here", "platzhaltertext", "texte à remplacer",
  ]

  /// Whether a text, in small letters, holds such words.
  static func isFiller(_ text: String) -> Bool {
    if fillers.contains(where: { text.contains($0) }) { return true }
    return text.split { !$0.isLetter }.contains { $0 == "tbd" || $0 == "tba" || $0 == "todo" && text.contains("todo:") }
  }

  /// Whether an address is one that documentation uses and that nobody owns, or a service that draws placeholders.
  static func isFillerAddress(_ address: String) -> Bool {
    let host = host(of: address)
    let reserved = ["example.com", "example.org", "example.net"]
    if reserved.contains(where: { host == $0 || host.hasSuffix("." + $0) }) { return true }
    return [
      "via.placeholder.com", "placehold.co", "placehold.it", "placekitten.com", "dummyimage.com", "picsum.photos",
    ]
    .contains(host)
  }

  /// The host of an absolute address, in small letters; empty for others.
  static func host(of address: String) -> String {
    let text = address.lowercased()
    var rest = Substring(text)
    if rest.hasPrefix("https://") {
      rest = rest.dropFirst(8)
    } else if rest.hasPrefix("http://") {
      rest = rest.dropFirst(7)
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
    } else {
      return ""
    }
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
  }
}
