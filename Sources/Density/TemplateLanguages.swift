import SourceText

/// Template literals that hold another language.
public struct TemplateCount: Hashable, Sendable {
  /// How many there are.
  public var count: Int
  /// Their bytes, quotes and holes' brackets included; all of them are code of the script that they stand in.
  public var bytes: Int

  /// Makes a count, empty by default.
  public init(count: Int = 0, bytes: Int = 0) {
    self.count = count
    self.bytes = bytes
  }

  /// Adds another file's.
  public static func += (left: inout TemplateCount, right: TemplateCount) {
    left.count += right.count
    left.bytes += right.bytes
  }
}

/// Finds shaders, markup and styles in the template literals of a script: by the tag, by a comment before, or by what they say.
struct TemplateLanguages {
  private let text: Bytes
  private(set) var counts: [CountedLanguage: TemplateCount] = [:]
  private var open: [Template] = []

  private struct Template {
    var start: Int
    var hint: CountedLanguage?
    var bytes = 0
    var sample: [UInt8] = []
  }

  private static let sampleLimit = 4_000
  private static let nestingLimit = 200

  init(_ text: Bytes) { self.text = text }

  mutating func read(_ stretch: Stretch) {
    guard stretch.language.hasUnicodeSpaces else { return }
    open = []
    var comment: Range<Int>?
    for region in stretch.regions {
      let range = region.span.range
      guard region.kind == .literal, let first = range.first, let last = range.last else {
        if region.kind == .comment { comment = range }
        continue
      }
      if text[first] == 0x60 {
        guard open.count < Self.nestingLimit else { return }
        open.append(Template(start: first, hint: hint(before: first, comment)))
      }
      guard text[first] == 0x60 || text[first] == 0x7D, !open.isEmpty else { continue }
      let top = open.count - 1
      open[top].bytes += range.count
      if open[top].sample.count < Self.sampleLimit {
        open[top].sample += text[range.lowerBound..<min(range.upperBound, range.lowerBound + Self.sampleLimit)]
      }
      if text[last] == 0x60, range.count > 1 || text[first] == 0x7D { close() }
    }
  }

  private mutating func close() {
    guard let template = open.popLast() else { return }
    let language = template.hint ?? template.sample.withUnsafeBufferPointer { Self.language(of: $0) }
    guard let language else { return }
    counts[language, default: TemplateCount()] += TemplateCount(count: 1, bytes: template.bytes)
  }

  // MARK: What stands before

  private func hint(before start: Int, _ comment: Range<Int>?) -> CountedLanguage? {
    var end = start
    while end > 0, text[end - 1] == 0x20 || text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
    if let comment, comment.upperBound == end, comment.count > 4 {
      return Self.languageNamed(text.part(comment.lowerBound + 2..<comment.upperBound - 2).trimmed)
    }
    guard end == start else { return nil }
    var word = start
    while word > 0,
      isLetter(text[word - 1]) || isDigit(text[word - 1]) || text[word - 1] == 0x5F || text[word - 1] == 0x2E
    {
      word -= 1
    }
    let tag = text.part(word..<start)
    if tag.starts("styled.") || tag.starts("keyframes") || tag.starts("createglobalstyle") || tag.starts("injectglobal")
    {
      return .css
    }
    return Self.languageNamed(tag)
  }

  private static func languageNamed(_ name: Bytes) -> CountedLanguage? {
    func isName(_ wanted: StaticString) -> Bool { name.count == wanted.utf8CodeUnitCount && name.starts(wanted) }
    if isName("html") || isName("svg") { return .html }
    if isName("css") { return .css }
    if isName("glsl") || isName("vert") || isName("frag") { return .glsl }
    return isName("wgsl") ? .wgsl : nil
  }

  // MARK: What it says

  private static func language(of sample: Bytes) -> CountedLanguage? {
    guard sample.count >= 12 else { return nil }
    var signs = Signs()
    var index = 0
    while index < sample.count {
      let byte = sample[index]
      if isLetter(byte) || byte == 0x40 {
        signs.read(sample, index)
        index += 1
        while index < sample.count, isLetter(sample[index]) || sample[index] == 0x5F || isDigit(sample[index]) {
          index += 1
        }
        continue
      }
      if byte == 0x3C { signs.readTag(sample, index) }
      if byte == 0x7B, signs.braces == 0 || signs.semicolons > 0 { signs.braces += 1 }
      if byte == 0x3B { signs.semicolons += 1 }
      if byte == 0x3A { signs.colons += 1 }
      index += 1
    }
    return signs.language
  }

  /// What tells one language from the others.
  private struct Signs {
    var glsl = 0
    var wgsl = 0
    var tags = 0
    var endTags = 0
    var braces = 0
    var semicolons = 0
    var colons = 0

    mutating func read(_ text: Bytes, _ index: Int) {
      switch text[index] {
      case 0x67: if text.starts("gl_", at: index) { glsl += 2 }
      case 0x75: if text.starts("uniform ", at: index) { glsl += 1 }
      case 0x76:
        if text.starts("void main", at: index) { glsl += 2 }
        if text.starts("varying ", at: index) { glsl += 1 }
        if text.starts("vec4<f32>", at: index) || text.starts("vec3<f32>", at: index) || text.starts("vec4f", at: index)
        {
          wgsl += 1
        }
        if text.starts("vec2 ", at: index) || text.starts("vec3(", at: index) || text.starts("vec4(", at: index) {
          glsl += 1
        }
      case 0x61: if text.starts("attribute ", at: index) { glsl += 1 }
      case 0x70: if text.starts("precision ", at: index) { glsl += 1 }
      case 0x66: if text.starts("fn ", at: index) { wgsl += 1 }
      case 0x40:
        if text.starts("@vertex", at: index) || text.starts("@fragment", at: index)
          || text.starts("@compute", at: index)
          || text.starts("@group(", at: index) || text.starts("@location(", at: index)
        {
          wgsl += 2
        }
      default: break
      }
    }

    mutating func readTag(_ text: Bytes, _ index: Int) {
      guard index + 1 < text.count else { return }
      if isLetter(text[index + 1]) { tags += 1 }
      if text[index + 1] == 0x2F { endTags += 1 }
    }

    var language: CountedLanguage? {
      if wgsl >= 2, wgsl >= glsl { return .wgsl }
      if glsl >= 2 { return .glsl }
      if endTags > 0 && tags > 0 || tags > 1 { return .html }
      // Rules of declarations; a single object in braces has no semicolons in it.
      return braces > 0 && semicolons > 0 && colons >= semicolons && tags == 0 ? .css : nil
    }
  }
}
