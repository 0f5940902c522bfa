import JavaScriptSyntax
import Program
import SourceText

/// One entry of a list, as far as its texts are known.
struct ListEntry {
  var texts: [String] = []
  var title: String?
  var address: String?
  var fields: Set<String> = []
  var year: Int?
  var proof: Set<String> = []
  var opensDetail = false
}

/// A list of entries of one kind, wherever they come from.
struct EntryList {
  /// The position among all lists.
  var number = 0
  /// `work`, `projects`, or `nil` for others.
  var role: String?
  var entries: [ListEntry]
  /// The elements of the entries, for lists that stand in markup.
  var elements: [Int]
  /// The table and the code that renders it, for lists made from data.
  var table: Code?
  var renderers: [Code] = []
  var evidence: [Evidence]
  /// The words around it: headings, ids, names.
  var context: String
}

/// Words and shapes by which the parts of an entry are told apart.
enum EntryText {
  static let work = Vocabulary([
    "work", "experience", "career", "history", "employment", "timeline", "resume", "job", "role", "position",
    "milestone", "journey",
    "werdegang", "berufserfahrung", "laufbahn", "lebenslauf", "erfahrung", "parcours", "expérience", "carrière",
    "emploi", "trayectoria",
    "experiencia", "carrera", "empleo", "esperienza", "carriera", "experiência", "trajetória", "doświadczenie",
    "kariera",
    "経歴", "職歴", "经历", "工作经历",
  ])
  static let projects = Vocabulary([
    "project", "showcase", "portfolio", "gallery", "projekt", "projet", "réalisation", "proyecto", "progetto",
    "projeto", "realizacja",
    "referenz", "fallstudie", "作品", "制作実績", "プロジェクト", "项目",
  ])
  static let proof = Vocabulary([
    "verified", "verification", "confirmed", "attested", "verifiziert", "bestätigt", "geprüft", "vérifié", "confirmé",
    "verificado",
    "verificato", "confirmado", "confermato", "zweryfikowano", "認証", "已验证", "检证",
  ])

  /// The first year that a text names, between 1950 and 2099.
  static func year(in text: String) -> Int? {
    for run in text.split(whereSeparator: { !$0.isASCII || !$0.isNumber }) where run.count == 4 {
      if let value = Int(run), (1950...2099).contains(value) { return value }
    }
    return nil
  }

  /// Whether a text is a date or a period and little else.
  static func isDate(_ text: String) -> Bool { year(in: text) != nil && text.count <= 40 }

  /// Whether a text names a month, or the present day.
  static func isTime(_ text: String) -> Bool {
    let starts = [
      "jan", "feb", "fév", "fev", "mar", "mär", "apr", "abr", "avr", "mai", "may", "mag", "maj", "jun", "jui", "giu",
      "cze", "jul", "lug", "lip", "aug", "ago", "aoû", "sie", "sep", "set", "wrz", "oct", "okt", "ott", "out", "paź",
      "nov", "lis", "dec", "dez", "déc", "dic", "gru", "ene", "gen", "sty", "lut", "kwi", "present", "today", "now",
      "current", "heute", "aujourd", "actual", "oggi", "hoje", "atual", "obecnie", "until", "since", "from", "seit",
      "bis", "depuis", "desde", "dal",
    ]
    let lower = text.lowercased()
    return isDense(text) || starts.contains { lower.hasPrefix($0) }
  }

  /// Whether a text is written without spaces between words, as Chinese and Japanese are.
  static func isDense(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value > 0x2E80 && $0.value < 0xFB00 }
  }

  /// Whether a text is a sentence rather than a name.
  static func isSentence(_ text: String) -> Bool {
    if isDense(text) { return text.count >= 12 }
    return text.split(separator: " ").count >= 5 || text.count > 45
  }

  /// Whether a text says that something could not be confirmed.
  static func deniesProof(_ text: String) -> Bool {
    let lower = text.lowercased()
    let denials = [
      "self-reported", "unverified", "not verified", "not confirmed", "differs", "failed", "invalid", "could not",
      "mismatch", "nicht bestätigt", "nicht verifiziert", "ungeprüft", "non vérifié", "no verificado",
    ]
    return denials.contains { lower.contains($0) }
  }

  static func holdsProof(_ text: String) -> Bool {
    !deniesProof(text) && text.count < 60 && proof.matches(text)
  }
}

/// The lists that the pages show.
final class EntryLists: SharedAnalysis {
  private let view: PageView
  private let resolver: LinkResolver
  private(set) var lists: [EntryList] = []

  init(_ scene: Scene) {
    view = scene.shared(PageView.self)
    resolver = scene.shared(LinkResolver.self)
    readMarkup()
    // Where scripts are followed, what they make of tables stands in the page.
    if view.rehearsal == nil { readTables() } else { dropHidden() }
    for index in lists.indices { lists[index].number = index }
  }

  /// A list that is not to be seen counts only where no other of its kind is.
  private func dropHidden() {
    func isSeen(_ list: EntryList) -> Bool { list.elements.contains { view.sight.isShown($0) } }
    let seen = Set(lists.filter { isSeen($0) }.compactMap { $0.role })
    lists.removeAll { list in !isSeen(list) && list.role.map { seen.contains($0) } ?? false }
  }

  func lists(of role: String) -> [EntryList] { lists.filter { $0.role == role } }

  // MARK: Markup

  private func readMarkup() {
    let leaves: Set<String> = [
      "a", "option", "span", "img", "br", "input", "label", "button", "p", "path", "meta", "script", "link", "td", "dt",
      "dd", "h1", "h2", "h3", "dialog",
    ]
    var groups: [(key: String, members: [Int])] = []
    for parent in view.visible where !view.elements[parent].children.isEmpty {
      var order: [String] = []
      var byShape: [String: [Int]] = [:]
      for child in view.elements[parent].children {
        let stored = view.elements[child]
        guard
          !leaves.contains(stored.name)
            || ["a", "button", "label"].contains(stored.name) && !stored.children.isEmpty
        else { continue }
        let first = (stored.attribute("class") ?? "").split(separator: " ").first.map(String.init) ?? ""
        let key = stored.name + "." + first
        if byShape[key] == nil { order.append(key) }
        byShape[key, default: []].append(child)
      }
      let isList = ["ul", "ol", "dl"].contains(view.elements[parent].name) || order.count == 1
      for key in order {
        guard let members = byShape[key], members.count >= 2 || isList && isEntryLike(members[0]) else { continue }
        groups.append((key, members))
      }
    }
    for group in groups { addGroup(group.members) }
  }

  /// Whether an element that has no like beside it looks like the one entry of a list.
  private func isEntryLike(_ element: Int) -> Bool {
    let stored = view.elements[element]
    guard view.rehearsal != nil, ["li", "article", "details"].contains(stored.name) else { return false }
    return view.inside(element).contains { ["h3", "h4", "h5", "summary", "dt"].contains(view.elements[$0].name) }
  }

  private func addGroup(_ members: [Int]) {
    if view.chain(of: members[0]).contains(where: {
      ["nav", "footer", "form", "svg", "head"].contains(view.elements[$0].name)
    }) {
      return
    }
    let entries = members.map { entry($0) }
    guard entries.filter({ $0.title != nil }).count >= min(2, members.count) else { return }
    let context = context(of: members[0], besides: Set(members))
    guard let role = role(of: entries, context) else { return }
    lists.append(
      EntryList(
        role: role, entries: entries, elements: members,
        evidence: members.prefix(4).map { view.evidence($0, "an entry of the list") },
        context: context))
  }

  /// The texts of the smallest elements below an entry.
  private func leafTexts(_ element: Int) -> [(element: Int, text: String)] {
    let inline: Set<String> = ["strong", "b", "em", "i", "a", "code", "br", "small", "sup", "abbr"]
    var result: [(element: Int, text: String)] = []
    // Where the entry is to be seen, so must be what it says, if only while the pointer is on it.
    let isChecked = view.rehearsal != nil && view.sight.isShown(element)
    var sight = view.sight
    if isChecked,
      !view.inside(element).contains(where: { !view.tree.ownText(of: $0).trimmed.isEmpty && sight.isShown($0) })
    {
      let hovered = Set([element] + view.inside(element))
      sight = PageSight(view.tree, view.index, usesUtilities: view.usesUtilities, hovered: hovered)
    }
    for inner in [element] + view.inside(element) {
      let stored = view.elements[inner]
      if ["svg", "script", "style", "path", "title", "option"].contains(stored.name) { continue }
      if isChecked, !sight.isShown(inner) { continue }
      let isLeaf = stored.children.allSatisfy {
        inline.contains(view.elements[$0].name) || view.elements[$0].name == "span" || view.elements[$0].name == "time"
      }
      guard isLeaf, inner != element || stored.children.isEmpty else {
        // What stands beside other elements is a text of its own.
        let own = view.tree.ownText(of: inner).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if own.count > 2 { result.append((inner, own)) }
        continue
      }
      let text = view.text(of: inner)
      if !text.isEmpty { result.append((inner, text)) }
    }
    return result
  }

  private func entry(_ element: Int) -> ListEntry {
    var result = ListEntry()
    let leaves = leafTexts(element)
    result.texts = leaves.map { $0.text }
    var names: [String] = []
    for leaf in leaves {
      let name = view.elements[leaf.element].name
      if result.title == nil, name.count == 2, name.hasPrefix("h") || name == "dt" { result.title = leaf.text }
    }
    for leaf in leaves {
      let name = view.elements[leaf.element].name
      if let year = EntryText.year(in: leaf.text), leaf.text.count <= 60 || name == "time",
        !EntryText.holdsProof(leaf.text)
      {
        result.fields.insert("date")
        result.year = result.year ?? year
        let rest = leaf.text.split { $0.isNumber || "–-—·|,•/".contains($0) }.map { String($0).trimmed }.filter {
          $0.count > 2
        }
        if !EntryText.isDate(leaf.text) || rest.count > 2 {
          names += rest.prefix(2)
        } else {
          names += rest.filter { !EntryText.isTime($0) }
        }
      } else if EntryText.isSentence(leaf.text), !isName(leaf.text, in: name) {
        if leaf.text != result.title { result.fields.insert(name == "li" ? "achievements" : "description") }
      } else if name != "button", leaf.text.count > 1 {
        names.append(leaf.text)
      }
      if EntryText.holdsProof(leaf.text) { result.proof.insert("badge") }
    }
    if result.title == nil { result.title = names.first }
    if result.title != nil { result.fields.insert("title") }
    let others = Set(names.filter { $0 != result.title && $0.count < 60 })
    let joined =
      result.title.map { title in
        [" — ", " – ", " at ", " @ ", " | ", ", ", " bei ", " chez ", " en "].contains { title.contains($0) }
      } ?? false
    if !others.isEmpty || joined { result.fields.insert("employer") }
    readMarks(element, &result)
    if result.texts.contains(where: { $0.count < 80 && EntryText.deniesProof($0) }) { result.proof = [] }
    return result
  }

  /// Whether a text of several words is a name because it is set off as one.
  private func isName(_ text: String, in element: String) -> Bool {
    let marks: Set<String> = ["strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "th"]
    return marks.contains(element) && text.count <= 90 && text.last != "." && text.last != "。"
  }

  /// Links, pictures, handlers and signs of proof on an entry.
  private func readMarks(_ element: Int, _ result: inout ListEntry) {
    for inner in [element] + view.inside(element) {
      let stored = view.elements[inner]
      if stored.name == "img" { result.fields.insert("image") }
      if view.rehearsal == nil, stored.name == "details" || stored.name == "dialog" { result.opensDetail = true }
      let label = [stored.attribute("title"), stored.attribute("aria-label"), stored.attribute("alt")].compactMap { $0 }
      if label.contains(where: { EntryText.holdsProof($0) }) { result.proof.insert("label") }
      if view.rehearsal == nil, view.hears(["click"], inner) { result.opensDetail = true }
      guard stored.name == "a", let address = stored.attribute("href") else { continue }
      let target = resolver.target(of: address, in: stored.file)
      if target.resolves, EntryLists.isDestination(address, target) {
        result.address = address
        result.fields.insert("link")
        if EntryText.proof.matches(view.text(of: inner)) { result.proof.insert("link") }
      }
    }
    if let around = view.around(element, where: { $0.name == "a" }),
      let address = view.elements[around].attribute("href")
    {
      let target = resolver.target(of: address, in: view.elements[around].file)
      if target.resolves, EntryLists.isDestination(address, target) { result.address = address }
    }
  }

  /// Whether a link leads to more than the front door of a host of code or of people.
  static func isDestination(_ address: String, _ target: LinkTarget) -> Bool {
    if ["mail", "phone", "top"].contains(target.leads) { return false }
    let hosts: Set<String> = [
      "github.com", "gitlab.com", "bitbucket.org", "codepen.io", "linkedin.com", "dribbble.com", "behance.net",
      "twitter.com",
      "x.com", "instagram.com", "facebook.com", "medium.com", "youtube.com", "google.com",
    ]
    let host = PlaceholderText.host(of: address)
    guard hosts.contains(host) else { return true }
    let path = address.split(separator: "/").dropFirst(2)
    return !path.isEmpty
  }

  /// The headings and names around an element, the nearest that says anything.
  private func context(of element: Int, besides members: Set<Int> = []) -> String {
    for ancestor in view.chain(of: element).dropFirst() {
      let stored = view.elements[ancestor]
      if ["body", "main", "html"].contains(stored.name) { break }
      let headings = stored.children.filter { !members.contains($0) }.flatMap { [$0] + view.elements[$0].children }
        .filter { ["h1", "h2", "h3"].contains(view.elements[$0].name) }.map { view.text(of: $0) }
      let called = [stored.identifier, stored.attribute("class"), stored.attribute("aria-label")].compactMap { $0 }
      let text = (headings + called).joined(separator: " ")
      if EntryText.work.matches(text) || EntryText.projects.matches(text) { return text }
      if !headings.isEmpty { return text }
    }
    return ""
  }

  // MARK: Roles

  private func role(of entries: [ListEntry], _ context: String) -> String? {
    let dated = entries.filter { $0.fields.contains("date") }.count
    let described = entries.filter { $0.fields.contains("description") }.count
    let isWork = EntryText.work.matches(context)
    let isProjects = EntryText.projects.matches(context)
    if isProjects, !isWork {
      return described * 2 >= entries.count || entries.contains { $0.title != nil } ? "projects" : nil
    }
    if dated * 2 > entries.count, isWork || !isProjects, entries.filter({ $0.fields.contains("employer") }).count >= 2 {
      let isSchool = ["education", "ausbildung", "formation", "educación", "studies", "award", "publication", "talk"]
        .contains { context.lowercased().contains($0) }
      return isSchool && !isWork ? nil : isWork ? "work" : nil
    }
    if isProjects, described >= 2 { return "projects" }
    // Roles without dates, or a single one, are roles all the same; they only show less.
    let isRich = entries.allSatisfy { entry in
      entry.title != nil
        && (entry.fields.contains("description") || entry.fields.contains("employer") || !entry.proof.isEmpty)
    }
    if isWork, isRich, view.rehearsal != nil { return "work" }
    return nil
  }

  // MARK: Data

  private func readTables() {
    for table in view.program.constantTables(minimum: 2) {
      guard table.code.kind == .arrayExpression, table.records.count <= 100, view.program.isReachable(table.code) else {
        continue
      }
      addTable(table)
    }
  }

  private func addTable(_ table: ConstantTable) {
    let rows = table.records.compactMap { $0.object }
    guard rows.count == table.records.count else { return }
    var shown: [String: [Code]] = [:]
    let records = view.program.objects(of: table.code).flatMap { view.program.contents(of: $0) }
    for column in table.columns {
      let uses = view.program.accesses(to: column, of: records)
      let rendered = uses.filter { ($0.kind == .read || $0.kind == .pattern) && isShown($0.code) }.map { $0.code }
      if !rendered.isEmpty { shown[column] = rendered }
    }
    let entries = rows.map { entry($0, shown) }
    guard entries.filter({ $0.title != nil }).count >= 2 else { return }
    let name = table.code.parent?[.id]?.name ?? table.code.parent?[.key]?.name ?? ""
    let renderers = Set(shown.values.joined().map { $0.region }).sorted()
    let context = name + " " + table.columns.joined(separator: " ")
    guard let role = tableRole(entries, name, table.columns) ?? placedRole(entries, renderers) else { return }
    let places =
      [view.evidence(table.code, "\(rows.count) records")]
      + renderers.prefix(2).map { view.evidence($0, "renders each of them") }
    lists.append(
      EntryList(
        role: role, entries: entries, elements: [], table: table.code, renderers: renderers, evidence: places,
        context: context))
  }

  private func tableRole(_ entries: [ListEntry], _ name: String, _ columns: [String]) -> String? {
    let words = columns.joined(separator: " ").lowercased()
    let dated = entries.filter { $0.fields.contains("date") }.count
    if EntryText.projects.matches(name) { return "projects" }
    if EntryText.work.matches(name) { return "work" }
    let names = ["company", "org", "employer", "client", "firma", "arbeitgeber", "entreprise", "empresa", "azienda"]
    if dated * 2 > entries.count, names.contains(where: { words.contains($0) }) { return "work" }
    return nil
  }

  /// The role by where the entries are put: under which heading the element stands that the code which renders them asks for.
  private func placedRole(_ entries: [ListEntry], _ renderers: [Code]) -> String? {
    let holders: Set<String> = ["ul", "ol", "div", "section", "dl", "tbody"]
    var regions = renderers
    for renderer in renderers { regions += renderer.ancestors.filter { $0.kind.isFunction } + [renderer.unit.root] }
    var places: [Int] = []
    for region in Set(regions).sorted() where region.kind.isFunction {
      region.forEachInRegion { code in
        guard code.kind == .callExpression, places.count < 32 else { return }
        places += view.program.elements(of: code).filter { element in
          guard case .page = view.elements[element].source else { return false }
          return holders.contains(view.elements[element].name)
        }
      }
    }
    let roles = Set(places.compactMap { role(of: entries, context(of: $0)) })
    return roles.count == 1 ? roles.first : nil
  }

  /// Whether a value goes into what the page shows: markup, a text, an argument of what makes elements.
  private func isShown(_ code: Code) -> Bool {
    var child = code
    for ancestor in code.ancestors {
      switch ancestor.kind {
      case .templateLiteral: if ancestor.text.contains("<") { return true }
      case .jsxExpressionContainer: return true
      case .assignmentExpression:
        let name = ancestor[.left].flatMap { view.program.propertyName(of: $0) } ?? ""
        return ["textContent", "innerHTML", "innerText", "href"].contains(name) && ancestor[.right] == child
      case .callExpression:
        if ancestor[.callee] != child, makesElements(ancestor) { return true }
      case .variableDeclarator: return isVariableShown(ancestor)
      case .conditionalExpression where ancestor[.test] == child: return false
      case .property where ancestor.parent?.kind == .objectPattern: return isVariableShown(ancestor)
      default: if ancestor.kind.isFunction { return false }
      }
      child = ancestor
    }
    return false
  }

  private func isVariableShown(_ place: Code) -> Bool {
    guard let target = place[.id] ?? place[.value], let binding = view.program.binding(of: target) else { return false }
    return view.program.reads(of: binding.id).contains { read in
      read.ancestors.prefix(12).contains { ancestor in
        ancestor.kind == .templateLiteral && ancestor.text.contains("<") || ancestor.kind == .jsxExpressionContainer
          || ancestor.kind == .callExpression && makesElements(ancestor)
      }
    }
  }

  private func makesElements(_ call: Code) -> Bool {
    if let name = call[.callee]?.unwrapped[.property]?.name,
      ["append", "appendChild", "createTextNode", "replaceChildren", "insertAdjacentHTML", "setAttribute", "prepend"]
        .contains(name)
    {
      return true
    }
    return view.program.callees(of: call).contains { callee in
      view.program.functionsReached(from: callee).contains { function in
        var makes = false
        function.forEachInRegion {
          if $0.kind == .memberExpression,
            ["createElement", "createElementNS", "textContent", "innerHTML"].contains($0[.property]?.name ?? "")
          {
            makes = true
          }
        }
        return makes
      }
    }
  }

  private func entry(_ row: ConstantObject, _ shown: [String: [Code]]) -> ListEntry {
    var result = ListEntry()
    var names: [String] = []
    for (column, value) in zip(row.names, row.values) where shown[column] != nil {
      if EntryText.proof.matches(column)
        || ["proof", "evidence", "credential", "ref", "reference"].contains(column.lowercased())
      {
        if value.truth != false { result.proof.insert("label") }
      }
      if value.array != nil { result.fields.insert("tags") }
      if case .number(let number) = value, (1950...2099).contains(number) {
        result.fields.insert("date")
        result.year = result.year ?? Int(number)
      }
      guard let text = value.string, !text.isEmpty else { continue }
      if ["http://", "https://", "/", "#", "./", "mailto:"].contains(where: { text.hasPrefix($0) }) {
        let target = resolver.target(of: text, in: "index.html")
        if target.resolves, EntryLists.isDestination(text, target) { result.address = text }
        result.fields.insert("link")
      } else if EntryText.isDate(text) {
        result.fields.insert("date")
        result.year = result.year ?? EntryText.year(in: text)
      } else if EntryText.isSentence(text) {
        result.fields.insert("description")
      } else {
        names.append(text)
      }
    }
    result.title = names.first
    if result.title != nil { result.fields.insert("title") }
    if Set(names).count > 1 { result.fields.insert("employer") }
    return result
  }
}
