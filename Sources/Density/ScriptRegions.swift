import JavaScriptSyntax
import SourceText

/// How a script is to be read.
struct ScriptOptions: Hashable {
  var language: Language = .jsx
  var goal: ParseOptions.Goal = .unambiguous

  init(language: Language = .jsx, goal: ParseOptions.Goal = .unambiguous) {
    self.language = language
    self.goal = goal
  }

  /// The options that the name of a file asks for.
  init(path: String, isTyped: Bool) {
    let name = path.utf8
    func ends(_ suffix: StaticString) -> Bool {
      suffix.withUTF8Buffer { wanted in
        name.count >= wanted.count
          && zip(name.suffix(wanted.count), wanted).allSatisfy { $0 | 0x20 == $1 || $0 == $1 }
      }
    }
    if isTyped {
      language =
        ends(".tsx") ? .tsx : ends(".d.ts") || ends(".d.mts") || ends(".d.cts") ? .typeScriptDeclarations : .typeScript
    }
    if ends(".mjs") || ends(".mts") { goal = .module }
    if ends(".cjs") || ends(".cts") { goal = .script }
  }

  var counted: CountedLanguage { language.hasTypes ? .typeScript : .javaScript }
}

/// Finds the comments and literals of a script, by its tokens where they suffice, else by its syntax.
func scriptStretch(
  _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ options: ScriptOptions
) -> Stretch {
  if options.language != .tsx {
    let regions = ByteKind.table.withUnsafeBufferPointer { table -> [Region]? in
      guard let classes = table.baseAddress else { return nil }
      var scanner = ScriptScanner(text, range, hasTypes: options.language.hasTypes, classes: classes)
      return scanner.run() ? scanner.regions : nil
    }
    if let regions { return Stretch(range: range, language: options.counted, regions: regions, script: options) }
  }
  return Stretch(
    range: range, language: options.counted, regions: parsedRegions(text, range, options), script: options)
}

func parsedRegions(
  _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ options: ScriptOptions
) -> [Region] {
  let source = Array(text[range])
  let tree = parse(source, options: ParseOptions(language: options.language, goal: options.goal)).tree
  let offset = range.lowerBound
  var regions: [Region] = []
  var comments = tree.comments[...]
  func addComments(before end: UInt32) {
    while let comment = comments.first, comment.span.start < end {
      let kind: Region.Kind = comment.form == .hashbang ? .literal : .comment
      regions.append(Region(kind, Int(comment.span.start) + offset, Int(comment.span.end) + offset))
      comments.removeFirst()
    }
  }
  for token in tree.tokens {
    let kind: Region.Kind
    switch token.kind {
    case .string, .template, .regularExpression: kind = .literal
    case .jsxText: kind = .text
    default: continue
    }
    addComments(before: token.span.start)
    regions.append(Region(kind, Int(token.span.start) + offset, Int(token.span.end) + offset))
  }
  addComments(before: .max)
  return regions
}
