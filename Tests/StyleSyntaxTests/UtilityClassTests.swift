import SourceText
import StyleSyntax
import Testing

@Suite struct UtilityClassTests {
  @Test(arguments: [
    ("flex-wrap", "flex-wrap", "wrap"), ("grid-cols-3", "grid-template-columns", "repeat(3, minmax(0, 1fr))"),
    ("w-[320px]", "width", "320px"), ("w-1/2", "width", "50.0%"), ("w-full", "width", "100%"),
    ("max-w-md", "max-width", "448.0px"), ("-mt-4", "margin-top", "calc(1.0rem * -1)"),
    ("grid-cols-[1fr_2fr]", "grid-template-columns", "1fr 2fr"), ("sm:[mask:none]", "mask", "none"),
    ("outline-none", "outline-style", "none"), ("hover:scale-105", "scale", "105%"), ("p-2.5", "padding", "0.625rem"),
    ("md:!hidden", "display", "none"), ("w-(--side)", "width", "var(--side)"),
    ("animate-[wiggle_1s_infinite]", "animation", "wiggle 1s infinite"),
  ])
  func `a class declares what its framework says`(name: String, property: String, value: String) {
    #expect(UtilityClass(name)?.value(of: property) == value)
  }

  @Test(arguments: ["hero", "btn-primary", "w-", "a:b", ":flex", "", "my-card", "project-12", "z-index", "foo:bar:baz"])
  func `a class of the page's own is no utility`(name: String) {
    #expect(UtilityClass(name) == nil)
  }

  @Test func `prefixes say when a class counts`() throws {
    let class1 = try #require(UtilityClass("md:motion-safe:group-hover:animate-spin"))
    #expect(class1.variants == ["md", "motion-safe", "group-hover"])
    #expect(class1.dependsOnWidth)
    #expect(class1.states == [StateUse(name: "hover", isOnSubject: false)])
    #expect(class1.media.map { $0.features.map(\.name) } == [["width"], ["prefers-reduced-motion"]])
    #expect(class1.media[0].matches(MediaEnvironment(width: 767)) == .no)
    #expect(class1.animations.map(\.name) == ["spin"])
    #expect(class1.animations.first?.isInfinite == true)
    #expect(UtilityClass("max-lg:grid-cols-1")?.media.first?.matches(MediaEnvironment(width: 1025)) == .no)
    #expect(UtilityClass("animate-none")?.animations.isEmpty == true)
    #expect(UtilityClass("focus-visible:ring-2")?.states.first?.name == "focus-visible")
    #expect(UtilityClass("before:absolute")?.pseudoElement == "before")
    #expect(UtilityClass("hover:my-own-thing")?.declarations.isEmpty == true)
    #expect(UtilityClass("min-[900px]:flex")?.dependsOnWidth == true)
    #expect(UtilityClass("@lg:flex-row")?.dependsOnWidth == true)
    #expect(utilityClasses(in: "hero flex  md:block").count == 2)
  }

  @Test func `a rule can take utilities over`() {
    let text = "@theme { --c: red; @keyframes wave { to { rotate: 1deg } } } .x { @apply flex-wrap md:animate-spin; }"
    let index = StyleIndex([StyleSource(parseStyleSheet(Array(text.utf8)).tree)])
    #expect(index.rules.count == 1)
    #expect(index.appliedUtilities(of: 0).map(\.base) == ["flex-wrap", "animate-spin"])
    #expect(index.keyframes["wave"]?.count == 1)
  }
}
