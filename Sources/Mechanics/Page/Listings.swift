import Program

/// The roles and the projects that the pages show.
struct Listings: Mechanic {
  static let id = "listing"
  private static let roles =
    "<section id=work><h2>Work</h2><div class=j><h3>Engineer</h3><p>Acme</p><time>2021 – 2024</time></div><div class=j><h3>Clerk</h3><p>Bolt</p><time>2018 – 2021</time></div></section>"
  static let examples: [Example] = [
    .found(
      roles,
      ["of": .word("work"), "entries": .number(2), "fields": .words(["employer", "date"]), "order": .word("time")]),
    .absent(
      "<section id=services><h2>Services</h2><div class=j><h3>Tea</h3></div><div class=j><h3>Milk</h3></div></section>"),
    .found(
      "<section id=work><h2>Work</h2><div id=l></div></section><script>const jobs=[{org:'Acme',role:'Clerk',from:'2021-03'},{org:'Bolt',role:'Page',from:'2018-01'}];l.innerHTML=jobs.map(j=>`<li><b>${j.role}</b> ${j.org} ${j.from}</li>`).join('')</script>",
      ["of": .word("work"), "entries": .number(2), "fields": .words(["employer", "date"])]),
    .absent(
      "<div id=l></div><script>const jobs=[{org:'Acme',role:'Clerk',from:'2021-03'},{org:'Bolt',role:'Page',from:'2018-01'}];l.innerHTML=jobs.map(j=>`<li><b>${j.role}</b> ${j.org}</li>`).join('')</script>",
      ["of": .word("work"), "fields": .words(["date"])]),
  ]

  static func find(in scene: Scene) -> [Finding] {
    scene.shared(EntryLists.self).lists.compactMap { list in
      guard let role = list.role else { return nil }
      let needed = list.entries.count < 3 ? 2 : 3
      let names = ["title", "description", "employer", "date", "link", "image", "tags", "achievements"]
      let fields = names.filter { name in
        let count = list.entries.filter { $0.fields.contains(name) }.count
        return count >= (role == "work" ? 2 : min(needed, 3))
      }
      let details = opensDetails(list, scene)
      let leading = list.entries.filter { $0.address != nil || $0.opensDetail || details }.count
      let proofs = Set(list.entries.flatMap { $0.proof }).sorted()
      var facts: [String: Fact] = [
        "of": .word(role), "entries": .number(Double(list.entries.count)), "fields": .words(fields),
        "leading": .number(Double(leading)), "leading-share": .number(Double(leading) / Double(list.entries.count)),
        "order": .word(isInOrder(list.entries) ? "time" : "none"),
      ]
      if !proofs.isEmpty { facts["proof"] = .words(proofs) }
      return Finding(id, .found, facts: facts, evidence: list.evidence)
    }
  }

  private static func isInOrder(_ entries: [ListEntry]) -> Bool {
    let years = entries.compactMap { $0.year }
    guard years.count >= 2, years.count * 2 >= entries.count else { return false }
    return zip(years, years.dropFirst()).allSatisfy { $0 >= $1 }
      || zip(years, years.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// Whether acting on an entry shows something about it.
  private static func opensDetails(_ list: EntryList, _ scene: Scene) -> Bool {
    guard scene.shared(PageView.self).rehearsal != nil || list.table != nil else { return false }
    let actions = scene.shared(EntryReactions.self).actions(on: list).filter { $0.shows && $0.isOnEntry }
    return list.table != nil ? !actions.isEmpty : actions.contains { $0.entry != nil }
  }
}
