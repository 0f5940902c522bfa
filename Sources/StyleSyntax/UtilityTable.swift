/// The utility classes of Tailwind CSS, as far as criteria ask about them: one table, one place to add one.
///
/// Source: the Tailwind CSS documentation, versions 3 and 4.
enum UtilityTable {
  /// Breakpoints and their least widths in pixels.
  static let breakpoints: [(name: String, width: Double)] = [
    ("sm", 640), ("md", 768), ("lg", 1024), ("xl", 1280), ("2xl", 1536),
  ]

  /// Sizes of containers, in pixels, for `@md:` and `max-w-md`.
  static let containers: [String: Double] = [
    "3xs": 256, "2xs": 288, "xs": 320, "sm": 384, "md": 448, "lg": 512, "xl": 576, "2xl": 672, "3xl": 768, "4xl": 896,
    "5xl": 1024, "6xl": 1152, "7xl": 1280,
  ]

  /// Prefixes that stand for a media query.
  static let media: [String: String] = [
    "motion-safe": "(prefers-reduced-motion: no-preference)", "motion-reduce": "(prefers-reduced-motion: reduce)",
    "dark": "(prefers-color-scheme: dark)", "print": "print", "portrait": "(orientation: portrait)",
    "landscape": "(orientation: landscape)", "contrast-more": "(prefers-contrast: more)",
    "contrast-less": "(prefers-contrast: less)", "forced-colors": "(forced-colors: active)",
    "pointer-coarse": "(pointer: coarse)", "pointer-fine": "(pointer: fine)", "noscript": "(scripting: none)",
  ]

  /// Prefixes that stand for a pseudo-class, where it has another name.
  static let states: [String: String] = [
    "first": "first-child", "last": "last-child", "only": "only-child", "odd": "nth-child(odd)",
    "even": "nth-child(even)",
  ]

  /// Prefixes that stand for the pseudo-class of the same name.
  static let plainStates: Set<String> = [
    "hover", "focus", "focus-visible", "focus-within", "active", "visited", "target", "disabled", "enabled", "checked",
    "indeterminate", "default", "required", "optional", "valid", "invalid", "user-valid", "user-invalid", "in-range",
    "out-of-range", "placeholder-shown", "autofill", "read-only", "empty", "open", "first-of-type", "last-of-type",
    "only-of-type", "inert",
  ]

  /// Prefixes that stand for a pseudo-element.
  static let pseudoElements: Set<String> = [
    "before", "after", "placeholder", "file", "marker", "selection", "first-line", "first-letter", "backdrop",
  ]

  /// Whole classes and what they declare.
  static let fixed: [String: String] = [
    "block": "display:block", "inline-block": "display:inline-block", "inline": "display:inline",
    "flex": "display:flex",
    "inline-flex": "display:inline-flex", "grid": "display:grid", "inline-grid": "display:inline-grid",
    "contents": "display:contents", "hidden": "display:none", "table": "display:table",
    "flow-root": "display:flow-root",
    "invisible": "visibility:hidden", "visible": "visibility:visible", "collapse": "visibility:collapse",
    "sr-only": "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap",
    "not-sr-only": "position:static;width:auto;height:auto;overflow:visible;clip:auto;white-space:normal",
    "static": "position:static", "relative": "position:relative", "absolute": "position:absolute",
    "fixed": "position:fixed", "sticky": "position:sticky",
    "flex-row": "flex-direction:row", "flex-row-reverse": "flex-direction:row-reverse",
    "flex-col": "flex-direction:column", "flex-col-reverse": "flex-direction:column-reverse",
    "flex-wrap": "flex-wrap:wrap", "flex-wrap-reverse": "flex-wrap:wrap-reverse", "flex-nowrap": "flex-wrap:nowrap",
    "flex-1": "flex:1 1 0%", "flex-auto": "flex:1 1 auto", "flex-initial": "flex:0 1 auto", "flex-none": "flex:none",
    "grow": "flex-grow:1", "grow-0": "flex-grow:0", "shrink": "flex-shrink:1", "shrink-0": "flex-shrink:0",
    "outline-none": "outline-style:none", "outline-hidden": "outline-style:none", "outline": "outline-style:solid",
    "outline-0": "outline-width:0", "outline-1": "outline-width:1px", "outline-2": "outline-width:2px",
    "outline-4": "outline-width:4px", "outline-8": "outline-width:8px", "outline-dashed": "outline-style:dashed",
    "ring": "box-shadow:0 0 0 3px", "ring-0": "box-shadow:0 0 0 0", "ring-1": "box-shadow:0 0 0 1px",
    "ring-2": "box-shadow:0 0 0 2px", "ring-4": "box-shadow:0 0 0 4px", "ring-8": "box-shadow:0 0 0 8px",
    "underline": "text-decoration-line:underline", "no-underline": "text-decoration-line:none",
    "truncate": "overflow:hidden;text-overflow:ellipsis;white-space:nowrap",
    "overflow-auto": "overflow:auto", "overflow-hidden": "overflow:hidden", "overflow-clip": "overflow:clip",
    "overflow-visible": "overflow:visible", "overflow-scroll": "overflow:scroll", "overflow-x-auto": "overflow-x:auto",
    "overflow-y-auto": "overflow-y:auto", "overflow-x-hidden": "overflow-x:hidden",
    "overflow-y-hidden": "overflow-y:hidden", "overflow-x-scroll": "overflow-x:scroll",
    "overflow-y-scroll": "overflow-y:scroll", "whitespace-nowrap": "white-space:nowrap",
    "whitespace-normal": "white-space:normal", "break-words": "overflow-wrap:break-word",
    "break-all": "word-break:break-all",
    "pointer-events-none": "pointer-events:none", "pointer-events-auto": "pointer-events:auto",
    "cursor-pointer": "cursor:pointer", "select-none": "user-select:none", "scroll-smooth": "scroll-behavior:smooth",
    "scroll-auto": "scroll-behavior:auto", "box-border": "box-sizing:border-box",
    "box-content": "box-sizing:content-box",
    "container": "width:100%", "mx-auto": "margin-left:auto;margin-right:auto",
    "animate-none": "animation:none",
    "animate-spin": "animation:spin 1s linear infinite",
    "animate-ping": "animation:ping 1s cubic-bezier(0, 0, 0.2, 1) infinite",
    "animate-pulse": "animation:pulse 2s cubic-bezier(0.4, 0, 0.6, 1) infinite",
    "animate-bounce": "animation:bounce 1s infinite",
    "transition": "transition-property:color,opacity,transform;transition-duration:150ms",
    "transition-all": "transition-property:all;transition-duration:150ms",
    "transition-colors": "transition-property:color;transition-duration:150ms",
    "transition-opacity": "transition-property:opacity;transition-duration:150ms",
    "transition-shadow": "transition-property:box-shadow;transition-duration:150ms",
    "transition-transform": "transition-property:transform;transition-duration:150ms",
    "transition-none": "transition-property:none",
    "transform-3d": "transform-style:preserve-3d", "truncate-none": "text-overflow:clip",
    "w-auto": "width:auto", "w-full": "width:100%", "w-screen": "width:100vw", "w-min": "width:min-content",
    "w-max": "width:max-content", "w-fit": "width:fit-content", "w-px": "width:1px",
    "h-auto": "height:auto", "h-full": "height:100%", "h-screen": "height:100vh", "h-dvh": "height:100dvh",
    "h-fit": "height:fit-content", "h-px": "height:1px", "min-h-screen": "min-height:100vh",
    "min-h-full": "min-height:100%",
    "min-h-dvh": "min-height:100dvh", "min-w-full": "min-width:100%", "min-w-min": "min-width:min-content",
    "min-w-max": "min-width:max-content", "max-w-none": "max-width:none", "max-w-full": "max-width:100%",
    "max-w-min": "max-width:min-content", "max-w-max": "max-width:max-content", "max-w-fit": "max-width:fit-content",
    "max-w-prose": "max-width:65ch", "max-w-screen-sm": "max-width:640px", "max-w-screen-md": "max-width:768px",
    "max-w-screen-lg": "max-width:1024px", "max-w-screen-xl": "max-width:1280px",
    "max-w-screen-2xl": "max-width:1536px", "max-h-full": "max-height:100%", "max-h-screen": "max-height:100vh",
    "grid-cols-none": "grid-template-columns:none", "grid-cols-subgrid": "grid-template-columns:subgrid",
    "grid-rows-none": "grid-template-rows:none",
  ]

  /// Properties whose value is a step of the spacing scale, a fraction or an arbitrary value.
  static let spaced: [String: String] = [
    "w": "width", "h": "height", "min-w": "min-width", "max-w": "max-width", "min-h": "min-height",
    "max-h": "max-height", "basis": "flex-basis", "m": "margin", "mx": "margin-inline", "my": "margin-block",
    "mt": "margin-top", "mr": "margin-right", "mb": "margin-bottom", "ml": "margin-left", "ms": "margin-inline-start",
    "me": "margin-inline-end", "p": "padding", "px": "padding-inline", "py": "padding-block", "pt": "padding-top",
    "pr": "padding-right", "pb": "padding-bottom", "pl": "padding-left", "gap": "gap", "gap-x": "column-gap",
    "gap-y": "row-gap", "top": "top", "right": "right", "bottom": "bottom", "left": "left", "inset": "inset",
    "inset-x": "inset-inline", "inset-y": "inset-block", "scroll-mt": "scroll-margin-top",
    "scroll-pt": "scroll-padding-top", "translate-x": "translate", "translate-y": "translate",
  ]

  /// Properties whose value is a whole number or an arbitrary value, with the text around the number.
  static let counted: [String: (property: String, before: String, after: String)] = [
    "grid-cols": ("grid-template-columns", "repeat(", ", minmax(0, 1fr))"),
    "grid-rows": ("grid-template-rows", "repeat(", ", minmax(0, 1fr))"),
    "col-span": ("grid-column", "span ", ""), "row-span": ("grid-row", "span ", ""),
    "columns": ("columns", "", ""), "z": ("z-index", "", ""), "order": ("order", "", ""),
    "duration": ("transition-duration", "", "ms"), "delay": ("transition-delay", "", "ms"),
    "outline-offset": ("outline-offset", "", "px"), "opacity": ("opacity", "", "%"), "rotate": ("rotate", "", "deg"),
    "scale": ("scale", "", "%"),
  ]

  /// Properties that only take an arbitrary value here.
  static let arbitrary: [String: String] = [
    "animate": "animation", "transition": "transition-property", "outline": "outline", "ring": "box-shadow",
    "shadow": "box-shadow", "bg": "background", "text": "color", "ease": "transition-timing-function",
  ]
}
