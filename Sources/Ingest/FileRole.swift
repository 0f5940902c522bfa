/// Tells whose work a text is, by what it says and how it looks; its name alone decides nothing.
enum FileRole {
  static func role(of bytes: [UInt8], kind: ProjectFile.Kind, path: String) -> ProjectFile.Role {
    switch kind {
    case .javaScript, .typeScript, .css: return bytes.withUnsafeBufferPointer { programRole($0, kind) }
    // What libraries are shipped as, and by what, is the same in the languages that CSS is made from.
    case .scss, .sass, .less: return bytes.withUnsafeBufferPointer { programRole($0, .css) }
    case .html, .vue, .svelte, .glsl, .wgsl: return saysDoNotEdit(bytes) ? .generated : .own
    case .json, .other: return isLockFile(path) || isSourceMap(bytes, kind) ? .generated : .own
    }
  }

  private static func programRole(_ text: UnsafeBufferPointer<UInt8>, _ kind: ProjectFile.Kind) -> ProjectFile.Role {
    let banner = Banner(text)
    let shape = TextShape(text, from: banner.end)
    let minimum = shape.isMinified ? 1_000 : 3_000
    if banner.namesLibrary, text.count >= minimum { return .vendored }
    if kind != .css, text.count >= 8_000, hasUniversalWrapper(text, from: banner.end) { return .vendored }
    if kind == .css, banner.namesLibrary, text.count >= 1_500 { return .vendored }
    if shape.isMinified { return banner.isLicence && text.count >= 4_000 ? .vendored : .minified }
    // Nobody writes a script of this length for one page, by hand or by prompt.
    if kind != .css, text.count >= 400_000 { return .vendored }
    if banner.saysGenerated || hasSourceMap(text) || hasBundlerRuntime(text, kind, from: banner.end) {
      return .generated
    }
    return .own
  }

  /// The wrapper by which a library offers itself to every module system; a page's own script has no use for it.
  private static func hasUniversalWrapper(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    let head = UnsafeBufferPointer(rebasing: text[start..<min(text.count, start + 1_500)])
    let offersModules =
      find("typeof exports", in: head) || find("typeof module", in: head) || find("module.exports", in: head)
    return offersModules && (find("define.amd", in: head) || find("typeof define", in: head))
  }

  /// A comment that says where the source lies, which only a compiler writes.
  private static func hasSourceMap(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let tail = UnsafeBufferPointer(rebasing: text[max(0, text.count - 400)...])
    return find("# sourceMappingURL=", in: tail)
  }

  /// Whether the beginning holds what a bundler or a compiler puts before a program.
  private static func hasBundlerRuntime(
    _ text: UnsafeBufferPointer<UInt8>, _ kind: ProjectFile.Kind, from start: Int
  ) -> Bool {
    guard kind == .javaScript else { return false }
    let end = min(text.count, start + 500)
    var index = start
    while index < end {
      // Every prelude begins a word, so one look at each word's first letter finds them.
      let byte = text[index]
      guard isLetter(byte) || byte == 0x5F else {
        index &+= 1
        continue
      }
      if beginsPrelude(text, at: index) { return true }
      repeat { index &+= 1 } while index < end && (isLetter(text[index]) || text[index] == 0x5F)
    }
    return false
  }

  @inline(__always)
  private static func beginsPrelude(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    func begins(_ prelude: StaticString) -> Bool { occurs(prelude, in: text, at: index) }
    switch text[index] {
    case 0x5F:
      return begins("__webpack_modules__") || begins("__vite__mapDeps") || begins("__turbopack_")
    case 0x77: return begins("webpackChunk") || begins("webpackJsonp")
    case 0x76:
      return begins("var __defProp = Object.defineProperty;")
        || begins("var __getOwnPropNames = Object.getOwnPropertyNames")
    case 0x70: return begins("parcelRequire")
    case 0x74: return begins("this && this.__awaiter") || begins("this && this.__importDefault")
    case 0x66: return begins("function r(e,n,t){function o(i,f)")
    case 0x63: return begins("const __vite_")
    case 0x53: return begins("System.register(['")
    default: return false
    }
  }

  private static func saysDoNotEdit(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      let head = UnsafeBufferPointer(rebasing: text[..<min(text.count, 400)])
      return find("@generated", in: head) || find("DO NOT EDIT", in: head)
    }
  }

  private static func isLockFile(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    return lockFiles.contains(name) || name.hasSuffix(".lock")
  }

  private static let lockFiles: Set<String> = [
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "bun.lockb", "deno.lock",
  ]

  private static func isSourceMap(_ bytes: [UInt8], _ kind: ProjectFile.Kind) -> Bool {
    guard kind == .json else { return false }
    return bytes.withUnsafeBufferPointer { text in
      let head = UnsafeBufferPointer(rebasing: text[..<min(text.count, 2_000)])
      return find("\"version\"", in: head)
        && (find("\"mappings\"", in: head) || find("\"sources\"", in: head) && find("\"file\"", in: head))
    }
  }
}

/// How the text of a program is laid out, from the 16 KB behind its first comments.
struct TextShape {
  /// Whether a minifier wrote it: very long lines, hardly any white space, and names of one or two letters.
  let isMinified: Bool

  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    let body = UnsafeBufferPointer(rebasing: text[start..<min(text.count, start + 16_384)])
    isMinified = body.count >= 400 && Self.hasLongLines(body, body.count) && Self.isDense(body, body.count)
  }

  /// Whether lines are long on average, or one is as long as all others.
  private static func hasLongLines(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) -> Bool {
    var lines = 1
    var longest = 0
    var start = 0
    for index in 0..<count where text[index] == 0x0A || text[index] == 0x0D {
      lines &+= 1
      longest = max(longest, index &- start)
      start = index
      // No minifier begins a program with many short lines.
      if lines == 25, longest < 400 { return false }
    }
    longest = max(longest, count &- start)
    return longest >= 400 && (count / lines >= 250 || longest * 2 >= count)
  }

  private static func isDense(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) -> Bool {
    let meanLine = count / (1 + text.prefix(count).count { $0 == 0x0A })
    var white = 0
    var words = 0
    var shortWords = 0
    var wordLength = 0
    for index in 0..<count {
      let byte = text[index]
      if isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x24 {
        wordLength &+= 1
        continue
      }
      if wordLength > 0 {
        words &+= 1
        if wordLength <= 2 { shortWords &+= 1 }
        wordLength = 0
      }
      if byte <= 0x20 { white &+= 1 }
    }
    // Names that were not mangled still betray a minifier where there is next to no white space on endless lines.
    let hasShortNames = shortWords * 100 >= words * 30
    return white * 100 <= count * 9 && (hasShortNames || white * 100 <= count * 4 && meanLine >= 1_000)
  }
}

/// The comments before the first code of a file.
struct Banner {
  /// The offset past them.
  private(set) var end = 0
  /// Whether they are the title of a library that many projects copy.
  private(set) var namesLibrary = false
  /// Whether they hold a licence.
  private(set) var isLicence = false
  /// Whether they say that a tool wrote the file.
  private(set) var saysGenerated = false

  init(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { index = 3 }
    let limit = min(text.count, 16_384)
    while index < limit {
      while index < limit, text[index] <= 0x20 || text[index] == 0x3B { index += 1 }
      guard index + 1 < limit, text[index] == 0x2F else { break }
      let start = index
      if text[index + 1] == 0x2A {
        index += 2
        while index + 1 < limit, !(text[index] == 0x2A && text[index + 1] == 0x2F) { index += 1 }
        index = min(index + 2, limit)
      } else if text[index + 1] == 0x2F {
        while index < limit, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
      } else {
        break
      }
      read(UnsafeBufferPointer(rebasing: text[start..<min(index, start + 2_048)]))
      end = index
    }
  }

  private mutating func read(_ comment: UnsafeBufferPointer<UInt8>) {
    let words = Self.words(of: comment, limit: 60)
    let isMarked = comment.count > 2 && comment[2] == 0x21
    var statesLicence = false
    for word in words where Self.licenceWords.contains(word) { statesLicence = true }
    if statesLicence { isLicence = true }
    if Self.isToolsWork(words) { saysGenerated = true }
    guard
      let first = words.firstIndex(where: {
        !Self.fillers.contains($0) && !$0.utf8.allSatisfy { isDigit($0) || $0 == 0x2D }
      })
    else {
      return
    }
    guard Self.libraries.contains(Self.stem(words[first])) else { return }
    // "Solar system with three.js 0.160 (MIT)" is no title: the name has to come first and its version or owner at once.
    let after = words[(first + 1)...].first { !Self.titleWords.contains($0) }
    let isVersioned = after.map { Self.isVersion($0) } ?? false
    let isOwned = words[..<first].contains("copyright") || words[..<first].contains("@license") || after == "authors"
    if isVersioned && (statesLicence || isMarked) || isOwned && statesLicence { namesLibrary = true }
  }

  /// The words of a comment, lowercased, the marks around them taken off.
  private static func words(of comment: UnsafeBufferPointer<UInt8>, limit: Int) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func finish() {
      while let last = word.last, last == 0x2E || last == 0x2C || last == 0x3A || last == 0x2D { word.removeLast() }
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in comment {
      if isLetter(byte) || isDigit(byte) || byte >= 0x80 || byte == 0x2E || byte == 0x2D || byte == 0x40 {
        word.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      } else {
        finish()
        if words.count >= limit { break }
      }
    }
    finish()
    return words
  }

  private static func isVersion(_ word: String) -> Bool {
    let digits = word.utf8.first == 0x76 || word.utf8.first == 0x72 ? word.utf8.dropFirst() : word.utf8[...]
    guard let first = digits.first, isDigit(first) else { return false }
    return digits.contains(0x2E) || word.utf8.first == 0x76 || word.utf8.first == 0x72
  }

  private static func stem(_ word: String) -> String {
    for suffix in [".min.js", ".js", "js", ".css", ".io"]
    where word.hasSuffix(suffix) && word.utf8.count > suffix.utf8.count + 1 {
      return String(word.dropLast(suffix.count))
    }
    return word
  }

  /// Whether the words say that a tool wrote the file; a language model is the author here, no tool.
  private static func isToolsWork(_ words: [String]) -> Bool {
    for index in words.indices {
      switch words[index] {
      case "@generated", "autogenerated", "auto-generated": return true
      case "generated" where index + 2 < words.count && (words[index + 1] == "by" || words[index + 1] == "from"):
        return words[(index + 2)...].prefix(4).allSatisfy { !isModel($0) }
      case "edit" where index >= 2 && words[index - 1] == "not" && words[index - 2] == "do": return true
      default: continue
      }
    }
    return false
  }

  private static func isModel(_ word: String) -> Bool {
    if word == "ai" || word == "llm" || word == "an" || word == "v0" { return true }
    return modelNames.contains { word.hasPrefix($0) }
  }

  private static let modelNames = [
    "gpt", "chatgpt", "openai", "codex", "claude", "anthropic", "opus", "sonnet", "haiku", "gemini", "copilot",
    "cursor",
    "deepseek", "qwen", "llama", "mistral", "grok", "kimi", "glm", "bolt", "lovable", "windsurf", "model", "assistant",
  ]

  private static let licenceWords: Set<String> = [
    "license", "licence", "licensed", "@license", "copyright", "mit", "bsd", "apache", "apache-2.0", "isc", "mpl",
    "spdx-license-identifier", "licenses", "@copyright", "bsd-3-clause",
  ]

  private static let fillers: Set<String> = [
    "@license", "@licence", "license", "licence", "@preserve", "copyright", "@copyright", "c", "the", "@overview",
    "@fileoverview", "@file", "@module", "@name", "by", "and", "-", "module",
  ]

  private static let titleWords: Set<String> = [
    "javascript", "library", "css", "framework", "version", "core", "bundle", "engine", "-", "js", "by", "reboot",
    "grid",
    "utilities", "free", "pro", "slim", "dom", "production.min", "development", "global",
  ]

  private static let libraries: Set<String> = [
    "three", "jquery", "jquery-ui", "react", "react-dom", "vue", "angular", "angularjs", "svelte", "preact", "p5",
    "phaser",
    "pixi", "babylon", "d3", "gsap", "scrolltrigger", "anime", "animejs", "bootstrap", "tailwindcss", "tailwind",
    "normalize", "modern-normalize", "sanitize", "reset", "bulma", "foundation", "materialize", "pure", "lodash",
    "underscore", "backbone", "ramda", "rxjs", "moment", "dayjs", "luxon", "axios", "chart", "echarts", "plotly",
    "highcharts", "leaflet", "openlayers", "ol", "mapbox", "cesium", "matter", "cannon", "cannon-es", "ammo", "rapier",
    "planck", "box2d", "howler", "tone", "pizzicato", "soundjs", "createjs", "easeljs", "preloadjs", "tweenjs", "tween",
    "hammer", "interact", "swiper", "slick", "aos", "lenis", "locomotive-scroll", "scrollreveal", "typed", "particles",
    "tsparticles", "vanta", "lottie", "bodymovin", "alpine", "htmx", "stimulus", "turbo", "socket", "require",
    "requirejs",
    "system", "systemjs", "zepto", "mootools", "prototype", "scriptaculous", "dojo", "ext", "ember", "knockout",
    "handlebars", "mustache", "ejs", "nunjucks", "marked", "showdown", "highlight", "prism", "codemirror", "ace",
    "katex", "mathjax", "mermaid", "cytoscape", "vis", "sigma", "two", "paper", "fabric", "konva", "snap", "raphael",
    "svg", "zdog", "regl", "twgl", "gl-matrix", "glmatrix", "ogl", "playcanvas", "aframe", "a-frame", "kaboom",
    "kaplay",
    "melonjs", "impact", "excalibur", "crafty", "dat.gui", "dat-gui", "lil-gui", "tweakpane", "stats", "seedrandom",
    "simplex-noise", "noise", "core-js", "regenerator-runtime", "zone", "polyfill", "modernizr", "html5shiv", "html5",
    "respond", "fontawesome", "font", "animate", "hover", "popper", "tippy", "floating-ui", "select2", "flatpickr",
    "fullcalendar", "datatables", "isotope", "masonry", "imagesloaded", "lightbox", "fancybox", "photoswipe", "zustand",
    "redux", "mobx", "immer", "scheduler", "jszip", "filesaver", "papaparse", "pako", "crypto-js", "uuid", "validator",
    "sweetalert2", "toastr", "nprogress", "barba", "swup", "fullpage", "parallax", "granim", "rellax", "splitting",
    "splide", "glide", "flickity", "embla", "sortable", "draggable", "dragula", "dropzone", "cropper", "quill",
  ]
}

/// Whether `needle` stands in `text` at `index`.
@inline(__always)
private func occurs(_ needle: StaticString, in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
  let count = needle.utf8CodeUnitCount
  guard text.count &- index >= count else { return false }
  var offset = 0
  while offset < count {
    if text[index &+ offset] != needle.utf8Start[offset] { return false }
    offset &+= 1
  }
  return true
}

/// Whether `needle` occurs in `text`.
private func find(_ needle: StaticString, in text: UnsafeBufferPointer<UInt8>) -> Bool {
  let count = needle.utf8CodeUnitCount
  guard count > 0, text.count >= count else { return false }
  let start = needle.utf8Start
  let first = start[0]
  var index = 0
  let last = text.count - count
  while index <= last {
    if text[index] == first {
      var offset = 1
      while offset < count, text[index &+ offset] == start[offset] { offset &+= 1 }
      if offset == count { return true }
    }
    index &+= 1
  }
  return false
}
