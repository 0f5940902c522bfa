/// The element names that the tree construction of the HTML standard treats apart.
///
/// The order is that of the name table: a tag's index is its name's index.
enum Tag: String, CaseIterable, Sendable {
  case other = "?"
  case a, abbr, acronym, address, altglyph, altglyphdef, altglyphitem, animatecolor, animatemotion, animatetransform
  case annotationXML = "annotation-xml"
  case applet, area, article, aside, audio, b, base, basefont, bgsound, big, blockquote, body, br, button, canvas,
    caption
  case center, cite, clippath, code, col, colgroup, data, datalist, dd, del, desc, details, dfn, dialog, dir, div, dl,
    dt, em
  case embed, feblend, fecolormatrix, fecomponenttransfer, fecomposite, feconvolvematrix, fediffuselighting
  case fedisplacementmap, fedistantlight, fedropshadow, feflood, fefunca, fefuncb, fefuncg, fefuncr, fegaussianblur,
    feimage
  case femerge, femergenode, femorphology, feoffset, fepointlight, fespecularlighting, fespotlight, fetile, feturbulence
  case fieldset, figcaption, figure, font, footer, foreignobject, form, frame, frameset, glyphref, h1, h2, h3, h4, h5,
    h6
  case head, header, hgroup, hr, html, i, iframe, image, img, input, ins, kbd, keygen, label, legend, li,
    lineargradient, link
  case listing, main, malignmark, map, mark, marquee, math, menu, menuitem, meta, meter, mglyph, mi, mn, mo, ms, mtext,
    nav
  case nobr, noembed, noframes, noscript, object, ol, optgroup, option, output, p, param, path, picture, plaintext, pre
  case progress, q, radialgradient, rb, rp, rt, rtc, ruby, s, samp, script, search, section, select, selectedcontent,
    slot
  case small, source, span, strike, strong, style, sub, summary, sup, svg, table, tbody, td, template, textarea,
    textpath
  case tfoot, th, thead, time, title, tr, track, tt, u, ul, `var`, video, wbr, xmp
}

/// What the tree construction asks of an element's name; bits of one integer.
struct TagTraits: OptionSet, Sendable {
  var rawValue: UInt16

  static let special = TagTraits(rawValue: 1 << 0)
  /// Ends "has an element in scope".
  static let scope = TagTraits(rawValue: 1 << 1)
  static let listScope = TagTraits(rawValue: 1 << 2)
  static let buttonScope = TagTraits(rawValue: 1 << 3)
  static let tableScope = TagTraits(rawValue: 1 << 4)
  /// Ends the search of a start tag `li`, `dd` or `dt` for one that is open.
  static let listStop = TagTraits(rawValue: 1 << 5)
  /// "Reset the insertion mode appropriately" stops at it.
  static let mode = TagTraits(rawValue: 1 << 6)
  /// Its end tag may be implied.
  static let implied = TagTraits(rawValue: 1 << 7)
  /// Its end tag may be implied thoroughly.
  static let impliedThoroughly = TagTraits(rawValue: 1 << 8)
  static let isHTML = TagTraits(rawValue: 1 << 9)
  /// A start tag that leaves foreign content.
  static let breaksOut = TagTraits(rawValue: 1 << 10)
  static let formatting = TagTraits(rawValue: 1 << 11)
  /// Has neither content nor an end tag.
  static let void = TagTraits(rawValue: 1 << 12)
  static let heading = TagTraits(rawValue: 1 << 13)
}

extension Tag {
  /// The traits of every tag as an HTML element, by index.
  static let traits: [TagTraits] = Tag.allCases.map { $0.computedTraits }

  private static let specials: Set<Tag> = [
    .address, .applet, .area, .article, .aside, .base, .basefont, .bgsound, .blockquote, .body, .br, .button, .caption,
    .center, .col, .colgroup, .dd, .details, .dir, .div, .dl, .dt, .embed, .fieldset, .figcaption, .figure, .footer,
    .form,
    .frame, .frameset, .h1, .h2, .h3, .h4, .h5, .h6, .head, .header, .hgroup, .hr, .html, .iframe, .img, .input,
    .keygen,
    .li, .link, .listing, .main, .marquee, .menu, .meta, .nav, .noembed, .noframes, .noscript, .object, .ol, .p, .param,
    .plaintext, .pre, .script, .search, .section, .select, .source, .style, .summary, .table, .tbody, .td, .template,
    .textarea, .tfoot, .th, .thead, .title, .tr, .track, .ul, .wbr, .xmp,
  ]
  private static let scopes: Set<Tag> = [
    .applet, .caption, .html, .table, .td, .th, .marquee, .object, .select, .template,
  ]
  private static let modes: Set<Tag> = [
    .td, .th, .tr, .tbody, .thead, .tfoot, .caption, .colgroup, .table, .template, .head, .body, .frameset, .html,
  ]
  private static let implieds: Set<Tag> = [.dd, .dt, .li, .optgroup, .option, .p, .rb, .rp, .rt, .rtc]
  private static let impliedsThoroughly: Set<Tag> = [.caption, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr]
  private static let breakers: Set<Tag> = [
    .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .h1, .h2, .h3, .h4, .h5, .h6,
    .head,
    .hr, .i, .img, .li, .listing, .menu, .meta, .nobr, .ol, .p, .pre, .ruby, .s, .small, .span, .strong, .strike, .sub,
    .sup, .table, .tt, .u, .ul, .var,
  ]
  private static let formattings: Set<Tag> = [
    .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u,
  ]
  private static let voids: Set<Tag> = [
    .area, .base, .basefont, .bgsound, .br, .col, .embed, .frame, .hr, .img, .input, .keygen, .link, .meta, .param,
    .source,
    .track, .wbr,
  ]

  private var computedTraits: TagTraits {
    var traits: TagTraits = .isHTML
    if Tag.specials.contains(self) {
      traits.insert(.special)
      if self != .address, self != .div, self != .p { traits.insert(.listStop) }
    }
    if Tag.scopes.contains(self) { traits.formUnion([.scope, .listScope, .buttonScope]) }
    if self == .ol || self == .ul { traits.insert(.listScope) }
    if self == .button { traits.insert(.buttonScope) }
    if self == .html || self == .table || self == .template { traits.insert(.tableScope) }
    if Tag.modes.contains(self) { traits.insert(.mode) }
    if Tag.implieds.contains(self) { traits.formUnion([.implied, .impliedThoroughly]) }
    if Tag.impliedsThoroughly.contains(self) { traits.insert(.impliedThoroughly) }
    if Tag.breakers.contains(self) { traits.insert(.breaksOut) }
    if Tag.formattings.contains(self) { traits.insert(.formatting) }
    if Tag.voids.contains(self) { traits.insert(.void) }
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: traits.insert(.heading)
    default: break
    }
    return traits
  }

  /// The traits of an element outside the HTML namespace.
  static func foreignTraits(_ tag: Tag, _ namespace: MarkupNamespace) -> TagTraits {
    let isBoundary =
      switch (namespace, tag) {
      case (.mathML, .mi), (.mathML, .mo), (.mathML, .mn), (.mathML, .ms), (.mathML, .mtext), (.mathML, .annotationXML),
        (.svg, .foreignobject), (.svg, .desc), (.svg, .title):
        true
      default: false
      }
    return isBoundary ? [.special, .scope, .listScope, .buttonScope, .listStop] : []
  }
}
