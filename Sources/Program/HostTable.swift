/// Why the host calls a function.
public enum CallbackKind: String, Hashable, Sendable, CaseIterable {
  /// When the page or a resource has loaded.
  case load
  /// Before the next frame is drawn, or before every one.
  case frame
  /// Again and again after a fixed time.
  case interval
  /// Once after a time.
  case timeout
  /// When something happens: input, a message, a change.
  case event
  /// When a promise is settled.
  case promise
  /// When an observer notices something.
  case observer
  /// After a component has been rendered.
  case effect
  /// To render a component.
  case component
  /// At a point in the life of an object that a library manages.
  case lifecycle
  /// When and why only the library knows.
  case library
}

/// A call by which a function is handed to the host or a library to be called later.
struct HostRule {
  var kind: CallbackKind
  /// Which argument is the function; `nil` for the last one that holds a function.
  var callback: Int?
  /// Which argument names the event.
  var event: Int?
  /// The event's name when no argument gives it.
  var eventName: String?
  /// Whether the host calls it again and again by itself.
  var repeats = false

  init(_ kind: CallbackKind, _ callback: Int? = 0, event: Int? = nil, named: String? = nil, repeats: Bool = false) {
    self.kind = kind
    self.callback = callback
    self.event = event
    eventName = named
    self.repeats = repeats
  }
}

/// The one place that says what hosts and libraries call.
///
/// To teach a host, add a line: a function by its path, a method by its name, a constructor by its path, or the methods that a
/// library calls on subclasses of its classes.
enum HostTable {
  /// Functions by path.
  static let functions: [String: HostRule] = [
    "requestAnimationFrame": HostRule(.frame), "webkitRequestAnimationFrame": HostRule(.frame),
    "mozRequestAnimationFrame": HostRule(.frame), "requestIdleCallback": HostRule(.timeout),
    "setInterval": HostRule(.interval, repeats: true), "setTimeout": HostRule(.timeout),
    "setImmediate": HostRule(.timeout), "queueMicrotask": HostRule(.timeout),
    "addEventListener": HostRule(.event, 1, event: 0),
    "process.nextTick": HostRule(.timeout), "addOnLoad": HostRule(.load),
    "navigator.requestMIDIAccess": HostRule(.promise),
    "document.startViewTransition": HostRule(.promise), "MathJax.startup.ready": HostRule(.load),
    // React and what follows its shape
    "react:useEffect": HostRule(.effect), "react:useLayoutEffect": HostRule(.effect),
    "react:useInsertionEffect": HostRule(.effect), "react:startTransition": HostRule(.timeout),
    "@react-three/fiber:useFrame": HostRule(.frame, repeats: true),
    "@react-three/fiber:addEffect": HostRule(.frame, repeats: true),
    "react-use:useInterval": HostRule(.interval, repeats: true),
    "framer-motion:useAnimationFrame": HostRule(.frame, repeats: true), "solid-js:createEffect": HostRule(.effect),
    "solid-js:onMount": HostRule(.lifecycle), "svelte:onMount": HostRule(.lifecycle),
    "svelte:onDestroy": HostRule(.lifecycle),
    "svelte:afterUpdate": HostRule(.lifecycle), "vue:onMounted": HostRule(.lifecycle),
    "vue:onUnmounted": HostRule(.lifecycle),
    "vue:onBeforeUnmount": HostRule(.lifecycle), "vue:watchEffect": HostRule(.effect),
    "vue:watch": HostRule(.effect, 1),
    "vue:computed": HostRule(.effect), "vue:nextTick": HostRule(.timeout),
    "@tresjs/core:useRenderLoop": HostRule(.frame),
    "kaboom:onUpdate": HostRule(.frame, nil, repeats: true), "kaplay:onUpdate": HostRule(.frame, nil, repeats: true),
    "gsap:ticker.add": HostRule(.frame, repeats: true), "gsap:gsap.ticker.add": HostRule(.frame, repeats: true),
    "gsap:delayedCall": HostRule(.timeout, 1), "gsap:gsap.delayedCall": HostRule(.timeout, 1),
    "d3:timer": HostRule(.frame, repeats: true), "d3:interval": HostRule(.interval, repeats: true),
    "jquery:ready": HostRule(.load),
    "tone:Transport.scheduleRepeat": HostRule(.interval, repeats: true),
    "matter-js:Events.on": HostRule(.event, 2, event: 1),
    "alpinejs:data": HostRule(.lifecycle, 1), "alpinejs:store": HostRule(.lifecycle, 1),
  ]

  /// Methods by name, on objects of the host, of libraries and of unknown origin.
  static let methods: [String: HostRule] = [
    "addEventListener": HostRule(.event, 1, event: 0), "attachEvent": HostRule(.event, 1, event: 0),
    "addListener": HostRule(.event, nil, event: 0), "on": HostRule(.event, nil, event: 0),
    "once": HostRule(.event, nil, event: 0), "one": HostRule(.event, nil, event: 0),
    "setAnimationLoop": HostRule(.frame, repeats: true), "runRenderLoop": HostRule(.frame, repeats: true),
    "registerBeforeRender": HostRule(.frame, repeats: true), "registerAfterRender": HostRule(.frame, repeats: true),
    "requestAnimationFrame": HostRule(.frame), "setInterval": HostRule(.interval, repeats: true),
    "requestVideoFrameCallback": HostRule(.frame), "setTimeout": HostRule(.timeout), "then": HostRule(.promise),
    "catch": HostRule(.promise), "finally": HostRule(.promise), "ready": HostRule(.load),
    "toBlob": HostRule(.promise), "decodeAudioData": HostRule(.promise, 1), "getCurrentPosition": HostRule(.promise),
    "scheduleRepeat": HostRule(.interval, repeats: true), "delayedCall": HostRule(.timeout, 1),
    "click": HostRule(.event, named: "click"), "dblclick": HostRule(.event, named: "dblclick"),
    "mousedown": HostRule(.event, named: "mousedown"), "mouseup": HostRule(.event, named: "mouseup"),
    "mousemove": HostRule(.event, named: "mousemove"), "mouseenter": HostRule(.event, named: "mouseenter"),
    "mouseleave": HostRule(.event, named: "mouseleave"), "hover": HostRule(.event, named: "mouseenter"),
    "keydown": HostRule(.event, named: "keydown"), "keyup": HostRule(.event, named: "keyup"),
    "keypress": HostRule(.event, named: "keypress"), "change": HostRule(.event, named: "change"),
    "input": HostRule(.event, named: "input"), "submit": HostRule(.event, named: "submit"),
    "resize": HostRule(.event, named: "resize"), "scroll": HostRule(.event, named: "scroll"),
    "focus": HostRule(.event, named: "focus"), "blur": HostRule(.event, named: "blur"),
    "mousePressed": HostRule(.event, named: "mousedown"), "mouseReleased": HostRule(.event, named: "mouseup"),
    "onChange": HostRule(.event, named: "change"), "onFinishChange": HostRule(.event, named: "change"),
    "onUpdate": HostRule(.frame, nil, repeats: true), "onKeyDown": HostRule(.event, nil, named: "keydown"),
    "onKeyPress": HostRule(.event, nil, named: "keydown"), "onClick": HostRule(.event, nil, named: "click"),
  ]

  /// Methods of objects that a longer path tells apart, by the end of the path.
  static let suffixes: [(String, HostRule)] = [
    ("ticker.add", HostRule(.frame, repeats: true)), ("Observable.add", HostRule(.frame, repeats: true)),
    (".time.addEvent", HostRule(.interval, repeats: true)),
    (".onClickObservable.add", HostRule(.event, named: "click")),
    ("onPointerObservable.add", HostRule(.event, named: "pointer")),
    ("onKeyboardObservable.add", HostRule(.event, named: "keydown")),
    (".physics.add.overlap", HostRule(.event, 2, named: "overlap")),
    (".physics.add.collider", HostRule(.event, 2, named: "collide")),
  ]

  /// Constructors by the end of their path.
  static let constructors: [String: HostRule] = [
    "IntersectionObserver": HostRule(.observer), "MutationObserver": HostRule(.observer),
    "ResizeObserver": HostRule(.observer), "PerformanceObserver": HostRule(.observer), "Promise": HostRule(.promise),
    "p5:default": HostRule(.lifecycle), "FinalizationRegistry": HostRule(.library),
  ]

  /// Methods that a library calls on subclasses of its classes, on objects given to it as configuration, or on global functions;
  /// by package, or by a class of the host.
  static let lifecycles: [String: [String: HostRule]] = [
    "phaser": [
      "init": HostRule(.load), "preload": HostRule(.load), "create": HostRule(.load),
      "update": HostRule(.frame, repeats: true), "preUpdate": HostRule(.frame, repeats: true),
      "render": HostRule(.frame, repeats: true),
    ],
    "react": [
      "render": HostRule(.component), "componentDidMount": HostRule(.effect), "componentDidUpdate": HostRule(.effect),
      "componentWillUnmount": HostRule(.effect),
    ],
    "HTMLElement": elementLifecycle,
    "lit": elementLifecycle.merging([
      "render": HostRule(.component), "firstUpdated": HostRule(.lifecycle), "updated": HostRule(.lifecycle),
      "willUpdate": HostRule(.lifecycle),
    ]) { old, _ in old },
    "p5": p5Functions,
    "AudioWorkletProcessor": ["process": HostRule(.interval, repeats: true)],
    "excalibur": ["onPreUpdate": HostRule(.frame, repeats: true), "onInitialize": HostRule(.load)],
  ]

  private static let elementLifecycle: [String: HostRule] = [
    "connectedCallback": HostRule(.lifecycle), "disconnectedCallback": HostRule(.lifecycle),
    "attributeChangedCallback": HostRule(.lifecycle), "adoptedCallback": HostRule(.lifecycle),
  ]

  /// What p5 calls: global functions in global mode, properties of the sketch in instance mode.
  static let p5Functions: [String: HostRule] = [
    "preload": HostRule(.load), "setup": HostRule(.load), "draw": HostRule(.frame, repeats: true),
    "windowResized": HostRule(.event, named: "resize"), "mousePressed": HostRule(.event, named: "mousedown"),
    "mouseReleased": HostRule(.event, named: "mouseup"), "mouseClicked": HostRule(.event, named: "click"),
    "mouseMoved": HostRule(.event, named: "mousemove"), "mouseDragged": HostRule(.event, named: "mousemove"),
    "mouseWheel": HostRule(.event, named: "wheel"), "doubleClicked": HostRule(.event, named: "dblclick"),
    "keyPressed": HostRule(.event, named: "keydown"), "keyReleased": HostRule(.event, named: "keyup"),
    "keyTyped": HostRule(.event, named: "keypress"), "touchStarted": HostRule(.event, named: "touchstart"),
    "touchMoved": HostRule(.event, named: "touchmove"), "touchEnded": HostRule(.event, named: "touchend"),
    "deviceShaken": HostRule(.event, named: "devicemotion"),
  ]

  /// Names of properties of configuration objects by which a library calls a function, with the reason.
  static let optionNames: [String: HostRule] = [
    "update": HostRule(.frame, repeats: true), "onUpdate": HostRule(.frame, repeats: true),
    "create": HostRule(.load), "preload": HostRule(.load), "setup": HostRule(.lifecycle),
    "mounted": HostRule(.lifecycle),
    "created": HostRule(.lifecycle), "data": HostRule(.lifecycle), "init": HostRule(.lifecycle),
    "complete": HostRule(.timeout), "onComplete": HostRule(.timeout), "onload": HostRule(.load),
    "onLoad": HostRule(.load),
    "success": HostRule(.promise), "error": HostRule(.promise), "callback": HostRule(.timeout),
  ]

  /// Methods that look elements up.
  static let lookups: Set<String> = [
    "getElementById", "querySelector", "querySelectorAll", "getElementsByClassName", "getElementsByTagName",
    "getElementsByName", "closest",
  ]

  /// Whether a property holds an event handler: `onclick`, `onpointerdown`, `onmessage`, but not `once` or `only`.
  static func handlerEvent(_ name: String) -> String? {
    guard name.hasPrefix("on"), name.utf8.count >= 5, !["once", "onto", "online", "ones"].contains(name) else {
      return nil
    }
    let event = name.dropFirst(2)
    guard event.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return String(event)
  }

  /// The event of a JSX property: `onClick` is `click`, `onPointerDownCapture` is `pointerdown`.
  static func propertyEvent(_ name: String) -> String? {
    guard name.hasPrefix("on"), let third = name.utf8.dropFirst(2).first else { return nil }
    guard third >= 0x41 && third <= 0x5A || third == 0x3A || third >= 0x61 else { return nil }
    var event = name.dropFirst(third == 0x3A ? 3 : 2).lowercased()
    if event.hasSuffix("capture"), event != "gotpointercapture", event != "lostpointercapture" { event.removeLast(7) }
    return event
  }
}
