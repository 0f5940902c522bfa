/// What assistive technology calls an element, and where that comes from.
public struct AccessibleName: Hashable, Sendable {
  /// Where a name comes from.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    /// Other elements, by `aria-labelledby`.
    case labelledBy = "aria-labelledby"
    /// `aria-label`.
    case label = "aria-label"
    /// A `label` element, or a `legend`, `caption`, `figcaption` or SVG `title` that plays its part.
    case native
    /// The `alt` attribute.
    case alternative = "alt"
    /// The `value` attribute of a button, or what browsers write on it.
    case value
    /// The text inside.
    case content
    /// The `title` attribute.
    case title
    /// The `placeholder` attribute, the last resort.
    case placeholder
  }

  /// The name, white space collapsed; never empty.
  public var text: String
  /// Where it comes from.
  public var origin: Origin

  /// Makes a name.
  public init(text: String, origin: Origin) {
    self.text = text
    self.origin = origin
  }
}

extension Document {
  /// The accessible name of an element as far as the page's text gives it; `nil` when it has none.
  ///
  /// Source: W3C, *Accessible Name and Description Computation 1.2* and *HTML Accessibility API Mappings*. Style sheets are not
  /// looked at. To name many elements make one ``AccessibleNames``.
  public func accessibleName(of element: ElementID) -> AccessibleName? {
    AccessibleNames(self).name(of: element)
  }

  /// The role of an element: the first known one that `role` names, else that of its tag; `nil` where it has none.
  ///
  /// Source: W3C, *HTML Accessibility API Mappings*, the mappings that matter for names and controls.
  public func role(of element: ElementID) -> String? {
    for word in words(element, "role") {
      let role = String(decoding: word.utf8.map(lowercase), as: UTF8.self)
      if ariaRoles.contains(role) { return role == "presentation" ? "none" : role }
    }
    return implicitRole(of: element)
  }

  private func implicitRole(of element: ElementID) -> String? {
    guard self[element].kind == .element, self[element].namespace != .mathML else { return nil }
    let name = name(of: element)
    if self[element].namespace == .svg { return name == "a" && hasAttribute(element, "href") ? "link" : nil }
    switch name {
    case "a", "area": return hasAttribute(element, "href") ? "link" : nil
    case "img": return attributeValue(element, "alt") == "" ? "none" : "img"
    case "input": return inputRole(of: element)
    case "select":
      let size = attributeValue(element, "size").flatMap { Int($0) } ?? 0
      return hasAttribute(element, "multiple") || size > 1 ? "listbox" : "combobox"
    case "header", "footer":
      let sectioning = ancestor(of: element) {
        ["article", "aside", "main", "nav", "section"].contains(self.name(of: $0))
      }
      return sectioning.exists ? nil : name == "header" ? "banner" : "contentinfo"
    case "section", "form": return nil
    case "th":
      return attributeValue(element, "scope") == "row" ? "rowheader" : "columnheader"
    default: return plainRoles[name]
    }
  }

  private func inputRole(of element: ElementID) -> String? {
    switch inputType(of: element) {
    case "button", "image", "reset", "submit": return "button"
    case "checkbox": return "checkbox"
    case "radio": return "radio"
    case "range": return "slider"
    case "number": return "spinbutton"
    case "search": return hasAttribute(element, "list") ? "combobox" : "searchbox"
    case "email", "tel", "text", "url": return hasAttribute(element, "list") ? "combobox" : "textbox"
    default: return nil
    }
  }

  /// The type of an `input` in small letters; an unknown one is `text`.
  public func inputType(of element: ElementID) -> String {
    guard let attribute = attribute(element, "type") else { return "text" }
    let type = String(decoding: valueBytes(of: attribute).map(lowercase), as: UTF8.self)
    return inputTypes.contains(type) ? type : "text"
  }
}

private let inputTypes: Set<String> = [
  "button", "checkbox", "color", "date", "datetime-local", "email", "file", "hidden", "image", "month", "number",
  "password",
  "radio", "range", "reset", "search", "submit", "tel", "text", "time", "url", "week",
]

private let plainRoles: [String: String] = [
  "address": "group", "article": "article", "aside": "complementary", "blockquote": "blockquote", "button": "button",
  "caption": "caption", "code": "code", "datalist": "listbox", "dd": "definition", "del": "deletion",
  "details": "group",
  "dfn": "term", "dialog": "dialog", "dt": "term", "em": "emphasis", "fieldset": "group", "figure": "figure",
  "h1": "heading",
  "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading", "hgroup": "group",
  "hr": "separator",
  "html": "document", "ins": "insertion", "li": "listitem", "main": "main", "menu": "list", "meter": "meter",
  "nav": "navigation", "ol": "list", "optgroup": "group", "option": "option", "output": "status", "p": "paragraph",
  "progress": "progressbar", "search": "search", "strong": "strong", "sub": "subscript", "summary": "button",
  "sup": "superscript", "table": "table", "tbody": "rowgroup", "td": "cell", "textarea": "textbox", "tfoot": "rowgroup",
  "thead": "rowgroup", "time": "time", "tr": "row", "ul": "list",
]

private let ariaRoles: Set<String> = Set(
  """
  alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox comment \
  complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell group \
  heading image img insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox \
  menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup \
  rowheader scrollbar search searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab \
  table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem
  """.split(separator: " ").map(String.init))

/// The roles whose elements may take their name from what they hold.
let rolesNamedByContent: Set<String> = Set(
  """
  button cell checkbox columnheader comment gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row \
  rowheader switch tab tooltip treeitem
  """.split(separator: " ").map(String.init))
