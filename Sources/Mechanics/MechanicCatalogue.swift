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
    return all.flatMap { $0.find(in: scene) }
  }
}
