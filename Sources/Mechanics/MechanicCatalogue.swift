public import Program

/// Every analysis, and the way to run them all.
public enum MechanicCatalogue {
  /// The analyses, in the order in which their findings are handed over. A new one is one line here.
  static var all: [any Mechanic.Type] {
    [
      Loops.self, WorldControls.self, Difficulties.self, Motions.self, Resizes.self, Populations.self, Births.self,
      Encounters.self, Searches.self, Resources.self, Displays.self, Drawings.self, Sounds.self,
      PlanetPopulations.self, Orbits.self, OrreryDrawings.self, OrreryFigures.self, OrreryControls.self,
      OrrerySelections.self,
      OrreryViews.self, OrreryResizes.self,
      OrreryPanels.self, OrreryNames.self, PageMetadata.self, PageAccess.self, PageLayout.self, PageLinks.self,
      Leftovers.self, HeroMotion.self, PageForms.self, Listings.self, RolePanels.self, EntryControls.self,
    ]
  }

  /// The mechanics that some analysis looks for; what is not among them is unknown rather than absent.
  public static var knownMechanics: Set<String> { Set(all.map { $0.id }) }

  /// Runs every analysis over a program.
  ///
  /// - Returns: The findings in the order of the catalogue; those of one analysis by place. The same program and hints always
  ///   give the same findings.
  public static func findings(in program: ProgramModel, hints: Hints = .none) -> [Finding] {
    let scene = Scene(program: program, hints: hints)
    let found = all.flatMap { $0.find(in: scene) }
    return found + (scene.shared(TraceIndex.self).tracer.isComplete ? [] : cutShort(hints))
  }

  /// Roles that are told from pages, their listings and the figures of orbits; the trace has no part in them.
  private static let untracedRoles: Set<String> = ["hero", "work", "projects", "planets"]

  /// What an analysis that ran out of its steps leaves open: more of what it looked for may be there.
  private static func cutShort(_ hints: Hints) -> [Finding] {
    let roles = hints.words.keys.filter { !untracedRoles.contains($0) }.sorted() + ["scene", "score", "world"]
    let traced: [any Mechanic.Type] = [
      Loops.self, WorldControls.self, Difficulties.self, Motions.self, Populations.self, Births.self, Encounters.self,
      Searches.self, Resources.self, Displays.self, Drawings.self, Sounds.self,
    ]
    return traced.map {
      Finding(
        $0.id, .unknown, facts: hints.words.isEmpty ? [:] : ["of": .words(roles)], evidence: [],
        reason: "the program does more than the analysis follows within its limits",
        confidence: 0)
    }
  }
}
