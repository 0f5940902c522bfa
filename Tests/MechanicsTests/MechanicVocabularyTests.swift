import Foundation
import Mechanics
import SourceText
import TestSupport
import Testing

@Suite struct MechanicVocabularyTests {
  @Test func `the committed manual page is current`() throws {
    try expectCurrent("docs/mechanics.md", MechanicVocabulary.standard.manual)
  }

  @Test func `no mechanic and no fact is defined twice`() {
    let vocabulary = MechanicVocabulary.standard
    let ids = vocabulary.terms.map { $0.id }
    #expect(Set(ids).count == ids.count)
    for term in vocabulary.terms {
      let names = term.facts.map { $0.name }
      #expect(Set(names).count == names.count, "\(term.id)")
      for fact in term.facts {
        if case .words(let words) = fact.values { #expect(Set(words).count == words.count, "\(term.id).\(fact.name)") }
      }
    }
  }

  @Test func `a finding in the vocabulary's words has no problem`() {
    let finding = Finding(
      "encounter", .found, facts: ["by": .word("player-shots"), "effect": .words(["damage", "score"])], evidence: [])
    #expect(MechanicVocabulary.standard.problems(with: finding).isEmpty)
  }

  @Test func `each word outside the vocabulary is named`() {
    func problems(_ finding: Finding) -> [String] { MechanicVocabulary.standard.problems(with: finding) }
    #expect(problems(Finding("collision", .found, evidence: [])) == ["no mechanic is called `collision`"])
    #expect(
      problems(Finding("encounter", .found, facts: ["who": .word("player")], evidence: [])) == [
        "`encounter` has no fact `who`"
      ])
    #expect(
      problems(Finding("encounter", .found, facts: ["effect": .words(["damage", "hurt"])], evidence: [])) == [
        "`encounter`, fact `effect`: `hurt` is not one of its values"
      ])
    #expect(
      problems(Finding("birth", .found, facts: ["limited": .word("yes")], evidence: [])) == [
        "`birth`, fact `limited`: holds the wrong kind of value"
      ])
    #expect(problems(Finding("birth", .unknown, evidence: [])) == ["a finding that is not `found` needs a reason"])
  }

  @Test func `a rubric may add roles`() {
    let finding = Finding("population", .found, facts: ["role": .word("cards")], evidence: [])
    #expect(!MechanicVocabulary.standard.problems(with: finding).isEmpty)
    #expect(MechanicVocabulary.standard.problems(with: finding, extraRoles: ["cards"]).isEmpty)
  }
}
