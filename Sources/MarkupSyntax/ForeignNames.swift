/// How SVG and MathML write names that HTML lower-cases; by index in one document's names.
struct ForeignNames: Sendable {
  private var tags: [UInt32: UInt32] = [:]
  private var attributes: [UInt32: UInt32] = [:]
  private var prefixed: [UInt32: (prefix: MarkupAttribute.Prefix, name: UInt32)] = [:]
  private let definitionURL: (from: UInt32, to: UInt32)

  init(in names: inout NameTable) {
    func index(_ name: Substring) -> UInt32 { names.intern(Array(name.utf8)) }
    func small(_ name: Substring) -> UInt32 { names.intern(Array(name.utf8).map(lowercase)) }
    for name in ForeignNames.svgTags.split(separator: " ") { tags[small(name)] = index(name) }
    for name in ForeignNames.svgAttributes.split(separator: " ") { attributes[small(name)] = index(name) }
    for name in ForeignNames.prefixedAttributes.split(separator: " ") {
      let parts = name.split(separator: ":")
      let prefix: MarkupAttribute.Prefix = parts[0] == "xlink" ? .xlink : parts[0] == "xml" ? .xml : .xmlns
      prefixed[index(name)] = (prefix, index(parts[1]))
    }
    // The one without a colon is in the namespace of namespaces and keeps its name.
    prefixed[index("xmlns")] = (.none, index("xmlns"))
    definitionURL = (index("definitionurl"), index("definitionURL"))
  }

  func svgTag(_ name: UInt32) -> UInt32 { tags[name] ?? name }

  func adjust(_ attribute: inout MarkupAttribute, in namespace: MarkupNamespace) {
    if let found = prefixed[attribute.name] {
      attribute.prefix = found.prefix
      attribute.name = found.name
    } else if namespace == .svg {
      attribute.name = attributes[attribute.name] ?? attribute.name
    } else if attribute.name == definitionURL.from {
      attribute.name = definitionURL.to
    }
  }

  private static let svgTags = """
    altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix \
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood \
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight \
    feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient radialGradient textPath
    """
  private static let svgAttributes = """
    attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant edgeMode filterUnits glyphRef \
    gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust \
    limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength \
    patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio \
    primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures specularConstant specularExponent \
    spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength \
    viewBox viewTarget xChannelSelector yChannelSelector zoomAndPan
    """
  private static let prefixedAttributes = """
    xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show xlink:title xlink:type xml:lang xml:space xmlns:xlink
    """
}
