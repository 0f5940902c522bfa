import Ingest
import JavaScriptSyntax
import Program
import StyleSyntax

/// What moves in the opening section by itself.
struct HeroMotion: Mechanic {
  static let id = "motion"
  static let examples: [Example] = [
    .found(
      "<style>@keyframes r{from{opacity:0}} h1 span{animation:r 1s}</style><section><h1><span>Hi</span></h1></section>",
      ["of": .word("hero"), "by": .word("keyframes")]),
    .broken(
      "<style>@keyframes other{from{opacity:0}} h1{animation:r 1s}</style><section><h1>Hi</h1></section>",
      ["of": .word("hero")]),
    .refused(
      "<style>h1{transition:color 1s} h1:hover{color:red}</style><section><h1>Hi</h1></section>", ["of": .word("hero")]),
    .absent("<style>@keyframes r{from{opacity:0}}</style><section><h1>Hi</h1></section>", ["of": .word("hero")]),
    .found(
      "<section><h1 id=t></h1></section><script>let i=0;setInterval(()=>{t.textContent='Hello'.slice(0,i++)},90)</script>",
      ["of": .word("hero"), "by": .word("typing")]),
    .found(
      "<section><canvas id=c></canvas><h1>Hi</h1></section><script>const x=c.getContext('2d');function f(){x.fillRect(0,0,9,9);requestAnimationFrame(f)}f()</script>",
      ["of": .word("hero"), "by": .word("canvas")]),
    .absent(
      "<section><canvas id=c></canvas><h1>Hi</h1></section><script>const x=c.getContext('2d');function f(){x.fillRect(0,0,9,9);requestAnimationFrame(f)}</script>",
      ["of": .word("hero")]),
    .found("<section><h1 class=animate-pulse>Hi</h1></section>", ["of": .word("hero"), "by": .word("keyframes")]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    let view = scene.shared(PageView.self)
    guard !view.hero.isEmpty else { return [] }
    var result = styles(view) + (view.rehearsal.map { changes($0, view) } ?? scripts(view) + calls(view))
    if !result.contains(where: { $0.status == .found || $0.status == .broken }) { result += hovers(view) }
    return result
  }

  private static func finding(_ by: String, _ driven: String, _ evidence: Evidence) -> Finding {
    Finding(
      id, .found, facts: ["of": .word("hero"), "by": .word(by), "driven-by": .word(driven)], evidence: [evidence])
  }

  // MARK: Style

  private static func styles(_ view: PageView) -> [Finding] {
    var result: [Finding] = []
    for element in view.hero.sorted() {
      for pseudo in [nil, "before", "after"] as [String?] {
        let running = view.resolver.animations(of: element, in: .desktop, pseudoElement: pseudo)
        let possible = view.resolver.animations(of: element, pseudoElement: pseudo).map { $0.animation }
        for animation in running + (running.isEmpty ? scripted(possible, element, view) : []) where animation.canRun {
          guard let name = animation.name else { continue }
          if view.index.keyframes[name]?.contains(where: { $0.hasFrames }) ?? false {
            result.append(finding("keyframes", "style", view.evidence(element, "the keyframes `\(name)` animate it")))
          } else if !isConfigured(name, view) {
            result.append(
              Finding(
                id, .broken, facts: ["of": .word("hero"), "by": .word("keyframes"), "driven-by": .word("style")],
                evidence: [view.evidence(element, "asks for the animation `\(name)`")],
                reason: "there are no keyframes called `\(name)`", failure: .tunable,
                advice: "Write the keyframes `\(name)`."))
          }
        }
      }
      let utilities = utilityClasses(in: view.elements[element].attribute("class") ?? "")
      if utilities.contains(where: { $0.states.isEmpty && !$0.animations.isEmpty }) {
        result.append(finding("keyframes", "style", view.evidence(element, "a class animates it")))
      }
    }
    return result
  }

  /// Animations that begin once script has given the element a class.
  private static func scripted(_ all: [StyleAnimation], _ element: Int, _ view: PageView) -> [StyleAnimation] {
    let around = view.chain(of: element)
    return around.contains { !view.elements[$0].scriptedClasses.isEmpty } ? all : []
  }

  private static func isConfigured(_ name: String, _ view: PageView) -> Bool {
    view.program.project.files.contains { file in
      file.path.contains("tailwind.config") && String(decoding: file.bytes, as: UTF8.self).contains(name)
    }
  }

  private static func hovers(_ view: PageView) -> [Finding] {
    for element in view.hero.sorted() {
      guard let first = view.resolver.declarations(of: "transition-property", on: element).first, first.certainty != .no
      else { continue }
      return [
        Finding(
          id, .refused, facts: ["of": .word("hero"), "driven-by": .word("style")],
          evidence: [view.evidence(element, "a transition between two states")],
          reason: "a transition moves only when something else changes; nothing in the opening section moves by itself")
      ]
    }
    return []
  }

  // MARK: What scripts are seen to change

  private static func changes(_ rehearsal: Rehearsal, _ view: PageView) -> [Finding] {
    let hero = Set(view.hero.union(backdrops(view)).map { view.tree.nodes[$0] })
    var times: [String: Set<Double>] = [:]
    var places: [String: PageChange] = [:]
    for change in rehearsal.changes where hero.contains(change.node) {
      let by: String
      switch (change.kind, change.cause) {
      case (_, .event): continue
      case (.animation, _): by = "animate"
      case (_, .load), (_, .observer): continue
      case (.drawing, _): by = "canvas"
      case (.text, _), (.children, _): by = "typing"
      default: by = "elapsed"
      }
      times[by, default: []].insert(change.time)
      if places[by] == nil { places[by] = change }
    }
    var result: [Finding] = []
    for (by, needed, says) in [
      ("canvas", 3, "draws on the canvas of the opening section, frame by frame"),
      ("typing", 3, "writes the text piece by piece"),
      ("elapsed", 3, "changes the look of the opening section again and again"),
      ("animate", 1, "animates an element of the opening section"),
    ] where times[by]?.count ?? 0 >= needed {
      guard let change = places[by] else { continue }
      let element = view.tree.element(ofNode: change.node)
      let place = change.place.map { view.evidence($0, says) } ?? element.map { view.evidence($0, says) }
      if let place { result.append(finding(by, by == "animate" ? "event" : "loop", place)) }
    }
    if let entrance = entrance(rehearsal, hero, view) { result.append(entrance) }
    for call in rehearsal.libraryCalls where isEngine(call.path) && call.nodes.contains(where: { hero.contains($0) }) {
      guard let code = call.place else { continue }
      result.append(
        finding(
          "library", "event", view.evidence(code, "an animation library is given an element of the opening section")))
      break
    }
    return result
  }

  /// A change of classes or styles by a timer or on coming into view, which a transition draws out.
  private static func entrance(_ rehearsal: Rehearsal, _ hero: Set<Int>, _ view: PageView) -> Finding? {
    for change in rehearsal.changes where hero.contains(change.node) {
      guard change.kind == .classes || change.kind == .style, change.cause == .timeout || change.cause == .observer,
        let element = view.tree.element(ofNode: change.node)
      else { continue }
      for inner in [element] + view.inside(element) where view.hero.contains(inner) {
        guard let duration = view.sight.value("transition-duration", inner) ?? view.sight.value("transition", inner),
          duration.contains(where: { ("1"..."9").contains($0) })
        else { continue }
        return finding("animate", "event", view.evidence(inner, "a transition brings it in once the page has loaded"))
      }
    }
    return nil
  }

  private static let engines: Set<String> = [
    "gsap", "anime", "animejs", "typed", "tweenmax", "tweenlite", "timelinemax", "animate", "velocity", "vanillatilt",
    "particlesjs", "tsparticles", "lottie", "scrollreveal", "splittype", "motion", "typeit", "typewriter", "vanta",
    "three", "granim", "splitting", "barba", "popmotion", "vivus", "dotlottie",
  ]

  private static func isEngine(_ path: String) -> Bool {
    path.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { engines.contains(String($0)) }
  }

  /// Canvases that lie behind the whole page.
  private static func backdrops(_ view: PageView) -> [Int] {
    view.visible.filter { element in
      guard view.elements[element].name == "canvas" else { return false }
      return view.chain(of: element).prefix(3).contains { outer in
        ["fixed", "absolute"].contains(view.sight.value("position", outer) ?? "")
      }
        && !view.chain(of: element).contains {
          ["section", "article", "footer", "form"].contains(view.elements[$0].name)
        }
    }
  }

  // MARK: Script

  private static func scripts(_ view: PageView) -> [Finding] {
    let program = view.program
    let writes = program.domWrites.filter { write in write.elements.contains { view.hero.contains($0) } }
    let canvases = heroCanvases(view)
    var result: [Finding] = []
    for callback in program.callbacks {
      guard callback.kind == .frame || callback.kind == .interval || callback.kind == .timeout,
        program.isReachable(callback.registration)
      else { continue }
      let reached = program.functionsReached(from: callback.function)
      if callback.kind == .frame, callback.repeats, canvases, let drawing = drawing(in: reached, view) {
        result.append(
          finding(
            "canvas", "loop", view.evidence(drawing, "draws on the canvas of the opening section, frame by frame")))
        continue
      }
      guard callback.repeats || callback.kind == .timeout && isRepeated(callback, reached, view) else { continue }
      guard let write = writes.first(where: { write in reached.contains { $0 == write.code.region } }) else { continue }
      switch write.kind {
      case .text, .markup:
        result.append(finding("typing", "loop", view.evidence(write.code, "writes the text piece by piece")))
      case .style, .classes, .attribute:
        result.append(
          finding(
            "elapsed", "loop", view.evidence(write.code, "changes the look of the opening section again and again")))
      default: continue
      }
    }
    return result
  }

  /// Whether a function that a timeout calls asks for itself again.
  private static func isRepeated(_ callback: HostCallback, _ reached: [Code], _ view: PageView) -> Bool {
    reached.contains { $0 == callback.registration.region }
  }

  private static func heroCanvases(_ view: PageView) -> Bool {
    view.hero.contains { view.elements[$0].name == "canvas" }
  }

  private static func drawing(in functions: [Code], _ view: PageView) -> Code? {
    for function in functions {
      var found: Code?
      function.forEachInRegion { code in
        guard found == nil, code.kind == .callExpression else { return }
        let paths = view.program.calleePaths(of: code)
        let draws = paths.contains { path in
          path.hasPrefix("CanvasRenderingContext2D.") || path.hasPrefix("WebGL") || path.hasPrefix("three:")
        }
        if draws { found = code }
      }
      if let found { return found }
    }
    return nil
  }

  // MARK: Animation calls

  private static func calls(_ view: PageView) -> [Finding] {
    let program = view.program
    let heroFunctions = Set(
      view.hero.compactMap { element -> Code? in
        if case .jsx(let code) = view.elements[element].source { return code.region }
        return nil
      })
    var result: [Finding] = []
    for unit in program.units {
      for index in unit.tree.nodes.indices {
        let code = Code(unit: unit, node: NodeID(UInt32(index)))
        switch code.kind {
        case .jsxOpeningElement:
          guard code[.name]?.text.hasPrefix("motion.") ?? false, heroFunctions.contains(code.region),
            code.list(.attributes).contains(where: { ["animate", "initial"].contains($0[.name]?.name ?? "") }),
            code.list(.attributes).contains(where: { $0[.name]?.name == "animate" }), program.isReachable(code)
          else { continue }
          result.append(
            finding("library", "style", view.evidence(code, "an animation library moves it when it appears")))
        case .callExpression, .newExpression:
          if let found = call(code, view) { result.append(found) }
        default: continue
        }
      }
    }
    return result
  }

  private static func call(_ code: Code, _ view: PageView) -> Finding? {
    let program = view.program
    let arguments = code.list(.arguments)
    guard let callee = code[.callee]?.unwrapped, program.isReachable(code) else { return nil }
    if callee.kind == .memberExpression, callee[.property]?.name == "animate", let object = callee[.object],
      program.elements(of: object).contains(where: { view.hero.contains($0) })
    {
      return finding("animate", "event", view.evidence(code, "animates an element of the opening section"))
    }
    var root = callee
    while root.kind == .memberExpression || root.kind == .callExpression {
      guard let next = (root[.object] ?? root[.callee])?.unwrapped else { break }
      root = next
    }
    let engines: Set<String> = [
      "gsap", "anime", "Typed", "TweenMax", "TweenLite", "animate", "Velocity", "VanillaTilt", "particlesJS",
      "tsParticles", "lottie", "ScrollReveal", "SplitType", "Motion", "TypeIt", "Typewriter",
    ]
    guard engines.contains(root.name) else { return nil }
    for argument in arguments.prefix(2) {
      if let hit = hit(argument, view) {
        return finding(
          "library", "event", view.evidence(hit, "an animation library is given an element of the opening section"))
      }
    }
    return nil
  }

  private static func hit(_ argument: Code, _ view: PageView) -> Code? {
    let program = view.program
    if program.elements(of: argument).contains(where: { view.hero.contains($0) }) { return argument }
    if let text = program.constant(of: argument).string {
      let selectors = [text, "#" + text]
      for selector in selectors where program.document.query(selector).contains(where: { view.hero.contains($0) }) {
        return argument
      }
    }
    if argument.kind == .objectExpression {
      for property in argument.list(.properties) where program.propertyName(of: property) == "targets" {
        if let value = property[.value] { return hit(value, view) }
      }
    }
    return nil
  }
}
