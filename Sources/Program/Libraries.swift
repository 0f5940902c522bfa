/// What is known of libraries by name: how their packages are called in imports, globals and addresses.
///
/// A path such as `three:Mesh` names an export of a package, `three:Mesh#` an instance, `three:Mesh#.position` a property of
/// one, `Audio#.play()` what a method gives. Globals of the host have no package: `document.body`.
enum Libraries {
  /// The global that a classic script of a library makes, and the export that it is.
  static let globals: [String: String] = [
    "THREE": "three:", "gsap": "gsap:gsap", "TweenMax": "gsap:gsap", "TweenLite": "gsap:gsap", "PIXI": "pixi.js:",
    "BABYLON": "@babylonjs/core:", "Phaser": "phaser:", "p5": "p5:default", "Howl": "howler:Howl",
    "Howler": "howler:Howler", "Tone": "tone:", "$": "jquery:default", "jQuery": "jquery:default", "d3": "d3:",
    "Matter": "matter-js:", "CANNON": "cannon-es:", "anime": "animejs:default", "Chart": "chart.js:Chart",
    "React": "react:", "ReactDOM": "react-dom:", "Vue": "vue:", "AOS": "aos:default", "Typed": "typed.js:default",
    "Swiper": "swiper:Swiper", "ScrollReveal": "scrollreveal:default", "lucide": "lucide:", "feather": "feather-icons:",
    "Alpine": "alpinejs:default", "kaboom": "kaboom:default", "VanillaTilt": "vanilla-tilt:default",
    "particlesJS": "particles.js:default", "Plotly": "plotly.js:", "echarts": "echarts:", "L": "leaflet:",
    "ApexCharts": "apexcharts:default", "lottie": "lottie-web:default", "createjs": "createjs:", "Zdog": "zdog:",
    "zzfx": "zzfx:zzfx", "jsfxr": "jsfxr:", "sfxr": "jsfxr:sfxr", "Stats": "stats.js:default", "dat": "dat.gui:",
    "lil": "lil-gui:", "AFRAME": "aframe:", "paper": "paper:", "fabric": "fabric:", "Konva": "konva:",
    "ScrollTrigger": "gsap:ScrollTrigger", "Lenis": "lenis:default", "Splitting": "splitting:default",
    "ml5": "ml5:", "twgl": "twgl.js:", "planck": "planck-js:", "Rapier": "@dimforge/rapier3d:", "regl": "regl:default",
    "Zustand": "zustand:", "Redux": "redux:", "preact": "preact:", "htm": "htm:default", "mitt": "mitt:default",
  ]

  /// Packages whose exports are those of another.
  private static let aliases: [String: String] = [
    "three.js": "three", "three-js": "three", "gsap-core": "gsap", "babylonjs": "@babylonjs/core", "pixi": "pixi.js",
    "jquery.js": "jquery", "preact/hooks": "react", "preact/compat": "react", "react-dom/client": "react-dom",
    "matter": "matter-js", "anime": "animejs", "anime.es": "animejs", "chartjs": "chart.js", "howler.js": "howler",
    "@react-three/fiber/native": "@react-three/fiber", "super-three": "three", "Chart.js": "chart.js",
    "p5.js": "p5", "p5js": "p5", "cannon": "cannon-es", "babylon": "@babylonjs/core", "tone.js": "tone", "Tone": "tone",
    "vue.global": "vue",
  ]

  /// The package that an import names: `three` for `three/addons/controls/OrbitControls.js`.
  static func package(ofImport specifier: String) -> String {
    if let known = aliases[specifier] { return known }
    let parts = specifier.split(separator: "/", omittingEmptySubsequences: false)
    let name = specifier.hasPrefix("@") && parts.count > 1 ? parts[0] + "/" + parts[1] : parts.first ?? ""
    return normalized(String(name))
  }

  /// The package behind an address of a content network, or the name of the file.
  static func package(ofAddress address: String) -> String {
    var text = Substring(address)
    if let start = text.range(ofText: "//") { text = text[start.upperBound...] }
    let parts = text.split(separator: "/").map { String($0.prefix { $0 != "?" && $0 != "#" }) }
    var rest = parts.dropFirst()
    while let first = rest.first, ["npm", "ajax", "libs", "gh", "pin", "stable", "v135", "-"].contains(first) {
      rest = rest.dropFirst()
    }
    guard let first = rest.first else { return normalized(address) }
    if first.hasPrefix("@"), let second = rest.dropFirst().first { return normalized(first + "/" + second) }
    if parts.first?.contains("jquery.com") == true { return "jquery" }
    return normalized(first)
  }

  /// The library that a file's name stands for, when it is a local copy: `js/three.min.js` is `three`.
  static func package(ofFile path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [
      ".js", ".mjs", ".cjs", ".min", ".umd", ".esm", ".module", ".core", ".global", ".prod", ".production",
    ] {
      if name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    }
    for suffix in [".min", ".module", ".umd", ".global"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    return normalized(name)
  }

  private static func normalized(_ name: String) -> String {
    var name = name
    if let at = name.dropFirst().firstIndex(of: "@") { name = String(name[..<at]) }
    return aliases[name] ?? name
  }

  /// The path of a member.
  static func join(_ path: String, _ member: String) -> String {
    path.utf8.last == 0x3A ? path + member : path + "." + member
  }
}

extension Substring {
  /// Where a text first occurs.
  func range(ofText text: String) -> Range<Index>? {
    let wanted = Array(text.utf8)
    let bytes = utf8
    var index = bytes.startIndex
    while index != bytes.endIndex {
      if bytes[index...].starts(with: wanted) { return index..<bytes.index(index, offsetBy: wanted.count) }
      index = bytes.index(after: index)
    }
    return nil
  }
}
