import SourceText

/// Everything that an attempt may change and that must be as before if it fails.
struct Attempt {
  var lexer: Parser.LexerState
  var nodeCount: Int
  var slotCount: Int
  var pendingCount: Int
  var operatorCount: Int
  var scopeCount: Int
  var diagnosticCount: Int
  var labelCount: Int
  var privateUses: Int
  var privateDeclarations: Int
  var classCount: Int
  var depth: Int
  var context: Context
  var cover: CoverErrors
  var arrowStart: Int
  var yieldPosition: Int
  var awaitPosition: Int
  var awaitNamePosition: Int
  var repeatedParameter: Int
  var labelBase: Int
  var caseScope: Int
  var sawNestingLimit: Bool
}

extension Parser {
  /// Remembers the state before something that may turn out not to be there.
  mutating func beginAttempt() -> Attempt {
    speculation += 1
    return Attempt(
      lexer: lexerState, nodeCount: nodeCount, slotCount: slotCount, pendingCount: pending.count,
      operatorCount: operators.count, scopeCount: scopes.scopes.count, diagnosticCount: diagnostics.count,
      labelCount: labels.count, privateUses: privateNames.uses.count,
      privateDeclarations: privateNames.declarations.count, classCount: privateNames.classCount, depth: depth,
      context: context, cover: cover, arrowStart: arrowStart, yieldPosition: yieldPosition,
      awaitPosition: awaitPosition, awaitNamePosition: awaitNamePosition, repeatedParameter: repeatedParameter,
      labelBase: labelBase, caseScope: caseScope, sawNestingLimit: sawNestingLimit)
  }

  /// Keeps what an attempt made.
  mutating func endAttempt() { speculation -= 1 }

  /// Undoes an attempt.
  mutating func rollBack(_ attempt: Attempt) {
    speculation -= 1
    guard abort == nil else { return }
    isFailing = false
    popScopes(to: attempt.scopeCount)
    restore(attempt.lexer)
    nodeCount = attempt.nodeCount
    slotCount = attempt.slotCount
    pending.count = attempt.pendingCount
    operators.count = attempt.operatorCount
    diagnostics.removeSubrange(min(attempt.diagnosticCount, diagnostics.count)...)
    labels.removeSubrange(min(attempt.labelCount, labels.count)...)
    privateNames.uses.removeSubrange(min(attempt.privateUses, privateNames.uses.count)...)
    while privateNames.declarations.count > attempt.privateDeclarations {
      let declaration = privateNames.declarations.removeLast()
      privateNames.latest[declaration.name] = declaration.previous == .max ? nil : declaration.previous
    }
    privateNames.classCount = attempt.classCount
    depth = attempt.depth
    context = attempt.context
    cover = attempt.cover
    arrowStart = attempt.arrowStart
    yieldPosition = attempt.yieldPosition
    awaitPosition = attempt.awaitPosition
    awaitNamePosition = attempt.awaitNamePosition
    repeatedParameter = attempt.repeatedParameter
    labelBase = attempt.labelBase
    caseScope = attempt.caseScope
    sawNestingLimit = attempt.sawNestingLimit
  }
}
